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

/* Both days are last days of reference periods, FLIS_NO_DAY where there is none. */
typedef struct FlisFound
{
	FlisFinding finding;
	FlisDay newest;	  /* of the newest period with rows */
	FlisDay measured; /* of the newest one that is complete */
} FlisFound;

extern FlisVerdict flis_verdict_on(const FlisTimeline *timeline, FlisDay on, const FlisFound *found,
								   const FlisAnswer *answer);

#endif
