# The deck's reader on the real deck and on many others as programs extract them, where they are at hand,
# in a database of another encoding, and with decks of many megabytes.

use strict;
use warnings;

use Encode;
use FindBin;
use IO::Uncompress::Gunzip qw(gunzip);
use JSON::PP;
use MIME::Base64;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $data = "$FindBin::RealBin/../data";
my $shared = $ENV{FLIS_SHARED} // "$FindBin::RealBin/../../../shared";
my $real = "$shared/deck/status-30-06.txt";

my $node = PostgreSQL::Test::Cluster->new('deck');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->append_conf('postgresql.conf', "datestyle = 'ISO, YMD'\n");
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION flis');

# literal: a file as a literal of SQL.
sub literal
{
	my $text = slurp_file(shift);
	$text =~ s/'/''/g;
	return "'$text'";
}

# ask: a query's answer.  All text here is bytes of UTF-8.
sub ask
{
	my ($database, $query) = @_;
	return $node->safe_psql($database, "SET client_encoding = 'UTF8';\n$query");
}

SKIP:
{
	skip "there is no $real", 4 unless -e $real;
	my $deck = literal($real);
	my $ok = 'Kører efter planen';

	is( ask('postgres', qq{
			SELECT area, as_of, data_through, state, complete, benchmarkable, frequency, source
			FROM flis_parse_overview($deck, 2025)}),
		<<'ROWS' =~ s/\n\z//r, 'the real deck has its 17 rows');
borger|2025-06-30|2025-04-30|on_schedule|||Månedligt|CPR-registret
oekonomi|2025-06-30|2025-04-30|on_schedule|||Månedligt|Kommunernes økonomisystemer
personale_fravaer|2025-06-30|2025-04-30|on_schedule|||Månedligt|Kommunernes personalesystemer
krl_personale|2025-06-30|2025-02-28|on_schedule|||Månedligt|KRL Personale og KRL fravær
noegletal|2025-06-30|2025-04-30|not_reported|||Månedligt|
skole|2025-06-30|2025-04-30|caveat|f||Månedligt/årligt|Kommunernes skolesystemer/STIL
dagtilbud|2025-06-30|2025-04-30|on_schedule|||Månedligt|Danmarks Statistik og Aula
aula|2025-06-30|2025-04-30|on_schedule|||Månedligt|Aula
fsiii|2025-06-30|2025-04-30|caveat|f||Månedligt|Fælleskommunal gateway (fra kommunernes EOJ-løsninger)
udsatte_boern_og_unge|2025-06-30|2025-04-30|on_schedule|||Månedligt|DUBU
vh|2025-06-30|2025-04-30|caveat||f|Månedligt|Danmarks Statistik
aeldre|2025-06-30|2025-04-30|on_schedule|||Månedligt|Danmarks Statistik og Fælleskommunal gateway (fra kommunernes EOJ-løsninger)
ky|2025-06-30|2025-04-30|on_schedule|||Månedligt|KY
kp|2025-06-30|2025-04-30|on_schedule|||Månedligt|KP
dfdg|2025-06-30||closed|||Månedligt|DFDG (STAR)
dream|2025-06-30|2025-02-28|on_schedule|||Månedligt|DREAM (STAR)
yr|2025-06-30|2025-04-30|on_schedule|||Månedligt|YR
ROWS

	# The notes' words stay with the deck: where each begins and ends, and that nothing is broken.
	is( ask('postgres', qq{
			SELECT area, split_part(note, ' ', 1), substring(note FROM '[^ ]+\$'), note ~ '- |  |\\n'
			FROM flis_parse_overview($deck, 2025) WHERE note <> '$ok'}),
		join("\n", 'skole|Der|ukendt.|f', 'fsiii|Da|oplysninger.|f', 'vh|Vi|frafiltrering.|f',
			'dfdg|Der|igen.|f'),
		'the notes are whole');

	is( ask('postgres', qq{
			SELECT change, count(*) FROM flis_import_overview($deck, 2025) GROUP BY 1;
			SELECT change, count(*) FROM flis_import_overview($deck, 2025) GROUP BY 1}),
		"new|17\nunchanged|17", 'the real deck is new once');

	is( ask('postgres', q{
			SELECT flis_data_through('borger', '2025-06-30'), flis_data_through('borger', '2025-07-10'),
				   flis_data_through('krl_personale', '2025-06-30'),
				   flis_expected_through('krl_personale', '2025-06-30'),
				   flis_data_through('krl_personale', '2025-07-10'),
				   flis_data_through('dfdg', '2026-06-30'), flis_next_release('dfdg', '2025-06-30')}),
		'2025-04-30|2025-05-31|2025-02-28|2025-01-31|2025-02-28||', 'the real deck decides');
}

# Many decks, each as up to 19 programs extract it: none is read wrongly, and enough are read.
SKIP:
{
	my $decks = "$shared/decks/decks.jsonl.gz";
	skip "there is no $decks", 2 unless -e $decks;
	my %least = ('md-markitdown' => 59, 'md-docling' => 59, 'csv-semicolon' => 59, 'csv-comma' => 59,
		'pptx-tabs' => 88, 'pptx-spaces' => 88, 'pptx-cells' => 82, 'pdftotext-tsv' => 82, 'pdftotext-raw' => 58);
	my ($wrong, $right) = judge($decks);
	is(join("\n", @$wrong), '', 'no deck is read wrongly');
	is(join(', ', grep { ($right->{$_} // 0) < $least{$_} } sort keys %least), '', 'enough decks are read');
}

# judge: the rows that are read wrongly, and how many decks of each program are read right.
sub judge
{
	gunzip(shift() => \my $lines) or die 'cannot read the decks';
	my @jobs;
	for (split /\n/, $lines)
	{
		my $deck = decode_json($_);
		push @jobs, map { [ $deck, $_ ] } sort keys %{ $deck->{texts} };
	}
	my $sql = q{SET client_encoding = 'UTF8'; SET client_min_messages = error;
		CREATE FUNCTION pg_temp.ask(deck text, year integer) RETURNS jsonb LANGUAGE plpgsql AS $$
		BEGIN RETURN (SELECT jsonb_agg(r) FROM flis_parse_overview(deck, year) AS r);
		EXCEPTION WHEN invalid_parameter_value THEN RETURN 'null'; END $$;
	};
	for my $job (@jobs)
	{
		my ($deck, $program) = @$job;
		my $text = $deck->{texts}{$program};
		utf8::encode($text);
		$sql .= sprintf "SELECT pg_temp.ask(convert_from(decode('%s', 'base64'), 'UTF8'), %d);\n",
		  encode_base64($text, ''), $deck->{year};
	}
	my @answers = split /\n/, $node->safe_psql('postgres', $sql);
	my (@wrong, %right);
	for my $job (@jobs)
	{
		my ($deck, $program) = @$job;
		my $rows = JSON::PP->new->allow_nonref->decode(Encode::decode('UTF-8', shift @answers)) // next;
		my $found = differences($deck, $rows);
		push @wrong, map { "$deck->{deck} $program: $_" } @$found;
		$right{$program}++ unless @$found;
	}
	return (\@wrong, \%right);
}

# differences: in what rows differ from what a deck holds, spaces and hyphens apart.
sub differences
{
	my ($deck, $rows) = @_;
	my %rows = map { $_->{area} => $_ } @$rows;
	my @found;
	for my $want (@{ $deck->{expected} })
	{
		my $row = delete $rows{ $want->{area} };
		push @found, "no row of $want->{area}" and next unless $row;
		for my $field (qw(data_through frequency source note))
		{
			my ($left, $right) = map { ($_ // '') =~ s/[\s\x{ad}-]//gr } $want->{$field}, $row->{$field};
			push @found, "$want->{area}.$field" if $left ne $right;
		}
		push @found, 'as_of' if $row->{as_of} ne $deck->{as_of};
	}
	return [ @found, map { "a row of $_" } keys %rows ];
}

# A database of another encoding reads and stores the same; it has no bullets.
my $plain = literal("$data/deck-plain.txt") =~ s/▪//gr;
my $rows = "SELECT d FROM flis_parse_overview($plain, 2025) AS d";
$node->safe_psql('postgres',
	q{CREATE DATABASE latin1 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0});
$node->safe_psql('latin1', 'CREATE EXTENSION flis');
is(ask('latin1', $rows), ask('postgres', $rows), 'a LATIN1 database reads a deck alike');
is( ask('latin1', qq{
		SELECT change, count(*) FROM flis_import_overview($plain, 2025) GROUP BY 1;
		SELECT change, count(*) FROM flis_import_overview($plain, 2025) GROUP BY 1;
		SELECT source, note FROM flis_status WHERE area = 'aeldre'}),
	"new|17\nunchanged|17\n"
	  . 'Danmarks Statistik og den fælles datavej (kommunernes EOJ-løsninger)|Kører efter planen',
	'a LATIN1 database stores a deck');
my ($result, $stdout, $stderr) = $node->psql('latin1', q{
	SET client_encoding = 'UTF8';
	SELECT flis_parse_overview(E'Oversigt pr. 30/6\nØster Månedligt April - -', 2025)});
like($stderr, qr/Øster Månedligt April/, 'a complaint is in the client\'s encoding');

# What a deck of so many megabytes makes of one row's note.
sub big
{
	my ($megabytes, $unit, $tail) = @_;
	return sprintf(q{E'Oversigt pr. 30/6\nBorger %s April CPR-registret Der er ' || repeat(E'%s', %d) || E'%s'},
		'Månedligt', $unit, $megabytes * 1024 * 1024 / length($unit =~ s/\\n/n/gr),
		$tail // '');
}

($result, $stdout, $stderr) =
  $node->psql('postgres', 'SELECT count(*) FROM flis_parse_overview(' . big(20, 'data ') . ', 2025)');
like($stderr, qr/ERROR:  the deck is longer than 16 MB/, 'a deck of 20 MB is refused');
is( $node->safe_psql('postgres',
		'SELECT area, length(note) FROM flis_parse_overview(' . big(5, 'data\n') . ', 2025)'),
	'borger|5242886', 'a deck of 5 MB is read');
# Hyphens alone spell nothing, however many there are where a name could end.
($result, $stdout, $stderr) =
  $node->psql('postgres', 'SELECT count(*) FROM flis_parse_overview(' . big(1, '- ') . ', 2025)');
like($stderr, qr/a note that something else runs into/, 'a deck of many dashes is refused');
for my $unit ('data ', 'a\n', '   x', 'Der\n', '  -\n')
{
	($result, $stdout, $stderr) = $node->psql('postgres',
		q{SET statement_timeout = '50ms'; SELECT count(*) FROM flis_parse_overview(} . big(15, $unit) . ', 2025)');
	like($stderr, qr/canceling statement due to statement timeout/, "a deck of many \"$unit\" can be cancelled");
}

# All or nothing, also when the last of many rows fails to be stored.
($result, $stdout, $stderr) = $node->psql('latin1', "TRUNCATE flis_status;
	ALTER TABLE flis_status ADD CONSTRAINT no_yr CHECK (area <> 'yr');
	SET client_encoding = 'UTF8'; SELECT count(*) FROM flis_import_overview($plain, 2025)");
like($stderr, qr/violates check constraint "no_yr"/, 'the last row fails');
is($node->safe_psql('latin1', 'SELECT count(*) FROM flis_status'), '0', 'so none is stored');

$node->stop;
done_testing();
