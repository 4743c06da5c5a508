/*
 * deck_flow.h
 *		The rows of a deck whose text runs on, cell after cell.
 */
#ifndef FLIS_DECK_FLOW_H
#define FLIS_DECK_FLOW_H

#include "deck/deck_text.h"

extern bool flis_deck_flow(FlisDeckText *deck);

#endif
