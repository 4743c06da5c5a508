/*
 * svg.h
 *		Writes pictures of days as SVG: how far an area reaches, and when a release may come.
 *
 * A picture is as wide as its cell of a table, and its parts are placed in percent of that width.  So it
 * fits a phone and a sheet of paper, and its letters have the size of the text around it.
 */
#ifndef FLIS_SVG_H
#define FLIS_SVG_H

#include "base/model.h"
#include "markup/html.h"

/* The days that a picture shows, both inclusive. */
typedef struct FlisAxis
{
	FlisDay first;
	FlisDay last;
} FlisAxis;

/* Signs whose form tells the same as their colour, for people who do not see colours. */
typedef enum FlisMark
{
	FLIS_MARK_GOOD,	 /* a tick in a disc */
	FLIS_MARK_WARN,	 /* an exclamation mark in a triangle */
	FLIS_MARK_STOP,	 /* a cross in an octagon */
	FLIS_MARK_NONE,	 /* a dash in a ring */
	FLIS_MARK_WAIT,	 /* the hands of a clock in a ring */
	FLIS_MARK_MOVED, /* an arrow in a disc */
} FlisMark;

/* How far an area reaches. */
typedef struct FlisReach
{
	FlisDay through;  /* FLIS_NO_DAY where nothing is known */
	FlisDay expected; /* by the rule; FLIS_NO_DAY where that is not shown */
	bool is_closed;
} FlisReach;

/* When a release may come. */
typedef struct FlisComing
{
	FlisDay opens; /* of the window */
	FlisDay closes;
	FlisDay planned;  /* FLIS_NO_DAY if no day of its own is planned */
	FlisDay released; /* FLIS_NO_DAY if it has not come */
	bool is_cancelled;
} FlisComing;

extern FlisAxis flis_months_axis(FlisDay on, int months);
extern void flis_draw_definitions(FlisHtml *html, const FlisAxis *months, const FlisAxis *days);
extern void flis_svg_mark(FlisHtml *html, FlisMark mark);
extern void flis_draw_months(FlisHtml *html, const FlisAxis *axis, FlisLanguage language);
extern void flis_draw_days(FlisHtml *html, const FlisAxis *axis, FlisLanguage language);
extern void flis_draw_reach(FlisHtml *html, const FlisAxis *axis, FlisDay on,
							const FlisReach *reach, const char *title);
extern void flis_draw_coming(FlisHtml *html, const FlisAxis *axis, const FlisComing *coming,
							 const char *title);

#endif
