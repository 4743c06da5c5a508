/*
 * references.c
 *		Triggers that make sure that each area named in a table exists in flis_area, as foreign keys
 *		would.
 *
 * Every transaction that writes one of these tables locks the row of flis_generation until it ends.  So
 * an area that was found can't be deleted meanwhile, and a row that names an area is seen before the
 * area is deleted.  As for a foreign key, rows are looked up with the latest snapshot and without a
 * check of privileges, in every isolation level.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "cache/names.h"
#include "cache/registry.h"
#include "cache/scan.h"
#include "triggers/system_time.h"
#include "triggers/trigger.h"

/* The tables that name an area, and the constraint that an error reports. */
static const struct
{
	FlisTableShape shape;
	const char *constraint;
} names[] = {{{"flis_area", 1, {{"part_of", TEXTOID}}}, "flis_area_part_of_is_an_area"},
			 {{"flis_rule", 1, {{"area", TEXTOID}}}, "flis_rule_area_is_an_area"},
			 {{"flis_release", 1, {{"area", TEXTOID}}}, "flis_release_area_is_an_area"},
			 {{"flis_status", 1, {{"area", TEXTOID}}}, "flis_status_area_is_an_area"},
			 {{"flis_notice", 1, {{"area", TEXTOID}}}, "flis_notice_area_is_an_area"},
			 {{"flis_cube", 1, {{"area", TEXTOID}}}, "flis_cube_area_is_an_area"},
			 {{"flis_waiver", 1, {{"area", TEXTOID}}}, "flis_waiver_area_is_an_area"}};

static const FlisTableShape areas = {"flis_area", 1, {{"area", TEXTOID}}};

static int hint_of_area(FunctionCallInfo fcinfo, const char *area);
static void check_whole(Relation relation, HeapTuple row, const char *whole);
static const char *whole_of(Oid schema, const char *area);
static bool has_row(Oid schema, const FlisTableShape *shape, const char *area, const char **second);

/*
 * flis_names_area, a trigger after each row that names an area, raises 23503 if there is no area of that
 * code, and 23514 if an area would be a part of itself through others.  Arguments: the column with the
 * code, and the constraint that the error reports.
 */
PG_FUNCTION_INFO_V1(flis_names_area);
Datum
flis_names_area(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = flis_trigger_of(fcinfo, 2);
	Relation relation = trigger->tg_relation;
	const char *column = trigger->tg_trigger->tgargs[0];
	const char *area;

	flis_check_after_row(trigger);
	if (!flis_is_written(relation, flis_row_of(trigger)) ||
		(TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) && flis_is_same_text(trigger, column)))
		return PointerGetDatum(NULL);

	area = flis_text_of(relation, flis_row_of(trigger), column);
	if (area != NULL && !has_row(RelationGetNamespace(relation), &areas, area, NULL))
		ereport(ERROR,
				(errcode(ERRCODE_FOREIGN_KEY_VIOLATION),
				 errmsg("table \"%s\" names an area \"%s\" that is not in table \"flis_area\"",
						RelationGetRelationName(relation), area),
				 hint_of_area(fcinfo, area),
				 errtableconstraint(relation, trigger->tg_trigger->tgargs[1])));
	if (area != NULL && strcmp(column, "part_of") == 0)
		check_whole(relation, flis_row_of(trigger), area);
	return PointerGetDatum(NULL);
}

/*
 * check_whole raises 23514 if an area would be a part of itself through "whole", the area that it is a
 * part of.
 */
static void
check_whole(Relation relation, HeapTuple row, const char *whole)
{
	Oid schema = RelationGetNamespace(relation);
	const char *area = flis_text_of(relation, row, "area");
	const char *next = whole_of(schema, whole);

	for (int i = 0; next != NULL; i++)
	{
		if (i == FLIS_MOST_WHOLES || strcmp(next, area) == 0)
			ereport(
				ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("area \"%s\" would be a part of itself", area),
				 errdetail("It is a part of \"%s\", and areas are parts of each other in a circle.",
						   whole),
				 errhint("Let one of them be a part of none: UPDATE flis_area SET part_of = NULL "
						 "WHERE area = %s;",
						 quote_literal_cstr(whole)),
				 errtableconstraint(relation, "flis_area_is_part_of_no_circle")));
		next = whole_of(schema, next);
	}
}

/*
 * whole_of returns the area that an area is a part of, as is committed now or changed by this
 * transaction so far; NULL if there is none.
 */
static const char *
whole_of(Oid schema, const char *area)
{
	static const FlisTableShape shape = {"flis_area", 2, {{"area", TEXTOID}, {"part_of", TEXTOID}}};
	const char *whole = NULL;

	has_row(schema, &shape, area, &whole);
	return whole;
}

/*
 * hint_of_area adds a hint to an error: the area that an unknown code may have meant.
 */
static int
hint_of_area(FunctionCallInfo fcinfo, const char *area)
{
	const FlisAreaRow *known;
	const char *retired;
	const char *nearest;
	int n;

	flis_registry_use(fcinfo);
	n = flis_registry_areas(&known);
	retired = flis_registry_retired(area, (int) strlen(area));
	if (retired != NULL)
		return errhint("%s", flis_hint_of_retired(retired));
	nearest = flis_nearest_area(known, n, area, (int) strlen(area));
	if (nearest == NULL)
		return errhint("Add the area to flis_area first.");
	return errhint("Perhaps you meant \"%s\"; if not, add the area to flis_area first.", nearest);
}

/*
 * flis_area_to_code, a trigger before each row of flis_cube, replaces the name or alias of an area, in
 * upper or lower case, by its code.  A word that names no area stays, and flis_names_area refuses it.
 */
PG_FUNCTION_INFO_V1(flis_area_to_code);
Datum
flis_area_to_code(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = flis_trigger_of(fcinfo, 0);
	HeapTuple row;
	int column;
	const char *area;
	bool isnull = false;
	const FlisAreaRow *known;
	Datum code;
	int found;
	int n;

	flis_check_before_row(trigger);
	row = flis_row_of(trigger);
	column = flis_column_of(trigger->tg_relation, "area", TEXTOID);
	area = flis_text_of(trigger->tg_relation, row, "area");
	if (area == NULL || !flis_is_written(trigger->tg_relation, row) ||
		(TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) && flis_is_same_text(trigger, "area")))
		return PointerGetDatum(row);
	flis_registry_use(fcinfo);
	n = flis_registry_areas(&known);
	found = flis_lookup_area(known, n, area, (int) strlen(area));
	if (found < 0 || strcmp(known[found].area, area) == 0)
		return PointerGetDatum(row);
	code = CStringGetTextDatum(known[found].area);
	return PointerGetDatum(heap_modify_tuple_by_cols(row, RelationGetDescr(trigger->tg_relation), 1,
													 &column, &code, &isnull));
}

/*
 * flis_is_named, a trigger after each row of flis_area that is deleted or gets another code, raises
 * 23503 if a row names the area.
 */
PG_FUNCTION_INFO_V1(flis_is_named);
Datum
flis_is_named(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = flis_trigger_of(fcinfo, 0);
	Relation relation = trigger->tg_relation;
	const char *area;

	flis_check_after_row(trigger);
	if (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) && flis_is_same_text(trigger, "area"))
		return PointerGetDatum(NULL);

	area = flis_text_of(relation, trigger->tg_trigtuple, "area");
	for (int i = 0; area != NULL && i < (int) lengthof(names); i++)
		if (has_row(RelationGetNamespace(relation), &names[i].shape, area, NULL))
			ereport(
				ERROR,
				(errcode(ERRCODE_FOREIGN_KEY_VIOLATION),
				 errmsg("area \"%s\" is still named by table \"%s\"", area, names[i].shape.table),
				 errhint("Delete those rows first, or set \"retired\" to true: a retired "
						 "row counts as deleted."),
				 errtableconstraint(relation, names[i].constraint)));
	return PointerGetDatum(NULL);
}

/*
 * has_row tells whether a table has a row with an area in the first column of its shape, as is
 * committed now or changed by this transaction so far.  Unless "second" is NULL it becomes the text of
 * the second column.
 */
static bool
has_row(Oid schema, const FlisTableShape *shape, const char *area, const char **second)
{
	Datum key = CStringGetTextDatum(area);
	FlisScan scan;
	bool has;

	CommandCounterIncrement();
	PushActiveSnapshot(GetLatestSnapshot());
	flis_scan_begin(&scan, shape, schema, GetActiveSnapshot(), 1, &key);
	has = flis_scan_next(&scan);
	if (has && second != NULL)
		*second = flis_text(&scan, 1);
	flis_scan_end(&scan);
	PopActiveSnapshot();
	return has;
}
