/*
 * html.h
 *		Writes markup with text in it, as plain ASCII that is both HTML and XML.
 */
#ifndef FLIS_HTML_H
#define FLIS_HTML_H

#include <stddef.h>

#include "base/model.h"

/* Where the markup goes: write is called with to and the bytes. */
typedef struct FlisHtml
{
	void (*write)(void *to, const char *bytes, size_t length);
	void *to;
} FlisHtml;

extern void flis_html_write(FlisHtml *html, const char *markup, ...) FLIS_LIKE_PRINTF(2, 3);
extern void flis_html_text(FlisHtml *html, const char *utf8, size_t length);

#endif
