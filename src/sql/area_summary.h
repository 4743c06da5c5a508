/*
 * area_summary.h
 *		An area on a day: how far it reaches, its state, and what the newest status and the notices
 *		say.  Listings, explanations and the status page take their sentences from here.
 */
#ifndef FLIS_AREA_SUMMARY_H
#define FLIS_AREA_SUMMARY_H

#include "postgres.h"

#include "rules/coverage.h"
#include "cache/tables.h"
#include "sql/notices.h"

/* What the state of an area that is shown follows from. */
typedef enum FlisStateBasis
{
	FLIS_STATE_BY_STATUS,
	FLIS_STATE_BY_SCHEDULE,
	FLIS_STATE_BEHIND /* the schedule, less a delay */
} FlisStateBasis;

typedef struct FlisAreaSummary
{
	int area;
	int channel;
	FlisDay on;
	FlisAnswer answer;
	FlisFrequency frequency; /* of the rule in force on the day */
	FlisState state;		 /* that is shown, by the status and the notices */
	FlisStatusWords words;	 /* of the newest status, less what the notices deny */
	bool is_old;			 /* that status is more than two months old */
	bool is_incomplete;		 /* by a notice, or a status that isn't old; the next, too */
	bool is_incomparable;
	FlisNoticeGroup *notices;
	int nnotices;
} FlisAreaSummary;

extern void flis_area_summary_for(int area, int channel, FlisDay on, FlisAreaSummary *summary);
extern bool flis_frequency_on(int area, int channel, FlisDay on, FlisFrequency *frequency);
extern char *flis_summary_frequency(int area, int channel, FlisDay on, FlisLanguage language);
extern char *flis_summary_period(const FlisAreaSummary *summary, FlisDay through,
								 FlisLanguage language);
extern char *flis_summary_basis(const FlisAreaSummary *summary, FlisLanguage language);
extern char *flis_through_label(FlisFrequency frequency, FlisDay through, FlisLanguage language);
extern const char *flis_summary_source(const FlisAreaSummary *summary);
extern const char *flis_summary_state(const FlisAreaSummary *summary, FlisLanguage language);
extern FlisStateBasis flis_summary_state_basis(const FlisAreaSummary *summary);
extern const FlisStatus *flis_summary_status(const FlisAreaSummary *summary);
extern char *flis_summary_as_of(const FlisAreaSummary *summary, FlisLanguage language);
extern int flis_area_whole(int area);
extern char *flis_summary_whole(const FlisAreaSummary *summary, FlisLanguage language);
extern char *flis_summary_remark(const FlisAreaSummary *summary, const FlisStatus *status);
extern char *flis_summary_notes(const FlisAreaSummary *summary, FlisLanguage language,
								bool has_days);
extern char *flis_summary_changes(const FlisAreaSummary *summary, FlisLanguage language);
extern char *flis_release_plan(const FlisAreaSummary *summary, const FlisException *release,
							   FlisLanguage language);
extern char *flis_summary_operation(const FlisAreaSummary *summary, FlisLanguage language);

#endif
