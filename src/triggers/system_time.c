/*
 * system_time.c
 *		The triggers that record from when to when each version of a reference row was known, which
 *		SQL:2011 calls system versioning.
 *
 * A row in use has the time from which it is known in system_from, and the role that wrote it in
 * written_by.  When a transaction changes or deletes the row, the old version is added to the history
 * table, with the time at which it ended and the role that ended it.  All rows that a transaction writes
 * get the same time, flis_moment, so that times have the order of the transactions.
 *
 * A row that is inserted with a system_from is being restored, not written: it keeps that time, and no
 * trigger treats it as a change.  Replication brings rows and history as they are in the other database.
 */
#include "triggers/system_time.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"

#include "base/compat.h"
#include "cache/known_at.h"
#include "cache/scan.h"
#include "triggers/generation_write.h"
#include "triggers/trigger.h"

const char *const flis_system_columns[FLIS_SYSTEM_COLUMNS] = {"system_from", "written_by"};

/* The latest time that the current transaction gave a row. */
static struct
{
	LocalTransactionId transaction;
	TimestampTz time;
} latest;

/* The columns behind the key in the shape of a history table. */
typedef enum VersionColumn
{
	VERSION_FROM,
	VERSION_UNTIL
} VersionColumn;

static HeapTuple stamp_insert(TriggerData *trigger);
static HeapTuple stamp_update(TriggerData *trigger);
static HeapTuple stamped(Relation relation, HeapTuple row, TimestampTz from);
static HeapTuple unstamped(const TriggerData *trigger);
static void check_restored(const TriggerData *trigger, TimestampTz from);
static TimestampTz stamp_of(Relation relation, HeapTuple row, const char *column, bool *isnull);
static bool is_of_transaction(TimestampTz from);
static bool wrote(HeapTuple row, TimestampTz from);
static TimestampTz last_end(const TriggerData *trigger, HeapTuple row);
static const char *history_of(Relation relation);
static const char *history_end(Relation relation);
static FlisTableShape version_shape(const TriggerData *trigger, const char *table);
static TimestampTz version_time(FlisScan *scan, VersionColumn column);
static TimestampTz end_of(Relation relation, HeapTuple row);
static void keep_row(const TriggerData *trigger);
static void check_unchanged(const TriggerData *trigger);
static void keep_all(Relation relation);
static void add_version(Relation relation, HeapTuple row, TimestampTz from);
static void copy_columns(Relation relation, HeapTuple row, Relation history, Datum *values,
						 bool *nulls);
static void check_version(const TriggerData *trigger);
static bool is_forgotten(const TriggerData *trigger);
static Datum writer(void);
pg_noreturn static void refuse_version(const TriggerData *trigger, const char *what);
pg_noreturn static void overlaps(const TriggerData *trigger, HeapTuple row);

/*
 * flis_stamp, a trigger before each row that is inserted or updated, sets system_from and written_by.
 * It raises 42501 if a role that doesn't own the table sets system_from, and 23P01 if a restored row
 * begins before the last version of its key ended.  Arguments: the columns of the key.
 */
PG_FUNCTION_INFO_V1(flis_stamp);
Datum
flis_stamp(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = flis_trigger_of(fcinfo, 1);

	flis_check_before_row(trigger);
	flis_column_of(trigger->tg_relation, "system_from", TIMESTAMPTZOID);
	flis_column_of(trigger->tg_relation, "written_by", TEXTOID);
	if (TRIGGER_FIRED_BY_DELETE(trigger->tg_event))
		return PointerGetDatum(trigger->tg_trigtuple);
	return PointerGetDatum(TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) ? stamp_update(trigger)
																	  : stamp_insert(trigger));
}

/*
 * flis_keep_version, a trigger after each row that is updated or deleted and before TRUNCATE, adds the
 * versions that end to the history.
 */
PG_FUNCTION_INFO_V1(flis_keep_version);
Datum
flis_keep_version(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = flis_trigger_of(fcinfo, 0);

	if (TRIGGER_FIRED_FOR_ROW(trigger->tg_event))
		flis_check_after_row(trigger);
	if (flis_is_replicating() || flis_is_in_extension_script())
		return PointerGetDatum(NULL);
	if (!TRIGGER_FIRED_FOR_ROW(trigger->tg_event))
		keep_all(trigger->tg_relation);
	else if (!TRIGGER_FIRED_BY_INSERT(trigger->tg_event))
		keep_row(trigger);
	return PointerGetDatum(NULL);
}

/*
 * flis_append_only, a trigger before each row that changes a history table and before TRUNCATE, raises
 * 23001, except for an INSERT and for the DELETE of a version that flis_forget() has forgotten, and
 * 23P01 for a version that overlaps another one of its key.  Arguments: the columns of the key.
 */
PG_FUNCTION_INFO_V1(flis_append_only);
Datum
flis_append_only(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = flis_trigger_of(fcinfo, 1);

	if (history_end(trigger->tg_relation) == NULL)
		flis_misplaced(trigger, "It must be a trigger of a history table.");
	if (TRIGGER_FIRED_BY_TRUNCATE(trigger->tg_event))
	{
		if (flis_is_replicating())
			return PointerGetDatum(NULL);
		refuse_version(trigger, "cannot truncate table");
	}
	flis_check_before_row(trigger);
	flis_generation_hold(RelationGetNamespace(trigger->tg_relation));
	if (!flis_is_replicating())
	{
		if (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event))
			refuse_version(trigger, "cannot update a row of table");
		if (TRIGGER_FIRED_BY_DELETE(trigger->tg_event) && !is_forgotten(trigger))
			refuse_version(trigger, "cannot delete a row of table");
		if (TRIGGER_FIRED_BY_INSERT(trigger->tg_event) && !flis_is_own_write())
			check_version(trigger);
	}
	return PointerGetDatum(flis_row_of(trigger));
}

/*
 * flis_is_written tells whether a row is written by this transaction or by replication; false for a row
 * that is restored, shipped or left unchanged.
 */
bool
flis_is_written(Relation relation, HeapTuple row)
{
	TimestampTz from;
	bool isnull;

	if (flis_is_replicating())
		return true;
	if (flis_is_in_extension_script())
		return false;
	from = stamp_of(relation, row, "system_from", &isnull);
	return isnull || is_of_transaction(from);
}

/*
 * flis_time_of_change returns the time from which a change is known, in a trigger after the row.
 */
TimestampTz
flis_time_of_change(const TriggerData *trigger)
{
	Relation relation = trigger->tg_relation;
	TimestampTz from;
	bool isnull;

	if (TRIGGER_FIRED_BY_DELETE(trigger->tg_event))
		return end_of(relation, trigger->tg_trigtuple);
	from = stamp_of(relation, flis_row_of(trigger), "system_from", &isnull);
	return TIMESTAMP_NOT_FINITE(from) ? flis_moment(RelationGetNamespace(relation)) : from;
}

/*
 * stamp_insert returns the row to be inserted: one that is written gets its time, one that is restored
 * or replicated keeps it.
 */
static HeapTuple
stamp_insert(TriggerData *trigger)
{
	Relation relation = trigger->tg_relation;
	HeapTuple row = trigger->tg_trigtuple;
	TimestampTz from;
	bool isnull;

	from = stamp_of(relation, row, "system_from", &isnull);
	if (flis_is_in_extension_script())
		return stamped(relation, row, DT_NOBEGIN);
	if (!isnull && flis_is_replicating())
		return row;
	if (!isnull && !is_of_transaction(from))
	{
		check_restored(trigger, from);
		return row;
	}
	from = flis_moment(RelationGetNamespace(relation));
	return stamped(relation, row, Max(from, last_end(trigger, row)));
}

/*
 * stamp_update returns the row as it is to be updated: with a new time, if it changes.
 */
static HeapTuple
stamp_update(TriggerData *trigger)
{
	Relation relation = trigger->tg_relation;
	HeapTuple row = trigger->tg_newtuple;
	TimestampTz moment;
	TimestampTz from;
	TimestampTz wanted;
	bool isnull;

	if (flis_is_replicating())
		return row;
	if (flis_is_in_extension_script() ||
		flis_is_unchanged_but(relation, trigger->tg_trigtuple, row, flis_system_columns,
							  FLIS_SYSTEM_COLUMNS))
		return unstamped(trigger);

	moment = flis_moment(RelationGetNamespace(relation));
	from = stamp_of(relation, trigger->tg_trigtuple, "system_from", &isnull);
	wanted = stamp_of(relation, row, "system_from", &isnull);
	if (!isnull && wanted != from && wanted < moment &&
		!has_privs_of_role(GetUserId(), relation->rd_rel->relowner))
		ereport(ERROR, (errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
						errmsg("permission denied to set column \"%s\" of table \"%s\"",
							   "system_from", RelationGetRelationName(relation)),
						errhint("Leave the column out: it is filled in.")));
	if (!wrote(trigger->tg_trigtuple, from) && !TIMESTAMP_NOT_FINITE(from))
		from++;
	/* The versions in the history ended before a row that has a time and keeps its key. */
	if (TIMESTAMP_NOT_FINITE(from) || !flis_is_same_key(trigger))
		from = Max(from, last_end(trigger, row));
	return stamped(relation, row, Max(moment, from));
}

/*
 * stamped returns a row with system_from and written_by set.  A row of the extension, which begins at
 * -infinity, has no writer.
 */
static HeapTuple
stamped(Relation relation, HeapTuple row, TimestampTz from)
{
	int columns[FLIS_SYSTEM_COLUMNS] = {flis_column_of(relation, "system_from", TIMESTAMPTZOID),
										flis_column_of(relation, "written_by", TEXTOID)};
	bool is_shipped = TIMESTAMP_IS_NOBEGIN(from);
	Datum values[FLIS_SYSTEM_COLUMNS] = {TimestampTzGetDatum(from), writer()};
	bool nulls[FLIS_SYSTEM_COLUMNS] = {false, is_shipped};

	latest.time = latest.transaction == FLIS_LOCAL_XID ? Max(latest.time, from) : from;
	latest.transaction = FLIS_LOCAL_XID;
	return heap_modify_tuple_by_cols(row, RelationGetDescr(relation), FLIS_SYSTEM_COLUMNS, columns,
									 values, nulls);
}

/*
 * unstamped returns the new row of an update with the system_from and written_by of the old one.
 */
static HeapTuple
unstamped(const TriggerData *trigger)
{
	Relation relation = trigger->tg_relation;
	int columns[FLIS_SYSTEM_COLUMNS];
	Datum values[FLIS_SYSTEM_COLUMNS];
	bool nulls[FLIS_SYSTEM_COLUMNS];

	for (int i = 0; i < FLIS_SYSTEM_COLUMNS; i++)
	{
		columns[i] = flis_column_of(relation, flis_system_columns[i], InvalidOid);
		values[i] =
			heap_getattr(trigger->tg_trigtuple, columns[i], RelationGetDescr(relation), &nulls[i]);
	}
	return heap_modify_tuple_by_cols(trigger->tg_newtuple, RelationGetDescr(relation),
									 FLIS_SYSTEM_COLUMNS, columns, values, nulls);
}

/*
 * check_restored raises 42501 unless the role may restore rows of the table, and 23P01 if the last
 * version of the row's key ended after the row begins.
 */
static void
check_restored(const TriggerData *trigger, TimestampTz from)
{
	Relation relation = trigger->tg_relation;

	if (!has_privs_of_role(GetUserId(), relation->rd_rel->relowner))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied to set column \"%s\" of table \"%s\"", "system_from",
						RelationGetRelationName(relation)),
				 errdetail("A row with its own \"system_from\" is being restored, which is for "
						   "the owner of the table."),
				 errhint("Leave the column out: it is filled in.")));
	if (last_end(trigger, trigger->tg_trigtuple) > from)
		overlaps(trigger, trigger->tg_trigtuple);
}

/*
 * stamp_of returns a time of a row, -infinity for NULL.
 */
static TimestampTz
stamp_of(Relation relation, HeapTuple row, const char *column, bool *isnull)
{
	Datum value = flis_value_of(relation, row, column, TIMESTAMPTZOID, isnull);

	return *isnull ? DT_NOBEGIN : DatumGetTimestampTz(value);
}

/*
 * is_of_transaction tells whether a time was given to a row by this transaction: its moment, or a later
 * time that was necessary because the clock was set back.
 */
static bool
is_of_transaction(TimestampTz from)
{
	TimestampTz moment;

	if (!flis_has_moment(&moment))
		return false;
	return from == moment ||
		   (latest.transaction == FLIS_LOCAL_XID && from > moment && from <= latest.time);
}

/*
 * wrote tells whether this transaction wrote a row of the table.  A row that was restored or replicated
 * from a database whose clock is ahead may have a time that is_of_transaction takes for its own.
 */
static bool
wrote(HeapTuple row, TimestampTz from)
{
	return is_of_transaction(from) &&
		   TransactionIdIsCurrentTransactionId(HeapTupleHeaderGetXmin(row->t_data));
}

/*
 * last_end returns the time at which the last version of a row's key ended; -infinity if there is none.
 */
static TimestampTz
last_end(const TriggerData *trigger, HeapTuple row)
{
	const char *history = history_of(trigger->tg_relation);
	TimestampTz end = DT_NOBEGIN;
	FlisTableShape shape;
	Datum values[FLIS_MAX_KEYS];
	FlisScan scan;

	if (history == NULL)
		return end;
	shape = version_shape(trigger, history);
	flis_key_values(trigger, row, values);
	flis_scan_begin(&scan, &shape, RelationGetNamespace(trigger->tg_relation), SnapshotSelf,
					trigger->tg_trigger->tgnargs, values);
	while (flis_scan_next(&scan))
		end = Max(end, version_time(&scan, VERSION_UNTIL));
	flis_scan_end(&scan);
	return end;
}

/*
 * history_of returns the name of a table's history; NULL if it has none.
 */
static const char *
history_of(Relation relation)
{
	const char *name = psprintf("%s_history", RelationGetRelationName(relation));

	return OidIsValid(get_relname_relid(name, RelationGetNamespace(relation))) ? name : NULL;
}

/*
 * history_end returns the place of the suffix "_history" in a table's name; NULL if it hasn't that
 * suffix.
 */
static const char *
history_end(Relation relation)
{
	static const char end[] = "_history";
	const char *name = RelationGetRelationName(relation);
	Size length = strlen(name);

	if (length < sizeof(end) || strcmp(name + length - (sizeof(end) - 1), end) != 0)
		return NULL;
	return name + length - (sizeof(end) - 1);
}

/*
 * version_shape makes the shape of a history table: the columns of the trigger's key, and the two times.
 */
static FlisTableShape
version_shape(const TriggerData *trigger, const char *table)
{
	FlisTableShape shape = flis_key_shape(trigger, table);

	shape.columns[shape.ncolumns].name = "system_from";
	shape.columns[shape.ncolumns++].type = TIMESTAMPTZOID;
	shape.columns[shape.ncolumns].name = "system_until";
	shape.columns[shape.ncolumns++].type = TIMESTAMPTZOID;
	return shape;
}

/*
 * version_time returns a time of the current version, -infinity for NULL.
 */
static TimestampTz
version_time(FlisScan *scan, VersionColumn column)
{
	bool isnull;
	Datum value = flis_scan_value(scan, scan->shape->ncolumns - 2 + column, &isnull);

	return isnull ? DT_NOBEGIN : DatumGetTimestampTz(value);
}

/*
 * end_of returns the time at which this transaction ends a version: its moment, or just after the
 * version began if the clock was set back.
 */
static TimestampTz
end_of(Relation relation, HeapTuple row)
{
	bool isnull;
	TimestampTz from = stamp_of(relation, row, "system_from", &isnull);
	TimestampTz moment = flis_moment(RelationGetNamespace(relation));

	return TIMESTAMP_NOT_FINITE(from) ? moment : Max(moment, from + 1);
}

/*
 * keep_row adds the version that an update or a delete ends to the history.
 *
 * A row of the extension, known from -infinity, may have come with an update of it after a user had
 * deleted one of its key.  Its version begins when that one ended, so that versions don't overlap.
 */
static void
keep_row(const TriggerData *trigger)
{
	Relation relation = trigger->tg_relation;
	HeapTuple row = trigger->tg_trigtuple;
	bool isnull;
	TimestampTz from = stamp_of(relation, row, "system_from", &isnull);

	if (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) &&
		from == stamp_of(relation, trigger->tg_newtuple, "system_from", &isnull))
		check_unchanged(trigger);
	else
		add_version(relation, row, TIMESTAMP_IS_NOBEGIN(from) ? last_end(trigger, row) : from);
}

/*
 * check_unchanged raises 55000 if an update in which flis_stamp found no change has changed a column
 * that the history has: a trigger with a greater name changed the row later.
 */
static void
check_unchanged(const TriggerData *trigger)
{
	Relation relation = trigger->tg_relation;
	TupleDesc descriptor = RelationGetDescr(relation);
	const char **uncounted = palloc((descriptor->natts + FLIS_SYSTEM_COLUMNS) * sizeof(char *));
	int n = FLIS_SYSTEM_COLUMNS;
	Relation history;
	bool isnull;

	if (wrote(trigger->tg_trigtuple,
			  stamp_of(relation, trigger->tg_trigtuple, "system_from", &isnull)))
		return;
	memcpy(uncounted, flis_system_columns, sizeof(flis_system_columns));
	history = flis_open_internal(RelationGetNamespace(relation),
								 psprintf("%s_history", RelationGetRelationName(relation)));
	for (int i = 0; i < descriptor->natts; i++)
	{
		const char *column = NameStr(TupleDescAttr(descriptor, i)->attname);

		if (SPI_fnumber(RelationGetDescr(history), column) <= 0)
			uncounted[n++] = column;
	}
	table_close(history, NoLock);
	if (!flis_is_unchanged_but(relation, trigger->tg_trigtuple, trigger->tg_newtuple, uncounted, n))
		ereport(
			ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("row of table \"%s\" with key \"%s\" was changed by a trigger after "
					"\"flis_stamp\"",
					RelationGetRelationName(relation), flis_key_of(trigger, trigger->tg_trigtuple)),
			 errdetail("Triggers fire in the order of their names, and this change has no "
					   "\"system_from\"."),
			 errhint("Give your BEFORE trigger a name that sorts before \"flis\".")));
}

/*
 * keep_all adds all rows of a table that will be truncated to the history.
 */
static void
keep_all(Relation relation)
{
	SysScanDesc scan = systable_beginscan(relation, InvalidOid, false, SnapshotSelf, 0, NULL);
	HeapTuple row;
	bool isnull;

	while (HeapTupleIsValid(row = systable_getnext(scan)))
	{
		CHECK_FOR_INTERRUPTS();
		add_version(relation, row, stamp_of(relation, row, "system_from", &isnull));
	}
	systable_endscan(scan);
}

/*
 * add_version adds a version that began at a time and ends now to the history of its table, unless this
 * transaction wrote it: of the versions of one transaction only the last one counts.
 */
static void
add_version(Relation relation, HeapTuple row, TimestampTz from)
{
	TimestampTz ends = end_of(relation, row);
	Relation history;
	Datum *values;
	bool *nulls;
	int column;

	if (wrote(row, from) || from >= ends)
		return;
	history = flis_open_internal(RelationGetNamespace(relation),
								 psprintf("%s_history", RelationGetRelationName(relation)));
	values = palloc0(RelationGetDescr(history)->natts * sizeof(Datum));
	nulls = palloc(RelationGetDescr(history)->natts * sizeof(bool));
	memset(nulls, true, RelationGetDescr(history)->natts * sizeof(bool));
	copy_columns(relation, row, history, values, nulls);
	column = flis_column_of(history, "system_from", TIMESTAMPTZOID);
	values[column - 1] = TimestampTzGetDatum(from);
	column = flis_column_of(history, "system_until", TIMESTAMPTZOID);
	values[column - 1] = TimestampTzGetDatum(ends);
	nulls[column - 1] = false;
	column = flis_column_of(history, "ended_by", TEXTOID);
	values[column - 1] = writer();
	nulls[column - 1] = false;
	flis_insert_as_owner(history, values, nulls);
	table_close(history, NoLock);
}

/*
 * copy_columns fills in the columns of a history table from a row, by name.  A column that a user added
 * only to the table has no history, and one that only the history has is NULL.  What the caller fills in
 * is no column of the row, even if a user has added one of the same name.
 */
static void
copy_columns(Relation relation, HeapTuple row, Relation history, Datum *values, bool *nulls)
{
	TupleDesc descriptor = RelationGetDescr(relation);

	for (int i = 0; i < descriptor->natts; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(descriptor, i);
		const char *name = NameStr(attribute->attname);
		int column;

		if (attribute->attisdropped || SPI_fnumber(RelationGetDescr(history), name) <= 0 ||
			strcmp(name, "system_until") == 0 || strcmp(name, "ended_by") == 0)
			continue;
		column = flis_column_of(history, name, attribute->atttypid);
		values[column - 1] = heap_getattr(row, i + 1, descriptor, &nulls[column - 1]);
	}
}

/*
 * check_version raises 23P01 if a version that is inserted overlaps another one of its key, or the row
 * in use, unless that is one of the extension.
 */
static void
check_version(const TriggerData *trigger)
{
	Relation history = trigger->tg_relation;
	FlisTableShape shape = version_shape(trigger, RelationGetRelationName(history));
	Datum values[FLIS_MAX_KEYS];
	bool isnull;
	TimestampTz from = stamp_of(history, trigger->tg_trigtuple, "system_from", &isnull);
	TimestampTz until = stamp_of(history, trigger->tg_trigtuple, "system_until", &isnull);
	FlisScan scan;

	flis_key_values(trigger, trigger->tg_trigtuple, values);
	flis_scan_begin(&scan, &shape, RelationGetNamespace(history), SnapshotSelf,
					trigger->tg_trigger->tgnargs, values);
	while (flis_scan_next(&scan))
		if (version_time(&scan, VERSION_FROM) < until && version_time(&scan, VERSION_UNTIL) > from)
			overlaps(trigger, trigger->tg_trigtuple);
	flis_scan_end(&scan);

	shape.table = pnstrdup(RelationGetRelationName(history),
						   history_end(history) - RelationGetRelationName(history));
	shape.ncolumns--;
	flis_scan_begin(&scan, &shape, RelationGetNamespace(history), SnapshotSelf,
					trigger->tg_trigger->tgnargs, values);
	while (flis_scan_next(&scan))
	{
		Datum begins = flis_scan_value(&scan, shape.ncolumns - 1, &isnull);

		if (!isnull && !TIMESTAMP_IS_NOBEGIN(DatumGetTimestampTz(begins)) &&
			DatumGetTimestampTz(begins) < until)
			overlaps(trigger, trigger->tg_trigtuple);
	}
	flis_scan_end(&scan);
}

/*
 * is_forgotten tells whether a version ended by a time that flis_forget() was called with.
 */
static bool
is_forgotten(const TriggerData *trigger)
{
	Relation history = trigger->tg_relation;
	TimestampTz before = flis_forgotten_before(RelationGetNamespace(history), SnapshotSelf);
	bool isnull;

	return !TIMESTAMP_IS_NOBEGIN(before) &&
		   stamp_of(history, trigger->tg_trigtuple, "system_until", &isnull) <= before;
}

/*
 * writer returns the name of the session user, which SECURITY DEFINER and SET ROLE don't change.
 */
static Datum
writer(void)
{
	return CStringGetTextDatum(GetUserNameFromId(GetSessionUserId(), false));
}

static void
refuse_version(const TriggerData *trigger, const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_RESTRICT_VIOLATION),
			 errmsg("%s \"%s\"", what, RelationGetRelationName(trigger->tg_relation)),
			 errdetail("The history of a reference table is append-only."),
			 errhint("The owner forgets old versions by: SELECT flis_forget('2020-01-01');")));
}

/*
 * overlaps raises 23P01 for a row or version that overlaps a version of its key.
 */
static void
overlaps(const TriggerData *trigger, HeapTuple row)
{
	ereport(
		ERROR,
		(errcode(ERRCODE_EXCLUSION_VIOLATION),
		 errmsg("row of table \"%s\" with key \"%s\" overlaps another version",
				RelationGetRelationName(trigger->tg_relation), flis_key_of(trigger, row)),
		 errdetail("A row in use begins when the last version in the history ends or later, and "
				   "versions don't overlap."),
		 errhint("Restore the table and its history from the same dump.")));
}
