/*
 * dialect.c
 *		How a fact table writes its reference periods.
 *
 * The order of a column's values is that of their periods as long as they are written in one form, so
 * that an index finds the newest one.  A value in another form, also one that differs by a blank or by
 * the case of a letter, therefore stands for nothing.
 */
#include "dialect.h"

#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/fmgrprotos.h"
#include "utils/json.h"
#include "utils/lsyscache.h"

#include "calendar.h"
#include "compat.h"
#include "period.h"
#include "rule.h"

static bool read_day(const FlisDialect *dialect, Datum value, FlisDay *day);
static bool read_form(const FlisDialect *dialect, Datum value, FlisDay *day);
static bool is_written_so(const FlisForm *form, FlisDay last, const char *bytes, size_t length);
static void text_of(Oid type, Datum value, const char **bytes, size_t *length);
static FlisDay first_of(const FlisDialect *dialect, FlisDay last);
static int64 number_at(const FlisDialect *dialect, FlisDay day);
static char *literal_at(const FlisDialect *dialect, FlisDay day);
static char *compared(const FlisDialect *dialect, const char *column, const char *operator,
					  FlisDay day);

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
 * flis_form_of_value tells in which form a number or a text writes a period; false if in none, or with
 * blanks around it.
 */
bool
flis_form_of_value(Oid type, Datum value, FlisForm *form)
{
	const char *bytes;
	size_t length;
	FlisDay last;

	if (flis_is_number_type(type))
		return flis_form_of_number(flis_number_of(type, value), form);
	text_of(type, value, &bytes, &length);
	return flis_period_read(bytes, length, form, &last) && is_written_so(form, last, bytes, length);
}

/*
 * flis_dialect_begin describes a column of a type that holds periods, in an area of a frequency; form
 * is NULL for a type that needs none.
 */
void
flis_dialect_begin(FlisDialect *dialect, Oid type, FlisFrequency frequency, const FlisForm *form)
{
	memset(dialect, 0, sizeof(*dialect));
	dialect->type = type;
	dialect->frequency = frequency;
	dialect->has_form = form != NULL;
	dialect->is_of_days = form == NULL || form->kind == FLIS_WRITTEN_DAY;
	if (form != NULL)
		dialect->form = *form;
}

/*
 * flis_has_ranges tells whether all numbers between two that stand for a period do so.  Texts have none,
 * and 20250931 writes no day.
 */
bool
flis_has_ranges(const FlisDialect *dialect)
{
	return !flis_is_text_type(dialect->type) && !(dialect->has_form && dialect->is_of_days);
}

/*
 * flis_read_written reads a value; false if it stands for no period of the calendar.
 */
bool
flis_read_written(const FlisDialect *dialect, Datum value, FlisWritten *written)
{
	FlisDay day;

	if (dialect->has_form ? !read_form(dialect, value, &day) : !read_day(dialect, value, &day))
		return false;

	written->last = day;
	if (dialect->is_of_days)
		written->last =
			flis_period_last(dialect->frequency, flis_period_of(dialect->frequency, day));
	if (!flis_has_ranges(dialect))
		written->low = written->high = written->last;
	else if (dialect->is_of_days)
	{
		written->low = number_at(dialect, first_of(dialect, written->last));
		written->high = number_at(dialect, written->last + 1) - 1;
	}
	else
		written->low = written->high = flis_number_of(dialect->type, value);
	return true;
}

/*
 * flis_newest_over tells the last day of the newest period that is over before a day; FLIS_NO_DAY if
 * the dialect can write none.
 */
FlisDay
flis_newest_over(const FlisDialect *dialect, FlisDay on)
{
	char text[FLIS_FORM_SIZE];
	FlisDay last;

	if (dialect->is_of_days)
		last = flis_whole_last(dialect->frequency, on - 1);
	else if (!flis_form_write(&dialect->form, on - 1, text) ||
			 !flis_period_end_of(text, strlen(text), &last))
		return FLIS_NO_DAY;
	return flis_is_in_calendar(last) ? last : FLIS_NO_DAY;
}

/*
 * flis_period_days tells the most days that a period has.
 */
int
flis_period_days(const FlisDialect *dialect)
{
	static const int days_of_kind[] = {
		[FLIS_YEAR] = 366, [FLIS_HALF_YEAR] = 184, [FLIS_QUARTER] = 92,		[FLIS_MONTH] = 31,
		[FLIS_WEEK] = 7,   [FLIS_WRITTEN_DAY] = 1, [FLIS_SCHOOL_YEAR] = 366};
	static const int days_of_frequency[] = {
		[FLIS_MONTHLY] = 31, [FLIS_ANNUAL] = 366, [FLIS_DAILY] = 1};

	return dialect->is_of_days ? days_of_frequency[dialect->frequency]
							   : days_of_kind[dialect->form.kind];
}

/*
 * flis_sql_before writes the condition that a column's period comes before one, flis_sql_from that it
 * is that one or later, flis_sql_up_to that it is that one or earlier, and flis_sql_after, for periods
 * that aren't of days, that it comes after the newest one that has ended by a day.
 */
char *
flis_sql_before(const FlisDialect *dialect, const char *column, FlisDay last)
{
	return compared(dialect, column, "<", first_of(dialect, last));
}

char *
flis_sql_from(const FlisDialect *dialect, const char *column, FlisDay last)
{
	return compared(dialect, column, ">=", first_of(dialect, last));
}

char *
flis_sql_after(const FlisDialect *dialect, const char *column, FlisDay last)
{
	return compared(dialect, column, ">", last);
}

char *
flis_sql_up_to(const FlisDialect *dialect, const char *column, FlisDay last)
{
	if (dialect->type == TIMESTAMPOID || dialect->type == TIMESTAMPTZOID)
		return compared(dialect, column, "<", last + 1);
	return compared(dialect, column, "<=", last);
}

/*
 * flis_sql_value writes a value of the column as a literal of SQL, which means the same whatever the
 * session's DateStyle: a time zone's abbreviation may be read as another one's.
 */
char *
flis_sql_value(const FlisDialect *dialect, Datum value)
{
	char day[MAXDATELEN + 1];
	const char *text = day;
	Oid output;
	bool is_varlena;

	if (flis_is_day_type(dialect->type))
		JsonEncodeDateTime(day, value, dialect->type, NULL);
	else
	{
		getTypeOutputInfo(dialect->type, &output, &is_varlena);
		text = OidOutputFunctionCall(output, value);
	}
	return psprintf("%s::%s", quote_literal_cstr(text), flis_sql_type(dialect->type));
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
 * read_day reads a date or the date of a timestamp, with a time zone as in the session's.
 */
static bool
read_day(const FlisDialect *dialect, Datum value, FlisDay *day)
{
	if (dialect->type != DATEOID)
	{
		if (TIMESTAMP_NOT_FINITE(DatumGetTimestamp(value)))
			return false;
		value = DirectFunctionCall1(
			dialect->type == TIMESTAMPOID ? timestamp_date : timestamptz_date, value);
	}
	*day = DatumGetDateADT(value);
	return flis_is_in_calendar(*day);
}

/*
 * read_form reads a number or a text that is written as the dialect's form would be.
 */
static bool
read_form(const FlisDialect *dialect, Datum value, FlisDay *day)
{
	const char *bytes;
	size_t length;

	if (flis_is_number_type(dialect->type))
	{
		int64 number = flis_number_of(dialect->type, value);
		int64 written;

		return flis_period_end_of_number(number, day) &&
			   flis_form_number(&dialect->form, *day, &written) && written == number;
	}
	text_of(dialect->type, value, &bytes, &length);
	return flis_period_end_of(bytes, length, day) &&
		   is_written_so(&dialect->form, *day, bytes, length);
}

/*
 * is_written_so tells whether a text is what a form writes for the period that ends on a day.
 */
static bool
is_written_so(const FlisForm *form, FlisDay last, const char *bytes, size_t length)
{
	char text[FLIS_FORM_SIZE];

	return flis_form_write(form, last, text) && strlen(text) == length &&
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
first_of(const FlisDialect *dialect, FlisDay last)
{
	FlisFrequency frequency = dialect->frequency;

	if (!dialect->is_of_days)
		return last;
	return flis_period_first(frequency, flis_period_of(frequency, last));
}

/*
 * number_at tells the number of a date, or of a timestamp as the day begins.
 */
static int64
number_at(const FlisDialect *dialect, FlisDay day)
{
	if (dialect->type == TIMESTAMPOID)
		return day * USECS_PER_DAY;
	if (dialect->type == TIMESTAMPTZOID)
		return DatumGetTimestampTz(DirectFunctionCall1(date_timestamptz, DateADTGetDatum(day)));
	return day;
}

/*
 * literal_at writes the newest value that stands for a day or one before, as a literal of SQL; NULL
 * if there is none.
 */
static char *
literal_at(const FlisDialect *dialect, FlisDay day)
{
	char text[FLIS_FORM_SIZE];
	int64 number;
	int year;
	int month;
	int day_of_month;

	if (flis_is_number_type(dialect->type))
		return flis_form_number(&dialect->form, day, &number) ? psprintf(INT64_FORMAT, number)
															  : NULL;
	if (dialect->has_form)
		return flis_form_write(&dialect->form, day, text)
				   ? psprintf("%s::%s", quote_literal_cstr(text), flis_sql_type(dialect->type))
				   : NULL;

	flis_day_parts(day, &year, &month, &day_of_month);
	if (year < 1)
		return NULL;
	return psprintf("'%04d-%02d-%02d'::%s", year, month, day_of_month,
					flis_sql_type(dialect->type));
}

static char *
compared(const FlisDialect *dialect, const char *column, const char *operator, FlisDay day)
{
	char *literal = literal_at(dialect, day);

	return literal == NULL ? NULL
						   : psprintf("%s OPERATOR(pg_catalog.%s) %s", column, operator, literal);
}
