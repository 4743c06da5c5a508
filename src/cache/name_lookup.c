/*
 * name_lookup.c
 *		Finds what a text, as a caller spells it, was found to name before.
 */
#include "cache/name_lookup.h"

#include "port/pg_bitutils.h"
#include "utils/memutils.h"

#define FIRST_PLACES 256

/*
 * So many texts are noted for an area in a channel, and so many in all, at least and at most; past that,
 * names are looked up each time.
 */
#define SPELLINGS_EACH 4
#define LEAST_TEXTS 4096
#define MOST_TEXTS 65536

/* Of so many places one is taken, at most, so that few texts want the same one. */
#define PLACES_A_TEXT 8

/* So many multipliers are tried, at most, for one number of places. */
#define MOST_TRIED 32
#define FIRST_MULTIPLIER UINT64CONST(0x9E3779B97F4A7C15)
#define NEXT_MULTIPLIER UINT64CONST(0xD1342543DE82EF95)

static uint64 stored_told_by(const FlisSpelledText *text, uint64 channel);
static void avoid_clashes(FlisSpellings *spellings);
static FlisSpellings dealt_out(const FlisSpellings *spellings, uint32 n);
static void place_spelling(FlisSpellings *spellings, const FlisSpelling *entry);
static void make_places(FlisSpellings *spellings, uint32 n);

/*
 * flis_spellings_begin makes room in a memory context for the spellings of what n areas and channels
 * there are together.
 */
void
flis_spellings_begin(FlisSpellings *spellings, MemoryContext context, Size n)
{
	*spellings = (FlisSpellings){.context = context,
								 .multiplier = FIRST_MULTIPLIER,
								 .most = Min(Max(SPELLINGS_EACH * n, LEAST_TEXTS), MOST_TEXTS),
								 .last_tried = FIRST_MULTIPLIER};
	make_places(spellings, FIRST_PLACES);
}

/*
 * flis_spelled reads what tells a text apart, neither compressed nor stored out of line.
 */
FlisSpelledText
flis_spelled(const text *text)
{
	FlisSpelledText spelled = {.bytes = VARDATA_ANY(text), .length = VARSIZE_ANY_EXHDR(text)};

	memcpy(&spelled.head, spelled.bytes, Min(spelled.length, 8));
	spelled.tail = spelled.head;
	if (spelled.length > 8)
		memcpy(&spelled.tail, spelled.bytes + spelled.length - 8, 8);
	if (spelled.length > 16)
		memcpy(&spelled.middle, spelled.bytes + 8, 8);
	return spelled;
}

/*
 * flis_spellings_add notes what a text that wasn't met yet names: the memo or the channel of "names".
 */
void
flis_spellings_add(FlisSpellings *spellings, const FlisSpelledText *text, uint64 channel,
				   FlisSpelling names)
{
	FlisSpelling entry = {.head = text->head,
						  .middle = text->middle,
						  .tail = text->tail,
						  .told_by = stored_told_by(text, channel),
						  .answers = names.answers,
						  .channel = names.channel};

	if (spellings->ntaken >= spellings->most)
		return;
	if (spellings->ntaken * PLACES_A_TEXT >= spellings->n)
	{
		FlisSpellings larger = dealt_out(spellings, spellings->n * 2);

		larger.ntried = 0;
		pfree(spellings->block);
		*spellings = larger;
	}

	if (text->length > FLIS_SHORT_TEXT)
	{
		entry.bytes = MemoryContextAlloc(spellings->context, text->length);
		memcpy(entry.bytes, text->bytes, text->length);
	}
	place_spelling(spellings, &entry);
	avoid_clashes(spellings);
}

/*
 * flis_spelling_search finds a text that isn't at its first place, or is long; NULL if it wasn't met
 * yet.
 */
const FlisSpelling *
flis_spelling_search(const FlisSpellings *spellings, const FlisSpelledText *text, uint64 channel)
{
	uint64 told_by = stored_told_by(text, channel);
	const FlisSpelling *entry = flis_first_place(spellings, text->head, text->tail, told_by);

	while (entry->told_by != 0)
	{
		if (entry->head == text->head && entry->middle == text->middle &&
			entry->tail == text->tail && entry->told_by == told_by &&
			(entry->bytes == NULL || memcmp(entry->bytes, text->bytes, text->length) == 0))
			return entry;
		if (++entry == spellings->places + spellings->n)
			entry = spellings->places;
	}
	return NULL;
}

static uint64
stored_told_by(const FlisSpelledText *text, uint64 channel)
{
	uint64 told_by = channel | (text->length - 1);

	return text->length <= FLIS_SHORT_TEXT ? told_by : told_by | FLIS_SPELLING_LONG;
}

/*
 * avoid_clashes deals the texts out anew, by other multipliers, until each has its first place, or
 * enough were tried; it keeps the best of them.
 */
static void
avoid_clashes(FlisSpellings *spellings)
{
	while (spellings->nclashes > 0 && spellings->ntried < MOST_TRIED)
	{
		FlisSpellings tried = dealt_out(spellings, spellings->n);

		if (tried.nclashes < spellings->nclashes)
		{
			pfree(spellings->block);
			*spellings = tried;
		}
		else
		{
			pfree(tried.block);
			spellings->last_tried = tried.multiplier;
			spellings->ntried = tried.ntried;
		}
	}
}

/*
 * dealt_out gives all texts one of n places, by the next multiplier.
 */
static FlisSpellings
dealt_out(const FlisSpellings *spellings, uint32 n)
{
	FlisSpellings dealt = {.context = spellings->context,
						   .most = spellings->most,
						   .multiplier = spellings->last_tried * NEXT_MULTIPLIER,
						   .ntried = spellings->ntried + 1};

	dealt.last_tried = dealt.multiplier;
	make_places(&dealt, n);
	for (uint32 i = 0; i < spellings->n; i++)
		if (spellings->places[i].told_by != 0)
			place_spelling(&dealt, &spellings->places[i]);
	return dealt;
}

/*
 * place_spelling gives a text its first place, or the next free one.
 */
static void
place_spelling(FlisSpellings *spellings, const FlisSpelling *entry)
{
	FlisSpelling *first = flis_first_place(spellings, entry->head, entry->tail, entry->told_by);
	FlisSpelling *place = first;

	while (place->told_by != 0)
		if (++place == spellings->places + spellings->n)
			place = spellings->places;
	*place = *entry;
	spellings->ntaken++;
	if (place != first)
		spellings->nclashes++;
}

/*
 * make_places makes n free places, each a cache line.
 */
static void
make_places(FlisSpellings *spellings, uint32 n)
{
	spellings->block = MemoryContextAllocZero(spellings->context, (n + 1) * sizeof(FlisSpelling));
	spellings->places = (FlisSpelling *) TYPEALIGN(sizeof(FlisSpelling), spellings->block);
	spellings->shift = 64 - pg_leftmost_one_pos32(n * sizeof(FlisSpelling));
	spellings->n = n;
}
