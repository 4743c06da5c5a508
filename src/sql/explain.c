/*
 * explain.c
 *		Tells in a paragraph why an area's data reach as far as they do on a day: the answer, then
 *		the rule, the releases, the statuses and the notices from which it follows.
 *
 * Nothing is computed anew here: each sentence tells a part of the FlisAnswer.  area_summary.c has
 * the sentences that other listings need, too.
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
#include "sql/area_summary.h"
#include "sql/arguments.h"
#include "sql/explain.h"
#include "sql/notices.h"

/* A paragraph being written, and what it is about; all text is UTF-8. */
typedef struct Explanation
{
	StringInfoData text;
	FlisLanguage language;
	const FlisTimeline *timeline;
	FlisAreaSummary summary;
	const FlisRule *rule; /* in force on the day, or NULL */
} Explanation;

static void tell(Explanation *explanation, const char *danish, const char *english, ...)
	pg_attribute_printf(2, 4) pg_attribute_printf(3, 4);
static const char *day(const Explanation *explanation, FlisDay day);
static const char *period(const Explanation *explanation, FlisDay last);
static const char *cycle_name(const Explanation *explanation, const FlisTerms *terms, int cycle);
static void write_answer(Explanation *explanation, const char *area, const char *channel);
static void write_rule(Explanation *explanation);
static const char *rule_in_words(const Explanation *explanation, const FlisRule *rule);
static void write_early(Explanation *explanation, const FlisRule *rule);
static void write_cycle(Explanation *explanation);
static const char *left_out(const Explanation *explanation, const FlisTerms *terms, int cycle);
static int periods_behind_most(const Explanation *explanation, const FlisTerms *terms, int cycle);
static void write_coming_rule(Explanation *explanation);
static void write_rule_from(Explanation *explanation, const FlisRule *rule);
static void write_status(Explanation *explanation);
static void write_not_yet(Explanation *explanation);
static void write_published(Explanation *explanation, const FlisStatus *status);
static void write_conclusion(Explanation *explanation);
static void write_notices(Explanation *explanation);
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
		/* An infinite day is its own answer, without a reason. */
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
	Explanation explanation = {.language = language};
	const FlisAreaRow *areas;
	const FlisChannelRow *versions;
	int nversions = flis_registry_channel_versions(channel, &versions);
	char *channel_name = pstrdup(flis_channel_name(versions, nversions, on, language));
	const char *changes;

	flis_registry_areas(&areas);
	explanation.timeline = flis_registry_timeline(area, channel);
	explanation.rule = flis_rule_on(explanation.timeline, on);
	flis_area_summary_for(area, channel, on, &explanation.summary);
	flis_change_initial(channel_name, false);

	initStringInfo(&explanation.text);
	write_answer(&explanation, flis_to_utf8(areas[area].name), channel_name);
	write_rule(&explanation);
	write_cycle(&explanation);
	changes = flis_summary_changes(&explanation.summary, language);
	if (changes != NULL)
		tell(&explanation, "%s", "%s", changes);
	write_coming_rule(&explanation);
	write_status(&explanation);
	write_notices(&explanation);
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
	return pstrdup(
		flis_through_text(explanation->summary.frequency, last, explanation->language).text);
}

/*
 * cycle_name names a cycle at the beginning of a sentence.
 */
static const char *
cycle_name(const Explanation *explanation, const FlisTerms *terms, int cycle)
{
	FlisDateText name = flis_cycle_name(
		terms->rule.frequency, flis_cycle_first(&terms->rule, cycle), explanation->language);

	flis_change_initial(name.text, true);
	return pstrdup(name.text);
}

/*
 * write_answer tells the answer itself, and what it is based on.
 */
static void
write_answer(Explanation *explanation, const char *area, const char *channel)
{
	const FlisAreaSummary *summary = &explanation->summary;
	const char *on = day(explanation, summary->on);

	switch (summary->answer.basis)
	{
		case FLIS_BASIS_CLOSED:
			tell(explanation, "Den %s er dataområdet %s (%s) lukket for adgang.",
				 "On %s the data area %s (%s) is closed.", on, area, channel);
			break;
		case FLIS_BASIS_NONE:
			tell(explanation, "Den %s vides det ikke, hvor langt dataområdet %s (%s) rækker.",
				 "On %s it is not known how far the data area %s (%s) reaches.", on, area, channel);
			break;
		case FLIS_BASIS_RULE:
		case FLIS_BASIS_PUBLISHED:
			tell(explanation, "Den %s viser dataområdet %s (%s) data til og med %s (%s).",
				 "On %s the data area %s (%s) shows data through %s (%s).", on, area, channel,
				 period(explanation, summary->answer.through),
				 flis_summary_basis(summary, explanation->language));
			break;
	}
}

/*
 * write_rule tells the rule of the newest cycle out, or else the one in force on the day, or else the
 * first one, which is still to come.
 */
static void
write_rule(Explanation *explanation)
{
	const FlisAnswer *answer = &explanation->summary.answer;
	const FlisRule *rule = explanation->rule;

	if (answer->basis != FLIS_BASIS_CLOSED && answer->expected.terms != NULL)
		rule = &answer->expected.terms->rule;
	if (rule == NULL && explanation->timeline->nrules > 0)
	{
		write_rule_from(explanation, explanation->timeline->rules);
		return;
	}
	if (rule == NULL)
	{
		tell(explanation,
			 "Ingen opdateringsfrekvens er oplyst, så næste udgivelse kan ikke beregnes.",
			 "No update frequency is known, so the next release cannot be computed.");
		return;
	}
	tell(explanation, "Opdateringsfrekvens: %s.", "Update frequency: %s.",
		 rule_in_words(explanation, rule));
	write_early(explanation, rule);
}

/*
 * rule_in_words tells how often an area comes, and which periods are not in a delivery.
 */
static const char *
rule_in_words(const Explanation *explanation, const FlisRule *rule)
{
	FlisLanguage language = explanation->language;
	bool is_danish = language == FLIS_DANISH;
	char *how_often = pstrdup(flis_frequency_labels[rule->frequency].labels[language]);
	const char *month = "";

	flis_change_initial(how_often, false);
	if (rule->frequency == FLIS_ANNUAL && rule->release_month == 0)
		return psprintf(is_danish
							? "%s; måneden er ikke oplyst, så næste udgivelse kan ikke beregnes"
							: "%s; the month is not known, so the next release cannot be computed",
						how_often);
	if (rule->frequency == FLIS_ANNUAL)
		month = psprintf(is_danish ? " i %s" : " in %s",
						 flis_month_labels[rule->release_month].labels[language]);
	if (rule->lag > 0)
		return psprintf(is_danish ? "%s%s; %s er ikke med" : "%s%s, without %s", how_often, month,
						flis_latest_periods_text(rule->frequency, rule->lag, language).text);
	return psprintf(is_danish ? "%s%s med data til og med %s" : "%s%s with data through %s",
					how_often, month, flis_period_before_text(rule->frequency, language));
}

/*
 * write_early tells how many days before the others an area comes, if it does.
 */
static void
write_early(Explanation *explanation, const FlisRule *rule)
{
	bool is_danish = explanation->language == FLIS_DANISH;
	FlisDateText most = flis_periods_text(FLIS_DAILY, rule->early_max_days, explanation->language);
	const char *days = most.text;

	if (rule->early_max_days == 0)
		return;
	if (rule->early_min_days == 0)
		days = psprintf(is_danish ? "op til %s" : "up to %s", most.text);
	else if (rule->early_min_days < rule->early_max_days)
		days = psprintf("%d–%s", rule->early_min_days, most.text);
	tell(explanation, "Området udlæses %s før de øvrige dataområder.",
		 "The area comes %s before the other data areas.", days);
}

/*
 * write_cycle tells which cycle carries what is expected, and since when it is out.  A release that is
 * planned and not recorded is not said to have come.  Of a closed area nothing is told.
 */
static void
write_cycle(Explanation *explanation)
{
	const FlisAreaSummary *summary = &explanation->summary;
	const FlisExpectation *expected = &summary->answer.expected;
	const FlisTerms *terms = expected->terms;
	const FlisException *release;
	const char *name;
	const char *through;
	const char *omitted;

	if (summary->answer.basis == FLIS_BASIS_CLOSED || terms == NULL)
		return;
	release = flis_exception_at(explanation->timeline, (int) (terms - explanation->timeline->terms),
								expected->cycle);
	name = cycle_name(explanation, terms, expected->cycle);
	through = pstrdup(
		flis_through_text(terms->rule.frequency, expected->through, explanation->language).text);
	omitted = left_out(explanation, terms, expected->cycle);

	if (release == NULL || (release->released_on == FLIS_NO_DAY &&
							release->expected_on == flis_due_day(terms, expected->cycle)))
		tell(explanation, "%s, forventet senest den %s, indeholder data til og med %s%s.",
			 "%s, expected by %s, contains data through %s%s.", name,
			 day(explanation, flis_due_day(terms, expected->cycle)), through, omitted);
	else if (release->released_on != FLIS_NO_DAY)
		tell(explanation, "%s kom den %s og indeholder data til og med %s%s.",
			 "%s came on %s and contains data through %s%s.", name,
			 day(explanation, release->released_on), through, omitted);
	else
		tell(explanation, "%s %s. Den skulle give data til og med %s%s.",
			 "%s %s. It was to bring data through %s%s.", name,
			 flis_release_plan(summary, release, explanation->language), through, omitted);
	if (release != NULL && release->has_note)
	{
		const char *note = flis_registry_release_note(
			summary->area, summary->channel, flis_cycle_first(&terms->rule, expected->cycle));

		if (!flis_is_blank(note))
			tell(explanation, "Bemærkning: %s", "Its note: %s", flis_end_sentence(note));
	}
}

/*
 * left_out names the whole periods before a cycle that are not in it, and tells how many more they
 * are than in most other areas.
 */
static const char *
left_out(const Explanation *explanation, const FlisTerms *terms, int cycle)
{
	FlisLanguage language = explanation->language;
	bool is_danish = language == FLIS_DANISH;
	FlisFrequency frequency = terms->rule.frequency;
	int through = flis_period_of(frequency, flis_cycle_through(&terms->rule, cycle));
	int behind = periods_behind_most(explanation, terms, cycle);
	const char *omitted;

	if (terms->rule.lag == 0)
		return "";
	omitted = psprintf(
		is_danish ? " (%s er ikke med)" : " (without %s)",
		flis_period_range_text(frequency, flis_period_last(frequency, through + 1),
							   flis_period_last(frequency, through + terms->rule.lag), language)
			.text);
	if (behind == 0)
		return omitted;
	return psprintf(is_danish ? "%s, %s mindre end de fleste øvrige dataområder i samme udlæsning"
							  : "%s, %s less than most other data areas in the same cycle",
					omitted, flis_periods_text(frequency, behind, language).text);
}

/*
 * periods_behind_most tells by how many periods an area's lag in a cycle exceeds the lag that more
 * than half of the other areas of its frequency have; 0 if it does not, or if there is no such lag.
 */
static int
periods_behind_most(const Explanation *explanation, const FlisTerms *terms, int cycle)
{
	const FlisAreaRow *areas;
	int nareas = flis_registry_areas(&areas);
	FlisDay first = flis_cycle_first(&terms->rule, cycle);
	int *lags = palloc(nareas * sizeof(int));
	int n = 0;

	for (int area = 0; area < nareas; area++)
	{
		const FlisRule *rule =
			flis_rule_on(flis_registry_timeline(area, explanation->summary.channel), first);

		if (area != explanation->summary.area && rule != NULL &&
			rule->frequency == terms->rule.frequency)
			lags[n++] = rule->lag;
	}
	for (int i = 0; i < n; i++)
	{
		int same = 0;

		for (int j = 0; j < n; j++)
			same += lags[j] == lags[i];
		if (2 * same > n)
			return Max(terms->rule.lag - lags[i], 0);
	}
	return 0;
}

/*
 * write_coming_rule tells the rule in force on the day, if the newest cycle out still has an older one.
 */
static void
write_coming_rule(Explanation *explanation)
{
	const FlisAnswer *answer = &explanation->summary.answer;
	const FlisRule *rule = explanation->rule;

	if (answer->basis == FLIS_BASIS_CLOSED || answer->expected.terms == NULL || rule == NULL ||
		rule->valid_from <= answer->expected.terms->rule.valid_from)
		return;
	write_rule_from(explanation, rule);
}

/*
 * write_rule_from tells a rule, and the cycle from which on it holds, or the day if it has no cycles.
 */
static void
write_rule_from(Explanation *explanation, const FlisRule *rule)
{
	const FlisTimeline *timeline = explanation->timeline;

	for (int i = 0; i < timeline->nterms; i++)
	{
		const FlisTerms *terms = &timeline->terms[i];

		if (!terms->has_cycles || terms->rule.valid_from != rule->valid_from)
			continue;
		tell(explanation, "Fra %s: %s.", "From %s on: %s.",
			 flis_cycle_name(rule->frequency, flis_cycle_first(&terms->rule, terms->first_cycle),
							 explanation->language)
				 .text,
			 rule_in_words(explanation, rule));
		return;
	}
	tell(explanation, "Fra den %s: %s.", "From %s on: %s.", day(explanation, rule->valid_from),
		 rule_in_words(explanation, rule));
}

/*
 * write_status tells what the newest status says, and what follows from it.  If that doesn't count
 * in the channel yet, the newest one that does is told before it.
 */
static void
write_status(Explanation *explanation)
{
	const FlisAreaSummary *summary = &explanation->summary;
	const FlisAnswer *answer = &summary->answer;
	const char *whole = flis_summary_whole(summary, explanation->language);

	if (whole != NULL)
		tell(explanation, "%s", "%s", whole);
	if (answer->status == NULL)
	{
		tell(explanation, "Ingen status er offentliggjort.", "No status has been published.");
		return;
	}
	if (answer->counted != NULL && answer->counted != answer->status)
		write_published(explanation, answer->counted);
	if (answer->basis != FLIS_BASIS_CLOSED && answer->counted != NULL &&
		answer->counted->data_through != FLIS_NO_DAY && answer->counted != answer->status)
		write_conclusion(explanation);
	write_published(explanation, answer->status);
	if (answer->counted != answer->status)
		write_not_yet(explanation);
	else if (answer->basis != FLIS_BASIS_CLOSED && answer->status->data_through != FLIS_NO_DAY)
		write_conclusion(explanation);
}

/*
 * write_not_yet tells from which day on the newest status counts in the channel, and what holds until
 * then.
 */
static void
write_not_yet(Explanation *explanation)
{
	const FlisTimeline *timeline = explanation->timeline;
	const FlisAnswer *answer = &explanation->summary.answer;
	FlisDay from = timeline->counts[answer->status - timeline->statuses].from;

	if (from == FLIS_NEVER)
		tell(explanation, "Den gælder ikke for denne leveringsform.",
			 "It does not count in this channel.");
	else
		tell(explanation, "Den gælder først for denne leveringsform fra den %s.",
			 "It counts in this channel only from %s on.", day(explanation, from));
	if (answer->basis == FLIS_BASIS_CLOSED || answer->status->data_through == FLIS_NO_DAY)
		return;
	if (from == FLIS_NEVER)
		tell(explanation, "Data rækker ikke længere, end status siger.",
			 "Data reach no further than it says.");
	else
		tell(explanation, "Indtil da rækker data ikke længere, end status siger.",
			 "Until then data reach no further than it says.");
}

/*
 * write_published tells how far data reach by a status, and its note.
 */
static void
write_published(Explanation *explanation, const FlisStatus *status)
{
	const char *as_of = day(explanation, status->as_of);
	const char *remark = flis_summary_remark(&explanation->summary, status);

	if (status->state == FLIS_CLOSED)
		tell(explanation,
			 "Området er lukket ifølge status pr. %s, indtil en senere status åbner det igen.",
			 "The area is closed by the status of %s until a later status reopens it.", as_of);
	else if (status->data_through != FLIS_NO_DAY)
		tell(explanation, "Ifølge status pr. %s er der data til og med %s.",
			 "According to the status of %s there are data through %s.", as_of,
			 period(explanation, status->data_through));
	else
		tell(explanation, "Status pr. %s nævner ingen periode.",
			 "The status of %s names no period.", as_of);
	if (remark != NULL)
		tell(explanation, "Bemærkning: %s", "Its note: %s", remark);
}

/*
 * write_conclusion tells what follows from the status that counts: that it still holds, or what is
 * assumed since a newer cycle is out.
 */
static void
write_conclusion(Explanation *explanation)
{
	const FlisAnswer *answer = &explanation->summary.answer;
	const FlisStatus *status = answer->counted;
	const FlisCount *count =
		&explanation->timeline->counts[status - explanation->timeline->statuses];
	FlisDay newest = answer->expected.newest;
	FlisFrequency frequency = FLIS_MONTHLY;
	const char *difference;
	int cycle;
	const FlisTerms *terms;

	if (newest == FLIS_NO_DAY || newest <= count->cycle)
	{
		tell(explanation, "Ingen nyere udlæsning er ude siden da, så status gælder stadig.",
			 "No newer cycle is out since then, so the status still holds.");
		return;
	}
	terms = flis_terms_for(explanation->timeline, count->cycle, &cycle);
	if (terms != NULL)
		frequency = terms->rule.frequency;
	difference =
		pstrdup(flis_periods_text(frequency, abs(count->ahead), explanation->language).text);
	if (count->is_compared && count->ahead < 0)
		tell(explanation,
			 "Området var da %s bagud i forhold til planen. Det lægges til grund, indtil en ny "
			 "status siger andet.",
			 "The area was then %s behind the schedule. That is assumed to last until a new "
			 "status says otherwise.",
			 difference);
	if (answer->through == status->data_through)
		tell(explanation,
			 "En nyere udlæsning er ude efter planen, men den når ikke længere, og det "
			 "offentliggjorte tages ikke tilbage.",
			 "A newer cycle is out by the schedule, but it reaches no further, and what was "
			 "published is not taken back.");
	else if (count->is_compared && count->ahead > 0)
		tell(explanation,
			 "Området var da %s foran planen, men forspringet forventes ikke at vare ved.",
			 "The area was then %s ahead of the schedule, but the lead is not expected to last.",
			 difference);
	else if (!count->is_compared || count->ahead == 0)
		tell(explanation, "Siden da er en nyere udlæsning ude efter planen, så planen gælder.",
			 "Since then a newer cycle is out by the schedule, so the schedule holds.");
}

/*
 * write_notices tells how far the notices in force give access, what they say, and which parts of
 * the area have another frequency.
 */
static void
write_notices(Explanation *explanation)
{
	const FlisAnswer *answer = &explanation->summary.answer;
	const char *notes = flis_summary_notes(&explanation->summary, explanation->language, true);

	if (answer->basis != FLIS_BASIS_CLOSED && answer->access_through != FLIS_NEVER)
		tell(explanation, "Der er kun adgang til data til og med %s.",
			 "There is access to data through %s only.",
			 period(explanation, answer->access_through));
	if (notes != NULL)
		tell(explanation, "%s", "%s", notes);
}

/*
 * write_next tells when the next release is out.
 */
static void
write_next(Explanation *explanation)
{
	const FlisAnswer *answer = &explanation->summary.answer;

	if (answer->next != FLIS_NO_DAY)
		tell(explanation, "Næste udgivelse forventes senest den %s.",
			 "The next release is expected by %s.", day(explanation, answer->next));
	else if (answer->basis == FLIS_BASIS_CLOSED)
		tell(explanation, "Der forventes ingen udgivelse, før området er åbnet igen.",
			 "No release is expected before the area is open again.");
	else if (explanation->rule != NULL && flis_rule_has_cycles(explanation->rule))
		tell(explanation, "Der forventes ingen udgivelse.", "No release is expected.");
}
