# A publication FOR ALL TABLES brings every table of the extension to a database that has it too,
# history and internal tables included, from an exact copy (as pg_createsubscriber and blue/green
# upgrades make one) and with a first copy: the subscription goes on after each kind of change,
# answers and history are the same, and no count of an event falls.

use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my @initdb = (extra => [ '--no-locale', '--encoding=UTF8' ]);
my $publisher = PostgreSQL::Test::Cluster->new('publisher');
$publisher->init(allows_streaming => 'logical', @initdb);
$publisher->start;
$publisher->safe_psql('postgres', q{
	CREATE EXTENSION flis;
	CREATE TABLE facts (i int PRIMARY KEY);
	INSERT INTO flis_area (area, name) VALUES ('klima', 'Klima');
	INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-06-30', 'borger', '2025-04-30');
	UPDATE flis_status SET data_through = '2025-03-31';
	UPDATE flis_area SET name = 'VH, voksne' WHERE area = 'vh';
	UPDATE flis_area SET name = 'Klimaet' WHERE area = 'klima';
	UPDATE flis_channel SET closes_day = 11 WHERE channel = 'dap'});
$publisher->safe_psql('postgres', "SELECT flis_record_release('borger', 'datapakke', '2025-0$_-01', '2025-0$_-11')") foreach 7, 8;

# What has to be the same on both sides.
my @tables = map { ("flis_$_", "flis_${_}_history") } qw(area channel rule release status notice waiver);
my $rows = join(' UNION ALL ', map { "SELECT '$_' AS t, to_jsonb(x)::text AS r FROM $_ x" } @tables, qw(flis_municipality flis_cube flis_forgotten flis_shipped)) . ' ORDER BY 1, 2';
my $answers = q{SELECT area, flis_data_through(area, '2025-11-25'), flis_next_release(area, '2025-11-25', 'dap') FROM flis_area WHERE NOT retired ORDER BY area};
my $sequences = q{SELECT reference_table, key, revision FROM flis_revision};

# set_up: a subscriber of its own, from a copy or with a first copy.
sub set_up
{
	my ($name, $from_copy) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name);
	my $connection = $publisher->connstr('postgres') =~ s/'/''/gr;

	if ($from_copy)
	{
		$publisher->safe_psql('postgres', "SELECT pg_create_logical_replication_slot('$name', 'pgoutput')");
		$publisher->backup($name);
		$node->init_from_backup($publisher, $name);
		$node->start;
		$node->safe_psql('postgres', 'DROP PUBLICATION everything');
		$node->safe_psql('postgres',
			"CREATE SUBSCRIPTION $name CONNECTION '$connection' PUBLICATION everything WITH (create_slot = false, slot_name = $name, copy_data = false)");
	}
	else
	{
		$node->init(@initdb);
		$node->start;
		$node->safe_psql('postgres', 'CREATE EXTENSION flis; CREATE TABLE facts (i int PRIMARY KEY)');
		$node->safe_psql('postgres', "CREATE SUBSCRIPTION $name CONNECTION '$connection' PUBLICATION everything");
		$node->wait_for_subscription_sync($publisher, $name);
	}
	return $node;
}

$publisher->safe_psql('postgres', 'CREATE PUBLICATION everything FOR ALL TABLES');
my %subscribers = (copied => set_up('copied', 1), filled => set_up('filled', 0));

# Each kind of change, and a change of the facts after it, which must arrive too.
my @changes = (
	q{INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-11-20', 'borger', '2025-06-30')},
	q{UPDATE flis_status SET data_through = '2025-07-31' WHERE as_of = '2025-11-20'},
	q{BEGIN; UPDATE flis_status SET note = 'a'; UPDATE flis_status SET note = 'b'; COMMIT},
	q{DELETE FROM flis_status WHERE as_of = '2025-06-30'},
	q{SELECT flis_record_release('borger', 'datapakke', '2025-11-01', '2025-11-11')},
	q{SELECT flis_record_release('borger', 'datapakke', '2025-11-01', '2025-11-12')},
	q{UPDATE flis_rule SET lag = 3 WHERE area IN ('kp', 'ky')},
	q{UPDATE flis_area SET area = 'vejr', name = 'Vejr' WHERE area = 'klima'},
	q{INSERT INTO flis_notice (area, kind, started_on, note) VALUES ('kp', 'access', '2025-11-01', 'Lukket')},
	q{INSERT INTO flis_waiver (area, municipality, reason) VALUES ('kp', 101, 'r'); UPDATE flis_waiver SET retired = true WHERE area = 'vh'},
	q{UPDATE flis_municipality SET name = 'Nordfyn' WHERE municipality = 480},
	q{INSERT INTO flis_cube (cube, area, period_column) VALUES ('public.facts', 'borger', 'i')},
	q{TRUNCATE flis_release},
	q{SELECT flis_forget(now() - interval '1 year')},
	q{SELECT flis_forget((SELECT min(system_until) FROM flis_status_history))},
	q{DELETE FROM flis_area WHERE area = 'vejr'});
my $n = 0;
foreach my $change (@changes)
{
	$n++;
	$publisher->safe_psql('postgres', "$change; INSERT INTO facts VALUES ($n)");
	foreach my $name (sort keys %subscribers)
	{
		$publisher->wait_for_catchup($name);
		is($subscribers{$name}->safe_psql('postgres', 'SELECT max(i) FROM facts'), $n, "$name: goes on after $change");
	}
}

my %counts = map { /^(.*)\|(\d+)$/ } split /\n/, $publisher->safe_psql('postgres', $sequences);
foreach my $name (sort keys %subscribers)
{
	my $node = $subscribers{$name};

	is($node->safe_psql('postgres', $rows), $publisher->safe_psql('postgres', $rows), "$name: same rows, same history");
	is($node->safe_psql('postgres', $answers), $publisher->safe_psql('postgres', $answers), "$name: same answers");
	is($node->safe_psql('postgres', 'SELECT sum(apply_error_count) FROM pg_stat_subscription_stats'), 0, "$name: no error on the way");
	is($node->safe_psql('postgres', 'SELECT count(*) FROM flis_generation'), 1, "$name: one generation");

	my %here = map { /^(.*)\|(\d+)$/ } split /\n/, $node->safe_psql('postgres', $sequences);
	is(join(' ', grep { ($here{$_} // 0) < $counts{$_} } sort keys %counts), '', "$name: no count is less than the publisher's");

	# What was known before is told alike, and the subscriber goes on by itself.
	my $moment = $publisher->safe_psql('postgres', 'SELECT min(system_from) FROM flis_status_history');
	is($node->safe_psql('postgres', "SET flis.known_at = '$moment'; $answers"),
		$publisher->safe_psql('postgres', "SET flis.known_at = '$moment'; $answers"), "$name: what was known at a time");
	$node->safe_psql('postgres', "ALTER SUBSCRIPTION $name DISABLE; ALTER SUBSCRIPTION $name SET (slot_name = NONE); DROP SUBSCRIPTION $name");
	is($node->safe_psql('postgres', "UPDATE flis_status SET data_through = '2025-05-31'; SELECT flis_data_through('borger', '2025-11-25')"),
		'2025-05-31', "$name: a change of its own");
	is($node->safe_psql('postgres', 'SELECT * FROM flis_selftest_installation()'), '', "$name: nothing is found wrong");
	$node->stop;
}
$publisher->safe_psql('postgres', "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE NOT active");
$publisher->stop;
done_testing();
