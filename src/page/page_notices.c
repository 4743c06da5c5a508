/*
 * page_notices.c
 *		The notices on a status page: those in force, and those that are planned.
 *
 * Notices that differ only in their municipality are one row, which names all these municipalities.
 */
#include "page/page.h"

#include "miscadmin.h"

#include "base/enum_labels.h"
#include "rules/date_text.h"
#include "cache/registry.h"
#include "facts/municipality.h"

static void write_notices(FlisPage *page, const FlisPageArea *area, const FlisNoticeGroup *groups,
						  int n, const FlisMunicipalities *municipalities);
static void write_state_and_time(FlisPage *page, const FlisNotice *notice);
static void write_whom(FlisPage *page, const FlisNoticeGroup *group, const FlisNoticeRow *rows,
					   int n, const FlisMunicipalities *municipalities);
static void write_periods(FlisPage *page, const FlisNotice *notice, FlisFrequency frequency);

/*
 * flis_page_notices writes the section of notices.
 */
void
flis_page_notices(FlisPage *page)
{
	static const FlisPageMessage headings[] = {FLIS_PAGE_AREA, FLIS_PAGE_NOTICE_STATE,
											   FLIS_PAGE_NOTICE_NOTE, FLIS_PAGE_NOTICE_FOR};
	FlisMunicipalities municipalities;
	bool is_begun = false;

	flis_read_municipalities(flis_current_load.schema, &municipalities);
	flis_page_begin_section(page, "notices", FLIS_PAGE_NOTICES);
	for (int i = 0; i < page->nareas; i++)
	{
		int n;
		const FlisNoticeGroup *groups = flis_notices_on(page->areas[i].area, page->on, true, &n);

		CHECK_FOR_INTERRUPTS();
		if (n > 0 && !is_begun)
		{
			is_begun = true;
			flis_page_begin_table(page, "cards notices",
								  flis_page_message(page, FLIS_PAGE_NOTICES_CAPTION));
			for (int heading = 0; heading < (int) lengthof(headings); heading++)
				flis_page_heading(page, headings[heading]);
			flis_page_begin_group(page, NULL, false, 0);
		}
		if (n > 0)
			write_notices(page, &page->areas[i], groups, n, &municipalities);
	}
	if (is_begun)
		flis_page_end_table(page);
	else
		flis_page_paragraph(page, flis_page_message(page, FLIS_PAGE_NO_NOTICES));
	flis_page_end_section(page);
}

/*
 * write_notices writes the rows of an area, one for each group of notices that say the same.
 */
static void
write_notices(FlisPage *page, const FlisPageArea *area, const FlisNoticeGroup *groups, int n,
			  const FlisMunicipalities *municipalities)
{
	int nrows;
	const FlisNoticeRow *rows = flis_registry_notices(area->area, &nrows);

	for (int i = 0; i < n; i++)
	{
		const FlisNoticeGroup *group = &groups[i];

		flis_html_write(
			&page->html,
			"<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><span lang=\"da\">%s</span>"
			"</th>" FLIS_CELL,
			area->name, flis_page_message(page, FLIS_PAGE_NOTICE_STATE));
		write_state_and_time(page, &group->notice);
		flis_html_write(&page->html,
						"</td>" FLIS_CELL "<div><span class=\"kind\">%s</span>"
						"<p class=\"said\" lang=\"da\">%s</p></div></td>" FLIS_CELL "<div>",
						flis_page_message(page, FLIS_PAGE_NOTICE_NOTE),
						flis_notice_labels[group->notice.kind].labels[page->language],
						flis_to_utf8(group->note), flis_page_message(page, FLIS_PAGE_NOTICE_FOR));
		write_whom(page, group, rows, nrows, municipalities);
		write_periods(page, &group->notice, area->summary.frequency);
		flis_html_write(&page->html, "</div></td></tr>\n");
	}
}

/*
 * write_state_and_time writes the state of a notice, from when it holds, and until when.
 */
static void
write_state_and_time(FlisPage *page, const FlisNotice *notice)
{
	FlisNoticeState state = flis_notice_state(notice, page->on);
	FlisMark mark = state == FLIS_PLANNED		  ? FLIS_MARK_WAIT
					: notice->kind == FLIS_ACCESS ? FLIS_MARK_STOP
												  : FLIS_MARK_WARN;

	flis_page_mark(page, mark, flis_notice_state_labels[state].labels[page->language]);
	flis_html_write(&page->html, "<p class=\"denied\">%s</p>",
					flis_page_format(page, FLIS_PAGE_NOTICE_FROM,
									 flis_page_day(page, notice->started_on), NULL));
	if (notice->ended_on != FLIS_NO_DAY)
		flis_html_write(&page->html, "<p class=\"denied\">%s</p>",
						flis_page_format(page, FLIS_PAGE_NOTICE_UNTIL,
										 flis_page_day(page, notice->ended_on), NULL));
	else if (notice->expected_end != FLIS_NO_DAY)
		flis_html_write(&page->html, "<p class=\"denied\">%s</p>",
						flis_page_format(page, FLIS_PAGE_NOTICE_EXPECTED_END,
										 flis_page_day(page, notice->expected_end), NULL));
}

/*
 * write_whom writes the municipalities that a notice concerns.
 */
static void
write_whom(FlisPage *page, const FlisNoticeGroup *group, const FlisNoticeRow *rows, int n,
		   const FlisMunicipalities *municipalities)
{
	int told = 0;

	if (group->municipalities == 0)
	{
		flis_html_write(&page->html, "%s", flis_page_message(page, FLIS_PAGE_NOTICE_EVERYBODY));
		return;
	}
	if (group->municipalities > 1)
		flis_html_write(&page->html, "%s ",
						flis_page_format(page, FLIS_PAGE_NOTICE_COUNT,
										 psprintf("%d", group->municipalities), NULL));
	flis_html_write(&page->html, "<span class=\"names\" lang=\"da\">");
	for (int i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (flis_notices_say_the_same(group, &rows[i]))
		{
			flis_html_write(&page->html, told++ > 0 ? ", " : "");
			flis_html_write(&page->html, "<bdi>%s</bdi>",
							flis_municipality_name(municipalities, rows[i].notice.municipality));
		}
	}
	flis_html_write(&page->html, "</span>");
}

/*
 * write_periods writes which reference periods a notice concerns; nothing where it concerns all.
 */
static void
write_periods(FlisPage *page, const FlisNotice *notice, FlisFrequency frequency)
{
	const char *periods = flis_notice_periods(notice, frequency, page->language);

	if (periods != NULL)
		flis_html_write(&page->html, "<p class=\"said\">%s</p>",
						flis_page_format(page, FLIS_PAGE_NOTICE_PERIODS, periods, NULL));
}
