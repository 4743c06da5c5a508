/*
 * deck_match.h
 *		What words of a deck spell: a known name, a frequency, a period, the title with the day.
 */
#ifndef FLIS_DECK_MATCH_H
#define FLIS_DECK_MATCH_H

#include "deck/deck_text.h"

extern int flis_words_begin(const FlisDeckText *deck, FlisWords words, const char *key);
extern int flis_words_end(const FlisDeckText *deck, FlisWords words, const char *key);
extern int flis_words_area(const FlisDeckText *deck, FlisWords words, int *area);
extern int flis_words_group(const FlisDeckText *deck, FlisWords words);
extern int flis_words_frequency(const FlisDeckText *deck, FlisWords words);
extern bool flis_words_are_frequency(const FlisDeckText *deck, FlisWords words);
extern const char *flis_frequency_text(const FlisDeckText *deck, FlisWords words);
extern int flis_words_period(const FlisDeckText *deck, FlisWords words, FlisDeckPeriod *period);
extern FlisDay flis_deck_period_end(const FlisDeckPeriod *period, FlisDay as_of);
extern bool flis_words_title(FlisDeckText *deck, FlisWords words, int *used);
extern int flis_words_headings(const FlisDeckText *deck, FlisWords words);
extern bool flis_words_are_heading(const FlisDeckText *deck, FlisWords words, int column);
extern int flis_heading_continues(const FlisDeckText *deck, const FlisWord *word, int column,
								  int variant, int spelled);
extern bool flis_heading_is_whole(int column, int variant, int spelled);
extern bool flis_deck_has_row_of(const FlisDeckText *deck, int area);

#endif
