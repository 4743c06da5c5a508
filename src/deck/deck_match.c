/*
 * deck_match.c
 *		What words of a deck spell: a known name, a frequency, a period, the title with the day.
 *
 * Each of them may be broken over lines anywhere, so comparisons leave out spaces and hyphens.  To
 * keep a long deck's time linear, a function looks at a fixed number of words, or at one more than
 * its key has letters.
 */
#include <string.h>

#include "base/calendar.h"
#include "base/enum_labels.h"
#include "deck/deck_match.h"

/* The most words that a frequency or a period is broken into, and the size of their texts together. */
#define PIECES_MAX 6
#define PIECES_SIZE 96

/* The most words that the headings of all columns are broken into. */
#define HEADING_WORDS_MAX 32

/* The most words of a title's date, and the size of their texts together. */
#define DATE_WORDS_MAX 5
#define DATE_SIZE 64

#define MONTHS_PER_YEAR 12

/* The headings of the columns, folded, without spaces and hyphens. */
static const char *const headings[5][2] = {{"dataområde", "dataområder"},
										   {"opdateringsfrekvens", "opdateringsfrekvens"},
										   {"datat.o.m.", "datatilogmed"},
										   {"kilde", "kilde"},
										   {"drift", "drift"}};

/* Other headings of the same sense, where cells have borders and all five are there. */
static const char *const other_headings[5][5] = {
	{"område", "områder"},
	{"frekvens", "opdatering", "opdateres"},
	{"datatom", "t.o.m.", "tilogmed"},
	{"kilder", "datakilde", "datakilder"},
	{"driftsstatus", "driftstatus", "status", "bemærkning", "bemærkninger"}};

/* How periods other than months are written: what stands before and after the number. */
static const struct
{
	const char *before;
	const char *after;
	FlisPeriodKind kind;
	int parts; /* of a year */
} parts_of_year[] = {
	{"k", "", FLIS_QUARTER, 4},		   {"q", "", FLIS_QUARTER, 4},
	{"", ".kvartal", FLIS_QUARTER, 4}, {"", ".kvt.", FLIS_QUARTER, 4},
	{"h", "", FLIS_HALF_YEAR, 2},	   {"", ".halvår", FLIS_HALF_YEAR, 2},
	{"uge", "", FLIS_WEEK, 53},		   {"u", "", FLIS_WEEK, 53},
	{"w", "", FLIS_WEEK, 53},		   {"", ".uge", FLIS_WEEK, 53},
};

static size_t skip_forward(const char *key, size_t at);
static size_t skip_backward(const char *key, size_t at);
static size_t joined_pieces(const FlisDeckText *deck, FlisWords words, char *folded);
static bool is_frequency_list(const char *folded);
static bool is_spelled_frequency(const char *folded);
static bool continues_frequency(const FlisDeckText *deck, FlisWords words, int next);
static bool read_period(const char *text, FlisDeckPeriod *period);
static bool read_month(const char *text, FlisDeckPeriod *period);
static bool is_month_end(int year, int month, int day);
static bool read_year(const char *text, int *year);
static FlisDay end_in_year(const FlisDeckPeriod *period, int year);
static bool is_overview(const FlisDeckText *deck, const FlisWord *word);
static bool is_weekday(const FlisDeckText *deck, const FlisWord *word);
static bool take_date(FlisDeckText *deck, FlisWords words, int first, int *used);
static int date_words(const FlisDeckText *deck, FlisWords words, int *day, int *month, int *year);
static bool date_of(const char *text, int *day, int *month, int *year);
static int number_of(const char **text, int digits_max);
static bool starts_with(const char *text, const char *start);

/*
 * skip_forward moves an index into a key over spaces and hyphens.
 */
static size_t
skip_forward(const char *key, size_t at)
{
	while (key[at] == ' ' || key[at] == '-')
		at++;
	return at;
}

/*
 * skip_backward moves it backward over them; the index is that of the byte after the one to look at.
 */
static size_t
skip_backward(const char *key, size_t at)
{
	while (at > 0 && (key[at - 1] == ' ' || key[at - 1] == '-'))
		at--;
	return at;
}

/*
 * flis_words_begin counts the first words that together spell a folded key, without regard to spaces and
 * hyphens; 0 where they spell something else or the key ends inside a word.
 */
int
flis_words_begin(const FlisDeckText *deck, FlisWords words, const char *key)
{
	size_t at = skip_forward(key, 0);

	for (int i = 0; i < words.count && key[at] != '\0' && (size_t) i <= at + 1; i++)
	{
		const char *folded = deck->folded + words.at[i].start;

		for (uint32_t byte = 0; byte < words.at[i].length; byte++)
		{
			if (folded[byte] == '-')
				continue;
			if (key[at] != folded[byte])
				return 0;
			at = skip_forward(key, at + 1);
		}
		/* A dash is a cell of its own. */
		if (flis_word_is_dash(deck, &words.at[0]))
			return 0;
		if (key[at] == '\0')
			return i + 1;
	}
	return 0;
}

/*
 * flis_words_end counts the last words that together spell a folded key, as flis_words_begin does
 * the first.
 */
int
flis_words_end(const FlisDeckText *deck, FlisWords words, const char *key)
{
	size_t length = strlen(key);
	size_t at = skip_backward(key, length);

	for (int i = words.count - 1;
		 i >= 0 && at > 0 && (size_t) (words.count - 1 - i) <= length - at + 1; i--)
	{
		const char *folded = deck->folded + words.at[i].start;

		for (uint32_t byte = words.at[i].length; byte > 0; byte--)
		{
			if (folded[byte - 1] == '-')
				continue;
			if (at == 0 || key[at - 1] != folded[byte - 1])
				return 0;
			at = skip_backward(key, at - 1);
		}
		if (flis_word_is_dash(deck, &words.at[words.count - 1]))
			return 0;
		if (at == 0)
			return words.count - i;
	}
	return 0;
}

/*
 * flis_words_area counts the first words that spell a known area's code, name or alias, the longest
 * where there are several; 0 where there is none.
 */
int
flis_words_area(const FlisDeckText *deck, FlisWords words, int *area)
{
	int best = 0;

	for (int i = 0; i < deck->area_count; i++)
	{
		const FlisDeckArea *known = &deck->areas[i];

		for (int key = -2; key < known->alias_count; key++)
		{
			const char *name = key == -2   ? known->name
							   : key == -1 ? known->code
										   : known->aliases[key];
			int used = flis_words_begin(deck, words, name);

			if (used > best)
			{
				best = used;
				*area = i;
			}
		}
	}
	return best;
}

/*
 * flis_words_group counts the first words that spell the heading of a known group; 0 where they don't.
 */
int
flis_words_group(const FlisDeckText *deck, FlisWords words)
{
	for (int i = 0; i < deck->area_count; i++)
	{
		const char *group = deck->areas[i].group;
		int used = group == NULL ? 0 : flis_words_begin(deck, words, group);

		if (used > 0)
			return used;
	}
	return 0;
}

/*
 * joined_pieces joins a few words, folded, without spaces and without a hyphen at the end of a
 * word, which broke it unless it follows a digit.  Returns the length; 0 where there is no room.
 */
static size_t
joined_pieces(const FlisDeckText *deck, FlisWords words, char *folded)
{
	size_t length = 0;

	for (int i = 0; i < words.count; i++)
	{
		const FlisWord *word = &words.at[i];

		if (length + word->length >= PIECES_SIZE)
			return 0;
		if (length > 1 && folded[length - 1] == '-' &&
			!(folded[length - 2] >= '0' && folded[length - 2] <= '9'))
			length--;
		memcpy(folded + length, deck->folded + word->start, word->length);
		length += word->length;
	}
	folded[length] = '\0';
	return length;
}

/*
 * flis_words_frequency counts the first words that together are a frequency ("Månedligt",
 * "Månedligt/år" "ligt"); 0 where they are none.
 */
int
flis_words_frequency(const FlisDeckText *deck, FlisWords words)
{
	char folded[PIECES_SIZE];
	int best = 0;

	for (int i = 0; i < words.count && i < PIECES_MAX; i++)
	{
		if (i > 0 && !continues_frequency(deck, words, i))
			break;
		if (joined_pieces(deck, flis_words_first(words, i + 1), folded) == 0)
			break;
		if (is_frequency_list(folded))
			best = i + 1;
	}
	return best;
}

/*
 * flis_words_are_frequency tells whether a cell is a frequency, which may be spelled out here ("1 x om
 * måneden"), because the cell has borders.
 */
bool
flis_words_are_frequency(const FlisDeckText *deck, FlisWords words)
{
	char folded[PIECES_SIZE];

	if (words.count == 0 || words.count > PIECES_MAX)
		return false;
	return flis_words_frequency(deck, words) == words.count ||
		   (joined_pieces(deck, words, folded) > 0 && is_spelled_frequency(folded));
}

/*
 * is_spelled_frequency tells whether a folded text without spaces is so many times each month, week or
 * the like.
 */
static bool
is_spelled_frequency(const char *folded)
{
	static const char *const times[] = {"x", "gange", "gang"};
	static const char *const each[] = {"om", "pr.", "hvert", "hver", "i"};
	static const char *const spans[] = {"dag",		 "dagen",  "døgn",	  "døgnet",	 "uge",
										"ugen",		 "måned",  "måneden", "måneder", "kvartal",
										"kvartalet", "halvår", "år",	  "året"};
	const char *at = folded + strspn(folded, "0123456789");
	size_t before = (size_t) (at - folded);

	if (before == 0 && starts_with(at, "en"))
		before = 2;
	at = folded + before;
	for (size_t i = 0; before > 0 && i < FLIS_LENGTH(times); i++)
	{
		if (starts_with(at, times[i]))
		{
			at += strlen(times[i]);
			if (flis_is_frequency(at, strlen(at)))
				return true;
			break;
		}
	}
	for (size_t i = 0; i < FLIS_LENGTH(each); i++)
	{
		const char *span = at + strlen(each[i]);

		for (size_t j = 0; starts_with(at, each[i]) && j < FLIS_LENGTH(spans); j++)
		{
			if (strcmp(span, spans[j]) == 0)
				return true;
		}
	}
	return false;
}

/*
 * flis_frequency_text returns the words of a frequency as printed, broken ones mended.
 */
const char *
flis_frequency_text(const FlisDeckText *deck, FlisWords words)
{
	char *text = deck->host->alloc(PIECES_SIZE + 2 * PIECES_MAX);
	char *to = text;

	if (flis_words_frequency(deck, words) < words.count)
		return flis_words_joined(deck, words);
	for (int i = 0; i < words.count; i++)
	{
		const FlisWord *word = &words.at[i];
		bool is_and = flis_word_is(deck, word, "og");

		if (to > text && to[-1] == '-')
			to--;
		if (to > text && to[-1] == ',')
			*to++ = ' ';
		if (is_and)
			*to++ = ' ';
		memcpy(to, deck->clean + word->start, word->length);
		to += word->length;
		if (is_and)
			*to++ = ' ';
	}
	*to = '\0';
	return text;
}

/*
 * continues_frequency tells whether a word may go on with the frequency that the words before it begin.
 */
static bool
continues_frequency(const FlisDeckText *deck, FlisWords words, int next)
{
	const FlisWord *word = &words.at[next];
	const FlisWord *last = word - 1;

	return (word->flags & FLIS_STARTS_LINE) != 0 ||
		   strchr("/,", flis_word_last(deck, last)) != NULL || deck->clean[word->start] == '/' ||
		   flis_word_is(deck, word, "og") || flis_word_is(deck, last, "og");
}

/*
 * is_frequency_list tells whether a folded text without spaces is one frequency, or several with a
 * slash, a comma or "og" between them.
 */
static bool
is_frequency_list(const char *folded)
{
	const char *at = folded;

	for (;;)
	{
		size_t length = strcspn(at, "/,");
		const char *conjunction = strstr(at, "og");

		while (conjunction != NULL && conjunction < at + length)
		{
			if (flis_is_frequency(at, (size_t) (conjunction - at)))
			{
				length = (size_t) (conjunction - at);
				break;
			}
			conjunction = strstr(conjunction + 1, "og");
		}
		if (!flis_is_frequency(at, length))
			return false;
		if (at[length] == '\0')
			return true;
		at += length + (at[length] == 'o' ? 2 : 1);
	}
}

/*
 * flis_words_period counts the first words that together are a cell of the column "Data t.o.m.": a
 * period, which may be broken over lines, or a dash; 0 where they are neither.
 */
int
flis_words_period(const FlisDeckText *deck, FlisWords words, FlisDeckPeriod *period)
{
	char folded[PIECES_SIZE];
	int best = 0;

	*period = (FlisDeckPeriod){0};
	if (words.count > 0 && flis_word_is_dash(deck, &words.at[0]))
	{
		period->is_dash = true;
		return 1;
	}
	for (int i = 0; i < words.count && i < PIECES_MAX; i++)
	{
		if (joined_pieces(deck, flis_words_first(words, i + 1), folded) == 0)
			break;
		if (read_period(folded, period))
			best = i + 1;
	}
	return best;
}

/*
 * read_period reads a month ("april", "apr.'25", "04.2025", "2025-04") or a quarter, half-year or week
 * ("1.kvartal2025", "2025k1", "uge18"), folded and without spaces.
 */
static bool
read_period(const char *text, FlisDeckPeriod *period)
{
	const char *at = text;
	int first = number_of(&at, 4);
	bool has_year_first = first >= 1900;
	const char *rest = has_year_first ? at + (*at == '-') : text;

	if (read_month(text, period))
		return true;
	for (size_t i = 0; i < FLIS_LENGTH(parts_of_year); i++)
	{
		const char *end;
		int year = has_year_first ? first : 0;
		int digits;
		int number;

		if (!starts_with(rest, parts_of_year[i].before))
			continue;
		end = rest + strlen(parts_of_year[i].before);
		if (*end == '.')
			end++;
		/* Without spaces a year may follow at once: "k12025", "uge182025". */
		digits = (int) strspn(end, "0123456789");
		digits -= digits > 4 ? 4 : 0;
		number = 0;
		for (int digit = 0; digit < digits && digit < 2; digit++)
			number = number * 10 + (*end++ - '0');
		if (number < 1 || number > parts_of_year[i].parts ||
			!starts_with(end, parts_of_year[i].after))
			continue;
		end += strlen(parts_of_year[i].after);
		if (has_year_first ? *end != '\0' : (*end != '\0' && !read_year(end, &year)))
			continue;
		*period = (FlisDeckPeriod){false, parts_of_year[i].kind, number, year};
		return true;
	}
	return false;
}

/*
 * read_month reads a month by name, with or without a year, by number, with a year, or by its last day.
 */
static bool
read_month(const char *text, FlisDeckPeriod *period)
{
	size_t letters = strcspn(text, "0123456789'-/\xE2");
	const char *at = text;
	int year = 0;
	int number;
	int day;

	if (letters > 0)
	{
		number = flis_month_number(text, letters);
		if (number == 0 || (text[letters] != '\0' && !read_year(text + letters, &year)))
			return false;
	}
	else
	{
		number = number_of(&at, 4);
		if (number >= 1900 && *at == '-')
		{
			year = number;
			at++;
			if (strlen(at) != 2 || (number = number_of(&at, 2)) < 0)
				return false;
		}
		else if (number >= 1 && (*at == '.' || *at == '/' || *at == '-') && strlen(at) == 5)
		{
			if (!read_year(at + 1, &year))
				return false;
		}
		else if (!date_of(text, &day, &number, &year) || !is_month_end(year, number, day))
			return false;
		if (number < 1 || number > MONTHS_PER_YEAR)
			return false;
	}
	*period = (FlisDeckPeriod){false, FLIS_MONTH, number, year};
	return true;
}

/*
 * is_month_end tells whether a day is the last of its month; without a year (0) 28 and 29 February are.
 */
static bool
is_month_end(int year, int month, int day)
{
	FlisDay last = flis_month_last((year == 0 ? 2023 : year) * MONTHS_PER_YEAR + month - 1);

	return flis_day(year == 0 ? 2023 : year, month, day) == last ||
		   (year == 0 && month == 2 && day == 29);
}

/*
 * read_year reads "2025", "/2025", "-2025", "'25" or "-25", as in Excel's "maj-25", with nothing
 * after it.
 */
static bool
read_year(const char *text, int *year)
{
	bool is_short = starts_with(text, "'") || starts_with(text, "\xE2\x80\x99");
	const char *at = text + (!is_short ? *text == '/' || *text == '-' : *text == '\'' ? 1 : 3);
	const char *digits = at;

	*year = number_of(&at, 4);
	if (is_short || (*text == '-' && at - digits == 2))
	{
		*year += 2000;
		is_short = true;
	}
	return *at == '\0' && at - digits == (is_short ? 2 : 4) && *year >= 1900;
}

/*
 * flis_deck_period_end finds the last day of a period: in its year if one is printed, else the
 * latest that is not after the deck's day, since November in a January deck is that of the year
 * before.  FLIS_NO_DAY where it lies after the deck's day or before the calendar, and for week 53
 * without a year where neither the deck's year nor the one before has one.
 */
FlisDay
flis_deck_period_end(const FlisDeckPeriod *period, FlisDay as_of)
{
	int year = period->year > 0 ? period->year : flis_month_of(as_of) / MONTHS_PER_YEAR;
	FlisDay last = end_in_year(period, year);

	if (period->year == 0 && (last > as_of || last == FLIS_NO_DAY))
		last = end_in_year(period, year - 1);
	return last > as_of || last < FLIS_FIRST_DAY ? FLIS_NO_DAY : last;
}

/*
 * end_in_year returns the last day of a period in a year; FLIS_NO_DAY of a week that the year does
 * not have.
 */
static FlisDay
end_in_year(const FlisDeckPeriod *period, int year)
{
	int months = period->kind == FLIS_QUARTER ? 3 : period->kind == FLIS_HALF_YEAR ? 6 : 1;

	if (period->kind == FLIS_WEEK)
		return flis_iso_week_last(year, period->number);
	return flis_month_last(year * MONTHS_PER_YEAR + period->number * months - 1);
}

/*
 * flis_words_title counts the first words that are a title, such as "Oversigt pr. 30/6", and takes
 * its day; 0 where they are none.  Returns false with the error set where there is no such day, or
 * it contradicts the deck's year or a title before.
 */
bool
flis_words_title(FlisDeckText *deck, FlisWords words, int *used)
{
	int first = 2;

	*used = 0;
	if (words.count < 3 || !is_overview(deck, &words.at[0]) ||
		!(flis_word_is(deck, &words.at[1], "pr.") || flis_word_is(deck, &words.at[1], "pr") ||
		  flis_word_is(deck, &words.at[1], "per")))
		return true;
	if (is_weekday(deck, &words.at[first]))
		first++;
	if (first < words.count &&
		(flis_word_is(deck, &words.at[first], "d.") || flis_word_is(deck, &words.at[first], "d") ||
		 flis_word_is(deck, &words.at[first], "den")))
		first++;
	if (first >= words.count || !flis_word_begins_with_digit(deck, &words.at[first]))
		return true;
	if (!take_date(deck, words, first, used))
		return false;
	/* A remark, as "(fortsat)" or "- fortsat", belongs to the title. */
	if (*used + 1 < words.count && flis_word_is_dash(deck, &words.at[*used]) &&
		flis_word_is(deck, &words.at[*used + 1], "fortsat"))
		*used += 2;
	else if (*used < words.count && flis_word_is(deck, &words.at[*used], "fortsat"))
		(*used)++;
	else if (*used < words.count && deck->clean[words.at[*used].start] == '(')
	{
		for (int end = *used; end < words.count; end++)
		{
			if ((words.at[end].flags & FLIS_STARTS_LINE) != 0)
				break;
			if (flis_word_last(deck, &words.at[end]) == ')')
			{
				*used = end + 1;
				break;
			}
		}
	}
	return true;
}

/*
 * is_overview tells whether a word begins the title of a table; overviews of other things have other days.
 */
static bool
is_overview(const FlisDeckText *deck, const FlisWord *word)
{
	static const char *const names[] = {"oversigt", "driftsoversigt", "statusoversigt",
										"flis-oversigt"};

	for (size_t i = 0; i < FLIS_LENGTH(names); i++)
	{
		if (flis_word_is(deck, word, names[i]))
			return true;
	}
	return false;
}

static bool
is_weekday(const FlisDeckText *deck, const FlisWord *word)
{
	static const char *const days[] = {"mandag", "tirsdag", "onsdag", "torsdag",
									   "fredag", "lørdag",	"søndag"};

	for (size_t i = 0; i < FLIS_LENGTH(days); i++)
	{
		if (flis_word_is(deck, word, days[i]))
			return true;
	}
	return false;
}

/*
 * take_date takes the date that begins at a word of a title as the deck's day.  Returns false with
 * the error set.
 */
static bool
take_date(FlisDeckText *deck, FlisWords words, int first, int *used)
{
	int day = 0;
	int month = 0;
	int year = 0;
	FlisDay date;
	FlisWords shown = flis_words_first(words, first + 1);

	while (shown.count < first + DATE_WORDS_MAX && !flis_word_ends_line(&words, shown.count - 1))
		shown.count++;
	*used = first + date_words(deck, flis_words_from(shown, first), &day, &month, &year);
	if (*used == first)
		return flis_deck_refuse(deck, FLIS_DECK_BAD_DATE, shown);
	if (year != 0 && deck->year != 0 && year != deck->year)
		return flis_deck_refuse(deck, FLIS_DECK_OTHER_YEAR, shown);
	if (year == 0)
		year = deck->year;
	if (year == 0 && deck->as_of == FLIS_NO_DAY)
		return flis_deck_refuse(deck, FLIS_DECK_NO_YEAR, shown);
	if (year == 0)
		year = flis_month_of(deck->as_of) / MONTHS_PER_YEAR;
	date = flis_day(year, month, day);
	if (flis_month_of(date) != year * MONTHS_PER_YEAR + month - 1)
		return flis_deck_refuse(deck, FLIS_DECK_BAD_DATE, shown);
	if (deck->as_of != FLIS_NO_DAY && deck->as_of != date)
		return flis_deck_refuse(deck, FLIS_DECK_TWO_DATES, shown);
	deck->as_of = date;
	return true;
}

/*
 * date_words counts the first words that are a date, as many as can be one; 0 where they are none.
 */
static int
date_words(const FlisDeckText *deck, FlisWords words, int *day, int *month, int *year)
{
	char text[DATE_SIZE];
	size_t length = 0;
	int best = 0;

	for (int i = 0; i < words.count && length + words.at[i].length + 2 <= sizeof(text); i++)
	{
		int read[3];

		if (i > 0)
			text[length++] = ' ';
		memcpy(text + length, deck->folded + words.at[i].start, words.at[i].length);
		length += words.at[i].length;
		text[length] = '\0';
		if (date_of(text, &read[0], &read[1], &read[2]))
		{
			best = i + 1;
			*day = read[0];
			*month = read[1];
			*year = read[2];
		}
	}
	return best;
}

/*
 * date_of reads D/M, D.M or D. month, each with or without a year of two or four digits; year is 0 where
 * there is none.
 */
static bool
date_of(const char *text, int *day, int *month, int *year)
{
	const char *at = text;
	const char *first;

	*year = 0;
	*day = number_of(&at, 2);
	at += strspn(at, "./- ");
	if (*at >= '0' && *at <= '9')
		*month = number_of(&at, 2);
	else
	{
		size_t length = strcspn(at, " ./-,:");

		*month = flis_month_number(at, length);
		at += length;
	}
	if (*day < 1 || *day > 31 || *month < 1 || *month > MONTHS_PER_YEAR)
		return false;
	at += strspn(at, ".:");
	if (*at == '\0')
		return true;
	at += strspn(at, "./-, ");
	first = at;
	*year = number_of(&at, 4);
	if (at - first == 2)
		*year += 2000;
	else if (at - first != 4)
		return false;
	at += strspn(at, ".:");
	return *at == '\0';
}

/*
 * number_of reads a number of at most so many digits; -1 where there is none or it has more.
 */
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

static bool
starts_with(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

/*
 * flis_words_headings counts the first words that are the columns' headings; 0 where they are not.
 * Running text breaks and mixes the cells in any way.  So each word must be part of the headings,
 * in any order, and together they must be as long.
 */
int
flis_words_headings(const FlisDeckText *deck, FlisWords words)
{
	for (int variant = 0; variant < 4; variant++)
	{
		char all[PIECES_SIZE];
		size_t left = 0;

		for (int column = 0; column < 5; column++)
		{
			const char *heading = headings[column][column == 0	 ? variant % 2
												   : column == 2 ? variant / 2
																 : 0];

			memcpy(all + left, heading, strlen(heading) + 1);
			left += strlen(heading);
		}
		for (int i = 0; i < words.count && i < HEADING_WORDS_MAX; i++)
		{
			char piece[PIECES_SIZE];
			size_t length = 0;

			if (words.at[i].length >= sizeof(piece))
				break;
			for (uint32_t byte = 0; byte < words.at[i].length; byte++)
			{
				if (deck->folded[words.at[i].start + byte] != '-')
					piece[length++] = deck->folded[words.at[i].start + byte];
			}
			piece[length] = '\0';
			if (length > left || strstr(all, piece) == NULL)
				break;
			left -= length;
			if (left == 0)
				return i + 1;
		}
	}
	return 0;
}

/*
 * flis_words_are_heading tells whether words are the heading of a column, 0 to 4.
 */
bool
flis_words_are_heading(const FlisDeckText *deck, FlisWords words, int column)
{
	if (words.count == 0)
		return false;
	for (size_t i = 0; i < FLIS_LENGTH(other_headings[0]) && other_headings[column][i] != NULL; i++)
	{
		if (flis_words_begin(deck, words, other_headings[column][i]) == words.count)
			return true;
	}
	return flis_words_begin(deck, words, headings[column][0]) == words.count ||
		   flis_words_begin(deck, words, headings[column][1]) == words.count;
}

/*
 * flis_heading_continues returns how many bytes of a column's heading, in one of its two variants,
 * are spelled after a word, where spelled bytes were before it; -1 where the word does not go on
 * with the heading.
 */
int
flis_heading_continues(const FlisDeckText *deck, const FlisWord *word, int column, int variant,
					   int spelled)
{
	const char *heading = headings[column][variant];

	for (uint32_t byte = 0; byte < word->length; byte++)
	{
		char letter = deck->folded[word->start + byte];

		if (letter == '-')
			continue;
		if (heading[spelled] != letter)
			return -1;
		spelled++;
	}
	return spelled;
}

/*
 * flis_heading_is_whole tells whether all bytes of a column's heading are spelled.
 */
bool
flis_heading_is_whole(int column, int variant, int spelled)
{
	return headings[column][variant][spelled] == '\0';
}

/*
 * flis_deck_has_row_of tells whether a row of an area was found already.
 */
bool
flis_deck_has_row_of(const FlisDeckText *deck, int area)
{
	for (int i = 0; i < deck->row_count; i++)
	{
		if (deck->rows[i].area == area)
			return true;
	}
	return false;
}
