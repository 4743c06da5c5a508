# ALTER EXTENSION UPDATE follows the facts where they are as the extension brought them, keeps what a
# user made of them, and leaves what a fresh installation of the new version would.
#
# The new version is one of this test's own: it changes, adds, retires and drops shipped rows and
# brings a column, a function and a view.  Its scripts are put beside the extension's for as long as
# the test takes.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;
use Installation;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Session;
use Test::More;

my $folder = `pg_config --sharedir` =~ s/\n$//r . '/extension';
my @scripts = map { "$folder/flis--$_.sql" } qw(1.1--1.1test 1.1test 1.0);

plan skip_all => "$folder cannot be written" if !-w $folder;

# put: write one of the scripts.
sub put
{
	my ($file, $text) = @_;

	open my $handle, '>', $file or die "$file: $!";
	print $handle $text;
	close $handle;
}

END
{
	unlink @scripts;
}

# The facts of the new version: as an update finds and as a fresh script writes them.
my $news = q{
UPDATE flis_area SET source = 'KP og KY' WHERE area IN ('kp', 'yr');
UPDATE flis_area SET name = 'Voksne' WHERE area = 'vh';
UPDATE flis_area SET retired = true WHERE area IN ('ukraine', 'aula');
UPDATE flis_channel SET closes_day = closes_day + 1 WHERE channel IN ('dap', 'datapakke');
UPDATE flis_rule SET lag = 3 WHERE area IN ('dream', 'krl_personale') AND valid_from = '0001-01-01';
INSERT INTO flis_area (area, name, position) VALUES ('klima', 'Klima', 18), ('vand', 'Vand', 19)
	ON CONFLICT (area) DO UPDATE SET name = excluded.name, position = excluded.position;
INSERT INTO flis_rule (area, valid_from, basis)
	SELECT area, '0001-01-01', 'FLIS status deck: all areas once a month, one month''s delay'
	FROM flis_area WHERE area IN ('klima', 'vand')
	ON CONFLICT DO NOTHING;
DELETE FROM flis_municipality WHERE municipality IN (849, 851);
};
my %facts = (
	q{'Beskæftigelse', 'KP', '{}'} => q{'Beskæftigelse', 'KP og KY', '{}'},
	q{'Beskæftigelse', 'YR', '{}'} => q{'Beskæftigelse', 'KP og KY', '{}'},
	q{(11, 'vh', 'VH',} => q{(11, 'vh', 'Voksne',},
	q{'Data package', 10, 10, 2} => q{'Data package', 10, 11, 2},
	q{'DAP cube', 10, 12, 3} => q{'DAP cube', 10, 13, 3},
	q{('krl_personale', 'MONTHLY', 4,} => q{('krl_personale', 'MONTHLY', 3,},
	q{('dream', 'MONTHLY', 4,} => q{('dream', 'MONTHLY', 3,},
	q{('ukraine', 'Ukraine-kuben', NULL, NULL, NULL, '{Ukraine}');} =>
	  q{('ukraine', 'Ukraine-kuben', NULL, NULL, NULL, '{Ukraine}');
		UPDATE flis_area SET retired = true WHERE area IN ('ukraine', 'aula');
		INSERT INTO flis_area (area, name, position) VALUES ('klima', 'Klima', 18), ('vand', 'Vand', 19);},
	q{(849, 'Jammerbugt', 1081), (851, 'Aalborg', 1081), } => '',);

# What else it brings; the last call of each script notes it.
my $parts = q{
ALTER TABLE flis_municipality ADD COLUMN inhabitants integer CONSTRAINT flis_municipality_is_inhabited CHECK (inhabitants > 0);
COMMENT ON COLUMN flis_municipality.inhabitants IS 'Inhabitants.';
CREATE FUNCTION flis_new(day date) RETURNS date LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE RETURN day;
COMMENT ON FUNCTION flis_new(date) IS 'New.';
CREATE VIEW flis_newest AS SELECT max(as_of) FROM flis_status;
GRANT SELECT ON flis_newest TO PUBLIC;
SELECT flis_note_installed();
};

my $fresh = slurp_file("$folder/flis--1.1.sql");
foreach my $old (sort keys %facts)
{
	$fresh =~ s/\Q$old\E/$facts{$old}/ or die "the script has no $old";
}
$fresh =~ s/SELECT flis_note_installed\(\);/$parts/ or die 'the script does not note what it made';

# The script of 1.0, as it went out.
put($scripts[2], slurp_file("$FindBin::Bin/../data/flis--1.0.sql"));

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->start;

# create: a database with a version of the extension.
sub create
{
	my ($database, $version) = @_;

	$node->safe_psql('postgres', "CREATE DATABASE $database");
	$node->safe_psql($database, "CREATE EXTENSION flis VERSION '$version'");
}

# rows: what some rows of a table look like.
sub rows
{
	my ($database, $table, $columns, $where) = @_;

	return $node->safe_psql($database, "SELECT $columns FROM flis_$table WHERE $where ORDER BY 1, 2");
}

# compare: what nobody touched is after an update what a fresh installation of the new version makes.
sub compare
{
	my ($way, $from, $to) = @_;
	my ($updated, $fresh) = map { "${_}_" . ($way =~ s/\W/_/gr) } qw(updated fresh);

	create($updated, $from);
	$node->safe_psql($updated, "ALTER EXTENSION flis UPDATE TO '$to'");
	create($fresh, $to);
	is(rows_of($node, $updated), rows_of($node, $fresh), "$way: same rows");
	is(parts_of($node, $updated), parts_of($node, $fresh), "$way: same parts");
	is($node->safe_psql($updated, 'SELECT * FROM flis_selftest()'), '', "$way: nothing is found wrong");
}

# From each version that has been to the one that is, by the extension's own scripts.
my ($current, @earlier) = split /\n/, $node->safe_psql('postgres', q{
SELECT default_version FROM pg_available_extensions WHERE name = 'flis'
UNION ALL
SELECT v.version
FROM pg_available_extensions e JOIN pg_available_extension_versions v USING (name)
	JOIN pg_extension_update_paths('flis') p ON p.source = v.version AND p.target = e.default_version
WHERE v.name = 'flis' AND p.path IS NOT NULL});
compare("$_ to $current", $_, $current) foreach @earlier;

# Between the files of 1.1 and the update a database of 1.0 refuses to answer and to write, and says
# what to do.
create('between', '1.0');
foreach my $sql ("SELECT flis_data_through('borger')", "UPDATE flis_area SET name = 'VH, voksne' WHERE area = 'vh'",
	'SELECT * FROM flis_selftest()')
{
	my (undef, undef, $refusal) = $node->psql('between', "\\set VERBOSITY verbose\n$sql");
	like($refusal, qr/ERROR:  55000.*HINT:[^\n]*ALTER EXTENSION flis UPDATE/s, "refused before the update: $sql");
}

# What a user added to a table of 1.0 is still the user's after the update.
$node->safe_psql('between', 'ALTER TABLE flis_status ADD COLUMN mine int NOT NULL DEFAULT 0; CREATE INDEX own ON flis_status (mine)');
$node->safe_psql('between', 'ALTER EXTENSION flis UPDATE');
is($node->safe_psql('between', 'SELECT severity, what, subject FROM flis_selftest()'),
	"warning|own_column|flis_status, mine\ninfo|own_index|flis_status, own", 'what a restore would lose is found');
$node->safe_psql('between', 'ALTER TABLE flis_status DROP COLUMN mine');
is($node->safe_psql('between', 'SELECT * FROM flis_selftest()'), '', 'and not missed when it is gone');

# To this test's own version: installed from the first version's script and the update's, and from a
# script of its own.
put($scripts[0], $news . $parts);
compare('through', '1.1', '1.1test');
put($scripts[1], $fresh);
compare('fresh', '1.1', '1.1test');
unlink $scripts[1];

# What users made theirs.
create('used', '1.1');
$node->safe_psql(
	'used', q{
UPDATE flis_area SET name = 'VH, voksne' WHERE area = 'vh';
UPDATE flis_area SET aliases = '{Ukrainere}' WHERE area = 'ukraine';
UPDATE flis_area SET retired = true WHERE area = 'yr';
UPDATE flis_channel SET closes_day = 15 WHERE channel = 'dap';
UPDATE flis_rule SET basis = 'Vores' WHERE area = 'krl_personale';
INSERT INTO flis_rule (area, valid_from, lag) VALUES ('dream', '2026-01-01', 2);
INSERT INTO flis_area (area, name) VALUES ('klima', 'Vores klima');
INSERT INTO flis_rule (area, valid_from, lag) VALUES ('klima', '0001-01-01', 6);
INSERT INTO flis_area (area, name) VALUES ('vand', 'Vores vand');
DELETE FROM flis_area WHERE area = 'vand';
UPDATE flis_municipality SET name = 'Ålborg' WHERE municipality = 851;
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-06-30', 'kp', '2025-04-30');
});

# A session that has answered before answers by the new facts at once: DREAM, early and with lag 3 now,
# shows July.  Data packages come on the 11th now, so that on the 10th KRL, still with lag 4, shows what
# the October cycle brought.
my $session = session($node, 'used');
my $ask = "SELECT flis_expected_through('dream', '2025-11-10'), flis_expected_through('krl_personale', '2025-11-10')";
is($session->($ask), '2025-06-30|2025-06-30', 'before the update');
$node->safe_psql('used', "ALTER EXTENSION flis UPDATE TO '1.1test'");
is($session->($ask), '2025-07-31|2025-05-31', 'after it');
$session->();

is(rows('used', 'area', 'area, name, source, retired, shipped', q{area IN ('kp', 'yr', 'vh', 'ukraine', 'aula', 'klima', 'vand')}),
	join("\n",
		'aula|Aula|Aula|t|t', 'klima|Vores klima||f|f', 'kp|KP|KP og KY|f|t', 'ukraine|Ukraine-kuben||f|f',
		'vand|Vand||f|t', 'vh|VH, voksne|Danmarks Statistik|f|f', 'yr|YR|YR|t|f'),
	'areas: changed, retired and added ones follow, a user\'s stay');
is(rows('used', 'channel', 'channel, closes_day, shipped', 'true'),
	"dap|15|f\ndatapakke|11|t\nudlaesning|1|t", 'channels');
is(rows('used', 'rule', 'area, valid_from, lag, shipped', q{area IN ('dream', 'krl_personale', 'klima', 'vand')}),
	join("\n",
		'dream|0001-01-01|3|t', 'dream|2026-01-01|2|f', 'klima|0001-01-01|6|f',
		'krl_personale|0001-01-01|4|f', 'vand|0001-01-01|1|t'),
	'rules');
is(rows('used', 'municipality', 'municipality, name, shipped', 'municipality IN (849, 851)'),
	'851|Ålborg|f', 'municipalities: one is dropped, a user\'s stays');
is(rows('used', 'status', 'area, as_of', 'true'), 'kp|2025-06-30', 'statuses');
is($node->safe_psql('used', 'SELECT * FROM flis_selftest_installation()'),
	'', 'nothing is found wrong with the installation');
is(parts_of($node, 'used'), parts_of($node, 'updated_fresh'), 'same parts');

# A row that the new version doesn't bring any more is the user's to delete; one that it brings is not.
is($node->safe_psql('used', 'DELETE FROM flis_municipality WHERE municipality = 851 RETURNING name'),
	'Ålborg', 'a row that is not shipped any more is deleted');
my (undef, undef, $stderr) = $node->psql('used', "\\set VERBOSITY verbose\nDELETE FROM flis_rule WHERE area = 'klima'");
like($stderr, qr/ERROR:  23001/, 'a row that an update would have brought is not');

# A row that came with the update, of a key that a user had deleted before: its versions don't overlap.
$node->safe_psql('used', q{UPDATE flis_area SET name = 'Vandet' WHERE area = 'vand'});
is($node->safe_psql('used', q{
SELECT name, system_from = lag(system_until) OVER (ORDER BY system_until) FROM flis_area_history WHERE area = 'vand' ORDER BY system_until}),
	"Vores vand|\nVand|t", 'one version after the other');

# A dump of the updated one is restored over the new version.
my $dump = "$PostgreSQL::Test::Utils::tmp_check/used.sql";
$node->command_ok([ 'pg_dump', '-f', $dump, 'used' ], 'dump');
create('restored', '1.1test');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', 'restored', '-f', $dump ], 'restore');
is(rows_of($node, 'restored'), rows_of($node, 'used'), 'same rows');
is(parts_of($node, 'restored'), parts_of($node, 'used'), 'same parts');

$node->stop;
done_testing();
