/*
 * deck_columns.c
 *		The rows of a deck whose text keeps the table's columns by position.
 *
 * pdftotext -layout sets each line of each cell where it stands on the page, so that a cell's
 * words are known by where they begin, give or take a few letters: where a cell is full, but one
 * space may separate it from the next.
 */
#include <stdlib.h>

#include "deck/deck_columns.h"
#include "deck/deck_match.h"
#include "deck/deck_measure.h"
#include "deck/deck_source.h"

/* Letters by which a cell may begin left of its column after a gap. */
#define LEFT_OF_COLUMN 3

/*
 * Letters by which it may begin beside its column after a single space: any word, one with a capital
 * letter, and one with which notes begin.
 */
#define LEFT_AFTER_SPACE 3
#define RIGHT_AFTER_SPACE 4
#define LEFT_OF_CAPITAL 10

static bool read_table(FlisDeckText *deck, int from, int until, FlisDeckCells *rows,
					   int *row_count);
static bool refuse_outside_row(const FlisDeckText *deck, int line, int at);
static void place_line(const FlisDeckText *deck, const FlisWord *words, int count,
					   const int *starts, uint8_t *columns);
static int place_after_gap(const FlisWord *word, const int *starts);
static int begin_after_space(const FlisDeckText *deck, const FlisWord *words, int from, int until,
							 int column, const int *starts);
static int begin_frequency(const FlisDeckText *deck, const FlisWord *words, int from, int until,
						   const int *starts);
static int begin_month(const FlisDeckText *deck, const FlisWord *words, int from, int until);
static int letters(const FlisDeckText *deck, const FlisWord *word);

/*
 * flis_deck_columns
 *		Reads the cells of all rows into rows, which has room for each known area once.  Returns false
 *		with the error set where something can't be assigned.
 */
bool
flis_deck_columns(FlisDeckText *deck, FlisDeckCells *rows, int *row_count)
{
	int line = 0;

	*row_count = 0;
	for (int i = 0; i < deck->word_count;)
	{
		int first = i;

		flis_deck_interrupts(deck, i);
		if ((deck->words[i].flags & FLIS_STARTS_LINE) != 0)
			line = i;
		if ((deck->words[i].flags & FLIS_OUTSIDE) != 0)
		{
			if (!refuse_outside_row(deck, line, i))
				return false;
			i++;
			continue;
		}
		do
			i++;
		while (i < deck->word_count &&
			   (deck->words[i].flags & (FLIS_OUTSIDE | FLIS_STARTS_TABLE)) == 0);
		if (!read_table(deck, first, i, rows, row_count))
			return false;
	}
	return true;
}

/* Prose may say "Månedligt"; a row in it means that a title was not understood. */
static bool
refuse_outside_row(const FlisDeckText *deck, int line, int at)
{
	int used;

	if (!flis_word_begins_frequency(deck, &deck->words[at]) ||
		flis_words_area(deck, deck->words + line, at - line, &used) < 0)
		return true;
	return flis_deck_refuse(deck, FLIS_DECK_UNASSIGNED, deck->words + line, at + 1 - line);
}

static bool
read_table(FlisDeckText *deck, int from, int until, FlisDeckCells *rows, int *row_count)
{
	uint8_t *columns = deck->host->alloc((size_t) (until - from));
	FlisDeckGrid grid = {0};
	int ruler_count;
	const FlisDeckRuler *ruler = flis_deck_rulers(deck, from, until, &ruler_count);
	const FlisDeckRuler *last;

	if (ruler_count == 0)
	{
		if (flis_words_are_headings(deck, deck->words + from, until - from, false))
			return true;
		return flis_deck_refuse(deck, FLIS_DECK_UNASSIGNED, deck->words + from, until - from);
	}
	last = ruler + ruler_count - 1;
	for (int i = from; i < until;)
	{
		int count = flis_line_words(deck->words + i, until - i);
		int line = deck->words[i].line;

		flis_deck_interrupts(deck, i);
		while (ruler < last && abs(ruler[1].line - line) < abs(ruler->line - line))
			ruler++;
		place_line(deck, deck->words + i, count, ruler->starts, columns + (i - from));
		i += count;
	}
	for (int i = 0; i < until - from; i++)
		grid.counts[columns[i]]++;
	for (int column = 0; column < FLIS_DECK_COLUMNS; column++)
	{
		grid.words[column] =
			deck->host->alloc(((size_t) grid.counts[column] + 1) * sizeof(FlisWord));
		grid.counts[column] = 0;
	}
	for (int i = 0; i < until - from; i++)
	{
		FlisWord *words = grid.words[columns[i]];
		int count = grid.counts[columns[i]]++;

		flis_deck_interrupts(deck, i);
		words[count] = deck->words[from + i];
		words[count].flags &= FLIS_SOFT_HYPHEN;
		if (count == 0 || words[count - 1].line != words[count].line)
			words[count].flags |= FLIS_STARTS_LINE;
	}
	return flis_deck_grid_rows(deck, &grid, rows, row_count);
}

/*
 * Finds the column of each word of a line.  What follows a gap goes by where it begins; after a
 * single space a new cell begins only where no gap marks the column's beginning.
 */
static void
place_line(const FlisDeckText *deck, const FlisWord *words, int count, const int *starts,
		   uint8_t *columns)
{
	bool has_gap[FLIS_DECK_COLUMNS] = {false};
	int column = FLIS_COLUMN_AREA;

	for (int i = 0; i < count; i++)
	{
		int placed = place_after_gap(&words[i], starts);

		flis_deck_interrupts(deck, i);
		/* A gap further right is one within the cell. */
		if ((i == 0 || (words[i].flags & FLIS_AFTER_GAP) != 0) &&
			words[i].column <= starts[placed] + LEFT_OF_CAPITAL)
			has_gap[placed] = true;
	}
	for (int i = 0; i < count;)
	{
		int placed = place_after_gap(&words[i], starts);
		int end = i + 1;

		while (end < count && (words[end].flags & FLIS_AFTER_GAP) == 0)
			end++;
		if (placed > column)
			column = placed;
		columns[i++] = (uint8_t) column;
		while (i < end)
		{
			/* A heading may reach over several columns, so that only a frequency ends a name. */
			int last = column == FLIS_COLUMN_AREA ? FLIS_COLUMN_FREQUENCY : FLIS_COLUMN_NOTE;
			int start = end;
			int next = column;

			while (start == end && ++next <= last)
			{
				if (!has_gap[next])
					start = begin_after_space(deck, words, i, end, next, starts);
			}
			while (i < start)
				columns[i++] = (uint8_t) column;
			if (i < end)
			{
				column = next;
				columns[i++] = (uint8_t) column;
			}
		}
	}
}

static int
place_after_gap(const FlisWord *word, const int *starts)
{
	int column = FLIS_COLUMN_NOTE;

	while (column > FLIS_COLUMN_AREA)
	{
		int left = (starts[column] - starts[column - 1]) / 3;

		if (left > LEFT_OF_COLUMN)
			left = LEFT_OF_COLUMN;
		if (word->column >= starts[column] - left)
			break;
		column--;
	}
	return column;
}

/*
 * Finds the word that begins a column among words with single spaces; until where there is none.
 *
 * The cell before ends where the column begins, so that text that reaches well into the column
 * holds the beginning of a cell: words with which notes begin, else a capital letter or dash near
 * the column's beginning, else, as in the lower lines of a cell, the word nearest to it.
 */
static int
begin_after_space(const FlisDeckText *deck, const FlisWord *words, int from, int until, int column,
				  const int *starts)
{
	const FlisWord *last = &words[until - 1];
	int near_capital = until;
	int near_word = until;
	int far_capital = until;
	int distance[2] = {LEFT_OF_CAPITAL, LEFT_OF_CAPITAL};

	if (column == FLIS_COLUMN_FREQUENCY)
		return begin_frequency(deck, words, from, until, starts);
	if (column == FLIS_COLUMN_MONTH)
		return begin_month(deck, words, from, until);
	if (last->column + letters(deck, last) <= starts[column] + RIGHT_AFTER_SPACE &&
		!flis_word_is_dash(deck, last))
		return until;
	for (int i = from; i < until; i++)
	{
		int offset = words[i].column - starts[column];
		bool is_capital =
			flis_word_is_capital(deck, &words[i]) || flis_word_is_dash(deck, &words[i]);

		if (offset < -LEFT_OF_CAPITAL)
			continue;
		if (offset > RIGHT_AFTER_SPACE)
			break;
		if (column == FLIS_COLUMN_NOTE && flis_words_begin_note(deck, words + i, until - i))
			return i;
		if (offset < -RIGHT_AFTER_SPACE)
		{
			if (is_capital)
				far_capital = i;
			continue;
		}
		if (is_capital && abs(offset) < distance[0])
		{
			near_capital = i;
			distance[0] = abs(offset);
		}
		if (offset >= -LEFT_AFTER_SPACE && abs(offset) < distance[1])
		{
			near_word = i;
			distance[1] = abs(offset);
		}
	}
	if (near_capital < until && distance[0] <= distance[1] + 2)
		return near_capital;
	return near_word < until ? near_word : far_capital;
}

/* A name ends with a frequency alone, because a heading may reach over several columns. */
static int
begin_frequency(const FlisDeckText *deck, const FlisWord *words, int from, int until,
				const int *starts)
{
	for (int i = from; i < until; i++)
	{
		if (abs(words[i].column - starts[FLIS_COLUMN_FREQUENCY]) <= RIGHT_AFTER_SPACE &&
			flis_word_begins_frequency(deck, &words[i]))
			return i;
	}
	return until;
}

/* What comes after a frequency and does not go on with it is the month, or a piece of it. */
static int
begin_month(const FlisDeckText *deck, const FlisWord *words, int from, int until)
{
	for (int i = from; i < until; i++)
	{
		char last = flis_word_last(deck, &words[i - 1]);
		bool is_open = last == '/' || last == '-';

		if (flis_word_begins_frequency(deck, &words[i]) || flis_word_is(deck, &words[i], "og") ||
			flis_word_is(deck, &words[i - 1], "og") || deck->clean[words[i].start] == '/')
			continue;
		if (!is_open || flis_word_is_capital(deck, &words[i]) || flis_word_is_dash(deck, &words[i]))
			return i;
	}
	return until;
}

static int
letters(const FlisDeckText *deck, const FlisWord *word)
{
	int count = 0;

	for (uint32_t i = 0; i < word->length; i++)
		count += ((unsigned char) deck->clean[word->start + i] & 0xC0) != 0x80;
	return count;
}
