/*
 * notice.c
 *		What a notice says on a day: its state, and which periods it is about.
 *
 * The state is not stored but follows from the notice's days.  So nobody has to switch a notice off, and
 * a question about a day in the past is answered as on that day.
 */
#include "rules/notice.h"

#include "rules/rule.h"

static bool is_about_all_periods(const FlisNotice *notice);

/*
 * flis_notice_state returns the state of a notice on a day.  One that should have ended is overdue, and
 * still holds.
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
 * flis_notice_concerns_period tells whether a notice is about the reference period that ends on a day,
 * or about a part of it; for FLIS_NO_DAY, whether it is about all periods.
 */
bool
flis_notice_concerns_period(const FlisNotice *notice, FlisFrequency frequency, FlisDay last)
{
	if (last == FLIS_NO_DAY)
		return is_about_all_periods(notice);
	return notice->period_from <= last &&
		   (notice->period_until == FLIS_NO_DAY ||
			flis_period_first(frequency, flis_period_of(frequency, last)) <= notice->period_until);
}

/*
 * flis_notice_closes tells whether a notice closes its area while it is in force: one of access that is
 * about all municipalities and all periods.
 */
bool
flis_notice_closes(const FlisNotice *notice)
{
	return notice->kind == FLIS_ACCESS && notice->municipality == 0 && is_about_all_periods(notice);
}

/*
 * flis_notice_ends tells whether a notice lets its area end before a period while it is in force: one of
 * access that is about all municipalities and all periods from period_from on.
 */
bool
flis_notice_ends(const FlisNotice *notice)
{
	return notice->kind == FLIS_ACCESS && notice->municipality == 0 &&
		   notice->period_from != FLIS_NO_DAY && notice->period_until == FLIS_NO_DAY;
}

/*
 * flis_notice_changes returns the first day after a day on which a notice begins or ends; FLIS_NEVER if
 * there is none.
 */
FlisDay
flis_notice_changes(const FlisNotice *notice, FlisDay on)
{
	if (notice->started_on > on)
		return notice->started_on;
	return notice->ended_on > on ? notice->ended_on : FLIS_NEVER;
}

static bool
is_about_all_periods(const FlisNotice *notice)
{
	return notice->period_from == FLIS_NO_DAY && notice->period_until == FLIS_NO_DAY;
}
