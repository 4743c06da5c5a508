/*
 * timeline_build.c
 *		Builds a timeline from the rows of one area in one channel.
 *
 * In a channel that follows another a release is out no earlier than some days after that of the other
 * channel, the leader.  So the leader's timeline must be built first.  New terms begin here also where
 * they begin in the leader, and each exceptional release of the leader makes one here.
 */
#include "rules/timeline.h"

#include "base/search.h"
#include "rules/coverage.h"
#include "rules/rule.h"

#include <stddef.h>
#include <stdlib.h>

static void build_terms(FlisTimeline *timeline, const FlisReleaseRows *rows);
static FlisDay next_leader_terms(const FlisReleaseRows *rows, int channel, FlisDay after);
static void begin_terms(FlisTimeline *timeline, const FlisReleaseRows *rows, FlisDay from, int rule,
						int channel);
static const FlisTerms *terms_on(const FlisTimeline *timeline, FlisDay day);
static void follow_terms(FlisTerms *terms, const FlisTerms *leader);
static void add_bound(FlisTerms *terms, const FlisChannel *channel, int days_after);
static void bound_cycles(FlisTerms *terms);
static void build_exceptions(FlisTimeline *timeline, const FlisReleaseRows *rows);
static FlisException *add_exception(FlisTimeline *timeline, const FlisTerms *terms, int cycle);
static void add_release(FlisTimeline *timeline, const FlisRelease *release);
static void add_followed(FlisTimeline *timeline, const FlisReleaseRows *rows);
static void join_same_cycles(FlisTimeline *timeline);
static void find_day(const FlisTimeline *timeline, const FlisReleaseRows *rows,
					 FlisException *exception);
static void follow_release(const FlisTimeline *timeline, const FlisTimeline *leader,
						   FlisException *exception);
static FlisDateStatus own_status(const FlisException *exception, FlisDay closes);
static void sort_days(FlisTimeline *timeline);
static void join_runs(FlisTimeline *timeline);
static void carry_best(FlisTimeline *timeline);
static void count_status(const FlisTimeline *timeline, const FlisTimeline *packages,
						 const FlisStatus *status, FlisCount *count);
static FlisDay first_regular_day(const FlisTimeline *timeline, FlisDay first);
static int compare_exceptions(const void *a, const void *b);
static int compare_days(const void *a, const void *b);
static int compare_effective_releases(const void *a, const void *b);

/*
 * flis_timeline_room returns the greatest number of terms and of exceptions that a timeline may need.
 */
void
flis_timeline_room(const FlisReleaseRows *rows, int *nterms, int *nexceptions)
{
	*nterms = rows->nrules + rows->nchannels;
	*nexceptions = rows->nreleases;
	for (int i = 0; i < rows->nchannels; i++)
		if (rows->leaders[i] != NULL)
		{
			*nterms += rows->leaders[i]->nterms;
			*nexceptions += rows->leaders[i]->nexceptions;
		}
}

/*
 * flis_timeline_build fills a timeline's arrays of terms and releases.  A row of flis_release whose day
 * doesn't begin a cycle has no effect.
 */
void
flis_timeline_build(FlisTimeline *timeline, const FlisReleaseRows *rows)
{
	timeline->rules = rows->rules;
	timeline->nrules = rows->nrules;
	build_terms(timeline, rows);
	build_exceptions(timeline, rows);
	sort_days(timeline);
	join_runs(timeline);
	carry_best(timeline);
}

/*
 * flis_timeline_count fills in how each status counts in the timeline's channel.  "packages" is the
 * area's timeline in the channel of data packages, because decks report on these, or NULL if there is
 * no such channel.
 *
 * A status counts from its own day, or from a later one on which its cycle or a newer one is out.
 * Newer statuses have no older cycles, so that going back from the newest status each exception is
 * looked at once.
 */
void
flis_timeline_count(FlisTimeline *timeline, const FlisTimeline *packages)
{
	FlisDay earliest = FLIS_NEVER; /* day of the exceptions from "next" on */
	int next = timeline->nexceptions;

	for (int i = timeline->nstatuses - 1; i >= 0; i--)
	{
		FlisCount *count = &timeline->counts[i];

		count_status(timeline, packages, &timeline->statuses[i], count);
		if (count->cycle == FLIS_NO_DAY)
			continue;
		while (next > 0)
		{
			const FlisException *exception = &timeline->exceptions[next - 1];
			const FlisRule *rule = &timeline->terms[exception->terms].rule;

			if (flis_cycle_first(rule, exception->cycle) < count->cycle)
				break;
			if (!exception->cancelled)
				earliest = flis_earlier(earliest, flis_exception_day(exception));
			next--;
		}
		count->from = flis_later(count->from,
								 flis_earlier(earliest, first_regular_day(timeline, count->cycle)));
	}
}

/*
 * build_terms begins new terms on each day on which a version of the rule, of the channel or of one that
 * it follows begins.
 */
static void
build_terms(FlisTimeline *timeline, const FlisReleaseRows *rows)
{
	FlisDay from = FLIS_NO_DAY;
	int rule = -1;
	int channel = -1;

	timeline->nterms = 0;
	for (;;)
	{
		FlisDay rule_from = rule + 1 < rows->nrules ? rows->rules[rule + 1].valid_from : FLIS_NEVER;
		FlisDay channel_from =
			channel + 1 < rows->nchannels ? rows->channels[channel + 1].valid_from : FLIS_NEVER;

		from = flis_earlier(next_leader_terms(rows, channel, from),
							flis_earlier(rule_from, channel_from));
		if (from == FLIS_NEVER)
			break;
		if (rule_from == from)
			rule++;
		if (channel_from == from)
			channel++;
		if (rule >= 0 && channel >= 0)
			begin_terms(timeline, rows, from, rule, channel);
	}
	for (int i = 0; i < timeline->nterms; i++)
		bound_cycles(&timeline->terms[i]);
}

/*
 * next_leader_terms returns the first day after a day on which new terms begin in the channel that a
 * version follows; FLIS_NEVER if there is none.
 */
static FlisDay
next_leader_terms(const FlisReleaseRows *rows, int channel, FlisDay after)
{
	const FlisTimeline *leader = channel >= 0 ? rows->leaders[channel] : NULL;
	int next;

	if (leader == NULL)
		return FLIS_NEVER;
	next = FLIS_COUNT_BY(FlisTerms, from, leader->terms, leader->nterms, after);
	return next < leader->nterms ? leader->terms[next].from : FLIS_NEVER;
}

/*
 * begin_terms adds the terms that begin on a day, and ends those before.
 */
static void
begin_terms(FlisTimeline *timeline, const FlisReleaseRows *rows, FlisDay from, int rule,
			int channel)
{
	FlisTerms *terms = &timeline->terms[timeline->nterms++];
	const FlisTimeline *leader = rows->leaders[channel];

	terms->from = from;
	terms->until = FLIS_NEVER;
	terms->rule = rows->rules[rule];
	terms->channel = rows->channels[channel];
	terms->leader = leader != NULL ? channel : -1;
	terms->days_after = 0;
	terms->lead_days = 0;
	terms->nbounds = 0;
	if (leader != NULL)
		follow_terms(terms, terms_on(leader, from));
	if (timeline->nterms > 1)
		terms[-1].until = from;
}

/*
 * terms_on finds the terms that are in force on a day, or NULL.
 */
static const FlisTerms *
terms_on(const FlisTimeline *timeline, FlisDay day)
{
	int n = FLIS_COUNT_BY(FlisTerms, from, timeline->terms, timeline->nterms, day);

	return n > 0 && day < timeline->terms[n - 1].until ? &timeline->terms[n - 1] : NULL;
}

/*
 * follow_terms fills in what depends on the terms of the channel that is followed, which are NULL if it
 * has none on the day.  Daily data come on the day itself in every channel.
 */
static void
follow_terms(FlisTerms *terms, const FlisTerms *leader)
{
	bool is_daily = terms->rule.frequency == FLIS_DAILY;

	terms->days_after = is_daily ? 0 : terms->channel.days_after;
	terms->lead_days = terms->days_after;
	if (leader == NULL)
		return;
	terms->lead_days += leader->lead_days;
	add_bound(terms, &leader->channel, terms->days_after);
	for (int i = 0; i < leader->nbounds && !is_daily; i++)
		add_bound(terms, &leader->bounds[i].channel,
				  leader->bounds[i].days_after + terms->days_after);
}

/*
 * add_bound adds a channel that is followed.  If windows of several close on the same day, only the one
 * with the most days_after matters.
 */
static void
add_bound(FlisTerms *terms, const FlisChannel *channel, int days_after)
{
	int i = 0;

	while (i < terms->nbounds && terms->bounds[i].channel.closes_day != channel->closes_day)
		i++;
	if (i == FLIS_MOST_BOUNDS)
		return;
	if (i == terms->nbounds)
		terms->bounds[terms->nbounds++] = (FlisBound){*channel, days_after};
	else if (days_after > terms->bounds[i].days_after)
		terms->bounds[i].days_after = days_after;
}

/*
 * bound_cycles finds the first and the last cycle that begin within the days of some terms.
 */
static void
bound_cycles(FlisTerms *terms)
{
	terms->has_cycles = flis_rule_has_cycles(&terms->rule);
	if (!terms->has_cycles)
		return;

	terms->first_cycle = flis_cycle_of(&terms->rule, terms->from - 1) + 1;
	terms->last_cycle = INT32_MAX - 1;
	if (terms->until != FLIS_NEVER)
		terms->last_cycle = flis_cycle_of(&terms->rule, terms->until - 1);
	terms->has_cycles = terms->first_cycle <= terms->last_cycle;
}

/*
 * build_exceptions adds the exceptional releases of the channel itself and of those that it follows, and
 * finds their days.
 */
static void
build_exceptions(FlisTimeline *timeline, const FlisReleaseRows *rows)
{
	timeline->nexceptions = 0;
	for (int i = 0; i < rows->nreleases; i++)
		add_release(timeline, &rows->releases[i]);
	add_followed(timeline, rows);
	if (timeline->nexceptions > 0)
		qsort(timeline->exceptions, timeline->nexceptions, sizeof(FlisException),
			  compare_exceptions);
	join_same_cycles(timeline);
	for (int i = 0; i < timeline->nexceptions; i++)
		find_day(timeline, rows, &timeline->exceptions[i]);
}

/*
 * add_release adds an exception for a row of flis_release, if its day begins a cycle.
 */
static void
add_release(FlisTimeline *timeline, const FlisRelease *release)
{
	int cycle;
	const FlisTerms *terms = flis_terms_for(timeline, release->cycle, &cycle);
	FlisException *exception;

	if (terms == NULL || flis_cycle_first(&terms->rule, cycle) != release->cycle)
		return;
	exception = add_exception(timeline, terms, cycle);
	exception->planned_on = release->planned_on;
	exception->released_on = release->released_on;
	exception->cancelled = release->cancelled;
	exception->has_note = release->has_note;
	exception->note_from = 0;
}

/*
 * add_exception adds an exception of which nothing is recorded.  Its note_from is -1, which tells it
 * from one with a row of the channel itself.
 */
static FlisException *
add_exception(FlisTimeline *timeline, const FlisTerms *terms, int cycle)
{
	FlisException *exception = &timeline->exceptions[timeline->nexceptions++];

	*exception = (FlisException){.terms = (int) (terms - timeline->terms),
								 .cycle = cycle,
								 .planned_on = FLIS_NO_DAY,
								 .released_on = FLIS_NO_DAY,
								 .note_from = -1};
	return exception;
}

/*
 * add_followed adds an exception for each exception of the channels that are followed.
 */
static void
add_followed(FlisTimeline *timeline, const FlisReleaseRows *rows)
{
	for (int i = 0; i < rows->nchannels; i++)
	{
		const FlisTimeline *leader = rows->leaders[i];

		for (int j = 0; leader != NULL && j < leader->nexceptions; j++)
		{
			const FlisException *followed = &leader->exceptions[j];
			FlisDay first = flis_cycle_first(&leader->terms[followed->terms].rule, followed->cycle);
			int cycle;
			const FlisTerms *terms = flis_terms_for(timeline, first, &cycle);

			if (terms != NULL && terms->leader == i &&
				flis_cycle_first(&terms->rule, cycle) == first)
				add_exception(timeline, terms, cycle);
		}
	}
}

/*
 * join_same_cycles keeps one exception of each cycle: the channel's own if there is one, which is first.
 */
static void
join_same_cycles(FlisTimeline *timeline)
{
	FlisException *exceptions = timeline->exceptions;
	int n = 0;

	for (int i = 0; i < timeline->nexceptions; i++)
		if (n == 0 || exceptions[n - 1].terms != exceptions[i].terms ||
			exceptions[n - 1].cycle != exceptions[i].cycle)
			exceptions[n++] = exceptions[i];
	timeline->nexceptions = n;
}

/*
 * find_day fills in what is known of the day of an exceptional release.
 */
static void
find_day(const FlisTimeline *timeline, const FlisReleaseRows *rows, FlisException *exception)
{
	const FlisTerms *terms = &timeline->terms[exception->terms];
	FlisDay closes = flis_window_closes(&terms->rule, &terms->channel, exception->cycle);

	if (exception->note_from < 0)
		exception->note_from = 0;
	exception->not_before = FLIS_NO_DAY;
	exception->expected_on = exception->planned_on != FLIS_NO_DAY ? exception->planned_on : closes;
	exception->status = own_status(exception, closes);
	if (terms->leader >= 0)
		follow_release(timeline, rows->leaders[terms->leader], exception);
	exception->expected_on = flis_later(exception->expected_on, exception->not_before);
}

/*
 * follow_release fills in what depends on the release of the same cycle in the channel that is followed:
 * the day before which this one can't be out, and that it is cancelled too, unless it has come.  If
 * nothing is recorded in the channel itself, status and note are those of the followed release.
 */
static void
follow_release(const FlisTimeline *timeline, const FlisTimeline *leader, FlisException *exception)
{
	const FlisTerms *terms = &timeline->terms[exception->terms];
	const FlisException *followed =
		flis_exception_for(leader, flis_cycle_first(&terms->rule, exception->cycle));
	bool is_own = exception->status != FLIS_PROVISIONAL;

	if (followed == NULL)
	{
		exception->not_before = flis_bound_day(terms, exception->cycle);
		return;
	}
	exception->not_before = flis_exception_day(followed) + terms->days_after;
	if (followed->cancelled && exception->released_on == FLIS_NO_DAY && !exception->cancelled)
	{
		exception->cancelled = true;
		is_own = false;
	}
	if (is_own)
		return;
	exception->status = followed->status == FLIS_RELEASED ? FLIS_CONFIRMED : followed->status;
	if (followed->has_note)
	{
		exception->has_note = true;
		exception->note_from = followed->note_from + 1;
	}
}

/*
 * own_status returns what is known of a release's day by what is recorded in the channel itself.
 * "closes" is the last day of its window.
 */
static FlisDateStatus
own_status(const FlisException *exception, FlisDay closes)
{
	if (exception->cancelled)
		return FLIS_CANCELLED;
	if (exception->released_on != FLIS_NO_DAY)
		return FLIS_RELEASED;
	if (exception->planned_on == FLIS_NO_DAY)
		return FLIS_PROVISIONAL;
	return exception->planned_on > closes ? FLIS_POSTPONED : FLIS_CONFIRMED;
}

/*
 * sort_days fills exception_days with all exceptional releases, and effective_releases with those that
 * are not cancelled, both sorted by day.
 */
static void
sort_days(FlisTimeline *timeline)
{
	timeline->neffective_releases = 0;
	for (int i = 0; i < timeline->nexceptions; i++)
	{
		const FlisException *exception = &timeline->exceptions[i];
		const FlisRule *rule = &timeline->terms[exception->terms].rule;
		FlisEffectiveRelease *out;

		timeline->exception_days[i].day = flis_exception_day(exception);
		timeline->exception_days[i].exception = i;
		if (exception->cancelled)
			continue;

		out = &timeline->effective_releases[timeline->neffective_releases++];
		out->on = timeline->exception_days[i].day;
		out->terms = exception->terms;
		out->cycle = exception->cycle;
		out->through = flis_cycle_through(rule, exception->cycle);
		out->newest = flis_cycle_first(rule, exception->cycle);
		for (int frequency = 0; frequency < FLIS_FREQUENCIES; frequency++)
			out->furthest[frequency] = FLIS_NO_DAY;
		out->furthest[rule->frequency] = out->through;
	}
	if (timeline->nexceptions > 0)
		qsort(timeline->exception_days, timeline->nexceptions, sizeof(FlisExceptionDay),
			  compare_days);
	if (timeline->neffective_releases > 0)
		qsort(timeline->effective_releases, timeline->neffective_releases,
			  sizeof(FlisEffectiveRelease), compare_effective_releases);
}

/*
 * join_runs fills in the unbroken run of cycles that contains each exception, so that a thousand
 * recorded releases are skipped in one step.
 */
static void
join_runs(FlisTimeline *timeline)
{
	FlisException *exceptions = timeline->exceptions;
	int n = timeline->nexceptions;

	for (int i = 0; i < n; i++)
	{
		bool goes_on = i > 0 && exceptions[i - 1].terms == exceptions[i].terms &&
					   exceptions[i - 1].cycle == exceptions[i].cycle - 1;

		exceptions[i].run_first = goes_on ? exceptions[i - 1].run_first : exceptions[i].cycle;
	}
	for (int i = n - 1; i >= 0; i--)
	{
		bool goes_on = i + 1 < n && exceptions[i + 1].terms == exceptions[i].terms &&
					   exceptions[i + 1].cycle == exceptions[i].cycle + 1;

		exceptions[i].run_last = goes_on ? exceptions[i + 1].run_last : exceptions[i].cycle;
	}
}

/*
 * carry_best gives each effective release what all that are out by its day cover together, as
 * FlisEffectiveRelease describes.
 */
static void
carry_best(FlisTimeline *timeline)
{
	for (int i = 1; i < timeline->neffective_releases; i++)
	{
		FlisEffectiveRelease *out = &timeline->effective_releases[i];
		const FlisEffectiveRelease *best = &timeline->effective_releases[i - 1];
		FlisDay out_first = flis_cycle_first(&timeline->terms[out->terms].rule, out->cycle);
		FlisDay best_first = flis_cycle_first(&timeline->terms[best->terms].rule, best->cycle);

		if (best->through > out->through ||
			(best->through == out->through && best_first > out_first))
		{
			out->terms = best->terms;
			out->cycle = best->cycle;
			out->through = best->through;
		}
		out->newest = flis_later(out->newest, best->newest);
		for (int frequency = 0; frequency < FLIS_FREQUENCIES; frequency++)
			out->furthest[frequency] =
				flis_later(out->furthest[frequency], best->furthest[frequency]);
	}
}

/*
 * count_status finds the cycle of a status, which is the newest one out as a data package on its day,
 * and how many whole periods it was ahead of what was expected then.  It counts from its own day, but
 * if it is ahead, in a channel that follows lead_days later.
 */
static void
count_status(const FlisTimeline *timeline, const FlisTimeline *packages, const FlisStatus *status,
			 FlisCount *count)
{
	FlisExpectation then;
	const FlisTerms *terms;
	int cycle;

	*count = (FlisCount){.from = status->as_of, .cycle = FLIS_NO_DAY};
	if (packages == NULL || !flis_periods_ahead(packages, status, &count->ahead))
		return;
	count->is_compared = true;
	if (status->state == FLIS_CLOSED)
		return;
	flis_expected_on(packages, status->as_of, &then);
	count->cycle = then.newest;
	terms = flis_terms_for(timeline, then.newest, &cycle);
	if (count->ahead > 0 && terms != NULL)
		count->from += terms->lead_days;
}

/*
 * first_regular_day returns the first day on which a regular release is out whose cycle begins on or
 * after a day; FLIS_NEVER if there is none.
 */
static FlisDay
first_regular_day(const FlisTimeline *timeline, FlisDay first)
{
	FlisDay earliest = FLIS_NEVER;

	for (int i = 0; i < timeline->nterms; i++)
	{
		const FlisTerms *terms = &timeline->terms[i];
		int cycle;

		if (terms->has_cycles &&
			flis_regular_cycle_from(timeline, i, flis_cycle_of(&terms->rule, first - 1) + 1,
									&cycle))
			earliest = flis_earlier(earliest, flis_due_day(terms, cycle));
	}
	return earliest;
}

/*
 * compare_exceptions sorts by terms and cycle, and for one cycle the channel's own exception first.
 */
static int
compare_exceptions(const void *a, const void *b)
{
	const FlisException *left = a;
	const FlisException *right = b;

	if (left->terms != right->terms)
		return left->terms < right->terms ? -1 : 1;
	if (left->cycle != right->cycle)
		return left->cycle < right->cycle ? -1 : 1;
	return right->note_from - left->note_from;
}

static int
compare_days(const void *a, const void *b)
{
	const FlisExceptionDay *left = a;
	const FlisExceptionDay *right = b;

	if (left->day != right->day)
		return left->day < right->day ? -1 : 1;
	return (left->exception > right->exception) - (left->exception < right->exception);
}

static int
compare_effective_releases(const void *a, const void *b)
{
	const FlisEffectiveRelease *left = a;
	const FlisEffectiveRelease *right = b;

	return (left->on > right->on) - (left->on < right->on);
}
