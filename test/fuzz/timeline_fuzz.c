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
	const struct Rows *leader; /* of the channel that all versions follow, or NULL */
} Rows;

/* What the rules expect on a day, as it is counted here. */
typedef struct Expected
{
	FlisDay through;
	FlisDay next;
	FlisDay next_within; /* of the releases that bring no more than a limit */
	FlisDay newest;		 /* the first day of the newest cycle out */
	FlisDay furthest[FLIS_FREQUENCIES];
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
		channel->days_after = rows->leader != NULL ? byte(bytes) % 12 : 0;
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

/* Finds what somebody planned, recorded, cancelled or noted for the cycle that begins on a day. */
static const FlisRelease *
release_of(const Rows *rows, FlisDay first)
{
	for (int i = 0; rows != NULL && i < rows->nreleases; i++)
		if (rows->releases[i].cycle == first)
			return &rows->releases[i];
	return NULL;
}

/* Finds the day of the release of a cycle that begins on a day; false if it never is out. */
static bool
find_release(const Rows *rows, FlisDay first, FlisDay *day)
{
	const FlisRelease *release = release_of(rows, first);
	const FlisRule *rule;
	const FlisRule *leader_rule;
	const FlisChannel *channel;
	const FlisChannel *leader_channel;
	bool comes = true;

	if (!terms_on(rows, first, &rule, &channel))
		return false;
	*day = flis_window_closes(rule, channel, flis_cycle_of(rule, first));
	if (release != NULL && release->planned_on != FLIS_NO_DAY)
		*day = release->planned_on;
	/* Where the channel that is followed has no version yet, there is nothing to follow. */
	if (rows->leader != NULL && terms_on(rows->leader, first, &leader_rule, &leader_channel))
	{
		FlisDay followed;

		comes = find_release(rows->leader, first, &followed);
		followed += rule->frequency == FLIS_DAILY ? 0 : channel->days_after;
		*day = later(*day, followed);
	}
	if (release == NULL)
		return comes;
	if (release->released_on != FLIS_NO_DAY)
	{
		*day = release->released_on;
		comes = true;
	}
	return comes && !release->cancelled;
}

/* Adds one cycle to what is expected on a day. */
static void
add_cycle(Expected *expected, const FlisRule *rule, FlisDay first, FlisDay out, FlisDay on,
		  FlisDay limit)
{
	FlisDay through = flis_cycle_through(rule, flis_cycle_of(rule, first));
	FlisDay *furthest = &expected->furthest[rule->frequency];

	if (out > on)
	{
		if (out < expected->next)
			expected->next = out;
		if (out < expected->next_within && through <= limit)
			expected->next_within = out;
		return;
	}
	expected->through = later(expected->through, through);
	expected->newest = later(expected->newest, first);
	*furthest = later(*furthest, through);
}

/* Adds the cycles of which somebody said something in a channel, but for those of which one said it. */
static void
add_said(Expected *expected, const Rows *rows, const Rows *said, const Rows *before, FlisDay on,
		 FlisDay limit)
{
	for (int i = 0; i < said->nreleases; i++)
	{
		FlisDay first = said->releases[i].cycle;
		const FlisRule *rule;
		const FlisChannel *channel;
		FlisDay out;

		if (release_of(before, first) == NULL && terms_on(rows, first, &rule, &channel) &&
			flis_cycle_first(rule, flis_cycle_of(rule, first)) == first &&
			find_release(rows, first, &out))
			add_cycle(expected, rule, first, out, on, limit);
	}
}

/* Adds the regular cycles of a version of the rule that begin from a day on and before another. */
static void
add_regular(Expected *expected, const Rows *rows, const FlisRule *rule, FlisDay from, FlisDay until,
			FlisDay on, FlisDay limit)
{
	int least = flis_cycle_of(rule, from);
	int most = INT32_MAX - 1;
	int cycle;

	if (flis_cycle_first(rule, least) < from)
		least++;
	if (until != FLIS_NEVER)
		most = flis_cycle_of(rule, until - 1);
	if (least > most)
		return;

	/* Far enough ahead that none is out, then back to the newest that is. */
	cycle = flis_cycle_of(rule, on + (rule->frequency == FLIS_DAILY ? 15 : 600)) + 2;
	if (cycle > most)
		cycle = most;
	for (; cycle >= least; cycle--)
	{
		FlisDay first = flis_cycle_first(rule, cycle);
		FlisDay out;

		if (release_of(rows, first) != NULL || release_of(rows->leader, first) != NULL ||
			!find_release(rows, first, &out))
			continue;
		add_cycle(expected, rule, first, out, on, limit);
		if (out <= on)
			break;
	}
	/* What begins later than that comes first where nothing has come yet. */
	if (cycle < least)
		cycle = least;
	for (; cycle <= most; cycle++)
	{
		FlisDay first = flis_cycle_first(rule, cycle);
		FlisDay out;

		if (release_of(rows, first) == NULL && release_of(rows->leader, first) == NULL &&
			find_release(rows, first, &out) && out > on)
		{
			add_cycle(expected, rule, first, out, on, limit);
			break;
		}
	}
}

/* Counts what is expected on a day: the exceptions one by one, and each version's cycles around the day. */
static Expected
expect(const Rows *rows, FlisDay on, FlisDay limit)
{
	Expected expected = {.through = FLIS_NO_DAY,
						 .next = FLIS_NEVER,
						 .next_within = FLIS_NEVER,
						 .newest = FLIS_NO_DAY};

	for (int i = 0; i < FLIS_FREQUENCIES; i++)
		expected.furthest[i] = FLIS_NO_DAY;
	add_said(&expected, rows, rows, NULL, on, limit);
	if (rows->leader != NULL)
		add_said(&expected, rows, rows->leader, rows, on, limit);

	for (int r = 0; r < rows->nrules; r++)
		for (int c = 0; c < rows->nchannels; c++)
			/* Before the first version of the channel that is followed, there is none. */
			for (int l = rows->leader != NULL ? -1 : 0;
				 l < (rows->leader != NULL ? rows->leader->nchannels : 1); l++)
			{
				const FlisRule *rule = &rows->rules[r];
				FlisDay from = later(rule->valid_from, rows->channels[c].valid_from);
				FlisDay until = FLIS_NEVER;

				if (r + 1 < rows->nrules)
					until = rows->rules[r + 1].valid_from;
				if (c + 1 < rows->nchannels && rows->channels[c + 1].valid_from < until)
					until = rows->channels[c + 1].valid_from;
				if (rows->leader != NULL)
				{
					if (l >= 0)
						from = later(from, rows->leader->channels[l].valid_from);
					if (l + 1 < rows->leader->nchannels &&
						rows->leader->channels[l + 1].valid_from < until)
						until = rows->leader->channels[l + 1].valid_from;
				}
				if (flis_rule_has_cycles(rule) && from < until)
					add_regular(&expected, rows, rule, from, until, on, limit);
			}
	return expected;
}

/* What a status counts for in a channel on a day. */
typedef struct Counted
{
	bool counts;
	FlisDay cycle;
	int behind;
} Counted;

static Counted
count(const Rows *rows, const FlisStatus *status, FlisDay on, FlisDay newest)
{
	const Rows *packages = rows->leader != NULL ? rows->leader : rows;
	Expected then = expect(packages, status->as_of, FLIS_NEVER);
	const FlisRule *rule;
	const FlisChannel *channel;
	int ahead;
	int days;

	if (status->state == FLIS_CLOSED || status->data_through == FLIS_NO_DAY ||
		then.newest == FLIS_NO_DAY)
		return (Counted){true, FLIS_NO_DAY, 0};
	terms_on(packages, then.newest, &rule, &channel);
	ahead = flis_newest_whole_period(rule->frequency, status->data_through) -
			flis_newest_whole_period(rule->frequency, then.through);
	terms_on(rows, then.newest, &rule, &channel);
	days = rows->leader != NULL && rule->frequency != FLIS_DAILY ? channel->days_after : 0;
	return (Counted){newest >= then.newest && (ahead <= 0 || status->as_of + days <= on),
					 then.newest, ahead < 0 ? -ahead : 0};
}

/* The last day before the periods to which notices deny access to all; FLIS_NEVER if none do. */
static FlisDay
access_through(const Rows *rows, FlisDay on)
{
	FlisFrequency frequency = rows->nrules > 0 ? rows->rules[0].frequency : FLIS_MONTHLY;
	FlisDay through = FLIS_NEVER;

	for (int i = 0; i < rows->nrules && rows->rules[i].valid_from <= on; i++)
		frequency = rows->rules[i].frequency;
	for (int i = 0; i < rows->nnotices; i++)
	{
		const FlisNotice *notice = &rows->notices[i];
		FlisDay last;

		if (notice->kind != FLIS_ACCESS || notice->municipality != 0 ||
			notice->period_from == FLIS_NO_DAY || notice->period_until != FLIS_NO_DAY ||
			notice->started_on > on || (notice->ended_on != FLIS_NO_DAY && notice->ended_on <= on))
			continue;
		last = flis_period_last(frequency, flis_period_of(frequency, notice->period_from) - 1);
		if (last < through)
			through = last;
	}
	return through;
}

/* Counts what readers should use on a day, step by step. */
static FlisDay
answer(const Rows *rows, FlisDay on, const Expected *expected, bool *is_closed)
{
	const FlisStatus *newest = NULL;
	const FlisStatus *status = NULL;
	Counted counted = {true, FLIS_NO_DAY, 0};
	FlisDay through = expected->through;
	FlisDay limit = access_through(rows, on);

	*is_closed = false;
	for (int i = 0; i < rows->nstatuses && rows->statuses[i].as_of <= on; i++)
	{
		Counted one = count(rows, &rows->statuses[i], on, expected->newest);

		newest = &rows->statuses[i];
		if (one.counts)
		{
			status = newest;
			counted = one;
		}
	}
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

	if (status != NULL && status->data_through != FLIS_NO_DAY)
	{
		through = status->data_through;
		for (int f = 0; f < FLIS_FREQUENCIES && expected->newest > counted.cycle; f++)
			if (expected->furthest[f] != FLIS_NO_DAY)
				through =
					later(through, flis_period_last(f, flis_period_of(f, expected->furthest[f]) -
														   counted.behind));
	}
	if (newest != status && newest->data_through < through)
		through = newest->data_through;
	return through < limit ? through : limit;
}

/* Asks for a day and holds the answer to the one counted here. */
static void
check_day(const FlisTimeline *timeline, const Rows *rows, FlisDay on, FlisAnswer *told)
{
	FlisDay limit = access_through(rows, on);
	Expected expected = expect(rows, on, limit);
	FlisDay next = limit == FLIS_NEVER ? expected.next : expected.next_within;
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
	CHECK(told->next == (is_closed || next > FLIS_LAST_DAY ? FLIS_NO_DAY : next));
	CHECK(told->expected.newest == expected.newest);
	CHECK(told->access_through == limit);
	CHECK(!told->through_moves || told->through != FLIS_NO_DAY);
	if (told->expected.terms != NULL)
		CHECK(flis_cycle_through(&told->expected.terms->rule, told->expected.cycle) ==
			  told->expected.through);
	if (told->status != NULL && flis_status_ahead(timeline, told->status, &ahead))
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

/* There are no interrupts here. */
static void
check_nothing(void)
{
}

/* The first day on which a period is covered is that: on the day before it is not. */
static void
check_first_day(const FlisTimeline *timeline, const Rows *rows, FlisDay day)
{
	FlisDay first = flis_first_day_covered(timeline, day, check_nothing);
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
	for (int i = 0; i < TRIED_DAYS; i++)
	{
		/* The day itself, the one before, and some before that. */
		FlisDay on = first == FLIS_NO_DAY ? day + 100 * i * i : i == 0 ? first : first - i * i;
		bool is_closed;
		Expected expected;

		if (!flis_is_in_calendar(on))
			continue;
		expected = expect(rows, on, FLIS_NEVER);
		CHECK((answer(rows, on, &expected, &is_closed) >= last) == (on == first));
	}
}

/* Picks the notices of access. */
static int
pick_access(const Rows *rows, FlisNotice *notices)
{
	int n = 0;

	for (int i = 0; i < rows->nnotices; i++)
		if (rows->notices[i].kind == FLIS_ACCESS)
			notices[n++] = rows->notices[i];
	return n;
}

/* Holds the notices to their days. */
static void
check_notices(const Rows *rows, FlisDay on)
{
	for (int i = 0; i < rows->nnotices; i++)
	{
		const FlisNotice *notice = &rows->notices[i];
		bool has_ended = notice->ended_on != FLIS_NO_DAY && notice->ended_on <= on;

		CHECK(flis_notice_is_in_force(notice, on) == (notice->started_on <= on && !has_ended));
		CHECK((flis_notice_state(notice, on) == FLIS_ENDED) == has_ended);
		CHECK(flis_notice_concerns_period(notice, FLIS_DAILY, on) || notice->period_from > on ||
			  (notice->period_until != FLIS_NO_DAY && notice->period_until < on));
	}
}

/* Builds a timeline all versions of whose channel follow a leader, or NULL. */
static void
build(FlisTimeline *timeline, const Rows *rows, const FlisTimeline *leader)
{
	const FlisTimeline *leaders[MOST_ROWS];
	FlisReleaseRows from = {.rules = rows->rules,
							.channels = rows->channels,
							.leaders = leaders,
							.releases = rows->releases,
							.nrules = rows->nrules,
							.nchannels = rows->nchannels,
							.nreleases = rows->nreleases};

	for (int i = 0; i < MOST_ROWS; i++)
		leaders[i] = leader;
	flis_timeline_build(timeline, &from);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Bytes bytes = {data, size};
	bool is_wild = byte(&bytes) % 2 == 1;
	FlisDay base = FLIS_FIRST_DAY + (FlisDay) ((int64_t) number(&bytes, 0, 65535) *
											   (FLIS_LAST_DAY - FLIS_FIRST_DAY) / 65535);
	Rows rows = {0};
	Rows leader_rows = {0};
	FlisNotice notices[MOST_ROWS];
	FlisCount counts[MOST_ROWS];
	FlisTerms terms[2][4 * MOST_ROWS];
	FlisException exceptions[2][2 * MOST_ROWS];
	FlisExceptionDay exception_days[2][2 * MOST_ROWS];
	FlisEffectiveRelease effective_releases[2][2 * MOST_ROWS];
	FlisTimeline leader = {.terms = terms[1],
						   .exceptions = exceptions[1],
						   .exception_days = exception_days[1],
						   .effective_releases = effective_releases[1]};
	FlisTimeline timeline = {.terms = terms[0],
							 .exceptions = exceptions[0],
							 .exception_days = exception_days[0],
							 .effective_releases = effective_releases[0],
							 .counts = counts};
	FlisDay days[ASKED_DAYS];
	FlisAnswer told[ASKED_DAYS];

	read_rules(&bytes, &rows, base, is_wild);
	if (byte(&bytes) % 2 == 0)
	{
		leader_rows.nrules = rows.nrules;
		memcpy(leader_rows.rules, rows.rules, sizeof(rows.rules));
		read_channels(&bytes, &leader_rows, base, is_wild);
		read_releases(&bytes, &leader_rows, base, is_wild);
		build(&leader, &leader_rows, NULL);
		rows.leader = &leader_rows;
	}
	read_channels(&bytes, &rows, base, is_wild);
	read_releases(&bytes, &rows, base, is_wild);
	read_statuses(&bytes, &rows, base, is_wild);
	read_notices(&bytes, &rows, base, is_wild);

	build(&timeline, &rows, rows.leader != NULL ? &leader : NULL);
	timeline.statuses = rows.statuses;
	timeline.nstatuses = rows.nstatuses;
	timeline.nnotices = pick_access(&rows, notices);
	timeline.notices = notices;
	flis_timeline_count(&timeline, rows.leader != NULL ? &leader : &timeline);

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
