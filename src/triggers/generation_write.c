/*
 * generation_write.c
 *		Writes a new value into flis_generation, and writes the other internal tables.
 *
 * Internal tables are written with the privileges of their owner, so that a role that may change a
 * reference table needs no privilege on them.  Nothing else may run with these privileges.  The owner
 * of the schema could put another table of the same name, with its own triggers and defaults, in the
 * place of an internal one.  So all names in a statement are schema-qualified, and before it is planned
 * the table that was found is compared with the one whose owner will run it.  SPI is not used, because
 * it may look up the name again.  What is written once a row is inserted without a statement.
 */
#include "triggers/generation_write.h"

#include "access/table.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "miscadmin.h"
#include "nodes/params.h"
#include "nodes/parsenodes.h"
#include "parser/parsetree.h"
#include "storage/lmgr.h"
#include "tcop/dest.h"
#include "tcop/tcopprot.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "cache/distribution.h"
#include "cache/generation.h"
#include "cache/known_at.h"
#include "cache/scan.h"
#include "triggers/trigger.h"

/* The number of calls of flis_write_as_owner and flis_insert_as_owner that are running. */
static int writes_as_owner;

/* The moment of the last transaction that has one: the time that it gives to what it writes. */
static struct
{
	LocalTransactionId transaction;
	SubTransactionId subtransaction;
	TimestampTz time;
} last_moment;

static bool callback_registered;

static void write_generation(Oid schema);
static void note_moment(Oid schema);
static void on_subtransaction(SubXactEvent event, SubTransactionId subtransaction,
							  SubTransactionId parent, void *arg);
static Oid generation_table(Oid schema);
static PlannedStmt *plan_statement(Relation table, const char *command, int nargs,
								   const Oid *types);
static uint64 execute_plan(PlannedStmt *plan, const char *command, ParamListInfo parameters);
static ParamListInfo parameters_of(int nargs, const Oid *types, const Datum *values);

/*
 * flis_new_generation, a trigger before each statement and row that changes a reference table, writes a
 * new value into flis_generation unless the last one can be used again.  It is fired after the
 * statement, too, to note the end of the change.
 */
PG_FUNCTION_INFO_V1(flis_new_generation);
Datum
flis_new_generation(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = flis_trigger_of(fcinfo, 0);
	Oid schema = RelationGetNamespace(trigger->tg_relation);
	bool for_statement = TRIGGER_FIRED_FOR_STATEMENT(trigger->tg_event);

	if (TRIGGER_FIRED_AFTER(trigger->tg_event))
	{
		flis_change_ends();
		return PointerGetDatum(NULL);
	}
	/*
	 * An old snapshot sees no rows in a truncated table.  So TRUNCATE waits for transactions that have
	 * had answers from cached rows: they hold a lock on flis_generation.  An apply worker fires no
	 * statement triggers for other changes, so all rows of its transaction are one change.
	 */
	if (TRIGGER_FIRED_BY_TRUNCATE(trigger->tg_event))
		LockRelationOid(generation_table(schema), AccessExclusiveLock);
	else if (for_statement || !flis_change_in_progress())
		flis_change_begins();
	if (for_statement && flis_known_time() != FLIS_KNOWN_NOW)
		ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
						errmsg("table \"%s\" cannot be changed while \"%s\" is set",
							   RelationGetRelationName(trigger->tg_relation), "flis.known_at"),
						errhint("RESET flis.known_at first.")));

	flis_generation_hold(schema);
	return PointerGetDatum(for_statement ? NULL : flis_row_of(trigger));
}

/*
 * flis_own_rows, a trigger in replication before each row of an internal table, drops rows that arrive
 * from another database.  This database writes its own by its triggers.
 */
PG_FUNCTION_INFO_V1(flis_own_rows);
Datum
flis_own_rows(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = flis_trigger_of(fcinfo, 0);

	flis_check_before_row(trigger);
	return PointerGetDatum(flis_is_own_write() ? flis_row_of(trigger) : NULL);
}

/*
 * flis_is_own_write tells whether the extension itself is writing an internal table.
 */
bool
flis_is_own_write(void)
{
	return writes_as_owner > 0 || flis_is_in_extension_script();
}

/*
 * flis_generation_hold writes a new generation unless the last one can be used again.  In both cases
 * this transaction then has the row of flis_generation locked until it ends.
 */
void
flis_generation_hold(Oid schema)
{
	if (flis_generation_needs_write(schema))
		write_generation(schema);
}

/*
 * flis_moment returns the time that this transaction gives to what it writes.  It is written together
 * with the first generation, and is later than those of all transactions before.
 */
TimestampTz
flis_moment(Oid schema)
{
	TimestampTz moment;

	/* A generation may have been written without a moment, by the extension's script. */
	if (flis_has_moment(&moment))
		flis_generation_hold(schema);
	else
		write_generation(schema);
	flis_has_moment(&moment);
	return moment;
}

/*
 * flis_has_moment tells whether this transaction has a moment, and returns it in *moment.
 */
bool
flis_has_moment(TimestampTz *moment)
{
	*moment = last_moment.time;
	return last_moment.transaction == FLIS_LOCAL_XID;
}

/*
 * write_generation writes a new generation, and with the first one of a transaction its moment.  It
 * raises 55000 if flis_generation has lost its row.
 */
static void
write_generation(Oid schema)
{
	Relation table = flis_open_internal(schema, "flis_generation");
	bool needs_moment = last_moment.transaction != FLIS_LOCAL_XID && !flis_is_in_extension_script();

	flis_column_of(table, "generation", UUIDOID);
	if (needs_moment)
		flis_column_of(table, "changed_at", TIMESTAMPTZOID);
	if (flis_write_as_owner(table, "UPDATE",
							needs_moment
								? "SET generation = pg_catalog.gen_random_uuid(), changed_at = "
								  "greatest(pg_catalog.clock_timestamp(), changed_at "
								  "OPERATOR(pg_catalog.+) interval '1 microsecond')"
								: "SET generation = pg_catalog.gen_random_uuid()",
							0, NULL, NULL) != 1)
		ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
						errmsg("table \"%s\" of extension flis does not have its one row",
							   "flis_generation"),
						errhint("Restore the database; or drop the extension, with all that was "
								"written into its tables, and create it anew.")));
	table_close(table, NoLock);
	flis_generation_written(schema);
	if (needs_moment)
		note_moment(schema);
}

/*
 * note_moment reads the moment that was written.  No other transaction can change it before this one
 * ends.
 */
static void
note_moment(Oid schema)
{
	static const FlisTableShape shape = {"flis_generation", 1, {{"changed_at", TIMESTAMPTZOID}}};
	bool isnull = true;
	FlisScan scan;

	flis_scan_begin(&scan, &shape, schema, SnapshotSelf, 0, NULL);
	if (flis_scan_next(&scan))
		last_moment.time = DatumGetTimestampTz(flis_scan_value(&scan, 0, &isnull));
	flis_scan_end(&scan);
	if (isnull)
		elog(ERROR, "flis_generation has no moment");
	last_moment.subtransaction = GetCurrentSubTransactionId();
	last_moment.transaction = FLIS_LOCAL_XID;
	if (!callback_registered)
		RegisterSubXactCallback(on_subtransaction, NULL);
	callback_registered = true;
}

/*
 * on_subtransaction forgets a moment that a rollback to a savepoint takes back.  A subtransaction that
 * begins later has a greater number, so those within the one that ends have its number or greater ones.
 */
static void
on_subtransaction(SubXactEvent event, SubTransactionId subtransaction, SubTransactionId parent,
				  void *arg)
{
	if (event == SUBXACT_EVENT_ABORT_SUB && last_moment.subtransaction >= subtransaction)
		last_moment.transaction = InvalidLocalTransactionId;
}

/*
 * generation_table returns flis_generation in the extension's schema, or raises 55000.
 */
static Oid
generation_table(Oid schema)
{
	Oid table = get_relname_relid("flis_generation", schema);

	if (!OidIsValid(table))
		flis_raise_missing_table("flis_generation");
	return table;
}

/*
 * flis_open_internal opens a table of the extension's schema for writing, or raises 55000.  The caller
 * closes it with table_close().
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
 * flis_write_as_owner executes the statement "verb table rest" on an open table with the privileges of
 * the table's owner, and returns the number of rows written.  No parameter may be NULL.
 *
 * The statement is parsed with the caller's search_path: each function and operator in it must name
 * its schema, also those that IS DISTINCT FROM, NULLIF, CASE and IN look up.
 */
uint64
flis_write_as_owner(Relation table, const char *verb, const char *rest, int nargs, const Oid *types,
					const Datum *values)
{
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext context =
		AllocSetContextCreate(caller, "flis run as owner", ALLOCSET_SMALL_SIZES);
	const char *command;
	Oid user;
	int security_context;
	volatile uint64 written = 0;

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
	writes_as_owner++;
	PG_TRY();
	{
		written = execute_plan(plan_statement(table, command, nargs, types), command,
							   parameters_of(nargs, types, values));
	}
	PG_FINALLY();
	{
		writes_as_owner--;
	}
	PG_END_TRY();
	PopActiveSnapshot();
	CommandCounterIncrement();
	SetUserIdAndSecContext(user, security_context);
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(context);
	return written;
}

/*
 * flis_insert_as_owner inserts a row into an open table with the privileges of the table's owner, as
 * INSERT does, but without rules and statement triggers.  It raises 55000 if the table is not a plain
 * table.
 */
void
flis_insert_as_owner(Relation table, Datum *values, bool *nulls)
{
	EState *state = CreateExecutorState();
	ResultRelInfo *target = makeNode(ResultRelInfo);
	TupleTableSlot *slot = ExecInitExtraTupleSlot(state, RelationGetDescr(table), &TTSOpsVirtual);
	Oid user;
	int security_context;

	if (table->rd_rel->relkind != RELKIND_RELATION || flis_is_distributed(RelationGetRelid(table)))
		flis_raise_missing_table(RelationGetRelationName(table));
	memcpy(slot->tts_values, values, RelationGetDescr(table)->natts * sizeof(Datum));
	memcpy(slot->tts_isnull, nulls, RelationGetDescr(table)->natts * sizeof(bool));
	ExecStoreVirtualTuple(slot);
	InitResultRelInfo(target, table, 0, NULL, 0);
	ExecOpenIndices(target, false);

	GetUserIdAndSecContext(&user, &security_context);
	SetUserIdAndSecContext(table->rd_rel->relowner,
						   security_context | SECURITY_LOCAL_USERID_CHANGE);
	writes_as_owner++;
	PG_TRY();
	{
		AfterTriggerBeginQuery();
		ExecSimpleRelationInsert(target, state, slot);
		AfterTriggerEndQuery(state);
	}
	PG_FINALLY();
	{
		writes_as_owner--;
	}
	PG_END_TRY();
	SetUserIdAndSecContext(user, security_context);

	ExecCloseIndices(target);
	ExecCloseResultRelations(state);
	ExecResetTupleTable(state->es_tupleTable, false);
	FreeExecutorState(state);
	CommandCounterIncrement();
}

/*
 * plan_statement plans a statement.  It raises 55000 if the statement would write another table.
 */
static PlannedStmt *
plan_statement(Relation table, const char *command, int nargs, const Oid *types)
{
	RawStmt *statement = linitial_node(RawStmt, pg_parse_query(command));
	List *queries = pg_analyze_and_rewrite_fixedparams(statement, command, types, nargs, NULL);
	Query *query = list_length(queries) == 1 ? linitial_node(Query, queries) : NULL;

	if (query == NULL || query->resultRelation == 0 ||
		rt_fetch(query->resultRelation, query->rtable)->relid != RelationGetRelid(table))
		ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
						errmsg("table \"%s\" of extension flis was altered",
							   RelationGetRelationName(table)),
						errdetail("Its schema was renamed just now, or the table has a rule."),
						errhint("Drop the rule if there is one, and try again.")));
	return FLIS_PLAN_QUERY(query, command);
}

/*
 * execute_plan executes a plan under the active snapshot and returns the number of rows written.
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
