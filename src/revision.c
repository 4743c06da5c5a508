/*
 * revision.c
 *		Counts the changes of the rows from which a release's event in a calendar is made.
 *
 * An event of a calendar has a number that must rise with each change and never fall, or its readers
 * keep what they have (RFC 5545, SEQUENCE).  Each row of flis_area, flis_channel, flis_rule and
 * flis_release has a count of its own in flis_revision, which outlives the row; the event's number is
 * the sum of those that bear on it.  As many rows are counted as are changed, so that a load stays
 * linear, and writers of one row wait for each other as they do for the row.
 */
#include "revision.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"

#include "scan.h"
#include "triggers.h"

/* The statement that counts, kept for as long as the trigger's function is. */
typedef struct Counter
{
	SPIPlanPtr plan;
	MemoryContextCallback callback;
} Counter;

/* What an event doesn't show, in any of the tables. */
static const char *const unshown[] = {"aliases",  "basis",	 "part_of",
									  "position", "shipped", "source"};

static const FlisShape shape = {"flis_revision",
								4,
								{{"reference_table", TEXTOID},
								 {"key", TEXTOID},
								 {"revision", INT4OID},
								 {"changed_at", TIMESTAMPTZOID}}};

static void count(FunctionCallInfo fcinfo, Relation relation, const char *key);
static SPIPlanPtr plan_of(FunctionCallInfo fcinfo, Oid schema);
static void free_plan(void *argument);
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
	TriggerData *trigger = flis_trigger_of(fcinfo);
	Relation relation = trigger->tg_relation;
	char *key;

	if (flis_is_restore() || flis_is_in_extension_script())
		return PointerGetDatum(NULL);

	if (TRIGGER_FIRED_FOR_STATEMENT(trigger->tg_event))
	{
		count(fcinfo, relation, "");
		return PointerGetDatum(NULL);
	}
	if (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) &&
		flis_is_unchanged_but(relation, trigger->tg_trigtuple, trigger->tg_newtuple, unshown,
							  lengthof(unshown)))
		return PointerGetDatum(NULL);

	key = flis_key_of(trigger, trigger->tg_trigtuple);
	count(fcinfo, relation, key);
	if (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event))
	{
		char *new_key = flis_key_of(trigger, trigger->tg_newtuple);

		if (strcmp(key, new_key) != 0)
			count(fcinfo, relation, new_key);
	}
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
 * count counts a change of a row, with the rights of the owner of flis_revision: who may change a
 * reference table needs no right on that one.
 */
static void
count(FunctionCallInfo fcinfo, Relation relation, const char *key)
{
	Oid schema = RelationGetNamespace(relation);
	Oid table = get_relname_relid(shape.table, schema);
	Datum values[2] = {CStringGetTextDatum(RelationGetRelationName(relation)),
					   CStringGetTextDatum(key)};
	Oid user;
	int security_context;
	int code;

	if (!OidIsValid(table))
		ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
						errmsg("table \"%s\" of extension flis is missing", shape.table),
						errhint("Drop the extension and create it anew.")));
	SPI_connect();
	GetUserIdAndSecContext(&user, &security_context);
	SetUserIdAndSecContext(flis_owner_of(table), security_context | SECURITY_LOCAL_USERID_CHANGE);
	code = SPI_execute_plan(plan_of(fcinfo, schema), values, NULL, false, 0);
	SetUserIdAndSecContext(user, security_context);
	SPI_finish();
	if (code != SPI_OK_INSERT)
		elog(ERROR, "could not write flis_revision: %s", SPI_result_code_string(code));
}

/*
 * plan_of plans the statement that counts, once for all rows of a statement.
 */
static SPIPlanPtr
plan_of(FunctionCallInfo fcinfo, Oid schema)
{
	Counter *counter = fcinfo->flinfo->fn_extra;
	Oid types[2] = {TEXTOID, TEXTOID};
	SPIPlanPtr plan;

	if (counter != NULL)
		return counter->plan;

	plan = SPI_prepare(
		psprintf("INSERT INTO %s.flis_revision AS r (reference_table, key, revision, changed_at)"
				 " VALUES ($1, $2, 1, pg_catalog.now())"
				 " ON CONFLICT (reference_table, key) DO UPDATE"
				 " SET revision = r.revision OPERATOR(pg_catalog.+) 1,"
				 " changed_at = excluded.changed_at",
				 quote_identifier(get_namespace_name(schema))),
		2, types);
	if (plan == NULL)
		elog(ERROR, "could not plan the counting: %s", SPI_result_code_string(SPI_result));

	counter = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(Counter));
	counter->plan = plan;
	counter->callback.func = free_plan;
	counter->callback.arg = counter;
	MemoryContextRegisterResetCallback(fcinfo->flinfo->fn_mcxt, &counter->callback);
	SPI_keepplan(plan);
	fcinfo->flinfo->fn_extra = counter;
	return plan;
}

/*
 * free_plan frees the plan of a counter when the memory of the trigger's function is freed.
 */
static void
free_plan(void *argument)
{
	SPI_freeplan(((Counter *) argument)->plan);
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
