/*
 * period.c
 *		Reads a reference period written as text or as a number: finds its form and its last day.
 *
 * Warehouses write the same month in different ways.  The forms read here are the dates, months and
 * weeks of ISO 8601, those that Statistics Denmark and SDMX add, and the school year:
 *
 *		2025				year
 *		2025-A1, 2025A1		year
 *		2025-S1, 2025S1		half-year
 *		2025-H1, 2025H1		half-year, as Statistics Denmark writes it
 *		2025-Q2, 2025Q2		quarter
 *		2025-K2, 2025K2		quarter, as Statistics Denmark writes it
 *		2025-04, 202504		month
 *		2025-M04, 2025M04	month
 *		2025-W18, 2025W18	ISO week, through its Sunday
 *		2025-U18, 2025U18	ISO week, as Statistics Denmark writes it
 *		2025-04-30			day
 *		20250430			day
 *		2024/2025, 2024/25	school year, through 31 July
 *
 * A year has four digits and each other number as many as above, so that no text can be read in
 * two ways.
 */
#include "base/period.h"

#include "base/calendar.h"

#define MONTHS_PER_YEAR 12

/* The parts of a written period. */
typedef struct Parts
{
	FlisPeriodFormat form;
	int year;		  /* the earlier one of a school year */
	int number;		  /* the half-year, quarter, month or week in the year; 1 for a year */
	int day_of_month; /* for a day */
} Parts;

static inline bool read_parts(const char *text, const char *end, Parts *parts);
static bool read_digits(const char **text, const char *end, int count, int *value);
static bool read_letter_form(const char **text, const char *end, Parts *parts);
static bool read_school_year(const char **text, const char *end, Parts *parts);
static inline bool end_of_parts(const Parts *parts, FlisDay *last);
static bool end_of_part(int year, int part, int parts, FlisDay *last);
static bool end_of_day(int year, int month, int day_of_month, FlisDay *last);
static bool end_of_week(int year, int week, FlisDay *last);
static bool is_blank(char c);
static bool is_year(int year);

/*
 * flis_period_read finds the form and the last day of a period written in one of the forms above.
 *
 * It reads "length" bytes, without a terminating zero.  Blanks around the period are skipped, and
 * letters may be upper or lower case.  It returns false, with *form and *last unchanged, if the text
 * has another form, or there is no such period, or it ends outside the calendar range.
 */
bool
flis_period_read(const char *text, size_t length, FlisPeriodFormat *form, FlisDay *last)
{
	const char *end = text + length;
	Parts parts = {0};

	while (text < end && is_blank(*text))
		text++;
	while (end > text && is_blank(end[-1]))
		end--;

	if (!read_parts(text, end, &parts) || !end_of_parts(&parts, last))
		return false;
	*form = parts.form;
	return true;
}

/*
 * flis_period_read_number finds the form and the last day of a period written as the number YYYY,
 * YYYYMM or YYYYMMDD.
 *
 * The year must be 1000 or later, because a number has no leading zeros.  It returns false, with
 * *form and *last unchanged, for any other number.
 */
bool
flis_period_read_number(int64_t number, FlisPeriodFormat *form, FlisDay *last)
{
	Parts parts = {{FLIS_YEAR, 0, false, false}, 0, 1, 0};
	int date;

	if (number < 1000 || number > 99991231)
		return false;

	date = (int) number;
	if (date <= 9999)
		parts.year = date;
	else if (date >= 100000 && date <= 999999)
	{
		parts.form.kind = FLIS_MONTH;
		parts.year = date / 100;
		parts.number = date % 100;
	}
	else if (date >= 10000000)
	{
		parts.form.kind = FLIS_WRITTEN_DAY;
		parts.year = date / 10000;
		parts.number = date / 100 % 100;
		parts.day_of_month = date % 100;
	}
	else
		return false;

	if (!end_of_parts(&parts, last))
		return false;
	*form = parts.form;
	return true;
}

/*
 * flis_period_end_of finds the last day of a period written as text, as flis_period_read does.
 */
bool
flis_period_end_of(const char *text, size_t length, FlisDay *last)
{
	FlisPeriodFormat form;

	return flis_period_read(text, length, &form, last);
}

/*
 * flis_period_end_of_number finds the last day of a period written as a number, as
 * flis_period_read_number does.
 */
bool
flis_period_end_of_number(int64_t number, FlisDay *last)
{
	FlisPeriodFormat form;

	return flis_period_read_number(number, &form, last);
}

/*
 * read_parts finds the parts of the text of a period.  It and end_of_parts are inline because they
 * are called once a row.
 */
static inline bool
read_parts(const char *text, const char *end, Parts *parts)
{
	parts->form = (FlisPeriodFormat){FLIS_YEAR, 0, false, false};
	parts->number = 1;

	if (!read_digits(&text, end, 4, &parts->year))
		return false;
	if (text == end)
		return true;
	if (*text == '/')
		return read_school_year(&text, end, parts) && text == end;

	if (*text == '-')
	{
		parts->form.is_dashed = true;
		text++;
	}
	if (!read_digits(&text, end, 2, &parts->number))
		return read_letter_form(&text, end, parts) && text == end;
	parts->form.kind = FLIS_MONTH;
	if (text == end)
		return true;

	parts->form.kind = FLIS_WRITTEN_DAY;
	if (parts->form.is_dashed && *text++ != '-')
		return false;
	return read_digits(&text, end, 2, &parts->day_of_month) && text == end;
}

/*
 * read_digits reads exactly "count" digits and moves *text behind them.  If there are fewer it returns
 * false and moves nothing.  If there are more, the caller finds a digit where it expects something
 * else.
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
 * read_letter_form reads what follows a year: a letter for the kind of period, and a number.
 */
static bool
read_letter_form(const char **text, const char *end, Parts *parts)
{
	int digits = 1;

	if (*text == end)
		return false;
	parts->form.letter = *(*text)++;
	switch (parts->form.letter)
	{
		case 'A':
		case 'a':
			parts->form.kind = FLIS_YEAR;
			break;
		case 'S':
		case 's':
		case 'H':
		case 'h':
			parts->form.kind = FLIS_HALF_YEAR;
			break;
		case 'Q':
		case 'q':
		case 'K':
		case 'k':
			parts->form.kind = FLIS_QUARTER;
			break;
		case 'M':
		case 'm':
			parts->form.kind = FLIS_MONTH;
			digits = 2;
			break;
		case 'W':
		case 'w':
		case 'U':
		case 'u':
			parts->form.kind = FLIS_WEEK;
			digits = 2;
			break;
		default:
			return false;
	}
	return read_digits(text, end, digits, &parts->number);
}

/*
 * read_school_year reads what follows the earlier year of a school year: a slash and the later year.
 */
static bool
read_school_year(const char **text, const char *end, Parts *parts)
{
	int later;

	(*text)++;
	parts->form.kind = FLIS_SCHOOL_YEAR;
	if (read_digits(text, end, 4, &later))
		return later == parts->year + 1;
	parts->form.has_short_year = true;
	return read_digits(text, end, 2, &later) && later == (parts->year + 1) % 100;
}

/*
 * end_of_parts finds the last day of a period; false if there is no such period.
 */
static inline bool
end_of_parts(const Parts *parts, FlisDay *last)
{
	if (!is_year(parts->year))
		return false;
	switch (parts->form.kind)
	{
		case FLIS_YEAR:
			return end_of_part(parts->year, parts->number, 1, last);
		case FLIS_HALF_YEAR:
			return end_of_part(parts->year, parts->number, 2, last);
		case FLIS_QUARTER:
			return end_of_part(parts->year, parts->number, 4, last);
		case FLIS_MONTH:
			return end_of_part(parts->year, parts->number, MONTHS_PER_YEAR, last);
		case FLIS_WEEK:
			return end_of_week(parts->year, parts->number, last);
		case FLIS_WRITTEN_DAY:
			return end_of_day(parts->year, parts->number, parts->day_of_month, last);
		case FLIS_SCHOOL_YEAR:
			break;
	}
	/* By law the next school year begins on 1 August. */
	return is_year(parts->year + 1) && end_of_day(parts->year + 1, 7, 31, last);
}

/*
 * end_of_part finds the last day of one of the 1, 2, 4 or 12 equal parts of a year, counted from 1;
 * false if there is no such part.
 */
static bool
end_of_part(int year, int part, int parts, FlisDay *last)
{
	if (part < 1 || part > parts)
		return false;
	*last = flis_month_last(year * MONTHS_PER_YEAR + part * (MONTHS_PER_YEAR / parts) - 1);
	return true;
}

/*
 * end_of_day finds the day of a year, month and day of the month; false if there is no such day.
 */
static bool
end_of_day(int year, int month, int day_of_month, FlisDay *last)
{
	FlisDay day;

	if (month < 1 || month > MONTHS_PER_YEAR || day_of_month < 1)
		return false;
	day = flis_day(year, month, day_of_month);
	if (day > flis_month_last(year * MONTHS_PER_YEAR + month - 1))
		return false;
	*last = day;
	return true;
}

/*
 * end_of_week finds the Sunday of an ISO week; false if the year has no such week.
 */
static bool
end_of_week(int year, int week, FlisDay *last)
{
	FlisDay sunday = flis_iso_week_last(year, week);

	if (sunday == FLIS_NO_DAY || sunday > FLIS_LAST_DAY)
		return false;
	*last = sunday;
	return true;
}

/*
 * is_blank tells whether a byte is white space in ASCII, whatever the locale.
 */
static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/*
 * is_year tells whether a year lies in the calendar range.
 */
static bool
is_year(int year)
{
	return year >= 1 && year <= 9999;
}
