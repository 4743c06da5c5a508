/*
 * deck_align.c
 *		The lines of one column to the cells of the rows of a table.
 *
 * Cells aligned at the top begin on the row's first line.  Cells aligned in the middle have as many
 * lines above the row's middle as below, or one more on one side: what stands half a line higher or
 * lower than the middle is printed on the line of something else.  Which lines between two rows are the upper's and which the lower's then
 * follows from where the first and the last row end, and where that leaves a choice, from how
 * cells begin and end: the way with the lowest cost is taken.
 */
#include <limits.h>

#include "deck/deck_align.h"
#include "deck/deck_match.h"
#include "deck/deck_note.h"

#define IMPOSSIBLE INT_MAX

/* What counts against a way: a torn cell most, a line out of the middle least. */
#define COST_TORN 4
#define COST_EMPTY 3
#define COST_OTHER_SOURCE 2
#define COST_OPEN_END 1
#define COST_UNEVEN 1

/* The best way to a row that takes so many lines above its middle. */
typedef struct Step
{
	int cost;
	int above_before; /* lines above the middle of the row before */
} Step;

static int align_top(const FlisDeckTask *task, FlisDeckCell *cells);
static int align_middle(const FlisDeckTask *task, FlisDeckCell *cells);
static void take_step(const FlisDeckTask *task, int row, int above, int cost, const int *middles,
					  const int *nexts, Step **steps);
static int lines_before_heading(const FlisDeckTask *task, int row, int from, int until);
static FlisDeckCell cell_of_lines(const FlisDeckTask *task, int from, int until);
static int cost_of(const FlisDeckTask *task, int row, FlisDeckCell cell);

/*
 * flis_deck_lines
 *		Cuts a column's words into its lines.
 */
FlisDeckLine *
flis_deck_lines(const FlisDeckText *deck, const FlisWord *words, int count, int *line_count)
{
	FlisDeckLine *lines;
	int size = 1;

	for (int i = 0; i < count; i++)
		size += (words[i].flags & FLIS_STARTS_LINE) != 0;
	lines = deck->host->alloc((size_t) size * sizeof(FlisDeckLine));
	*line_count = 0;
	for (int i = 0; i < count; i++)
	{
		flis_deck_interrupts(deck, i);
		if ((words[i].flags & FLIS_STARTS_LINE) != 0)
			lines[(*line_count)++] = (FlisDeckLine){i, 0, words[i].line};
		lines[*line_count - 1].count++;
	}
	return lines;
}

/*
 * flis_deck_align
 *		Fills one cell a row, a cell without words where the column is empty there, and returns what
 *		looks odd about them; -1 where the lines can't be given to the rows in this alignment.
 */
int
flis_deck_align(const FlisDeckTask *task, FlisDeckAlignment alignment, FlisDeckCell *cells)
{
	return alignment == FLIS_ALIGNED_TOP ? align_top(task, cells) : align_middle(task, cells);
}

static int
align_top(const FlisDeckTask *task, FlisDeckCell *cells)
{
	int next = 0;
	int cost = 0;

	for (int row = 0; row < task->place_count; row++)
	{
		bool is_last = row + 1 == task->place_count;
		int from = next;

		if (next < task->line_count && task->lines[next].line < task->places[row].top)
			return -1;
		while (next < task->line_count &&
			   (is_last || task->lines[next].line < task->places[row + 1].top))
			next++;
		if (!is_last && lines_before_heading(task, row, from, next) != next - from)
			return -1;
		cells[row] = cell_of_lines(task, from, next);
		cost += cost_of(task, row, cells[row]);
	}
	return cost;
}

/*
 * Finds the cheapest way down the rows.  middles[row] is the first line at or below the middle of a
 * row, nexts[row] the first below it; steps[row] has a place for each number of lines above the
 * middle that the row may take, so that all steps together are no more than lines and rows.
 */
static int
align_middle(const FlisDeckTask *task, FlisDeckCell *cells)
{
	const FlisHost *host = task->deck->host;
	int rows = task->place_count;
	int *middles = host->alloc(((size_t) rows + 1) * sizeof(int));
	int *nexts = host->alloc(((size_t) rows + 1) * sizeof(int));
	Step **steps = host->alloc(((size_t) rows + 1) * sizeof(Step *));
	int line = 0;
	int above = 0;
	int cost;

	for (int row = 0; row <= rows; row++)
	{
		int from = line;

		while (line < task->line_count &&
			   (row == rows || 2 * task->lines[line].line < task->places[row].middle))
			line++;
		middles[row] = line;
		if (row < rows && line < task->line_count &&
			2 * task->lines[line].line == task->places[row].middle)
			line++;
		nexts[row] = line;
		steps[row] = host->alloc(((size_t) (middles[row] - from) + 1) * sizeof(Step));
		for (int i = 0; i <= middles[row] - from; i++)
			steps[row][i] = (Step){IMPOSSIBLE, 0};
	}

	/* All lines above the first row's middle are its own; below the last row's none is left over. */
	steps[0][middles[0]].cost = 0;
	for (int row = 0; row < rows; row++)
	{
		int from = row == 0 ? 0 : nexts[row - 1];

		for (int i = 0; i <= middles[row] - from; i++)
		{
			task->deck->host->check_interrupts();
			if (steps[row][i].cost != IMPOSSIBLE)
				take_step(task, row, i, steps[row][i].cost, middles, nexts, steps);
		}
	}
	cost = steps[rows][0].cost;
	if (cost == IMPOSSIBLE)
		return -1;
	for (int row = rows; row > 0; row--)
	{
		int until = middles[row] - above;

		above = steps[row][above].above_before;
		cells[row - 1] = cell_of_lines(task, middles[row - 1] - above, until);
	}
	return cost;
}

/* Tries each number of lines below a row's middle that goes with the number above it. */
static void
take_step(const FlisDeckTask *task, int row, int above, int cost, const int *middles,
		  const int *nexts, Step **steps)
{
	int between = middles[row + 1] - nexts[row];
	int forced = -1;

	if (row + 1 < task->place_count && task->places[row + 1].heading > 0)
		forced = lines_before_heading(task, row, nexts[row], middles[row + 1]);
	for (int uneven = -1; uneven <= 1; uneven++)
	{
		int below = above + uneven;
		Step *step;
		int new_cost;

		if (below < 0 || below > between || (forced >= 0 && below != forced))
			continue;
		new_cost =
			cost + (uneven != 0 ? COST_UNEVEN : 0) +
			cost_of(task, row, cell_of_lines(task, middles[row] - above, nexts[row] + below));
		step = &steps[row + 1][between - below];
		if (new_cost < step->cost)
			*step = (Step){new_cost, above};
	}
}

/* Counts the lines of a range above the first heading between a row and the next. */
static int
lines_before_heading(const FlisDeckTask *task, int row, int from, int until)
{
	int heading = task->places[row + 1].heading;
	int count = 0;

	while (from + count < until && (heading == 0 || task->lines[from + count].line < heading))
		count++;
	return count;
}

static FlisDeckCell
cell_of_lines(const FlisDeckTask *task, int from, int until)
{
	const FlisDeckLine *last = &task->lines[until - 1];

	if (from == until)
		return (FlisDeckCell){0, 0};
	return (FlisDeckCell){task->lines[from].first,
						  last->first + last->count - task->lines[from].first};
}

/*
 * Tells how odd a cell looks by its first and last words alone, so that trying is cheap: torn from
 * the words before, put together from two cells, or left open.
 */
static int
cost_of(const FlisDeckTask *task, int row, FlisDeckCell cell)
{
	const FlisDeckText *deck = task->deck;
	const FlisWord *words = task->words + cell.first;
	int cost = 0;

	if (cell.count == 0)
		return COST_EMPTY;
	if (flis_word_is_dash(deck, words))
		return cell.count > 1 ? COST_TORN : 0;
	if (task->is_note)
	{
		char first = deck->clean[words->start];
		char last = flis_word_last(deck, &words[cell.count - 1]);

		for (int i = 0; i < FLIS_ON_SCHEDULE_NOTES; i++)
		{
			int used = flis_words_begin(deck, words, cell.count, flis_on_schedule_notes[i]);

			if (used > 0)
				return used < cell.count ? COST_TORN : 0;
		}
		if (!flis_word_is_capital(deck, words) && !(first >= '0' && first <= '9'))
			cost += COST_TORN;
		if (last != '.' && last != '!' && last != '?' && last != ')')
			cost += COST_OPEN_END;
	}
	else
	{
		const char *source = deck->areas[task->places[row].area].source;

		if (!flis_word_is_capital(deck, words))
			cost += COST_TORN;
		if (source != NULL && flis_words_begin(deck, words, cell.count, source) != cell.count)
			cost += COST_OTHER_SOURCE;
	}
	return cost;
}
