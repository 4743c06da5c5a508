/*
 * invariants: on each day, for each area and channel, the functions answer as the rules say.
 *
 * The schema "reference" says the rules a second time, as plain and slow queries: every cycle is
 * written down, then what is out on every day.  It is compared with the functions over the shipped
 * facts, over random rules, channels and one-off changes, and over random statuses.  A difference
 * is printed with all rows of its area; "seed" makes the random rows the same each time.
 */
CREATE EXTENSION flis;
\set seed 0.4711
\set VERBOSITY terse
SET client_min_messages = warning;
SET datestyle = 'ISO, DMY';
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
 * Periods, counted in months, years or days: the number of the one that a day is in, and its end.
 */
CREATE FUNCTION reference.period(day date, frequency text) RETURNS integer
IMMUTABLE LANGUAGE sql
RETURN CASE frequency WHEN 'MONTHLY' THEN extract(year FROM day) * 12 + extract(month FROM day) - 1
					  WHEN 'ANNUAL' THEN extract(year FROM day)
					  WHEN 'DAILY' THEN day - date '2000-01-01' END;

CREATE FUNCTION reference.period_end(period integer, frequency text) RETURNS date
IMMUTABLE LANGUAGE sql
RETURN CASE frequency WHEN 'MONTHLY'
					  THEN make_date((period + 1) / 12, (period + 1) % 12 + 1, 1) - 1
					  WHEN 'ANNUAL' THEN make_date(period, 12, 31)
					  WHEN 'DAILY' THEN date '2000-01-01' + period END;

-- The newest period of which a day covers the whole.
CREATE FUNCTION reference.whole_period(day date, frequency text) RETURNS integer
IMMUTABLE LANGUAGE sql
RETURN reference.period(day + 1, frequency) - 1;

/*
 * Every cycle of every area in every channel: what it carries, its window, and from when it is out.
 */
CREATE MATERIALIZED VIEW reference.cycle AS
SELECT r.area, c.channel, d.day AS cycle, r.frequency,
	   reference.period_end(reference.period(d.day, r.frequency) - 1 - r.lag, r.frequency)
	   AS data_through,
	   w.opens, w.closes,
	   CASE WHEN NOT coalesce(x.cancelled, false)
			THEN coalesce(x.released_on, x.planned_on, w.closes) END AS out_on
FROM flis_area a
	 CROSS JOIN (SELECT day, extract(month FROM day) AS month, extract(day FROM day) AS day_of_month
				 FROM reference.calendar WHERE day BETWEEN '2014-01-01' AND '2031-12-31') d
	 CROSS JOIN LATERAL (SELECT * FROM flis_rule r
						 WHERE r.area = a.area AND r.valid_from <= d.day AND NOT r.retired
						 ORDER BY r.valid_from DESC LIMIT 1) r
	 CROSS JOIN (SELECT DISTINCT channel FROM flis_channel) n
	 CROSS JOIN LATERAL (SELECT * FROM flis_channel c
						 WHERE c.channel = n.channel AND c.valid_from <= d.day AND NOT c.retired
						 ORDER BY c.valid_from DESC LIMIT 1) c
	 CROSS JOIN LATERAL (
		SELECT CASE r.frequency WHEN 'DAILY' THEN d.day
								ELSE d.day + c.opens_day - 1 - r.early_max_days END,
			   CASE r.frequency WHEN 'DAILY' THEN d.day
								ELSE d.day + c.closes_day - 1 - r.early_min_days END
	 ) AS u (opens, closes)
	 CROSS JOIN LATERAL (
		SELECT reference.business_day(u.opens, r.business_day),
			   reference.business_day(u.closes, r.business_day)
	 ) AS w (opens, closes)
	 LEFT JOIN flis_release x ON (x.area, x.channel, x.cycle) = (a.area, c.channel, d.day)
WHERE NOT a.retired
	  AND CASE r.frequency WHEN 'MONTHLY' THEN d.day_of_month = 1
						   WHEN 'ANNUAL' THEN d.day_of_month = 1 AND d.month = r.release_month
						   ELSE true END
WITH NO DATA;

/*
 * The rules alone, on every day that is asked for: what is out, the newest cycle that carries it,
 * how many releases have come, and the day of the next one.
 */
CREATE TABLE reference.asked (day date PRIMARY KEY);

CREATE MATERIALIZED VIEW reference.rules AS
WITH moment AS (
	SELECT area, channel, out_on AS day, out_on, ARRAY[data_through, cycle] AS carried
	FROM reference.cycle WHERE out_on IS NOT NULL
	UNION ALL
	SELECT a.area, c.channel, d.day, NULL, NULL
	FROM flis_area a, (SELECT DISTINCT channel FROM flis_channel WHERE NOT retired) c,
		 reference.asked d
	WHERE NOT a.retired
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
WHERE s.out_on IS NULL
WITH NO DATA;

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
SET reference.shuffle = 'off';

CREATE VIEW reference.scalar_difference AS
SELECT f.function, a.area, a.channel, a.day, f.answer, f.reference
FROM (SELECT * FROM reference.answer
	  ORDER BY CASE current_setting('reference.shuffle') WHEN 'on' THEN random() END,
			   area, channel, day) a,
	 LATERAL (VALUES
		('expected_through', flis_expected_through(a.area, a.day, a.channel), a.expected),
		('data_through', flis_data_through(a.area, a.day, a.channel), a.data_through),
		('next_release', flis_next_release(a.area, a.day, a.channel), a.next_release)
	 ) AS f (function, answer, reference)
WHERE f.answer IS DISTINCT FROM f.reference;

-- By the day that names the cycle.
CREATE VIEW reference.window_difference AS
SELECT 'release_window' AS function, area, channel, cycle AS day,
	   flis_release_window(area, cycle, channel) AS answer,
	   daterange(opens, closes, '[]') AS reference
FROM reference.cycle
WHERE flis_release_window(area, cycle, channel) IS DISTINCT FROM daterange(opens, closes, '[]');

-- A period is a month, year or day as the version in force on the asked day counts, else the first.
CREATE VIEW reference.asked_period AS
SELECT a.area, a.channel, a.day,
	   reference.period_end(reference.period(a.day, v.frequency), v.frequency) AS period_end
FROM reference.rules a
	 LEFT JOIN LATERAL (SELECT r.frequency FROM flis_rule r WHERE r.area = a.area AND NOT r.retired
						ORDER BY r.valid_from <= a.day DESC, abs(r.valid_from - a.day)
						LIMIT 1) v ON true
WHERE (a.day - date '2000-01-01') % 11 = 0;

CREATE VIEW reference.release_of_difference AS
SELECT 'release_of' AS function, a.area, a.channel, a.day, f.answer, f.reference
FROM reference.asked_period a
	 CROSS JOIN LATERAL (
		SELECT flis_release_of(a.area, a.day, a.channel) AS answer,
			   (SELECT min(c.out_on) FROM reference.cycle c
				WHERE (c.area, c.channel) = (a.area, a.channel)
					  AND c.data_through >= a.period_end) AS reference
	 ) f
WHERE f.answer IS DISTINCT FROM f.reference;

CREATE VIEW reference.asked_coverage AS
SELECT DISTINCT channel, day FROM reference.rules WHERE (day - date '2000-01-01') % 13 = 0;

CREATE VIEW reference.coverage_difference AS
SELECT 'coverage' AS function, l.*
FROM reference.asked_coverage n,
	 LATERAL (
		SELECT area, n.channel, n.day, c.answer, r.reference
		FROM (SELECT area, concat_ws(' ', 'expected', expected, 'published', published, 'through',
					 data_through, basis, 'cycle', cycle, 'status', status_as_of, state, complete,
					 benchmarkable, 'next', next_release, note, 'ahead', periods_ahead) AS answer
			  FROM flis_coverage(n.day, n.channel)) c
			 FULL JOIN
			 (SELECT area, concat_ws(' ', 'expected', expected, 'published', published, 'through',
					 data_through, basis, 'cycle', cycle, 'status', as_of, state, complete,
					 benchmarkable, 'next', next_release, note, 'ahead', periods_ahead) AS reference
			  FROM reference.answer a WHERE (a.channel, a.day) = (n.channel, n.day)) r
			 USING (area)
	 ) l
WHERE l.answer IS DISTINCT FROM l.reference;

-- The calendar of all days that are asked for, in each channel, by the day that names the cycle.
CREATE VIEW reference.listed AS
SELECT c.*, coalesce(c.released_on, c.expected_on) AS day
FROM (SELECT DISTINCT channel FROM reference.rules) n,
	 (SELECT min(d.day) AS first, max(d.day) AS last FROM reference.asked d) d,
	 LATERAL flis_release_calendar(d.first, d.last, n.channel) c;

CREATE VIEW reference.calendar_difference AS
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
	 USING (area, channel, cycle)
WHERE c.answer IS DISTINCT FROM r.reference;

-- Three areas at a time: the last day that all of them cover, NULL if one covers none.
CREATE VIEW reference.common_difference AS
SELECT 'common_through' AS function, array_agg(area)::text AS area, channel, day,
	   flis_common_through(array_agg(area), day, channel) AS answer,
	   CASE WHEN count(data_through) = count(*) THEN min(data_through) END AS reference
FROM (SELECT *, row_number() OVER (PARTITION BY channel, day
									ORDER BY md5(area || day)) / 3 AS triple
	  FROM reference.answer WHERE (day - date '2000-01-01') % 17 = 0) a
GROUP BY channel, day, triple
HAVING flis_common_through(array_agg(area), day, channel) IS DISTINCT FROM
	   CASE WHEN count(data_through) = count(*) THEN min(data_through) END;

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
FROM (
	SELECT function, area, channel, day, answer::text, reference::text
	FROM reference.scalar_difference
	UNION ALL
	SELECT function, area, channel, day, answer::text, reference::text
	FROM reference.window_difference
	UNION ALL
	SELECT function, area, channel, day, answer::text, reference::text
	FROM reference.release_of_difference
	UNION ALL
	SELECT * FROM reference.coverage_difference
	UNION ALL
	SELECT function, area, channel, day, answer::text, reference::text
	FROM reference.common_difference
	UNION ALL
	SELECT * FROM reference.calendar_difference
	LIMIT 10
) d;

/*
 * What holds whatever the rules are, said with the functions alone.
 */

-- (a) Without status data_through never falls.
CREATE VIEW reference.falls AS
SELECT area, channel, day, before, through
FROM (SELECT area, channel, day, through,
			 lag(through) OVER (PARTITION BY area, channel ORDER BY day) AS before
	  FROM (SELECT *, flis_data_through(area, day, channel) AS through FROM reference.rules) r) r
WHERE through < before OR through IS NULL AND before IS NOT NULL;

-- (b) It changes only on the days that next_release names, and grows on each where neither the rule
-- nor the channel ever changes.
CREATE VIEW reference.changes AS
SELECT area, channel, day, before, through, is_release
FROM (SELECT area, channel, day, flis_data_through(area, day - 1, channel) AS before,
			 flis_data_through(area, day, channel) AS through,
			 flis_next_release(area, day - 1, channel) IS NOT DISTINCT FROM day AS is_release
	  FROM reference.rules) r
WHERE through IS DISTINCT FROM before AND NOT is_release
	  OR NOT through > before AND is_release
		 AND area IN (SELECT r.area FROM flis_rule r GROUP BY 1 HAVING count(*) = 1)
		 AND channel IN (SELECT c.channel FROM flis_channel c GROUP BY 1 HAVING count(*) = 1)
		 AND (area, channel) NOT IN (SELECT x.area, x.channel FROM flis_release x);

-- (c) release_of is the first day with data_through on or after the period's end.
CREATE VIEW reference.covers AS
SELECT area, channel, day, period_end, release, before, through
FROM (SELECT *, flis_data_through(area, release - 1, channel) AS before,
			 flis_data_through(area, coalesce(release, last_day), channel) AS through
	  FROM (SELECT *, flis_release_of(area, day, channel) AS release,
				   (SELECT max(d.day) FROM reference.asked d) AS last_day
			FROM reference.asked_period) p) p
WHERE before >= period_end OR through >= period_end AND release IS NULL
	  OR (through >= period_end) IS NOT TRUE AND release IS NOT NULL;

-- (d) flis_coverage says row for row what the scalar functions say, of each area once.
CREATE VIEW reference.covered_otherwise AS
SELECT c.area, n.channel, n.day, c.expected, c.data_through, c.next_release
FROM reference.asked_coverage n,
	 LATERAL (SELECT a.area AS asked, c.*
			  FROM (SELECT * FROM flis_area WHERE NOT retired) a
				   FULL JOIN flis_coverage(n.day, n.channel) c USING (area)) c
WHERE c.area IS NULL OR c.asked IS NULL
	  OR (c.expected, c.data_through, c.next_release) IS DISTINCT FROM
		 (flis_expected_through(c.area, n.day, n.channel),
		  flis_data_through(c.area, n.day, n.channel),
		  flis_next_release(c.area, n.day, n.channel));

-- (e) On the days that flis_release_calendar lists, and on no other, something comes, and the rules
-- reach what it brings unless they reached it before.
CREATE VIEW reference.listed_otherwise AS
SELECT area, channel, day, brought, next_day
FROM (SELECT area, channel, day, max(data_through) AS brought,
			 lead(day) OVER (PARTITION BY area, channel ORDER BY day) AS next_day
	  FROM reference.listed WHERE date_status <> 'cancelled' GROUP BY area, channel, day) l
WHERE flis_next_release(area, day, channel) <> next_day
	  OR flis_expected_through(area, day, channel) IS DISTINCT FROM
		 greatest(brought, flis_expected_through(area, day - 1, channel));

/*
 * The shipped facts, eight years by day.
 */
INSERT INTO reference.asked SELECT generate_series(timestamp '2023-01-01', '2030-12-31', '1 day');
REFRESH MATERIALIZED VIEW reference.cycle;
CREATE UNIQUE INDEX ON reference.cycle (area, channel, cycle);
CREATE INDEX ON reference.cycle (area, channel, data_through, out_on);
ANALYZE reference.cycle;
REFRESH MATERIALIZED VIEW reference.rules;
CREATE UNIQUE INDEX ON reference.rules (day, channel, area);
ANALYZE reference.rules;
SELECT count(*), count(DISTINCT area) AS areas, count(DISTINCT channel) AS channels
FROM reference.rules;
SELECT * FROM reference.difference;
SELECT * FROM reference.falls LIMIT 10;
SELECT * FROM reference.changes LIMIT 10;
SELECT * FROM reference.covers LIMIT 10;
SELECT * FROM reference.covered_otherwise LIMIT 10;
SELECT * FROM reference.listed_otherwise LIMIT 10;

/*
 * Random rules, four and a half years by day: versions that begin on any day, some of them retired
 * or the first of their area; two more channels; releases planned, postponed past the next cycle,
 * cancelled and recorded, and rows whose day begins no cycle.
 */
SELECT setseed(:seed);

CREATE FUNCTION reference.pick(VARIADIC choices anyarray) RETURNS anyelement
VOLATILE LANGUAGE sql AS
$$ SELECT choices[1 + floor(random() * cardinality(choices))::int] $$;

INSERT INTO flis_area (area, name) SELECT 'own_' || n, 'Own ' || n FROM generate_series(1, 25) n;

INSERT INTO flis_rule (area, valid_from, frequency, lag, early_min_days, early_max_days,
					   release_month, business_day)
SELECT area, valid_from, frequency,
	   CASE frequency WHEN 'MONTHLY' THEN reference.pick(0, 1, 2, 3, 4, 30)
					  WHEN 'ANNUAL' THEN reference.pick(0, 1, 2)
					  ELSE reference.pick(0, 1, 5, 40) END,
	   CASE WHEN frequency <> 'DAILY' THEN early ELSE 0 END,
	   CASE WHEN frequency <> 'DAILY' THEN early + more ELSE 0 END,
	   CASE WHEN frequency = 'ANNUAL' THEN release_month END, business_day
FROM (SELECT area, date '2021-06-01' + reference.pick(0, 1, 7, 365, 366, 730)
				   + (random() * 1000)::int AS valid_from,
			 reference.pick('MONTHLY'::text, 'MONTHLY', 'MONTHLY', 'ANNUAL', 'DAILY') AS frequency,
			 reference.pick(0, 0, 3, 14, 160) AS early, reference.pick(0, 0, 7, 23) AS more,
			 reference.pick(NULL, 1, 3, 8, 12) AS release_month,
			 reference.pick('none'::text, 'none', 'following', 'preceding', 'modified_following')
			 AS business_day
	  FROM (SELECT area FROM flis_area, generate_series(1, 3) ORDER BY area OFFSET 0) a
	  WHERE random() < 0.6 OFFSET 0) r
ON CONFLICT DO NOTHING;
UPDATE flis_rule r SET retired = true
FROM (SELECT area, valid_from
	  FROM (SELECT * FROM flis_rule ORDER BY area, valid_from OFFSET 0) r
	  WHERE random() < 0.1) gone
WHERE (r.area, r.valid_from) = (gone.area, gone.valid_from);

-- A yearly rule that has become a monthly one before the channel "own" begins.
INSERT INTO flis_area (area, name) VALUES ('own_changed', 'Own changed');
INSERT INTO flis_rule (area, valid_from, frequency) VALUES
	('own_changed', '2020-01-01', 'ANNUAL'), ('own_changed', '2023-02-20', 'MONTHLY');
UPDATE flis_area SET retired = true WHERE area IN ('aula', 'own_7');

INSERT INTO flis_channel (channel, valid_from, name, opens_day, closes_day) VALUES
	('datapakke', '2024-01-17', 'Datapakke', 5, 25),
	('datapakke', '2025-03-01', 'Datapakke', 1, 3),
	('dap', '2023-06-01', 'DAP-kube', 28, 31),
	('dap', '2024-02-01', 'DAP-kube', 12, 12),
	('udlaesning', '2023-03-15', 'Udlæsning', 2, 9),
	('own', '2023-03-15', 'Own', 8, 22),
	('own', '2025-06-02', 'Own', 31, 31);
UPDATE flis_channel SET retired = true WHERE (channel, valid_from) = ('dap', '2024-02-01');

TRUNCATE reference.asked;
INSERT INTO reference.asked SELECT generate_series(timestamp '2022-07-01', '2026-12-31', '1 day');
REFRESH MATERIALIZED VIEW reference.cycle;
INSERT INTO flis_release (area, channel, cycle, note, cancelled, planned_on, released_on)
SELECT area, channel, cycle, CASE WHEN cycle - closes > -9 THEN 'note' END, cancelled,
	   CASE WHEN random() < 0.7
			THEN greatest(cycle - 183, least(cycle + 366,
						closes + reference.pick(-40, -1, 0, 1, 3, 20, 45, 300))) END,
	   CASE WHEN random() < 0.4 AND NOT cancelled
			THEN greatest(cycle - 183, least(cycle + 366,
						closes + reference.pick(-9, -1, 0, 2, 4, 31, 70))) END
FROM (SELECT *, random() < 0.3 AS cancelled
	  FROM (SELECT * FROM reference.cycle ORDER BY area, channel, cycle OFFSET 0) c
	  WHERE random() < CASE frequency WHEN 'DAILY' THEN 0.02 ELSE 0.1 END
			AND cycle BETWEEN '2021-01-01' AND '2027-12-31' OFFSET 0) c;
INSERT INTO flis_release (area, cycle, planned_on, cancelled)
SELECT area, day, day + 3, random() < 0.5
FROM (SELECT area, day FROM flis_area, reference.asked ORDER BY area, day OFFSET 0) d
WHERE random() < 0.002
ON CONFLICT DO NOTHING;
REFRESH MATERIALIZED VIEW reference.cycle;
REFRESH MATERIALIZED VIEW reference.rules;
ANALYZE;
SELECT * FROM reference.difference;
SELECT * FROM reference.falls LIMIT 10;
SELECT * FROM reference.changes LIMIT 10;
SELECT * FROM reference.covers LIMIT 10;
SELECT * FROM reference.covered_otherwise LIMIT 10;
SELECT * FROM reference.listed_otherwise LIMIT 10;

SET reference.shuffle = 'on';
SELECT * FROM reference.scalar_difference LIMIT 10;

/*
 * Random statuses: on, before and after what the rules expect, in whole periods and in odd days.
 */
INSERT INTO flis_status (as_of, area, data_through, state, complete, benchmarkable, note)
SELECT day, area,
	   least(day, CASE reference.pick(0, 1, 2, 3, 4)
				  WHEN 0 THEN NULL
				  WHEN 1 THEN expected
				  WHEN 2 THEN expected + reference.pick(-400, -61, -31, -17, -1, 1, 15, 45)
				  WHEN 3 THEN reference.period_end(reference.period(expected, 'MONTHLY')
												   + reference.pick(-3, -2, -1, 1, 2), 'MONTHLY')
				  ELSE reference.period_end(reference.period(day, 'MONTHLY') - 1, 'MONTHLY') END),
	   reference.pick('on_schedule'::text, 'on_schedule', 'caveat', 'not_reported', 'closed'),
	   reference.pick(NULL, true, false), reference.pick(NULL, true, false),
	   reference.pick(NULL::text, 'Lukket', 'OK')
FROM (SELECT * FROM reference.rules WHERE channel = 'datapakke' ORDER BY area, day OFFSET 0) r
WHERE random() < 0.006;
SELECT * FROM reference.difference;
SELECT * FROM reference.covered_otherwise LIMIT 10;
SET reference.shuffle = 'off';
SELECT * FROM reference.scalar_difference LIMIT 10;

/*
 * Random notices besides: of all kinds, about all or some periods and municipalities, ended, overdue
 * and still to come, several of an area at a time.
 */
INSERT INTO flis_notice (area, municipality, period_from, period_until, kind, started_on,
						 expected_end, ended_on, note)
SELECT area, reference.pick(NULL::smallint, NULL, NULL, 101::smallint),
	   CASE WHEN random() < 0.3 THEN day - reference.pick(30, 90, 365) END,
	   CASE WHEN random() < 0.3 THEN day + reference.pick(-29, 0, 60, 300) END,
	   reference.pick('access'::text, 'access', 'access', 'completeness', 'comparability', 'information'),
	   day, CASE WHEN random() < 0.5 THEN day + reference.pick(0, 7, 40) END,
	   CASE WHEN random() < 0.8 THEN day + reference.pick(0, 1, 5, 30, 150) END, 'Besked'
FROM (SELECT area, day FROM flis_area, reference.asked ORDER BY area, day OFFSET 0) d
WHERE random() < 0.004;
ANALYZE flis_notice;
SELECT count(*) > 100 AS "some notices",
	   count(*) FILTER (WHERE basis = 'closed' AND state IS DISTINCT FROM 'closed') > 100 AS "close areas"
FROM flis_notice FULL JOIN (SELECT * FROM reference.answer
							WHERE channel = 'dap' AND day BETWEEN '2024-01-01' AND '2024-06-30') a ON false;
SELECT * FROM reference.difference;
SELECT * FROM reference.covered_otherwise LIMIT 10;

DROP SCHEMA reference CASCADE;
DROP EXTENSION flis;
