/*
 * period_fuzz.c
 *		Drives the reader of written periods with any bytes and any number.
 *
 * What is read is a day of the calendar range, the same one each time; a number and its digits
 * give the same answer.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "period.h"

#define CHECK(condition)                                                                           \
	do                                                                                             \
	{                                                                                              \
		if (!(condition))                                                                          \
		{                                                                                          \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                        \
			abort();                                                                               \
		}                                                                                          \
	} while (0)

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FlisDay first = FLIS_NO_DAY;
	FlisDay second = FLIS_NO_DAY;
	bool is_read = flis_period_end_of((const char *) data, size, &first);

	CHECK(flis_period_end_of((const char *) data, size, &second) == is_read);
	if (is_read)
		CHECK(first == second && first >= FLIS_FIRST_DAY && first <= FLIS_LAST_DAY);

	if (size >= sizeof(int64_t))
	{
		int64_t number;
		char digits[32];

		memcpy(&number, data, sizeof(number));
		/* Few numbers are periods: half of them are brought to the size of one. */
		if ((number & 1) != 0)
			number = (number >> 1) % 100000000;
		is_read = flis_period_end_of_number(number, &first);
		if (is_read)
		{
			CHECK(first >= FLIS_FIRST_DAY && first <= FLIS_LAST_DAY);
			snprintf(digits, sizeof(digits), "%" PRId64, number);
			CHECK(flis_period_end_of(digits, strlen(digits), &second) && first == second);
		}
	}
	return 0;
}
