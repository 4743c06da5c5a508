/*
 * distribution.h
 *		Whether a distributed engine keeps the rows of a table elsewhere.
 */
#ifndef FLIS_DISTRIBUTION_H
#define FLIS_DISTRIBUTION_H

#include "postgres.h"

extern bool flis_is_distributed(Oid relation);

#endif
