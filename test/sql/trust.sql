-- A cube or dimension that is of another kind or owner than when it was registered is not read,
-- whoever asks, until the row of flis_cube is confirmed: its owner could run functions with the
-- privileges of who reads it.
CREATE EXTENSION flis;
SET client_min_messages = warning;
CREATE ROLE regress_flis_owner;
CREATE ROLE regress_flis_other;
CREATE SCHEMA warehouse AUTHORIZATION regress_flis_owner;
SET ROLE regress_flis_owner;
CREATE TABLE warehouse.source AS SELECT date '2025-09-01' AS month, municipality FROM flis_municipality;
CREATE TABLE warehouse.facts AS TABLE warehouse.source;
CREATE TABLE warehouse.days AS SELECT 7 AS id, date '2025-09-01' AS day;
CREATE TABLE warehouse.places AS SELECT municipality AS id, municipality AS code FROM flis_municipality;
CREATE TABLE warehouse.star AS SELECT 7 AS day, municipality AS place FROM flis_municipality;
CREATE VIEW warehouse.shown AS TABLE warehouse.source;
RESET ROLE;
CREATE TABLE trap (who text);
GRANT INSERT ON trap TO PUBLIC;
INSERT INTO flis_cube (cube, area, channel, period_column, municipality_column) VALUES
	('warehouse.facts', 'borger', 'dap', 'month', 'municipality'), ('warehouse.shown', 'borger', 'dap', 'month', 'municipality'),
	('warehouse.later', 'borger', 'dap', 'month', 'municipality'), ('warehouse.later_view', 'borger', 'dap', 'month', 'municipality');
INSERT INTO flis_cube (cube, area, channel, period_column, municipality_column, period_dimension, period_key, period_value, municipality_dimension, municipality_key, municipality_value) VALUES
	('warehouse.star', 'borger', 'dap', 'day', 'place', 'warehouse.days', 'id', 'day', 'warehouse.places', 'id', 'code');
SELECT cube, confirmed FROM flis_cube ORDER BY cube;
SELECT cube, verdict, reason FROM flis_check_cubes('2025-11-20');
-- A setting by which all names are quoted makes no other owner of one.
SET quote_all_identifiers = on;
SELECT DISTINCT verdict FROM flis_check_cubes('2025-11-20') WHERE cube IN ('warehouse.facts', 'warehouse.shown', 'warehouse.star');
RESET quote_all_identifiers;

-- What may be put in their place: functions that note who runs them.
CREATE FUNCTION warehouse.noting(date) RETURNS date LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.trap VALUES (current_user); RETURN $1; END $$;
SET ROLE regress_flis_owner;
DROP TABLE warehouse.facts;
CREATE VIEW warehouse.facts AS SELECT warehouse.noting(month) AS month, municipality FROM warehouse.source;
DROP TABLE warehouse.days;
CREATE VIEW warehouse.days AS SELECT 7 AS id, warehouse.noting('2025-09-01') AS day;
CREATE TABLE warehouse.later AS TABLE warehouse.source;
CREATE VIEW warehouse.later_view AS SELECT warehouse.noting(month) AS month, municipality FROM warehouse.source;
RESET ROLE;
SELECT cube, verdict, reason FROM flis_check_cubes('2025-11-20');
\set VERBOSITY sqlstate
SELECT flis_reporting('warehouse.facts', '2025-09-01', '2025-11-20');
SELECT flis_guard('warehouse.facts', 'warehouse.guarded');
SELECT flis_guard('warehouse.star', 'warehouse.guarded');
\set VERBOSITY default
SELECT * FROM trap;

-- Confirmed, they are read; the note is of what is there.
UPDATE flis_cube SET confirmed = NULL WHERE cube IN ('warehouse.facts', 'warehouse.star');
SELECT cube, confirmed FROM flis_cube WHERE cube IN ('warehouse.facts', 'warehouse.star') ORDER BY cube;
SELECT cube, verdict, reason FROM flis_check_cubes('2025-11-20') WHERE cube IN ('warehouse.facts', 'warehouse.star');
SELECT count(*) > 0 AS noted FROM trap;
-- A table that is dropped and created again by its owner needs no confirmation, another owner's does.
SET ROLE regress_flis_owner;
DROP TABLE warehouse.later;
CREATE TABLE warehouse.later AS TABLE warehouse.source;
RESET ROLE;
UPDATE flis_cube SET confirmed = NULL WHERE cube = 'warehouse.later';
ALTER TABLE warehouse.places OWNER TO regress_flis_other;
ALTER TABLE warehouse.later OWNER TO regress_flis_other;
SELECT cube, verdict, reason FROM flis_check_cubes('2025-11-20') WHERE cube IN ('warehouse.later', 'warehouse.star');
-- An update of other columns confirms nothing, one of the name does.
UPDATE flis_cube SET least_reporting = 0.8 WHERE cube = 'warehouse.later';
SELECT verdict FROM flis_check_cubes('2025-11-20') WHERE cube = 'warehouse.later';
UPDATE flis_cube SET cube = 'Warehouse.LATER' WHERE cube = 'warehouse.later';
SELECT verdict, reason FROM flis_check_cubes('2025-11-20') WHERE cube = 'Warehouse.LATER';
-- A row that brings its note is taken as it is, as a restore does.
INSERT INTO flis_cube (cube, area, period_column, confirmed) VALUES ('warehouse.source', 'borger', 'month', '{table owned by somebody,"",""}');
SELECT verdict, reason FROM flis_check_cubes('2025-11-20') WHERE cube = 'warehouse.source';

-- Nor is a view that took the place of a time dimension read to put a guarded calendar back.
TRUNCATE trap;
CREATE SCHEMA reports AUTHORIZATION regress_flis_other;
GRANT USAGE ON SCHEMA warehouse TO regress_flis_other;
GRANT CREATE ON SCHEMA warehouse TO regress_flis_owner;
SET ROLE regress_flis_owner;
CREATE TABLE warehouse.months AS SELECT '2025-09'::text AS month;
GRANT SELECT ON warehouse.months TO regress_flis_other;
SET ROLE regress_flis_other;
SELECT flis_guard_calendar('warehouse.months', 'month', '{borger}', 'reports.months');
SET ROLE regress_flis_owner;
DROP TABLE warehouse.months CASCADE;
CREATE FUNCTION warehouse.noting(text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.trap VALUES (current_user); RETURN $1; END $$;
CREATE VIEW warehouse.months AS SELECT warehouse.noting('2025-09'::text) AS month;
GRANT SELECT ON warehouse.months TO regress_flis_other;
RESET ROLE;
SELECT view, outcome, reason FROM flis_restore_guards();
SELECT * FROM trap;
SET ROLE regress_flis_owner;
DROP VIEW warehouse.months;
CREATE TABLE warehouse.months AS SELECT '2025-09'::text AS month;
GRANT SELECT ON warehouse.months TO regress_flis_other;
RESET ROLE;
SELECT view, outcome, reason FROM flis_restore_guards();

DROP TABLE trap;
DROP SCHEMA reports CASCADE;
DROP SCHEMA warehouse CASCADE;
DROP EXTENSION flis;
DROP ROLE regress_flis_owner;
DROP ROLE regress_flis_other;
