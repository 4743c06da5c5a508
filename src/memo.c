/*
 * memo.c
 *		The answers of one area in one channel, kept in pages of days so that a row costs a look-up.
 *
 * Between a release and the next nothing changes, so that three years of a monthly area are some
 * thirty steps.  A page is filled when a day of it is first asked for.  Facts have dates of a few
 * decades, but nothing stops a query from asking for every day of ten thousand years: past a limit
 * answers are computed and not kept.
 */
#include "memo.h"

#include "utils/memutils.h"

#include "coverage.h"

/* Bytes of pages that a session keeps at most. */
#define MOST_PAGES_BYTES ((Size) 16 * 1024 * 1024)

static bool cover_page(FlisMemo *memo, uint32 page, FlisPageStore *store);
static void answer_step(const FlisMemo *memo, FlisDay on, FlisStep *step, FlisDay *until);

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
		timeline->outs = palloc_extended(nreleases * sizeof(FlisOut), MCXT_ALLOC_HUGE);
	}
	flis_timeline_build(timeline, rules, nrules, channels, nchannels, releases, nreleases);
	MemoryContextSwitchTo(caller);
	return memo;
}

/*
 * flis_memo_fill fills the page of a day and finds the step that holds it.
 */
const FlisStep *
flis_memo_fill(FlisMemo *memo, FlisDay on, FlisPageStore *store)
{
	uint32 page_number = FLIS_PAGE_OF(on);
	FlisDay start = FLIS_FIRST_DAY + (FlisDay) (page_number << FLIS_PAGE_BITS);
	FlisDay day = start;
	FlisStep steps[FLIS_PAGE_DAYS + 1];
	FlisPage *page;
	int nsteps = 0;
	int step = 0;
	Size size;

	if (store->used >= MOST_PAGES_BYTES || !cover_page(memo, page_number, store))
	{
		FlisDay until;

		answer_step(memo, on, &store->unkept, &until);
		return &store->unkept;
	}

	while (day < start + FLIS_PAGE_DAYS)
		answer_step(memo, day, &steps[nsteps++], &day);
	steps[nsteps].from = FLIS_NEVER;

	size = offsetof(FlisPage, steps) + (nsteps + 1) * sizeof(FlisStep);
	page = MemoryContextAlloc(store->context, size);
	store->used += size;
	memcpy(page->steps, steps, (nsteps + 1) * sizeof(FlisStep));
	for (int bucket = 0; bucket < FLIS_PAGE_BUCKETS; bucket++)
	{
		while (steps[step + 1].from <= start + (bucket << FLIS_BUCKET_BITS))
			step++;
		page->first[bucket] = step;
	}

	memo->pages[page_number - memo->first_page] = page;
	return flis_memo_step(memo, on, store);
}

/*
 * cover_page makes the array of pages reach to a page; false if there is no room for that.
 */
static bool
cover_page(FlisMemo *memo, uint32 page, FlisPageStore *store)
{
	uint32 first = page;
	uint32 last = page;
	FlisPage **pages;
	Size size;

	if (memo->npages > 0)
	{
		first = Min(first, memo->first_page);
		last = Max(last, memo->first_page + memo->npages - 1);
		if (last - first < memo->npages)
			return true;
	}

	size = (last - first + 1) * sizeof(FlisPage *);
	if (store->used + size > MOST_PAGES_BYTES)
		return false;
	pages = MemoryContextAllocZero(store->context, size);
	store->used += size;
	if (memo->npages > 0)
	{
		memcpy(&pages[memo->first_page - first], memo->pages, memo->npages * sizeof(FlisPage *));
		store->used -= memo->npages * sizeof(FlisPage *);
		pfree(memo->pages);
	}
	memo->pages = pages;
	memo->first_page = first;
	memo->npages = last - first + 1;
	return true;
}

/*
 * answer_step computes the step that begins on a day, and the day on which it ends.
 */
static void
answer_step(const FlisMemo *memo, FlisDay on, FlisStep *step, FlisDay *until)
{
	FlisAnswer answer;

	flis_answer_on(&memo->timeline, on, &answer);
	step->from = on;
	step->expected = answer.expected.through;
	step->through = answer.through;
	step->next = answer.next;
	step->expected_moves = answer.expected.moves;
	step->through_moves = answer.through_moves;
	step->next_moves = answer.next_moves;
	*until = answer.until;
}
