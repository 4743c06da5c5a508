/*
 * releases.c
 *		flis_release_calendar, the function of SQL that lists releases, and what others need to list
 *		them.
 *
 * The days of a release follow from the rules and from flis_release alone.  What it brings is the
 * answer of flis_data_through on its day, by what is known now.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/date.h"
#include "utils/memutils.h"

#include "base/enum_labels.h"
#include "rules/coverage.h"
#include "rules/rule.h"
#include "cache/registry.h"
#include "sql/arguments.h"
#include "sql/releases.h"
#include "sql/row.h"

/*
 * flis_release_calendar(from_day date, until_day date, channel text) returns one row for each release,
 * in the order of their days.
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
		FlisDay through;
		const char *note = NULL;
		FlisRow row = {0};

		CHECK_FOR_INTERRUPTS();
		(void) flis_release_brings(&release, channel, &through);
		if (release.has_note)
			note = flis_registry_release_note(release.area, channel, release.cycle);
		flis_write_text(&row, areas[release.area].area);
		flis_write_text(&row, areas[release.area].name);
		flis_write_text(&row, channel_code);
		flis_write_day(&row, release.cycle);
		flis_write_day(&row, through == FLIS_NO_DAY
								 ? FLIS_NO_DAY
								 : flis_period_first(release.frequency,
													 flis_period_of(release.frequency, through)));
		flis_write_day(&row, through);
		flis_write_day(&row, release.opens);
		flis_write_day(&row, release.closes);
		flis_write_day(&row, release.expected_on);
		flis_write_day(&row, release.released_on);
		flis_write_text(&row, flis_date_status_labels[release.status].code);
		flis_write_integer(&row, is_released, punctuality);
		flis_write_integer(&row, is_released && through != FLIS_NO_DAY,
						   is_released && through != FLIS_NO_DAY ? release.released_on - through
																 : 0);
		flis_write_text(&row, note);
		flis_end_row(&row, result);
		MemoryContextReset(row_context);
	}
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(row_context);
	return (Datum) 0;
}

/*
 * flis_release_brings tells through which day data reach on the day of a release, by what is known now;
 * FLIS_NO_DAY if there are no data.  Unless a status says more, that is no further than its own cycle
 * goes; for a cancelled release it is what the cycle would have brought.  Returns false if the area is
 * closed on that day, or if a notice denies access to what the cycle brings: such a release is none for
 * flis_next_release.
 */
bool
flis_release_brings(const FlisScheduled *release, int channel, FlisDay *through)
{
	FlisAnswer answer;

	flis_answer_on(
		flis_registry_timeline(release->area, channel),
		release->released_on != FLIS_NO_DAY ? release->released_on : release->expected_on, &answer);
	*through = answer.through;
	if (answer.through != FLIS_NO_DAY && release->status == FLIS_CANCELLED)
		*through = release->period_last;
	else if (answer.basis == FLIS_BASIS_RULE)
		*through = Min(answer.through, release->period_last);
	return answer.basis != FLIS_BASIS_CLOSED && release->period_last <= answer.access_through;
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
			room += flis_schedule_room(flis_registry_timeline(area, channel));

	flis_schedule_begin(schedule, from, until,
						palloc_extended(room * sizeof(FlisRun), MCXT_ALLOC_HUGE));
	for (int area = 0; area < n; area++)
		if (is_wanted == NULL || is_wanted[area])
			flis_schedule_add(schedule, flis_registry_timeline(area, channel), area);
}
