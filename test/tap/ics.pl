# The calendar to subscribe to is one: octet by octet as RFC 5545 wants it, read by a parser that knows
# nothing of flis (Debian's python3-icalendar), with the days, states and numbers that the tables
# give, and with numbers that rise with each change and never fall.

use strict;
use warnings;

use Encode qw(decode encode);
use IPC::Run;
use JSON::PP;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

if (system('python3 -c "import icalendar" >/dev/null 2>&1') != 0)
{
	plan skip_all => 'there is no python3 with icalendar (Debian: python3-icalendar)';
}

my $node = PostgreSQL::Test::Cluster->new('ics');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', "timezone = 'Europe/Copenhagen'\ndatestyle = 'ISO'\n");
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION flis');

my $file = "$PostgreSQL::Test::Utils::tmp_check/releases.ics";
my $months = "'2025-09-01', '2026-02-28'";

# What the parser finds: the calendar, and its events by UID.
my $parser = "$PostgreSQL::Test::Utils::tmp_check/parse.py";
append_to_file($parser, <<'PYTHON');
import json, sys, icalendar

calendars = icalendar.Calendar.from_ical(open(sys.argv[1], "rb").read(), multiple=True)
assert len(calendars) == 1
calendar = calendars[0]
events = {}
assert calendar.subcomponents
for event in calendar.subcomponents:
    assert not event.errors, event.errors
    if event.name != "VEVENT":
        continue
    found = {name: str(event[name]) for name in ("STATUS", "TRANSP", "SUMMARY", "DESCRIPTION")}
    found["SEQUENCE"] = int(event["SEQUENCE"])
    for name in ("DTSTART", "DTEND"):
        assert event[name].params["VALUE"] == "DATE"
        found[name] = event[name].dt.isoformat()
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        if name in event:
            assert event[name].dt.utcoffset().total_seconds() == 0
            found[name] = event[name].dt.strftime("%Y-%m-%d %H:%M:%S")
    if "CATEGORIES" in event:
        found["CATEGORIES"] = [str(c) for c in event["CATEGORIES"].cats]
    assert event["UID"] not in events
    events[event["UID"]] = found
print(json.dumps({"errors": calendar.errors, "name": str(calendar["NAME"]), "apple": str(calendar["X-WR-CALNAME"]),
    "version": str(calendar["VERSION"]), "refresh": calendar["REFRESH-INTERVAL"].to_ical().decode(),
    "method": "METHOD" in calendar, "components": [c.name for c in calendar.subcomponents if c.name != "VEVENT"],
    "events": events}, default=str))
PYTHON

# download: write a calendar to the file as the README says, and return its octets.
sub download
{
	my ($arguments, $database) = @_;

	local $ENV{PGCLIENTENCODING} = 'UTF8';
	IPC::Run::run(
		[ 'psql', '-XAtq', '-d', $node->connstr($database // 'postgres'),
			'-c', "SELECT flis_release_ics($arguments)" ], '>', $file)
	  or die "psql failed: $arguments";
	return slurp_file($file);
}

# parsed: what the parser finds in a calendar.
sub parsed
{
	my ($arguments, $database) = @_;
	my $octets = download($arguments, $database);
	my ($out, $err) = ('', '');

	IPC::Run::run([ 'python3', $parser, $file ], '>', \$out, '2>', \$err) or die "$arguments: $err";
	my $calendar = decode_json($out);
	$calendar->{octets} = $octets;
	return $calendar;
}

# is_sound: every line of a calendar is as section 3.1 wants it, but for the newline of psql's own.
sub is_sound
{
	my ($octets, $name) = @_;

	ok($octets =~ s/\r\n\n\z/\r\n/, "$name: one newline of psql's follows the last line's end");
	my @lines = split /\r\n/, $octets;
	is(scalar(grep { /[\r\n]/ } @lines), 0, "$name: no end of line but CR LF");
	is(scalar(grep { length > 75 } @lines), 0, "$name: at most 75 octets a line");
	is(scalar(grep { !eval { decode('UTF-8', my $line = $_, Encode::FB_CROAK); 1 } } @lines),
		0, "$name: no character is parted");
	is(scalar(grep { /[\x00-\x08\x0B-\x1F\x7F]/ } @lines), 0, "$name: no control characters");
	is("$lines[0] $lines[-1]", 'BEGIN:VCALENDAR END:VCALENDAR', "$name: one calendar");
	return @lines;
}

# Texts that are long, that want escaping, and of two to four octets a character, so that folds fall at
# every place within one; and each state that a release can have.
# (This parser takes a backslash and an n for an end of line, and a comma in a category for its end.)
my $note = "Først; så, og \\d er en \\\nmen \"dette\": \t"
  . join('', map { encode('UTF-8', chr(0x1F600 + $_)) . 'aé€' x $_ } 1 .. 30);
$node->safe_psql('postgres', qq{
	UPDATE flis_area SET name = 'Æbler, pærer; og \\ blommer ${\ ('ø' x 100)}', area_group = 'A; B' WHERE area = 'borger';
	INSERT INTO flis_release (area, cycle, planned_on, released_on, cancelled, note) VALUES
		('borger', '2025-11-01', '2025-11-14', NULL, false, '$note'),
		('oekonomi', '2025-11-01', '2025-11-03', NULL, false, NULL),
		('skole', '2025-11-01', NULL, NULL, true, E'bell\\x07\\r\\nnext'),
		('aula', '2025-11-01', '2025-11-12', '2025-11-13', false, NULL),
		('vh', '2025-11-01', NULL, '2025-10-28', false, NULL);
	INSERT INTO flis_rule (area, valid_from, lag, business_day) VALUES ('kp', '2025-12-01', 2, 'following')});

foreach my $language ('da', 'en')
{
	my $calendar = parsed("$months, '{}', '$language'");
	my @lines = is_sound($calendar->{octets}, $language);

	ok((grep { /^ / && length > 70 } @lines) > 20, "$language: many lines are folded");
	is_deeply(
		[ @$calendar{qw(errors name apple version refresh components)}, $calendar->{method} ? 'METHOD' : 'none' ],
		[ [], ($language eq 'da' ? 'FLIS: udgivelser, datapakke' : 'FLIS: releases, data package') x 2, '2.0', 'PT12H', [], 'none' ],
		"$language: the calendar");

	my $suffix = $language eq 'da' ? '' : '.en';
	my $borger = $calendar->{events}{"borger.datapakke.2025-11-01$suffix\@flis"};
	is((grep { !/^[a-z_]+\.datapakke\.[0-9-]+\Q$suffix\E\@flis$/ } keys %{ $calendar->{events} }), 0, "$language: its own UIDs");
	is($borger->{SUMMARY},
		decode('UTF-8', 'Æbler, pærer; og \\ blommer ' . 'ø' x 100)
		  . ($language eq 'da' ? ': data t.o.m. september 2025' : ': data through September 2025'),
		"$language: a name is read as it is");
	ok($borger->{DESCRIPTION} =~ s/^[^\n]*\n//r eq decode('UTF-8', $note), "$language: a note is read as it is");
	is_deeply($borger->{CATEGORIES}, ['A; B'], "$language: the group is the category");
}

# Each channel against the tables.  The state of a release says which days it shows: the window
# while it has no day of its own, unless what it follows comes so late that its day lies behind the
# window.  Its number is the sum of the counts of all that decides it, of the channels that its own
# follows, too.
my $expected = q{
SELECT json_object_agg(uid, json_build_object('DTSTART', first, 'DTEND', last + 1, 'STATUS', status, 'SEQUENCE', sequence))
FROM (SELECT c.area || '.' || c.channel || '.' || c.cycle || '@flis' AS uid,
			 CASE WHEN s.is_window THEN c.window_opens ELSE d.day END AS first,
			 CASE WHEN s.is_window THEN c.window_closes ELSE d.day END AS last,
			 CASE c.date_status WHEN 'provisional' THEN 'TENTATIVE' WHEN 'cancelled' THEN 'CANCELLED' ELSE 'CONFIRMED' END AS status,
			 (SELECT coalesce(sum(v.revision), 0) FROM (SELECT reference_table, key, max(revision) AS revision FROM flis_revision GROUP BY 1, 2) v
			  WHERE (v.reference_table = 'flis_area' AND v.key = c.area)
					OR (v.reference_table = 'flis_rule' AND split_part(v.key, ',', 1) = c.area)
					OR (v.reference_table = 'flis_channel' AND split_part(v.key, ',', 1) = ANY (leaders))
					OR (v.reference_table = 'flis_release'
						AND (v.key = '' OR v.key IN (SELECT concat_ws(',', c.area, leader, c.cycle) FROM unnest(leaders) leader)))) AS sequence
	  FROM flis_release_calendar(MONTHS, 'CHANNEL') c
		   CROSS JOIN (SELECT CASE 'CHANNEL' WHEN 'dap' THEN '{dap,datapakke,udlaesning}' ELSE '{datapakke,udlaesning}' END::text[] AS leaders) k
		   LEFT JOIN flis_release r USING (area, channel, cycle)
		   CROSS JOIN LATERAL (SELECT coalesce(c.released_on, c.expected_on) AS day) d
		   CROSS JOIN LATERAL (SELECT r.planned_on IS NULL AND r.released_on IS NULL AND c.expected_on <= c.window_closes AS is_window) s
	  WHERE c.area IN (SELECT area FROM flis_rule WHERE frequency <> 'DAILY')) e};

# agrees: the calendar of a channel has the events that the tables give, and how many of them are in
# which state.
sub agrees
{
	my ($channel, $name) = @_;
	my $events = parsed("$months, channel => '$channel'")->{events};
	my $tables = decode_json($node->safe_psql('postgres',
			$expected =~ s/MONTHS/$months/r =~ s/CHANNEL/$channel/r));
	my %found;
	my %states;

	foreach my $uid (keys %$events)
	{
		my %event = %{ $events->{$uid} };
		$found{$uid} = { map { $_ => $event{$_} } qw(DTSTART DTEND STATUS SEQUENCE) };
		$states{ $event{STATUS} }++;
	}
	is_deeply(\%found, $tables, $name);
	return join ' ', map { "$_ $states{$_}" } sort keys %states;
}

# Six months of 18 areas, 16 on the 10th and two ahead: 108 events.  By hand: one cancelled, four
# planned or come.  The cubes follow the packages, in their states too.
is(agrees('datapakke', 'data packages: as the tables say'), 'CANCELLED 1 CONFIRMED 4 TENTATIVE 103', 'data packages: their states');
is(agrees('dap', 'cubes: as the tables say'), 'CANCELLED 1 CONFIRMED 4 TENTATIVE 103', 'cubes: their states');

# LAST-MODIFIED and DTSTAMP are when something changed last, in UTC, whatever the time zone;
# DTSTAMP, which every event has, is 1970 where nothing ever did.
my $changed = $node->safe_psql('postgres', q{
	UPDATE flis_release SET note = 'x' WHERE area = 'vh';
	SELECT to_char(system_from AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')
	FROM flis_release WHERE area = 'vh' AND channel = 'datapakke' AND cycle = '2025-11-01'});
my $vh = parsed($months)->{events}{'vh.datapakke.2025-11-01@flis'};
is($vh->{'LAST-MODIFIED'}, $changed, 'LAST-MODIFIED');
is($vh->{DTSTAMP}, $changed, 'DTSTAMP');
my $cubes = parsed("$months, channel => 'dap'")->{events};
is($cubes->{'vh.dap.2025-11-01@flis'}{'LAST-MODIFIED'}, $changed, 'LAST-MODIFIED of the cube that follows');
ok(!exists $cubes->{'ky.dap.2025-11-01@flis'}{'LAST-MODIFIED'}, 'no LAST-MODIFIED where nothing ever changed');
is($cubes->{'ky.dap.2025-11-01@flis'}{DTSTAMP}, '1970-01-01 00:00:00', 'DTSTAMP where nothing ever changed');

# An event's number rises with a change and never falls.
my $last = 0;
foreach (
	[ 'another day', "UPDATE flis_release SET planned_on = '2025-11-17' WHERE area = 'borger'" ],
	[ 'deleted', "DELETE FROM flis_release WHERE area = 'borger'" ],
	[ 'written again', "SELECT flis_record_release('borger', 'datapakke', '2025-11-01', '2025-11-17')" ],
	[ 'a rule changes', "UPDATE flis_rule SET early_max_days = 2 WHERE area = 'borger'" ],
	[ 'a new version of a rule', "INSERT INTO flis_rule (area, valid_from, lag) VALUES ('borger', '2025-10-01', 2)" ],
	[ 'and it goes', "DELETE FROM flis_rule WHERE area = 'borger' AND valid_from = '2025-10-01'" ],
	[ 'a channel changes', "UPDATE flis_channel SET closes_day = 11 WHERE channel = 'datapakke'" ],
	[ 'all releases go', 'TRUNCATE flis_release' ])
{
	my ($name, $sql) = @$_;

	$node->safe_psql('postgres', $sql);
	my $sequence = parsed($months)->{events}{'borger.datapakke.2025-11-01@flis'}{SEQUENCE};
	cmp_ok($sequence, '>', $last, "SEQUENCE rises: $name");
	$last = $sequence;
}

# A restore takes the numbers along, and they go on from there.
$node->safe_psql('postgres', 'CREATE DATABASE restored');
my $dump = "$PostgreSQL::Test::Utils::tmp_check/ics.sql";
$node->command_ok([ 'pg_dump', '-f', $dump, 'postgres' ], 'dump');
$node->command_ok([ 'psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-f', $dump, 'restored' ], 'restore');
is(parsed($months, 'restored')->{events}{'borger.datapakke.2025-11-01@flis'}{SEQUENCE}, $last, 'restored: the same SEQUENCE');
$node->safe_psql('restored', q{SELECT flis_postpone_release('borger', 'datapakke', '2025-11-01', '2025-11-20', NULL)});
is(parsed($months, 'restored')->{events}{'borger.datapakke.2025-11-01@flis'}{SEQUENCE}, $last + 1, 'restored: it rises');

# Named areas, a daily one among them, once each; nothing; the ends of the calendar.
is_deeply(
	[ sort keys %{ parsed(q{'2025-11-09', '2025-11-11', '{Ukraine,borger,BORGER}'})->{events} } ],
	[ 'borger.datapakke.2025-11-01@flis', map { "ukraine.datapakke.2025-11-$_\@flis" } qw(09 10 11) ],
	'named areas');
my $empty = parsed(q{'2025-11-10', '2025-11-09'});
is_deeply([ @$empty{qw(events components)} ], [ {}, ['VTIMEZONE'] ], 'a calendar without events has a component');
my $octets = download(q{'0001-01-01', '0001-02-28', channel => 'udlaesning'}) . download(q{'9999-11-01', '9999-12-31', '{ukraine}'});
is(scalar(grep { !/:(0001|9999)\d{4}\r/ } $octets =~ /^(DT(?:START|END);.*\n)/mg), 0, 'years have four digits');

# In a database of another encoding the octets are the same.
$node->safe_psql('postgres', q{CREATE DATABASE latin1 ENCODING 'LATIN1' TEMPLATE template0});
$node->safe_psql('latin1', 'CREATE EXTENSION flis');
my $aeldre = q{'2025-11-01', '2025-11-30', '{aeldre,noegletal}'};
my $latin1 = parsed($aeldre, 'latin1');
is_sound($latin1->{octets}, 'LATIN1');
is($latin1->{events}{'aeldre.datapakke.2025-11-01@flis'}{SUMMARY}, "\x{C6}ldre: data t.o.m. september 2025", 'LATIN1: a name');

$node->stop;
done_testing();
