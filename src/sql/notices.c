/*
 * notices.c
 *		The notices of an area as people are told of them.
 *
 * Whether a notice closes its area is decided in coverage.c; the words are read anew for each listing
 * and are not kept.
 */
#include "sql/notices.h"

#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/date.h"

#include "base/enum_labels.h"
#include "cache/registry.h"
#include "sql/arguments.h"
#include "sql/row.h"

/*
 * flis_notice_board(on_day date) returns all notices in the order of areas, and where each stands on a day.
 */
PG_FUNCTION_INFO_V1(flis_notice_board);
Datum
flis_notice_board(PG_FUNCTION_ARGS)
{
	FlisDay on = PG_GETARG_DATEADT(0);
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	const FlisAreaRow *areas;
	int nareas;

	flis_registry_use(fcinfo);
	if (!flis_is_in_calendar(on))
		flis_check_infinite(on);
	InitMaterializedSRF(fcinfo, 0);
	nareas = flis_registry_areas(&areas);
	for (int area = 0; area < nareas; area++)
	{
		int n;
		FlisNoticeRow *notices = flis_registry_notices(area, &n);

		for (int i = 0; i < n; i++)
		{
			const FlisNotice *notice = &notices[i].notice;
			FlisRow row = {0};

			CHECK_FOR_INTERRUPTS();
			flis_write_integer(&row, true, notices[i].number);
			flis_write_text(&row, areas[area].area);
			flis_write_small(&row, notice->municipality != 0, notice->municipality);
			flis_write_day(&row, notice->period_from);
			flis_write_day(&row, notice->period_until);
			flis_write_text(&row, flis_notice_labels[notice->kind].code);
			flis_write_text(&row, flis_notice_state_labels[flis_notice_state(notice, on)].code);
			flis_write_day(&row, notice->started_on);
			flis_write_day(&row, notice->expected_end);
			flis_write_day(&row, notice->ended_on);
			flis_write_text(&row, notices[i].note);
			flis_end_row(&row, result);
		}
	}
	return (Datum) 0;
}

/*
 * flis_notices_on finds the notices of an area that are in force on a day, and if wanted those that are
 * planned.  Those that differ in nothing but the municipality are one.
 */
FlisNoticeGroup *
flis_notices_on(int area, FlisDay on, bool planned_too, int *n)
{
	int nrows;
	FlisNoticeRow *rows = flis_registry_notices(area, &nrows);
	FlisNoticeGroup *groups = palloc_extended(nrows * sizeof(FlisNoticeGroup), MCXT_ALLOC_HUGE);

	*n = 0;
	for (int i = 0; i < nrows; i++)
	{
		int group = 0;

		CHECK_FOR_INTERRUPTS();
		if (!flis_notice_is_in_force(&rows[i].notice, on) &&
			!(planned_too && flis_notice_state(&rows[i].notice, on) == FLIS_PLANNED))
			continue;
		while (group < *n && !flis_notices_say_the_same(&groups[group], &rows[i]))
			group++;
		if (group < *n)
			groups[group].municipalities++;
		else
			groups[(*n)++] = (FlisNoticeGroup){rows[i].notice, rows[i].note,
											   rows[i].notice.municipality == 0 ? 0 : 1};
	}
	return groups;
}

/*
 * flis_apply_notices lets the notices in force have their say in whether data through a day are
 * complete and comparable: where one denies it, a deck that does not is no longer believed.
 */
void
flis_apply_notices(const FlisNoticeGroup *groups, int n, FlisDay through, FlisStatusWords *words)
{
	for (int i = 0; i < n; i++)
	{
		if (!flis_notice_concerns(&groups[i].notice, through))
			continue;
		if (groups[i].notice.kind == FLIS_COMPLETENESS)
			words->complete = FLIS_NO;
		else if (groups[i].notice.kind == FLIS_COMPARABILITY)
			words->benchmarkable = FLIS_NO;
	}
}

/*
 * flis_notices_in_lines writes notices down, one a line: what it is about, whom it concerns, whether
 * its end is overdue, and the note.  NULL if there are none.
 */
char *
flis_notices_in_lines(const FlisNoticeGroup *groups, int n, FlisDay on)
{
	StringInfoData lines;

	if (n == 0)
		return NULL;
	initStringInfo(&lines);
	for (int i = 0; i < n; i++)
	{
		const FlisNoticeGroup *group = &groups[i];

		appendStringInfo(&lines, "%s%s", i > 0 ? "\n" : "",
						 flis_notice_labels[group->notice.kind].code);
		if (group->municipalities == 1)
			appendStringInfo(&lines, ", municipality %d", group->notice.municipality);
		else if (group->municipalities > 1)
			appendStringInfo(&lines, ", %d municipalities", group->municipalities);
		if (flis_notice_state(&group->notice, on) == FLIS_OVERDUE)
			appendStringInfoString(&lines, ", overdue");
		appendStringInfo(&lines, ": %s", group->note);
	}
	return lines.data;
}

/*
 * flis_notices_say_the_same tells whether a notice differs from those of a group only in the municipality.
 */
bool
flis_notices_say_the_same(const FlisNoticeGroup *group, const FlisNoticeRow *row)
{
	FlisNotice other = row->notice;

	if ((group->municipalities == 0) != (other.municipality == 0))
		return false;
	other.municipality = group->notice.municipality;
	return memcmp(&group->notice, &other, sizeof(other)) == 0 &&
		   strcmp(group->note, row->note) == 0;
}
