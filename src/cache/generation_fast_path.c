/*
 * generation_fast_path.c
 *		Reads the generation where it was last found, which each statement does once.
 */
#include "cache/tables.h"

#include "access/heapam.h"
#include "catalog/pg_am.h"
#include "storage/bufmgr.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

/*
 * flis_read_generation_fast reads the value where it was last found: false if it isn't there, and it
 * must be read anew with all checks.
 *
 * Each statement comes here once, so it is worth not to scan, which asks the file system for the
 * table's length.  The row is all but always on the first page, whose line pointers are few; from the
 * root of its update chain the version is found that the snapshot sees, and the table has one row.
 * is_stale tells whether a message came, maybe with the lock on the table, that it was altered.
 */
bool
flis_read_generation_fast(FlisTables *tables, const bool *is_stale, pg_uuid_t *generation)
{
	Relation relation = try_relation_open(tables->oids[FLIS_TABLE_GENERATION], AccessShareLock);
	OffsetNumber offset = tables->generation_offset;
	OffsetNumber last;
	Buffer buffer;
	bool is_found = false;

	if (relation == NULL)
		return false;
	if (*is_stale || relation->rd_rel->relam != HEAP_TABLE_AM_OID)
	{
		relation_close(relation, NoLock);
		return false;
	}

	buffer = ReadBuffer(relation, 0);
	LockBuffer(buffer, BUFFER_LOCK_SHARE);
	last = PageGetMaxOffsetNumber(BufferGetPage(buffer));
	for (OffsetNumber tried = 0; tried < last && !is_found; tried++)
	{
		HeapTupleData row;
		ItemPointerData place;

		if (offset > last)
			offset = FirstOffsetNumber;
		ItemPointerSet(&place, 0, offset);
		is_found =
			heap_hot_search_buffer(&place, relation, buffer, GetActiveSnapshot(), &row, NULL, true);
		if (is_found)
		{
			bool isnull;
			Datum value = heap_getattr(&row, tables->generation_attribute,
									   RelationGetDescr(relation), &isnull);

			tables->generation_offset = offset;
			is_found = !isnull;
			if (is_found)
				*generation = *DatumGetUUIDP(value);
		}
		offset++;
	}
	UnlockReleaseBuffer(buffer);
	relation_close(relation, NoLock);
	return is_found;
}
