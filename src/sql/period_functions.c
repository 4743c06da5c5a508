/*
 * period_functions.c
 *		The functions of SQL that read and write periods.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/date.h"

#include "base/compat.h"
#include "base/period.h"
#include "base/period_format.h"
#include "cache/names.h"
#include "sql/arguments.h"

/* What flis_period_like last wrote at this call site, and from what; the function is IMMUTABLE. */
typedef struct LastLike
{
	FlisDay day;
	int length;
	char period[FLIS_PERIOD_FORMAT_SIZE];
	char written[FLIS_PERIOD_FORMAT_SIZE];
} LastLike;

/* The same for a number. */
typedef struct LastLikeNumber
{
	FlisDay day;
	int64 period;
	int32 written;
} LastLikeNumber;

pg_noreturn static void unknown_text(const text *period);
pg_noreturn static void unknown_number(int64 period);
pg_noreturn static void nothing_ended(FlisDay day);

/*
 * flis_period_end(period text) returns the last day of a written period.
 */
PG_FUNCTION_INFO_V1(flis_period_end_text);
Datum
flis_period_end_text(PG_FUNCTION_ARGS)
{
	text *period = PG_GETARG_TEXT_PP(0);
	FlisDay last;

	if (!flis_period_end_of(VARDATA_ANY(period), VARSIZE_ANY_EXHDR(period), &last))
		unknown_text(period);
	PG_RETURN_DATEADT(last);
}

/*
 * flis_period_end(period bigint) returns the last day of a period written as a number.
 */
PG_FUNCTION_INFO_V1(flis_period_end_number);
Datum
flis_period_end_number(PG_FUNCTION_ARGS)
{
	int64 period = PG_GETARG_INT64(0);
	FlisDay last;

	if (!flis_period_end_of_number(period, &last))
		unknown_number(period);
	PG_RETURN_DATEADT(last);
}

/*
 * flis_period_like(day date, period text) returns the newest period that has ended by a day, written
 * as another one is.
 */
PG_FUNCTION_INFO_V1(flis_period_like_text);
Datum
flis_period_like_text(PG_FUNCTION_ARGS)
{
	FlisDay day = PG_GETARG_DATEADT(0);
	text *period = PG_GETARG_TEXT_PP(1);
	int length = VARSIZE_ANY_EXHDR(period);
	LastLike *last = fcinfo->flinfo->fn_extra;
	char written[FLIS_PERIOD_FORMAT_SIZE];
	FlisPeriodFormat format;
	FlisDay end;

	/* A view calls it once a row to compare a column, almost always with the same arguments. */
	if (last != NULL && last->day == day && last->length == length &&
		memcmp(last->period, VARDATA_ANY(period), length) == 0)
		PG_RETURN_TEXT_P(cstring_to_text(last->written));

	if (!flis_period_read(VARDATA_ANY(period), length, &format, &end))
		unknown_text(period);
	if (!flis_period_format_write(&format, day, written))
		nothing_ended(day);
	if (length <= FLIS_PERIOD_FORMAT_SIZE)
	{
		if (last == NULL)
			last = fcinfo->flinfo->fn_extra =
				MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, sizeof(LastLike));
		last->day = day;
		last->length = length;
		memcpy(last->period, VARDATA_ANY(period), length);
		strlcpy(last->written, written, sizeof(last->written));
	}
	PG_RETURN_TEXT_P(cstring_to_text(written));
}

/*
 * flis_period_like(day date, period bigint) returns the newest period that has ended by a day,
 * written as another number is.
 */
PG_FUNCTION_INFO_V1(flis_period_like_number);
Datum
flis_period_like_number(PG_FUNCTION_ARGS)
{
	FlisDay day = PG_GETARG_DATEADT(0);
	int64 period = PG_GETARG_INT64(1);
	LastLikeNumber *last = fcinfo->flinfo->fn_extra;
	int64_t written;
	FlisPeriodFormat format;
	FlisDay end;

	if (last != NULL && last->day == day && last->period == period)
		PG_RETURN_INT32(last->written);

	if (!flis_period_read_number(period, &format, &end))
		unknown_number(period);
	if (!flis_period_format_number(&format, day, &written))
		nothing_ended(day);
	if (last == NULL)
		last = fcinfo->flinfo->fn_extra =
			MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, sizeof(LastLikeNumber));
	last->day = day;
	last->period = period;
	last->written = (int32) written;
	PG_RETURN_INT32(last->written);
}

static void
unknown_text(const text *period)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown period \"%.*s\"", flis_shown_length(period), VARDATA_ANY(period)),
			 errhint("Use one of the forms 2025, 2025-04, 202504, 2025M04, 20250430, 2025-04-30, "
					 "2025W18, 2025U18, 2025Q2, 2025K2, 2025S1, 2025H1, 2025A1, 2024/2025; "
					 "letters may stand behind a dash.")));
}

static void
unknown_number(int64 period)
{
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("unknown period %lld", (long long) period),
					errhint("Use one of the forms 2025, 202504, 20250430.")));
}

/*
 * nothing_ended raises an error for a day by which no period has ended that can be written.
 */
static void
nothing_ended(FlisDay day)
{
	if (flis_is_in_calendar(day))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("no period of this form has ended by \"%s\"",
						DatumGetCString(DirectFunctionCall1(date_out, DateADTGetDatum(day)))),
				 errdetail("Periods are written from year 1 on, as numbers from year 1000 on.")));
	flis_check_infinite(day);
	ereport(ERROR, (errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
					errmsg("an infinite day cannot be written as a period"),
					errhint("Use a finite day, from 0001-01-01 to 9999-12-31.")));
}
