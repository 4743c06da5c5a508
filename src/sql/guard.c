/*
 * guard.c
 *		Views that end where data may be shown: over a registered fact table, and over a time dimension.
 *
 * The view's condition compares the period column itself with a bound of the column's own type, so
 * that it does all that a literal would: an index on the column serves it, partitions beyond it are
 * pruned when a query starts, and the planner estimates it by the bound of the day.  A sub-select
 * would be computed once and not for each row of a sequential scan, but the planner takes a range that
 * ends there for 0.5 % of the table.
 *
 * All of it is written with schemas and quoted, so that neither search_path nor a name changes what it
 * means.
 *
 * The view belongs to the caller, who reads the table: others can be granted the view and not the
 * table.  Nothing here has more rights than the caller.
 */
#include "postgres.h"

#include "access/table.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "commands/comment.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "nodes/makefuncs.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/varlena.h"

#include "base/calendar.h"
#include "base/compat.h"
#include "base/period_format.h"
#include "cache/registry.h"
#include "facts/cube_relation.h"
#include "facts/measure.h"
#include "facts/period_encoding.h"

static char *through_of(ArrayType *areas, const char *schema, const char *channel);
static text *create_guard(const text *name, const FlisCube *cube, const char *schema,
						  const char *through);
static void check_kind(const FlisCubeRelation *cube_relation);
static bool is_foreign(Oid relation);
static char *definition_of(const FlisCube *cube, const FlisCubeRelation *cube_relation,
						   const char *schema, const char *through);
static char *condition_of(const FlisCube *cube, const FlisCubeRelation *cube_relation,
						  const char *schema, const char *through);
static char *written_bound(const FlisCube *cube, const FlisCubeRelation *cube_relation,
						   const char *schema, const char *through);
static void copy_comments(Oid from, Oid to);

/*
 * flis_guard(cube text, view text) creates a view over a registered fact table that ends at
 * flis_data_through of the table's area and channel, and returns its qualified name.
 */
PG_FUNCTION_INFO_V1(flis_guard);
Datum
flis_guard(PG_FUNCTION_ARGS)
{
	const char *schema;
	const FlisCube *cube;

	flis_registry_use(fcinfo);
	cube = flis_find_cube(flis_current_load.schema, PG_GETARG_TEXT_PP(0));
	flis_registry_area(cstring_to_text(cube->area));
	flis_registry_channel(cstring_to_text(cube->channel));
	schema = quote_identifier(get_namespace_name(flis_current_load.schema));
	PG_RETURN_TEXT_P(create_guard(
		PG_GETARG_TEXT_PP(1), cube, schema,
		psprintf("%s.flis_data_through(%s::pg_catalog.text, CURRENT_DATE, %s::pg_catalog.text)",
				 schema, quote_literal_cstr(cube->area), quote_literal_cstr(cube->channel))));
}

/*
 * flis_guard_calendar(dimension text, value_column text, areas text[], view text, channel text) creates
 * a view over a time dimension that ends at the last day that all of the areas cover in the channel,
 * and returns its qualified name.
 */
PG_FUNCTION_INFO_V1(flis_guard_calendar);
Datum
flis_guard_calendar(PG_FUNCTION_ARGS)
{
	RangeVar *dimension = makeRangeVarFromNameList(textToQualifiedNameList(PG_GETARG_TEXT_PP(0)));
	char *value_column = text_to_cstring(PG_GETARG_TEXT_PP(1));
	Oid relation = RangeVarGetRelid(dimension, AccessShareLock, false);
	const char *channel;
	const char *schema;
	FlisCube calendar = {.period_column = value_column};

	flis_registry_use(fcinfo);
	channel = flis_registry_channel_code(flis_registry_channel(PG_GETARG_TEXT_PP(4)));
	schema = quote_identifier(get_namespace_name(flis_current_load.schema));
	if (get_attnum(relation, value_column) <= InvalidAttrNumber)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("column \"%s\" of relation \"%s\" does not exist", value_column,
						get_rel_name(relation)),
				 errhint("Name the column of the dimension that holds the day or the period.")));
	calendar.cube = quote_qualified_identifier(get_namespace_name(get_rel_namespace(relation)),
											   get_rel_name(relation));
	PG_RETURN_TEXT_P(create_guard(PG_GETARG_TEXT_PP(3), &calendar, schema,
								  through_of(PG_GETARG_ARRAYTYPE_P(2), schema, channel)));
}

/*
 * through_of writes the call that tells the last day that all of some areas cover, by the areas' codes.
 */
static char *
through_of(ArrayType *areas, const char *schema, const char *channel)
{
	const FlisAreaRow *rows;
	const char *separator = "";
	StringInfoData codes;
	Datum *elements;
	bool *nulls;
	int n;

	deconstruct_array(areas, TEXTOID, -1, false, TYPALIGN_INT, &elements, &nulls, &n);
	flis_registry_areas(&rows);
	initStringInfo(&codes);
	for (int i = 0; i < n; i++)
	{
		const char *code;

		if (nulls[i])
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							errmsg("an area of a guarded calendar is NULL"),
							errhint("Name the areas that the key figure reads: ARRAY['borger'].")));
		code = rows[flis_registry_area(DatumGetTextPP(elements[i]))].area;
		appendStringInfo(&codes, "%s%s", separator, quote_literal_cstr(code));
		separator = ", ";
	}
	if (codes.len == 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("a guarded calendar needs an area"),
						errhint("Name the areas that the key figure reads: ARRAY['borger'].")));
	return psprintf("%s.flis_common_through(ARRAY[%s]::pg_catalog.text[], CURRENT_DATE, "
					"%s::pg_catalog.text)",
					schema, codes.data, quote_literal_cstr(channel));
}

/*
 * create_guard creates a view over a table that ends at a day, an expression of SQL, and returns the
 * view's qualified name.
 */
static text *
create_guard(const text *name, const FlisCube *cube, const char *schema, const char *through)
{
	RangeVar *view = makeRangeVarFromNameList(textToQualifiedNameList((text *) name));
	FlisCubeRelation cube_relation;
	Oid view_schema;
	char *qualified;
	char *command;

	flis_find_cube_relation(cube, &cube_relation);
	check_kind(&cube_relation);
	view_schema = RangeVarGetCreationNamespace(view);
	qualified = quote_qualified_identifier(get_namespace_name(view_schema), view->relname);

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	command = psprintf("CREATE VIEW %s AS %s", qualified,
					   definition_of(cube, &cube_relation, schema, through));
	if (SPI_execute(command, false, 0) != SPI_OK_UTILITY)
		elog(ERROR, "could not execute \"%s\"", command);
	copy_comments(cube_relation.relation, get_relname_relid(view->relname, view_schema));
	SPI_finish();
	return cstring_to_text(qualified);
}

/*
 * check_kind complains of what has columns but no rows that a view could show.
 */
static void
check_kind(const FlisCubeRelation *cube_relation)
{
	switch (get_rel_relkind(cube_relation->relation))
	{
		case RELKIND_RELATION:
		case RELKIND_PARTITIONED_TABLE:
		case RELKIND_VIEW:
		case RELKIND_MATVIEW:
		case RELKIND_FOREIGN_TABLE:
			return;
		default:
			ereport(ERROR,
					(errcode(ERRCODE_WRONG_OBJECT_TYPE),
					 errmsg("%s is no table and no view", cube_relation->table),
					 errhint("Register in flis_cube the table or view that holds the rows.")));
	}
}

/*
 * definition_of writes the query of the view: all columns in their order, up to the bound.
 */
static char *
definition_of(const FlisCube *cube, const FlisCubeRelation *cube_relation, const char *schema,
			  const char *through)
{
	Relation relation = table_open(cube_relation->relation, AccessShareLock);
	TupleDesc columns = RelationGetDescr(relation);
	const char *separator = "SELECT ";
	StringInfoData definition;

	initStringInfo(&definition);
	for (int i = 0; i < columns->natts; i++)
	{
		Form_pg_attribute column = TupleDescAttr(columns, i);

		if (column->attisdropped)
			continue;
		appendStringInfo(&definition, "%scube.%s", separator,
						 quote_identifier(NameStr(column->attname)));
		separator = ", ";
	}
	appendStringInfo(&definition, " FROM %s AS cube WHERE %s", cube_relation->table,
					 condition_of(cube, cube_relation, schema, through));
	table_close(relation, NoLock);
	return definition.data;
}

/*
 * condition_of writes the condition that a row may be shown.
 *
 * Rows on other servers are the exception to what is said above: no server is sent a STABLE function,
 * but the value of a sub-select is.
 */
static char *
condition_of(const FlisCube *cube, const FlisCubeRelation *cube_relation, const char *schema,
			 const char *through)
{
	const char *comparison = "<=";
	const char *bound = through;

	if (cube_relation->period.type == TIMESTAMPOID || cube_relation->period.type == TIMESTAMPTZOID)
	{
		/* The whole of the last day. */
		comparison = "<";
		bound = psprintf("(%s OPERATOR(pg_catalog.+) 1)::%s", bound,
						 flis_sql_type(cube_relation->period.type));
	}
	else if (cube_relation->period.type != DATEOID)
		bound = written_bound(cube, cube_relation, schema, bound);
	if (is_foreign(cube_relation->relation))
		bound = psprintf("(SELECT %s)", bound);
	return psprintf("%s OPERATOR(pg_catalog.%s) %s", cube_relation->period.value, comparison,
					bound);
}

/*
 * is_foreign tells whether rows of a table are on another server.
 */
static bool
is_foreign(Oid relation)
{
	ListCell *cell;

	foreach (cell, find_all_inheritors(relation, AccessShareLock, NULL))
		if (get_rel_relkind(lfirst_oid(cell)) == RELKIND_FOREIGN_TABLE)
			return true;
	return false;
}

/*
 * written_bound writes the bound of a column of numbers or texts, in the form of the column and so that
 * an index on it serves the comparison.
 */
static char *
written_bound(const FlisCube *cube, const FlisCubeRelation *cube_relation, const char *schema,
			  const char *through)
{
	/* Every form can write a period that has ended by then. */
	FlisDay day = flis_day(2025, 12, 31);
	char example[FLIS_PERIOD_FORMAT_SIZE];
	const char *reason;
	FlisPeriodFormat format;

	if (!flis_find_period_format(cube, cube_relation, &format, &reason))
		ereport(
			ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("the form of the periods in column %s of table %s is not known",
					quote_identifier(cube->period_column), cube_relation->table),
			 reason != NULL ? errdetail("Found: %s.", reason)
							: errdetail("The table has no rows with a period."),
			 cube->period_like == NULL && cube->area == NULL
				 ? errhint("Guard a column of days, or give the dimension its rows first.")
				 : errhint("Set period_like in flis_cube to a period as the column writes it.")));
	if (!flis_period_format_write(&format, day, example))
		elog(ERROR, "could not write an example of a form");

	/* An index on a number of any size serves the comparison with another. */
	if (flis_is_number_type(cube_relation->period.type))
		return psprintf("%s.flis_period_like(%s, %s)", schema, through, example);
	return psprintf("%s.flis_period_like(%s, %s::pg_catalog.text)::%s", schema, through,
					quote_literal_cstr(example), flis_sql_type(cube_relation->period.type));
}

/*
 * copy_comments gives a view the comments of its table and of the table's columns.
 */
static void
copy_comments(Oid from, Oid to)
{
	Relation relation = table_open(from, AccessShareLock);
	TupleDesc columns = RelationGetDescr(relation);
	int32 place = 0;

	CreateComments(to, RelationRelationId, 0, GetComment(from, RelationRelationId, 0));
	for (int i = 0; i < columns->natts; i++)
	{
		Form_pg_attribute column = TupleDescAttr(columns, i);

		if (!column->attisdropped)
			CreateComments(to, RelationRelationId, ++place,
						   GetComment(from, RelationRelationId, column->attnum));
	}
	table_close(relation, NoLock);
}
