/*
 * cube_relation.h
 *		A registered fact table: its row of flis_cube, and what the catalog says of it.
 */
#ifndef FLIS_CUBE_RELATION_H
#define FLIS_CUBE_RELATION_H

#include "postgres.h"

/* A row of flis_cube. */
typedef struct FlisCube
{
	const char *cube;
	const char *area;
	const char *channel;
	const char *period_column;
	const char *municipality_column; /* these two may be NULL */
	const char *period_like;
	double least_reporting;
	double least_rows;
	int compared_periods;
} FlisCube;

/* Names as SQL writes them. */
typedef struct FlisCubeRelation
{
	Oid relation;
	const char *table;
	const char *period;
	const char *municipality; /* may be NULL */
	Oid period_type;		  /* of a domain the base type */
	Oid municipality_type;
	bool tells_periods_apart; /* no two texts that differ are equal */
} FlisCubeRelation;

extern FlisCube *flis_read_cubes(Oid schema, int *n);
extern const FlisCube *flis_find_cube(Oid schema, const text *name);
extern bool flis_cube_relation_exists(const FlisCube *cube);
extern void flis_find_cube_relation(const FlisCube *cube, FlisCubeRelation *cube_relation);
extern bool flis_cube_has_pair_index(const FlisCube *cube, const FlisCubeRelation *cube_relation);

#endif
