/*
 * revision.h
 *		How often the rows changed from which a release's event in a calendar is made.
 */
#ifndef FLIS_REVISION_H
#define FLIS_REVISION_H

#include "postgres.h"

#include "datatype/timestamp.h"

/* The changes of one row, or of several together. */
typedef struct FlisRevision
{
	const char *key; /* of the row, its columns separated by commas */
	int64 revision;
	TimestampTz changed_at; /* DT_NOBEGIN where it never changed */
} FlisRevision;

extern FlisRevision *flis_read_revisions(Oid schema, const char *table, int *n);
extern FlisRevision flis_read_revision(Oid schema, const char *table, const char *key);
extern void flis_add_revision(FlisRevision *sum, const FlisRevision *revision);

#endif
