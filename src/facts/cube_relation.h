/*
 * cube_relation.h
 *		A cube, which is a registered fact table: its row of flis_cube, and the relations and
 *		columns that this row names, as the catalog has them.
 */
#ifndef FLIS_CUBE_RELATION_H
#define FLIS_CUBE_RELATION_H

#include "postgres.h"

/* A row of flis_cube.  All but the first four texts may be NULL. */
typedef struct FlisCube
{
	const char *cube;
	const char *area;
	const char *channel;
	const char *period_column;
	const char *municipality_column;
	const char *period_like;
	double least_reporting;
	double least_rows;
	int compared_periods;
	const char *period_dimension; /* these three are all NULL or none */
	const char *period_key;
	const char *period_value;
	const char *municipality_dimension; /* these too */
	const char *municipality_key;
	const char *municipality_value;
	bool is_primo;			/* rows bear the day after the period that they describe */
	const char **confirmed; /* what its relations were when registered; NULL: not noted */
} FlisCube;

/*
 * Where a cube's rows have their period or their municipality, as SQL writes it: in a column of the
 * cube, or in a dimension in which the column's value is a key.
 */
typedef struct FlisCubeValue
{
	const char *column;		/* of the cube: cube.month; NULL if there is none */
	const char *dimension;	/* the dimension's table; NULL if the column itself holds the value */
	const char *alias;		/* of the dimension in a query */
	const char *key;		/* of the dimension: period_dimension."DimTidID" */
	const char *joined_key; /* the key with the collation by which it is joined */
	const char *value;		/* the period or municipality: cube.month, period_dimension."Dato" */
	const char *grouped;	/* the value as rows are grouped by it: by its bytes */
	Oid relation;			/* that has the value: the cube or the dimension */
	Oid type;				/* of the value; of a domain the base type */
	bool is_unique;			/* no key is twice in the dimension */
	bool is_deterministic;	/* texts that differ are not equal by the value's collation */
} FlisCubeValue;

/* The relation of a cube, which queries call "cube". */
typedef struct FlisCubeRelation
{
	Oid relation;
	const char *table; /* its name as SQL writes it */
	FlisCubeValue period;
	FlisCubeValue municipality; /* column and value are NULL if the cube has none */
} FlisCubeRelation;

extern FlisCube *flis_read_cubes(Oid schema, int *n);
extern const FlisCube *flis_find_cube(Oid schema, const text *name);
extern const char *flis_cube_unconfirmed(const FlisCube *cube, int which);
extern void flis_find_cube_relation(const FlisCube *cube, FlisCubeRelation *cube_relation);
extern char *flis_cube_from(const FlisCubeRelation *cube_relation);
extern char *flis_cube_joins(const FlisCubeRelation *cube_relation);
extern bool flis_cube_has_pair_index(const FlisCube *cube, const FlisCubeRelation *cube_relation);

#endif
