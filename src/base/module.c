/*
 * module.c
 *		The magic block, without which the server refuses to load the library.
 */
#include "postgres.h"

#include "fmgr.h"

PG_MODULE_MAGIC;
