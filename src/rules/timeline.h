/*
 * timeline.h
 *		All that bears on one area in one channel, sorted so that a day is found fast.
 */
#ifndef FLIS_TIMELINE_H
#define FLIS_TIMELINE_H

#include "base/model.h"

/* A version of the rule with a version of the channel, and the cycles for which both apply. */
typedef struct FlisTerms
{
	FlisDay from;  /* cycles whose first day is on or after this day ... */
	FlisDay until; /* ... and before this one; FLIS_NEVER for the last version */
	FlisRule rule;
	FlisChannel channel;
	bool has_cycles;
	int first_cycle; /* the same bounds counted in cycles, where there are any */
	int last_cycle;
} FlisTerms;

/* A cycle of which somebody said more than the rules: planned, recorded, cancelled or noted. */
typedef struct FlisException
{
	int terms;
	int cycle;
	FlisDay planned_on; /* FLIS_NO_DAY where not said */
	FlisDay released_on;
	bool cancelled;
	bool has_note;
	int run_first; /* the unbroken run of exceptional cycles that it is in */
	int run_last;
} FlisException;

/* The day of an exceptional release, also of one that was cancelled. */
typedef struct FlisExceptionDay
{
	FlisDay day;
	int exception;
} FlisExceptionDay;

/* A day on which an exceptional release is out, and the best cycle among those out by then. */
typedef struct FlisEffectiveRelease
{
	FlisDay on;
	int terms;
	int cycle;
	FlisDay through;
} FlisEffectiveRelease;

/*
 * The arrays are the caller's, and rules, statuses and closures are only referred to: terms has room
 * for as many rows as there are versions of the rule and the channel together, exceptions,
 * exception_days and outs for as many as releases.
 */
typedef struct FlisTimeline
{
	const FlisRule *rules;					  /* by valid_from */
	FlisTerms *terms;						  /* by day */
	FlisException *exceptions;				  /* by terms and cycle */
	FlisExceptionDay *exception_days;		  /* by day; as many */
	FlisEffectiveRelease *effective_releases; /* by day */
	const FlisStatus *statuses;				  /* by as_of */
	const FlisClosure *closures;			  /* by day, none touching another */
	int nrules;
	int nterms;
	int nexceptions;
	int neffective_releases;
	int nstatuses;
	int nclosures;
} FlisTimeline;

extern void flis_timeline_build(FlisTimeline *timeline, const FlisRule *rules, int nrules,
								const FlisChannel *channels, int nchannels,
								const FlisRelease *releases, int nreleases);

extern const FlisRule *flis_rule_on(const FlisTimeline *timeline, FlisDay day);
extern const FlisTerms *flis_terms_for(const FlisTimeline *timeline, FlisDay day, int *cycle);
extern bool flis_regular_cycle_by(const FlisTimeline *timeline, int terms, int by, int *cycle);
extern bool flis_regular_cycle_from(const FlisTimeline *timeline, int terms, int from, int *cycle);
extern const FlisException *flis_exception_at(const FlisTimeline *timeline, int terms, int cycle);
extern FlisDay flis_next_exception(const FlisTimeline *timeline, int terms, int after);
extern int flis_exceptions_before(const FlisTimeline *timeline, FlisDay day);
extern int flis_effective_releases_by(const FlisTimeline *timeline, FlisDay on);
extern const FlisStatus *flis_status_on(const FlisTimeline *timeline, FlisDay on, FlisDay *until);
extern bool flis_is_closed_on(const FlisTimeline *timeline, FlisDay on, FlisDay *until);

#endif
