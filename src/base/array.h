/*
 * array.h
 *		Arrays that grow while rows are found, in the memory of the server.
 */
#ifndef FLIS_ARRAY_H
#define FLIS_ARRAY_H

#include "postgres.h"

/*
 * flis_array_reserve makes room in an array of n elements for one more, and returns the array.
 *
 * *room is the number of elements that it has room for, 0 before the first; it is doubled, so that
 * adding n elements takes time in proportion to n.  A new array is in the current memory context,
 * and stays in the one it is in.
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
