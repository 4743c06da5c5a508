-- The reference tables: what is shipped, what the constraints refuse, and that nothing a user wrote is
-- mixed up with what the extension brought.  Dump and restore are in test/tap.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';

-- The deck's 17 rows in its order and under its headings as printed, and the named parts.
SELECT position, area, name, area_group, part_of FROM flis_area ORDER BY position, area;
SELECT channel, opens_day, closes_day FROM flis_channel ORDER BY position;
SELECT frequency, lag, early_min_days, early_max_days, count(*), min(area) AS "for example"
FROM flis_rule GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC, 6;
-- 98 municipalities in five regions; Christiansø (411) is none.
SELECT count(*), count(DISTINCT name) AS names, count(DISTINCT region) AS regions,
	   count(*) FILTER (WHERE municipality = 411) AS "Christiansø" FROM flis_municipality;

-- Every table, view, column and function says what it is.
SELECT c.relname, a.attname
FROM pg_class c JOIN pg_depend d ON d.objid = c.oid AND d.deptype = 'e'
	 LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
WHERE c.relkind IN ('r', 'v') AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'flis')
	  AND (obj_description(c.oid, 'pg_class') IS NULL
		   OR a.attnum IS NOT NULL AND col_description(c.oid, a.attnum) IS NULL);
SELECT p.oid::regprocedure
FROM pg_proc p JOIN pg_depend d ON d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
WHERE d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'flis')
	  AND obj_description(p.oid, 'pg_proc') IS NULL;
-- None of them is named by the plural of another, which a tool that makes plurals takes for the same.
SELECT p.proname, c.relname
FROM pg_proc p, pg_class c
WHERE p.proname ~ '^flis_' AND c.relname ~ '^flis_' AND c.relkind IN ('r', 'v')
	  AND p.proname IN (c.relname || 's', c.relname || 'es', regexp_replace(c.relname, 'y$', 'ies'));
-- What users call or read does so in lines for a screen, the first of which stands alone in a list.
SELECT pg_describe_object(e.classid, e.objid, 0) AS object, split_part(d.description, E'\n', 1) AS too_long
FROM pg_depend e JOIN pg_description d ON d.classoid = e.classid AND d.objoid = e.objid AND d.objsubid = 0
WHERE e.deptype = 'e' AND e.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'flis')
	  AND d.description !~ '^Internal' AND d.description !~ '^[^\n]{1,120}(\n|$)';
-- And every function that reads tables is stable, every one can run in a parallel worker but those that write
-- or read tables of users.
SELECT p.proname, p.provolatile, p.proparallel
FROM pg_proc p JOIN pg_depend d ON d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
WHERE d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'flis')
	  AND NOT (p.provolatile IN ('s', 'i') AND p.proparallel = 's' AND p.proisstrict)
ORDER BY p.proname COLLATE "C";

-- Constraints, by their names.
CREATE FUNCTION refusal(command text) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
	name text;
BEGIN
	EXECUTE command;
	RAISE EXCEPTION 'accepted: %', command;
EXCEPTION WHEN check_violation OR foreign_key_violation OR unique_violation THEN
	GET STACKED DIAGNOSTICS name = CONSTRAINT_NAME;
	RETURN name;
END
$$;
SELECT refusal(command)
FROM unnest(ARRAY[
	$$ INSERT INTO flis_area (area, name) VALUES ('Ny', 'Ny') $$,
	$$ INSERT INTO flis_area (area, name) VALUES ('ny', ' ') $$,
	$$ INSERT INTO flis_area (area, name, aliases) VALUES ('ny', 'Ny', '{Nyt,""}') $$,
	$$ INSERT INTO flis_area (area, name, part_of) VALUES ('ny', 'Ny', 'ny') $$,
	$$ INSERT INTO flis_area (area, name, part_of) VALUES ('ny', 'Ny', 'ukendt') $$,
	$$ INSERT INTO flis_area (area, name) VALUES ('borger', 'Borger') $$,
	$$ INSERT INTO flis_channel (channel, name, opens_day, closes_day) VALUES ('X', 'X', 1, 1) $$,
	$$ INSERT INTO flis_channel (channel, name, opens_day, closes_day) VALUES ('x', '', 1, 1) $$,
	$$ INSERT INTO flis_channel (channel, name, english_name, opens_day, closes_day) VALUES ('x', 'X', ' ', 1, 1) $$,
	$$ INSERT INTO flis_channel (channel, name, opens_day, closes_day) VALUES ('x', 'X', 12, 10) $$,
	$$ INSERT INTO flis_channel (channel, name, opens_day, closes_day) VALUES ('x', 'X', 0, 10) $$,
	$$ INSERT INTO flis_channel (channel, valid_from, name, opens_day, closes_day) VALUES ('x', '-infinity', 'X', 1, 1) $$,
	$$ INSERT INTO flis_rule (area, valid_from, lag) VALUES ('borger', '2026-01-01', -1) $$,
	$$ INSERT INTO flis_rule (area, valid_from, frequency) VALUES ('borger', '2026-01-01', 'FORTNIGHTLY') $$,
	$$ INSERT INTO flis_rule (area, valid_from, early_min_days, early_max_days) VALUES ('borger', '2026-01-01', 9, 8) $$,
	$$ INSERT INTO flis_rule (area, valid_from, early_max_days) VALUES ('borger', '2026-01-01', 184) $$,
	$$ INSERT INTO flis_rule (area, valid_from, frequency, early_max_days) VALUES ('borger', '2026-01-01', 'DAILY', 1) $$,
	$$ INSERT INTO flis_rule (area, valid_from, frequency, release_month) VALUES ('borger', '2026-01-01', 'ANNUAL', 13) $$,
	$$ INSERT INTO flis_rule (area, valid_from, release_month) VALUES ('borger', '2026-01-01', 9) $$,
	$$ INSERT INTO flis_rule (area, valid_from, business_day) VALUES ('borger', '2026-01-01', 'nearest') $$,
	$$ INSERT INTO flis_rule (area, valid_from) VALUES ('borger', 'infinity') $$,
	$$ INSERT INTO flis_rule (area, valid_from) VALUES ('ukendt', '2026-01-01') $$,
	$$ INSERT INTO flis_rule (area, valid_from) VALUES ('borger', '0001-01-01') $$,
	$$ INSERT INTO flis_release (area, cycle, released_on) VALUES ('borger', '2025-11-01', '2024-11-10') $$,
	$$ INSERT INTO flis_release (area, cycle, planned_on) VALUES ('borger', '2025-11-01', 'infinity') $$,
	$$ INSERT INTO flis_release (area, cycle, released_on, cancelled) VALUES ('borger', '2025-11-01', '2025-11-10', true) $$,
	$$ INSERT INTO flis_release (area, cycle) VALUES ('borger', '10000-01-01') $$,
	$$ INSERT INTO flis_release (area, channel, cycle) VALUES ('borger', 'DAP', '2025-11-01') $$,
	$$ INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-06-30', 'borger', '2025-07-31') $$,
	$$ INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-06-30', 'borger', '-infinity') $$,
	$$ INSERT INTO flis_status (as_of, area, state) VALUES ('2025-06-30', 'borger', 'fine') $$,
	$$ INSERT INTO flis_status (as_of, area) VALUES ('infinity', 'borger') $$,
	$$ INSERT INTO flis_status (as_of, area) VALUES ('2025-06-30', 'ukendt') $$,
	$$ INSERT INTO flis_release (area, cycle) VALUES ('ukendt', '2025-11-01') $$,
	$$ INSERT INTO flis_notice (area, note) VALUES ('ukendt', 'Nyt') $$,
	$$ INSERT INTO flis_notice (area, note) VALUES ('borger', ' ') $$,
	$$ INSERT INTO flis_notice (area, note, kind) VALUES ('borger', 'Nyt', 'news') $$,
	$$ INSERT INTO flis_notice (area, note, municipality) VALUES ('borger', 'Nyt', 1) $$,
	$$ INSERT INTO flis_notice (area, note, started_on) VALUES ('borger', 'Nyt', 'infinity') $$,
	$$ INSERT INTO flis_notice (area, note, started_on, ended_on) VALUES ('borger', 'Nyt', '2025-07-02', '2025-07-01') $$,
	$$ INSERT INTO flis_notice (area, note, started_on, expected_end) VALUES ('borger', 'Nyt', '2025-07-02', '2025-07-01') $$,
	$$ INSERT INTO flis_notice (area, note, period_from, period_until) VALUES ('borger', 'Nyt', '2025-02-01', '2025-01-31') $$,
	$$ INSERT INTO flis_notice (area, note, period_from) VALUES ('borger', 'Nyt', '-infinity') $$,
	$$ INSERT INTO flis_notice (area, note, period_from) VALUES ('borger', 'Nyt', 'infinity') $$,
	$$ INSERT INTO flis_notice (area, note, period_until) VALUES ('borger', 'Nyt', '-infinity') $$,
	$$ INSERT INTO flis_notice (area, note, period_until) VALUES ('borger', 'Nyt', 'infinity') $$,
	$$ INSERT INTO flis_notice (notice, area, note) VALUES (-1, 'borger', 'Nyt') $$,
	$$ INSERT INTO flis_notice (notice, area, note) VALUES (7, 'borger', 'Nyt'), (7, 'dream', 'Nyt') $$,
	$$ INSERT INTO flis_cube (cube, area, period_column) VALUES ('facts', 'borger', 'period') $$,
	$$ INSERT INTO flis_cube (cube, area, period_column) VALUES ('a. facts', 'borger', 'period') $$,
	$$ INSERT INTO flis_cube (cube, area, period_column) VALUES ('a.facts', 'ukendt', 'period') $$,
	$$ INSERT INTO flis_cube (cube, area, channel, period_column) VALUES ('a.facts', 'borger', '', 'period') $$,
	$$ INSERT INTO flis_cube (cube, area, period_column, least_reporting) VALUES ('a.facts', 'borger', 'period', 1.1) $$,
	$$ INSERT INTO flis_cube (cube, area, period_column, least_rows) VALUES ('a.facts', 'borger', 'period', -0.1) $$,
	$$ INSERT INTO flis_cube (cube, area, period_column, least_rows) VALUES ('a.facts', 'borger', 'period', 'NaN') $$,
	$$ INSERT INTO flis_cube (cube, area, period_column, compared_periods) VALUES ('a.facts', 'borger', 'period', 37) $$,
	$$ INSERT INTO flis_waiver (area, municipality) VALUES ('vh', 187) $$,
	$$ INSERT INTO flis_waiver (area, municipality) VALUES ('vh', 99) $$,
	$$ INSERT INTO flis_waiver (area, municipality) VALUES ('ukendt', 101) $$,
	$$ INSERT INTO flis_waiver (area, municipality, valid_from) VALUES ('vh', 101, '-infinity') $$,
	$$ INSERT INTO flis_waiver (area, municipality, valid_until) VALUES ('vh', 101, 'infinity') $$,
	$$ INSERT INTO flis_waiver (area, municipality, valid_from, valid_until) VALUES ('vh', 101, '2025-02-28', '2025-01-31') $$,
	$$ INSERT INTO flis_municipality (municipality, name, region) VALUES (1, 'X', 1084) $$,
	$$ INSERT INTO flis_municipality (municipality, name, region) VALUES (412, ' ', 1084) $$,
	$$ INSERT INTO flis_municipality (municipality, name, region) VALUES (412, 'X', 84) $$
]) AS command;

-- A cube's area may be given by its name or an alias, in any case; its code is stored.  What names none is
-- refused, with the nearest.
BEGIN;
INSERT INTO flis_cube (cube, area, period_column) VALUES
	('a.one', 'Ældre', 'period'), ('a.two', 'krl', 'period'), ('a.three', 'borger', 'period');
UPDATE flis_cube SET area = 'FS III' WHERE cube = 'a.three';
SELECT cube, area FROM flis_cube ORDER BY cube;
-- Each of them, as each has one.
INSERT INTO flis_cube (cube, area, period_column) SELECT 'b.' || area, upper(name), 'period' FROM flis_area;
SELECT count(*) > 15 AS many, count(*) FILTER (WHERE cube <> 'b.' || area) AS others FROM flis_cube WHERE cube LIKE 'b.%';
-- Also by an alias that is one letter of the alphabet away from the code.
INSERT INTO flis_area (area, name, aliases) VALUES ('nyt', 'Ny', '{nys}');
INSERT INTO flis_cube (cube, area, period_column) VALUES ('a.near', 'nys', 'period') RETURNING area;
INSERT INTO flis_cube (cube, area, period_column) VALUES ('a.four', 'Borgere', 'period');
ROLLBACK;
\set VERBOSITY terse
INSERT INTO flis_cube (cube, area, period_column) VALUES ('a.four', NULL, 'period');
\set VERBOSITY default

-- A change of a shipped row makes it the user's; an update that changes nothing doesn't.
SELECT count(*) AS "not shipped" FROM flis_rule WHERE NOT shipped;
UPDATE flis_rule SET lag = lag;
SELECT count(*) AS "not shipped" FROM flis_rule WHERE NOT shipped;
UPDATE flis_rule SET lag = 2 WHERE area = 'borger' RETURNING area, lag, shipped;
-- Nobody but the extension ships rows.
INSERT INTO flis_rule (area, valid_from, shipped) VALUES ('borger', '2026-01-01', true) RETURNING shipped;
UPDATE flis_rule SET shipped = true WHERE NOT shipped RETURNING area, valid_from, shipped;

-- What the extension brought is retired, not deleted: by its key, also when it was changed.
CREATE FUNCTION refused(command text) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
	message text;
	hint text;
BEGIN
	EXECUTE command;
	RAISE EXCEPTION 'accepted: %', command;
EXCEPTION WHEN restrict_violation THEN
	GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, hint = PG_EXCEPTION_HINT;
	RETURN message || ' | ' || hint;
END
$$;
SELECT refused(command)
FROM unnest(ARRAY[
	$$ DELETE FROM flis_area WHERE area = 'ukraine' $$,
	$$ DELETE FROM flis_rule WHERE area = 'borger' AND valid_from = '0001-01-01' $$,
	$$ UPDATE flis_rule SET valid_from = '2000-01-01' WHERE area = 'dream' $$,
	$$ DELETE FROM flis_municipality $$,
	$$ DELETE FROM flis_waiver WHERE municipality = 187 $$,
	$$ TRUNCATE flis_rule $$,
	$$ TRUNCATE flis_municipality $$]) AS command;
-- A user's own row goes.
DELETE FROM flis_rule WHERE area = 'borger' AND valid_from = '2026-01-01';

-- Areas and what names them, in one statement in any order, as with foreign keys.
INSERT INTO flis_area (area, name, part_of) VALUES ('del', 'Del', 'hel'), ('hel', 'Hel', NULL);
INSERT INTO flis_rule (area, valid_from) VALUES ('hel', '2025-01-01');
SELECT refusal(command)
FROM unnest(ARRAY[
	$$ DELETE FROM flis_area WHERE area = 'hel' $$,
	$$ UPDATE flis_area SET area = 'helt' WHERE area = 'hel' $$,
	$$ UPDATE flis_area SET part_of = 'ukendt' WHERE area = 'del' $$,
	$$ UPDATE flis_rule SET area = 'ukendt' WHERE area = 'hel' $$]) AS command;
-- Also where the area is only restored, which sets off nothing.
BEGIN;
INSERT INTO flis_status (as_of, area) VALUES ('2025-11-01', 'borger');
WITH restored AS (INSERT INTO flis_area (area, name, system_from) VALUES ('restored', 'Restored', '2025-07-01') RETURNING area)
INSERT INTO flis_status (as_of, area) SELECT '2025-11-01', area FROM restored;
SELECT area FROM flis_status WHERE area = 'restored';
ROLLBACK;
-- A circle is refused: in two statements, in one, and one of three; what is a part of a part is none.
SELECT refusal(command)
FROM unnest(ARRAY[
	$$ UPDATE flis_area SET part_of = 'del' WHERE area = 'hel' $$,
	$$ INSERT INTO flis_area (area, name, part_of) VALUES ('en', 'En', 'to'), ('to', 'To', 'en') $$,
	$$ INSERT INTO flis_area (area, name, part_of) VALUES ('en', 'En', 'del'); UPDATE flis_area SET part_of = 'en' WHERE area = 'hel' $$]) AS command;
INSERT INTO flis_area (area, name, part_of) VALUES ('en', 'En', 'del');
DELETE FROM flis_area WHERE area = 'en';
-- So is a chain of more than 101 wholes.  What closes the outermost one closes the last part of one that long.
BEGIN;
INSERT INTO flis_area (area, name, part_of) SELECT 'w' || n, 'W' || n, CASE WHEN n > 0 THEN 'w' || n - 1 END FROM generate_series(0, 101) n;
INSERT INTO flis_rule (area, valid_from) VALUES ('w101', '2025-01-01');
SELECT refusal($$ INSERT INTO flis_area (area, name, part_of) VALUES ('w102', 'W102', 'w101') $$);
SELECT flis_data_through('w101', '2025-11-10') AS open;
INSERT INTO flis_status (as_of, area, state) VALUES ('2025-11-01', 'w0', 'closed');
SELECT flis_data_through('w101', '2025-11-10') AS closed;
-- In a database that replication fills the longer one counts as a part of none.
SET LOCAL session_replication_role = replica;
INSERT INTO flis_area (area, name, part_of) VALUES ('w102', 'W102', 'w101');
INSERT INTO flis_rule (area, valid_from) VALUES ('w102', '2025-01-01');
SELECT flis_data_through('w101', '2025-11-10') AS closed, flis_data_through('w102', '2025-11-10') AS open;
ROLLBACK;
UPDATE flis_area SET part_of = NULL WHERE area = 'del';
SELECT refusal($$ DELETE FROM flis_area WHERE area = 'hel' $$);
DELETE FROM flis_rule WHERE area = 'hel';
DELETE FROM flis_area WHERE area IN ('del', 'hel');

-- A retired row counts as deleted.
UPDATE flis_area SET retired = true WHERE area = 'ukraine';
UPDATE flis_rule SET retired = true WHERE area = 'yr';
SELECT count(*) AS areas, count(*) FILTER (WHERE area = 'ukraine') AS ukraine,
	   count(expected) FILTER (WHERE area = 'yr') AS "yr expected" FROM flis_coverage('2025-11-10');
SELECT flis_data_through('ukraine', '2025-11-10');
UPDATE flis_area SET retired = false WHERE area = 'ukraine';
SELECT flis_data_through('ukraine', '2025-11-10');

-- Nobody adds a row of the extension, however long it is.
BEGIN;
INSERT INTO flis_area (area, name, shipped) VALUES ('long', repeat('x', 40000000), true);
SELECT length(name), shipped FROM flis_area WHERE area = 'long';
ROLLBACK;
DROP EXTENSION flis;
DROP FUNCTION refusal, refused;
