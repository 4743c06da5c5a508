/*
 * schedule.h
 *		Lists the releases of several areas in one channel, in the order of their days.
 */
#ifndef FLIS_SCHEDULE_H
#define FLIS_SCHEDULE_H

#include "rules/timeline.h"

/* A release as it is listed. */
typedef struct FlisScheduled
{
	int area; /* the number by which its timeline was added */
	FlisFrequency frequency;
	FlisDay cycle;		  /* the cycle's first day */
	FlisDay period_first; /* the newest reference period that it covers */
	FlisDay period_last;
	FlisDay opens; /* the window */
	FlisDay closes;
	FlisDay
		expected_on; /* the planned day, else the window's last; later if it follows a later one */
	FlisDay released_on; /* FLIS_NO_DAY where not recorded */
	FlisDateStatus status;
	bool is_planned; /* it is expected on one day rather than within the window */
	bool has_note;
} FlisScheduled;

/* Releases of one area by day: the regular ones of some terms, or all exceptional ones. */
typedef struct FlisRun
{
	const FlisTimeline *timeline;
	int area;
	int terms; /* FLIS_EXCEPTIONS: the exceptional releases */
	int at;	   /* the next release: its cycle, or its index in exception_days */
	FlisDay day;
	FlisDay cycle; /* the first day of its cycle */
} FlisRun;

#define FLIS_EXCEPTIONS (-1)

/* The runs are a heap: the first one has the next release.  The caller allocates them. */
typedef struct FlisSchedule
{
	FlisDay from;
	FlisDay until;
	FlisRun *runs;
	int nruns;
} FlisSchedule;

extern void flis_schedule_begin(FlisSchedule *schedule, FlisDay from, FlisDay until, FlisRun *runs);
extern int flis_schedule_room(const FlisTimeline *timeline);
extern void flis_schedule_add(FlisSchedule *schedule, const FlisTimeline *timeline, int area);
extern bool flis_schedule_next(FlisSchedule *schedule, FlisScheduled *release);
extern void flis_release_days(const FlisScheduled *release, FlisDay *first, FlisDay *last);

#endif
