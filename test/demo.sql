/*
 * demo.sql
 *		What an analyst asks; run by test/demo, with the warehouse's script in the variable
 *		warehouse_file and the status page's file in page_file; the deck's is in the environment's FLIS_DECK.
 */
\set QUIET on
\set ON_ERROR_STOP on
\pset footer off
\pset border 2
\pset linestyle unicode
\pset null '–'
SET datestyle = 'ISO';
SET client_min_messages = warning;

\echo '1. The extension: rules, channels, areas and municipalities come with it.'
\echo
CREATE EXTENSION flis;
SELECT (SELECT count(*) FROM flis_area) AS areas, (SELECT count(*) FROM flis_rule) AS rules,
	   (SELECT count(*) FROM flis_channel) AS channels,
	   (SELECT count(*) FROM flis_municipality) AS municipalities;

\echo
\echo '2. A warehouse with invented figures: four fact tables that write the period in four ways.'
\echo
\i :warehouse_file
SELECT 'borger' AS "table", count(*) AS rows, max(month)::text AS "period, as written",
	   (max(month) + interval '1 month' - interval '1 day')::date AS "its last day"
FROM warehouse.borger
UNION ALL
SELECT 'oekonomi', count(*), max(period)::text, flis_period_end(max(period)) FROM warehouse.oekonomi
UNION ALL
SELECT 'krl_personale', count(*), max(period), flis_period_end(max(period))
FROM warehouse.krl_personale
UNION ALL
SELECT 'dream', count(*), max(period)::text, flis_period_end(max(period)) FROM warehouse.dream
ORDER BY 1;

\echo
\echo '3. The rules alone, with the deck''s own examples: November shows September, KRL and DREAM June.'
\echo
SELECT area, flis_expected_through(area, '2025-11-10') AS "data through, on 10 November 2025"
FROM unnest(ARRAY['borger', 'krl_personale', 'dream']) AS area;

\echo
\echo '4. The status deck of 30 June 2025, the text that a PDF program leaves, becomes rows.'
\echo
\set deck `cat "$FLIS_DECK"`
CREATE TEMPORARY TABLE imported AS SELECT * FROM flis_import_overview(:'deck', 2025);
SELECT count(*) AS "rows read", count(data_through) AS "with a month",
	   count(*) FILTER (WHERE state = 'on_schedule') AS "on schedule",
	   string_agg(area, ', ' ORDER BY area) FILTER (WHERE state <> 'on_schedule') AS "not"
FROM imported;

\echo
\echo '5. The overview of that day, in Danish, long remarks cut. The view flis_oversigt is the same for today.'
\echo
SELECT area_name AS "Dataområde", frequency AS "Opdateringsfrekvens", data_through AS "Data t.o.m.",
	   regexp_replace(operation, '^(?=.{48})(.{0,44}) .*$', '\1 …') AS "Drift"
FROM flis_overview('2025-06-30', 'datapakke', 'da');

\echo
\echo '6. A trend as it should not be: half of May has been loaded, and the curve falls.'
\echo
SELECT to_char(month, 'YYYY-MM') AS month, sum(inhabitants) AS inhabitants,
	   count(DISTINCT municipality) AS municipalities
FROM warehouse.borger
WHERE month >= '2025-01-01'
GROUP BY month
ORDER BY month;
\echo
\echo '   The same with one more condition: it stops at the last month that is covered.'
\echo
SELECT to_char(month, 'YYYY-MM') AS month, sum(inhabitants) AS inhabitants,
	   count(DISTINCT municipality) AS municipalities
FROM warehouse.borger
WHERE month >= '2025-01-01' AND flis_is_available('borger', month, '2025-06-30')
GROUP BY month
ORDER BY month;

\echo
\echo '   Or once for all: a guarded view, which ends where the data reach today. So that this is April a'
\echo '   status of today says so, and is rolled back.'
\echo
CREATE SCHEMA reports;
BEGIN;
INSERT INTO flis_status (as_of, area, data_through) VALUES (CURRENT_DATE, 'borger', '2025-04-30');
SELECT flis_guard('warehouse.borger', 'reports.borger') AS "guarded view";
SELECT to_char(month, 'YYYY-MM') AS month, sum(t.inhabitants) AS "in the table",
	   sum(v.inhabitants) AS "in the guarded view"
FROM warehouse.borger t LEFT JOIN reports.borger v USING (month, municipality, age_group)
WHERE month >= '2025-01-01'
GROUP BY month
ORDER BY month;
ROLLBACK;
\echo
\echo '7. "May I show this month?" A month is named by its last day; DFDG is closed, so nobody can say.'
\echo
SELECT area, period, on_day AS "asked on", flis_is_available(area, period, on_day) AS available
FROM (VALUES ('borger', date '2025-04-30', date '2025-06-30'), ('borger', '2025-05-31', '2025-06-30'),
			 ('borger', '2025-05-31', '2025-07-10'), ('krl_personale', '2025-04-30', '2025-06-30'),
			 ('dfdg', '2025-04-30', '2025-06-30')) AS q (area, period, on_day);

\echo
\echo '8. Borger x KRL x DREAM: the last day that all three cover, and a query that ends there.'
\echo
SELECT flis_common_through('{borger,krl_personale,dream}', '2025-06-30') AS "common horizon";
WITH horizon AS (
	SELECT flis_common_through('{borger,krl_personale,dream}', '2025-06-30') AS through
), borger AS (
	SELECT month, sum(inhabitants) AS inhabitants FROM warehouse.borger GROUP BY month
), krl AS (
	SELECT flis_period_end(period) AS through, sum(absence_days) / sum(full_time_equivalents) AS absence
	FROM warehouse.krl_personale
	GROUP BY period
), dream AS (
	SELECT flis_period_end(period) AS through, sum(recipients) AS recipients
	FROM warehouse.dream
	GROUP BY period
)
SELECT to_char(month, 'YYYY-MM') AS month, inhabitants, round(absence, 2) AS "absence, days each",
	   round(1000.0 * recipients / inhabitants, 1) AS "benefits per 1000"
FROM borger
	 JOIN krl ON date_trunc('month', krl.through) = month
	 JOIN dream ON dream.through = krl.through
WHERE krl.through <= (SELECT through FROM horizon) AND month >= '2024-11-01'
ORDER BY month;

\echo
\echo '9. What comes next, seen from 30 June 2025; all areas are in flis_coverage.'
\echo
SELECT name, data_through AS "data through", basis, next_release AS "next release"
FROM flis_coverage('2025-06-30')
WHERE area IN ('borger', 'krl_personale', 'dfdg', 'dream', 'borger_flex', 'stil', 'ukraine')
ORDER BY next_release, name COLLATE "C";

\echo
\echo '10. And why: KRL on 10 July 2025, in words.'
\echo
\pset tuples_only on
\pset border 0
\pset format unaligned
SELECT flis_explain('krl_personale', '2025-07-10', 'datapakke', 'en') \g |fold -s -w 96
\echo
\pset tuples_only off
\pset border 2
\pset format aligned

\echo
\echo '11. The release log: June''s cubes came on the 13th, a day late; DREAM and Borger came early, and July''s'
\echo '    are postponed, all of them in one statement. Then the calendar says of each what is known.'
\echo
SELECT area, expected_on AS "expected", released_on AS "released", punctuality_days AS "days late"
FROM flis_record_release('dream', 'dap', '2025-06-01', '2025-05-27')
UNION ALL
SELECT area, expected_on, released_on, punctuality_days
FROM flis_record_release('borger', 'dap', '2025-06-01', '2025-06-11')
UNION ALL
SELECT 'others: ' || count(*), min(expected_on), min(released_on), min(punctuality_days)
FROM flis_record_release('dap', '2025-06-01', '2025-06-13');
SELECT count(*) AS "postponed", min(planned_on) AS "planned", min(note) AS "why"
FROM flis_postpone_release('dap', '2025-07-01', '2025-07-16', 'New version');
SELECT area, cycle, data_through AS "data through", expected_on AS "expected", released_on AS "released",
	   date_status AS "status", punctuality_days AS "punctuality", timeliness_days AS "timeliness"
FROM flis_release_calendar('2025-05-20', '2025-08-31', 'dap')
WHERE area IN ('borger', 'krl_personale', 'dream');

\echo
\echo '12. How punctually the cubes came, over their 12 newest recorded cycles; negative is early.'
\echo
SELECT name, releases, median_days AS "median", worst_days AS "worst", share_on_time AS "share on time"
FROM flis_punctuality
WHERE channel = 'dap' AND area IN ('borger', 'krl_personale', 'dream')
ORDER BY median_days, area;

\echo
\echo '13. The same as a calendar to subscribe to from Outlook and others; one event of it.'
\echo
\pset tuples_only on
\pset border 0
\pset format unaligned
SELECT flis_release_ics('2025-07-16', '2025-07-16', '{krl_personale}', channel => 'dap') \g |tr -d '\r' |sed -n '/^BEGIN:VEVENT/,/^END:VEVENT/p'
\echo
\pset tuples_only off
\pset border 2
\pset format aligned

\echo
\echo '14. What the fact tables hold on 30 June 2025, beside what they should: half of Borger''s May is there.'
\echo
SELECT cube, measured_through AS "measured through", newest_period AS "newest", data_through AS "data through",
	   verdict, reason
FROM flis_check_cubes('2025-06-30');

\echo
\echo '15. Who is missing in May, by region; and in VH Dragør and Vallensbæk are waived.'
\echo
SELECT region, count(*) AS municipalities, count(*) FILTER (WHERE reported) AS reported,
	   count(*) FILTER (WHERE missing) AS missing
FROM flis_reporting('warehouse.borger', '2025-05-01', '2025-06-30')
	 JOIN flis_municipality USING (municipality)
GROUP BY region
ORDER BY region;
SELECT area, municipality, name, reason FROM flis_waiver JOIN flis_municipality USING (municipality);

\echo
\echo '16. All of that as a page for a browser, in one file; with --keep it stays.'
\echo
\pset tuples_only on
\pset format unaligned
\o :page_file
SELECT flis_status_page('2025-06-30', 'da');
\o
\echo :page_file
