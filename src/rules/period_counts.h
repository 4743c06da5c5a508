/*
 * period_counts.h
 *		Counts the rows and collects the municipalities of each of the newest periods of a cube.
 */
#ifndef FLIS_PERIOD_COUNTS_H
#define FLIS_PERIOD_COUNTS_H

#include "base/model.h"

/* The greatest number of periods that are kept. */
#define FLIS_MOST_PERIODS 49

/* Municipality codes are 0 to 999. */
#define FLIS_CODES 1000
#define FLIS_CODE_WORDS ((FLIS_CODES + 63) / 64)

/* A set of municipality codes. */
typedef struct FlisMunicipalitySet
{
	uint64_t words[FLIS_CODE_WORDS];
} FlisMunicipalitySet;

/* A period and the numbers, from low to high, that stand for it in the table's period column. */
typedef struct FlisPeriodCount
{
	FlisDay last;
	int64_t low;
	int64_t high;
	int64_t rows;
	FlisMunicipalitySet codes;
} FlisPeriodCount;

/* It has no pointers, so that it can be copied as bytes. */
typedef struct FlisPeriodCounts
{
	int32_t keep; /* periods to keep, at most FLIS_MOST_PERIODS */
	int32_t n;
	FlisPeriodCount periods[FLIS_MOST_PERIODS]; /* the newest of the table, oldest first */
} FlisPeriodCounts;

extern FlisPeriodCount *flis_period_counts_find(FlisPeriodCounts *counts, int64_t number);
extern FlisPeriodCount *flis_period_counts_add(FlisPeriodCounts *counts, FlisDay last, int64_t low,
											   int64_t high);
extern void flis_period_counts_merge(FlisPeriodCounts *into, const FlisPeriodCounts *from);

extern int flis_municipality_set_count(const FlisMunicipalitySet *codes);
extern FlisMunicipalitySet flis_municipality_set_common(const FlisMunicipalitySet *left,
														const FlisMunicipalitySet *right);
extern FlisMunicipalitySet flis_municipality_set_without(const FlisMunicipalitySet *codes,
														 const FlisMunicipalitySet *less);

/*
 * flis_municipality_set_add adds a code, 0 to 999, to a set.
 */
static inline void
flis_municipality_set_add(FlisMunicipalitySet *codes, int code)
{
	codes->words[code >> 6] |= UINT64_C(1) << (code & 63);
}

#endif
