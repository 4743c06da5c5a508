/*
 * page_message_list.h
 *		The texts of the status page, in Danish and English, but for the labels of codes.
 *
 * page_messages.h makes an enum of the list, and page_messages.c a table of its texts.  Each
 * defines FLIS_MESSAGE and includes this file, so it has no guard against a second inclusion.  All
 * text is UTF-8.
 */

FLIS_MESSAGE(FLIS_PAGE_TITLE, "Status på FLIS-data %s", "Status of FLIS data %s")
FLIS_MESSAGE(FLIS_PAGE_HEADING, "Status på FLIS-data", "Status of FLIS data")
FLIS_MESSAGE(FLIS_PAGE_NEWEST_STATUS, "Seneste offentliggjorte status: %s",
			 "Newest published status: %s")
FLIS_MESSAGE(FLIS_PAGE_NO_STATUS, "Ingen status er offentliggjort", "No status has been published")
FLIS_MESSAGE(FLIS_PAGE_CONTENTS, "På denne side", "On this page")
FLIS_MESSAGE(FLIS_PAGE_NEXT_RELEASE, "Næste udgivelse: senest den %s", "Next release: by %s")

FLIS_MESSAGE(FLIS_PAGE_AREAS, "Dataområder", "Data areas")
FLIS_MESSAGE(FLIS_PAGE_AREAS_CAPTION, "Data t.o.m. og drift for hvert dataområde",
			 "Coverage and operation of each data area")
FLIS_MESSAGE(FLIS_PAGE_AREA, "Dataområde", "Data area")
/* With a soft hyphen, because the word may be wider than its column. */
FLIS_MESSAGE(FLIS_PAGE_FREQUENCY, "Opdaterings\u00adfrekvens", "Update frequency")
FLIS_MESSAGE(FLIS_PAGE_THROUGH, "Data t.o.m.", "Data through")
FLIS_MESSAGE(FLIS_PAGE_SOURCE, "Kilde", "Source")
FLIS_MESSAGE(FLIS_PAGE_OPERATION, "Drift", "Operation")
FLIS_MESSAGE(FLIS_PAGE_NEXT, "Næste udgivelse (senest)", "Next release (by)")
FLIS_MESSAGE(FLIS_PAGE_PART_OF, "del af %s", "part of %s")
FLIS_MESSAGE(FLIS_PAGE_OTHER_AREAS, "Uden for statusoversigten", "Not in the status deck")
FLIS_MESSAGE(FLIS_PAGE_INCOMPLETE, "Ufuldstændige data", "Incomplete data")
FLIS_MESSAGE(FLIS_PAGE_NOT_COMPARABLE, "Benchmarkdata er ikke retvisende",
			 "Benchmark data are not reliable")
FLIS_MESSAGE(FLIS_PAGE_NO_AREAS, "Der er ingen dataområder.", "There are no data areas.")

FLIS_MESSAGE(FLIS_PAGE_REACH, "Data t.o.m. som billede", "Coverage as a picture")
FLIS_MESSAGE(FLIS_PAGE_REACH_CAPTION, "De seneste 12 måneder, fra %s til %s",
			 "The last 12 months, from %s to %s")
FLIS_MESSAGE(FLIS_PAGE_REACH_AXIS, "Dækkede måneder", "Months covered")
FLIS_MESSAGE(FLIS_PAGE_REACH_COVERED, "dækket af data", "covered by data")
FLIS_MESSAGE(FLIS_PAGE_REACH_BY_RULE, "forventet efter planen, hvis det afviger",
			 "expected by the schedule, where that differs")
FLIS_MESSAGE(FLIS_PAGE_REACH_TODAY, "statusdato, %s", "date of this page, %s")
FLIS_MESSAGE(FLIS_PAGE_REACH_THROUGH, "%s: data t.o.m. %s", "%s: data through %s")
FLIS_MESSAGE(FLIS_PAGE_REACH_EXPECTED, "%s; efter planen t.o.m. %s",
			 "%s; by the schedule through %s")

FLIS_MESSAGE(FLIS_PAGE_RELEASES, "Kommende udgivelser", "Coming releases")
FLIS_MESSAGE(FLIS_PAGE_RELEASES_CAPTION, "Udgivelser fra den %s til den %s",
			 "Releases from %s to %s")
FLIS_MESSAGE(FLIS_PAGE_RELEASE_DAY, "Forventes", "Expected")
FLIS_MESSAGE(FLIS_PAGE_RELEASE_AXIS, "Dage", "Days")
FLIS_MESSAGE(FLIS_PAGE_RELEASE_PLAN, "Plan", "Plan")
FLIS_MESSAGE(FLIS_PAGE_RELEASE_WINDOW, "forventet periode", "expected period")
FLIS_MESSAGE(FLIS_PAGE_RELEASE_MOVED, "oprindeligt forventet periode", "originally expected period")
FLIS_MESSAGE(FLIS_PAGE_RELEASE_PLANNED, "planlagt dag", "planned day")
FLIS_MESSAGE(FLIS_PAGE_RELEASE_CANCELLED, "aflyst", "cancelled")
FLIS_MESSAGE(FLIS_PAGE_RELEASE_BY_RULE, "efter planen %s", "by the schedule %s")
FLIS_MESSAGE(FLIS_PAGE_RELEASE_COUNT, "%s områder", "%s areas")
FLIS_MESSAGE(FLIS_PAGE_RELEASE_ALL, "Alle dataområder (%s)", "All data areas (%s)")
FLIS_MESSAGE(FLIS_PAGE_RELEASE_MOST, "Alle undtagen %s (%s)", "All but %s (%s)")
FLIS_MESSAGE(FLIS_PAGE_RELEASE_DAILY,
			 "Opdateres dagligt og vises ikke her:", "Updated daily and not shown here:")
FLIS_MESSAGE(FLIS_PAGE_RELEASE_CLOSED,
			 "Lukket for adgang og vises ikke her:", "Closed and not shown here:")
FLIS_MESSAGE(FLIS_PAGE_RELEASE_NONE, "Ingen udgivelse i perioden:", "No release in these days:")
FLIS_MESSAGE(FLIS_PAGE_CHANNEL_EXTRACTS, "Udlæsninger", "Extracts")
FLIS_MESSAGE(FLIS_PAGE_CHANNEL_PACKAGES, "Datapakker", "Data packages")
FLIS_MESSAGE(FLIS_PAGE_CHANNEL_CUBES, "DAP-kuber", "DAP cubes")
FLIS_MESSAGE(FLIS_PAGE_NO_RELEASES, "Ingen udgivelser forventes.", "No releases are expected.")

FLIS_MESSAGE(FLIS_PAGE_DIFFERENCES, "Afvigelser", "Differences")
FLIS_MESSAGE(
	FLIS_PAGE_DIFFERENCES_LEAD,
	"Dataområder, hvor plan, status og egne tabeller afviger, eller hvor nyeste periode kun er delvist indlæst.",
	"Data areas where the schedule, the status and your own tables differ, or whose newest period is only partly loaded.")
FLIS_MESSAGE(FLIS_PAGE_NO_DIFFERENCES, "Ingen afvigelser.", "No differences.")
FLIS_MESSAGE(FLIS_PAGE_EXPECTED, "Efter planen", "By the schedule")
FLIS_MESSAGE(FLIS_PAGE_PUBLISHED, "Status pr. %s", "Status of %s")
FLIS_MESSAGE(FLIS_PAGE_MEASURED, "Indlæst i %s", "Loaded in %s")
FLIS_MESSAGE(FLIS_PAGE_COUNTS, "Brug data t.o.m.", "Use data through")

FLIS_MESSAGE(FLIS_PAGE_NOTICES, "Meddelelser", "Notices")
FLIS_MESSAGE(FLIS_PAGE_NOTICES_CAPTION, "Meddelelser, der gælder nu eller er planlagt",
			 "Notices that are in force or planned")
FLIS_MESSAGE(FLIS_PAGE_NOTICE_STATE, "Status", "State")
FLIS_MESSAGE(FLIS_PAGE_NOTICE_FOR, "Vedrører", "Concerns")
FLIS_MESSAGE(FLIS_PAGE_NOTICE_NOTE, "Besked", "Message")
FLIS_MESSAGE(FLIS_PAGE_NOTICE_FROM, "fra den %s", "from %s")
FLIS_MESSAGE(FLIS_PAGE_NOTICE_EXPECTED_END, "forventet slut den %s", "expected to end on %s")
FLIS_MESSAGE(FLIS_PAGE_NOTICE_UNTIL, "indtil den %s", "until %s")
FLIS_MESSAGE(FLIS_PAGE_NOTICE_EVERYBODY, "alle kommuner", "all municipalities")
FLIS_MESSAGE(FLIS_PAGE_NOTICE_COUNT, "%s kommuner:", "%s municipalities:")
FLIS_MESSAGE(FLIS_PAGE_NOTICE_PERIODS, "data %s", "data %s")
FLIS_MESSAGE(FLIS_PAGE_NO_NOTICES, "Ingen meddelelser gælder eller er planlagt.",
			 "No notices are in force or planned.")

FLIS_MESSAGE(FLIS_PAGE_CORRECTIONS, "Rettelser", "Corrections")
FLIS_MESSAGE(
	FLIS_PAGE_CORRECTIONS_CAPTION,
	"Status, regler og udgivelser, der er rettet eller trukket tilbage i de seneste 30 dage",
	"Statuses, rules and releases that were changed or taken back in the last 30 days")
FLIS_MESSAGE(FLIS_PAGE_CORRECTED, "Hvad", "What")
FLIS_MESSAGE(FLIS_PAGE_CORRECTED_BEFORE, "Før", "Before")
FLIS_MESSAGE(FLIS_PAGE_CORRECTED_AFTER, "Efter", "After")
FLIS_MESSAGE(FLIS_PAGE_CORRECTED_ON, "Rettet", "Changed on")
FLIS_MESSAGE(FLIS_PAGE_CORRECTED_RULE, "Regel fra den %s", "Rule from %s")
FLIS_MESSAGE(FLIS_PAGE_CORRECTED_FIRST_RULE, "Regel", "Rule")
FLIS_MESSAGE(FLIS_PAGE_TAKEN_BACK, "trukket tilbage", "taken back")
FLIS_MESSAGE(FLIS_PAGE_YES, "ja", "yes")
FLIS_MESSAGE(FLIS_PAGE_NO, "nej", "no")
FLIS_MESSAGE(FLIS_PAGE_COLUMN_COMPLETE, "Data er fuldstændige", "Data are complete")
FLIS_MESSAGE(FLIS_PAGE_COLUMN_BENCHMARKABLE, "Benchmarkdata er retvisende",
			 "Benchmark data are reliable")
FLIS_MESSAGE(FLIS_PAGE_COLUMN_LAG, "Hele perioder, der springes over", "Whole periods skipped")
FLIS_MESSAGE(FLIS_PAGE_COLUMN_EARLY_MIN, "Mindst så mange dage før de øvrige",
			 "Days before the others, at least")
FLIS_MESSAGE(FLIS_PAGE_COLUMN_EARLY_MAX, "Højst så mange dage før de øvrige",
			 "Days before the others, at most")
FLIS_MESSAGE(FLIS_PAGE_COLUMN_RELEASE_MONTH, "Udgivelsesmåned", "Month of release")
FLIS_MESSAGE(FLIS_PAGE_COLUMN_BUSINESS_DAY, "Flytning til hverdag", "Move to a business day")
FLIS_MESSAGE(FLIS_PAGE_COLUMN_BASIS, "Grundlag", "Basis")
FLIS_MESSAGE(FLIS_PAGE_COLUMN_RETIRED, "Ude af brug", "No longer in use")
FLIS_MESSAGE(FLIS_PAGE_COLUMN_OPENS, "Første dag i vinduet", "First day of the window")
FLIS_MESSAGE(FLIS_PAGE_COLUMN_CLOSES, "Sidste dag i vinduet", "Last day of the window")
FLIS_MESSAGE(FLIS_PAGE_COLUMN_PLANNED, "Planlagt dag", "Planned day")
FLIS_MESSAGE(FLIS_PAGE_COLUMN_RELEASED, "Udgivet", "Released on")
FLIS_MESSAGE(FLIS_PAGE_COLUMN_CANCELLED, "Aflyst", "Cancelled")

FLIS_MESSAGE(FLIS_PAGE_CUBES, "Faktatabeller", "Fact tables")
FLIS_MESSAGE(FLIS_PAGE_CUBES_CAPTION,
			 "Hvad de registrerede tabeller indeholder, og hvad de bør indeholde",
			 "What the registered tables hold, and what they should hold")
FLIS_MESSAGE(FLIS_PAGE_CUBE, "Tabel", "Table")
FLIS_MESSAGE(FLIS_PAGE_CUBE_AREA, "Dataområde og leveringsform", "Data area and channel")
FLIS_MESSAGE(FLIS_PAGE_CUBE_MEASURED, "Indlæst t.o.m.", "Loaded through")
FLIS_MESSAGE(FLIS_PAGE_CUBE_THROUGH, "Bør indeholde t.o.m.", "Should have through")
FLIS_MESSAGE(FLIS_PAGE_CUBE_VERDICT, "Vurdering", "Verdict")

FLIS_MESSAGE(
	FLIS_PAGE_FOOTER,
	"Siden er lavet af flis_status_page() ud fra regler, udgivelser, status og meddelelser i databasen.",
	"This page was made by flis_status_page() from the rules, releases, status and notices in the database.")
