/*
 * site.c
 *		What a place in a query that calls a function remembers from one row to the next.
 */
#include "site.h"

#include "nodes/primnodes.h"
#include "utils/lsyscache.h"

static FlisSite *site_of(FunctionCallInfo fcinfo);
static bool is_constant(FunctionCallInfo fcinfo, int argument);
static FlisMemo *search_memo(const text *area, const text *channel, uint64 *told_by);

/*
 * flis_site_use makes the registry hold what the active snapshot sees, and finds what the place of the
 * call remembers of it.
 */
const FlisSite *
flis_site_use(FunctionCallInfo fcinfo)
{
	FlisSite *site;
	uint64 load;

	if (flis_site_checked(fcinfo) != NULL)
		return fcinfo->flinfo->fn_extra;

	site = site_of(fcinfo);
	load = flis_registry_hold(site->schema);
	if (site->load != load)
		*site = (FlisSite){.load = load, .schema = site->schema};
	return site;
}

/*
 * flis_site_named finds what bears on an area in a channel, the third argument, after flis_site_use, and
 * complains if there is no such area or channel.  If the channel is a constant the place of the call
 * remembers it, and what bears on the first argument if that is one, too.
 */
FlisMemo *
flis_site_named(FunctionCallInfo fcinfo, Datum area)
{
	FlisSite *site = fcinfo->flinfo->fn_extra;
	uint64 told_by;
	FlisMemo *memo = search_memo(DatumGetTextPP(area), PG_GETARG_TEXT_PP(2), &told_by);

	if (site->channel == 0 && is_constant(fcinfo, 2))
	{
		site->channel = told_by;
		if (area == PG_GETARG_DATUM(0) && is_constant(fcinfo, 0))
			site->memo = memo;
	}
	return memo;
}

/*
 * site_of finds what the place of a call remembers, or begins it.
 */
static FlisSite *
site_of(FunctionCallInfo fcinfo)
{
	FmgrInfo *function = fcinfo->flinfo;
	FlisSite *site = function->fn_extra;

	if (site == NULL)
	{
		site = MemoryContextAllocZero(function->fn_mcxt, sizeof(FlisSite));
		site->load = FLIS_NO_LOAD;
		site->schema = get_func_namespace(function->fn_oid);
		function->fn_extra = site;
	}
	return site;
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
 * search_memo finds what bears on an area in a channel, and what tells the areas of that channel, by
 * how the two were spelled before; else by their names, and notes the spelling.
 */
static FlisMemo *
search_memo(const text *area, const text *channel, uint64 *told_by)
{
	FlisSpellings *spellings = &flis_at_hand.spellings;
	FlisSpelledText area_spelled = flis_spelled(area);
	FlisSpelledText channel_spelled = flis_spelled(channel);
	const FlisSpelling *spelling =
		flis_spelling_search(spellings, &channel_spelled, FLIS_A_CHANNEL);
	FlisMemo *memo;
	int number;

	if (spelling != NULL)
	{
		*told_by = spelling->channel;
		spelling = flis_spelling_search(spellings, &area_spelled, *told_by);
		if (spelling != NULL)
			return flis_current_memo(spelling->memo);
		number = flis_registry_area(area);
	}
	else
	{
		number = flis_registry_area(area);
		*told_by = FLIS_CHANNEL_NUMBER(flis_registry_channel(channel));
		flis_spellings_add(spellings, &channel_spelled, FLIS_A_CHANNEL,
						   (FlisSpelling){.channel = *told_by});
	}
	memo = flis_registry_memo(number, FLIS_NUMBER_OF_CHANNEL(*told_by));
	flis_spellings_add(spellings, &area_spelled, *told_by, (FlisSpelling){.memo = memo});
	return memo;
}
