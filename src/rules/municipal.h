/*
 * municipal.h
 *		How far one municipality's data of an area reach, where the area's reach a day.
 */
#ifndef FLIS_MUNICIPAL_H
#define FLIS_MUNICIPAL_H

#include "base/model.h"

/* The notices and waivers of an area; those that name no municipality are about all. */
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
