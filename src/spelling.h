/*
 * spelling.h
 *		Finds what a text argument was found to name before, by its bytes.
 *
 * A query calls with the same few texts millions of times.  Up to 16 bytes a text is told by two
 * words, its first eight bytes and its last eight, and its length.
 */
#ifndef FLIS_SPELLING_H
#define FLIS_SPELLING_H

#include "postgres.h"

typedef struct FlisSpelling
{
	uint64 head;
	uint64 tail;
	int32 length; /* -1 for a free place */
	int32 index;  /* what it names */
	const char *text;
} FlisSpelling;

/* Places for spellings, a power of two of them; half of them at most are taken. */
typedef struct FlisSpellings
{
	FlisSpelling *places;
	uint32 nplaces;
	uint32 ntaken;
} FlisSpellings;

extern void flis_spellings_begin(FlisSpellings *spellings, MemoryContext context);
extern void flis_spellings_add(FlisSpellings *spellings, const char *text, int32 length,
							   int32 index, MemoryContext context);

/*
 * flis_spelling_ends reads the first and the last bytes of a text.
 */
static inline void
flis_spelling_ends(const char *text, int32 length, uint64 *head, uint64 *tail)
{
	if (length >= 8)
	{
		memcpy(head, text, 8);
		memcpy(tail, text + length - 8, 8);
	}
	else if (length >= 4)
	{
		uint32 first;
		uint32 last;

		memcpy(&first, text, 4);
		memcpy(&last, text + length - 4, 4);
		*head = first;
		*tail = last;
	}
	else
	{
		*head = 0;
		*tail = 0;
		if (length > 0)
			*head = (uint8) text[0] | (uint64) (uint8) text[length / 2] << 8 |
					(uint64) (uint8) text[length - 1] << 16;
	}
}

static inline uint32
flis_spelling_place(const FlisSpellings *spellings, uint64 head, uint64 tail, int32 length)
{
	uint64 hash =
		(head ^ (tail << 7 | tail >> 57) ^ (uint64) length) * UINT64CONST(0x9E3779B97F4A7C15);

	return (uint32) (hash >> 32) & (spellings->nplaces - 1);
}

/*
 * flis_spelling_find tells what a text named before; -1 if it wasn't met yet.
 */
static inline int32
flis_spelling_find(const FlisSpellings *spellings, const char *text, int32 length)
{
	uint64 head;
	uint64 tail;
	uint32 place;

	flis_spelling_ends(text, length, &head, &tail);
	place = flis_spelling_place(spellings, head, tail, length);
	for (;;)
	{
		const FlisSpelling *spelling = &spellings->places[place];

		if (spelling->length == length && spelling->head == head && spelling->tail == tail &&
			(length <= 16 || memcmp(spelling->text, text, length) == 0))
			return spelling->index;
		if (spelling->length < 0)
			return -1;
		place = (place + 1) & (spellings->nplaces - 1);
	}
}

#endif
