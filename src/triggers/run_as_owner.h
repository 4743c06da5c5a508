/*
 * run_as_owner.h
 *		Lets a trigger write an internal table with the rights of the table's owner.
 */
#ifndef FLIS_RUN_AS_OWNER_H
#define FLIS_RUN_AS_OWNER_H

#include "postgres.h"

#include "utils/relcache.h"

#include "base/compat.h"

extern Relation flis_open_internal(Oid schema, const char *name);
extern uint64 flis_write_as_owner(Relation table, const char *verb, const char *rest, int nargs,
								  const Oid *types, const Datum *values);

#endif
