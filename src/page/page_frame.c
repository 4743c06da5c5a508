/*
 * page_frame.c
 *		What the sections of a status page have in common: its head and foot, tables, and words.
 *
 * A table says of each of its parts what it is, as a browser forgets that where the style sheet shows
 * a row as a card on a phone.
 */
#include "page/page.h"

#include <ctype.h>

#include "base/enum_labels.h"
#include "rules/date_text.h"
#include "cache/registry.h"

/* A space at which no line is broken, U+00A0 */
#define NO_BREAK "\xC2\xA0"

static int month_length(const FlisPage *page, const char *text);
static void write_contents(FlisPage *page);
static void write_link(FlisPage *page, const char *id, FlisPageMessage heading);
static void write_summary(FlisPage *page);
static void write_count(FlisPage *page, FlisState state, bool by_schedule);
static FlisDay newest_status(const FlisPage *page);
static FlisDay next_release(const FlisPage *page);

/*
 * flis_page_begin begins the page: what a browser has to know, the heading, and what matters most.
 */
void
flis_page_begin(FlisPage *page)
{
	const char *day = flis_page_day(page, page->on);
	const FlisChannelRow *versions;
	int n = flis_registry_channel_versions(page->channel, &versions);

	flis_html_write(&page->html,
					"<!DOCTYPE html>\n"
					"<html lang=\"%s\">\n"
					"<head>\n"
					"<meta charset=\"utf-8\"/>\n"
					"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
					"style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\"/>\n"
					"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
					"<meta name=\"color-scheme\" content=\"light dark\"/>\n"
					"<meta name=\"generator\" content=\"flis\"/>\n"
					"<title>%s</title>\n",
					flis_language_labels[page->language].code,
					flis_page_format(page, FLIS_PAGE_TITLE,
									 flis_day_text(page->on, page->language).text, NULL));
	appendStringInfo(&page->text, "<style>\n%s</style>\n", flis_page_style);
	flis_html_write(&page->html, "</head>\n<body>\n");
	flis_draw_definitions(&page->html, &page->months, &page->days);
	flis_html_write(
		&page->html,
		"<header>\n<h1>%s</h1>\n<p class=\"day\">%s <span class=\"channel\">%s</span></p>\n",
		flis_page_message(page, FLIS_PAGE_HEADING), day,
		flis_channel_name(versions, n, page->on, page->language));
	write_summary(page);
	write_contents(page);
	flis_html_write(&page->html, "</header>\n<main>\n");
}

/*
 * flis_page_end ends the page.
 */
void
flis_page_end(FlisPage *page)
{
	flis_html_write(&page->html, "</main>\n<footer><p>%s</p></footer>\n</body>\n</html>\n",
					flis_page_message(page, FLIS_PAGE_FOOTER));
}

/*
 * write_contents links to the sections that the page will have.
 */
static void
write_contents(FlisPage *page)
{
	flis_html_write(&page->html, "<nav aria-label=\"%s\"><ul>",
					flis_page_message(page, FLIS_PAGE_CONTENTS));
	write_link(page, "areas", FLIS_PAGE_AREAS);
	if (page->nareas > 0)
	{
		write_link(page, "reach", FLIS_PAGE_REACH);
		write_link(page, "releases", FLIS_PAGE_RELEASES);
		write_link(page, "notices", FLIS_PAGE_NOTICES);
		write_link(page, "differences", FLIS_PAGE_DIFFERENCES);
		if (page->ncorrections > 0)
			write_link(page, "corrections", FLIS_PAGE_CORRECTIONS);
	}
	if (page->ncubes > 0)
		write_link(page, "cubes", FLIS_PAGE_CUBES);
	flis_html_write(&page->html, "</ul></nav>\n");
}

static void
write_link(FlisPage *page, const char *id, FlisPageMessage heading)
{
	flis_html_write(&page->html, "<li><a href=\"#%s\">%s</a></li>", id,
					flis_page_message(page, heading));
}

/*
 * write_summary counts the areas by their state, and tells which status is the newest and when the next
 * release comes, of those that don't come daily.
 */
static void
write_summary(FlisPage *page)
{
	FlisDay newest = newest_status(page);
	FlisDay next = next_release(page);

	if (page->nareas > 0)
		flis_html_write(&page->html, "<ul class=\"summary\">\n");
	for (FlisState state = FLIS_ON_SCHEDULE; state <= FLIS_NOT_REPORTED; state++)
	{
		write_count(page, state, false);
		write_count(page, state, true);
	}
	if (page->nareas > 0)
		flis_html_write(&page->html, "</ul>\n");

	flis_html_write(&page->html, "<p>%s.",
					newest == FLIS_NO_DAY ? flis_page_message(page, FLIS_PAGE_NO_STATUS)
										  : flis_page_format(page, FLIS_PAGE_NEWEST_STATUS,
															 flis_page_day(page, newest), NULL));
	if (next != FLIS_NEVER)
		flis_html_write(
			&page->html, " %s.",
			flis_page_format(page, FLIS_PAGE_NEXT_RELEASE, flis_page_day(page, next), NULL));
	flis_html_write(&page->html, "</p>\n");
}

/*
 * write_count counts the areas in a state, apart those whose state is told by the schedule because their status
 * is old.
 */
static void
write_count(FlisPage *page, FlisState state, bool by_schedule)
{
	const FlisAreaSummary *counted = NULL;
	int n = 0;

	for (int area = 0; area < page->nareas; area++)
	{
		const FlisAreaSummary *summary = &page->areas[area].summary;

		if (summary->state != state || flis_summary_is_by_schedule(summary) != by_schedule)
			continue;
		counted = summary;
		n++;
	}
	if (n == 0)
		return;
	flis_html_write(&page->html, "<li><b>%d</b> ", n);
	flis_page_mark(page, flis_page_state_mark(state), flis_summary_state(counted, page->language));
	flis_html_write(&page->html, "</li>\n");
}

static FlisDay
newest_status(const FlisPage *page)
{
	FlisDay newest = FLIS_NO_DAY;

	for (int area = 0; area < page->nareas; area++)
		if (page->areas[area].summary.answer.status != NULL)
			newest = Max(newest, page->areas[area].summary.answer.status->as_of);
	return newest;
}

static FlisDay
next_release(const FlisPage *page)
{
	FlisDay next = FLIS_NEVER;

	for (int area = 0; area < page->nareas; area++)
		if (page->areas[area].summary.answer.next != FLIS_NO_DAY && !page->areas[area].is_daily)
			next = Min(next, page->areas[area].summary.answer.next);
	return next;
}

/*
 * flis_page_begin_section begins a section with its heading.
 */
void
flis_page_begin_section(FlisPage *page, const char *id, FlisPageMessage heading)
{
	flis_html_write(
		&page->html,
		"<section id=\"%s\" aria-labelledby=\"%s-heading\">\n<h2 id=\"%s-heading\">%s</h2>\n", id,
		id, id, flis_page_message(page, heading));
}

void
flis_page_end_section(FlisPage *page)
{
	flis_html_write(&page->html, "</section>\n");
}

/*
 * flis_page_begin_table begins a table; its headings are to follow, and then a group of rows.
 */
void
flis_page_begin_table(FlisPage *page, const char *css_class, const char *caption)
{
	page->has_group = false;
	flis_html_write(&page->html,
					"<table role=\"table\" class=\"%s\">\n<caption>%s</caption>\n"
					"<thead role=\"rowgroup\"><tr role=\"row\">\n",
					css_class, caption);
}

/*
 * flis_page_heading writes the heading of a column.
 */
void
flis_page_heading(FlisPage *page, FlisPageMessage heading)
{
	flis_html_write(&page->html, "<th role=\"columnheader\" scope=\"col\">%s</th>\n",
					flis_page_message(page, heading));
}

/*
 * flis_page_begin_group begins a group of rows, over so many columns, with its heading or NULL.  The
 * heading may be Danish whatever the page's language.
 */
void
flis_page_begin_group(FlisPage *page, const char *heading, bool is_danish, int columns)
{
	flis_html_write(&page->html, page->has_group ? "</tbody>\n" : "</tr></thead>\n");
	flis_html_write(&page->html, "<tbody role=\"rowgroup\">\n");
	if (heading != NULL)
	{
		flis_html_write(
			&page->html,
			"<tr role=\"row\" class=\"group\"><th role=\"rowheader\" scope=\"rowgroup\" "
			"colspan=\"%d\">",
			columns);
		flis_html_write(&page->html, is_danish ? "<span lang=\"da\">%s</span>" : "%s", heading);
		flis_html_write(&page->html, "</th></tr>\n");
	}
	page->has_group = true;
}

void
flis_page_end_table(FlisPage *page)
{
	flis_html_write(&page->html, "</tbody>\n</table>\n");
}

void
flis_page_paragraph(FlisPage *page, const char *text)
{
	flis_html_write(&page->html, "<p>%s</p>\n", text);
}

/*
 * flis_page_mark writes a shape and the word that tells the same.
 */
void
flis_page_mark(FlisPage *page, FlisMark shape, const char *word)
{
	flis_html_write(&page->html, "<span class=\"state\">");
	flis_svg_mark(&page->html, shape);
	flis_html_write(&page->html, "<span>%s</span></span>", word);
}

/*
 * flis_page_note writes what somebody wrote in Danish, whatever the page's language; NULL: nothing.
 */
void
flis_page_note(FlisPage *page, const char *note)
{
	if (note != NULL)
		flis_html_write(&page->html, "<p class=\"note\" lang=\"da\">%s</p>", note);
}

/*
 * flis_page_message finds a text in the page's language.
 */
const char *
flis_page_message(const FlisPage *page, FlisPageMessage word)
{
	return flis_page_messages[word][page->language];
}

/*
 * flis_page_format fills in a sentence, with as many texts as it has a %s for.
 */
const char *
flis_page_format(const FlisPage *page, FlisPageMessage word, const char *first, const char *second)
{
	return psprintf(flis_page_message(page, word), first, second);
}

/*
 * flis_page_keep_dates puts spaces that don't break around the months of the days in a text, so that a day
 * stands on one line.
 */
char *
flis_page_keep_dates(const FlisPage *page, const char *text)
{
	StringInfoData kept;
	const char *rest = text;

	initStringInfo(&kept);
	while (*rest != '\0')
	{
		bool is_before = rest > text && (rest[-1] == '.' || isdigit((unsigned char) rest[-1]));
		int length = *rest == ' ' ? month_length(page, rest + 1) : 0;

		if (is_before && length > 0)
		{
			appendStringInfo(&kept, NO_BREAK "%.*s" NO_BREAK, length, rest + 1);
			rest += length + 2;
		}
		else
			appendStringInfoChar(&kept, *rest++);
	}
	return kept.data;
}

/*
 * month_length counts the bytes of the month that a text begins with, if a year follows; else 0.
 */
static int
month_length(const FlisPage *page, const char *text)
{
	for (int month = 1; month <= 12; month++)
	{
		const char *label = flis_month_labels[month].labels[page->language];
		int length = (int) strlen(label);

		if (strncmp(text, label, length) == 0 && text[length] == ' ' &&
			isdigit((unsigned char) text[length + 1]))
			return length;
	}
	return 0;
}

/*
 * flis_page_day writes a day, or that there is none.
 */
const char *
flis_page_day(const FlisPage *page, FlisDay day)
{
	return day == FLIS_NO_DAY ? FLIS_PAGE_NOTHING
							  : flis_page_keep_dates(page, flis_day_text(day, page->language).text);
}

/*
 * flis_page_state finds the label of a state in the page's language.
 */
const char *
flis_page_state(const FlisPage *page, FlisState state)
{
	return flis_state_labels[state].labels[page->language];
}

/*
 * flis_page_state_mark finds the shape that tells what a state's word does.
 */
FlisMark
flis_page_state_mark(FlisState state)
{
	switch (state)
	{
		case FLIS_ON_SCHEDULE:
			return FLIS_MARK_GOOD;
		case FLIS_CAVEAT:
			return FLIS_MARK_WARN;
		case FLIS_CLOSED:
			return FLIS_MARK_STOP;
		case FLIS_NOT_REPORTED:
			break;
	}
	return FLIS_MARK_NONE;
}
