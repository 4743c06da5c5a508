/*
 * cubes_pass.sql
 *		Tables without an index: flis_check_cubes goes through each once, next to a bare sequential scan.
 *
 * Variables: rows, few_rounds.
 */
SET client_min_messages = warning;

/* Ten years of months to September 2025, loaded one after the other, and in no order. */
CREATE UNLOGGED TABLE loaded AS
SELECT (date '2015-10-01' + (i::bigint * 120 / :rows)::integer * interval '1 month')::date AS month,
	   (SELECT array_agg(municipality ORDER BY municipality) FROM flis_municipality)[i % 98 + 1] AS municipality,
	   i % 7 AS kind, i % 1000 AS amount
FROM generate_series(0, :rows - 1) i;
CREATE UNLOGGED TABLE shuffled AS
SELECT (date '2015-10-01' + (i::bigint * 48271 % 2147483647 % 120)::integer * interval '1 month')::date AS month,
	   municipality, kind, amount
FROM (SELECT row_number() OVER () AS i, * FROM loaded) l;
CREATE UNLOGGED TABLE numbered AS
SELECT to_char(month, 'YYYYMM')::integer AS month, municipality, kind, amount FROM loaded;
CREATE UNLOGGED TABLE written AS
SELECT to_char(month, 'YYYY"M"MM') AS month, to_char(municipality, 'FM0000') AS municipality, kind, amount FROM loaded;
CREATE UNLOGGED TABLE timed AS SELECT month::timestamptz AS month, municipality, kind, amount FROM loaded;
VACUUM (ANALYZE, FREEZE) loaded, shuffled, numbered, written, timed;

INSERT INTO flis_cube (cube, area, period_column, municipality_column)
VALUES ('public.loaded', 'borger', 'month', 'municipality');

CREATE TABLE source (place integer, name text, input text);
INSERT INTO source VALUES (1, 'loaded', 'dates, in order'), (2, 'shuffled', 'dates, in no order'), (3, 'numbered', 'numbers 202509'),
	(4, 'written', 'texts 2025M09, codes 0101'), (5, 'timed', 'timestamps with time zone');
INSERT INTO statement
SELECT 100 * s.place + 10 * w.workers + q.place, s.input || ', ' || w.workers || ' workers', q.name, format(q.query, s.name), :rows, w.workers
FROM source s, (VALUES (0), (2)) AS w (workers),
	 (VALUES (0, 'max(month)', 'SELECT max(month) FROM %I'),
			 (1, 'count(*)', 'SELECT count(*) FROM %I'),
			 (2, 'flis_check_cubes', $$ UPDATE flis_cube SET cube = 'public.%I'; SELECT * FROM flis_check_cubes('2025-11-20') $$)) AS q (place, name, query)
WHERE s.place <= 2 OR w.workers = 0;
CALL measure(:few_rounds);

SELECT s.input AS "without an index", s.name, round(percentile_cont(0.5) WITHIN GROUP (ORDER BY t.ms)::numeric, 1) AS "median, ms",
	   round(percentile_cont(0.5) WITHIN GROUP (ORDER BY t.ms / m.ms)::numeric, 2) AS "of max(month)",
	   round(percentile_cont(0.5) WITHIN GROUP (ORDER BY t.ms / c.ms)::numeric, 2) AS "of count(*)"
FROM statement s JOIN timing t USING (place)
	 JOIN timing m ON m.place = s.place / 10 * 10 AND m.round = t.round
	 JOIN timing c ON c.place = s.place / 10 * 10 + 1 AND c.round = t.round
GROUP BY s.place, s.input, s.name
ORDER BY s.place;

DROP TABLE shuffled, numbered, written, timed;
DELETE FROM flis_cube;
