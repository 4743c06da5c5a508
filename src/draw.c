/*
 * draw.c
 *		Writes a new value into flis_generation, with the rights of its table's owner: who may change a
 *		reference table needs no right on that one.
 *
 * Nothing else may run with these rights.  The statement names all that it uses by its schema, and
 * before it is executed the table that it found is compared with the one whose owner lends the rights:
 * who owns the schema could exchange it for another, with a table of that name and triggers of theirs.
 * That is why it doesn't go through SPI, which may look the name up anew.
 */
#include "draw.h"

#include "access/table.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "miscadmin.h"
#include "nodes/parsenodes.h"
#include "parser/parsetree.h"
#include "tcop/dest.h"
#include "tcop/tcopprot.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "compat.h"
#include "generation.h"
#include "triggers.h"

static uint64 update_generation(Relation table);
static PlannedStmt *plan_update(Relation table, const char *command);
static uint64 execute_plan(PlannedStmt *plan, const char *command);
pg_noreturn static void table_is_missing(void);

/*
 * flis_generation_table finds flis_generation in the extension's schema.
 */
Oid
flis_generation_table(Oid schema)
{
	Oid table = get_relname_relid("flis_generation", schema);

	if (!OidIsValid(table))
		table_is_missing();
	return table;
}

/*
 * flis_draw_generation draws a new generation.  It waits for another session that has drawn one.
 */
void
flis_draw_generation(Oid schema)
{
	Relation table = try_table_open(flis_generation_table(schema), RowExclusiveLock);
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext context = AllocSetContextCreate(caller, "flis draw", ALLOCSET_SMALL_SIZES);
	Oid user;
	int security_context;
	uint64 written;

	if (table == NULL)
		table_is_missing();
	flis_column_of(table, "generation", UUIDOID);

	MemoryContextSwitchTo(context);
	GetUserIdAndSecContext(&user, &security_context);
	SetUserIdAndSecContext(table->rd_rel->relowner,
						   security_context | SECURITY_LOCAL_USERID_CHANGE);
	written = update_generation(table);
	SetUserIdAndSecContext(user, security_context);
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(context);
	table_close(table, NoLock);

	if (written != 1)
		ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
						errmsg("table \"%s\" of extension flis does not have its one row",
							   "flis_generation"),
						errhint("Drop the extension and create it anew.")));
	flis_generation_drawn(schema);
}

/*
 * update_generation writes a new value and counts the rows, as a command of its own.
 */
static uint64
update_generation(Relation table)
{
	const char *command =
		psprintf("UPDATE %s.flis_generation SET generation = pg_catalog.gen_random_uuid()",
				 quote_identifier(get_namespace_name(RelationGetNamespace(table))));
	uint64 written;

	PushActiveSnapshot(GetTransactionSnapshot());
	CommandCounterIncrement();
	UpdateActiveSnapshotCommandId();
	written = execute_plan(plan_update(table, command), command);
	PopActiveSnapshot();
	CommandCounterIncrement();
	return written;
}

/*
 * plan_update plans the statement, and complains if it is not about the given table alone.
 */
static PlannedStmt *
plan_update(Relation table, const char *command)
{
	RawStmt *statement = linitial_node(RawStmt, pg_parse_query(command));
	List *queries = pg_analyze_and_rewrite_fixedparams(statement, command, NULL, 0, NULL);
	Query *query = queries != NIL ? linitial_node(Query, queries) : NULL;

	if (list_length(queries) != 1 || query->resultRelation == 0 ||
		rt_fetch(query->resultRelation, query->rtable)->relid != RelationGetRelid(table))
		ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
						errmsg("table \"%s\" of extension flis was altered", "flis_generation"),
						errdetail("Its schema was renamed just now, or the table has a rule."),
						errhint("Drop the rule if there is one, and try again.")));
	return FLIS_PLAN_QUERY(query, command);
}

/*
 * execute_plan runs a plan under the active snapshot and counts the rows it writes.
 */
static uint64
execute_plan(PlannedStmt *plan, const char *command)
{
	QueryDesc *execution = CreateQueryDesc(plan, command, GetActiveSnapshot(), InvalidSnapshot,
										   None_Receiver, NULL, NULL, 0);
	uint64 written;

	ExecutorStart(execution, 0);
	FLIS_EXECUTOR_RUN(execution);
	written = execution->estate->es_processed;
	ExecutorFinish(execution);
	ExecutorEnd(execution);
	FreeQueryDesc(execution);
	return written;
}

static void
table_is_missing(void)
{
	ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					errmsg("table \"%s\" of extension flis is missing", "flis_generation"),
					errhint("Drop the extension and create it anew.")));
}
