/*
 * timeline_fuzz.c
 *		Builds rules, channels, releases, statuses and notices from any bytes, and holds the answers to
 *		what the README says of them.
 *
 * What is expected is counted a second time, cycle by cycle and without an array, a run or a search.
 * The rows are those that the tables' constraints let in; in every second input also those that only
 * the reader of the tables does (src/cache/tables.c), where an administrator dropped the constraints.
 */
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "check.h"
#include "rules/coverage.h"
#include "rules/date_text.h"
#include "rules/notice.h"
#include "rules/rule.h"

#define MOST_ROWS 6
/* Days on which each input is asked, and days for which each answer is tried. */
#define ASKED_DAYS 12
#define TRIED_DAYS 5

typedef struct Bytes
{
	const uint8_t *next;
	size_t left;
} Bytes;

typedef struct Rows
{
	FlisRule rules[MOST_ROWS];
	FlisChannel channels[MOST_ROWS];
	FlisRelease releases[MOST_ROWS];
	FlisStatus statuses[MOST_ROWS];
	FlisNotice notices[MOST_ROWS];
	int nrules;
	int nchannels;
	int nreleases;
	int nstatuses;
	int nnotices;
} Rows;

/* What the rules expect on a day, as it is counted here. */
typedef struct Expected
{
	FlisDay through;
	FlisDay next;
	FlisFrequency frequency; /* of the newest cycle that carries it */
} Expected;

static int
byte(Bytes *bytes)
{
	if (bytes->left == 0)
		return 0;
	bytes->left--;
	return *bytes->next++;
}

static int
number(Bytes *bytes, int least, int most)
{
	int value = byte(bytes) << 8;

	value |= byte(bytes);
	return least + value % (most - least + 1);
}

/* A day near others of the input; now and then one at an end of the calendar. */
static FlisDay
day(Bytes *bytes, FlisDay near, bool is_wild)
{
	int kind = byte(bytes);
	int slack = is_wild ? 366 : 0;
	FlisDay day = near + number(bytes, -1200, 1200);

	if (kind == 255)
		day = FLIS_FIRST_DAY - slack;
	else if (kind == 254)
		day = FLIS_LAST_DAY + slack;
	else if (kind >= 128)
		day = flis_month_first(flis_month_of(day));
	if (day < FLIS_FIRST_DAY - slack)
		day = FLIS_FIRST_DAY - slack;
	if (day > FLIS_LAST_DAY + slack)
		day = FLIS_LAST_DAY + slack;
	return day;
}

static FlisDay
maybe_day(Bytes *bytes, FlisDay near, bool is_wild)
{
	return byte(bytes) % 3 == 0 ? FLIS_NO_DAY : day(bytes, near, is_wild);
}

static FlisDay
later(FlisDay left, FlisDay right)
{
	return left > right ? left : right;
}

static FlisDay
within(FlisDay day, FlisDay first, FlisDay last)
{
	return day == FLIS_NO_DAY ? day : day < first ? first : day > last ? last : day;
}

static int
compare_days(const void *left, const void *right)
{
	const FlisDay *one = left;
	const FlisDay *other = right;

	return (*one > *other) - (*one < *other);
}

/* Sorts rows that begin with the day that is their key, and leaves one of each. */
static int
keep_one_of_each(void *rows, int n, size_t size)
{
	char *bytes = rows;
	int kept = 0;

	qsort(rows, n, size, compare_days);
	for (int i = 0; i < n; i++)
	{
		if (kept > 0 && compare_days(bytes + (kept - 1) * size, bytes + i * size) == 0)
			continue;
		memmove(bytes + kept++ * size, bytes + i * size, size);
	}
	return kept;
}

static void
read_rules(Bytes *bytes, Rows *rows, FlisDay base, bool is_wild)
{
	static const int longest[] = {
		[FLIS_MONTHLY] = 31, [FLIS_ANNUAL] = 366,	[FLIS_DAILY] = 1,
		[FLIS_WEEKLY] = 7,	 [FLIS_QUARTERLY] = 92, [FLIS_ANNUAL_2] = 184};

	rows->nrules = byte(bytes) % (MOST_ROWS + 1);
	for (int i = 0; i < rows->nrules; i++)
	{
		FlisRule *rule = &rows->rules[i];

		rule->valid_from = i == 0 ? FLIS_FIRST_DAY : day(bytes, base, is_wild);
		rule->frequency = byte(bytes) % FLIS_FREQUENCIES;
		rule->lag = byte(bytes) % 8 == 0 ? number(bytes, 0, 1200) : byte(bytes) % 6;
		rule->early_min_days = byte(bytes) % 184;
		rule->early_max_days = byte(bytes) % 184;
		rule->release_month = byte(bytes) % 13;
		rule->business_day = byte(bytes) % 4;
		rule->opens_day = byte(bytes) % 4 == 0 ? number(bytes, 1, longest[rule->frequency]) : 0;
		rule->closes_day =
			rule->opens_day != 0 ? number(bytes, rule->opens_day, longest[rule->frequency]) : 0;
		if (is_wild)
			continue;
		if (rule->frequency == FLIS_WEEKLY && rule->opens_day == 0)
			rule->opens_day = rule->closes_day = 3;
		if (rule->frequency == FLIS_DAILY)
			rule->opens_day = rule->closes_day = 0;
		rule->early_max_days = later(rule->early_min_days, rule->early_max_days);
		if (rule->frequency == FLIS_DAILY)
			rule->early_min_days = rule->early_max_days = 0;
		if (rule->frequency != FLIS_ANNUAL)
			rule->release_month = 0;
	}
	rows->nrules = keep_one_of_each(rows->rules, rows->nrules, sizeof(FlisRule));
}

static void
read_channels(Bytes *bytes, Rows *rows, FlisDay base, bool is_wild)
{
	rows->nchannels = 1 + byte(bytes) % 3;
	for (int i = 0; i < rows->nchannels; i++)
	{
		FlisChannel *channel = &rows->channels[i];

		channel->valid_from = i == 0 ? FLIS_FIRST_DAY : day(bytes, base, is_wild);
		channel->opens_day = 1 + byte(bytes) % 31;
		channel->closes_day = 1 + byte(bytes) % 31;
		if (!is_wild)
			channel->closes_day = later(channel->opens_day, channel->closes_day);
	}
	rows->nchannels = keep_one_of_each(rows->channels, rows->nchannels, sizeof(FlisChannel));
}

static void
read_releases(Bytes *bytes, Rows *rows, FlisDay base, bool is_wild)
{
	rows->nreleases = byte(bytes) % (MOST_ROWS + 1);
	for (int i = 0; i < rows->nreleases; i++)
	{
		FlisRelease *release = &rows->releases[i];
		FlisDay cycle = day(bytes, base, is_wild);

		release->cycle = cycle;
		release->planned_on = maybe_day(bytes, cycle, is_wild);
		release->released_on = maybe_day(bytes, cycle, is_wild);
		release->cancelled = byte(bytes) % 4 == 0;
		if (is_wild)
			continue;
		release->planned_on = within(release->planned_on, cycle - 183, cycle + 366);
		release->released_on = release->cancelled
								   ? FLIS_NO_DAY
								   : within(release->released_on, cycle - 183, cycle + 366);
	}
	/* The primary key alone is taken for granted: the same cycle twice has no meaning at all. */
	rows->nreleases = keep_one_of_each(rows->releases, rows->nreleases, sizeof(FlisRelease));
}

static void
read_statuses(Bytes *bytes, Rows *rows, FlisDay base, bool is_wild)
{
	rows->nstatuses = byte(bytes) % 2 == 0 ? 0 : byte(bytes) % (MOST_ROWS + 1);
	for (int i = 0; i < rows->nstatuses; i++)
	{
		FlisStatus *status = &rows->statuses[i];

		status->as_of = day(bytes, base, is_wild);
		status->data_through = maybe_day(bytes, status->as_of, is_wild);
		if (!is_wild)
			status->data_through = within(status->data_through, FLIS_FIRST_DAY, status->as_of);
		if (status->data_through != FLIS_NO_DAY && byte(bytes) % 4 != 0 &&
			status->data_through > FLIS_FIRST_DAY + 31)
			status->data_through = flis_month_first(flis_month_of(status->data_through)) - 1;
		status->state = byte(bytes) % 4;
	}
	rows->nstatuses = keep_one_of_each(rows->statuses, rows->nstatuses, sizeof(FlisStatus));
}

static void
read_notices(Bytes *bytes, Rows *rows, FlisDay base, bool is_wild)
{
	rows->nnotices = byte(bytes) % 2 == 0 ? 0 : byte(bytes) % (MOST_ROWS + 1);
	for (int i = 0; i < rows->nnotices; i++)
	{
		FlisNotice *notice = &rows->notices[i];

		notice->kind = byte(bytes) % 8 < 5 ? FLIS_ACCESS : byte(bytes) % 4;
		notice->municipality = byte(bytes) % 4 == 0 ? number(bytes, 1, INT16_MAX) : 0;
		notice->period_from = byte(bytes) % 4 == 0 ? maybe_day(bytes, base, is_wild) : FLIS_NO_DAY;
		notice->period_until = byte(bytes) % 4 == 0 ? maybe_day(bytes, base, is_wild) : FLIS_NO_DAY;
		notice->started_on = day(bytes, base, is_wild);
		notice->expected_end = maybe_day(bytes, notice->started_on, is_wild);
		notice->ended_on = maybe_day(bytes, notice->started_on, is_wild);
		if (!is_wild)
		{
			notice->expected_end = within(notice->expected_end, notice->started_on, FLIS_LAST_DAY);
			notice->ended_on = within(notice->ended_on, notice->started_on, FLIS_LAST_DAY);
		}
	}
}

/* Finds the terms under which a cycle that begins on a day runs, from the rows; false if none does. */
static bool
terms_on(const Rows *rows, FlisDay first, const FlisRule **rule, const FlisChannel **channel)
{
	*rule = NULL;
	*channel = NULL;
	for (int i = 0; i < rows->nrules && rows->rules[i].valid_from <= first; i++)
		*rule = &rows->rules[i];
	for (int i = 0; i < rows->nchannels && rows->channels[i].valid_from <= first; i++)
		*channel = &rows->channels[i];
	return *rule != NULL && *channel != NULL && flis_rule_has_cycles(*rule);
}

/* Finds what somebody planned, recorded or cancelled for the cycle that begins on a day. */
static const FlisRelease *
release_of(const Rows *rows, FlisDay first)
{
	for (int i = 0; i < rows->nreleases; i++)
	{
		const FlisRelease *release = &rows->releases[i];

		if (release->cycle == first && (release->cancelled || release->planned_on != FLIS_NO_DAY ||
										release->released_on != FLIS_NO_DAY))
			return release;
	}
	return NULL;
}

/* Adds one cycle that is out on a day to what is expected. */
static void
add_cycle(Expected *expected, FlisDay *best_first, const FlisRule *rule, int cycle, FlisDay out,
		  FlisDay on)
{
	FlisDay through = flis_cycle_through(rule, cycle);
	FlisDay first = flis_cycle_first(rule, cycle);

	if (out > on)
	{
		if (out < expected->next)
			expected->next = out;
		return;
	}
	if (through > expected->through || (through == expected->through && first > *best_first))
	{
		expected->through = through;
		expected->frequency = rule->frequency;
		*best_first = first;
	}
}

/* Counts what is expected on a day: the exceptions one by one, and each rule's cycles around the day. */
static Expected
expect(const Rows *rows, FlisDay on)
{
	Expected expected = {FLIS_NO_DAY, FLIS_NEVER, FLIS_MONTHLY};
	FlisDay best_first = FLIS_NO_DAY;

	for (int i = 0; i < rows->nreleases; i++)
	{
		const FlisRelease *release = release_of(rows, rows->releases[i].cycle);
		const FlisRule *rule;
		const FlisChannel *channel;

		if (release == NULL || release->cancelled ||
			!terms_on(rows, release->cycle, &rule, &channel) ||
			flis_cycle_first(rule, flis_cycle_of(rule, release->cycle)) != release->cycle)
			continue;
		add_cycle(&expected, &best_first, rule, flis_cycle_of(rule, release->cycle),
				  release->released_on != FLIS_NO_DAY ? release->released_on : release->planned_on,
				  on);
	}

	for (int r = 0; r < rows->nrules; r++)
		for (int c = 0; c < rows->nchannels; c++)
		{
			const FlisRule *rule = &rows->rules[r];
			const FlisChannel *channel = &rows->channels[c];
			FlisDay from = later(rule->valid_from, channel->valid_from);
			FlisDay until = FLIS_NEVER;
			int least;
			int most = INT32_MAX - 1;
			int cycle;

			if (!flis_rule_has_cycles(rule))
				continue;
			if (r + 1 < rows->nrules)
				until = rows->rules[r + 1].valid_from;
			if (c + 1 < rows->nchannels && rows->channels[c + 1].valid_from < until)
				until = rows->channels[c + 1].valid_from;
			if (from >= until)
				continue;
			least = flis_cycle_of(rule, from);
			if (flis_cycle_first(rule, least) < from)
				least++;
			if (until != FLIS_NEVER)
				most = flis_cycle_of(rule, until - 1);
			if (least > most)
				continue;

			/* Far enough ahead that none is out, then back to the newest that is. */
			cycle = flis_cycle_of(rule, on + (rule->frequency == FLIS_DAILY ? 15 : 400)) + 2;
			if (cycle > most)
				cycle = most;
			for (; cycle >= least; cycle--)
			{
				FlisDay closes = flis_window_closes(rule, channel, cycle);

				if (release_of(rows, flis_cycle_first(rule, cycle)) != NULL)
					continue;
				add_cycle(&expected, &best_first, rule, cycle, closes, on);
				if (closes <= on)
					break;
			}
			/* What begins later than that comes first where nothing has come yet. */
			if (cycle < least)
				cycle = least;
			for (; cycle <= most; cycle++)
				if (release_of(rows, flis_cycle_first(rule, cycle)) == NULL &&
					flis_window_closes(rule, channel, cycle) > on)
				{
					add_cycle(&expected, &best_first, rule, cycle,
							  flis_window_closes(rule, channel, cycle), on);
					break;
				}
		}
	return expected;
}

/* Counts what readers should use on a day, by the four cases of a published status. */
static FlisDay
answer(const Rows *rows, FlisDay on, const Expected *expected, bool *is_closed)
{
	const FlisStatus *status = NULL;
	Expected then;
	int delay = 0;
	FlisDay due = expected->through;

	*is_closed = false;
	for (int i = 0; i < rows->nstatuses && rows->statuses[i].as_of <= on; i++)
		status = &rows->statuses[i];
	for (int i = 0; i < rows->nnotices; i++)
	{
		const FlisNotice *notice = &rows->notices[i];

		if (notice->kind == FLIS_ACCESS && notice->municipality == 0 &&
			notice->period_from == FLIS_NO_DAY && notice->period_until == FLIS_NO_DAY &&
			notice->started_on <= on && (notice->ended_on == FLIS_NO_DAY || notice->ended_on > on))
			*is_closed = true;
	}
	if (status != NULL && status->state == FLIS_CLOSED)
		*is_closed = true;
	if (*is_closed)
		return FLIS_NO_DAY;
	if (status == NULL || status->data_through == FLIS_NO_DAY)
		return expected->through;

	then = expect(rows, status->as_of);
	if (then.next > on || due == FLIS_NO_DAY)
		return status->data_through;
	if (then.through != FLIS_NO_DAY)
		delay = flis_newest_whole_period(expected->frequency, then.through) -
				flis_newest_whole_period(expected->frequency, status->data_through);
	if (delay > 0)
		due =
			flis_period_last(expected->frequency, flis_period_of(expected->frequency, due) - delay);
	return later(due, status->data_through);
}

/* Asks for a day and holds the answer to the one counted here. */
static void
check_day(const FlisTimeline *timeline, const Rows *rows, FlisDay on, FlisAnswer *told)
{
	Expected expected = expect(rows, on);
	bool is_closed;
	FlisDay through = answer(rows, on, &expected, &is_closed);
	int ahead;

	flis_answer_on(timeline, on, told);
	CHECK(told->until > on);
	CHECK(told->expected.until > on && told->expected.until >= told->until);
	CHECK(told->expected.through == expected.through);
	CHECK(told->expected.next == expected.next);
	CHECK((told->expected.through == FLIS_NO_DAY) == (told->expected.terms == NULL));
	CHECK(told->through == through);
	CHECK((told->basis == FLIS_BASIS_CLOSED) == is_closed);
	CHECK(told->basis != FLIS_BASIS_NONE || through == FLIS_NO_DAY);
	CHECK(told->next == (is_closed || expected.next == FLIS_NEVER ? FLIS_NO_DAY : expected.next));
	CHECK(!told->through_moves || told->through != FLIS_NO_DAY);
	if (told->expected.terms != NULL)
		CHECK(flis_cycle_through(&told->expected.terms->rule, told->expected.cycle) ==
			  told->expected.through);
	if (told->status != NULL && flis_periods_ahead(timeline, told->status, &ahead))
		CHECK(told->status->data_through != FLIS_NO_DAY);
	flis_day_text(through, FLIS_DANISH);
	flis_period_text(byte(&(Bytes){(const uint8_t *) &on, 1}) % 3, through, FLIS_ENGLISH);
}

/* Holds an answer to what it says of the days until it must be asked anew. */
static void
check_until(const FlisTimeline *timeline, const Rows *rows, FlisDay on, const FlisAnswer *told)
{
	FlisDay last = told->until - 1 < FLIS_LAST_DAY ? told->until - 1 : FLIS_LAST_DAY;

	for (int i = 0; i < TRIED_DAYS && on < last; i++)
	{
		/* The last day it holds, the next one, and some between. */
		FlisDay day = i == 0 ? last : i == 1 ? on + 1 : on + (last - on) / i;
		FlisAnswer then;

		check_day(timeline, rows, day, &then);
		CHECK(then.basis == told->basis && then.status == told->status);
		CHECK(then.closed_by_notice == told->closed_by_notice);
		CHECK(then.expected.terms == told->expected.terms || told->expected.terms == NULL);
		CHECK(then.through == told->through + (told->through_moves ? day - on : 0));
		CHECK(then.next == told->next + (told->next_moves ? day - on : 0));
		CHECK(then.expected.through ==
			  told->expected.through + (told->expected.moves ? day - on : 0));
	}
}

/* What was delivered once is not taken back: without a status and a closure nothing ever falls. */
static void
check_growth(const Rows *rows, FlisDay left, const FlisAnswer *left_told, FlisDay right,
			 const FlisAnswer *right_told)
{
	if (left > right)
		check_growth(rows, right, right_told, left, left_told);
	else
	{
		CHECK(left_told->expected.through <= right_told->expected.through);
		if (rows->nstatuses == 0 && rows->nnotices == 0)
			CHECK(left_told->through <= right_told->through);
	}
}

/* The first day on which a period is covered is that: on the day before it is not. */
static void
check_first_day(const FlisTimeline *timeline, const Rows *rows, FlisDay day)
{
	FlisDay first = flis_first_day_covered(timeline, day);
	const FlisRule *rule = rows->nrules > 0 ? &rows->rules[0] : NULL;
	FlisDay last;

	for (int i = 0; i < rows->nrules && rows->rules[i].valid_from <= day; i++)
		rule = &rows->rules[i];
	if (rule == NULL)
	{
		CHECK(first == FLIS_NO_DAY);
		return;
	}
	last = flis_period_last(rule->frequency, flis_period_of(rule->frequency, day));
	if (first == FLIS_NO_DAY)
		CHECK(expect(rows, FLIS_LAST_DAY + 200000).through < last);
	else
	{
		CHECK(expect(rows, first).through >= last);
		CHECK(expect(rows, first - 1).through < last);
	}
}

/* Holds the notices to their days, and the closures joined of them to being apart. */
static int
join_closures(const Rows *rows, FlisClosure *closures)
{
	int n = 0;

	for (int i = 0; i < rows->nnotices; i++)
		if (flis_notice_closes(&rows->notices[i], &closures[n]))
			n++;
	n = flis_join_closures(closures, n);
	for (int i = 0; i < n; i++)
	{
		CHECK(closures[i].from < closures[i].until);
		CHECK(i == 0 || closures[i - 1].until < closures[i].from);
	}
	return n;
}

static void
check_notices(const Rows *rows, FlisDay on)
{
	for (int i = 0; i < rows->nnotices; i++)
	{
		const FlisNotice *notice = &rows->notices[i];
		bool has_ended = notice->ended_on != FLIS_NO_DAY && notice->ended_on <= on;

		CHECK(flis_notice_is_in_force(notice, on) == (notice->started_on <= on && !has_ended));
		CHECK((flis_notice_state(notice, on) == FLIS_ENDED) == has_ended);
		CHECK(flis_notice_concerns(notice, on) || notice->period_from > on ||
			  (notice->period_until != FLIS_NO_DAY && notice->period_until < on));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Bytes bytes = {data, size};
	bool is_wild = byte(&bytes) % 2 == 1;
	FlisDay base = FLIS_FIRST_DAY + (FlisDay) ((int64_t) number(&bytes, 0, 65535) *
											   (FLIS_LAST_DAY - FLIS_FIRST_DAY) / 65535);
	Rows rows = {0};
	FlisTerms terms[2 * MOST_ROWS];
	FlisException exceptions[MOST_ROWS];
	FlisExceptionDay exception_days[MOST_ROWS];
	FlisEffectiveRelease effective_releases[MOST_ROWS];
	FlisClosure closures[MOST_ROWS + 1];
	FlisTimeline timeline = {.terms = terms,
							 .exceptions = exceptions,
							 .exception_days = exception_days,
							 .effective_releases = effective_releases};
	FlisDay days[ASKED_DAYS];
	FlisAnswer told[ASKED_DAYS];

	read_rules(&bytes, &rows, base, is_wild);
	read_channels(&bytes, &rows, base, is_wild);
	read_releases(&bytes, &rows, base, is_wild);
	read_statuses(&bytes, &rows, base, is_wild);
	read_notices(&bytes, &rows, base, is_wild);

	flis_timeline_build(&timeline, rows.rules, rows.nrules, rows.channels, rows.nchannels,
						rows.releases, rows.nreleases);
	timeline.statuses = rows.statuses;
	timeline.nstatuses = rows.nstatuses;
	timeline.nclosures = join_closures(&rows, closures);
	timeline.closures = closures;

	for (int i = 0; i < ASKED_DAYS; i++)
	{
		/* After some days of the input's own, those on which the answer before changes. */
		days[i] = i % 3 == 0 || told[i - 1].until > FLIS_LAST_DAY ? day(&bytes, base, false)
																  : told[i - 1].until;
		if (days[i] < FLIS_FIRST_DAY)
			days[i] = FLIS_FIRST_DAY;
		check_day(&timeline, &rows, days[i], &told[i]);
		check_until(&timeline, &rows, days[i], &told[i]);
		check_first_day(&timeline, &rows, days[i]);
		check_notices(&rows, days[i]);
		for (int before = 0; before < i; before++)
			check_growth(&rows, days[before], &told[before], days[i], &told[i]);
	}
	return 0;
}
