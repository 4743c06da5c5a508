/*
 * pages.sql
 *		What a status page is made of: a deck and what was said besides, 500 areas, names that are up to no
 *		good, or nothing, as the variable kind says; the deck's file is in the environment's FLIS_DECK.
 */
CREATE EXTENSION flis;
\set deck `cat "$FLIS_DECK"`
SELECT :'kind' = 'many' AS is_many, :'kind' = 'odd' AS is_odd, :'kind' = 'none' AS is_none \gset

\if :is_none
UPDATE flis_area SET retired = true;
\quit
\endif

SELECT count(*) FROM flis_import_overview(:'deck', 2025);
INSERT INTO flis_release (area, channel, cycle, planned_on, cancelled, note) VALUES
	('krl_personale', 'datapakke', '2025-07-01', '2025-07-18', false, 'Nyt system'),
	('kp', 'datapakke', '2025-07-01', '2025-07-08', false, NULL),
	('vh', 'datapakke', '2025-07-01', NULL, true, NULL);
SELECT * FROM flis_record_release('dream', 'udlaesning', '2025-07-01', '2025-06-30');
SELECT * FROM flis_postpone_release('dap', '2025-07-01', '2025-07-16', 'Ny version');
INSERT INTO flis_notice (area, municipality, period_from, kind, started_on, expected_end, note) VALUES
	('ky', NULL, NULL, 'access', '2025-06-20', '2025-07-05', 'Lukket, mens leverandøren flytter'),
	('aula', 727, '2025-05-01', 'completeness', '2025-06-01', '2025-06-15', 'Mangler, mens snitflader ændres'),
	('aula', 741, '2025-05-01', 'completeness', '2025-06-01', '2025-06-15', 'Mangler, mens snitflader ændres'),
	('kp', NULL, NULL, 'information', '2025-07-07', NULL, 'Ny udgave i juli');
-- A correction of then.
INSERT INTO flis_status_history (as_of, area, data_through, state, note, recorded_at, system_from, system_until)
VALUES ('2025-05-31', 'aula', '2025-03-31', 'caveat', 'Rettet', '2025-06-01', '2025-06-01', '2025-06-12');
CREATE SCHEMA dw;
CREATE TABLE dw.borger AS
SELECT month::date AS month, municipality
FROM flis_municipality, generate_series(timestamp '2024-06-01', '2025-05-01', '1 month') month
WHERE month < '2025-05-01' OR municipality < 400;
CREATE TABLE dw.dream AS SELECT month FROM dw.borger WHERE month < '2025-02-01';
INSERT INTO flis_cube (cube, area, channel, period_column, municipality_column) VALUES
	('dw.borger', 'borger', 'datapakke', 'month', 'municipality'),
	('dw.dream', 'dream', 'dap', 'month', NULL),
	('dw.nowhere', 'aula', 'dap', 'month', NULL);

\if :is_many
INSERT INTO flis_area (area, name, area_group, position, source)
SELECT 'area_' || i, 'Område nr. ' || i, 'Gruppe ' || i / 40, 100 + i, 'Kommunernes systemer'
FROM generate_series(1, 480) i;
INSERT INTO flis_rule (area, valid_from, lag, early_max_days)
SELECT 'area_' || i, '0001-01-01', 1 + (i % 60 = 0)::integer, 7 * (i % 50 = 0)::integer
FROM generate_series(1, 480) i;
INSERT INTO flis_status (as_of, area, data_through, state, note)
SELECT '2025-06-30', 'area_' || i, CASE WHEN i % 48 > 0 THEN date '2025-04-30' END,
	   CASE WHEN i % 48 = 0 THEN 'closed' WHEN i % 7 = 0 THEN 'caveat' ELSE 'on_schedule' END,
	   CASE WHEN i % 7 = 0 THEN 'Der mangler data fra en række kommuner.' END
FROM generate_series(1, 480) i;
\endif

\if :is_odd
CREATE FUNCTION odd(what text) RETURNS text LANGUAGE sql RETURN
	what || U&' <script>alert(1)</script><img src=x onerror=alert(2)>"''>&amp;]]><!--\0009\0001 \202e\05d0\05d1 ' || repeat('lang', 100);
UPDATE flis_area SET name = odd(name), area_group = odd(area_group), source = odd(source);
UPDATE flis_status SET note = odd(note), source = NULL WHERE note <> 'Kører efter planen';
UPDATE flis_release SET note = odd(note);
UPDATE flis_notice SET note = odd(note);
UPDATE flis_municipality SET name = odd(name);
UPDATE flis_channel SET name = odd(name);
UPDATE flis_cube SET cube = 'dw."' || replace(odd(cube), '"', '""') || '"' WHERE cube = 'dw.dream';
\endif
