/*
 * date_text.c
 *		Days, periods and numbers of them as people write them, in Danish and English.
 */
#include "rules/date_text.h"

#include <stdio.h>

#include "base/calendar.h"
#include "base/enum_labels.h"
#include "rules/rule.h"

static const char *const halves[2][2] = {{"1. halvår %d", "first half of %d"},
										 {"2. halvår %d", "second half of %d"}};

static FlisDateText week_text(FlisDay day, FlisLanguage language);

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
 * flis_period_text writes the period that ends on a day: "september 2025", "2024", "uge 18 2025",
 * "2. kvartal 2025"; the month where it ends only that, and the day where it ends not even a month.
 */
FlisDateText
flis_period_text(FlisFrequency frequency, FlisDay last, FlisLanguage language)
{
	FlisDateText wording;
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
		snprintf(wording.text, sizeof(wording.text), "%d", year);
	else if (frequency == FLIS_QUARTERLY && month % 3 == 0)
		snprintf(wording.text, sizeof(wording.text),
				 language == FLIS_DANISH ? "%d. kvartal %d" : "Q%d %d", month / 3, year);
	else if (frequency == FLIS_ANNUAL_2 && month % 6 == 0)
		snprintf(wording.text, sizeof(wording.text), halves[month / 6 - 1][language], year);
	else
		snprintf(wording.text, sizeof(wording.text), "%s %d",
				 flis_month_labels[month].labels[language], year);
	return wording;
}

/*
 * week_text writes the ISO week that a day lies in: "uge 18 2025", "week 18 of 2025".
 */
static FlisDateText
week_text(FlisDay day, FlisLanguage language)
{
	FlisDateText wording;
	int year;
	int week;

	flis_iso_week_of(day, &year, &week);
	snprintf(wording.text, sizeof(wording.text),
			 language == FLIS_DANISH ? "uge %d %d" : "week %d of %d", week, year);
	return wording;
}

/*
 * flis_cycle_text writes the cycle that begins on a day: "november 2025", "uge 46 2025", "4. kvartal
 * 2025", or the day; an annual one is named by its month.
 */
FlisDateText
flis_cycle_text(FlisFrequency frequency, FlisDay first, FlisLanguage language)
{
	FlisFrequency named = frequency == FLIS_ANNUAL ? FLIS_MONTHLY : frequency;

	return flis_period_text(named, flis_period_last(named, flis_period_of(named, first)), language);
}

/*
 * flis_periods_text writes a number of periods: "1 måned", "4 months".
 */
FlisDateText
flis_periods_text(FlisFrequency frequency, int periods, FlisLanguage language)
{
	static const char *const one[][2] = {[FLIS_MONTHLY] = {"måned", "month"},
										 [FLIS_ANNUAL] = {"år", "year"},
										 [FLIS_DAILY] = {"dag", "day"},
										 [FLIS_WEEKLY] = {"uge", "week"},
										 [FLIS_QUARTERLY] = {"kvartal", "quarter"},
										 [FLIS_ANNUAL_2] = {"halvår", "half-year"}};
	static const char *const many[][2] = {[FLIS_MONTHLY] = {"måneder", "months"},
										  [FLIS_ANNUAL] = {"år", "years"},
										  [FLIS_DAILY] = {"dage", "days"},
										  [FLIS_WEEKLY] = {"uger", "weeks"},
										  [FLIS_QUARTERLY] = {"kvartaler", "quarters"},
										  [FLIS_ANNUAL_2] = {"halvår", "half-years"}};
	FlisDateText wording;

	snprintf(wording.text, sizeof(wording.text), "%d %s", periods,
			 periods == 1 ? one[frequency][language] : many[frequency][language]);
	return wording;
}
