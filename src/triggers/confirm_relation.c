/*
 * confirm_relation.c
 *		The trigger that notes the kind and the owner of each relation that is registered in flis_cube.
 *
 * flis_cube has the names of its relations, and the owner of a relation may put another one in its
 * place, such as a view, whose functions run with the privileges of the role that reads it.  So a
 * relation with another kind or owner than noted is not read until the row is confirmed.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "nodes/pg_list.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"
#include "utils/varlena.h"

#include "triggers/confirm_relation.h"
#include "triggers/trigger.h"

static const char *const naming_columns[FLIS_CUBE_RELATIONS] = {"cube", "period_dimension",
																"municipality_dimension"};

static bool names_changed(const TriggerData *trigger);
static Datum identities_of(HeapTuple row, Relation relation);
static const char *kind_of(char relkind);

/*
 * flis_confirm_relation, a trigger before each row of flis_cube, notes the kind and the owner of its
 * relations, if they are not given or another relation is named.
 */
PG_FUNCTION_INFO_V1(flis_confirm_relation);
Datum
flis_confirm_relation(PG_FUNCTION_ARGS)
{
	const TriggerData *trigger = flis_trigger_of(fcinfo, 0);
	bool is_update;
	HeapTuple row;
	bool isnull;
	Datum confirmed;
	int column;

	flis_check_before_row(trigger);
	if (TRIGGER_FIRED_BY_DELETE(trigger->tg_event))
		return PointerGetDatum(trigger->tg_trigtuple);
	is_update = TRIGGER_FIRED_BY_UPDATE(trigger->tg_event);
	row = is_update ? trigger->tg_newtuple : trigger->tg_trigtuple;
	flis_value_of(trigger->tg_relation, row, "confirmed", TEXTARRAYOID, &isnull);
	if (!isnull && !(is_update && names_changed(trigger)))
		return PointerGetDatum(row);
	confirmed = identities_of(row, trigger->tg_relation);
	column = flis_column_of(trigger->tg_relation, "confirmed", TEXTARRAYOID);
	isnull = false;
	row = heap_modify_tuple_by_cols(row, RelationGetDescr(trigger->tg_relation), 1, &column,
									&confirmed, &isnull);
	return PointerGetDatum(row);
}

/*
 * flis_relation_identity returns the kind and the owner of a relation, such as "table owned by loader";
 * an empty text if there is no such relation.
 */
char *
flis_relation_identity(Oid relation)
{
	HeapTuple row = SearchSysCache1(RELOID, ObjectIdGetDatum(relation));
	Form_pg_class form;
	char *identity;

	if (!HeapTupleIsValid(row))
		return pstrdup("");
	form = (Form_pg_class) GETSTRUCT(row);
	identity =
		psprintf("%s owned by %s", kind_of(form->relkind), GetUserNameFromId(form->relowner, true));
	ReleaseSysCache(row);
	return identity;
}

/*
 * flis_relation_holds_rows tells whether a relation holds rows itself, and has no query that is executed
 * when it is read.  A policy of row security still is, with the privileges of a caller to whom it applies.
 */
bool
flis_relation_holds_rows(Oid relation)
{
	char relkind = get_rel_relkind(relation);

	return relkind == RELKIND_RELATION || relkind == RELKIND_PARTITIONED_TABLE ||
		   relkind == RELKIND_MATVIEW;
}

/*
 * names_changed tells whether an update changes the name of a relation.
 */
static bool
names_changed(const TriggerData *trigger)
{
	for (int i = 0; i < FLIS_CUBE_RELATIONS; i++)
		if (!flis_is_same_text(trigger, naming_columns[i]))
			return true;
	return false;
}

/*
 * identities_of returns the kinds and owners of the relations that a row names.
 */
static Datum
identities_of(HeapTuple row, Relation relation)
{
	Datum identities[FLIS_CUBE_RELATIONS];

	for (int i = 0; i < FLIS_CUBE_RELATIONS; i++)
	{
		const char *name = flis_text_of(relation, row, naming_columns[i]);
		Oid named = name != NULL ? flis_relation_named(name) : InvalidOid;

		identities[i] = CStringGetTextDatum(flis_relation_identity(named));
	}
	return PointerGetDatum(
		construct_array(identities, FLIS_CUBE_RELATIONS, TEXTOID, -1, false, TYPALIGN_INT));
}

/*
 * flis_split_name splits a schema-qualified name, as in SQL, into its two parts; false if it isn't one.
 */
bool
flis_split_name(const char *name, const char **schema, const char **relation)
{
	List *names;

	if (!SplitIdentifierString(pstrdup(name), '.', &names) || list_length(names) != 2)
		return false;
	*schema = linitial(names);
	*relation = lsecond(names);
	return true;
}

/*
 * flis_relation_named returns the relation of a schema-qualified name; InvalidOid if there is none, or
 * if the name isn't one, which a constraint of the table refuses.
 */
Oid
flis_relation_named(const char *name)
{
	const char *schema;
	const char *relation;
	Oid namespace;

	if (!flis_split_name(name, &schema, &relation))
		return InvalidOid;
	namespace = get_namespace_oid(schema, true);
	return OidIsValid(namespace) ? get_relname_relid(relation, namespace) : InvalidOid;
}

static const char *
kind_of(char relkind)
{
	switch (relkind)
	{
		case RELKIND_RELATION:
		case RELKIND_PARTITIONED_TABLE:
			return "table";
		case RELKIND_VIEW:
			return "view";
		case RELKIND_MATVIEW:
			return "materialized view";
		case RELKIND_FOREIGN_TABLE:
			return "foreign table";
		default:
			return "relation";
	}
}
