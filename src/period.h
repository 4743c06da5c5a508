/*
 * period.h
 *		A written reference period, to its last day.
 */
#ifndef FLIS_PERIOD_H
#define FLIS_PERIOD_H

#include <stddef.h>

#include "model.h"

extern bool flis_period_end_of(const char *text, size_t length, FlisDay *last);
extern bool flis_period_end_of_number(int64_t number, FlisDay *last);

#endif
