/*
 * subject.h
 *		A registered fact table, its area as the registry knows it, and a day.
 */
#ifndef FLIS_SUBJECT_H
#define FLIS_SUBJECT_H

#include "postgres.h"

#include "fmgr.h"

#include "fact.h"
#include "municipality.h"
#include "timeline.h"

typedef struct FlisSubject
{
	const FlisCube *cube;
	Oid schema; /* of flis */
	FlisFrequency frequency;
	FlisDay on;
	FlisParticipants participants;
} FlisSubject;

extern void flis_subject_begin(FlisSubject *subject, FunctionCallInfo fcinfo, const FlisCube *cube,
							   const FlisMunicipalities *municipalities, FlisDay on);
extern const FlisTimeline *flis_subject_timeline(FunctionCallInfo fcinfo, const FlisCube *cube);

#endif
