/*
 * timeline.h
 *		The rules, releases, statuses and notices of one area in one channel, sorted by day.
 */
#ifndef FLIS_TIMELINE_H
#define FLIS_TIMELINE_H

#include "base/model.h"

/* Channels whose windows close on different days of the month: more bounds are never needed. */
#define FLIS_MOST_BOUNDS 31

/* A channel that is followed, directly or through others: a release is out so many days after its. */
typedef struct FlisBound
{
	FlisChannel channel;
	int days_after;
} FlisBound;

/*
 * A version of the rule with a version of the channel and of those that it follows, and the cycles for
 * which all apply.
 */
typedef struct FlisTerms
{
	FlisDay from;  /* cycles whose first day is on or after this day ... */
	FlisDay until; /* ... and before this one; FLIS_NEVER for the last version */
	FlisRule rule;
	FlisChannel channel;
	bool has_cycles;
	int first_cycle; /* the same bounds counted in cycles, where there are any */
	int last_cycle;
	int leader;		/* the place of the timeline that is followed among those built from, or -1 */
	int days_after; /* days after the release that is followed */
	int lead_days;	/* the sum of those, from channel to channel */
	FlisBound bounds[FLIS_MOST_BOUNDS];
	int nbounds;
} FlisTerms;

/*
 * A cycle with an entry beside the rules: planned, recorded, cancelled or noted, in the
 * channel itself or in one that it follows.
 */
typedef struct FlisException
{
	int terms;
	int cycle;
	FlisDay planned_on; /* in the channel itself; FLIS_NO_DAY where not said */
	FlisDay released_on;
	FlisDay not_before; /* the day that follows from the release that is followed, or FLIS_NO_DAY */
	FlisDay expected_on; /* the later of that and the planned day, else the window's last */
	bool cancelled;		 /* also where the release that is followed is */
	bool has_note;
	int note_from;		   /* through how many channels that note is: 0 is the channel's own */
	FlisDateStatus status; /* what is known of its day */
	int run_first;		   /* the unbroken run of exceptional cycles that it is in */
	int run_last;
} FlisException;

/* The day of an exceptional release, also of one that was cancelled. */
typedef struct FlisExceptionDay
{
	FlisDay day;
	int exception;
} FlisExceptionDay;

/* A day on which an exceptional release is out, and what those that are out by then bring. */
typedef struct FlisEffectiveRelease
{
	FlisDay on;
	int terms; /* the cycle that carries the latest day, the newest among equals */
	int cycle;
	FlisDay through;
	FlisDay newest;						/* the first day of the newest cycle */
	FlisDay furthest[FLIS_FREQUENCIES]; /* the latest day of each frequency, or FLIS_NO_DAY */
} FlisEffectiveRelease;

/* How a status counts in the channel: it belongs to the newest cycle out as a data package. */
typedef struct FlisCount
{
	FlisDay from;  /* the first day on which it counts; FLIS_NEVER if it never does */
	FlisDay cycle; /* the first day of its cycle, or FLIS_NO_DAY */
	int ahead;	   /* by how many periods it was ahead of the rules then; negative: behind */
	bool is_compared;
} FlisCount;

/*
 * The arrays are the caller's, and rules, statuses and notices are only referred to.
 * flis_timeline_room tells for how many rows terms, exceptions, exception_days and
 * effective_releases have room; counts has room for as many as statuses.
 */
typedef struct FlisTimeline
{
	const FlisRule *rules;					  /* by valid_from */
	FlisTerms *terms;						  /* by day */
	FlisException *exceptions;				  /* by terms and cycle, and so by day */
	FlisExceptionDay *exception_days;		  /* by day; as many */
	FlisEffectiveRelease *effective_releases; /* by day */
	const FlisStatus *statuses;				  /* by as_of */
	FlisCount *counts;						  /* of the statuses; as many */
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
 * What the releases of a timeline are built from: rules and versions of the channel sorted by
 * valid_from, and for each version the timeline of the area in the channel that it follows, or NULL.
 */
typedef struct FlisReleaseRows
{
	const FlisRule *rules;
	const FlisChannel *channels;
	const FlisTimeline *const *leaders; /* as many as channels */
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
