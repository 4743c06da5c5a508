/*
 * completeness.h
 *		Finds the newest period of a fact table that is loaded completely.
 */
#ifndef FLIS_COMPLETENESS_H
#define FLIS_COMPLETENESS_H

#include "rules/period_counts.h"

/* The number of periods before the newest in which a complete one is looked for. */
#define FLIS_LOOK_BACK 12
/* The greatest number of periods with which a period may be compared. */
#define FLIS_MOST_COMPARED 36

/* The periods of a table, read one after the other from the newest back. */
typedef struct FlisPeriods
{
	/* Returns the n-th period, from 0; NULL if there are fewer. */
	const FlisPeriodCount *(*read)(void *table, int n);
	void *table;
} FlisPeriods;

/* What a period must have to be complete: shares from 0 to 1. */
typedef struct FlisThresholds
{
	bool by_municipality;
	double least_reporting;
	double least_rows;
	int compared_periods;
	/* By municipality: returns those that are expected in the period that ends on a day. */
	FlisMunicipalitySet (*expected)(void *municipalities, FlisDay last);
	void *municipalities;
} FlisThresholds;

extern int flis_newest_complete(const FlisPeriods *periods, const FlisThresholds *thresholds);
extern double flis_median_rows(const FlisPeriods *periods, int n, int compared_periods);

#endif
