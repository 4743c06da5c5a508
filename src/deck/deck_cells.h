/*
 * deck_cells.h
 *		The rows of a deck whose text says where a cell ends.
 */
#ifndef FLIS_DECK_CELLS_H
#define FLIS_DECK_CELLS_H

#include "deck/deck_text.h"

extern char flis_deck_separator(const FlisDeckText *deck, int *first_column);
extern bool flis_deck_cells(FlisDeckText *deck, char separator, int first_column);

#endif
