/*
 * deck_grid.h
 *		Lines of five columns to the rows of a table.
 */
#ifndef FLIS_DECK_GRID_H
#define FLIS_DECK_GRID_H

#include "deck/deck_text.h"

typedef enum FlisDeckColumn
{
	FLIS_COLUMN_AREA,
	FLIS_COLUMN_FREQUENCY,
	FLIS_COLUMN_MONTH,
	FLIS_COLUMN_SOURCE,
	FLIS_COLUMN_NOTE
} FlisDeckColumn;

#define FLIS_DECK_COLUMNS 5

/* The words of a table, column by column from the top down; FLIS_STARTS_LINE is the column's. */
typedef struct FlisDeckGrid
{
	FlisWord *words[FLIS_DECK_COLUMNS];
	int counts[FLIS_DECK_COLUMNS];
} FlisDeckGrid;

extern bool flis_deck_grid_rows(FlisDeckText *deck, const FlisDeckGrid *grid, FlisDeckCells *rows,
								int *row_count);

#endif
