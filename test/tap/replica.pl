# A change is seen by the next statement wherever it arrives: on a standby, by logical replication,
# in a session that replicates, in parallel workers, and from a prepared transaction.  Each reader
# has asked before, so that an answer that it kept would show.
#
# The deck shows September in the November cycle (lag 1); lag 2 shows August, lag 3 July.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Session;
use Test::More;

my $ask = "SELECT flis_data_through('borger', '2025-11-10')";
my @initdb = (extra => [ '--no-locale', '--encoding=UTF8' ]);

# set_lag: the statement that changes the rule of borger.
sub set_lag
{
	my ($lag) = @_;

	return "UPDATE flis_rule SET lag = $lag WHERE area = 'borger'";
}

my $primary = PostgreSQL::Test::Cluster->new('primary');
$primary->init(allows_streaming => 'logical', @initdb);
$primary->append_conf('postgresql.conf', 'max_prepared_transactions = 2');
$primary->start;
$primary->safe_psql('postgres', 'CREATE EXTENSION flis');

my $reader = session($primary);
is($reader->($ask), '2025-09-30', 'primary: as shipped');

# Streaming replication
$primary->backup('base');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($primary, 'base', has_streaming => 1);
$standby->start;

my $far_reader = session($standby);
is($far_reader->($ask), '2025-09-30', 'standby: as shipped');
is($far_reader->("BEGIN ISOLATION LEVEL REPEATABLE READ; $ask"),
	'2025-09-30', 'standby: a transaction begins');

$primary->safe_psql('postgres', set_lag(2));
$primary->wait_for_catchup($standby);
is($reader->($ask), '2025-08-31', 'primary: a change');
is($far_reader->($ask), '2025-09-30', 'standby: not in the snapshot of before');
is($far_reader->("COMMIT; $ask"), '2025-08-31', 'standby: in the next');
is($standby->safe_psql('postgres', $ask), '2025-08-31', 'standby: in a new session');

# Uncommitted changes that are replayed are not seen.
my $writer = session($primary);
$writer->('BEGIN; ' . set_lag(3) . '; SELECT pg_switch_wal()');
$primary->safe_psql('postgres', 'CREATE TABLE replayed_after ()');
$primary->wait_for_catchup($standby);
is($far_reader->($ask), '2025-08-31', 'standby: not before the commit');
$writer->('COMMIT');
$primary->wait_for_catchup($standby);
is($far_reader->($ask), '2025-07-31', 'standby: after the commit');

$standby->promote;
is($far_reader->(set_lag(1) . "; $ask"),
	'2025-09-30', 'standby: its own change once it is promoted');
$far_reader->();
$standby->stop;

# Logical replication, between two nodes that both have the extension
$primary->safe_psql('postgres', q{
	INSERT INTO flis_status (as_of, area, data_through)
		VALUES ('2025-06-30', 'krl_personale', '2025-02-28');
	CREATE PUBLICATION decks FOR TABLE flis_status, flis_rule, flis_release, flis_notice});

my $subscriber = PostgreSQL::Test::Cluster->new('subscriber');
$subscriber->init(@initdb);
$subscriber->start;
$subscriber->safe_psql('postgres', 'CREATE EXTENSION flis');

my $ask_krl = "SELECT flis_data_through('krl_personale', '2025-07-01')";
$far_reader = session($subscriber);
is($far_reader->($ask), '2025-09-30', 'subscriber: as shipped');
is($far_reader->($ask_krl), '2025-01-31', 'subscriber: no status');

my $connection = $primary->connstr('postgres') =~ s/'/''/gr;
$subscriber->safe_psql('postgres',
	"CREATE SUBSCRIPTION decks CONNECTION '$connection' PUBLICATION decks");
$subscriber->wait_for_subscription_sync($primary, 'decks');
is($far_reader->($ask), '2025-07-31', 'subscriber: the first copy replaces a shipped row');
is($far_reader->($ask_krl), '2025-02-28', 'subscriber: and brings a status');
my $rules = 'SELECT * FROM flis_rule ORDER BY area, valid_from';
is( $subscriber->safe_psql('postgres', $rules),
	$primary->safe_psql('postgres', $rules),
	'subscriber: has the same rules');

# replicated: a change on the primary, and what a session on the subscriber then answers.
sub replicated
{
	my ($change, $question, $expected, $name) = @_;

	$primary->safe_psql('postgres', $change);
	$primary->wait_for_catchup('decks');
	is($far_reader->($question), $expected, "subscriber: $name");
}

replicated(set_lag(2), $ask, '2025-08-31', 'an updated rule');
replicated("INSERT INTO flis_rule (area, valid_from) VALUES ('borger', '2025-11-01')",
	$ask, '2025-09-30', 'a new version of a rule');
replicated("DELETE FROM flis_rule WHERE area = 'borger' AND valid_from = '2025-11-01'",
	$ask, '2025-08-31', 'a deleted version');
replicated("INSERT INTO flis_release (area, cycle, planned_on)"
	  . " VALUES ('borger', '2025-11-01', '2025-11-12')",
	$ask, '2025-07-31', 'a release put off');
replicated('TRUNCATE flis_release', $ask, '2025-08-31', 'an emptied table');
replicated("INSERT INTO flis_status (as_of, area, state) VALUES ('2025-11-01', 'borger', 'closed')",
	$ask, '', 'a closed area');
replicated("UPDATE flis_status SET state = 'caveat', data_through = '2025-10-31'"
	  . " WHERE area = 'borger'",
	$ask, '2025-10-31', 'an updated status');
replicated("DELETE FROM flis_status WHERE area = 'borger'",
	$ask, '2025-08-31', 'a deleted status');

# The apply worker fires no statement triggers.  What a trigger reads there before a row is written isn't
# taken for what there is after it.  With lag 2 the October cycle shows July and November's August: a
# status behind by one period in October leaves July in November, one behind by two June.
$subscriber->safe_psql('postgres', q{
	CREATE TABLE seen (n serial, trigger name, through date);
	CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$
	BEGIN
		INSERT INTO public.seen (trigger, through)
		VALUES (TG_NAME, public.flis_data_through('borger', '2025-11-10'));
		RETURN NEW;
	END $$;
	CREATE TRIGGER zz_before BEFORE INSERT ON flis_status FOR EACH ROW EXECUTE FUNCTION see();
	CREATE TRIGGER zz_after AFTER INSERT ON flis_status FOR EACH ROW EXECUTE FUNCTION see();
	ALTER TABLE flis_status ENABLE ALWAYS TRIGGER zz_before;
	ALTER TABLE flis_status ENABLE ALWAYS TRIGGER zz_after});
replicated(q{INSERT INTO flis_status (as_of, area, data_through)
		VALUES ('2025-11-01', 'borger', '2025-06-30'), ('2025-11-02', 'borger', '2025-05-31')},
	"SELECT string_agg(through::text, ' ' ORDER BY n) FROM seen",
	'2025-08-31 2025-07-31 2025-07-31 2025-06-30', 'what triggers read before and after each row');
$subscriber->safe_psql('postgres', 'DROP FUNCTION see CASCADE');
replicated("DELETE FROM flis_status WHERE area = 'borger'", $ask, '2025-08-31', 'both deleted');

replicated("INSERT INTO flis_notice (area, kind, started_on, note)"
	  . " VALUES ('borger', 'access', '2025-11-01', 'Lukket')",
	$ask, '', 'a notice that closes an area');
$far_reader->('LISTEN flis');
$primary->safe_psql('postgres', "UPDATE flis_notice SET ended_on = '2025-11-05'");
$primary->wait_for_catchup('decks');
like($far_reader->($ask),
	qr/^2025-08-31\n.*"flis" with payload "\Q{"area": "borger", "what": "notice", "as_of": "2025-11-01"}\E"/,
	'subscriber: the end of a notice, and who listens there is told');
$far_reader->();
$subscriber->safe_psql('postgres', 'DROP SUBSCRIPTION decks');
$subscriber->stop;

# A session that replicates fires no ordinary triggers.
is($reader->($ask), '2025-08-31', 'replica role: before');
is($writer->("SET session_replication_role = replica; $ask"),
	'2025-08-31', 'replica role: the writer before');
is($writer->(set_lag(3) . "; $ask"), '2025-07-31', 'replica role: the writer sees its change');
is($reader->($ask), '2025-07-31', 'replica role: another session too');
$writer->("DELETE FROM flis_rule WHERE area = 'borger'");
is($reader->($ask), '', 'replica role: a deleted rule');
$writer->("INSERT INTO flis_rule (area, valid_from) VALUES ('borger', '0001-01-01')");
is($reader->($ask), '2025-09-30', 'replica role: an inserted rule');
$writer->('RESET session_replication_role');

# Parallel workers
$primary->safe_psql('postgres', q{
	CREATE TABLE facts AS
	SELECT area, date '2025-01-01' + n % 500 AS day FROM flis_area, generate_series(1, 2000) n;
	ANALYZE facts});

my $count = q{
SELECT count(*), count(through), sum(through - date '2000-01-01')
FROM (SELECT flis_data_through(area, day) AS through FROM facts
	  WHERE day - 200 <= flis_data_through(area, day)) f};
my $serial = 'SET max_parallel_workers_per_gather = 0';
my $debug = $primary->pg_version >= 16 ? 'debug_parallel_query' : 'force_parallel_mode';
my %modes = (
	'many workers' => 'SET max_parallel_workers_per_gather = 2; SET parallel_setup_cost = 0;'
	  . ' SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0',
	'one worker for all' => "SET max_parallel_workers_per_gather = 2; SET $debug = on",);

foreach my $mode (sort keys %modes)
{
	my $session = session($primary);
	my $in_workers = sub { return $session->("$modes{$mode}; $_[0]"); };
	my $in_leader = sub { return $session->("$serial; SET $debug = off; $_[0]"); };

	like($in_workers->("EXPLAIN (COSTS OFF) $count"), qr/Gather/, "$mode: there are some");

	my $before = $in_leader->($count);
	is($in_workers->($count), $before, "$mode: same answers");

	$session->('BEGIN; SAVEPOINT start; ' . set_lag(3));
	my $changed = $in_leader->($count);
	isnt($changed, $before, "$mode: a change in the transaction");
	is($in_workers->($count), $changed, "$mode: same answers after it");
	$session->(set_lag(2));
	isnt($in_workers->($count), $changed, "$mode: the workers see the next one first");
	$session->('ROLLBACK TO start');
	is($in_workers->($count), $before, "$mode: same answers after ROLLBACK TO");
	$session->('COMMIT');
	$session->();
}

# Workers know nothing of what their leader changed between two snapshots that they use: the query's, and
# that of a function that reads anew.
$reader->(q{
	CREATE FUNCTION change(wanted int) RETURNS void LANGUAGE plpgsql AS
		$$ BEGIN UPDATE flis_rule SET lag = wanted WHERE area = 'borger'; END $$;
	CREATE FUNCTION anew() RETURNS date LANGUAGE plpgsql VOLATILE PARALLEL SAFE AS
		$$ BEGIN RETURN flis_data_through('borger', '2025-11-10'); END $$;
	CREATE FUNCTION in_worker() RETURNS SETOF text LANGUAGE plpgsql STABLE AS
		$$ BEGIN RETURN QUERY
			SELECT flis_data_through(area, '2025-11-10') || ' ' || anew() || ' ' || flis_data_through(area, '2025-11-10')
			FROM facts WHERE area = 'borger' AND day = '2025-01-01' LIMIT 1; END $$});
my $worker = session($primary);
$worker->("$modes{'one worker for all'}; BEGIN; " . set_lag(2));
is($worker->('SELECT change(3), in_worker()'),
	'|2025-08-31 2025-07-31 2025-08-31', 'a worker with two snapshots');
$worker->();

# Two-phase commit.  A prepared transaction notifies nobody, but can be prepared.
$writer->('BEGIN; ' . set_lag(2) . "; $ask; PREPARE TRANSACTION 'kept'");
is($writer->($ask), '2025-09-30', 'prepared: not yet seen by its session');
is($reader->($ask), '2025-09-30', 'prepared: nor by another');
$reader->("COMMIT PREPARED 'kept'");
is($writer->($ask), '2025-08-31', 'prepared and committed: seen by its session');
is($reader->($ask), '2025-08-31', 'prepared and committed: by another');
$writer->("BEGIN; INSERT INTO flis_status (as_of, area, state)"
	  . " VALUES ('2025-11-01', 'borger', 'closed'); PREPARE TRANSACTION 'told'");
$reader->("LISTEN flis; COMMIT PREPARED 'told'");
is($reader->($ask), '', 'prepared: a status that closes an area, and no notification');
$writer->('DELETE FROM flis_status WHERE area = \'borger\'');
like($reader->($ask), qr/^2025-08-31\n.*"what": "status"/, 'the next change notifies');
$reader->('UNLISTEN flis');
$writer->('BEGIN; ' . set_lag(3) . "; $ask; PREPARE TRANSACTION 'dropped'");
$writer->("ROLLBACK PREPARED 'dropped'");
is($writer->($ask), '2025-08-31', 'prepared and rolled back: as before');
is($writer->(set_lag(3) . "; $ask"), '2025-07-31', 'and the next change is seen');
is($reader->($ask), '2025-07-31', 'by both');

$_->() foreach ($reader, $writer);
$primary->stop;
done_testing();
