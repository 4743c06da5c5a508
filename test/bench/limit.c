/*
 * limit.c
 *		Functions of flis_data_through's arguments that do nothing: what the call alone costs.
 */
#include "postgres.h"

#include "fmgr.h"

PG_MODULE_MAGIC;

PG_FUNCTION_INFO_V1(bench_limit);
PG_FUNCTION_INFO_V1(bench_limit_detoasted);

/*
 * bench_limit: return the second argument.
 */
Datum
bench_limit(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATUM(PG_GETARG_DATUM(1));
}

/*
 * bench_limit_detoasted: fetch the first argument and return the second.
 */
Datum
bench_limit_detoasted(PG_FUNCTION_ARGS)
{
	struct varlena *area = PG_GETARG_VARLENA_PP(0);

	PG_FREE_IF_COPY(area, 0);
	PG_RETURN_DATUM(PG_GETARG_DATUM(1));
}
