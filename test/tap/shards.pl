# A warehouse on more than one server: a head whose fact table has its months on two shards, reached
# by postgres_fdw.  The head's reference tables come to the shards by logical replication.  A bound
# that the head asks for reaches the shards as a value; functions called on a shard need no head.
#
# On 10 November 2025 borger shows September (lag 1) and krl_personale June (lag 4).  A month has a
# row for each of 98 municipalities and both areas; shard_1 holds the odd months, shard_2 the even.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Session;
use Test::More;

delete @ENV{qw(PGDATESTYLE PGOPTIONS)}; # servers would pass them on to each other
my @initdb = (extra => [ '--no-locale', '--encoding=UTF8' ]);

# start: a server with flis.
sub start
{
	my ($name, %options) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name);

	$node->init(%options, @initdb);
	$node->start;
	$node->safe_psql('postgres', 'CREATE EXTENSION flis');
	return $node;
}

my $head = start('head', allows_streaming => 'logical');
if ($head->safe_psql('postgres',
		q{SELECT count(*) FROM pg_available_extensions WHERE name = 'postgres_fdw'}) == 0)
{
	$head->stop;
	plan(skip_all => 'postgres_fdw is not installed');
}
my %shards = map { $_ => start($_) } qw(shard_1 shard_2);

# Facts: the months are partitions, on the shards as on the head.
my $columns = 'area text NOT NULL, month date NOT NULL, period text NOT NULL,'
  . ' municipality smallint NOT NULL, inhabitants integer NOT NULL';

$head->safe_psql('postgres', qq{
	CREATE EXTENSION postgres_fdw;
	CREATE TABLE facts ($columns) PARTITION BY RANGE (month)});
foreach my $name (sort keys %shards)
{
	my ($shard, $host, $port) = ($shards{$name}, $shards{$name}->host, $shards{$name}->port);

	$shard->safe_psql('postgres', "CREATE TABLE facts ($columns) PARTITION BY RANGE (month)");
	$head->safe_psql('postgres', qq{
		CREATE SERVER $name FOREIGN DATA WRAPPER postgres_fdw OPTIONS
			(host '$host', port '$port', dbname 'postgres', async_capable 'true', extensions 'flis');
		CREATE USER MAPPING FOR CURRENT_USER SERVER $name});
}
foreach my $month (1 .. 12)
{
	my $name = $month % 2 ? 'shard_1' : 'shard_2';
	my $period = sprintf '2025M%02d', $month;
	my $partition = sprintf 'facts_2025_%02d', $month;
	my ($first, $end) = map { "date '2025-01-01' + interval '$_ months'" } ($month - 1, $month);
	my $bounds = "PARTITION OF facts FOR VALUES FROM ($first) TO ($end)";

	$shards{$name}->safe_psql('postgres', qq{
		CREATE TABLE $partition $bounds;
		INSERT INTO facts
		SELECT area, $first, '$period', municipality, 1000
		FROM flis_municipality, unnest('{borger,krl_personale}'::text[]) area;
		ANALYZE facts});
	$head->safe_psql('postgres',
		"CREATE FOREIGN TABLE $partition $bounds SERVER $name; ANALYZE $partition");
}

# The reference tables: shard_1 subscribes at once, shard_2 when a user has changed them.
# What doc/sharding.md publishes.
my @versioned = map { "flis_$_" } qw(area channel rule release status notice waiver);
my @references = (@versioned, (map { "${_}_history" } @versioned), qw(flis_municipality flis_forgotten));

# subscribe: let a shard follow the head, and wait until it has copied all.
sub subscribe
{
	my ($name) = @_;
	my $connection = $head->connstr('postgres') =~ s/'/''/gr;

	$shards{$name}->safe_psql('postgres',
		"CREATE SUBSCRIPTION $name CONNECTION '$connection' PUBLICATION flis_reference");
	$shards{$name}->wait_for_subscription_sync($head, $name);
}

# change: write on the head, and wait until the shards that follow have applied it.
sub change
{
	my ($sql, @followers) = @_;

	$head->safe_psql('postgres', $sql);
	$head->wait_for_catchup($_) foreach (@followers ? @followers : sort keys %shards);
}

$head->safe_psql('postgres',
	'CREATE PUBLICATION flis_reference FOR TABLE ' . join(', ', @references));

# Every row of the reference tables, and every trigger, which must fire always.
my $all_rows = join(' UNION ALL ',
	map { "SELECT '$_' AS t, to_jsonb($_)::text AS r FROM $_" } @references, 'flis_shipped')
  . ' ORDER BY t, r';
my $all_triggers = q{
SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger
WHERE tgname LIKE 'flis%' ORDER BY 1, 2};
my $shipped = join(' UNION ALL ',
	map { "SELECT '$_', count(*) FILTER (WHERE shipped), count(*) FROM $_" } @references[ 0 .. 2 ]);
my $bound = q{SELECT flis_data_through('borger', '2025-11-10')};

# same_everywhere: the shards' reference tables are the head's.
sub same_everywhere
{
	my ($when) = @_;
	my $rows = $head->safe_psql('postgres', $all_rows);
	my $triggers = $head->safe_psql('postgres', $all_triggers);

	foreach my $name (sort keys %shards)
	{
		is($shards{$name}->safe_psql('postgres', $all_rows), $rows, "$name: same rows $when");
		is($shards{$name}->safe_psql('postgres', $all_triggers),
			$triggers, "$name: same triggers $when");
	}
}

my %direct = map { $_ => session($shards{$_}) } sort keys %shards;
is($direct{$_}->($bound), '2025-09-30', "$_: as shipped") foreach (sort keys %shards);

subscribe('shard_1');
is( $shards{shard_1}->safe_psql('postgres', $shipped), "flis_area|20|20\nflis_channel|3|3\n"
	  . 'flis_rule|20|20',
	'shard_1: what was shipped is copied as shipped');

my $user_rows = q{
INSERT INTO flis_area (area, name) VALUES ('klima', 'Klima');
INSERT INTO flis_rule (area, valid_from, lag) VALUES ('klima', '2025-01-01', 2);
UPDATE flis_rule SET lag = 2 WHERE area = 'borger';
UPDATE flis_area SET retired = true WHERE area = 'ukraine';
UPDATE flis_channel SET closes_day = 13 WHERE channel = 'dap';
INSERT INTO flis_release (area, cycle, planned_on) VALUES ('vh', '2025-11-01', '2025-11-20');
INSERT INTO flis_status (as_of, area, data_through, note)
	VALUES ('2025-06-30', 'krl_personale', '2025-02-28', 'Kører efter planen');
INSERT INTO flis_notice (area, kind, started_on, note)
	VALUES ('fsiii', 'completeness', '2025-06-20', 'Nogle kommuner mangler');
};
change($user_rows, 'shard_1');
is($direct{shard_1}->($bound), '2025-08-31', 'shard_1: a change, in a session that has asked');
is($direct{shard_2}->($bound), '2025-09-30', 'shard_2: not yet');

subscribe('shard_2');
is($direct{shard_2}->($bound), '2025-08-31', 'shard_2: the first copy replaces the shipped rows');
is( $shards{$_}->safe_psql('postgres', $shipped), "flis_area|19|21\nflis_channel|2|3\n"
	  . 'flis_rule|19|21',
	"$_: a user's rows are not shipped") foreach (sort keys %shards);
same_everywhere('after the first copy');
unlike($head->safe_psql('postgres', $all_triggers), qr/_(generation|shipped)\w*\|[^A]$/m, 'what guards the rows fires always');

my %generations = map { $_->safe_psql('postgres', 'SELECT generation FROM flis_generation') => 1 }
  ($head, values %shards);
is(keys %generations, 3, 'each server has a generation of its own');

change(q{
	UPDATE flis_rule SET lag = 1 WHERE area = 'borger';
	DELETE FROM flis_status;
	TRUNCATE flis_release});
is($direct{$_}->($bound), '2025-09-30', "$_: follows") foreach (sort keys %shards);
same_everywhere('after changes');

# The bound: a sub-select is asked once, on the head, and its value is sent.
my $warehouse = session($head);
my $of_borger = q{FROM facts WHERE area = 'borger' AND};
my $called = "$of_borger flis_is_available('borger', month, '2025-11-10')";
my $sent = "$of_borger month <= ($bound)";
my $count = 'SELECT count(*), max(month)';
my $trend = 'SELECT month, sum(inhabitants)';
my $by_month = 'GROUP BY month ORDER BY month';
my $months = join("\n", map { "2025-0$_-01|98000" } 1 .. 9);

# plan_of: how the head would answer.
sub plan_of
{
	my ($sql, $options) = @_;

	return $warehouse->(
		'EXPLAIN (' . join(', ', 'VERBOSE', 'COSTS OFF', $options // ()) . ") $sql");
}

# remote: the queries that a plan sends to the shards.
sub remote
{
	my ($plan) = @_;

	return $plan =~ /Remote SQL: (.*)/g;
}

is($warehouse->("$count $called"), '882|2025-09-01', 'a call: nine months');
my $plan = plan_of("$count $called");
like($plan, qr/Filter: .*flis_data_through/, 'a call is a filter of the head');
is(scalar(grep { /month <=/ } remote($plan)), 0, 'a call: the shards send every row of a month');

is($warehouse->("$count $sent"), '882|2025-09-01', 'a sub-select: nine months');
$plan = plan_of("$count $sent");
my @remote = remote($plan);
is(@remote, 12, 'a sub-select: twelve partitions');
is(scalar(grep { /\(month <= \$1::date\)/ } @remote), 12, 'a sub-select: its value is sent');
unlike($plan, qr/Filter:/, 'a sub-select: the head filters nothing');
is(() = $plan =~ /InitPlan/g, 1, 'a sub-select: asked in one place');
is(() = $plan =~ /Async Foreign Scan/g, 12, 'a sub-select: the shards answer in parallel');

# not_asked: the partitions that a query leaves alone when it runs.
sub not_asked
{
	my ($sql) = @_;

	return join(' ',
		plan_of($sql, 'ANALYZE, TIMING OFF, SUMMARY OFF, BUFFERS OFF') =~
		  /Foreign Scan on public\.(\w+) .*\(never executed\)/g);
}

is(not_asked("$count $sent"),
	'facts_2025_10 facts_2025_11 facts_2025_12', 'a sub-select: later months are not asked');
like(plan_of("$count $sent", 'ANALYZE, TIMING OFF, SUMMARY OFF, BUFFERS OFF'),
	qr/InitPlan[^\n]*\n\s*->\s+Result \(actual rows=1(\.00)? loops=1\)/, 'a sub-select: asked once');

$warehouse->('SET enable_partitionwise_aggregate = on');
is($warehouse->("$trend $sent $by_month"), $months, 'a trend');
$plan = plan_of("$trend $sent $by_month");
is(scalar(grep { /sum\(inhabitants\).*month <= \$1::date.*GROUP BY/ } remote($plan)),
	12, 'a trend: the shards add up their months');
is(() = $plan =~ /Async Foreign Scan/g, 12, 'a trend: in parallel');

my $execute = q{EXECUTE trend (flis_data_through('borger', '2025-11-10'))};
$warehouse->("PREPARE trend (date) AS $trend $of_borger month <= \$1 $by_month");
is($warehouse->($execute), $months, 'a parameter');
@remote = remote($plan = plan_of($execute));
is(@remote, 9, 'a parameter: later months are not in the plan');
is(scalar(grep { /sum\(inhabitants\).*month <= '2025-09-30'.*GROUP BY/ } @remote),
	9, 'a parameter: the shards add up their months');
is(() = $plan =~ /Async Foreign Scan/g, 9, 'a parameter: in parallel');

# What is immutable goes to the shards by its name.
my $periods = "flis_period_end(period) <= ($bound)";
@remote = remote(plan_of("$count $of_borger $periods"));
is($warehouse->("$count $of_borger $periods"), '882|2025-09-01', 'a written period');
is(scalar(grep { /public\.flis_period_end\(period\) <= \$1::date/ } @remote),
	12, 'a written period: read on the shards');

# The head's view, and a statement that was prepared before the bound changed.
$head->safe_psql('postgres', "CREATE VIEW borger AS SELECT * $sent");
$warehouse->("PREPARE view AS $count FROM borger");
is($warehouse->('EXECUTE view'), '882|2025-09-01', 'a view');

# Views on the shards, each row with its own area: as the workers of a distributed engine call the
# functions.
foreach my $name (sort keys %shards)
{
	$shards{$name}->safe_psql('postgres', q{
		CREATE VIEW covered AS
		SELECT * FROM facts WHERE flis_is_available(area, month, '2025-11-10');
		CREATE VIEW today AS
		SELECT now() AS instant, (now() AT TIME ZONE 'Europe/Copenhagen')::date AS danish,
			current_setting('TimeZone') AS zone});
	$head->safe_psql('postgres', qq{
		CREATE FOREIGN TABLE covered_$name ($columns)
			SERVER $name OPTIONS (table_name 'covered');
		CREATE FOREIGN TABLE today_$name (instant timestamptz, danish date, zone text)
			SERVER $name OPTIONS (table_name 'today')});
	like(
		$warehouse->(
			"SET timezone = 'Europe/Copenhagen'; SELECT zone, danish = instant::date FROM today_$name"),
		qr/^(GMT|UTC)\|t$/,
		"$name: CURRENT_DATE is a day of UTC there, and how to ask for a Danish one");
}
$head->safe_psql('postgres',
	'CREATE VIEW covered AS TABLE covered_shard_1 UNION ALL TABLE covered_shard_2');

my $covered = 'SELECT area, count(*), max(month) FROM covered GROUP BY area ORDER BY area';
my $krl = 'krl_personale|588|2025-06-01';
is($warehouse->($covered), "borger|882|2025-09-01\n$krl", 'shards\' views: nine months and six');
is( $warehouse->(q{
		SELECT area, count(*), max(month) FROM facts
		WHERE flis_is_available(area, month, '2025-11-10') GROUP BY area ORDER BY area}),
	"borger|882|2025-09-01\n$krl", 'the same of the head\'s calls');
is(() = plan_of('SELECT * FROM covered') =~ /Async Foreign Scan/g,
	2, 'shards\' views: they answer in parallel');

# A closed area, opened again, in sessions that have asked before.  A transaction on the head is one
# snapshot on each shard.
$warehouse->("BEGIN ISOLATION LEVEL READ COMMITTED; $covered");
change(q{INSERT INTO flis_status (as_of, area, state) VALUES ('2025-11-01', 'borger', 'closed')});
is($warehouse->($covered), "borger|882|2025-09-01\n$krl",
	'closed: not in a transaction that has asked the shards');
is($warehouse->("$count $sent"), '0|', 'closed: in the next bound');
is($warehouse->("COMMIT; $covered"), $krl, 'closed: on the shards after it');
is($warehouse->('EXECUTE view'), '0|', 'closed: in a prepared statement');
is(split(' ', not_asked("SELECT * $sent")), 12, 'closed: no partition is asked');
is($direct{$_}->($bound), '', "$_: closed") foreach (sort keys %shards);

change(q{
	INSERT INTO flis_status (as_of, area, data_through)
	VALUES ('2025-11-10', 'borger', '2025-08-31')});
is($warehouse->($covered), "borger|784|2025-08-01\n$krl", 'opened: on the shards');
is($warehouse->('EXECUTE view'), '784|2025-08-01', 'opened: in a prepared statement');
is($direct{$_}->($bound), '2025-08-31', "$_: opened") foreach (sort keys %shards);

# While a change is on its way the head's bound holds for all shards.
$shards{shard_2}->safe_psql('postgres', 'ALTER SUBSCRIPTION shard_2 DISABLE');
$shards{shard_2}->poll_query_until('postgres',
	q{SELECT bool_and(pid IS NULL) FROM pg_stat_subscription WHERE subname = 'shard_2'})
  or die 'timed out';
change('DELETE FROM flis_status', 'shard_1');
is($warehouse->("$count $sent"), '882|2025-09-01', 'on its way: nine months, bound by the head');
is($warehouse->($covered), "borger|882|2025-09-01\n$krl", 'on its way: shard_1 has applied it');
is($direct{shard_2}->($bound), '2025-08-31', 'on its way: shard_2 has not');
$shards{shard_2}->safe_psql('postgres', 'ALTER SUBSCRIPTION shard_2 ENABLE');
$head->wait_for_catchup('shard_2');
is($direct{shard_2}->($bound), '2025-09-30', 'shard_2: catches up');
same_everywhere('when both have caught up');

# A shard that lost its subscription is emptied and copies all anew, and from when all is known.
change(q{SELECT flis_forget('1990-01-01')});
$shards{shard_2}->safe_psql('postgres', 'DROP SUBSCRIPTION shard_2');
change(q{UPDATE flis_rule SET lag = 3 WHERE area = 'borger'}, 'shard_1');
$shards{shard_2}->safe_psql('postgres', join(';',
		'SET session_replication_role = replica', map { "DELETE FROM $_" } @references));
subscribe('shard_2');
is($direct{shard_2}->($bound), '2025-07-31', 'shard_2: subscribed anew');
is($warehouse->($covered), "borger|686|2025-07-01\n$krl", 'and seen by the head');
same_everywhere('after that');

# Without the head: what a distributed engine's worker is sent, in a session that may not write and
# has no search_path, and in a parallel worker.
$warehouse->();
$head->stop;
my $debug = $head->pg_version >= 16 ? 'debug_parallel_query' : 'force_parallel_mode';
my %of_shard = (shard_1 => '392|2025-07-01', shard_2 => '294|2025-06-01');

foreach my $name (sort keys %shards)
{
	my $fragment = q{
		SELECT count(*), max(month) FROM public.facts
		WHERE area = 'borger' AND month <= public.flis_data_through(area, '2025-11-10')};

	$direct{$name}->("SET default_transaction_read_only = on; SET search_path = ''; SET $debug = on");
	is($direct{$name}->($fragment), $of_shard{$name}, "$name: without the head");
	like($direct{$name}->("EXPLAIN (COSTS OFF) $fragment"),
		qr/Gather/, "$name: in a parallel worker");
	$direct{$name}->();
	$shards{$name}->stop;
}
done_testing();
