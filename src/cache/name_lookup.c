/*
 * name_lookup.c
 *		A hash table of the names that calls have asked for, and of what each was found to name.
 *
 * It is searched once a row.  So names of up to 16 bytes, as nearly all are, are hashed and compared as
 * two integers.
 */
#include "base/compat.h"
#include "cache/name_lookup.h"

#include "common/hashfn.h"
#include "port/pg_bswap.h"
#include "utils/memutils.h"

/* The number of names that are kept at first, and at most.  Other names are searched for each time. */
#define FIRST_NAMES 256
#define MOST_NAMES 8192

/* Up to this length head and tail contain all bytes of a name. */
#define SHORT_NAME 16

static inline uint32 hash_of(const FlisNameKey *key);
static inline bool are_equal(const FlisNameKey *left, const FlisNameKey *right);

/*
 * SH_GROW sets the mask of a larger table before it allocates that table: after an error it would be
 * read out of bounds.  So a table never grows.  flis_name_keep replaces one that is half full.
 */
#define SH_PREFIX flis_name
#define SH_ELEMENT_TYPE FlisName
#define SH_KEY_TYPE FlisNameKey
#define SH_KEY key
#define SH_HASH_KEY(table, key) hash_of(&(key))
#define SH_EQUAL(table, left, right) are_equal(&(left), &(right))
#define SH_GROW_MIN_FILLFACTOR 1.0
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

static struct flis_name_hash *begin_table(MemoryContext parent, uint32 names);
static inline FlisNameKey key_of(const char *bytes, uint32 length, FlisNameScope scope);

/*
 * flis_names_begin initializes an empty table, which will be in a child of a memory context.
 */
void
flis_names_begin(FlisNames *names, MemoryContext parent)
{
	names->table = begin_table(parent, FIRST_NAMES);
	names->parent = parent;
}

/*
 * flis_name_find returns what a text names; NULL if it isn't in the table, or if the text is compressed
 * or stored out of line.  The result is valid until the next call of flis_name_keep.
 */
const FlisName *
flis_name_find(const FlisNames *names, const struct varlena *text, FlisNameScope scope)
{
	/* A value stored out of line has a one-byte header, too. */
	if (VARATT_IS_1B(text) && !VARATT_IS_1B_E(text))
		return flis_name_lookup(names->table,
								key_of(VARDATA_1B(text), VARSIZE_1B(text) - VARHDRSZ_SHORT, scope));
	if (VARATT_IS_4B_U(text))
		return flis_name_lookup(names->table,
								key_of(VARDATA_4B(text), VARSIZE_4B(text) - VARHDRSZ, scope));
	return NULL;
}

/*
 * flis_name_keep adds what a text names, which flis_name_find must not have found.  The text must be
 * neither compressed nor stored out of line.
 */
void
flis_name_keep(FlisNames *names, const text *text, FlisNameScope scope, FlisNameScope channel,
			   FlisAnswerCache *answers)
{
	FlisNameKey key = key_of(VARDATA_ANY(text), VARSIZE_ANY_EXHDR(text), scope);
	FlisName *name;
	bool found;

	if (names->table->members >= names->table->size / 2)
	{
		struct flis_name_hash *former = names->table;

		if (former->members >= MOST_NAMES)
			return;
		/* Names that are still in use are added again when they are next asked for. */
		names->table = begin_table(names->parent, former->members * 2);
		MemoryContextDelete(former->ctx);
	}

	key.bytes = memcpy(MemoryContextAlloc(names->table->ctx, key.length), key.bytes, key.length);
	name = flis_name_insert(names->table, key, &found);
	name->channel = channel;
	name->answers = answers;
}

/*
 * begin_table makes an empty table with twice as many places as a number of names, which is a power of
 * two, in its own memory context.
 */
static struct flis_name_hash *
begin_table(MemoryContext parent, uint32 names)
{
	MemoryContext context = AllocSetContextCreate(parent, "flis names", ALLOCSET_SMALL_SIZES);

	return flis_name_create(context, names, NULL);
}

/*
 * key_of makes the key of a text.  It reads nothing outside the text.
 */
static inline FlisNameKey
key_of(const char *bytes, uint32 length, FlisNameScope scope)
{
	FlisNameKey key = {.length = length, .scope = scope, .bytes = bytes};

	if (length >= 8)
	{
		memcpy(&key.head, bytes, 8);
		memcpy(&key.tail, bytes + length - 8, 8);
	}
	else if (length >= 4)
	{
		uint32 ends[2];

		memcpy(&ends[0], bytes, 4);
		memcpy(&ends[1], bytes + length - 4, 4);
		key.head = ends[0];
		key.tail = ends[1];
	}
	else if (length > 0)
	{
		/* These are all of one to three bytes. */
		key.head = (unsigned char) bytes[0];
		key.tail = (unsigned char) bytes[length / 2] << 8 | (unsigned char) bytes[length - 1];
	}
	return key;
}

static inline uint32
hash_of(const FlisNameKey *key)
{
	uint64 hash;

	if (unlikely(key->length > SHORT_NAME))
		return hash_bytes((const unsigned char *) key->bytes, key->length) + key->scope;
	hash = key->head + (key->tail << 29 | key->tail >> 35) + key->scope;

	/* The highest bits of the product depend on all bits of the hash, but the table uses the lowest. */
	return (uint32) pg_bswap64(hash * UINT64CONST(0x9E3779B97F4A7C15));
}

static inline bool
are_equal(const FlisNameKey *left, const FlisNameKey *right)
{
	return left->head == right->head && left->tail == right->tail &&
		   left->length == right->length && left->scope == right->scope &&
		   (likely(left->length <= SHORT_NAME) ||
			memcmp(left->bytes, right->bytes, left->length) == 0);
}
