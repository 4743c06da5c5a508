/*
 * partitions.sql
 *		Facts in 120 monthly partitions with an index on the day: chart queries with a guard next to the
 *		same with a literal date, with 0, 1 and 2 workers.
 *
 * Variables: partition_rows, few_rounds.
 */
SET client_min_messages = warning;
SET maintenance_work_mem = '512MB';

CREATE UNLOGGED TABLE facts (day date NOT NULL, municipality smallint NOT NULL, amount integer NOT NULL)
	PARTITION BY RANGE (day);
DO $$
BEGIN
	FOR n IN 0 .. 119 LOOP
		EXECUTE format('CREATE UNLOGGED TABLE facts_%s PARTITION OF facts FOR VALUES FROM (%L) TO (%L)',
					   to_char(date '2015-08-01' + n * interval '1 month', 'YYYYMM'),
					   (date '2015-08-01' + n * interval '1 month')::date,
					   (date '2015-08-01' + (n + 1) * interval '1 month')::date);
	END LOOP;
END
$$;
/* As monthly loads leave them: the days in order. */
INSERT INTO facts
SELECT (date '2015-08-01' + n * interval '1 month')::date + (i * 28 / (:partition_rows / 120))::integer,
	   101 + i % 98, i % 1000
FROM generate_series(0, 119) n, generate_series(0, :partition_rows / 120 - 1) i;
CREATE INDEX ON facts (day);
VACUUM (ANALYZE, FREEZE) facts;
SELECT to_char(count(*), '999,999,999') AS rows,
	   (SELECT pg_size_pretty(sum(pg_total_relation_size(relid)))
		FROM pg_partition_tree('facts')) AS "tables and indexes"
FROM facts;

SELECT flis_data_through('borger', date '2025-05-20') AS through \gset
CREATE VIEW guarded AS SELECT * FROM facts WHERE day <= flis_data_through('borger', date '2025-05-20');

/* A day counted from today is what one would write without flis: stable, but not constant, either. */
SELECT CURRENT_DATE - :'through'::date AS ago \gset
CREATE TABLE guard (place integer, name text, source text, bound text);
INSERT INTO guard VALUES
	(0, 'literal', format('facts WHERE day <= %L', :'through'), quote_literal(:'through') || '::date'),
	(1, 'CURRENT_DATE - days', 'facts WHERE day <= CURRENT_DATE - ' || :ago, 'CURRENT_DATE - ' || :ago),
	(2, 'flis_data_through', 'facts WHERE day <= flis_data_through(''borger'', date ''2025-05-20'')',
		'flis_data_through(''borger'', date ''2025-05-20'')'),
	(3, 'flis_is_available', 'facts WHERE flis_is_available(''borger'', day, date ''2025-05-20'')',
		'flis_data_through(''borger'', date ''2025-05-20'')'),
	(4, 'guarded view', 'guarded WHERE true', 'flis_data_through(''borger'', date ''2025-05-20'')'),
	(5, '(SELECT flis_data_through)',
		'facts WHERE day <= (SELECT flis_data_through(''borger'', date ''2025-05-20''))',
		'(SELECT flis_data_through(''borger'', date ''2025-05-20''))');

CREATE TABLE chart (place integer, name text, query text);
INSERT INTO chart VALUES
	(1, 'all months', 'SELECT date_trunc(''month'', day::timestamp), sum(amount) FROM %1$s GROUP BY 1'),
	(2, 'newest 12 months',
		'SELECT date_trunc(''month'', day::timestamp), sum(amount) FROM %1$s AND day > %2$s - 365 GROUP BY 1'),
	(3, 'newest week', 'SELECT day, sum(amount) FROM %1$s AND day > %2$s - 7 GROUP BY 1');

/* The bound is asked for first and handed over as a parameter; a custom plan takes it for a constant. */
SET plan_cache_mode = force_custom_plan;
SELECT format('PREPARE chart_%s(date) AS ', place) || format(query, 'facts WHERE day <= $1', '$1')
FROM chart \gexec
INSERT INTO guard VALUES
	(6, 'EXECUTE with flis_data_through', NULL, 'flis_data_through(''borger'', date ''2025-05-20'')');

INSERT INTO statement
SELECT 100 * chart.place + 10 * w.workers + guard.place,
	   chart.name || ', ' || w.workers || CASE w.workers WHEN 1 THEN ' worker' ELSE ' workers' END,
	   guard.name,
	   CASE WHEN source IS NULL THEN format('EXECUTE chart_%s(%s)', chart.place, bound)
			ELSE format(chart.query, source, bound)
	   END,
	   :partition_rows, w.workers
FROM chart, guard, generate_series(0, 2) AS w (workers)
WHERE CASE WHEN chart.place = 1 THEN guard.place IN (0, 2, 6)
		   WHEN chart.place = 2 AND w.workers > 0 THEN guard.place IN (0, 1, 2, 5, 6)
		   ELSE w.workers = 0
	  END;

/* What is scanned, and by how many workers besides the leader. */
CREATE TABLE plan (
	place integer, workers integer, planning_ms float8, partitions integer, scans text
);
CREATE PROCEDURE explain_statements() LANGUAGE plpgsql AS $$
DECLARE
	s record;
	line text;
	lines text[];
BEGIN
	FOR s IN SELECT * FROM statement LOOP
		PERFORM set_config('max_parallel_workers_per_gather', s.workers::text, false);
		lines := '{}';
		FOR line IN EXECUTE 'EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF, SUMMARY) ' || s.query LOOP
			lines := lines || line;
		END LOOP;
		INSERT INTO plan
		SELECT s.place,
			   (SELECT coalesce(max(substring(l FROM 'Workers Launched: (\d+)')::integer), 0)
				FROM unnest(lines) l),
			   (SELECT max(substring(l FROM 'Planning Time: ([0-9.]+)')::float8) FROM unnest(lines) l),
			   count(DISTINCT substring(l FROM ' on (facts_\d+)')),
			   string_agg(DISTINCT substring(l FROM '(Seq|Index|Index Only|Bitmap Heap) Scan'), ', ')
		FROM unnest(lines) l
		WHERE l ~ ' Scan .*on facts_\d+' AND l !~ 'never executed';
	END LOOP;
END
$$;

/* So that small partitions too are scanned in parallel. */
SET min_parallel_table_scan_size = 0;
SET min_parallel_index_scan_size = 0;
CALL measure(:few_rounds);
CALL explain_statements();

/* The ratio of each round to the literal's in the same round, and the median of those. */
CREATE VIEW guard_cost AS
SELECT s.place, s.input AS chart, s.name AS guard,
	   percentile_cont(0.5) WITHIN GROUP (ORDER BY t.ms) AS ms,
	   percentile_cont(0.5) WITHIN GROUP (ORDER BY t.ms / l.ms) AS ratio
FROM statement s
	 JOIN timing t USING (place)
	 JOIN timing l ON l.place = s.place / 10 * 10 AND l.round = t.round
GROUP BY s.place;

SELECT c.chart, c.guard, round(c.ms::numeric, 1) AS "median, ms",
	   round(c.ratio::numeric, 3) AS "of literal", round(p.planning_ms::numeric, 1) AS "planning, ms",
	   p.workers AS "workers launched", p.partitions,
	   p.scans
FROM guard_cost c JOIN plan p USING (place)
ORDER BY c.place;

INSERT INTO bar
SELECT place, chart || ': ' || guard, ms, 'ms'
FROM guard_cost;
