/*
 * html_fuzz.c
 *		Drives the writer of markup with any bytes, and the pictures with any days.
 *
 * What is written is ASCII, and text in it has no character that means something in markup; read back,
 * it is the text that was given, if that is UTF-8 and HTML and XML can hold it.  Each place and width of
 * a picture is a share of the whole.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "markup/html.h"
#include "markup/svg.h"

/* What was written, ended by a zero byte. */
typedef struct Stream
{
	char *bytes;
	size_t length;
	size_t room;
} Stream;

static void
write_stream(void *to, const char *bytes, size_t length)
{
	Stream *stream = to;

	if (stream->length + length + 1 > stream->room)
	{
		stream->room = 2 * (stream->length + length + 1);
		stream->bytes = realloc(stream->bytes, stream->room);
		CHECK(stream->bytes != NULL);
	}
	memcpy(stream->bytes + stream->length, bytes, length);
	stream->length += length;
	stream->bytes[stream->length] = '\0';
}

/*
 * encode writes a character as UTF-8 and counts its octets.
 */
static size_t
encode(unsigned long character, uint8_t *to)
{
	static const uint8_t leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
	size_t octets = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;

	for (size_t i = octets - 1; i > 0; i--)
	{
		to[i] = 0x80 | (character & 0x3F);
		character >>= 6;
	}
	to[0] = (uint8_t) (leads[octets] | character);
	return octets;
}

/*
 * read_back reads text that was written, and counts its octets.
 */
static size_t
read_back(const Stream *stream, uint8_t *to)
{
	size_t length = 0;
	const char *next = stream->bytes;

	while (*next != '\0')
	{
		char *end;

		CHECK(*next >= ' ' && *next < 0x7F && strchr("<>\"'", *next) == NULL);
		if (*next != '&')
		{
			to[length++] = (uint8_t) *next++;
			continue;
		}
		CHECK(next[1] == '#');
		length += encode(strtoul(next + 2, &end, 10), to + length);
		CHECK(*end == ';');
		next = end + 1;
	}
	return length;
}

/*
 * can_be_held tells whether a text is made of characters that are written as they are, by reading each
 * and writing it again.
 */
static bool
can_be_held(const uint8_t *text, size_t length)
{
	for (size_t i = 0; i < length;)
	{
		size_t octets = text[i] < 0x80 ? 1 : text[i] < 0xE0 ? 2 : text[i] < 0xF0 ? 3 : 4;
		unsigned long character = text[i] & (octets == 1 ? 0x7F : 0xFF >> (octets + 1));
		uint8_t again[4];

		if (octets > length - i || text[i] > 0xF4 || (text[i] >= 0x80 && text[i] < 0xC0))
			return false;
		for (size_t j = 1; j < octets; j++)
			character = character << 6 | (text[i + j] & 0x3F);
		if (encode(character, again) != octets || memcmp(again, text + i, octets) != 0 ||
			character > 0x10FFFF)
			return false;
		if ((character < ' ' && character != '\t' && character != '\n' && character != '\r') ||
			(character >= 0x7F && character < 0xA0) ||
			(character >= 0xD800 && character < 0xE000) ||
			(character >= 0xFDD0 && character < 0xFDF0) || (character & 0xFFFE) == 0xFFFE)
			return false;
		i += octets;
	}
	return true;
}

/*
 * check_shares checks that each value of an attribute that is a percentage is one of the whole.
 */
static void
check_shares(const char *picture, const char *attribute)
{
	for (const char *at = picture; (at = strstr(at, attribute)) != NULL; at++)
	{
		char *end;
		double share = strtod(at + strlen(attribute), &end);

		CHECK(*end != '%' || (share >= 0 && share <= 100));
	}
}

/*
 * draw draws pictures of the days that some bytes make.
 */
static void
draw(const uint8_t *data)
{
	Stream stream = {NULL, 0, 0};
	FlisHtml html = {write_stream, &stream};
	FlisDay days[6];
	FlisAxis months;
	FlisAxis ahead;

	memcpy(days, data, sizeof(days));
	for (int i = 0; i < 6; i++)
		days[i] = FLIS_FIRST_DAY +
				  (FlisDay) ((uint32_t) days[i] % (uint32_t) (FLIS_LAST_DAY - FLIS_FIRST_DAY + 1));
	months = flis_months_axis(days[0], 12);
	CHECK(months.first <= days[0] && days[0] <= months.last);
	ahead = (FlisAxis){days[0],
					   days[0] + (FLIS_LAST_DAY - days[0] < 61 ? FLIS_LAST_DAY - days[0] : 61)};
	flis_draw_definitions(&html, &months, &ahead);
	flis_draw_months(&html, &months, FLIS_DANISH);
	flis_draw_days(&html, &ahead, FLIS_ENGLISH);
	flis_draw_reach(&html, &months, days[0],
					&(FlisReach){.through = days[1], .expected = days[2], .is_closed = data[0] & 1},
					"");
	flis_draw_coming(&html, &ahead,
					 &(FlisComing){.opens = days[3],
								   .closes = days[4],
								   .planned = data[0] & 2 ? days[5] : FLIS_NO_DAY,
								   .released = data[0] & 4 ? days[1] : FLIS_NO_DAY,
								   .is_cancelled = data[0] & 8},
					 "");
	check_shares(stream.bytes, "x=\"");
	check_shares(stream.bytes, "x1=\"");
	check_shares(stream.bytes, "width=\"");
	free(stream.bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Stream stream = {NULL, 0, 0};
	FlisHtml html = {write_stream, &stream};
	uint8_t *read = malloc(4 * size + 1);
	size_t length;

	CHECK(read != NULL);
	write_stream(&stream, "", 0);
	flis_html_text(&html, (const char *) data, size);
	length = read_back(&stream, read);
	if (can_be_held(data, size))
		CHECK(length == size && memcmp(read, data, size) == 0);
	free(stream.bytes);
	free(read);
	if (size >= 6 * sizeof(FlisDay))
		draw(data);
	return 0;
}
