/*
 * svg.c
 *		Writes pictures of days as SVG: how far an area reaches, and when a release may come.
 *
 * The lines between months and days are defined once, and each row's picture uses them.  Bars are
 * filled, hatched, hollow or crossed, so that they differ without the style sheet's colours too.
 */
#include "markup/svg.h"

#include "base/calendar.h"
#include "base/enum_labels.h"

/* A place on an axis is counted in hundredths of a percent. */
#define WHOLE 10000

/* A place in the format of flis_html_write, and the arguments for it. */
#define PERCENT "%d.%d%d%%"
#define PERCENT_ARGS(place) (place) / 100, (place) / 10 % 10, (place) % 10

static int place_of(const FlisAxis *axis, FlisDay day);
static int middle_of(const FlisAxis *axis, FlisDay day);
static void draw_rectangle(FlisHtml *html, const char *css_class, int from, int until);
static void draw_mark(FlisHtml *html, const char *css_class, int place, const char *path);
static void draw_label(FlisHtml *html, int place, const char *anchor, int day, int month,
					   FlisLanguage language);
static void draw_lines(FlisHtml *html, const char *id, const FlisAxis *axis, bool of_days);
static void begin_row(FlisHtml *html, const char *title);
static bool is_tick(int day_of_month);

/*
 * flis_months_axis returns an axis of so many whole months, the last of which is that of a day; of
 * fewer at the beginning of the calendar.
 */
FlisAxis
flis_months_axis(FlisDay on, int months)
{
	int last = flis_month_of(on);
	int first = last - months + 1;
	FlisAxis axis;

	axis.first = first > flis_month_of(FLIS_FIRST_DAY) ? flis_month_first(first) : FLIS_FIRST_DAY;
	axis.last = flis_month_last(last);
	return axis;
}

/*
 * flis_draw_definitions writes the parts that the other pictures of a page use: the shapes of marks
 * (FlisMark), the lines of an axis of months and those of an axis of days.
 */
void
flis_draw_definitions(FlisHtml *html, const FlisAxis *months, const FlisAxis *days)
{
	flis_html_write(
		html,
		"<svg class=\"definitions\" width=\"0\" height=\"0\" aria-hidden=\"true\">\n"
		"<symbol id=\"shape-0\" viewBox=\"0 0 16 16\"><circle class=\"fill\" cx=\"8\" cy=\"8\" "
		"r=\"7.5\"/><path class=\"line\" d=\"M4.5 8.3l2.4 2.4 4.6-5\"/></symbol>\n"
		"<symbol id=\"shape-1\" viewBox=\"0 0 16 16\"><path class=\"fill\" d=\"M8 .8l7.6 14H.4z\"/>"
		"<path class=\"line\" d=\"M8 5.5v4.6M8 12v.9\"/></symbol>\n"
		"<symbol id=\"shape-2\" viewBox=\"0 0 16 16\"><path class=\"fill\" "
		"d=\"M5 .6h6L15.4 5v6L11 15.4H5L.6 11V5z\"/>"
		"<path class=\"line\" d=\"M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6\"/></symbol>\n"
		"<symbol id=\"shape-3\" viewBox=\"0 0 16 16\"><circle class=\"ring\" cx=\"8\" cy=\"8\" "
		"r=\"6.7\"/><path class=\"hand\" d=\"M5 8h6\"/></symbol>\n"
		"<symbol id=\"shape-4\" viewBox=\"0 0 16 16\"><circle class=\"ring\" cx=\"8\" cy=\"8\" "
		"r=\"6.7\"/><path class=\"hand\" d=\"M8 4v4.2l2.7 1.6\"/></symbol>\n"
		"<symbol id=\"shape-5\" viewBox=\"0 0 16 16\"><circle class=\"fill\" cx=\"8\" cy=\"8\" "
		"r=\"7.5\"/><path class=\"line\" d=\"M4 8h7.5M8.5 4.8L11.7 8l-3.2 3.2\"/></symbol>\n"
		"<pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
		"<path class=\"hatching\" d=\"M-1 7L7-1M-1 1L1-1M5 7L7 5\"/></pattern>\n");
	draw_lines(html, "months", months, false);
	draw_lines(html, "days", days, true);
	flis_html_write(html, "</svg>\n");
}

/*
 * flis_svg_mark writes a mark, to stand before the word that says the same.
 */
void
flis_svg_mark(FlisHtml *html, FlisMark mark)
{
	flis_html_write(html,
					"<svg class=\"shape shape-%d\" width=\"16\" height=\"16\" aria-hidden=\"true\">"
					"<use href=\"#shape-%d\"/></svg>",
					(int) mark, (int) mark);
}

/*
 * flis_draw_months writes the names of the months, above the pictures of flis_draw_reach.
 */
void
flis_draw_months(FlisHtml *html, const FlisAxis *axis, FlisLanguage language)
{
	int last = flis_month_of(axis->last);

	flis_html_write(html, "<svg class=\"axis\" aria-hidden=\"true\">");
	for (int month = flis_month_of(axis->first); month <= last; month++)
	{
		int from = place_of(axis, flis_month_first(month));
		int until = place_of(axis, flis_month_last(month) + 1);

		draw_label(html, (from + until) / 2, "middle", 0, month % 12 + 1, language);
	}
	flis_html_write(html, "</svg>");
}

/*
 * flis_draw_days writes the days that have a line, above the pictures of flis_draw_coming.
 */
void
flis_draw_days(FlisHtml *html, const FlisAxis *axis, FlisLanguage language)
{
	flis_html_write(html, "<svg class=\"axis\" aria-hidden=\"true\">");
	for (FlisDay day = axis->first; day <= axis->last; day++)
	{
		int year;
		int month;
		int day_of_month;

		flis_day_parts(day, &year, &month, &day_of_month);
		/* A label takes the room of some four days. */
		if (is_tick(day_of_month) && axis->last - day >= 4)
			draw_label(html, place_of(axis, day), "start", day_of_month == 1 ? 0 : day_of_month,
					   day_of_month == 1 ? month : 0, language);
	}
	flis_html_write(html, "</svg>");
}

/*
 * flis_draw_reach draws how far an area reaches: a bar up to its last day, or a hatched one if it
 * is closed; a mark at the day by the rule, and a line at the page's day.  A reach that ends before
 * the axis begins is an arrow that points to the left.
 */
void
flis_draw_reach(FlisHtml *html, const FlisAxis *axis, FlisDay on, const FlisReach *reach,
				const char *title)
{
	begin_row(html, title);
	if (reach->is_closed)
		draw_rectangle(html, "closed", 0, WHOLE);
	else if (reach->through != FLIS_NO_DAY && reach->through >= axis->first)
		draw_rectangle(html, "data", 0, place_of(axis, reach->through + 1));
	flis_html_write(html, "<use href=\"#months\"/>");
	if (!reach->is_closed && reach->through != FLIS_NO_DAY && reach->through < axis->first)
		draw_mark(html, "before", 0, "M9 5v10L1 10z");
	if (reach->expected != FLIS_NO_DAY && reach->expected >= axis->first)
		draw_mark(html, "rule", place_of(axis, reach->expected + 1), "M0 0v20M-4 0h8L0 5z");
	draw_mark(html, "today", place_of(axis, on), "M0 0v20");
	flis_html_write(html, "</svg>");
}

/*
 * flis_draw_coming draws when a release may come: its window, which is hollow where a day is
 * planned or recorded or the release is cancelled; the planned day as a diamond, or the day on
 * which it came as a disc.  A cancelled one is a cross, on its planned day or in the middle of its
 * window.
 */
void
flis_draw_coming(FlisHtml *html, const FlisAxis *axis, const FlisComing *coming, const char *title)
{
	bool is_moved = coming->planned != FLIS_NO_DAY || coming->released != FLIS_NO_DAY;
	int opens = place_of(axis, coming->opens);
	int closes = place_of(axis, coming->closes + 1);

	begin_row(html, title);
	if (closes > opens)
		draw_rectangle(html, coming->is_cancelled || is_moved ? "window hollow" : "window", opens,
					   closes);
	flis_html_write(html, "<use href=\"#days\"/>");
	if (coming->is_cancelled)
		draw_mark(html, "cross",
				  coming->planned != FLIS_NO_DAY ? middle_of(axis, coming->planned)
												 : (opens + closes) / 2,
				  "M-6 4L6 16M6 4L-6 16");
	else if (coming->released != FLIS_NO_DAY)
		draw_mark(html, "released", middle_of(axis, coming->released),
				  "M-6 10a6 6 0 1 0 12 0a6 6 0 1 0-12 0z");
	else if (coming->planned != FLIS_NO_DAY)
		draw_mark(html, "planned", middle_of(axis, coming->planned), "M0 2l7 8-7 8-7-8z");
	flis_html_write(html, "</svg>");
}

/*
 * place_of returns the place at which a day begins; days outside the axis are at its ends.
 */
static int
place_of(const FlisAxis *axis, FlisDay day)
{
	int days = axis->last - axis->first + 1;

	if (day <= axis->first)
		return 0;
	if (day > axis->last)
		return WHOLE;
	return (int) ((int64_t) (day - axis->first) * WHOLE / days);
}

static int
middle_of(const FlisAxis *axis, FlisDay day)
{
	return (place_of(axis, day) + place_of(axis, day + 1)) / 2;
}

static void
draw_rectangle(FlisHtml *html, const char *css_class, int from, int until)
{
	int width = until - from;

	flis_html_write(
		html, "<rect class=\"%s\" x=\"" PERCENT "\" y=\"3\" width=\"" PERCENT "\" height=\"14\"/>",
		css_class, PERCENT_ARGS(from), PERCENT_ARGS(width));
}

/*
 * draw_mark draws a mark, whose size does not follow the width of the picture, at a place.
 */
static void
draw_mark(FlisHtml *html, const char *css_class, int place, const char *path)
{
	flis_html_write(html,
					"<svg class=\"mark\" x=\"" PERCENT "\"><path class=\"%s\" d=\"%s\"/></svg>",
					PERCENT_ARGS(place), css_class, path);
}

/*
 * draw_label writes a month's first three letters or, where month is 0, a day of the month.
 */
static void
draw_label(FlisHtml *html, int place, const char *anchor, int day, int month, FlisLanguage language)
{
	flis_html_write(html, "<text x=\"" PERCENT "\" y=\"13\" text-anchor=\"%s\">",
					PERCENT_ARGS(place), anchor);
	if (month != 0)
		flis_html_text(html, flis_month_labels[month].labels[language], 3);
	else
		flis_html_write(html, language == FLIS_DANISH ? "%d." : "%d", day);
	flis_html_write(html, "</text>");
}

/*
 * draw_lines defines a symbol of lines: between months and, if of_days, also at the ticks within them.
 */
static void
draw_lines(FlisHtml *html, const char *id, const FlisAxis *axis, bool of_days)
{
	flis_html_write(html, "<symbol id=\"%s\">", id);
	for (FlisDay day = axis->first; day <= axis->last; day++)
	{
		int year;
		int month;
		int day_of_month;
		int place = place_of(axis, day);

		flis_day_parts(day, &year, &month, &day_of_month);
		if (place > 0 && (day_of_month == 1 || (of_days && is_tick(day_of_month))))
			flis_html_write(html,
							"<line class=\"%s\" x1=\"" PERCENT "\" x2=\"" PERCENT
							"\" y1=\"0\" y2=\"100%%\"/>",
							!of_days			? "month"
							: day_of_month == 1 ? "first-day"
												: "day-line",
							PERCENT_ARGS(place), PERCENT_ARGS(place));
	}
	flis_html_write(html, "</symbol>\n");
}

/*
 * begin_row begins the picture of a row, with its title and background.
 */
static void
begin_row(FlisHtml *html, const char *title)
{
	flis_html_write(html,
					"<svg class=\"row\" role=\"img\" aria-label=\"%s\"><title>%s</title>"
					"<rect class=\"ground\" y=\"3\" width=\"100%%\" height=\"14\"/>",
					title, title);
}

/*
 * is_tick tells whether a day of the month has a line and a label on an axis of days.
 */
static bool
is_tick(int day_of_month)
{
	return day_of_month == 1 || day_of_month == 10 || day_of_month == 20;
}
