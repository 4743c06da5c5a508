/*
 * notices.c
 *		The notices of an area on a day, and the sentences that tell them in Danish or English.
 *
 * Whether a notice closes its area is decided in coverage.c.  The notes are not cached: each
 * listing reads them anew.
 */
#include "sql/notices.h"

#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/date.h"

#include "base/enum_labels.h"
#include "rules/date_text.h"
#include "rules/rule.h"
#include "cache/names.h"
#include "cache/registry.h"
#include "facts/municipality.h"
#include "sql/arguments.h"
#include "sql/row.h"

/* More municipalities than this are counted, not named. */
#define MUNICIPALITIES_NAMED 3

static char *municipality_names(int area, const FlisNoticeGroup *group, FlisLanguage language);
static char *days_of_notice(const FlisNotice *notice, FlisDay on, bool has_days,
							FlisLanguage language);

/*
 * flis_notice_board(on_day date) returns all notices in the order of areas, with the state of each
 * on a day.
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
 * flis_notices_on finds the notices of an area that are in force on a day, with planned_too also
 * those to come.  Notices that differ only in the municipality are one group.
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
 * flis_apply_notices corrects what a status says of the newest period, which ends on a day, by the
 * notices in force: one that denies that the period is complete or comparable overrules the deck.
 */
void
flis_apply_notices(const FlisNoticeGroup *groups, int n, FlisFrequency frequency, FlisDay through,
				   FlisStatusWords *words)
{
	for (int i = 0; i < n; i++)
	{
		if (!flis_notice_concerns_period(&groups[i].notice, frequency, through))
			continue;
		if (groups[i].notice.kind == FLIS_COMPLETENESS)
			words->complete = FLIS_NO;
		else if (groups[i].notice.kind == FLIS_COMPARABILITY)
			words->benchmarkable = FLIS_NO;
	}
}

/*
 * flis_notice_sentence tells a notice in UTF-8: its kind, the municipalities and periods that it is
 * about, and its note.  has_days adds when it was announced and when it ends or is expected to; since
 * when it closes the area is always told, and from when on one holds that is planned.
 */
char *
flis_notice_sentence(int area, const FlisNoticeGroup *group, FlisDay on, FlisFrequency frequency,
					 FlisLanguage language, bool has_days)
{
	const FlisNotice *notice = &group->notice;
	const char *periods = flis_notice_periods(notice, frequency, language);
	bool is_planned = flis_notice_state(notice, on) == FLIS_PLANNED;
	const char *planned = flis_notice_state_labels[FLIS_PLANNED].labels[language];
	const char *names =
		group->municipalities > 0 ? municipality_names(area, group, language) : NULL;

	return psprintf("%s%s%s%s%s%s%s%s: %s", is_planned ? planned : "", is_planned ? ": " : "",
					flis_notice_labels[notice->kind].labels[language], names == NULL ? "" : " for ",
					names == NULL ? "" : names, periods == NULL ? "" : ", ",
					periods == NULL ? "" : periods, days_of_notice(notice, on, has_days, language),
					flis_end_sentence(group->note));
}

/*
 * flis_notice_periods tells which reference periods a notice is about; NULL if it is about all.
 */
char *
flis_notice_periods(const FlisNotice *notice, FlisFrequency frequency, FlisLanguage language)
{
	bool is_danish = language == FLIS_DANISH;
	FlisDay first = notice->period_from;
	FlisDay last = notice->period_until;

	if (first != FLIS_NO_DAY)
		first = flis_period_last(frequency, flis_period_of(frequency, first));
	if (last != FLIS_NO_DAY)
		last = flis_period_last(frequency, flis_period_of(frequency, last));
	if (first != FLIS_NO_DAY && last != FLIS_NO_DAY)
		return pstrdup(flis_period_range_text(frequency, first, last, language).text);
	if (first != FLIS_NO_DAY)
		return psprintf(is_danish ? "fra og med %s" : "from %s on",
						flis_period_text(frequency, first, language).text);
	if (last != FLIS_NO_DAY)
		return psprintf(is_danish ? "til og med %s" : "through %s",
						flis_period_text(frequency, last, language).text);
	return NULL;
}

/*
 * municipality_names names the municipalities of a group, or tells how many they are if they are many.
 */
static char *
municipality_names(int area, const FlisNoticeGroup *group, FlisLanguage language)
{
	bool is_danish = language == FLIS_DANISH;
	FlisMunicipalities municipalities;
	StringInfoData names;
	int nrows;
	const FlisNoticeRow *rows = flis_registry_notices(area, &nrows);
	int told = 0;

	if (group->municipalities > MUNICIPALITIES_NAMED)
		return psprintf(is_danish ? "%d kommuner" : "%d municipalities", group->municipalities);
	flis_read_municipalities(flis_current_load.schema, &municipalities);
	initStringInfo(&names);
	for (int i = 0; i < nrows; i++)
	{
		if (!flis_notices_say_the_same(group, &rows[i]))
			continue;
		if (told++ > 0)
			appendStringInfoString(&names, told < group->municipalities ? ", "
										   : is_danish					? " og "
																		: " and ");
		appendStringInfoString(
			&names, flis_municipality_name(&municipalities, rows[i].notice.municipality));
	}
	return names.data;
}

/*
 * days_of_notice tells since when a notice closes its area, or else when it was announced, and until
 * when it holds, or else when it is expected to end.
 */
static char *
days_of_notice(const FlisNotice *notice, FlisDay on, bool has_days, FlisLanguage language)
{
	bool is_closing = flis_notice_closes(notice);
	bool is_danish = language == FLIS_DANISH;
	FlisDateText start = flis_day_text(notice->started_on, language);
	const char *since = "";
	const char *announced = "";
	const char *end = "";

	if (flis_notice_state(notice, on) == FLIS_PLANNED)
	{
		is_closing = true;
		since = psprintf(is_danish ? " fra den %s" : " from %s", start.text);
	}
	else if (is_closing)
		since = psprintf(is_danish ? " siden den %s" : " since %s", start.text);
	if (!has_days)
		return pstrdup(since);
	if (!is_closing)
		announced = psprintf(is_danish ? "meddelt den %s" : "announced on %s", start.text);
	if (notice->ended_on != FLIS_NO_DAY)
		end = psprintf(is_danish ? "indtil den %s" : "until %s",
					   flis_day_text(notice->ended_on, language).text);
	else if (notice->expected_end != FLIS_NO_DAY)
		end = psprintf(is_danish ? "forventet slut den %s%s" : "expected to end on %s%s",
					   flis_day_text(notice->expected_end, language).text,
					   flis_notice_state(notice, on) != FLIS_OVERDUE ? ""
					   : is_danish									 ? ", gælder fortsat"
																	 : ", still in force");
	if (announced[0] == '\0' && end[0] == '\0')
		return pstrdup(since);
	return psprintf("%s (%s%s%s)", since, announced,
					announced[0] != '\0' && end[0] != '\0' ? ", " : "", end);
}

/*
 * flis_is_blank tells whether a note says nothing: it is NULL or has only blanks.
 */
bool
flis_is_blank(const char *note)
{
	return note == NULL || note[strspn(note, " \t\r\n")] == '\0';
}

/*
 * flis_end_sentence converts a note from the database's encoding to UTF-8, without blanks at its
 * end, and adds a full stop unless it ends a sentence.
 */
char *
flis_end_sentence(const char *note)
{
	const char *utf8 = flis_to_utf8(note);
	size_t length = strlen(utf8);

	while (length > 0 && strchr(" \t\r\n", utf8[length - 1]) != NULL)
		length--;
	return psprintf("%.*s%s", (int) length, utf8,
					length > 0 && strchr(".!?:", utf8[length - 1]) != NULL ? "" : ".");
}

/*
 * flis_notices_in_lines writes the notices of an area in Danish sentences, one a line, in the database's
 * encoding.  NULL if there are none.
 */
char *
flis_notices_in_lines(int area, const FlisNoticeGroup *groups, int n, FlisDay on,
					  FlisFrequency frequency)
{
	StringInfoData lines;

	if (n == 0)
		return NULL;
	initStringInfo(&lines);
	for (int i = 0; i < n; i++)
		appendStringInfo(&lines, "%s%s", i > 0 ? "\n" : "",
						 flis_notice_sentence(area, &groups[i], on, frequency, FLIS_DANISH, true));
	return flis_from_utf8(lines.data);
}

/*
 * flis_notices_say_the_same tells whether a notice differs from those of a group only in the
 * municipality.
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
