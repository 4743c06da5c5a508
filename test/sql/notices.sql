-- Notices: where one stands follows from its days; one of access closes its area as a deck does; those
-- in force are shown with the area.  The shipped rules: on 10 November 2025 borger reaches September.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';
\pset null -

INSERT INTO flis_notice (area, municipality, period_from, period_until, kind, started_on, expected_end, ended_on, note) VALUES
	('borger', NULL, NULL, NULL, 'access', '2025-11-03', '2025-11-14', '2025-11-20', 'Lukket under flytning'),
	('fsiii', 101, '2025-05-01', NULL, 'completeness', '2025-06-20', NULL, NULL, 'Nye snitflader hos leverandøren'),
	('fsiii', 147, '2025-05-01', NULL, 'completeness', '2025-06-20', NULL, NULL, 'Nye snitflader hos leverandøren'),
	('vh', NULL, NULL, '2024-12-31', 'comparability', '2025-01-15', '2025-11-09', NULL, 'Mange værdier er udeladt.'),
	('kp', NULL, NULL, NULL, 'information', '2025-12-01', NULL, NULL, 'Ny udgave i december');

-- A notice holds from its first day up to the day on which it ended; after the day on which it should
-- have ended it is overdue, not gone.
SELECT day::date, string_agg(area || ' ' || state, ', ' ORDER BY notice) AS states
FROM unnest('{-infinity,2025-01-14,2025-01-15,2025-11-02,2025-11-03,2025-11-09,2025-11-10,2025-11-14,2025-11-15,2025-11-19,2025-11-20,2025-12-01,infinity}'::date[]) day,
	 flis_notice_board(day)
WHERE municipality IS DISTINCT FROM 147
GROUP BY day ORDER BY day;
SELECT * FROM flis_notice_board('2025-11-10');
SELECT * FROM flis_notice_board('10000-01-01');

-- Closed from the 3rd through the 19th.  On the 2nd the October cycle counts (August), on the 20th the
-- November cycle (September); what the rules expect stays, and nothing comes next while it is closed.
SELECT day::date, flis_data_through('borger', day::date) AS through, flis_expected_through('borger', day::date) AS expected,
	   flis_next_release('borger', day::date) AS next, flis_is_available('borger', '2025-08-31', day::date) AS "August"
FROM unnest('{2025-11-02,2025-11-03,2025-11-10,2025-11-19,2025-11-20}'::date[]) day;
SELECT flis_common_through('{borger,vh}', '2025-11-19'), flis_common_through('{borger,vh}', '2025-11-20');
-- In every channel, and with the part of the area.
SELECT flis_data_through('borger', '2025-11-19', 'dap') AS dap, flis_data_through('borger_flex', '2025-11-19') AS flex;

-- A notice about one municipality, or about periods up to one, closes nothing; one about the periods from
-- 2020 on ends the area before them.
INSERT INTO flis_notice (area, municipality, kind, started_on, note) VALUES ('aula', 101, 'access', '2025-11-01', 'Kun København');
INSERT INTO flis_notice (area, period_from, kind, started_on, note) VALUES ('aula', '2020-01-01', 'access', '2025-11-01', 'Kun fra 2020');
INSERT INTO flis_notice (area, period_until, kind, started_on, note) VALUES ('aula', '2019-12-31', 'access', '2025-11-01', 'Kun til 2019');
SELECT flis_data_through('aula', '2025-11-10');
DELETE FROM flis_notice WHERE area = 'aula';
-- One that is updated each day goes on to the day before those periods, and stands still there.
INSERT INTO flis_notice (area, period_from, kind, started_on, note) VALUES ('ukraine', '2025-11-08', 'access', '2025-11-01', 'Fra den 8.');
SELECT day, flis_data_through('ukraine', day) FROM unnest('{2025-11-05,2025-11-08,2025-11-09,2025-11-20,2025-12-20}'::date[]) day;
DELETE FROM flis_notice WHERE area = 'ukraine';

-- Closures that touch or overlap are one; one that was withdrawn on its first day is none.
INSERT INTO flis_notice (area, kind, started_on, ended_on, note) VALUES
	('ky', 'access', '2025-11-10', '2025-11-12', 'b'), ('ky', 'access', '2025-11-05', '2025-11-10', 'a'),
	('ky', 'access', '2025-11-06', '2025-11-07', 'a, within'), ('ky', 'access', '2025-11-14', '2025-11-14', 'withdrawn'),
	('ky', 'access', '2025-11-20', NULL, 'for good');
SELECT min(day)::date, max(day)::date, through FROM (
	SELECT day, flis_data_through('ky', day::date) AS through, count(*) FILTER (WHERE changed) OVER (ORDER BY day) AS run
	FROM (SELECT day, flis_data_through('ky', day::date) IS DISTINCT FROM flis_data_through('ky', day::date - 1) AS changed
		  FROM generate_series(timestamp '2025-11-01', '2026-02-28', '1 day') day) d) d
GROUP BY run, through ORDER BY 1;
DELETE FROM flis_notice WHERE area = 'ky';

-- A later deck doesn't end a notice, and the end of a notice doesn't reopen what a deck closed.
INSERT INTO flis_status (as_of, area, data_through, state, note) VALUES
	('2025-11-11', 'borger', '2025-09-30', 'on_schedule', 'Kører efter planen'),
	('2025-11-11', 'dfdg', NULL, 'closed', 'Lukket.');
INSERT INTO flis_notice (area, kind, started_on, ended_on, note) VALUES ('dfdg', 'access', '2025-11-01', '2025-11-15', 'Lukket for service');
SELECT day::date, flis_data_through('borger', day::date) AS borger, flis_data_through('dfdg', day::date) AS dfdg
FROM unnest('{2025-10-31,2025-11-10,2025-11-11,2025-11-15,2025-11-20}'::date[]) day;

-- flis_coverage: two municipalities of one notice are a line.  Completeness is denied for periods from
-- May, and fsiii reaches September; comparability only for periods to 2024, so not for vh's September.
SELECT area, data_through, basis, state, complete, benchmarkable, notices
FROM flis_coverage('2025-11-12') WHERE notices IS NOT NULL;
-- In April 2025 fsiii reached February, before the periods concerned; and the notice didn't hold yet.
SELECT area, data_through, complete, notices FROM flis_coverage('2025-04-15') WHERE area = 'fsiii';
UPDATE flis_notice SET started_on = '2025-04-01' WHERE area = 'fsiii';
SELECT area, data_through, complete, notices FROM flis_coverage('2025-04-15') WHERE area = 'fsiii';
UPDATE flis_notice SET period_until = NULL WHERE area = 'vh';
SELECT area, benchmarkable, notices FROM flis_coverage('2025-11-09') WHERE area = 'vh';

-- The overview's remarks are those of the deck and of the notices; "all goes to plan" is none.
SELECT area_name, data_through, operation FROM flis_overview('2025-11-12')
WHERE area_name IN ('Borger', 'FSIII', 'DFDG', 'VH', 'KP');
SELECT area_name, operation FROM flis_overview('2025-11-20', language => 'en') WHERE area_name IN ('Borger', 'FSIII', 'DFDG');

\pset format unaligned
\pset tuples_only on
SELECT flis_explain('borger', '2025-11-12');
SELECT flis_explain('borger', '2025-11-17', language => 'en');
SELECT flis_explain('fsiii', '2025-11-12', language => 'en');
UPDATE flis_notice SET municipality = NULL WHERE municipality = 101;
SELECT flis_explain('fsiii', '2025-11-12');
\pset format aligned
\pset tuples_only off

-- What a notice ends at a period: the releases that would bring more are announced nowhere, as flis_next_release passes
-- over them.  September came on 10 November.  A part that its whole closes is closed by no status, and all periods that
-- a table lacks are named.  A notice without an end is still in force after the day on which it was expected to end.
BEGIN;
CREATE TABLE flex AS SELECT date '2025-09-01' AS month;
CREATE TABLE summer AS SELECT date '2025-07-01' AS month;
INSERT INTO flis_cube (cube, area, period_column) VALUES ('public.flex', 'borger_flex', 'month'), ('public.summer', 'aula', 'month');
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-10-31', 'borger_flex', '2025-09-30');
SELECT verdict, reason FROM flis_check_cubes('2025-11-12');
INSERT INTO flis_notice (area, kind, period_from, started_on, note) VALUES ('yr', 'access', '2025-10-01', '2025-11-12', 'Oktober er trukket tilbage');
SELECT flis_next_release('yr', '2025-11-12'), flis_release_ics('2025-11-12', '2026-01-31', '{yr}') ~ 'VEVENT' AS is_announced,
	   flis_status_page('2025-11-13') ~ 'Ingen udgivelse i perioden: .{0,99}>YR<' AS is_left_out;
SELECT sla_properties FROM flis_odcs_sla('2025-12-11') WHERE area = 'yr' AND channel = 'datapakke';
-- How far an area reaches is limited by a notice if neither a status nor the schedule ends there.
SELECT substring(flis_explain('yr', '2025-12-11', language => 'en') FROM 'shows[^.]*');
INSERT INTO flis_status (as_of, area, data_through, state) VALUES ('2025-12-11', 'yr', '2025-10-31', 'on_schedule');
SELECT substring(flis_explain('yr', '2025-12-11', language => 'en') FROM 'shows[^.]*');
UPDATE flis_status SET data_through = '2025-09-30' WHERE area = 'yr';
SELECT substring(flis_explain('yr', '2025-12-11', language => 'en') FROM 'shows[^.]*');
-- A closure that is planned for the day of the next release, or before it, is told with that.
INSERT INTO flis_notice (area, kind, started_on, expected_end, note) VALUES ('kp', 'access', '2025-12-10', '2026-02-01', 'Flytning');
SELECT operation FROM flis_overview('2025-12-01') WHERE area_name = 'KP';
SELECT substring(flis_explain('kp', '2025-12-01', language => 'en') FROM 'Planned.*');
SELECT flis_status_page('2025-12-02') ~ 'Lukket for adgang og vises ikke her: .{0,99}>KP<' AS is_left_out;
UPDATE flis_notice SET ended_on = NULL WHERE area = 'borger' AND kind = 'access';
SELECT substring(flis_explain('borger', '2025-11-17', language => 'en') FROM 'Closed since[^:]*:');
ROLLBACK;

-- Three municipalities are named, more are counted; a note without blanks behind it, and with no other full stop where
-- it ends a sentence.
BEGIN;
DELETE FROM flis_notice;
INSERT INTO flis_notice (area, municipality, started_on, note)
SELECT area, municipality, '2025-11-01', note
FROM (VALUES ('kp', 151, E'Tre mangler \t\r\n'), ('vh', 153, E'Hvor mange? ')) a (area, most, note), flis_municipality WHERE municipality <= most;
SELECT area, notices FROM flis_coverage('2025-11-10') WHERE notices IS NOT NULL;
SELECT substring(flis_explain(area, '2025-11-10', language => 'en') FROM '[^.]*[Mm]unicipalit.*|[^.]*København.*') FROM unnest('{kp,vh}'::text[]) area;
ROLLBACK;

-- A closure of which no end is known, and a notice beside it, each in a line; notes of nothing but blanks.
BEGIN;
DELETE FROM flis_notice;
INSERT INTO flis_notice (area, kind, started_on, note) VALUES ('kp', 'access', '2025-11-03', 'Flytter'), ('kp', 'information', '2025-11-04', 'Ny udgave'),
	('yr', 'information', '2025-11-05', E'\t');
INSERT INTO flis_release (area, cycle, released_on, note) VALUES ('vh', '2025-11-01', '2025-11-10', E' \t');
SELECT regexp_split_to_table(notices, E'\n') FROM flis_coverage('2025-11-10') WHERE area IN ('kp', 'yr');
SELECT flis_explain('vh', '2025-11-10', language => 'en') ~ 'note' AS has_note;
ROLLBACK;

-- Those of one day stand in the order of their numbers, wherever the table has them.
BEGIN;
DELETE FROM flis_notice;
INSERT INTO flis_notice (notice, area, note, started_on) VALUES (1, 'borger', 'first', '2025-11-01'), (2, 'borger', 'second', '2025-11-01');
UPDATE flis_notice SET note = 'first, again' WHERE notice = 1;
ALTER TABLE flis_notice DROP CONSTRAINT flis_notice_pkey;
SELECT note FROM flis_notice_board('2025-11-10');
ROLLBACK;

-- A retired area's notices count as deleted with it; an area that a notice names stays.
UPDATE flis_area SET retired = true WHERE area = 'fsiii';
SELECT count(*) FROM flis_notice_board('2025-11-12') WHERE area = 'fsiii';
\set VERBOSITY terse
INSERT INTO flis_notice (area, note) VALUES ('ukendt', 'x');

DROP EXTENSION flis;
