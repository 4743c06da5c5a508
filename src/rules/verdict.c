/*
 * verdict.c
 *		Compares what a cube holds with what it should hold on a day.
 *
 * Let E be the last day that readers should use (flis_answer_on), P the last day of the newest period
 * with rows, and M that of the newest complete period.  The verdict is the first one of the list that
 * applies.  P and M count as E if the cube has no newer period that ends on or before E.
 *
 *		missing		there is no such table
 *		unknown		it can't be read
 *		closed		the area is closed, whatever rows there are
 *		empty		no rows of a period that is over
 *		not_due		no release is expected
 *		due			P < E, but the release that brings E is expected by today, and P reaches what
 *					readers should have used yesterday
 *		late		P < E
 *		partial		M < P: the newest period is loaded in part
 *		on_time		M > E, but the window of the next release is open and brings M
 *		ahead		M > E
 *		due			M = E, and the window of the next release, which brings more, is open
 *		not_due		M = E, and the cycle of that release has begun, but not its window
 *		on_time		M = E
 *
 * The window of a release is one day if that day is planned or recorded, or if the release follows
 * another one and so comes after its own window.
 */
#include "rules/verdict.h"

#include "rules/rule.h"

#include <stddef.h>

/* What is known of the next release. */
typedef struct NextRelease
{
	FlisDay through; /* the last day that readers should use once it is out */
	bool has_begun;	 /* its cycle or window has */
	bool is_open;	 /* its window is */
} NextRelease;

static FlisDay reached(const FlisFound *found, FlisDay last, FlisDay written, FlisDay day);
static bool is_due_today(const FlisTimeline *timeline, FlisDay on, const FlisFound *found,
						 FlisDay expected);
static bool has_own_day(const FlisTimeline *timeline, const FlisTerms *terms, int cycle);
static NextRelease next_release(const FlisTimeline *timeline, FlisDay on, FlisDay next);

/*
 * flis_verdict_on returns the verdict on what was found in a table on a day.  "answer" is the answer of
 * flis_answer_on for that day.
 */
FlisVerdict
flis_verdict_on(const FlisTimeline *timeline, FlisDay on, const FlisFound *found,
				const FlisAnswer *answer)
{
	FlisDay expected = answer->through;
	FlisDay newest;
	FlisDay measured;
	NextRelease next;

	if (found->finding == FLIS_FOUND_NO_TABLE)
		return FLIS_VERDICT_MISSING;
	if (found->finding == FLIS_FOUND_NOTHING_READABLE)
		return FLIS_VERDICT_UNKNOWN;
	if (answer->basis == FLIS_BASIS_CLOSED)
		return FLIS_VERDICT_CLOSED;
	if (found->finding == FLIS_FOUND_NO_ROWS)
		return FLIS_VERDICT_EMPTY;
	if (expected == FLIS_NO_DAY)
		return FLIS_VERDICT_NOT_DUE;

	newest = reached(found, found->newest, found->newest_written, expected);
	measured = reached(found, found->measured, found->measured_written, expected);
	if (newest < expected)
		return is_due_today(timeline, on, found, expected) ? FLIS_VERDICT_DUE : FLIS_VERDICT_LATE;
	if (measured < newest)
		return FLIS_VERDICT_PARTIAL;

	next = next_release(timeline, on, answer->next);
	if (measured > expected)
		return next.is_open && measured <= next.through ? FLIS_VERDICT_ON_TIME : FLIS_VERDICT_AHEAD;
	if (!next.has_begun ||
		reached(found, found->measured, found->measured_written, next.through) >= next.through)
		return FLIS_VERDICT_ON_TIME;
	return next.is_open ? FLIS_VERDICT_DUE : FLIS_VERDICT_NOT_DUE;
}

/*
 * reached returns how far a cube reaches, given the last day of one of its periods ("written") and of
 * the reference period that belongs to it ("last"): "day" if no later period of the cube ends on or
 * before that day, else "last".
 */
static FlisDay
reached(const FlisFound *found, FlisDay last, FlisDay written, FlisDay day)
{
	if (last == FLIS_NO_DAY || day == FLIS_NO_DAY || last >= day ||
		found->ended_by(found->encoding, day) > written)
		return last;
	return day;
}

/*
 * is_due_today tells whether a table that doesn't reach what readers should use today lacks only the
 * release that is expected by today.
 */
static bool
is_due_today(const FlisTimeline *timeline, FlisDay on, const FlisFound *found, FlisDay expected)
{
	FlisAnswer yesterday;

	flis_answer_on(timeline, on - 1, &yesterday);
	return yesterday.next == on && yesterday.through < expected &&
		   reached(found, found->newest, found->newest_written, yesterday.through) >=
			   yesterday.through;
}

/*
 * next_release finds what is known on a day of the release that will be out on the day "next".
 */
static NextRelease
next_release(const FlisTimeline *timeline, FlisDay on, FlisDay next)
{
	NextRelease release = {.through = FLIS_NO_DAY};
	const FlisExpectation *expected;
	const FlisTerms *terms;
	FlisAnswer then;
	FlisDay opens;

	if (next == FLIS_NO_DAY)
		return release;
	flis_answer_on(timeline, next, &then);
	expected = &then.expected;
	terms = expected->terms;
	if (terms == NULL)
		return release;

	opens = has_own_day(timeline, terms, expected->cycle)
				? next
				: flis_window_opens(&terms->rule, &terms->channel, expected->cycle);
	release.through = then.through;
	release.is_open = on >= opens;
	release.has_begun = release.is_open || on >= flis_cycle_first(&terms->rule, expected->cycle);
	return release;
}

/*
 * has_own_day tells whether a cycle's release is expected on one day rather than within its window.
 */
static bool
has_own_day(const FlisTimeline *timeline, const FlisTerms *terms, int cycle)
{
	const FlisException *exception =
		flis_exception_at(timeline, (int) (terms - timeline->terms), cycle);
	FlisDay day = exception != NULL ? exception->expected_on : flis_due_day(terms, cycle);

	return (exception != NULL &&
			(exception->planned_on != FLIS_NO_DAY || exception->released_on != FLIS_NO_DAY)) ||
		   day > flis_window_closes(&terms->rule, &terms->channel, cycle);
}
