/*
 * name_lookup.h
 *		Finds what a text, as a caller spells it, was found to name before.
 *
 * A query calls with the same few areas and channels millions of times.  A text of up to 24 bytes is
 * told by its first, second and last eight bytes and its length, an area moreover by the channel it is
 * asked for in; so one look-up of one cache line leads from a text to the answers kept for it.
 *
 * The texts of a column have all lengths in no order, so that a branch on the length is guessed wrong
 * every other row, which costs more than all else: short and longer texts are read alike.
 */
#ifndef FLIS_NAME_LOOKUP_H
#define FLIS_NAME_LOOKUP_H

#include "postgres.h"

#include "base/compat.h"
#include "cache/answer_cache.h"

#define FLIS_SHORT_TEXT 24

/* What tells a text apart; head and tail are the same of a text of up to eight bytes. */
typedef struct FlisSpelledText
{
	uint64 head;
	uint64 middle; /* 0 unless the text is longer than both */
	uint64 tail;
	const char *bytes;
	uint32 length;
} FlisSpelledText;

/*
 * A place for a text, and what it names: a cache line.
 *
 * That of an area names a memo, and is told by its channel, too, which is in the upper half of
 * "told_by" over the place of the last byte.  One with FLIS_A_CHANNEL there is that of a channel, and
 * names what to write there for its areas.
 */
typedef struct FlisSpelling
{
	uint64 head;
	uint64 middle;
	uint64 tail;
	uint64 told_by; /* 0: a free place; FLIS_SPELLING_LONG is set unless the text is short */
	FlisAnswerCache *answers; /* of an area */
	uint64 channel;			  /* of a channel; FLIS_CHANNEL_NUMBER of its number */
	char *bytes;			  /* of the text, unless it is short */
	uint64 reserved;		  /* to fill the line */
} FlisSpelling;

#define FLIS_SPELLING_LONG (UINT64CONST(1) << 63)
#define FLIS_A_CHANNEL (UINT64CONST(1) << 62)
#define FLIS_CHANNEL_NUMBER(number) ((uint64) ((number) + 1) << 32)
#define FLIS_NUMBER_OF_CHANNEL(channel) ((int) ((channel) >> 32) - 1)

/* A power of two of places, few of which are taken. */
typedef struct FlisSpellings
{
	MemoryContext context;
	void *block; /* the memory of the places */
	FlisSpelling *places;
	uint64 multiplier; /* of the hash, chosen so that most texts are at their first place */
	int shift;		   /* what leaves of a hash the bytes from the first place to another */
	uint32 n;		   /* places, a power of two */
	uint32 most;	   /* texts to note, at most */
	uint32 ntaken;
	uint32 nclashes; /* texts that are not at their first place */
	uint32 ntried;	 /* multipliers for this number of places */
	uint64 last_tried;
} FlisSpellings;

extern void flis_spellings_begin(FlisSpellings *spellings, MemoryContext context, Size n);
extern void flis_spellings_add(FlisSpellings *spellings, const FlisSpelledText *text,
							   uint64 channel, FlisSpelling names);
extern const FlisSpelling *flis_spelling_search(const FlisSpellings *spellings,
												const FlisSpelledText *text, uint64 channel);
extern FlisSpelledText flis_spelled(const text *text);

/*
 * flis_spelled_ends reads the first and the last eight bytes of a text, or all where they are fewer; not
 * of an empty one.
 *
 * Of a shorter text it reads up to seven bytes before the first, too, and drops them: its header, and
 * what is before that in its row or its block of memory, which begin with more bytes than that.  Tools
 * that watch each access get to see none but the text's own.
 */
static pg_attribute_always_inline void
flis_spelled_ends(const char *bytes, uint64 last, uint64 *head, uint64 *tail)
{
#if defined(USE_VALGRIND) || defined(__SANITIZE_ADDRESS__) || defined(WORDS_BIGENDIAN)
	uint64 n = Min(last + 1, 8);

	*head = *tail = 0;
	memcpy(head, bytes, n);
	memcpy(tail, bytes + last + 1 - n, n);
#else
	int64 missing = 7 - (int64) last;

	missing = Max(missing, 0);
	memcpy(head, bytes - missing, 8);
	memcpy(tail, bytes + (int64) last - 7, 8);
	*head >>= missing * BITS_PER_BYTE;
	*tail >>= missing * BITS_PER_BYTE;
#endif
}

/*
 * flis_first_place finds the place that a text wants.
 */
static pg_attribute_always_inline FlisSpelling *
flis_first_place(const FlisSpellings *spellings, uint64 head, uint64 tail, uint64 told_by)
{
	uint64 hash = (head + tail + told_by) * spellings->multiplier;

	/* The uppermost bits, as only these depend on the last bytes, in which counted names differ. */
	return (FlisSpelling *) ((char *) spellings->places +
							 (hash >> spellings->shift & ~(uint64) (sizeof(FlisSpelling) - 1)));
}

/*
 * flis_spelling_find finds a short text at its first place: NULL if it isn't there, is long, empty,
 * compressed or stored out of line, and must be searched.
 */
static pg_attribute_always_inline const FlisSpelling *
flis_spelling_find(const FlisSpellings *spellings, const struct varlena *text, uint64 channel)
{
	const FlisSpelling *entry;
	const char *bytes;
	uint64 last;
	uint64 head;
	uint64 tail;
	uint64 told_by;

	/* The last byte of an empty text comes out below 0, and so it does of one that is stored out of line. */
	if (likely(VARATT_IS_1B(text)))
	{
		bytes = VARDATA_1B(text);
		last = (uint64) VARSIZE_1B(text) - VARHDRSZ_SHORT - 1;
	}
	else if (VARATT_IS_4B_U(text))
	{
		bytes = VARDATA_4B(text);
		last = (uint64) VARSIZE_4B(text) - VARHDRSZ - 1;
	}
	else
		return NULL;
	if (unlikely(last >= FLIS_SHORT_TEXT))
		return NULL;

	flis_spelled_ends(bytes, last, &head, &tail);
	told_by = channel | last;
	entry = flis_first_place(spellings, head, tail, told_by);
	if (unlikely(entry->head != head) || unlikely(entry->tail != tail) ||
		unlikely(entry->told_by != told_by))
		return NULL;
	if (last >= 16 && unlikely(memcmp(&entry->middle, bytes + 8, 8) != 0))
		return NULL;
	return entry;
}

#endif
