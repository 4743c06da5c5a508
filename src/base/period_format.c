/*
 * period_format.c
 *		Writes a period in the form that a column uses, which period.c found in one of its values.
 *
 * The period is the newest one that ends on or before a day, so that a column can be compared with how
 * far the data of its area reach.  Through 2025-04-30 the newest week is 2025-W17, which ends on the
 * 27th.
 */
#include "base/period_format.h"

#include "base/calendar.h"

/* The Danish school year begins in August. */
#define MONTHS_BEFORE_SCHOOL_YEAR 7

/* The parts of the newest period that has ended, as in Parts of period.c. */
typedef struct Ended
{
	int year;
	int number;
	int day_of_month;
} Ended;

static bool newest_ended(const FlisPeriodFormat *format, FlisDay day, Ended *ended);
static void newest_months(FlisDay day, int length, int offset, Ended *ended);
static char *write_digits(char *to, int value, int count);

/*
 * flis_period_format_is_number tells whether a form has only digits, so that a column of numbers may
 * have it.
 */
bool
flis_period_format_is_number(const FlisPeriodFormat *format)
{
	return format->letter == 0 && !format->is_dashed && format->kind != FLIS_SCHOOL_YEAR;
}

/*
 * flis_period_format_write writes the newest period that ends on or before a day, with a terminating
 * zero, into a buffer of FLIS_PERIOD_FORMAT_SIZE bytes.
 *
 * It returns false, with nothing written, if the day is outside the calendar range or before the end of
 * the first period that can be written.
 */
bool
flis_period_format_write(const FlisPeriodFormat *format, FlisDay day, char *buffer)
{
	Ended ended;
	char *to = buffer;

	if (!newest_ended(format, day, &ended))
		return false;

	to = write_digits(to, ended.year, 4);
	if (format->is_dashed)
		*to++ = '-';
	if (format->letter != 0)
		*to++ = format->letter;
	switch (format->kind)
	{
		case FLIS_YEAR:
			if (format->letter != 0)
				*to++ = '1';
			break;
		case FLIS_HALF_YEAR:
		case FLIS_QUARTER:
			to = write_digits(to, ended.number, 1);
			break;
		case FLIS_MONTH:
		case FLIS_WEEK:
			to = write_digits(to, ended.number, 2);
			break;
		case FLIS_WRITTEN_DAY:
			to = write_digits(to, ended.number, 2);
			if (format->is_dashed)
				*to++ = '-';
			to = write_digits(to, ended.day_of_month, 2);
			break;
		case FLIS_SCHOOL_YEAR:
			*to++ = '/';
			if (format->has_short_year)
				to = write_digits(to, (ended.year + 1) % 100, 2);
			else
				to = write_digits(to, ended.year + 1, 4);
			break;
	}
	*to = '\0';
	return true;
}

/*
 * flis_period_format_number finds the newest period that ends on or before a day, as a number.
 *
 * It returns false, with *number unchanged, if the form has not only digits, if
 * flis_period_format_write would return false, or if the year is before 1000, because a number has no
 * leading zeros.
 */
bool
flis_period_format_number(const FlisPeriodFormat *format, FlisDay day, int64_t *number)
{
	Ended ended;

	if (!flis_period_format_is_number(format) || !newest_ended(format, day, &ended) ||
		ended.year < 1000)
		return false;

	*number = ended.year;
	if (format->kind != FLIS_YEAR)
		*number = *number * 100 + ended.number;
	if (format->kind == FLIS_WRITTEN_DAY)
		*number = *number * 100 + ended.day_of_month;
	return true;
}

/*
 * newest_ended finds the newest period that ends on or before a day; false if there is none.
 */
static bool
newest_ended(const FlisPeriodFormat *format, FlisDay day, Ended *ended)
{
	if (day < FLIS_FIRST_DAY || day > FLIS_LAST_DAY)
		return false;
	switch (format->kind)
	{
		case FLIS_YEAR:
			newest_months(day, 12, 0, ended);
			break;
		case FLIS_HALF_YEAR:
			newest_months(day, 6, 0, ended);
			break;
		case FLIS_QUARTER:
			newest_months(day, 3, 0, ended);
			break;
		case FLIS_MONTH:
			newest_months(day, 1, 0, ended);
			break;
		case FLIS_WEEK:
			/* The week before that of the next day. */
			flis_iso_week_of(day + 1 - 7, &ended->year, &ended->number);
			break;
		case FLIS_WRITTEN_DAY:
			flis_day_parts(day, &ended->year, &ended->number, &ended->day_of_month);
			break;
		case FLIS_SCHOOL_YEAR:
			newest_months(day, 12, MONTHS_BEFORE_SCHOOL_YEAR, ended);
			break;
	}
	return ended->year >= 1;
}

/*
 * newest_months finds the newest period of "length" months that ends on or before a day, where the first
 * period of each year begins after "offset" months.
 */
static void
newest_months(FlisDay day, int length, int offset, Ended *ended)
{
	/* It is negative only before the first school year.  The caller refuses years before 1. */
	int first = (flis_month_of(day + 1) - offset) / length * length - length;

	ended->year = first / 12;
	ended->number = first % 12 / length + 1;
}

/*
 * write_digits writes a number with "count" digits and returns the place behind them.
 */
static char *
write_digits(char *to, int value, int count)
{
	for (int i = count - 1; i >= 0; i--)
	{
		to[i] = (char) ('0' + value % 10);
		value /= 10;
	}
	return to + count;
}
