# A random history of 200 changes, with a copy of all answers after each: later flis.known_at gives
# back each copy, byte for byte, in every isolation level, in parallel workers, on a standby, after
# a dump and a restore, and where the same history is restored with its times spread over forty
# days.
#
# FLIS_SEED sets the seed.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $seed = $ENV{FLIS_SEED} // int rand 1_000_000;
my $changes = $ENV{FLIS_CHANGES} // 200;
note("FLIS_SEED=$seed");

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init(allows_streaming => 1, extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->start;

# answers: all that the functions and views say, on three days.
my $answers = q{
CREATE FUNCTION answers() RETURNS text LANGUAGE sql STABLE AS $$
	WITH day (d) AS (VALUES (date '2025-03-15'), ('2025-07-12'), ('2025-11-25')),
		 channel (c) AS (VALUES ('datapakke'), ('dap'), ('udlaesning')),
		 answer (line) AS (
		SELECT to_jsonb(v)::text FROM day, channel, flis_coverage(d, c) v
		UNION ALL SELECT to_jsonb(v)::text FROM day, channel, flis_release_calendar(d, d + 60, c) v
		UNION ALL SELECT concat(d, v.area, flis_explain(v.area, d, 'datapakke', 'da')) FROM day, flis_coverage(d) v
		UNION ALL SELECT concat(d, v.area, flis_next_release(v.area, d), flis_release_of(v.area, d)) FROM day, flis_coverage(d) v
		UNION ALL SELECT to_jsonb(v)::text FROM day, flis_notice_board(d) v
		UNION ALL SELECT to_jsonb(v)::text FROM day, flis_check_cubes(d) v
		UNION ALL SELECT flis_status_page(d) FROM day
		UNION ALL SELECT to_jsonb(v)::text FROM flis_rule_difference v
		UNION ALL SELECT to_jsonb(v)::text FROM flis_punctuality v
		UNION ALL SELECT to_jsonb(v)::text FROM flis_label v
		UNION ALL SELECT flis_release_ics(d, d + 60, channel => c) FROM day, channel
		UNION ALL SELECT to_jsonb(v)::text FROM day, flis_dcat_dataset(d) v
		UNION ALL SELECT to_jsonb(v)::text FROM day, flis_odcs_sla(d) v)
	SELECT string_agg(line, E'\n' ORDER BY line COLLATE "C") FROM answer
$$};

# change: one random change, by the number of its kind.
my $change = q{
CREATE FUNCTION change(kind int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	one text := (SELECT area FROM flis_area ORDER BY random() LIMIT 1);
	day date := '2025-01-01'::date + (random() * 320)::int;
BEGIN
	CASE kind
	WHEN 0, 1, 2 THEN
		INSERT INTO flis_status (as_of, area, data_through, note)
		VALUES (day, one, date_trunc('month', day - 20 - (random() * 90)::int)::date - 1, 'Note ' || random())
		ON CONFLICT (area, as_of) DO UPDATE SET data_through = excluded.data_through, note = excluded.note;
	WHEN 3 THEN
		UPDATE flis_status SET state = (ARRAY['closed', 'caveat', 'on_schedule'])[1 + (random() * 2)::int]
		WHERE (area, as_of) IN (SELECT area, as_of FROM flis_status ORDER BY random() LIMIT 2);
	WHEN 4 THEN
		DELETE FROM flis_status WHERE (area, as_of) IN (SELECT area, as_of FROM flis_status ORDER BY random() LIMIT 1);
	WHEN 5 THEN
		INSERT INTO flis_notice (area, kind, started_on, note, municipality)
		VALUES (one, (ARRAY['access', 'completeness', 'information'])[1 + (random() * 2)::int], day, 'Notice ' || random(), CASE WHEN random() < 0.5 THEN 101 END);
	WHEN 6 THEN
		UPDATE flis_notice SET ended_on = started_on + 10 WHERE notice IN (SELECT notice FROM flis_notice ORDER BY random() LIMIT 1);
		DELETE FROM flis_notice WHERE notice IN (SELECT notice FROM flis_notice ORDER BY random() LIMIT 1);
	WHEN 7, 8 THEN
		INSERT INTO flis_release (area, channel, cycle, planned_on, cancelled)
		VALUES (one, (ARRAY['datapakke', 'dap', 'udlaesning'])[1 + (random() * 2)::int], date_trunc('month', day), day + 5, random() < 0.2)
		ON CONFLICT (area, channel, cycle) DO UPDATE SET released_on = CASE WHEN NOT r.cancelled THEN excluded.planned_on END;
	WHEN 9 THEN
		IF random() < 0.3 THEN
			TRUNCATE flis_release;
		ELSE
			DELETE FROM flis_release WHERE random() < 0.3;
		END IF;
	WHEN 10 THEN
		INSERT INTO flis_rule (area, valid_from, lag) VALUES (one, date_trunc('month', day), (random() * 4)::int)
		ON CONFLICT (area, valid_from) DO UPDATE SET lag = excluded.lag, retired = random() < 0.2;
	WHEN 11 THEN
		UPDATE flis_rule SET lag = (random() * 4)::int WHERE (area, valid_from) IN (SELECT area, valid_from FROM flis_rule WHERE frequency = 'MONTHLY' ORDER BY random() LIMIT 2);
		DELETE FROM flis_rule WHERE NOT shipped AND valid_from > '2000-01-01' AND random() < 0.2;
	WHEN 12 THEN
		UPDATE flis_area SET name = 'Navn ' || md5(random()::text), retired = random() < 0.1 WHERE area = one;
	WHEN 13 THEN
		INSERT INTO flis_area (area, name, part_of) VALUES ('a' || (random() * 1e6)::int, 'Ny ' || random(), CASE WHEN random() < 0.3 THEN one END);
	WHEN 14 THEN
		UPDATE flis_channel SET closes_day = opens_day + (random() * 5)::int WHERE channel = (ARRAY['datapakke', 'dap', 'udlaesning'])[1 + (random() * 2)::int];
	ELSE
		INSERT INTO flis_waiver (area, municipality, reason) VALUES (one, 101 + (random() * 3)::int * 2, 'r')
		ON CONFLICT (area, municipality, valid_from) DO UPDATE SET retired = random() < 0.5;
	END CASE;
EXCEPTION WHEN integrity_constraint_violation THEN
	NULL;
END $$};
$change =~ s/INSERT INTO flis_release \(/INSERT INTO flis_release AS r (/;

# wrong: how many copies of a database are not what is known at their time; each is asked in a
# transaction with a snapshot of its own.
my $check = q{
CREATE FUNCTION check_copy(at timestamptz, copy text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('flis.known_at', at::text, true);
	RETURN answers() = copy;
END $$};

$node->safe_psql('postgres', 'CREATE EXTENSION flis');
$node->safe_psql('postgres', "$answers; $change; $check; CREATE TABLE copies (n int, at timestamptz, copy text);
	CREATE TABLE facts AS SELECT d::date AS month, m.municipality FROM generate_series('2025-01-01', '2025-09-01', interval '1 month') d, flis_municipality m;
	INSERT INTO flis_cube (cube, area, period_column, municipality_column) VALUES ('public.facts', 'borger', 'month', 'municipality')");

my $history = "SELECT setseed(" . ($seed / 1_000_000) . ");\n";
foreach my $n (1 .. $changes)
{
	$history .= "SELECT change((random() * 15)::int);\n" if $n > 1;
	$history .= "INSERT INTO copies SELECT $n, clock_timestamp(), answers();\n";
}
$node->safe_psql('postgres', $history);
is($node->safe_psql('postgres', 'SELECT count(*) FROM copies'), $changes, 'a copy after each change');
cmp_ok($node->safe_psql('postgres', 'SELECT count(DISTINCT copy) FROM copies'), '>', $changes / 2, 'most changes change an answer');

# wrong: the copies that are not given back.
sub wrong
{
	my ($in, $database, $level, $copies) = @_;

	return $in->safe_psql($database, "SET default_transaction_isolation = '$level';
		SELECT string_agg(n::text, ' ' ORDER BY n) FROM (SELECT n, check_copy(at, copy) AS same FROM $copies ORDER BY random() OFFSET 0) c WHERE same IS NOT TRUE");
}

is(wrong($node, 'postgres', $_, 'copies'), '', "each copy: $_") foreach ('read committed', 'repeatable read');
is(wrong($node, 'postgres', 'serializable', '(SELECT * FROM copies WHERE n % 10 = 0) c'), '', 'every tenth: serializable');
is($node->safe_psql('postgres', 'SELECT answers() = copy FROM copies ORDER BY n DESC LIMIT 1'), 't', 'unset: the last one');

# In the export: the areas and channels are those of then, too.
{
	my $folder = PostgreSQL::Test::Utils::tempdir;
	my $n = int($changes / 2);

	$node->safe_psql('postgres', "INSERT INTO flis_channel (channel, name, opens_day, closes_day) VALUES ('post', 'Post', 5, 6)");
	local $ENV{PGOPTIONS} = '-c flis.known_at=' . $node->safe_psql('postgres', "SELECT replace(at::text, ' ', 'T') FROM copies WHERE n = $n");
	$node->command_ok([ 'psql', '-Xq', '-d', 'postgres', '-v', "directory=$folder", '-v', 'on_day=2025-11-25',
			'-f', "$FindBin::Bin/../../export/flis_export.sql" ], 'the export is written');
	is((slurp_file("$folder/flis_months.csv") =~ tr/\n//) - 1,
		$node->safe_psql('postgres', 'SELECT 132 * 3 * count(*) FROM flis_known_area() WHERE NOT retired'), 'the export: areas and channels of then');
}
$node->safe_psql('postgres', q{DELETE FROM flis_channel WHERE channel = 'post'});

# In parallel workers.
my $debug = $node->pg_version >= 16 ? 'debug_parallel_query' : 'force_parallel_mode';
my $sum = q{SELECT md5(string_agg(concat(area, d, flis_data_through(area, d)), ' ' ORDER BY area, d)) FROM points};
$node->safe_psql('postgres', q{CREATE TABLE points AS SELECT area, d::date AS d FROM flis_area, generate_series('2025-01-01', '2025-12-31', interval '9 days') d
	WHERE area IN (SELECT area FROM flis_shipped s JOIN flis_area a ON s.reference_table = 'flis_area' AND s.key = a.area) AND NOT retired; ANALYZE points});
my $not_retired = q{area IN (SELECT area FROM flis_known_area() WHERE NOT retired)};
foreach my $n (20, 90, 170)
{
	my $set = $node->safe_psql('postgres', "SELECT format('SET flis.known_at = %L', at) FROM copies WHERE n = $n");
	my $query = "$sum WHERE $not_retired";
	my $parallel = "SET $debug = on; SET max_parallel_workers_per_gather = 2; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; SET timezone = 'Asia/Tokyo'; SET datestyle = 'German'";

	is($node->safe_psql('postgres', "SET datestyle = 'German'; SET max_parallel_workers_per_gather = 0; $set; $query"),
		$node->safe_psql('postgres', "$set; $parallel; $query"), "copy $n: in parallel workers") if $n <= $changes;
}

# On a standby.
$node->backup('base');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($node, 'base', has_streaming => 1);
$standby->start;
$node->wait_for_catchup($standby);
is(wrong($standby, 'postgres', 'repeatable read', 'copies'), '', 'each copy: on a standby');
$standby->stop;

# After a dump and a restore.
$node->safe_psql('postgres', 'CREATE DATABASE restored');
my $dump = "$PostgreSQL::Test::Utils::tmp_check/history.dump";
$node->command_ok([ 'pg_dump', '-Fc', '-f', $dump, 'postgres' ], 'dump');
$node->command_ok([ 'pg_restore', '--exit-on-error', '-j2', '-d', 'restored', $dump ], 'restore');
is(wrong($node, 'restored', 'read committed', 'copies'), '', 'each copy: after a dump and a restore');
my $all = q{SELECT md5(string_agg(to_jsonb(h)::text, ' ' ORDER BY to_jsonb(h)::text)) FROM flis_history h};
is($node->safe_psql('restored', $all), $node->safe_psql('postgres', $all), 'and the same changes');

# The same over forty days: the owner restores rows and versions with other times.
$node->safe_psql('postgres', 'CREATE DATABASE spread');
my $spread = '';
my $first = "(SELECT min(at) FROM copies)";
foreach my $table (qw(area channel rule release status notice waiver revision))
{
	foreach my $kind ($table eq 'revision' ? '' : ('_history', ''))
	{
		my $name = "flis_$table$kind";
		my @columns = split /\n/, $node->safe_psql('postgres', "SELECT attname FROM pg_attribute WHERE attrelid = '$name'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum");
		my $list = join ', ', map { "\"$_\"" } @columns;
		my $values = join ', ', map { /^(system_|changed_at)/ ? "spread($_)" : "\"$_\"" } @columns;
		my $where = $kind eq '' && $table !~ /release|status|notice|revision/ ? 'WHERE NOT shipped' : '';
		my $file = "$PostgreSQL::Test::Utils::tmp_check/$name.copy";

		$node->safe_psql('postgres', "CREATE OR REPLACE FUNCTION spread(t timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS
			\$\$ SELECT CASE WHEN t = '-infinity' THEN t ELSE '2026-01-01 00:00+00'::timestamptz + (t - $first) * (40 * 86400 / extract(epoch FROM (SELECT max(at) - min(at) FROM copies)))::float END \$\$;
			COPY (SELECT $values FROM $name $where) TO '$file'");
		$spread .= "COPY $name ($list) FROM '$file';\n";
	}
}
$node->safe_psql('spread', "CREATE EXTENSION flis; $answers; $check; CREATE TABLE copies (n int, at timestamptz, copy text);
	CREATE TABLE facts AS SELECT d::date AS month, m.municipality FROM generate_series('2025-01-01', '2025-09-01', interval '1 month') d, flis_municipality m;
	INSERT INTO flis_cube (cube, area, period_column, municipality_column) VALUES ('public.facts', 'borger', 'month', 'municipality'); $spread");
my $copies = "$PostgreSQL::Test::Utils::tmp_check/copies.copy";
$node->safe_psql('postgres', "COPY (SELECT n, spread(at), copy FROM copies) TO '$copies'");
$node->safe_psql('spread', "COPY copies FROM '$copies'");
# Calendars tell times, which are others here.
$node->safe_psql('spread', q{
	ALTER FUNCTION answers RENAME TO answers_with_times;
	CREATE FUNCTION without_times(text) RETURNS text LANGUAGE sql RETURN regexp_replace($1, '(DTSTAMP|LAST-MODIFIED):\S*', '\1', 'g');
	CREATE FUNCTION answers() RETURNS text LANGUAGE sql STABLE AS 'SELECT without_times(answers_with_times())';
	UPDATE copies SET copy = without_times(copy)});
is($node->safe_psql('spread', "SELECT max(at) - min(at) FROM copies"), '40 days', 'forty days');
is(wrong($node, 'spread', 'read committed', 'copies'), '', 'each copy: over forty days');

# What is forgotten is refused, what came after it is given back.
$node->safe_psql('spread', "SELECT flis_forget(at) FROM copies WHERE n = $changes / 2");
is(wrong($node, 'spread', 'read committed', "(SELECT * FROM copies WHERE n >= $changes / 2) c"), '', 'each copy since what is forgotten');
my (undef, undef, $stderr) = $node->psql('spread', "\\set VERBOSITY verbose\nSELECT check_copy(at, copy) FROM copies WHERE n = $changes / 2 - 1");
like($stderr, qr/ERROR:  55000/, 'the one before is refused');

$node->stop;
done_testing();
