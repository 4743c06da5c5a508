# What README.md, doc/operation.md and doc/tools.md show of SQL can be pasted, from the first block to the
# last, and answers what stands below it.
#
# The tables of whoever reads are the demo's, and the deck is test/data/deck-plain.txt.

use strict;
use warnings;

use File::Copy;
use FindBin;
use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $root = "$FindBin::RealBin/../..";
my $folder = PostgreSQL::Test::Utils::tempdir;

my $node = PostgreSQL::Test::Cluster->new('examples');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->start;
$node->safe_psql('postgres', 'CREATE DATABASE warehouse; CREATE ROLE analyst; CREATE ROLE loader');

# In the reader's folder lies the deck, and the reader has a warehouse as soon as flis is there.
copy("$root/test/data/deck-plain.txt", "$folder/status.txt") or die $!;
chdir $folder or die $!;
my $warehouse = <<SQL;
\\o /dev/null
\\i $root/test/data/warehouse.sql
\\o
DELETE FROM flis_cube WHERE cube IN ('warehouse.borger', 'warehouse.oekonomi');
CREATE SCHEMA reports;
CREATE TABLE facts AS SELECT 'borger' AS area, month, month AS day, inhabitants, 1 AS amount FROM warehouse.borger;
CREATE TABLE absence AS SELECT period, absence_days AS absence FROM warehouse.krl_personale;
SQL

my @blocks = map { blocks($_) } qw(README.md doc/operation.md doc/tools.md);
my $script = join '', map { "\\echo === $_\n$blocks[$_]{sql}" } 0 .. $#blocks;

# Of the two ways to create the extension the second is taken, and behind it comes the warehouse.
is($script =~ s/^CREATE EXTENSION flis;\n//mg, 1, 'one of two ways');
is($script =~ s/^\\connect\n\K/$warehouse/m, 1, 'a new session finds the names');

my ($out, $err) = ('', '');
IPC::Run::run([ 'psql', '-X', '-d', $node->connstr('warehouse') ], '<', \$script, '>', \$out, '2>', \$err);
is(join('', grep { !/cannot drop extension flis because other objects depend on it$/ } $err =~ /^.*ERROR:.*\n/mg),
	'', 'nothing fails, but for dropping what is used');

# What is shown stands in the answer as it is; a record may be another than the first.
my @answers = split /^=== \d+\n/m, $out;
my $shown = 0;
shift @answers;
foreach my $n (grep { defined $blocks[$_]{answer} } 0 .. $#blocks)
{
	my ($expected, $answer) = map { s/^-\[ RECORD \d+ \].*\n/-\n/mgr } $blocks[$n]{answer}, $answers[$n];

	$shown++;
	ok(index($answer, $expected) >= 0, $blocks[$n]{where}) or diag("shown:\n$expected\nanswered:\n$answer");
}
cmp_ok($shown, '>=', 9, 'there are answers');

# blocks: the SQL of a page, and the answer where one is shown right behind it.
sub blocks
{
	my $page = shift;
	my $text = slurp_file("$root/$page");
	my @found;

	while ($text =~ /^```sql\n(.*?)^```\n(?:```\n(.*?)^```\n)?/gms)
	{
		push @found, { sql => $1, answer => $2, where => "$page: " . substr($1, 0, 40) =~ tr/\n/ /r };
	}
	return @found;
}

chdir $root or die $!;
$node->stop;
done_testing();
