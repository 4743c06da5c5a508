/*
 * ics_fuzz.c
 *		Drives the writer of calendar lines with any bytes.
 *
 * A line and its folds have at most 75 octets each and end with CR LF; no fold parts a character; and
 * unfolded and unescaped, the text is the one that was given, without its control characters.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "markup/ics.h"

/* What was written. */
typedef struct Stream
{
	char *bytes;
	size_t length;
} Stream;

static void
write_stream(void *to, const char *bytes, size_t length)
{
	Stream *stream = to;

	memcpy(stream->bytes + stream->length, bytes, length);
	stream->length += length;
}

/*
 * is_parted tells whether an octet goes on with a character that the last octets begin: a first one and
 * up to three that continue it.
 */
static bool
is_parted(const char *bytes, size_t length, char next)
{
	if (((uint8_t) next & 0xC0) != 0x80)
		return false;
	for (size_t i = 1; i <= 3 && i <= length; i++)
	{
		if ((uint8_t) bytes[length - i] >= 0xC0)
			return true;
		if ((uint8_t) bytes[length - i] < 0x80)
			break;
	}
	return false;
}

/*
 * is_dropped tells whether an octet is a control character that is left out.
 */
static bool
is_dropped(uint8_t octet)
{
	return (octet < ' ' && octet != '\n' && octet != '\t') || octet == 0x7F;
}

/*
 * unfold takes the folds out of one line and its end off, and checks them.  Where an octet was left out
 * between two others, these may look like one character.
 */
static void
unfold(Stream *stream, bool is_whole)
{
	size_t kept = 0;
	size_t octets = 0;

	for (size_t i = 0; i < stream->length; i++)
	{
		if (stream->bytes[i] != '\r' && stream->bytes[i] != '\n')
		{
			stream->bytes[kept++] = stream->bytes[i];
			CHECK(++octets <= FLIS_ICS_LINE);
			continue;
		}
		CHECK(stream->bytes[i] == '\r' && stream->bytes[i + 1] == '\n');
		i++;
		octets = 0;
		if (i + 1 == stream->length)
			break;
		CHECK(stream->bytes[++i] == ' ' && i + 1 < stream->length);
		CHECK(!is_whole || !is_parted(stream->bytes, kept, stream->bytes[i + 1]));
		octets = 1;
	}
	stream->length = kept;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* An octet becomes two at most, and a line of 75 three more. */
	Stream stream = {.bytes = malloc(3 * size + 64)};
	FlisIcs ics = {.write = write_stream, .to = &stream};
	size_t at = strlen("NAME:");
	bool is_whole = true;

	flis_ics_text(&ics, "NAME", (const char *) data, size);
	CHECK(ics.octets == 0);
	for (size_t i = 0; i < size; i++)
		is_whole = is_whole && !is_dropped(data[i]);
	unfold(&stream, is_whole);
	CHECK(stream.length >= at && memcmp(stream.bytes, "NAME:", at) == 0);

	for (size_t i = 0; i < size; i++)
	{
		char octet = (char) data[i];

		if (is_dropped(data[i]))
			continue;
		CHECK(at < stream.length);
		if (strchr("\\;,\n", octet) != NULL)
		{
			CHECK(stream.bytes[at++] == '\\');
			octet = octet == '\n' ? 'n' : octet;
		}
		CHECK(at < stream.length && stream.bytes[at++] == octet);
	}
	CHECK(at == stream.length);
	free(stream.bytes);
	return 0;
}
