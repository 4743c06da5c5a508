/*
 * coverage.c
 *		What the rules, releases, statuses and notices of one area say on a day in one channel, and why.
 *
 * The one way from reference rows to an answer: the scalar functions, the listings and the explanation
 * all ask here.  Each answer says until when it holds, so that answer_cache.c can keep it.
 */
#include "rules/coverage.h"

#include "base/search.h"
#include "rules/notice.h"
#include "rules/rule.h"

#include <stddef.h>

static FlisDay first_day_carried(const FlisTimeline *timeline, FlisDay last, int more);
static bool is_told_less(const FlisAnswer *answer, FlisDay last);
static int periods_behind(const FlisTimeline *timeline, const FlisAnswer *answer);
static void find_status(const FlisTimeline *timeline, FlisDay on, FlisAnswer *answer);
static void find_notices(const FlisTimeline *timeline, FlisDay on, FlisAnswer *answer);
static void use_status(const FlisTimeline *timeline, FlisDay on, FlisAnswer *answer);
static void end_by(FlisAnswer *answer, FlisDay on, FlisDay last);
static void pass_over(const FlisTimeline *timeline, FlisDay on, FlisAnswer *answer);
static FlisDay end_of_access(const FlisTimeline *timeline, FlisDay on, FlisDay period_from,
							 FlisDay *until);
static FlisDay next_regular(const FlisTimeline *timeline, int terms, FlisDay on);
static void follow_daily(const FlisTimeline *timeline, int daily, FlisDay on,
						 FlisExpectation *expected);
static FlisDay earlier(FlisDay left, FlisDay right);
static FlisDay later(FlisDay left, FlisDay right);

/*
 * flis_answer_on tells what readers should use on a day.
 *
 * An area that a status closed shows nothing until a later status reopens it, one that a notice closed
 * until the notice ends, and a part of another area is closed with it.  A notice that denies access to
 * the periods from one on ends the area before that one.
 */
void
flis_answer_on(const FlisTimeline *timeline, FlisDay on, FlisAnswer *answer)
{
	FlisExpectation *expected = &answer->expected;

	flis_expected_on(timeline, on, expected);
	answer->until_told = FLIS_NEVER;
	find_status(timeline, on, answer);
	find_notices(timeline, on, answer);
	answer->until = earlier(expected->until, answer->until_told);

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
		end_by(answer, on, answer->status->data_through);
	if (answer->through == FLIS_NO_DAY)
		answer->basis = FLIS_BASIS_NONE;
	else if ((answer->counted != NULL && answer->through == answer->counted->data_through) ||
			 (answer->status != NULL && answer->through == answer->status->data_through))
		answer->basis = FLIS_BASIS_PUBLISHED;
	else
		answer->basis = FLIS_BASIS_RULE;
	end_by(answer, on, answer->access_through);

	answer->next = expected->next;
	answer->next_moves = expected->moves;
	if (answer->access_through != FLIS_NEVER)
		pass_over(timeline, on, answer);
	if (answer->next > FLIS_LAST_DAY)
	{
		answer->next = FLIS_NO_DAY;
		answer->next_moves = false;
	}
	else if (answer->next_moves)
		answer->until = earlier(answer->until, on + (FLIS_LAST_DAY - answer->next) + 1);
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

		if (next < expected->next)
			expected->next = next;

		if (terms->has_cycles &&
			flis_regular_cycle_by(timeline, i, flis_newest_cycle_due(terms, on), &cycle))
		{
			FlisDay through = flis_cycle_through(&terms->rule, cycle);
			FlisDay cycle_first = flis_cycle_first(&terms->rule, cycle);
			FlisDay *furthest = &expected->furthest[terms->rule.frequency];

			expected->newest = later(expected->newest, cycle_first);
			*furthest = later(*furthest, through);

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
 * flis_first_day_expected tells the first day on which the rules, one-off changes and recorded releases reach
 * a day; FLIS_NEVER if that never comes.
 */
FlisDay
flis_first_day_expected(const FlisTimeline *timeline, FlisDay last)
{
	return first_day_carried(timeline, last, 0);
}

/*
 * first_day_carried tells the first day on which the cycles of some frequency carry a day, and so many more of
 * their periods; FLIS_NEVER if that never comes.
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
		/* Exceptional releases carry the furthest so far, which only grows. */
		key.offset = offsetof(FlisEffectiveRelease, furthest) + frequency * sizeof(FlisDay);
		key.day = flis_period_last(frequency, wanted[frequency]);
		before = flis_count_before(timeline->effective_releases, timeline->neffective_releases,
								   sizeof(FlisEffectiveRelease), flis_row_is_before, &key);
		if (before < timeline->neffective_releases)
			first = earlier(first, timeline->effective_releases[before].on);
	}
	for (int i = 0; i < timeline->nterms; i++)
	{
		const FlisTerms *terms = &timeline->terms[i];
		int cycle;

		if (terms->has_cycles &&
			flis_regular_cycle_from(timeline, i,
									wanted[terms->rule.frequency] + 1 + terms->rule.lag, &cycle))
			first = earlier(first, flis_due_day(terms, cycle));
	}
	return first;
}

/*
 * flis_first_day_covered tells the first day of the calendar range on which the reference period that
 * contains a day is covered wholly, as flis_answer_on tells it; FLIS_NO_DAY if that never comes.  The
 * period is counted as the rule in force on that day counts, or else the first rule after it.
 *
 * A status, or a release that is out, must reach it at least.  From then on it is asked each time that
 * the answer may be another, but for those before what the area is behind is made up.
 */
FlisDay
flis_first_day_covered(const FlisTimeline *timeline, FlisDay day)
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

	on = later(on, FLIS_FIRST_DAY);
	while (on <= FLIS_LAST_DAY)
	{
		FlisAnswer answer;

		flis_answer_on(timeline, on, &answer);
		if (answer.through >= last)
			return on;
		if (answer.through_moves && on + (last - answer.through) < answer.until)
			return on + (last - answer.through);
		on = is_told_less(&answer, last)
				 ? answer.until_told
				 : earlier(
					   answer.until_told,
					   later(answer.until,
							 first_day_carried(timeline, last, periods_behind(timeline, &answer))));
	}
	return FLIS_NO_DAY;
}

/*
 * is_told_less tells whether statuses and notices keep an answer from reaching a day, whatever is released.
 */
static bool
is_told_less(const FlisAnswer *answer, FlisDay last)
{
	return answer->closed_since != FLIS_NO_DAY || answer->access_through < last ||
		   (answer->status != answer->counted && answer->status->data_through < last);
}

/*
 * periods_behind counts the whole periods by which the status that counts was behind; 0 where it wasn't.
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
 * flis_periods_ahead counts the whole periods by which a status is ahead of (positive) or behind (negative)
 * what was expected of data packages on its day, as their newest cycle counts periods; false where one of
 * the two isn't known.  The timeline is that of the channel of data packages, and need not have the status.
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
 * flis_status_ahead tells the same of a status of a timeline, in any channel.
 */
bool
flis_status_ahead(const FlisTimeline *timeline, const FlisStatus *status, int *periods)
{
	const FlisCount *count = &timeline->counts[status - timeline->statuses];

	*periods = count->ahead;
	return count->is_compared;
}

/*
 * find_status finds the newest status on or before a day, and the newest of those that count by then.
 */
static void
find_status(const FlisTimeline *timeline, FlisDay on, FlisAnswer *answer)
{
	FlisDay until;

	answer->status = flis_status_on(timeline, on, &until);
	answer->until_told = earlier(answer->until_told, until);
	answer->counted = answer->status;
	while (answer->counted != NULL)
	{
		FlisDay from = timeline->counts[answer->counted - timeline->statuses].from;

		if (from <= on)
			break;
		answer->until_told = earlier(answer->until_told, from);
		answer->counted = answer->counted > timeline->statuses ? answer->counted - 1 : NULL;
	}
}

/*
 * find_notices finds what closes the area on a day, and which periods notices deny access to.
 *
 * A part is closed with its whole, unless a status or a notice of access of its own is as new as what
 * closed that.
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

		answer->until_told = earlier(answer->until_told, flis_notice_changes(notice, on));
		if (!flis_notice_is_in_force(notice, on))
			continue;
		own = later(own, notice->started_on);
		if (flis_notice_closes(notice))
		{
			answer->closed_by_notice = true;
			answer->closed_since = later(answer->closed_since, notice->started_on);
		}
		if (flis_notice_ends(notice))
			period_from = earlier(period_from, notice->period_from);
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
			answer->closed_since = later(answer->closed_since, whole.closed_since);
		}
	}

	answer->access_through = FLIS_NEVER;
	if (period_from != FLIS_NEVER)
		answer->access_through = end_of_access(timeline, on, period_from, &answer->until_told);
}

/*
 * end_of_access tells the last day of the period before the one that contains a day, as the rule in
 * force counts periods, or else the first rule.
 */
static FlisDay
end_of_access(const FlisTimeline *timeline, FlisDay on, FlisDay period_from, FlisDay *until)
{
	const FlisRule *rule = flis_rule_on(timeline, on);
	const FlisRule *next = rule != NULL ? rule + 1 : timeline->rules;
	FlisFrequency frequency = FLIS_MONTHLY;

	if (next < timeline->rules + timeline->nrules)
		*until = earlier(*until, next->valid_from);
	if (rule == NULL && timeline->nrules > 0)
		rule = timeline->rules;
	if (rule != NULL)
		frequency = rule->frequency;
	return flis_period_last(frequency, flis_period_of(frequency, period_from) - 1);
}

/*
 * use_status lets the status that counts decide.
 *
 * As long as its own cycle is the newest one out, its day counts as it was published.  From then on what
 * the releases carry counts, less the whole periods by which the area was behind when the status was
 * published, because a delay lasts until somebody reports its end; and never less than what was
 * published, but a lead is not assumed to last.
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
		/* A daily area's next cycle is out tomorrow. */
		if (expected->moves)
			answer->until = earlier(answer->until, on + 1);
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
			fixed = later(fixed, due);
	}
	answer->through = later(fixed, moving);
	answer->through_moves = moving > fixed;
	/* What moves overtakes what doesn't on the day after it reaches it. */
	if (moving != FLIS_NO_DAY && moving <= fixed)
		answer->until = earlier(answer->until, on + (fixed - moving) + 1);
}

/*
 * end_by lets an answer reach no further than a day.
 */
static void
end_by(FlisAnswer *answer, FlisDay on, FlisDay last)
{
	if (answer->through >= last)
	{
		answer->through = last;
		answer->through_moves = false;
	}
	else if (answer->through_moves && last != FLIS_NEVER)
		answer->until = earlier(answer->until, on + (last - answer->through));
}

/*
 * pass_over finds the next release that brings no more than there is access to.
 */
static void
pass_over(const FlisTimeline *timeline, FlisDay on, FlisAnswer *answer)
{
	FlisDay last = answer->access_through;

	answer->next = FLIS_NEVER;
	if (answer->next_moves)
		answer->until = earlier(answer->until, on + 1);
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
			answer->next = earlier(answer->next, flis_due_day(terms, cycle));
	}
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
	newest = flis_newest_cycle_due(these, on);
	if (!flis_regular_cycle_from(timeline, terms, newest + 1, &cycle))
		return FLIS_NEVER;
	return flis_due_day(these, cycle);
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

static FlisDay
earlier(FlisDay left, FlisDay right)
{
	return left < right ? left : right;
}

static FlisDay
later(FlisDay left, FlisDay right)
{
	return left > right ? left : right;
}
