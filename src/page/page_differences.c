/*
 * page_differences.c
 *		Sections of a status page: where rule, status and fact tables differ, and what the tables hold.
 */
#include "page/page.h"

#include "miscadmin.h"

#include "base/enum_labels.h"
#include "sql/explain.h"

static void write_difference(FlisPage *page, const FlisPageArea *area);
static void write_value(FlisPage *page, const char *name, const char *value);
static void write_cube(FlisPage *page, const FlisPageCube *cube);
static void write_verdict(FlisPage *page, const FlisPageCube *cube, bool names_table);

/*
 * flis_page_differences writes the section of the areas that differ, each with the words of
 * flis_explain.
 */
void
flis_page_differences(FlisPage *page)
{
	flis_page_begin_section(page, "differences", FLIS_PAGE_DIFFERENCES);
	flis_page_paragraph(page,
						flis_page_message(page, page->ndiffering > 0 ? FLIS_PAGE_DIFFERENCES_LEAD
																	 : FLIS_PAGE_NO_DIFFERENCES));
	for (int i = 0; i < page->nareas; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (page->areas[i].differs)
			write_difference(page, &page->areas[i]);
	}
	flis_page_end_section(page);
}

/*
 * write_difference writes how far an area reaches by the rule, the status and each fact table.
 */
static void
write_difference(FlisPage *page, const FlisPageArea *area)
{
	const FlisAnswer *answer = &area->summary.answer;

	flis_html_write(&page->html, "<div class=\"difference\">\n<h3 lang=\"da\">%s</h3>\n<dl>\n",
					area->name);
	write_value(page, flis_page_message(page, FLIS_PAGE_EXPECTED),
				flis_summary_period(&area->summary, answer->expected.through, page->language));
	if (answer->status != NULL)
		write_value(
			page,
			flis_page_format(page, FLIS_PAGE_PUBLISHED, flis_page_day(page, answer->status->as_of),
							 NULL),
			answer->status->data_through != FLIS_NO_DAY
				? flis_summary_period(&area->summary, answer->status->data_through, page->language)
				: flis_page_state(page, answer->status->state));
	for (int i = 0; i < page->ncubes; i++)
		if (strcmp(page->cubes[i].area, area->row->area) == 0)
			write_value(page, flis_page_format(page, FLIS_PAGE_MEASURED, page->cubes[i].cube, NULL),
						page->cubes[i].measured);
	write_value(page, flis_page_message(page, FLIS_PAGE_COUNTS),
				answer->basis == FLIS_BASIS_CLOSED ? flis_page_state(page, FLIS_CLOSED)
												   : area->through);
	flis_html_write(&page->html, "</dl>\n<p>%s</p>\n",
					flis_page_keep_dates(page, flis_explanation(area->area, page->channel, page->on,
																page->language)));
	for (int i = 0; i < page->ncubes; i++)
		if (strcmp(page->cubes[i].area, area->row->area) == 0)
			write_verdict(page, &page->cubes[i], true);
	flis_html_write(&page->html, "</div>\n");
}

/*
 * write_value writes a value and what it is.
 */
static void
write_value(FlisPage *page, const char *name, const char *value)
{
	flis_html_write(&page->html, "<div><dt>%s</dt><dd>%s</dd></div>\n", name, value);
}

/*
 * flis_page_cubes writes the section of the registered fact tables: what they hold, and the
 * verdicts on that.
 */
void
flis_page_cubes(FlisPage *page)
{
	static const FlisPageMessage headings[] = {FLIS_PAGE_CUBE, FLIS_PAGE_CUBE_AREA,
											   FLIS_PAGE_CUBE_MEASURED, FLIS_PAGE_CUBE_THROUGH,
											   FLIS_PAGE_CUBE_VERDICT};

	flis_page_begin_section(page, "cubes", FLIS_PAGE_CUBES);
	flis_page_begin_table(page, "cards cubes", flis_page_message(page, FLIS_PAGE_CUBES_CAPTION));
	for (int i = 0; i < (int) lengthof(headings); i++)
		flis_page_heading(page, headings[i]);
	flis_page_begin_group(page, NULL, false, 0);
	for (int i = 0; i < page->ncubes; i++)
	{
		CHECK_FOR_INTERRUPTS();
		write_cube(page, &page->cubes[i]);
	}
	flis_page_end_table(page);
	flis_page_end_section(page);
}

/*
 * write_cube writes the row of a table.
 */
static void
write_cube(FlisPage *page, const FlisPageCube *cube)
{
	flis_html_write(
		&page->html,
		"<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><code>%s</code></th>" FLIS_CELL
		"<span><span lang=\"da\">%s</span>, %s</span></td>",
		cube->cube, flis_page_message(page, FLIS_PAGE_CUBE_AREA),
		flis_page_area_name(page, cube->area), flis_page_channel_name(page, cube->channel));
	flis_html_write(&page->html, FLIS_CELL "<b>%s</b></td>" FLIS_CELL "%s</td>" FLIS_CELL,
					flis_page_message(page, FLIS_PAGE_CUBE_MEASURED), cube->measured,
					flis_page_message(page, FLIS_PAGE_CUBE_THROUGH), cube->through,
					flis_page_message(page, FLIS_PAGE_CUBE_VERDICT));
	write_verdict(page, cube, false);
	flis_html_write(&page->html, "</td></tr>\n");
}

/*
 * write_verdict writes a verdict and its reason, between them the table's name if names_table.
 */
static void
write_verdict(FlisPage *page, const FlisPageCube *cube, bool names_table)
{
	static const FlisMark marks[] = {
		[FLIS_VERDICT_MISSING] = FLIS_MARK_STOP, [FLIS_VERDICT_UNKNOWN] = FLIS_MARK_NONE,
		[FLIS_VERDICT_CLOSED] = FLIS_MARK_STOP,	 [FLIS_VERDICT_EMPTY] = FLIS_MARK_STOP,
		[FLIS_VERDICT_NOT_DUE] = FLIS_MARK_WAIT, [FLIS_VERDICT_DUE] = FLIS_MARK_WAIT,
		[FLIS_VERDICT_LATE] = FLIS_MARK_WARN,	 [FLIS_VERDICT_ON_TIME] = FLIS_MARK_GOOD,
		[FLIS_VERDICT_AHEAD] = FLIS_MARK_WARN,	 [FLIS_VERDICT_PARTIAL] = FLIS_MARK_WARN};

	flis_page_mark(page, marks[cube->verdict],
				   flis_verdict_labels[cube->verdict].labels[page->language]);
	if (names_table)
		flis_html_write(&page->html, "<p class=\"denied\"><code>%s</code></p>", cube->cube);
	if (cube->reason != NULL)
		flis_html_write(&page->html, "<p class=\"denied\">%s</p>", cube->reason);
}
