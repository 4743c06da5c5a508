/*
 * deck_measure.c
 *		Where the columns of a table begin on each of its lines.
 *
 * pdftotext -layout sets out each part of a page by itself, so that a column may begin further
 * left below a heading than above.  A line that shows all of a row's columns measures itself; a
 * line that doesn't borrows from the nearest like it, and where there is none, from what most
 * lines or the columns' headings say.
 */
#include <stdlib.h>
#include <string.h>

#include "base/enum_labels.h"
#include "deck/deck_match.h"
#include "deck/deck_measure.h"

/* Columns of letters in which a column of the table may begin. */
#define WIDTH_MAX 512

/* Letters by which columns that begin alike may differ, and by which one part of a page may. */
#define ALIKE 3
#define APART 10

/* Words of a table's headings before its first word. */
#define HEADING_WORDS_MAX 32

#define UNKNOWN (-1)

typedef struct Votes
{
	int starts[FLIS_DECK_COLUMNS];
	int votes[FLIS_DECK_COLUMNS][WIDTH_MAX];
} Votes;

static bool measure_line(const FlisDeckText *deck, const FlisWord *words, int count,
						 FlisDeckRuler *ruler);
static void count_votes(const FlisDeckText *deck, int from, const FlisDeckRuler *rulers, int count,
						Votes *votes);
static bool is_increasing(const int *starts);
static bool agree(const int *left, const int *right);
static void borrow(FlisDeckRuler *ruler, const FlisDeckRuler *before, const FlisDeckRuler *after,
				   const int *usual);

/*
 * flis_deck_rulers
 *		Measures the lines of a table that have a frequency, from the top down.  count is 0 where the
 *		columns can't be told apart.
 */
FlisDeckRuler *
flis_deck_rulers(const FlisDeckText *deck, int from, int until, int *count)
{
	FlisDeckRuler *rulers = NULL;
	Votes votes;
	int lines = 1;
	int kept = 0;
	const FlisDeckRuler *before = NULL;

	*count = 0;
	for (int i = from; i < until; i++)
		lines += flis_word_begins_frequency(deck, &deck->words[i]);
	rulers = deck->host->alloc((size_t) lines * sizeof(FlisDeckRuler));
	for (int i = from; i < until;)
	{
		int words = flis_line_words(deck->words + i, until - i);

		flis_deck_interrupts(deck, i);
		if (measure_line(deck, deck->words + i, words, &rulers[*count]))
			(*count)++;
		i += words;
	}
	count_votes(deck, from, rulers, *count, &votes);

	/* A frequency far from all others is a word of a note; a line alone in its kind is misread. */
	for (int i = 0; i < *count; i++)
	{
		FlisDeckRuler ruler = rulers[i];

		ruler.is_whole =
			ruler.is_whole && (agree(ruler.starts, votes.starts) ||
							   (i > 0 && agree(ruler.starts, rulers[i - 1].starts)) ||
							   (i + 1 < *count && agree(ruler.starts, rulers[i + 1].starts)));
		if (ruler.is_whole ||
			abs(ruler.starts[FLIS_COLUMN_FREQUENCY] - votes.starts[FLIS_COLUMN_FREQUENCY]) <= APART)
			rulers[kept++] = ruler;
	}
	*count = kept;

	/* The nearest whole ruler above is before; the nearest below is looked for once for all. */
	for (int i = 0, next = 0; i < *count; i++)
	{
		if (next <= i)
			next = i + 1;
		while (next < *count && !rulers[next].is_whole)
			next++;
		if (rulers[i].is_whole)
			before = &rulers[i];
		else
			borrow(&rulers[i], before, next < *count ? &rulers[next] : NULL, votes.starts);
		if (!is_increasing(rulers[i].starts))
			*count = 0;
	}
	return rulers;
}

/* Measures a line by its own words; false where it has no frequency. */
static bool
measure_line(const FlisDeckText *deck, const FlisWord *words, int count, FlisDeckRuler *ruler)
{
	const FlisWord *month;
	int next = 0;
	int gaps = 0;

	while (next < count && !flis_word_begins_frequency(deck, &words[next]))
		next++;
	if (next == count)
		return false;
	*ruler =
		(FlisDeckRuler){words[0].line, {0, words[next].column, UNKNOWN, UNKNOWN, UNKNOWN}, false};
	next++;
	if (next == count || !flis_word_is_month_cell(deck, &words[next]))
		return true;
	month = &words[next];
	ruler->starts[FLIS_COLUMN_MONTH] = month->column;
	for (next++; next < count; next++)
	{
		if ((words[next].flags & FLIS_AFTER_GAP) == 0)
			continue;
		if (gaps++ < 2)
			ruler->starts[FLIS_COLUMN_MONTH + gaps] = words[next].column;
	}
	ruler->is_whole = gaps == 2;
	if (ruler->is_whole)
		return true;
	ruler->starts[FLIS_COLUMN_SOURCE] = ruler->starts[FLIS_COLUMN_NOTE] = UNKNOWN;
	/* A dash may be the source: the month can stand above and below, broken in the middle. */
	if (flis_word_is_dash(deck, month))
		ruler->starts[FLIS_COLUMN_MONTH] = UNKNOWN;
	return true;
}

/*
 * Finds where most lines say that each column begins; where none does, where the column's heading
 * before the table does.
 */
static void
count_votes(const FlisDeckText *deck, int from, const FlisDeckRuler *rulers, int count,
			Votes *votes)
{
	static const char *const headings[FLIS_DECK_COLUMNS] = {NULL, NULL, "data", "kilde", "drift"};

	memset(votes, 0, sizeof(*votes));
	for (int i = 0; i < count; i++)
	{
		for (int column = FLIS_COLUMN_FREQUENCY; column < FLIS_DECK_COLUMNS; column++)
		{
			int start = rulers[i].starts[column];

			if (start >= 0 && start < WIDTH_MAX)
				votes->votes[column][start]++;
		}
	}
	for (int column = FLIS_COLUMN_FREQUENCY; column < FLIS_DECK_COLUMNS; column++)
	{
		int best = 0;

		for (int i = from - 1; headings[column] != NULL && i >= 0 && i >= from - HEADING_WORDS_MAX;
			 i--)
		{
			if (flis_word_is(deck, &deck->words[i], headings[column]) &&
				deck->words[i].column < WIDTH_MAX)
			{
				best = deck->words[i].column;
				break;
			}
		}
		for (int start = 0; start < WIDTH_MAX; start++)
		{
			if (votes->votes[column][start] > votes->votes[column][best])
				best = start;
		}
		votes->starts[column] = best;
	}
}

static bool
is_increasing(const int *starts)
{
	for (int column = FLIS_COLUMN_FREQUENCY; column < FLIS_DECK_COLUMNS; column++)
	{
		if (starts[column] <= starts[column - 1])
			return false;
	}
	return true;
}

/* Tells whether two lines show the same columns; what a line doesn't show is no difference. */
static bool
agree(const int *left, const int *right)
{
	for (int column = FLIS_COLUMN_FREQUENCY; column < FLIS_DECK_COLUMNS; column++)
	{
		if (left[column] != UNKNOWN && right[column] != UNKNOWN &&
			abs(left[column] - right[column]) > ALIKE)
			return false;
	}
	return true;
}

/* Completes a ruler from the whole one above or below that is more like it, else from the usual. */
static void
borrow(FlisDeckRuler *ruler, const FlisDeckRuler *before, const FlisDeckRuler *after,
	   const int *usual)
{
	const FlisDeckRuler *lender = before != NULL ? before : after;

	if (before != NULL && after != NULL)
	{
		int own = ruler->starts[FLIS_COLUMN_FREQUENCY];
		int difference = abs(before->starts[FLIS_COLUMN_FREQUENCY] - own) -
						 abs(after->starts[FLIS_COLUMN_FREQUENCY] - own);

		if (difference > 0 ||
			(difference == 0 && after->line - ruler->line < ruler->line - before->line))
			lender = after;
	}
	for (int column = FLIS_COLUMN_MONTH; column < FLIS_DECK_COLUMNS; column++)
	{
		if (ruler->starts[column] == UNKNOWN)
			ruler->starts[column] = lender != NULL ? lender->starts[column] : usual[column];
	}
}

/*
 * flis_line_words
 *		Counts the words up to the end of the first one's line.
 */
int
flis_line_words(const FlisWord *words, int count)
{
	int used = 1;

	while (used < count && (words[used].flags & FLIS_STARTS_LINE) == 0)
		used++;
	return used;
}

/*
 * flis_word_begins_frequency
 *		Tells whether a word is a frequency or the first of several ("Månedligt/").
 */
bool
flis_word_begins_frequency(const FlisDeckText *deck, const FlisWord *word)
{
	uint32_t length = word->length;

	while (length > 0 && strchr("/,-", deck->clean[word->start + length - 1]) != NULL)
		length--;
	return flis_word_is_capital(deck, word) &&
		   (flis_is_frequency(deck->folded + word->start, length) ||
			flis_words_frequency(deck, word, 1, NULL) > 0);
}

/*
 * flis_word_is_month_cell
 *		Tells whether a word is a month or a dash.
 */
bool
flis_word_is_month_cell(const FlisDeckText *deck, const FlisWord *word)
{
	int month;
	int year;

	return flis_words_month(deck, word, 1, &month, &year) > 0;
}
