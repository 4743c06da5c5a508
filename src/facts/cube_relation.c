/*
 * cube_relation.c
 *		A registered fact table: its row of flis_cube, and what the catalog says of it.
 *
 * flis_cube holds names, so that a table may be dropped and made anew; they are looked up each time.
 */
#include "facts/cube_relation.h"

#include "access/genam.h"
#include "access/relation.h"
#include "catalog/namespace.h"
#include "catalog/pg_am.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/pg_list.h"
#include "nodes/value.h"
#include "storage/lmgr.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/regproc.h"
#include "utils/snapmgr.h"
#include "utils/varlena.h"

#include "base/compat.h"
#include "cache/names.h"
#include "cache/scan.h"
#include "facts/period_encoding.h"

static const FlisTableShape cube_shape = {"flis_cube",
										  9,
										  {{"cube", TEXTOID},
										   {"area", TEXTOID},
										   {"channel", TEXTOID},
										   {"period_column", TEXTOID},
										   {"municipality_column", TEXTOID},
										   {"period_like", TEXTOID},
										   {"least_reporting", NUMERICOID},
										   {"least_rows", NUMERICOID},
										   {"compared_periods", INT4OID}}};

static double share(FlisScan *scan, int column);
static int compare_cubes(const void *a, const void *b);
static bool is_same_name(const char *left, const char *right);
static Oid find_table(const FlisCube *cube, const char **schema, const char **table);
static Oid lock_table(const FlisCube *cube, const char **schema, const char **table);
static void check_rights(const FlisCubeRelation *cube_relation, const AttrNumber *columns, int n);
static AttrNumber find_column(const FlisCubeRelation *cube_relation, const char *column, Oid *type,
							  Oid *collation);

/*
 * flis_read_cubes reads the rows of flis_cube under the active snapshot, in the order of their names,
 * into the current memory context.
 */
FlisCube *
flis_read_cubes(Oid schema, int *n)
{
	FlisCube *rows = NULL;
	FlisScan scan;

	*n = 0;
	flis_scan_begin(&scan, &cube_shape, schema, GetActiveSnapshot(), 0, NULL);
	while (flis_scan_next(&scan))
	{
		FlisCube *row;

		rows = flis_scan_room(&scan, rows, *n, sizeof(FlisCube));
		row = &rows[(*n)++];
		row->cube = flis_needed_text(&scan, 0);
		row->area = flis_needed_text(&scan, 1);
		row->channel = flis_needed_text(&scan, 2);
		row->period_column = flis_needed_text(&scan, 3);
		row->municipality_column = flis_text(&scan, 4);
		row->period_like = flis_text(&scan, 5);
		row->least_reporting = share(&scan, 6);
		row->least_rows = share(&scan, 7);
		row->compared_periods = flis_integer(&scan, 8, 1, 36, -1);
	}
	flis_scan_end(&scan);
	if (*n > 0)
		qsort(rows, *n, sizeof(FlisCube), compare_cubes);
	return rows;
}

/*
 * flis_find_cube finds a registered table by its name, as flis_cube writes it or in another way that means
 * the same in SQL, and complains if it isn't registered.
 */
const FlisCube *
flis_find_cube(Oid schema, const text *name)
{
	char *wanted = text_to_cstring(name);
	FlisCube *cubes;
	int n;

	cubes = flis_read_cubes(schema, &n);
	for (int i = 0; i < n; i++)
		if (strcmp(cubes[i].cube, wanted) == 0)
			return &cubes[i];
	for (int i = 0; i < n; i++)
		if (is_same_name(cubes[i].cube, wanted))
			return &cubes[i];
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("table \"%.*s\" is not registered", flis_shown_length(name), VARDATA_ANY(name)),
			 errhint("Insert its name with the schema, its area and its period column into "
					 "flis_cube.")));
}

/*
 * flis_cube_relation_exists tells whether there is a table of a cube's name.
 */
bool
flis_cube_relation_exists(const FlisCube *cube)
{
	const char *schema;
	const char *table;

	return OidIsValid(find_table(cube, &schema, &table));
}

/*
 * flis_find_cube_relation finds a table and its columns, and complains if there is no such table, the caller may
 * not read it, or a column is missing or of a type that can't hold what it should.  The table stays as it
 * is to the end of the transaction.
 */
void
flis_find_cube_relation(const FlisCube *cube, FlisCubeRelation *cube_relation)
{
	const char *schema;
	const char *table;
	AttrNumber columns[2];
	int ncolumns = 0;
	Oid collation;

	cube_relation->municipality_type = InvalidOid;
	cube_relation->relation = lock_table(cube, &schema, &table);
	if (!OidIsValid(cube_relation->relation))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE), errmsg("table %s does not exist", cube->cube),
				 errhint("Create it, or write in flis_cube, column cube, what it is called now.")));
	cube_relation->table = quote_qualified_identifier(schema, table);
	cube_relation->period = quote_identifier(cube->period_column);
	cube_relation->municipality = NULL;

	columns[ncolumns++] =
		find_column(cube_relation, cube->period_column, &cube_relation->period_type, &collation);
	cube_relation->tells_periods_apart =
		!OidIsValid(collation) || get_collation_isdeterministic(collation);
	if (!flis_is_day_type(cube_relation->period_type) &&
		!flis_is_number_type(cube_relation->period_type) &&
		!flis_is_text_type(cube_relation->period_type))
		ereport(ERROR, (errcode(ERRCODE_DATATYPE_MISMATCH),
						errmsg("column \"%s\" of table %s is of type %s, which holds no periods",
							   cube->period_column, cube_relation->table,
							   format_type_be(cube_relation->period_type)),
						errhint("Periods are of type date, timestamp, timestamp with time zone, "
								"smallint, integer, bigint, text, varchar or char.")));
	if (cube->municipality_column != NULL)
	{
		columns[ncolumns++] = find_column(cube_relation, cube->municipality_column,
										  &cube_relation->municipality_type, &collation);
		if (!flis_is_number_type(cube_relation->municipality_type) &&
			!flis_is_text_type(cube_relation->municipality_type))
			ereport(
				ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("column \"%s\" of table %s is of type %s, which holds no municipalities",
						cube->municipality_column, cube_relation->table,
						format_type_be(cube_relation->municipality_type)),
				 errhint("Municipality codes are of type smallint, integer, bigint, text, "
						 "varchar or char.")));
		cube_relation->municipality = quote_identifier(cube->municipality_column);
	}
	check_rights(cube_relation, columns, ncolumns);
}

/*
 * flis_cube_has_pair_index tells whether a table has an index that begins with the period and the
 * municipality, and is in their order.
 */
bool
flis_cube_has_pair_index(const FlisCube *cube, const FlisCubeRelation *cube_relation)
{
	AttrNumber period = get_attnum(cube_relation->relation, cube->period_column);
	AttrNumber municipality = get_attnum(cube_relation->relation, cube->municipality_column);
	Relation relation = relation_open(cube_relation->relation, NoLock);
	bool has = false;
	ListCell *cell;

	foreach (cell, RelationGetIndexList(relation))
	{
		Relation index = index_open(lfirst_oid(cell), AccessShareLock);
		const FormData_pg_index *format = index->rd_index;

		has |= index->rd_rel->relam == BTREE_AM_OID && format->indisvalid &&
			   format->indnkeyatts >= 2 && format->indkey.values[0] == period &&
			   format->indkey.values[1] == municipality && RelationGetIndexPredicate(index) == NIL;
		index_close(index, NoLock);
	}
	relation_close(relation, NoLock);
	return has;
}

/*
 * share reads a share, a numeric from 0 to 1.
 */
static double
share(FlisScan *scan, int column)
{
	bool isnull;
	Datum value = flis_scan_value(scan, column, &isnull);

	return isnull ? 1 : DatumGetFloat8(DirectFunctionCall1(numeric_float8, value));
}

static int
compare_cubes(const void *a, const void *b)
{
	return strcmp(((const FlisCube *) a)->cube, ((const FlisCube *) b)->cube);
}

/*
 * is_same_name tells whether two names are the same identifiers of SQL.
 */
static bool
is_same_name(const char *left, const char *right)
{
	List *left_names;
	List *right_names;

	return SplitIdentifierString(pstrdup(left), '.', &left_names) &&
		   SplitIdentifierString(pstrdup(right), '.', &right_names) &&
		   list_length(left_names) == 2 && list_length(right_names) == 2 &&
		   strcmp(linitial(left_names), linitial(right_names)) == 0 &&
		   strcmp(lsecond(left_names), lsecond(right_names)) == 0;
}

/*
 * find_table finds a table, InvalidOid if there is none, and the parts of its name.
 */
static Oid
find_table(const FlisCube *cube, const char **schema, const char **table)
{
	List *names = FLIS_NAME_LIST(cube->cube);
	Oid namespace;

	if (list_length(names) != 2)
		ereport(ERROR, (errcode(ERRCODE_INVALID_NAME),
						errmsg("the name of a cube has two parts: \"%s\"", cube->cube),
						errhint("Write it in flis_cube as SQL does: schema.table.")));
	*schema = strVal(linitial(names));
	*table = strVal(lsecond(names));
	namespace = get_namespace_oid(*schema, true);
	return OidIsValid(namespace) ? get_relname_relid(*table, namespace) : InvalidOid;
}

/*
 * lock_table finds a table as find_table does, and locks it for reading.  It may be dropped and made anew
 * before the lock is there.
 */
static Oid
lock_table(const FlisCube *cube, const char **schema, const char **table)
{
	Oid relation = find_table(cube, schema, table);
	Oid locked = InvalidOid;

	while (relation != locked)
	{
		if (OidIsValid(locked))
			UnlockRelationOid(locked, AccessShareLock);
		locked = relation;
		if (OidIsValid(locked))
			LockRelationOid(locked, AccessShareLock);
		relation = find_table(cube, schema, table);
	}
	return relation;
}

/*
 * check_rights complains if the caller may not read the columns.
 */
static void
check_rights(const FlisCubeRelation *cube_relation, const AttrNumber *columns, int n)
{
	Oid user = GetUserId();
	Oid schema = get_rel_namespace(cube_relation->relation);

	if (FLIS_SCHEMA_ACLCHECK(schema, user, ACL_USAGE) != ACLCHECK_OK)
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("no right to use schema %s", quote_identifier(get_namespace_name(schema))),
				 errhint("Its owner grants it: GRANT USAGE ON SCHEMA.")));
	if (pg_class_aclcheck(cube_relation->relation, user, ACL_SELECT) == ACLCHECK_OK)
		return;
	for (int i = 0; i < n; i++)
		if (pg_attribute_aclcheck(cube_relation->relation, columns[i], user, ACL_SELECT) !=
			ACLCHECK_OK)
			ereport(ERROR, (errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
							errmsg("no right to read table %s", cube_relation->table),
							errhint("Its owner grants it: GRANT SELECT ON.")));
}

/*
 * find_column finds a column and its type, a domain's base type, and its collation if it has one.
 */
static AttrNumber
find_column(const FlisCubeRelation *cube_relation, const char *column, Oid *type, Oid *collation)
{
	AttrNumber attribute = get_attnum(cube_relation->relation, column);
	int32 modifier;

	if (attribute <= InvalidAttrNumber)
		ereport(ERROR, (errcode(ERRCODE_UNDEFINED_COLUMN),
						errmsg("table %s has no column \"%s\"", cube_relation->table, column),
						errhint("Write in flis_cube what the column is called now.")));
	get_atttypetypmodcoll(cube_relation->relation, attribute, type, &modifier, collation);
	*type = getBaseType(*type);
	return attribute;
}
