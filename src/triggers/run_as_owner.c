/*
 * run_as_owner.c
 *		Lets a trigger write an internal table with the rights of the table's owner: who may change a
 *		reference table needs no right on that one.
 *
 * Nothing else may run with these rights.  A statement names all that it uses by its schema, and
 * before it is planned the table that it found is compared with the one whose owner lends the rights:
 * who owns the schema could exchange it for another, with a table of that name and triggers and
 * defaults of theirs.  That is why it doesn't go through SPI, which may look the name up anew.
 */
#include "base/compat.h"
#include "triggers/run_as_owner.h"

#include "access/table.h"
#include "access/xact.h"
#include "executor/executor.h"
#include "miscadmin.h"
#include "nodes/params.h"
#include "nodes/parsenodes.h"
#include "parser/parsetree.h"
#include "tcop/dest.h"
#include "tcop/tcopprot.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "cache/scan.h"

static PlannedStmt *plan_statement(Relation table, const char *command, int nargs,
								   const Oid *types);
static uint64 execute_plan(PlannedStmt *plan, const char *command, ParamListInfo parameters);
static ParamListInfo parameters_of(int nargs, const Oid *types, const Datum *values);

/*
 * flis_open_internal opens a table of the extension's schema for writing, until it is closed with
 * table_close().
 */
Relation
flis_open_internal(Oid schema, const char *name)
{
	Oid oid = get_relname_relid(name, schema);
	Relation table = OidIsValid(oid) ? try_table_open(oid, RowExclusiveLock) : NULL;

	if (table == NULL)
		flis_raise_missing_table(name);
	return table;
}

/*
 * flis_write_as_owner executes a statement on a table that is open, "verb table rest" with parameters
 * that aren't NULL, as a command of its own with the rights of the table's owner; returns the rows.
 */
uint64
flis_write_as_owner(Relation table, const char *verb, const char *rest, int nargs, const Oid *types,
					const Datum *values)
{
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext context = AllocSetContextCreate(caller, "flis lend", ALLOCSET_SMALL_SIZES);
	const char *command;
	Oid user;
	int security_context;
	uint64 written;

	MemoryContextSwitchTo(context);
	GetUserIdAndSecContext(&user, &security_context);
	SetUserIdAndSecContext(table->rd_rel->relowner,
						   security_context | SECURITY_LOCAL_USERID_CHANGE);
	command = psprintf("%s %s %s", verb,
					   quote_qualified_identifier(get_namespace_name(RelationGetNamespace(table)),
												  RelationGetRelationName(table)),
					   rest);
	PushActiveSnapshot(GetTransactionSnapshot());
	CommandCounterIncrement();
	UpdateActiveSnapshotCommandId();
	written = execute_plan(plan_statement(table, command, nargs, types), command,
						   parameters_of(nargs, types, values));
	PopActiveSnapshot();
	CommandCounterIncrement();
	SetUserIdAndSecContext(user, security_context);
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(context);
	return written;
}

/*
 * plan_statement plans a statement, and complains if it is not about the given table alone.
 */
static PlannedStmt *
plan_statement(Relation table, const char *command, int nargs, const Oid *types)
{
	RawStmt *statement = linitial_node(RawStmt, pg_parse_query(command));
	List *queries = pg_analyze_and_rewrite_fixedparams(statement, command, types, nargs, NULL);
	Query *query = queries != NIL ? linitial_node(Query, queries) : NULL;

	if (list_length(queries) != 1 || query->resultRelation == 0 ||
		rt_fetch(query->resultRelation, query->rtable)->relid != RelationGetRelid(table))
		ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
						errmsg("table \"%s\" of extension flis was altered",
							   RelationGetRelationName(table)),
						errdetail("Its schema was renamed just now, or the table has a rule."),
						errhint("Drop the rule if there is one, and try again.")));
	return FLIS_PLAN_QUERY(query, command);
}

/*
 * execute_plan runs a plan under the active snapshot and counts the rows it writes.
 */
static uint64
execute_plan(PlannedStmt *plan, const char *command, ParamListInfo parameters)
{
	QueryDesc *execution = CreateQueryDesc(plan, command, GetActiveSnapshot(), InvalidSnapshot,
										   None_Receiver, parameters, NULL, 0);
	uint64 written;

	ExecutorStart(execution, 0);
	FLIS_EXECUTOR_RUN(execution);
	written = execution->estate->es_processed;
	ExecutorFinish(execution);
	ExecutorEnd(execution);
	FreeQueryDesc(execution);
	return written;
}

static ParamListInfo
parameters_of(int nargs, const Oid *types, const Datum *values)
{
	ParamListInfo parameters = makeParamList(nargs);

	for (int i = 0; i < nargs; i++)
		parameters->params[i] =
			(ParamExternData){.value = values[i], .pflags = PARAM_FLAG_CONST, .ptype = types[i]};
	return parameters;
}
