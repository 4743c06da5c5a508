/*
 * groups.h
 *		Counts a cube's rows by reference period and municipality, into a hash table.
 */
#ifndef FLIS_GROUPS_H
#define FLIS_GROUPS_H

#include "postgres.h"

#include "base/model.h"
#include "facts/cube_context.h"
#include "facts/cube_relation.h"
#include "facts/period_encoding.h"

/* The rows of one municipality in the period that ends on one day. */
typedef struct FlisGroup
{
	uint64 key; /* FLIS_GROUP_KEY */
	int64 rows;
	uint64 hash; /* the sum of the rows' hashes; prints alone have it */
	int place;	 /* of its sums in FlisPrints */
	char status; /* simplehash's */
} FlisGroup;

#define SH_PREFIX flis_groups
#define SH_ELEMENT_TYPE FlisGroup
#define SH_KEY_TYPE uint64
#define SH_SCOPE extern
#define SH_DECLARE
#include "lib/simplehash.h"

/* The key of a group, and its parts.  Municipality 0 stands for rows without a code of three digits. */
#define FLIS_GROUP_KEY(last, municipality)                                                         \
	((uint64) (uint32) (last) << 32 | (uint64) (uint32) (municipality))
#define FLIS_GROUP_LAST(key) ((FlisDay) (uint32) ((key) >> 32))
#define FLIS_GROUP_MUNICIPALITY(key) ((int) (uint32) (key))

extern bool flis_cube_encoding(const FlisCubeContext *cube_context,
							   const FlisCubeRelation *cube_relation, FlisPeriodEncoding *encoding);
extern FlisDay flis_area_period(const FlisPeriodEncoding *encoding, Datum value);
extern flis_groups_hash *flis_count_groups(const FlisCubeContext *cube_context, FlisDay from,
										   FlisDay until, FlisDay through,
										   FlisPeriodEncoding *encoding);
extern int64 flis_group_rows(flis_groups_hash *groups, FlisDay last, int municipality);

#endif
