/*
 * page_releases.c
 *		The coming releases on a status page: for each channel, on which days which areas may come.
 *
 * Releases of one cycle with the same days, status and note are one row.  Daily areas would hide
 * the others, and releases to which nobody has access on their day would bring readers nothing: they
 * have no row, and areas without a row are named below the table.
 */
#include "page/page.h"

#include "miscadmin.h"

#include "base/array.h"
#include "base/enum_labels.h"
#include "rules/date_text.h"
#include "cache/registry.h"
#include "sql/releases.h"

/* The most names that are shown at once; more are shown as their number, and on demand. */
#define NAMES_SHOWN 24

/* The least areas, if they are most of the channel's, that are shown as all but the others. */
#define LEAST_MOST 5

/* Releases that are one row. */
typedef struct Group
{
	FlisScheduled release; /* the first of them */
	const char *note;	   /* NULL if there is none */
	int *areas;
	int n;
	int room;
} Group;

/* The rows of a channel. */
typedef struct Groups
{
	Group *rows;
	int n;
	int room;
	bool *has_row; /* by area */
} Groups;

static int *channels_in_order(int *n);
static void gather(FlisPage *page, int channel, const bool *is_wanted, bool *is_told,
				   bool *is_closed, Groups *groups);
static Group *find_group(Groups *groups, const FlisScheduled *release, const char *note);
static bool have_same_days(const FlisScheduled *left, const FlisScheduled *right);
static void write_legend(FlisPage *page);
static void write_group(FlisPage *page, const Groups *groups, const Group *group);
static const char *days_in_words(const FlisPage *page, const FlisScheduled *release);
static const char *summary_of(const FlisPage *page, const Groups *groups, const Group *group);
static void write_names(FlisPage *page, const int *areas, int n, const char *summary);
static const char *heading_of(const FlisPage *page, const char *code, const char *name);
static void write_left_out(FlisPage *page, FlisPageMessage reason, const bool *is_told,
						   const bool *is_closed);
static FlisPageMessage why_left_out(const FlisPageArea *area, const bool *is_closed);

/*
 * flis_page_releases writes the section of releases.
 */
void
flis_page_releases(FlisPage *page)
{
	static const FlisPageMessage headings[] = {FLIS_PAGE_RELEASE_DAY, FLIS_PAGE_RELEASE_AXIS,
											   FLIS_PAGE_AREAS, FLIS_PAGE_RELEASE_PLAN};
	bool *is_wanted = palloc(page->nareas * sizeof(bool));
	bool *is_told = palloc0(page->nareas * sizeof(bool));
	bool *is_closed = palloc0(page->nareas * sizeof(bool));
	int nchannels;
	const int *channels = channels_in_order(&nchannels);

	for (int i = 0; i < page->nareas; i++)
		is_wanted[page->areas[i].area] = !page->areas[i].is_daily;

	flis_page_begin_section(page, "releases", FLIS_PAGE_RELEASES);
	write_legend(page);
	flis_page_begin_table(page, "picture releases",
						  flis_page_format(page, FLIS_PAGE_RELEASES_CAPTION,
										   flis_page_day(page, page->days.first),
										   flis_page_day(page, page->days.last)));
	for (int i = 0; i < (int) lengthof(headings); i++)
	{
		if (headings[i] != FLIS_PAGE_RELEASE_AXIS)
		{
			flis_page_heading(page, headings[i]);
			continue;
		}
		flis_html_write(&page->html,
						"<th role=\"columnheader\" scope=\"col\"><span class=\"hidden\">%s</span>",
						flis_page_message(page, headings[i]));
		flis_draw_days(&page->html, &page->days, page->language);
		flis_html_write(&page->html, "</th>\n");
	}
	for (int i = 0; i < nchannels; i++)
	{
		const FlisChannelRow *versions;
		int n = flis_registry_channel_versions(channels[i], &versions);
		Groups groups = {0};

		gather(page, channels[i], is_wanted, is_told, is_closed, &groups);
		flis_page_begin_group(page,
							  heading_of(page, versions->channel,
										 flis_channel_name(versions, n, page->on, page->language)),
							  false, (int) lengthof(headings));
		for (int group = 0; group < groups.n; group++)
			write_group(page, &groups, &groups.rows[group]);
		if (groups.n == 0)
			flis_html_write(
				&page->html, "<tr role=\"row\"><td role=\"cell\" colspan=\"%d\">%s</td></tr>\n",
				(int) lengthof(headings), flis_page_message(page, FLIS_PAGE_NO_RELEASES));
	}
	flis_page_end_table(page);
	write_left_out(page, FLIS_PAGE_RELEASE_DAILY, is_told, is_closed);
	write_left_out(page, FLIS_PAGE_RELEASE_CLOSED, is_told, is_closed);
	write_left_out(page, FLIS_PAGE_RELEASE_NONE, is_told, is_closed);
	flis_page_end_section(page);
}

/*
 * channels_in_order returns the channels by their positions, those of one position in the
 * registry's order.
 */
static int *
channels_in_order(int *n)
{
	int *channels;

	*n = flis_registry_channels();
	channels = palloc((*n + 1) * sizeof(int));
	for (int channel = 0; channel < *n; channel++)
	{
		const FlisChannelRow *row;
		const FlisChannelRow *before;
		int place = channel;

		flis_registry_channel_versions(channel, &row);
		while (place > 0)
		{
			flis_registry_channel_versions(channels[place - 1], &before);
			if (before->position <= row->position)
				break;
			channels[place] = channels[place - 1];
			place--;
		}
		channels[place] = channel;
	}
	return channels;
}

/*
 * gather groups the coming releases of a channel, in the order of their days, and marks in is_told
 * the areas that have any, and in is_closed those that are closed on the day of one.
 */
static void
gather(FlisPage *page, int channel, const bool *is_wanted, bool *is_told, bool *is_closed,
	   Groups *groups)
{
	FlisSchedule schedule;
	FlisScheduled release;

	groups->has_row = palloc0(page->nareas * sizeof(bool));
	flis_releases_begin(&schedule, page->days.first, page->days.last, channel, is_wanted);
	while (flis_schedule_next(&schedule, &release))
	{
		const char *note = NULL;
		FlisDay through;
		Group *group;

		CHECK_FOR_INTERRUPTS();
		if (release.frequency == FLIS_DAILY)
			continue; /* an area that comes daily from a later cycle on */
		if (!flis_release_brings(&release, channel, &through))
		{
			is_closed[release.area] |= through == FLIS_NO_DAY;
			continue;
		}
		if (release.has_note)
			note = flis_to_utf8(flis_registry_release_note(release.area, channel, release.cycle));
		group = find_group(groups, &release, note);
		group->areas = flis_array_reserve(group->areas, group->n, &group->room, sizeof(int));
		group->areas[group->n++] = release.area;
		groups->has_row[release.area] = is_told[release.area] = true;
	}
}

/*
 * find_group returns the group of a release, or adds one.
 */
static Group *
find_group(Groups *groups, const FlisScheduled *release, const char *note)
{
	for (int i = groups->n - 1; i >= 0; i--)
	{
		Group *group = &groups->rows[i];

		if (have_same_days(&group->release, release) && (group->note == NULL) == (note == NULL) &&
			(note == NULL || strcmp(group->note, note) == 0))
			return group;
	}
	groups->rows = flis_array_reserve(groups->rows, groups->n, &groups->room, sizeof(Group));
	groups->rows[groups->n] = (Group){.release = *release, .note = note};
	return &groups->rows[groups->n++];
}

/*
 * have_same_days tells whether two releases have the same cycle, days and status.
 */
static bool
have_same_days(const FlisScheduled *left, const FlisScheduled *right)
{
	return left->cycle == right->cycle && left->opens == right->opens &&
		   left->closes == right->closes && left->expected_on == right->expected_on &&
		   left->released_on == right->released_on && left->status == right->status &&
		   left->is_planned == right->is_planned;
}

/*
 * write_legend tells what the marks of the picture mean.
 */
static void
write_legend(FlisPage *page)
{
	flis_html_write(&page->html,
					"<ul class=\"legend\">\n"
					"<li><svg aria-hidden=\"true\"><rect class=\"window\" y=\"3\" width=\"28\" "
					"height=\"14\"/></svg>%s</li>\n"
					"<li><svg aria-hidden=\"true\"><rect class=\"window hollow\" x=\"1\" y=\"3\" "
					"width=\"26\" height=\"14\"/></svg>%s</li>\n",
					flis_page_message(page, FLIS_PAGE_RELEASE_WINDOW),
					flis_page_message(page, FLIS_PAGE_RELEASE_MOVED));
	flis_html_write(
		&page->html,
		"<li><svg aria-hidden=\"true\"><path class=\"planned\" "
		"d=\"M14 2l7 8-7 8-7-8z\"/></svg>%s</li>\n"
		"<li><svg aria-hidden=\"true\"><path class=\"cross\" d=\"M8 4l12 12M20 4L8 16\"/>"
		"</svg>%s</li>\n</ul>\n",
		flis_page_message(page, FLIS_PAGE_RELEASE_PLANNED),
		flis_page_message(page, FLIS_PAGE_RELEASE_CANCELLED));
}

/*
 * write_group writes the row of a group: its days, their picture, the areas, and the status and note.
 */
static void
write_group(FlisPage *page, const Groups *groups, const Group *group)
{
	static const FlisMark marks[] = {[FLIS_PROVISIONAL] = FLIS_MARK_WAIT,
									 [FLIS_CONFIRMED] = FLIS_MARK_GOOD,
									 [FLIS_POSTPONED] = FLIS_MARK_MOVED,
									 [FLIS_CANCELLED] = FLIS_MARK_STOP,
									 [FLIS_RELEASED] = FLIS_MARK_GOOD};
	const FlisScheduled *release = &group->release;
	const char *status = flis_date_status_labels[release->status].labels[page->language];
	const char *days = days_in_words(page, release);
	FlisComing coming = {.opens = release->opens,
						 .closes = release->closes,
						 .planned = release->is_planned ? release->expected_on : FLIS_NO_DAY,
						 .released = release->released_on,
						 .is_cancelled = release->status == FLIS_CANCELLED};

	flis_html_write(
		&page->html,
		"<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">%s</th><td role=\"cell\">", days);
	flis_draw_coming(&page->html, &page->days, &coming, psprintf("%s: %s", days, status));
	flis_html_write(&page->html, "</td><td role=\"cell\">");
	write_names(page, group->areas, group->n, summary_of(page, groups, group));
	flis_html_write(&page->html, "</td><td role=\"cell\">");
	flis_page_mark(page, marks[release->status], status);
	if (release->is_planned || release->released_on != FLIS_NO_DAY)
		flis_html_write(
			&page->html, "<p class=\"denied\">%s</p>",
			flis_page_format(
				page, FLIS_PAGE_RELEASE_BY_RULE,
				flis_page_keep_dates(
					page, flis_days_text(release->opens, release->closes, page->language).text),
				NULL));
	flis_page_note(page, group->note);
	flis_html_write(&page->html, "</td></tr>\n");
}

/*
 * days_in_words returns the days of a release in words.
 */
static const char *
days_in_words(const FlisPage *page, const FlisScheduled *release)
{
	FlisDay first;
	FlisDay last;

	flis_release_days(release, &first, &last);
	return flis_page_keep_dates(page, flis_days_text(first, last, page->language).text);
}

/*
 * summary_of returns what stands for the names of most of a channel's areas, and names the others,
 * since paper can't unfold; NULL where a group does not have most of them.
 */
static const char *
summary_of(const FlisPage *page, const Groups *groups, const Group *group)
{
	const FlisAreaRow *rows;
	bool *is_left_out = palloc(page->nareas * sizeof(bool));
	StringInfoData others;
	int n = 0;

	flis_registry_areas(&rows);
	memcpy(is_left_out, groups->has_row, page->nareas * sizeof(bool));
	for (int i = 0; i < group->n; i++)
		is_left_out[group->areas[i]] = false;
	initStringInfo(&others);
	for (int area = 0; area < page->nareas; area++)
	{
		n += groups->has_row[area];
		if (is_left_out[area])
			appendStringInfo(&others, "%s%s", others.len > 0 ? ", " : "",
							 flis_to_utf8(rows[area].name));
	}
	if (group->n < LEAST_MOST || group->n <= n / 2)
		return NULL;
	if (group->n == n)
		return flis_page_format(page, FLIS_PAGE_RELEASE_ALL, psprintf("%d", n), NULL);
	return flis_page_format(page, FLIS_PAGE_RELEASE_MOST, others.data, psprintf("%d", group->n));
}

/*
 * write_names writes the names of areas; on demand where there is a summary, or they are so many
 * that their number stands for them.
 */
static void
write_names(FlisPage *page, const int *areas, int n, const char *summary)
{
	const FlisAreaRow *rows;

	flis_registry_areas(&rows);
	if (summary == NULL && n > NAMES_SHOWN)
		summary = flis_page_format(page, FLIS_PAGE_RELEASE_COUNT, psprintf("%d", n), NULL);
	if (summary != NULL)
		flis_html_write(&page->html, "<details><summary>%s</summary>", summary);
	flis_html_write(&page->html, "<span class=\"names\" lang=\"da\">");
	for (int i = 0; i < n; i++)
		flis_html_write(&page->html, "<bdi>%s</bdi>%s", flis_to_utf8(rows[areas[i]].name),
						i + 1 < n ? ", " : "");
	flis_html_write(&page->html, "</span>");
	if (summary != NULL)
		flis_html_write(&page->html, "</details>");
}

/*
 * write_left_out names the areas that have no row for a reason; nothing where there are none.
 */
static void
write_left_out(FlisPage *page, FlisPageMessage reason, const bool *is_told, const bool *is_closed)
{
	int *areas = palloc(page->nareas * sizeof(int));
	int n = 0;

	for (int i = 0; i < page->nareas; i++)
		if (!is_told[page->areas[i].area] && why_left_out(&page->areas[i], is_closed) == reason)
			areas[n++] = page->areas[i].area;
	if (n == 0)
		return;
	flis_html_write(&page->html, "<div class=\"left-out\">%s ", flis_page_message(page, reason));
	write_names(page, areas, n, NULL);
	flis_html_write(&page->html, "</div>\n");
}

/*
 * why_left_out returns the reason why an area has no row.
 */
static FlisPageMessage
why_left_out(const FlisPageArea *area, const bool *is_closed)
{
	if (area->summary.answer.basis == FLIS_BASIS_CLOSED || is_closed[area->area])
		return FLIS_PAGE_RELEASE_CLOSED;
	return area->is_daily ? FLIS_PAGE_RELEASE_DAILY : FLIS_PAGE_RELEASE_NONE;
}

/*
 * heading_of returns the heading above a channel's releases: the channel's name, in the plural if
 * it is a shipped channel with its shipped name.
 */
static const char *
heading_of(const FlisPage *page, const char *code, const char *name)
{
	static const struct
	{
		const char *code;
		const char *one[2];
		FlisPageMessage many;
	} shipped[] = {{"udlaesning", {"Udlæsning", "Extract"}, FLIS_PAGE_CHANNEL_EXTRACTS},
				   {"datapakke", {"Datapakke", "Data package"}, FLIS_PAGE_CHANNEL_PACKAGES},
				   {"dap", {"DAP-kube", "DAP cube"}, FLIS_PAGE_CHANNEL_CUBES}};

	for (int i = 0; i < (int) lengthof(shipped); i++)
		if (strcmp(shipped[i].code, code) == 0 && strcmp(shipped[i].one[page->language], name) == 0)
			return flis_page_message(page, shipped[i].many);
	return name;
}
