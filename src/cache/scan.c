/*
 * scan.c
 *		Reads one reference table under a snapshot, and validates every column and value.
 *
 * Tables and columns are found by name in the schema of the extension, never through search_path.
 * An administrator may have dropped or altered any of them, so each is checked when it is opened,
 * and each value when it is read: nothing that the tables can hold may crash or hang the server.
 *
 * The rows are read without a permission check.  They are facts for everybody; who may ask for them
 * is decided by EXECUTE on the functions.  Row security, which cached rows could not honour, is
 * refused.
 *
 * Locks are kept until the end of the transaction, as a query over the table would keep them.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/stratnum.h"
#include "access/table.h"
#include "access/transam.h"
#include "catalog/pg_class.h"
#include "catalog/pg_index.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "storage/bufmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"
#include "utils/timestamp.h"

#include "cache/distribution.h"
#include "cache/known_at.h"
#include "cache/scan.h"

/* A table of more pages is always read by its index. */
#define FEW_PAGES 4

/* The tables with a history, and the columns of their keys. */
typedef struct HistoryKey
{
	const char *table;
	int ncolumns;
	struct
	{
		const char *name;
		Oid type;
	} columns[FLIS_MAX_KEYS];
} HistoryKey;

static const HistoryKey history_keys[] = {
	{"flis_area", 1, {{"area", TEXTOID}}},
	{"flis_channel", 2, {{"channel", TEXTOID}, {"valid_from", DATEOID}}},
	{"flis_rule", 2, {{"area", TEXTOID}, {"valid_from", DATEOID}}},
	{"flis_release", 3, {{"area", TEXTOID}, {"channel", TEXTOID}, {"cycle", DATEOID}}},
	{"flis_status", 2, {{"area", TEXTOID}, {"as_of", DATEOID}}},
	{"flis_notice", 2, {{"area", TEXTOID}, {"notice", INT4OID}}},
	{"flis_waiver", 3, {{"area", TEXTOID}, {"municipality", INT2OID}, {"valid_from", DATEOID}}}};

/* How a scan finds its rows: by the primary key where that serves, from its start or its end; or, where that is
 * quicker, by reading the table. */
typedef enum ScanWay
{
	BY_INDEX,
	BACKWARD,
	SELDOM
} ScanWay;

static void begin(FlisScan *scan, const FlisTableShape *shape, Oid schema, Snapshot snapshot,
				  int nkeys, const Datum *keys, ScanWay way);
static void begin_relation(FlisScan *scan, const char *table, Oid schema, Snapshot snapshot,
						   int nkeys, const Datum *keys, ScanWay way);
static void begin_history(FlisScan *scan);
static void next_known(FlisScan *scan);
static bool was_known(FlisScan *scan);
static TimestampTz time_of(FlisScan *scan, AttrNumber attribute);
static bool is_covered(FlisScan *scan);
static const HistoryKey *history_key(const char *table);
static RegProcedure equality_of(Oid type);
static Relation open_table(const char *table, Oid schema);
static AttrNumber attribute_of(Relation relation, const char *table, const char *column, Oid type);
static Oid index_on(Relation relation, const AttrNumber *attributes, int n);
pg_noreturn static void bad_value(FlisScan *scan, int column);

/*
 * flis_scan_has_history tells whether a table has one.
 */
bool
flis_scan_has_history(const char *table)
{
	return history_key(table) != NULL;
}

/*
 * flis_scan_begin_known begins to read a table with a history as flis_scan_begin does, as it was known at the time
 * that flis.known_at is set to: first the rows in use, then the versions that are over.
 */
void
flis_scan_begin_known(FlisScan *scan, const FlisTableShape *shape, Oid schema, Snapshot snapshot,
					  int nkeys, const Datum *keys)
{
	flis_scan_begin_once(scan, shape, schema, snapshot, nkeys, keys);
	scan->known_at = flis_known_time();
	if (scan->known_at == FLIS_KNOWN_NOW)
		return;
	scan->system_from = attribute_of(scan->relation, shape->table, "system_from", TIMESTAMPTZOID);
	scan->schema = schema;
	scan->snapshot = snapshot;
	scan->nkeys = nkeys;
	for (int i = 0; i < nkeys; i++)
		scan->keys[i] = keys[i];
}

/*
 * flis_scan_begin begins to read the rows of a table whose first columns have the given values, by
 * its primary key where that serves.
 */
void
flis_scan_begin(FlisScan *scan, const FlisTableShape *shape, Oid schema, Snapshot snapshot,
				int nkeys, const Datum *keys)
{
	begin(scan, shape, schema, snapshot, nkeys, keys, BY_INDEX);
}

/*
 * flis_scan_begin_backward does the same from the greatest value of the column behind the given ones on; the
 * rows come in any order, and scan->backward is NULL, where the primary key doesn't serve.
 */
void
flis_scan_begin_backward(FlisScan *scan, const FlisTableShape *shape, Oid schema, Snapshot snapshot,
						 int nkeys, const Datum *keys)
{
	begin(scan, shape, schema, snapshot, nkeys, keys, BACKWARD);
}

/*
 * flis_scan_begin_once does the same for a session that reads a table seldom: to open an index takes
 * longer than to read a few pages, where those are all of the table.
 */
void
flis_scan_begin_once(FlisScan *scan, const FlisTableShape *shape, Oid schema, Snapshot snapshot,
					 int nkeys, const Datum *keys)
{
	begin(scan, shape, schema, snapshot, nkeys, keys, SELDOM);
}

static void
begin(FlisScan *scan, const FlisTableShape *shape, Oid schema, Snapshot snapshot, int nkeys,
	  const Datum *keys, ScanWay way)
{
	scan->shape = shape;
	scan->room = 0;
	scan->known_at = FLIS_KNOWN_NOW;
	scan->in_history = false;
	begin_relation(scan, shape->table, schema, snapshot, nkeys, keys, way);
}

/*
 * begin_relation opens a table with the columns of the scan's shape, and begins to read it.
 */
static void
begin_relation(FlisScan *scan, const char *table, Oid schema, Snapshot snapshot, int nkeys,
			   const Datum *keys, ScanWay way)
{
	const FlisTableShape *shape = scan->shape;
	ScanKeyData scan_keys[FLIS_MAX_KEYS];
	Oid index;

	scan->relation = open_table(table, schema);
	for (int i = 0; i < shape->ncolumns; i++)
		scan->attributes[i] =
			attribute_of(scan->relation, table, shape->columns[i].name, shape->columns[i].type);

	for (int i = 0; i < nkeys; i++)
	{
		AttrNumber attribute = scan->attributes[i];

		/* The column's own collation, because that is the index's. */
		ScanKeyEntryInitialize(
			&scan_keys[i], 0, attribute, BTEqualStrategyNumber, InvalidOid,
			TupleDescAttr(RelationGetDescr(scan->relation), attribute - 1)->attcollation,
			equality_of(shape->columns[i].type), keys[i]);
	}

	index = nkeys > 0 && (way != SELDOM || RelationGetNumberOfBlocks(scan->relation) > FEW_PAGES)
				? index_on(scan->relation, scan->attributes, way == BACKWARD ? nkeys + 1 : nkeys)
				: InvalidOid;
	scan->backward =
		way == BACKWARD && OidIsValid(index) ? index_open(index, AccessShareLock) : NULL;
	scan->scan =
		scan->backward != NULL
			? systable_beginscan_ordered(scan->relation, scan->backward, snapshot, nkeys, scan_keys)
			: systable_beginscan(scan->relation, index, OidIsValid(index), snapshot, nkeys,
								 scan_keys);
}

/*
 * begin_history goes on from the rows in use to the versions that are over.
 */
static void
begin_history(FlisScan *scan)
{
	const char *history = psprintf("%s_history", scan->shape->table);

	flis_scan_end(scan);
	scan->in_history = true;
	begin_relation(scan, history, scan->schema, scan->snapshot, scan->nkeys, scan->keys, BY_INDEX);
	scan->system_from = attribute_of(scan->relation, history, "system_from", TIMESTAMPTZOID);
	scan->system_until = attribute_of(scan->relation, history, "system_until", TIMESTAMPTZOID);
}

/*
 * was_known tells whether the row that a scan is at was known at the scan's time.  A row in use that always was is
 * one that the extension brought or that 1.0 left: where a version of its key covers the time, that was there.
 */
static bool
was_known(FlisScan *scan)
{
	TimestampTz from = time_of(scan, scan->system_from);

	if (from > scan->known_at)
		return false;
	if (scan->in_history)
		return time_of(scan, scan->system_until) > scan->known_at;
	return !TIMESTAMP_IS_NOBEGIN(from) || !is_covered(scan);
}

static TimestampTz
time_of(FlisScan *scan, AttrNumber attribute)
{
	bool isnull;
	Datum value = heap_getattr(scan->row, attribute, RelationGetDescr(scan->relation), &isnull);

	return isnull ? DT_NOBEGIN : DatumGetTimestampTz(value);
}

/*
 * is_covered tells whether a version that is over was known at the scan's time of the row that it is at.
 */
static bool
is_covered(FlisScan *scan)
{
	const HistoryKey *key = history_key(scan->shape->table);
	FlisTableShape shape = {.table = psprintf("%s_history", key->table), .ncolumns = key->ncolumns};
	Datum values[FLIS_MAX_KEYS];
	bool is_covered = false;
	FlisScan versions;

	for (int i = 0; i < key->ncolumns; i++)
	{
		AttrNumber attribute =
			attribute_of(scan->relation, key->table, key->columns[i].name, key->columns[i].type);
		bool isnull;

		shape.columns[i].name = key->columns[i].name;
		shape.columns[i].type = key->columns[i].type;
		values[i] = heap_getattr(scan->row, attribute, RelationGetDescr(scan->relation), &isnull);
		if (isnull)
			flis_raise_altered_table(key->table, key->columns[i].name);
	}
	flis_scan_begin(&versions, &shape, scan->schema, scan->snapshot, key->ncolumns, values);
	versions.system_from =
		attribute_of(versions.relation, shape.table, "system_from", TIMESTAMPTZOID);
	versions.system_until =
		attribute_of(versions.relation, shape.table, "system_until", TIMESTAMPTZOID);
	while (!is_covered && flis_scan_next(&versions))
		is_covered = time_of(&versions, versions.system_from) <= scan->known_at &&
					 time_of(&versions, versions.system_until) > scan->known_at;
	flis_scan_end(&versions);
	return is_covered;
}

/*
 * history_key finds the key of a table with a history; NULL if the table has none.
 */
static const HistoryKey *
history_key(const char *table)
{
	for (int i = 0; i < (int) lengthof(history_keys); i++)
		if (strcmp(history_keys[i].table, table) == 0)
			return &history_keys[i];
	return NULL;
}

/*
 * equality_of finds the function that compares values of a type that a key has.
 */
static RegProcedure
equality_of(Oid type)
{
	switch (type)
	{
		case DATEOID:
			return F_DATE_EQ;
		case INT2OID:
			return F_INT2EQ;
		case INT4OID:
			return F_INT4EQ;
		default:
			return F_TEXTEQ;
	}
}

/*
 * open_table opens the table that has a name in the extension's schema, and keeps it locked.
 */
static Relation
open_table(const char *table, Oid schema)
{
	Relation relation = NULL;

	/* While this waits for the lock the table may be dropped, or another one take its name. */
	while (relation == NULL)
	{
		Oid oid = get_relname_relid(table, schema);

		if (!OidIsValid(oid) || get_rel_relkind(oid) != RELKIND_RELATION)
			flis_raise_missing_table(table);
		relation = try_table_open(oid, AccessShareLock);
		if (relation != NULL && get_relname_relid(table, schema) != oid)
		{
			table_close(relation, AccessShareLock);
			relation = NULL;
		}
	}
	if (relation->rd_rel->relrowsecurity)
		ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
						errmsg("table \"%s\" of extension flis has row security", table),
						errdetail("The functions answer everybody alike."),
						errhint("Use ALTER TABLE ... DISABLE ROW LEVEL SECURITY, and revoke "
								"EXECUTE on the functions where not everybody may ask.")));
	if (flis_is_distributed(RelationGetRelid(relation)))
		ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
						errmsg("table \"%s\" of extension flis is distributed", table),
						errdetail("Its rows are kept by a distributed engine, not in the table."),
						errhint("Use SELECT undistribute_table('%s').",
								quote_qualified_identifier(get_namespace_name(schema), table))));
	return relation;
}

/*
 * attribute_of finds a column of a table by its name, and checks its type.
 */
static AttrNumber
attribute_of(Relation relation, const char *table, const char *column, Oid type)
{
	TupleDesc descriptor = RelationGetDescr(relation);

	for (int i = 0; i < descriptor->natts; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(descriptor, i);

		if (!attribute->attisdropped && attribute->atttypid == type &&
			strcmp(NameStr(attribute->attname), column) == 0)
			return attribute->attnum;
	}
	flis_raise_altered_table(table, column);
}

/*
 * flis_raise_missing_table raises the error for a table of the extension that somebody dropped.
 */
void
flis_raise_missing_table(const char *table)
{
	ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					errmsg("table \"%s\" of extension flis is missing", table),
					errhint("Restore the database; or drop the extension, with all that was "
							"written into its tables, and create it anew.")));
}

/*
 * flis_raise_altered_table raises the error for a table of the extension that somebody altered: the
 * column is missing or has another type.  So it does between the installation of a newer version's files
 * and ALTER EXTENSION UPDATE.
 */
void
flis_raise_altered_table(const char *table, const char *column)
{
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("table \"%s\" of extension flis was altered", table),
			 errdetail("Column \"%s\" is missing or has another type.", column),
			 errhint("If the files of a newer version were installed: ALTER EXTENSION flis UPDATE. "
					 "Otherwise give the table its columns back, or create the extension anew.")));
}

/*
 * index_on finds the primary key's index if it begins with the given columns; else InvalidOid, and
 * the table is read whole.  So it is, as by the planner, where the index was made anew and may lack
 * rows that an old snapshot sees.
 */
static Oid
index_on(Relation relation, const AttrNumber *attributes, int n)
{
	HeapTuple tuple;
	Form_pg_index form;
	Oid index;

	list_free(RelationGetIndexList(relation));
	index = relation->rd_pkindex;
	if (!OidIsValid(index))
		return InvalidOid;

	tuple = SearchSysCache1(INDEXRELID, ObjectIdGetDatum(index));
	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for index %u", index);
	form = (Form_pg_index) GETSTRUCT(tuple);
	if (form->indnkeyatts < n ||
		(form->indcheckxmin &&
		 !TransactionIdPrecedes(HeapTupleHeaderGetXmin(tuple->t_data), TransactionXmin)))
		index = InvalidOid;
	for (int i = 0; i < n && OidIsValid(index); i++)
		if (form->indkey.values[i] != attributes[i])
			index = InvalidOid;
	ReleaseSysCache(tuple);
	return index;
}

/*
 * flis_scan_next goes on to the next row; false if there is none.
 */
bool
flis_scan_next(FlisScan *scan)
{
	CHECK_FOR_INTERRUPTS();
	scan->row = scan->backward != NULL ? systable_getnext_ordered(scan->scan, BackwardScanDirection)
									   : systable_getnext(scan->scan);
	if (scan->known_at != FLIS_KNOWN_NOW)
		next_known(scan);
	return HeapTupleIsValid(scan->row);
}

/*
 * next_known goes on to the next row that was known at the scan's time.
 */
static void
next_known(FlisScan *scan)
{
	for (;;)
	{
		CHECK_FOR_INTERRUPTS();
		if (HeapTupleIsValid(scan->row) ? was_known(scan) : scan->in_history)
			return;
		if (!HeapTupleIsValid(scan->row))
			begin_history(scan);
		scan->row = systable_getnext(scan->scan);
	}
}

/*
 * flis_scan_end ends a scan and closes its table, whose lock stays.
 */
void
flis_scan_end(FlisScan *scan)
{
	if (scan->backward != NULL)
	{
		systable_endscan_ordered(scan->scan);
		index_close(scan->backward, NoLock);
	}
	else
		systable_endscan(scan->scan);
	table_close(scan->relation, NoLock);
}

/*
 * flis_scan_value finds the value of a column, which points into the row.
 */
Datum
flis_scan_value(FlisScan *scan, int column, bool *isnull)
{
	return heap_getattr(scan->row, scan->attributes[column], RelationGetDescr(scan->relation),
						isnull);
}

/*
 * flis_text reads a text, NULL where there is none.  flis_needed_text, flis_needed_day and others that need
 * a value raise 55000 where there is none.
 */
const char *
flis_text(FlisScan *scan, int column)
{
	bool isnull;
	Datum value = flis_scan_value(scan, column, &isnull);

	return isnull ? NULL : TextDatumGetCString(value);
}

const char *
flis_needed_text(FlisScan *scan, int column)
{
	const char *text = flis_text(scan, column);

	if (text == NULL)
		bad_value(scan, column);
	return text;
}

/*
 * flis_day_value reads a day of the calendar or near it, FLIS_NO_DAY where there is none.
 */
FlisDay
flis_day_value(FlisScan *scan, int column)
{
	bool isnull;
	Datum value = flis_scan_value(scan, column, &isnull);
	FlisDay day;

	if (isnull)
		return FLIS_NO_DAY;
	day = DatumGetDateADT(value);
	if (day < FLIS_FIRST_DAY - 366 || day > FLIS_LAST_DAY + 366)
		bad_value(scan, column);
	return day;
}

FlisDay
flis_needed_day(FlisScan *scan, int column)
{
	FlisDay day = flis_day_value(scan, column);

	if (day == FLIS_NO_DAY)
		bad_value(scan, column);
	return day;
}

/*
 * flis_integer reads a number from least to most; "unsaid" for NULL, which is an error where that is negative.
 */
int
flis_integer(FlisScan *scan, int column, int least, int most, int unsaid)
{
	bool isnull;
	Datum datum = flis_scan_value(scan, column, &isnull);
	int value =
		scan->shape->columns[column].type == INT2OID ? DatumGetInt16(datum) : DatumGetInt32(datum);

	if (isnull)
		value = unsaid;
	else if (value < least || value > most)
		bad_value(scan, column);
	if (isnull && unsaid < 0)
		bad_value(scan, column);
	return value;
}

/*
 * flis_truth reads a boolean, FLIS_UNSAID where there is none.
 */
FlisTruth
flis_truth(FlisScan *scan, int column)
{
	bool isnull;
	Datum value = flis_scan_value(scan, column, &isnull);

	if (isnull)
		return FLIS_UNSAID;
	return DatumGetBool(value) ? FLIS_YES : FLIS_NO;
}

/*
 * flis_code reads a code and finds it among its words.
 */
int
flis_code(FlisScan *scan, int column, const FlisLabel *words, int n)
{
	bool isnull;
	Datum value = flis_scan_value(scan, column, &isnull);
	const text *code;

	if (isnull)
		bad_value(scan, column);
	code = DatumGetTextPP(value);
	for (int i = 0; i < n; i++)
		if (strlen(words[i].code) == VARSIZE_ANY_EXHDR(code) &&
			memcmp(words[i].code, VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code)) == 0)
			return i;
	bad_value(scan, column);
}

/*
 * flis_texts reads an array of texts without its NULLs.
 */
const char **
flis_texts(FlisScan *scan, int column, int *n)
{
	bool isnull;
	Datum value = flis_scan_value(scan, column, &isnull);
	const char **texts;
	Datum *elements;
	bool *nulls;
	int count;

	*n = 0;
	if (isnull)
		return NULL;
	deconstruct_array(DatumGetArrayTypeP(value), TEXTOID, -1, false, TYPALIGN_INT, &elements,
					  &nulls, &count);
	texts = palloc(Max(count, 1) * sizeof(char *));
	for (int i = 0; i < count; i++)
		if (!nulls[i])
			texts[(*n)++] = TextDatumGetCString(elements[i]);
	return texts;
}

/*
 * bad_value raises the error for a value that the constraints rule out: somebody dropped them.
 */
static void
bad_value(FlisScan *scan, int column)
{
	ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					errmsg("table \"%s\" of extension flis holds a bad row", scan->shape->table),
					errdetail("The value of column \"%s\" is not possible.",
							  scan->shape->columns[column].name),
					errhint("Mend the row and give the table its constraints back.")));
}
