/*
 * page.h
 *		The status page: what it tells, and the functions that write its parts.
 *
 * What the page tells is gathered before it is written.  Fact tables come first, because functions
 * that they call may make the registry read anew, which frees its rows.  All text in FlisPage is UTF-8.
 */
#ifndef FLIS_PAGE_H
#define FLIS_PAGE_H

#include "postgres.h"

#include "lib/stringinfo.h"

#include "rules/verdict.h"
#include "markup/html.h"
#include "markup/svg.h"
#include "cache/names.h"
#include "cache/tables.h"
#include "sql/area_summary.h"
#include "page/page_messages.h"

/* An area, in the order of the page. */
typedef struct FlisPageArea
{
	int area; /* its index in the registry */
	const FlisAreaRow *row;
	const char *name;
	const char *group; /* NULL if it has none */
	FlisAreaSummary summary;
	const char *through; /* summary.answer.through in words */
	bool is_daily;
	bool differs; /* the rule, the status or a fact table says something else */
} FlisPageArea;

/* A registered fact table. */
typedef struct FlisPageCube
{
	const char *cube;
	const char *area;
	const char *channel;
	FlisVerdict verdict;
	const char *measured; /* what the table holds and should hold, in words */
	const char *through;
	const char *reason; /* of the verdict; NULL if there is none */
} FlisPageCube;

/* A value of a status, a rule or a release that was changed or taken back. */
typedef struct FlisPageCorrection
{
	FlisDay changed_on; /* in Denmark */
	const char *table;
	const char *area;
	const char *channel; /* of a release, else NULL */
	FlisDay day;		 /* of the status; the first of the rule or the release's cycle */
	const char *column;
	const char *before; /* NULL: there was none */
	const char *after;	/* NULL: there is none */
	bool is_deleted;
} FlisPageCorrection;

typedef struct FlisPage
{
	StringInfoData text;
	FlisHtml html;
	FlisLanguage language;
	FlisDay on;
	int channel;	 /* whose answers the page shows */
	FlisAxis months; /* of the picture of how far areas reach */
	FlisAxis days;	 /* of the pictures of coming releases */
	FlisPageArea *areas;
	int nareas;
	int ndiffering; /* areas that differ, in the section of differences */
	FlisPageCube *cubes;
	int ncubes;
	FlisPageCorrection *corrections; /* the newest first */
	int ncorrections;
	bool has_group; /* the table that is being written has a group of rows already */
} FlisPage;

/* Stands where there is nothing to say. */
#define FLIS_PAGE_NOTHING "-"

/* A cell begins so, with the heading of its column, which a phone shows in front of it. */
#define FLIS_CELL "<td role=\"cell\" data-label=\"%s\">"

extern const char flis_page_style[];

extern const FlisPageArea *flis_page_find_area(const FlisPage *page, const char *code);
extern const char *flis_page_area_name(const FlisPage *page, const char *code);
extern bool flis_page_same_group(const FlisPageArea *left, const FlisPageArea *right);

/* The frame, in page_frame.c */
extern void flis_page_begin(FlisPage *page);
extern void flis_page_end(FlisPage *page);
extern void flis_page_begin_section(FlisPage *page, const char *id, FlisPageMessage heading);
extern void flis_page_end_section(FlisPage *page);
extern void flis_page_begin_table(FlisPage *page, const char *css_class, const char *caption);
extern void flis_page_heading(FlisPage *page, FlisPageMessage heading);
extern void flis_page_begin_group(FlisPage *page, const char *heading, bool is_danish, int columns);
extern void flis_page_end_table(FlisPage *page);
extern void flis_page_paragraph(FlisPage *page, const char *text);
extern void flis_page_mark(FlisPage *page, FlisMark mark, const char *word);
extern void flis_page_note(FlisPage *page, const char *note);

/* Its words, in page_frame.c too */
extern const char *flis_page_message(const FlisPage *page, FlisPageMessage message);
extern const char *flis_page_format(const FlisPage *page, FlisPageMessage message,
									const char *first, const char *second);
extern char *flis_page_keep_dates(const FlisPage *page, const char *text);
extern const char *flis_page_day(const FlisPage *page, FlisDay day);
extern const char *flis_page_state(const FlisPage *page, FlisState state);
extern const char *flis_page_channel_name(const FlisPage *page, const char *code);
extern FlisMark flis_page_state_mark(FlisState state);

/* The sections, two each in page_areas.c and page_differences.c, else one in a file of its name */
extern void flis_page_areas(FlisPage *page);
extern void flis_page_reach(FlisPage *page);
extern void flis_page_releases(FlisPage *page);
extern void flis_page_differences(FlisPage *page);
extern void flis_page_notices(FlisPage *page);
extern void flis_page_corrections(FlisPage *page);
extern void flis_page_gather_corrections(FlisPage *page, Oid schema);
extern void flis_page_cubes(FlisPage *page);

#endif
