/*
 * period.c
 *		A written reference period, to its last day.
 *
 * Warehouses write the same month in different ways.  Those read here are the ISO 8601 dates,
 * months and weeks, the forms that Statistics Denmark and SDMX add to them, and the school year:
 *
 *		2025				year
 *		2025-A1, 2025A1		year
 *		2025-S1, 2025S1		half-year
 *		2025-Q2, 2025Q2		quarter
 *		2025-04, 202504		month
 *		2025-M04, 2025M04	month
 *		2025-W18, 2025W18	ISO week, through its Sunday
 *		2025-04-30			day
 *		20250430			day
 *		2024/2025, 2024/25	school year, through 31 July
 *
 * A year has four digits and each other number as many as stand above, so that no text can be
 * read in two ways.
 */
#include "period.h"

#include "calendar.h"

#define MONTHS_PER_YEAR 12

static bool read_digits(const char **text, const char *end, int count, int *value);
static bool read_letter_form(const char **text, const char *end, int year, FlisDay *last);
static bool read_school_year(const char **text, const char *end, int year, FlisDay *last);
static bool end_of_part(int year, int part, int parts, FlisDay *last);
static bool end_of_day(int year, int month, int day_of_month, FlisDay *last);
static bool end_of_school_year(int year, FlisDay *last);
static bool end_of_week(int year, int week, FlisDay *last);
static bool is_blank(char c);
static bool is_year(int year);

/*
 * flis_period_end_of: find the last day of a period written in one of the forms above.
 *
 * Reads length bytes, no terminating zero needed.  Blanks around the period do not count, letters
 * are read in either case.  False, with *last unchanged, where the text is anything else or the
 * period is none of the calendar or ends outside the calendar range.
 */
bool
flis_period_end_of(const char *text, size_t length, FlisDay *last)
{
	const char *end = text + length;
	FlisDay day = FLIS_NO_DAY;
	int year;
	int month;
	int day_of_month;
	bool found;

	while (text < end && is_blank(*text))
		text++;
	while (end > text && is_blank(end[-1]))
		end--;

	if (!read_digits(&text, end, 4, &year))
		return false;
	if (text == end)
		found = end_of_part(year, 1, 1, &day);
	else if (*text == '/')
		found = read_school_year(&text, end, year, &day);
	else if (read_digits(&text, end, 2, &month))
	{
		if (text == end)
			found = end_of_part(year, month, MONTHS_PER_YEAR, &day);
		else
			found = read_digits(&text, end, 2, &day_of_month) &&
					end_of_day(year, month, day_of_month, &day);
	}
	else
	{
		bool dashed = *text == '-';

		if (dashed)
			text++;
		if (dashed && read_digits(&text, end, 2, &month))
		{
			if (text == end)
				found = end_of_part(year, month, MONTHS_PER_YEAR, &day);
			else
				found = *text++ == '-' && read_digits(&text, end, 2, &day_of_month) &&
						end_of_day(year, month, day_of_month, &day);
		}
		else
			found = read_letter_form(&text, end, year, &day);
	}

	if (!found || text != end)
		return false;
	*last = day;
	return true;
}

/*
 * flis_period_end_of_number: find the last day of a period written as the number YYYY, YYYYMM or
 * YYYYMMDD.
 *
 * The year must be 1000 or later, as leading zeros are lost in a number.  False, with *last
 * unchanged, for any other number.
 */
bool
flis_period_end_of_number(int64_t number, FlisDay *last)
{
	int date;

	if (number < 1000 || number > 99991231)
		return false;

	date = (int) number;
	if (date <= 9999)
		return end_of_part(date, 1, 1, last);
	if (date >= 100000 && date <= 999999)
		return end_of_part(date / 100, date % 100, MONTHS_PER_YEAR, last);
	if (date >= 10000000)
		return end_of_day(date / 10000, date / 100 % 100, date % 100, last);
	return false;
}

/*
 * read_digits: read exactly count digits and move *text behind them; otherwise move nothing.
 *
 * A digit more is left for the caller, who meets it where something else must stand.
 */
static bool
read_digits(const char **text, const char *end, int count, int *value)
{
	int number = 0;

	if (end - *text < count)
		return false;
	for (int i = 0; i < count; i++)
	{
		char c = (*text)[i];

		if (c < '0' || c > '9')
			return false;
		number = number * 10 + (c - '0');
	}
	*text += count;
	*value = number;
	return true;
}

/*
 * read_letter_form: read what follows a year where a letter names the kind of period.
 */
static bool
read_letter_form(const char **text, const char *end, int year, FlisDay *last)
{
	char letter;
	int number;

	if (*text == end)
		return false;
	letter = *(*text)++;
	switch (letter)
	{
		case 'A':
		case 'a':
			return read_digits(text, end, 1, &number) && end_of_part(year, number, 1, last);
		case 'S':
		case 's':
			return read_digits(text, end, 1, &number) && end_of_part(year, number, 2, last);
		case 'Q':
		case 'q':
			return read_digits(text, end, 1, &number) && end_of_part(year, number, 4, last);
		case 'M':
		case 'm':
			return read_digits(text, end, 2, &number) &&
				   end_of_part(year, number, MONTHS_PER_YEAR, last);
		case 'W':
		case 'w':
			return read_digits(text, end, 2, &number) && end_of_week(year, number, last);
		default:
			return false;
	}
}

/*
 * read_school_year: read what follows the earlier year of a school year, from the slash on.
 */
static bool
read_school_year(const char **text, const char *end, int year, FlisDay *last)
{
	int later;

	(*text)++;
	if (read_digits(text, end, 4, &later))
		return later == year + 1 && is_year(year) && end_of_school_year(later, last);
	if (read_digits(text, end, 2, &later))
		return later == (year + 1) % 100 && is_year(year) && end_of_school_year(year + 1, last);
	return false;
}

/*
 * end_of_part: find the last day of one of the 1, 2, 4 or 12 equal parts of a year, counted from 1.
 */
static bool
end_of_part(int year, int part, int parts, FlisDay *last)
{
	if (!is_year(year) || part < 1 || part > parts)
		return false;
	*last = flis_month_last(year * MONTHS_PER_YEAR + part * (MONTHS_PER_YEAR / parts) - 1);
	return true;
}

/*
 * end_of_day: find the day itself, where the month has such a day.
 */
static bool
end_of_day(int year, int month, int day_of_month, FlisDay *last)
{
	FlisDay day;

	if (!is_year(year) || month < 1 || month > MONTHS_PER_YEAR || day_of_month < 1)
		return false;
	day = flis_day(year, month, day_of_month);
	if (day > flis_month_last(year * MONTHS_PER_YEAR + month - 1))
		return false;
	*last = day;
	return true;
}

/*
 * end_of_school_year: find the last day of the Danish school year that ends in a year.  By law
 * the next begins on 1 August.
 */
static bool
end_of_school_year(int year, FlisDay *last)
{
	return end_of_day(year, 7, 31, last);
}

/*
 * end_of_week: find the Sunday of an ISO week, where the year has such a week.
 */
static bool
end_of_week(int year, int week, FlisDay *last)
{
	FlisDay sunday;

	if (!is_year(year))
		return false;
	sunday = flis_iso_week_last(year, week);
	if (sunday == FLIS_NO_DAY || sunday > FLIS_LAST_DAY)
		return false;
	*last = sunday;
	return true;
}

/*
 * is_blank: whether a byte is white space, in whatever locale.
 */
static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/*
 * is_year: whether a year lies in the calendar range.
 */
static bool
is_year(int year)
{
	return year >= 1 && year <= 9999;
}
