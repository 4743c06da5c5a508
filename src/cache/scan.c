/*
 * scan.c
 *		Reads the rows of one table of the extension under a snapshot, and validates columns and
 *		values.
 *
 * Tables and columns are found by name in the schema of the extension, never through search_path.  An
 * administrator may have dropped or altered any of them.  So each column is checked when the table is
 * opened, and each value when it is read: nothing that a table can hold may crash or hang the server.
 *
 * The rows are read without a check of privileges on the table.  They are for everybody who may execute
 * the functions.  A table with row security is refused, because cached rows could not honour it.
 *
 * Locks are kept until the end of the transaction, as a query would keep them.
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

/* The number of pages up to which a table that is read seldom is read without its index. */
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

/* How a scan finds its rows.  Where the primary key can't be used the whole table is read. */
typedef enum ScanWay
{
	BY_INDEX, /* by the primary key */
	BACKWARD, /* by the primary key, from its end */
	SELDOM	  /* by the primary key if the table has more than FEW_PAGES */
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
 * flis_scan_has_history tells whether a table has a history.
 */
bool
flis_scan_has_history(const char *table)
{
	return history_key(table) != NULL;
}

/*
 * flis_scan_begin_known begins to read a table with a history as it was known at the time of
 * flis.known_at: first the rows in use, then the versions that have ended.  The parameters are those of
 * flis_scan_begin.
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
 * flis_scan_begin begins to read the rows of a table in which the first nkeys columns of the shape have
 * the values of "keys", by the primary key if it begins with these columns.
 */
void
flis_scan_begin(FlisScan *scan, const FlisTableShape *shape, Oid schema, Snapshot snapshot,
				int nkeys, const Datum *keys)
{
	begin(scan, shape, schema, snapshot, nkeys, keys, BY_INDEX);
}

/*
 * flis_scan_begin_backward does the same, in descending order of the column after those.  If the primary
 * key doesn't have these columns the rows come in any order and scan->backward is NULL.
 */
void
flis_scan_begin_backward(FlisScan *scan, const FlisTableShape *shape, Oid schema, Snapshot snapshot,
						 int nkeys, const Datum *keys)
{
	begin(scan, shape, schema, snapshot, nkeys, keys, BACKWARD);
}

/*
 * flis_scan_begin_once does the same as flis_scan_begin for a table that a session reads seldom.  To
 * open the index would take longer than to read a table of a few pages.
 */
void
flis_scan_begin_once(FlisScan *scan, const FlisTableShape *shape, Oid schema, Snapshot snapshot,
					 int nkeys, const Datum *keys)
{
	begin(scan, shape, schema, snapshot, nkeys, keys, SELDOM);
}

/*
 * begin initializes a scan and begins to read.
 */
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
 * begin_relation opens a table that has the columns of the scan's shape, and begins to read it.
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

		/* The column's collation, because the index has that one. */
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
 * begin_history ends the scan of the rows in use and begins that of the versions that have ended.
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
 * was_known tells whether the current row was known at the scan's time.
 *
 * A row in use whose system_from is -infinity was brought by the extension or comes from 1.0.  It may
 * have taken the place of a row that a user wrote.  So if the history has a version of its key at that
 * time, that version was known and not the row.
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

/*
 * time_of returns a time of the current row, -infinity for NULL.
 */
static TimestampTz
time_of(FlisScan *scan, AttrNumber attribute)
{
	bool isnull;
	Datum value = heap_getattr(scan->row, attribute, RelationGetDescr(scan->relation), &isnull);

	return isnull ? DT_NOBEGIN : DatumGetTimestampTz(value);
}

/*
 * is_covered tells whether the history has a version of the current row's key that was known at the
 * scan's time.
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
 * history_key returns the key of a table with a history; NULL if the table has no history.
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
 * equality_of returns the equality function of a type of key columns.
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
 * open_table opens and locks the table of a name in the extension's schema.
 */
static Relation
open_table(const char *table, Oid schema)
{
	Relation relation = NULL;

	/* While it waits for the lock the table may be dropped, or its name given to another one. */
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
 * attribute_of returns the number of a column, or raises 55000 if there is none of that name and type.
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
 * flis_raise_missing_table raises 55000 for a table of the extension that somebody dropped.
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
 * flis_raise_altered_table raises 55000 for a table of the extension whose column is missing or has
 * another type.  That is also the case after the files of a newer version are installed, until ALTER
 * EXTENSION UPDATE is executed.
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
 * index_on returns the index of the primary key if it begins with the given columns; else InvalidOid.
 * As in the planner, an index that was rebuilt is not used if it may lack rows that an old snapshot
 * sees.
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
 * flis_scan_next fetches the next row; false if there is none.
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
 * next_known skips rows that were not known at the scan's time, and goes on to the history.
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
 * flis_scan_end ends a scan and closes its table, but keeps the lock.
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
 * flis_scan_value returns the value of a column, which points into the row.
 */
Datum
flis_scan_value(FlisScan *scan, int column, bool *isnull)
{
	return heap_getattr(scan->row, scan->attributes[column], RelationGetDescr(scan->relation),
						isnull);
}

/*
 * flis_text returns a text, or NULL.  flis_needed_text and flis_needed_day raise 55000 for NULL.
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
 * flis_day_value returns a day, FLIS_NO_DAY for NULL.  It raises 55000 if the day is more than a year
 * outside the calendar range.
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
 * flis_integer returns a number, or "if_null" for NULL.  It raises 55000 if the number is not from least
 * to most, or for NULL if "if_null" is negative.
 */
int
flis_integer(FlisScan *scan, int column, int least, int most, int if_null)
{
	bool isnull;
	Datum datum = flis_scan_value(scan, column, &isnull);
	int value =
		scan->shape->columns[column].type == INT2OID ? DatumGetInt16(datum) : DatumGetInt32(datum);

	if (isnull ? if_null < 0 : value < least || value > most)
		bad_value(scan, column);
	return isnull ? if_null : value;
}

/*
 * flis_truth returns a boolean, FLIS_UNSAID for NULL.
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
 * flis_code returns the index of a code among the codes of its enumeration.  It raises 55000 if it is
 * not there.
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
 * flis_texts returns the elements of an array of texts that are not NULL.
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
	texts = palloc(count * sizeof(char *));
	for (int i = 0; i < count; i++)
		if (!nulls[i])
			texts[(*n)++] = TextDatumGetCString(elements[i]);
	return texts;
}

/*
 * bad_value raises 55000 for a value that the constraints exclude, which somebody must have dropped.
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
