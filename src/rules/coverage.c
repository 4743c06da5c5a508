/*
 * coverage.c
 *		What one area's rules, one-off changes and status say on a day in one channel, and why.
 *
 * The one way from reference rows to an answer: the scalar functions, the listings and the
 * explanation all ask here.  Each answer says how long it holds, which is what lets answer_cache.c keep it.
 */
#include "rules/coverage.h"

#include "base/search.h"
#include "rules/rule.h"

#include <stddef.h>

static FlisDay next_regular(const FlisTimeline *timeline, int terms, FlisDay on);
static void follow_daily(const FlisTimeline *timeline, int daily, FlisDay on,
						 FlisExpectation *expected);
static int delay_of(const FlisStatus *status, FlisDay expected, FlisFrequency frequency);

/*
 * flis_answer_on tells what readers should use on a day.
 *
 * An area that a status closed shows nothing until a later status reopens it, one that a notice
 * closed until the notice ends.  A published day counts as it is
 * until a release comes due.  From then on the expectation counts, less the whole periods by which
 * the area was behind it when the status was published, because a delay lasts until somebody
 * reports its end; and never less than what was published, but a lead is not assumed to last.
 *
 * Until a release comes due the expectation is still the one of the status's day, so that the last
 * rule gives the published day then, too, and the cases need no telling apart.
 */
void
flis_answer_on(const FlisTimeline *timeline, FlisDay on, FlisAnswer *answer)
{
	FlisExpectation *expected = &answer->expected;
	FlisDay status_until;
	FlisDay closed_until;
	FlisDay due;

	flis_expected_on(timeline, on, expected);
	answer->status = flis_status_on(timeline, on, &status_until);
	answer->closed_by_notice = flis_is_closed_on(timeline, on, &closed_until);
	answer->until = expected->until < status_until ? expected->until : status_until;
	if (closed_until < answer->until)
		answer->until = closed_until;
	answer->next = expected->next > FLIS_LAST_DAY ? FLIS_NO_DAY : expected->next;
	answer->next_moves = expected->moves && answer->next != FLIS_NO_DAY;
	/* A daily release comes after each day but the calendar's last. */
	if (answer->next_moves && answer->until > FLIS_LAST_DAY)
		answer->until = FLIS_LAST_DAY;
	answer->through = expected->through;
	answer->through_moves = expected->moves;
	answer->basis = expected->through == FLIS_NO_DAY ? FLIS_BASIS_NONE : FLIS_BASIS_RULE;

	if (answer->closed_by_notice ||
		(answer->status != NULL && answer->status->state == FLIS_CLOSED))
	{
		answer->basis = FLIS_BASIS_CLOSED;
		answer->through = FLIS_NO_DAY;
		answer->next = FLIS_NO_DAY;
		answer->through_moves = false;
		answer->next_moves = false;
		return;
	}

	if (answer->status == NULL || answer->status->data_through == FLIS_NO_DAY)
		return;

	due = expected->through;
	if (due != FLIS_NO_DAY)
	{
		FlisFrequency frequency = expected->terms->rule.frequency;
		FlisExpectation then;
		int delay;

		flis_expected_on(timeline, answer->status->as_of, &then);
		delay = delay_of(answer->status, then.through, frequency);
		if (delay > 0)
			due = flis_period_last(frequency, flis_period_of(frequency, due) - delay);
	}

	if (due > answer->status->data_through)
	{
		answer->through = due;
		return;
	}

	answer->basis = FLIS_BASIS_PUBLISHED;
	answer->through = answer->status->data_through;
	if (answer->through_moves)
	{
		/* The expectation overtakes the published day on the day after it reaches it. */
		FlisDay overtakes = on + (answer->through - due) + 1;

		answer->through_moves = false;
		if (overtakes < answer->until)
			answer->until = overtakes;
	}
}

/*
 * flis_expected_on tells what the rules, one-off changes and recorded releases expect on a day: the
 * latest day carried by any cycle whose release is out, for what was delivered once is not taken
 * back when a lag grows or a late cycle comes after a newer one.  Of two cycles that carry the same
 * day the newer one is named.
 */
void
flis_expected_on(const FlisTimeline *timeline, FlisDay on, FlisExpectation *expected)
{
	int effective_releases = flis_effective_releases_by(timeline, on);
	FlisDay first = FLIS_NO_DAY;
	int daily = -1;

	expected->through = FLIS_NO_DAY;
	expected->terms = NULL;
	expected->cycle = 0;
	expected->next = effective_releases < timeline->neffective_releases
						 ? timeline->effective_releases[effective_releases].on
						 : FLIS_NEVER;
	expected->moves = false;

	if (effective_releases > 0)
	{
		const FlisEffectiveRelease *best = &timeline->effective_releases[effective_releases - 1];

		expected->through = best->through;
		expected->terms = &timeline->terms[best->terms];
		expected->cycle = best->cycle;
		first = flis_cycle_first(&expected->terms->rule, best->cycle);
	}

	for (int i = 0; i < timeline->nterms; i++)
	{
		const FlisTerms *terms = &timeline->terms[i];
		FlisDay next = next_regular(timeline, i, on);
		int cycle;

		if (next < expected->next)
			expected->next = next;

		if (terms->has_cycles &&
			flis_regular_cycle_by(
				timeline, i, flis_newest_cycle_closed(&terms->rule, &terms->channel, on), &cycle))
		{
			FlisDay through = flis_cycle_through(&terms->rule, cycle);
			FlisDay cycle_first = flis_cycle_first(&terms->rule, cycle);

			if (through > expected->through ||
				(through == expected->through && cycle_first > first))
			{
				expected->through = through;
				expected->terms = terms;
				expected->cycle = cycle;
				first = cycle_first;
				daily =
					terms->rule.frequency == FLIS_DAILY && next == on + 1 && cycle == on ? i : -1;
			}
		}
	}

	expected->until = expected->next;
	if (daily >= 0)
		follow_daily(timeline, daily, on, expected);
}

/*
 * flis_first_day_covered tells the first day on which the reference period that contains a day is
 * expected wholly; FLIS_NO_DAY if that never comes.  The period is a month, year or day as the rule
 * in force on that day counts, or else the first rule after it.
 */
FlisDay
flis_first_day_covered(const FlisTimeline *timeline, FlisDay day)
{
	FlisDay covered = FLIS_NEVER;
	const FlisRule *rule = flis_rule_on(timeline, day);
	FlisDay last;
	int before;

	if (rule == NULL && timeline->nrules > 0)
		rule = &timeline->rules[0];
	if (rule == NULL)
		return FLIS_NO_DAY;
	last = flis_period_last(rule->frequency, flis_period_of(rule->frequency, day));

	/* Exceptional releases carry the best so far, which only grows. */
	before = FLIS_COUNT_BEFORE(FlisEffectiveRelease, through, timeline->effective_releases,
							   timeline->neffective_releases, last);
	if (before < timeline->neffective_releases)
		covered = timeline->effective_releases[before].on;

	for (int i = 0; i < timeline->nterms; i++)
	{
		const FlisTerms *terms = &timeline->terms[i];
		int cycle;

		if (terms->has_cycles &&
			flis_regular_cycle_from(timeline, i, flis_cycle_carrying(&terms->rule, last), &cycle))
		{
			FlisDay closes = flis_window_closes(&terms->rule, &terms->channel, cycle);

			if (closes < covered)
				covered = closes;
		}
	}
	return covered > FLIS_LAST_DAY ? FLIS_NO_DAY : covered;
}

/*
 * flis_periods_ahead counts the whole periods by which a status was ahead of (positive) or behind
 * (negative) what was expected on its day; false where one of the two isn't known.
 */
bool
flis_periods_ahead(const FlisTimeline *timeline, const FlisStatus *status, int *periods)
{
	FlisExpectation then;

	if (status->data_through == FLIS_NO_DAY)
		return false;
	flis_expected_on(timeline, status->as_of, &then);
	if (then.through == FLIS_NO_DAY)
		return false;
	*periods = -delay_of(status, then.through, then.terms->rule.frequency);
	return true;
}

/*
 * next_regular tells the next day after "on" on which some terms' rule lets a release come due;
 * FLIS_NEVER if none comes.
 */
static FlisDay
next_regular(const FlisTimeline *timeline, int terms, FlisDay on)
{
	const FlisTerms *these = &timeline->terms[terms];
	int newest;
	int cycle;

	if (!these->has_cycles)
		return FLIS_NEVER;
	newest = flis_newest_cycle_closed(&these->rule, &these->channel, on);
	if (!flis_regular_cycle_from(timeline, terms, newest + 1, &cycle))
		return FLIS_NEVER;
	return flis_window_closes(&these->rule, &these->channel, cycle);
}

/*
 * follow_daily finds how long an expectation that a daily release has just brought moves on by a day
 * each day: up to the day before something irregular, which may be an exceptional cycle, an
 * exceptional release, another version's release or the end of the version.
 *
 * "next" moves along, so the last regular day is not part of it: what comes after that is irregular.
 */
static void
follow_daily(const FlisTimeline *timeline, int daily, FlisDay on, FlisExpectation *expected)
{
	const FlisTerms *terms = &timeline->terms[daily];
	FlisDay until = flis_next_exception(timeline, daily, on);
	int effective_releases = flis_effective_releases_by(timeline, on);

	if (terms->rule.business_day != FLIS_CONVENTION_NONE)
		return;

	if (terms->until < until)
		until = terms->until;
	if (effective_releases < timeline->neffective_releases &&
		timeline->effective_releases[effective_releases].on < until)
		until = timeline->effective_releases[effective_releases].on;
	for (int i = 0; i < timeline->nterms; i++)
	{
		FlisDay next = i == daily ? FLIS_NEVER : next_regular(timeline, i, on);

		if (next < until)
			until = next;
	}

	if (until - 1 > on)
	{
		expected->moves = true;
		expected->until = until - 1;
	}
}

/*
 * delay_of counts the whole periods by which a status's published day was behind what was expected
 * on the status's day; negative if it was ahead, 0 if nothing was expected.
 */
static int
delay_of(const FlisStatus *status, FlisDay expected, FlisFrequency frequency)
{
	if (expected == FLIS_NO_DAY)
		return 0;
	return flis_newest_whole_period(frequency, expected) -
		   flis_newest_whole_period(frequency, status->data_through);
}
