/*
 * known_at.c
 *		The setting flis.known_at: a time, or empty.
 *
 * While it is set, all answers come from the versions of the reference rows that were known at that
 * time.  The value is stored in UTC and in ISO 8601, whatever the session's TimeZone and DateStyle, so
 * that parallel workers read the same time from it.
 */
#include "cache/known_at.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/guc.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"

#include "base/compat.h"
#include "cache/registry.h"
#include "cache/scan.h"

/* A value of the setting. */
typedef struct KnownAt
{
	TimestampTz time;
	bool is_valid;
} KnownAt;

/* The server calls it by this name.  NOLINTNEXTLINE(bugprone-reserved-identifier) */
extern PGDLLEXPORT void _PG_init(void);

static char *known_at_text;
static KnownAt known_at = {.time = FLIS_KNOWN_NOW, .is_valid = true};
static bool library_loads; /* the value that is checked was set before the library was loaded */

static bool check_known_at(char **value, void **extra, GucSource source);
static void assign_known_at(const char *value, void *extra);
static bool parse_time(const char *text, TimestampTz *time);

/*
 * _PG_init defines the setting when the library is loaded.
 */
void
_PG_init(void)
{
	library_loads = true;
	DefineCustomStringVariable(
		"flis.known_at", "Time at which the reference rows were known that answers are made from.",
		"Empty: as they are known now.", &known_at_text, "", PGC_USERSET, 0, check_known_at,
		assign_known_at, NULL);
	library_loads = false;
	MarkGUCPrefixReserved("flis");
}

/*
 * flis_known_time returns the time that is set, or FLIS_KNOWN_NOW.  It raises 22007 for a value that was
 * set before the library was loaded and is not a time.
 */
TimestampTz
flis_known_time(void)
{
	if (!known_at.is_valid)
		ereport(ERROR, (errcode(ERRCODE_INVALID_DATETIME_FORMAT),
						errmsg("invalid value for parameter \"%s\": \"%s\"", "flis.known_at",
							   known_at_text),
						errhint("Set it to a time, such as '2025-07-05 12:00', or RESET it.")));
	return known_at.time;
}

/*
 * flis_check_not_forgotten raises 55000 if flis_forget() has dropped the versions that were known at a
 * time, as the active snapshot sees it.
 */
void
flis_check_not_forgotten(Oid schema, TimestampTz time)
{
	TimestampTz before = flis_forgotten_before(schema, GetActiveSnapshot());

	if (time < before)
		ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
						errmsg("what was known at %s is forgotten", timestamptz_to_str(time)),
						errdetail("flis_forget() dropped the versions that ended by %s.",
								  pstrdup(timestamptz_to_str(before))),
						errhint("Set flis.known_at to a later time, or RESET it.")));
}

/*
 * flis_forgotten_before returns the latest time that flis_forget() was called with, as a snapshot sees
 * it; -infinity if there is none.
 */
TimestampTz
flis_forgotten_before(Oid schema, Snapshot snapshot)
{
	static const FlisTableShape shape = {
		"flis_forgotten", 1, {{"forgotten_before", TIMESTAMPTZOID}}};
	TimestampTz latest = DT_NOBEGIN;
	FlisScan scan;

	flis_scan_begin(&scan, &shape, schema, snapshot, 0, NULL);
	while (flis_scan_next(&scan))
	{
		bool isnull;
		TimestampTz before = DatumGetTimestampTz(flis_scan_value(&scan, 0, &isnull));

		if (!isnull)
			latest = Max(latest, before);
	}
	flis_scan_end(&scan);
	return latest;
}

/*
 * check_known_at, the check hook, reads a value and writes it in ISO 8601 and UTC.  While the library is
 * loaded it accepts what is not a time, which flis_known_time refuses.
 */
static bool
check_known_at(char **value, void **extra, GucSource source)
{
	KnownAt *read = FLIS_GUC_ALLOC(sizeof(KnownAt));

	if (read == NULL)
		return false;
	*read = (KnownAt){.time = FLIS_KNOWN_NOW, .is_valid = true};
	*extra = read;
	if (**value == '\0')
		return true;

	if (parse_time(*value, &read->time))
	{
		struct pg_tm tm;
		fsec_t fraction;
		char text[MAXDATELEN + 1];
		char *copy;

		if (timestamp2tm(read->time, NULL, &tm, &fraction, NULL, NULL) != 0)
			return false;
		tm.tm_isdst = 0; /* else EncodeDateTime writes no time zone */
		EncodeDateTime(&tm, fraction, true, 0, NULL, USE_ISO_DATES, text);
		copy = FLIS_GUC_ALLOC(sizeof(text));
		if (copy == NULL)
			return false;
		strlcpy(copy, text, sizeof(text));
		FLIS_GUC_FREE(*value);
		*value = copy;
		return true;
	}
	if (library_loads)
	{
		read->is_valid = false;
		return true;
	}
	FLIS_GUC_FREE(read);
	*extra = NULL;
	GUC_check_errcode(ERRCODE_INVALID_DATETIME_FORMAT);
	GUC_check_errdetail("The value is not a time.");
	GUC_check_errhint("Set it to a time, such as '2025-07-05 12:00', or RESET it.");
	return false;
}

/*
 * assign_known_at, the assign hook, sets the time.  The next call must check whether what is cached is
 * for that time.
 */
static void
assign_known_at(const char *value, void *extra)
{
	known_at = *(const KnownAt *) extra;
	flis_current_load.load = 0;
}

/*
 * parse_time reads a time; false if the text is not one or is infinite.
 */
static bool
parse_time(const char *text, TimestampTz *time)
{
	MemoryContext caller = CurrentMemoryContext;
	volatile bool is_time = true;

	PG_TRY();
	{
		*time = DatumGetTimestampTz(DirectFunctionCall3(timestamptz_in, CStringGetDatum(text),
														ObjectIdGetDatum(InvalidOid),
														Int32GetDatum(-1)));
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(caller);
		FlushErrorState();
		is_time = false;
	}
	PG_END_TRY();
	return is_time && !TIMESTAMP_NOT_FINITE(*time);
}
