/*
 * deck.h
 *		Reading a status deck: from its text to a row for each area, or to the reason why it is refused.
 *
 * This is what other folders call; deck_text.h has what the files of this folder share.
 */
#ifndef FLIS_DECK_H
#define FLIS_DECK_H

#include <stddef.h>

#include "base/model.h"
#include "base/period.h"

/* The longest deck that is read, in bytes of UTF-8; a real one has a few thousand. */
#define FLIS_DECK_MAX ((size_t) 16 * 1024 * 1024)

/*
 * What the reader needs from the program that it runs in.  alloc never returns NULL, not even for no
 * bytes, and nothing is freed: the host drops all memory at once.  check_interrupts is called every few
 * thousand words, and may throw an error instead of returning.
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
	const char *group;	/* the heading that it stands under */
	const char *source; /* as flis_area has it */
	const char *const *aliases;
	int alias_count;
	FlisPeriodKind period; /* that may be printed besides a month */
} FlisDeckArea;

typedef struct FlisDeckRow
{
	int line;			  /* of the deck's text, from 1, where the frequency stands */
	int area;			  /* index into the known areas */
	FlisDay data_through; /* FLIS_NO_DAY for "-" */
	FlisState state;	  /* closed where the deck prints "-" for data_through */
	bool says_on_schedule;
	bool says_closed;	 /* the note has a word of closing, whether or not the area is closed */
	bool has_empty_cell; /* source or note has nothing, not even a dash, where cells have borders */
	bool is_unclear;	 /* the note speaks of missing data or benchmarks, and not clearly */
	int other_area; /* that a note names of which something is stored, index; -1 where none is */
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
	int unread_lines;		 /* of text since the first title that is no part of a table */
	int unread_line;		 /* the first of them, 0 where there is none */
	const char *unread_text; /* the beginning of it */
} FlisDeck;

typedef enum FlisDeckFault
{
	FLIS_DECK_TOO_LONG,
	FLIS_DECK_ENCODING,
	FLIS_DECK_BAD_LETTER,
	FLIS_DECK_NO_TABLE,
	FLIS_DECK_ONLY_BLANKS, /* nothing but blanks keeps the columns apart */
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
	FLIS_DECK_NO_BORDER,  /* where the source ends and the note begins is not clear */
	FLIS_DECK_BAD_NOTE,	  /* the note is no sentence, or holds text of something else */
	FLIS_DECK_UNASSIGNED, /* text that belongs to no row */
	FLIS_DECK_NO_LAYOUT,  /* the lines of a page can't be given to its rows */
	FLIS_DECK_TWO_LAYOUTS /* they can be given in two ways */
} FlisDeckFault;

typedef struct FlisDeckError
{
	FlisDeckFault fault;
	int line;		  /* from 1; 0 where the whole deck is meant */
	const char *text; /* the beginning of what stands there */
	const char *name; /* of an unknown area; NULL where it is not clear or another fault is meant */
} FlisDeckError;

extern bool flis_read_deck(const FlisHost *host, const char *text, size_t length, int year,
						   const FlisDeckArea *areas, int area_count, FlisDeck *deck,
						   FlisDeckError *error);

#endif
