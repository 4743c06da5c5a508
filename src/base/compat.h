/*
 * compat.h
 *		What differs between the major versions of PostgreSQL, 15 to 19, and between compilers.  No
 *		other file tests PG_VERSION_NUM.
 */
#ifndef FLIS_COMPAT_H
#define FLIS_COMPAT_H

#include "postgres.h"

#include "catalog/pg_namespace.h"
#include "storage/proc.h"
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/* Placed before a declaration: the function does not return. */
#ifndef pg_noreturn
#define pg_noreturn pg_attribute_noreturn()
#endif

/* Placed before a declaration: the variable is not exported, which makes access to it faster. */
#if defined(__GNUC__)
#define FLIS_HIDDEN __attribute__((visibility("hidden")))
#else
#define FLIS_HIDDEN
#endif

/* The local transaction ID of the current transaction, unique within this session. */
#if PG_VERSION_NUM >= 170000
#define FLIS_LOCAL_XID (MyProc->vxid.lxid)
#else
#define FLIS_LOCAL_XID (MyProc->lxid)
#endif

/* Checks a role's privileges on a schema. */
#if PG_VERSION_NUM >= 160000
#define FLIS_SCHEMA_ACLCHECK(schema, role, mode)                                                   \
	object_aclcheck(NamespaceRelationId, schema, role, mode)
#else
#define FLIS_SCHEMA_ACLCHECK(schema, role, mode) pg_namespace_aclcheck(schema, role, mode)
#endif

/* Tells whether a role owns a relation. */
#if PG_VERSION_NUM >= 160000
#define FLIS_OWNS_RELATION(relation, role) object_ownercheck(RelationRelationId, relation, role)
#else
#define FLIS_OWNS_RELATION(relation, role) pg_class_ownercheck(relation, role)
#endif

/* Makes a range that isn't empty. */
#if PG_VERSION_NUM >= 160000
#define FLIS_MAKE_RANGE(type, lower, upper) make_range(type, lower, upper, false, NULL)
#else
#define FLIS_MAKE_RANGE(type, lower, upper) make_range(type, lower, upper, false)
#endif

/* Plans a statement, without a parallel plan. */
#if PG_VERSION_NUM >= 190000
#define FLIS_PLAN_QUERY(query, command) pg_plan_query(query, command, 0, NULL, NULL)
#else
#define FLIS_PLAN_QUERY(query, command) pg_plan_query(query, command, 0, NULL)
#endif

/* Runs a plan to its end, once. */
#if PG_VERSION_NUM >= 180000
#define FLIS_EXECUTOR_RUN(execution) ExecutorRun(execution, ForwardScanDirection, 0)
#else
#define FLIS_EXECUTOR_RUN(execution) ExecutorRun(execution, ForwardScanDirection, 0, true)
#endif

/* Allocates and frees the value of a setting, as a check hook must; the result may be NULL. */
#if PG_VERSION_NUM >= 160000
#define FLIS_GUC_ALLOC(size) guc_malloc(LOG, size)
#define FLIS_GUC_FREE(pointer) guc_free(pointer)
#else
#define FLIS_GUC_ALLOC(size) malloc(size)
#define FLIS_GUC_FREE(pointer) free(pointer)
#endif

#endif
