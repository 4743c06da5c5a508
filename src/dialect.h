/*
 * dialect.h
 *		How a fact table writes its reference periods.
 *
 * A period is known by its last day.  Days, and numbers and texts that write a day, stand for the
 * reference period of the area (month, year, day) that contains them; all else for what it writes.
 */
#ifndef FLIS_DIALECT_H
#define FLIS_DIALECT_H

#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/date.h"
#include "utils/timestamp.h"

#include "form.h"
#include "model.h"

typedef struct FlisDialect
{
	Oid type; /* of the column; a domain's base type */
	FlisFrequency frequency;
	bool has_form; /* a number or a text */
	FlisForm form; /* as which it is written */
	bool is_of_days;
} FlisDialect;

/*
 * The period for which a value stands, and the numbers of all values that stand for it; where those are
 * none, or not all numbers from low to high, both are the last day.
 */
typedef struct FlisWritten
{
	FlisDay last;
	int64 low;
	int64 high;
} FlisWritten;

extern bool flis_is_text_type(Oid type);
extern bool flis_is_number_type(Oid type);
extern bool flis_is_day_type(Oid type);
extern bool flis_form_of_value(Oid type, Datum value, FlisForm *form);
extern void flis_dialect_begin(FlisDialect *dialect, Oid type, FlisFrequency frequency,
							   const FlisForm *form);

extern bool flis_has_ranges(const FlisDialect *dialect);
extern bool flis_read_written(const FlisDialect *dialect, Datum value, FlisWritten *written);
extern FlisDay flis_newest_over(const FlisDialect *dialect, FlisDay on);
extern int flis_period_days(const FlisDialect *dialect);
extern int flis_municipality_code(Oid type, Datum value);

/* The conditions of SQL for periods; NULL where the dialect can't write the period. */
extern char *flis_sql_after(const FlisDialect *dialect, const char *column, FlisDay last);
extern char *flis_sql_before(const FlisDialect *dialect, const char *column, FlisDay last);
extern char *flis_sql_from(const FlisDialect *dialect, const char *column, FlisDay last);
extern char *flis_sql_up_to(const FlisDialect *dialect, const char *column, FlisDay last);
extern char *flis_sql_value(const FlisDialect *dialect, Datum value);
extern char *flis_sql_type(Oid type);

/*
 * flis_number_of tells the number of a value that isn't a text; greater numbers are later periods.
 */
static inline int64
flis_number_of(Oid type, Datum value)
{
	switch (type)
	{
		case DATEOID:
			return DatumGetDateADT(value);
		case INT2OID:
			return DatumGetInt16(value);
		case INT4OID:
			return DatumGetInt32(value);
		case INT8OID:
			return DatumGetInt64(value);
		default:
			return DatumGetTimestamp(value);
	}
}

#endif
