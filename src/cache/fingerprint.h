/*
 * fingerprint.h
 *		The fingerprint of a snapshot: a few integers that decide what it sees.
 *
 * Two snapshots of one transaction with the same fingerprint see the same rows, as long as no
 * subtransaction is rolled back between them.  registry.c says why.
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
	uint32 running;			  /* the number of running transactions, without subtransactions */
	uint64 rest;			  /* flis_rest_of */
	const TransactionId *ids; /* the running ones, where they must be compared; otherwise NULL */
} FlisFingerprint;

/* These members are adjacent, so that they can be compared together. */
StaticAssertDecl(offsetof(SnapshotData, xmax) == offsetof(SnapshotData, xmin) + 4,
				 "a snapshot's xmax does not follow its xmin");
StaticAssertDecl(offsetof(SnapshotData, suboverflowed) == offsetof(SnapshotData, subxcnt) + 4 &&
					 offsetof(SnapshotData, takenDuringRecovery) ==
						 offsetof(SnapshotData, subxcnt) + 5,
				 "a snapshot's suboverflowed and takenDuringRecovery do not follow its subxcnt");

/*
 * flis_rest_of returns subxcnt, suboverflowed and takenDuringRecovery in one integer.  Of the eight
 * bytes that it reads it drops the last two, which are other members.
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
 * flis_fingerprint_of returns the fingerprint of a snapshot.  Where ids is needed it points to the
 * snapshot's own array, which the caller must copy.
 *
 * During PREPARE TRANSACTION a transaction is counted twice.  So where prepared transactions are
 * allowed, two snapshots with the same number of running transactions may have different ones, if the
 * number is at least two.
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

/*
 * flis_fingerprint_is tells whether a snapshot has a fingerprint.
 */
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
