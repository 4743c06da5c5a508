/*
 * coverage.c
 *		Answers how far one area reaches on a day in one channel, when its next release comes, and why.
 *
 * All functions of flis that need such an answer get it here, from a timeline of the area.  Each answer
 * says until when it holds, so that answer_cache.c can keep it.
 */
#include "rules/coverage.h"

#include "base/search.h"
#include "rules/notice.h"
#include "rules/rule.h"

#include <stddef.h>

static FlisDay first_day_carried(const FlisTimeline *timeline, FlisDay last, int more);
static bool is_kept_below(const FlisAnswer *answer, FlisDay last);
static int periods_behind(const FlisTimeline *timeline, const FlisAnswer *answer);
static void find_status(const FlisTimeline *timeline, FlisDay on, FlisAnswer *answer);
static void find_notices(const FlisTimeline *timeline, FlisDay on, FlisAnswer *answer);
static void use_status(const FlisTimeline *timeline, FlisDay on, FlisAnswer *answer);
static void limit_through(FlisAnswer *answer, FlisDay on, FlisDay last);
static void find_next_accessible(const FlisTimeline *timeline, FlisDay on, FlisAnswer *answer);
static FlisDay end_of_access(const FlisTimeline *timeline, FlisDay on, FlisDay period_from,
							 FlisDay *until);
static FlisDay next_regular(const FlisTimeline *timeline, int terms, FlisDay on);
static void find_daily_run(const FlisTimeline *timeline, int daily, FlisDay on,
						   FlisExpectation *expected);

/*
 * flis_answer_on finds what readers should use on a day.
 *
 * An area that a status closes is closed until a later status reopens it, one that a notice closes until
 * the notice ends, and a part of another area is closed with that one.  A notice that denies access to
 * all periods from one on ends the area before that period.
 */
void
flis_answer_on(const FlisTimeline *timeline, FlisDay on, FlisAnswer *answer)
{
	FlisExpectation *expected = &answer->expected;

	flis_expected_on(timeline, on, expected);
	answer->until_told = FLIS_NEVER;
	find_status(timeline, on, answer);
	find_notices(timeline, on, answer);
	answer->until = flis_earlier(expected->until, answer->until_told);

	if (answer->closed_since != FLIS_NO_DAY)
	{
		answer->basis = FLIS_BASIS_CLOSED;
		answer->through = FLIS_NO_DAY;
		answer->next = FLIS_NO_DAY;
		answer->through_moves = false;
		answer->next_moves = false;
		return;
	}

	answer->through = expected->through;
	answer->through_moves = expected->moves;
	if (answer->counted != NULL && answer->counted->data_through != FLIS_NO_DAY)
		use_status(timeline, on, answer);
	if (answer->status != answer->counted)
		limit_through(answer, on, answer->status->data_through);
	if (answer->through == FLIS_NO_DAY)
		answer->basis = FLIS_BASIS_NONE;
	else if ((answer->counted != NULL && answer->through == answer->counted->data_through) ||
			 (answer->status != NULL && answer->through == answer->status->data_through))
		answer->basis = FLIS_BASIS_PUBLISHED;
	else
		answer->basis = FLIS_BASIS_RULE;
	limit_through(answer, on, answer->access_through);

	answer->next = expected->next;
	answer->next_moves = expected->moves;
	if (answer->access_through != FLIS_NEVER)
		find_next_accessible(timeline, on, answer);
	if (answer->next > FLIS_LAST_DAY)
	{
		answer->next = FLIS_NO_DAY;
		answer->next_moves = false;
	}
	else if (answer->next_moves)
		answer->until = flis_earlier(answer->until, on + (FLIS_LAST_DAY - answer->next) + 1);
}

/*
 * flis_expected_on finds how far the data reach on a day by the rules and the recorded releases: the
 * latest day that any cycle covers whose release is out.  Data that were delivered once stay, also when
 * a lag grows or a late cycle comes after a newer one.  Of two cycles that cover the same last day the
 * newer one is returned.
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
	expected->newest = FLIS_NO_DAY;
	for (int i = 0; i < FLIS_FREQUENCIES; i++)
		expected->furthest[i] = FLIS_NO_DAY;

	if (effective_releases > 0)
	{
		const FlisEffectiveRelease *best = &timeline->effective_releases[effective_releases - 1];

		expected->through = best->through;
		expected->terms = &timeline->terms[best->terms];
		expected->cycle = best->cycle;
		first = flis_cycle_first(&expected->terms->rule, best->cycle);
		expected->newest = best->newest;
		for (int i = 0; i < FLIS_FREQUENCIES; i++)
			expected->furthest[i] = best->furthest[i];
	}

	for (int i = 0; i < timeline->nterms; i++)
	{
		const FlisTerms *terms = &timeline->terms[i];
		FlisDay next = next_regular(timeline, i, on);
		int cycle;

		expected->next = flis_earlier(expected->next, next);
		if (terms->has_cycles &&
			flis_regular_cycle_by(timeline, i, flis_newest_cycle_due(terms, on), &cycle))
		{
			FlisDay through = flis_cycle_through(&terms->rule, cycle);
			FlisDay cycle_first = flis_cycle_first(&terms->rule, cycle);
			FlisDay *furthest = &expected->furthest[terms->rule.frequency];

			expected->newest = flis_later(expected->newest, cycle_first);
			*furthest = flis_later(*furthest, through);

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
		find_daily_run(timeline, daily, on, expected);
}

/*
 * flis_first_day_expected returns the first day on which the data reach "last" by the rules and the
 * recorded releases; FLIS_NEVER if there is none.
 */
FlisDay
flis_first_day_expected(const FlisTimeline *timeline, FlisDay last)
{
	return first_day_carried(timeline, last, 0);
}

/*
 * first_day_carried returns the first day on which a cycle is out that covers "last" and "more" whole
 * periods of its frequency after it; FLIS_NEVER if there is none.
 */
static FlisDay
first_day_carried(const FlisTimeline *timeline, FlisDay last, int more)
{
	FlisDay first = FLIS_NEVER;
	int wanted[FLIS_FREQUENCIES];

	for (int frequency = 0; frequency < FLIS_FREQUENCIES; frequency++)
	{
		FlisDayKey key;
		int before;

		wanted[frequency] = flis_period_of(frequency, last) + more;
		if (wanted[frequency] > flis_period_of(frequency, FLIS_LAST_DAY))
			continue;
		/* Each has the furthest day of all that are out by then, so they are sorted by that too. */
		key.offset = offsetof(FlisEffectiveRelease, furthest) + frequency * sizeof(FlisDay);
		key.day = flis_period_last(frequency, wanted[frequency]);
		before = flis_count_before(timeline->effective_releases, timeline->neffective_releases,
								   sizeof(FlisEffectiveRelease), flis_row_is_before, &key);
		if (before < timeline->neffective_releases)
			first = flis_earlier(first, timeline->effective_releases[before].on);
	}
	for (int i = 0; i < timeline->nterms; i++)
	{
		const FlisTerms *terms = &timeline->terms[i];
		int cycle;

		if (terms->has_cycles &&
			flis_regular_cycle_from(timeline, i,
									wanted[terms->rule.frequency] + 1 + terms->rule.lag, &cycle))
			first = flis_earlier(first, flis_due_day(terms, cycle));
	}
	return first;
}

/*
 * flis_first_day_covered returns the first day of the calendar range on which the whole reference period
 * that contains a day is covered, by flis_answer_on; FLIS_NO_DAY if there is none.  The period is one of
 * the rule in force on that day, or of the first rule if none is in force yet.
 *
 * The search begins on the first day on which a status or a release that is out reaches the end of the
 * period.  From there it goes from answer to answer, and skips the releases that bring too little while
 * the area is behind.  Each answer takes time in proportion to the notices, so that it calls
 * check_interrupts before.
 */
FlisDay
flis_first_day_covered(const FlisTimeline *timeline, FlisDay day, void (*check_interrupts)(void))
{
	const FlisRule *rule = flis_rule_on(timeline, day);
	FlisDay last;
	FlisDay on;

	if (rule == NULL && timeline->nrules > 0)
		rule = &timeline->rules[0];
	if (rule == NULL)
		return FLIS_NO_DAY;
	last = flis_period_last(rule->frequency, flis_period_of(rule->frequency, day));

	on = flis_first_day_expected(timeline, last);
	for (int i = 0; i < timeline->nstatuses && timeline->statuses[i].as_of < on; i++)
		if (timeline->statuses[i].data_through >= last)
			on = timeline->statuses[i].as_of;

	on = flis_later(on, FLIS_FIRST_DAY);
	while (on <= FLIS_LAST_DAY)
	{
		FlisAnswer answer;

		check_interrupts();
		flis_answer_on(timeline, on, &answer);
		if (answer.through >= last)
			return on;
		if (answer.through_moves && on + (last - answer.through) < answer.until)
			return on + (last - answer.through);
		on = is_kept_below(&answer, last)
				 ? answer.until_told
				 : flis_earlier(answer.until_told,
								flis_later(answer.until,
										   first_day_carried(timeline, last,
															 periods_behind(timeline, &answer))));
	}
	return FLIS_NO_DAY;
}

/*
 * is_kept_below tells whether statuses and notices keep an answer from reaching a day, whatever comes
 * out.
 */
static bool
is_kept_below(const FlisAnswer *answer, FlisDay last)
{
	return answer->closed_since != FLIS_NO_DAY || answer->access_through < last ||
		   (answer->status != answer->counted && answer->status->data_through < last);
}

/*
 * periods_behind counts the whole periods by which the status that counts was behind, 0 if it wasn't.
 */
static int
periods_behind(const FlisTimeline *timeline, const FlisAnswer *answer)
{
	int ahead = 0;

	if (answer->counted != NULL && answer->counted->data_through != FLIS_NO_DAY)
		ahead = timeline->counts[answer->counted - timeline->statuses].ahead;
	return ahead < 0 ? -ahead : 0;
}

/*
 * flis_periods_ahead counts the whole periods by which a status is ahead of (positive) or behind
 * (negative) what was expected of data packages on its day.  The periods are those of the frequency of
 * the newest data package.  It returns false if one of the two days isn't known.  The timeline is the
 * area's in the channel of data packages, which need not contain the status.
 */
bool
flis_periods_ahead(const FlisTimeline *packages, const FlisStatus *status, int *periods)
{
	FlisExpectation then;
	FlisFrequency frequency;
	int cycle;

	if (status->data_through == FLIS_NO_DAY)
		return false;
	flis_expected_on(packages, status->as_of, &then);
	if (then.newest == FLIS_NO_DAY)
		return false;
	frequency = flis_terms_for(packages, then.newest, &cycle)->rule.frequency;
	*periods = flis_newest_whole_period(frequency, status->data_through) -
			   flis_newest_whole_period(frequency, then.through);
	return true;
}

/*
 * flis_status_ahead returns the same for a status of a timeline, in any channel.
 */
bool
flis_status_ahead(const FlisTimeline *timeline, const FlisStatus *status, int *periods)
{
	const FlisCount *count = &timeline->counts[status - timeline->statuses];

	*periods = count->ahead;
	return count->is_compared;
}

/*
 * find_status finds the newest status on or before a day, and the newest one that already counts.
 */
static void
find_status(const FlisTimeline *timeline, FlisDay on, FlisAnswer *answer)
{
	FlisDay until;

	answer->status = flis_status_on(timeline, on, &until);
	answer->until_told = flis_earlier(answer->until_told, until);
	answer->counted = answer->status;
	while (answer->counted != NULL)
	{
		FlisDay from = timeline->counts[answer->counted - timeline->statuses].from;

		if (from <= on)
			break;
		answer->until_told = flis_earlier(answer->until_told, from);
		answer->counted = answer->counted > timeline->statuses ? answer->counted - 1 : NULL;
	}
}

/*
 * find_notices finds what closes the area on a day, and from which period on notices deny access.
 *
 * A part is closed with its whole, unless it has a status or a notice of access of its own that is as
 * new as what closed the whole.
 */
static void
find_notices(const FlisTimeline *timeline, FlisDay on, FlisAnswer *answer)
{
	const FlisStatus *counted = answer->counted;
	FlisDay own = answer->status != NULL ? answer->status->as_of : FLIS_NO_DAY;
	FlisDay period_from = FLIS_NEVER;

	answer->closed_by_notice = false;
	answer->closed_with_whole = false;
	answer->closed_since = FLIS_NO_DAY;
	if (counted != NULL && counted->state == FLIS_CLOSED)
		answer->closed_since = counted->as_of;

	for (int i = 0; i < timeline->nnotices; i++)
	{
		const FlisNotice *notice = &timeline->notices[i];

		answer->until_told = flis_earlier(answer->until_told, flis_notice_changes(notice, on));
		if (!flis_notice_is_in_force(notice, on))
			continue;
		own = flis_later(own, notice->started_on);
		if (flis_notice_closes(notice))
		{
			answer->closed_by_notice = true;
			answer->closed_since = flis_later(answer->closed_since, notice->started_on);
		}
		if (flis_notice_ends(notice))
			period_from = flis_earlier(period_from, notice->period_from);
	}

	if (timeline->whole != NULL)
	{
		FlisAnswer whole = {.until_told = answer->until_told};

		find_status(timeline->whole, on, &whole);
		find_notices(timeline->whole, on, &whole);
		answer->until_told = whole.until_told;
		if (whole.closed_since > own)
		{
			answer->closed_with_whole = true;
			answer->closed_since = flis_later(answer->closed_since, whole.closed_since);
		}
	}

	answer->access_through = FLIS_NEVER;
	if (period_from != FLIS_NEVER)
		answer->access_through = end_of_access(timeline, on, period_from, &answer->until_told);
}

/*
 * end_of_access returns the last day of the period before the one that contains period_from.  The
 * periods are those of the rule in force, or of the first rule if none is in force yet.  *until becomes
 * the day on which the next rule takes over, if that is earlier.
 */
static FlisDay
end_of_access(const FlisTimeline *timeline, FlisDay on, FlisDay period_from, FlisDay *until)
{
	const FlisRule *rule = flis_rule_on(timeline, on);
	const FlisRule *next = rule != NULL ? rule + 1 : timeline->rules;
	FlisFrequency frequency = FLIS_MONTHLY;

	if (next < timeline->rules + timeline->nrules)
		*until = flis_earlier(*until, next->valid_from);
	if (rule == NULL && timeline->nrules > 0)
		rule = timeline->rules;
	if (rule != NULL)
		frequency = rule->frequency;
	return flis_period_last(frequency, flis_period_of(frequency, period_from) - 1);
}

/*
 * use_status applies the status that counts.
 *
 * As long as its own cycle is the newest one out, the answer is the day that it published.  Later it is
 * what the releases cover, less the whole periods by which the area was behind when the status was
 * published, because a delay lasts until somebody reports its end; but never less than what was
 * published.  If the area was ahead, that is not assumed to last.
 */
static void
use_status(const FlisTimeline *timeline, FlisDay on, FlisAnswer *answer)
{
	const FlisExpectation *expected = &answer->expected;
	const FlisCount *count = &timeline->counts[answer->counted - timeline->statuses];
	int behind = periods_behind(timeline, answer);
	FlisDay fixed = answer->counted->data_through;
	FlisDay moving = FLIS_NO_DAY;

	if (expected->newest == FLIS_NO_DAY || expected->newest <= count->cycle)
	{
		/* The next cycle of a daily area is out tomorrow. */
		if (expected->moves)
			answer->until = flis_earlier(answer->until, on + 1);
		answer->through = fixed;
		answer->through_moves = false;
		return;
	}

	for (int frequency = 0; frequency < FLIS_FREQUENCIES; frequency++)
	{
		FlisDay due = expected->furthest[frequency];

		if (due == FLIS_NO_DAY)
			continue;
		due = flis_period_last(frequency, flis_period_of(frequency, due) - behind);
		if (expected->moves && frequency == FLIS_DAILY)
			moving = due;
		else
			fixed = flis_later(fixed, due);
	}
	answer->through = flis_later(fixed, moving);
	answer->through_moves = moving > fixed;
	/* The day that moves is the later one from the day after it has reached the fixed one. */
	if (moving != FLIS_NO_DAY && moving <= fixed)
		answer->until = flis_earlier(answer->until, on + (fixed - moving) + 1);
}

/*
 * limit_through cuts an answer off at a day.
 */
static void
limit_through(FlisAnswer *answer, FlisDay on, FlisDay last)
{
	if (answer->through >= last)
	{
		answer->through = last;
		answer->through_moves = false;
	}
	else if (answer->through_moves && last != FLIS_NEVER)
		answer->until = flis_earlier(answer->until, on + (last - answer->through));
}

/*
 * find_next_accessible finds the next release whose data reach no further than there is access to.
 */
static void
find_next_accessible(const FlisTimeline *timeline, FlisDay on, FlisAnswer *answer)
{
	FlisDay last = answer->access_through;

	answer->next = FLIS_NEVER;
	if (answer->next_moves)
		answer->until = flis_earlier(answer->until, on + 1);
	answer->next_moves = false;

	for (int i = flis_exceptions_before(timeline, on + 1); i < timeline->nexceptions; i++)
	{
		const FlisExceptionDay *day = &timeline->exception_days[i];
		const FlisException *exception = &timeline->exceptions[day->exception];

		if (exception->cancelled ||
			flis_cycle_through(&timeline->terms[exception->terms].rule, exception->cycle) > last)
			continue;
		answer->next = day->day;
		break;
	}
	for (int i = 0; i < timeline->nterms; i++)
	{
		const FlisTerms *terms = &timeline->terms[i];
		int cycle;

		if (terms->has_cycles &&
			flis_regular_cycle_from(timeline, i, flis_newest_cycle_due(terms, on) + 1, &cycle) &&
			flis_cycle_through(&terms->rule, cycle) <= last)
			answer->next = flis_earlier(answer->next, flis_due_day(terms, cycle));
	}
}

/*
 * next_regular returns the first day after "on" on which a regular release of some terms is due;
 * FLIS_NEVER if there is none.
 */
static FlisDay
next_regular(const FlisTimeline *timeline, int terms, FlisDay on)
{
	const FlisTerms *these = &timeline->terms[terms];
	int newest;
	int cycle;

	if (!these->has_cycles)
		return FLIS_NEVER;
	newest = flis_newest_cycle_due(these, on);
	if (!flis_regular_cycle_from(timeline, terms, newest + 1, &cycle))
		return FLIS_NEVER;
	return flis_due_day(these, cycle);
}

/*
 * find_daily_run finds how long an expectation from a daily release advances by a day each day: until
 * something irregular comes, which is an exceptional cycle or release, a release of other terms or the
 * end of the terms.
 *
 * The last regular day is left out, because "next" is the irregular day then and doesn't advance.
 */
static void
find_daily_run(const FlisTimeline *timeline, int daily, FlisDay on, FlisExpectation *expected)
{
	const FlisTerms *terms = &timeline->terms[daily];
	FlisDay until = flis_next_exception(timeline, daily, on);
	int effective_releases = flis_effective_releases_by(timeline, on);

	if (terms->rule.business_day != FLIS_CONVENTION_NONE)
		return;

	until = flis_earlier(until, terms->until);
	if (effective_releases < timeline->neffective_releases)
		until = flis_earlier(until, timeline->effective_releases[effective_releases].on);
	for (int i = 0; i < timeline->nterms; i++)
		if (i != daily)
			until = flis_earlier(until, next_regular(timeline, i, on));

	if (until - 1 > on)
	{
		expected->moves = true;
		expected->until = until - 1;
	}
}
