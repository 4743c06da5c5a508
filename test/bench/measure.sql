/*
 * measure.sql
 *		Time the statements over all rows, in turn so that a slow moment meets all of them, and print
 *		medians.
 *
 * Variables: rounds, how often; slow_rounds, how often those that take long.
 */
SET client_min_messages = warning;

CREATE TEMPORARY TABLE statement (
	place integer PRIMARY KEY,
	name text,
	expression text,
	source text DEFAULT 'facts f',
	slow boolean DEFAULT false
);
INSERT INTO statement (place, name, expression) VALUES
	(1, 'bare scan', 'd'),
	(2, 'limit: a C function that returns d', 'bench_limit(area, d)'),
	(3, 'date_trunc(''month'', d)', 'date_trunc(''month'', d)'),
	(4, 'date_trunc(''month'', d::timestamp)', 'date_trunc(''month'', d::timestamp)'),
	(5, 'flis_data_through(area, d)', 'flis_data_through(area, d)'),
	(6, 'flis_data_through(''borger'', d)', 'flis_data_through(''borger'', d)'),
	(7, 'flis_expected_through(area, d)', 'flis_expected_through(area, d)'),
	(8, 'flis_is_available(area, d - 60, d)', 'flis_is_available(area, d - 60, d)');
INSERT INTO statement VALUES
	(9, 'join with a prepared calendar', 'through',
	 'facts f LEFT JOIN calendar c ON c.area = f.area AND c.day = f.d', false),
	(10, 'SQL function, rules alone', 'through_sql(area, d)', 'facts f', true),
	(11, 'PL/pgSQL function, rules alone', 'through_plpgsql(area, d)', 'facts f', true);

CREATE TEMPORARY TABLE timing (place integer, ms float8);
CREATE TEMPORARY TABLE setting AS SELECT :rounds AS rounds, :slow_rounds AS slow_rounds;

DO $$
DECLARE
	s record;
	began timestamptz;
	query text;
BEGIN
	/* Round 0 warms up. */
	FOR round IN 0 .. (SELECT rounds FROM setting) LOOP
		FOR s IN SELECT * FROM statement
				 WHERE NOT slow OR round BETWEEN 1 AND (SELECT slow_rounds FROM setting)
				 ORDER BY place
		LOOP
			query := format('SELECT count(f.area), count(%s) FROM %s', s.expression, s.source);
			began := clock_timestamp();
			EXECUTE query;
			IF round > 0 THEN
				INSERT INTO timing
				VALUES (s.place, extract(epoch FROM clock_timestamp() - began) * 1000);
			END IF;
		END LOOP;
	END LOOP;
END
$$;

CREATE TEMPORARY TABLE median AS
SELECT place, percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) AS ms, count(*) AS rounds
FROM timing
GROUP BY place;

\echo 'Over all rows:'
\echo
SELECT s.name AS "count(...) over all rows", m.rounds, round(m.ms) AS "median, ms",
	   round(((m.ms - bare.ms) * 1e6 / (SELECT count(*) FROM facts))::numeric, 1)
		   AS "above the bare scan, ns a row",
	   round(((m.ms - bare.ms) / (month.ms - bare.ms))::numeric, 2) AS "of date_trunc",
	   round(((m.ms - bare.ms) / (through.ms - bare.ms))::numeric, 2) AS "of flis_data_through"
FROM statement s
	 JOIN median m USING (place),
	 median bare, median month, median through
WHERE bare.place = 1 AND month.place = 3 AND through.place = 5
ORDER BY s.place;

\echo
\echo 'Memory of the cache, after every area and day of ten years of decks:'
\echo
SELECT count(*) AS "memory contexts", pg_size_pretty(sum(total_bytes)) AS size,
	   (SELECT count(*) FROM flis_status) AS "status rows"
FROM pg_backend_memory_contexts
WHERE name ILIKE 'flis%' OR parent ILIKE 'flis%';
