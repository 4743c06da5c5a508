/*
 * check_cubes.c
 *		Checks each cube: how far its table reaches, how far it should, and the verdict on that.
 *
 * Each cube is read in a subtransaction of its own, with the caller's privileges and snapshot, so
 * that one that cannot be read does not stop the others.  No pointer into the registry is kept over
 * that: what the query calls may make the registry read its tables anew.
 */
#include "postgres.h"

#include <math.h>

#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "base/enum_labels.h"
#include "rules/date_text.h"
#include "rules/rule.h"
#include "cache/names.h"
#include "cache/registry.h"
#include "triggers/confirm_relation.h"
#include "facts/try_in_subtransaction.h"
#include "sql/area_summary.h"
#include "sql/arguments.h"
#include "sql/check_cubes.h"
#include "sql/row.h"

static void write_row(const FlisCubeCheck *check, void *result);
static void check_cube(FlisCubeCheck *check);
static bool may_be_of_missing_table(int sqlerrcode);
static void measure_cube(void *check);
static void judge_cube(void *check);
static const char *reason_for_unknown(const FlisCubeCheck *check);
static const char *reason_for_closed(const FlisCubeCheck *check, bool is_danish);
static const char *reason_for_not_due(const FlisCubeCheck *check, FlisLanguage language);
static const char *reason_for_late(const FlisCubeCheck *check, FlisLanguage language);
static const char *name_of_whole(const char *area);
static const char *reason_for_partial(const FlisCubeCheck *check, FlisLanguage language);
static FlisFrequency written_frequency(const FlisMeasure *measured);

/*
 * flis_check_cubes(on_day date) returns one row for each cube, in the order of their names.
 */
PG_FUNCTION_INFO_V1(flis_check_cubes);
Datum
flis_check_cubes(PG_FUNCTION_ARGS)
{
	FlisDay on = PG_GETARG_DATEADT(0);

	flis_check_finite(on);
	InitMaterializedSRF(fcinfo, 0);
	flis_check_each_cube(fcinfo, on, write_row, fcinfo->resultinfo);
	return (Datum) 0;
}

/*
 * flis_check_each_cube checks the cubes in the order of their names, and calls "tell" for each, in
 * a memory context that is reset after the call.
 */
void
flis_check_each_cube(FunctionCallInfo fcinfo, FlisDay on,
					 void (*tell)(const FlisCubeCheck *check, void *to), void *to)
{
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext context = AllocSetContextCreate(caller, "flis cube", ALLOCSET_DEFAULT_SIZES);
	FlisMunicipalities municipalities;
	FlisCube *cubes;
	Oid schema;
	int n;

	flis_registry_use(fcinfo);
	schema = flis_current_load.schema;
	flis_read_municipalities(schema, &municipalities);
	cubes = flis_read_cubes(schema, &n);

	MemoryContextSwitchTo(context);
	for (int i = 0; i < n; i++)
	{
		FlisCubeCheck check = {.fcinfo = fcinfo,
							   .cube = &cubes[i],
							   .municipalities = &municipalities,
							   .on = on,
							   .context = context};

		CHECK_FOR_INTERRUPTS();
		check_cube(&check);
		tell(&check, to);
		MemoryContextReset(context);
	}
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(context);
}

/*
 * write_row adds the row of a cube to the result.
 */
static void
write_row(const FlisCubeCheck *check, void *result)
{
	const FlisCube *cube = check->cube;
	const FlisFound *found = &check->measure.found;
	bool is_counted = found->finding == FLIS_FOUND_ROWS && check->measure.by_municipality;
	FlisRow row = {0};

	flis_write_text(&row, cube->cube);
	flis_write_text(&row, cube->area);
	flis_write_text(&row, cube->channel);
	flis_write_day(&row, found->measured);
	flis_write_day(&row, found->newest);
	flis_write_day(&row, check->answer.expected.through);
	flis_write_day(&row,
				   check->answer.status != NULL ? check->answer.status->data_through : FLIS_NO_DAY);
	flis_write_day(&row, check->answer.through);
	flis_write_text(&row, flis_verdict_labels[check->verdict].code);
	flis_write_integer(&row, is_counted, check->measure.expected);
	flis_write_integer(&row, is_counted, check->measure.reporting);
	flis_write_text(&row, flis_cube_reason(check, FLIS_ENGLISH));
	flis_end_row(&row, result);
}

/*
 * check_cube checks one cube.
 */
static void
check_cube(FlisCubeCheck *check)
{
	FlisFound *found = &check->measure.found;
	ErrorData *error;

	found->newest = found->measured = FLIS_NO_DAY;
	check->answer.expected.through = check->answer.through = FLIS_NO_DAY;
	if (!flis_try_in_subtransaction(measure_cube, check, &error))
	{
		memset(&check->measure, 0, sizeof(check->measure));
		found->newest = found->measured = FLIS_NO_DAY;
		found->finding = FLIS_FOUND_NOTHING_READABLE;
		if (may_be_of_missing_table(error->sqlerrcode) &&
			!OidIsValid(flis_relation_named(check->cube->cube)))
			found->finding = FLIS_FOUND_NO_TABLE;
		check->measure.reason = error->message;
		check->sqlerrcode = error->sqlerrcode;
		/* A relation must be confirmed, and the hint says how. */
		if (error->sqlerrcode == ERRCODE_WRONG_OBJECT_TYPE && error->hint != NULL)
			check->measure.reason = psprintf("%s. %s", error->message, error->hint);
	}
	if (!flis_try_in_subtransaction(judge_cube, check, &error))
	{
		/* The area is retired, or there is no such channel. */
		check->verdict = FLIS_VERDICT_MISSING;
		if (found->finding != FLIS_FOUND_NO_TABLE)
		{
			check->verdict = FLIS_VERDICT_UNKNOWN;
			check->measure.reason = error->message;
			check->sqlerrcode = error->sqlerrcode;
		}
	}
}

/*
 * may_be_of_missing_table tells whether an error may mean that the cube's table does not exist, or was
 * dropped while it was read.
 */
static bool
may_be_of_missing_table(int sqlerrcode)
{
	return sqlerrcode == ERRCODE_UNDEFINED_TABLE || sqlerrcode == ERRCODE_UNDEFINED_SCHEMA;
}

/*
 * measure_cube reads a cube's table.
 */
static void
measure_cube(void *argument)
{
	FlisCubeCheck *check = argument;
	FlisCubeRelation cube_relation;

	flis_find_cube_relation(check->cube, &cube_relation);
	flis_cube_context_begin(&check->cube_context, check->fcinfo, check->cube, check->municipalities,
							check->on);
	SPI_connect();
	flis_measure(&check->cube_context, &cube_relation, &check->measure);
	if (check->measure.reason != NULL)
		check->measure.reason = MemoryContextStrdup(check->context, check->measure.reason);
	SPI_finish();
}

/*
 * judge_cube finds how far a cube should reach, and the verdict.
 */
static void
judge_cube(void *argument)
{
	FlisCubeCheck *check = argument;
	const FlisTimeline *timeline = flis_cube_timeline(check->fcinfo, check->cube);

	flis_answer_on(timeline, check->on, &check->answer);
	check->verdict = flis_verdict_on(timeline, check->on, &check->measure.found, &check->answer);
}

/*
 * flis_cube_reason tells the reason of a verdict, in the database's encoding; NULL if the verdict needs
 * none.  Where the server raised an error it is in English the message, and in Danish what it means.
 */
const char *
flis_cube_reason(const FlisCubeCheck *check, FlisLanguage language)
{
	bool is_danish = language == FLIS_DANISH;

	switch (check->verdict)
	{
		case FLIS_VERDICT_MISSING:
			return is_danish ? "Der er ingen tabel af det navn" : check->measure.reason;
		case FLIS_VERDICT_UNKNOWN:
			return is_danish ? flis_from_utf8(reason_for_unknown(check)) : check->measure.reason;
		case FLIS_VERDICT_CLOSED:
			return flis_from_utf8(reason_for_closed(check, is_danish));
		case FLIS_VERDICT_EMPTY:
			return flis_from_utf8(is_danish ? "Ingen rækker for en afsluttet periode"
											: "No rows for a period that has ended");
		case FLIS_VERDICT_NOT_DUE:
			if (check->answer.through != FLIS_NO_DAY)
				return NULL;
			return flis_from_utf8(reason_for_not_due(check, language));
		case FLIS_VERDICT_LATE:
			return flis_from_utf8(reason_for_late(check, language));
		case FLIS_VERDICT_PARTIAL:
			return flis_from_utf8(reason_for_partial(check, language));
		case FLIS_VERDICT_DUE:
		case FLIS_VERDICT_ON_TIME:
		case FLIS_VERDICT_AHEAD:
			break;
	}
	return NULL;
}

/*
 * reason_for_unknown tells in Danish why a table cannot be read.
 */
static const char *
reason_for_unknown(const FlisCubeCheck *check)
{
	switch (check->sqlerrcode)
	{
		case 0:
			return "Ingen af de læste rækker har en periode, der kan læses";
		case ERRCODE_INSUFFICIENT_PRIVILEGE:
			return "Der er ikke ret til at læse tabellen";
		case ERRCODE_UNDEFINED_COLUMN:
			return "Tabellen har ikke den registrerede kolonne";
		case ERRCODE_WRONG_OBJECT_TYPE:
			return "Tabellen er en anden end den registrerede og skal bekræftes i flis_cube";
		case ERRCODE_INVALID_PARAMETER_VALUE:
			return "Tabellens dataområde eller leveringsform findes ikke";
		default:
			break;
	}
	return "Tabellen kan ikke læses";
}

/*
 * reason_for_closed tells what closed the area.
 */
static const char *
reason_for_closed(const FlisCubeCheck *check, bool is_danish)
{
	const FlisStatus *counted = check->answer.counted;
	FlisDateText as_of;

	if (check->answer.closed_by_notice)
		return is_danish ? "Ifølge en meddelelse" : "According to a notice";
	if (counted == NULL || counted->state != FLIS_CLOSED)
		return psprintf(is_danish ? "Området er en del af %s, som er lukket"
								  : "The area is a part of %s, which is closed",
						name_of_whole(check->cube->area));
	as_of = flis_day_text(counted->as_of, is_danish ? FLIS_DANISH : FLIS_ENGLISH);
	return psprintf(is_danish ? "Ifølge status pr. %s" : "According to the status of %s",
					as_of.text);
}

/*
 * name_of_whole returns the name of the area that the area with a code is a part of.
 */
static const char *
name_of_whole(const char *area)
{
	const FlisAreaRow *areas;
	int n = flis_registry_areas(&areas);

	return flis_to_utf8(
		areas[flis_area_whole(flis_lookup_area(areas, n, area, strlen(area)))].name);
}

/*
 * reason_for_not_due tells why nothing is expected of a cube yet.
 */
static const char *
reason_for_not_due(const FlisCubeCheck *check, FlisLanguage language)
{
	bool is_danish = language == FLIS_DANISH;

	if (check->answer.next == FLIS_NO_DAY)
		return is_danish ? "Kan ikke vurderes: næste udgivelse kan ikke beregnes"
						 : "Cannot be judged: the next release cannot be computed";
	return psprintf(is_danish ? "Næste udgivelse forventes senest den %s"
							  : "The next release is expected by %s",
					flis_day_text(check->answer.next, language).text);
}

/*
 * reason_for_late tells which periods are missing behind the newest one.
 */
static const char *
reason_for_late(const FlisCubeCheck *check, FlisLanguage language)
{
	FlisFrequency frequency = check->cube_context.frequency;
	FlisDay newest = check->measure.found.newest;
	FlisDay through = check->answer.through;
	FlisDay first = flis_period_last(frequency, flis_period_of(frequency, newest) + 1);
	FlisDateText missing = flis_period_range_text(frequency, first, through, language);

	flis_change_initial(missing.text, true);
	return psprintf(language == FLIS_DANISH ? "%s mangler; nyeste periode er %s"
					: first < through		? "%s are missing; the newest period is %s"
											: "%s is missing; the newest period is %s",
					missing.text, flis_period_text(frequency, newest, language).text);
}

/*
 * reason_for_partial tells how much of the newest period is there.
 */
static const char *
reason_for_partial(const FlisCubeCheck *check, FlisLanguage language)
{
	const FlisMeasure *measured = &check->measure;
	bool is_danish = language == FLIS_DANISH;
	const char *rows = is_danish ? (measured->rows == 1 ? "række" : "rækker")
								 : (measured->rows == 1 ? "row" : "rows");
	FlisDateText period =
		flis_period_text(written_frequency(measured), measured->found.newest_written, language);

	if (measured->by_municipality)
		return psprintf(is_danish ? "Kun %d af %d kommuner har data for %s"
						: measured->reporting == 1
							? "Only %d of %d municipalities has data for %s"
							: "Only %d of %d municipalities have data for %s",
						measured->reporting, measured->expected, period.text);
	return psprintf(is_danish ? "Kun %s %s for %s; normalt ca. %s"
							  : "Only %s %s for %s; usually about %s",
					flis_number_text(measured->rows, language).text, rows, period.text,
					flis_number_text((int64) rint(measured->median_rows), language).text);
}

/*
 * written_frequency tells the frequency of the periods that a cube writes, which may be longer than the
 * area's: a half-year in a monthly area is named as one.
 */
static FlisFrequency
written_frequency(const FlisMeasure *measured)
{
	if (!measured->encoding.is_of_days)
		switch (measured->encoding.format.kind)
		{
			case FLIS_YEAR:
				return FLIS_ANNUAL;
			case FLIS_HALF_YEAR:
				return FLIS_ANNUAL_2;
			case FLIS_QUARTER:
				return FLIS_QUARTERLY;
			case FLIS_MONTH:
				return FLIS_MONTHLY;
			case FLIS_WEEK:
				return FLIS_WEEKLY;
			case FLIS_WRITTEN_DAY:
			case FLIS_SCHOOL_YEAR:
				break;
		}
	return measured->encoding.frequency;
}
