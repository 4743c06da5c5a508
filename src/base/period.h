/*
 * period.h
 *		Reads a reference period written as text or as a number: finds its form and its last day.
 */
#ifndef FLIS_PERIOD_H
#define FLIS_PERIOD_H

#include <stddef.h>

#include "base/model.h"

/* The kinds of period that can be written. */
typedef enum FlisPeriodKind
{
	FLIS_YEAR,
	FLIS_HALF_YEAR,
	FLIS_QUARTER,
	FLIS_MONTH,
	FLIS_WEEK,
	FLIS_WRITTEN_DAY,
	FLIS_SCHOOL_YEAR
} FlisPeriodKind;

/* The form in which a period is written.  All periods of a column have the same one. */
typedef struct FlisPeriodFormat
{
	FlisPeriodKind kind;
	char letter;		 /* the letter of 2025M04 or 2025m04, or 0 */
	bool is_dashed;		 /* as 2025-04, 2025-M04, 2025-04-30 */
	bool has_short_year; /* as 2024/25 */
} FlisPeriodFormat;

extern bool flis_period_read(const char *text, size_t length, FlisPeriodFormat *form,
							 FlisDay *last);
extern bool flis_period_read_number(int64_t number, FlisPeriodFormat *form, FlisDay *last);
extern bool flis_period_end_of(const char *text, size_t length, FlisDay *last);
extern bool flis_period_end_of_number(int64_t number, FlisDay *last);

#endif
