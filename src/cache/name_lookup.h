/*
 * name_lookup.h
 *		A hash table of the names that calls have asked for, and of what each was found to name.
 *
 * A query asks for the same few areas and channels millions of times.  Each name is kept as it was
 * written.  That of an area leads to the area's answers in one channel, that of a channel to its number.
 */
#ifndef FLIS_NAME_LOOKUP_H
#define FLIS_NAME_LOOKUP_H

#include "postgres.h"

#include "cache/answer_cache.h"

/*
 * What a text is to name: FLIS_CHANNEL_NAME stands for a channel, another number for an area in the
 * channel of that number.  Channels are counted from 1 here.
 */
typedef uint32 FlisNameScope;

#define FLIS_CHANNEL_NAME 0

/* A name as it is compared. */
typedef struct FlisNameKey
{
	uint64 head; /* the first eight bytes, or what key_of makes of a shorter name */
	uint64 tail; /* the last eight bytes, likewise */
	uint32 length;
	FlisNameScope scope;
	const char *bytes; /* the whole name */
} FlisNameKey;

typedef struct FlisName
{
	FlisNameKey key;
	uint32 status;			  /* for simplehash */
	FlisNameScope channel;	  /* for a channel: the scope of its areas */
	FlisAnswerCache *answers; /* for an area */
} FlisName;

/* The names of one load of the registry. */
typedef struct FlisNames
{
	MemoryContext parent;
	struct flis_name_hash *table;
} FlisNames;

extern void flis_names_begin(FlisNames *names, MemoryContext parent);
extern const FlisName *flis_name_find(const FlisNames *names, const struct varlena *text,
									  FlisNameScope scope);
extern void flis_name_keep(FlisNames *names, const text *text, FlisNameScope scope,
						   FlisNameScope channel, FlisAnswerCache *answers);

#endif
