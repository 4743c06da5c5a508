-- The golden table: what the status deck says, case by case.  The days are the deck's own examples
-- and those around them; the deck's table of 30 June is the one in test/data/deck-plain.txt.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';

-- Rules alone: data packages around the 10th, one month skipped.
SELECT flis_data_through('borger', '2025-11-09') AS before,
	   flis_data_through('borger', '2025-11-10') AS "on the 10th",
	   flis_data_through('borger', '2026-01-10') AS "over new year";

-- The extract at the start of the month, DAP cubes one or two days after the data packages.
SELECT flis_data_through('borger', '2025-11-01', 'udlaesning') AS udlaesning,
	   flis_data_through('borger', '2025-11-11', 'dap') AS "dap, 11th",
	   flis_data_through('borger', '2025-11-12', 'dap') AS "dap, 12th";

-- KRL and DREAM come from the supplier three months later: November shows June.
SELECT flis_data_through('krl_personale', '2025-11-10') AS krl,
	   flis_data_through('krl_personale', '2024-07-10') AS "krl, leap year",
	   flis_data_through('dream', '2025-11-01') AS dream;

-- Borger Flex and DREAM are extracted two to three weeks before the others.
SELECT flis_data_through('dream', '2025-06-25') AS "25 June",
	   flis_data_through('dream', '2025-06-26') AS "26 June",
	   flis_data_through('dream', '2025-06-30') AS "30 June",
	   flis_data_through('borger_flex', '2025-11-01') AS borger_flex;

-- The Ukraine cube comes daily; STIL yearly, in no month that anybody has named.
SELECT flis_data_through('ukraine', '2025-11-10') AS ukraine,
	   count(flis_data_through('stil', day::date)) AS "days on which stil is known"
FROM generate_series('2020-01-01', '2030-12-31', interval '1 day') day;

-- What comes next, when a period comes, and within which days.
SELECT flis_next_release('borger', '2025-11-09') AS "after the 9th",
	   flis_next_release('borger', '2025-11-10') AS "after the 10th",
	   flis_next_release('borger', '2025-11-10', 'dap') AS dap,
	   flis_next_release('dream', '2025-06-30') AS dream;
SELECT flis_release_window('dream', '2025-07-01', 'datapakke') =
	   daterange('2025-06-19', '2025-06-26', '[]') AS "window is 19 to 26 June",
	   flis_release_of('borger', '2025-09-15') AS "September is out";

-- What follows what: DAP cubes two days after the data packages, however late those are, and data
-- packages no earlier than the extract.  Each case is taken back after it.
BEGIN;
INSERT INTO flis_release (area, cycle, planned_on) VALUES ('borger', '2025-12-01', '2025-12-18');
SELECT flis_data_through('borger', '2025-12-12', 'dap') AS "12 December",
	   flis_data_through('borger', '2025-12-19', 'dap') AS "19 December",
	   flis_data_through('borger', '2025-12-20', 'dap') AS "20 December";
UPDATE flis_release SET released_on = '2025-12-19' WHERE area = 'borger';
SELECT flis_data_through('borger', '2025-12-20', 'dap') AS "20 December",
	   flis_data_through('borger', '2025-12-21', 'dap') AS "21 December",
	   flis_next_release('borger', '2025-12-19', 'dap') AS next;
ROLLBACK;
BEGIN;
INSERT INTO flis_release (area, cycle, released_on) VALUES ('borger', '2025-11-01', '2025-11-07');
SELECT flis_data_through('borger', '2025-11-09', 'dap') AS "9 November",
	   flis_data_through('borger', '2025-11-12', 'dap') AS "12 November";
ROLLBACK;
BEGIN;
INSERT INTO flis_release (area, cycle, cancelled) VALUES ('borger', '2025-12-01', true);
SELECT flis_data_through('borger', '2025-12-31', 'dap') AS "31 December";
ROLLBACK;
BEGIN;
INSERT INTO flis_release (area, channel, cycle, planned_on)
VALUES ('borger', 'udlaesning', '2025-07-01', '2025-07-20');
SELECT flis_data_through('borger', '2025-07-10') AS "package, 10 July",
	   flis_data_through('borger', '2025-07-20') AS "20 July",
	   flis_data_through('borger', '2025-07-20', 'dap') AS "dap, 20 July",
	   flis_data_through('borger', '2025-07-22', 'dap') AS "22 July";
ROLLBACK;
BEGIN;
INSERT INTO flis_release (area, channel, cycle, planned_on) VALUES ('borger', 'dap', '2025-12-01', '2025-12-11');
SELECT flis_data_through('borger', '2025-12-11', 'dap') AS "11 December",
	   flis_data_through('borger', '2025-12-12', 'dap') AS "12 December";
ROLLBACK;
SELECT flis_data_through('ukraine', '2025-11-10', 'dap') AS "daily, dap";

-- A status belongs to a cycle: the newest one out as a data package on its day.
BEGIN;
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-07-10', 'borger', '2025-04-30');
SELECT flis_data_through('borger', '2025-07-12', 'dap') AS "dap, 12 July",
	   flis_data_through('borger', '2025-08-12', 'dap') AS "12 August",
	   flis_data_through('borger', '2025-08-10') AS "package, 10 August";
ROLLBACK;
BEGIN;
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-07-11', 'borger', '2025-05-31');
SELECT flis_data_through('borger', '2025-07-11', 'dap') AS "May: dap, 11 July",
	   flis_data_through('borger', '2025-07-12', 'dap') AS "12 July";
UPDATE flis_status SET data_through = '2025-03-31';
SELECT flis_data_through('borger', '2025-07-11', 'dap') AS "March: dap, 11 July";
ROLLBACK;
BEGIN;
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-07-08', 'borger', '2025-05-31');
SELECT flis_data_through('borger', '2025-07-08', 'dap') AS "early: dap, 8 July",
	   flis_data_through('borger', '2025-07-10', 'dap') AS "10 July";
ROLLBACK;
BEGIN;
INSERT INTO flis_release (area, channel, cycle, cancelled) VALUES ('borger', 'dap', '2025-07-01', true);
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-07-11', 'borger', '2025-04-30');
SELECT flis_data_through('borger', '2025-08-12', 'dap') AS "July cancelled: dap, 12 August";
ROLLBACK;
BEGIN;
INSERT INTO flis_rule (area, valid_from, lag) VALUES ('borger', '2025-07-01', 4);
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-07-31', 'borger', '2025-03-31');
SELECT flis_data_through('borger', '2025-08-10') AS "lag 4: 10 August",
	   flis_data_through('borger', '2025-10-10') AS "10 October";
ROLLBACK;
BEGIN;
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-07-05', 'borger', '2025-04-30');
SELECT flis_data_through('borger', '2025-07-05', 'udlaesning') AS "extract, 5 July",
	   flis_data_through('borger', '2025-08-01', 'udlaesning') AS "1 August";
ROLLBACK;

-- What is closed: an area that the deck shows nothing of, and a part with its whole.
BEGIN;
SET LOCAL client_min_messages = error;
SELECT area, state FROM flis_import_overview(E'Oversigt pr. 30/6\nYR Månedligt - YR Data udgives ikke pt.', 2025);
INSERT INTO flis_status (as_of, area, state) VALUES ('2025-06-30', 'borger', 'closed');
SELECT flis_data_through('yr', '2025-06-30') AS yr, flis_data_through('yr', '2025-07-10') AS "10 July",
	   flis_next_release('yr', '2025-06-30') AS next, flis_data_through('borger_flex', '2025-06-30') AS borger_flex;
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-06-30', 'borger_flex', '2025-05-31');
SELECT flis_data_through('borger_flex', '2025-06-30') AS "borger_flex with a status of its own";
ROLLBACK;

-- A period comes when the data do: with March in place of April on 30 June, May a month late.
BEGIN;
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-06-30', 'borger', '2025-03-31');
SELECT flis_release_of('borger', '2025-05-15') AS may;
-- No access to periods from June on takes nothing from that.
INSERT INTO flis_notice (area, period_from, kind, started_on, note) VALUES ('borger', '2025-06-01', 'access', '2025-06-30', 'x');
SELECT flis_release_of('borger', '2025-05-15') AS may;
ROLLBACK;
-- A deck of 8 July that shows May already: May was there that day, and not first on the 10th.
BEGIN;
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-07-08', 'borger', '2025-05-31');
SELECT flis_release_of('borger', '2025-05-15') AS may;
ROLLBACK;

-- With the deck of 30 June 2025 imported.
\set deck `cat "$PG_ABS_SRCDIR/data/deck-plain.txt"`
SELECT count(*) AS rows FROM flis_import_overview(:'deck', 2025);

SELECT flis_data_through('borger', '2025-06-30') AS borger,
	   flis_data_through('borger', '2025-07-10') AS "borger, 10 July",
	   flis_data_through('krl_personale', '2025-06-30') AS krl,
	   flis_expected_through('krl_personale', '2025-06-30') AS "krl expected",
	   flis_data_through('krl_personale', '2025-07-09') AS "krl, 9 July",
	   flis_data_through('krl_personale', '2025-07-10') AS "krl, 10 July";
SELECT flis_data_through('dfdg', '2025-06-30') AS dfdg,
	   flis_data_through('dfdg', '2026-06-30') AS "dfdg, a year on",
	   flis_next_release('dfdg', '2025-06-30') AS "dfdg, next";

-- The deck contradicts itself for KRL alone: four months by its text, three by its table.
SELECT area, as_of, expected, published, periods_ahead FROM flis_rule_difference;

DROP EXTENSION flis;
