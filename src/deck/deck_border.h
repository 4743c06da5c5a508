/*
 * deck_border.h
 *		Where a row's source ends and its note begins in running text, and whether the note is whole.
 */
#ifndef FLIS_DECK_BORDER_H
#define FLIS_DECK_BORDER_H

#include "deck/deck_text.h"

extern bool flis_deck_source_and_note(const FlisDeckText *deck, FlisDeckCells *row, FlisWords words,
									  bool row_follows);
extern bool flis_words_are_headings(const FlisDeckText *deck, FlisWords words);
extern bool flis_word_leaves_open(const FlisDeckText *deck, const FlisWord *word);

#endif
