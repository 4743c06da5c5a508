/*
 * calendar.c
 *		Days, months, ISO weeks, Danish public holidays and business days.
 *
 * Arithmetic on the proleptic Gregorian calendar, without tables of days.  All values of FlisDay and
 * all years of type int are accepted, because a lag may reach far before the calendar range.  A
 * result before all days is FLIS_NO_DAY, one after them FLIS_NEVER.
 *
 * The conversions between a day number and its year, month and day are those of Neri and Schneider,
 * "Euclidean affine functions and their application to calendar algorithms" (2023).  Their years
 * begin on 1 March, so that the leap day is the last day and the lengths of the months follow one
 * linear formula.
 */
#include "base/calendar.h"

/* The Gregorian calendar repeats after 400 years. */
#define DAYS_PER_ERA 146097
#define YEARS_PER_ERA 400

/*
 * Days are counted from 1 March of year -8000000, which is before every FlisDay, so that the
 * functions below never divide a negative number.
 */
#define ERAS_BEFORE_YEAR_0 20000
#define YEARS_BEFORE_YEAR_0 (ERAS_BEFORE_YEAR_0 * YEARS_PER_ERA)
/* 0000-03-01 to 2000-01-01 */
#define DAYS_FROM_YEAR_0 730425
#define DAYS_BEFORE_EPOCH ((int64_t) ERAS_BEFORE_YEAR_0 * DAYS_PER_ERA + DAYS_FROM_YEAR_0)

/* Every FlisDay is in a year from -FARTHEST_YEAR to FARTHEST_YEAR. */
#define FARTHEST_YEAR 6000000

/* 2000-01-03, a Monday. */
#define FIRST_MONDAY 2

/* The dates of Easter repeat after 5700000 years.  Twice that, added, makes every year positive. */
#define YEARS_PER_TWO_EASTER_CYCLES 11400000

/* The last year with Store Bededag, by Act no. 214 of 7 March 2023, in force on 1 January 2024. */
#define LAST_STORE_BEDEDAG 2023

static FlisDay easter_sunday(int year);
static bool is_business(FlisDay day);
static int64_t day_number(int year, int month, int day_of_month);
static FlisDay nearest_day(int64_t number);
static int year_of_month(int month);

/*
 * flis_day returns the day of a year, a month (1 to 12) and a day of the month.
 *
 * A day of the month after the month's last is a day of the next month.
 */
FlisDay
flis_day(int year, int month, int day_of_month)
{
	return nearest_day(day_number(year, month, day_of_month));
}

/*
 * flis_day_parts finds the year, the month (1 to 12) and the day of the month (from 1) of a day.
 *
 * The year before year 1 is year 0.
 */
void
flis_day_parts(FlisDay day, int *year, int *month, int *day_of_month)
{
	/* Counted in quarters of a day, because the average century has a whole number of them. */
	uint64_t quarters = 4 * (uint64_t) (day + DAYS_BEFORE_EPOCH) + 3;
	uint32_t century = (uint32_t) (quarters / DAYS_PER_ERA);
	uint32_t day_of_century = (uint32_t) (quarters % DAYS_PER_ERA) / 4;

	/* An exact division by 1461 here: the quotient is in the upper half, the remainder in the lower. */
	uint64_t product = (uint64_t) 2939745 * (4 * day_of_century + 3);
	uint32_t year_of_century = (uint32_t) (product >> 32);
	uint32_t day_of_year = (uint32_t) product / 2939745 / 4;

	/* From March on months have 31, 30, 31, 30, 31 days.  The month is above, the day below. */
	uint32_t line = 2141 * day_of_year + 197913;
	bool next_year = day_of_year >= 306;

	*year = (int) (100 * century + year_of_century) - YEARS_BEFORE_YEAR_0 + next_year;
	*month = (int) (line >> 16) - (next_year ? 12 : 0);
	*day_of_month = (int) ((line & 0xffff) / 2141) + 1;
}

/*
 * flis_month_of returns the month that a day lies in, as year * 12 + (month - 1).
 */
int
flis_month_of(FlisDay day)
{
	int year;
	int month;
	int day_of_month;

	flis_day_parts(day, &year, &month, &day_of_month);
	return year * 12 + (month - 1);
}

/*
 * flis_month_first returns the first day of a month counted as in flis_month_of.
 */
FlisDay
flis_month_first(int month)
{
	int year = year_of_month(month);

	return nearest_day(day_number(year, (int) (month - (int64_t) year * 12) + 1, 1));
}

/*
 * flis_month_last returns the last day of a month counted as in flis_month_of.
 */
FlisDay
flis_month_last(int month)
{
	int year = year_of_month(month);

	/* The day before the first of the next month, which may be 13. */
	return nearest_day(day_number(year, (int) (month - (int64_t) year * 12) + 2, 1) - 1);
}

/*
 * flis_week_of returns the week from Monday to Sunday that a day lies in.  The week that begins on
 * 2000-01-03 is 0.
 */
int
flis_week_of(FlisDay day)
{
	int64_t days = (int64_t) day - FIRST_MONDAY;

	return (int) (days / 7 - (days % 7 < 0));
}

/*
 * flis_week_last returns the Sunday of a week counted as in flis_week_of.
 */
FlisDay
flis_week_last(int week)
{
	return nearest_day((int64_t) week * 7 + FIRST_MONDAY + 6);
}

/*
 * flis_iso_weekday returns the day of the week, 1 for Monday to 7 for Sunday.
 */
int
flis_iso_weekday(FlisDay day)
{
	/* Day 0 is a Saturday.  The remainder of a day before it is negative. */
	return (day % 7 + 7 + 5) % 7 + 1;
}

/*
 * flis_iso_week_last returns the Sunday of an ISO 8601 week, or FLIS_NO_DAY where the year has no
 * such week.
 */
FlisDay
flis_iso_week_last(int year, int week)
{
	FlisDay fourth = flis_day(year, 1, 4);
	int64_t sunday;

	if (week < 1 || week > 53 || year < -FARTHEST_YEAR || year > FARTHEST_YEAR)
		return FLIS_NO_DAY;

	/* 4 January always lies in week 1, and a week belongs to the year of its Thursday. */
	sunday = (int64_t) fourth + 7 - flis_iso_weekday(fourth) + 7 * (week - 1);
	if (week == 53 && sunday - 3 > day_number(year, 12, 31))
		return FLIS_NO_DAY;
	return nearest_day(sunday);
}

/*
 * flis_iso_week_of finds the ISO 8601 week that a day lies in, and the year to which the week
 * belongs.  The day must be in the calendar range or within a year of it.
 */
void
flis_iso_week_of(FlisDay day, int *year, int *week)
{
	FlisDay thursday = day - flis_iso_weekday(day) + 4;
	int month;
	int day_of_month;

	flis_day_parts(thursday, year, &month, &day_of_month);
	*week = (thursday - flis_day(*year, 1, 1)) / 7 + 1;
}

/*
 * easter_sunday returns Easter Sunday of a year by the Gregorian rules, also for years before 1583.
 *
 * The algorithm was published in Nature, 20 April 1876, and shortened in New Scientist, 30 March
 * 1961.
 */
static FlisDay
easter_sunday(int year)
{
	uint32_t positive_year = (uint32_t) year + YEARS_PER_TWO_EASTER_CYCLES;
	uint32_t golden = positive_year % 19;
	uint32_t century = positive_year / 100;
	uint32_t year_of_century = positive_year % 100;
	uint32_t moon_correction = (8 * century + 13) / 25;
	uint32_t epact = (19 * golden + century - century / 4 - moon_correction + 15) % 30;
	uint32_t late_moon = (golden + 11 * epact) / 319;
	uint32_t to_sunday = (2 * (century % 4) + 2 * (year_of_century / 4) - year_of_century % 4 -
						  epact + late_moon + 32) %
						 7;

	/* The first Sunday after the Paschal full moon. */
	return flis_day(year, 3, (int) (22 + epact - late_moon + to_sunday));
}

/*
 * flis_is_holiday tells whether a day is a Danish public holiday (helligdag).
 *
 * 5 June (Grundlovsdag), 24 December and 31 December are not public holidays by law, only closing
 * days by agreement, so they don't count.  Today's holidays apply to all years; Store Bededag, the
 * fourth Friday after Easter, up to its last year.
 */
bool
flis_is_holiday(FlisDay day)
{
	int year;
	int month;
	int day_of_month;

	flis_day_parts(day, &year, &month, &day_of_month);
	if (month == 1)
		return day_of_month == 1;
	if (month == 12)
		return day_of_month == 25 || day_of_month == 26;
	/* Maundy Thursday is never before 19 March, Whit Monday never after 14 June. */
	if (month < 3 || month > 6)
		return false;

	switch (day - easter_sunday(year))
	{
		case -3: /* Maundy Thursday, skærtorsdag */
		case -2: /* Good Friday, langfredag */
		case 0:	 /* Easter Sunday, påskedag */
		case 1:	 /* Easter Monday, 2. påskedag */
		case 39: /* Ascension Day, Kristi himmelfartsdag */
		case 49: /* Whit Sunday, pinsedag */
		case 50: /* Whit Monday, 2. pinsedag */
			return true;
		case 26: /* Store Bededag */
			return year <= LAST_STORE_BEDEDAG;
		default:
			return false;
	}
}

/*
 * is_business tells whether a day is from Monday to Friday and not a public holiday.
 */
static bool
is_business(FlisDay day)
{
	return flis_iso_weekday(day) <= 5 && !flis_is_holiday(day);
}

/*
 * flis_moved_to_business moves a day to a business day by a convention.
 *
 * Modified following is the following business day, unless that is in another month; then it is the
 * preceding one.  FLIS_NO_DAY and FLIS_NEVER are not moved.
 */
FlisDay
flis_moved_to_business(FlisDay day, FlisConvention convention)
{
	FlisDay moved = day;

	if (convention == FLIS_CONVENTION_NONE)
		return day;

	if (convention != FLIS_PRECEDING)
	{
		while (moved > FLIS_NO_DAY && moved < FLIS_NEVER && !is_business(moved))
			moved++;
		if (convention == FLIS_FOLLOWING || flis_month_of(moved) == flis_month_of(day))
			return moved;
		moved = day;
	}
	while (moved > FLIS_NO_DAY && moved < FLIS_NEVER && !is_business(moved))
		moved--;
	return moved;
}

/*
 * day_number counts the days from 2000-01-01 to a date, whose month is 1 to 13.  A year farther away
 * than FARTHEST_YEAR is counted as that one, which is already beyond all days.
 */
static int64_t
day_number(int year, int month, int day_of_month)
{
	int64_t years;
	int64_t century;
	bool year_before = month <= 2;

	if (year < -FARTHEST_YEAR)
		year = -FARTHEST_YEAR;
	if (year > FARTHEST_YEAR)
		year = FARTHEST_YEAR;

	years = (int64_t) year + YEARS_BEFORE_YEAR_0 - year_before;
	century = years / 100;
	return 1461 * years / 4 - century + century / 4 +
		   (979 * (month + (year_before ? 12 : 0)) - 2919) / 32 + day_of_month - 1 -
		   DAYS_BEFORE_EPOCH;
}

/*
 * nearest_day returns a day number as a day: FLIS_NO_DAY before all days, FLIS_NEVER after them.
 */
static FlisDay
nearest_day(int64_t number)
{
	if (number <= FLIS_NO_DAY)
		return FLIS_NO_DAY;
	if (number >= FLIS_NEVER)
		return FLIS_NEVER;
	return (FlisDay) number;
}

/*
 * year_of_month returns the year of a month counted as in flis_month_of.  The division must round
 * down, also before year 0.
 */
static int
year_of_month(int month)
{
	return month / 12 - (month % 12 < 0);
}
