/*
 * measure.c
 *		How far a registered fact table reaches, by what is in it.
 */
#include "measure.h"

#include "executor/spi.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "completeness.h"
#include "dialect.h"
#include "periods.h"
#include "rule.h"

/* Rows from which the form of the periods is found where flis_cube doesn't tell it. */
#define FORM_ROWS 1000

/* A form, and how many of those rows have it. */
typedef struct FormCount
{
	FlisForm form;
	int rows;
} FormCount;

#define MOST_FORMS 16

static bool form_of_example(const FlisCube *cube, Oid type, FlisForm *form);
static bool form_of_rows(const FlisFact *fact, FlisForm *form, const char **reason);
static char *no_period(const FlisFact *fact, const char *value);
static void count_form(FormCount *counts, int *n, const FlisForm *form);
static bool is_same_form(const FlisForm *left, const FlisForm *right);
static void judge(const FlisSubject *subject, FlisReader *reader, FlisMeasure *measure);

/*
 * flis_measure reads the newest periods of a table, with the caller's rights and snapshot.  What keeps
 * it from being read is an error.  Runs within SPI_connect.
 */
void
flis_measure(FlisSubject *subject, const FlisFact *fact, FlisMeasure *measure)
{
	const FlisCube *cube = subject->cube;
	FlisReader *reader = palloc0(sizeof(FlisReader));
	FlisDialect dialect;

	memset(measure, 0, sizeof(*measure));
	measure->found.newest = measure->found.measured = FLIS_NO_DAY;
	measure->found.finding = FLIS_FOUND_NO_ROWS;
	if (!flis_find_dialect(cube, fact, subject->frequency, &dialect, &measure->reason))
	{
		if (measure->reason != NULL)
			measure->found.finding = FLIS_FOUND_NOTHING_READABLE;
		return;
	}

	measure->by_municipality = fact->municipality != NULL;
	reader->cube = cube;
	reader->fact = fact;
	reader->dialect = &dialect;
	reader->aggregate_schema = quote_identifier(get_namespace_name(subject->schema));
	reader->until = flis_newest_over(&dialect, subject->on);
	reader->keep = 1 + FLIS_LOOK_BACK + (measure->by_municipality ? 0 : cube->compared_periods);
	reader->expected = flis_expected_codes;
	reader->participants = &subject->participants;
	flis_reader_begin(reader);
	judge(subject, reader, measure);
}

/*
 * flis_find_dialect finds how a table writes its periods, in an area of a frequency.  False as
 * flis_find_form is.
 */
bool
flis_find_dialect(const FlisCube *cube, const FlisFact *fact, FlisFrequency frequency,
				  FlisDialect *dialect, const char **reason)
{
	bool is_of_days = flis_is_day_type(fact->period_type);
	FlisForm form;

	*reason = NULL;
	if (!is_of_days && !flis_find_form(cube, fact, &form, reason))
		return false;
	flis_dialect_begin(dialect, fact->period_type, frequency, is_of_days ? NULL : &form);
	return true;
}

/*
 * flis_find_form finds the form of a table's periods, numbers or texts: as flis_cube says, else as most
 * of its first rows have it.  False if it has no rows, or with a reason if none of them can be read.
 * Runs within SPI_connect.
 */
bool
flis_find_form(const FlisCube *cube, const FlisFact *fact, FlisForm *form, const char **reason)
{
	*reason = NULL;
	if (cube->period_like == NULL)
		return form_of_rows(fact, form, reason);
	if (form_of_example(cube, fact->period_type, form))
		return true;
	*reason = psprintf("period_like \"%s\" is no period that column \"%s\" can hold",
					   cube->period_like, cube->period_column);
	return false;
}

/*
 * form_of_example finds the form of the example in flis_cube; a number's has to be a number, and a
 * smallint holds years alone.
 */
static bool
form_of_example(const FlisCube *cube, Oid type, FlisForm *form)
{
	Oid text_type = type == BPCHAROID ? BPCHAROID : TEXTOID;

	return flis_form_of_value(text_type, CStringGetTextDatum(cube->period_like), form) &&
		   (flis_is_text_type(type) || flis_form_is_number(form)) &&
		   (type != INT2OID || form->kind == FLIS_YEAR);
}

/*
 * form_of_rows finds the form that most of a table's first rows have.
 */
static bool
form_of_rows(const FlisFact *fact, FlisForm *form, const char **reason)
{
	char *query = psprintf("SELECT %1$s FROM %2$s WHERE %1$s IS NOT NULL LIMIT %3$d", fact->period,
						   fact->table, FORM_ROWS);
	FormCount counts[MOST_FORMS];
	FormCount *best = NULL;
	int n = 0;

	if (SPI_execute(query, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not execute \"%s\"", query);
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		bool isnull;
		Datum value = SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1, &isnull);
		FlisForm found;

		if (flis_form_of_value(fact->period_type, value, &found))
			count_form(counts, &n, &found);
	}
	for (int i = 0; i < n; i++)
		if (best == NULL || counts[i].rows > best->rows)
			best = &counts[i];
	if (best != NULL)
		*form = best->form;
	else if (SPI_processed > 0)
		*reason = no_period(fact, SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1));
	SPI_freetuptable(SPI_tuptable);
	return best != NULL;
}

/*
 * no_period tells what stands in a column instead of periods, by the beginning of a value.
 */
static char *
no_period(const FlisFact *fact, const char *value)
{
	return psprintf("no period in column %s, but \"%.*s\"", fact->period,
					pg_mbcliplen(value, strlen(value), FLIS_UNREAD_SIZE - 1), value);
}

static void
count_form(FormCount *counts, int *n, const FlisForm *form)
{
	for (int i = 0; i < *n; i++)
		if (is_same_form(&counts[i].form, form))
		{
			counts[i].rows++;
			return;
		}
	if (*n < MOST_FORMS)
		counts[(*n)++] = (FormCount){.form = *form, .rows = 1};
}

static bool
is_same_form(const FlisForm *left, const FlisForm *right)
{
	return left->kind == right->kind && left->letter == right->letter &&
		   left->is_dashed == right->is_dashed && left->has_short_year == right->has_short_year;
}

/*
 * judge finds the newest period and the newest complete one.
 */
static void
judge(const FlisSubject *subject, FlisReader *reader, FlisMeasure *measure)
{
	FlisPeriods periods = {.read = flis_reader_period, .table = reader};
	FlisThresholds thresholds = {.by_municipality = measure->by_municipality,
								 .least_reporting = subject->cube->least_reporting,
								 .least_rows = subject->cube->least_rows,
								 .compared_periods = subject->cube->compared_periods,
								 .expected = reader->expected,
								 .municipalities = reader->participants};
	const FlisTallied *newest = flis_reader_period(reader, 0);
	int complete;

	if (newest == NULL)
	{
		if (flis_reader_finds_nothing(reader))
		{
			measure->found.finding = FLIS_FOUND_NOTHING_READABLE;
			measure->reason = no_period(reader->fact, reader->example);
		}
		return;
	}

	complete = flis_newest_complete(&periods, &thresholds);
	measure->found.finding = FLIS_FOUND_ROWS;
	measure->found.newest = flis_whole_last(subject->frequency, newest->last);
	if (complete >= 0)
		measure->found.measured =
			flis_whole_last(subject->frequency, reader->periods[complete].last);
	measure->last = newest->last;
	measure->rows = newest->rows;
	if (measure->by_municipality)
	{
		FlisCodes expected = flis_expected_codes(reader->participants, newest->last);
		FlisCodes reporting = flis_codes_common(&expected, &newest->codes);

		measure->expected = flis_codes_count(&expected);
		measure->reporting = flis_codes_count(&reporting);
	}
	else
		measure->median_rows = flis_median_rows(&periods, 0, subject->cube->compared_periods);
}
