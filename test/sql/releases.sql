-- Releases: the calendar says of each when it comes, with which data and how sure that is; recording
-- and postponing write what they say and nothing else; punctuality is counted from what was recorded;
-- an event's SEQUENCE rises with each change.  Every answer is worked out by hand from the deck's
-- rules; the reason stands beside it.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';
SET timezone = 'UTC';

-- November 2025: the November cycle brings September (lag 1), KRL June (lag 4), all on the 10th.  DREAM
-- and Borger Flex come 14 to 21 days before the 10th: those of November came on 27 October at the
-- latest, and those of December are due 19 to 26 November, with October (lag 1) and July (lag 4).
SELECT area, cycle, reference_period, data_through, window_opens, window_closes, expected_on, date_status
FROM flis_release_calendar('2025-11-01', '2025-11-30')
WHERE area IN ('borger', 'krl_personale', 'dream', 'borger_flex');
-- 16 of the deck's rows on the 10th, those two, no STIL and 30 days of the Ukraine cube, each of which
-- brings the day before.
SELECT count(*), count(*) FILTER (WHERE window_closes = '2025-11-10') AS "the 10th",
	   count(*) FILTER (WHERE area = 'stil') AS stil, count(*) FILTER (WHERE area = 'ukraine') AS ukraine,
	   bool_and(reference_period = cycle - 1 AND data_through = cycle - 1) FILTER (WHERE area = 'ukraine') AS "day before",
	   count(released_on) + count(punctuality_days) + count(timeliness_days) + count(note) AS known
FROM flis_release_calendar('2025-11-01', '2025-11-30');
-- By day, then as areas are listed: the deck's order, then by code.
SELECT area, expected_on FROM flis_release_calendar('2025-10-27', '2025-10-28');
SELECT string_agg(area, ' ' ORDER BY place) FROM flis_release_calendar('2025-11-10', '2025-11-10')
	WITH ORDINALITY AS c (area, name, channel, cycle, reference_period, data_through, window_opens, window_closes,
						  expected_on, released_on, date_status, punctuality_days, timeliness_days, note, place);
-- Another channel, by its name: the cube from the 10th to the 12th.
SELECT channel, cycle, window_opens, window_closes FROM flis_release_calendar('2025-11-12', '2025-11-12', 'DAP-kube')
WHERE area = 'borger';
-- Both ends count; none between a day and the day before it.
SELECT (SELECT count(*) FROM flis_release_calendar('2025-11-10', '2025-11-10')) AS "a day",
	   (SELECT count(*) FROM flis_release_calendar('2025-11-10', '2025-11-09')) AS none;
-- In a calendar of one area an event begins and ends; only of what was recorded it is told when.
BEGIN;
INSERT INTO flis_release (area, cycle, planned_on) VALUES ('borger', '2025-11-01', '2025-11-20');
SELECT (SELECT count(*) FROM regexp_matches(flis_release_ics('2025-11-01', '2025-11-30', '{borger}'), '(BEGIN|END):VEVENT', 'g')) AS two,
	   (SELECT count(*) FROM regexp_matches(flis_release_ics('2025-11-01', '2025-11-30', '{borger,ky}'), 'LAST-MODIFIED', 'g')) AS one;
ROLLBACK;
-- The ends of the calendar: the cycle of January 0001 brings November of the year before, 1 BC.
SELECT area, cycle, data_through FROM flis_release_calendar('0001-01-01', '0001-01-10') WHERE area = 'borger';
SELECT min(expected_on), max(expected_on), count(*) FROM flis_release_calendar('9999-12-10', '9999-12-31') WHERE area = 'ukraine';

-- What was recorded.  November, each in its way: on 12 November, two days late and 43 after September's
-- end; planned for the 14th, which is later than the 10th; planned for the 7th and for the 10th itself;
-- cancelled; only a note; and one whose extract came on the 11th, so that the package is no earlier.
INSERT INTO flis_release (area, channel, cycle, planned_on, released_on, cancelled, note) VALUES
	('borger', 'datapakke', '2025-11-01', NULL, '2025-11-12', false, NULL),
	('oekonomi', 'datapakke', '2025-11-01', '2025-11-14', NULL, false, 'Ny version'),
	('personale_fravaer', 'datapakke', '2025-11-01', '2025-11-07', NULL, false, NULL),
	('krl_personale', 'datapakke', '2025-11-01', '2025-11-10', NULL, false, NULL),
	('noegletal', 'datapakke', '2025-11-01', NULL, NULL, true, 'Udgår'),
	('skole', 'datapakke', '2025-11-01', NULL, NULL, false, 'Kun en bemærkning'),
	('vh', 'udlaesning', '2025-11-01', NULL, '2025-11-11', false, NULL);
SELECT area, expected_on, released_on, date_status, punctuality_days AS punctuality, timeliness_days AS timeliness, note
FROM flis_release_calendar('2025-11-01', '2025-11-30')
WHERE area IN ('borger', 'oekonomi', 'personale_fravaer', 'krl_personale', 'noegletal', 'skole', 'vh');
-- A release is listed by the day on which it came.  Dagtilbud's of November came before its window, on
-- 28 October, 13 days early and 28 after September's end; Aula's on 3 December, 14 days after the 19th for
-- which it was planned, though 23 after the rule's 10th.  A cancelled one stays at the day it was planned for.
INSERT INTO flis_release (area, cycle, planned_on, released_on, cancelled) VALUES
	('dagtilbud', '2025-11-01', NULL, '2025-10-28', false), ('aula', '2025-11-01', '2025-11-19', '2025-12-03', false),
	('kp', '2025-11-01', '2025-12-02', NULL, true);
SELECT area, cycle, expected_on, released_on, date_status, punctuality_days AS punctuality, timeliness_days AS timeliness
FROM flis_release_calendar('2025-10-28', '2025-12-09') WHERE area IN ('dagtilbud', 'aula', 'kp');
-- Where a note is all that is said, all else is as the rule says.
SELECT flis_data_through('skole', '2025-11-10') = '2025-09-30' AS through, flis_next_release('skole', '2025-11-09') = '2025-11-10' AS next,
	   flis_explain('skole', '2025-11-10', language => 'en') LIKE '%The November 2025 cycle, expected by 10 November 2025%' AS explained;
-- A row whose day begins no cycle has no effect, and an area's status none either.
INSERT INTO flis_release (area, cycle, released_on) VALUES ('ky', '2025-11-02', '2025-11-20');
INSERT INTO flis_status (as_of, area, state) VALUES ('2025-10-01', 'dfdg', 'closed');
SELECT area, cycle, expected_on, date_status FROM flis_release_calendar('2025-11-01', '2025-11-30') WHERE area IN ('ky', 'dfdg');

-- Versions, business days, yearly and daily areas.  From the cycle of March 2026 on area a comes yearly, in
-- September, with the year before: after February nothing until the package of 10 September 2026.  B's
-- 10 May 2025 is a Saturday: Monday the 12th.
INSERT INTO flis_area (area, name) VALUES ('a', 'A'), ('b', 'B');
INSERT INTO flis_rule (area, valid_from, frequency, lag, release_month, business_day) VALUES
	('a', '2025-12-01', 'MONTHLY', 1, NULL, 'none'), ('a', '2026-03-01', 'ANNUAL', 0, 9, 'none'),
	('b', '2025-01-01', 'MONTHLY', 1, NULL, 'following');
SELECT area, cycle, reference_period, data_through, expected_on FROM flis_release_calendar('2025-05-01', '2026-12-31')
WHERE area = 'a' OR area = 'b' AND cycle BETWEEN '2025-05-01' AND '2025-06-01';
-- A daily one of which two days are late, so that three come on Thursday the 13th, in the order of their cycles.
INSERT INTO flis_release (area, cycle, planned_on) VALUES ('ukraine', '2025-11-11', '2025-11-13'), ('ukraine', '2025-11-12', '2025-11-13');
SELECT cycle, data_through, expected_on, date_status FROM flis_release_calendar('2025-11-10', '2025-11-14') WHERE area = 'ukraine';

-- In the order of their days, whichever area comes first in the deck: in February 2026 the package of the fourth
-- is planned for the 3rd, that of the second for the 4th.
BEGIN;
INSERT INTO flis_release (area, cycle, planned_on) VALUES
	('krl_personale', '2026-02-01', '2026-02-03'), ('oekonomi', '2026-02-01', '2026-02-04'), ('borger', '2026-03-01', '2026-03-03');
SELECT area, expected_on FROM flis_release_calendar('2026-02-03', '2026-02-10') WHERE area IN ('borger', 'oekonomi', 'krl_personale');
-- Of two areas, one with a package that is planned.
UPDATE flis_area SET retired = true WHERE area NOT IN ('borger', 'oekonomi');
SELECT area, expected_on FROM flis_release_calendar('2026-03-03', '2026-05-10');
ROLLBACK;

-- Record one: found by alias and name in any case; the code is stored.  DREAM's November was due on 27 October.
SELECT * FROM flis_record_release('Dream', 'DATAPAKKE', '2025-11-01', '2025-10-25');
SELECT area, channel, cycle, planned_on, released_on, cancelled FROM flis_release WHERE area = 'dream';
-- Again, with another day; one that was cancelled and came after all, 33 days after the day it was planned for.
SELECT * FROM flis_record_release('dream', 'datapakke', '2025-11-01', '2025-10-28');
SELECT * FROM flis_record_release('kp', 'datapakke', '2025-11-01', '2026-01-04');
SELECT planned_on, released_on, cancelled FROM flis_release WHERE area = 'kp';
-- A day and a year.
SELECT * FROM flis_record_release('ukraine', 'datapakke', '2025-12-24', '2025-12-27');
SELECT * FROM flis_record_release('a', 'dap', '2026-09-01', '2026-09-12');
-- NULL does nothing.
SELECT * FROM flis_record_release('borger', NULL, '2025-11-01', '2025-11-10');

-- Record all, of the cube in December, on the 15th: three days after the 12th.  Of the deck's 17 rows DREAM comes
-- ahead, DFDG is closed, VH is recorded already, KY cancelled, and KRL was planned for the 15th; A and B come
-- then, too, for the 12th is a Friday.  Borger Flex comes ahead, STIL has no such cycle, Ukraine comes daily.  So
-- 17 - 4 + 2.
INSERT INTO flis_release (area, channel, cycle, planned_on, released_on, cancelled) VALUES
	('vh', 'dap', '2025-12-01', NULL, '2025-12-11', false), ('ky', 'dap', '2025-12-01', NULL, NULL, true),
	('krl_personale', 'dap', '2025-12-01', '2025-12-15', NULL, false);
SELECT count(*), bool_and(channel = 'dap' AND cycle = '2025-12-01' AND released_on = '2025-12-15') AS same,
	   min(expected_on) AS expected_on, min(punctuality_days) AS krl, max(punctuality_days) AS others,
	   count(*) FILTER (WHERE area IN ('dream', 'dfdg', 'vh', 'ky', 'borger_flex', 'stil', 'ukraine')) AS left_out
FROM flis_record_release('dap', '2025-12-01', '2025-12-15');
-- A second time there is nothing left to record, whatever the day; what was recorded keeps its day.
SELECT * FROM flis_record_release('DAP-kube', '2025-12-01', '2025-12-16');
SELECT area, released_on, cancelled FROM flis_release WHERE channel = 'dap' AND cycle = '2025-12-01' AND area IN ('borger', 'vh', 'ky', 'dfdg')
ORDER BY area;
-- DFDG was open until October; a notice closed YR for a week.
INSERT INTO flis_notice (area, kind, started_on, ended_on, note) VALUES ('yr', 'access', '2025-09-08', '2025-09-14', 'Flytter');
SELECT count(*) FILTER (WHERE area = 'dfdg') AS dfdg, count(*) FILTER (WHERE area = 'yr') AS yr
FROM flis_record_release('dap', '2025-09-01', '2025-09-12');
SELECT area FROM flis_record_release('dap', '2025-09-01', '2025-09-15');

-- Postpone all of January's packages to the 15th, in one statement; then VH alone, which keeps its note, and with
-- another one.  Borger's came early, so that it stays.  17 rows of the deck without it and DREAM, and A and B: DFDG is
-- closed, but may be open again before the 15th.
SELECT * FROM flis_record_release('borger', 'datapakke', '2026-01-01', '2026-01-07');
SELECT count(*), min(planned_on) AS least, max(planned_on) AS most, min(note) AS note,
	   count(*) FILTER (WHERE area IN ('borger', 'dream', 'dfdg', 'ukraine')) AS left_out
FROM flis_postpone_release('datapakke', '2026-01-01', '2026-01-15', 'Ny version');
SELECT * FROM flis_postpone_release('Vh', 'Datapakke', '2026-01-01', '2026-01-20', NULL);
SELECT * FROM flis_postpone_release('vh', 'datapakke', '2026-01-01', '2026-01-21', 'Endnu senere');
SELECT * FROM flis_postpone_release('borger', 'datapakke', '2026-01-01', '2026-01-21', 'For sent');
SELECT flis_data_through('aula', '2026-01-14') AS before, flis_data_through('aula', '2026-01-15') AS postponed,
	   flis_data_through('borger', '2026-01-14') AS borger;
-- NULL, but for the note, does nothing.
SELECT * FROM flis_postpone_release('datapakke', '2026-02-01', NULL, 'x');
SELECT * FROM flis_postpone_release(NULL, '2026-02-01', '2026-02-11', 'x');
SELECT * FROM flis_postpone_release('datapakke', NULL, '2026-02-11', 'x');
SELECT * FROM flis_postpone_release(NULL, 'datapakke', '2026-02-01', '2026-02-11', NULL);
SELECT * FROM flis_postpone_release('borger', NULL, '2026-02-01', '2026-02-11', NULL);
SELECT * FROM flis_postpone_release('borger', 'datapakke', NULL, '2026-02-11', NULL);
SELECT * FROM flis_postpone_release('borger', 'datapakke', '2026-02-01', NULL, NULL);

-- Errors name the value and tell what to do.
DO $$
DECLARE
	call text;
	state text;
	message text;
	hint text;
	name text;
BEGIN
	FOREACH call IN ARRAY ARRAY[
		$q$ flis_release_calendar('-infinity', '2025-11-10') $q$,
		$q$ flis_release_calendar('2025-11-10', 'infinity') $q$,
		$q$ flis_release_calendar('2025-11-10', '10000-01-01') $q$,
		$q$ flis_release_calendar('2025-11-10', '2025-11-11', 'post') $q$,
		$q$ flis_record_release('drem', 'dap', '2025-11-01', '2025-11-10') $q$,
		$q$ flis_record_release('borger', 'post', '2025-11-01', '2025-11-10') $q$,
		$q$ flis_record_release('borger', 'dap', '2025-11-02', '2025-11-10') $q$,
		$q$ flis_record_release('a', 'dap', '2026-10-01', '2026-10-10') $q$,
		$q$ flis_record_release('stil', 'dap', '2025-11-01', '2025-11-10') $q$,
		$q$ flis_record_release('borger', 'dap', 'infinity', '2025-11-10') $q$,
		$q$ flis_record_release('borger', 'dap', '2026-11-01', '2025-11-10') $q$,
		$q$ flis_record_release('borger', 'dap', '2026-11-01', 'infinity') $q$,
		$q$ flis_record_release('dap', '2025-11-30', '2025-11-30') $q$,
		$q$ flis_record_release('dap', '2025-11-01', 'infinity') $q$,
		$q$ flis_record_release('dap', '2025-11-01', '2027-11-10') $q$,
		$q$ flis_postpone_release('dap', '2025-11-11', '2025-11-30', NULL) $q$,
		$q$ flis_release_ics('2025-11-10', '2025-11-11', '{borger,NULL}') $q$,
		$q$ flis_release_ics('2025-11-10', '2025-11-11', '{drem}') $q$,
		$q$ flis_release_ics('2025-11-10', '2025-11-11', '{}', 'de') $q$,
		$q$ flis_release_ics('-infinity', '2025-11-11') $q$]
	LOOP
		BEGIN
			EXECUTE 'SELECT ' || call;
			RAISE INFO '% did not fail', call;
		EXCEPTION WHEN OTHERS THEN
			GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, hint = PG_EXCEPTION_HINT,
				name = CONSTRAINT_NAME;
			RAISE INFO '% % | %', state, CASE WHEN name <> '' THEN name ELSE message END, hint;
		END;
	END LOOP;
END
$$;

-- With the caller's rights, and by no search_path.
CREATE ROLE regress_flis_recorder;
CREATE SCHEMA hostile;
CREATE FUNCTION hostile.never(text, text) RETURNS boolean LANGUAGE sql AS $$ SELECT false $$;
CREATE OPERATOR hostile.= (LEFTARG = text, RIGHTARG = text, FUNCTION = hostile.never);
CREATE FUNCTION hostile.unnest(text[]) RETURNS SETOF text LANGUAGE sql AS $$ SELECT NULL::text $$;
CREATE TABLE hostile.flis_release (LIKE flis_release);
GRANT USAGE ON SCHEMA hostile TO regress_flis_recorder;
\set VERBOSITY terse
SET ROLE regress_flis_recorder;
SELECT * FROM flis_record_release('borger', 'dap', '2026-02-01', '2026-02-12');
RESET ROLE;
GRANT INSERT, UPDATE ON flis_release TO regress_flis_recorder;
SET ROLE regress_flis_recorder;
SET search_path = hostile, pg_catalog;
SELECT * FROM public.flis_record_release('borger', 'dap', '2026-02-01', '2026-02-12');
SELECT count(*) FROM public.flis_record_release('dap', '2026-02-01', '2026-02-12');
SELECT count(*) FROM public.flis_postpone_release('dap', '2026-03-01', '2026-03-16', 'x');
SELECT count(*) > 0 AS counted FROM public.flis_punctuality;
RESET search_path;
RESET ROLE;
REVOKE ALL ON flis_release FROM regress_flis_recorder;
SET client_min_messages = warning;
DROP SCHEMA hostile CASCADE;
RESET client_min_messages;
DROP ROLE regress_flis_recorder;

-- Punctuality over the 12 newest cycles.  Aula's packages came so many days after the 10th, that of
-- January 2024, the 13th from the end, 50.  In order: -2 -1 0 0 0 0 | 0 1 2 3 4 9, so that the median is
-- 0, the worst 9, and 7 of 12 came in time.  KP's cube came twice, 1 and 2 days late.  A row of a channel
-- that there isn't, or that begins no cycle, or that records no day, counts for nothing.
TRUNCATE flis_release;
INSERT INTO flis_release (area, cycle, released_on)
SELECT 'aula', cycle::date, cycle::date + 9 + late
FROM unnest('{50,0,4,0,-1,0,9,-2,0,3,0,1,2}'::int[]) WITH ORDINALITY AS l (late, n),
	 LATERAL (SELECT timestamp '2023-12-01' + n * interval '1 month' AS cycle) c;
INSERT INTO flis_release (area, channel, cycle, released_on) VALUES
	('kp', 'dap', '2025-01-01', '2025-01-13'), ('kp', 'dap', '2025-02-01', '2025-02-14'),
	('kp', 'dap', '2025-03-02', '2025-03-30'), ('kp', 'nowhere', '2025-01-01', '2025-01-13'),
	('ukraine', 'dap', '2025-01-04', '2025-01-04');
INSERT INTO flis_release (area, channel, cycle, planned_on) VALUES ('kp', 'dap', '2025-04-01', '2025-04-30');
SELECT * FROM flis_punctuality ORDER BY area;

-- A thousand years of records, 12,000 rows, each two days late; where FLIS_STEP in the environment is
-- more than 10, of three years.  November 2025 has none, so that its SEQUENCE below is always the same.
TRUNCATE flis_release;
\set step 1
\getenv step FLIS_STEP
INSERT INTO flis_release (area, cycle, released_on)
SELECT 'borger', cycle::date, cycle::date + 11 FROM generate_series(timestamp '1500-01-01', '2499-12-01', '1 month') cycle
WHERE (:step <= 10 OR extract(year FROM cycle) IN (1999, 2000, 2499)) AND cycle <> '2025-11-01';
SELECT count(*), count(released_on) = (SELECT count(*) FROM flis_release) AS recorded, min(punctuality_days), max(punctuality_days)
FROM flis_release_calendar('1499-12-01', '2500-01-31') WHERE area = 'borger';
SELECT cycle, released_on, date_status FROM flis_release_calendar('1999-12-12', '2000-02-11') WHERE area = 'borger';
SELECT area, releases, first_cycle, last_cycle, median_days FROM flis_punctuality;
TRUNCATE flis_release;

-- The calendar to subscribe to.  Parsing it is left to test/tap/ics.pl; here are its words.  The window of the
-- cube is 10 to 12 November, so that it ends before the 13th; the table was truncated three times, for each of which
-- SEQUENCE is one more, and so for each change of the data package that the cube follows: Borger's was recorded once,
-- DREAM's twice.
CREATE FUNCTION event(area text, cycle date, language text DEFAULT 'da') RETURNS SETOF text LANGUAGE sql AS
$$
	SELECT line
	FROM regexp_split_to_table(replace(flis_release_ics($2 - 31, $2 + 62, ARRAY[$1], $3, 'dap'), E'\r\n ', ''),
							   E'\r\nBEGIN:VEVENT\r\n') event,
		 regexp_split_to_table(event, E'\r\n') WITH ORDINALITY AS l (line, n)
	WHERE event ~ ('^UID:' || $1 || '[.]dap[.]' || $2 || '([.]en)?@') AND line !~ '^(DTSTAMP:|LAST-MODIFIED:|TRANSP:|END:|$)'
	ORDER BY n
$$;
SELECT * FROM event('borger', '2025-11-01');
SELECT * FROM event('borger', '2025-11-01', 'en');
-- Planned for the last day of the window; for later, with a remark that wants escaping; cancelled; came.
INSERT INTO flis_release (area, channel, cycle, planned_on) VALUES ('dream', 'dap', '2025-11-01', '2025-10-29');
SELECT * FROM event('dream', '2025-11-01', 'en') WITH ORDINALITY AS l (line, n) WHERE n IN (2, 3, 4, 5, 7);
SELECT * FROM event('dream', '2025-11-01') WITH ORDINALITY AS l (line, n) WHERE n = 7;
UPDATE flis_release SET planned_on = '2025-10-31', note = E'a,b;c\\d\r\ne\tf\x07g' WHERE area = 'dream';
SELECT * FROM event('dream', '2025-11-01') WITH ORDINALITY AS l (line, n) WHERE n IN (2, 3, 4, 5, 7);
SELECT * FROM event('dream', '2025-11-01', 'en') WITH ORDINALITY AS l (line, n) WHERE n = 7;
UPDATE flis_release SET planned_on = NULL, cancelled = true, note = NULL WHERE area = 'dream';
SELECT * FROM event('dream', '2025-11-01') WITH ORDINALITY AS l (line, n) WHERE n IN (2, 3, 4, 5, 7);
SELECT * FROM event('dream', '2025-11-01', 'en') WITH ORDINALITY AS l (line, n) WHERE n = 7;
UPDATE flis_release SET cancelled = false, released_on = '2025-11-03' WHERE area = 'dream';
SELECT * FROM event('dream', '2025-11-01') WITH ORDINALITY AS l (line, n) WHERE n IN (2, 3, 4, 5, 7);
SELECT * FROM event('dream', '2025-11-01', 'en') WITH ORDINALITY AS l (line, n) WHERE n = 7;
-- All areas but those that come daily: 15 rows of the deck, as DFDG is closed, B, and of December DREAM and Borger Flex.  An empty
-- calendar has its head and foot, each line of which ends with CR LF.
SELECT (length(ics) - length(replace(ics, 'BEGIN:VEVENT', ''))) / 12 AS events, strpos(ics, 'ukraine') AS ukraine
FROM flis_release_ics('2025-11-01', '2025-11-30') ics;
SELECT replace(flis_release_ics('2025-11-02', '2025-11-01', language => 'en'), E'\r\n', '|');

-- SEQUENCE rises by one with each change of what is shown, of its own rows alone, and never falls.  The name of
-- each column is what it must be.
CREATE FUNCTION sequence(area text) RETURNS integer LANGUAGE sql AS
$$ SELECT substr(line, 10)::int FROM event($1, '2025-11-01') line WHERE line LIKE 'SEQUENCE:%' $$;
SELECT sequence('borger') AS "4";
INSERT INTO flis_release (area, channel, cycle) VALUES ('borger', 'dap', '2025-11-01');
SELECT sequence('borger') AS "5", sequence('oekonomi') AS "4";
UPDATE flis_release SET note = 'x';
UPDATE flis_release SET note = 'x';
SELECT sequence('borger') AS "6";
DELETE FROM flis_release;
SELECT sequence('borger') AS "7";
-- Another cycle is another event; the data package is the release that the cube follows.
INSERT INTO flis_release (area, channel, cycle) VALUES ('borger', 'dap', '2025-12-01'), ('borger', 'datapakke', '2025-11-01');
SELECT sequence('borger') AS "8";
-- A row that becomes this event's: the key is compared.
UPDATE flis_release SET cycle = '2025-11-01' WHERE channel = 'dap';
SELECT sequence('borger') AS "9";
TRUNCATE flis_release;
SELECT sequence('borger') AS "10", sequence('oekonomi') AS "5";
-- Its rule, its name and its channel, whatever the version; not what isn't shown, nor what other areas say.
INSERT INTO flis_rule (area, valid_from, lag) VALUES ('borger', '2025-06-01', 2);
UPDATE flis_rule SET lag = 3 WHERE area = 'borger' AND valid_from = '2025-06-01';
DELETE FROM flis_rule WHERE area = 'borger' AND valid_from = '2025-06-01';
SELECT sequence('borger') AS "13", sequence('borger_flex') AS "4";
UPDATE flis_rule SET basis = 'x';
UPDATE flis_area SET aliases = '{x}', position = 99, source = 'x' WHERE area = 'borger';
SELECT sequence('borger') AS "13";
UPDATE flis_area SET area_group = 'x' WHERE area = 'borger';
SELECT sequence('borger') AS "14";
UPDATE flis_channel SET name = 'Terning' WHERE channel = 'dap';
SELECT sequence('borger') AS "15", sequence('oekonomi') AS "6";
UPDATE flis_channel SET closes_day = 11 WHERE channel = 'datapakke';
SELECT sequence('borger') AS "16";
-- What is rolled back was no change.
BEGIN;
SAVEPOINT s;
INSERT INTO flis_release (area, channel, cycle) VALUES ('borger', 'dap', '2025-11-01');
SELECT sequence('borger') AS "17";
ROLLBACK TO s;
SELECT sequence('borger') AS "16";
COMMIT;
-- The extension's own rows are not counted, and nobody but the owner writes here.
SELECT count(*) FROM flis_revision WHERE key IN ('ukraine', 'ukraine,0001-01-01', 'udlaesning,0001-01-01');
CREATE ROLE regress_flis_recorder;
GRANT INSERT ON flis_release TO regress_flis_recorder;
SET ROLE regress_flis_recorder;
INSERT INTO flis_release (area, channel, cycle) VALUES ('borger', 'dap', '2025-11-01');
SELECT sequence('borger') AS "17";
UPDATE flis_revision SET revision = 1;
RESET ROLE;
REVOKE ALL ON flis_release FROM regress_flis_recorder;
DROP ROLE regress_flis_recorder;
-- Each change is numbered after the last of its row, the five above, by the primary key or without it.
UPDATE flis_release SET planned_on = '2025-11-14' WHERE area = 'borger' AND channel = 'dap';
UPDATE flis_release SET planned_on = '2025-11-15' WHERE area = 'borger' AND channel = 'dap';
BEGIN;
ALTER TABLE flis_revision DROP CONSTRAINT flis_revision_pkey;
UPDATE flis_release SET planned_on = '2025-11-16' WHERE area = 'borger' AND channel = 'dap';
SELECT revision FROM flis_revision WHERE reference_table = 'flis_release' AND key = 'borger,dap,2025-11-01' ORDER BY revision;
SELECT sequence('borger') AS "20";
CREATE TEMPORARY TABLE revision AS TABLE flis_revision;
DELETE FROM flis_revision;
INSERT INTO flis_revision SELECT * FROM revision ORDER BY revision DESC, key DESC;
SELECT sequence('borger') AS "20";
ROLLBACK;
SELECT sequence('borger') AS "19";
-- Of each row the last change counts, where two change in turn.
SELECT sequence('oekonomi') AS one, sequence('borger_flex') AS other \gset
BEGIN;
UPDATE flis_area SET area_group = 'a' WHERE area = 'oekonomi';
UPDATE flis_area SET area_group = 'b' WHERE area = 'borger_flex';
UPDATE flis_area SET area_group = 'c' WHERE area = 'oekonomi';
UPDATE flis_area SET area_group = 'd' WHERE area = 'borger_flex';
SELECT sequence('oekonomi') - :one AS "2", sequence('borger_flex') - :other AS two;
ROLLBACK;
-- Counts that arrive from another database are added, the earlier of two times is kept, and none is deleted.
SET session_replication_role = replica;
INSERT INTO flis_revision VALUES ('flis_rule', 'x', 1, '2025-11-02'), ('flis_rule', 'x', 1, '2025-11-01'), ('flis_rule', 'x', 1, '2025-11-03');
DELETE FROM flis_revision WHERE key = 'x';
RESET session_replication_role;
SELECT revision, changed_at FROM flis_revision WHERE key = 'x';
DROP TABLE flis_revision;
ALTER EXTENSION flis DROP FUNCTION flis_forget(timestamptz);
DROP FUNCTION flis_forget;
ALTER EXTENSION flis DROP TABLE flis_revision;
DROP TABLE flis_revision;
SELECT flis_release_ics('2025-11-02', '2025-11-01');
DELETE FROM flis_release;

DROP FUNCTION sequence, event;
DROP EXTENSION flis;
