/*
 * municipal_answers.h
 *		Caches the answers of one area in one channel for single municipalities.
 */
#ifndef FLIS_MUNICIPAL_ANSWERS_H
#define FLIS_MUNICIPAL_ANSWERS_H

#include "postgres.h"

#include "cache/answer_cache.h"
#include "rules/municipal.h"
#include "rules/period_counts.h"

/*
 * Notices and waivers name few municipalities.  Each of those has its own pages.  All others share the
 * pages of slot 0, or those of the area itself if no notice is about all municipalities.
 */
typedef struct FlisMunicipalAnswers
{
	FlisExemptions exemptions;
	uint16 slots[FLIS_CODES]; /* by the municipality's number; 0 if none names it */
	int nslots;
	int *municipalities;	/* by slot; 0 for slot 0 */
	FlisAnswerPages *pages; /* by slot */
	bool has_notice_for_all;
} FlisMunicipalAnswers;

extern FlisDay flis_municipal_answers_compute(FlisAnswerCache *answers, int municipality,
											  FlisDay on, FlisAnswerPageStore *store);

/*
 * flis_municipal_slot returns the slot of a municipality.
 */
static pg_attribute_always_inline int
flis_municipal_slot(const FlisMunicipalAnswers *municipal, int municipality)
{
	return likely((uint32) municipality < FLIS_CODES) ? municipal->slots[municipality] : 0;
}

/*
 * flis_municipal_distance returns the answer stored for a day; FLIS_FAR_ANSWER if there is none.
 */
static pg_attribute_always_inline FlisDistance
flis_municipal_distance(const FlisAnswerCache *answers, int municipality, FlisDay on)
{
	const FlisMunicipalAnswers *municipal = answers->municipal;
	int slot;

	if (unlikely(municipal == NULL))
		return FLIS_FAR_ANSWER;
	slot = flis_municipal_slot(municipal, municipality);
	return flis_page_distance(slot > 0 || municipal->has_notice_for_all
								  ? &municipal->pages[slot]
								  : &answers->kinds[FLIS_THROUGH],
							  on);
}

#endif
