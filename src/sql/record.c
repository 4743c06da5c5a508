/*
 * record.c
 *		flis_record_release and flis_postpone_release, the functions of SQL that write into
 *		flis_release when a release came, and for when it is planned.
 *
 * The areas are found by the rules that the caller's snapshot sees.  Then one statement writes their
 * releases, with the caller's privileges.  It names every table, function and operator with its schema,
 * so that it does not depend on search_path.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/lsyscache.h"

#include "rules/coverage.h"
#include "rules/rule.h"
#include "cache/registry.h"
#include "sql/arguments.h"
#include "sql/releases.h"
#include "sql/row.h"

/* The releases to be written: those of some areas in one channel and cycle. */
typedef struct Entry
{
	Datum channel; /* its code */
	FlisDay cycle;
	Datum *areas;		 /* their codes */
	FlisDay *closes;	 /* the last days of their windows */
	FlisDay *not_before; /* days before which they are not out, since they follow others */
	int nareas;
} Entry;

/* The columns that are written besides the key, and the change of a release that has a row. */
typedef struct ReleaseChange
{
	const char *columns;
	const char *values;
	const char *on_conflict;
} ReleaseChange;

/* A release that is recorded for one area replaces what was recorded before. */
static const ReleaseChange record_one = {
	"released_on", "$4", "SET released_on = excluded.released_on, cancelled = false"};

static const ReleaseChange record_all = {"released_on", "$4",
										 "SET released_on = excluded.released_on"
										 " WHERE r.released_on IS NULL AND NOT r.cancelled"};

static const ReleaseChange postpone = {
	"planned_on, note", "$4, $5",
	"SET planned_on = excluded.planned_on, note = coalesce(excluded.note, r.note)"
	" WHERE r.released_on IS NULL AND NOT r.cancelled"};

static void enter_one(FunctionCallInfo fcinfo, Entry *entry, text *area, text *channel,
					  FlisDay cycle);
static void enter_all(FunctionCallInfo fcinfo, Entry *entry, text *channel, FlisDay cycle,
					  FlisDay day, bool closed_too);
static int begin_entry(FunctionCallInfo fcinfo, Entry *entry, text *channel, FlisDay cycle);
static void add_area(Entry *entry, const char *area, const FlisTimeline *timeline,
					 const FlisTerms *terms, int cycle);
pg_noreturn static void refuse_cycle(const char *what, const char *name, FlisDay day,
									 FlisDay cycle);
static void write_entry(FunctionCallInfo fcinfo, const Entry *entry, const ReleaseChange *change,
						FlisDay day, Datum note, bool has_note);
static void return_row(ReturnSetInfo *result, const Entry *entry, const ReleaseChange *change,
					   FlisDay day, HeapTuple row, TupleDesc descriptor);
static char *day_out(FlisDay day);

/*
 * flis_record_release(area text, channel text, cycle date, released_on date) records that one area's
 * release came, and returns it.
 */
PG_FUNCTION_INFO_V1(flis_record_release_area);
Datum
flis_record_release_area(PG_FUNCTION_ARGS)
{
	Entry entry;

	enter_one(fcinfo, &entry, PG_GETARG_TEXT_PP(0), PG_GETARG_TEXT_PP(1), PG_GETARG_DATEADT(2));
	write_entry(fcinfo, &entry, &record_one, PG_GETARG_DATEADT(3), (Datum) 0, false);
	return (Datum) 0;
}

/*
 * flis_record_release(channel text, cycle date, released_on date) records that the releases of a cycle
 * came, for all areas that have the channel's window and are not closed, and returns those that were not
 * recorded before.
 */
PG_FUNCTION_INFO_V1(flis_record_release_channel);
Datum
flis_record_release_channel(PG_FUNCTION_ARGS)
{
	FlisDay day = PG_GETARG_DATEADT(2);
	Entry entry;

	enter_all(fcinfo, &entry, PG_GETARG_TEXT_PP(0), PG_GETARG_DATEADT(1), day, false);
	write_entry(fcinfo, &entry, &record_all, day, (Datum) 0, false);
	return (Datum) 0;
}

/*
 * flis_postpone_release(area text, channel text, cycle date, planned_on date, note text) plans one
 * area's release for a day, and returns it.  The note alone may be NULL.
 */
PG_FUNCTION_INFO_V1(flis_postpone_release_area);
Datum
flis_postpone_release_area(PG_FUNCTION_ARGS)
{
	Entry entry;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
	{
		InitMaterializedSRF(fcinfo, 0);
		return (Datum) 0;
	}
	enter_one(fcinfo, &entry, PG_GETARG_TEXT_PP(0), PG_GETARG_TEXT_PP(1), PG_GETARG_DATEADT(2));
	write_entry(fcinfo, &entry, &postpone, PG_GETARG_DATEADT(3), PG_GETARG_DATUM(4),
				!PG_ARGISNULL(4));
	return (Datum) 0;
}

/*
 * flis_postpone_release(channel text, cycle date, planned_on date, note text) plans the releases of a
 * cycle for a day, for all areas that have the channel's window, closed ones too, and returns them.
 */
PG_FUNCTION_INFO_V1(flis_postpone_release_channel);
Datum
flis_postpone_release_channel(PG_FUNCTION_ARGS)
{
	Entry entry;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
	{
		InitMaterializedSRF(fcinfo, 0);
		return (Datum) 0;
	}
	enter_all(fcinfo, &entry, PG_GETARG_TEXT_PP(0), PG_GETARG_DATEADT(1), PG_GETARG_DATEADT(2),
			  true);
	write_entry(fcinfo, &entry, &postpone, PG_GETARG_DATEADT(2), PG_GETARG_DATUM(3),
				!PG_ARGISNULL(3));
	return (Datum) 0;
}

/*
 * enter_one enters the release of one area.  It raises 22023 if the day begins no cycle of the area.
 */
static void
enter_one(FunctionCallInfo fcinfo, Entry *entry, text *area, text *channel, FlisDay cycle)
{
	int channel_number = begin_entry(fcinfo, entry, channel, cycle);
	int area_number = flis_registry_area(area);
	const FlisTimeline *timeline = flis_registry_timeline(area_number, channel_number);
	const FlisTerms *terms;
	const FlisAreaRow *areas;
	int count;

	flis_registry_areas(&areas);
	terms = flis_terms_for(timeline, cycle, &count);
	if (terms == NULL || flis_cycle_first(&terms->rule, count) != cycle)
		refuse_cycle("area", areas[area_number].area, cycle,
					 terms != NULL ? flis_cycle_first(&terms->rule, count) : FLIS_NO_DAY);
	add_area(entry, areas[area_number].area, timeline, terms, count);
}

/*
 * enter_all enters the releases of the areas that have the channel's window in a cycle; areas that
 * come daily, before the others or on days of their own don't.
 *
 * Areas that are closed on the given day are left out where releases are recorded, since none came.
 * Where releases are planned they are entered, too: such an area may be open again before the day,
 * and without the plan it would then reach further than its data.
 */
static void
enter_all(FunctionCallInfo fcinfo, Entry *entry, text *channel, FlisDay cycle, FlisDay day,
		  bool closed_too)
{
	int channel_number = begin_entry(fcinfo, entry, channel, cycle);
	FlisDay other_cycle = FLIS_NO_DAY;
	bool is_cycle = false;
	const FlisAreaRow *areas;
	int n = flis_registry_areas(&areas);

	flis_check_finite(day);
	for (int area = 0; area < n; area++)
	{
		const FlisTimeline *timeline = flis_registry_timeline(area, channel_number);
		const FlisTerms *terms;
		FlisAnswer answer;
		int count;

		terms = flis_terms_for(timeline, cycle, &count);
		if (terms == NULL || terms->rule.frequency == FLIS_DAILY ||
			terms->rule.early_max_days > 0 || terms->rule.opens_day != 0)
			continue;
		if (flis_cycle_first(&terms->rule, count) != cycle)
		{
			other_cycle = Max(other_cycle, flis_cycle_first(&terms->rule, count));
			continue;
		}
		is_cycle = true;
		flis_answer_on(timeline, day, &answer);
		if (closed_too || answer.basis != FLIS_BASIS_CLOSED)
			add_area(entry, areas[area].area, timeline, terms, count);
	}
	if (!is_cycle)
		refuse_cycle("channel", TextDatumGetCString(entry->channel), cycle, other_cycle);
}

/*
 * begin_entry begins an entry with room for all areas, and finds the number of its channel.
 */
static int
begin_entry(FunctionCallInfo fcinfo, Entry *entry, text *channel, FlisDay cycle)
{
	const FlisAreaRow *areas;
	int channel_number;
	int n;

	flis_registry_use(fcinfo);
	channel_number = flis_registry_channel(channel);
	n = flis_registry_areas(&areas);
	flis_check_finite(cycle);
	entry->channel = CStringGetTextDatum(flis_registry_channel_code(channel_number));
	entry->cycle = cycle;
	entry->areas = palloc(n * sizeof(Datum));
	entry->closes = palloc(n * sizeof(FlisDay));
	entry->not_before = palloc(n * sizeof(FlisDay));
	entry->nareas = 0;
	return channel_number;
}

static void
add_area(Entry *entry, const char *area, const FlisTimeline *timeline, const FlisTerms *terms,
		 int cycle)
{
	entry->areas[entry->nareas] = CStringGetTextDatum(area);
	entry->closes[entry->nareas] = flis_window_closes(&terms->rule, &terms->channel, cycle);
	entry->not_before[entry->nareas] = flis_not_before(timeline, terms, cycle);
	entry->nareas++;
}

/*
 * refuse_cycle raises 22023 for a day that begins no cycle, and names the cycle that contains it,
 * if any.
 */
static void
refuse_cycle(const char *what, const char *name, FlisDay day, FlisDay cycle)
{
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("no cycle of %s \"%s\" begins on \"%s\"", what, name, day_out(day)),
					cycle != FLIS_NO_DAY
						? errhint("The day is in the cycle that begins on \"%s\".", day_out(cycle))
						: errhint("By the rules in flis_rule no cycle contains the day.")));
}

/*
 * write_entry writes a day, and a note if there is one, to the releases of an entry, and returns
 * the rows that were written, in the order of the areas.
 */
static void
write_entry(FunctionCallInfo fcinfo, const Entry *entry, const ReleaseChange *change, FlisDay day,
			Datum note, bool has_note)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Oid schema = get_func_namespace(fcinfo->flinfo->fn_oid);
	Oid types[5] = {TEXTARRAYOID, TEXTOID, DATEOID, DATEOID, TEXTOID};
	Datum values[5] = {(Datum) 0, entry->channel, DateADTGetDatum(entry->cycle),
					   DateADTGetDatum(day), note};
	char nulls[5] = {' ', ' ', ' ', ' ', has_note ? ' ' : 'n'};
	char *command;
	int code;

	InitMaterializedSRF(fcinfo, 0);
	if (entry->nareas == 0)
		return;
	values[0] = PointerGetDatum(
		construct_array(entry->areas, entry->nareas, TEXTOID, -1, false, TYPALIGN_INT));
	command = psprintf(
		"WITH written AS (INSERT INTO %s.flis_release AS r (area, channel, cycle, %s)"
		" SELECT pg_catalog.unnest($1), $2, $3, %s"
		" ON CONFLICT (area, channel, cycle) DO UPDATE %s RETURNING area, planned_on, note)"
		" SELECT l.place, w.planned_on, w.note"
		" FROM pg_catalog.unnest($1) WITH ORDINALITY AS l (area, place)"
		" JOIN written w ON w.area OPERATOR(pg_catalog.=) l.area ORDER BY l.place",
		quote_identifier(get_namespace_name(schema)), change->columns, change->values,
		change->on_conflict);

	SPI_connect();
	code = SPI_execute_with_args(command, 5, types, values, nulls, false, 0);
	if (code != SPI_OK_SELECT)
		elog(ERROR, "could not execute \"%s\": %s", command, SPI_result_code_string(code));
	for (uint64 i = 0; i < SPI_processed; i++)
		return_row(result, entry, change, day, SPI_tuptable->vals[i], SPI_tuptable->tupdesc);
	SPI_finish();
}

/*
 * return_row adds a release that was written to the result.  The statement's row has its place in
 * the entry, the day for which it is planned, and its note.
 */
static void
return_row(ReturnSetInfo *result, const Entry *entry, const ReleaseChange *change, FlisDay day,
		   HeapTuple row, TupleDesc descriptor)
{
	bool place_null;
	bool planned_null;
	bool note_null;
	int place = (int) DatumGetInt64(SPI_getbinval(row, descriptor, 1, &place_null)) - 1;
	Datum planned_on = SPI_getbinval(row, descriptor, 2, &planned_null);
	Datum note = SPI_getbinval(row, descriptor, 3, &note_null);
	FlisRow out = {0};

	flis_write_datum(&out, true, entry->areas[place]);
	flis_write_datum(&out, true, entry->channel);
	flis_write_day(&out, entry->cycle);
	if (change == &postpone)
	{
		flis_write_datum(&out, !planned_null, planned_on);
		flis_write_datum(&out, !note_null, note);
	}
	else
	{
		FlisDay own_day = planned_null ? entry->closes[place] : DatumGetDateADT(planned_on);
		FlisDay expected_on = Max(own_day, entry->not_before[place]);

		flis_write_day(&out, expected_on);
		flis_write_known_day(&out, day);
		flis_write_integer(&out, true, day - expected_on);
	}
	flis_end_row(&out, result);
}

static char *
day_out(FlisDay day)
{
	return DatumGetCString(DirectFunctionCall1(date_out, DateADTGetDatum(day)));
}
