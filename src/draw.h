/*
 * draw.h
 *		Writes a new value into flis_generation.
 */
#ifndef FLIS_DRAW_H
#define FLIS_DRAW_H

#include "postgres.h"

extern Oid flis_generation_table(Oid schema);
extern void flis_draw_generation(Oid schema);

#endif
