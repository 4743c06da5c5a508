/*
 * limit.c
 *		A function of flis_data_through's arguments that does nothing: what the call alone costs.
 */
#include "postgres.h"

#include "fmgr.h"

PG_MODULE_MAGIC;

PG_FUNCTION_INFO_V1(bench_limit);

/*
 * bench_limit: return the second argument.
 */
Datum
bench_limit(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATUM(PG_GETARG_DATUM(1));
}
