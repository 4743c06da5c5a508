/*
 * tally.h
 *		The newest periods of a fact table: how many rows each has, and of which municipalities.
 */
#ifndef FLIS_TALLY_H
#define FLIS_TALLY_H

#include "model.h"

/* The most periods that a tally keeps. */
#define FLIS_TALLY_PERIODS 49

/* Municipality codes are counted up to 999. */
#define FLIS_CODES 1000
#define FLIS_CODE_WORDS ((FLIS_CODES + 63) / 64)

/* A set of municipality codes. */
typedef struct FlisCodes
{
	uint64_t words[FLIS_CODE_WORDS];
} FlisCodes;

/* A period and the numbers, from low to high, that stand for it in the table's period column. */
typedef struct FlisTallied
{
	FlisDay last;
	int64_t low;
	int64_t high;
	int64_t rows;
	FlisCodes codes;
} FlisTallied;

/* All of a tally can be copied as bytes. */
typedef struct FlisTally
{
	int32_t keep; /* periods to keep, at most FLIS_TALLY_PERIODS */
	int32_t n;
	FlisTallied periods[FLIS_TALLY_PERIODS]; /* the newest of the table, oldest first */
} FlisTally;

extern FlisTallied *flis_tally_find(FlisTally *tally, int64_t number);
extern FlisTallied *flis_tally_period(FlisTally *tally, FlisDay last, int64_t low, int64_t high);
extern void flis_tally_merge(FlisTally *into, const FlisTally *from);

extern int flis_codes_count(const FlisCodes *codes);
extern FlisCodes flis_codes_common(const FlisCodes *left, const FlisCodes *right);
extern FlisCodes flis_codes_without(const FlisCodes *codes, const FlisCodes *less);

/*
 * flis_codes_add adds a code to a set, a number from 0 to 999.
 */
static inline void
flis_codes_add(FlisCodes *codes, int code)
{
	codes->words[code >> 6] |= UINT64_C(1) << (code & 63);
}

#endif
