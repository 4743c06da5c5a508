/*
 * labels.c
 *		flis_words, the function of SQL that lists the Danish and English words for each code.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"

#include "base/enum_labels.h"
#include "sql/row.h"

/* The codes of one kind, from the first that is listed: months begin at 1. */
typedef struct Kind
{
	const char *kind;
	const FlisLabel *words;
	int first;
	int n;
} Kind;

static const Kind kinds[] = {
	{"frequency", flis_frequency_labels, 0, lengthof(flis_frequency_labels)},
	{"business_day", flis_convention_labels, 0, lengthof(flis_convention_labels)},
	{"state", flis_state_labels, 0, lengthof(flis_state_labels)},
	{"basis", flis_basis_labels, 0, lengthof(flis_basis_labels)},
	{"notice_kind", flis_notice_labels, 0, lengthof(flis_notice_labels)},
	{"notice_state", flis_notice_state_labels, 0, lengthof(flis_notice_state_labels)},
	{"date_status", flis_date_status_labels, 0, lengthof(flis_date_status_labels)},
	{"verdict", flis_verdict_labels, 0, lengthof(flis_verdict_labels)},
	{"month", flis_month_labels, 1, lengthof(flis_month_labels)},
	{"language", flis_language_labels, 0, lengthof(flis_language_labels)},
};

/*
 * flis_words() returns one row for each code.
 */
PG_FUNCTION_INFO_V1(flis_words);
Datum
flis_words(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int kind = 0; kind < (int) lengthof(kinds); kind++)
		for (int i = kinds[kind].first; i < kinds[kind].n; i++)
		{
			const FlisLabel *words = &kinds[kind].words[i];
			FlisRow row = {0};

			flis_write_text(&row, kinds[kind].kind);
			flis_write_text(&row, words->code);
			flis_write_integer(&row, true, kinds[kind].first == 0 ? i + 1 : i);
			flis_write_label(&row, words->labels[FLIS_DANISH]);
			flis_write_label(&row, words->labels[FLIS_ENGLISH]);
			flis_end_row(&row, result);
		}
	return (Datum) 0;
}
