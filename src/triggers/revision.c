/*
 * revision.c
 *		Counts the changes of the rows from which a release's event in a calendar is made.
 *
 * An event of a calendar has a number that must rise with each change and never fall, or its readers
 * keep what they have (RFC 5545, SEQUENCE).  Each row of flis_area, flis_channel, flis_rule and
 * flis_release has a count of its own in flis_revision, which outlives the row; the event's number is
 * the sum of those of its rows.  As many rows are counted as are changed, so that a load stays
 * linear, and writers of one row wait for each other as they do for the row.
 */
#include "triggers/revision.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"

#include "cache/scan.h"
#include "triggers/generation_write.h"
#include "triggers/system_time.h"
#include "triggers/trigger.h"

/* What an event doesn't show, in any of the tables. */
static const char *const unshown[] = {"aliases", "basis",  "part_of",	  "position",
									  "shipped", "source", "system_from", "written_by"};

static const FlisTableShape shape = {"flis_revision",
									 4,
									 {{"reference_table", TEXTOID},
									  {"key", TEXTOID},
									  {"revision", INT4OID},
									  {"changed_at", TIMESTAMPTZOID}}};

static void count(Relation relation, const char *key);
static void write_count(Relation table, const char *revision, const Datum *values);
static FlisRevision revision_of(FlisScan *scan);

/*
 * flis_count_revision, a trigger after each row that changes a table and after TRUNCATE, counts a
 * change of what events show.  A restore brings the counts along with the rows; what the extension
 * ships is not counted, because it would be in the way of those.
 */
PG_FUNCTION_INFO_V1(flis_count_revision);
Datum
flis_count_revision(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = flis_trigger_of(fcinfo, 0);
	Relation relation = trigger->tg_relation;
	char *key;

	if (TRIGGER_FIRED_FOR_ROW(trigger->tg_event))
		flis_check_after_row(trigger);
	if (flis_is_in_extension_script() || ((TRIGGER_FIRED_BY_INSERT(trigger->tg_event) ||
										   TRIGGER_FIRED_BY_UPDATE(trigger->tg_event)) &&
										  !flis_is_written(relation, flis_row_of(trigger))))
		return PointerGetDatum(NULL);

	if (TRIGGER_FIRED_FOR_STATEMENT(trigger->tg_event))
	{
		count(relation, "");
		return PointerGetDatum(NULL);
	}
	if (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) &&
		flis_is_unchanged_but(relation, trigger->tg_trigtuple, trigger->tg_newtuple, unshown,
							  lengthof(unshown)))
		return PointerGetDatum(NULL);

	key = flis_key_of(trigger, trigger->tg_trigtuple);
	count(relation, key);
	if (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event))
	{
		char *new_key = flis_key_of(trigger, trigger->tg_newtuple);

		if (strcmp(key, new_key) != 0)
			count(relation, new_key);
	}
	return PointerGetDatum(NULL);
}

/*
 * flis_keep_greater, a trigger in replication before each row of flis_revision, keeps the greater of a count that
 * another database has and the one here: both count, and no count may fall.
 */
PG_FUNCTION_INFO_V1(flis_keep_greater);
Datum
flis_keep_greater(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = flis_trigger_of(fcinfo, 0);
	Relation table = trigger->tg_relation;
	HeapTuple row = flis_row_of(trigger);
	Datum values[4];

	flis_check_before_row(trigger);
	if (flis_is_own_write())
		return PointerGetDatum(row);
	if (TRIGGER_FIRED_BY_DELETE(trigger->tg_event))
		return PointerGetDatum(NULL);
	for (int i = 0; i < shape.ncolumns; i++)
	{
		bool isnull;

		values[i] =
			flis_value_of(table, row, shape.columns[i].name, shape.columns[i].type, &isnull);
		if (isnull)
			return PointerGetDatum(row);
	}
	write_count(table, "greatest(r.revision, excluded.revision)", values);
	return PointerGetDatum(NULL);
}

/*
 * flis_read_revisions reads the changes of all rows of a table, into the current memory context.
 */
FlisRevision *
flis_read_revisions(Oid schema, const char *table, int *n)
{
	Datum key = CStringGetTextDatum(table);
	FlisRevision *rows = NULL;
	FlisScan scan;

	*n = 0;
	flis_scan_begin(&scan, &shape, schema, GetActiveSnapshot(), 1, &key);
	while (flis_scan_next(&scan))
	{
		rows = flis_scan_room(&scan, rows, *n, sizeof(FlisRevision));
		rows[(*n)++] = revision_of(&scan);
	}
	flis_scan_end(&scan);
	return rows;
}

/*
 * flis_read_revision reads the changes of one row.
 */
FlisRevision
flis_read_revision(Oid schema, const char *table, const char *key)
{
	Datum keys[2] = {CStringGetTextDatum(table), CStringGetTextDatum(key)};
	FlisRevision revision = {.changed_at = DT_NOBEGIN};
	FlisScan scan;

	flis_scan_begin(&scan, &shape, schema, GetActiveSnapshot(), 2, keys);
	if (flis_scan_next(&scan))
		revision = revision_of(&scan);
	flis_scan_end(&scan);
	return revision;
}

/*
 * flis_add_revision adds up changes, and keeps the time of the last.
 */
void
flis_add_revision(FlisRevision *sum, const FlisRevision *revision)
{
	sum->revision += revision->revision;
	sum->changed_at = Max(sum->changed_at, revision->changed_at);
}

/*
 * count counts a change of a row.
 */
static void
count(Relation relation, const char *key)
{
	Datum values[4] = {CStringGetTextDatum(RelationGetRelationName(relation)),
					   CStringGetTextDatum(key), Int32GetDatum(1),
					   TimestampTzGetDatum(GetCurrentTransactionStartTimestamp())};
	Relation table = flis_open_internal(RelationGetNamespace(relation), shape.table);

	for (int i = 0; i < shape.ncolumns; i++)
		flis_column_of(table, shape.columns[i].name, shape.columns[i].type);
	write_count(table, "r.revision OPERATOR(pg_catalog.+) 1", values);
	table_close(table, NoLock);
}

/*
 * write_count writes the row of a count, or what an expression makes of it and the count that is there.
 */
static void
write_count(Relation table, const char *revision, const Datum *values)
{
	static const Oid types[4] = {TEXTOID, TEXTOID, INT4OID, TIMESTAMPTZOID};

	flis_write_as_owner(
		table, "INSERT INTO",
		psprintf("AS r (reference_table, key, revision, changed_at)"
				 " VALUES ($1, $2, $3, $4)"
				 " ON CONFLICT (reference_table, key) DO UPDATE"
				 " SET revision = %s, changed_at = greatest(r.changed_at, excluded.changed_at)",
				 revision),
		4, types, values);
}

/*
 * revision_of reads the row that a scan is at.
 */
static FlisRevision
revision_of(FlisScan *scan)
{
	FlisRevision revision = {.key = flis_needed_text(scan, 1)};
	bool isnull;

	revision.revision = flis_integer(scan, 2, 0, PG_INT32_MAX, -1);
	revision.changed_at = DatumGetTimestampTz(flis_scan_value(scan, 3, &isnull));
	if (isnull)
		revision.changed_at = DT_NOBEGIN;
	return revision;
}
