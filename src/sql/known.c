/*
 * known.c
 *		The rows of a reference table as they were known at flis.known_at, for listings that are
 *		written in SQL.  Those in C read the tables by cache/tables.c, which heeds it by itself.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "utils/lsyscache.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "cache/known_at.h"
#include "cache/scan.h"

static FlisTableShape shape_of_result(Oid function, TupleDesc descriptor);

/*
 * flis_known_at() returns the time that flis.known_at is set to; NULL if it is not set.
 */
PG_FUNCTION_INFO_V1(flis_known_at);
Datum
flis_known_at(PG_FUNCTION_ARGS)
{
	TimestampTz time = flis_known_time();

	if (time == FLIS_KNOWN_NOW)
		PG_RETURN_NULL();
	PG_RETURN_TIMESTAMPTZ(time);
}

/*
 * flis_known is behind flis_known_area() and functions like it.  It reads the table that the function's
 * name ends with, as it was known at flis.known_at, and returns the columns that the function's result
 * has.
 */
PG_FUNCTION_INFO_V1(flis_known);
Datum
flis_known(PG_FUNCTION_ARGS)
{
	Oid function = fcinfo->flinfo->fn_oid;
	Oid schema = get_func_namespace(function);
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	FlisTableShape shape;
	FlisScan scan;

	InitMaterializedSRF(fcinfo, 0);
	shape = shape_of_result(function, result->setDesc);
	if (flis_known_time() != FLIS_KNOWN_NOW)
		flis_check_not_forgotten(schema, flis_known_time());
	flis_scan_begin_known(&scan, &shape, schema, GetActiveSnapshot(), 0, NULL);
	while (flis_scan_next(&scan))
	{
		Datum values[FLIS_MAX_COLUMNS];
		bool nulls[FLIS_MAX_COLUMNS];

		for (int i = 0; i < shape.ncolumns; i++)
			values[i] = flis_scan_value(&scan, i, &nulls[i]);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	flis_scan_end(&scan);
	return (Datum) 0;
}

/*
 * shape_of_result makes the shape of the table that a function reads, from its name and result.
 */
static FlisTableShape
shape_of_result(Oid function, TupleDesc descriptor)
{
	static const char prefix[] = "flis_known_";
	const char *name = get_func_name(function);
	FlisTableShape shape = {.ncolumns = descriptor->natts};

	if (strncmp(name, prefix, strlen(prefix)) == 0)
		shape.table = psprintf("flis_%s", name + strlen(prefix));
	if (shape.table == NULL || !flis_scan_has_history(shape.table) ||
		shape.ncolumns > FLIS_MAX_COLUMNS)
		elog(ERROR, "function %s reads no table with a history", name);
	for (int i = 0; i < shape.ncolumns; i++)
	{
		shape.columns[i].name = NameStr(TupleDescAttr(descriptor, i)->attname);
		shape.columns[i].type = TupleDescAttr(descriptor, i)->atttypid;
	}
	return shape;
}
