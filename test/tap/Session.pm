# Sessions that stay, for tests of what a session keeps from one statement to the next.
package Session;

use strict;
use warnings;

use Exporter qw(import);
use IPC::Run;
use PostgreSQL::Test::Utils;

our @EXPORT = qw(session);

# session: a psql that stays, in a database, "postgres" unless it is named; returns a function that
# runs a statement in it and returns the answer.
sub session
{
	my ($node, $database) = @_;
	my ($in, $out) = ('', '');
	my $limit = IPC::Run::timeout($PostgreSQL::Test::Utils::timeout_default);
	my $psql = IPC::Run::start([ 'psql', '-XAtq', '-d', $node->connstr($database // 'postgres') ],
		'<' => \$in, '>' => \$out, '2>&1', $limit);

	return sub {
		my ($sql) = @_;

		$limit->start($PostgreSQL::Test::Utils::timeout_default);
		$in .= defined $sql ? "$sql;\n\\echo answered\n" : "\\q\n";
		return $psql->finish if !defined $sql;
		$psql->pump until $out =~ s/(.*)^answered\n//ms;
		return $1 =~ s/\n\z//r;
	};
}

1;
