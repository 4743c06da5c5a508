/*
 * form.h
 *		The form in which a column writes its periods: found in one of them, and written anew.
 */
#ifndef FLIS_FORM_H
#define FLIS_FORM_H

#include "period.h"

/* Bytes for the longest written period, with its terminating zero. */
#define FLIS_FORM_SIZE 16

extern bool flis_form_of(const char *text, size_t length, FlisForm *form);
extern bool flis_form_of_number(int64_t number, FlisForm *form);
extern bool flis_form_is_number(const FlisForm *form);
extern bool flis_form_write(const FlisForm *form, FlisDay day, char *buffer);
extern bool flis_form_number(const FlisForm *form, FlisDay day, int64_t *number);

#endif
