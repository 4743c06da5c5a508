/*
 * generation.c
 *		Keeps track of this session's own changes of the reference tables: which generation it wrote
 *		last, and whether one of its statements is changing a table now.
 *
 * Other sessions see the changes at the commit, all at once.  In this session the last generation
 * written tells whether the next change needs a new one, and the statements tell for how long rows that
 * are read may be cached.
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
	bool cached_since; /* rows were cached since */
} GenerationWrite;

/* The number of nested statements whose subtransactions are noted.  Deeper ones share the last entry. */
#define MOST_NOTED 16

/* The commands of this transaction that change reference tables.  One may run within another. */
typedef struct Changes
{
	LocalTransactionId transaction;
	CommandId first;
	CommandId last;
	CommandId running; /* the outermost one that isn't complete */
	int depth;		   /* how many are not complete */
	SubTransactionId begun_in[MOST_NOTED];
} Changes;

static GenerationWrite last_write;
static Changes changes;
static bool callback_registered;

static void note_command(CommandId command);
static void register_callback(void);
static void on_subtransaction(SubXactEvent event, SubTransactionId subtransaction,
							  SubTransactionId parent, void *arg);

/*
 * flis_generation_needs_write tells whether a change that is about to be made needs a new generation.
 *
 * The last one can be used again if this subtransaction wrote it, so that a rollback takes back both or
 * none, and this session has cached no rows since.  Other sessions don't see it yet.
 */
bool
flis_generation_needs_write(Oid schema)
{
	return last_write.transaction != FLIS_LOCAL_XID ||
		   last_write.subtransaction != GetCurrentSubTransactionId() ||
		   last_write.schema != schema || last_write.cached_since;
}

/*
 * flis_generation_written notes that the previous command of the current subtransaction wrote a
 * generation.
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
 * flis_generation_cached notes that rows are cached.
 */
void
flis_generation_cached(void)
{
	last_write.cached_since = true;
}

/*
 * flis_change_in_progress tells whether a statement of this session is changing a reference table.
 */
bool
flis_change_in_progress(void)
{
	return changes.transaction == FLIS_LOCAL_XID && changes.depth > 0;
}

/*
 * flis_change_begins notes that a statement begins to change a reference table.  The rows that it writes
 * have the command number of its snapshot, whatever triggers have done meanwhile.
 */
void
flis_change_begins(void)
{
	CommandId command = GetActiveSnapshot()->curcid;

	register_callback();
	note_command(command);
	changes.running = changes.depth == 0 ? command : Min(changes.running, command);
	if (changes.depth < MOST_NOTED)
		changes.begun_in[changes.depth] = GetCurrentSubTransactionId();
	changes.depth++;
}

/*
 * flis_change_ends notes that the innermost statement has changed all its rows.  For a statement that
 * fails it is not called; on_subtransaction forgets that one.
 */
void
flis_change_ends(void)
{
	if (flis_change_in_progress())
		changes.depth--;
}

/*
 * flis_cache_scope_under tells for how long rows that are read under a snapshot may be cached.
 *
 * A snapshot that a trigger or a volatile function takes within a statement that is changing a
 * reference table sees the rows written so far, and later more of them: nothing may be cached.  A
 * snapshot that was taken between two changes of the transaction and is used after the second may see
 * other rows than those of the generation that it sees: they are cached for this snapshot only.  So are
 * those that a parallel worker reads, because it doesn't know the leader's changes.
 */
FlisCacheScope
flis_cache_scope_under(Snapshot snapshot)
{
	if (IsParallelWorker())
		return FLIS_CACHE_FOR_SNAPSHOT;
	if (changes.transaction != FLIS_LOCAL_XID || snapshot->curcid <= changes.first)
		return FLIS_CACHE_FOR_GENERATION;
	if (changes.depth > 0 && snapshot->curcid > changes.running)
		return FLIS_CACHE_FOR_CALL;
	return snapshot->curcid <= changes.last ? FLIS_CACHE_FOR_SNAPSHOT : FLIS_CACHE_FOR_GENERATION;
}

/*
 * note_command notes that a command changes a reference table or flis_generation.
 */
static void
note_command(CommandId command)
{
	if (changes.transaction != FLIS_LOCAL_XID)
		changes = (Changes){.transaction = FLIS_LOCAL_XID, .first = command, .last = command};
	changes.first = Min(changes.first, command);
	changes.last = Max(changes.last, command);
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
 * statements that failed in it.  A subtransaction that begins later has a greater number, so those
 * within the one that ends have its number or greater ones.
 */
static void
on_subtransaction(SubXactEvent event, SubTransactionId subtransaction, SubTransactionId parent,
				  void *arg)
{
	if (event != SUBXACT_EVENT_ABORT_SUB)
		return;
	last_write.transaction = InvalidLocalTransactionId;
	while (changes.depth > 0 &&
		   changes.begun_in[Min(changes.depth, MOST_NOTED) - 1] >= subtransaction)
		changes.depth--;
}
