/*
 * prints.h
 *		The prints of a fact table: for each period and municipality the number of rows, a hash of them and
 *		the sums of measures.
 */
#ifndef FLIS_PRINTS_H
#define FLIS_PRINTS_H

#include "postgres.h"

#include "facts/cube_context.h"
#include "facts/groups.h"

/* A sum of numbers, exact whatever their order. */
typedef struct FlisSum
{
	int64 parts;   /* ten-thousandths; what does not fit is in the next */
	Datum numeric; /* 0: none */
	bool is_known; /* some value is not NULL */
} FlisSum;

/* The prints of a cube as it is; all is in one memory context. */
typedef struct FlisPrints
{
	flis_groups_hash *groups; /* place: where the sums of a group begin, counted in groups */
	int nmeasures;
	const char **measures;
	FlisSum *sums;
	int nsummed; /* groups with sums */
	int room;
} FlisPrints;

extern void flis_take_prints(const FlisCubeContext *cube_context, const char **measures,
							 int nmeasures, FlisPrints *prints);
extern bool flis_is_measure(const FlisCube *cube, const FlisCubeRelation *cube_relation,
							const char *column);
extern Datum flis_print_sums(const FlisPrints *prints, const FlisGroup *group, bool *isnull);

#endif
