/*
 * answer_cache.h
 *		Caches the answers of one area in one channel for each day, so that a call once a row is a
 *		look-up.
 */
#ifndef FLIS_ANSWER_CACHE_H
#define FLIS_ANSWER_CACHE_H

#include "postgres.h"

#include "rules/timeline.h"
#include "cache/cached_rows.h"

/* A page holds an answer for each of 1024 days. */
#define FLIS_PAGE_BITS 10
#define FLIS_PAGE_DAYS (1 << FLIS_PAGE_BITS)

/* The page of a day of the calendar range, and its place in the page. */
#define FLIS_PAGE_OF(day) ((uint32) ((day) -FLIS_FIRST_DAY) >> FLIS_PAGE_BITS)
#define FLIS_PLACE_OF(day) ((uint32) ((day) -FLIS_FIRST_DAY) & (FLIS_PAGE_DAYS - 1))

/* The kinds of answer.  Each has its own pages. */
typedef enum FlisAnswerKind
{
	FLIS_EXPECTED,
	FLIS_THROUGH,
	FLIS_NEXT
} FlisAnswerKind;

#define FLIS_ANSWER_KINDS 3

/* An answer as it is stored in a page: the number of days from the day asked for to the answer. */
typedef int16 FlisDistance;

#define FLIS_NO_ANSWER PG_INT16_MIN		   /* the answer is FLIS_NO_DAY */
#define FLIS_FAR_ANSWER (PG_INT16_MIN + 1) /* not stored: it must be computed */

/*
 * The pages of one kind, from the first that is filled to the last.  All pages that are not filled are
 * one shared page of FLIS_FAR_ANSWER.
 */
typedef struct FlisAnswerPages
{
	const FlisDistance **pages;
	uint32 first;
	uint32 n;
} FlisAnswerPages;

/*
 * The answers of one area in one channel, and the timeline from which they are computed.  After a change
 * the pages are hidden, which means that their number is 0, until the rows are read again.
 */
typedef struct FlisAnswerCache
{
	FlisAnswerPages kinds[FLIS_ANSWER_KINDS];
	bool is_current;		   /* the rows were read since the last change */
	bool has_current_releases; /* the releases were */
	uint32 version;			   /* FlisAreaRows.version when it was last built; 0: not built */
	uint32 built;			   /* how often flis_answer_cache_build was called */
	uint32 counted;			   /* how often flis_answer_cache_count was called */
	uint64 leaders;			   /* sum of "built" of the channels that it follows, when last built */
	uint64 sources;			   /* sum of the counters of all that the answers depend on; 0: none */
	int area;				   /* numbers in the registry */
	int channel;
	uint32 hidden[FLIS_ANSWER_KINDS]; /* the numbers of pages while they are hidden */
	FlisCachedRows releases;
	FlisTimeline timeline;
	struct FlisMunicipalAnswers *municipal;		   /* NULL unless used since the last change */
	struct FlisMunicipalAnswers *hidden_municipal; /* from before it, to be dropped */
} FlisAnswerCache;

/*
 * Computes the answer for a day, the first later day for which it may be another, and whether the answer
 * advances a day each day until then.
 */
typedef FlisDay FlisAnswerAt(const FlisTimeline *timeline, const void *argument, FlisDay on,
							 FlisDay *until, bool *moves);

/* The memory of the pages of all answer caches. */
typedef struct FlisAnswerPageStore
{
	MemoryContext context;
	Size used;		   /* bytes */
	FlisDistance *far; /* the shared page that isn't filled */
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
 * flis_page_distance returns the answer stored for a day; FLIS_FAR_ANSWER if there is none.
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
 * flis_cached_distance returns the answer of a kind stored for a day; FLIS_FAR_ANSWER if there is none.
 */
static pg_attribute_always_inline FlisDistance
flis_cached_distance(const FlisAnswerCache *answers, FlisAnswerKind kind, FlisDay on)
{
	return flis_page_distance(&answers->kinds[kind], on);
}

/*
 * flis_cached_day returns the answer for a day of the calendar range, which may be FLIS_NO_DAY.
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
