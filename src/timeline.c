/*
 * timeline.c
 *		All that bears on one area in one channel, sorted so that a day is found fast.
 *
 * Between the releases of which somebody said something the rules go on for ever, so only those
 * exceptions are stored, and the regular cycles are found around them by arithmetic.
 */
#include "timeline.h"

#include "rule.h"

#include <stddef.h>
#include <stdlib.h>

static void build_terms(FlisTimeline *timeline, const FlisRule *rules, int nrules,
						const FlisChannel *channels, int nchannels);
static void bound_cycles(FlisTerms *terms);
static void build_exceptions(FlisTimeline *timeline, const FlisRelease *releases, int nreleases);
static void sort_days(FlisTimeline *timeline);
static FlisDay day_of(const FlisTimeline *timeline, const FlisException *exception);
static void join_runs(FlisTimeline *timeline);
static void carry_best(FlisTimeline *timeline);
static int compare_exceptions(const void *a, const void *b);
static int compare_days(const void *a, const void *b);
static int compare_outs(const void *a, const void *b);
static int first_exception_after(const FlisTimeline *timeline, int terms, int cycle);

/*
 * flis_timeline_build fills a timeline's arrays, except the statuses and closures, from reference
 * rows; rules and channels come sorted by valid_from.
 *
 * A release that begins no cycle has no effect.
 */
void
flis_timeline_build(FlisTimeline *timeline, const FlisRule *rules, int nrules,
					const FlisChannel *channels, int nchannels, const FlisRelease *releases,
					int nreleases)
{
	timeline->rules = rules;
	timeline->nrules = nrules;
	build_terms(timeline, rules, nrules, channels, nchannels);
	build_exceptions(timeline, releases, nreleases);
	sort_days(timeline);
	join_runs(timeline);
	carry_best(timeline);
}

/*
 * flis_rule_on finds the version of the rule in force on a day; NULL before the first.
 */
const FlisRule *
flis_rule_on(const FlisTimeline *timeline, FlisDay day)
{
	const FlisRule *rule = NULL;

	for (int i = 0; i < timeline->nrules && timeline->rules[i].valid_from <= day; i++)
		rule = &timeline->rules[i];
	return rule;
}

/*
 * flis_terms_for finds the terms under which the cycle that contains a day runs, and counts the
 * cycle; NULL if there is no such cycle.
 *
 * A version that begins in the middle of a cycle applies from the next one.
 */
const FlisTerms *
flis_terms_for(const FlisTimeline *timeline, FlisDay day, int *cycle)
{
	for (int i = timeline->nterms - 1; i >= 0; i--)
	{
		const FlisTerms *terms = &timeline->terms[i];

		if (!terms->has_cycles || terms->from > day)
			continue;
		*cycle = flis_cycle_of(&terms->rule, day);
		if (*cycle >= terms->first_cycle && *cycle <= terms->last_cycle)
			return terms;
	}
	return NULL;
}

/*
 * flis_regular_cycle_by finds the newest cycle of some terms, not after "by", that follows the
 * rules; false if there is none.
 */
bool
flis_regular_cycle_by(const FlisTimeline *timeline, int terms, int by, int *cycle)
{
	const FlisTerms *these = &timeline->terms[terms];
	const FlisException *exception;

	*cycle = by < these->last_cycle ? by : these->last_cycle;
	if (*cycle < these->first_cycle)
		return false;
	exception = flis_exception_at(timeline, terms, *cycle);
	if (exception != NULL)
		*cycle = exception->run_first - 1;
	return *cycle >= these->first_cycle;
}

/*
 * flis_regular_cycle_from finds the first cycle of some terms, not before "from", that follows the
 * rules; false if there is none.
 */
bool
flis_regular_cycle_from(const FlisTimeline *timeline, int terms, int from, int *cycle)
{
	const FlisTerms *these = &timeline->terms[terms];
	const FlisException *exception;

	*cycle = from > these->first_cycle ? from : these->first_cycle;
	if (*cycle > these->last_cycle)
		return false;
	exception = flis_exception_at(timeline, terms, *cycle);
	if (exception != NULL)
		*cycle = exception->run_last + 1;
	return *cycle <= these->last_cycle;
}

/*
 * flis_exception_at finds the exception of a cycle of some terms, or NULL.
 */
const FlisException *
flis_exception_at(const FlisTimeline *timeline, int terms, int cycle)
{
	int after = first_exception_after(timeline, terms, cycle);
	const FlisException *exception;

	if (after == 0)
		return NULL;
	exception = &timeline->exceptions[after - 1];
	return exception->terms == terms && exception->cycle == cycle ? exception : NULL;
}

/*
 * flis_next_exception counts the first exceptional cycle of some terms after the given one;
 * FLIS_NEVER if there is none.
 */
FlisDay
flis_next_exception(const FlisTimeline *timeline, int terms, int after)
{
	int next = first_exception_after(timeline, terms, after);

	if (next == timeline->nexceptions || timeline->exceptions[next].terms != terms)
		return FLIS_NEVER;
	return timeline->exceptions[next].cycle;
}

/*
 * flis_exceptions_before counts the exceptional releases whose day is before a day: those come first
 * in exception_days.
 */
int
flis_exceptions_before(const FlisTimeline *timeline, FlisDay day)
{
	int low = 0;
	int high = timeline->nexceptions;

	while (low < high)
	{
		int middle = low + (high - low) / 2;

		if (timeline->exception_days[middle].day >= day)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

/*
 * flis_outs_by counts the exceptional releases that are out by a day.
 */
int
flis_outs_by(const FlisTimeline *timeline, FlisDay on)
{
	int low = 0;
	int high = timeline->nouts;

	while (low < high)
	{
		int middle = low + (high - low) / 2;

		if (timeline->outs[middle].on > on)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

/*
 * flis_status_on finds the newest status on or before a day, or NULL, and the day on which the next
 * one takes over.
 */
const FlisStatus *
flis_status_on(const FlisTimeline *timeline, FlisDay on, FlisDay *until)
{
	int low = 0;
	int high = timeline->nstatuses;

	while (low < high)
	{
		int middle = low + (high - low) / 2;

		if (timeline->statuses[middle].as_of > on)
			high = middle;
		else
			low = middle + 1;
	}
	*until = low < timeline->nstatuses ? timeline->statuses[low].as_of : FLIS_NEVER;
	return low > 0 ? &timeline->statuses[low - 1] : NULL;
}

/*
 * flis_is_closed_on tells whether notices close the area on a day, and the day on which that changes.
 */
bool
flis_is_closed_on(const FlisTimeline *timeline, FlisDay on, FlisDay *until)
{
	int low = 0;
	int high = timeline->nclosures;

	while (low < high)
	{
		int middle = low + (high - low) / 2;

		if (timeline->closures[middle].from > on)
			high = middle;
		else
			low = middle + 1;
	}
	if (low > 0 && timeline->closures[low - 1].until > on)
	{
		*until = timeline->closures[low - 1].until;
		return true;
	}
	*until = low < timeline->nclosures ? timeline->closures[low].from : FLIS_NEVER;
	return false;
}

/*
 * build_terms cuts the time line where a version of the rule or of the channel begins.
 */
static void
build_terms(FlisTimeline *timeline, const FlisRule *rules, int nrules, const FlisChannel *channels,
			int nchannels)
{
	int rule = -1;
	int channel = -1;

	timeline->nterms = 0;
	while (rule + 1 < nrules || channel + 1 < nchannels)
	{
		FlisDay rule_from = rule + 1 < nrules ? rules[rule + 1].valid_from : FLIS_NEVER;
		FlisDay channel_from =
			channel + 1 < nchannels ? channels[channel + 1].valid_from : FLIS_NEVER;
		FlisDay from = rule_from < channel_from ? rule_from : channel_from;
		FlisTerms *terms;

		if (rule_from == from)
			rule++;
		if (channel_from == from)
			channel++;
		if (rule < 0 || channel < 0)
			continue;

		terms = &timeline->terms[timeline->nterms++];
		terms->from = from;
		terms->until = FLIS_NEVER;
		terms->rule = rules[rule];
		terms->channel = channels[channel];
		if (timeline->nterms > 1)
			terms[-1].until = from;
	}
	for (int i = 0; i < timeline->nterms; i++)
		bound_cycles(&timeline->terms[i]);
}

/*
 * bound_cycles counts the first and the last cycle that begin within the days of some terms.
 */
static void
bound_cycles(FlisTerms *terms)
{
	terms->has_cycles = flis_rule_has_cycles(&terms->rule);
	if (!terms->has_cycles)
		return;

	terms->first_cycle = flis_cycle_of(&terms->rule, terms->from - 1) + 1;
	terms->last_cycle = INT32_MAX - 1;
	if (terms->until != FLIS_NEVER)
		terms->last_cycle = flis_cycle_of(&terms->rule, terms->until - 1);
	terms->has_cycles = terms->first_cycle <= terms->last_cycle;
}

/*
 * build_exceptions notes the releases of which somebody said something.
 */
static void
build_exceptions(FlisTimeline *timeline, const FlisRelease *releases, int nreleases)
{
	timeline->nexceptions = 0;
	for (int i = 0; i < nreleases; i++)
	{
		const FlisRelease *release = &releases[i];
		const FlisTerms *terms;
		FlisException *exception;
		int cycle;

		terms = flis_terms_for(timeline, release->cycle, &cycle);
		if (terms == NULL || flis_cycle_first(&terms->rule, cycle) != release->cycle)
			continue;

		exception = &timeline->exceptions[timeline->nexceptions++];
		exception->terms = (int) (terms - timeline->terms);
		exception->cycle = cycle;
		exception->planned_on = release->planned_on;
		exception->released_on = release->released_on;
		exception->cancelled = release->cancelled;
		exception->has_note = release->has_note;
	}
	if (timeline->nexceptions > 0)
		qsort(timeline->exceptions, timeline->nexceptions, sizeof(FlisException),
			  compare_exceptions);
}

/*
 * sort_days sorts the exceptional releases by their days, and notes which of them are out then: a
 * cancelled one never is.
 */
static void
sort_days(FlisTimeline *timeline)
{
	timeline->nouts = 0;
	for (int i = 0; i < timeline->nexceptions; i++)
	{
		const FlisException *exception = &timeline->exceptions[i];
		FlisOut *out;

		timeline->exception_days[i].day = day_of(timeline, exception);
		timeline->exception_days[i].exception = i;
		if (exception->cancelled)
			continue;

		out = &timeline->outs[timeline->nouts++];
		out->on = timeline->exception_days[i].day;
		out->terms = exception->terms;
		out->cycle = exception->cycle;
		out->through =
			flis_cycle_through(&timeline->terms[exception->terms].rule, exception->cycle);
	}
	if (timeline->nexceptions > 0)
		qsort(timeline->exception_days, timeline->nexceptions, sizeof(FlisExceptionDay),
			  compare_days);
	if (timeline->nouts > 0)
		qsort(timeline->outs, timeline->nouts, sizeof(FlisOut), compare_outs);
}

/*
 * day_of tells the day of an exceptional release: the recorded one, else the planned one, else the
 * last of its window.
 */
static FlisDay
day_of(const FlisTimeline *timeline, const FlisException *exception)
{
	const FlisTerms *terms = &timeline->terms[exception->terms];

	if (exception->released_on != FLIS_NO_DAY)
		return exception->released_on;
	if (exception->planned_on != FLIS_NO_DAY)
		return exception->planned_on;
	return flis_window_closes(&terms->rule, &terms->channel, exception->cycle);
}

/*
 * join_runs notes for each exception the unbroken run that it is in, so that a log of a thousand
 * releases is passed in one step.
 */
static void
join_runs(FlisTimeline *timeline)
{
	FlisException *exceptions = timeline->exceptions;
	int n = timeline->nexceptions;

	for (int i = 0; i < n; i++)
	{
		bool goes_on = i > 0 && exceptions[i - 1].terms == exceptions[i].terms &&
					   exceptions[i - 1].cycle == exceptions[i].cycle - 1;

		exceptions[i].run_first = goes_on ? exceptions[i - 1].run_first : exceptions[i].cycle;
	}
	for (int i = n - 1; i >= 0; i--)
	{
		bool goes_on = i + 1 < n && exceptions[i + 1].terms == exceptions[i].terms &&
					   exceptions[i + 1].cycle == exceptions[i].cycle + 1;

		exceptions[i].run_last = goes_on ? exceptions[i + 1].run_last : exceptions[i].cycle;
	}
}

/*
 * carry_best lets each exceptional release stand for the best of those out by its day: the one that
 * carries the latest day, and among equals the newest.
 */
static void
carry_best(FlisTimeline *timeline)
{
	for (int i = 1; i < timeline->nouts; i++)
	{
		FlisOut *out = &timeline->outs[i];
		const FlisOut *best = &timeline->outs[i - 1];
		FlisDay out_first = flis_cycle_first(&timeline->terms[out->terms].rule, out->cycle);
		FlisDay best_first = flis_cycle_first(&timeline->terms[best->terms].rule, best->cycle);

		if (best->through > out->through ||
			(best->through == out->through && best_first > out_first))
		{
			out->terms = best->terms;
			out->cycle = best->cycle;
			out->through = best->through;
		}
	}
}

static int
compare_exceptions(const void *a, const void *b)
{
	const FlisException *left = a;
	const FlisException *right = b;

	if (left->terms != right->terms)
		return left->terms < right->terms ? -1 : 1;
	return (left->cycle > right->cycle) - (left->cycle < right->cycle);
}

static int
compare_days(const void *a, const void *b)
{
	const FlisExceptionDay *left = a;
	const FlisExceptionDay *right = b;

	if (left->day != right->day)
		return left->day < right->day ? -1 : 1;
	return (left->exception > right->exception) - (left->exception < right->exception);
}

static int
compare_outs(const void *a, const void *b)
{
	const FlisOut *left = a;
	const FlisOut *right = b;

	return (left->on > right->on) - (left->on < right->on);
}

/*
 * first_exception_after finds the first exception, in the order of terms and cycle, after a cycle of
 * some terms.
 */
static int
first_exception_after(const FlisTimeline *timeline, int terms, int cycle)
{
	int low = 0;
	int high = timeline->nexceptions;

	while (low < high)
	{
		int middle = low + (high - low) / 2;
		const FlisException *exception = &timeline->exceptions[middle];

		if (exception->terms > terms || (exception->terms == terms && exception->cycle > cycle))
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}
