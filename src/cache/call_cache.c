/*
 * call_cache.c
 *		What a function call in a query keeps from one row to the next, in fn_extra.
 *
 * If the area and the channel are constants, as in most queries, the call keeps a pointer to the answers
 * and looks nothing up.
 */
#include "cache/call_cache.h"

#include "nodes/primnodes.h"
#include "utils/lsyscache.h"

static bool is_constant(FunctionCallInfo fcinfo, int argument);
static FlisAnswerCache *search_answers(const text *area, const text *channel, FlisNameScope *scope);

/*
 * flis_call_cache_use makes the registry hold what the active snapshot sees, and returns the call's
 * cache, emptied if the registry was loaded anew.
 */
const FlisCallCache *
flis_call_cache_use(FunctionCallInfo fcinfo)
{
	FmgrInfo *function = fcinfo->flinfo;
	FlisCallCache *call_cache = function->fn_extra;
	uint64 load;

	if (flis_call_cache_checked(fcinfo) != NULL)
		return call_cache;

	if (call_cache == NULL)
	{
		call_cache = MemoryContextAllocZero(function->fn_mcxt, sizeof(FlisCallCache));
		call_cache->load = FLIS_NO_LOAD;
		call_cache->schema = get_func_namespace(function->fn_oid);
		function->fn_extra = call_cache;
	}
	load = flis_registry_hold(call_cache->schema);
	if (call_cache->load != load)
		*call_cache = (FlisCallCache){.load = load, .schema = call_cache->schema};
	return call_cache;
}

/*
 * flis_call_cache_search finds the answers of an area in the channel that the last argument names.  It
 * is called after flis_call_cache_use, and raises 22023 for an unknown area or channel.  If the channel
 * is a constant the call keeps it, and if the first argument is a constant, too, the answers.
 */
FlisAnswerCache *
flis_call_cache_search(FunctionCallInfo fcinfo, Datum area)
{
	FlisCallCache *call_cache = fcinfo->flinfo->fn_extra;
	FlisNameScope channel;
	FlisAnswerCache *answers =
		search_answers(DatumGetTextPP(area), PG_GETARG_TEXT_PP(PG_NARGS() - 1), &channel);

	if (call_cache->channel == 0 && is_constant(fcinfo, PG_NARGS() - 1))
	{
		call_cache->channel = channel;
		if (area == PG_GETARG_DATUM(0) && is_constant(fcinfo, 0))
			call_cache->answers = answers;
	}
	return answers;
}

/*
 * is_constant tells whether an argument, counted from 0, is a Const.  A parameter may have another value
 * the next time, while fn_extra stays, as in a simple expression of PL/pgSQL.
 */
static bool
is_constant(FunctionCallInfo fcinfo, int argument)
{
	const Node *call = fcinfo->flinfo->fn_expr;

	return call != NULL && IsA(call, FuncExpr) &&
		   list_length(((const FuncExpr *) call)->args) == PG_NARGS() &&
		   IsA(list_nth(((const FuncExpr *) call)->args, argument), Const);
}

/*
 * search_answers finds the answers of an area in a channel, and the channel's scope, by the names that
 * were found before, else in the registry.  In that case it keeps the names.
 */
static FlisAnswerCache *
search_answers(const text *area, const text *channel, FlisNameScope *scope)
{
	FlisNames *names = &flis_current_load.names;
	const FlisName *name = flis_name_find(names, channel, FLIS_CHANNEL_NAME);
	FlisAnswerCache *answers;
	int number;

	if (name != NULL)
	{
		*scope = name->channel;
		name = flis_name_find(names, area, *scope);
		if (name != NULL)
			return flis_current_answers(name->answers);
		number = flis_registry_area(area);
	}
	else
	{
		/* First the area, so that of two unknown names the area's is reported. */
		number = flis_registry_area(area);
		*scope = flis_registry_channel(channel) + 1;
		flis_name_keep(names, channel, FLIS_CHANNEL_NAME, *scope, NULL);
	}
	answers = flis_registry_answers(number, *scope - 1);
	flis_name_keep(names, area, *scope, *scope, answers);
	return answers;
}
