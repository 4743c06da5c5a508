/*
 * municipal.h
 *		Finds how far the data of one municipality reach in an area, given how far the area's reach.
 */
#ifndef FLIS_MUNICIPAL_H
#define FLIS_MUNICIPAL_H

#include "base/model.h"

/* The notices and waivers of an area.  A notice of municipality 0 is about all. */
typedef struct FlisExemptions
{
	const FlisNotice *notices;
	int nnotices;
	const FlisWaiver *waivers;
	int nwaivers;
} FlisExemptions;

extern bool flis_notice_exempts(const FlisNotice *notice);
extern FlisDay flis_municipal_through(const FlisExemptions *exemptions, int municipality,
									  FlisFrequency frequency, FlisDay on, FlisDay through,
									  FlisDay *until);

#endif
