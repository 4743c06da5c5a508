/*
 * generation.c
 *		What this session is doing to the reference tables: which generation it wrote, and whether a
 *		statement of it is changing them now.
 *
 * Other sessions see nothing of it before the commit, and then all at once.  Here it
 * decides how few generations a load of many rows needs, and what may not be cached.
 */
#include "cache/generation.h"

#include "access/parallel.h"
#include "access/xact.h"
#include "utils/snapmgr.h"

#include "base/compat.h"

/* The last value that this session wrote into flis_generation. */
typedef struct GenerationWrite
{
	LocalTransactionId transaction;
	SubTransactionId subtransaction;
	Oid schema;
	bool cached_since; /* rows were cached under it */
} GenerationWrite;

/* Statements this deep within each other are told apart by the subtransactions they began in. */
#define DEEPEST 16

/* The commands of this transaction that change reference tables, one within the other. */
typedef struct ChangeLevel
{
	LocalTransactionId transaction;
	CommandId first;
	CommandId last;
	CommandId running; /* the outermost of those that are not complete */
	int depth;		   /* and how many they are */
	SubTransactionId begun_in[DEEPEST];
} ChangeLevel;

static GenerationWrite last_write;
static ChangeLevel change;
static bool callback_registered;

static void note_command(CommandId command);
static void register_callback(void);
static void on_subtransaction(SubXactEvent event, SubTransactionId subtransaction,
							  SubTransactionId parent, void *arg);

/*
 * flis_generation_needs_write tells whether a change that is about to be made needs a new
 * generation.
 *
 * The last one serves as long as nobody can tell the rows before the change from those after it:
 * this subtransaction wrote it, so that no rollback parts the two, and this session has cached no
 * rows under it; other sessions don't see it yet.
 */
bool
flis_generation_needs_write(Oid schema)
{
	return last_write.transaction != FLIS_LOCAL_XID ||
		   last_write.subtransaction != GetCurrentSubTransactionId() ||
		   last_write.schema != schema || last_write.cached_since;
}

/*
 * flis_generation_written notes that the current subtransaction wrote a generation, by its last
 * command.
 */
void
flis_generation_written(Oid schema)
{
	register_callback();
	note_command(GetCurrentCommandId(false) - 1);
	last_write = (GenerationWrite){.transaction = FLIS_LOCAL_XID,
								   .subtransaction = GetCurrentSubTransactionId(),
								   .schema = schema};
}

/*
 * flis_generation_cached notes that rows are cached under the generation.
 */
void
flis_generation_cached(void)
{
	last_write.cached_since = true;
}

/*
 * flis_change_in_progress tells whether a change has begun that isn't complete.
 */
bool
flis_change_in_progress(void)
{
	return change.transaction == FLIS_LOCAL_XID && change.depth > 0;
}

/*
 * flis_change_begins notes that a statement begins to change a reference table.  Its rows have the
 * command of its snapshot, whatever other triggers have done meanwhile.
 */
void
flis_change_begins(void)
{
	CommandId command = GetActiveSnapshot()->curcid;

	register_callback();
	note_command(command);
	change.running = change.depth == 0 ? command : Min(change.running, command);
	if (change.depth < DEEPEST)
		change.begun_in[change.depth] = GetCurrentSubTransactionId();
	change.depth++;
}

/*
 * flis_change_ends notes that it has changed all its rows.  One that fails never ends; its
 * subtransaction does.
 */
void
flis_change_ends(void)
{
	if (flis_change_in_progress())
		change.depth--;
}

/*
 * flis_cache_scope_under tells for how long what is read under a snapshot may be cached.
 *
 * One that was taken within a statement that is changing a reference table, by a trigger or a
 * volatile function, sees the rows written so far, and more of them later.  One that was taken
 * between two of the transaction's changes, and outlived the second, may see a part of what its
 * generation names, or more.  A parallel worker cannot see the leader's changes, so it caches for
 * its snapshot only.
 */
FlisCacheScope
flis_cache_scope_under(Snapshot snapshot)
{
	if (IsParallelWorker())
		return FLIS_CACHE_FOR_SNAPSHOT;
	if (change.transaction != FLIS_LOCAL_XID || snapshot->curcid <= change.first)
		return FLIS_CACHE_FOR_GENERATION;
	if (change.depth > 0 && snapshot->curcid > change.running)
		return FLIS_CACHE_FOR_CALL;
	return snapshot->curcid <= change.last ? FLIS_CACHE_FOR_SNAPSHOT : FLIS_CACHE_FOR_GENERATION;
}

/*
 * note_command notes a command that changes a reference table or flis_generation.
 */
static void
note_command(CommandId command)
{
	if (change.transaction != FLIS_LOCAL_XID)
		change = (ChangeLevel){.transaction = FLIS_LOCAL_XID, .first = command, .last = command};
	change.first = Min(change.first, command);
	change.last = Max(change.last, command);
}

static void
register_callback(void)
{
	if (!callback_registered)
		RegisterSubXactCallback(on_subtransaction, NULL);
	callback_registered = true;
}

/*
 * on_subtransaction forgets a generation that a rollback to a savepoint may have taken back, and
 * the statements that failed in it.  Of two subtransactions the later begun has the greater number,
 * so those within the one that ends are the ones from it on.
 */
static void
on_subtransaction(SubXactEvent event, SubTransactionId subtransaction, SubTransactionId parent,
				  void *arg)
{
	if (event != SUBXACT_EVENT_ABORT_SUB)
		return;
	last_write.transaction = InvalidLocalTransactionId;
	while (change.depth > 0 && change.begun_in[Min(change.depth, DEEPEST) - 1] >= subtransaction)
		change.depth--;
}
