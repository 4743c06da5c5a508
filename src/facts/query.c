/*
 * query.c
 *		Queries on a cube, with the caller's privileges and snapshot.
 *
 * Both functions are to be called within SPI_connect.
 */
#include "facts/query.h"

#include "executor/spi.h"
#include "nodes/parsenodes.h"
#include "nodes/plannodes.h"
#include "utils/plancache.h"

static bool is_in_order(const Plan *plan);

/*
 * flis_plan tells what the planner thinks that a query costs, and whether its rows come in the order of an
 * index: a max() or min() from its end, or all of them, unsorted.
 */
void
flis_plan(const char *query, double *cost, bool *is_by_index)
{
	SPIPlanPtr plan = SPI_prepare_cursor(query, 0, NULL, CURSOR_OPT_PARALLEL_OK);
	CachedPlan *cached;
	const PlannedStmt *planned;

	if (plan == NULL || (cached = SPI_plan_get_cached_plan(plan)) == NULL)
		elog(ERROR, "could not plan \"%s\"", query);
	planned = linitial_node(PlannedStmt, cached->stmt_list);
	*cost = planned->planTree->total_cost;
	*is_by_index = (IsA(planned->planTree, Result) && planned->planTree->initPlan != NIL) ||
				   is_in_order(planned->planTree);
	ReleaseCachedPlan(cached, NULL);
	SPI_freeplan(plan);
}

/*
 * is_in_order tells whether a plan returns rows as indexes have them.
 */
static bool
is_in_order(const Plan *plan)
{
	const List *children = NIL;
	ListCell *cell;

	switch (nodeTag(plan))
	{
		case T_IndexScan:
		case T_IndexOnlyScan:
			return true;
		case T_Limit:
			return is_in_order(outerPlan(plan));
		case T_Append:
			children = ((const Append *) plan)->appendplans;
			break;
		case T_MergeAppend:
			children = ((const MergeAppend *) plan)->mergeplans;
			break;
		default:
			break;
	}
	foreach (cell, children)
		if (!is_in_order(lfirst(cell)))
			return false;
	return children != NIL;
}

/*
 * flis_run runs a query that returns one value of one row, which is SPI's memory.
 */
Datum
flis_run(const char *query, bool *isnull)
{
	if (SPI_execute(query, true, 0) != SPI_OK_SELECT || SPI_processed != 1)
		elog(ERROR, "could not execute \"%s\"", query);
	return SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, isnull);
}
