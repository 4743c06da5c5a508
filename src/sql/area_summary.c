/*
 * area_summary.c
 *		What is told of an area on a day: the answer, and the words of the deck and of the notices.
 *
 * The listings and the status page tell it from here.  Text is in the database's encoding where it comes
 * from a table, and otherwise UTF-8.
 */
#include "sql/area_summary.h"

#include "lib/stringinfo.h"
#include "utils/date.h"

#include "base/enum_labels.h"
#include "rules/date_text.h"
#include "rules/rule.h"
#include "cache/names.h"
#include "cache/registry.h"

/*
 * flis_area_summary_for tells what readers should use of an area on a day, and what the status that counts and
 * the notices in force say in words.  An infinite day is its own answer.
 */
void
flis_area_summary_for(int area, int channel, FlisDay on, FlisAreaSummary *summary)
{
	FlisAnswer *answer = &summary->answer;

	memset(summary, 0, sizeof(*summary));
	if (!flis_is_in_calendar(on))
	{
		answer->basis = FLIS_BASIS_RULE;
		answer->expected.through = on;
		answer->through = on;
		answer->next = on;
		return;
	}
	flis_answer_on(&flis_registry_answers(area, channel)->timeline, on, answer);
	if (answer->status != NULL)
		flis_registry_status_words(area, answer->status->as_of, &summary->words);
	summary->notices = flis_notices_on(area, on, false, &summary->nnotices);
	flis_apply_notices(summary->notices, summary->nnotices, answer->through, &summary->words);
}

/*
 * flis_summary_frequency tells how often an area comes, and after a slash how often its parts do where
 * that differs: the deck's "Månedligt/årligt" for schools, of which STIL is a part.
 */
char *
flis_summary_frequency(int area, int channel, FlisDay on, FlisLanguage language)
{
	StringInfoData label;
	const FlisAreaRow *areas;
	int n = flis_registry_areas(&areas);
	bool is_told[FLIS_FREQUENCIES] = {false};
	FlisFrequency frequency;

	initStringInfo(&label);
	if (flis_frequency_on(area, channel, on, &frequency))
	{
		is_told[frequency] = true;
		appendStringInfoString(&label, flis_frequency_labels[frequency].labels[language]);
	}
	for (int part = 0; part < n; part++)
	{
		int start = label.len;

		if (areas[part].part_of == NULL || strcmp(areas[part].part_of, areas[area].area) != 0 ||
			!flis_frequency_on(part, channel, on, &frequency) || is_told[frequency])
			continue;
		is_told[frequency] = true;
		appendStringInfo(&label, "%s%s", start > 0 ? "/" : "",
						 flis_frequency_labels[frequency].labels[language]);
		if (start > 0)
			flis_fold(label.data + start, label.len - start, label.data + start);
	}
	if (label.len == 0)
		appendStringInfoChar(&label, '-');
	return label.data;
}

/*
 * flis_frequency_on tells the frequency of the rule in force on a day; false if there is none.
 */
bool
flis_frequency_on(int area, int channel, FlisDay on, FlisFrequency *frequency)
{
	const FlisRule *rule = flis_rule_on(&flis_registry_answers(area, channel)->timeline, on);

	if (rule == NULL)
		return false;
	*frequency = rule->frequency;
	return true;
}

/*
 * flis_summary_through writes the period that an area reaches, as the deck does.
 */
char *
flis_summary_through(int area, int channel, FlisDay on, FlisDay through, FlisLanguage language)
{
	FlisFrequency frequency = FLIS_MONTHLY;

	flis_frequency_on(area, channel, on, &frequency);
	return flis_through_label(frequency, flis_is_in_calendar(on) ? through : FLIS_NO_DAY, language);
}

/*
 * flis_through_label writes the period that ends on a day with a capital; "-" where there is none.
 */
char *
flis_through_label(FlisFrequency frequency, FlisDay through, FlisLanguage language)
{
	char *label;

	if (through == FLIS_NO_DAY)
		return pstrdup("-");
	label = pstrdup(flis_period_text(frequency, through, language).text);
	label[0] = (char) pg_toupper((unsigned char) label[0]);
	return label;
}

/*
 * flis_summary_source tells where an area's data come from: as the status that counts says, else as
 * flis_area does.
 */
const char *
flis_summary_source(int area, const FlisAreaSummary *summary)
{
	const FlisAreaRow *areas;

	flis_registry_areas(&areas);
	if (summary->words.source != NULL)
		return summary->words.source;
	return areas[area].source != NULL ? areas[area].source : "-";
}

/*
 * flis_summary_operation tells how an area runs: in the words of the deck and of the notices in force, or
 * where there are none, in what state it is.  That all goes to plan needs no words beside a notice, and
 * none but the state's in English.
 */
char *
flis_summary_operation(const FlisAreaSummary *summary, FlisLanguage language)
{
	const FlisStatus *status = summary->answer.status;
	bool is_all_well = status != NULL && status->state == FLIS_ON_SCHEDULE;
	StringInfoData operation;

	initStringInfo(&operation);
	if (summary->words.note != NULL &&
		!(is_all_well && (language != FLIS_DANISH || summary->nnotices > 0)))
		appendStringInfoString(&operation, summary->words.note);
	for (int i = 0; i < summary->nnotices; i++)
		appendStringInfo(&operation, "%s%s", operation.len > 0 ? " " : "",
						 summary->notices[i].note);
	if (operation.len > 0)
		return operation.data;
	if (status == NULL || status->state == FLIS_NOT_REPORTED)
		return pstrdup("-");
	return flis_from_utf8(flis_state_labels[status->state].labels[language]);
}
