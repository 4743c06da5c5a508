/*
 * municipal_answers.c
 *		Caches the answers of one area in one channel for single municipalities.
 *
 * They are built when first asked for, and dropped after each change of the reference tables: there are
 * only a few a day.
 */
#include "cache/municipal_answers.h"

#include "rules/coverage.h"
#include "rules/notice.h"
#include "cache/registry.h"

/* The argument of answer_at. */
typedef struct MunicipalQuestion
{
	const FlisExemptions *exemptions;
	int municipality;
} MunicipalQuestion;

static void build_municipal(FlisAnswerCache *answers, FlisAnswerPageStore *store);
static void drop_municipal(FlisMunicipalAnswers *municipal, FlisAnswerPageStore *store);
static void read_exemptions(FlisExemptions *exemptions, int area);
static void *copied_rows(const void *rows, int n, Size size);
static void give_slot(FlisMunicipalAnswers *municipal, int municipality);
static FlisDay answer_at(const FlisTimeline *timeline, const void *argument, FlisDay on,
						 FlisDay *until, bool *moves);
static FlisFrequency frequency_on(const FlisTimeline *timeline, FlisDay on, FlisDay *until);

/*
 * build_municipal reads the notices and waivers of an area under the active snapshot, for which the
 * registry was checked, and makes room for the answers of the municipalities that they name.
 */
static void
build_municipal(FlisAnswerCache *answers, FlisAnswerPageStore *store)
{
	MemoryContext caller = CurrentMemoryContext;
	FlisMunicipalAnswers *municipal;
	FlisExemptions exemptions;

	drop_municipal(answers->hidden_municipal, store);
	answers->hidden_municipal = NULL;
	read_exemptions(&exemptions, answers->area);

	MemoryContextSwitchTo(store->context);
	municipal = palloc0(sizeof(FlisMunicipalAnswers));
	/* Set at once, so that after an error the next call drops what was built so far. */
	answers->hidden_municipal = municipal;
	municipal->municipalities =
		palloc0((exemptions.nnotices + exemptions.nwaivers + 1) * sizeof(int));
	municipal->nslots = 1;
	for (int i = 0; i < exemptions.nnotices; i++)
	{
		municipal->has_notice_for_all |= exemptions.notices[i].municipality == 0;
		give_slot(municipal, exemptions.notices[i].municipality);
	}
	for (int i = 0; i < exemptions.nwaivers; i++)
		give_slot(municipal, exemptions.waivers[i].municipality);
	municipal->pages = palloc0(municipal->nslots * sizeof(FlisAnswerPages));
	municipal->exemptions.notices =
		copied_rows(exemptions.notices, exemptions.nnotices, sizeof(FlisNotice));
	municipal->exemptions.nnotices = exemptions.nnotices;
	municipal->exemptions.waivers =
		copied_rows(exemptions.waivers, exemptions.nwaivers, sizeof(FlisWaiver));
	municipal->exemptions.nwaivers = exemptions.nwaivers;
	answers->municipal = municipal;
	answers->hidden_municipal = NULL;
	MemoryContextSwitchTo(caller);
}

/*
 * flis_municipal_answers_compute returns the answer for a day that has none in the cache, which may be
 * FLIS_NO_DAY, and caches it if there is room.
 */
FlisDay
flis_municipal_answers_compute(FlisAnswerCache *answers, int municipality, FlisDay on,
							   FlisAnswerPageStore *store)
{
	FlisMunicipalAnswers *municipal;
	MunicipalQuestion question;
	int slot;

	if (answers->municipal == NULL)
		build_municipal(answers, store);
	municipal = answers->municipal;
	slot = flis_municipal_slot(municipal, municipality);
	if (slot == 0 && !municipal->has_notice_for_all)
		return flis_cached_day(answers, FLIS_THROUGH, on, store);
	question = (MunicipalQuestion){.exemptions = &municipal->exemptions,
								   .municipality = municipal->municipalities[slot]};
	return flis_answer_pages_compute(&municipal->pages[slot], &answers->timeline, answer_at,
									 &question, on, store);
}

/*
 * drop_municipal frees what was built, completely or in part.  It may be NULL.
 */
static void
drop_municipal(FlisMunicipalAnswers *municipal, FlisAnswerPageStore *store)
{
	if (municipal == NULL)
		return;
	if (municipal->pages != NULL)
	{
		for (int slot = 0; slot < municipal->nslots; slot++)
			flis_answer_pages_drop(&municipal->pages[slot], municipal->pages[slot].n, store);
		pfree(municipal->pages);
	}
	if (municipal->municipalities != NULL)
		pfree(municipal->municipalities);
	if (municipal->exemptions.notices != NULL)
		pfree((FlisNotice *) municipal->exemptions.notices);
	if (municipal->exemptions.waivers != NULL)
		pfree((FlisWaiver *) municipal->exemptions.waivers);
	pfree(municipal);
}

/*
 * read_exemptions reads the waivers of an area and the notices that can make periods of a municipality
 * missing, into the current memory context.
 */
static void
read_exemptions(FlisExemptions *exemptions, int area)
{
	int nnotices;
	int nwaivers;
	const FlisNoticeRow *notice_rows = flis_registry_notices(area, &nnotices);
	const FlisWaiverRow *waiver_rows = flis_registry_waivers(area, &nwaivers);
	FlisNotice *notices = palloc_extended(nnotices * sizeof(FlisNotice), MCXT_ALLOC_HUGE);
	FlisWaiver *waivers = palloc_extended(nwaivers * sizeof(FlisWaiver), MCXT_ALLOC_HUGE);

	*exemptions = (FlisExemptions){.notices = notices, .waivers = waivers, .nwaivers = nwaivers};
	for (int i = 0; i < nnotices; i++)
	{
		/* One that closes the area has already been applied to the area's own answer. */
		if (flis_notice_exempts(&notice_rows[i].notice) &&
			!flis_notice_closes(&notice_rows[i].notice))
			notices[exemptions->nnotices++] = notice_rows[i].notice;
	}
	for (int i = 0; i < nwaivers; i++)
		waivers[i] = waiver_rows[i].waiver;
}

/*
 * copied_rows copies rows into the current memory context; NULL if there are none.
 */
static void *
copied_rows(const void *rows, int n, Size size)
{
	void *copy;

	if (n == 0)
		return NULL;
	copy = palloc_extended(n * size, MCXT_ALLOC_HUGE);
	memcpy(copy, rows, n * size);
	return copy;
}

/*
 * give_slot gives a municipality its own pages, unless it has them.
 */
static void
give_slot(FlisMunicipalAnswers *municipal, int municipality)
{
	if (municipality <= 0 || municipality >= FLIS_CODES || municipal->slots[municipality] > 0)
		return;
	municipal->slots[municipality] = (uint16) municipal->nslots;
	municipal->municipalities[municipal->nslots++] = municipality;
}

/*
 * answer_at is the FlisAnswerAt of one municipality.
 */
static FlisDay
answer_at(const FlisTimeline *timeline, const void *argument, FlisDay on, FlisDay *until,
		  bool *moves)
{
	const MunicipalQuestion *question = argument;
	FlisFrequency frequency;
	FlisAnswer answer;

	flis_answer_on(timeline, on, &answer);
	*until = answer.until;
	/* An answer that advances each day may not do so after the notices are applied. */
	*moves = false;
	if (answer.through_moves)
		*until = on + 1;
	frequency = frequency_on(timeline, on, until);
	return flis_municipal_through(question->exemptions, question->municipality, frequency, on,
								  answer.through, until);
}

/*
 * frequency_on returns the frequency of the rule in force on a day, or of the first rule if none is in
 * force yet.  *until becomes the day on which the next rule takes over, if that is earlier.
 */
static FlisFrequency
frequency_on(const FlisTimeline *timeline, FlisDay on, FlisDay *until)
{
	FlisFrequency frequency = timeline->nrules > 0 ? timeline->rules[0].frequency : FLIS_MONTHLY;

	for (int i = 0; i < timeline->nrules; i++)
	{
		if (timeline->rules[i].valid_from > on)
		{
			*until = Min(*until, timeline->rules[i].valid_from);
			break;
		}
		frequency = timeline->rules[i].frequency;
	}
	return frequency;
}
