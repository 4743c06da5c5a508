/*
 * prints.c
 *		Takes the prints of a cube: for each period and municipality the number of rows, a hash of
 *		them and the sums of measures, by which a later change is seen.
 *
 * The executor hands each row to a DestReceiver.  An aggregate over whole rows would take four
 * times as long, since it forms a tuple of each row, which must be taken apart again.  No parallel
 * workers are used: they would send all rows to the leader.
 */
#include "postgres.h"

#include "access/table.h"
#include "catalog/pg_type.h"
#include "common/int.h"
#include "executor/spi.h"
#include "executor/tuptable.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "tcop/dest.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/fmgrprotos.h"
#include "utils/guc.h"
#include "utils/json.h"
#include "utils/jsonb.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/numeric.h"
#include "utils/rel.h"
#include "utils/rls.h"

#include "base/array.h"
#include "base/compat.h"
#include "facts/print_hash.h"
#include "facts/prints.h"

/* The columns of the query before those that are only hashed. */
#define PERIOD 0
#define MUNICIPALITY 1
#define FIRST_OTHER 2

/* Periods that were read before, found by a hash of nine bits of their number. */
#define CACHED_PERIODS 512
#define CACHED_PERIODS_SHIFT (64 - 9)

typedef struct CachedPeriod
{
	int64 number;
	FlisDay last;
	bool is_set;
} CachedPeriod;

/* A measure that is summed. */
typedef struct Measure
{
	int attribute; /* counted from 0 */
	Oid type;
} Measure;

/* Receives the rows of a cube. */
typedef struct PrintReceiver
{
	DestReceiver receiver; /* must be first */
	FlisPrints *prints;
	const FlisCubeRelation *cube_relation;
	const FlisPeriodEncoding *encoding;
	MemoryContext row_context;
	MemoryContext sums_context;
	int nattributes;
	FlisHashedColumn *columns;
	bool needs_settings; /* some column does */
	Measure *measures;
	const char **names; /* under which the columns are hashed */
	CachedPeriod cached[CACHED_PERIODS];
} PrintReceiver;

static void refuse_row_security(Oid relation, const char *table);
static char *rows_query(const FlisCube *cube, const FlisCubeRelation *cube_relation,
						const char ***names);
static void find_measures(PrintReceiver *receiver, TupleDesc columns);
static int measure_attribute(const PrintReceiver *receiver, const char *measure, TupleDesc columns);
static void begin_rows(DestReceiver *self, int operation, TupleDesc columns);
static bool receive_row(TupleTableSlot *slot, DestReceiver *self);
static void end_rows(DestReceiver *self);
static FlisDay period_of(PrintReceiver *receiver, Datum value);
static int municipality_of(const PrintReceiver *receiver, TupleTableSlot *slot);
static FlisGroup *group_of(PrintReceiver *receiver, FlisDay last, int municipality);
static void add_value(PrintReceiver *receiver, FlisSum *sum, Oid type, Datum value);
static bool ten_thousandths(Datum value, int64 *parts);
static void add_parts(PrintReceiver *receiver, FlisSum *sum, int64 parts);
static void add_numeric(PrintReceiver *receiver, FlisSum *sum, Datum value);
static bool is_summed(Oid type);

/*
 * flis_check_prints raises an error unless the caller may read what the prints of a cube tell: all its
 * columns and all rows.
 *
 * EXPLAIN checks privileges as the query does, those on tables below a view included, and reads no rows.
 * While row_security is off, the server refuses a query over a table that a policy hides rows of.
 */
void
flis_check_prints(const FlisCube *cube)
{
	FlisCubeRelation cube_relation;
	const char **names;
	char *query;
	int nest_level;

	SPI_connect();
	flis_find_cube_relation(cube, &cube_relation);
	refuse_row_security(cube_relation.relation, cube_relation.table);
	refuse_row_security(cube_relation.period.relation, cube_relation.period.dimension);
	refuse_row_security(cube_relation.municipality.relation, cube_relation.municipality.dimension);
	query = psprintf("EXPLAIN %s", rows_query(cube, &cube_relation, &names));
	nest_level = NewGUCNestLevel();
	(void) set_config_option("row_security", "off", PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE,
							 true, 0, false);
	if (SPI_execute(query, false, 0) != SPI_OK_UTILITY)
		elog(ERROR, "could not execute \"%s\"", query);
	AtEOXact_GUC(true, nest_level);
	SPI_finish();
}

/*
 * flis_take_prints takes the prints of a cube with the caller's privileges, under the active
 * snapshot, into the current memory context.  An error is raised for a measure that is no column of
 * the cube or cannot be summed.
 */
void
flis_take_prints(const FlisCubeContext *cube_context, const char **measures, int nmeasures,
				 FlisPrints *prints)
{
	MemoryContext caller = CurrentMemoryContext;
	PrintReceiver *receiver;
	SPIExecuteOptions options = {.read_only = true};
	FlisCubeRelation cube_relation;
	FlisPeriodEncoding encoding;

	*prints = (FlisPrints){.groups = flis_groups_create(caller, 1024, NULL),
						   .measures = measures,
						   .nmeasures = nmeasures};
	SPI_connect();
	flis_find_cube_relation(cube_context->cube, &cube_relation);
	receiver = palloc0(sizeof(PrintReceiver));
	receiver->receiver = (DestReceiver){.receiveSlot = receive_row,
										.rStartup = begin_rows,
										.rShutdown = end_rows,
										.rDestroy = end_rows,
										.mydest = DestNone};
	receiver->prints = prints;
	receiver->cube_relation = &cube_relation;
	receiver->encoding = &encoding;
	receiver->sums_context = caller;
	receiver->row_context =
		AllocSetContextCreate(CurrentMemoryContext, "flis row", ALLOCSET_DEFAULT_SIZES);
	options.dest = &receiver->receiver;
	if (flis_cube_encoding(cube_context, &cube_relation, &encoding))
	{
		char *query = rows_query(cube_context->cube, &cube_relation, &receiver->names);
		SPIPlanPtr plan = SPI_prepare_cursor(query, 0, NULL, 0);

		receiver->measures = palloc0(nmeasures * sizeof(Measure));
		if (plan == NULL || SPI_execute_plan_extended(plan, &options) < 0)
			elog(ERROR, "could not execute \"%s\"", query);
	}
	SPI_finish();
}

/*
 * flis_is_measure tells whether a column of a cube can be summed.
 */
bool
flis_is_measure(const FlisCube *cube, const FlisCubeRelation *cube_relation, const char *column)
{
	AttrNumber attribute = get_attnum(cube_relation->relation, column);

	return attribute > InvalidAttrNumber && strcmp(column, cube->period_column) != 0 &&
		   (cube->municipality_column == NULL || strcmp(column, cube->municipality_column) != 0) &&
		   is_summed(getBaseType(get_atttype(cube_relation->relation, attribute)));
}

/*
 * flis_print_sums makes a jsonb of the sums of a group, by the measures' names; isnull without measures.
 * There are thousands of groups, and fresh memory for each would take longer than all else here, so what
 * is allocated on the way is freed.
 */
Datum
flis_print_sums(const FlisPrints *prints, const FlisGroup *group, bool *isnull)
{
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext context;
	StringInfoData json;
	Datum sums;

	*isnull = prints->nmeasures == 0;
	if (*isnull)
		return (Datum) 0;
	context = AllocSetContextCreate(caller, "flis sums", ALLOCSET_DEFAULT_SIZES);
	MemoryContextSwitchTo(context);
	initStringInfo(&json);
	for (int i = 0; i < prints->nmeasures; i++)
	{
		const FlisSum *sum = &prints->sums[group->place * prints->nmeasures + i];

		appendStringInfoString(&json, i > 0 ? ", " : "{");
		escape_json(&json, prints->measures[i]);
		if (sum->is_known)
		{
			Numeric total = int64_div_fast_to_numeric(sum->parts, 4);

			if (sum->numeric != 0)
				total = DatumGetNumeric(
					DirectFunctionCall2(numeric_add, NumericGetDatum(total), sum->numeric));
			total =
				DatumGetNumeric(DirectFunctionCall1(numeric_trim_scale, NumericGetDatum(total)));
			/* JSON has no NaN and no infinities. */
			appendStringInfo(
				&json, numeric_is_nan(total) || numeric_is_inf(total) ? ": \"%s\"" : ": %s",
				DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(total))));
		}
		else
			appendStringInfoString(&json, ": null");
	}
	appendStringInfoChar(&json, '}');
	sums = DirectFunctionCall1(jsonb_in, CStringGetDatum(json.data));
	MemoryContextSwitchTo(caller);
	sums = datumCopy(sums, false, -1);
	MemoryContextDelete(context);
	return sums;
}

/*
 * refuse_row_security raises an error if row security hides rows of a table from the caller; the name is
 * NULL where there is no such table.
 */
static void
refuse_row_security(Oid relation, const char *table)
{
	if (table != NULL && check_enable_rls(relation, InvalidOid, true) == RLS_ENABLED)
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("row security of table %s applies to role %s", table,
						quote_identifier(GetUserNameFromId(GetUserId(), false))),
				 errdetail("A print is made of all rows."),
				 errhint("Take and read prints as the table's owner, or as another role that "
						 "sees all rows.")));
}

/*
 * rows_query writes the query for all rows: first their period and municipality, in place of the
 * columns that hold these or their keys, then all other columns.  It finds under which names they
 * are hashed, too.
 */
static char *
rows_query(const FlisCube *cube, const FlisCubeRelation *cube_relation, const char ***names)
{
	Relation relation = table_open(cube_relation->relation, AccessShareLock);
	TupleDesc columns = RelationGetDescr(relation);
	StringInfoData query;
	int n = 0;

	*names = palloc((columns->natts + FIRST_OTHER) * sizeof(char *));
	(*names)[n++] = pstrdup(cube->period_column);
	(*names)[n++] = cube->municipality_column != NULL ? pstrdup(cube->municipality_column) : "";
	initStringInfo(&query);
	appendStringInfo(&query, "SELECT %s, %s", cube_relation->period.value,
					 cube_relation->municipality.value != NULL ? cube_relation->municipality.value
															   : "NULL::pg_catalog.int4");
	for (int i = 0; i < columns->natts; i++)
	{
		const char *name = NameStr(TupleDescAttr(columns, i)->attname);

		if (TupleDescAttr(columns, i)->attisdropped || strcmp(name, cube->period_column) == 0 ||
			(cube->municipality_column != NULL && strcmp(name, cube->municipality_column) == 0))
			continue;
		appendStringInfo(&query, ", cube.%s", quote_identifier(name));
		(*names)[n++] = pstrdup(name);
	}
	appendStringInfo(&query, " FROM %s WHERE %s IS NOT NULL", flis_cube_from(cube_relation),
					 cube_relation->period.value);
	table_close(relation, NoLock);
	return query.data;
}

/*
 * begin_rows finds how the columns of the query are hashed and which are summed.
 */
static void
begin_rows(DestReceiver *self, int operation, TupleDesc columns)
{
	PrintReceiver *receiver = (PrintReceiver *) self;
	/* The current context is the executor's; the receiver's lives to SPI_finish. */
	MemoryContext caller = MemoryContextSwitchTo(GetMemoryChunkContext(receiver));

	receiver->nattributes = columns->natts;
	receiver->columns = palloc0(columns->natts * sizeof(FlisHashedColumn));
	for (int i = 0; i < columns->natts; i++)
	{
		flis_hashed_column_begin(&receiver->columns[i], receiver->names[i],
								 TupleDescAttr(columns, i)->atttypid);
		receiver->needs_settings |= receiver->columns[i].needs_settings;
	}
	find_measures(receiver, columns);
	MemoryContextSwitchTo(caller);
}

/*
 * find_measures finds the columns that are summed.  An error is raised for a measure that has none.
 */
static void
find_measures(PrintReceiver *receiver, TupleDesc columns)
{
	FlisPrints *prints = receiver->prints;

	for (int i = 0; i < prints->nmeasures; i++)
	{
		Measure *measure = &receiver->measures[i];

		measure->attribute = measure_attribute(receiver, prints->measures[i], columns);
		if (measure->attribute < 0)
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							errmsg("table %s has no column \"%s\"", receiver->cube_relation->table,
								   prints->measures[i]),
							errhint("Name columns with numbers as measures.")));
		measure->type = getBaseType(TupleDescAttr(columns, measure->attribute)->atttypid);
		if (!is_summed(measure->type))
			ereport(ERROR, (errcode(ERRCODE_DATATYPE_MISMATCH),
							errmsg("column \"%s\" of table %s is of type %s, which has no sums",
								   prints->measures[i], receiver->cube_relation->table,
								   format_type_be(measure->type)),
							errhint("Measures are of type smallint, integer, bigint, numeric, real "
									"or double precision.")));
	}
}

/*
 * measure_attribute finds the column of a measure in the query; -1 if there is none.
 */
static int
measure_attribute(const PrintReceiver *receiver, const char *measure, TupleDesc columns)
{
	for (int i = FIRST_OTHER; i < columns->natts; i++)
		if (strcmp(receiver->names[i], measure) == 0)
			return i;
	return -1;
}

static bool
is_summed(Oid type)
{
	return type == INT2OID || type == INT4OID || type == INT8OID || type == NUMERICOID ||
		   type == FLOAT4OID || type == FLOAT8OID;
}

/*
 * receive_row adds a row to the print of its period and municipality.
 */
static bool
receive_row(TupleTableSlot *slot, DestReceiver *self)
{
	PrintReceiver *receiver = (PrintReceiver *) self;
	FlisPrints *prints = receiver->prints;
	MemoryContext caller = MemoryContextSwitchTo(receiver->row_context);
	uint64 row = 0;
	FlisGroup *group;
	FlisDay last;

	slot_getallattrs(slot);
	last = period_of(receiver, slot->tts_values[PERIOD]);
	if (last != FLIS_NO_DAY)
	{
		int nest_level = receiver->needs_settings ? flis_hash_settings() : 0;

		for (int i = 0; i < receiver->nattributes; i++)
			if (!slot->tts_isnull[i])
				row += flis_hash_value(&receiver->columns[i], slot->tts_values[i]);
		if (receiver->needs_settings)
			AtEOXact_GUC(true, nest_level);
		group = group_of(receiver, last, municipality_of(receiver, slot));
		group->rows++;
		group->hash += flis_hash_mix(row);
		for (int i = 0; i < prints->nmeasures; i++)
		{
			const Measure *measure = &receiver->measures[i];

			if (!slot->tts_isnull[measure->attribute])
				add_value(receiver, &prints->sums[group->place * prints->nmeasures + i],
						  measure->type, slot->tts_values[measure->attribute]);
		}
	}
	MemoryContextSwitchTo(caller);
	MemoryContextReset(receiver->row_context);
	return true;
}

/*
 * end_rows does nothing: SPI_finish frees the receiver.
 */
static void
end_rows(DestReceiver *self)
{
}

/*
 * period_of tells the last day of a row's reference period; FLIS_NO_DAY if it cannot be read.  A
 * cube has few periods, so those of numbers and days are cached.
 */
static FlisDay
period_of(PrintReceiver *receiver, Datum value)
{
	CachedPeriod *cached;
	int64 number;
	uint64 hash;

	if (flis_is_text_type(receiver->encoding->type))
		return flis_area_period(receiver->encoding, value);
	number = flis_number_of(receiver->encoding->type, value);
	hash = (uint64) number * UINT64CONST(0x9E3779B97F4A7C15);
	cached = &receiver->cached[hash >> CACHED_PERIODS_SHIFT];
	if (!cached->is_set || cached->number != number)
		*cached = (CachedPeriod){
			.number = number, .last = flis_area_period(receiver->encoding, value), .is_set = true};
	return cached->last;
}

/*
 * municipality_of tells the code of a row's municipality; 0 if it has none.
 */
static int
municipality_of(const PrintReceiver *receiver, TupleTableSlot *slot)
{
	if (receiver->cube_relation->municipality.value == NULL || slot->tts_isnull[MUNICIPALITY])
		return 0;
	return flis_municipality_code(receiver->cube_relation->municipality.type,
								  slot->tts_values[MUNICIPALITY]);
}

/*
 * group_of finds the group of a period and municipality, or adds an empty one.
 */
static FlisGroup *
group_of(PrintReceiver *receiver, FlisDay last, int municipality)
{
	FlisPrints *prints = receiver->prints;
	bool is_found;
	FlisGroup *group =
		flis_groups_insert(prints->groups, FLIS_GROUP_KEY(last, municipality), &is_found);

	if (is_found)
		return group;
	group->rows = 0;
	group->hash = 0;
	group->place = 0;
	if (prints->nmeasures > 0)
	{
		MemoryContext caller = MemoryContextSwitchTo(receiver->sums_context);
		Size size = prints->nmeasures * sizeof(FlisSum);

		prints->sums = flis_array_reserve(prints->sums, prints->nsummed, &prints->room, size);
		group->place = prints->nsummed++;
		memset(&prints->sums[group->place * prints->nmeasures], 0, size);
		MemoryContextSwitchTo(caller);
	}
	return group;
}

/*
 * add_value adds a value to a sum.
 */
static void
add_value(PrintReceiver *receiver, FlisSum *sum, Oid type, Datum value)
{
	int64 whole;
	int64 parts;

	sum->is_known = true;
	switch (type)
	{
		case INT2OID:
			add_parts(receiver, sum, (int64) DatumGetInt16(value) * 10000);
			return;
		case INT4OID:
			add_parts(receiver, sum, (int64) DatumGetInt32(value) * 10000);
			return;
		case INT8OID:
			whole = DatumGetInt64(value);
			if (!pg_mul_s64_overflow(whole, 10000, &parts))
				add_parts(receiver, sum, parts);
			else
				add_numeric(receiver, sum, NumericGetDatum(int64_to_numeric(whole)));
			return;
		case FLOAT4OID:
			add_numeric(receiver, sum, DirectFunctionCall1(float4_numeric, value));
			return;
		case FLOAT8OID:
			add_numeric(receiver, sum, DirectFunctionCall1(float8_numeric, value));
			return;
		default:
			if (ten_thousandths(value, &parts))
				add_parts(receiver, sum, parts);
			else
				add_numeric(receiver, sum, value);
			return;
	}
}

/*
 * ten_thousandths reads a numeric as a whole number of ten-thousandths; false if it is none, or too
 * large.  Like hash_number in print_hash.c it reads the stored form, where a digit has four decimal
 * places, but only with the short header, which most values have.
 */
static bool
ten_thousandths(Datum value, int64 *parts)
{
	struct varlena *packed = PG_DETOAST_DATUM_PACKED(value);
	const char *bytes = VARDATA_ANY(packed);
	int ndigits = (int) (VARSIZE_ANY_EXHDR(packed) / sizeof(uint16)) - 1;
	uint16 header;
	int weight;
	int64 sum = 0;

	memcpy(&header, bytes, sizeof(header));
	if ((header & 0xC000) != 0x8000)
		return false;
	weight = (header & 0x0040 ? ~0x003F : 0) | (header & 0x003F);
	if (ndigits == 0)
	{
		*parts = 0;
		return true;
	}
	/* The last digit stands for ten-thousandths at least, the first for less than 10,000^4 of them. */
	if (weight - (ndigits - 1) < -1 || weight > 2)
		return false;
	for (int i = 0; i <= weight + 1; i++)
	{
		uint16 digit = 0;

		if (i < ndigits)
			memcpy(&digit, bytes + (i + 1) * sizeof(digit), sizeof(digit));
		sum = sum * 10000 + digit;
	}
	*parts = header & 0x2000 ? -sum : sum;
	return true;
}

static void
add_parts(PrintReceiver *receiver, FlisSum *sum, int64 parts)
{
	int64 total;

	if (!pg_add_s64_overflow(sum->parts, parts, &total))
	{
		sum->parts = total;
		return;
	}
	add_numeric(receiver, sum, NumericGetDatum(int64_div_fast_to_numeric(parts, 4)));
}

static void
add_numeric(PrintReceiver *receiver, FlisSum *sum, Datum value)
{
	Numeric total = DatumGetNumeric(value);
	MemoryContext caller;
	Datum former = sum->numeric;

	if (former != 0)
		total = DatumGetNumeric(DirectFunctionCall2(numeric_add, former, value));
	caller = MemoryContextSwitchTo(receiver->sums_context);
	sum->numeric = datumCopy(NumericGetDatum(total), false, -1);
	MemoryContextSwitchTo(caller);
	if (former != 0)
		pfree(DatumGetPointer(former));
}
