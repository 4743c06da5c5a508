/*
 * deck_text.c
 *		A deck's text as words: cleaned, numbered by line, and joined again.
 *
 * Programs that extract the text of slides break cells and words over lines, and leave typographic
 * characters in it, such as no-break spaces, soft hyphens and ligatures.  Cleaning replaces these
 * characters and refuses those that no deck has; joining puts broken words together again.
 */
#include <string.h>

#include "base/enum_labels.h"
#include "deck/deck_text.h"

/* Stands in the cleaned text for a soft hyphen at the end of a line. */
#define SOFT_HYPHEN '\x1f'

/* The most bytes of a deck's text that an error shows. */
#define EXCERPT_MAX 200

/* The most bytes before the first table that are searched for footers. */
#define PROSE_MAX 65536

typedef struct Replacement
{
	const char *from;
	const char *to; /* never longer than from */
} Replacement;

/* Typographic characters, and what they are replaced by. */
static const Replacement replacements[] = {
	{"\xC2\xA0", " "},		/* no-break space */
	{"\xE2\x80\x82", " "},	/* en space */
	{"\xE2\x80\x83", " "},	/* em space */
	{"\xE2\x80\x87", " "},	/* figure space */
	{"\xE2\x80\x89", " "},	/* thin space */
	{"\xE2\x80\x8A", " "},	/* hair space */
	{"\xE2\x80\xAF", " "},	/* narrow no-break space */
	{"\xC2\x85", "\v"},		/* next line */
	{"\xE2\x80\xA8", "\v"}, /* line separator */
	{"\xE2\x80\xA9", "\v"}, /* paragraph separator */
	{"\xE2\x80\x8B", ""},	/* zero width space */
	{"\xE2\x80\x8C", ""},	/* zero width non-joiner */
	{"\xE2\x80\x8D", ""},	/* zero width joiner */
	{"\xE2\x80\x8E", ""},	/* left-to-right mark */
	{"\xE2\x80\x8F", ""},	/* right-to-left mark */
	/* NOLINTBEGIN(misc-misleading-bidirectional) */
	{"\xE2\x80\xAA", ""}, /* left-to-right embedding */
	{"\xE2\x80\xAC", ""}, /* pop directional formatting */
	{"\xE2\x80\xAD", ""}, /* left-to-right override */
	{"\xE2\x81\xA6", ""}, /* left-to-right isolate */
	{"\xE2\x81\xA8", ""}, /* first strong isolate */
	{"\xE2\x81\xA9", ""}, /* pop directional isolate */
	/* NOLINTEND(misc-misleading-bidirectional) */
	{"\xE2\x81\xA0", ""},  /* word joiner */
	{"\xEF\xBB\xBF", ""},  /* byte order mark */
	{"\xE2\x80\x90", "-"}, /* hyphen */
	{"\xE2\x80\x91", "-"}, /* no-break hyphen */
	/* the lines around cells that psql and other programs draw */
	{"\xE2\x94\x82", "|"},
	{"\xE2\x94\x80", "-"},
	{"\xE2\x94\x8C", "+"},
	{"\xE2\x94\x90", "+"},
	{"\xE2\x94\x94", "+"},
	{"\xE2\x94\x98", "+"},
	{"\xE2\x94\x9C", "+"},
	{"\xE2\x94\xA4", "+"},
	{"\xE2\x94\xAC", "+"},
	{"\xE2\x94\xB4", "+"},
	{"\xE2\x94\xBC", "+"},
	/* ligatures */
	{"\xEF\xAC\x80", "ff"},
	{"\xEF\xAC\x81", "fi"},
	{"\xEF\xAC\x82", "fl"},
	{"\xEF\xAC\x83", "ffi"},
	{"\xEF\xAC\x84", "ffl"},
	/* characters as HTML and Markdown write them */
	{"<br>", "\v"},
	{"<br/>", "\v"},
	{"<br />", "\v"},
	{"&nbsp;", " "},
	{"&#160;", " "},
	{"&shy;", ""},
	{"&ndash;", "\xE2\x80\x93"},
	{"&#8211;", "\xE2\x80\x93"},
	{"&mdash;", "\xE2\x80\x94"},
	{"&#8212;", "\xE2\x80\x94"},
	{"&aelig;", "\xC3\xA6"},
	{"&oslash;", "\xC3\xB8"},
	{"&aring;", "\xC3\xA5"},
	{"&AElig;", "\xC3\x86"},
	{"&Oslash;", "\xC3\x98"},
	{"&Aring;", "\xC3\x85"},
	{"&#230;", "\xC3\xA6"},
	{"&#248;", "\xC3\xB8"},
	{"&#229;", "\xC3\xA5"},
	{"&#198;", "\xC3\x86"},
	{"&#216;", "\xC3\x98"},
	{"&#197;", "\xC3\x85"},
	/* letters with a combining ring, acute accent or diaeresis */
	{"A\xCC\x8A", "\xC3\x85"},
	{"a\xCC\x8A", "\xC3\xA5"},
	{"E\xCC\x81", "\xC3\x89"},
	{"e\xCC\x81", "\xC3\xA9"},
	{"O\xCC\x88", "\xC3\x96"},
	{"o\xCC\x88", "\xC3\xB6"},
	{"u\xCC\x88", "\xC3\xBC"},
};

static size_t clean_character(const char *from, size_t left, char **to, FlisDeckFault *fault);
static size_t code_point(const char *from, size_t left, uint32_t *code);
static bool is_other_encoding(uint32_t code, uint32_t next);
static bool is_known_letter(uint32_t code);
static bool refuse_character(const FlisDeckText *deck, FlisDeckFault fault, const char *text,
							 size_t length, size_t at);
static bool is_same_line(const FlisDeckText *deck, size_t left, size_t right);
static bool is_line_end(char byte);
static bool is_blank_or_digit(char byte);
static bool is_capital(const char *letter, size_t length);
static bool keeps_hyphen(const FlisDeckText *deck, const FlisWord *word, const FlisWord *next);
static const char *excerpt(char *text);

/*
 * flis_deck_clean fills clean and folded with the text, its typographic characters replaced.  Returns
 * false with the error set where a character is one that no deck has.
 */
bool
flis_deck_clean(FlisDeckText *deck, const char *text, size_t length)
{
	char *to = deck->clean = deck->host->alloc(length);

	for (size_t i = 0, steps = 0; i < length; steps++)
	{
		FlisDeckFault fault;
		size_t used = clean_character(text + i, length - i, &to, &fault);

		flis_deck_interrupts(deck, steps);
		if (used == 0)
			return refuse_character(deck, fault, text, length, i);
		i += used;
	}
	deck->clean_length = (size_t) (to - deck->clean);
	deck->folded = deck->host->alloc(deck->clean_length);
	flis_fold(deck->clean, deck->clean_length, deck->folded);
	return true;
}

/*
 * clean_character writes one cleaned character, and returns how many bytes of the text it stands for; 0
 * where it is one that no deck has.  The fault is set either way.
 */
static size_t
clean_character(const char *from, size_t left, char **to, FlisDeckFault *fault)
{
	uint32_t code;
	uint32_t next = 0;
	size_t used = code_point(from, left, &code);

	*fault = FLIS_DECK_BAD_LETTER;
	if (used == 0)
		return 0;
	if (code == '\r')
	{
		if (left == 1 || from[1] != '\n')
			*(*to)++ = '\n';
		return 1;
	}
	if (used < left)
		code_point(from + used, left - used, &next);
	if (code == 0xAD)
	{
		size_t end = used;

		while (end < left && from[end] == ' ')
			end++;
		if (end < left && (from[end] == '\n' || from[end] == '\r'))
			*(*to)++ = SOFT_HYPHEN;
		return used;
	}
	if (is_other_encoding(code, next))
	{
		*fault = FLIS_DECK_ENCODING;
		return 0;
	}
	if (code >= 0x80 || code == '&' || code == '<' || (next >= 0x300 && next < 0x370))
	{
		for (size_t i = 0; i < FLIS_LENGTH(replacements); i++)
		{
			const Replacement *replacement = &replacements[i];
			size_t length = strlen(replacement->from);

			if (left >= length && memcmp(from, replacement->from, length) == 0)
			{
				size_t written = strlen(replacement->to);

				memcpy(*to, replacement->to, written);
				*to += written;
				return length;
			}
		}
	}
	if (!is_known_letter(code))
		return 0;
	memcpy(*to, from, used);
	*to += used;
	return used;
}

/*
 * code_point decodes one character of UTF-8 and returns how many bytes it has; 0 where it is none.
 */
static size_t
code_point(const char *from, size_t left, uint32_t *code)
{
	unsigned char byte = (unsigned char) from[0];
	size_t length = byte < 0x80	  ? 1
					: byte < 0xC2 ? 0
					: byte < 0xE0 ? 2
					: byte < 0xF0 ? 3
					: byte < 0xF5 ? 4
								  : 0;

	if (length == 0 || length > left)
		return 0;
	*code = length == 1 ? byte : byte & (0xFFu >> (length + 1));
	for (size_t i = 1; i < length; i++)
	{
		if (((unsigned char) from[i] & 0xC0) != 0x80)
			return 0;
		*code = *code << 6 | ((unsigned char) from[i] & 0x3F);
	}
	return length;
}

/*
 * is_other_encoding tells whether a character and the next one come from a text read in the wrong
 * encoding: UTF-8 read as Latin-1 or Windows-1252 ("MÃ¥nedligt"), or Windows-1252 read as Latin-1.
 */
static bool
is_other_encoding(uint32_t code, uint32_t next)
{
	if (code >= 0x80 && code < 0xA0)
		return code != 0x85;
	return ((code == 0xC2 || code == 0xC3) && next >= 0x80) || (code == 0xEF && next == 0xBB) ||
		   (code == 0xE2 && (next == 0x80 || next == 0x20AC));
}

/*
 * is_known_letter tells whether a deck may have a character: one of Latin-1, punctuation or a symbol.
 * A ligature of a font that Unicode does not have, such as "ft" or "ti", is extracted as a letter of
 * any other script, so that the word would be wrong.
 */
static bool
is_known_letter(uint32_t code)
{
	if (code < 0xA0)
		return (code >= ' ' && code < 0x7F) || (code >= '\t' && code <= '\f');
	return code < 0x100 || (code >= 0x2000 && code < 0x2C00) ||
		   /* bullets of the fonts Symbol and Wingdings */
		   code == 0xF0B7 || code == 0xF0A7;
}

/*
 * refuse_character records the line of a character that no deck has, and its text.  Returns false.
 */
static bool
refuse_character(const FlisDeckText *deck, FlisDeckFault fault, const char *text, size_t length,
				 size_t at)
{
	int line = 1;
	size_t start = 0;
	size_t end = at;
	char *copy;

	for (size_t i = 0; i < at; i++)
	{
		bool is_end = text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n');

		line += is_end;
		if (is_end)
			start = i + 1;
	}
	while (end < length && text[end] != '\n' && text[end] != '\r' && end - start <= EXCERPT_MAX)
		end++;
	copy = deck->host->alloc(end - start + 1);
	for (size_t i = start; i < end; i++)
		copy[i - start] = (unsigned char) text[i] < ' ' ? ' ' : text[i];
	copy[end - start] = '\0';
	*deck->error = (FlisDeckError){fault, line, excerpt(copy), NULL};
	return false;
}

/*
 * flis_deck_words finds the words of a part of the cleaned text; line is the number of its first line.
 */
FlisWords
flis_deck_words(const FlisDeckText *deck, size_t from, size_t to, int line)
{
	FlisWords words;

	words.count = flis_deck_find_words(deck, from, to, line, NULL);
	words.at = deck->host->alloc((size_t) words.count * sizeof(FlisWord));
	flis_deck_find_words(deck, from, to, line, words.at);
	return words;
}

/*
 * flis_deck_find_words counts the words of a part of the cleaned text and, where words is not NULL,
 * fills it.
 */
int
flis_deck_find_words(const FlisDeckText *deck, size_t from, size_t to, int line, FlisWord *words)
{
	uint32_t flags = FLIS_STARTS_LINE;
	int count = 0;
	int blanks = 0;
	int line_ends = 0;

	for (size_t i = from; i < to;)
	{
		char byte = deck->clean[i];
		size_t start = i;

		flis_deck_interrupts(deck, i);
		if (flis_is_break(byte))
		{
			if (byte == ' ' || byte == '\t')
				blanks++;
			else
			{
				flags |= FLIS_STARTS_LINE | (byte == '\f' ? FLIS_STARTS_SLIDE : 0);
				blanks = 0;
				line += byte == '\n';
				line_ends += byte == '\n';
			}
			i++;
			continue;
		}
		while (i < to && !flis_is_break(deck->clean[i]))
			i++;
		if (blanks >= 2)
			flags |= FLIS_AFTER_GAP;
		if (line_ends >= 2)
			flags |= FLIS_AFTER_EMPTY | (line_ends >= 3 ? FLIS_STARTS_SLIDE : 0);
		if (deck->clean[i - 1] == SOFT_HYPHEN)
		{
			/* Some programs put it on a line of its own, after the word's first part. */
			if (i - start == 1)
			{
				if (words != NULL && count > 0)
					words[count - 1].flags |= FLIS_SOFT_HYPHEN;
				continue;
			}
			flags |= FLIS_SOFT_HYPHEN;
		}
		if (words != NULL)
		{
			uint32_t length = (uint32_t) (i - start) - ((flags & FLIS_SOFT_HYPHEN) != 0);

			words[count] = (FlisWord){(uint32_t) start, length, line, flags};
		}
		count++;
		flags = 0;
		blanks = line_ends = 0;
	}
	return count;
}

/*
 * flis_is_break tells whether a byte is a blank or a line end, which stands between words.
 */
bool
flis_is_break(char byte)
{
	return byte == ' ' || (byte >= '\t' && byte <= '\f');
}

/*
 * flis_deck_interrupts lets the host stop a long reading, each time that the caller's counter has
 * moved on by 4096.
 */
void
flis_deck_interrupts(const FlisDeckText *deck, size_t step)
{
	if (step % 4096 == 0)
		deck->host->check_interrupts();
}

/*
 * flis_word_is tells whether a word is equal to a folded text, without regard to case.
 */
bool
flis_word_is(const FlisDeckText *deck, const FlisWord *word, const char *folded)
{
	return strlen(folded) == word->length &&
		   memcmp(deck->folded + word->start, folded, word->length) == 0;
}

/*
 * flis_word_is_dash tells whether a word is a dash, which a deck prints in a cell that says nothing.
 */
bool
flis_word_is_dash(const FlisDeckText *deck, const FlisWord *word)
{
	return flis_word_is(deck, word, "-") || flis_word_is(deck, word, "\xE2\x80\x93") ||
		   flis_word_is(deck, word, "\xE2\x80\x94") || flis_word_is(deck, word, "\xE2\x88\x92") ||
		   flis_word_is(deck, word, "\xE2\x80\x92") || flis_word_is(deck, word, "\xE2\x80\x95");
}

/*
 * flis_word_is_capital tells whether a word begins with a capital letter.
 */
bool
flis_word_is_capital(const FlisDeckText *deck, const FlisWord *word)
{
	return is_capital(deck->clean + word->start, word->length);
}

/*
 * flis_word_is_number tells whether a word is all digits, at most three.
 */
bool
flis_word_is_number(const FlisDeckText *deck, const FlisWord *word)
{
	for (uint32_t i = 0; i < word->length; i++)
	{
		if (deck->clean[word->start + i] < '0' || deck->clean[word->start + i] > '9')
			return false;
	}
	return word->length <= 3;
}

/*
 * flis_word_begins_with_digit tells whether a word begins with a digit.
 */
bool
flis_word_begins_with_digit(const FlisDeckText *deck, const FlisWord *word)
{
	return deck->clean[word->start] >= '0' && deck->clean[word->start] <= '9';
}

/*
 * flis_word_ends_with_stop tells whether a word ends with a character that can end a sentence.
 */
bool
flis_word_ends_with_stop(const FlisDeckText *deck, const FlisWord *word)
{
	return strchr(".!?:", flis_word_last(deck, word)) != NULL;
}

/*
 * flis_word_last returns a word's last byte.
 */
char
flis_word_last(const FlisDeckText *deck, const FlisWord *word)
{
	return deck->clean[word->start + word->length - 1];
}

static bool
is_capital(const char *letter, size_t length)
{
	const unsigned char *byte = (const unsigned char *) letter;

	return (length > 0 && byte[0] >= 'A' && byte[0] <= 'Z') ||
		   (length > 1 && byte[0] == 0xC3 && byte[1] >= 0x80 && byte[1] <= 0x9E && byte[1] != 0x97);
}

/*
 * flis_word_ends_line tells whether a word is the last of its line.
 */
bool
flis_word_ends_line(const FlisWords *words, int at)
{
	return at + 1 >= words->count || (words->at[at + 1].flags & FLIS_STARTS_LINE) != 0;
}

/*
 * flis_words_from returns the words from an index on.
 */
FlisWords
flis_words_from(FlisWords words, int from)
{
	return (FlisWords){words.at + from, words.count - from};
}

/*
 * flis_words_first returns the first words, so many of them.
 */
FlisWords
flis_words_first(FlisWords words, int count)
{
	return (FlisWords){words.at, count};
}

/*
 * flis_deck_is_footer tells whether the line that begins at a byte of the cleaned text also stands
 * before the first table, where its numbers may differ: slides repeat their footers, but no cells.
 */
bool
flis_deck_is_footer(const FlisDeckText *deck, size_t from)
{
	for (size_t start = 0; start < deck->table_start && start < PROSE_MAX;)
	{
		if (is_same_line(deck, start, from))
			return true;
		while (start < deck->table_start && !is_line_end(deck->clean[start]))
			start++;
		start++;
	}
	return false;
}

/*
 * is_same_line tells whether two lines differ in blanks and digits at most, and have more than these.
 */
static bool
is_same_line(const FlisDeckText *deck, size_t left, size_t right)
{
	bool has_letter = false;

	for (;;)
	{
		while (left < deck->clean_length && is_blank_or_digit(deck->clean[left]))
			left++;
		while (right < deck->clean_length && is_blank_or_digit(deck->clean[right]))
			right++;
		if (left >= deck->clean_length || is_line_end(deck->clean[left]))
			return has_letter && (right >= deck->clean_length || is_line_end(deck->clean[right]));
		if (right >= deck->clean_length || deck->clean[left] != deck->clean[right])
			return false;
		has_letter = true;
		left++;
		right++;
	}
}

static bool
is_line_end(char byte)
{
	return byte == '\n' || byte == '\v' || byte == '\f';
}

static bool
is_blank_or_digit(char byte)
{
	return byte == ' ' || byte == '\t' || (byte >= '0' && byte <= '9');
}

/*
 * flis_words_joined returns the words as one line with single spaces, a word that was broken at the
 * end of a line mended.
 */
char *
flis_words_joined(const FlisDeckText *deck, FlisWords words)
{
	size_t size = 1;
	char *text;
	char *to;

	for (int i = 0; i < words.count; i++)
		size += words.at[i].length + 1;
	text = to = deck->host->alloc(size);
	for (int i = 0; i < words.count; i++)
	{
		const FlisWord *word = &words.at[i];

		flis_deck_interrupts(deck, (size_t) i);
		if (i > 0)
		{
			const FlisWord *last = word - 1;
			char ending = flis_word_last(deck, last);

			if ((word->flags & FLIS_STARTS_LINE) == 0)
				*to++ = ' ';
			else if ((last->flags & FLIS_SOFT_HYPHEN) != 0)
				;
			else if (ending == '-' && last->length > 1)
			{
				if (flis_word_is(deck, word, "og") || flis_word_is(deck, word, "eller") ||
					flis_word_is(deck, word, "samt"))
					*to++ = ' ';
				else if (!keeps_hyphen(deck, last, word))
					to--;
			}
			else if (ending != '/' && deck->clean[word->start] != '/')
				*to++ = ' ';
		}
		/* Only a word that deck_geometry read can have blanks in it. */
		for (uint32_t byte = 0; byte < word->length; byte++)
		{
			char letter = deck->clean[word->start + byte];

			if (!flis_is_break(letter))
				*to++ = letter;
			else if (to[-1] != ' ')
				*to++ = ' ';
		}
	}
	*to = '\0';
	return text;
}

/*
 * keeps_hyphen tells whether the hyphen at the end of a line is part of the word: after an
 * abbreviation or a number ("EOJ-" "løsninger", "2-" "årig"), and before a capital or a number
 * ("VH-" "Data").
 */
static bool
keeps_hyphen(const FlisDeckText *deck, const FlisWord *word, const FlisWord *next)
{
	const char *hyphen = deck->clean + word->start + word->length - 1;
	const char *last = hyphen - 1;

	if (flis_word_is_capital(deck, next) || flis_word_begins_with_digit(deck, next))
		return true;
	if (*last >= '0' && *last <= '9')
		return true;
	/* The last letter decides: an abbreviation ends in a capital, a word in a small one. */
	if ((*last & 0xC0) == 0x80)
		last--;
	return is_capital(last, (size_t) (hyphen - last));
}

/*
 * flis_deck_refuse records why the deck can't be read, with the line of the first of these words and
 * their text; without words the whole deck is meant.  Returns false.
 */
bool
flis_deck_refuse(const FlisDeckText *deck, FlisDeckFault fault, FlisWords words)
{
	flis_deck_refuse_name(deck, words, (FlisWords){NULL, 0});
	deck->error->fault = fault;
	return false;
}

/*
 * flis_deck_refuse_name records that an area is not known, and its name.  Returns false.
 */
bool
flis_deck_refuse_name(const FlisDeckText *deck, FlisWords words, FlisWords name)
{
	*deck->error = (FlisDeckError){FLIS_DECK_UNKNOWN_AREA, words.count > 0 ? words.at[0].line : 0,
								   flis_words_excerpt(deck, words),
								   name.count > 0 ? excerpt(flis_words_joined(deck, name)) : NULL};
	return false;
}

/*
 * flis_folded_copy copies a text and folds it; NULL stays NULL.
 */
const char *
flis_folded_copy(const FlisHost *host, const char *text)
{
	size_t size;
	char *copy;

	if (text == NULL)
		return NULL;
	size = strlen(text) + 1;
	copy = host->alloc(size);
	flis_fold(text, size, copy);
	return copy;
}

/*
 * flis_deck_pass_over notes a line of text that is read by nobody, for the warning of it.
 */
void
flis_deck_pass_over(FlisDeckText *deck, FlisWords line)
{
	if (deck->unread_lines++ == 0)
		deck->unread = line;
}

/*
 * flis_words_excerpt returns the beginning of words as one line.
 */
const char *
flis_words_excerpt(const FlisDeckText *deck, FlisWords words)
{
	FlisWords shown = {words.at, 0};
	size_t length = 0;

	while (shown.count < words.count && length <= EXCERPT_MAX)
		length += words.at[shown.count++].length + 1;
	return excerpt(flis_words_joined(deck, shown));
}

/*
 * excerpt cuts a text to at most EXCERPT_MAX bytes, between two characters.
 */
static const char *
excerpt(char *text)
{
	size_t length = strlen(text);

	if (length > EXCERPT_MAX)
	{
		length = EXCERPT_MAX;
		while (length > 0 && ((unsigned char) text[length] & 0xC0) == 0x80)
			length--;
		text[length] = '\0';
	}
	return text;
}
