/*
 * ics.c
 *		Content lines of an iCalendar stream (RFC 5545): escaped, folded and ended as it wants them.
 *
 * All text is UTF-8.  What isn't stays as it is, and no line gets longer for it.
 */
#include "markup/ics.h"

#include <string.h>

static void put(FlisIcs *ics, const char *unit, size_t length);
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
 * flis_ics_text writes a property whose value is text: a backslash, semicolon, comma or end of line in
 * it is escaped (section 3.3.11), and other control characters than the tab are left out.
 */
void
flis_ics_text(FlisIcs *ics, const char *name, const char *text, size_t length)
{
	write_string(ics, name);
	put(ics, ":", 1);
	while (length > 0)
	{
		size_t unit = character_length(text, length);
		char escaped[2] = {'\\', *text};

		if (*text == '\n')
			escaped[1] = 'n';
		if (strchr("\\;,\n", *text) != NULL && *text != '\0')
			put(ics, escaped, 2);
		else if (((unsigned char) *text >= ' ' && *text != 0x7F) || *text == '\t')
			put(ics, text, unit);
		text += unit;
		length -= unit;
	}
	end_line(ics);
}

/*
 * put writes what may not be parted, at most a character; on a new line if it has no room on this one
 * (section 3.1: a line that begins with a space goes on with the one before).
 */
static void
put(FlisIcs *ics, const char *unit, size_t length)
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

		put(ics, string, unit);
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
 * character_length counts the octets of the first character of a text.
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
