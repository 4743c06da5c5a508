/*
 * registry.c
 *		The reference rows as the caller's snapshot sees them: the cache.
 *
 * An answer must be the one that a query over the reference tables under the caller's snapshot would
 * give.  So nothing here waits for a message that something changed.  The one row of flis_generation
 * names the contents of all the tables: every change of one draws a new value, in the same
 * transaction, and so a snapshot that sees the value sees exactly the rows that were read when the
 * value was.  A call compares the active snapshot with the last one that was checked, a few integers;
 * if it differs the generation is read under it, and if that differs the rows are.
 *
 * Rows outlive snapshots and transactions; what is freed with them is freed when the generation
 * changes.  Relation cache messages only tell that a table was dropped, altered or truncated, for
 * TRUNCATE isn't transactional: then even an old snapshot sees no rows.  To keep it from coming
 * between two calls of one transaction, the lock on flis_generation is kept until its end and
 * TRUNCATE waits for it.
 */
#include "registry.h"

#include "access/xact.h"
#include "catalog/namespace.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "compat.h"
#include "fingerprint.h"
#include "generation.h"
#include "names.h"
#include "notice.h"
#include "spelling.h"

/* What was read of an area; its timelines follow in memos as they are asked for. */
typedef struct AreaRows
{
	bool read;
	FlisRule *rules;
	FlisStatus *statuses;
	FlisClosure *closures;
	int nrules;
	int nstatuses;
	int nclosures;
	int nnotices;
} AreaRows;

/* The reference rows of one schema at one generation. */
typedef struct Registry
{
	FlisTables tables;
	pg_uuid_t generation;
	MemoryContext context; /* holds all below; NULL before the first read */
	bool stale;			   /* a table was dropped, altered or truncated */
	FlisAreaRow *areas;
	AreaRows *area_rows;
	FlisChannelRow *versions; /* of all channels, those of one together */
	int *first_version;		  /* of each channel, and one more for the end */
	FlisMemo **memos;		  /* by area and channel; NULL before they are asked for */
	int nareas;
	int nchannels;
} Registry;

static Registry registry;

/* What a call once a row looks at. */
FlisAtHand flis_at_hand;

static bool callbacks_registered;
static bool message_came; /* like stale, but since reading began */

static void register_callbacks(void);
static void on_relation_change(Datum arg, Oid relation);
static void on_subtransaction(SubXactEvent event, SubTransactionId subtransaction,
							  SubTransactionId parent, void *arg);
static void read_registry(const FlisTables *tables, const pg_uuid_t *generation);
static void sort_channels(Registry *fresh, FlisChannelRow *rows, int nrows);
static int find_area(const char *word, int length);
static int find_channel(const char *word, int length);
static void read_area(int area);
static FlisClosure *read_closures(const char *area, AreaRows *rows);
static FlisMemo *read_memo(int area, int channel);
static void *kept(const void *rows, Size size);

/*
 * flis_registry_use makes the registry hold what the active snapshot sees.
 */
void
flis_registry_use(FunctionCallInfo fcinfo)
{
	if (!flis_is_checked(fcinfo))
		flis_check_registry(fcinfo);
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
 * flis_registry_area finds an area by its code, name or alias, and complains if there is none.
 */
int
flis_registry_area(const text *area)
{
	return find_area(VARDATA_ANY(area), VARSIZE_ANY_EXHDR(area));
}

/*
 * flis_registry_channel finds a channel by its code or name, and complains if there is none.
 */
int
flis_registry_channel(const text *channel)
{
	return find_channel(VARDATA_ANY(channel), VARSIZE_ANY_EXHDR(channel));
}

/*
 * flis_registry_channel_row finds the newest version of a channel.
 */
const FlisChannelRow *
flis_registry_channel_row(int channel)
{
	return &registry.versions[registry.first_version[channel + 1] - 1];
}

/*
 * flis_registry_memo finds the timeline and the kept answers of an area in a channel.
 */
FlisMemo *
flis_registry_memo(int area, int channel)
{
	FlisMemo *memo = registry.memos[area * registry.nchannels + channel];

	return memo != NULL ? memo : read_memo(area, channel);
}

/*
 * flis_registry_release_note reads why a release is as it is, into the current memory context; NULL
 * where nobody said.  It is not kept.
 */
const char *
flis_registry_release_note(int area, int channel, FlisDay cycle)
{
	return flis_read_release_note(&registry.tables, registry.areas[area].area,
								  flis_registry_channel_row(channel)->channel, cycle);
}

/*
 * flis_registry_status_words reads what one deck says of an area in words, into the current memory
 * context; they are not kept.
 */
bool
flis_registry_status_words(int area, FlisDay as_of, FlisStatusWords *words)
{
	return flis_read_status_words(&registry.tables, registry.areas[area].area, as_of, words);
}

/*
 * flis_registry_notices reads the notices of an area, into the current memory context; only how many
 * there are is kept.
 */
FlisNoticeRow *
flis_registry_notices(int area, int *n)
{
	AreaRows *rows = &registry.area_rows[area];

	if (!rows->read)
		read_area(area);
	*n = 0;
	return rows->nnotices == 0 ? NULL
							   : flis_read_notices(&registry.tables, registry.areas[area].area, n);
}

/*
 * flis_check_registry reads the generation under the active snapshot, and the rows if it is another one
 * than theirs.
 */
void
flis_check_registry(FunctionCallInfo fcinfo)
{
	FlisTables tables = {.schema = (Oid) (uintptr_t) fcinfo->flinfo->fn_extra};
	pg_uuid_t generation;
	bool is_half;

	register_callbacks();
	if (!OidIsValid(tables.schema))
	{
		tables.schema = get_func_namespace(fcinfo->flinfo->fn_oid);
		fcinfo->flinfo->fn_extra = (void *) (uintptr_t) tables.schema;
		if (flis_is_checked(fcinfo))
			return;
	}
	if (!ActiveSnapshotSet())
		elog(ERROR, "no snapshot to answer under");

	flis_at_hand.checked.transaction = InvalidLocalTransactionId;
	is_half = flis_sees_half_a_change(GetActiveSnapshot());
	if (!is_half)
		flis_generation_read();

	if (is_half || registry.context == NULL || registry.tables.schema != tables.schema ||
		registry.stale || !flis_reread_generation(&registry.tables, &registry.stale, &generation))
	{
		/* It stays stale until all is read, so that an error on the way doesn't bring it back. */
		message_came = false;
		generation = flis_read_generation(&tables);
		read_registry(&tables, &generation);
	}
	else if (memcmp(&registry.generation, &generation, sizeof(generation)) != 0)
	{
		message_came = false;
		tables = registry.tables;
		read_registry(&tables, &generation);
	}

	/* What half a change showed, or what a message overtook, is read anew by the next call. */
	if (is_half)
		registry.stale = true;
	if (registry.stale)
		return;
	flis_at_hand.checked = flis_fingerprint_of(GetActiveSnapshot());
}

static void
register_callbacks(void)
{
	if (callbacks_registered)
		return;
	CacheRegisterRelcacheCallback(on_relation_change, (Datum) 0);
	RegisterSubXactCallback(on_subtransaction, NULL);
	callbacks_registered = true;
}

/*
 * on_relation_change marks the registry if one of its tables was dropped, altered or truncated.  It
 * may be called at any time, so it frees nothing.
 */
static void
on_relation_change(Datum arg, Oid relation)
{
	for (int i = 0; i < FLIS_TABLES; i++)
		if (!OidIsValid(relation) || registry.tables.oids[i] == relation)
		{
			registry.stale = true;
			message_came = true;
			flis_at_hand.checked.transaction = InvalidLocalTransactionId;
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
		flis_at_hand.checked.transaction = InvalidLocalTransactionId;
}

/*
 * read_registry reads areas and channels, in place of what was kept.  Rules, releases, statuses and
 * notices follow when an area is asked for.
 */
static void
read_registry(const FlisTables *tables, const pg_uuid_t *generation)
{
	Registry fresh = {.tables = *tables, .generation = *generation};
	MemoryContext caller = CurrentMemoryContext;
	FlisSpellings spellings;
	FlisChannelRow *versions;
	int nversions;

	/* Until all is read it is the caller's, so that an error on the way frees it. */
	fresh.context = AllocSetContextCreate(caller, "flis registry", ALLOCSET_DEFAULT_SIZES);
	MemoryContextSwitchTo(fresh.context);

	fresh.areas = flis_read_areas(&fresh.tables, &fresh.nareas);
	versions = flis_read_channels(&fresh.tables, &nversions);
	sort_channels(&fresh, versions, nversions);
	fresh.area_rows = palloc0(Max(fresh.nareas, 1) * sizeof(AreaRows));
	fresh.memos = palloc0(Max(fresh.nareas * fresh.nchannels, 1) * sizeof(FlisMemo *));

	flis_spellings_begin(&spellings, fresh.context);

	MemoryContextSwitchTo(caller);
	MemoryContextSetParent(fresh.context, CacheMemoryContext);
	if (registry.context != NULL)
		MemoryContextDelete(registry.context);
	fresh.stale = message_came;
	registry = fresh;
	flis_at_hand.schema = fresh.tables.schema;
	flis_at_hand.spellings = spellings;
	flis_at_hand.pages = (FlisPageStore){.context = fresh.context};
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

static int
find_area(const char *word, int length)
{
	return flis_find_area(registry.areas, registry.nareas, word, length);
}

static int
find_channel(const char *word, int length)
{
	int version = flis_find_channel(registry.versions, registry.first_version[registry.nchannels],
									word, length);
	int channel = 0;

	while (registry.first_version[channel + 1] <= version)
		channel++;
	return channel;
}

/*
 * flis_search_memo finds what bears on an area in a channel that aren't at their first place, or weren't
 * spelled so before; then by their names, and notes the spelling.
 */
FlisMemo *
flis_search_memo(Datum area, Datum channel)
{
	FlisSpelledText area_text = flis_spelled(DatumGetTextPP(area));
	FlisSpelledText channel_text = flis_spelled(DatumGetTextPP(channel));
	FlisMemo *memo = flis_spelling_search(&flis_at_hand.spellings, &area_text, &channel_text);
	int area_number;

	if (memo != NULL)
		return memo;
	area_number = find_area(area_text.bytes, area_text.length);
	memo = flis_registry_memo(area_number, find_channel(channel_text.bytes, channel_text.length));
	flis_spellings_add(&flis_at_hand.spellings, &area_text, &channel_text, memo, registry.context);
	return memo;
}

/*
 * read_area reads the rules, statuses and closures of an area.  The active snapshot may be another one than
 * the areas were read under, but it sees the same generation, and so the same rows.
 */
static void
read_area(int area)
{
	AreaRows *rows = &registry.area_rows[area];
	const char *code = registry.areas[area].area;
	FlisRule *rules = flis_read_rules(&registry.tables, code, &rows->nrules);
	FlisStatus *statuses = flis_read_statuses(&registry.tables, code, &rows->nstatuses);
	FlisClosure *closures = read_closures(code, rows);

	rows->rules = kept(rules, rows->nrules * sizeof(FlisRule));
	rows->statuses = kept(statuses, rows->nstatuses * sizeof(FlisStatus));
	rows->closures = kept(closures, rows->nclosures * sizeof(FlisClosure));
	rows->read = true;
}

/*
 * read_closures reads on which days the notices of an area close it.
 */
static FlisClosure *
read_closures(const char *area, AreaRows *rows)
{
	FlisNoticeRow *notices = flis_read_notices(&registry.tables, area, &rows->nnotices);
	FlisClosure *closures = palloc_extended(rows->nnotices * sizeof(FlisClosure), MCXT_ALLOC_HUGE);
	int n = 0;

	for (int i = 0; i < rows->nnotices; i++)
		if (flis_notice_closes(&notices[i].notice, &closures[n]))
			n++;
	rows->nclosures = flis_join_closures(closures, n);
	return closures;
}

/*
 * read_memo reads what bears on an area in a channel.
 */
static FlisMemo *
read_memo(int area, int channel)
{
	int first = registry.first_version[channel];
	int nversions = registry.first_version[channel + 1] - first;
	FlisChannel *versions = palloc(nversions * sizeof(FlisChannel));
	const AreaRows *rows = &registry.area_rows[area];
	FlisRelease *releases;
	FlisMemo *memo;
	int nreleases;

	if (!rows->read)
		read_area(area);
	releases = flis_read_releases(&registry.tables, registry.areas[area].area,
								  registry.versions[first].channel, &nreleases);
	for (int i = 0; i < nversions; i++)
		versions[i] = registry.versions[first + i].terms;

	memo = flis_memo_build(rows->rules, rows->nrules, versions, nversions, releases, nreleases,
						   registry.context);
	memo->timeline.statuses = rows->statuses;
	memo->timeline.nstatuses = rows->nstatuses;
	memo->timeline.closures = rows->closures;
	memo->timeline.nclosures = rows->nclosures;
	registry.memos[area * registry.nchannels + channel] = memo;
	return memo;
}

/*
 * kept copies rows into the registry's memory; NULL if there are none.
 */
static void *
kept(const void *rows, Size size)
{
	void *copy;

	if (size == 0)
		return NULL;
	copy = MemoryContextAllocHuge(registry.context, size);
	memcpy(copy, rows, size);
	return copy;
}
