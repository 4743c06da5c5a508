/*
 * cube.h
 *		Registered fact tables, held against what they should hold.
 */
#ifndef FLIS_CUBE_H
#define FLIS_CUBE_H

#include "postgres.h"

#include "fmgr.h"

#include "coverage.h"
#include "measure.h"
#include "subject.h"
#include "verdict.h"

/* What is known of a table, step by step. */
typedef struct FlisCubeCheck
{
	FunctionCallInfo fcinfo;
	const FlisCube *cube;
	const FlisMunicipalities *municipalities;
	FlisDay on;
	MemoryContext context;
	FlisSubject subject;
	FlisMeasure measure;
	FlisAnswer answer;
	FlisVerdict verdict;
} FlisCubeCheck;

extern void flis_check_each_cube(FunctionCallInfo fcinfo, FlisDay on,
								 void (*tell)(const FlisCubeCheck *check, void *to), void *to);
extern const char *flis_cube_reason(const FlisCubeCheck *check, FlisLanguage language);

#endif
