-- The rules beyond the deck's own: versions, business days, annual and daily areas, one-off changes.
-- Every answer is worked out by hand; the reason stands beside it.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';
INSERT INTO flis_area (area, name) VALUES ('a', 'A'), ('b', 'B'), ('c', 'C'), ('d', 'D'), ('e', 'E'), ('f', 'F'),
	('g', 'without a rule');

-- A row is written with its key and what differs; defaults are the deck's general rule.
INSERT INTO flis_rule (area, valid_from) VALUES ('a', '2020-01-01');
SELECT frequency, lag, early_min_days, early_max_days, release_month, business_day, shipped
FROM flis_rule WHERE area = 'a';
-- Before the first cycle of the first version nothing is expected: cycle January 2020, out on the 10th.
SELECT flis_data_through('a', '2020-01-09') AS none, flis_data_through('a', '2020-01-10') AS first,
	   flis_next_release('a', '2019-06-01') AS next, flis_release_of('a', '2019-03-31') AS "March 2019";

-- A new version applies from its first cycle on.  KRL with lag 3 from January 2026: the January cycle
-- carries September (1 - 1 - 3), the December cycle before it still July (12 - 1 - 4).
INSERT INTO flis_rule (area, valid_from, lag) VALUES ('krl_personale', '2026-01-01', 3);
SELECT flis_data_through('krl_personale', '2026-01-09') AS december,
	   flis_data_through('krl_personale', '2026-01-10') AS january,
	   flis_data_through('krl_personale', '2025-11-10') AS november;

-- What was delivered once is not taken back: with lag 4 from March 2026 the March cycle carries
-- October, but February's (lag 1) brought December; not before June's (lag 4) comes January.
INSERT INTO flis_rule (area, valid_from, lag) VALUES ('a', '2026-03-01', 4);
SELECT flis_data_through('a', '2026-02-10') AS february, flis_data_through('a', '2026-03-10') AS march,
	   flis_data_through('a', '2026-05-10') AS may, flis_data_through('a', '2026-06-10') AS june,
	   flis_next_release('a', '2026-02-10') AS next;

-- A version that begins within a month leaves that month's cycle alone.
INSERT INTO flis_rule (area, valid_from, lag) VALUES ('b', '2020-01-01', 1), ('b', '2025-11-02', 0);
SELECT flis_data_through('b', '2025-11-10') AS november, flis_data_through('b', '2025-12-10') AS december;

-- Annual, in October: the cycle of 2025 begins on 1 October, carries the year 2024 and is out on the
-- 10th.  From 2028 on lag 1 takes one year more, so that 2028 brings what 2027 brought.
INSERT INTO flis_rule (area, valid_from, frequency, lag, release_month)
VALUES ('c', '2020-01-01', 'ANNUAL', 0, 10), ('c', '2028-01-01', 'ANNUAL', 1, 10);
SELECT flis_data_through('c', '2025-10-09') AS "9 October", flis_data_through('c', '2025-10-10') AS "10 October",
	   flis_next_release('c', '2025-10-10') AS next, flis_release_of('c', '2026-05-05') AS "the year 2026",
	   flis_release_window('c', '2026-03-03') AS window,
	   flis_data_through('c', '2028-10-10') AS "lag 1, 2028", flis_data_through('c', '2029-10-10') AS "lag 1, 2029";
-- STIL once its month is filled in.
UPDATE flis_rule SET release_month = 9 WHERE area = 'stil';
SELECT flis_data_through('stil', '2025-09-10') AS stil, flis_next_release('stil', '2025-09-10') AS next;

-- Business days, conventions of the window's ends.  10 May 2025 is a Saturday, 10 August 2025 a Sunday.
INSERT INTO flis_rule (area, valid_from, business_day)
VALUES ('d', '2020-01-01', 'following'), ('e', '2020-01-01', 'preceding'), ('f', '2020-01-01', 'modified_following');
SELECT flis_next_release('d', '2025-05-01') AS following, flis_next_release('e', '2025-05-01') AS preceding,
	   flis_next_release('d', '2025-08-01') AS "following, Sunday", flis_next_release('e', '2025-08-01') AS "preceding, Sunday";
-- 1 February 2025 is a Saturday: for the extract both conventions that follow give Monday the 3rd, and
-- preceding gives Friday, 31 January.
SELECT flis_release_window('d', '2025-02-01', 'udlaesning') AS following,
	   flis_release_window('e', '2025-02-01', 'udlaesning') AS preceding,
	   flis_release_window('f', '2025-02-01', 'udlaesning') AS modified;
-- A window that closes on the 31st: 31 May 2025 is a Saturday, so modified_following goes back to the 30th.
INSERT INTO flis_channel (channel, name, opens_day, closes_day) VALUES ('sent', 'Sent', 30, 31);
SELECT flis_release_window('d', '2025-05-01', 'sent') AS following,
	   flis_release_window('f', '2025-05-01', 'sent') AS modified;

-- A version of a channel: data packages on the 15th from 2026 on.
INSERT INTO flis_channel (channel, valid_from, name, opens_day, closes_day)
VALUES ('datapakke', '2026-01-01', 'Datapakke', 12, 15);
SELECT flis_next_release('borger', '2025-12-01') AS december, flis_next_release('borger', '2026-01-01') AS january,
	   flis_release_window('borger', '2026-01-01') AS window;
UPDATE flis_channel SET retired = true WHERE channel = 'datapakke' AND valid_from = '2026-01-01';
SELECT flis_next_release('borger', '2026-01-01') AS retired;

-- One-off changes.  November's package is postponed past December's, and when it comes it brings
-- nothing newer; it is a release all the same.
INSERT INTO flis_release (area, cycle, planned_on, note) VALUES ('borger', '2025-11-01', '2025-12-15', 'new version');
SELECT flis_data_through('borger', '2025-11-10') AS postponed, flis_data_through('borger', '2025-12-10') AS december,
	   flis_data_through('borger', '2025-12-15') AS late,
	   flis_next_release('borger', '2025-10-10') AS next, flis_next_release('borger', '2025-12-10') AS "next after",
	   flis_release_of('borger', '2025-09-30') AS september;
-- It came earlier than planned: recorded before planned.
UPDATE flis_release SET released_on = '2025-11-20' WHERE area = 'borger' AND cycle = '2025-11-01';
SELECT flis_data_through('borger', '2025-11-19') AS before, flis_data_through('borger', '2025-11-20') AS on,
	   flis_next_release('borger', '2025-11-10') AS next;
-- It was cancelled after all.
UPDATE flis_release SET released_on = NULL, cancelled = true WHERE area = 'borger' AND cycle = '2025-11-01';
SELECT flis_data_through('borger', '2025-12-09') AS cancelled, flis_next_release('borger', '2025-10-10') AS next,
	   flis_release_of('borger', '2025-09-30') AS september;
-- Early: recorded in October already.  Only that channel.
UPDATE flis_release SET released_on = '2025-10-28', cancelled = false WHERE area = 'borger' AND cycle = '2025-11-01';
SELECT flis_data_through('borger', '2025-10-28') AS early, flis_data_through('borger', '2025-10-28', 'dap') AS dap;
-- Two cancelled, one after the other: August's, of June, is the newest that came.  Two that came in the wrong
-- order: October's, of August, stays.  A cycle has the rule of its first day.
BEGIN;
DELETE FROM flis_release;
INSERT INTO flis_release (area, cycle, cancelled) VALUES ('borger', '2025-09-01', true), ('borger', '2025-10-01', true);
SELECT flis_expected_through('borger', '2025-10-25');
UPDATE flis_release SET cancelled = false, released_on = CASE cycle WHEN '2025-10-01' THEN date '2025-10-08' ELSE '2025-10-15' END;
SELECT expected, cycle FROM flis_coverage('2025-10-20') WHERE area = 'borger';
INSERT INTO flis_area (area, name) VALUES ('changing', 'Changing');
INSERT INTO flis_rule (area, valid_from, lag, early_min_days, early_max_days) VALUES ('changing', '2020-01-01', 1, 0, 0), ('changing', '2025-06-15', 3, 5, 6);
SELECT flis_release_window('changing', '2025-06-20'), flis_release_window('changing', '2025-07-20');
-- A row of a daily version and one of a yearly version are of two cycles, though 17 July 2005 is the 2024th day after
-- 1 January 2000.
INSERT INTO flis_rule (area, valid_from, frequency, lag, release_month) VALUES
	('g', '2000-01-01', 'DAILY', 0, NULL), ('g', '2020-01-01', 'ANNUAL', 0, 1);
INSERT INTO flis_release (area, cycle, planned_on) VALUES ('g', '2005-07-17', '2005-07-20'), ('g', '2024-01-01', '2024-06-01');
SELECT flis_next_release('g', '2024-01-01');
-- A version that lasts for one cycle: November's brings October, and December's does again.
INSERT INTO flis_rule (area, valid_from, lag) VALUES ('changing', '2025-11-01', 0), ('changing', '2025-12-01', 1);
SELECT flis_data_through('changing', '2025-11-09') AS before, flis_data_through('changing', '2025-11-10') AS november, flis_data_through('changing', '2025-12-10') AS december;
-- Quarters of the year 1000: the package of April, which brings March, came on the 3rd; the status before was level.
INSERT INTO flis_area (area, name) VALUES ('quarterly', 'Quarterly');
INSERT INTO flis_rule (area, valid_from, frequency, lag) VALUES ('quarterly', '0900-01-01', 'QUARTERLY', 0);
INSERT INTO flis_status (as_of, area, data_through) VALUES ('1000-02-01', 'quarterly', '0999-12-31');
INSERT INTO flis_release (area, cycle, released_on) VALUES ('quarterly', '1000-04-01', '1000-04-03');
SELECT flis_data_through('quarterly', '1000-04-02') AS before, flis_data_through('quarterly', '1000-04-03') AS april;
SELECT flis_release_of('quarterly', '1000-03-15') AS "first quarter";
INSERT INTO flis_release (area, cycle, released_on) VALUES ('quarterly', '2025-04-01', '2025-04-03');
SELECT flis_release_of('quarterly', '2025-03-15') AS "of 2025";
-- The lag grows by one from June on: of two recorded releases that bring March the newer one is named.  It grows by
-- three: June's brings January, and what May's brought stays, whichever of them came first.
INSERT INTO flis_area (area, name) VALUES ('grown', 'Grown');
INSERT INTO flis_rule (area, valid_from, lag) VALUES ('grown', '2020-01-01', 1), ('grown', '2025-06-01', 2);
INSERT INTO flis_release (area, cycle, released_on) VALUES ('grown', '2025-05-01', '2025-05-10'), ('grown', '2025-06-01', '2025-06-10');
SELECT expected, cycle FROM flis_coverage('2025-06-15') WHERE area = 'grown';
UPDATE flis_rule SET lag = 4 WHERE area = 'grown' AND valid_from = '2025-06-01';
UPDATE flis_release SET released_on = CASE cycle WHEN '2025-05-01' THEN date '2025-06-12' ELSE '2025-06-01' END WHERE area = 'grown';
SELECT expected, cycle FROM flis_coverage('2025-06-15') WHERE area = 'grown';
UPDATE flis_release SET released_on = CASE cycle WHEN '2025-05-01' THEN date '2025-06-01' ELSE '2025-06-12' END WHERE area = 'grown';
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-05-20', 'grown', '2025-02-28');
SELECT expected, cycle, data_through FROM flis_coverage('2025-06-15') WHERE area = 'grown';
ROLLBACK;
-- A row whose day begins no cycle has no effect.
INSERT INTO flis_release (area, cycle, cancelled) VALUES ('borger', '2026-02-02', true);
SELECT flis_data_through('borger', '2026-02-10') AS untouched;

-- Daily, with a day cancelled and a day late.
INSERT INTO flis_release (area, cycle, planned_on, cancelled)
VALUES ('ukraine', '2025-11-10', NULL, true), ('ukraine', '2025-11-13', '2025-11-15', false);
SELECT day::date, flis_data_through('ukraine', day::date), flis_next_release('ukraine', day::date)
FROM generate_series('2025-11-09', '2025-11-16', interval '1 day') day;

-- Status: behind by a month on 30 June (March instead of April), which lasts until somebody says it ended.
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-06-30', 'vh', '2025-03-31');
SELECT flis_data_through('vh', '2025-06-29') AS before, flis_data_through('vh', '2025-07-09') AS published,
	   flis_data_through('vh', '2025-07-10') AS behind, flis_data_through('vh', '2025-12-10') AS "still behind";
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-09-30', 'vh', '2025-07-31');
SELECT flis_data_through('vh', '2025-09-30') AS level, flis_data_through('vh', '2025-10-10') AS "by the rule again";
-- Ahead by two months: not taken back, not assumed to last.
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-06-30', 'ky', '2025-06-30');
SELECT flis_data_through('ky', '2025-06-30') AS ahead, flis_data_through('ky', '2025-08-10') AS overtaken,
	   flis_data_through('ky', '2025-09-10') AS "by the rule";
SELECT flis_release_of('ky', '2025-06-15') AS "the status brought June";
-- Ahead by a month when the July package is out, in a cube of July that comes on the 15th: the lead counts with the cube.
BEGIN;
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-07-11', 'aula', '2025-06-30');
INSERT INTO flis_release (area, channel, cycle, released_on) VALUES
	('aula', 'dap', '2025-06-01', '2025-06-12'), ('aula', 'dap', '2025-07-01', '2025-07-15');
SELECT flis_data_through('aula', '2025-07-14', 'dap') AS before, flis_data_through('aula', '2025-07-15', 'dap') AS ahead;
DELETE FROM flis_release WHERE area = 'aula' AND cycle = '2025-06-01';
SELECT flis_data_through('aula', '2025-07-15', 'dap') AS ahead;
-- Half a month ahead is level, and counts with the cube that is as new as the package.
DELETE FROM flis_release WHERE area = 'aula';
UPDATE flis_status SET data_through = '2025-06-15' WHERE area = 'aula';
SELECT flis_data_through('aula', '2025-07-11', 'dap') AS before, flis_data_through('aula', '2025-07-12', 'dap') AS cube;
-- A day ahead; the cube of that day is cancelled, so that the lead counts with the next.
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2026-05-10', 'ukraine', '2026-05-10');
INSERT INTO flis_release (area, channel, cycle, cancelled) VALUES ('ukraine', 'dap', '2026-05-10', true);
SELECT flis_data_through('ukraine', '2026-05-10', 'dap') AS cancelled, flis_data_through('ukraine', '2026-05-11', 'dap') AS next;
ROLLBACK;
-- A published day within a month: May is not whole, so the area is level with April.
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-06-30', 'kp', '2025-05-15');
SELECT flis_data_through('kp', '2025-06-30') AS published, flis_data_through('kp', '2025-07-10') AS "by the rule";
-- Closed, and reopened by a later status that names no month.
INSERT INTO flis_status (as_of, area, state) VALUES ('2025-06-30', 'yr', 'closed'), ('2025-09-30', 'yr', 'caveat');
SELECT flis_data_through('yr', '2025-06-29') AS open, flis_data_through('yr', '2025-09-29') AS closed,
	   flis_next_release('yr', '2025-09-29') AS "next, closed", flis_data_through('yr', '2025-09-30') AS reopened,
	   flis_expected_through('yr', '2025-09-29') AS expected;
-- A daily area two days behind.
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2026-01-10', 'ukraine', '2026-01-07');
SELECT flis_data_through('ukraine', '2026-01-10') AS published, flis_data_through('ukraine', '2026-01-11') AS behind,
	   flis_data_through('ukraine', '2026-02-01') AS "still behind";
-- A daily area ahead: the rule overtakes on the third day.
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2026-03-01', 'ukraine', '2026-03-01');
SELECT day::date, flis_data_through('ukraine', day::date)
FROM generate_series('2026-03-01', '2026-03-04', interval '1 day') day;

-- All of some areas: the earliest; NULL if one is closed, nothing is known of one, one is
-- NULL, or there is none.
SELECT flis_common_through(ARRAY['borger', 'krl_personale', 'dream'], '2025-11-20') AS common,
	   flis_common_through(ARRAY['borger', 'g'], '2025-11-20') AS unknown,
	   flis_common_through(ARRAY['borger', 'yr'], '2025-09-29') AS closed,
	   flis_common_through(ARRAY['borger', NULL], '2025-11-20') AS null,
	   flis_common_through('{}', '2025-11-20') AS empty;

-- May a month be shown?  The day decides, not its month's end.
SELECT flis_is_available('oekonomi', '2025-09-30', '2025-11-10') AS september,
	   flis_is_available('oekonomi', '2025-10-01', '2025-11-10') AS october,
	   flis_is_available('yr', '2020-01-01', '2025-09-29') AS closed;

-- Areas are found by code, name or alias, without regard to case.
SELECT flis_data_through('aeldre', '2025-11-10') = ALL (ARRAY[
	flis_data_through('AELDRE', '2025-11-10'), flis_data_through('Ældre', '2025-11-10'),
	flis_data_through('ÆLDRE', '2025-11-10')]) AS aeldre,
	   flis_data_through('KRL', '2025-11-10') = flis_data_through('krl personale', '2025-11-10') AS krl,
	   flis_data_through('borger', '2025-11-10', 'DAP-kube') AS channel;

-- Edges of the calendar.
SELECT flis_data_through('borger', 'infinity'), flis_expected_through('borger', '-infinity'),
	   flis_next_release('borger', 'infinity'), flis_release_of('borger', 'infinity'),
	   flis_common_through('{borger}', '-infinity');
SELECT flis_data_through('borger', '0001-01-01') AS first, flis_data_through('borger', '9999-12-31') AS last,
	   flis_data_through('oekonomi', '0001-01-10') AS "first cycle";
SELECT flis_release_window('borger', 'infinity') AS infinite;

-- Without rule, or before any.
SELECT flis_data_through('g', '2025-11-10') AS through, flis_next_release('g', '2025-11-10') AS next,
	   flis_release_window('g', '2025-11-01') AS window, flis_release_of('g', '2025-11-01') AS covered,
	   flis_release_window('a', '2019-12-01') AS "before the first version";

-- A day before any version lies in a period of the first: a month, which the cycle of January 2020 brings with
-- November; the whole year 2019 would come with February's.
BEGIN;
INSERT INTO flis_rule (area, valid_from, frequency, lag, release_month) VALUES
	('g', '2020-01-01', 'MONTHLY', 1, NULL), ('g', '2022-01-01', 'ANNUAL', 0, 3);
SELECT flis_release_of('g', '2019-03-15') AS "March 2019";
ROLLBACK;

-- NULL in, NULL out.
SELECT flis_data_through(NULL, '2025-11-10'), flis_data_through('borger', NULL), flis_next_release('borger', '2025-11-10', NULL),
	   flis_release_window('borger', NULL), flis_common_through(NULL, '2025-11-10');

-- Errors name the value and tell what to do.
DO $$
DECLARE
	call text;
	state text;
	message text;
	hint text;
BEGIN
	FOREACH call IN ARRAY ARRAY[
		$q$ flis_data_through('eldre', '2025-11-10') $q$,
		$q$ flis_data_through('krl personal', '2025-11-10') $q$,
		$q$ flis_data_through('aftensmad', '2025-11-10') $q$,
		$q$ flis_data_through('', '2025-11-10') $q$,
		$q$ flis_data_through(repeat('y', 100000), '2025-11-10') $q$,
		$q$ flis_next_release('borger', '2025-11-10', 'post') $q$,
		$q$ flis_common_through(ARRAY['borger', 'drem'], '2025-11-10') $q$,
		$q$ flis_common_through('{NULL}', '2025-11-10', 'post') $q$,
		$q$ flis_data_through('borger', '10000-01-01') $q$,
		$q$ flis_release_of('borger', '0001-12-31 BC') $q$,
		$q$ flis_data_through('eldre', 'infinity') $q$,
		$q$ flis_explain('borger', '2025-11-10', 'dap', 'tysk') $q$]
	LOOP
		BEGIN
			EXECUTE 'SELECT ' || call INTO message;
			RAISE INFO '% did not fail: %', call, message;
		EXCEPTION WHEN OTHERS THEN
			GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, hint = PG_EXCEPTION_HINT;
			RAISE INFO '% % | %', state, left(message, 60), hint;
		END;
	END LOOP;
END
$$;

DROP EXTENSION flis;
