/*
 * registry.h
 *		Caches the reference rows as the active snapshot sees them.
 *
 * Areas and channels are numbered from 0 in the order in which they are listed.  The numbers and all
 * pointers that the functions return are valid until the next call of flis_registry_use or
 * flis_registry_hold.
 */
#ifndef FLIS_REGISTRY_H
#define FLIS_REGISTRY_H

#include "postgres.h"

#include "fmgr.h"

#include "base/compat.h"
#include "cache/answer_cache.h"
#include "cache/fingerprint.h"
#include "cache/name_lookup.h"
#include "cache/tables.h"

/* What a function that is called once a row reads directly.  Only registry.c writes it. */
typedef struct FlisCurrentLoad
{
	uint64 load;			 /* the current load, from 1; 0: it must be checked first */
	FlisFingerprint checked; /* the snapshot for which it was checked */
	FlisNames names;
	FlisAnswerPageStore pages;
	Oid schema; /* of the reference tables */
} FlisCurrentLoad;

extern FLIS_HIDDEN FlisCurrentLoad flis_current_load;

extern void flis_registry_use(FunctionCallInfo fcinfo);
extern uint64 flis_registry_hold(Oid schema);
extern int flis_registry_areas(const FlisAreaRow **rows);
extern int flis_registry_area(const text *area);
extern const char *flis_registry_retired(const char *word, int length);
extern int flis_registry_channel(const text *channel);
extern int flis_registry_channels(void);
extern const char *flis_registry_channel_code(int channel);
extern int flis_registry_channel_versions(int channel, const FlisChannelRow **versions);
extern int flis_registry_leader(int channel, FlisDay cycle);
extern FlisAnswerCache *flis_registry_answers(int area, int channel);
extern const char *flis_registry_release_note(int area, int channel, FlisDay cycle);
extern bool flis_registry_status_words(int area, FlisDay as_of, FlisStatusWords *words);
extern FlisNoticeRow *flis_registry_notices(int area, int *n);
extern FlisWaiverRow *flis_registry_waivers(int area, int *n);
extern FlisRelease *flis_registry_releases(int area, int channel, int *n);

/*
 * flis_current_answers returns answers that were found before, read again if that is necessary.
 */
static inline FlisAnswerCache *
flis_current_answers(FlisAnswerCache *answers)
{
	return likely(answers->is_current) ? answers
									   : flis_registry_answers(answers->area, answers->channel);
}

/*
 * flis_registry_timeline returns the timeline of an area in a channel.
 */
static inline const FlisTimeline *
flis_registry_timeline(int area, int channel)
{
	return &flis_registry_answers(area, channel)->timeline;
}

#endif
