/*
 * import_warnings.h
 *		The warnings of an import: what looks wrong in a deck that can be read.
 */
#ifndef FLIS_IMPORT_WARNINGS_H
#define FLIS_IMPORT_WARNINGS_H

#include "postgres.h"

#include "lib/stringinfo.h"

#include "base/model.h"
#include "deck/deck.h"

typedef enum FlisRemark
{
	FLIS_REMARK_FALLS,
	FLIS_REMARK_BEHIND,
	FLIS_REMARK_AHEAD,
	FLIS_REMARK_DASH,
	FLIS_REMARK_DASH_ON_SCHEDULE,
	FLIS_REMARK_CLOSING_WORDS,
	FLIS_REMARK_UNCLEAR,
	FLIS_REMARK_OTHER_AREA,
	FLIS_REMARK_EMPTY,
	FLIS_REMARK_MISSING,
	FLIS_REMARKS
} FlisRemark;

/* For each remark the areas that it is about, with what the deck prints of them. */
typedef struct FlisRemarks
{
	StringInfoData areas[FLIS_REMARKS];
} FlisRemarks;

extern void flis_remarks_begin(FlisRemarks *remarks);
extern void flis_remark_row(FlisRemarks *remarks, int area, const char *code,
							const FlisDeckRow *row, FlisDay as_of, const FlisStatus *previous);
extern void flis_remark_missing(FlisRemarks *remarks, const char *code);
extern void flis_warn_of_remarks(const FlisRemarks *remarks, FlisDay as_of);
extern void flis_warn_of_unread(const FlisDeck *deck);
extern void flis_warn_of_day(FlisDay as_of, FlisDay today, FlisDay newest);

#endif
