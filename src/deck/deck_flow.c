/*
 * deck_flow.c
 *		The rows of a deck whose text runs on, cell after cell.
 *
 * A row begins where a line begins with a known area, its frequency and its period.  Between the period
 * and the next row stand the source, the note and perhaps the heading of the next group.  A table
 * begins with its title or headings and ends with the slide.  Text that belongs to none of these refuses
 * the deck: a row that was not understood must not become part of the note before it.
 */
#include "base/enum_labels.h"
#include "deck/deck_border.h"
#include "deck/deck_match.h"

/*
 * After a known area so many words are searched for the signs of a row whose frequency was not
 * understood.
 */
#define LOST_ROW_WORDS 6

/* The most words in which a row's name, frequency and period are looked for. */
#define ANCHOR_WORDS_MAX 16

static bool stands_only_by_blanks(const FlisDeckText *deck);
static bool mark_tables(FlisDeckText *deck);
static bool slide_has_row(const FlisDeckText *deck, int at);
static bool is_footer_line(const FlisDeckText *deck, int at);
static bool is_number_line(const FlisDeckText *deck, int at);
static bool is_slide_end(const FlisDeckText *deck, int at);
static bool is_prose_title(const FlisDeckText *deck, int at);
static void mark_outside(FlisDeckText *deck, int at, int count);
static int read_row(const FlisDeckText *deck, int at, FlisDeckCells *row);
static bool ends_period(const FlisDeckText *deck, int area, FlisWords words);
static bool is_lost_row(const FlisDeckText *deck, int from, int at);
static bool is_of_group(const FlisDeckText *deck, int from, int at, int name);
static bool is_stray_anchor(const FlisDeckText *deck, int from, int at);
static FlisWords name_before(const FlisDeckText *deck, int at);
static bool is_stray_period(const FlisDeckText *deck, int from, int at);
static bool finish_row(FlisDeckText *deck, FlisDeckCells *row, int from, int until,
					   bool row_follows);
static bool check_missing(const FlisDeckText *deck);
static FlisWords whole_line(const FlisDeckText *deck, int at);
static FlisWords line_at(const FlisDeckText *deck, int at);
static FlisWords cell_words(const FlisDeckText *deck, int at);

/*
 * flis_deck_flow reads the cells of all rows.  Returns false with the error set where text of a table
 * belongs to none of them.
 */
bool
flis_deck_flow(FlisDeckText *deck)
{
	int from = 0; /* the first word after the last row's period */

	deck->words = flis_deck_words(deck, 0, deck->clean_length, 1);
	if (!mark_tables(deck))
		return false;
	if (stands_only_by_blanks(deck))
		return flis_deck_refuse(deck, FLIS_DECK_ONLY_BLANKS, (FlisWords){NULL, 0});
	for (int i = 0; i < deck->words.count;)
	{
		FlisDeckCells row;
		FlisDeckCells *last = deck->row_count > 0 ? &deck->rows[deck->row_count - 1] : NULL;
		bool is_outside = (deck->words.at[i].flags & FLIS_OUTSIDE) != 0;
		int used = read_row(deck, i, &row);

		flis_deck_interrupts(deck, (size_t) i);
		if (used < 0 && !is_outside)
			return flis_deck_refuse(deck, FLIS_DECK_BAD_PERIOD, line_at(deck, i));
		if (used <= 0)
		{
			if (!is_outside && is_lost_row(deck, from, i))
				return flis_deck_refuse(deck, FLIS_DECK_BAD_FREQUENCY, line_at(deck, i));
			if (!is_outside && is_stray_anchor(deck, from, i))
				return flis_deck_refuse_name(deck, whole_line(deck, i), name_before(deck, i));
			if (!is_outside && is_stray_period(deck, from, i))
				return flis_deck_refuse(deck, FLIS_DECK_BAD_FREQUENCY, whole_line(deck, i));
			i++;
			continue;
		}
		/* A whole row outside a table: a title was not understood. */
		if (is_outside)
			return flis_deck_refuse(deck, FLIS_DECK_UNASSIGNED, line_at(deck, i));
		/* The end of a longer name may be a known one: "Sundhed og" "Ældre". */
		if ((deck->words.at[i - 1].flags & FLIS_OUTSIDE) == 0 &&
			flis_word_leaves_open(deck, &deck->words.at[i - 1]))
			return flis_deck_refuse_name(deck, whole_line(deck, i - 1), (FlisWords){NULL, 0});
		if (flis_deck_has_row_of(deck, row.area))
			return flis_deck_refuse(deck, FLIS_DECK_AREA_TWICE, line_at(deck, i));
		if (!finish_row(deck, last, from, i, true))
			return false;
		deck->rows[deck->row_count++] = row;
		from = i += used;
	}
	return finish_row(deck, deck->row_count > 0 ? &deck->rows[deck->row_count - 1] : NULL, from,
					  deck->words.count, false) &&
		   check_missing(deck);
}

/*
 * check_missing refuses the deck where a row has no note, not even a dash: the program that
 * extracted the text may have put it elsewhere.  Where each row is one line that can't be.
 */
static bool
check_missing(const FlisDeckText *deck)
{
	const FlisDeckCells *without = NULL;
	bool is_one_line = true;

	for (int i = 0; i < deck->row_count; i++)
	{
		const FlisDeckCells *row = &deck->rows[i];

		if (row->note.count == 0)
			without = row;
		for (const FlisWord *word = row->frequency.at; word < row->note.at + row->note.count;
			 word++)
			is_one_line = is_one_line && (word->flags & FLIS_STARTS_LINE) == 0;
	}
	return without == NULL || is_one_line ||
		   flis_deck_refuse(deck, FLIS_DECK_NO_BORDER, without->source);
}

/*
 * stands_only_by_blanks tells whether nothing but blanks keeps the columns apart, as in the output of
 * pdftotext -layout: most frequencies have more than one blank before or after them.
 */
static bool
stands_only_by_blanks(const FlisDeckText *deck)
{
	int apart = 0;
	int together = 0;

	for (int i = 0; i < deck->words.count; i++)
	{
		const FlisWord *word = &deck->words.at[i];

		flis_deck_interrupts(deck, (size_t) i);
		if ((word->flags & FLIS_OUTSIDE) != 0 || !flis_word_is_capital(deck, word) ||
			flis_words_frequency(deck, flis_words_from(deck->words, i)) == 0)
			continue;
		if ((word->flags & FLIS_AFTER_GAP) != 0 ||
			(!flis_word_ends_line(&deck->words, i) && (word[1].flags & FLIS_AFTER_GAP) != 0))
			apart++;
		else
			together++;
	}
	return apart > together;
}

/*
 * mark_tables marks the words that are no cells (FLIS_OUTSIDE) and the first word of each table,
 * and takes the day of the deck from its titles.  Returns false with the error set.
 */
static bool
mark_tables(FlisDeckText *deck)
{
	bool inside = false;
	bool starts = false;
	bool has_table = false;

	for (int i = 0; i < deck->words.count;)
	{
		FlisWord *word = &deck->words.at[i];
		FlisWords rest = flis_words_from(deck->words, i);
		int used = 0;

		flis_deck_interrupts(deck, (size_t) i);
		if ((word->flags & FLIS_STARTS_SLIDE) != 0)
		{
			starts = true;
			inside = inside && slide_has_row(deck, i);
		}
		if ((word->flags & FLIS_STARTS_LINE) != 0)
		{
			bool is_column =
				flis_word_is(deck, word, "dataområde") || flis_word_is(deck, word, "dataområder");

			if (!flis_words_title(deck, rest, &used))
				return false;
			if (used > 0 || is_column || (starts && inside))
				used += flis_words_headings(deck, flis_words_from(rest, used));
			if (used > 0)
			{
				if (!has_table)
					deck->table_start = word->start;
				inside = starts = has_table = true;
			}
			else if (inside && is_column && flis_word_is_capital(deck, word))
				return flis_deck_refuse(deck, FLIS_DECK_OTHER_COLUMNS, line_at(deck, i));
			else if (inside && (is_footer_line(deck, i) || is_number_line(deck, i)))
				used = line_at(deck, i).count;
			else if (is_prose_title(deck, i))
				inside = false;
		}
		if (used > 0)
		{
			mark_outside(deck, i, used);
			i += used;
			continue;
		}
		if (!inside)
		{
			word->flags |= FLIS_OUTSIDE;
			if (has_table && !is_prose_title(deck, i) && (word->flags & FLIS_STARTS_LINE) != 0 &&
				!is_footer_line(deck, i) && !is_number_line(deck, i))
				flis_deck_pass_over(deck, line_at(deck, i));
		}
		else if (starts)
		{
			word->flags |= FLIS_STARTS_TABLE;
			starts = false;
		}
		i++;
	}
	return true;
}

/*
 * slide_has_row tells whether a slide without a title goes on with rows.
 */
static bool
slide_has_row(const FlisDeckText *deck, int at)
{
	for (int i = at; i < deck->words.count; i++)
	{
		FlisDeckCells row;

		flis_deck_interrupts(deck, (size_t) i);
		if (i > at && (deck->words.at[i].flags & FLIS_STARTS_SLIDE) != 0)
			break;
		if (read_row(deck, i, &row) > 0)
			return true;
	}
	return false;
}

/*
 * is_footer_line tells whether a line, or it and the page number below it, is the footer of a slide.
 */
static bool
is_footer_line(const FlisDeckText *deck, int at)
{
	int end = at + line_at(deck, at).count;

	if (!flis_deck_is_footer(deck, deck->words.at[at].start))
		return false;
	if (end < deck->words.count && flis_word_is_number(deck, &deck->words.at[end]) &&
		flis_word_ends_line(&deck->words, end))
		end++;
	return is_slide_end(deck, end) || flis_deck_is_footer(deck, deck->words.at[end].start);
}

/*
 * is_number_line tells whether a line is nothing but a number, at the end of a slide.
 */
static bool
is_number_line(const FlisDeckText *deck, int at)
{
	return flis_word_is_number(deck, &deck->words.at[at]) &&
		   flis_word_ends_line(&deck->words, at) &&
		   (is_slide_end(deck, at + 1) || flis_deck_is_footer(deck, deck->words.at[at + 1].start));
}

/*
 * is_slide_end tells whether the words end before a word, or another slide begins with it.
 */
static bool
is_slide_end(const FlisDeckText *deck, int at)
{
	return at >= deck->words.count ||
		   (deck->words.at[at].flags & (FLIS_STARTS_SLIDE | FLIS_AFTER_EMPTY)) != 0 ||
		   flis_word_is(deck, &deck->words.at[at], "oversigt");
}

/*
 * is_prose_title tells whether a line is the title of the slide that explains the frequencies, or a line
 * of the list of slides ("Slide 3: …").
 */
static bool
is_prose_title(const FlisDeckText *deck, int at)
{
	const FlisWord *word = &deck->words.at[at];

	if (flis_word_is(deck, word, "opdateringsfrekvens"))
		return flis_word_ends_line(&deck->words, at);
	return flis_word_is(deck, word, "slide") && !flis_word_ends_line(&deck->words, at) &&
		   flis_word_last(deck, &word[1]) == ':';
}

static void
mark_outside(FlisDeckText *deck, int at, int count)
{
	for (int i = at; i < at + count; i++)
		deck->words.at[i].flags |= FLIS_OUTSIDE;
}

/*
 * read_row reads the name, frequency and period of the row that begins with a word, and counts
 * their words; 0 where no row begins with it, -1 where one does whose period can't be read.
 */
static int
read_row(const FlisDeckText *deck, int at, FlisDeckCells *row)
{
	FlisWords words;
	int name;
	int frequency;
	int period;

	if ((deck->words.at[at].flags & FLIS_STARTS_LINE) == 0)
		return 0;
	*row = (FlisDeckCells){0};
	words = cell_words(deck, at);
	name = flis_words_area(deck, words, &row->area);
	if (name == 0)
		return 0;
	words = flis_words_from(words, name);
	frequency = flis_words_frequency(deck, words);
	if (frequency == 0)
		return 0;
	row->frequency = flis_words_first(words, frequency);
	row->line = words.at[0].line;
	words = flis_words_from(words, frequency);
	period = flis_words_period(deck, words, &row->period);
	row->printed_period = flis_words_first(words, period);
	if (period == 0 || !ends_period(deck, row->area, flis_words_from(words, period)))
		return -1;
	return name + frequency + period;
}

/*
 * ends_period tells whether the words after a period begin the next cell: with a capital that
 * begins no other month, with a dash that no month follows, or as the area's known source does.
 * Else they say more of the period ("December" "24", "April" "og" "maj"), which must not be lost.
 */
static bool
ends_period(const FlisDeckText *deck, int area, FlisWords words)
{
	FlisDeckPeriod other;

	if (words.count == 0)
		return true;
	if (flis_word_is_dash(deck, &words.at[0]))
		return flis_words_period(deck, flis_words_from(words, 1), &other) == 0 || other.is_dash;
	if (flis_words_period(deck, words, &other) > 0)
		return false;
	return flis_word_is_capital(deck, &words.at[0]) ||
		   (deck->areas[area].source != NULL &&
			flis_words_begin(deck, words, deck->areas[area].source) > 0);
}

/*
 * is_lost_row tells whether a line where no row was read looks like one all the same: it begins
 * with a known area, and a dash, a number or a capital follows, nothing more on the line, or a
 * period that ends its cell.  Right after a row's period (the word from) an area's name is the
 * row's source.
 */
static bool
is_lost_row(const FlisDeckText *deck, int from, int at)
{
	FlisWords words = cell_words(deck, at);
	int area;
	int name;

	if ((deck->words.at[at].flags & FLIS_STARTS_LINE) == 0 || at == from)
		return false;
	/* A cell that goes on, as "og" or a slash before it says, holds no row. */
	if (flis_word_leaves_open(deck, &deck->words.at[at - 1]))
		return false;
	name = flis_words_area(deck, words, &area);
	if (name == 0 || is_of_group(deck, from, at, name))
		return false;
	words = flis_words_from(words, name);
	if (words.count == 0)
		return false;
	if ((words.at[0].flags & FLIS_STARTS_LINE) != 0)
		return true;
	for (int i = 0; i < words.count && i < LOST_ROW_WORDS; i++)
	{
		FlisDeckPeriod period;
		int used;

		if ((words.at[i].flags & FLIS_STARTS_LINE) != 0)
			break;
		if (i == 0 && (flis_word_is_capital(deck, &words.at[i]) ||
					   flis_word_begins_with_digit(deck, &words.at[i])))
			return true;
		used = flis_words_period(deck, flis_words_from(words, i), &period);
		if (used > 0 && (period.is_dash || i + used == words.count ||
						 flis_word_is_capital(deck, &words.at[i + used]) ||
						 (words.at[i + used].flags & FLIS_STARTS_LINE) != 0))
			return true;
	}
	return false;
}

/*
 * is_of_group tells whether the words that spell an area are part of a known group's heading ("Skole/"
 * "Dagtilbud").
 */
static bool
is_of_group(const FlisDeckText *deck, int from, int at, int name)
{
	FlisWords words = {deck->words.at + from, at + name - from};

	for (int i = 0; i < deck->area_count; i++)
	{
		const char *group = deck->areas[i].group;

		if (group != NULL && flis_words_end(deck, words, group) > name)
			return true;
	}
	return flis_words_group(deck, cell_words(deck, at)) >= name;
}

/*
 * is_stray_anchor tells whether a frequency stands where no known area is before it, with a capital or a
 * period after it: the row of an unknown area.
 */
static bool
is_stray_anchor(const FlisDeckText *deck, int from, int at)
{
	FlisWords words = cell_words(deck, at);
	FlisDeckPeriod period;
	int frequency = flis_words_frequency(deck, words);

	if (frequency == 0)
		return false;
	if (flis_word_is_capital(deck, &words.at[0]) && at > from)
		return true;
	words = flis_words_from(words, frequency);
	return flis_words_period(deck, words, &period) > 0 &&
		   (period.is_dash || flis_word_is_capital(deck, &words.at[0]));
}

/*
 * name_before returns the words before a frequency on its line or, where there are none, the line
 * before: the name of an unknown area.
 */
static FlisWords
name_before(const FlisDeckText *deck, int at)
{
	int first = at - 1;

	while ((deck->words.at[first].flags & FLIS_STARTS_LINE) == 0)
		first--;
	return (FlisWords){deck->words.at + first, at - first};
}

/*
 * is_stray_period tells whether a period stands where no sentence has one, so that it may be a
 * row's: with a capital within a sentence, or before the capital of another cell.
 */
static bool
is_stray_period(const FlisDeckText *deck, int from, int at)
{
	FlisWords words = cell_words(deck, at);
	FlisDeckPeriod period;
	int used = flis_words_period(deck, words, &period);
	bool is_capital = flis_word_is_capital(deck, &words.at[0]);
	bool leads_to_capital;

	if (used == 0 || period.is_dash || at == from)
		return false;
	leads_to_capital = used < words.count && (words.at[used].flags & FLIS_STARTS_LINE) == 0 &&
					   flis_word_is_capital(deck, &words.at[used]) &&
					   !flis_word_ends_with_stop(deck, &words.at[used - 1]);
	if (!is_capital)
		return leads_to_capital;
	return leads_to_capital || used == words.count ||
		   !(flis_word_ends_with_stop(deck, &words.at[-1]) || at == from + 1 ||
			 (words.at[0].flags & FLIS_STARTS_LINE) != 0) ||
		   flis_word_is_dash(deck, &words.at[used]) ||
		   (flis_word_ends_line(&words, used - 1) && (words.at[0].flags & FLIS_STARTS_LINE) != 0);
}

/*
 * finish_row finds the source and note of a row (NULL before the first) in the words between two
 * indexes, up to the end of its table.  Of the words after that only headings may be in a table.
 * Returns false with the error set.
 */
static bool
finish_row(FlisDeckText *deck, FlisDeckCells *row, int from, int until, bool row_follows)
{
	int end = from;

	while (row != NULL && end < until &&
		   (deck->words.at[end].flags & (FLIS_OUTSIDE | FLIS_STARTS_TABLE)) == 0)
		end++;
	if (row != NULL &&
		!flis_deck_source_and_note(deck, row, (FlisWords){deck->words.at + from, end - from},
								   row_follows && end == until))
		return false;

	/* Between the start of a table and its first row there can only be headings. */
	while (end < until)
	{
		FlisWords words = {deck->words.at + end, 0};

		if ((deck->words.at[end].flags & FLIS_OUTSIDE) != 0)
		{
			end++;
			continue;
		}
		do
			end++;
		while (end < until &&
			   (deck->words.at[end].flags & (FLIS_OUTSIDE | FLIS_STARTS_TABLE)) == 0);
		words.count = (int) (deck->words.at + end - words.at);
		if (!flis_words_are_headings(deck, words))
			return flis_deck_refuse(deck, FLIS_DECK_UNASSIGNED, words);
	}
	return true;
}

/*
 * whole_line returns the words of the line on which a word stands.
 */
static FlisWords
whole_line(const FlisDeckText *deck, int at)
{
	while ((deck->words.at[at].flags & FLIS_STARTS_LINE) == 0)
		at--;
	return line_at(deck, at);
}

/*
 * line_at returns the words of a line, from a word on.
 */
static FlisWords
line_at(const FlisDeckText *deck, int at)
{
	FlisWords line = {deck->words.at + at, 1};

	while (!flis_word_ends_line(&deck->words, at++))
		line.count++;
	return line;
}

/*
 * cell_words returns the words from one on, up to the border of a table and at most ANCHOR_WORDS_MAX.
 */
static FlisWords
cell_words(const FlisDeckText *deck, int at)
{
	uint32_t outside = deck->words.at[at].flags & FLIS_OUTSIDE;
	FlisWords words = {deck->words.at + at, 1};

	while (at + words.count < deck->words.count && words.count < ANCHOR_WORDS_MAX &&
		   (deck->words.at[at + words.count].flags & FLIS_OUTSIDE) == outside &&
		   (deck->words.at[at + words.count].flags & FLIS_STARTS_TABLE) == 0)
		words.count++;
	return words;
}
