/*
 * periods.h
 *		Reads the newest periods of a cube one after the other, and no more of its table than needed.
 */
#ifndef FLIS_PERIODS_H
#define FLIS_PERIODS_H

#include "postgres.h"

#include "rules/period_counts.h"
#include "facts/aggregate.h"
#include "facts/cube_relation.h"
#include "facts/municipality.h"
#include "facts/period_encoding.h"

/* How the periods of a cube are found. */
typedef enum FlisPath
{
	FLIS_PATH_ALL,	  /* in one pass over all of it */
	FLIS_PATH_INDEX,  /* one after the other, by an index */
	FLIS_PATH_WINDOWS /* some at a time, as partitions or a BRIN index suggest */
} FlisPath;

/* A cube being read.  The periods found so far, newest first, stay where they are. */
typedef struct FlisReader
{
	const FlisCube *cube;
	const FlisCubeRelation *cube_relation;
	const FlisPeriodEncoding *encoding;
	const char *aggregate_schema; /* as SQL writes it */
	FlisDay until;				  /* the last day of the newest period that counts */
	int keep;					  /* periods that may be asked for */
	/* The municipalities that are expected: once all are found, a period is read no further. */
	FlisParticipants *participants;

	FlisPath path;
	bool is_finished;
	char *below;	 /* the condition of what is yet to be read */
	int windows;	 /* those read so far */
	double all_cost; /* of one pass, by the planner's estimate */
	double blocks;	 /* over a star: read for the last period by index */
	bool has_pair_index;
	char *keys;	  /* over a star: the condition of the period being read, by its keys */
	bool is_thin; /* the last period lacked an expected municipality */
	bool is_read; /* some value stands for a period */
	char example[FLIS_UNREAD_SIZE]; /* a value that stands for nothing */
	int n;
	FlisPeriodCount periods[FLIS_MOST_PERIODS];
} FlisReader;

extern void flis_reader_begin(FlisReader *reader);
extern const FlisPeriodCount *flis_reader_period(void *reader, int n);
extern bool flis_reader_finds_nothing(FlisReader *reader);

#endif
