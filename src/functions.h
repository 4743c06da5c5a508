/*
 * functions.h
 *		What the functions of SQL have in common.
 */
#ifndef FLIS_FUNCTIONS_H
#define FLIS_FUNCTIONS_H

#include "postgres.h"

#include "model.h"

extern void flis_check_infinite(FlisDay day);
extern void flis_check_finite(FlisDay day);

/*
 * flis_is_in_calendar tells whether a day is in the calendar range.
 */
static inline bool
flis_is_in_calendar(FlisDay day)
{
	return (uint32) day - (uint32) FLIS_FIRST_DAY <= (uint32) (FLIS_LAST_DAY - FLIS_FIRST_DAY);
}

#endif
