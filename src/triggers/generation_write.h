/*
 * generation_write.h
 *		Writes a new value into flis_generation, and writes the other internal tables.
 */
#ifndef FLIS_GENERATION_WRITE_H
#define FLIS_GENERATION_WRITE_H

#include "postgres.h"

#include "datatype/timestamp.h"
#include "utils/relcache.h"

#include "base/compat.h"

extern bool flis_is_own_write(void);
extern void flis_generation_hold(Oid schema);
extern TimestampTz flis_moment(Oid schema);
extern bool flis_has_moment(TimestampTz *moment);
extern Relation flis_open_internal(Oid schema, const char *name);
extern uint64 flis_write_as_owner(Relation table, const char *verb, const char *rest, int nargs,
								  const Oid *types, const Datum *values);
extern void flis_insert_as_owner(Relation table, Datum *values, bool *nulls);

#endif
