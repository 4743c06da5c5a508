/*
 * deck_cells.c
 *		The rows of a deck whose text has a character between its cells.
 *
 * Tables copied from PowerPoint or Excel have tabs between their cells, Markdown and psql have
 * vertical bars, and CSV has semicolons or commas, and quotes.  Nothing is guessed: a record within
 * a table is a row, a heading or a footer, or the deck is refused.
 */
#include <string.h>

#include "base/enum_labels.h"
#include "deck/deck_match.h"
#include "deck/deck_note.h"

/* The most cells of a record that are looked at. */
#define FIELDS_MAX 24

/* The most bytes of a cell in quotes. */
#define QUOTED_MAX 65536

/* The most bytes of a cell that can be a heading or a frequency. */
#define SHORT_CELL_MAX 64

/* The most words of a group's heading that is not taken for a sentence. */
#define HEADING_WORDS_MAX 6

#define COLUMNS 5

/* The bytes of a cell in the cleaned text. */
typedef struct Field
{
	size_t from;
	size_t to;
	bool is_quoted;
} Field;

/* A line of the text with its cells; one with a cell in quotes may go over more lines. */
typedef struct Record
{
	size_t from;
	size_t to;	 /* the line end after it */
	size_t next; /* where the next record begins */
	int line;
	int next_line;
	int count;
	Field fields[FIELDS_MAX];
} Record;

static const char separators[] = "\t|;,";

/* How Markdown writes characters that it would take as markup. */
static const struct
{
	const char *from;
	const char *to;
} escapes[] = {{"&amp;", "&"}, {"&lt;", "<"},	{"&gt;", ">"}, {"&quot;", "\""},
			   {"&#39;", "'"}, {"&#x27;", "'"}, {"**", ""}};

static void read_record(const FlisDeckText *deck, char separator, size_t from, int line,
						Record *record);
static bool read_quoted(const FlisDeckText *deck, char separator, Field *field, size_t *end);
static void trim_emphasis(const FlisDeckText *deck, Field *field);
static bool is_field_end(const FlisDeckText *deck, char separator, size_t at);
static bool is_line_end(char byte);
static int headings_in(const FlisDeckText *deck, const Record *record);
static bool has_other_headings(const FlisDeckText *deck, const Record *record);
static int row_in(const FlisDeckText *deck, const Record *record);
static bool take_record(FlisDeckText *deck, char separator, Record *record, int *first_column,
						bool *inside);
static bool take_row(FlisDeckText *deck, char separator, const Record *record, int first_column,
					 FlisWords words);
static bool take_other(FlisDeckText *deck, char separator, const Record *record, int first_column,
					   bool inside, FlisWords words);
static bool is_group_heading(const FlisDeckText *deck, const Record *record, int first_column,
							 FlisWords words);
static bool is_part_of_row(const FlisDeckText *deck, char separator, const Record *record,
						   int first_column, int area_words);
static bool is_decoration(const FlisDeckText *deck, const Record *record);
static bool is_row_count(const char *text, size_t length);
static bool is_empty(const FlisDeckText *deck, const Field *field);
static int filled_fields(const FlisDeckText *deck, const Record *record, int from);
static FlisWords field_words(const FlisDeckText *deck, const Record *record, int index);
static int field_line(const FlisDeckText *deck, const Record *record, int index);
static FlisWords record_words(const FlisDeckText *deck, const Record *record);
static void unescape(FlisDeckText *deck, char separator, const Record *record, int index);

/*
 * flis_deck_separator finds the character that separates the cells: one that makes cells of the
 * headings of the five columns or, where no line has these, the first that makes five cells of a
 * line, if a known area and a frequency are among them.  first_column becomes the index of the first
 * of the five.  Returns 0 where nothing separates cells.
 */
char
flis_deck_separator(const FlisDeckText *deck, int *first_column)
{
	for (int pass = 0; pass < 2; pass++)
	{
		Record record = {0};

		for (size_t at = 0; at < deck->clean_length; at = record.next)
		{
			for (const char *separator = separators; *separator != '\0'; separator++)
			{
				flis_deck_interrupts(deck, at);
				read_record(deck, *separator, at, 1, &record);
				if (record.count < COLUMNS)
					continue;
				*first_column = pass == 0 ? headings_in(deck, &record) : row_in(deck, &record);
				if (*first_column >= 0)
					return *separator;
				if (pass == 1)
					break;
			}
			read_record(deck, '\0', at, 1, &record);
		}
	}
	return 0;
}

/*
 * flis_deck_cells reads all rows of a text with a separator.  Returns false with the error set where a
 * record can't be understood.
 */
bool
flis_deck_cells(FlisDeckText *deck, char separator, int first_column)
{
	bool inside = false;
	Record record = {.next_line = 1};

	for (size_t at = 0; at < deck->clean_length; at = record.next)
	{
		flis_deck_interrupts(deck, at);
		read_record(deck, separator, at, record.next_line, &record);
		if (!take_record(deck, separator, &record, &first_column, &inside))
			return false;
	}
	return true;
}

/*
 * read_record finds the cells of the record that begins at a byte; without a separator it has one.
 */
static void
read_record(const FlisDeckText *deck, char separator, size_t from, int line, Record *record)
{
	size_t at = from;

	record->from = from;
	record->line = line;
	record->count = 0;
	for (;;)
	{
		Field field = {at, at, false};

		if (separator == '|' || separator == '\0' || !read_quoted(deck, separator, &field, &at))
		{
			field.from = at;
			while (!is_field_end(deck, separator, at))
				at += separator == '|' && deck->clean[at] == '\\' && at + 1 < deck->clean_length &&
							  !is_line_end(deck->clean[at + 1])
						  ? 2
						  : 1;
			field.to = at;
			if (separator == '|')
				trim_emphasis(deck, &field);
		}
		if (record->count < FIELDS_MAX)
			record->fields[record->count++] = field;
		if (at >= deck->clean_length || is_line_end(deck->clean[at]))
			break;
		at++;
	}
	record->to = at;
	record->next = at + 1;
	record->next_line = line;
	for (size_t i = from; i <= at && i < deck->clean_length; i++)
		record->next_line += deck->clean[i] == '\n';
}

/*
 * trim_emphasis leaves out what makes all of a Markdown cell bold or italic ("**KY**"), and the "#"
 * before a heading that is.
 */
static void
trim_emphasis(const FlisDeckText *deck, Field *field)
{
	size_t from = field->from;
	size_t to = field->to;

	while (from < to && strchr(" #", deck->clean[from]) != NULL)
		from++;
	while (to > from && deck->clean[to - 1] == ' ')
		to--;
	if (to - from < 3 || strchr("*_", deck->clean[from]) == NULL)
		return;
	while (to - from > 2 && strchr("*_", deck->clean[from]) != NULL &&
		   deck->clean[to - 1] == deck->clean[from])
	{
		from++;
		to--;
	}
	field->from = from;
	field->to = to;
}

/*
 * read_quoted reads a cell in quotes, which may hold the separator and line ends.  Returns false where
 * the cell is none: it begins with no quote, text follows its last one, or it would hold a whole row.
 */
static bool
read_quoted(const FlisDeckText *deck, char separator, Field *field, size_t *end)
{
	size_t at = *end;
	int separators_on_line = -1; /* of the cell's first line they are not counted */

	while (at < deck->clean_length && deck->clean[at] == ' ')
		at++;
	if (at >= deck->clean_length || deck->clean[at] != '"')
		return false;
	field->from = ++at;
	for (; at < deck->clean_length && at - field->from <= QUOTED_MAX; at++)
	{
		char byte = deck->clean[at];

		if (byte == '"' && at + 1 < deck->clean_length && deck->clean[at + 1] == '"')
			at++;
		else if (byte == '"')
		{
			if (!is_field_end(deck, separator, at + 1))
				return false;
			field->to = at;
			field->is_quoted = true;
			*end = at + 1;
			return true;
		}
		else if (is_line_end(byte))
			separators_on_line = 0;
		else if (byte == separator && separators_on_line >= 0 &&
				 ++separators_on_line >= COLUMNS - 1)
			return false;
	}
	return false;
}

static bool
is_field_end(const FlisDeckText *deck, char separator, size_t at)
{
	return at >= deck->clean_length || is_line_end(deck->clean[at]) ||
		   (separator != '\0' && deck->clean[at] == separator);
}

/* A vertical tab is a line end within a cell. */
static bool
is_line_end(char byte)
{
	return byte == '\n' || byte == '\f';
}

/*
 * headings_in finds the first of five cells that are the columns' headings; -1 where there are none.
 */
static int
headings_in(const FlisDeckText *deck, const Record *record)
{
	for (int first = 0; first + COLUMNS <= record->count; first++)
	{
		int column = 0;

		if (record->fields[first].to - record->fields[first].from > SHORT_CELL_MAX)
			continue;
		while (column < COLUMNS &&
			   flis_words_are_heading(deck, field_words(deck, record, first + column), column))
			column++;
		if (column == COLUMNS)
			return first;
	}
	return -1;
}

/*
 * has_other_headings tells whether at least two cells are headings of the columns.
 */
static bool
has_other_headings(const FlisDeckText *deck, const Record *record)
{
	int found = 0;

	for (int i = 0; i < record->count; i++)
	{
		if (record->fields[i].to - record->fields[i].from > SHORT_CELL_MAX)
			continue;
		for (int column = 0; column < COLUMNS; column++)
			found += flis_words_are_heading(deck, field_words(deck, record, i), column);
	}
	return found >= 2;
}

/*
 * row_in finds the first of five cells that are a row of a known area; -1 where there are none.
 */
static int
row_in(const FlisDeckText *deck, const Record *record)
{
	for (int first = 0; first + COLUMNS <= record->count; first++)
	{
		FlisWords frequency;
		FlisWords name;
		int area;

		if (record->fields[first + 1].to - record->fields[first + 1].from > SHORT_CELL_MAX)
			continue;
		frequency = field_words(deck, record, first + 1);
		name = field_words(deck, record, first);
		if (flis_words_are_frequency(deck, frequency) && name.count > 0 &&
			flis_words_area(deck, name, &area) == name.count)
			return first;
	}
	return -1;
}

/*
 * take_record takes the headings, the title or the row that a record is.  inside tells whether the
 * records are within a table.  Returns false with the error set.
 */
static bool
take_record(FlisDeckText *deck, char separator, Record *record, int *first_column, bool *inside)
{
	FlisWords words = record_words(deck, record);
	FlisWords frequency;
	int headings;
	int used;

	if (words.count == 0)
	{
		/* An empty line ends a table; one of separators doesn't. */
		*inside = *inside && record->count > 1;
		return true;
	}
	if (!flis_words_title(deck, words, &used))
		return false;
	if (used > 0)
	{
		*inside = false;
		deck->between.count = 0;
		return used == words.count ||
			   flis_deck_refuse(deck, FLIS_DECK_UNASSIGNED, flis_words_from(words, used));
	}
	headings = headings_in(deck, record);
	if (headings >= 0)
	{
		*first_column = headings;
		*inside = true;
		deck->between.count = 0;
		if (deck->table_start == 0)
			deck->table_start = record->from;
		return true;
	}
	if ((record->count > 1 && flis_word_is(deck, words.at, "dataområde")) ||
		has_other_headings(deck, record))
		return flis_deck_refuse(deck, FLIS_DECK_OTHER_COLUMNS, words);

	frequency = field_words(deck, record, *first_column + 1);
	if (flis_words_are_frequency(deck, frequency))
	{
		/* What stands between two rows of a table may be the rest of a cell that was broken. */
		if (deck->between.count > 0 && deck->row_count > 0)
			return flis_deck_refuse(deck, FLIS_DECK_UNASSIGNED, deck->between);
		deck->between.count = 0;
		*inside = true;
		if (deck->table_start == 0)
			deck->table_start = record->from;
		return take_row(deck, separator, record, *first_column, words);
	}
	return take_other(deck, separator, record, *first_column, *inside, words);
}

/*
 * take_row adds a record, whose words are given too, to the deck's rows.  Returns false with the
 * error set.
 */
static bool
take_row(FlisDeckText *deck, char separator, const Record *record, int first_column,
		 FlisWords words)
{
	FlisDeckCells cells = {0};
	FlisWords name;
	FlisWords period;

	if (filled_fields(deck, record, first_column + COLUMNS) > 0 || record->count == FIELDS_MAX)
		return flis_deck_refuse(deck, FLIS_DECK_UNASSIGNED, words);
	/* A column on the left has groups or numbers, but no notes. */
	for (int column = 0; column < first_column; column++)
	{
		FlisWords left = field_words(deck, record, column);

		if (left.count > 0 && flis_is_note(deck->host, flis_words_joined(deck, left)))
			return flis_deck_refuse(deck, FLIS_DECK_UNASSIGNED, left);
	}
	for (int column = 0; column < COLUMNS; column++)
		unescape(deck, separator, record, first_column + column);
	name = field_words(deck, record, first_column);
	if (name.count == 0 || flis_words_area(deck, name, &cells.area) != name.count)
		return flis_deck_refuse_name(deck, words, name);
	if (flis_deck_has_row_of(deck, cells.area))
		return flis_deck_refuse(deck, FLIS_DECK_AREA_TWICE, words);
	cells.frequency = field_words(deck, record, first_column + 1);
	cells.line = cells.frequency.at[0].line;
	period = field_words(deck, record, first_column + 2);
	if (period.count == 0 || flis_words_period(deck, period, &cells.period) != period.count)
		return flis_deck_refuse(deck, FLIS_DECK_BAD_PERIOD, words);
	cells.printed_period = period;
	cells.source = field_words(deck, record, first_column + 3);
	cells.note = field_words(deck, record, first_column + 4);
	cells.has_empty_cell = cells.source.count == 0 || cells.note.count == 0;
	deck->rows[deck->row_count++] = cells;
	return true;
}

/*
 * take_other passes over a record that is no row: the heading of a group, a footer, prose outside a
 * table.  A record that could be a row, or the rest of one, refuses the deck.
 */
static bool
take_other(FlisDeckText *deck, char separator, const Record *record, int first_column, bool inside,
		   FlisWords words)
{
	int area;
	int used = flis_words_area(deck, words, &area);
	int filled = filled_fields(deck, record, 0);

	if (is_decoration(deck, record) || flis_deck_is_footer(deck, record->from) ||
		flis_words_group(deck, words) == words.count ||
		(words.count == 1 && record->count == 1 && flis_word_is_number(deck, words.at)))
		return true;
	if (used < words.count && is_group_heading(deck, record, first_column, words))
	{
		/* It may be a sentence all the same. */
		if ((used > 0 || words.count > HEADING_WORDS_MAX ||
			 flis_word_ends_with_stop(deck, &words.at[words.count - 1])))
			flis_deck_pass_over(deck, words);
		return true;
	}
	if (!inside)
	{
		/* A row that was not understood must not pass as prose. */
		if (is_part_of_row(deck, separator, record, first_column, used) ||
			(used > 0 && flis_words_frequency(deck, flis_words_from(words, used)) > 0))
			return flis_deck_refuse(deck, FLIS_DECK_BAD_FREQUENCY, words);
		if (deck->between.count == 0)
			deck->between = words;
		if (deck->row_count > 0 || deck->as_of != FLIS_NO_DAY)
			flis_deck_pass_over(deck, words);
		return true;
	}
	return flis_deck_refuse(
		deck, used == words.count || filled > 1 ? FLIS_DECK_BAD_FREQUENCY : FLIS_DECK_UNASSIGNED,
		words);
}

/*
 * is_group_heading tells whether a record is the heading of a group, known or not: it has all cells, and
 * a text only where names stand, or the same one in each, as some programs write merged cells.  The rest
 * of a row that was broken over lines has fewer cells, or its text elsewhere.
 */
static bool
is_group_heading(const FlisDeckText *deck, const Record *record, int first_column, FlisWords words)
{
	const char *name;

	if (record->count < first_column + COLUMNS || is_empty(deck, &record->fields[first_column]) ||
		flis_is_note(deck->host, flis_words_joined(deck, words)))
		return false;
	if (filled_fields(deck, record, 0) == 1)
		return true;
	name = flis_words_joined(deck, field_words(deck, record, first_column));
	for (int column = 1; column < COLUMNS; column++)
	{
		FlisWords cell = field_words(deck, record, first_column + column);

		if (cell.count == 0 || strcmp(flis_words_joined(deck, cell), name) != 0)
			return false;
	}
	return true;
}

/*
 * is_part_of_row tells whether a record outside a table looks like a row, or like the rest of one: it
 * has the cell of a period, a known area (of so many words) and another cell, or all cells and no name.
 * Between commas there is prose, too.
 */
static bool
is_part_of_row(const FlisDeckText *deck, char separator, const Record *record, int first_column,
			   int area_words)
{
	FlisWords name = field_words(deck, record, first_column);
	FlisWords period = field_words(deck, record, first_column + 2);
	int filled = filled_fields(deck, record, 0);
	FlisDeckPeriod read;

	if (filled >= 3 && period.count > 0 && flis_words_period(deck, period, &read) == period.count)
		return true;
	if (area_words > 0 && name.count == area_words && filled >= (separator == ',' ? 3 : 2))
		return true;
	return separator != ',' && name.count == 0 && filled > 0 &&
		   record->count >= first_column + COLUMNS;
}

/*
 * is_decoration tells whether a record is a line between rows ("|---|---|", "---+---", "+===+==="), a
 * comment of Markdown, or psql's number of rows.
 */
static bool
is_decoration(const FlisDeckText *deck, const Record *record)
{
	const char *text = deck->clean + record->from;
	size_t length = record->to - record->from;
	size_t dashes = 0;

	if (length > 4 && memcmp(text, "<!--", 4) == 0)
		return true;
	if (is_row_count(text, length))
		return true;
	for (size_t i = 0; i < length; i++)
	{
		if (strchr("-=+|: \t", text[i]) == NULL)
			return false;
		dashes += text[i] == '-' || text[i] == '=';
	}
	return dashes >= 3;
}

/*
 * is_row_count tells whether a text is what psql writes below a table, in English or Danish: "(17
 * rows)".
 */
static bool
is_row_count(const char *text, size_t length)
{
	static const char *const endings[] = {" row)", " rows)", " række)", " rækker)"};
	size_t digits = 1;

	while (digits < length && text[digits] >= '0' && text[digits] <= '9')
		digits++;
	if (digits == 1 || text[0] != '(')
		return false;
	for (size_t i = 0; i < FLIS_LENGTH(endings); i++)
	{
		if (strlen(endings[i]) == length - digits &&
			memcmp(text + digits, endings[i], length - digits) == 0)
			return true;
	}
	return false;
}

static bool
is_empty(const FlisDeckText *deck, const Field *field)
{
	for (size_t i = field->from; i < field->to; i++)
	{
		if (deck->clean[i] != ' ' && deck->clean[i] != '\t' && deck->clean[i] != '\v')
			return false;
	}
	return true;
}

static int
filled_fields(const FlisDeckText *deck, const Record *record, int from)
{
	int filled = 0;

	for (int i = from; i < record->count; i++)
		filled += !is_empty(deck, &record->fields[i]);
	return filled;
}

/*
 * field_words returns the words of a cell; none where the record has no such cell.
 */
static FlisWords
field_words(const FlisDeckText *deck, const Record *record, int index)
{
	if (index >= record->count || is_empty(deck, &record->fields[index]))
		return (FlisWords){NULL, 0};
	return flis_deck_words(deck, record->fields[index].from, record->fields[index].to,
						   field_line(deck, record, index));
}

static int
field_line(const FlisDeckText *deck, const Record *record, int index)
{
	int line = record->line;

	for (size_t i = record->from; i < record->fields[index].from; i++)
		line += deck->clean[i] == '\n';
	return line;
}

/*
 * record_words returns the words of all cells, without the "#" that begins a heading in Markdown.
 */
static FlisWords
record_words(const FlisDeckText *deck, const Record *record)
{
	FlisWords all = {NULL, 0};

	for (int i = 0; i < record->count; i++)
		all.count +=
			flis_deck_find_words(deck, record->fields[i].from, record->fields[i].to, 0, NULL);
	all.at = deck->host->alloc((size_t) all.count * sizeof(FlisWord));
	all.count = 0;
	for (int i = 0; i < record->count; i++)
	{
		int before = all.count;

		all.count += flis_deck_find_words(deck, record->fields[i].from, record->fields[i].to,
										  field_line(deck, record, i), all.at + before);
		if (all.count > before)
			all.at[before].flags &= ~(uint32_t) FLIS_STARTS_LINE;
	}
	if (all.count > 1 && deck->clean[all.at[0].start] == '#')
		all = flis_words_from(all, 1);
	return all;
}

/*
 * unescape replaces escaped characters in a cell: doubled quotes in CSV, backslashes and entities in
 * Markdown.  The bytes left at the cell's end become blanks.
 */
static void
unescape(FlisDeckText *deck, char separator, const Record *record, int index)
{
	const Field *field = &record->fields[index];
	size_t to;

	if (index >= record->count || !(field->is_quoted || separator == '|'))
		return;
	to = field->from;
	for (size_t at = field->from; at < field->to;)
	{
		const char *written = NULL;
		size_t used = 1;

		if (field->is_quoted)
			at += deck->clean[at] == '"';
		else if (deck->clean[at] == '\\' && at + 1 < field->to &&
				 strchr("\\|*_-#<>&`.()[]+!", deck->clean[at + 1]) != NULL)
			at++;
		else
		{
			for (size_t i = 0; i < FLIS_LENGTH(escapes) && written == NULL; i++)
			{
				used = strlen(escapes[i].from);
				if (at + used <= field->to && memcmp(deck->clean + at, escapes[i].from, used) == 0)
					written = escapes[i].to;
			}
			if (written == NULL)
				used = 1;
		}
		if (written == NULL)
			deck->clean[to++] = deck->clean[at];
		else
		{
			memcpy(deck->clean + to, written, strlen(written));
			to += strlen(written);
		}
		at += used;
	}
	memset(deck->clean + to, ' ', field->to - to);
	flis_fold(deck->clean + field->from, field->to - field->from, deck->folded + field->from);
}
