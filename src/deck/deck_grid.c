/*
 * deck_grid.c
 *		Lines of five columns to the rows of a table.
 *
 * Each row has one frequency and one month; the known name around them is the row's.  A table's
 * cells are all aligned in the middle or all at the top.  Both are tried on the whole table, and
 * the one that leaves less that looks odd is taken.
 */
#include <string.h>

#include "deck/deck_align.h"
#include "deck/deck_grid.h"
#include "deck/deck_match.h"
#include "deck/deck_source.h"

/* Lines of a name above or below the row's middle at most. */
#define NAME_LINES_MAX 6

typedef struct Table
{
	FlisDeckText *deck;
	const FlisDeckGrid *grid;
	FlisDeckCells *rows;
	FlisDeckPlace *places;
	int row_count;
} Table;

static bool read_anchors(Table *table);
static bool read_names(Table *table, const FlisDeckCells *known, int known_count);
static int name_at(const Table *table, int row, const FlisDeckLine *lines, int next, int end,
				   int *from, int *until);
static bool read_cells(Table *table);
static int cells_aligned(const Table *table, FlisDeckAlignment alignment, FlisDeckCell *sources,
						 FlisDeckCell *notes);

/*
 * flis_deck_grid_rows
 *		Appends the cells of a table's rows to rows.  Returns false with the error set where a line
 *		belongs to no row or a row can't be read.
 */
bool
flis_deck_grid_rows(FlisDeckText *deck, const FlisDeckGrid *grid, FlisDeckCells *rows,
					int *row_count)
{
	Table table = {.deck = deck, .grid = grid};

	if (grid->counts[FLIS_COLUMN_FREQUENCY] == 0)
		return flis_deck_refuse(deck, FLIS_DECK_NO_TABLE, NULL, 0);
	if (!read_anchors(&table) || !read_names(&table, rows, *row_count) || !read_cells(&table))
		return false;
	if (table.row_count > 0)
		memcpy(rows + *row_count, table.rows, (size_t) table.row_count * sizeof(FlisDeckCells));
	*row_count += table.row_count;
	return true;
}

/* Pairs the frequencies with the months. */
static bool
read_anchors(Table *table)
{
	const FlisDeckText *deck = table->deck;
	const FlisWord *words = table->grid->words[FLIS_COLUMN_FREQUENCY];
	const FlisWord *months = table->grid->words[FLIS_COLUMN_MONTH];
	int count = table->grid->counts[FLIS_COLUMN_FREQUENCY];
	int month_count = table->grid->counts[FLIS_COLUMN_MONTH];
	int month = 0;

	table->rows = deck->host->alloc(((size_t) count + 1) * sizeof(FlisDeckCells));
	table->places = deck->host->alloc(((size_t) count + 1) * sizeof(FlisDeckPlace));
	for (int i = 0; i < count;)
	{
		FlisDeckCells *cells = &table->rows[table->row_count];
		FlisDeckPlace *place = &table->places[table->row_count++];
		int used;
		int month_used;
		int bottom;

		flis_deck_interrupts(deck, i);
		*cells = (FlisDeckCells){.line = words[i].line};
		used = flis_words_frequency(deck, words + i, count - i, &cells->frequency);
		if (used == 0)
			return flis_deck_refuse_line(table->deck, FLIS_DECK_BAD_FREQUENCY, words[i].line);
		bottom = words[i + used - 1].line;
		month_used = flis_words_month(deck, months + month, month_count - month, &cells->month,
									  &cells->year);
		/* A month that is no nearer to this row than to the next is the next one's. */
		if (month_used == 0 || (i + used < count && words[i + used].line - months[month].line <=
														months[month].line - bottom))
			return flis_deck_refuse_line(table->deck, FLIS_DECK_BAD_MONTH,
										 month < month_count && months[month].line < bottom
											 ? months[month].line
											 : words[i].line);
		*place = (FlisDeckPlace){.top = words[i].line, .middle = words[i].line + bottom};
		/* A frequency on two lines has its middle where the month's single line is. */
		if (used > 1 && months[month].line == months[month + month_used - 1].line)
			place->middle = 2 * months[month].line;
		if (months[month].line < place->top)
			place->top = months[month].line;
		month += month_used;
		i += used;
	}
	if (month < month_count)
		return flis_deck_refuse_line(table->deck, FLIS_DECK_BAD_MONTH, months[month].line);
	return true;
}

/*
 * Finds the known name of each row, and the lines above it that are headings; known are the rows of
 * the tables before.
 */
static bool
read_names(Table *table, const FlisDeckCells *known, int known_count)
{
	const FlisWord *words = table->grid->words[FLIS_COLUMN_AREA];
	int line_count;
	FlisDeckLine *lines =
		flis_deck_lines(table->deck, words, table->grid->counts[FLIS_COLUMN_AREA], &line_count);
	int next = 0;

	for (int row = 0; row < table->row_count; row++)
	{
		FlisDeckCells *cells = &table->rows[row];
		FlisDeckPlace *place = &table->places[row];
		int end = line_count;
		int from;
		int until;

		flis_deck_interrupts(table->deck, row);
		if (row + 1 < table->row_count)
		{
			for (end = next; end < line_count && lines[end].line < place[1].top; end++)
				;
		}
		cells->area = place->area = name_at(table, row, lines, next, end, &from, &until);
		if (cells->area < 0)
			return flis_deck_refuse_line(table->deck, FLIS_DECK_UNKNOWN_AREA, cells->line);
		for (int i = 0; i < known_count + row; i++)
		{
			if ((i < known_count ? known[i] : table->rows[i - known_count]).area == cells->area)
				return flis_deck_refuse_line(table->deck, FLIS_DECK_AREA_TWICE, cells->line);
		}
		if (from > next)
		{
			int first = lines[next].first;

			if (!flis_words_are_headings(table->deck, words + first, lines[from].first - first,
										 false))
				return flis_deck_refuse_line(table->deck, FLIS_DECK_UNASSIGNED, lines[next].line);
			place->heading = lines[next].line;
		}
		next = until;
	}
	/* A heading may be left behind at the end of a page. */
	if (next < line_count)
	{
		int first = lines[next].first;

		if (!flis_words_are_headings(table->deck, words + first,
									 table->grid->counts[FLIS_COLUMN_AREA] - first, true))
			return flis_deck_refuse_line(table->deck, FLIS_DECK_UNASSIGNED, lines[next].line);
	}
	return true;
}

/*
 * Finds the area whose name the lines around a row's middle, or from its top down, spell; the
 * longest such name.  next is the first line that is not taken, end the first that can't be the
 * row's; from and until become the name's lines.  -1 where there is no such name.
 */
static int
name_at(const Table *table, int row, const FlisDeckLine *lines, int next, int end, int *from,
		int *until)
{
	const FlisWord *words = table->grid->words[FLIS_COLUMN_AREA];
	int middle = table->places[row].middle;
	int above = next;
	int below;
	int area = -1;

	while (above < end && 2 * lines[above].line < middle)
		above++;
	below = above + (above < end && 2 * lines[above].line == middle);
	*from = *until = next;
	for (int first = above; first >= next && above - first <= NAME_LINES_MAX; first--)
	{
		for (int stop = below; stop <= end && stop - below <= NAME_LINES_MAX; stop++)
		{
			int uneven = (stop - below) - (above - first);
			int count;
			int used;
			int found;

			if (stop == first || stop - first <= *until - *from ||
				((uneven < -1 || uneven > 1) && lines[first].line != table->places[row].top))
				continue;
			count = lines[stop - 1].first + lines[stop - 1].count - lines[first].first;
			found = flis_words_area(table->deck, words + lines[first].first, count, &used);
			if (found >= 0 && used == count)
			{
				area = found;
				*from = first;
				*until = stop;
			}
		}
	}
	return area;
}

/* Gives the lines of the columns Kilde and Drift to the rows. */
static bool
read_cells(Table *table)
{
	const FlisHost *host = table->deck->host;
	size_t size = ((size_t) table->row_count + 1) * sizeof(FlisDeckCell);
	FlisDeckCell *sources[2] = {host->alloc(size), host->alloc(size)};
	FlisDeckCell *notes[2] = {host->alloc(size), host->alloc(size)};
	int middle = cells_aligned(table, FLIS_ALIGNED_MIDDLE, sources[0], notes[0]);
	int top = cells_aligned(table, FLIS_ALIGNED_TOP, sources[1], notes[1]);
	int best = middle < 0 || (top >= 0 && top < middle);

	if (middle < 0 && top < 0)
		return flis_deck_refuse_line(table->deck, FLIS_DECK_UNASSIGNED, table->rows[0].line);
	for (int row = 0; row < table->row_count; row++)
	{
		FlisDeckCells *cells = &table->rows[row];

		cells->source = table->grid->words[FLIS_COLUMN_SOURCE] + sources[best][row].first;
		cells->source_count = sources[best][row].count;
		cells->note = table->grid->words[FLIS_COLUMN_NOTE] + notes[best][row].first;
		cells->note_count = notes[best][row].count;
	}
	return true;
}

/* Returns how odd the cells look in an alignment, -1 where it is impossible. */
static int
cells_aligned(const Table *table, FlisDeckAlignment alignment, FlisDeckCell *sources,
			  FlisDeckCell *notes)
{
	int cost = 0;

	for (int column = FLIS_COLUMN_SOURCE; column <= FLIS_COLUMN_NOTE && cost >= 0; column++)
	{
		FlisDeckTask task = {.deck = table->deck,
							 .places = table->places,
							 .place_count = table->row_count,
							 .words = table->grid->words[column],
							 .is_note = column == FLIS_COLUMN_NOTE};
		int column_cost;

		task.lines =
			flis_deck_lines(table->deck, task.words, table->grid->counts[column], &task.line_count);
		column_cost = flis_deck_align(&task, alignment, task.is_note ? notes : sources);
		cost = column_cost < 0 ? -1 : cost + column_cost;
	}
	return cost;
}
