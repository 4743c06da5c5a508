/*
 * ics.h
 *		Content lines of an iCalendar stream (RFC 5545): escaped, folded and ended as it wants them.
 */
#ifndef FLIS_ICS_H
#define FLIS_ICS_H

#include <stddef.h>

/* A line has at most so many octets, besides its end. */
#define FLIS_ICS_LINE 75

/* Where the stream goes. */
typedef struct FlisIcs
{
	void (*write)(void *to, const char *bytes, size_t length);
	void *to;
	int octets; /* of the line so far */
} FlisIcs;

extern void flis_ics_line(FlisIcs *ics, const char *content);
extern void flis_ics_text(FlisIcs *ics, const char *name, const char *text, size_t length);

#endif
