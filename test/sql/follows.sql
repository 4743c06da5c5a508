-- Channels that follow another: refused rows, chains, versions and calendars.  Areas that are closed
-- with the area that they are part of, and notices about periods.  Every answer is worked out by hand.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';
\pset null -

-- refusal: the SQLSTATE of a statement that is refused, and the constraint.
CREATE FUNCTION refusal(command text) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
	name text;
BEGIN
	EXECUTE command;
	RETURN 'not refused';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS name = CONSTRAINT_NAME;
	RETURN concat_ws(' ', SQLSTATE, name);
END
$$;

SELECT channel, follows, days_after FROM flis_channel ORDER BY position;
-- An unknown channel, itself, a circle through others and by a later version, and days that are none.
SELECT refusal($q$ UPDATE flis_channel SET follows = 'post' WHERE channel = 'dap' $q$) AS unknown,
	   refusal($q$ UPDATE flis_channel SET follows = 'dap' WHERE channel = 'dap' $q$) AS itself;
SELECT refusal($q$ UPDATE flis_channel SET follows = 'dap' WHERE channel = 'udlaesning' $q$) AS circle,
	   refusal($q$ INSERT INTO flis_channel (channel, valid_from, name, opens_day, closes_day, follows)
				   VALUES ('udlaesning', '2030-01-01', 'Udlæsning', 1, 1, 'datapakke') $q$) AS "by a version";
SELECT refusal($q$ UPDATE flis_channel SET days_after = -1 WHERE channel = 'dap' $q$) AS negative,
	   refusal($q$ UPDATE flis_channel SET days_after = NULL WHERE channel = 'dap' $q$) AS none;
-- Two that follow each other in one statement; a channel that is followed can't be deleted, but retired.
SELECT refusal($q$ INSERT INTO flis_channel (channel, name, opens_day, closes_day, follows)
				   VALUES ('left', 'Left', 1, 1, 'right'), ('right', 'Right', 1, 1, 'left') $q$) AS each_other;
-- A restore, row by row, of channels that follow each other the other way round than the shipped ones.
BEGIN;
INSERT INTO flis_channel (channel, name, opens_day, closes_day, follows, system_from) VALUES ('datapakke', 'Pakke', 10, 10, 'dap', '2025-07-01');
INSERT INTO flis_channel (channel, name, opens_day, closes_day, follows, system_from) VALUES ('dap', 'DAP', 10, 12, NULL, '2025-07-01');
SELECT channel, follows FROM flis_channel ORDER BY channel;
SELECT refusal($q$ UPDATE flis_channel SET follows = 'datapakke' WHERE channel = 'dap' $q$) AS circle;
ROLLBACK;
INSERT INTO flis_channel (channel, name, opens_day, closes_day, follows, days_after)
VALUES ('web', 'Web', 1, 2, 'dap', 3), ('mail', 'Mail', 1, 1, 'web', 1);
SELECT refusal($q$ DELETE FROM flis_channel WHERE channel = 'web' $q$) AS followed,
	   refusal($q$ UPDATE flis_channel SET channel = 'www' WHERE channel = 'web' $q$) AS renamed;

-- A chain.  By the rules mail comes a day after web, web three after dap, dap on the 12th: the 16th.  The
-- window stays the rule's.
SELECT flis_next_release('borger', '2025-11-12', 'mail') AS mail, flis_next_release('borger', '2025-11-12', 'web') AS web,
	   flis_release_window('borger', '2025-11-01', 'mail') AS window, flis_release_of('borger', '2025-09-15', 'mail') AS september;
-- The extract of November comes on the 20th: package 20, dap 22, web 25, mail 26, and so do their notes.  Where
-- something is said of web's own day that stands, though the day doesn't.
INSERT INTO flis_release (area, channel, cycle, planned_on, note) VALUES
	('borger', 'udlaesning', '2025-11-01', '2025-11-20', 'Flytning'), ('borger', 'web', '2025-11-01', '2025-11-02', 'Ny side');
SELECT c.channel, expected_on, window_closes, released_on, date_status, note
FROM (SELECT channel FROM flis_channel) k, flis_release_calendar('2025-11-01', '2025-11-30', k.channel) c
WHERE area = 'borger' ORDER BY expected_on, c.channel COLLATE "C";
-- In words each channel is told with the one that it follows, but for what its own row says.
CREATE FUNCTION pg_temp.told(on_day date) RETURNS TABLE (channel text, english text, danish text) LANGUAGE sql AS $$
	SELECT channel, substring(flis_explain('borger', on_day, channel, 'en') FROM 'The November 2025 cycle (.*?)[.] '),
		   substring(flis_explain('borger', on_day, channel) FROM 'Novemberudlæsningen 2025 (.*?[^0-9])[.] ')
	FROM flis_channel ORDER BY channel COLLATE "C"
$$;
SELECT * FROM pg_temp.told('2025-11-15');
UPDATE flis_release SET planned_on = '2025-11-28' WHERE channel = 'web';
SELECT * FROM pg_temp.told('2025-11-15') WHERE channel IN ('web', 'mail');
UPDATE flis_release SET planned_on = NULL, cancelled = true WHERE channel = 'web';
SELECT * FROM pg_temp.told('2025-11-15') WHERE channel IN ('web', 'mail');
UPDATE flis_release SET planned_on = '2025-11-02', cancelled = false WHERE channel = 'web';
-- Recorded: the package on the 21st is confirmed for those that follow; who records dap is told the day it had.
SELECT area, expected_on, released_on, punctuality_days FROM flis_record_release('borger', 'datapakke', '2025-11-01', '2025-11-21');
SELECT area, expected_on, released_on, punctuality_days FROM flis_record_release('borger', 'dap', '2025-11-01', '2025-11-24');
SELECT c.channel, expected_on, released_on, date_status, punctuality_days AS punctuality
FROM (SELECT channel FROM flis_channel) k, flis_release_calendar('2025-11-01', '2025-11-30', k.channel) c
WHERE area = 'borger' ORDER BY expected_on, c.channel COLLATE "C";
SELECT * FROM pg_temp.told('2025-11-19');
-- Cancelled where it is followed, unless it has come.
UPDATE flis_release SET planned_on = NULL, cancelled = true, note = 'Udgår' WHERE channel = 'udlaesning';
SELECT c.channel, date_status, note
FROM (SELECT channel FROM flis_channel) k, flis_release_calendar('2025-11-01', '2025-11-30', k.channel) c
WHERE area = 'borger' ORDER BY c.channel COLLATE "C";
SELECT * FROM pg_temp.told('2025-11-19');
-- The package that came although its extract did not, and the remedy.
SELECT severity, what, subject, finding, remedy FROM flis_selftest('2025-11-30') WHERE what = 'before_leader';
SELECT FROM flis_record_release('borger', 'udlaesning', '2025-11-01', '2025-11-21');
SELECT count(*) AS "left to find" FROM flis_selftest('2025-11-30') WHERE what = 'before_leader';
DELETE FROM flis_release;

-- A version that follows nothing, from 2026 on: dap on the 12th whatever the package does.
INSERT INTO flis_channel (channel, valid_from, name, opens_day, closes_day) VALUES ('dap', '2026-01-01', 'DAP-kube', 10, 12);
INSERT INTO flis_release (area, cycle, planned_on) VALUES ('borger', '2025-12-01', '2025-12-20'), ('borger', '2026-01-01', '2026-01-20');
SELECT flis_next_release('borger', '2025-12-12', 'dap') AS december, flis_next_release('borger', '2025-12-31', 'dap') AS january;
DELETE FROM flis_channel WHERE valid_from = '2026-01-01';
-- A retired channel counts as deleted: web follows nothing then.
UPDATE flis_channel SET retired = true WHERE channel = 'dap';
SELECT flis_next_release('borger', '2025-11-30', 'web') AS web;
UPDATE flis_channel SET retired = false WHERE channel = 'dap';
SELECT flis_next_release('borger', '2025-11-30', 'web') AS web;
DELETE FROM flis_release;

-- A lead counts as many days later as the channel comes later, from channel to channel: dap 2, web 5, mail 6.
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-07-03', 'borger', '2025-05-31');
SELECT day::date, flis_data_through('borger', day::date) AS package, flis_data_through('borger', day::date, 'dap') AS dap,
	   flis_data_through('borger', day::date, 'web') AS web, flis_data_through('borger', day::date, 'mail') AS mail
FROM unnest('{2025-07-03,2025-07-04,2025-07-05,2025-07-07,2025-07-08,2025-07-09}'::date[]) day;
DELETE FROM flis_status;

-- Parts of parts close with the whole, each unless something as new is said of it.  On 1 May borger closes; on
-- 1 June a deck has the inner part open, on 1 July it closes borger again.
INSERT INTO flis_area (area, name, part_of) VALUES ('inner', 'Inner', 'borger_flex');
INSERT INTO flis_rule (area, valid_from) VALUES ('inner', '2000-01-01');
INSERT INTO flis_status (as_of, area, state, data_through) VALUES
	('2025-05-01', 'borger', 'closed', NULL), ('2025-06-01', 'inner', 'on_schedule', '2025-03-31'), ('2025-07-01', 'borger', 'closed', NULL);
SELECT day::date, flis_data_through('borger', day::date) AS borger, flis_data_through('borger_flex', day::date) AS flex,
	   flis_data_through('inner', day::date) AS inner, flis_next_release('inner', day::date) AS next
FROM unnest('{2025-04-30,2025-05-01,2025-05-31,2025-06-01,2025-06-30,2025-07-01}'::date[]) day;
-- A notice of access of the part itself, about one municipality, is as new as what closed the whole: from 3 July
-- on the part is open again but for that municipality.
INSERT INTO flis_notice (area, municipality, kind, started_on, ended_on, note) VALUES ('borger_flex', 101, 'access', '2025-07-03', '2025-07-05', 'x');
SELECT day::date, flis_data_through('borger_flex', day::date) AS flex FROM unnest('{2025-07-02,2025-07-03,2025-07-05}'::date[]) day;
-- A period that was covered before the area closed came then; one after it never comes.
SELECT flis_release_of('borger', '2025-02-01') AS february, flis_release_of('borger', '2025-03-01') AS march;
DELETE FROM flis_status;
DELETE FROM flis_notice;

-- No access to periods from 15 September 2025 on, for all, from 20 October to 20 December: the area ends with
-- August.  The November cycle brings September, and is passed over; one of October that is late is not.
INSERT INTO flis_notice (area, period_from, kind, started_on, ended_on, note) VALUES ('borger', '2025-09-15', 'access', '2025-10-20', '2025-12-20', 'x');
SELECT day::date, flis_data_through('borger', day::date) AS through, flis_expected_through('borger', day::date) AS expected,
	   flis_next_release('borger', day::date) AS next, flis_data_through('borger_flex', day::date) AS part
FROM unnest('{2025-10-19,2025-10-20,2025-11-10,2025-12-19,2025-12-20}'::date[]) day;
INSERT INTO flis_release (area, cycle, planned_on) VALUES ('borger', '2025-10-01', '2025-11-15');
SELECT flis_data_through('borger', '2025-10-20') AS through, flis_next_release('borger', '2025-10-20') AS next,
	   flis_release_of('borger', '2025-09-30') AS september;

-- The calendar's last day has no next release, nor does what would come after it.
SELECT flis_next_release('borger', '9999-12-31') AS borger, flis_next_release('ukraine', '9999-12-31') AS ukraine,
	   flis_next_release('ukraine', '9999-12-30') AS "the day before", flis_release_of('borger', '9999-12-31') AS period;

DROP EXTENSION flis;
DROP FUNCTION refusal;
