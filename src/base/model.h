/*
 * model.h
 *		The types that all of flis shares: a day, and structs for the rows of the reference tables.
 *
 * They are plain C without headers of the server, so that what is computed from them can be fuzzed.  The
 * words are explained in the README: a cycle is one round of deliveries, a release one delivery of one
 * area in one channel in one cycle, data_through the last day of the newest reference period covered.
 */
#ifndef FLIS_MODEL_H
#define FLIS_MODEL_H

#include <stdbool.h>
#include <stdint.h>

/* Placed behind a declaration: one parameter is a printf format, for those from "first" on. */
#ifdef __GNUC__
#define FLIS_LIKE_PRINTF(format_parameter, first)                                                  \
	__attribute__((format(printf, format_parameter, first)))
#else
#define FLIS_LIKE_PRINTF(format_parameter, first)
#endif

/* Days since 2000-01-01 in the proleptic Gregorian calendar, as in PostgreSQL's date. */
typedef int32_t FlisDay;

/* No day.  It is less than every day, so that the later of it and a day is the day. */
#define FLIS_NO_DAY INT32_MIN
/* A day that never comes.  It is greater than every day. */
#define FLIS_NEVER INT32_MAX

/* The calendar range: 0001-01-01 to 9999-12-31. */
#define FLIS_FIRST_DAY ((FlisDay) -730119)
#define FLIS_LAST_DAY ((FlisDay) 2921939)

/*
 * flis_is_in_calendar tells whether a day is in the calendar range.
 */
static inline bool
flis_is_in_calendar(FlisDay day)
{
	return (uint32_t) day - (uint32_t) FLIS_FIRST_DAY <=
		   (uint32_t) (FLIS_LAST_DAY - FLIS_FIRST_DAY);
}

/*
 * flis_earlier returns the earlier of two days, and flis_later the later.
 */
static inline FlisDay
flis_earlier(FlisDay left, FlisDay right)
{
	return left < right ? left : right;
}

static inline FlisDay
flis_later(FlisDay left, FlisDay right)
{
	return left > right ? left : right;
}

/* The most areas in a chain of parts, each of the next; a longer chain counts as a circle. */
#define FLIS_MOST_WHOLES 100

/* How often data of a new reference period come.  The names are those of the EU frequency list. */
typedef enum FlisFrequency
{
	FLIS_MONTHLY,
	FLIS_ANNUAL,
	FLIS_DAILY,
	FLIS_WEEKLY,
	FLIS_QUARTERLY,
	FLIS_ANNUAL_2 /* half-yearly */
} FlisFrequency;

#define FLIS_FREQUENCIES 6

/* Which business day takes the place of a day that isn't one. */
typedef enum FlisConvention
{
	FLIS_CONVENTION_NONE,
	FLIS_FOLLOWING,
	FLIS_PRECEDING,
	FLIS_MODIFIED_FOLLOWING
} FlisConvention;

/* What a status deck says of an area's operation. */
typedef enum FlisState
{
	FLIS_ON_SCHEDULE,
	FLIS_CAVEAT,
	FLIS_CLOSED,
	FLIS_NOT_REPORTED
} FlisState;

/* A yes or no that may be missing. */
typedef enum FlisTruth
{
	FLIS_UNSAID,
	FLIS_NO,
	FLIS_YES
} FlisTruth;

/* What a notice is about. */
typedef enum FlisNoticeKind
{
	FLIS_ACCESS,
	FLIS_COMPLETENESS,
	FLIS_COMPARABILITY,
	FLIS_INFORMATION
} FlisNoticeKind;

/* The state of a notice on a day. */
typedef enum FlisNoticeState
{
	FLIS_PLANNED,
	FLIS_IN_FORCE,
	FLIS_OVERDUE, /* in force after the day on which its end was expected */
	FLIS_ENDED
} FlisNoticeState;

/* What an answer to how far an area reaches is based on. */
typedef enum FlisBasis
{
	FLIS_BASIS_NONE,
	FLIS_BASIS_RULE,
	FLIS_BASIS_PUBLISHED,
	FLIS_BASIS_CLOSED
} FlisBasis;

/* What is known of a release's day.  It depends on what was recorded, not on today's date. */
typedef enum FlisDateStatus
{
	FLIS_PROVISIONAL, /* nothing was recorded */
	FLIS_CONFIRMED,	  /* planned for a day no later than the window's last */
	FLIS_POSTPONED,	  /* planned for a day after the window */
	FLIS_CANCELLED,
	FLIS_RELEASED
} FlisDateStatus;

/* The result of comparing a fact table with what it should hold; verdict.c defines each value. */
typedef enum FlisVerdict
{
	FLIS_VERDICT_MISSING,
	FLIS_VERDICT_UNKNOWN,
	FLIS_VERDICT_CLOSED,
	FLIS_VERDICT_EMPTY,
	FLIS_VERDICT_NOT_DUE,
	FLIS_VERDICT_DUE,
	FLIS_VERDICT_LATE,
	FLIS_VERDICT_ON_TIME,
	FLIS_VERDICT_AHEAD,
	FLIS_VERDICT_PARTIAL
} FlisVerdict;

typedef enum FlisLanguage
{
	FLIS_DANISH,
	FLIS_ENGLISH
} FlisLanguage;

/* One version of an area's rule, in force for the cycles from valid_from on. */
typedef struct FlisRule
{
	FlisDay valid_from;
	FlisFrequency frequency;
	int lag;			/* whole periods skipped */
	int early_min_days; /* days before the channel's window */
	int early_max_days;
	int release_month; /* 1 to 12 for an annual rule, 0 where it isn't known */
	int opens_day;	   /* the rule's own window, in days of the cycle from 1 ... */
	int closes_day;	   /* ... or both 0: the channel's window applies */
	FlisConvention business_day;
} FlisRule;

/* The greatest value of days_after. */
#define FLIS_MOST_DAYS_AFTER 366

/* One version of a channel, in force for the cycles from valid_from on. */
typedef struct FlisChannel
{
	FlisDay valid_from;
	int opens_day; /* the window, in days of the cycle, 1 to 31 */
	int closes_day;
	int days_after; /* in a channel that follows another: days after that one's release */
} FlisChannel;

/* What is recorded of one release: a change of plan, or that it came. */
typedef struct FlisRelease
{
	FlisDay cycle;
	FlisDay planned_on; /* FLIS_NO_DAY where not recorded */
	FlisDay released_on;
	bool cancelled;
	bool has_note;
} FlisRelease;

/* What one deck says of an area. */
typedef struct FlisStatus
{
	FlisDay as_of;
	FlisDay data_through; /* FLIS_NO_DAY where the deck has none */
	FlisState state;
} FlisStatus;

/* An announcement about an area, made between two decks, that holds for some time. */
typedef struct FlisNotice
{
	FlisNoticeKind kind;
	int municipality;	 /* the one that it is about, 0 for all */
	FlisDay period_from; /* the reference periods that it is about; FLIS_NO_DAY where unbounded */
	FlisDay period_until;
	FlisDay started_on;	  /* the first day on which it holds */
	FlisDay expected_end; /* the day on which it should end, or FLIS_NO_DAY */
	FlisDay ended_on;	  /* the first day on which it no longer holds; FLIS_NO_DAY: not ended */
} FlisNotice;

/* A municipality does not report to an area in the periods that end from valid_from to valid_until. */
typedef struct FlisWaiver
{
	int municipality;
	FlisDay valid_from;
	FlisDay valid_until; /* inclusive; FLIS_NEVER: for ever */
} FlisWaiver;

#endif
