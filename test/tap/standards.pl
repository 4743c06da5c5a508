# The recipes of doc/tools.md for a catalogue and for dbt work.  A reader of RDF that knows nothing of
# flis (Debian's python3-rdflib) finds in the catalogue the areas and what the functions say of them,
# under names that its own copies of the vocabularies have.  The statement for dbt, run as dbt runs it,
# tells since when a table lacks a release.

use strict;
use warnings;

use FindBin;
use IPC::Run;
use JSON::PP;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $page = slurp_file("$FindBin::RealBin/../../doc/tools.md");
my $node = PostgreSQL::Test::Cluster->new('standards');
$node->init(extra => [ '--no-locale', '--encoding=UTF8' ]);
# A time zone in which it is about noon, so that no day ends meanwhile.
my $zone = sprintf('Etc/GMT%+d', (gmtime)[2] - 12);
$node->append_conf('postgresql.conf', "timezone = '$zone'\ndatestyle = 'German'\n");
$node->start;
$node->safe_psql('postgres', 'CREATE SCHEMA metadata; CREATE EXTENSION flis SCHEMA metadata; ALTER DATABASE postgres SET search_path = metadata');

# What the reader finds: each dataset by its identifier, and the names that it doesn't know.
my $reader = "$PostgreSQL::Test::Utils::tmp_check/read.py";
append_to_file($reader, <<'PYTHON');
import json, sys
from rdflib import Graph, RDF, RDFS, XSD
from rdflib.namespace import DCAT, DCTERMS

graph = Graph().parse(sys.argv[1], format="json-ld", publicID="https://data.example/catalogue.jsonld")
names = set(graph.predicates()) | set(graph.objects(None, RDF.type))
unknown = [n for n in names if not any(n in vocabulary for vocabulary in (DCAT, DCTERMS, RDF, RDFS))]
found = {}
for dataset, identifier in graph.query("""
        PREFIX dcat: <http://www.w3.org/ns/dcat#>
        PREFIX dct: <http://purl.org/dc/terms/>
        SELECT ?dataset ?identifier
        WHERE { ?catalogue a dcat:Catalog ; dcat:dataset ?dataset .
                ?dataset a dcat:Dataset ; dct:identifier ?identifier }"""):
    facts = found[str(identifier)] = {"iri": str(dataset)}
    for row in graph.query("""
            PREFIX dcat: <http://www.w3.org/ns/dcat#>
            PREFIX dct: <http://purl.org/dc/terms/>
            PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
            SELECT ?title ?danish ?english ?frequency ?end ?modified ?whole ?source ?heading
            WHERE { ?dataset dct:title ?title ; dct:description ?danish, ?english
                    FILTER (lang(?danish) = "da" && lang(?english) = "en")
                    OPTIONAL { ?dataset dct:accrualPeriodicity ?frequency . ?frequency a dct:Frequency }
                    OPTIONAL { ?dataset dct:temporal ?period . ?period a dct:PeriodOfTime ; dcat:endDate ?end }
                    OPTIONAL { ?dataset dct:modified ?modified }
                    OPTIONAL { ?dataset dct:isPartOf ?whole . ?whole a dcat:Dataset }
                    OPTIONAL { ?dataset dct:provenance ?origin . ?origin a dct:ProvenanceStatement ; rdfs:label ?source }
                    OPTIONAL { ?dataset dcat:keyword ?heading } }""", initBindings={"dataset": dataset}):
        assert "rows" not in facts, "more than one of something: %s" % identifier
        facts["rows"] = 1
        for name, value in row.asdict().items():
            facts[name] = str(value)
            if name in ("end", "modified"):
                assert value.datatype == XSD.date, value
            elif name in ("title", "source", "heading"):
                assert value.language == "da", value
print(json.dumps({"unknown": sorted(unknown), "datasets": found, "catalogues": len(list(graph.subjects(RDF.type, DCAT.Catalog)))}))
PYTHON

SKIP:
{
	skip 'there is no python3 with rdflib (Debian: python3-rdflib)', 4
	  if system('python3 -c "import rdflib.plugins.parsers.jsonld" >/dev/null 2>&1') != 0;
	my ($catalogue) = $page =~ /-o catalogue\.jsonld -c "(.*?)"\n/s or die 'the page has no catalogue';
	my $file = "$PostgreSQL::Test::Utils::tmp_check/catalogue.jsonld";
	my ($out, $err) = ('', '');

	# A closed area, one that a deck knows better than its rule, one with a name that wants escaping.
	$node->safe_psql('postgres', <<'SQL');
		INSERT INTO flis_status (as_of, area, data_through, state) VALUES
			(CURRENT_DATE, 'dfdg', NULL, 'closed'), (CURRENT_DATE, 'vh', '2020-03-31', 'caveat');
		INSERT INTO flis_area (area, name, part_of, source)
		VALUES ('hostile', E'"}]</script>\\u0041\t\n\U0001F600 @en <https://data.example/>', 'vh', E'\'"\\');
SQL
	{
		local $ENV{PGCLIENTENCODING} = 'UTF8';
		IPC::Run::run([ 'psql', '-XAtq', '-d', $node->connstr('postgres'), '-o', $file, '-c', $catalogue ], '2>', \$err) or die $err;
	}
	IPC::Run::run([ 'python3', $reader, $file ], '>', \$out, '2>', \$err) or die $err;
	my $found = decode_json($out);

	is_deeply($found->{unknown}, [], 'every name is in the vocabularies');
	is($found->{catalogues}, 1, 'one catalogue');
	is_deeply(
		$found->{datasets},
		decode_json($node->safe_psql('postgres', q{
			SET client_encoding = 'UTF8';
			SELECT json_object_agg(c.area, json_strip_nulls(json_build_object(
				'rows', 1, 'iri', 'https://data.example/catalogue.jsonld#' || c.area, 'title', c.name,
				'danish', flis_explain(c.area), 'english', flis_explain(c.area, language => 'en'),
				'frequency', 'http://publications.europa.eu/resource/authority/frequency/' || c.frequency,
				'end', to_char(flis_data_through(c.area), 'YYYY-MM-DD'),
				'modified', CASE WHEN c.data_through IS NOT NULL THEN to_char(r.day, 'YYYY-MM-DD') END,
				'whole', 'https://data.example/catalogue.jsonld#' || a.part_of, 'source', a.source, 'heading', a.area_group)))
			FROM flis_coverage() c JOIN flis_area a USING (area)
				 LEFT JOIN (SELECT area, max(expected_on) AS day
							FROM flis_release_calendar(CURRENT_DATE - 70, CURRENT_DATE) GROUP BY area) r USING (area)})),
		'the reader finds what the functions say of each area');
	my ($closed, $late) = @{ $found->{datasets} }{qw(dfdg vh)};
	is_deeply([ exists $closed->{end}, exists $closed->{modified}, $late->{end} ], [ '', '', '2020-03-31' ],
		'a closed area has no dates, a late one its own');
}

# The statement for dbt, without the indentation of the YAML.
my ($statement) = $page =~ /^( +)loaded_at_query: \|\n((?:\1 +.*\n)+)/m ? $2 : die 'the page has no loaded_at_query';
$node->safe_psql('postgres', 'CREATE SCHEMA warehouse; CREATE TABLE warehouse.oekonomi (period integer, amount numeric)');

# month: a month that lies some months after the month of a day, as year and month.
sub month
{
	my ($day, $months) = @_;
	my ($year, $month) = $day =~ /^(\d+)-(\d+)/;
	my $n = $year * 12 + $month - 1 + $months;
	return (int($n / 12), $n % 12 + 1);
}

# loaded: since when a table is loaded whose newest month lies some months before today's, as dbt
# asks: "now", the Danish day and time, or nothing.
sub loaded
{
	my ($day, $months, $before) = @_;
	my $fill = defined $months ? sprintf('INSERT INTO warehouse.oekonomi VALUES (%04d%02d, 1)', month($day, -$months)) : '';
	my $answer = $node->safe_psql('postgres', "BEGIN; $before; $fill;" . qq{
		WITH answer AS (
			WITH source_query AS (
				$statement
			)
			SELECT (SELECT * FROM source_query) AS max_loaded_at, current_timestamp AS snapshotted_at
		)
		SELECT pg_typeof(max_loaded_at), CASE WHEN max_loaded_at = snapshotted_at THEN 'now'
			ELSE to_char(max_loaded_at AT TIME ZONE 'Europe/Copenhagen', 'YYYY-MM-DD HH24:MI') END
		FROM answer;
		ROLLBACK});
	return $answer =~ s/^timestamp with time zone\|//r;
}

# By hand: the cube of a month comes by the 12th two months later.  Until then the table is to hold
# the month before it.
my $day = $node->safe_psql('postgres', q{SELECT to_char(CURRENT_DATE, 'YYYY-MM-DD')});
my $held = substr($day, 8) >= 12 ? 2 : 3;
my $newest_cycle = sprintf('%04d-%02d-01', month($day, 2 - $held));

is(loaded($day, $held, ''), 'now', 'dbt: a table that holds what is to be used is loaded now');
is(loaded($day, $held - 1, ''), 'now', 'dbt: and one that holds more');
is(loaded($day, $held + 1, ''), sprintf('%04d-%02d-12 00:00', month($day, 2 - $held)),
	'dbt: one that lacks a month was loaded until it came due');
is(loaded($day, $held + 5, ''), sprintf('%04d-%02d-12 00:00', month($day, -2 - $held)),
	'dbt: one that lacks five, until the first of them did');
is(loaded($day, $held + 1, q{INSERT INTO flis_status (as_of, area, state) VALUES (CURRENT_DATE, 'oekonomi', 'closed')}),
	'now', 'dbt: of a closed area nothing is late');
is( loaded($day, $held + 1, qq{
		INSERT INTO flis_status (as_of, area, data_through)
		VALUES (CURRENT_DATE, 'oekonomi', date_trunc('month', CURRENT_DATE) - interval '$held months 1 day')}),
	'now', 'dbt: nor where a deck published the delay');
is( loaded($day, $held + 1, qq{
		INSERT INTO flis_release (area, channel, cycle, planned_on)
		VALUES ('oekonomi', 'dap', '$newest_cycle', CURRENT_DATE + 1)}),
	'now', 'dbt: nor what was postponed');
is(loaded($day, undef, ''), '', 'dbt: an empty table never was');

$node->stop;
done_testing();
