/*
 * call_cache.c
 *		What a place in a query that calls a function remembers from one row to the next.
 */
#include "cache/call_cache.h"

#include "nodes/primnodes.h"
#include "utils/lsyscache.h"

static FlisCallCache *call_cache_of(FunctionCallInfo fcinfo);
static bool is_constant(FunctionCallInfo fcinfo, int argument);
static FlisAnswerCache *search_answers(const text *area, const text *channel, uint64 *told_by);

/*
 * flis_call_cache_use makes the registry hold what the active snapshot sees, and finds what the place of the
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
 * flis_call_cache_search finds what bears on an area in a channel, the last argument, after flis_call_cache_use, and
 * complains if there is no such area or channel.  If the channel is a constant the place of the call
 * remembers it, and what bears on the first argument if that is one, too.
 */
FlisAnswerCache *
flis_call_cache_search(FunctionCallInfo fcinfo, Datum area)
{
	FlisCallCache *call_cache = fcinfo->flinfo->fn_extra;
	uint64 told_by;
	FlisAnswerCache *answers =
		search_answers(DatumGetTextPP(area), PG_GETARG_TEXT_PP(PG_NARGS() - 1), &told_by);

	if (call_cache->channel == 0 && is_constant(fcinfo, PG_NARGS() - 1))
	{
		call_cache->channel = told_by;
		if (area == PG_GETARG_DATUM(0) && is_constant(fcinfo, 0))
			call_cache->answers = answers;
	}
	return answers;
}

/*
 * call_cache_of finds what the place of a call remembers, or begins it.
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
 * search_answers finds what bears on an area in a channel, and what tells the areas of that channel, by
 * how the two were spelled before; else by their names, and notes the spelling.
 */
static FlisAnswerCache *
search_answers(const text *area, const text *channel, uint64 *told_by)
{
	FlisSpellings *spellings = &flis_current_load.spellings;
	FlisSpelledText area_spelled = flis_spelled(area);
	FlisSpelledText channel_spelled = flis_spelled(channel);
	const FlisSpelling *entry = flis_spelling_search(spellings, &channel_spelled, FLIS_A_CHANNEL);
	FlisAnswerCache *answers;
	int number;

	if (entry != NULL)
	{
		*told_by = entry->channel;
		entry = flis_spelling_search(spellings, &area_spelled, *told_by);
		if (entry != NULL)
			return flis_current_answers(entry->answers);
		number = flis_registry_area(area);
	}
	else
	{
		number = flis_registry_area(area);
		*told_by = FLIS_CHANNEL_NUMBER(flis_registry_channel(channel));
		flis_spellings_add(spellings, &channel_spelled, FLIS_A_CHANNEL,
						   (FlisSpelling){.channel = *told_by});
	}
	answers = flis_registry_answers(number, FLIS_NUMBER_OF_CHANNEL(*told_by));
	flis_spellings_add(spellings, &area_spelled, *told_by, (FlisSpelling){.answers = answers});
	return answers;
}
