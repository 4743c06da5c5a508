# A random schedule: what writers and readers do one after the other.  It depends on nothing but the
# seed, so that parts can be left out of it.
package Schedule;

use strict;
use warnings;

use Exporter qw(import);

our @EXPORT = qw(schedule);

# The deck's areas that are kept, and two of our own; a daily one is among them.
our @areas = qw(borger borger_flex dream krl_personale skole ukraine own_monthly own_yearly);
our @channels = qw(datapakke dap udlaesning);

# Areas that others may be parts of; they are parts of none.
my @wholes = qw(borger own_monthly);

# The days that are asked for: some of each month, and those around the 10th that a data package is
# expected on.  A deck's day is one of them.
our @days = map { my $month = $_; map { sprintf "2025-%02d-%02d", $month, $_ } 1, 9 .. 12, 26 } 1 .. 11;

# Those of them on which the reference compares what is said of all areas, and of three together.
my @coverage_days = qw(2025-03-01 2025-04-09 2025-06-26 2025-07-09 2025-09-12);
my @common_days = qw(2025-02-01 2025-04-10 2025-09-10);

# The area that a schedule most often turns to, so that what changes is asked for.
my $favourite;

# schedule: steps, each of them a session's number and a statement.  The first sessions write.
sub schedule
{
	my ($seed, $nsteps, $nwriters, $nreaders) = @_;
	my @sessions = map { { number => $_, writes => $_ < $nwriters } } 0 .. $nwriters + $nreaders - 1;
	my @steps;

	srand $seed;
	$favourite = pick(@areas);
	while (@steps < $nsteps)
	{
		my $session = pick(@sessions);

		push @steps, map { { session => $session->{number}, ref $_ ? %$_ : (sql => $_) } }
		  $session->{begun} ? within($session) : without($session);
	}
	return @steps;
}

sub pick
{
	return $_[ rand @_ ];
}

# an_area: one of the areas, often the favourite.
sub an_area
{
	return rand() < 0.4 ? $favourite : pick(@areas);
}

# quoted: a text as a literal.
sub quoted
{
	return "'" . $_[0] =~ s/'/''/gr . "'";
}

# without: what a session without transaction does.
sub without
{
	my ($session) = @_;
	my $chance = rand;

	if ($chance < 0.5)
	{
		$session->{isolation} =
		  pick('READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE');
		$session->{begun} = 1;
		$session->{savepoints} = 0;
		$session->{cursor} = 0;
		return "BEGIN ISOLATION LEVEL $session->{isolation}";
	}
	return $session->{writes} && $chance < 0.85 ? change() : question($session);
}

# within: what a session in a transaction does.
sub within
{
	my ($session) = @_;
	my $chance = rand;

	if ($chance < 0.12)
	{
		$session->{begun} = 0;
		return rand() < 0.7 ? 'COMMIT' : 'ROLLBACK';
	}
	return cursor($session) if $chance < 0.24;
	return question($session) if !$session->{writes} || $chance < 0.5;
	if ($chance < 0.58)
	{
		$session->{savepoints}++;
		return "SAVEPOINT s$session->{savepoints}";
	}
	if ($chance < 0.68 && $session->{savepoints} > 0)
	{
		my $name = 's' . (1 + int rand $session->{savepoints});

		return rand() < 0.8 ? "ROLLBACK TO $name" : "RELEASE $name";
	}
	return change();
}

# cursor: a session opens one that compares, or reads on.
sub cursor
{
	my ($session) = @_;

	return 'FETCH ' . pick('30', '30', 'ALL') . ' FROM comparisons' if $session->{cursor};
	$session->{cursor} = 1;
	return 'DECLARE comparisons CURSOR FOR SELECT 1, (answer IS DISTINCT FROM reference)::integer,'
	  . " concat_ws(' ', function, area, channel, day, answer, 'and not', reference)"
	  . ' FROM reference.area_comparison WHERE area = '
	  . quoted(an_area())
	  . ' AND channel = '
	  . quoted(pick(@channels))
	  . q{ AND day BETWEEN '2025-01-01' AND '2025-06-30'},
	  'FETCH 5 FROM comparisons';
}

# question: a comparison of answers, asked in one of the ways in which a query can be.
sub question
{
	my ($session) = @_;
	my ($channel, $day) = (quoted(pick(@channels)), quoted(pick(@days)));
	my $area = quoted(an_area());
	my $arguments = "$area, $channel, '2025-01-01'";
	my $chance = rand;

	if ($session->{writes} && rand() < 0.3)
	{
		return 'UPDATE flis_rule SET lag = reference.compare_while('
		  . int(rand 6)
		  . ", $arguments) WHERE area IN ($area, "
		  . quoted(an_area())
		  . ") AND frequency <> 'ANNUAL'"
		  if $chance < 0.3;
		return 'SELECT * FROM reference.'
		  . pick('change_and_compare', 'try_and_compare') . '('
		  . quoted(change($area))
		  . ", $arguments)";
	}
	return { kind => 'area', values => [ an_area(), pick(@channels), '2025-01-01' ] }
	  if $chance < 0.1;
	return "EXECUTE area($arguments)" if $chance < 0.45;
	return "SELECT reference.compare_stable($arguments)" if $chance < 0.6;
	return "SELECT reference.compare_volatile($arguments)" if $chance < 0.7;
	return "EXECUTE coverage($channel, '" . pick(@coverage_days) . "')" if $chance < 0.78;
	return "EXECUTE common($channel, '" . pick(@common_days) . "')" if $chance < 0.82;
	return "EXECUTE calendar($channel)" if $chance < 0.84;
	return "EXECUTE notices('" . pick(@coverage_days) . "')" if $chance < 0.87 || $session->{writes};
	return { twin => 1, sql => "SELECT reference.all_answers($area, $channel, $day)" };
}

# change: a statement that changes reference rows, of an area if one is given; some are refused.
sub change
{
	my ($area) = @_;
	my ($channel, $day) = (quoted(pick(@channels)), quoted(pick(@days)));
	my $cycle = sprintf "'%d-%02d-01'", 2025, 1 + int rand 12;
	my $lag = int rand 6;
	my $early = pick(0, 0, 3, 14);
	my $state = quoted(pick('on_schedule', 'on_schedule', 'caveat', 'not_reported', 'closed'));

	$area //= quoted(an_area());
	my @changes = (
		"UPDATE flis_rule SET lag = CASE frequency WHEN 'ANNUAL' THEN $lag % 2 ELSE $lag END"
		  . " WHERE area = $area",
		"UPDATE flis_rule SET lag = (lag + 1) % CASE frequency WHEN 'ANNUAL' THEN 2 ELSE 6 END"
		  . " WHERE area IN ($area, " . quoted(an_area()) . ')',
		"UPDATE flis_rule SET early_min_days = $early, early_max_days = $early + 7"
		  . " WHERE area = $area AND frequency <> 'DAILY'",
		"UPDATE flis_rule SET business_day = '" . pick('none', 'following', 'preceding', 'modified_following')
		  . "' WHERE area = $area",
		"UPDATE flis_rule SET frequency = 'ANNUAL', lag = least(lag, 1), release_month = "
		  . pick('NULL', 1 .. 12) . " WHERE area = $area AND valid_from > '2000-01-01'",
		"UPDATE flis_rule SET frequency = '" . pick('QUARTERLY', 'ANNUAL_2') . "', lag = lag % 3, release_month = NULL"
		  . " WHERE area = $area AND valid_from > '2000-01-01'",
		"INSERT INTO flis_rule (area, valid_from, frequency, lag, opens_day, closes_day)"
		  . " VALUES ($area, $day, '" . pick('WEEKLY', 'WEEKLY', 'QUARTERLY', 'ANNUAL_2')
		  . "', $lag, 1 + $lag % 3, 2 + $lag) ON CONFLICT (area, valid_from) DO UPDATE SET"
		  . ' frequency = excluded.frequency, lag = excluded.lag, opens_day = excluded.opens_day,'
		  . ' closes_day = excluded.closes_day',
		"UPDATE flis_rule SET opens_day = " . pick('NULL, closes_day = NULL', "1, closes_day = 1 + $lag")
		  . " WHERE area = $area AND frequency <> 'DAILY'",
		"INSERT INTO flis_rule (area, valid_from, lag) VALUES ($area, $day, $lag)"
		  . ' ON CONFLICT (area, valid_from) DO UPDATE SET lag = excluded.lag',
		"DELETE FROM flis_rule WHERE area = $area AND valid_from > '2000-01-01'",
		"UPDATE flis_rule SET retired = NOT retired WHERE area = $area",
		"UPDATE flis_area SET retired = NOT retired WHERE area = $area",
		"INSERT INTO flis_channel (channel, valid_from, name, opens_day, closes_day)"
		  . " VALUES ($channel, $cycle, 'Ny', 3, 3 + $lag) ON CONFLICT (channel, valid_from) DO NOTHING",
		"UPDATE flis_channel SET opens_day = 1, closes_day = " . (1 + int rand 28) . " WHERE channel = $channel",
		"DELETE FROM flis_channel WHERE channel = $channel AND valid_from > '2000-01-01'",
		"UPDATE flis_channel SET follows = " . pick('NULL', map { quoted($_) } @channels)
		  . ', days_after = ' . int(rand 6) . " WHERE channel = $channel",
		"INSERT INTO flis_channel (channel, valid_from, name, opens_day, closes_day, follows, days_after)"
		  . " VALUES ('dap', $cycle, 'Ny', 3, 3 + $lag, 'datapakke', $lag)"
		  . ' ON CONFLICT (channel, valid_from) DO UPDATE SET days_after = excluded.days_after',
		"UPDATE flis_area SET part_of = " . pick('NULL', map { quoted($_) } @wholes)
		  . ' WHERE area = ' . quoted(pick(grep { my $area = $_; !grep { $_ eq $area } @wholes } @areas)),
		"INSERT INTO flis_release (area, channel, cycle, planned_on) VALUES ($area, $channel, $cycle,"
		  . " date $cycle + " . pick(-3, 0, 15, 40, 100) . ')'
		  . ' ON CONFLICT (area, channel, cycle) DO UPDATE SET planned_on = excluded.planned_on',
		"INSERT INTO flis_release (area, channel, cycle, cancelled) SELECT area, $channel, $cycle, true"
		  . ' FROM flis_area ON CONFLICT DO NOTHING',
		"UPDATE flis_release SET cancelled = false, released_on = cycle + " . int(rand 30)
		  . " WHERE area = $area",
		"DELETE FROM flis_release WHERE area = $area OR channel = $channel",
		"INSERT INTO flis_status (as_of, area, data_through, state) VALUES ($day, $area, date $day - "
		  . pick(10, 40, 41, 70, 100, 130) . ", $state)"
		  . ' ON CONFLICT (area, as_of) DO UPDATE SET data_through = excluded.data_through,'
		  . ' state = excluded.state',
		"INSERT INTO flis_status (as_of, area, data_through) SELECT $day, area, date $day - 60 FROM flis_area",
		"UPDATE flis_status SET state = $state WHERE area = $area",
		"DELETE FROM flis_status WHERE area = $area",
		'DELETE FROM flis_status WHERE as_of >= ' . $day,
		"INSERT INTO flis_notice (area, kind, started_on, note) VALUES ($area, '"
		  . pick('access', 'completeness', 'comparability', 'information') . "', $day, 'Besked')",
		"INSERT INTO flis_notice (area, period_from, kind, started_on, note) VALUES ($area, date $day - "
		  . pick(30, 75, 130) . ", 'access', $day, 'Besked')",
		"INSERT INTO flis_notice (area, municipality, period_from, period_until, kind, started_on, note) VALUES ($area, "
		  . pick('NULL', 'NULL', 101, 751) . ", date $day - " . pick(75, 130) . ", date $day - " . pick(10, 40, 75)
		  . ", '" . pick('access', 'completeness', 'comparability') . "', $day, 'Besked')",
		"UPDATE flis_notice SET period_until = " . pick('NULL', "started_on - " . pick(0, 20, 60)) . " WHERE area = $area",
		"UPDATE flis_notice SET ended_on = started_on + " . int(rand 90) . " WHERE area = $area",
		"DELETE FROM flis_notice WHERE area = $area",
		"UPDATE flis_rule SET lag = -1 WHERE area = $area",
		"SET LOCAL session_replication_role = " . pick('replica', 'origin'),
		"MERGE INTO flis_status s USING flis_area a ON s.area = a.area WHEN MATCHED THEN UPDATE SET"
		  . " data_through = s.data_through - 31 WHEN NOT MATCHED AND a.area = $area THEN"
		  . " INSERT (as_of, area, data_through) VALUES ($day, a.area, date $day - 91)",);

	return 'TRUNCATE ' . pick('flis_release', 'flis_status', 'flis_notice') if rand() < 0.02;
	return pick(@changes);
}

1;
