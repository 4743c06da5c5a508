/*
 * rule.h
 *		Cycle, window and reference period of one rule.
 *
 * A cycle is counted in the periods of its rule's frequency: month or week (see calendar.h), year,
 * day, or the quarters or half-years since that of year 0.  A period is counted in the same way.
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
