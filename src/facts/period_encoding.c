/*
 * period_encoding.c
 *		How a cube writes its reference periods.
 *
 * The order of a column's values is that of their periods as long as they are written in one format, so
 * that an index finds the newest one.  A value in another format, also one that differs by a blank or by
 * the case of a letter, therefore stands for nothing.
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
static bool described_by(const FlisPeriodEncoding *encoding, FlisDay *day);
static bool written_for(const FlisPeriodEncoding *encoding, FlisDay *day);
static Datum danish_zone(void);
static bool is_written_so(const FlisPeriodFormat *format, FlisDay last, const char *bytes,
						  size_t length);
static void text_of(Oid type, Datum value, const char **bytes, size_t *length);
static FlisDay first_of(const FlisPeriodEncoding *encoding, FlisDay last);
static int64 number_at(const FlisPeriodEncoding *encoding, FlisDay day);
static char *literal_at(const FlisPeriodEncoding *encoding, FlisDay day);
static char *compared(const FlisPeriodEncoding *encoding, const char *column, const char *operator,
					  FlisDay day);

/*
 * flis_is_text_type, flis_is_number_type and flis_is_day_type tell what a column of a type holds its periods
 * as; a type that is none of them holds no periods.
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
 * flis_period_format_of_value tells in which format a number or a text writes a period; false if in none, or with
 * blanks around it.
 */
bool
flis_period_format_of_value(Oid type, Datum value, FlisPeriodFormat *format)
{
	const char *bytes;
	size_t length;
	FlisDay last;

	if (flis_is_number_type(type))
		return flis_period_read_number(flis_number_of(type, value), format, &last);
	text_of(type, value, &bytes, &length);
	return flis_period_read(bytes, length, format, &last) &&
		   is_written_so(format, last, bytes, length);
}

/*
 * flis_period_encoding_begin describes a column of a type that holds periods, in an area of a frequency; format
 * is NULL for a type that needs none.
 */
void
flis_period_encoding_begin(FlisPeriodEncoding *encoding, Oid type, FlisFrequency frequency,
						   bool is_primo, const FlisPeriodFormat *format)
{
	memset(encoding, 0, sizeof(*encoding));
	encoding->type = type;
	encoding->frequency = frequency;
	encoding->is_primo = is_primo;
	encoding->has_format = format != NULL;
	encoding->is_of_days = format == NULL || format->kind == FLIS_WRITTEN_DAY;
	if (format != NULL)
		encoding->format = *format;
}

/*
 * flis_has_ranges tells whether all numbers between two that stand for a period do so.  Texts have none,
 * and 20250931 writes no day.
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
	if (encoding->is_primo && !described_by(encoding, &day))
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
 * flis_newest_over tells the last day of the newest period that is over before a day; FLIS_NO_DAY if
 * the encoding can write none.
 */
FlisDay
flis_newest_over(const FlisPeriodEncoding *encoding, FlisDay on)
{
	char text[FLIS_PERIOD_FORMAT_SIZE];
	FlisDay last;

	if (encoding->is_of_days)
		last = flis_whole_last(encoding->frequency, on - 1);
	else if (!flis_period_format_write(&encoding->format, on - 1, text) ||
			 !flis_period_end_of(text, strlen(text), &last))
		return FLIS_NO_DAY;
	return flis_is_in_calendar(last) ? last : FLIS_NO_DAY;
}

/*
 * flis_ended_by finds the last day of the newest period of an encoding that has ended by a day.
 */
FlisDay
flis_ended_by(const void *encoding, FlisDay day)
{
	return flis_newest_over(encoding, day + 1);
}

/*
 * flis_reached_by finds the last day of the newest reference period, over before a day, that a cube reaches
 * with a period which ends on the day "last".  A period that lies over two reference periods, or is
 * longer than one, reaches the one in which it ends if the cube can write no newer period that has ended
 * by then: a week that ends on 28 September reaches September, one that ends on 21 September August.
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
 * flis_periods_of finds the periods that count for the reference period which ends on a day: those that end
 * in it, or else the one that contains it, as a quarter does a month.  They come after the period that ends
 * on the day "before", up to the one that ends on the day "newest".  False if the encoding has none.
 */
bool
flis_periods_of(const FlisPeriodEncoding *encoding, FlisDay last, FlisDay *before, FlisDay *newest)
{
	FlisDay first =
		flis_period_first(encoding->frequency, flis_period_of(encoding->frequency, last));

	*before = flis_ended_by(encoding, first - 1);
	*newest = flis_ended_by(encoding, last);
	/* The next period ends at most a whole period later, and the one behind it later than that. */
	if (*newest == *before && *newest != FLIS_NO_DAY)
		*newest = flis_ended_by(encoding, *newest + flis_period_days(encoding));
	return *newest != FLIS_NO_DAY;
}

/*
 * flis_period_days tells the most days that a period has.
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
 * flis_sql_before writes the condition that a column's period comes before one, flis_sql_from that it
 * is that one or later, flis_sql_up_to that it is that one or earlier, and flis_sql_after, for periods
 * that aren't of days, that it comes after the newest one that has ended by a day.
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
 * flis_sql_value writes a value of the column as a literal of SQL, which means the same whatever the
 * session's DateStyle: a time zone's abbreviation may be read as another one's.
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
 * flis_sql_type writes the name of a type as SQL does; without a length char(n) is bpchar, as "character"
 * would be char(1).
 */
char *
flis_sql_type(Oid type)
{
	return format_type_extended(type, -1, FORMAT_TYPE_TYPEMOD_GIVEN | FORMAT_TYPE_FORCE_QUALIFY);
}

/*
 * flis_municipality_code reads the code of a municipality, a number or a text with or without zeros
 * before it; 0 for what has not three digits.
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

		text_of(type, value, &bytes, &length);
		for (size_t i = 0; i < length && code < 1000; i++)
			code = bytes[i] >= '0' && bytes[i] <= '9' ? code * 10 + (bytes[i] - '0') : 1000;
	}
	return code >= 100 && code < 1000 ? (int) code : 0;
}

/*
 * read_day reads a date or the date of a timestamp, of one with time zone as it is in Denmark.
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
	text_of(encoding->type, value, &bytes, &length);
	return flis_period_end_of(bytes, length, day) &&
		   is_written_so(&encoding->format, *day, bytes, length);
}

/*
 * described_by finds what a primo count describes that is written for a day: the day before, or the
 * period before the one that ends on the day.  False where the calendar has none.
 */
static bool
described_by(const FlisPeriodEncoding *encoding, FlisDay *day)
{
	char text[FLIS_PERIOD_FORMAT_SIZE];

	if (!encoding->is_of_days)
		return flis_period_format_write(&encoding->format, *day - 1, text) &&
			   flis_period_end_of(text, strlen(text), day);
	(*day)--;
	return flis_is_in_calendar(*day);
}

/*
 * written_for finds the day for which a primo count writes what describes a day: the day after, or the
 * end of the period after the newest one that has ended by the day.  False where the calendar has none.
 */
static bool
written_for(const FlisPeriodEncoding *encoding, FlisDay *day)
{
	char text[FLIS_PERIOD_FORMAT_SIZE];

	if (encoding->is_of_days)
		(*day)++;
	/* The period after ends at most a whole period later, and the one behind it later than that. */
	else if (flis_period_format_write(&encoding->format, *day, text) &&
			 flis_period_end_of(text, strlen(text), day))
		*day += flis_period_days(encoding);
	else
		return false;
	return flis_is_in_calendar(*day);
}

/*
 * danish_zone is the name of the time zone of the data.
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
 * text_of finds the bytes of a text, those of a bpchar without the blanks at its end.
 */
static void
text_of(Oid type, Datum value, const char **bytes, size_t *length)
{
	text *packed = DatumGetTextPP(value);

	*bytes = VARDATA_ANY(packed);
	*length = VARSIZE_ANY_EXHDR(packed);
	while (type == BPCHAROID && *length > 0 && (*bytes)[*length - 1] == ' ')
		(*length)--;
}

/*
 * first_of tells the first day of a period that days stand for; another period is written as it ends.
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
 * number_at tells the number of a date, or of a timestamp as the day begins.
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
 * literal_at writes the newest value that stands for a day or one before, as a literal of SQL; NULL
 * if there is none.
 */
static char *
literal_at(const FlisPeriodEncoding *encoding, FlisDay day)
{
	char text[FLIS_PERIOD_FORMAT_SIZE];
	int64 number;

	if (encoding->is_primo && !written_for(encoding, &day))
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

static char *
compared(const FlisPeriodEncoding *encoding, const char *column, const char *operator, FlisDay day)
{
	char *literal = literal_at(encoding, day);

	return literal == NULL ? NULL
						   : psprintf("%s OPERATOR(pg_catalog.%s) %s", column, operator, literal);
}
