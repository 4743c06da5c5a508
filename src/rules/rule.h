/*
 * rule.h
 *		The deck's rules: which reference period a cycle's data reach, and on which days its release
 *		may come.
 *
 * Periods are numbers.  A month or week is counted as in calendar.h, a day is a FlisDay, a year is its
 * number, and quarters and half-years are counted from the first of year 0, which is 0.  A cycle is
 * counted as the period in which it begins.
 */
#ifndef FLIS_RULE_H
#define FLIS_RULE_H

#include "base/model.h"

extern int flis_period_of(FlisFrequency frequency, FlisDay day);
extern FlisDay flis_period_first(FlisFrequency frequency, int period);
extern FlisDay flis_period_last(FlisFrequency frequency, int period);
extern int flis_newest_whole_period(FlisFrequency frequency, FlisDay through);
extern FlisDay flis_whole_last(FlisFrequency frequency, FlisDay through);

extern bool flis_rule_has_cycles(const FlisRule *rule);
extern int flis_cycle_of(const FlisRule *rule, FlisDay day);
extern FlisDay flis_cycle_first(const FlisRule *rule, int cycle);
extern FlisDay flis_cycle_through(const FlisRule *rule, int cycle);
extern int flis_cycle_carrying(const FlisRule *rule, FlisDay last);

extern FlisDay flis_window_opens(const FlisRule *rule, const FlisChannel *channel, int cycle);
extern FlisDay flis_window_closes(const FlisRule *rule, const FlisChannel *channel, int cycle);
extern int flis_newest_cycle_closed(const FlisRule *rule, const FlisChannel *channel, FlisDay on);

#endif
