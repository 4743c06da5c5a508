/*
 * base.sql
 *		What every section starts from: flis, ten years of decks, and the means to time statements.
 *
 * Variables: limit, the path of limit.so.
 */
SET client_min_messages = warning;
CREATE EXTENSION flis;

CREATE FUNCTION bench_limit(text, date, text DEFAULT 'datapakke') RETURNS date
	LANGUAGE C STABLE STRICT PARALLEL SAFE AS :'limit';
CREATE FUNCTION bench_limit_detoasted(text, date, text DEFAULT 'datapakke') RETURNS date
	LANGUAGE C STABLE STRICT PARALLEL SAFE AS :'limit';

/* A deck at the end of each month, as the rules have it, one in ten rows a month behind. */
INSERT INTO flis_status (as_of, area, data_through)
SELECT as_of, area,
	   CASE WHEN (row_number() OVER (ORDER BY as_of, area)) % 10 = 0
			THEN date_trunc('month', through::timestamp)::date - 1
			ELSE through
	   END
FROM generate_series(0, 119) n,
	 flis_area,
	 LATERAL (SELECT (date '2015-08-01' + n * interval '1 month' - interval '1 day')::date AS as_of) d,
	 LATERAL (SELECT flis_expected_through(area, as_of) AS through) t
WHERE position IS NOT NULL;
VACUUM (ANALYZE) flis_area, flis_channel, flis_rule, flis_status;

/* The statements of a section. */
CREATE TABLE statement (
	place integer PRIMARY KEY,
	input text,			/* what they read; the first of an input is its bare scan */
	name text NOT NULL,
	query text NOT NULL,
	n bigint NOT NULL,	/* rows that the query handles */
	workers integer NOT NULL DEFAULT 0
);
CREATE TABLE timing (place integer, round integer, ms float8);

/*
 * measure: time all statements in turn, so that a slow moment meets all of them, one round forwards
 * and the next one backwards.  Round 0 warms up and is not kept.
 */
CREATE PROCEDURE measure(rounds integer) LANGUAGE plpgsql AS $$
DECLARE
	s record;
	began timestamptz;
BEGIN
	FOR round IN 0 .. rounds LOOP
		FOR s IN SELECT * FROM statement ORDER BY CASE WHEN round % 2 = 0 THEN place ELSE -place END
		LOOP
			PERFORM set_config('max_parallel_workers_per_gather', s.workers::text, false);
			began := clock_timestamp();
			EXECUTE s.query;
			IF round > 0 THEN
				INSERT INTO timing
				VALUES (s.place, round, extract(epoch FROM clock_timestamp() - began) * 1000);
			END IF;
		END LOOP;
	END LOOP;
END
$$;

/*
 * cost: medians over the rounds; "above" is what a row costs above the bare scan of the same round,
 * the ratios are those of "above".
 */
CREATE VIEW cost AS
WITH bare AS (
	SELECT input, min(place) AS place FROM statement GROUP BY input
), median AS (
	SELECT s.place, s.input, s.name, percentile_cont(0.5) WITHIN GROUP (ORDER BY t.ms) AS ms,
		   percentile_cont(0.5) WITHIN GROUP (ORDER BY (t.ms - b.ms) * 1e6 / s.n) AS above
	FROM statement s
		 JOIN timing t USING (place)
		 JOIN bare USING (input)
		 JOIN timing b ON b.place = bare.place AND b.round = t.round
	GROUP BY s.place
)
SELECT m.*,
	   m.above / (SELECT above FROM median r WHERE r.input = m.input AND r.name LIKE 'date_trunc%'
				  ORDER BY place LIMIT 1) AS of_date_trunc,
	   m.above / (SELECT above FROM median r WHERE r.input = m.input AND r.name LIKE 'flis_%'
				  ORDER BY place LIMIT 1) AS of_flis,
	   m.above - (SELECT above FROM median r WHERE r.input = m.input AND r.name LIKE 'limit%'
				  ORDER BY place LIMIT 1) AS beyond_limit
FROM median m;

/* What the section's plot shows; "unit" is its axis. */
CREATE TABLE bar (place integer, name text, value float8, unit text);
