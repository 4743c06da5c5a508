/*
 * horizon.c
 *		flis_horizon, the function of SQL that lists how far each area reaches between two days, in
 *		intervals in which its answer stays the same.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/date.h"
#include "utils/memutils.h"

#include "base/enum_labels.h"
#include "rules/coverage.h"
#include "cache/names.h"
#include "cache/registry.h"
#include "sql/arguments.h"
#include "sql/row.h"

/* What is answered on each day of an interval. */
typedef struct HorizonInterval
{
	FlisDay from;
	FlisDay through;
	FlisDay next;
	FlisBasis basis;
} HorizonInterval;

static void write_area(ReturnSetInfo *result, const char *area, const FlisTimeline *timeline,
					   FlisDay from, FlisDay until);
static void write_interval(ReturnSetInfo *result, const char *area, const HorizonInterval *interval,
						   FlisDay until);

/*
 * flis_horizon(from_day date, until_day date, channel text) returns one row for each area and interval,
 * in the order in which areas are listed and then of the days.
 */
PG_FUNCTION_INFO_V1(flis_horizon);
Datum
flis_horizon(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	FlisDay from = PG_GETARG_DATEADT(0);
	FlisDay until = PG_GETARG_DATEADT(1);
	const FlisAreaRow *areas;
	MemoryContext row_context;
	MemoryContext caller;
	int channel;
	int n;

	flis_registry_use(fcinfo);
	channel = flis_registry_channel(PG_GETARG_TEXT_PP(2));
	flis_check_finite(from);
	flis_check_finite(until);
	InitMaterializedSRF(fcinfo, 0);
	n = flis_registry_areas(&areas);

	row_context = AllocSetContextCreate(CurrentMemoryContext, "flis horizon", ALLOCSET_SMALL_SIZES);
	caller = MemoryContextSwitchTo(row_context);
	for (int area = 0; area < n; area++)
		write_area(result, areas[area].area, flis_registry_timeline(area, channel), from, until);
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(row_context);
	return (Datum) 0;
}

/*
 * write_area writes the intervals of one area between two days, both inclusive.
 *
 * An answer says how long it holds.  The next one may be the same, as when a status confirms the
 * rules; then it belongs to the same interval.  An answer that moves by a day each day is another
 * one each day.
 */
static void
write_area(ReturnSetInfo *result, const char *area, const FlisTimeline *timeline, FlisDay from,
		   FlisDay until)
{
	HorizonInterval interval = {FLIS_NO_DAY, FLIS_NO_DAY, FLIS_NO_DAY, FLIS_BASIS_NONE};
	FlisDay day = from;

	while (day <= until)
	{
		FlisAnswer answer;

		CHECK_FOR_INTERRUPTS();
		flis_answer_on(timeline, day, &answer);
		if (day == from || answer.through != interval.through || answer.next != interval.next ||
			answer.basis != interval.basis)
		{
			if (day > from)
				write_interval(result, area, &interval, day - 1);
			interval = (HorizonInterval){day, answer.through, answer.next, answer.basis};
		}
		day = answer.through_moves || answer.next_moves ? day + 1 : answer.until;
	}
	if (from <= until)
		write_interval(result, area, &interval, until);
}

/*
 * write_interval writes the row of an interval that ends on a day, and frees what that takes, which is
 * all in the current memory context.
 */
static void
write_interval(ReturnSetInfo *result, const char *area, const HorizonInterval *interval,
			   FlisDay until)
{
	FlisRow row = {0};

	flis_write_text(&row, area);
	flis_write_day(&row, interval->from);
	flis_write_day(&row, until);
	flis_write_day(&row, interval->through);
	flis_write_day(&row, interval->next);
	flis_write_text(&row, flis_basis_labels[interval->basis].code);
	flis_end_row(&row, result);
	MemoryContextReset(CurrentMemoryContext);
}
