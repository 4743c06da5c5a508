/*
 * deck.c
 *		A status deck's text to rows: how far each area reaches and what is said of its operation.
 *
 * The way through the files: deck_text makes words of the text, deck_slides finds the tables among
 * them, deck_flow or deck_columns the cells of each row (with deck_source and deck_grid), and this
 * file what the cells mean (with deck_note).  A deck is read wholly or refused; each step is
 * linear in the text.
 */
#include <string.h>

#include "base/calendar.h"
#include "base/enum_labels.h"
#include "deck/deck_columns.h"
#include "deck/deck_flow.h"
#include "deck/deck_match.h"
#include "deck/deck_note.h"
#include "deck/deck_slides.h"

static FlisDeckArea *folded_areas(const FlisHost *host, const FlisDeckArea *areas, int area_count);
static const char *folded_copy(const FlisHost *host, const char *text);
static bool finish_row(const FlisDeckText *deck, const FlisDeckCells *cells,
					   const FlisDeckArea *areas, FlisDay as_of, FlisDeckRow *row);
static FlisDay month_end(int month, int year, FlisDay as_of);
static const char *source_text(const FlisDeckText *deck, const FlisDeckCells *cells,
							   const FlisDeckArea *area);
static const char *cell_text(const FlisDeckText *deck, const FlisWord *words, int count);

/*
 * flis_read_deck
 *		Reads the length bytes of a deck of a year (1 to 9999) against the known areas, none of whose
 *		code and name is NULL.  Returns false with only the error set where it can't be read wholly.
 *		All that deck and error point to is memory of the host.
 */
bool
flis_read_deck(const FlisHost *host, const char *text, size_t length, int year,
			   const FlisDeckArea *areas, int area_count, FlisDeck *deck, FlisDeckError *error)
{
	FlisDeckText words = {.host = host, .area_count = area_count, .error = error};
	FlisDeckCells *cells;
	bool in_columns;

	if (length > FLIS_DECK_MAX)
	{
		*error = (FlisDeckError){FLIS_DECK_TOO_LONG, 0, ""};
		return false;
	}
	words.areas = folded_areas(host, areas, area_count);
	flis_deck_split(&words, text, length);
	in_columns = flis_deck_in_columns(&words);
	if (!flis_deck_find_tables(&words, in_columns, year, &deck->as_of))
		return false;

	/* No area comes twice, so that there are no more rows than areas. */
	cells = host->alloc(((size_t) area_count + 1) * sizeof(FlisDeckCells));
	if (!(in_columns ? flis_deck_columns(&words, cells, &deck->row_count)
					 : flis_deck_flow(&words, cells, &deck->row_count)))
		return false;
	if (deck->row_count == 0)
		return flis_deck_refuse(&words, FLIS_DECK_NO_TABLE, NULL, 0);

	deck->rows = host->alloc((size_t) deck->row_count * sizeof(FlisDeckRow));
	for (int row = 0; row < deck->row_count; row++)
	{
		if (!finish_row(&words, &cells[row], areas, deck->as_of, &deck->rows[row]))
			return false;
	}
	return true;
}

/* Copies the known areas with their words folded, as they are compared. */
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

static bool
finish_row(const FlisDeckText *deck, const FlisDeckCells *cells, const FlisDeckArea *areas,
		   FlisDay as_of, FlisDeckRow *row)
{
	*row = (FlisDeckRow){.line = cells->line,
						 .area = cells->area,
						 .data_through = FLIS_NO_DAY,
						 .frequency = cells->frequency,
						 .source = source_text(deck, cells, &areas[cells->area]),
						 .note = cell_text(deck, cells->note, cells->note_count)};
	if (cells->month > 0)
	{
		row->data_through = month_end(cells->month, cells->year, as_of);
		if (row->data_through == FLIS_NO_DAY)
			return flis_deck_refuse_line(deck, FLIS_DECK_BAD_MONTH, cells->line);
	}
	flis_note_meaning(deck->host, row->note, row);
	return true;
}

/*
 * Finds the last day of a month: in its year where one is printed, else the latest that is not
 * after the deck's day, for a January deck's November is that of the year before.  FLIS_NO_DAY
 * where it lies after the deck's day or before the calendar range.
 */
static FlisDay
month_end(int month, int year, FlisDay as_of)
{
	int as_of_month = flis_month_of(as_of);
	int number = as_of_month - as_of_month % 12 + month - 1;
	FlisDay last;

	if (year > 0)
		number = year * 12 + month - 1;
	else if (flis_month_last(number) > as_of)
		number -= 12;
	last = flis_month_last(number);
	return last > as_of || last < FLIS_FIRST_DAY ? FLIS_NO_DAY : last;
}

/* Returns a row's source: as it is known if it is that one, however a narrow cell broke its words. */
static const char *
source_text(const FlisDeckText *deck, const FlisDeckCells *cells, const FlisDeckArea *area)
{
	const char *folded = deck->areas[cells->area].source;

	if (folded != NULL && cells->source_count > 0 &&
		flis_words_begin(deck, cells->source, cells->source_count, folded) == cells->source_count)
		return area->source;
	return cell_text(deck, cells->source, cells->source_count);
}

/* Returns a cell's text, NULL where the cell is empty or a dash. */
static const char *
cell_text(const FlisDeckText *deck, const FlisWord *words, int count)
{
	if (count == 0 || (count == 1 && flis_word_is_dash(deck, &words[0])))
		return NULL;
	return flis_words_joined(deck, words, count);
}
