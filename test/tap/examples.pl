# The SQL blocks of the pages run as they stand in the database that test/demo --keep leaves, each
# page from its first block to its last, and answer what stands below them.
#
# The deck is test/data/deck-plain.txt, whether or not a published one lies beside the checkout.

use strict;
use warnings;

use Encode;
use File::Copy;
use FindBin;
use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $root = "$FindBin::RealBin/../..";
my $folder = PostgreSQL::Test::Utils::tempdir;
my $deck = "$root/test/data/deck-plain.txt";

my $node = PostgreSQL::Test::Cluster->new('examples');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->start;

# psql: run a script in a database, and return what it prints and what it complains of.
sub psql
{
	my ($database, $script, @options) = @_;
	my ($out, $err) = ('', '');

	IPC::Run::run([ 'psql', '-X', '-d', $node->connstr($database), @options ], '<', \$script, '>', \$out, '2>', \$err);
	return ($out, $err);
}

# blocks: the SQL of a page, and the answer where one is shown right behind it.
sub blocks
{
	my $text = slurp_file("$root/" . shift);
	my @found;

	while ($text =~ /^```sql\n(.*?)^```\n(?:```\n(.*?)^```\n)?/gms)
	{
		push @found, { sql => $1, answer => $2 };
	}
	return @found;
}

$ENV{FLIS_DECK} = $deck;
$ENV{PAGER} = 'cat';
$ENV{PGCLIENTENCODING} = 'UTF8';
$node->safe_psql('postgres', 'CREATE DATABASE demo; CREATE ROLE analyst; CREATE ROLE loader');
my ($told, $complaints) = psql('demo', '', '-q', '-f', "$root/test/demo.sql",
	'-v', "warehouse_file=$root/test/data/warehouse.sql", '-v', "page_file=$folder/status.html");
is($complaints, '', 'the demo');
is_deeply([ grep { length > 80 } split /\n/, decode('UTF-8', $told) ], [], 'what it shows fits 80 columns');
like($told, qr/^FROM flis_check_cubes\('2025-06-30'\);\n +cube /m, 'its SQL stands above the answers');

# The deck lies in the reader's folder.
copy($deck, "$folder/status.txt") or die $!;
chdir $folder or die $!;

my $shown = 0;
# What sharding.md shows is for several servers; shards.pl and replica.pl set them up.
foreach my $page (grep { !/sharding/ } map { s{^\Q$root\E/}{}r } "$root/README.md", glob "$root/doc/*.md")
{
	my @blocks = blocks($page) or next;
	my $database = $page =~ tr/a-zA-Z/_/cr;
	my $script = join '', map { "\\echo === $_\n$blocks[$_]{sql}" } 0 .. $#blocks;

	$node->safe_psql('postgres', "CREATE DATABASE \"$database\" TEMPLATE demo");
	my ($out, $err) = psql($database, $script);
	is(join('', grep { !/cannot drop extension flis because other objects depend on it$/ } $err =~ /^.*ERROR:.*\n/mg),
		'', "$page: nothing fails, but for dropping what is used");

	# What is shown stands in the answer as it is; a record may be another than the first.
	my @answers = split /^=== \d+\n/m, $out;
	shift @answers;
	foreach my $n (grep { defined $blocks[$_]{answer} } 0 .. $#blocks)
	{
		my ($expected, $answer) = map { s/^-\[ RECORD \d+ \].*\n/-\n/mgr } $blocks[$n]{answer}, $answers[$n];

		$shown++;
		ok(index($answer, $expected) >= 0, "$page: " . substr($blocks[$n]{sql}, 0, 40) =~ tr/\n/ /r)
		  or diag("shown:\n$expected\nanswered:\n$answer");
	}
}
cmp_ok($shown, '>=', 9, 'there are answers');

# A reader who goes from page to page in one database meets no error either.
my $tour = join '', map { map { $_->{sql} } blocks("$_.md") }
	qw(README doc/analyst doc/keyfigures doc/guide doc/loading doc/recipes doc/tools doc/operation);
$node->safe_psql('postgres', 'DROP DATABASE doc_loading_md; DROP ROLE deck_loader; CREATE DATABASE tour TEMPLATE demo');
my (undef, $err) = psql('tour', $tour);
is(join('', grep { !/cannot drop extension flis because other objects depend on it$/ } $err =~ /^.*ERROR:.*\n/mg),
	'', 'nor does anything fail on a tour of the pages');

chdir $root or die $!;
$node->stop;
done_testing();
