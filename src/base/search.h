/*
 * search.h
 *		Binary search in a sorted array, above all in one that is sorted by a day.  Plain C, so that
 *		the folders that know no server can use it.
 */
#ifndef FLIS_SEARCH_H
#define FLIS_SEARCH_H

#include <stddef.h>

#include "base/model.h"

/*
 * flis_count_before counts the rows at the beginning of an array that come before a key.
 *
 * The array has n rows of "size" bytes, sorted so that is_before is true for the first ones and false
 * for the rest.  It may be NULL if n is 0.
 */
static inline int
flis_count_before(const void *rows, int n, size_t size,
				  bool (*is_before)(const void *row, const void *key), const void *key)
{
	int low = 0;
	int high = n;

	while (low < high)
	{
		int middle = low + (high - low) / 2;

		if (is_before((const char *) rows + middle * size, key))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* A day to look for, and the offset of the day in a row. */
typedef struct FlisDayKey
{
	size_t offset;
	FlisDay day;
} FlisDayKey;

static inline bool
flis_row_is_before(const void *row, const void *key)
{
	const FlisDayKey *wanted = (const FlisDayKey *) key;

	return *(const FlisDay *) ((const char *) row + wanted->offset) < wanted->day;
}

static inline bool
flis_row_is_by(const void *row, const void *key)
{
	const FlisDayKey *wanted = (const FlisDayKey *) key;

	return *(const FlisDay *) ((const char *) row + wanted->offset) <= wanted->day;
}

/*
 * FLIS_COUNT_BEFORE counts the rows whose day is before a day, FLIS_COUNT_BY those whose day is on or
 * before it.  The rows are of a type, and sorted by its field with the day.
 */
#define FLIS_COUNT_BEFORE(type, field, rows, n, on)                                                \
	flis_count_before(rows, n, sizeof(type), flis_row_is_before,                                   \
					  &(FlisDayKey){offsetof(type, field), on})
#define FLIS_COUNT_BY(type, field, rows, n, on)                                                    \
	flis_count_before(rows, n, sizeof(type), flis_row_is_by,                                       \
					  &(FlisDayKey){offsetof(type, field), on})

#endif
