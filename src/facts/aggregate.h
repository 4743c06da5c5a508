/*
 * aggregate.h
 *		The aggregate of SQL that counts a cube's rows by period, and how its result is read.
 */
#ifndef FLIS_AGGREGATE_H
#define FLIS_AGGREGATE_H

#include "postgres.h"

#include "rules/period_counts.h"
#include "facts/period_encoding.h"

/* Bytes of a value that stands for nothing, cut. */
#define FLIS_UNREAD_SIZE 64

/* What the rows of a table came to. */
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
