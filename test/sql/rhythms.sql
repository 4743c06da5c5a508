-- Rules by the week, quarter and half-year, and windows of a rule's own: which cycle carries which
-- period, and on which day it is out.  Every answer is worked out by hand; the reason stands beside it.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';
INSERT INTO flis_area (area, name, position) VALUES ('uge', 'Uge', 101), ('kvartal', 'Kvartal', 102), ('halv', 'Halv', 103), ('egen', 'Egen', 104);

/*
 * By the week: cycles from Monday to Sunday, out on their Wednesday, without a lag.
 */
INSERT INTO flis_rule (area, valid_from, frequency, lag, opens_day, closes_day) VALUES ('uge', '2020-01-01', 'WEEKLY', 0, 2, 3);

-- 2025 begins on a Wednesday.  Its week 1 is that from Monday 30 December 2024: the cycle of that day is
-- out on 1 January 2025 and carries 2024-W52, which ended on Sunday 29 December.
SELECT flis_data_through('uge', '2024-12-31') AS before, flis_data_through('uge', '2025-01-01') AS "1 January",
	   flis_data_through('uge', '2025-01-07') AS "7 January", flis_data_through('uge', '2025-01-08') AS "8 January",
	   flis_next_release('uge', '2024-12-31') AS next, flis_next_release('uge', '2025-01-01') AS "next after";
SELECT flis_release_window('uge', '2025-01-03') AS window, flis_release_window('uge', '2025-01-06', 'udlaesning') AS extract;

-- 2026 has 53 weeks.  W53 is 28 December to 3 January, which the cycle of 4 January 2027 carries, out on
-- the 6th; until then W52 shows, which ended on 27 December and came on the 30th.
SELECT day, flis_data_through('uge', day) AS through
FROM unnest('{2026-12-29,2026-12-30,2027-01-03,2027-01-05,2027-01-06,2027-01-12,2027-01-13}'::date[]) day;
SELECT flis_release_of('uge', '2026-12-31') AS "W53", flis_release_of('uge', '2027-01-03') AS "its Sunday",
	   flis_release_of('uge', '2027-01-04') AS "W01";
SELECT cycle, reference_period, data_through, window_opens, window_closes, date_status, timeliness_days
FROM flis_release_calendar('2026-12-20', '2027-01-10') WHERE area = 'uge';
-- 2020, too, had 53.
SELECT flis_data_through('uge', '2021-01-05') AS "W52", flis_data_through('uge', '2021-01-06') AS "W53";

-- Before the first cycle nothing is expected.  The rule is in force from Wednesday 1 January 2020, and so
-- from the cycle of Monday the 6th, which is out on the 8th.
SELECT flis_data_through('uge', '2020-01-07') AS none, flis_data_through('uge', '2020-01-08') AS first;

-- A version with a lag of two weeks, from a Thursday: the next Monday, 10 November 2025, begins its first
-- cycle, which carries W43 (45 - 2), to 26 October.  W44, to 2 November, came on the 5th, and stays.
-- W45 ends on 9 November: the cycle of the 24th carries it, out on the 26th.
INSERT INTO flis_rule (area, valid_from, frequency, lag, opens_day, closes_day) VALUES ('uge', '2025-11-06', 'WEEKLY', 2, 1, 3);
SELECT flis_data_through('uge', '2025-11-05') AS "5th", flis_data_through('uge', '2025-11-12') AS "12th",
	   flis_data_through('uge', '2025-11-19') AS "19th", flis_data_through('uge', '2025-11-25') AS "25th",
	   flis_data_through('uge', '2025-11-26') AS "26th",
	   flis_release_window('uge', '2025-11-09') AS "window before", flis_release_window('uge', '2025-11-10') AS window;
DELETE FROM flis_rule WHERE area = 'uge' AND valid_from = '2025-11-06';

-- Business days: 1 January 2025 is a holiday, and 25 and 26 December 2025 are, Thursday and Friday.
UPDATE flis_rule SET business_day = 'following' WHERE area = 'uge';
SELECT flis_next_release('uge', '2024-12-31') AS following;
UPDATE flis_rule SET business_day = 'preceding' WHERE area = 'uge';
SELECT flis_next_release('uge', '2024-12-30') AS preceding;
UPDATE flis_rule SET business_day = 'following', opens_day = 4, closes_day = 4 WHERE area = 'uge';
SELECT flis_release_window('uge', '2025-12-22') AS "25 December";
UPDATE flis_rule SET business_day = 'none', opens_day = 2, closes_day = 3 WHERE area = 'uge';

-- A deck of Wednesday 8 January 2025 shows W52, a week behind W01, and so it stays: on the 15th the rule
-- has W02, to the 12th, and the area W01, to the 5th.
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-01-08', 'uge', '2024-12-29');
SELECT flis_data_through('uge', '2025-01-08') AS published, flis_data_through('uge', '2025-01-14') AS "14th",
	   flis_data_through('uge', '2025-01-15') AS "15th",
	   (SELECT periods_ahead FROM flis_coverage('2025-01-10') WHERE area = 'uge') AS ahead;
DELETE FROM flis_status;

-- One release is put off, the next is cancelled: W19 of 2025, of the cycle of 12 May, comes on Friday the
-- 16th; W20 does not come on the 21st, but with W21 on the 28th.
SELECT area, cycle, planned_on FROM flis_postpone_release('uge', 'datapakke', '2025-05-12', '2025-05-16', 'Senere');
INSERT INTO flis_release (area, cycle, cancelled) VALUES ('uge', '2025-05-19', true);
SELECT day, flis_data_through('uge', day) AS through, flis_next_release('uge', day) AS next
FROM unnest('{2025-05-14,2025-05-15,2025-05-16,2025-05-21,2025-05-27,2025-05-28}'::date[]) day;
SELECT flis_release_of('uge', '2025-05-14') AS "W20";
DELETE FROM flis_release;

/*
 * By the quarter: in its channel's days from the quarter's first, then in days of its own.
 */
INSERT INTO flis_rule (area, valid_from, frequency, lag) VALUES ('kvartal', '2020-01-01', 'QUARTERLY', 0);

-- The cycle of January 2026 carries the fourth quarter of 2025, that of April the first of 2026.
SELECT day, flis_data_through('kvartal', day) AS through, flis_next_release('kvartal', day) AS next
FROM unnest('{2026-01-09,2026-01-10,2026-04-09,2026-04-10}'::date[]) day;
SELECT flis_data_through('kvartal', '2026-01-01', 'udlaesning') AS extract,
	   flis_release_window('kvartal', '2026-03-31') AS "window of January",
	   flis_release_of('kvartal', '2025-11-05') AS "fourth quarter";
-- A lag of one quarter: January carries the third quarter; with 4 it is that of a year before.
UPDATE flis_rule SET lag = 1 WHERE area = 'kvartal';
SELECT flis_data_through('kvartal', '2026-01-10') AS "lag 1", flis_release_of('kvartal', '2025-11-05') AS "fourth quarter";
UPDATE flis_rule SET lag = 4 WHERE area = 'kvartal';
SELECT flis_data_through('kvartal', '2026-01-10') AS "lag 4";
-- Days 40 to 45 of the quarter, in every channel: 9 to 14 February, 10 to 15 May, 9 to 14 August and
-- November.
UPDATE flis_rule SET lag = 0, opens_day = 40, closes_day = 45 WHERE area = 'kvartal';
SELECT cycle, window_opens, window_closes, reference_period, data_through
FROM flis_release_calendar('2026-01-01', '2026-12-31', 'udlaesning') WHERE area = 'kvartal';
SELECT flis_data_through('kvartal', '2026-02-13') AS before, flis_data_through('kvartal', '2026-02-14') AS on,
	   flis_data_through('kvartal', '2026-02-14', 'udlaesning') AS extract;
-- Two to three weeks before that.
UPDATE flis_rule SET early_min_days = 14, early_max_days = 21 WHERE area = 'kvartal';
SELECT flis_release_window('kvartal', '2026-02-01') AS early;
UPDATE flis_rule SET early_min_days = 0, early_max_days = 0 WHERE area = 'kvartal';
-- The last day that a quarter can have: the first has 90 days, so its 92nd is 2 April.
UPDATE flis_rule SET opens_day = 92, closes_day = 92 WHERE area = 'kvartal';
SELECT flis_release_window('kvartal', '2026-01-01') AS first, flis_release_window('kvartal', '2026-07-01') AS third;
UPDATE flis_rule SET opens_day = NULL, closes_day = NULL WHERE area = 'kvartal';

/*
 * By the half-year: January carries the second half of the year before, July the first of its own.
 */
INSERT INTO flis_rule (area, valid_from, frequency, lag) VALUES ('halv', '2020-01-01', 'ANNUAL_2', 0);
SELECT day, flis_data_through('halv', day) AS through, flis_next_release('halv', day) AS next
FROM unnest('{2025-07-09,2025-07-10,2026-01-09,2026-01-10}'::date[]) day;
SELECT flis_release_of('halv', '2025-07-01') AS "second half", flis_release_window('halv', '2025-12-31') AS "window of July";
UPDATE flis_rule SET lag = 1, opens_day = 60, closes_day = 184 WHERE area = 'halv';
-- Day 60 of January's cycle is 1 March, its 184th is 3 July; of July's 29 August and 31 December.
SELECT cycle, window_opens, window_closes, data_through FROM flis_release_calendar('2026-01-01', '2026-12-31') WHERE area = 'halv';
UPDATE flis_rule SET lag = 0, opens_day = NULL, closes_day = NULL WHERE area = 'halv';

/*
 * Days of its own of a monthly and of an annual rule.
 */
INSERT INTO flis_rule (area, valid_from, opens_day, closes_day) VALUES ('egen', '2020-01-01', 20, 25);
SELECT flis_data_through('egen', '2025-11-24') AS before, flis_data_through('egen', '2025-11-25') AS on,
	   flis_data_through('egen', '2025-11-24', 'udlaesning') AS "extract before",
	   flis_release_window('egen', '2025-11-01') AS window, flis_next_release('egen', '2025-11-25') AS next;
-- In a month without a 31st the last day is one of the next month: 3 March 2025.
UPDATE flis_rule SET opens_day = 31, closes_day = 31 WHERE area = 'egen';
SELECT flis_release_window('egen', '2025-02-01') AS february, flis_next_release('egen', '2025-03-03') AS march;
UPDATE flis_rule SET frequency = 'ANNUAL', release_month = 3, lag = 0, opens_day = 15, closes_day = 366 WHERE area = 'egen';
SELECT flis_release_window('egen', '2026-03-01') AS "March to February", flis_data_through('egen', '2026-02-27') AS before,
	   flis_data_through('egen', '2027-03-01') AS "2025";
UPDATE flis_rule SET frequency = 'MONTHLY', release_month = NULL, lag = 1, opens_day = 20, closes_day = 25 WHERE area = 'egen';

-- From one frequency to another: monthly until April 2026, quarterly from then on.  April's cycle carries
-- the first quarter; the monthly cycles reached January, in March.
INSERT INTO flis_rule (area, valid_from, frequency, lag) VALUES ('egen', '2026-04-01', 'QUARTERLY', 0);
SELECT flis_data_through('egen', '2026-03-25') AS march, flis_data_through('egen', '2026-04-10') AS april,
	   flis_data_through('egen', '2026-07-09') AS "until July", flis_data_through('egen', '2026-07-10') AS july;
DELETE FROM flis_rule WHERE area = 'egen' AND valid_from = '2026-04-01';

-- Recorded for all areas of a channel are those that follow its own window: 1 December 2025 is a Monday and
-- begins a week, but that comes on days of its own; a quarter does not begin.
SELECT count(*) FILTER (WHERE area = 'borger') AS borger, count(*) FILTER (WHERE area IN ('uge', 'egen', 'kvartal')) AS own
FROM flis_record_release('datapakke', '2025-12-01', '2025-12-09');
SELECT area FROM flis_record_release('datapakke', '2026-01-01', '2026-01-09') WHERE area IN ('uge', 'egen', 'kvartal', 'halv') ORDER BY 1;
DELETE FROM flis_release;

/*
 * What people read.
 */
SELECT area, frequency, expected, data_through FROM flis_coverage('2027-01-06') WHERE area IN ('uge', 'kvartal', 'halv', 'egen') ORDER BY 1;
SELECT area_name, frequency, data_through FROM flis_overview('2027-01-06') WHERE area_name IN ('Uge', 'Kvartal', 'Halv', 'Egen');
SELECT area,
	   flis_explain(area, '2027-01-06') LIKE '%' || frequency || '%' AS frequency,
	   flis_explain(area, '2027-01-06') LIKE '%' || period || '%' AS period,
	   flis_explain(area, '2027-01-06') LIKE '%' || cycle || '%' AS cycle,
	   flis_explain(area, '2027-01-06', 'datapakke', 'en') LIKE '%' || english || '%' AS english
FROM (VALUES ('uge', 'ugentligt', 'uge 53 2026', 'uge 1 2027', 'week 53 of 2026'),
			 ('kvartal', 'kvartalsvis', '3. kvartal 2026', '4. kvartal 2026', 'Q3 2026'),
			 ('halv', 'halvårligt', '1. halvår 2026', '2. halvår 2026', 'H1 2026'))
	 v (area, frequency, period, cycle, english);
SELECT code, danish, english FROM flis_label WHERE kind = 'frequency';
SELECT area, dataset #>> '{dct:accrualPeriodicity,@id}' AS frequency FROM flis_dcat_dataset('2027-01-06')
WHERE area IN ('uge', 'kvartal', 'halv') ORDER BY 1;
SELECT o.area, p ->> 'value' AS every, p ->> 'unit' AS unit
FROM flis_odcs_sla('2027-01-06') o, jsonb_array_elements(sla_properties) p
WHERE o.area IN ('uge', 'kvartal', 'halv') AND channel = 'datapakke' AND p ->> 'property' = 'frequency' ORDER BY 1;

/*
 * Fact tables: dates by the area's own periods, and periods as Statistics Denmark writes them.
 */
CREATE TABLE public.ugedag (dag date);
INSERT INTO public.ugedag SELECT generate_series('2026-11-02', '2027-01-03', interval '1 day');
CREATE TABLE public.ugetal (uge text);
INSERT INTO public.ugetal SELECT to_char(d, 'IYYY"U"IW') FROM generate_series('2026-11-02', '2026-12-27', interval '1 week') d;
CREATE TABLE public.kvartaltal (kvartal text);
INSERT INTO public.kvartaltal SELECT to_char(d, 'YYYY"K"Q') FROM generate_series('2025-01-01', '2026-09-30', interval '3 months') d;
CREATE TABLE public.halvtal (halvaar text);
INSERT INTO public.halvtal VALUES ('2025H1'), ('2025H2'), ('2026H1');
INSERT INTO flis_cube (cube, area, period_column) VALUES ('public.ugedag', 'uge', 'dag'), ('public.ugetal', 'uge', 'uge'),
	('public.kvartaltal', 'kvartal', 'kvartal'), ('public.halvtal', 'halv', 'halvaar');
-- On 6 January 2027, a Wednesday, W53 is due: the days have it, the weeks end with W52.
SELECT cube, newest_period, data_through, verdict FROM flis_check_cubes('2027-01-06') ORDER BY cube;
SELECT cube, newest_period, data_through, verdict FROM flis_check_cubes('2027-01-10') ORDER BY cube;
SELECT flis_guard('public.ugetal', 'public.ugetal_vist'), flis_guard('public.kvartaltal', 'public.kvartaltal_vist');
SELECT flis_period_like('2027-01-03', '2025U18') AS week, flis_period_like('2026-12-31', '2025K2') AS quarter,
	   flis_period_like('2026-12-30', '2025H1') AS half;
DROP TABLE public.ugedag, public.ugetal, public.kvartaltal, public.halvtal CASCADE;

/*
 * What is no rule.
 */
CREATE FUNCTION refused(settings text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	name text;
BEGIN
	EXECUTE 'UPDATE flis_rule SET ' || settings || ' WHERE area = ''egen''';
	RETURN 'taken';
EXCEPTION WHEN check_violation THEN
	GET STACKED DIAGNOSTICS name = CONSTRAINT_NAME;
	RETURN name;
END
$$;
SELECT settings, refused(settings) FROM unnest(ARRAY[
	$$frequency = 'WEEKLY', opens_day = NULL, closes_day = NULL$$, $$frequency = 'WEEKLY', opens_day = 1, closes_day = 8$$,
	$$opens_day = NULL$$, $$closes_day = NULL$$, $$opens_day = 0$$, $$opens_day = 26$$, $$closes_day = 32$$,
	$$frequency = 'QUARTERLY', closes_day = 93$$, $$frequency = 'ANNUAL_2', closes_day = 185$$,
	$$frequency = 'ANNUAL', closes_day = 367$$, $$frequency = 'DAILY'$$, $$frequency = 'QUARTERLY', release_month = 1$$,
	$$frequency = 'FORTNIGHTLY', opens_day = NULL, closes_day = NULL$$]) settings;
DROP FUNCTION refused;
-- From monthly, without lag, to daily with 33 days: on 5 June 2025 that is 3 May, on the 9th 7 May; the cycle of
-- June began before and brings all of May on the 10th.
BEGIN;
INSERT INTO flis_area (area, name) VALUES ('daily', 'Daily');
INSERT INTO flis_rule (area, valid_from, frequency, lag) VALUES ('daily', '2020-01-01', 'MONTHLY', 0), ('daily', '2025-06-05', 'DAILY', 32);
SELECT day::date, flis_expected_through('daily', day::date) FROM generate_series(timestamp '2025-06-04', '2025-06-11', '1 day') day;
ROLLBACK;
DROP EXTENSION flis;
