# Nothing that a user wrote is lost by a dump and a restore or by pg_upgrade, from each older major
# that is installed beside this one too; guarded views answer as before, and a shipped row is changed
# as its user says and cannot be deleted.

use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->start;

# What users write: rows of their own, changed and retired shipped rows, a newer version of a rule.
# The part is stored before the area that it is part of.
my $user_rows = q{
INSERT INTO flis_area (area, name) VALUES ('own_group', 'Egen gruppe');
INSERT INTO flis_area (area, name, part_of, aliases) VALUES
	('own_part', 'Egen "del"', 'own_group', '{Ærø,"a, b",NULL}'),
	('own_gone', 'Gone', NULL, '{}');
UPDATE flis_area SET name = 'Egen gruppe, ny' WHERE area = 'own_group';
UPDATE flis_area SET retired = true WHERE area IN ('aula', 'own_gone');
UPDATE flis_area SET name = 'Borgere', part_of = 'own_group' WHERE area = 'borger';
UPDATE flis_area SET source = NULL, aliases = '{Lønninger}' WHERE area = 'krl_personale';

INSERT INTO flis_channel VALUES
	('own', DEFAULT, 'Egen', NULL, 3, 4, NULL), ('dap', '2026-01-01', 'DAP', NULL, 15, 20, 3);
UPDATE flis_channel SET closes_day = 11 WHERE channel = 'datapakke';
UPDATE flis_channel SET retired = true WHERE channel = 'udlaesning';

INSERT INTO flis_rule (area, valid_from, lag) VALUES ('krl_personale', '2026-01-01', 3);
INSERT INTO flis_rule (area, valid_from, frequency, release_month, basis)
	VALUES ('own_part', '2020-01-01', 'ANNUAL', 9, E'Aftale\t1\n\\\\.');
UPDATE flis_rule SET release_month = 10 WHERE area = 'stil';
UPDATE flis_rule SET retired = true WHERE area = 'yr';

INSERT INTO flis_release (area, cycle, planned_on, note)
	VALUES ('borger', '2025-11-01', '2025-11-14', 'Sent');
INSERT INTO flis_release (area, channel, cycle, cancelled)
	VALUES ('borger', 'dap', '2025-12-01', true);

INSERT INTO flis_release (area, cycle, released_on)
	VALUES ('vh', '2025-10-01', '2025-10-13'), ('vh', '2025-11-01', '2025-11-13');
DELETE FROM flis_release WHERE area = 'vh' AND cycle = '2025-10-01';

INSERT INTO flis_status (as_of, area, data_through, complete, recorded_at)
	VALUES ('2025-06-30', 'krl_personale', '2025-02-28', false, '2025-07-01 08:00:00.123456+02');
INSERT INTO flis_status (as_of, area, state) VALUES ('2025-06-30', 'dfdg', 'closed');

INSERT INTO flis_notice (area, kind, started_on, ended_on, note)
	VALUES ('ky', 'access', '2025-06-01', '2025-07-15', 'Lukket'), ('kp', 'access', '2025-06-01', NULL, 'x');
INSERT INTO flis_notice (area, municipality, period_from, kind, started_on, note)
	VALUES ('own_part', 101, '2025-05-01', 'completeness', '2025-06-20', E'Linje\n"to"');
DELETE FROM flis_notice WHERE area = 'kp';

INSERT INTO flis_municipality VALUES (411, 'Christiansø', 1084);
UPDATE flis_municipality SET name = 'Nordfyn' WHERE municipality = 480;
UPDATE flis_municipality SET retired = true WHERE municipality = 101;

INSERT INTO flis_cube VALUES
	('public.facts', 'borger', 'dap', 'period', NULL, NULL, DEFAULT, DEFAULT, DEFAULT),
	('"A b"."c.d"', 'own_part', 'own', 'p', 'm', '2025M04', 0.5, 0.125, 12);

INSERT INTO flis_print VALUES
	('"A b"."c.d"', '2025-04-30', 0, '2025-06-10 06:00:00.000001+00', 1, 12, -9223372036854775808, NULL),
	('"A b"."c.d"', '2025-04-30', 101, '2025-06-10 06:00+00', 1, 7, 42, '{"beløb": 1.50, "antal": null}'),
	('"A b"."c.d"', '2025-04-30', 101, '2025-07-10 06:00+00', 1, 0, 0, NULL);
INSERT INTO flis_waiver (area, municipality, valid_from, valid_until, reason)
	VALUES ('own_part', 101, '2025-01-31', '2025-12-31', E'Not\ton "DUBU"');
UPDATE flis_waiver SET reason = 'Eget system' WHERE municipality = 155;
UPDATE flis_waiver SET retired = true WHERE municipality = 187;
};

# Fact tables that write three periods, of which an area whose data reach through April 2025 on every
# day has the first two, and their guarded views.
my %guarded = (
	by_date => [ 'date', '2025-03-01', '2025-04-01', '2025-05-01' ],
	by_time => [ 'timestamptz', '2025-03-01 00:00+01', '2025-04-29 12:00+02', '2025-05-02 00:00+02' ],
	by_number => [ 'integer', '202503', '202504', '202505' ],
	by_day => [ 'bigint', '20250401', '20250430', '20250501' ],
	by_year => [ 'smallint', '2023', '2024', '2025' ],
	by_month => [ 'text', '2025M03', '2025M04', '2025M05' ],
	by_week => [ 'varchar', '2025-W16', '2025-W17', '2025-W18' ],
	by_char => [ 'char(6)', '202503', '202504', '202505' ],
	'by "School"' => [ 'text', '2022/2023', '2023/2024', '2024/2025' ],);

my $guards = q{
INSERT INTO flis_area (area, name) VALUES ('own_fixed', 'Fast');
INSERT INTO flis_rule (area, valid_from, frequency) VALUES ('own_fixed', '2020-01-01', 'ANNUAL');
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-06-30', 'own_fixed', '2025-04-30');
CREATE SCHEMA warehouse;
CREATE SCHEMA guarded;};
my @guarded_rows;

foreach my $name (sort keys %guarded)
{
	my ($type, @periods) = @{ $guarded{$name} };
	my $table = '"' . $name =~ s/"/""/gr . '"';
	my $values = join ', ', map { "('$_')" } @periods;

	$guards .= qq{
CREATE TABLE warehouse.$table (period $type);
COMMENT ON COLUMN warehouse.$table.period IS 'The period''s "$type"';
INSERT INTO warehouse.$table VALUES $values;
INSERT INTO flis_cube (cube, area, period_column)
	VALUES ('warehouse.$table', 'own_fixed', 'period');
SELECT flis_guard('warehouse.$table', 'guarded.$table');};
	push @guarded_rows, "SELECT '$name' AS t, period::text AS p FROM guarded.$table";
}

# A view that marks rows and a calendar; prints of a table that was changed then, and a report's line.
$guards .= q{
CREATE TABLE warehouse.days (day date, name text);
INSERT INTO warehouse.days SELECT day, 'Day' FROM generate_series(timestamp '2025-04-29', '2025-05-02', '1 day') day;
SELECT flis_guard('warehouse.by_date', 'guarded.marked', 'mark');
SELECT flis_guard_calendar('warehouse.days', 'day', '{own_fixed}', 'guarded.days');
CREATE TABLE warehouse.printed (month date, municipality int, amount numeric);
INSERT INTO warehouse.printed SELECT month, municipality, 1 FROM unnest('{2025-03-01,2025-04-01}'::date[]) month, unnest('{101,147}'::int[]) municipality;
INSERT INTO flis_cube (cube, area, period_column, municipality_column) VALUES ('warehouse.printed', 'vh', 'month', 'municipality');
SELECT flis_remember('warehouse.printed', '{amount}');
CREATE TABLE own_report AS SELECT flis_receipt('{warehouse.printed}', '2025-07-10') AS receipt, clock_timestamp() AS made_at;
UPDATE warehouse.printed SET amount = 2 WHERE month = '2025-03-01' AND municipality = 101;
DELETE FROM warehouse.printed WHERE month = '2025-04-01' AND municipality = 147;
SELECT flis_remember('warehouse.printed', '{amount}');
UPDATE flis_status SET data_through = '2025-03-31', note = 'Rettet' WHERE area = 'own_fixed';
UPDATE flis_status SET data_through = '2025-04-30', note = NULL WHERE area = 'own_fixed';
UPDATE flis_rule SET lag = 5 WHERE area = 'ky';
SELECT flis_forget('2020-01-01');};

my $all_guarded = join(' UNION ALL ', @guarded_rows) . ' ORDER BY t, p';

# What users build upon the functions: they come back only if the extension is there before them.
my $user_objects = q{
CREATE TABLE own_facts (area text DEFAULT 'borger', month date, period text CHECK (flis_period_end(period) > '2000-01-01'),
	last_day date GENERATED ALWAYS AS (flis_period_end(period)) STORED);
INSERT INTO own_facts VALUES ('borger', '2025-04-01', '2025M04'), ('vh', '2026-12-01', '2026-W52');
CREATE INDEX ON own_facts (flis_business_day(last_day, 'following'));
CREATE VIEW own_shown AS SELECT * FROM own_facts WHERE flis_is_available(area, month, '2025-11-10', 'dap');
CREATE VIEW own_areas AS SELECT a.name, r.lag FROM flis_area a JOIN flis_rule r USING (area);
CREATE MATERIALIZED VIEW own_through AS SELECT area, flis_data_through(area, '2025-11-10') FROM flis_area WHERE NOT retired;
CREATE FUNCTION own_horizon(text) RETURNS date STABLE
	BEGIN ATOMIC SELECT flis_data_through($1, '2025-11-10'); END;
GRANT INSERT, UPDATE ON flis_status TO PUBLIC;
REVOKE EXECUTE ON FUNCTION flis_import_overview FROM PUBLIC;
};

my @tables = map { "flis_$_" } (
  qw(area channel rule release revision status notice municipality cube waiver print shipped installed forgotten guarded_view),
  map { "${_}_history" } qw(area channel rule release status notice waiver));

# Every row of every table.
my $all_rows = join(' UNION ALL ',
	map { "SELECT '$_' AS t, to_jsonb($_)::text AS r FROM $_" } @tables) . ' ORDER BY t, r';

my $all_answers = q{
SELECT area, channel, day, flis_data_through(area, day, channel),
	flis_next_release(area, day, channel)
FROM flis_area a, flis_channel c, unnest('{2025-06-30,2025-11-11,2026-02-20}'::date[]) day
WHERE NOT a.retired AND NOT c.retired ORDER BY area, channel, day};

my $all_marked = q{
SELECT 'marked', to_jsonb(m)::text FROM guarded.marked m UNION ALL SELECT 'day', d.day::text FROM guarded.days d ORDER BY 1, 2};

# What was known when the report was made and what has changed since.
my $all_known = q{
SELECT to_jsonb(h)::text FROM flis_history h ORDER BY 1;
SELECT to_jsonb(r)::text FROM own_report o, flis_restated('warehouse.printed', o.made_at) r ORDER BY 1;
SELECT v.* FROM own_report o, flis_verify(o.receipt) v;
SELECT * FROM flis_maturity('warehouse.printed');
SELECT set_config('flis.known_at', made_at::text, false) <> '' FROM own_report;
} . $all_answers;

# The number that the next notice gets.
my $next_notice = q{
INSERT INTO flis_notice (area, note) VALUES ('kp', 'y') RETURNING notice};

my $all_triggers = q{
SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger
WHERE tgname LIKE '%flis%' ORDER BY 1, 2};

# What users built, and what it answers.
my $all_built = q{
SELECT 'facts', to_jsonb(f)::text FROM own_facts f UNION ALL SELECT 'shown', to_jsonb(s)::text FROM own_shown s
UNION ALL SELECT 'through', to_jsonb(t)::text FROM own_through t
UNION ALL SELECT 'horizon', own_horizon('borger')::text ORDER BY 1, 2};

# All members of the extension, what is said of them, and who may do what.
my $all_members = q{
SELECT pg_describe_object(d.classid, d.objid, c.objsubid), c.description
FROM pg_depend d LEFT JOIN pg_description c ON c.classoid = d.classid AND c.objoid = d.objid
WHERE d.deptype = 'e' AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'flis')
	AND pg_describe_object(d.classid, d.objid, 0) !~ '^type ' ORDER BY 1, 2};
my $all_grants = q{
SELECT o.name, a.grantee::regrole, a.privilege_type
FROM (SELECT oid::regclass::text AS name, relacl AS acl, relowner AS owner FROM pg_class WHERE relname LIKE 'flis%' AND relkind IN ('r', 'v', 'S')
	UNION ALL SELECT oid::regprocedure::text, coalesce(proacl, acldefault('f', proowner)), proowner FROM pg_proc WHERE proname LIKE 'flis%') o,
	aclexplode(o.acl) a
WHERE a.grantee <> o.owner ORDER BY 1, 2, 3};

my $all_findings = q{SELECT * FROM flis_selftest('2025-11-10')};

# Each event's SEQUENCE, which must not fall.
my $all_sequences = q{
SELECT uid, sequence
FROM (SELECT DISTINCT channel FROM flis_channel WHERE NOT retired) c,
	LATERAL flis_release_ics('2025-10-01', '2026-02-28', channel => c.channel) ics,
	LATERAL (SELECT u.r[1] AS uid, s.r[1] AS sequence
			 FROM regexp_split_to_table(ics, 'BEGIN:VEVENT') event,
				  regexp_match(event, 'UID:([^\r]*)') AS u (r),
				  regexp_match(event, 'SEQUENCE:([^\r]*)') AS s (r)) e
ORDER BY uid};

my @pieces = (
	[ rows => $all_rows ],
	[ answers => $all_answers ],
	[ sequences => $all_sequences ],
	[ triggers => $all_triggers ],
	[ guards => $all_guarded ],
	[ marked => $all_marked ],
	[ known => $all_known ],
	[ built => $all_built ],
	[ members => $all_members ],
	[ grants => $all_grants ],
	[ findings => $all_findings ]);

# query: ask in a database whose extension is in a schema.
sub query
{
	my ($in, $database, $schema, $sql) = @_;

	return $in->safe_psql($database,
		"SET client_min_messages = warning; SET timezone = 'UTC'; SET search_path = $schema; $sql");
}

# fill: create the extension in a schema of a new database, and all that users write and build.
sub fill
{
	my ($in, $database, $schema) = @_;

	$in->safe_psql('postgres', "CREATE DATABASE $database");
	$in->safe_psql($database,
		"CREATE SCHEMA IF NOT EXISTS $schema; CREATE EXTENSION flis SCHEMA $schema");
	query($in, $database, $schema, $user_rows . $guards);
	query($in, $database, $schema, $user_objects);
}

# answers_of: the answers to all the pieces.
sub answers_of
{
	my ($in, $database, $schema) = @_;

	return map { $_->[0] => query($in, $database, $schema, $_->[1]) } @pieces;
}

# dump_of: the lines of a database's dump by this server's pg_dump, without the key that each dump draws
# anew, the server's version, the table that up to 15 is written before a column of one alone, and the
# marks of forget_marks.
sub dump_of
{
	my ($in, $database) = @_;
	my $file = "$PostgreSQL::Test::Utils::tmp_check/compare.sql";

	$node->command_ok([ 'pg_dump', '-f', $file, '-d', $in->connstr($database) ],
		"dump $database to compare");
	return slurp_file($file) =~ s/^(\\(un)?restrict |-- Dumped from database version ).*|\b(flis_area|own_facts|fact|cube)\.|^ALTER TABLE .* SET \(pg_attver=\d+\);$//gmr;
}

# same: two texts have the same lines, but for empty ones; the first of those that one lacks are shown.
sub same
{
	my ($got, $expected, $name) = @_;
	my %lines;

	$lines{$_}++ foreach grep { $_ ne '' } split /\n/, $got;
	$lines{$_}-- foreach grep { $_ ne '' } split /\n/, $expected;
	my @differences =
	  map { ($lines{$_} > 0 ? '+ ' : '- ') . $_ } grep { $lines{$_} != 0 } sort keys %lines;
	ok(!@differences, $name) or diag(join "\n", splice(@differences, 0, 10));
}

# Each way: the options of the dumps, and the command that restores one of them.
my @psql = ('psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1');
my %ways = (
	'plain' => [ \@psql, [] ],
	'custom' => [ [ 'pg_restore', '--exit-on-error' ], ['-Fc'] ],
	'custom, two jobs' => [ [ 'pg_restore', '--exit-on-error', '-j2' ], ['-Fc'] ],
	'inserts' => [ \@psql, ['--inserts'] ],
	'inserts on conflict do nothing' => [ \@psql, [ '--inserts', '--on-conflict-do-nothing' ] ],
	'schema, then data' => [ \@psql, ['--schema-only'], ['--data-only'] ],
	'schema, then inserts' => [ \@psql, ['--schema-only'], [ '--data-only', '--inserts' ] ],);

my %schemas = (public => 'public', other => '"Other schema"');

foreach my $source (sort keys %schemas)
{
	my $schema = $schemas{$source};

	fill($node, $source, $schema);

	my %before = answers_of($node, $source, $schema);
	unlike($before{triggers}, qr/_(generation|shipped|revision)\w*\|[^A]$/m, "$source: what guards the rows fires always");
	like($before{sequences}, qr/^vh\.datapakke\.2025-10-01\@flis\|3$/m,
		"$source: a release written, deleted and of a changed channel");
	is(scalar(split /\n/, $before{guards}), 2 * keys %guarded, "$source: guarded views show two of three");
	# By hand: three rows marked and two days; two restatements, two findings, a rule that is not
	# the one of then.
	is(scalar(split /\n/, $before{marked}), 5, "$source: a view that marks and a calendar");
	is(scalar(() = $before{known} =~ /^warehouse\.printed\|restated\|/mg), 2, "$source: two closed months restated");
	isnt($before{known} =~ s/.*^t\n//msr, $before{answers}, "$source: other answers were known");
	my $dump = dump_of($node, $source);

	foreach my $way (sort keys %ways)
	{
		my ($restore, @parts) = @{ $ways{$way} };
		my $name = "$source, $way";
		my $target = $name =~ s/\W+/_/gr;

		$node->safe_psql('postgres', "CREATE DATABASE $target");
		foreach my $part (@parts)
		{
			my $file = "$PostgreSQL::Test::Utils::tmp_check/$target";
			my @from = $restore->[0] eq 'psql' ? ('-f', $file) : ($file);

			$node->command_ok([ 'pg_dump', @$part, '-f', $file, $source ], "$name: dump @$part");
			$node->command_ok([ @$restore, '-d', $target, @from ], "$name: restore @$part");
		}
		# A dump of the data alone fills no materialized view.
		query($node, $target, $schema, 'REFRESH MATERIALIZED VIEW own_through') if @parts > 1;
		foreach my $piece (@pieces)
		{
			my ($what, $sql) = @$piece;

			same(query($node, $target, $schema, $sql), $before{$what}, "$name: same $what");
		}
		same(dump_of($node, $target), $dump, "$name: same dump");
		is(query($node, $target, $schema, $next_notice), 4, "$name: the next notice's number");
	}
}

# To another schema: the rows alone, with the schema of each table renamed on the way; and a schema that
# the extension has for itself is renamed, with no regard to what is in it.
{
	my $file = "$PostgreSQL::Test::Utils::tmp_check/rows.sql";
	my %before = answers_of($node, 'public', 'public');

	$node->command_ok([ 'pg_dump', '--data-only', '-t', 'public.flis_*', '-f', $file, 'public' ],
		'another schema: dump');
	my $rows = slurp_file($file);
	$rows =~ s/^(COPY |SELECT pg_catalog\.setval\(')public\./$1metadata./gm;
	open my $handle, '>:raw', $file or die "$file: $!";
	print $handle $rows;
	close $handle;

	$node->safe_psql('postgres', 'CREATE DATABASE another');
	$node->safe_psql('another', 'CREATE SCHEMA metadata; CREATE EXTENSION flis SCHEMA metadata');
	$node->command_ok([ @psql, '-d', 'another', '-f', $file ], 'another schema: restore');
	foreach my $schema ('metadata', 'renamed')
	{
		foreach my $piece (grep { $_->[0] =~ /^(rows|answers|triggers)$/ } @pieces)
		{
			my ($what, $sql) = @$piece;

			same(query($node, 'another', $schema, $sql), $before{$what}, "$schema: same $what");
		}
		$node->safe_psql('another', "ALTER SCHEMA metadata RENAME TO renamed") if $schema eq 'metadata';
	}
	is(query($node, 'another', 'renamed', "UPDATE flis_rule SET lag = 2 WHERE area = 'kp'; SELECT flis_data_through('kp', '2025-11-11')"),
		'2025-08-31', 'renamed: a change is seen');
}

# A restore of the rows alone that turns the triggers off fails on the first that takes the place of
# a shipped one, and leaves them off; the self-test names each and puts it back.
{
	my $file = "$PostgreSQL::Test::Utils::tmp_check/disabled.dump";

	$node->safe_psql('postgres', "CREATE DATABASE $_") foreach qw(enabled disabled);
	$node->safe_psql($_, 'CREATE EXTENSION flis') foreach qw(enabled disabled);
	$node->safe_psql('enabled', q{UPDATE flis_rule SET lag = 2 WHERE area = 'kp'});
	$node->command_ok([ 'pg_dump', '-Fc', '-f', $file, 'enabled' ], 'without triggers: dump');
	$node->command_fails_like([ 'pg_restore', '--exit-on-error', '--data-only', '--disable-triggers', '-d', 'disabled', $file ],
		qr/duplicate key value violates unique constraint "flis_rule_pkey"/, 'without triggers: restore');
	my $disabled = q{FROM flis_selftest() WHERE what = 'part_altered'};
	cmp_ok($node->safe_psql('disabled', "SELECT count(*) $disabled"), '>', 0, 'without triggers: the self-test names them');
	$node->safe_psql('disabled', "SELECT substring(remedy FROM 'ALTER TABLE .*') $disabled \\gexec");
	is($node->safe_psql('disabled', "SELECT count(*) $disabled"), 0, 'without triggers: the self-test puts them back');
}

# older_homes: where older majors that have flis are installed beside this one, the oldest first.
sub older_homes
{
	my ($home) = @_;
	my ($place, $own) = $home =~ m,^(.*)/(\d+)$, or return;
	my @majors = grep { $_ < $own } map { m,/(\d+)/bin/pg_upgrade$, } glob("$place/*/bin/pg_upgrade");

	return map { "$place/$_" }
	  grep { -e `$place/$_/bin/pg_config --sharedir` =~ s/\n$//r . '/extension/flis.control' }
	  sort { $a <=> $b } @majors;
}

# forget_marks: take away the marks that a server puts on every column of every table and a newer one may
# not know: 17.12 writes pg_attver, and 18.6 refuses each table that has it, whoever made it.
sub forget_marks
{
	my ($old, $new) = @_;
	my $names = $old->safe_psql('template1',
		"SELECT DISTINCT split_part(unnest(attoptions), '=', 1) FROM pg_attribute");

	foreach my $name (split /\n/, $names)
	{
		my (undef, undef, $stderr) = $new->psql('template1',
			"BEGIN; CREATE TABLE known (a int); ALTER TABLE known ALTER a SET ($name = 1); ROLLBACK");

		next if $stderr !~ /unrecognized parameter/;
		note($new->pg_version . " does not know \"$name\", which " . $old->pg_version . ' puts on columns');
		foreach my $database (split /\n/, $old->safe_psql('template1', 'SELECT datname FROM pg_database WHERE datallowconn'))
		{
			$old->safe_psql($database, "SET allow_system_table_mods = on;
				UPDATE pg_attribute SET attoptions = (SELECT array_agg(o) FROM unnest(attoptions) o WHERE o !~ '^$name=')
				WHERE attoptions::text ~ '$name='");
		}
	}
}

# pg_upgrade takes the tables as they are: from the oldest major that has flis through the others to this
# one, or from this one where it is alone.
SKIP:
{
	my $home = $node->config_data('--bindir') =~ s,/bin$,,r;
	my @older = older_homes($home);
	my $schema = $schemas{other};
	my $old = PostgreSQL::Test::Cluster->new('upgraded', install_path => $older[0] // $home);

	skip 'there is no pg_upgrade', 1 if !-x "$home/bin/pg_upgrade";
	$old->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
	$old->start;
	fill($old, 'other', $schema);

	my %before = answers_of($old, 'other', $schema);
	my $dump = dump_of($old, 'other');

	shift @older;
	chdir $PostgreSQL::Test::Utils::tmp_check;
	foreach my $to (@older, $home)
	{
		my $new = PostgreSQL::Test::Cluster->new("upgraded_to_$to" =~ s/\W/_/gr, install_path => $to);
		my $name = 'pg_upgrade ' . $old->pg_version . ' to ' . $new->pg_version;
		my $checksums = $old->safe_psql('postgres', 'SHOW data_checksums');

		# Both have checksums or neither; from 18 on a server has them unless it is told not to.
		$new->init(
			extra => [ '--no-locale', '--encoding=UTF8', $checksums eq 'off' && $new->pg_version >= 18 ? '--no-data-checksums' : () ]);
		$new->start;
		forget_marks($old, $new);
		$new->stop;
		$old->stop;
		$new->command_ok(
			[
				'pg_upgrade', '-b', $old->config_data('--bindir'), '-B', "$to/bin",
				'-s', $new->host, '-d', $old->data_dir, '-D', $new->data_dir,
				'-p', $old->port, '-P', $new->port
			],
			$name);
		$new->start;
		foreach my $piece (@pieces)
		{
			my ($what, $sql) = @$piece;

			same(query($new, 'other', $schema, $sql), $before{$what}, "$name: same $what");
		}
		same(dump_of($new, 'other'), $dump, "$name: same dump");
		# A notice that was deleted would be in the history from there on.
		is(query($new, 'other', $schema, "BEGIN; $next_notice; ROLLBACK"), 4, "$name: the next notice's number");
		query($new, 'other', $schema, "SELECT setval('flis_notice_notice_seq', 3)");
		$old = $new;
	}
	$old->stop;
}

# Outside a restore, a conflict with a shipped row is the user's to decide.
$node->safe_psql('postgres', 'CREATE EXTENSION flis');

# row_is: one statement, then how a row of flis_area looks.
sub row_is
{
	my ($area, $sql, $expected, $name) = @_;
	my $row = "SELECT name, shipped, retired FROM flis_area WHERE area = '$area'";

	is($node->safe_psql('postgres', "$sql; $row"), $expected, $name);
}

# fails: a statement fails with a SQLSTATE and, where one is given, a hint.
sub fails
{
	my ($sql, $sqlstate, $hint, $name) = @_;
	my (undef, undef, $stderr) = $node->psql('postgres', "\\set VERBOSITY verbose\n$sql;");

	like($stderr, defined $hint ? qr/ERROR:  $sqlstate:.*HINT:  $hint/s : qr/ERROR:  $sqlstate:/,
		$name);
}

my $insert = q{INSERT INTO flis_area (area, name) VALUES ('vh', 'Voksne')};

fails($insert, '23505', undef, 'a duplicate key is an error');
row_is('vh', "$insert ON CONFLICT DO NOTHING", 'VH|t|f', 'ON CONFLICT DO NOTHING does nothing');
row_is('vh', "$insert ON CONFLICT (area) DO UPDATE SET name = 'X' WHERE false",
	'VH|t|f', 'ON CONFLICT DO UPDATE of no row');
row_is('vh', 'UPDATE flis_area SET name = name',
	'VH|t|f', 'an update that changes nothing leaves a row shipped');
row_is('vh', "$insert ON CONFLICT (area) DO UPDATE SET name = excluded.name",
	'Voksne|f|f', 'ON CONFLICT DO UPDATE');
row_is('vh', "UPDATE flis_area SET name = 'VH', shipped = true WHERE area = 'vh'",
	'VH|f|f', 'a row does not become shipped again');
row_is('own', q{INSERT INTO flis_area (area, name, shipped) VALUES ('own', 'Own', true)},
	'Own|f|f', 'a new row is not shipped');

# A shipped row stays, changed or not, but can be retired.
my $hint = 'Set "retired" to true';
my %shipped = (
	flis_area => [ q{area = 'kp'}, q{area = 'kq'} ],
	flis_channel => [ q{channel = 'dap'}, q{valid_from = '2020-01-01'} ],
	flis_rule => [ q{area = 'kp'}, q{valid_from = '2020-01-01'} ],
	flis_municipality => [ 'municipality = 860', 'municipality = 861' ],);

foreach my $table (sort keys %shipped)
{
	my ($key, $new_key) = @{ $shipped{$table} };

	fails("DELETE FROM $table WHERE $key", '23001', $hint, "$table: not deleted");
	fails("DELETE FROM $table", '23001', $hint, "$table: not deleted with all others");
	fails("UPDATE $table SET $new_key WHERE $key", '23001', $hint, "$table: no other key");
	fails("TRUNCATE $table CASCADE", '23001', $hint, "$table: not truncated");
	is( $node->safe_psql('postgres',
			"UPDATE $table SET retired = true WHERE $key RETURNING shipped, retired"),
		'f|t', "$table: retired");
	fails("DELETE FROM $table WHERE $key", '23001', $hint, "$table: not deleted when retired");
}

row_is('own', q{UPDATE flis_area SET area = 'own_2' WHERE area = 'own'},
	'', 'a new row gets another key');
row_is('own_2', q{DELETE FROM flis_area WHERE area = 'own_2'}, '', 'and is deleted');
is( $node->safe_psql('postgres', q{
		INSERT INTO flis_rule (area, valid_from) VALUES ('kp', '2026-01-01');
		DELETE FROM flis_rule WHERE area = 'kp' AND valid_from = '2026-01-01' RETURNING area}),
	'kp', 'a new version of a shipped rule is deleted');
is( $node->safe_psql('postgres', q{
		TRUNCATE flis_status, flis_release, flis_cube;
		SELECT count(*) FROM flis_status}),
	'0', 'tables without shipped rows are truncated');

$node->stop;
done_testing();
