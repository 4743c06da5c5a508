/*
 * listings.c
 *		The functions of SQL that answer for all areas at once.
 */
#include "postgres.h"

#include <limits.h>

#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"

#include "coverage.h"
#include "functions.h"
#include "names.h"
#include "notices.h"
#include "registry.h"
#include "row.h"
#include "rule.h"
#include "wording.h"
#include "words.h"

/* What is told of an area on a day. */
typedef struct Account
{
	FlisAnswer answer;
	FlisStatusWords words; /* of the status that counts, less what the notices deny */
	FlisNoticeGroup *notices;
	int nnotices;
} Account;

static int begin_listing(FunctionCallInfo fcinfo, FlisDay on, int *channel,
						 const FlisAreaRow **areas);
static void account_for(int area, int channel, FlisDay on, Account *account);
static char *frequency_in_words(int area, int channel, FlisDay on, FlisLanguage language);
static bool frequency_on(int area, int channel, FlisDay on, FlisFrequency *frequency);
static char *through_in_words(int area, int channel, FlisDay on, FlisDay through,
							  FlisLanguage language);
static char *operation_in_words(const Account *account, FlisLanguage language);

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
		Account account;
		const FlisAnswer *answer = &account.answer;
		const FlisStatus *status;
		bool is_compared = false;
		int ahead = 0;
		FlisFrequency frequency;
		FlisRow row = {0};

		CHECK_FOR_INTERRUPTS();
		account_for(area, channel, on, &account);
		status = answer->status;
		if (status != NULL)
			is_compared =
				flis_periods_ahead(&flis_registry_memo(area, channel)->timeline, status, &ahead);

		flis_put_text(&row, areas[area].area);
		flis_put_text(&row, areas[area].name);
		flis_put_day(&row, answer->expected.through);
		flis_put_day(&row, status != NULL ? status->data_through : FLIS_NO_DAY);
		flis_put_day(&row, answer->through);
		flis_put_text(&row, flis_basis_words[answer->basis].code);
		flis_put_day(&row,
					 answer->expected.terms != NULL
						 ? flis_cycle_first(&answer->expected.terms->rule, answer->expected.cycle)
						 : FLIS_NO_DAY);
		flis_put_text(&row, status != NULL ? flis_state_words[status->state].code : NULL);
		flis_put_truth(&row, account.words.complete);
		flis_put_truth(&row, account.words.benchmarkable);
		flis_put_day(&row, status != NULL ? status->as_of : FLIS_NO_DAY);
		flis_put_day(&row, answer->next);
		flis_put_text(&row, account.words.note);
		flis_put_integer(&row, is_compared, ahead);
		flis_put_text(&row, flis_notices_in_lines(account.notices, account.nnotices, on));
		flis_put_text(&row, frequency_on(area, channel, on, &frequency)
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
		Account account;
		const char *source;
		FlisRow row = {0};

		CHECK_FOR_INTERRUPTS();
		if (areas[area].position == INT_MAX)
			continue;
		account_for(area, channel, on, &account);
		source = account.words.source != NULL ? account.words.source : areas[area].source;

		flis_put_text(&row, areas[area].name);
		flis_put_label(&row, frequency_in_words(area, channel, on, language));
		flis_put_label(&row, through_in_words(area, channel, on, account.answer.through, language));
		flis_put_text(&row, source != NULL ? source : "-");
		flis_put_text(&row, operation_in_words(&account, language));
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
 * account_for tells what readers should use of an area on a day, and what the status that counts and
 * the notices in force say in words.  An infinite day is its own answer.
 */
static void
account_for(int area, int channel, FlisDay on, Account *account)
{
	FlisAnswer *answer = &account->answer;

	memset(account, 0, sizeof(*account));
	if (!flis_is_in_calendar(on))
	{
		answer->basis = FLIS_BASIS_RULE;
		answer->expected.through = on;
		answer->through = on;
		answer->next = on;
		return;
	}
	flis_answer_on(&flis_registry_memo(area, channel)->timeline, on, answer);
	if (answer->status != NULL)
		flis_registry_status_words(area, answer->status->as_of, &account->words);
	account->notices = flis_notices_on(area, on, &account->nnotices);
	flis_apply_notices(account->notices, account->nnotices, answer->through, &account->words);
}

/*
 * frequency_in_words tells how often an area comes, and after a slash how often its parts do where
 * that differs: the deck's "Månedligt/årligt" for schools, of which STIL is a part.
 */
static char *
frequency_in_words(int area, int channel, FlisDay on, FlisLanguage language)
{
	StringInfoData label;
	const FlisAreaRow *areas;
	int n = flis_registry_areas(&areas);
	bool is_told[3] = {false, false, false};
	FlisFrequency frequency;

	initStringInfo(&label);
	if (frequency_on(area, channel, on, &frequency))
	{
		is_told[frequency] = true;
		appendStringInfoString(&label, flis_frequency_words[frequency].labels[language]);
	}
	for (int part = 0; part < n; part++)
	{
		int start = label.len;

		if (areas[part].part_of == NULL || strcmp(areas[part].part_of, areas[area].area) != 0 ||
			!frequency_on(part, channel, on, &frequency) || is_told[frequency])
			continue;
		is_told[frequency] = true;
		appendStringInfo(&label, "%s%s", start > 0 ? "/" : "",
						 flis_frequency_words[frequency].labels[language]);
		if (start > 0)
			flis_fold(label.data + start, label.len - start, label.data + start);
	}
	if (label.len == 0)
		appendStringInfoChar(&label, '-');
	return label.data;
}

/*
 * frequency_on tells the frequency of the rule in force on a day; false if there is none.
 */
static bool
frequency_on(int area, int channel, FlisDay on, FlisFrequency *frequency)
{
	const FlisRule *rule = flis_rule_on(&flis_registry_memo(area, channel)->timeline, on);

	if (rule == NULL)
		return false;
	*frequency = rule->frequency;
	return true;
}

/*
 * through_in_words writes the period that an area reaches with a capital, as the deck does.
 */
static char *
through_in_words(int area, int channel, FlisDay on, FlisDay through, FlisLanguage language)
{
	FlisFrequency frequency = FLIS_MONTHLY;
	char *label;

	if (through == FLIS_NO_DAY || !flis_is_in_calendar(on))
		return pstrdup("-");
	frequency_on(area, channel, on, &frequency);
	label = pstrdup(flis_period_in_words(frequency, through, language).text);
	label[0] = pg_toupper((unsigned char) label[0]);
	return label;
}

/*
 * operation_in_words tells how an area runs: in the words of the deck and of the notices in force, or
 * where there are none, in what state it is.  That all goes to plan needs no words beside a notice, and
 * none but the state's in English.
 */
static char *
operation_in_words(const Account *account, FlisLanguage language)
{
	const FlisStatus *status = account->answer.status;
	bool is_all_well = status != NULL && status->state == FLIS_ON_SCHEDULE;
	StringInfoData operation;

	initStringInfo(&operation);
	if (account->words.note != NULL &&
		!(is_all_well && (language != FLIS_DANISH || account->nnotices > 0)))
		appendStringInfoString(&operation, account->words.note);
	for (int i = 0; i < account->nnotices; i++)
		appendStringInfo(&operation, "%s%s", operation.len > 0 ? " " : "",
						 account->notices[i].note);
	if (operation.len > 0)
		return operation.data;
	if (status == NULL || status->state == FLIS_NOT_REPORTED)
		return pstrdup("-");
	return flis_from_utf8(flis_state_words[status->state].labels[language]);
}
