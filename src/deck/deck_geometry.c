/*
 * deck_geometry.c
 *		The rows of a deck whose text gives each word with its place on the page.
 *
 * pdftotext -tsv writes such a text.  The left edges of the headings are those of the columns, and
 * the cells of frequency and period mark the rows.  On a page the cells of a row share their tops,
 * their middles or their bottoms, in all rows the same of the three.  Each of these alignments is
 * tried: it fits if all lines of sources and notes can be given to the rows in one way, and each
 * row has a known name.  Where none fits, or two fit differently, the deck is refused.
 *
 * Lengths are in hundredths of a point.
 */
#include <stdlib.h>
#include <string.h>

#include "deck/deck_match.h"

/* The most by which the tops of a line's words, and the places of a row's cells, may differ. */
#define LINE_TOLERANCE 200
#define CELL_TOLERANCE 150

/*
 * The most by which a step from one line of a cell to the next may exceed the page's smallest, and the most
 * heights of a word that this is.
 */
#define PITCH_TOLERANCE 50
#define PITCH_HEIGHTS 2

/* The most lines of a column on a page, and of a cell. */
#define LINES_MAX 400
#define CELL_LINES_MAX 40

/*
 * The most parts that a heading is broken into, and its most lines above and below the first
 * column's.
 */
#define HEADING_PARTS_MAX 12
#define HEADING_LINES 4

#define COLUMNS 5
#define NAME 0
#define FREQUENCY 1
#define PERIOD 2
#define SOURCE 3
#define NOTE 4

static const char first_line[] = "level\tpage_num\t";

/* A word and its place on its page. */
typedef struct Placed
{
	FlisWord word;
	int page;
	int left;
	int top;
	int height;
	int sort;	   /* by_place's first key: the top, later the number of the line */
	bool is_used;  /* in a heading or a footer */
	bool is_prose; /* on a page without a table */
} Placed;

/* A line of a column: so many of the column's words from the first on. */
typedef struct Line
{
	int first;
	int count;
	int top;
} Line;

typedef struct Column
{
	int edge; /* on the left */
	FlisWords words;
	Line *lines;
	int line_count;
} Column;

/* The lines of a cell: those of a column from one up to, and without, another. */
typedef struct Run
{
	int from;
	int to;
} Run;

typedef enum Alignment
{
	TOPS,
	MIDDLES,
	BOTTOMS
} Alignment;

typedef struct Page
{
	Placed *words;
	int count;
	Column columns[COLUMNS];
	int headings_top;
	int row_count;
	Run *frequencies; /* by row */
	Run *periods;
	FlisDeckPeriod *read_periods;
	int pitch; /* the smallest step from a line of a column to the next, or less */
} Page;

/* One way to give a page's lines to its rows. */
typedef struct Layout
{
	Run *runs[COLUMNS]; /* by row; of frequencies and periods the page has them */
	int *areas;			/* by row */
} Layout;

static int read_words(const FlisDeckText *deck, Placed *words);
static bool read_fields(const FlisDeckText *deck, size_t from, size_t to, int line, Placed *word);
static int hundredths(const char **text, const char *end);
static int by_place(const void *left, const void *right);
static int lines_of(Placed *words, int count);
static FlisWords words_of(const FlisDeckText *deck, const Placed *words, int count);
static bool take_titles(FlisDeckText *deck, const Page *page);
static bool find_headings(const FlisDeckText *deck, Page *page);
static int read_heading(const FlisDeckText *deck, const Page *page, int at, int near, int column,
						int *parts);
static bool has_row(const FlisDeckText *deck, const Page *page, FlisWords *found);
static void leave_out_footers(const FlisDeckText *deck, Page *page, const Placed *words, int count);
static void note_unread(FlisDeckText *deck, const Page *page);
static bool has_same_line(const FlisDeckText *deck, const Placed *line, int count,
						  const Placed *others, int other_count);
static bool same_footer_word(const FlisDeckText *deck, const Placed *left, const Placed *right);
static bool fill_columns(const FlisDeckText *deck, Page *page);
static bool find_lines(const FlisDeckText *deck, Page *page, Column *column, Placed *words,
					   int count);
static bool find_anchors(const FlisDeckText *deck, Page *page);
static int place_of(const Column *column, Run run, Alignment alignment);
static bool read_page(FlisDeckText *deck, Page *page);
static bool try_alignment(const FlisDeckText *deck, const Page *page, Alignment alignment,
						  Layout *layout, FlisDeckFault *fault, int *fault_row);
static bool find_names(const FlisDeckText *deck, const Page *page, Alignment alignment,
					   Layout *layout, FlisDeckFault *fault, int *fault_row);
static int partitions(const FlisDeckText *deck, const Page *page, int column, Alignment alignment,
					  Run *runs);
static bool fits(const Page *page, int column, int row, Run run, Alignment alignment);
static bool same_layout(const Page *page, const Layout *left, const Layout *right);
static bool check_headings(const FlisDeckText *deck, const Page *page, const Layout *layout);
static FlisWords cell_words(const Column *column, Run run);
static bool refuse_row(const FlisDeckText *deck, const Page *page, FlisDeckFault fault, int row);

/*
 * flis_deck_has_places tells whether the text begins as the output of pdftotext -tsv does.
 */
bool
flis_deck_has_places(const FlisDeckText *deck)
{
	return deck->clean_length > sizeof(first_line) &&
		   memcmp(deck->clean, first_line, sizeof(first_line) - 1) == 0;
}

/*
 * flis_deck_geometry reads all rows of all pages.  Returns false with the error set where a page can't
 * be read in exactly one way.
 */
bool
flis_deck_geometry(FlisDeckText *deck)
{
	int count = read_words(deck, NULL);
	Placed *words = deck->host->alloc((size_t) count * sizeof(Placed));
	FlisWords found;

	read_words(deck, words);
	/* Footers are known by comparing pages with a table to others, so all pages are looked at first. */
	for (int pass = 0; pass < 2; pass++)
	{
		for (int from = 0, to; from < count; from = to)
		{
			Page page = {.words = &words[from]};

			for (to = from; to < count && words[to].page == words[from].page; to++)
				;
			page.count = to - from;
			deck->host->check_interrupts();
			if (pass == 0)
			{
				lines_of(page.words, page.count);
				if (!take_titles(deck, &page))
					return false;
			}
			if (!find_headings(deck, &page))
			{
				if (has_row(deck, &page, &found))
					return flis_deck_refuse(deck, FLIS_DECK_OTHER_COLUMNS, found);
				for (int i = from; i < to; i++)
					words[i].is_prose = true;
				if (deck->row_count > 0)
					flis_deck_pass_over(deck, words_of(deck, page.words, page.count));
				continue;
			}
			if (pass == 0)
				continue;
			leave_out_footers(deck, &page, words, count);
			note_unread(deck, &page);
			if (!fill_columns(deck, &page) || !find_anchors(deck, &page) || !read_page(deck, &page))
				return false;
		}
	}
	return true;
}

/*
 * read_words counts the words of the text and, where words is not NULL, fills it.
 */
static int
read_words(const FlisDeckText *deck, Placed *words)
{
	int count = 0;
	int line = 1;

	for (size_t from = 0, to; from < deck->clean_length; from = to + 1, line++)
	{
		Placed word;

		for (to = from; to < deck->clean_length && deck->clean[to] != '\n'; to++)
			;
		flis_deck_interrupts(deck, (size_t) line);
		if (!read_fields(deck, from, to, line, &word))
			continue;
		if (words != NULL)
			words[count] = word;
		count++;
	}
	return count;
}

/*
 * read_fields reads a line of the text: level, page, paragraph, block, line and word number, left,
 * top, width, height, confidence, text.  False where it is no word, which has level 5.
 */
static bool
read_fields(const FlisDeckText *deck, size_t from, size_t to, int line, Placed *word)
{
	const char *at = deck->clean + from;
	const char *end = deck->clean + to;
	int values[11];

	for (int i = 0; i < 11; i++)
	{
		values[i] = hundredths(&at, end);
		if (values[i] < 0 && i != 10)
			return false;
		while (at < end && *at != '\t')
			at++;
		if (at == end)
			return false;
		at++;
	}
	while (at < end && flis_is_break(*at))
		at++;
	while (end > at && flis_is_break(end[-1]))
		end--;
	if (values[0] != 500 || at == end)
		return false;
	*word = (Placed){.word = {(uint32_t) (at - deck->clean), (uint32_t) (end - at), line, 0},
					 .page = values[1],
					 .left = values[6],
					 .top = values[7],
					 .height = values[9],
					 .sort = values[7]};
	return true;
}

/*
 * hundredths reads a decimal number, in hundredths; -1 where there is none or it is larger than any
 * page.
 */
static int
hundredths(const char **text, const char *end)
{
	int number = 0;
	int places = -1;
	const char *at = *text;

	for (; at < end && ((*at >= '0' && *at <= '9') || (*at == '.' && places < 0)); at++)
	{
		if (*at == '.')
			places = 0;
		else if (places < 2)
		{
			if (number > 999999)
				return -1;
			number = number * 10 + (*at - '0');
			places += places >= 0;
		}
	}
	if (at == *text)
		return -1;
	*text = at;
	for (places = places < 0 ? 0 : places; places < 2; places++)
		number *= 10;
	return number;
}

/*
 * by_place compares two words for qsort().
 */
static int
by_place(const void *left, const void *right)
{
	const Placed *one = left;
	const Placed *other = right;

	if (one->sort != other->sort)
		return one->sort < other->sort ? -1 : 1;
	if (one->left != other->left)
		return one->left < other->left ? -1 : 1;
	return one->word.start < other->word.start ? -1 : 1;
}

/*
 * lines_of sorts words by line and within it from left to right, numbers the lines in sort, and returns
 * how many there are.
 */
static int
lines_of(Placed *words, int count)
{
	int line = -1;
	int top = 0;

	for (int i = 0; i < count; i++)
		words[i].sort = words[i].top;
	qsort(words, (size_t) count, sizeof(Placed), by_place);
	for (int i = 0; i < count; i++)
	{
		if (line < 0 || words[i].top - top > LINE_TOLERANCE)
		{
			line++;
			top = words[i].top;
		}
		words[i].sort = line;
	}
	qsort(words, (size_t) count, sizeof(Placed), by_place);
	return line + 1;
}

/*
 * words_of copies words, and marks those that begin a line (FLIS_STARTS_LINE).
 */
static FlisWords
words_of(const FlisDeckText *deck, const Placed *words, int count)
{
	FlisWords copy = {deck->host->alloc((size_t) count * sizeof(FlisWord)), count};

	for (int i = 0; i < count; i++)
	{
		copy.at[i] = words[i].word;
		if (i == 0 || words[i].sort != words[i - 1].sort)
			copy.at[i].flags |= FLIS_STARTS_LINE;
	}
	return copy;
}

/*
 * take_titles takes the day of the deck from the titles among a page's lines.  Returns false with
 * the error set.
 */
static bool
take_titles(FlisDeckText *deck, const Page *page)
{
	FlisWords words = words_of(deck, page->words, page->count);

	for (int i = 0; i < words.count; i++)
	{
		int used;

		if ((words.at[i].flags & FLIS_STARTS_LINE) != 0 &&
			!flis_words_title(deck, flis_words_from(words, i), &used))
			return false;
	}
	return true;
}

/*
 * find_headings finds the headings of a page's columns, marks their words as used and takes their left
 * edges as the columns'.  False where there are none.
 */
static bool
find_headings(const FlisDeckText *deck, Page *page)
{
	for (int i = 0; i < page->count; i++)
	{
		int parts[COLUMNS][HEADING_PARTS_MAX];
		int counts[COLUMNS];
		int column;

		for (column = 0; column < COLUMNS; column++)
		{
			counts[column] = column == 0 ? read_heading(deck, page, i, i, 0, parts[0]) : 0;
			for (int at = 0; column > 0 && at < page->count && counts[column] == 0; at++)
			{
				if (page->words[at].left > page->columns[column - 1].edge)
					counts[column] = read_heading(deck, page, at, i, column, parts[column]);
			}
			if (counts[column] == 0)
				break;
			page->columns[column].edge = page->words[parts[column][0]].left;
		}
		if (column < COLUMNS)
			continue;
		page->headings_top = page->words[i].top;
		page->pitch = PITCH_HEIGHTS * page->words[i].height;
		for (column = 0; column < COLUMNS; column++)
		{
			for (int part = 0; part < counts[column]; part++)
			{
				Placed *word = &page->words[parts[column][part]];

				word->is_used = true;
				if (word->top < page->headings_top)
					page->headings_top = word->top;
			}
		}
		return true;
	}
	return false;
}

/*
 * read_heading finds the words of a column's heading, from the word at on and not far above or below the
 * word near, which begins the first column's heading; words of other headings may stand between them.
 * Returns how many they are; 0 where the heading is not there.
 */
static int
read_heading(const FlisDeckText *deck, const Page *page, int at, int near, int column, int *parts)
{
	const Placed *first = &page->words[near];

	for (int variant = 0; variant < 2; variant++)
	{
		int spelled = 0;
		int count = 0;

		for (int i = at; i < page->count && count < HEADING_PARTS_MAX; i++)
		{
			const Placed *word = &page->words[i];
			int next;

			if (word->top > first->top + HEADING_LINES * first->height)
				break;
			if (word->top < first->top - HEADING_LINES * first->height ||
				word->left < page->words[at].left - CELL_TOLERANCE)
				continue;
			next = flis_heading_continues(deck, &word->word, column, variant, spelled);
			if (next < 0 && count == 0)
				break;
			if (next < 0)
				continue;
			parts[count++] = i;
			spelled = next;
			if (flis_heading_is_whole(column, variant, spelled))
				return count;
		}
	}
	return 0;
}

/*
 * has_row tells whether a page without headings has a row: a line that begins with a known area and
 * has a frequency.
 */
static bool
has_row(const FlisDeckText *deck, const Page *page, FlisWords *found)
{
	FlisWords words = words_of(deck, page->words, page->count);

	for (int from = 0, to; from < words.count; from = to)
	{
		FlisWords line;
		int area;
		int used;

		for (to = from; !flis_word_ends_line(&words, to); to++)
			;
		to++;
		line = (FlisWords){words.at + from, to - from};
		used = flis_words_area(deck, line, &area);
		for (int i = used; used > 0 && i < line.count; i++)
		{
			if (flis_words_frequency(deck, flis_words_from(line, i)) > 0 &&
				(i == used || flis_word_is_capital(deck, &line.at[i])))
			{
				*found = line;
				return true;
			}
		}
	}
	return false;
}

/*
 * leave_out_footers marks as used the lines of a page that are its footer: those that also stand at
 * their place on a page without a table, and those below the table that stand there on all other
 * pages.  Numbers may differ.
 */
static void
leave_out_footers(const FlisDeckText *deck, Page *page, const Placed *words, int count)
{
	int below = page->headings_top; /* where the last row's frequency stands */

	for (int i = 0; i < page->count; i++)
	{
		if (abs(page->words[i].left - page->columns[FREQUENCY].edge) <= CELL_TOLERANCE &&
			flis_word_is_capital(deck, &page->words[i].word) && page->words[i].top > below)
			below = page->words[i].top;
	}
	for (int line = 0, end; line < page->count; line = end)
	{
		bool is_on_prose = false;
		bool is_on_all;
		bool has_others = false;

		for (end = line; end < page->count && page->words[end].sort == page->words[line].sort;
			 end++)
			;
		is_on_all = page->words[line].top > below + 2 * page->words[line].height;
		for (int from = 0, to; from < count; from = to)
		{
			bool has_line;

			for (to = from; to < count && words[to].page == words[from].page; to++)
				;
			if (words[from].page == page->words[0].page)
				continue;
			deck->host->check_interrupts();
			has_line = has_same_line(deck, &page->words[line], end - line, &words[from], to - from);
			has_others = true;
			is_on_all = is_on_all && has_line;
			is_on_prose = is_on_prose || (has_line && words[from].is_prose);
		}
		for (int i = line; i < end && (is_on_prose || (is_on_all && has_others)); i++)
			page->words[i].is_used = true;
	}
}

/*
 * note_unread notes the lines above the headings that are neither a title nor on other pages.
 */
static void
note_unread(FlisDeckText *deck, const Page *page)
{
	FlisWords words = words_of(deck, page->words, page->count);

	for (int i = 0, used; i<words.count; i += used> 0 ? used : 1)
	{
		used = 0;
		if (page->words[i].is_used || page->words[i].top >= page->headings_top)
			continue;
		if ((words.at[i].flags & FLIS_STARTS_LINE) != 0)
			flis_words_title(deck, flis_words_from(words, i), &used);
		if (used == 0)
		{
			for (used = 1; !flis_word_ends_line(&words, i + used - 1); used++)
				;
			flis_deck_pass_over(deck, (FlisWords){words.at + i, used});
		}
	}
}

/*
 * has_same_line tells whether each word of a line stands at the same place on another page; of
 * several words a number may be missing there.
 */
static bool
has_same_line(const FlisDeckText *deck, const Placed *line, int count, const Placed *others,
			  int other_count)
{
	for (int i = 0; i < count; i++)
	{
		int other = 0;

		while (other < other_count && !same_footer_word(deck, &line[i], &others[other]))
			other++;
		if (other == other_count && (count == 1 || !flis_word_is_number(deck, &line[i].word)))
			return false;
	}
	return true;
}

static bool
same_footer_word(const FlisDeckText *deck, const Placed *left, const Placed *right)
{
	return abs(left->top - right->top) <= LINE_TOLERANCE &&
		   abs(left->left - right->left) <= LINE_TOLERANCE &&
		   ((left->word.length == right->word.length &&
			 memcmp(deck->clean + left->word.start, deck->clean + right->word.start,
					left->word.length) == 0) ||
			(flis_word_is_number(deck, &left->word) && flis_word_is_number(deck, &right->word)));
}

/*
 * fill_columns gives the words below the headings to the columns, and finds the lines of each.  A
 * word left of the first column is left out: it is of a group's heading.  Returns false with the
 * error set.
 */
static bool
fill_columns(const FlisDeckText *deck, Page *page)
{
	Placed *words = deck->host->alloc((size_t) page->count * sizeof(Placed));

	for (int column = 0; column < COLUMNS; column++)
	{
		int count = 0;
		int right = column + 1 < COLUMNS ? page->columns[column + 1].edge : INT32_MAX;

		for (int i = 0; i < page->count; i++)
		{
			const Placed *word = &page->words[i];

			if (!word->is_used && word->top >= page->headings_top &&
				word->left >= page->columns[column].edge - CELL_TOLERANCE &&
				word->left < right - CELL_TOLERANCE)
				words[count++] = *word;
		}
		if (!find_lines(deck, page, &page->columns[column], words, count))
			return false;
	}
	return true;
}

/*
 * find_lines finds the lines of a column's words, each of which must begin at the column's edge, and makes
 * the page's pitch their smallest step, if that is less.  Returns false with the error set.
 */
static bool
find_lines(const FlisDeckText *deck, Page *page, Column *column, Placed *words, int count)
{
	int line_count = lines_of(words, count);

	column->words = words_of(deck, words, count);
	column->line_count = 0;
	column->lines = deck->host->alloc((size_t) line_count * sizeof(Line));
	for (int i = 0; i < count; i++)
	{
		Line *line = &column->lines[column->line_count];

		if (i > 0 && words[i].sort == words[i - 1].sort)
		{
			line[-1].count++;
			continue;
		}
		*line = (Line){i, 1, words[i].top};
		if (column->line_count > 0 && line->top - line[-1].top < page->pitch)
			page->pitch = line->top - line[-1].top;
		/* A centred cell, or one that runs out of its column. */
		if (words[i].left > column->edge + CELL_TOLERANCE || column->line_count == LINES_MAX)
			return flis_deck_refuse(deck, FLIS_DECK_NO_LAYOUT,
									flis_words_first(flis_words_from(column->words, i), 1));
		column->line_count++;
	}
	return true;
}

/*
 * find_anchors finds the cells of frequencies and of periods, which mark the rows.  Returns false
 * with the error set.
 */
static bool
find_anchors(const FlisDeckText *deck, Page *page)
{
	for (int column = FREQUENCY; column <= PERIOD; column++)
	{
		const Column *cells = &page->columns[column];
		Run *runs = deck->host->alloc((size_t) cells->line_count * sizeof(Run));
		int count = 0;

		if (column == FREQUENCY)
			page->frequencies = runs;
		else
		{
			page->periods = runs;
			page->read_periods =
				deck->host->alloc((size_t) cells->line_count * sizeof(FlisDeckPeriod));
		}
		for (int line = 0; line < cells->line_count;)
		{
			FlisWords rest = flis_words_from(cells->words, cells->lines[line].first);
			int used = column == FREQUENCY
						   ? flis_words_frequency(deck, rest)
						   : flis_words_period(deck, rest, &page->read_periods[count]);
			int end = line;

			while (end < cells->line_count &&
				   cells->lines[end].first < cells->lines[line].first + used)
				end++;
			if (used == 0 ||
				(end < cells->line_count ? cells->lines[end].first : cells->words.count) !=
					cells->lines[line].first + used)
				return flis_deck_refuse(
					deck, column == FREQUENCY ? FLIS_DECK_BAD_FREQUENCY : FLIS_DECK_BAD_PERIOD,
					flis_words_first(rest, cells->lines[line].count));
			runs[count++] = (Run){line, end};
			line = end;
		}
		if (column == PERIOD && count != page->row_count)
			return flis_deck_refuse(deck, FLIS_DECK_NO_LAYOUT, cells->words);
		page->row_count = count;
	}
	return true;
}

/*
 * place_of returns what an alignment compares of a cell: the top of its first or last line, or
 * their middle.
 */
static int
place_of(const Column *column, Run run, Alignment alignment)
{
	int first = column->lines[run.from].top;
	int last = column->lines[run.to - 1].top;

	return alignment == TOPS ? first : alignment == BOTTOMS ? last : first + (last - first) / 2;
}

/*
 * read_page adds the rows of a page to the deck's, by the one layout that fits.  Returns false with
 * the error set.
 */
static bool
read_page(FlisDeckText *deck, Page *page)
{
	Layout layouts[3];
	int best = -1;
	FlisDeckFault fault = FLIS_DECK_NO_LAYOUT;
	int fault_row = 0;

	for (int alignment = TOPS; alignment <= BOTTOMS; alignment++)
	{
		for (int column = 0; column < COLUMNS; column++)
			layouts[alignment].runs[column] =
				deck->host->alloc((size_t) page->row_count * sizeof(Run));
		layouts[alignment].areas = deck->host->alloc((size_t) page->row_count * sizeof(int));
		if (!try_alignment(deck, page, (Alignment) alignment, &layouts[alignment], &fault,
						   &fault_row))
		{
			if (fault == FLIS_DECK_TWO_LAYOUTS)
				return refuse_row(deck, page, fault, 0);
			continue;
		}
		if (best >= 0 && !same_layout(page, &layouts[best], &layouts[alignment]))
			return refuse_row(deck, page, FLIS_DECK_TWO_LAYOUTS, 0);
		best = alignment;
	}
	if (best < 0)
		return refuse_row(deck, page, fault, fault_row);
	if (!check_headings(deck, page, &layouts[best]))
		return false;
	for (int row = 0; row < page->row_count; row++)
	{
		Run *const *runs = layouts[best].runs;
		FlisDeckCells cells = {.area = layouts[best].areas[row],
							   .period = page->read_periods[row],
							   .frequency =
								   cell_words(&page->columns[FREQUENCY], page->frequencies[row]),
							   .source = cell_words(&page->columns[SOURCE], runs[SOURCE][row]),
							   .note = cell_words(&page->columns[NOTE], runs[NOTE][row])};

		cells.line = cells.frequency.at[0].line;
		if (flis_deck_has_row_of(deck, cells.area))
			return refuse_row(deck, page, FLIS_DECK_AREA_TWICE, row);
		deck->rows[deck->row_count++] = cells;
	}
	return true;
}

/*
 * try_alignment gives the lines of a page to its rows by one alignment.  False where it does not
 * fit; the fault and its row are set if more can be said than that.
 */
static bool
try_alignment(const FlisDeckText *deck, const Page *page, Alignment alignment, Layout *layout,
			  FlisDeckFault *fault, int *fault_row)
{
	for (int row = 0; row < page->row_count; row++)
	{
		if (abs(place_of(&page->columns[FREQUENCY], page->frequencies[row], alignment) -
				place_of(&page->columns[PERIOD], page->periods[row], alignment)) > CELL_TOLERANCE)
			return false;
	}
	for (int column = SOURCE; column <= NOTE; column++)
	{
		int ways = partitions(deck, page, column, alignment, layout->runs[column]);

		if (ways > 1)
			*fault = FLIS_DECK_TWO_LAYOUTS;
		if (ways != 1)
			return false;
	}
	return find_names(deck, page, alignment, layout, fault, fault_row);
}

/*
 * find_names finds the name of each row: the lines at its place that spell a known area.  Other
 * lines of the column are headings of groups.
 */
static bool
find_names(const FlisDeckText *deck, const Page *page, Alignment alignment, Layout *layout,
		   FlisDeckFault *fault, int *fault_row)
{
	const Column *names = &page->columns[NAME];
	int after = 0;

	for (int row = 0; row < page->row_count; row++)
	{
		int found = 0;

		for (int from = after; from < names->line_count; from++)
		{
			for (int to = from + 1; to <= names->line_count && to - from <= CELL_LINES_MAX; to++)
			{
				FlisWords words = cell_words(names, (Run){from, to});
				int area;

				if (!fits(page, NAME, row, (Run){from, to}, alignment) ||
					flis_words_area(deck, words, &area) != words.count)
					continue;
				/* Of "KRL" and "KRL Personale" the longer one counts. */
				found += found == 0 || layout->runs[NAME][row].from != from;
				layout->runs[NAME][row] = (Run){from, to};
				layout->areas[row] = area;
			}
		}
		if (found != 1)
		{
			*fault = found == 0 ? FLIS_DECK_UNKNOWN_AREA : FLIS_DECK_TWO_LAYOUTS;
			*fault_row = row;
			return false;
		}
		after = layout->runs[NAME][row].to;
	}
	return true;
}

/*
 * partitions counts the ways to give all lines of a column to the rows in their order, as 0, 1 or 2 for
 * more; a row may get no line.  Where there is one way, runs is set to it.
 *
 * ways[row][line] is the number of ways to give the lines before one to the rows before another.
 */
static int
partitions(const FlisDeckText *deck, const Page *page, int column, Alignment alignment, Run *runs)
{
	int lines = page->columns[column].line_count;
	size_t width = (size_t) lines + 1;
	unsigned char *ways = deck->host->alloc(((size_t) page->row_count + 1) * width);
	int end = lines;

	memset(ways, 0, ((size_t) page->row_count + 1) * width);
	ways[0] = 1;
	for (int row = 0; row < page->row_count; row++)
	{
		deck->host->check_interrupts();
		for (int from = 0; from <= lines; from++)
		{
			int before = ways[(size_t) row * width + (size_t) from];

			for (int to = from; before > 0 && to <= lines && to - from <= CELL_LINES_MAX; to++)
			{
				unsigned char *way = &ways[((size_t) row + 1) * width + (size_t) to];

				if (fits(page, column, row, (Run){from, to}, alignment))
					*way = (unsigned char) (*way + before > 2 ? 2 : *way + before);
			}
		}
	}
	if (ways[(size_t) page->row_count * width + (size_t) lines] != 1)
		return ways[(size_t) page->row_count * width + (size_t) lines];
	for (int row = page->row_count; row > 0; row--)
	{
		int from = end;

		while (ways[((size_t) row - 1) * width + (size_t) from] == 0 ||
			   !fits(page, column, row - 1, (Run){from, end}, alignment))
			from--;
		runs[row - 1] = (Run){from, end};
		end = from;
	}
	return 1;
}

/*
 * fits tells whether lines can be a row's cell.  No lines can; others must stand at the row's
 * place, one pitch apart, and none beside another row's frequency.
 */
static bool
fits(const Page *page, int column, int row, Run run, Alignment alignment)
{
	const Column *cells = &page->columns[column];
	const Column *anchors = &page->columns[FREQUENCY];

	if (run.from == run.to)
		return true;
	if (row > 0 && cells->lines[run.from].top <=
					   anchors->lines[page->frequencies[row].from - 1].top + CELL_TOLERANCE)
		return false;
	if (row + 1 < page->row_count &&
		cells->lines[run.to - 1].top >=
			anchors->lines[page->frequencies[row].to].top - CELL_TOLERANCE)
		return false;
	for (int line = run.from + 1; line < run.to; line++)
	{
		if (cells->lines[line].top - cells->lines[line - 1].top > page->pitch + PITCH_TOLERANCE)
			return false;
	}
	return abs(place_of(cells, run, alignment) -
			   place_of(&page->columns[FREQUENCY], page->frequencies[row], alignment)) <=
		   CELL_TOLERANCE;
}

static bool
same_layout(const Page *page, const Layout *left, const Layout *right)
{
	for (int row = 0; row < page->row_count; row++)
	{
		for (int column = 0; column < COLUMNS; column++)
		{
			if (column != FREQUENCY && column != PERIOD &&
				(left->runs[column][row].from != right->runs[column][row].from ||
				 left->runs[column][row].to != right->runs[column][row].to))
				return false;
		}
	}
	return true;
}

/*
 * check_headings refuses a page where a known area stands among the headings of groups: the row of an
 * area without frequency and period.
 */
static bool
check_headings(const FlisDeckText *deck, const Page *page, const Layout *layout)
{
	const Column *names = &page->columns[NAME];
	int row = 0;

	for (int line = 0; line < names->line_count;)
	{
		FlisWords rest = flis_words_from(names->words, names->lines[line].first);
		int used = flis_words_group(deck, rest);
		int area;

		while (row < page->row_count && layout->runs[NAME][row].to <= line)
			row++;
		if (row < page->row_count && layout->runs[NAME][row].from == line)
		{
			line = layout->runs[NAME][row].to;
			continue;
		}
		if (used == 0)
		{
			rest = flis_words_first(rest, names->lines[line].count);
			if (flis_words_area(deck, rest, &area) == rest.count)
				return flis_deck_refuse(deck, FLIS_DECK_BAD_FREQUENCY, rest);
			used = rest.count;
		}
		for (int first = names->lines[line].first;
			 line < names->line_count && names->lines[line].first < first + used;)
			line++;
	}
	return true;
}

static FlisWords
cell_words(const Column *column, Run run)
{
	int from = run.from < column->line_count ? column->lines[run.from].first : column->words.count;
	int to = run.to < column->line_count ? column->lines[run.to].first : column->words.count;

	return (FlisWords){column->words.at + from, to - from};
}

/*
 * refuse_row records why a page can't be read, with the line of the names nearest to a row where
 * its name is the reason, else with all names.  Returns false.
 */
static bool
refuse_row(const FlisDeckText *deck, const Page *page, FlisDeckFault fault, int row)
{
	const Column *names = &page->columns[NAME];
	FlisWords shown = names->words;

	if (row < page->row_count && names->line_count > 0 &&
		(fault == FLIS_DECK_UNKNOWN_AREA || fault == FLIS_DECK_AREA_TWICE))
	{
		int place = place_of(&page->columns[FREQUENCY], page->frequencies[row], MIDDLES);
		int best = 0;

		for (int line = 1; line < names->line_count; line++)
		{
			if (abs(names->lines[line].top - place) < abs(names->lines[best].top - place))
				best = line;
		}
		shown = cell_words(names, (Run){best, best + 1});
	}
	if (fault == FLIS_DECK_UNKNOWN_AREA)
		return flis_deck_refuse_name(deck, shown, shown);
	return flis_deck_refuse(deck, fault, shown);
}
