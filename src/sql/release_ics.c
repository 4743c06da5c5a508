/*
 * release_ics.c
 *		flis_release_ics, the function of SQL that writes the releases as a calendar to subscribe to
 *		(iCalendar, RFC 5545).
 *
 * Each release is one all-day event: over its window, or on the day on which it is planned or came.
 * Its UID is made of area, channel and cycle, so that it stays the same event when its days change.
 * Its SEQUENCE counts the changes of all rows on which it depends.  All text here is UTF-8.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/json.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "base/calendar.h"
#include "base/enum_labels.h"
#include "rules/date_text.h"
#include "markup/ics.h"
#include "cache/names.h"
#include "cache/registry.h"
#include "triggers/revision.h"
#include "sql/arguments.h"
#include "sql/notices.h"
#include "sql/releases.h"

/* A calendar being written. */
typedef struct Calendar
{
	StringInfoData text;
	FlisIcs ics;
	FlisLanguage language;
	Oid schema;
	int channel;
	const char *channel_code;
	const char *channel_name;
	const FlisAreaRow *areas;
	FlisRevision *of_areas; /* for each area: of the rows on which all its releases depend */
} Calendar;

static void write_text(void *to, const char *bytes, size_t length);
static bool *wanted_areas(ArrayType *names, bool *all);
static void read_revisions(Calendar *calendar, int nareas);
static void add_revisions(FlisRevision *sum, const FlisRevision *revisions, int n,
						  const char *code);
static void begin_calendar(Calendar *calendar);
static void write_time_zone(Calendar *calendar);
static void write_event(Calendar *calendar, const FlisScheduled *release, FlisDay through);
static const char *status_of(const FlisScheduled *release);
static void write_days(Calendar *calendar, const FlisScheduled *release);
static void write_words(Calendar *calendar, const FlisScheduled *release, FlisDay through);
static char *plan_in_words(const FlisScheduled *release, FlisLanguage language);
static void write_day(Calendar *calendar, const char *property, FlisDay day);
static void write_time(Calendar *calendar, const char *property, TimestampTz time);
static void write_text_line(Calendar *calendar, const char *property, const char *text);
static void put(Calendar *calendar, const char *content);

/*
 * flis_release_ics(from_day date, until_day date, areas text[], language text, channel text) returns
 * an iCalendar stream with an event for each release.
 */
PG_FUNCTION_INFO_V1(flis_release_ics);
Datum
flis_release_ics(PG_FUNCTION_ARGS)
{
	FlisDay from = PG_GETARG_DATEADT(0);
	FlisDay until = PG_GETARG_DATEADT(1);
	Calendar calendar = {.ics = {.write = write_text}};
	const FlisChannelRow *versions;
	FlisSchedule schedule;
	FlisScheduled release;
	MemoryContext event_context;
	MemoryContext caller;
	FlisDay through;
	bool *is_wanted;
	bool is_empty = true;
	bool all;
	int nversions;
	int nareas;

	flis_registry_use(fcinfo);
	calendar.language = flis_find_language(PG_GETARG_TEXT_PP(3));
	calendar.channel = flis_registry_channel(PG_GETARG_TEXT_PP(4));
	calendar.schema = get_func_namespace(fcinfo->flinfo->fn_oid);
	flis_check_finite(from);
	flis_check_finite(until);
	is_wanted = wanted_areas(PG_GETARG_ARRAYTYPE_P(2), &all);
	nareas = flis_registry_areas(&calendar.areas);
	nversions = flis_registry_channel_versions(calendar.channel, &versions);
	calendar.channel_code = versions->channel;
	calendar.channel_name = flis_channel_name(versions, nversions, until, calendar.language);
	read_revisions(&calendar, nareas);

	initStringInfo(&calendar.text);
	calendar.ics.to = &calendar.text;
	begin_calendar(&calendar);
	flis_releases_begin(&schedule, from, until, calendar.channel, is_wanted);
	event_context = AllocSetContextCreate(CurrentMemoryContext, "flis event", ALLOCSET_SMALL_SIZES);
	caller = MemoryContextSwitchTo(event_context);
	while (flis_schedule_next(&schedule, &release))
	{
		CHECK_FOR_INTERRUPTS();
		if (all && release.frequency == FLIS_DAILY)
			continue; /* an event each day would hide the others */
		if (!flis_release_brings(&release, calendar.channel, &through))
			continue; /* nobody has access to it on that day */
		write_event(&calendar, &release, through);
		is_empty = false;
		MemoryContextReset(event_context);
	}
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(event_context);
	if (is_empty)
		write_time_zone(&calendar);
	put(&calendar, "END:VCALENDAR");
	PG_RETURN_TEXT_P(cstring_to_text(flis_from_utf8(calendar.text.data)));
}

static void
write_text(void *to, const char *bytes, size_t length)
{
	appendBinaryStringInfo(to, bytes, (int) length);
}

/*
 * wanted_areas finds which areas are named; all areas if none is.
 */
static bool *
wanted_areas(ArrayType *names, bool *all)
{
	const FlisAreaRow *areas;
	int nareas = flis_registry_areas(&areas);
	bool *is_wanted = palloc0(nareas * sizeof(bool));
	Datum *elements;
	bool *nulls;
	int n;

	deconstruct_array(names, TEXTOID, -1, false, TYPALIGN_INT, &elements, &nulls, &n);
	*all = n == 0;
	if (*all)
		memset(is_wanted, true, nareas * sizeof(bool));
	for (int i = 0; i < n; i++)
	{
		if (nulls[i])
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							errmsg("an area of the calendar is NULL"),
							errhint("Name each area, or none for all that don't come daily.")));
		is_wanted[flis_registry_area(DatumGetTextPP(elements[i]))] = true;
	}
	return is_wanted;
}

/*
 * read_revisions counts, for each area, the changes on which all its releases depend: those of the
 * area and its rules, of the channel and those that it follows, and of flis_release as a whole.
 */
static void
read_revisions(Calendar *calendar, int nareas)
{
	FlisRevision of_all = flis_read_revision(calendar->schema, "flis_release", "");
	int nchannels;
	int nareas_changed;
	int nrules;
	FlisRevision *channels = flis_read_revisions(calendar->schema, "flis_channel", &nchannels);
	FlisRevision *areas = flis_read_revisions(calendar->schema, "flis_area", &nareas_changed);
	FlisRevision *rules = flis_read_revisions(calendar->schema, "flis_rule", &nrules);

	for (int channel = calendar->channel; channel >= 0;
		 channel = flis_registry_leader(channel, FLIS_LAST_DAY))
		add_revisions(&of_all, channels, nchannels, flis_registry_channel_code(channel));
	calendar->of_areas = palloc(nareas * sizeof(FlisRevision));
	for (int area = 0; area < nareas; area++)
	{
		calendar->of_areas[area] = of_all;
		add_revisions(&calendar->of_areas[area], areas, nareas_changed, calendar->areas[area].area);
		add_revisions(&calendar->of_areas[area], rules, nrules, calendar->areas[area].area);
	}
}

/*
 * add_revisions adds the changes of the rows whose key is a code or begins with it and a comma.
 */
static void
add_revisions(FlisRevision *sum, const FlisRevision *revisions, int n, const char *code)
{
	size_t length = strlen(code);

	for (int i = 0; i < n; i++)
		if (strncmp(revisions[i].key, code, length) == 0 &&
			(revisions[i].key[length] == '\0' || revisions[i].key[length] == ','))
			flis_add_revision(sum, &revisions[i]);
}

/*
 * begin_calendar writes the properties of the calendar, which come before its events.
 */
static void
begin_calendar(Calendar *calendar)
{
	char *channel = pstrdup(calendar->channel_name);
	char *name;

	flis_change_initial(channel, false);
	name = psprintf(
		calendar->language == FLIS_DANISH ? "FLIS: udgivelser, %s" : "FLIS: releases, %s", channel);

	put(calendar, "BEGIN:VCALENDAR");
	put(calendar, "VERSION:2.0");
	put(calendar,
		psprintf("PRODID:-//flis//flis//%s", calendar->language == FLIS_DANISH ? "DA" : "EN"));
	put(calendar, "CALSCALE:GREGORIAN");
	write_text_line(calendar, "NAME", name);
	write_text_line(calendar, "X-WR-CALNAME", name);
	/* How often to ask anew, by RFC 7986 and as programs knew it before. */
	put(calendar, "REFRESH-INTERVAL;VALUE=DURATION:PT12H");
	put(calendar, "X-PUBLISHED-TTL:PT12H");
}

/*
 * write_time_zone writes a time zone.  No event needs it, but a calendar without events must have some
 * component.
 */
static void
write_time_zone(Calendar *calendar)
{
	static const char *const lines[] = {
		"BEGIN:VTIMEZONE",	  "TZID:Etc/UTC",	  "BEGIN:STANDARD", "DTSTART:19700101T000000",
		"TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "TZNAME:UTC",		"END:STANDARD",
		"END:VTIMEZONE"};

	for (int i = 0; i < (int) lengthof(lines); i++)
		put(calendar, lines[i]);
}

/*
 * write_event writes the event of a release, by which data reach through a day.  Its UID differs by
 * language, so that a program that subscribes to both languages shows both.
 */
static void
write_event(Calendar *calendar, const FlisScheduled *release, FlisDay through)
{
	const FlisAreaRow *area = &calendar->areas[release->area];
	char cycle[MAXDATELEN + 1];
	FlisRevision revision;

	JsonEncodeDateTime(cycle, DateADTGetDatum(release->cycle), DATEOID, NULL);
	revision = calendar->of_areas[release->area];
	for (int channel = calendar->channel; channel >= 0;
		 channel = flis_registry_leader(channel, release->cycle))
	{
		FlisRevision of_release = flis_read_revision(
			calendar->schema, "flis_release",
			psprintf("%s,%s,%s", area->area, flis_registry_channel_code(channel), cycle));
		flis_add_revision(&revision, &of_release);
	}

	put(calendar, "BEGIN:VEVENT");
	put(calendar, psprintf("UID:%s.%s.%s%s@flis", area->area, calendar->channel_code, cycle,
						   calendar->language == FLIS_DANISH ? "" : ".en"));
	/* Without METHOD the required DTSTAMP means what LAST-MODIFIED does (RFC 5545, 3.8.7.2). */
	write_time(calendar, "DTSTAMP",
			   TIMESTAMP_NOT_FINITE(revision.changed_at) ? SetEpochTimestamp()
														 : revision.changed_at);
	if (!TIMESTAMP_NOT_FINITE(revision.changed_at))
		write_time(calendar, "LAST-MODIFIED", revision.changed_at);
	put(calendar, psprintf("SEQUENCE:" INT64_FORMAT, revision.revision));
	put(calendar, psprintf("STATUS:%s", status_of(release)));
	put(calendar, "TRANSP:TRANSPARENT");
	write_days(calendar, release);
	write_words(calendar, release, through);
	if (area->area_group != NULL)
		write_text_line(calendar, "CATEGORIES", flis_to_utf8(area->area_group));
	put(calendar, "END:VEVENT");
}

/*
 * status_of tells the status of an event.
 */
static const char *
status_of(const FlisScheduled *release)
{
	switch (release->status)
	{
		case FLIS_PROVISIONAL:
			return "TENTATIVE";
		case FLIS_CANCELLED:
			return "CANCELLED";
		case FLIS_CONFIRMED:
		case FLIS_POSTPONED:
		case FLIS_RELEASED:
			break;
	}
	return "CONFIRMED";
}

/*
 * write_days writes the days of an event.  DTEND is the day after the last; without it the event has one
 * day.  Years have four digits, so days outside the calendar range are left out.
 */
static void
write_days(Calendar *calendar, const FlisScheduled *release)
{
	FlisDay first;
	FlisDay last;

	flis_release_days(release, &first, &last);
	write_day(calendar, "DTSTART", Max(first, FLIS_FIRST_DAY));
	if (last < FLIS_LAST_DAY)
		write_day(calendar, "DTEND", last + 1);
}

/*
 * write_words writes what people read: which data come, in which channel, and how certain the day is.  A
 * cancelled release says so in its summary, since not every program shows STATUS.
 */
static void
write_words(Calendar *calendar, const FlisScheduled *release, FlisDay through)
{
	const FlisAreaRow *area = &calendar->areas[release->area];
	const char *name = flis_to_utf8(area->name);
	FlisLanguage language = calendar->language;
	bool is_danish = language == FLIS_DANISH;
	FlisDateText cycle = flis_cycle_name(release->frequency, release->cycle, language);
	const char *note = NULL;
	const char *summary;

	if (release->status == FLIS_CANCELLED)
		summary = psprintf(is_danish ? "FLIS – AFLYST: %s (%s)" : "FLIS – CANCELLED: %s (%s)", name,
						   cycle.text);
	else if (through != FLIS_NO_DAY)
		summary = psprintf(is_danish ? "%s: data t.o.m. %s" : "%s: data through %s", name,
						   flis_period_text(release->frequency, through, language).text);
	else
		summary = psprintf(is_danish ? "%s: udgivelse" : "%s: release", name);
	if (release->has_note)
		note = flis_registry_release_note(release->area, calendar->channel, release->cycle);
	if (flis_is_blank(note))
		note = NULL;
	write_text_line(calendar, "SUMMARY", summary);
	write_text_line(calendar, "DESCRIPTION",
					psprintf("%s, %s. %s%s%s", calendar->channel_name, cycle.text,
							 plan_in_words(release, language), note != NULL ? "\n" : "",
							 note != NULL ? flis_to_utf8(note) : ""));
}

/*
 * plan_in_words tells what is known of a release's day.
 */
static char *
plan_in_words(const FlisScheduled *release, FlisLanguage language)
{
	bool is_danish = language == FLIS_DANISH;
	FlisDateText closes = flis_day_text(release->closes, language);
	FlisDateText expected = flis_day_text(release->expected_on, language);

	switch (release->status)
	{
		case FLIS_PROVISIONAL:
			return psprintf(is_danish ? "Forventes senest den %s." : "Expected by %s.",
							closes.text);
		case FLIS_CONFIRMED:
		case FLIS_POSTPONED:
			/* The status may be that of a followed channel, so the days decide. */
			if (release->expected_on <= release->closes)
				return psprintf(is_danish ? "Planlagt til den %s." : "Planned for %s.",
								expected.text);
			return psprintf(is_danish ? "Udskudt til den %s (efter planen senest den %s)."
									  : "Postponed to %s (originally by %s).",
							expected.text, closes.text);
		case FLIS_CANCELLED:
			return pstrdup(is_danish ? "Aflyst." : "Cancelled.");
		case FLIS_RELEASED:
			break;
	}
	return psprintf(is_danish ? "Udgivet den %s." : "Released on %s.",
					flis_day_text(release->released_on, language).text);
}

/*
 * write_day writes a property that is a day.
 */
static void
write_day(Calendar *calendar, const char *property, FlisDay day)
{
	int year;
	int month;
	int day_of_month;

	flis_day_parts(day, &year, &month, &day_of_month);
	put(calendar, psprintf("%s;VALUE=DATE:%04d%02d%02d", property, year, month, day_of_month));
}

/*
 * write_time writes a property that is a time, in UTC.
 */
static void
write_time(Calendar *calendar, const char *property, TimestampTz time)
{
	struct pg_tm tm;
	fsec_t fsec;

	if (timestamp2tm(time, NULL, &tm, &fsec, NULL, NULL) == 0)
		put(calendar, psprintf("%s:%04d%02d%02dT%02d%02d%02dZ", property, tm.tm_year, tm.tm_mon,
							   tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec));
}

/*
 * write_text_line writes a property that is text.
 */
static void
write_text_line(Calendar *calendar, const char *property, const char *text)
{
	flis_ics_text(&calendar->ics, property, text, strlen(text));
}

/*
 * put writes a line whose content needs no escaping.
 */
static void
put(Calendar *calendar, const char *content)
{
	flis_ics_line(&calendar->ics, content);
}
