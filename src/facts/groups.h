/*
 * groups.h
 *		The rows of a fact table by period of its area and municipality.
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
	uint64 key; /* both */
	int64 rows;
	uint64 hash; /* of the rows, in no order */
	int place;	 /* a number for what else is known of it */
	char status; /* simplehash's */
} FlisGroup;

#define SH_PREFIX flis_groups
#define SH_ELEMENT_TYPE FlisGroup
#define SH_KEY_TYPE uint64
#define SH_SCOPE extern
#define SH_DECLARE
#include "lib/simplehash.h"

/* Municipality 0 stands for rows of none that has a number of three digits. */
#define FLIS_GROUP_KEY(last, municipality)                                                         \
	((uint64) (uint32) (last) << 32 | (uint64) (uint32) (municipality))
#define FLIS_GROUP_LAST(group) ((FlisDay) (uint32) ((group)->key >> 32))
#define FLIS_GROUP_MUNICIPALITY(group) ((int) (uint32) (group)->key)

extern bool flis_cube_encoding(const FlisCubeContext *cube_context,
							   const FlisCubeRelation *cube_relation, FlisPeriodEncoding *encoding);
extern FlisDay flis_area_period(const FlisPeriodEncoding *encoding, Datum value);
extern flis_groups_hash *flis_count_groups(const FlisCubeContext *cube_context, FlisDay from,
										   FlisDay until);
extern int64 flis_group_rows(flis_groups_hash *groups, FlisDay last, int municipality);

#endif
