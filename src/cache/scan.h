/*
 * scan.h
 *		Reads the rows of one table of the extension under a snapshot, and validates columns and
 *		values.
 */
#ifndef FLIS_SCAN_H
#define FLIS_SCAN_H

#include "postgres.h"

#include "access/genam.h"
#include "datatype/timestamp.h"
#include "utils/relcache.h"
#include "utils/snapshot.h"

#include "base/array.h"
#include "base/compat.h"
#include "base/enum_labels.h"
#include "base/model.h"

#define FLIS_MAX_COLUMNS 20
#define FLIS_MAX_KEYS 3

/* A table and the columns of it that are read, those of its key first. */
typedef struct FlisTableShape
{
	const char *table;
	int ncolumns;
	struct
	{
		const char *name;
		Oid type;
	} columns[FLIS_MAX_COLUMNS];
} FlisTableShape;

/* A scan of a table.  Columns are counted from 0 in the order of the shape. */
typedef struct FlisScan
{
	const FlisTableShape *shape;
	Relation relation;
	AttrNumber attributes[FLIS_MAX_COLUMNS];
	SysScanDesc scan;
	Relation backward; /* the index, if it is read from its end; else NULL */
	HeapTuple row;	   /* the current row */
	/* The following is for a table with a history that is read as it was known at a time. */
	TimestampTz known_at; /* FLIS_KNOWN_NOW: only the rows in use are read */
	bool in_history;	  /* the relation is the table's history, which is read second */
	AttrNumber system_from;
	AttrNumber system_until;
	Oid schema;
	Snapshot snapshot;
	int nkeys;
	Datum keys[FLIS_MAX_KEYS];
	int room; /* elements that fit into the array of flis_scan_room */
} FlisScan;

extern bool flis_scan_has_history(const char *table);
extern void flis_scan_begin_known(FlisScan *scan, const FlisTableShape *shape, Oid schema,
								  Snapshot snapshot, int nkeys, const Datum *keys);
extern void flis_scan_begin(FlisScan *scan, const FlisTableShape *shape, Oid schema,
							Snapshot snapshot, int nkeys, const Datum *keys);
extern void flis_scan_begin_backward(FlisScan *scan, const FlisTableShape *shape, Oid schema,
									 Snapshot snapshot, int nkeys, const Datum *keys);
extern void flis_scan_begin_once(FlisScan *scan, const FlisTableShape *shape, Oid schema,
								 Snapshot snapshot, int nkeys, const Datum *keys);
pg_noreturn extern void flis_raise_missing_table(const char *table);
pg_noreturn extern void flis_raise_altered_table(const char *table, const char *column);
extern bool flis_scan_next(FlisScan *scan);
extern void flis_scan_end(FlisScan *scan);

/*
 * flis_scan_room makes room for one more row in an array of the n rows that a scan has read.
 */
static inline void *
flis_scan_room(FlisScan *scan, void *rows, int n, Size size)
{
	return flis_array_reserve(rows, n, &scan->room, size);
}

/*
 * flis_sort_rows sorts an array of n rows, which is NULL if there are none.
 */
static inline void
flis_sort_rows(void *rows, int n, Size size, int (*compare)(const void *, const void *))
{
	if (n > 0)
		qsort(rows, n, size, compare);
}

extern Datum flis_scan_value(FlisScan *scan, int column, bool *isnull);
extern const char *flis_text(FlisScan *scan, int column);
extern const char *flis_needed_text(FlisScan *scan, int column);
extern const char **flis_texts(FlisScan *scan, int column, int *n);
extern FlisDay flis_day_value(FlisScan *scan, int column);
extern FlisDay flis_needed_day(FlisScan *scan, int column);
extern int flis_integer(FlisScan *scan, int column, int least, int most, int if_null);
extern FlisTruth flis_truth(FlisScan *scan, int column);
extern int flis_code(FlisScan *scan, int column, const FlisLabel *words, int n);

#endif
