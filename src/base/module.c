/*
 * module.c
 *		What makes the library loadable.
 */
#include "postgres.h"

#include "fmgr.h"

PG_MODULE_MAGIC;
