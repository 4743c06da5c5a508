/*
 * fingerprint.h
 *		All of a snapshot that decides what it sees, in a few integers.
 *
 * Two snapshots of one transaction with the same bounds, the same number of running transactions and
 * the same command see the same: of the transactions below a given upper bound none starts later, so
 * an equal number of them still running means the same ones.  Two things are not in it, and whoever
 * keeps a fingerprint has to watch for them: a rollback to a savepoint, which takes changes back
 * without any of this changing, and the end of the transaction.
 */
#ifndef FLIS_FINGERPRINT_H
#define FLIS_FINGERPRINT_H

#include "postgres.h"

#include "utils/snapshot.h"

typedef struct FlisFingerprint
{
	TransactionId bounds[2]; /* xmin and xmax */
	CommandId command;
	uint32 running;
	uint64 rest;
} FlisFingerprint;

/* What lies side by side, so that it can be compared as one. */
StaticAssertDecl(offsetof(SnapshotData, xmax) == offsetof(SnapshotData, xmin) + 4,
				 "a snapshot's xmax does not follow its xmin");
StaticAssertDecl(offsetof(SnapshotData, suboverflowed) == offsetof(SnapshotData, subxcnt) + 4 &&
					 offsetof(SnapshotData, takenDuringRecovery) ==
						 offsetof(SnapshotData, subxcnt) + 5,
				 "a snapshot's suboverflowed and takenDuringRecovery do not follow its subxcnt");

/*
 * flis_rest_of reads the number of running subtransactions, whether there are more than are listed, and
 * whether the snapshot was taken in recovery; and drops the two bytes behind them.
 */
static pg_attribute_always_inline uint64
flis_rest_of(Snapshot snapshot)
{
	uint64 rest;

	memcpy(&rest, (const char *) snapshot + offsetof(SnapshotData, subxcnt), sizeof(rest));
#ifdef WORDS_BIGENDIAN
	return rest >> 16;
#else
	return rest << 16;
#endif
}

static inline FlisFingerprint
flis_fingerprint_of(Snapshot snapshot)
{
	return (FlisFingerprint){.bounds = {snapshot->xmin, snapshot->xmax},
							 .command = snapshot->curcid,
							 .running = snapshot->xcnt,
							 .rest = flis_rest_of(snapshot)};
}

static pg_attribute_always_inline bool
flis_fingerprint_is(const FlisFingerprint *fingerprint, Snapshot snapshot)
{
	return likely(memcmp(fingerprint->bounds,
						 (const char *) snapshot + offsetof(SnapshotData, xmin),
						 sizeof(fingerprint->bounds)) == 0) &&
		   likely(fingerprint->command == snapshot->curcid) &&
		   likely(fingerprint->running == snapshot->xcnt) &&
		   likely(fingerprint->rest == flis_rest_of(snapshot));
}

#endif
