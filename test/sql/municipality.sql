-- flis_municipality_through: the area's data_through, less the unbroken run of periods before it
-- that notices in force take away from the municipality; NULL where it is waived.  Worked out by
-- hand first, then held against the rule said a second time, in SQL, over random notices and
-- waivers.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';

-- On 10 November 2025 borger reaches September; three notices: 101 lacks September from 1 November on,
-- and July and August from the 12th on; nobody has access to August from 20 to 24 November.
INSERT INTO flis_notice (area, municipality, kind, period_from, period_until, started_on, ended_on, note) VALUES
	('borger', 101, 'completeness', '2025-09-01', '2025-09-30', '2025-11-01', NULL, 'No September'),
	('borger', 101, 'access', '2025-07-15', '2025-08-31', '2025-11-12', '2025-11-28', 'Neither July nor August'),
	('borger', NULL, 'access', '2025-08-01', '2025-08-31', '2025-11-20', '2025-11-25', 'Nobody has August');
-- 147 lacks all periods for a day; a comparison that is off takes nothing away; nor does a municipality
-- that is incomplete in a period further back.
INSERT INTO flis_notice (area, municipality, kind, period_from, period_until, started_on, ended_on, note) VALUES
	('borger', 147, 'access', NULL, NULL, '2025-11-15', '2025-11-16', 'Everything'),
	('borger', 151, 'comparability', '2025-09-01', NULL, '2025-11-01', NULL, 'Counts otherwise'),
	('borger', 151, 'completeness', '2025-05-01', '2025-05-31', '2025-11-01', NULL, 'No May'),
	('borger', NULL, 'completeness', '2025-09-01', NULL, '2025-11-01', NULL, 'Half of all');
SELECT d.day, flis_municipality_through('borger', 101, d.day) AS "101", flis_municipality_through('borger', 147, d.day) AS "147",
	   flis_municipality_through('borger', 151, d.day) AS "151", flis_municipality_through('borger', -1, d.day) AS nobody
FROM unnest('{2025-11-09,2025-11-10,2025-11-11,2025-11-12,2025-11-15,2025-11-16,2025-11-20,2025-11-25,2025-11-28,2025-12-09,2025-12-10}'::date[]) AS d (day);

-- A part of a period is enough: a day of September, days within it, days of August and September; a day of
-- October lies behind it.
INSERT INTO flis_notice (area, municipality, kind, period_from, period_until, started_on, note) VALUES
	('aula', 101, 'completeness', '2025-09-01', '2025-09-01', '2025-11-01', 'One day'),
	('aula', 147, 'access', '2025-09-10', '2025-09-12', '2025-11-01', 'Three days'),
	('aula', 151, 'completeness', '2025-08-31', '2025-09-01', '2025-11-01', 'Two days of two months'),
	('aula', 153, 'completeness', '2025-10-01', '2025-10-01', '2025-11-01', 'A day of October');
SELECT m, flis_municipality_through('aula', m, '2025-11-10') FROM unnest('{101,147,151,153}'::integer[]) m;

-- Waived: Dragør in VH, always; a municipality for some periods, whether the area's newest or the one that is
-- left is among them.
INSERT INTO flis_waiver (area, municipality, valid_from, valid_until) VALUES
	('ky', 101, '2025-09-30', '2025-09-30'), ('ky', 147, '2025-08-31', '2025-08-31');
INSERT INTO flis_notice (area, municipality, kind, period_from, started_on, note) VALUES ('ky', 147, 'completeness', '2025-09-01', '2025-11-15', 'From September on');
SELECT flis_municipality_through('vh', 155, '2025-11-10') AS "Dragør", flis_municipality_through('vh', 157, '2025-11-10') AS "Gentofte";
SELECT d.day, flis_municipality_through('ky', 101, d.day) AS "101", flis_municipality_through('ky', 147, d.day) AS "147"
FROM unnest('{2025-11-09,2025-11-10,2025-11-15,2025-12-10}'::date[]) AS d (day);

-- A notice about all municipalities alone: nobody has September.
BEGIN;
INSERT INTO flis_notice (area, kind, period_from, period_until, started_on, note) VALUES
	('yr', 'access', '2025-09-01', '2025-09-30', '2025-11-01', 'Nobody has September');
SELECT flis_data_through('yr', '2025-11-10') AS area, flis_municipality_through('yr', 101, '2025-11-10') AS "101";
ROLLBACK;
-- An area that becomes yearly on 1 June: from that day on the year that has March is taken away, and not March alone.
BEGIN;
INSERT INTO flis_rule (area, valid_from, frequency, lag, release_month) VALUES ('dagtilbud', '2025-06-01', 'ANNUAL', 0, 9);
INSERT INTO flis_notice (area, municipality, kind, period_from, period_until, started_on, note) VALUES
	('dagtilbud', 147, 'completeness', '2025-03-01', '2025-03-31', '2025-01-01', 'No March');
SELECT d.day, flis_data_through('dagtilbud', d.day) AS area, flis_municipality_through('dagtilbud', 147, d.day) AS "147"
FROM unnest('{2025-05-31,2025-06-01}'::date[]) AS d (day);
ROLLBACK;

-- A daily area, through the day before; a whole area that is closed; channels.
INSERT INTO flis_notice (area, municipality, kind, period_from, period_until, started_on, note) VALUES
	('ukraine', 101, 'completeness', '2025-11-05', '2025-11-08', '2025-11-01', 'Four days'),
	('kp', NULL, 'access', NULL, NULL, '2025-11-12', 'Closed');
SELECT d.day, flis_municipality_through('ukraine', 101, d.day) AS ukraine, flis_municipality_through('kp', 101, d.day) AS kp,
	   flis_municipality_through('kp', 101, d.day, 'dap') AS kp_dap
FROM unnest('{2025-11-05,2025-11-06,2025-11-09,2025-11-10,2025-11-11,2025-11-12}'::date[]) AS d (day);

-- Infinite days, NULL, what is unknown, and days outside the calendar.
SELECT flis_municipality_through('borger', 101, 'infinity'), flis_municipality_through('borger', 101, '-infinity', 'dap'),
	   flis_municipality_through('borger', NULL, '2025-11-10') AS municipality, flis_municipality_through(NULL, 101, '2025-11-10') AS area;
SELECT flis_municipality_through('borgr', 101, '2025-11-10');
SELECT flis_municipality_through('borger', 101, '2025-11-10', 'post');
SELECT flis_municipality_through('borger', 101, '10000-01-01');

-- A change counts from the next statement on, in its own transaction too, and a rollback takes it back.
BEGIN;
SELECT flis_municipality_through('borger', 151, '2025-11-10');
INSERT INTO flis_waiver (area, municipality) VALUES ('borger', 151);
SELECT flis_municipality_through('borger', 151, '2025-11-10');
SAVEPOINT s;
UPDATE flis_waiver SET retired = true WHERE area = 'borger' AND municipality = 151;
SELECT flis_municipality_through('borger', 151, '2025-11-10');
ROLLBACK TO s;
SELECT flis_municipality_through('borger', 151, '2025-11-10');
UPDATE flis_notice SET period_until = '2025-09-30' WHERE note = 'No May';
DELETE FROM flis_waiver WHERE area = 'borger' AND municipality = 151;
SELECT flis_municipality_through('borger', 151, '2025-11-10');
ROLLBACK;
SELECT flis_municipality_through('borger', 151, '2025-11-10');

-- Areas and municipalities of a row, in turn, answer as constants do.
SELECT count(*) FROM (VALUES ('borger'), ('ky'), ('vh')) a (area), flis_municipality m,
	LATERAL (SELECT flis_municipality_through(a.area, m.municipality, '2025-11-15') AS through) t
WHERE t.through IS DISTINCT FROM CASE WHEN (a.area, m.municipality) = ('borger', 101) THEN '2025-06-30'::date
	WHEN (a.area, m.municipality) IN (('borger', 147), ('ky', 101), ('ky', 147), ('vh', 155), ('vh', 187)) THEN NULL
	ELSE '2025-09-30' END;

-- The rule a second time: of the periods up to the area's newest, the last that no notice in force names, in part or whole.
CREATE SCHEMA reference;
CREATE FUNCTION reference.municipality_through(wanted_area text, wanted integer, on_day date, wanted_channel text) RETURNS date LANGUAGE sql STABLE AS $$
	WITH reach AS (
		SELECT flis_data_through($1, $3, $4) AS through,
			   (SELECT frequency FROM flis_rule r WHERE r.area = $1 AND r.valid_from <= $3 ORDER BY r.valid_from DESC LIMIT 1) AS frequency
	), period AS (
		SELECT g::date AS first, p::date AS last
		FROM reach r, generate_series(
			CASE r.frequency WHEN 'DAILY' THEN timestamp '2022-12-01' ELSE timestamp '2015-01-01' END, r.through,
			CASE r.frequency WHEN 'DAILY' THEN interval '1 day' WHEN 'MONTHLY' THEN interval '1 month' ELSE interval '1 year' END) g,
			 LATERAL (SELECT CASE r.frequency WHEN 'DAILY' THEN g WHEN 'MONTHLY' THEN g + interval '1 month - 1 day' ELSE g + interval '1 year - 1 day' END) AS e (p)
		WHERE p <= r.through
	), named AS (
		SELECT last
		FROM period p
		WHERE EXISTS (SELECT FROM flis_notice n
					  WHERE n.area = $1 AND n.started_on <= $3 AND (n.ended_on > $3) IS NOT FALSE
							AND (n.kind = 'access' AND n.municipality IS NULL OR n.kind IN ('access', 'completeness') AND n.municipality = $2)
							AND (n.period_from <= p.last) IS NOT FALSE AND (n.period_until >= p.first) IS NOT FALSE)
	), reached AS (
		SELECT max(p.last) AS last FROM period p WHERE p.last NOT IN (SELECT n.last FROM named n)
	)
	SELECT reached.last
	FROM reach, reached
	WHERE NOT EXISTS (SELECT FROM flis_waiver w
					  WHERE w.area = $1 AND w.municipality = $2 AND NOT w.retired
							AND (reach.through BETWEEN w.valid_from AND coalesce(w.valid_until, 'infinity')
								 OR reached.last BETWEEN w.valid_from AND coalesce(w.valid_until, 'infinity')))
$$;

SELECT setseed(0.4711);
UPDATE flis_rule SET release_month = 4 WHERE area = 'stil';
CREATE TABLE areas AS SELECT * FROM unnest('{borger,ky,stil,ukraine,dream}'::text[]) AS a (area);
INSERT INTO flis_notice (area, municipality, kind, period_from, period_until, started_on, ended_on, note)
SELECT area, municipality, kind, period_from, greatest(period_from, period_until), started_on, greatest(started_on + 1, ended_on), 'Random'
FROM (SELECT (SELECT area FROM areas ORDER BY random() + n LIMIT 1) AS area,
			 CASE WHEN random() < 0.8 THEN 100 + (random() * 5)::int END AS municipality,
			 (ARRAY['access', 'completeness', 'completeness', 'information'])[1 + (random() * 3)::int] AS kind,
			 CASE WHEN random() < 0.9 THEN date '2024-06-01' + (random() * 700)::int END AS period_from,
			 CASE WHEN random() < 0.7 THEN date '2024-09-01' + (random() * 700)::int END AS period_until,
			 date '2025-01-01' + (random() * 500)::int AS started_on,
			 CASE WHEN random() < 0.8 THEN date '2025-02-01' + (random() * 600)::int END AS ended_on
	  FROM generate_series(1, 150) n) n;
INSERT INTO flis_waiver (area, municipality, valid_from, valid_until)
SELECT area, municipality, valid_from, valid_from + (random() * 200)::int
FROM (SELECT DISTINCT ON (area, municipality) area, municipality, date '2024-10-01' + (random() * 500)::int AS valid_from
	  FROM areas, generate_series(100, 106) municipality WHERE random() < 0.3) w;
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-06-30', 'borger', '2025-03-31'), ('2025-10-31', 'borger', '2025-08-31');
SELECT count(*) > 5000 AS many, count(DISTINCT (area, through)) > 100 AS varied, count(*) FILTER (WHERE through IS NULL) > 100 AS some_none,
	   count(*) FILTER (WHERE through < flis_data_through(area, day)) > 500 AS some_cut,
	   count(*) FILTER (WHERE through IS DISTINCT FROM again) AS different
FROM (SELECT a.area, m.municipality, d.day::date, flis_municipality_through(a.area, m.municipality, d.day::date, c.channel) AS through,
			 reference.municipality_through(a.area, m.municipality, d.day::date, c.channel) AS again
	  FROM areas a, generate_series(99, 106) m (municipality), (VALUES ('datapakke'), ('dap')) c (channel),
		   generate_series(timestamp '2024-12-20', '2026-07-01', interval '9 days') d (day)) c;
DROP TABLE areas;
DROP SCHEMA reference CASCADE;
DROP EXTENSION flis;
