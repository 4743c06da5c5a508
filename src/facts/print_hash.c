/*
 * print_hash.c
 *		The hash of a cube's rows: 64 bits that depend on nothing but the values.
 *
 * Each value is mixed with the hash of its column's name, so that an exchange of values between two
 * columns is seen.  NULL adds nothing, so that a new column without values changes nothing.  The hash
 * of a row is the sum of its values', mixed once more, so that an exchange between two rows is seen,
 * too.  That of a print is the sum of its rows'.  Sums do not depend on the order of columns and rows.
 *
 * A value of a type that isn't known here is hashed as the type's output function writes it.  The send
 * function would not do: it converts texts to the client's encoding, and writes the OIDs of the types
 * in an array or a composite, which are others after a restore.
 */
#include "facts/print_hash.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "port/pg_bswap.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/fmgrprotos.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"

#include "base/compat.h"

static FlisHashKind kind_of(Oid type);
static bool depends_on_settings(Oid type);
static uint64 hash_bytes_of(const char *bytes, Size n);
static uint64 hash_text(const char *bytes, Size n);
static uint64 hash_number(Datum value);
static uint64 hash_float(float8 value);
static uint64 word_at(const char *bytes, Size n);

/*
 * flis_hashed_column_begin finds how the values of a column are hashed.
 */
void
flis_hashed_column_begin(FlisHashedColumn *column, const char *name, Oid type)
{
	Oid base = getBaseType(type);
	Oid output;
	bool is_varlena;

	column->kind = kind_of(base);
	column->name = hash_text(name, strlen(name));
	if (column->kind == FLIS_HASH_WRITTEN)
	{
		getTypeOutputInfo(base, &output, &is_varlena);
		fmgr_info(output, &column->output);
		column->needs_settings = depends_on_settings(base);
	}
}

/*
 * flis_hash_settings sets what output functions heed, so that they write the same in each session and
 * lose nothing.  It returns the level with which AtEOXact_GUC takes the settings back.  That must be
 * done before anything else is executed: the expressions of a view are computed under the session's.
 */
int
flis_hash_settings(void)
{
	static const char *const settings[][2] = {{"datestyle", "ISO"},
											  {"intervalstyle", "postgres"},
											  {"timezone", "UTC"},
											  {"extra_float_digits", "1"},
											  {"bytea_output", "hex"},
											  {"lc_monetary", "C"},
											  {"quote_all_identifiers", "off"},
											  {"search_path", "pg_catalog"}};
	int nest_level = NewGUCNestLevel();

	for (int i = 0; i < (int) lengthof(settings); i++)
		(void) set_config_option(settings[i][0], settings[i][1], PGC_USERSET, PGC_S_SESSION,
								 GUC_ACTION_SAVE, true, 0, false);
	return nest_level;
}

/*
 * flis_hash_value hashes a value of a column, which isn't NULL, in the current memory context.
 */
uint64
flis_hash_value(FlisHashedColumn *column, Datum value)
{
	uint64 hash;
	Size length;

	switch (column->kind)
	{
		case FLIS_HASH_INT2:
			hash = (uint64) (int64) DatumGetInt16(value);
			break;
		case FLIS_HASH_INT4:
			hash = (uint64) (int64) DatumGetInt32(value);
			break;
		case FLIS_HASH_INT8:
			hash = (uint64) DatumGetInt64(value);
			break;
		case FLIS_HASH_FLOAT4:
			hash = hash_float(DatumGetFloat4(value));
			break;
		case FLIS_HASH_FLOAT8:
			hash = hash_float(DatumGetFloat8(value));
			break;
		case FLIS_HASH_NUMERIC:
			hash = hash_number(value);
			break;
		case FLIS_HASH_TEXT:
		case FLIS_HASH_BPCHAR:
		{
			text *packed = DatumGetTextPP(value);

			length = VARSIZE_ANY_EXHDR(packed);
			/* char(n) adds blanks, which depend on n. */
			while (column->kind == FLIS_HASH_BPCHAR && length > 0 &&
				   VARDATA_ANY(packed)[length - 1] == ' ')
				length--;
			hash = hash_text(VARDATA_ANY(packed), length);
			break;
		}
		case FLIS_HASH_BYTEA:
		{
			bytea *packed = DatumGetByteaPP(value);

			hash = hash_bytes_of(VARDATA_ANY(packed), VARSIZE_ANY_EXHDR(packed));
			break;
		}
		default:
		{
			const char *written = OutputFunctionCall(&column->output, value);

			hash = hash_text(written, strlen(written));
			break;
		}
	}
	return flis_hash_mix(hash + column->name);
}

static FlisHashKind
kind_of(Oid type)
{
	switch (type)
	{
		case INT2OID:
			return FLIS_HASH_INT2;
		case INT4OID:
		case DATEOID:
			return FLIS_HASH_INT4;
		case INT8OID:
		case TIMEOID:
		case TIMESTAMPOID:
		case TIMESTAMPTZOID:
		case MONEYOID:
			return FLIS_HASH_INT8;
		case FLOAT4OID:
			return FLIS_HASH_FLOAT4;
		case FLOAT8OID:
			return FLIS_HASH_FLOAT8;
		case NUMERICOID:
			return FLIS_HASH_NUMERIC;
		case TEXTOID:
		case VARCHAROID:
			return FLIS_HASH_TEXT;
		case BPCHAROID:
			return FLIS_HASH_BPCHAR;
		case BYTEAOID:
			return FLIS_HASH_BYTEA;
		default:
			return FLIS_HASH_WRITTEN;
	}
}

/*
 * depends_on_settings tells whether values of a type, or the elements of an array, may be written in
 * another way under other settings.  Those of a type that isn't known here may be.
 */
static bool
depends_on_settings(Oid type)
{
	static const PGFunction independent[] = {boolout,	  int2out,	int4out,	int8out,
											 numeric_out, textout,	varcharout, bpcharout,
											 enum_out,	  uuid_out, json_out,	jsonb_out};
	Oid element = get_element_type(type);
	FmgrInfo function;
	bool is_varlena;
	Oid output;

	getTypeOutputInfo(OidIsValid(element) ? element : type, &output, &is_varlena);
	fmgr_info(output, &function);
	for (int i = 0; i < (int) lengthof(independent); i++)
		if (function.fn_addr == independent[i])
			return false;
	return true;
}

static uint64
hash_bytes_of(const char *bytes, Size n)
{
	uint64 hash = n;

	while (n >= sizeof(uint64))
	{
		hash = flis_hash_mix(hash ^ word_at(bytes, sizeof(uint64)));
		bytes += sizeof(uint64);
		n -= sizeof(uint64);
	}
	return flis_hash_mix(hash ^ word_at(bytes, n));
}

/*
 * hash_text hashes a text as it is in UTF-8, whatever the database's encoding.
 */
static uint64
hash_text(const char *bytes, Size n)
{
	char *utf8;

	if (GetDatabaseEncoding() == PG_UTF8 || GetDatabaseEncoding() == PG_SQL_ASCII)
		return hash_bytes_of(bytes, n);
	utf8 = pg_server_to_any(bytes, (int) n, PG_UTF8);
	return hash_bytes_of(utf8, utf8 == bytes ? n : strlen(utf8));
}

/*
 * hash_number hashes a number's sign, weight and digits, but not its display scale, so that 1.0 and
 * 1.00 are equal.  numeric_send would tell them, but takes longer than all else here, so the stored
 * form is read (numeric.c, NumericData: a header of two or four bytes, then digits of four decimal
 * places).
 */
static uint64
hash_number(Datum value)
{
	struct varlena *packed = PG_DETOAST_DATUM_PACKED(value);
	const char *bytes = VARDATA_ANY(packed);
	Size n = VARSIZE_ANY_EXHDR(packed);
	uint16 header;
	uint16 sign;
	int16 weight = 0;
	uint64 hash;

	memcpy(&header, bytes, sizeof(header));
	bytes += sizeof(header);
	n -= sizeof(header);
	if ((header & 0xC000) == 0xC000)
		sign = header; /* not a number, or infinite */
	else if (header & 0x8000)
	{
		sign = header & 0x2000 ? 0x4000 : 0;
		weight = (int16) ((header & 0x0040 ? ~0x003F : 0) | (header & 0x003F));
	}
	else
	{
		sign = header & 0x4000;
		memcpy(&weight, bytes, sizeof(weight));
		bytes += sizeof(weight);
		n -= sizeof(weight);
	}
	if (n == 0 && sign <= 0x4000)
		sign = weight = 0;
	hash = (uint64) sign << 16 | (uint16) weight;
	while (n >= sizeof(uint16))
	{
		uint64 word = 0;

		/* Four digits a word, the first in its lowest bits. */
		for (int shift = 0; shift < 64 && n >= sizeof(uint16); shift += 16)
		{
			uint16 digit;

			memcpy(&digit, bytes, sizeof(digit));
			bytes += sizeof(digit);
			n -= sizeof(digit);
			word |= (uint64) digit << shift;
		}
		hash = flis_hash_mix(hash ^ word);
	}
	return flis_hash_mix(hash);
}

static uint64
hash_float(float8 value)
{
	uint64 bits;

	if (isnan(value))
		value = get_float8_nan(); /* NaN has many bit patterns */
	if (value == 0)
		value = 0; /* -0 equals 0 */
	memcpy(&bits, &value, sizeof(bits));
	return bits;
}

/*
 * word_at reads up to eight bytes as a little-endian word.
 */
static uint64
word_at(const char *bytes, Size n)
{
	uint64 word = 0;

	memcpy(&word, bytes, n);
#ifdef WORDS_BIGENDIAN
	word = pg_bswap64(word);
#endif
	return word;
}
