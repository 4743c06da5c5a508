/*
 * dap.sql
 *		A warehouse of DAP-shaped fact tables with the dirt that real ones have.  All of it is invented:
 *		no real column list is public.
 *
 * Each table has a period, a municipality and a measure, for January to September 2025 unless it says
 * otherwise, and is registered in flis_cube.  Nothing is drawn at random.
 *
 * Variables: size, rows a municipality and period.
 */
CREATE SCHEMA dap;

/* The municipalities, and 411, Christiansø, which is none but has inhabitants. */
CREATE TABLE dap.kommuner AS
SELECT municipality::integer AS kommune, row_number() OVER (ORDER BY municipality)::integer AS n
FROM flis_municipality;
INSERT INTO dap.kommuner VALUES (411, 99);

/* What every table is made from: month by month, with the number of the row within it. */
CREATE VIEW dap.kilde AS
SELECT (date '2024-12-01' + m * interval '1 month')::date AS maaned, k.kommune, k.n, i AS raekke,
	   (k.kommune * 31 + m * 17 + i) % 1000 AS antal
FROM generate_series(1, 9) m, dap.kommuner k, generate_series(1, :size) i;

/*
 * Months as the first day, with the budget of next year: rows of the future.
 */
CREATE TABLE dap.borger AS SELECT maaned, kommune::smallint, antal FROM dap.kilde;
INSERT INTO dap.borger
SELECT maaned + 365, kommune, 0 FROM dap.kilde;

/* Months as the number 202509, codes as '0101'; Læsø has not delivered the newest one. */
CREATE TABLE dap.oekonomi AS
SELECT to_char(maaned, 'YYYYMM')::integer AS periode, to_char(kommune, 'FM0000') AS kommune, antal
FROM dap.kilde
WHERE NOT (maaned = '2025-09-01' AND kommune = 825);

/* Months as '2025M09', codes as '101'; Ærø is not on DUBU and reports never. */
CREATE TABLE dap.udsatte AS
SELECT to_char(maaned, 'YYYY"M"MM') AS periode, kommune::text AS kommune, antal
FROM dap.kilde
WHERE kommune <> 492;

/* The newest month is half loaded: the first 45 municipalities. */
CREATE TABLE dap.aeldre AS
SELECT maaned, kommune, antal FROM dap.kilde WHERE NOT (maaned = '2025-09-01' AND n > 45);

/* Tårnby (185) reports for Dragør (155), whose rows are there and are zero. */
CREATE TABLE dap.fsiii AS
SELECT maaned, kommune::bigint, CASE WHEN kommune = 155 THEN 0 ELSE antal END AS antal
FROM dap.kilde;

/* Dragør and Vallensbæk (187) take no part in VH. */
CREATE TABLE dap.vh AS
SELECT maaned, kommune, antal FROM dap.kilde WHERE kommune NOT IN (155, 187);

/* A closed area, whose old rows are still there: 2023. */
CREATE TABLE dap.dfdg AS
SELECT (maaned - interval '2 years')::date AS maaned, kommune, antal FROM dap.kilde;

/*
 * ISO weeks.  The last week of June 2025 is 2025-W27, from 30 June to 6 July: with it June is covered,
 * in the other table it is missing.
 */
CREATE TABLE dap.dream AS
SELECT to_char(monday, 'IYYY"-W"IW') AS uge, kommune, antal
FROM generate_series(timestamp '2025-04-07', '2025-06-30', interval '7 days') monday,
	 dap.kilde
WHERE maaned = '2025-01-01';
CREATE TABLE dap.dream_kort AS SELECT * FROM dap.dream WHERE uge < '2025-W27';

/* School years: 2024/2025 ends on 31 July 2025. */
CREATE TABLE dap.skole AS
SELECT (2021 + y) || '/' || (2022 + y) AS skoleaar, kommune, antal
FROM generate_series(1, 3) y, dap.kilde
WHERE maaned = '2025-01-01';

/* A row a day, for ten days to 18 November 2025. */
CREATE TABLE dap.ukraine AS
SELECT date '2025-11-08' + m AS dag, kommune, antal
FROM generate_series(1, 10) m, dap.kilde
WHERE maaned = '2025-01-01';

/* No municipalities: all rows of the newest month, and a third of them. */
CREATE TABLE dap.kp AS SELECT maaned, antal FROM dap.kilde;
CREATE TABLE dap.ky AS
SELECT maaned, antal FROM dap.kilde WHERE NOT (maaned = '2025-09-01' AND n > 33);

/* Totals among the periods. */
CREATE TABLE dap.aula AS
SELECT to_char(maaned, 'YYYY-MM') AS periode, kommune, antal FROM dap.kilde;
INSERT INTO dap.aula SELECT 'I alt', kommune, sum(antal) FROM dap.aula GROUP BY kommune;
INSERT INTO dap.aula SELECT '2025-0X', kommune, 0 FROM dap.kommuner;

CREATE TABLE dap.dagtilbud (maaned date NOT NULL, kommune integer, antal integer)
	PARTITION BY RANGE (maaned);
CREATE TABLE dap.dagtilbud_2025_h1 PARTITION OF dap.dagtilbud
	FOR VALUES FROM ('2025-01-01') TO ('2025-07-01');
CREATE TABLE dap.dagtilbud_2025_h2 PARTITION OF dap.dagtilbud
	FOR VALUES FROM ('2025-07-01') TO ('2026-01-01');
INSERT INTO dap.dagtilbud SELECT maaned, kommune, antal FROM dap.kilde;

CREATE VIEW dap.udsnit AS SELECT maaned, kommune FROM dap.borger WHERE antal >= 0;
CREATE MATERIALIZED VIEW dap.kopi AS SELECT maaned, kommune FROM dap.aeldre;

/* Nothing, nothing yet, nothing readable, nothing that may be read, nothing at all. */
CREATE TABLE dap.tom (maaned date, kommune integer);
CREATE TABLE dap.budget AS
SELECT (maaned + interval '1 year')::date AS maaned, kommune FROM dap.kilde;
CREATE TABLE dap.navne AS SELECT 'sidste ' || n AS periode, kommune FROM dap.kommuner;
CREATE TABLE dap.hemmelig AS SELECT maaned, kommune FROM dap.kilde;
CREATE TABLE dap.maalt AS SELECT antal::numeric AS periode FROM dap.kilde;
CREATE TABLE dap.slettet AS SELECT maaned FROM dap.kilde;

INSERT INTO flis_cube (cube, area, channel, period_column, municipality_column) VALUES
	('dap.borger', 'borger', 'dap', 'maaned', 'kommune'),
	('dap.oekonomi', 'oekonomi', 'dap', 'periode', 'kommune'),
	('dap.udsatte', 'udsatte_boern_og_unge', 'dap', 'periode', 'kommune'),
	('dap.aeldre', 'aeldre', 'dap', 'maaned', 'kommune'),
	('dap.fsiii', 'fsiii', 'dap', 'maaned', 'kommune'),
	('dap.vh', 'vh', 'dap', 'maaned', 'kommune'),
	('dap.dfdg', 'dfdg', 'dap', 'maaned', 'kommune'),
	('dap.dream', 'dream', 'dap', 'uge', 'kommune'),
	('dap.dream_kort', 'dream', 'dap', 'uge', 'kommune'),
	('dap.skole', 'skole', 'dap', 'skoleaar', 'kommune'),
	('dap.ukraine', 'ukraine', 'dap', 'dag', 'kommune'),
	('dap.kp', 'kp', 'dap', 'maaned', NULL),
	('dap.ky', 'ky', 'dap', 'maaned', NULL),
	('dap.aula', 'aula', 'dap', 'periode', 'kommune'),
	('dap.dagtilbud', 'dagtilbud', 'dap', 'maaned', 'kommune'),
	('dap.udsnit', 'borger', 'dap', 'maaned', 'kommune'),
	('dap.kopi', 'aeldre', 'dap', 'maaned', 'kommune'),
	('dap.tom', 'yr', 'dap', 'maaned', 'kommune'),
	('dap.budget', 'yr', 'dap', 'maaned', 'kommune'),
	('dap.navne', 'yr', 'dap', 'periode', 'kommune'),
	('dap.hemmelig', 'yr', 'dap', 'maaned', 'kommune'),
	('dap.maalt', 'yr', 'dap', 'periode', NULL),
	('dap.slettet', 'yr', 'dap', 'maaned', NULL);
DROP TABLE dap.slettet;

/*
 * One table a dialect: for each of the nine months a period written so, the last of which has ended by
 * 30 September 2025 (a week by 5 October).
 */
CREATE TABLE dap.dialekter (navn text, type text, udtryk text);
INSERT INTO dap.dialekter VALUES
	('dato', 'date', 'maaned'),
	('sidste_dato', 'date', 'maaned + interval ''1 month'' - interval ''1 day'''),
	('tidspunkt', 'timestamp', 'maaned + interval ''12:00'''),
	('tidszone', 'timestamptz', 'maaned::timestamp'),
	('tal_aar', 'smallint', 'to_char(maaned - 365, ''YYYY'')'),
	('tal_maaned', 'bigint', 'to_char(maaned, ''YYYYMM'')'),
	('tal_dag', 'integer', 'to_char(maaned + raekke % 28, ''YYYYMMDD'')'),
	('tekst_aar', 'text', 'to_char(maaned - 365, ''YYYY'')'),
	('tekst_aar_a', 'varchar(7)', 'to_char(maaned - 365, ''YYYY"-A1"'')'),
	('tekst_halvaar', 'text', 'to_char(maaned - 181, ''YYYY"S"'') || (extract(month FROM maaned - 181)::integer + 5) / 6'),
	('tekst_kvartal', 'text', 'to_char(maaned, ''YYYY"Q"Q'')'),
	('tekst_kvartal_2', 'text', 'to_char(maaned, ''YYYY"-q"Q'')'),
	('tekst_maaned', 'char(10)', 'to_char(maaned, ''YYYYMM'')'),
	('tekst_maaned_2', 'text', 'to_char(maaned, ''YYYY-MM'')'),
	('tekst_maaned_3', 'varchar', 'to_char(maaned, ''YYYY"-M"MM'')'),
	('tekst_maaned_4', 'text', 'to_char(maaned, ''YYYY"m"MM'')'),
	('tekst_uge', 'text', 'to_char(maaned + 29, ''IYYY"W"IW'')'),
	('tekst_dag', 'text', 'to_char(maaned + 27, ''YYYYMMDD'')'),
	('tekst_dag_2', 'text', 'to_char(maaned + 27, ''YYYY-MM-DD'')'),
	('tekst_skoleaar', 'text', 'to_char(maaned - 500, ''YYYY/'') || to_char(maaned - 135, ''YY'')');
DO $$
DECLARE
	d record;
BEGIN
	FOR d IN SELECT * FROM dap.dialekter LOOP
		EXECUTE format('CREATE TABLE dap.%I AS SELECT (%s)::%s AS periode, kommune FROM dap.kilde', d.navn, d.udtryk, d.type);
		INSERT INTO flis_cube (cube, area, channel, period_column, municipality_column)
		VALUES ('dap.' || d.navn, 'borger', 'dap', 'periode', 'kommune');
	END LOOP;
END
$$;
/* A day that there isn't, in place of Hjørring's September. */
UPDATE dap.tal_dag SET periode = 20250931 WHERE kommune = 860 AND periode > 20250900;
