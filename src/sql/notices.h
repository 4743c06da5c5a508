/*
 * notices.h
 *		The notices of an area on a day, and the sentences that tell them in Danish or English.
 */
#ifndef FLIS_NOTICES_H
#define FLIS_NOTICES_H

#include "postgres.h"

#include "rules/notice.h"
#include "cache/tables.h"

/* Notices that say the same, of one or several municipalities. */
typedef struct FlisNoticeGroup
{
	FlisNotice notice;	/* the first of them */
	const char *note;	/* in the database's encoding */
	int municipalities; /* how many are named; 0: the notice is for all */
} FlisNoticeGroup;

extern FlisNoticeGroup *flis_notices_on(int area, FlisDay on, bool planned_too, int *n);
extern bool flis_notices_say_the_same(const FlisNoticeGroup *group, const FlisNoticeRow *row);
extern void flis_apply_notices(const FlisNoticeGroup *groups, int n, FlisFrequency frequency,
							   FlisDay through, FlisStatusWords *words);
extern char *flis_notice_periods(const FlisNotice *notice, FlisFrequency frequency,
								 FlisLanguage language);
extern char *flis_notice_sentence(int area, const FlisNoticeGroup *group, FlisDay on,
								  FlisFrequency frequency, FlisLanguage language, bool has_days);
extern bool flis_is_blank(const char *note);
extern char *flis_end_sentence(const char *note);
extern char *flis_notices_in_lines(int area, const FlisNoticeGroup *groups, int n, FlisDay on,
								   FlisFrequency frequency);

#endif
