# A session that lives long stays small, and the server's log has no complaint: millions of calls between
# thousands of changes, in many sessions, with names written in every way and for all days, errors that
# are caught, and writers that take the tables in opposite orders.
#
# FLIS_CALLS and FLIS_CHANGES set how many there are.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Session;
use Test::More;
use Time::HiRes qw(sleep time);

my $calls = $ENV{FLIS_CALLS} // 10_000_000;
my $changes = $ENV{FLIS_CHANGES} // 10_000;
my ($nreaders, $nwriters) = (4, 3);

# Memory is looked at after each batch.  What a session has come to need in the first of them it may
# keep, and no more than so much besides.
my $batches = 12;
my $early = 3;
my $slack = 128 * 1024;

# In the last batches all is asked for that a session keeps answers to, and what it keeps of them where
# rows come back the same.  Answers may take 16 MB, names 1, and the last block that was allocated
# for them may be empty: 8 MB.
my $greedy = 3;
my $most = 28 * 1024 * 1024;

my $node = PostgreSQL::Test::Cluster->new('longrun');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', "log_statement = none\nautovacuum_naptime = 1s\n");
$node->start;
$node->safe_psql('postgres', q{
CREATE EXTENSION flis;
CREATE TABLE calls (n bigint);

-- Calls all that answers for an area, n times and for as many days, beginning with one; counts them.
CREATE PROCEDURE call_scalars(n integer, first date) LANGUAGE plpgsql AS
$$
DECLARE
	called bigint;
BEGIN
	SELECT count(*) + count(*) + count(*)
	INTO called
	FROM (SELECT flis_data_through(area, day), flis_expected_through(area, day, 'dap'),
				 flis_next_release(area, day)
		  FROM (SELECT first + d AS day FROM generate_series(1, n / 24) d) d
			   CROSS JOIN unnest('{borger,BORGER,krl_personale,Krl_Personale,dream,ukraine,skole,stil}'::text[])
			   AS area
		  OFFSET 0) a;
	INSERT INTO calls VALUES (called);
	COMMIT;
END
$$;

-- Calls those that list, explain and read a deck, and some that fail.
CREATE PROCEDURE call_others(day date) LANGUAGE plpgsql AS
$$
BEGIN
	PERFORM count(*) FROM flis_coverage(day);
	PERFORM count(*) FROM flis_overview(day, 'dap', 'en');
	PERFORM count(*) FROM flis_notice_board(day);
	PERFORM count(*) FROM flis_oversigt;
	PERFORM count(*) FROM flis_rule_difference;
	PERFORM count(flis_explain(area, day)), count(flis_release_of(area, day)),
			count(flis_release_window(area, day)) FROM flis_area;
	PERFORM flis_common_through(array_agg(area), day) FROM flis_area;
	PERFORM count(*) FROM flis_parse_overview(E'Oversigt pr. 30/6\nBorger Månedligt April CPR-registret -', 2025);
	BEGIN
		PERFORM flis_data_through('nobody', day);
	EXCEPTION WHEN invalid_parameter_value THEN NULL;
	END;
	BEGIN
		-- Of the other areas, which other decks have, it warns.
		SET LOCAL client_min_messages = error;
		SET LOCAL log_min_messages = error;
		PERFORM count(*) FROM flis_import_overview(E'Oversigt pr. 30/6\nBorger Månedligt April CPR-registret -', 2025);
		PERFORM flis_data_through('borger', day);
		RAISE division_by_zero;
	EXCEPTION WHEN division_by_zero THEN NULL;
	END;
	COMMIT;
END
$$;

-- Changes rules, statuses, releases and notices, three to a transaction, in one order or the other.
CREATE PROCEDURE change(n integer, backward boolean) LANGUAGE plpgsql AS
$$
DECLARE
	areas text[] := CASE WHEN backward THEN '{skole,dream,borger}' ELSE '{borger,dream,skole}' END;
	of_area text;
BEGIN
	FOR i IN 1 .. n LOOP
		of_area := areas[1 + i % 3];
		CASE (CASE WHEN backward THEN 4 - i % 5 ELSE i % 5 END)
			WHEN 0 THEN UPDATE flis_rule SET lag = i % 4 WHERE area = of_area;
			WHEN 1 THEN
				INSERT INTO flis_status (as_of, area, data_through)
				VALUES (date '2025-01-01' + i % 300, of_area, '2024-11-30')
				ON CONFLICT (area, as_of) DO UPDATE SET data_through = excluded.data_through - i % 2;
			WHEN 2 THEN
				INSERT INTO flis_release (area, cycle, planned_on)
				VALUES (of_area, make_date(2025, 1 + i % 12, 1), make_date(2025, 1 + i % 12, 15))
				ON CONFLICT (area, channel, cycle) DO UPDATE SET cancelled = NOT flis_release.cancelled;
			WHEN 3 THEN
				UPDATE flis_status SET state = CASE i % 2 WHEN 0 THEN 'caveat' ELSE 'on_schedule' END
				WHERE area = of_area AND as_of > '2025-09-01';
			ELSE DELETE FROM flis_status WHERE area = of_area AND as_of < '2025-03-01';
		END CASE;
		IF i % 3 = 0 THEN
			COMMIT;
			PERFORM pg_sleep(0.005);
		END IF;
	END LOOP;
	COMMIT;
END
$$});

my @readers = map { Session->new($node) } 1 .. $nreaders;
my @writers = map { Session->new($node) } 1 .. $nwriters;
my $calls_each = 24 * int($calls / $nreaders / $batches / 50 / 24 + 1);
my $changes_each = int($changes / $nwriters / $batches) + 1;
my $before = $node->safe_psql('postgres', 'SELECT generation FROM flis_generation');
my (@samples, @messages);

foreach my $batch (1 .. $batches)
{
	$writers[$_]->send("CALL change($changes_each, " . ($_ % 2 ? 'true' : 'false') . ')')
	  foreach 0 .. $#writers;
	foreach my $reader (@readers)
	{
		$reader->send(join ";\n", ("CALL call_scalars($calls_each, '2023-06-01')") x 25,
			"CALL call_others('2025-06-30')",
			("CALL call_scalars($calls_each, '2024-06-01')") x 25, "CALL call_others('2025-07-15')");
	}
	push @messages, grep { $_ ne '' } map { answer_of($_) } @writers, @readers;

	# While nothing changes: a long name written in every way, and days all over the calendar.
	if ($batch > $batches - $greedy)
	{
		foreach my $reader (@readers)
		{
			$reader->send(q{
SELECT count(flis_data_through((SELECT string_agg(CASE n >> p::integer - 1 & 1 WHEN 1 THEN upper(c) ELSE c END, '')
								FROM regexp_split_to_table('krl_personale', '') WITH ORDINALITY AS t (c, p)
								WHERE n >= 0), '2025-06-30')) = 8192
FROM generate_series(0, 8191) n;
SELECT count(flis_data_through(a, d::date)) > 290000
FROM generate_series(timestamp '0001-01-01', '9999-12-31', '37 days') d,
	 unnest('{borger,dream,skole}'::text[]) a});
		}
		push @messages, grep { $_ ne "t\nt" } map { answer_of($_) } @readers;
	}
	push @samples, [ map { memory($_) } @readers, @writers ];
}
is_deeply(\@messages, [], 'every statement succeeds');

my $made = $node->safe_psql('postgres', 'SELECT sum(n) FROM calls');
cmp_ok($made, '>=', $calls, "at least $calls calls");
isnt($node->safe_psql('postgres', 'SELECT generation FROM flis_generation'),
	$before, 'and changes in between');

my @plain = @samples[ 0 .. $batches - $greedy - 1 ];
foreach my $number (0 .. $#readers + @writers)
{
	my $who = $number < @readers ? "reader $number" : 'writer ' . ($number - @readers);

	foreach my $context (0, 1)
	{
		my $name = ('flis', 'all')[$context];
		my @sizes = map { $_->[$number][$context] } @plain;

		cmp_ok(max(@sizes), '<=', max(@sizes[ 0 .. $early - 1 ]) + $slack, "$who: memory of $name does not grow")
		  or diag("@sizes");
	}
	cmp_ok(max(map { $_->[$number][0] } @samples), '<', $most, "$who: that of flis is limited");
}

is($node->safe_psql('postgres', q{SELECT deadlocks FROM pg_stat_database WHERE datname = 'postgres'}),
	'0', 'no writers have waited for each other');
$_->quit foreach @readers, @writers;
$node->stop;
my @complaints = grep { /leak|WARNING|deadlock|PANIC|terminated by signal/ }
  split /\n/, slurp_file($node->logfile);
is_deeply(\@complaints, [], 'no complaint in the server\'s log');
done_testing();

# answer_of: wait for what a session answers.
sub answer_of
{
	my ($session) = @_;
	my $answer;

	sleep 0.002 until defined($answer = $session->answer);
	return $answer;
}

# memory: bytes that a session has allocated for flis, and for all that it does.
sub memory
{
	my ($session) = @_;

	# The first time this query itself is planned and fills caches.
	my $query = q{
SELECT coalesce(sum(total_bytes) FILTER (WHERE name LIKE 'flis%'), 0),
	   sum(total_bytes)
FROM pg_backend_memory_contexts};

	$session->ask($query);
	return [ split /\|/, $session->ask($query) ];
}

sub max
{
	my ($most) = sort { $b <=> $a } @_;

	return $most;
}
