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
#include "spelling.h"

/* What was read of an area; its timelines follow in memos as they are asked for. */
typedef struct AreaRows
{
	bool read;
	FlisRule *rules;
	FlisStatus *statuses;
	int nrules;
	int nstatuses;
} AreaRows;

/* The reference rows of one schema at one generation. */
typedef struct Registry
{
	FlisFingerprint checked;
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
	FlisSpellings area_spellings;
	FlisSpellings channel_spellings;
	FlisPageStore pages;
} Registry;

static Registry registry;
static bool callbacks_registered;

static pg_noinline void check_registry(FunctionCallInfo fcinfo);
static void register_callbacks(void);
static void on_relation_change(Datum arg, Oid relation);
static void on_subtransaction(SubXactEvent event, SubTransactionId subtransaction,
							  SubTransactionId parent, void *arg);
static void read_registry(const FlisTables *tables, const pg_uuid_t *generation);
static void sort_channels(Registry *fresh, FlisChannelRow *rows, int nrows);
static void read_area(int area);
static FlisMemo *read_memo(int area, int channel);
static void *kept(const void *rows, Size size);

/*
 * is_checked tells whether the registry was checked for a snapshot like the active one, in the
 * schema of the called function.  fn_extra holds the OID of that schema.
 */
static inline bool
is_checked(FunctionCallInfo fcinfo)
{
	return likely((Oid) (uintptr_t) fcinfo->flinfo->fn_extra == registry.tables.schema) &&
		   likely(ActiveSnapshotSet()) &&
		   likely(flis_fingerprint_is(&registry.checked, GetActiveSnapshot()));
}

/*
 * bytes_of finds the bytes of a text argument, which are copied only if it is compressed or stored
 * out of line.
 */
static inline const char *
bytes_of(const struct varlena **text, int32 *length)
{
	if (unlikely(VARATT_IS_COMPRESSED(*text) || VARATT_IS_EXTERNAL(*text)))
		*text = pg_detoast_datum_packed(unconstify(struct varlena *, *text));
	*length = VARSIZE_ANY_EXHDR(*text);
	return VARDATA_ANY(*text);
}

/*
 * flis_registry_step finds the answers for a day of the calendar range, for a function whose first
 * argument is the area and whose third is the channel.  Called once a row.
 */
const FlisStep *
flis_registry_step(FunctionCallInfo fcinfo, FlisDay on)
{
	const struct varlena *area_text = (const struct varlena *) PG_GETARG_POINTER(0);
	const struct varlena *channel_text = (const struct varlena *) PG_GETARG_POINTER(2);
	const char *bytes;
	int32 length;
	int area;
	int channel;
	FlisMemo *memo;

	if (unlikely(!is_checked(fcinfo)))
		check_registry(fcinfo);

	bytes = bytes_of(&area_text, &length);
	area = flis_spelling_find(&registry.area_spellings, bytes, length);
	if (unlikely(area < 0))
		area = flis_registry_area((const text *) area_text);

	bytes = bytes_of(&channel_text, &length);
	channel = flis_spelling_find(&registry.channel_spellings, bytes, length);
	if (unlikely(channel < 0))
		channel = flis_registry_channel((const text *) channel_text);

	memo = registry.memos[area * registry.nchannels + channel];
	if (unlikely(memo == NULL))
		memo = read_memo(area, channel);
	return flis_memo_step(memo, on, &registry.pages);
}

/*
 * flis_registry_use makes the registry hold what the active snapshot sees.
 */
void
flis_registry_use(FunctionCallInfo fcinfo)
{
	if (!is_checked(fcinfo))
		check_registry(fcinfo);
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
	const char *bytes = VARDATA_ANY(area);
	int32 length = VARSIZE_ANY_EXHDR(area);
	int found = flis_spelling_find(&registry.area_spellings, bytes, length);

	if (found < 0)
	{
		found = flis_find_area(registry.areas, registry.nareas, bytes, length);
		flis_spellings_add(&registry.area_spellings, bytes, length, found, registry.context);
	}
	return found;
}

/*
 * flis_registry_channel finds a channel by its code or name, and complains if there is none.
 */
int
flis_registry_channel(const text *channel)
{
	const char *bytes = VARDATA_ANY(channel);
	int32 length = VARSIZE_ANY_EXHDR(channel);
	int found = flis_spelling_find(&registry.channel_spellings, bytes, length);

	if (found < 0)
	{
		int version = flis_find_channel(registry.versions,
										registry.first_version[registry.nchannels], bytes, length);

		found = 0;
		while (registry.first_version[found + 1] <= version)
			found++;
		flis_spellings_add(&registry.channel_spellings, bytes, length, found, registry.context);
	}
	return found;
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
 * flis_registry_memo_step finds the answers for a day of the calendar range.
 */
const FlisStep *
flis_registry_memo_step(FlisMemo *memo, FlisDay on)
{
	return flis_memo_step(memo, on, &registry.pages);
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
 * check_registry reads the generation under the active snapshot, and the rows if it is another one
 * than theirs.
 */
static pg_noinline void
check_registry(FunctionCallInfo fcinfo)
{
	FlisTables tables = {.schema = (Oid) (uintptr_t) fcinfo->flinfo->fn_extra};
	pg_uuid_t generation;
	bool is_half;

	register_callbacks();
	if (!OidIsValid(tables.schema))
	{
		tables.schema = get_func_namespace(fcinfo->flinfo->fn_oid);
		fcinfo->flinfo->fn_extra = (void *) (uintptr_t) tables.schema;
		if (is_checked(fcinfo))
			return;
	}
	if (!ActiveSnapshotSet())
		elog(ERROR, "no snapshot to answer under");

	registry.checked.transaction = InvalidLocalTransactionId;
	is_half = flis_sees_half_a_change(GetActiveSnapshot());
	if (!is_half)
		flis_generation_read();

	if (is_half || registry.context == NULL || registry.tables.schema != tables.schema ||
		!flis_reread_generation(&registry.tables, &generation) || registry.stale)
	{
		registry.stale = false;
		generation = flis_read_generation(&tables);
		read_registry(&tables, &generation);
	}
	else if (memcmp(&registry.generation, &generation, sizeof(generation)) != 0)
	{
		tables = registry.tables;
		read_registry(&tables, &generation);
	}

	/* What half a change showed, or what a message overtook, is read anew by the next call. */
	if (is_half)
		registry.stale = true;
	if (registry.stale)
		return;
	registry.checked = flis_fingerprint_of(GetActiveSnapshot());
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
			registry.checked.transaction = InvalidLocalTransactionId;
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
		registry.checked.transaction = InvalidLocalTransactionId;
}

/*
 * read_registry reads areas and channels, in place of what was kept.  Rules, releases and statuses
 * follow when an area is asked for.
 */
static void
read_registry(const FlisTables *tables, const pg_uuid_t *generation)
{
	Registry fresh = {.tables = *tables, .generation = *generation};
	MemoryContext caller = CurrentMemoryContext;
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
	flis_spellings_begin(&fresh.area_spellings, fresh.context);
	flis_spellings_begin(&fresh.channel_spellings, fresh.context);
	fresh.pages.context = fresh.context;

	MemoryContextSwitchTo(caller);
	MemoryContextSetParent(fresh.context, CacheMemoryContext);
	if (registry.context != NULL)
		MemoryContextDelete(registry.context);
	fresh.stale = registry.stale;
	registry = fresh;
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
 * read_area reads the rules and statuses of an area.  The active snapshot may be another one than
 * the areas were read under, but it sees the same generation, and so the same rows.
 */
static void
read_area(int area)
{
	AreaRows *rows = &registry.area_rows[area];
	const char *code = registry.areas[area].area;
	FlisRule *rules = flis_read_rules(&registry.tables, code, &rows->nrules);
	FlisStatus *statuses = flis_read_statuses(&registry.tables, code, &rows->nstatuses);

	rows->rules = kept(rules, rows->nrules * sizeof(FlisRule));
	rows->statuses = kept(statuses, rows->nstatuses * sizeof(FlisStatus));
	rows->read = true;
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
