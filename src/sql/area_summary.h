/*
 * area_summary.h
 *		What is told of an area on a day: the answer, and the words of the deck and of the notices.
 */
#ifndef FLIS_AREA_SUMMARY_H
#define FLIS_AREA_SUMMARY_H

#include "postgres.h"

#include "rules/coverage.h"
#include "cache/tables.h"
#include "sql/notices.h"

typedef struct FlisAreaSummary
{
	FlisAnswer answer;
	FlisStatusWords words; /* of the status that counts, less what the notices deny */
	FlisNoticeGroup *notices;
	int nnotices;
} FlisAreaSummary;

extern void flis_area_summary_for(int area, int channel, FlisDay on, FlisAreaSummary *summary);
extern bool flis_frequency_on(int area, int channel, FlisDay on, FlisFrequency *frequency);
extern char *flis_summary_frequency(int area, int channel, FlisDay on, FlisLanguage language);
extern char *flis_summary_through(int area, int channel, FlisDay on, FlisDay through,
								  FlisLanguage language);
extern char *flis_through_label(FlisFrequency frequency, FlisDay through, FlisLanguage language);
extern const char *flis_summary_source(int area, const FlisAreaSummary *summary);
extern char *flis_summary_operation(const FlisAreaSummary *summary, FlisLanguage language);

#endif
