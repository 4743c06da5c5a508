/*
 * page_releases.c
 *		The coming releases on a status page: of each channel, when which areas may come.
 *
 * Releases of the same days, of which the same is known, are one row.  What comes daily would hide the
 * others, and what is closed would promise what readers can't have: both are named beneath.
 */
#include "page/page.h"

#include "miscadmin.h"

#include "base/array.h"
#include "base/enum_labels.h"
#include "rules/date_text.h"
#include "cache/names.h"
#include "cache/registry.h"
#include "sql/releases.h"

/* So many names are shown at once; more open on demand, and are counted on paper. */
#define NAMES_SHOWN 24

/* Releases that one row tells of. */
typedef struct Group
{
	FlisScheduled release; /* the first of them */
	const char *note;	   /* NULL if there is none */
	const char **names;
	int n;
	int room;
} Group;

typedef struct Groups
{
	Group *rows;
	int n;
	int room;
} Groups;

static int *channels_in_order(int *n);
static void gather(FlisPage *page, int channel, const bool *is_wanted, Groups *groups);
static Group *find_group(Groups *groups, const FlisScheduled *release, const char *note);
static bool are_alike(const FlisScheduled *left, const FlisScheduled *right);
static void write_legend(FlisPage *page);
static void write_group(FlisPage *page, const Group *group);
static const char *days_in_words(const FlisPage *page, const FlisScheduled *release);
static void write_names(FlisPage *page, const char *const *names, int n);
static void write_left_out(FlisPage *page, FlisPageMessage sentence, bool daily);
static bool is_closed(const FlisPageArea *area);

/*
 * flis_page_releases writes the section.
 */
void
flis_page_releases(FlisPage *page)
{
	static const FlisPageMessage headings[] = {FLIS_PAGE_RELEASE_DAY, FLIS_PAGE_RELEASE_AXIS,
											   FLIS_PAGE_RELEASE_AREAS, FLIS_PAGE_RELEASE_PLAN};
	bool *is_wanted = palloc(page->nareas * sizeof(bool));
	int nchannels;
	const int *channels = channels_in_order(&nchannels);

	for (int i = 0; i < page->nareas; i++)
		is_wanted[page->areas[i].area] = !page->areas[i].is_daily && !is_closed(&page->areas[i]);

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

		gather(page, channels[i], is_wanted, &groups);
		flis_page_begin_group(page, flis_channel_name(versions, n, page->on, page->language), false,
							  (int) lengthof(headings));
		for (int group = 0; group < groups.n; group++)
			write_group(page, &groups.rows[group]);
		if (groups.n == 0)
			flis_html_write(
				&page->html, "<tr role=\"row\"><td role=\"cell\" colspan=\"%d\">%s</td></tr>\n",
				(int) lengthof(headings), flis_page_message(page, FLIS_PAGE_NO_RELEASES));
	}
	flis_page_end_table(page);
	write_left_out(page, FLIS_PAGE_RELEASE_DAILY, true);
	write_left_out(page, FLIS_PAGE_RELEASE_CLOSED, false);
	flis_page_end_section(page);
}

/*
 * channels_in_order puts the channels in the order of their positions, those alike in that of their
 * codes.
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
 * gather finds the coming releases of a channel, in groups in the order of their days.
 */
static void
gather(FlisPage *page, int channel, const bool *is_wanted, Groups *groups)
{
	FlisSchedule schedule;
	FlisScheduled release;
	const FlisAreaRow *areas;

	flis_registry_areas(&areas);
	flis_releases_begin(&schedule, page->days.first, page->days.last, channel, is_wanted);
	while (flis_schedule_next(&schedule, &release))
	{
		const char *note = NULL;
		Group *group;

		CHECK_FOR_INTERRUPTS();
		if (release.frequency == FLIS_DAILY)
			continue; /* it will only come daily later */
		if (release.has_note)
			note = flis_registry_release_note(release.area, channel, release.cycle);
		if (note != NULL)
			note = flis_page_utf8(note);
		group = find_group(groups, &release, note);
		group->names = flis_array_reserve(group->names, group->n, &group->room, sizeof(char *));
		group->names[group->n++] = flis_page_utf8(areas[release.area].name);
	}
}

/*
 * find_group finds the group of a release, which may be a new one.
 */
static Group *
find_group(Groups *groups, const FlisScheduled *release, const char *note)
{
	for (int i = groups->n - 1; i >= 0; i--)
	{
		Group *group = &groups->rows[i];

		if (are_alike(&group->release, release) && (group->note == NULL) == (note == NULL) &&
			(note == NULL || strcmp(group->note, note) == 0))
			return group;
	}
	groups->rows = flis_array_reserve(groups->rows, groups->n, &groups->room, sizeof(Group));
	groups->rows[groups->n] = (Group){.release = *release, .note = note};
	return &groups->rows[groups->n++];
}

/*
 * are_alike tells whether the same is known of two releases.
 */
static bool
are_alike(const FlisScheduled *left, const FlisScheduled *right)
{
	return left->opens == right->opens && left->closes == right->closes &&
		   left->expected_on == right->expected_on && left->released_on == right->released_on &&
		   left->status == right->status && left->is_planned == right->is_planned;
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
 * write_group writes the row of a group: its days, their picture, the areas, and what is known.
 */
static void
write_group(FlisPage *page, const Group *group)
{
	static const FlisMark shapes[] = {[FLIS_PROVISIONAL] = FLIS_MARK_WAIT,
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
	flis_draw_coming(&page->html, &page->days, &coming,
					 flis_page_format(page, FLIS_PAGE_RELEASE_TITLE, days, status));
	flis_html_write(&page->html, "</td><td role=\"cell\">");
	write_names(page, group->names, group->n);
	flis_html_write(&page->html, "</td><td role=\"cell\">");
	flis_page_mark(page, shapes[release->status], status);
	if (release->is_planned || release->released_on != FLIS_NO_DAY)
		flis_html_write(
			&page->html, "<p class=\"denied\">%s</p>",
			flis_page_format(page, FLIS_PAGE_RELEASE_BY_RULE,
							 flis_days_text(release->opens, release->closes, page->language).text,
							 NULL));
	flis_page_note(page, group->note);
	flis_html_write(&page->html, "</td></tr>\n");
}

/*
 * days_in_words writes the days of a release.
 */
static const char *
days_in_words(const FlisPage *page, const FlisScheduled *release)
{
	FlisDay first;
	FlisDay last;

	flis_release_days(release, &first, &last);
	return pstrdup(flis_days_text(first, last, page->language).text);
}

/*
 * write_names writes the names of areas.
 */
static void
write_names(FlisPage *page, const char *const *names, int n)
{
	if (n > NAMES_SHOWN)
		flis_html_write(&page->html, "<details><summary>%s</summary>",
						flis_page_format(page, FLIS_PAGE_RELEASE_COUNT, psprintf("%d", n), NULL));
	flis_html_write(&page->html, "<span class=\"names\" lang=\"da\">");
	for (int i = 0; i < n; i++)
		flis_html_write(&page->html, "<bdi>%s</bdi>%s", names[i], i + 1 < n ? ", " : "");
	flis_html_write(&page->html, "</span>");
	if (n > NAMES_SHOWN)
		flis_html_write(&page->html, "</details>");
}

/*
 * write_left_out names the areas that come daily, or those that are closed.
 */
static void
write_left_out(FlisPage *page, FlisPageMessage sentence, bool daily)
{
	const char **names = palloc(page->nareas * sizeof(char *));
	int n = 0;

	for (int i = 0; i < page->nareas; i++)
		if (is_closed(&page->areas[i]) ? !daily : daily && page->areas[i].is_daily)
			names[n++] = page->areas[i].name;
	if (n == 0)
		return;
	flis_html_write(&page->html, "<div class=\"left-out\">%s ", flis_page_message(page, sentence));
	write_names(page, names, n);
	flis_html_write(&page->html, "</div>\n");
}

static bool
is_closed(const FlisPageArea *area)
{
	return area->summary.answer.basis == FLIS_BASIS_CLOSED;
}
