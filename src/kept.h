/*
 * kept.h
 *		What was read of one area, kept until the rows read are others.
 */
#ifndef FLIS_KEPT_H
#define FLIS_KEPT_H

#include "postgres.h"

#include "tables.h"

/* Rows without pointers or holes, so that they can be compared as bytes; NULL if there are none. */
typedef struct FlisKept
{
	void *rows;
	int n;
	Size size; /* of a row */
} FlisKept;

typedef struct FlisAreaRows
{
	bool is_current; /* no generation came since they were read */
	uint32 version;	 /* of what is kept, counted from 1 */
	FlisKept rules;
	FlisKept statuses;
	FlisKept closures;
	int nnotices;
} FlisAreaRows;

extern void flis_area_rows_read(FlisAreaRows *rows, FlisTables *tables, const char *area,
								MemoryContext context);
extern bool flis_is_kept(const FlisKept *kept, const FlisKept *read);
extern void flis_keep(FlisKept *kept, const FlisKept *read, MemoryContext context);
extern bool flis_same_areas(const FlisAreaRow *left, int nleft, const FlisAreaRow *right,
							int nright);
extern bool flis_same_channels(const FlisChannelRow *left, int nleft, const FlisChannelRow *right,
							   int nright);

#endif
