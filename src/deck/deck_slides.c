/*
 * deck_slides.c
 *		Which words of a deck stand in a table, and the day that the tables speak of.
 *
 * A table begins with a title ("Oversigt pr. 30/6"), or where the title is missing with the
 * headings of its columns, and ends with the slide; it goes on over the next slide if rows do.
 * Everything else, such as the slide "Opdateringsfrekvens" and the list of slides at the end, is
 * prose and marked as outside.
 */
#include <string.h>

#include "base/calendar.h"
#include "base/enum_labels.h"
#include "deck/deck_match.h"
#include "deck/deck_measure.h"
#include "deck/deck_slides.h"

/* The headings of the columns, folded, without spaces and hyphens. */
static const char *const column_headings[] = {
	"dataområdeopdateringsfrekvensdatat.o.m.kildedrift",
	"dataområderopdateringsfrekvensdatat.o.m.kildedrift",
};

/* More words than headings are ever broken into. */
#define HEADING_WORDS_MAX 32

/* A title's date as printed. */
#define DATE_SIZE 64

static bool title_at(FlisDeckText *deck, int at, int year, FlisDay *as_of, int *used);
static bool date_of(const char *text, int *day, int *month, int *year, int *used);
static int number_of(const char **text, int digits_max);
static int headings_at(const FlisDeckText *deck, int at);
static bool is_column_of_areas(const FlisDeckText *deck, const FlisWord *word);
static bool is_prose_title(const FlisDeckText *deck, int at);
static bool is_slide_list(const FlisDeckText *deck, int at);
static bool is_page_number(const FlisDeckText *deck, int at);
static bool slide_has_row(const FlisDeckText *deck, int at, bool in_columns);
static bool begins_slide(const FlisWord *word, bool in_columns);
static bool stands_apart(const FlisDeckText *deck, int at);
static bool begins_line(const FlisDeckText *deck, int at);
static void leave_out(FlisDeckText *deck, int at, int count);

/*
 * flis_deck_in_columns
 *		Tells whether the text keeps the table's columns by position, as pdftotext -layout does: then
 *		most frequencies stand apart from their neighbours on the line.
 */
bool
flis_deck_in_columns(const FlisDeckText *deck)
{
	int apart = 0;
	int together = 0;

	for (int i = 0; i < deck->word_count; i++)
	{
		flis_deck_interrupts(deck, i);
		if (flis_word_begins_frequency(deck, &deck->words[i]))
		{
			apart += stands_apart(deck, i);
			together += !stands_apart(deck, i);
		}
	}
	return apart > together;
}

/*
 * flis_deck_find_tables
 *		Marks the words outside tables and the first word of each table, and takes the day of the
 *		deck from its titles; year is the deck's.  Returns false with the error set where there is no
 *		table, no day, or more than one day.
 */
bool
flis_deck_find_tables(FlisDeckText *deck, bool in_columns, int year, FlisDay *as_of)
{
	bool inside = false;
	bool starts = false;
	bool has_table = false;

	*as_of = FLIS_NO_DAY;
	for (int i = 0; i < deck->word_count;)
	{
		FlisWord *word = &deck->words[i];
		int used = 0;

		flis_deck_interrupts(deck, i);
		if (begins_slide(word, in_columns))
		{
			starts = true;
			inside = inside && slide_has_row(deck, i, in_columns);
		}
		if ((word->flags & FLIS_STARTS_LINE) != 0)
		{
			if (!title_at(deck, i, year, as_of, &used))
				return false;
			if (used > 0 || is_column_of_areas(deck, word) || (starts && inside))
				used += headings_at(deck, i + used);
			if (used > 0)
				inside = starts = has_table = true;
			else if (inside && flis_word_is_capital(deck, word) && is_column_of_areas(deck, word))
				return flis_deck_refuse_line(deck, FLIS_DECK_OTHER_COLUMNS, word->line);
			else if (is_page_number(deck, i))
				used = 1;
			else if (is_prose_title(deck, i) || is_slide_list(deck, i))
				inside = false;
		}
		if (used > 0)
		{
			leave_out(deck, i, used);
			i += used;
			continue;
		}
		if (!inside)
			word->flags |= FLIS_OUTSIDE;
		else if (starts)
		{
			word->flags |= FLIS_STARTS_TABLE;
			starts = false;
		}
		i++;
	}
	if (!has_table)
		return flis_deck_refuse(deck, FLIS_DECK_NO_TABLE, NULL, 0);
	if (*as_of == FLIS_NO_DAY)
		return flis_deck_refuse(deck, FLIS_DECK_NO_DATE, NULL, 0);
	return true;
}

/*
 * Counts the words of a title "Oversigt pr. 30/6" and takes its day; false where it has a day that
 * can't be, or not the one of the year or of the title before.
 */
static bool
title_at(FlisDeckText *deck, int at, int year, FlisDay *as_of, int *used)
{
	const FlisWord *words = &deck->words[at];
	int left = deck->word_count - at;
	char text[DATE_SIZE];
	size_t length = 0;
	int count = 2;
	int characters;
	int day;
	int month;
	int printed_year;
	FlisDay date;

	if (left < 3 || !flis_word_is(deck, &words[0], "oversigt") ||
		!(flis_word_is(deck, &words[1], "pr.") || flis_word_is(deck, &words[1], "pr") ||
		  flis_word_is(deck, &words[1], "per")))
		return true;
	if (deck->folded[words[2].start] < '0' || deck->folded[words[2].start] > '9')
		return true;
	do
	{
		if (length + words[count].length + 2 > sizeof(text))
			break;
		if (length > 0)
			text[length++] = ' ';
		memcpy(text + length, deck->folded + words[count].start, words[count].length);
		length += words[count++].length;
	} while (count < left && count < 6 && (words[count].flags & FLIS_STARTS_LINE) == 0);
	text[length] = '\0';

	if (!date_of(text, &day, &month, &printed_year, &characters))
		return flis_deck_refuse(deck, FLIS_DECK_BAD_DATE, words, count);
	date = flis_day(year, month, day);
	if (printed_year != 0 && printed_year != year)
		return flis_deck_refuse(deck, FLIS_DECK_OTHER_YEAR, words, count);
	if (flis_month_of(date) != year * 12 + month - 1)
		return flis_deck_refuse(deck, FLIS_DECK_BAD_DATE, words, count);
	if (*as_of != FLIS_NO_DAY && *as_of != date)
		return flis_deck_refuse(deck, FLIS_DECK_TWO_DATES, words, count);
	*as_of = date;

	/* The words that the date takes, and a remark in parentheses ("(fortsat)"). */
	*used = 3;
	for (int i = 0; i < characters; i++)
		*used += text[i] == ' ';
	if (*used < left && deck->clean[words[*used].start] == '(')
	{
		int end = *used;

		while (end < left && (words[end].flags & FLIS_STARTS_LINE) == 0)
		{
			if (flis_word_last(deck, &words[end++]) == ')')
			{
				*used = end;
				break;
			}
		}
	}
	return true;
}

/*
 * Reads D/M, D.M, D. month, each also with a year of two or four digits; year is 0 where there is
 * none.  used becomes the characters that the date takes.
 */
static bool
date_of(const char *text, int *day, int *month, int *year, int *used)
{
	const char *at = text;
	const char *end;

	*year = 0;
	*day = number_of(&at, 2);
	at += strspn(at, "./- ");
	if (*at >= '0' && *at <= '9')
		*month = number_of(&at, 2);
	else
	{
		size_t length = strcspn(at, " ./-,");

		*month = flis_month_number(at, length);
		at += length;
	}
	if (*day < 1 || *day > 31 || *month < 1 || *month > 12)
		return false;
	end = at += strspn(at, ".");
	at += strspn(at, "./-, ");
	if (*at >= '0' && *at <= '9')
	{
		const char *first = at;

		*year = number_of(&at, 4);
		if (at - first == 2)
			*year += 2000;
		else if (at - first != 4)
			return false;
		end = at += strspn(at, ".:");
	}
	*used = (int) (end - text);
	return *end == '\0' || *end == ' ';
}

/* Reads a number of at most so many digits; -1 where there is none or it has more. */
static int
number_of(const char **text, int digits_max)
{
	int number = 0;
	int digits = 0;

	while (**text >= '0' && **text <= '9')
	{
		if (++digits > digits_max)
			return -1;
		number = number * 10 + (*(*text)++ - '0');
	}
	return digits > 0 ? number : -1;
}

/*
 * Counts the words of the columns' headings.  The cells are broken and mixed in any way, so that
 * the words must be parts of the headings and as long as they are, in any order.
 */
static int
headings_at(const FlisDeckText *deck, int at)
{
	for (size_t variant = 0; variant < sizeof(column_headings) / sizeof(column_headings[0]);
		 variant++)
	{
		size_t left = strlen(column_headings[variant]);

		for (int i = at; i < deck->word_count && i - at < HEADING_WORDS_MAX; i++)
		{
			const FlisWord *word = &deck->words[i];
			char piece[DATE_SIZE];
			size_t length = 0;

			if (word->length >= sizeof(piece))
				break;
			for (uint32_t byte = 0; byte < word->length; byte++)
			{
				if (deck->folded[word->start + byte] != '-')
					piece[length++] = deck->folded[word->start + byte];
			}
			piece[length] = '\0';
			if (length > left || strstr(column_headings[variant], piece) == NULL)
				break;
			left -= length;
			if (left == 0)
				return i + 1 - at;
		}
	}
	return 0;
}

/* Tells whether a word is the heading of the first column. */
static bool
is_column_of_areas(const FlisDeckText *deck, const FlisWord *word)
{
	return flis_word_is(deck, word, "dataområde") || flis_word_is(deck, word, "dataområder");
}

/* Tells whether a line is the title of the slide that explains the frequencies. */
static bool
is_prose_title(const FlisDeckText *deck, int at)
{
	return flis_word_is(deck, &deck->words[at], "opdateringsfrekvens") && begins_line(deck, at + 1);
}

/* Tells whether a line is "Slide 3: …", of the list of slides at the end. */
static bool
is_slide_list(const FlisDeckText *deck, int at)
{
	return flis_word_is(deck, &deck->words[at], "slide") && !begins_line(deck, at + 1) &&
		   flis_word_last(deck, &deck->words[at + 1]) == ':';
}

/* Tells whether a line is but a number at the end of a slide. */
static bool
is_page_number(const FlisDeckText *deck, int at)
{
	const FlisWord *word = &deck->words[at];

	if (word->length > 3 || !begins_line(deck, at + 1))
		return false;
	for (uint32_t i = 0; i < word->length; i++)
	{
		if (deck->clean[word->start + i] < '0' || deck->clean[word->start + i] > '9')
			return false;
	}
	return at + 1 == deck->word_count || begins_slide(word + 1, false);
}

/* Tells whether a slide without a title goes on with rows. */
static bool
slide_has_row(const FlisDeckText *deck, int at, bool in_columns)
{
	for (int i = at; i < deck->word_count; i++)
	{
		const FlisWord *words = &deck->words[i];
		int left = deck->word_count - i;
		int used;
		int month;
		int year;

		flis_deck_interrupts(deck, i);
		if (i > at && begins_slide(words, in_columns))
			break;
		if (!flis_word_is_capital(deck, words))
			continue;
		used = flis_words_frequency(deck, words, left, NULL);
		if (used > 0 && (flis_words_month(deck, words + used, left - used, &month, &year) > 0 ||
						 (in_columns && stands_apart(deck, i))))
			return true;
	}
	return false;
}

/* In columns the space between rows may be empty lines, so that a form feed alone ends a slide. */
static bool
begins_slide(const FlisWord *word, bool in_columns)
{
	return (word->flags & (FLIS_STARTS_PAGE | (in_columns ? 0 : FLIS_STARTS_SLIDE))) != 0;
}

static bool
stands_apart(const FlisDeckText *deck, int at)
{
	return (deck->words[at].flags & FLIS_AFTER_GAP) != 0 ||
		   (!begins_line(deck, at + 1) && (deck->words[at + 1].flags & FLIS_AFTER_GAP) != 0);
}

static bool
begins_line(const FlisDeckText *deck, int at)
{
	return at >= deck->word_count || (deck->words[at].flags & FLIS_STARTS_LINE) != 0;
}

static void
leave_out(FlisDeckText *deck, int at, int count)
{
	for (int i = at; i < at + count; i++)
		deck->words[i].flags |= FLIS_OUTSIDE;
}
