/*
 * call_cache.h
 *		What a call of a function in a query remembers from one row to the next.
 *
 * A call once a row may cost a few nanoseconds.  So what can't change from row to row is found once
 * for a call and load of rows, and the rest by one look-up.
 */
#ifndef FLIS_CALL_CACHE_H
#define FLIS_CALL_CACHE_H

#include "postgres.h"

#include "fmgr.h"
#include "utils/snapmgr.h"

#include "cache/answer_cache.h"
#include "cache/fingerprint.h"
#include "cache/name_lookup.h"
#include "cache/registry.h"

/* In fn_extra. */
typedef struct FlisCallCache
{
	uint64 load;			  /* the load of rows that the next two belong to, or FLIS_NO_LOAD */
	FlisNameScope channel;	  /* of the last argument, a constant; 0 unless known */
	FlisAnswerCache *answers; /* of the first argument if both are constants; NULL unless known */
	Oid schema;				  /* of the called function */
} FlisCallCache;

#define FLIS_NO_LOAD PG_UINT64_MAX

extern const FlisCallCache *flis_call_cache_use(FunctionCallInfo fcinfo);
extern FlisAnswerCache *flis_call_cache_search(FunctionCallInfo fcinfo, Datum area);

/*
 * flis_call_cache_checked finds what a call's place remembers; NULL unless it is true for the
 * active snapshot.
 *
 * The call belongs to the current load, which implies the schema; the load was checked in this
 * transaction, with no rollback to a savepoint since, for a snapshot like the active one.
 */
static pg_attribute_always_inline const FlisCallCache *
flis_call_cache_checked(FunctionCallInfo fcinfo)
{
	const FlisCallCache *call_cache;

	/* First of all, so that nothing has to be saved from the calls but the argument. */
	if (unlikely(!ActiveSnapshotSet()) ||
		unlikely(!flis_fingerprint_is(&flis_current_load.checked, GetActiveSnapshot())))
		return NULL;
	call_cache = fcinfo->flinfo->fn_extra;
	return likely(call_cache != NULL) && likely(call_cache->load == flis_current_load.load)
			   ? call_cache
			   : NULL;
}

/*
 * flis_current_name finds the answers of an area in a channel, the last argument, by the names they
 * were asked for before; NULL if they must be searched for.
 */
static inline FlisAnswerCache *
flis_current_name(FunctionCallInfo fcinfo, const FlisCallCache *call_cache, Datum area)
{
	FlisNameScope channel = call_cache->channel;
	const FlisName *name;

	if (unlikely(channel == 0))
	{
		name = flis_name_find(&flis_current_load.names,
							  (struct varlena *) DatumGetPointer(PG_GETARG_DATUM(PG_NARGS() - 1)),
							  FLIS_CHANNEL_NAME);
		if (name == NULL)
			return NULL;
		channel = name->channel;
	}
	name =
		flis_name_find(&flis_current_load.names, (struct varlena *) DatumGetPointer(area), channel);
	return name == NULL ? NULL : name->answers;
}

#endif
