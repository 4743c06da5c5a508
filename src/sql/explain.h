/*
 * explain.h
 *		Tells in a paragraph why an area's data reach as far as they do on a day: the answer, then
 *		the rule, the releases, the statuses and the notices from which it follows.
 */
#ifndef FLIS_EXPLAIN_H
#define FLIS_EXPLAIN_H

#include "postgres.h"

#include "base/model.h"

extern char *flis_explanation(int area, int channel, FlisDay on, FlisLanguage language);

#endif
