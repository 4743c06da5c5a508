/*
 * try_in_subtransaction.h
 *		Does something that may fail without ending the statement.
 */
#ifndef FLIS_TRY_IN_SUBTRANSACTION_H
#define FLIS_TRY_IN_SUBTRANSACTION_H

#include "postgres.h"

extern bool flis_try_in_subtransaction(void (*work)(void *), void *argument, ErrorData **error);

#endif
