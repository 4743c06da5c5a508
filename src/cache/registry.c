/*
 * registry.c
 *		The reference rows as the caller's snapshot sees them: the cache.
 *
 * An answer from cached rows must be the one that a query over the reference tables would give,
 * under the same snapshot and when that snapshot first asked.  Why it is, premise by premise,
 * with the place in PostgreSQL 15 to 19 that makes each true and the test that fails where it is
 * not:
 *
 * 1. What a snapshot sees in the rows of a table follows from the transactions that run for it,
 * from its command number and from the subtransactions of its own transaction that were rolled
 * back (heapam_visibility.c, HeapTupleSatisfiesMVCC; XidInMVCCSnapshot).  The last change
 * without a change of the snapshot; on_subtransaction then forgets which one was checked
 * (rollback_to.spec).
 *
 * 2. Two snapshots of one transaction with the same xmax and equally many running transactions
 * have the same ones.  xmax is the number after that of the newest transaction that has ended
 * (procarray.c, GetSnapshotData).  Numbers are given out in order (varsup.c,
 * GetNewTransactionId), so that below xmax none begins, and the running ones only become fewer.
 * Of a running transaction no subtransaction is seen; so those need not be the same.  In
 * recovery the same holds of the known assigned ones, subtransactions included
 * (KnownAssignedXidsGetAndSetXmin).  (read_committed.spec, repeatable_read.spec,
 * serializable.spec, exactness.pl, standby.pl)
 *
 * 3. Only a transaction that is being prepared is counted twice: EndPrepare (twophase.c) adds it
 * to the array before PrepareTransaction (xact.c, ProcArrayClearTransaction) takes the session's
 * away. Where there may be such, the numbers of the running ones are compared (prepared.pl).
 *
 * So a call compares the fingerprint of the active snapshot (fingerprint.h) with that of the
 * last one that was checked in this transaction, and is done if they are equal.  Otherwise:
 *
 * 4. What changes rows writes a new random value into the one row of flis_generation, in the
 * same transaction and before the change: triggers that fire always (trigger.c, TriggerEnabled),
 * for TRUNCATE and for replication's apply, too.  (triggers.sql, tables.sql, replica.pl)
 *
 * 5. Two transactions that do so wait for each other: the second updates the value that the
 * first one has committed, or fails (heapam.c, heap_update; nodeModifyTable.c, ExecUpdate).  So
 * a snapshot that sees a value sees the changes up to the transaction that wrote it and none
 * after, and the value names the rows.  Within that transaction it doesn't: generation.c tells
 * for how long rows may be kept there. (writers.spec, cache.sql)
 *
 * 6. Not only rows are changed.  ALTER TABLE may write a table anew, TRUNCATE empties it, and
 * RENAME gives its name to another; a snapshot from before then sees nothing of it, under the
 * same value. Each of these writes the table's row in pg_class (swap_relation_files in
 * cluster.c, in repack.c from 19 on; relcache.c, RelationSetNewRelfilenumber; tablecmds.c,
 * RenameRelationInternal).  So rows are kept for other snapshots, and used for one, where it
 * sees the transaction that wrote that row (tables.c, sees): the premise of
 * pg_index.indcheckxmin.  (rewrite.spec, swap.spec)
 *
 * 7. Each of these takes ACCESS EXCLUSIVE and sends a message that the relation changed, which
 * is sent before the lock is released (xact.c, CommitTransaction; xact_redo_commit in recovery)
 * and received by the next to lock the table (lmgr.c, LockRelationOid).  So the tables are
 * locked for a moment before the value is compared (rewrite.spec); a transaction that has asked
 * before waits 10 ms at most, so that a TRUNCATE that waits for it meets no deadlock.  What a
 * snapshot has read holds for it when the message comes later; TRUNCATE waits for it
 * (truncate.spec).
 *
 * 8. A parallel worker doesn't know what its leader changed, so it caches for its snapshot alone
 * (generation.c).  A worker's snapshot is the leader's (parallel.c, ParallelWorkerMain).
 * (cache.sql)
 *
 * If the value is the same, the rows are; otherwise they are read again, and where they come out
 * the same, what was computed from them stays.  Each time that all is replaced is a load, and
 * has a number, so that a pointer into one is not followed in another.  Rows outlive
 * transactions.
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
	TimestampTz known_at; /* of what time the rows are */
	uint64 load;
	MemoryContext context; /* holds all below; NULL before the first read */
	FlisAreaRow *areas;
	FlisAreaRows *area_rows;		 /* read when they are asked for */
	FlisChannelRow *versions;		 /* of all channels, those of one together */
	int *first_version;				 /* of each channel, and one more for the end */
	int *leaders;					 /* the channel that each version follows, or -1 */
	int *wholes;					 /* the area that each one is a part of, or -1 */
	int packages;					 /* the channel of data packages, or -1 */
	FlisAnswerCache **answer_caches; /* by area and channel; NULL before they are asked for */
	int nareas;
	int nchannels;
} Registry;

static Registry registry;

/* What a call once a row looks at. */
FlisCurrentLoad flis_current_load;

static bool callbacks_registered;
static bool has_answered; /* in this transaction, which so holds a lock on flis_generation */

static void check(Oid schema);
static void note_checked(Snapshot snapshot);
static void register_callbacks(void);
static void on_transaction(XactEvent event, void *arg);
static void on_relation_change(Datum arg, Oid relation);
static void on_subtransaction(SubXactEvent event, SubTransactionId subtransaction,
							  SubTransactionId parent, void *arg);
static void reread_registry(const pg_uuid_t *generation);
static Registry read_names(const FlisTables *tables, const pg_uuid_t *generation);
static void replace_registry(Registry *fresh);
static void sort_channels(Registry *fresh, FlisChannelRow *rows, int nrows);
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
 * flis_registry_hold makes the registry hold what the active snapshot sees in a schema, and tells
 * the number of the load.
 */
uint64
flis_registry_hold(Oid schema)
{
	if (!ActiveSnapshotSet())
		elog(ERROR, "no snapshot to answer under");
	if (flis_current_load.load == 0 || registry.tables.schema != schema ||
		!flis_fingerprint_is(&flis_current_load.checked, GetActiveSnapshot()))
		check(schema);
	return registry.load;
}

/*
 * flis_registry_areas counts the areas and finds their rows.
 */
int
flis_registry_areas(const FlisAreaRow **rows)
{
	*rows = registry.areas;
	return registry.nareas;
}

/*
 * flis_registry_area finds an area by its code, name or alias; if there is none it raises an
 * error.
 */
int
flis_registry_area(const text *area)
{
	const char *word = VARDATA_ANY(area);
	int length = VARSIZE_ANY_EXHDR(area);
	int found = flis_lookup_area(registry.areas, registry.nareas, word, length);
	const char *retired;
	const char *nearest;

	if (found >= 0)
		return found;
	retired = flis_registry_retired(word, length);
	nearest = flis_nearest_area(registry.areas, registry.nareas, word, length);
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("unknown area \"%.*s\"", flis_shown_length(area), word),
					retired != NULL	  ? errhint("%s", flis_hint_of_retired(retired))
					: nearest != NULL ? errhint("Perhaps you meant \"%s\".", nearest)
									  : errhint("The areas are listed in table flis_area.")));
}

/*
 * flis_registry_retired finds the code of the retired area that a word names; NULL where it names none.  It
 * reads the table, for an error's hint.
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
 * flis_registry_channel finds a channel by its code or name; if there is none it raises an error.
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
 * flis_registry_channels counts the channels.
 */
int
flis_registry_channels(void)
{
	return registry.nchannels;
}

/*
 * flis_registry_channel_code finds the code of a channel.
 */
const char *
flis_registry_channel_code(int channel)
{
	return registry.versions[registry.first_version[channel]].channel;
}

/*
 * flis_registry_channel_versions counts the versions of a channel and finds them, by valid_from.
 */
int
flis_registry_channel_versions(int channel, const FlisChannelRow **versions)
{
	*versions = &registry.versions[registry.first_version[channel]];
	return registry.first_version[channel + 1] - registry.first_version[channel];
}

/*
 * flis_registry_answers finds the timeline and the cached answers of an area in a channel.
 */
FlisAnswerCache *
flis_registry_answers(int area, int channel)
{
	FlisAnswerCache *answers = registry.answer_caches[area * registry.nchannels + channel];

	return answers != NULL && answers->is_current ? answers : read_answers(area, channel);
}

/*
 * flis_registry_release_note reads the note of a release, into the current memory context; NULL where it
 * has none.  A release whose day or status comes from the one that it follows has the note of that one.
 * Notes are not cached.
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
 * flis_registry_leader finds the channel that a channel follows in a cycle that begins on a day; -1 if none.
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
 * flis_registry_status_words reads what one deck says of an area in words, into the current memory
 * context; they are not cached.
 */
bool
flis_registry_status_words(int area, FlisDay as_of, FlisStatusWords *words)
{
	return flis_read_status_words(&registry.tables, registry.areas[area].area, as_of, words);
}

/*
 * flis_registry_notices reads the notices of an area, into the current memory context; only their
 * number is cached.
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
 * flis_registry_waivers reads the waivers of an area, into the current memory context.
 */
FlisWaiverRow *
flis_registry_waivers(int area, int *n)
{
	return flis_read_waivers(&registry.tables, registry.areas[area].area, n);
}

/*
 * flis_registry_releases reads the releases of an area in a channel, into the current memory
 * context; the cache has only what answers depend on.
 */
FlisRelease *
flis_registry_releases(int area, int channel, int *n)
{
	return flis_read_releases(&registry.tables, registry.areas[area].area,
							  flis_registry_channel_code(channel), n);
}

/*
 * check reads the generation under the active snapshot, and the rows if it is another one than
 * theirs.
 */
static void
check(Oid schema)
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

		/* It stays stale until all is read, so that an error on the way doesn't bring it back. */
		generation = flis_read_generation(&tables);
		if (flis_known_time() != FLIS_KNOWN_NOW)
			flis_check_not_forgotten(schema, flis_known_time());
		fresh = read_names(&tables, &generation);
		replace_registry(&fresh);
	}
	else if (memcmp(&registry.generation, &generation, sizeof(generation)) != 0)
		reread_registry(&generation);

	if (scope != FLIS_CACHE_FOR_CALL)
	{
		note_checked(snapshot);
		flis_current_load.load = registry.load;
	}
	registry.tables.is_stale |= scope != FLIS_CACHE_FOR_GENERATION;
	has_answered = true;
}

/*
 * note_checked keeps the fingerprint of a snapshot, with a copy of the running transactions where
 * it needs them.
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
 * on_transaction forgets what was checked when a transaction ends: the next one may meet a snapshot
 * that looks the same, and has to take its own lock on the generation.
 */
static void
on_transaction(XactEvent event, void *arg)
{
	flis_current_load.load = 0;
	has_answered = false;
}

/*
 * on_relation_change marks the tables as stale if one was dropped, altered or truncated.  It may be
 * called at any time, so it frees nothing.
 */
static void
on_relation_change(Datum arg, Oid relation)
{
	for (int i = 0; i < FLIS_TABLES; i++)
		if (!OidIsValid(relation) || registry.tables.oids[i] == relation)
		{
			registry.tables.is_stale = true;
		}
}

/*
 * on_subtransaction forgets what was checked when a rollback to a savepoint takes changes back.
 */
static void
on_subtransaction(SubXactEvent event, SubTransactionId subtransaction, SubTransactionId parent,
				  void *arg)
{
	if (event == SUBXACT_EVENT_ABORT_SUB)
		flis_current_load.load = 0;
}

/*
 * reread_registry reads areas and channels again, after a change.  If they are the
 * cached ones, the other rows stay until they are read again and differ.
 */
static void
reread_registry(const pg_uuid_t *generation)
{
	FlisTables tables = registry.tables;
	Registry fresh = read_names(&tables, generation);

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
 * read_names reads areas and channels into a memory context of their own.  It is the caller's, so
 * that an error on the way frees it.  Rules, releases, statuses and notices follow when an area is
 * asked for.
 */
static Registry
read_names(const FlisTables *tables, const pg_uuid_t *generation)
{
	Registry fresh = {.tables = *tables, .generation = *generation, .known_at = flis_known_time()};
	MemoryContext caller = CurrentMemoryContext;
	FlisChannelRow *versions;
	int nversions;

	fresh.context = AllocSetContextCreate(caller, "flis registry", ALLOCSET_DEFAULT_SIZES);
	MemoryContextSwitchTo(fresh.context);
	fresh.areas = flis_read_areas(&fresh.tables, false, &fresh.nareas);
	versions = flis_read_channels(&fresh.tables, &nversions);
	sort_channels(&fresh, versions, nversions);
	find_leaders(&fresh);
	find_wholes(&fresh);
	MemoryContextSwitchTo(caller);
	return fresh;
}

/*
 * replace_registry puts areas and channels that were read in place of all that was cached.
 */
static void
replace_registry(Registry *fresh)
{
	MemoryContext caller = MemoryContextSwitchTo(fresh->context);
	FlisNames names;
	FlisAnswerPageStore pages;
	Size ncaches = (Size) fresh->nareas * fresh->nchannels;

	fresh->area_rows = palloc0(Max(fresh->nareas, 1) * sizeof(FlisAreaRows));
	fresh->answer_caches = palloc0(Max(ncaches, 1) * sizeof(FlisAnswerCache *));
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
 * sort_channels counts the channels, whose versions come together, and notes where each begins.
 */
static void
sort_channels(Registry *fresh, FlisChannelRow *rows, int nrows)
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
 * find_leaders finds the channel that each version follows.  One that there isn't any more, because it was
 * retired, is followed by none.
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
	fresh->leaders = palloc((nversions + 1) * sizeof(int));
	for (int i = 0; i < nversions; i++)
		fresh->leaders[i] = channel_of_code(fresh, fresh->versions[i].follows);
	fresh->packages = channel_of_code(fresh, "datapakke");
}

/*
 * channel_of_code finds the number of a channel; -1 if there is none, or the code is NULL.
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
 * find_wholes finds the area that each one is a part of.  Areas that are parts of each other in a circle,
 * and what is a part of them, are parts of none: such rows can only be restored, or written with triggers off.
 */
static void
find_wholes(Registry *fresh)
{
	bool *is_in_circle;

	fresh->wholes = palloc((fresh->nareas + 1) * sizeof(int));
	for (int i = 0; i < fresh->nareas; i++)
	{
		fresh->wholes[i] = -1;
		for (int j = 0; j < fresh->nareas && fresh->areas[i].part_of != NULL; j++)
			if (strcmp(fresh->areas[i].part_of, fresh->areas[j].area) == 0)
				fresh->wholes[i] = j;
	}
	is_in_circle = palloc0((fresh->nareas + 1) * sizeof(bool));
	for (int i = 0; i < fresh->nareas; i++)
	{
		int whole = i;

		for (int steps = 0; whole >= 0 && steps < fresh->nareas; steps++)
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
 * Each count of changes only grows, so that their sum tells whether one of them did.
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
 * read_releases reads the rules, channels and releases of an area in a channel, and finds its answers,
 * whose timeline may have no statuses and notices yet.
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
	/* It goes on to the channel that this one follows. */
	check_stack_depth();
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
 * release_rows finds what the releases of an area in a channel are built from, besides themselves; and the
 * sum of how often those that are followed were built.
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
 * rows_of finds the rules, statuses and notices of access of an area.
 */
static const FlisAreaRows *
rows_of(int area)
{
	FlisAreaRows *rows = &registry.area_rows[area];

	if (!rows->is_current)
		flis_area_rows_read(rows, &registry.tables, registry.areas[area].area, registry.context);
	return rows;
}
