/*
 * check_cubes.h
 *		Checks each cube: how far its table reaches, how far it should, and the verdict on that.
 */
#ifndef FLIS_CHECK_CUBES_H
#define FLIS_CHECK_CUBES_H

#include "postgres.h"

#include "fmgr.h"

#include "rules/coverage.h"
#include "rules/verdict.h"
#include "facts/cube_context.h"
#include "facts/measure.h"

/* The check of one cube, filled in step by step. */
typedef struct FlisCubeCheck
{
	FunctionCallInfo fcinfo;
	const FlisCube *cube;
	const FlisMunicipalities *municipalities;
	FlisDay on;
	MemoryContext context; /* in which the check is kept until it is told */
	FlisCubeContext cube_context;
	FlisMeasure measure;
	int sqlerrcode; /* of the error by which the table could not be read, else 0 */
	FlisAnswer answer;
	FlisVerdict verdict;
} FlisCubeCheck;

extern void flis_check_each_cube(FunctionCallInfo fcinfo, FlisDay on,
								 void (*tell)(const FlisCubeCheck *check, void *to), void *to);
extern const char *flis_cube_reason(const FlisCubeCheck *check, FlisLanguage language);

#endif
