/*
 * municipal.c
 *		How far one municipality's data of an area reach, where the area's reach a day.
 *
 * A notice that names the municipality, or one of access for all, takes its periods away while it is in
 * force; a period that it names in part is taken whole.  What is left ends before the unbroken run of
 * periods taken that ends with the area's newest: a period that is missing further back is a gap and
 * ends nothing.
 */
#include "rules/municipal.h"

#include "rules/notice.h"
#include "rules/rule.h"

static bool concerns(const FlisNotice *notice, int municipality);
static bool is_waived(const FlisExemptions *exemptions, int municipality, FlisDay last);

/*
 * flis_notice_exempts tells whether a notice may take periods away from a municipality: it is of access,
 * or says that data of one municipality are missing.
 */
bool
flis_notice_exempts(const FlisNotice *notice)
{
	return notice->kind == FLIS_ACCESS ||
		   (notice->kind == FLIS_COMPLETENESS && notice->municipality != 0);
}

/*
 * flis_municipal_through tells the last day that a municipality's data cover on a day, where the area
 * covers one (through, which may be FLIS_NO_DAY); FLIS_NO_DAY where it is waived or all periods are
 * named.  Municipality 0 stands for one that nobody names.  The first later day on which a notice begins
 * or ends lowers *until.
 */
FlisDay
flis_municipal_through(const FlisExemptions *exemptions, int municipality, FlisFrequency frequency,
					   FlisDay on, FlisDay through, FlisDay *until)
{
	bool is_cut;

	for (int i = 0; i < exemptions->nnotices; i++)
	{
		const FlisNotice *notice = &exemptions->notices[i];

		if (!concerns(notice, municipality))
			continue;
		if (notice->started_on > on && notice->started_on < *until)
			*until = notice->started_on;
		if (notice->ended_on > on && notice->ended_on < *until)
			*until = notice->ended_on;
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
