/*
 * cube.c
 *		The function of SQL that holds registered fact tables against what they should hold.
 *
 * Each table is read in a subtransaction of its own, with the caller's rights and snapshot, so that one
 * that can't be read stops none of the others.  The registry of rules and statuses is asked before and
 * after: what is run in between may make it read them anew.
 */
#include "postgres.h"

#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "attempt.h"
#include "coverage.h"
#include "functions.h"
#include "measure.h"
#include "registry.h"
#include "row.h"
#include "subject.h"
#include "wording.h"
#include "words.h"

/* What is known of a table, step by step. */
typedef struct Check
{
	FunctionCallInfo fcinfo;
	const FlisCube *cube;
	const FlisMunicipalities *municipalities;
	FlisDay on;
	MemoryContext context;
	FlisSubject subject;
	FlisMeasure measure;
	FlisAnswer answer;
	FlisVerdict verdict;
} Check;

static void check_cube(Check *check, ReturnSetInfo *result);
static bool is_of_missing(int sqlerrcode);
static void measure(void *check);
static void answer(void *check);
static const char *reason_for(const Check *check);
static const char *reason_for_partial(const Check *check);

/*
 * flis_check_cubes(on_day date) returns one row a registered fact table, in the order of their names.
 */
PG_FUNCTION_INFO_V1(flis_check_cubes);
Datum
flis_check_cubes(PG_FUNCTION_ARGS)
{
	FlisDay on = PG_GETARG_DATEADT(0);
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext context = AllocSetContextCreate(caller, "flis cube", ALLOCSET_DEFAULT_SIZES);
	FlisMunicipalities municipalities;
	FlisCube *cubes;
	Oid schema;
	int n;

	flis_check_finite(on);
	InitMaterializedSRF(fcinfo, 0);
	flis_registry_use(fcinfo);
	schema = flis_at_hand.schema;
	flis_read_municipalities(schema, &municipalities);
	cubes = flis_read_cubes(schema, &n);

	MemoryContextSwitchTo(context);
	for (int i = 0; i < n; i++)
	{
		Check check = {.fcinfo = fcinfo,
					   .cube = &cubes[i],
					   .municipalities = &municipalities,
					   .on = on,
					   .context = context};

		CHECK_FOR_INTERRUPTS();
		check_cube(&check, result);
		MemoryContextReset(context);
	}
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(context);
	return (Datum) 0;
}

/*
 * check_cube checks one table and returns its row.
 */
static void
check_cube(Check *check, ReturnSetInfo *result)
{
	const FlisCube *cube = check->cube;
	FlisFound *found = &check->measure.found;
	bool is_measured;
	bool is_counted;
	ErrorData *error;
	ErrorData *answer_error;
	FlisRow row = {0};

	found->newest = found->measured = FLIS_NO_DAY;
	check->answer.expected.through = check->answer.through = FLIS_NO_DAY;
	is_measured = flis_attempt(measure, check, &error);
	if (!is_measured)
	{
		memset(&check->measure, 0, sizeof(check->measure));
		found->newest = found->measured = FLIS_NO_DAY;
		found->finding = FLIS_FOUND_NOTHING_READABLE;
		if (is_of_missing(error->sqlerrcode) && !flis_fact_exists(cube))
			found->finding = FLIS_FOUND_NO_TABLE;
		check->measure.reason = error->message;
	}
	if (!flis_attempt(answer, check, &answer_error))
	{
		/* The area is retired, or there is no such channel. */
		check->verdict = FLIS_VERDICT_MISSING;
		if (found->finding != FLIS_FOUND_NO_TABLE)
		{
			check->verdict = FLIS_VERDICT_UNKNOWN;
			check->measure.reason = answer_error->message;
		}
	}

	is_counted = found->finding == FLIS_FOUND_ROWS && check->measure.by_municipality;
	flis_put_text(&row, cube->cube);
	flis_put_text(&row, cube->area);
	flis_put_text(&row, cube->channel);
	flis_put_day(&row, found->measured);
	flis_put_day(&row, found->newest);
	flis_put_day(&row, check->answer.expected.through);
	flis_put_day(&row,
				 check->answer.status != NULL ? check->answer.status->data_through : FLIS_NO_DAY);
	flis_put_day(&row, check->answer.through);
	flis_put_text(&row, flis_verdict_words[check->verdict].code);
	flis_put_integer(&row, is_counted, check->measure.expected);
	flis_put_integer(&row, is_counted, check->measure.reporting);
	flis_put_text(&row, reason_for(check));
	flis_end_row(&row, result);
}

/*
 * is_of_missing tells whether an error may come of a table that isn't there, maybe not any more.
 */
static bool
is_of_missing(int sqlerrcode)
{
	return sqlerrcode == ERRCODE_UNDEFINED_TABLE || sqlerrcode == ERRCODE_UNDEFINED_SCHEMA;
}

/*
 * measure reads a table.
 */
static void
measure(void *argument)
{
	Check *check = argument;
	FlisFact fact;

	flis_find_fact(check->cube, &fact);
	flis_subject_begin(&check->subject, check->fcinfo, check->cube, check->municipalities,
					   check->on);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	flis_measure(&check->subject, &fact, &check->measure);
	if (check->measure.reason != NULL)
		check->measure.reason = MemoryContextStrdup(check->context, check->measure.reason);
	SPI_finish();
}

/*
 * answer finds what a table should hold, and judges it.
 */
static void
answer(void *argument)
{
	Check *check = argument;
	const FlisTimeline *timeline = flis_subject_timeline(check->fcinfo, check->cube);

	flis_answer_on(timeline, check->on, &check->answer);
	check->verdict = flis_verdict_on(timeline, check->on, &check->measure.found, &check->answer);
}

/*
 * reason_for tells in words why a verdict isn't as it should be; NULL where there is nothing to tell.
 */
static const char *
reason_for(const Check *check)
{
	const FlisFound *found = &check->measure.found;
	FlisFrequency frequency = check->subject.frequency;

	switch (check->verdict)
	{
		case FLIS_VERDICT_MISSING:
		case FLIS_VERDICT_UNKNOWN:
			return check->measure.reason;
		case FLIS_VERDICT_CLOSED:
			if (check->answer.closed_by_notice || check->answer.status == NULL)
				return "closed by a notice";
			return psprintf("closed by the status of %s",
							flis_day_in_words(check->answer.status->as_of, FLIS_ENGLISH).text);
		case FLIS_VERDICT_EMPTY:
			return "no rows of a period that is over";
		case FLIS_VERDICT_NOT_DUE:
			return check->answer.through == FLIS_NO_DAY ? "no release is expected" : NULL;
		case FLIS_VERDICT_LATE:
			return psprintf(
				"%s is expected, the newest period is %s",
				flis_period_in_words(frequency, check->answer.through, FLIS_ENGLISH).text,
				flis_period_in_words(frequency, found->newest, FLIS_ENGLISH).text);
		case FLIS_VERDICT_PARTIAL:
			return reason_for_partial(check);
		case FLIS_VERDICT_DUE:
		case FLIS_VERDICT_ON_TIME:
		case FLIS_VERDICT_AHEAD:
			break;
	}
	return NULL;
}

/*
 * reason_for_partial tells how much of the newest period is there.
 */
static const char *
reason_for_partial(const Check *check)
{
	const FlisMeasure *measured = &check->measure;
	FlisWording period =
		flis_period_in_words(check->subject.frequency, measured->last, FLIS_ENGLISH);

	if (measured->by_municipality)
		return psprintf("%d of %d municipalities report %s", measured->reporting,
						measured->expected, period.text);
	return psprintf(INT64_FORMAT " rows of %s, where %.0f are the median of the periods before",
					measured->rows, period.text, measured->median_rows);
}
