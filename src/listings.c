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
#include "utils/tuplestore.h"

#include "coverage.h"
#include "functions.h"
#include "names.h"
#include "registry.h"
#include "rule.h"
#include "wording.h"
#include "words.h"

/* A row of a listing under construction. */
typedef struct Row
{
	int n;
	Datum values[16];
	bool nulls[16];
} Row;

static const char *const basis_codes[] = {[FLIS_BASIS_NONE] = "none",
										  [FLIS_BASIS_RULE] = "rule",
										  [FLIS_BASIS_PUBLISHED] = "published",
										  [FLIS_BASIS_CLOSED] = "closed"};

static int begin_listing(FunctionCallInfo fcinfo, FlisDay on, int *channel,
						 const FlisAreaRow **areas);
static void answer_for(int area, int channel, FlisDay on, FlisAnswer *answer,
					   FlisStatusWords *words);
static char *frequency_in_words(int area, int channel, FlisDay on, FlisLanguage language);
static bool frequency_on(int area, int channel, FlisDay on, FlisFrequency *frequency);
static char *through_in_words(int area, int channel, FlisDay on, FlisDay through,
							  FlisLanguage language);
static char *operation_in_words(const FlisAnswer *answer, FlisLanguage language);
static void put_text(Row *row, const char *value);
static void put_label(Row *row, const char *utf8);
static void put_day(Row *row, FlisDay value);
static void put_truth(Row *row, FlisTruth value);
static void put_integer(Row *row, bool is_known, int value);
static void end_row(Row *row, ReturnSetInfo *result);

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
		FlisAnswer answer;
		FlisStatusWords words;
		bool is_compared = false;
		int ahead = 0;
		Row row = {0};

		CHECK_FOR_INTERRUPTS();
		answer_for(area, channel, on, &answer, &words);
		if (answer.status != NULL)
			is_compared = flis_periods_ahead(&flis_registry_memo(area, channel)->timeline,
											 answer.status, &ahead);

		put_text(&row, areas[area].area);
		put_text(&row, areas[area].name);
		put_day(&row, answer.expected.through);
		put_day(&row, answer.status != NULL ? answer.status->data_through : FLIS_NO_DAY);
		put_day(&row, answer.through);
		put_text(&row, basis_codes[answer.basis]);
		put_day(&row, answer.expected.terms != NULL
						  ? flis_cycle_first(&answer.expected.terms->rule, answer.expected.cycle)
						  : FLIS_NO_DAY);
		put_text(&row, answer.status != NULL ? flis_state_words[answer.status->state].code : NULL);
		put_truth(&row, words.complete);
		put_truth(&row, words.benchmarkable);
		put_day(&row, answer.status != NULL ? answer.status->as_of : FLIS_NO_DAY);
		put_day(&row, answer.next);
		put_text(&row, words.note);
		put_integer(&row, is_compared, ahead);
		end_row(&row, result);
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
		FlisAnswer answer;
		FlisStatusWords words;
		Row row = {0};

		CHECK_FOR_INTERRUPTS();
		if (areas[area].position == INT_MAX)
			continue;
		answer_for(area, channel, on, &answer, &words);

		put_text(&row, areas[area].name);
		put_label(&row, frequency_in_words(area, channel, on, language));
		put_label(&row, through_in_words(area, channel, on, answer.through, language));
		if (words.source == NULL)
			words.source = areas[area].source;
		put_text(&row, words.source != NULL ? words.source : "-");
		if (words.note != NULL &&
			!(answer.status->state == FLIS_ON_SCHEDULE && language != FLIS_DANISH))
			put_text(&row, words.note);
		else
			put_label(&row, operation_in_words(&answer, language));
		end_row(&row, result);
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
 * answer_for tells what readers should use of an area on a day, and what the status that counts says
 * in words.  An infinite day is its own answer.
 */
static void
answer_for(int area, int channel, FlisDay on, FlisAnswer *answer, FlisStatusWords *words)
{
	memset(words, 0, sizeof(*words));
	if (!flis_is_in_calendar(on))
	{
		memset(answer, 0, sizeof(*answer));
		answer->basis = FLIS_BASIS_RULE;
		answer->expected.through = on;
		answer->through = on;
		answer->next = on;
		return;
	}
	flis_answer_on(&flis_registry_memo(area, channel)->timeline, on, answer);
	if (answer->status != NULL)
		flis_registry_status_words(area, answer->status->as_of, words);
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
 * operation_in_words tells in what state an area is where no deck says it in words of its own.
 */
static char *
operation_in_words(const FlisAnswer *answer, FlisLanguage language)
{
	if (answer->status == NULL || answer->status->state == FLIS_NOT_REPORTED)
		return pstrdup("-");
	return pstrdup(flis_state_words[answer->status->state].labels[language]);
}

static void
put_text(Row *row, const char *value)
{
	row->nulls[row->n] = value == NULL;
	row->values[row->n++] = value == NULL ? (Datum) 0 : CStringGetTextDatum(value);
}

/*
 * put_label puts a text that is in UTF-8.
 */
static void
put_label(Row *row, const char *utf8)
{
	put_text(row, flis_from_utf8(utf8));
}

static void
put_day(Row *row, FlisDay value)
{
	row->nulls[row->n] = value == FLIS_NO_DAY;
	row->values[row->n++] = DateADTGetDatum(value);
}

static void
put_truth(Row *row, FlisTruth value)
{
	row->nulls[row->n] = value == FLIS_UNSAID;
	row->values[row->n++] = BoolGetDatum(value == FLIS_YES);
}

static void
put_integer(Row *row, bool is_known, int value)
{
	row->nulls[row->n] = !is_known;
	row->values[row->n++] = Int32GetDatum(value);
}

static void
end_row(Row *row, ReturnSetInfo *result)
{
	Assert(row->n == result->setDesc->natts);
	tuplestore_putvalues(result->setResult, result->setDesc, row->values, row->nulls);
}
