/*
 * deck_slides.h
 *		Which words of a deck stand in a table, and the day that the tables speak of.
 */
#ifndef FLIS_DECK_SLIDES_H
#define FLIS_DECK_SLIDES_H

#include "deck/deck_text.h"

extern bool flis_deck_in_columns(const FlisDeckText *deck);
extern bool flis_deck_find_tables(FlisDeckText *deck, bool in_columns, int year, FlisDay *as_of);

#endif
