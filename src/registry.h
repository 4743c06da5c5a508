/*
 * registry.h
 *		The reference rows as the caller's snapshot sees them.
 *
 * Areas and channels are counted from 0 in the order in which they are listed.  The numbers, and all
 * pointers handed out, hold until the next call of flis_registry_use or flis_registry_step.
 */
#ifndef FLIS_REGISTRY_H
#define FLIS_REGISTRY_H

#include "postgres.h"

#include "fmgr.h"

#include "memo.h"
#include "tables.h"

extern const FlisStep *flis_registry_step(FunctionCallInfo fcinfo, FlisDay on);

extern void flis_registry_use(FunctionCallInfo fcinfo);
extern int flis_registry_areas(const FlisAreaRow **rows);
extern int flis_registry_area(const text *area);
extern int flis_registry_channel(const text *channel);
extern const FlisChannelRow *flis_registry_channel_row(int channel);
extern FlisMemo *flis_registry_memo(int area, int channel);
extern const FlisStep *flis_registry_memo_step(FlisMemo *memo, FlisDay on);
extern bool flis_registry_status_words(int area, FlisDay as_of, FlisStatusWords *words);

#endif
