/*
 * reporting.c
 *		The function of SQL that tells which municipalities a cube has in a period.
 */
#include "postgres.h"

#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"

#include "rules/rule.h"
#include "cache/registry.h"
#include "facts/cube_context.h"
#include "facts/measure.h"
#include "sql/arguments.h"
#include "sql/row.h"

static void count_rows(const FlisCubeContext *cube_context, FlisDay last, int64 *rows);
static char *rows_query(const FlisCubeRelation *cube_relation, const FlisPeriodEncoding *encoding,
						FlisDay last);

/*
 * flis_reporting(cube text, period date, on_day date) returns one row a municipality: whether it is
 * expected to report in the reference period that contains a day, and whether it does.
 */
PG_FUNCTION_INFO_V1(flis_reporting);
Datum
flis_reporting(PG_FUNCTION_ARGS)
{
	FlisDay period = PG_GETARG_DATEADT(1);
	FlisDay on = PG_GETARG_DATEADT(2);
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	int64 *rows = palloc0(FLIS_CODES * sizeof(int64));
	FlisMunicipalities municipalities;
	FlisCubeContext cube_context;
	const FlisCube *cube;
	FlisDay last;

	flis_check_finite(period);
	flis_check_finite(on);
	InitMaterializedSRF(fcinfo, 0);
	flis_registry_use(fcinfo);
	cube = flis_find_cube(flis_current_load.schema, PG_GETARG_TEXT_PP(0));
	if (cube->municipality_column == NULL)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("cube \"%s\" has no municipality column", cube->cube),
						errhint("Name it in the column municipality_column of flis_cube.")));
	flis_read_municipalities(flis_current_load.schema, &municipalities);
	flis_cube_context_begin(&cube_context, fcinfo, cube, &municipalities, on);
	last = flis_period_last(cube_context.frequency, flis_period_of(cube_context.frequency, period));
	count_rows(&cube_context, last, rows);

	for (int i = 0; i < municipalities.n; i++)
	{
		int code = municipalities.rows[i].code;
		const char *reason;
		bool is_waived = flis_is_waived(&cube_context.participants, code, last, &reason);
		FlisRow row = {0};

		flis_write_small(&row, true, code);
		flis_write_text(&row, municipalities.rows[i].name);
		flis_write_truth(&row, is_waived ? FLIS_NO : FLIS_YES);
		flis_write_truth(&row, rows[code] > 0 ? FLIS_YES : FLIS_NO);
		flis_write_truth(&row, !is_waived && rows[code] == 0 ? FLIS_YES : FLIS_NO);
		flis_write_truth(&row, is_waived ? FLIS_YES : FLIS_NO);
		flis_write_big(&row, rows[code]);
		flis_write_text(&row, reason);
		flis_end_row(&row, result);
	}
	return (Datum) 0;
}

/*
 * count_rows counts the rows of each municipality that are of periods which count for a reference period,
 * with the caller's privileges and snapshot.
 */
static void
count_rows(const FlisCubeContext *cube_context, FlisDay last, int64 *rows)
{
	FlisPeriodEncoding encoding;
	const char *reason;
	FlisCubeRelation cube_relation;
	char *query;

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	flis_find_cube_relation(cube_context->cube, &cube_relation);
	if (!flis_find_period_encoding(cube_context->cube, &cube_relation, cube_context->frequency,
								   &encoding, &reason))
	{
		if (reason != NULL)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg_internal("%s", reason),
					 errhint("Write in flis_cube, column period_like, how the periods look.")));
		SPI_finish();
		return;
	}

	query = rows_query(&cube_relation, &encoding, last);
	if (query != NULL && SPI_execute(query, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not execute \"%s\"", query);
	for (uint64 i = 0; query != NULL && i < SPI_processed; i++)
	{
		HeapTuple row = SPI_tuptable->vals[i];
		TupleDesc descriptor = SPI_tuptable->tupdesc;
		FlisWritten written;
		bool isnull;
		Datum municipality = SPI_getbinval(row, descriptor, 1, &isnull);
		int code = flis_municipality_code(cube_relation.municipality.type, municipality);

		if (code > 0 &&
			(!encoding.has_format ||
			 flis_read_written(&encoding, SPI_getbinval(row, descriptor, 3, &isnull), &written)))
			rows[code] += DatumGetInt64(SPI_getbinval(row, descriptor, 2, &isnull));
	}
	SPI_finish();
}

/*
 * rows_query writes the query that counts; NULL if the cube can write no such period.  Numbers and texts
 * are counted by period, too, as not all of them need stand for one.
 */
static char *
rows_query(const FlisCubeRelation *cube_relation, const FlisPeriodEncoding *encoding, FlisDay last)
{
	const char *period = cube_relation->period.value;
	FlisDay before;
	FlisDay newest;
	char *from;
	char *up_to;

	if (!flis_periods_of(encoding, last, &before, &newest))
		return NULL;
	from = encoding->is_of_days	   ? flis_sql_from(encoding, period, last)
		   : before == FLIS_NO_DAY ? NULL
								   : flis_sql_after(encoding, period, before);
	up_to = flis_sql_up_to(encoding, period, newest);
	if (up_to == NULL)
		return NULL;
	return psprintf("SELECT %1$s, pg_catalog.count(*)%2$s%3$s FROM %4$s WHERE %5$s%6$s%7$s "
					"AND %1$s IS NOT NULL GROUP BY %1$s%2$s%3$s",
					cube_relation->municipality.value, encoding->has_format ? ", " : "",
					encoding->has_format ? cube_relation->period.value : "",
					flis_cube_from(cube_relation), up_to, from != NULL ? " AND " : "",
					from != NULL ? from : "");
}
