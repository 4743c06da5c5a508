/*
 * deck.c
 *		Reads a status deck's text: how far each area reaches and what is said of its operation.
 *
 * One of three readers finds the cells of the rows: deck_geometry where the text gives the place of each
 * word, deck_cells where it has a separator between cells, and else deck_flow, with deck_border.  They
 * ask deck_match and deck_note what words mean.  A deck is read as a whole or refused.
 */
#include <string.h>

#include "base/enum_labels.h"
#include "deck/deck_match.h"
#include "deck/deck_note.h"

static FlisDeckArea *folded_areas(const FlisHost *host, const FlisDeckArea *areas, int area_count);
static bool read_rows(FlisDeckText *deck);
static bool finish_row(const FlisDeckText *deck, const FlisDeckCells *cells,
					   const FlisDeckArea *area, FlisDeckRow *row);
static int area_in_note(const FlisDeckText *deck, const FlisDeckCells *cells);
static bool names_area(const FlisDeckText *deck, FlisWords words, const char *name);
static bool has_text(FlisWords words, const FlisDeckText *deck);

/*
 * flis_read_deck reads length bytes as a deck of a year (1 to 9999, or 0 where the deck's title
 * must have the year).  Each known area has a code and a name.  Returns false, with only the error
 * set, where not all of the deck can be read.  All that deck and error point to is memory of the
 * host.
 */
bool
flis_read_deck(const FlisHost *host, const char *text, size_t length, int year,
			   const FlisDeckArea *areas, int area_count, FlisDeck *deck, FlisDeckError *error)
{
	FlisDeckText deck_text = {
		.host = host, .area_count = area_count, .year = year, .as_of = FLIS_NO_DAY, .error = error};

	if (length > FLIS_DECK_MAX)
		return flis_deck_refuse(&deck_text, FLIS_DECK_TOO_LONG, (FlisWords){NULL, 0});
	deck_text.areas = folded_areas(host, areas, area_count);
	/* There are no more rows than areas: an area that comes twice refuses the deck. */
	deck_text.rows = host->alloc((size_t) area_count * sizeof(FlisDeckCells));
	if (!flis_deck_clean(&deck_text, text, length) || !read_rows(&deck_text))
		return false;
	if (deck_text.row_count == 0)
		return flis_deck_refuse(&deck_text, FLIS_DECK_NO_TABLE, (FlisWords){NULL, 0});
	if (deck_text.as_of == FLIS_NO_DAY)
		return flis_deck_refuse(&deck_text, FLIS_DECK_NO_DATE, (FlisWords){NULL, 0});

	deck->as_of = deck_text.as_of;
	deck->row_count = deck_text.row_count;
	deck->unread_lines = deck_text.unread_lines;
	deck->unread_line = deck_text.unread.count > 0 ? deck_text.unread.at[0].line : 0;
	deck->unread_text = flis_words_excerpt(&deck_text, deck_text.unread);
	deck->rows = host->alloc((size_t) deck->row_count * sizeof(FlisDeckRow));
	for (int row = 0; row < deck->row_count; row++)
	{
		const FlisDeckCells *cells = &deck_text.rows[row];

		if (!finish_row(&deck_text, cells, &areas[cells->area], &deck->rows[row]))
			return false;
	}
	return true;
}

/*
 * read_rows finds the day of the deck and the cells of its rows.  Returns false with the error set.
 */
static bool
read_rows(FlisDeckText *deck)
{
	int first_column;
	char separator;

	if (flis_deck_has_places(deck))
		return flis_deck_geometry(deck);
	separator = flis_deck_separator(deck, &first_column);
	if (separator != 0)
		return flis_deck_cells(deck, separator, first_column);
	return flis_deck_flow(deck);
}

/*
 * folded_areas copies the known areas with their texts folded, because they are compared folded.
 */
static FlisDeckArea *
folded_areas(const FlisHost *host, const FlisDeckArea *areas, int area_count)
{
	FlisDeckArea *folded = host->alloc((size_t) area_count * sizeof(FlisDeckArea));

	for (int i = 0; i < area_count; i++)
	{
		const char **aliases = host->alloc((size_t) areas[i].alias_count * sizeof(const char *));

		for (int alias = 0; alias < areas[i].alias_count; alias++)
			aliases[alias] = flis_folded_copy(host, areas[i].aliases[alias]);
		folded[i] = (FlisDeckArea){.code = flis_folded_copy(host, areas[i].code),
								   .name = flis_folded_copy(host, areas[i].name),
								   .group = flis_folded_copy(host, areas[i].group),
								   .source = flis_folded_copy(host, areas[i].source),
								   .aliases = aliases,
								   .alias_count = areas[i].alias_count};
	}
	return folded;
}

/*
 * finish_row makes a row of its cells.  Returns false with the error set where a cell makes no sense.
 */
static bool
finish_row(const FlisDeckText *deck, const FlisDeckCells *cells, const FlisDeckArea *area,
		   FlisDeckRow *row)
{
	const char *known = deck->areas[cells->area].source;

	*row = (FlisDeckRow){.line = cells->line,
						 .area = cells->area,
						 .data_through = FLIS_NO_DAY,
						 .has_empty_cell = cells->has_empty_cell,
						 .frequency = flis_frequency_text(deck, cells->frequency)};
	if (!cells->period.is_dash)
	{
		row->data_through = flis_deck_period_end(&cells->period, deck->as_of);
		if (row->data_through == FLIS_NO_DAY ||
			(cells->period.kind != FLIS_MONTH && cells->period.kind != area->period))
			return flis_deck_refuse(deck, FLIS_DECK_BAD_PERIOD, cells->printed_period);
	}
	/* A narrow cell may have broken the words of a known source: then flis_area's spelling is taken. */
	if (known != NULL && cells->source.count > 0 &&
		flis_words_begin(deck, cells->source, known) == cells->source.count)
		row->source = area->source;
	else if (has_text(cells->source, deck))
	{
		row->source = flis_words_joined(deck, cells->source);
		/* The columns are in another order, or a cell is missing. */
		if (flis_is_note(deck->host, row->source))
			return flis_deck_refuse(deck, FLIS_DECK_NO_BORDER, cells->source);
	}
	if (has_text(cells->note, deck))
		row->note = flis_words_joined(deck, cells->note);
	if (!flis_note_meaning(deck->host, row->note, row))
		return flis_deck_refuse(deck, FLIS_DECK_BAD_NOTE, cells->note);
	row->other_area = -1;
	if (row->state == FLIS_CLOSED || row->complete != FLIS_UNSAID ||
		row->benchmarkable != FLIS_UNSAID)
		row->other_area = area_in_note(deck, cells);
	/* A dash instead of a period means that there is nothing to see, whatever the note says. */
	if (cells->period.is_dash)
		row->state = FLIS_CLOSED;
	return true;
}

/*
 * area_in_note finds another area that a row's note names, and that its own source does not; -1 where
 * there is none.
 */
static int
area_in_note(const FlisDeckText *deck, const FlisDeckCells *cells)
{
	for (int i = 0; i < cells->note.count; i++)
	{
		FlisWords rest = flis_words_from(cells->note, i);

		flis_deck_interrupts(deck, (size_t) i);
		if (!flis_word_is_capital(deck, &rest.at[0]))
			continue;
		for (int area = 0; area < deck->area_count; area++)
		{
			const char *name = deck->areas[area].name;
			const char *source = deck->areas[cells->area].source;

			if (area != cells->area && names_area(deck, rest, name) &&
				(source == NULL || strstr(source, name) == NULL))
				return area;
		}
	}
	return -1;
}

/*
 * names_area tells whether words begin with an area's name, as in "KP:" and "KP-data".
 */
static bool
names_area(const FlisDeckText *deck, FlisWords words, const char *name)
{
	const char *word = deck->folded + words.at[0].start;
	size_t length = strlen(name);

	if (strchr(name, ' ') != NULL)
		return flis_words_begin(deck, words, name) > 0;
	return words.at[0].length >= length && memcmp(word, name, length) == 0 &&
		   (words.at[0].length == length || strchr("-.,:;)", word[length]) != NULL);
}

/*
 * has_text tells whether a cell has a text: it is neither empty nor a dash.
 */
static bool
has_text(FlisWords words, const FlisDeckText *deck)
{
	return words.count > 1 || (words.count == 1 && !flis_word_is_dash(deck, &words.at[0]));
}
