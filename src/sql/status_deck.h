/*
 * status_deck.h
 *		Reads a status deck against the areas of the database, into values for the rows of flis_status.
 */
#ifndef FLIS_STATUS_DECK_H
#define FLIS_STATUS_DECK_H

#include "postgres.h"

#include "fmgr.h"

#include "deck/deck.h"
#include "cache/scan.h"

/* The columns of flis_status that a deck fills besides its key. */
#define FLIS_STATUS_COLUMNS 7

extern const FlisTableShape flis_status_shape;

/* One row's values, in the order of the columns. */
typedef struct FlisStatusRow
{
	Datum values[FLIS_STATUS_COLUMNS];
	bool nulls[FLIS_STATUS_COLUMNS];
} FlisStatusRow;

/* An area's row of the newest deck before this one. */
typedef struct FlisPreviousRow
{
	bool is_found;
	Datum as_of;
	FlisStatusRow row;
} FlisPreviousRow;

/* A deck that was read; codes and texts are in the database's encoding. */
typedef struct FlisStatusDeck
{
	FlisDeck deck;
	Datum *areas; /* the code of each row's area */
	FlisStatusRow *rows;
	FlisPreviousRow *previous; /* of each row's area; an import fills it in */
} FlisStatusDeck;

extern bool flis_read_status_deck(FunctionCallInfo fcinfo, FlisStatusDeck *status_deck);

#endif
