/*
 * print_hash.h
 *		The hash of a cube's rows: 64 bits that depend on nothing but the values.
 *
 * Prints are kept for years, so the hash must be the same on every machine and major version: words
 * are read as little-endian, and no hash function of the server is used.  A change of the hash
 * must raise FLIS_PRINT_ALGORITHM.
 */
#ifndef FLIS_PRINT_HASH_H
#define FLIS_PRINT_HASH_H

#include "postgres.h"

#include "fmgr.h"

#define FLIS_PRINT_ALGORITHM 1

/* How the values of a type are hashed. */
typedef enum FlisHashKind
{
	FLIS_HASH_INT2,
	FLIS_HASH_INT4, /* also date */
	FLIS_HASH_INT8, /* also time, timestamps and money */
	FLIS_HASH_FLOAT4,
	FLIS_HASH_FLOAT8,
	FLIS_HASH_NUMERIC,
	FLIS_HASH_TEXT,
	FLIS_HASH_BPCHAR,
	FLIS_HASH_BYTEA,
	FLIS_HASH_WRITTEN /* as the type's output function writes it */
} FlisHashKind;

/* A column whose values are hashed. */
typedef struct FlisHashedColumn
{
	FlisHashKind kind;
	uint64 name; /* the hash of its name */
	FmgrInfo output;
	bool needs_settings; /* values are written alike only under flis_hash_settings */
} FlisHashedColumn;

extern void flis_hashed_column_begin(FlisHashedColumn *column, const char *name, Oid type);
extern int flis_hash_settings(void);
extern uint64 flis_hash_value(FlisHashedColumn *column, Datum value);

/*
 * flis_hash_mix spreads each bit of a word over all (the finalizer of SplitMix64).
 */
static inline uint64
flis_hash_mix(uint64 word)
{
	word ^= word >> 30;
	word *= UINT64CONST(0xBF58476D1CE4E5B9);
	word ^= word >> 27;
	word *= UINT64CONST(0x94D049BB133111EB);
	return word ^ word >> 31;
}

#endif
