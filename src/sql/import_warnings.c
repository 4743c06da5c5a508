/*
 * import_warnings.c
 *		The warnings of an import: what looks wrong in a deck that can be read.
 *
 * The deck is stored all the same.  There is one warning for each kind of remark.  It names the
 * areas and what the deck prints of them, and its hint tells what to do.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "base/iso_date.h"
#include "rules/coverage.h"
#include "cache/names.h"
#include "cache/registry.h"
#include "sql/import_warnings.h"

/*
 * Periods that an area's first deck may be ahead of the rules, since the deck's table has KRL one month
 * ahead of what its text says.  A later deck may be as far ahead as the one before it.
 */
#define AHEAD_AT_FIRST 1

/* Periods that an area may fall behind its rule, from none or from the deck before. */
#define FAR_BEHIND 6

#define TAKE_BACK "SELECT flis_withdraw_overview('%s');"

/* A hint may have one %s, which stands for the deck's day. */
static const struct
{
	const char *message;
	const char *hint;
} texts[FLIS_REMARKS] = {
	[FLIS_REMARK_FALLS] =
		{"areas reach less far than in the deck before",
		 "Compare data_through with previous_data_through. A month without a year is the latest on "
		 "or before the deck's day; correct it in the text, or print its year behind it, and import "
		 "the deck again. To take this one back: " TAKE_BACK},
	[FLIS_REMARK_BEHIND] =
		{"areas have fallen far behind their rules",
		 "A month without a year is the latest on or before the deck's day; correct it in the text, or "
		 "print its year behind it, and import the deck again. To take this one back: " TAKE_BACK},
	[FLIS_REMARK_AHEAD] =
		{"areas reach further than their rules let them",
		 "If a month is mistyped, correct it in the text and import the deck again. To take this one "
		 "back: " TAKE_BACK},
	[FLIS_REMARK_DASH] =
		{"areas whose month became a dash are closed until a later deck prints one",
		 "Nobody is shown their data from the deck's day on. To take this deck back: " TAKE_BACK},
	[FLIS_REMARK_DASH_ON_SCHEDULE] =
		{"areas with a dash for their month are closed, though their note says that all is well",
		 "Ask which of the two is meant. To reopen one: UPDATE flis_status SET data_through = '...', "
		 "state = 'on_schedule' WHERE as_of = '%s' AND area = '...';"},
	[FLIS_REMARK_CLOSING_WORDS] =
		{"areas print a month, and their note has words of closing",
		 "If nobody has access to one that is open: INSERT INTO flis_notice (area, kind, started_on, "
		 "note) VALUES ('...', 'access', '%s', '...'); To open one that is closed for some only: UPDATE "
		 "flis_status SET state = 'caveat' WHERE as_of = '...' AND area = '...';"},
	[FLIS_REMARK_UNCLEAR] =
		{"notes speak of missing data or of benchmarks, and nothing is stored of it",
		 "If data are missing: UPDATE flis_status SET complete = false WHERE as_of = '%s' AND area = "
		 "'...'; if they are not to be compared: benchmarkable = false."},
	[FLIS_REMARK_OTHER_AREA] =
		{"notes that say what data are like name another area",
		 "If only that one is meant: UPDATE flis_status SET state = 'caveat', complete = NULL, "
		 "benchmarkable = NULL WHERE as_of = '%s' AND area = '...';"},
	[FLIS_REMARK_EMPTY] =
		{"rows with nothing for source or operation, not even a dash",
		 "Where cells of several rows were merged, copied text has them in one row only: write them in "
		 "each, and import the deck again."},
	[FLIS_REMARK_MISSING] =
		{"the deck has no row of areas",
		 "If its text was cut off, import the whole deck. Retire an area that the decks do not have "
		 "any more: UPDATE flis_area SET retired = true WHERE area = '...';"},
};

static void add(FlisRemarks *remarks, FlisRemark remark, const char *code, const char *values);
static const FlisTimeline *timeline_of(int area);
static bool is_far_behind(int area, const FlisStatus *status, const FlisStatus *previous,
						  FlisDay *expected);
static bool is_ahead(int area, const FlisStatus *status, const FlisStatus *previous,
					 FlisDay *expected);

/*
 * flis_remarks_begin makes room for remarks in the current memory context.
 */
void
flis_remarks_begin(FlisRemarks *remarks)
{
	for (int i = 0; i < FLIS_REMARKS; i++)
		initStringInfo(&remarks->areas[i]);
}

/*
 * flis_remark_row notes what is odd about a row of the deck of a day; previous is the area's row of an
 * earlier deck, or NULL.
 */
void
flis_remark_row(FlisRemarks *remarks, int area, const char *code, const FlisDeckRow *row,
				FlisDay as_of, const FlisStatus *previous)
{
	FlisStatus status = {as_of, row->data_through, row->state};
	bool had_month = previous != NULL && previous->data_through != FLIS_NO_DAY;
	FlisDay expected;

	if (row->has_empty_cell)
		add(remarks, FLIS_REMARK_EMPTY, code, NULL);
	if (row->data_through == FLIS_NO_DAY)
	{
		if (row->says_on_schedule)
			add(remarks, FLIS_REMARK_DASH_ON_SCHEDULE, code, NULL);
		else if (had_month)
			add(remarks, FLIS_REMARK_DASH, code,
				psprintf("before %s", flis_iso_date(previous->data_through)));
		return;
	}
	if (had_month && row->data_through < previous->data_through)
		add(remarks, FLIS_REMARK_FALLS, code,
			psprintf("%s, before %s", flis_iso_date(row->data_through),
					 flis_iso_date(previous->data_through)));
	else if (is_far_behind(area, &status, had_month ? previous : NULL, &expected))
		add(remarks, FLIS_REMARK_BEHIND, code,
			psprintf("%s, by its rule %s", flis_iso_date(row->data_through),
					 flis_iso_date(expected)));
	if (is_ahead(area, &status, had_month ? previous : NULL, &expected))
		add(remarks, FLIS_REMARK_AHEAD, code,
			psprintf("%s, by its rule %s", flis_iso_date(row->data_through),
					 flis_iso_date(expected)));
	if (row->says_closed || row->state == FLIS_CLOSED)
		add(remarks, FLIS_REMARK_CLOSING_WORDS, code,
			psprintf("%s, %s", flis_iso_date(row->data_through),
					 row->state == FLIS_CLOSED ? "closed" : "open"));
	if (row->other_area >= 0)
		add(remarks, FLIS_REMARK_OTHER_AREA, code, NULL);
	if (row->is_unclear && row->state != FLIS_CLOSED)
		add(remarks, FLIS_REMARK_UNCLEAR, code, NULL);
}

/*
 * is_far_behind tells whether a status has fallen FAR_BEHIND periods or more behind the rules since
 * the one before, if there is one; and how far these let the area reach.
 */
static bool
is_far_behind(int area, const FlisStatus *status, const FlisStatus *previous, FlisDay *expected)
{
	const FlisTimeline *timeline = timeline_of(area);
	FlisExpectation then;
	int periods;
	int before = 0;

	if (!flis_periods_ahead(timeline, status, &periods))
		return false;
	if (previous != NULL && (!flis_periods_ahead(timeline, previous, &before) || before > 0))
		before = 0;
	if (periods > before - FAR_BEHIND)
		return false;
	flis_expected_on(timeline, status->as_of, &then);
	*expected = then.through;
	return true;
}

/*
 * is_ahead tells whether a status is further ahead of the rules than the one before was, and how far the
 * rules let the area reach.
 */
static bool
is_ahead(int area, const FlisStatus *status, const FlisStatus *previous, FlisDay *expected)
{
	const FlisTimeline *timeline = timeline_of(area);
	FlisExpectation then;
	int periods;
	int before = AHEAD_AT_FIRST;

	if (!flis_periods_ahead(timeline, status, &periods) || periods <= 0)
		return false;
	if (previous != NULL && !flis_periods_ahead(timeline, previous, &before))
		before = 0;
	flis_expected_on(timeline, status->as_of, &then);
	*expected = then.through;
	return periods > before;
}

/*
 * timeline_of returns an area's timeline in the channel that a deck speaks of, the data packages.
 */
static const FlisTimeline *
timeline_of(int area)
{
	return flis_registry_timeline(area, flis_registry_channel(cstring_to_text("datapakke")));
}

/*
 * flis_remark_missing notes an area without a row in the deck.
 */
void
flis_remark_missing(FlisRemarks *remarks, const char *code)
{
	add(remarks, FLIS_REMARK_MISSING, code, NULL);
}

static void
add(FlisRemarks *remarks, FlisRemark remark, const char *code, const char *values)
{
	StringInfo areas = &remarks->areas[remark];

	appendStringInfo(areas, "%s%s", areas->len > 0 ? ", " : "", code);
	if (values != NULL)
		appendStringInfo(areas, " (%s)", values);
}

/*
 * flis_warn_of_remarks raises a warning for each kind of remark.
 */
void
flis_warn_of_remarks(const FlisRemarks *remarks, FlisDay as_of)
{
	const char *day = flis_iso_date(as_of);

	for (int i = 0; i < FLIS_REMARKS; i++)
	{
		const char *place = strstr(texts[i].hint, "%s");
		int before = place == NULL ? (int) strlen(texts[i].hint) : (int) (place - texts[i].hint);

		if (remarks->areas[i].len == 0)
			continue;
		ereport(WARNING, (errmsg("%s: %s", texts[i].message, remarks->areas[i].data),
						  errhint("%.*s%s%s", before, texts[i].hint, place == NULL ? "" : day,
								  place == NULL ? "" : place + 2)));
	}
}

/*
 * flis_warn_of_unread warns of text near the tables that is no part of them, such as a remark below one.
 */
void
flis_warn_of_unread(const FlisDeck *deck)
{
	if (deck->unread_line > 0)
		ereport(
			WARNING,
			(errmsg("line %d of the deck: text that belongs to no row is not read",
					deck->unread_line),
			 errdetail("The text there is \"%s\". Such lines: %d.",
					   flis_from_utf8(deck->unread_text), deck->unread_lines),
			 errhint(
				 "If it says something of an area, write it into the area's row, or as a notice "
				 "into flis_notice.")));
}

/*
 * flis_warn_of_day warns of a deck whose day is still to come, and of one that is older than the newest
 * one stored.  Most likely the year is wrong, as when the deck of December is imported in January.
 */
void
flis_warn_of_day(FlisDay as_of, FlisDay today, FlisDay newest)
{
	const char *day = flis_iso_date(as_of);

	if (as_of > today)
		ereport(WARNING, (errmsg("the deck's day, %s, is still to come", day),
						  errhint("If the year is wrong, import the deck with the right one, and "
								  "take this one back: " TAKE_BACK,
								  day)));
	if (newest != FLIS_NO_DAY && as_of < newest)
		ereport(WARNING, (errmsg("the deck's day, %s, is before that of the newest deck, %s", day,
								 flis_iso_date(newest)),
						  errhint("From the newer deck's day on that one decides. If the year is "
								  "wrong, import the deck with the right one, and take this one "
								  "back: " TAKE_BACK,
								  day)));
}
