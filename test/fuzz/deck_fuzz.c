/*
 * deck_fuzz.c
 *		Drives the deck's reader with any bytes and holds it to what it promises.
 *
 * A deck that is read has rows inside the text, each area once, a month's end (or a quarter's or a
 * week's, where the area counts in those) that is not after the deck's day, and texts on one line with
 * single spaces; what is valid UTF-8 stays so.  The same bytes give the same answer, in memory that
 * grows with the text at most in proportion.
 */
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "check.h"
#include "deck/deck.h"

/* Bytes of memory for each byte of text, and for a deck of none. */
#define MEMORY_PER_BYTE 128
#define MEMORY_AT_LEAST 65536

typedef struct Block
{
	struct Block *next;
} Block;

static Block *blocks;
static size_t allocated;
static size_t interrupts;

static const char *const aliases[] = {"KRL"};
static const FlisDeckArea areas[] = {
	{"borger", "Borger", "Tværgående", "CPR-registret", NULL, 0, FLIS_MONTH},
	{"oekonomi", "Økonomi", "Tværgående", "Kommunernes økonomisystemer", NULL, 0, FLIS_MONTH},
	{"personale_fravaer", "Personale & Fravær", "Tværgående", NULL, NULL, 0, FLIS_MONTH},
	{"krl_personale", "KRL Personale", "Tværgående", "Løndata fra KRL", aliases, 1, FLIS_MONTH},
	{"noegletal", "Nøgletal", "Tværgående", NULL, NULL, 0, FLIS_MONTH},
	{"skole", "Skole", "Skole/Dagtilbud", NULL, NULL, 0, FLIS_MONTH},
	{"dagtilbud", "Dagtilbud", "Skole/Dagtilbud", "Danmarks Statistik og Aula", NULL, 0,
	 FLIS_MONTH},
	{"fsiii", "FSIII", "Tværgående", NULL, NULL, 0, FLIS_QUARTER},
	{"udsatte_boern_og_unge", "Udsatte børn og unge", "Tværgående", "DUBU", NULL, 0, FLIS_WEEK},
	{"vh", "VH", "Tværgående", "Danmarks Statistik", NULL, 0, FLIS_MONTH},
	{"dfdg", "DFDG", "Beskæftigelse", "DFDG (STAR)", NULL, 0, FLIS_MONTH},
	{"dream", "DREAM", "Beskæftigelse", "DREAM (STAR)", NULL, 0, FLIS_MONTH},
	{"dash", "-", NULL, "- -", NULL, 0, FLIS_MONTH},
};
#define AREAS ((int) (sizeof(areas) / sizeof(areas[0])))

static void *
count_alloc(size_t size)
{
	Block *block = malloc(sizeof(Block) + size);

	CHECK(block != NULL);
	block->next = blocks;
	blocks = block;
	allocated += size;
	return block + 1;
}

static void
count_interrupts(void)
{
	interrupts++;
}

static void
release(void)
{
	while (blocks != NULL)
	{
		Block *next = blocks->next;

		free(blocks);
		blocks = next;
	}
	allocated = 0;
}

/* Tells whether text is well-formed; the few sequences that are too long for UTF-8 pass as well. */
static bool
is_utf8(const char *text, size_t length)
{
	for (size_t i = 0; i < length;)
	{
		unsigned char byte = (unsigned char) text[i++];
		int more = byte < 0x80	 ? 0
				   : byte < 0xC2 ? -1
				   : byte < 0xE0 ? 1
				   : byte < 0xF0 ? 2
				   : byte < 0xF5 ? 3
								 : -1;

		if (more < 0)
			return false;
		for (; more > 0; more--, i++)
		{
			if (i >= length || ((unsigned char) text[i] & 0xC0) != 0x80)
				return false;
		}
	}
	return true;
}

static void
check_text(const char *text, bool is_valid)
{
	size_t length;

	if (text == NULL)
		return;
	length = strlen(text);
	CHECK(length > 0);
	CHECK(text[0] != ' ' && text[length - 1] != ' ');
	CHECK(strstr(text, "  ") == NULL);
	CHECK(strpbrk(text, "\n\r\t\f\v") == NULL);
	if (is_valid)
		CHECK(is_utf8(text, length));
}

static void
check_deck(const FlisDeck *deck, int lines, bool is_valid)
{
	bool seen[AREAS] = {false};

	CHECK(deck->row_count > 0 && deck->row_count <= AREAS);
	CHECK(deck->as_of >= FLIS_FIRST_DAY && deck->as_of <= FLIS_LAST_DAY);
	CHECK(deck->unread_line >= 0 && deck->unread_line <= lines);
	CHECK((deck->unread_lines > 0) == (deck->unread_line > 0) && strlen(deck->unread_text) <= 200);
	for (int i = 0; i < deck->row_count; i++)
	{
		const FlisDeckRow *row = &deck->rows[i];

		CHECK(row->other_area >= -1 && row->other_area < AREAS && row->other_area != row->area);
		CHECK(row->line >= 1 && row->line <= lines);
		CHECK(i == 0 || row->line >= row[-1].line);
		CHECK(row->area >= 0 && row->area < AREAS && !seen[row->area]);
		seen[row->area] = true;
		CHECK(
			row->data_through == FLIS_NO_DAY ||
			(row->data_through <= deck->as_of &&
			 (row->data_through == flis_month_last(flis_month_of(row->data_through)) ||
			  (areas[row->area].period == FLIS_WEEK && flis_iso_weekday(row->data_through) == 7))));
		CHECK(row->frequency != NULL);
		check_text(row->frequency, is_valid);
		check_text(row->source, is_valid);
		check_text(row->note, is_valid);
		CHECK(row->data_through == FLIS_NO_DAY
				  ? row->state == FLIS_CLOSED
				  : (row->note == NULL) == (row->state == FLIS_NOT_REPORTED));
		CHECK(row->complete != FLIS_YES && row->benchmarkable != FLIS_YES);
	}
}

static bool
same_text(const char *left, const char *right)
{
	return left == NULL || right == NULL ? left == right : strcmp(left, right) == 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const FlisHost host = {count_alloc, count_interrupts};
	const char *text = (const char *) data;
	bool is_valid = is_utf8(text, size);
	int lines = 1;
	FlisDeck decks[2];
	FlisDeckError errors[2];
	bool is_read[2];

	for (size_t i = 0; i < size; i++)
		lines += data[i] == '\n' || data[i] == '\r';
	for (int run = 0; run < 2; run++)
	{
		size_t before = allocated;

		is_read[run] =
			flis_read_deck(&host, text, size, 2025, areas, AREAS, &decks[run], &errors[run]);
		CHECK(allocated - before <= MEMORY_AT_LEAST + MEMORY_PER_BYTE * size);
	}
	CHECK(is_read[0] == is_read[1]);
	if (is_read[0])
	{
		check_deck(&decks[0], lines, is_valid);
		CHECK(decks[0].as_of == decks[1].as_of && decks[0].row_count == decks[1].row_count);
		for (int i = 0; i < decks[0].row_count; i++)
		{
			const FlisDeckRow *left = &decks[0].rows[i];
			const FlisDeckRow *right = &decks[1].rows[i];

			CHECK(left->line == right->line && left->area == right->area &&
				  left->data_through == right->data_through && left->state == right->state &&
				  left->complete == right->complete &&
				  left->benchmarkable == right->benchmarkable &&
				  same_text(left->frequency, right->frequency) &&
				  same_text(left->source, right->source) && same_text(left->note, right->note));
		}
	}
	else
	{
		CHECK(errors[0].fault == errors[1].fault && errors[0].line == errors[1].line);
		CHECK(errors[0].line >= 0 && errors[0].line <= lines);
		CHECK(same_text(errors[0].text, errors[1].text) && strlen(errors[0].text) <= 200);
		if (is_valid)
			CHECK(is_utf8(errors[0].text, strlen(errors[0].text)));
	}
	release();
	return 0;
}
