/*
 * deck_columns.h
 *		The rows of a deck whose text keeps the table's columns by position.
 */
#ifndef FLIS_DECK_COLUMNS_H
#define FLIS_DECK_COLUMNS_H

#include "deck/deck_text.h"

extern bool flis_deck_columns(FlisDeckText *deck, FlisDeckCells *rows, int *row_count);

#endif
