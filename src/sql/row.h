/*
 * row.h
 *		Builds the rows of a listing: each function adds the value of the next column.
 */
#ifndef FLIS_ROW_H
#define FLIS_ROW_H

#include "postgres.h"

#include "nodes/execnodes.h"

#include "base/model.h"

#define FLIS_ROW_SIZE 16

typedef struct FlisRow
{
	int n;
	Datum values[FLIS_ROW_SIZE];
	bool nulls[FLIS_ROW_SIZE];
} FlisRow;

extern void flis_write_text(FlisRow *row, const char *value);
extern void flis_write_label(FlisRow *row, const char *utf8);
extern void flis_write_day(FlisRow *row, FlisDay value);
extern void flis_write_known_day(FlisRow *row, FlisDay value);
extern void flis_write_truth(FlisRow *row, FlisTruth value);
extern void flis_write_integer(FlisRow *row, bool is_known, int value);
extern void flis_write_small(FlisRow *row, bool is_known, int value);
extern void flis_write_big(FlisRow *row, int64 value);
extern void flis_write_datum(FlisRow *row, bool is_known, Datum value);
extern void flis_end_row(FlisRow *row, ReturnSetInfo *result);

#endif
