/*
 * selftest.c
 *		flis_selftest_promises, the checks of flis_selftest that need the cycles, the look-up of
 *		names or the identity of a cube's relations; the other checks are SQL.
 *
 * A check does not decide anew what a row means.  It looks for the row's effect in the timelines,
 * from which every answer is computed, and reports a row that has no effect there, or the same one
 * as another row.
 */
#include "postgres.h"

#include <limits.h>

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"

#include "base/calendar.h"
#include "base/iso_date.h"
#include "rules/coverage.h"
#include "rules/rule.h"
#include "cache/names.h"
#include "cache/registry.h"
#include "triggers/confirm_relation.h"
#include "facts/cube_relation.h"
#include "sql/arguments.h"
#include "sql/row.h"

/* Days among which a free day for a release is looked for. */
#define DAYS_TRIED 28

/* All that is checked, and where the findings go. */
typedef struct Selftest
{
	ReturnSetInfo *result;
	FlisDay on;
	const FlisAreaRow *areas;
	int nareas;
	int nchannels;
} Selftest;

static void report(const Selftest *test, const char *severity, const char *what,
				   const char *subject, const char *finding, const char *remedy);
static void check_name(const Selftest *test, int area, const char *name, bool is_alias);
static void check_rule(const Selftest *test, int area, FlisRule rule);
static void check_standstill(const Selftest *test, int area);
static void check_channel(const Selftest *test, int channel);
static void check_releases(const Selftest *test, int area, int channel);
static bool begins_cycle(const FlisTimeline *timeline, FlisDay day);
static FlisDay cycle_meant(const FlisTimeline *timeline, const FlisRelease *release);
static bool has_release(const FlisRelease *releases, int n, FlisDay cycle);
static bool is_meant_by_another(int area, int channel, FlisDay cycle);
static void check_days(const Selftest *test, int area, int channel);
static void check_followers(const Selftest *test, int area, int channel);
static char *record_leaders(int area, int channel, FlisDay cycle, FlisDay day, const char **first);
static void check_cubes(const Selftest *test);
static bool is_planned(const FlisException *release);
static bool is_day_of_release(const FlisTimeline *timeline, FlisDay day);
static void report_same_day(const Selftest *test, int area, int channel,
							const FlisException *planned, FlisDay day, const FlisTerms *terms,
							int cycle);

/*
 * flis_selftest_promises(on_day date) returns names that find another area, rules, channels and releases
 * that have no effect, releases that come on the same day or before the one that they follow, and the
 * relations of cubes that are not read until they are confirmed.
 */
PG_FUNCTION_INFO_V1(flis_selftest_promises);
Datum
flis_selftest_promises(PG_FUNCTION_ARGS)
{
	Selftest test = {.result = (ReturnSetInfo *) fcinfo->resultinfo, .on = PG_GETARG_DATEADT(0)};

	flis_registry_use(fcinfo);
	if (!flis_is_in_calendar(test.on))
		flis_check_infinite(test.on);
	InitMaterializedSRF(fcinfo, 0);
	test.nareas = flis_registry_areas(&test.areas);
	test.nchannels = flis_registry_channels();

	for (int area = 0; area < test.nareas; area++)
	{
		const FlisAreaRow *row = &test.areas[area];
		const FlisTimeline *timeline;

		check_name(&test, area, row->name, false);
		for (int alias = 0; alias < row->naliases; alias++)
			check_name(&test, area, row->aliases[alias], true);
		if (test.nchannels == 0)
			continue;

		timeline = flis_registry_timeline(area, 0);
		for (int i = 0; i < timeline->nrules; i++)
			check_rule(&test, area, timeline->rules[i]);
		check_standstill(&test, area);
		for (int channel = 0; channel < test.nchannels; channel++)
		{
			check_releases(&test, area, channel);
			check_days(&test, area, channel);
			check_followers(&test, area, channel);
		}
	}
	for (int channel = 0; channel < test.nchannels; channel++)
		check_channel(&test, channel);
	check_cubes(&test);
	return (Datum) 0;
}

static void
report(const Selftest *test, const char *severity, const char *what, const char *subject,
	   const char *finding, const char *remedy)
{
	FlisRow row = {0};

	flis_write_text(&row, severity);
	flis_write_text(&row, what);
	flis_write_text(&row, subject);
	flis_write_text(&row, finding);
	flis_write_text(&row, remedy);
	flis_end_row(&row, test->result);
}

/*
 * check_name reports a name or alias of an area that finds another one.
 */
static void
check_name(const Selftest *test, int area, const char *name, bool is_alias)
{
	const char *code = test->areas[area].area;
	int found = flis_lookup_area(test->areas, test->nareas, name, strlen(name));
	const char *remedy;

	if (found == area)
		return;
	if (is_alias)
		remedy = psprintf("Take the alias away: UPDATE flis_area SET aliases = "
						  "array_remove(aliases, %s) WHERE area = '%s';",
						  quote_literal_cstr(name), code);
	else
		remedy = psprintf("Give one of them another name, such as: UPDATE flis_area SET name = %s "
						  "WHERE area = '%s';",
						  quote_literal_cstr(psprintf("%s (%s)", name, code)), code);
	report(test, "warning", "shared_name", code,
		   psprintf("\"%s\" finds area %s, not this one.", name, test->areas[found].area), remedy);
}

/*
 * check_rule reports a version of an area's rule for which no cycle begins, in any channel, before
 * the next version does.  An annual rule without a month is another finding.
 */
static void
check_rule(const Selftest *test, int area, FlisRule rule)
{
	const char *code = test->areas[area].area;

	if (!flis_rule_has_cycles(&rule))
		return;
	for (int channel = 0; channel < test->nchannels; channel++)
	{
		const FlisTimeline *timeline = flis_registry_timeline(area, channel);

		for (int i = 0; i < timeline->nterms; i++)
			if (timeline->terms[i].has_cycles &&
				timeline->terms[i].rule.valid_from == rule.valid_from)
				return;
	}
	report(test, "warning", "never_applies",
		   psprintf("%s, %s", code, flis_iso_date(rule.valid_from)),
		   "No cycle begins between this version of the rule and the next one.",
		   psprintf("Let the version begin on the first day of the cycle that is meant, or retire "
					"it: UPDATE flis_rule SET retired = true WHERE area = '%s' AND valid_from = "
					"'%s';",
					code, flis_iso_date(rule.valid_from)));
}

/*
 * check_standstill reports versions of an area's rule whose first cycles bring nothing new after
 * the version before, as long as the first cycle that does is still to come.  What a cycle carries
 * is the same in each channel.
 */
static void
check_standstill(const Selftest *test, int area)
{
	const char *code = test->areas[area].area;
	const FlisTimeline *timeline = flis_registry_timeline(area, 0);
	const FlisTerms *before = NULL;

	for (int i = 0; i < timeline->nterms; i++)
	{
		const FlisTerms *terms = &timeline->terms[i];
		FlisDay reached;
		int lag;
		int cycle;

		if (!terms->has_cycles)
			continue;
		if (before != NULL && before->rule.valid_from != terms->rule.valid_from)
		{
			reached = flis_cycle_through(&before->rule, before->last_cycle);
			cycle = flis_cycle_carrying(&terms->rule, reached + 1);
			lag = terms->rule.lag - (cycle - terms->first_cycle);
			if (cycle > terms->first_cycle && flis_cycle_first(&terms->rule, cycle) > test->on)
				report(
					test, "info", "stands_still",
					psprintf("%s, %s", code, flis_iso_date(terms->rule.valid_from)),
					psprintf("This version of the rule brings nothing beyond %s before the "
							 "cycle %s.",
							 flis_iso_date(reached),
							 flis_iso_date(flis_cycle_first(&terms->rule, cycle))),
					lag < 0
						? pstrdup("If that is not meant, let this version begin earlier, or take "
								  "it away.")
						: psprintf("If that is not meant, shorten the lag: UPDATE flis_rule "
								   "SET lag = %d WHERE area = '%s' AND valid_from = '%s';",
								   lag, code, flis_iso_date(terms->rule.valid_from)));
		}
		before = terms;
	}
}

/*
 * check_channel reports versions of a channel that apply to no cycle of any area.
 */
static void
check_channel(const Selftest *test, int channel)
{
	const FlisChannelRow *versions;
	int nversions = flis_registry_channel_versions(channel, &versions);

	for (int version = 0; version < nversions; version++)
	{
		FlisDay valid_from = versions[version].terms.valid_from;
		bool applies = false;

		for (int area = 0; area < test->nareas && !applies; area++)
		{
			const FlisTimeline *timeline = flis_registry_timeline(area, channel);

			for (int i = 0; i < timeline->nterms && !applies; i++)
				applies = timeline->terms[i].has_cycles &&
						  timeline->terms[i].channel.valid_from == valid_from;
		}
		if (applies)
			continue;
		report(
			test, "warning", "never_applies",
			psprintf("%s, %s", versions[version].channel, flis_iso_date(valid_from)),
			"This version of the channel applies to no cycle of any area.",
			psprintf("Let the version begin on the first day of the cycle that is meant, or "
					 "retire it: UPDATE flis_channel SET retired = true WHERE channel = '%s' AND "
					 "valid_from = '%s';",
					 versions[version].channel, flis_iso_date(valid_from)));
	}
}

/*
 * check_releases reports the releases of an area in a channel whose day begins no cycle.
 */
static void
check_releases(const Selftest *test, int area, int channel)
{
	const char *code = test->areas[area].area;
	const char *channel_code = flis_registry_channel_code(channel);
	const FlisTimeline *timeline = flis_registry_timeline(area, channel);
	int nreleases;
	const FlisRelease *releases = flis_registry_releases(area, channel, &nreleases);
	FlisDay moved_to = FLIS_NO_DAY;

	for (int i = 0; i < nreleases; i++)
	{
		FlisDay meant;
		const char *remedy;
		const char *key = psprintf("WHERE area = '%s' AND channel = '%s' AND cycle = '%s';", code,
								   channel_code, flis_iso_date(releases[i].cycle));

		CHECK_FOR_INTERRUPTS();
		if (begins_cycle(timeline, releases[i].cycle))
			continue;
		meant = cycle_meant(timeline, &releases[i]);
		if (meant == FLIS_NO_DAY || meant <= moved_to || has_release(releases, nreleases, meant))
			remedy = psprintf("Take the release away: DELETE FROM flis_release %s", key);
		else
		{
			const char *first = NULL;

			moved_to = meant;
			remedy = psprintf(
				"Name the cycle that it is of by its first day: UPDATE flis_release SET cycle = '%s' %s%s",
				flis_iso_date(meant), key,
				releases[i].released_on == FLIS_NO_DAY
					? ""
					: record_leaders(area, channel, meant, releases[i].released_on, &first));
		}
		report(test, "warning", "no_cycle",
			   psprintf("%s, %s, %s", code, channel_code, flis_iso_date(releases[i].cycle)),
			   "The day begins no cycle of the area, so that the release has no effect.", remedy);
	}
}

/*
 * begins_cycle tells whether a day begins a cycle.
 */
static bool
begins_cycle(const FlisTimeline *timeline, FlisDay day)
{
	int cycle;
	const FlisTerms *terms = flis_terms_for(timeline, day, &cycle);

	return terms != NULL && flis_cycle_first(&terms->rule, cycle) == day;
}

/*
 * cycle_meant guesses the cycle of a release whose day begins none.  Of the cycle that contains the
 * day, the one before and the next, it is the one whose window closes nearest to the day on which
 * the release came or is planned; FLIS_NO_DAY if there is none.
 */
static FlisDay
cycle_meant(const FlisTimeline *timeline, const FlisRelease *release)
{
	FlisDay day = release->released_on != FLIS_NO_DAY  ? release->released_on
				  : release->planned_on != FLIS_NO_DAY ? release->planned_on
													   : release->cycle;
	FlisDay meant = FLIS_NO_DAY;
	int distance = INT_MAX;
	int cycle;
	const FlisTerms *within = flis_terms_for(timeline, release->cycle, &cycle);

	if (within == NULL)
		return FLIS_NO_DAY;
	for (int next = cycle - 1; next <= cycle + 1; next++)
	{
		FlisDay first;
		int found;
		const FlisTerms *terms;
		int away;

		if (!flis_is_in_calendar(flis_cycle_first(&within->rule, next)))
			continue;
		terms = flis_terms_for(timeline, flis_cycle_first(&within->rule, next), &found);
		if (terms == NULL)
			continue;
		first = flis_cycle_first(&terms->rule, found);
		away = abs(flis_window_closes(&terms->rule, &terms->channel, found) - day);
		if (away < distance && flis_is_in_calendar(first))
		{
			distance = away;
			meant = first;
		}
	}
	return meant;
}

static bool
has_release(const FlisRelease *releases, int n, FlisDay cycle)
{
	for (int i = 0; i < n; i++)
		if (releases[i].cycle == cycle)
			return true;
	return false;
}

/*
 * is_meant_by_another tells whether an area has a release in a channel whose day begins no cycle,
 * but which is meant for this one.
 */
static bool
is_meant_by_another(int area, int channel, FlisDay cycle)
{
	const FlisTimeline *timeline = flis_registry_timeline(area, channel);
	int n;
	const FlisRelease *releases = flis_registry_releases(area, channel, &n);

	for (int i = 0; i < n; i++)
		if (!begins_cycle(timeline, releases[i].cycle) &&
			cycle_meant(timeline, &releases[i]) == cycle)
			return true;
	return false;
}

/*
 * check_days reports releases of an area in a channel that are planned for a day still to come on which
 * another one is out, too.  Releases that already came on the same day are not reported.
 */
static void
check_days(const Selftest *test, int area, int channel)
{
	const FlisTimeline *timeline = flis_registry_timeline(area, channel);

	for (int i = flis_exceptions_before(timeline, test->on); i < timeline->nexceptions; i++)
	{
		FlisDay day = timeline->exception_days[i].day;
		const FlisException *planned = &timeline->exceptions[timeline->exception_days[i].exception];

		CHECK_FOR_INTERRUPTS();
		if (day == test->on || !is_planned(planned))
			continue;
		for (int j = flis_exceptions_before(timeline, day);
			 j < timeline->nexceptions && timeline->exception_days[j].day == day; j++)
		{
			const FlisException *other =
				&timeline->exceptions[timeline->exception_days[j].exception];

			/* Two planned ones are reported once, by the later cycle. */
			if (!other->cancelled && (is_planned(other) ? other < planned : other != planned))
				report_same_day(test, area, channel, planned, day, &timeline->terms[other->terms],
								other->cycle);
		}
		for (int j = 0; j < timeline->nterms; j++)
		{
			const FlisTerms *terms = &timeline->terms[j];
			int cycle;

			if (!terms->has_cycles)
				continue;
			cycle = flis_newest_cycle_due(terms, day);
			if (cycle >= terms->first_cycle && cycle <= terms->last_cycle &&
				flis_due_day(terms, cycle) == day && flis_exception_at(timeline, j, cycle) == NULL)
				report_same_day(test, area, channel, planned, day, terms, cycle);
		}
	}
}

/*
 * is_planned tells whether a release is planned for a day of its own and not recorded yet.
 */
static bool
is_planned(const FlisException *release)
{
	return !release->cancelled && release->planned_on != FLIS_NO_DAY &&
		   release->released_on == FLIS_NO_DAY;
}

/*
 * is_day_of_release tells whether a release is out on a day.
 */
static bool
is_day_of_release(const FlisTimeline *timeline, FlisDay day)
{
	FlisExpectation expected;

	flis_expected_on(timeline, day - 1, &expected);
	return expected.next == day;
}

/*
 * report_same_day reports that a planned release comes on the day of another cycle's.  The remedy
 * moves it to a later day, so that nothing is shown before it is there; only a daily area may have
 * no free day.
 */
static void
report_same_day(const Selftest *test, int area, int channel, const FlisException *planned,
				FlisDay day, const FlisTerms *terms, int cycle)
{
	const char *code = test->areas[area].area;
	const char *channel_code = flis_registry_channel_code(channel);
	const FlisTimeline *timeline = flis_registry_timeline(area, channel);
	FlisDay first = flis_cycle_first(&timeline->terms[planned->terms].rule, planned->cycle);
	FlisDay later = day + 1;

	while (later < day + DAYS_TRIED && is_day_of_release(timeline, later))
		later++;
	report(test, "warning", "same_day",
		   psprintf("%s, %s, %s", code, channel_code, flis_iso_date(first)),
		   psprintf("The release is planned for %s, as is that of the cycle %s.",
					flis_iso_date(day), flis_iso_date(flis_cycle_first(&terms->rule, cycle))),
		   psprintf("Plan one of them for another day%s: UPDATE flis_release SET planned_on = %s "
					"WHERE area = '%s' AND channel = '%s' AND cycle = '%s';",
					later < day + DAYS_TRIED ? "" : ", or let the rules decide",
					later < day + DAYS_TRIED ? psprintf("'%s'", flis_iso_date(later)) : "NULL",
					code, channel_code, flis_iso_date(first)));
}

/*
 * check_followers reports releases of an area in a channel that were recorded for a day before that
 * of the release that they follow, or although that one is cancelled: then data_through is ahead of
 * that in the channel that is followed.
 */
static void
check_followers(const Selftest *test, int area, int channel)
{
	const char *code = test->areas[area].area;
	const FlisTimeline *timeline = flis_registry_timeline(area, channel);

	for (int i = 0; i < timeline->nexceptions; i++)
	{
		const FlisException *release = &timeline->exceptions[i];
		FlisDay cycle = flis_cycle_first(&timeline->terms[release->terms].rule, release->cycle);
		const FlisException *leader;
		const char *first = NULL;
		const char *records;

		CHECK_FOR_INTERRUPTS();
		if (release->released_on == FLIS_NO_DAY)
			continue;
		records = record_leaders(area, channel, cycle, release->released_on, &first);
		if (first == NULL)
			continue;
		leader = flis_exception_for(
			flis_registry_timeline(area, flis_registry_leader(channel, cycle)), cycle);
		report(
			test, "warning", "before_leader",
			psprintf("%s, %s, %s", code, flis_registry_channel_code(channel), flis_iso_date(cycle)),
			psprintf(leader != NULL && leader->cancelled
						 ? "The release was recorded for %s, but that of channel %s, which it "
						   "follows, is cancelled."
						 : "The release was recorded for %s, before that of channel %s, which it "
						   "follows.",
					 flis_iso_date(release->released_on), first),
			psprintf("If that one came too, record it:%s", records));
	}
}

/*
 * record_leaders writes the SQL that records for a day the releases that a release of an area and cycle
 * follows in other channels, as far as they are out later or cancelled.  *first is the code of the first
 * such channel; NULL if there is none.
 */
static char *
record_leaders(int area, int channel, FlisDay cycle, FlisDay day, const char **first)
{
	const FlisAreaRow *areas;
	char *records = pstrdup("");

	flis_registry_areas(&areas);
	*first = NULL;
	for (int leader = flis_registry_leader(channel, cycle); leader >= 0;
		 leader = flis_registry_leader(leader, cycle))
	{
		const FlisTimeline *timeline = flis_registry_timeline(area, leader);
		const FlisException *release = flis_exception_for(timeline, cycle);
		FlisDay out = FLIS_NO_DAY;
		int count;
		const FlisTerms *terms = flis_terms_for(timeline, cycle, &count);

		if (release != NULL)
			out = release->cancelled ? FLIS_NEVER : flis_exception_day(release);
		else if (terms != NULL)
			out = flis_due_day(terms, count);
		if (out <= day || is_meant_by_another(area, leader, cycle))
			break;
		if (*first == NULL)
			*first = flis_registry_channel_code(leader);
		records = psprintf("%s SELECT FROM flis_record_release('%s', '%s', '%s', '%s');", records,
						   areas[area].area, flis_registry_channel_code(leader),
						   flis_iso_date(cycle), flis_iso_date(day));
	}
	return records;
}

/*
 * check_cubes reports the relations of cubes that are not what they were when they were registered.
 */
static void
check_cubes(const Selftest *test)
{
	int n;
	const FlisCube *cubes = flis_read_cubes(flis_current_load.schema, &n);

	for (int i = 0; i < n; i++)
		for (int which = 0; which < FLIS_CUBE_RELATIONS; which++)
		{
			const char *difference = flis_cube_unconfirmed(&cubes[i], which);

			if (difference != NULL)
				report(test, "warning", "not_confirmed", cubes[i].cube,
					   psprintf("%s, so that it is not read.", difference),
					   psprintf("Look at what it is, and confirm it: UPDATE flis_cube SET "
								"confirmed = NULL WHERE cube = %s;",
								quote_literal_cstr(cubes[i].cube)));
		}
}
