/*
 * period_encoding.c
 *		How the values of a cube's period column stand for periods, and the conditions of SQL over it.
 *
 * The values of a column sort as their periods do as long as all are written in one format; only then
 * does an index find the newest period.  A value in another format therefore stands for nothing, even
 * if it differs only by a blank or by the case of a letter.
 */
#include "facts/period_encoding.h"

#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/fmgrprotos.h"
#include "utils/json.h"
#include "utils/lsyscache.h"

#include "base/calendar.h"
#include "base/compat.h"
#include "base/iso_date.h"
#include "base/period.h"
#include "rules/rule.h"

static bool read_day(const FlisPeriodEncoding *encoding, Datum value, FlisDay *day);
static bool read_format(const FlisPeriodEncoding *encoding, Datum value, FlisDay *day);
static bool from_primo(const FlisPeriodEncoding *encoding, FlisDay *day);
static bool to_primo(const FlisPeriodEncoding *encoding, FlisDay *day);
static Datum danish_zone(void);
static bool is_written_so(const FlisPeriodFormat *format, FlisDay last, const char *bytes,
						  size_t length);
static void bytes_of(Oid type, Datum value, const char **bytes, size_t *length);
static FlisDay first_of(const FlisPeriodEncoding *encoding, FlisDay last);
static int64 number_at(const FlisPeriodEncoding *encoding, FlisDay day);
static char *literal_at(const FlisPeriodEncoding *encoding, FlisDay day);
static char *compared(const FlisPeriodEncoding *encoding, const char *column, const char *operator,
					  FlisDay day);

/*
 * flis_is_text_type, flis_is_number_type and flis_is_day_type tell as what a column of a type holds its
 * periods; a column of another type holds none.
 */
bool
flis_is_text_type(Oid type)
{
	return type == TEXTOID || type == VARCHAROID || type == BPCHAROID;
}

bool
flis_is_number_type(Oid type)
{
	return type == INT2OID || type == INT4OID || type == INT8OID;
}

bool
flis_is_day_type(Oid type)
{
	return type == DATEOID || type == TIMESTAMPOID || type == TIMESTAMPTZOID;
}

/*
 * flis_period_format_of_value finds the format in which a number or a text writes a period; false if it
 * writes none, or has blanks around it.
 */
bool
flis_period_format_of_value(Oid type, Datum value, FlisPeriodFormat *format)
{
	const char *bytes;
	size_t length;
	FlisDay last;

	if (flis_is_number_type(type))
		return flis_period_read_number(flis_number_of(type, value), format, &last);
	bytes_of(type, value, &bytes, &length);
	return flis_period_read(bytes, length, format, &last) &&
		   is_written_so(format, last, bytes, length);
}

/*
 * flis_period_encoding_begin describes a column of a type that holds periods, in an area of a frequency;
 * format is NULL for days.
 */
void
flis_period_encoding_begin(FlisPeriodEncoding *encoding, Oid type, FlisFrequency frequency,
						   bool is_primo, const FlisPeriodFormat *format)
{
	*encoding = (FlisPeriodEncoding){
		.type = type,
		.frequency = frequency,
		.is_primo = is_primo,
		.has_format = format != NULL,
		.is_of_days = format == NULL || format->kind == FLIS_WRITTEN_DAY,
	};
	if (format != NULL)
		encoding->format = *format;
}

/*
 * flis_has_ranges tells whether all values between two that stand for a period stand for it, too.  This
 * holds for no texts, and not for numbers that write a day, since 20250931 is none.
 */
bool
flis_has_ranges(const FlisPeriodEncoding *encoding)
{
	return !flis_is_text_type(encoding->type) && !(encoding->has_format && encoding->is_of_days);
}

/*
 * flis_read_written reads a value; false if it stands for no period of the calendar.
 */
bool
flis_read_written(const FlisPeriodEncoding *encoding, Datum value, FlisWritten *written)
{
	FlisDay day;

	if (encoding->has_format ? !read_format(encoding, value, &day)
							 : !read_day(encoding, value, &day))
		return false;
	if (encoding->is_primo && !from_primo(encoding, &day))
		return false;

	written->last = day;
	if (encoding->is_of_days)
		written->last =
			flis_period_last(encoding->frequency, flis_period_of(encoding->frequency, day));
	if (!flis_has_ranges(encoding))
		written->low = written->high = written->last;
	else if (encoding->is_of_days)
	{
		int shift = encoding->is_primo ? 1 : 0;

		written->low = number_at(encoding, first_of(encoding, written->last) + shift);
		written->high = number_at(encoding, written->last + 1 + shift) - 1;
	}
	else
		written->low = written->high = flis_number_of(encoding->type, value);
	return true;
}

/*
 * flis_ended_by finds the last day of the newest period that an encoding, a FlisPeriodEncoding, can
 * write and that has ended by a day; FLIS_NO_DAY if there is none.
 */
FlisDay
flis_ended_by(const void *encoding, FlisDay day)
{
	const FlisPeriodEncoding *of_cube = encoding;
	char text[FLIS_PERIOD_FORMAT_SIZE];
	FlisDay last;

	if (of_cube->is_of_days)
		last = flis_whole_last(of_cube->frequency, day);
	else if (!flis_period_format_write(&of_cube->format, day, text) ||
			 !flis_period_end_of(text, strlen(text), &last))
		return FLIS_NO_DAY;
	return flis_is_in_calendar(last) ? last : FLIS_NO_DAY;
}

/*
 * flis_reached_by finds the last day of the newest reference period that a cube reaches whose
 * newest period ends on the day "last"; the reference period has ended before the day "on".
 *
 * A period that lies in two reference periods, or is longer than one, reaches the one in which it ends
 * only if the cube can write no newer period that ends there, too: in a monthly area the week that ends
 * on 28 September reaches September, and the one that ends on 21 September reaches August.
 */
FlisDay
flis_reached_by(const FlisPeriodEncoding *encoding, FlisDay last, FlisDay on)
{
	FlisFrequency frequency = encoding->frequency;
	FlisDay end = flis_period_last(frequency, flis_period_of(frequency, last));

	return end < on && flis_ended_by(encoding, end) <= last ? end
															: flis_whole_last(frequency, last);
}

/*
 * flis_periods_of finds the periods that count for the reference period that ends on a day: those
 * that end in it, or else the one that contains it, as a quarter contains a month.  They are those
 * that end after the day "before" and by the day "newest".  False if the encoding can write none.
 */
bool
flis_periods_of(const FlisPeriodEncoding *encoding, FlisDay last, FlisDay *before, FlisDay *newest)
{
	FlisDay first =
		flis_period_first(encoding->frequency, flis_period_of(encoding->frequency, last));

	*before = flis_ended_by(encoding, first - 1);
	*newest = flis_ended_by(encoding, last);
	/* The next period ends within the most days that one has, and the one after it does not. */
	if (*newest == *before && *newest != FLIS_NO_DAY)
		*newest = flis_ended_by(encoding, *newest + flis_period_days(encoding));
	return *newest != FLIS_NO_DAY;
}

/*
 * flis_counted_through finds the last day of the newest period that counts for the reference period that
 * ends on a day: a later day where a longer period contains that one, as a quarter contains a month.
 */
FlisDay
flis_counted_through(const FlisPeriodEncoding *encoding, FlisDay last)
{
	FlisDay before;
	FlisDay newest;

	return !encoding->is_of_days && flis_periods_of(encoding, last, &before, &newest) ? newest
																					  : last;
}

/*
 * flis_period_days tells the most days that a period of an encoding has.
 */
int
flis_period_days(const FlisPeriodEncoding *encoding)
{
	static const int days_of_kind[] = {
		[FLIS_YEAR] = 366, [FLIS_HALF_YEAR] = 184, [FLIS_QUARTER] = 92,		[FLIS_MONTH] = 31,
		[FLIS_WEEK] = 7,   [FLIS_WRITTEN_DAY] = 1, [FLIS_SCHOOL_YEAR] = 366};
	static const int days_of_frequency[] = {
		[FLIS_MONTHLY] = 31, [FLIS_ANNUAL] = 366,	[FLIS_DAILY] = 1,
		[FLIS_WEEKLY] = 7,	 [FLIS_QUARTERLY] = 92, [FLIS_ANNUAL_2] = 184};

	return encoding->is_of_days ? days_of_frequency[encoding->frequency]
								: days_of_kind[encoding->format.kind];
}

/*
 * flis_sql_before writes the condition that a column's period comes before the one that ends on a
 * day, flis_sql_from that it is that one or a later one, flis_sql_up_to that it is that one or an
 * earlier one, and flis_sql_after, for columns that aren't of days, that it comes after the newest
 * one that has ended by the day.
 */
char *
flis_sql_before(const FlisPeriodEncoding *encoding, const char *column, FlisDay last)
{
	return compared(encoding, column, "<", first_of(encoding, last));
}

char *
flis_sql_from(const FlisPeriodEncoding *encoding, const char *column, FlisDay last)
{
	return compared(encoding, column, ">=", first_of(encoding, last));
}

char *
flis_sql_after(const FlisPeriodEncoding *encoding, const char *column, FlisDay last)
{
	return compared(encoding, column, ">", last);
}

char *
flis_sql_up_to(const FlisPeriodEncoding *encoding, const char *column, FlisDay last)
{
	if (encoding->type == TIMESTAMPOID || encoding->type == TIMESTAMPTZOID)
		return compared(encoding, column, "<", last + 1);
	return compared(encoding, column, "<=", last);
}

/*
 * flis_sql_value writes a value of the column as a literal of SQL.  Days are written as in JSON,
 * whatever the session's DateStyle: other styles have abbreviations of time zones, which are ambiguous.
 */
char *
flis_sql_value(const FlisPeriodEncoding *encoding, Datum value)
{
	char day[MAXDATELEN + 1];
	const char *text = day;
	Oid output;
	bool is_varlena;

	if (flis_is_day_type(encoding->type))
		JsonEncodeDateTime(day, value, encoding->type, NULL);
	else
	{
		getTypeOutputInfo(encoding->type, &output, &is_varlena);
		text = OidOutputFunctionCall(output, value);
	}
	return psprintf("%s::%s", quote_literal_cstr(text), flis_sql_type(encoding->type));
}

/*
 * flis_sql_type writes the name of a type as SQL does, with its schema.  char(n) is bpchar, since
 * "character" without a length would be char(1).
 */
char *
flis_sql_type(Oid type)
{
	return format_type_extended(type, -1, FORMAT_TYPE_TYPEMOD_GIVEN | FORMAT_TYPE_FORCE_QUALIFY);
}

/*
 * flis_municipality_code reads the code of a municipality, a number or a text with or without zeros
 * before it; 0 for anything else than three digits.
 */
int
flis_municipality_code(Oid type, Datum value)
{
	int64 code = 0;

	if (flis_is_number_type(type))
		code = flis_number_of(type, value);
	else
	{
		const char *bytes;
		size_t length;

		bytes_of(type, value, &bytes, &length);
		for (size_t i = 0; i < length && code < 1000; i++)
			code = bytes[i] >= '0' && bytes[i] <= '9' ? code * 10 + (bytes[i] - '0') : 1000;
	}
	return code >= 100 && code < 1000 ? (int) code : 0;
}

/*
 * read_day reads a date, or the date of a timestamp: in Denmark, if it is one with time zone.
 */
static bool
read_day(const FlisPeriodEncoding *encoding, Datum value, FlisDay *day)
{
	if (encoding->type != DATEOID)
	{
		if (TIMESTAMP_NOT_FINITE(DatumGetTimestamp(value)))
			return false;
		if (encoding->type == TIMESTAMPTZOID)
			value = DirectFunctionCall2(timestamptz_zone, danish_zone(), value);
		value = DirectFunctionCall1(timestamp_date, value);
	}
	*day = DatumGetDateADT(value);
	return flis_is_in_calendar(*day);
}

/*
 * read_format reads a number or a text that is written in the encoding's format.
 */
static bool
read_format(const FlisPeriodEncoding *encoding, Datum value, FlisDay *day)
{
	const char *bytes;
	size_t length;

	if (flis_is_number_type(encoding->type))
	{
		int64 number = flis_number_of(encoding->type, value);
		int64 written;

		return flis_period_end_of_number(number, day) &&
			   flis_period_format_number(&encoding->format, *day, &written) && written == number;
	}
	bytes_of(encoding->type, value, &bytes, &length);
	return flis_period_end_of(bytes, length, day) &&
		   is_written_so(&encoding->format, *day, bytes, length);
}

/*
 * from_primo turns the day that a primo value writes into the one that it describes: the day before, or
 * the end of the period before the one that ends on the day.  False where the calendar has none.
 */
static bool
from_primo(const FlisPeriodEncoding *encoding, FlisDay *day)
{
	char text[FLIS_PERIOD_FORMAT_SIZE];

	if (!encoding->is_of_days)
		return flis_period_format_write(&encoding->format, *day - 1, text) &&
			   flis_period_end_of(text, strlen(text), day);
	(*day)--;
	return flis_is_in_calendar(*day);
}

/*
 * to_primo turns a day into the one that a primo value writes for it: the day after, or the end of the
 * period after the newest one that has ended by the day.  False where the calendar has none.
 */
static bool
to_primo(const FlisPeriodEncoding *encoding, FlisDay *day)
{
	char text[FLIS_PERIOD_FORMAT_SIZE];

	if (encoding->is_of_days)
		(*day)++;
	/* The next period ends within the most days that one has, and the one after it does not. */
	else if (flis_period_format_write(&encoding->format, *day, text) &&
			 flis_period_end_of(text, strlen(text), day))
		*day += flis_period_days(encoding);
	else
		return false;
	return flis_is_in_calendar(*day);
}

/*
 * danish_zone returns the name of the time zone of the data, as text.
 */
static Datum
danish_zone(void)
{
	return CStringGetTextDatum(FLIS_ZONE);
}

/*
 * is_written_so tells whether a text is what a format writes for the period that ends on a day.
 */
static bool
is_written_so(const FlisPeriodFormat *format, FlisDay last, const char *bytes, size_t length)
{
	char text[FLIS_PERIOD_FORMAT_SIZE];

	return flis_period_format_write(format, last, text) && strlen(text) == length &&
		   memcmp(text, bytes, length) == 0;
}

/*
 * bytes_of finds the bytes of a text, those of a bpchar without the blanks at its end.
 */
static void
bytes_of(Oid type, Datum value, const char **bytes, size_t *length)
{
	text *packed = DatumGetTextPP(value);

	*bytes = VARDATA_ANY(packed);
	*length = VARSIZE_ANY_EXHDR(packed);
	while (type == BPCHAROID && *length > 0 && (*bytes)[*length - 1] == ' ')
		(*length)--;
}

/*
 * first_of tells the first day for which a value of a period is written: its first day in a column of
 * days, else its last day.
 */
static FlisDay
first_of(const FlisPeriodEncoding *encoding, FlisDay last)
{
	FlisFrequency frequency = encoding->frequency;

	if (!encoding->is_of_days)
		return last;
	return flis_period_first(frequency, flis_period_of(frequency, last));
}

/*
 * number_at tells the number of a date, or of the timestamp at which a day begins.
 */
static int64
number_at(const FlisPeriodEncoding *encoding, FlisDay day)
{
	if (encoding->type == TIMESTAMPOID)
		return day * USECS_PER_DAY;
	if (encoding->type == TIMESTAMPTZOID)
		return DatumGetTimestampTz(DirectFunctionCall2(timestamp_zone, danish_zone(),
													   TimestampGetDatum(day * USECS_PER_DAY)));
	return day;
}

/*
 * literal_at writes as a literal of SQL the value for a day, or for the newest period that has
 * ended by it; NULL if there is none.
 */
static char *
literal_at(const FlisPeriodEncoding *encoding, FlisDay day)
{
	char text[FLIS_PERIOD_FORMAT_SIZE];
	int64 number;

	if (encoding->is_primo && !to_primo(encoding, &day))
		return NULL;
	if (flis_is_number_type(encoding->type))
		return flis_period_format_number(&encoding->format, day, &number)
				   ? psprintf(INT64_FORMAT, number)
				   : NULL;
	if (encoding->has_format)
		return flis_period_format_write(&encoding->format, day, text)
				   ? psprintf("%s::%s", quote_literal_cstr(text), flis_sql_type(encoding->type))
				   : NULL;

	if (day < FLIS_FIRST_DAY)
		return NULL;
	return psprintf("'%s%s'::%s", flis_iso_date(day),
					encoding->type == TIMESTAMPTZOID ? " 00:00 " FLIS_ZONE : "",
					flis_sql_type(encoding->type));
}

/*
 * compared writes the comparison of a column with the literal for a day; NULL if there is none.
 */
static char *
compared(const FlisPeriodEncoding *encoding, const char *column, const char *operator, FlisDay day)
{
	char *literal = literal_at(encoding, day);

	return literal == NULL ? NULL
						   : psprintf("%s OPERATOR(pg_catalog.%s) %s", column, operator, literal);
}
