/*
 * reporting.c
 *		The function of SQL that tells which municipalities a fact table has in a period.
 */
#include "postgres.h"

#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"

#include "functions.h"
#include "measure.h"
#include "registry.h"
#include "row.h"
#include "rule.h"
#include "subject.h"

static void count_rows(const FlisSubject *subject, FlisDay last, int64 *rows);
static char *rows_query(const FlisFact *fact, const FlisDialect *dialect, FlisDay last);

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
	FlisSubject subject;
	const FlisCube *cube;
	FlisDay last;

	flis_check_finite(period);
	flis_check_finite(on);
	InitMaterializedSRF(fcinfo, 0);
	flis_registry_use(fcinfo);
	cube = flis_find_cube(flis_at_hand.schema, PG_GETARG_TEXT_PP(0));
	if (cube->municipality_column == NULL)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("cube \"%s\" has no municipality column", cube->cube),
						errhint("Name it in the column municipality_column of flis_cube.")));
	flis_read_municipalities(flis_at_hand.schema, &municipalities);
	flis_subject_begin(&subject, fcinfo, cube, &municipalities, on);
	last = flis_period_last(subject.frequency, flis_period_of(subject.frequency, period));
	count_rows(&subject, last, rows);

	for (int i = 0; i < municipalities.n; i++)
	{
		int code = municipalities.rows[i].code;
		const char *reason;
		bool is_waived = flis_is_waived(&subject.participants, code, last, &reason);
		FlisRow row = {0};

		flis_put_small(&row, true, code);
		flis_put_text(&row, municipalities.rows[i].name);
		flis_put_truth(&row, is_waived ? FLIS_NO : FLIS_YES);
		flis_put_truth(&row, rows[code] > 0 ? FLIS_YES : FLIS_NO);
		flis_put_truth(&row, !is_waived && rows[code] == 0 ? FLIS_YES : FLIS_NO);
		flis_put_truth(&row, is_waived ? FLIS_YES : FLIS_NO);
		flis_put_big(&row, rows[code]);
		flis_put_text(&row, reason);
		flis_end_row(&row, result);
	}
	return (Datum) 0;
}

/*
 * count_rows counts the rows of each municipality that are of periods which end in a reference period,
 * with the caller's rights and snapshot.
 */
static void
count_rows(const FlisSubject *subject, FlisDay last, int64 *rows)
{
	FlisDialect dialect;
	const char *reason;
	FlisFact fact;
	char *query;

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	flis_find_fact(subject->cube, &fact);
	if (!flis_find_dialect(subject->cube, &fact, subject->frequency, &dialect, &reason))
	{
		if (reason != NULL)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg_internal("%s", reason),
					 errhint("Write in flis_cube, column period_like, how the periods look.")));
		SPI_finish();
		return;
	}

	query = rows_query(&fact, &dialect, last);
	if (query != NULL && SPI_execute(query, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not execute \"%s\"", query);
	for (uint64 i = 0; query != NULL && i < SPI_processed; i++)
	{
		HeapTuple row = SPI_tuptable->vals[i];
		TupleDesc descriptor = SPI_tuptable->tupdesc;
		FlisWritten written;
		bool isnull;
		Datum municipality = SPI_getbinval(row, descriptor, 1, &isnull);
		int code = flis_municipality_code(fact.municipality_type, municipality);

		if (code > 0 &&
			(!dialect.has_form ||
			 flis_read_written(&dialect, SPI_getbinval(row, descriptor, 3, &isnull), &written)))
			rows[code] += DatumGetInt64(SPI_getbinval(row, descriptor, 2, &isnull));
	}
	SPI_finish();
}

/*
 * rows_query writes the query that counts; NULL if the dialect has no such period.  Numbers and texts
 * are counted by period, too, as not all of them need stand for one.
 */
static char *
rows_query(const FlisFact *fact, const FlisDialect *dialect, FlisDay last)
{
	FlisDay before =
		flis_period_last(dialect->frequency, flis_period_of(dialect->frequency, last) - 1);
	char *from = dialect->is_of_days ? flis_sql_from(dialect, fact->period, last)
									 : flis_sql_after(dialect, fact->period, before);
	char *up_to = flis_sql_up_to(dialect, fact->period, last);

	if (up_to == NULL)
		return NULL;
	return psprintf("SELECT %1$s, pg_catalog.count(*)%2$s%3$s FROM %4$s WHERE %5$s%6$s%7$s "
					"AND %1$s IS NOT NULL GROUP BY %1$s%2$s%3$s",
					fact->municipality, dialect->has_form ? ", " : "",
					dialect->has_form ? fact->period : "", fact->table, up_to,
					from != NULL ? " AND " : "", from != NULL ? from : "");
}
