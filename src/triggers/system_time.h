/*
 * system_time.h
 *		The triggers that record from when to when each version of a reference row was known.
 */
#ifndef FLIS_SYSTEM_TIME_H
#define FLIS_SYSTEM_TIME_H

#include "postgres.h"

#include "access/htup.h"
#include "commands/trigger.h"
#include "datatype/timestamp.h"
#include "utils/relcache.h"

/* The columns that the triggers set: system_from and written_by. */
#define FLIS_SYSTEM_COLUMNS 2

extern const char *const flis_system_columns[FLIS_SYSTEM_COLUMNS];

extern bool flis_is_written(Relation relation, HeapTuple row);
extern TimestampTz flis_time_of_change(const TriggerData *trigger);

#endif
