/*
 * measure.h
 *		How far a cube reaches by the rows in its table, and in which format it writes its periods.
 */
#ifndef FLIS_MEASURE_H
#define FLIS_MEASURE_H

#include "postgres.h"

#include "rules/verdict.h"
#include "facts/cube_context.h"
#include "facts/cube_relation.h"
#include "facts/period_encoding.h"

typedef struct FlisMeasure
{
	FlisFound found;
	FlisPeriodEncoding encoding; /* found.encoding points to it */
	/* Of the newest period with rows, found.newest_written, where there is one: */
	int64 rows;
	double median_rows; /* of the periods before; negative where there are none */
	bool by_municipality;
	int expected; /* municipalities, where they are counted */
	int reporting;
	const char *reason; /* why no period can be read; NULL */
} FlisMeasure;

extern void flis_measure(FlisCubeContext *cube_context, const FlisCubeRelation *cube_relation,
						 FlisMeasure *measure);
extern bool flis_find_period_encoding(const FlisCube *cube, const FlisCubeRelation *cube_relation,
									  FlisFrequency frequency, FlisPeriodEncoding *encoding,
									  const char **reason);
extern bool flis_find_period_format(const FlisCube *cube, const FlisCubeRelation *cube_relation,
									FlisPeriodFormat *format, const char **reason);

#endif
