/*
 * against.sql
 *		flis_data_through next to what one would write instead, and the calendar's functions next to
 *		orafce's.
 *
 * Variables: rows, rounds.
 */
SET client_min_messages = warning;
\ir ../facts.sql

/* The slow ones get fewer rows. */
CREATE UNLOGGED TABLE few_facts AS SELECT * FROM facts LIMIT :rows / 30;

/* The answers prepared, a row an area and day. */
CREATE UNLOGGED TABLE calendar AS
SELECT area, day, flis_data_through(area, day) AS through
FROM (SELECT area FROM flis_area WHERE position IS NOT NULL) a,
	 (SELECT date '2015-07-01' + n AS day FROM generate_series(0, 3652) n) d;
CREATE UNIQUE INDEX ON calendar (area, day);

/*
 * The rules alone, without releases, status or business days, for monthly areas.  A cycle is out on
 * its first day + closes_day - 1 - early_min_days, so the newest one begins the month of the day that
 * lies as far back.
 */
CREATE FUNCTION through_sql(wanted text, on_day date) RETURNS date
	LANGUAGE SQL STABLE STRICT PARALLEL SAFE AS $$
SELECT (date_trunc('month', (on_day - (c.closes_day - 1) + r.early_min_days)::timestamp)
		- r.lag * interval '1 month' - interval '1 day')::date
FROM flis_rule r, flis_channel c
WHERE r.area = wanted AND r.valid_from <= on_day AND NOT r.retired
	  AND c.channel = 'datapakke' AND c.valid_from <= on_day AND NOT c.retired
ORDER BY r.valid_from DESC, c.valid_from DESC
LIMIT 1
$$;

CREATE FUNCTION through_plpgsql(wanted text, on_day date) RETURNS date
	LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
	closes integer;
	early integer;
	skipped integer;
BEGIN
	SELECT c.closes_day INTO closes
	FROM flis_channel c
	WHERE c.channel = 'datapakke' AND c.valid_from <= on_day AND NOT c.retired
	ORDER BY c.valid_from DESC LIMIT 1;
	SELECT r.early_min_days, r.lag INTO early, skipped
	FROM flis_rule r
	WHERE r.area = wanted AND r.valid_from <= on_day AND NOT r.retired
	ORDER BY r.valid_from DESC LIMIT 1;
	RETURN (date_trunc('month', (on_day - (closes - 1) + early)::timestamp)
			- skipped * interval '1 month' - interval '1 day')::date;
END
$$;

CREATE VIEW through_lateral AS
SELECT f.area, f.d,
	   (date_trunc('month', (f.d - (c.closes_day - 1) + r.early_min_days)::timestamp)
		- r.lag * interval '1 month' - interval '1 day')::date AS through
FROM few_facts f
	 LEFT JOIN LATERAL (SELECT closes_day FROM flis_channel
						WHERE channel = 'datapakke' AND valid_from <= f.d AND NOT retired
						ORDER BY valid_from DESC LIMIT 1) c ON true
	 LEFT JOIN LATERAL (SELECT early_min_days, lag FROM flis_rule
						WHERE area = f.area AND valid_from <= f.d AND NOT retired
						ORDER BY valid_from DESC LIMIT 1) r ON true;
VACUUM (ANALYZE, FREEZE) few_facts, calendar;

/* They must agree, or the comparison is of different things. */
DO $$
DECLARE
	different bigint;
BEGIN
	SELECT count(*) INTO different
	FROM (SELECT * FROM through_lateral LIMIT 2000) f
		 LEFT JOIN calendar c ON c.area = f.area AND c.day = f.d
	WHERE flis_data_through(f.area, d) IS DISTINCT FROM c.through
		  OR flis_expected_through(f.area, d) IS DISTINCT FROM f.through
		  OR flis_expected_through(f.area, d) IS DISTINCT FROM through_sql(f.area, d)
		  OR flis_expected_through(f.area, d) IS DISTINCT FROM through_plpgsql(f.area, d);
	IF different > 0 THEN
		RAISE EXCEPTION '% of 2000 rows have different answers', different;
	END IF;
END
$$;

SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'orafce') AS has_orafce \gset

INSERT INTO statement
SELECT place, 'a row', name, 'SELECT count(f.area), count(' || expression || ') FROM ' || source, n
FROM (VALUES
		(0, 'bare scan', 'd', 'facts f', :rows),
		(1, 'limit: a C function that returns d', 'bench_limit(area, d)', 'facts f', :rows),
		(2, 'date_trunc(''month'', d)', 'date_trunc(''month'', d)', 'facts f', :rows),
		(3, 'date_trunc(''month'', d::timestamp)', 'date_trunc(''month'', d::timestamp)', 'facts f',
			:rows),
		(4, 'flis_data_through(area, d)', 'flis_data_through(area, d)', 'facts f', :rows),
		(5, 'join with a prepared calendar', 'through',
			'facts f LEFT JOIN calendar c ON c.area = f.area AND c.day = f.d', :rows)
	 ) AS v (place, name, expression, source, n);
INSERT INTO statement
SELECT place, 'a row, few rows', name,
	   'SELECT count(f.area), count(' || expression || ') FROM ' || source, :rows / 30
FROM (VALUES
		(10, 'bare scan', 'd', 'few_facts f'),
		(11, 'date_trunc(''month'', d)', 'date_trunc(''month'', d)', 'few_facts f'),
		(12, 'flis_expected_through(area, d)', 'flis_expected_through(area, d)', 'few_facts f'),
		(13, 'LATERAL over rules and channels', 'through', 'through_lateral f'),
		(14, 'SQL function, rules alone', 'through_sql(area, d)', 'few_facts f'),
		(15, 'PL/pgSQL function, rules alone', 'through_plpgsql(area, d)', 'few_facts f')
	 ) AS v (place, name, expression, source);

/* Twelve releases after a day. */
CREATE FUNCTION releases_flis(after date) RETURNS SETOF date LANGUAGE SQL STABLE AS $$
WITH RECURSIVE release (day, n) AS (
	SELECT flis_next_release('borger', after), 1
	UNION ALL
	SELECT flis_next_release('borger', day), n + 1 FROM release WHERE n < 12
)
SELECT day FROM release
$$;
CREATE FUNCTION releases_recursive(after date) RETURNS SETOF date LANGUAGE SQL STABLE AS $$
WITH RECURSIVE cycle (day, n) AS (
	SELECT date_trunc('month', after::timestamp), 0
	UNION ALL
	SELECT day + interval '1 month', n + 1 FROM cycle WHERE n < 12
)
SELECT day::date + 9 FROM cycle WHERE day::date + 9 > after LIMIT 12
$$;
CREATE FUNCTION releases_series(after date) RETURNS SETOF date LANGUAGE SQL STABLE AS $$
SELECT day::date + 9
FROM generate_series(date_trunc('month', after::timestamp), after + interval '13 months',
					 '1 month') AS day
WHERE day::date + 9 > after LIMIT 12
$$;
DO $$
BEGIN
	IF EXISTS (SELECT FROM generate_series(timestamp '2035-01-01', '2035-12-31', '1 day') AS t,
			   LATERAL (SELECT t::date AS d) AS d
			   WHERE ARRAY(SELECT releases_flis(d)) <> ARRAY(SELECT releases_recursive(d))
				  OR ARRAY(SELECT releases_flis(d)) <> ARRAY(SELECT releases_series(d))) THEN
		RAISE EXCEPTION 'the ways to find releases differ';
	END IF;
END
$$;
INSERT INTO statement
SELECT place, 'twelve releases', name,
	   format('SELECT sum((SELECT count(*) FROM %s)) FROM few_facts', source), :rows / 30
FROM (VALUES
		(20, 'bare scan', '(SELECT d) x'),
		(21, 'flis_next_release, chained', 'releases_flis(d)'),
		(22, 'recursive query of cycles', 'releases_recursive(d)'),
		(23, 'generate_series of cycles', 'releases_series(d)')
	 ) AS v (place, name, source);

INSERT INTO statement
SELECT place, 'business days', name, 'SELECT count(' || expression || ') FROM facts', :rows
FROM (VALUES
		(30, 'bare scan', 'd'),
		(31, 'flis_is_bank_holiday(d)', 'flis_is_bank_holiday(d)'),
		(32, 'flis_business_day(d, ''following'')', 'flis_business_day(d, ''following'')'),
		(33, 'flis_business_day(d, ''modified_following'')',
			'flis_business_day(d, ''modified_following'')')
	 ) AS v (place, name, expression);
\if :has_orafce
CREATE EXTENSION orafce;
/*
 * orafce keeps no more than 50 single days, so it gets the holidays that recur and Easter, which it
 * computes.
 */
DO $$
BEGIN
	PERFORM plvdate.set_nonbizday(d, true)
	FROM unnest('{2020-01-01,2020-12-25,2020-12-26}'::date[]) d;
	PERFORM plvdate.use_easter();
END
$$;
INSERT INTO statement VALUES
	(34, 'business days', 'orafce: plvdate.isbizday(d)', 'SELECT count(plvdate.isbizday(d)) FROM facts',
	 :rows),
	(35, 'business days', 'orafce: plvdate.next_bizday(d)',
	 'SELECT count(plvdate.next_bizday(d)) FROM facts', :rows);
\else
\echo 'orafce is not installed: left out.'
\endif

CALL measure(:rounds);

SELECT input, name, round(ms::numeric, 1) AS "median, ms",
	   round(above::numeric, 1) AS "above the bare scan, ns a row",
	   round(of_date_trunc::numeric, 2) AS "of date_trunc",
	   round(of_flis::numeric, 2) AS "of the first flis function"
FROM cost ORDER BY place;

INSERT INTO bar
SELECT place, name, above, 'ns a row above the bare scan'
FROM cost WHERE name <> 'bare scan' AND place <> 11;
