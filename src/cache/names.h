/*
 * names.h
 *		Finds the area, channel, language or convention that a word names, without regard to case, and
 *		the area that an unknown word may have meant.
 */
#ifndef FLIS_NAMES_H
#define FLIS_NAMES_H

#include "postgres.h"

#include "cache/tables.h"

extern int flis_lookup_area(const FlisAreaRow *areas, int n, const char *word, int length);
extern const char *flis_nearest_area(const FlisAreaRow *areas, int n, const char *word, int length);
extern char *flis_hint_of_retired(const char *area);
extern int flis_find_channel(const FlisChannelRow *channels, int n, const char *word, int length);
extern const char *flis_channel_name(const FlisChannelRow *versions, int n, FlisDay on,
									 FlisLanguage language);
extern FlisLanguage flis_find_language(const text *word);
extern FlisConvention flis_find_convention(const text *word);

extern int flis_shown_length(const text *shown);
extern char *flis_to_utf8(const char *text);
extern char *flis_from_utf8(const char *text);

#endif
