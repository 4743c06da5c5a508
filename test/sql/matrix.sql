-- flis_matrix, flis_gaps and flis_panel: which municipalities a table has in which periods, worked
-- out by hand; and four charts that go wrong when municipalities are missing or late are right over
-- the panel.
SET client_min_messages = warning;
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';
CREATE SCHEMA warehouse;

-- Four municipalities of 98 take part: all others are waived.  Borger reaches September on 10 November
-- 2025.  101 has all months, 147 lacks July, 151 came in August, 153 left after July and is waived from
-- September on; nobody has May.  Rows of 2025M10, of municipality 999 and of none count for nobody.
INSERT INTO flis_waiver (area, municipality) SELECT 'borger', municipality FROM flis_municipality WHERE municipality > 153;
INSERT INTO flis_waiver (area, municipality, valid_from) VALUES ('borger', 153, '2025-09-30');
CREATE TABLE warehouse.facts (month text, municipality text, n int);
INSERT INTO warehouse.facts
SELECT to_char(month, 'YYYY"M"MM'), '0' || municipality, n
FROM generate_series(timestamp '2025-04-01', '2025-10-01', '1 month') month, unnest('{101,147,151,153,999}'::int[]) municipality, generate_series(1, 2) n
WHERE extract(month FROM month) <> 5 AND (municipality <> 147 OR extract(month FROM month) <> 7)
	  AND (municipality <> 151 OR month >= '2025-08-01') AND (municipality <> 153 OR month < '2025-08-01');
INSERT INTO warehouse.facts VALUES ('2025M06', NULL, 1), (NULL, '0101', 1), ('2025M05', '999', 1);
DELETE FROM warehouse.facts WHERE month = '2025M05';
INSERT INTO flis_cube (cube, area, period_column, municipality_column) VALUES ('warehouse.facts', 'borger', 'month', 'municipality');
SELECT municipality, name, string_agg(to_char(data_through, 'MM') || ' ' || rows || ' ' || state, ', ' ORDER BY data_through) AS months
FROM flis_matrix('warehouse.facts', '2025-05-15', '2025-11-01', '2025-11-10') WHERE municipality <= 155 GROUP BY 1, 2 ORDER BY 1;
SELECT count(*), min(period_from), max(data_through) FROM flis_matrix('warehouse.facts', '2025-05-15', '2025-11-01', '2025-11-10');
SELECT count(*) FROM flis_matrix('warehouse.facts', '2025-05-15', '2025-05-14', '2025-11-10');
SELECT count(*), min(period_from), max(data_through) FROM flis_matrix('warehouse.facts', '2025-05-15', '2025-05-15', '2025-11-10');
-- May by nobody, July by 147; 151 and 153 have no hole.
SELECT * FROM flis_gaps('warehouse.facts', '2025-11-10');
-- A cursor reads the table as it was when it was opened.
BEGIN;
DECLARE gaps CURSOR FOR SELECT municipality, period_from FROM flis_gaps('warehouse.facts', '2025-11-10');
INSERT INTO warehouse.facts VALUES ('2025M05', '0101', 1), ('2025M07', '0147', 1);
FETCH ALL gaps;
ROLLBACK;
BEGIN;
DELETE FROM warehouse.facts WHERE month = '2025M07' AND municipality = '0101';
SELECT * FROM flis_gaps('warehouse.facts', '2025-11-10');
ROLLBACK;
-- Before the release of July it is not due.
SELECT * FROM flis_gaps('warehouse.facts', '2025-09-09');
-- In August and September 101, 147 and 151 have rows; from June on only 101.  153 is waived in September.
SELECT array_agg(municipality) FROM flis_panel('warehouse.facts', '2025-08-01', '2025-09-30');
SELECT array_agg(municipality) FROM flis_panel('warehouse.facts', '2025-06-30', '2025-09-01');
SELECT array_agg(municipality) FROM flis_panel('warehouse.facts', '2025-06-01', '2025-06-30');
SELECT array_agg(municipality) FROM flis_panel('warehouse.facts', '2025-05-01', '2025-06-30');
SELECT count(*) FROM flis_panel('warehouse.facts', '2025-09-30', '2025-09-01');
-- One day stands for the period that it is in; one that is later than may be shown for none.
SELECT array_agg(municipality) FROM flis_panel('warehouse.facts', '2025-08-15', '2025-08-15');
SELECT array_agg(municipality) FROM flis_panel('warehouse.facts', '9998-10-15', '9998-10-15');
SELECT state, count(*), min(period_from) FROM flis_matrix('warehouse.facts', '2025-07-15', '2025-07-15', '2025-11-10') GROUP BY 1 ORDER BY 1;
SELECT * FROM flis_gaps('warehouse.facts', '2025-05-10');
SELECT array_agg(municipality) FROM flis_panel('warehouse.facts', '2025-06-30', '2025-06-30');
-- A notice waives for as long as it is in force; a closed area.
INSERT INTO flis_notice (area, municipality, kind, period_from, period_until, started_on, ended_on, note) VALUES
	('borger', 147, 'completeness', '2025-07-01', '2025-07-31', '2025-11-01', '2025-11-11', 'Nothing sent');
SELECT * FROM flis_gaps('warehouse.facts', '2025-11-10');
SELECT * FROM flis_gaps('warehouse.facts', '2025-11-11');
SELECT state FROM flis_matrix('warehouse.facts', '2025-07-01', '2025-07-31', '2025-11-10') WHERE municipality = 147;
INSERT INTO flis_status (as_of, area, state) VALUES ('2025-11-12', 'borger', 'closed');
SELECT state, count(*) FROM flis_matrix('warehouse.facts', '2025-07-01', '2025-07-31', '2025-11-12') GROUP BY 1 ORDER BY 1;
SELECT count(*) FROM flis_gaps('warehouse.facts', '2025-11-12');
SELECT count(*) FROM flis_panel('warehouse.facts', '2025-06-01', '2025-06-30');
DELETE FROM flis_status;
DELETE FROM flis_notice;

-- Without a municipality column there are gaps of nobody; the others need one.
INSERT INTO flis_cube (cube, area, period_column) VALUES ('warehouse.alone', 'borger', 'day');
CREATE TABLE warehouse.alone (day date);
SELECT count(*) FROM flis_gaps('warehouse.alone', '2025-11-10');
INSERT INTO warehouse.alone VALUES ('2025-04-30'), ('2025-07-01'), ('2025-09-15');
SELECT * FROM flis_gaps('warehouse.alone', '2025-11-10');
SELECT * FROM flis_matrix('warehouse.alone', '2025-04-01', '2025-09-30');
SELECT * FROM flis_panel('warehouse.alone', '2025-04-01', '2025-09-30');
SELECT * FROM flis_matrix('warehouse.nothing', '2025-04-01', '2025-09-30');
SELECT * FROM flis_matrix('warehouse.facts', '-infinity', '2025-09-30');
\set VERBOSITY sqlstate
SELECT * FROM flis_matrix('warehouse.facts', '2025-04-01', 'infinity');
SELECT * FROM flis_matrix('warehouse.facts', '2025-04-01', '2025-04-30', 'infinity');
SELECT * FROM flis_reporting('warehouse.facts', 'infinity');
SELECT * FROM flis_reporting('warehouse.facts', '2025-04-01', 'infinity');
SELECT * FROM flis_gaps('warehouse.facts', '-infinity');
SELECT * FROM flis_panel('warehouse.facts', '-infinity', '2025-04-30');
SELECT * FROM flis_panel('warehouse.facts', '2025-04-01', 'infinity');
\set VERBOSITY default
DROP TABLE warehouse.alone;
SELECT * FROM flis_gaps('warehouse.alone');

-- A quarter counts for each of its months, as in flis_reporting.  147 lacks the second one.  On 10 October 2025 August is out:
-- July and August belong to a quarter that has not ended by then, and cannot be missing.
CREATE TABLE warehouse.quarters AS
SELECT '2025K' || q AS quarter, municipality FROM generate_series(1, 2) q, unnest('{101,147}'::int[]) municipality WHERE (q, municipality) <> (2, 147);
INSERT INTO warehouse.quarters VALUES ('2025K3', 147);
INSERT INTO flis_cube (cube, area, period_column, municipality_column) VALUES ('warehouse.quarters', 'borger', 'quarter', 'municipality');
SELECT municipality, string_agg(to_char(data_through, 'MM') || ' ' || rows || ' ' || state, ', ' ORDER BY data_through) AS months
FROM flis_matrix('warehouse.quarters', '2025-03-01', '2025-09-01', '2025-10-10') WHERE municipality IN (101, 147) GROUP BY 1 ORDER BY 1;
SELECT municipality, string_agg(to_char(data_through, 'MM') || ' ' || rows || ' ' || state, ', ' ORDER BY data_through) AS months
FROM flis_matrix('warehouse.quarters', '2025-03-01', '2025-09-01', '2025-11-10') WHERE municipality IN (101, 147) GROUP BY 1 ORDER BY 1;
SELECT count(*) AS reported_in_february FROM flis_reporting('warehouse.quarters', '2025-02-01', '2025-11-10') WHERE reported;
-- Between the first and the third quarter 147 lacks April to June; before September is out the third does not count.
SELECT * FROM flis_gaps('warehouse.quarters', '2025-11-10');
SELECT * FROM flis_gaps('warehouse.quarters', '2025-10-10');
SELECT array_agg(municipality) FROM flis_panel('warehouse.quarters', '2025-02-01', '2025-03-31');
SELECT array_agg(municipality) FROM flis_panel('warehouse.quarters', '2025-02-01', '2025-05-31');
SELECT array_agg(municipality) FROM flis_panel('warehouse.quarters', '2025-07-01', '2025-08-31');
-- Where nothing from September on may be shown, it may not be there for August.
BEGIN;
INSERT INTO flis_notice (area, kind, period_from, started_on, note) VALUES ('borger', 'access', '2025-09-01', '2025-11-01', 'x');
SELECT array_agg(municipality) FROM flis_panel('warehouse.quarters', '2025-08-01', '2025-08-31');
ROLLBACK;
-- What is told of a quarter that is loaded in part is told of the quarter.
UPDATE flis_cube SET municipality_column = NULL WHERE cube = 'warehouse.quarters';
INSERT INTO warehouse.quarters SELECT '2025K2', 101 FROM generate_series(1, 3);
SELECT verdict, reason FROM flis_check_cubes('2025-11-10') WHERE cube = 'warehouse.quarters';
DELETE FROM flis_cube WHERE cube = 'warehouse.quarters';

-- A week counts for the month in which it ends: W36 ends on 7 September, W40 on 5 October.  The last week that ends in
-- September is W39, on the 28th: on the 30th the table does not reach September yet.  W22 ends on 1 June.
CREATE TABLE warehouse.weeks AS SELECT '2025U' || week AS week, 101 AS municipality FROM unnest('{22,36,39,39,40}'::int[]) week;
INSERT INTO flis_cube (cube, area, period_column, municipality_column) VALUES ('warehouse.weeks', 'borger', 'week', 'municipality');
SELECT data_through, rows, state FROM flis_matrix('warehouse.weeks', '2025-08-01', '2025-10-31', '2025-11-10') WHERE municipality = 101;
SELECT day, newest_period FROM unnest('{2025-09-30,2025-10-01}'::date[]) day, flis_check_cubes(day) WHERE cube = 'warehouse.weeks' ORDER BY day;
SELECT month, reported FROM unnest('{2025-05-01,2025-06-01,2025-07-01}'::date[]) month, flis_reporting('warehouse.weeks', month, '2025-11-10') WHERE municipality = 101 ORDER BY month;
DELETE FROM flis_cube WHERE cube = 'warehouse.weeks';

-- A table without rows, whose texts tell nothing of the periods: all are missing, there are no gaps and no panel.
CREATE TABLE warehouse.none (month text, municipality int);
INSERT INTO flis_cube (cube, area, period_column, municipality_column) VALUES ('warehouse.none', 'borger', 'month', 'municipality');
SELECT data_through, rows, state FROM flis_matrix('warehouse.none', '2025-08-01', '2025-10-31', '2025-11-10') WHERE municipality = 101;
SELECT count(*) FROM flis_gaps('warehouse.none', '2025-11-10');
SELECT count(*) FROM flis_panel('warehouse.none', '2025-08-01', '2025-09-30');
DELETE FROM flis_cube WHERE cube = 'warehouse.none';

-- A star schema: the month by an opaque key, the municipality in a dimension.
CREATE TABLE warehouse.day (id int, day date);
INSERT INTO warehouse.day SELECT 9 - n, day FROM generate_series(timestamp '2025-04-01', '2025-09-01', '1 month') WITH ORDINALITY AS g (day, n);
CREATE TABLE warehouse.place (id bigint, number int);
INSERT INTO warehouse.place VALUES (11, 101), (12, 147), (-1, NULL);
CREATE TABLE warehouse.star (day int, place bigint);
INSERT INTO warehouse.star SELECT d.id, p.id FROM warehouse.day d, warehouse.place p WHERE (d.id, p.id) NOT IN ((6, 12), (4, 12), (4, 11), (4, -1)) AND p.id <> -1;
INSERT INTO warehouse.star VALUES (NULL, 11), (77, 11), (5, NULL), (5, -1);
INSERT INTO flis_cube (cube, area, period_column, municipality_column, period_dimension, period_key, period_value, municipality_dimension, municipality_key, municipality_value)
VALUES ('warehouse.star', 'borger', 'day', 'place', 'warehouse.day', 'id', 'day', 'warehouse.place', 'id', 'number');
SELECT * FROM flis_gaps('warehouse.star', '2025-11-10');
SELECT array_agg(municipality) FROM flis_panel('warehouse.star', '2025-04-01', '2025-05-31');

-- The twelve charts: trend, year to date, the same month last year and the mean of a comparison group,
-- each with 1, 5 and 20 municipalities of 98 that are missing from a month, or late with the newest.  The
-- complete table stands beside; a municipality's value grows with its size, and large ones are missing.
DELETE FROM flis_waiver WHERE area = 'borger';
CREATE TABLE warehouse.complete AS
SELECT month::date AS month, m.municipality, (row_number() OVER (PARTITION BY month ORDER BY m.municipality DESC)
	   * (100 + extract(month FROM month)) + extract(year FROM month))::numeric AS value
FROM generate_series(timestamp '2024-01-01', '2025-09-01', '1 month') month, flis_municipality m;
CREATE TABLE warehouse.loaded (month date, municipality smallint, value numeric);
INSERT INTO flis_cube (cube, area, period_column, municipality_column) VALUES ('warehouse.loaded', 'borger', 'month', 'municipality');
-- load: the loaded table, without the first n municipalities in September 2025 (late) and the next n in
-- May 2025 and September 2024 (missing).
CREATE FUNCTION load(n int) RETURNS void LANGUAGE sql AS $$
	DELETE FROM warehouse.loaded;
	INSERT INTO warehouse.loaded
	SELECT c.* FROM warehouse.complete c JOIN (SELECT municipality, row_number() OVER (ORDER BY municipality) AS r FROM flis_municipality) m USING (municipality)
	WHERE NOT (m.r <= n AND c.month = '2025-09-01') AND NOT (m.r > n AND m.r <= 2 * n AND c.month IN ('2025-05-01', '2024-09-01'))
$$;
CREATE TABLE chart (n int, name text, from_day date, until_day date, query text);
INSERT INTO chart VALUES
	(1, 'trend', '2025-04-01', '2025-09-30', 'SELECT sum(value) FILTER (WHERE month = ''2025-09-01'') / sum(value) FILTER (WHERE month = ''2025-04-01'') FROM %1$s WHERE %2$s'),
	(2, 'year to date', '2025-01-01', '2025-09-30', 'SELECT sum(value) FROM %1$s WHERE month BETWEEN ''2025-01-01'' AND ''2025-09-01'' AND %2$s'),
	(3, 'same month last year', '2024-09-01', '2025-09-30', 'SELECT sum(value) FILTER (WHERE month = ''2025-09-01'') / sum(value) FILTER (WHERE month = ''2024-09-01'') FROM %1$s WHERE %2$s'),
	(4, 'mean of the group', '2025-09-01', '2025-09-30', 'SELECT avg(value) FROM %1$s WHERE month = ''2025-09-01'' AND %2$s');
CREATE FUNCTION figure(query text, source text, restriction text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
	result numeric;
BEGIN
	EXECUTE format(query, source, restriction) INTO result;
	RETURN result;
END $$;
CREATE FUNCTION charts(missing int) RETURNS TABLE (chart text, late_and_missing int, panel bigint, by_panel numeric, is_exact boolean, naive numeric, of_all numeric, distance_in_percent numeric) LANGUAGE plpgsql AS $$
DECLARE
	c record;
	members text;
BEGIN
	PERFORM load(missing);
	FOR c IN SELECT * FROM chart ORDER BY n LOOP
		SELECT string_agg(p.municipality::text, ','), count(*) INTO members, panel FROM flis_panel('warehouse.loaded', c.from_day, c.until_day) p;
		members := 'municipality IN (' || members || ')';
		chart := c.name;
		late_and_missing := missing;
		by_panel := round(figure(c.query, 'warehouse.loaded', members), 4);
		is_exact := figure(c.query, 'warehouse.loaded', members) = figure(c.query, 'warehouse.complete', members);
		naive := round(figure(c.query, 'warehouse.loaded', 'true'), 4);
		of_all := round(figure(c.query, 'warehouse.complete', 'true'), 4);
		distance_in_percent := round(100 * by_panel / of_all - 100, 1);
		RETURN NEXT;
	END LOOP;
END $$;
SELECT c.* FROM unnest('{1,5,20}'::int[]) missing, charts(missing) c;
DROP FUNCTION charts, figure, load;
DROP TABLE chart;
DROP SCHEMA warehouse CASCADE;
DROP EXTENSION flis;
