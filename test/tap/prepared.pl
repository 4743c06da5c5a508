# While a transaction is being prepared, its id stands twice among the running ones, for as long as a
# standby makes PREPARE TRANSACTION wait.  Then two snapshots with equally many running transactions
# can differ, and a statement must still see what another session has committed.

use strict;
use warnings;

use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Session;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('prepared');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->append_conf('postgresql.conf',
	"datestyle = 'ISO, YMD'\nmax_prepared_transactions = 2\nwal_level = replica\nmax_wal_senders = 1\n"
	  . "synchronous_commit = local\nsynchronous_standby_names = 'none'\n");
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION flis');

my $reader = Session->new($node);
my $preparing = Session->new($node);
my $writing = Session->new($node);

# Two transactions that run, and one that began after them and has ended.
$preparing->ask('SET synchronous_commit = on');
$preparing->ask('BEGIN');
$preparing->ask('SELECT txid_current()');
$writing->ask('BEGIN');
$writing->ask(q{INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-11-10', 'borger', '2025-06-30')});
$node->safe_psql('postgres', 'SELECT txid_current()');

my $look = q{SELECT flis_data_through('borger', '2025-11-10'), (SELECT count(*) FROM flis_status)};
$reader->ask('BEGIN');
is($reader->ask($look), '2025-09-30|0', 'before the change');

# One is being prepared, waiting for a standby that there isn't, and the other commits.
$preparing->send(q{PREPARE TRANSACTION 'one'});
$node->poll_query_until('postgres', q{SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep')})
  or die 'the transaction does not wait';
is($reader->ask($look), '2025-09-30|0', 'while one is being prepared');
$writing->ask('COMMIT');
is($reader->ask($look), '2025-06-30|1', 'a change that was committed meanwhile');

$node->append_conf('postgresql.conf', "synchronous_standby_names = ''\n");
$node->reload;
$node->poll_query_until('postgres', q{SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep')})
  or die 'the transaction still waits';
is($reader->ask($look), '2025-06-30|1', 'and when it is prepared');
$node->safe_psql('postgres', q{ROLLBACK PREPARED 'one'});
is($reader->ask($look), '2025-06-30|1', 'and rolled back');
$reader->ask('COMMIT');

$_->quit foreach ($reader, $preparing, $writing);
done_testing();
