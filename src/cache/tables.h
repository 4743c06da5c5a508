/*
 * tables.h
 *		Reads the reference tables into structs, under the active snapshot.
 */
#ifndef FLIS_TABLES_H
#define FLIS_TABLES_H

#include "postgres.h"

#include "access/attnum.h"
#include "storage/off.h"
#include "utils/snapshot.h"
#include "utils/uuid.h"

#include "base/model.h"

/* The tables on which answers depend. */
typedef enum FlisTableName
{
	FLIS_TABLE_GENERATION,
	FLIS_TABLE_AREA,
	FLIS_TABLE_CHANNEL,
	FLIS_TABLE_RULE,
	FLIS_TABLE_RELEASE,
	FLIS_TABLE_STATUS,
	FLIS_TABLE_NOTICE,
	FLIS_TABLE_WAIVER
} FlisTableName;

#define FLIS_TABLES 8

/*
 * What is known of the tables: their schema, those that were opened, and where in flis_generation the
 * value was last found.
 */
typedef struct FlisTables
{
	Oid schema;
	Oid oids[FLIS_TABLES];				/* InvalidOid until opened */
	TransactionId writers[FLIS_TABLES]; /* the transaction that wrote the table's row in pg_class */
	bool is_stale;						/* what was read must not be used for other snapshots */
	AttrNumber generation_attribute;
	OffsetNumber generation_offset;
} FlisTables;

typedef struct FlisAreaRow
{
	const char *area;
	const char *name;
	const char *area_group; /* these three may be NULL */
	const char *part_of;
	const char *source;
	int position; /* INT_MAX if the deck has no row for it */
	const char **aliases;
	int naliases;
} FlisAreaRow;

typedef struct FlisChannelRow
{
	const char *channel;
	const char *name;
	const char *english_name; /* may be NULL */
	int position;			  /* INT_MAX for NULL */
	const char *follows;	  /* the code of the channel that it follows, or NULL */
	FlisChannel terms;
} FlisChannelRow;

/* What a deck says of an area in words.  The strings may be NULL. */
typedef struct FlisStatusWords
{
	FlisTruth complete;
	FlisTruth benchmarkable;
	const char *source;
	const char *note;
} FlisStatusWords;

typedef struct FlisNoticeRow
{
	int number;
	FlisNotice notice;
	const char *note;
} FlisNoticeRow;

typedef struct FlisWaiverRow
{
	const char *area;
	FlisWaiver waiver;
	const char *reason; /* may be NULL */
} FlisWaiverRow;

/* All results are allocated in the current memory context. */
extern pg_uuid_t flis_read_generation(FlisTables *tables);
extern bool flis_read_generation_fast(FlisTables *tables, pg_uuid_t *generation);
extern bool flis_tables_are_current(FlisTables *tables, Snapshot snapshot, bool may_wait);
extern FlisAreaRow *flis_read_areas(FlisTables *tables, bool is_retired, int *n);
extern FlisChannelRow *flis_read_channels(FlisTables *tables, int *n);
extern FlisRule *flis_read_rules(FlisTables *tables, const char *area, int *n);
extern FlisRelease *flis_read_releases(FlisTables *tables, const char *area, const char *channel,
									   int *n);
extern const char *flis_read_release_note(FlisTables *tables, const char *area, const char *channel,
										  FlisDay cycle);
extern FlisStatus *flis_read_statuses(FlisTables *tables, const char *area, int *n);
extern bool flis_read_status_words(FlisTables *tables, const char *area, FlisDay as_of,
								   FlisStatusWords *words);
extern FlisNoticeRow *flis_read_notices(FlisTables *tables, const char *area, int *n);
extern bool flis_channels_follow_in_circle(const FlisChannelRow *rows, int n);
extern FlisWaiverRow *flis_read_waivers(FlisTables *tables, const char *area, int *n);

#endif
