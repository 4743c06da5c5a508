/*
 * labels.c
 *		The function of SQL that lists what people are shown for each code, in Danish and English.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"

#include "row.h"
#include "words.h"

/* The codes of one kind; the first ones may be left out. */
typedef struct Kind
{
	const char *kind;
	const FlisWords *words;
	int first;
	int n;
} Kind;

static const Kind kinds[] = {
	{"frequency", flis_frequency_words, 0, lengthof(flis_frequency_words)},
	{"business_day", flis_convention_words, 0, lengthof(flis_convention_words)},
	{"state", flis_state_words, 0, lengthof(flis_state_words)},
	{"basis", flis_basis_words, 0, lengthof(flis_basis_words)},
	{"notice_kind", flis_notice_words, 0, lengthof(flis_notice_words)},
	{"notice_state", flis_notice_state_words, 0, lengthof(flis_notice_state_words)},
	{"date_status", flis_date_status_words, 0, lengthof(flis_date_status_words)},
	{"verdict", flis_verdict_words, 0, lengthof(flis_verdict_words)},
	{"month", flis_month_words, 1, lengthof(flis_month_words)},
	{"language", flis_language_words, 0, lengthof(flis_language_words)},
};

/*
 * flis_words() returns one row a code.
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
			const FlisWords *words = &kinds[kind].words[i];
			FlisRow row = {0};

			flis_put_text(&row, kinds[kind].kind);
			flis_put_text(&row, words->code);
			flis_put_integer(&row, true, kinds[kind].first == 0 ? i + 1 : i);
			flis_put_label(&row, words->labels[FLIS_DANISH]);
			flis_put_label(&row, words->labels[FLIS_ENGLISH]);
			flis_end_row(&row, result);
		}
	return (Datum) 0;
}
