/*
 * ics.h
 *		Writes the content lines of an iCalendar stream, escaped, folded and ended as RFC 5545 requires.
 */
#ifndef FLIS_ICS_H
#define FLIS_ICS_H

#include <stddef.h>

/* The most octets of a line, without its end. */
#define FLIS_ICS_LINE 75

/* Where the stream goes: write is called with to and the bytes. */
typedef struct FlisIcs
{
	void (*write)(void *to, const char *bytes, size_t length);
	void *to;
	int octets; /* of the current line, so far */
} FlisIcs;

extern void flis_ics_line(FlisIcs *ics, const char *content);
extern void flis_ics_text(FlisIcs *ics, const char *name, const char *text, size_t length);

#endif
