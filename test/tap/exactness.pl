# Every answer is the one that a query over the tables under the same snapshot gives: in each
# isolation level, after savepoints and rollbacks, in cursors, functions and prepared statements, and
# while other sessions write.
#
# Writers and readers take turns by a random schedule.  What a reader compares with the reference
# implementation it asks in one statement.  In a transaction that keeps its snapshot all functions and
# views of the extension are besides compared with what a session answers that has never asked.
#
# FLIS_SEED sets the seed, FLIS_COMPARISONS how many answers are compared at least.  A difference is
# shown with the schedule that leads to it, without what isn't needed for it as far as
# FLIS_REDUCE_SECONDS suffice.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Reference;
use Schedule;
use Session;
use Test::More;
use Time::HiRes qw(sleep time);

my $seed = $ENV{FLIS_SEED} // int rand 1_000_000;
my $wanted = $ENV{FLIS_COMPARISONS} // 100_000;
my $reduce_seconds = $ENV{FLIS_REDUCE_SECONDS} // 120;

# A schedule's length, and how many sessions take part in it.
my $nsteps = 300;
my ($nwriters, $nreaders) = (3, 3);

# SQLSTATEs of what a schedule may run into: rows that are refused, transactions that can't be
# serialized, and, because a session that waits leaves out steps, transactions, savepoints and cursors
# that are there or not.
my %is_expected = map { $_ => 1 }
  qw(00000 23001 23503 23505 23514 21000 25001 25P01 25P02 3B001 34000 40001 42P03 40P01 55006);

my $node = PostgreSQL::Test::Cluster->new('exactness');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
# The reference is asked often, and without statistics of what is being changed.
$node->append_conf('postgresql.conf', q{
deadlock_timeout = 100ms
autovacuum = off
jit = off
enable_nestloop = off
plan_cache_mode = force_generic_plan});
$node->start;
$node->safe_psql('postgres', 'CREATE DATABASE start');
install_reference($node, 'start', @Schedule::days);
my $kept = join ', ', map { "'$_'" } @Schedule::areas;
$node->safe_psql('start', qq{
UPDATE flis_area SET retired = true WHERE area NOT IN ($kept);
INSERT INTO flis_area (area, name) VALUES ('own_monthly', 'Egen'), ('own_yearly', 'Egen årlig');
INSERT INTO flis_rule (area, valid_from, lag, business_day) VALUES ('own_monthly', '2010-01-01', 2, 'following');
INSERT INTO flis_rule (area, valid_from, frequency, lag, release_month)
	VALUES ('own_yearly', '2010-01-01', 'ANNUAL', 0, 8);
ANALYZE});
my $observer = Session->new($node);

note("FLIS_SEED=$seed");
my ($compared, $rounds, $started, @failed) = (0, 0, time);

# What has to have happened, besides; a schedule has a few of each.
my @events = ('wait for another session', 'serialization failure',
	'comparison with a session that had never asked');
my %count = map { $_ => 0 } @events;
while (!@failed && ($compared < $wanted || $rounds < 100 && grep { !$count{$_} } @events))
{
	my @steps = schedule($seed + $rounds, $nsteps, $nwriters, $nreaders);
	my $result = run(@steps);

	$compared += $result->{compared};
	$rounds++;
	if ($result->{wrong})
	{
		splice @steps, $result->{step} + 1;
		@failed = ($result, reduce(@steps));
	}
}
ok(!@failed, 'no answer differs from the reference') or show(@failed);
SKIP:
{
	skip 'an answer differs', 1 + @events if @failed;
	cmp_ok($compared, '>=', $wanted, 'so many were compared');
	cmp_ok($count{$_}, '>', 0, "there was a $_") foreach @events;
}
note("$count{$_} times: $_") foreach @events;
note(sprintf '%d comparisons, %d rounds, %d s', $compared, $rounds, time - $started);
$observer->quit;
$node->stop;
done_testing();

# run: take the steps of a schedule in a fresh database, up to the first wrong answer.
sub run
{
	my (@steps) = @_;
	my %result = (compared => 0);
	my @sessions;

	$observer->ask('CREATE DATABASE round TEMPLATE start');
	foreach my $number (0 .. $nwriters + $nreaders - 1)
	{
		my $session = Session->new($node, 'round');

		$session->{number} = $number;
		$session->{pid} = $session->ask('SELECT pg_backend_pid()');
		$session->ask($_) foreach prepare_comparisons();
		push @sessions, $session;
	}
	my $fresh = Session->new($node, 'round');

	foreach my $number (0 .. $#steps)
	{
		my $step = $steps[$number];
		my $session = $sessions[ $step->{session} ];

		next if $session->{waits};
		take($session, $step, $fresh, \%result);
		settle($_, \%result) foreach grep { $_->{waits} } @sessions;
		$result{step} = $number;
		last if $result{wrong};
	}

	# A session that waits can't be told to stop; the others can.
	while (my @open = grep { !$_->{closed} } @sessions)
	{
		foreach my $session (grep { !$_->{waits} } @open)
		{
			$session->quit;
			$session->{closed} = 1;
		}
		settle($_, \%result) foreach grep { $_->{waits} } @open;
	}
	$fresh->quit;
	$observer->ask('DROP DATABASE round WITH (FORCE)');
	return \%result;
}

# take: take a step in a session, and wait until it is answered or waits for another session.
sub take
{
	my ($session, $step, $fresh, $result) = @_;
	my $sql = $step->{sql} // comparison($step->{kind}, @{ $step->{values} });

	# A transaction that failed can be taken back in whole or in part.
	if ($session->{failed} && $sql !~ /^(COMMIT|ROLLBACK)/)
	{
		$sql = 'ROLLBACK';
	}
	elsif ($step->{twin})
	{
		compare_with_fresh($session, $sql, $fresh, $result);
		return;
	}
	$session->{sql} = $sql;
	$session->send($sql);
	$session->{waits} = 1;
	settle($session, $result);
	return;
}

# settle: read a session's answer, or find that it still waits.
sub settle
{
	my ($session, $result) = @_;
	my $answer = $session->answer;
	my $pause = 0.0002;

	while (!defined $answer)
	{
		sleep $pause;
		$pause *= 1.5;
		$answer = $session->answer;
		if (!defined $answer && $pause > 0.01
			&& $observer->ask("SELECT cardinality(pg_blocking_pids($session->{pid}))") > 0)
		{
			# It may have been answered since.
			$count{'wait for another session'}++ if !$session->{counted}++;
			return;
		}
	}
	$session->{waits} = 0;
	$session->{counted} = 0;
	judge($session, $answer, $result);
	return;
}

# judge: count what was compared, and note what is wrong.
sub judge
{
	my ($session, $answer, $result) = @_;
	my ($compared, @differences) = read_comparison($answer);
	my $state = $session->{state};

	$session->{failed} = $state ne '00000' && $session->{sql} !~ /^(COMMIT|ROLLBACK$)/
	  || $state eq '25P02';
	$result->{compared} += $compared;
	$count{'serialization failure'}++ if $state eq '40001';
	if (@differences || $state eq 'FD001')
	{
		$result->{wrong} //= $differences[0] // $answer;
	}
	elsif (!$is_expected{$state})
	{
		$result->{wrong} //= "SQLSTATE $state from $session->{sql}: $answer";
	}
	return;
}

# compare_with_fresh: ask a session, and under the same snapshot one that has never asked.
sub compare_with_fresh
{
	my ($session, $sql, $fresh, $result) = @_;
	my $snapshot = $session->ask('SELECT pg_export_snapshot()'
		  . q{ WHERE current_setting('transaction_isolation') <> 'read committed'});
	my ($answer, $expected);

	$session->{failed} = $session->{state} ne '00000';
	return if $session->{failed} || $snapshot !~ /^\w+-\w+-\w+$/;
	# A table that another session has truncated and not committed is waited for.
	$session->ask(q{SET LOCAL lock_timeout = '100ms'});
	$answer = $session->ask($sql);
	$session->{failed} = $session->{state} ne '00000';
	# An area may have been retired; then the transaction has failed, and its snapshot is gone.
	$result->{wrong} //= "SQLSTATE $session->{state} from $sql: $answer"
	  if $session->{state} !~ /^(22023|55P03)$/ && !$is_expected{ $session->{state} };
	return if $session->{failed};
	$session->ask('SET LOCAL lock_timeout = 0');
	$fresh->ask("\\connect\n");
	$fresh->ask("BEGIN ISOLATION LEVEL REPEATABLE READ; SET TRANSACTION SNAPSHOT '$snapshot'");
	$fresh->ask(q{SET LOCAL lock_timeout = '100ms'});
	$expected = $fresh->ask($sql);
	my $is_locked = $fresh->{state} eq '55P03';
	$fresh->ask('COMMIT');
	return if $is_locked;
	$count{'comparison with a session that had never asked'}++;
	$result->{compared}++;
	$result->{wrong} //= "$sql answers\n$answer\nand in a fresh session\n$expected"
	  if $answer ne $expected;
	return;
}

# reduce: leave out steps as long as the last one still goes wrong: those of a session, then ever fewer
# in a row.
sub reduce
{
	my (@steps) = @_;
	my $until = time + $reduce_seconds;

	foreach my $number (0 .. $nwriters + $nreaders - 1)
	{
		my @fewer = grep { $_->{session} != $number } @steps;

		next if $number == $steps[-1]{session} || time > $until;
		@steps = @fewer if still_wrong(@fewer);
	}
	for (my $size = int(@steps / 2); $size >= 1; $size = int($size / 2))
	{
		my $begin = 0;

		while ($begin < $#steps && time < $until)
		{
			my @fewer = @steps;

			splice @fewer, $begin, $size < $#fewer - $begin ? $size : $#fewer - $begin;
			if (still_wrong(@fewer))
			{
				@steps = @fewer;
			}
			else
			{
				$begin += $size;
			}
		}
	}
	return @steps;
}

# still_wrong: whether the last of some steps goes wrong, and no other.
sub still_wrong
{
	my (@steps) = @_;
	my $result = run(@steps);

	return $result->{wrong} && $result->{step} == $#steps;
}

# show: print a wrong answer, and the steps that lead to it.
sub show
{
	my ($result, @steps) = @_;

	diag("FLIS_SEED=$seed");
	diag("in round $rounds: $result->{wrong}");
	foreach my $step (@steps)
	{
		my $sql = $step->{sql} // comparison($step->{kind}, @{ $step->{values} });

		diag(sprintf '%s %d: %s;', $step->{session} < $nwriters ? 'writer' : 'reader', $step->{session}, $sql);
	}
	return;
}
