/*
 * deck.h
 *		A status deck's text to rows: how far each area reaches and what is said of its operation.
 *
 * This is what other folders call; deck_text.h has what the deck's files share.
 */
#ifndef FLIS_DECK_H
#define FLIS_DECK_H

#include <stddef.h>

#include "base/model.h"
#include "base/period.h"

/* The longest deck that is read, in bytes of UTF-8; a real one has a few thousand. */
#define FLIS_DECK_MAX ((size_t) 16 * 1024 * 1024)

/*
 * What the reader needs from where it runs.  alloc never returns NULL and nothing is freed: the
 * host drops all memory at once.  check_interrupts is called every few thousand words and need
 * not return.
 */
typedef struct FlisHost
{
	void *(*alloc)(size_t size);
	void (*check_interrupts)(void);
} FlisHost;

/* An area that a deck may name; strings are UTF-8, group and source may be NULL. */
typedef struct FlisDeckArea
{
	const char *code;
	const char *name;
	const char *group;	/* the heading it stands under */
	const char *source; /* as the deck is known to print it */
	const char *const *aliases;
	int alias_count;
	FlisPeriodKind period; /* of its rule, where that is not the month */
} FlisDeckArea;

typedef struct FlisDeckRow
{
	int line;			  /* of the deck's text, from 1, where the frequency stands */
	int area;			  /* index into the known areas */
	FlisDay data_through; /* FLIS_NO_DAY for "-" */
	FlisState state;	  /* closed where the deck prints "-" for data_through */
	bool says_on_schedule;
	bool says_closed; /* the note has a word of closing, whether or not the area is closed */
	FlisTruth complete;
	FlisTruth benchmarkable;
	const char *frequency; /* as printed, broken words mended */
	const char *source;	   /* NULL for "-" */
	const char *note;	   /* NULL for "-" */
} FlisDeckRow;

typedef struct FlisDeck
{
	FlisDay as_of;
	int row_count;
	FlisDeckRow *rows;
} FlisDeck;

typedef enum FlisDeckFault
{
	FLIS_DECK_TOO_LONG,
	FLIS_DECK_ENCODING,
	FLIS_DECK_BAD_LETTER,
	FLIS_DECK_NO_TABLE,
	FLIS_DECK_ONLY_BLANKS, /* between columns */
	FLIS_DECK_NO_DATE,
	FLIS_DECK_NO_YEAR,
	FLIS_DECK_BAD_DATE,
	FLIS_DECK_OTHER_YEAR,
	FLIS_DECK_TWO_DATES,
	FLIS_DECK_OTHER_COLUMNS,
	FLIS_DECK_UNKNOWN_AREA,
	FLIS_DECK_AREA_TWICE,
	FLIS_DECK_BAD_FREQUENCY,
	FLIS_DECK_BAD_PERIOD,
	FLIS_DECK_NO_BORDER,  /* between source and note */
	FLIS_DECK_BAD_NOTE,	  /* it is no sentence, or another one runs into it */
	FLIS_DECK_UNASSIGNED, /* text that is of no row */
	FLIS_DECK_NO_LAYOUT,  /* the lines of a page can't be given to its rows */
	FLIS_DECK_TWO_LAYOUTS /* they can in two ways */
} FlisDeckFault;

typedef struct FlisDeckError
{
	FlisDeckFault fault;
	int line;		  /* from 1; 0 where the whole deck is meant */
	const char *text; /* what stands there, at most a few lines of it */
	const char *name; /* of an unknown area, where it is clear; else NULL */
} FlisDeckError;

extern bool flis_read_deck(const FlisHost *host, const char *text, size_t length, int year,
						   const FlisDeckArea *areas, int area_count, FlisDeck *deck,
						   FlisDeckError *error);

#endif
