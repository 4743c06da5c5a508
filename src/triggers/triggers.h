/*
 * triggers.h
 *		What the triggers of the reference tables have in common.
 */
#ifndef FLIS_TRIGGERS_H
#define FLIS_TRIGGERS_H

#include "postgres.h"

#include "commands/trigger.h"
#include "fmgr.h"

extern TriggerData *flis_trigger_of(FunctionCallInfo fcinfo, int nargs);
extern void flis_check_after_row(const TriggerData *trigger);
extern char *flis_key_of(const TriggerData *trigger, HeapTuple row);
extern int flis_column_of(Relation relation, const char *name, Oid type);
extern bool flis_is_unchanged(Relation relation, HeapTuple old_row, HeapTuple new_row);
extern bool flis_is_unchanged_but(Relation relation, HeapTuple old_row, HeapTuple new_row,
								  const char *const *uncounted, int n);
extern bool flis_is_in_extension_script(void);
extern bool flis_is_restore(void);

#endif
