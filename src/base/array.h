/*
 * array.h
 *		Arrays that grow as rows are added, in the server's memory contexts.  For code that reads an
 *		unknown number of rows into one array.
 */
#ifndef FLIS_ARRAY_H
#define FLIS_ARRAY_H

#include "postgres.h"

/*
 * flis_array_reserve makes room in an array of n elements for one more, and returns the array.
 *
 * *room is the number of elements that fit, 0 for a new array, which is NULL.  It is doubled each
 * time, so that adding n elements takes time in proportion to n.  A new array is allocated in the
 * current memory context and stays in it.
 */
static inline void *
flis_array_reserve(void *array, int n, int *room, Size size)
{
	if (n < *room)
		return array;
	*room = Max(*room * 2, 4);
	if (array == NULL)
		return palloc(*room * size);
	return repalloc_huge(array, *room * size);
}

#endif
