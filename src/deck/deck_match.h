/*
 * deck_match.h
 *		What words of a deck spell: a known name, a frequency, a month.
 */
#ifndef FLIS_DECK_MATCH_H
#define FLIS_DECK_MATCH_H

#include "deck/deck_text.h"

extern int flis_words_begin(const FlisDeckText *deck, const FlisWord *words, int count,
							const char *key);
extern int flis_words_end(const FlisDeckText *deck, const FlisWord *words, int count,
						  const char *key);
extern int flis_words_area(const FlisDeckText *deck, const FlisWord *words, int count,
						   int *word_count);
extern int flis_words_frequency(const FlisDeckText *deck, const FlisWord *words, int count,
								const char **printed);
extern int flis_words_month(const FlisDeckText *deck, const FlisWord *words, int count, int *month,
							int *year);

#endif
