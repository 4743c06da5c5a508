/*
 * status_deck.c
 *		Reads a status deck against the areas of the database, into values for the rows of flis_status.
 *
 * The text itself is read in the folder deck, which knows no server.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"

#include "base/compat.h"
#include "base/enum_labels.h"
#include "cache/names.h"
#include "cache/registry.h"
#include "sql/area_summary.h"
#include "sql/status_deck.h"

/* Years in which there can be a deck; any other is a typing error. */
#define FIRST_YEAR 2000
#define LAST_YEAR 9999

#define TAKE_THE_TEXT                                                                              \
	"Take the text from the PDF with pdftotext -tsv, or copy the table from PowerPoint"

const FlisTableShape flis_status_shape = {"flis_status",
										  FLIS_STATUS_COLUMNS,
										  {{"data_through", DATEOID},
										   {"state", TEXTOID},
										   {"complete", BOOLOID},
										   {"benchmarkable", BOOLOID},
										   {"frequency", TEXTOID},
										   {"source", TEXTOID},
										   {"note", TEXTOID}}};

static const struct
{
	const char *message;
	const char *hint;
} complaints[] = {
	[FLIS_DECK_TOO_LONG] = {"the deck is longer than 16 MB", "Import one deck at a time."},
	[FLIS_DECK_ENCODING] = {"the text is in another encoding than client_encoding says", NULL},
	[FLIS_DECK_BAD_LETTER] = {"a character that no deck has",
							  "A program that did not know a font put it there. " TAKE_THE_TEXT
							  ". If client_encoding is not the encoding of the text, set it."},
	[FLIS_DECK_NO_TABLE] = {"the text holds no status table",
							"A table has a title such as \"Oversigt pr. 30/6\". " TAKE_THE_TEXT
							"."},
	[FLIS_DECK_ONLY_BLANKS] = {"nothing but blanks is between the columns",
							   "Where a cell ends would be a guess. " TAKE_THE_TEXT "."},
	[FLIS_DECK_NO_DATE] = {"the deck has no date",
						   "A table has a title such as \"Oversigt pr. 30/6\"."},
	[FLIS_DECK_NO_YEAR] = {"the deck's title has no year", "Give the year as the second argument."},
	[FLIS_DECK_BAD_DATE] = {"there is no such day",
							"A table has a title such as \"Oversigt pr. 30/6\"."},
	[FLIS_DECK_OTHER_YEAR] = {"another year", "Import the deck with the year that it prints."},
	[FLIS_DECK_TWO_DATES] = {"another day than in the title before", "Import one deck at a time."},
	[FLIS_DECK_OTHER_COLUMNS] = {"other headings than those of a status table",
								 "A table has five columns with their headings: area, frequency, "
								 "data through, source and operation. " TAKE_THE_TEXT "."},
	[FLIS_DECK_UNKNOWN_AREA] = {"unknown area", NULL},
	[FLIS_DECK_AREA_TWICE] = {"an area for the second time",
							  "Remove one of the rows, or the alias that two areas share."},
	[FLIS_DECK_BAD_FREQUENCY] = {"unreadable frequency",
								 "After the area comes how often it is updated, and after that the "
								 "month."},
	[FLIS_DECK_BAD_PERIOD] =
		{"unreadable month",
		 "After the frequency comes a month in Danish, not after the deck's "
		 "day, or a dash; a quarter, half-year or week only where the area's rule "
		 "counts in those."},
	[FLIS_DECK_NO_BORDER] = {"source and note cannot be told apart", TAKE_THE_TEXT
							 "; or enter the source as the deck prints it in flis_area.source."},
	[FLIS_DECK_BAD_NOTE] = {"a note that something else runs into",
							TAKE_THE_TEXT ", or remove what is not part of the note. If it says "
										  "that all is well, write it as the other rows do."},
	[FLIS_DECK_UNASSIGNED] = {"text that belongs to no row of the table",
							  TAKE_THE_TEXT ", or remove what is not part of the deck."},
	[FLIS_DECK_NO_LAYOUT] = {"lines that cannot be given to the rows of the table",
							 "The cells of a row share their tops, middles or bottoms. Copy the "
							 "table from PowerPoint."},
	[FLIS_DECK_TWO_LAYOUTS] = {"lines that could be of more than one row",
							   "Copy the table from PowerPoint."},
};

static FlisDeckArea *known_areas(int *count);
static FlisPeriodKind period_of(int area);
static void host_check_interrupts(void);
static void fill_row(const FlisDeckRow *row, FlisStatusRow *values);
static Datum text_of(const char *string, bool *isnull);
static void complain(const FlisDeckError *error, int year);
static const char *area_hint(const FlisDeckError *error);
static const char *code_for(const char *name);

/*
 * flis_read_status_deck reads the deck that is the first argument against the areas of the function's
 * schema, into the current memory context.  False if the deck is NULL.  The second argument is its year;
 * if that is NULL the deck's titles must have it.
 */
bool
flis_read_status_deck(FunctionCallInfo fcinfo, FlisStatusDeck *status_deck)
{
	static const FlisHost host = {palloc, host_check_interrupts};
	text *deck;
	int year = PG_ARGISNULL(1) ? 0 : PG_GETARG_INT32(1);
	int length;
	const char *converted;
	const FlisAreaRow *rows;
	FlisDeckArea *areas;
	FlisDeckError error;
	int count;

	if (PG_ARGISNULL(0))
		return false;
	if (!PG_ARGISNULL(1) && (year < FIRST_YEAR || year > LAST_YEAR))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("%d is not the year of a deck", year),
						errhint("Give the year of the deck's day in four digits, from %d to %d.",
								FIRST_YEAR, LAST_YEAR)));

	deck = PG_GETARG_TEXT_PP(0);
	length = VARSIZE_ANY_EXHDR(deck);
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
	status_deck->previous = palloc0(status_deck->deck.row_count * sizeof(FlisPreviousRow));
	for (int i = 0; i < status_deck->deck.row_count; i++)
	{
		const FlisDeckRow *row = &status_deck->deck.rows[i];

		status_deck->areas[i] = CStringGetTextDatum(rows[row->area].area);
		fill_row(row, &status_deck->rows[i]);
	}
	return true;
}

/*
 * known_areas returns the registry's areas, in its order and in UTF-8.
 */
static FlisDeckArea *
known_areas(int *count)
{
	const FlisAreaRow *rows;
	FlisDeckArea *areas;

	*count = flis_registry_areas(&rows);
	areas = palloc(*count * sizeof(FlisDeckArea));
	for (int i = 0; i < *count; i++)
	{
		const char **aliases = palloc(rows[i].naliases * sizeof(char *));

		for (int alias = 0; alias < rows[i].naliases; alias++)
			aliases[alias] = flis_to_utf8(rows[i].aliases[alias]);
		areas[i].code = flis_to_utf8(rows[i].area);
		areas[i].name = flis_to_utf8(rows[i].name);
		areas[i].group = flis_to_utf8(rows[i].area_group);
		areas[i].source = flis_to_utf8(rows[i].source);
		areas[i].aliases = aliases;
		areas[i].alias_count = rows[i].naliases;
		areas[i].period = period_of(i);
	}
	return areas;
}

/*
 * period_of tells which periods a deck may print for an area: those of its newest rule, or else months.
 */
static FlisPeriodKind
period_of(int area)
{
	FlisFrequency frequency;

	if (!flis_frequency_on(area, flis_registry_channel(cstring_to_text("datapakke")), FLIS_LAST_DAY,
						   &frequency))
		return FLIS_MONTH;
	return frequency == FLIS_WEEKLY		 ? FLIS_WEEK
		   : frequency == FLIS_QUARTERLY ? FLIS_QUARTER
		   : frequency == FLIS_ANNUAL_2	 ? FLIS_HALF_YEAR
										 : FLIS_MONTH;
}

static void
host_check_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

/*
 * fill_row turns a row of a deck into values of flis_status.
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
 * complain raises an error for a deck that can't be read, with the line, its text and a hint.
 */
static void
complain(const FlisDeckError *error, int year)
{
	const char *message = complaints[error->fault].message;
	const char *hint = complaints[error->fault].hint;

	if (error->fault == FLIS_DECK_UNKNOWN_AREA)
		hint = area_hint(error);
	else if (error->fault == FLIS_DECK_ENCODING && pg_get_client_encoding() == PG_UTF8)
		hint =
			"The text was written so by a program that took it for another encoding. " TAKE_THE_TEXT
			".";
	else if (error->fault == FLIS_DECK_ENCODING)
		hint = psprintf("client_encoding is %s. If the text is UTF-8, as pdftotext writes it: "
						"SET client_encoding = 'UTF8'; then import it again.",
						pg_get_client_encoding_name());
	else if (error->fault == FLIS_DECK_OTHER_YEAR)
		message = psprintf("%s than %d", message, year);
	if (error->line == 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("%s", message),
						errhint("%s", hint)));
	if (error->name != NULL)
		message = psprintf("%s \"%s\"", message, flis_from_utf8(error->name));
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("line %d of the deck: %s", error->line, message),
					errdetail("The text there is \"%s\".", flis_from_utf8(error->text)),
					errhint("%s", hint)));
}

/*
 * area_hint tells how to make an unknown area known: as another name of the nearest area or as a
 * new area, or by bringing back a retired one.
 */
static const char *
area_hint(const FlisDeckError *error)
{
	const FlisAreaRow *rows;
	int count = flis_registry_areas(&rows);
	const char *retired;
	const char *nearest;
	char *name;
	char *added;

	if (error->name == NULL)
		return "Write the area's name into each of its rows. If it has it: add the area to flis_area, or "
			   "this name of it to the aliases there.";
	name = flis_from_utf8(error->name);
	retired = flis_registry_retired(name, strlen(name));
	if (retired != NULL)
		return flis_hint_of_retired(retired);
	nearest = flis_nearest_area(rows, count, name, strlen(name));
	added = psprintf("INSERT INTO flis_area (area, name) VALUES (%s, %s);",
					 quote_literal_cstr(code_for(error->name)), quote_literal_cstr(name));
	if (nearest == NULL)
		return psprintf(
			"If it is a new area: %s If it is another name of a known one: UPDATE flis_area "
			"SET aliases = array_append(aliases, %s) WHERE area = '...';",
			added, quote_literal_cstr(name));
	return psprintf("If it is another name of \"%s\": UPDATE flis_area SET aliases = "
					"array_append(aliases, %s) WHERE area = %s; If it is a new area: %s",
					nearest, quote_literal_cstr(name), quote_literal_cstr(nearest), added);
}

/*
 * code_for makes an area's code from its name in UTF-8: "Klima & Energi" becomes klima_energi.
 */
static const char *
code_for(const char *name)
{
	static const char *const letters[][2] = {
		{"\xC3\xA6", "ae"}, {"\xC3\xB8", "oe"}, {"\xC3\xA5", "aa"}};
	char *folded = pstrdup(name);
	StringInfoData code;

	flis_fold(folded, strlen(folded), folded);
	initStringInfo(&code);
	for (const char *at = folded; *at != '\0'; at++)
	{
		if ((*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9' && code.len > 0))
			appendStringInfoChar(&code, *at);
		else if (code.len > 0 && code.data[code.len - 1] != '_' && (*at & 0x80) == 0)
			appendStringInfoChar(&code, '_');
		for (int i = 0; i < (int) lengthof(letters); i++)
			if (strncmp(at, letters[i][0], 2) == 0)
				appendStringInfoString(&code, letters[i][1]);
	}
	while (code.len > 0 && code.data[code.len - 1] == '_')
		code.data[--code.len] = '\0';
	return code.len > 0 ? code.data : "area";
}
