/*
 * municipal_answers.c
 *		The answers of one area in one channel for single municipalities.
 *
 * They are built when first asked for and dropped by each change of the reference tables, which are
 * a handful a day, while the area's own answers stay where its rows do.
 */
#include "cache/municipal_answers.h"

#include "rules/coverage.h"
#include "rules/notice.h"
#include "cache/registry.h"

/* What answers for one municipality. */
typedef struct MunicipalQuestion
{
	const FlisExemptions *exemptions;
	int municipality;
} MunicipalQuestion;

static void build_municipal(FlisAnswerCache *answers, FlisAnswerPageStore *store);
static void drop_municipal(FlisMunicipalAnswers *municipal, FlisAnswerPageStore *store);
static void read_exemptions(FlisExemptions *exemptions, int area);
static void *copied_rows(const void *rows, int n, Size size);
static int slot_of(const FlisMunicipalAnswers *municipal, int municipality);
static void give_slot(FlisMunicipalAnswers *municipal, int municipality);
static FlisDay answer_at(const FlisTimeline *timeline, const void *argument, FlisDay on,
						 FlisDay *until, bool *moves);
static FlisFrequency frequency_on(const FlisTimeline *timeline, FlisDay on, FlisDay *until);

/*
 * build_municipal reads the notices and waivers of an area under the active snapshot,
 * which the registry was checked for, and makes room for the answers of the municipalities that
 * they name.
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
	/* At once, so that what an error leaves half made is dropped by the next call. */
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
 * flis_municipal_answers_compute answers for a day where no answer is cached, and caches it while
 * there is room; FLIS_NO_DAY where the answer is none.
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
	slot = slot_of(municipal, municipality);
	if (slot == 0 && !municipal->has_notice_for_all)
		return flis_cached_day(answers, FLIS_THROUGH, on, store);
	question = (MunicipalQuestion){.exemptions = &municipal->exemptions,
								   .municipality = municipal->municipalities[slot]};
	return flis_answer_pages_compute(&municipal->pages[slot], &answers->timeline, answer_at,
									 &question, on, store);
}

/*
 * drop_municipal frees what was built, wholly or in part; nothing where that is NULL.
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
 * read_exemptions reads the notices that take periods away and the waivers of an area, into the
 * current memory context.
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
		/* One that closes the area leaves nothing to take away. */
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

static int
slot_of(const FlisMunicipalAnswers *municipal, int municipality)
{
	return (uint32) municipality < FLIS_CODES ? municipal->slots[municipality] : 0;
}

/*
 * give_slot gives pages of its own to a municipality that has none.
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
 * answer_at answers for one municipality on a day.
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
	/* What notices leave of an answer that moves need not move along. */
	*moves = false;
	if (answer.through_moves)
		*until = on + 1;
	frequency = frequency_on(timeline, on, until);
	return flis_municipal_through(question->exemptions, question->municipality, frequency, on,
								  answer.through, until);
}

/*
 * frequency_on tells in which periods an area counts on a day, by the rule in force or else the
 * first one, and lowers *until to the first day on which that may be otherwise.
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
