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
#include "utils/date.h"
#include "utils/memutils.h"

#include "base/enum_labels.h"
#include "cache/registry.h"
#include "sql/arguments.h"
#include "sql/releases.h"
#include "sql/row.h"

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
	const char *channel_code;
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
	channel_code = flis_registry_channel_code(channel);

	row_context = AllocSetContextCreate(CurrentMemoryContext, "flis release", ALLOCSET_SMALL_SIZES);
	caller = MemoryContextSwitchTo(row_context);
	while (flis_schedule_next(&schedule, &release))
	{
		bool is_released = release.released_on != FLIS_NO_DAY;
		int punctuality = is_released ? release.released_on - release.expected_on : 0;
		int timeliness = is_released ? release.released_on - release.period_last : 0;
		const char *note = NULL;
		FlisRow row = {0};

		CHECK_FOR_INTERRUPTS();
		if (release.has_note)
			note = flis_registry_release_note(release.area, channel, release.cycle);
		flis_write_text(&row, areas[release.area].area);
		flis_write_text(&row, areas[release.area].name);
		flis_write_text(&row, channel_code);
		flis_write_day(&row, release.cycle);
		flis_write_day(&row, release.period_first);
		flis_write_day(&row, release.period_last);
		flis_write_day(&row, release.opens);
		flis_write_day(&row, release.closes);
		flis_write_day(&row, release.expected_on);
		flis_write_day(&row, release.released_on);
		flis_write_text(&row, flis_date_status_labels[release.status].code);
		flis_write_integer(&row, is_released, punctuality);
		flis_write_integer(&row, is_released, timeliness);
		flis_write_text(&row, note);
		flis_end_row(&row, result);
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
			room += flis_schedule_room(&flis_registry_answers(area, channel)->timeline);

	flis_schedule_begin(schedule, from, until,
						palloc_extended(Max(room, 1) * sizeof(FlisRun), MCXT_ALLOC_HUGE));
	for (int area = 0; area < n; area++)
		if (is_wanted == NULL || is_wanted[area])
			flis_schedule_add(schedule, &flis_registry_answers(area, channel)->timeline, area);
}
