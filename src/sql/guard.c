/*
 * guard.c
 *		flis_guard and flis_guard_calendar: views over a cube or a time dimension that end where
 *		data may be shown, or mark the rows that may be.
 *
 * The view's condition compares the period column with a bound of the column's own type, which
 * serves as a literal would: an index on the column can be used, partitions beyond the bound are
 * pruned when a query starts, and the planner estimates the rows by the value of the bound.  A
 * sub-select would be computed once and not for each row of a sequential scan, but then the planner
 * could not know the value, and would estimate 0.5 % of the table.  Over a star schema the
 * dimension is compared, and the cube is semi-joined with it.
 *
 * All names are quoted and have their schema, so that the view means the same under any search_path.
 *
 * The view is created with the caller's privileges and belongs to the caller, who may read the
 * cube.  Others can be granted the view without the cube.
 */
#include "postgres.h"

#include "access/table.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_type.h"
#include "commands/comment.h"
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
#include "cache/distribution.h"
#include "cache/registry.h"
#include "facts/cube_relation.h"
#include "facts/measure.h"
#include "facts/period_encoding.h"
#include "sql/guarded_views.h"

/* A view to be created. */
typedef struct Guard
{
	const FlisCube *cube; /* a time dimension has no area and no channel */
	FlisCubeRelation relation;
	const char *schema;	 /* of flis, as SQL writes it */
	const char *through; /* the last day that may be shown, in SQL */
	const char *area;	 /* the code of an area on which through depends, as a literal */
	bool is_marking;	 /* all rows are shown, with two columns that tell which may be */
	/* For numbers and texts: the format of the periods, and an example. */
	FlisPeriodFormat format;
	char period_like[FLIS_PERIOD_FORMAT_SIZE];
} Guard;

static bool is_marking(const text *mode);
static char *through_of(ArrayType *areas, const char *schema, const char *channel,
						const char **area);
static char *create_view(Guard *guard, const text *name);
static void find_format(Guard *guard, const char *view);
static void check_kind(const FlisCubeRelation *cube_relation);
static char *definition_of(const Guard *guard);
static void append_columns(StringInfo definition, const Guard *guard);
static char *condition_of(const Guard *guard);
static void append_marks(StringInfo definition, const Guard *guard);
static char *municipality_of(const FlisCubeRelation *cube_relation);
static char *ends_by(const Guard *guard, const char *through);
static char *evaluated_once(const Guard *guard, const char *bound);
static bool is_foreign(Oid relation);
static char *written_bound(const Guard *guard, const char *through);
static void copy_comments(Oid from, Oid to);
static Datum dimensions_of(const Guard *guard);

/*
 * flis_guard(cube text, view text, mode text) creates a view over a cube that shows the rows through
 * flis_data_through of the cube's area and channel, or marks them, and returns its qualified name.
 */
PG_FUNCTION_INFO_V1(flis_guard);
Datum
flis_guard(PG_FUNCTION_ARGS)
{
	Guard guard = {.is_marking = is_marking(PG_GETARG_TEXT_PP(2))};
	const FlisCube *cube;
	char *view;

	flis_registry_use(fcinfo);
	cube = flis_find_cube(flis_current_load.schema, PG_GETARG_TEXT_PP(0));
	flis_registry_area(cstring_to_text(cube->area));
	flis_registry_channel(cstring_to_text(cube->channel));
	guard.cube = cube;
	guard.schema = quote_identifier(get_namespace_name(flis_current_load.schema));
	guard.area = quote_literal_cstr(cube->area);
	guard.through =
		psprintf("%s.flis_data_through(%s::pg_catalog.text, CURRENT_DATE, %s::pg_catalog.text)",
				 guard.schema, guard.area, quote_literal_cstr(cube->channel));
	view = create_view(&guard, PG_GETARG_TEXT_PP(1));
	flis_remember_guard(flis_current_load.schema, view, cube->cube, dimensions_of(&guard),
						text_to_cstring(PG_GETARG_TEXT_PP(2)), "",
						PointerGetDatum(construct_empty_array(TEXTOID)), "", guard.period_like);
	PG_RETURN_TEXT_P(cstring_to_text(view));
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
	char *view;
	FlisCube calendar = {.period_column = value_column};
	Guard guard = {.cube = &calendar};

	flis_registry_use(fcinfo);
	/* An event trigger of CREATE VIEW may renew the registry. */
	channel = pstrdup(flis_registry_channel_code(flis_registry_channel(PG_GETARG_TEXT_PP(4))));
	guard.schema = quote_identifier(get_namespace_name(flis_current_load.schema));
	if (get_attnum(relation, value_column) <= InvalidAttrNumber)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("column \"%s\" of relation \"%s\" does not exist", value_column,
						get_rel_name(relation)),
				 errhint("Name the column of the dimension that holds the day or the period.")));
	calendar.cube = quote_qualified_identifier(get_namespace_name(get_rel_namespace(relation)),
											   get_rel_name(relation));
	guard.through = through_of(PG_GETARG_ARRAYTYPE_P(2), guard.schema, channel, &guard.area);
	view = create_view(&guard, PG_GETARG_TEXT_PP(3));
	flis_remember_guard(flis_current_load.schema, view, calendar.cube,
						PointerGetDatum(construct_empty_array(TEXTOID)), "calendar", value_column,
						PG_GETARG_DATUM(2), channel, guard.period_like);
	PG_RETURN_TEXT_P(cstring_to_text(view));
}

/*
 * is_marking reads the mode of a guarded view: true for "mark", false for "hide".
 */
static bool
is_marking(const text *mode)
{
	char *wanted = text_to_cstring(mode);

	if (strcmp(wanted, "hide") != 0 && strcmp(wanted, "mark") != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("unknown mode \"%s\"", wanted),
				 errhint("Use hide, for a view that ends where data may be shown, or mark, for "
						 "all rows with the columns flis_covered and flis_state.")));
	return wanted[0] == 'm';
}

/*
 * through_of writes the call for the last day that all of some areas cover, by the areas' codes;
 * *area is the code of the first.
 */
static char *
through_of(ArrayType *areas, const char *schema, const char *channel, const char **area)
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
		if (i == 0)
			*area = quote_literal_cstr(code);
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
 * create_view creates a guarded view and returns its qualified name.
 */
static char *
create_view(Guard *guard, const text *name)
{
	RangeVar *view = makeRangeVarFromNameList(textToQualifiedNameList((text *) name));
	Oid view_schema;
	char *qualified;
	char *command;

	flis_find_cube_relation(guard->cube, &guard->relation);
	check_kind(&guard->relation);
	view_schema = RangeVarGetCreationNamespace(view);
	qualified = quote_qualified_identifier(get_namespace_name(view_schema), view->relname);

	SPI_connect();
	if (!flis_is_day_type(guard->relation.period.type))
		find_format(guard, qualified);
	command = psprintf("CREATE VIEW %s AS %s", qualified, definition_of(guard));
	if (SPI_execute(command, false, 0) != SPI_OK_UTILITY)
		elog(ERROR, "could not execute \"%s\"", command);
	copy_comments(guard->relation.relation, get_relname_relid(view->relname, view_schema));
	SPI_finish();
	return qualified;
}

/*
 * find_format finds the format of a column of numbers or texts: that of the example in flis_cube,
 * else that of its rows.  A table that a loader has just created has no rows; then it is the format
 * of the rows when a view of this name was last created over it.
 */
static void
find_format(Guard *guard, const char *view)
{
	const FlisCube *cube = guard->cube;
	const FlisCubeValue *period = &guard->relation.period;
	const char *reason;

	if (!flis_find_period_format(cube, &guard->relation, &guard->format, &reason))
	{
		FlisCube before = *cube;
		const char *ignored;

		before.period_like = flis_remembered_period(guard->schema, view, cube->cube);
		if (reason != NULL || before.period_like == NULL ||
			!flis_find_period_format(&before, &guard->relation, &guard->format, &ignored))
			ereport(
				ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("the form of the periods in column %s of table %s is not known",
						quote_identifier(cube->period_dimension != NULL ? cube->period_value
																		: cube->period_column),
						period->dimension != NULL ? period->dimension : guard->relation.table),
				 reason != NULL ? errdetail("Found: %s.", reason)
								: errdetail("The table has no rows with a period."),
				 cube->period_like == NULL && cube->area == NULL
					 ? errhint("Guard a column of days, or give the dimension its rows first.")
					 : errhint(
						   "Set period_like in flis_cube to a period as the column writes it.")));
	}
	/* Every format has periods that ended by this day. */
	if (!flis_period_format_write(&guard->format, flis_day(2025, 12, 31), guard->period_like))
		elog(ERROR, "could not write an example of a format");
}

/*
 * check_kind raises an error for a relation that is no table and no view, such as a composite type.
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
 * definition_of writes the query of the view: all columns in their order, up to the bound or marked.
 */
static char *
definition_of(const Guard *guard)
{
	StringInfoData definition;

	initStringInfo(&definition);
	append_columns(&definition, guard);
	if (guard->is_marking)
		append_marks(&definition, guard);
	else
		appendStringInfo(&definition, " FROM %s AS cube WHERE %s", guard->relation.table,
						 condition_of(guard));
	return definition.data;
}

/*
 * append_columns writes SELECT and the columns of the cube.
 */
static void
append_columns(StringInfo definition, const Guard *guard)
{
	Relation relation = table_open(guard->relation.relation, AccessShareLock);
	TupleDesc columns = RelationGetDescr(relation);
	const char *separator = "SELECT ";

	for (int i = 0; i < columns->natts; i++)
	{
		Form_pg_attribute column = TupleDescAttr(columns, i);

		if (column->attisdropped)
			continue;
		appendStringInfo(definition, "%scube.%s", separator,
						 quote_identifier(NameStr(column->attname)));
		separator = ", ";
	}
	table_close(relation, NoLock);
}

/*
 * condition_of writes the condition that a row may be shown.  ANY (SELECT ...) means what IN does,
 * but lets the operator have its schema.  A key that a dimension has more than once, as that of a
 * month over days, may be shown when all its periods have ended.
 */
static char *
condition_of(const Guard *guard)
{
	const FlisCubeValue *period = &guard->relation.period;
	char *condition = ends_by(guard, guard->through);

	if (period->dimension == NULL)
		return condition;
	return psprintf(
		period->is_unique
			? "%1$s OPERATOR(pg_catalog.=) ANY (SELECT %2$s FROM %3$s AS %4$s WHERE %5$s)"
			: "%1$s OPERATOR(pg_catalog.=) ANY (SELECT %2$s FROM %3$s AS %4$s "
			  "GROUP BY %2$s HAVING pg_catalog.bool_and(%5$s))",
		period->column, period->joined_key, period->dimension, period->alias, condition);
}

/*
 * append_marks writes the columns that mark the rows, and FROM with what they are computed from:
 * the sub-select "area", whose aggregates make it one row for certain, so that it is computed once
 * and comes first in the plan.
 *
 * A row is of the newest covered period if its period ends after the one before that.  Whether that
 * period is complete is taken from the status itself, because flis_coverage heeds notices about
 * single municipalities, too.
 */
static void
append_marks(StringInfo definition, const Guard *guard)
{
	const FlisCube *cube = guard->cube;
	const char *value = guard->relation.period.value;
	const char *covered = ends_by(guard, "area.data_through");
	const char *before = ends_by(guard, "area.through_before");
	const char *channel = quote_literal_cstr(cube->channel);
	StringInfoData incomplete;

	initStringInfo(&incomplete);
	appendStringInfo(&incomplete, "area.complete IS FALSE AND NOT %s", before);
	if (guard->relation.municipality.value != NULL)
		appendStringInfo(
			&incomplete, " OR (%s) IS NOT TRUE",
			ends_by(guard, psprintf("%s.flis_municipality_through(%s::pg_catalog.text, %s, "
									"CURRENT_DATE, %s::pg_catalog.text)",
									guard->schema, guard->area, municipality_of(&guard->relation),
									channel)));
	appendStringInfo(
		definition,
		", CASE WHEN %1$s IS NOT NULL THEN (%2$s) IS TRUE END AS flis_covered, "
		"CASE WHEN %1$s IS NULL THEN NULL::pg_catalog.text "
		"WHEN area.basis OPERATOR(pg_catalog.=) 'closed' THEN 'closed' "
		"WHEN (%2$s) IS NOT TRUE THEN 'not_released' "
		"WHEN %3$s THEN 'incomplete' ELSE 'covered' END AS flis_state "
		"FROM %4$s CROSS JOIN (SELECT pg_catalog.max(c.data_through) AS data_through, "
		"pg_catalog.max(c.basis) AS basis, pg_catalog.bool_and(s.complete) AS complete, "
		"pg_catalog.max(CASE WHEN c.frequency OPERATOR(pg_catalog.=) 'DAILY' "
		"THEN c.data_through OPERATOR(pg_catalog.-) 1 "
		"WHEN c.frequency OPERATOR(pg_catalog.=) 'WEEKLY' "
		"THEN c.data_through OPERATOR(pg_catalog.-) 7 "
		"ELSE (pg_catalog.date_trunc('month', c.data_through::pg_catalog.timestamp) "
		"OPERATOR(pg_catalog.-) "
		"CASE WHEN c.frequency OPERATOR(pg_catalog.=) 'QUARTERLY' THEN interval '2 months' "
		"WHEN c.frequency OPERATOR(pg_catalog.=) 'ANNUAL_2' THEN interval '5 months' "
		"WHEN c.frequency OPERATOR(pg_catalog.=) 'ANNUAL' THEN interval '11 months' "
		"ELSE interval '0' END)::pg_catalog.date OPERATOR(pg_catalog.-) 1 END) AS through_before "
		"FROM %5$s.flis_coverage(CURRENT_DATE, %6$s::pg_catalog.text) AS c "
		"LEFT JOIN %5$s.flis_known_status() AS s ON s.area OPERATOR(pg_catalog.=) c.area "
		"AND s.as_of OPERATOR(pg_catalog.=) c.status_as_of "
		"WHERE c.area OPERATOR(pg_catalog.=) %7$s) AS area",
		value, covered, incomplete.data, flis_cube_from(&guard->relation), guard->schema, channel,
		guard->area);
}

/*
 * municipality_of writes a row's municipality as an integer, 0 for what is no code by
 * flis_municipality_code.  The cast to text takes the blanks from the end of a bpchar.
 */
static char *
municipality_of(const FlisCubeRelation *cube_relation)
{
	const char *value = cube_relation->municipality.value;

	if (flis_is_number_type(cube_relation->municipality.type))
		return psprintf(
			"CASE WHEN %1$s OPERATOR(pg_catalog.>=) 100 AND %1$s OPERATOR(pg_catalog.<) "
			"1000 THEN %1$s::integer ELSE 0 END",
			value);
	return psprintf("CASE WHEN %1$s::pg_catalog.text COLLATE pg_catalog.\"C\" "
					"OPERATOR(pg_catalog.~) '^0*[1-9][0-9][0-9]$' THEN %1$s::integer ELSE 0 END",
					value);
}

/*
 * ends_by writes the condition that a row's period has ended by a day, which SQL computes.
 */
static char *
ends_by(const Guard *guard, const char *through)
{
	const FlisCubeValue *period = &guard->relation.period;
	const char *comparison = "<=";
	const char *bound = through;
	int days = guard->cube->is_primo ? 1 : 0;

	if (period->type == TIMESTAMPOID || period->type == TIMESTAMPTZOID)
	{
		/* The whole of the last day. */
		comparison = "<";
		bound = psprintf("(%s OPERATOR(pg_catalog.+) %d)::%s", bound, days + 1,
						 flis_sql_type(TIMESTAMPOID));
		if (period->type == TIMESTAMPTZOID)
			bound = psprintf("pg_catalog.timezone('" FLIS_ZONE "'::pg_catalog.text, %s)", bound);
	}
	else if (period->type != DATEOID)
		bound = written_bound(guard, bound);
	else if (days > 0)
		bound = psprintf("(%s OPERATOR(pg_catalog.+) %d)", bound, days);
	return psprintf("%s OPERATOR(pg_catalog.%s) %s", period->value, comparison,
					evaluated_once(guard, bound));
}

/*
 * evaluated_once writes a bound so that the server that runs the query computes it, if the rows are
 * on others.
 *
 * postgres_fdw does not send a STABLE function to the other server, but sends the value of a
 * sub-select.  A distributed engine evaluates a function in WHERE, and a sub-select without a
 * table, on the workers, by their tables.  A sub-select over a table that it has not distributed is
 * evaluated on the coordinator.
 */
static char *
evaluated_once(const Guard *guard, const char *bound)
{
	Oid relation = guard->relation.period.relation;

	if (guard->is_marking)
		return pstrdup(bound);
	if (flis_is_distributed(relation) || flis_is_distributed(guard->relation.relation))
		return psprintf(
			"(SELECT %s FROM %s.flis_area own WHERE own.area OPERATOR(pg_catalog.=) %s)", bound,
			guard->schema, guard->area);
	return is_foreign(relation) ? psprintf("(SELECT %s)", bound) : pstrdup(bound);
}

/*
 * is_foreign tells whether a table, or a partition or child of it, is a foreign table.
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
 * written_bound writes the bound of a column of numbers or texts, in the column's format and of a
 * type by which an index on the column can be used.  A primo value may be that of the next period,
 * which is the newest one to end within the most days that a period has.
 */
static char *
written_bound(const Guard *guard, const char *through)
{
	const FlisCube *cube = guard->cube;
	const FlisCubeValue *period = &guard->relation.period;
	bool is_number = flis_is_number_type(period->type);
	const char *example =
		is_number ? guard->period_like
				  : psprintf("%s::pg_catalog.text", quote_literal_cstr(guard->period_like));
	FlisPeriodEncoding encoding;

	flis_period_encoding_begin(&encoding, period->type, FLIS_MONTHLY, cube->is_primo,
							   &guard->format);
	if (cube->is_primo && encoding.is_of_days)
		through = psprintf("(%s OPERATOR(pg_catalog.+) 1)", through);
	else if (cube->is_primo)
		through = psprintf("(%1$s.flis_period_end(%1$s.flis_period_like(%2$s, %3$s)) "
						   "OPERATOR(pg_catalog.+) %4$d)",
						   guard->schema, through, example, flis_period_days(&encoding));

	/* An index on integers of one size can be used for a comparison with another size. */
	if (is_number)
		return psprintf("%s.flis_period_like(%s, %s)", guard->schema, through, example);
	return psprintf("%s.flis_period_like(%s, %s)::%s", guard->schema, through, example,
					flis_sql_type(period->type));
}

/*
 * copy_comments copies the comments of a table and its columns to the view over it.
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

/*
 * dimensions_of returns the names of the dimensions that a view reads, as text[].
 */
static Datum
dimensions_of(const Guard *guard)
{
	const char *const names[] = {guard->relation.period.dimension,
								 guard->is_marking ? guard->relation.municipality.dimension : NULL};
	Datum dimensions[lengthof(names)];
	int n = 0;

	for (int i = 0; i < (int) lengthof(names); i++)
		if (names[i] != NULL)
			dimensions[n++] = CStringGetTextDatum(names[i]);
	return PointerGetDatum(construct_array(dimensions, n, TEXTOID, -1, false, TYPALIGN_INT));
}
