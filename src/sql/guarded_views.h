/*
 * guarded_views.h
 *		Remembers each guarded view in flis_guarded_view, so that it can be created again after its
 *		table was dropped.
 */
#ifndef FLIS_GUARDED_VIEWS_H
#define FLIS_GUARDED_VIEWS_H

#include "postgres.h"

extern void flis_remember_guard(Oid schema, const char *view, const char *relation,
								Datum dimensions, const char *mode, const char *value_column,
								Datum areas, const char *channel, const char *period_like);
extern const char *flis_remembered_period(const char *schema, const char *view,
										  const char *relation);

#endif
