/*
 * timeline.h
 *		A timeline: the rules, releases, statuses and notices of one area in one channel, sorted by
 *		day.  Every answer about an area is computed from one.
 */
#ifndef FLIS_TIMELINE_H
#define FLIS_TIMELINE_H

#include "base/model.h"

/* One for each day of the month on which a window may close. */
#define FLIS_MOST_BOUNDS 31

/* A channel that is followed, directly or through others: days_after is from its window's end. */
typedef struct FlisBound
{
	FlisChannel channel;
	int days_after;
} FlisBound;

/*
 * The terms of a release: a version of the rule, with a version of the channel and of those that it
 * follows; and the cycles for which all of these apply.
 */
typedef struct FlisTerms
{
	FlisDay from;  /* cycles whose first day is on or after this day ... */
	FlisDay until; /* ... and before this one; FLIS_NEVER for the last version */
	FlisRule rule;
	FlisChannel channel;
	bool has_cycles;
	int first_cycle; /* the first and last of these cycles, if has_cycles */
	int last_cycle;
	int leader;		/* index of the followed timeline in FlisReleaseRows.leaders, or -1 */
	int days_after; /* days after the release that is followed */
	int lead_days;	/* the sum of days_after over all channels in the chain */
	FlisBound bounds[FLIS_MOST_BOUNDS];
	int nbounds;
} FlisTerms;

/*
 * An exceptional cycle: one that has a row in flis_release, in the channel itself or in one that it
 * follows.  All other cycles are regular.
 */
typedef struct FlisException
{
	int terms;
	int cycle;
	FlisDay planned_on; /* in the channel itself; FLIS_NO_DAY where not recorded */
	FlisDay released_on;
	FlisDay not_before;	 /* it can't be out before, because of what it follows, or FLIS_NO_DAY */
	FlisDay expected_on; /* planned_on, else the window's last day; not_before if that is later */
	bool cancelled;		 /* itself or the release that is followed */
	bool has_note;
	int note_from;		   /* how many channels up the chain the note is; 0: the channel's own */
	FlisDateStatus status; /* what is known of its day */
	int run_first;		   /* the unbroken run of exceptional cycles that contains it */
	int run_last;
} FlisException;

/* The day of an exceptional release, also of a cancelled one. */
typedef struct FlisExceptionDay
{
	FlisDay day;
	int exception; /* its index in the timeline's exceptions */
} FlisExceptionDay;

/* A day on which an exceptional release is out, and what all that are out by then cover together. */
typedef struct FlisEffectiveRelease
{
	FlisDay on;
	int terms; /* the cycle that covers the latest day; of several the newest */
	int cycle;
	FlisDay through;
	FlisDay newest;						/* the first day of the newest cycle */
	FlisDay furthest[FLIS_FREQUENCIES]; /* the last day covered by each frequency, or FLIS_NO_DAY */
} FlisEffectiveRelease;

/* How a status counts in the channel.  Its cycle is the newest that was out as a data package then. */
typedef struct FlisCount
{
	FlisDay from;	  /* the first day on which it counts; FLIS_NEVER if it never does */
	FlisDay cycle;	  /* the first day of its cycle, or FLIS_NO_DAY */
	int ahead;		  /* how many periods it was ahead of the rules then; negative: behind */
	bool is_compared; /* ahead is known */
} FlisCount;

/*
 * The caller allocates all arrays.  flis_timeline_room returns how many elements terms, and exceptions,
 * exception_days and effective_releases must have room for; counts must have as many as statuses.
 */
typedef struct FlisTimeline
{
	const FlisRule *rules;					  /* by valid_from */
	FlisTerms *terms;						  /* by day */
	FlisException *exceptions;				  /* by terms and cycle, and so by day */
	FlisExceptionDay *exception_days;		  /* by day; one for each exception */
	FlisEffectiveRelease *effective_releases; /* by day */
	const FlisStatus *statuses;				  /* by as_of */
	FlisCount *counts;						  /* one for each status */
	const FlisNotice *notices;				  /* those of access */
	const struct FlisTimeline *whole;		  /* of the area that this is a part of, or NULL */
	int nrules;
	int nterms;
	int nexceptions;
	int neffective_releases;
	int nstatuses;
	int nnotices;
} FlisTimeline;

/*
 * What the releases of a timeline are built from.  Rules and versions of the channel are sorted by
 * valid_from.  Each version has the timeline of the area in the channel that it follows, or NULL.
 */
typedef struct FlisReleaseRows
{
	const FlisRule *rules;
	const FlisChannel *channels;
	const FlisTimeline *const *leaders; /* one for each version of the channel */
	const FlisRelease *releases;
	int nrules;
	int nchannels;
	int nreleases;
} FlisReleaseRows;

extern void flis_timeline_room(const FlisReleaseRows *rows, int *nterms, int *nexceptions);
extern void flis_timeline_build(FlisTimeline *timeline, const FlisReleaseRows *rows);
extern void flis_timeline_count(FlisTimeline *timeline, const FlisTimeline *packages);

extern const FlisRule *flis_rule_on(const FlisTimeline *timeline, FlisDay day);
extern const FlisTerms *flis_terms_for(const FlisTimeline *timeline, FlisDay day, int *cycle);
extern FlisDay flis_not_before(const FlisTimeline *timeline, const FlisTerms *terms, int cycle);
extern FlisDay flis_bound_day(const FlisTerms *terms, int cycle);
extern FlisDay flis_due_day(const FlisTerms *terms, int cycle);
extern int flis_newest_cycle_due(const FlisTerms *terms, FlisDay on);
extern bool flis_regular_cycle_by(const FlisTimeline *timeline, int terms, int by, int *cycle);
extern bool flis_regular_cycle_from(const FlisTimeline *timeline, int terms, int from, int *cycle);
extern const FlisException *flis_exception_at(const FlisTimeline *timeline, int terms, int cycle);
extern const FlisException *flis_exception_for(const FlisTimeline *timeline, FlisDay day);
extern FlisDay flis_exception_day(const FlisException *exception);
extern FlisDay flis_next_exception(const FlisTimeline *timeline, int terms, int after);
extern int flis_exceptions_before(const FlisTimeline *timeline, FlisDay day);
extern int flis_effective_releases_by(const FlisTimeline *timeline, FlisDay on);
extern const FlisStatus *flis_status_on(const FlisTimeline *timeline, FlisDay on, FlisDay *until);

#endif
