/*
 * prints.c
 *		The functions of SQL that take the prints of cubes, compare and list them: flis_remember,
 *		flis_restated and flis_remembered; and flis_read_receipt, which reads the line of a report.
 *
 * Prints have sums of tables that not everybody may read, so only its owner may read flis_print.  These
 * functions show the prints of a cube to those who may read all of it.
 */
#include "postgres.h"

#include <ctype.h>
#include <inttypes.h>

#include "access/table.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "common/int.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "storage/lmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datum.h"
#include "utils/fmgrprotos.h"
#include "utils/jsonb.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"

#include "base/array.h"
#include "base/calendar.h"
#include "base/search.h"
#include "rules/coverage.h"
#include "rules/rule.h"
#include "cache/known_at.h"
#include "cache/registry.h"
#include "cache/scan.h"
#include "triggers/generation_write.h"
#include "facts/print_hash.h"
#include "facts/prints.h"
#include "sql/row.h"

static const FlisTableShape print_shape = {"flis_print",
										   8,
										   {{"cube", TEXTOID},
											{"data_through", DATEOID},
											{"municipality", INT2OID},
											{"seen_at", TIMESTAMPTZOID},
											{"algorithm", INT2OID},
											{"rows", INT8OID},
											{"hash", INT8OID},
											{"sums", JSONBOID}}};

/* A row of flis_print. */
typedef struct Print
{
	uint64 key; /* FLIS_GROUP_KEY */
	TimestampTz seen_at;
	int algorithm;
	int64 rows;
	int64 hash;
	Datum sums; /* jsonb; 0: NULL */
} Print;

/* The columns of rows to be inserted into flis_print. */
typedef struct NewPrints
{
	int n;
	Datum *days;
	Datum *municipalities;
	Datum *rows;
	Datum *hashes;
	Datum *sums;
	bool *has_no_sums;
} NewPrints;

/* The rows of one municipality in one period, at a time and now; NULL if there were none. */
typedef struct Comparison
{
	const Print *before;
	const FlisGroup *now;
	TimestampTz seen_at; /* when the change was first seen */
} Comparison;

static bool is_day(int year, int month, int day_of_month);
pg_noreturn static void refuse_receipt(const char *receipt);
static const FlisCube *begin_cube(FunctionCallInfo fcinfo, FlisCubeContext *cube_context,
								  FlisDay on);
static const char **texts_of(ArrayType *array, int *n);
static Print *read_prints(Oid schema, const char *cube, int *n);
static int compare_prints(const void *a, const void *b);
static bool is_same_print(const Print *print, int64 rows, uint64 hash);
static bool is_known(const Print *print, const FlisPrints *prints, const FlisGroup *group);
static void begin_new(NewPrints *fresh, Size room);
static void add_new(NewPrints *fresh, FlisDay last, int municipality, int64 rows, uint64 hash,
					Datum sums, bool has_no_sums);
static void write_new(Oid schema, const char *cube, TimestampTz seen_at, const NewPrints *fresh);
static Datum array_of(Datum *values, bool *nulls, int n, Oid type);
static const char **summed_measures(const FlisCubeContext *cube_context, const Print *prints, int n,
									int *nmeasures);
static FlisDay day_of(TimestampTz time);
static FlisDay covered_on(FunctionCallInfo fcinfo, const FlisCube *cube, FlisDay on);
static bool was_remembered(const Print *prints, int n, FlisDay last, TimestampTz since);
static bool has_print(const Print *prints, int n, uint64 key);
static int first_of(const Print *prints, int n, FlisDay last);
static bool ends_before(const void *print, const void *day);
static void write_restated(const FlisCubeContext *cube_context, const FlisPrints *now, uint64 key,
						   const Comparison *comparison, ReturnSetInfo *result);
static TimestampTz first_seen(const Print *of_key, int n, const Comparison *comparison,
							  TimestampTz since);

/*
 * flis_remember(cube text, measures text[]) takes the prints of a cube, adds those that differ from the
 * newest ones to flis_print, and returns how many these are.
 */
PG_FUNCTION_INFO_V1(flis_remember);
Datum
flis_remember(PG_FUNCTION_ARGS)
{
	FlisCubeContext cube_context;
	const FlisCube *cube;
	const char **measures;
	int nmeasures;
	NewPrints fresh = {0};
	TimestampTz seen_at;
	FlisPrints now;
	flis_groups_iterator iterator;
	FlisGroup *group;
	Relation table;
	Print *prints;
	int n;
	Oid schema;

	/* The rules of another time may count in other periods, and a print stays. */
	if (flis_known_time() != FLIS_KNOWN_NOW)
		ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
						errmsg("prints cannot be taken while \"%s\" is set", "flis.known_at"),
						errhint("RESET flis.known_at first.")));
	cube = begin_cube(fcinfo, &cube_context, GetSQLCurrentDate());
	schema = flis_current_load.schema;
	measures = texts_of(PG_GETARG_ARRAYTYPE_P(1), &nmeasures);

	/*
	 * One session at a time, so that each compares with the newest prints.  This lock doesn't conflict
	 * with a writer's, which sessions that wait for it may hold: each opens the table for writing, and
	 * may have called flis_forget() before.
	 */
	table = flis_open_internal(schema, "flis_print");
	LockRelationOid(RelationGetRelid(table), ShareUpdateExclusiveLock);
	table_close(table, NoLock);
	CommandCounterIncrement();
	PushActiveSnapshot(GetTransactionSnapshot());
	UpdateActiveSnapshotCommandId();
	prints = read_prints(schema, cube->cube, &n);
	flis_take_prints(&cube_context, measures, nmeasures, &now);
	PopActiveSnapshot();

	begin_new(&fresh, (Size) n + now.groups->members);
	seen_at = GetCurrentTimestamp();
	for (int i = 0; i < n; i++)
	{
		seen_at = Max(seen_at, prints[i].seen_at + 1);
		if (i + 1 < n && prints[i + 1].key == prints[i].key)
			continue;
		/* The newest of its key. */
		group = flis_groups_lookup(now.groups, prints[i].key);
		if (group == NULL)
		{
			if (!is_same_print(&prints[i], 0, 0))
				add_new(&fresh, FLIS_GROUP_LAST(prints[i].key),
						FLIS_GROUP_MUNICIPALITY(prints[i].key), 0, 0, (Datum) 0, true);
		}
		else if (is_known(&prints[i], &now, group))
			group->rows = 0; /* not to be added */
	}
	flis_groups_start_iterate(now.groups, &iterator);
	while ((group = flis_groups_iterate(now.groups, &iterator)) != NULL)
	{
		bool has_no_sums;
		Datum sums;

		CHECK_FOR_INTERRUPTS();
		if (group->rows == 0)
			continue;
		sums = flis_print_sums(&now, group, &has_no_sums);
		add_new(&fresh, FLIS_GROUP_LAST(group->key), FLIS_GROUP_MUNICIPALITY(group->key),
				group->rows, group->hash, sums, has_no_sums);
	}
	if (fresh.n > 0)
		write_new(schema, cube->cube, seen_at, &fresh);
	PG_RETURN_INT32(fresh.n);
}

/*
 * flis_restated(cube text, since timestamptz) returns the periods of municipalities that were
 * covered at a time, had a print by then, and differ now.
 */
PG_FUNCTION_INFO_V1(flis_restated);
Datum
flis_restated(PG_FUNCTION_ARGS)
{
	TimestampTz since = PG_GETARG_TIMESTAMPTZ(1);
	FlisDay on = day_of(since);
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	FlisCubeContext cube_context;
	const FlisCube *cube;
	const char **measures;
	int nmeasures;
	flis_groups_iterator iterator;
	const FlisGroup *group;
	FlisPrints now;
	TimestampTz forgotten_before;
	FlisDay covered;
	Print *prints;
	int n;

	InitMaterializedSRF(fcinfo, 0);
	/* Prints of that time are of the periods in which the area counted then. */
	cube = begin_cube(fcinfo, &cube_context, on != FLIS_NO_DAY ? on : GetSQLCurrentDate());
	covered = covered_on(fcinfo, cube, on);
	if (covered == FLIS_NO_DAY)
		return (Datum) 0;
	prints = read_prints(flis_current_load.schema, cube->cube, &n);
	/* flis_forget() may have dropped what a municipality had before its first print that is left. */
	forgotten_before = flis_forgotten_before(flis_current_load.schema, GetActiveSnapshot());
	measures = summed_measures(&cube_context, prints, n, &nmeasures);
	flis_take_prints(&cube_context, measures, nmeasures, &now);

	for (int i = 0; i < n;)
	{
		const Print *of_key = &prints[i];
		Comparison comparison = {.now = flis_groups_lookup(now.groups, of_key->key)};
		int ofs = 0;

		CHECK_FOR_INTERRUPTS();
		for (; i < n && prints[i].key == of_key->key; i++, ofs++)
			if (prints[i].seen_at <= since)
				comparison.before = &prints[i];
		if (FLIS_GROUP_LAST(of_key->key) > covered ||
			(comparison.before != NULL && comparison.before->algorithm != FLIS_PRINT_ALGORITHM) ||
			(comparison.before == NULL &&
			 (of_key->seen_at <= forgotten_before ||
			  !was_remembered(prints, n, FLIS_GROUP_LAST(of_key->key), since))))
			continue;
		comparison.seen_at = first_seen(of_key, ofs, &comparison, since);
		write_restated(&cube_context, &now, of_key->key, &comparison, result);
	}
	/* Groups that never had a print. */
	flis_groups_start_iterate(now.groups, &iterator);
	while ((group = flis_groups_iterate(now.groups, &iterator)) != NULL)
	{
		Comparison comparison = {.now = group, .seen_at = GetCurrentTransactionStartTimestamp()};

		if (!has_print(prints, n, group->key) && FLIS_GROUP_LAST(group->key) <= covered &&
			was_remembered(prints, n, FLIS_GROUP_LAST(group->key), since))
			write_restated(&cube_context, &now, group->key, &comparison, result);
	}
	return (Datum) 0;
}

/*
 * flis_remembered(cube text) returns the prints of a cube that the caller may read.
 */
PG_FUNCTION_INFO_V1(flis_remembered);
Datum
flis_remembered(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	FlisCubeContext cube_context;
	const FlisCube *cube;
	Print *prints;
	int n;

	InitMaterializedSRF(fcinfo, 0);
	cube = begin_cube(fcinfo, &cube_context, GetSQLCurrentDate());
	prints = read_prints(flis_current_load.schema, cube->cube, &n);
	for (int i = 0; i < n; i++)
	{
		FlisDay last = FLIS_GROUP_LAST(prints[i].key);
		int municipality = FLIS_GROUP_MUNICIPALITY(prints[i].key);
		FlisRow row = {0};

		flis_write_small(&row, municipality != 0, municipality);
		flis_write_day(&row, last);
		flis_write_datum(&row, true, TimestampTzGetDatum(prints[i].seen_at));
		flis_write_small(&row, true, prints[i].algorithm);
		flis_write_big(&row, prints[i].rows);
		flis_write_big(&row, prints[i].hash);
		flis_write_datum(&row, prints[i].sums != 0, prints[i].sums);
		flis_end_row(&row, result);
	}
	return (Datum) 0;
}

/*
 * flis_registered_cube(cube text) returns the name of a cube as flis_cube writes it.
 */
PG_FUNCTION_INFO_V1(flis_registered_cube);
Datum
flis_registered_cube(PG_FUNCTION_ARGS)
{
	flis_registry_use(fcinfo);
	PG_RETURN_TEXT_P(
		cstring_to_text(flis_find_cube(flis_current_load.schema, PG_GETARG_TEXT_PP(0))->cube));
}

/*
 * flis_read_receipt(receipt text) reads a line that flis_receipt wrote, and returns one row for
 * each cube: the line's day and time, and the codes of the cube's name and of its prints.
 */
PG_FUNCTION_INFO_V1(flis_read_receipt);
Datum
flis_read_receipt(PG_FUNCTION_ARGS)
{
	const char *receipt = text_to_cstring(PG_GETARG_TEXT_PP(0));
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	const char *rest = receipt;
	uint64 moment = 0;
	TimestampTz taken_at;
	int year;
	int month;
	int day;
	int used = 0;
	bool is_read = false;

	InitMaterializedSRF(fcinfo, 0);
	while (isspace((unsigned char) *rest))
		rest++;
	/* The number of fields is checked, and their widths are bounded.  NOLINTNEXTLINE(cert-err34-c) */
	if (sscanf(rest, "flis1 %4d-%2d-%2d %16" SCNx64 "%n", &year, &month, &day, &moment, &used) <
			4 ||
		used == 0 || !is_day(year, month, day))
		refuse_receipt(receipt);
	rest += used;
	/* The Unix epoch lies 30 years before PostgreSQL's. */
	if (pg_sub_s64_overflow((int64) moment,
							(POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) * USECS_PER_DAY, &taken_at) ||
		!IS_VALID_TIMESTAMP(taken_at))
		refuse_receipt(receipt);
	for (;;)
	{
		char name[7];
		char code[9];
		FlisRow row = {0};

		while (isspace((unsigned char) *rest))
			rest++;
		if (*rest == '\0')
			break;
		used = 0;
		if (sscanf(rest, "%6[0-9a-f]-%8[0-9a-f]%n", name, code, &used) < 2 || used != 15 ||
			(rest[used] != '\0' && !isspace((unsigned char) rest[used])))
			refuse_receipt(receipt);
		rest += used;
		is_read = true;
		flis_write_day(&row, flis_day(year, month, day));
		flis_write_datum(&row, true, TimestampTzGetDatum(taken_at));
		flis_write_text(&row, name);
		flis_write_text(&row, code);
		flis_end_row(&row, result);
	}
	if (!is_read)
		refuse_receipt(receipt);
	return (Datum) 0;
}

/*
 * is_day tells whether there is such a day in the calendar.
 */
static bool
is_day(int year, int month, int day_of_month)
{
	int parts[3] = {0};

	if (year >= 1 && month >= 1 && month <= 12 && day_of_month >= 1 && day_of_month <= 31)
		flis_day_parts(flis_day(year, month, day_of_month), &parts[0], &parts[1], &parts[2]);
	return parts[0] == year && parts[1] == month && parts[2] == day_of_month;
}

static void
refuse_receipt(const char *receipt)
{
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("this is no receipt: \"%.*s\"",
						   pg_mbcliplen(receipt, (int) strlen(receipt), 120), receipt),
					errhint("Give the line as flis_receipt() wrote it, from \"flis1\" on.")));
}

/*
 * begin_cube finds the cube that the first argument names, and what must be known of it on a day.  An
 * error is raised unless the caller may read its prints.
 */
static const FlisCube *
begin_cube(FunctionCallInfo fcinfo, FlisCubeContext *cube_context, FlisDay on)
{
	const FlisCube *cube;

	flis_registry_use(fcinfo);
	cube = flis_find_cube(flis_current_load.schema, PG_GETARG_TEXT_PP(0));
	/* Prints are of all rows, those of municipalities that are waived, too. */
	flis_cube_context_begin(cube_context, fcinfo, cube, NULL, on);
	flis_check_prints(cube);
	return cube;
}

/*
 * texts_of takes an array of texts apart; an error is raised for NULL.
 */
static const char **
texts_of(ArrayType *array, int *n)
{
	Datum *elements;
	bool *nulls;
	const char **texts;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &elements, &nulls, n);
	texts = palloc(*n * sizeof(char *));
	for (int i = 0; i < *n; i++)
	{
		if (nulls[i])
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("a measure is NULL"),
							errhint("Name columns with numbers as measures.")));
		texts[i] = TextDatumGetCString(elements[i]);
	}
	return texts;
}

/*
 * read_prints reads the prints of a cube under the active snapshot, sorted by period, municipality
 * and time, into the current memory context.
 */
static Print *
read_prints(Oid schema, const char *cube, int *n)
{
	Datum key = CStringGetTextDatum(cube);
	Print *prints = NULL;
	FlisScan scan;

	*n = 0;
	flis_scan_begin(&scan, &print_shape, schema, GetActiveSnapshot(), 1, &key);
	while (flis_scan_next(&scan))
	{
		FlisDay last = flis_needed_day(&scan, 1);
		int municipality = flis_integer(&scan, 2, 0, FLIS_CODES - 1, -1);
		bool isnull;
		Print *print;

		prints = flis_scan_room(&scan, prints, *n, sizeof(Print));
		print = &prints[(*n)++];
		print->key = FLIS_GROUP_KEY(last, municipality);
		print->seen_at = DatumGetTimestampTz(flis_scan_value(&scan, 3, &isnull));
		print->algorithm = flis_integer(&scan, 4, 1, PG_INT16_MAX, -1);
		print->rows = DatumGetInt64(flis_scan_value(&scan, 5, &isnull));
		print->hash = DatumGetInt64(flis_scan_value(&scan, 6, &isnull));
		print->sums = flis_scan_value(&scan, 7, &isnull);
		print->sums = isnull ? (Datum) 0 : PointerGetDatum(PG_DETOAST_DATUM_COPY(print->sums));
	}
	flis_scan_end(&scan);
	if (*n > 0)
		qsort(prints, *n, sizeof(Print), compare_prints);
	return prints;
}

static int
compare_prints(const void *a, const void *b)
{
	const Print *left = a;
	const Print *right = b;
	FlisDay left_last = FLIS_GROUP_LAST(left->key);
	FlisDay right_last = FLIS_GROUP_LAST(right->key);

	if (left_last != right_last)
		return left_last < right_last ? -1 : 1;
	if (left->key != right->key)
		return left->key < right->key ? -1 : 1;
	return (left->seen_at > right->seen_at) - (left->seen_at < right->seen_at);
}

/*
 * is_same_print tells whether a print was made of rows with this number and hash.
 */
static bool
is_same_print(const Print *print, int64 rows, uint64 hash)
{
	return print->algorithm == FLIS_PRINT_ALGORITHM && print->rows == rows &&
		   print->hash == (int64) hash;
}

/*
 * is_known tells whether the newest print of a group equals the group, sums included.
 */
static bool
is_known(const Print *print, const FlisPrints *prints, const FlisGroup *group)
{
	bool has_no_sums;
	bool is_same;
	Datum sums;

	if (!is_same_print(print, group->rows, group->hash))
		return false;
	sums = flis_print_sums(prints, group, &has_no_sums);
	if (has_no_sums)
		return true;
	is_same = print->sums != 0 && DatumGetBool(DirectFunctionCall2(jsonb_eq, print->sums, sums));
	pfree(DatumGetPointer(sums));
	return is_same;
}

/*
 * begin_new makes room for prints.
 */
static void
begin_new(NewPrints *fresh, Size room)
{
	Datum **columns[] = {&fresh->days, &fresh->municipalities, &fresh->rows, &fresh->hashes,
						 &fresh->sums};

	for (int i = 0; i < (int) lengthof(columns); i++)
		*columns[i] = palloc_extended(room * sizeof(Datum), MCXT_ALLOC_HUGE);
	fresh->has_no_sums = palloc_extended(room * sizeof(bool), MCXT_ALLOC_HUGE);
}

static void
add_new(NewPrints *fresh, FlisDay last, int municipality, int64 rows, uint64 hash, Datum sums,
		bool has_no_sums)
{
	int n = fresh->n++;

	fresh->days[n] = DateADTGetDatum(last);
	fresh->municipalities[n] = Int16GetDatum((int16) municipality);
	fresh->rows[n] = Int64GetDatum(rows);
	fresh->hashes[n] = Int64GetDatum((int64) hash);
	fresh->sums[n] = sums;
	fresh->has_no_sums[n] = has_no_sums;
}

/*
 * write_new inserts prints into flis_print, with the privileges of its owner.
 */
static void
write_new(Oid schema, const char *cube, TimestampTz seen_at, const NewPrints *fresh)
{
	static const Oid types[] = {TEXTOID,	  TIMESTAMPTZOID, INT2OID,		DATEARRAYOID,
								INT2ARRAYOID, INT8ARRAYOID,	  INT8ARRAYOID, JSONBARRAYOID};
	int n = fresh->n;
	Datum values[] = {CStringGetTextDatum(cube),
					  TimestampTzGetDatum(seen_at),
					  Int16GetDatum(FLIS_PRINT_ALGORITHM),
					  array_of(fresh->days, NULL, n, DATEOID),
					  array_of(fresh->municipalities, NULL, n, INT2OID),
					  array_of(fresh->rows, NULL, n, INT8OID),
					  array_of(fresh->hashes, NULL, n, INT8OID),
					  array_of(fresh->sums, fresh->has_no_sums, n, JSONBOID)};
	Relation table = flis_open_internal(schema, "flis_print");

	flis_write_as_owner(
		table, "INSERT INTO",
		"(cube, seen_at, algorithm, data_through, municipality, rows, hash, sums) "
		"SELECT $1, $2, $3, p.* FROM ROWS FROM (pg_catalog.unnest($4), pg_catalog.unnest($5), "
		"pg_catalog.unnest($6), pg_catalog.unnest($7), pg_catalog.unnest($8)) AS p",
		lengthof(types), types, values);
	table_close(table, NoLock);
}

static Datum
array_of(Datum *values, bool *nulls, int n, Oid type)
{
	int bound = 1;
	int16 length;
	bool by_value;
	char alignment;

	get_typlenbyvalalign(type, &length, &by_value, &alignment);
	return PointerGetDatum(
		construct_md_array(values, nulls, 1, &n, &bound, type, length, by_value, alignment));
}

/*
 * summed_measures finds the measures of the newest print with sums, except those that the cube has lost.
 */
static const char **
summed_measures(const FlisCubeContext *cube_context, const Print *prints, int n, int *nmeasures)
{
	const Print *newest = NULL;
	const char **measures;
	FlisCubeRelation cube_relation;
	JsonbIterator *iterator;
	JsonbIteratorToken token;
	JsonbValue value;
	int room = 0;

	*nmeasures = 0;
	for (int i = 0; i < n; i++)
		if (prints[i].sums != 0 && (newest == NULL || prints[i].seen_at > newest->seen_at))
			newest = &prints[i];
	if (newest == NULL)
		return NULL;

	measures = NULL;
	flis_find_cube_relation(cube_context->cube, &cube_relation);
	iterator = JsonbIteratorInit(&DatumGetJsonbP(newest->sums)->root);
	while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE)
	{
		const char *name;

		if (token != WJB_KEY)
			continue;
		name = pnstrdup(value.val.string.val, value.val.string.len);
		if (!flis_is_measure(cube_context->cube, &cube_relation, name))
			continue;
		measures = flis_array_reserve(measures, *nmeasures, &room, sizeof(char *));
		measures[(*nmeasures)++] = name;
	}
	return measures;
}

/*
 * day_of tells the session's day of a time; FLIS_NO_DAY if it is infinite or outside the calendar.
 */
static FlisDay
day_of(TimestampTz time)
{
	FlisDay on;

	if (TIMESTAMP_NOT_FINITE(time))
		return FLIS_NO_DAY;
	on = DatumGetDateADT(DirectFunctionCall1(timestamptz_date, TimestampTzGetDatum(time)));
	return flis_is_in_calendar(on) ? on : FLIS_NO_DAY;
}

/*
 * covered_on tells how far a cube's area reached on a day; FLIS_NO_DAY if it covered nothing.
 */
static FlisDay
covered_on(FunctionCallInfo fcinfo, const FlisCube *cube, FlisDay on)
{
	FlisAnswer answer;

	if (on == FLIS_NO_DAY)
		return FLIS_NO_DAY;
	flis_answer_on(flis_cube_timeline(fcinfo, cube), on, &answer);
	return answer.through;
}

/*
 * was_remembered tells whether a period had prints at a time.  Then a municipality without one had
 * no rows.
 */
static bool
was_remembered(const Print *prints, int n, FlisDay last, TimestampTz since)
{
	for (int i = first_of(prints, n, last); i < n && FLIS_GROUP_LAST(prints[i].key) == last; i++)
		if (prints[i].seen_at <= since && prints[i].algorithm == FLIS_PRINT_ALGORITHM)
			return true;
	return false;
}

/*
 * has_print tells whether there is a print of a key, from any time.
 */
static bool
has_print(const Print *prints, int n, uint64 key)
{
	FlisDay last = FLIS_GROUP_LAST(key);

	for (int i = first_of(prints, n, last); i < n && FLIS_GROUP_LAST(prints[i].key) == last; i++)
		if (prints[i].key == key)
			return true;
	return false;
}

/*
 * first_of finds the place of the first print of a period, or of a later one.
 */
static int
first_of(const Print *prints, int n, FlisDay last)
{
	return flis_count_before(prints, n, sizeof(Print), ends_before, &last);
}

static bool
ends_before(const void *print, const void *day)
{
	return FLIS_GROUP_LAST(((const Print *) print)->key) < *(const FlisDay *) day;
}

/*
 * first_seen tells when a change after a time was first seen: by a later print, or just now.
 */
static TimestampTz
first_seen(const Print *of_key, int n, const Comparison *comparison, TimestampTz since)
{
	for (int i = 0; i < n; i++)
		if (of_key[i].seen_at > since &&
			(comparison->before == NULL ? of_key[i].rows != 0
										: !is_same_print(&of_key[i], comparison->before->rows,
														 (uint64) comparison->before->hash)))
			return of_key[i].seen_at;
	return GetCurrentTransactionStartTimestamp();
}

/*
 * write_restated writes the row of a comparison, unless nothing has changed.
 */
static void
write_restated(const FlisCubeContext *cube_context, const FlisPrints *now, uint64 key,
			   const Comparison *comparison, ReturnSetInfo *result)
{
	const Print *before = comparison->before;
	int64 rows_before = before != NULL ? before->rows : 0;
	int64 rows_now = comparison->now != NULL ? comparison->now->rows : 0;
	uint64 hash_now = comparison->now != NULL ? comparison->now->hash : 0;
	FlisDay last = FLIS_GROUP_LAST(key);
	int municipality = FLIS_GROUP_MUNICIPALITY(key);
	FlisRow row = {0};
	Datum sums_before = before != NULL ? before->sums : (Datum) 0;
	bool isnull = true;
	Datum sums = (Datum) 0;

	if (rows_before == rows_now && (before != NULL ? (uint64) before->hash : 0) == hash_now)
		return;
	if (comparison->now != NULL)
		sums = flis_print_sums(now, comparison->now, &isnull);
	flis_write_small(&row, municipality != 0, municipality);
	flis_write_day(&row, flis_period_first(cube_context->frequency,
										   flis_period_of(cube_context->frequency, last)));
	flis_write_day(&row, last);
	flis_write_big(&row, rows_before);
	flis_write_big(&row, rows_now);
	flis_write_datum(&row, sums_before != 0, sums_before);
	flis_write_datum(&row, !isnull, sums);
	flis_write_datum(&row, true, TimestampTzGetDatum(comparison->seen_at));
	flis_end_row(&row, result);
}
