/*
 * call_cache.c
 *		What a call of a function in a query remembers from one row to the next.
 */
#include "cache/call_cache.h"

#include "nodes/primnodes.h"
#include "utils/lsyscache.h"

static FlisCallCache *call_cache_of(FunctionCallInfo fcinfo);
static bool is_constant(FunctionCallInfo fcinfo, int argument);
static FlisAnswerCache *search_answers(const text *area, const text *channel, FlisNameScope *scope);

/*
 * flis_call_cache_use makes the registry hold what the active snapshot sees, and finds what the
 * call remembers of it.
 */
const FlisCallCache *
flis_call_cache_use(FunctionCallInfo fcinfo)
{
	FlisCallCache *call_cache;
	uint64 load;

	if (flis_call_cache_checked(fcinfo) != NULL)
		return fcinfo->flinfo->fn_extra;

	call_cache = call_cache_of(fcinfo);
	load = flis_registry_hold(call_cache->schema);
	if (call_cache->load != load)
		*call_cache = (FlisCallCache){.load = load, .schema = call_cache->schema};
	return call_cache;
}

/*
 * flis_call_cache_search finds the answers of an area in a channel, the last argument, after
 * flis_call_cache_use; an unknown area or channel is an error.  If the channel is a constant, the
 * call remembers it; and if the first argument is one, too, its answers.
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
 * call_cache_of finds what a call remembers, or makes room for it.
 */
static FlisCallCache *
call_cache_of(FunctionCallInfo fcinfo)
{
	FmgrInfo *function = fcinfo->flinfo;
	FlisCallCache *call_cache = function->fn_extra;

	if (call_cache == NULL)
	{
		call_cache = MemoryContextAllocZero(function->fn_mcxt, sizeof(FlisCallCache));
		call_cache->load = FLIS_NO_LOAD;
		call_cache->schema = get_func_namespace(function->fn_oid);
		function->fn_extra = call_cache;
	}
	return call_cache;
}

/*
 * is_constant tells whether an argument, counted from 0, is the same in each call from a place: not
 * merely within a query, like a parameter, but for as long as there is that place.
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
 * search_answers finds the answers of an area in a channel, and the channel's scope: by the names
 * if they were asked for before, otherwise among the rows, and keeps the names.
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
		/* Of two unknown names the area's is reported. */
		number = flis_registry_area(area);
		*scope = flis_registry_channel(channel) + 1;
		flis_name_keep(names, channel, FLIS_CHANNEL_NAME, *scope, NULL);
	}
	answers = flis_registry_answers(number, *scope - 1);
	flis_name_keep(names, area, *scope, *scope, answers);
	return answers;
}
