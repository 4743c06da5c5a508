/*
 * tally.c
 *		The newest periods of a fact table: how many rows each has, and of which municipalities.
 *
 * Plain C; the aggregate flis_tally feeds it a row at a time.  Only the newest periods are kept, so
 * that a table of any length is read in one pass and in little memory.
 */
#include "tally.h"

#include <stddef.h>
#include <string.h>

static int place_of(const FlisTally *tally, FlisDay last);

/*
 * flis_tally_find finds the period for which a number stands; NULL if it is none of those kept.
 */
FlisTallied *
flis_tally_find(FlisTally *tally, int64_t number)
{
	int low = 0;
	int high = tally->n;

	while (low < high)
	{
		int middle = low + (high - low) / 2;

		if (tally->periods[middle].high < number)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == tally->n || tally->periods[low].low > number)
		return NULL;
	return &tally->periods[low];
}

/*
 * flis_tally_period finds the period that ends on a day, or makes room for it; NULL if it is older
 * than all that are kept.
 */
FlisTallied *
flis_tally_period(FlisTally *tally, FlisDay last, int64_t low, int64_t high)
{
	FlisTallied *periods = tally->periods;
	int place = place_of(tally, last);

	if (place < tally->n && periods[place].last == last)
		return &periods[place];
	if (tally->n < tally->keep)
	{
		memmove(&periods[place + 1], &periods[place],
				(size_t) (tally->n - place) * sizeof(FlisTallied));
		tally->n++;
	}
	else if (place == 0)
		return NULL;
	else
		memmove(&periods[0], &periods[1], (size_t) --place * sizeof(FlisTallied));

	memset(&periods[place], 0, sizeof(FlisTallied));
	periods[place].last = last;
	periods[place].low = low;
	periods[place].high = high;
	return &periods[place];
}

/*
 * flis_tally_merge adds what another tally has seen.
 */
void
flis_tally_merge(FlisTally *into, const FlisTally *from)
{
	for (int i = from->n - 1; i >= 0; i--)
	{
		const FlisTallied *other = &from->periods[i];
		FlisTallied *period = flis_tally_period(into, other->last, other->low, other->high);

		if (period == NULL)
			return;
		period->rows += other->rows;
		for (int word = 0; word < FLIS_CODE_WORDS; word++)
			period->codes.words[word] |= other->codes.words[word];
	}
}

/*
 * flis_codes_count counts the codes of a set, flis_codes_common finds those that two sets share, and
 * flis_codes_without those of one that another lacks.
 */
int
flis_codes_count(const FlisCodes *codes)
{
	int count = 0;

	for (int word = 0; word < FLIS_CODE_WORDS; word++)
		count += __builtin_popcountll(codes->words[word]);
	return count;
}

FlisCodes
flis_codes_common(const FlisCodes *left, const FlisCodes *right)
{
	FlisCodes common;

	for (int word = 0; word < FLIS_CODE_WORDS; word++)
		common.words[word] = left->words[word] & right->words[word];
	return common;
}

FlisCodes
flis_codes_without(const FlisCodes *codes, const FlisCodes *less)
{
	FlisCodes rest;

	for (int word = 0; word < FLIS_CODE_WORDS; word++)
		rest.words[word] = codes->words[word] & ~less->words[word];
	return rest;
}

/*
 * place_of finds the first period kept that doesn't end before a day.
 */
static int
place_of(const FlisTally *tally, FlisDay last)
{
	int low = 0;
	int high = tally->n;

	while (low < high)
	{
		int middle = low + (high - low) / 2;

		if (tally->periods[middle].last < last)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
