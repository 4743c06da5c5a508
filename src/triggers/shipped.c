/*
 * shipped.c
 *		The trigger that distinguishes the rows that the extension brings from those that users write.
 *
 * The column "shipped" is true in a row of the extension that no user has changed; such rows are not
 * dumped.  An update of the extension changes only these, and a restore replaces them by the rows of
 * users.  flis_shipped has the keys of all rows that the extension brought, which users can't delete.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/tableam.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "triggers/generation_write.h"
#include "triggers/system_time.h"
#include "triggers/trigger.h"

static HeapTuple keep_shipped(TriggerData *trigger);
static HeapTuple ship(TriggerData *trigger, const char *key);
static HeapTuple marked(Relation relation, HeapTuple row, bool shipped);
static bool is_shipped(Relation relation, HeapTuple row);
static bool was_shipped(Relation relation, const char *key);
static void delete_shipped(TriggerData *trigger, HeapTuple row);
static void note_shipped(Relation relation, const char *key);
static void forget_shipped(Relation relation, const char *key);
static int execute_with_key(Relation relation, const char *key, const char *command);
pg_noreturn static void refuse(Relation relation, const char *what);

/*
 * flis_keep_shipped, a trigger before each row that changes a table with a column "shipped" and before
 * TRUNCATE, clears "shipped" in a row that a user writes, deletes the shipped row of a key for which a
 * row is restored or replicated, and raises 23001 if a user would delete a row that the extension
 * brought.
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
	if (row != NULL && row != flis_row_of(trigger))
		row = SPI_copytuple(row);
	SPI_finish();
	return PointerGetDatum(row);
}

/*
 * keep_shipped returns the row to be written, or NULL if nothing is.
 */
static HeapTuple
keep_shipped(TriggerData *trigger)
{
	Relation relation = trigger->tg_relation;
	HeapTuple row = flis_row_of(trigger);
	char *key = flis_key_of(trigger, trigger->tg_trigtuple);

	if (flis_is_in_extension_script())
		return ship(trigger, key);

	if (flis_is_replicating())
	{
		if (TRIGGER_FIRED_BY_INSERT(trigger->tg_event))
			delete_shipped(trigger, row);
		return row;
	}

	if (TRIGGER_FIRED_BY_DELETE(trigger->tg_event))
	{
		if (was_shipped(relation, key))
			refuse(relation, "cannot delete a shipped row of table");
		return row;
	}

	if (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event))
	{
		if (flis_is_unchanged_but(relation, trigger->tg_trigtuple, row, flis_system_columns,
								  FLIS_SYSTEM_COLUMNS))
			return row;
		if (strcmp(key, flis_key_of(trigger, row)) != 0 && was_shipped(relation, key))
			refuse(relation, "cannot change the key of a shipped row of table");
		return marked(relation, row, false);
	}

	if (!flis_is_written(relation, row))
		delete_shipped(trigger, row);
	return marked(relation, row, false);
}

/*
 * ship returns the row that the extension's script is to write, or NULL if a user has changed the row
 * in the table.  If the script deletes a row its key is forgotten, so that users may delete theirs.
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
		return flis_row_of(trigger);
	note_shipped(relation, key);
	return marked(relation, flis_row_of(trigger), true);
}

/*
 * marked returns a row with its column "shipped" set.
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
	Datum value = flis_value_of(relation, row, "shipped", BOOLOID, &isnull);

	return !isnull && DatumGetBool(value);
}

/*
 * delete_shipped deletes the shipped row that has the key of a row to be inserted.  It fires no
 * triggers, because for users this is one row that changes.  No other transaction can change the row
 * meanwhile, because this one has the row of flis_generation locked.
 */
static void
delete_shipped(TriggerData *trigger, HeapTuple row)
{
	Relation relation = trigger->tg_relation;
	FlisTableShape shape = flis_key_shape(trigger, RelationGetRelationName(relation));
	Datum values[FLIS_MAX_KEYS];
	ItemPointerData place;
	bool found = false;
	FlisScan scan;

	flis_generation_hold(RelationGetNamespace(relation));
	flis_key_values(trigger, row, values);
	flis_scan_begin(&scan, &shape, RelationGetNamespace(relation), SnapshotSelf, shape.ncolumns,
					values);
	if (RelationGetRelid(scan.relation) == RelationGetRelid(relation) && flis_scan_next(&scan) &&
		is_shipped(relation, scan.row))
	{
		place = scan.row->t_self;
		found = true;
	}
	flis_scan_end(&scan);
	if (found)
		simple_table_tuple_delete(relation, &place, GetActiveSnapshot());
}

/*
 * was_shipped tells whether the extension brought a row of a key, whether or not a user has changed it.
 */
static bool
was_shipped(Relation relation, const char *key)
{
	return execute_with_key(relation, key,
							"SELECT FROM %s.flis_shipped WHERE reference_table "
							"OPERATOR(pg_catalog.=) $1 AND key OPERATOR(pg_catalog.=) $2") > 0;
}

/*
 * note_shipped adds the key of a row that the extension brings to flis_shipped.
 */
static void
note_shipped(Relation relation, const char *key)
{
	execute_with_key(relation, key,
					 "INSERT INTO %s.flis_shipped (reference_table, key) VALUES ($1, $2) "
					 "ON CONFLICT DO NOTHING");
}

/*
 * forget_shipped removes the key of a row that the extension no longer brings.
 */
static void
forget_shipped(Relation relation, const char *key)
{
	execute_with_key(relation, key,
					 "DELETE FROM %s.flis_shipped WHERE reference_table OPERATOR(pg_catalog.=) $1 "
					 "AND key OPERATOR(pg_catalog.=) $2");
}

/*
 * execute_with_key executes a command with the table's name and a key as parameters, and returns the
 * number of rows.  "%s" in the command stands for the extension's schema.
 */
static int
execute_with_key(Relation relation, const char *key, const char *command)
{
	Oid types[2] = {TEXTOID, TEXTOID};
	Datum values[2] = {CStringGetTextDatum(RelationGetRelationName(relation)),
					   CStringGetTextDatum(key)};
	char *qualified =
		psprintf(command, quote_identifier(get_namespace_name(RelationGetNamespace(relation))));

	if (SPI_execute_with_args(qualified, 2, types, values, NULL, false, 0) < 0)
		elog(ERROR, "could not execute \"%s\"", qualified);
	return (int) SPI_processed;
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
