/*
 * deck.c
 *		A status deck's text to rows: how far each area reaches and what is said of its operation.
 *
 * The text is read in one of three ways, by what it says of the cells' borders: deck_cells where it
 * separates them, deck_geometry where it gives the place of each word, deck_flow where it only runs on
 * (with deck_border).  deck_match and deck_note say what words mean.  A deck is read wholly or refused.
 */
#include <string.h>

#include "base/enum_labels.h"
#include "deck/deck_match.h"
#include "deck/deck_note.h"

static FlisDeckArea *folded_areas(const FlisHost *host, const FlisDeckArea *areas, int area_count);
static const char *folded_copy(const FlisHost *host, const char *text);
static bool read_rows(FlisDeckText *deck);
static bool finish_row(const FlisDeckText *deck, const FlisDeckCells *cells,
					   const FlisDeckArea *area, FlisDeckRow *row);
static bool has_text(FlisWords words, const FlisDeckText *deck);

/*
 * flis_read_deck reads the length bytes of a deck of a year (1 to 9999; 0 where its titles must say it)
 * against the known areas, none of whose code and name is NULL.  Returns false with only the error set
 * where it can't be read wholly.  All that deck and error point to is memory of the host.
 */
bool
flis_read_deck(const FlisHost *host, const char *text, size_t length, int year,
			   const FlisDeckArea *areas, int area_count, FlisDeck *deck, FlisDeckError *error)
{
	FlisDeckText words = {
		.host = host, .area_count = area_count, .year = year, .as_of = FLIS_NO_DAY, .error = error};

	if (length > FLIS_DECK_MAX)
		return flis_deck_refuse(&words, FLIS_DECK_TOO_LONG, (FlisWords){NULL, 0});
	words.areas = folded_areas(host, areas, area_count);
	/* No area comes twice, so that there are no more rows than areas. */
	words.rows = host->alloc(((size_t) area_count + 1) * sizeof(FlisDeckCells));
	if (!flis_deck_clean(&words, text, length) || !read_rows(&words))
		return false;
	if (words.row_count == 0)
		return flis_deck_refuse(&words, FLIS_DECK_NO_TABLE, (FlisWords){NULL, 0});
	if (words.as_of == FLIS_NO_DAY)
		return flis_deck_refuse(&words, FLIS_DECK_NO_DATE, (FlisWords){NULL, 0});

	deck->as_of = words.as_of;
	deck->row_count = words.row_count;
	deck->rows = host->alloc((size_t) deck->row_count * sizeof(FlisDeckRow));
	for (int row = 0; row < deck->row_count; row++)
	{
		if (!finish_row(&words, &words.rows[row], &areas[words.rows[row].area], &deck->rows[row]))
			return false;
	}
	return true;
}

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
 * folded_areas copies the known areas with their words folded, as they are compared.
 */
static FlisDeckArea *
folded_areas(const FlisHost *host, const FlisDeckArea *areas, int area_count)
{
	FlisDeckArea *folded = host->alloc(((size_t) area_count + 1) * sizeof(FlisDeckArea));

	for (int i = 0; i < area_count; i++)
	{
		const char **aliases =
			host->alloc(((size_t) areas[i].alias_count + 1) * sizeof(const char *));

		for (int alias = 0; alias < areas[i].alias_count; alias++)
			aliases[alias] = folded_copy(host, areas[i].aliases[alias]);
		folded[i] = (FlisDeckArea){.code = folded_copy(host, areas[i].code),
								   .name = folded_copy(host, areas[i].name),
								   .group = folded_copy(host, areas[i].group),
								   .source = folded_copy(host, areas[i].source),
								   .aliases = aliases,
								   .alias_count = areas[i].alias_count};
	}
	return folded;
}

static const char *
folded_copy(const FlisHost *host, const char *text)
{
	size_t length;
	char *copy;

	if (text == NULL)
		return NULL;
	length = strlen(text);
	copy = host->alloc(length + 1);
	flis_fold(text, length, copy);
	copy[length] = '\0';
	return copy;
}

/*
 * finish_row makes a row of its cells.
 */
static bool
finish_row(const FlisDeckText *deck, const FlisDeckCells *cells, const FlisDeckArea *area,
		   FlisDeckRow *row)
{
	const char *known = deck->areas[cells->area].source;

	*row = (FlisDeckRow){.line = cells->line,
						 .area = cells->area,
						 .data_through = FLIS_NO_DAY,
						 .frequency = flis_frequency_text(deck, cells->frequency)};
	if (!cells->period.is_dash)
	{
		row->data_through = flis_deck_period_end(&cells->period, deck->as_of);
		if (row->data_through == FLIS_NO_DAY ||
			(cells->period.kind != FLIS_MONTH && cells->period.kind != area->period))
			return flis_deck_refuse(deck, FLIS_DECK_BAD_PERIOD, cells->printed_period);
	}
	/* A source that is known is printed as it is known, however a narrow cell broke its words. */
	if (known != NULL && cells->source.count > 0 &&
		flis_words_begin(deck, cells->source, known) == cells->source.count)
		row->source = area->source;
	else if (has_text(cells->source, deck))
		row->source = flis_words_joined(deck, cells->source);
	if (has_text(cells->note, deck))
		row->note = flis_words_joined(deck, cells->note);
	if (!flis_note_meaning(deck->host, row->note, row))
		return flis_deck_refuse(deck, FLIS_DECK_BAD_NOTE, cells->note);
	/* A dash instead of a period means that there is nothing to see, whatever the note says. */
	if (cells->period.is_dash)
		row->state = FLIS_CLOSED;
	return true;
}

/*
 * has_text tells whether a cell says anything: it is not empty and no dash.
 */
static bool
has_text(FlisWords words, const FlisDeckText *deck)
{
	return words.count > 1 || (words.count == 1 && !flis_word_is_dash(deck, &words.at[0]));
}
