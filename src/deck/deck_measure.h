/*
 * deck_measure.h
 *		Where the columns of a table begin on each of its lines.
 */
#ifndef FLIS_DECK_MEASURE_H
#define FLIS_DECK_MEASURE_H

#include "deck/deck_grid.h"

/* Where the columns begin on a line that has a frequency, and on the lines nearest to it. */
typedef struct FlisDeckRuler
{
	int line;
	int starts[FLIS_DECK_COLUMNS];
	bool is_whole; /* the line itself shows all columns */
} FlisDeckRuler;

extern FlisDeckRuler *flis_deck_rulers(const FlisDeckText *deck, int from, int until, int *count);
extern int flis_line_words(const FlisWord *words, int count);
extern bool flis_word_begins_frequency(const FlisDeckText *deck, const FlisWord *word);
extern bool flis_word_is_month_cell(const FlisDeckText *deck, const FlisWord *word);

#endif
