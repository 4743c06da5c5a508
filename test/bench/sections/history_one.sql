/*
 * history_one.sql
 *		One history: monthly decks of some years up to June 2025 for some areas.
 *
 * Variables: areas, years, rows, rounds.
 */
SET client_min_messages = warning;
TRUNCATE flis_status, statement, timing;
DROP TABLE IF EXISTS facts, wanted;

CREATE TABLE wanted AS
SELECT area, row_number() OVER (ORDER BY position NULLS LAST, area) - 1 AS i
FROM flis_area
ORDER BY i LIMIT :areas;
CREATE TEMPORARY TABLE deck AS
SELECT as_of::date, area, date_trunc('month', as_of - interval '40 days')::date - 1 AS data_through
FROM generate_series(1, :years * 12) n,
	 LATERAL (SELECT timestamp '2025-07-01' - n * interval '1 month' + interval '27 days' AS as_of) d,
	 wanted
ORDER BY as_of, area;

/* As many rows into a table of the same columns, checks and keys, which nothing watches. */
CREATE TABLE plain_status (LIKE flis_status INCLUDING ALL);
CHECKPOINT;
SELECT clock_timestamp() AS began \gset
INSERT INTO plain_status (as_of, area, data_through) SELECT * FROM deck;
SELECT extract(epoch FROM clock_timestamp() - :'began') * 1000 AS plain_ms \gset
DROP TABLE plain_status;

CHECKPOINT;
SELECT clock_timestamp() AS began \gset
INSERT INTO flis_status (as_of, area, data_through) SELECT * FROM deck;
SELECT extract(epoch FROM clock_timestamp() - :'began') * 1000 AS load_ms \gset
VACUUM (ANALYZE) flis_status;

CREATE UNLOGGED TABLE facts AS
SELECT area, date '2025-06-28' - (n::bigint * 48271 % 2147483647 % 3653)::integer AS d
FROM generate_series(1, :rows / 3) n JOIN wanted ON i = n % :areas;
VACUUM (ANALYZE, FREEZE) facts;

/* The first calls, in a new session. */
\c
SET client_min_messages = warning;
SELECT d, area FROM facts LIMIT 1 \gset
SELECT count(area) FROM wanted \g /dev/null
SELECT flis_is_bank_holiday(:'d') \g /dev/null
SELECT clock_timestamp() AS began \gset
SELECT flis_data_through(:'area', :'d') \g /dev/null
SELECT extract(epoch FROM clock_timestamp() - :'began') * 1000 AS first_ms,
	   clock_timestamp() AS began \gset
SELECT count(flis_data_through(area, :'d')) FROM wanted \g /dev/null
SELECT extract(epoch FROM clock_timestamp() - :'began') * 1000 AS all_ms \gset

INSERT INTO statement
SELECT place, 'facts', name, format('SELECT count(area), count(%s) FROM facts', expression), :rows / 3
FROM (VALUES
		(0, 'bare scan', 'd'),
		(1, 'date_trunc', 'date_trunc(''month'', d)'),
		(2, 'flis_data_through', 'flis_data_through(area, d)')
	 ) AS v (place, name, expression);
CALL measure(:rounds);

INSERT INTO history
SELECT :areas, :years, (SELECT count(*) FROM flis_status), :load_ms, :plain_ms, :first_ms, :all_ms, above,
	   of_date_trunc,
	   (SELECT sum(total_bytes) FROM pg_backend_memory_contexts WHERE name LIKE 'flis%')
FROM cost WHERE name LIKE 'flis%';
