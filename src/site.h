/*
 * site.h
 *		What a place in a query that calls a function remembers from one row to the next.
 *
 * A call once a row is worth a few nanoseconds.  So what cannot change from row to row is found out
 * once a place and load, and the rest in one look-up.
 */
#ifndef FLIS_SITE_H
#define FLIS_SITE_H

#include "postgres.h"

#include "fmgr.h"
#include "utils/snapmgr.h"

#include "fingerprint.h"
#include "memo.h"
#include "registry.h"
#include "spelling.h"

/* In fn_extra. */
typedef struct FlisSite
{
	uint64 load;	/* the load of rows that the next two belong to, or FLIS_NO_LOAD */
	uint64 channel; /* what tells the areas of the third argument, a constant; 0 unless known */
	FlisMemo *memo; /* of the first argument if both are constants; NULL unless known */
	Oid schema;		/* of the called function */
} FlisSite;

#define FLIS_NO_LOAD PG_UINT64_MAX

extern const FlisSite *flis_site_use(FunctionCallInfo fcinfo);
extern FlisMemo *flis_site_named(FunctionCallInfo fcinfo, Datum area);

/*
 * flis_site_checked finds what a call's place remembers; NULL unless it is true for the active
 * snapshot.
 *
 * The place was bound to the load at hand, which tells the schema; the load was checked in this
 * transaction, with no rollback to a savepoint since, for a snapshot like the active one.
 */
static pg_attribute_always_inline const FlisSite *
flis_site_checked(FunctionCallInfo fcinfo)
{
	const FlisSite *site;

	/* First of all, so that nothing has to be saved from the calls but the argument. */
	if (unlikely(!ActiveSnapshotSet()) ||
		unlikely(!flis_fingerprint_is(&flis_at_hand.checked, GetActiveSnapshot())))
		return NULL;
	site = fcinfo->flinfo->fn_extra;
	return likely(site != NULL) && likely(site->load == flis_at_hand.load) ? site : NULL;
}

/*
 * flis_place_at_hand finds where it is noted what bears on an area in a channel, the third argument, in
 * one look-up or two; NULL if it must be searched.
 */
static pg_attribute_always_inline const FlisSpelling *
flis_place_at_hand(FunctionCallInfo fcinfo, const FlisSite *site, Datum area)
{
	const FlisSpellings *spellings = &flis_at_hand.spellings;
	uint64 told_by = site->channel;

	if (unlikely(told_by == 0))
	{
		const FlisSpelling *channel = flis_spelling_find(
			spellings, (struct varlena *) DatumGetPointer(PG_GETARG_DATUM(2)), FLIS_A_CHANNEL);

		if (channel == NULL)
			return NULL;
		told_by = channel->channel;
	}
	return flis_spelling_find(spellings, (struct varlena *) DatumGetPointer(area), told_by);
}

#endif
