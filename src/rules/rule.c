/*
 * rule.c
 *		The deck's rules: which cycle carries which reference period, and on which days it may come.
 *
 * Every rule of the deck is known to one function of this file and to no other.  All of it is
 * arithmetic on days and holds for any day that fits, also outside the calendar range, because a
 * lag reaches before the day that is asked about.
 */
#include "rules/rule.h"

#include "base/calendar.h"

static int year_of(FlisDay day);
static FlisDay window_day(const FlisRule *rule, int cycle, int day, int early_days);

/*
 * flis_period_of counts the reference period that contains a day.
 */
int
flis_period_of(FlisFrequency frequency, FlisDay day)
{
	switch (frequency)
	{
		case FLIS_MONTHLY:
			return flis_month_of(day);
		case FLIS_ANNUAL:
			return year_of(day);
		case FLIS_DAILY:
			break;
	}
	return day;
}

/*
 * flis_period_first tells the first day of a period.
 */
FlisDay
flis_period_first(FlisFrequency frequency, int period)
{
	return flis_period_last(frequency, period - 1) + 1;
}

/*
 * flis_period_last tells the last day of a period.
 */
FlisDay
flis_period_last(FlisFrequency frequency, int period)
{
	switch (frequency)
	{
		case FLIS_MONTHLY:
			return flis_month_last(period);
		case FLIS_ANNUAL:
			return flis_day(period, 12, 31);
		case FLIS_DAILY:
			break;
	}
	return period;
}

/*
 * flis_newest_whole_period counts the newest period that is covered wholly by data through a day.
 */
int
flis_newest_whole_period(FlisFrequency frequency, FlisDay through)
{
	return flis_period_of(frequency, through + 1) - 1;
}

/*
 * flis_whole_last tells the last day of the newest period that is covered wholly by data through a day.
 */
FlisDay
flis_whole_last(FlisFrequency frequency, FlisDay through)
{
	return flis_period_last(frequency, flis_newest_whole_period(frequency, through));
}

/*
 * flis_rule_has_cycles tells whether a rule promises anything: the deck calls STIL yearly but names
 * no month, so an annual rule has no cycles until somebody fills the month in.
 */
bool
flis_rule_has_cycles(const FlisRule *rule)
{
	return rule->frequency != FLIS_ANNUAL || rule->release_month != 0;
}

/*
 * flis_cycle_of counts the cycle that a day is in: the newest whose first day has come.
 */
int
flis_cycle_of(const FlisRule *rule, FlisDay day)
{
	int cycle = flis_period_of(rule->frequency, day);

	/* An annual cycle begins with its release month, not with the year. */
	if (flis_cycle_first(rule, cycle) > day)
		cycle--;
	return cycle;
}

/*
 * flis_cycle_first tells the first day of a cycle, by which the cycle is named.
 */
FlisDay
flis_cycle_first(const FlisRule *rule, int cycle)
{
	switch (rule->frequency)
	{
		case FLIS_MONTHLY:
			return flis_month_first(cycle);
		case FLIS_ANNUAL:
			return flis_day(cycle, rule->release_month, 1);
		case FLIS_DAILY:
			break;
	}
	return cycle;
}

/*
 * flis_cycle_through tells the last day that a cycle's data cover.
 *
 * The deck: "one month's delay" skips one whole month, the November cycle carries September.  KRL
 * and DREAM come from the supplier three months later: November carries June.
 */
FlisDay
flis_cycle_through(const FlisRule *rule, int cycle)
{
	return flis_period_last(rule->frequency, cycle - 1 - rule->lag);
}

/*
 * flis_cycle_carrying counts the first cycle whose data reach a day: flis_cycle_through's inverse.
 */
int
flis_cycle_carrying(const FlisRule *rule, FlisDay last)
{
	return flis_period_of(rule->frequency, last) + 1 + rule->lag;
}

/*
 * flis_window_opens tells the first day on which a cycle's release may come.
 */
FlisDay
flis_window_opens(const FlisRule *rule, const FlisChannel *channel, int cycle)
{
	return window_day(rule, cycle, channel->opens_day, rule->early_max_days);
}

/*
 * flis_window_closes tells the last day of a cycle's window, by which its release is expected.
 */
FlisDay
flis_window_closes(const FlisRule *rule, const FlisChannel *channel, int cycle)
{
	return window_day(rule, cycle, channel->closes_day, rule->early_min_days);
}

/*
 * flis_newest_cycle_closed counts the newest cycle whose window has closed on or before a day.
 *
 * Windows close in the order of their cycles.  Without a business day convention they close as
 * many days after their cycle's first day each, and with one a few days from that.
 */
int
flis_newest_cycle_closed(const FlisRule *rule, const FlisChannel *channel, FlisDay on)
{
	FlisDay first = on;
	int cycle;

	if (rule->frequency == FLIS_DAILY && rule->business_day == FLIS_CONVENTION_NONE)
		return on;

	if (rule->frequency != FLIS_DAILY)
		first -= channel->closes_day - 1 - rule->early_min_days;
	cycle = flis_cycle_of(rule, first);
	if (rule->business_day == FLIS_CONVENTION_NONE)
		return cycle;

	while (flis_window_closes(rule, channel, cycle) > on)
		cycle--;
	while (flis_window_closes(rule, channel, cycle + 1) <= on)
		cycle++;
	return cycle;
}

/*
 * year_of tells the year that a day is in.
 */
static int
year_of(FlisDay day)
{
	int year;
	int month;
	int day_of_month;

	flis_day_parts(day, &year, &month, &day_of_month);
	return year;
}

/*
 * window_day tells the given day of a cycle, that many days earlier, moved to a business day.
 *
 * The deck: data packages around the 10th, DAP cubes one or two days later, Borger Flex and DREAM
 * two to three weeks before the others.  What comes daily comes on the day itself in every channel.
 */
static FlisDay
window_day(const FlisRule *rule, int cycle, int day, int early_days)
{
	FlisDay planned = flis_cycle_first(rule, cycle);

	if (rule->frequency != FLIS_DAILY)
		planned += day - 1 - early_days;
	return flis_moved_to_business(planned, rule->business_day);
}
