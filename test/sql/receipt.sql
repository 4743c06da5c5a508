-- A receipt at the foot of a report, and what flis_verify finds of it later; how final a period is.
\set VERBOSITY terse
SET client_min_messages = warning;
CREATE EXTENSION flis;
SET datestyle = 'German';
SET timezone = 'UTC';
CREATE SCHEMA lab;
CREATE TABLE lab.staff (month date, municipality int, hours numeric, note text);
CREATE TABLE lab."Udsatte børn og unge" (month date, municipality int);
CREATE TABLE lab.third (month date);
CREATE TABLE lab.fourth (month date);
CREATE TABLE lab.fifth (month date);
INSERT INTO flis_cube (cube, area, period_column, municipality_column) VALUES
	('lab.staff', 'personale_fravaer', 'month', 'municipality'), ('lab."Udsatte børn og unge"', 'udsatte_boern_og_unge', 'month', 'municipality'),
	('lab.third', 'borger', 'month', NULL), ('lab.fourth', 'borger', 'month', NULL), ('lab.fifth', 'borger', 'month', NULL);
INSERT INTO lab.staff SELECT month, municipality, municipality + n, 'Row ' || n FROM generate_series(timestamp '2025-05-01', '2025-12-01', '1 month') month, unnest('{101,147}'::int[]) municipality, generate_series(1, 3) n;
INSERT INTO lab."Udsatte børn og unge" SELECT month, 101 FROM generate_series(timestamp '2025-05-01', '2025-09-01', '1 month') month;
INSERT INTO lab.third VALUES ('2025-05-01');

-- Of five cubes at most 120 characters; of what was not taken down nothing is said.
SELECT flis_remember('lab.staff', '{hours}'), flis_remember('lab."Udsatte børn og unge"'), flis_remember('lab.third');
SELECT flis_receipt('{lab.staff,"lab.\"Udsatte børn og unge\"",lab.third,lab.fourth,lab.fifth}', '2025-11-10') AS receipt \gset
SELECT length(:'receipt') AS length, regexp_replace(:'receipt', '^(flis1 2025-11-10) [0-9a-f]+ ', '\1 TIME ') AS receipt;
SELECT flis_receipt('{lab.staff}', '2025-11-10') AS short \gset
SELECT * FROM flis_verify(:'receipt');
SELECT * FROM flis_verify(E'  ' || :'short' || E'\n');

SELECT flis_receipt('{lab.staff}', '0001-01-01') AS oldest \gset
SELECT * FROM flis_verify(:'oldest');

-- A closed month is restated: one hour more, in a row; a row gone; a month that is not covered yet (October)
-- is none.
UPDATE lab.staff SET hours = hours + 1 WHERE month = '2025-08-01' AND municipality = 101 AND note = 'Row 1';
UPDATE lab.staff SET note = 'Other' WHERE month = '2025-08-01' AND municipality = 147 AND note = 'Row 1';
DELETE FROM lab.staff WHERE month = '2025-09-01' AND municipality = 147 AND note = 'Row 3';
DELETE FROM lab.staff WHERE month = '2025-10-01';
DELETE FROM lab."Udsatte børn og unge" WHERE month = '2025-05-01';
SELECT * FROM flis_verify(:'receipt');
-- What is taken down since changes nothing in what the line was about.
SELECT flis_remember('lab.staff', '{hours}');
SELECT * FROM flis_verify(:'short');

-- A deck is stored for a day up to the report's: it says what the rules say, and one of later says nothing, so that
-- the area reached September then as now.  A rule is edited, and another begins after the report.
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-06-30', 'personale_fravaer', '2025-04-30'), ('2025-11-30', 'personale_fravaer', '2025-09-30'), ('2025-06-30', 'borger', '2025-04-30');
UPDATE flis_rule SET lag = 2 WHERE area = 'borger';
INSERT INTO flis_rule (area, valid_from, lag) VALUES ('personale_fravaer', '2026-01-01', 3);
SELECT * FROM flis_verify(:'receipt');
SELECT flis_receipt('{lab.third}', '2025-11-10') AS later \gset
SELECT * FROM flis_verify(:'later');
-- A month behind the rules: August then, July now.  What a note says is no reason, nor is a deck before one that counts.
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-05-31', 'borger', '2024-12-31');
SELECT * FROM flis_verify(:'later');
UPDATE flis_status SET data_through = '2025-02-28' WHERE area = 'borger' AND as_of = '2025-06-30';
UPDATE flis_status SET note = 'A note says nothing else.' WHERE area = 'borger';
SELECT * FROM flis_verify(:'later');
DELETE FROM flis_status WHERE area = 'borger';
SELECT * FROM flis_verify(:'later');
UPDATE flis_rule SET lag = 1 WHERE area = 'borger';
SELECT * FROM flis_verify(:'later');

-- What no deck and no rule says: November's package, with September, doesn't come by the 10th; access ends.
SELECT flis_receipt('{lab.third}', '2025-11-10') AS last \gset
INSERT INTO flis_release (area, cycle, planned_on) VALUES ('borger', '2025-11-01', '2025-11-18');
SELECT * FROM flis_verify(:'last');
DELETE FROM flis_release WHERE area = 'borger';
INSERT INTO flis_notice (area, kind, started_on, note) VALUES ('borger', 'access', '2025-11-01', 'Closed.');
SELECT * FROM flis_verify(:'last');
DELETE FROM flis_notice WHERE area = 'borger';
SELECT * FROM flis_verify(:'last');

-- A month that was shown is restated, and since then the area reaches less far, is closed or retired, or its channel is:
-- May is told each time.  One that was not shown then, October, is not told where a deck shows it now.
INSERT INTO lab.third VALUES ('2025-10-01');
SELECT flis_remember('lab.third');
SELECT flis_receipt('{lab.third}', '2025-11-10') AS last \gset
INSERT INTO lab.third VALUES ('2025-05-01');
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-11-10', 'borger', '2025-03-31');
SELECT * FROM flis_verify(:'last');
UPDATE flis_status SET data_through = NULL, state = 'closed' WHERE area = 'borger';
SELECT * FROM flis_verify(:'last');
UPDATE flis_status SET data_through = '2025-10-31', state = 'on_schedule' WHERE area = 'borger';
INSERT INTO lab.third VALUES ('2025-10-01');
SELECT * FROM flis_verify(:'last');
DELETE FROM flis_status WHERE area = 'borger';
UPDATE flis_area SET retired = true WHERE area = 'borger';
SELECT * FROM flis_verify(:'last');
UPDATE flis_area SET retired = false WHERE area = 'borger';
UPDATE flis_channel SET retired = true WHERE channel = 'datapakke';
SELECT * FROM flis_verify(:'last');
UPDATE flis_channel SET retired = false WHERE channel = 'datapakke';
-- It is compared with what is known now, whatever flis.known_at says.
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-11-10', 'borger', '2025-03-31');
SET flis.known_at = '2025-01-01';
SELECT * FROM flis_verify(:'last');
SHOW flis.known_at;
RESET flis.known_at;
-- Nor do the session's time zone and style of dates count: in this style India's zone is IST, which is read as Israel's.
SET timezone = 'Asia/Kolkata';
SELECT * FROM flis_verify(:'last');
RESET timezone;
SET timezone = 'UTC';
DELETE FROM flis_status WHERE area = 'borger';
DELETE FROM lab.third WHERE month = '2025-10-01' OR ctid > (SELECT min(ctid) FROM lab.third);

-- A cycle that comes early: that of July 2025 brings DREAM's February by 26 June.  A rule from July on takes it back.
UPDATE flis_cube SET area = 'dream' WHERE cube = 'lab.third';
SELECT flis_receipt('{lab.third}', '2025-06-26') AS early \gset
INSERT INTO flis_rule (area, valid_from, lag, early_min_days, early_max_days) VALUES ('dream', '2025-07-01', 5, 14, 21), ('dream', '2025-08-01', 9, 14, 21);
SELECT * FROM flis_verify(:'early');
DELETE FROM flis_rule WHERE area = 'dream' AND valid_from > '2025-01-01';
UPDATE flis_cube SET area = 'borger' WHERE cube = 'lab.third';

-- By the rules of another time no prints are taken.
SET flis.known_at = '2025-01-01';
SELECT flis_remember('lab.third');
RESET flis.known_at;
-- Of a measure that the newest print doesn't have nothing is told; of rows that are gone it is.
CREATE TABLE lab.measured (month date, n int, m int);
INSERT INTO flis_cube (cube, area, period_column) VALUES ('lab.measured', 'borger', 'month');
INSERT INTO lab.measured VALUES ('2025-05-01', 1, 2), ('2025-06-01', 1, 2);
SELECT flis_remember('lab.measured', '{n}');
SELECT flis_receipt('{lab.measured}', '2025-11-10') AS measured \gset
UPDATE lab.measured SET m = 3 WHERE month = '2025-05-01';
DELETE FROM lab.measured WHERE month = '2025-06-01';
SELECT flis_remember('lab.measured', '{m}');
SELECT * FROM flis_verify(:'measured');

-- The area comes by the quarter from 2026 on: the months of a print of 2025 are compared as months.  May has lost its row.
CREATE TABLE lab.months AS SELECT month::date FROM generate_series(timestamp '2025-01-01', '2025-08-01', '1 month') month;
CREATE TABLE lab.quarters AS SELECT * FROM lab.months;
INSERT INTO flis_cube (cube, area, period_column) VALUES ('lab.months', 'borger', 'month'), ('lab.quarters', 'borger', 'month');
SELECT flis_remember('lab.months');
INSERT INTO flis_print SELECT (jsonb_populate_record(p, '{"cube": "lab.quarters", "seen_at": "2025-11-10 12:00+00"}')).* FROM flis_print p WHERE cube = 'lab.months';
INSERT INTO flis_rule (area, valid_from, frequency) VALUES ('borger', '2026-01-01', 'QUARTERLY');
SELECT period_from, data_through, rows_before, rows_after FROM flis_restated('lab.quarters', '2025-11-10 13:00+00');
DELETE FROM lab.quarters WHERE month = '2025-05-01';
SELECT period_from, data_through, rows_before, rows_after FROM flis_restated('lab.quarters', '2025-11-10 13:00+00');
DELETE FROM flis_rule WHERE area = 'borger' AND valid_from = '2026-01-01';

-- A line whose prints are not here, whose cube has gone, and what is no line.
SELECT * FROM flis_verify(regexp_replace(:'short', '........$', '01234567'));
SELECT * FROM flis_verify(regexp_replace(:'short', '........$', '00000000'));
DELETE FROM flis_cube WHERE cube = 'lab.third';
SELECT * FROM flis_verify(:'later');
SELECT flis_receipt('{lab.third}', '2025-11-10');
SELECT flis_receipt('{}', '2025-11-10') AS none, flis_receipt('{NULL}', '2025-11-10') AS of_null, length(flis_receipt('{NULL,lab.staff}', '2025-11-10')) AS one;
-- A day that is none; a name in other letters is that of the cube.
SELECT flis_receipt('{lab.staff}', 'infinity') AS infinite;
SELECT flis_receipt('{lab.staff}', '10000-01-01');
SELECT flis_receipt('{lab.staff}', '0044-03-15 BC');
SELECT right(flis_receipt('{LAB.staff}', '2025-11-10'), 15) = right(flis_receipt('{lab.staff}', '2025-11-10'), 15) AS same;
-- Nor does it matter how else SQL writes it.
SELECT substring(flis_receipt(ARRAY['"lab"."staff"', ' lab . STAFF ', 'lab.staff'], '2025-11-10') FROM '(( ([0-9a-f]{6})-[0-9a-f]{8})( \3-[0-9a-f]{8}){2})$') <> '' AS same;
SELECT * FROM flis_verify('flis1 2025-11-10 61234');
SELECT * FROM flis_verify('flis1 2025-11-10 f000000000000000 abcdef-01234567');
SELECT * FROM flis_verify('flis1 2025-11-10 8000000000000000 abcdef-01234567');
SELECT * FROM flis_verify('flis1 2025-11-10 61234 abcdef-0123456');
SELECT * FROM flis_verify('flis1 2025-11-10 61234 abcdef-01234567x');
SELECT * FROM flis_verify('flis1 2025-13-10 61234 abcdef-01234567');
SELECT * FROM flis_verify('flis1 2025-02-30 61234 abcdef-01234567');
SELECT * FROM flis_verify('Oversigt pr. 30/6');
-- Forgotten prints.
UPDATE lab.staff SET hours = 0;
SELECT flis_remember('lab.staff', '{hours}');
SELECT flis_forget(clock_timestamp()) > 0 AS forgotten;
SELECT * FROM flis_verify(:'short');
-- Of this one the prints are the newest, but what was known then is forgotten.
SELECT * FROM flis_verify(:'receipt') WHERE cube ~ 'Udsatte';

-- How final is a month?  Five deliveries.  January comes with 80 of 100, then 90, then 100, and is not
-- touched in the fourth; February with 50 of 200, then 220, then 200; March with 10 of 10, then stays;
-- April with 7.  January by age 0.8, 0.9, 1, 1, 1; February 0.25, 1.1, 1, 1; March 1, 1, 1; April 1.
CREATE TABLE lab.mature (month date, municipality int, n int);
INSERT INTO flis_cube (cube, area, period_column, municipality_column) VALUES ('lab.mature', 'borger', 'month', 'municipality');
SELECT * FROM flis_maturity('lab.mature');
INSERT INTO lab.mature VALUES ('2025-01-01', 101, 50), ('2025-01-01', 147, 30);
SELECT flis_remember('lab.mature', '{n}');
INSERT INTO lab.mature VALUES ('2025-01-01', 151, 10), ('2025-02-01', 101, 50);
SELECT flis_remember('lab.mature', '{n}');
INSERT INTO lab.mature VALUES ('2025-01-01', 151, 10), ('2025-02-01', 101, 170), ('2025-03-01', 101, 10);
SELECT flis_remember('lab.mature', '{n}');
UPDATE lab.mature SET n = 150 WHERE n = 170;
SELECT flis_remember('lab.mature', '{n}');
SELECT flis_remember('lab.mature', '{n}');
INSERT INTO lab.mature VALUES ('2025-04-01', 101, 7);
SELECT flis_remember('lab.mature', '{n}');
SELECT * FROM flis_maturity('lab.mature');
-- A sum that was NaN once counts as 0 then, and as what it is since: 0 by the first delivery, 1 by the second.
CREATE TABLE lab.nan (month date, n float8);
INSERT INTO flis_cube (cube, area, period_column) VALUES ('lab.nan', 'borger', 'month');
INSERT INTO lab.nan VALUES ('2025-01-01', 'NaN');
SELECT flis_remember('lab.nan', '{n}');
UPDATE lab.nan SET n = 7;
SELECT flis_remember('lab.nan', '{n}');
SELECT * FROM flis_maturity('lab.nan');

-- What flis_forget() drops isn't told as having been nothing, nor as a delivery of less: both prints count as one.
CREATE TABLE lab.dropped (month date, municipality int, n int);
INSERT INTO flis_cube (cube, area, period_column, municipality_column) VALUES ('lab.dropped', 'borger', 'month', 'municipality');
INSERT INTO lab.dropped VALUES ('2025-01-01', 101, 1), ('2025-01-01', 147, 1);
SELECT flis_remember('lab.dropped', '{n}');
SELECT clock_timestamp() AS then \gset
UPDATE lab.dropped SET n = 2 WHERE municipality = 101;
SELECT flis_remember('lab.dropped', '{n}');
SELECT municipality, rows_before, rows_after FROM flis_restated('lab.dropped', :'then');
SELECT flis_forget(now()) > 0 AS forgotten;
SELECT municipality, rows_before, rows_after FROM flis_restated('lab.dropped', :'then');
SELECT * FROM flis_maturity('lab.dropped');
-- A municipality that comes after that had nothing before.  3 of 6 were there, then all.
SELECT clock_timestamp() AS then \gset
INSERT INTO lab.dropped VALUES ('2025-01-01', 151, 3);
SELECT flis_remember('lab.dropped', '{n}');
SELECT municipality, rows_before, rows_after FROM flis_restated('lab.dropped', :'then');
SELECT * FROM flis_maturity('lab.dropped');
DROP SCHEMA lab CASCADE;
DROP EXTENSION flis;
