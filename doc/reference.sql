/*
 * reference.sql
 *		Writes the reference, doc/flis.md, from the comments in a database that has the extension.
 *
 * "make doc" runs it with psql -XAtq.  It tells of every function, table and view but those whose
 * comment begins with "Internal", and of the notifications.  A line or sentence that begins with a name in
 * lower case and a colon, as comments tell of arguments and of a result's columns, becomes a list.
 */
\set ON_ERROR_STOP on
\pset format unaligned
\pset tuples_only on
SET client_min_messages = warning;
SET client_encoding = 'UTF8';
SET datestyle = 'ISO, YMD';
SET search_path = pg_catalog, pg_temp;

-- wrapped: a paragraph in lines of at most 96 characters, the later ones indented, none of which begins
-- with what Markdown takes for a list.
CREATE FUNCTION pg_temp.wrapped(paragraph text, indent integer DEFAULT 0) RETURNS text
LANGUAGE SQL RETURN
	rtrim(regexp_replace(paragraph, format('(.{1,%s})(?: (?![-+*#>] |[0-9]+[.)] )|$)', 96 - indent),
						 E'\\1\n' || repeat(' ', indent), 'g'), E' \n');

-- marked: a text as Markdown, with names of the extension's as code and nothing taken for markup.
CREATE FUNCTION pg_temp.marked(words text) RETURNS text
LANGUAGE SQL RETURN
	regexp_replace(regexp_replace(words, '[|\\]|<(?=[[:alpha:]/!?])', '\\\&', 'g'),
				   '\mflis_[a-z_]+(\([^()]*\))?|\m[a-z]+_\*', '`\&`', 'g');

-- marked_item: an item of a list, with the names before its colon as code.
CREATE FUNCTION pg_temp.marked_item(item text) RETURNS text
LANGUAGE SQL RETURN
	regexp_replace('`' || split_part(item, ': ', 1) || '`', '(, | and | in )', '`\1`', 'g') || ': '
	|| pg_temp.marked(substr(item, strpos(item, ': ') + 2));

-- told: a comment in paragraphs, in a list where it tells of names one by one, and as code where it is SQL.
CREATE FUNCTION pg_temp.told(comment text) RETURNS text
LANGUAGE SQL
BEGIN ATOMIC
	WITH pattern AS (
		SELECT '[a-z@][a-zA-Z0-9_:]*[*]?(?:(?:, | and | in )[a-z][a-zA-Z0-9_:]*[*]?)*: ' AS names
	), sentence AS (
		SELECT s.n, rtrim(s.words, '.;') AS item, s.words,
			   CASE WHEN s.words ~ ('^' || p.names) THEN 'list' WHEN s.words ~ '^CREATE .*;$' THEN 'code' ELSE 'text' END AS kind
		FROM pattern p, regexp_split_to_table(comment, E'\n|(?<=[.?]) ') WITH ORDINALITY s (words, n)
	), run AS (
		SELECT s.*, s.n - row_number() OVER (PARTITION BY s.kind ORDER BY s.n) AS run FROM sentence s
	), paragraph AS (
		SELECT min(r.n) AS n,
			   CASE r.kind
					WHEN 'list'
					THEN string_agg((SELECT string_agg(pg_temp.wrapped('- ' || pg_temp.marked_item(i.words), 2), E'\n' ORDER BY i.n)
									 FROM pattern p, regexp_split_to_table(r.item, '; (?=' || p.names || ')') WITH ORDINALITY i (words, n)),
									E'\n' ORDER BY r.n)
					WHEN 'code' THEN E'```sql\n' || string_agg(r.words, E'\n' ORDER BY r.n) || E'\n```'
					ELSE pg_temp.wrapped(pg_temp.marked(string_agg(r.words, ' ' ORDER BY r.n))) END AS words
		FROM run r
		GROUP BY r.kind, r.run
	)
	SELECT string_agg(p.words, E'\n\n' ORDER BY p.n) FROM paragraph p;
END;

-- summary: the first line of a comment, or its first sentence.
CREATE FUNCTION pg_temp.summary(comment text) RETURNS text
LANGUAGE SQL RETURN pg_temp.marked(substring(comment, '^[^\n]*?(?:[.?](?= |\n|$)|(?=\n|$))'));

-- plain: an expression without the casts that the catalog adds to its literals.
CREATE FUNCTION pg_temp.plain(expression text) RETURNS text
LANGUAGE SQL RETURN regexp_replace(expression, '(?<=[''0-9])::(?:text|date|numeric)(?:\[\])?', '', 'g');

CREATE TEMPORARY VIEW member AS
SELECT d.classid, d.objid
FROM pg_depend d JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
WHERE d.deptype = 'e' AND e.extname = 'flis';

CREATE TEMPORARY VIEW told_function AS
SELECT p.oid, p.proname::text AS name, obj_description(p.oid, 'pg_proc') AS comment,
	   p.proname || CASE WHEN length(p.proname || a.signature) < 95 THEN '(' || a.signature || ')'
						 ELSE E'(\n    ' || a.lines || ')' END
	   || E'\n    RETURNS ' || translate(pg_temp.wrapped(coalesce('TABLE (' || a.columns || ')', format_type(p.prorettype, NULL)), 8), '~', ' ')
	   || E'\n    ' || CASE p.provolatile WHEN 'i' THEN 'IMMUTABLE' WHEN 's' THEN 'STABLE' ELSE 'VOLATILE' END
	   || CASE WHEN p.proisstrict THEN ' STRICT' ELSE '' END
	   || CASE p.proparallel WHEN 's' THEN ' PARALLEL SAFE' ELSE ' PARALLEL UNSAFE' END AS synopsis
FROM member m JOIN pg_proc p ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid,
	 LATERAL (
		SELECT coalesce(string_agg(i.item, ', ' ORDER BY i.n) FILTER (WHERE i.mode IN ('i', 'b')), '') AS signature,
			   coalesce(string_agg(i.item, E',\n    ' ORDER BY i.n) FILTER (WHERE i.mode IN ('i', 'b')), '') AS lines,
			   -- the tilde keeps a line from ending before the type
			   string_agg(i.name || '~' || translate(i.type, ' ', '~'), ', ' ORDER BY i.n) FILTER (WHERE i.mode <> 'i') AS columns
		FROM (SELECT u.n, coalesce(p.proargmodes[u.n], 'i') AS mode, p.proargnames[u.n] AS name, t.type,
					 p.proargnames[u.n] || ' ' || t.type
					 || coalesce(' DEFAULT ' || pg_temp.plain(pg_get_function_arg_default(p.oid, u.n::integer)), '') AS item
			  FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY u (type, n),
				   LATERAL (SELECT format_type(u.type, NULL) AS type) t) i
	 ) a
WHERE obj_description(p.oid, 'pg_proc') !~ '^Internal';

CREATE TEMPORARY VIEW told_relation AS
SELECT c.oid, c.relkind, c.relname::text AS name, obj_description(c.oid, 'pg_class') AS comment,
	   (SELECT string_agg(concat('| `', a.attname, '` | ', format_type(a.atttypid, a.atttypmod),
								 CASE WHEN a.attnotnull THEN ', not null' END,
								 ', default `' || pg_temp.plain(pg_get_expr(d.adbin, d.adrelid)) || '`',
								 CASE WHEN a.attidentity <> '' THEN ', identity' END,
								 ' | ', pg_temp.marked(replace(col_description(c.oid, a.attnum), E'\n', ' ')), ' |'), E'\n' ORDER BY a.attnum)
		FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
		WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
	   (SELECT pg_get_constraintdef(k.oid, true) FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p') AS key,
	   (SELECT string_agg(format('- `%s`: %s', r.name, r.rule), E'\n' ORDER BY r.name COLLATE "C")
		FROM (SELECT k.conname::text AS name,
					 '`' || pg_temp.plain(substring(pg_get_constraintdef(k.oid, true), '^CHECK \((.*)\)$')) || '`' AS rule
			  FROM pg_constraint k
			  WHERE k.conrelid = c.oid AND k.contype = 'c'
			  UNION ALL
			  -- a trigger whose arguments are the column and the name by which the error goes
			  SELECT t.arguments[2], '`' || t.arguments[1] || '` is in `flis_area`'
			  FROM (SELECT string_to_array(encode(g.tgargs, 'escape'), '\000') AS arguments
					FROM pg_trigger g JOIN pg_proc p ON p.oid = g.tgfoid
					WHERE g.tgrelid = c.oid AND p.proname = 'flis_names_area') t) r) AS checks
FROM member m JOIN pg_class c ON m.classid = 'pg_class'::regclass AND m.objid = c.oid
WHERE c.relkind IN ('r', 'v') AND obj_description(c.oid, 'pg_class') !~ '^Internal';

-- What is told first of each kind of objects: where to find them.
CREATE TEMPORARY VIEW opening AS
SELECT l.kind, E'\n## ' || l.kind || E'\n\n| name | in short |\n|---|---|\n'
			   || string_agg(format('| [`%s`](#%s) | %s |', l.name, l.name, l.summary), E'\n'
							 ORDER BY l.name COLLATE "C") AS opening
FROM (SELECT 'Functions' AS kind, f.name, (array_agg(pg_temp.summary(f.comment) ORDER BY f.oid))[1] AS summary
	  FROM told_function f GROUP BY f.name
	  UNION ALL
	  SELECT CASE r.relkind WHEN 'r' THEN 'Tables' ELSE 'Views' END, r.name, pg_temp.summary(r.comment)
	  FROM told_relation r) l
GROUP BY l.kind;

\qecho '# Reference of flis'
\qecho
\qecho 'Every function, table and view of the extension, and its notifications, as the comments in the'
\qecho 'catalog tell of them: `\\df+ flis_*` and `\\d+ flis_rule` in psql say the same. How to use them is'
\qecho 'in the [README](../README.md). (This page is made by `make doc`.)'
\qecho
\qecho 'Names are those in the extension''s schema. Where a function is `STRICT`, an argument that is NULL'
\qecho 'gives NULL, or no rows. Everybody may read the tables and call the functions; the owner, and whom'
\qecho 'the owner grants it, writes the tables.'

SELECT o.opening FROM opening o WHERE o.kind = 'Functions';

SELECT E'\n### ' || f.name || string_agg(E'\n\n```\n' || f.synopsis || E'\n```\n\n' || pg_temp.told(f.comment),
										  '' ORDER BY f.oid)
FROM told_function f GROUP BY f.name ORDER BY f.name COLLATE "C";

SELECT o.opening FROM opening o WHERE o.kind = 'Tables';

SELECT concat(E'\n### ', r.name, E'\n\n', pg_temp.told(r.comment), E'\n\n| column | type | meaning |\n|---|---|---|\n', r.columns,
			  E'\n\nPrimary key: `' || substring(r.key, '\((.*)\)') || '`', E'\n\nConstraints:\n\n' || r.checks)
FROM told_relation r WHERE r.relkind = 'r' ORDER BY r.name COLLATE "C";

SELECT o.opening FROM opening o WHERE o.kind = 'Views';

SELECT concat(E'\n### ', r.name, E'\n\n', pg_temp.told(r.comment), E'\n\n| column | type | meaning |\n|---|---|---|\n', r.columns)
FROM told_relation r WHERE r.relkind = 'v' ORDER BY r.name COLLATE "C";

\qecho
\qecho '## Notifications'
\qecho
-- The trigger that sends them tells of them.
SELECT pg_temp.told(regexp_replace(obj_description(p.oid, 'pg_proc'), '^Internal t(.*?)\s+Arguments: .*$', 'T\1'))
FROM member m JOIN pg_proc p ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid
WHERE p.proname = 'flis_notify';
