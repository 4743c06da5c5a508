/*
 * date_text.h
 *		Writes days, periods, cycles and numbers as people write them, in Danish and English.
 */
#ifndef FLIS_DATE_TEXT_H
#define FLIS_DATE_TEXT_H

#include "base/model.h"

/* Room for any of the texts and its terminating zero. */
#define FLIS_DATE_TEXT_SIZE 64

typedef struct FlisDateText
{
	char text[FLIS_DATE_TEXT_SIZE];
} FlisDateText;

extern FlisDateText flis_day_text(FlisDay day, FlisLanguage language);
extern FlisDateText flis_days_text(FlisDay first, FlisDay last, FlisLanguage language);
extern FlisDateText flis_period_text(FlisFrequency frequency, FlisDay last, FlisLanguage language);
extern FlisDateText flis_through_text(FlisFrequency frequency, FlisDay last, FlisLanguage language);
extern FlisDateText flis_cycle_name(FlisFrequency frequency, FlisDay first, FlisLanguage language);
extern FlisDateText flis_period_range_text(FlisFrequency frequency, FlisDay first, FlisDay last,
										   FlisLanguage language);
extern FlisDateText flis_periods_text(FlisFrequency frequency, int periods, FlisLanguage language);
extern FlisDateText flis_latest_periods_text(FlisFrequency frequency, int periods,
											 FlisLanguage language);
extern const char *flis_period_before_text(FlisFrequency frequency, FlisLanguage language);
extern FlisDateText flis_number_text(int64_t number, FlisLanguage language);

#endif
