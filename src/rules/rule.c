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
static int part_of_month(int month, int months);
static FlisDay part_last(int part, int months);
static int closes_day(const FlisRule *rule, const FlisChannel *channel);
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
		case FLIS_WEEKLY:
			return flis_week_of(day);
		case FLIS_QUARTERLY:
			return part_of_month(flis_month_of(day), 3);
		case FLIS_ANNUAL_2:
			return part_of_month(flis_month_of(day), 6);
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
	FlisDay before = flis_period_last(frequency, period - 1);

	return before == FLIS_NEVER ? FLIS_NEVER : before + 1;
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
		case FLIS_WEEKLY:
			return flis_week_last(period);
		case FLIS_QUARTERLY:
			return part_last(period, 3);
		case FLIS_ANNUAL_2:
			return part_last(period, 6);
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
 * flis_cycle_first tells the first day of a cycle, by which the cycle is named: that of its period,
 * but of an annual cycle the first of its release month.
 */
FlisDay
flis_cycle_first(const FlisRule *rule, int cycle)
{
	if (rule->frequency == FLIS_MONTHLY)
		return flis_month_first(cycle);
	if (rule->frequency == FLIS_ANNUAL)
		return flis_day(cycle, rule->release_month, 1);
	return flis_period_first(rule->frequency, cycle);
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
	int opens_day = rule->opens_day != 0 ? rule->opens_day : channel->opens_day;

	return window_day(rule, cycle, opens_day, rule->early_max_days);
}

/*
 * flis_window_closes tells the last day of a cycle's window, by which its release is expected.
 */
FlisDay
flis_window_closes(const FlisRule *rule, const FlisChannel *channel, int cycle)
{
	return window_day(rule, cycle, closes_day(rule, channel), rule->early_min_days);
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
		first -= closes_day(rule, channel) - 1 - rule->early_min_days;
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
 * part_of_month counts the part of so many months, 3 or 6, that a month is in.
 */
static int
part_of_month(int month, int months)
{
	return month / months - (month % months < 0);
}

/*
 * part_last tells the last day of a part of so many months, counted as in part_of_month.
 */
static FlisDay
part_last(int part, int months)
{
	int64_t month = (int64_t) part * months + months - 1;

	if (month <= INT32_MIN)
		return FLIS_NO_DAY;
	return month >= INT32_MAX ? FLIS_NEVER : flis_month_last((int) month);
}

/*
 * closes_day tells on which day of a cycle its window closes: the rule's own, else the channel's.
 */
static int
closes_day(const FlisRule *rule, const FlisChannel *channel)
{
	return rule->closes_day != 0 ? rule->closes_day : channel->closes_day;
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
