/*
 * row.c
 *		A row of a listing under construction: each value is put behind the one before.
 */
#include "sql/row.h"

#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/tuplestore.h"

#include "cache/names.h"

/*
 * flis_write_text puts a text in the database's encoding; NULL if there is none.
 */
void
flis_write_text(FlisRow *row, const char *value)
{
	flis_write_datum(row, value != NULL, value != NULL ? CStringGetTextDatum(value) : (Datum) 0);
}

/*
 * flis_write_label puts a text that is in UTF-8.
 */
void
flis_write_label(FlisRow *row, const char *utf8)
{
	flis_write_text(row, flis_from_utf8(utf8));
}

/*
 * flis_write_day puts a day; NULL for FLIS_NO_DAY.
 */
void
flis_write_day(FlisRow *row, FlisDay value)
{
	flis_write_datum(row, value != FLIS_NO_DAY, DateADTGetDatum(value));
}

/*
 * flis_write_known_day puts a day, be it -infinity.
 */
void
flis_write_known_day(FlisRow *row, FlisDay value)
{
	flis_write_datum(row, true, DateADTGetDatum(value));
}

/*
 * flis_write_truth puts a boolean; NULL where nobody said.
 */
void
flis_write_truth(FlisRow *row, FlisTruth value)
{
	flis_write_datum(row, value != FLIS_UNSAID, BoolGetDatum(value == FLIS_YES));
}

/*
 * flis_write_integer puts an integer that may not be known.
 */
void
flis_write_integer(FlisRow *row, bool is_known, int value)
{
	flis_write_datum(row, is_known, Int32GetDatum(value));
}

/*
 * flis_write_small puts a smallint that may not be known.
 */
void
flis_write_small(FlisRow *row, bool is_known, int value)
{
	flis_write_datum(row, is_known, Int16GetDatum((int16) value));
}

/*
 * flis_write_big puts a bigint.
 */
void
flis_write_big(FlisRow *row, int64 value)
{
	flis_write_datum(row, true, Int64GetDatum(value));
}

/*
 * flis_write_datum puts a value of the column's type that may not be known.
 */
void
flis_write_datum(FlisRow *row, bool is_known, Datum value)
{
	Assert(row->n < FLIS_ROW_SIZE);
	row->nulls[row->n] = !is_known;
	row->values[row->n++] = value;
}

/*
 * flis_end_row hands a row over, whose values are as many as the listing has columns.
 */
void
flis_end_row(FlisRow *row, ReturnSetInfo *result)
{
	Assert(row->n == result->setDesc->natts);
	tuplestore_putvalues(result->setResult, result->setDesc, row->values, row->nulls);
}
