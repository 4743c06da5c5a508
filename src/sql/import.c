/*
 * import.c
 *		The functions of SQL that read a status deck, compare it and store it.
 *
 * The whole deck is read before anything is written.  The statements run with the caller's privileges,
 * and name every table and operator with its schema, so that they do not depend on search_path.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/lsyscache.h"
#include "utils/snapmgr.h"

#include "base/compat.h"
#include "cache/scan.h"
#include "sql/import_warnings.h"
#include "sql/row.h"
#include "sql/status_deck.h"

/* Attempts to store a row that other transactions write or remove at the same time. */
#define STORE_ATTEMPTS 3

/* The statements of an import. */
typedef struct Statements
{
	bool stores; /* false: nothing is written, and the caller's snapshot is used */
	SPIPlanPtr find_newest;
	SPIPlanPtr find_missing;
	SPIPlanPtr find;
	SPIPlanPtr find_previous;
	SPIPlanPtr insert;
	SPIPlanPtr update;
} Statements;

static void check_status_table(Oid schema);
static Datum import_overview(FunctionCallInfo fcinfo, bool stores);
static void warn_of_day(const Statements *statements, FlisDay as_of);
static void find_missing(const Statements *statements, const FlisStatusDeck *status_deck,
						 FlisRemarks *remarks);
static void prepare(Oid schema, Statements *statements);
static const char *store_row(const Statements *statements, Datum area, Datum as_of,
							 const FlisStatusRow *row);
static bool find_row(const Statements *statements, SPIPlanPtr plan, Datum area, Datum as_of,
					 FlisStatusRow *row, Datum *found_as_of);
static bool write_row(SPIPlanPtr plan, Datum area, Datum as_of, const FlisStatusRow *row);
static bool is_same_row(const FlisStatusRow *left, const FlisStatusRow *right);
static bool differs(int column, const FlisStatusRow *left, const FlisStatusRow *right);
static Datum differing_columns(const FlisStatusRow *left, const FlisStatusRow *right);

/*
 * flis_parse_overview(deck text, year integer) returns the rows of a deck and stores nothing.
 */
PG_FUNCTION_INFO_V1(flis_parse_overview);
Datum
flis_parse_overview(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	FlisStatusDeck status_deck;

	InitMaterializedSRF(fcinfo, 0);
	if (!flis_read_status_deck(fcinfo, &status_deck))
		return (Datum) 0;
	for (int i = 0; i < status_deck.deck.row_count; i++)
	{
		const FlisStatusRow *values = &status_deck.rows[i];
		FlisRow row = {0};

		flis_write_integer(&row, true, status_deck.deck.rows[i].line);
		flis_write_datum(&row, true, status_deck.areas[i]);
		flis_write_day(&row, status_deck.deck.as_of);
		for (int column = 0; column < FLIS_STATUS_COLUMNS; column++)
			flis_write_datum(&row, !values->nulls[column], values->values[column]);
		flis_end_row(&row, result);
	}
	return (Datum) 0;
}

/*
 * flis_import_overview(deck text, year integer) stores the rows of a deck and returns, for each, what it
 * changed in flis_status and in which columns it differs from the deck before.
 */
PG_FUNCTION_INFO_V1(flis_import_overview);
Datum
flis_import_overview(PG_FUNCTION_ARGS)
{
	return import_overview(fcinfo, true);
}

/*
 * flis_compare_overview(deck text, year integer) returns what flis_import_overview would, warns as it
 * would, and stores nothing.
 */
PG_FUNCTION_INFO_V1(flis_compare_overview);
Datum
flis_compare_overview(PG_FUNCTION_ARGS)
{
	return import_overview(fcinfo, false);
}

/*
 * flis_withdraw_overview(as_of date) deletes what the deck of a day stored and returns how many
 * rows these were.
 */
PG_FUNCTION_INFO_V1(flis_withdraw_overview);
Datum
flis_withdraw_overview(PG_FUNCTION_ARGS)
{
	Oid schema = get_func_namespace(fcinfo->flinfo->fn_oid);
	Oid type = DATEOID;
	Datum as_of = PG_GETARG_DATUM(0);
	uint64 deleted;

	check_status_table(schema);
	SPI_connect();
	if (SPI_execute_with_args(
			psprintf("DELETE FROM %s WHERE as_of OPERATOR(pg_catalog.=) $1",
					 quote_qualified_identifier(get_namespace_name(schema), "flis_status")),
			1, &type, &as_of, NULL, false, 0) != SPI_OK_DELETE)
		elog(ERROR, "could not delete from flis_status");
	deleted = SPI_processed;
	SPI_finish();
	PG_RETURN_INT32((int32) deleted);
}

/*
 * import_overview imports the deck of the arguments, or with stores false only returns and warns as
 * it would.
 */
static Datum
import_overview(FunctionCallInfo fcinfo, bool stores)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Oid schema = get_func_namespace(fcinfo->flinfo->fn_oid);
	FlisStatusDeck status_deck;
	Statements statements = {.stores = stores};
	FlisRemarks remarks;
	FlisDay as_of;

	InitMaterializedSRF(fcinfo, 0);
	if (!flis_read_status_deck(fcinfo, &status_deck))
		return (Datum) 0;
	as_of = status_deck.deck.as_of;
	check_status_table(schema);
	flis_remarks_begin(&remarks);
	SPI_connect();
	prepare(schema, &statements);
	warn_of_day(&statements, as_of);
	/* All remarks come first, since they depend on the statuses before this deck. */
	for (int i = 0; i < status_deck.deck.row_count; i++)
	{
		const FlisDeckRow *row = &status_deck.deck.rows[i];
		const FlisStatusRow *previous = &status_deck.previous[i].row;
		FlisStatus status = {FLIS_NO_DAY, FLIS_NO_DAY, FLIS_NOT_REPORTED};

		status_deck.previous[i].is_found = find_row(
			&statements, statements.find_previous, status_deck.areas[i], DateADTGetDatum(as_of),
			&status_deck.previous[i].row, &status_deck.previous[i].as_of);
		if (status_deck.previous[i].is_found)
		{
			status.as_of = DatumGetDateADT(status_deck.previous[i].as_of);
			if (!previous->nulls[0])
				status.data_through = DatumGetDateADT(previous->values[0]);
		}
		flis_remark_row(&remarks, row->area, TextDatumGetCString(status_deck.areas[i]), row, as_of,
						status_deck.previous[i].is_found ? &status : NULL);
	}
	find_missing(&statements, &status_deck, &remarks);
	for (int i = 0; i < status_deck.deck.row_count; i++)
	{
		const FlisStatusRow *now = &status_deck.rows[i];
		const FlisPreviousRow *previous = &status_deck.previous[i];
		const char *change =
			store_row(&statements, status_deck.areas[i], DateADTGetDatum(as_of), now);
		FlisRow row = {0};

		flis_write_integer(&row, true, status_deck.deck.rows[i].line);
		flis_write_datum(&row, true, status_deck.areas[i]);
		flis_write_day(&row, as_of);
		for (int column = 0; column < 2; column++)
			flis_write_datum(&row, !now->nulls[column], now->values[column]);
		flis_write_text(&row, change);
		flis_write_datum(&row, previous->is_found, previous->as_of);
		for (int column = 0; column < 2; column++)
			flis_write_datum(&row, previous->is_found && !previous->row.nulls[column],
							 previous->row.values[column]);
		flis_write_datum(&row, previous->is_found,
						 previous->is_found ? differing_columns(&previous->row, now) : (Datum) 0);
		flis_end_row(&row, result);
	}
	flis_warn_of_remarks(&remarks, as_of);
	flis_warn_of_unread(&status_deck.deck);
	SPI_finish();
	return (Datum) 0;
}

/*
 * check_status_table raises 55000 for a flis_status that cannot take a deck, as the other functions
 * do for a table that was dropped or altered.
 */
static void
check_status_table(Oid schema)
{
	FlisScan scan;

	flis_scan_begin(&scan, &flis_status_shape, schema, GetActiveSnapshot(), 0, NULL);
	flis_scan_end(&scan);
}

/*
 * warn_of_day warns of the deck's day if it is after today, or before that of the newest deck stored.
 */
static void
warn_of_day(const Statements *statements, FlisDay as_of)
{
	FlisDay newest = FLIS_NO_DAY;
	bool isnull;
	Datum value;

	if (SPI_execute_plan(statements->find_newest, NULL, NULL, !statements->stores, 1) !=
		SPI_OK_SELECT)
		elog(ERROR, "could not read flis_status");
	value = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull);
	if (!isnull)
		newest = DatumGetDateADT(value);
	flis_warn_of_day(as_of, GetSQLCurrentDate(), newest);
}

/*
 * find_missing notes the areas that should have a row in the deck and have none: those with a
 * position in the deck's table, and those that a user added and that are no part of another.  A row
 * that is already stored for the deck's day counts, so that a deck may come slide by slide.
 */
static void
find_missing(const Statements *statements, const FlisStatusDeck *status_deck, FlisRemarks *remarks)
{
	Datum arguments[2] = {
		DateADTGetDatum(status_deck->deck.as_of),
		PointerGetDatum(construct_array(status_deck->areas, status_deck->deck.row_count, TEXTOID,
										-1, false, TYPALIGN_INT))};

	if (SPI_execute_plan(statements->find_missing, arguments, NULL, !statements->stores, 0) !=
		SPI_OK_SELECT)
		elog(ERROR, "could not read flis_area");
	for (uint64 i = 0; i < SPI_processed; i++)
		flis_remark_missing(remarks, SPI_getvalue(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1));
}

/*
 * prepare plans the statements of an import.  Rows are compared in C, since IS DISTINCT FROM would
 * look its operators up through search_path.
 */
static void
prepare(Oid schema, Statements *statements)
{
	Oid types[2 + FLIS_STATUS_COLUMNS] = {TEXTOID, DATEOID};
	Oid missing_types[2] = {DATEOID, TEXTARRAYOID};
	const char *table = quote_qualified_identifier(get_namespace_name(schema), "flis_status");
	StringInfoData columns;
	StringInfoData parameters;

	initStringInfo(&columns);
	initStringInfo(&parameters);
	for (int i = 0; i < FLIS_STATUS_COLUMNS; i++)
	{
		types[2 + i] = flis_status_shape.columns[i].type;
		appendStringInfo(&columns, ", %s", flis_status_shape.columns[i].name);
		appendStringInfo(&parameters, ", $%d", i + 3);
	}
	statements->find =
		SPI_prepare(psprintf("SELECT as_of%s FROM %s WHERE area OPERATOR(pg_catalog.=) $1"
							 " AND as_of OPERATOR(pg_catalog.=) $2",
							 columns.data, table),
					2, types);
	statements->find_previous =
		SPI_prepare(psprintf("SELECT as_of%s FROM %s WHERE area OPERATOR(pg_catalog.=) $1"
							 " AND as_of OPERATOR(pg_catalog.<) $2 ORDER BY as_of DESC LIMIT 1",
							 columns.data, table),
					2, types);
	statements->insert = SPI_prepare(psprintf("INSERT INTO %s (area, as_of%s) VALUES ($1, $2%s)"
											  " ON CONFLICT (area, as_of) DO NOTHING",
											  table, columns.data, parameters.data),
									 2 + FLIS_STATUS_COLUMNS, types);
	statements->update = SPI_prepare(
		psprintf("UPDATE %s SET (recorded_at%s) = ROW(DEFAULT%s)"
				 " WHERE area OPERATOR(pg_catalog.=) $1 AND as_of OPERATOR(pg_catalog.=) $2",
				 table, columns.data, parameters.data),
		2 + FLIS_STATUS_COLUMNS, types);
	statements->find_newest =
		SPI_prepare(psprintf("SELECT pg_catalog.max(as_of) FROM %s", table), 0, NULL);
	statements->find_missing = SPI_prepare(
		psprintf("SELECT a.area FROM %s a WHERE NOT a.retired AND (a.position IS NOT NULL"
				 " OR (a.part_of IS NULL AND NOT EXISTS (SELECT FROM %s b"
				 " WHERE b.reference_table OPERATOR(pg_catalog.=) 'flis_area'"
				 " AND b.key OPERATOR(pg_catalog.=) a.area)))"
				 " AND a.area OPERATOR(pg_catalog.<>) ALL ($2)"
				 " AND NOT EXISTS (SELECT FROM %s s WHERE s.area OPERATOR(pg_catalog.=) a.area"
				 " AND s.as_of OPERATOR(pg_catalog.=) $1)"
				 " ORDER BY a.position, a.area",
				 quote_qualified_identifier(get_namespace_name(schema), "flis_area"),
				 quote_qualified_identifier(get_namespace_name(schema), "flis_shipped"), table),
		2, missing_types);
	if (statements->find_newest == NULL || statements->find_missing == NULL ||
		statements->find == NULL || statements->find_previous == NULL ||
		statements->insert == NULL || statements->update == NULL)
		elog(ERROR, "could not prepare the statements of an import: %s",
			 SPI_result_code_string(SPI_result));
}

/*
 * store_row writes one row and tells what that changed.  If an equal row is there no statement runs,
 * since that would fire triggers, and an import of the same deck would be a change.
 */
static const char *
store_row(const Statements *statements, Datum area, Datum as_of, const FlisStatusRow *row)
{
	for (int attempt = 0; attempt < STORE_ATTEMPTS; attempt++)
	{
		FlisStatusRow stored;
		Datum found_as_of;

		if (!find_row(statements, statements->find, area, as_of, &stored, &found_as_of))
		{
			if (!statements->stores || write_row(statements->insert, area, as_of, row))
				return "new";
		}
		else if (is_same_row(&stored, row))
			return "unchanged";
		else if (!statements->stores || write_row(statements->update, area, as_of, row))
			return "changed";
	}
	ereport(ERROR, (errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
					errmsg("could not store the status of area \"%s\"", TextDatumGetCString(area)),
					errdetail("Another transaction or a trigger removes or hides the row."),
					errhint("Import the deck again.")));
}

/*
 * find_row reads the row that a statement finds, in SPI's memory; false if there is none.
 */
static bool
find_row(const Statements *statements, SPIPlanPtr plan, Datum area, Datum as_of, FlisStatusRow *row,
		 Datum *found_as_of)
{
	Datum arguments[2] = {area, as_of};
	int result = SPI_execute_plan(plan, arguments, NULL, !statements->stores, 1);
	bool isnull;

	if (result != SPI_OK_SELECT)
		elog(ERROR, "could not read flis_status: %s", SPI_result_code_string(result));
	if (SPI_processed == 0)
		return false;
	*found_as_of = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull);
	for (int i = 0; i < FLIS_STATUS_COLUMNS; i++)
	{
		row->values[i] =
			SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, i + 2, &row->nulls[i]);
		if (!row->nulls[i] && flis_status_shape.columns[i].type == TEXTOID)
			row->values[i] = PointerGetDatum(PG_DETOAST_DATUM_PACKED(row->values[i]));
	}
	return true;
}

/*
 * write_row runs a statement that writes one row; false if it wrote none.
 */
static bool
write_row(SPIPlanPtr plan, Datum area, Datum as_of, const FlisStatusRow *row)
{
	Datum arguments[2 + FLIS_STATUS_COLUMNS] = {area, as_of};
	char nulls[2 + FLIS_STATUS_COLUMNS] = {' ', ' '};
	int result;

	for (int i = 0; i < FLIS_STATUS_COLUMNS; i++)
	{
		arguments[2 + i] = row->values[i];
		nulls[2 + i] = row->nulls[i] ? 'n' : ' ';
	}
	result = SPI_execute_plan(plan, arguments, nulls, false, 0);
	if (result != SPI_OK_INSERT && result != SPI_OK_UPDATE)
		elog(ERROR, "could not write flis_status: %s", SPI_result_code_string(result));
	return SPI_processed > 0;
}

static bool
is_same_row(const FlisStatusRow *left, const FlisStatusRow *right)
{
	for (int column = 0; column < FLIS_STATUS_COLUMNS; column++)
		if (differs(column, left, right))
			return false;
	return true;
}

/*
 * differs tells whether two rows differ in a column; texts do if a byte does.
 */
static bool
differs(int column, const FlisStatusRow *left, const FlisStatusRow *right)
{
	text *left_text;
	text *right_text;

	if (left->nulls[column] || right->nulls[column])
		return left->nulls[column] != right->nulls[column];
	if (flis_status_shape.columns[column].type != TEXTOID)
		return left->values[column] != right->values[column];
	left_text = DatumGetTextPP(left->values[column]);
	right_text = DatumGetTextPP(right->values[column]);
	return VARSIZE_ANY_EXHDR(left_text) != VARSIZE_ANY_EXHDR(right_text) ||
		   memcmp(VARDATA_ANY(left_text), VARDATA_ANY(right_text), VARSIZE_ANY_EXHDR(left_text)) !=
			   0;
}

/*
 * differing_columns returns the names of the columns in which two rows differ, as text[].
 */
static Datum
differing_columns(const FlisStatusRow *left, const FlisStatusRow *right)
{
	Datum names[FLIS_STATUS_COLUMNS];
	int count = 0;

	for (int column = 0; column < FLIS_STATUS_COLUMNS; column++)
	{
		if (differs(column, left, right))
			names[count++] = CStringGetTextDatum(flis_status_shape.columns[column].name);
	}
	return PointerGetDatum(construct_array(names, count, TEXTOID, -1, false, TYPALIGN_INT));
}
