/*
 * generation_write.h
 *		Writes a new value into flis_generation.
 */
#ifndef FLIS_GENERATION_WRITE_H
#define FLIS_GENERATION_WRITE_H

#include "postgres.h"

extern Oid flis_generation_table(Oid schema);
extern void flis_generation_write(Oid schema);

#endif
