/*
 * page.c
 *		The SQL function that writes the status of a day as a page of HTML: flis_status_page.
 *
 * This file gathers what the page tells; the files beside it write its sections.  The page has no
 * script and asks for no other file, and its Content-Security-Policy forbids both.  It is ASCII (see
 * html.c), and XML as well as HTML.
 */
#include "page/page.h"

#include <limits.h>

#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "base/array.h"
#include "cache/registry.h"
#include "sql/arguments.h"
#include "sql/check_cubes.h"

/* How far the pictures look back and ahead: 12 months, and about two cycles of monthly releases. */
#define MONTHS_BACK 12
#define DAYS_AHEAD 61

/* For add_cube: the page, and the memory in which its texts outlive the check of a table. */
typedef struct Cubes
{
	FlisPage *page;
	MemoryContext context;
	int room;
} Cubes;

static void write_text(void *to, const char *bytes, size_t length);
static void add_cube(const FlisCubeCheck *check, void *cubes);
static void gather_areas(FlisPage *page);
static void gather_area(FlisPage *page, int area, FlisPageArea *gathered);
static bool cube_differs(const FlisPage *page, const char *area);
static void order_areas(FlisPage *page);

/*
 * flis_status_page(on_day date, language text) returns the page of a day, as text.
 */
PG_FUNCTION_INFO_V1(flis_status_page);
Datum
flis_status_page(PG_FUNCTION_ARGS)
{
	static const char channel[] = "datapakke";
	FlisPage page = {.on = PG_GETARG_DATEADT(0)};
	Cubes cubes = {.page = &page, .context = CurrentMemoryContext};

	page.language = flis_find_language(PG_GETARG_TEXT_PP(1));
	flis_check_finite(page.on);
	flis_check_each_cube(fcinfo, page.on, add_cube, &cubes);
	flis_page_gather_corrections(&page, get_func_namespace(fcinfo->flinfo->fn_oid));

	flis_registry_use(fcinfo);
	page.channel = flis_registry_channel(cstring_to_text(channel));
	page.months = flis_months_axis(page.on, MONTHS_BACK);
	page.days.first = page.on;
	page.days.last = Min(page.on, FLIS_LAST_DAY - DAYS_AHEAD) + DAYS_AHEAD;
	gather_areas(&page);

	initStringInfo(&page.text);
	page.html.write = write_text;
	page.html.to = &page.text;
	flis_page_begin(&page);
	flis_page_areas(&page);
	if (page.nareas > 0)
	{
		flis_page_reach(&page);
		flis_page_releases(&page);
		flis_page_notices(&page);
		flis_page_differences(&page);
		flis_page_corrections(&page);
	}
	if (page.ncubes > 0)
		flis_page_cubes(&page);
	flis_page_end(&page);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(page.text.data, page.text.len));
}

static void
write_text(void *to, const char *bytes, size_t length)
{
	appendBinaryStringInfo((StringInfo) to, bytes, (int) length);
}

/*
 * add_cube adds to the page what was found of a fact table.
 */
static void
add_cube(const FlisCubeCheck *check, void *argument)
{
	Cubes *cubes = argument;
	FlisPage *page = cubes->page;
	FlisFrequency frequency = check->cube_context.frequency;
	const FlisFound *found = &check->measure.found;
	MemoryContext caller = MemoryContextSwitchTo(cubes->context);
	const char *reason = flis_cube_reason(check, page->language);
	FlisPageCube *cube;

	page->cubes = flis_array_reserve(page->cubes, page->ncubes, &cubes->room, sizeof(FlisPageCube));
	cube = &page->cubes[page->ncubes++];
	cube->cube = flis_to_utf8(check->cube->cube);
	cube->area = pstrdup(check->cube->area);
	cube->channel = pstrdup(check->cube->channel);
	cube->verdict = check->verdict;
	cube->measured = flis_through_label(frequency, found->measured, page->language);
	cube->through = flis_through_label(frequency, check->answer.through, page->language);
	/* The verdict says already that a table is missing. */
	cube->reason =
		reason != NULL && check->verdict != FLIS_VERDICT_MISSING ? flis_to_utf8(reason) : NULL;
	MemoryContextSwitchTo(caller);
}

/*
 * gather_areas gathers the summaries of the areas, and puts them in the order of the page.
 */
static void
gather_areas(FlisPage *page)
{
	const FlisAreaRow *rows;
	int n = flis_registry_areas(&rows);

	page->areas = palloc_extended(n * sizeof(FlisPageArea), MCXT_ALLOC_HUGE);
	page->nareas = n;
	for (int area = 0; area < n; area++)
	{
		CHECK_FOR_INTERRUPTS();
		page->areas[area].row = &rows[area];
		gather_area(page, area, &page->areas[area]);
	}
	order_areas(page);
}

/*
 * gather_area gathers the summary of an area.
 */
static void
gather_area(FlisPage *page, int area, FlisPageArea *gathered)
{
	const FlisAreaSummary *summary = &gathered->summary;
	const FlisAnswer *answer = &summary->answer;

	gathered->area = area;
	gathered->name = flis_to_utf8(gathered->row->name);
	gathered->group = NULL;
	if (gathered->row->position == INT_MAX)
		gathered->group = flis_page_message(page, FLIS_PAGE_OTHER_AREAS);
	else if (gathered->row->area_group != NULL)
		gathered->group = flis_to_utf8(gathered->row->area_group);
	flis_area_summary_for(area, page->channel, page->on, &gathered->summary);
	gathered->through = flis_summary_period(summary, answer->through, page->language);
	gathered->is_daily = summary->frequency == FLIS_DAILY;
	gathered->differs =
		answer->through != answer->expected.through || cube_differs(page, gathered->row->area);
	page->ndiffering += gathered->differs;
}

/*
 * cube_differs tells whether a fact table of an area holds something else than it should.
 */
static bool
cube_differs(const FlisPage *page, const char *area)
{
	for (int i = 0; i < page->ncubes; i++)
	{
		FlisVerdict verdict = page->cubes[i].verdict;

		if (strcmp(page->cubes[i].area, area) == 0 &&
			(verdict == FLIS_VERDICT_EMPTY || verdict == FLIS_VERDICT_LATE ||
			 verdict == FLIS_VERDICT_AHEAD || verdict == FLIS_VERDICT_PARTIAL))
			return true;
	}
	return false;
}

/*
 * flis_page_find_area finds an area by its code; NULL if it is retired.
 */
const FlisPageArea *
flis_page_find_area(const FlisPage *page, const char *code)
{
	for (int i = 0; i < page->nareas; i++)
		if (strcmp(page->areas[i].row->area, code) == 0)
			return &page->areas[i];
	return NULL;
}

/*
 * flis_page_area_name finds the name of an area; the code of one that is retired.
 */
const char *
flis_page_area_name(const FlisPage *page, const char *code)
{
	const FlisPageArea *area = flis_page_find_area(page, code);

	return area != NULL ? area->name : flis_to_utf8(code);
}

/*
 * flis_page_same_group tells whether two areas stand under the same heading.
 */
bool
flis_page_same_group(const FlisPageArea *left, const FlisPageArea *right)
{
	if (left->group == NULL || right->group == NULL)
		return left->group == right->group;
	return strcmp(left->group, right->group) == 0;
}

/*
 * order_areas puts the areas of a group together, the groups in the order of their first areas: in
 * the deck's order a group can come twice, because each slide prints its heading again.
 */
static void
order_areas(FlisPage *page)
{
	FlisPageArea *ordered = palloc_extended(page->nareas * sizeof(FlisPageArea), MCXT_ALLOC_HUGE);
	bool *is_placed = palloc0(page->nareas * sizeof(bool));
	int n = 0;

	for (int first = 0; first < page->nareas; first++)
	{
		CHECK_FOR_INTERRUPTS();
		if (is_placed[first])
			continue;
		for (int area = first; area < page->nareas; area++)
			if (!is_placed[area] && flis_page_same_group(&page->areas[first], &page->areas[area]))
			{
				is_placed[area] = true;
				ordered[n++] = page->areas[area];
			}
	}
	page->areas = ordered;
}
