/*
 * memo.h
 *		The answers of one area in one channel, kept in pages of days so that a row costs a look-up.
 */
#ifndef FLIS_MEMO_H
#define FLIS_MEMO_H

#include "postgres.h"

#include "timeline.h"

/* A page holds 1024 days, and finds the step of a day from that of each 16th day. */
#define FLIS_PAGE_BITS 10
#define FLIS_BUCKET_BITS 4
#define FLIS_PAGE_DAYS (1 << FLIS_PAGE_BITS)
#define FLIS_PAGE_BUCKETS (1 << (FLIS_PAGE_BITS - FLIS_BUCKET_BITS))

/* Days are counted from the first of the calendar range, which therefore is never negative. */
#define FLIS_PAGE_OF(day) ((uint32) ((day) -FLIS_FIRST_DAY) >> FLIS_PAGE_BITS)
#define FLIS_BUCKET_OF(day)                                                                        \
	(((uint32) ((day) -FLIS_FIRST_DAY) & (FLIS_PAGE_DAYS - 1)) >> FLIS_BUCKET_BITS)

/* The answers from one day up to the next step; those that move advance a day each day. */
typedef struct FlisStep
{
	FlisDay from;
	FlisDay expected; /* FLIS_NO_DAY for NULL in all three */
	FlisDay through;
	FlisDay next;
	bool expected_moves;
	bool through_moves;
	bool next_moves;
} FlisStep;

typedef struct FlisPage
{
	uint16 first[FLIS_PAGE_BUCKETS];	   /* the step in force on the bucket's first day */
	FlisStep steps[FLEXIBLE_ARRAY_MEMBER]; /* the last one is from FLIS_NEVER on */
} FlisPage;

typedef struct FlisMemo
{
	FlisTimeline timeline;
	FlisPage **pages; /* of the days from first_page on; NULL where not filled */
	uint32 first_page;
	uint32 npages;
} FlisMemo;

/* Where all memos keep their pages. */
typedef struct FlisPageStore
{
	MemoryContext context;
	Size used;
	FlisStep unkept; /* the answer given when there is no room for its page */
} FlisPageStore;

extern FlisMemo *flis_memo_build(const FlisRule *rules, int nrules, const FlisChannel *channels,
								 int nchannels, const FlisRelease *releases, int nreleases,
								 MemoryContext context);
extern const FlisStep *flis_memo_fill(FlisMemo *memo, FlisDay on, FlisPageStore *store);

/*
 * flis_memo_step finds the step that holds a day of the calendar range.  The step lives until the
 * next call.
 */
static inline const FlisStep *
flis_memo_step(FlisMemo *memo, FlisDay on, FlisPageStore *store)
{
	uint32 slot = FLIS_PAGE_OF(on) - memo->first_page;
	const FlisPage *page;
	const FlisStep *step;

	if (unlikely(slot >= memo->npages) || unlikely((page = memo->pages[slot]) == NULL))
		return flis_memo_fill(memo, on, store);
	step = &page->steps[page->first[FLIS_BUCKET_OF(on)]];
	while (step[1].from <= on)
		step++;
	return step;
}

#endif
