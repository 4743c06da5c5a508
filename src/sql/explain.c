/*
 * explain.c
 *		Tells in a paragraph why an area's data reach as far as they do on a day.
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/date.h"

#include "base/enum_labels.h"
#include "rules/coverage.h"
#include "rules/date_text.h"
#include "rules/rule.h"
#include "cache/names.h"
#include "cache/registry.h"
#include "sql/arguments.h"
#include "sql/explain.h"
#include "sql/notices.h"

/* What is told, and about what; all text is UTF-8. */
typedef struct Explanation
{
	StringInfoData text;
	FlisLanguage language;
	const FlisTimeline *timeline;
	FlisDay on;
	FlisAnswer answer;
	FlisFrequency frequency; /* in which periods are told */
} Explanation;

static void tell(Explanation *explanation, const char *danish, const char *english, ...)
	pg_attribute_printf(2, 4) pg_attribute_printf(3, 4);
static const char *day(const Explanation *explanation, FlisDay day);
static const char *period(const Explanation *explanation, FlisDay last);
static const char *sentence(const char *note);
static const char *periods(const Explanation *explanation, FlisFrequency frequency, int n);
static void write_answer(Explanation *explanation, const char *area, const char *channel);
static void write_rule(Explanation *explanation, const FlisRule *rule);
static void write_cycle(Explanation *explanation);
static void write_status(Explanation *explanation, const FlisStatusWords *words);
static void write_notices(Explanation *explanation, int area);
static void write_next(Explanation *explanation);

/*
 * flis_explain(area text, on_day date, channel text, language text) returns one paragraph.
 */
PG_FUNCTION_INFO_V1(flis_explain);
Datum
flis_explain(PG_FUNCTION_ARGS)
{
	FlisDay on = PG_GETARG_DATEADT(1);
	FlisLanguage language;
	int area;
	int channel;

	flis_registry_use(fcinfo);
	area = flis_registry_area(PG_GETARG_TEXT_PP(0));
	channel = flis_registry_channel(PG_GETARG_TEXT_PP(2));
	language = flis_find_language(PG_GETARG_TEXT_PP(3));
	if (!flis_is_in_calendar(on))
	{
		/* Of an infinite day there is nothing to tell. */
		flis_check_infinite(on);
		PG_RETURN_NULL();
	}
	PG_RETURN_TEXT_P(
		cstring_to_text(flis_from_utf8(flis_explanation(area, channel, on, language))));
}

/*
 * flis_explanation tells, in UTF-8, why an area's data reach as far as they do on a day of the calendar
 * range.
 */
char *
flis_explanation(int area, int channel, FlisDay on, FlisLanguage language)
{
	Explanation explanation = {.language = language, .on = on};
	const FlisTimeline *timeline = &flis_registry_answers(area, channel)->timeline;
	const FlisRule *rule = flis_rule_on(timeline, on);
	const FlisAreaRow *areas;
	const FlisChannelRow *versions;
	FlisStatusWords words = {0};
	int nversions = flis_registry_channel_versions(channel, &versions);

	flis_registry_areas(&areas);
	explanation.timeline = timeline;
	explanation.frequency = rule != NULL ? rule->frequency : FLIS_MONTHLY;
	flis_answer_on(timeline, on, &explanation.answer);
	if (explanation.answer.status != NULL)
		flis_registry_status_words(area, explanation.answer.status->as_of, &words);

	initStringInfo(&explanation.text);
	write_answer(&explanation, flis_to_utf8(areas[area].name, strlen(areas[area].name)),
				 flis_channel_name(versions, nversions, on, language));
	write_rule(&explanation, rule);
	write_cycle(&explanation);
	write_status(&explanation, &words);
	write_notices(&explanation, area);
	write_next(&explanation);
	return explanation.text.data;
}

/*
 * tell adds a sentence in the language that was asked for.
 */
static void
tell(Explanation *explanation, const char *danish, const char *english, ...)
{
	const char *sentence = explanation->language == FLIS_DANISH ? danish : english;

	if (explanation->text.len > 0)
		appendStringInfoChar(&explanation->text, ' ');
	for (;;)
	{
		va_list args;
		int needed;

		va_start(args, english);
		needed = appendStringInfoVA(&explanation->text, sentence, args);
		va_end(args);
		if (needed == 0)
			return;
		enlargeStringInfo(&explanation->text, needed);
	}
}

static const char *
day(const Explanation *explanation, FlisDay day)
{
	return pstrdup(flis_day_text(day, explanation->language).text);
}

static const char *
period(const Explanation *explanation, FlisDay last)
{
	return pstrdup(flis_period_text(explanation->frequency, last, explanation->language).text);
}

/*
 * sentence closes a note, which is in the database's encoding, with a full stop if it has none.
 */
static const char *
sentence(const char *note)
{
	const char *utf8 = flis_to_utf8(note, strlen(note));
	bool is_ended = utf8[0] != '\0' && strchr(".!?", utf8[strlen(utf8) - 1]) != NULL;

	return psprintf("%s%s", utf8, is_ended ? "" : ".");
}

static const char *
periods(const Explanation *explanation, FlisFrequency frequency, int n)
{
	return pstrdup(flis_periods_text(frequency, n, explanation->language).text);
}

/*
 * write_answer begins with the answer itself.
 */
static void
write_answer(Explanation *explanation, const char *area, const char *channel)
{
	const char *on = day(explanation, explanation->on);

	switch (explanation->answer.basis)
	{
		case FLIS_BASIS_CLOSED:
			tell(explanation, "Den %s er %s (%s) lukket for adgang.", "On %s %s (%s) is closed.",
				 on, area, channel);
			break;
		case FLIS_BASIS_NONE:
			tell(explanation, "Den %s vides det ikke, hvor langt %s (%s) rækker.",
				 "On %s it is not known how far %s (%s) reaches.", on, area, channel);
			break;
		case FLIS_BASIS_RULE:
		case FLIS_BASIS_PUBLISHED:
			tell(explanation, "Den %s viser %s (%s) data til og med %s.",
				 "On %s %s (%s) shows data through %s.", on, area, channel,
				 period(explanation, explanation->answer.through));
			break;
	}
}

/*
 * write_rule tells the rule in force, if there is one.
 */
static void
write_rule(Explanation *explanation, const FlisRule *rule)
{
	const char *delay;

	if (rule == NULL)
	{
		tell(explanation, "Ingen regel gælder.", "No rule is in force.");
		return;
	}

	if (rule->lag == 0)
		delay = explanation->language == FLIS_DANISH ? "uden forsinkelse" : "without delay";
	else
		delay = psprintf("%s %s",
						 explanation->language == FLIS_DANISH ? "med en forsinkelse på"
															  : "with a delay of",
						 periods(explanation, rule->frequency, rule->lag));
	switch (rule->frequency)
	{
		case FLIS_MONTHLY:
			tell(explanation, "Reglen: månedligt, %s.", "The rule: monthly, %s.", delay);
			break;
		case FLIS_ANNUAL:
			if (rule->release_month == 0)
				tell(explanation, "Reglen: årligt, men ingen har sagt hvilken måned.",
					 "The rule: annually, but nobody has said in which month.");
			else
				tell(explanation, "Reglen: årligt i %s, %s.", "The rule: annually in %s, %s.",
					 flis_month_labels[rule->release_month].labels[explanation->language], delay);
			break;
		case FLIS_DAILY:
			tell(explanation, "Reglen: dagligt, %s.", "The rule: daily, %s.", delay);
			break;
		case FLIS_WEEKLY:
			tell(explanation, "Reglen: ugentligt, %s.", "The rule: weekly, %s.", delay);
			break;
		case FLIS_QUARTERLY:
			tell(explanation, "Reglen: kvartalsvis, %s.", "The rule: quarterly, %s.", delay);
			break;
		case FLIS_ANNUAL_2:
			tell(explanation, "Reglen: halvårligt, %s.", "The rule: half-yearly, %s.", delay);
			break;
	}
	if (rule->early_max_days > 0)
		tell(explanation, "Området kommer %d til %d dage før de øvrige.",
			 "The area comes %d to %d days before the others.", rule->early_min_days,
			 rule->early_max_days);
}

/*
 * write_cycle tells which cycle carries what is expected, and since when it is out; of a closed area
 * it tells nothing, because nothing came.
 */
static void
write_cycle(Explanation *explanation)
{
	const FlisExpectation *expected = &explanation->answer.expected;
	const FlisRule *rule;
	const FlisException *exception;
	const char *cycle;
	const char *through;

	if (explanation->answer.basis == FLIS_BASIS_CLOSED)
		return;
	if (expected->through == FLIS_NO_DAY)
	{
		if (expected->next == FLIS_NEVER)
			tell(explanation, "Derfor ventes ingen levering.", "So no release is expected.");
		return;
	}

	rule = &expected->terms->rule;
	exception =
		flis_exception_at(explanation->timeline,
						  (int) (expected->terms - explanation->timeline->terms), expected->cycle);
	cycle = pstrdup(flis_cycle_text(rule->frequency, flis_cycle_first(rule, expected->cycle),
									explanation->language)
						.text);
	through =
		pstrdup(flis_period_text(rule->frequency, expected->through, explanation->language).text);

	if (exception == NULL ||
		(exception->released_on == FLIS_NO_DAY && exception->planned_on == FLIS_NO_DAY))
		tell(explanation,
			 "Efter reglen bringer leveringen for %s, ventet senest %s, data til og med %s.",
			 "By the rule the release of %s, expected by %s, brings data through %s.", cycle,
			 day(explanation, flis_window_closes(rule, &expected->terms->channel, expected->cycle)),
			 through);
	else if (exception->released_on != FLIS_NO_DAY)
		tell(explanation, "Leveringen for %s kom %s og bragte data til og med %s.",
			 "The release of %s came on %s and brought data through %s.", cycle,
			 day(explanation, exception->released_on), through);
	else
		tell(explanation, "Leveringen for %s, planlagt til %s, bragte data til og med %s.",
			 "The release of %s, planned for %s, brought data through %s.", cycle,
			 day(explanation, exception->planned_on), through);
}

/*
 * write_status tells what the newest status says, and what follows from it.
 */
static void
write_status(Explanation *explanation, const FlisStatusWords *words)
{
	const FlisAnswer *answer = &explanation->answer;
	const FlisStatus *status = answer->status;
	FlisExpectation then;
	int ahead;

	if (status == NULL)
	{
		tell(explanation, "Ingen status er offentliggjort.", "No status has been published.");
		return;
	}

	if (status->data_through != FLIS_NO_DAY)
		tell(explanation, "Status pr. %s siger data til og med %s.",
			 "The status of %s says data through %s.", day(explanation, status->as_of),
			 period(explanation, status->data_through));
	else if (status->state == FLIS_CLOSED)
		tell(explanation, "Status pr. %s lukkede området, indtil en senere status åbner det igen.",
			 "The status of %s closed the area until a later status reopens it.",
			 day(explanation, status->as_of));
	else
		tell(explanation, "Status pr. %s nævner ingen periode.",
			 "The status of %s names no period.", day(explanation, status->as_of));
	if (words->note != NULL && words->note[0] != '\0' && status->state != FLIS_ON_SCHEDULE)
	{
		const char *note = sentence(words->note);

		tell(explanation, "Bemærkning: %s", "Its note: %s", note);
	}

	if (answer->basis == FLIS_BASIS_CLOSED || status->data_through == FLIS_NO_DAY)
		return;
	flis_expected_on(explanation->timeline, status->as_of, &then);
	if (then.next > explanation->on)
		tell(explanation, "Siden er ingen levering forfaldet, så det gælder stadig.",
			 "No release has come due since, so that still holds.");
	else if (!flis_periods_ahead(explanation->timeline, status, &ahead) || ahead == 0)
		tell(explanation, "Siden er en levering forfaldet, så reglen gælder.",
			 "A release has come due since, so the rule holds.");
	else if (ahead < 0)
		tell(explanation,
			 "Området var %s bagud for reglen, og det regnes med, indtil en status siger andet.",
			 "The area was %s behind the rule, which is counted on until a status says otherwise.",
			 periods(explanation, then.terms->rule.frequency, -ahead));
	else
		tell(explanation, "Området var %s foran reglen, men et forspring regnes ikke for varigt.",
			 "The area was %s ahead of the rule, but a lead is not counted on to last.",
			 periods(explanation, then.terms->rule.frequency, ahead));
}

/*
 * write_notices tells what was announced besides and is in force.
 */
static void
write_notices(Explanation *explanation, int area)
{
	int n;
	FlisNoticeGroup *groups = flis_notices_on(area, explanation->on, false, &n);

	for (int i = 0; i < n; i++)
	{
		const FlisNotice *notice = &groups[i].notice;
		bool is_danish = explanation->language == FLIS_DANISH;
		const char *whom = "";
		const char *end = "";

		if (groups[i].municipalities == 1)
			whom = psprintf(is_danish ? ", kommune %d" : ", municipality %d", notice->municipality);
		else if (groups[i].municipalities > 1)
			whom = psprintf(is_danish ? ", %d kommuner" : ", %d municipalities",
							groups[i].municipalities);
		if (flis_notice_state(notice, explanation->on) == FLIS_OVERDUE)
			end = psprintf(is_danish ? ", ventet ophørt %s, men ikke ophørt"
									 : ", expected to end on %s but still in force",
						   day(explanation, notice->expected_end));
		else if (notice->expected_end != FLIS_NO_DAY)
			end = psprintf(is_danish ? ", ventes ophørt %s" : ", expected to end on %s",
						   day(explanation, notice->expected_end));
		tell(explanation, "Meddelelse om %s fra %s%s%s: %s", "Notice of %s since %s%s%s: %s",
			 flis_notice_labels[notice->kind].labels[explanation->language],
			 day(explanation, notice->started_on), whom, end, sentence(groups[i].note));
	}
}

/*
 * write_next tells when the next release is out.
 */
static void
write_next(Explanation *explanation)
{
	if (explanation->answer.next != FLIS_NO_DAY)
		tell(explanation, "Næste levering ventes senest %s.", "The next release is expected by %s.",
			 day(explanation, explanation->answer.next));
	else if (explanation->answer.basis == FLIS_BASIS_CLOSED)
		tell(explanation, "Så længe ventes ingen levering.", "Until then no release is expected.");
}
