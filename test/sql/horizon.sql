-- For tools without flis: flis_horizon has each day of each area once and says what the
-- functions say; flis_months has the flags of an analyst's calendar; flis_due names what is out and
-- not loaded.  Every answer is worked out by hand; the reason stands beside it.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';

/*
 * Intervals.  Borger reaches August until the 10th of November 2025 and a month more every month; yr is
 * closed by a deck of 20 November until one of 20 December; of stil nobody knows the month; Ukraine moves
 * on by a day each day.
 */
INSERT INTO flis_status (as_of, area, state) VALUES ('2025-11-20', 'yr', 'closed'), ('2025-12-20', 'yr', 'caveat');
SELECT * FROM flis_horizon('2025-11-01', '2026-01-31') WHERE area IN ('borger', 'yr', 'stil');
SELECT * FROM flis_horizon('2025-11-09', '2025-11-11') WHERE area IN ('ukraine', 'borger');
-- A deck that says what the rules say begins another interval only because its basis is another.
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-11-20', 'kp', '2025-09-30');
SELECT valid_from, valid_until, data_through, next_release, basis
FROM flis_horizon('2025-11-15', '2025-12-15') WHERE area = 'kp';
-- A release on the day of another, which is no news, ends none: the cycle of October 2025 is put off to
-- 10 November, the day of that of November.
INSERT INTO flis_release (area, cycle, planned_on) VALUES ('ky', '2025-10-01', '2025-11-10');
SELECT valid_from, valid_until, data_through, next_release, basis
FROM flis_horizon('2025-10-01', '2025-12-09') WHERE area = 'ky';
-- One day, none, and days that are none.
SELECT * FROM flis_horizon('2025-11-10', '2025-11-10', 'udlaesning') WHERE area = 'borger';
SELECT * FROM flis_horizon('2025-11-10', '2025-11-09');
\set VERBOSITY sqlstate
SELECT * FROM flis_horizon('-infinity', '2025-11-09');
SELECT * FROM flis_horizon('2025-11-09', 'infinity');
SELECT * FROM flis_horizon('2025-11-09', '10000-01-01');
SELECT * FROM flis_horizon('2025-11-09', '2025-11-10', 'fax');
\set VERBOSITY default

-- Ten years of days in every channel, with areas by the week, quarter and half-year and with statuses,
-- notices and one-off changes besides: each day once, and the same answers.
INSERT INTO flis_area (area, name) VALUES ('uge', 'Uge'), ('kvartal', 'Kvartal'), ('halv', 'Halv');
INSERT INTO flis_rule (area, valid_from, frequency, lag, opens_day, closes_day, business_day) VALUES
	('uge', '2021-05-05', 'WEEKLY', 0, 2, 3, 'following'), ('kvartal', '2020-01-01', 'QUARTERLY', 1, NULL, NULL, 'none'),
	('halv', '2020-01-01', 'ANNUAL_2', 0, 40, 50, 'preceding');
UPDATE flis_rule SET release_month = 9 WHERE area = 'stil';
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-06-30', 'borger', '2025-03-31'),
	('2025-06-30', 'dream', '2025-03-31'), ('2025-06-30', 'ukraine', '2025-06-30'), ('2025-06-30', 'uge', '2025-06-15');
INSERT INTO flis_notice (area, kind, started_on, ended_on, note) VALUES
	('skole', 'access', '2024-02-01', '2024-02-15', 'Lukket'), ('ukraine', 'access', '2024-02-01', '2024-02-15', 'Lukket'),
	('uge', 'access', '2026-02-03', NULL, 'Lukket');
INSERT INTO flis_release (area, channel, cycle, planned_on, cancelled) VALUES
	('aula', 'datapakke', '2025-05-01', '2025-06-20', false), ('aula', 'dap', '2025-05-01', NULL, true),
	('ukraine', 'datapakke', '2025-05-01', '2025-05-09', false), ('ukraine', 'datapakke', '2025-05-12', NULL, true);
CREATE TEMP TABLE horizon AS
SELECT h.*, k.channel FROM unnest('{udlaesning,datapakke,dap}'::text[]) k (channel),
						   flis_horizon('2019-07-01', '2029-06-30', k.channel) h;
SELECT count(*) = 23 * 3 * (date '2029-06-30' - date '2019-07-01' + 1) AS "each day", count(*) = count(DISTINCT (area, channel, day)) AS once,
	   count(*) FILTER (WHERE data_through IS DISTINCT FROM flis_data_through(area, day, channel)) AS "data differ",
	   count(*) FILTER (WHERE next_release IS DISTINCT FROM flis_next_release(area, day, channel)) AS "releases differ"
FROM (SELECT h.*, t::date AS day FROM horizon h, generate_series(h.valid_from::timestamp, h.valid_until::timestamp, '1 day') t) d
WHERE day BETWEEN '2019-07-01' AND '2029-06-30';
SELECT count(*) FILTER (WHERE basis IS DISTINCT FROM c_basis) AS "bases differ", count(*) = 23 * 37 AS asked
FROM (SELECT d.day, c.area, c.basis AS c_basis, h.basis
	  FROM (SELECT t::date FROM generate_series(timestamp '2019-07-01', '2029-06-30', '100 days') t) d (day)
		   CROSS JOIN LATERAL flis_coverage(d.day) c
		   LEFT JOIN horizon h ON h.area = c.area AND h.channel = 'datapakke' AND d.day BETWEEN h.valid_from AND h.valid_until) b;
-- No two neighbours are alike.
SELECT count(*) AS "could be one"
FROM (SELECT ROW(data_through, next_release, basis) IS NOT DISTINCT FROM
			 lag(ROW(data_through, next_release, basis)) OVER (PARTITION BY area, channel ORDER BY valid_from) AS alike
	  FROM horizon) n
WHERE alike;
DELETE FROM flis_status WHERE area <> 'yr';
DELETE FROM flis_notice;
DELETE FROM flis_release;

/*
 * Months: from when to when each flag is true, and how many months that are.
 */
CREATE FUNCTION shown(area text, on_day date, channel text DEFAULT 'datapakke')
RETURNS TABLE (months bigint, covered text, ytd text, ytd_last_year text, last_12 text) LANGUAGE sql AS $$
	SELECT count(*),
		   (SELECT format('- %s', to_char(max(month), 'YYYY-MM')) FROM flis_months(area, on_day, channel) WHERE covered),
		   format('%s - %s: %s', to_char(min(month) FILTER (WHERE in_ytd), 'YYYY-MM'), to_char(max(month) FILTER (WHERE in_ytd), 'YYYY-MM'),
				  count(*) FILTER (WHERE in_ytd)),
		   format('%s - %s: %s', to_char(min(month) FILTER (WHERE in_ytd_last_year), 'YYYY-MM'),
				  to_char(max(month) FILTER (WHERE in_ytd_last_year), 'YYYY-MM'), count(*) FILTER (WHERE in_ytd_last_year)),
		   format('%s - %s: %s', to_char(min(month) FILTER (WHERE in_last_12), 'YYYY-MM'), to_char(max(month) FILTER (WHERE in_last_12), 'YYYY-MM'),
				  count(*) FILTER (WHERE in_last_12))
	FROM flis_months(area, on_day, channel)
$$;
-- Around January: on 9 January 2026 borger reaches October 2025, on the 10th November, so that the year is
-- still 2025; from 10 February it reaches December, and from 10 March January 2026, a year of one month.
SELECT day, s.* FROM unnest('{2026-01-09,2026-01-10,2026-02-10,2026-03-10}'::date[]) day, shown('borger', day) s;
-- The extract of 1 January is nine days ahead.
SELECT * FROM shown('borger', '2026-01-01', 'udlaesning');
-- KRL reaches June in November; found by its name, without regard to case.
SELECT * FROM shown('KRL PERSONALE', '2025-11-10');
-- A closed area, and one of which nobody knows: 132 months, none of them anything.
UPDATE flis_rule SET release_month = NULL WHERE area = 'stil';
SELECT area, s.* FROM unnest('{yr,stil}'::text[]) area, shown(area, '2025-11-25') s;
-- A year: in September 2025 STIL brings 2024, which is the year to date.
UPDATE flis_rule SET release_month = 9 WHERE area = 'stil';
SELECT * FROM shown('stil', '2025-09-10');
-- A week: on 5 January 2027 it reaches 27 December, so that November is the last whole month; on the 6th it
-- reaches 3 January.  The week is closed from February 2026 no more.
SELECT day, s.* FROM unnest('{2027-01-05,2027-01-06}'::date[]) day, shown('uge', day) s;
-- A day: on 1 December all of November is there, the day before it is not.
SELECT day, s.* FROM unnest('{2025-11-30,2025-12-01}'::date[]) day, shown('ukraine', day) s;
-- The months themselves, of a leap year.
SELECT * FROM flis_months('borger', '2024-04-10') WHERE month BETWEEN '2023-01-01' AND '2024-04-01';
SELECT min(month), max(month), max(last_day) FROM flis_months('borger', '2024-04-10');
SELECT count(*) AS of_an_infinite_day FROM flis_months('borger', 'infinity');
SELECT min(month) AS least FROM flis_months('borger', '0003-05-01');
\set VERBOSITY sqlstate
SELECT * FROM flis_months('bogger', '2025-11-10');
SELECT * FROM flis_months('borger', '2025-11-10', 'fax');
SELECT * FROM flis_months('borger', '10000-01-01');
\set VERBOSITY default
-- The view is the function, today.
SELECT count(*) AS differ FROM (
	(SELECT month, last_day, covered, in_ytd, in_ytd_last_year, in_last_12 FROM flis_months_today WHERE area = 'dream' AND channel = 'dap'
	 EXCEPT ALL SELECT * FROM flis_months('dream', CURRENT_DATE, 'dap'))
	UNION ALL
	(SELECT * FROM flis_months('dream', CURRENT_DATE, 'dap') EXCEPT ALL
	 SELECT month, last_day, covered, in_ytd, in_ytd_last_year, in_last_12 FROM flis_months_today WHERE area = 'dream' AND channel = 'dap')) d;
SELECT count(*) = 132 * 3 * count(DISTINCT area) AS each, count(DISTINCT area) FROM flis_months_today;
DROP FUNCTION shown;

/*
 * What should be loaded on 10 November 2025, the day on which September comes.
 */
CREATE TABLE public.til_juli AS SELECT to_char(m, 'YYYY"M"MM') AS maaned
	FROM generate_series(timestamp '2025-01-01', '2025-07-01', '1 month') m;
CREATE TABLE public.til_september AS SELECT m::date AS dag FROM generate_series(timestamp '2025-01-01', '2025-09-30', '1 day') m;
CREATE TABLE public.tom (dag date);
CREATE TABLE public.ukraine AS SELECT m::date AS dag FROM generate_series(timestamp '2025-10-01', '2025-11-07', '1 day') m;
CREATE TABLE public.lukket AS SELECT date '2025-01-01' AS dag;
CREATE TABLE public.uger AS SELECT to_char(m, 'IYYY"U"IW') AS uge FROM generate_series(timestamp '2025-01-01', '2025-10-20', '1 week') m;
CREATE TABLE public.kvartaler AS SELECT '2025K1'::text AS kvartal;
CREATE TABLE public.halvaar (halvaar text);
CREATE TABLE public.halve AS SELECT '2025H1'::text AS halvaar;
CREATE TABLE public.kvarte AS SELECT '2025K2'::text AS kvartal;
CREATE TABLE public.aar AS SELECT 2022 AS aar;
CREATE TABLE public.ulaeselig AS SELECT 'i alt'::text AS maaned;
INSERT INTO flis_status (as_of, area, state) VALUES ('2025-11-01', 'yr', 'closed');
INSERT INTO flis_cube (cube, area, period_column) VALUES ('public.til_juli', 'borger', 'maaned'),
	('public.til_september', 'skole', 'dag'), ('public.tom', 'borger', 'dag'), ('public.mangler', 'krl_personale', 'dag'),
	('public.ukraine', 'ukraine', 'dag'), ('public.lukket', 'yr', 'dag'), ('public.uger', 'uge', 'uge'),
	('public.kvartaler', 'kvartal', 'kvartal'), ('public.halvaar', 'halv', 'halvaar'), ('public.aar', 'stil', 'aar'),
	('public.ulaeselig', 'dream', 'maaned'), ('public.halve', 'borger', 'halvaar'), ('public.kvarte', 'borger', 'kvartal');
-- til_juli: August came on 10 October, September comes today.  til_september has it.  tom and mangler, which
-- is not there, want the newest: September, and KRL's June.  ukraine ends on 7 November: the 8th came on the
-- 9th, the 9th today.  lukket is closed.  uger ends with W42, as the weeks count from a Wednesday: W43 came on
-- Wednesday 29 October, W44 on 5 November.  kvartaler, with a lag of one quarter: the second came on 10
-- October.  halvaar: the first half is out on day 50 of July's cycle, 19 August, a Tuesday.  aar: 2023 came
-- on 10 September 2024, 2024 a year later.  ulaeselig holds no period that can be read: unknown, not due.  halve
-- counts a monthly area by half-years, and the second can't be whole yet; of kvarte the third quarter can.
SELECT * FROM flis_due('2025-11-10');
-- A day before, September is not out, nor Ukraine's 9th.
SELECT * FROM flis_due('2025-11-09') WHERE cube IN ('public.til_juli', 'public.tom', 'public.ukraine');
-- A status that is ahead: the rules let October come in December, it is there by the status.
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-11-20', 'skole', '2025-10-31');
SELECT cube, period_from, data_through FROM flis_due('2025-11-20') WHERE area = 'skole';
-- Loaded, it is due no more.
INSERT INTO public.til_juli VALUES ('2025M08'), ('2025M09');
SELECT count(*) FROM flis_due('2025-11-10') WHERE cube = 'public.til_juli';
-- kp comes by the half-year from October 2025 on.  July came by the old rule on 10 September, and stays due until the
-- half-year comes on 10 January.
CREATE TABLE public.skift AS SELECT '2025M06'::text AS maaned;
INSERT INTO flis_cube (cube, area, period_column) VALUES ('public.skift', 'kp', 'maaned');
INSERT INTO flis_rule (area, valid_from, frequency, lag) VALUES ('kp', '2025-10-01', 'ANNUAL_2', 0);
SELECT day, period_from, data_through, since FROM unnest('{2025-09-30,2025-10-05,2026-01-09,2026-01-10}'::date[]) day, flis_due(day) WHERE cube = 'public.skift';
-- An area without a rule, of which a deck says May: since when isn't known.
INSERT INTO flis_area (area, name) VALUES ('uden', 'Uden regel');
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-07-05', 'uden', '2025-05-31');
UPDATE flis_cube SET area = 'uden' WHERE cube = 'public.tom';
SELECT period_from, data_through, since FROM flis_due('2025-11-10') WHERE cube = 'public.tom';
UPDATE flis_cube SET area = 'borger' WHERE cube = 'public.tom';
-- Nothing is due of the time before year 1, which borger leaves on 10 March.
SELECT day, period_from, data_through, since FROM unnest('{0001-01-01,0001-03-09,0001-03-10}'::date[]) day, flis_due(day) WHERE cube = 'public.tom';
SELECT count(*) FROM flis_due('0001-01-01');
DROP TABLE public.skift;
\set VERBOSITY sqlstate
SELECT * FROM flis_due('infinity');
SELECT * FROM flis_due('10000-01-01');
\set VERBOSITY default
DROP TABLE public.til_juli, public.halve, public.kvarte, public.til_september, public.tom, public.ukraine, public.lukket, public.uger, public.kvartaler,
	public.halvaar, public.aar, public.ulaeselig;
DROP EXTENSION flis;
