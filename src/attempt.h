/*
 * attempt.h
 *		Does something that may fail without ending the statement.
 */
#ifndef FLIS_ATTEMPT_H
#define FLIS_ATTEMPT_H

#include "postgres.h"

extern bool flis_attempt(void (*work)(void *), void *argument, ErrorData **error);

#endif
