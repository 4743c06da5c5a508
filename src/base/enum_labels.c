/*
 * enum_labels.c
 *		The stored code of each value of the enumerations in model.h, with its label in Danish and
 *		English; and the comparison of Danish words without regard to case.
 *
 * All text here is UTF-8 and no function depends on the locale, so that a deck is read in the same way
 * in every database.
 */
#include <string.h>

#include "base/enum_labels.h"

const FlisLabel flis_frequency_labels[FLIS_FREQUENCIES] = {
	[FLIS_MONTHLY] = {"MONTHLY", {"Månedligt", "Monthly"}},
	[FLIS_ANNUAL] = {"ANNUAL", {"Årligt", "Annually"}},
	[FLIS_DAILY] = {"DAILY", {"Dagligt", "Daily"}},
	[FLIS_WEEKLY] = {"WEEKLY", {"Ugentligt", "Weekly"}},
	[FLIS_QUARTERLY] = {"QUARTERLY", {"Kvartalsvis", "Quarterly"}},
	[FLIS_ANNUAL_2] = {"ANNUAL_2", {"Halvårligt", "Half-yearly"}},
};

const FlisLabel flis_state_labels[4] = {
	[FLIS_ON_SCHEDULE] = {"on_schedule", {"Kører efter planen", "On schedule"}},
	[FLIS_CAVEAT] = {"caveat", {"Forbehold", "Caveat"}},
	[FLIS_CLOSED] = {"closed", {"Lukket for adgang", "Closed"}},
	[FLIS_NOT_REPORTED] = {"not_reported", {"Ikke oplyst", "Not reported"}},
};

const FlisLabel flis_convention_labels[4] = {
	[FLIS_CONVENTION_NONE] = {"none", {"uændret", "unchanged"}},
	[FLIS_FOLLOWING] = {"following", {"næste arbejdsdag", "next business day"}},
	[FLIS_PRECEDING] = {"preceding", {"foregående arbejdsdag", "previous business day"}},
	[FLIS_MODIFIED_FOLLOWING] = {"modified_following",
								 {"næste arbejdsdag i måneden", "next business day in the month"}},
};

const FlisLabel flis_notice_labels[4] = {
	[FLIS_ACCESS] = {"access", {"Lukket for adgang", "Closed"}},
	[FLIS_COMPLETENESS] = {"completeness", {"Ufuldstændige data", "Incomplete data"}},
	[FLIS_COMPARABILITY] = {"comparability",
							{"Benchmarkdata er ikke retvisende",
							 "Benchmark data are not reliable"}},
	[FLIS_INFORMATION] = {"information", {"Til orientering", "For information"}},
};

const FlisLabel flis_notice_state_labels[4] = {
	[FLIS_PLANNED] = {"planned", {"Planlagt", "Planned"}},
	[FLIS_IN_FORCE] = {"in_force", {"Gælder", "In force"}},
	[FLIS_OVERDUE] = {"overdue",
					  {"Gælder fortsat (slutdato overskredet)",
					   "Still in force (end date passed)"}},
	[FLIS_ENDED] = {"ended", {"Ophørt", "Ended"}},
};

const FlisLabel flis_basis_labels[4] = {
	[FLIS_BASIS_NONE] = {"none", {"Intet grundlag", "No basis"}},
	[FLIS_BASIS_RULE] = {"rule", {"Forventet efter planen", "Expected by the schedule"}},
	[FLIS_BASIS_PUBLISHED] = {"published", {"Offentliggjort status", "Published status"}},
	[FLIS_BASIS_CLOSED] = {"closed", {"Lukket for adgang", "Closed"}},
};

const FlisLabel flis_date_status_labels[5] = {
	[FLIS_PROVISIONAL] = {"provisional", {"Forventet", "Expected"}},
	[FLIS_CONFIRMED] = {"confirmed", {"Planlagt", "Planned"}},
	[FLIS_POSTPONED] = {"postponed", {"Udskudt", "Postponed"}},
	[FLIS_CANCELLED] = {"cancelled", {"Aflyst", "Cancelled"}},
	[FLIS_RELEASED] = {"published", {"Udgivet", "Released"}},
};

const FlisLabel flis_verdict_labels[10] = {
	[FLIS_VERDICT_MISSING] = {"missing", {"Tabellen mangler", "Table missing"}},
	[FLIS_VERDICT_UNKNOWN] = {"unknown", {"Kan ikke læses", "Cannot be read"}},
	[FLIS_VERDICT_CLOSED] = {"closed", {"Lukket for adgang", "Closed"}},
	[FLIS_VERDICT_EMPTY] = {"empty", {"Tom", "Empty"}},
	[FLIS_VERDICT_NOT_DUE] = {"not_due", {"Ikke forventet endnu", "Not due yet"}},
	[FLIS_VERDICT_DUE] = {"due", {"Forventes nu", "Due"}},
	[FLIS_VERDICT_LATE] = {"late", {"Ikke indlæst endnu", "Not loaded yet"}},
	[FLIS_VERDICT_ON_TIME] = {"on_time", {"Rettidig", "On time"}},
	[FLIS_VERDICT_AHEAD] = {"ahead", {"Foran planen", "Ahead"}},
	[FLIS_VERDICT_PARTIAL] = {"partial", {"Delvist indlæst", "Partly loaded"}},
};

const FlisLabel flis_language_labels[2] = {
	[FLIS_DANISH] = {"da", {"dansk", "Danish"}},
	[FLIS_ENGLISH] = {"en", {"engelsk", "English"}},
};

const FlisLabel flis_month_labels[13] = {
	{"00", {"", ""}},
	{"01", {"januar", "January"}},
	{"02", {"februar", "February"}},
	{"03", {"marts", "March"}},
	{"04", {"april", "April"}},
	{"05", {"maj", "May"}},
	{"06", {"juni", "June"}},
	{"07", {"juli", "July"}},
	{"08", {"august", "August"}},
	{"09", {"september", "September"}},
	{"10", {"oktober", "October"}},
	{"11", {"november", "November"}},
	{"12", {"december", "December"}},
};

/* Abbreviations of the Danish months in use, besides the first three letters. */
static const struct
{
	const char *word;
	int month;
} month_abbreviations[] = {{"febr", 2}, {"sept", 9}};

/*
 * The words that a deck may use for a frequency, folded.  Some name a frequency that no rule can have:
 * a row of a deck is recognized all the same.
 */
static const char *const frequencies[] = {
	"månedligt",  "månedlig",  "månedligvis", "årligt",		 "årlig",		 "dagligt",
	"daglig",	  "ugentligt", "ugentlig",	  "kvartalsvis", "kvartalsvist", "kvartalsmæssigt",
	"halvårligt", "halvårlig", "halvårsvis",  "løbende",	 "monthly",		 "annual",
	"annually",	  "yearly",	   "daily",		  "weekly",		 "quarterly",	 "half-yearly",
};

/*
 * flis_fold changes ASCII and Latin-1 letters (Æ, Ø, Å, É …) of UTF-8 text to lower case.  Other
 * characters, and bytes that are not UTF-8, stay as they are.  It writes "length" bytes to "to", which
 * may be the same buffer as "from".
 */
void
flis_fold(const char *from, size_t length, char *to)
{
	for (size_t i = 0; i < length; i++)
	{
		unsigned char byte = (unsigned char) from[i];

		if (byte >= 'A' && byte <= 'Z')
			to[i] = (char) (byte + ('a' - 'A'));
		else if (byte == 0xC3 && i + 1 < length)
		{
			unsigned char next = (unsigned char) from[i + 1];

			/* U+00C0 to U+00DE without the multiplication sign, U+00D7. */
			to[i++] = (char) byte;
			if (next >= 0x80 && next <= 0x9E && next != 0x97)
				next += 0x20;
			to[i] = (char) next;
		}
		else
			to[i] = (char) byte;
	}
}

/*
 * flis_change_initial changes the first letter of UTF-8 text in place: to upper case with to_capital, as
 * at the beginning of a sentence, else to lower case, unless it is followed by a capital, as in an
 * abbreviation.
 */
void
flis_change_initial(char *text, bool to_capital)
{
	unsigned char *letter = (unsigned char *) text;
	size_t length = letter[0] == 0xC3 && letter[1] != '\0' ? 2 : 1;

	if (!to_capital && !(letter[length] >= 'A' && letter[length] <= 'Z'))
		flis_fold(text, length, text);
	else if (to_capital && letter[0] >= 'a' && letter[0] <= 'z')
		letter[0] -= 'a' - 'A';
	else if (to_capital && length == 2 && letter[1] >= 0xA0 && letter[1] <= 0xBE &&
			 letter[1] != 0xB7)
		letter[1] -= 0x20;
}

static bool
equals(const char *word, const char *text, size_t length)
{
	return strlen(word) == length && memcmp(word, text, length) == 0;
}

/*
 * flis_month_number returns the month, 1 to 12, whose Danish name or abbreviation, with or without a
 * full stop, is the folded text; 0 if there is none.
 */
int
flis_month_number(const char *folded, size_t length)
{
	if (length > 0 && folded[length - 1] == '.')
		length--;
	for (int month = 1; month <= 12; month++)
	{
		if (equals(flis_month_labels[month].labels[FLIS_DANISH], folded, length))
			return month;
	}
	for (int month = 1; length == 3 && month <= 12; month++)
	{
		if (memcmp(flis_month_labels[month].labels[FLIS_DANISH], folded, 3) == 0)
			return month;
	}
	for (size_t i = 0; i < sizeof(month_abbreviations) / sizeof(month_abbreviations[0]); i++)
	{
		if (equals(month_abbreviations[i].word, folded, length))
			return month_abbreviations[i].month;
	}
	return 0;
}

/*
 * flis_is_frequency tells whether folded text is a word for a frequency.
 */
bool
flis_is_frequency(const char *folded, size_t length)
{
	for (size_t i = 0; i < sizeof(frequencies) / sizeof(frequencies[0]); i++)
	{
		if (equals(frequencies[i], folded, length))
			return true;
	}
	return false;
}
