/*
 * municipality.c
 *		The municipalities, and which of them are expected to report in a period of an area.
 *
 * A municipality that takes no part is waived by a row of flis_waiver, or for a time by a notice
 * that names it and says that it has no access or that its data are missing.
 */
#include "facts/municipality.h"

#include "catalog/pg_type.h"
#include "utils/snapmgr.h"

#include "rules/notice.h"
#include "cache/names.h"
#include "cache/scan.h"

static const FlisTableShape municipality_shape = {
	"flis_municipality", 3, {{"municipality", INT2OID}, {"name", TEXTOID}, {"retired", BOOLOID}}};

static bool waives(const FlisParticipants *participants, const FlisWaiverRow *row, FlisDay last);
static bool notice_waives(const FlisParticipants *participants, const FlisNotice *notice,
						  FlisDay last);
static int compare_municipalities(const void *a, const void *b);

/*
 * flis_read_municipalities reads the municipalities and all waivers under the active snapshot, into the
 * current memory context.
 */
void
flis_read_municipalities(Oid schema, FlisMunicipalities *municipalities)
{
	FlisTables tables = {.schema = schema};
	FlisScan scan;

	memset(municipalities, 0, sizeof(*municipalities));
	flis_scan_begin(&scan, &municipality_shape, schema, GetActiveSnapshot(), 0, NULL);
	while (flis_scan_next(&scan))
	{
		FlisMunicipality *row;

		if (flis_truth(&scan, 2) == FLIS_YES)
			continue;
		municipalities->rows = flis_scan_room(&scan, municipalities->rows, municipalities->n,
											  sizeof(FlisMunicipality));
		row = &municipalities->rows[municipalities->n++];
		row->code = flis_integer(&scan, 0, 100, FLIS_CODES - 1, -1);
		row->name = flis_needed_text(&scan, 1);
		flis_municipality_set_add(&municipalities->codes, row->code);
	}
	flis_scan_end(&scan);
	flis_sort_rows(municipalities->rows, municipalities->n, sizeof(FlisMunicipality),
				   compare_municipalities);
	municipalities->waivers = flis_read_waivers(&tables, NULL, &municipalities->nwaivers);
}

/*
 * flis_municipality_name finds the name of a municipality, in UTF-8; its code if it has no row in
 * flis_municipality.
 */
const char *
flis_municipality_name(const FlisMunicipalities *municipalities, int code)
{
	for (int i = 0; i < municipalities->n; i++)
		if (municipalities->rows[i].code == code)
			return flis_to_utf8(municipalities->rows[i].name);
	return psprintf("%d", code);
}

/*
 * flis_expected_codes finds the municipalities that are expected in the period that ends on a day.  The
 * first argument is a FlisParticipants, which FlisThresholds passes without its type.
 */
FlisMunicipalitySet
flis_expected_codes(void *participants, FlisDay last)
{
	const FlisParticipants *these = participants;
	const FlisMunicipalities *municipalities = these->municipalities;
	FlisMunicipalitySet waived = {0};

	for (int i = 0; i < municipalities->nwaivers; i++)
		if (waives(these, &municipalities->waivers[i], last))
			flis_municipality_set_add(&waived, municipalities->waivers[i].waiver.municipality);
	for (int i = 0; i < these->nnotices; i++)
		if (notice_waives(these, &these->notices[i].notice, last))
			flis_municipality_set_add(&waived, these->notices[i].notice.municipality);
	return flis_municipality_set_without(&municipalities->codes, &waived);
}

/*
 * flis_is_waived tells whether a municipality is waived in the period that ends on a day, and why; the
 * reason may be NULL.  It is that of the newest waiver, else of the first notice.
 */
bool
flis_is_waived(const FlisParticipants *participants, int code, FlisDay last, const char **reason)
{
	const FlisMunicipalities *municipalities = participants->municipalities;

	*reason = NULL;
	for (int i = municipalities->nwaivers - 1; i >= 0; i--)
	{
		const FlisWaiverRow *row = &municipalities->waivers[i];

		if (row->waiver.municipality == code && waives(participants, row, last))
		{
			*reason = row->reason;
			return true;
		}
	}
	for (int i = 0; i < participants->nnotices; i++)
	{
		const FlisNoticeRow *row = &participants->notices[i];

		if (row->notice.municipality == code && notice_waives(participants, &row->notice, last))
		{
			*reason = row->note;
			return true;
		}
	}
	return false;
}

static bool
waives(const FlisParticipants *participants, const FlisWaiverRow *row, FlisDay last)
{
	return row->waiver.valid_from <= last && last <= row->waiver.valid_until &&
		   strcmp(row->area, participants->area) == 0;
}

/*
 * notice_waives tells whether a notice explains that a municipality's data of a period, or of a
 * part of it, are missing.
 */
static bool
notice_waives(const FlisParticipants *participants, const FlisNotice *notice, FlisDay last)
{
	return (notice->kind == FLIS_ACCESS || notice->kind == FLIS_COMPLETENESS) &&
		   notice->municipality > 0 && notice->municipality < FLIS_CODES &&
		   flis_notice_is_in_force(notice, participants->on) &&
		   flis_notice_concerns_period(notice, participants->frequency, last);
}

static int
compare_municipalities(const void *a, const void *b)
{
	return ((const FlisMunicipality *) a)->code - ((const FlisMunicipality *) b)->code;
}
