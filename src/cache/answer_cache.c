/*
 * answer_cache.c
 *		Caches the answers of one area in one channel for each day, so that a call once a row is a
 *		look-up.
 *
 * A page holds the answers for 1024 days and is filled when one of them is first asked for.  The answer
 * stays the same from one release to the next, so that a page of a monthly area is computed in some
 * thirty steps.  A query may ask for every day of ten thousand years; above a limit of memory answers
 * are computed each time and not cached.
 */
#include "cache/answer_cache.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "rules/coverage.h"

/* The greatest number of bytes that the pages of a session may take. */
#define MOST_PAGES_BYTES ((Size) 16 * 1024 * 1024)
#define PAGE_BYTES (FLIS_PAGE_DAYS * sizeof(FlisDistance))

static void drop_timeline(FlisTimeline *timeline);
static FlisDay answer_of(const FlisTimeline *timeline, const void *argument, FlisDay on,
						 FlisDay *until, bool *moves);
static FlisDistance *fill_page(const FlisTimeline *timeline, FlisAnswerAt *answer_at,
							   const void *argument, uint32 page, FlisAnswerPageStore *store);
static bool cover_page(FlisAnswerPages *pages, uint32 page, FlisAnswerPageStore *store);
static FlisDistance distance_of(FlisDay on, FlisDay answer);

/*
 * flis_answer_pages_begin initializes a store without pages, which will be in a memory context.
 */
void
flis_answer_pages_begin(FlisAnswerPageStore *store, MemoryContext context)
{
	*store =
		(FlisAnswerPageStore){.context = context, .far = MemoryContextAlloc(context, PAGE_BYTES)};
	for (int i = 0; i < FLIS_PAGE_DAYS; i++)
		store->far[i] = FLIS_FAR_ANSWER;
}

/*
 * flis_answer_cache_invalidate hides the pages of an answer cache, because the rows from which they were
 * computed may have changed.
 */
void
flis_answer_cache_invalidate(FlisAnswerCache *answers)
{
	answers->has_current_releases = false;
	if (!answers->is_current)
		return;
	answers->is_current = false;
	if (answers->municipal != NULL)
		answers->hidden_municipal = answers->municipal;
	answers->municipal = NULL;
	for (int kind = 0; kind < FLIS_ANSWER_KINDS; kind++)
	{
		answers->hidden[kind] = answers->kinds[kind].n;
		answers->kinds[kind].n = 0;
	}
}

/*
 * flis_answer_cache_revalidate shows the hidden pages again, because the rows have not changed.
 */
void
flis_answer_cache_revalidate(FlisAnswerCache *answers)
{
	for (int kind = 0; kind < FLIS_ANSWER_KINDS; kind++)
	{
		answers->kinds[kind].n = answers->hidden[kind];
		answers->hidden[kind] = 0;
	}
	answers->is_current = true;
}

/*
 * flis_answer_cache_build builds the timeline of an answer cache anew, without statuses and notices.
 * The rules and releases in "rows" must live as long as the timeline.
 */
void
flis_answer_cache_build(FlisAnswerCache *answers, const FlisReleaseRows *rows,
						FlisAnswerPageStore *store)
{
	MemoryContext caller = MemoryContextSwitchTo(store->context);
	FlisTimeline *timeline = &answers->timeline;
	int nterms;
	int nexceptions;

	drop_timeline(timeline);
	flis_timeline_room(rows, &nterms, &nexceptions);
	timeline->terms = palloc_extended(nterms * sizeof(FlisTerms), MCXT_ALLOC_HUGE);
	if (nexceptions > 0)
	{
		timeline->exceptions =
			palloc_extended(nexceptions * sizeof(FlisException), MCXT_ALLOC_HUGE);
		timeline->exception_days =
			palloc_extended(nexceptions * sizeof(FlisExceptionDay), MCXT_ALLOC_HUGE);
		timeline->effective_releases =
			palloc_extended(nexceptions * sizeof(FlisEffectiveRelease), MCXT_ALLOC_HUGE);
	}
	flis_timeline_build(timeline, rows);
	MemoryContextSwitchTo(caller);
	answers->built++;
}

/*
 * flis_answer_cache_count adds statuses and notices to the timeline of an answer cache that is built and
 * whose pages are hidden, and drops the pages.
 */
void
flis_answer_cache_count(FlisAnswerCache *answers, const FlisAreaRows *rows,
						const FlisTimeline *packages, const FlisTimeline *whole,
						FlisAnswerPageStore *store)
{
	FlisTimeline *timeline = &answers->timeline;

	for (int kind = 0; kind < FLIS_ANSWER_KINDS; kind++)
	{
		flis_answer_pages_drop(&answers->kinds[kind], answers->hidden[kind], store);
		answers->hidden[kind] = 0;
	}
	if (timeline->counts != NULL)
		pfree(timeline->counts);
	timeline->counts = NULL;
	timeline->statuses = rows->statuses.rows;
	timeline->nstatuses = rows->statuses.n;
	timeline->notices = rows->notices.rows;
	timeline->nnotices = rows->notices.n;
	timeline->whole = whole;
	if (timeline->nstatuses > 0)
		timeline->counts =
			MemoryContextAllocHuge(store->context, timeline->nstatuses * sizeof(FlisCount));
	flis_timeline_count(timeline, packages);
	answers->counted++;
}

/*
 * flis_answer_cache_compute returns the answer for a day that has none in the pages, as
 * flis_answer_pages_compute does.
 */
FlisDay
flis_answer_cache_compute(FlisAnswerCache *answers, FlisAnswerKind kind, FlisDay on,
						  FlisAnswerPageStore *store)
{
	return flis_answer_pages_compute(&answers->kinds[kind], &answers->timeline, answer_of, &kind,
									 on, store);
}

/*
 * flis_answer_pages_compute returns the answer for a day that has none in the pages: the page isn't
 * filled, and is filled now if there is room; or the answer is too far from the day for a FlisDistance.
 */
FlisDay
flis_answer_pages_compute(FlisAnswerPages *pages, const FlisTimeline *timeline,
						  FlisAnswerAt *answer_at, const void *argument, FlisDay on,
						  FlisAnswerPageStore *store)
{
	uint32 page = FLIS_PAGE_OF(on);
	FlisDay until;
	bool moves;

	if (store->used < MOST_PAGES_BYTES && cover_page(pages, page, store) &&
		pages->pages[page - pages->first] == store->far)
		pages->pages[page - pages->first] = fill_page(timeline, answer_at, argument, page, store);
	return answer_at(timeline, argument, on, &until, &moves);
}

/*
 * flis_answer_pages_drop frees n pages.
 */
void
flis_answer_pages_drop(FlisAnswerPages *pages, uint32 n, FlisAnswerPageStore *store)
{
	for (uint32 i = 0; i < n; i++)
		if (pages->pages[i] != store->far)
		{
			pfree((FlisDistance *) pages->pages[i]);
			store->used -= PAGE_BYTES;
		}
	if (n > 0)
	{
		pfree(pages->pages);
		store->used -= n * sizeof(FlisDistance *);
	}
	*pages = (FlisAnswerPages){0};
}

/*
 * drop_timeline frees the arrays that flis_answer_cache_build and flis_answer_cache_count allocated.
 */
static void
drop_timeline(FlisTimeline *timeline)
{
	if (timeline->terms != NULL)
		pfree(timeline->terms);
	if (timeline->exceptions != NULL)
		pfree(timeline->exceptions);
	if (timeline->exception_days != NULL)
		pfree(timeline->exception_days);
	if (timeline->effective_releases != NULL)
		pfree(timeline->effective_releases);
	if (timeline->counts != NULL)
		pfree(timeline->counts);
	*timeline = (FlisTimeline){0};
}

/*
 * answer_of is the FlisAnswerAt of a FlisAnswerKind, to which the argument points.
 */
static FlisDay
answer_of(const FlisTimeline *timeline, const void *argument, FlisDay on, FlisDay *until,
		  bool *moves)
{
	FlisAnswer answer;

	flis_answer_on(timeline, on, &answer);
	*until = answer.until;
	switch (*(const FlisAnswerKind *) argument)
	{
		case FLIS_EXPECTED:
			*moves = answer.expected.moves;
			return answer.expected.through;
		case FLIS_THROUGH:
			*moves = answer.through_moves;
			return answer.through;
		case FLIS_NEXT:
			break;
	}
	*moves = answer.next_moves;
	return answer.next;
}

/*
 * fill_page computes the answers for all days of a page.  The page is built on the stack, so that a
 * cancel leaks nothing.
 */
static FlisDistance *
fill_page(const FlisTimeline *timeline, FlisAnswerAt *answer_at, const void *argument, uint32 page,
		  FlisAnswerPageStore *store)
{
	FlisDistance distances[FLIS_PAGE_DAYS];
	FlisDistance *filled;
	FlisDay start = FLIS_FIRST_DAY + (FlisDay) (page << FLIS_PAGE_BITS);
	FlisDay end = Min(start + FLIS_PAGE_DAYS, FLIS_LAST_DAY + 1);
	FlisDay day = start;

	while (day < end)
	{
		FlisDay until;
		bool moves;
		FlisDay value = answer_at(timeline, argument, day, &until, &moves);

		CHECK_FOR_INTERRUPTS();
		until = Min(until, end);
		for (; day < until; day++)
		{
			distances[day - start] = distance_of(day, value);
			if (moves)
				value++;
		}
	}
	for (; day < start + FLIS_PAGE_DAYS; day++)
		distances[day - start] = FLIS_FAR_ANSWER;

	filled = MemoryContextAlloc(store->context, PAGE_BYTES);
	store->used += PAGE_BYTES;
	memcpy(filled, distances, PAGE_BYTES);
	return filled;
}

/*
 * distance_of returns an answer as it is stored in a page.
 */
static FlisDistance
distance_of(FlisDay on, FlisDay answer)
{
	int64 distance = (int64) answer - on;

	if (answer == FLIS_NO_DAY)
		return FLIS_NO_ANSWER;
	if (distance <= FLIS_FAR_ANSWER || distance > PG_INT16_MAX)
		return FLIS_FAR_ANSWER;
	return (FlisDistance) distance;
}

/*
 * cover_page extends the array of pages to include a page; false if there is no room for that.
 */
static bool
cover_page(FlisAnswerPages *pages, uint32 page, FlisAnswerPageStore *store)
{
	uint32 first = page;
	uint32 last = page;
	const FlisDistance **larger;
	Size size;

	if (pages->n > 0)
	{
		first = Min(first, pages->first);
		last = Max(last, pages->first + pages->n - 1);
		if (last - first < pages->n)
			return true;
	}

	size = (last - first + 1) * sizeof(FlisDistance *);
	if (store->used + size > MOST_PAGES_BYTES)
		return false;
	larger = MemoryContextAlloc(store->context, size);
	for (uint32 i = 0; i <= last - first; i++)
		larger[i] = store->far;
	store->used += size;
	if (pages->n > 0)
	{
		memcpy(&larger[pages->first - first], pages->pages, pages->n * sizeof(FlisDistance *));
		store->used -= pages->n * sizeof(FlisDistance *);
		pfree(pages->pages);
	}
	pages->pages = larger;
	pages->first = first;
	pages->n = last - first + 1;
	return true;
}
