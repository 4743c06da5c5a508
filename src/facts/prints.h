/*
 * prints.h
 *		Takes the prints of a cube: for each period and municipality the number of rows, a hash of them
 *		and the sums of measures, by which a later change is seen.
 */
#ifndef FLIS_PRINTS_H
#define FLIS_PRINTS_H

#include "postgres.h"

#include "facts/cube_context.h"
#include "facts/groups.h"

/* An exact sum of numbers, the total of both parts. */
typedef struct FlisSum
{
	int64 parts;   /* in ten-thousandths */
	Datum numeric; /* of values that parts cannot hold; 0: none */
	bool is_known; /* some value is not NULL */
} FlisSum;

/* The prints of a cube as it is, in one memory context. */
typedef struct FlisPrints
{
	flis_groups_hash *groups;
	int nmeasures;
	const char **measures;
	FlisSum *sums; /* nmeasures of each group, in the order of the groups' places */
	int nsummed;   /* groups with sums */
	int room;	   /* groups for whose sums there is room */
} FlisPrints;

extern void flis_check_prints(const FlisCube *cube);
extern void flis_take_prints(const FlisCubeContext *cube_context, const char **measures,
							 int nmeasures, FlisPrints *prints);
extern bool flis_is_measure(const FlisCube *cube, const FlisCubeRelation *cube_relation,
							const char *column);
extern Datum flis_print_sums(const FlisPrints *prints, const FlisGroup *group, bool *isnull);

#endif
