/*
 * schedule.h
 *		The releases of some areas in one channel, in the order of their days.
 */
#ifndef FLIS_SCHEDULE_H
#define FLIS_SCHEDULE_H

#include "rules/timeline.h"

/* A release. */
typedef struct FlisScheduled
{
	int area; /* the number by which its timeline was added */
	FlisFrequency frequency;
	FlisDay cycle;		  /* the cycle's first day */
	FlisDay period_first; /* the reference period */
	FlisDay period_last;
	FlisDay opens; /* the window */
	FlisDay closes;
	FlisDay expected_on; /* the planned day, else the window's last, unless it follows later */
	FlisDay released_on; /* FLIS_NO_DAY where not recorded */
	FlisDateStatus status;
	bool is_planned; /* expected on a day of its own, not within the window */
	bool has_note;
} FlisScheduled;

/* Releases of one area that come one after the other: the regular ones of some terms, or all others. */
typedef struct FlisRun
{
	const FlisTimeline *timeline;
	int area;
	int terms; /* FLIS_EXCEPTIONS: the exceptional releases */
	int at;	   /* the next one: its cycle, or its place in exception_days */
	FlisDay day;
	FlisDay cycle; /* its first day */
} FlisRun;

#define FLIS_EXCEPTIONS (-1)

/* The runs, which are the caller's, are a heap: the one whose next release comes first stands first. */
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
