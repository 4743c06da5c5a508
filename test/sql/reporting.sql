-- Which municipalities a table has in a period, in DHIS2's words: expected, reported, missing, waived.
--
-- The warehouse, test/data/dap.sql, holds January to September 2025.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';
SET timezone = 'Europe/Copenhagen';
\getenv folder PG_ABS_SRCDIR
\set file :folder '/data/dap.sql'
\set size 2
SET client_min_messages = warning;
\set ECHO none
\i :file
\set ECHO all
RESET client_min_messages;

CREATE FUNCTION counts(cube text, period date, on_day date DEFAULT '2025-11-20')
RETURNS TABLE (all_of_them bigint, expected bigint, reported bigint, missing bigint, waived bigint, rows numeric) LANGUAGE sql AS $$
	SELECT count(*), count(*) FILTER (WHERE expected), count(*) FILTER (WHERE reported), count(*) FILTER (WHERE missing),
		   count(*) FILTER (WHERE waived), sum(rows)
	FROM flis_reporting(cube, period, on_day)
$$;
-- Any day stands for its month.  Of 98: all in August, two rows each; 45 in September; none in October.
SELECT * FROM counts('dap.aeldre', '2025-08-01') UNION ALL SELECT * FROM counts('dap.aeldre', '2025-09-15') UNION ALL SELECT * FROM counts('dap.aeldre', '2025-10-31');
-- Læsø is missing in September alone, Ærø always; Dragør has zeros, which Tårnby reports.
SELECT c.cube, r.* FROM unnest('{dap.oekonomi,dap.udsatte}'::text[]) c (cube), flis_reporting(c.cube, '2025-09-01', '2025-11-20') r WHERE missing;
SELECT * FROM flis_reporting('dap.fsiii', '2025-09-01', '2025-11-20') WHERE municipality IN (155, 185);
-- Dragør and Vallensbæk take no part in VH: waived, not missing.  Christiansø (411) is no municipality.
SELECT * FROM flis_reporting('dap.vh', '2025-09-01', '2025-11-20') WHERE NOT expected OR municipality IN (411, 101);
SELECT * FROM counts('dap.vh', '2025-09-01');

-- A waiver holds for the periods that end from one day through another; the newest tells why.
INSERT INTO flis_waiver (area, municipality, valid_from, valid_until, reason) VALUES
	('udsatte_boern_og_unge', 492, '0001-01-01', '2025-08-31', 'Ikke på DUBU'), ('udsatte_boern_og_unge', 492, '2025-08-02', '2025-08-31', 'Overgår til DUBU');
SELECT period, r.expected, r.missing, r.waived, r.reason
FROM unnest('{2025-07-01,2025-08-01,2025-09-01}'::date[]) period, flis_reporting('dap.udsatte', period, '2025-11-20') r WHERE municipality = 492;
-- It may report all the same.
INSERT INTO flis_waiver (area, municipality) VALUES ('udsatte_boern_og_unge', 101);
SELECT * FROM flis_reporting('dap.udsatte', '2025-09-01', '2025-11-20') WHERE municipality = 101;
-- A retired waiver is none.
UPDATE flis_waiver SET retired = true WHERE municipality = 187;
SELECT expected, missing, waived, reason FROM flis_reporting('dap.vh', '2025-09-01', '2025-11-20') WHERE municipality = 187;

-- The gap of FSIII, as a notice for those concerned: from 1 to 20 November, about September alone.
DELETE FROM dap.fsiii WHERE kommune IN (151, 153, 157) AND maaned = '2025-09-01';
INSERT INTO flis_notice (notice, area, municipality, kind, period_from, period_until, started_on, ended_on, note)
SELECT row_number() OVER (), 'fsiii', municipality, kind, '2025-09-01', '2025-09-30', '2025-11-01', '2025-11-20', kind || ': mangler'
FROM (VALUES (151, 'completeness'), (153, 'access'), (157, 'comparability')) v (municipality, kind);
SELECT on_day, r.municipality, r.expected, r.reported, r.missing, r.waived, r.reason
FROM unnest('{2025-10-31,2025-11-01,2025-11-19,2025-11-20}'::date[]) on_day, flis_reporting('dap.fsiii', '2025-09-01', on_day) r WHERE municipality IN (151, 153, 157)
ORDER BY 1, 2;
SELECT expected, reported FROM flis_reporting('dap.fsiii', '2025-08-01', '2025-11-10') WHERE municipality = 151;
-- The cube is judged by 96 of 98, of which 157 alone doesn't report; once the notices are over by all.
SELECT day, newest_period, municipalities_expected AS of, municipalities_reported AS report
FROM unnest('{2025-11-19,2025-11-20}'::date[]) day, flis_check_cubes(day) WHERE cube = 'dap.fsiii' ORDER BY day;
-- A part of the period is enough, from its first day on; the period before it is not concerned.
UPDATE flis_notice SET period_until = period_from WHERE area = 'fsiii';
SELECT r.municipality, r.expected, r.reported, r.missing, r.waived, r.reason
FROM flis_reporting('dap.fsiii', '2025-09-01', '2025-11-01') r WHERE municipality IN (151, 153, 157) ORDER BY 1;
SELECT count(*) FROM flis_reporting('dap.fsiii', '2025-08-31', '2025-11-01') WHERE waived;
-- And one for all municipalities waives nobody.
INSERT INTO flis_notice (notice, area, kind, started_on, note) VALUES (9, 'fsiii', 'completeness', '2025-11-01', 'Alle');
SELECT count(*) FROM flis_reporting('dap.fsiii', '2025-08-01', '2025-11-19') WHERE waived;

-- Weeks belong to the month in which they end: W19 to W22 to May (from 11 May to 1 June: W22 ends on 1 June),
-- so four weeks from 4 May (W18) to 25 May (W21), of two rows each.
SELECT sum(rows) / 98 AS rows FROM flis_reporting('dap.dream', '2025-05-01', '2025-11-20');
-- The school year 2024/2025 ends in July 2025, and counts for each of its months; a row of a day, in a daily area, belongs to that day.
SELECT period, c.* FROM unnest('{2025-06-30,2025-07-01}'::date[]) period, counts('dap.skole', period) c ORDER BY period;
SELECT period, c.* FROM unnest('{2025-11-18,2025-11-19}'::date[]) period, counts('dap.ukraine', period) c ORDER BY period;

-- In every dialect September, or the last period before its end, has all 98.  Each row stands for one of
-- nine months, each twice: a month is 98 * 2 = 196 rows, a quarter and the three months of the half-year
-- 588, the four of the school year 784, all nine 1764.  20250931 is no day.
SELECT d.navn, c.reported, c.rows
FROM dap.dialekter d, counts('dap.' || d.navn, CASE WHEN d.navn ~ 'aar' AND d.navn !~ 'halv|skole' THEN date '2024-12-01' WHEN d.navn ~ 'halv' THEN '2025-06-01'
												   WHEN d.navn ~ 'skole' THEN '2025-07-01' WHEN d.navn ~ 'uge' THEN '2025-10-01' ELSE '2025-09-01' END) c
ORDER BY d.navn COLLATE "C";
-- What doesn't stand for a period is left out.
SELECT * FROM counts('dap.aula', '2025-09-01');
-- The same by an index.
CREATE INDEX ON dap.aula (periode);
SET enable_seqscan = off;
SELECT * FROM counts('dap.aula', '2025-09-01');
RESET enable_seqscan;

-- A table without rows misses everybody.
SELECT * FROM counts('dap.tom', '2025-09-01');
-- Nor can it be told how periods are written in one of texts.
CREATE TABLE dap.ingen_tekster (maaned text, kommune int);
INSERT INTO flis_cube (cube, area, period_column, municipality_column) VALUES ('dap.ingen_tekster', 'borger', 'maaned', 'kommune');
SELECT * FROM counts('dap.ingen_tekster', '2025-09-01');

-- Errors: those of flis, and those of the table as they are.
CREATE FUNCTION refused(cube text, period date DEFAULT '2025-09-01') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	hint text;
BEGIN
	PERFORM FROM flis_reporting(cube, period, '2025-11-20');
	RETURN 'accepted';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
	RETURN SQLSTATE || ': ' || SQLERRM || ' | ' || hint;
END
$$;
UPDATE flis_cube SET period_column = 'mangler' WHERE cube = 'dap.oekonomi';
-- A table may be named otherwise than it is registered, if that means the same in SQL.
SELECT refused(cube) FROM unnest('{dap.ukendt,borger,"\"dap\".BORGER",dap.kp,dap.slettet,dap.oekonomi,dap.navne}'::text[]) cube;
UPDATE flis_cube SET municipality_column = 'maaned' WHERE cube = 'dap.slettet' OR cube = 'dap.vh';
SELECT refused(cube) FROM unnest('{dap.slettet,dap.vh}'::text[]) cube;
SELECT refused('dap.borger', period) FROM unnest('{infinity,10000-01-01}'::date[]) period;
-- A text or number that stands for no period counts for none, wherever it sorts; nor does a row of no municipality.
CREATE TABLE dap.texts AS SELECT maaned, kommune FROM (VALUES ('2025M08', 101), ('2025M08x', 101), ('2025M09', 101), ('2025M09', 147), ('2025M09', NULL), ('2025M10', 147)) v (maaned, kommune);
CREATE TABLE dap.numbers AS SELECT dag, kommune FROM (VALUES (20250831, 101), (20250899, 101), (20250901, 101), (20250930, 147), (20251001, 147)) v (dag, kommune);
INSERT INTO flis_cube (cube, area, period_column, municipality_column) VALUES ('dap.texts', 'borger', 'maaned', 'kommune'), ('dap.numbers', 'borger', 'dag', 'kommune');
SELECT cube, municipality, reported, rows FROM unnest('{dap.texts,dap.numbers}'::text[]) cube, flis_reporting(cube, '2025-09-15', '2025-11-20') WHERE municipality IN (101, 147) ORDER BY 1, 2;
CREATE ROLE regress_flis_reader;
SET ROLE regress_flis_reader;
SELECT refused('dap.borger');
RESET ROLE;
GRANT USAGE ON SCHEMA dap TO regress_flis_reader;
SET ROLE regress_flis_reader;
SELECT refused('dap.borger');
RESET ROLE;
GRANT SELECT ON dap.borger TO regress_flis_reader;
SET ROLE regress_flis_reader;
SELECT refused('dap.borger');
RESET ROLE;

SET client_min_messages = warning;
DROP SCHEMA dap CASCADE;
DROP FUNCTION counts, refused;
DROP EXTENSION flis;
DROP ROLE regress_flis_reader;
