/*
 * deck_align.h
 *		The lines of one column to the cells of the rows of a table.
 */
#ifndef FLIS_DECK_ALIGN_H
#define FLIS_DECK_ALIGN_H

#include "deck/deck_text.h"

/* Where a row stands: lines of the text, the middle twice, because it may lie between two. */
typedef struct FlisDeckPlace
{
	int area;
	int top;
	int middle;
	int heading; /* line of the first heading between the row before and this one, or 0 */
} FlisDeckPlace;

/* A line of a column: its words in the column, and its line of the text. */
typedef struct FlisDeckLine
{
	int first;
	int count;
	int line;
} FlisDeckLine;

typedef struct FlisDeckCell
{
	int first;
	int count;
} FlisDeckCell;

typedef enum FlisDeckAlignment
{
	FLIS_ALIGNED_MIDDLE,
	FLIS_ALIGNED_TOP
} FlisDeckAlignment;

typedef struct FlisDeckTask
{
	const FlisDeckText *deck;
	const FlisDeckPlace *places;
	int place_count;
	const FlisWord *words;
	const FlisDeckLine *lines;
	int line_count;
	bool is_note; /* the column Drift, else Kilde */
} FlisDeckTask;

extern FlisDeckLine *flis_deck_lines(const FlisDeckText *deck, const FlisWord *words, int count,
									 int *line_count);
extern int flis_deck_align(const FlisDeckTask *task, FlisDeckAlignment alignment,
						   FlisDeckCell *cells);

#endif
