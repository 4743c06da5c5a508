/*
 * fingerprint.h
 *		All of a snapshot that decides what it sees, in a few integers.
 *
 * Two snapshots of one transaction with the same bounds, the same number of running transactions and
 * the same command see the same: of the transactions below a given upper bound none starts later, so
 * an equal number of them still running means the same ones.  Only a rollback to a savepoint takes
 * changes back without any of this changing; whoever keeps a fingerprint has to watch for that.
 */
#ifndef FLIS_FINGERPRINT_H
#define FLIS_FINGERPRINT_H

#include "postgres.h"

#include "utils/snapshot.h"

#include "compat.h"

typedef struct FlisFingerprint
{
	LocalTransactionId transaction; /* InvalidLocalTransactionId is like none */
	TransactionId xmin;
	TransactionId xmax;
	CommandId command;
	uint32 running;
	int32 running_subtransactions;
	bool overflowed;
	bool in_recovery;
} FlisFingerprint;

static inline FlisFingerprint
flis_fingerprint_of(Snapshot snapshot)
{
	return (FlisFingerprint){.transaction = FLIS_LOCAL_XID,
							 .xmin = snapshot->xmin,
							 .xmax = snapshot->xmax,
							 .command = snapshot->curcid,
							 .running = snapshot->xcnt,
							 .running_subtransactions = snapshot->subxcnt,
							 .overflowed = snapshot->suboverflowed,
							 .in_recovery = snapshot->takenDuringRecovery};
}

static inline bool
flis_fingerprint_is(const FlisFingerprint *fingerprint, Snapshot snapshot)
{
	return fingerprint->xmin == snapshot->xmin && fingerprint->xmax == snapshot->xmax &&
		   fingerprint->command == snapshot->curcid && fingerprint->running == snapshot->xcnt &&
		   fingerprint->running_subtransactions == snapshot->subxcnt &&
		   fingerprint->overflowed == snapshot->suboverflowed &&
		   fingerprint->in_recovery == snapshot->takenDuringRecovery &&
		   fingerprint->transaction == FLIS_LOCAL_XID;
}

#endif
