/*
 * deck_note.h
 *		What the words of a deck's column Drift mean.
 */
#ifndef FLIS_DECK_NOTE_H
#define FLIS_DECK_NOTE_H

#include "deck/deck.h"

/* Notes that say that all is well and nothing else; folded. */
#define FLIS_ON_SCHEDULE_NOTES 8
extern const char *const flis_on_schedule_notes[FLIS_ON_SCHEDULE_NOTES];

extern bool flis_note_meaning(const FlisHost *host, const char *note, FlisDeckRow *row);
extern bool flis_is_note(const FlisHost *host, const char *text);

#endif
