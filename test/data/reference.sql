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
ANALYZE reference.calendar;

-- Where a day of the calendar moves.
CREATE FUNCTION reference.moved(day date, moved reference.calendar, convention text) RETURNS date
IMMUTABLE LANGUAGE sql
RETURN CASE convention WHEN 'none' THEN day WHEN 'following' THEN moved.following
					   WHEN 'preceding' THEN moved.preceding
					   WHEN 'modified_following' THEN moved.modified_following END;

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
	 LEFT JOIN reference.calendar o ON o.day = u.opens
	 LEFT JOIN reference.calendar e ON e.day = u.closes
	 CROSS JOIN LATERAL (
		SELECT reference.moved(u.opens, o, r.business_day), reference.moved(u.closes, e, r.business_day)
	 ) AS w (opens, closes)
WHERE NOT a.retired
	  AND CASE r.frequency WHEN 'MONTHLY' THEN d.day_of_month = 1
						   WHEN 'ANNUAL' THEN d.day_of_month = 1 AND d.month = r.release_month
						   WHEN 'WEEKLY' THEN extract(isodow FROM d.day) = 1
						   WHEN 'QUARTERLY' THEN d.day_of_month = 1 AND d.month IN (1, 4, 7, 10)
						   WHEN 'ANNUAL_2' THEN d.day_of_month = 1 AND d.month IN (1, 7)
						   ELSE true END;

/*
 * Every release of an area.  One that follows another is out no earlier than days_after days after that
 * one's day, and is cancelled with it, unless it was recorded; where nothing is said of its own day what
 * is said of that one's counts, with its note.  So those that follow none come first, then those that
 * follow them, and so on.
 *
 * The functions that return all of an area have settings and a cost so that they are called, and called
 * once: inlined into the views below they would be planned and run many times.
 */
CREATE FUNCTION reference.cycles(area text)
RETURNS TABLE (channel text, cycle date, frequency text, data_through date, opens date, closes date,
			   expected_on date, released_on date, day date, cancelled boolean, date_status text,
			   note text, lead_days integer, out_on date)
STABLE COST 100000 LANGUAGE sql SET jit = off SET search_path FROM CURRENT AS
$$
	WITH RECURSIVE own AS MATERIALIZED (
		SELECT p.*, coalesce(l.channel, '') AS leader, x.planned_on, x.released_on, x.cancelled, x.note,
			   CASE WHEN x.cancelled THEN 'cancelled' WHEN x.released_on IS NOT NULL THEN 'published'
					WHEN x.planned_on > p.closes THEN 'postponed'
					WHEN x.planned_on IS NOT NULL THEN 'confirmed' END AS status
		FROM reference.planned p
			 LEFT JOIN reference.planned l ON (l.area, l.channel, l.cycle) = (p.area, p.follows, p.cycle)
			 LEFT JOIN flis_release x ON (x.area, x.channel, x.cycle) = (p.area, p.channel, p.cycle)
		WHERE p.area = $1
	), release AS (
		-- What those follow that follow none.
		SELECT DISTINCT '' COLLATE "C" AS channel, o.cycle, NULL::date AS expected_on, NULL::date AS day,
			   NULL::boolean AS cancelled, NULL::text AS date_status, NULL::text AS note, 0 AS lead_days
		FROM own o
		UNION ALL
		SELECT o.channel, o.cycle, e.expected_on, coalesce(o.released_on, e.expected_on),
			   coalesce(o.cancelled OR o.released_on IS NULL AND l.cancelled, o.cancelled, l.cancelled, false),
			   CASE WHEN k.is_own THEN o.status WHEN l.date_status = 'published' THEN 'confirmed'
					ELSE coalesce(l.date_status, 'provisional') END,
			   CASE WHEN k.is_own THEN o.note ELSE coalesce(l.note, o.note) END,
			   o.days_after + l.lead_days
		FROM release l
			 JOIN own o ON (o.leader, o.cycle) = (l.channel, l.cycle)
			 CROSS JOIN LATERAL (
				SELECT greatest(coalesce(o.planned_on, o.closes), l.day + o.days_after) AS expected_on
			 ) e
			 CROSS JOIN LATERAL (
				SELECT coalesce(o.status IN ('cancelled', 'published')
								OR o.status IS NOT NULL AND l.cancelled IS NOT true, false) AS is_own
			 ) k
	)
	SELECT r.channel, r.cycle, o.frequency, o.data_through, o.opens, o.closes, r.expected_on, o.released_on,
		   r.day, r.cancelled, r.date_status, r.note, r.lead_days, CASE WHEN NOT r.cancelled THEN r.day END
	FROM release r JOIN own o USING (channel, cycle)
$$;

CREATE :stored VIEW reference.cycle AS
SELECT a.area, c.* FROM flis_area a, reference.cycles(a.area) c WHERE NOT a.retired;

/*
 * The days that are asked for, among them that of each status.
 */
CREATE TABLE reference.asked (day date PRIMARY KEY);

CREATE VIEW reference.question AS
SELECT a.area, c.channel, d.day
FROM flis_area a, (SELECT DISTINCT channel FROM flis_channel WHERE NOT retired) c, reference.asked d
WHERE NOT a.retired;

-- How far an area that is so many periods ahead of the rules then reaches: each cycle that is out
-- counts with that many of its own periods.
CREATE FUNCTION reference.shifted(periods integer, monthly date, annual date, daily date, weekly date,
								  quarterly date, half_yearly date) RETURNS date
IMMUTABLE LANGUAGE sql
RETURN (SELECT max(reference.period_end(reference.period(f.through, f.frequency) + periods, f.frequency))
		FROM (VALUES (monthly, 'MONTHLY'), (annual, 'ANNUAL'), (daily, 'DAILY'), (weekly, 'WEEKLY'),
					 (quarterly, 'QUARTERLY'), (half_yearly, 'ANNUAL_2')) AS f (through, frequency)
		WHERE f.through IS NOT NULL);

/*
 * On each day, in each channel: by the rules alone what is out, the newest cycle that carries it, and the
 * day of the next release; the newest status, and the newest of those that count in the channel by then;
 * and what both together say, where nothing closes the area.
 *
 * A status belongs to the newest cycle that is out as a data package on its day, and is so many periods
 * ahead of what was expected of data packages then.  A lead counts later in a channel that follows.
 */
CREATE FUNCTION reference.open_days(area text)
RETURNS TABLE (channel text, day date, expected date, cycle date, next_out date,
			   newest flis_status, counting flis_status, ahead integer, through date)
STABLE COST 100000 LANGUAGE sql SET jit = off SET search_path FROM CURRENT AS
$$
	WITH cycle AS MATERIALIZED (
		SELECT * FROM reference.cycle c WHERE c.area = $1
	), moment AS (
		SELECT channel, out_on AS day, out_on, cycle, ARRAY[data_through, cycle] AS carried, data_through,
			   frequency
		FROM cycle WHERE out_on IS NOT NULL
		UNION ALL
		SELECT q.channel, q.day, NULL, NULL, NULL, NULL, NULL FROM reference.question q WHERE q.area = $1
	), state AS (
		SELECT channel, day, out_on, max(carried) OVER until AS carried,
			   max(cycle) OVER until AS newest,
			   max(data_through) FILTER (WHERE frequency = 'MONTHLY') OVER until AS monthly,
			   max(data_through) FILTER (WHERE frequency = 'ANNUAL') OVER until AS annual,
			   max(data_through) FILTER (WHERE frequency = 'DAILY') OVER until AS daily,
			   max(data_through) FILTER (WHERE frequency = 'WEEKLY') OVER until AS weekly,
			   max(data_through) FILTER (WHERE frequency = 'QUARTERLY') OVER until AS quarterly,
			   max(data_through) FILTER (WHERE frequency = 'ANNUAL_2') OVER until AS half_yearly,
			   min(out_on) OVER later AS next_out
		FROM moment
		WINDOW until AS (PARTITION BY channel ORDER BY day),
			   later AS (PARTITION BY channel ORDER BY day DESC
						 GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
	), rules AS MATERIALIZED (
		SELECT s.*, s.carried[1] AS expected FROM state s WHERE s.out_on IS NULL
	), status AS MATERIALIZED (
		SELECT s, s.as_of, s.data_through,
			   CASE WHEN s.state <> 'closed' AND s.data_through IS NOT NULL THEN p.newest END AS cycle,
			   reference.whole_period(s.data_through, c.frequency)
			   - reference.whole_period(p.expected, c.frequency) AS ahead
		FROM flis_status s
			 LEFT JOIN rules p ON (p.channel, p.day) = ('datapakke', s.as_of)
			 LEFT JOIN cycle c ON (c.channel, c.cycle) = (p.channel, p.newest)
		WHERE s.area = $1
	), counts AS (
		-- From which day on each status counts in a channel, once its cycle is out there.
		SELECT q.channel, s.as_of, s.cycle, s.as_of + CASE WHEN s.ahead <= 0 THEN 0 ELSE coalesce(c.lead_days, 0) END AS since
		FROM (SELECT DISTINCT r.channel FROM rules r) q
			 CROSS JOIN status s
			 LEFT JOIN cycle c ON (c.channel, c.cycle) = (q.channel, s.cycle)
	), days AS (
		SELECT r.channel, r.day, max(c.as_of) AS newest_as_of,
			   max(c.as_of) FILTER (WHERE c.cycle IS NULL OR c.cycle <= r.newest AND c.since <= r.day)
			   AS counting_as_of
		FROM rules r JOIN counts c ON c.channel = r.channel AND c.as_of <= r.day
		GROUP BY r.channel, r.day
	)
	SELECT r.channel, r.day, r.expected, r.carried[2], r.next_out, n.s, s.s, n.ahead, d.through
	FROM rules r
		 LEFT JOIN days k USING (channel, day)
		 LEFT JOIN status n ON n.as_of = k.newest_as_of
		 LEFT JOIN status s ON s.as_of = k.counting_as_of
		 -- The steps of the design: by the rules; as published; less the delay, or at least what was
		 -- published.
		 CROSS JOIN LATERAL (
			SELECT CASE WHEN s.data_through IS NULL THEN r.expected
						WHEN r.newest IS NULL OR r.newest = s.cycle THEN s.data_through
						WHEN s.ahead < 0
						THEN greatest(s.data_through,
									  reference.shifted(s.ahead, r.monthly, r.annual, r.daily, r.weekly,
														r.quarterly, r.half_yearly))
						ELSE greatest(s.data_through, r.expected) END AS through
		 ) c
		 -- A newer status that does not count yet can only lower it.
		 CROSS JOIN LATERAL (
			SELECT CASE WHEN c.through IS NOT NULL AND n.as_of IS DISTINCT FROM s.as_of
						THEN least(c.through, n.data_through) ELSE c.through END AS through
		 ) d
$$;

-- How the rule in force on a day counts periods, or else the first one.
CREATE FUNCTION reference.frequency_on(area text, day date) RETURNS text
STABLE LANGUAGE sql AS
$$
	SELECT r.frequency FROM flis_rule r WHERE r.area = $1 AND NOT r.retired
	ORDER BY r.valid_from <= $2 DESC, abs(r.valid_from - $2) LIMIT 1
$$;

-- The last day before the period that a day is in, as periods are counted on another day; in months where
-- no rule says how.
CREATE FUNCTION reference.day_before(day date, area text, counted_on date) RETURNS date
STABLE LANGUAGE sql
RETURN reference.period_end(reference.period(day, coalesce(reference.frequency_on(area, counted_on), 'MONTHLY')) - 1,
							coalesce(reference.frequency_on(area, counted_on), 'MONTHLY'));

/*
 * Notices: those in force on a day, and those among them that deny something for a period, also for a part
 * of it; where no period is known only those about all periods do.
 */
CREATE FUNCTION reference.in_force(area text, day date) RETURNS SETOF flis_notice
STABLE LANGUAGE sql AS
$$
	SELECT n.* FROM flis_notice n
	WHERE n.area = $1 AND n.started_on <= $2 AND (n.ended_on IS NULL OR n.ended_on > $2)
$$;

CREATE FUNCTION reference.denies(area text, day date, kind text, through date) RETURNS SETOF flis_notice
STABLE LANGUAGE sql AS
$$
	SELECT n.* FROM reference.in_force($1, $2) n
	WHERE n.kind = $3
		  AND CASE WHEN n.period_from IS NULL AND n.period_until IS NULL THEN true
				   ELSE $4 >= coalesce(n.period_from, '-infinity')
						AND reference.day_before($4, $1, $2) < coalesce(n.period_until, 'infinity') END
$$;

/*
 * The same days, with since when something closes the area: a status, a notice or its whole, the newest of
 * them.  What is as new in the area itself, a status or a notice of access, keeps a part open.
 */
CREATE FUNCTION reference.days(area text)
RETURNS TABLE (channel text, day date, expected date, cycle date, next_out date,
			   newest flis_status, counting flis_status, ahead integer, through date, closed_since date)
STABLE COST 100000 LANGUAGE sql SET jit = off SET search_path FROM CURRENT AS
$$
	SELECT d.*, greatest(o.own, CASE WHEN w.closed_since <= o.said THEN NULL ELSE w.closed_since END)
	FROM reference.open_days($1) d
		 LEFT JOIN (SELECT i.*
					FROM flis_area a
						 JOIN flis_area w ON w.area = a.part_of AND NOT w.retired
						 CROSS JOIN LATERAL reference.days(w.area) i
					WHERE a.area = $1) w USING (channel, day)
		 CROSS JOIN LATERAL (
			SELECT greatest(CASE (d.counting).state WHEN 'closed' THEN (d.counting).as_of END,
							max(n.started_on) FILTER (WHERE n.municipality IS NULL AND n.period_from IS NULL
															AND n.period_until IS NULL)) AS own,
				   greatest((d.newest).as_of, max(n.started_on)) AS said
			FROM reference.in_force($1, d.day) n WHERE n.kind = 'access'
		 ) o
$$;

/*
 * Rules, statuses and notices together.  "basis" is where the answer comes from, "periods_ahead" says how
 * far the newest status was ahead of the rules on its own day.
 */
CREATE FUNCTION reference.answers(area text)
RETURNS TABLE (channel text, day date, expected date, cycle date, as_of date, published date, state text,
			   complete boolean, benchmarkable boolean, note text, data_through date, basis text,
			   next_release date, periods_ahead integer)
STABLE COST 100000 LANGUAGE sql SET jit = off SET search_path FROM CURRENT AS
$$
	WITH cycle AS MATERIALIZED (
		SELECT * FROM reference.cycle c WHERE c.area = $1
	)
	SELECT r.channel, r.day, r.expected, r.cycle, (r.newest).as_of, (r.newest).data_through,
		   CASE WHEN x.is_closed THEN 'closed' ELSE (r.newest).state END,
		   CASE WHEN EXISTS (SELECT FROM reference.denies($1, r.day, 'completeness', e.data_through))
				THEN false ELSE (r.newest).complete END,
		   CASE WHEN EXISTS (SELECT FROM reference.denies($1, r.day, 'comparability', e.data_through))
				THEN false ELSE (r.newest).benchmarkable END,
		   (r.newest).note, e.data_through,
		   CASE WHEN x.is_closed THEN 'closed' WHEN d.data_through IS NULL THEN 'none'
				WHEN d.data_through IN ((r.counting).data_through, (r.newest).data_through)
				THEN 'published' ELSE 'rule' END,
		   CASE WHEN x.is_closed THEN NULL WHEN a.through IS NULL THEN r.next_out
				ELSE (SELECT min(y.out_on) FROM cycle y
					  WHERE y.channel = r.channel AND y.out_on > r.day AND y.data_through <= a.through) END,
		   r.ahead
	FROM reference.days($1) r
		 CROSS JOIN LATERAL (SELECT r.closed_since IS NOT NULL AS is_closed) x
		 CROSS JOIN LATERAL (SELECT CASE WHEN NOT x.is_closed THEN r.through END AS data_through) d
		 -- Access for all to the periods from one on has ended: the area ends before that one.
		 CROSS JOIN LATERAL (
			SELECT min(reference.day_before(o.period_from, $1, r.day)) AS through
			FROM reference.in_force($1, r.day) o
			WHERE o.kind = 'access' AND o.municipality IS NULL
				  AND o.period_from IS NOT NULL AND o.period_until IS NULL
		 ) a
		 CROSS JOIN LATERAL (
			SELECT CASE WHEN d.data_through IS NOT NULL
						THEN least(d.data_through, a.through) END AS data_through
		 ) e
$$;

CREATE :stored VIEW reference.answer AS
SELECT a.area, r.* FROM flis_area a, reference.answers(a.area) r WHERE NOT a.retired;

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
SELECT a.area, a.channel, a.day, e.period_end
FROM reference.question a
	 CROSS JOIN LATERAL (
		SELECT reference.period_end(reference.period(a.day, f.frequency), f.frequency) AS period_end
		FROM (SELECT reference.frequency_on(a.area, a.day) OFFSET 0) AS f (frequency) OFFSET 0
	 ) e
WHERE (a.day - date '2000-01-01') % 11 = 0;

-- The days on which an area reaches further than on any before.
CREATE VIEW reference.advance AS
SELECT area, channel, reached, min(day) AS day
FROM (SELECT area, channel, day,
			 max(data_through) OVER (PARTITION BY area, channel ORDER BY day) AS reached
	  FROM reference.answer) a
GROUP BY area, channel, reached;

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
		   LEFT JOIN reference.advance a
			   ON (a.area, a.channel) = (p.area, p.channel) AND a.reached >= p.period_end
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
