# What an installation of the extension consists of, as text that can be compared with another's: two
# that came about in different ways have to be the same.
package Installation;

use strict;
use warnings;

use Exporter qw(import);

our @EXPORT = qw(parts_of rows_of);

# What belongs to the extension, as the relations "member" and "relation".
my $members = q{
WITH member AS (
	SELECT d.classid, d.objid
	FROM pg_depend d JOIN pg_extension e ON d.refobjid = e.oid
	WHERE d.deptype = 'e' AND d.refclassid = 'pg_extension'::regclass AND e.extname = 'flis'
), relation AS (
	SELECT c.* FROM member m JOIN pg_class c ON m.classid = 'pg_class'::regclass AND c.oid = m.objid
)};

# Each part: what kind it is, its name and how it is made.
my $parts = qq{$members, commented AS (
	SELECT classid, objid FROM member
	UNION ALL SELECT 'pg_constraint'::regclass, oid FROM pg_constraint WHERE conrelid IN (SELECT oid FROM relation)
	UNION ALL SELECT 'pg_trigger'::regclass, oid FROM pg_trigger WHERE tgrelid IN (SELECT oid FROM relation)
	UNION ALL SELECT 'pg_class'::regclass, indexrelid FROM pg_index WHERE indrelid IN (SELECT oid FROM relation)
), acl AS (
	SELECT oid::regclass::text AS name, coalesce(relacl, acldefault((CASE relkind WHEN 'S' THEN 's' ELSE 'r' END)::"char", relowner)) AS acl
	FROM relation WHERE relkind IN ('r', 'v', 'm', 'p', 'f', 'S')
	UNION ALL
	SELECT a.attrelid::regclass || '.' || a.attname, a.attacl FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid
	UNION ALL
	SELECT p.oid::regprocedure::text, coalesce(p.proacl, acldefault('f', p.proowner))
	FROM member m JOIN pg_proc p ON m.classid = 'pg_proc'::regclass AND p.oid = m.objid
)
SELECT 'member' AS kind, pg_describe_object(classid, objid, 0) AS name, '' AS definition FROM member
UNION ALL
SELECT 'comment', pg_describe_object(classid, objid, d.objsubid), d.description
FROM commented c JOIN pg_description d ON d.classoid = c.classid AND d.objoid = c.objid
UNION ALL
SELECT 'grant', acl.name, string_agg(concat_ws(' ', a.grantee::regrole, a.privilege_type, a.is_grantable), ', ' ORDER BY a.grantee::regrole::text, a.privilege_type)
FROM acl, aclexplode(acl.acl) a GROUP BY acl.name
UNION ALL
SELECT 'function', p.oid::regprocedure::text, concat_ws(' ', p.proleakproof, p.procost, p.prorows, pg_get_functiondef(p.oid))
FROM member m JOIN pg_proc p ON m.classid = 'pg_proc'::regclass AND p.oid = m.objid WHERE p.prokind <> 'a'
UNION ALL
SELECT 'aggregate', a.aggfnoid::regprocedure::text, concat_ws(' ', to_jsonb(a), p.proparallel)
FROM member m JOIN pg_aggregate a ON m.classid = 'pg_proc'::regclass AND a.aggfnoid = m.objid JOIN pg_proc p ON p.oid = a.aggfnoid
UNION ALL
SELECT 'relation', oid::regclass::text, concat_ws(' ', relkind, relpersistence, relrowsecurity, relforcerowsecurity, relreplident, reloptions)
FROM relation
UNION ALL
SELECT 'view', oid::regclass::text, pg_get_viewdef(oid) FROM relation WHERE relkind IN ('v', 'm')
UNION ALL
SELECT 'column', a.attrelid::regclass || '.' || a.attname,
	concat_ws(' ', row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum), format_type(a.atttypid, a.atttypmod), a.attnotnull,
		pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated, a.attcollation::regcollation, a.attstorage)
FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
	LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
UNION ALL
SELECT 'sequence', s.seqrelid::regclass::text, concat_ws(' ', to_jsonb(s) - 'seqrelid', pg_sequence_last_value(s.seqrelid)) FROM relation r JOIN pg_sequence s ON s.seqrelid = r.oid
UNION ALL
SELECT 'constraint', c.conrelid::regclass || '.' || c.conname, concat_ws(' ', pg_get_constraintdef(c.oid), c.convalidated)
FROM relation r JOIN pg_constraint c ON c.conrelid = r.oid
UNION ALL
SELECT 'index', i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM relation r JOIN pg_index i ON i.indrelid = r.oid
UNION ALL
SELECT 'trigger', t.tgrelid::regclass || '.' || t.tgname, concat_ws(' ', t.tgenabled, pg_get_triggerdef(t.oid))
FROM relation r JOIN pg_trigger t ON t.tgrelid = r.oid WHERE NOT t.tgisinternal
UNION ALL
SELECT 'dumped', (e.extconfig[n])::regclass::text, e.extcondition[n]
FROM pg_extension e, generate_subscripts(e.extconfig, 1) n WHERE e.extname = 'flis'};

# parts_of: a line for each part of the installation in a database: its members, how they are made, what
# is said of them, who may use them and what of them is dumped.
sub parts_of
{
	my ($node, $database) = @_;

	return $node->safe_psql($database, qq{
SELECT concat_ws(' ', kind, name, to_jsonb(definition)) FROM ($parts) p ORDER BY kind COLLATE "C", name COLLATE "C", definition COLLATE "C"});
}

# rows_of: a line for each row of all its tables, but for the generation, which counts changes.
sub rows_of
{
	my ($node, $database) = @_;
	my @tables = split /\n/, $node->safe_psql($database, qq{$members
SELECT oid::regclass FROM relation WHERE relkind = 'r' AND relname <> 'flis_generation' ORDER BY 1});

	return $node->safe_psql($database,
		'SELECT * FROM (' . join(' UNION ALL ', map { "SELECT '$_' AS t, to_jsonb(x)::text AS r FROM $_ x" } @tables)
		. ') a ORDER BY t COLLATE "C", r COLLATE "C"');
}

1;
