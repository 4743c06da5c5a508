-- The views for tools that show tables and views alone: no column of a type that such a tool would
-- not show, all of them explained, and the views of today equal to their functions row for row.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';

CREATE VIEW shown AS
SELECT c.oid, c.relname::text AS view
FROM pg_class c JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
WHERE d.refclassid = 'pg_extension'::regclass AND c.relkind = 'v'
	  AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'flis');
SELECT view FROM shown WHERE view LIKE '%\_today' ORDER BY view COLLATE "C";
-- Ranges, arrays, jsonb and the like: the documents of the two standards alone, which are for other readers.
SELECT s.view, a.attname, format_type(a.atttypid, a.atttypmod) AS type
FROM shown s JOIN pg_attribute a ON a.attrelid = s.oid AND a.attnum > 0
WHERE a.atttypid <> ALL ('{date,text,integer,smallint,boolean,numeric,timestamptz}'::regtype[]) ORDER BY 1, 2;
-- Columns and views without a comment:
SELECT s.view, a.attname
FROM shown s JOIN pg_attribute a ON a.attrelid = s.oid AND a.attnum >= 0
WHERE col_description(s.oid, a.attnum) IS NULL OR obj_description(s.oid, 'pg_class') IS NULL ORDER BY 1, 2;
-- A view of today has the columns of its function, of the same types; the others are the function's arguments
-- of which there are several, and what came with them.  Rows are counted as an integer, not a bigint.
WITH view AS (
	SELECT s.view, a.attname::text AS name, a.atttypid AS type
	FROM shown s JOIN pg_attribute a ON a.attrelid = s.oid AND a.attnum > 0
	WHERE s.view LIKE '%\_today'
), function AS (
	SELECT p.proname || '_today' AS view, a.name, a.type
	FROM pg_proc p, unnest(p.proargnames, p.proargmodes, p.proallargtypes) a (name, mode, type)
	WHERE a.mode IN ('o', 'b', 't') AND p.proname || '_today' IN (SELECT s.view FROM shown s)
)
SELECT view, name, v.type::regtype AS view_has, f.type::regtype AS function_has
FROM view v FULL JOIN function f USING (view, name)
WHERE v.type IS DISTINCT FROM f.type ORDER BY view COLLATE "C", name COLLATE "C";

-- Four channels, one of them retired: three of the extension and one more remain.  A channel with two versions is one.
INSERT INTO flis_channel (channel, name, opens_day, closes_day, retired) VALUES ('api', 'API', 5, 6, false), ('fax', 'Fax', 5, 6, true);
INSERT INTO flis_channel (channel, valid_from, name, opens_day, closes_day) VALUES ('dap', '2030-01-01', 'DAP-kube', 10, 11);
-- A status of each state, and all four states of a notice: the second one denies that FSIII is complete.
INSERT INTO flis_status (as_of, area, data_through, state, complete) VALUES
	(CURRENT_DATE - 5, 'borger', (date_trunc('month', CURRENT_DATE) - interval '70 days')::date, 'on_schedule', true),
	(CURRENT_DATE - 5, 'fsiii', (date_trunc('month', CURRENT_DATE) - interval '100 days')::date, 'caveat', true),
	(CURRENT_DATE - 5, 'dfdg', NULL, 'closed', NULL), (CURRENT_DATE - 5, 'noegletal', NULL, 'not_reported', NULL);
INSERT INTO flis_notice (notice, area, kind, started_on, expected_end, ended_on, note) VALUES
	(1, 'ky', 'access', CURRENT_DATE + 1, NULL, NULL, 'Lukker'), (2, 'fsiii', 'completeness', CURRENT_DATE, NULL, NULL, 'Mangler'),
	(3, 'vh', 'comparability', CURRENT_DATE - 9, CURRENT_DATE - 1, NULL, 'Sammenlign ikke'), (4, 'kp', 'access', CURRENT_DATE - 9, NULL, CURRENT_DATE, 'Åbent igen');
INSERT INTO flis_release (area, channel, cycle, planned_on, released_on, cancelled, note)
SELECT area, channel, (date_trunc('month', CURRENT_DATE) + later * interval '1 month')::date,
	   CASE WHEN planned THEN (date_trunc('month', CURRENT_DATE) + later * interval '1 month')::date + 20 END,
	   CASE WHEN released THEN (date_trunc('month', CURRENT_DATE) + later * interval '1 month')::date + 12 END, cancelled, 'Ændret'
FROM (VALUES ('borger', 'dap', -3, true, true, false), ('borger', 'api', 2, true, false, false), ('vh', 'datapakke', 1, false, false, true))
	 v (area, channel, later, planned, released, cancelled);

-- How many rows a view has, and how many of them another query hasn't or the other way round.
CREATE FUNCTION difference(view text, query text) RETURNS TABLE (rows bigint, different bigint) LANGUAGE plpgsql AS
$$
BEGIN
	RETURN QUERY EXECUTE format('SELECT (SELECT count(*) FROM %1$s), count(*) '
								'FROM ((TABLE %1$s EXCEPT ALL (%2$s)) UNION ALL ((%2$s) EXCEPT ALL TABLE %1$s)) d', view, query);
END
$$;
CREATE TABLE channels AS SELECT * FROM unnest('{udlaesning,datapakke,dap,api}'::text[]) channel;

-- 20 areas in 4 channels.
SELECT * FROM difference('flis_coverage_today',
	'SELECT c.area, c.name, k.channel, c.expected, c.published, c.data_through, c.basis, c.cycle, c.state, c.complete,
			c.benchmarkable, c.status_as_of, c.next_release, c.note, c.periods_ahead, c.notices, c.frequency
	 FROM channels k, flis_coverage(CURRENT_DATE, k.channel) c');
SELECT area, channel, data_through, basis, state, complete, notices FROM flis_coverage_today
WHERE area IN ('dfdg', 'stil') AND channel IN ('api', 'dap') OR area IN ('ky', 'kp') AND basis <> 'rule' ORDER BY area, channel COLLATE "C";
SELECT DISTINCT area, complete, benchmarkable, split_part(notices, ' (', 1) AS notices FROM flis_coverage_today WHERE area IN ('fsiii', 'vh') ORDER BY area;

-- 132 months of each.
SELECT * FROM difference('flis_months_today',
	'SELECT a.area, k.channel, m.* FROM channels k, flis_area a, flis_months(a.area, CURRENT_DATE, k.channel) m');

-- Twelve months to either side.  Ukraine comes daily, in every channel, so that the calendar begins and ends with it;
-- the other areas come once a month, STIL never: at least 24 rows, one more if today is a day of release.
SELECT different FROM difference('flis_release_calendar_today',
	'SELECT c.* FROM channels k,
		LATERAL (SELECT (CURRENT_DATE - interval ''12 months'')::date AS from_day, (CURRENT_DATE + interval ''12 months'')::date AS until_day) d,
		flis_release_calendar(d.from_day, d.until_day, k.channel) c');
SELECT channel, min(expected_on) = (CURRENT_DATE - interval '12 months')::date AS begins, max(expected_on) = (CURRENT_DATE + interval '12 months')::date AS ends,
	   count(*) = max(expected_on) - min(expected_on) + 1 AS daily
FROM flis_release_calendar_today WHERE area = 'ukraine' GROUP BY channel ORDER BY channel COLLATE "C";
SELECT channel, count(*) FILTER (WHERE area = 'aula') IN (24, 25) AS monthly, count(*) FILTER (WHERE area = 'stil') AS stil
FROM flis_release_calendar_today GROUP BY channel ORDER BY channel COLLATE "C";
-- The 13th of three months ago was 8 days before the 21st; the 21st in two months is later than the 6th.
SELECT area, channel, date_status, punctuality_days, note FROM flis_release_calendar_today WHERE date_status <> 'provisional' ORDER BY area, channel COLLATE "C";

SELECT * FROM difference('flis_notice_board_today', 'SELECT * FROM flis_notice_board(CURRENT_DATE)');
SELECT notice, area, state, note FROM flis_notice_board_today ORDER BY notice;

-- Twelve months of fact tables, to last month: all 98 municipalities, two rows each; 45 of them in the newest month;
-- VH without Dragør and Vallensbæk, who are waived; without a column for them; one that there isn't, one without rows.
CREATE SCHEMA f;
CREATE TABLE f.hel AS
SELECT (date_trunc('month', CURRENT_DATE) - m * interval '1 month')::date AS month, k.municipality, row_number() OVER (PARTITION BY m, r ORDER BY k.municipality) AS n
FROM generate_series(1, 12) m, flis_municipality k, generate_series(1, 2) r;
CREATE TABLE f.halv AS SELECT to_char(month, 'YYYYMM')::integer AS month, municipality FROM f.hel WHERE n <= 45 OR month < date_trunc('month', CURRENT_DATE - interval '1 month');
CREATE TABLE f.vh AS SELECT month, municipality FROM f.hel WHERE municipality NOT IN (155, 187);
CREATE TABLE f.uden AS SELECT month FROM f.hel;
CREATE TABLE f.skjult AS SELECT * FROM f.hel;
CREATE TABLE f.tom AS SELECT * FROM f.hel LIMIT 0;
INSERT INTO flis_cube (cube, area, channel, period_column, municipality_column) VALUES
	('f.hel', 'borger', 'dap', 'month', 'municipality'), ('f.halv', 'oekonomi', 'datapakke', 'month', 'municipality'), ('f.vh', 'vh', 'api', 'month', 'municipality'),
	('f.uden', 'borger', 'dap', 'month', NULL), ('f.skjult', 'borger', 'dap', 'month', 'municipality'), ('f.mangler', 'borger', 'dap', 'month', 'municipality'),
	('f.tom', 'borger', 'dap', 'month', 'municipality');
CREATE ROLE regress_flis_analyst;
GRANT USAGE ON SCHEMA f TO regress_flis_analyst;
GRANT SELECT ON f.hel, f.halv, f.vh, f.uden, f.tom, channels TO regress_flis_analyst;
SET ROLE regress_flis_analyst;
SELECT * FROM difference('flis_check_cubes_today', 'SELECT * FROM flis_check_cubes(CURRENT_DATE)');
SELECT cube, CASE WHEN verdict IN ('missing', 'unknown', 'empty') THEN verdict END AS verdict, newest_period = date_trunc('month', CURRENT_DATE) - interval '1 day' AS newest,
	   municipalities_expected AS expected, municipalities_reported AS reported
FROM flis_check_cubes_today ORDER BY cube COLLATE "C";
SELECT * FROM difference('flis_reporting_today',
	'SELECT k.cube, k.area, k.channel, d.last, r.municipality, r.name, r.expected, r.reported, r.missing, r.waived, r.rows::integer, r.reason
	 FROM flis_cube k, LATERAL (SELECT (date_trunc(''month'', CURRENT_DATE) - interval ''1 day'')::date AS last) d, flis_reporting(k.cube, d.last) r
	 WHERE k.cube IN (''f.hel'', ''f.halv'', ''f.vh'')');
SELECT cube, count(*) FILTER (WHERE expected) AS expected, count(*) FILTER (WHERE reported) AS reported, count(*) FILTER (WHERE missing) AS missing,
	   count(*) FILTER (WHERE waived) AS waived, sum(rows) AS rows
FROM flis_reporting_today GROUP BY cube ORDER BY cube COLLATE "C";
-- The other views are everybody's too.
SELECT count(*) FROM flis_coverage_today WHERE channel = 'api';
SELECT count(*) FROM flis_notice_board_today;
SELECT count(DISTINCT channel) FROM flis_release_calendar_today;
RESET ROLE;
-- The owner may read the one more.
SELECT count(DISTINCT cube) FROM flis_reporting_today;

SET client_min_messages = warning;
DROP SCHEMA f CASCADE;
RESET client_min_messages;
DROP TABLE channels;
DROP FUNCTION difference;
DROP VIEW shown;
DROP EXTENSION flis;
DROP ROLE regress_flis_analyst;
