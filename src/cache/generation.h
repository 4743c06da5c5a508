/*
 * generation.h
 *		What this session is doing to the reference tables.
 */
#ifndef FLIS_GENERATION_H
#define FLIS_GENERATION_H

#include "postgres.h"

#include "utils/snapshot.h"

/* For how long what is read under a snapshot may be cached. */
typedef enum FlisCacheScope
{
	FLIS_CACHE_FOR_GENERATION, /* for each snapshot that sees the same generation */
	FLIS_CACHE_FOR_SNAPSHOT,   /* for this one alone */
	FLIS_CACHE_FOR_CALL		   /* not at all: under this very snapshot rows are still to come */
} FlisCacheScope;

extern bool flis_generation_needs_write(Oid schema);
extern void flis_generation_written(Oid schema);
extern void flis_generation_cached(void);

extern bool flis_change_in_progress(void);
extern void flis_change_begins(void);
extern void flis_change_ends(void);
extern FlisCacheScope flis_cache_scope_under(Snapshot snapshot);

#endif
