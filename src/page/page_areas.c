/*
 * page_areas.c
 *		Sections of a status page: the deck's table of areas, and the picture of how far each reaches.
 */
#include "page/page.h"

#include <limits.h>

#include "miscadmin.h"

static void write_area(FlisPage *page, const FlisPageArea *area);
static void write_name(FlisPage *page, const FlisPageArea *area);
static void write_operation(FlisPage *page, const FlisPageArea *area);
static bool notice_tells(const FlisAreaSummary *summary, FlisNoticeKind kind);
static void write_legend(FlisPage *page);
static void write_reach(FlisPage *page, const FlisPageArea *area);
static const char *reach_in_words(const FlisPage *page, const FlisPageArea *area,
								  bool shows_expected);

/*
 * flis_page_areas writes the section with the deck's table, under the deck's headings of groups.
 */
void
flis_page_areas(FlisPage *page)
{
	static const FlisPageMessage headings[] = {FLIS_PAGE_AREA,		FLIS_PAGE_FREQUENCY,
											   FLIS_PAGE_THROUGH,	FLIS_PAGE_SOURCE,
											   FLIS_PAGE_OPERATION, FLIS_PAGE_NEXT};

	flis_page_begin_section(page, "areas", FLIS_PAGE_AREAS);
	if (page->nareas == 0)
	{
		flis_page_paragraph(page, flis_page_message(page, FLIS_PAGE_NO_AREAS));
		flis_page_end_section(page);
		return;
	}

	flis_page_begin_table(page, "cards areas", flis_page_message(page, FLIS_PAGE_AREAS_CAPTION));
	for (int i = 0; i < (int) lengthof(headings); i++)
		flis_page_heading(page, headings[i]);
	for (int i = 0; i < page->nareas; i++)
	{
		const FlisPageArea *area = &page->areas[i];

		CHECK_FOR_INTERRUPTS();
		if (i == 0 || !flis_page_same_group(area - 1, area))
			flis_page_begin_group(page, area->group, area->row->position != INT_MAX,
								  (int) lengthof(headings));
		write_area(page, area);
	}
	flis_page_end_table(page);
	flis_page_end_section(page);
}

/*
 * write_area writes the row of an area.
 */
static void
write_area(FlisPage *page, const FlisPageArea *area)
{
	const char *basis = flis_summary_basis(&area->summary, page->language);

	flis_html_write(&page->html, "<tr role=\"row\">");
	write_name(page, area);
	flis_html_write(&page->html, FLIS_CELL "%s</td>", flis_page_message(page, FLIS_PAGE_FREQUENCY),
					flis_summary_frequency(area->area, page->channel, page->on, page->language));
	flis_html_write(&page->html, FLIS_CELL "<span><b>%s</b>",
					flis_page_message(page, FLIS_PAGE_THROUGH),
					flis_page_keep_dates(page, area->through));
	if (basis != NULL)
		flis_html_write(&page->html, " <small>(%s)</small>", flis_page_keep_dates(page, basis));
	flis_html_write(&page->html, "</span></td>");
	flis_html_write(&page->html, FLIS_CELL "<span lang=\"da\">%s</span></td>",
					flis_page_message(page, FLIS_PAGE_SOURCE), flis_summary_source(&area->summary));
	write_operation(page, area);
	flis_html_write(&page->html, FLIS_CELL "%s</td></tr>\n",
					flis_page_message(page, FLIS_PAGE_NEXT),
					flis_page_day(page, area->summary.answer.next));
}

/*
 * write_name writes the name of an area, and of the area that it is a part of, if any.
 */
static void
write_name(FlisPage *page, const FlisPageArea *area)
{
	const FlisPageArea *whole =
		area->row->part_of != NULL ? flis_page_find_area(page, area->row->part_of) : NULL;

	flis_html_write(&page->html, "<th role=\"rowheader\" scope=\"row\"><span lang=\"da\">%s</span>",
					area->name);
	if (whole != NULL)
		flis_html_write(&page->html, " <small>(%s)</small>",
						flis_page_format(page, FLIS_PAGE_PART_OF, whole->name, NULL));
	flis_html_write(&page->html, "</th>");
}

/*
 * write_operation writes the cell of an area's operation: its state, whether its data are
 * incomplete or not to be compared, and what the deck and the notices remark.
 */
static void
write_operation(FlisPage *page, const FlisPageArea *area)
{
	const FlisAreaSummary *summary = &area->summary;
	const char *as_of = flis_summary_as_of(summary, page->language);
	const char *state = flis_summary_state(summary, page->language);
	const char *sentences[] = {flis_summary_whole(summary, page->language),
							   flis_summary_notes(summary, page->language, false),
							   flis_summary_changes(summary, page->language)};

	flis_html_write(&page->html, FLIS_CELL, flis_page_message(page, FLIS_PAGE_OPERATION));
	flis_page_mark(page, flis_page_state_mark(summary->state),
				   as_of != NULL ? flis_page_keep_dates(page, psprintf("%s (%s)", state, as_of))
								 : state);
	if (summary->is_incomplete && !notice_tells(summary, FLIS_COMPLETENESS))
		flis_html_write(&page->html, "<p class=\"denied\">%s</p>",
						flis_page_message(page, FLIS_PAGE_INCOMPLETE));
	if (summary->is_incomparable && !notice_tells(summary, FLIS_COMPARABILITY))
		flis_html_write(&page->html, "<p class=\"denied\">%s</p>",
						flis_page_message(page, FLIS_PAGE_NOT_COMPARABLE));
	flis_page_note(page, flis_summary_remark(summary, flis_summary_status(summary)));
	for (int i = 0; i < (int) lengthof(sentences); i++)
		if (sentences[i] != NULL)
			flis_html_write(&page->html, "<p class=\"note\">%s</p>",
							flis_page_keep_dates(page, sentences[i]));
	flis_html_write(&page->html, "</td>");
}

/*
 * notice_tells tells whether a notice of a kind is about an area's newest period, so that the page
 * says it with the notice.
 */
static bool
notice_tells(const FlisAreaSummary *summary, FlisNoticeKind kind)
{
	for (int i = 0; i < summary->nnotices; i++)
		if (summary->notices[i].notice.kind == kind &&
			flis_notice_concerns_period(&summary->notices[i].notice, summary->frequency,
										summary->answer.through))
			return true;
	return false;
}

/*
 * flis_page_reach writes the section with the picture: a row for each area, which says the same in
 * words.
 */
void
flis_page_reach(FlisPage *page)
{
	flis_page_begin_section(page, "reach", FLIS_PAGE_REACH);
	write_legend(page);
	flis_page_begin_table(page, "picture reach",
						  flis_page_format(page, FLIS_PAGE_REACH_CAPTION,
										   flis_page_day(page, page->months.first),
										   flis_page_day(page, page->months.last)));
	flis_page_heading(page, FLIS_PAGE_AREA);
	flis_html_write(&page->html,
					"<th role=\"columnheader\" scope=\"col\"><span class=\"hidden\">%s</span>",
					flis_page_message(page, FLIS_PAGE_REACH_AXIS));
	flis_draw_months(&page->html, &page->months, page->language);
	flis_html_write(&page->html, "</th>\n");
	flis_page_heading(page, FLIS_PAGE_THROUGH);
	flis_page_begin_group(page, NULL, false, 0);
	for (int i = 0; i < page->nareas; i++)
	{
		CHECK_FOR_INTERRUPTS();
		write_reach(page, &page->areas[i]);
	}
	flis_page_end_table(page);
	flis_page_end_section(page);
}

/*
 * write_legend tells what the marks of the picture mean.
 */
static void
write_legend(FlisPage *page)
{
	flis_html_write(&page->html,
					"<ul class=\"legend\">\n"
					"<li><svg aria-hidden=\"true\"><rect class=\"data\" y=\"3\" width=\"28\" "
					"height=\"14\"/></svg>%s</li>\n"
					"<li><svg aria-hidden=\"true\"><rect class=\"closed\" y=\"3\" width=\"28\" "
					"height=\"14\"/></svg>%s</li>\n",
					flis_page_message(page, FLIS_PAGE_REACH_COVERED),
					flis_page_state(page, FLIS_CLOSED));
	flis_html_write(
		&page->html,
		"<li><svg aria-hidden=\"true\"><path class=\"rule\" d=\"M14 0v20M10 0h8L14 5z\"/>"
		"</svg>%s</li>\n"
		"<li><svg aria-hidden=\"true\"><path class=\"today\" d=\"M14 0v20\"/></svg>%s</li>\n"
		"</ul>\n",
		flis_page_message(page, FLIS_PAGE_REACH_BY_RULE),
		flis_page_format(page, FLIS_PAGE_REACH_TODAY, flis_page_day(page, page->on), NULL));
}

/*
 * write_reach writes the row of an area.
 */
static void
write_reach(FlisPage *page, const FlisPageArea *area)
{
	const FlisAnswer *answer = &area->summary.answer;
	bool shows_expected = answer->basis != FLIS_BASIS_CLOSED &&
						  answer->expected.through != FLIS_NO_DAY &&
						  answer->expected.through != answer->through;
	FlisReach reach = {.through = answer->through,
					   .expected = shows_expected ? answer->expected.through : FLIS_NO_DAY,
					   .is_closed = answer->basis == FLIS_BASIS_CLOSED};

	flis_html_write(
		&page->html,
		"<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><span lang=\"da\">%s</span>"
		"</th><td role=\"cell\">",
		area->name);
	flis_draw_reach(&page->html, &page->months, page->on, &reach,
					reach_in_words(page, area, shows_expected));
	flis_html_write(&page->html, "</td><td role=\"cell\">%s</td></tr>\n",
					answer->through != FLIS_NO_DAY
						? area->through
						: flis_summary_state(&area->summary, page->language));
}

/*
 * reach_in_words returns what the picture of an area shows, in words.
 */
static const char *
reach_in_words(const FlisPage *page, const FlisPageArea *area, bool shows_expected)
{
	const char *words;

	if (area->summary.answer.through == FLIS_NO_DAY)
		words = psprintf("%s: %s", area->name, flis_summary_state(&area->summary, page->language));
	else
		words = flis_page_format(page, FLIS_PAGE_REACH_THROUGH, area->name, area->through);
	if (shows_expected)
		words = flis_page_format(page, FLIS_PAGE_REACH_EXPECTED, words,
								 flis_summary_period(&area->summary,
													 area->summary.answer.expected.through,
													 page->language));
	return words;
}
