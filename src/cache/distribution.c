/*
 * distribution.c
 *		Whether a distributed engine keeps the rows of a table elsewhere.
 *
 * Citus lists the tables that it has distributed or made reference tables in
 * pg_catalog.pg_dist_partition.  The table itself is empty on the coordinator then, and what is
 * read there is nothing.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/stratnum.h"
#include "access/table.h"
#include "catalog/pg_namespace.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "cache/distribution.h"

/*
 * flis_is_distributed tells whether a relation is listed as distributed.  It looks with the
 * snapshot of the catalog, the newest; without such an engine that is one look into the server's
 * own cache.
 */
bool
flis_is_distributed(Oid relation)
{
	Oid list = get_relname_relid("pg_dist_partition", PG_CATALOG_NAMESPACE);
	AttrNumber column;
	Relation table;
	SysScanDesc scan;
	ScanKeyData key;
	bool is_listed;

	if (!OidIsValid(list))
		return false;
	column = get_attnum(list, "logicalrelid");
	if (column <= InvalidAttrNumber)
		return false;
	table = table_open(list, AccessShareLock);
	ScanKeyInit(&key, column, BTEqualStrategyNumber, F_OIDEQ, ObjectIdGetDatum(relation));
	scan = systable_beginscan(table, InvalidOid, false, NULL, 1, &key);
	is_listed = HeapTupleIsValid(systable_getnext(scan));
	systable_endscan(scan);
	table_close(table, AccessShareLock);
	return is_listed;
}
