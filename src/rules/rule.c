/*
 * rule.c
 *		The deck's rules: which reference period a cycle's data reach, and on which days its release
 *		may come.
 *
 * Each rule of the deck is in one function of this file and nowhere else.  The functions are arithmetic
 * on days and accept days outside the calendar range, because a lag may reach before it.
 */
#include "rules/rule.h"

#include "base/calendar.h"

static int part_of_month(int month, int months);
static FlisDay part_last(int part, int months);
static int closes_day(const FlisRule *rule, const FlisChannel *channel);
static FlisDay window_day(const FlisRule *rule, int cycle, int day, int early_days);

/*
 * flis_period_of returns the number of the reference period that contains a day.
 */
int
flis_period_of(FlisFrequency frequency, FlisDay day)
{
	switch (frequency)
	{
		case FLIS_MONTHLY:
			return flis_month_of(day);
		case FLIS_ANNUAL:
			return part_of_month(flis_month_of(day), 12);
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
 * flis_period_first returns the first day of a period.
 */
FlisDay
flis_period_first(FlisFrequency frequency, int period)
{
	FlisDay before = flis_period_last(frequency, period - 1);

	return before == FLIS_NEVER ? FLIS_NEVER : before + 1;
}

/*
 * flis_period_last returns the last day of a period.
 */
FlisDay
flis_period_last(FlisFrequency frequency, int period)
{
	switch (frequency)
	{
		case FLIS_MONTHLY:
			return flis_month_last(period);
		case FLIS_ANNUAL:
			return part_last(period, 12);
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
 * flis_newest_whole_period returns the newest period that ends on or before a day.
 */
int
flis_newest_whole_period(FlisFrequency frequency, FlisDay through)
{
	return flis_period_of(frequency, through + 1) - 1;
}

/*
 * flis_whole_last returns the last day of the newest period that ends on or before a day.
 */
FlisDay
flis_whole_last(FlisFrequency frequency, FlisDay through)
{
	return flis_period_last(frequency, flis_newest_whole_period(frequency, through));
}

/*
 * flis_rule_has_cycles tells whether anything is expected by a rule.  The deck calls STIL yearly but
 * names no month, so an annual rule has no cycles until somebody fills in the month.
 */
bool
flis_rule_has_cycles(const FlisRule *rule)
{
	return rule->frequency != FLIS_ANNUAL || rule->release_month != 0;
}

/*
 * flis_cycle_of returns the cycle that contains a day: the newest whose first day has come.
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
 * flis_cycle_first returns the first day of a cycle, by which the cycle is named: the first day of its
 * period, but the first of its release month for an annual cycle.
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
 * flis_cycle_through returns the last day that a cycle's data cover.
 *
 * By the deck, "one month's delay" skips one whole month: the November cycle covers September.  KRL and
 * DREAM come from the supplier three months later: November covers June.
 */
FlisDay
flis_cycle_through(const FlisRule *rule, int cycle)
{
	return flis_period_last(rule->frequency, cycle - 1 - rule->lag);
}

/*
 * flis_cycle_carrying returns the first cycle whose data cover a day: the inverse of flis_cycle_through.
 */
int
flis_cycle_carrying(const FlisRule *rule, FlisDay last)
{
	return flis_period_of(rule->frequency, last) + 1 + rule->lag;
}

/*
 * flis_window_opens returns the first day on which a cycle's release may come.
 */
FlisDay
flis_window_opens(const FlisRule *rule, const FlisChannel *channel, int cycle)
{
	int opens_day = rule->opens_day != 0 ? rule->opens_day : channel->opens_day;

	return window_day(rule, cycle, opens_day, rule->early_max_days);
}

/*
 * flis_window_closes returns the last day of a cycle's window, by which its release is expected.
 */
FlisDay
flis_window_closes(const FlisRule *rule, const FlisChannel *channel, int cycle)
{
	return window_day(rule, cycle, closes_day(rule, channel), rule->early_min_days);
}

/*
 * flis_newest_cycle_closed returns the newest cycle whose window closes on or before a day.
 *
 * Windows close in the order of their cycles.  Without a business day convention each closes the same
 * number of days after its cycle's first day.  With one it closes a few days before or after that, so
 * the cycles around it are tried.
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
 * part_of_month returns the quarter, half-year or year that a month is in, which has 3, 6 or 12 months.
 * The division must round down, also before year 0.
 */
static int
part_of_month(int month, int months)
{
	return month / months - (month % months < 0);
}

/*
 * part_last returns the last day of a quarter, half-year or year, counted as in part_of_month.
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
 * closes_day returns the day of a cycle on which its window closes: the rule's own, else the channel's.
 */
static int
closes_day(const FlisRule *rule, const FlisChannel *channel)
{
	return rule->closes_day != 0 ? rule->closes_day : channel->closes_day;
}

/*
 * window_day returns a day of a cycle, counted from 1, less early_days, moved to a business day.
 *
 * By the deck data packages come around the 10th, DAP cubes one or two days later, and Borger Flex and
 * DREAM two to three weeks before the others.  Daily data come on the day itself in every channel.
 */
static FlisDay
window_day(const FlisRule *rule, int cycle, int day, int early_days)
{
	FlisDay planned = flis_cycle_first(rule, cycle);

	if (rule->frequency != FLIS_DAILY)
		planned += day - 1 - early_days;
	return flis_moved_to_business(planned, rule->business_day);
}
