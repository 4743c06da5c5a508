/*
 * guarded_views.h
 *		What is remembered of the guarded views.
 */
#ifndef FLIS_GUARDED_VIEWS_H
#define FLIS_GUARDED_VIEWS_H

#include "postgres.h"

extern void flis_remember_guard(Oid schema, const char *view, const char *relation,
								const char *mode, const char *period_like);
extern void flis_remember_calendar(Oid schema, const char *view, const char *relation,
								   const char *value_column, Datum areas, const char *channel,
								   const char *period_like);
extern const char *flis_remembered_period(const char *schema, const char *view,
										  const char *relation);

#endif
