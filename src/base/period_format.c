/*
 * period_format.c
 *		The form in which a column writes its periods: found in one of them, and written anew.
 *
 * A form is what period.c finds beside a period's last day.  What is written in it is the newest
 * period that has ended by a day, the day included, so that a column can be compared with how far
 * its data reach: through 2025-04-30 the weeks up to 2025-W17, which ends on the 27th.
 */
#include "base/period_format.h"

#include "base/calendar.h"

/* The Danish school year begins with August, the eighth month. */
#define MONTHS_BEFORE_SCHOOL_YEAR 7

/* The newest period that has ended, taken apart as period.c takes one apart. */
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
 * flis_period_format_is_number tells whether a form has digits alone, so that a number can be
 * written in it.
 */
bool
flis_period_format_is_number(const FlisPeriodFormat *format)
{
	return format->letter == 0 && !format->is_dashed && format->kind != FLIS_SCHOOL_YEAR;
}

/*
 * flis_period_format_write writes the newest period that has ended by a day, with a terminating
 * zero.
 *
 * The buffer has FLIS_PERIOD_FORMAT_SIZE bytes.  False, with nothing written, where the day is
 * outside the calendar range or before the end of the first period that can be written.
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
 * flis_period_format_number writes the newest period that has ended by a day as a number.
 *
 * False, with *number unchanged, where the form is none of a number, and where
 * flis_period_format_write is false or the year is before 1000, as leading zeros are lost in a
 * number.
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
 * newest_ended finds the newest period that has ended by a day of the calendar range.
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
			/* The week before the one that the next day is in ended on the newest Sunday. */
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
 * newest_months finds the newest period of length months that has ended, where the first of each
 * year begins after offset months.
 */
static void
newest_months(FlisDay day, int length, int offset, Ended *ended)
{
	/* Negative only before the first school year, which is refused as all of year 0 is. */
	int first = (flis_month_of(day + 1) - offset) / length * length - length;

	ended->year = first / 12;
	ended->number = first % 12 / length + 1;
}

/*
 * write_digits writes a number with count digits, and returns where the text goes on.
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
