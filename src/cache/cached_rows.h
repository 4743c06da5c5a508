/*
 * cached_rows.h
 *		Caches the rules, statuses and notices of one area, and tells whether rows that are read again
 *		are the same.
 */
#ifndef FLIS_CACHED_ROWS_H
#define FLIS_CACHED_ROWS_H

#include "postgres.h"

#include "cache/tables.h"

/* An array of rows that have no pointers and no padding, so that they can be compared as bytes. */
typedef struct FlisCachedRows
{
	void *rows; /* NULL if there are none */
	int n;
	Size size; /* of a row */
} FlisCachedRows;

typedef struct FlisAreaRows
{
	bool is_current; /* the generation is still the one that they were read under */
	uint32 version;	 /* how often they were replaced */
	FlisCachedRows rules;
	FlisCachedRows statuses;
	FlisCachedRows notices; /* of access */
	int nnotices;			/* of all kinds */
} FlisAreaRows;

extern void flis_area_rows_read(FlisAreaRows *rows, FlisTables *tables, const char *area,
								MemoryContext context);
extern bool flis_is_cached(const FlisCachedRows *cached, const FlisCachedRows *read);
extern void flis_cache_rows(FlisCachedRows *cached, const FlisCachedRows *read,
							MemoryContext context);
extern bool flis_same_areas(const FlisAreaRow *left, int nleft, const FlisAreaRow *right,
							int nright);
extern bool flis_same_channels(const FlisChannelRow *left, int nleft, const FlisChannelRow *right,
							   int nright);

#endif
