/*
 * deck_text.h
 *		The types that the files of this folder share: a deck's text as words, and the cells of a row.
 *
 * Words and cells are places in the cleaned text, which is copied only for the rows that are returned.
 */
#ifndef FLIS_DECK_TEXT_H
#define FLIS_DECK_TEXT_H

#include "deck/deck.h"

/* How many elements an array has. */
#define FLIS_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* Flags of a word: what stands before it, how it ends, and whether it is part of a table. */
#define FLIS_STARTS_LINE 0x01
#define FLIS_AFTER_GAP 0x02	   /* two or more blanks */
#define FLIS_AFTER_EMPTY 0x04  /* an empty line */
#define FLIS_STARTS_SLIDE 0x08 /* a form feed, or two or more empty lines */
#define FLIS_SOFT_HYPHEN 0x10  /* a soft hyphen ends it at the end of its line */
#define FLIS_OUTSIDE 0x20	   /* title, headings, prose, footer */
#define FLIS_STARTS_TABLE 0x40 /* the first word of a table: no cell goes on across its start */

typedef struct FlisWord
{
	uint32_t start; /* byte of the cleaned text */
	uint32_t length;
	int32_t line; /* from 1 */
	uint32_t flags;
} FlisWord;

/* Words that follow each other. */
typedef struct FlisWords
{
	FlisWord *at;
	int count;
} FlisWords;

/* A period as a deck prints it; year is 0 where it has none. */
typedef struct FlisDeckPeriod
{
	bool is_dash;
	FlisPeriodKind kind; /* month, quarter, half-year or week */
	int number;			 /* of the month, quarter, half-year or week in its year */
	int year;
} FlisDeckPeriod;

/* A row's cells, as a reader finds them. */
typedef struct FlisDeckCells
{
	int line;
	int area;
	FlisDeckPeriod period;
	FlisWords printed_period;
	FlisWords frequency;
	FlisWords source;
	FlisWords note;
	bool has_empty_cell;
} FlisDeckCells;

typedef struct FlisDeckText
{
	const FlisHost *host;
	char *clean;
	size_t clean_length;
	char *folded; /* clean with its case folded, byte for byte */
	FlisWords words;
	const FlisDeckArea *areas; /* with their texts folded */
	int area_count;
	int year;	   /* 0 where only the titles have it */
	FlisDay as_of; /* FLIS_NO_DAY until a title is found */
	FlisDeckCells *rows;
	int row_count;
	size_t table_start; /* byte of clean where the first table begins */
	FlisWords
		between; /* the first text that was passed over since the last row, headings or title */
	FlisWords unread; /* the first text that was passed over since the first title or row */
	int unread_lines; /* lines of such text */
	FlisDeckError *error;
} FlisDeckText;

extern bool flis_deck_clean(FlisDeckText *deck, const char *text, size_t length);
extern FlisWords flis_deck_words(const FlisDeckText *deck, size_t from, size_t to, int line);
extern int flis_deck_find_words(const FlisDeckText *deck, size_t from, size_t to, int line,
								FlisWord *words);
extern void flis_deck_interrupts(const FlisDeckText *deck, size_t step);

extern bool flis_is_break(char byte);
extern bool flis_word_is(const FlisDeckText *deck, const FlisWord *word, const char *folded);
extern bool flis_word_is_dash(const FlisDeckText *deck, const FlisWord *word);
extern bool flis_word_is_capital(const FlisDeckText *deck, const FlisWord *word);
extern bool flis_word_is_number(const FlisDeckText *deck, const FlisWord *word);
extern bool flis_word_begins_with_digit(const FlisDeckText *deck, const FlisWord *word);
extern bool flis_word_ends_with_stop(const FlisDeckText *deck, const FlisWord *word);
extern char flis_word_last(const FlisDeckText *deck, const FlisWord *word);
extern bool flis_word_ends_line(const FlisWords *words, int at);
extern FlisWords flis_words_from(FlisWords words, int from);
extern FlisWords flis_words_first(FlisWords words, int count);

extern bool flis_deck_is_footer(const FlisDeckText *deck, size_t from);
extern const char *flis_folded_copy(const FlisHost *host, const char *text);
extern char *flis_words_joined(const FlisDeckText *deck, FlisWords words);
extern void flis_deck_pass_over(FlisDeckText *deck, FlisWords line);
extern const char *flis_words_excerpt(const FlisDeckText *deck, FlisWords words);
extern bool flis_deck_refuse(const FlisDeckText *deck, FlisDeckFault fault, FlisWords words);
extern bool flis_deck_refuse_name(const FlisDeckText *deck, FlisWords words, FlisWords name);

/* The three readers, in deck_cells.c, deck_geometry.c and deck_flow.c, and what tells which one fits. */
extern char flis_deck_separator(const FlisDeckText *deck, int *first_column);
extern bool flis_deck_cells(FlisDeckText *deck, char separator, int first_column);
extern bool flis_deck_has_places(const FlisDeckText *deck);
extern bool flis_deck_geometry(FlisDeckText *deck);
extern bool flis_deck_flow(FlisDeckText *deck);

#endif
