/*
 * page_messages.c
 *		What the status page says besides the words of the field, in Danish and English.
 *
 * All text here is UTF-8.
 */
#include "page/page_messages.h"

const char *const flis_page_messages[FLIS_PAGE_MESSAGES][2] = {
	[FLIS_PAGE_TITLE] = {"Status på FLIS-data %s", "Status of FLIS data %s"},
	[FLIS_PAGE_HEADING] = {"Status på FLIS-data", "Status of FLIS data"},
	[FLIS_PAGE_NEWEST_STATUS] = {"Seneste offentliggjorte status: %s",
								 "Newest published status: %s"},
	[FLIS_PAGE_NO_STATUS] = {"Ingen status er offentliggjort", "No status has been published"},
	[FLIS_PAGE_CONTENTS] = {"På denne side", "On this page"},
	[FLIS_PAGE_NEXT_RELEASE] = {"Næste levering: %s", "Next release: %s"},

	[FLIS_PAGE_AREAS] = {"Dataområder", "Data areas"},
	[FLIS_PAGE_AREAS_CAPTION] = {"Hvor langt hvert område rækker, og hvordan det kører",
								 "How far each area reaches, and how it runs"},
	[FLIS_PAGE_AREA] = {"Dataområde", "Data area"},
	/* With a soft hyphen, as the word may be wider than its column. */
	[FLIS_PAGE_FREQUENCY] = {"Opdaterings\u00adfrekvens", "Update frequency"},
	[FLIS_PAGE_THROUGH] = {"Data t.o.m.", "Data through"},
	[FLIS_PAGE_SOURCE] = {"Kilde", "Source"},
	[FLIS_PAGE_OPERATION] = {"Drift", "Operation"},
	[FLIS_PAGE_NEXT] = {"Næste levering", "Next release"},
	[FLIS_PAGE_PART_OF] = {"del af %s", "part of %s"},
	[FLIS_PAGE_OTHER_AREAS] = {"Uden for statusoversigten", "Not in the status deck"},
	[FLIS_PAGE_INCOMPLETE] = {"Ufuldstændige data", "Incomplete data"},
	[FLIS_PAGE_NOT_COMPARABLE] = {"Kan ikke sammenlignes mellem kommuner",
								  "Not comparable between municipalities"},
	[FLIS_PAGE_NO_AREAS] = {"Der er ingen dataområder.", "There are no data areas."},

	[FLIS_PAGE_REACH] = {"Hvor langt data rækker", "How far the data reach"},
	[FLIS_PAGE_REACH_CAPTION] = {"De seneste 12 måneder, fra %s til %s",
								 "The last 12 months, from %s to %s"},
	[FLIS_PAGE_REACH_AXIS] = {"Dækkede måneder", "Months covered"},
	[FLIS_PAGE_REACH_COVERED] = {"dækket af data", "covered by data"},
	[FLIS_PAGE_REACH_BY_RULE] = {"så langt efter reglen, hvor det er noget andet",
								 "as far as by the rule, where that differs"},
	[FLIS_PAGE_REACH_TODAY] = {"sidens dag, %s", "the day of this page, %s"},
	[FLIS_PAGE_REACH_THROUGH] = {"%s: data t.o.m. %s", "%s: data through %s"},
	[FLIS_PAGE_REACH_EXPECTED] = {"%s; efter reglen t.o.m. %s", "%s; by the rule through %s"},
	[FLIS_PAGE_REACH_STATE] = {"%s: %s", "%s: %s"},

	[FLIS_PAGE_RELEASES] = {"Kommende leveringer", "Coming releases"},
	[FLIS_PAGE_RELEASES_CAPTION] = {"Leveringer fra %s til %s", "Releases from %s to %s"},
	[FLIS_PAGE_RELEASE_DAY] = {"Ventes", "Expected"},
	[FLIS_PAGE_RELEASE_AXIS] = {"Dage", "Days"},
	[FLIS_PAGE_RELEASE_AREAS] = {"Dataområder", "Data areas"},
	[FLIS_PAGE_RELEASE_PLAN] = {"Plan", "Plan"},
	[FLIS_PAGE_RELEASE_WINDOW] = {"de dage, reglen giver", "the days that the rule gives"},
	[FLIS_PAGE_RELEASE_MOVED] = {"reglens dage, når en anden dag er planlagt",
								 "the rule's days, where another day is planned"},
	[FLIS_PAGE_RELEASE_PLANNED] = {"den planlagte dag", "the planned day"},
	[FLIS_PAGE_RELEASE_CANCELLED] = {"aflyst", "cancelled"},
	[FLIS_PAGE_RELEASE_BY_RULE] = {"efter reglen %s", "by the rule %s"},
	[FLIS_PAGE_RELEASE_TITLE] = {"%s: %s", "%s: %s"},
	[FLIS_PAGE_RELEASE_COUNT] = {"%s områder", "%s areas"},
	[FLIS_PAGE_RELEASE_DAILY] = {"Kommer hver dag og vises ikke her:",
								 "Daily, and not shown here:"},
	[FLIS_PAGE_RELEASE_CLOSED] = {"Lukket for adgang og vises ikke her:",
								  "Closed, and not shown here:"},
	[FLIS_PAGE_NO_RELEASES] = {"Ingen leveringer ventes.", "No releases are expected."},

	[FLIS_PAGE_DIFFERENCES] = {"Afvigelser", "Differences"},
	[FLIS_PAGE_DIFFERENCES_LEAD] =
		{"Områder, hvor reglen, den offentliggjorte status og de målte tabeller ikke siger det samme.",
		 "Areas where the rule, the published status and the measured tables do not say the same."},
	[FLIS_PAGE_NO_DIFFERENCES] = {"Ingen afvigelser.", "No differences."},
	[FLIS_PAGE_EXPECTED] = {"Efter reglen", "By the rule"},
	[FLIS_PAGE_PUBLISHED] = {"Offentliggjort pr. %s", "Published on %s"},
	[FLIS_PAGE_MEASURED] = {"Målt i %s", "Measured in %s"},
	[FLIS_PAGE_COUNTS] = {"Gælder", "Applies"},

	[FLIS_PAGE_NOTICES] = {"Meddelelser", "Notices"},
	[FLIS_PAGE_NOTICES_CAPTION] = {"Meddelelser, der gælder nu eller er planlagt",
								   "Notices that are in force or planned"},
	[FLIS_PAGE_NOTICE_STATE] = {"Tilstand", "State"},
	[FLIS_PAGE_NOTICE_FOR] = {"Gælder for", "Concerns"},
	[FLIS_PAGE_NOTICE_NOTE] = {"Besked", "Message"},
	[FLIS_PAGE_NOTICE_FROM] = {"fra %s", "from %s"},
	[FLIS_PAGE_NOTICE_EXPECTED_END] = {"ventes slut %s", "expected to end on %s"},
	[FLIS_PAGE_NOTICE_UNTIL] = {"indtil %s", "until %s"},
	[FLIS_PAGE_NOTICE_EVERYBODY] = {"alle kommuner", "all municipalities"},
	[FLIS_PAGE_PERIODS_FROM] = {"data fra %s", "data from %s"},
	[FLIS_PAGE_PERIODS_UNTIL] = {"data til %s", "data until %s"},
	[FLIS_PAGE_PERIODS_BETWEEN] = {"data fra %s til %s", "data from %s until %s"},
	[FLIS_PAGE_NO_NOTICES] = {"Ingen meddelelser gælder eller er planlagt.",
							  "No notices are in force or planned."},

	[FLIS_PAGE_CUBES] = {"Faktatabeller", "Fact tables"},
	[FLIS_PAGE_CUBES_CAPTION] = {"Hvad de registrerede tabeller indeholder, og hvad de burde",
								 "What the registered tables hold, and what they should"},
	[FLIS_PAGE_CUBE] = {"Tabel", "Table"},
	[FLIS_PAGE_CUBE_AREA] = {"Dataområde og levering", "Data area and channel"},
	[FLIS_PAGE_CUBE_MEASURED] = {"Målt t.o.m.", "Measured through"},
	[FLIS_PAGE_CUBE_VERDICT] = {"Vurdering", "Verdict"},

	[FLIS_PAGE_FOOTER] =
		{"Siden er lavet af flis_status_page() ud fra regler, leveringer, status og meddelelser i databasen.",
		 "This page was made by flis_status_page() from the rules, releases, status and notices in the database."},
};
