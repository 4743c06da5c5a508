-- The trigger functions raise an error where an administrator uses them on another table, or alters
-- the columns that they read; the server goes on.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';
CREATE ROLE regress_flis_owner;

-- state_of: the SQLSTATE with which some commands end; what they do is taken back.
CREATE FUNCTION state_of(VARIADIC commands text[]) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
	command text;
BEGIN
	FOREACH command IN ARRAY commands LOOP
		EXECUTE command;
	END LOOP;
	RAISE EXCEPTION USING ERRCODE = 'FLIS0';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END
$$;

-- Each of them on tables of other columns, or of the same with other types, at each time and with few
-- arguments and many: never anything but success, a misplaced trigger (39P01), or a table without
-- what it needs (55000).  The one that keeps shipped rows lets nothing happen to all rows at once, that
-- of a history changes none (23001); the server itself refuses row triggers for TRUNCATE (0A000).
CREATE TABLE other (n integer);
CREATE TABLE alike (area integer, as_of text, shipped text, retired integer, name date);
CREATE TABLE named (area text);
CREATE TABLE old_history (area text);
CREATE TABLE placed AS
SELECT p.proname, t.name AS "table", w."when", l.level, e.event, a.arguments, state_of(
	'SET LOCAL client_min_messages = error',
	format('CREATE TRIGGER odd %s %s ON %s FOR EACH %s EXECUTE FUNCTION %s(%s)',
		   w."when", e.event, t.name, l.level, p.proname, a.arguments),
	format('INSERT INTO %s VALUES (1)', t.name),
	format('INSERT INTO %s SELECT', t.name),
	format('UPDATE %s SET %s = 2', t.name, CASE t.name WHEN 'other' THEN 'n' ELSE 'area' END),
	format('DELETE FROM %s', t.name),
	format('TRUNCATE %s', t.name)) AS state
FROM pg_proc p JOIN pg_depend d ON d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e',
	 unnest('{other,alike,named,old_history}'::text[]) t (name), unnest('{BEFORE,AFTER}'::text[]) w ("when"),
	 unnest('{ROW,STATEMENT}'::text[]) l (level),
	 unnest('{INSERT,UPDATE,DELETE,TRUNCATE,INSERT OR UPDATE OR DELETE}'::text[]) e (event),
	 unnest(ARRAY['', '''area''', '''area'', ''as_of''', '''n'', ''n'', ''n''']) a (arguments)
WHERE p.prorettype = 'trigger'::regtype AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'flis');
SELECT * FROM placed
WHERE state NOT IN ('FLIS0', '39P01', '55000') AND NOT (level = 'ROW' AND event = 'TRUNCATE' AND state = '0A000')
	  AND NOT (proname = 'flis_keep_shipped' AND level = 'STATEMENT' AND state = '23001')
	  AND NOT (proname = 'flis_append_only' AND "table" = 'old_history' AND event <> 'INSERT' AND state = '23001')
ORDER BY 1, 2, 3, 4, 5, 6;
SELECT count(*) >= 1200 AS many FROM placed;
-- Each of them refuses, on any table, to be fired at other times than it is made for.
SELECT proname, string_agg("when" || ' ' || level, ', ' ORDER BY "when", level) AS refused
FROM (SELECT proname, "when", level FROM placed WHERE event <> 'TRUNCATE' GROUP BY 1, 2, 3 HAVING bool_and(state = '39P01')) p
GROUP BY proname ORDER BY proname COLLATE "C";

-- The columns that the triggers of the reference tables look at or fill in, each with each other type: all refused.
CREATE VIEW looked_at AS
SELECT c.relname, a.attname, a.atttypid
FROM pg_class c JOIN pg_depend d ON d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype = 'e'
	 JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'flis') AND c.relkind = 'r'
	  AND c.relname !~ '_history$'
	  AND a.attname IN ('area', 'part_of', 'as_of', 'cycle', 'started_on', 'shipped', 'system_from', 'written_by');
-- clear: empties a table, and drops its constraints and what rests on a constraint or a column's type:
-- views, and the functions of the selftest and of the standards.
CREATE FUNCTION clear(relation regclass) RETURNS void LANGUAGE plpgsql AS
$$
DECLARE
	name name;
	part regprocedure;
BEGIN
	ALTER EXTENSION flis DROP FUNCTION flis_corrections(date);
	DROP FUNCTION flis_corrections(date);
	FOREACH name IN ARRAY '{flis_rule_difference,flis_dcat,flis_odcs,flis_history}'::name[] LOOP
		EXECUTE format('ALTER EXTENSION flis DROP VIEW %I', name);
		EXECUTE format('DROP VIEW %I', name);
	END LOOP;
	FOR part IN SELECT oid::regprocedure FROM pg_proc
				WHERE proname ~ '^flis_(selftest|dcat_dataset$|odcs_sla$)' ORDER BY proname LOOP
		EXECUTE format('ALTER EXTENSION flis DROP FUNCTION %s', part);
		EXECUTE format('DROP FUNCTION %s', part);
	END LOOP;
	SET LOCAL session_replication_role = replica;
	EXECUTE format('DELETE FROM %s', relation);
	SET LOCAL session_replication_role = origin;
	FOR name IN SELECT conname FROM pg_constraint WHERE conrelid = relation AND contype IN ('c', 'p') LOOP
		EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', relation, name);
	END LOOP;
END
$$;
CREATE TABLE altered AS
SELECT l.relname, l.attname, t.type, state_of(
	format('SELECT clear(%L)', l.relname),
	format('ALTER TABLE %I ALTER %I DROP DEFAULT, ALTER %2$I TYPE %s USING NULL::%3$s', l.relname, l.attname, t.type),
	format('INSERT INTO %I (%s) VALUES (%s)', l.relname, c.names, c.row),
	format('UPDATE %I SET %I = %s', l.relname, l.attname, t.other),
	format('DELETE FROM %I', l.relname)) AS state
FROM looked_at l, (VALUES
		('integer', '5', '6'), ('numeric', '5', '6'), ('boolean', 'true', 'false'), ('"char"', '''x''', '''y'''),
		('text', '''x''', '''y'''), ('text[]', '''{x}''', '''{y}'''), ('date', '''2025-11-01''', '''2025-12-01'''),
		('uuid', '''00000000-0000-0000-0000-000000000000''', '''00000000-0000-0000-0000-000000000001''')
	 ) t (type, value, other),
	 LATERAL (
		SELECT string_agg(a.attname, ', ' ORDER BY a.attnum) AS names,
			   string_agg(CASE
				   WHEN a.attname = l.attname THEN t.value
				   ELSE CASE a.atttypid::regtype::text
					   WHEN 'text' THEN '''borger''' WHEN 'text[]' THEN '''{}''' WHEN 'boolean' THEN 'true'
					   WHEN 'date' THEN '''2025-11-01''' WHEN 'timestamp with time zone' THEN '''2025-11-01'''
					   ELSE '1' END
				   END, ', ' ORDER BY a.attnum) AS row
		FROM pg_attribute a
		WHERE a.attrelid = l.relname::text::regclass AND a.attnum > 0 AND (a.attnotnull OR a.attname = l.attname)
	 ) c
WHERE t.type::regtype <> l.atttypid;
SELECT relname, attname, type, state FROM altered WHERE state <> '55000' ORDER BY 1, 2, 3;
SELECT count(*) >= 98 AS many FROM altered;

-- A key has three columns at most.
SELECT key, state_of(format('CREATE TRIGGER odd BEFORE INSERT ON flis_status FOR EACH ROW EXECUTE FUNCTION flis_stamp(%s)', key),
					 'INSERT INTO flis_status (as_of, area, note) VALUES (''2025-06-30'', ''borger'', ''x'')') AS state
FROM unnest('{"area, as_of, state","area, as_of, state, note"}'::text[]) key;

-- And what the generation is written to, which all of them need: gone, of another name or type, a rule on
-- it, no row or two.  (Another type the server itself refuses, as the selftest rests on it: 0A000.)
SELECT c[1] AS "for example", state_of(VARIADIC c || ARRAY['INSERT INTO flis_status (as_of, area) VALUES (''2025-06-30'', ''borger'')']) AS state
FROM (VALUES (ARRAY['ALTER TABLE flis_generation RENAME TO other_generation']),
			 (ARRAY['ALTER TABLE flis_generation RENAME generation TO other']),
			 (ARRAY['ALTER TABLE flis_generation ALTER generation TYPE text']),
			 (ARRAY['CREATE RULE nothing AS ON UPDATE TO flis_generation DO INSTEAD NOTHING']),
			 (ARRAY['CREATE RULE another AS ON UPDATE TO flis_generation DO INSTEAD UPDATE other SET n = 1']),
			 (ARRAY['DELETE FROM flis_generation']),
			 (ARRAY['ALTER TABLE flis_generation DROP CONSTRAINT flis_generation_pkey', 'INSERT INTO flis_generation SELECT * FROM flis_generation']),
			 (ARRAY['ALTER TABLE flis_generation ENABLE ROW LEVEL SECURITY', 'ALTER TABLE flis_generation FORCE ROW LEVEL SECURITY', 'ALTER TABLE flis_generation OWNER TO regress_flis_owner'])) v (c);

-- Where the statement itself has written to it before, the trigger sees that.
SELECT state_of('WITH w AS (UPDATE flis_generation SET generation = gen_random_uuid() RETURNING 1),
					  s AS (INSERT INTO flis_status (as_of, area) VALUES (''2025-06-30'', ''borger'')) TABLE w') AS written;

-- The session goes on.
SELECT flis_data_through('borger', '2025-11-10');
DROP TABLE placed, altered, other, alike, named, old_history;
DROP FUNCTION state_of(text[]);
DROP VIEW looked_at;
DROP FUNCTION clear(regclass);
DROP EXTENSION flis;
DROP ROLE regress_flis_owner;
