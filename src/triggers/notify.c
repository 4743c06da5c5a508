/*
 * notify.c
 *		Notifies the sessions that listen on channel "flis" of changes, once for each statement and
 *		area.
 *
 * The row trigger only takes a note.  The notes are sent just before the commit, because a transaction
 * that has called NOTIFY can't be prepared for a two-phase commit.  A prepared transaction sends none.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "commands/async.h"
#include "commands/trigger.h"
#include "common/hashfn.h"
#include "fmgr.h"
#include "lib/ilist.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"
#include "utils/rel.h"

#include "base/iso_date.h"
#include "triggers/system_time.h"
#include "triggers/trigger.h"

#define CHANNEL "flis"
/* A payload must have fewer bytes than this (NOTIFY_PAYLOAD_MAX_LENGTH in async.c). */
#define PAYLOAD_LIMIT 8000

/* What a statement changed, and of which area; an empty text stands for all areas. */
typedef struct NoteKey
{
	CommandId command;
	const char *what;
	const char *area;
} NoteKey;

typedef struct Note
{
	NoteKey key;
	dlist_node node;
	SubTransactionId subtransaction;
	FlisDay as_of; /* the newest of the statement's rows; FLIS_NO_DAY where it has none */
} Note;

/* The notes of the current transaction: by key, and in the order of the changes. */
static HTAB *notes;
static dlist_head order;
static bool callbacks_registered;

static void take_note(CommandId command, const char *what, const char *area, FlisDay as_of);
static void begin_notes(void);
static uint32 hash_of(const void *key, Size size);
static int compare(const void *left, const void *right, Size size);
static void note_row(const TriggerData *trigger, HeapTuple row, CommandId command);
static void send_note(const Note *note);
static void on_transaction(XactEvent event, void *arg);
static void on_subtransaction(SubXactEvent event, SubTransactionId subtransaction,
							  SubTransactionId parent, void *arg);

/*
 * flis_notify, a trigger after each row that changes and after TRUNCATE, takes a note of the change.
 * Arguments: the kind of change for the payload's "what", and the column with the day for "as_of".
 *
 * All rows of one statement have the same command number, whatever triggers do in between.
 */
PG_FUNCTION_INFO_V1(flis_notify);
Datum
flis_notify(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = flis_trigger_of(fcinfo, 2);

	if (!TRIGGER_FIRED_BY_TRUNCATE(trigger->tg_event))
		flis_check_after_row(trigger);
	if ((TRIGGER_FIRED_BY_INSERT(trigger->tg_event) ||
		 TRIGGER_FIRED_BY_UPDATE(trigger->tg_event)) &&
		!flis_is_written(trigger->tg_relation, flis_row_of(trigger)))
		return PointerGetDatum(NULL);

	if (TRIGGER_FIRED_BY_TRUNCATE(trigger->tg_event))
		take_note(GetCurrentCommandId(false), trigger->tg_trigger->tgargs[0], "", FLIS_NO_DAY);
	else if (TRIGGER_FIRED_BY_DELETE(trigger->tg_event))
		note_row(trigger, trigger->tg_trigtuple,
				 HeapTupleHeaderGetCmax(trigger->tg_trigtuple->t_data));
	else if (TRIGGER_FIRED_BY_INSERT(trigger->tg_event))
		note_row(trigger, trigger->tg_trigtuple,
				 HeapTupleHeaderGetCmin(trigger->tg_trigtuple->t_data));
	else if (!flis_is_unchanged_but(trigger->tg_relation, trigger->tg_trigtuple,
									trigger->tg_newtuple, NULL, 0))
	{
		CommandId command = HeapTupleHeaderGetCmin(trigger->tg_newtuple->t_data);

		note_row(trigger, trigger->tg_trigtuple, command);
		note_row(trigger, trigger->tg_newtuple, command);
	}
	return PointerGetDatum(NULL);
}

/*
 * note_row takes a note of a change of a row.
 */
static void
note_row(const TriggerData *trigger, HeapTuple row, CommandId command)
{
	Relation relation = trigger->tg_relation;
	char **arguments = trigger->tg_trigger->tgargs;
	const char *area = flis_text_of(relation, row, "area");
	bool isnull;
	Datum day = flis_value_of(relation, row, arguments[1], DATEOID, &isnull);

	take_note(command, arguments[0], area != NULL ? area : "",
			  isnull ? FLIS_NO_DAY : DatumGetDateADT(day));
}

/*
 * take_note adds a note, or the day to the note of the same statement and area.
 */
static void
take_note(CommandId command, const char *what, const char *area, FlisDay as_of)
{
	NoteKey key = {command, what, area};
	Note *note;
	bool found;

	if (notes == NULL)
		begin_notes();
	note = hash_search(notes, &key, HASH_ENTER, &found);
	if (!found)
	{
		note->key.what = MemoryContextStrdup(TopTransactionContext, what);
		note->key.area = MemoryContextStrdup(TopTransactionContext, area);
		note->subtransaction = GetCurrentSubTransactionId();
		note->as_of = as_of;
		dlist_push_tail(&order, &note->node);
	}
	note->as_of = Max(note->as_of, as_of);
}

static void
begin_notes(void)
{
	HASHCTL control = {.keysize = sizeof(NoteKey),
					   .entrysize = sizeof(Note),
					   .hash = hash_of,
					   .match = compare,
					   .hcxt = TopTransactionContext};

	if (!callbacks_registered)
	{
		RegisterXactCallback(on_transaction, NULL);
		RegisterSubXactCallback(on_subtransaction, NULL);
		callbacks_registered = true;
	}
	dlist_init(&order);
	notes = hash_create("flis notes", 64, &control,
						HASH_ELEM | HASH_FUNCTION | HASH_COMPARE | HASH_CONTEXT);
}

static uint32
hash_of(const void *key, Size size)
{
	const NoteKey *note = key;

	return hash_combine(string_hash(note->area, strlen(note->area) + 1), note->command);
}

static int
compare(const void *left, const void *right, Size size)
{
	const NoteKey *one = left;
	const NoteKey *other = right;

	return !(one->command == other->command && strcmp(one->what, other->what) == 0 &&
			 strcmp(one->area, other->area) == 0);
}

/*
 * send_note sends a notification, which is delivered after the commit.  An area's code that might be too
 * long for a payload is sent as null.
 */
static void
send_note(const Note *note)
{
	StringInfoData payload;

	initStringInfo(&payload);
	appendStringInfoString(&payload, "{\"area\": ");
	if (note->key.area[0] != '\0' && strlen(note->key.area) < PAYLOAD_LIMIT / 8)
		escape_json(&payload, note->key.area);
	else
		appendStringInfoString(&payload, "null");
	appendStringInfoString(&payload, ", \"what\": ");
	escape_json(&payload, note->key.what);
	appendStringInfoString(&payload, ", \"as_of\": ");
	if (note->as_of == FLIS_NO_DAY)
		appendStringInfoString(&payload, "null}");
	else
		appendStringInfo(&payload, "\"%s\"}", flis_iso_date(note->as_of));
	Async_Notify(CHANNEL, payload.data);
}

/*
 * on_transaction sends the notes before a commit, and forgets them at the end of the transaction.
 */
static void
on_transaction(XactEvent event, void *arg)
{
	dlist_iter iter;

	if (notes == NULL)
		return;
	if (event == XACT_EVENT_PRE_COMMIT)
		dlist_foreach(iter, &order) send_note(dlist_container(Note, node, iter.cur));
	else if (event == XACT_EVENT_COMMIT || event == XACT_EVENT_ABORT || event == XACT_EVENT_PREPARE)
		notes = NULL;
}

/*
 * on_subtransaction forgets the notes of changes that a rollback to a savepoint takes back.  A
 * subtransaction that begins later has a greater number, so those within the one that ends have its
 * number or greater ones.
 */
static void
on_subtransaction(SubXactEvent event, SubTransactionId subtransaction, SubTransactionId parent,
				  void *arg)
{
	dlist_mutable_iter iter;

	if (notes == NULL || event != SUBXACT_EVENT_ABORT_SUB)
		return;
	dlist_foreach_modify(iter, &order)
	{
		Note *note = dlist_container(Note, node, iter.cur);

		if (note->subtransaction >= subtransaction)
		{
			dlist_delete(iter.cur);
			hash_search(notes, &note->key, HASH_REMOVE, NULL);
		}
	}
}
