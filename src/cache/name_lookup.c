/*
 * name_lookup.c
 *		Finds what a text named when a call asked for it before.
 *
 * The look-up is called once a row.  Names of up to 16 bytes, as nearly all are, are hashed and
 * compared as two integers, which are read by loads within the text.
 */
#include "base/compat.h"
#include "cache/name_lookup.h"

#include "common/hashfn.h"
#include "port/pg_bswap.h"
#include "utils/memutils.h"

/* Names kept at first and at most.  Past that, a name is looked for each time. */
#define FIRST_NAMES 256
#define MOST_NAMES 8192

/* Up to this length a name's head and tail have all of its bytes. */
#define SHORT_NAME 16

static inline uint32 hash_of(const FlisNameKey *key);
static inline bool are_equal(const FlisNameKey *left, const FlisNameKey *right);

/*
 * SH_GROW sets the mask of a larger table before it allocates it: an error there would leave a
 * table that is read out of bounds.  So a table never grows; flis_name_keep replaces one that is
 * half full.
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
 * flis_names_begin begins to keep names, in children of a memory context.
 */
void
flis_names_begin(FlisNames *names, MemoryContext parent)
{
	names->table = begin_table(parent, FIRST_NAMES);
	names->parent = parent;
}

/*
 * flis_name_find finds what a text named; NULL where that isn't known, or the text is compressed or
 * stored out of line.
 *
 * What it returns holds until the next call of flis_name_keep.
 */
const FlisName *
flis_name_find(const FlisNames *names, const struct varlena *text, FlisNameScope scope)
{
	/* Out of line has a header of one byte, too. */
	if (VARATT_IS_1B(text) && !VARATT_IS_1B_E(text))
		return flis_name_lookup(names->table,
								key_of(VARDATA_1B(text), VARSIZE_1B(text) - VARHDRSZ_SHORT, scope));
	if (VARATT_IS_4B_U(text))
		return flis_name_lookup(names->table,
								key_of(VARDATA_4B(text), VARSIZE_4B(text) - VARHDRSZ, scope));
	return NULL;
}

/*
 * flis_name_keep keeps what a text names that flis_name_find does not know.  The text is neither
 * compressed nor stored out of line.
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
		/* The names that are still asked for come again, each with one search. */
		names->table = begin_table(names->parent, former->members * 2);
		MemoryContextDelete(former->ctx);
	}

	key.bytes = memcpy(MemoryContextAlloc(names->table->ctx, key.length), key.bytes, key.length);
	name = flis_name_insert(names->table, key, &found);
	name->channel = channel;
	name->answers = answers;
}

/*
 * begin_table makes an empty table for a number of names, a power of two, in a memory context of
 * its own.  It has twice as many places.
 */
static struct flis_name_hash *
begin_table(MemoryContext parent, uint32 names)
{
	MemoryContext context = AllocSetContextCreate(parent, "flis names", ALLOCSET_SMALL_SIZES);

	return flis_name_create(context, names, NULL);
}

/*
 * key_of makes the key of a text, without a read outside of it.
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
		/* All of one to three bytes. */
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

	/* Only the uppermost bits of a product depend on all of it, and only the lowest are used. */
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
