/*
 * cached_rows.c
 *		Caches the rules, statuses and notices of one area, and tells whether rows that are read again
 *		are the same.
 *
 * Most changes of the reference tables are about one area, or about columns that no answer depends on.
 * After a change all rows are read again.  If they are equal to the cached ones, the answers that were
 * computed from those stay.
 */
#include "cache/cached_rows.h"

#include "utils/memutils.h"

static FlisCachedRows read_access(FlisTables *tables, const char *area, int *nnotices);
static bool same_text(const char *left, const char *right);

/*
 * flis_area_rows_read reads the rules, statuses and notices of access of an area, and caches them in a
 * memory context.  The active snapshot may be another one than that under which the list of areas was
 * read, but it sees the same generation, and so the same rows.
 */
void
flis_area_rows_read(FlisAreaRows *rows, FlisTables *tables, const char *area, MemoryContext context)
{
	FlisCachedRows rules = {.size = sizeof(FlisRule)};
	FlisCachedRows statuses = {.size = sizeof(FlisStatus)};
	FlisCachedRows notices;

	rules.rows = flis_read_rules(tables, area, &rules.n);
	statuses.rows = flis_read_statuses(tables, area, &statuses.n);
	notices = read_access(tables, area, &rows->nnotices);

	if (rows->version == 0 || !flis_is_cached(&rows->rules, &rules) ||
		!flis_is_cached(&rows->statuses, &statuses) || !flis_is_cached(&rows->notices, &notices))
	{
		/* First, so that after an error no timeline seems to be built from these rows. */
		rows->version++;
		flis_cache_rows(&rows->rules, &rules, context);
		flis_cache_rows(&rows->statuses, &statuses, context);
		flis_cache_rows(&rows->notices, &notices, context);
	}
	rows->is_current = true;
}

/*
 * read_access reads the notices of access of an area, and counts all its notices.
 */
static FlisCachedRows
read_access(FlisTables *tables, const char *area, int *nnotices)
{
	FlisNoticeRow *rows = flis_read_notices(tables, area, nnotices);
	FlisNotice *notices = palloc_extended(*nnotices * sizeof(FlisNotice), MCXT_ALLOC_HUGE);
	int n = 0;

	for (int i = 0; i < *nnotices; i++)
		if (rows[i].notice.kind == FLIS_ACCESS)
			notices[n++] = rows[i].notice;
	return (FlisCachedRows){.rows = notices, .n = n, .size = sizeof(FlisNotice)};
}

/*
 * flis_is_cached tells whether rows that were read are equal to the cached ones.
 */
bool
flis_is_cached(const FlisCachedRows *cached, const FlisCachedRows *read)
{
	return cached->n == read->n &&
		   (read->n == 0 || memcmp(cached->rows, read->rows, read->n * read->size) == 0);
}

/*
 * flis_cache_rows replaces cached rows by a copy of rows that were read, in a memory context.
 */
void
flis_cache_rows(FlisCachedRows *cached, const FlisCachedRows *read, MemoryContext context)
{
	void *former = cached->rows;

	*cached = (FlisCachedRows){.size = read->size};
	if (former != NULL)
		pfree(former);
	if (read->n == 0)
		return;
	cached->rows = MemoryContextAllocHuge(context, read->n * read->size);
	memcpy(cached->rows, read->rows, read->n * read->size);
	cached->n = read->n;
}

/*
 * flis_same_areas tells whether two lists of areas are equal.
 */
bool
flis_same_areas(const FlisAreaRow *left, int nleft, const FlisAreaRow *right, int nright)
{
	if (nleft != nright)
		return false;
	for (int i = 0; i < nleft; i++)
	{
		if (!same_text(left[i].area, right[i].area) || !same_text(left[i].name, right[i].name) ||
			!same_text(left[i].area_group, right[i].area_group) ||
			!same_text(left[i].part_of, right[i].part_of) ||
			!same_text(left[i].source, right[i].source) || left[i].position != right[i].position ||
			left[i].naliases != right[i].naliases)
			return false;
		for (int j = 0; j < left[i].naliases; j++)
			if (!same_text(left[i].aliases[j], right[i].aliases[j]))
				return false;
	}
	return true;
}

/*
 * flis_same_channels tells whether two lists of versions of channels are equal.
 */
bool
flis_same_channels(const FlisChannelRow *left, int nleft, const FlisChannelRow *right, int nright)
{
	if (nleft != nright)
		return false;
	for (int i = 0; i < nleft; i++)
		if (!same_text(left[i].channel, right[i].channel) ||
			!same_text(left[i].name, right[i].name) ||
			!same_text(left[i].english_name, right[i].english_name) ||
			left[i].position != right[i].position ||
			!same_text(left[i].follows, right[i].follows) ||
			memcmp(&left[i].terms, &right[i].terms, sizeof(FlisChannel)) != 0)
			return false;
	return true;
}

static bool
same_text(const char *left, const char *right)
{
	return left == right || (left != NULL && right != NULL && strcmp(left, right) == 0);
}
