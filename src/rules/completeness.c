/*
 * completeness.c
 *		Finds the newest period of a fact table that is loaded completely.
 *
 * There are two ways to judge a period.  By municipality it is complete if a sufficient share of the
 * municipalities expected in it report.  Some of the expected ones may never report to the area, so a
 * period is complete, too, if a sufficient share of those report that reported in the complete period
 * before it.  If no period is complete by the first rule, the oldest one looked at is taken as
 * complete, provided that there are enough periods after it; else none is.
 *
 * By rows a period is complete if its number of rows is a sufficient share of the median of the periods
 * before it.  The first period of a table is always complete.
 *
 * Reading a period may cost a hundred thousand rows, so no period is read that isn't needed.
 */
#include "rules/completeness.h"

#include <stddef.h>
#include <stdlib.h>

/* Makes up for rounding, so that nine tenths of ten are nine. */
#define ROUNDING 1e-9

static int newest_by_municipality(const FlisPeriods *periods, const FlisThresholds *thresholds);
static int newest_by_rows(const FlisPeriods *periods, const FlisThresholds *thresholds);
static bool are_enough(const FlisMunicipalitySet *reporting, const FlisMunicipalitySet *wanted,
					   double least);
static bool is_complete_after(const FlisPeriodCount *period, const FlisPeriodCount *complete,
							  const FlisThresholds *thresholds);
static bool is_complete_alone(const FlisPeriodCount *period, const FlisThresholds *thresholds);
static int compare_rows(const void *a, const void *b);

/*
 * flis_newest_complete returns the number of the newest complete period of a table, where the newest
 * period is 0; -1 if none is found.
 */
int
flis_newest_complete(const FlisPeriods *periods, const FlisThresholds *thresholds)
{
	return thresholds->by_municipality ? newest_by_municipality(periods, thresholds)
									   : newest_by_rows(periods, thresholds);
}

/*
 * flis_median_rows returns the median number of rows of the periods before the n-th: of
 * compared_periods, or of fewer if there are not so many; -1 if there are none.
 */
double
flis_median_rows(const FlisPeriods *periods, int n, int compared_periods)
{
	int64_t rows[FLIS_MOST_COMPARED];
	int count = 0;
	int lower;
	int upper;

	while (count < compared_periods && count < FLIS_MOST_COMPARED)
	{
		const FlisPeriodCount *period = periods->read(periods->table, n + 1 + count);

		if (period == NULL)
			break;
		rows[count++] = period->rows;
	}
	if (count == 0)
		return -1;
	qsort(rows, (size_t) count, sizeof(int64_t), compare_rows);
	lower = (count - 1) / 2;
	upper = count / 2;
	return ((double) rows[lower] + (double) rows[upper]) / 2;
}

/*
 * newest_by_municipality goes back to a period in which enough of the expected municipalities report,
 * and from there forward compares each period with the complete one before it.
 */
static int
newest_by_municipality(const FlisPeriods *periods, const FlisThresholds *thresholds)
{
	const FlisPeriodCount *complete = NULL;
	const FlisPeriodCount *period;
	int needed = thresholds->compared_periods;
	int newest;
	int n = 0;

	if (needed > FLIS_LOOK_BACK)
		needed = FLIS_LOOK_BACK;
	while (n <= FLIS_LOOK_BACK && (period = periods->read(periods->table, n)) != NULL)
	{
		if (is_complete_alone(period, thresholds))
		{
			complete = period;
			break;
		}
		n++;
	}
	if (complete == NULL)
	{
		/* n periods were read: n - 1 of them come after the oldest. */
		if (--n < needed)
			return -1;
		complete = periods->read(periods->table, n);
	}

	newest = n;
	while (--n >= 0)
	{
		period = periods->read(periods->table, n);
		if (is_complete_after(period, complete, thresholds))
		{
			complete = period;
			newest = n;
		}
	}
	return newest;
}

static int
newest_by_rows(const FlisPeriods *periods, const FlisThresholds *thresholds)
{
	for (int n = 0; n <= FLIS_LOOK_BACK; n++)
	{
		const FlisPeriodCount *period = periods->read(periods->table, n);

		if (period == NULL)
			break;
		if ((double) period->rows + ROUNDING >=
			thresholds->least_rows * flis_median_rows(periods, n, thresholds->compared_periods))
			return n;
	}
	return -1;
}

/*
 * is_complete_alone tells whether enough of the municipalities expected in a period report in it.
 */
static bool
is_complete_alone(const FlisPeriodCount *period, const FlisThresholds *thresholds)
{
	FlisMunicipalitySet expected = thresholds->expected(thresholds->municipalities, period->last);

	return are_enough(&period->codes, &expected, thresholds->least_reporting);
}

/*
 * is_complete_after tells whether a period is complete, given a complete period before it: enough of the
 * municipalities that reported in that one, and are expected in this one, report.  If there is no such
 * municipality it is not complete by this rule.
 */
static bool
is_complete_after(const FlisPeriodCount *period, const FlisPeriodCount *complete,
				  const FlisThresholds *thresholds)
{
	FlisMunicipalitySet expected = thresholds->expected(thresholds->municipalities, period->last);
	FlisMunicipalitySet wanted = flis_municipality_set_common(&complete->codes, &expected);

	return is_complete_alone(period, thresholds) ||
		   (flis_municipality_set_count(&wanted) > 0 &&
			are_enough(&period->codes, &wanted, thresholds->least_reporting));
}

static bool
are_enough(const FlisMunicipalitySet *reporting, const FlisMunicipalitySet *wanted, double least)
{
	FlisMunicipalitySet common = flis_municipality_set_common(reporting, wanted);

	return flis_municipality_set_count(&common) + ROUNDING >=
		   least * flis_municipality_set_count(wanted);
}

static int
compare_rows(const void *a, const void *b)
{
	int64_t left = *(const int64_t *) a;
	int64_t right = *(const int64_t *) b;

	return (left > right) - (left < right);
}
