/*
 * ics.c
 *		Writes the content lines of an iCalendar stream, escaped, folded and ended as RFC 5545 requires.
 *
 * All text should be UTF-8.  Bytes that are not are written as they are; no line gets too long by them.
 */
#include "markup/ics.h"

#include <string.h>

static void write_unit(FlisIcs *ics, const char *unit, size_t length);
static void write_string(FlisIcs *ics, const char *string);
static void end_line(FlisIcs *ics);
static size_t character_length(const char *text, size_t length);

/*
 * flis_ics_line writes a line whose content needs no escaping.
 */
void
flis_ics_line(FlisIcs *ics, const char *content)
{
	write_string(ics, content);
	end_line(ics);
}

/*
 * flis_ics_text writes a property whose value is a text of length bytes.  Its backslashes,
 * semicolons, commas and line feeds are escaped (section 3.3.11), and other control characters than
 * the tab are left out.
 */
void
flis_ics_text(FlisIcs *ics, const char *name, const char *text, size_t length)
{
	write_string(ics, name);
	write_unit(ics, ":", 1);
	while (length > 0)
	{
		size_t unit = character_length(text, length);
		char escaped[2] = {'\\', *text};

		if (*text == '\n')
			escaped[1] = 'n';
		if (strchr("\\;,\n", *text) != NULL && *text != '\0')
			write_unit(ics, escaped, 2);
		else if (((unsigned char) *text >= ' ' && *text != 0x7F) || *text == '\t')
			write_unit(ics, text, unit);
		text += unit;
		length -= unit;
	}
	end_line(ics);
}

/*
 * write_unit writes bytes that may not be separated: a character or an escape.  If the line has no
 * room for them, it is folded first: a line that begins with a space goes on with the one before
 * (section 3.1).
 */
static void
write_unit(FlisIcs *ics, const char *unit, size_t length)
{
	if (ics->octets + (int) length > FLIS_ICS_LINE)
	{
		ics->write(ics->to, "\r\n ", 3);
		ics->octets = 1;
	}
	ics->write(ics->to, unit, length);
	ics->octets += (int) length;
}

static void
write_string(FlisIcs *ics, const char *string)
{
	size_t length = strlen(string);

	while (length > 0)
	{
		size_t unit = character_length(string, length);

		write_unit(ics, string, unit);
		string += unit;
		length -= unit;
	}
}

static void
end_line(FlisIcs *ics)
{
	ics->write(ics->to, "\r\n", 2);
	ics->octets = 0;
}

/*
 * character_length returns how many octets the first character of a text has.
 */
static size_t
character_length(const char *text, size_t length)
{
	size_t n = 1;

	if ((unsigned char) *text < 0xC0)
		return 1;
	while (n < length && n < 4 && ((unsigned char) text[n] & 0xC0) == 0x80)
		n++;
	return n;
}
