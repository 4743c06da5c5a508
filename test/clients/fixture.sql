/*
 * fixture.sql
 *		The warehouse that the clients of test/clients read.
 *
 * flis is in a schema of its own, as in a real warehouse; facts has fact tables that write their months
 * as a date, a number and a text, and reports their guarded views.  All figures are invented.  What is
 * asked for a day in 2025 has the same answer on every day; the fact tables reach from two years before
 * today to three months after, so that a guarded view always leaves some months out.
 *
 * Variables: password, of the roles analyst and loader; deck_file.
 */
CREATE SCHEMA metadata;
CREATE EXTENSION flis SCHEMA metadata;
SET search_path = metadata;

\set deck `cat :deck_file`
SELECT area, data_through, state FROM flis_import_overview(:'deck', 2025);

/* Of the November cycle of 2025 two DAP cubes came a day early and two days late; some data packages of
   December are moved, one doesn't come. */
INSERT INTO flis_release (area, channel, cycle, planned_on, released_on, cancelled, note) VALUES
	('borger', 'dap', '2025-11-01', NULL, '2025-11-11', false, NULL),
	('aeldre', 'dap', '2025-11-01', NULL, '2025-11-14', false, 'Kørslen måtte gøres om på Ærø'),
	('borger', 'datapakke', '2025-12-01', '2025-12-15', NULL, false, 'Ny udgave på vej'),
	('vh', 'datapakke', '2025-12-01', NULL, NULL, true, 'Årets sidste falder ud');

/* One that holds for ever, one for a municipality, one that has ended. */
INSERT INTO flis_notice (notice, area, municipality, period_from, period_until, kind, started_on,
						 expected_end, ended_on, note) VALUES
	(1, 'aeldre', NULL, NULL, NULL, 'comparability', '2025-07-01', NULL, NULL,
		'Blåbærgrød: æøå ÆØÅ, "citat", ''apostrof'', 100 % og 5 €'),
	(2, 'fsiii', 492, '2025-05-01', NULL, 'completeness', '2025-07-01', '2025-09-30', NULL,
		'Ærø mangler'),
	(3, 'ky', NULL, NULL, NULL, 'access', '2025-08-01', '2025-08-05', '2025-08-08', 'Lukket');

CREATE SCHEMA facts;
COMMENT ON SCHEMA facts IS 'Fact tables; invented.';

CREATE VIEW facts.month AS
	SELECT (date_trunc('month', CURRENT_DATE) + n * interval '1 month')::date AS month, n
	FROM generate_series(-24, 3) n;

/* A date, the first day of the month. */
CREATE TABLE facts.borger AS
SELECT m.month, k.municipality, a.age_group, 1000 + k.municipality + m.n AS inhabitants
FROM facts.month m, flis_municipality k, (VALUES ('Børn'), ('Voksne'), ('Ældre')) a (age_group);
ALTER TABLE facts.borger ADD PRIMARY KEY (month, municipality, age_group);
COMMENT ON TABLE facts.borger IS 'Borgere efter aldersgruppe; opdigtet.';
COMMENT ON COLUMN facts.borger.month IS 'First day of the month.';

/* A number of six digits. */
CREATE TABLE facts.oekonomi AS
SELECT to_char(m.month, 'YYYYMM')::integer AS period, k.municipality,
	   (1000 * k.municipality + m.n)::numeric(14, 2) AS amount
FROM facts.month m, flis_municipality k;
ALTER TABLE facts.oekonomi ADD PRIMARY KEY (period, municipality);
COMMENT ON TABLE facts.oekonomi IS 'Udgifter i kr.; opdigtet.';

/* A text, the year, M and the month. */
CREATE TABLE facts.krl_personale AS
SELECT to_char(m.month, 'YYYY"M"MM') AS period, k.municipality, s.staff_group,
	   (10 * k.municipality + m.n)::numeric(9, 1) AS full_time_equivalents
FROM facts.month m, flis_municipality k, (VALUES ('Lærere'), ('Pædagoger')) s (staff_group);
ALTER TABLE facts.krl_personale ADD PRIMARY KEY (period, municipality, staff_group);
COMMENT ON TABLE facts.krl_personale IS 'Årsværk; opdigtet.';

ANALYZE facts.borger, facts.oekonomi, facts.krl_personale;

INSERT INTO flis_cube (cube, area, channel, period_column, municipality_column) VALUES
	('facts.borger', 'borger', 'dap', 'month', 'municipality'),
	('facts.oekonomi', 'oekonomi', 'datapakke', 'period', 'municipality'),
	('facts.krl_personale', 'krl_personale', 'datapakke', 'period', 'municipality');

CREATE SCHEMA reports;
COMMENT ON SCHEMA reports IS 'What may be shown.';
SELECT flis_guard('facts.borger', 'reports.borger'),
	   flis_guard('facts.oekonomi', 'reports.oekonomi'),
	   flis_guard('facts.krl_personale', 'reports.krl_personale');

/* Who reads the reports and asks flis, and may write nothing. */
CREATE ROLE analyst LOGIN PASSWORD :'password';
GRANT USAGE ON SCHEMA metadata, facts, reports TO analyst;
GRANT SELECT ON ALL TABLES IN SCHEMA facts, reports TO analyst;

/* Who writes what is published, as the loader of a warehouse does. */
CREATE ROLE loader LOGIN PASSWORD :'password';
GRANT USAGE ON SCHEMA metadata TO loader;
GRANT INSERT, UPDATE, DELETE ON flis_status, flis_release, flis_notice TO loader;
