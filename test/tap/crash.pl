# After a crash a deck is there as a whole or not at all, each that was answered is there, and sessions
# answer as the tables say.
#
# A session imports decks one after the other, which triggers make slow; others change rules and
# compare answers with the reference.  In the middle a backend or the postmaster is killed.
# FLIS_CRASHES sets how often.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Reference;
use Session;
use Test::More;
use Time::HiRes qw(sleep);

my $crashes = $ENV{FLIS_CRASHES} // 12;
my $seed = $ENV{FLIS_SEED} // int rand 1_000_000;
my $text = slurp_file("$FindBin::RealBin/../data/deck-plain.txt") =~ s/'/''/gr;
my @days = map { my $year = $_; map { sprintf '%d-%02d-28', $year, $_ } 1 .. 12 } 2023 .. 2025;

my $node = PostgreSQL::Test::Cluster->new('crash');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', q{
restart_after_crash = on
autovacuum = off
enable_nestloop = off
jit = off
client_min_messages = error}); # an import warns of a deck that is older than the newest
$node->start;
install_reference($node, 'postgres', @days);
$node->safe_psql('postgres', q{
CREATE FUNCTION wait_a_little() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_sleep(0.003); RETURN NULL; END $$;
CREATE TRIGGER slow AFTER INSERT OR UPDATE ON flis_status
	FOR EACH ROW EXECUTE FUNCTION wait_a_little();

CREATE PROCEDURE change_rules() LANGUAGE plpgsql AS
$$
BEGIN
	FOR i IN 1 .. 1000000 LOOP
		UPDATE flis_rule SET lag = i % 5 WHERE area IN ('borger', 'dream');
		COMMIT;
		PERFORM pg_sleep(0.002);
	END LOOP;
END
$$;

CREATE PROCEDURE compare_on() LANGUAGE plpgsql AS
$$
BEGIN
	FOR i IN 1 .. 1000000 LOOP
		PERFORM reference.compare_while(i, 'borger', 'datapakke', '2025-01-01');
		COMMIT;
	END LOOP;
END
$$});

# The reference must know what was expected on the day of each deck.
my $earliest = $node->safe_psql('postgres', join ";\n", 'BEGIN', "SET client_encoding = 'UTF8'",
	import_of($days[0]), comparison('area', 'borger', 'datapakke', '2025-01-01'), 'ROLLBACK');
is_deeply([ read_comparison($earliest) ], [51], 'answers after the earliest deck');

srand $seed;
my (%answered, %found, @wrong);
foreach my $crash (1 .. $crashes)
{
	my %sessions = map { $_ => Session->new($node) } qw(importer writer reader);
	my %pids = map { $_ => $sessions{$_}->ask('SELECT pg_backend_pid()') } keys %sessions;
	my @processes = split /\n/, $sessions{reader}->ask('SELECT pid FROM pg_stat_activity');
	my $victim = ('importer', 'postmaster', 'writer')[ $crash % 3 ];
	my $last = 1 + int rand 3;
	my $day;

	$sessions{writer}->send('CALL change_rules()');
	$sessions{reader}->send('CALL compare_on()');
	foreach my $n (1 .. $last)
	{
		$day = $days[ rand @days ];
		if ($answered{$day})
		{
			$sessions{importer}->ask("DELETE FROM flis_status WHERE as_of = '$day'");
			delete $answered{$day};
		}
		$sessions{importer}->send(import_of($day));
		if ($n < $last)
		{
			my $answer;

			sleep 0.001 until defined($answer = $sessions{importer}->answer);
			push @wrong, "$day: $answer" if $answer ne '17';
			$answered{$day} = 1;
		}
	}
	sleep rand 0.1;
	push @wrong, map { "it ended: $_" } grep { defined $_ }
	  map { scalar $sessions{$_}->answer } qw(reader writer);
	if ($victim eq 'postmaster')
	{
		# All of its processes with it: one that is slow to notice would keep the server from starting.
		$node->kill9;
		kill 'KILL', @processes;
		restart($node);
	}
	else
	{
		kill 'KILL', $pids{$victim};
		# Until the postmaster hears of it, it lets sessions in.
		sleep 0.02 while grep { kill 0, $_ } values %pids;
		sleep 0.02 while !defined eval { $node->safe_psql('postgres', 'SELECT 1') };
	}
	$_->abandon foreach values %sessions;

	# What is there: whole decks, those that were answered, and maybe the last.
	my %rows = map { split /\|/ }
	  split /\n/, $node->safe_psql('postgres', 'SELECT as_of, count(*) FROM flis_status GROUP BY 1');
	push @wrong, map { "$victim killed: $rows{$_} rows of $_" } grep { $rows{$_} != 17 } keys %rows;
	push @wrong, map { "$victim killed: $_ is lost" } grep { !$rows{$_} } keys %answered;
	push @wrong, map { "$victim killed: $_ was never imported" }
	  grep { !$answered{$_} && $_ ne $day } keys %rows;
	$found{ $rows{$day} ? 'whole' : 'none' }++;
	$answered{$day} = 1 if $rows{$day};
	push @wrong, "$victim killed: $_" foreach differences($node, $day);
}
is_deeply(\@wrong, [], 'whole decks or none, and answers as the tables say')
  or diag("FLIS_SEED=$seed");
ok($found{none}, 'some imports were cut off');
note(join ', ', map { "$_: $found{$_}" } sort keys %found);

# What was cut off can be imported now.
my $day = $days[0];
is($node->safe_psql('postgres', "SET client_encoding = 'UTF8'; " . import_of($day)), '17', 'and again');
is_deeply([ differences($node, $day) ], [], 'and answers as the tables say');
$node->stop;
done_testing();

# import_of: the statement that imports the deck as one of a day.
sub import_of
{
	my ($year, $month) = $_[0] =~ /^(\d+)-(\d+)/;
	my $deck = $text =~ s{pr\. 30/6}{'pr. 28/' . ($month + 0)}ger;

	return "SELECT count(*) FROM flis_import_overview('$deck', $year)";
}

# restart: start a server whose postmaster was killed, as soon as its last backend is gone.
sub restart
{
	my ($node) = @_;

	for (1 .. 600)
	{
		return if $node->start(fail_ok => 1);
		sleep 0.1;
		$node->stop('fast', fail_ok => 1);
	}
	BAIL_OUT('the server does not start after its postmaster was killed');
	return;
}

# differences: what new sessions answer, beside the reference; and whether the rows of a deck that is
# there are as it is read.
sub differences
{
	my ($node, $day) = @_;
	my $areas = join ";\n", map { comparison('area', $_, 'datapakke', '2025-01-01') }
	  qw(borger dream krl_personale dfdg skole);
	my ($compared, @differences) = read_comparison($node->safe_psql('postgres', $areas));
	my ($year, $month) = $day =~ /^(\d+)-(\d+)/;
	my $deck = $text =~ s{pr\. 30/6}{'pr. 28/' . ($month + 0)}ger;
	my $columns = 'area, as_of, data_through, state, complete, benchmarkable, frequency, source, note';

	push @differences, 'nothing was compared' if $compared < 100;
	push @differences, "$day is not as it is read"
	  if $node->safe_psql('postgres', qq{
SET client_encoding = 'UTF8';
SELECT count(*) FROM (SELECT $columns FROM flis_status WHERE as_of = '$day'
					  EXCEPT SELECT $columns FROM flis_parse_overview('$deck', $year)) d}) > 0;
	return @differences;
}
