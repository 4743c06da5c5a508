/*
 * notice.c
 *		What a notice says on a day.
 *
 * Nothing here is stored: where a notice stands follows from its days, so that nobody has to turn it
 * off and a question about a day in the past is answered as on that day.
 */
#include "rules/notice.h"

#include <stdlib.h>

#include "rules/rule.h"

static int compare_closures(const void *a, const void *b);

/*
 * flis_notice_state tells where a notice stands on a day.  One that should have ended and didn't is
 * overdue, not gone.
 */
FlisNoticeState
flis_notice_state(const FlisNotice *notice, FlisDay on)
{
	if (notice->ended_on != FLIS_NO_DAY && notice->ended_on <= on)
		return FLIS_ENDED;
	if (notice->started_on > on)
		return FLIS_PLANNED;
	if (notice->expected_end != FLIS_NO_DAY && notice->expected_end < on)
		return FLIS_OVERDUE;
	return FLIS_IN_FORCE;
}

/*
 * flis_notice_is_in_force tells whether a notice holds on a day, overdue or not.
 */
bool
flis_notice_is_in_force(const FlisNotice *notice, FlisDay on)
{
	FlisNoticeState state = flis_notice_state(notice, on);

	return state == FLIS_IN_FORCE || state == FLIS_OVERDUE;
}

/*
 * flis_notice_concerns tells whether a notice is about the reference period that ends on a day; where
 * no period is known (FLIS_NO_DAY), whether it is about all of them.
 */
bool
flis_notice_concerns(const FlisNotice *notice, FlisDay last)
{
	if (last == FLIS_NO_DAY)
		return notice->period_from == FLIS_NO_DAY && notice->period_until == FLIS_NO_DAY;
	return notice->period_from <= last &&
		   (notice->period_until == FLIS_NO_DAY || last <= notice->period_until);
}

/*
 * flis_notice_concerns_period tells whether a notice is about the reference period that ends on a day, or
 * about a part of it; where no period is known (FLIS_NO_DAY), whether it is about all of them.
 */
bool
flis_notice_concerns_period(const FlisNotice *notice, FlisFrequency frequency, FlisDay last)
{
	if (last == FLIS_NO_DAY)
		return flis_notice_concerns(notice, last);
	return notice->period_from <= last &&
		   (notice->period_until == FLIS_NO_DAY ||
			flis_period_first(frequency, flis_period_of(frequency, last)) <= notice->period_until);
}

/*
 * flis_notice_closes tells on which days a notice closes its area, as a deck does: one of access that
 * is about all municipalities and all periods.  False for any other.
 */
bool
flis_notice_closes(const FlisNotice *notice, FlisClosure *closure)
{
	closure->from = notice->started_on;
	closure->until = notice->ended_on != FLIS_NO_DAY ? notice->ended_on : FLIS_NEVER;
	return notice->kind == FLIS_ACCESS && notice->municipality == 0 &&
		   flis_notice_concerns(notice, FLIS_NO_DAY) && closure->from < closure->until;
}

/*
 * flis_join_closures sorts closures and makes one of those that touch; returns how many are left.
 */
int
flis_join_closures(FlisClosure *closures, int n)
{
	int joined = 0;

	if (n > 0)
		qsort(closures, n, sizeof(FlisClosure), compare_closures);
	for (int i = 0; i < n; i++)
	{
		if (joined == 0 || closures[i].from > closures[joined - 1].until)
			closures[joined++] = closures[i];
		else if (closures[i].until > closures[joined - 1].until)
			closures[joined - 1].until = closures[i].until;
	}
	return joined;
}

static int
compare_closures(const void *a, const void *b)
{
	const FlisClosure *left = a;
	const FlisClosure *right = b;

	return (left->from > right->from) - (left->from < right->from);
}
