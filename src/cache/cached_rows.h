/*
 * cached_rows.h
 *		The rows of one area, cached until others are read.
 */
#ifndef FLIS_CACHED_ROWS_H
#define FLIS_CACHED_ROWS_H

#include "postgres.h"

#include "cache/tables.h"

/* Rows without pointers or holes, so that they can be compared as bytes; NULL if there are none. */
typedef struct FlisCachedRows
{
	void *rows;
	int n;
	Size size; /* of a row */
} FlisCachedRows;

typedef struct FlisAreaRows
{
	bool is_current; /* no generation came since they were read */
	uint32 version;	 /* of the rows, counted from 1 */
	FlisCachedRows rules;
	FlisCachedRows statuses;
	FlisCachedRows notices; /* those of access */
	int nnotices;
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
