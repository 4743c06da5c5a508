/*
 * period_format.h
 *		Writes a period in the form that a column uses.
 */
#ifndef FLIS_PERIOD_FORMAT_H
#define FLIS_PERIOD_FORMAT_H

#include "base/period.h"

/* Room for the longest written period and its terminating zero. */
#define FLIS_PERIOD_FORMAT_SIZE 16

extern bool flis_period_format_is_number(const FlisPeriodFormat *format);
extern bool flis_period_format_write(const FlisPeriodFormat *format, FlisDay day, char *buffer);
extern bool flis_period_format_number(const FlisPeriodFormat *format, FlisDay day, int64_t *number);

#endif
