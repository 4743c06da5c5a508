/*
 * groups.c
 *		Counts a cube's rows by reference period and municipality, into a hash table.
 *
 * The query groups by the values of the columns; texts by their bytes, because of two texts that the
 * column's collation calls equal one may stand for nothing.  Here the counts of values that stand for
 * the same period and municipality are added up.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"

#include "base/calendar.h"
#include "rules/rule.h"
#include "facts/groups.h"
#include "facts/measure.h"

static uint32 hash_key(uint64 key);
static char *groups_query(const FlisCubeRelation *cube_relation, const FlisPeriodEncoding *encoding,
						  FlisDay from, FlisDay until);
static void add_row(flis_groups_hash *groups, const FlisCubeRelation *cube_relation,
					const FlisPeriodEncoding *encoding, HeapTuple row, TupleDesc descriptor);
static void add_group(flis_groups_hash *groups, FlisDay last, int municipality, int64 rows);

#define SH_PREFIX flis_groups
#define SH_ELEMENT_TYPE FlisGroup
#define SH_KEY_TYPE uint64
#define SH_KEY key
#define SH_HASH_KEY(tb, key) hash_key(key)
#define SH_EQUAL(tb, a, b) ((a) == (b))
#define SH_SCOPE extern
#define SH_DEFINE
#include "lib/simplehash.h"

/*
 * flis_cube_encoding finds how a cube writes its periods; false if it has no rows.  An error is
 * raised if no period can be read.  Runs within SPI_connect.
 */
bool
flis_cube_encoding(const FlisCubeContext *cube_context, const FlisCubeRelation *cube_relation,
				   FlisPeriodEncoding *encoding)
{
	const char *reason;

	if (flis_find_period_encoding(cube_context->cube, cube_relation, cube_context->frequency,
								  encoding, &reason))
		return true;
	if (reason != NULL)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg_internal("%s", reason),
						errhint("Write in flis_cube, column period_like, how the periods look.")));
	return false;
}

/*
 * flis_area_period tells the last day of the reference period in which the period that a value
 * stands for ends; FLIS_NO_DAY if it stands for none.
 */
FlisDay
flis_area_period(const FlisPeriodEncoding *encoding, Datum value)
{
	FlisWritten written;

	if (!flis_read_written(encoding, value, &written))
		return FLIS_NO_DAY;
	return flis_period_last(encoding->frequency, flis_period_of(encoding->frequency, written.last));
}

/*
 * flis_count_groups counts the rows of the periods of an area that end from one day through another,
 * by municipality, with the caller's privileges and snapshot, into the current memory context.  Either
 * day may be FLIS_NO_DAY: unbounded.  Rows of longer periods than the area's count for each that they
 * contain, unless they end after the day "through", which may be FLIS_NO_DAY, too.
 *
 * It finds how the cube writes its periods; as days if it has no rows.
 */
flis_groups_hash *
flis_count_groups(const FlisCubeContext *cube_context, FlisDay from, FlisDay until, FlisDay through,
				  FlisPeriodEncoding *encoding)
{
	flis_groups_hash *groups = flis_groups_create(CurrentMemoryContext, 256, NULL);
	FlisCubeRelation cube_relation;
	char *query;

	SPI_connect();
	flis_find_cube_relation(cube_context->cube, &cube_relation);
	if (!flis_cube_encoding(cube_context, &cube_relation, encoding))
		flis_period_encoding_begin(encoding, DATEOID, cube_context->frequency, false, NULL);
	else
	{
		if (until != FLIS_NO_DAY)
			until = Max(until, flis_counted_through(encoding, until));
		if (through != FLIS_NO_DAY)
			until = Min(until, through);
		query = groups_query(&cube_relation, encoding, from, until);
		if (query != NULL && SPI_execute(query, true, 0) != SPI_OK_SELECT)
			elog(ERROR, "could not execute \"%s\"", query);
		for (uint64 i = 0; query != NULL && i < SPI_processed; i++)
			add_row(groups, &cube_relation, encoding, SPI_tuptable->vals[i], SPI_tuptable->tupdesc);
	}
	SPI_finish();
	return groups;
}

/*
 * flis_group_rows tells how many rows a municipality has in a period.
 */
int64
flis_group_rows(flis_groups_hash *groups, FlisDay last, int municipality)
{
	const FlisGroup *group = flis_groups_lookup(groups, FLIS_GROUP_KEY(last, municipality));

	return group != NULL ? group->rows : 0;
}

static uint32
hash_key(uint64 key)
{
	return (uint32) (key * UINT64CONST(0x9E3779B97F4A7C15) >> 32);
}

/*
 * groups_query writes the query that counts; NULL if the cube can write no period that ends by the
 * last day.
 */
static char *
groups_query(const FlisCubeRelation *cube_relation, const FlisPeriodEncoding *encoding,
			 FlisDay from, FlisDay until)
{
	const char *period = cube_relation->period.value;
	const char *municipality =
		cube_relation->municipality.value != NULL ? cube_relation->municipality.grouped : "NULL";
	StringInfoData query;

	initStringInfo(&query);
	appendStringInfo(&query, "SELECT %s, %s, pg_catalog.count(*) FROM %s WHERE %s IS NOT NULL",
					 cube_relation->period.grouped, municipality, flis_cube_from(cube_relation),
					 period);
	if (from != FLIS_NO_DAY)
	{
		FlisDay before =
			flis_period_last(encoding->frequency, flis_period_of(encoding->frequency, from) - 1);
		char *condition = encoding->is_of_days ? flis_sql_from(encoding, period, from)
											   : flis_sql_after(encoding, period, before);

		if (condition != NULL)
			appendStringInfo(&query, " AND %s", condition);
	}
	if (until != FLIS_NO_DAY)
	{
		char *condition = flis_sql_up_to(encoding, period, until);

		if (condition == NULL)
			return NULL;
		appendStringInfo(&query, " AND %s", condition);
	}
	appendStringInfoString(&query, " GROUP BY 1, 2");
	return query.data;
}

/*
 * add_row adds a row of that query to the groups.
 */
static void
add_row(flis_groups_hash *groups, const FlisCubeRelation *cube_relation,
		const FlisPeriodEncoding *encoding, HeapTuple row, TupleDesc descriptor)
{
	bool isnull;
	int municipality = 0;
	int64 rows;
	FlisWritten written;
	Datum value = SPI_getbinval(row, descriptor, 1, &isnull);
	FlisDay last = flis_area_period(encoding, value);

	if (last == FLIS_NO_DAY || !flis_read_written(encoding, value, &written))
		return;
	value = SPI_getbinval(row, descriptor, 2, &isnull);
	if (!isnull && cube_relation->municipality.value != NULL)
		municipality = flis_municipality_code(cube_relation->municipality.type, value);
	rows = DatumGetInt64(SPI_getbinval(row, descriptor, 3, &isnull));
	do
	{
		add_group(groups, last, municipality, rows);
		last = flis_period_last(encoding->frequency, flis_period_of(encoding->frequency, last) - 1);
	} while (!encoding->is_of_days && flis_is_in_calendar(last) &&
			 flis_counted_through(encoding, last) == written.last);
}

static void
add_group(flis_groups_hash *groups, FlisDay last, int municipality, int64 rows)
{
	bool is_found;
	FlisGroup *group = flis_groups_insert(groups, FLIS_GROUP_KEY(last, municipality), &is_found);

	if (!is_found)
		group->rows = 0;
	group->rows += rows;
}
