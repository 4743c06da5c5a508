/*
 * date_text.c
 *		Days, periods and numbers of them as people write them, in Danish and English.
 */
#include "rules/date_text.h"

#include <stdio.h>

#include "base/calendar.h"
#include "base/enum_labels.h"
#include "rules/rule.h"

/*
 * flis_day_text writes a day: "10. november 2025", "10 November 2025".
 */
FlisDateText
flis_day_text(FlisDay day, FlisLanguage language)
{
	FlisDateText wording;
	int year;
	int month;
	int day_of_month;

	flis_day_parts(day, &year, &month, &day_of_month);
	snprintf(wording.text, sizeof(wording.text), language == FLIS_DANISH ? "%d. %s %d" : "%d %s %d",
			 day_of_month, flis_month_labels[month].labels[language], year);
	return wording;
}

/*
 * flis_days_text writes the days from one to another, what they have in common once: "10.–12. juli
 * 2025", "28 June – 1 July 2025", and one day alone as a day.
 */
FlisDateText
flis_days_text(FlisDay first, FlisDay last, FlisLanguage language)
{
	const char *stop = language == FLIS_DANISH ? "." : "";
	FlisDateText wording;
	int year;
	int month;
	int day_of_month;
	int last_year;
	int last_month;
	int last_day_of_month;

	if (first >= last)
		return flis_day_text(last, language);
	flis_day_parts(first, &year, &month, &day_of_month);
	flis_day_parts(last, &last_year, &last_month, &last_day_of_month);
	if (year != last_year)
		snprintf(wording.text, sizeof(wording.text), "%d%s %s %d – %d%s %s %d", day_of_month, stop,
				 flis_month_labels[month].labels[language], year, last_day_of_month, stop,
				 flis_month_labels[last_month].labels[language], last_year);
	else if (month != last_month)
		snprintf(wording.text, sizeof(wording.text), "%d%s %s – %d%s %s %d", day_of_month, stop,
				 flis_month_labels[month].labels[language], last_day_of_month, stop,
				 flis_month_labels[last_month].labels[language], last_year);
	else
		snprintf(wording.text, sizeof(wording.text), "%d%s–%d%s %s %d", day_of_month, stop,
				 last_day_of_month, stop, flis_month_labels[last_month].labels[language],
				 last_year);
	return wording;
}

/*
 * flis_period_text writes the period that ends on a day: "september 2025", "2024", and the day
 * itself where it ends no such period.
 */
FlisDateText
flis_period_text(FlisFrequency frequency, FlisDay last, FlisLanguage language)
{
	FlisDateText wording;
	int year;
	int month;
	int day_of_month;

	if (frequency == FLIS_DAILY || last != flis_month_last(flis_month_of(last)))
		return flis_day_text(last, language);

	flis_day_parts(last, &year, &month, &day_of_month);
	if (frequency == FLIS_ANNUAL && month == 12)
		snprintf(wording.text, sizeof(wording.text), "%d", year);
	else
		snprintf(wording.text, sizeof(wording.text), "%s %d",
				 flis_month_labels[month].labels[language], year);
	return wording;
}

/*
 * flis_cycle_text writes the cycle that begins on a day: "november 2025", or the day.
 */
FlisDateText
flis_cycle_text(FlisFrequency frequency, FlisDay first, FlisLanguage language)
{
	if (frequency == FLIS_DAILY)
		return flis_day_text(first, language);
	return flis_period_text(FLIS_MONTHLY, flis_period_last(FLIS_MONTHLY, flis_month_of(first)),
							language);
}

/*
 * flis_periods_text writes a number of periods: "1 måned", "4 months".
 */
FlisDateText
flis_periods_text(FlisFrequency frequency, int periods, FlisLanguage language)
{
	static const char *const one[3][2] = {{"måned", "month"}, {"år", "year"}, {"dag", "day"}};
	static const char *const many[3][2] = {
		{"måneder", "months"}, {"år", "years"}, {"dage", "days"}};
	FlisDateText wording;

	snprintf(wording.text, sizeof(wording.text), "%d %s", periods,
			 periods == 1 ? one[frequency][language] : many[frequency][language]);
	return wording;
}
