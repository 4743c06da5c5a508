/*
 * measure.c
 *		How far a cube reaches by the rows in its table, and in which format it writes its periods.
 *
 * periods.c reads the periods; which of them are complete is decided in rules/completeness.c.
 */
#include "facts/measure.h"

#include "executor/spi.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "rules/completeness.h"
#include "rules/rule.h"
#include "facts/period_encoding.h"
#include "facts/periods.h"

/* Rows that are read to find the format of the periods where flis_cube does not tell it. */
#define FORMAT_ROWS 1000

/* A format, and how many of those rows have it. */
typedef struct FormatCount
{
	FlisPeriodFormat format;
	int rows;
} FormatCount;

#define MOST_FORMATS 16

static bool format_of_example(const FlisCube *cube, Oid type, FlisPeriodFormat *format);
static bool format_of_rows(const FlisCube *cube, const FlisCubeRelation *cube_relation,
						   FlisPeriodFormat *format, const char **reason);
static char *no_period(const FlisCube *cube, const char *value);
static bool lacks_zero(const char *value);
static void count_format(FormatCount *counts, int *n, const FlisPeriodFormat *format);
static bool is_same_format(const FlisPeriodFormat *left, const FlisPeriodFormat *right);
static void judge(const FlisCubeContext *cube_context, FlisReader *reader, FlisMeasure *measure);

/*
 * flis_measure reads the newest periods of a cube, with the caller's privileges and snapshot.  An
 * error is raised if its table cannot be read.  Runs within SPI_connect.
 */
void
flis_measure(FlisCubeContext *cube_context, const FlisCubeRelation *cube_relation,
			 FlisMeasure *measure)
{
	const FlisCube *cube = cube_context->cube;
	FlisReader *reader = palloc0(sizeof(FlisReader));
	FlisPeriodEncoding *encoding = &measure->encoding;

	memset(measure, 0, sizeof(*measure));
	measure->found.newest = measure->found.measured = FLIS_NO_DAY;
	measure->found.newest_written = measure->found.measured_written = FLIS_NO_DAY;
	measure->found.ended_by = flis_ended_by;
	measure->found.encoding = encoding;
	measure->found.finding = FLIS_FOUND_NO_ROWS;
	if (!flis_find_period_encoding(cube, cube_relation, cube_context->frequency, encoding,
								   &measure->reason))
	{
		if (measure->reason != NULL)
			measure->found.finding = FLIS_FOUND_NOTHING_READABLE;
		return;
	}

	measure->by_municipality = cube_relation->municipality.value != NULL;
	reader->cube = cube;
	reader->cube_relation = cube_relation;
	reader->encoding = encoding;
	reader->aggregate_schema = quote_identifier(get_namespace_name(cube_context->schema));
	reader->until = flis_ended_by(encoding, cube_context->on - 1);
	reader->keep = 1 + FLIS_LOOK_BACK + (measure->by_municipality ? 0 : cube->compared_periods);
	reader->participants = &cube_context->participants;
	flis_reader_begin(reader);
	judge(cube_context, reader, measure);
}

/*
 * flis_find_period_encoding finds how a cube writes its periods, in an area of a frequency.  It is false
 * where flis_find_period_format is.
 */
bool
flis_find_period_encoding(const FlisCube *cube, const FlisCubeRelation *cube_relation,
						  FlisFrequency frequency, FlisPeriodEncoding *encoding,
						  const char **reason)
{
	bool is_of_days = flis_is_day_type(cube_relation->period.type);
	FlisPeriodFormat format;

	*reason = NULL;
	if (!is_of_days && !flis_find_period_format(cube, cube_relation, &format, reason))
		return false;
	flis_period_encoding_begin(encoding, cube_relation->period.type, frequency, cube->is_primo,
							   is_of_days ? NULL : &format);
	return true;
}

/*
 * flis_find_period_format finds the format of a cube's periods, numbers or texts: that of the
 * example in flis_cube, else the one that most of its first rows have.  False if it has no rows,
 * and with a reason if no period can be read.  Runs within SPI_connect.
 */
bool
flis_find_period_format(const FlisCube *cube, const FlisCubeRelation *cube_relation,
						FlisPeriodFormat *format, const char **reason)
{
	*reason = NULL;
	if (cube->period_like == NULL)
		return format_of_rows(cube, cube_relation, format, reason);
	if (format_of_example(cube, cube_relation->period.type, format))
		return true;
	*reason =
		psprintf("period_like \"%s\" is no period that column \"%s\" can hold", cube->period_like,
				 cube->period_dimension != NULL ? cube->period_value : cube->period_column);
	return false;
}

/*
 * format_of_example finds the format of the example in flis_cube; false if a column of a type
 * cannot hold it: a smallint holds only years.
 */
static bool
format_of_example(const FlisCube *cube, Oid type, FlisPeriodFormat *format)
{
	Oid text_type = type == BPCHAROID ? BPCHAROID : TEXTOID;

	return flis_period_format_of_value(text_type, CStringGetTextDatum(cube->period_like), format) &&
		   (flis_is_text_type(type) || flis_period_format_is_number(format)) &&
		   (type != INT2OID || format->kind == FLIS_YEAR);
}

/*
 * format_of_rows finds the format that most of the first rows have.  Texts that lack a leading zero are
 * refused and not passed over: beside 2025M9 the text 2025M10 would pass for one in a sorted format.
 */
static bool
format_of_rows(const FlisCube *cube, const FlisCubeRelation *cube_relation,
			   FlisPeriodFormat *format, const char **reason)
{
	const FlisCubeValue *period = &cube_relation->period;
	char *query =
		psprintf("SELECT %1$s FROM %2$s AS %3$s WHERE %1$s IS NOT NULL LIMIT %4$d", period->value,
				 period->dimension != NULL ? period->dimension : cube_relation->table,
				 period->dimension != NULL ? period->alias : "cube", FORMAT_ROWS);
	FormatCount counts[MOST_FORMATS];
	FormatCount *best = NULL;
	char *unpadded = NULL;
	int n = 0;

	if (SPI_execute(query, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not execute \"%s\"", query);
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		bool isnull;
		Datum value = SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1, &isnull);
		FlisPeriodFormat found;

		if (flis_period_format_of_value(cube_relation->period.type, value, &found))
			count_format(counts, &n, &found);
		else if (unpadded == NULL && flis_is_text_type(cube_relation->period.type))
		{
			char *text = SPI_getvalue(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1);

			if (lacks_zero(text))
				unpadded = text;
		}
	}
	for (int i = 0; i < n; i++)
		if (best == NULL || counts[i].rows > best->rows)
			best = &counts[i];
	if (unpadded != NULL)
		*reason = psprintf("%s, a period that lacks a leading zero", no_period(cube, unpadded));
	else if (best != NULL)
		*format = best->format;
	else if (SPI_processed > 0)
		*reason = no_period(cube, SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1));
	SPI_freetuptable(SPI_tuptable);
	return best != NULL && unpadded == NULL;
}

/*
 * lacks_zero tells whether a text that is no period would be one with a zero before its last digit.
 */
static bool
lacks_zero(const char *value)
{
	size_t length = strlen(value);
	FlisPeriodFormat format;

	while (length > 0 && value[length - 1] == ' ')
		length--;
	if (length == 0 || length > FLIS_PERIOD_FORMAT_SIZE)
		return false;
	return flis_period_format_of_value(
			   TEXTOID,
			   CStringGetTextDatum(psprintf("%.*s0%c", (int) length - 1, value, value[length - 1])),
			   &format) &&
		   format.kind != FLIS_WRITTEN_DAY;
}

/*
 * no_period tells which value a column holds that is no period, by the value's beginning.
 */
static char *
no_period(const FlisCube *cube, const char *value)
{
	const char *found = psprintf(
		"column %s holds \"%.*s\"",
		quote_identifier(cube->period_dimension != NULL ? cube->period_value : cube->period_column),
		pg_mbcliplen(value, strlen(value), FLIS_UNREAD_SIZE - 1), value);

	return cube->period_like == NULL
			   ? psprintf("%s, which is not a period", found)
			   : psprintf("%s, which is not written as \"%s\" is", found, cube->period_like);
}

/*
 * count_format counts a row of a format; formats beyond the first MOST_FORMATS are not counted.
 */
static void
count_format(FormatCount *counts, int *n, const FlisPeriodFormat *format)
{
	for (int i = 0; i < *n; i++)
		if (is_same_format(&counts[i].format, format))
		{
			counts[i].rows++;
			return;
		}
	if (*n < MOST_FORMATS)
		counts[(*n)++] = (FormatCount){.format = *format, .rows = 1};
}

static bool
is_same_format(const FlisPeriodFormat *left, const FlisPeriodFormat *right)
{
	return left->kind == right->kind && left->letter == right->letter &&
		   left->is_dashed == right->is_dashed && left->has_short_year == right->has_short_year;
}

/*
 * judge finds the newest period with rows and the newest complete one.
 */
static void
judge(const FlisCubeContext *cube_context, FlisReader *reader, FlisMeasure *measure)
{
	FlisPeriods periods = {.read = flis_reader_period, .table = reader};
	FlisThresholds thresholds = {.by_municipality = measure->by_municipality,
								 .least_reporting = cube_context->cube->least_reporting,
								 .least_rows = cube_context->cube->least_rows,
								 .compared_periods = cube_context->cube->compared_periods,
								 .expected = flis_expected_codes,
								 .municipalities = reader->participants};
	const FlisPeriodCount *newest = flis_reader_period(reader, 0);
	int complete;

	if (newest == NULL)
	{
		if (flis_reader_finds_nothing(reader))
		{
			measure->found.finding = FLIS_FOUND_NOTHING_READABLE;
			measure->reason = no_period(cube_context->cube, reader->example);
		}
		return;
	}

	complete = flis_newest_complete(&periods, &thresholds);
	measure->found.finding = FLIS_FOUND_ROWS;
	measure->found.newest_written = newest->last;
	measure->found.newest = flis_reached_by(reader->encoding, newest->last, cube_context->on);
	if (complete >= 0)
	{
		FlisDay last = reader->periods[complete].last;

		measure->found.measured_written = last;
		measure->found.measured = flis_reached_by(reader->encoding, last, cube_context->on);
	}
	measure->rows = newest->rows;
	if (measure->by_municipality)
	{
		FlisMunicipalitySet expected = flis_expected_codes(reader->participants, newest->last);
		FlisMunicipalitySet reporting = flis_municipality_set_common(&expected, &newest->codes);

		measure->expected = flis_municipality_set_count(&expected);
		measure->reporting = flis_municipality_set_count(&reporting);
	}
	else
		measure->median_rows = flis_median_rows(&periods, 0, cube_context->cube->compared_periods);
}
