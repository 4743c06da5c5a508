/*
 * load.sql
 *		What the measurements read: rows, ten years of decks, and the rivals of flis_data_through.
 *
 * Variables: rows, the number of rows; limit, the path of limit.so.
 */
SET client_min_messages = warning;
CREATE EXTENSION flis;

CREATE FUNCTION bench_limit(text, date, text DEFAULT 'datapakke') RETURNS date
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

/* The deck's 17 areas in turn, the days at random over the same ten years. */
CREATE UNLOGGED TABLE facts AS
SELECT (SELECT array_agg(area ORDER BY position) FROM flis_area WHERE position IS NOT NULL)
		   [i % 17 + 1] AS area,
	   date '2015-07-01' + (i::bigint * 48271 % 2147483647 % 3653)::integer AS d
FROM generate_series(1, :rows) i;

/* A rival: the answers prepared, a row an area and day. */
CREATE UNLOGGED TABLE calendar AS
SELECT area, day, flis_data_through(area, day) AS through
FROM (SELECT area FROM flis_area WHERE position IS NOT NULL) a,
	 (SELECT date '2015-07-01' + n AS day FROM generate_series(0, 3652) n) d;
CREATE UNIQUE INDEX ON calendar (area, day);

/*
 * Two more: the rules alone, without releases, status or business days, for monthly areas.  A cycle is
 * out on its first day + closes_day - 1 - early_min_days, so the newest one begins the month of the
 * day that lies as far back.
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

VACUUM (ANALYZE, FREEZE) facts, calendar, flis_status, flis_rule, flis_channel, flis_area;

/* They must agree, or the comparison is of different things. */
DO $$
DECLARE
	different bigint;
BEGIN
	SELECT count(*) INTO different
	FROM (SELECT * FROM facts LIMIT 20000) f
		 LEFT JOIN calendar c ON c.area = f.area AND c.day = f.d
	WHERE flis_data_through(f.area, d) IS DISTINCT FROM c.through
		  OR flis_expected_through(f.area, d) IS DISTINCT FROM through_sql(f.area, d)
		  OR flis_expected_through(f.area, d) IS DISTINCT FROM through_plpgsql(f.area, d);
	IF different > 0 THEN
		RAISE EXCEPTION '% of 20000 rows have different answers', different;
	END IF;
END
$$;
