# Too much of everything: a deck of a hundred megabytes, bytes that are no text, tables a hundred
# thousand times as long as they should be.  What takes long can be cancelled, what takes too much
# memory is an error, and either way the session goes on and answers right.

use strict;
use warnings;

use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Session;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('limits');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->append_conf('postgresql.conf', "datestyle = 'ISO, YMD'\nshared_buffers = 16MB\n");
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION flis');

my $right = q{SELECT flis_data_through('borger', '2025-11-10')};
my $deck = q{E'Oversigt pr. 30/6\nBorger Månedligt April CPR-registret Der er ' || repeat('data ', %d)};

# A deck that is too long costs what its text costs, no more.
my $ask = session($node);
my $memory = 'SELECT sum(total_bytes) < 30000000 FROM pg_backend_memory_contexts';
$ask->("SET client_encoding = 'UTF8'");
like($ask->('SELECT flis_parse_overview(' . sprintf($deck, 20_000_000) . ', 2025)'),
	qr/^ERROR:  the deck is longer than 16 MB/, 'a deck of 100 MB is refused');
is($ask->($memory), 't', 'and its memory is given back');
is($ask->($right), '2025-09-30', 'the session answers');

# Bytes that are no text: a database without an encoding lets them in.
$node->safe_psql('postgres',
	q{CREATE DATABASE bytes ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0});
$node->safe_psql('bytes', 'CREATE EXTENSION flis');
my $bytes = q{E'Oversigt pr. 30/6\nBorger M\xc3\xa5nedligt April CPR-registret Der er %s'};
is( $node->safe_psql('bytes',
		'SELECT area, data_through, note FROM flis_parse_overview(' . sprintf($bytes, '\xc3\xa5') . ', 2025)'),
	"borger|2025-04-30|Der er \xc3\xa5", 'a deck is read there');
my ($result, $stdout, $stderr) = $node->psql('bytes',
	'SELECT count(*) FROM flis_import_overview(' . sprintf($bytes, '\xff\xc3 \x80') . ', 2025)');
like($stderr, qr/ERROR:  invalid byte sequence for encoding "UTF8": 0xff/, 'one that is not UTF-8 is refused');
($result, $stdout, $stderr) = $node->psql('bytes', q{SELECT flis_data_through(E'borger\xff', '2025-11-10')});
like($stderr, qr/ERROR:  invalid byte sequence for encoding "UTF8": 0xff/, 'and so is an area');

# What takes long.  Each statement would take many seconds on tables as long as these.
$node->safe_psql('postgres', q{
	INSERT INTO flis_area (area, name) VALUES ('busy', 'Busy'), ('changed', 'Changed'), ('noted', 'Noted');
	INSERT INTO flis_rule (area, valid_from, frequency, lag)
	SELECT 'changed', date '1900-01-01' + n, CASE n % 2 WHEN 0 THEN 'DAILY' ELSE 'MONTHLY' END, n % 5
	FROM generate_series(0, 39999) n;
	INSERT INTO flis_notice (area, kind, started_on, note)
	SELECT 'noted', 'information', '2000-01-01', 'notice ' || n FROM generate_series(1, 60000) n;
	INSERT INTO flis_release (area, channel, cycle, system_from) -- as in a restore, where rows are not counted one by one
	SELECT 'changed', 'dap', date '1500-01-01' + n, '-infinity' FROM generate_series(0, 199999) n;
	INSERT INTO flis_rule (area, valid_from, frequency, business_day) VALUES ('busy', '0001-01-01', 'DAILY', 'modified_following');
	CREATE TABLE names AS SELECT repeat('x', n % 150) || n AS name FROM generate_series(1, 40000) n});
my %slow = (
	'a deck' => 'SELECT flis_parse_overview(' . sprintf($deck, 3_000_000) . ', 2025)',
	'days of ten thousand years' =>
	  q{SELECT count(flis_data_through('busy', d::date)) FROM generate_series(1, 30) n, generate_series(timestamp '0001-01-01', '9999-12-31', '1 day') d},
	'a rule that changed each day' =>
	  q{SELECT count(flis_data_through('changed', date '0001-01-01' + n * 1000)) FROM generate_series(0, 3000) n},
	'releases of a rule that changed each day' =>
	  q{SELECT count(flis_data_through('changed', date '0001-01-01' + n * 1000, 'dap')) FROM generate_series(0, 3000) n},
	'coverage of each day' =>
	  q{SELECT count(*) FROM generate_series(timestamp '0001-01-01', '9999-12-31', '1 day') d, flis_coverage(d::date)},
	'notices that are all different' => q{SELECT count(*) FROM flis_coverage('2025-11-10')},
	'an explanation of many notices' => q{SELECT length(flis_explain('noted', '2025-11-10'))},
	'names of areas' =>
	  q{SELECT flis_common_through(array_agg(overlay('udsatte_boern_og_unge' PLACING upper(substr('udsatte_boern_og_unge', 1 + n % 20, 1)) FROM 1 + n % 20)), '2025-11-10') FROM generate_series(1, 5000000) n},
);
for my $name (sort keys %slow)
{
	my $began = time;

	$ask->("SET statement_timeout = '100ms'");
	is($ask->($slow{$name}), 'ERROR:  canceling statement due to statement timeout', "$name can be cancelled");
	cmp_ok(time - $began, '<=', 5, 'at once');
	$ask->('RESET statement_timeout');
	is($ask->($right), '2025-09-30', 'the session answers');
}

# More pairs of areas and channels than can be counted in 32 bits: too much, but no crash.
$ask->(q{BEGIN;
	INSERT INTO flis_area (area, name, system_from) SELECT 'a' || n, 'A' || n, '-infinity' FROM generate_series(1, 66000) n;
	INSERT INTO flis_channel (channel, name, opens_day, closes_day, system_from) SELECT 'c' || n, 'C' || n, 1, 1, '-infinity' FROM generate_series(1, 66000) n});
like($ask->($right), qr/^ERROR:  invalid memory alloc request size/, 'too many areas and channels are an error');
$ask->('ROLLBACK');
is($ask->($right), '2025-09-30', 'the session answers');

# The nearest of very many areas.
$node->safe_psql('postgres', q{
	INSERT INTO flis_area (area, name) SELECT 'a' || n, repeat('y', 150) || n FROM generate_series(1, 100000) n});
$ask->($right);
$ask->("SET statement_timeout = '500ms'");
is($ask->(q{SELECT flis_data_through(repeat('x', 199), '2025-11-10')}),
	'ERROR:  canceling statement due to statement timeout', 'the search for a like name can be cancelled');
$ask->('RESET statement_timeout');
is($ask->($right), '2025-09-30', 'the session answers');
$ask->();

# What takes more memory than there is: a server that may have little.
$node->safe_psql('postgres', q{
	TRUNCATE flis_notice;
	INSERT INTO flis_notice (area, kind, started_on, note)
	SELECT 'noted', 'information', '2000-01-01', repeat('x', 10000) FROM generate_series(1, 60000) n});
$node->stop;
SKIP:
{
	my $pg_ctl = sprintf("ulimit -v %d; pg_ctl -w -D '%s' -l '%s' start", 500_000, $node->data_dir, $node->logfile);

	skip 'what watches the server needs more memory itself', 10 if $ENV{FLIS_WATCHED};
	is(system('sh', '-c', "$pg_ctl >/dev/null"), 0, 'the server starts with little memory');
	$ask = session($node);
	for my $sql ('SELECT count(*) FROM flis_notice_board()', q{SELECT count(*) FROM flis_coverage('2025-11-10')},
		q{SELECT flis_data_through('noted', '2025-11-10')},
		'SELECT flis_parse_overview(' . sprintf($deck, 3_000_000) . ', 2025)')
	{
		like($ask->($sql), qr/^ERROR:  out of memory/, "out of memory: $sql");
		is($ask->($right), '2025-09-30', 'the session answers');
	}
	# Two areas that change each day: the rows go to a file, and their texts are freed.
	$node->safe_psql('bytes', q{
		INSERT INTO flis_area (area, name) VALUES ('busy', 'Busy');
		INSERT INTO flis_rule (area, valid_from, frequency) VALUES ('busy', '0001-01-01', 'DAILY')});
	is(($node->psql('bytes', q{SELECT count(*) > 9000000 FROM flis_horizon('0001-01-01', '9999-12-31')}))[1],
		't', 'all days of ten thousand years');
	$ask->();
	system_or_bail('pg_ctl', '-m', 'immediate', '-D', $node->data_dir, 'stop');
}

done_testing();
