/*
 * trigger.h
 *		Functions for all trigger functions: they check how a trigger is fired, and return columns,
 *		values and the key of a row.
 */
#ifndef FLIS_TRIGGER_H
#define FLIS_TRIGGER_H

#include "postgres.h"

#include "commands/trigger.h"
#include "fmgr.h"

#include "base/compat.h"
#include "cache/scan.h"

extern TriggerData *flis_trigger_of(FunctionCallInfo fcinfo, int nargs);
pg_noreturn extern void flis_misplaced(const TriggerData *trigger, const char *detail);
extern void flis_check_before_row(const TriggerData *trigger);
extern void flis_check_after_row(const TriggerData *trigger);
extern HeapTuple flis_row_of(const TriggerData *trigger);
extern bool flis_is_in_extension_script(void);
extern bool flis_is_replicating(void);

extern int flis_column_of(Relation relation, const char *name, Oid type);
extern Datum flis_value_of(Relation relation, HeapTuple row, const char *column, Oid type,
						   bool *isnull);
extern char *flis_text_of(Relation relation, HeapTuple row, const char *column);
extern bool flis_is_unchanged_but(Relation relation, HeapTuple old_row, HeapTuple new_row,
								  const char *const *uncounted, int n);

extern char *flis_key_of(const TriggerData *trigger, HeapTuple row);
extern FlisTableShape flis_key_shape(const TriggerData *trigger, const char *table);
extern void flis_key_values(const TriggerData *trigger, HeapTuple row, Datum *values);
extern bool flis_is_same_text(const TriggerData *trigger, const char *column);
extern bool flis_is_same_key(const TriggerData *trigger);

#endif
