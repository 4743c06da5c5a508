/*
 * deck_source.h
 *		Where a row's source ends and its note begins, and which lines are headings of groups.
 */
#ifndef FLIS_DECK_SOURCE_H
#define FLIS_DECK_SOURCE_H

#include "deck/deck_text.h"

extern bool flis_deck_source_and_note(const FlisDeckText *deck, FlisDeckCells *row, int from,
									  int until, bool row_follows);
extern bool flis_words_begin_note(const FlisDeckText *deck, const FlisWord *words, int count);
extern bool flis_word_leaves_open(const FlisDeckText *deck, const FlisWord *word);
extern bool flis_words_are_headings(const FlisDeckText *deck, const FlisWord *words, int count,
									bool only_known);

#endif
