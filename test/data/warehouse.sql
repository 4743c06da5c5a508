/*
 * warehouse.sql
 *		A small municipal warehouse: ten years of months for Borger, Økonomi, KRL and DREAM.
 *
 * To be run after CREATE EXTENSION flis.  The municipalities are real, all figures are invented: a
 * formula gives them a plausible size, season and growth, the same on every run.
 *
 * Three tables are flat and write their period in three ways: a date, and numbers of six and of eight
 * digits.  Three are the facts of a star, as FLIS's own warehouse is one: what they have of the period
 * and of the municipality are keys, in no order, into "Generel"."DimTid" and "Generel"."DimKommune".
 * Inhabitants are counted on the first day of the month after ("primo"), so that a count of 1 May is the
 * end of April.
 *
 * They hold what had been delivered on 30 June 2025: Borger and Økonomi through April, KRL and DREAM
 * through February.  Of Borger's May a first half has been loaded, as happens while a delivery is under
 * way.
 */

CREATE SCHEMA warehouse;

/* Between 0 and 1, the same for the same two numbers. */
CREATE FUNCTION warehouse.noise(a integer, b integer) RETURNS float8
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE
	RETURN ((a::bigint * 48271 + b::bigint * 69621 + a::bigint * b * 16807) % 9973) / 9973.0;

/* Municipalities with an invented size near the real one where it is well known, and ten years of
   months, counted from 0. */
CREATE TABLE warehouse.municipality AS
SELECT municipality, name,
	   CASE municipality
		   WHEN 101 THEN 660000 WHEN 751 THEN 350000 WHEN 461 THEN 203000 WHEN 851 THEN 215000
		   WHEN 147 THEN 104000 WHEN 741 THEN 3700 WHEN 563 THEN 3300 WHEN 825 THEN 1800
		   WHEN 492 THEN 6000 WHEN 482 THEN 12400
		   ELSE 20000 + (warehouse.noise(municipality, 7) * 64000)::integer
	   END AS inhabitants
FROM flis_municipality
WHERE NOT retired;
COMMENT ON TABLE warehouse.municipality IS 'The municipalities with an invented number of inhabitants.';

/* Borger: a date, the first day of the month. */
CREATE TABLE warehouse.borger (
	municipality smallint NOT NULL,
	month date NOT NULL,
	age_group text NOT NULL,
	inhabitants integer NOT NULL,
	moved_in integer NOT NULL,
	moved_out integer NOT NULL,
	PRIMARY KEY (month, municipality, age_group)
);
COMMENT ON TABLE warehouse.borger IS 'Inhabitants by age group; invented.';

INSERT INTO warehouse.borger
SELECT m.municipality, month, age_group, now_here,
	   (now_here * (0.003 + 0.002 * warehouse.noise(m.municipality, n))
		* CASE WHEN extract(month FROM month) IN (8, 9) THEN 1.6 ELSE 1 END)::integer,
	   (now_here * (0.003 + 0.002 * warehouse.noise(n, m.municipality)))::integer
FROM warehouse.municipality m,
	 generate_series(0, 120) n,
	 (VALUES ('0-5', 0.063), ('6-16', 0.121), ('17-66', 0.613), ('67-79', 0.145), ('80+', 0.058))
		 AS a (age_group, share),
	 LATERAL (SELECT (date '2015-05-01' + n * interval '1 month')::date AS month,
					 (m.inhabitants * share * (0.952 + 0.0004 * n)
					  * (1 + 0.002 * warehouse.noise(n, m.municipality)))::integer AS now_here) f
WHERE n < 120 OR m.municipality < 400;

/* Økonomi: a number of six digits. */
CREATE TABLE warehouse.oekonomi (
	municipality smallint NOT NULL,
	period integer NOT NULL,
	main_account text NOT NULL,
	budget numeric(14, 2) NOT NULL,
	actual numeric(14, 2) NOT NULL,
	PRIMARY KEY (period, municipality, main_account)
);
COMMENT ON TABLE warehouse.oekonomi IS 'Budget and accounts in DKK by main account (hovedkonto); invented.';

INSERT INTO warehouse.oekonomi
SELECT m.municipality, extract(year FROM month) * 100 + extract(month FROM month), main_account,
	   per_head * m.inhabitants,
	   per_head * m.inhabitants * (0.94 + 0.12 * warehouse.noise(m.municipality, n + rank))
FROM warehouse.municipality m,
	 generate_series(0, 119) n,
	 (VALUES (0, '0 Byudvikling', 170.0), (2, '2 Transport', 150.0), (3, '3 Undervisning', 1350.0),
			 (4, '4 Sundhed', 420.0), (5, '5 Sociale opgaver', 3600.0),
			 (6, '6 Fællesudgifter', 640.0)) AS a (rank, main_account, amount),
	 LATERAL (SELECT date '2015-05-01' + n * interval '1 month' AS month,
					 amount * (1 + 0.002 * n) AS per_head) f;

/* The dimensions: a day or a municipality by a key that says nothing. */
CREATE SCHEMA "Generel";

CREATE TABLE "Generel"."DimTid" (
	"DimTidID" integer PRIMARY KEY,
	"Dato" timestamp(3) NOT NULL UNIQUE,
	"År" integer NOT NULL,
	"MånedIÅr" integer NOT NULL,
	"MånedFørsteDag" integer NOT NULL
);
COMMENT ON TABLE "Generel"."DimTid" IS 'One row a day.';

INSERT INTO "Generel"."DimTid"
SELECT 20000 + row_number() OVER (ORDER BY md5(day::date::text)), day, extract(year FROM day),
	   extract(month FROM day), (extract(day FROM day) = 1)::integer
FROM generate_series(timestamp '2015-01-01', '2026-12-31', interval '1 day') AS day;

CREATE TABLE "Generel"."DimKommune" (
	"DimKommuneID" integer PRIMARY KEY,
	"Kommunenummer" integer UNIQUE,
	"Kommunenavn" text NOT NULL
);
COMMENT ON TABLE "Generel"."DimKommune" IS 'One row a municipality, and one for facts of which none is known.';

INSERT INTO "Generel"."DimKommune"
SELECT 300 + row_number() OVER (ORDER BY md5(name)), municipality, name FROM warehouse.municipality
UNION ALL
SELECT -1, NULL, 'Ukendt';

/* KRL: staff and absence of a month, by the key of its first day. */
CREATE SCHEMA "Personale";

CREATE TABLE "Personale"."FactFravær" (
	"DimTid" integer NOT NULL,
	"DimKommune" integer NOT NULL,
	"Personalegruppe" text NOT NULL,
	"Årsværk" numeric(9, 1) NOT NULL,
	"Fraværsdage" numeric(9, 1) NOT NULL
);
COMMENT ON TABLE "Personale"."FactFravær" IS 'Staff and absence by group; invented.';

INSERT INTO "Personale"."FactFravær"
SELECT t."DimTidID", k."DimKommuneID", staff_group, staff,
	   staff * (0.9 + 0.3 * warehouse.noise(n, m.municipality))
	   * CASE WHEN t."MånedIÅr" IN (11, 12, 1, 2) THEN 1.3 ELSE 1 END
FROM warehouse.municipality m
	 JOIN "Generel"."DimKommune" k ON k."Kommunenummer" = m.municipality,
	 generate_series(0, 119) n
	 JOIN "Generel"."DimTid" t ON t."Dato" = date '2015-03-01' + n * interval '1 month',
	 (VALUES ('Lærere', 0.009), ('Pædagoger', 0.014), ('Sosu-personale', 0.015),
			 ('Administration', 0.011)) AS a (staff_group, share),
	 LATERAL (SELECT m.inhabitants * share * (1 + 0.0003 * n) AS staff) f;
CREATE INDEX ON "Personale"."FactFravær" ("DimTid", "DimKommune");

/* KRL: who is employed on the first day of a month, of few. */
CREATE TABLE "Personale"."FactAnsat" (
	"DimTid" integer NOT NULL,
	"Ansat" integer NOT NULL,
	"AnsatKommunenummer" integer NOT NULL,
	PRIMARY KEY ("DimTid", "Ansat")
);
COMMENT ON TABLE "Personale"."FactAnsat" IS 'One row an employee and month; invented.';

INSERT INTO "Personale"."FactAnsat"
SELECT t."DimTidID", person, (ARRAY[101, 147, 461, 751, 851])[1 + person % 5]
FROM generate_series(1, 500) person,
	 generate_series(0, 25) n
	 JOIN "Generel"."DimTid" t ON t."Dato" = date '2023-01-01' + n * interval '1 month'
WHERE (person * 7 + n) % 31 > 3;

/* Borger: inhabitants on the first day of the month after the one that they tell of. */
CREATE SCHEMA "Borger";

CREATE TABLE "Borger"."FactIndbygger" (
	"DimTid" integer NOT NULL,
	"DimKommune" integer NOT NULL,
	"Alder" integer NOT NULL,
	"Antal" integer NOT NULL,
	PRIMARY KEY ("DimTid", "DimKommune", "Alder")
);
COMMENT ON TABLE "Borger"."FactIndbygger" IS 'Inhabitants of four ages, counted on the first of the month after; invented.';

INSERT INTO "Borger"."FactIndbygger"
SELECT t."DimTidID", k."DimKommuneID", age,
	   (m.inhabitants * share * (0.952 + 0.0004 * n) * (1 + 0.002 * warehouse.noise(n, m.municipality)))::integer
FROM warehouse.municipality m
	 JOIN "Generel"."DimKommune" k ON k."Kommunenummer" = m.municipality,
	 generate_series(0, 119) n
	 JOIN "Generel"."DimTid" t ON t."Dato" = date '2015-06-01' + n * interval '1 month',
	 (VALUES (6, 0.011), (40, 0.012), (67, 0.012), (85, 0.004)) AS a (age, share);

/* DREAM: a number of eight digits, the last day of the month. */
CREATE TABLE warehouse.dream (
	municipality smallint NOT NULL,
	period integer NOT NULL,
	benefit text NOT NULL,
	recipients integer NOT NULL,
	PRIMARY KEY (period, municipality, benefit)
);
COMMENT ON TABLE warehouse.dream IS 'Recipients of public benefits; invented.';

INSERT INTO warehouse.dream
SELECT m.municipality,
	   to_char(date '2015-03-01' + (n + 1) * interval '1 month' - interval '1 day',
			   'YYYYMMDD')::integer,
	   benefit,
	   m.inhabitants * share * (1.2 - 0.003 * n) * (0.9 + 0.2 * warehouse.noise(n, m.municipality))
FROM warehouse.municipality m,
	 generate_series(0, 119) n,
	 (VALUES ('Dagpenge', 0.015), ('Kontanthjælp', 0.012), ('Sygedagpenge', 0.013),
			 ('Førtidspension', 0.045)) AS a (benefit, share);

/* What to watch. */
INSERT INTO flis_cube (cube, area, period_column, municipality_column) VALUES
	('warehouse.borger', 'borger', 'month', 'municipality'),
	('warehouse.oekonomi', 'oekonomi', 'period', 'municipality'),
	('warehouse.dream', 'dream', 'period', 'municipality');
INSERT INTO flis_cube (cube, area, period_column, period_dimension, period_key, period_value,
					   municipality_column, municipality_dimension, municipality_key, municipality_value, is_primo) VALUES
	('"Personale"."FactFravær"', 'krl_personale', 'DimTid', '"Generel"."DimTid"', 'DimTidID', 'Dato',
	 'DimKommune', '"Generel"."DimKommune"', 'DimKommuneID', 'Kommunenummer', false),
	('"Borger"."FactIndbygger"', 'borger', 'DimTid', '"Generel"."DimTid"', 'DimTidID', 'Dato',
	 'DimKommune', '"Generel"."DimKommune"', 'DimKommuneID', 'Kommunenummer', true);

ANALYZE;
