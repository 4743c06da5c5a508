/*
 * memo.h
 *		The answers of one area in one channel, kept in pages of days so that a row costs a look-up.
 */
#ifndef FLIS_MEMO_H
#define FLIS_MEMO_H

#include "postgres.h"

#include "kept.h"
#include "timeline.h"

/* A page holds an answer for each of 1024 days. */
#define FLIS_PAGE_BITS 10
#define FLIS_PAGE_DAYS (1 << FLIS_PAGE_BITS)

/* Days are counted from the first of the calendar range, and so are never negative there. */
#define FLIS_PAGE_OF(day) ((uint32) ((day) -FLIS_FIRST_DAY) >> FLIS_PAGE_BITS)
#define FLIS_PLACE_OF(day) ((uint32) ((day) -FLIS_FIRST_DAY) & (FLIS_PAGE_DAYS - 1))

/* What is answered; each has pages of its own. */
typedef enum FlisKind
{
	FLIS_EXPECTED,
	FLIS_THROUGH,
	FLIS_NEXT
} FlisKind;

#define FLIS_KINDS 3

/* The day that answers, counted from the day that asks; or that there is none, or it is too far. */
typedef int16 FlisDistance;

#define FLIS_NO_ANSWER PG_INT16_MIN
#define FLIS_FAR_ANSWER (PG_INT16_MIN + 1)

/*
 * The pages of one kind, from the first that is filled to the last.  One that isn't filled is a shared
 * page of far answers, and so are days outside the calendar range.
 */
typedef struct FlisPages
{
	const FlisDistance **pages;
	uint32 first;
	uint32 n;
} FlisPages;

/*
 * Between a change and the next reading of the rows its pages are hidden, so that no look-up finds them:
 * their number counts as 0.
 */
typedef struct FlisMemo
{
	FlisPages kinds[FLIS_KINDS];
	bool is_current; /* the rows were read since the last change */
	uint32 version;	 /* of the area's rows; 0 before they were first read */
	int area;		 /* their numbers in the registry */
	int channel;
	uint32 hidden[FLIS_KINDS]; /* numbers of pages while they are hidden */
	FlisKept releases;
	FlisTimeline timeline;
} FlisMemo;

/* Where all memos keep their pages. */
typedef struct FlisPageStore
{
	MemoryContext context;
	Size used;
	FlisDistance *far; /* the page that stands for those that aren't filled */
} FlisPageStore;

extern void flis_pages_begin(FlisPageStore *store, MemoryContext context);
extern void flis_memo_hide(FlisMemo *memo);
extern void flis_memo_show(FlisMemo *memo);
extern void flis_memo_build(FlisMemo *memo, const FlisAreaRows *rows, const FlisChannel *channels,
							int nchannels, FlisPageStore *store);
extern FlisDay flis_memo_compute(FlisMemo *memo, FlisKind kind, FlisDay on, FlisPageStore *store);

/*
 * flis_memo_distance finds a kept answer; FLIS_FAR_ANSWER where none is kept.
 */
static pg_attribute_always_inline FlisDistance
flis_memo_distance(const FlisMemo *memo, FlisKind kind, FlisDay on)
{
	const FlisPages *pages = &memo->kinds[kind];
	uint32 slot = FLIS_PAGE_OF(on) - pages->first;

	if (unlikely(slot >= pages->n))
		return FLIS_FAR_ANSWER;
	return pages->pages[slot][FLIS_PLACE_OF(on)];
}

/*
 * flis_memo_day answers for a day of the calendar range; FLIS_NO_DAY where the answer is none.
 */
static inline FlisDay
flis_memo_day(FlisMemo *memo, FlisKind kind, FlisDay on, FlisPageStore *store)
{
	FlisDistance distance = flis_memo_distance(memo, kind, on);

	if (likely(distance > FLIS_FAR_ANSWER))
		return on + distance;
	if (distance == FLIS_NO_ANSWER)
		return FLIS_NO_DAY;
	return flis_memo_compute(memo, kind, on, store);
}

#endif
