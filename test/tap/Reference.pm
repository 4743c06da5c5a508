# The reference implementation beside the functions, for tests that compare under one snapshot.
package Reference;

use strict;
use warnings;

use Exporter qw(import);
use FindBin;
use PostgreSQL::Test::Utils;

our @EXPORT = qw(install_reference comparison prepare_comparisons read_comparison);

# What a comparison answers a row: how many answers were compared, how many of them differ, and one
# that does.
my $count = q{
count(*), count(*) FILTER (WHERE answer IS DISTINCT FROM reference),
min(concat_ws(' ', function, area, channel, day, 'answers', coalesce(answer::text, 'NULL'), 'and not',
			  coalesce(reference::text, 'NULL'))) FILTER (WHERE answer IS DISTINCT FROM reference)};

# Of what is asked, and by which condition.  An area's answers are those of a year: a daily one has
# many cycles.
my %asked = (
	area => 'area_comparison WHERE area = $1 AND channel = $2 AND day BETWEEN $3 AND $3 + 365',
	calendar => 'release_calendar WHERE channel = $1',
	coverage => 'coverage WHERE channel = $1 AND day = $2',
	common => 'common WHERE channel = $1 AND day = $2',
	notices => 'notices WHERE day = $1');

my %parameters = (
	area => 'text, text, date',
	calendar => 'text',
	coverage => 'text, date',
	common => 'text, date',
	notices => 'date');

# install_reference: create the extension and the reference, and functions that compare within a
# statement, between a change and the next, and while one is made.  The cycles that are written down
# begin so early that on the first of the days each area has one that is out, also the yearly ones.
sub install_reference
{
	my ($node, $database, @days) = @_;
	my $file = "$FindBin::RealBin/../data/reference.sql";
	my $days = join ', ', map { "('$_')" } @days;
	my ($first) = sort @days;
	my $first_cycle = $first =~ s/^(\d+).*/($1 - 2) . '-06-01'/er;

	$node->safe_psql($database, 'CREATE EXTENSION flis');
	system_or_bail('psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-v', 'stored=',
		'-v', "first_cycle=$first_cycle", '-v', 'last_cycle=2028-01-31', '-f', $file,
		$node->connstr($database));
	$node->safe_psql($database, qq{
INSERT INTO reference.asked VALUES $days;

CREATE FUNCTION reference.compare_stable(text, text, date) RETURNS text STABLE LANGUAGE plpgsql AS
\$\$
BEGIN
	RETURN (SELECT concat_ws('|', $count) FROM reference.$asked{area});
END
\$\$;

CREATE FUNCTION reference.compare_volatile(text, text, date) RETURNS text VOLATILE LANGUAGE plpgsql AS
\$\$
BEGIN
	RETURN (SELECT concat_ws('|', $count) FROM reference.$asked{area});
END
\$\$;

-- Before and after a change.
CREATE FUNCTION reference.change_and_compare(change text, text, text, date) RETURNS SETOF text
VOLATILE LANGUAGE plpgsql AS
\$\$
BEGIN
	RETURN NEXT reference.compare_volatile(\$2, \$3, \$4);
	EXECUTE change;
	RETURN NEXT reference.compare_volatile(\$2, \$3, \$4);
END
\$\$;

-- Before, after, and after it was taken back.
CREATE FUNCTION reference.try_and_compare(change text, text, text, date) RETURNS SETOF text
VOLATILE LANGUAGE plpgsql AS
\$\$
BEGIN
	RETURN NEXT reference.compare_volatile(\$2, \$3, \$4);
	BEGIN
		EXECUTE change;
		RETURN NEXT reference.compare_volatile(\$2, \$3, \$4);
		RAISE EXCEPTION 'taken back';
	EXCEPTION
		WHEN raise_exception THEN NULL;
	END;
	RETURN NEXT reference.compare_volatile(\$2, \$3, \$4);
END
\$\$;

-- While a statement changes rows; the number is what it writes.
CREATE FUNCTION reference.compare_while(number integer, text, text, date) RETURNS integer
VOLATILE LANGUAGE plpgsql AS
\$\$
DECLARE
	result text := reference.compare_volatile(\$2, \$3, \$4);
BEGIN
	IF split_part(result, '|', 2) <> '0' THEN
		RAISE EXCEPTION '%', result USING ERRCODE = 'FD001';
	END IF;
	RETURN number;
END
\$\$;
});
	$node->safe_psql($database, all_answers($node, $database));
	return;
}

# comparison: the query that compares what is said of an area, or on a day of all.
sub comparison
{
	my ($kind, @values) = @_;

	return "SELECT $count FROM reference." . $asked{$kind} =~ s/\$(\d)/literal($values[$1 - 1])/ger;
}

# prepare_comparisons: the statements that prepare the same, each under the name of its kind.
sub prepare_comparisons
{
	return map { "PREPARE $_ ($parameters{$_}) AS SELECT $count FROM reference.$asked{$_}" }
	  sort keys %asked;
}

# read_comparison: how many answers were compared, and what was said of those that differ.
sub read_comparison
{
	my ($answer) = @_;
	my $compared = 0;
	my @differences;

	while ($answer =~ /^(\d+)\|(\d+)(\|.*)?$/mg)
	{
		$compared += $1;
		push @differences, substr $3, 1 if $2 > 0;
	}
	return ($compared, @differences);
}

# literal: a day or another text in SQL.
sub literal
{
	my ($value) = @_;

	return $value =~ /^\d/ ? "date '$value'" : "'$value'";
}

# all_answers: the statement that creates reference.all_answers(area, channel, day), which calls every
# function of the extension that reads the tables, and reads its views.
sub all_answers
{
	my ($node, $database) = @_;

	return 'CREATE FUNCTION reference.all_answers(text, text, date) RETURNS text STABLE LANGUAGE sql AS'
	  . " \$body\$\nSELECT concat_ws(E'\\n', " . $node->safe_psql($database, q{
WITH member AS (
	SELECT classid, objid FROM pg_depend
	WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
		  AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'flis')
), call AS (
	SELECT p.oid, p.proname AS name,
		   string_agg(CASE WHEN t.type = 'date'::regtype THEN '$3'
						   WHEN t.type = 'text[]'::regtype THEN 'ARRAY[$1]'
						   WHEN t.name = 'area' THEN '$1' WHEN t.name = 'channel' THEN '$2'
						   WHEN t.name = 'language' THEN '''en''' END, ', '
					  ORDER BY t.place) AS arguments,
		   bool_and(t.type IN ('date'::regtype, 'text[]'::regtype)
					OR t.name IN ('area', 'channel', 'language')) AS is_known
	FROM pg_proc p,
		 unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]), p.proargnames, p.proargmodes)
		 WITH ORDINALITY AS t (type, name, mode, place)
	WHERE p.provolatile = 's' AND p.prokind = 'f' AND (t.mode IS NULL OR t.mode IN ('i', 'b'))
		  AND ('pg_proc'::regclass, p.oid) IN (SELECT classid, objid FROM member)
	GROUP BY p.oid
)
SELECT string_agg(query, ', ' ORDER BY query)
FROM (SELECT format('(SELECT string_agg(r::text, E''\n'') FROM %I(%s) r)', name, arguments) AS query
	  FROM call WHERE is_known
	  UNION ALL
	  SELECT format('(SELECT string_agg(r::text, E''\n'' ORDER BY r::text) FROM %I r)', relname)
	  FROM pg_class
	  WHERE relkind = 'v' AND ('pg_class'::regclass, oid) IN (SELECT classid, objid FROM member)) q
}) . ")\n\$body\$";
}

1;
