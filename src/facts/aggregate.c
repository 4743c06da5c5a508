/*
 * aggregate.c
 *		flis_tally, the aggregate that counts a cube's rows by period: its call in SQL, and its result.
 *
 * flis_tally(period, municipality, reading) reads a cube once, in parallel workers, and takes a few
 * nanoseconds a row: most rows have the period of the row before, or one that is known to be too old or
 * not over.  The third argument tells how periods are read; flis_period_counts_sql writes it.  A fourth
 * is the number of rows that have this period and municipality, where they were counted before.
 *
 * The result is a bytea, which workers send, too: a FlisPeriodCountsResult without its unused periods.
 */
#include "facts/aggregate.h"

#include <stddef.h>

#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "base/compat.h"
#include "base/enum_labels.h"

/* The longest text, in bytes, that is compared with that of the row before. */
#define TEXT_SIZE 16

typedef struct State
{
	FlisPeriodCountsResult result;
	FlisPeriodEncoding encoding;
	Oid municipality_type;
	bool has_ranges;
	bool is_text;
	bool is_text_code;
	FlisDay until;			  /* periods that end later don't count */
	FlisPeriodCount *current; /* the period of the row before; NULL */
	int64 number;			  /* that writes the current period, if it has no range */
	int64 ignored_up_to;	  /* greatest number known to stand for a period too old to be kept */
	int64 ignored_from;		  /* least number known to stand for one that isn't over */
	char text[TEXT_SIZE];	  /* that writes the current period */
	size_t length;
} State;

/* Bytes of a result that has n periods. */
#define RESULT_SIZE(n)                                                                             \
	(offsetof(FlisPeriodCountsResult, counts.periods) + (n) * sizeof(FlisPeriodCount))

static State *begin(FunctionCallInfo fcinfo, MemoryContext context);
static State *new_state(MemoryContext context);
static Oid argument_type(FunctionCallInfo fcinfo, int argument);
static void read_reading(State *state, Oid type, char *reading);
pg_noreturn static void bad_reading(void);
static inline void add_code(const State *state, FlisMunicipalitySet *codes, Datum value);
static FlisPeriodCount *find_number(State *state, Datum value);
static FlisPeriodCount *find_day_number(State *state, Datum value);
static FlisPeriodCount *find_text(State *state, Datum value);
static FlisPeriodCount *find_written(State *state, Datum value, FlisWritten *written);
static void note_unread(State *state, Datum value);

/*
 * flis_tally_add(state internal, period "any", municipality "any", reading text) counts a row;
 * with a fifth argument, rows bigint, it counts that many.
 */
PG_FUNCTION_INFO_V1(flis_tally_add);
Datum
flis_tally_add(PG_FUNCTION_ARGS)
{
	State *state;

	if (likely(!PG_ARGISNULL(0)))
		state = (State *) PG_GETARG_POINTER(0);
	else
	{
		MemoryContext context;

		if (!AggCheckCallContext(fcinfo, &context))
			elog(ERROR, "flis_tally_add called outside an aggregate");
		state = begin(fcinfo, context);
	}

	if (likely(!PG_ARGISNULL(1)))
	{
		FlisPeriodCount *period = state->has_ranges ? find_number(state, PG_GETARG_DATUM(1))
								  : state->is_text	? find_text(state, PG_GETARG_DATUM(1))
													: find_day_number(state, PG_GETARG_DATUM(1));

		if (period != NULL)
		{
			period->rows += PG_NARGS() > 4 ? PG_GETARG_INT64(4) : 1;
			if (likely(!PG_ARGISNULL(2)))
				add_code(state, &period->codes, PG_GETARG_DATUM(2));
		}
	}
	PG_RETURN_POINTER(state);
}

/*
 * flis_tally_join(internal, internal) adds one worker's counts to another's.
 */
PG_FUNCTION_INFO_V1(flis_tally_join);
Datum
flis_tally_join(PG_FUNCTION_ARGS)
{
	State *into = PG_ARGISNULL(0) ? NULL : (State *) PG_GETARG_POINTER(0);
	State *from = PG_ARGISNULL(1) ? NULL : (State *) PG_GETARG_POINTER(1);
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "flis_tally_join called outside an aggregate");
	if (from == NULL && into == NULL)
		PG_RETURN_NULL();
	if (from == NULL)
		PG_RETURN_POINTER(into);
	if (into == NULL)
	{
		into = new_state(context);
		into->result.counts.keep = from->result.counts.keep;
	}

	flis_period_counts_merge(&into->result.counts, &from->result.counts);
	if (into->result.unread == 0)
		memcpy(into->result.example, from->result.example, FLIS_UNREAD_SIZE);
	into->result.unread += from->result.unread;
	into->result.is_read |= from->result.is_read;
	PG_RETURN_POINTER(into);
}

/*
 * flis_tally_send(internal) writes the counts as bytes, for the leader and as the result.
 */
PG_FUNCTION_INFO_V1(flis_tally_send);
Datum
flis_tally_send(PG_FUNCTION_ARGS)
{
	const State *state;
	Size size;
	bytea *bytes;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	if (!AggCheckCallContext(fcinfo, NULL))
		elog(ERROR, "flis_tally_send called outside an aggregate");
	state = (const State *) PG_GETARG_POINTER(0);
	size = VARHDRSZ + RESULT_SIZE(state->result.counts.n);
	bytes = palloc(size);
	SET_VARSIZE(bytes, size);
	memcpy(VARDATA(bytes), &state->result, size - VARHDRSZ);
	PG_RETURN_BYTEA_P(bytes);
}

/*
 * flis_tally_receive(bytea, internal) reads what flis_tally_send wrote.
 */
PG_FUNCTION_INFO_V1(flis_tally_receive);
Datum
flis_tally_receive(PG_FUNCTION_ARGS)
{
	State *state;

	if (!AggCheckCallContext(fcinfo, NULL))
		elog(ERROR, "flis_tally_receive called outside an aggregate");
	state = new_state(CurrentMemoryContext);
	flis_period_counts_result_of(PG_GETARG_DATUM(0), false, &state->result);
	PG_RETURN_POINTER(state);
}

/*
 * flis_period_counts_sql writes the aggregate's call, without its schema: for a column with periods
 * and one with municipalities or NULL.  The newest "keep" periods that end by "until" are counted.
 * rows is a column with a number of rows, or NULL.
 */
char *
flis_period_counts_sql(const FlisPeriodEncoding *encoding, const char *period,
					   const char *municipality, FlisDay until, int keep, const char *rows)
{
	char format[FLIS_PERIOD_FORMAT_SIZE] = "";

	if (encoding->has_format && !flis_period_format_write(&encoding->format, FLIS_LAST_DAY, format))
		elog(ERROR, "format without a last period");
	return psprintf("flis_tally(%s, %s, '%s,%d,%d,%s,%s'%s%s)", period,
					municipality != NULL ? municipality : "NULL::pg_catalog.int2",
					flis_frequency_labels[encoding->frequency].code, until, keep,
					encoding->is_primo ? "primo" : "ultimo", format, rows != NULL ? ", " : "",
					rows != NULL ? rows : "");
}

/*
 * flis_period_counts_result_of reads the aggregate's result, NULL where there were no rows.
 */
void
flis_period_counts_result_of(Datum value, bool isnull, FlisPeriodCountsResult *result)
{
	bytea *bytes;
	Size size;

	memset(result, 0, sizeof(*result));
	if (isnull)
		return;
	bytes = DatumGetByteaPP(value);
	size = VARSIZE_ANY_EXHDR(bytes);
	if (size > sizeof(*result) || size < RESULT_SIZE(0))
		elog(ERROR, "counts of %zu bytes", size);
	memcpy(result, VARDATA_ANY(bytes), size);
	if (result->counts.n < 0 || size != RESULT_SIZE(result->counts.n) || result->counts.keep < 1 ||
		result->counts.keep > FLIS_MOST_PERIODS || result->counts.n > result->counts.keep)
		elog(ERROR, "counts of %d periods", result->counts.n);
	result->example[FLIS_UNREAD_SIZE - 1] = '\0';
}

/*
 * begin makes the state of an aggregation from the arguments of its first row.
 */
static State *
begin(FunctionCallInfo fcinfo, MemoryContext context)
{
	State *state = new_state(context);

	state->municipality_type = argument_type(fcinfo, 2);
	if (PG_ARGISNULL(3) || (!flis_is_number_type(state->municipality_type) &&
							!flis_is_text_type(state->municipality_type)))
		bad_reading();
	read_reading(state, argument_type(fcinfo, 1), text_to_cstring(PG_GETARG_TEXT_PP(3)));
	state->has_ranges = flis_has_ranges(&state->encoding);
	state->is_text = flis_is_text_type(state->encoding.type);
	state->is_text_code = flis_is_text_type(state->municipality_type);
	return state;
}

static State *
new_state(MemoryContext context)
{
	State *state = MemoryContextAllocZero(context, sizeof(State));

	state->ignored_up_to = PG_INT64_MIN;
	state->ignored_from = PG_INT64_MAX;
	return state;
}

static Oid
argument_type(FunctionCallInfo fcinfo, int argument)
{
	Oid type = get_fn_expr_argtype(fcinfo->flinfo, argument);

	return OidIsValid(type) ? getBaseType(type) : InvalidOid;
}

/*
 * read_reading reads how periods of a type are to be read: the area's frequency, the last day, the
 * number of periods to keep, whether rows bear the day after their period (primo) or not (ultimo)
 * and, for numbers and texts, an example.  Commas separate them.
 */
static void
read_reading(State *state, Oid type, char *reading)
{
	char *parts[5] = {reading, NULL, NULL, NULL, NULL};
	bool needs_format = !flis_is_day_type(type);
	int frequency = 0;
	FlisPeriodFormat format;
	FlisDay last;

	for (int i = 1; i < 5; i++)
	{
		parts[i] = strchr(parts[i - 1], ',');
		if (parts[i] == NULL)
			bad_reading();
		*parts[i]++ = '\0';
	}
	while (strcmp(parts[0], flis_frequency_labels[frequency].code) != 0)
		if (++frequency == lengthof(flis_frequency_labels))
			bad_reading();
	state->until = pg_strtoint32(parts[1]);
	state->result.counts.keep = pg_strtoint32(parts[2]);
	if (state->result.counts.keep < 1 || state->result.counts.keep > FLIS_MOST_PERIODS)
		bad_reading();

	if (needs_format)
	{
		if (!flis_is_number_type(type) && !flis_is_text_type(type))
			bad_reading();
		if (!flis_period_read(parts[4], strlen(parts[4]), &format, &last))
			bad_reading();
	}
	flis_period_encoding_begin(&state->encoding, type, frequency, strcmp(parts[3], "primo") == 0,
							   needs_format ? &format : NULL);
}

static void
bad_reading(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("flis_tally cannot read periods so"),
			 errhint("Use flis_check_cubes, which calls it.")));
}

/*
 * add_code adds a municipality's code to a set.  A number below 100 is no code, but does no harm
 * there: the set is only compared with those of municipalities.
 */
static inline void
add_code(const State *state, FlisMunicipalitySet *codes, Datum value)
{
	int64 code = state->is_text_code ? flis_municipality_code(state->municipality_type, value)
									 : flis_number_of(state->municipality_type, value);

	if (likely((uint64) code < FLIS_CODES))
		flis_municipality_set_add(codes, (int) code);
}

/*
 * find_number finds the period of a date, a timestamp or a number that writes no day; NULL if it
 * isn't to be counted.
 */
static FlisPeriodCount *
find_number(State *state, Datum value)
{
	int64 number = flis_number_of(state->encoding.type, value);
	FlisPeriodCount *period = state->current;
	FlisWritten written;

	if (likely(period != NULL) && likely(number >= period->low && number <= period->high))
		return period;
	if (number <= state->ignored_up_to || number >= state->ignored_from)
		return NULL;
	period = flis_period_counts_find(&state->result.counts, number);
	if (period == NULL)
		period = find_written(state, value, &written);
	if (period != NULL)
		state->current = period;
	else if (written.last > state->until)
		state->ignored_from = written.low;
	else if (written.last != FLIS_NO_DAY)
		state->ignored_up_to = written.high;
	return period;
}

/*
 * find_day_number finds the period of a number that writes a day; NULL if it isn't to be counted.
 */
static FlisPeriodCount *
find_day_number(State *state, Datum value)
{
	int64 number = flis_number_of(state->encoding.type, value);
	FlisPeriodCount *period = state->current;
	FlisWritten written;

	if (period != NULL && number == state->number)
		return period;
	period = find_written(state, value, &written);
	if (period != NULL)
	{
		state->current = period;
		state->number = number;
	}
	return period;
}

/*
 * find_text finds the period of a text; NULL if it isn't to be counted.
 */
static FlisPeriodCount *
find_text(State *state, Datum value)
{
	text *packed = DatumGetTextPP(value);
	size_t length = VARSIZE_ANY_EXHDR(packed);
	FlisPeriodCount *period = state->current;
	FlisWritten written;

	if (likely(period != NULL) && likely(length == state->length) &&
		likely(memcmp(VARDATA_ANY(packed), state->text, length) == 0))
		return period;
	period = find_written(state, PointerGetDatum(packed), &written);
	if (period != NULL && length <= TEXT_SIZE)
	{
		state->current = period;
		state->length = length;
		memcpy(state->text, VARDATA_ANY(packed), length);
	}
	return period;
}

/*
 * find_written reads a value and finds its period; NULL if it isn't to be counted, and written->last is
 * FLIS_NO_DAY if it stands for nothing.
 */
static FlisPeriodCount *
find_written(State *state, Datum value, FlisWritten *written)
{
	if (!flis_read_written(&state->encoding, value, written))
	{
		written->last = FLIS_NO_DAY;
		note_unread(state, value);
		return NULL;
	}
	state->result.is_read = true;
	if (written->last > state->until)
		return NULL;
	/* Another period may take the current one's place in the array. */
	state->current = NULL;
	return flis_period_counts_add(&state->result.counts, written->last, written->low,
								  written->high);
}

/*
 * note_unread counts a value that stands for nothing, and keeps the first as an example.
 */
static void
note_unread(State *state, Datum value)
{
	if (state->result.unread++ == 0)
	{
		Oid output;
		bool is_varlena;
		char *text;

		getTypeOutputInfo(state->encoding.type, &output, &is_varlena);
		text = OidOutputFunctionCall(output, value);
		strlcpy(state->result.example, text,
				pg_mbcliplen(text, strlen(text), FLIS_UNREAD_SIZE - 1) + 1);
	}
}
