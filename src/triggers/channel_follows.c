/*
 * channel_follows.c
 *		The trigger that checks flis_channel.follows: the channel that is followed must exist, and no
 *		channel may follow itself through others.
 *
 * Every transaction that writes flis_channel locks the row of flis_generation until it ends, and the
 * channels are read with the latest snapshot.  So two transactions can't make a circle together.
 */
#include "postgres.h"

#include "access/xact.h"
#include "utils/builtins.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "cache/tables.h"
#include "triggers/system_time.h"
#include "triggers/trigger.h"

static bool follows_another(const TriggerData *trigger);
static bool loses_channel(const TriggerData *trigger);
static FlisChannelRow *newest_channels(Oid schema, int *n);
static bool is_channel(const FlisChannelRow *rows, int n, const char *channel);
static void check_written(const TriggerData *trigger, const FlisChannelRow *rows, int n);
static void check_deleted(const TriggerData *trigger, const FlisChannelRow *rows, int n);

/*
 * flis_follows_channel, a trigger after each row of flis_channel, raises 23503 if a version follows a
 * channel that doesn't exist, or if the last version of a followed channel is deleted, and 23514 if a
 * channel would follow itself.
 */
PG_FUNCTION_INFO_V1(flis_follows_channel);
Datum
flis_follows_channel(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = flis_trigger_of(fcinfo, 0);
	FlisChannelRow *rows;
	bool follows, loses;
	int n;

	flis_check_after_row(trigger);
	follows = follows_another(trigger);
	loses = loses_channel(trigger);
	if (!follows && !loses)
		return PointerGetDatum(NULL);
	rows = newest_channels(RelationGetNamespace(trigger->tg_relation), &n);
	if (follows)
		check_written(trigger, rows, n);
	if (loses)
		check_deleted(trigger, rows, n);
	return PointerGetDatum(NULL);
}

/*
 * follows_another tells whether the row that is written follows another channel.
 */
static bool
follows_another(const TriggerData *trigger)
{
	return !TRIGGER_FIRED_BY_DELETE(trigger->tg_event) &&
		   flis_text_of(trigger->tg_relation, flis_row_of(trigger), "follows") != NULL;
}

/*
 * loses_channel tells whether a version of a channel is deleted, or moved to another channel.
 */
static bool
loses_channel(const TriggerData *trigger)
{
	return TRIGGER_FIRED_BY_DELETE(trigger->tg_event) ||
		   (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) && !flis_is_same_text(trigger, "channel"));
}

/*
 * newest_channels reads the versions of all channels, as they are committed now or changed by this
 * transaction so far.
 */
static FlisChannelRow *
newest_channels(Oid schema, int *n)
{
	FlisTables tables = {.schema = schema};
	FlisChannelRow *rows;

	CommandCounterIncrement();
	PushActiveSnapshot(GetLatestSnapshot());
	rows = flis_read_channels(&tables, n);
	PopActiveSnapshot();
	return rows;
}

/*
 * check_written raises the errors for a version that follows another channel.  An update that leaves
 * "follows" as it was is not checked for an existing channel: that one may have been retired meanwhile.
 * A row that is restored is not checked, because the rows that belong to it may come after it.
 */
static void
check_written(const TriggerData *trigger, const FlisChannelRow *rows, int n)
{
	Relation relation = trigger->tg_relation;
	bool is_update = TRIGGER_FIRED_BY_UPDATE(trigger->tg_event);
	HeapTuple row = flis_row_of(trigger);
	const char *channel = flis_text_of(relation, row, "channel");
	const char *follows = flis_text_of(relation, row, "follows");
	const char *before =
		is_update ? flis_text_of(relation, trigger->tg_trigtuple, "follows") : NULL;

	if (!flis_is_written(relation, row))
		return;
	if ((before == NULL || strcmp(before, follows) != 0) && !is_channel(rows, n, follows))
		ereport(ERROR,
				(errcode(ERRCODE_FOREIGN_KEY_VIOLATION),
				 errmsg("channel \"%s\" follows a channel \"%s\" that is not in table \"%s\"",
						channel, follows, RelationGetRelationName(relation)),
				 errhint("Add the channel to flis_channel first."),
				 errtableconstraint(relation, "flis_channel_follows_a_channel")));
	if (flis_channels_follow_in_circle(rows, n))
		ereport(ERROR, (errcode(ERRCODE_CHECK_VIOLATION),
						errmsg("channel \"%s\" would follow itself", channel),
						errdetail("It follows \"%s\", and channels follow each other in a circle.",
								  follows),
						errhint("Let one of them follow no channel: UPDATE flis_channel SET "
								"follows = NULL WHERE channel = %s;",
								quote_literal_cstr(follows)),
						errtableconstraint(relation, "flis_channel_follows_in_no_circle")));
}

/*
 * check_deleted raises the error if a channel that another one follows has no version left.
 */
static void
check_deleted(const TriggerData *trigger, const FlisChannelRow *rows, int n)
{
	Relation relation = trigger->tg_relation;
	const char *channel = flis_text_of(relation, trigger->tg_trigtuple, "channel");

	if (is_channel(rows, n, channel))
		return;
	for (int i = 0; i < n; i++)
		if (rows[i].follows != NULL && strcmp(rows[i].follows, channel) == 0)
			ereport(ERROR, (errcode(ERRCODE_FOREIGN_KEY_VIOLATION),
							errmsg("channel \"%s\" is still followed by channel \"%s\"", channel,
								   rows[i].channel),
							errhint("Let that one follow no channel first: UPDATE flis_channel SET "
									"follows = NULL WHERE channel = %s;",
									quote_literal_cstr(rows[i].channel)),
							errtableconstraint(relation, "flis_channel_follows_a_channel")));
}

/*
 * is_channel tells whether a channel has a version in use.
 */
static bool
is_channel(const FlisChannelRow *rows, int n, const char *channel)
{
	for (int i = 0; i < n; i++)
		if (strcmp(rows[i].channel, channel) == 0)
			return true;
	return false;
}
