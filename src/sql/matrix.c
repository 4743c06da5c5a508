/*
 * matrix.c
 *		The functions of SQL that tell which municipalities a cube has rows of in which periods:
 *		flis_matrix, flis_reporting, flis_gaps and flis_panel.
 */
#include "postgres.h"

#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "nodes/bitmapset.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/memutils.h"

#include "rules/coverage.h"
#include "rules/rule.h"
#include "cache/registry.h"
#include "facts/cube_context.h"
#include "facts/groups.h"
#include "sql/arguments.h"
#include "sql/row.h"

/* A cube, its rows by municipality and period, and how far its area reaches. */
typedef struct CubeGrid
{
	FlisCubeContext cube_context;
	FlisMunicipalities municipalities;
	flis_groups_hash *groups;
	FlisPeriodEncoding encoding; /* of the groups */
	FlisDay through;			 /* that may be shown; FLIS_NO_DAY if none is */
	bool is_closed;
} CubeGrid;

static const FlisCube *cube_of(FunctionCallInfo fcinfo, bool needs_municipality);
static void begin_grid(CubeGrid *grid, FunctionCallInfo fcinfo, const FlisCube *cube, FlisDay on);
static int period_of(const CubeGrid *grid, FlisDay day);
static FlisDay last_of(const CubeGrid *grid, int period);
static void count_rows(const FlisCubeContext *cube_context, FlisDay last, int64 *rows);
static char *rows_query(const FlisCubeRelation *cube_relation, const FlisPeriodEncoding *encoding,
						FlisDay last);
static const char *state_of(const CubeGrid *grid, int municipality, FlisDay last, int64 rows);
static bool may_not_be_there(const CubeGrid *grid, FlisDay last);
static bool is_waived(const CubeGrid *grid, int municipality, FlisDay last);
static void list_gaps(const CubeGrid *grid, int municipality, const int *bounds,
					  const Bitmapset *filled, int first, ReturnSetInfo *result);
static bool has_all(const CubeGrid *grid, int municipality, int first, int last);

/*
 * flis_matrix(cube text, from_day date, until_day date, on_day date) returns a row for each
 * municipality and reference period, from the one that contains from_day to the one that contains
 * until_day: the number of rows, and the state on a day.
 */
PG_FUNCTION_INFO_V1(flis_matrix);
Datum
flis_matrix(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	FlisDay from = PG_GETARG_DATEADT(1);
	FlisDay until = PG_GETARG_DATEADT(2);
	FlisDay on = PG_GETARG_DATEADT(3);
	MemoryContext row_context;
	MemoryContext caller;
	CubeGrid grid;
	int first;
	int last;

	flis_check_finite(from);
	flis_check_finite(until);
	flis_check_finite(on);
	InitMaterializedSRF(fcinfo, 0);
	begin_grid(&grid, fcinfo, cube_of(fcinfo, true), on);
	first = period_of(&grid, from);
	last = period_of(&grid, until);
	if (from > until)
		return (Datum) 0;
	grid.groups = flis_count_groups(&grid.cube_context, last_of(&grid, first), last_of(&grid, last),
									FLIS_NO_DAY, &grid.encoding);

	row_context = AllocSetContextCreate(CurrentMemoryContext, "flis matrix", ALLOCSET_SMALL_SIZES);
	caller = MemoryContextSwitchTo(row_context);
	for (int i = 0; i < grid.municipalities.n; i++)
		for (int period = first; period <= last; period++)
		{
			const FlisMunicipality *municipality = &grid.municipalities.rows[i];
			FlisDay period_last = last_of(&grid, period);
			int64 rows = flis_group_rows(grid.groups, period_last, municipality->code);
			FlisRow row = {0};

			CHECK_FOR_INTERRUPTS();
			flis_write_small(&row, true, municipality->code);
			flis_write_text(&row, municipality->name);
			flis_write_day(&row, flis_period_first(grid.cube_context.frequency, period));
			flis_write_day(&row, period_last);
			flis_write_big(&row, rows);
			flis_write_text(&row, state_of(&grid, municipality->code, period_last, rows));
			flis_end_row(&row, result);
			MemoryContextReset(row_context);
		}
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(row_context);
	return (Datum) 0;
}

/*
 * flis_reporting(cube text, period date, on_day date) returns one row for each municipality: whether it
 * is expected to report in the reference period that contains a day, and whether it does.
 */
PG_FUNCTION_INFO_V1(flis_reporting);
Datum
flis_reporting(PG_FUNCTION_ARGS)
{
	FlisDay period = PG_GETARG_DATEADT(1);
	FlisDay on = PG_GETARG_DATEADT(2);
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	int64 *rows = palloc0(FLIS_CODES * sizeof(int64));
	CubeGrid grid;
	FlisDay last;

	flis_check_finite(period);
	flis_check_finite(on);
	InitMaterializedSRF(fcinfo, 0);
	begin_grid(&grid, fcinfo, cube_of(fcinfo, true), on);
	last = last_of(&grid, period_of(&grid, period));
	count_rows(&grid.cube_context, last, rows);

	for (int i = 0; i < grid.municipalities.n; i++)
	{
		int code = grid.municipalities.rows[i].code;
		const char *reason;
		bool is_waived = flis_is_waived(&grid.cube_context.participants, code, last, &reason);
		FlisRow row = {0};

		flis_write_small(&row, true, code);
		flis_write_text(&row, grid.municipalities.rows[i].name);
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
 * flis_gaps(cube text, on_day date) returns the periods in which a municipality has no rows,
 * between its first and its newest with rows, and those in which no municipality has rows, between
 * the cube's first and newest.
 */
PG_FUNCTION_INFO_V1(flis_gaps);
Datum
flis_gaps(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	FlisDay on = PG_GETARG_DATEADT(1);
	int(*bounds)[2] = palloc(FLIS_CODES * sizeof(*bounds));
	int all[2] = {PG_INT32_MAX, PG_INT32_MIN};
	flis_groups_iterator iterator;
	const FlisGroup *group;
	Bitmapset *filled = NULL;
	CubeGrid grid;

	flis_check_finite(on);
	InitMaterializedSRF(fcinfo, 0);
	begin_grid(&grid, fcinfo, cube_of(fcinfo, false), on);
	if (grid.through == FLIS_NO_DAY)
		return (Datum) 0;
	grid.groups = flis_count_groups(&grid.cube_context, FLIS_NO_DAY, grid.through, grid.through,
									&grid.encoding);

	for (int i = 0; i < FLIS_CODES; i++)
		memcpy(bounds[i], all, sizeof(all));
	flis_groups_start_iterate(grid.groups, &iterator);
	while ((group = flis_groups_iterate(grid.groups, &iterator)) != NULL)
	{
		int *these = bounds[FLIS_GROUP_MUNICIPALITY(group->key)];
		int period = period_of(&grid, FLIS_GROUP_LAST(group->key));

		these[0] = Min(these[0], period);
		these[1] = Max(these[1], period);
		all[0] = Min(all[0], period);
		all[1] = Max(all[1], period);
	}
	flis_groups_start_iterate(grid.groups, &iterator);
	while ((group = flis_groups_iterate(grid.groups, &iterator)) != NULL)
		filled = bms_add_member(filled, period_of(&grid, FLIS_GROUP_LAST(group->key)) - all[0]);

	list_gaps(&grid, 0, all, filled, all[0], result);
	for (int i = 0; i < grid.municipalities.n; i++)
		list_gaps(&grid, grid.municipalities.rows[i].code, bounds[grid.municipalities.rows[i].code],
				  filled, all[0], result);
	return (Datum) 0;
}

/*
 * flis_panel(cube text, from_day date, until_day date) returns the municipalities that have rows in
 * every period from the one that contains from_day to the one that contains until_day, as far as
 * the periods may be shown today.
 */
PG_FUNCTION_INFO_V1(flis_panel);
Datum
flis_panel(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	FlisDay from = PG_GETARG_DATEADT(1);
	FlisDay until = PG_GETARG_DATEADT(2);
	CubeGrid grid;
	int first;
	int last;

	flis_check_finite(from);
	flis_check_finite(until);
	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	begin_grid(&grid, fcinfo, cube_of(fcinfo, true), GetSQLCurrentDate());
	if (grid.through == FLIS_NO_DAY || from > until)
		return (Datum) 0;
	first = period_of(&grid, from);
	last = Min(period_of(&grid, until),
			   flis_newest_whole_period(grid.cube_context.frequency, grid.through));
	if (first > last)
		return (Datum) 0;

	grid.groups = flis_count_groups(&grid.cube_context, last_of(&grid, first), last_of(&grid, last),
									grid.through, &grid.encoding);
	/* A longer period than the area's may not have ended. */
	while (last >= first && may_not_be_there(&grid, last_of(&grid, last)))
		last--;
	if (first > last)
		return (Datum) 0;
	for (int i = 0; i < grid.municipalities.n; i++)
	{
		FlisRow row = {0};

		if (!has_all(&grid, grid.municipalities.rows[i].code, first, last))
			continue;
		flis_write_small(&row, true, grid.municipalities.rows[i].code);
		flis_end_row(&row, result);
	}
	return (Datum) 0;
}

/*
 * cube_of finds the cube that the first argument names, and makes the registry hold what the active
 * snapshot sees.
 */
static const FlisCube *
cube_of(FunctionCallInfo fcinfo, bool needs_municipality)
{
	const FlisCube *cube;

	flis_registry_use(fcinfo);
	cube = flis_find_cube(flis_current_load.schema, PG_GETARG_TEXT_PP(0));
	if (needs_municipality && cube->municipality_column == NULL)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("cube \"%s\" has no municipality column", cube->cube),
						errhint("Name it in the column municipality_column of flis_cube.")));
	return cube;
}

/*
 * begin_grid finds the municipalities of a cube's area, and how far the area reaches on a day.
 */
static void
begin_grid(CubeGrid *grid, FunctionCallInfo fcinfo, const FlisCube *cube, FlisDay on)
{
	FlisAnswer answer;

	flis_read_municipalities(flis_current_load.schema, &grid->municipalities);
	flis_cube_context_begin(&grid->cube_context, fcinfo, cube, &grid->municipalities, on);
	flis_answer_on(flis_cube_timeline(fcinfo, cube), on, &answer);
	grid->through = answer.through;
	grid->is_closed = answer.basis == FLIS_BASIS_CLOSED;
}

static int
period_of(const CubeGrid *grid, FlisDay day)
{
	return flis_period_of(grid->cube_context.frequency, day);
}

static FlisDay
last_of(const CubeGrid *grid, int period)
{
	return flis_period_last(grid->cube_context.frequency, period);
}

/*
 * count_rows counts, by municipality, the rows of the periods that count for a reference period
 * (flis_periods_of), with the caller's privileges and snapshot.
 */
static void
count_rows(const FlisCubeContext *cube_context, FlisDay last, int64 *rows)
{
	FlisPeriodEncoding encoding;
	FlisCubeRelation cube_relation;
	char *query;

	SPI_connect();
	flis_find_cube_relation(cube_context->cube, &cube_relation);
	if (!flis_cube_encoding(cube_context, &cube_relation, &encoding))
	{
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
 * are counted by value, too, since some may stand for no period.
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
					cube_relation->municipality.grouped, encoding->has_format ? ", " : "",
					encoding->has_format ? cube_relation->period.grouped : "",
					flis_cube_from(cube_relation), up_to, from != NULL ? " AND " : "",
					from != NULL ? from : "");
}

/*
 * state_of tells the state of a municipality in a period in which it has so many rows.
 */
static const char *
state_of(const CubeGrid *grid, int municipality, FlisDay last, int64 rows)
{
	if (rows > 0)
		return "reported";
	if (is_waived(grid, municipality, last))
		return "waived";
	if (grid->is_closed)
		return "closed";
	return may_not_be_there(grid, last) ? "not_due" : "missing";
}

/*
 * may_not_be_there tells whether a period that counts for the reference period that ends on a day may
 * not be shown yet.
 */
static bool
may_not_be_there(const CubeGrid *grid, FlisDay last)
{
	return grid->through < Max(last, flis_counted_through(&grid->encoding, last));
}

static bool
is_waived(const CubeGrid *grid, int municipality, FlisDay last)
{
	const char *reason;

	return flis_is_waived(&grid->cube_context.participants, municipality, last, &reason);
}

/*
 * list_gaps lists the periods between two bounds in which a municipality has no rows and is not waived.
 * For municipality 0 it lists those in which no municipality has rows; these are not listed for each.
 */
static void
list_gaps(const CubeGrid *grid, int municipality, const int *bounds, const Bitmapset *filled,
		  int first, ReturnSetInfo *result)
{
	for (int period = bounds[0]; period <= bounds[1]; period++)
	{
		FlisDay last = last_of(grid, period);
		FlisRow row = {0};

		CHECK_FOR_INTERRUPTS();
		if (bms_is_member(period - first, filled) == (municipality == 0) ||
			(municipality != 0 && (flis_group_rows(grid->groups, last, municipality) > 0 ||
								   is_waived(grid, municipality, last))))
			continue;
		flis_write_small(&row, municipality != 0, municipality);
		flis_write_day(&row, flis_period_first(grid->cube_context.frequency, period));
		flis_write_day(&row, last);
		flis_end_row(&row, result);
	}
}

/*
 * has_all tells whether a municipality has rows in each period from the first to the last, and is waived
 * in none.
 */
static bool
has_all(const CubeGrid *grid, int municipality, int first, int last)
{
	for (int period = first; period <= last; period++)
	{
		FlisDay period_last = last_of(grid, period);

		CHECK_FOR_INTERRUPTS();
		if (flis_group_rows(grid->groups, period_last, municipality) == 0 ||
			is_waived(grid, municipality, period_last))
			return false;
	}
	return true;
}
