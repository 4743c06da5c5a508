/*
 * wording.h
 *		Days, periods and numbers of them as people write them, in Danish and English.
 */
#ifndef FLIS_WORDING_H
#define FLIS_WORDING_H

#include "model.h"

/* Room for any day or period, and its closing zero byte. */
#define FLIS_WORDING_SIZE 64

typedef struct FlisWording
{
	char text[FLIS_WORDING_SIZE];
} FlisWording;

extern FlisWording flis_day_in_words(FlisDay day, FlisLanguage language);
extern FlisWording flis_days_in_words(FlisDay first, FlisDay last, FlisLanguage language);
extern FlisWording flis_period_in_words(FlisFrequency frequency, FlisDay last,
										FlisLanguage language);
extern FlisWording flis_cycle_in_words(FlisFrequency frequency, FlisDay first,
									   FlisLanguage language);
extern FlisWording flis_periods_in_words(FlisFrequency frequency, int periods,
										 FlisLanguage language);

#endif
