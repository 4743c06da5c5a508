/*
 * coverage.h
 *		What one area's rules, one-off changes and status say on a day in one channel, and why.
 */
#ifndef FLIS_COVERAGE_H
#define FLIS_COVERAGE_H

#include "rules/timeline.h"

/* What the rules expect on a day. */
typedef struct FlisExpectation
{
	FlisDay through;		/* FLIS_NO_DAY where nothing is expected */
	const FlisTerms *terms; /* of the cycle that carries it */
	int cycle;
	FlisDay next;  /* the next day on which a release is out; FLIS_NEVER if none */
	FlisDay until; /* the first day for which this must be asked anew */
	bool moves;	   /* before that, through and next advance a day each day */
} FlisExpectation;

/* What readers should use on a day. */
typedef struct FlisAnswer
{
	FlisExpectation expected;
	const FlisStatus *status; /* the newest on or before the day, or NULL */
	bool closed_by_notice;
	FlisBasis basis;
	FlisDay through; /* FLIS_NO_DAY where nothing is known */
	FlisDay next;	 /* FLIS_NO_DAY where nothing comes */
	FlisDay until;	 /* the first day for which this must be asked anew */
	bool through_moves;
	bool next_moves;
} FlisAnswer;

extern void flis_answer_on(const FlisTimeline *timeline, FlisDay on, FlisAnswer *answer);
extern void flis_expected_on(const FlisTimeline *timeline, FlisDay on, FlisExpectation *expected);
extern FlisDay flis_first_day_covered(const FlisTimeline *timeline, FlisDay day);
extern bool flis_periods_ahead(const FlisTimeline *timeline, const FlisStatus *status,
							   int *periods);

#endif
