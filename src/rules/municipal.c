/*
 * municipal.c
 *		Finds how far the data of one municipality reach in an area, given how far the area's reach.
 *
 * While a notice is in force that names the municipality, or one of access for all municipalities, the
 * periods that it names are missing, also those that it names in part.  The municipality's data end
 * before the unbroken run of missing periods that ends with the area's newest one.  A period that is
 * missing before that is only a gap.
 */
#include "rules/municipal.h"

#include "rules/notice.h"
#include "rules/rule.h"

static bool concerns(const FlisNotice *notice, int municipality);
static bool is_waived(const FlisExemptions *exemptions, int municipality, FlisDay last);

/*
 * flis_notice_exempts tells whether a notice can make periods of a municipality missing: one of access,
 * or one of completeness that names a municipality.
 */
bool
flis_notice_exempts(const FlisNotice *notice)
{
	return notice->kind == FLIS_ACCESS ||
		   (notice->kind == FLIS_COMPLETENESS && notice->municipality != 0);
}

/*
 * flis_municipal_through returns the last day that a municipality's data cover, asked on a day on which
 * the area's data reach "through", which may be FLIS_NO_DAY.  It returns FLIS_NO_DAY if the municipality
 * is waived or all its periods are missing.  Municipality 0 stands for all that no notice and no waiver
 * names.  *until becomes the first later day on which a notice begins or ends, if that is earlier.
 */
FlisDay
flis_municipal_through(const FlisExemptions *exemptions, int municipality, FlisFrequency frequency,
					   FlisDay on, FlisDay through, FlisDay *until)
{
	bool is_cut;

	for (int i = 0; i < exemptions->nnotices; i++)
	{
		const FlisNotice *notice = &exemptions->notices[i];

		if (concerns(notice, municipality))
			*until = flis_earlier(*until, flis_notice_changes(notice, on));
	}
	if (through == FLIS_NO_DAY || is_waived(exemptions, municipality, through))
		return FLIS_NO_DAY;

	do
	{
		is_cut = false;
		for (int i = 0; i < exemptions->nnotices; i++)
		{
			const FlisNotice *notice = &exemptions->notices[i];

			if (!concerns(notice, municipality) || !flis_notice_is_in_force(notice, on) ||
				!flis_notice_concerns_period(notice, frequency, through))
				continue;
			if (notice->period_from <= FLIS_FIRST_DAY)
				return FLIS_NO_DAY;
			through =
				flis_period_last(frequency, flis_period_of(frequency, notice->period_from) - 1);
			is_cut = true;
		}
	} while (is_cut && flis_is_in_calendar(through));

	if (!flis_is_in_calendar(through) || is_waived(exemptions, municipality, through))
		return FLIS_NO_DAY;
	return through;
}

static bool
concerns(const FlisNotice *notice, int municipality)
{
	return flis_notice_exempts(notice) &&
		   (notice->municipality == 0 || notice->municipality == municipality);
}

static bool
is_waived(const FlisExemptions *exemptions, int municipality, FlisDay last)
{
	for (int i = 0; i < exemptions->nwaivers; i++)
	{
		const FlisWaiver *waiver = &exemptions->waivers[i];

		if (waiver->municipality == municipality && waiver->valid_from <= last &&
			last <= waiver->valid_until)
			return true;
	}
	return false;
}
