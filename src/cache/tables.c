/*
 * tables.c
 *		Reads the reference tables into structs, under the active snapshot.
 *
 * It also notes which tables were read, so that registry.c can tell whether the rows are still those
 * that a snapshot sees.
 */
#include "cache/tables.h"

#include <limits.h>

#include "access/genam.h"
#include "access/heapam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/transam.h"
#include "access/xact.h"
#include "catalog/pg_am.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "storage/bufmgr.h"
#include "storage/lmgr.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/fmgroids.h"
#include "utils/inval.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"

#include "cache/known_at.h"
#include "cache/scan.h"

/* In the order of FlisTableName. */
static const FlisTableShape shapes[FLIS_TABLES] = {
	{"flis_generation", 1, {{"generation", UUIDOID}}},
	{"flis_area",
	 8,
	 {{"area", TEXTOID},
	  {"name", TEXTOID},
	  {"area_group", TEXTOID},
	  {"part_of", TEXTOID},
	  {"source", TEXTOID},
	  {"position", INT4OID},
	  {"aliases", TEXTARRAYOID},
	  {"retired", BOOLOID}}},
	{"flis_channel",
	 10,
	 {{"channel", TEXTOID},
	  {"valid_from", DATEOID},
	  {"name", TEXTOID},
	  {"english_name", TEXTOID},
	  {"position", INT4OID},
	  {"opens_day", INT4OID},
	  {"closes_day", INT4OID},
	  {"retired", BOOLOID},
	  {"follows", TEXTOID},
	  {"days_after", INT4OID}}},
	{"flis_rule",
	 11,
	 {{"area", TEXTOID},
	  {"valid_from", DATEOID},
	  {"frequency", TEXTOID},
	  {"lag", INT4OID},
	  {"early_min_days", INT4OID},
	  {"early_max_days", INT4OID},
	  {"release_month", INT4OID},
	  {"business_day", TEXTOID},
	  {"retired", BOOLOID},
	  {"opens_day", INT4OID},
	  {"closes_day", INT4OID}}},
	{"flis_release",
	 7,
	 {{"area", TEXTOID},
	  {"channel", TEXTOID},
	  {"cycle", DATEOID},
	  {"planned_on", DATEOID},
	  {"released_on", DATEOID},
	  {"cancelled", BOOLOID},
	  {"note", TEXTOID}}},
	{"flis_status",
	 8,
	 {{"area", TEXTOID},
	  {"as_of", DATEOID},
	  {"data_through", DATEOID},
	  {"state", TEXTOID},
	  {"complete", BOOLOID},
	  {"benchmarkable", BOOLOID},
	  {"source", TEXTOID},
	  {"note", TEXTOID}}},
	{"flis_notice",
	 10,
	 {{"area", TEXTOID},
	  {"notice", INT4OID},
	  {"municipality", INT2OID},
	  {"period_from", DATEOID},
	  {"period_until", DATEOID},
	  {"kind", TEXTOID},
	  {"started_on", DATEOID},
	  {"expected_end", DATEOID},
	  {"ended_on", DATEOID},
	  {"note", TEXTOID}}},
	{"flis_waiver",
	 6,
	 {{"area", TEXTOID},
	  {"municipality", INT2OID},
	  {"valid_from", DATEOID},
	  {"valid_until", DATEOID},
	  {"reason", TEXTOID},
	  {"retired", BOOLOID}}},
};

static void begin(FlisScan *scan, FlisTables *tables, FlisTableName name, int nkeys,
				  const Datum *keys);
static void await_changes(FlisTables *tables, FlisTableName name, Snapshot snapshot, bool may_wait);
static TransactionId writer_seen(Oid table, Snapshot snapshot);
static bool draws_generation(Relation table);
static bool sees(Snapshot snapshot, TransactionId transaction);
static void read_own_days(FlisScan *scan, FlisRule *rule);
static int compare_rules(const void *a, const void *b);
static int compare_statuses(const void *a, const void *b);
static int compare_channels(const void *a, const void *b);
static int compare_areas(const void *a, const void *b);
static int compare_notices(const void *a, const void *b);
static int compare_waivers(const void *a, const void *b);

/*
 * flis_read_generation reads the value of flis_generation, which identifies the rows of all other
 * tables.
 */
pg_uuid_t
flis_read_generation(FlisTables *tables)
{
	FlisScan scan;
	pg_uuid_t generation;
	bool isnull = true;

	begin(&scan, tables, FLIS_TABLE_GENERATION, 0, NULL);
	if (flis_scan_next(&scan))
	{
		Datum value = flis_scan_value(&scan, 0, &isnull);

		if (!isnull)
			generation = *DatumGetUUIDP(value);
	}
	tables->generation_attribute = scan.attributes[0];
	tables->generation_offset = FirstOffsetNumber;
	flis_scan_end(&scan);
	if (isnull)
		ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
						errmsg("table \"flis_generation\" has no row for this snapshot"),
						errhint("If the extension was created after this transaction began, "
								"begin a new one; else create the extension anew.")));
	return generation;
}

/*
 * flis_read_generation_fast reads the value where it was last found; false if it isn't there, so that
 * flis_read_generation must be called.
 *
 * Each statement calls this once.  A scan would cost more, because it asks the file system for the
 * length of the table.  The row is nearly always on the first page, which has few line pointers.  From
 * the root of its update chain heap_hot_search_buffer finds the version that the snapshot sees, and
 * there is only one row.  The tables may have become stale by an invalidation message that came with
 * the lock.
 */
bool
flis_read_generation_fast(FlisTables *tables, pg_uuid_t *generation)
{
	Relation relation = try_relation_open(tables->oids[FLIS_TABLE_GENERATION], AccessShareLock);
	OffsetNumber offset = tables->generation_offset;
	OffsetNumber last;
	Buffer buffer;
	bool is_found = false;

	if (relation == NULL)
		return false;
	if (tables->is_stale || relation->rd_rel->relam != HEAP_TABLE_AM_OID)
	{
		relation_close(relation, NoLock);
		return false;
	}

	buffer = ReadBuffer(relation, 0);
	LockBuffer(buffer, BUFFER_LOCK_SHARE);
	last = PageGetMaxOffsetNumber(BufferGetPage(buffer));
	for (OffsetNumber tried = 0; tried < last && !is_found; tried++)
	{
		HeapTupleData row;
		ItemPointerData place;

		if (offset > last)
			offset = FirstOffsetNumber;
		ItemPointerSet(&place, 0, offset);
		is_found =
			heap_hot_search_buffer(&place, relation, buffer, GetActiveSnapshot(), &row, NULL, true);
		if (is_found)
		{
			bool isnull;
			Datum value = heap_getattr(&row, tables->generation_attribute,
									   RelationGetDescr(relation), &isnull);

			tables->generation_offset = offset;
			is_found = !isnull;
			if (is_found)
				*generation = *DatumGetUUIDP(value);
		}
		offset++;
	}
	UnlockReleaseBuffer(buffer);
	relation_close(relation, NoLock);
	return is_found;
}

/*
 * flis_read_areas reads the areas in use, or the retired ones, in the order in which they are listed:
 * that of the deck, then by code.
 */
FlisAreaRow *
flis_read_areas(FlisTables *tables, bool is_retired, int *n)
{
	FlisAreaRow *rows = NULL;
	FlisScan scan;

	*n = 0;
	begin(&scan, tables, FLIS_TABLE_AREA, 0, NULL);
	while (flis_scan_next(&scan))
	{
		FlisAreaRow *row;

		if ((flis_truth(&scan, 7) == FLIS_YES) != is_retired)
			continue;
		rows = flis_scan_room(&scan, rows, *n, sizeof(FlisAreaRow));
		row = &rows[(*n)++];
		row->area = flis_needed_text(&scan, 0);
		row->name = flis_needed_text(&scan, 1);
		row->area_group = flis_text(&scan, 2);
		row->part_of = flis_text(&scan, 3);
		row->source = flis_text(&scan, 4);
		row->position = flis_integer(&scan, 5, INT_MIN, INT_MAX, INT_MAX);
		row->aliases = flis_texts(&scan, 6, &row->naliases);
	}
	flis_scan_end(&scan);
	qsort(rows, *n, sizeof(FlisAreaRow), compare_areas);
	return rows;
}

/*
 * flis_read_channels reads the versions of the channels, sorted by channel and valid_from.
 */
FlisChannelRow *
flis_read_channels(FlisTables *tables, int *n)
{
	FlisChannelRow *rows = NULL;
	FlisScan scan;

	*n = 0;
	begin(&scan, tables, FLIS_TABLE_CHANNEL, 0, NULL);
	while (flis_scan_next(&scan))
	{
		FlisChannelRow *row;

		if (flis_truth(&scan, 7) == FLIS_YES)
			continue;
		rows = flis_scan_room(&scan, rows, *n, sizeof(FlisChannelRow));
		row = &rows[(*n)++];
		row->channel = flis_needed_text(&scan, 0);
		row->terms.valid_from = flis_needed_day(&scan, 1);
		row->name = flis_needed_text(&scan, 2);
		row->english_name = flis_text(&scan, 3);
		row->position = flis_integer(&scan, 4, INT_MIN, INT_MAX, INT_MAX);
		row->terms.opens_day = flis_integer(&scan, 5, 1, 31, -1);
		row->terms.closes_day = flis_integer(&scan, 6, row->terms.opens_day, 31, -1);
		row->follows = flis_text(&scan, 8);
		row->terms.days_after = flis_integer(&scan, 9, 0, FLIS_MOST_DAYS_AFTER, -1);
	}
	flis_scan_end(&scan);
	qsort(rows, *n, sizeof(FlisChannelRow), compare_channels);
	return rows;
}

/*
 * flis_read_rules reads the versions of an area's rule, sorted by valid_from.
 */
FlisRule *
flis_read_rules(FlisTables *tables, const char *area, int *n)
{
	Datum key = CStringGetTextDatum(area);
	FlisRule *rows = NULL;
	FlisScan scan;

	*n = 0;
	begin(&scan, tables, FLIS_TABLE_RULE, 1, &key);
	while (flis_scan_next(&scan))
	{
		FlisRule *row;

		if (flis_truth(&scan, 8) == FLIS_YES)
			continue;
		rows = flis_scan_room(&scan, rows, *n, sizeof(FlisRule));
		row = &rows[(*n)++];
		row->valid_from = flis_needed_day(&scan, 1);
		row->frequency =
			flis_code(&scan, 2, flis_frequency_labels, lengthof(flis_frequency_labels));
		row->lag = flis_integer(&scan, 3, 0, 1200, -1);
		row->early_min_days = flis_integer(&scan, 4, 0, 183, -1);
		row->early_max_days = flis_integer(&scan, 5, row->early_min_days, 183, -1);
		row->release_month = flis_integer(&scan, 6, 1, 12, 0);
		row->business_day =
			flis_code(&scan, 7, flis_convention_labels, lengthof(flis_convention_labels));
		read_own_days(&scan, row);
	}
	flis_scan_end(&scan);
	qsort(rows, *n, sizeof(FlisRule), compare_rules);
	return rows;
}

/*
 * read_own_days reads the days of a rule's own window.  It has both or neither, and a weekly rule
 * always has them.  They are at most the number of days of the longest cycle.
 */
static void
read_own_days(FlisScan *scan, FlisRule *rule)
{
	static const int longest[] = {
		[FLIS_MONTHLY] = 31, [FLIS_ANNUAL] = 366,	[FLIS_DAILY] = 0,
		[FLIS_WEEKLY] = 7,	 [FLIS_QUARTERLY] = 92, [FLIS_ANNUAL_2] = 184};
	int none = rule->frequency == FLIS_WEEKLY ? -1 : 0;
	int most = longest[rule->frequency];

	rule->closes_day = flis_integer(scan, 10, 1, most, none);
	rule->opens_day = flis_integer(scan, 9, 1, rule->closes_day, rule->closes_day == 0 ? 0 : -1);
}

/*
 * flis_read_releases reads the rows of flis_release of an area in a channel, in any order.
 */
FlisRelease *
flis_read_releases(FlisTables *tables, const char *area, const char *channel, int *n)
{
	Datum keys[2] = {CStringGetTextDatum(area), CStringGetTextDatum(channel)};
	FlisRelease *rows = NULL;
	FlisScan scan;

	*n = 0;
	begin(&scan, tables, FLIS_TABLE_RELEASE, 2, keys);
	while (flis_scan_next(&scan))
	{
		FlisRelease *row;
		bool isnull;

		rows = flis_scan_room(&scan, rows, *n, sizeof(FlisRelease));
		row = &rows[(*n)++];
		memset(row, 0, sizeof(*row)); /* also the padding, since rows are compared as bytes */
		row->cycle = flis_needed_day(&scan, 2);
		row->planned_on = flis_day_value(&scan, 3);
		row->released_on = flis_day_value(&scan, 4);
		row->cancelled = flis_truth(&scan, 5) == FLIS_YES;
		flis_scan_value(&scan, 6, &isnull);
		row->has_note = !isnull;
	}
	flis_scan_end(&scan);
	return rows;
}

/*
 * flis_read_release_note reads the note of a release; NULL if it has none.
 */
const char *
flis_read_release_note(FlisTables *tables, const char *area, const char *channel, FlisDay cycle)
{
	Datum keys[3] = {CStringGetTextDatum(area), CStringGetTextDatum(channel),
					 DateADTGetDatum(cycle)};
	const char *note = NULL;
	FlisScan scan;

	begin(&scan, tables, FLIS_TABLE_RELEASE, 3, keys);
	if (flis_scan_next(&scan))
		note = flis_text(&scan, 6);
	flis_scan_end(&scan);
	return note;
}

/*
 * flis_read_statuses reads what the decks published of an area, sorted by as_of.
 */
FlisStatus *
flis_read_statuses(FlisTables *tables, const char *area, int *n)
{
	Datum key = CStringGetTextDatum(area);
	FlisStatus *rows = NULL;
	FlisScan scan;

	*n = 0;
	begin(&scan, tables, FLIS_TABLE_STATUS, 1, &key);
	while (flis_scan_next(&scan))
	{
		FlisStatus *row;

		rows = flis_scan_room(&scan, rows, *n, sizeof(FlisStatus));
		row = &rows[(*n)++];
		row->as_of = flis_needed_day(&scan, 1);
		row->data_through = flis_day_value(&scan, 2);
		row->state = flis_code(&scan, 3, flis_state_labels, lengthof(flis_state_labels));
	}
	flis_scan_end(&scan);
	qsort(rows, *n, sizeof(FlisStatus), compare_statuses);
	return rows;
}

/*
 * flis_read_status_words reads what one deck says of an area in words; false if there is no such row.
 */
bool
flis_read_status_words(FlisTables *tables, const char *area, FlisDay as_of, FlisStatusWords *words)
{
	Datum keys[2] = {CStringGetTextDatum(area), DateADTGetDatum(as_of)};
	FlisScan scan;
	bool found;

	begin(&scan, tables, FLIS_TABLE_STATUS, 2, keys);
	found = flis_scan_next(&scan);
	if (found)
	{
		words->complete = flis_truth(&scan, 4);
		words->benchmarkable = flis_truth(&scan, 5);
		words->source = flis_text(&scan, 6);
		words->note = flis_text(&scan, 7);
	}
	flis_scan_end(&scan);
	return found;
}

/*
 * flis_read_notices reads the notices of an area, in the order of their numbers.
 */
FlisNoticeRow *
flis_read_notices(FlisTables *tables, const char *area, int *n)
{
	Datum key = CStringGetTextDatum(area);
	FlisNoticeRow *rows = NULL;
	FlisScan scan;

	*n = 0;
	begin(&scan, tables, FLIS_TABLE_NOTICE, 1, &key);
	while (flis_scan_next(&scan))
	{
		FlisNoticeRow *row;

		rows = flis_scan_room(&scan, rows, *n, sizeof(FlisNoticeRow));
		row = &rows[(*n)++];
		row->number = flis_integer(&scan, 1, INT_MIN, INT_MAX, -1);
		row->notice.municipality = flis_integer(&scan, 2, 1, PG_INT16_MAX, 0);
		row->notice.period_from = flis_day_value(&scan, 3);
		row->notice.period_until = flis_day_value(&scan, 4);
		row->notice.kind = flis_code(&scan, 5, flis_notice_labels, lengthof(flis_notice_labels));
		row->notice.started_on = flis_needed_day(&scan, 6);
		row->notice.expected_end = flis_day_value(&scan, 7);
		row->notice.ended_on = flis_day_value(&scan, 8);
		row->note = flis_needed_text(&scan, 9);
	}
	flis_scan_end(&scan);
	qsort(rows, *n, sizeof(FlisNoticeRow), compare_notices);
	return rows;
}

/*
 * flis_channels_follow_in_circle tells whether a channel follows itself, directly or through others, by
 * any of its versions.
 *
 * A version's depth is the length of the longest chain of versions that it is known to follow.  Without
 * a circle that is less than the number of versions.
 */
bool
flis_channels_follow_in_circle(const FlisChannelRow *rows, int n)
{
	int *depths = palloc0(Max(n, 1) * sizeof(int));
	bool is_deeper = true;

	while (is_deeper)
	{
		is_deeper = false;
		for (int i = 0; i < n; i++)
			for (int j = 0; j < n && rows[i].follows != NULL; j++)
				if (depths[i] <= depths[j] && strcmp(rows[i].follows, rows[j].channel) == 0)
				{
					depths[i] = depths[j] + 1;
					is_deeper = true;
					if (depths[i] >= n)
						return true;
				}
	}
	pfree(depths);
	return false;
}

/*
 * flis_read_waivers reads the waivers of an area, or of all areas for NULL, by valid_from.
 */
FlisWaiverRow *
flis_read_waivers(FlisTables *tables, const char *area, int *n)
{
	Datum key = area != NULL ? CStringGetTextDatum(area) : (Datum) 0;
	FlisWaiverRow *rows = NULL;
	FlisScan scan;

	*n = 0;
	begin(&scan, tables, FLIS_TABLE_WAIVER, area != NULL ? 1 : 0, &key);
	while (flis_scan_next(&scan))
	{
		FlisWaiverRow *row;

		if (flis_truth(&scan, 5) == FLIS_YES)
			continue;
		rows = flis_scan_room(&scan, rows, *n, sizeof(FlisWaiverRow));
		row = &rows[(*n)++];
		row->area = flis_needed_text(&scan, 0);
		row->waiver.municipality = flis_integer(&scan, 1, 100, 999, -1);
		row->waiver.valid_from = flis_needed_day(&scan, 2);
		row->waiver.valid_until = flis_day_value(&scan, 3);
		if (row->waiver.valid_until == FLIS_NO_DAY)
			row->waiver.valid_until = FLIS_NEVER;
		row->reason = flis_text(&scan, 4);
	}
	flis_scan_end(&scan);
	qsort(rows, *n, sizeof(FlisWaiverRow), compare_waivers);
	return rows;
}

/*
 * flis_tables_are_current tells whether the rows that were read are those that a snapshot sees,
 * provided that it sees the same generation.  may_wait means that the transaction holds no lock yet for
 * which a TRUNCATE may be waiting.
 */
bool
flis_tables_are_current(FlisTables *tables, Snapshot snapshot, bool may_wait)
{
	for (int i = 0; i < FLIS_TABLES; i++)
		if (OidIsValid(tables->oids[i]))
			await_changes(tables, i, snapshot, may_wait);
	for (int i = 0; i < FLIS_TABLES && !tables->is_stale; i++)
		if (OidIsValid(tables->oids[i]) && !sees(snapshot, tables->writers[i]))
			return false;
	return !tables->is_stale;
}

/*
 * await_changes waits until no other transaction is altering a table, and receives the invalidation
 * message that such a transaction sends before it releases its lock.
 *
 * Without may_wait it waits at most 10 ms, which avoids a deadlock with one that waits for this
 * transaction.  The snapshot may see a transaction that has not sent its message by then, so the table's
 * row in pg_class is looked up under the snapshot itself.
 */
static void
await_changes(FlisTables *tables, FlisTableName name, Snapshot snapshot, bool may_wait)
{
	Oid table = tables->oids[name];
	bool is_locked = true;

	if (may_wait)
		LockRelationOid(table, AccessShareLock);
	else
		is_locked = ConditionalLockRelationOid(table, AccessShareLock);
	for (int tries = 0; !is_locked && tries < 10; tries++)
	{
		pg_usleep(1000);
		is_locked = ConditionalLockRelationOid(table, AccessShareLock);
	}
	if (is_locked)
	{
		UnlockRelationOid(table, AccessShareLock);
		return;
	}
	AcceptInvalidationMessages();
	if (writer_seen(table, snapshot) != tables->writers[name])
		tables->is_stale = true;
}

/*
 * writer_seen returns the transaction that wrote the row of a table in pg_class that a snapshot sees.
 */
static TransactionId
writer_seen(Oid table, Snapshot snapshot)
{
	Relation relation = table_open(RelationRelationId, AccessShareLock);
	TransactionId writer = InvalidTransactionId;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple row;

	ScanKeyInit(&key, Anum_pg_class_oid, BTEqualStrategyNumber, F_OIDEQ, ObjectIdGetDatum(table));
	scan = systable_beginscan(relation, ClassOidIndexId, true, snapshot, 1, &key);
	row = systable_getnext(scan);
	if (HeapTupleIsValid(row))
		writer = HeapTupleHeaderGetXmin(row->t_data);
	systable_endscan(scan);
	table_close(relation, AccessShareLock);
	return writer;
}

/*
 * begin begins to read a table under the active snapshot, and notes its OID and the transaction that
 * wrote its row in pg_class.
 */
static void
begin(FlisScan *scan, FlisTables *tables, FlisTableName name, int nkeys, const Datum *keys)
{
	Snapshot snapshot = GetActiveSnapshot();
	HeapTuple row;

	if (name == FLIS_TABLE_GENERATION)
		flis_scan_begin_once(scan, &shapes[name], tables->schema, snapshot, nkeys, keys);
	else
		flis_scan_begin_known(scan, &shapes[name], tables->schema, snapshot, nkeys, keys);
	tables->oids[name] = RelationGetRelid(scan->relation);
	row = SearchSysCache1(RELOID, ObjectIdGetDatum(tables->oids[name]));
	if (!HeapTupleIsValid(row))
		elog(ERROR, "cache lookup failed for relation %u", tables->oids[name]);
	tables->writers[name] = HeapTupleHeaderGetXmin(row->t_data);
	ReleaseSysCache(row);
	/* Rows that were known at a time come from two tables.  They are not kept for other snapshots. */
	if (!sees(snapshot, tables->writers[name]) || scan->known_at != FLIS_KNOWN_NOW ||
		(name != FLIS_TABLE_GENERATION && !draws_generation(scan->relation)))
		tables->is_stale = true;
}

/*
 * draws_generation tells whether each change of a row of a table writes a new generation.  None does in
 * a table whose triggers were disabled, or that took the place of one of the extension.
 */
static bool
draws_generation(Relation table)
{
	const TriggerDesc *triggers = table->trigdesc;

	for (int i = 0; triggers != NULL && i < triggers->numtriggers; i++)
		if (triggers->triggers[i].tgenabled == TRIGGER_FIRES_ALWAYS &&
			strcmp(triggers->triggers[i].tgname, "flis_new_generation_row") == 0)
			return true;
	return false;
}

/*
 * sees tells whether a snapshot sees all changes of a transaction, which is committed or the current
 * one; false for the current one, which may make more.
 */
static bool
sees(Snapshot snapshot, TransactionId transaction)
{
	return TransactionIdPrecedes(transaction, snapshot->xmin) ||
		   (!TransactionIdIsCurrentTransactionId(transaction) &&
			!XidInMVCCSnapshot(transaction, snapshot));
}

static int
compare_rules(const void *a, const void *b)
{
	const FlisRule *left = a;
	const FlisRule *right = b;

	return (left->valid_from > right->valid_from) - (left->valid_from < right->valid_from);
}

static int
compare_statuses(const void *a, const void *b)
{
	const FlisStatus *left = a;
	const FlisStatus *right = b;

	return (left->as_of > right->as_of) - (left->as_of < right->as_of);
}

static int
compare_channels(const void *a, const void *b)
{
	const FlisChannelRow *left = a;
	const FlisChannelRow *right = b;
	int order = strcmp(left->channel, right->channel);

	if (order != 0)
		return order;
	return (left->terms.valid_from > right->terms.valid_from) -
		   (left->terms.valid_from < right->terms.valid_from);
}

static int
compare_areas(const void *a, const void *b)
{
	const FlisAreaRow *left = a;
	const FlisAreaRow *right = b;

	if (left->position != right->position)
		return left->position < right->position ? -1 : 1;
	return strcmp(left->area, right->area);
}

static int
compare_notices(const void *a, const void *b)
{
	const FlisNoticeRow *left = a;
	const FlisNoticeRow *right = b;

	return (left->number > right->number) - (left->number < right->number);
}

static int
compare_waivers(const void *a, const void *b)
{
	FlisDay left = ((const FlisWaiverRow *) a)->waiver.valid_from;
	FlisDay right = ((const FlisWaiverRow *) b)->waiver.valid_from;

	return (left > right) - (left < right);
}
