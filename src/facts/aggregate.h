/*
 * aggregate.h
 *		flis_tally, the aggregate that counts a cube's rows by period: its call in SQL, and its result.
 */
#ifndef FLIS_AGGREGATE_H
#define FLIS_AGGREGATE_H

#include "postgres.h"

#include "rules/period_counts.h"
#include "facts/period_encoding.h"

/* The most bytes that are kept of a value that stands for no period, with the zero byte. */
#define FLIS_UNREAD_SIZE 64

/* The aggregate's result. */
typedef struct FlisPeriodCountsResult
{
	bool is_read;					/* some value stands for a period */
	int64 unread;					/* values that stand for nothing */
	char example[FLIS_UNREAD_SIZE]; /* one of them, as text */
	FlisPeriodCounts counts;
} FlisPeriodCountsResult;

extern char *flis_period_counts_sql(const FlisPeriodEncoding *encoding, const char *period,
									const char *municipality, FlisDay until, int keep,
									const char *rows);
extern void flis_period_counts_result_of(Datum value, bool isnull, FlisPeriodCountsResult *result);

#endif
