/*
 * words.h
 *		The words of the field in Danish and English, and letters without regard to case.
 */
#ifndef FLIS_WORDS_H
#define FLIS_WORDS_H

#include <stddef.h>

#include "model.h"

/* A stored code and what people are shown for it, by FlisLanguage. */
typedef struct FlisWords
{
	const char *code;
	const char *labels[2];
} FlisWords;

/* Each indexed by its enumeration in model.h. */
extern const FlisWords flis_frequency_words[3];
extern const FlisWords flis_convention_words[4];
extern const FlisWords flis_state_words[4];
extern const FlisWords flis_basis_words[4];
extern const FlisWords flis_notice_words[4];
extern const FlisWords flis_notice_state_words[4];
extern const FlisWords flis_date_status_words[5];
extern const FlisWords flis_verdict_words[10];
extern const FlisWords flis_language_words[2];

/* Indexed by month 1 to 12; the code is the month's two digits. */
extern const FlisWords flis_month_words[13];

extern void flis_fold(const char *from, size_t length, char *to);
extern int flis_month_number(const char *folded, size_t length);
extern bool flis_is_frequency(const char *folded, size_t length);

#endif
