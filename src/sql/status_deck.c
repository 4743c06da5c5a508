/*
 * status_deck.c
 *		A status deck in the database's terms: read against its areas, as values of flis_status.
 */
#include "postgres.h"

#include <limits.h>

#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"

#include "base/compat.h"
#include "base/enum_labels.h"
#include "cache/names.h"
#include "cache/registry.h"
#include "sql/status_deck.h"

/* Years in which there can be a deck; anything else is a slip of the pen. */
#define FIRST_YEAR 2000
#define LAST_YEAR 9999

#define TAKE_THE_TEXT "Take the text from the PDF with pdftotext -layout or pdftotext -raw"

const FlisStatusColumn flis_status_columns[FLIS_STATUS_COLUMNS] = {
	{"data_through", DATEOID},	{"state", TEXTOID},		{"complete", BOOLOID},
	{"benchmarkable", BOOLOID}, {"frequency", TEXTOID}, {"source", TEXTOID},
	{"note", TEXTOID},
};

static const struct
{
	const char *message;
	const char *hint;
} complaints[] = {
	[FLIS_DECK_TOO_LONG] = {"the deck is longer than 16 MB", "Import one deck at a time."},
	[FLIS_DECK_NO_TABLE] = {"the text holds no status table",
							"A table has a title such as \"Oversigt pr. 30/6\". " TAKE_THE_TEXT
							"."},
	[FLIS_DECK_NO_DATE] = {"the deck does not say of which day it is",
						   "A table has a title such as \"Oversigt pr. 30/6\"."},
	[FLIS_DECK_BAD_DATE] = {"there is no such day",
							"A table has a title such as \"Oversigt pr. 30/6\"."},
	[FLIS_DECK_OTHER_YEAR] = {"another year", "Import the deck with the year that it prints."},
	[FLIS_DECK_TWO_DATES] = {"another day than in the title before", "Import one deck at a time."},
	[FLIS_DECK_OTHER_COLUMNS] = {"other headings than those of a status table",
								 "A table has five columns, whose headings stand together: area, "
								 "frequency, data through, source and operation. " TAKE_THE_TEXT
								 "."},
	[FLIS_DECK_UNKNOWN_AREA] = {"unknown area",
								"Add the area to flis_area, or this spelling of it to the aliases "
								"there."},
	[FLIS_DECK_AREA_TWICE] = {"an area for the second time",
							  "Remove one of the rows, or the alias that two areas share."},
	[FLIS_DECK_BAD_FREQUENCY] = {"unreadable frequency",
								 "After the area comes how often it is updated, and after that the "
								 "month."},
	[FLIS_DECK_BAD_PERIOD] = {"unreadable month",
							 "After the frequency comes a month in Danish, not after the deck's "
							 "day, or a dash."},
	[FLIS_DECK_NO_BORDER] =
		{"source and note cannot be told apart",
		 "Enter the source as the deck prints it in flis_area.source. " TAKE_THE_TEXT
		 " if it comes from elsewhere."},
	[FLIS_DECK_UNASSIGNED] = {"text that belongs to no row of the table",
							  TAKE_THE_TEXT ", or remove what is not part of the deck."},
};

static void find_missing(FlisStatusDeck *status_deck, const FlisAreaRow *areas, int nareas);
static FlisDeckArea *known_areas(int *count);
static char *utf8(const char *string);
static void *host_alloc(size_t size);
static void host_check_interrupts(void);
static void fill_row(const FlisDeckRow *row, FlisStatusRow *values);
static Datum text_of(const char *string, bool *isnull);
static void complain(const FlisDeckError *error, int year);

/*
 * flis_read_status_deck reads the deck of the arguments against the areas of the function's schema, in the
 * current memory context.
 */
void
flis_read_status_deck(FunctionCallInfo fcinfo, FlisStatusDeck *status_deck)
{
	static const FlisHost host = {host_alloc, host_check_interrupts};
	text *deck = PG_GETARG_TEXT_PP(0);
	int year = PG_GETARG_INT32(1);
	int length = VARSIZE_ANY_EXHDR(deck);
	const char *converted;
	const FlisAreaRow *rows;
	FlisDeckArea *areas;
	FlisDeckError error;
	int count;

	if (year < FIRST_YEAR || year > LAST_YEAR)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("%d is not the year of a deck", year),
						errhint("Give the year of the deck's day in four digits, from %d to %d.",
								FIRST_YEAR, LAST_YEAR)));

	converted = pg_server_to_any(VARDATA_ANY(deck), length, PG_UTF8);
	if (converted != VARDATA_ANY(deck))
		length = strlen(converted);
	flis_registry_use(fcinfo);
	areas = known_areas(&count);
	if (!flis_read_deck(&host, converted, length, year, areas, count, &status_deck->deck, &error))
		complain(&error, year);

	flis_registry_areas(&rows);
	status_deck->areas = palloc(status_deck->deck.row_count * sizeof(Datum));
	status_deck->rows = palloc(status_deck->deck.row_count * sizeof(FlisStatusRow));
	for (int i = 0; i < status_deck->deck.row_count; i++)
	{
		const FlisDeckRow *row = &status_deck->deck.rows[i];

		status_deck->areas[i] = CStringGetTextDatum(rows[row->area].area);
		fill_row(row, &status_deck->rows[i]);
	}
	find_missing(status_deck, rows, count);
}

/*
 * find_missing finds the areas that the deck's table has a place for and this deck no row.
 */
static void
find_missing(FlisStatusDeck *status_deck, const FlisAreaRow *areas, int nareas)
{
	bool *has_row = palloc0(Max(nareas, 1) * sizeof(bool));

	for (int i = 0; i < status_deck->deck.row_count; i++)
		has_row[status_deck->deck.rows[i].area] = true;
	status_deck->missing = palloc(Max(nareas, 1) * sizeof(Datum));
	status_deck->nmissing = 0;
	for (int area = 0; area < nareas; area++)
		if (!has_row[area] && areas[area].position != INT_MAX)
			status_deck->missing[status_deck->nmissing++] = CStringGetTextDatum(areas[area].area);
}

/*
 * known_areas returns the registry's areas in UTF-8, in its order.
 */
static FlisDeckArea *
known_areas(int *count)
{
	const FlisAreaRow *rows;
	FlisDeckArea *areas;

	*count = flis_registry_areas(&rows);
	areas = palloc(Max(*count, 1) * sizeof(FlisDeckArea));
	for (int i = 0; i < *count; i++)
	{
		const char **aliases = palloc(Max(rows[i].naliases, 1) * sizeof(char *));

		for (int alias = 0; alias < rows[i].naliases; alias++)
			aliases[alias] = utf8(rows[i].aliases[alias]);
		areas[i].code = utf8(rows[i].area);
		areas[i].name = utf8(rows[i].name);
		areas[i].group = utf8(rows[i].area_group);
		areas[i].source = utf8(rows[i].source);
		areas[i].aliases = aliases;
		areas[i].alias_count = rows[i].naliases;
	}
	return areas;
}

static char *
utf8(const char *string)
{
	return string == NULL ? NULL : flis_to_utf8(string, strlen(string));
}

static void *
host_alloc(size_t size)
{
	return palloc(size);
}

static void
host_check_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

/*
 * fill_row makes values of a row.
 */
static void
fill_row(const FlisDeckRow *row, FlisStatusRow *values)
{
	values->values[0] = DateADTGetDatum(row->data_through);
	values->nulls[0] = row->data_through == FLIS_NO_DAY;
	values->values[1] = CStringGetTextDatum(flis_state_labels[row->state].code);
	values->nulls[1] = false;
	values->values[2] = BoolGetDatum(row->complete == FLIS_YES);
	values->nulls[2] = row->complete == FLIS_UNSAID;
	values->values[3] = BoolGetDatum(row->benchmarkable == FLIS_YES);
	values->nulls[3] = row->benchmarkable == FLIS_UNSAID;
	values->values[4] = text_of(row->frequency, &values->nulls[4]);
	values->values[5] = text_of(row->source, &values->nulls[5]);
	values->values[6] = text_of(row->note, &values->nulls[6]);
}

static Datum
text_of(const char *string, bool *isnull)
{
	*isnull = string == NULL;
	return *isnull ? (Datum) 0 : CStringGetTextDatum(flis_from_utf8(string));
}

/*
 * complain raises the error of a deck that can't be read.
 */
static void
complain(const FlisDeckError *error, int year)
{
	const char *message = complaints[error->fault].message;
	const char *hint = complaints[error->fault].hint;

	if (error->line == 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("%s", message),
						errhint("%s", hint)));
	if (error->fault == FLIS_DECK_OTHER_YEAR)
		message = psprintf("%s than %d", message, year);
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("line %d of the deck: %s", error->line, message),
					errdetail("The text there is \"%s\".", flis_from_utf8(error->text)),
					errhint("%s", hint)));
}
