/*
 * releases.h
 *		The releases of a channel between two days, for the functions of SQL that list or record them.
 */
#ifndef FLIS_RELEASES_H
#define FLIS_RELEASES_H

#include "postgres.h"

#include "base/model.h"
#include "rules/coverage.h"
#include "rules/schedule.h"

extern void flis_releases_begin(FlisSchedule *schedule, FlisDay from, FlisDay until, int channel,
								const bool *is_wanted);
extern bool flis_release_brings(const FlisScheduled *release, int channel, FlisDay *through);

#endif
