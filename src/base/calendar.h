/*
 * calendar.h
 *		Days, months, ISO weeks, Danish public holidays and business days.
 */
#ifndef FLIS_CALENDAR_H
#define FLIS_CALENDAR_H

#include "base/model.h"

extern FlisDay flis_day(int year, int month, int day_of_month);
extern void flis_day_parts(FlisDay day, int *year, int *month, int *day_of_month);

/* A month is counted as year * 12 + (month - 1). */
extern int flis_month_of(FlisDay day);
extern FlisDay flis_month_first(int month);
extern FlisDay flis_month_last(int month);

/* A week begins on Monday.  The one that begins on 2000-01-03 is 0. */
extern int flis_week_of(FlisDay day);
extern FlisDay flis_week_last(int week);

extern int flis_iso_weekday(FlisDay day);
extern FlisDay flis_iso_week_last(int year, int week);
extern void flis_iso_week_of(FlisDay day, int *year, int *week);

extern bool flis_is_holiday(FlisDay day);
extern FlisDay flis_moved_to_business(FlisDay day, FlisConvention convention);

#endif
