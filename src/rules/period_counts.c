/*
 * period_counts.c
 *		Counts the rows and collects the municipalities of each of the newest periods of a cube.
 *
 * The aggregate flis_tally calls it for each row.  Only the newest periods are kept, so that a table of
 * any length is read in one pass and with little memory.
 */
#include "rules/period_counts.h"

#include <stddef.h>
#include <string.h>

#include "base/search.h"

static bool ends_before(const void *row, const void *key);

/*
 * flis_period_counts_find finds the kept period that a number in the table stands for; NULL if none.
 */
FlisPeriodCount *
flis_period_counts_find(FlisPeriodCounts *counts, int64_t number)
{
	int place = flis_count_before(counts->periods, counts->n, sizeof(FlisPeriodCount), ends_before,
								  &number);

	if (place == counts->n || counts->periods[place].low > number)
		return NULL;
	return &counts->periods[place];
}

/*
 * flis_period_counts_add finds the period that ends on a day, or adds it, if necessary in place of the
 * oldest one; NULL if it is older than all that are kept.  low and high are as in FlisPeriodCount.
 */
FlisPeriodCount *
flis_period_counts_add(FlisPeriodCounts *counts, FlisDay last, int64_t low, int64_t high)
{
	FlisPeriodCount *periods = counts->periods;
	int place = FLIS_COUNT_BEFORE(FlisPeriodCount, last, periods, counts->n, last);

	if (place < counts->n && periods[place].last == last)
		return &periods[place];
	if (counts->n < counts->keep)
	{
		memmove(&periods[place + 1], &periods[place],
				(size_t) (counts->n - place) * sizeof(FlisPeriodCount));
		counts->n++;
	}
	else if (place == 0)
		return NULL;
	else
		memmove(&periods[0], &periods[1], (size_t) --place * sizeof(FlisPeriodCount));

	memset(&periods[place], 0, sizeof(FlisPeriodCount));
	periods[place].last = last;
	periods[place].low = low;
	periods[place].high = high;
	return &periods[place];
}

/*
 * flis_period_counts_merge adds the counts of another part of the table, newest period first, so that
 * the first one that is too old ends it.
 */
void
flis_period_counts_merge(FlisPeriodCounts *into, const FlisPeriodCounts *from)
{
	for (int i = from->n - 1; i >= 0; i--)
	{
		const FlisPeriodCount *other = &from->periods[i];
		FlisPeriodCount *period =
			flis_period_counts_add(into, other->last, other->low, other->high);

		if (period == NULL)
			return;
		period->rows += other->rows;
		for (int word = 0; word < FLIS_CODE_WORDS; word++)
			period->codes.words[word] |= other->codes.words[word];
	}
}

/*
 * flis_municipality_set_count counts the codes of a set, flis_municipality_set_common returns the codes
 * that are in both of two sets, and flis_municipality_set_without those that are only in the first.
 */
int
flis_municipality_set_count(const FlisMunicipalitySet *codes)
{
	int count = 0;

	for (int word = 0; word < FLIS_CODE_WORDS; word++)
		for (uint64_t rest = codes->words[word]; rest != 0; rest &= rest - 1)
			count++;
	return count;
}

FlisMunicipalitySet
flis_municipality_set_common(const FlisMunicipalitySet *left, const FlisMunicipalitySet *right)
{
	FlisMunicipalitySet common;

	for (int word = 0; word < FLIS_CODE_WORDS; word++)
		common.words[word] = left->words[word] & right->words[word];
	return common;
}

FlisMunicipalitySet
flis_municipality_set_without(const FlisMunicipalitySet *codes, const FlisMunicipalitySet *less)
{
	FlisMunicipalitySet rest;

	for (int word = 0; word < FLIS_CODE_WORDS; word++)
		rest.words[word] = codes->words[word] & ~less->words[word];
	return rest;
}

/*
 * ends_before tells whether all numbers that stand for a period are less than a number.
 */
static bool
ends_before(const void *row, const void *key)
{
	const FlisPeriodCount *period = row;
	const int64_t *number = key;

	return period->high < *number;
}
