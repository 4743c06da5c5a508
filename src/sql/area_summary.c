/*
 * area_summary.c
 *		An area on a day: how far it reaches, its state, and what the newest status and the notices
 *		say.  Listings, explanations and the status page take their sentences from here.
 *
 * The text is in UTF-8.
 */
#include "sql/area_summary.h"

#include "lib/stringinfo.h"
#include "utils/date.h"

#include "base/calendar.h"
#include "base/enum_labels.h"
#include "rules/date_text.h"
#include "rules/rule.h"
#include "cache/names.h"
#include "cache/registry.h"

/* Months for which the state in a deck is shown as today's. */
#define MONTHS_NEW 2

static bool is_limited(const FlisAnswer *answer);
static bool is_old(FlisDay as_of, FlisDay on);
static void add_planned(StringInfo text, const FlisAreaSummary *summary, FlisLanguage language,
						bool has_days);
static void add_sentence(StringInfo text, const char *sentence);
static void add_change(StringInfo text, const FlisAreaSummary *summary,
					   const FlisException *release, FlisLanguage language);
static char *release_remark(int area, int channel, FlisDay cycle, bool has_note);
static const char *leader_of(const FlisAreaSummary *summary, const FlisException *release,
							 FlisLanguage language);
static char *part_sentence(int part, int channel, FlisDay on, FlisFrequency frequency,
						   FlisLanguage language);

/*
 * flis_area_summary_for tells how far an area reaches on a day, and what the newest status and the
 * notices in force say.  An infinite day is its own answer.
 */
void
flis_area_summary_for(int area, int channel, FlisDay on, FlisAreaSummary *summary)
{
	FlisAnswer *answer = &summary->answer;
	const FlisStatus *status;
	FlisStatusWords shown = {0};

	memset(summary, 0, sizeof(*summary));
	summary->area = area;
	summary->channel = channel;
	summary->on = on;
	summary->frequency = FLIS_MONTHLY;
	summary->state = FLIS_NOT_REPORTED;
	if (!flis_is_in_calendar(on))
	{
		answer->basis = FLIS_BASIS_RULE;
		answer->expected.through = on;
		answer->through = on;
		answer->next = on;
		return;
	}
	flis_frequency_on(area, channel, on, &summary->frequency);
	flis_answer_on(flis_registry_timeline(area, channel), on, answer);
	status = answer->status;
	if (status != NULL)
	{
		flis_registry_status_words(area, status->as_of, &summary->words);
		summary->state = status->state;
		summary->is_old = is_old(status->as_of, on);
	}
	summary->notices = flis_notices_on(area, on, false, &summary->nnotices);
	if (!summary->is_old)
		shown = summary->words;
	else if (summary->state != FLIS_CLOSED)
		summary->state = FLIS_NOT_REPORTED;
	flis_apply_notices(summary->notices, summary->nnotices, summary->frequency, answer->through,
					   &summary->words);
	flis_apply_notices(summary->notices, summary->nnotices, summary->frequency, answer->through,
					   &shown);
	summary->is_incomplete = shown.complete == FLIS_NO;
	summary->is_incomparable = shown.benchmarkable == FLIS_NO;
	if (answer->basis == FLIS_BASIS_CLOSED)
		summary->state = FLIS_CLOSED;
	else if (summary->state != FLIS_CLOSED && status != NULL &&
			 status->state != FLIS_NOT_REPORTED &&
			 (summary->is_incomplete || summary->is_incomparable))
		summary->state = FLIS_CAVEAT;
}

/*
 * is_old tells whether a deck's day is more than two months before a day, as the self-test counts them.
 */
static bool
is_old(FlisDay as_of, FlisDay on)
{
	int year;
	int month;
	int day_of_month;
	int then;
	FlisDay last;

	flis_day_parts(on, &year, &month, &day_of_month);
	then = flis_month_of(on) - MONTHS_NEW;
	last = flis_month_last(then - 1) + day_of_month;
	return as_of < Min(last, flis_month_last(then));
}

/*
 * flis_summary_frequency tells how often an area comes, and after a slash how often its parts do where
 * that differs, as the deck's "Månedligt/årligt" for schools, of which STIL is a part.
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
	const FlisRule *rule = flis_rule_on(flis_registry_timeline(area, channel), on);

	if (rule == NULL)
		return false;
	*frequency = rule->frequency;
	return true;
}

/*
 * flis_summary_period writes the period of an area that ends on a day as the deck does; "-" for none.
 */
char *
flis_summary_period(const FlisAreaSummary *summary, FlisDay through, FlisLanguage language)
{
	return flis_through_label(summary->frequency,
							  flis_is_in_calendar(summary->on) ? through : FLIS_NO_DAY, language);
}

/*
 * flis_through_label writes the period that ends on a day, with a capital letter; "-" for none.
 */
char *
flis_through_label(FlisFrequency frequency, FlisDay through, FlisLanguage language)
{
	char *label;

	if (through == FLIS_NO_DAY)
		return pstrdup("-");
	label = pstrdup(flis_period_text(frequency, through, language).text);
	flis_change_initial(label, true);
	return label;
}

/*
 * flis_summary_basis tells what an area's newest period is based on: a status, the record that the
 * release came, a notice that gives access to no more, or the schedule alone; NULL if it has no period.
 */
char *
flis_summary_basis(const FlisAreaSummary *summary, FlisLanguage language)
{
	const FlisAnswer *answer = &summary->answer;
	const FlisExpectation *expected = &answer->expected;
	bool is_danish = language == FLIS_DANISH;
	const FlisTimeline *timeline;
	const FlisException *release;

	if (answer->through == FLIS_NO_DAY || !flis_is_in_calendar(summary->on))
		return NULL;
	if (is_limited(answer))
		return pstrdup(is_danish ? "begrænset af en meddelelse" : "limited by a notice");
	if (answer->basis == FLIS_BASIS_PUBLISHED)
	{
		const FlisStatus *status = answer->counted;

		if (status == NULL || status->data_through != answer->through)
			status = answer->status;
		return psprintf(is_danish ? "status pr. %s" : "status of %s",
						flis_day_text(status->as_of, language).text);
	}
	timeline = flis_registry_timeline(summary->area, summary->channel);
	release = expected->terms == NULL || expected->through != answer->through
				  ? NULL
				  : flis_exception_at(timeline, (int) (expected->terms - timeline->terms),
									  expected->cycle);
	if (release != NULL && !release->cancelled && release->released_on != FLIS_NO_DAY)
		return psprintf(is_danish ? "udgivet den %s" : "released on %s",
						flis_day_text(release->released_on, language).text);
	return pstrdup(is_danish ? "forventet" : "expected");
}

/*
 * is_limited tells whether an answer ends where a notice ends the access, and where neither a status nor
 * the schedule ends.
 */
static bool
is_limited(const FlisAnswer *answer)
{
	return answer->through == answer->access_through &&
		   answer->through != answer->expected.through &&
		   (answer->counted == NULL || answer->counted->data_through != answer->through) &&
		   (answer->status == NULL || answer->status->data_through != answer->through);
}

/*
 * flis_summary_source tells where an area's data come from, by the newest status, else by flis_area.
 */
const char *
flis_summary_source(const FlisAreaSummary *summary)
{
	const FlisAreaRow *areas;
	const char *source;

	flis_registry_areas(&areas);
	source = summary->words.source != NULL ? summary->words.source : areas[summary->area].source;
	return source != NULL ? flis_to_utf8(source) : "-";
}

/*
 * flis_summary_state tells the state of an area: for two months that of a status, then only what the
 * schedule says, and whether the area is assumed to be behind it.  A closed area stays closed.
 */
const char *
flis_summary_state(const FlisAreaSummary *summary, FlisLanguage language)
{
	switch (flis_summary_state_basis(summary))
	{
		case FLIS_STATE_BEHIND:
			return language == FLIS_DANISH ? "Forventet, bagud i forhold til planen"
										   : "Expected, behind the schedule";
		case FLIS_STATE_BY_SCHEDULE:
			return flis_basis_labels[FLIS_BASIS_RULE].labels[language];
		case FLIS_STATE_BY_STATUS:
			break;
	}
	return flis_state_labels[summary->state].labels[language];
}

/*
 * flis_summary_state_basis tells what the state follows from: the schedule, if the newest status is old,
 * and the delay that the status told of, if it lasts.
 */
FlisStateBasis
flis_summary_state_basis(const FlisAreaSummary *summary)
{
	const FlisAnswer *answer = &summary->answer;

	if (summary->state != FLIS_NOT_REPORTED || !summary->is_old || answer->basis == FLIS_BASIS_NONE)
		return FLIS_STATE_BY_STATUS;
	return answer->through < answer->expected.through && !is_limited(answer)
			   ? FLIS_STATE_BEHIND
			   : FLIS_STATE_BY_SCHEDULE;
}

/*
 * flis_summary_as_of tells the day of the status that the state is from, or of the newest one if it
 * is old; NULL where the state is from no status.
 */
char *
flis_summary_as_of(const FlisAreaSummary *summary, FlisLanguage language)
{
	const FlisStatus *status = flis_summary_status(summary);
	bool is_danish = language == FLIS_DANISH;
	const char *status_of = is_danish ? "status pr. %s" : "status of %s";

	if (status == NULL || (summary->state == FLIS_CLOSED && status->state != FLIS_CLOSED) ||
		(summary->state == FLIS_NOT_REPORTED && !summary->is_old))
		return NULL;
	if (summary->is_old && summary->state != FLIS_CLOSED)
		status_of = is_danish ? "seneste status pr. %s" : "newest status of %s";
	return psprintf(status_of, flis_day_text(status->as_of, language).text);
}

/*
 * flis_summary_status returns the status that an area's state is from, NULL if there is none: the newest
 * one, or the one that closes the area while a newer one does not count in the channel yet.
 */
const FlisStatus *
flis_summary_status(const FlisAreaSummary *summary)
{
	const FlisStatus *counted = summary->answer.counted;

	if (summary->state == FLIS_CLOSED && counted != NULL && counted->state == FLIS_CLOSED)
		return counted;
	return summary->answer.status;
}

/*
 * flis_area_whole returns the area that an area is a part of, or -1.
 */
int
flis_area_whole(int area)
{
	const FlisAreaRow *areas;
	int whole = flis_registry_areas(&areas) - 1;

	if (areas[area].part_of == NULL)
		return -1;
	while (whole >= 0 && strcmp(areas[whole].area, areas[area].part_of) != 0)
		whole--;
	return whole;
}

/*
 * flis_summary_whole tells that an area is closed because the area that it is a part of is, and why that
 * one is; NULL where this isn't so.
 */
char *
flis_summary_whole(const FlisAreaSummary *summary, FlisLanguage language)
{
	const FlisAreaRow *areas;
	int area = flis_area_whole(summary->area);
	FlisAreaSummary whole;
	const char *as_of;
	const char *remark;

	if (!summary->answer.closed_with_whole)
		return NULL;
	flis_registry_areas(&areas);
	flis_area_summary_for(area, summary->channel, summary->on, &whole);
	as_of = flis_summary_as_of(&whole, language);
	remark = whole.answer.closed_by_notice ? flis_summary_notes(&whole, language, true)
			 : as_of != NULL ? flis_summary_remark(&whole, flis_summary_status(&whole))
							 : flis_summary_whole(&whole, language);
	return psprintf(
		language == FLIS_DANISH ? "Det er en del af %s, som er lukket for adgang%s%s%s%s"
								: "It is a part of %s, which is closed%s%s%s%s",
		flis_to_utf8(areas[area].name), as_of != NULL ? " (" : "", as_of != NULL ? as_of : "",
		as_of != NULL ? ")" : "", remark != NULL ? psprintf(": %s", remark) : ".");
}

/*
 * flis_summary_remark tells a status's note on an area, as a sentence; NULL if there is none, or if it
 * only repeats the state or a notice.
 */
char *
flis_summary_remark(const FlisAreaSummary *summary, const FlisStatus *status)
{
	FlisStatusWords words;
	const char *note;
	char *remark;
	char *folded;
	char *said;

	if (status == NULL)
		return NULL;
	flis_registry_status_words(summary->area, status->as_of, &words);
	note = words.note;
	if (flis_is_blank(note))
		return NULL;
	for (int i = 0; i < summary->nnotices; i++)
		if (strcmp(summary->notices[i].note, note) == 0)
			return NULL;
	remark = flis_end_sentence(note);
	said = psprintf("%s.", flis_state_labels[status->state].labels[FLIS_DANISH]);
	flis_fold(said, strlen(said), said);
	folded = pstrdup(remark);
	flis_fold(folded, strlen(folded), folded);
	return strcmp(folded, said) == 0 ? NULL : remark;
}

/*
 * flis_summary_notes tells in sentences what the notices say of an area that are in force, or that will
 * deny access to it by the next release, and which of its parts have another frequency, since their data
 * are not of the area's newest period; NULL if there are none.  has_days adds the days of the notices.
 */
char *
flis_summary_notes(const FlisAreaSummary *summary, FlisLanguage language, bool has_days)
{
	const FlisAreaRow *areas;
	int n = flis_registry_areas(&areas);
	StringInfoData notes;
	FlisFrequency frequency;

	initStringInfo(&notes);
	for (int i = 0; i < summary->nnotices; i++)
		add_sentence(&notes, flis_notice_sentence(summary->area, &summary->notices[i], summary->on,
												  summary->frequency, language, has_days));
	if (flis_is_in_calendar(summary->on) && summary->answer.next != FLIS_NO_DAY)
		add_planned(&notes, summary, language, has_days);
	if (!flis_is_in_calendar(summary->on) || summary->answer.basis == FLIS_BASIS_CLOSED)
		n = 0;
	for (int part = 0; part < n; part++)
		if (areas[part].part_of != NULL &&
			strcmp(areas[part].part_of, areas[summary->area].area) == 0 &&
			flis_frequency_on(part, summary->channel, summary->on, &frequency) &&
			frequency != summary->frequency)
			add_sentence(&notes,
						 part_sentence(part, summary->channel, summary->on, frequency, language));
	return notes.len > 0 ? notes.data : NULL;
}

/*
 * add_planned adds the notices that will deny access to the area by the day of the next release.
 */
static void
add_planned(StringInfo text, const FlisAreaSummary *summary, FlisLanguage language, bool has_days)
{
	int n;
	const FlisNoticeGroup *groups = flis_notices_on(summary->area, summary->on, true, &n);

	for (int i = 0; i < n; i++)
	{
		const FlisNotice *notice = &groups[i].notice;

		if (flis_notice_state(notice, summary->on) == FLIS_PLANNED &&
			notice->started_on <= summary->answer.next &&
			(flis_notice_closes(notice) || flis_notice_ends(notice)))
			add_sentence(text, flis_notice_sentence(summary->area, &groups[i], summary->on,
													summary->frequency, language, has_days));
	}
}

/*
 * flis_summary_changes tells in sentences which releases of an area are cancelled, or are not out on
 * their day by the schedule but on another; NULL if there are none.  Only releases of cycles after the
 * newest one out are told, up to the next release.
 */
char *
flis_summary_changes(const FlisAreaSummary *summary, FlisLanguage language)
{
	const FlisExpectation *expected = &summary->answer.expected;
	const FlisTimeline *timeline;
	StringInfoData changes;
	FlisDay last = summary->on;

	if (!flis_is_in_calendar(summary->on))
		return NULL;
	timeline = flis_registry_timeline(summary->area, summary->channel);
	if (expected->next != FLIS_NEVER)
		last = expected->next;
	initStringInfo(&changes);
	for (int i = 0; i < timeline->nexceptions; i++)
	{
		const FlisException *release = &timeline->exceptions[i];
		const FlisTerms *terms = &timeline->terms[release->terms];

		if (flis_cycle_first(&terms->rule, release->cycle) > expected->newest &&
			(flis_due_day(terms, release->cycle) <= last ||
			 (release->released_on == FLIS_NO_DAY && release->expected_on <= last)))
			add_change(&changes, summary, release, language);
	}
	return changes.len > 0 ? changes.data : NULL;
}

/*
 * add_change adds a sentence on a release that is cancelled or not out on its day by the schedule.
 */
static void
add_change(StringInfo text, const FlisAreaSummary *summary, const FlisException *release,
		   FlisLanguage language)
{
	const FlisTimeline *timeline = flis_registry_timeline(summary->area, summary->channel);
	const FlisTerms *terms = &timeline->terms[release->terms];
	FlisDay first = flis_cycle_first(&terms->rule, release->cycle);
	FlisDateText name = flis_cycle_name(terms->rule.frequency, first, language);
	char *plan;

	if (!release->cancelled && (flis_exception_day(release) <= summary->on ||
								flis_exception_day(release) == flis_due_day(terms, release->cycle)))
		return;
	flis_change_initial(name.text, true);
	plan = flis_release_plan(summary, release, language);
	add_sentence(
		text, psprintf("%s %s%s", name.text, plan,
					   release_remark(summary->area, summary->channel, first, release->has_note)));
}

/*
 * flis_release_plan tells how a release deviates from the schedule, and which channel made it so, as the
 * end of a sentence.
 */
char *
flis_release_plan(const FlisAreaSummary *summary, const FlisException *release,
				  FlisLanguage language)
{
	bool is_danish = language == FLIS_DANISH;
	const FlisTerms *terms =
		&flis_registry_timeline(summary->area, summary->channel)->terms[release->terms];
	FlisDateText day = flis_day_text(flis_exception_day(release), language);
	FlisDateText due = flis_day_text(flis_due_day(terms, release->cycle), language);
	const char *leader = leader_of(summary, release, language);

	if (release->cancelled)
		return psprintf(is_danish ? "er aflyst%s" : "is cancelled%s", leader);
	if (release->released_on > summary->on)
		return psprintf(is_danish ? "kom først den %s (efter planen senest den %s)"
								  : "only came on %s (originally by %s)",
						day.text, due.text);
	if (release->released_on != FLIS_NO_DAY)
		return psprintf(is_danish ? "kom den %s" : "came on %s", day.text);
	return psprintf(release->expected_on > flis_due_day(terms, release->cycle)
						? (is_danish ? "er udskudt til den %s (efter planen senest den %s)%s"
									 : "is postponed to %s (originally by %s)%s")
						: (is_danish ? "er planlagt til den %s (efter planen senest den %s)%s"
									 : "is planned for %s (originally by %s)%s"),
					day.text, due.text, leader);
}

/*
 * leader_of tells that a release was moved or cancelled because it follows one in another channel; "" if
 * it was not.
 */
static const char *
leader_of(const FlisAreaSummary *summary, const FlisException *release, FlisLanguage language)
{
	const FlisTimeline *timeline = flis_registry_timeline(summary->area, summary->channel);
	const FlisTerms *terms = &timeline->terms[release->terms];
	FlisDay first = flis_cycle_first(&terms->rule, release->cycle);
	int nreleases;
	const FlisRelease *releases =
		flis_registry_releases(summary->area, summary->channel, &nreleases);
	const FlisChannelRow *versions;
	int leader;
	int nversions;
	char *name;

	for (int i = 0; i < nreleases; i++)
		if (releases[i].cycle == first &&
			(release->cancelled ? releases[i].cancelled
								: releases[i].planned_on == release->expected_on))
			return ""; /* its own row moved or cancelled it */
	leader = flis_registry_leader(summary->channel, first);
	if (leader < 0 || (!release->cancelled && release->not_before != release->expected_on))
		return "";
	nversions = flis_registry_channel_versions(leader, &versions);
	name = pstrdup(flis_channel_name(versions, nversions, summary->on, language));
	flis_change_initial(name, false);
	return psprintf(language == FLIS_DANISH ? ", da den følger leveringsformen %s"
											: ", as it follows the channel %s",
					name);
}

/*
 * release_remark ends a sentence about a release: with a colon and its note, or else a full stop.
 */
static char *
release_remark(int area, int channel, FlisDay cycle, bool has_note)
{
	const char *note = has_note ? flis_registry_release_note(area, channel, cycle) : NULL;

	if (flis_is_blank(note))
		return pstrdup(".");
	return psprintf(": %s", flis_end_sentence(note));
}

static void
add_sentence(StringInfo text, const char *sentence)
{
	appendStringInfo(text, "%s%s", text->len > 0 ? " " : "", sentence);
}

/*
 * part_sentence tells how often a part of an area comes, and how far its own data reach.
 */
static char *
part_sentence(int part, int channel, FlisDay on, FlisFrequency frequency, FlisLanguage language)
{
	bool is_danish = language == FLIS_DANISH;
	const FlisAreaRow *areas;
	char *how_often = pstrdup(flis_frequency_labels[frequency].labels[language]);
	const char *name;
	FlisAreaSummary summary;
	const char *through;

	flis_registry_areas(&areas);
	name = flis_to_utf8(areas[part].name);
	flis_area_summary_for(part, channel, on, &summary);
	flis_change_initial(how_often, false);
	if (summary.answer.basis == FLIS_BASIS_CLOSED)
		through = is_danish ? "og er lukket for adgang" : "and is closed";
	else if (summary.answer.through == FLIS_NO_DAY)
		through = is_danish ? "og har ingen kendt periode" : "and has no known period";
	else
		through =
			psprintf(is_danish ? "og har data til og med %s (%s)" : "and has data through %s (%s)",
					 flis_through_text(frequency, summary.answer.through, language).text,
					 flis_summary_basis(&summary, language));
	return psprintf(is_danish ? "Delområdet %s er ikke omfattet: det opdateres %s %s."
							  : "The part %s is not included: it is updated %s %s.",
					name, how_often, through);
}

/*
 * flis_summary_operation tells what the deck has under "Drift": an area's state and the status that
 * it is from, the remarks on it and the releases that are not out on their day; "-" where there is
 * nothing to tell.  If a notice closed the area, the notice is told in place of the state.
 */
char *
flis_summary_operation(const FlisAreaSummary *summary, FlisLanguage language)
{
	const char *as_of = flis_summary_as_of(summary, language);
	const char *remark = flis_summary_remark(summary, flis_summary_status(summary));
	const char *sentences[] = {flis_summary_whole(summary, language),
							   flis_summary_notes(summary, language, false),
							   flis_summary_changes(summary, language)};
	bool is_told = false;
	StringInfoData operation;

	for (int i = 0; i < (int) lengthof(sentences); i++)
		is_told = is_told || sentences[i] != NULL;
	initStringInfo(&operation);
	if (as_of != NULL ||
		(summary->state != FLIS_NOT_REPORTED && !(summary->state == FLIS_CLOSED && is_told)))
		appendStringInfoString(&operation, flis_summary_state(summary, language));
	if (as_of != NULL)
		appendStringInfo(&operation, " (%s)", as_of);
	if (remark != NULL)
		appendStringInfo(&operation, "%s%s", operation.len > 0 ? ": " : "", remark);
	else if (operation.len > 0 && is_told)
		appendStringInfoChar(&operation, '.');
	for (int i = 0; i < (int) lengthof(sentences); i++)
		if (sentences[i] != NULL)
			add_sentence(&operation, sentences[i]);
	if (operation.len == 0)
		appendStringInfoChar(&operation, '-');
	return operation.data;
}
