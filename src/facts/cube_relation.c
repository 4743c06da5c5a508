/*
 * cube_relation.c
 *		A cube, which is a registered fact table: its row of flis_cube, and the relations and
 *		columns that this row names, as the catalog has them.
 *
 * flis_cube holds names, which are looked up each time, so that a table may be dropped and created
 * again.
 */
#include "facts/cube_relation.h"

#include "access/genam.h"
#include "access/relation.h"
#include "catalog/pg_am.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/pg_list.h"
#include "nodes/value.h"
#include "parser/parse_oper.h"
#include "storage/lmgr.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/ruleutils.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"

#include "base/compat.h"
#include "cache/names.h"
#include "cache/scan.h"
#include "triggers/confirm_relation.h"
#include "facts/period_encoding.h"

static const FlisTableShape cube_shape = {"flis_cube",
										  17,
										  {{"cube", TEXTOID},
										   {"area", TEXTOID},
										   {"channel", TEXTOID},
										   {"period_column", TEXTOID},
										   {"municipality_column", TEXTOID},
										   {"period_like", TEXTOID},
										   {"least_reporting", NUMERICOID},
										   {"least_rows", NUMERICOID},
										   {"compared_periods", INT4OID},
										   {"period_dimension", TEXTOID},
										   {"period_key", TEXTOID},
										   {"period_value", TEXTOID},
										   {"municipality_dimension", TEXTOID},
										   {"municipality_key", TEXTOID},
										   {"municipality_value", TEXTOID},
										   {"is_primo", BOOLOID},
										   {"confirmed", TEXTARRAYOID}}};

static double share(FlisScan *scan, int column);
static int compare_cubes(const void *a, const void *b);
static bool is_same_name(const char *left, const char *right);
static Oid find_table(const char *name, const char **schema, const char **table);
static Oid lock_table(const char *name, const char *column, const char **table);
static void find_value(FlisCubeValue *found, const FlisCubeRelation *cube_relation,
					   const char *column, const char *dimension, const char *key,
					   const char *value, const char *alias);
static void find_column(Oid relation, const char *table, const char *column, Oid *type,
						Oid *collation);
static void check_types(const char *table, const char *column, Oid type, const char *dimension,
						const char *key, Oid key_type);
static char *column_of(const char *alias, const char *column);
static void refuse_type(const FlisCubeRelation *cube_relation, const FlisCubeValue *value,
						const char *column, const char *what, const char *hint);
static void check_privileges(Oid relation, const char *table, const char *column,
							 const char *other_column);
static bool may_read(Oid relation, const char *column);
static void check_identity(const FlisCube *cube, int which, Oid relation, const char *table);
static const char *unconfirmed(const FlisCube *cube, int which, Oid relation, const char *table);
static bool is_deterministic(Oid collation);
static void append_join(StringInfo joins, const FlisCubeValue *value);
static bool is_unique(Oid relation, const char *column, Oid collation);

/*
 * flis_read_cubes reads the rows of flis_cube under the active snapshot, sorted by name, into the
 * current memory context.
 */
FlisCube *
flis_read_cubes(Oid schema, int *n)
{
	FlisCube *rows = NULL;
	FlisScan scan;
	int nconfirmed;

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
		row->period_dimension = flis_text(&scan, 9);
		row->period_key = flis_text(&scan, 10);
		row->period_value = flis_text(&scan, 11);
		row->municipality_dimension = flis_text(&scan, 12);
		row->municipality_key = flis_text(&scan, 13);
		row->municipality_value = flis_text(&scan, 14);
		row->is_primo = flis_truth(&scan, 15) == FLIS_YES;
		row->confirmed = flis_texts(&scan, 16, &nconfirmed);
		if (nconfirmed != FLIS_CUBE_RELATIONS)
			row->confirmed = NULL;
	}
	flis_scan_end(&scan);
	flis_sort_rows(rows, *n, sizeof(FlisCube), compare_cubes);
	return rows;
}

/*
 * flis_find_cube finds a cube by its name, as flis_cube writes it or in another way that means the
 * same in SQL.  An error is raised if it is not registered.
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
 * flis_cube_unconfirmed tells what must be confirmed of a relation of a cube before it is read: of the
 * cube itself (0), its dimension of periods (1) or of municipalities (2).  NULL if nothing must be.
 */
const char *
flis_cube_unconfirmed(const FlisCube *cube, int which)
{
	const char *const names[FLIS_CUBE_RELATIONS] = {cube->cube, cube->period_dimension,
													cube->municipality_dimension};
	const char *schema;
	const char *table;
	Oid relation;

	if (names[which] == NULL)
		return NULL;
	relation = find_table(names[which], &schema, &table);
	return OidIsValid(relation)
			   ? unconfirmed(cube, which, relation, quote_qualified_identifier(schema, table))
			   : NULL;
}

/*
 * flis_find_cube_relation finds the relation of a cube, its dimensions and the columns that are read.
 * An error is raised if one of them does not exist, has a type that cannot hold what it should, or may
 * not be read by the caller.  The relations stay locked for reading to the end of the transaction.
 */
void
flis_find_cube_relation(const FlisCube *cube, FlisCubeRelation *cube_relation)
{
	memset(cube_relation, 0, sizeof(*cube_relation));
	cube_relation->relation = lock_table(cube->cube, "cube", &cube_relation->table);
	find_value(&cube_relation->period, cube_relation, cube->period_column, cube->period_dimension,
			   cube->period_key, cube->period_value, "period_dimension");
	if (!flis_is_day_type(cube_relation->period.type) &&
		!flis_is_number_type(cube_relation->period.type) &&
		!flis_is_text_type(cube_relation->period.type))
		refuse_type(cube_relation, &cube_relation->period,
					cube->period_dimension != NULL ? cube->period_value : cube->period_column,
					"periods",
					"Periods are of type date, timestamp, timestamp with time zone, "
					"smallint, integer, bigint, text, varchar or char.");
	check_identity(cube, 0, cube_relation->relation, cube_relation->table);
	if (cube->period_dimension != NULL)
		check_identity(cube, 1, cube_relation->period.relation, cube_relation->period.dimension);
	if (cube->municipality_column != NULL)
	{
		find_value(&cube_relation->municipality, cube_relation, cube->municipality_column,
				   cube->municipality_dimension, cube->municipality_key, cube->municipality_value,
				   "municipality_dimension");
		if (!flis_is_number_type(cube_relation->municipality.type) &&
			!flis_is_text_type(cube_relation->municipality.type))
			refuse_type(
				cube_relation, &cube_relation->municipality,
				cube->municipality_dimension != NULL ? cube->municipality_value
													 : cube->municipality_column,
				"municipalities",
				"Municipality codes are of type smallint, integer, bigint, text, varchar or "
				"char.");
		if (cube->municipality_dimension != NULL)
			check_identity(cube, 2, cube_relation->municipality.relation,
						   cube_relation->municipality.dimension);
	}
	check_privileges(cube_relation->relation, cube_relation->table, cube->period_column,
					 cube->municipality_column);
	if (cube->period_dimension != NULL)
		check_privileges(cube_relation->period.relation, cube_relation->period.dimension,
						 cube->period_key, cube->period_value);
	if (cube->municipality_dimension != NULL)
		check_privileges(cube_relation->municipality.relation,
						 cube_relation->municipality.dimension, cube->municipality_key,
						 cube->municipality_value);
}

/*
 * flis_cube_from writes the FROM list in which period.value and municipality.value of a cube's relation
 * are a row's period and municipality.
 */
char *
flis_cube_from(const FlisCubeRelation *cube_relation)
{
	return psprintf("%s AS cube%s", cube_relation->table, flis_cube_joins(cube_relation));
}

/*
 * flis_cube_joins writes the joins of a cube with its dimensions; "" where it has none.  A row
 * whose key is not in the dimension stays, with NULL.
 */
char *
flis_cube_joins(const FlisCubeRelation *cube_relation)
{
	StringInfoData joins;

	initStringInfo(&joins);
	append_join(&joins, &cube_relation->period);
	append_join(&joins, &cube_relation->municipality);
	return joins.data;
}

/*
 * flis_cube_has_pair_index tells whether a cube has a btree index over all rows that begins with
 * its period column and its municipality column.
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
 * share reads a share, a numeric from 0 to 1; NULL counts as 1.
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
	const char *left_schema;
	const char *left_table;
	const char *right_schema;
	const char *right_table;

	return flis_split_name(left, &left_schema, &left_table) &&
		   flis_split_name(right, &right_schema, &right_table) &&
		   strcmp(left_schema, right_schema) == 0 && strcmp(left_table, right_table) == 0;
}

/*
 * find_table finds a relation by its name, InvalidOid if there is none, and the two parts of the name.
 */
static Oid
find_table(const char *name, const char **schema, const char **table)
{
	if (!flis_split_name(name, schema, table))
		ereport(ERROR, (errcode(ERRCODE_INVALID_NAME),
						errmsg("the name of a cube has two parts: \"%s\"", name),
						errhint("Write it in flis_cube as SQL does: schema.table.")));
	return flis_relation_named(name);
}

/*
 * lock_table finds the relation that a column of flis_cube names, locks it for reading, and writes its
 * name as SQL does.  It looks the name up again once the lock is held, since the relation may have been
 * dropped and created meanwhile.
 */
static Oid
lock_table(const char *name, const char *column, const char **table)
{
	const char *schema;
	const char *relname;
	Oid relation = find_table(name, &schema, &relname);
	Oid locked = InvalidOid;

	while (relation != locked)
	{
		if (OidIsValid(locked))
			UnlockRelationOid(locked, AccessShareLock);
		locked = relation;
		if (OidIsValid(locked))
			LockRelationOid(locked, AccessShareLock);
		relation = find_table(name, &schema, &relname);
	}
	if (!OidIsValid(relation))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE), errmsg("table %s does not exist", name),
				 errhint("Create it, or write in flis_cube, column %s, what it is called now.",
						 column)));
	*table = quote_qualified_identifier(schema, relname);
	return relation;
}

/*
 * find_value finds where a cube has its periods or municipalities: in a dimension, or where that is
 * NULL in a column of its own.
 */
static void
find_value(FlisCubeValue *found, const FlisCubeRelation *cube_relation, const char *column,
		   const char *dimension, const char *key, const char *value, const char *alias)
{
	Oid column_type;
	Oid collation;
	Oid key_collation;

	find_column(cube_relation->relation, cube_relation->table, column, &found->type, &collation);
	found->relation = cube_relation->relation;
	found->column = found->value = column_of("cube", column);
	found->is_unique = true;
	if (dimension != NULL)
	{
		found->relation = lock_table(dimension, alias, &found->dimension);
		found->alias = alias;
		column_type = found->type;
		find_column(found->relation, found->dimension, key, &found->type, &key_collation);
		check_types(cube_relation->table, column, column_type, found->dimension, key, found->type);
		found->key = found->joined_key = column_of(alias, key);
		/* A join goes by the collation of the side that has not the database's. */
		if (!is_deterministic(collation))
			key_collation = collation;
		if (!is_deterministic(key_collation))
			found->joined_key =
				psprintf("%s COLLATE %s", found->key, generate_collation_name(key_collation));
		found->is_unique = is_unique(found->relation, key, key_collation);
		find_column(found->relation, found->dimension, value, &found->type, &collation);
		found->value = column_of(alias, value);
	}
	found->is_deterministic = is_deterministic(collation);
	found->grouped = found->is_deterministic
						 ? found->value
						 : psprintf("%s COLLATE pg_catalog.\"C\"", found->value);
}

/*
 * find_column finds the type of a column, of a domain the base type, and its collation if it has one.
 */
static void
find_column(Oid relation, const char *table, const char *column, Oid *type, Oid *collation)
{
	AttrNumber attribute = get_attnum(relation, column);
	int32 modifier;

	if (attribute <= InvalidAttrNumber)
		ereport(ERROR, (errcode(ERRCODE_UNDEFINED_COLUMN),
						errmsg("table %s has no column \"%s\"", table, column),
						errhint("Write in flis_cube what the column is called now.")));
	get_atttypetypmodcoll(relation, attribute, type, &modifier, collation);
	*type = getBaseType(*type);
}

/*
 * check_types raises an error if a column of a cube cannot be compared with the key of a dimension.
 */
static void
check_types(const char *table, const char *column, Oid type, const char *dimension, const char *key,
			Oid key_type)
{
	Operator equal =
		oper(NULL, list_make2(makeString("pg_catalog"), makeString("=")), type, key_type, true, -1);

	if (equal == NULL)
		ereport(
			ERROR,
			(errcode(ERRCODE_DATATYPE_MISMATCH),
			 errmsg("column \"%s\" of table %s is of type %s, and the key \"%s\" of %s of "
					"type %s",
					column, table, format_type_be(type), key, dimension, format_type_be(key_type)),
			 errhint("Register a view that has the one in the type of the other.")));
	ReleaseSysCache(equal);
}

/*
 * is_deterministic tells whether texts that differ are not equal by a collation, or there is none.
 */
static bool
is_deterministic(Oid collation)
{
	return !OidIsValid(collation) || get_collation_isdeterministic(collation);
}

/*
 * column_of writes a column of a relation that a query calls by an alias.
 */
static char *
column_of(const char *alias, const char *column)
{
	return psprintf("%s.%s", alias, quote_identifier(column));
}

/*
 * refuse_type raises an error for a column whose type cannot hold what a cube has there.
 */
static void
refuse_type(const FlisCubeRelation *cube_relation, const FlisCubeValue *value, const char *column,
			const char *what, const char *hint)
{
	ereport(ERROR, (errcode(ERRCODE_DATATYPE_MISMATCH),
					errmsg("column \"%s\" of table %s is of type %s, which holds no %s", column,
						   value->dimension != NULL ? value->dimension : cube_relation->table,
						   format_type_be(value->type), what),
					errhint("%s", hint)));
}

/*
 * check_privileges raises an error if the caller may not read two columns of a relation; the second may
 * be NULL.
 */
static void
check_privileges(Oid relation, const char *table, const char *column, const char *other_column)
{
	Oid schema = get_rel_namespace(relation);

	if (FLIS_SCHEMA_ACLCHECK(schema, GetUserId(), ACL_USAGE) != ACLCHECK_OK)
		ereport(ERROR, (errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
						errmsg("permission denied for schema %s",
							   quote_identifier(get_namespace_name(schema))),
						errhint("Its owner grants it: GRANT USAGE ON SCHEMA %s TO %s;",
								quote_identifier(get_namespace_name(schema)),
								quote_identifier(GetUserNameFromId(GetUserId(), false)))));
	if (!may_read(relation, column) || (other_column != NULL && !may_read(relation, other_column)))
		ereport(ERROR, (errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
						errmsg("permission denied for table %s", table),
						errhint("Its owner grants it: GRANT SELECT ON %s TO %s;", table,
								quote_identifier(GetUserNameFromId(GetUserId(), false)))));
}

static bool
may_read(Oid relation, const char *column)
{
	return pg_class_aclcheck(relation, GetUserId(), ACL_SELECT) == ACLCHECK_OK ||
		   pg_attribute_aclcheck(relation, get_attnum(relation, column), GetUserId(), ACL_SELECT) ==
			   ACLCHECK_OK;
}

/*
 * check_identity raises an error if a relation is not what it was when it was registered: somebody may
 * have put another in its place, such as a view whose functions would run with the caller's privileges.
 */
static void
check_identity(const FlisCube *cube, int which, Oid relation, const char *table)
{
	const char *difference = unconfirmed(cube, which, relation, table);

	if (difference != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE), errmsg_internal("%s", difference),
				 errhint("Confirm it with UPDATE flis_cube SET confirmed = NULL WHERE cube = %s;",
						 quote_literal_cstr(cube->cube))));
}

/*
 * unconfirmed tells what a relation is and what it was when it was registered, if they differ; NULL
 * where nothing must be confirmed.  A relation that did not exist then need only hold rows itself,
 * as a table does.
 */
static const char *
unconfirmed(const FlisCube *cube, int which, Oid relation, const char *table)
{
	const char *confirmed = cube->confirmed != NULL ? cube->confirmed[which] : "";
	char *identity = flis_relation_identity(relation);

	if (cube->area == NULL || strcmp(confirmed, identity) == 0 ||
		(confirmed[0] == '\0' && flis_relation_holds_rows(relation)))
		return NULL;
	if (confirmed[0] == '\0')
		return psprintf("%s is a %s, and did not exist when it was registered", table, identity);
	return psprintf("%s is a %s, and was a %s when it was registered", table, identity, confirmed);
}

/*
 * append_join joins the dimension of a value, where it has one.  A key that is in the dimension
 * more than once, as a month is in one of days, is joined once, with its greatest value, so that no
 * row of the cube is multiplied.
 */
static void
append_join(StringInfo joins, const FlisCubeValue *value)
{
	const char *dimension = value->dimension;

	if (dimension == NULL)
		return;
	if (!value->is_unique && strcmp(value->key, value->value) != 0)
		dimension = psprintf("(SELECT DISTINCT ON (%1$s) %1$s, %2$s FROM %3$s AS %4$s "
							 "ORDER BY %1$s, %2$s DESC NULLS LAST)",
							 value->joined_key, value->value, value->dimension, value->alias);
	else if (!value->is_unique)
		dimension = psprintf("(SELECT DISTINCT %s FROM %s AS %s)", value->joined_key,
							 value->dimension, value->alias);
	appendStringInfo(joins, " LEFT JOIN %s AS %s ON %s OPERATOR(pg_catalog.=) %s", dimension,
					 value->alias, value->key, value->column);
}

/*
 * is_unique tells whether a unique index guarantees that no two values of a column are equal by a
 * collation.  By a deterministic one they are not, whatever the collation of the index.  An index of a
 * table is not over the rows of its children, which a query reads, too.
 */
static bool
is_unique(Oid relation, const char *column, Oid collation)
{
	AttrNumber attribute = get_attnum(relation, column);
	Relation table = relation_open(relation, NoLock);
	bool has_children = table->rd_rel->relkind == RELKIND_RELATION && table->rd_rel->relhassubclass;
	bool is_unique = false;
	ListCell *cell;

	foreach (cell, has_children ? NIL : RelationGetIndexList(table))
	{
		Relation index = index_open(lfirst_oid(cell), AccessShareLock);
		const FormData_pg_index *format = index->rd_index;

		is_unique |= format->indisunique && format->indimmediate && format->indisvalid &&
					 format->indnkeyatts == 1 && format->indkey.values[0] == attribute &&
					 (is_deterministic(collation) || index->rd_indcollation[0] == collation) &&
					 RelationGetIndexPredicate(index) == NIL;
		index_close(index, NoLock);
	}
	relation_close(table, NoLock);
	return is_unique;
}
