/*
 * memo.c
 *		The answers of one area in one channel, kept in pages of days so that a row costs a look-up.
 *
 * A page is filled when a day of it is first asked for: between one release and the next nothing
 * changes, so that three years of a monthly area are computed in some thirty steps.  Facts have dates
 * of a few decades, but nothing stops a query from asking for every day of ten thousand years: past a
 * limit answers are computed and not kept.
 */
#include "memo.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "coverage.h"

/* Bytes of pages that a session keeps at most. */
#define MOST_PAGES_BYTES ((Size) 16 * 1024 * 1024)

static FlisDay answer_of(const FlisAnswer *answer, FlisKind kind, bool *moves);
static FlisDistance *fill_page(const FlisMemo *memo, FlisKind kind, uint32 page,
							   FlisPageStore *store);
static FlisDistance distance_of(FlisDay on, FlisDay answer);
static bool cover_page(FlisPages *pages, uint32 page, FlisPageStore *store);

/*
 * flis_memo_build begins a memo in a memory context, with a timeline that has no statuses yet.
 */
FlisMemo *
flis_memo_build(const FlisRule *rules, int nrules, const FlisChannel *channels, int nchannels,
				const FlisRelease *releases, int nreleases, MemoryContext context)
{
	MemoryContext caller = MemoryContextSwitchTo(context);
	FlisMemo *memo = palloc0(sizeof(FlisMemo));
	FlisTimeline *timeline = &memo->timeline;

	timeline->terms = palloc((nrules + nchannels) * sizeof(FlisTerms));
	if (nreleases > 0)
	{
		timeline->exceptions = palloc_extended(nreleases * sizeof(FlisException), MCXT_ALLOC_HUGE);
		timeline->exception_days =
			palloc_extended(nreleases * sizeof(FlisExceptionDay), MCXT_ALLOC_HUGE);
		timeline->outs = palloc_extended(nreleases * sizeof(FlisOut), MCXT_ALLOC_HUGE);
	}
	flis_timeline_build(timeline, rules, nrules, channels, nchannels, releases, nreleases);
	MemoryContextSwitchTo(caller);
	return memo;
}

/*
 * flis_memo_compute answers for a day whose page isn't filled, and fills it while there is room, or
 * whose answer is too far away for the page.
 */
FlisDay
flis_memo_compute(FlisMemo *memo, FlisKind kind, FlisDay on, FlisPageStore *store)
{
	FlisPages *pages = &memo->kinds[kind];
	uint32 page = FLIS_PAGE_OF(on);
	FlisAnswer answer;
	bool moves;

	if (store->used < MOST_PAGES_BYTES && cover_page(pages, page, store) &&
		pages->pages[page - pages->first] == NULL)
		pages->pages[page - pages->first] = fill_page(memo, kind, page, store);

	flis_answer_on(&memo->timeline, on, &answer);
	return answer_of(&answer, kind, &moves);
}

/*
 * answer_of picks an answer of one kind, and tells whether it advances a day each day.
 */
static FlisDay
answer_of(const FlisAnswer *answer, FlisKind kind, bool *moves)
{
	switch (kind)
	{
		case FLIS_EXPECTED:
			*moves = answer->expected.moves;
			return answer->expected.through;
		case FLIS_THROUGH:
			*moves = answer->through_moves;
			return answer->through;
		case FLIS_NEXT:
			break;
	}
	*moves = answer->next_moves;
	return answer->next;
}

/*
 * fill_page computes the answers for all days of a page.  Whoever cancels that leaves nothing behind.
 */
static FlisDistance *
fill_page(const FlisMemo *memo, FlisKind kind, uint32 page, FlisPageStore *store)
{
	FlisDistance distances[FLIS_PAGE_DAYS];
	FlisDistance *filled;
	FlisDay start = FLIS_FIRST_DAY + (FlisDay) (page << FLIS_PAGE_BITS);
	FlisDay end = start + FLIS_PAGE_DAYS;
	FlisDay day = start;

	while (day < end)
	{
		FlisAnswer answer;
		FlisDay value;
		FlisDay until;
		bool moves;

		CHECK_FOR_INTERRUPTS();
		flis_answer_on(&memo->timeline, day, &answer);
		value = answer_of(&answer, kind, &moves);
		until = Min(answer.until, end);
		for (; day < until; day++)
		{
			distances[day - start] = distance_of(day, value);
			if (moves)
				value++;
		}
	}

	filled = MemoryContextAlloc(store->context, sizeof(distances));
	store->used += sizeof(distances);
	memcpy(filled, distances, sizeof(distances));
	return filled;
}

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
 * cover_page makes the array of pages reach to a page; false if there is no room for that.
 */
static bool
cover_page(FlisPages *pages, uint32 page, FlisPageStore *store)
{
	uint32 first = page;
	uint32 last = page;
	FlisDistance **larger;
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
	larger = MemoryContextAllocZero(store->context, size);
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
