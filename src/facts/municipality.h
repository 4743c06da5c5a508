/*
 * municipality.h
 *		The municipalities, and which of them are expected to report in a period of an area.
 */
#ifndef FLIS_MUNICIPALITY_H
#define FLIS_MUNICIPALITY_H

#include "postgres.h"

#include "rules/period_counts.h"
#include "cache/tables.h"

typedef struct FlisMunicipality
{
	int code;
	const char *name;
} FlisMunicipality;

typedef struct FlisMunicipalities
{
	FlisMunicipality *rows; /* sorted by code */
	int n;
	FlisMunicipalitySet codes;
	FlisWaiverRow *waivers; /* of all areas */
	int nwaivers;
} FlisMunicipalities;

/* What decides which municipalities take part in an area, on a day. */
typedef struct FlisParticipants
{
	const FlisMunicipalities *municipalities;
	const char *area;
	FlisFrequency frequency; /* of the area's periods */
	const FlisNoticeRow *notices;
	int nnotices;
	FlisDay on;
} FlisParticipants;

extern void flis_read_municipalities(Oid schema, FlisMunicipalities *municipalities);
extern const char *flis_municipality_name(const FlisMunicipalities *municipalities, int code);
extern FlisMunicipalitySet flis_expected_codes(void *participants, FlisDay last);
extern bool flis_is_waived(const FlisParticipants *participants, int code, FlisDay last,
						   const char **reason);

#endif
