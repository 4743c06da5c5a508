/*
 * cube_context.h
 *		A cube on a day, with what must be known of its area before its table is read: in which periods
 *		it counts, and which municipalities take part.
 */
#ifndef FLIS_CUBE_CONTEXT_H
#define FLIS_CUBE_CONTEXT_H

#include "postgres.h"

#include "fmgr.h"

#include "rules/timeline.h"
#include "facts/cube_relation.h"
#include "facts/municipality.h"

typedef struct FlisCubeContext
{
	const FlisCube *cube;
	Oid schema;				 /* of flis */
	FlisFrequency frequency; /* of the area's rule in force on the day */
	FlisDay on;
	FlisParticipants participants;
} FlisCubeContext;

extern void flis_cube_context_begin(FlisCubeContext *cube_context, FunctionCallInfo fcinfo,
									const FlisCube *cube, const FlisMunicipalities *municipalities,
									FlisDay on);
extern const FlisTimeline *flis_cube_timeline(FunctionCallInfo fcinfo, const FlisCube *cube);

#endif
