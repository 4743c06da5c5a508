/*
 * distribution.h
 *		Tells whether a distributed engine, such as Citus, keeps the rows of a table elsewhere.
 */
#ifndef FLIS_DISTRIBUTION_H
#define FLIS_DISTRIBUTION_H

#include "postgres.h"

extern bool flis_is_distributed(Oid relation);

#endif
