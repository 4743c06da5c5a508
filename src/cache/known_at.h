/*
 * known_at.h
 *		The setting flis.known_at: a time, or empty.
 */
#ifndef FLIS_KNOWN_AT_H
#define FLIS_KNOWN_AT_H

#include "postgres.h"

#include "datatype/timestamp.h"
#include "utils/snapshot.h"

/* The result of flis_known_time() if the setting is empty: answers are from what is known now. */
#define FLIS_KNOWN_NOW DT_NOEND

extern TimestampTz flis_known_time(void);
extern TimestampTz flis_forgotten_before(Oid schema, Snapshot snapshot);
extern void flis_check_not_forgotten(Oid schema, TimestampTz known_at);

#endif
