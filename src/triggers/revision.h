/*
 * revision.h
 *		Counts the changes of the rows from which the events of flis_release_ics() are made.
 */
#ifndef FLIS_REVISION_H
#define FLIS_REVISION_H

#include "postgres.h"

#include "datatype/timestamp.h"

/* How often one row, or several rows together, have changed. */
typedef struct FlisRevision
{
	const char *key;		/* the columns of the row's key, separated by commas */
	int64 revision;			/* the number of changes */
	TimestampTz changed_at; /* time of the last one; DT_NOBEGIN if there was none */
} FlisRevision;

extern FlisRevision *flis_read_revisions(Oid schema, const char *table, int *n);
extern FlisRevision flis_read_revision(Oid schema, const char *table, const char *key);
extern void flis_add_revision(FlisRevision *sum, const FlisRevision *revision);

#endif
