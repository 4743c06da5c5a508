/*
 * deck_match.c
 *		What words of a deck spell: a known name, a frequency, a month.
 *
 * A name, a frequency or a month may be broken over lines anywhere, so that comparisons leave out
 * spaces and hyphens.  Each function looks at no more words than its key has letters and one, though
 * words that are but hyphens spell nothing, or at a fixed number of words.
 */
#include <string.h>

#include "base/enum_labels.h"
#include "deck/deck_match.h"

/* Words that a frequency or a month can be broken into, and its bytes. */
#define PIECES_MAX 6
#define PIECES_SIZE 96

static size_t skip_forward(const char *key, size_t at);
static size_t skip_backward(const char *key, size_t at);
static bool is_frequency_list(const char *folded, size_t length);
static bool continues_frequency(const FlisDeckText *deck, const FlisWord *words, int next);

/* Moves an index into a key over spaces and hyphens. */
static size_t
skip_forward(const char *key, size_t at)
{
	while (key[at] == ' ' || key[at] == '-')
		at++;
	return at;
}

/* The same backward: the index is that of the byte after the one to look at. */
static size_t
skip_backward(const char *key, size_t at)
{
	while (at > 0 && (key[at - 1] == ' ' || key[at - 1] == '-'))
		at--;
	return at;
}

/*
 * flis_words_begin
 *		Counts the words with which a folded key is spelled out from the first word on, spaces and
 *		hyphens apart; 0 where they spell something else or the key ends inside a word.
 */
int
flis_words_begin(const FlisDeckText *deck, const FlisWord *words, int count, const char *key)
{
	size_t at = skip_forward(key, 0);

	for (int i = 0; i < count && key[at] != '\0' && (size_t) i <= at + 1; i++)
	{
		const char *folded = deck->folded + words[i].start;

		for (uint32_t byte = 0; byte < words[i].length; byte++)
		{
			if (folded[byte] == '-')
				continue;
			if (key[at] != folded[byte])
				return 0;
			at = skip_forward(key, at + 1);
		}
		if (key[at] == '\0')
			return i + 1;
	}
	return 0;
}

/*
 * flis_words_end
 *		As flis_words_begin, but for the last words.
 */
int
flis_words_end(const FlisDeckText *deck, const FlisWord *words, int count, const char *key)
{
	size_t length = strlen(key);
	size_t at = skip_backward(key, length);

	for (int i = count - 1; i >= 0 && at > 0 && (size_t) (count - 1 - i) <= length - at + 1; i--)
	{
		const char *folded = deck->folded + words[i].start;

		for (uint32_t byte = words[i].length; byte > 0; byte--)
		{
			if (folded[byte - 1] == '-')
				continue;
			if (at == 0 || key[at - 1] != folded[byte - 1])
				return 0;
			at = skip_backward(key, at - 1);
		}
		if (at == 0)
			return count - i;
	}
	return 0;
}

/*
 * flis_words_area
 *		Finds the known area whose code, name or alias the last words spell from the beginning of a
 *		line on; the longest where there are several, -1 where there is none.
 */
int
flis_words_area(const FlisDeckText *deck, const FlisWord *words, int count, int *word_count)
{
	int best = -1;

	*word_count = 0;
	for (int area = 0; area < deck->area_count; area++)
	{
		const FlisDeckArea *known = &deck->areas[area];

		for (int key = -2; key < known->alias_count; key++)
		{
			const char *name = key == -2   ? known->name
							   : key == -1 ? known->code
										   : known->aliases[key];
			int used = flis_words_end(deck, words, count, name);

			if (used > *word_count && (words[count - used].flags & FLIS_STARTS_LINE) != 0)
			{
				best = area;
				*word_count = used;
			}
		}
	}
	return best;
}

/*
 * flis_words_frequency
 *		Counts the first words that together are a frequency ("Månedligt", "Månedligt/år" "ligt"),
 *		0 where they are none; printed becomes its mended text unless printed is NULL.
 */
int
flis_words_frequency(const FlisDeckText *deck, const FlisWord *words, int count,
					 const char **printed)
{
	char folded[PIECES_SIZE];
	size_t length = 0;
	int best = 0;

	for (int i = 0; i < count && i < PIECES_MAX; i++)
	{
		const FlisWord *word = &words[i];
		bool is_and = flis_word_is(deck, word, "og");

		if (i > 0 && !continues_frequency(deck, words, i))
			break;
		if (length + word->length >= sizeof(folded))
			break;
		if (length > 0 && folded[length - 1] == '-')
			length--;
		memcpy(folded + length, is_and ? "/" : deck->folded + word->start,
			   is_and ? 1 : word->length);
		length += is_and ? 1 : word->length;
		if (is_frequency_list(folded, length))
			best = i + 1;
	}
	if (best > 0 && printed != NULL)
	{
		char *text = deck->host->alloc(PIECES_SIZE + 2 * PIECES_MAX);
		char *to = text;

		for (int i = 0; i < best; i++)
		{
			const char *clean = deck->clean + words[i].start;

			if (flis_word_is(deck, &words[i], "og"))
			{
				memcpy(to, " og ", 4);
				to += 4;
				continue;
			}
			if (to > text && to[-1] == '-')
				to--;
			memcpy(to, clean, words[i].length);
			to += words[i].length;
		}
		*to = '\0';
		*printed = text;
	}
	return best;
}

/* Tells whether a word may belong to the frequency that the words before it begin. */
static bool
continues_frequency(const FlisDeckText *deck, const FlisWord *words, int next)
{
	const FlisWord *word = &words[next];
	const FlisWord *last = &words[next - 1];

	return (word->flags & FLIS_STARTS_LINE) != 0 || flis_word_last(deck, last) == '/' ||
		   deck->clean[word->start] == '/' || flis_word_is(deck, word, "og") ||
		   flis_word_is(deck, last, "og");
}

static bool
is_frequency_list(const char *folded, size_t length)
{
	size_t start = 0;

	for (size_t i = 0; i <= length; i++)
	{
		if (i < length && folded[i] != '/' && folded[i] != ',')
			continue;
		if (!flis_is_frequency(folded + start, i - start))
			return false;
		start = i + 1;
	}
	return true;
}

/*
 * flis_words_month
 *		Counts the first words that together are a cell of the column "Data t.o.m.": a month, which
 *		may be broken over lines and may be followed by a year, or a dash; 0 where they are neither.
 */
int
flis_words_month(const FlisDeckText *deck, const FlisWord *words, int count, int *month, int *year)
{
	char folded[PIECES_SIZE];
	size_t length = 0;
	int best = 0;

	*month = *year = 0;
	if (count > 0 && flis_word_is_dash(deck, &words[0]))
		return 1;
	for (int i = 0; i < count && i < PIECES_MAX; i++)
	{
		int number;

		if (i > 0 && (words[i].flags & FLIS_STARTS_LINE) == 0)
			break;
		if (length + words[i].length >= sizeof(folded))
			break;
		if (length > 0 && folded[length - 1] == '-')
			length--;
		memcpy(folded + length, deck->folded + words[i].start, words[i].length);
		length += words[i].length;
		number = flis_month_number(folded, length);
		if (number > 0)
		{
			*month = number;
			best = i + 1;
		}
	}
	if (best > 0 && best < count && words[best].length == 4)
	{
		const char *digit = deck->clean + words[best].start;
		int number = 0;

		while (number >= 0 && digit < deck->clean + words[best].start + 4)
		{
			number = *digit >= '0' && *digit <= '9' ? number * 10 + (*digit - '0') : -1;
			digit++;
		}
		if (number >= 1900)
		{
			*year = number;
			best++;
		}
	}
	return best;
}
