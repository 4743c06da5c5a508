/*
 * revision.c
 *		Counts the changes of the rows from which the events of flis_release_ics() are made.
 *
 * An event in a calendar has a number that must rise with each change and never fall, or subscribers
 * don't see the change (RFC 5545, SEQUENCE).  Each row of flis_area, flis_channel, flis_rule and
 * flis_release has a count in flis_revision, which stays when the row is deleted, and the number of an
 * event is the sum of the counts of its rows.  Each change adds a row with the next count and the time
 * of the change, so that the number at an earlier time can be told with flis.known_at.
 */
#include "triggers/revision.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "cache/known_at.h"
#include "cache/scan.h"
#include "triggers/generation_write.h"
#include "triggers/system_time.h"
#include "triggers/trigger.h"

/* The columns, of any of the tables, that an event doesn't show. */
static const char *const unshown[] = {"aliases", "basis",  "part_of",	  "position",
									  "shipped", "source", "system_from", "written_by"};

static const FlisTableShape shape = {"flis_revision",
									 4,
									 {{"reference_table", TEXTOID},
									  {"key", TEXTOID},
									  {"revision", INT4OID},
									  {"changed_at", TIMESTAMPTZOID}}};

static void count(Relation relation, const char *key, TimestampTz changed_at);
static int last_revision(Oid schema, Datum *keys);
static int compare_revisions(const void *a, const void *b);
static FlisRevision revision_of(FlisScan *scan);

/*
 * flis_count_revision, a trigger after each row that changes a table and after TRUNCATE, counts a
 * change of what events show.  A row that is restored is not counted, because its count is restored,
 * too.  Nor is one that the extension's script writes, because its count would be in conflict with a
 * restored one.
 */
PG_FUNCTION_INFO_V1(flis_count_revision);
Datum
flis_count_revision(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = flis_trigger_of(fcinfo, 0);
	Relation relation = trigger->tg_relation;
	TimestampTz changed_at;
	char *key;

	if (TRIGGER_FIRED_FOR_ROW(trigger->tg_event))
		flis_check_after_row(trigger);
	if (flis_is_in_extension_script() || ((TRIGGER_FIRED_BY_INSERT(trigger->tg_event) ||
										   TRIGGER_FIRED_BY_UPDATE(trigger->tg_event)) &&
										  !flis_is_written(relation, flis_row_of(trigger))))
		return PointerGetDatum(NULL);

	if (TRIGGER_FIRED_FOR_STATEMENT(trigger->tg_event))
	{
		count(relation, "", flis_moment(RelationGetNamespace(relation)));
		return PointerGetDatum(NULL);
	}
	if (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) &&
		flis_is_unchanged_but(relation, trigger->tg_trigtuple, trigger->tg_newtuple, unshown,
							  lengthof(unshown)))
		return PointerGetDatum(NULL);

	changed_at = flis_time_of_change(trigger);
	key = flis_key_of(trigger, trigger->tg_trigtuple);
	count(relation, key, changed_at);
	if (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event))
	{
		char *new_key = flis_key_of(trigger, trigger->tg_newtuple);

		if (strcmp(key, new_key) != 0)
			count(relation, new_key, changed_at);
	}
	return PointerGetDatum(NULL);
}

/*
 * flis_keep_earlier, a trigger in replication before each row of flis_revision, adds a count that
 * arrives from another database.  If this one has the same count, the earlier of the two times is
 * kept.  Nothing is deleted, so that no count falls.
 */
PG_FUNCTION_INFO_V1(flis_keep_earlier);
Datum
flis_keep_earlier(PG_FUNCTION_ARGS)
{
	static const Oid types[4] = {TEXTOID, TEXTOID, INT4OID, TIMESTAMPTZOID};
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
	flis_write_as_owner(table, "INSERT INTO",
						"AS r (reference_table, key, revision, changed_at)"
						" VALUES ($1, $2, $3, $4)"
						" ON CONFLICT (reference_table, key, revision) DO UPDATE"
						" SET changed_at = least(r.changed_at, excluded.changed_at)",
						lengthof(types), types, values);
	return PointerGetDatum(NULL);
}

/*
 * flis_read_revisions reads the last change of each row of a table, as known at the time of
 * flis.known_at, into the current memory context.
 */
FlisRevision *
flis_read_revisions(Oid schema, const char *table, int *n)
{
	Datum key = CStringGetTextDatum(table);
	FlisRevision *rows = NULL;
	int nread = 0;
	FlisScan scan;

	flis_scan_begin(&scan, &shape, schema, GetActiveSnapshot(), 1, &key);
	while (flis_scan_next(&scan))
	{
		FlisRevision row = revision_of(&scan);

		if (row.changed_at > flis_known_time())
			continue;
		rows = flis_scan_room(&scan, rows, nread, sizeof(FlisRevision));
		rows[nread++] = row;
	}
	flis_scan_end(&scan);

	/* Keep the last of each key. */
	flis_sort_rows(rows, nread, sizeof(FlisRevision), compare_revisions);
	*n = 0;
	for (int i = 0; i < nread; i++)
		if (i + 1 == nread || strcmp(rows[i].key, rows[i + 1].key) != 0)
			rows[(*n)++] = rows[i];
	return rows;
}

static int
compare_revisions(const void *a, const void *b)
{
	const FlisRevision *left = a;
	const FlisRevision *right = b;
	int order = strcmp(left->key, right->key);

	return order != 0 ? order
					  : (left->revision > right->revision) - (left->revision < right->revision);
}

/*
 * flis_read_revision reads the last change of one row in the same way.
 */
FlisRevision
flis_read_revision(Oid schema, const char *table, const char *key)
{
	Datum keys[2] = {CStringGetTextDatum(table), CStringGetTextDatum(key)};
	FlisRevision last = {.changed_at = DT_NOBEGIN};
	FlisScan scan;

	flis_scan_begin(&scan, &shape, schema, GetActiveSnapshot(), 2, keys);
	while (flis_scan_next(&scan))
	{
		FlisRevision row = revision_of(&scan);

		if (row.changed_at <= flis_known_time() && row.revision > last.revision)
			last = row;
	}
	flis_scan_end(&scan);
	return last;
}

/*
 * flis_add_revision adds the count of a row to a sum, which keeps the time of the latest change.
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
count(Relation relation, const char *key, TimestampTz changed_at)
{
	Oid schema = RelationGetNamespace(relation);
	Datum keys[2] = {CStringGetTextDatum(RelationGetRelationName(relation)),
					 CStringGetTextDatum(key)};
	Datum row[4] = {keys[0], keys[1], Int32GetDatum(last_revision(schema, keys) + 1),
					TimestampTzGetDatum(changed_at)};
	Relation table = flis_open_internal(schema, shape.table);
	Datum *values = palloc0(RelationGetDescr(table)->natts * sizeof(Datum));
	bool *nulls = palloc(RelationGetDescr(table)->natts * sizeof(bool));

	memset(nulls, true, RelationGetDescr(table)->natts * sizeof(bool));
	for (int i = 0; i < shape.ncolumns; i++)
	{
		int column = flis_column_of(table, shape.columns[i].name, shape.columns[i].type);

		values[column - 1] = row[i];
		nulls[column - 1] = false;
	}
	flis_insert_as_owner(table, values, nulls);
	table_close(table, NoLock);
}

/*
 * last_revision returns the count of a row, 0 if it never changed.  No other transaction can change it
 * before this one ends.
 */
static int
last_revision(Oid schema, Datum *keys)
{
	int last = 0;
	FlisScan scan;

	flis_scan_begin_backward(&scan, &shape, schema, SnapshotSelf, 2, keys);
	while (flis_scan_next(&scan))
	{
		last = Max(last, flis_integer(&scan, 2, 0, PG_INT32_MAX - 1, -1));
		if (scan.backward != NULL)
			break;
	}
	flis_scan_end(&scan);
	return last;
}

/*
 * revision_of returns the current row of a scan.
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
