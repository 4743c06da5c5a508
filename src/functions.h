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

#endif
