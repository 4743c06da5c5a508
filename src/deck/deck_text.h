/*
 * deck_text.h
 *		A deck's text as words: cleaned, numbered by line and column, and joined again.
 *
 * Shared by the files that read a deck.  All positions are indexes of words.
 */
#ifndef FLIS_DECK_TEXT_H
#define FLIS_DECK_TEXT_H

#include "deck/deck.h"

/* What stands before a word, and whether it is part of a table. */
#define FLIS_STARTS_LINE 0x01
#define FLIS_AFTER_GAP 0x02	   /* two or more spaces */
#define FLIS_STARTS_PAGE 0x04  /* a form feed */
#define FLIS_STARTS_SLIDE 0x08 /* two or more empty lines */
#define FLIS_SOFT_HYPHEN 0x10  /* a soft hyphen ends it at the end of its line */
#define FLIS_OUTSIDE 0x20	   /* title, heading of columns, prose, trailer */
#define FLIS_STARTS_TABLE 0x40 /* the cells before it end with the word before */

typedef struct FlisWord
{
	uint32_t start; /* byte of the cleaned text */
	uint32_t length;
	int32_t line;	/* from 1 */
	int32_t column; /* letters before it on its line */
	uint32_t flags;
} FlisWord;

typedef struct FlisDeckText
{
	const FlisHost *host;
	char *clean;
	char *folded; /* byte for byte beside clean */
	FlisWord *words;
	int word_count;
	const FlisDeckArea *areas;
	int area_count;
	FlisDeckError *error;
} FlisDeckText;

/* A row's cells: what the running form and the form in columns are both read to. */
typedef struct FlisDeckCells
{
	int line;
	int area;
	int month; /* 0 for "-" */
	int year;  /* 0 where the month stands alone */
	const char *frequency;
	const FlisWord *source;
	int source_count;
	const FlisWord *note;
	int note_count;
} FlisDeckCells;

extern void flis_deck_split(FlisDeckText *deck, const char *text, size_t length);
extern void flis_deck_interrupts(const FlisDeckText *deck, int step);

extern bool flis_word_is(const FlisDeckText *deck, const FlisWord *word, const char *folded);
extern bool flis_word_is_dash(const FlisDeckText *deck, const FlisWord *word);
extern bool flis_word_is_capital(const FlisDeckText *deck, const FlisWord *word);
extern char flis_word_last(const FlisDeckText *deck, const FlisWord *word);

extern char *flis_words_joined(const FlisDeckText *deck, const FlisWord *words, int count);
extern bool flis_deck_refuse(const FlisDeckText *deck, FlisDeckFault fault, const FlisWord *words,
							 int count);
extern bool flis_deck_refuse_line(const FlisDeckText *deck, FlisDeckFault fault, int line);

#endif
