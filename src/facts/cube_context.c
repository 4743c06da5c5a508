/*
 * cube_context.c
 *		A cube on a day, with what must be known of its area before its table is read: in which periods
 *		it counts, and which municipalities take part.
 */
#include "facts/cube_context.h"

#include "utils/builtins.h"

#include "cache/registry.h"

/*
 * flis_cube_context_begin finds all that must be known of a cube before its table is read.  Nothing
 * in it points into the registry, which may be read anew while queries run.
 */
void
flis_cube_context_begin(FlisCubeContext *cube_context, FunctionCallInfo fcinfo,
						const FlisCube *cube, const FlisMunicipalities *municipalities, FlisDay on)
{
	const FlisTimeline *timeline = flis_cube_timeline(fcinfo, cube);
	const FlisRule *rule = flis_rule_on(timeline, on);
	FlisParticipants *participants = &cube_context->participants;
	int area = flis_registry_area(cstring_to_text(cube->area));

	cube_context->cube = cube;
	cube_context->schema = flis_current_load.schema;
	cube_context->on = on;
	/* Before its first rule an area has the frequency of that, and without any that of most areas. */
	if (rule == NULL && timeline->nrules > 0)
		rule = &timeline->rules[0];
	cube_context->frequency = rule != NULL ? rule->frequency : FLIS_MONTHLY;

	participants->municipalities = municipalities;
	participants->area = cube->area;
	participants->frequency = cube_context->frequency;
	participants->on = on;
	participants->notices = flis_registry_notices(area, &participants->nnotices);
}

/*
 * flis_cube_timeline finds the timeline of a cube's area and channel, which belongs to the registry; an
 * error is raised if there is no such area or channel.
 */
const FlisTimeline *
flis_cube_timeline(FunctionCallInfo fcinfo, const FlisCube *cube)
{
	flis_registry_use(fcinfo);
	return flis_registry_timeline(flis_registry_area(cstring_to_text(cube->area)),
								  flis_registry_channel(cstring_to_text(cube->channel)));
}
