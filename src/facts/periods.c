/*
 * periods.c
 *		Reads the newest periods of a fact table, no more of it than needed.
 *
 * Where an index gives the newest value of the period column, the periods are read one after the other
 * from there; where the planner can leave out most of the table for another reason, those of the last
 * few periods are read together; else the table is, once.  All three count alike.
 */
#include "facts/periods.h"

#include "executor/spi.h"
#include "miscadmin.h"

#include "facts/query.h"

/*
 * Rows of a period that are read first, and then: all of a period's hundred thousand are needed only if
 * somebody who is expected isn't found among them.
 */
#define FIRST_ROWS 2000
#define MORE_ROWS 20000
/* Values that stand for nothing and are stepped over before the table is read instead. */
#define MOST_STEPS 100
/* Periods of the first and the second window; the third is all that is left. */
#define FIRST_WINDOW 4
#define SECOND_WINDOW 16

static void read_all(FlisReader *reader);
static void read_by_index(FlisReader *reader);
static bool find_newest(FlisReader *reader, FlisDay *last, char **newest);
static void read_period(FlisReader *reader, FlisDay last, const char *newest);
static bool read_rows(FlisReader *reader, int rows, const char *where, FlisDay last,
					  FlisPeriodCountsResult *result);
static char *pairs_query(const FlisReader *reader, const char *where, const char *newest);
static void read_window(FlisReader *reader);
static char *window_condition(const FlisReader *reader);
static FlisDay window_first(const FlisReader *reader);
static void take(FlisReader *reader, const FlisPeriodCountsResult *result);
static void tally(const char *query, FlisPeriodCountsResult *result);
static char *newest_query(const FlisReader *reader, const char *where);
static char *tally_query(const FlisReader *reader, const char *from, const char *where);

/*
 * flis_reader_begin begins to read the newest periods of a table, whose first fields the caller has
 * filled, and chooses the way.
 */
void
flis_reader_begin(FlisReader *reader)
{
	double window_cost;
	double cost;
	bool is_by_index;

	reader->n = 0;
	reader->windows = 0;
	reader->is_read = false;
	reader->example[0] = '\0';
	reader->is_finished = reader->until == FLIS_NO_DAY;
	if (reader->is_finished)
		return;
	reader->below =
		flis_sql_up_to(reader->encoding, reader->cube_relation->period.value, reader->until);
	reader->is_finished = reader->below == NULL;
	if (reader->is_finished)
		return;

	flis_plan(newest_query(reader, reader->below), &cost, &is_by_index);
	if (is_by_index && reader->cube_relation->period.is_deterministic)
	{
		reader->path = FLIS_PATH_INDEX;
		reader->has_pair_index = reader->cube_relation->municipality.value != NULL &&
								 flis_cube_has_pair_index(reader->cube, reader->cube_relation);
		return;
	}
	flis_plan(tally_query(reader, flis_cube_from(reader->cube_relation), NULL), &cost,
			  &is_by_index);
	flis_plan(tally_query(reader, flis_cube_from(reader->cube_relation), window_condition(reader)),
			  &window_cost, &is_by_index);
	reader->path = window_cost < cost / 2 ? FLIS_PATH_WINDOWS : FLIS_PATH_ALL;
}

/*
 * flis_reader_period finds the n-th newest period of a table, counted from 0; NULL if there are fewer,
 * or it is more than may be asked for.
 */
const FlisPeriodCount *
flis_reader_period(void *reader, int n)
{
	FlisReader *this = reader;

	while (n >= this->n && !this->is_finished)
	{
		CHECK_FOR_INTERRUPTS();
		switch (this->path)
		{
			case FLIS_PATH_ALL:
				read_all(this);
				break;
			case FLIS_PATH_INDEX:
				read_by_index(this);
				break;
			case FLIS_PATH_WINDOWS:
				read_window(this);
				break;
		}
	}
	return n < this->n ? &this->periods[n] : NULL;
}

/*
 * flis_reader_finds_nothing tells whether no value of a table stands for a period, where none of a
 * period that is over was found, and there is an example of what stands there instead.
 */
bool
flis_reader_finds_nothing(FlisReader *reader)
{
	/* A period that isn't over yet is enough to know better, and an index has it at its end. */
	if (reader->path == FLIS_PATH_INDEX && !reader->is_read)
	{
		FlisWritten written;
		bool isnull;
		Datum value = flis_run(newest_query(reader, NULL), &isnull);

		reader->is_read = isnull || flis_read_written(reader->encoding, value, &written);
	}
	if (reader->path != FLIS_PATH_ALL && !reader->is_read)
		read_all(reader);
	return !reader->is_read && reader->example[0] != '\0';
}

/*
 * read_all reads the table in one pass, or what is left of it.  It has no condition at first: the
 * aggregate itself leaves out what doesn't count, at less cost.
 */
static void
read_all(FlisReader *reader)
{
	FlisPeriodCountsResult result;

	tally(tally_query(reader, flis_cube_from(reader->cube_relation),
					  reader->n == 0 ? NULL : reader->below),
		  &result);
	take(reader, &result);
	reader->path = FLIS_PATH_ALL;
	reader->is_finished = true;
}

/*
 * read_by_index reads the next older period.
 */
static void
read_by_index(FlisReader *reader)
{
	FlisDay last;
	char *newest;

	if (!find_newest(reader, &last, &newest))
		return;
	read_period(reader, last, newest);
	reader->below = flis_sql_before(reader->encoding, reader->cube_relation->period.value, last);
	if (reader->n >= reader->keep || reader->below == NULL)
		reader->is_finished = true;
}

/*
 * find_newest finds the newest value not read so far that stands for a period, as SQL writes it, and the
 * period's last day.  False if there is none, or there are too many before it that stand for nothing, so
 * that all is read instead.
 */
static bool
find_newest(FlisReader *reader, FlisDay *last, char **newest)
{
	for (int step = 0; step < MOST_STEPS; step++)
	{
		FlisWritten written;
		bool isnull;
		Datum value = flis_run(newest_query(reader, reader->below), &isnull);

		if (isnull)
		{
			reader->is_finished = true;
			return false;
		}
		*newest = flis_sql_value(reader->encoding, value);
		if (flis_read_written(reader->encoding, value, &written))
		{
			reader->is_read = true;
			*last = written.last;
			return true;
		}
		/* No date or timestamp that stands for nothing is followed by one that does. */
		if (!reader->encoding->has_format)
			break;
		reader->below =
			psprintf("%s OPERATOR(pg_catalog.<) %s", reader->cube_relation->period.value, *newest);
	}
	read_all(reader);
	return false;
}

/*
 * read_period reads a period.  Where all who are expected report the rest of its rows doesn't matter.
 */
static void
read_period(FlisReader *reader, FlisDay last, const char *newest)
{
	const FlisCubeRelation *cube_relation = reader->cube_relation;
	char *where =
		psprintf("%s AND %s", flis_sql_from(reader->encoding, cube_relation->period.value, last),
				 flis_sql_up_to(reader->encoding, cube_relation->period.value, last));
	FlisPeriodCountsResult result;

	if (cube_relation->municipality.value == NULL ||
		!read_rows(reader, FIRST_ROWS, where, last, &result))
	{
		char *query = reader->has_pair_index ? pairs_query(reader, where, newest) : NULL;

		if (query != NULL)
			tally(query, &result);
		else if (cube_relation->municipality.value == NULL ||
				 !read_rows(reader, MORE_ROWS, where, last, &result))
			tally(tally_query(reader, flis_cube_from(cube_relation), where), &result);
	}
	take(reader, &result);
}

/*
 * read_rows reads some rows of a period; false if that wasn't enough.
 */
static bool
read_rows(FlisReader *reader, int rows, const char *where, FlisDay last,
		  FlisPeriodCountsResult *result)
{
	const FlisCubeRelation *cube_relation = reader->cube_relation;
	FlisMunicipalitySet expected = reader->expected(reader->participants, last);
	FlisMunicipalitySet missing;
	int64 seen;

	tally(tally_query(
			  reader,
			  psprintf("(SELECT cube.* FROM %2$s WHERE %3$s ORDER BY %1$s LIMIT %4$d) AS cube",
					   cube_relation->period.value, flis_cube_from(cube_relation), where, rows),
			  NULL),
		  result);
	seen = result->unread;
	missing = expected;
	if (result->tally.n > 0)
	{
		seen += result->tally.periods[0].rows;
		missing = flis_municipality_set_without(&expected, &result->tally.periods[0].codes);
	}
	return seen < rows || flis_municipality_set_count(&missing) == 0;
}

/*
 * pairs_query writes the query that steps through an index on period and municipality from one
 * municipality to the next; NULL if the period has other values than the newest, so that there may be
 * as many steps as rows.  The table has an alias, because it may be called "step".
 */
static char *
pairs_query(const FlisReader *reader, const char *where, const char *newest)
{
	const FlisCubeRelation *cube_relation = reader->cube_relation;
	bool isnull;
	Datum oldest;

	oldest = flis_run(psprintf("SELECT pg_catalog.min(%s) FROM %s WHERE %s",
							   cube_relation->period.value, flis_cube_from(cube_relation), where),
					  &isnull);
	if (isnull || strcmp(flis_sql_value(reader->encoding, oldest), newest) != 0)
		return NULL;
	return psprintf(
		"WITH RECURSIVE step (municipality) AS ("
		"(SELECT %1$s FROM %2$s WHERE %3$s OPERATOR(pg_catalog.=) %4$s "
		"AND %1$s IS NOT NULL ORDER BY %1$s LIMIT 1) "
		"UNION ALL SELECT (SELECT %1$s FROM %2$s WHERE %3$s OPERATOR(pg_catalog.=) %4$s "
		"AND %1$s OPERATOR(pg_catalog.>) step.municipality ORDER BY %1$s LIMIT 1) "
		"FROM step WHERE step.municipality IS NOT NULL) "
		"SELECT %5$s.%6$s FROM step WHERE step.municipality IS NOT NULL",
		cube_relation->municipality.value, flis_cube_from(cube_relation),
		cube_relation->period.value, newest, reader->aggregate_schema,
		flis_tally_sql(reader->encoding, newest, "step.municipality", reader->until, reader->keep));
}

/*
 * read_window reads the periods of the next older window together.
 */
static void
read_window(FlisReader *reader)
{
	FlisDay first = window_first(reader);
	FlisPeriodCountsResult result;

	tally(tally_query(reader, flis_cube_from(reader->cube_relation), window_condition(reader)),
		  &result);
	take(reader, &result);
	reader->windows++;
	reader->below = NULL;
	if (first != FLIS_NO_DAY)
		reader->below =
			flis_sql_before(reader->encoding, reader->cube_relation->period.value, first);
	if (reader->below == NULL)
		reader->is_finished = true;
}

/*
 * window_condition writes the condition of the next window.
 */
static char *
window_condition(const FlisReader *reader)
{
	FlisDay first = window_first(reader);
	char *from = NULL;

	if (first != FLIS_NO_DAY)
		from = flis_sql_from(reader->encoding, reader->cube_relation->period.value, first);
	return from != NULL ? psprintf("%s AND %s", from, reader->below) : reader->below;
}

/*
 * window_first tells the last day of the first period of the next window; FLIS_NO_DAY for the last
 * window, which takes all that is left.
 */
static FlisDay
window_first(const FlisReader *reader)
{
	int periods = reader->windows == 0 ? FIRST_WINDOW : FIRST_WINDOW + SECOND_WINDOW;

	if (reader->windows == 2)
		return FLIS_NO_DAY;
	return flis_newest_over(reader->encoding,
							reader->until - periods * flis_period_days(reader->encoding) + 1);
}

/*
 * take takes over what a query has found: all of it is older than what was taken before.
 */
static void
take(FlisReader *reader, const FlisPeriodCountsResult *result)
{
	reader->is_read |= result->is_read;
	if (reader->example[0] == '\0')
		strlcpy(reader->example, result->example, FLIS_UNREAD_SIZE);
	for (int i = result->tally.n - 1; i >= 0 && reader->n < reader->keep; i--)
		reader->periods[reader->n++] = result->tally.periods[i];
	if (reader->n >= reader->keep)
		reader->is_finished = true;
}

/*
 * tally runs a query that returns a tally.
 */
static void
tally(const char *query, FlisPeriodCountsResult *result)
{
	bool isnull;
	Datum value = flis_run(query, &isnull);

	flis_period_counts_result_of(value, isnull, result);
	SPI_freetuptable(SPI_tuptable);
}

/*
 * newest_query writes the query for a table's newest value, of all of them if where is NULL.
 */
static char *
newest_query(const FlisReader *reader, const char *where)
{
	return psprintf("SELECT pg_catalog.max(%s) FROM %s%s%s", reader->cube_relation->period.value,
					flis_cube_from(reader->cube_relation), where != NULL ? " WHERE " : "",
					where != NULL ? where : "");
}

/*
 * tally_query writes the query that tallies a table's rows, all of them if where is NULL.
 */
static char *
tally_query(const FlisReader *reader, const char *from, const char *where)
{
	return psprintf("SELECT %s.%s FROM %s%s%s", reader->aggregate_schema,
					flis_tally_sql(reader->encoding, reader->cube_relation->period.value,
								   reader->cube_relation->municipality.value, reader->until,
								   reader->keep),
					from, where != NULL ? " WHERE " : "", where != NULL ? where : "");
}
