/*
 * deck_source.c
 *		Where a row's source ends and its note begins, and which lines are headings of groups.
 *
 * In running text nothing but the words tells the cell Kilde from the cell Drift.  In this order:
 *
 * 1. a dash is a cell of its own;
 * 2. the source that is known of the area, if a note can begin after it;
 * 3. "Kører efter planen" or a dash at the end is the note;
 * 4. the known source of another area, likewise;
 * 5. the first words outside parentheses with which notes begin ("Der er", "Vi", "Da" …);
 * 6. the one line that begins with a capital letter.
 *
 * Where none of them decides, the deck is refused: the remedy is to tell flis_area the source.  So it
 * is where a note holds what can't be part of it.
 */
#include <string.h>

#include "deck/deck_match.h"
#include "deck/deck_measure.h"
#include "deck/deck_note.h"
#include "deck/deck_source.h"

/* A heading of a group that flis_area does not know has at most so many words. */
#define HEADING_WORDS_MAX 5

/*
 * Words with which a note begins, folded; in the deck they begin with a capital letter.  The first
 * are a note even where they leave no source.
 */
static const char *const openers[] = {
	"kører",	  "der",		  "vi",			  "da",			  "grundet", "på grund af",
	"pga.",		  "bemærk",		  "bemærk,",	  "bemærk:",	  "obs",	 "obs:",
	"afventer",	  "forsinket",	  "lukket",		  "mangler",	  "driften", "leverancen",
	"leveringen", "opdateringen", "adgangen",	  "tallene",	  "dataene", "data er",
	"data for",	  "data fra",	  "data mangler", "leverandøren", "kilden",	 "benchmarkdata",
	"den",		  "det",		  "de",			  "som",		  "efter",	 "fra",
	"indtil",	  "ingen",		  "enkelte",	  "nogle",		  "flere",	 "alle",
	"en",		  "et",			  "fejl",		  "ved",		  "i",		 "på",
	"når",		  "hvis",		  "områdets",	  "området",	  "mange",	 "læs",
	"se",		  "kommunerne",	  "udtrækket",	  "indlæsningen",
};
#define OPENERS_ALONE 21

/* Words after which a cell goes on. */
static const char *const connectors[] = {"og", "fra", "til",  "for", "af",
										 "i",  "via", "samt", "&",	 "med"};

static int first_stray(const FlisDeckText *deck, const FlisWord *words, int count);
static int line_start(const FlisWord *words, int at);
static bool goes_on(const FlisDeckText *deck, const FlisWord *word);
static int split_at(const FlisDeckText *deck, const FlisDeckCells *row, const FlisWord *words,
					int count);
static int known_source(const FlisDeckText *deck, const char *source, const FlisWord *words,
						int count);
static int final_note(const FlisDeckText *deck, const FlisWord *words, int count);
static int first_opener(const FlisDeckText *deck, const FlisWord *words, int count);
static bool is_opener(const FlisDeckText *deck, const FlisWord *words, int count, bool alone);
static int only_capital_line(const FlisDeckText *deck, const FlisWord *words, int count);
static int parentheses(const FlisDeckText *deck, const FlisWord *word);
static bool is_connector(const FlisDeckText *deck, const FlisWord *word);
static int on_schedule_words(const FlisDeckText *deck, const FlisWord *words, int count);
static int without_known_headings(const FlisDeckText *deck, const FlisWord *words, int count);
static int without_heading_line(const FlisDeckText *deck, const FlisWord *words, int count);
static bool is_heading_line(const FlisDeckText *deck, const FlisWord *words, int count);

/*
 * flis_deck_source_and_note
 *		Divides the words between a row's month and the next row's name, which follows in the same
 *		table or doesn't.  Returns false with the error set where they can't be divided.
 */
bool
flis_deck_source_and_note(const FlisDeckText *deck, FlisDeckCells *row, int from, int until,
						  bool row_follows)
{
	const FlisWord *words = &deck->words[from];
	int count = without_known_headings(deck, words, until - from);
	int source;
	int stray;

	if (row_follows)
		count = without_heading_line(deck, words, count);
	source = split_at(deck, row, words, count);
	if (source < 0)
		return flis_deck_refuse(deck, FLIS_DECK_NO_BORDER, words, count);
	row->source = words;
	row->source_count = source;
	row->note = words + source;
	row->note_count = count - source;
	stray = first_stray(deck, row->note, row->note_count);
	if (stray < row->note_count)
		return flis_deck_refuse(deck, FLIS_DECK_UNASSIGNED, row->note + stray,
								row->note_count - stray);
	return true;
}

/*
 * Finds the word of a note with which something else begins that must not vanish in it: a footnote
 * or what a program left of a page, or a row of which neither the name nor the frequency is known.
 * Returns count where there is none.
 */
static int
first_stray(const FlisDeckText *deck, const FlisWord *words, int count)
{
	for (int at = 0; at < count; at++)
	{
		int used = flis_word_is_capital(deck, &words[at])
					   ? on_schedule_words(deck, words + at, count - at)
					   : 0;
		int next = at + used;

		flis_deck_interrupts(deck, at);
		if (deck->clean[words[at].start] == '*' && (words[at].flags & FLIS_STARTS_LINE) != 0)
			return at;
		if (flis_word_is_dash(deck, &words[at]) && count > 1 && (at == 0 || at + 1 == count))
			return at == 0 ? 1 : line_start(words, at);
		if (used == 0)
			continue;
		if (at > 0 && strchr(".!?:)", flis_word_last(deck, &words[at - 1])) == NULL)
			return line_start(words, at);
		if (next < count && flis_word_last(deck, &words[next - 1]) != '.' &&
			!goes_on(deck, &words[next]))
			return next;
	}
	return count;
}

/* Finds the word that begins a word's line, as far as it is among the words. */
static int
line_start(const FlisWord *words, int at)
{
	while (at > 0 && (words[at].flags & FLIS_STARTS_LINE) == 0)
		at--;
	return at;
}

/* Tells whether a word can go on with the sentence before it. */
static bool
goes_on(const FlisDeckText *deck, const FlisWord *word)
{
	unsigned char byte = (unsigned char) deck->clean[word->start];

	if (flis_word_is_capital(deck, word))
		return false;
	return (word->flags & FLIS_STARTS_LINE) == 0 || flis_word_is_dash(deck, word) || byte == '(' ||
		   (byte >= 'a' && byte <= 'z') || byte == 0xC3;
}

/* Counts the words of the source, -1 where they can't be told from the note's. */
static int
split_at(const FlisDeckText *deck, const FlisDeckCells *row, const FlisWord *words, int count)
{
	int best = 0;
	int found;

	if (count == 0)
		return 0;
	if (flis_word_is_dash(deck, &words[0]))
		return 1;
	found = known_source(deck, deck->areas[row->area].source, words, count);
	if (found > 0)
		return found;
	found = final_note(deck, words, count);
	if (found >= 0)
		return found;
	for (int area = 0; area < deck->area_count; area++)
	{
		found = known_source(deck, deck->areas[area].source, words, count);
		if (found > best)
			best = found;
	}
	if (best > 0)
		return best;
	found = first_opener(deck, words, count);
	if (found >= 0)
		return found;
	return only_capital_line(deck, words, count);
}

/* Counts the words that spell a known source after which a note can begin. */
static int
known_source(const FlisDeckText *deck, const char *source, const FlisWord *words, int count)
{
	int used = source == NULL ? 0 : flis_words_begin(deck, words, count, source);

	if (used == 0 || used == count)
		return used;
	if (flis_word_is_dash(deck, &words[used]) || flis_word_is_capital(deck, &words[used]))
		return used;
	if ((words[used].flags & FLIS_STARTS_LINE) == 0 || is_connector(deck, &words[used]) ||
		deck->clean[words[used].start] == '(')
		return 0;
	return used;
}

/*
 * Finds a dash or a note that says all is well at the end; -1 where there is none, or where it is
 * but the last sentence of a note.
 */
static int
final_note(const FlisDeckText *deck, const FlisWord *words, int count)
{
	/* The longest of these notes has three words. */
	for (int at = count > 3 ? count - 3 : 0; at < count; at++)
	{
		if (flis_word_is_capital(deck, &words[at]) &&
			on_schedule_words(deck, words + at, count - at) == count - at)
			return at > 0 && flis_word_last(deck, &words[at - 1]) == '.' ? -1 : at;
	}
	return flis_word_is_dash(deck, &words[count - 1]) ? count - 1 : -1;
}

static int
first_opener(const FlisDeckText *deck, const FlisWord *words, int count)
{
	int depth = 0;

	for (int at = 0; at < count; at++)
	{
		flis_deck_interrupts(deck, at);
		if (depth <= 0 && flis_word_is_capital(deck, &words[at]) &&
			is_opener(deck, words + at, count - at, at == 0) &&
			!(at > 0 && flis_word_leaves_open(deck, &words[at - 1])))
			return at;
		depth += parentheses(deck, &words[at]);
	}
	return -1;
}

static bool
is_opener(const FlisDeckText *deck, const FlisWord *words, int count, bool alone)
{
	size_t tried = alone ? OPENERS_ALONE : sizeof(openers) / sizeof(openers[0]);

	for (size_t i = 0; i < tried; i++)
	{
		if (flis_words_begin(deck, words, count, openers[i]) > 0)
			return true;
	}
	return false;
}

/*
 * flis_words_begin_note
 *		Tells whether words are such as notes begin with.
 */
bool
flis_words_begin_note(const FlisDeckText *deck, const FlisWord *words, int count)
{
	return flis_word_is_capital(deck, words) && is_opener(deck, words, count, false);
}

/*
 * Finds the line after the first that begins a new cell: with a capital letter, outside
 * parentheses, not after a word such as "og".  -1 where there is none, or more than one before the
 * first sentence ends.
 */
static int
only_capital_line(const FlisDeckText *deck, const FlisWord *words, int count)
{
	int depth = 0;
	int found = -1;

	for (int at = 0; at < count; at++)
	{
		char last = flis_word_last(deck, &words[at]);

		flis_deck_interrupts(deck, at);
		if (at > 0 && depth <= 0 && (words[at].flags & FLIS_STARTS_LINE) != 0 &&
			flis_word_is_capital(deck, &words[at]) && !flis_word_leaves_open(deck, &words[at - 1]))
		{
			if (found >= 0)
				return -1;
			found = at;
		}
		depth += parentheses(deck, &words[at]);
		if (found >= 0 && last == '.')
			break;
	}
	return found;
}

static int
parentheses(const FlisDeckText *deck, const FlisWord *word)
{
	int depth = 0;

	for (uint32_t i = 0; i < word->length; i++)
	{
		char byte = deck->clean[word->start + i];

		depth += (byte == '(') - (byte == ')');
	}
	return depth;
}

/*
 * flis_word_leaves_open
 *		Tells whether a cell goes on after a word.
 */
bool
flis_word_leaves_open(const FlisDeckText *deck, const FlisWord *word)
{
	char last = flis_word_last(deck, word);

	return is_connector(deck, word) || last == '/' || last == ',' ||
		   (last == '-' && word->length > 1);
}

static bool
is_connector(const FlisDeckText *deck, const FlisWord *word)
{
	for (size_t i = 0; i < sizeof(connectors) / sizeof(connectors[0]); i++)
	{
		if (flis_word_is(deck, word, connectors[i]))
			return true;
	}
	return false;
}

/* Counts the first words that are a note that says all is well. */
static int
on_schedule_words(const FlisDeckText *deck, const FlisWord *words, int count)
{
	for (int i = 0; i < FLIS_ON_SCHEDULE_NOTES; i++)
	{
		int used = flis_words_begin(deck, words, count, flis_on_schedule_notes[i]);

		if (used > 0)
			return used;
	}
	return 0;
}

/* Counts the words that are left without the headings of known groups at the end. */
static int
without_known_headings(const FlisDeckText *deck, const FlisWord *words, int count)
{
	for (int area = 0; area < deck->area_count; area++)
	{
		const char *group = deck->areas[area].group;
		int used = group == NULL ? 0 : flis_words_end(deck, words, count, group);

		if (used > 0 && used < count && (words[count - used].flags & FLIS_STARTS_LINE) != 0)
		{
			flis_deck_interrupts(deck, count);
			count -= used;
			area = -1; /* there may be more, the first group's before it */
		}
	}
	return count;
}

/*
 * Counts the words that are left without the heading of an unknown group at the end: a line of its
 * own after a note that is complete in itself.  A dash alone is the source, and the line its note.
 */
static int
without_heading_line(const FlisDeckText *deck, const FlisWord *words, int count)
{
	for (int used = 1; used <= HEADING_WORDS_MAX && used < count; used++)
	{
		const FlisWord *line = &words[count - used];

		if ((line->flags & FLIS_STARTS_LINE) == 0)
			continue;
		if (count - used == 1 && flis_word_is_dash(deck, &words[0]))
			break;
		if (is_heading_line(deck, line, used) && final_note(deck, words, count - used) >= 0)
			return count - used;
		break;
	}
	return count;
}

/*
 * flis_words_are_headings
 *		Tells whether words are headings of groups: known ones, and unless only those are asked for,
 *		at most one that is not known, on one line.
 */
bool
flis_words_are_headings(const FlisDeckText *deck, const FlisWord *words, int count, bool only_known)
{
	bool has_unknown = only_known;

	for (int at = 0; at < count;)
	{
		int used = 0;

		flis_deck_interrupts(deck, at);
		for (int area = 0; area < deck->area_count && used == 0; area++)
		{
			if (deck->areas[area].group != NULL)
				used = flis_words_begin(deck, words + at, count - at, deck->areas[area].group);
		}
		if (used == 0)
		{
			used = flis_line_words(words + at, count - at);
			if (has_unknown || !is_heading_line(deck, words + at, used))
				return false;
			has_unknown = true;
		}
		at += used;
	}
	return true;
}

/* Tells whether words on one line look like a heading: few, a capital first, no stop, no note. */
static bool
is_heading_line(const FlisDeckText *deck, const FlisWord *words, int count)
{
	char last = flis_word_last(deck, &words[count - 1]);

	return (words[0].flags & FLIS_STARTS_LINE) != 0 && count <= HEADING_WORDS_MAX &&
		   flis_word_is_capital(deck, &words[0]) && last != '.' && last != ':' &&
		   !flis_word_leaves_open(deck, &words[count - 1]) && !is_opener(deck, words, count, true);
}
