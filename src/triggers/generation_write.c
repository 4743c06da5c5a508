/*
 * generation_write.c
 *		Writes a new value into flis_generation.
 */
#include "triggers/generation_write.h"

#include "access/table.h"
#include "catalog/pg_type.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "cache/generation.h"
#include "cache/scan.h"
#include "triggers/run_as_owner.h"
#include "triggers/triggers.h"

/*
 * flis_generation_table finds flis_generation in the extension's schema.
 */
Oid
flis_generation_table(Oid schema)
{
	Oid table = get_relname_relid("flis_generation", schema);

	if (!OidIsValid(table))
		flis_raise_missing_table("flis_generation");
	return table;
}

/*
 * flis_generation_write draws a new generation.  It waits for another session that has drawn one.
 */
void
flis_generation_write(Oid schema)
{
	Relation table = flis_open_internal(schema, "flis_generation");

	flis_column_of(table, "generation", UUIDOID);
	if (flis_write_as_owner(table, "UPDATE", "SET generation = pg_catalog.gen_random_uuid()", 0,
							NULL, NULL) != 1)
		ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
						errmsg("table \"%s\" of extension flis does not have its one row",
							   "flis_generation"),
						errhint("Restore the database; or drop the extension, with all that was "
								"written into its tables, and create it anew.")));
	table_close(table, NoLock);
	flis_generation_written(schema);
}
