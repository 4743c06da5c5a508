/*
 * periods.c
 *		Reads the newest periods of a cube one after the other, and no more of its table than needed.
 *
 * Where an index gives the newest period, the periods are read one after the other from there.  Where
 * the planner can leave out most of the cube for another reason, the last few periods are read together.
 * Else the cube is read once.  All three ways count the same rows.
 *
 * Over a star schema the cube has keys in no order.  Its index then tells which keys of the dimension
 * have rows, newest period first.  Rows are grouped by their keys before the dimensions are joined, so
 * that a dimension is looked up once a group.
 */
#include "facts/periods.h"

#include "executor/instrument.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "nodes/parsenodes.h"
#include "nodes/plannodes.h"
#include "utils/builtins.h"
#include "utils/plancache.h"

#include "cache/distribution.h"

/*
 * Rows of a period that are read at first, and if need be at a second attempt.  All of them, a hundred
 * thousand or more, are needed only if an expected municipality is not found among these.
 */
#define FIRST_ROWS 2000
#define MORE_ROWS 20000
/* Values that stand for nothing and are stepped over before the cube is read instead. */
#define MOST_STEPS 100
/* Periods of the first and the second window; the third is all that is left. */
#define FIRST_WINDOW 4
#define SECOND_WINDOW 16

static bool has_index_on_period(const FlisReader *reader);
static void choose_path(FlisReader *reader);
static void read_all(FlisReader *reader);
static void read_by_index(FlisReader *reader);
static bool find_newest(FlisReader *reader, FlisDay *last, char **newest);
static bool read_period(FlisReader *reader, FlisDay last, const char *newest);
static bool is_dearer_than_all(const FlisReader *reader, const char *query);
static bool read_rows(FlisReader *reader, int rows, const char *where, FlisDay last,
					  FlisPeriodCountsResult *result);
static bool has_all(const FlisReader *reader, FlisDay last, const FlisPeriodCountsResult *result);
static char *pairs_query(const FlisReader *reader, const char *where, const char *newest);
static char *steps_of_value(const FlisReader *reader, const char *where, const char *newest);
static char *steps_of_keys(const FlisReader *reader, const char *where);
static void read_window(FlisReader *reader);
static char *window_condition(const FlisReader *reader);
static FlisDay window_first(const FlisReader *reader);
static void take(FlisReader *reader, const FlisPeriodCountsResult *result);
static void count_periods(const char *query, FlisPeriodCountsResult *result);
static void plan_query(const char *query, double *cost, bool *is_by_index);
static bool is_in_order(const Plan *plan);
static Datum run_query(const char *query, bool *isnull);
static int64 blocks_read(void);
static bool is_star(const FlisReader *reader);
static char *keys_of(const FlisReader *reader, const char *where);
static char *has_no_later(const FlisCubeValue *period, const char *up_to);
static char *newest_query(const FlisReader *reader, const char *where);
static char *counts_query(const FlisReader *reader, const char *where);
static const char *grouped_column(const FlisCubeValue *value);
static char *aggregate_call(const FlisReader *reader, const char *period, const char *municipality,
							const char *rows);

/*
 * flis_reader_begin begins to read the newest periods of a cube, whose first fields the caller has
 * filled, and chooses the path.
 */
void
flis_reader_begin(FlisReader *reader)
{
	reader->n = 0;
	reader->windows = 0;
	reader->is_read = false;
	reader->is_thin = false;
	reader->keys = NULL;
	reader->blocks = 0;
	reader->example[0] = '\0';
	reader->is_finished = reader->until == FLIS_NO_DAY;
	if (reader->is_finished)
		return;
	reader->below =
		flis_sql_up_to(reader->encoding, reader->cube_relation->period.value, reader->until);
	reader->is_finished = reader->below == NULL;
	if (!reader->is_finished)
		choose_path(reader);
}

/*
 * flis_reader_period finds the n-th newest period of a cube, counted from 0; NULL if there are fewer, or
 * n is more than may be asked for.
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
 * flis_reader_finds_nothing tells whether the cube has values and none of them stands for a period;
 * reader->example is then one of them.  Called where no period that has ended was found.
 */
bool
flis_reader_finds_nothing(FlisReader *reader)
{
	/* A period that has not ended yet stands for one, too; an index has it at its end. */
	if (reader->path == FLIS_PATH_INDEX && !reader->is_read)
	{
		FlisWritten written;
		bool isnull;
		Datum value = run_query(newest_query(reader, NULL), &isnull);

		reader->is_read = isnull || flis_read_written(reader->encoding, value, &written);
	}
	if (reader->path != FLIS_PATH_ALL && !reader->is_read)
		read_all(reader);
	return !reader->is_read && reader->example[0] != '\0';
}

/*
 * choose_path chooses how the periods are found.
 */
static void
choose_path(FlisReader *reader)
{
	double window_cost;
	bool is_by_index;

	/* A distributed engine gathers the rows for flis_tally, so that the fewest are the fastest. */
	reader->path = FLIS_PATH_WINDOWS;
	if (!is_star(reader) && flis_is_distributed(reader->cube_relation->relation))
		return;
	reader->path = FLIS_PATH_ALL;
	plan_query(counts_query(reader, NULL), &reader->all_cost, &is_by_index);
	if (reader->cube_relation->period.is_deterministic && has_index_on_period(reader))
	{
		reader->path = FLIS_PATH_INDEX;
		reader->has_pair_index = reader->cube_relation->municipality.value != NULL &&
								 reader->cube_relation->municipality.is_deterministic &&
								 flis_cube_has_pair_index(reader->cube, reader->cube_relation);
		return;
	}
	/* Keys are in no order, so that no window of them is a range. */
	if (is_star(reader))
		return;
	plan_query(counts_query(reader, window_condition(reader)), &window_cost, &is_by_index);
	if (window_cost < reader->all_cost / 2)
		reader->path = FLIS_PATH_WINDOWS;
}

/*
 * has_index_on_period tells whether an index gives the greatest value of the period column, or over
 * a star the keys in their order, since not every type of key has max().
 */
static bool
has_index_on_period(const FlisReader *reader)
{
	const FlisCubeRelation *cube_relation = reader->cube_relation;
	double cost;
	bool is_by_index;

	plan_query(is_star(reader) ? psprintf("SELECT %1$s FROM %2$s AS cube ORDER BY %1$s LIMIT 1",
										  cube_relation->period.column, cube_relation->table)
							   : newest_query(reader, reader->below),
			   &cost, &is_by_index);
	return is_by_index;
}

/*
 * read_all reads the cube in one pass, or what is left of it.  It has no condition at first: the
 * aggregate itself leaves out what doesn't count, at less cost.
 */
static void
read_all(FlisReader *reader)
{
	FlisPeriodCountsResult result;

	count_periods(counts_query(reader, reader->n == 0 ? NULL : reader->below), &result);
	take(reader, &result);
	reader->path = FLIS_PATH_ALL;
	reader->is_finished = true;
}

/*
 * read_by_index reads the next older period; or all that is left, where that costs less.
 */
static void
read_by_index(FlisReader *reader)
{
	FlisDay last;
	char *newest;

	if (!find_newest(reader, &last, &newest))
		return;
	if (!read_period(reader, last, newest))
	{
		reader->keys = NULL;
		read_all(reader);
		return;
	}
	reader->keys = NULL;
	reader->below = flis_sql_before(reader->encoding, reader->cube_relation->period.value, last);
	if (reader->below == NULL)
		reader->is_finished = true;
}

/*
 * find_newest finds the newest value not read so far that stands for a period, as SQL writes it, and the
 * period's last day.  False if there is none, or if too many values that stand for nothing come before
 * it; then all is read in one pass.
 */
static bool
find_newest(FlisReader *reader, FlisDay *last, char **newest)
{
	for (int step = 0; step < MOST_STEPS; step++)
	{
		FlisWritten written;
		bool isnull;
		Datum value = run_query(newest_query(reader, reader->below), &isnull);

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
 * read_period reads a period; false if one pass over the cube costs less than to read all of the periods
 * that may be asked for.  Once all expected municipalities are found, the rest of its rows is not read.
 */
static bool
read_period(FlisReader *reader, FlisDay last, const char *newest)
{
	const FlisCubeRelation *cube_relation = reader->cube_relation;
	bool by_municipality = cube_relation->municipality.value != NULL;
	char *up_to = flis_sql_up_to(reader->encoding, cube_relation->period.value, last);
	char *where = psprintf(
		"%s AND %s", flis_sql_from(reader->encoding, cube_relation->period.value, last), up_to);
	char *whole;
	FlisPeriodCountsResult result;

	if (!cube_relation->period.is_unique)
		where = psprintf("%s AND %s", where, has_no_later(&cube_relation->period, up_to));
	reader->keys = is_star(reader) ? keys_of(reader, where) : NULL;
	whole = counts_query(reader, where);

	if (!by_municipality || !read_rows(reader, FIRST_ROWS, where, last, &result))
	{
		char *query = reader->has_pair_index ? pairs_query(reader, where, newest) : NULL;
		/* Over a star LIMIT would have to sort by key, which costs as much as to group all rows. */
		bool may_need_more = by_municipality && !reader->is_thin && !is_star(reader);

		if (query == NULL && is_dearer_than_all(reader, whole))
			return false;
		if (query != NULL || !may_need_more || !read_rows(reader, MORE_ROWS, where, last, &result))
		{
			int64 blocks = blocks_read();

			count_periods(query != NULL ? query : whole, &result);
			reader->blocks = (double) (blocks_read() - blocks);
		}
		reader->is_thin = by_municipality && !has_all(reader, last, &result);
	}
	take(reader, &result);
	return true;
}

/*
 * is_dearer_than_all tells whether reading a period by a query, and as many more as may be asked for,
 * costs more than half of one pass over the cube by the planner's estimate.  Half, because the estimate
 * is not exact and some rows are read twice.  Over a star the planner takes the rows of a key to be
 * scattered, since keys are in no order, so the blocks read for the last period are compared instead.
 */
static bool
is_dearer_than_all(const FlisReader *reader, const char *query)
{
	double cost;
	bool is_by_index;

	if (is_star(reader))
		cost = reader->blocks;
	else
		plan_query(query, &cost, &is_by_index);
	return cost * (reader->keep - reader->n) > reader->all_cost / 2;
}

/*
 * read_rows reads at most so many rows of a period; false if a municipality is missing and there
 * are more.
 */
static bool
read_rows(FlisReader *reader, int rows, const char *where, FlisDay last,
		  FlisPeriodCountsResult *result)
{
	const FlisCubeRelation *cube_relation = reader->cube_relation;
	int64 seen;

	count_periods(
		psprintf("SELECT %s FROM (SELECT cube.* FROM %s AS cube WHERE %s ORDER BY %s LIMIT %d) "
				 "AS cube%s",
				 aggregate_call(reader, cube_relation->period.value,
								cube_relation->municipality.value, NULL),
				 cube_relation->table, is_star(reader) ? reader->keys : where,
				 cube_relation->period.column, rows, flis_cube_joins(cube_relation)),
		result);
	seen = result->unread;
	if (result->counts.n > 0)
		seen += result->counts.periods[0].rows;
	return seen < rows || has_all(reader, last, result);
}

/*
 * has_all tells whether all municipalities that are expected in a period were found in it.
 */
static bool
has_all(const FlisReader *reader, FlisDay last, const FlisPeriodCountsResult *result)
{
	FlisMunicipalitySet missing = flis_expected_codes(reader->participants, last);

	if (result->counts.n > 0)
		missing = flis_municipality_set_without(&missing, &result->counts.periods[0].codes);
	return flis_municipality_set_count(&missing) == 0;
}

/*
 * pairs_query writes the query that steps through an index on period and municipality from one
 * municipality to the next, as a loose index scan; NULL if it could take as many steps as there are
 * rows.
 */
static char *
pairs_query(const FlisReader *reader, const char *where, const char *newest)
{
	const FlisCubeValue *municipality = &reader->cube_relation->municipality;
	const char *period = is_star(reader) ? "step.period" : newest;
	char *steps =
		is_star(reader) ? steps_of_keys(reader, where) : steps_of_value(reader, where, newest);

	if (steps == NULL)
		return NULL;
	if (municipality->dimension == NULL)
		return psprintf("%s SELECT %s FROM step WHERE step.municipality IS NOT NULL", steps,
						aggregate_call(reader, period, "step.municipality", NULL));
	return psprintf("%s SELECT %s FROM step JOIN %s AS %s ON %s OPERATOR(pg_catalog.=) "
					"step.municipality",
					steps, aggregate_call(reader, period, municipality->value, NULL),
					municipality->dimension, municipality->alias, municipality->key);
}

/*
 * steps_of_value writes the steps for a period column; NULL if the period has other values than the
 * newest.
 */
static char *
steps_of_value(const FlisReader *reader, const char *where, const char *newest)
{
	const FlisCubeRelation *cube_relation = reader->cube_relation;
	bool isnull;
	Datum oldest;

	oldest = run_query(psprintf("SELECT pg_catalog.min(%s) FROM %s AS cube WHERE %s",
								cube_relation->period.column, cube_relation->table, where),
					   &isnull);
	if (isnull || strcmp(flis_sql_value(reader->encoding, oldest), newest) != 0)
		return NULL;
	return psprintf(
		"WITH RECURSIVE step (municipality) AS ("
		"(SELECT %1$s FROM %2$s AS cube WHERE %3$s OPERATOR(pg_catalog.=) %4$s "
		"AND %1$s IS NOT NULL ORDER BY %1$s LIMIT 1) "
		"UNION ALL SELECT (SELECT %1$s FROM %2$s AS cube WHERE %3$s OPERATOR(pg_catalog.=) %4$s "
		"AND %1$s OPERATOR(pg_catalog.>) step.municipality ORDER BY %1$s LIMIT 1) "
		"FROM step WHERE step.municipality IS NOT NULL)",
		cube_relation->municipality.column, cube_relation->table, cube_relation->period.column,
		newest);
}

/*
 * steps_of_keys writes the steps over a star, separate ones for each key of the period.
 */
static char *
steps_of_keys(const FlisReader *reader, const char *where)
{
	const FlisCubeRelation *cube_relation = reader->cube_relation;
	const FlisCubeValue *period = &cube_relation->period;

	return psprintf(
		"WITH RECURSIVE step (key, period, municipality) AS ("
		"SELECT %1$s, %2$s, (SELECT %3$s FROM %4$s AS cube WHERE %5$s OPERATOR(pg_catalog.=) %1$s "
		"AND %3$s IS NOT NULL ORDER BY %3$s LIMIT 1) FROM %6$s AS %7$s WHERE %8$s "
		"UNION ALL SELECT step.key, step.period, (SELECT %3$s FROM %4$s AS cube "
		"WHERE %5$s OPERATOR(pg_catalog.=) step.key "
		"AND %3$s OPERATOR(pg_catalog.>) step.municipality ORDER BY %3$s LIMIT 1) "
		"FROM step WHERE step.municipality IS NOT NULL)",
		period->key, period->value, cube_relation->municipality.column, cube_relation->table,
		period->column, period->dimension, period->alias, where);
}

/*
 * read_window reads the periods of the next older window together.
 */
static void
read_window(FlisReader *reader)
{
	FlisDay first = window_first(reader);
	FlisPeriodCountsResult result;

	count_periods(counts_query(reader, window_condition(reader)), &result);
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
	return flis_ended_by(reader->encoding,
						 reader->until - periods * flis_period_days(reader->encoding));
}

/*
 * take adds the periods that a query found, which are older than those taken before.
 */
static void
take(FlisReader *reader, const FlisPeriodCountsResult *result)
{
	reader->is_read |= result->is_read;
	if (reader->example[0] == '\0')
		strlcpy(reader->example, result->example, FLIS_UNREAD_SIZE);
	for (int i = result->counts.n - 1; i >= 0 && reader->n < reader->keep; i--)
		reader->periods[reader->n++] = result->counts.periods[i];
	if (reader->n >= reader->keep)
		reader->is_finished = true;
}

/*
 * count_periods runs a query that returns the aggregate's result.
 */
static void
count_periods(const char *query, FlisPeriodCountsResult *result)
{
	bool isnull;
	Datum value = run_query(query, &isnull);

	flis_period_counts_result_of(value, isnull, result);
	SPI_freetuptable(SPI_tuptable);
}

/*
 * plan_query tells the planner's estimate of a query's cost, and whether the plan takes its rows in the
 * order of an index: max() or min() from its end, or all of them without a sort.
 */
static void
plan_query(const char *query, double *cost, bool *is_by_index)
{
	SPIPlanPtr plan = SPI_prepare_cursor(query, 0, NULL, CURSOR_OPT_PARALLEL_OK);
	CachedPlan *cached;
	const PlannedStmt *planned;

	if (plan == NULL || (cached = SPI_plan_get_cached_plan(plan)) == NULL)
		elog(ERROR, "could not plan \"%s\"", query);
	planned = linitial_node(PlannedStmt, cached->stmt_list);
	*cost = planned->planTree->total_cost;
	*is_by_index = (IsA(planned->planTree, Result) && planned->planTree->initPlan != NIL) ||
				   is_in_order(planned->planTree);
	ReleaseCachedPlan(cached, NULL);
	SPI_freeplan(plan);
}

/*
 * is_in_order tells whether a plan returns rows as indexes have them.
 */
static bool
is_in_order(const Plan *plan)
{
	const List *children = NIL;
	ListCell *cell;

	switch (nodeTag(plan))
	{
		case T_IndexScan:
		case T_IndexOnlyScan:
			return true;
		case T_Limit:
			return is_in_order(outerPlan(plan));
		case T_Append:
			children = ((const Append *) plan)->appendplans;
			break;
		case T_MergeAppend:
			children = ((const MergeAppend *) plan)->mergeplans;
			break;
		default:
			break;
	}
	foreach (cell, children)
		if (!is_in_order(lfirst(cell)))
			return false;
	return children != NIL;
}

/*
 * run_query runs a query that returns one value in one row.  The value is in SPI's memory.
 */
static Datum
run_query(const char *query, bool *isnull)
{
	if (SPI_execute(query, true, 0) != SPI_OK_SELECT || SPI_processed != 1)
		elog(ERROR, "could not execute \"%s\"", query);
	return SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, isnull);
}

/*
 * blocks_read tells how many blocks this session and its parallel workers have read, from disk or cache.
 */
static int64
blocks_read(void)
{
	return pgBufferUsage.shared_blks_hit + pgBufferUsage.shared_blks_read +
		   pgBufferUsage.local_blks_hit + pgBufferUsage.local_blks_read;
}

/*
 * is_star tells whether the periods stand in a dimension.
 */
static bool
is_star(const FlisReader *reader)
{
	return reader->cube_relation->period.dimension != NULL;
}

/*
 * keys_of writes the condition that a row's key is one of those for which a condition on the dimension
 * holds and the cube has rows.  They are literals, so that the planner can estimate their rows.
 */
static char *
keys_of(const FlisReader *reader, const char *where)
{
	const FlisCubeRelation *cube_relation = reader->cube_relation;
	const FlisCubeValue *period = &cube_relation->period;
	bool isnull;
	char *keys;
	char *type;

	(void) run_query(
		psprintf("SELECT ARRAY(SELECT %1$s FROM %2$s AS %3$s WHERE %4$s "
				 "AND (SELECT %5$s FROM %6$s AS cube WHERE %5$s OPERATOR(pg_catalog.>=) %1$s "
				 "ORDER BY %5$s LIMIT 1) OPERATOR(pg_catalog.=) %1$s)",
				 period->key, period->dimension, period->alias, where, period->column,
				 cube_relation->table),
		&isnull);
	keys = SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1);
	type = flis_sql_type(SPI_gettypeid(SPI_tuptable->tupdesc, 1));
	SPI_freetuptable(SPI_tuptable);
	return psprintf("%s OPERATOR(pg_catalog.=) ANY (%s::%s)", period->column,
					quote_literal_cstr(keys), type);
}

/*
 * has_no_later writes the condition that a dimension has a key with no value beyond a bound.  A key
 * that it has more than once counts for its greatest value, as that of a quarter over days does.
 */
static char *
has_no_later(const FlisCubeValue *period, const char *up_to)
{
	return psprintf("NOT %1$s OPERATOR(pg_catalog.=) ANY (SELECT %2$s FROM %3$s AS %4$s "
					"WHERE NOT %5$s AND %1$s IS NOT NULL)",
					period->key, period->joined_key, period->dimension, period->alias, up_to);
}

/*
 * newest_query writes the query for a cube's newest value, of all of them if where is NULL.
 *
 * Over a star the dimension's keys are looked up in the cube's index, newest first, until one has
 * rows.  The look-up asks for the first key from this one on, not for an equal one: only an index
 * makes that cheap, so that the planner takes it.  OFFSET 0 keeps the look-up out of the ordered
 * sub-select, so that it runs only until a key is found.
 */
static char *
newest_query(const FlisReader *reader, const char *where)
{
	const FlisCubeRelation *cube_relation = reader->cube_relation;
	const FlisCubeValue *period = &cube_relation->period;

	if (!is_star(reader))
		return psprintf("SELECT pg_catalog.max(%s) FROM %s AS cube%s%s", period->column,
						cube_relation->table, where != NULL ? " WHERE " : "",
						where != NULL ? where : "");
	return psprintf(
		"SELECT (SELECT newest.value FROM (SELECT %1$s AS key, %2$s AS value FROM %3$s AS %4$s "
		"WHERE %2$s IS NOT NULL%5$s%6$s ORDER BY %2$s DESC OFFSET 0) AS newest "
		"WHERE (SELECT %7$s FROM %8$s AS cube WHERE %7$s OPERATOR(pg_catalog.>=) newest.key "
		"ORDER BY %7$s LIMIT 1) OPERATOR(pg_catalog.=) newest.key "
		"ORDER BY newest.value DESC LIMIT 1)",
		period->key, period->value, period->dimension, period->alias, where != NULL ? " AND " : "",
		where != NULL ? where : "", period->column, cube_relation->table);
}

/*
 * counts_query writes the query that counts a cube's rows by period, all of them if where is NULL.  Rows
 * that have their period or municipality in a dimension are first counted by key.
 */
static char *
counts_query(const FlisReader *reader, const char *where)
{
	const FlisCubeRelation *cube_relation = reader->cube_relation;
	const FlisCubeValue *period = &cube_relation->period;
	const FlisCubeValue *municipality = &cube_relation->municipality;
	const char *of_cube = is_star(reader) ? reader->keys : where;
	char *condition = of_cube != NULL ? psprintf(" WHERE %s", of_cube) : "";
	/* Without keys no group can be left out before its period is known. */
	char *of_groups = is_star(reader) && reader->keys == NULL && where != NULL
						  ? psprintf(" WHERE %s", where)
						  : "";
	char *columns;

	if (!is_star(reader) && municipality->dimension == NULL)
		return psprintf("SELECT %s FROM %s AS cube%s",
						aggregate_call(reader, period->value, municipality->value, NULL),
						cube_relation->table, condition);
	columns = pstrdup(grouped_column(period));
	if (municipality->column != NULL && strcmp(municipality->column, period->column) != 0)
		columns = psprintf("%s, %s", columns, grouped_column(municipality));
	return psprintf(
		"SELECT %1$s FROM (SELECT %2$s, pg_catalog.count(*) AS \"rows of a group\" "
		"FROM %3$s AS cube%4$s GROUP BY %2$s) AS cube%5$s%6$s",
		aggregate_call(reader, period->value, municipality->value, "cube.\"rows of a group\""),
		columns, cube_relation->table, condition, flis_cube_joins(cube_relation), of_groups);
}

/*
 * grouped_column writes the column of a cube as rows are grouped by it: a value by its bytes, a key as
 * it is joined.
 */
static const char *
grouped_column(const FlisCubeValue *value)
{
	return value->dimension != NULL ? value->column : value->grouped;
}

/*
 * aggregate_call writes the call of the aggregate; rows is NULL where each row counts once.
 */
static char *
aggregate_call(const FlisReader *reader, const char *period, const char *municipality,
			   const char *rows)
{
	return psprintf("%s.%s", reader->aggregate_schema,
					flis_period_counts_sql(reader->encoding, period, municipality, reader->until,
										   reader->keep, rows));
}
