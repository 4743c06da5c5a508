/*
 * html.c
 *		Writes markup with text in it, as plain ASCII that is both HTML and XML.
 *
 * Characters outside ASCII are written as numeric character references, so that a page reads the same
 * in whatever encoding a client asks the server for it, and whatever encoding a web server declares.
 */
#include "markup/html.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static size_t read_character(const char *text, size_t length, uint32_t *character);
static void write_character(FlisHtml *html, uint32_t character);
static void write_string(FlisHtml *html, const char *string);

/*
 * flis_html_write writes markup, in which %s stands for UTF-8 text, which is escaped, %d for an int
 * and %% for a percent sign.
 */
void
flis_html_write(FlisHtml *html, const char *markup, ...)
{
	va_list args;
	const char *next;

	va_start(args, markup);
	while ((next = strchr(markup, '%')) != NULL)
	{
		char number[16];
		const char *text;

		html->write(html->to, markup, (size_t) (next - markup));
		markup = next + 2;
		switch (next[1])
		{
			case 's':
				text = va_arg(args, const char *);
				flis_html_text(html, text, strlen(text));
				break;
			case 'd':
				snprintf(number, sizeof(number), "%d", va_arg(args, int));
				write_string(html, number);
				break;
			default:
				write_string(html, "%");
				break;
		}
	}
	va_end(args);
	write_string(html, markup);
}

/*
 * flis_html_text writes length bytes of UTF-8 text, as the content of an element or of an attribute
 * in quotes.  A reader gets each character as it is, but for those that HTML and XML cannot hold: a
 * control character becomes its picture (U+2400 and following), other characters and bytes that are
 * not UTF-8 become U+FFFD.
 */
void
flis_html_text(FlisHtml *html, const char *utf8, size_t length)
{
	while (length > 0)
	{
		uint32_t character;
		size_t octets = read_character(utf8, length, &character);

		write_character(html, character);
		utf8 += octets;
		length -= octets;
	}
}

/*
 * read_character reads the first character of a text, and returns how many octets it has: U+FFFD
 * and 1 for an octet that begins none.
 */
static size_t
read_character(const char *text, size_t length, uint32_t *character)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	unsigned char first = (unsigned char) text[0];
	size_t octets = first < 0x80 ? 1 : first < 0xC0 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;

	*character = 0xFFFD;
	if (octets == 0 || first >= 0xF8 || octets > length)
		return 1;
	if (octets == 1)
	{
		*character = first;
		return 1;
	}

	*character = first & (0x7FU >> octets);
	for (size_t i = 1; i < octets; i++)
	{
		unsigned char next = (unsigned char) text[i];

		if ((next & 0xC0) != 0x80)
		{
			*character = 0xFFFD;
			return 1;
		}
		*character = *character << 6 | (next & 0x3F);
	}
	if (*character < least[octets] || *character > 0x10FFFF)
		*character = 0xFFFD;
	return octets;
}

/*
 * write_character writes a character as flis_html_text says, with a reference where markup may not
 * have it.
 */
static void
write_character(FlisHtml *html, uint32_t character)
{
	char reference[16];

	if (character < ' ' && character != '\t' && character != '\n' && character != '\r')
		character += 0x2400;
	else if (character == 0x7F)
		character = 0x2421;
	else if ((character >= 0x80 && character < 0xA0) || (character & 0xFFFE) == 0xFFFE ||
			 (character >= 0xD800 && character < 0xE000) ||
			 (character >= 0xFDD0 && character < 0xFDF0))
		character = 0xFFFD;

	if (character >= ' ' && character < 0x7F && strchr("&<>\"'", (int) character) == NULL)
	{
		reference[0] = (char) character;
		html->write(html->to, reference, 1);
		return;
	}
	snprintf(reference, sizeof(reference), "&#%u;", (unsigned) character);
	write_string(html, reference);
}

static void
write_string(FlisHtml *html, const char *string)
{
	html->write(html->to, string, strlen(string));
}
