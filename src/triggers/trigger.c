/*
 * trigger.c
 *		Functions for all trigger functions: they check how a trigger is fired, and return columns,
 *		values and the key of a row.
 *
 * A trigger that needs the key of a row has the columns of the key as its arguments.
 */
#include "triggers/trigger.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "commands/extension.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "base/compat.h"
#include "base/iso_date.h"

static bool is_among(const char *name, const char *const *names, int n);

/*
 * flis_trigger_of returns the TriggerData of a call.  It raises 39P01 if the function isn't called as a
 * trigger, or if the trigger has fewer than nargs arguments.
 */
TriggerData *
flis_trigger_of(FunctionCallInfo fcinfo, int nargs)
{
	TriggerData *trigger = (TriggerData *) fcinfo->context;

	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR, (errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
						errmsg("function \"%s\" must be called as a trigger",
							   get_func_name(fcinfo->flinfo->fn_oid))));
	if (trigger->tg_trigger->tgnargs < nargs)
		flis_misplaced(trigger, psprintf("It needs %d arguments.", nargs));
	return trigger;
}

/*
 * flis_check_before_row raises 39P01 unless the trigger is fired before a row.
 */
void
flis_check_before_row(const TriggerData *trigger)
{
	if (!TRIGGER_FIRED_BEFORE(trigger->tg_event) || !TRIGGER_FIRED_FOR_ROW(trigger->tg_event))
		flis_misplaced(trigger, "It must be a BEFORE trigger FOR EACH ROW.");
}

/*
 * flis_check_after_row raises 39P01 unless the trigger is fired after a row.
 */
void
flis_check_after_row(const TriggerData *trigger)
{
	if (!TRIGGER_FIRED_AFTER(trigger->tg_event) || !TRIGGER_FIRED_FOR_ROW(trigger->tg_event))
		flis_misplaced(trigger, "It must be an AFTER trigger FOR EACH ROW.");
}

/*
 * flis_misplaced raises 39P01 for a trigger that the extension doesn't create in this way.
 */
void
flis_misplaced(const TriggerData *trigger, const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
			 errmsg("trigger \"%s\" of table \"%s\" is not as extension flis creates it",
					trigger->tg_trigger->tgname, RelationGetRelationName(trigger->tg_relation)),
			 errdetail("%s", detail),
			 errhint("Drop the trigger; the extension's tables have theirs.")));
}

/*
 * flis_row_of returns the new row of an INSERT or UPDATE, or the row that a DELETE deletes.
 */
HeapTuple
flis_row_of(const TriggerData *trigger)
{
	return TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) ? trigger->tg_newtuple
													  : trigger->tg_trigtuple;
}

/*
 * flis_is_in_extension_script tells whether a script of this extension is running: CREATE EXTENSION or
 * ALTER EXTENSION UPDATE.
 */
bool
flis_is_in_extension_script(void)
{
	return creating_extension && CurrentExtensionObject == get_extension_oid("flis", true);
}

/*
 * flis_is_replicating tells whether rows arrive from another database, by session_replication_role.
 */
bool
flis_is_replicating(void)
{
	return SessionReplicationRole == SESSION_REPLICATION_ROLE_REPLICA;
}

/*
 * flis_column_of returns the number of a column.  It raises 55000 if there is none of that name and
 * type; InvalidOid stands for any type.
 */
int
flis_column_of(Relation relation, const char *name, Oid type)
{
	int column = SPI_fnumber(RelationGetDescr(relation), name);

	if (column <= 0 ||
		(OidIsValid(type) && SPI_gettypeid(RelationGetDescr(relation), column) != type))
		flis_raise_altered_table(RelationGetRelationName(relation), name);
	return column;
}

/*
 * flis_value_of returns the value of a column in a row, with the errors of flis_column_of.
 */
Datum
flis_value_of(Relation relation, HeapTuple row, const char *column, Oid type, bool *isnull)
{
	return heap_getattr(row, flis_column_of(relation, column, type), RelationGetDescr(relation),
						isnull);
}

/*
 * flis_text_of returns a copy of the value of a text column in a row, or NULL.
 */
char *
flis_text_of(Relation relation, HeapTuple row, const char *column)
{
	bool isnull;
	Datum value = flis_value_of(relation, row, column, TEXTOID, &isnull);

	return isnull ? NULL : TextDatumGetCString(value);
}

/*
 * flis_is_unchanged_but tells whether two versions of a row have the same values, in all columns but
 * the n "uncounted" ones.
 */
bool
flis_is_unchanged_but(Relation relation, HeapTuple old_row, HeapTuple new_row,
					  const char *const *uncounted, int n)
{
	TupleDesc descriptor = RelationGetDescr(relation);

	for (int i = 0; i < descriptor->natts; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(descriptor, i);
		bool old_null;
		bool new_null;
		Datum old_value;
		Datum new_value;

		/* Generated columns depend on the others, and are computed after the BEFORE triggers. */
		if (attribute->attisdropped || attribute->attgenerated != '\0' ||
			is_among(NameStr(attribute->attname), uncounted, n))
			continue;
		old_value = heap_getattr(old_row, i + 1, descriptor, &old_null);
		new_value = heap_getattr(new_row, i + 1, descriptor, &new_null);
		if (old_null != new_null ||
			(!old_null &&
			 !datum_image_eq(old_value, new_value, attribute->attbyval, attribute->attlen)))
			return false;
	}
	return true;
}

static bool
is_among(const char *name, const char *const *names, int n)
{
	for (int i = 0; i < n; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/*
 * flis_key_of returns the key of a row as text: its columns separated by commas, with days in ISO 8601.
 */
char *
flis_key_of(const TriggerData *trigger, HeapTuple row)
{
	TupleDesc descriptor = RelationGetDescr(trigger->tg_relation);
	StringInfoData key;

	initStringInfo(&key);
	for (int i = 0; i < trigger->tg_trigger->tgnargs; i++)
	{
		int column =
			flis_column_of(trigger->tg_relation, trigger->tg_trigger->tgargs[i], InvalidOid);
		bool isnull;
		Datum value = heap_getattr(row, column, descriptor, &isnull);

		if (i > 0)
			appendStringInfoChar(&key, ',');
		if (isnull)
			continue;
		if (SPI_gettypeid(descriptor, column) == DATEOID)
			appendStringInfoString(&key, flis_iso_date(DatumGetDateADT(value)));
		else
			appendStringInfoString(&key, SPI_getvalue(row, descriptor, column));
	}
	return key.data;
}

/*
 * flis_key_shape makes a shape of a table with the columns of the trigger's key.  It raises 55000 if a
 * column has a type that no key has, and 39P01 if there are too many.
 */
FlisTableShape
flis_key_shape(const TriggerData *trigger, const char *table)
{
	FlisTableShape shape = {.table = table, .ncolumns = trigger->tg_trigger->tgnargs};

	if (shape.ncolumns < 1 || shape.ncolumns > FLIS_MAX_KEYS)
		flis_misplaced(trigger, psprintf("It needs 1 to %d arguments.", FLIS_MAX_KEYS));
	for (int i = 0; i < shape.ncolumns; i++)
	{
		const char *name = trigger->tg_trigger->tgargs[i];
		int column = flis_column_of(trigger->tg_relation, name, InvalidOid);
		Oid type = SPI_gettypeid(RelationGetDescr(trigger->tg_relation), column);

		if (type != TEXTOID && type != DATEOID && type != INT2OID && type != INT4OID)
			flis_column_of(trigger->tg_relation, name, TEXTOID);
		shape.columns[i].name = name;
		shape.columns[i].type = type;
	}
	return shape;
}

/*
 * flis_key_values fills in the values of a row's key.  It raises 23502 for a NULL, as the table would.
 */
void
flis_key_values(const TriggerData *trigger, HeapTuple row, Datum *values)
{
	Relation relation = trigger->tg_relation;

	for (int i = 0; i < trigger->tg_trigger->tgnargs; i++)
	{
		const char *name = trigger->tg_trigger->tgargs[i];
		bool isnull;

		values[i] = heap_getattr(row, flis_column_of(relation, name, InvalidOid),
								 RelationGetDescr(relation), &isnull);
		if (isnull)
			ereport(ERROR, (errcode(ERRCODE_NOT_NULL_VIOLATION),
							errmsg("null value in column \"%s\" of relation \"%s\" violates "
								   "not-null constraint",
								   name, RelationGetRelationName(relation)),
							errtablecol(relation, flis_column_of(relation, name, InvalidOid))));
	}
}

/*
 * flis_is_same_text tells whether an update leaves a text column unchanged.
 */
bool
flis_is_same_text(const TriggerData *trigger, const char *column)
{
	Relation relation = trigger->tg_relation;
	bool old_null;
	bool new_null;
	Datum old_value = flis_value_of(relation, trigger->tg_trigtuple, column, TEXTOID, &old_null);
	Datum new_value = flis_value_of(relation, trigger->tg_newtuple, column, TEXTOID, &new_null);

	return old_null == new_null && (old_null || datum_image_eq(old_value, new_value, false, -1));
}

/*
 * flis_is_same_key tells whether an update leaves the key of its row unchanged.
 */
bool
flis_is_same_key(const TriggerData *trigger)
{
	TupleDesc descriptor = RelationGetDescr(trigger->tg_relation);

	for (int i = 0; i < trigger->tg_trigger->tgnargs; i++)
	{
		int column =
			flis_column_of(trigger->tg_relation, trigger->tg_trigger->tgargs[i], InvalidOid);
		Form_pg_attribute attribute = TupleDescAttr(descriptor, column - 1);
		bool isnull;
		Datum before = heap_getattr(trigger->tg_trigtuple, column, descriptor, &isnull);
		Datum after = isnull ? 0 : heap_getattr(trigger->tg_newtuple, column, descriptor, &isnull);

		if (isnull || !datum_image_eq(before, after, attribute->attbyval, attribute->attlen))
			return false;
	}
	return true;
}
