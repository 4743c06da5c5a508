/*
 * subject.c
 *		A registered fact table, its area as the registry knows it, and a day.
 */
#include "subject.h"

#include "utils/builtins.h"

#include "registry.h"

/*
 * flis_subject_begin finds all that is to be known of a table before it is read.  Nothing of it points
 * into the registry.
 */
void
flis_subject_begin(FlisSubject *subject, FunctionCallInfo fcinfo, const FlisCube *cube,
				   const FlisMunicipalities *municipalities, FlisDay on)
{
	const FlisTimeline *timeline = flis_subject_timeline(fcinfo, cube);
	const FlisRule *rule = flis_rule_on(timeline, on);
	FlisParticipants *participants = &subject->participants;
	int area = flis_registry_area(cstring_to_text(cube->area));

	subject->cube = cube;
	subject->schema = flis_at_hand.schema;
	subject->on = on;
	/* Before its first rule an area counts as that does, and without any as most areas do. */
	if (rule == NULL && timeline->nrules > 0)
		rule = &timeline->rules[0];
	subject->frequency = rule != NULL ? rule->frequency : FLIS_MONTHLY;

	participants->municipalities = municipalities;
	participants->area = cube->area;
	participants->on = on;
	participants->notices = flis_registry_notices(area, &participants->nnotices);
}

/*
 * flis_subject_timeline finds the timeline of a table's area and channel, which is the registry's, and
 * complains if there is no such area or channel.
 */
const FlisTimeline *
flis_subject_timeline(FunctionCallInfo fcinfo, const FlisCube *cube)
{
	flis_registry_use(fcinfo);
	return &flis_registry_memo(flis_registry_area(cstring_to_text(cube->area)),
							   flis_registry_channel(cstring_to_text(cube->channel)))
				->timeline;
}
