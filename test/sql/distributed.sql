-- On a distributed engine, with a stand-in for its list of tables: a guard's bound is evaluated on the
-- coordinator, a reference table that was given away is refused, and a cube is measured in windows.
CREATE EXTENSION flis;
SET client_min_messages = warning;
SET datestyle = 'ISO, YMD';
SET allow_system_table_mods = on;
CREATE TABLE pg_catalog.pg_dist_partition (logicalrelid regclass NOT NULL, partmethod "char");
RESET allow_system_table_mods;
-- An area whose answer is the same on every day: published once, through April 2025.
INSERT INTO flis_area (area, name) VALUES ('fixed', 'Fixed');
INSERT INTO flis_rule (area, valid_from, frequency, lag) VALUES ('fixed', '2020-01-01', 'ANNUAL', 0);
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-06-30', 'fixed', '2025-04-30');

CREATE SCHEMA warehouse;
CREATE TABLE warehouse.facts AS SELECT d::date AS month, municipality FROM generate_series(timestamp '2020-01-01', '2025-06-01', interval '1 month') d, flis_municipality;
CREATE TABLE warehouse.days AS SELECT n AS id, (date '2025-01-01' + n * interval '1 month')::date AS day, to_char(date '2025-01-01' + n * interval '1 month', 'YYYYMM')::integer AS month FROM generate_series(0, 5) n;
CREATE TABLE warehouse.star AS SELECT id, municipality FROM warehouse.days, flis_municipality;
INSERT INTO flis_cube (cube, area, channel, period_column, municipality_column) VALUES ('warehouse.facts', 'fixed', 'dap', 'month', 'municipality');
INSERT INTO flis_cube (cube, area, channel, period_column, municipality_column, period_dimension, period_key, period_value) VALUES ('warehouse.star', 'fixed', 'dap', 'id', 'municipality', 'warehouse.days', 'id', 'month');
SELECT flis_guard('warehouse.facts', 'warehouse.plain');
INSERT INTO pg_catalog.pg_dist_partition VALUES ('warehouse.facts', 'h'), ('warehouse.star', 'h');
-- The bound is a sub-select over a table that the engine does not know of.
SELECT flis_guard('warehouse.facts', 'warehouse.guarded'), flis_guard('warehouse.star', 'warehouse.guarded_star'), flis_guard_calendar('warehouse.days', 'day', '{fixed,borger}', 'warehouse.local_calendar');
INSERT INTO pg_catalog.pg_dist_partition VALUES ('warehouse.days', 'n');
SELECT flis_guard_calendar('warehouse.days', 'day', '{fixed}', 'warehouse.calendar');
SELECT viewname, regexp_replace(regexp_replace(replace(definition, 'cube.', ''), '\s+', ' ', 'g'), '^.* cube WHERE ', '') AS condition FROM pg_views WHERE schemaname = 'warehouse' ORDER BY viewname;
SELECT (SELECT max(month) FROM warehouse.plain) AS plain, (SELECT max(month) FROM warehouse.guarded) AS guarded,
	   (SELECT max(id) FROM warehouse.guarded_star) AS star, (SELECT max(day) FROM warehouse.calendar) AS calendar;

-- Measured in windows: of an index on the month one scan reads the newest ones together, where a plain table's
-- is asked for one after the other.
CREATE INDEX facts_month ON warehouse.facts (month);
VACUUM ANALYZE warehouse.facts;
SET enable_seqscan = off;
CREATE FUNCTION scans() RETURNS TABLE (newest date, verdict text, scans bigint) LANGUAGE plpgsql AS $$
DECLARE
	before bigint := pg_stat_get_xact_numscans('warehouse.facts_month'::regclass);
BEGIN
	SELECT c.newest_period, c.verdict INTO newest, verdict FROM flis_check_cubes('2025-07-01') c WHERE cube = 'warehouse.facts';
	scans := pg_stat_get_xact_numscans('warehouse.facts_month'::regclass) - before;
	RETURN NEXT;
END
$$;
SELECT newest, verdict, scans = 1 AS together FROM scans();
DELETE FROM pg_catalog.pg_dist_partition WHERE logicalrelid = 'warehouse.facts'::regclass;
SELECT newest, verdict, scans = 1 AS together FROM scans();
RESET enable_seqscan;
SELECT newest_period, verdict FROM flis_check_cubes('2025-07-01') WHERE cube = 'warehouse.star';

-- A reference table that is listed is refused, by each function that reads it.
CREATE FUNCTION state_of(command text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE command;
	RETURN 'answered';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END
$$;
CREATE FUNCTION refusal(tablename text, command text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	state text;
BEGIN
	INSERT INTO pg_catalog.pg_dist_partition VALUES (tablename::regclass, 'n');
	UPDATE flis_area SET name = 'Fixed ' || tablename WHERE area = 'fixed';
	state := state_of(command);
	DELETE FROM pg_catalog.pg_dist_partition WHERE logicalrelid = tablename::regclass;
	RETURN state;
END
$$;
SELECT t, refusal(t, 'SELECT flis_data_through(''fixed'')') FROM unnest('{flis_area,flis_channel,flis_rule,flis_release,flis_status,flis_notice}'::text[]) t;
SELECT t, refusal(t, 'SELECT * FROM flis_check_cubes()') FROM unnest('{flis_municipality,flis_waiver,flis_cube}'::text[]) t;
-- The engine converts no table that a view of an extension reads.
SELECT DISTINCT d.refobjid::regclass::text COLLATE "C" AS kept
FROM pg_depend d JOIN pg_rewrite w ON w.oid = d.objid JOIN pg_depend e ON e.objid = w.ev_class AND e.deptype = 'e'
WHERE d.classid = 'pg_rewrite'::regclass AND d.refobjid::regclass::text IN ('flis_area', 'flis_rule', 'flis_municipality', 'flis_waiver') ORDER BY 1;

SET allow_system_table_mods = on;
DROP TABLE pg_catalog.pg_dist_partition;
RESET allow_system_table_mods;
DROP FUNCTION scans, state_of, refusal;
DROP SCHEMA warehouse CASCADE;
DROP EXTENSION flis;
