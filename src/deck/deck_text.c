/*
 * deck_text.c
 *		A deck's text as words: cleaned, numbered by line and column, and joined again.
 *
 * A program that takes the text out of slides breaks cells and words over lines and brings along
 * what only a typesetter needs.  Cleaning removes the latter, joining puts a broken word together.
 */
#include <string.h>

#include "base/enum_labels.h"
#include "deck/deck_text.h"

/* Stands in the cleaned text for a soft hyphen at the end of a line. */
#define SOFT_HYPHEN '\x1f'

/* Bytes of a deck's text in an error. */
#define EXCERPT_MAX 200

typedef struct Replacement
{
	const char *from;
	const char *to; /* never longer than from */
} Replacement;

/* Characters other than letters that programs leave in a text. */
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
	{"\xE2\x81\xA0", ""},	/* word joiner */
	{"\xEF\xBB\xBF", ""},	/* byte order mark */
	{"\xE2\x80\x90", "-"},	/* hyphen */
	{"\xE2\x80\x91", "-"},	/* no-break hyphen */
	{"\xEF\xAC\x80", "ff"}, /* ligatures */
	{"\xEF\xAC\x81", "fi"},	   {"\xEF\xAC\x82", "fl"},	  {"\xEF\xAC\x83", "ffi"},
	{"\xEF\xAC\x84", "ffl"},   {"A\xCC\x8A", "\xC3\x85"}, /* a letter and its combining ring, acute or dots */
	{"a\xCC\x8A", "\xC3\xA5"}, {"E\xCC\x81", "\xC3\x89"}, {"e\xCC\x81", "\xC3\xA9"},
	{"O\xCC\x88", "\xC3\x96"}, {"o\xCC\x88", "\xC3\xB6"}, {"u\xCC\x88", "\xC3\xBC"},
};

static size_t clean_text(const FlisDeckText *deck, const char *text, size_t length, char *clean);
static size_t clean_character(const char *from, size_t left, char **to);
static int find_words(const FlisDeckText *deck, size_t length, FlisWord *words);
static bool is_capital(const char *letter, size_t length);
static bool keeps_hyphen(const FlisDeckText *deck, const FlisWord *word, const FlisWord *next);

/*
 * flis_deck_split
 *		Cleans the text and finds its words.  Line numbers are those of the text as it came.
 */
void
flis_deck_split(FlisDeckText *deck, const char *text, size_t length)
{
	size_t clean_length;

	deck->clean = deck->host->alloc(length + 1);
	clean_length = clean_text(deck, text, length, deck->clean);
	deck->folded = deck->host->alloc(clean_length + 1);
	flis_fold(deck->clean, clean_length, deck->folded);
	deck->word_count = find_words(deck, clean_length, NULL);
	deck->words = deck->host->alloc(((size_t) deck->word_count + 1) * sizeof(FlisWord));
	find_words(deck, clean_length, deck->words);
}

/*
 * flis_deck_interrupts
 *		Lets the host stop a long reading; called with a counter that grows by one.
 */
void
flis_deck_interrupts(const FlisDeckText *deck, int step)
{
	if (step % 4096 == 0)
		deck->host->check_interrupts();
}

static size_t
clean_text(const FlisDeckText *deck, const char *text, size_t length, char *clean)
{
	char *to = clean;

	for (size_t i = 0; i < length;)
	{
		size_t used = clean_character(text + i, length - i, &to);

		/* A character of several bytes may jump over a multiple; one of many is enough. */
		flis_deck_interrupts(deck, (int) (i & 0xFFFFFF));
		i += used;
	}
	return (size_t) (to - clean);
}

/* Writes one cleaned character and returns how many bytes it took from the text. */
static size_t
clean_character(const char *from, size_t left, char **to)
{
	unsigned char byte = (unsigned char) from[0];

	if (byte == '\r')
	{
		if (left == 1 || from[1] != '\n')
			*(*to)++ = '\n';
		return 1;
	}
	if (byte == 0xC2 && left > 1 && (unsigned char) from[1] == 0xAD)
	{
		size_t next = 2;

		while (next < left && from[next] == ' ')
			next++;
		if (next < left && (from[next] == '\n' || from[next] == '\r'))
			*(*to)++ = SOFT_HYPHEN;
		return 2;
	}
	if (byte >= 0x80 || (left > 1 && (unsigned char) from[1] == 0xCC))
	{
		for (size_t i = 0; i < sizeof(replacements) / sizeof(replacements[0]); i++)
		{
			const Replacement *replacement = &replacements[i];
			size_t length = strlen(replacement->from);

			if (left >= length && memcmp(from, replacement->from, length) == 0)
			{
				for (const char *c = replacement->to; *c != '\0'; c++)
					*(*to)++ = *c;
				return length;
			}
		}
	}
	if ((byte < ' ' && byte != '\n' && byte != '\t' && byte != '\f' && byte != '\v') ||
		byte == 0x7F)
		byte = ' ';
	*(*to)++ = (char) byte;
	return 1;
}

/* Counts the words of the cleaned text and, where words is given, fills it. */
static int
find_words(const FlisDeckText *deck, size_t length, FlisWord *words)
{
	uint32_t flags = FLIS_STARTS_LINE | FLIS_STARTS_PAGE;
	int32_t line = 1;
	int32_t column = 0;
	int count = 0;
	int spaces = 0;
	int line_ends = 0;

	for (size_t i = 0; i < length;)
	{
		char byte = deck->clean[i];
		size_t start = i;
		int32_t word_column = column;

		flis_deck_interrupts(deck, (int) (i & 0xFFFFFF));
		if (byte == '\n' || byte == '\f' || byte == '\v' || byte == ' ' || byte == '\t')
		{
			if (byte == ' ')
				column++, spaces++;
			else if (byte == '\t')
				column += 8 - column % 8, spaces++;
			else
			{
				flags |= FLIS_STARTS_LINE | (byte == '\f' ? FLIS_STARTS_PAGE : 0);
				column = spaces = 0;
				line += byte == '\n';
				line_ends += byte == '\n';
			}
			i++;
			continue;
		}
		while (i < length && memchr("\n\f\v \t", deck->clean[i], 5) == NULL)
		{
			column += ((unsigned char) deck->clean[i] & 0xC0) != 0x80;
			i++;
		}
		flags |= (spaces >= 2 ? FLIS_AFTER_GAP : 0) | (line_ends >= 3 ? FLIS_STARTS_SLIDE : 0);
		if (deck->clean[i - 1] == SOFT_HYPHEN && i - start > 1)
			flags |= FLIS_SOFT_HYPHEN;
		if (words != NULL)
		{
			uint32_t word_length = (uint32_t) (i - start) - ((flags & FLIS_SOFT_HYPHEN) != 0);

			words[count] = (FlisWord){(uint32_t) start, word_length, line, word_column, flags};
		}
		count++;
		flags = 0;
		spaces = line_ends = 0;
	}
	return count;
}

/*
 * flis_word_is
 *		Tells whether a word reads so, without regard to case.
 */
bool
flis_word_is(const FlisDeckText *deck, const FlisWord *word, const char *folded)
{
	return strlen(folded) == word->length &&
		   memcmp(deck->folded + word->start, folded, word->length) == 0;
}

/*
 * flis_word_is_dash
 *		Tells whether a word is a dash, by which a deck says that a cell has nothing to say.
 */
bool
flis_word_is_dash(const FlisDeckText *deck, const FlisWord *word)
{
	return flis_word_is(deck, word, "-") || flis_word_is(deck, word, "\xE2\x80\x93") ||
		   flis_word_is(deck, word, "\xE2\x80\x94") || flis_word_is(deck, word, "\xE2\x88\x92");
}

/*
 * flis_word_is_capital
 *		Tells whether a word begins with a capital letter.
 */
bool
flis_word_is_capital(const FlisDeckText *deck, const FlisWord *word)
{
	return is_capital(deck->clean + word->start, word->length);
}

/*
 * flis_word_last
 *		Returns a word's last byte.
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
 * flis_words_joined
 *		Returns the words as one line with single spaces, a word that was broken at the end of a line
 *		mended.
 */
char *
flis_words_joined(const FlisDeckText *deck, const FlisWord *words, int count)
{
	size_t size = 1;
	char *text;
	char *to;

	for (int i = 0; i < count; i++)
		size += words[i].length + 1;
	text = to = deck->host->alloc(size);
	for (int i = 0; i < count; i++)
	{
		const FlisWord *word = &words[i];

		flis_deck_interrupts(deck, i);
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
		memcpy(to, deck->clean + word->start, word->length);
		to += word->length;
	}
	*to = '\0';
	return text;
}

/*
 * Tells whether the hyphen at the end of a line is part of the word: after an abbreviation or a
 * number ("EOJ-" "løsninger", "2-" "årig") and before a capital ("VH-" "Data").
 */
static bool
keeps_hyphen(const FlisDeckText *deck, const FlisWord *word, const FlisWord *next)
{
	const char *start = deck->clean + word->start;
	const char *end = start + word->length - 1;
	unsigned char byte = (unsigned char) deck->clean[next->start];

	if (flis_word_is_capital(deck, next) || (byte >= '0' && byte <= '9'))
		return true;
	/* The last letter decides: an abbreviation ends in a capital, a word in a small one. */
	byte = end > start ? (unsigned char) end[-1] : '-';
	if (byte >= '0' && byte <= '9')
		return true;
	return is_capital(end - 1, 1) || (end - start >= 2 && is_capital(end - 2, 2));
}

/*
 * flis_deck_refuse
 *		Records why the deck can't be read, with the line of the first of these words and their text,
 *		cut to what a message can hold.  Returns false.
 */
bool
flis_deck_refuse(const FlisDeckText *deck, FlisDeckFault fault, const FlisWord *words, int count)
{
	int shown = 0;
	size_t length = 0;
	char *text;

	while (shown < count && length <= EXCERPT_MAX)
		length += words[shown++].length + 1;
	text = flis_words_joined(deck, words, shown);
	length = strlen(text);
	if (length > EXCERPT_MAX)
	{
		length = EXCERPT_MAX;
		while (length > 0 && ((unsigned char) text[length] & 0xC0) == 0x80)
			length--;
		text[length] = '\0';
	}
	*deck->error = (FlisDeckError){fault, count > 0 ? words[0].line : 0, text};
	return false;
}

/*
 * flis_deck_refuse_line
 *		Records why the deck can't be read, with the whole of one of its lines.  Returns false.
 */
bool
flis_deck_refuse_line(const FlisDeckText *deck, FlisDeckFault fault, int line)
{
	int first = 0;
	int end;

	while (first < deck->word_count && deck->words[first].line < line)
		first++;
	end = first;
	while (end < deck->word_count && deck->words[end].line == line)
		end++;
	return flis_deck_refuse(deck, fault, deck->words + first, end - first);
}
