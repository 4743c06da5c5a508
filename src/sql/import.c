/*
 * import.c
 *		The functions of SQL that read a status deck, and the one that stores it.
 *
 * A deck is read wholly before anything is written.  The statements name every table and operator
 * with its schema, so that the caller's search_path decides nothing, and run with the caller's
 * rights.
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
#include "utils/tuplestore.h"

#include "base/compat.h"
#include "cache/scan.h"
#include "sql/status_deck.h"

/* How often a row is tried that another transaction writes or removes at the same time. */
#define STORE_ATTEMPTS 3

/* The statements of an import. */
typedef struct Statements
{
	SPIPlanPtr find;
	SPIPlanPtr find_previous;
	SPIPlanPtr insert;
	SPIPlanPtr update;
} Statements;

typedef enum RowChange
{
	CHANGE_NEW,
	CHANGE_CHANGED,
	CHANGE_UNCHANGED
} RowChange;

static const char *const change_words[] = {
	[CHANGE_NEW] = "new", [CHANGE_CHANGED] = "changed", [CHANGE_UNCHANGED] = "unchanged"};

static void check_status_table(Oid schema);
static void warn_of_day_ahead(Datum as_of);
static void warn_of_missing(const Statements *statements, const FlisStatusDeck *status_deck);
static void warn_of_falls(const char *falls);
static void prepare(Oid schema, Statements *statements);
static RowChange store_row(const Statements *statements, Datum area, Datum as_of,
						   const FlisStatusRow *row);
static bool find_row(SPIPlanPtr plan, Datum area, Datum as_of, FlisStatusRow *row,
					 Datum *found_as_of);
static bool write_row(SPIPlanPtr plan, Datum area, Datum as_of, const FlisStatusRow *row);
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
	flis_read_status_deck(fcinfo, &status_deck);
	for (int i = 0; i < status_deck.deck.row_count; i++)
	{
		const FlisStatusRow *row = &status_deck.rows[i];
		Datum values[3 + FLIS_STATUS_COLUMNS] = {Int32GetDatum(status_deck.deck.rows[i].line),
												 status_deck.areas[i],
												 DateADTGetDatum(status_deck.deck.as_of)};
		bool nulls[3 + FLIS_STATUS_COLUMNS] = {false};

		memcpy(values + 3, row->values, sizeof(row->values));
		memcpy(nulls + 3, row->nulls, sizeof(row->nulls));
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/*
 * flis_import_overview(deck text, year integer) stores the rows of a deck and returns what each did
 * to flis_status, and in what it differs from the area's deck before.
 */
PG_FUNCTION_INFO_V1(flis_import_overview);
Datum
flis_import_overview(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Oid schema = get_func_namespace(fcinfo->flinfo->fn_oid);
	FlisStatusDeck status_deck;
	Statements statements;
	StringInfoData falls; /* the areas that reach less far than before */

	InitMaterializedSRF(fcinfo, 0);
	flis_read_status_deck(fcinfo, &status_deck);
	check_status_table(schema);
	warn_of_day_ahead(DateADTGetDatum(status_deck.deck.as_of));
	SPI_connect();
	prepare(schema, &statements);
	initStringInfo(&falls);
	for (int i = 0; i < status_deck.deck.row_count; i++)
	{
		const FlisStatusRow *row = &status_deck.rows[i];
		Datum area = status_deck.areas[i];
		Datum as_of = DateADTGetDatum(status_deck.deck.as_of);
		FlisStatusRow previous;
		Datum values[10] = {Int32GetDatum(status_deck.deck.rows[i].line), area, as_of,
							row->values[0], row->values[1]};
		bool nulls[10] = {false, false, false, row->nulls[0], row->nulls[1]};

		values[5] = CStringGetTextDatum(change_words[store_row(&statements, area, as_of, row)]);
		if (find_row(statements.find_previous, area, as_of, &previous, &values[6]))
		{
			values[7] = previous.values[0];
			nulls[7] = previous.nulls[0];
			values[8] = previous.values[1];
			nulls[8] = previous.nulls[1];
			values[9] = differing_columns(&previous, row);
			if (!row->nulls[0] && !previous.nulls[0] &&
				DatumGetDateADT(row->values[0]) < DatumGetDateADT(previous.values[0]))
				appendStringInfo(&falls, "%s%s", falls.len > 0 ? ", " : "",
								 TextDatumGetCString(area));
		}
		else
			nulls[6] = nulls[7] = nulls[8] = nulls[9] = true;
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	warn_of_missing(&statements, &status_deck);
	warn_of_falls(falls.data);
	SPI_finish();
	return (Datum) 0;
}

/*
 * check_status_table complains of a flis_status that can't take a deck, as the other functions do of
 * a table that was dropped or altered.
 */
static void
check_status_table(Oid schema)
{
	Oid relation = get_relname_relid("flis_status", schema);

	if (!OidIsValid(relation))
		flis_raise_missing_table("flis_status");
	for (int i = 0; i < FLIS_STATUS_COLUMNS; i++)
	{
		AttrNumber attribute = get_attnum(relation, flis_status_columns[i].name);

		if (attribute == InvalidAttrNumber ||
			get_atttype(relation, attribute) != flis_status_columns[i].type)
			flis_raise_altered_table("flis_status", flis_status_columns[i].name);
	}
}

/*
 * warn_of_day_ahead warns of a deck whose day is still to come: most likely it was read with the wrong
 * year, as in January the deck of December.
 */
static void
warn_of_day_ahead(Datum as_of)
{
	const char *day;

	if (DatumGetDateADT(as_of) <= GetSQLCurrentDate())
		return;
	day = DatumGetCString(DirectFunctionCall1(date_out, as_of));
	ereport(WARNING,
			(errmsg("the deck's day, %s, is still to come", day),
			 errhint("If the year is wrong, DELETE FROM flis_status WHERE as_of = '%s', and import "
					 "the deck with the right one.",
					 day)));
}

/*
 * warn_of_missing warns of areas that earlier decks had a row of and this one hasn't: most likely its
 * text was cut off.  Rows of its day that are stored count, so that a deck may come slide by slide.
 */
static void
warn_of_missing(const Statements *statements, const FlisStatusDeck *status_deck)
{
	Datum as_of = DateADTGetDatum(status_deck->deck.as_of);
	StringInfoData areas;

	initStringInfo(&areas);
	for (int i = 0; i < status_deck->nmissing; i++)
	{
		Datum area = status_deck->missing[i];
		FlisStatusRow row;
		Datum found_as_of;

		if (!find_row(statements->find, area, as_of, &row, &found_as_of) &&
			find_row(statements->find_previous, area, as_of, &row, &found_as_of))
			appendStringInfo(&areas, "%s%s", areas.len > 0 ? ", " : "", TextDatumGetCString(area));
	}
	if (areas.len > 0)
		ereport(WARNING,
				(errmsg("the deck has no row of areas that earlier decks had: %s", areas.data),
				 errhint("If its text was cut off, import the whole deck; retire an area that the "
						 "deck does not have any more.")));
}

/*
 * warn_of_falls warns of areas that reach less far than in the deck before: what was delivered isn't
 * taken back, so that most likely a month was mistyped and found in the year before.
 */
static void
warn_of_falls(const char *falls)
{
	if (falls[0] != '\0')
		ereport(WARNING,
				(errmsg("areas reach less far than in the deck before: %s", falls),
				 errhint("Compare data_through with previous_data_through. A month without a year "
						 "is the latest on or before the deck's day; correct it in the text, or "
						 "print its year behind it, and import the deck again.")));
}

/*
 * prepare plans the statements of an import.  Nothing in them is looked up through search_path:
 * comparing rows for being distinct would be, so that this is done in C.
 */
static void
prepare(Oid schema, Statements *statements)
{
	Oid types[2 + FLIS_STATUS_COLUMNS] = {TEXTOID, DATEOID};
	const char *table = quote_qualified_identifier(get_namespace_name(schema), "flis_status");
	StringInfoData columns;
	StringInfoData parameters;

	initStringInfo(&columns);
	initStringInfo(&parameters);
	for (int i = 0; i < FLIS_STATUS_COLUMNS; i++)
	{
		types[2 + i] = flis_status_columns[i].type;
		appendStringInfo(&columns, ", %s", flis_status_columns[i].name);
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
	if (statements->find == NULL || statements->find_previous == NULL ||
		statements->insert == NULL || statements->update == NULL)
		elog(ERROR, "could not prepare the statements of an import: %s",
			 SPI_result_code_string(SPI_result));
}

/*
 * store_row writes one row unless it is there as it is: then no statement runs that could fire a
 * trigger, so that an import of the same deck changes nothing.
 */
static RowChange
store_row(const Statements *statements, Datum area, Datum as_of, const FlisStatusRow *row)
{
	for (int attempt = 0; attempt < STORE_ATTEMPTS; attempt++)
	{
		FlisStatusRow stored;
		Datum found_as_of;

		if (!find_row(statements->find, area, as_of, &stored, &found_as_of))
		{
			if (write_row(statements->insert, area, as_of, row))
				return CHANGE_NEW;
			continue;
		}
		for (int column = 0; column < FLIS_STATUS_COLUMNS; column++)
		{
			if (differs(column, &stored, row))
			{
				if (write_row(statements->update, area, as_of, row))
					return CHANGE_CHANGED;
				break;
			}
			if (column == FLIS_STATUS_COLUMNS - 1)
				return CHANGE_UNCHANGED;
		}
	}
	ereport(ERROR, (errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
					errmsg("could not store the status of area \"%s\"", TextDatumGetCString(area)),
					errdetail("Another transaction or a trigger removes or hides the row."),
					errhint("Import the deck again.")));
}

/*
 * find_row reads the row that a statement finds into the memory of the SPI connection; false if there
 * is none.
 */
static bool
find_row(SPIPlanPtr plan, Datum area, Datum as_of, FlisStatusRow *row, Datum *found_as_of)
{
	Datum arguments[2] = {area, as_of};
	int result = SPI_execute_plan(plan, arguments, NULL, false, 1);
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
		if (!row->nulls[i] && flis_status_columns[i].type == TEXTOID)
			row->values[i] = PointerGetDatum(PG_DETOAST_DATUM_PACKED(row->values[i]));
	}
	return true;
}

/*
 * write_row runs a statement that writes one row; false if it didn't.
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

/*
 * differs tells whether two rows differ in a column; text does if a byte does.
 */
static bool
differs(int column, const FlisStatusRow *left, const FlisStatusRow *right)
{
	text *left_text;
	text *right_text;

	if (left->nulls[column] || right->nulls[column])
		return left->nulls[column] != right->nulls[column];
	if (flis_status_columns[column].type != TEXTOID)
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
			names[count++] = CStringGetTextDatum(flis_status_columns[column].name);
	}
	return PointerGetDatum(construct_array(names, count, TEXTOID, -1, false, TYPALIGN_INT));
}
