/*
 * generation.h
 *		Keeps track of this session's own changes of the reference tables.
 */
#ifndef FLIS_GENERATION_H
#define FLIS_GENERATION_H

#include "postgres.h"

#include "utils/snapshot.h"

/* For how long rows that are read under a snapshot may be cached. */
typedef enum FlisCacheScope
{
	FLIS_CACHE_FOR_GENERATION, /* for each snapshot that sees the same generation */
	FLIS_CACHE_FOR_SNAPSHOT,   /* for this snapshot only */
	FLIS_CACHE_FOR_CALL		   /* not at all: this snapshot may see more rows later */
} FlisCacheScope;

extern bool flis_generation_needs_write(Oid schema);
extern void flis_generation_written(Oid schema);
extern void flis_generation_cached(void);

extern bool flis_change_in_progress(void);
extern void flis_change_begins(void);
extern void flis_change_ends(void);
extern FlisCacheScope flis_cache_scope_under(Snapshot snapshot);

#endif
