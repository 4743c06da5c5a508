# The reference, doc/flis.md, is what doc/reference.sql makes of the catalog's comments, in any
# schema; it tells of every object but the internal ones.  The map of the sources has every folder,
# and all links of all pages lead somewhere.

use strict;
use warnings;

use FindBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $root = "$FindBin::RealBin/../..";
my $doc = "$root/doc";
my $written = slurp_file("$doc/flis.md");

my $node = PostgreSQL::Test::Cluster->new('doc');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', "datestyle = 'German'\nclient_encoding = 'LATIN1'\n");
$node->start;

# reference: the reference of a database in which the extension is in a schema.
sub reference
{
	my ($database, $schema) = @_;
	my ($out, $err) = ('', '');

	$node->safe_psql('postgres', "CREATE DATABASE $database");
	$node->safe_psql($database, "CREATE SCHEMA IF NOT EXISTS \"$schema\"; CREATE EXTENSION flis SCHEMA \"$schema\"");
	IPC::Run::run([ 'psql', '-XAtq', '-d', $node->connstr($database), '-f', "$doc/reference.sql" ],
		'>', \$out, '2>', \$err) or die $err;
	is($err, '', "$schema: nothing to complain of");
	return $out;
}

my $made = reference('usual', 'public');
ok($made eq $written, 'doc/flis.md is as "make doc" makes it') or diag(difference($made, $written));
is(reference('other', 'My schema'), $made, 'the schema makes no difference');

# difference: the first line in which two texts differ.
sub difference
{
	my @made = split /\n/, shift;
	my @written = split /\n/, shift;
	my ($n) = grep { ($made[$_] // '') ne ($written[$_] // '') } 0 .. ($#made > $#written ? $#made : $#written);

	return sprintf("line %d\nmade:    %s\nwritten: %s\n", $n + 1, $made[$n] // '', $written[$n] // '');
}

# A heading for each object that is not called internal, and none besides.
my @headings = $written =~ /^### (.*)$/mg;
my $expected = $node->safe_psql('usual', q{
	SELECT DISTINCT name COLLATE "C"
	FROM pg_depend d,
		 LATERAL (SELECT p.proname::text, obj_description(p.oid, 'pg_proc')
				  FROM pg_proc p WHERE d.classid = 'pg_proc'::regclass AND p.oid = d.objid
				  UNION ALL
				  SELECT c.relname::text, obj_description(c.oid, 'pg_class')
				  FROM pg_class c WHERE d.classid = 'pg_class'::regclass AND c.oid = d.objid AND c.relkind <> 'S') o (name, comment)
	WHERE d.deptype = 'e' AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'flis')
		  AND comment NOT LIKE 'Internal%'
	ORDER BY 1});
is(join("\n", sort @headings), $expected, 'every object that is not internal has a heading');
cmp_ok(scalar(@headings), '>', 40, 'there are many');

# Links lead to headings; tables have the columns that their heads have; code is closed.
my %heading = map { $_ => 1 } @headings;
my @links = $written =~ /\]\(#([^)]*)\)/g;
is_deeply([ sort @links ], [ sort @headings ], 'the tables of contents lead to each of them');
is_deeply(
	[ grep { /^\|/ && !/^\|( [^|]*[^|\\ ] \|| -*\|){2,3}$/ && !/^\|(---\|){2,3}$/ } split /\n/, $written ],
	[], 'every row of a table is one, and no cell is empty');
is_deeply([ grep { (() = /`/g) % 2 } split /\n/, $written =~ s/^```(sql)?$//mgr ], [], 'code ends on its line');
is(scalar(() = $written =~ /^```(?:sql)?$/mg) % 2, 0, 'blocks of code end');
is_deeply(
	[ grep { length > 100 && !/^(\||- `flis_[a-z0-9_]+`: `)/ } split /\n/, $written =~ s/^```sql\n.*?^```$//msgr ],
	[], 'lines are wrapped, but for statements');

$node->stop;

# The map of the sources has each folder, once, and what it names there is; the map of the tests
# each file.
my ($map, $tests) = split /^## The tests\n/m, slurp_file("$root/src/README.md");
my @told = $map =~ m{^### `src/(\w+)`}mg;

is_deeply([ sort @told ], [ sort map { (m{(\w+)$})[0] } grep { -d } glob "$root/src/*" ],
	'the map of the sources has each folder, once');

my %files = map { (m{(\w+)\.[ch]$})[0] => 1 } glob "$root/src/*/*.[ch]";
@told = map { /`(\w+)`/g } $map =~ /^\| (`[^|]*)\|/mg;
is_deeply([ grep { !$files{$_} } @told ], [], 'the files that it names are there');
cmp_ok(scalar(@told), '>', 20, 'it names many');

@told = map { /`(\w[\w.]*)`/g } $tests =~ /^(\| `[^|]*)\|/mg;
%files = map { (m{([^/]+)$})[0] => 1 } grep { !/cppcheck|valgrind/ } glob "$root/test/*";
is_deeply([ sort @told ], [ sort keys %files ], 'the map of the tests has each file, once');

# Links to files and to headings.
my ($links, @broken) = 0;
foreach my $page (map { glob "$root/$_" } qw(*.md doc/*.md src/*.md test/*.md test/*/*.md))
{
	my $folder = $page =~ s{/[^/]*$}{}r;
	my $prose = slurp_file($page) =~ s/^```.*?^```$//gmsr =~ s/(`+).*?\1/code/gr;

	foreach my $link ($prose =~ /\]\((?![a-z]+:)([^)]+)\)/g)
	{
		my ($file, $heading) = split /#/, $link;
		my $target = $file eq '' ? $page : "$folder/$file";

		$links++;
		push @broken, "$page: $link"
			if !-e $target || defined $heading && !grep { $_ eq $heading } anchors($target);
	}
}
cmp_ok($links, '>', 70, 'pages have links');
is_deeply(\@broken, [], 'all of them lead somewhere');

# anchors: the fragments by which GitHub and others find the headings of a page.
sub anchors
{
	return map { lc s/[^\w -]//gr =~ tr/ /-/r } slurp_file(shift) =~ /^#+ (.*)$/mg;
}

done_testing();
