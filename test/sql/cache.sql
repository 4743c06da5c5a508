-- Answers are what the reference tables say under the caller's own snapshot, in one session.  What
-- other sessions do is in test/isolation.
--
-- The rule of borger has lag 1: on 10 November 2025 it shows September; with lag 3 July, with 5 May.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';
CREATE FUNCTION through() RETURNS date LANGUAGE sql VOLATILE AS
	$$ SELECT flis_data_through('borger', '2025-11-10') $$;
SELECT through();

-- Own uncommitted changes, and their end.
BEGIN;
UPDATE flis_rule SET lag = 3 WHERE area = 'borger';
SELECT through();
SAVEPOINT deeper;
UPDATE flis_rule SET lag = 5 WHERE area = 'borger';
SELECT through();
ROLLBACK TO deeper;
SELECT through();
ROLLBACK;
SELECT through();

-- Changes that nobody reads between share a generation; a savepoint must part them all the same.
BEGIN;
UPDATE flis_rule SET lag = 2 WHERE area = 'borger';
UPDATE flis_rule SET lag = 3 WHERE area = 'borger';
SAVEPOINT deeper;
UPDATE flis_rule SET lag = 5 WHERE area = 'borger';
ROLLBACK TO deeper;
SELECT through();
ROLLBACK;

-- A cursor that was opened between two changes, and is read after them, keeps to its snapshot and
-- leaves nothing of it behind.
BEGIN;
UPDATE flis_rule SET lag = 3 WHERE area = 'borger';
DECLARE between CURSOR FOR SELECT flis_data_through('borger', '2025-11-10') FROM generate_series(1, 2);
UPDATE flis_rule SET lag = 5 WHERE area = 'borger';
FETCH between;
SELECT through();
FETCH between;
ROLLBACK;

-- So does an expression, or the argument of a procedure, that reads after a function in it has changed
-- more; one that a procedure's argument changed and took back, too.
CREATE FUNCTION set_lag(wanted int) RETURNS text LANGUAGE plpgsql AS
	$$ BEGIN UPDATE flis_rule SET lag = wanted WHERE area = 'borger'; RETURN wanted || ': '; END $$;
CREATE FUNCTION try_lag(wanted int) RETURNS text LANGUAGE plpgsql AS
$$
BEGIN
	UPDATE flis_rule SET lag = wanted WHERE area = 'borger';
	RAISE EXCEPTION 'taken back';
EXCEPTION WHEN raise_exception THEN
	RETURN 'not ' || wanted || ': ';
END
$$;
CREATE PROCEDURE tell(INOUT said text, told text, through date) LANGUAGE plpgsql AS
	$$ BEGIN said := concat_ws(', ', said, told || through, 'then ' || through()); END $$;
CREATE FUNCTION change_and_tell(OUT said text) LANGUAGE plpgsql AS
$$
BEGIN
	UPDATE flis_rule SET lag = 3 WHERE area = 'borger';
	said := set_lag(5) || flis_data_through('borger', '2025-11-10');
	said := concat_ws(', ', said, 'then ' || through());
	UPDATE flis_rule SET lag = 3 WHERE area = 'borger';
	CALL tell(said, set_lag(5), flis_data_through('borger', '2025-11-10'));
	UPDATE flis_rule SET lag = 3 WHERE area = 'borger';
	CALL tell(said, set_lag(5) || try_lag(1), flis_data_through('borger', '2025-11-10'));
END
$$;
DO $$ BEGIN RAISE NOTICE '%', change_and_tell(); END $$;
SELECT through();
UPDATE flis_rule SET lag = 1 WHERE area = 'borger';

-- One PL/pgSQL function that changes and reads, with a rolled back block in between.  The expression
-- that reads stays the same.
CREATE FUNCTION to_and_fro() RETURNS date[] LANGUAGE plpgsql AS
$$
DECLARE
	answers date[] := '{}';
	wanted int;
BEGIN
	FOREACH wanted IN ARRAY ARRAY[1, 3, 5, 3, 1]
	LOOP
		BEGIN
			UPDATE flis_rule SET lag = wanted WHERE area = 'borger';
			answers := answers || flis_data_through('borger', '2025-11-10');
			IF wanted = 5 THEN
				RAISE EXCEPTION 'taken back';
			END IF;
		EXCEPTION WHEN raise_exception THEN
			answers := answers || flis_data_through('borger', '2025-11-10');
		END;
	END LOOP;
	RETURN answers;
END
$$;
SELECT to_and_fro();

-- Within one statement: a trigger that reads sees the rows that the statement has already written,
-- whether it fires before the extension's own row trigger or after it; the statement itself doesn't.
CREATE TABLE seen (n serial, through date);
CREATE FUNCTION note_through() RETURNS trigger LANGUAGE plpgsql AS
	$$ BEGIN INSERT INTO seen (through) VALUES (through()); RETURN NEW; END $$;
CREATE TRIGGER first BEFORE INSERT ON flis_status FOR EACH ROW EXECUTE FUNCTION note_through();
CREATE TRIGGER zzz_last BEFORE INSERT ON flis_status FOR EACH ROW EXECUTE FUNCTION note_through();
-- Behind by three periods on the 8th (May instead of August), by four on the 9th; on the 10th March.
INSERT INTO flis_status (as_of, area, data_through)
VALUES ('2025-11-08', 'borger', '2025-05-31'), ('2025-11-09', 'borger', '2025-04-30'),
	   ('2025-11-10', 'borger', '2025-03-31');
SELECT array_agg(through ORDER BY n) AS "before each row, twice" FROM seen;
SELECT through();
UPDATE flis_status SET note = flis_data_through('borger', '2025-11-10') || ', '  || through(),
	data_through = data_through - interval '1 month' RETURNING as_of, note;
DROP TRIGGER first ON flis_status;
DROP TRIGGER zzz_last ON flis_status;

-- A cursor that a trigger opened before the extension's statement trigger sees the rows, and not yet the
-- generation that they have; a rollback then brings back the one that it saw.
TRUNCATE flis_status;
CREATE FUNCTION open_cursor() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
	opened refcursor := 'opened';
BEGIN
	INSERT INTO seen (through) VALUES (NULL);
	OPEN opened FOR SELECT flis_data_through('borger', '2025-11-10') FROM generate_series(1, 2);
	RETURN NULL;
END
$$;
CREATE TRIGGER before_all BEFORE INSERT ON flis_status FOR EACH STATEMENT EXECUTE FUNCTION open_cursor();
SELECT through();
BEGIN;
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-11-10', 'borger', '2025-03-31');
FETCH opened;
SELECT through();
FETCH opened;
ROLLBACK;
SELECT through();
DROP TRIGGER before_all ON flis_status;

-- A statement's own condition, which sees nothing of what the statement does, reads after it has changed
-- rows.  A status of the 8th that is behind by three periods shows June on the 10th, one by five April.
-- Twice, so that the second time the server has nothing to look up in between.
DO $$
BEGIN
	FOR n IN 1 .. 2 LOOP
		INSERT INTO flis_status (as_of, area, data_through)
		VALUES ('2025-11-08', 'borger', '2025-05-31'), ('2025-11-08', 'dream', '2025-05-31');
		UPDATE flis_status SET data_through = '2025-03-31'
		WHERE CASE area WHEN 'borger' THEN true
			  ELSE flis_data_through(coalesce(note, 'borger'), '2025-11-10') <> '2025-06-30' END;
		RAISE NOTICE '%', through();
		DELETE FROM flis_status;
	END LOOP;
END
$$;

-- A change that fails, and is caught, leaves the session keeping what it reads: a thousand calls scan
-- flis_area a few times, not a thousand times.
BEGIN;
DO $$
BEGIN
	INSERT INTO flis_status (as_of, area) VALUES ('2025-11-10', 'borger');
EXCEPTION WHEN unique_violation THEN
	UPDATE flis_status SET note = 'caught' WHERE as_of = '2025-11-10';
END
$$;
CREATE TEMP TABLE scans AS SELECT pg_stat_get_xact_numscans('flis_area'::regclass) AS before;
SELECT count(flis_data_through('borger', '2025-11-01'::date + n % 20)) FROM generate_series(1, 1000) n;
SELECT pg_stat_get_xact_numscans('flis_area'::regclass) - before < 5 AS few FROM scans;
ROLLBACK;

-- TRUNCATE, COPY, DELETE, ON CONFLICT and MERGE.
TRUNCATE flis_status;
SELECT through();
COPY flis_status (as_of, area, data_through) FROM stdin;
2025-11-10	borger	2025-06-30
\.
SELECT through();
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-11-10', 'borger', '2025-02-28')
ON CONFLICT (area, as_of) DO UPDATE SET data_through = excluded.data_through;
SELECT through();
MERGE INTO flis_status s USING (VALUES ('borger', date '2025-11-10')) v (area, as_of)
	ON s.area = v.area AND s.as_of = v.as_of
WHEN MATCHED THEN UPDATE SET data_through = '2025-01-31';
SELECT through();
DELETE FROM flis_status;
SELECT through();

-- Replication's apply and scripts that turn triggers off.
SET session_replication_role = replica;
INSERT INTO flis_status (as_of, area, state) VALUES ('2025-11-10', 'borger', 'closed');
SELECT through();
DELETE FROM flis_status;
SELECT through();
RESET session_replication_role;
BEGIN;
ALTER TABLE flis_status DISABLE TRIGGER ALL;
SELECT through();
INSERT INTO flis_status (as_of, area, state, system_from) VALUES ('2025-11-10', 'borger', 'closed', '2025-11-10');
SELECT through();
DELETE FROM flis_status;
SELECT through();
ROLLBACK;

-- Prepared statements.
PREPARE ask AS SELECT flis_data_through('borger', $1);
SET plan_cache_mode = force_generic_plan;
EXECUTE ask('2025-11-10');
UPDATE flis_rule SET lag = 3 WHERE area = 'borger';
EXECUTE ask('2025-11-10');
UPDATE flis_rule SET lag = 1 WHERE area = 'borger';
EXECUTE ask('2025-11-10');
DEALLOCATE ask;

-- After a change what it left alone is kept, and only that: of areas, of channels and of days before and
-- after it.  On 12 November dap shows September, too; with its November cancelled August.
CREATE VIEW several AS
SELECT flis_data_through('borger', '2015-11-10') AS years_ago, flis_data_through('borger', '2025-11-10') AS borger,
	   flis_next_release('borger', '2025-11-10') AS next, flis_data_through('borger', '2025-11-12', 'dap') AS dap,
	   flis_data_through('dream', '2025-11-10') AS dream;
SELECT * FROM several;
INSERT INTO flis_status (as_of, area, data_through, note) VALUES ('2025-11-10', 'dream', '2025-05-31', 'late');
SELECT * FROM several;
UPDATE flis_status SET note = 'words alone' WHERE area = 'dream';
SELECT * FROM several;
BEGIN;
INSERT INTO flis_release (area, channel, cycle, cancelled) VALUES ('borger', 'dap', '2025-11-01', true);
SELECT * FROM several;
UPDATE flis_release SET channel = 'datapakke';
SELECT * FROM several;
ROLLBACK;
SELECT * FROM several;
DELETE FROM flis_status;
UPDATE flis_channel SET closes_day = 11 WHERE channel = 'datapakke';
SELECT * FROM several;
UPDATE flis_channel SET closes_day = 10 WHERE channel = 'datapakke';
UPDATE flis_area SET aliases = '{citizens}' WHERE area = 'borger';
SELECT *, flis_data_through('citizens', '2025-11-10') FROM several;
UPDATE flis_area SET aliases = '{}' WHERE area = 'borger';
SELECT * FROM several;
\set VERBOSITY terse
SELECT flis_data_through('citizens', '2025-11-10');
\set VERBOSITY default
DROP VIEW several;

-- A bulk load is not a bulk update of the generation.
CREATE TABLE generations (generation uuid PRIMARY KEY);
BEGIN;
INSERT INTO flis_status (as_of, area, data_through)
SELECT '2010-01-01'::date + n, 'borger', '2009-11-30' FROM generate_series(1, 1000) n;
INSERT INTO generations SELECT generation FROM flis_generation;
DELETE FROM flis_status WHERE as_of < '2011-01-01';
INSERT INTO generations SELECT generation FROM flis_generation ON CONFLICT DO NOTHING;
COMMIT;
SELECT count(*) AS "one for both, as nobody asked in between" FROM generations;
SELECT flis_data_through('borger', '2012-01-01');
TRUNCATE flis_status;

-- Nor are many changes one by one, whatever the isolation level and whoever calls.
CREATE FUNCTION load_status() RETURNS void LANGUAGE plpgsql AS
$$
BEGIN
	FOR n IN 1 .. 100 LOOP
		INSERT INTO flis_status (as_of, area, data_through) VALUES ('2010-01-01'::date + n, 'borger', '2009-11-30');
	END LOOP;
END
$$;
BEGIN ISOLATION LEVEL REPEATABLE READ;
CREATE TEMP TABLE drawn ON COMMIT DROP AS SELECT pg_stat_get_xact_tuples_updated('flis_generation'::regclass) AS before;
SELECT load_status();
SELECT pg_stat_get_xact_tuples_updated('flis_generation'::regclass) - before AS "one for all" FROM drawn;
ROLLBACK;

-- A generation that was drawn so often that its row has moved to another page is found there.
BEGIN;
CREATE TEMP TABLE scans ON COMMIT DROP AS SELECT pg_stat_get_xact_numscans('flis_area'::regclass) AS before;
DO $$
BEGIN
	FOR n IN 1 .. 300 LOOP
		UPDATE flis_rule SET lag = n % 5 WHERE area = 'borger';
		PERFORM through();
	END LOOP;
END
$$;
SELECT ctid > '(0,65535)' AS moved FROM flis_generation;
UPDATE scans SET before = pg_stat_get_xact_numscans('flis_area'::regclass);
DO $$
BEGIN
	FOR n IN 1 .. 100 LOOP
		INSERT INTO seen (through) VALUES (through());
	END LOOP;
END
$$;
SELECT pg_stat_get_xact_numscans('flis_area'::regclass) - before < 5 AS few FROM scans;
ROLLBACK;

-- Rows that no longer are, in many orders: the extension dropped and created again, elsewhere and with
-- another history, in the same session.
CREATE SCHEMA other;
DROP EXTENSION flis CASCADE;
CREATE EXTENSION flis SCHEMA other;
UPDATE other.flis_rule SET lag = 4 WHERE area = 'borger';
SELECT other.flis_data_through('borger', '2025-11-10');
DROP EXTENSION flis;
CREATE EXTENSION flis;
SELECT flis_data_through('borger', '2025-11-10');
BEGIN;
DROP EXTENSION flis;
CREATE EXTENSION flis;
UPDATE flis_rule SET lag = 3 WHERE area = 'borger';
SELECT flis_data_through('borger', '2025-11-10');
ROLLBACK;
SELECT flis_data_through('borger', '2025-11-10');

-- Tables dropped or altered under the extension: an error that names the table.
\set VERBOSITY terse
BEGIN;
ALTER TABLE flis_status DROP COLUMN state CASCADE;
SELECT flis_data_through('borger', '2025-11-10');
ROLLBACK;
BEGIN;
ALTER TABLE flis_rule RENAME TO rules;
SELECT flis_data_through('borger', '2025-11-10');
ROLLBACK;
BEGIN;
ALTER TABLE flis_rule ALTER COLUMN lag TYPE bigint;
SELECT flis_data_through('borger', '2025-11-10');
ROLLBACK;
BEGIN;
ALTER TABLE flis_rule DROP CONSTRAINT flis_rule_lag_is_0_to_1200;
UPDATE flis_rule SET lag = 2000000000;
SELECT flis_data_through('borger', '2025-11-10');
ROLLBACK;
BEGIN;
ALTER TABLE flis_status ENABLE ROW LEVEL SECURITY;
SELECT flis_data_through('borger', '2025-11-10');
ROLLBACK;
BEGIN;
ALTER TABLE flis_generation DISABLE TRIGGER ALL;
DELETE FROM flis_generation;
SELECT flis_data_through('borger', '2025-11-10');
ROLLBACK;
-- The error stays an error for as long as its cause does.
BEGIN;
SELECT flis_data_through('borger', '2025-11-10');
ALTER TABLE flis_area RENAME TO areas;
SAVEPOINT altered;
SELECT flis_data_through('borger', '2025-11-10');
ROLLBACK TO altered;
SELECT flis_data_through('borger', '2025-11-10');
ROLLBACK;
BEGIN;
TRUNCATE flis_generation;
SELECT flis_data_through('borger', '2025-11-10');
ROLLBACK;
SELECT flis_data_through('borger', '2025-11-10');
BEGIN;
ALTER TABLE flis_generation ALTER COLUMN generation DROP NOT NULL;
SELECT flis_data_through('borger', '2025-11-10');
UPDATE flis_generation SET generation = NULL;
SELECT flis_data_through('borger', '2025-11-10');
ROLLBACK;
BEGIN;
ALTER TABLE flis_status DROP CONSTRAINT flis_status_pkey;
INSERT INTO flis_status (as_of, area, data_through)
VALUES ('2025-11-10', 'borger', '2025-06-30'), ('2025-11-10', 'dream', '2025-02-28');
SELECT flis_data_through('borger', '2025-11-10') AS "without the index", flis_data_through('dream', '2025-11-10') AS dream;
ROLLBACK;
SELECT flis_data_through('borger', '2025-11-10');

-- A table of more than a few pages is read by its index: 2,000 rows of another area.
BEGIN;
INSERT INTO flis_status (as_of, area, data_through)
SELECT date '2015-01-31' + n, 'ky', '2015-01-31' FROM generate_series(1, 2000) n;
INSERT INTO flis_status (as_of, area, data_through)
VALUES ('2025-11-10', 'borger', '2025-06-30'), ('2025-11-10', 'dream', '2025-02-28');
SELECT flis_data_through('borger', '2025-11-10') AS "by the index", flis_data_through('dream', '2025-11-10') AS dream;
ROLLBACK;

-- Answers further away than a page of days holds are computed each time.  With a lag of 1,200 months the
-- October cycle of 2025 carries September 1925.
BEGIN;
INSERT INTO flis_area (area, name) VALUES ('far', 'Far');
INSERT INTO flis_rule (area, valid_from, lag) VALUES ('far', '2020-01-01', 1200);
INSERT INTO flis_status (area, as_of, data_through) VALUES ('far', '2025-10-31', '1900-01-31');
SELECT flis_data_through('far', '2025-11-01'), flis_expected_through('far', '2025-11-01') FROM generate_series(1, 2);
ROLLBACK;

-- A statement that failed in a savepoint, and one that calls while it writes, leave nothing behind: the
-- tables are read for the snapshot and not for each row.
BEGIN;
SAVEPOINT a;
\set VERBOSITY sqlstate
INSERT INTO flis_status (area, as_of, data_through)
VALUES ('borger', '2025-10-31', '2025-08-31'), ('borger', '2025-10-31', '2025-08-31');
\set VERBOSITY default
ROLLBACK TO a;
INSERT INTO flis_status (area, as_of, data_through) VALUES ('ky', '2025-10-31', '2025-08-31');
CREATE TEMPORARY TABLE scans AS SELECT pg_stat_get_xact_numscans('flis_area'::regclass) AS before;
SELECT count(flis_data_through('borger', '2025-11-01')) FROM generate_series(1, 100);
SELECT count(flis_data_through('borger', '2025-11-01')) FROM generate_series(1, 100);
SELECT pg_stat_get_xact_numscans('flis_area'::regclass) - before < 5 AS few FROM scans;
ROLLBACK;
BEGIN;
INSERT INTO flis_status (area, as_of, data_through) VALUES ('ky', '2025-10-31', '2025-08-31');
CREATE TEMPORARY TABLE scans AS SELECT pg_stat_get_xact_numscans('flis_area'::regclass) AS before;
INSERT INTO flis_status (area, as_of, data_through)
SELECT 'kp', date '2024-01-01' + n, flis_data_through('borger', '2023-01-01') FROM generate_series(1, 300) n;
SELECT pg_stat_get_xact_numscans('flis_area'::regclass) - before < 5 AS few FROM scans;
ROLLBACK;

-- A rollback to a savepoint changes no snapshot, and is seen all the same: with a lag of 1 the November
-- cycle shows September, with 5 May.
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT flis_expected_through('borger', '2025-11-20');
SAVEPOINT a;
UPDATE flis_rule SET lag = 5 WHERE area = 'borger';
SELECT flis_expected_through('borger', '2025-11-20');
ROLLBACK TO a;
SELECT flis_expected_through('borger', '2025-11-20');
ROLLBACK;

-- Two changes at once don't make up for each other: the extract of a part depends on when its package is out and on
-- the whole.  A deck of 31 October shows August; then the package of December is put off and the whole is closed.
BEGIN;
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-10-31', 'borger', '2025-08-31'), ('2025-10-31', 'borger_flex', '2025-08-31');
SELECT flis_data_through('borger_flex', '2025-11-05', 'udlaesning') AS extract;
WITH release AS (INSERT INTO flis_release (area, cycle, planned_on) VALUES ('borger_flex', '2025-12-01', '2025-12-20'))
INSERT INTO flis_status (as_of, area, state) VALUES ('2025-11-01', 'borger', 'closed');
SELECT flis_data_through('borger_flex', '2025-11-05', 'udlaesning') AS extract;
ROLLBACK;

-- More than 16 megabytes of answers are not cached: of three areas for each of 10,000 years, from the last day back.
-- They have the same rules, and so the same answers.
SELECT count(*) AS days, count(DISTINCT through) AS answers FROM
	(SELECT d.day, flis_data_through(area, d.day) AS through FROM unnest('{borger,ky,kp}'::text[]) area,
			(SELECT date '9999-12-31' - 1024 * n AS day FROM generate_series(0, 3565) n) d) a;

-- What is cached of single municipalities is freed after a change, also where nobody has asked for one between two changes.
BEGIN;
INSERT INTO flis_notice (area, municipality, kind, started_on, note) VALUES ('borger', 101, 'access', '2025-01-01', 'x');
CREATE FUNCTION change_and_ask(rounds integer) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
	FOR i IN 1 .. rounds LOOP
		PERFORM flis_municipality_through('borger', 101, '2025-06-01');
		UPDATE flis_notice SET note = i::text WHERE municipality = 101;
		PERFORM flis_data_through('borger', '2025-06-01');
		UPDATE flis_notice SET note = i || 'b' WHERE municipality = 101;
		PERFORM flis_data_through('borger', '2025-06-01');
	END LOOP;
	RETURN (SELECT sum(used_bytes) FROM pg_backend_memory_contexts WHERE name LIKE 'flis%');
END
$$;
SELECT change_and_ask(20) AS used \gset
SELECT change_and_ask(100) - :used < 100000 AS freed;
ROLLBACK;

-- Answers of every page of days of two areas and of a thousand pages of a third leave room for a few more pages, but
-- not for the place of all those between 0001 and 7000.  The package of 10 March 0001 shows January.
BEGIN;
UPDATE flis_area SET aliases = '{full}' WHERE area = 'ky';
SELECT count(*), bool_and(flis_data_through('borger', day) = flis_data_through('oekonomi', day)) AS same
FROM generate_series(0, 3566) n, LATERAL (SELECT date '0001-03-10' + 1024 * n AS day OFFSET 0) d;
SELECT count(flis_data_through('aula', date '0001-03-10' + 1024 * n)) FROM generate_series(1500, 2519) n;
SELECT flis_data_through('aula', '0001-03-10') FROM generate_series(1, 2);
ROLLBACK;

DROP EXTENSION flis;
DROP SCHEMA other;
DROP TABLE seen, generations;
DROP FUNCTION through, to_and_fro, note_through, set_lag, try_lag, change_and_tell, open_cursor, load_status;
DROP PROCEDURE tell;
