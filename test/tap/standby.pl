# A hot standby under load: a change on the primary is seen by the very next statement after it was
# replayed, and not before; every answer is the one that the tables give under the same snapshot, in
# every session, in parallel workers, between conflicts with recovery and around prepared transactions.
#
# pgbench changes the tables some hundred times a second meanwhile.  FLIS_SECONDS sets for how long.

use strict;
use warnings;

use FindBin;
use IPC::Run;
use lib $FindBin::Bin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Reference;
use Session;
use Test::More;
use Time::HiRes qw(sleep time);

my $seconds = $ENV{FLIS_SECONDS} // 12;
my $rate = 150;
my @days = map { my $month = $_; map { sprintf '2025-%02d-%02d', $month, $_ } 1, 10, 26 } 1 .. 11;
my @areas = qw(borger dream skole krl_personale);
my $all_days = join ', ', map { "'$_'" } @days;
my $all_areas = join ', ', map { "'$_'" } @areas;

# The area that no load changes: by its lag one can tell which change is seen.
my $ask = q{SELECT flis_data_through('aula', '2025-11-10')};
my @through = qw(2025-10-31 2025-09-30 2025-08-31 2025-07-31 2025-06-30);

# A vacuum that shortens a table would wait on the standby for a reader that waits for what comes next.
my $primary = PostgreSQL::Test::Cluster->new('primary');
$primary->init(allows_streaming => 1, extra => [ '--no-locale', '--encoding=UTF8' ]);
$primary->append_conf('postgresql.conf', q{
max_prepared_transactions = 3
enable_nestloop = off
jit = off
autovacuum = off
log_statement = none});
$primary->start;
install_reference($primary, 'postgres', @days);
$primary->safe_psql('postgres', q{
CREATE TABLE facts AS
SELECT area, date '2025-01-01' + n % 330 AS day FROM flis_area, generate_series(1, 300) n;
ANALYZE});
$primary->backup('base');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($primary, 'base', has_streaming => 1);
$standby->append_conf('postgresql.conf', q{
hot_standby_feedback = on
wal_receiver_status_interval = 1s
wal_retrieve_retry_interval = 200ms});
$standby->start;

# A transaction that keeps its snapshot is waited for, until there are to be conflicts.
$primary->poll_query_until('postgres', 'SELECT backend_xmin IS NOT NULL FROM pg_stat_replication');

# The load
my $script = PostgreSQL::Test::Utils::tempdir() . '/change.sql';
append_to_file($script, qq{
\\set area random(1, 4)
\\set day random(1, 33)
\\set lag random(0, 5)
\\set kind random(1, 6)
\\if :kind <= 2
UPDATE flis_rule SET lag = :lag WHERE area = (ARRAY[$all_areas])[:area];
\\elif :kind = 3
INSERT INTO flis_status (as_of, area, data_through)
SELECT d, (ARRAY[$all_areas])[:area], d - 50 FROM (VALUES ((ARRAY[$all_days])[:day]::date)) AS v (d)
ON CONFLICT (area, as_of) DO UPDATE SET data_through = excluded.data_through - 31 * :lag;
\\elif :kind = 4
INSERT INTO flis_release (area, channel, cycle, planned_on)
VALUES ((ARRAY[$all_areas])[:area], 'datapakke', make_date(2025, 1 + :day / 3, 1), make_date(2025, 1 + :day / 3, 1) + 7 * :lag)
ON CONFLICT (area, channel, cycle) DO UPDATE SET planned_on = excluded.planned_on;
\\elif :kind = 5
DELETE FROM flis_status WHERE area = (ARRAY[$all_areas])[:area];
\\else
INSERT INTO flis_notice (area, kind, started_on, ended_on, note)
VALUES ((ARRAY[$all_areas])[:area], 'access', (ARRAY[$all_days])[:day]::date, (ARRAY[$all_days])[:day]::date + 20, 'Lukket');
\\endif
});
my ($load_log, $load) = ('');
begin_load($seconds);

# Readers, each in its own way; the conditions are those of Reference.pm.
my %readers = map { $_ => Session->new($standby) } qw(statements snapshot function cursor workers);
my $writer = Session->new($primary);
my $debug = $primary->pg_version >= 16 ? 'debug_parallel_query' : 'force_parallel_mode';
my $sum = 'SELECT count(*), count(d), sum(d - date \'2000-01-01\')'
  . ' FROM (SELECT flis_data_through(area, day) AS d FROM facts) f';
my ($compared, $conflicts, $in_workers, @wrong) = (0, 0, 0);
my $lag = 1;
my $n = 0;

foreach my $session (values %readers)
{
	$session->ask($_) foreach prepare_comparisons();
}
is($readers{statements}->ask($ask), $through[$lag], 'standby: as shipped');
my $until = time + $seconds;
while ((time < $until || $n <= 10) && !@wrong)
{
	my $area = $areas[ $n % @areas ];
	my $arguments = "'$area', 'datapakke', '2025-01-01'";
	my ($parallel, $serial);

	# Not before: a transaction that began before the change; and the next statement once it is
	# replayed, in sessions that asked before.
	$readers{snapshot}->ask('BEGIN ISOLATION LEVEL REPEATABLE READ');
	judge($readers{snapshot}, "EXECUTE area($arguments)");
	my $seen = $readers{snapshot}->ask($ask);
	$lag = $n % 5;
	$writer->ask("UPDATE flis_rule SET lag = $lag WHERE area = 'aula'");
	my $lsn = $writer->ask('SELECT pg_current_wal_lsn()');
	sleep 0.002
	  while $readers{statements}->ask("SELECT pg_last_wal_replay_lsn() >= '$lsn'") ne 't';
	expect($readers{statements}, $ask, $through[$lag]);
	expect($readers{function}, $ask, $through[$lag]);
	expect($readers{snapshot}, $ask, $seen);

	judge($readers{statements}, "EXECUTE area($arguments)");
	judge($readers{statements}, "EXECUTE coverage('dap', '2025-06-26')") if $n % 8 == 0;
	judge($readers{function}, "SELECT reference.compare_stable($arguments)");
	judge($readers{snapshot}, "EXECUTE area($arguments)");
	$readers{snapshot}->ask('COMMIT');

	if ($n % 4 == 0)
	{
		$readers{cursor}->ask('BEGIN; DECLARE c CURSOR FOR SELECT 1, (answer IS DISTINCT FROM reference)::integer,'
			  . " concat_ws(' ', function, area, day, answer, 'and not', reference)"
			  . " FROM reference.area_comparison WHERE area = '$area' AND channel = 'datapakke'"
			  . q{ AND day BETWEEN '2025-01-01' AND '2025-12-31'});
		judge($readers{cursor}, 'FETCH 10 FROM c');
		sleep 0.05;
		judge($readers{cursor}, 'FETCH ALL FROM c');
		$readers{cursor}->ask('COMMIT');

		$readers{workers}->ask("BEGIN ISOLATION LEVEL REPEATABLE READ; SET LOCAL $debug = off");
		$serial = $readers{workers}->ask($sum);
		$parallel = $readers{workers}->ask("SET LOCAL $debug = on; $sum");
		push @wrong, "workers: $parallel and not $serial"
		  if $parallel ne $serial && "$parallel$serial" !~ /ERROR/;
		$in_workers++;
		$readers{workers}->ask('COMMIT');
	}
	$n++;
}
is_deeply(\@wrong, [], 'standby: each answer under load is that of the tables');
cmp_ok($compared, '>', 1000, 'standby: many were compared');
cmp_ok($n, '>', 10, 'standby: changes were seen by the next statement after replay');
cmp_ok($in_workers, '>', 2, 'standby: some in parallel workers');
like($readers{workers}->ask("SET $debug = on; EXPLAIN (COSTS OFF) $sum"), qr/Gather/, 'standby: which there were');
note("$n changes, $compared comparisons, $conflicts conflicts");

# Conflicts with recovery: the standby waits for nobody.
foreach my $cause ('VACUUM flis_generation', 'TRUNCATE flis_release, flis_notice')
{
	my $answer;

	wait_for_readers('off', '0');
	$readers{snapshot}->send("SELECT flis_data_through('aula', '2025-11-10'), pg_sleep(60)");
	while (!defined($answer = $readers{snapshot}->answer))
	{
		$lag = ($lag + 1) % 5;
		$writer->ask("UPDATE flis_rule SET lag = $lag WHERE area = 'aula'");
		$writer->ask($cause);
		sleep 0.02;
	}
	like($answer, qr/canceling statement due to conflict with recovery/, "conflict: $cause");
	wait_for_readers('on', '30s');
	$primary->wait_for_catchup($standby);
	expect($readers{snapshot}, $ask, $through[$lag]);
	judge($readers{snapshot}, "EXECUTE area('$_', 'datapakke', '2025-01-01')") foreach @areas;
}
is_deeply(\@wrong, [], 'conflict: the session sees the last change and answers as the tables say');
end_load();

# Replay that stops: nothing is seen before it goes on.
$standby->safe_psql('postgres', 'SELECT pg_wal_replay_pause()');
sleep 0.01 while $standby->safe_psql('postgres', 'SELECT pg_get_wal_replay_pause_state()') ne 'paused';
my $before = $readers{statements}->ask($ask);
$lag = ($lag + 1) % 5;
$writer->ask("UPDATE flis_rule SET lag = $lag WHERE area = 'aula'");
is($readers{statements}->ask($ask), $before, 'pause: not seen before replay');
$standby->safe_psql('postgres', 'SELECT pg_wal_replay_resume()');
$primary->wait_for_catchup($standby);
is($readers{statements}->ask($ask), $through[$lag], 'pause: seen after it');

# Prepared transactions: what one publishes is seen by the next statement after it is committed, and by
# none before, whatever comes between.
my @published = qw(2024-10-31 2024-11-30 2024-12-31 2025-01-31);
$writer->quit;
foreach my $over ('nothing', 'a restart of the standby', 'a restart of the primary', 'a promotion')
{
	my $published = shift @published;
	my $server = $primary;

	$before = $readers{statements}->ask($ask);
	$writer = Session->new($primary);
	$writer->ask($_) foreach ('BEGIN', qq{
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-11-10', 'aula', '$published')
ON CONFLICT (area, as_of) DO UPDATE SET data_through = excluded.data_through});
	is($writer->ask($ask), $published, "prepared over $over: seen by itself");
	$writer->ask("PREPARE TRANSACTION 'published'");
	$writer->quit;
	$primary->wait_for_catchup($standby);
	is($readers{statements}->ask($ask), $before, "prepared over $over: not seen");

	if ($over eq 'a restart of the standby')
	{
		$_->quit foreach values %readers;
		$standby->restart;
		%readers = (statements => Session->new($standby));
		$readers{statements}->ask($_) foreach prepare_comparisons();
	}
	elsif ($over eq 'a restart of the primary')
	{
		$primary->restart;
	}
	elsif ($over eq 'a promotion')
	{
		$primary->stop;
		$standby->promote;
		$server = $standby;
	}
	is($readers{statements}->ask($ask), $before, "prepared over $over: not seen behind it");
	is($server->safe_psql('postgres', $ask), $before, "prepared over $over: nor by a new session");
	$server->safe_psql('postgres', "COMMIT PREPARED 'published'");
	$primary->wait_for_catchup($standby) if $server == $primary;
	is($readers{statements}->ask($ask), $published, "prepared over $over: seen after its commit");
	is($server->safe_psql('postgres', $ask), $published, "prepared over $over: also by a new session");
}
judge($readers{statements}, "EXECUTE area('$_', 'datapakke', '2025-01-01')") foreach @areas;
is_deeply(\@wrong, [], 'promoted: the session answers as the tables say');
$readers{statements}->quit;
$standby->stop;
done_testing();

# wait_for_readers: let recovery on the standby wait for readers, and the primary for what they see.
sub wait_for_readers
{
	my ($feedback, $delay) = @_;

	$standby->append_conf('postgresql.conf',
		"hot_standby_feedback = $feedback\nmax_standby_streaming_delay = $delay");
	$standby->reload;
	return;
}

# begin_load: change the tables on the primary, for longer than a slow machine takes for so many
# seconds' work.
sub begin_load
{
	my ($duration) = @_;

	$load = IPC::Run::start(
		[
			'pgbench', '-n', '-c', '3', '-R', $rate, '-T', $duration + 600,
			'-f', $script, $primary->connstr('postgres')
		],
		'>' => \$load_log,
		'2>' => \$load_log);
	return;
}

# end_load: stop that; until then it must not have failed.
sub end_load
{
	$load->pump_nb;
	ok($load->pumpable, 'the load lasted') or diag($load_log);
	$load->signal('TERM');
	$load->finish;
	unlike($load_log, qr/ERROR|error:/, 'and nothing failed in it');
	cmp_ok($primary->safe_psql('postgres', 'SELECT xact_commit FROM pg_stat_database WHERE datname = \'postgres\''),
		'>', 30 * $seconds, 'it made many transactions');
	return;
}

# expect: a statement's answer, unless recovery cancelled it.
sub expect
{
	my ($session, $sql, $expected) = @_;
	my $answer = $session->ask($sql);

	return if is_conflict($session);
	push @wrong, "$sql answers $answer and not $expected" if $answer ne $expected;
	$compared++;
	return;
}

# judge: count what a statement compares, and note what is wrong.
sub judge
{
	my ($session, $sql) = @_;
	my ($number, @differences) = read_comparison($session->ask($sql));

	return if is_conflict($session);
	push @wrong, "SQLSTATE $session->{state} from $sql" if $session->{state} ne '00000';
	$compared += $number;
	push @wrong, @differences;
	return;
}

# is_conflict: whether a session's statement was cancelled by recovery, or came after one that was.
sub is_conflict
{
	my ($session) = @_;
	my $is = $session->{state} =~ /^(40001|40P01|25P02)$/;

	$conflicts++ if $is;
	return $is;
}
