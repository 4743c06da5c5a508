/*
 * demo.sql
 *		What an analyst asks; run by test/demo, with the warehouse's script in the variable
 *		warehouse_file and the status page's file in page_file; the deck's is in the environment's FLIS_DECK.
 *
 * Each statement is shown above its answer, and all fits 80 columns.
 */
\set QUIET on
\set ON_ERROR_STOP on
\pset footer off
\pset linestyle unicode
\pset null '–'
SET datestyle = 'ISO';
SET client_min_messages = warning;
\set ECHO queries

\echo '1. The extension brings areas, rules, channels and municipalities.'
\echo
CREATE EXTENSION flis;
SELECT (SELECT count(*) FROM flis_area) AS areas,
       (SELECT count(*) FROM flis_rule) AS rules,
       (SELECT count(*) FROM flis_channel) AS channels,
       (SELECT count(*) FROM flis_municipality) AS municipalities;

\echo '2. A warehouse with invented figures: three flat tables, and a star whose facts'
\echo '   hold surrogate keys of the period and the municipality.'
\echo
\set ECHO none
\i :warehouse_file
\set ECHO queries
SELECT f."DimTid", t."Dato"::date, f."DimKommune", k."Kommunenavn",
       f."Personalegruppe", f."Årsværk"
FROM "Personale"."FactFravær" f
     JOIN "Generel"."DimTid" t ON t."DimTidID" = f."DimTid"
     JOIN "Generel"."DimKommune" k ON k."DimKommuneID" = f."DimKommune"
WHERE k."Kommunenavn" = 'Odense' AND t."Dato" = '2025-02-01'
ORDER BY f."Personalegruppe" COLLATE "C"
LIMIT 2;

\echo '3. The rules alone, with the deck''s own examples: November shows September,'
\echo '   KRL and DREAM June.'
\echo
SELECT area, flis_expected_through(area, '2025-11-10')
FROM unnest(ARRAY['borger', 'krl_personale', 'dream']) AS area;

\echo '4. The status deck of 30 June 2025, the text that a PDF program leaves, becomes'
\echo '   rows.'
\echo
\set deck `cat "$FLIS_DECK"`
-- Written out, since psql would show the whole deck in place of :'deck'.
\set ECHO none
\echo '\\set deck `cat status.txt`'
\echo 'SELECT count(*) AS "rows read", count(data_through) AS "with a month",'
\echo '       string_agg(area, \', \' ORDER BY area)'
\echo '           FILTER (WHERE state <> \'on_schedule\') AS "not on schedule"'
\echo 'FROM flis_import_overview(:\'deck\', 2025);'
SELECT count(*) AS "rows read", count(data_through) AS "with a month",
       string_agg(area, ', ' ORDER BY area)
           FILTER (WHERE state <> 'on_schedule') AS "not on schedule"
FROM flis_import_overview(:'deck', 2025);
\set ECHO queries

\echo '5. A trend as it should not be: half of May has been loaded, and the curve'
\echo '   falls. One condition ends it at the last month that is covered.'
\echo
SELECT to_char(month, 'YYYY-MM') AS month, sum(inhabitants) AS inhabitants,
       count(DISTINCT municipality) AS municipalities
FROM warehouse.borger
WHERE month >= '2025-02-01'
GROUP BY month ORDER BY month;
SELECT to_char(month, 'YYYY-MM') AS month, sum(inhabitants) AS inhabitants,
       count(DISTINCT municipality) AS municipalities
FROM warehouse.borger
WHERE month >= '2025-02-01' AND flis_is_available('borger', month, '2025-06-30')
GROUP BY month ORDER BY month;

\echo '6. Or once for all: a view over the table that ends where its data may be shown,'
\echo '   and a calendar that a key figure reads in place of the time dimension.'
\echo
CREATE SCHEMA reports;
SELECT flis_guard('warehouse.borger', 'reports.trend');
SELECT flis_guard_calendar('"Generel"."DimTid"', 'Dato',
                           '{borger,krl_personale}', 'reports.days');
SELECT max(t."Dato")::date = flis_common_through('{borger,krl_personale}')
           AS "the calendar ends where both may be shown"
FROM reports.days t;

\echo '7. "May I show this month?" A month is named by its last day; DFDG is closed, so'
\echo '   nobody can say.'
\echo
SELECT area, period, flis_is_available(area, period, '2025-06-30')
FROM (VALUES ('borger', date '2025-04-30'), ('borger', '2025-05-31'),
             ('krl_personale', '2025-04-30'), ('dfdg', '2025-04-30'))
     AS q (area, period);

\echo '8. What comes next, seen from 30 June 2025; all areas are in flis_coverage.'
\echo
SELECT name, data_through, basis, next_release
FROM flis_coverage('2025-06-30')
WHERE area IN ('borger', 'krl_personale', 'dfdg', 'dream', 'stil', 'ukraine')
ORDER BY next_release, name COLLATE "C";

\echo '9. And why: KRL on 10 July 2025, in words.'
\echo
\t on
\pset format unaligned
\o |fold -s -w 78 | sed 's/ *$//'
SELECT flis_explain('krl_personale', '2025-07-10', language => 'en');
\o
\echo
\pset format aligned
\t off

\echo '10. July''s data packages are postponed, in one statement; the DAP cubes follow'
\echo '    them by two days.'
\echo
SELECT count(*) AS postponed, min(planned_on) AS until, max(note) AS why
FROM flis_postpone_release('datapakke', '2025-07-01', '2025-07-16',
                           'New version');
SELECT channel, flis_next_release('oekonomi', '2025-06-30', channel)
FROM flis_channel ORDER BY position;

\echo '11. What the cubes hold on 30 June 2025, beside what they should hold: half of'
\echo '    Borger''s May is there.'
\echo
SELECT cube, newest_period, data_through, verdict
FROM flis_check_cubes('2025-06-30');

\echo '12. Who is missing in May, by region.'
\echo
SELECT r.name AS region, count(*) AS municipalities,
       count(*) FILTER (WHERE reported) AS reported,
       count(*) FILTER (WHERE missing) AS missing
FROM flis_reporting('warehouse.borger', '2025-05-01', '2025-06-30')
     JOIN flis_municipality USING (municipality)
     JOIN (VALUES (1081, 'Nordjylland'), (1082, 'Midtjylland'),
                  (1083, 'Syddanmark'), (1084, 'Hovedstaden'),
                  (1085, 'Sjælland')) AS r (region, name) USING (region)
GROUP BY r.name ORDER BY r.name;

\echo '13. All of that as a page for a browser, in one file.'
\echo
\t on
\pset format unaligned
\o :page_file
SELECT flis_status_page('2025-06-30', 'da');
\o
\pset format aligned
\t off
