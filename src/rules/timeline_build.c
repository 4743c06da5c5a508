/*
 * timeline_build.c
 *		Sorts what bears on one area in one channel into a timeline.
 */
#include "rules/timeline.h"

#include "rules/rule.h"

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
static int compare_effective_releases(const void *a, const void *b);

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
	timeline->neffective_releases = 0;
	for (int i = 0; i < timeline->nexceptions; i++)
	{
		const FlisException *exception = &timeline->exceptions[i];
		FlisEffectiveRelease *out;

		timeline->exception_days[i].day = day_of(timeline, exception);
		timeline->exception_days[i].exception = i;
		if (exception->cancelled)
			continue;

		out = &timeline->effective_releases[timeline->neffective_releases++];
		out->on = timeline->exception_days[i].day;
		out->terms = exception->terms;
		out->cycle = exception->cycle;
		out->through =
			flis_cycle_through(&timeline->terms[exception->terms].rule, exception->cycle);
	}
	if (timeline->nexceptions > 0)
		qsort(timeline->exception_days, timeline->nexceptions, sizeof(FlisExceptionDay),
			  compare_days);
	if (timeline->neffective_releases > 0)
		qsort(timeline->effective_releases, timeline->neffective_releases,
			  sizeof(FlisEffectiveRelease), compare_effective_releases);
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
	for (int i = 1; i < timeline->neffective_releases; i++)
	{
		FlisEffectiveRelease *out = &timeline->effective_releases[i];
		const FlisEffectiveRelease *best = &timeline->effective_releases[i - 1];
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
compare_effective_releases(const void *a, const void *b)
{
	const FlisEffectiveRelease *left = a;
	const FlisEffectiveRelease *right = b;

	return (left->on > right->on) - (left->on < right->on);
}
