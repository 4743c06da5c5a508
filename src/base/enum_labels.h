/*
 * enum_labels.h
 *		The stored code of each value of the enumerations in model.h, with its label in Danish and
 *		English; and the comparison of Danish words without regard to case.
 */
#ifndef FLIS_ENUM_LABELS_H
#define FLIS_ENUM_LABELS_H

#include <stddef.h>

#include "base/model.h"

/* A code as it is stored, and the label that is shown for it, by FlisLanguage. */
typedef struct FlisLabel
{
	const char *code;
	const char *labels[2];
} FlisLabel;

/* Each indexed by its enumeration in model.h. */
extern const FlisLabel flis_frequency_labels[FLIS_FREQUENCIES];
extern const FlisLabel flis_convention_labels[4];
extern const FlisLabel flis_state_labels[4];
extern const FlisLabel flis_basis_labels[4];
extern const FlisLabel flis_notice_labels[4];
extern const FlisLabel flis_notice_state_labels[4];
extern const FlisLabel flis_date_status_labels[5];
extern const FlisLabel flis_verdict_labels[10];
extern const FlisLabel flis_language_labels[2];

/* Indexed by the month, 1 to 12; the code is the month in two digits. */
extern const FlisLabel flis_month_labels[13];

extern void flis_fold(const char *from, size_t length, char *to);
extern void flis_change_initial(char *text, bool to_capital);
extern int flis_month_number(const char *folded, size_t length);
extern bool flis_is_frequency(const char *folded, size_t length);

#endif
