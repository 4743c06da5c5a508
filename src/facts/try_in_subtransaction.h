/*
 * try_in_subtransaction.h
 *		Calls a function whose errors must not end the statement, as when one cube of many cannot be
 *		read.
 */
#ifndef FLIS_TRY_IN_SUBTRANSACTION_H
#define FLIS_TRY_IN_SUBTRANSACTION_H

#include "postgres.h"

extern bool flis_try_in_subtransaction(void (*work)(void *), void *argument, ErrorData **error);

#endif
