/*
 * registry.h
 *		The reference rows as the caller's snapshot sees them.
 *
 * Areas and channels are counted from 0 in the order in which they are listed.  The numbers, and all
 * pointers handed out, hold until the next call of flis_registry_use or flis_registry_day.
 */
#ifndef FLIS_REGISTRY_H
#define FLIS_REGISTRY_H

#include "postgres.h"

#include "fmgr.h"
#include "utils/snapmgr.h"

#include "compat.h"
#include "fingerprint.h"
#include "memo.h"
#include "spelling.h"
#include "tables.h"

/* What a call once a row needs of the registry, which alone writes it. */
typedef struct FlisAtHand
{
	FlisFingerprint checked; /* the snapshot for which the registry was last checked */
	Oid schema;				 /* of the tables that it holds */
	FlisSpellings spellings;
	FlisPageStore pages;
} FlisAtHand;

extern FlisAtHand flis_at_hand;

extern void flis_check_registry(FunctionCallInfo fcinfo);
extern FlisMemo *flis_search_memo(Datum area, Datum channel);

extern void flis_registry_use(FunctionCallInfo fcinfo);
extern int flis_registry_areas(const FlisAreaRow **rows);
extern int flis_registry_area(const text *area);
extern int flis_registry_channel(const text *channel);
extern const FlisChannelRow *flis_registry_channel_row(int channel);
extern FlisMemo *flis_registry_memo(int area, int channel);
extern const char *flis_registry_release_note(int area, int channel, FlisDay cycle);
extern bool flis_registry_status_words(int area, FlisDay as_of, FlisStatusWords *words);
extern FlisNoticeRow *flis_registry_notices(int area, int *n);

/*
 * flis_is_checked tells whether the registry was checked for a snapshot like the active one, in the
 * schema of the called function.  fn_extra holds the OID of that schema.
 */
static inline bool
flis_is_checked(FunctionCallInfo fcinfo)
{
	return likely((Oid) (uintptr_t) fcinfo->flinfo->fn_extra == flis_at_hand.schema) &&
		   likely(ActiveSnapshotSet()) &&
		   likely(flis_fingerprint_is(&flis_at_hand.checked, GetActiveSnapshot()));
}

/*
 * flis_registry_named finds what bears on an area in a channel, two texts, and complains if there is
 * no such area or channel.
 */
static pg_attribute_always_inline FlisMemo *
flis_registry_named(Datum area, Datum channel)
{
	const struct varlena *area_text = (const struct varlena *) DatumGetPointer(area);
	const struct varlena *channel_text = (const struct varlena *) DatumGetPointer(channel);

	if (likely(flis_spelled_flat(area_text)) && likely(flis_spelled_flat(channel_text)))
	{
		FlisSpelledText area_words = flis_spelled(area_text);
		FlisSpelledText channel_words = flis_spelled(channel_text);
		const FlisSpelling *spelling =
			flis_spelling_at(&flis_at_hand.spellings, area_words, channel_words);

		if (likely(flis_spelling_is(spelling, area_words, channel_words)))
			return spelling->memo;
	}
	return flis_search_memo(area, channel);
}

/*
 * flis_registry_memo_day answers for a day of the calendar range; FLIS_NO_DAY where the answer is
 * none.
 */
static pg_attribute_always_inline FlisDay
flis_registry_memo_day(FlisMemo *memo, FlisKind kind, FlisDay on)
{
	return flis_memo_day(memo, kind, on, &flis_at_hand.pages);
}

/*
 * flis_registry_day answers for a day of the calendar range, for a function whose first argument is
 * the area and whose third is the channel; FLIS_NO_DAY where the answer is none.  Called once a row.
 */
static pg_attribute_always_inline FlisDay
flis_registry_day(FunctionCallInfo fcinfo, FlisKind kind, FlisDay on)
{
	if (unlikely(!flis_is_checked(fcinfo)))
		flis_check_registry(fcinfo);
	return flis_registry_memo_day(flis_registry_named(PG_GETARG_DATUM(0), PG_GETARG_DATUM(2)), kind,
								  on);
}

#endif
