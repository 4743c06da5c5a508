/*
 * guarded_views.c
 *		Remembers each guarded view in flis_guarded_view, so that it can be created again after its
 *		table was dropped.
 *
 * Many loaders drop their tables and create them again.  The table flis_guarded_view has, for each
 * view that flis_guard and flis_guard_calendar created, its relation, owner, privileges, comments
 * and options.  flis_restore_guards creates the views that are missing, and updates the rows of the
 * others.  A view is created as the role that owned it, of which the caller must be a member.  What
 * is executed is composed of quoted names and literals.
 *
 * flis_keep_guards is for event triggers.  Before a table or view is dropped, or one of its columns is
 * dropped or gets another type, it drops the guarded views that read it, which would prevent that.  After
 * a command that creates, changes or drops a table or view it creates them again.
 */
#include "postgres.h"

#include "access/table.h"
#include "catalog/dependency.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "commands/event_trigger.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "nodes/makefuncs.h"
#include "miscadmin.h"
#include "nodes/parsenodes.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/varlena.h"

#include "base/compat.h"
#include "triggers/confirm_relation.h"
#include "triggers/generation_write.h"
#include "facts/try_in_subtransaction.h"
#include "sql/guarded_views.h"
#include "sql/row.h"

/* A row of flis_guarded_view, and what the catalog has of it now. */
typedef struct GuardedView
{
	const char *schema; /* of flis, as SQL writes it */
	Oid schema_oid;
	const char *view; /* as SQL writes it */
	const char *relation;
	const char *mode;
	const char *owner;
	const char *value_column;
	Datum areas;
	const char *channel;
	const char *relation_identity;
	Oid view_oid;	  /* InvalidOid if there is none, as the next */
	Oid relation_oid; /* of the cube or time dimension */
	Datum dimensions; /* names, as those of a view's areas */
	ArrayType *reads; /* OIDs of the relations that the view reads */
	bool is_over;	  /* the view reads its relation and dimensions */
	bool is_loaded;	  /* these exist */
} GuardedView;

/* What flis_restore_guards did with a view. */
static const char *const KEPT = "kept";
static const char *const RESTORED = "restored";
static const char *const MISSING = "missing";

static void update_row(const GuardedView *guarded);
static GuardedView *read_guarded_views(Oid schema, int *n);
static char *text_at(uint64 row, int column);
static Datum value_at(uint64 row, int column);
static const char *restore(GuardedView *guarded, const char **reason);
static void create_again(void *guarded);
static void create_view(const GuardedView *guarded);
static char **commands_of(const GuardedView *guarded, int *n);
static void execute(const char *command);
static int lift(Oid schema, Oid relation, DropBehavior behavior);
static bool is_reading(const GuardedView *guarded, Oid relation);
static bool may_lift(const GuardedView *guarded, Oid relation);
static void lift_dropped(Oid schema, const DropStmt *statement);
static void lift_altered(Oid schema, const AlterTableStmt *statement);
static void restore_missing(Oid schema, Oid changed);

/*
 * flis_remember_guard writes the row of a view as it is now.  An empty period_like leaves the one
 * that the row has; value_column, areas and channel are empty for a view over a cube.
 *
 * The row is written as the owner of flis_guarded_view, on which the creator of a view needs no
 * privileges.  What the view is now is read with the caller's.
 */
void
flis_remember_guard(Oid schema, const char *view, const char *relation, Datum dimensions,
					const char *mode, const char *value_column, Datum areas, const char *channel,
					const char *period_like)
{
	static const Oid types[] = {TEXTOID,	  TEXTOID,	TEXTOID, TEXTOID, TEXTARRAYOID,
								TEXTOID,	  TEXTOID,	TEXTOID, TEXTOID, TEXTARRAYOID,
								TEXTARRAYOID, JSONBOID, JSONBOID};
	Datum values[] = {CStringGetTextDatum(view),
					  CStringGetTextDatum(relation),
					  CStringGetTextDatum(mode),
					  CStringGetTextDatum(value_column),
					  areas,
					  CStringGetTextDatum(channel),
					  CStringGetTextDatum(period_like),
					  CStringGetTextDatum(flis_relation_identity(flis_relation_named(relation))),
					  (Datum) 0,
					  dimensions,
					  (Datum) 0,
					  (Datum) 0,
					  (Datum) 0};
	Relation table;

	SPI_connect();
	execute(psprintf("SELECT * FROM %s.flis_guard_state(%s)",
					 quote_identifier(get_namespace_name(schema)), quote_literal_cstr(view)));
	if (SPI_processed == 0)
	{
		/* Another session has just dropped it. */
		SPI_finish();
		return;
	}
	values[8] = value_at(0, 1);
	for (int i = 10; i < (int) lengthof(values); i++)
		values[i] = value_at(0, i - 8);
	table = flis_open_internal(schema, "flis_guarded_view");
	flis_write_as_owner(
		table, "INSERT INTO",
		"AS remembered (view, relation, mode, value_column, areas, channel, period_like, "
		"relation_identity, owner, dimensions, options, privileges, comments) "
		"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) "
		"ON CONFLICT (view) DO UPDATE SET relation = excluded.relation, mode = excluded.mode, "
		"value_column = excluded.value_column, areas = excluded.areas, channel = excluded.channel, "
		"relation_identity = excluded.relation_identity, owner = excluded.owner, "
		"dimensions = excluded.dimensions, "
		"options = excluded.options, privileges = excluded.privileges, "
		"comments = excluded.comments, "
		"period_like = CASE WHEN excluded.period_like OPERATOR(pg_catalog.=) '' "
		"THEN remembered.period_like ELSE excluded.period_like END "
		"WHERE pg_catalog.to_jsonb(remembered.*) OPERATOR(pg_catalog.<>) "
		"pg_catalog.to_jsonb(excluded.*)",
		lengthof(types), types, values);
	table_close(table, NoLock);
	SPI_finish();
}

/*
 * flis_remembered_period finds the example of a period that was remembered when a view of a name
 * was created over a relation; NULL if there is none.  The schema is that of flis, as SQL writes
 * it.  Runs within SPI_connect.
 */
const char *
flis_remembered_period(const char *schema, const char *view, const char *relation)
{
	execute(psprintf("SELECT period_like FROM %s.flis_guarded_view WHERE view "
					 "OPERATOR(pg_catalog.=) %s AND relation OPERATOR(pg_catalog.=) %s "
					 "AND period_like OPERATOR(pg_catalog.<>) ''",
					 schema, quote_literal_cstr(view), quote_literal_cstr(relation)));
	return SPI_processed > 0 ? text_at(0, 1) : NULL;
}

/*
 * flis_restore_guards() creates the guarded views that are missing or read another table than they
 * should, updates the rows of the others, and returns one row for each view.
 */
PG_FUNCTION_INFO_V1(flis_restore_guards);
Datum
flis_restore_guards(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	GuardedView *guarded;
	int n;

	InitMaterializedSRF(fcinfo, 0);
	SPI_connect();
	guarded = read_guarded_views(get_func_namespace(fcinfo->flinfo->fn_oid), &n);
	for (int i = 0; i < n; i++)
	{
		const char *reason = NULL;
		const char *outcome = restore(&guarded[i], &reason);
		FlisRow row = {0};

		flis_write_text(&row, guarded[i].view);
		flis_write_text(&row, guarded[i].relation);
		flis_write_text(&row, outcome);
		flis_write_text(&row, reason);
		flis_end_row(&row, result);
	}
	SPI_finish();
	return (Datum) 0;
}

/*
 * flis_lift_guards(relation text) updates the rows of the guarded views over a table and drops the
 * views, so that the table can be dropped; returns how many there were.
 */
PG_FUNCTION_INFO_V1(flis_lift_guards);
Datum
flis_lift_guards(PG_FUNCTION_ARGS)
{
	RangeVar *name = makeRangeVarFromNameList(textToQualifiedNameList(PG_GETARG_TEXT_PP(0)));

	PG_RETURN_INT32(lift(get_func_namespace(fcinfo->flinfo->fn_oid),
						 RangeVarGetRelid(name, AccessShareLock, false), DROP_RESTRICT));
}

/*
 * flis_keep_guards() is the function of event triggers on ddl_command_start and ddl_command_end.
 */
PG_FUNCTION_INFO_V1(flis_keep_guards);
Datum
flis_keep_guards(PG_FUNCTION_ARGS)
{
	const EventTriggerData *event = (const EventTriggerData *) fcinfo->context;
	Oid schema = get_func_namespace(fcinfo->flinfo->fn_oid);

	if (!CALLED_AS_EVENT_TRIGGER(fcinfo))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_EVENT_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("flis_keep_guards was not called by an event trigger"),
				 errhint("Use CREATE EVENT TRIGGER ... EXECUTE FUNCTION flis_keep_guards().")));
	/* A role that may not use the schema of flis has nothing to do with guards. */
	if (FLIS_SCHEMA_ACLCHECK(schema, GetUserId(), ACL_USAGE) != ACLCHECK_OK)
		PG_RETURN_NULL();
	if (strcmp(event->event, "ddl_command_start") == 0)
	{
		if (IsA(event->parsetree, DropStmt))
			lift_dropped(schema, (const DropStmt *) event->parsetree);
		else if (IsA(event->parsetree, AlterTableStmt))
			lift_altered(schema, (const AlterTableStmt *) event->parsetree);
	}
	else if (strcmp(event->event, "ddl_command_end") == 0)
	{
		const RangeVar *changed = NULL;

		if (IsA(event->parsetree, ViewStmt))
			changed = ((const ViewStmt *) event->parsetree)->view;
		else if (IsA(event->parsetree, AlterTableStmt))
			changed = ((const AlterTableStmt *) event->parsetree)->relation;
		else if (!IsA(event->parsetree, CreateStmt) &&
				 !IsA(event->parsetree, CreateForeignTableStmt) &&
				 !IsA(event->parsetree, CreateTableAsStmt) && !IsA(event->parsetree, RenameStmt) &&
				 !IsA(event->parsetree, AlterObjectSchemaStmt) && !IsA(event->parsetree, DropStmt))
			PG_RETURN_NULL();
		restore_missing(schema,
						changed != NULL ? RangeVarGetRelid(changed, NoLock, true) : InvalidOid);
	}
	PG_RETURN_NULL();
}

/*
 * update_row writes the row of a view that is remembered as it is now.
 */
static void
update_row(const GuardedView *guarded)
{
	flis_remember_guard(guarded->schema_oid, guarded->view, guarded->relation, guarded->dimensions,
						guarded->mode, guarded->value_column, guarded->areas, guarded->channel, "");
}

/*
 * read_guarded_views reads flis_guarded_view and what the catalog has of each view, in the order of the
 * views' names.  Runs within SPI_connect.
 */
static GuardedView *
read_guarded_views(Oid schema, int *n)
{
	const char *flis = quote_identifier(get_namespace_name(schema));
	GuardedView *guarded;

	execute(psprintf("SELECT * FROM %s.flis_guards()", flis));
	*n = (int) SPI_processed;
	guarded = palloc0(*n * sizeof(GuardedView));
	for (int i = 0; i < *n; i++)
		guarded[i] = (GuardedView){.schema = flis,
								   .schema_oid = schema,
								   .view = text_at(i, 1),
								   .relation = text_at(i, 2),
								   .mode = text_at(i, 3),
								   .owner = text_at(i, 4),
								   .value_column = text_at(i, 5),
								   .areas = value_at(i, 6),
								   .channel = text_at(i, 7),
								   .relation_identity = text_at(i, 8),
								   .view_oid = DatumGetObjectId(value_at(i, 9)),
								   .relation_oid = DatumGetObjectId(value_at(i, 10)),
								   .dimensions = value_at(i, 11),
								   .reads = DatumGetArrayTypeP(value_at(i, 12)),
								   .is_over = text_at(i, 13) == NULL,
								   .is_loaded = DatumGetBool(value_at(i, 14))};
	return guarded;
}

static char *
text_at(uint64 row, int column)
{
	return SPI_getvalue(SPI_tuptable->vals[row], SPI_tuptable->tupdesc, column);
}

/*
 * value_at finds a value of a result's row; 0, which is InvalidOid and false, for NULL.
 */
static Datum
value_at(uint64 row, int column)
{
	bool isnull;

	return SPI_getbinval(SPI_tuptable->vals[row], SPI_tuptable->tupdesc, column, &isnull);
}

/*
 * restore creates one view, or updates its row if it is there.  It tells which of these it did, and the
 * reason if the view is missing still.
 */
static const char *
restore(GuardedView *guarded, const char **reason)
{
	ErrorData *error;

	if (OidIsValid(guarded->view_oid) && guarded->is_over)
	{
		update_row(guarded);
		return KEPT;
	}
	if (flis_try_in_subtransaction(create_again, guarded, &error))
		return RESTORED;
	*reason = error->message;
	return MISSING;
}

/*
 * create_again creates a view as the role that owned it.  If there is one over another relation, as
 * after the table was renamed, that is dropped.  After an error the subtransaction restores the role.
 *
 * To read the format of the periods of a view runs its functions, so that the owner of a dimension
 * could run something as the owner of the guarded view.  (Of a cube flis_cube has what it was.)
 */
static void
create_again(void *argument)
{
	const GuardedView *guarded = argument;
	Oid owner = get_role_oid(guarded->owner, false);
	const char *identity;
	Oid user;
	int security_context;

	if (!OidIsValid(guarded->relation_oid))
		ereport(ERROR, (errcode(ERRCODE_UNDEFINED_TABLE),
						errmsg("table %s does not exist", guarded->relation)));
	GetUserIdAndSecContext(&user, &security_context);
	if (!has_privs_of_role(user, owner))
		ereport(ERROR, (errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
						errmsg("the view belongs to role \"%s\"", guarded->owner)));
	identity = flis_relation_identity(guarded->relation_oid);
	if (strcmp(guarded->mode, "calendar") == 0 &&
		!flis_relation_holds_rows(guarded->relation_oid) &&
		strcmp(guarded->relation_identity, identity) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("%s is a %s, and was a %s: call flis_guard_calendar if it is to be read",
						guarded->relation, identity, guarded->relation_identity)));
	SetUserIdAndSecContext(owner, security_context | SECURITY_LOCAL_USERID_CHANGE |
									  SECURITY_RESTRICTED_OPERATION);
	if (OidIsValid(guarded->view_oid))
		execute(psprintf("DROP VIEW %s", guarded->view));
	create_view(guarded);
	SetUserIdAndSecContext(user, security_context);
}

/*
 * create_view creates a view with all that is remembered of it, as the current role.  flis_guard
 * overwrites the row of the view, so the commands for options, comments and privileges are composed
 * before.
 */
static void
create_view(const GuardedView *guarded)
{
	const char *view = quote_literal_cstr(guarded->view);
	GuardedView created = *guarded;
	char **commands;
	char *areas;
	Oid output;
	bool is_varlena;
	int n;

	commands = commands_of(guarded, &n);
	getTypeOutputInfo(TEXTARRAYOID, &output, &is_varlena);
	areas = OidOutputFunctionCall(output, guarded->areas);
	execute(strcmp(guarded->mode, "calendar") == 0
				? psprintf("SELECT %s.flis_guard_calendar(%s, %s, %s::pg_catalog.text[], %s, %s)",
						   guarded->schema, quote_literal_cstr(guarded->relation),
						   quote_literal_cstr(guarded->value_column), quote_literal_cstr(areas),
						   view, quote_literal_cstr(guarded->channel))
				: psprintf("SELECT %s.flis_guard(%s, %s, %s)", guarded->schema,
						   quote_literal_cstr(guarded->relation), view,
						   quote_literal_cstr(guarded->mode)));
	for (int i = 0; i < n; i++)
		execute(commands[i]);
	/* flis_cube may name other dimensions now, which flis_guard has written. */
	execute(psprintf("SELECT dimensions FROM %s.flis_guarded_view WHERE view "
					 "OPERATOR(pg_catalog.=) %s",
					 guarded->schema, view));
	created.dimensions = value_at(0, 1);
	update_row(&created);
}

/*
 * commands_of finds the commands that give a view its options, comments and privileges.
 */
static char **
commands_of(const GuardedView *guarded, int *n)
{
	char **commands;

	execute(psprintf("SELECT * FROM %s.flis_guard_commands(%s, %s)", guarded->schema,
					 quote_literal_cstr(guarded->view), quote_literal_cstr(guarded->relation)));
	*n = (int) SPI_processed;
	commands = palloc(*n * sizeof(char *));
	for (int i = 0; i < *n; i++)
		commands[i] = text_at(i, 1);
	return commands;
}

/*
 * execute executes a command of SQL within SPI_connect.
 */
static void
execute(const char *command)
{
	if (SPI_execute(command, false, 0) < 0)
		elog(ERROR, "could not execute \"%s\"", command);
}

/*
 * lift updates the rows of the guarded views that read a relation and that the caller may drop, drops
 * these views and returns how many there were.
 */
static int
lift(Oid schema, Oid relation, DropBehavior behavior)
{
	GuardedView *guarded;
	int lifted = 0;
	int n;

	SPI_connect();
	guarded = read_guarded_views(schema, &n);
	for (int i = 0; i < n; i++)
	{
		ObjectAddress view = {RelationRelationId, guarded[i].view_oid, 0};

		if (!is_reading(&guarded[i], relation) || !may_lift(&guarded[i], relation))
			continue;
		/* One that reads this one has gone with it. */
		if (flis_relation_named(guarded[i].view) != guarded[i].view_oid)
			continue;
		update_row(&guarded[i]);
		lifted += 1 + lift(schema, guarded[i].view_oid, behavior);
		performDeletion(&view, behavior, 0);
	}
	SPI_finish();
	return lifted;
}

/*
 * is_reading tells whether a view reads a relation, as its cube or as a dimension.
 */
static bool
is_reading(const GuardedView *guarded, Oid relation)
{
	Datum *reads;
	int n;

	deconstruct_array(guarded->reads, OIDOID, sizeof(Oid), true, TYPALIGN_INT, &reads, NULL, &n);
	for (int i = 0; i < n; i++)
		if (DatumGetObjectId(reads[i]) == relation)
			return true;
	return false;
}

/*
 * may_lift tells whether the caller may drop a view: as its owner, or as the owner of a table that it
 * reads, who could drop both with CASCADE.
 */
static bool
may_lift(const GuardedView *guarded, Oid relation)
{
	return FLIS_OWNS_RELATION(guarded->view_oid, GetUserId()) ||
		   FLIS_OWNS_RELATION(relation, GetUserId());
}

/*
 * lift_dropped lifts the guarded views over the relations that are about to be dropped.
 */
static void
lift_dropped(Oid schema, const DropStmt *statement)
{
	ListCell *cell;

	if (statement->removeType != OBJECT_TABLE && statement->removeType != OBJECT_MATVIEW &&
		statement->removeType != OBJECT_VIEW && statement->removeType != OBJECT_FOREIGN_TABLE)
		return;
	foreach (cell, statement->objects)
	{
		Oid relation =
			RangeVarGetRelid(makeRangeVarFromNameList(lfirst_node(List, cell)), NoLock, true);

		if (OidIsValid(relation))
			lift(schema, relation, statement->behavior);
	}
}

/*
 * lift_altered lifts the guarded views over a relation of which a column is about to be dropped or to
 * get another type, which a view that has the column would prevent.
 */
static void
lift_altered(Oid schema, const AlterTableStmt *statement)
{
	Oid relation = RangeVarGetRelid(statement->relation, NoLock, true);
	ListCell *cell;

	foreach (cell, statement->cmds)
	{
		const AlterTableCmd *command = lfirst_node(AlterTableCmd, cell);

		if (OidIsValid(relation) &&
			(command->subtype == AT_DropColumn || command->subtype == AT_AlterColumnType))
			lift(schema, relation, command->behavior);
	}
}

/*
 * restore_missing creates the guarded views that are missing and whose tables are there.  A view that
 * cannot be created is a warning, so that the load goes on.  "changed" is the relation that the command
 * changed: nothing is to be done after a command of its own, which changes a guarded view.
 */
static void
restore_missing(Oid schema, Oid changed)
{
	GuardedView *guarded;
	int n;

	SPI_connect();
	guarded = read_guarded_views(schema, &n);
	for (int i = 0; i < n && OidIsValid(changed); i++)
		if (guarded[i].view_oid == changed)
			n = 0;
	for (int i = 0; i < n; i++)
	{
		const char *reason = NULL;

		if (!guarded[i].is_loaded || guarded[i].is_over)
			continue;
		if (restore(&guarded[i], &reason) == MISSING)
			ereport(WARNING,
					(errcode(ERRCODE_WARNING),
					 errmsg("guarded view %s could not be put back", guarded[i].view),
					 errdetail("%s.", reason),
					 errhint("SELECT * FROM %s.flis_restore_guards();", guarded[i].schema)));
	}
	SPI_finish();
}
