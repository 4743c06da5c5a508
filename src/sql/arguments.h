/*
 * arguments.h
 *		Checks of the days that functions of SQL get as arguments: a listing needs a finite day of the
 *		calendar range, an answer for one day also takes an infinite one.
 */
#ifndef FLIS_ARGUMENTS_H
#define FLIS_ARGUMENTS_H

#include "postgres.h"

#include "base/model.h"

extern void flis_check_infinite(FlisDay day);
extern void flis_check_finite(FlisDay day);

#endif
