/*
 * generation.h
 *		What this session is doing to the reference tables.
 */
#ifndef FLIS_GENERATION_H
#define FLIS_GENERATION_H

#include "postgres.h"

#include "utils/snapshot.h"

extern bool flis_generation_must_draw(Oid schema, bool for_statement);
extern void flis_generation_drawn(Oid schema);
extern void flis_generation_read(void);

extern void flis_change_begins(void);
extern void flis_change_ends(void);
extern bool flis_sees_half_a_change(Snapshot snapshot);

#endif
