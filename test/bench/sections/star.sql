/*
 * star.sql
 *		A star schema of ten years of months, keys in no order: guards next to a literal bound, and
 *		flis_check_cubes next to one GROUP BY over the cube.
 *
 * Variables: rows, few_rounds.
 */
SET client_min_messages = warning;
SET maintenance_work_mem = '512MB';

CREATE TABLE days AS
SELECT row_number() OVER (ORDER BY md5(d::text))::integer AS id, d::date AS day
FROM generate_series(timestamp '2014-01-01', '2026-12-31', interval '1 day') d;
ALTER TABLE days ADD PRIMARY KEY (id);
CREATE TABLE places AS
SELECT row_number() OVER (ORDER BY md5(municipality::text))::integer AS id, municipality FROM flis_municipality;
ALTER TABLE places ADD PRIMARY KEY (id);
/* As monthly loads leave them: ten years of months to September 2025, one after the other. */
CREATE UNLOGGED TABLE star AS
SELECT d.id AS day, p.id AS place, i % 1000 AS amount
FROM generate_series(0, :rows - 1) i
	 JOIN (SELECT id, row_number() OVER (ORDER BY day) - 1 AS n FROM days
		   WHERE day BETWEEN '2015-10-01' AND '2025-09-01' AND extract(day FROM day) = 1) d ON d.n = i::bigint * 120 / :rows
	 JOIN places p ON p.id = 1 + i % 98;
VACUUM (ANALYZE, FREEZE) days, places, star;
INSERT INTO flis_cube (cube, area, channel, period_column, municipality_column, period_dimension, period_key, period_value,
					   municipality_dimension, municipality_key, municipality_value)
VALUES ('public.star', 'borger', 'dap', 'day', 'place', 'public.days', 'id', 'day', 'public.places', 'id', 'municipality');

/* The bound is that of a day on which the last twelve months are not covered. */
SELECT flis_guard('public.star', 'public.hidden'), flis_guard('public.star', 'public.marked', 'mark'),
	   flis_guard_calendar('public.days', 'day', '{borger}', 'public.guarded_days', 'dap');
SELECT least(flis_data_through('borger', CURRENT_DATE, 'dap'), date '9999-12-31') AS through \gset

INSERT INTO statement VALUES
	(10, 'sum by month', 'literal bound', format('SELECT d.day, sum(f.amount) FROM star f JOIN days d ON d.id = f.day WHERE d.day <= %L::date GROUP BY 1', :'through'), :rows, 0),
	(11, 'sum by month', 'guarded calendar', 'SELECT d.day, sum(f.amount) FROM star f JOIN guarded_days d ON d.id = f.day GROUP BY 1', :rows, 0),
	(12, 'sum by month', 'guarded cube (semi-join)', 'SELECT d.day, sum(f.amount) FROM hidden f JOIN days d ON d.id = f.day GROUP BY 1', :rows, 0),
	(13, 'sum by month', 'marked cube', 'SELECT d.day, f.flis_covered, sum(f.amount) FROM marked f JOIN days d ON d.id = f.day GROUP BY 1, 2', :rows, 0),
	(20, 'without an index', 'one GROUP BY', 'SELECT day, place, count(*) FROM star GROUP BY 1, 2', :rows, 0),
	(21, 'without an index', 'flis_check_cubes', 'SELECT * FROM flis_check_cubes(''2025-11-20'')', :rows, 0);
CALL measure(:few_rounds);
CREATE INDEX ON star (day);
VACUUM (ANALYZE) star;
CREATE TABLE all_timings AS SELECT * FROM timing;
CREATE TABLE all_statements AS SELECT * FROM statement;
TRUNCATE statement, timing;
INSERT INTO statement VALUES
	(30, 'with an index on the key', 'one GROUP BY', 'SELECT day, place, count(*) FROM star GROUP BY 1, 2', :rows, 0),
	(31, 'with an index on the key', 'flis_check_cubes', 'SELECT * FROM flis_check_cubes(''2025-11-20'')', :rows, 0);
CALL measure(:few_rounds);
/* One municipality is missing in the newest month. */
DELETE FROM star USING days d WHERE d.id = star.day AND d.day = '2025-09-01' AND star.place = 5;
VACUUM (ANALYZE) star;
INSERT INTO all_timings SELECT * FROM timing;
INSERT INTO all_statements SELECT * FROM statement;
TRUNCATE statement, timing;
INSERT INTO statement VALUES
	(40, 'with an index, one is missing', 'one GROUP BY', 'SELECT day, place, count(*) FROM star GROUP BY 1, 2', :rows, 0),
	(41, 'with an index, one is missing', 'flis_check_cubes', 'SELECT * FROM flis_check_cubes(''2025-11-20'')', :rows, 0);
CALL measure(:few_rounds);
INSERT INTO all_timings SELECT * FROM timing;
INSERT INTO all_statements SELECT * FROM statement;
TRUNCATE statement, timing;
/* Half of them are missing in the newest month. */
DELETE FROM star USING days d WHERE d.id = star.day AND d.day = '2025-09-01' AND star.place % 2 = 1;
VACUUM (ANALYZE) star;
INSERT INTO statement VALUES
	(50, 'with an index, half are missing', 'one GROUP BY', 'SELECT day, place, count(*) FROM star GROUP BY 1, 2', :rows, 0),
	(51, 'with an index, half are missing', 'flis_check_cubes', 'SELECT * FROM flis_check_cubes(''2025-11-20'')', :rows, 0);
CALL measure(:few_rounds);
INSERT INTO all_timings SELECT * FROM timing;
INSERT INTO all_statements SELECT * FROM statement;
TRUNCATE statement, timing;
/* A quarter of them has never had the area: thirteen months are read. */
DELETE FROM star WHERE place > 73;
VACUUM (ANALYZE) star;
INSERT INTO statement VALUES
	(60, 'with an index, a quarter never reports', 'one GROUP BY', 'SELECT day, place, count(*) FROM star GROUP BY 1, 2', :rows, 0),
	(61, 'with an index, a quarter never reports', 'flis_check_cubes', 'SELECT * FROM flis_check_cubes(''2025-11-20'')', :rows, 0);
CALL measure(:few_rounds);
CREATE INDEX ON star (day, place);
VACUUM (ANALYZE) star;
INSERT INTO all_timings SELECT * FROM timing;
INSERT INTO all_statements SELECT * FROM statement;
TRUNCATE statement, timing;
INSERT INTO statement VALUES
	(70, 'the same, index on month and municipality', 'one GROUP BY', 'SELECT day, place, count(*) FROM star GROUP BY 1, 2', :rows, 0),
	(71, 'the same, index on month and municipality', 'flis_check_cubes', 'SELECT * FROM flis_check_cubes(''2025-11-20'')', :rows, 0);
CALL measure(:few_rounds);
INSERT INTO all_timings SELECT * FROM timing;
INSERT INTO all_statements SELECT * FROM statement;

CREATE VIEW star_cost AS
SELECT s.place, s.input, s.name, percentile_cont(0.5) WITHIN GROUP (ORDER BY t.ms) AS ms,
	   percentile_cont(0.5) WITHIN GROUP (ORDER BY t.ms / l.ms) AS ratio
FROM all_statements s
	 JOIN all_timings t USING (place)
	 JOIN all_timings l ON l.place = s.place / 10 * 10 AND l.round = t.round
GROUP BY s.place, s.input, s.name;
SELECT input AS "over the star", name AS "statement", round(ms::numeric, 1) AS "median, ms", round(ratio::numeric, 3) AS "of the first"
FROM star_cost ORDER BY place;
INSERT INTO bar SELECT place, input || ': ' || name, ms, 'ms' FROM star_cost;
