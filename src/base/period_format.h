/*
 * period_format.h
 *		The form in which a column writes its periods: found in one of them, and written anew.
 */
#ifndef FLIS_PERIOD_FORMAT_H
#define FLIS_PERIOD_FORMAT_H

#include "base/period.h"

/* Bytes for the longest written period, with its terminating zero. */
#define FLIS_PERIOD_FORMAT_SIZE 16

extern bool flis_period_format_is_number(const FlisPeriodFormat *format);
extern bool flis_period_format_write(const FlisPeriodFormat *format, FlisDay day, char *buffer);
extern bool flis_period_format_number(const FlisPeriodFormat *format, FlisDay day, int64_t *number);

#endif
