/*
 * deck_geometry.h
 *		The rows of a deck whose text gives each word with its place on the page.
 */
#ifndef FLIS_DECK_GEOMETRY_H
#define FLIS_DECK_GEOMETRY_H

#include "deck/deck_text.h"

extern bool flis_deck_has_places(const FlisDeckText *deck);
extern bool flis_deck_geometry(FlisDeckText *deck);

#endif
