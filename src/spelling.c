/*
 * spelling.c
 *		Finds what an area and a channel, as a caller spells them, were found to name before.
 */
#include "spelling.h"

#include "utils/memutils.h"

/* Room for every area in a few spellings; past the most, names are looked up each time. */
#define FIRST_PLACES 128
#define MOST_PLACES 16384

static bool is_short(const FlisSpelledText *area, const FlisSpelledText *channel);
static uint64 stored_lengths(const FlisSpelledText *area, const FlisSpelledText *channel);
static void place_spelling(FlisSpellings *spellings, const FlisSpelling *spelling);
static FlisSpelling *free_places(uint32 n, MemoryContext context);

/*
 * flis_spellings_begin makes room for spellings in a memory context.
 */
void
flis_spellings_begin(FlisSpellings *spellings, MemoryContext context)
{
	spellings->places = free_places(FIRST_PLACES, context);
	spellings->mask = FIRST_PLACES - 1;
	spellings->ntaken = 0;
}

/*
 * flis_spellings_add notes what a pair that wasn't met yet names.
 */
void
flis_spellings_add(FlisSpellings *spellings, const FlisSpelledText *area,
				   const FlisSpelledText *channel, FlisMemo *memo, MemoryContext context)
{
	FlisSpelling spelling = {.heads = {area->head, channel->head},
							 .middle = area->middle,
							 .tails = {area->tail, channel->tail},
							 .lengths = stored_lengths(area, channel),
							 .memo = memo};

	if (spellings->ntaken * 2 > spellings->mask)
	{
		FlisSpellings larger = {.mask = spellings->mask * 2 + 1};

		if (larger.mask >= MOST_PLACES)
			return;
		larger.places = free_places(larger.mask + 1, context);
		for (uint32 i = 0; i <= spellings->mask; i++)
			if (spellings->places[i].memo != NULL)
				place_spelling(&larger, &spellings->places[i]);
		pfree(spellings->places);
		*spellings = larger;
	}

	if (!is_short(area, channel))
	{
		spelling.bytes = MemoryContextAlloc(context, area->length + channel->length);
		memcpy(spelling.bytes, area->bytes, area->length);
		memcpy(spelling.bytes + area->length, channel->bytes, channel->length);
	}
	place_spelling(spellings, &spelling);
}

/*
 * flis_spelling_search finds a pair that isn't at its first place, or is long; NULL if it wasn't met
 * yet.
 */
FlisMemo *
flis_spelling_search(const FlisSpellings *spellings, const FlisSpelledText *area,
					 const FlisSpelledText *channel)
{
	uint32 place = flis_spelling_place(spellings, area, channel);

	while (spellings->places[place].memo != NULL)
	{
		const FlisSpelling *spelling = &spellings->places[place];

		if (spelling->heads[0] == area->head && spelling->middle == area->middle &&
			spelling->tails[0] == area->tail && spelling->heads[1] == channel->head &&
			spelling->tails[1] == channel->tail &&
			spelling->lengths == stored_lengths(area, channel) &&
			(spelling->bytes == NULL ||
			 (memcmp(spelling->bytes, area->bytes, area->length) == 0 &&
			  memcmp(spelling->bytes + area->length, channel->bytes, channel->length) == 0)))
			return spelling->memo;
		place = (place + 1) & spellings->mask;
	}
	return NULL;
}

/*
 * is_short tells whether the words of both texts are all of them.
 */
static bool
is_short(const FlisSpelledText *area, const FlisSpelledText *channel)
{
	return area->length <= FLIS_SHORT_AREA && channel->length <= FLIS_SHORT_CHANNEL;
}

static uint64
stored_lengths(const FlisSpelledText *area, const FlisSpelledText *channel)
{
	uint64 lengths = flis_spelled_lengths(area, channel);

	return is_short(area, channel) ? lengths : lengths | FLIS_SPELLING_LONG;
}

static void
place_spelling(FlisSpellings *spellings, const FlisSpelling *spelling)
{
	FlisSpelledText area = {.head = spelling->heads[0], .tail = spelling->tails[0]};
	FlisSpelledText channel = {.head = spelling->heads[1], .tail = spelling->tails[1]};
	uint32 place = flis_spelling_place(spellings, &area, &channel);

	while (spellings->places[place].memo != NULL)
		place = (place + 1) & spellings->mask;
	spellings->places[place] = *spelling;
	spellings->ntaken++;
}

static FlisSpelling *
free_places(uint32 n, MemoryContext context)
{
	FlisSpelling *places = MemoryContextAllocZero(context, n * sizeof(FlisSpelling));

	/* So that a free place is never that of two empty texts. */
	for (uint32 i = 0; i < n; i++)
		places[i].lengths = FLIS_SPELLING_LONG;
	return places;
}
