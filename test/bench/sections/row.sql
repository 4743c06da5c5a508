/*
 * row.sql
 *		What a call costs a row, for the ways in which areas and days come.
 *
 * Variables: rows, rounds.
 */
SET client_min_messages = warning;
\ir ../facts.sql

CREATE UNLOGGED TABLE random_facts AS
SELECT (SELECT array_agg(area ORDER BY position) FROM flis_area WHERE position IS NOT NULL)
		   [1 + abs(hashint8(i)::bigint) % 17] AS area, d
FROM (SELECT row_number() OVER () AS i, d FROM facts) f;

CREATE UNLOGGED TABLE sorted_facts AS
SELECT text 'borger' AS area, d FROM facts ORDER BY d;

/* Keys too long for a page: one that is stored compressed, and one that is stored out of line. */
UPDATE flis_area
SET aliases = ARRAY[repeat('Borger i kommunen ', 200),
					(SELECT string_agg(md5(i::text), '') FROM generate_series(1, 100) i)]
WHERE area = 'borger';
CREATE UNLOGGED TABLE compressed_keys AS
SELECT aliases[1] AS area, d
FROM flis_area, (SELECT d FROM facts LIMIT :rows / 100) f WHERE flis_area.area = 'borger';
CREATE UNLOGGED TABLE external_keys AS
SELECT aliases[2] AS area, d
FROM flis_area, (SELECT d FROM facts LIMIT :rows / 100) f WHERE flis_area.area = 'borger';

CREATE UNLOGGED TABLE periods AS
SELECT to_char(d, 'YYYY-MM') AS iso, to_char(d, 'YYYY"M"MM') AS eurostat,
	   to_char(d, 'YYYYMMDD') AS day, to_char(d, 'YYYYMM')::integer AS number
FROM facts LIMIT :rows / 10;
VACUUM (ANALYZE, FREEZE) random_facts, sorted_facts, compressed_keys, external_keys, periods;

/* Views with a guard whose arguments are constant; all rows are as old as it allows. */
INSERT INTO flis_cube (cube, area, channel, period_column) VALUES ('public.facts', 'borger', 'dap', 'd');
DO $$ BEGIN PERFORM flis_guard('public.facts', 'public.guarded_today'); END $$;
CREATE VIEW guarded AS
SELECT * FROM facts WHERE d <= flis_data_through('borger', date '2035-11-10', 'dap');
CREATE VIEW guarded_once AS
SELECT * FROM facts WHERE d <= (SELECT flis_data_through('borger', date '2035-11-10', 'dap'));

INSERT INTO statement
SELECT 100 * i.place + e.place, i.name, e.name,
	   format('SELECT count(area), count(%s) FROM %I', e.expression, i.source), i.n
FROM (VALUES
		(1, 'constant area, random days', 'facts', :rows, '{0,1,2,3,4,6}'::integer[]),
		(2, '17 areas in turn, random days', 'facts', :rows, '{0,1,2,3,5,7,8,9,10,11,12}'),
		(3, 'random areas, random days', 'random_facts', :rows, '{0,1,2,5}'),
		(4, 'one area, sorted days', 'sorted_facts', :rows, '{0,1,2,5}'),
		(5, 'compressed key of 3,600 bytes', 'compressed_keys', :rows / 100, '{0,13,2,5}'),
		(6, 'key of 3,200 bytes out of line', 'external_keys', :rows / 100, '{0,13,2,5}')
	 ) AS i (place, name, source, n, expressions),
	 (VALUES
		(0, 'bare scan', 'd'),
		(1, 'limit: a C function that returns d', 'bench_limit(area, d)'),
		(2, 'date_trunc(''month'', d)', 'date_trunc(''month'', d)'),
		(3, 'date_trunc(''month'', d::timestamp)', 'date_trunc(''month'', d::timestamp)'),
		(4, 'flis_data_through(''borger'', d)', 'flis_data_through(''borger'', d)'),
		(5, 'flis_data_through(area, d)', 'flis_data_through(area, d)'),
		(6, 'flis_data_through(''borger'', d, ''dap'')', 'flis_data_through(''borger'', d, ''dap'')'),
		(7, 'flis_expected_through(area, d)', 'flis_expected_through(area, d)'),
		(8, 'flis_next_release(area, d)', 'flis_next_release(area, d)'),
		(9, 'flis_is_available(area, d - 60, d)', 'flis_is_available(area, d - 60, d)'),
		(10, 'flis_release_of(area, d)', 'flis_release_of(area, d)'),
		(11, 'flis_release_window(area, d)', 'flis_release_window(area, d)'),
		(12, 'flis_common_through(''{borger,dream}'', d)', 'flis_common_through(''{borger,dream}'', d)'),
		(13, 'limit: a C function that fetches the key', 'bench_limit_detoasted(area, d)')
	 ) AS e (place, name, expression)
WHERE e.place = ANY (i.expressions);

INSERT INTO statement
SELECT 700 + place, 'a guard with constant arguments', name, 'SELECT count(*) FROM ' || source, :rows
FROM (VALUES
		(0, 'bare scan', 'facts'),
		(1, 'd <= literal', 'facts WHERE d <= date ''2035-09-30'''),
		(2, 'date_trunc of a constant day', 'facts WHERE d <= date_trunc(''month'', date ''2035-11-10'')'),
		(3, 'flis_data_through in a view', 'guarded'),
		(4, '(SELECT flis_data_through) in a view', 'guarded_once'),
		(5, 'flis_is_available(''borger'', d, …)',
			'facts WHERE flis_is_available(''borger'', d, date ''2035-11-10'')'),
		(6, 'flis_guard''s view', 'guarded_today')
	 ) AS v (place, name, source);

INSERT INTO statement
SELECT 800 + place, 'period as ' || input, name, format('SELECT count(%s) FROM periods', expression),
	   :rows / 10
FROM (VALUES
		(0, 'text 2025-04', 'bare scan', 'iso'),
		(1, 'text 2025-04', 'flis_period_end', 'flis_period_end(iso)'),
		(2, 'text 2025-04', 'to_date and a month more',
			'(to_date(iso, ''YYYY-MM'') + interval ''1 month - 1 day'')::date'),
		(10, 'text 2025M04', 'bare scan', 'eurostat'),
		(11, 'text 2025M04', 'flis_period_end', 'flis_period_end(eurostat)'),
		(20, 'text 20250430', 'bare scan', 'day'),
		(21, 'text 20250430', 'flis_period_end', 'flis_period_end(day)'),
		(22, 'text 20250430', 'cast to date', 'day::date'),
		(30, 'integer 202504', 'bare scan', 'number'),
		(31, 'integer 202504', 'flis_period_end', 'flis_period_end(number)'),
		(32, 'integer 202504', 'make_date and a month more',
			'(make_date(number / 100, number % 100, 1) + interval ''1 month - 1 day'')::date')
	 ) AS v (place, input, name, expression);

CALL measure(:rounds);

SELECT input, name, round(ms::numeric, 1) AS "median, ms",
	   round(above::numeric, 1) AS "above the bare scan, ns a row",
	   round(of_date_trunc::numeric, 2) AS "of date_trunc",
	   round(beyond_limit::numeric, 1) AS "beyond the limit, ns"
FROM cost ORDER BY place;

INSERT INTO bar
SELECT place, input || ': ' || name, above, 'ns a row above the bare scan'
FROM cost WHERE place / 100 <= 4 AND place % 100 <> 0;
