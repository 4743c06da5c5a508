/*
 * answer_cache.h
 *		The answers of one area in one channel, in pages of days, so that a row costs a look-up.
 */
#ifndef FLIS_ANSWER_CACHE_H
#define FLIS_ANSWER_CACHE_H

#include "postgres.h"

#include "rules/timeline.h"
#include "cache/cached_rows.h"

/* A page holds an answer for each of 1024 days. */
#define FLIS_PAGE_BITS 10
#define FLIS_PAGE_DAYS (1 << FLIS_PAGE_BITS)

/* Days are counted from the first of the calendar range, and so are never negative there. */
#define FLIS_PAGE_OF(day) ((uint32) ((day) -FLIS_FIRST_DAY) >> FLIS_PAGE_BITS)
#define FLIS_PLACE_OF(day) ((uint32) ((day) -FLIS_FIRST_DAY) & (FLIS_PAGE_DAYS - 1))

/* What is answered; each has pages of its own. */
typedef enum FlisAnswerKind
{
	FLIS_EXPECTED,
	FLIS_THROUGH,
	FLIS_NEXT
} FlisAnswerKind;

#define FLIS_ANSWER_KINDS 3

/* The day that answers, counted from the day that asks; or that there is none, or it is too far. */
typedef int16 FlisDistance;

#define FLIS_NO_ANSWER PG_INT16_MIN
#define FLIS_FAR_ANSWER (PG_INT16_MIN + 1)

/*
 * The pages of one kind, from the first that is filled to the last.  One that isn't filled is a
 * shared page of far answers, and so are days outside the calendar range.
 */
typedef struct FlisAnswerPages
{
	const FlisDistance **pages;
	uint32 first;
	uint32 n;
} FlisAnswerPages;

/*
 * Between a change and the next reading of the rows no look-up may find its pages: their number is
 * 0.
 */
typedef struct FlisAnswerCache
{
	FlisAnswerPages kinds[FLIS_ANSWER_KINDS];
	bool is_current;		   /* the rows were read since the last change */
	bool has_current_releases; /* those of the timeline were */
	uint32 version;			   /* of the area's rows from which its releases are built; 0: none */
	uint32 built;			   /* how often its releases were built */
	uint32 counted;			   /* how often its statuses were counted */
	uint64 leaders;			   /* the sum of "built" of the channels that it follows, when it was */
	uint64 sources;			   /* the same of all that its answers were computed from; 0: none */
	int area;				   /* their numbers in the registry */
	int channel;
	uint32 hidden[FLIS_ANSWER_KINDS]; /* numbers of pages while kinds has 0 */
	FlisCachedRows releases;
	FlisTimeline timeline;
	struct FlisMunicipalAnswers *municipal;		   /* NULL unless asked for since the last change */
	struct FlisMunicipalAnswers *hidden_municipal; /* those from before it */
} FlisAnswerCache;

/*
 * Answers for a day: returns the day that answers, the first later day for which that is not known,
 * and whether the answer advances a day each day until then.
 */
typedef FlisDay FlisAnswerAt(const FlisTimeline *timeline, const void *argument, FlisDay on,
							 FlisDay *until, bool *moves);

/* Where all answer caches have their pages. */
typedef struct FlisAnswerPageStore
{
	MemoryContext context;
	Size used;
	FlisDistance *far; /* the page that stands for those that aren't filled */
} FlisAnswerPageStore;

extern void flis_answer_pages_begin(FlisAnswerPageStore *store, MemoryContext context);
extern void flis_answer_cache_invalidate(FlisAnswerCache *answers);
extern void flis_answer_cache_revalidate(FlisAnswerCache *answers);
extern void flis_answer_cache_build(FlisAnswerCache *answers, const FlisReleaseRows *rows,
									FlisAnswerPageStore *store);
extern void flis_answer_cache_count(FlisAnswerCache *answers, const FlisAreaRows *rows,
									const FlisTimeline *packages, const FlisTimeline *whole,
									FlisAnswerPageStore *store);
extern FlisDay flis_answer_pages_compute(FlisAnswerPages *pages, const FlisTimeline *timeline,
										 FlisAnswerAt *answer_at, const void *argument, FlisDay on,
										 FlisAnswerPageStore *store);
extern void flis_answer_pages_drop(FlisAnswerPages *pages, uint32 n, FlisAnswerPageStore *store);
extern FlisDay flis_answer_cache_compute(FlisAnswerCache *answers, FlisAnswerKind kind, FlisDay on,
										 FlisAnswerPageStore *store);

/*
 * flis_page_distance finds an answer in pages; FLIS_FAR_ANSWER where there is none.
 */
static pg_attribute_always_inline FlisDistance
flis_page_distance(const FlisAnswerPages *pages, FlisDay on)
{
	uint32 slot = FLIS_PAGE_OF(on) - pages->first;

	if (unlikely(slot >= pages->n))
		return FLIS_FAR_ANSWER;
	return pages->pages[slot][FLIS_PLACE_OF(on)];
}

/*
 * flis_cached_distance finds a cached answer; FLIS_FAR_ANSWER where there is none.
 */
static pg_attribute_always_inline FlisDistance
flis_cached_distance(const FlisAnswerCache *answers, FlisAnswerKind kind, FlisDay on)
{
	return flis_page_distance(&answers->kinds[kind], on);
}

/*
 * flis_cached_day answers for a day of the calendar range; FLIS_NO_DAY where the answer is none.
 */
static inline FlisDay
flis_cached_day(FlisAnswerCache *answers, FlisAnswerKind kind, FlisDay on,
				FlisAnswerPageStore *store)
{
	FlisDistance distance = flis_cached_distance(answers, kind, on);

	if (likely(distance > FLIS_FAR_ANSWER))
		return on + distance;
	if (distance == FLIS_NO_ANSWER)
		return FLIS_NO_DAY;
	return flis_answer_cache_compute(answers, kind, on, store);
}

#endif
