/*
 * references.c
 *		Triggers that hold the reference tables to the areas of flis_area, as foreign keys would.
 *
 * Every transaction that writes one of these tables holds the generation until it ends, so that an area
 * that was found stays, and a row that names an area is seen before the area goes.  Both are looked up
 * with the latest snapshot and without a permission check, whatever the isolation level is and whoever
 * writes, as a foreign key looks.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "cache/scan.h"
#include "triggers/system_time.h"
#include "triggers/trigger.h"

/* Where an area may be named, and the name of the constraint in an error. */
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

static Datum column_value(Relation relation, HeapTuple row, const char *column, bool *isnull);
static bool is_same(Relation relation, const TriggerData *trigger, const char *column);
static bool has_row(Oid schema, const FlisTableShape *shape, Datum area);

/*
 * flis_names_area, a trigger after each row that names an area, raises 23503 if there is no area of that
 * code.  Arguments: the column, and the name of the constraint in an error.
 */
PG_FUNCTION_INFO_V1(flis_names_area);
Datum
flis_names_area(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = flis_trigger_of(fcinfo, 2);
	Relation relation = trigger->tg_relation;
	const char *column = trigger->tg_trigger->tgargs[0];
	bool is_update = TRIGGER_FIRED_BY_UPDATE(trigger->tg_event);
	bool isnull;
	Datum area;

	flis_check_after_row(trigger);
	if (!flis_is_written(relation, flis_row_of(trigger)) ||
		(is_update && is_same(relation, trigger, column)))
		return PointerGetDatum(NULL);

	area = column_value(relation, flis_row_of(trigger), column, &isnull);
	if (!isnull && !has_row(RelationGetNamespace(relation), &areas, area))
		ereport(ERROR,
				(errcode(ERRCODE_FOREIGN_KEY_VIOLATION),
				 errmsg("table \"%s\" names an area \"%s\" that is not in table \"flis_area\"",
						RelationGetRelationName(relation), TextDatumGetCString(area)),
				 errhint("Add the area to flis_area first."),
				 errtableconstraint(relation, trigger->tg_trigger->tgargs[1])));
	return PointerGetDatum(NULL);
}

/*
 * flis_is_named, a trigger after each area that is deleted or gets another code, raises 23503 while another
 * row names the area.
 */
PG_FUNCTION_INFO_V1(flis_is_named);
Datum
flis_is_named(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = flis_trigger_of(fcinfo, 0);
	Relation relation = trigger->tg_relation;
	bool isnull;
	Datum area;

	flis_check_after_row(trigger);
	if (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) && is_same(relation, trigger, "area"))
		return PointerGetDatum(NULL);

	area = column_value(relation, trigger->tg_trigtuple, "area", &isnull);
	for (int i = 0; i < (int) lengthof(names); i++)
		if (has_row(RelationGetNamespace(relation), &names[i].shape, area))
			ereport(ERROR,
					(errcode(ERRCODE_FOREIGN_KEY_VIOLATION),
					 errmsg("area \"%s\" is still named by table \"%s\"", TextDatumGetCString(area),
							names[i].shape.table),
					 errhint("Delete those rows first, or set \"retired\" to true: a retired "
							 "row counts as deleted."),
					 errtableconstraint(relation, names[i].constraint)));
	return PointerGetDatum(NULL);
}

static Datum
column_value(Relation relation, HeapTuple row, const char *column, bool *isnull)
{
	return heap_getattr(row, flis_column_of(relation, column, TEXTOID), RelationGetDescr(relation),
						isnull);
}

/*
 * is_same tells whether an update leaves a text column as it was.
 */
static bool
is_same(Relation relation, const TriggerData *trigger, const char *column)
{
	bool old_null;
	bool new_null;
	Datum old_value = column_value(relation, trigger->tg_trigtuple, column, &old_null);
	Datum new_value = column_value(relation, trigger->tg_newtuple, column, &new_null);

	return old_null == new_null && (old_null || datum_image_eq(old_value, new_value, false, -1));
}

/*
 * has_row tells whether a table has a row with an area in the first column of its shape, in what is committed
 * now or this transaction has done so far.
 */
static bool
has_row(Oid schema, const FlisTableShape *shape, Datum area)
{
	FlisScan scan;
	bool has;

	CommandCounterIncrement();
	PushActiveSnapshot(GetLatestSnapshot());
	flis_scan_begin(&scan, shape, schema, GetActiveSnapshot(), 1, &area);
	has = flis_scan_next(&scan);
	flis_scan_end(&scan);
	PopActiveSnapshot();
	return has;
}
