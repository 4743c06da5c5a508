/*
 * area_functions.c
 *		The functions of SQL that answer for one area, and those of the calendar.
 *
 * Functions that are called once a row find their answer in cached pages of days, in one look-up.  The
 * others compute it by coverage.c and rule.c.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/rangetypes.h"
#include "utils/typcache.h"

#include "base/calendar.h"
#include "base/compat.h"
#include "rules/coverage.h"
#include "rules/rule.h"
#include "cache/call_cache.h"
#include "cache/municipal_answers.h"
#include "cache/names.h"
#include "cache/registry.h"
#include "sql/arguments.h"

static Datum day_for(FunctionCallInfo fcinfo, FlisAnswerKind kind);
static Datum day_searched(FunctionCallInfo fcinfo, FlisAnswerKind kind);
static Datum municipal_searched(FunctionCallInfo fcinfo);
static const FlisTimeline *timeline_of(FunctionCallInfo fcinfo);
static FlisAnswerCache *answers_of(FunctionCallInfo fcinfo, const FlisCallCache *call_cache,
								   Datum area);
static Datum window_datum(FlisDay opens, FlisDay closes);

/*
 * flis_data_through(area text, on_day date, channel text) returns the last day that readers should
 * use, inclusive; NULL for a closed area and where nothing is known.
 */
PG_FUNCTION_INFO_V1(flis_data_through);
Datum
flis_data_through(PG_FUNCTION_ARGS)
{
	return day_for(fcinfo, FLIS_THROUGH);
}

/*
 * flis_municipality_through(area text, municipality integer, on_day date, channel text) returns the
 * last day that readers should use of one municipality's data, inclusive; NULL where there is none.
 * Called once a row.
 */
PG_FUNCTION_INFO_V1(flis_municipality_through);
Datum
flis_municipality_through(PG_FUNCTION_ARGS)
{
	const FlisCallCache *call_cache = flis_call_cache_checked(fcinfo);
	const FlisAnswerCache *answers;
	FlisDistance distance;
	int64 on;

	if (unlikely(call_cache == NULL))
		return municipal_searched(fcinfo);
	answers = call_cache->answers;
	if (answers == NULL)
	{
		answers = flis_call_cache_find(fcinfo, call_cache, PG_GETARG_DATUM(0));
		if (unlikely(answers == NULL))
			return municipal_searched(fcinfo);
	}
	on = PG_GETARG_DATEADT(2);
	distance = flis_municipal_distance(answers, PG_GETARG_INT32(1), on);
	if (likely(distance > FLIS_FAR_ANSWER))
		return (Datum) (on + distance);
	if (distance == FLIS_NO_ANSWER)
		PG_RETURN_NULL();
	return municipal_searched(fcinfo);
}

/*
 * flis_expected_through(area text, on_day date, channel text) returns the last day by the rules,
 * one-off changes and recorded releases alone, inclusive; NULL where nothing is expected.
 */
PG_FUNCTION_INFO_V1(flis_expected_through);
Datum
flis_expected_through(PG_FUNCTION_ARGS)
{
	return day_for(fcinfo, FLIS_EXPECTED);
}

/*
 * flis_next_release(area text, after date, channel text) returns the first day after a day on which
 * a release is out, planned or expected; NULL for a closed area and where nothing is expected.
 */
PG_FUNCTION_INFO_V1(flis_next_release);
Datum
flis_next_release(PG_FUNCTION_ARGS)
{
	return day_for(fcinfo, FLIS_NEXT);
}

/*
 * flis_release_window(area text, cycle date, channel text) returns the days on which the rules let a
 * cycle's release come; NULL where no rule applies.
 */
PG_FUNCTION_INFO_V1(flis_release_window);
Datum
flis_release_window(PG_FUNCTION_ARGS)
{
	FlisDay day = PG_GETARG_DATEADT(1);
	const FlisTimeline *timeline = timeline_of(fcinfo);
	const FlisTerms *terms;
	int cycle;

	if (!flis_is_in_calendar(day))
	{
		flis_check_infinite(day);
		return window_datum(day, day);
	}
	terms = flis_terms_for(timeline, day, &cycle);
	if (terms == NULL)
		PG_RETURN_NULL();
	return window_datum(flis_window_opens(&terms->rule, &terms->channel, cycle),
						flis_window_closes(&terms->rule, &terms->channel, cycle));
}

static void
check_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

/*
 * flis_release_of(area text, period date, channel text) returns the first day on which the area's data
 * reach the end of the reference period that contains a day; NULL if that day never comes.
 */
PG_FUNCTION_INFO_V1(flis_release_of);
Datum
flis_release_of(PG_FUNCTION_ARGS)
{
	FlisDay day = PG_GETARG_DATEADT(1);
	const FlisTimeline *timeline = timeline_of(fcinfo);
	FlisDay first;

	if (!flis_is_in_calendar(day))
	{
		flis_check_infinite(day);
		PG_RETURN_DATEADT(day);
	}
	first = flis_first_day_covered(timeline, day, check_interrupts);
	if (first == FLIS_NO_DAY)
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(first);
}

/*
 * flis_newest_release(area text, data_through date, expected date, on_day date, channel text) returns
 * the first day on which the releases reach the day "expected", or the last day to which there is access
 * on on_day, if that is earlier; NULL outside the calendar range.  data_through only makes the answer
 * NULL where it is: the function is STRICT.
 */
PG_FUNCTION_INFO_V1(flis_newest_release);
Datum
flis_newest_release(PG_FUNCTION_ARGS)
{
	FlisDay expected = PG_GETARG_DATEADT(2);
	FlisDay on = PG_GETARG_DATEADT(3);
	const FlisTimeline *timeline;
	FlisAnswer answer;
	FlisDay first;
	int area;
	int channel;

	flis_registry_use(fcinfo);
	area = flis_registry_area(PG_GETARG_TEXT_PP(0));
	channel = flis_registry_channel(PG_GETARG_TEXT_PP(4));
	if (!flis_is_in_calendar(expected) || !flis_is_in_calendar(on))
		PG_RETURN_NULL();
	timeline = flis_registry_timeline(area, channel);
	flis_answer_on(timeline, on, &answer);
	first = flis_first_day_expected(timeline, Min(expected, answer.access_through));
	if (first == FLIS_NEVER)
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(first);
}

/*
 * flis_common_through(areas text[], on_day date, channel text) returns the last day that all of the
 * areas cover; NULL if one covers none, if an element is NULL and for an empty array.
 */
PG_FUNCTION_INFO_V1(flis_common_through);
Datum
flis_common_through(PG_FUNCTION_ARGS)
{
	ArrayType *areas = PG_GETARG_ARRAYTYPE_P(0);
	FlisDay on = PG_GETARG_DATEADT(1);
	FlisDay common = FLIS_NEVER;
	bool is_known = true;
	const FlisCallCache *call_cache;
	Datum *elements;
	bool *nulls;
	int n;

	call_cache = flis_call_cache_use(fcinfo);
	if (!flis_is_in_calendar(on))
		flis_check_infinite(on);

	/* All names are looked up, so that an unknown name raises an error even after a NULL. */
	deconstruct_array(areas, TEXTOID, -1, false, TYPALIGN_INT, &elements, &nulls, &n);
	for (int i = 0; i < n; i++)
	{
		FlisAnswerCache *answers;

		CHECK_FOR_INTERRUPTS();
		if (nulls[i])
		{
			is_known = false;
			continue;
		}
		answers = answers_of(fcinfo, call_cache, elements[i]);
		if (flis_is_in_calendar(on))
		{
			FlisDay through = flis_cached_day(answers, FLIS_THROUGH, on, &flis_current_load.pages);

			if (through == FLIS_NO_DAY)
				is_known = false;
			common = Min(common, through);
		}
	}
	if (!is_known || n == 0)
	{
		/* Without an area the channel was not looked up yet, and an unknown one is an error. */
		flis_registry_channel(PG_GETARG_TEXT_PP(2));
		PG_RETURN_NULL();
	}
	PG_RETURN_DATEADT(flis_is_in_calendar(on) ? common : on);
}

/*
 * flis_is_bank_holiday(day date) tells whether a day is a Danish public holiday.
 */
PG_FUNCTION_INFO_V1(flis_is_bank_holiday);
Datum
flis_is_bank_holiday(PG_FUNCTION_ARGS)
{
	FlisDay day = PG_GETARG_DATEADT(0);

	if (!flis_is_in_calendar(day))
	{
		flis_check_infinite(day);
		PG_RETURN_BOOL(false);
	}
	PG_RETURN_BOOL(flis_is_holiday(day));
}

/*
 * flis_business_day(day date, convention text) returns the business day to which a day moves.
 */
PG_FUNCTION_INFO_V1(flis_business_day);
Datum
flis_business_day(PG_FUNCTION_ARGS)
{
	FlisDay day = PG_GETARG_DATEADT(0);
	FlisConvention convention = flis_find_convention(PG_GETARG_TEXT_PP(1));

	if (!flis_is_in_calendar(day))
	{
		flis_check_infinite(day);
		PG_RETURN_DATEADT(day);
	}
	PG_RETURN_DATEADT(flis_moved_to_business(day, convention));
}

/*
 * flis_check_infinite raises 22008 for a day outside the calendar range that is not infinite.
 */
void
flis_check_infinite(FlisDay day)
{
	if (!DATE_NOT_FINITE(day))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("day out of range: \"%s\"",
						DatumGetCString(DirectFunctionCall1(date_out, DateADTGetDatum(day)))),
				 errdetail("The calendar reaches from 0001-01-01 to 9999-12-31.")));
}

/*
 * flis_check_finite raises 22008 for a day outside the calendar range, and for an infinite one: a
 * listing of releases up to infinity would never end.
 */
void
flis_check_finite(FlisDay day)
{
	if (flis_is_in_calendar(day))
		return;
	flis_check_infinite(day);
	ereport(ERROR, (errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
					errmsg("day out of range: \"%s\"",
						   DatumGetCString(DirectFunctionCall1(date_out, DateADTGetDatum(day)))),
					errhint("Use a finite day, from 0001-01-01 to 9999-12-31.")));
}

/*
 * day_for answers a function whose arguments are area, day and channel; NULL where there is no answer.
 * Called once a row.
 */
static pg_attribute_always_inline Datum
day_for(FunctionCallInfo fcinfo, FlisAnswerKind kind)
{
	const FlisCallCache *call_cache = flis_call_cache_checked(fcinfo);
	const FlisAnswerCache *answers;
	FlisDistance distance;
	int64 on;

	if (unlikely(call_cache == NULL))
		return day_searched(fcinfo, kind);
	answers = call_cache->answers;
	if (answers == NULL)
	{
		answers = flis_call_cache_find(fcinfo, call_cache, PG_GETARG_DATUM(0));
		if (unlikely(answers == NULL))
			return day_searched(fcinfo, kind);
	}
	on = PG_GETARG_DATEADT(1);
	distance = flis_cached_distance(answers, kind, on);
	if (likely(distance > FLIS_FAR_ANSWER))
		return (Datum) (on + distance); /* DateADTGetDatum would narrow and widen the number */
	if (distance == FLIS_NO_ANSWER)
		PG_RETURN_NULL();
	return day_searched(fcinfo, kind);
}

/*
 * day_searched answers where the fast look-up finds nothing cached.  An infinite day is its own answer.
 */
static Datum
day_searched(FunctionCallInfo fcinfo, FlisAnswerKind kind)
{
	FlisDay on = PG_GETARG_DATEADT(1);
	FlisAnswerCache *answers;
	FlisDay answer;

	flis_call_cache_use(fcinfo);
	answers = flis_call_cache_search(fcinfo, PG_GETARG_DATUM(0));
	if (!flis_is_in_calendar(on))
	{
		flis_check_infinite(on);
		PG_RETURN_DATEADT(on);
	}
	answer = flis_cached_day(answers, kind, on, &flis_current_load.pages);
	if (answer == FLIS_NO_DAY)
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(answer);
}

/*
 * municipal_searched answers for one municipality where the fast look-up finds nothing cached.
 */
static Datum
municipal_searched(FunctionCallInfo fcinfo)
{
	FlisDay on = PG_GETARG_DATEADT(2);
	FlisAnswerCache *answers;
	FlisDay answer;

	flis_call_cache_use(fcinfo);
	answers = flis_call_cache_search(fcinfo, PG_GETARG_DATUM(0));
	if (!flis_is_in_calendar(on))
	{
		flis_check_infinite(on);
		PG_RETURN_DATEADT(on);
	}
	answer =
		flis_municipal_answers_compute(answers, PG_GETARG_INT32(1), on, &flis_current_load.pages);
	if (answer == FLIS_NO_DAY)
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(answer);
}

/*
 * timeline_of finds the timeline of an area, the first argument, in a channel, the third.
 */
static const FlisTimeline *
timeline_of(FunctionCallInfo fcinfo)
{
	return &answers_of(fcinfo, flis_call_cache_use(fcinfo), PG_GETARG_DATUM(0))->timeline;
}

/*
 * answers_of finds the cached answers of an area in a channel, the third argument.
 */
static FlisAnswerCache *
answers_of(FunctionCallInfo fcinfo, const FlisCallCache *call_cache, Datum area)
{
	FlisAnswerCache *answers = flis_call_cache_find(fcinfo, call_cache, area);

	return answers != NULL ? flis_current_answers(answers) : flis_call_cache_search(fcinfo, area);
}

/*
 * window_datum makes a range of two days, both inclusive.
 */
static Datum
window_datum(FlisDay opens, FlisDay closes)
{
	TypeCacheEntry *type = lookup_type_cache(DATERANGEOID, TYPECACHE_RANGE_INFO);
	RangeBound lower = {.val = DateADTGetDatum(opens), .inclusive = true, .lower = true};
	RangeBound upper = {.val = DateADTGetDatum(closes), .inclusive = true, .lower = false};

	return RangeTypePGetDatum(FLIS_MAKE_RANGE(type, &lower, &upper));
}
