/*
 * listings.c
 *		The functions of SQL that answer for all areas at once.
 */
#include "postgres.h"

#include <limits.h>

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"

#include "account.h"
#include "coverage.h"
#include "functions.h"
#include "names.h"
#include "notices.h"
#include "registry.h"
#include "row.h"
#include "rule.h"
#include "words.h"

static int begin_listing(FunctionCallInfo fcinfo, FlisDay on, int *channel,
						 const FlisAreaRow **areas);
static void put_answer(FlisRow *row, FlisDay on, FlisDay answer);

/*
 * flis_coverage(on_day date, channel text) returns one row an area, in the order in which areas are
 * listed.
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
		FlisAccount account;
		const FlisAnswer *answer = &account.answer;
		const FlisStatus *status;
		bool is_compared = false;
		int ahead = 0;
		FlisFrequency frequency;
		FlisRow row = {0};

		CHECK_FOR_INTERRUPTS();
		flis_account_for(area, channel, on, &account);
		status = answer->status;
		if (status != NULL)
			is_compared =
				flis_periods_ahead(&flis_registry_memo(area, channel)->timeline, status, &ahead);

		flis_put_text(&row, areas[area].area);
		flis_put_text(&row, areas[area].name);
		put_answer(&row, on, answer->expected.through);
		flis_put_day(&row, status != NULL ? status->data_through : FLIS_NO_DAY);
		put_answer(&row, on, answer->through);
		flis_put_text(&row, flis_basis_words[answer->basis].code);
		flis_put_day(&row,
					 answer->expected.terms != NULL
						 ? flis_cycle_first(&answer->expected.terms->rule, answer->expected.cycle)
						 : FLIS_NO_DAY);
		flis_put_text(&row, status != NULL ? flis_state_words[status->state].code : NULL);
		flis_put_truth(&row, account.words.complete);
		flis_put_truth(&row, account.words.benchmarkable);
		flis_put_day(&row, status != NULL ? status->as_of : FLIS_NO_DAY);
		put_answer(&row, on, answer->next);
		flis_put_text(&row, account.words.note);
		flis_put_integer(&row, is_compared, ahead);
		flis_put_text(&row, flis_notices_in_lines(account.notices, account.nnotices, on));
		flis_put_text(&row, flis_frequency_on(area, channel, on, &frequency)
								? flis_frequency_words[frequency].code
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
		FlisAccount account;
		FlisRow row = {0};

		CHECK_FOR_INTERRUPTS();
		if (areas[area].position == INT_MAX)
			continue;
		flis_account_for(area, channel, on, &account);

		flis_put_text(&row, areas[area].name);
		flis_put_label(&row, flis_account_frequency(area, channel, on, language));
		flis_put_label(&row,
					   flis_account_through(area, channel, on, account.answer.through, language));
		flis_put_text(&row, flis_account_source(area, &account));
		flis_put_text(&row, flis_account_operation(&account, language));
		flis_end_row(&row, result);
	}
	return (Datum) 0;
}

/*
 * begin_listing begins a listing for a day in the channel that is the second argument, and counts the
 * areas.
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
 * put_answer puts what is answered for a day; NULL where there is no answer.  To -infinity the answer
 * is -infinity, which is FLIS_NO_DAY elsewhere.
 */
static void
put_answer(FlisRow *row, FlisDay on, FlisDay answer)
{
	if (DATE_IS_NOBEGIN(on))
		flis_put_known_day(row, on);
	else
		flis_put_day(row, answer);
}
