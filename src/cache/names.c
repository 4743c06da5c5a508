/*
 * names.c
 *		Finds the area, channel, language or convention that a word names, without regard to case, and
 *		the area that an unknown word may have meant.
 *
 * Words are folded by enum_labels.c in UTF-8, so that "ÆLDRE" is found whatever the database's encoding
 * and locale.
 */
#include "base/compat.h"
#include "cache/names.h"

#include <limits.h>

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/varlena.h"

#include "base/enum_labels.h"

/* Error messages show at most this many bytes of a word.  For longer words no near name is searched. */
#define LONGEST_WORD 200

static int find_code(const char *what, const FlisLabel *codes, int n, const text *word);
static char *to_utf8(const char *text, int length);
static char *folded(const char *word, int length);
static bool is_word(const char *word, const char *name);
static int distance(const char *word, const char *name);

/*
 * flis_lookup_area returns the index of the area whose code, else name, else alias is a word; -1 if
 * there is none.
 */
int
flis_lookup_area(const FlisAreaRow *areas, int n, const char *word, int length)
{
	char *wanted = folded(word, length);

	for (int i = 0; i < n; i++)
		if (is_word(wanted, areas[i].area))
			return i;
	for (int i = 0; i < n; i++)
		if (is_word(wanted, areas[i].name))
			return i;
	for (int i = 0; i < n; i++)
		for (int alias = 0; alias < areas[i].naliases; alias++)
			if (is_word(wanted, areas[i].aliases[alias]))
				return i;
	return -1;
}

/*
 * flis_nearest_area returns the code of the area whose code, name or alias is reached from a word by the
 * fewest edits; NULL if more than half of the word's letters would have to be edited.
 */
const char *
flis_nearest_area(const FlisAreaRow *areas, int n, const char *word, int length)
{
	/* In the database's encoding, in which varstr_levenshtein counts letters. */
	const char *wanted = flis_from_utf8(folded(word, length));
	int most = pg_mbstrlen(wanted) / 2;
	const char *nearest = NULL;

	for (int i = 0; i < n && strlen(wanted) <= LONGEST_WORD; i++)
	{
		int edits = Min(distance(wanted, areas[i].area), distance(wanted, areas[i].name));

		CHECK_FOR_INTERRUPTS();
		for (int alias = 0; alias < areas[i].naliases; alias++)
			edits = Min(edits, distance(wanted, areas[i].aliases[alias]));
		if (edits <= most)
		{
			most = edits - 1;
			nearest = areas[i].area;
		}
	}
	return nearest;
}

/*
 * flis_hint_of_retired writes the hint that tells how to bring a retired area back.
 */
char *
flis_hint_of_retired(const char *area)
{
	return psprintf(
		"The area \"%s\" is retired. To bring it back: UPDATE flis_area SET retired = false "
		"WHERE area = %s;",
		area, quote_literal_cstr(area));
}

/*
 * flis_find_channel returns the index of a version of the channel whose code, else name in
 * either language, is a word.  It raises 22023 if there is none.
 */
int
flis_find_channel(const FlisChannelRow *channels, int n, const char *word, int length)
{
	char *wanted = folded(word, length);
	StringInfoData valid;

	for (int i = 0; i < n; i++)
		if (is_word(wanted, channels[i].channel))
			return i;
	for (int i = 0; i < n; i++)
		if (is_word(wanted, channels[i].name) ||
			(channels[i].english_name != NULL && is_word(wanted, channels[i].english_name)))
			return i;

	initStringInfo(&valid);
	for (int i = 0; i < n; i++)
		if (i == 0 || strcmp(channels[i].channel, channels[i - 1].channel) != 0)
			appendStringInfo(&valid, "%s%s", i > 0 ? ", " : "", channels[i].channel);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown channel \"%.*s\"", pg_mbcliplen(word, length, LONGEST_WORD), word),
			 errhint("The channels are: %s.", valid.data)));
}

/*
 * flis_channel_name returns the name of a channel in UTF-8, by the version in force on a day, or the
 * first one if none is in force yet.  If it has no English name the Danish one is returned.
 */
const char *
flis_channel_name(const FlisChannelRow *versions, int n, FlisDay on, FlisLanguage language)
{
	const FlisChannelRow *version = versions;
	const char *name;

	while (version + 1 < versions + n && version[1].terms.valid_from <= on)
		version++;
	name = version->name;
	if (language == FLIS_ENGLISH && version->english_name != NULL)
		name = version->english_name;
	return flis_to_utf8(name);
}

/*
 * flis_find_language returns the language of a two-letter code, or raises 22023.
 */
FlisLanguage
flis_find_language(const text *word)
{
	return find_code("language", flis_language_labels, lengthof(flis_language_labels), word);
}

/*
 * flis_find_convention returns the business day convention of a code, or raises 22023.
 */
FlisConvention
flis_find_convention(const text *word)
{
	return find_code("business day convention", flis_convention_labels,
					 lengthof(flis_convention_labels), word);
}

/*
 * flis_to_utf8 converts a string from the database's encoding into a new string; NULL for NULL.
 */
char *
flis_to_utf8(const char *text)
{
	return text != NULL ? to_utf8(text, (int) strlen(text)) : NULL;
}

/*
 * flis_from_utf8 converts a string to the database's encoding; it returns the same string if that is
 * UTF-8.
 */
char *
flis_from_utf8(const char *text)
{
	return pg_any_to_server(text, strlen(text), PG_UTF8);
}

/*
 * flis_shown_length returns how many bytes of a text an error message shows.
 */
int
flis_shown_length(const text *shown)
{
	return pg_mbcliplen(VARDATA_ANY(shown), VARSIZE_ANY_EXHDR(shown), LONGEST_WORD);
}

/*
 * find_code returns the index of a word in a list of codes.  If it is not there it raises 22023, with
 * the list in the hint.
 */
static int
find_code(const char *what, const FlisLabel *codes, int n, const text *word)
{
	const char *bytes = VARDATA_ANY(word);
	int length = VARSIZE_ANY_EXHDR(word);
	StringInfoData valid;
	char *wanted;

	/* This is called once a row, nearly always with the exact code. */
	for (int i = 0; i < n; i++)
		if ((int) strlen(codes[i].code) == length && memcmp(bytes, codes[i].code, length) == 0)
			return i;

	wanted = folded(bytes, length);
	for (int i = 0; i < n; i++)
		if (strcmp(wanted, codes[i].code) == 0)
			return i;

	initStringInfo(&valid);
	for (int i = 0; i < n; i++)
		appendStringInfo(&valid, "%s%s", i > 0 ? ", " : "", codes[i].code);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown %s \"%.*s\"", what, pg_mbcliplen(bytes, length, LONGEST_WORD), bytes),
			 errhint("Use one of: %s.", valid.data)));
}

static char *
to_utf8(const char *text, int length)
{
	char *utf8 = pg_server_to_any(text, length, PG_UTF8);

	return utf8 == text ? pnstrdup(text, length) : utf8;
}

/*
 * folded converts a word to UTF-8 in lower case.
 */
static char *
folded(const char *word, int length)
{
	char *utf8 = to_utf8(word, length);

	flis_fold(utf8, strlen(utf8), utf8);
	return utf8;
}

/*
 * is_word tells whether a name in the database's encoding is equal to a folded word when folded.
 */
static bool
is_word(const char *word, const char *name)
{
	char *other;
	bool is;

	/* Folding keeps the length, so that most names need not be folded. */
	if (GetDatabaseEncoding() == PG_UTF8 && strlen(word) != strlen(name))
		return false;
	other = folded(name, strlen(name));
	is = strcmp(word, other) == 0;
	pfree(other);
	return is;
}

/*
 * distance counts the letters to insert, delete or change to turn a folded word, in the database's
 * encoding, into a name; INT_MAX if the name is too long to be compared.
 */
static int
distance(const char *word, const char *name)
{
	char *utf8 = folded(name, strlen(name));
	const char *other = flis_from_utf8(utf8);
	int length = (int) strlen(other);
	int edits = INT_MAX;

	if (length <= LONGEST_WORD)
		edits = varstr_levenshtein(word, (int) strlen(word), other, length, 1, 1, 1, true);
	pfree(utf8);
	return edits;
}
