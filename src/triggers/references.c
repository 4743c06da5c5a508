/*
 * references.c
 *		Triggers that hold the reference tables to the areas of flis_area, as foreign keys would.
 *
 * Two writers can't pass each other: whoever changes flis_area, flis_rule, flis_release, flis_status
 * or flis_notice holds the generation until the end of the transaction.  Of the other tables writers are
 * kept out while an area goes.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "storage/lmgr.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "cache/names.h"
#include "cache/registry.h"
#include "cache/tables.h"
#include "triggers/triggers.h"

/* Where an area may be named, and by which name the complaint goes. */
static const struct
{
	const char *table;
	const char *column;
	const char *constraint;
	bool has_generation;
} names[] = {{"flis_area", "part_of", "flis_area_part_of_is_an_area", true},
			 {"flis_rule", "area", "flis_rule_area_is_an_area", true},
			 {"flis_release", "area", "flis_release_area_is_an_area", true},
			 {"flis_status", "area", "flis_status_area_is_an_area", true},
			 {"flis_notice", "area", "flis_notice_area_is_an_area", true},
			 {"flis_cube", "area", "flis_cube_area_is_an_area", false},
			 {"flis_waiver", "area", "flis_waiver_area_is_an_area", false}};

static Datum column_value(Relation relation, HeapTuple row, const char *column, bool *isnull);
static int hint_of_area(FunctionCallInfo fcinfo, Datum area);
static bool is_same(Relation relation, const TriggerData *trigger, const char *column);
static void check_unnamed(Relation areas, const char *table, const char *column,
						  const char *constraint, Datum area);

/*
 * flis_names_area, a trigger after each row that names an area, refuses one that there isn't.
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
	if (flis_is_restore() || (is_update && is_same(relation, trigger, column)))
		return PointerGetDatum(NULL);

	area = column_value(relation, is_update ? trigger->tg_newtuple : trigger->tg_trigtuple, column,
						&isnull);
	if (!isnull && !flis_is_area(RelationGetNamespace(relation), area))
		ereport(ERROR,
				(errcode(ERRCODE_FOREIGN_KEY_VIOLATION),
				 errmsg("table \"%s\" names an area \"%s\" that is not in table \"flis_area\"",
						RelationGetRelationName(relation), TextDatumGetCString(area)),
				 hint_of_area(fcinfo, area),
				 errtableconstraint(relation, trigger->tg_trigger->tgargs[1])));
	return PointerGetDatum(NULL);
}

/*
 * hint_of_area adds the area that a word may have meant to an error.
 */
static int
hint_of_area(FunctionCallInfo fcinfo, Datum area)
{
	text *word = DatumGetTextPP(area);
	const FlisAreaRow *areas;
	const char *nearest;
	int n;

	flis_registry_use(fcinfo);
	n = flis_registry_areas(&areas);
	nearest = flis_nearest_area(areas, n, VARDATA_ANY(word), VARSIZE_ANY_EXHDR(word));
	if (nearest == NULL)
		return errhint("Add the area to flis_area first.");
	return errhint("Perhaps you meant \"%s\"; if not, add the area to flis_area first.", nearest);
}

/*
 * flis_area_to_code, a trigger before each row of flis_cube, replaces the name or alias of an area, in
 * any case, by its code.  A word that names no area stays, and is refused after the row.
 */
PG_FUNCTION_INFO_V1(flis_area_to_code);
Datum
flis_area_to_code(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = flis_trigger_of(fcinfo, 0);
	HeapTuple row =
		TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) ? trigger->tg_newtuple : trigger->tg_trigtuple;
	int column = flis_column_of(trigger->tg_relation, "area", TEXTOID);
	bool isnull;
	Datum area = column_value(trigger->tg_relation, row, "area", &isnull);
	const FlisAreaRow *areas;
	text *word;
	Datum code;
	int found;
	int n;

	if (isnull || (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) &&
				   is_same(trigger->tg_relation, trigger, "area")))
		return PointerGetDatum(row);
	word = DatumGetTextPP(area);
	flis_registry_use(fcinfo);
	n = flis_registry_areas(&areas);
	found = flis_lookup_area(areas, n, VARDATA_ANY(word), VARSIZE_ANY_EXHDR(word));
	if (found < 0)
		return PointerGetDatum(row);
	code = CStringGetTextDatum(areas[found].area);
	if (datum_image_eq(code, area, false, -1))
		return PointerGetDatum(row);
	return PointerGetDatum(heap_modify_tuple_by_cols(row, RelationGetDescr(trigger->tg_relation), 1,
													 &column, &code, &isnull));
}

/*
 * flis_is_named, a trigger after each area that is deleted or gets another code, refuses that while
 * another row names it.
 */
PG_FUNCTION_INFO_V1(flis_is_named);
Datum
flis_is_named(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = flis_trigger_of(fcinfo, 0);
	Relation areas = trigger->tg_relation;
	bool isnull;
	Datum area;

	flis_check_after_row(trigger);
	if (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) && is_same(areas, trigger, "area"))
		return PointerGetDatum(NULL);

	area = column_value(areas, trigger->tg_trigtuple, "area", &isnull);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	for (int i = 0; i < (int) lengthof(names); i++)
	{
		Oid table = get_relname_relid(names[i].table, RelationGetNamespace(areas));

		if (!names[i].has_generation && OidIsValid(table))
			LockRelationOid(table, ShareLock);
		check_unnamed(areas, names[i].table, names[i].column, names[i].constraint, area);
	}
	SPI_finish();
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
 * check_unnamed complains if a table names an area.
 */
static void
check_unnamed(Relation areas, const char *table, const char *column, const char *constraint,
			  Datum area)
{
	Oid type = TEXTOID;
	const char *schema = quote_identifier(get_namespace_name(RelationGetNamespace(areas)));
	char *command =
		psprintf("SELECT FROM %s.%s WHERE %s OPERATOR(pg_catalog.=) $1", schema, table, column);

	if (SPI_execute_with_args(command, 1, &type, &area, NULL, false, 1) != SPI_OK_SELECT)
		elog(ERROR, "could not execute \"%s\"", command);
	if (SPI_processed > 0)
		ereport(ERROR, (errcode(ERRCODE_FOREIGN_KEY_VIOLATION),
						errmsg("area \"%s\" is still named by table \"%s\"",
							   TextDatumGetCString(area), table),
						errhint("Delete those rows first, or set \"retired\" to true: a retired "
								"row counts as deleted."),
						errtableconstraint(areas, constraint)));
}
