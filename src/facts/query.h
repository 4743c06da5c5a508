/*
 * query.h
 *		Queries on a cube, with the caller's privileges and snapshot.
 */
#ifndef FLIS_QUERY_H
#define FLIS_QUERY_H

#include "postgres.h"

extern void flis_plan(const char *query, double *cost, bool *is_by_index);
extern Datum flis_run(const char *query, bool *isnull);

#endif
