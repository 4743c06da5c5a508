/*
 * name_lookup.h
 *		Finds what a text named when a call asked for it before.
 *
 * A query asks for the same few areas and channels millions of times.  So each text that a name was
 * found for is kept in a hash table, as it was written: that of an area leads to the area's answers
 * in one channel, that of a channel to its number.
 */
#ifndef FLIS_NAME_LOOKUP_H
#define FLIS_NAME_LOOKUP_H

#include "postgres.h"

#include "cache/answer_cache.h"

/*
 * What a text is asked for as: FLIS_CHANNEL_NAME as a channel, otherwise as an area in the channel
 * of this number.  Channels are counted from 1 here.
 */
typedef uint32 FlisNameScope;

#define FLIS_CHANNEL_NAME 0

/* What tells a name from others. */
typedef struct FlisNameKey
{
	uint64 head; /* its first eight bytes and its last eight; all of a shorter one, twice */
	uint64 tail;
	uint32 length;
	FlisNameScope scope;
	const char *bytes; /* all of it */
} FlisNameKey;

typedef struct FlisName
{
	FlisNameKey key;
	uint32 status;			  /* simplehash's */
	FlisNameScope channel;	  /* of a channel: the scope of its areas */
	FlisAnswerCache *answers; /* of an area */
} FlisName;

/* The names of one load of rows.  All zero before flis_names_begin. */
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
