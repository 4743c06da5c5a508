/*
 * municipal.sql
 *		Guarded calendars, single municipalities and prints, next to what they stand for.
 *
 * Variables: rows, rounds, few_rounds.
 */
SET client_min_messages = warning;

/* A star: days with keys in no order, and rows of 98 municipalities over four years. */
CREATE TABLE dim_day AS
SELECT (row_number() OVER (ORDER BY md5(day::text)))::integer AS id, day::timestamp(3) AS day
FROM generate_series(timestamp '2021-01-01', '2026-12-31', interval '1 day') day;
ALTER TABLE dim_day ADD PRIMARY KEY (id);
CREATE UNLOGGED TABLE star AS
SELECT d.id AS day, m.municipality, (i % 1000)::integer AS n, i * 0.01 AS amount
FROM generate_series(1, :rows) i
	 JOIN (SELECT id, row_number() OVER (ORDER BY day) - 1 AS r FROM dim_day WHERE extract(day FROM day) = 1 AND day < '2025-01-01') d ON d.r = i % 48
	 JOIN (SELECT municipality, row_number() OVER (ORDER BY municipality) - 1 AS r FROM flis_municipality) m ON m.r = i / 48 % 98;
CREATE UNLOGGED TABLE flat AS
SELECT d.day::date AS month, s.municipality, s.n, s.amount, 'Row ' || s.n AS name, s.n % 7 AS kind
FROM star s JOIN dim_day d ON d.id = s.day;
VACUUM (ANALYZE, FREEZE) dim_day, star, flat;
INSERT INTO flis_cube (cube, area, period_column, municipality_column) VALUES ('public.flat', 'borger', 'month', 'municipality');
DO $$ BEGIN PERFORM flis_guard_calendar('public.dim_day', 'day', '{borger,krl_personale}', 'public.days'); END $$;
INSERT INTO flis_notice (area, municipality, kind, period_from, started_on, note)
SELECT 'borger', municipality, 'completeness', '2024-06-01', '2024-07-01', 'Late' FROM flis_municipality WHERE municipality % 5 = 0;

INSERT INTO statement
SELECT s.* FROM (VALUES
	(100, 'a sum by month through a calendar', 'literal bound', 'SELECT d.day, sum(s.amount) FROM star s JOIN dim_day d ON d.id = s.day WHERE d.day < ''2035-01-01'' GROUP BY 1', :rows),
	(101, 'a sum by month through a calendar', 'guarded calendar', 'SELECT d.day, sum(s.amount) FROM star s JOIN days d ON d.id = s.day GROUP BY 1', :rows),
	(200, 'a call a row', 'flis_data_through', 'SELECT count(flis_data_through(''borger'', month)) FROM flat', :rows),
	(201, 'a call a row', 'flis_municipality_through', 'SELECT count(flis_municipality_through(''borger'', municipality, month)) FROM flat', :rows),
	(300, 'three years by month and municipality', 'GROUP BY', 'SELECT month, municipality, count(*) FROM flat WHERE month BETWEEN ''2022-01-01'' AND ''2024-12-01'' GROUP BY 1, 2', :rows),
	(301, 'three years by month and municipality', 'flis_matrix', 'SELECT * FROM flis_matrix(''public.flat'', ''2022-01-01'', ''2024-12-31'')', :rows),
	(400, 'all rows by month and municipality', 'GROUP BY, count and a sum', 'SELECT month, municipality, count(*), sum(amount) FROM flat GROUP BY 1, 2', :rows),
	(401, 'all rows by month and municipality', 'flis_remember', 'SELECT flis_remember(''public.flat'')', :rows),
	(402, 'all rows by month and municipality', 'flis_remember with a sum', 'SELECT flis_remember(''public.flat'', ''{amount}'')', :rows)
) AS s;
CALL measure(:few_rounds);

SELECT s.input, s.name, round(percentile_cont(0.5) WITHIN GROUP (ORDER BY t.ms)::numeric, 1) AS ms,
	   round(percentile_cont(0.5) WITHIN GROUP (ORDER BY t.ms / b.ms)::numeric, 2) AS ratio
FROM statement s
	 JOIN timing t USING (place)
	 JOIN timing b ON b.place = s.place / 100 * 100 AND b.round = t.round
GROUP BY s.place
ORDER BY s.place;

/* What prints take: 98 municipalities and 120 months, with two in a hundred restated each month. */
INSERT INTO flis_print (cube, data_through, municipality, seen_at, algorithm, rows, hash, sums)
SELECT 'warehouse.cube_' || cube, (date '2015-02-01' + month * interval '1 month' - interval '1 day')::date, m.municipality,
	   date '2015-03-10' + print * interval '1 month', 1, 1000, hashint8extended(cube * 1000000 + month * 1000 + print, m.municipality),
	   '{"amount": 123456.78}'
FROM generate_series(1, 2) cube, generate_series(0, 119) month, generate_series(month, 119) print, flis_municipality m
WHERE print = month OR hashint8(month * 1000000 + print * 1000 + m.municipality::bigint) % 100 IN (0, 1);
SELECT count(*) AS prints, pg_size_pretty(pg_total_relation_size('flis_print') * 10) AS "twenty cubes, ten years" FROM flis_print;
