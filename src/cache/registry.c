/*
 * registry.c
 *		Caches the reference rows as the active snapshot sees them, and decides when to read them
 *		again.
 *
 * An answer from cached rows must be the one that a query over the reference tables would give under the
 * same snapshot, at the time when that snapshot first asked.  The list says why it is: each premise has
 * the place in PostgreSQL 15 to 19 that makes it true, and the test that fails if it isn't.
 *
 * 1. What a snapshot sees in the rows of a table depends on three things: which transactions it takes as
 * running, its command number, and which subtransactions of its own transaction were rolled back
 * (heapam_visibility.c, HeapTupleSatisfiesMVCC; XidInMVCCSnapshot).  A rollback doesn't change the
 * snapshot itself, so after one on_subtransaction forgets which snapshot was checked.
 * (rollback_to.spec)
 *
 * 2. Two snapshots of one transaction with the same xmax and the same number of running transactions
 * have the same running transactions.  xmax is the number after that of the newest transaction that has
 * ended (procarray.c, GetSnapshotData).  Numbers are given out in order (varsup.c,
 * GetNewTransactionId), so that no transaction below xmax can begin: the running ones can only become
 * fewer.  Rows of a running transaction's subtransactions are not seen either, so their numbers need
 * not be the same.  In recovery the same holds for the known assigned transactions, which include
 * subtransactions (KnownAssignedXidsGetAndSetXmin).  (read_committed.spec, repeatable_read.spec,
 * serializable.spec, exactness.pl, standby.pl)
 *
 * 3. Only a transaction that is being prepared is counted twice: EndPrepare (twophase.c) adds it to the
 * array before PrepareTransaction (xact.c, ProcArrayClearTransaction) removes the session's own entry.
 * Where transactions may be prepared, the running transactions themselves are compared.  (prepared.pl)
 *
 * So a call compares the fingerprint of the active snapshot (fingerprint.h) with that of the last
 * snapshot that was checked in this transaction.  If they are equal the cached rows are used.
 * Otherwise:
 *
 * 4. Each change of a reference table writes a new random value into the one row of flis_generation, in
 * the same transaction and before the change.  That is done by triggers that always fire (trigger.c,
 * TriggerEnabled), also for TRUNCATE and when replication applies changes.  The rows of a table without
 * such a trigger are cached for one snapshot (tables.c, draws_generation); to disable a trigger sends an
 * invalidation message, too.  (triggers.sql, tables.sql, replica.pl, cache.sql, swap.spec)
 *
 * 5. Two transactions that do so wait for each other: the second updates the value that the first one
 * committed, or fails (heapam.c, heap_update; nodeModifyTable.c, ExecUpdate).  So a snapshot that sees a
 * value sees all changes up to the transaction that wrote it and none after it: the value identifies the
 * rows.  Within that transaction it doesn't, and generation.c tells for how long rows may be cached.
 * (writers.spec, cache.sql)
 *
 * 6. A table may also change without a change of its rows.  ALTER TABLE may rewrite it, TRUNCATE
 * empties it, and RENAME gives its name to another table; an older snapshot may then see other rows
 * under the same value.  Each of these writes the table's row in pg_class (swap_relation_files in
 * cluster.c, in repack.c from 19 on; relcache.c, RelationSetNewRelfilenumber; tablecmds.c,
 * RenameRelationInternal).  So rows are cached for other snapshots, and used for one, only if the
 * snapshot sees the transaction that wrote that row (tables.c, sees), as with pg_index.indcheckxmin.
 * (rewrite.spec, swap.spec)
 *
 * 7. Each of these takes an ACCESS EXCLUSIVE lock and sends an invalidation message, which is sent
 * before the lock is released (xact.c, CommitTransaction; xact_redo_commit in recovery) and received by
 * the next session that locks the table (lmgr.c, LockRelationOid).  So the tables are locked for a
 * moment before the value is compared (rewrite.spec).  A transaction that has had an answer before
 * waits at most 10 ms for such a lock, because a TRUNCATE may be waiting for it, which would be a
 * deadlock (truncate.spec).  Then it reads the table's row in pg_class under the snapshot: if it is the
 * same as when the table was read, the snapshot sees no later change of the table.
 *
 * 8. A parallel worker doesn't know what its leader changed, so it caches for its snapshot only
 * (generation.c).  Its snapshot is the leader's (parallel.c, ParallelWorkerMain).  (cache.sql)
 *
 * If the value is the same, the rows are the same.  Otherwise they are read again, and if they turn out
 * to be equal, what was computed from them stays.  When the lists of areas and channels are replaced,
 * all is replaced; that is called a load.  Loads are numbered, so that no pointer into one is used with
 * another.  The cached rows stay after the end of a transaction.
 */
#include "cache/registry.h"

#include "access/xact.h"
#include "miscadmin.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "cache/cached_rows.h"
#include "cache/generation.h"
#include "cache/known_at.h"
#include "cache/names.h"

/* The reference rows of one schema at one generation. */
typedef struct Registry
{
	FlisTables tables;
	pg_uuid_t generation;
	TimestampTz known_at; /* the value of flis.known_at under which they were read */
	uint64 load;
	MemoryContext context; /* contains all below; NULL before the first load */
	FlisAreaRow *areas;
	FlisAreaRows *area_rows;		 /* by area; read when they are first needed */
	FlisChannelRow *versions;		 /* of all channels, those of one channel together */
	int *first_version;				 /* by channel, with one more for the end */
	int *leaders;					 /* by version: the channel that it follows, or -1 */
	int *wholes;					 /* by area: the area that it is a part of, or -1 */
	int packages;					 /* the channel of data packages, or -1 */
	FlisAnswerCache **answer_caches; /* by area and channel; NULL before the first use */
	int nareas;
	int nchannels;
} Registry;

static Registry registry;

FlisCurrentLoad flis_current_load;

static bool callbacks_registered;
static bool has_answered; /* in this transaction, which therefore holds a lock on flis_generation */

static void refresh(Oid schema);
static void note_checked(Snapshot snapshot);
static void register_callbacks(void);
static void on_transaction(XactEvent event, void *arg);
static void on_relation_change(Datum arg, Oid relation);
static void on_subtransaction(SubXactEvent event, SubTransactionId subtransaction,
							  SubTransactionId parent, void *arg);
static void reread_registry(const pg_uuid_t *generation);
static Registry read_areas_and_channels(const FlisTables *tables, const pg_uuid_t *generation);
static void replace_registry(Registry *fresh);
static void group_versions(Registry *fresh, FlisChannelRow *rows, int nrows);
static void find_leaders(Registry *fresh);
static int channel_of_code(const Registry *fresh, const char *code);
static void find_wholes(Registry *fresh);
static FlisAnswerCache *read_answers(int area, int channel);
static FlisAnswerCache *read_releases(int area, int channel);
static FlisReleaseRows release_rows(const FlisAreaRows *rows, int area, int channel,
									uint64 *leaders);
static const FlisAreaRows *rows_of(int area);

/*
 * flis_registry_use makes the registry hold what the active snapshot sees in the schema of the
 * called function.
 */
void
flis_registry_use(FunctionCallInfo fcinfo)
{
	flis_registry_hold(get_func_namespace(fcinfo->flinfo->fn_oid));
}

/*
 * flis_registry_hold makes the registry hold what the active snapshot sees in a schema, and returns the
 * number of the load.
 */
uint64
flis_registry_hold(Oid schema)
{
	if (!ActiveSnapshotSet())
		elog(ERROR, "no snapshot to answer under");
	if (flis_current_load.load == 0 || registry.tables.schema != schema ||
		!flis_fingerprint_is(&flis_current_load.checked, GetActiveSnapshot()))
		refresh(schema);
	return registry.load;
}

/*
 * flis_registry_areas returns the number of areas, and their rows in *rows.
 */
int
flis_registry_areas(const FlisAreaRow **rows)
{
	*rows = registry.areas;
	return registry.nareas;
}

/*
 * flis_registry_area returns the area of a code, name or alias, or raises 22023.
 */
int
flis_registry_area(const text *area)
{
	const char *word = VARDATA_ANY(area);
	int length = VARSIZE_ANY_EXHDR(area);
	int found = flis_lookup_area(registry.areas, registry.nareas, word, length);
	bool is_now = flis_known_time() == FLIS_KNOWN_NOW;
	const char *retired;
	const char *nearest;

	if (found >= 0)
		return found;
	retired = flis_registry_retired(word, length);
	nearest = flis_nearest_area(registry.areas, registry.nareas, word, length);
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("unknown area \"%.*s\"", flis_shown_length(area), word),
					is_now ? 0
						   : errdetail("The areas are those that were known at %s, to which "
									   "flis.known_at is set.",
									   timestamptz_to_str(flis_known_time())),
					retired != NULL && is_now ? errhint("%s", flis_hint_of_retired(retired))
					: nearest != NULL		  ? errhint("Perhaps you meant \"%s\".", nearest)
					: is_now				  ? errhint("The areas are listed in table flis_area.")
							 : errhint("RESET flis.known_at to ask by what is known now.")));
}

/*
 * flis_registry_retired returns the code of the retired area that a word names; NULL if there is none.
 * It reads the table, because only hints of errors need it.
 */
const char *
flis_registry_retired(const char *word, int length)
{
	FlisTables tables = {.schema = registry.tables.schema};
	int n;
	const FlisAreaRow *areas = flis_read_areas(&tables, true, &n);
	int found = flis_lookup_area(areas, n, word, length);

	return found < 0 ? NULL : areas[found].area;
}

/*
 * flis_registry_channel returns the channel of a code or name, or raises 22023.
 */
int
flis_registry_channel(const text *channel)
{
	int version = flis_find_channel(registry.versions, registry.first_version[registry.nchannels],
									VARDATA_ANY(channel), VARSIZE_ANY_EXHDR(channel));
	int number = 0;

	while (registry.first_version[number + 1] <= version)
		number++;
	return number;
}

/*
 * flis_registry_channels returns the number of channels.
 */
int
flis_registry_channels(void)
{
	return registry.nchannels;
}

/*
 * flis_registry_channel_code returns the code of a channel.
 */
const char *
flis_registry_channel_code(int channel)
{
	return registry.versions[registry.first_version[channel]].channel;
}

/*
 * flis_registry_channel_versions returns the number of versions of a channel, and the versions in
 * *versions, by valid_from.
 */
int
flis_registry_channel_versions(int channel, const FlisChannelRow **versions)
{
	*versions = &registry.versions[registry.first_version[channel]];
	return registry.first_version[channel + 1] - registry.first_version[channel];
}

/*
 * flis_registry_answers returns the timeline and the cached answers of an area in a channel.
 */
FlisAnswerCache *
flis_registry_answers(int area, int channel)
{
	FlisAnswerCache *answers = registry.answer_caches[area * registry.nchannels + channel];

	return answers != NULL && answers->is_current ? answers : read_answers(area, channel);
}

/*
 * flis_registry_release_note reads the note of a release, which is not cached, into the current memory
 * context; NULL if it has none.  A release whose day or status comes from the one that it follows has
 * the note of that one.
 */
const char *
flis_registry_release_note(int area, int channel, FlisDay cycle)
{
	const FlisException *exception =
		flis_exception_for(flis_registry_timeline(area, channel), cycle);

	for (int i = exception != NULL ? exception->note_from : 0; i > 0; i--)
		channel = flis_registry_leader(channel, cycle);
	return flis_read_release_note(&registry.tables, registry.areas[area].area,
								  flis_registry_channel_code(channel), cycle);
}

/*
 * flis_registry_leader returns the channel that a channel follows in the cycle that begins on a day; -1
 * if none.
 */
int
flis_registry_leader(int channel, FlisDay cycle)
{
	int leader = -1;

	for (int i = registry.first_version[channel]; i < registry.first_version[channel + 1]; i++)
		if (registry.versions[i].terms.valid_from <= cycle)
			leader = registry.leaders[i];
	return leader;
}

/*
 * flis_registry_status_words reads what one deck says of an area in words, which is not cached, into the
 * current memory context; false if the deck doesn't have the area.
 */
bool
flis_registry_status_words(int area, FlisDay as_of, FlisStatusWords *words)
{
	return flis_read_status_words(&registry.tables, registry.areas[area].area, as_of, words);
}

/*
 * flis_registry_notices reads the notices of an area, of which only the number is cached, into the
 * current memory context.
 */
FlisNoticeRow *
flis_registry_notices(int area, int *n)
{
	*n = 0;
	return rows_of(area)->nnotices == 0
			   ? NULL
			   : flis_read_notices(&registry.tables, registry.areas[area].area, n);
}

/*
 * flis_registry_waivers reads the waivers of an area, which are not cached, into the current memory
 * context.
 */
FlisWaiverRow *
flis_registry_waivers(int area, int *n)
{
	return flis_read_waivers(&registry.tables, registry.areas[area].area, n);
}

/*
 * flis_registry_releases reads the rows of flis_release of an area in a channel into the current memory
 * context.
 */
FlisRelease *
flis_registry_releases(int area, int channel, int *n)
{
	return flis_read_releases(&registry.tables, registry.areas[area].area,
							  flis_registry_channel_code(channel), n);
}

/*
 * refresh reads the generation under the active snapshot, and if it is another one than that of the
 * cached rows, or they may not be used for this snapshot, it reads the rows again.
 */
static void
refresh(Oid schema)
{
	Snapshot snapshot = GetActiveSnapshot();
	FlisCacheScope scope = flis_cache_scope_under(snapshot);
	bool is_cached;
	pg_uuid_t generation;

	register_callbacks();
	flis_current_load.load = 0;
	if (scope == FLIS_CACHE_FOR_GENERATION)
		flis_generation_cached();

	is_cached = scope == FLIS_CACHE_FOR_GENERATION && registry.context != NULL &&
				registry.tables.schema == schema && registry.known_at == flis_known_time() &&
				flis_tables_are_current(&registry.tables, snapshot, !has_answered);
	if (is_cached && !flis_read_generation_fast(&registry.tables, &generation))
		generation = flis_read_generation(&registry.tables);
	if (!is_cached || registry.tables.is_stale)
	{
		FlisTables tables = {.schema = schema};
		Registry fresh;

		/* The registry stays stale until all is read, so that it isn't used after an error. */
		generation = flis_read_generation(&tables);
		if (flis_known_time() != FLIS_KNOWN_NOW)
			flis_check_not_forgotten(schema, flis_known_time());
		fresh = read_areas_and_channels(&tables, &generation);
		replace_registry(&fresh);
	}
	else if (memcmp(&registry.generation, &generation, sizeof(generation)) != 0)
		reread_registry(&generation);

	registry.tables.is_stale |= scope != FLIS_CACHE_FOR_GENERATION;
	if (scope != FLIS_CACHE_FOR_CALL)
	{
		note_checked(snapshot);
		flis_current_load.load = registry.load;
	}
	has_answered = true;
}

/*
 * note_checked keeps the fingerprint of a snapshot, with a copy of the running transactions if they
 * must be compared.
 */
static void
note_checked(Snapshot snapshot)
{
	static TransactionId *ids;
	static uint32 room;
	FlisFingerprint checked = flis_fingerprint_of(snapshot);

	if (checked.ids != NULL)
	{
		if (room < checked.running)
		{
			TransactionId *larger =
				MemoryContextAlloc(CacheMemoryContext, 2 * checked.running * sizeof(TransactionId));

			if (ids != NULL)
				pfree(ids);
			ids = larger;
			room = 2 * checked.running;
		}
		checked.ids = memcpy(ids, checked.ids, checked.running * sizeof(TransactionId));
	}
	flis_current_load.checked = checked;
}

static void
register_callbacks(void)
{
	if (callbacks_registered)
		return;
	CacheRegisterRelcacheCallback(on_relation_change, (Datum) 0);
	RegisterXactCallback(on_transaction, NULL);
	RegisterSubXactCallback(on_subtransaction, NULL);
	callbacks_registered = true;
}

/*
 * on_transaction forgets which snapshot was checked when a transaction ends: the next transaction may
 * have a snapshot with the same fingerprint, and must take its own lock on flis_generation.
 */
static void
on_transaction(XactEvent event, void *arg)
{
	flis_current_load.load = 0;
	has_answered = false;
}

/*
 * on_relation_change marks the tables as stale if one was dropped, altered or truncated.  It may be
 * called while the cached rows are in use, so it frees nothing.
 */
static void
on_relation_change(Datum arg, Oid relation)
{
	for (int i = 0; i < FLIS_TABLES; i++)
		if (!OidIsValid(relation) || registry.tables.oids[i] == relation)
			registry.tables.is_stale = true;
}

/*
 * on_subtransaction forgets which snapshot was checked when a rollback to a savepoint may change what it
 * sees.
 */
static void
on_subtransaction(SubXactEvent event, SubTransactionId subtransaction, SubTransactionId parent,
				  void *arg)
{
	if (event == SUBXACT_EVENT_ABORT_SUB)
		flis_current_load.load = 0;
}

/*
 * reread_registry reads areas and channels again after a change.  If they are equal to the cached ones,
 * the cached rows of the areas stay, and are compared when they are next needed.
 */
static void
reread_registry(const pg_uuid_t *generation)
{
	FlisTables tables = registry.tables;
	Registry fresh = read_areas_and_channels(&tables, generation);

	if (!flis_same_areas(registry.areas, registry.nareas, fresh.areas, fresh.nareas) ||
		!flis_same_channels(registry.versions, registry.first_version[registry.nchannels],
							fresh.versions, fresh.first_version[fresh.nchannels]))
	{
		replace_registry(&fresh);
		return;
	}

	MemoryContextDelete(fresh.context);
	fresh.tables.is_stale |= registry.tables.is_stale;
	registry.tables = fresh.tables;
	registry.generation = *generation;
	for (int area = 0; area < registry.nareas; area++)
		registry.area_rows[area].is_current = false;
	for (int i = 0; i < registry.nareas * registry.nchannels; i++)
		if (registry.answer_caches[i] != NULL)
			flis_answer_cache_invalidate(registry.answer_caches[i]);
}

/*
 * read_areas_and_channels reads areas and channels into a new memory context, which is a child of the
 * current one, so that an error frees it.  The other rows are read when an area is asked for.
 */
static Registry
read_areas_and_channels(const FlisTables *tables, const pg_uuid_t *generation)
{
	Registry fresh = {.tables = *tables, .generation = *generation, .known_at = flis_known_time()};
	MemoryContext caller = CurrentMemoryContext;
	FlisChannelRow *versions;
	int nversions;

	fresh.context = AllocSetContextCreate(caller, "flis registry", ALLOCSET_DEFAULT_SIZES);
	MemoryContextSwitchTo(fresh.context);
	fresh.areas = flis_read_areas(&fresh.tables, false, &fresh.nareas);
	versions = flis_read_channels(&fresh.tables, &nversions);
	group_versions(&fresh, versions, nversions);
	find_leaders(&fresh);
	find_wholes(&fresh);
	MemoryContextSwitchTo(caller);
	return fresh;
}

/*
 * replace_registry replaces all that is cached by areas and channels that were read: a new load.
 */
static void
replace_registry(Registry *fresh)
{
	MemoryContext caller = MemoryContextSwitchTo(fresh->context);
	FlisNames names;
	FlisAnswerPageStore pages;
	Size ncaches = (Size) fresh->nareas * fresh->nchannels;

	fresh->area_rows = palloc0(fresh->nareas * sizeof(FlisAreaRows));
	fresh->answer_caches = palloc0(ncaches * sizeof(FlisAnswerCache *));
	flis_names_begin(&names, fresh->context);
	flis_answer_pages_begin(&pages, fresh->context);
	MemoryContextSwitchTo(caller);

	MemoryContextSetParent(fresh->context, CacheMemoryContext);
	if (registry.context != NULL)
		MemoryContextDelete(registry.context);
	fresh->load = registry.load + 1;
	registry = *fresh;
	flis_current_load.names = names;
	flis_current_load.pages = pages;
	flis_current_load.schema = registry.tables.schema;
}

/*
 * group_versions counts the channels and finds the first version of each.
 */
static void
group_versions(Registry *fresh, FlisChannelRow *rows, int nrows)
{
	fresh->versions = rows;
	fresh->first_version = palloc((nrows + 1) * sizeof(int));
	fresh->nchannels = 0;
	for (int i = 0; i < nrows; i++)
		if (i == 0 || strcmp(rows[i].channel, rows[i - 1].channel) != 0)
			fresh->first_version[fresh->nchannels++] = i;
	fresh->first_version[fresh->nchannels] = nrows;
}

/*
 * find_leaders finds the channel that each version follows.  A channel that is retired is not found,
 * and so is not followed.
 */
static void
find_leaders(Registry *fresh)
{
	int nversions = fresh->first_version[fresh->nchannels];

	if (flis_channels_follow_in_circle(fresh->versions, nversions))
		ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
						errmsg("channels follow each other in a circle in table \"flis_channel\""),
						errhint("Set follows to NULL in one of them, or create the extension "
								"anew.")));
	fresh->leaders = palloc(nversions * sizeof(int));
	for (int i = 0; i < nversions; i++)
		fresh->leaders[i] = channel_of_code(fresh, fresh->versions[i].follows);
	fresh->packages = channel_of_code(fresh, "datapakke");
}

/*
 * channel_of_code returns the channel of a code; -1 if there is none, or the code is NULL.
 */
static int
channel_of_code(const Registry *fresh, const char *code)
{
	for (int i = 0; code != NULL && i < fresh->nchannels; i++)
		if (strcmp(fresh->versions[fresh->first_version[i]].channel, code) == 0)
			return i;
	return -1;
}

/*
 * find_wholes finds the area that each area is a part of.  Areas that are parts of each other in a
 * circle, or in a chain that is too long, and those that are parts of such an area, count as parts of
 * none: answers are found from part to whole, one within the other.
 */
static void
find_wholes(Registry *fresh)
{
	bool *is_in_circle;

	fresh->wholes = palloc(fresh->nareas * sizeof(int));
	for (int i = 0; i < fresh->nareas; i++)
	{
		CHECK_FOR_INTERRUPTS();
		fresh->wholes[i] = -1;
		for (int j = 0; j < fresh->nareas && fresh->areas[i].part_of != NULL; j++)
			if (strcmp(fresh->areas[i].part_of, fresh->areas[j].area) == 0)
			{
				fresh->wholes[i] = j;
				break;
			}
	}
	is_in_circle = palloc0(fresh->nareas * sizeof(bool));
	for (int i = 0; i < fresh->nareas; i++)
	{
		int whole = i;

		for (int steps = 0; whole >= 0 && steps < FLIS_MOST_WHOLES + 2; steps++)
			whole = fresh->wholes[whole];
		is_in_circle[i] = whole >= 0;
	}
	for (int i = 0; i < fresh->nareas; i++)
		if (is_in_circle[i])
			fresh->wholes[i] = -1;
	pfree(is_in_circle);
}

/*
 * read_answers reads the rows of an area in a channel, after a change or for the first time.
 *
 * Each counter can only grow, so that the sum is the same only if none of them has changed.
 */
static FlisAnswerCache *
read_answers(int area, int channel)
{
	FlisAnswerCache *answers = read_releases(area, channel);
	const FlisAreaRows *rows = rows_of(area);
	const FlisTimeline *packages = NULL;
	const FlisTimeline *whole = NULL;
	uint64 sources = (uint64) rows->version + answers->built;

	if (registry.packages >= 0 && rows->statuses.n > 0)
	{
		const FlisAnswerCache *other = read_releases(area, registry.packages);

		packages = &other->timeline;
		sources += other->built;
	}
	if (registry.wholes[area] >= 0)
	{
		const FlisAnswerCache *other = flis_registry_answers(registry.wholes[area], channel);

		whole = &other->timeline;
		sources += other->counted;
	}

	if (answers->sources == sources)
		flis_answer_cache_revalidate(answers);
	else
	{
		answers->sources = 0;
		flis_answer_cache_count(answers, rows, packages, whole, &flis_current_load.pages);
		answers->sources = sources;
		answers->is_current = true;
	}
	return answers;
}

/*
 * read_releases reads the rules and releases of an area in a channel, and builds its timeline anew if
 * they have changed.  The timeline it returns may have no statuses and notices yet.
 */
static FlisAnswerCache *
read_releases(int area, int channel)
{
	FlisAnswerCache **place = &registry.answer_caches[area * registry.nchannels + channel];
	FlisAnswerCache *answers = *place;
	const FlisAreaRows *rows;
	FlisReleaseRows built_from;
	FlisCachedRows releases = {.size = sizeof(FlisRelease)};
	uint64 leaders;

	if (answers != NULL && answers->has_current_releases)
		return answers;
	check_stack_depth(); /* release_rows calls this function for the followed channels */
	rows = rows_of(area);
	built_from = release_rows(rows, area, channel, &leaders);
	releases.rows = flis_read_releases(&registry.tables, registry.areas[area].area,
									   flis_registry_channel_code(channel), &releases.n);

	if (answers == NULL)
	{
		answers = MemoryContextAllocZero(registry.context, sizeof(FlisAnswerCache));
		answers->area = area;
		answers->channel = channel;
		*place = answers;
	}
	if (answers->version != rows->version || answers->leaders != leaders ||
		!flis_is_cached(&answers->releases, &releases))
	{
		answers->version = 0;
		answers->sources = 0;
		flis_cache_rows(&answers->releases, &releases, registry.context);
		built_from.releases = answers->releases.rows;
		built_from.nreleases = answers->releases.n;
		flis_answer_cache_build(answers, &built_from, &flis_current_load.pages);
		answers->version = rows->version;
		answers->leaders = leaders;
	}
	answers->has_current_releases = true;
	return answers;
}

/*
 * release_rows returns what the timeline of an area in a channel is built from, but for its releases;
 * and in *leaders the sum of "built" of the followed channels.
 */
static FlisReleaseRows
release_rows(const FlisAreaRows *rows, int area, int channel, uint64 *leaders)
{
	int first = registry.first_version[channel];
	int n = registry.first_version[channel + 1] - first;
	FlisChannel *channels = palloc(n * sizeof(FlisChannel));
	const FlisTimeline **timelines = palloc(n * sizeof(FlisTimeline *));

	*leaders = 0;
	for (int i = 0; i < n; i++)
	{
		int leader = registry.leaders[first + i];

		channels[i] = registry.versions[first + i].terms;
		timelines[i] = NULL;
		if (leader >= 0)
		{
			const FlisAnswerCache *answers = read_releases(area, leader);

			timelines[i] = &answers->timeline;
			*leaders += answers->built;
		}
	}
	return (FlisReleaseRows){.rules = rows->rules.rows,
							 .nrules = rows->rules.n,
							 .channels = channels,
							 .leaders = timelines,
							 .nchannels = n};
}

/*
 * rows_of returns the rules, statuses and notices of access of an area.
 */
static const FlisAreaRows *
rows_of(int area)
{
	FlisAreaRows *rows = &registry.area_rows[area];

	if (!rows->is_current)
		flis_area_rows_read(rows, &registry.tables, registry.areas[area].area, registry.context);
	return rows;
}
