/*
 * coverage.h
 *		Answers how far one area reaches on a day in one channel, when its next release comes, and why.
 */
#ifndef FLIS_COVERAGE_H
#define FLIS_COVERAGE_H

#include "rules/timeline.h"

/* How far the data reach on a day by the rules and the recorded releases. */
typedef struct FlisExpectation
{
	FlisDay through;		/* FLIS_NO_DAY where nothing is expected */
	const FlisTerms *terms; /* of the cycle that covers it */
	int cycle;
	FlisDay next;	/* the next day on which a release is out; FLIS_NEVER if none */
	FlisDay until;	/* the first later day on which this may be otherwise */
	bool moves;		/* before that, through, next and newest advance a day each day */
	FlisDay newest; /* the first day of the newest cycle out, or FLIS_NO_DAY */
	FlisDay furthest[FLIS_FREQUENCIES]; /* the last day covered by each frequency, or FLIS_NO_DAY */
} FlisExpectation;

/* What readers should use on a day. */
typedef struct FlisAnswer
{
	FlisExpectation expected;
	const FlisStatus *status;  /* the newest on or before the day, or NULL */
	const FlisStatus *counted; /* the newest one that counts in the channel by then, or NULL */
	FlisDay closed_since;	   /* the newest day on which something closed it; FLIS_NO_DAY: open */
	bool closed_by_notice;
	bool closed_with_whole; /* as a part of an area that is closed */
	FlisDay access_through; /* the last day that notices give access to; FLIS_NEVER: no limit */
	FlisDay until_told;		/* the first later day on which statuses or notices may say otherwise */
	FlisBasis basis;
	FlisDay through;	/* FLIS_NO_DAY where nothing is known */
	FlisDay next;		/* FLIS_NO_DAY where nothing comes */
	FlisDay until;		/* the first later day on which this may be otherwise */
	bool through_moves; /* before that, it advances a day each day */
	bool next_moves;
} FlisAnswer;

extern void flis_answer_on(const FlisTimeline *timeline, FlisDay on, FlisAnswer *answer);
extern void flis_expected_on(const FlisTimeline *timeline, FlisDay on, FlisExpectation *expected);
extern FlisDay flis_first_day_expected(const FlisTimeline *timeline, FlisDay last);
extern FlisDay flis_first_day_covered(const FlisTimeline *timeline, FlisDay day,
									  void (*check_interrupts)(void));
extern bool flis_periods_ahead(const FlisTimeline *packages, const FlisStatus *status,
							   int *periods);
extern bool flis_status_ahead(const FlisTimeline *timeline, const FlisStatus *status, int *periods);

#endif
