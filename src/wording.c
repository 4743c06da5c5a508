/*
 * wording.c
 *		Days, periods and numbers of them as people write them, in Danish and English.
 */
#include "wording.h"

#include <stdio.h>

#include "calendar.h"
#include "rule.h"
#include "words.h"

/*
 * flis_day_in_words writes a day: "10. november 2025", "10 November 2025".
 */
FlisWording
flis_day_in_words(FlisDay day, FlisLanguage language)
{
	FlisWording wording;
	int year;
	int month;
	int day_of_month;

	flis_day_parts(day, &year, &month, &day_of_month);
	snprintf(wording.text, sizeof(wording.text), language == FLIS_DANISH ? "%d. %s %d" : "%d %s %d",
			 day_of_month, flis_month_words[month].labels[language], year);
	return wording;
}

/*
 * flis_days_in_words writes the days from one to another, what they have in common once: "10.–12. juli
 * 2025", "28 June – 1 July 2025", and one day alone as a day.
 */
FlisWording
flis_days_in_words(FlisDay first, FlisDay last, FlisLanguage language)
{
	FlisWording until = flis_day_in_words(last, language);
	const char *stop = language == FLIS_DANISH ? "." : "";
	FlisWording wording;
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
		snprintf(wording.text, sizeof(wording.text), "%s – %s",
				 flis_day_in_words(first, language).text, until.text);
	else if (month != last_month)
		snprintf(wording.text, sizeof(wording.text), "%d%s %s – %s", day_of_month, stop,
				 flis_month_words[month].labels[language], until.text);
	else
		snprintf(wording.text, sizeof(wording.text), "%d%s–%s", day_of_month, stop, until.text);
	return wording;
}

/*
 * flis_period_in_words writes the period that ends on a day: "september 2025", "2024", and the day
 * itself where it ends no such period.
 */
FlisWording
flis_period_in_words(FlisFrequency frequency, FlisDay last, FlisLanguage language)
{
	FlisWording wording;
	int year;
	int month;
	int day_of_month;

	if (frequency == FLIS_DAILY || last != flis_month_last(flis_month_of(last)))
		return flis_day_in_words(last, language);

	flis_day_parts(last, &year, &month, &day_of_month);
	if (frequency == FLIS_ANNUAL && month == 12)
		snprintf(wording.text, sizeof(wording.text), "%d", year);
	else
		snprintf(wording.text, sizeof(wording.text), "%s %d",
				 flis_month_words[month].labels[language], year);
	return wording;
}

/*
 * flis_cycle_in_words writes the cycle that begins on a day: "november 2025", or the day.
 */
FlisWording
flis_cycle_in_words(FlisFrequency frequency, FlisDay first, FlisLanguage language)
{
	if (frequency == FLIS_DAILY)
		return flis_day_in_words(first, language);
	return flis_period_in_words(FLIS_MONTHLY, flis_period_last(FLIS_MONTHLY, flis_month_of(first)),
								language);
}

/*
 * flis_periods_in_words writes a number of periods: "1 måned", "4 months".
 */
FlisWording
flis_periods_in_words(FlisFrequency frequency, int periods, FlisLanguage language)
{
	static const char *const one[3][2] = {{"måned", "month"}, {"år", "year"}, {"dag", "day"}};
	static const char *const many[3][2] = {
		{"måneder", "months"}, {"år", "years"}, {"dage", "days"}};
	FlisWording wording;

	snprintf(wording.text, sizeof(wording.text), "%d %s", periods,
			 periods == 1 ? one[frequency][language] : many[frequency][language]);
	return wording;
}
