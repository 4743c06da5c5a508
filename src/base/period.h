/*
 * period.h
 *		A written reference period: its form and its last day.
 */
#ifndef FLIS_PERIOD_H
#define FLIS_PERIOD_H

#include <stddef.h>

#include "base/model.h"

/* What a written period is. */
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

/* How it is written: all that two periods of one column share. */
typedef struct FlisPeriodFormat
{
	FlisPeriodKind kind;
	char letter;		 /* before the number, as in 2025M04 or 2025m04; 0 where there is none */
	bool is_dashed;		 /* 2025-04, 2025-M04, 2025-04-30 */
	bool has_short_year; /* 2024/25 */
} FlisPeriodFormat;

extern bool flis_period_read(const char *text, size_t length, FlisPeriodFormat *form,
							 FlisDay *last);
extern bool flis_period_read_number(int64_t number, FlisPeriodFormat *form, FlisDay *last);
extern bool flis_period_end_of(const char *text, size_t length, FlisDay *last);
extern bool flis_period_end_of_number(int64_t number, FlisDay *last);

#endif
