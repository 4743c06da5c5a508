/*
 * arguments.h
 *		What the functions of SQL have in common.
 */
#ifndef FLIS_ARGUMENTS_H
#define FLIS_ARGUMENTS_H

#include "postgres.h"

#include "base/model.h"

extern void flis_check_infinite(FlisDay day);
extern void flis_check_finite(FlisDay day);

#endif
