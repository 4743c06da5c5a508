/*
 * generation.c
 *		What this session is doing to the reference tables: which generation it drew, and whether a
 *		statement of it is changing them just now.
 *
 * Other sessions see nothing of it before the commit, and then all at once.  Here it decides how few
 * generations a load of many rows can do with, and what may not be kept.
 */
#include "generation.h"

#include "access/xact.h"
#include "utils/snapmgr.h"

#include "compat.h"

/* The last value drawn for flis_generation by this session. */
typedef struct Draw
{
	LocalTransactionId transaction;
	SubTransactionId subtransaction;
	Oid schema;
	bool read_since;
} Draw;

/* Statements this deep within each other are told apart by the subtransactions they began in. */
#define DEEPEST 16

/* The statements of this session that are changing reference tables, one within the other. */
typedef struct Change
{
	LocalTransactionId transaction;
	CommandId command; /* of the outermost */
	int depth;
	SubTransactionId begun_in[DEEPEST];
} Change;

static Draw draw;
static Change change;
static bool callback_registered;

static void register_callback(void);
static void on_subtransaction(SubXactEvent event, SubTransactionId subtransaction,
							  SubTransactionId parent, void *arg);

/*
 * flis_generation_must_draw tells whether a change that is about to be made needs a new generation.
 *
 * The last one drawn serves as long as nobody can tell the contents before the change from those
 * after it: this subtransaction drew it, so that no rollback parts the two, and this session hasn't
 * read it since; other sessions don't see it yet.  At the beginning of a statement there must be no
 * other snapshot either, because a cursor may read later what it saw then.
 */
bool
flis_generation_must_draw(Oid schema, bool for_statement)
{
	return draw.transaction != FLIS_LOCAL_XID ||
		   draw.subtransaction != GetCurrentSubTransactionId() || draw.schema != schema ||
		   draw.read_since || (for_statement && !ThereAreNoPriorRegisteredSnapshots());
}

/*
 * flis_generation_drawn notes that the current subtransaction drew a generation.
 */
void
flis_generation_drawn(Oid schema)
{
	register_callback();
	draw.transaction = FLIS_LOCAL_XID;
	draw.subtransaction = GetCurrentSubTransactionId();
	draw.schema = schema;
	draw.read_since = false;
}

/*
 * flis_change_begins notes that a statement begins to change a reference table.
 */
void
flis_change_begins(void)
{
	register_callback();
	if (change.transaction != FLIS_LOCAL_XID)
		change.depth = 0;
	if (change.depth == 0)
		change.command = GetCurrentCommandId(false);
	if (change.depth < DEEPEST)
		change.begun_in[change.depth] = GetCurrentSubTransactionId();
	change.depth++;
	change.transaction = FLIS_LOCAL_XID;
}

/*
 * flis_change_ends notes that it has changed all its rows.  One that fails never ends; its
 * subtransaction does.
 */
void
flis_change_ends(void)
{
	if (change.transaction == FLIS_LOCAL_XID && change.depth > 0)
		change.depth--;
}

/*
 * flis_sees_half_a_change tells whether a snapshot was taken within a statement that is changing a
 * reference table, by a trigger or a volatile function.  Such a snapshot sees the rows written so
 * far, and more of them later, whatever the generation.
 */
bool
flis_sees_half_a_change(Snapshot snapshot)
{
	return change.transaction == FLIS_LOCAL_XID && change.depth > 0 &&
		   snapshot->curcid > change.command;
}

/*
 * flis_generation_read notes that the registry has read the generation, and keeps what it names.
 */
void
flis_generation_read(void)
{
	draw.read_since = true;
}

static void
register_callback(void)
{
	if (!callback_registered)
		RegisterSubXactCallback(on_subtransaction, NULL);
	callback_registered = true;
}

/*
 * on_subtransaction forgets a generation that a rollback to a savepoint may have taken back, and the
 * statements that failed in it.  Of two subtransactions the later begun has the greater number, so
 * those within the one that ends are the ones from it on.
 */
static void
on_subtransaction(SubXactEvent event, SubTransactionId subtransaction, SubTransactionId parent,
				  void *arg)
{
	if (event != SUBXACT_EVENT_ABORT_SUB)
		return;
	draw.transaction = InvalidLocalTransactionId;
	while (change.depth > 0 && change.begun_in[Min(change.depth, DEEPEST) - 1] >= subtransaction)
		change.depth--;
}
