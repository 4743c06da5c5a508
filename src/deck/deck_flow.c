/*
 * deck_flow.c
 *		The rows of a deck whose text runs on, cell after cell.
 *
 * The anchor of a row is its frequency followed by its month or dash.  The name of a known area
 * ends before it; what lies between the month and the next row's name is the row's source and
 * note, and perhaps the heading of the next group.  A word that fits nowhere refuses the deck.
 */
#include "deck/deck_flow.h"
#include "deck/deck_match.h"
#include "deck/deck_source.h"

/* Words that a frequency and a month together take at most. */
#define ANCHOR_WORDS_MAX 16

/* Words that may stand between a row's name and its month where its frequency is unknown. */
#define UNKNOWN_FREQUENCY_WORDS_MAX 2

/* The words of an anchor and of the area's name before it. */
typedef struct Anchor
{
	int area; /* -1 where no known name stands before it */
	int area_words;
	int frequency_words;
	int month_words; /* 0 where it can't be read */
	bool ends_month; /* what follows is not of the month's cell */
	FlisDeckCells cells;
} Anchor;

static bool find_anchor(const FlisDeckText *deck, int from, int at, Anchor *anchor);
static bool begins_source(const FlisDeckText *deck, int area, const FlisWord *words, int count);
static int cell_words(const FlisDeckText *deck, int at);
static bool has_unknown_frequency(const FlisDeckText *deck, int from, int at);
static bool finish_row(FlisDeckText *deck, FlisDeckCells *row, int from, int until,
					   bool row_follows);
static bool refuse_line(const FlisDeckText *deck, FlisDeckFault fault, int from, int at);

/*
 * flis_deck_flow
 *		Reads the cells of all rows into rows, which has room for each known area once.  Returns false
 *		with the error set where something can't be assigned.
 */
bool
flis_deck_flow(FlisDeckText *deck, FlisDeckCells *rows, int *row_count)
{
	int from = 0; /* the first word after the last row's month */
	int count = 0;

	*row_count = 0;
	for (int i = 0; i < deck->word_count;)
	{
		Anchor anchor;
		bool is_outside = (deck->words[i].flags & FLIS_OUTSIDE) != 0;
		int name;

		flis_deck_interrupts(deck, i);
		if (!find_anchor(deck, from, i, &anchor))
		{
			if (!is_outside && has_unknown_frequency(deck, from, i))
				return refuse_line(deck, FLIS_DECK_BAD_FREQUENCY, from, i);
			i++;
			continue;
		}
		/* Prose may say "månedligt"; a whole row in it means that a title was not understood. */
		if (is_outside)
		{
			if (anchor.area >= 0 && anchor.month_words > 0)
				return refuse_line(deck, FLIS_DECK_UNASSIGNED, from, i);
			i++;
			continue;
		}
		if (!anchor.ends_month)
			return refuse_line(deck, FLIS_DECK_BAD_MONTH, from, i);
		if (anchor.area < 0)
			return refuse_line(deck, FLIS_DECK_UNKNOWN_AREA, from, i);
		/* The end of a longer name may be a known one: "Sundhed og" "Ældre". */
		name = i - anchor.area_words;
		if (name > from && (deck->words[name - 1].flags & FLIS_OUTSIDE) == 0 &&
			flis_word_leaves_open(deck, &deck->words[name - 1]))
			return refuse_line(deck, FLIS_DECK_UNKNOWN_AREA, from, name);
		for (int row = 0; row < count; row++)
		{
			if (rows[row].area == anchor.area)
				return refuse_line(deck, FLIS_DECK_AREA_TWICE, from, i);
		}
		if (!finish_row(deck, count > 0 ? &rows[count - 1] : NULL, from, name, true))
			return false;
		flis_words_frequency(deck, &deck->words[i], anchor.frequency_words,
							 &anchor.cells.frequency);
		rows[count++] = anchor.cells;
		i += anchor.frequency_words + anchor.month_words;
		from = i;
	}
	if (!finish_row(deck, count > 0 ? &rows[count - 1] : NULL, from, deck->word_count, false))
		return false;
	*row_count = count;
	return true;
}

/*
 * Tells whether a row's frequency begins at a word, and reads it with its month and the area's
 * name before it.  A small letter alone does not make a row, because prose says "månedligt" too:
 * then a month or a known name must be beside it.
 */
static bool
find_anchor(const FlisDeckText *deck, int from, int at, Anchor *anchor)
{
	const FlisWord *words = &deck->words[at];
	int left = cell_words(deck, at);
	bool is_capital = flis_word_is_capital(deck, words);
	FlisDeckCells *cells = &anchor->cells;
	int next;

	anchor->frequency_words = flis_words_frequency(deck, words, left, NULL);
	if (anchor->frequency_words == 0)
		return false;
	*cells = (FlisDeckCells){0};
	next = anchor->frequency_words;
	anchor->month_words =
		flis_words_month(deck, words + next, left - next, &cells->month, &cells->year);
	anchor->area = flis_words_area(deck, deck->words + from, at - from, &anchor->area_words);
	anchor->ends_month = anchor->month_words > 0 &&
						 begins_source(deck, anchor->area, words + next + anchor->month_words,
									   left - next - anchor->month_words);
	if (!is_capital)
	{
		bool month_is_capital = next < left && flis_word_is_capital(deck, words + next);

		if (anchor->area < 0 && !(anchor->month_words > 0 && month_is_capital))
			return false;
		if (anchor->month_words == 0 && !month_is_capital)
			return false;
	}
	cells->line = words->line;
	cells->area = anchor->area;
	return true;
}

/*
 * Tells whether the words after a month begin the next cell: with a capital letter, a dash that does
 * not lead to another month, or as the area's known source does.  Else they say more of the month
 * ("December" "'24", "April" "og" "maj"), which must not be lost.
 */
static bool
begins_source(const FlisDeckText *deck, int area, const FlisWord *words, int count)
{
	int month;
	int year;

	if (count == 0 || flis_word_is_capital(deck, words))
		return true;
	if (flis_word_is_dash(deck, words))
		return flis_words_month(deck, words + 1, count - 1, &month, &year) == 0 || month == 0;
	return area >= 0 && deck->areas[area].source != NULL &&
		   flis_words_begin(deck, words, count, deck->areas[area].source) > 0;
}

/* Counts the words from one on that no border of a table separates, up to those of an anchor. */
static int
cell_words(const FlisDeckText *deck, int at)
{
	uint32_t outside = deck->words[at].flags & FLIS_OUTSIDE;
	int count = 1;

	while (at + count < deck->word_count && count < ANCHOR_WORDS_MAX &&
		   (deck->words[at + count].flags & FLIS_OUTSIDE) == outside &&
		   (deck->words[at + count].flags & FLIS_STARTS_TABLE) == 0)
		count++;
	return count;
}

/*
 * Tells whether a month or a dash stands where a row's would, after a known name at the beginning
 * of a line: a row whose frequency is missing or unknown must not vanish in the note before it.
 * The name of an area can be a source, too: then it follows a month, or a dash ends the line.
 */
static bool
has_unknown_frequency(const FlisDeckText *deck, int from, int at)
{
	const FlisWord *word = &deck->words[at];
	int month;
	int year;

	if (flis_word_is_dash(deck, word))
	{
		if (at + 1 == deck->word_count || (word[1].flags & FLIS_STARTS_LINE) != 0)
			return false;
	}
	else if (!flis_word_is_capital(deck, word) ||
			 flis_words_month(deck, word, cell_words(deck, at), &month, &year) == 0)
		return false;
	for (int between = 0; between <= UNKNOWN_FREQUENCY_WORDS_MAX; between++)
	{
		int end = at - between;
		int used;

		if (end > from && flis_words_area(deck, deck->words + from, end - from, &used) >= 0 &&
			(end - used > from || from == 0))
			return true;
	}
	return false;
}

/*
 * Gives the words from one up to another to the row before (NULL before the first), as far as its
 * table goes, less the headings before the next row.
 */
static bool
finish_row(FlisDeckText *deck, FlisDeckCells *row, int from, int until, bool row_follows)
{
	int end = from;

	while (row != NULL && end < until &&
		   (deck->words[end].flags & (FLIS_OUTSIDE | FLIS_STARTS_TABLE)) == 0)
		end++;
	if (row != NULL &&
		!flis_deck_source_and_note(deck, row, from, end, row_follows && end == until))
		return false;

	/* Between the last row of a table and the first of the next there can only be headings. */
	while (end < until)
	{
		int first = end;

		if ((deck->words[end].flags & FLIS_OUTSIDE) != 0)
		{
			end++;
			continue;
		}
		do
			end++;
		while (end < until && (deck->words[end].flags & (FLIS_OUTSIDE | FLIS_STARTS_TABLE)) == 0);
		if (!flis_words_are_headings(deck, &deck->words[first], end - first, false))
			return flis_deck_refuse(deck, FLIS_DECK_UNASSIGNED, &deck->words[first], end - first);
	}
	return true;
}

/*
 * Refuses the deck for the row whose frequency or month stands at a word: the text shown begins
 * with the line before where the word begins a line itself, and goes to the end of the line.
 */
static bool
refuse_line(const FlisDeckText *deck, FlisDeckFault fault, int from, int at)
{
	int first = at;
	int end = at + 1;

	if (first > from && (deck->words[first].flags & FLIS_STARTS_LINE) != 0)
		first--;
	while (first > from && (deck->words[first].flags & FLIS_STARTS_LINE) == 0)
		first--;
	while (end < deck->word_count && (deck->words[end].flags & FLIS_STARTS_LINE) == 0)
		end++;
	return flis_deck_refuse(deck, fault, &deck->words[first], end - first);
}
