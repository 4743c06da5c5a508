/*
 * support.c
 *		The planner's row estimate for functions that return one row for each area.
 */
#include "postgres.h"

#include "access/relation.h"
#include "fmgr.h"
#include "nodes/supportnodes.h"
#include "storage/bufmgr.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

/* Areas that a page of flis_area holds, with their names and sources. */
#define AREAS_A_PAGE 30.0

/*
 * flis_areas_support(internal) estimates how many rows a function of this schema returns: those that
 * pg_class has for flis_area, or before the first ANALYZE what the length of that table suggests.
 */
PG_FUNCTION_INFO_V1(flis_areas_support);
Datum
flis_areas_support(PG_FUNCTION_ARGS)
{
	Node *request = (Node *) PG_GETARG_POINTER(0);
	SupportRequestRows *rows;
	Relation areas;
	Oid oid;

	if (!IsA(request, SupportRequestRows))
		PG_RETURN_POINTER(NULL);
	rows = (SupportRequestRows *) request;

	oid = get_relname_relid("flis_area", get_func_namespace(rows->funcid));
	areas = OidIsValid(oid) ? try_relation_open(oid, AccessShareLock) : NULL;
	if (areas == NULL)
		PG_RETURN_POINTER(NULL);
	if (areas->rd_rel->reltuples >= 1)
		rows->rows = areas->rd_rel->reltuples;
	else
		rows->rows = AREAS_A_PAGE * Max(RelationGetNumberOfBlocks(areas), 1);
	relation_close(areas, NoLock);
	PG_RETURN_POINTER(request);
}
