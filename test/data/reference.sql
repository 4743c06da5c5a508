/*
 * reference.sql
 *		The rules a second time, as plain and slow queries over the tables: every cycle is written
 *		down, then what is out on every day.  Beside each answer stands that of the function.
 *
 * To be run after CREATE EXTENSION flis, in psql with these variables:
 *	stored		MATERIALIZED where the rules stay as they are until a REFRESH, or nothing, where
 *				they are asked for while they change: one area at a time, on few days
 *	first_cycle, last_cycle		the cycles that are written down lie between these days; the first has
 *				to come before any that carries what is out on an asked day
 *
 * The days that are asked for, among them that of each status, are put into reference.asked.
 */
CREATE SCHEMA reference;

/*
 * The calendar: Danish business days, and where a day moves by each convention.
 */
CREATE TABLE reference.calendar AS
WITH easter AS (
	SELECT unnest('{2013-03-31,2014-04-20,2015-04-05,2016-03-27,2017-04-16,2018-04-01,2019-04-21,
		2020-04-12,2021-04-04,2022-04-17,2023-04-09,2024-03-31,2025-04-20,2026-04-05,2027-03-28,
		2028-04-16,2029-04-01,2030-04-21,2031-04-13,2032-03-28,2033-04-17}'::date[]) AS sunday
), holiday AS (
	SELECT sunday + unnest('{-3,-2,0,1,39,49,50}'::int[]) AS day FROM easter
	UNION SELECT sunday + 26 FROM easter WHERE extract(year FROM sunday) <= 2023
), day AS (
	SELECT t::date AS day,
		   extract(isodow FROM t) < 6 AND to_char(t, 'MM-DD') NOT IN ('01-01', '12-25', '12-26')
		   AND t::date NOT IN (SELECT day FROM holiday) AS is_business
	FROM generate_series(timestamp '2013-01-01', '2033-12-31', '1 day') t
), moved AS (
	SELECT day,
		   min(day) FILTER (WHERE is_business) OVER (ORDER BY day DESC) AS following,
		   max(day) FILTER (WHERE is_business) OVER (ORDER BY day) AS preceding
	FROM day
)
SELECT day, following, preceding,
	   CASE WHEN date_trunc('month', following) = date_trunc('month', day)
			THEN following ELSE preceding END AS modified_following
FROM moved;
ALTER TABLE reference.calendar ADD PRIMARY KEY (day);

CREATE FUNCTION reference.business_day(day date, convention text) RETURNS date
STABLE LANGUAGE sql AS
$$
	SELECT CASE $2 WHEN 'none' THEN c.day WHEN 'following' THEN c.following
				   WHEN 'preceding' THEN c.preceding
				   WHEN 'modified_following' THEN c.modified_following END
	FROM reference.calendar c WHERE c.day = $1
$$;

/*
 * Periods, counted in months, years, days, weeks from Monday, quarters or half-years: the number of the
 * one that a day is in, and its end.
 */
CREATE FUNCTION reference.period(day date, frequency text) RETURNS integer
IMMUTABLE LANGUAGE sql
RETURN CASE frequency WHEN 'MONTHLY' THEN extract(year FROM day) * 12 + extract(month FROM day) - 1
					  WHEN 'ANNUAL' THEN extract(year FROM day)
					  WHEN 'DAILY' THEN day - date '2000-01-01'
					  WHEN 'WEEKLY' THEN (day - extract(isodow FROM day)::int + 1 - date '1900-01-01') / 7
					  WHEN 'QUARTERLY' THEN extract(year FROM day) * 4 + extract(quarter FROM day) - 1
					  WHEN 'ANNUAL_2'
					  THEN extract(year FROM day) * 2 + CASE WHEN extract(month FROM day) > 6 THEN 1 ELSE 0 END
	   END;

CREATE FUNCTION reference.period_end(period integer, frequency text) RETURNS date
IMMUTABLE LANGUAGE sql
RETURN CASE frequency WHEN 'MONTHLY'
					  THEN make_date((period + 1) / 12, (period + 1) % 12 + 1, 1) - 1
					  WHEN 'ANNUAL' THEN make_date(period, 12, 31)
					  WHEN 'DAILY' THEN date '2000-01-01' + period
					  WHEN 'WEEKLY' THEN date '1900-01-01' + period * 7 + 6
					  WHEN 'QUARTERLY'
					  THEN (make_date(period / 4, period % 4 * 3 + 1, 1) + interval '3 months')::date - 1
					  WHEN 'ANNUAL_2'
					  THEN (make_date(period / 2, period % 2 * 6 + 1, 1) + interval '6 months')::date - 1
	   END;

-- The newest period of which a day covers the whole.
CREATE FUNCTION reference.whole_period(day date, frequency text) RETURNS integer
IMMUTABLE LANGUAGE sql
RETURN reference.period(day + 1, frequency) - 1;

/*
 * The versions of the rules and channels, each up to the next one that isn't retired.
 */
CREATE VIEW reference.rule_version AS
SELECT *, lead(valid_from, 1, 'infinity') OVER (PARTITION BY area ORDER BY valid_from) AS valid_until
FROM flis_rule WHERE NOT retired;

CREATE VIEW reference.channel_version AS
SELECT *, lead(valid_from, 1, 'infinity') OVER (PARTITION BY channel ORDER BY valid_from) AS valid_until
FROM flis_channel WHERE NOT retired;

/*
 * Every cycle of every area in every channel by the rules: what it carries, its window, and the channel
 * that is followed, by how many days.
 */
CREATE :stored VIEW reference.planned AS
SELECT a.area, c.channel, d.day AS cycle, r.frequency,
	   reference.period_end(reference.period(d.day, r.frequency) - 1 - r.lag, r.frequency)
	   AS data_through,
	   w.opens, w.closes, f.channel AS follows,
	   CASE WHEN f.channel IS NULL OR r.frequency = 'DAILY' THEN 0 ELSE c.days_after END AS days_after
FROM flis_area a
	 JOIN reference.rule_version r ON r.area = a.area
	 JOIN (SELECT day, extract(month FROM day) AS month, extract(day FROM day) AS day_of_month
		   FROM reference.calendar WHERE day BETWEEN :'first_cycle' AND :'last_cycle') d
		 ON d.day >= r.valid_from AND d.day < r.valid_until
	 JOIN reference.channel_version c ON d.day >= c.valid_from AND d.day < c.valid_until
	 LEFT JOIN (SELECT DISTINCT channel FROM reference.channel_version) f ON f.channel = c.follows
	 CROSS JOIN LATERAL (
		SELECT CASE r.frequency WHEN 'DAILY' THEN d.day
								ELSE d.day + coalesce(r.opens_day, c.opens_day) - 1 - r.early_max_days END,
			   CASE r.frequency WHEN 'DAILY' THEN d.day
								ELSE d.day + coalesce(r.closes_day, c.closes_day) - 1 - r.early_min_days END
	 ) AS u (opens, closes)
	 CROSS JOIN LATERAL (
		SELECT CASE r.business_day WHEN 'none' THEN u.opens
								   ELSE reference.business_day(u.opens, r.business_day) END,
			   CASE r.business_day WHEN 'none' THEN u.closes
								   ELSE reference.business_day(u.closes, r.business_day) END
	 ) AS w (opens, closes)
WHERE NOT a.retired
	  AND CASE r.frequency WHEN 'MONTHLY' THEN d.day_of_month = 1
						   WHEN 'ANNUAL' THEN d.day_of_month = 1 AND d.month = r.release_month
						   WHEN 'WEEKLY' THEN extract(isodow FROM d.day) = 1
						   WHEN 'QUARTERLY' THEN d.day_of_month = 1 AND d.month IN (1, 4, 7, 10)
						   WHEN 'ANNUAL_2' THEN d.day_of_month = 1 AND d.month IN (1, 7)
						   ELSE true END;

/*
 * Every release.  One that follows another is out no earlier than days_after days after that one's day,
 * and is cancelled with it, unless it was recorded; where nothing is said of its own day what is said of
 * that one's counts, with its note.  There are chains of up to four channels: the last of them
 * follows none, and each view below adds the one before.
 */
CREATE VIEW reference.release_0 AS
SELECT area, channel, cycle, closes AS day, false AS cancelled, 'provisional' AS date_status,
	   NULL::text AS note, 0 AS lead_days
FROM reference.planned WHERE false;

DO $do$
BEGIN
	FOR n IN 1..4 LOOP
		EXECUTE format($view$
CREATE VIEW reference.release_%s AS
SELECT p.area, p.channel, p.cycle, p.frequency, p.data_through, p.opens, p.closes, e.expected_on,
	   x.released_on, coalesce(x.released_on, e.expected_on) AS day,
	   coalesce(x.cancelled OR x.released_on IS NULL AND l.cancelled, x.cancelled, l.cancelled, false)
	   AS cancelled,
	   CASE WHEN k.is_own THEN k.own_status WHEN l.date_status = 'published' THEN 'confirmed'
			ELSE coalesce(l.date_status, 'provisional') END AS date_status,
	   CASE WHEN k.is_own THEN x.note ELSE coalesce(l.note, x.note) END AS note,
	   p.days_after + coalesce(l.lead_days, 0) AS lead_days
FROM reference.planned p
	 LEFT JOIN flis_release x ON (x.area, x.channel, x.cycle) = (p.area, p.channel, p.cycle)
	 LEFT JOIN reference.release_%s l ON (l.area, l.channel, l.cycle) = (p.area, p.follows, p.cycle)
	 CROSS JOIN LATERAL (
		SELECT greatest(coalesce(x.planned_on, p.closes), l.day + p.days_after) AS expected_on
	 ) e
	 CROSS JOIN LATERAL (
		SELECT CASE WHEN x.cancelled THEN 'cancelled' WHEN x.released_on IS NOT NULL THEN 'published'
					WHEN x.planned_on > p.closes THEN 'postponed'
					WHEN x.planned_on IS NOT NULL THEN 'confirmed' END AS own_status
	 ) o
	 CROSS JOIN LATERAL (
		SELECT o.own_status,
			   coalesce(o.own_status IN ('cancelled', 'published')
						OR o.own_status IS NOT NULL AND l.cancelled IS NOT true, false) AS is_own
	 ) k
$view$, n, n - 1);
	END LOOP;
END
$do$;

CREATE :stored VIEW reference.cycle AS
SELECT *, CASE WHEN NOT cancelled THEN day END AS out_on FROM reference.release_4;

/*
 * The rules alone, on every day that is asked for: what is out, the newest cycle that carries it,
 * how many releases have come, and the day of the next one.
 */
CREATE TABLE reference.asked (day date PRIMARY KEY);

CREATE VIEW reference.question AS
SELECT a.area, c.channel, d.day
FROM flis_area a, (SELECT DISTINCT channel FROM flis_channel WHERE NOT retired) c, reference.asked d
WHERE NOT a.retired;

CREATE :stored VIEW reference.rules AS
WITH moment AS (
	SELECT area, channel, out_on AS day, out_on, cycle, ARRAY[data_through, cycle] AS carried,
		   data_through, frequency
	FROM reference.cycle WHERE out_on IS NOT NULL
	UNION ALL
	SELECT area, channel, day, NULL, NULL, NULL, NULL, NULL FROM reference.question
), state AS (
	SELECT area, channel, day, out_on, max(carried) OVER until AS carried,
		   max(cycle) OVER until AS newest,
		   max(data_through) FILTER (WHERE frequency = 'MONTHLY') OVER until AS monthly,
		   max(data_through) FILTER (WHERE frequency = 'ANNUAL') OVER until AS annual,
		   max(data_through) FILTER (WHERE frequency = 'DAILY') OVER until AS daily,
		   max(data_through) FILTER (WHERE frequency = 'WEEKLY') OVER until AS weekly,
		   max(data_through) FILTER (WHERE frequency = 'QUARTERLY') OVER until AS quarterly,
		   max(data_through) FILTER (WHERE frequency = 'ANNUAL_2') OVER until AS half_yearly,
		   min(out_on) OVER later AS next_out
	FROM moment
	WINDOW until AS (PARTITION BY area, channel ORDER BY day),
		   later AS (PARTITION BY area, channel ORDER BY day DESC
					 GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT s.area, s.channel, s.day, s.carried[1] AS expected, s.carried[2] AS cycle, s.newest,
	   s.monthly, s.annual, s.daily, s.weekly, s.quarterly, s.half_yearly, s.next_out
FROM state s
WHERE s.out_on IS NULL;

-- How far an area that is so many periods ahead of the rules then reaches: each cycle that is out
-- counts with that many of its own periods.
CREATE FUNCTION reference.shifted(r reference.rules, periods integer) RETURNS date
IMMUTABLE LANGUAGE sql
RETURN (SELECT max(reference.period_end(reference.period(f.through, f.frequency) + periods, f.frequency))
		FROM (VALUES (r.monthly, 'MONTHLY'), (r.annual, 'ANNUAL'), (r.daily, 'DAILY'),
					 (r.weekly, 'WEEKLY'), (r.quarterly, 'QUARTERLY'), (r.half_yearly, 'ANNUAL_2'))
			 AS f (through, frequency)
		WHERE f.through IS NOT NULL);

/*
 * To which cycle each status belongs: the newest one out as a data package on its day; and by how many
 * periods it was ahead of what was expected of data packages then.
 */
CREATE VIEW reference.status AS
SELECT s.area, s.as_of, s.data_through, s.state, s.complete, s.benchmarkable, s.note,
	   CASE WHEN s.state <> 'closed' AND s.data_through IS NOT NULL THEN p.newest END AS cycle,
	   reference.whole_period(s.data_through, c.frequency)
	   - reference.whole_period(p.expected, c.frequency) AS ahead
FROM flis_status s
	 LEFT JOIN reference.rules p ON (p.area, p.channel, p.day) = (s.area, 'datapakke', s.as_of)
	 LEFT JOIN reference.planned c ON (c.area, c.channel, c.cycle) = (p.area, p.channel, p.newest);

-- The newest status on each day, and the newest of those that count in a channel by then.  A lead counts
-- later in a channel that follows.
CREATE VIEW reference.status_days AS
SELECT r.area, r.channel, r.day, max(s.as_of) AS newest_as_of,
	   max(s.as_of) FILTER (WHERE s.cycle IS NULL
								  OR s.cycle <= r.newest
									 AND (s.ahead <= 0 OR s.as_of + coalesce(c.lead_days, 0) <= r.day))
	   AS counting_as_of
FROM reference.rules r
	 JOIN reference.status s ON s.area = r.area AND s.as_of <= r.day
	 LEFT JOIN reference.cycle c ON (c.area, c.channel, c.cycle) = (r.area, r.channel, s.cycle)
GROUP BY r.area, r.channel, r.day;

/*
 * Notices: those in force on a day, and those among them that deny something for a period; where no
 * period is known only those about all periods do.
 */
CREATE FUNCTION reference.in_force(area text, day date) RETURNS SETOF flis_notice
STABLE LANGUAGE sql AS
$$
	SELECT n FROM flis_notice n
	WHERE n.area = $1 AND n.started_on <= $2 AND (n.ended_on IS NULL OR n.ended_on > $2)
$$;

CREATE FUNCTION reference.denies(area text, day date, kind text, through date)
RETURNS SETOF flis_notice
STABLE LANGUAGE sql AS
$$
	SELECT n FROM reference.in_force($1, $2) n
	WHERE n.kind = $3
		  AND CASE WHEN $4 IS NULL THEN n.period_from IS NULL AND n.period_until IS NULL
				   ELSE $4 >= coalesce(n.period_from, '-infinity')
						-- A part of the period is enough.
						AND (SELECT reference.period_end(reference.period($4, f.frequency) - 1, f.frequency)
							 FROM (SELECT coalesce((SELECT r.frequency FROM flis_rule r
													WHERE r.area = $1 AND NOT r.retired AND r.valid_from <= $2
													ORDER BY r.valid_from DESC LIMIT 1), 'MONTHLY')) AS f (frequency))
							< coalesce(n.period_until, 'infinity') END
$$;

-- How the rule in force on a day counts periods, or else the first one.
CREATE FUNCTION reference.frequency_on(area text, day date) RETURNS text
STABLE LANGUAGE sql AS
$$
	SELECT r.frequency FROM flis_rule r WHERE r.area = $1 AND NOT r.retired
	ORDER BY r.valid_from <= $2 DESC, abs(r.valid_from - $2) LIMIT 1
$$;

/*
 * Since when something closes an area, on each day on which it is closed: a status, a notice or its whole, the
 * newest of them.  What is as new in the area itself, a status or a notice of access, keeps a part open.
 */
CREATE FUNCTION reference.closings(area text, channel text)
RETURNS TABLE (day date, since date)
STABLE LANGUAGE plpgsql AS
$$
#variable_conflict use_column
DECLARE
	-- What leads into a circle is a part of nothing.
	whole text := (WITH RECURSIVE up (area, part_of) AS (
						SELECT a.area, w.area FROM flis_area a LEFT JOIN flis_area w ON w.area = a.part_of AND NOT w.retired
						WHERE a.area = $1
						UNION
						SELECT a.area, w.area
						FROM up JOIN flis_area a ON a.area = up.part_of
							 LEFT JOIN flis_area w ON w.area = a.part_of AND NOT w.retired
				   )
				   SELECT u.part_of FROM up u WHERE u.area = $1 AND EXISTS (SELECT FROM up t WHERE t.part_of IS NULL));
BEGIN
	RETURN QUERY
	SELECT d.day, greatest(o.own, CASE WHEN w.since <= o.said THEN NULL ELSE w.since END)
	FROM reference.asked d
		 LEFT JOIN (SELECT * FROM reference.status_days k WHERE k.area = $1 AND k.channel = $2) k USING (day)
		 LEFT JOIN flis_status s ON s.area = $1 AND s.as_of = k.counting_as_of AND s.state = 'closed'
		 LEFT JOIN (SELECT i.* FROM (SELECT whole WHERE whole IS NOT NULL) AS t (area),
									LATERAL reference.closings(t.area, $2) i) w USING (day)
		 CROSS JOIN LATERAL (
			SELECT greatest(s.as_of, max(n.started_on) FILTER (WHERE n.municipality IS NULL AND n.period_from IS NULL
																	 AND n.period_until IS NULL)) AS own,
				   greatest(k.newest_as_of, max(n.started_on)) AS said
			FROM reference.in_force($1, d.day) n WHERE n.kind = 'access'
		 ) o
	WHERE o.own IS NOT NULL OR w.since > o.said OR o.said IS NULL AND w.since IS NOT NULL;
END
$$;

CREATE VIEW reference.closed AS
SELECT k.area, k.channel, c.day, c.since
FROM (SELECT DISTINCT q.area, q.channel FROM reference.question q) k,
	 LATERAL reference.closings(k.area, k.channel) c;

/*
 * Rules, statuses and notices together.  "basis" is where the answer comes from, "periods_ahead" says how
 * far the newest status was ahead of the rules on its own day.
 */
CREATE VIEW reference.answer AS
SELECT r.area, r.channel, r.day, r.expected, r.cycle, n.as_of, n.data_through AS published,
	   CASE WHEN x.is_closed THEN 'closed' ELSE n.state END AS state,
	   CASE WHEN EXISTS (SELECT FROM reference.denies(r.area, r.day, 'completeness', e.data_through))
			THEN false ELSE n.complete END AS complete,
	   CASE WHEN EXISTS (SELECT FROM reference.denies(r.area, r.day, 'comparability', e.data_through))
			THEN false ELSE n.benchmarkable END AS benchmarkable,
	   n.note, e.data_through,
	   CASE WHEN x.is_closed THEN 'closed' WHEN d.data_through IS NULL THEN 'none'
			WHEN d.data_through IN (s.data_through, n.data_through) THEN 'published'
			ELSE 'rule' END AS basis,
	   CASE WHEN x.is_closed THEN NULL WHEN a.through IS NULL THEN r.next_out
			ELSE (SELECT min(y.out_on) FROM reference.cycle y
				  WHERE (y.area, y.channel) = (r.area, r.channel) AND y.out_on > r.day
						AND y.data_through <= a.through) END AS next_release,
	   n.ahead AS periods_ahead
FROM reference.rules r
	 LEFT JOIN reference.status_days k USING (area, channel, day)
	 LEFT JOIN reference.status n ON (n.area, n.as_of) = (r.area, k.newest_as_of)
	 LEFT JOIN reference.status s ON (s.area, s.as_of) = (r.area, k.counting_as_of)
	 LEFT JOIN reference.closed z ON (z.area, z.channel, z.day) = (r.area, r.channel, r.day)
	 CROSS JOIN LATERAL (SELECT z.since IS NOT NULL AS is_closed) x
	 -- The steps of the design: by the rules; closed; as published; less the delay, or at least what was
	 -- published.
	 CROSS JOIN LATERAL (
		SELECT CASE WHEN x.is_closed THEN NULL
					WHEN s.data_through IS NULL THEN r.expected
					WHEN r.newest IS NULL OR r.newest = s.cycle THEN s.data_through
					WHEN s.ahead < 0 THEN greatest(s.data_through, reference.shifted(r, s.ahead))
					ELSE greatest(s.data_through, r.expected) END AS data_through
	 ) c
	 -- A newer status that does not count yet can only lower it.
	 CROSS JOIN LATERAL (
		SELECT CASE WHEN c.data_through IS NOT NULL AND n.as_of IS DISTINCT FROM s.as_of
					THEN least(c.data_through, n.data_through) ELSE c.data_through END AS data_through
	 ) d
	 -- Access for all to the periods from one on has ended: the area ends before that one.
	 CROSS JOIN LATERAL (
		SELECT min(reference.period_end(reference.period(o.period_from, f.frequency) - 1, f.frequency))
			   AS through
		FROM reference.in_force(r.area, r.day) o,
			 (SELECT coalesce(reference.frequency_on(r.area, r.day), 'MONTHLY')) AS f (frequency)
		WHERE o.kind = 'access' AND o.municipality IS NULL
			  AND o.period_from IS NOT NULL AND o.period_until IS NULL
	 ) a
	 CROSS JOIN LATERAL (
		SELECT CASE WHEN d.data_through IS NOT NULL
					THEN least(d.data_through, a.through) END AS data_through
	 ) e;

/*
 * Each function beside the reference.  The order of the rows is shuffled in between, because a
 * function remembers for which area and how many days its last answer holds.
 */
CREATE VIEW reference.scalar AS
SELECT f.function, a.area, a.channel, a.day, f.answer, f.reference
FROM (SELECT * FROM reference.answer
	  ORDER BY CASE current_setting('reference.shuffle', true) WHEN 'on' THEN random() END,
			   area, channel, day) a,
	 LATERAL (VALUES
		('expected_through', flis_expected_through(a.area, a.day, a.channel), a.expected),
		('data_through', flis_data_through(a.area, a.day, a.channel), a.data_through),
		('next_release', flis_next_release(a.area, a.day, a.channel), a.next_release)
	 ) AS f (function, answer, reference);

-- By the day that names the cycle.
CREATE VIEW reference.release_window AS
SELECT 'release_window' AS function, area, channel, cycle AS day,
	   flis_release_window(area, cycle, channel) AS answer,
	   daterange(opens, closes, '[]') AS reference
FROM reference.cycle;

-- A period is a month, year or day as the version in force on the asked day counts, else the first.
CREATE VIEW reference.asked_period AS
SELECT a.area, a.channel, a.day,
	   reference.period_end(reference.period(a.day, f.frequency), f.frequency) AS period_end
FROM reference.question a
	 LEFT JOIN LATERAL reference.frequency_on(a.area, a.day) AS f (frequency) ON true
WHERE (a.day - date '2000-01-01') % 11 = 0;

-- The first day with data_through on or after the period's end: of the days that are asked for none is
-- earlier, and on the day before it is not.
CREATE VIEW reference.release_of AS
SELECT 'release_of' AS function, area, channel, day, answer,
	   CASE WHEN answer IS NULL OR first_asked < answer THEN first_asked
			WHEN flis_data_through(area, answer, channel) >= period_end
				 AND (flis_data_through(area, answer - 1, channel) >= period_end) IS NOT true
			THEN answer END AS reference
FROM (SELECT p.area, p.channel, p.day, p.period_end, flis_release_of(p.area, p.day, p.channel) AS answer,
			 min(a.day) AS first_asked
	  FROM reference.asked_period p
		   LEFT JOIN reference.answer a
			   ON (a.area, a.channel) = (p.area, p.channel) AND a.data_through >= p.period_end
	  GROUP BY p.area, p.channel, p.day, p.period_end) p;

CREATE VIEW reference.asked_coverage AS
SELECT DISTINCT channel, day FROM reference.question WHERE (day - date '2000-01-01') % 13 = 0;

CREATE VIEW reference.coverage AS
SELECT 'coverage' AS function, l.*
FROM reference.asked_coverage n,
	 LATERAL (
		SELECT area, n.channel, n.day, c.answer, r.reference
		FROM (SELECT area, concat_ws(' ', 'expected', expected, 'published', published, 'through',
					 data_through, basis, 'cycle', cycle, 'status', status_as_of, state, complete,
					 benchmarkable, 'next', next_release, note, 'ahead', periods_ahead,
					 frequency) AS answer
			  FROM flis_coverage(n.day, n.channel)) c
			 FULL JOIN
			 (SELECT area, concat_ws(' ', 'expected', expected, 'published', published, 'through',
					 data_through, basis, 'cycle', cycle, 'status', as_of, state, complete,
					 benchmarkable, 'next', next_release, note, 'ahead', periods_ahead,
					 (SELECT r.frequency FROM flis_rule r
					  WHERE r.area = a.area AND NOT r.retired AND r.valid_from <= n.day
					  ORDER BY r.valid_from DESC LIMIT 1)) AS reference
			  FROM reference.answer a WHERE (a.channel, a.day) = (n.channel, n.day)) r
			 USING (area)
	 ) l;

-- The calendar of all days that are asked for, in each channel, by the day that names the cycle.
CREATE VIEW reference.listed AS
SELECT c.*, coalesce(c.released_on, c.expected_on) AS day
FROM (SELECT DISTINCT channel FROM reference.question) n,
	 (SELECT min(d.day) AS first, max(d.day) AS last FROM reference.asked d) d,
	 LATERAL flis_release_calendar(d.first, d.last, n.channel) c;

CREATE VIEW reference.release_calendar AS
SELECT 'release_calendar' AS function, area, channel, cycle AS day, c.answer, r.reference
FROM (SELECT area, channel, cycle,
			 concat_ws(' ', reference_period, data_through, window_opens, window_closes, expected_on,
					   released_on, date_status, punctuality_days, timeliness_days, note) AS answer
	  FROM reference.listed) c
	 FULL JOIN
	 (SELECT c.area, c.channel, c.cycle,
			 concat_ws(' ', reference.period_end(reference.period(b.through, c.frequency) - 1,
												 c.frequency) + 1,
					   b.through, c.opens, c.closes, c.expected_on, c.released_on, c.date_status,
					   c.released_on - c.expected_on, c.released_on - b.through, c.note)
			 AS reference
	  FROM reference.cycle c
		   -- What data reach on that day: less than the cycle brings where the area is behind, more where a status
		   -- says so.
		   CROSS JOIN LATERAL (SELECT flis_data_through(c.area, c.day, c.channel) AS through) t
		   CROSS JOIN LATERAL (
				SELECT CASE WHEN t.through IS NULL THEN NULL
							WHEN c.date_status = 'cancelled' THEN c.data_through
							WHEN t.through <= c.data_through THEN t.through
							WHEN (SELECT v.basis FROM flis_coverage(c.day, c.channel) v WHERE v.area = c.area) = 'published'
							THEN t.through
							ELSE c.data_through END AS through
		   ) b
	  WHERE c.day BETWEEN (SELECT min(day) FROM reference.asked) AND (SELECT max(day) FROM reference.asked)) r
	 USING (area, channel, cycle);

-- Three areas at a time: the last day that all of them cover, NULL if one covers none.
CREATE VIEW reference.common AS
SELECT 'common_through' AS function, array_agg(area)::text AS area, channel, day,
	   flis_common_through(array_agg(area), day, channel) AS answer,
	   CASE WHEN count(data_through) = count(*) THEN min(data_through) END AS reference
FROM (SELECT *, row_number() OVER (PARTITION BY channel, day
									ORDER BY md5(area || day)) / 3 AS triple
	  FROM reference.answer WHERE (day - date '2000-01-01') % 17 = 0) a
GROUP BY channel, day, triple;

-- Where each notice stands on a day.
CREATE VIEW reference.notices AS
SELECT 'notices' AS function, l.area, NULL AS channel, d.day, l.answer, l.reference
FROM reference.asked d
	 CROSS JOIN LATERAL (
		SELECT area, f::text AS answer, t::text AS reference
		FROM (SELECT notice, area, municipality, period_from, period_until, kind,
					 CASE WHEN ended_on <= d.day THEN 'ended' WHEN started_on > d.day THEN 'planned'
						  WHEN expected_end < d.day THEN 'overdue' ELSE 'in_force' END AS state,
					 started_on, expected_end, ended_on, note
			  FROM flis_notice
			  WHERE area IN (SELECT a.area FROM flis_area a WHERE NOT a.retired)) t
			 FULL JOIN flis_notice_board(d.day) f USING (area, notice)
	 ) l
WHERE (d.day - date '2000-01-01') % 13 = 0;

/*
 * All of them, as text: those of one area and channel, and those of all.
 */
CREATE VIEW reference.area_comparison AS
SELECT function, area, channel, day, answer::text, reference::text FROM reference.scalar
UNION ALL
SELECT function, area, channel, day, answer::text, reference::text FROM reference.release_window
UNION ALL
SELECT function, area, channel, day, answer::text, reference::text FROM reference.release_of;

CREATE VIEW reference.comparison AS
SELECT function, area, channel, day, answer, reference FROM reference.area_comparison
UNION ALL
SELECT function, area, channel, day, answer, reference FROM reference.coverage
UNION ALL
SELECT function, area, channel, day, answer, reference FROM reference.release_calendar
UNION ALL
SELECT function, area, channel, day, answer::text, reference::text FROM reference.common
UNION ALL
SELECT function, area, channel, day, answer, reference FROM reference.notices;

-- What it takes to see a difference again: the rows of its area and channel.
CREATE FUNCTION reference.rows_of(area text, channel text) RETURNS text
STABLE LANGUAGE sql AS
$$
	SELECT jsonb_strip_nulls(jsonb_build_object(
		'rule', (SELECT jsonb_agg(to_jsonb(r) - 'basis' - 'area' ORDER BY valid_from)
				 FROM flis_rule r WHERE r.area = $1),
		'channel', (SELECT jsonb_agg(to_jsonb(c) - 'name' ORDER BY channel, valid_from)
					FROM flis_channel c),
		'release', (SELECT jsonb_agg(to_jsonb(x) - 'area' ORDER BY channel, cycle)
					FROM flis_release x WHERE x.area = $1),
		'status', (SELECT jsonb_agg(to_jsonb(s) - 'area' - 'recorded_at' ORDER BY as_of)
				   FROM flis_status s WHERE s.area = $1),
		'notice', (SELECT jsonb_agg(to_jsonb(n) - 'area' ORDER BY notice)
				   FROM flis_notice n WHERE n.area = $1)))::text
$$;

CREATE VIEW reference.difference AS
SELECT d.*, reference.rows_of(area, channel) AS rows
FROM (SELECT * FROM reference.comparison WHERE answer IS DISTINCT FROM reference LIMIT 10) d;
