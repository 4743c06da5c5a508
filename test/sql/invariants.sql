/*
 * invariants: on each day, for each area and channel, the functions answer as the rules say.
 *
 * The schema "reference" says the rules a second time (test/data/reference.sql).  It is compared
 * with the functions over the shipped facts, over random rules, channels and one-off changes, and
 * over random statuses.  A difference is printed with all rows of its area; "seed" makes the random
 * rows the same each time.
 *
 * Where a statement takes long, FLIS_STEP in the environment leaves days and areas out: of two years,
 * it asks about one day in so many.
 */
CREATE EXTENSION flis;
\set seed 0.4711
\set step 1
\getenv step FLIS_STEP
SELECT :step > 1 AS is_sample \gset
\set VERBOSITY terse
SET client_min_messages = warning;
SET datestyle = 'ISO, DMY';
\getenv directory PG_ABS_SRCDIR
\set reference :directory '/data/reference.sql'
\set stored MATERIALIZED
\set first_cycle 2014-01-01
\set last_cycle 2031-12-31
\set shipped_days '\'2023-01-01\', \'2030-12-31\''
\set random_days '\'2022-07-01\', \'2026-12-31\''
\set own_areas 25
\set some 100
\if :is_sample
\set own_areas 8
\set some 0
\set first_cycle 2021-01-01
\set last_cycle 2029-12-31
\set shipped_days '\'2024-01-01\', \'2025-12-31\''
\set random_days :shipped_days
\endif
\set ECHO none
\i :reference
\set ECHO all

/*
 * What holds whatever the rules are, said with the functions alone.
 */

-- (a) Without status data_through never falls.
CREATE VIEW reference.falls AS
SELECT area, channel, day, before, through
FROM (SELECT area, channel, day, through,
			 lag(through) OVER (PARTITION BY area, channel ORDER BY day) AS before
	  FROM (SELECT *, flis_data_through(area, day, channel) AS through FROM reference.answer) r) r
WHERE through < before OR through IS NULL AND before IS NOT NULL;

-- (b) It changes only on the days that next_release names, and grows on each where neither the rule
-- nor the channel ever changes.
CREATE VIEW reference.changes AS
SELECT area, channel, day, before, through, is_release
FROM (SELECT area, channel, day, flis_data_through(area, day - 1, channel) AS before,
			 flis_data_through(area, day, channel) AS through,
			 flis_next_release(area, day - 1, channel) IS NOT DISTINCT FROM day AS is_release
	  FROM reference.answer) r
WHERE through IS DISTINCT FROM before AND NOT is_release
	  OR NOT through > before AND is_release
		 AND area IN (SELECT r.area FROM flis_rule r GROUP BY 1 HAVING count(*) = 1)
		 AND channel IN (SELECT c.channel FROM flis_channel c GROUP BY 1 HAVING count(*) = 1)
		 AND area NOT IN (SELECT x.area FROM flis_release x);

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

-- (f) A channel that follows is never ahead of the one that it follows: in areas where no release was
-- recorded before the one that it follows.
CREATE VIEW reference.ordered_area AS
SELECT area FROM flis_area WHERE NOT retired
EXCEPT
SELECT p.area
FROM reference.planned p
	 JOIN reference.cycle c USING (area, channel, cycle)
	 JOIN reference.cycle l ON (l.area, l.channel, l.cycle) = (p.area, p.follows, p.cycle)
WHERE c.released_on < l.day OR c.released_on IS NOT NULL AND l.cancelled;
CREATE VIEW reference.unordered AS
SELECT a.area, a.day, dap, datapakke, udlaesning
FROM (SELECT DISTINCT area, day FROM reference.question) a,
	 LATERAL (SELECT flis_data_through(a.area, a.day, 'dap') AS dap,
					 flis_data_through(a.area, a.day) AS datapakke,
					 flis_data_through(a.area, a.day, 'udlaesning') AS udlaesning) t
WHERE NOT (coalesce(dap, '-infinity') <= coalesce(datapakke, '-infinity')
		   AND coalesce(datapakke, '-infinity') <= coalesce(udlaesning, '-infinity'))
	  AND a.area IN (SELECT o.area FROM reference.ordered_area o);

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
INSERT INTO reference.asked
SELECT day FROM (VALUES (:shipped_days)) d (first, last),
				generate_series(first::timestamp, last::timestamp, :step * interval '1 day') day;
CREATE UNIQUE INDEX ON reference.planned (area, channel, cycle);
ANALYZE reference.planned;
CREATE UNIQUE INDEX ON reference.cycle (area, channel, cycle);
ANALYZE reference.cycle;
REFRESH MATERIALIZED VIEW reference.answer;
CREATE UNIQUE INDEX ON reference.answer (day, channel, area);
ANALYZE reference.answer;
SELECT count(*) = 20 * 3 * ((last::date - first::date) / :step + 1) AS "each once",
	   count(DISTINCT area) AS areas, count(DISTINCT channel) AS channels
FROM reference.answer, (VALUES (:shipped_days)) d (first, last) GROUP BY first, last;
SELECT * FROM reference.difference;
SELECT * FROM reference.falls LIMIT 10;
SELECT * FROM reference.changes LIMIT 10;
SELECT * FROM reference.covers LIMIT 10;
SELECT * FROM reference.covered_otherwise LIMIT 10;
SELECT * FROM reference.listed_otherwise LIMIT 10;
SELECT * FROM reference.unordered LIMIT 10;

/*
 * Random rules, four and a half years by day: versions that begin on any day, some of them retired
 * or the first of their area; two more channels; releases planned, postponed past the next cycle,
 * cancelled and recorded, and rows whose day begins no cycle.
 */
SELECT setseed(:seed);

CREATE FUNCTION reference.pick(VARIADIC choices anyarray) RETURNS anyelement
VOLATILE LANGUAGE sql AS
$$ SELECT choices[1 + floor(random() * cardinality(choices))::int] $$;

INSERT INTO flis_area (area, name) SELECT 'own_' || n, 'Own ' || n FROM generate_series(1, :own_areas) n;

INSERT INTO flis_rule (area, valid_from, frequency, lag, early_min_days, early_max_days,
					   release_month, business_day, opens_day, closes_day)
SELECT area, valid_from, frequency,
	   CASE frequency WHEN 'MONTHLY' THEN reference.pick(0, 1, 2, 3, 4, 30)
					  WHEN 'ANNUAL' THEN reference.pick(0, 1, 2)
					  WHEN 'ANNUAL_2' THEN reference.pick(0, 1, 3)
					  WHEN 'QUARTERLY' THEN reference.pick(0, 1, 4, 6)
					  ELSE reference.pick(0, 1, 5, 40) END,
	   CASE WHEN frequency <> 'DAILY' THEN early ELSE 0 END,
	   CASE WHEN frequency <> 'DAILY' THEN early + more ELSE 0 END,
	   CASE WHEN frequency = 'ANNUAL' THEN release_month END, business_day,
	   own_opens, CASE WHEN own_opens IS NOT NULL THEN least(own_opens + own_length, longest) END
FROM (SELECT area, date '2021-06-01' + reference.pick(0, 1, 7, 365, 366, 730)
				   + (random() * 1000)::int AS valid_from,
			 reference.pick('MONTHLY'::text, 'MONTHLY', 'MONTHLY', 'ANNUAL', 'DAILY', 'WEEKLY',
							'QUARTERLY', 'ANNUAL_2') AS frequency,
			 random() < 0.2 AS is_own, random() AS share, reference.pick(0, 0, 2, 20) AS own_length,
			 reference.pick(0, 0, 3, 14, 160) AS early, reference.pick(0, 0, 7, 23) AS more,
			 reference.pick(NULL, 1, 3, 8, 12) AS release_month,
			 reference.pick('none'::text, 'none', 'following', 'preceding', 'modified_following')
			 AS business_day
	  FROM (SELECT area FROM flis_area, generate_series(1, 3) ORDER BY area OFFSET 0) a
	  WHERE random() < 0.6 OFFSET 0) r
	 CROSS JOIN LATERAL (SELECT CASE frequency WHEN 'WEEKLY' THEN 7 WHEN 'MONTHLY' THEN 31
											   WHEN 'QUARTERLY' THEN 92 WHEN 'ANNUAL_2' THEN 184
											   WHEN 'ANNUAL' THEN 366 END) AS l (longest)
	 CROSS JOIN LATERAL (SELECT CASE WHEN is_own OR frequency = 'WEEKLY'
									 THEN 1 + floor(share * longest)::int END) AS o (own_opens)
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
UPDATE flis_area SET retired = true
WHERE area IN ('aula', 'own_7')
	  OR :step > 10 AND shipped AND area NOT IN ('borger', 'dream', 'krl_personale', 'stil', 'ukraine');

-- A chain of four channels: own, dap, datapakke and udlaesning; and one that follows now this, now that.
INSERT INTO flis_channel (channel, valid_from, name, opens_day, closes_day, follows, days_after) VALUES
	('datapakke', '2024-01-17', 'Datapakke', 5, 25, 'udlaesning', 0),
	('datapakke', '2025-03-01', 'Datapakke', 1, 3, 'udlaesning', 0),
	('dap', '2023-06-01', 'DAP-kube', 28, 31, 'datapakke', 0),
	('dap', '2024-02-01', 'DAP-kube', 12, 12, NULL, 0),
	('dap', '2024-08-15', 'DAP-kube', 1, 4, 'datapakke', 5),
	('udlaesning', '2023-03-15', 'Udlæsning', 2, 9, NULL, 0),
	('own', '2023-03-15', 'Own', 8, 22, 'dap', 1),
	('own', '2025-06-02', 'Own', 31, 31, 'dap', 0),
	('other', '2022-01-01', 'Other', 3, 5, 'udlaesning', 40),
	('other', '2024-11-01', 'Other', 3, 5, NULL, 0),
	('other', '2025-01-20', 'Other', 15, 15, 'dap', 3);
UPDATE flis_channel SET retired = true WHERE (channel, valid_from) = ('dap', '2024-02-01');
-- Parts, and parts of parts.
UPDATE flis_area SET part_of = CASE area WHEN 'own_2' THEN 'own_1' WHEN 'own_3' THEN 'own_2' ELSE 'borger' END
WHERE area IN ('own_2', 'own_3', 'own_5');

TRUNCATE reference.asked;
INSERT INTO reference.asked
SELECT day FROM (VALUES (:random_days)) d (first, last),
				generate_series(first::timestamp, last::timestamp, :step * interval '1 day') day;
REFRESH MATERIALIZED VIEW reference.planned;
INSERT INTO flis_release (area, channel, cycle, note, cancelled, planned_on, released_on)
SELECT area, channel, cycle, CASE WHEN cycle - closes > -9 THEN 'note' END, cancelled,
	   CASE WHEN random() < 0.7
			THEN greatest(cycle - 183, least(cycle + 366,
						closes + reference.pick(-40, -1, 0, 1, 3, 20, 45, 300))) END,
	   CASE WHEN random() < 0.4 AND NOT cancelled
			THEN greatest(cycle - 183, least(cycle + 366,
						closes + reference.pick(-9, -1, 0, 2, 4, 31, 70))) END
FROM (SELECT *, random() < 0.3 AS cancelled
	  FROM (SELECT * FROM reference.planned ORDER BY area, channel, cycle OFFSET 0) c
	  WHERE random() < CASE frequency WHEN 'DAILY' THEN 0.02 ELSE 0.1 END
			AND cycle BETWEEN '2021-01-01' AND '2027-12-31' OFFSET 0) c;
INSERT INTO flis_release (area, cycle, planned_on, cancelled)
SELECT area, day, day + 3, random() < 0.5
FROM (SELECT area, day FROM flis_area, reference.asked ORDER BY area, day OFFSET 0) d
WHERE random() < 0.002 * :step
ON CONFLICT DO NOTHING;
REFRESH MATERIALIZED VIEW reference.cycle;
REFRESH MATERIALIZED VIEW reference.answer;
ANALYZE;
SELECT * FROM reference.difference;
SELECT * FROM reference.falls LIMIT 10;
SELECT * FROM reference.changes LIMIT 10;
SELECT * FROM reference.covers LIMIT 10;
SELECT * FROM reference.covered_otherwise LIMIT 10;
SELECT * FROM reference.listed_otherwise LIMIT 10;
SELECT * FROM reference.unordered LIMIT 10;

SET reference.shuffle = 'on';
SELECT * FROM reference.scalar WHERE answer IS DISTINCT FROM reference LIMIT 10;

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
FROM (SELECT * FROM reference.answer WHERE channel = 'datapakke' ORDER BY area, day OFFSET 0) r
WHERE random() < 0.006 * :step;
REFRESH MATERIALIZED VIEW reference.answer;
SELECT * FROM reference.difference;
SELECT * FROM reference.covers LIMIT 10;
SELECT * FROM reference.covered_otherwise LIMIT 10;
SELECT * FROM reference.unordered LIMIT 10;
SET reference.shuffle = 'off';
SELECT * FROM reference.scalar WHERE answer IS DISTINCT FROM reference LIMIT 10;

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
WHERE random() < 0.004 * :step;
ANALYZE flis_notice;
REFRESH MATERIALIZED VIEW reference.answer;
SELECT count(*) > :some AS "some notices",
	   count(*) FILTER (WHERE basis = 'closed' AND NOT EXISTS (SELECT FROM flis_status s
																 WHERE (s.area, s.as_of, s.state) = (a.area, a.as_of, 'closed'))) > :some AS "close areas"
FROM flis_notice FULL JOIN (SELECT * FROM reference.answer
							WHERE channel = 'dap' AND day BETWEEN '2024-01-01' AND '2024-12-31') a ON false;
SELECT * FROM reference.difference;
SELECT * FROM reference.covers LIMIT 10;
SELECT * FROM reference.covered_otherwise LIMIT 10;
SELECT * FROM reference.unordered LIMIT 10;
SELECT count(*) > 2 AS "areas are compared" FROM reference.ordered_area;

/*
 * A postponed release of a channel is one of all areas that it is by the rules, closed or not: an area that
 * opens again before the new day must not reach further than the others.
 */
CREATE FUNCTION reference.postponed() RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', p.area, c.channel, p.cycle), ', ' ORDER BY p.area, c.channel, p.cycle)
	FROM unnest('{udlaesning,datapakke,dap}'::text[]) c (channel),
		 generate_series(timestamp '2024-03-01', '2024-10-01', '1 month') m (first),
		 LATERAL flis_postpone_release(c.channel, m.first::date, m.first::date + 17, 'Udskudt') p
$$;
BEGIN;
SELECT reference.postponed() AS postponed \gset
ROLLBACK;
SELECT count(*) > 0 AS "some are closed" FROM flis_coverage('2024-03-01') WHERE basis = 'closed';
BEGIN;
DELETE FROM flis_status;
DELETE FROM flis_notice;
SELECT reference.postponed() = :'postponed' AS "the same without closures",
	   array_length(string_to_array(:'postponed', ', '), 1) > 20 AS "some are postponed";
ROLLBACK;

DROP SCHEMA reference CASCADE;
DROP EXTENSION flis;
