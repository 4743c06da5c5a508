/*
 * confirm_relation.h
 *		The kind and the owner of each relation that is registered in flis_cube.
 */
#ifndef FLIS_CONFIRM_RELATION_H
#define FLIS_CONFIRM_RELATION_H

#include "postgres.h"

/* The number of relations that a row of flis_cube may name. */
#define FLIS_CUBE_RELATIONS 3

extern bool flis_split_name(const char *name, const char **schema, const char **relation);
extern Oid flis_relation_named(const char *name);
extern char *flis_relation_identity(Oid relation);
extern bool flis_relation_holds_rows(Oid relation);

#endif
