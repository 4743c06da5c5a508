/*
 * account.h
 *		What is told of an area on a day: the answer, and the words of the deck and of the notices.
 */
#ifndef FLIS_ACCOUNT_H
#define FLIS_ACCOUNT_H

#include "postgres.h"

#include "coverage.h"
#include "notices.h"
#include "tables.h"

typedef struct FlisAccount
{
	FlisAnswer answer;
	FlisStatusWords words; /* of the status that counts, less what the notices deny */
	FlisNoticeGroup *notices;
	int nnotices;
} FlisAccount;

extern void flis_account_for(int area, int channel, FlisDay on, FlisAccount *account);
extern bool flis_frequency_on(int area, int channel, FlisDay on, FlisFrequency *frequency);
extern char *flis_account_frequency(int area, int channel, FlisDay on, FlisLanguage language);
extern char *flis_account_through(int area, int channel, FlisDay on, FlisDay through,
								  FlisLanguage language);
extern char *flis_through_label(FlisFrequency frequency, FlisDay through, FlisLanguage language);
extern const char *flis_account_source(int area, const FlisAccount *account);
extern char *flis_account_operation(const FlisAccount *account, FlisLanguage language);

#endif
