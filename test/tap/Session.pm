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
	my $session = Session->new($node, $database);

	return sub {
		my ($sql) = @_;

		return defined $sql ? $session->ask($sql) : $session->quit;
	};
}

# new: the same as an object, for statements that may have to wait for another session.
sub new
{
	my ($class, $node, $database) = @_;
	my $self = { in => '', out => '', err => '', state => '00000' };

	$self->{limit} = IPC::Run::timeout($PostgreSQL::Test::Utils::timeout_default);
	$self->{psql} = IPC::Run::start(
		[ 'psql', '-XAtq', '-d', $node->connstr($database // 'postgres') ],
		'<' => \$self->{in},
		'>' => \$self->{out},
		'2>' => \$self->{err},
		$self->{limit});
	return bless $self, $class;
}

# send: begin a statement.
sub send
{
	my ($self, $sql) = @_;

	$self->{limit}->start($PostgreSQL::Test::Utils::timeout_default);
	$self->{in} .= "$sql;\n\\echo answered :SQLSTATE\n\\warn answered\n";
	$self->{psql}->pump_nb while $self->{in} ne '';
	return;
}

# answer: what came back, the messages behind it, with its SQLSTATE in {state}; undef as long as there
# is nothing.
sub answer
{
	my ($self) = @_;

	$self->{psql}->pump_nb;
	my ($rows, $state) = $self->{out} =~ /(.*?)^answered (\w*)\n/ms or return;
	my ($messages) = $self->{err} =~ /(.*?)^answered\n/ms or return;

	$self->{$_} =~ s/.*?^answered.*?\n//ms foreach ('out', 'err');
	$self->{state} = $state;
	return ($rows . $messages) =~ s/\n\z//r;
}

# ask: begin a statement and wait for its answer.
sub ask
{
	my ($self, $sql) = @_;
	my $answer;

	$self->send($sql);
	$self->{psql}->pump until defined($answer = $self->answer);
	return $answer;
}

# quit: end the session.
sub quit
{
	my ($self) = @_;

	$self->{in} .= "\\q\n";
	return $self->{psql}->finish;
}

# abandon: end one whose server may have gone.
sub abandon
{
	my ($self) = @_;

	eval { $self->{psql}->kill_kill(grace => 1); };
	return;
}

1;
