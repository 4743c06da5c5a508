/*
 * iso_date.h
 *		A day as text in ISO 8601, whatever DateStyle the session has.  Unlike date_text.h, which
 *		writes days for people, this is for text that other programs read.
 */
#ifndef FLIS_ISO_DATE_H
#define FLIS_ISO_DATE_H

#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/json.h"

#include "base/model.h"

/*
 * flis_iso_date writes a day as 2025-11-01, in the current memory context.
 */
static inline char *
flis_iso_date(FlisDay day)
{
	return JsonEncodeDateTime(palloc(MAXDATELEN + 1), DateADTGetDatum(day), DATEOID, NULL);
}

#endif
