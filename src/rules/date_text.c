/*
 * date_text.c
 *		Writes days, periods, cycles and numbers as people write them, in Danish and English.  All
 *		sentences that flis shows are composed of these texts.
 */
#include "rules/date_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/enum_labels.h"
#include "rules/rule.h"

/* The names of the periods of a frequency. */
static const struct
{
	const char *one[2];
	const char *many[2];
	const char *before[2];
	bool is_neuter; /* in Danish */
} nouns[] = {
	[FLIS_MONTHLY] = {{"måned", "month"},
					  {"måneder", "months"},
					  {"måneden før", "the month before"},
					  false},
	[FLIS_ANNUAL] = {{"år", "year"}, {"år", "years"}, {"året før", "the year before"}, true},
	[FLIS_DAILY] = {{"dag", "day"}, {"dage", "days"}, {"dagen før", "the day before"}, false},
	[FLIS_WEEKLY] = {{"uge", "week"}, {"uger", "weeks"}, {"ugen før", "the week before"}, false},
	[FLIS_QUARTERLY] = {{"kvartal", "quarter"},
						{"kvartaler", "quarters"},
						{"kvartalet før", "the quarter before"},
						true},
	[FLIS_ANNUAL_2] = {{"halvår", "half-year"},
					   {"halvår", "half-years"},
					   {"halvåret før", "the half-year before"},
					   true},
};

static FlisDateText week_text(FlisDay day, FlisLanguage language);
static FlisDateText filled_in(const char *format, ...) FLIS_LIKE_PRINTF(1, 2);

/*
 * flis_day_text writes a day: "10. november 2025", "10 November 2025".
 */
FlisDateText
flis_day_text(FlisDay day, FlisLanguage language)
{
	int year;
	int month;
	int day_of_month;

	flis_day_parts(day, &year, &month, &day_of_month);
	return filled_in(language == FLIS_DANISH ? "%d. %s %d" : "%d %s %d", day_of_month,
					 flis_month_labels[month].labels[language], year);
}

/*
 * flis_days_text writes a range of days, with the month and year once if they are the same: "10.–12.
 * juli 2025", "28 June – 1 July 2025".  One day is written as a day.
 */
FlisDateText
flis_days_text(FlisDay first, FlisDay last, FlisLanguage language)
{
	const char *stop = language == FLIS_DANISH ? "." : "";
	FlisDateText until = flis_day_text(last, language);
	int year;
	int month;
	int day_of_month;
	int last_year;
	int last_month;
	int last_day_of_month;

	if (first >= last)
		return until;
	flis_day_parts(first, &year, &month, &day_of_month);
	flis_day_parts(last, &last_year, &last_month, &last_day_of_month);
	if (year != last_year)
		return filled_in("%s – %s", flis_day_text(first, language).text, until.text);
	if (month != last_month)
		return filled_in("%d%s %s – %s", day_of_month, stop,
						 flis_month_labels[month].labels[language], until.text);
	return filled_in("%d%s–%s", day_of_month, stop, until.text);
}

/*
 * flis_period_text writes the period that ends on a day: "september 2025", "2024", "uge 18 2025",
 * "2. kvartal 2025".  If the day ends no such period it writes the month that it ends, else the day.
 */
FlisDateText
flis_period_text(FlisFrequency frequency, FlisDay last, FlisLanguage language)
{
	int year;
	int month;
	int day_of_month;

	if (frequency == FLIS_WEEKLY && flis_iso_weekday(last) == 7)
		return week_text(last, language);
	if (frequency == FLIS_WEEKLY || frequency == FLIS_DAILY ||
		last != flis_month_last(flis_month_of(last)))
		return flis_day_text(last, language);

	flis_day_parts(last, &year, &month, &day_of_month);
	if (frequency == FLIS_ANNUAL && month == 12)
		return filled_in("%d", year);
	if (frequency == FLIS_QUARTERLY && month % 3 == 0)
		return filled_in(language == FLIS_DANISH ? "%d. kvartal %d" : "Q%d %d", month / 3, year);
	if (frequency == FLIS_ANNUAL_2 && month % 6 == 0 && language == FLIS_DANISH)
		return filled_in("%d. halvår %d", month / 6, year);
	if (frequency == FLIS_ANNUAL_2 && month % 6 == 0)
		return filled_in("H%d %d", month / 6, year);
	return filled_in("%s %d", flis_month_labels[month].labels[language], year);
}

/*
 * week_text writes the ISO week that a day lies in: "uge 18 2025", "week 18 of 2025".
 */
static FlisDateText
week_text(FlisDay day, FlisLanguage language)
{
	int year;
	int week;

	flis_iso_week_of(day, &year, &week);
	return filled_in(language == FLIS_DANISH ? "uge %d %d" : "week %d of %d", week, year);
}

/*
 * flis_through_text writes the period that ends on a day for use within a sentence, where Danish has an
 * article before a day: "til og med den 10. november 2025".
 */
FlisDateText
flis_through_text(FlisFrequency frequency, FlisDay last, FlisLanguage language)
{
	FlisDateText period = flis_period_text(frequency, last, language);

	if (language != FLIS_DANISH || strcmp(period.text, flis_day_text(last, language).text) != 0)
		return period;
	return filled_in("den %s", period.text);
}

/*
 * flis_cycle_name writes the name of the cycle that begins on a day, for use within a sentence:
 * "novemberudlæsningen 2025", "the November 2025 cycle", "udlæsningen for uge 46 2025".  An annual
 * cycle is named by its month.
 */
FlisDateText
flis_cycle_name(FlisFrequency frequency, FlisDay first, FlisLanguage language)
{
	FlisFrequency named = frequency == FLIS_ANNUAL ? FLIS_MONTHLY : frequency;
	FlisDateText cycle =
		flis_period_text(named, flis_period_last(named, flis_period_of(named, first)), language);
	int year;
	int month;
	int day_of_month;

	flis_day_parts(first, &year, &month, &day_of_month);
	if (named != FLIS_MONTHLY)
		return filled_in(language != FLIS_DANISH ? "the cycle of %s"
						 : named == FLIS_DAILY	 ? "udlæsningen den %s"
												 : "udlæsningen for %s",
						 cycle.text);
	if (language == FLIS_DANISH)
		return filled_in("%sudlæsningen %d", flis_month_labels[month].labels[language], year);
	return filled_in("the %s cycle", cycle.text);
}

/*
 * flis_period_range_text writes the periods from the one that ends on "first" to the one that ends on
 * "last": "juli–oktober 2025", "December 2024 – January 2025".  One period is written as a period.
 */
FlisDateText
flis_period_range_text(FlisFrequency frequency, FlisDay first, FlisDay last, FlisLanguage language)
{
	FlisDateText until = flis_period_text(frequency, last, language);
	int year;
	int month;
	int day_of_month;
	int last_year;
	int last_month;

	if (first >= last)
		return until;
	if (frequency == FLIS_DAILY)
		return flis_days_text(first, last, language);
	flis_day_parts(first, &year, &month, &day_of_month);
	flis_day_parts(last, &last_year, &last_month, &day_of_month);
	if (frequency == FLIS_MONTHLY && year == last_year &&
		first == flis_month_last(flis_month_of(first)) &&
		last == flis_month_last(flis_month_of(last)))
		return filled_in("%s–%s", flis_month_labels[month].labels[language], until.text);
	return filled_in("%s – %s", flis_period_text(frequency, first, language).text, until.text);
}

/*
 * flis_periods_text writes a number of periods: "1 måned", "4 months".
 */
FlisDateText
flis_periods_text(FlisFrequency frequency, int periods, FlisLanguage language)
{
	return filled_in("%d %s", periods,
					 periods == 1 ? nouns[frequency].one[language]
								  : nouns[frequency].many[language]);
}

/*
 * flis_latest_periods_text writes a number of the latest periods: "den seneste hele måned", "the latest
 * 4 whole months".
 */
FlisDateText
flis_latest_periods_text(FlisFrequency frequency, int periods, FlisLanguage language)
{
	const char *one = nouns[frequency].one[language];

	if (periods > 1)
		return filled_in(language == FLIS_DANISH ? "de seneste %d hele %s"
												 : "the latest %d whole %s",
						 periods, nouns[frequency].many[language]);
	if (language == FLIS_DANISH)
		return filled_in("%s seneste hele %s", nouns[frequency].is_neuter ? "det" : "den", one);
	return filled_in("the latest whole %s", one);
}

/*
 * filled_in fills in a format as printf does.
 */
static FlisDateText
filled_in(const char *format, ...)
{
	FlisDateText filled;
	va_list args;

	va_start(args, format);
	vsnprintf(filled.text, sizeof(filled.text), format, args);
	va_end(args);
	return filled;
}

/*
 * flis_period_before_text returns "the month before" or the like.
 */
const char *
flis_period_before_text(FlisFrequency frequency, FlisLanguage language)
{
	return nouns[frequency].before[language];
}

/*
 * flis_number_text writes a number with separators of thousands: "12.345" in Danish, "12,345" in
 * English.
 */
FlisDateText
flis_number_text(int64_t number, FlisLanguage language)
{
	FlisDateText written;
	char digits[24];
	int n = snprintf(digits, sizeof(digits), "%lld", (long long) number);
	int length = 0;

	for (int i = 0; i < n; i++)
	{
		if (i > 0 && (n - i) % 3 == 0 && digits[i - 1] != '-')
			written.text[length++] = language == FLIS_DANISH ? '.' : ',';
		written.text[length++] = digits[i];
	}
	written.text[length] = '\0';
	return written;
}
