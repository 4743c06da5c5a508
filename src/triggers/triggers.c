/*
 * triggers.c
 *		What keeps the reference tables true: a new generation for each change, and shipped rows that
 *		neither a user, nor a restore, nor an upgrade can lose.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "commands/extension.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "storage/lmgr.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "base/compat.h"
#include "base/iso_date.h"
#include "cache/generation.h"
#include "cache/scan.h"
#include "triggers/generation_write.h"
#include "triggers/triggers.h"

static HeapTuple row_of(const TriggerData *trigger);
static HeapTuple keep_shipped(TriggerData *trigger);
static HeapTuple ship(TriggerData *trigger, const char *key);
static bool is_among(const char *name, const char *const *names, int n);
static HeapTuple marked(Relation relation, HeapTuple row, bool shipped);
static bool is_shipped(Relation relation, HeapTuple row);
static bool was_shipped(Relation relation, const char *key);
static bool replace_shipped(TriggerData *trigger, HeapTuple row);
static void note_shipped(Relation relation, const char *key);
static void forget_shipped(Relation relation, const char *key);
static int execute_with_key(Relation relation, const char *key, const char *command);
static int execute(const char *command, int nargs, Oid *types, Datum *values);
pg_noreturn static void misplaced(const TriggerData *trigger, const char *detail);
pg_noreturn static void refuse(Relation relation, const char *what);

/*
 * flis_new_generation, a trigger before each statement and row that changes a reference table, draws
 * a new value for flis_generation where the last one no longer serves.  As a trigger after the
 * statement it only notes that the change is complete.
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
	 * An old snapshot sees no rows in a truncated table: wait for whoever has answered from rows kept
	 * from before, and so holds a lock on the generation.  Replication's apply fires no statement
	 * triggers: there the rows of a transaction are one change.
	 */
	if (TRIGGER_FIRED_BY_TRUNCATE(trigger->tg_event))
		LockRelationOid(flis_generation_table(schema), AccessExclusiveLock);
	else if (for_statement || !flis_change_in_progress())
		flis_change_begins();

	if (flis_generation_needs_write(schema))
		flis_generation_write(schema);
	return PointerGetDatum(for_statement ? NULL : row_of(trigger));
}

/*
 * flis_keep_shipped, a trigger before each row that changes a table with shipped rows and before
 * TRUNCATE, keeps what the extension brought apart from what users wrote.
 */
PG_FUNCTION_INFO_V1(flis_keep_shipped);
Datum
flis_keep_shipped(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = flis_trigger_of(fcinfo, 0);
	HeapTuple row;

	if (TRIGGER_FIRED_FOR_STATEMENT(trigger->tg_event))
		refuse(trigger->tg_relation, "cannot truncate table");
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	row = keep_shipped(trigger);
	if (row != NULL && row != row_of(trigger))
		row = SPI_copytuple(row);
	SPI_finish();
	return PointerGetDatum(row);
}

/*
 * flis_trigger_of finds what a trigger is fired for, and complains if it has fewer arguments than it
 * needs.
 */
TriggerData *
flis_trigger_of(FunctionCallInfo fcinfo, int nargs)
{
	TriggerData *trigger = (TriggerData *) fcinfo->context;

	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR, (errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
						errmsg("function \"%s\" must be called as a trigger",
							   get_func_name(fcinfo->flinfo->fn_oid))));
	if (trigger->tg_trigger->tgnargs < nargs)
		misplaced(trigger, psprintf("It needs %d arguments.", nargs));
	return trigger;
}

/*
 * flis_check_after_row complains of a trigger that isn't fired after a row.
 */
void
flis_check_after_row(const TriggerData *trigger)
{
	if (!TRIGGER_FIRED_AFTER(trigger->tg_event) || !TRIGGER_FIRED_FOR_ROW(trigger->tg_event))
		misplaced(trigger, "It must be an AFTER trigger FOR EACH ROW.");
}

static void
misplaced(const TriggerData *trigger, const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
			 errmsg("trigger \"%s\" of table \"%s\" is not as extension flis creates it",
					trigger->tg_trigger->tgname, RelationGetRelationName(trigger->tg_relation)),
			 errdetail("%s", detail),
			 errhint("Drop the trigger; the extension's tables have theirs.")));
}

/*
 * row_of finds the row as the change would leave it, or the one that it would delete.
 */
static HeapTuple
row_of(const TriggerData *trigger)
{
	return TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) ? trigger->tg_newtuple
													  : trigger->tg_trigtuple;
}

/*
 * keep_shipped decides on one row: returns what is to be written, or NULL for nothing.
 */
static HeapTuple
keep_shipped(TriggerData *trigger)
{
	Relation relation = trigger->tg_relation;
	HeapTuple row = row_of(trigger);
	char *key = flis_key_of(trigger, trigger->tg_trigtuple);

	if (flis_is_in_extension_script())
		return ship(trigger, key);

	/* Replication brings rows as they are elsewhere, in place of the ones that were shipped here. */
	if (SessionReplicationRole == SESSION_REPLICATION_ROLE_REPLICA)
		return TRIGGER_FIRED_BY_INSERT(trigger->tg_event) && replace_shipped(trigger, row) ? NULL
																						   : row;

	if (TRIGGER_FIRED_BY_DELETE(trigger->tg_event))
	{
		if (was_shipped(relation, key))
			refuse(relation, "cannot delete a shipped row of table");
		return row;
	}

	if (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event))
	{
		if (flis_is_unchanged(relation, trigger->tg_trigtuple, row))
			return row;
		if (strcmp(key, flis_key_of(trigger, row)) != 0 && was_shipped(relation, key))
			refuse(relation, "cannot change the key of a shipped row of table");
		return marked(relation, row, false);
	}

	row = marked(relation, row, false);
	return flis_is_restore() && replace_shipped(trigger, row) ? NULL : row;
}

/*
 * ship lets the extension's own script write a row, unless a user has made it theirs.  A row that the
 * script deletes will not come back any more, so that its user may delete it too.
 */
static HeapTuple
ship(TriggerData *trigger, const char *key)
{
	Relation relation = trigger->tg_relation;

	if (TRIGGER_FIRED_BY_DELETE(trigger->tg_event))
		forget_shipped(relation, key);
	if (!TRIGGER_FIRED_BY_INSERT(trigger->tg_event) && !is_shipped(relation, trigger->tg_trigtuple))
		return NULL;
	if (TRIGGER_FIRED_BY_DELETE(trigger->tg_event))
		return row_of(trigger);
	note_shipped(relation, key);
	return marked(relation, row_of(trigger), true);
}

/*
 * flis_is_unchanged tells whether two versions of a row hold the same values.
 */
bool
flis_is_unchanged(Relation relation, HeapTuple old_row, HeapTuple new_row)
{
	return flis_is_unchanged_but(relation, old_row, new_row, NULL, 0);
}

/*
 * flis_is_unchanged_but tells whether two versions of a row hold the same values, whatever is in the n
 * columns that don't count.
 */
bool
flis_is_unchanged_but(Relation relation, HeapTuple old_row, HeapTuple new_row,
					  const char *const *uncounted, int n)
{
	TupleDesc descriptor = RelationGetDescr(relation);

	for (int i = 0; i < descriptor->natts; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(descriptor, i);
		bool old_null;
		bool new_null;
		Datum old_value;
		Datum new_value;

		if (attribute->attisdropped || is_among(NameStr(attribute->attname), uncounted, n))
			continue;
		old_value = heap_getattr(old_row, i + 1, descriptor, &old_null);
		new_value = heap_getattr(new_row, i + 1, descriptor, &new_null);
		if (old_null != new_null ||
			(!old_null &&
			 !datum_image_eq(old_value, new_value, attribute->attbyval, attribute->attlen)))
			return false;
	}
	return true;
}

static bool
is_among(const char *name, const char *const *names, int n)
{
	for (int i = 0; i < n; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/*
 * marked makes a row shipped or not.
 */
static HeapTuple
marked(Relation relation, HeapTuple row, bool shipped)
{
	int column = flis_column_of(relation, "shipped", BOOLOID);
	Datum value = BoolGetDatum(shipped);
	bool isnull = false;

	return heap_modify_tuple_by_cols(row, RelationGetDescr(relation), 1, &column, &value, &isnull);
}

static bool
is_shipped(Relation relation, HeapTuple row)
{
	bool isnull;
	Datum value = heap_getattr(row, flis_column_of(relation, "shipped", BOOLOID),
							   RelationGetDescr(relation), &isnull);

	return !isnull && DatumGetBool(value);
}

/*
 * was_shipped tells whether the extension brought a row of this key, whoever changed it since.
 */
static bool
was_shipped(Relation relation, const char *key)
{
	return execute_with_key(relation, key,
							"SELECT FROM %s.flis_shipped WHERE reference_table "
							"OPERATOR(pg_catalog.=) $1 AND key OPERATOR(pg_catalog.=) $2") > 0;
}

/*
 * note_shipped notes the key of a row that the extension brings.
 */
static void
note_shipped(Relation relation, const char *key)
{
	execute_with_key(relation, key,
					 "INSERT INTO %s.flis_shipped (reference_table, key) VALUES ($1, $2) "
					 "ON CONFLICT DO NOTHING");
}

/*
 * forget_shipped forgets the key of a row that the extension doesn't bring any more.
 */
static void
forget_shipped(Relation relation, const char *key)
{
	execute_with_key(relation, key,
					 "DELETE FROM %s.flis_shipped WHERE reference_table OPERATOR(pg_catalog.=) $1 "
					 "AND key OPERATOR(pg_catalog.=) $2");
}

/*
 * execute_with_key runs a command on flis_shipped, whose schema it leaves open, for a row's key and
 * counts its rows.
 */
static int
execute_with_key(Relation relation, const char *key, const char *command)
{
	Oid types[2] = {TEXTOID, TEXTOID};
	Datum values[2] = {CStringGetTextDatum(RelationGetRelationName(relation)),
					   CStringGetTextDatum(key)};

	return execute(
		psprintf(command, quote_identifier(get_namespace_name(RelationGetNamespace(relation)))), 2,
		types, values);
}

/*
 * replace_shipped writes a row over the shipped one of the same key; false if there is none.
 */
static bool
replace_shipped(TriggerData *trigger, HeapTuple row)
{
	Relation relation = trigger->tg_relation;
	TupleDesc descriptor = RelationGetDescr(relation);
	Oid type = relation->rd_rel->reltype;
	Datum value = heap_copy_tuple_as_datum(row, descriptor);
	const char *separator = "";
	StringInfoData command;

	initStringInfo(&command);
	appendStringInfo(&command, "UPDATE %s.%s AS t SET ",
					 quote_identifier(get_namespace_name(RelationGetNamespace(relation))),
					 quote_identifier(RelationGetRelationName(relation)));
	for (int i = 0; i < descriptor->natts; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(descriptor, i);
		const char *column;

		if (attribute->attisdropped)
			continue;
		column = quote_identifier(NameStr(attribute->attname));
		appendStringInfo(&command, "%s%s = ($1).%s", separator, column, column);
		separator = ", ";
	}
	appendStringInfoString(&command, " WHERE t.shipped");
	for (int i = 0; i < trigger->tg_trigger->tgnargs; i++)
	{
		const char *column = quote_identifier(trigger->tg_trigger->tgargs[i]);

		appendStringInfo(&command, " AND t.%s OPERATOR(pg_catalog.=) ($1).%s", column, column);
	}
	return execute(command.data, 1, &type, &value) > 0;
}

/*
 * flis_key_of writes down the key of a row: its columns, which are the trigger's arguments, with commas
 * between them, whatever the session's DateStyle.
 */
char *
flis_key_of(const TriggerData *trigger, HeapTuple row)
{
	TupleDesc descriptor = RelationGetDescr(trigger->tg_relation);
	StringInfoData key;

	initStringInfo(&key);
	for (int i = 0; i < trigger->tg_trigger->tgnargs; i++)
	{
		int column =
			flis_column_of(trigger->tg_relation, trigger->tg_trigger->tgargs[i], InvalidOid);
		bool isnull;
		Datum value = heap_getattr(row, column, descriptor, &isnull);

		if (i > 0)
			appendStringInfoChar(&key, ',');
		if (isnull)
			continue;
		if (SPI_gettypeid(descriptor, column) == DATEOID)
			appendStringInfoString(&key, flis_iso_date(DatumGetDateADT(value)));
		else
			appendStringInfoString(&key, SPI_getvalue(row, descriptor, column));
	}
	return key.data;
}

/*
 * flis_column_of finds a column of a reference table by its name, and checks its type; InvalidOid lets
 * any pass.
 */
int
flis_column_of(Relation relation, const char *name, Oid type)
{
	int column = SPI_fnumber(RelationGetDescr(relation), name);

	if (column <= 0 ||
		(OidIsValid(type) && SPI_gettypeid(RelationGetDescr(relation), column) != type))
		flis_raise_altered_table(RelationGetRelationName(relation), name);
	return column;
}

static int
execute(const char *command, int nargs, Oid *types, Datum *values)
{
	if (SPI_execute_with_args(command, nargs, types, values, NULL, false, 0) < 0)
		elog(ERROR, "could not execute \"%s\"", command);
	return (int) SPI_processed;
}

/*
 * flis_is_in_extension_script tells whether the extension's own script runs, for CREATE or for UPDATE.
 */
bool
flis_is_in_extension_script(void)
{
	return creating_extension && CurrentExtensionObject == get_extension_oid("flis", true);
}

/*
 * flis_is_restore tells whether the session restores a dump: each one that pg_dump writes, and no other
 * habit, turns the checking of function bodies off.  Elsewhere a duplicate key stays an error and
 * ON CONFLICT what the user wrote.
 */
bool
flis_is_restore(void)
{
	return !check_function_bodies;
}

static void
refuse(Relation relation, const char *what)
{
	ereport(ERROR, (errcode(ERRCODE_RESTRICT_VIOLATION),
					errmsg("%s \"%s\"", what, RelationGetRelationName(relation)),
					errdetail("What the extension brought would come back with the next restore "
							  "or upgrade."),
					errhint("Set \"retired\" to true: a retired row counts as deleted.")));
}
