/*
 * verdict.h
 *		Compares what a cube holds with what it should hold on a day.
 */
#ifndef FLIS_VERDICT_H
#define FLIS_VERDICT_H

#include "rules/coverage.h"

/* What kind of result reading a table had. */
typedef enum FlisFinding
{
	FLIS_FOUND_NO_TABLE,
	FLIS_FOUND_NOTHING_READABLE,
	FLIS_FOUND_NO_ROWS,
	FLIS_FOUND_ROWS
} FlisFinding;

/*
 * What was found in a table.  The days are last days of periods, FLIS_NO_DAY where there is none.  The
 * periods of a cube may end on other days than the area's reference periods, such as weeks or quarters
 * in a monthly area.
 */
typedef struct FlisFound
{
	FlisFinding finding;
	FlisDay newest;			  /* the reference period of the cube's newest period with rows */
	FlisDay measured;		  /* that of the newest complete one */
	FlisDay newest_written;	  /* the newest period with rows itself */
	FlisDay measured_written; /* the newest complete one itself */
	/* Returns the last day of the newest period of the cube that ends on or before a day. */
	FlisDay (*ended_by)(const void *encoding, FlisDay day);
	const void *encoding;
} FlisFound;

extern FlisVerdict flis_verdict_on(const FlisTimeline *timeline, FlisDay on, const FlisFound *found,
								   const FlisAnswer *answer);

#endif
