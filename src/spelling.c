/*
 * spelling.c
 *		Finds what a text argument was found to name before, by its bytes.
 */
#include "spelling.h"

#include "utils/memutils.h"

/* Room for every area in a few spellings; past the most, spellings are looked up each time. */
#define FIRST_PLACES 64
#define MOST_PLACES 8192

static void place_spelling(FlisSpellings *spellings, const FlisSpelling *spelling);
static FlisSpelling *free_places(uint32 n, MemoryContext context);

/*
 * flis_spellings_begin makes room for spellings in a memory context.
 */
void
flis_spellings_begin(FlisSpellings *spellings, MemoryContext context)
{
	spellings->places = free_places(FIRST_PLACES, context);
	spellings->nplaces = FIRST_PLACES;
	spellings->ntaken = 0;
}

/*
 * flis_spellings_add notes what a text that wasn't met yet names.
 */
void
flis_spellings_add(FlisSpellings *spellings, const char *text, int32 length, int32 index,
				   MemoryContext context)
{
	FlisSpelling spelling;
	char *copy;

	if (spellings->ntaken * 2 >= spellings->nplaces)
	{
		FlisSpellings larger = {.nplaces = spellings->nplaces * 2};

		if (larger.nplaces > MOST_PLACES)
			return;
		larger.places = free_places(larger.nplaces, context);
		for (uint32 i = 0; i < spellings->nplaces; i++)
			if (spellings->places[i].length >= 0)
				place_spelling(&larger, &spellings->places[i]);
		pfree(spellings->places);
		*spellings = larger;
	}

	copy = MemoryContextAlloc(context, length + 1);
	memcpy(copy, text, length);
	copy[length] = '\0';
	flis_spelling_ends(text, length, &spelling.head, &spelling.tail);
	spelling.length = length;
	spelling.index = index;
	spelling.text = copy;
	place_spelling(spellings, &spelling);
}

static void
place_spelling(FlisSpellings *spellings, const FlisSpelling *spelling)
{
	uint32 place = flis_spelling_place(spellings, spelling->head, spelling->tail, spelling->length);

	while (spellings->places[place].length >= 0)
		place = (place + 1) & (spellings->nplaces - 1);
	spellings->places[place] = *spelling;
	spellings->ntaken++;
}

static FlisSpelling *
free_places(uint32 n, MemoryContext context)
{
	FlisSpelling *places = MemoryContextAllocZero(context, n * sizeof(FlisSpelling));

	for (uint32 i = 0; i < n; i++)
		places[i].length = -1;
	return places;
}
