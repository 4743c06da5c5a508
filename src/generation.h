/*
 * generation.h
 *		What this session is doing to the reference tables.
 */
#ifndef FLIS_GENERATION_H
#define FLIS_GENERATION_H

#include "postgres.h"

#include "utils/snapshot.h"

/* For how long what is read under a snapshot may be kept. */
typedef enum FlisHolding
{
	FLIS_FOR_GENERATION, /* for each snapshot that sees the same generation */
	FLIS_FOR_SNAPSHOT,	 /* for this one alone */
	FLIS_FOR_CALL		 /* not at all: under this very snapshot rows are still to come */
} FlisHolding;

extern bool flis_generation_must_draw(Oid schema);
extern void flis_generation_drawn(Oid schema);
extern void flis_generation_kept(void);

extern bool flis_change_goes_on(void);
extern void flis_change_begins(void);
extern void flis_change_ends(void);
extern FlisHolding flis_holding_under(Snapshot snapshot);

#endif
