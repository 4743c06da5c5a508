/*
 * fingerprint.h
 *		All of a snapshot that decides what it sees, in a few integers.
 *
 * registry.c says why two snapshots of one transaction with the same fingerprint see the same, as
 * long as no subtransaction is rolled back between them.
 */
#ifndef FLIS_FINGERPRINT_H
#define FLIS_FINGERPRINT_H

#include "postgres.h"

#include "access/twophase.h"
#include "utils/snapshot.h"

typedef struct FlisFingerprint
{
	TransactionId bounds[2]; /* xmin and xmax */
	CommandId command;
	uint32 running; /* transactions below xmax, without subtransactions */
	uint64 rest;
	const TransactionId *ids; /* of those, where they must be compared; otherwise NULL */
} FlisFingerprint;

/* What lies side by side, so that it can be compared as one. */
StaticAssertDecl(offsetof(SnapshotData, xmax) == offsetof(SnapshotData, xmin) + 4,
				 "a snapshot's xmax does not follow its xmin");
StaticAssertDecl(offsetof(SnapshotData, suboverflowed) == offsetof(SnapshotData, subxcnt) + 4 &&
					 offsetof(SnapshotData, takenDuringRecovery) ==
						 offsetof(SnapshotData, subxcnt) + 5,
				 "a snapshot's suboverflowed and takenDuringRecovery do not follow its subxcnt");

/*
 * flis_rest_of reads the number of running subtransactions, whether there are more than are listed,
 * and whether the snapshot was taken in recovery; and drops the two bytes behind them.
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

/*
 * flis_fingerprint_of takes the fingerprint of a snapshot.  Where one may need it, ids is set to
 * the snapshot's own array, for the caller to copy.
 *
 * While PREPARE TRANSACTION goes on, a transaction is counted twice; so where there may be prepared
 * ones, equal numbers of at least two do not say that they are the same.
 */
static inline FlisFingerprint
flis_fingerprint_of(Snapshot snapshot)
{
	return (FlisFingerprint){.bounds = {snapshot->xmin, snapshot->xmax},
							 .command = snapshot->curcid,
							 .running = snapshot->xcnt,
							 .rest = flis_rest_of(snapshot),
							 .ids = max_prepared_xacts > 0 && snapshot->xcnt > 1 ? snapshot->xip
																				 : NULL};
}

static pg_attribute_always_inline bool
flis_fingerprint_is(const FlisFingerprint *fingerprint, Snapshot snapshot)
{
	return likely(memcmp(fingerprint->bounds,
						 (const char *) snapshot + offsetof(SnapshotData, xmin),
						 sizeof(fingerprint->bounds)) == 0) &&
		   likely(fingerprint->command == snapshot->curcid) &&
		   likely(fingerprint->running == snapshot->xcnt) &&
		   likely(fingerprint->rest == flis_rest_of(snapshot)) &&
		   (likely(fingerprint->ids == NULL) ||
			memcmp(fingerprint->ids, snapshot->xip, fingerprint->running * sizeof(TransactionId)) ==
				0);
}

#endif
