/*
 * compat.h
 *		What differs between the major versions of PostgreSQL, 15 to 19.
 */
#ifndef FLIS_COMPAT_H
#define FLIS_COMPAT_H

#include "postgres.h"

#include "catalog/pg_namespace.h"
#include "storage/proc.h"
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/* Before a declaration: the function does not return. */
#ifndef pg_noreturn
#define pg_noreturn pg_attribute_noreturn()
#endif

/* Before a declaration: for the files of this library alone, which find it faster then. */
#if defined(__GNUC__)
#define FLIS_HIDDEN __attribute__((visibility("hidden")))
#else
#define FLIS_HIDDEN
#endif

/* The number that names the current transaction within this session. */
#if PG_VERSION_NUM >= 170000
#define FLIS_LOCAL_XID (MyProc->vxid.lxid)
#else
#define FLIS_LOCAL_XID (MyProc->lxid)
#endif

/* What a role may do in a schema. */
#if PG_VERSION_NUM >= 160000
#define FLIS_SCHEMA_ACLCHECK(schema, role, mode)                                                   \
	object_aclcheck(NamespaceRelationId, schema, role, mode)
#else
#define FLIS_SCHEMA_ACLCHECK(schema, role, mode) pg_namespace_aclcheck(schema, role, mode)
#endif

/* Whether a role owns a relation. */
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

/* Plans a statement, which may not run in parallel. */
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

/* Memory of the values of a setting. */
#if PG_VERSION_NUM >= 160000
#define FLIS_GUC_ALLOC(size) guc_malloc(LOG, size)
#define FLIS_GUC_FREE(pointer) guc_free(pointer)
#else
#define FLIS_GUC_ALLOC(size) malloc(size)
#define FLIS_GUC_FREE(pointer) free(pointer)
#endif

#endif
