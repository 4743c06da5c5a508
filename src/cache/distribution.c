/*
 * distribution.c
 *		Tells whether a distributed engine, such as Citus, keeps the rows of a table elsewhere.
 *
 * Citus lists the tables that it has distributed, or made reference tables, in
 * pg_catalog.pg_dist_partition.  On the coordinator such a table is empty, so that reading it here would
 * give a wrong answer.
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
 * flis_is_distributed tells whether a relation is listed as distributed, in the newest snapshot.
 * Without such an engine that takes one look-up in the server's system cache.
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
