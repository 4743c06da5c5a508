-- The verdict of flis_check_cubes on a table on a day: the definition in src/rules/verdict.c,
-- worked out by hand around the ends of windows, for each kind of rule, for what was published and
-- for what was changed.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';
CREATE TABLE facts (period date);
CREATE FUNCTION verdict(area text, channel text, on_day date, newest date, measured date) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	TRUNCATE facts;
	INSERT INTO flis_cube (cube, area, channel, period_column) VALUES ('public.facts', area, channel, 'period')
	ON CONFLICT (cube) DO UPDATE SET area = excluded.area, channel = excluded.channel;
	-- Ten rows of each of the three periods up to the measured one, and one of the newest if that is another.
	INSERT INTO facts
	SELECT measured - n * CASE area WHEN 'ukraine' THEN 1 WHEN 'stil' THEN 366 ELSE 31 END
	FROM generate_series(0, 2) n, generate_series(1, 10);
	INSERT INTO facts SELECT newest WHERE newest > measured;
	RETURN (SELECT c.verdict FROM flis_check_cubes(on_day) c);
END
$$;
CREATE TABLE worked_out (
	place serial, area text, channel text, on_day date,
	newest date,		-- a day of the newest period with rows
	expected text,
	measured date		-- of the newest complete one, where that is another
);
CREATE FUNCTION compare() RETURNS TABLE (compared bigint, wrong text) LANGUAGE sql AS $$
	WITH compared AS (
		SELECT *, verdict(area, channel, on_day, newest, coalesce(measured, newest)) AS got FROM worked_out
	), cleared AS (DELETE FROM worked_out)
	SELECT count(*), string_agg(format('%s/%s on %s with %s: %s, not %s', area, channel, on_day, newest, got, expected), E'\n' ORDER BY place)
					 FILTER (WHERE got IS DISTINCT FROM expected)
	FROM compared
$$;

-- Data packages come on the 10th: until 9 November August is to be used, from the 10th on September.
INSERT INTO worked_out (area, channel, on_day, newest, expected, measured) VALUES
	('borger', 'datapakke', '2025-10-31', '2025-08-31', 'on_time', NULL),	-- the October round is over
	('borger', 'datapakke', '2025-11-01', '2025-08-31', 'not_due', NULL),	-- the November round begins
	('borger', 'datapakke', '2025-11-01', '2025-07-31', 'late', NULL),
	('borger', 'datapakke', '2025-11-01', '2025-09-01', 'ahead', NULL),		-- it may not come before the 10th
	('borger', 'datapakke', '2025-11-09', '2025-08-31', 'not_due', NULL),
	('borger', 'datapakke', '2025-11-09', '2025-09-30', 'ahead', NULL),
	('borger', 'datapakke', '2025-11-10', '2025-08-31', 'due', NULL),		-- expected by today
	('borger', 'datapakke', '2025-11-10', '2025-07-31', 'late', NULL),		-- August should have been there
	('borger', 'datapakke', '2025-11-10', '2025-09-30', 'on_time', NULL),
	('borger', 'datapakke', '2025-11-10', '2025-10-31', 'ahead', NULL),
	('borger', 'datapakke', '2025-11-11', '2025-08-31', 'late', NULL),
	('borger', 'datapakke', '2025-11-11', '2025-09-30', 'on_time', NULL),
	('borger', 'datapakke', '2025-11-30', '2025-09-30', 'on_time', NULL),
	('borger', 'datapakke', '2025-12-01', '2025-09-30', 'not_due', NULL),
	('borger', 'datapakke', '2025-12-09', '2025-09-30', 'not_due', NULL),
	('borger', 'datapakke', '2025-12-10', '2025-09-30', 'due', NULL),
	('borger', 'datapakke', '2025-12-11', '2025-09-30', 'late', NULL),
	-- half loaded
	('borger', 'datapakke', '2025-11-05', '2025-09-30', 'partial', '2025-08-31'),
	('borger', 'datapakke', '2025-11-10', '2025-09-30', 'partial', '2025-08-31'),
	('borger', 'datapakke', '2025-11-20', '2025-10-31', 'partial', '2025-09-30'),
	('borger', 'datapakke', '2025-11-20', '2025-08-31', 'late', '2025-07-31'),		-- and August only half
	('borger', 'datapakke', '2025-11-10', '2025-08-31', 'due', '2025-07-31');

-- DAP cubes come from the 10th to the 12th.
INSERT INTO worked_out (area, channel, on_day, newest, expected) VALUES
	('borger', 'dap', '2025-11-09', '2025-08-31', 'not_due'),
	('borger', 'dap', '2025-11-09', '2025-09-30', 'ahead'),
	('borger', 'dap', '2025-11-10', '2025-08-31', 'due'),		-- the window is open
	('borger', 'dap', '2025-11-10', '2025-09-30', 'on_time'),	-- and it came in it
	('borger', 'dap', '2025-11-10', '2025-10-31', 'ahead'),		-- it brings September, not October
	('borger', 'dap', '2025-11-11', '2025-08-31', 'due'),
	('borger', 'dap', '2025-11-11', '2025-07-31', 'late'),
	('borger', 'dap', '2025-11-12', '2025-08-31', 'due'),		-- expected by today
	('borger', 'dap', '2025-11-12', '2025-09-30', 'on_time'),
	('borger', 'dap', '2025-11-12', '2025-07-31', 'late'),
	('borger', 'dap', '2025-11-13', '2025-08-31', 'late'),
	('borger', 'dap', '2025-12-10', '2025-09-30', 'due'),
	('borger', 'dap', '2025-12-12', '2025-09-30', 'due'),
	('borger', 'dap', '2025-12-12', '2025-08-31', 'late');

-- DREAM's November release comes from 20 to 27 October, before its cycle begins, and brings June.
INSERT INTO worked_out (area, channel, on_day, newest, expected) VALUES
	('dream', 'datapakke', '2025-10-19', '2025-05-31', 'on_time'),
	('dream', 'datapakke', '2025-10-19', '2025-06-30', 'ahead'),
	('dream', 'datapakke', '2025-10-20', '2025-05-31', 'due'),
	('dream', 'datapakke', '2025-10-20', '2025-06-30', 'on_time'),
	('dream', 'datapakke', '2025-10-26', '2025-05-31', 'due'),
	('dream', 'datapakke', '2025-10-27', '2025-05-31', 'due'),
	('dream', 'datapakke', '2025-10-27', '2025-04-30', 'late'),
	('dream', 'datapakke', '2025-10-27', '2025-06-30', 'on_time'),
	('dream', 'datapakke', '2025-10-28', '2025-05-31', 'late'),
	('dream', 'datapakke', '2025-11-01', '2025-06-30', 'on_time'),	-- what this cycle brings is there
	('dream', 'datapakke', '2025-11-18', '2025-06-30', 'on_time'),
	('dream', 'datapakke', '2025-11-19', '2025-06-30', 'due'),
	('dream', 'datapakke', '2025-11-26', '2025-06-30', 'due'),
	('dream', 'datapakke', '2025-11-27', '2025-06-30', 'late');

-- The Ukraine cube comes daily, with the day before; today's rows are of a day that isn't over.
INSERT INTO worked_out (area, channel, on_day, newest, expected, measured) VALUES
	('ukraine', 'datapakke', '2025-11-10', '2025-11-07', 'late', NULL),
	('ukraine', 'datapakke', '2025-11-10', '2025-11-08', 'due', NULL),
	('ukraine', 'datapakke', '2025-11-10', '2025-11-09', 'on_time', NULL),
	('ukraine', 'datapakke', '2025-11-10', '2025-11-10', 'on_time', '2025-11-09'),
	('ukraine', 'datapakke', '2025-11-10', '2025-11-09', 'partial', '2025-11-08');
SELECT * FROM compare();

-- STIL comes yearly; nobody has said when.
SELECT verdict('stil', 'datapakke', '2025-11-10', '2024-12-31', '2024-12-31');
SELECT reason FROM flis_check_cubes('2025-11-10');
-- In September: from the 10th on 2024 is to be used.
UPDATE flis_rule SET release_month = 9 WHERE area = 'stil';
INSERT INTO worked_out (area, channel, on_day, newest, expected) VALUES
	('stil', 'datapakke', '2025-08-31', '2023-06-01', 'on_time'),
	('stil', 'datapakke', '2025-08-31', '2024-06-01', 'ahead'),
	('stil', 'datapakke', '2025-09-01', '2023-06-01', 'not_due'),
	('stil', 'datapakke', '2025-09-10', '2023-06-01', 'due'),
	('stil', 'datapakke', '2025-09-10', '2022-06-01', 'late'),
	('stil', 'datapakke', '2025-09-10', '2024-06-01', 'on_time'),
	('stil', 'datapakke', '2025-09-11', '2023-06-01', 'late'),
	('stil', 'datapakke', '2026-08-31', '2024-06-01', 'on_time');
SELECT * FROM compare();

-- Published on 30 June: Borger a month behind, through March; KRL a month ahead, through February; YR
-- nothing; DFDG is closed.
INSERT INTO flis_status (as_of, area, data_through, state) VALUES
	('2025-06-30', 'borger', '2025-03-31', 'on_schedule'), ('2025-06-30', 'krl_personale', '2025-02-28', 'on_schedule'),
	('2025-06-30', 'yr', NULL, 'not_reported'), ('2025-06-30', 'dfdg', NULL, 'closed');
INSERT INTO worked_out (area, channel, on_day, newest, expected) VALUES
	('borger', 'datapakke', '2025-06-30', '2025-03-31', 'on_time'),
	('borger', 'datapakke', '2025-06-30', '2025-04-30', 'ahead'),
	('borger', 'datapakke', '2025-07-01', '2025-03-31', 'not_due'),
	('borger', 'datapakke', '2025-07-10', '2025-03-31', 'due'),			-- April is expected, not May
	('borger', 'datapakke', '2025-07-10', '2025-04-30', 'on_time'),
	('borger', 'datapakke', '2025-07-11', '2025-03-31', 'late'),
	('krl_personale', 'datapakke', '2025-06-30', '2025-01-31', 'late'),
	('krl_personale', 'datapakke', '2025-06-30', '2025-02-28', 'on_time'),
	('krl_personale', 'datapakke', '2025-07-01', '2025-02-28', 'on_time'),	-- July brings February: nothing new
	('krl_personale', 'datapakke', '2025-07-10', '2025-02-28', 'on_time'),
	('krl_personale', 'datapakke', '2025-07-10', '2025-01-31', 'late'),
	('krl_personale', 'datapakke', '2025-08-10', '2025-02-28', 'due'),
	('yr', 'datapakke', '2025-07-01', '2025-04-30', 'not_due'),			-- by its rule
	('dfdg', 'datapakke', '2025-06-29', '2025-04-30', 'on_time'),
	('dfdg', 'datapakke', '2025-06-30', '2025-04-30', 'closed'),
	('dfdg', 'datapakke', '2026-06-30', '2023-04-30', 'closed');
SELECT * FROM compare();

-- A status is no release: what was published today and isn't there is late at once.
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-07-20', 'kp', '2025-06-30');
INSERT INTO worked_out (area, channel, on_day, newest, expected) VALUES
	('kp', 'datapakke', '2025-07-19', '2025-05-31', 'on_time'),
	('kp', 'datapakke', '2025-07-20', '2025-05-31', 'late');

-- Postponed to the 14th: that day is its window.  Recorded on the 12th: the same.  Cancelled: the December
-- release is the next one.
INSERT INTO flis_release (area, cycle, planned_on, released_on, cancelled) VALUES
	('skole', '2025-11-01', '2025-11-14', NULL, false), ('aula', '2025-11-01', '2025-11-14', '2025-11-12', false),
	('vh', '2025-11-01', NULL, NULL, true);
INSERT INTO worked_out (area, channel, on_day, newest, expected) VALUES
	('skole', 'datapakke', '2025-11-10', '2025-08-31', 'not_due'),
	('skole', 'datapakke', '2025-11-10', '2025-09-30', 'ahead'),
	('skole', 'datapakke', '2025-11-13', '2025-08-31', 'not_due'),
	('skole', 'datapakke', '2025-11-14', '2025-08-31', 'due'),
	('skole', 'datapakke', '2025-11-14', '2025-09-30', 'on_time'),
	('skole', 'datapakke', '2025-11-15', '2025-08-31', 'late'),
	('aula', 'datapakke', '2025-11-11', '2025-08-31', 'not_due'),
	('aula', 'datapakke', '2025-11-12', '2025-08-31', 'due'),
	('aula', 'datapakke', '2025-11-13', '2025-08-31', 'late'),
	('vh', 'datapakke', '2025-11-10', '2025-08-31', 'on_time'),
	('vh', 'datapakke', '2025-11-20', '2025-09-30', 'ahead'),
	('vh', 'datapakke', '2025-12-01', '2025-08-31', 'not_due'),
	('vh', 'datapakke', '2025-12-10', '2025-08-31', 'due'),
	('vh', 'datapakke', '2025-12-11', '2025-09-30', 'late');
SELECT * FROM compare();

-- A day that is planned within the window takes its place, a mere note doesn't.  The window of cubes is the
-- 10th to the 12th.
INSERT INTO flis_release (area, channel, cycle, planned_on, note) VALUES
	('oekonomi', 'dap', '2025-11-01', '2025-11-12', NULL), ('personale_fravaer', 'dap', '2025-11-01', NULL, 'Ny version');
INSERT INTO worked_out (area, channel, on_day, newest, expected) VALUES
	('oekonomi', 'dap', '2025-11-11', '2025-08-31', 'not_due'),
	('oekonomi', 'dap', '2025-11-12', '2025-08-31', 'due'),
	('personale_fravaer', 'dap', '2025-11-09', '2025-08-31', 'not_due'),
	('personale_fravaer', 'dap', '2025-11-11', '2025-08-31', 'due');
SELECT * FROM compare();

-- A notice closes an area, too.
INSERT INTO flis_notice (notice, area, kind, started_on, ended_on, note) VALUES (1, 'ky', 'access', '2025-11-01', '2025-11-20', 'Lukket');
INSERT INTO worked_out (area, channel, on_day, newest, expected) VALUES
	('ky', 'datapakke', '2025-10-31', '2025-08-31', 'on_time'),
	('ky', 'datapakke', '2025-11-01', '2025-08-31', 'closed'),
	('ky', 'datapakke', '2025-11-20', '2025-09-30', 'on_time');
SELECT * FROM compare();

-- Without municipalities a period is complete if it has three quarters of the median of the periods before it:
-- 12 of (10 + 20) / 2, 15 of 20 but not 14, 60 not of the 100 of the one that is compared, and 15 of the 20 that
-- are the median of 20, 100 and 10.
CREATE TABLE counted (month date);
INSERT INTO flis_cube (cube, area, period_column) VALUES ('public.counted', 'aeldre', 'month');
CREATE FUNCTION counted(rows integer[], compared integer) RETURNS TABLE (measured_through date, verdict text, reason text) LANGUAGE plpgsql AS $$
BEGIN
	TRUNCATE counted;
	INSERT INTO counted
	SELECT date '2025-08-01' - (cardinality(rows) - n)::integer * interval '1 month'
	FROM unnest(rows) WITH ORDINALITY AS r (so_many, n), generate_series(1, so_many);
	UPDATE flis_cube SET compared_periods = compared WHERE cube = 'public.counted';
	RETURN QUERY SELECT c.measured_through, c.verdict, c.reason FROM flis_check_cubes('2025-10-20') c WHERE c.cube = 'public.counted';
END
$$;
SELECT rows, compared, c.*
FROM (VALUES ('{10,20,12}'::integer[], 12), ('{20,20,15}', 12), ('{20,20,14}', 12), ('{10,100,60}', 1), ('{20,100,10,15}', 12)) v (rows, compared),
	 counted(rows, compared) c;
DROP FUNCTION counted;
DROP TABLE counted;
-- A year among months is no month; a month that ends today isn't over; and noon on a month's last day is in it,
-- by an index, too.
CREATE TABLE counted (month text, moment timestamp);
CREATE INDEX ON counted (moment);
UPDATE flis_cube SET period_column = 'month' WHERE cube = 'public.counted';
INSERT INTO counted VALUES ('2024'), ('2025-07'), ('2025-07'), ('2025-08'), ('2025-08');
SELECT measured_through, newest_period, verdict FROM flis_check_cubes('2025-10-20') WHERE cube = 'public.counted';
TRUNCATE counted;
INSERT INTO counted SELECT to_char(d, 'YYYY-MM'), d FROM unnest('{2025-07-31 12:00,2025-08-31 12:00,2025-09-30 12:00,2025-10-31 12:00}'::timestamp[]) d, generate_series(1, 10);
SELECT measured_through, newest_period FROM flis_check_cubes('2025-10-31') WHERE cube = 'public.counted';
UPDATE flis_cube SET period_column = 'moment' WHERE cube = 'public.counted';
SET enable_seqscan = off;
SELECT measured_through, newest_period FROM flis_check_cubes('2025-10-15') WHERE cube = 'public.counted';
RESET enable_seqscan;
DELETE FROM flis_cube WHERE cube = 'public.counted';
DROP TABLE counted;

-- missing, unknown and closed come before empty, empty before all else.
TRUNCATE facts;
UPDATE flis_cube SET area = 'borger';
SELECT verdict FROM flis_check_cubes('2025-11-10');
UPDATE flis_cube SET area = 'dfdg';
SELECT verdict, reason FROM flis_check_cubes('2025-11-10');
ALTER TABLE facts ALTER period TYPE text;
INSERT INTO facts VALUES ('I alt');
SELECT verdict, reason FROM flis_check_cubes('2025-11-10');
DROP TABLE facts;
SELECT verdict, reason FROM flis_check_cubes('2025-11-10');

-- Periods longer than the area's are late only where a newer one could be there.  A week that ends on 28 September is
-- the last one that is over by the end of September, one that ends on the 21st is not; the third quarter is the
-- newest one until the year is over, and the December release, of October, brings it nothing.
CREATE TABLE weeks AS SELECT to_char(g, 'IYYY"-W"IW') AS period FROM generate_series(timestamp '2025-01-06', '2025-09-22', interval '7 days') g;
CREATE TABLE weeks_short AS SELECT * FROM weeks WHERE period < '2025-W39';
CREATE TABLE quarters AS SELECT unnest('{2024Q3,2024Q4,2025Q1,2025Q2,2025Q3}'::text[]) AS period;
CREATE TABLE halves AS SELECT unnest('{2024-S1,2024-S2,2025-S1}'::text[]) AS period;
INSERT INTO flis_cube (cube, area, channel, period_column)
SELECT 'public.' || t, 'aeldre', 'dap', 'period' FROM unnest('{weeks,weeks_short,quarters,halves}'::text[]) t;
SELECT c.cube, day, c.newest_period, c.data_through, c.verdict
FROM (VALUES ('weeks', date '2025-09-29'), ('weeks', '2025-10-01'), ('weeks', '2025-11-20'), ('weeks_short', '2025-11-20'),
			 ('quarters', '2025-11-15'), ('quarters', '2025-12-01'), ('quarters', '2025-12-11'), ('quarters', '2025-12-15'), ('quarters', '2026-01-15'), ('quarters', '2026-02-12'), ('quarters', '2026-02-15'),
			 ('halves', '2025-08-15'), ('halves', '2026-01-15'), ('halves', '2026-02-15')) AS v (name, day),
	 flis_check_cubes(day) c
WHERE c.cube = 'public.' || v.name ORDER BY 1, 2;
-- A time zone makes no table late: midnight in Denmark is the 1st in every session, for the guard too.
SET timezone = 'Europe/Copenhagen';
CREATE TABLE zoned AS SELECT m::timestamptz AS period FROM generate_series(timestamp '2025-01-01', '2025-09-01', interval '1 month') m;
INSERT INTO flis_cube (cube, area, channel, period_column) VALUES ('public.zoned', 'aeldre', 'dap', 'period');
CREATE FUNCTION zoned(zone text) RETURNS TABLE (newest_period date, verdict text, guarded bigint) LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('timezone', zone, true);
	RETURN QUERY SELECT c.newest_period, c.verdict, (SELECT count(*) FROM zoned_guard) FROM flis_check_cubes('2025-11-20') c WHERE c.cube = 'public.zoned';
END
$$;
-- The bound of today lies after all of it but a row that is still to come.
INSERT INTO zoned VALUES ('9999-01-01');
SELECT flis_guard('public.zoned', 'zoned_guard');
SELECT zone, z.* FROM unnest('{Europe/Copenhagen,UTC,Pacific/Auckland,America/Los_Angeles}'::text[]) zone, zoned(zone) z;
RESET timezone;
DROP VIEW zoned_guard;
DROP TABLE weeks, weeks_short, quarters, halves, zoned;
DROP FUNCTION zoned;

DROP FUNCTION compare, verdict;
DROP TABLE worked_out;
DROP EXTENSION flis;
