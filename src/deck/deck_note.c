/*
 * deck_note.c
 *		What the words of a deck's column Drift mean.
 *
 * Four things are read from a note: whether all is well, whether the area is closed, whether data
 * are incomplete, and whether they are not to be compared.  Only the phrases below count: a note
 * that has none of them is a caveat, and says neither that data are complete nor that they can be
 * compared.  Nor does "Kører efter planen".
 */
#include <string.h>

#include "base/enum_labels.h"
#include "deck/deck_note.h"
#include "deck/deck_text.h"

typedef enum Effect
{
	SAYS_CLOSED,
	SAYS_CLOSING, /* has a word of closing, which does not have to mean the area */
	SAYS_INCOMPLETE,
	SPEAKS_OF_GAPS, /* has a word of missing data, which does not have to mean this month's */
	SAYS_NOT_BENCHMARKABLE,
	SPEAKS_OF_BENCHMARKS
} Effect;

#define PHRASE_WORDS_MAX 3

/* The most words before or behind a phrase that are looked at, so that a long note's time is linear. */
#define REACH 32

/* A note that differs from "Kører efter planen" by at most so many bytes is taken for a damaged one. */
#define ON_SCHEDULE_TYPOS 2

/* So many of these notes, from the first, are looked for with typos. */
#define DAMAGED_NOTES 6

/* The most bytes, without spaces and hyphens, of a note that is compared with that. */
#define DISTANCE_SIZE 32

/*
 * Folded words that follow each other within one sentence, with at most others_max other words
 * between two of them; "*" stands for any ending.  The part of a word after a hyphen counts too
 * ("DFDG-data").  A phrase does not count if one of the negations is among the other words, is one of
 * the two words before it in its clause ("Der er ikke længere lukket for adgang"), or follows it there
 * ("data mangler ikke").  Nor does one that says something for sure (SAYS_CLOSED, SAYS_INCOMPLETE,
 * SAYS_NOT_BENCHMARKABLE) if it speaks of another time; the words of closing, of gaps and of benchmarks
 * are only warned of.
 */
typedef struct Phrase
{
	Effect effect;
	int others_max;
	const char *words[PHRASE_WORDS_MAX];
} Phrase;

static const Phrase phrases[] = {
	{SAYS_CLOSED, 2, {"lukket", "adgang*"}},
	{SAYS_CLOSED, 6, {"adgang*", "lukket"}},
	{SAYS_CLOSED, 2, {"spærret", "adgang*"}},
	{SAYS_CLOSED, 6, {"adgang*", "spærret"}},
	{SAYS_CLOSED, 1, {"ingen", "adgang", "til"}},
	{SAYS_CLOSING, .words = {"lukke*"}},
	{SAYS_CLOSING, .words = {"spærre*"}},
	{SAYS_CLOSING, 1, {"ingen", "adgang"}},
	{SAYS_CLOSING, 2, {"ingen", "har", "adgang"}},
	{SAYS_CLOSING, 2, {"adgang*", "begrænset"}},
	{SAYS_CLOSING, 0, {"begrænset", "adgang*"}},
	{SAYS_CLOSING, 1, {"ikke", "adgang"}},
	{SAYS_CLOSING, .words = {"utilgængelig*"}},
	{SAYS_CLOSING, 1, {"ikke", "tilgængelig*"}},
	{SAYS_CLOSING, 3, {"ikke", "alle", "adgang*"}},
	{SAYS_CLOSING, 2, {"leveres", "ikke"}},
	{SAYS_CLOSING, 2, {"udgives", "ikke"}},
	{SAYS_CLOSING, 2, {"opdateres", "ikke"}},
	{SAYS_CLOSING, 2, {"taget", "ned"}},
	{SAYS_CLOSING, 2, {"lagt", "ned"}},
	{SAYS_CLOSING, 2, {"tages", "ned"}},
	{SAYS_CLOSING, .words = {"nede"}},
	{SAYS_CLOSING, .words = {"udgår"}},
	{SAYS_CLOSING, .words = {"udgået"}},
	{SAYS_CLOSING, .words = {"indstillet"}},
	{SAYS_CLOSING, .words = {"suspender*"}},
	{SAYS_CLOSING, .words = {"nedluk*"}},
	{SAYS_CLOSING, .words = {"nedlagt"}},
	{SAYS_CLOSING, .words = {"nedlægge*"}},
	{SAYS_CLOSING, 0, {"ude", "af", "drift"}},
	{SAYS_CLOSING, 0, {"ud", "af", "drift"}},
	{SAYS_CLOSING, 1, {"på", "pause"}},
	{SAYS_CLOSING, .words = {"stoppe*"}},
	{SAYS_CLOSING, 3, {"data", "fjerne*"}},
	{SAYS_CLOSING, .words = {"afbrudt"}},
	{SAYS_CLOSING, 2, {"trukket", "tilbage"}},
	{SAYS_CLOSING, 2, {"trækkes", "tilbage"}},
	{SAYS_CLOSING, 3, {"adgang*", "ikke"}},
	{SAYS_CLOSING, 2, {"vises", "ikke"}},
	{SAYS_CLOSING, 1, {"ikke", "vises"}},
	{SAYS_CLOSING, 2, {"ikke", "ses"}},
	{SAYS_CLOSING, 2, {"ikke", "tilgås"}},
	{SAYS_CLOSING, 2, {"ikke", "trækkes"}},
	{SAYS_CLOSING, 2, {"ikke", "udgive*"}},
	/* What is to be opened again is closed. */
	{SAYS_CLOSING, 0, {"at", "åbne"}},
	{SAYS_CLOSING, .words = {"åbner"}},
	{SAYS_CLOSING, .words = {"åbnes"}},
	{SAYS_CLOSING, 1, {"forventes", "åbnet"}},
	{SAYS_CLOSING, 1, {"forventes", "genåbnet"}},
	{SAYS_CLOSING, .words = {"genoprettes"}},
	{SAYS_CLOSING, .words = {"genåbne"}},
	{SAYS_CLOSING, .words = {"genåbner"}},
	{SAYS_CLOSING, .words = {"genåbnes"}},
	{SAYS_INCOMPLETE, 2, {"mangler", "data"}},
	{SAYS_INCOMPLETE, 0, {"data", "mangler"}},
	{SAYS_INCOMPLETE, 3, {"data", "fra", "mangler"}},
	{SAYS_INCOMPLETE, 3, {"data", "for", "mangler"}},
	{SAYS_INCOMPLETE, 0, {"manglende", "data"}},
	{SAYS_INCOMPLETE, 0, {"ikke", "data", "fra"}},
	{SAYS_INCOMPLETE, 1, {"ikke", "modtaget", "data"}},
	{SAYS_INCOMPLETE, 1, {"ikke", "leveret", "data"}},
	{SAYS_INCOMPLETE, 0, {"ikke", "alle", "kommuner"}},
	{SAYS_INCOMPLETE, 1, {"ikke", "komplet*"}},
	{SAYS_INCOMPLETE, 1, {"ikke", "fuldstændig*"}},
	{SAYS_INCOMPLETE, .words = {"ufuldstændig*"}},
	{SAYS_INCOMPLETE, .words = {"mangelfuld*"}},
	{SPEAKS_OF_GAPS, .words = {"mangl*"}},
	{SPEAKS_OF_GAPS, .words = {"mangel*"}},
	{SPEAKS_OF_GAPS, .words = {"datamang*"}},
	{SPEAKS_OF_GAPS, .words = {"ufuldstændig*"}},
	{SPEAKS_OF_GAPS, 1, {"ikke", "komplet*"}},
	{SPEAKS_OF_GAPS, 1, {"ikke", "fuldstændig*"}},
	{SPEAKS_OF_GAPS, 1, {"ikke", "data"}},
	{SPEAKS_OF_GAPS, 1, {"ingen", "data"}},
	{SPEAKS_OF_GAPS, 2, {"ikke", "leveret"}},
	{SPEAKS_OF_GAPS, 2, {"ikke", "modtaget"}},
	{SPEAKS_OF_GAPS, 2, {"ikke", "fået"}},
	{SPEAKS_OF_GAPS, 2, {"ikke", "indlæst"}},
	{SPEAKS_OF_GAPS, 0, {"ikke", "med"}},
	{SPEAKS_OF_GAPS, 0, {"ikke", "er", "med"}},
	{SPEAKS_OF_GAPS, .words = {"hovedparten"}},
	{SPEAKS_OF_GAPS, 0, {"de", "fleste"}},
	{SPEAKS_OF_GAPS, 2, {"indgår", "ikke"}},
	{SPEAKS_OF_GAPS, 1, {"ikke", "indgår"}},
	{SPEAKS_OF_GAPS, 1, {"ikke", "alle"}},
	{SPEAKS_OF_GAPS, 5, {"kun", "kommune*"}},
	{SPEAKS_OF_GAPS, .words = {"delvis*"}},
	{SPEAKS_OF_GAPS, .words = {"undtagen"}},
	{SPEAKS_OF_GAPS, 0, {"bortset", "fra"}},
	{SPEAKS_OF_GAPS, 0, {"på", "nær"}},
	{SPEAKS_OF_GAPS, .words = {"huller"}},
	{SPEAKS_OF_GAPS, .words = {"udfald"}},
	{SPEAKS_OF_GAPS, .words = {"datatab"}},
	{SAYS_NOT_BENCHMARKABLE, 4, {"benchmark*", "ikke", "retvisende"}},
	{SAYS_NOT_BENCHMARKABLE, 1, {"ikke", "retvisende", "benchmark*"}},
	{SAYS_NOT_BENCHMARKABLE, 4, {"benchmark*", "misvisende"}},
	{SAYS_NOT_BENCHMARKABLE, 4, {"benchmark*", "ikke", "bruges"}},
	{SAYS_NOT_BENCHMARKABLE, 4, {"benchmark*", "ikke", "anvendes"}},
	{SAYS_NOT_BENCHMARKABLE, 2, {"ikke", "bruges", "benchmark*"}},
	{SAYS_NOT_BENCHMARKABLE, 2, {"ikke", "anvendes", "benchmark*"}},
	{SAYS_NOT_BENCHMARKABLE, 2, {"ikke", "sammenlign*"}},
	{SPEAKS_OF_BENCHMARKS, .words = {"benchmark*"}},
	{SPEAKS_OF_BENCHMARKS, .words = {"sammenlign*"}},
	{SPEAKS_OF_BENCHMARKS, .words = {"usammenlign*"}},
	{SPEAKS_OF_BENCHMARKS, .words = {"misvisende"}},
	{SPEAKS_OF_BENCHMARKS, 1, {"ikke", "retvisende"}},
};

static const char *const negations[] = {"ikke",	   "ingen", "intet", "aldrig",
										"hverken", "uden",	NULL};

/*
 * So before or later, perhaps, or no more ("lukket op", "de manglende data er modtaget"): such a note is
 * only warned of.
 */
static const char *const other_times[] = {"var",	 "været",	  "være",	  "blive",	 "bliver",
										  "vil",	 "forventes", "planlagt", "hvis",	 "når",
										  "såfremt", "kunne",	  "op",		  "ophævet", NULL};

/* What of a gap that is closed since is said behind it: "manglende data er indlæst". */
static const char *const mended[] = {"indlæst", "genindlæst", "udbedret",  "rettet",
									 "løst",	"modtaget",	  "afhjulpet", NULL};

/* A clause that begins with one of these, or as a question does ("Er der"), says what is so perhaps. */
static const char *const conditions[] = {"hvis", "når", "såfremt", "skulle", NULL};
static const char *const question_verbs[] = {"er", "mangler", "bliver", "har", NULL};

const char *const flis_on_schedule_notes[FLIS_ON_SCHEDULE_NOTES] = {
	"kører efter planen", "kører efter planen.", "kører planmæssigt", "kører planmæssigt.",
	"kører som planlagt", "kører som planlagt.", "kører efter plan",  "kører efter plan."};

/* A word of a note without the punctuation around it. */
typedef struct NoteWord
{
	const char *folded;
	int length;
	bool begins_sentence;
	bool begins_clause;
} NoteWord;

static int distance_to_on_schedule(const char *folded);
static int edit_distance(const char *text, size_t length, const char *spaced);
static int split_note(const FlisHost *host, const char *note, const char *folded, NoteWord *words);
static bool is_quote(const char *at, const char *end);
static bool says(const Phrase *phrase, const NoteWord *words, int count, int at);
static bool is_sure(Effect effect);
static bool is_negated(const NoteWord *words, int count, const int *found, int length);
static bool has_among(const NoteWord *words, const int *found, int length, const char *const *list);
static bool is_of_another_time(Effect effect, const NoteWord *words, int count, const int *found,
							   int length);
static bool is_condition(const NoteWord *words, int at);
static bool is_one_of(const NoteWord *word, const char *const *list);
static bool word_fits(const NoteWord *word, const char *pattern);

/*
 * flis_note_meaning sets what a row says of its state, completeness and comparability from its
 * note, which is NULL for a cell that says nothing.  Returns false for what is most likely a
 * damaged "Kører efter planen".
 */
bool
flis_note_meaning(const FlisHost *host, const char *note, FlisDeckRow *row)
{
	const char *folded;
	NoteWord *words;
	int count;
	int typos;
	bool speaks_of_gaps = false;
	bool speaks_of_benchmarks = false;

	row->complete = row->benchmarkable = FLIS_UNSAID;
	row->state = FLIS_NOT_REPORTED;
	row->says_closed = false;
	row->says_on_schedule = false;
	row->is_unclear = false;
	if (note == NULL)
		return true;

	folded = flis_folded_copy(host, note);
	row->state = FLIS_ON_SCHEDULE;
	typos = distance_to_on_schedule(folded);
	row->says_on_schedule = typos == 0;
	if (typos == 0)
		return true;
	if (typos <= ON_SCHEDULE_TYPOS)
		return false;

	row->state = FLIS_CAVEAT;
	words = host->alloc((strlen(note) / 2 + 1) * sizeof(NoteWord));
	count = split_note(host, note, folded, words);
	for (int at = 0; at < count; at++)
	{
		if (at % 4096 == 0)
			host->check_interrupts();
		for (size_t i = 0; i < FLIS_LENGTH(phrases); i++)
		{
			if (!says(&phrases[i], words, count, at))
				continue;
			if (phrases[i].effect == SAYS_CLOSED)
				row->state = FLIS_CLOSED;
			else if (phrases[i].effect == SAYS_CLOSING)
				row->says_closed = true;
			else if (phrases[i].effect == SAYS_INCOMPLETE)
				row->complete = FLIS_NO;
			else if (phrases[i].effect == SAYS_NOT_BENCHMARKABLE)
				row->benchmarkable = FLIS_NO;
			else if (phrases[i].effect == SPEAKS_OF_GAPS)
				speaks_of_gaps = true;
			else
				speaks_of_benchmarks = true;
		}
	}
	row->is_unclear = (speaks_of_gaps && row->complete == FLIS_UNSAID) ||
					  (speaks_of_benchmarks && row->benchmarkable == FLIS_UNSAID);
	return true;
}

/*
 * flis_is_note tells whether a text that stands elsewhere than a note says what only a note does.
 */
bool
flis_is_note(const FlisHost *host, const char *text)
{
	FlisDeckRow row;

	/* A damaged note, too, has the state of what it most likely was. */
	(void) flis_note_meaning(host, text, &row);
	return row.state == FLIS_ON_SCHEDULE || row.state == FLIS_CLOSED || row.says_closed ||
		   row.complete != FLIS_UNSAID || row.benchmarkable != FLIS_UNSAID;
}

/*
 * distance_to_on_schedule counts the bytes by which a folded text differs from the nearest note
 * that says that all is well, without regard to spaces and hyphens; more than ON_SCHEDULE_TYPOS
 * where they are many.
 */
static int
distance_to_on_schedule(const char *folded)
{
	char text[DISTANCE_SIZE];
	size_t length = 0;
	int best = ON_SCHEDULE_TYPOS + 1;

	/* A bullet before it does not count. */
	if (strncmp(folded, "\xE2\x80\xA2", 3) == 0 || strncmp(folded, "\xE2\x96\xAA", 3) == 0)
		folded += 3;
	for (const char *at = folded; *at != '\0'; at++)
	{
		if (*at == ' ' || *at == '-')
			continue;
		if (length == sizeof(text))
			return best;
		text[length++] = *at;
	}
	for (int i = 0; i < FLIS_ON_SCHEDULE_NOTES; i++)
	{
		int distance = edit_distance(text, length, flis_on_schedule_notes[i]);

		/* The short ones are near to other notes ("Kører efter ny plan"). */
		if (distance < best && (distance == 0 || i < DAMAGED_NOTES))
			best = distance;
	}
	return best;
}

/*
 * edit_distance counts the bytes to insert, delete or replace to make one text of another, whose
 * spaces do not count (Levenshtein).
 */
static int
edit_distance(const char *text, size_t length, const char *spaced)
{
	int row[DISTANCE_SIZE + 1];

	for (size_t i = 0; i <= length; i++)
		row[i] = (int) i;
	for (const char *at = spaced; *at != '\0'; at++)
	{
		int corner = row[0];

		if (*at == ' ')
			continue;
		row[0]++;
		for (size_t i = 1; i <= length; i++)
		{
			int best = corner + (text[i - 1] != *at);

			corner = row[i];
			if (row[i] + 1 < best)
				best = row[i] + 1;
			if (row[i - 1] + 1 < best)
				best = row[i - 1] + 1;
			row[i] = best;
		}
	}
	return row[length];
}

/*
 * split_note finds the words of a note with single spaces, and counts them.  A sentence ends with a
 * stop before a word with a capital, so that "pt. ikke" is within one.
 */
static int
split_note(const FlisHost *host, const char *note, const char *folded, NoteWord *words)
{
	const char *at = folded;
	bool begins_sentence = true;
	bool begins_clause = true;
	bool after_stop = false;
	int count = 0;

	while (*at != '\0')
	{
		const char *end = at + strcspn(at, " ");
		const char *next = end + (*end == ' ');
		/* What folding changed is a capital. */
		bool is_capital = memcmp(at, note + (at - folded), (size_t) (end - at)) != 0;

		if (after_stop && is_capital)
			begins_sentence = begins_clause = true;
		while (at < end && (strchr("(\"'*_~", *at) != NULL || is_quote(at, end)))
			at += is_quote(at, end) ? (*at == '\xC2' ? 2 : 3) : 1;
		after_stop = false;
		if (at < end)
		{
			bool after_comma = strchr(",;:)", end[-1]) != NULL;

			after_stop = strchr(".!?", end[-1]) != NULL;
			for (;;)
			{
				if (at < end && strchr(".,;:!?)\"'*_~", end[-1]) != NULL)
					end--;
				else if (end - at >= 3 && is_quote(end - 3, end))
					end -= 3;
				else if (end - at >= 2 && is_quote(end - 2, end))
					end -= 2;
				else
					break;
			}
			if (at < end)
			{
				words[count] = (NoteWord){at, (int) (end - at), begins_sentence, begins_clause};
				begins_sentence = false;
				begins_clause = after_comma;
				if (count++ % 4096 == 0)
					host->check_interrupts();
			}
		}
		at = next;
	}
	return count;
}

/*
 * is_quote tells whether a typographic quote or an ellipsis begins at a byte of a folded text: one of
 * general punctuation, or a guillemet.
 */
static bool
is_quote(const char *at, const char *end)
{
	return (end - at >= 3 && at[0] == '\xE2' && at[1] == '\x80') ||
		   (end - at >= 2 && at[0] == '\xC2' && (at[1] == '\xAB' || at[1] == '\xBB'));
}

/*
 * says tells whether a phrase begins at a word and is not undone.
 */
static bool
says(const Phrase *phrase, const NoteWord *words, int count, int at)
{
	int found[PHRASE_WORDS_MAX] = {0};
	int length = 0;

	for (int i = at; i < count && length < PHRASE_WORDS_MAX && phrase->words[length] != NULL; i++)
	{
		if (length > 0 &&
			(words[i].begins_sentence || i - found[length - 1] > phrase->others_max + 1))
			return false;
		if (word_fits(&words[i], phrase->words[length]))
			found[length++] = i;
		else if (length == 0)
			return false;
	}
	if (length < PHRASE_WORDS_MAX && phrase->words[length] != NULL)
		return false;
	/* "Benchmark is not" and "not to benchmark" say the same. */
	if (phrase->effect == SPEAKS_OF_BENCHMARKS)
		return true;
	return !is_negated(words, count, found, length) &&
		   !(is_sure(phrase->effect) &&
			 is_of_another_time(phrase->effect, words, count, found, length));
}

/*
 * is_sure tells whether a phrase with an effect decides what is stored.
 */
static bool
is_sure(Effect effect)
{
	return effect == SAYS_CLOSED || effect == SAYS_INCOMPLETE || effect == SAYS_NOT_BENCHMARKABLE;
}

/*
 * is_negated tells whether a negation is among the other words of a phrase, shortly before it or right
 * behind it.
 */
static bool
is_negated(const NoteWord *words, int count, const int *found, int length)
{
	int after = found[length - 1] + 1;

	return has_among(words, found, length, negations) ||
		   /* "Der mangler ikke data": a lack that is not */
		   (found[0] > 0 && word_fits(&words[found[0] - 1], "mangl*") &&
			is_one_of(&words[found[0]], negations)) ||
		   (after < count && !words[after].begins_clause && !words[after].begins_sentence &&
			is_one_of(&words[after], negations));
}

/*
 * has_among tells whether a word of a list is among the other words of a phrase, or shortly before
 * it.
 */
static bool
has_among(const NoteWord *words, const int *found, int length, const char *const *list)
{
	int first = found[0];
	int next = 0;

	for (int before = 0; before < 2 && first > 0 && !words[first].begins_clause; before++)
		first--;
	for (int i = first; i <= found[length - 1]; i++)
	{
		if (i == found[next])
			next++;
		else if (is_one_of(&words[i], list))
			return true;
	}
	return false;
}

/*
 * is_of_another_time tells whether a phrase speaks of another time than now.  "Har været lukket
 * siden maj" does not.
 */
static bool
is_of_another_time(Effect effect, const NoteWord *words, int count, const int *found, int length)
{
	int after = found[length - 1] + 1;
	bool is_opened =
		after < count && !words[after].begins_sentence && word_fits(&words[after], "op");

	for (int i = after; i < count && i < after + REACH && !words[i].begins_sentence; i++)
	{
		if (word_fits(&words[i], "siden"))
			return false;
		if (effect != SAYS_CLOSED && is_one_of(&words[i], mended) &&
			!has_among(words, &i, 1, negations))
			return true;
	}
	return is_opened || has_among(words, found, length, other_times) ||
		   /* "De manglende data" are known already. */
		   (found[0] > 0 && word_fits(&words[found[0] - 1], "de")) || is_condition(words, found[0]);
}

/*
 * is_condition tells whether the clause in which a word stands is a condition ("Er der lukket", "Hvis
 * adgangen nu er lukket").
 */
static bool
is_condition(const NoteWord *words, int at)
{
	int first = at;

	while (first > 0 && at - first < REACH && !words[first].begins_sentence &&
		   !words[first].begins_clause)
		first--;
	if (is_one_of(&words[first], conditions))
		return true;
	/* A phrase that begins with such a verb has another word, so there is a next one. */
	return words[first].begins_sentence && is_one_of(&words[first], question_verbs) &&
		   word_fits(&words[first + 1], "der");
}

/*
 * word_fits tells whether a word, or its part after a hyphen, is a pattern's.
 */
static bool
word_fits(const NoteWord *word, const char *pattern)
{
	size_t length = strlen(pattern);
	bool is_prefix = pattern[length - 1] == '*';
	int start = 0;

	length -= is_prefix;
	for (;;)
	{
		size_t left = (size_t) (word->length - start);
		const char *hyphen;

		if (left >= length && (is_prefix || left == length) &&
			memcmp(word->folded + start, pattern, length) == 0)
			return true;
		hyphen = memchr(word->folded + start, '-', left);
		if (hyphen == NULL)
			return false;
		start = (int) (hyphen - word->folded) + 1;
	}
}

static bool
is_one_of(const NoteWord *word, const char *const *list)
{
	for (; *list != NULL; list++)
	{
		if (word_fits(word, *list))
			return true;
	}
	return false;
}
