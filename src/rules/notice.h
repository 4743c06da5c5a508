/*
 * notice.h
 *		What a notice says on a day: its state, and which periods it is about.
 */
#ifndef FLIS_NOTICE_H
#define FLIS_NOTICE_H

#include "base/model.h"

extern FlisNoticeState flis_notice_state(const FlisNotice *notice, FlisDay on);
extern bool flis_notice_is_in_force(const FlisNotice *notice, FlisDay on);
extern bool flis_notice_concerns_period(const FlisNotice *notice, FlisFrequency frequency,
										FlisDay last);
extern bool flis_notice_closes(const FlisNotice *notice);
extern bool flis_notice_ends(const FlisNotice *notice);
extern FlisDay flis_notice_changes(const FlisNotice *notice, FlisDay on);

#endif
