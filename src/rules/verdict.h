/*
 * verdict.h
 *		What a fact table holds, held against what it should hold on a day.
 */
#ifndef FLIS_VERDICT_H
#define FLIS_VERDICT_H

#include "rules/coverage.h"

/* What came of looking into a table. */
typedef enum FlisFinding
{
	FLIS_FOUND_NO_TABLE,
	FLIS_FOUND_NOTHING_READABLE,
	FLIS_FOUND_NO_ROWS,
	FLIS_FOUND_ROWS
} FlisFinding;

/*
 * The days are last days of reference periods, FLIS_NO_DAY where there is none.  A cube whose periods do not
 * end where reference periods do, such as weeks or quarters in a monthly area, reaches a day as far as
 * it can: with its newest period that has ended by then.
 */
typedef struct FlisFound
{
	FlisFinding finding;
	FlisDay newest;			  /* of the newest period with rows */
	FlisDay measured;		  /* of the newest one that is complete */
	FlisDay newest_written;	  /* the last days of these periods themselves */
	FlisDay measured_written; /* FLIS_NO_DAY unless measured */
	/* Finds the last day of the newest period that a cube can write and that has ended by a day. */
	FlisDay (*ended_by)(const void *encoding, FlisDay day);
	const void *encoding;
} FlisFound;

extern FlisVerdict flis_verdict_on(const FlisTimeline *timeline, FlisDay on, const FlisFound *found,
								   const FlisAnswer *answer);

#endif
