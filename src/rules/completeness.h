/*
 * completeness.h
 *		Which of a fact table's newest periods are loaded wholly.
 */
#ifndef FLIS_COMPLETENESS_H
#define FLIS_COMPLETENESS_H

#include "rules/period_counts.h"

/* How many periods before the newest are looked at for one that is complete. */
#define FLIS_LOOK_BACK 12
/* How many periods before another may be compared with it. */
#define FLIS_MOST_COMPARED 36

/* The periods of a table, read one after the other from the newest back. */
typedef struct FlisPeriods
{
	const FlisPeriodCount *(*read)(void *table,
								   int n); /* the n-th from 0; NULL if there are fewer */
	void *table;
} FlisPeriods;

/* What a table must have in a period for it to be complete. */
typedef struct FlisThresholds
{
	bool by_municipality;
	double least_reporting;
	double least_rows;
	int compared_periods;
	/* By municipality: those that are expected in the period that ends on a day. */
	FlisMunicipalitySet (*expected)(void *municipalities, FlisDay last);
	void *municipalities;
} FlisThresholds;

extern int flis_newest_complete(const FlisPeriods *periods, const FlisThresholds *thresholds);
extern double flis_median_rows(const FlisPeriods *periods, int n, int compared_periods);

#endif
