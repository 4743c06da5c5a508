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
 * Every cycle of every area in every channel: what it carries, its window, and from when it is out.
 */
CREATE :stored VIEW reference.cycle AS
SELECT a.area, c.channel, d.day AS cycle, r.frequency,
	   reference.period_end(reference.period(d.day, r.frequency) - 1 - r.lag, r.frequency)
	   AS data_through,
	   w.opens, w.closes,
	   CASE WHEN NOT coalesce(x.cancelled, false)
			THEN coalesce(x.released_on, x.planned_on, w.closes) END AS out_on
FROM flis_area a
	 JOIN reference.rule_version r ON r.area = a.area
	 JOIN (SELECT day, extract(month FROM day) AS month, extract(day FROM day) AS day_of_month
		   FROM reference.calendar WHERE day BETWEEN :'first_cycle' AND :'last_cycle') d
		 ON d.day >= r.valid_from AND d.day < r.valid_until
	 JOIN reference.channel_version c ON d.day >= c.valid_from AND d.day < c.valid_until
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
	 LEFT JOIN flis_release x ON (x.area, x.channel, x.cycle) = (a.area, c.channel, d.day)
WHERE NOT a.retired
	  AND CASE r.frequency WHEN 'MONTHLY' THEN d.day_of_month = 1
						   WHEN 'ANNUAL' THEN d.day_of_month = 1 AND d.month = r.release_month
						   WHEN 'WEEKLY' THEN extract(isodow FROM d.day) = 1
						   WHEN 'QUARTERLY' THEN d.day_of_month = 1 AND d.month IN (1, 4, 7, 10)
						   WHEN 'ANNUAL_2' THEN d.day_of_month = 1 AND d.month IN (1, 7)
						   ELSE true END;

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
	SELECT area, channel, out_on AS day, out_on, ARRAY[data_through, cycle] AS carried
	FROM reference.cycle WHERE out_on IS NOT NULL
	UNION ALL
	SELECT area, channel, day, NULL, NULL FROM reference.question
), state AS (
	SELECT area, channel, day, out_on, max(carried) OVER until AS carried,
		   count(out_on) OVER until AS releases, min(out_on) OVER later AS next_out
	FROM moment
	WINDOW until AS (PARTITION BY area, channel ORDER BY day),
		   later AS (PARTITION BY area, channel ORDER BY day DESC
					 GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT s.area, s.channel, s.day, s.carried[1] AS expected, s.carried[2] AS cycle, c.frequency,
	   s.releases, s.next_out
FROM state s
	 LEFT JOIN reference.cycle c ON (c.area, c.channel, c.cycle) = (s.area, s.channel, s.carried[2])
WHERE s.out_on IS NULL;

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
				   ELSE $4 BETWEEN coalesce(n.period_from, '-infinity')
								   AND coalesce(n.period_until, 'infinity') END
$$;

/*
 * Rules, statuses and notices together: the four cases of data_through.  "basis" is where the answer
 * comes from, "periods_ahead" says how far a status was ahead of the rules on its own day.
 */
CREATE VIEW reference.answer AS
SELECT r.area, r.channel, r.day, r.expected, r.cycle, s.as_of, s.data_through AS published, s.state,
	   CASE WHEN EXISTS (SELECT FROM reference.denies(r.area, r.day, 'completeness', c.data_through))
			THEN false ELSE s.complete END AS complete,
	   CASE WHEN EXISTS (SELECT FROM reference.denies(r.area, r.day, 'comparability', c.data_through))
			THEN false ELSE s.benchmarkable END AS benchmarkable,
	   s.note, c.data_through,
	   CASE WHEN is_closed THEN 'closed' WHEN c.data_through IS NULL THEN 'none'
			WHEN c.data_through = s.data_through THEN 'published' ELSE 'rule' END AS basis,
	   CASE WHEN NOT is_closed THEN r.next_out END AS next_release,
	   reference.whole_period(s.data_through, t.frequency)
	   - reference.whole_period(t.expected, t.frequency) AS periods_ahead
FROM reference.rules r
	 LEFT JOIN LATERAL (SELECT * FROM flis_status s WHERE s.area = r.area AND s.as_of <= r.day
						ORDER BY s.as_of DESC LIMIT 1) s ON true
	 LEFT JOIN reference.rules t ON (t.area, t.channel, t.day) = (r.area, r.channel, s.as_of)
	 CROSS JOIN LATERAL (
		SELECT coalesce(s.state = 'closed', false)
			   OR EXISTS (SELECT FROM reference.in_force(r.area, r.day) n
						  WHERE n.kind = 'access' AND n.municipality IS NULL
								AND n.period_from IS NULL AND n.period_until IS NULL) AS is_closed
	 ) x
	 CROSS JOIN LATERAL (
		SELECT greatest(0, reference.whole_period(t.expected, r.frequency)
						   - reference.whole_period(s.data_through, r.frequency)) AS behind
	 ) k
	 CROSS JOIN LATERAL (
		SELECT CASE WHEN is_closed THEN NULL
					WHEN s.data_through IS NULL THEN r.expected
					WHEN t.releases = r.releases THEN s.data_through
					ELSE greatest(s.data_through, reference.period_end(
							reference.period(r.expected, r.frequency) - k.behind, r.frequency))
			   END AS data_through
	 ) c;

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
	   reference.period_end(reference.period(a.day, v.frequency), v.frequency) AS period_end
FROM reference.question a
	 LEFT JOIN LATERAL (SELECT r.frequency FROM flis_rule r WHERE r.area = a.area AND NOT r.retired
						ORDER BY r.valid_from <= a.day DESC, abs(r.valid_from - a.day)
						LIMIT 1) v ON true
WHERE (a.day - date '2000-01-01') % 11 = 0;

CREATE VIEW reference.release_of AS
SELECT 'release_of' AS function, a.area, a.channel, a.day,
	   flis_release_of(a.area, a.day, a.channel) AS answer,
	   (SELECT min(c.out_on) FROM reference.cycle c
		WHERE (c.area, c.channel) = (a.area, a.channel)
			  AND c.data_through >= a.period_end) AS reference
FROM reference.asked_period a;

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
			 concat_ws(' ', reference.period_end(reference.period(c.data_through, c.frequency) - 1,
												 c.frequency) + 1,
					   c.data_through, c.opens, c.closes, e.expected_on, x.released_on,
					   CASE WHEN x.cancelled THEN 'cancelled'
							WHEN x.released_on IS NOT NULL THEN 'published'
							WHEN x.planned_on > c.closes THEN 'postponed'
							WHEN x.planned_on IS NOT NULL THEN 'confirmed' ELSE 'provisional' END,
					   x.released_on - e.expected_on, x.released_on - c.data_through, x.note)
			 AS reference
	  FROM reference.cycle c
		   LEFT JOIN flis_release x USING (area, channel, cycle)
		   CROSS JOIN LATERAL (SELECT coalesce(x.planned_on, c.closes) AS expected_on) e
	  WHERE coalesce(x.released_on, e.expected_on) BETWEEN (SELECT min(day) FROM reference.asked)
			AND (SELECT max(day) FROM reference.asked)) r
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
		'channel', (SELECT jsonb_agg(to_jsonb(c) - 'name' - 'channel' ORDER BY valid_from)
					FROM flis_channel c WHERE c.channel = $2),
		'release', (SELECT jsonb_agg(to_jsonb(x) - 'area' - 'channel' ORDER BY cycle)
					FROM flis_release x WHERE (x.area, x.channel) = ($1, $2)),
		'status', (SELECT jsonb_agg(to_jsonb(s) - 'area' - 'recorded_at' ORDER BY as_of)
				   FROM flis_status s WHERE s.area = $1),
		'notice', (SELECT jsonb_agg(to_jsonb(n) - 'area' ORDER BY notice)
				   FROM flis_notice n WHERE n.area = $1)))::text
$$;

CREATE VIEW reference.difference AS
SELECT d.*, reference.rows_of(area, channel) AS rows
FROM (SELECT * FROM reference.comparison WHERE answer IS DISTINCT FROM reference LIMIT 10) d;
