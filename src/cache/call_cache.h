/*
 * call_cache.h
 *		What a function call in a query keeps from one row to the next, in fn_extra.
 *
 * A call once a row may cost only a few nanoseconds.  So what can't change from row to row is found
 * once, and the rest by one look-up.
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
	uint64 load;			  /* the load to which the next two belong, or FLIS_NO_LOAD */
	FlisNameScope channel;	  /* of the last argument if that is a constant; 0: not known */
	FlisAnswerCache *answers; /* of the first argument if both are constants; NULL: not known */
	Oid schema;				  /* of the called function */
} FlisCallCache;

#define FLIS_NO_LOAD PG_UINT64_MAX

extern const FlisCallCache *flis_call_cache_use(FunctionCallInfo fcinfo);
extern FlisAnswerCache *flis_call_cache_search(FunctionCallInfo fcinfo, Datum area);

/*
 * flis_call_cache_checked returns the call's cache; NULL unless it is valid for the active snapshot.
 *
 * It is valid if it belongs to the current load, and so to its schema, and the load was checked in this
 * transaction under a snapshot with the same fingerprint, without a rollback to a savepoint since.
 */
static pg_attribute_always_inline const FlisCallCache *
flis_call_cache_checked(FunctionCallInfo fcinfo)
{
	const FlisCallCache *call_cache;

	/* These calls come first, so that the compiler has only the argument to save across them. */
	if (unlikely(!ActiveSnapshotSet()) ||
		unlikely(!flis_fingerprint_is(&flis_current_load.checked, GetActiveSnapshot())))
		return NULL;
	call_cache = fcinfo->flinfo->fn_extra;
	return likely(call_cache != NULL) && likely(call_cache->load == flis_current_load.load)
			   ? call_cache
			   : NULL;
}

/*
 * flis_call_cache_find finds the answers of an area in the channel that the last argument names, by the
 * names that were found before; NULL if they must be searched for.
 */
static inline FlisAnswerCache *
flis_call_cache_find(FunctionCallInfo fcinfo, const FlisCallCache *call_cache, Datum area)
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
