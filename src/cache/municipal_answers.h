/*
 * municipal_answers.h
 *		The answers of one area in one channel for single municipalities.
 */
#ifndef FLIS_MUNICIPAL_ANSWERS_H
#define FLIS_MUNICIPAL_ANSWERS_H

#include "postgres.h"

#include "cache/answer_cache.h"
#include "rules/municipal.h"
#include "rules/period_counts.h"

/*
 * Notices and waivers name few municipalities.  Those have pages of their own; the others share the
 * first, or the area's own pages where no notice is about all.
 */
typedef struct FlisMunicipalAnswers
{
	FlisExemptions exemptions;
	uint16 slots[FLIS_CODES]; /* of a municipality by its number; 0: nobody names it */
	int nslots;
	int *municipalities; /* by slot; 0 for the first */
	FlisAnswerPages *pages;
	bool has_notice_for_all;
} FlisMunicipalAnswers;

extern FlisDay flis_municipal_answers_compute(FlisAnswerCache *answers, int municipality,
											  FlisDay on, FlisAnswerPageStore *store);

/*
 * flis_municipal_distance finds a cached answer; FLIS_FAR_ANSWER where there is none.
 */
static pg_attribute_always_inline FlisDistance
flis_municipal_distance(const FlisAnswerCache *answers, int municipality, FlisDay on)
{
	const FlisMunicipalAnswers *municipal = answers->municipal;
	int slot;

	if (unlikely(municipal == NULL))
		return FLIS_FAR_ANSWER;
	slot = likely((uint32) municipality < FLIS_CODES) ? municipal->slots[municipality] : 0;
	return flis_page_distance(slot > 0 || municipal->has_notice_for_all
								  ? &municipal->pages[slot]
								  : &answers->kinds[FLIS_THROUGH],
							  on);
}

#endif
