/*
 * known_at.h
 *		The time whose knowledge the session asks for: flis.known_at.
 */
#ifndef FLIS_KNOWN_AT_H
#define FLIS_KNOWN_AT_H

#include "postgres.h"

#include "datatype/timestamp.h"
#include "utils/snapshot.h"

/* What flis_known_time() is where the session asks for what is known now. */
#define FLIS_KNOWN_NOW DT_NOEND

extern TimestampTz flis_known_time(void);
extern TimestampTz flis_forgotten_before(Oid schema, Snapshot snapshot);
extern void flis_check_not_forgotten(Oid schema, TimestampTz known_at);

#endif
