/*
 * row.c
 *		Builds the rows of a listing: each function adds the value of the next column.
 */
#include "sql/row.h"

#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/tuplestore.h"

#include "cache/names.h"

/*
 * flis_write_text adds a text in the database's encoding; NULL if there is none.
 */
void
flis_write_text(FlisRow *row, const char *value)
{
	flis_write_datum(row, value != NULL, value != NULL ? CStringGetTextDatum(value) : (Datum) 0);
}

/*
 * flis_write_label adds a text that is in UTF-8.
 */
void
flis_write_label(FlisRow *row, const char *utf8)
{
	flis_write_text(row, flis_from_utf8(utf8));
}

/*
 * flis_write_day adds a day; NULL for FLIS_NO_DAY.
 */
void
flis_write_day(FlisRow *row, FlisDay value)
{
	flis_write_datum(row, value != FLIS_NO_DAY, DateADTGetDatum(value));
}

/*
 * flis_write_known_day adds a day that is never NULL; FLIS_NO_DAY is -infinity here.
 */
void
flis_write_known_day(FlisRow *row, FlisDay value)
{
	flis_write_datum(row, true, DateADTGetDatum(value));
}

/*
 * flis_write_truth adds a boolean; NULL for FLIS_UNSAID.
 */
void
flis_write_truth(FlisRow *row, FlisTruth value)
{
	flis_write_datum(row, value != FLIS_UNSAID, BoolGetDatum(value == FLIS_YES));
}

/*
 * flis_write_integer adds an integer; NULL if it is not known.
 */
void
flis_write_integer(FlisRow *row, bool is_known, int value)
{
	flis_write_datum(row, is_known, Int32GetDatum(value));
}

/*
 * flis_write_small adds a smallint; NULL if it is not known.
 */
void
flis_write_small(FlisRow *row, bool is_known, int value)
{
	flis_write_datum(row, is_known, Int16GetDatum((int16) value));
}

/*
 * flis_write_big adds a bigint.
 */
void
flis_write_big(FlisRow *row, int64 value)
{
	flis_write_datum(row, true, Int64GetDatum(value));
}

/*
 * flis_write_datum adds a value of the column's type; NULL if it is not known.
 */
void
flis_write_datum(FlisRow *row, bool is_known, Datum value)
{
	Assert(row->n < FLIS_ROW_SIZE);
	row->nulls[row->n] = !is_known;
	row->values[row->n++] = value;
}

/*
 * flis_end_row adds a row, which has a value for each column, to the result.
 */
void
flis_end_row(FlisRow *row, ReturnSetInfo *result)
{
	Assert(row->n == result->setDesc->natts);
	tuplestore_putvalues(result->setResult, result->setDesc, row->values, row->nulls);
}
