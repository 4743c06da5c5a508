/*
 * measure.h
 *		How far a registered fact table reaches, by what is in it.
 */
#ifndef FLIS_MEASURE_H
#define FLIS_MEASURE_H

#include "postgres.h"

#include "dialect.h"
#include "fact.h"
#include "subject.h"
#include "verdict.h"

typedef struct FlisMeasure
{
	FlisFound found;
	/* Of the newest period with rows, where there is one: */
	FlisDay last; /* its own last day, which need not be that of a reference period */
	int64 rows;
	double median_rows; /* of the periods before; negative where there are none */
	bool by_municipality;
	int expected; /* municipalities, where they are counted */
	int reporting;
	const char *reason; /* why nothing is readable, where nothing is */
} FlisMeasure;

extern void flis_measure(FlisSubject *subject, const FlisFact *fact, FlisMeasure *measure);
extern bool flis_find_dialect(const FlisCube *cube, const FlisFact *fact, FlisFrequency frequency,
							  FlisDialect *dialect, const char **reason);
extern bool flis_find_form(const FlisCube *cube, const FlisFact *fact, FlisForm *form,
						   const char **reason);

#endif
