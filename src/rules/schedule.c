/*
 * schedule.c
 *		Lists the releases of several areas in one channel, in the order of their days.
 *
 * The day of a release, also of a cancelled one, is the recorded one, else the expected one.  The
 * regular releases of each of an area's terms make a run that is already in order, and so do all its
 * exceptional releases.  The runs are merged by a heap.
 */
#include "rules/schedule.h"

#include <stddef.h>

#include "rules/rule.h"

static bool begin_run(const FlisSchedule *schedule, FlisRun *run);
static bool next_of_run(const FlisSchedule *schedule, FlisRun *run);
static bool is_before(const FlisRun *left, const FlisRun *right);
static void sift_down(FlisSchedule *schedule);
static void describe(const FlisRun *run, FlisScheduled *release);

/*
 * flis_schedule_begin begins a schedule of the releases whose day is from "from" to "until", both
 * inclusive.  "runs" must have room for the runs of all timelines that will be added.
 */
void
flis_schedule_begin(FlisSchedule *schedule, FlisDay from, FlisDay until, FlisRun *runs)
{
	schedule->from = from;
	schedule->until = until;
	schedule->runs = runs;
	schedule->nruns = 0;
}

/*
 * flis_schedule_room returns the greatest number of runs that a timeline may need.
 */
int
flis_schedule_room(const FlisTimeline *timeline)
{
	return timeline->nterms + 1;
}

/*
 * flis_schedule_add adds the releases of an area.  Releases on the same day are listed in the order of
 * the areas' numbers.
 */
void
flis_schedule_add(FlisSchedule *schedule, const FlisTimeline *timeline, int area)
{
	for (int terms = FLIS_EXCEPTIONS; terms < timeline->nterms; terms++)
	{
		FlisRun *run = &schedule->runs[schedule->nruns];
		int place = schedule->nruns;

		run->timeline = timeline;
		run->area = area;
		run->terms = terms;
		if (!begin_run(schedule, run))
			continue;

		schedule->nruns++;
		while (place > 0 && is_before(&schedule->runs[place], &schedule->runs[(place - 1) / 2]))
		{
			FlisRun parent = schedule->runs[(place - 1) / 2];

			schedule->runs[(place - 1) / 2] = schedule->runs[place];
			schedule->runs[place] = parent;
			place = (place - 1) / 2;
		}
	}
}

/*
 * flis_schedule_next finds the next release; false if there is none.
 */
bool
flis_schedule_next(FlisSchedule *schedule, FlisScheduled *release)
{
	FlisRun *first = &schedule->runs[0];

	if (schedule->nruns == 0)
		return false;
	describe(first, release);
	first->at++;
	if (!next_of_run(schedule, first))
		*first = schedule->runs[--schedule->nruns];
	sift_down(schedule);
	return true;
}

/*
 * flis_release_days finds the days to show for a release: the day on which it came, else the day for
 * which it is planned, else the window.
 */
void
flis_release_days(const FlisScheduled *release, FlisDay *first, FlisDay *last)
{
	*first = release->opens;
	*last = release->closes;
	if (release->released_on != FLIS_NO_DAY)
		*first = *last = release->released_on;
	else if (release->is_planned)
		*first = *last = release->expected_on;
}

/*
 * begin_run finds the first release of a run; false if there is none within the schedule's days.
 */
static bool
begin_run(const FlisSchedule *schedule, FlisRun *run)
{
	if (run->terms == FLIS_EXCEPTIONS)
		run->at = flis_exceptions_before(run->timeline, schedule->from);
	else
	{
		const FlisTerms *terms = &run->timeline->terms[run->terms];

		if (!terms->has_cycles)
			return false;
		run->at = flis_newest_cycle_due(terms, schedule->from - 1) + 1;
	}
	return next_of_run(schedule, run);
}

/*
 * next_of_run finds the release at or after run->at; false if there is none within the schedule's days.
 */
static bool
next_of_run(const FlisSchedule *schedule, FlisRun *run)
{
	const FlisTimeline *timeline = run->timeline;
	const FlisTerms *terms;

	if (run->terms == FLIS_EXCEPTIONS)
	{
		const FlisException *exception;

		if (run->at == timeline->nexceptions)
			return false;
		exception = &timeline->exceptions[timeline->exception_days[run->at].exception];
		terms = &timeline->terms[exception->terms];
		run->day = timeline->exception_days[run->at].day;
		run->cycle = flis_cycle_first(&terms->rule, exception->cycle);
	}
	else
	{
		if (!flis_regular_cycle_from(timeline, run->terms, run->at, &run->at))
			return false;
		terms = &timeline->terms[run->terms];
		run->day = flis_due_day(terms, run->at);
		run->cycle = flis_cycle_first(&terms->rule, run->at);
	}
	return run->day <= schedule->until;
}

/*
 * is_before tells whether the next release of a run comes before that of another.
 */
static bool
is_before(const FlisRun *left, const FlisRun *right)
{
	if (left->day != right->day)
		return left->day < right->day;
	if (left->area != right->area)
		return left->area < right->area;
	return left->cycle < right->cycle;
}

/*
 * sift_down moves the first run of the heap down to its place.
 */
static void
sift_down(FlisSchedule *schedule)
{
	FlisRun *runs = schedule->runs;
	int place = 0;

	for (;;)
	{
		int child = 2 * place + 1;
		FlisRun moved = runs[place];

		if (child + 1 < schedule->nruns && is_before(&runs[child + 1], &runs[child]))
			child++;
		if (child >= schedule->nruns || !is_before(&runs[child], &moved))
			return;
		runs[place] = runs[child];
		runs[child] = moved;
		place = child;
	}
}

/*
 * describe fills in the next release of a run.
 */
static void
describe(const FlisRun *run, FlisScheduled *release)
{
	const FlisTimeline *timeline = run->timeline;
	const FlisException *exception = NULL;
	const FlisTerms *terms;
	int cycle = run->at;
	int period;

	if (run->terms == FLIS_EXCEPTIONS)
	{
		exception = &timeline->exceptions[timeline->exception_days[run->at].exception];
		terms = &timeline->terms[exception->terms];
		cycle = exception->cycle;
	}
	else
		terms = &timeline->terms[run->terms];

	release->area = run->area;
	release->frequency = terms->rule.frequency;
	release->cycle = run->cycle;
	release->period_last = flis_cycle_through(&terms->rule, cycle);
	period = flis_period_of(release->frequency, release->period_last);
	release->period_first = flis_period_first(release->frequency, period);
	release->opens = flis_window_opens(&terms->rule, &terms->channel, cycle);
	release->closes = flis_window_closes(&terms->rule, &terms->channel, cycle);
	release->expected_on = flis_due_day(terms, cycle);
	release->released_on = FLIS_NO_DAY;
	release->status = FLIS_PROVISIONAL;
	release->is_planned = false;
	release->has_note = false;
	if (exception != NULL)
	{
		release->expected_on = exception->expected_on;
		release->released_on = exception->released_on;
		release->status = exception->status;
		release->is_planned = exception->planned_on != FLIS_NO_DAY;
		release->has_note = exception->has_note;
	}
	release->is_planned = release->is_planned || release->expected_on > release->closes;
}
