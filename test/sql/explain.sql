-- The explanation: every basis, every kind of rule and change, in Danish and English.
CREATE EXTENSION flis;
\pset format unaligned
\pset tuples_only on

-- By the rule alone.
SELECT flis_explain('borger', '2025-11-10');
SELECT flis_explain('borger', '2025-11-10', 'dap', 'en');
SELECT flis_explain('dream', '2025-11-10', language => 'en');
SELECT flis_explain('ukraine', '2025-11-10');
SELECT flis_explain('stil', '2025-11-10');
-- Before anything came, and without a rule.
INSERT INTO flis_area (area, name) VALUES ('ny', 'Nyt område'), ('aar', 'Årligt område');
INSERT INTO flis_rule (area, valid_from, frequency, lag, release_month) VALUES ('aar', '2025-01-01', 'ANNUAL', 1, 3);
SELECT flis_explain('ny', '2025-11-10');
SELECT flis_explain('aar', '2025-03-09');
SELECT flis_explain('aar', '2025-03-10', language => 'en');
-- A recorded release and a planned one.
INSERT INTO flis_release (area, cycle, released_on) VALUES ('oekonomi', '2025-11-01', '2025-11-12');
INSERT INTO flis_release (area, cycle, planned_on) VALUES ('aula', '2025-11-01', '2025-11-14');
SELECT flis_explain('oekonomi', '2025-11-12');
SELECT flis_explain('aula', '2025-11-14', language => 'en');
-- A status that still holds, is behind, level, ahead, closed, or names no month.  That all goes to plan
-- needs no remark.
INSERT INTO flis_status (as_of, area, data_through, state, note) VALUES
	('2025-06-30', 'krl_personale', '2025-02-28', 'on_schedule', NULL),
	('2025-06-30', 'vh', '2025-02-28', 'caveat', 'Forsinket hos leverandøren'),
	('2025-06-30', 'borger', '2025-04-30', 'on_schedule', 'Kører efter planen'),
	('2025-06-30', 'dfdg', NULL, 'closed', 'Lukket indtil videre.'),
	('2025-06-30', 'noegletal', NULL, 'not_reported', NULL);
SELECT flis_explain('krl_personale', '2025-07-09');
SELECT flis_explain('krl_personale', '2025-07-10', language => 'en');
SELECT flis_explain('vh', '2025-07-10');
SELECT flis_explain('borger', '2025-07-10', language => 'en');
SELECT flis_explain('dfdg', '2025-07-10');
SELECT flis_explain('dfdg', '2025-07-10', language => 'en');
SELECT flis_explain('noegletal', '2025-07-10', language => 'en');
-- In any case a language is the same.
SELECT flis_explain('borger', '2025-07-10', language => 'EN') = flis_explain('borger', '2025-07-10', language => 'en');
-- Of an infinite day there is nothing to tell.
SELECT flis_explain('borger', 'infinity') IS NULL;

-- An area that comes daily, two days behind on the 10th: its 9th is out on the 12th.
BEGIN;
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2026-01-10', 'ukraine', '2026-01-07');
SELECT flis_data_through('ukraine', '2026-01-12') = '2026-01-09', substring(flis_explain('ukraine', '2026-01-12', language => 'en') FROM 'The area was then[^.]*');
ROLLBACK;
-- How many days before the others: up to so many, or exactly so many.
BEGIN;
INSERT INTO flis_rule (area, valid_from, lag, early_min_days, early_max_days) VALUES ('vh', '2025-01-01', 1, 0, 7), ('kp', '2025-01-01', 1, 7, 7);
SELECT substring(flis_explain(area, '2025-11-10', language => 'en') FROM 'The area comes[^.]*'), substring(flis_explain(area, '2025-11-10') FROM 'Området udlæses[^.]*')
FROM unnest('{vh,kp}'::text[]) area;
ROLLBACK;
-- Less than most: the lag is 4, and 1 in all four others, in two of them, in the only other.
BEGIN;
UPDATE flis_area SET retired = true WHERE area NOT IN ('krl_personale', 'borger', 'vh', 'kp', 'ky');
SELECT substring(flis_explain('krl_personale', '2025-11-10', language => 'en') FROM 'contains data[^.]*');
UPDATE flis_rule SET lag = 2 WHERE area IN ('kp', 'ky');
SELECT substring(flis_explain('krl_personale', '2025-11-10', language => 'en') FROM 'contains data[^.]*');
UPDATE flis_area SET retired = true WHERE area NOT IN ('krl_personale', 'borger');
SELECT substring(flis_explain('krl_personale', '2025-11-10', language => 'en') FROM 'contains data[^.]*');
ROLLBACK;
-- A rule that holds from a later cycle on than the newest one out.
BEGIN;
INSERT INTO flis_rule (area, valid_from, lag) VALUES ('ky', '2025-12-01', 2);
SELECT to_char(day, 'MM-DD'), substring(flis_explain('ky', day, language => 'en') FROM 'From[^.]*') FROM unnest('{2025-11-30,2025-12-01,2025-12-09,2025-12-10}'::date[]) day;
ROLLBACK;
-- What the schedule alone would not tell: a rule that is still to come; a status that does not count in the channel
-- yet, after one that closes the area; a delay that lasts; a release planned early; an area that is closed with the
-- whole of its whole.
BEGIN;
INSERT INTO flis_area (area, name, part_of) VALUES ('uge', 'Uge', NULL), ('inderst', 'Inderst', 'borger_flex');
INSERT INTO flis_rule (area, valid_from, frequency, lag, opens_day, closes_day) VALUES ('uge', '2025-08-01', 'WEEKLY', 1, 1, 3);
INSERT INTO flis_release (area, channel, cycle, planned_on, note) VALUES ('ky', 'datapakke', '2025-07-01', '2025-07-08', 'Ferie');
INSERT INTO flis_status (as_of, area, data_through, state, note) VALUES
	('2025-06-30', 'yr', NULL, 'closed', 'Lukket hos leverandøren'), ('2025-07-11', 'yr', '2025-05-31', 'on_schedule', 'Åben igen'),
	('2025-06-20', 'borger_flex', '2025-04-30', 'caveat', 'Kun flex');
INSERT INTO flis_notice (area, kind, started_on, note) VALUES ('borger', 'access', '2025-07-05', 'Fejl i CPR');
SELECT flis_explain('uge', '2025-07-30', language => 'en');
SELECT flis_explain('yr', '2025-07-11', 'dap');
SELECT operation FROM flis_overview('2025-07-11', 'dap') WHERE area_name = 'YR';
SELECT data_through, operation FROM flis_overview('2025-09-05') WHERE area_name = 'VH';
SELECT operation FROM flis_overview('2025-07-06') WHERE area_name = 'KY';
SELECT flis_explain('inderst', '2025-07-06', language => 'en');
ROLLBACK;
\set VERBOSITY sqlstate
SELECT flis_explain('borger', '10000-01-01');
DROP EXTENSION flis;
