/*
 * print_trigger.c
 *		The trigger that keeps flis_print append-only: a print, once taken, is neither changed nor
 *		deleted until flis_forget() is called.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"

#include "cache/known_at.h"
#include "triggers/trigger.h"

static bool is_forgotten(const TriggerData *trigger);

/*
 * flis_keep_print, a trigger before each UPDATE and DELETE of a row of flis_print and before TRUNCATE,
 * raises 23001, except for the DELETE of a print that flis_forget() has forgotten.
 */
PG_FUNCTION_INFO_V1(flis_keep_print);
Datum
flis_keep_print(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = flis_trigger_of(fcinfo, 0);

	if (strcmp(RelationGetRelationName(trigger->tg_relation), "flis_print") != 0)
		flis_misplaced(trigger, "It must be a trigger of flis_print.");
	if (!TRIGGER_FIRED_BY_TRUNCATE(trigger->tg_event))
		flis_check_before_row(trigger);
	if (TRIGGER_FIRED_BY_INSERT(trigger->tg_event))
		flis_misplaced(trigger, "It must be no trigger of INSERT.");
	if (TRIGGER_FIRED_BY_DELETE(trigger->tg_event) && is_forgotten(trigger))
		return PointerGetDatum(trigger->tg_trigtuple);
	ereport(ERROR,
			(errcode(ERRCODE_RESTRICT_VIOLATION),
			 errmsg("table \"%s\" is append-only", RelationGetRelationName(trigger->tg_relation)),
			 errhint("The owner forgets old prints by: SELECT flis_forget('2020-01-01');")));
}

/*
 * is_forgotten tells whether a print was taken before a time that flis_forget() was called with.
 */
static bool
is_forgotten(const TriggerData *trigger)
{
	Relation relation = trigger->tg_relation;
	bool isnull;
	Datum seen_at =
		flis_value_of(relation, trigger->tg_trigtuple, "seen_at", TIMESTAMPTZOID, &isnull);

	return !isnull && DatumGetTimestampTz(seen_at) <
						  flis_forgotten_before(RelationGetNamespace(relation), SnapshotSelf);
}
