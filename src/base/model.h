/*
 * model.h
 *		The structs that all of flis shares: a day, a rule, a channel, a release, a status.
 *
 * Plain C without a server, so that everything computed from them can be fuzzed.  Words are
 * those of the README: a cycle is one round of deliveries, a release one delivery of one area in
 * one channel in one cycle, data_through the last day of the newest reference period covered.
 */
#ifndef FLIS_MODEL_H
#define FLIS_MODEL_H

#include <stdbool.h>
#include <stdint.h>

/* Behind a declaration: a parameter is a format as for printf, which the ones from another on fill in. */
#ifdef __GNUC__
#define FLIS_LIKE_PRINTF(format_parameter, first)                                                  \
	__attribute__((format(printf, format_parameter, first)))
#else
#define FLIS_LIKE_PRINTF(format_parameter, first)
#endif

/* Days since 2000-01-01 in the proleptic Gregorian calendar, as in PostgreSQL's date. */
typedef int32_t FlisDay;

/* No day: below every day, so that the later of "none" and a day is the day. */
#define FLIS_NO_DAY INT32_MIN
/* The day that never comes: above every day. */
#define FLIS_NEVER INT32_MAX

/* The calendar range: 0001-01-01 to 9999-12-31. */
#define FLIS_FIRST_DAY ((FlisDay) -730119)
#define FLIS_LAST_DAY ((FlisDay) 2921939)

/*
 * flis_is_in_calendar tells whether a day is in that range.
 */
static inline bool
flis_is_in_calendar(FlisDay day)
{
	return (uint32_t) day - (uint32_t) FLIS_FIRST_DAY <=
		   (uint32_t) (FLIS_LAST_DAY - FLIS_FIRST_DAY);
}

/* How often a new reference period arrives; the names are the EU frequency list's. */
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

/* Where a day that is no business day moves to. */
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

/* A thing that a deck may leave unsaid. */
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

/* Where a notice stands on a day. */
typedef enum FlisNoticeState
{
	FLIS_PLANNED,
	FLIS_IN_FORCE,
	FLIS_OVERDUE, /* in force although its end was expected */
	FLIS_ENDED
} FlisNoticeState;

/* What decided how far an area reaches. */
typedef enum FlisBasis
{
	FLIS_BASIS_NONE,
	FLIS_BASIS_RULE,
	FLIS_BASIS_PUBLISHED,
	FLIS_BASIS_CLOSED
} FlisBasis;

/* What is known of a release's day.  It follows from what was recorded alone, not from today. */
typedef enum FlisDateStatus
{
	FLIS_PROVISIONAL, /* by the rule alone */
	FLIS_CONFIRMED,	  /* planned for a day by the window's last */
	FLIS_POSTPONED,	  /* planned for a later day */
	FLIS_CANCELLED,
	FLIS_RELEASED
} FlisDateStatus;

/* What a fact table is, held against what it should hold. */
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
	int release_month; /* 1 to 12 for an annual rule, 0 where nobody said */
	int opens_day;	   /* days of the cycle, 1 for its first, in place of the channel's; ... */
	int closes_day;	   /* ... both 0 where the channel's count */
	FlisConvention business_day;
} FlisRule;

/* A release that follows another comes at most so many days after it. */
#define FLIS_MOST_DAYS_AFTER 366

/* One version of a channel, in force for the cycles from valid_from on. */
typedef struct FlisChannel
{
	FlisDay valid_from;
	int opens_day; /* days of the cycle, 1 to 31, 1 for its first */
	int closes_day;
	int days_after; /* days after the release of the channel that it follows, if it follows one */
} FlisChannel;

/* A one-off change of a release, or the record of an actual one. */
typedef struct FlisRelease
{
	FlisDay cycle;
	FlisDay planned_on; /* FLIS_NO_DAY where not said */
	FlisDay released_on;
	bool cancelled;
	bool has_note;
} FlisRelease;

/* What one deck published of an area. */
typedef struct FlisStatus
{
	FlisDay as_of;
	FlisDay data_through; /* FLIS_NO_DAY where not said */
	FlisState state;
} FlisStatus;

/* Something to know of an area for a time: what somebody announced between the decks. */
typedef struct FlisNotice
{
	FlisNoticeKind kind;
	int municipality;	 /* the one concerned, 0 for all */
	FlisDay period_from; /* the reference periods concerned; FLIS_NO_DAY where unbounded */
	FlisDay period_until;
	FlisDay started_on;	  /* the first day on which it holds */
	FlisDay expected_end; /* the first day on which it should not any more; FLIS_NO_DAY: unsaid */
	FlisDay ended_on;	  /* the first day on which it did not; FLIS_NO_DAY: it hasn't ended */
} FlisNotice;

/* A municipality takes no part in an area in the periods that end from one day through another. */
typedef struct FlisWaiver
{
	int municipality;
	FlisDay valid_from;
	FlisDay valid_until; /* FLIS_NEVER: for ever */
} FlisWaiver;

#endif
