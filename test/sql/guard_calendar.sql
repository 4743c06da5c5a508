-- A key figure that reads a guarded calendar needs no bound of its own.  It equals the one with a bound
-- written by hand on every day of two years on which that bound is right, and differs on exactly those
-- where the clock was wrong.
\set VERBOSITY terse
SET client_min_messages = warning;
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';
SET timezone = 'UTC';

-- A star: keys in no order, days as timestamps, facts of three municipalities through 2026 and beyond
-- today, which is more than may be shown on any day of the test.
CREATE SCHEMA "Fælles data";
CREATE TABLE "Fælles data"."Kalender" ("KalenderNr" int PRIMARY KEY, "Dag" timestamp(3) NOT NULL,
	"Aar" int NOT NULL, "Måned i år" int NOT NULL, "Er den første" boolean NOT NULL);
INSERT INTO "Fælles data"."Kalender"
SELECT 7000 + row_number() OVER (ORDER BY md5(day::text)), day, extract(year FROM day), extract(month FROM day), extract(day FROM day) = 1
FROM generate_series(timestamp '2023-12-01', greatest('2026-12-31', CURRENT_DATE + 31), interval '1 day') day;
COMMENT ON TABLE "Fælles data"."Kalender" IS 'One row a day.';
COMMENT ON COLUMN "Fælles data"."Kalender"."Dag" IS 'The day.';
CREATE TABLE "Fælles data"."Sted" ("StedNr" int PRIMARY KEY, "Kommune" int);
INSERT INTO "Fælles data"."Sted" VALUES (1, 101), (2, 147), (3, 151), (-1, NULL);
CREATE TABLE "Fælles data"."Indbyggere" ("Kalender" int, "Sted" int, "Alder" int, "Antal" int);
INSERT INTO "Fælles data"."Indbyggere"
SELECT k."KalenderNr", s."StedNr", age, s."StedNr" * 100 + age + k."Måned i år"
FROM "Fælles data"."Kalender" k, "Fælles data"."Sted" s, generate_series(80, 90, 5) age
WHERE k."Er den første" AND s."StedNr" > 0;
CREATE TABLE "Fælles data"."Ansatte" ("Kalender" int, "Person" int, "Kommune" int);
INSERT INTO "Fælles data"."Ansatte"
SELECT k."KalenderNr", person, (ARRAY[101, 147, 151])[1 + person % 3]
FROM "Fælles data"."Kalender" k, generate_series(1, 12) person
WHERE k."Er den første" AND (person + k."Måned i år" + k."Aar") % 4 > 0;

-- People are counted on the first of the month after: a view says which day a row describes.
CREATE VIEW "Fælles data"."Kalender opgjort" AS
SELECT k.*, k."Dag" - interval '1 day' AS "Beskriver" FROM "Fælles data"."Kalender" k;

SELECT flis_guard_calendar('"Fælles data"."Kalender"', 'Dag', '{personale_fravaer}', '"Fælles data"."Ansatte til"');
SELECT flis_guard_calendar('"Fælles data"."Kalender opgjort"', 'Beskriver', '{Borger}', '"Fælles data"."Indbyggere til"');
SELECT flis_guard_calendar('"Fælles data"."Kalender opgjort"', 'Beskriver', '{borger,krl_personale}', '"Fælles data"."Begge til"');
-- Majors before 16 write the table's name before each column.
SELECT replace(pg_get_viewdef('"Fælles data"."Ansatte til"'::regclass), 'cube.', '') AS definition;
SELECT replace(pg_get_viewdef('"Fælles data"."Begge til"'::regclass), 'cube.', '') AS definition;
SELECT obj_description('"Fælles data"."Ansatte til"'::regclass), col_description('"Fælles data"."Ansatte til"'::regclass, 2);

-- Three key figures, %1$s the calendar, %2$s the bound where there is one.
CREATE TABLE figure (name text PRIMARY KEY, query text, calendar text, guarded text, bound text);
INSERT INTO figure VALUES
('thousand inhabitants', $$
SELECT p."Dag", s."Kommune", sum(f."Antal") * 0.001 AS figure
FROM "Fælles data"."Indbyggere" f
	 JOIN "Fælles data"."Sted" s ON s."StedNr" = f."Sted"
	 JOIN %1$s p ON p."KalenderNr" = f."Kalender"
WHERE p."Er den første" %2$s
GROUP BY 1, 2$$, '"Fælles data"."Kalender opgjort"', '"Fælles data"."Indbyggere til"',
	-- before the 10th the release before counts; a count of 1 May is the end of April
	$$AND p."Dag" <= date_trunc('month', on_day - 9) - interval '1 month'$$),
('85 and older on 1 January', $$
SELECT p."Dag", s."Kommune", sum(f."Antal") AS figure
FROM "Fælles data"."Indbyggere" f
	 JOIN "Fælles data"."Sted" s ON s."StedNr" = f."Sted"
	 JOIN %1$s counted ON counted."KalenderNr" = f."Kalender"
	 JOIN %1$s p ON p."Aar" = counted."Aar"
WHERE counted."Måned i år" = 1 AND p."Er den første" AND f."Alder" > 84 %2$s
GROUP BY 1, 2$$, '"Fælles data"."Kalender opgjort"', '"Fælles data"."Indbyggere til"',
	-- the end of last month by the clock
	$$AND p."Dag" <= date_trunc('month', on_day) - interval '1 day'$$),
('joined within the month', $$
SELECT p."Dag", f."Kommune", count(*) FILTER (WHERE NOT EXISTS (
		   SELECT FROM "Fælles data"."Ansatte" b JOIN "Fælles data"."Kalender" k ON k."KalenderNr" = b."Kalender"
		   WHERE b."Person" = f."Person" AND k."Dag" = p."Dag" - interval '1 month')) AS figure
FROM "Fælles data"."Ansatte" f
	 JOIN %1$s p ON p."KalenderNr" = f."Kalender"
WHERE p."Dag" >= '2024-01-01' %2$s
GROUP BY 1, 2$$, '"Fælles data"."Kalender"', '"Fælles data"."Ansatte til"',
	$$AND p."Dag" <= date_trunc('month', on_day - 9) - interval '2 months'$$);

-- A figure's newest period and all of its rows on a day, bounded by hand or by the calendar.  The views
-- ask for CURRENT_DATE; their definitions are taken with the day in its place.
DO $$
DECLARE
	f record;
	guarded text;
BEGIN
	FOR f IN SELECT *, row_number() OVER (ORDER BY name) AS n FROM figure LOOP
		guarded := replace(rtrim(pg_get_viewdef(f.guarded::regclass), ';'), 'CURRENT_DATE', 'on_day');
		IF guarded NOT LIKE '%on_day%' THEN
			RAISE 'no bound in %', f.guarded;
		END IF;
		EXECUTE format('CREATE FUNCTION by_hand_%s(on_day date, OUT newest date, OUT rows text) LANGUAGE sql STABLE AS %L', f.n,
			'SELECT max("Dag"), md5(string_agg(x::text, '','' ORDER BY "Dag", "Kommune")) FROM (' || format(f.query, f.calendar, f.bound) || ') x');
		EXECUTE format('CREATE FUNCTION guarded_%s(on_day date, OUT newest date, OUT rows text) LANGUAGE sql STABLE AS %L', f.n,
			'SELECT max("Dag"), md5(string_agg(x::text, '','' ORDER BY "Dag", "Kommune")) FROM (' || format(f.query, '(' || guarded || ')', '') || ') x');
	END LOOP;
END $$;

-- The runs of days of two years on which the two differ, in the figures' order by name.
CREATE FUNCTION differences(OUT figure text, OUT from_day date, OUT until_day date, OUT days int, OUT by_hand date, OUT guarded date) RETURNS SETOF record LANGUAGE sql STABLE AS $$
	WITH day AS (
		SELECT g::date AS on_day FROM generate_series(timestamp '2024-07-01', '2026-06-30', interval '1 day') g
	), compared AS (
		SELECT 'joined' AS figure, d.on_day, h.newest AS by_hand, g.newest AS guarded, h.rows IS DISTINCT FROM g.rows AS differs
		FROM day d, by_hand_2(d.on_day) h, guarded_2(d.on_day) g
		UNION ALL
		SELECT 'old', d.on_day, h.newest, g.newest, h.rows IS DISTINCT FROM g.rows
		FROM day d, by_hand_1(d.on_day) h, guarded_1(d.on_day) g
		UNION ALL
		SELECT 'thousand', d.on_day, h.newest, g.newest, h.rows IS DISTINCT FROM g.rows
		FROM day d, by_hand_3(d.on_day) h, guarded_3(d.on_day) g
	), run AS (
		SELECT c.*, on_day - (row_number() OVER (PARTITION BY figure, by_hand, guarded ORDER BY on_day))::int AS run
		FROM compared c
		WHERE differs
	)
	SELECT figure, min(on_day), max(on_day), count(*)::int, by_hand, guarded
	FROM run
	GROUP BY figure, by_hand, guarded, run
	ORDER BY 1, 2
$$;

-- Releases come as the rules say: the two bounds with the 10th in them are right on all 730 days.  The
-- clock's is wrong on the first nine days of each of 24 months, by one month.
SELECT figure, count(*) AS runs, sum(days) AS days, min(extract(day FROM from_day)) AS from_day, max(extract(day FROM until_day)) AS until_day,
	   bool_and(by_hand = guarded + interval '1 month') AS by_a_month
FROM differences()
GROUP BY figure;

-- What a clock cannot know.  Borger's package of December 2025 comes on the 18th, so that from the 10th
-- to the 17th the clock is a month ahead; a deck of 30 June 2025 says that staff reach March, one month
-- behind, until one of 12 August says that they caught up (June); staff are closed from 3 to 20 February
-- 2026.
INSERT INTO flis_release (area, channel, cycle, planned_on) VALUES ('borger', 'datapakke', '2025-12-01', '2025-12-18');
INSERT INTO flis_status (as_of, area, data_through) VALUES
	('2025-06-30', 'personale_fravaer', '2025-03-31'), ('2025-08-12', 'personale_fravaer', '2025-06-30');
INSERT INTO flis_notice (area, kind, started_on, ended_on, note) VALUES ('personale_fravaer', 'access', '2026-02-03', '2026-02-21', 'Moved');
SELECT * FROM differences() WHERE figure <> 'old';
SELECT * FROM differences() WHERE figure = 'old' AND from_day BETWEEN '2025-11-01' AND '2026-01-31';

-- A key figure over two areas ends at the one that reaches least: KRL, three months behind.
SELECT max("Dag") = flis_data_through('krl_personale') + 1 AS at_krl, flis_data_through('krl_personale') < flis_data_through('borger') AS krl_is_least
FROM "Fælles data"."Begge til" WHERE "Dag" <= CURRENT_DATE + 1;
INSERT INTO flis_notice (area, kind, started_on, note) VALUES ('krl_personale', 'access', '2020-01-01', 'Closed');
SELECT count(*) FROM "Fælles data"."Begge til";

-- Numbers and texts are compared in their own form, by an index where there is one.
CREATE TABLE months (id int, month text PRIMARY KEY, number int UNIQUE);
INSERT INTO months SELECT n, to_char(month, 'YYYY"M"MM'), to_char(month, 'YYYYMM')::int
FROM generate_series(timestamp '2020-01-01', greatest('2026-12-01', CURRENT_DATE), interval '1 month') WITH ORDINALITY AS g (month, n);
SELECT flis_guard_calendar('months', 'month', '{borger}', 'months_by_text', 'dap');
SELECT flis_guard_calendar('public.months', 'number', '{borger}', 'months_by_number', 'dap');
SELECT (SELECT max(month) FROM months_by_text) = to_char(flis_data_through('borger', CURRENT_DATE, 'dap'), 'YYYY"M"MM') AS text_ends_there,
	   (SELECT max(number) FROM months_by_number) = to_char(flis_data_through('borger', CURRENT_DATE, 'dap'), 'YYYYMM')::int AS number_ends_there;
SELECT replace(pg_get_viewdef('months_by_text'::regclass), 'cube.', '') AS definition;

-- What is refused.
CREATE FUNCTION refused(dimension text, value_column text, areas text[], view text, channel text DEFAULT 'datapakke', OUT state text, OUT message text, OUT hint text) LANGUAGE plpgsql AS $$
BEGIN
	PERFORM flis_guard_calendar(dimension, value_column, areas, view, channel);
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, hint = PG_EXCEPTION_HINT;
END $$;
CREATE TABLE nothing (period text, flag boolean);
CREATE SEQUENCE numbers;
SELECT r.* FROM (VALUES (1, 'missing', 'x', '{borger}'::text[], 'v', 'dap'), (2, 'months', 'Month', '{borger}', 'v', 'dap'), (3, 'months', 'ctid', '{borger}', 'v', 'dap'),
	(4, 'months', 'month', '{}', 'v', 'dap'), (5, 'months', 'month', '{borger,NULL}', 'v', 'dap'), (6, 'months', 'month', '{borgr}', 'v', 'dap'), (7, 'months', 'month', '{borger}', 'v', 'post'),
	(8, 'months', 'month', '{borger}', 'months', 'dap'), (9, 'nothing', 'period', '{borger}', 'v', 'dap'), (10, 'nothing', 'flag', '{borger}', 'v', 'dap'), (11, 'numbers', 'last_value', '{borger}', 'v', 'dap')) AS c (n, dimension, value_column, areas, view, channel),
	refused(c.dimension, c.value_column, c.areas, c.view, c.channel) r
ORDER BY n;

DROP SCHEMA "Fælles data" CASCADE;
DROP VIEW months_by_text, months_by_number;
DROP TABLE months, nothing, figure;
DROP SEQUENCE numbers;
DROP FUNCTION refused, differences, by_hand_1, by_hand_2, by_hand_3, guarded_1, guarded_2, guarded_3;
DROP EXTENSION flis;
