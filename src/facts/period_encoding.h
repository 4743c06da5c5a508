/*
 * period_encoding.h
 *		How a cube writes its reference periods.
 *
 * A period is known by its last day.  Days, and numbers and texts that write a day, stand for the
 * reference period of the area (month, year, day) that contains them; all else for what it writes.
 * A timestamp with time zone is of the day that it has in Denmark, whatever zone the session is in.
 */
#ifndef FLIS_PERIOD_ENCODING_H
#define FLIS_PERIOD_ENCODING_H

#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/date.h"
#include "utils/timestamp.h"

#include "base/model.h"
#include "base/period_format.h"

/* The time zone in which a timestamp with time zone tells a day. */
#define FLIS_ZONE "Europe/Copenhagen"

typedef struct FlisPeriodEncoding
{
	Oid type; /* of the column; a domain's base type */
	FlisFrequency frequency;
	bool has_format;		 /* a number or a text */
	FlisPeriodFormat format; /* as which it is written */
	bool is_of_days;
	bool is_primo; /* a value stands for the period before the one that it writes */
} FlisPeriodEncoding;

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
extern bool flis_period_format_of_value(Oid type, Datum value, FlisPeriodFormat *format);
extern void flis_period_encoding_begin(FlisPeriodEncoding *encoding, Oid type,
									   FlisFrequency frequency, bool is_primo,
									   const FlisPeriodFormat *format);

extern bool flis_has_ranges(const FlisPeriodEncoding *encoding);
extern bool flis_read_written(const FlisPeriodEncoding *encoding, Datum value,
							  FlisWritten *written);
extern FlisDay flis_newest_over(const FlisPeriodEncoding *encoding, FlisDay on);
extern FlisDay flis_ended_by(const void *encoding, FlisDay day);
extern FlisDay flis_reached_by(const FlisPeriodEncoding *encoding, FlisDay last, FlisDay on);
extern bool flis_periods_of(const FlisPeriodEncoding *encoding, FlisDay last, FlisDay *before,
							FlisDay *newest);
extern int flis_period_days(const FlisPeriodEncoding *encoding);
extern int flis_municipality_code(Oid type, Datum value);

/* The conditions of SQL for periods; NULL where the encoding can't write the period. */
extern char *flis_sql_after(const FlisPeriodEncoding *encoding, const char *column, FlisDay last);
extern char *flis_sql_before(const FlisPeriodEncoding *encoding, const char *column, FlisDay last);
extern char *flis_sql_from(const FlisPeriodEncoding *encoding, const char *column, FlisDay last);
extern char *flis_sql_up_to(const FlisPeriodEncoding *encoding, const char *column, FlisDay last);
extern char *flis_sql_value(const FlisPeriodEncoding *encoding, Datum value);
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
