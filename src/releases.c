/*
 * releases.c
 *		The function of SQL that lists releases: flis_release_calendar.
 *
 * What was published of an area has no say here: a closed area is closed to readers, and its releases
 * come as the rules and the records say.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "functions.h"
#include "registry.h"
#include "releases.h"

#define CALENDAR_COLUMNS 14

const char *flis_date_status_codes[] = {[FLIS_PROVISIONAL] = "provisional",
										[FLIS_CONFIRMED] = "confirmed",
										[FLIS_POSTPONED] = "postponed",
										[FLIS_CANCELLED] = "cancelled",
										[FLIS_RELEASED] = "published"};

/*
 * flis_release_calendar(from_day date, until_day date, channel text) returns one row a release, in
 * the order of their days.
 */
PG_FUNCTION_INFO_V1(flis_release_calendar);
Datum
flis_release_calendar(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	FlisDay from = PG_GETARG_DATEADT(0);
	FlisDay until = PG_GETARG_DATEADT(1);
	FlisSchedule schedule;
	FlisScheduled release;
	const FlisAreaRow *areas;
	Datum channel_code;
	MemoryContext row_context;
	MemoryContext caller;
	int channel;

	flis_registry_use(fcinfo);
	channel = flis_registry_channel(PG_GETARG_TEXT_PP(2));
	flis_check_finite(from);
	flis_check_finite(until);
	InitMaterializedSRF(fcinfo, 0);
	flis_releases_begin(&schedule, from, until, channel, NULL);
	flis_registry_areas(&areas);
	channel_code = CStringGetTextDatum(flis_registry_channel_row(channel)->channel);

	row_context = AllocSetContextCreate(CurrentMemoryContext, "flis release", ALLOCSET_SMALL_SIZES);
	caller = MemoryContextSwitchTo(row_context);
	while (flis_schedule_next(&schedule, &release))
	{
		const FlisAreaRow *area = &areas[release.area];
		bool is_released = release.released_on != FLIS_NO_DAY;
		const char *note = NULL;
		Datum values[CALENDAR_COLUMNS];
		bool nulls[CALENDAR_COLUMNS] = {false};

		CHECK_FOR_INTERRUPTS();
		if (release.has_note)
			note = flis_registry_release_note(release.area, channel, release.cycle);
		values[0] = CStringGetTextDatum(area->area);
		values[1] = CStringGetTextDatum(area->name);
		values[2] = channel_code;
		values[3] = DateADTGetDatum(release.cycle);
		values[4] = DateADTGetDatum(release.period_first);
		values[5] = DateADTGetDatum(release.period_last);
		values[6] = DateADTGetDatum(release.opens);
		values[7] = DateADTGetDatum(release.closes);
		values[8] = DateADTGetDatum(release.expected_on);
		values[9] = DateADTGetDatum(release.released_on);
		values[10] = CStringGetTextDatum(flis_date_status_codes[release.status]);
		values[11] = Int32GetDatum(is_released ? release.released_on - release.expected_on : 0);
		values[12] = Int32GetDatum(is_released ? release.released_on - release.period_last : 0);
		values[13] = note != NULL ? CStringGetTextDatum(note) : (Datum) 0;
		nulls[9] = nulls[11] = nulls[12] = !is_released;
		nulls[13] = note == NULL;
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		MemoryContextReset(row_context);
	}
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(row_context);
	return (Datum) 0;
}

/*
 * flis_releases_begin begins the schedule of a channel, in the current memory context: of all areas,
 * or of those that are wanted.
 */
void
flis_releases_begin(FlisSchedule *schedule, FlisDay from, FlisDay until, int channel,
					const bool *is_wanted)
{
	const FlisAreaRow *areas;
	int n = flis_registry_areas(&areas);
	Size room = 0;

	for (int area = 0; area < n; area++)
		if (is_wanted == NULL || is_wanted[area])
			room += flis_schedule_room(&flis_registry_memo(area, channel)->timeline);

	flis_schedule_begin(schedule, from, until,
						palloc_extended(Max(room, 1) * sizeof(FlisRun), MCXT_ALLOC_HUGE));
	for (int area = 0; area < n; area++)
		if (is_wanted == NULL || is_wanted[area])
			flis_schedule_add(schedule, &flis_registry_memo(area, channel)->timeline, area);
}

/*
 * flis_check_finite complains of a day outside the calendar range, be it infinite or not: by the rules
 * releases go on for ever.
 */
void
flis_check_finite(FlisDay day)
{
	if (flis_is_in_calendar(day))
		return;
	flis_check_infinite(day);
	ereport(ERROR, (errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
					errmsg("day out of range: \"%s\"",
						   DatumGetCString(DirectFunctionCall1(date_out, DateADTGetDatum(day)))),
					errhint("Use a finite day, from 0001-01-01 to 9999-12-31.")));
}
