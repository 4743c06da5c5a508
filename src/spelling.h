/*
 * spelling.h
 *		Finds what an area and a channel, as a caller spells them, were found to name before.
 *
 * A query calls with the same few pairs of texts millions of times.  An area of up to 24 bytes is told
 * by its first, second and last eight bytes and its length, a channel of up to 16 by its first and
 * last eight; so one look-up of one cache line leads from two texts to the answers kept for them.
 */
#ifndef FLIS_SPELLING_H
#define FLIS_SPELLING_H

#include "postgres.h"

#include "compat.h"
#include "memo.h"

#define FLIS_SHORT_AREA 24
#define FLIS_SHORT_CHANNEL 16

/* What tells a text apart. */
typedef struct FlisSpelledText
{
	uint64 head;
	uint64 middle;
	uint64 tail;
	const char *bytes;
	int32 length;
} FlisSpelledText;

/* A place for a pair, and what it names: a cache line. */
typedef struct FlisSpelling
{
	uint64 heads[2];
	uint64 middle; /* of the area */
	uint64 tails[2];
	uint64 lengths; /* FLIS_SPELLING_LONG is set unless both texts are short */
	FlisMemo *memo; /* NULL: a free place */
	char *bytes;	/* of both texts, unless both are short */
} FlisSpelling;

#define FLIS_SPELLING_LONG (UINT64CONST(1) << 63)

/* A power of two of places, half of which at most are taken. */
typedef struct FlisSpellings
{
	FlisSpelling *places;
	uint32 mask; /* one less than the places */
	uint32 ntaken;
} FlisSpellings;

extern void flis_spellings_begin(FlisSpellings *spellings, MemoryContext context);
extern void flis_spellings_add(FlisSpellings *spellings, const FlisSpelledText *area,
							   const FlisSpelledText *channel, FlisMemo *memo,
							   MemoryContext context);
extern FlisMemo *flis_spelling_search(const FlisSpellings *spellings, const FlisSpelledText *area,
									  const FlisSpelledText *channel);

/*
 * flis_spelled_flat tells whether a text can be read as it is: not compressed or stored out of line.
 */
static inline bool
flis_spelled_flat(const struct varlena *text)
{
	return VARATT_IS_4B_U(text) || (VARATT_IS_1B(text) && !VARATT_IS_1B_E(text));
}

/*
 * flis_spelled reads what tells a text apart that can be read as it is.
 */
static inline FlisSpelledText
flis_spelled(const struct varlena *text)
{
	FlisSpelledText spelled = {0};

	if (VARATT_IS_1B(text))
	{
		spelled.bytes = VARDATA_1B(text);
		spelled.length = VARSIZE_1B(text) - VARHDRSZ_SHORT;
	}
	else
	{
		spelled.bytes = VARDATA_4B(text);
		spelled.length = VARSIZE_4B(text) - VARHDRSZ;
	}

	if (spelled.length >= 8)
	{
		memcpy(&spelled.head, spelled.bytes, 8);
		memcpy(&spelled.tail, spelled.bytes + spelled.length - 8, 8);
		if (spelled.length > 16)
			memcpy(&spelled.middle, spelled.bytes + 8, 8);
	}
	else if (spelled.length >= 4)
	{
		uint32 head;
		uint32 tail;

		memcpy(&head, spelled.bytes, 4);
		memcpy(&tail, spelled.bytes + spelled.length - 4, 4);
		spelled.head = head;
		spelled.tail = tail;
	}
	else if (spelled.length > 0)
	{
		spelled.head = (uint8) spelled.bytes[0];
		spelled.tail = (uint8) spelled.bytes[spelled.length / 2] << 8 |
					   (uint8) spelled.bytes[spelled.length - 1];
	}
	return spelled;
}

static inline uint64
flis_spelled_lengths(const FlisSpelledText *area, const FlisSpelledText *channel)
{
	return (uint64) area->length << 32 | (uint32) channel->length;
}

static inline uint32
flis_spelling_place(const FlisSpellings *spellings, const FlisSpelledText *area,
					const FlisSpelledText *channel)
{
	uint64 hash = (area->head ^ (area->tail << 7 | area->tail >> 57) ^ channel->tail) *
				  UINT64CONST(0x9E3779B97F4A7C15);

	return (uint32) (hash >> 40) & spellings->mask;
}

/*
 * flis_spelling_at finds the first place of a pair of texts.
 */
static inline const FlisSpelling *
flis_spelling_at(const FlisSpellings *spellings, FlisSpelledText area, FlisSpelledText channel)
{
	return &spellings->places[flis_spelling_place(spellings, &area, &channel)];
}

/*
 * flis_spelling_is tells whether a place is that of a pair of short texts.
 */
static inline bool
flis_spelling_is(const FlisSpelling *spelling, FlisSpelledText area, FlisSpelledText channel)
{
	return likely(spelling->heads[0] == area.head) && likely(spelling->tails[0] == area.tail) &&
		   likely(spelling->middle == area.middle) && likely(spelling->heads[1] == channel.head) &&
		   likely(spelling->tails[1] == channel.tail) &&
		   likely(spelling->lengths == flis_spelled_lengths(&area, &channel));
}

#endif
