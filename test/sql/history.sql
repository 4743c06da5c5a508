-- From when each version of a reference row is known, and what is known at a time: versions,
-- moments and writers, the history that only grows, rows that are restored, flis.known_at,
-- flis_history, flis_forget.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';
SET timezone = 'UTC';
\set VERBOSITY terse
CREATE ROLE regress_flis_loader;
GRANT INSERT, UPDATE, DELETE ON flis_status TO regress_flis_loader;

-- state_of: the SQLSTATE with which a command ends; what it does is taken back.
CREATE FUNCTION state_of(command text) RETURNS text LANGUAGE plpgsql AS
$$
BEGIN
	EXECUTE command;
	RAISE EXCEPTION USING ERRCODE = 'FLIS0';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END
$$;
-- versions: of a status all versions, with the number of the moment at which each begins and ends.
CREATE TABLE moments (n serial, moment timestamptz);
CREATE FUNCTION versions(wanted text) RETURNS TABLE (data_through date, begins int, ends int, is_mine boolean) LANGUAGE sql AS
$$
	WITH v AS (
		SELECT s.data_through, s.system_from, NULL::timestamptz AS system_until, s.written_by FROM flis_status s WHERE s.area = wanted
		UNION ALL
		SELECT h.data_through, h.system_from, h.system_until, h.written_by FROM flis_status_history h WHERE h.area = wanted
	), m AS (
		SELECT t, row_number() OVER (ORDER BY t) AS n FROM (SELECT system_from FROM v UNION SELECT system_until FROM v) m (t) WHERE t IS NOT NULL
	)
	SELECT v.data_through, b.n, e.n, v.written_by = session_user FROM v JOIN m b ON b.t = v.system_from LEFT JOIN m e ON e.t = v.system_until ORDER BY b.n, e.n
$$;

-- Each transaction has one moment; what comes and goes within it leaves no version.
SELECT count(*) AS "not always known" FROM flis_rule WHERE system_from <> '-infinity' OR written_by IS NOT NULL;
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-06-30', 'borger', '2025-04-30'), ('2025-06-30', 'kp', '2025-04-30');
SELECT count(DISTINCT system_from) AS moments FROM flis_status;
UPDATE flis_status SET data_through = '2025-03-31' WHERE area = 'borger';
BEGIN;
UPDATE flis_status SET data_through = '2025-02-28' WHERE area = 'borger';
SAVEPOINT one;
UPDATE flis_status SET data_through = '2025-01-31' WHERE area = 'borger';
ROLLBACK TO one;
UPDATE flis_status SET data_through = '2024-12-31' WHERE area = 'borger';
INSERT INTO flis_status (as_of, area) VALUES ('2025-06-30', 'dream');
DELETE FROM flis_status WHERE area = 'dream';
COMMIT;
UPDATE flis_status SET data_through = data_through, system_from = '2020-01-01', written_by = 'nobody';
SELECT * FROM versions('borger');
SELECT * FROM versions('dream');
DELETE FROM flis_status WHERE area = 'borger';
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-06-30', 'borger', '2025-04-30');
UPDATE flis_status SET area = 'ky' WHERE area = 'kp';
SELECT * FROM versions('borger');
SELECT * FROM versions('kp');
SELECT * FROM versions('ky');
-- A moment that a rollback takes back is not used again.
BEGIN;
SAVEPOINT one;
UPDATE flis_status SET note = 'x' WHERE area = 'ky';
ROLLBACK TO one;
UPDATE flis_status SET note = 'y' WHERE area = 'ky';
SELECT changed_at = (SELECT system_from FROM flis_status WHERE area = 'ky') AS "as noted" FROM flis_generation;
COMMIT;
TRUNCATE flis_status;
SELECT * FROM versions('ky');

-- The history only grows.  Each is named by its table.
SELECT relname, state_of(format('UPDATE %I SET ended_by = NULL', relname)), state_of(format('DELETE FROM %I', relname)), state_of(format('TRUNCATE %I', relname))
FROM pg_class WHERE relname = 'flis_status_history';
SELECT state_of($$ INSERT INTO flis_status_history SELECT * FROM flis_status_history $$) AS overlaps;
-- Nor does a version overlap the row in use; the row may begin where it ends.
BEGIN;
INSERT INTO flis_status (as_of, area) VALUES ('2025-12-24', 'kp');
SELECT state_of(format($$ INSERT INTO flis_status_history SELECT (jsonb_populate_record(NULL::flis_status_history, to_jsonb(s)
	|| jsonb_build_object('system_from', '2020-01-01', 'system_until', s.system_from + %L::interval))).*
	FROM flis_status s WHERE as_of = '2025-12-24' $$, late)) AS state, late FROM unnest('{0,1us}'::text[]) late;
ROLLBACK;
SELECT has_any_column_privilege('regress_flis_loader', oid, 'INSERT, UPDATE') OR has_table_privilege('regress_flis_loader', oid, 'DELETE, TRUNCATE') AS "may write", relname
FROM pg_class WHERE relname ~ '^flis_.*_history$' AND relkind = 'r' ORDER BY relname COLLATE "C";

-- A row with system_from is being restored: for the owner alone, as it is, without counting it, in place of a
-- shipped one; one without is being written, whatever the session has set.
INSERT INTO flis_area (area, name, part_of, system_from, written_by) VALUES ('vh', 'Voksne', 'nix', '2025-07-01 10:00+02', 'kim');
SELECT area, name, part_of, shipped, system_from, written_by FROM flis_area WHERE area = 'vh';
INSERT INTO flis_release (area, cycle, system_from) VALUES ('nix', '2025-10-01', '2025-07-01');
SELECT count(*) AS counted FROM flis_revision WHERE key ~ '^(nix|vh)';
SET check_function_bodies = off;
SELECT state_of($$ INSERT INTO flis_status (as_of, area) VALUES ('2025-01-31', 'nix') $$) AS "unknown area",
	   state_of($$ INSERT INTO flis_area (area, name) VALUES ('kp', 'K') $$) AS "shipped row";
RESET check_function_bodies;
SET ROLE regress_flis_loader;
SELECT state_of($$ INSERT INTO flis_status (as_of, area, system_from) VALUES ('2025-01-31', 'kp', '2025-02-01') $$) AS "restored by another";
INSERT INTO flis_status (as_of, area) VALUES ('2025-06-30', 'kp');
SELECT state_of($$ UPDATE flis_status SET note = 'x', system_from = '2025-02-01' $$) AS "set by another";
INSERT INTO flis_status (as_of, area, note) VALUES ('2025-06-30', 'kp', 'upsert')
	ON CONFLICT (area, as_of) DO UPDATE SET note = excluded.note, system_from = excluded.system_from, written_by = excluded.written_by;
RESET ROLE;
SELECT note, written_by = session_user AS "by the session's user", system_from > now() - interval '1 hour' AS "just now" FROM flis_status WHERE area = 'kp';
SELECT state_of($$ INSERT INTO flis_status (as_of, area, system_from) VALUES ('2025-06-30', 'borger', '2025-07-01') $$) AS "before a version ended",
	   state_of($$ INSERT INTO flis_status (as_of, area, system_from) VALUES ('2025-06-30', 'dfdg', 'infinity') $$) AS never;

-- A column of a user's, even a generated one, is in nobody's way: in a restore, in replication, in the history.
ALTER TABLE flis_area ADD COLUMN upper_name text GENERATED ALWAYS AS (upper(name)) STORED, ADD COLUMN number integer GENERATED ALWAYS AS IDENTITY;
INSERT INTO flis_area (area, name, system_from) VALUES ('ky', 'Kontant', '2025-07-01');
SET session_replication_role = replica;
INSERT INTO flis_area (area, name, system_from) VALUES ('aula', 'Aula 3', '2025-07-01'), ('klima', 'Klima', '2025-07-01');
RESET session_replication_role;
-- Their changes are counted here, at the times that they have there.
SELECT key, revision, changed_at FROM flis_revision WHERE key IN ('ky', 'aula', 'klima') ORDER BY key, revision;
UPDATE flis_area SET name = 'Klimaet' WHERE area = 'klima';
SELECT area, name, upper_name FROM flis_area WHERE area IN ('ky', 'aula', 'klima') ORDER BY area;
SELECT area, name FROM flis_area_history WHERE area = 'klima';
ALTER TABLE flis_area DROP COLUMN upper_name, DROP COLUMN number;

-- Rows from a machine whose clock is ahead: each version is kept, in the order of the changes.
INSERT INTO flis_status (as_of, area, data_through, system_from) VALUES
	('2025-11-20', 'vh', '2025-06-30', '2999-01-01 12:00+00'), ('2025-11-20', 'ky', '2025-06-30', '2999-01-01 12:00+00');
UPDATE flis_status SET data_through = '2025-07-31' WHERE as_of = '2025-11-20';
DELETE FROM flis_status WHERE as_of = '2025-11-20';
SELECT area, data_through, to_char(system_from AT TIME ZONE 'UTC', 'YYYY HH24:MI:SS.US') AS system_from, system_until - system_from AS known_for
FROM flis_status_history WHERE as_of = '2025-11-20' ORDER BY area, system_from;

-- So, too, where a row of the extension, which was always known, is changed after that time, and where a row
-- gets the key of others that ended then.
BEGIN;
INSERT INTO flis_area (area, name, system_from) VALUES ('later', 'Mine', '2999-01-01 12:00+00');
DELETE FROM flis_area WHERE area = 'later';
SET LOCAL session_replication_role = replica;
INSERT INTO flis_area (area, name, system_from) VALUES ('later', 'Theirs', '-infinity');
SET LOCAL session_replication_role = origin;
UPDATE flis_area SET name = 'Changed' WHERE area = 'later';
SELECT name, to_char(system_from AT TIME ZONE 'UTC', 'YYYY HH24:MI:SS.US') AS system_from FROM flis_area WHERE area = 'later';
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-11-20', 'kp', '2025-08-31');
UPDATE flis_status SET area = 'vh' WHERE area = 'kp' AND as_of = '2025-11-20';
SELECT area, data_through, to_char(system_from AT TIME ZONE 'UTC', 'YYYY HH24:MI:SS.US') AS system_from FROM flis_status WHERE as_of = '2025-11-20';
-- Of the versions of one transaction only the last counts, at its time.
INSERT INTO flis_status (as_of, area) VALUES ('2025-11-21', 'kp');
UPDATE flis_status SET data_through = '2025-09-30' WHERE as_of = '2025-11-20';
SELECT data_through, to_char(system_from AT TIME ZONE 'UTC', 'YYYY HH24:MI:SS.US') AS system_from, (SELECT count(*) FROM flis_status_history h WHERE h.as_of = s.as_of) AS "four before"
FROM flis_status s WHERE as_of = '2025-11-20';
ROLLBACK;

-- Nor before the end of the one whose name it gets.
BEGIN;
INSERT INTO flis_area (area, name, system_from) VALUES ('later', 'Mine', '2999-01-01 12:00+00');
DELETE FROM flis_area WHERE area = 'later';
INSERT INTO flis_area (area, name) VALUES ('other', 'Other');
UPDATE flis_area SET area = 'later' WHERE area = 'other';
SELECT name, to_char(system_from AT TIME ZONE 'UTC', 'YYYY HH24:MI:SS.US') AS system_from FROM flis_area WHERE area = 'later';
ROLLBACK;

-- Each change of what a calendar's event shows is counted at the time from which it is known.
INSERT INTO flis_release (area, cycle, planned_on) VALUES ('kp', '2025-11-01', '2025-11-12');
UPDATE flis_release SET planned_on = '2025-11-13' WHERE area = 'kp';
DELETE FROM flis_release WHERE area = 'kp';
SELECT r.revision, r.changed_at = h.system_from AS begins, r.changed_at = h.system_until AS ends, h.planned_on
FROM flis_revision r, flis_release_history h WHERE r.key = 'kp,datapakke,2025-11-01' AND h.area = 'kp' ORDER BY r.revision, h.system_from;

-- A user's trigger that changes a row after flis_stamp took it for unchanged would leave no version, and a shipped
-- row changed.  One that fills a column of the user's own may.
CREATE FUNCTION mine() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NEW.basis := upper(NEW.basis); RETURN NEW; END$$;
CREATE TRIGGER mine BEFORE UPDATE ON flis_rule FOR EACH ROW EXECUTE FUNCTION mine();
UPDATE flis_rule SET lag = lag WHERE area = 'kp';
ALTER TRIGGER mine ON flis_rule RENAME TO apart;
UPDATE flis_rule SET lag = lag WHERE area = 'kp';
SELECT area, shipped, basis = upper(basis) AS mine, (SELECT count(*) FROM flis_rule_history h WHERE h.area = r.area) AS versions FROM flis_rule r WHERE area = 'kp';
DROP TRIGGER apart ON flis_rule;
ALTER TABLE flis_rule ADD COLUMN seen integer;
CREATE OR REPLACE FUNCTION mine() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NEW.seen := 1; RETURN NEW; END$$;
CREATE TRIGGER mine BEFORE UPDATE ON flis_rule FOR EACH ROW EXECUTE FUNCTION mine();
UPDATE flis_rule SET lag = lag WHERE area = 'kp';
DROP TRIGGER mine ON flis_rule;
DROP FUNCTION mine;
ALTER TABLE flis_rule DROP COLUMN seen;
-- A column of a user's that has the name of one of the history.
BEGIN;
ALTER TABLE flis_rule ADD COLUMN ended_by integer DEFAULT 1, ADD COLUMN system_until date;
UPDATE flis_rule SET lag = 9 WHERE area = 'dfdg';
SELECT ended_by = session_user AS "ended by", system_until = (SELECT changed_at FROM flis_generation) AS "until now" FROM flis_rule_history WHERE area = 'dfdg';
ROLLBACK;

-- What was known at a time.
TRUNCATE flis_status;
SELECT pg_sleep(0.001);
SELECT clock_timestamp() AS before \gset
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-11-20', 'borger', '2025-06-30');
INSERT INTO flis_notice (area, kind, started_on, note) VALUES ('kp', 'access', '2025-01-01', 'Lukket');
UPDATE flis_rule SET lag = 3 WHERE area = 'dagtilbud';
SELECT clock_timestamp() AS between \gset
UPDATE flis_status SET data_through = '2025-07-31';
DELETE FROM flis_notice;
DELETE FROM flis_release;
UPDATE flis_area SET name = 'Personer' WHERE area = 'borger';
PREPARE ask AS SELECT area, name, data_through, frequency FROM flis_coverage('2025-11-25') WHERE area IN ('borger', 'kp', 'dagtilbud') ORDER BY area;
EXECUTE ask;
SET flis.known_at = :'before';
EXECUTE ask;
SET flis.known_at = :'between';
EXECUTE ask;
SELECT as_of, area, data_through FROM flis_known_status();
SELECT count(*) FROM flis_notice_board('2025-11-25');
SELECT bool_and(changed_at <= :'between') AS "no later changes", count(*) > 0 AS "earlier ones" FROM flis_history;
BEGIN;
SET LOCAL flis.known_at = '';
EXECUTE ask;
ROLLBACK;
EXECUTE ask;
-- A version that is restored meanwhile is known to the next statement.
INSERT INTO flis_status_history (as_of, area, data_through, state, recorded_at, system_from, system_until)
VALUES ('2025-11-24', 'borger', '2025-04-30', 'on_schedule', :'before', :'before', :'between'::timestamptz + interval '1 hour');
EXECUTE ask;
SET session_replication_role = replica;
DELETE FROM flis_status_history WHERE as_of = '2025-11-24';
RESET session_replication_role;
-- It is no time to write.
SELECT state_of($$ UPDATE flis_status SET note = 'x' $$), state_of($$ DELETE FROM flis_area $$), state_of($$ SELECT flis_record_release('borger', 'datapakke', '2025-10-01', '2025-10-10') $$);
-- Every way to write a time is one and the same; what is none is refused and leaves the last one.
SET timezone = 'Europe/Copenhagen';
SET datestyle = 'German';
SET flis.known_at = '05.07.2025 12:00';
SHOW flis.known_at;
SET timezone = 'UTC';
SET datestyle = 'ISO, YMD';
SELECT flis_known_at();
-- A name that the area has got since then.
\set VERBOSITY default
SELECT flis_data_through('Personer', '2025-11-25');
SELECT flis_data_through('qqqqqqqq', '2025-11-25');
SELECT state_of($$ SET flis.known_at = 'soon' $$);
SET flis.known_at = 'soon';
\set VERBOSITY terse
SET flis.known_at = 'infinity';
SHOW flis.known_at;
RESET flis.known_at;
SELECT flis_known_at() IS NULL AS "as known now";

-- What changed, in the order of the changes.
SELECT reference_table, key, change, changed_by = session_user AS mine, before IS NOT NULL AS before, after IS NOT NULL AS after,
	   (SELECT string_agg(concat(b.key, ': ', b.value, ' to ', a.value), ', ') FROM jsonb_each(before::jsonb) b JOIN jsonb_each(after::jsonb) a ON a.key = b.key AND a.value <> b.value) AS differences
FROM flis_history WHERE changed_at >= :'before' ORDER BY changed_at, reference_table, key;

-- A row that the extension brings was always known, except while a user's row had its key.  At the moment at
-- which that one ends the exception is over.
INSERT INTO flis_area (area, name) VALUES ('later', 'Mine');
DELETE FROM flis_area WHERE area = 'later';
SET session_replication_role = replica;
INSERT INTO flis_area (area, name, system_from) VALUES ('later', 'Theirs', '-infinity');
RESET session_replication_role;
SELECT system_from AS begun, system_until AS ended FROM flis_area_history WHERE area = 'later' \gset
SET flis.known_at = :'begun';
SELECT name FROM flis_coverage('2025-11-25') WHERE area = 'later';
SET flis.known_at = :'ended';
SELECT name FROM flis_coverage('2025-11-25') WHERE area = 'later';
RESET flis.known_at;

-- Forgetting is the owner's, and told afterwards.
SET ROLE regress_flis_loader;
SELECT state_of($$ SELECT flis_forget(now()) $$);
RESET ROLE;
SELECT flis_forget(:'between') > 0 AS forgotten;
SELECT flis_forget(:'between');
-- A change whose version before it is dropped would look like an insert: kp was inserted and updated by then.
SELECT count(*) FILTER (WHERE changed_at <= :'between') AS "up to then", count(*) > 0 AS "since" FROM flis_history;
SELECT count(*) AS left FROM flis_status_history WHERE system_until <= :'between';
SET flis.known_at = :'before';
SELECT state_of($$ SELECT flis_data_through('borger', '2025-11-25') $$), state_of($$ SELECT * FROM flis_known_status() $$), state_of($$ SELECT * FROM flis_selftest('2025-11-25') $$);
SET flis.known_at = :'between';
EXECUTE ask;
RESET flis.known_at;

-- What is no time, and was set before the library was loaded, is refused when it is needed.
\c -
\set VERBOSITY default
SET flis.known_at = 'soon';
SELECT flis_data_through('borger', '2025-11-09');
RESET flis.known_at;
SELECT flis_known_at() IS NULL AS "as known now";

DROP EXTENSION flis;
DROP FUNCTION state_of(text);
DROP FUNCTION versions(text);
DROP TABLE moments;
DROP ROLE regress_flis_loader;
