/*
 * listings.c
 *		The functions of SQL that answer for all areas at once: flis_coverage for queries, and
 *		flis_overview for people, as the deck's table.
 */
#include "postgres.h"

#include <limits.h>

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"

#include "base/enum_labels.h"
#include "rules/coverage.h"
#include "rules/rule.h"
#include "cache/names.h"
#include "cache/registry.h"
#include "sql/area_summary.h"
#include "sql/arguments.h"
#include "sql/notices.h"
#include "sql/row.h"

static int begin_listing(FunctionCallInfo fcinfo, FlisDay on, int *channel,
						 const FlisAreaRow **areas);
static void write_answer(FlisRow *row, FlisDay on, FlisDay answer);

/*
 * flis_coverage(on_day date, channel text) returns one row for each area, in the order in which areas
 * are listed.
 */
PG_FUNCTION_INFO_V1(flis_coverage);
Datum
flis_coverage(PG_FUNCTION_ARGS)
{
	FlisDay on = PG_GETARG_DATEADT(0);
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	const FlisAreaRow *areas;
	int channel;
	int n = begin_listing(fcinfo, on, &channel, &areas);

	for (int area = 0; area < n; area++)
	{
		FlisAreaSummary summary;
		const FlisAnswer *answer = &summary.answer;
		const FlisStatus *status;
		bool is_compared = false;
		int ahead = 0;
		FlisFrequency frequency;
		FlisRow row = {0};

		CHECK_FOR_INTERRUPTS();
		flis_area_summary_for(area, channel, on, &summary);
		status = answer->status;
		if (status != NULL)
			is_compared = flis_status_ahead(flis_registry_timeline(area, channel), status, &ahead);

		flis_write_text(&row, areas[area].area);
		flis_write_text(&row, areas[area].name);
		write_answer(&row, on, answer->expected.through);
		flis_write_day(&row, status != NULL ? status->data_through : FLIS_NO_DAY);
		write_answer(&row, on, answer->through);
		flis_write_text(&row, flis_basis_labels[answer->basis].code);
		flis_write_day(&row,
					   answer->expected.terms != NULL
						   ? flis_cycle_first(&answer->expected.terms->rule, answer->expected.cycle)
						   : FLIS_NO_DAY);
		flis_write_text(&row, answer->basis == FLIS_BASIS_CLOSED
								  ? flis_state_labels[FLIS_CLOSED].code
							  : status != NULL ? flis_state_labels[status->state].code
											   : NULL);
		flis_write_truth(&row, summary.words.complete);
		flis_write_truth(&row, summary.words.benchmarkable);
		flis_write_day(&row, status != NULL ? status->as_of : FLIS_NO_DAY);
		write_answer(&row, on, answer->next);
		flis_write_text(&row, summary.words.note);
		flis_write_integer(&row, is_compared, ahead);
		flis_write_text(&row, flis_notices_in_lines(area, summary.notices, summary.nnotices, on,
													summary.frequency));
		flis_write_text(&row, flis_frequency_on(area, channel, on, &frequency)
								  ? flis_frequency_labels[frequency].code
								  : NULL);
		flis_end_row(&row, result);
	}
	return (Datum) 0;
}

/*
 * flis_overview(on_day date, channel text, language text) returns the deck's table for a day.
 */
PG_FUNCTION_INFO_V1(flis_overview);
Datum
flis_overview(PG_FUNCTION_ARGS)
{
	FlisDay on = PG_GETARG_DATEADT(0);
	FlisLanguage language = flis_find_language(PG_GETARG_TEXT_PP(2));
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	const FlisAreaRow *areas;
	int channel;
	int n = begin_listing(fcinfo, on, &channel, &areas);

	for (int area = 0; area < n; area++)
	{
		FlisAreaSummary summary;
		const char *through;
		const char *basis;
		FlisRow row = {0};

		CHECK_FOR_INTERRUPTS();
		if (areas[area].position == INT_MAX)
			continue;
		flis_area_summary_for(area, channel, on, &summary);

		flis_write_text(&row, areas[area].name);
		flis_write_label(&row, flis_summary_frequency(area, channel, on, language));
		through = flis_summary_period(&summary, summary.answer.through, language);
		basis = flis_summary_basis(&summary, language);
		flis_write_label(&row, basis != NULL ? psprintf("%s (%s)", through, basis) : through);
		flis_write_label(&row, flis_summary_source(&summary));
		flis_write_label(&row, flis_summary_operation(&summary, language));
		flis_end_row(&row, result);
	}
	return (Datum) 0;
}

/*
 * begin_listing begins a listing for a day, finds the channel that the second argument names, and
 * returns the number of areas.
 */
static int
begin_listing(FunctionCallInfo fcinfo, FlisDay on, int *channel, const FlisAreaRow **areas)
{
	flis_registry_use(fcinfo);
	*channel = flis_registry_channel(PG_GETARG_TEXT_PP(1));
	if (!flis_is_in_calendar(on))
		flis_check_infinite(on);
	InitMaterializedSRF(fcinfo, 0);
	return flis_registry_areas(areas);
}

/*
 * write_answer adds the answer for a day; NULL where there is none.  For -infinity the answer is
 * -infinity, which elsewhere is FLIS_NO_DAY.
 */
static void
write_answer(FlisRow *row, FlisDay on, FlisDay answer)
{
	if (DATE_IS_NOBEGIN(on))
		flis_write_known_day(row, on);
	else
		flis_write_day(row, answer);
}
