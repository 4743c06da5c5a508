-- Fact tables of odd shapes: what flis_check_cubes finds depends neither on the shape nor on how a
-- table is read, and what it can't read stops none of the others.
--
-- Every table has the 98 municipalities from May to September 2025, thirty rows each a month, which
-- is more than is read of a month at first.  Læsø (825) lacks September.  On 20 November September
-- is to be used: 97 of 98 report it, on_time.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';
SET timezone = 'Europe/Copenhagen';
SET max_parallel_workers_per_gather = 0;
CREATE SCHEMA odd;
CREATE TABLE odd.source AS
SELECT month::date AS month, municipality::integer AS municipality
FROM generate_series(timestamp '2025-05-01', '2025-09-01', interval '1 month') month, flis_municipality, generate_series(1, 30)
WHERE NOT (month = '2025-09-01' AND municipality = 825);

-- char(n), whose literals are cut to one letter where no length is given
CREATE TABLE odd.padded AS SELECT to_char(month, 'YYYYMM')::char(8) AS period, municipality FROM odd.source;
-- the same, with texts that are no periods between May and June and after September
CREATE TABLE odd.padded_sums AS TABLE odd.padded;
INSERT INTO odd.padded_sums VALUES ('202505x', 101), ('202509 x', 101);
-- a table that is called as a step in flis_check_cubes is
CREATE TABLE odd.step AS SELECT month AS step, municipality FROM odd.source;
-- open ends, and days of no calendar
CREATE TABLE odd.open_ended AS
SELECT * FROM odd.source UNION ALL SELECT day, 101 FROM unnest('{infinity,-infinity,9999-12-31,5874897-12-31,4714-11-24 BC,NULL}'::date[]) day;
CREATE TABLE odd.open_ended_times AS
SELECT month::timestamp AS month, municipality FROM odd.source
UNION ALL SELECT day, 101 FROM unnest('{infinity,-infinity,9999-12-31,294276-12-31,4714-11-24 BC,NULL}'::timestamp[]) day;
-- bigint to its ends, for periods and codes; 202513 is no month
CREATE TABLE odd.extremes AS
SELECT to_char(month, 'YYYYMM')::bigint AS month, municipality::bigint FROM odd.source
UNION ALL VALUES (9223372036854775807, -825), (-9223372036854775808, 825), (202513, 825), (-202509, 825), (NULL, 825),
				 (202509, 9223372036854775807), (202509, -9223372036854775808), (202509, -825), (202509, 0), (202509, NULL);
-- names in quotes, a dropped column, codes with zeros before them
CREATE TABLE odd."Mixed ""%s"" Case" (gone integer, "Må;ned" date, "Kommune ""%d""" text);
ALTER TABLE odd."Mixed ""%s"" Case" DROP COLUMN gone;
INSERT INTO odd."Mixed ""%s"" Case" SELECT month, to_char(municipality, 'FM0000') FROM odd.source;
-- a domain over a domain, a generated column, a child of another table
CREATE DOMAIN odd.short_text AS varchar(8) CHECK (VALUE <> '');
CREATE DOMAIN odd.period AS odd.short_text;
CREATE TABLE odd.of_domain AS SELECT to_char(month, 'YYYY"M"MM')::odd.period AS month, municipality FROM odd.source;
CREATE TABLE odd.generated (day date, municipality smallint, month integer GENERATED ALWAYS AS (extract(year FROM day) * 100 + extract(month FROM day)) STORED);
INSERT INTO odd.generated SELECT month, municipality FROM odd.source;
CREATE TABLE odd.parent (month date, municipality integer);
CREATE TABLE odd.child () INHERITS (odd.parent);
INSERT INTO odd.child TABLE odd.source;
CREATE INDEX ON odd.child (month, municipality);
-- no table of rows at all, or none yet
CREATE TABLE odd.no_partitions (month date, municipality integer) PARTITION BY RANGE (month);
CREATE MATERIALIZED VIEW odd.not_populated AS TABLE odd.source WITH NO DATA;
CREATE SEQUENCE odd.numbers;
-- a collation to which 2025m09 equals 2025M09, where the server has such: Hjørring (860) writes the one, which
-- is another form, so that 96 of 98 report
DO $$
BEGIN
	CREATE COLLATION odd.any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
EXCEPTION WHEN feature_not_supported OR syntax_error THEN
	CREATE COLLATION odd.any_case FROM "C";
END
$$;
CREATE TABLE odd.cased AS
SELECT to_char(month, CASE municipality WHEN 860 THEN 'YYYY"m"MM' ELSE 'YYYY"M"MM' END) COLLATE odd.any_case AS month, municipality FROM odd.source;

INSERT INTO flis_cube (cube, area, channel, period_column, municipality_column)
SELECT 'odd.' || name, 'borger', 'dap', 'month', 'municipality'
FROM unnest('{open_ended,open_ended_times,extremes,of_domain,generated,parent,no_partitions,not_populated,cased}'::text[]) name;
INSERT INTO flis_cube (cube, area, channel, period_column, municipality_column) VALUES
	('odd.padded', 'borger', 'dap', 'period', 'municipality'), ('odd.padded_sums', 'borger', 'dap', 'period', 'municipality'),
	('odd.step', 'borger', 'dap', 'step', 'municipality'), ('odd.numbers', 'borger', 'dap', 'last_value', NULL),
	('odd."Mixed ""%s"" Case"', 'borger', 'dap', 'Må;ned', 'Kommune "%d"');
CREATE VIEW found AS
SELECT cube, newest_period, measured_through, municipalities_expected AS of, municipalities_reported AS report, verdict, reason
FROM flis_check_cubes('2025-11-20');
SELECT * FROM found;
-- The same by an index on period and municipality.
CREATE TABLE by_scan AS SELECT * FROM found;
DO $$
DECLARE
	c flis_cube;
BEGIN
	FOR c IN SELECT f.* FROM flis_cube f JOIN pg_class ON oid = to_regclass(cube) AND relkind IN ('r', 'p') LOOP
		EXECUTE format('CREATE INDEX ON %s (%I, %I)', c.cube, c.period_column, c.municipality_column);
	END LOOP;
END
$$;
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SELECT * FROM found EXCEPT TABLE by_scan;
-- And of each municipality the same thirty rows, whatever is besides.
SELECT cube, count(*) FILTER (WHERE reported) AS report, count(*) FILTER (WHERE rows = 30) AS "thirty rows", sum(rows)
FROM flis_cube, flis_reporting(cube, '2025-09-01', '2025-11-20') r
WHERE municipality_column IS NOT NULL AND cube <> 'odd.not_populated' GROUP BY cube ORDER BY cube COLLATE "C";
DELETE FROM flis_cube;

-- In such a collation rows of other texts are equal to those that count, but don't count: of 101 a row of
-- 2025m09, and one whose municipality has a control character, which the collation passes over.  They come first.
-- Of 101 two rows are left, of 147 one; whether the period, the municipality or both stand in the cube.
CREATE FUNCTION odd.rows_of(cube text) RETURNS TABLE (municipality smallint, in_matrix bigint, reporting bigint) LANGUAGE sql AS $$
	SELECT m.municipality, m.rows, r.rows
	FROM flis_matrix(cube, '2025-09-01', '2025-09-30', '2025-11-20') m JOIN flis_reporting(cube, '2025-09-01', '2025-11-20') r USING (municipality)
	WHERE m.rows > 0 OR r.rows > 0
$$;
CREATE TABLE odd.equal (month text COLLATE odd.any_case, municipality text COLLATE odd.any_case, month_id int, place_id int);
INSERT INTO odd.equal VALUES ('2025m09', '101', 2, 1), ('2025M09', E'101\x01', 1, 2), ('2025M09', '101', 1, 1), ('2025M09', '101', 1, 1), ('2025M09', '147', 1, 3);
CREATE TABLE odd.months AS SELECT DISTINCT month_id, month COLLATE "C" AS month FROM odd.equal;
CREATE TABLE odd.places AS SELECT DISTINCT place_id, municipality COLLATE "C" AS municipality FROM odd.equal;
CREATE VIEW odd.equal_month AS TABLE odd.equal;
CREATE VIEW odd.equal_place AS TABLE odd.equal;
INSERT INTO flis_cube (cube, area, channel, period_column, municipality_column, period_like, least_reporting, period_dimension, period_key, period_value, municipality_dimension, municipality_key, municipality_value) VALUES
	('odd.equal', 'borger', 'dap', 'month', 'municipality', '2025M04', 0.01, NULL, NULL, NULL, NULL, NULL, NULL),
	('odd.equal_month', 'borger', 'dap', 'month', 'place_id', '2025M04', 0.01, NULL, NULL, NULL, 'odd.places', 'place_id', 'municipality'),
	('odd.equal_place', 'borger', 'dap', 'month_id', 'municipality', '2025M04', 0.01, 'odd.months', 'month_id', 'month', NULL, NULL, NULL);
SELECT cube, r.* FROM flis_cube, odd.rows_of(cube) r ORDER BY 1, 2;
SELECT cube, newest_period, report, verdict FROM found;
DELETE FROM flis_cube;
-- By an index on period and municipality, of which one step passes over all that is equal: 97 report.
CREATE TABLE odd.equal_steps (month date, municipality text COLLATE odd.any_case);
INSERT INTO odd.equal_steps SELECT month, municipality || E'\x01' FROM odd.source;
INSERT INTO odd.equal_steps SELECT month, municipality FROM odd.source;
CREATE INDEX ON odd.equal_steps (month, municipality);
INSERT INTO flis_cube (cube, area, channel, period_column, municipality_column) VALUES ('odd.equal_steps', 'borger', 'dap', 'month', 'municipality');
SELECT cube, newest_period, report FROM found;
DELETE FROM flis_cube;

-- A key of a dimension that is unique as the index compares texts is not unique as they are joined: a and A are
-- two in the index, and one to the cube.  Its row is counted once, whether the key or the cube's column has the
-- collation to which they are equal.
CREATE TABLE odd.letters (key text COLLATE odd.any_case, day date);
CREATE UNIQUE INDEX ON odd.letters (key COLLATE "C");
CREATE TABLE odd.plain_letters (key text PRIMARY KEY, day date);
INSERT INTO odd.letters VALUES ('a', '2025-09-01'), ('A', '2025-09-02');
INSERT INTO odd.plain_letters TABLE odd.letters;
CREATE TABLE odd.by_letter (key text COLLATE odd.any_case, municipality int);
INSERT INTO odd.by_letter VALUES ('a', 101);
CREATE VIEW odd.by_plain_letter AS TABLE odd.by_letter;
INSERT INTO flis_cube (cube, area, channel, period_column, municipality_column, period_dimension, period_key, period_value) VALUES
	('odd.by_letter', 'borger', 'dap', 'key', 'municipality', 'odd.letters', 'key', 'day'),
	('odd.by_plain_letter', 'borger', 'dap', 'key', 'municipality', 'odd.plain_letters', 'key', 'day');
SELECT cube, r.* FROM flis_cube, odd.rows_of(cube) r ORDER BY 1;
DELETE FROM flis_cube;

-- The edges of a month, of days and of times, primo and not: of six rows three are of September.  Those of 147 and
-- 157 are of 1 October and 151's of 31 August, by a hair; primo all are a day later.  On 1 October, October is not over.
CREATE TABLE odd.edge AS
SELECT * FROM (VALUES (timestamp '2025-09-15 12:00', 101), ('2025-10-01', 147), ('2025-10-01', 157),
					  ('2025-08-31 23:59:59.999999', 151), ('2025-09-30 23:59:59.999999', 153), ('2025-09-01', 155)) v (moment, municipality);
CREATE TABLE odd.edge_days AS SELECT moment::date AS moment, municipality FROM odd.edge;
CREATE TABLE odd.edge_times AS TABLE odd.edge;
CREATE TABLE odd.edge_zoned AS SELECT moment AT TIME ZONE 'Europe/Copenhagen' AS moment, municipality FROM odd.edge;
CREATE TABLE odd.edge_days_primo AS SELECT moment + 1 AS moment, municipality FROM odd.edge_days;
CREATE TABLE odd.edge_times_primo AS SELECT moment + interval '1 day' AS moment, municipality FROM odd.edge_times;
CREATE TABLE odd.edge_zoned_primo AS SELECT moment + interval '1 day' AS moment, municipality FROM odd.edge_zoned;
INSERT INTO flis_cube (cube, area, channel, period_column, municipality_column, is_primo)
SELECT 'odd.' || relname, 'borger', 'dap', 'moment', 'municipality', relname ~ 'primo' FROM pg_class WHERE relname ~ '^edge_' ORDER BY 1;
CREATE VIEW edges AS
SELECT cube, newest_period, municipalities_reported AS report,
	   (SELECT array_agg(municipality ORDER BY municipality) FROM flis_reporting(cube, '2025-09-01', '2025-11-20') WHERE reported) AS reported,
	   (SELECT string_agg(municipality || ' ' || to_char(data_through, 'MM'), ', ' ORDER BY municipality) FROM flis_matrix(cube, '2025-08-01', '2025-10-31', '2025-11-20') WHERE rows > 0) AS matrix
FROM flis_check_cubes('2025-10-01');
ANALYZE odd.edge_days, odd.edge_times, odd.edge_zoned, odd.edge_days_primo, odd.edge_times_primo, odd.edge_zoned_primo;
SET enable_seqscan = on;
SELECT * FROM edges;
CREATE TABLE edges_by_scan AS TABLE edges;
CREATE INDEX ON odd.edge_days (moment);
CREATE INDEX ON odd.edge_times (moment);
CREATE INDEX ON odd.edge_zoned (moment);
CREATE INDEX ON odd.edge_days_primo (moment, municipality);
CREATE INDEX ON odd.edge_times_primo (moment, municipality);
CREATE INDEX ON odd.edge_zoned_primo (moment, municipality);
SET enable_seqscan = off;
SELECT * FROM edges EXCEPT TABLE edges_by_scan;
DROP VIEW edges;
DROP TABLE edges_by_scan;
DELETE FROM flis_cube;

-- A timestamp with time zone is no other one where it is written so that it can't be read back: IST is read as
-- Israel's time, but is India's.
CREATE TABLE odd.india AS SELECT month::timestamp AT TIME ZONE 'Europe/Copenhagen' AS month, municipality FROM odd.source;
CREATE INDEX ON odd.india (month, municipality);
INSERT INTO flis_cube (cube, area, channel, period_column, municipality_column) VALUES ('odd.india', 'borger', 'dap', 'month', 'municipality');
SET timezone = 'Asia/Kolkata';
SET datestyle = 'SQL, DMY';
SELECT * FROM found;
SET timezone = 'Europe/Copenhagen';
SET datestyle = 'ISO, YMD';
DELETE FROM flis_cube;

-- An index that tells in which blocks a municipality may be is none to step through it from one to the next:
-- a hundred scans.
CREATE TABLE odd.block_ranges AS TABLE odd.source;
CREATE INDEX ON odd.block_ranges (month);
CREATE INDEX ON odd.block_ranges USING brin (month, municipality);
INSERT INTO flis_cube (cube, area, channel, period_column, municipality_column) VALUES ('odd.block_ranges', 'borger', 'dap', 'month', 'municipality');
RESET enable_bitmapscan;
BEGIN;
SELECT * FROM found;
SELECT seq_scan + idx_scan < 50 AS "read in a few scans" FROM pg_stat_xact_user_tables WHERE relname = 'block_ranges';
COMMIT;
DELETE FROM flis_cube;

-- Where nothing stands for a period, all is unknown; where only what isn't over does, empty.  In one pass, by an
-- index, and in windows, for texts before and behind those that count: 2025-05 comes before 2025M09, maj behind.
CREATE TABLE odd.texts (name text, period text);
INSERT INTO odd.texts VALUES ('before', '2025-05'), ('behind', 'maj'), ('later', '2026M01'), ('later_and_behind', '2026M01'), ('later_and_behind', 'maj'), ('later_and_before', '2026M01'), ('later_and_before', '2025-05');
DO $$
DECLARE
	kind text;
	way text;
BEGIN
	FOR kind, way IN SELECT DISTINCT t.name, u.way FROM odd.texts t, unnest('{all,btree,brin}'::text[]) u (way) LOOP
		EXECUTE format('CREATE TABLE odd.%I AS SELECT period, 101 AS municipality FROM odd.texts, generate_series(1, 100) WHERE name = %L', kind || '_' || way, kind);
		IF way <> 'all' THEN
			EXECUTE format('CREATE INDEX ON odd.%I USING %s (period)', kind || '_' || way, way);
		END IF;
		INSERT INTO flis_cube (cube, area, channel, period_column, municipality_column, period_like)
		VALUES ('odd.' || kind || '_' || way, 'borger', 'dap', 'period', 'municipality', '2025M04');
	END LOOP;
END
$$;
SELECT cube, verdict, reason FROM found;
-- So, too, where a parallel worker reads it and another one finds nothing left; and where there is nothing at all.
CREATE TABLE odd.none (period text, municipality integer);
INSERT INTO flis_cube (cube, area, channel, period_column, municipality_column, period_like)
VALUES ('odd.none', 'borger', 'dap', 'period', 'municipality', '2025M04');
CREATE TABLE by_one AS SELECT cube, verdict, reason FROM found;
SET enable_seqscan = on;
SET max_parallel_workers_per_gather = 2;
SET parallel_leader_participation = off;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SELECT cube, verdict, reason FROM found EXCEPT TABLE by_one;
SELECT verdict, reason FROM found WHERE cube = 'odd.none';
SET max_parallel_workers_per_gather = 0;
SET enable_seqscan = off;
DROP TABLE by_one;
DELETE FROM flis_cube;

-- Read by an index to the last period, July is counted once: September's 60 rows are enough beside 40 and
-- 100, whose median is 70.  The rows of a year to come make one pass dearer.
CREATE TABLE odd.few_months AS
SELECT month FROM (VALUES (date '2025-07-01', 100), ('2025-08-01', 40), ('2025-09-01', 60), ('2030-01-01', 100000)) v (month, rows), generate_series(1, rows);
CREATE INDEX ON odd.few_months (month);
ANALYZE odd.few_months;
INSERT INTO flis_cube (cube, area, channel, period_column) VALUES ('odd.few_months', 'borger', 'dap', 'month');
SELECT newest_period, measured_through FROM found;
DELETE FROM flis_cube;

-- Days, too, if all of them are outside the calendar.
CREATE TABLE odd.never AS SELECT date 'infinity' AS period FROM generate_series(1, 10);
CREATE TABLE odd.never_btree AS TABLE odd.never;
CREATE INDEX ON odd.never_btree (period);
INSERT INTO flis_cube (cube, area, channel, period_column) VALUES ('odd.never', 'borger', 'dap', 'period'), ('odd.never_btree', 'borger', 'dap', 'period');
SELECT cube, verdict, reason FROM found;
DELETE FROM flis_cube;

-- Of a long text as much is told as fits into 63 bytes, and no half letter: 31 of two bytes.
CREATE TABLE odd.long_text AS SELECT repeat('æ', 10000) AS period;
INSERT INTO flis_cube (cube, area, channel, period_column) VALUES ('odd.long_text', 'borger', 'dap', 'period');
SELECT verdict, regexp_replace(reason, 'æ+', 'æ...') AS reason, length(regexp_replace(reason, '[^æ]', '', 'g')) AS letters FROM found;
UPDATE flis_cube SET period_like = '2025M04';
SELECT verdict, regexp_replace(reason, 'æ+', 'æ...') AS reason, length(regexp_replace(reason, '[^æ]', '', 'g')) AS letters FROM found;
DELETE FROM flis_cube;

-- An error that is the table's own stops none of the others, also one of another server that is shut down, or of
-- a file that isn't there.  Not so what concerns the whole statement: a cancel, a conflict, a full disk or
-- memory, what is broken.
CREATE FUNCTION odd.fails() RETURNS date LANGUAGE plpgsql AS $$ BEGIN RAISE 'failed' USING ERRCODE = current_setting('odd.code'); END $$;
CREATE VIEW odd.failing AS SELECT odd.fails() AS period FROM odd.source;
INSERT INTO flis_cube (cube, area, channel, period_column) VALUES ('odd.failing', 'borger', 'dap', 'period'), ('odd.source', 'borger', 'dap', 'month');
CREATE FUNCTION outcome(code text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('odd.code', code, true);
	RETURN (SELECT string_agg(concat_ws(' ', cube, verdict, reason), ', ') FROM found);
EXCEPTION WHEN query_canceled OR OTHERS THEN
	RETURN 'ERROR ' || SQLSTATE;
END
$$;
SELECT code, outcome(code) FROM unnest('{P0001,22012,08006,55P03,57P01,58P01,HV000,40001,53100,53200,57014,58030,XX000,XX001}'::text[]) code;

DROP VIEW found;
DROP FUNCTION outcome;
DROP TABLE by_scan;
SET client_min_messages = warning;
DROP SCHEMA odd CASCADE;
DROP EXTENSION flis;
