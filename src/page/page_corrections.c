/*
 * page_corrections.c
 *		The corrections on a status page: what was changed or taken back of statuses, rules and releases
 *		in the last 30 days.
 *
 * flis_corrections() decides what a correction is: a new row is none, nor is a value that is filled
 * in for a release, such as the day on which it came.  Its days are Denmark's, whatever the
 * session's time zone.
 */
#include "page/page.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/lsyscache.h"

#include "base/enum_labels.h"
#include "rules/date_text.h"

/* The columns of flis_corrections() by their numbers. */
enum
{
	ON_DAY = 1,
	OF_TABLE,
	OF_AREA,
	OF_CHANNEL,
	OF_DAY,
	OF_COLUMN,
	VALUE_BEFORE,
	VALUE_AFTER,
	IS_DELETED
};

/* What the page calls a column; a column that is not listed is called by its name. */
static const struct
{
	const char *column;
	FlisPageMessage label;
} columns[] = {{"data_through", FLIS_PAGE_THROUGH},
			   {"state", FLIS_PAGE_OPERATION},
			   {"complete", FLIS_PAGE_COLUMN_COMPLETE},
			   {"benchmarkable", FLIS_PAGE_COLUMN_BENCHMARKABLE},
			   {"frequency", FLIS_PAGE_FREQUENCY},
			   {"source", FLIS_PAGE_SOURCE},
			   {"note", FLIS_PAGE_NOTICE_NOTE},
			   {"lag", FLIS_PAGE_COLUMN_LAG},
			   {"early_min_days", FLIS_PAGE_COLUMN_EARLY_MIN},
			   {"early_max_days", FLIS_PAGE_COLUMN_EARLY_MAX},
			   {"release_month", FLIS_PAGE_COLUMN_RELEASE_MONTH},
			   {"business_day", FLIS_PAGE_COLUMN_BUSINESS_DAY},
			   {"basis", FLIS_PAGE_COLUMN_BASIS},
			   {"retired", FLIS_PAGE_COLUMN_RETIRED},
			   {"opens_day", FLIS_PAGE_COLUMN_OPENS},
			   {"closes_day", FLIS_PAGE_COLUMN_CLOSES},
			   {"planned_on", FLIS_PAGE_COLUMN_PLANNED},
			   {"released_on", FLIS_PAGE_COLUMN_RELEASED},
			   {"cancelled", FLIS_PAGE_COLUMN_CANCELLED}};

static void read_correction(FlisPageCorrection *correction, HeapTuple row, TupleDesc descriptor);
static void write_correction(FlisPage *page, const FlisPageCorrection *correction);
static const char *what_is_corrected(const FlisPage *page, const FlisPageArea *area,
									 const FlisPageCorrection *correction);
static const char *column_label(const FlisPage *page, const char *column);
static const char *value_text(const FlisPage *page, const FlisPageArea *area, const char *column,
							  const char *value);
static const char *code_text(const FlisLabel *labels, int n, const char *code,
							 FlisLanguage language);

/*
 * flis_page_gather_corrections reads the corrections, the newest first, with the active snapshot.
 * They are allocated in the caller's memory context.
 */
void
flis_page_gather_corrections(FlisPage *page, Oid schema)
{
	MemoryContext caller = CurrentMemoryContext;
	Oid types[] = {DATEOID};
	Datum values[] = {DateADTGetDatum(page->on)};
	const char *query;

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	query = psprintf("SELECT * FROM %s.flis_corrections($1)",
					 quote_identifier(get_namespace_name(schema)));
	if (SPI_execute_with_args(query, 1, types, values, NULL, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not execute \"%s\"", query);
	page->ncorrections = (int) SPI_processed;
	page->corrections = MemoryContextAllocExtended(
		caller, page->ncorrections * sizeof(FlisPageCorrection), MCXT_ALLOC_HUGE);
	for (int i = 0; i < page->ncorrections; i++)
	{
		MemoryContext spi = MemoryContextSwitchTo(caller);

		read_correction(&page->corrections[i], SPI_tuptable->vals[i], SPI_tuptable->tupdesc);
		MemoryContextSwitchTo(spi);
	}
	SPI_finish();
}

/*
 * read_correction reads a row of flis_corrections().
 */
static void
read_correction(FlisPageCorrection *correction, HeapTuple row, TupleDesc descriptor)
{
	bool isnull;

	correction->changed_on = DatumGetDateADT(SPI_getbinval(row, descriptor, ON_DAY, &isnull));
	correction->table = SPI_getvalue(row, descriptor, OF_TABLE);
	correction->area = SPI_getvalue(row, descriptor, OF_AREA);
	correction->channel = SPI_getvalue(row, descriptor, OF_CHANNEL);
	correction->day = DatumGetDateADT(SPI_getbinval(row, descriptor, OF_DAY, &isnull));
	correction->column = SPI_getvalue(row, descriptor, OF_COLUMN);
	correction->before = SPI_getvalue(row, descriptor, VALUE_BEFORE);
	correction->after = SPI_getvalue(row, descriptor, VALUE_AFTER);
	correction->is_deleted = DatumGetBool(SPI_getbinval(row, descriptor, IS_DELETED, &isnull));
}

/*
 * flis_page_corrections writes the section; nothing where there are no corrections.
 */
void
flis_page_corrections(FlisPage *page)
{
	static const FlisPageMessage headings[] = {FLIS_PAGE_AREA, FLIS_PAGE_CORRECTED,
											   FLIS_PAGE_CORRECTED_BEFORE,
											   FLIS_PAGE_CORRECTED_AFTER, FLIS_PAGE_CORRECTED_ON};

	if (page->ncorrections == 0)
		return;
	flis_page_begin_section(page, "corrections", FLIS_PAGE_CORRECTIONS);
	flis_page_begin_table(page, "cards corrections",
						  flis_page_message(page, FLIS_PAGE_CORRECTIONS_CAPTION));
	for (int i = 0; i < (int) lengthof(headings); i++)
		flis_page_heading(page, headings[i]);
	flis_page_begin_group(page, NULL, false, 0);
	for (int i = 0; i < page->ncorrections; i++)
	{
		CHECK_FOR_INTERRUPTS();
		write_correction(page, &page->corrections[i]);
	}
	flis_page_end_table(page);
	flis_page_end_section(page);
}

/*
 * write_correction writes the row of a value that was corrected.
 */
static void
write_correction(FlisPage *page, const FlisPageCorrection *correction)
{
	const FlisPageArea *area = flis_page_find_area(page, correction->area);
	const char *column = correction->column;

	flis_html_write(&page->html,
					"<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><span lang=\"da\">%s"
					"</span></th>" FLIS_CELL "<span>%s: %s</span></td>",
					flis_page_area_name(page, correction->area),
					flis_page_message(page, FLIS_PAGE_CORRECTED),
					what_is_corrected(page, area, correction), column_label(page, column));
	flis_html_write(&page->html, FLIS_CELL "%s</td>" FLIS_CELL "%s</td>" FLIS_CELL "%s</td></tr>\n",
					flis_page_message(page, FLIS_PAGE_CORRECTED_BEFORE),
					value_text(page, area, column, correction->before),
					flis_page_message(page, FLIS_PAGE_CORRECTED_AFTER),
					correction->is_deleted ? flis_page_message(page, FLIS_PAGE_TAKEN_BACK)
										   : value_text(page, area, column, correction->after),
					flis_page_message(page, FLIS_PAGE_CORRECTED_ON),
					flis_page_day(page, correction->changed_on));
}

/*
 * what_is_corrected returns the name of the status, rule or release that was corrected.
 */
static const char *
what_is_corrected(const FlisPage *page, const FlisPageArea *area,
				  const FlisPageCorrection *correction)
{
	FlisFrequency frequency = area != NULL ? area->summary.frequency : FLIS_MONTHLY;

	if (strcmp(correction->table, "flis_status") == 0)
		return flis_page_format(page, FLIS_PAGE_PUBLISHED, flis_page_day(page, correction->day),
								NULL);
	if (strcmp(correction->table, "flis_rule") == 0 && correction->day == FLIS_FIRST_DAY)
		return flis_page_message(page, FLIS_PAGE_CORRECTED_FIRST_RULE);
	if (strcmp(correction->table, "flis_rule") == 0)
		return flis_page_format(page, FLIS_PAGE_CORRECTED_RULE,
								flis_page_day(page, correction->day), NULL);
	return psprintf("%s, %s", flis_page_channel_name(page, correction->channel),
					flis_cycle_name(frequency, correction->day, page->language).text);
}

/*
 * column_label returns what the page calls a column.
 */
static const char *
column_label(const FlisPage *page, const char *column)
{
	for (int i = 0; i < (int) lengthof(columns); i++)
		if (strcmp(columns[i].column, column) == 0)
			return flis_page_message(page, columns[i].label);
	return flis_to_utf8(column);
}

/*
 * value_text returns a value as the page writes it elsewhere; FLIS_PAGE_NOTHING for NULL.
 */
static const char *
value_text(const FlisPage *page, const FlisPageArea *area, const char *column, const char *value)
{
	FlisLanguage language = page->language;
	bool is_through = strcmp(column, "data_through") == 0;

	if (value == NULL)
		return FLIS_PAGE_NOTHING;
	if (is_through || strcmp(column, "planned_on") == 0 || strcmp(column, "released_on") == 0)
	{
		FlisDay day = DatumGetDateADT(DirectFunctionCall1(date_in, CStringGetDatum(value)));

		if (!is_through)
			return flis_page_day(page, day);
		return area != NULL ? flis_summary_period(&area->summary, day, language)
							: flis_through_label(FLIS_MONTHLY, day, language);
	}
	if (strcmp(column, "state") == 0)
		return code_text(flis_state_labels, lengthof(flis_state_labels), value, language);
	if (strcmp(column, "frequency") == 0)
		return code_text(flis_frequency_labels, FLIS_FREQUENCIES, value, language);
	if (strcmp(column, "business_day") == 0)
		return code_text(flis_convention_labels, lengthof(flis_convention_labels), value, language);
	if (strcmp(value, "true") == 0)
		return flis_page_message(page, FLIS_PAGE_YES);
	if (strcmp(value, "false") == 0)
		return flis_page_message(page, FLIS_PAGE_NO);
	return flis_to_utf8(value);
}

/*
 * code_text returns the label of a code; a text that is no code, such as a frequency as a deck
 * prints it, is returned as it is.
 */
static const char *
code_text(const FlisLabel *labels, int n, const char *code, FlisLanguage language)
{
	for (int i = 0; i < n; i++)
		if (labels[i].code != NULL && strcmp(labels[i].code, code) == 0)
			return labels[i].labels[language];
	return flis_to_utf8(code);
}
