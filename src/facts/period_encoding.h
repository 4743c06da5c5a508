/*
 * period_encoding.h
 *		How the values of a cube's period column stand for periods, and the conditions of SQL over it.
 *
 * A period is known by its last day.  A day, or a number or text that writes a day, stands for the
 * reference period of the area (month, year, day) that contains it.  Any other number or text stands
 * for the period that it writes, as 2025M04 does.  A timestamp with time zone is of the day that it
 * has in Denmark, whatever the session's time zone.
 */
#ifndef FLIS_PERIOD_ENCODING_H
#define FLIS_PERIOD_ENCODING_H

#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/date.h"
#include "utils/timestamp.h"

#include "base/model.h"
#include "base/period_format.h"

/* The time zone that decides of which day a timestamp with time zone is. */
#define FLIS_ZONE "Europe/Copenhagen"

typedef struct FlisPeriodEncoding
{
	Oid type; /* of the column; a domain's base type */
	FlisFrequency frequency;
	bool has_format;		 /* of numbers and texts; days have none */
	FlisPeriodFormat format; /* in which all its values are written */
	bool is_of_days;		 /* the values are days, or write a day */
	bool is_primo;			 /* a value stands for the period before the one that it writes */
} FlisPeriodEncoding;

/*
 * The period that a value stands for, by its last day.  The values from low to high stand for it, as
 * flis_number_of tells them; where flis_has_ranges is false, both are the last day.
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
extern FlisDay flis_ended_by(const void *encoding, FlisDay day);
extern FlisDay flis_reached_by(const FlisPeriodEncoding *encoding, FlisDay last, FlisDay on);
extern bool flis_periods_of(const FlisPeriodEncoding *encoding, FlisDay last, FlisDay *before,
							FlisDay *newest);
extern FlisDay flis_counted_through(const FlisPeriodEncoding *encoding, FlisDay last);
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
