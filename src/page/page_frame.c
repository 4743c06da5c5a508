/*
 * page_frame.c
 *		What the sections of a status page have in common: its head and foot, tables, and words.
 *
 * Each part of a table has its ARIA role, because a browser takes a row for no row any more where
 * the style sheet shows it as a card on a phone.
 */
#include "page/page.h"

#include <ctype.h>

#include "base/enum_labels.h"
#include "rules/date_text.h"
#include "cache/registry.h"

/* U+00A0, a space at which no line is broken. */
#define NO_BREAK "\xC2\xA0"

static int month_length(const FlisPage *page, const char *text);
static void write_contents(FlisPage *page);
static void write_link(FlisPage *page, const char *id, FlisPageMessage heading);
static void write_summary(FlisPage *page);
static void write_count(FlisPage *page, FlisState state, FlisStateBasis basis);
static FlisDay newest_status(const FlisPage *page);
static FlisDay next_release(const FlisPage *page);

/*
 * flis_page_begin begins the page: what a browser has to know, the heading, the summary and the
 * contents.
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
 * write_contents writes links to the sections that the page will have.
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
 * write_summary writes how many areas are in each state, which status is the newest, and when the
 * next release comes that is not a daily one.
 */
static void
write_summary(FlisPage *page)
{
	FlisDay newest = newest_status(page);
	FlisDay next = next_release(page);

	if (page->nareas > 0)
	{
		flis_html_write(&page->html, "<ul class=\"summary\">\n");
		for (FlisState state = FLIS_ON_SCHEDULE; state <= FLIS_NOT_REPORTED; state++)
			for (FlisStateBasis basis = FLIS_STATE_BY_STATUS; basis <= FLIS_STATE_BEHIND; basis++)
				write_count(page, state, basis);
		flis_html_write(&page->html, "</ul>\n");
	}

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
 * write_count writes how many areas are in a state on the same basis, if any are.
 */
static void
write_count(FlisPage *page, FlisState state, FlisStateBasis basis)
{
	const FlisAreaSummary *counted = NULL;
	int n = 0;

	for (int area = 0; area < page->nareas; area++)
	{
		const FlisAreaSummary *summary = &page->areas[area].summary;

		if (summary->state != state || flis_summary_state_basis(summary) != basis)
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
 * flis_page_begin_table begins a table.  Its headings must follow, and then a group of rows.
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
 * flis_page_begin_group begins a group of rows, with a heading over so many columns or, if heading
 * is NULL, with none.  is_danish tells that the heading is Danish whatever the page's language.
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
 * flis_page_mark writes a mark and the word that says the same.
 */
void
flis_page_mark(FlisPage *page, FlisMark mark, const char *word)
{
	flis_html_write(&page->html, "<span class=\"state\">");
	flis_svg_mark(&page->html, mark);
	flis_html_write(&page->html, "<span>%s</span></span>", word);
}

/*
 * flis_page_note writes a note, which is Danish whatever the page's language; nothing if it is NULL.
 */
void
flis_page_note(FlisPage *page, const char *note)
{
	if (note != NULL)
		flis_html_write(&page->html, "<p class=\"note\" lang=\"da\">%s</p>", note);
}

/*
 * flis_page_message returns a text in the page's language.
 */
const char *
flis_page_message(const FlisPage *page, FlisPageMessage message)
{
	return flis_page_messages[message][page->language];
}

/*
 * flis_page_format returns a text in the page's language with its one or two %s filled in; second is not
 * used where it has one.
 */
const char *
flis_page_format(const FlisPage *page, FlisPageMessage message, const char *first,
				 const char *second)
{
	return psprintf(flis_page_message(page, message), first, second);
}

/*
 * flis_page_keep_dates returns a text with no-break spaces around the months of its dates, so that
 * each date stands on one line.
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
 * month_length returns how many bytes the name of the month has with which a text begins, if a year
 * follows; else 0.
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
 * flis_page_day returns a day in words, or FLIS_PAGE_NOTHING.
 */
const char *
flis_page_day(const FlisPage *page, FlisDay day)
{
	return day == FLIS_NO_DAY ? FLIS_PAGE_NOTHING
							  : flis_page_keep_dates(page, flis_day_text(day, page->language).text);
}

/*
 * flis_page_state returns the label of a state in the page's language.
 */
const char *
flis_page_state(const FlisPage *page, FlisState state)
{
	return flis_state_labels[state].labels[page->language];
}

/*
 * flis_page_channel_name returns the name of a channel; the code of one that there is not.
 */
const char *
flis_page_channel_name(const FlisPage *page, const char *code)
{
	int n = flis_registry_channels();

	for (int channel = 0; channel < n; channel++)
	{
		const FlisChannelRow *versions;
		int nversions = flis_registry_channel_versions(channel, &versions);

		if (strcmp(versions->channel, code) == 0)
			return flis_channel_name(versions, nversions, page->on, page->language);
	}
	return flis_to_utf8(code);
}

/*
 * flis_page_state_mark returns the mark that says the same as a state's label.
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
