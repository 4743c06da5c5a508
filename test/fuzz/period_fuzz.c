/*
 * period_fuzz.c
 *		Drives the reader of written periods with any bytes and any number.
 *
 * What is read is a day of the calendar range, the same one each time; a number and its digits
 * give the same answer.  Whatever is read has a form, and what is written in that form for any day
 * is the newest period that has ended by the day.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "base/period_format.h"

/* Days of the longest period of each kind; two of the shortest take longer. */
static const int most_days[] = {
	[FLIS_YEAR] = 366, [FLIS_HALF_YEAR] = 184, [FLIS_QUARTER] = 92,		 [FLIS_MONTH] = 31,
	[FLIS_WEEK] = 7,   [FLIS_WRITTEN_DAY] = 1, [FLIS_SCHOOL_YEAR] = 366,
};

static bool
is_form(const FlisPeriodFormat *a, const FlisPeriodFormat *b)
{
	return a->kind == b->kind && a->letter == b->letter && a->is_dashed == b->is_dashed &&
		   a->has_short_year == b->has_short_year;
}

/*
 * check_written: what is written for a day reads back in the same form, has ended by the day, and
 * the next period of the form has not.  A number, where the form is one, has the same digits.
 */
static void
check_written(const FlisPeriodFormat *form, FlisDay day)
{
	char written[FLIS_PERIOD_FORMAT_SIZE];
	char digits[32];
	FlisPeriodFormat other;
	FlisDay last;
	FlisDay next;
	int64_t number;

	if (!flis_period_format_write(form, day, written))
	{
		/* Only the first period may lack one that ended before it. */
		CHECK(day < FLIS_FIRST_DAY || day > FLIS_LAST_DAY ||
			  day - FLIS_FIRST_DAY < 2 * most_days[form->kind]);
		CHECK(!flis_period_format_number(form, day, &number));
		return;
	}
	CHECK(strlen(written) < FLIS_PERIOD_FORMAT_SIZE);
	CHECK(flis_period_read(written, strlen(written), &other, &last));
	CHECK(is_form(form, &other) && last <= day);

	if (flis_period_format_number(form, day, &number))
	{
		CHECK(flis_period_format_is_number(form) && number >= 1000);
		snprintf(digits, sizeof(digits), "%" PRId64, number);
		CHECK(strcmp(digits, written) == 0);
	}
	else
		CHECK(!flis_period_format_is_number(form) || written[0] == '0');

	/* The last day of just one period lies so near behind another's. */
	if (last > FLIS_LAST_DAY - most_days[form->kind])
		return;
	CHECK(flis_period_format_write(form, last + most_days[form->kind], written));
	CHECK(flis_period_end_of(written, strlen(written), &next));
	CHECK(next > last && next > day);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FlisDay first = FLIS_NO_DAY;
	FlisDay second = FLIS_NO_DAY;
	FlisPeriodFormat form;
	bool is_read = flis_period_end_of((const char *) data, size, &first);

	CHECK(flis_period_end_of((const char *) data, size, &second) == is_read);
	CHECK(flis_period_read((const char *) data, size, &form, &second) == is_read);
	if (is_read)
	{
		uint32_t noise = (uint32_t) first;

		CHECK(first == second && first >= FLIS_FIRST_DAY && first <= FLIS_LAST_DAY);
		check_written(&form, first);
		check_written(&form, first - 1);
		for (size_t i = 0; i < size; i++)
			noise = noise * 31 + data[i];
		check_written(&form, FLIS_FIRST_DAY + (FlisDay) (noise % 3652059));
		check_written(&form, (FlisDay) noise);
		check_written(&form, FLIS_FIRST_DAY + (FlisDay) (noise % 1000));
		check_written(&form, FLIS_LAST_DAY - (FlisDay) (noise % 1000));
	}

	if (size >= sizeof(int64_t))
	{
		int64_t number;
		char digits[32];

		memcpy(&number, data, sizeof(number));
		/* Few numbers are periods: half of them are brought to the size of one. */
		if ((number & 1) != 0)
			number = (number >> 1) % 100000000;
		is_read = flis_period_end_of_number(number, &first);
		CHECK(flis_period_read_number(number, &form, &second) == is_read);
		if (is_read)
		{
			check_written(&form, first);
			CHECK(first >= FLIS_FIRST_DAY && first <= FLIS_LAST_DAY);
			snprintf(digits, sizeof(digits), "%" PRId64, number);
			CHECK(flis_period_end_of(digits, strlen(digits), &second) && first == second);
		}
	}
	return 0;
}
