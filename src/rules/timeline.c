/*
 * timeline.c
 *		Looks things up in a timeline: the rules, releases, statuses and notices of one area in one
 *		channel, sorted by day.
 *
 * The regular cycles go on for ever and are found by arithmetic.  Only the cycles with an entry of their
 * own, the exceptions, are stored.
 */
#include "rules/timeline.h"

#include "base/search.h"
#include "rules/rule.h"

#include <stddef.h>

/* The days of the longest cycle: an annual one in a leap year. */
#define LONGEST_CYCLE 366

static int first_exception_after(const FlisTimeline *timeline, int terms, int cycle);
static bool is_not_after(const void *row, const void *key);

/*
 * flis_rule_on finds the version of the rule in force on a day; NULL before the first one.
 */
const FlisRule *
flis_rule_on(const FlisTimeline *timeline, FlisDay day)
{
	int n = FLIS_COUNT_BY(FlisRule, valid_from, timeline->rules, timeline->nrules, day);

	return n > 0 ? &timeline->rules[n - 1] : NULL;
}

/*
 * flis_terms_for finds the cycle that contains a day, and its terms; NULL if there is no such cycle.
 *
 * Terms that begin in the middle of a cycle apply from the next one.  So the terms of the cycle may have
 * ended before the day, but by less than the length of a cycle.
 */
const FlisTerms *
flis_terms_for(const FlisTimeline *timeline, FlisDay day, int *cycle)
{
	int i = FLIS_COUNT_BY(FlisTerms, from, timeline->terms, timeline->nterms, day);

	while (--i >= 0 && timeline->terms[i].until > day - LONGEST_CYCLE)
	{
		const FlisTerms *terms = &timeline->terms[i];

		if (!terms->has_cycles)
			continue;
		*cycle = flis_cycle_of(&terms->rule, day);
		if (*cycle >= terms->first_cycle && *cycle <= terms->last_cycle)
			return terms;
	}
	return NULL;
}

/*
 * flis_not_before returns the day before which a cycle's release can't be out, because of the release
 * that it follows; FLIS_NO_DAY if it follows none.
 */
FlisDay
flis_not_before(const FlisTimeline *timeline, const FlisTerms *terms, int cycle)
{
	const FlisException *exception =
		flis_exception_at(timeline, (int) (terms - timeline->terms), cycle);

	return exception != NULL ? exception->not_before : flis_bound_day(terms, cycle);
}

/*
 * flis_due_day returns the day by which a regular release is expected: its window's last day, or a later
 * one because of the windows of the channels that are followed.
 */
FlisDay
flis_due_day(const FlisTerms *terms, int cycle)
{
	return flis_later(flis_window_closes(&terms->rule, &terms->channel, cycle),
					  flis_bound_day(terms, cycle));
}

/*
 * flis_newest_cycle_due returns the newest cycle that is due by a day, if it is regular.  Cycles are due
 * in their order, because windows close in that order.
 */
int
flis_newest_cycle_due(const FlisTerms *terms, FlisDay on)
{
	int newest = flis_newest_cycle_closed(&terms->rule, &terms->channel, on);

	for (int i = 0; i < terms->nbounds; i++)
	{
		const FlisBound *bound = &terms->bounds[i];
		int cycle = flis_newest_cycle_closed(&terms->rule, &bound->channel, on - bound->days_after);

		if (cycle < newest)
			newest = cycle;
	}
	return newest;
}

/*
 * flis_regular_cycle_by finds the newest cycle of some terms that is not after "by" and has no
 * exception; false if there is none.
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
 * flis_regular_cycle_from finds the first cycle of some terms that is not before "from" and has no
 * exception; false if there is none.
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
 * flis_exception_for finds the exception of the cycle that begins on a day, or NULL.
 */
const FlisException *
flis_exception_for(const FlisTimeline *timeline, FlisDay day)
{
	int cycle;
	const FlisTerms *terms = flis_terms_for(timeline, day, &cycle);

	if (terms == NULL || flis_cycle_first(&terms->rule, cycle) != day)
		return NULL;
	return flis_exception_at(timeline, (int) (terms - timeline->terms), cycle);
}

/*
 * flis_exception_day returns the day of an exceptional release: the recorded one, else the expected one.
 */
FlisDay
flis_exception_day(const FlisException *exception)
{
	return exception->released_on != FLIS_NO_DAY ? exception->released_on : exception->expected_on;
}

/*
 * flis_next_exception returns the first exceptional cycle of some terms after a cycle; FLIS_NEVER if
 * there is none.
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
 * flis_exceptions_before counts the exceptional releases whose day is before a day: the first ones of
 * exception_days.
 */
int
flis_exceptions_before(const FlisTimeline *timeline, FlisDay day)
{
	return FLIS_COUNT_BEFORE(FlisExceptionDay, day, timeline->exception_days, timeline->nexceptions,
							 day);
}

/*
 * flis_effective_releases_by counts the exceptional releases that are out by a day.
 */
int
flis_effective_releases_by(const FlisTimeline *timeline, FlisDay on)
{
	return FLIS_COUNT_BY(FlisEffectiveRelease, on, timeline->effective_releases,
						 timeline->neffective_releases, on);
}

/*
 * flis_status_on finds the newest status on or before a day, or NULL, and the day of the next one, or
 * FLIS_NEVER.
 */
const FlisStatus *
flis_status_on(const FlisTimeline *timeline, FlisDay on, FlisDay *until)
{
	int n = FLIS_COUNT_BY(FlisStatus, as_of, timeline->statuses, timeline->nstatuses, on);

	*until = n < timeline->nstatuses ? timeline->statuses[n].as_of : FLIS_NEVER;
	return n > 0 ? &timeline->statuses[n - 1] : NULL;
}

/*
 * flis_bound_day returns the day before which a cycle's release can't be out because of the windows of
 * the channels that are followed; FLIS_NO_DAY if none is.
 */
FlisDay
flis_bound_day(const FlisTerms *terms, int cycle)
{
	FlisDay latest = FLIS_NO_DAY;

	for (int i = 0; i < terms->nbounds; i++)
	{
		const FlisBound *bound = &terms->bounds[i];
		FlisDay closes = flis_window_closes(&terms->rule, &bound->channel, cycle);

		latest = flis_later(latest, closes + bound->days_after);
	}
	return latest;
}

/*
 * first_exception_after returns the index of the first exception, in the order of terms and cycle,
 * after a cycle of some terms.
 */
static int
first_exception_after(const FlisTimeline *timeline, int terms, int cycle)
{
	const FlisException wanted = {.terms = terms, .cycle = cycle};

	return flis_count_before(timeline->exceptions, timeline->nexceptions, sizeof(FlisException),
							 is_not_after, &wanted);
}

/*
 * is_not_after tells whether an exception is not after a cycle, in the order of terms and cycle.
 */
static bool
is_not_after(const void *row, const void *key)
{
	const FlisException *exception = row;
	const FlisException *wanted = key;

	return exception->terms < wanted->terms ||
		   (exception->terms == wanted->terms && exception->cycle <= wanted->cycle);
}
