/*
 * deck_border.c
 *		Where a row's source ends and its note begins in running text, and whether the note is whole.
 *
 * Running text does not mark where the cell Kilde ends and the cell Drift begins: only the words tell.
 * These are tried in turn:
 *
 * 1. a dash is a cell of its own;
 * 2. the source that is known of the area, or a part of it, is the source;
 * 3. "Kører efter planen" or a dash at the end is the note;
 * 4. the known source of another area is the source;
 * 5. the note begins at the one place where its first sentence can begin: at a line where the source has
 *    lines of its own, else at the only word with a capital or, where there are several, at the only
 *    one of them with which notes begin.
 *
 * The note must be whole: it begins with a capital or a number, each of its sentences ends if it has
 * several, and nothing in it looks like another cell.  Else the deck is refused.
 */
#include <string.h>

#include "base/enum_labels.h"
#include "deck/deck_border.h"
#include "deck/deck_match.h"
#include "deck/deck_note.h"

/* The most words of a group's heading that flis_area does not have. */
#define HEADING_WORDS_MAX 5

/* The most words of an unknown source, and the most of them in small letters side by side. */
#define SOURCE_WORDS_MAX 10
#define SOURCE_SMALL_MAX 3

/* The most words of a note that says that all is well, the parts of broken words counted. */
#define ON_SCHEDULE_WORDS 6

/* How many words a cell has, where words do not tell. */
#define UNCLEAR (-1)

/* The most bytes of an abbreviation that ends with its only stop, the stop included. */
#define ABBREVIATION_MAX 6

/*
 * Words, folded, with which a note begins and a source does not; in the deck they begin with a
 * capital.
 */
static const char *const note_openers[] = {
	"kører",	   "der",		  "vi",			 "da",			 "grundet",		  "på grund af",
	"pga.",		   "bemærk",	  "bemærk,",	 "bemærk:",		 "obs",			  "obs:",
	"afventer",	   "forventes",	  "forventet",	 "forsinket",	 "lukket",		  "mangler",
	"driften",	   "leverancen",  "leveringen",	 "opdateringen", "adgangen",	  "tallene",
	"rettelserne", "historikken", "hovedparten", "planen",		 "udgives",		  "udgivet",
	"data er",	   "data for",	  "data fra",	 "data mangler", "benchmarkdata", "fejl",
};

/* Words, folded, with which a note or a source can begin. */
static const char *const other_openers[] = {
	"den",	 "det",	  "de",	   "efter",	  "fra og med",	  "indtil",		"ingen",	 "enkelte",
	"nogle", "flere", "alle",  "ved",	  "når",		  "hvis",		"områdets",	 "området",
	"mange", "læs",	  "se",	   "dataene", "leverandøren", "kommunerne", "udtrækket", "indlæsningen",
	"ny",	 "nye",	  "kuben", "kun",	  "en",			  "et",			"to",		 "tre",
	"fire",	 "fem",	  "siden", "som",	  "tal",
};

/* Words, folded, after which a cell goes on. */
static const char *const connectors[] = {"og", "fra", "til",  "for", "af",
										 "i",  "via", "samt", "&",	 "med"};

/* Words, folded, that begin the speaker's notes below a slide. */
static const char *const speaker_notes[] = {"noter:", "note:", "notes:", "talernoter",
											"talernoter:"};

static FlisWords without_headings(const FlisDeckText *deck, FlisWords words, bool row_follows);
static int heading_words(const FlisDeckText *deck, FlisWords words);
static bool names_subjects(const FlisDeckText *deck, FlisWords words);
static bool is_heading_line(const FlisDeckText *deck, FlisWords words);
static int source_words(const FlisDeckText *deck, int area, FlisWords words);
static int known_source(const FlisDeckText *deck, const char *source, FlisWords words);
static bool is_cut_off(const FlisDeckText *deck, const char *source, FlisWords words);
static int source_part(const FlisDeckText *deck, const char *source, FlisWords words);
static int final_note(const FlisDeckText *deck, FlisWords words);
static bool can_be_source(const FlisDeckText *deck, FlisWords words);
static int only_border(const FlisDeckText *deck, FlisWords words);
static bool goes_on_small(const FlisDeckText *deck, FlisWords words, int at);
static bool begins_note(const FlisDeckText *deck, FlisWords words);
static bool is_opener(const FlisDeckText *deck, FlisWords words);
static bool opens_only_notes(const FlisDeckText *deck, FlisWords words);
static bool begins_with_one(const FlisDeckText *deck, FlisWords words, const char *const *list,
							size_t count);
static bool check_note(const FlisDeckText *deck, FlisWords note);
static int wrong_word(const FlisDeckText *deck, FlisWords note);
static bool is_foreign_line(const FlisDeckText *deck, FlisWords note, int at);
static bool is_abbreviation(const FlisDeckText *deck, const FlisWord *word);
static int on_schedule_words(const FlisDeckText *deck, FlisWords words);
static bool goes_on(const FlisDeckText *deck, const FlisWord *word);
static bool ends_sentence(const FlisDeckText *deck, FlisWords words, int at);
static bool begins_small(const FlisDeckText *deck, const FlisWord *word);
static int parentheses(const FlisDeckText *deck, const FlisWord *word);
static bool is_connector(const FlisDeckText *deck, const FlisWord *word);
static bool is_one_of(const FlisDeckText *deck, const FlisWord *word, const char *const *list,
					  size_t count);

/*
 * flis_deck_source_and_note finds a row's source and note in the words after its period, which go on to
 * the next row of the table if row_follows, else to the table's end.  Returns false with the error set
 * where it can't.
 */
bool
flis_deck_source_and_note(const FlisDeckText *deck, FlisDeckCells *row, FlisWords words,
						  bool row_follows)
{
	FlisWords cells = without_headings(deck, words, row_follows);
	int source = cells.count == 0 ? UNCLEAR : source_words(deck, row->area, cells);

	if (source < 0)
		return flis_deck_refuse(deck, FLIS_DECK_NO_BORDER,
								cells.count > 0 ? cells : row->frequency);
	row->source = flis_words_first(cells, source);
	row->note = flis_words_from(cells, source);
	return check_note(deck, row->note);
}

/*
 * without_headings leaves out the headings of groups at the end: the known ones and, if a row
 * follows, an unknown one after a note that is complete without it.
 */
static FlisWords
without_headings(const FlisDeckText *deck, FlisWords words, bool row_follows)
{
	int used = 0;

	do
	{
		words.count -= used;
		flis_deck_interrupts(deck, (size_t) words.count);
		used = 0;
		for (int area = 0; area < deck->area_count && used == 0; area++)
		{
			const char *group = deck->areas[area].group;

			used = group == NULL ? 0 : flis_words_end(deck, words, group);
			if (used > 0 && (used == words.count ||
							 (words.at[words.count - used].flags & FLIS_STARTS_LINE) == 0))
				used = 0;
		}
	} while (used > 0);
	if (row_follows)
		words.count -= heading_words(deck, words);
	return words;
}

/*
 * heading_words counts the words of an unknown heading at the end; 0 where there is none.
 */
static int
heading_words(const FlisDeckText *deck, FlisWords words)
{
	int used = 1;
	FlisWords before;

	while (used < words.count && used < HEADING_WORDS_MAX &&
		   (words.at[words.count - used].flags & FLIS_STARTS_LINE) == 0)
		used++;
	before = flis_words_first(words, words.count - used);
	/* One word is not source and note: the line may be the note. */
	if (before.count < 2 || !is_heading_line(deck, flis_words_from(words, before.count)))
		return 0;
	if (final_note(deck, before) < 0 &&
		!(ends_sentence(deck, before, before.count - 1) &&
		  names_subjects(deck, flis_words_from(words, before.count))))
		return 0;
	return used;
}

/*
 * names_subjects tells whether words can name subjects, as "Social og sundhed" does: no digits, stops or
 * parentheses, and after the first word none that ends as verbs do ("leveret", "udgives", "mangler").
 */
static bool
names_subjects(const FlisDeckText *deck, FlisWords words)
{
	for (int i = 0; i < words.count; i++)
	{
		const char *word = deck->folded + words.at[i].start;
		uint32_t length = words.at[i].length;

		for (uint32_t byte = 0; byte < length; byte++)
		{
			if (strchr("0123456789()%.:;", word[byte]) != NULL)
				return false;
		}
		if (i > 0 && length > 3 && word[length - 2] == 'e' &&
			strchr("rst", word[length - 1]) != NULL)
			return false;
	}
	return true;
}

/*
 * flis_words_are_headings tells whether words are headings of groups: known ones, and at most one
 * unknown one, on a line of its own.
 */
bool
flis_words_are_headings(const FlisDeckText *deck, FlisWords words)
{
	bool has_unknown = false;

	while (words.count > 0)
	{
		int used = flis_words_group(deck, words);

		flis_deck_interrupts(deck, (size_t) words.count);
		if (used == 0)
		{
			used = 1;
			while (!flis_word_ends_line(&words, used - 1))
				used++;
			if (has_unknown || !is_heading_line(deck, flis_words_first(words, used)))
				return false;
			has_unknown = true;
		}
		words = flis_words_from(words, used);
	}
	return true;
}

/*
 * is_heading_line tells whether words look like a heading: a line of few words that begins with a
 * capital, ends with no punctuation or connecting word, and does not begin as a note does.
 */
static bool
is_heading_line(const FlisDeckText *deck, FlisWords words)
{
	const FlisWord *last = &words.at[words.count - 1];

	return (words.at[0].flags & FLIS_STARTS_LINE) != 0 && words.count <= HEADING_WORDS_MAX &&
		   flis_word_is_capital(deck, &words.at[0]) &&
		   strchr(".:!?,", flis_word_last(deck, last)) == NULL &&
		   !flis_word_leaves_open(deck, last) && !is_opener(deck, words);
}

/*
 * source_words counts the words of the source; UNCLEAR where they can't be told from the note's.
 */
static int
source_words(const FlisDeckText *deck, int area, FlisWords words)
{
	int best = 0;
	int found;

	if (flis_word_is_dash(deck, &words.at[0]))
		return 1;
	found = known_source(deck, deck->areas[area].source, words);
	if (found != 0)
		return found;
	if (is_cut_off(deck, deck->areas[area].source, words))
		return UNCLEAR;
	found = final_note(deck, words);
	if (found >= 0)
		return can_be_source(deck, flis_words_first(words, found)) ? found : UNCLEAR;
	for (int other = 0; other < deck->area_count; other++)
	{
		found = known_source(deck, deck->areas[other].source, words);
		if (found > best)
			best = found;
	}
	return best > 0 ? best : only_border(deck, words);
}

/*
 * known_source counts the first words that spell a known source or a part of it, with what is added
 * in parentheses.  A note must be able to begin after them.  0 where they spell no such source,
 * UNCLEAR where they do and something else than a note follows.
 */
static int
known_source(const FlisDeckText *deck, const char *source, FlisWords words)
{
	int used = source == NULL ? 0 : flis_words_begin(deck, words, source);

	if (used == 0 && source != NULL)
		used = source_part(deck, source, words);
	if (used == 0)
		return 0;
	if (used < words.count && deck->clean[words.at[used].start] == '(')
	{
		int depth = 0;

		do
		{
			if (is_opener(deck, flis_words_from(words, used)))
				return UNCLEAR;
			depth += parentheses(deck, &words.at[used++]);
		} while (depth > 0 && used < words.count);
	}
	if (used == words.count || flis_word_is_dash(deck, &words.at[used]) ||
		begins_note(deck, flis_words_from(words, used)))
		return used;
	if (is_connector(deck, &words.at[used]) && (words.at[used].flags & FLIS_STARTS_LINE) == 0)
		return 0;
	return strchr(",;/", deck->clean[words.at[used].start]) != NULL ? 0 : UNCLEAR;
}

/*
 * is_cut_off tells whether words begin as a known source and go on with something else, as where a
 * program mixed the lines of two cells.
 */
static bool
is_cut_off(const FlisDeckText *deck, const char *source, FlisWords words)
{
	const char *rest = source;

	for (int i = 0; i < words.count && rest != NULL; i++)
	{
		const FlisWord *word = &words.at[i];

		rest += *rest == ' ';
		if (strncmp(rest, deck->folded + word->start, word->length) != 0)
			return i > 1 && flis_word_is_capital(deck, word);
		rest += word->length;
	}
	return false;
}

/*
 * source_part counts the first words that spell what a known source has before its parentheses, or
 * the one word within them; 0 where they spell neither.
 */
static int
source_part(const FlisDeckText *deck, const char *source, FlisWords words)
{
	const char *opens = strchr(source, '(');
	char part[128];
	size_t length;
	int used;

	if (opens == NULL || opens == source || strlen(source) >= sizeof(part))
		return 0;
	length = (size_t) (opens - source);
	memcpy(part, source, length);
	part[length] = '\0';
	used = flis_words_begin(deck, words, part);
	length = strcspn(opens + 1, " )");
	if (used > 0 || opens[1 + length] != ')')
		return used;
	memcpy(part, opens + 1, length);
	part[length] = '\0';
	return flis_words_begin(deck, words, part);
}

/*
 * final_note finds where the words end with a dash or a note that says that all is well; UNCLEAR where
 * they don't.
 */
static int
final_note(const FlisDeckText *deck, FlisWords words)
{
	int from = words.count > ON_SCHEDULE_WORDS ? words.count - ON_SCHEDULE_WORDS : 0;

	for (int at = from; at < words.count; at++)
	{
		FlisWords rest = flis_words_from(words, at);

		if (flis_word_is_capital(deck, &rest.at[0]) && on_schedule_words(deck, rest) == rest.count)
			return at;
	}
	return flis_word_is_dash(deck, &words.at[words.count - 1]) ? words.count - 1 : UNCLEAR;
}

/*
 * can_be_source tells whether all of the words can be one unknown source.
 */
static bool
can_be_source(const FlisDeckText *deck, FlisWords words)
{
	int depth = 0;
	int small = 0;

	if (words.count == 0)
		return true;
	if (words.count > SOURCE_WORDS_MAX || opens_only_notes(deck, words) ||
		!flis_word_is_capital(deck, &words.at[0]))
		return false;
	for (int i = 0; i < words.count; i++)
	{
		const FlisWord *word = &words.at[i];
		bool is_capital = flis_word_is_capital(deck, word);

		if (depth <= 0 && flis_word_begins_with_digit(deck, word))
			return false;
		/* A capital and then a small letter, as in "Delvist leveret", could begin the note. */
		if (i > 0 && depth <= 0 && is_capital && goes_on_small(deck, words, i) &&
			!flis_word_leaves_open(deck, word - 1))
			return false;

		depth += parentheses(deck, word);
		small = is_capital || depth > 0 || is_connector(deck, word) ? 0 : small + 1;
		if (small > SOURCE_SMALL_MAX || ends_sentence(deck, words, i) ||
			(i > 0 && depth <= 0 && is_capital && is_opener(deck, flis_words_from(words, i))))
			return false;
	}
	return true;
}

/*
 * only_border finds the one place where the note can begin after an unknown source; UNCLEAR where
 * there is none, or more than one.
 */
static int
only_border(const FlisDeckText *deck, FlisWords words)
{
	enum
	{
		LINE, /* a possible beginning that starts a line */
		ANY,
		OPENER, /* one of the words with which notes begin */
		KINDS
	};
	bool has_own_line = (words.at[0].flags & FLIS_STARTS_LINE) != 0;
	int depth = 0;
	int found[KINDS] = {UNCLEAR, UNCLEAR, UNCLEAR};
	int count[KINDS] = {0, 0, 0};
	int best;

	if (opens_only_notes(deck, words) || !flis_word_is_capital(deck, &words.at[0]) ||
		!ends_sentence(deck, words, words.count - 1))
		return UNCLEAR;
	for (int at = 0; at < words.count; at++)
	{
		FlisWords rest = flis_words_from(words, at);

		flis_deck_interrupts(deck, (size_t) at);
		if (at > 0 && depth <= 0 && begins_note(deck, rest) &&
			!flis_word_leaves_open(deck, &words.at[at - 1]))
		{
			bool is[KINDS] = {(rest.at[0].flags & FLIS_STARTS_LINE) != 0, true,
							  is_opener(deck, rest) || !flis_word_is_capital(deck, &rest.at[0])};

			for (int kind = 0; kind < KINDS; kind++)
			{
				if (is[kind])
					found[kind] = at;
				count[kind] += is[kind];
			}
		}
		else if (at > 0 && depth <= 0 && flis_word_begins_with_digit(deck, &words.at[at]) &&
				 (flis_word_is_capital(deck, &words.at[at - 1]) ||
				  flis_word_last(deck, &words.at[at - 1]) == ')'))
			return UNCLEAR; /* maybe a note that begins with a date */
		depth += parentheses(deck, &words.at[at]);
		if (ends_sentence(deck, words, at))
			break;
	}
	if (has_own_line && count[LINE] > 0)
		best =
			count[LINE] == 1 &&
					(count[OPENER] == 0 || (count[OPENER] == 1 && found[OPENER] == found[LINE])) &&
					(count[OPENER] == 1 || goes_on_small(deck, words, found[LINE]))
				? found[LINE]
				: UNCLEAR;
	else
		best = count[ANY] == 1 ? found[ANY] : count[OPENER] == 1 ? found[OPENER] : UNCLEAR;
	return best > 0 && can_be_source(deck, flis_words_first(words, best)) ? best : UNCLEAR;
}

/*
 * goes_on_small tells whether the word after one begins with a small letter and is no connector.
 */
static bool
goes_on_small(const FlisDeckText *deck, FlisWords words, int at)
{
	const FlisWord *next = &words.at[at + 1];

	return at + 1 < words.count && !flis_word_is_capital(deck, next) && !is_connector(deck, next) &&
		   strchr("(-&", deck->clean[next->start]) == NULL;
}

/*
 * begins_note tells whether a note can begin with words: with a capital letter, or with a number of
 * something.
 */
static bool
begins_note(const FlisDeckText *deck, FlisWords words)
{
	FlisDeckPeriod period;

	if (flis_word_is_capital(deck, &words.at[0]))
		return true;
	return flis_word_is_number(deck, &words.at[0]) && words.count > 1 &&
		   flis_words_period(deck, flis_words_from(words, 1), &period) == 0 &&
		   begins_small(deck, &words.at[1]);
}

static bool
is_opener(const FlisDeckText *deck, FlisWords words)
{
	return opens_only_notes(deck, words) ||
		   begins_with_one(deck, words, other_openers, FLIS_LENGTH(other_openers));
}

static bool
opens_only_notes(const FlisDeckText *deck, FlisWords words)
{
	return begins_with_one(deck, words, note_openers, FLIS_LENGTH(note_openers));
}

/*
 * begins_with_one tells whether words begin with a capital and spell one of a list.
 */
static bool
begins_with_one(const FlisDeckText *deck, FlisWords words, const char *const *list, size_t count)
{
	if (!flis_word_is_capital(deck, &words.at[0]))
		return false;
	for (size_t i = 0; i < count; i++)
	{
		if (flis_words_begin(deck, words, list[i]) > 0)
			return true;
	}
	return false;
}

/*
 * check_note refuses the deck where a note is none, or holds the text of something else, which
 * would be lost as a part of it.
 */
static bool
check_note(const FlisDeckText *deck, FlisWords note)
{
	int at = wrong_word(deck, note);

	while (at > 0 && at < note.count && (note.at[at].flags & FLIS_STARTS_LINE) == 0)
		at--;
	return at >= note.count ||
		   flis_deck_refuse(deck, FLIS_DECK_BAD_NOTE, flis_words_from(note, at));
}

/*
 * wrong_word finds the first word of a note that belongs to something else; note.count where there is
 * none.
 */
static int
wrong_word(const FlisDeckText *deck, FlisWords note)
{
	bool has_sentence = false;
	int depth = 0;

	if (note.count == 0 || (note.count == 1 && flis_word_is_dash(deck, &note.at[0])))
		return note.count;
	if (!begins_note(deck, note))
		return 0;
	for (int at = 0; at < note.count; at++)
	{
		const FlisWord *word = &note.at[at];
		FlisWords rest = flis_words_from(note, at);
		bool begins = at == 0 || ends_sentence(deck, note, at - 1);
		int used;

		flis_deck_interrupts(deck, (size_t) at);
		if ((word->flags & FLIS_STARTS_LINE) != 0 &&
			(deck->clean[word->start] == '*' ||
			 is_one_of(deck, word, speaker_notes, FLIS_LENGTH(speaker_notes))))
			return at;
		if (at > 0 && is_foreign_line(deck, note, at))
			return at;
		if (flis_word_is_dash(deck, word) && (at + 1 == note.count))
			return at;
		used = flis_word_is_capital(deck, word) ? on_schedule_words(deck, rest) : 0;
		/*
		 * "Kører efter planen" within a sentence, or at the end of a note that says more, is
		 * another row's.
		 */
		if (used > 0 && (!begins || (at > 0 && used == rest.count)))
			return at;
		if (used > 0 && used < rest.count && !ends_sentence(deck, rest, used - 1) &&
			!goes_on(deck, &rest.at[used]))
			return at + used;
		if (used == 0 && !begins && depth <= 0 && is_opener(deck, rest) &&
			strchr(":;)\"", flis_word_last(deck, word - 1)) == NULL)
			return at;
		depth += parentheses(deck, word);
		has_sentence = has_sentence || (at + 1 < note.count && ends_sentence(deck, note, at));
	}
	/* Where no sentence ends with a stop, a line that begins with a capital may be of something else. */
	for (int at = 1; at < note.count && !has_sentence && !ends_sentence(deck, note, note.count - 1);
		 at++)
	{
		if ((note.at[at].flags & FLIS_STARTS_LINE) != 0 &&
			flis_word_is_capital(deck, &note.at[at]) &&
			!flis_word_leaves_open(deck, &note.at[at - 1]))
			return at;
	}
	/*
	 * A last sentence without a stop, after others with one, goes on elsewhere or is of something
	 * else.
	 */
	if (has_sentence && !ends_sentence(deck, note, note.count - 1) &&
		flis_word_last(deck, &note.at[note.count - 1]) != ')')
		return note.count - 1;
	return note.count;
}

/*
 * is_foreign_line tells whether a line begins at a word of a note that is no part of it: a number
 * alone, a sign such as that of a copyright or, after a stop, what begins no sentence, such as a date,
 * a footnote, an address or the rest of another cell.
 */
static bool
is_foreign_line(const FlisDeckText *deck, FlisWords note, int at)
{
	const FlisWord *word = &note.at[at];

	if ((word->flags & FLIS_STARTS_LINE) == 0)
		return false;
	if (strchr("|#@<", deck->clean[word->start]) != NULL ||
		(word->length >= 2 && memcmp(deck->clean + word->start, "\xC2\xA9", 2) == 0))
		return true;
	if (flis_word_is_number(deck, word) && flis_word_ends_line(&note, at) &&
		flis_word_last(deck, word - 1) != '-')
		return true;
	if (!flis_word_ends_with_stop(deck, word - 1) || is_abbreviation(deck, word - 1))
		return false;
	return begins_small(deck, word) || (flis_word_begins_with_digit(deck, word) &&
										!begins_note(deck, flis_words_from(note, at)));
}

/*
 * is_abbreviation tells whether a word that ends with a stop may be an abbreviation: it begins with
 * a small letter, and is short or has another stop within ("pga.", "bl.a.").
 */
static bool
is_abbreviation(const FlisDeckText *deck, const FlisWord *word)
{
	const char *text = deck->clean + word->start;

	return !flis_word_is_capital(deck, word) &&
		   (word->length <= ABBREVIATION_MAX || memchr(text, '.', word->length - 1) != NULL);
}

/*
 * on_schedule_words counts the first words that say that all is well; 0 where they don't.
 */
static int
on_schedule_words(const FlisDeckText *deck, FlisWords words)
{
	for (int i = 0; i < FLIS_ON_SCHEDULE_NOTES; i++)
	{
		int used = flis_words_begin(deck, words, flis_on_schedule_notes[i]);

		if (used > 0)
			return used;
	}
	return 0;
}

/*
 * goes_on tells whether a word can go on with the sentence before it.
 */
static bool
goes_on(const FlisDeckText *deck, const FlisWord *word)
{
	const char *text = deck->clean + word->start;

	if (flis_word_is_capital(deck, word))
		return false;
	if ((word->flags & FLIS_STARTS_LINE) == 0 || flis_word_is_dash(deck, word) || text[0] == '(')
		return true;
	/* A mail or web address belongs to the page's footer. */
	return begins_small(deck, word) && memchr(text, '.', word->length - 1) == NULL &&
		   memchr(text, '@', word->length) == NULL;
}

/*
 * ends_sentence tells whether a word ends a sentence: it has a stop, and then comes nothing, a
 * capital or a number of something.
 */
static bool
ends_sentence(const FlisDeckText *deck, FlisWords words, int at)
{
	if (!flis_word_ends_with_stop(deck, &words.at[at]))
		return false;
	if (at + 1 == words.count || flis_word_is_capital(deck, &words.at[at + 1]))
		return true;
	return flis_word_begins_with_digit(deck, &words.at[at + 1]) &&
		   begins_note(deck, flis_words_from(words, at + 1));
}

static bool
begins_small(const FlisDeckText *deck, const FlisWord *word)
{
	unsigned char byte = (unsigned char) deck->clean[word->start];

	return (byte >= 'a' && byte <= 'z') || (byte == 0xC3 && !flis_word_is_capital(deck, word));
}

/*
 * parentheses counts the parentheses that a word opens, less those that it closes.
 */
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
 * flis_word_leaves_open tells whether a cell can't end with a word.
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
	return is_one_of(deck, word, connectors, FLIS_LENGTH(connectors));
}

static bool
is_one_of(const FlisDeckText *deck, const FlisWord *word, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
	{
		if (flis_word_is(deck, word, list[i]))
			return true;
	}
	return false;
}
