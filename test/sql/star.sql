-- Over a star schema flis_check_cubes and flis_reporting say what they say of the same rows as a
-- flat table, whatever the keys are and however the cube is read.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';
SET timezone = 'Europe/Copenhagen';
SET max_parallel_workers_per_gather = 0;

/*
 * By hand.  Keys are in no order: that of a day is drawn by md5.  The calendar goes on to the end of 2026.
 * -1 is the unknown day, and the unknown place.
 */
CREATE SCHEMA "Fælles data";
CREATE TABLE "Fælles data"."Kalender" AS
SELECT 7000 + row_number() OVER (ORDER BY md5(d::text))::integer AS "Nøgle til dag", d::timestamp(3) AS "Dag"
FROM generate_series(timestamp '2024-01-01', '2026-12-31', interval '1 day') d;
INSERT INTO "Fælles data"."Kalender" VALUES (-1, NULL);
CREATE TABLE "Fælles data"."Sted" AS
SELECT row_number() OVER (ORDER BY md5(municipality::text))::bigint AS "StedId", municipality::integer AS "Kommune nr."
FROM flis_municipality;
INSERT INTO "Fælles data"."Sted" VALUES (-1, NULL), (411, 411);
CREATE VIEW "Fælles data"."Kun kendte dage" AS
SELECT "Nøgle til dag" AS id, "Dag"::date AS dag FROM "Fælles data"."Kalender" WHERE "Nøgle til dag" > 0;

-- Citizens are counted on the 1st: from 1 February to 1 October 2025, and that of 1 October describes the end of
-- September.  Læsø (825) lacks the newest one.  Rows of unknown days, unknown places and without keys count for none.
CREATE TABLE "Fælles data"."Antal borgere" AS
SELECT k."Nøgle til dag" AS "Talt den", s."StedId" AS "Bor i", r AS "Antal"
FROM "Fælles data"."Kalender" k, "Fælles data"."Sted" s, generate_series(1, 3) r
WHERE k."Dag" BETWEEN '2025-02-01' AND '2025-10-01' AND extract(day FROM k."Dag") = 1
	  AND NOT (k."Dag" = '2025-10-01' AND s."Kommune nr." = 825);
INSERT INTO "Fælles data"."Antal borgere"
SELECT -1, "StedId", 1 FROM "Fælles data"."Sted" UNION ALL
SELECT NULL, "StedId", 1 FROM "Fælles data"."Sted" UNION ALL
SELECT 999999, "StedId", 1 FROM "Fælles data"."Sted";
INSERT INTO "Fælles data"."Antal borgere"
SELECT "Nøgle til dag", v.sted, 1
FROM "Fælles data"."Kalender", (VALUES (-1), (NULL), (-77)) AS v (sted) WHERE "Dag" IN ('2025-09-01', '2025-10-01');
INSERT INTO flis_cube (cube, area, channel, period_column, municipality_column, period_dimension, period_key, period_value,
					   municipality_dimension, municipality_key, municipality_value, is_primo) VALUES
	('"Fælles data"."Antal borgere"', 'borger', 'dap', 'Talt den', 'Bor i', '"Fælles data"."Kalender"', 'Nøgle til dag', 'Dag',
	 '"Fælles data"."Sted"', 'StedId', 'Kommune nr.', true);
-- On 20 November September is to be used.  Without is_primo the count of 1 October would be October's.
SELECT measured_through, newest_period, data_through, verdict, municipalities_expected AS of, municipalities_reported AS report, reason FROM flis_check_cubes('2025-11-20');
UPDATE flis_cube SET is_primo = false;
SELECT measured_through, newest_period, verdict, municipalities_reported AS report FROM flis_check_cubes('2025-11-20');
-- On 1 October September is over, and on 30 September it is not.
UPDATE flis_cube SET is_primo = true;
SELECT day, newest_period, verdict FROM unnest('{2025-09-30,2025-10-01}'::date[]) day, flis_check_cubes(day);
-- A view is a dimension, too; an index on the key serves.
CREATE INDEX ON "Fælles data"."Antal borgere" ("Talt den");
ANALYZE "Fælles data"."Antal borgere";
SET enable_seqscan = off;
UPDATE flis_cube SET period_dimension = '"Fælles data"."Kun kendte dage"', period_key = 'id', period_value = 'dag';
SELECT measured_through, newest_period, verdict, municipalities_expected AS of, municipalities_reported AS report FROM flis_check_cubes('2025-11-20');
RESET enable_seqscan;
-- Læsø is missing; three rows of each other.
SELECT count(*), count(*) FILTER (WHERE reported) AS reported, sum(rows) AS rows, string_agg(name, ', ') FILTER (WHERE missing) AS missing
FROM flis_reporting('"Fælles data"."Antal borgere"', '2025-09-01', '2025-11-20');
SELECT count(*) FILTER (WHERE reported) AS october FROM flis_reporting('"Fælles data"."Antal borgere"', '2025-10-01', '2025-11-20');

-- Two time keys in one cube: which one counts is said.  Employment is of one month and was registered a
-- month later.
CREATE TABLE "Fælles data"."Ansættelser" AS
SELECT d.id AS "Måned", r.id AS "Registreret", m.municipality AS "Arbejdsgiver"
FROM "Fælles data"."Kun kendte dage" d JOIN "Fælles data"."Kun kendte dage" r ON r.dag = d.dag + interval '1 month', flis_municipality m
WHERE d.dag BETWEEN '2025-01-01' AND '2025-08-01' AND extract(day FROM d.dag) = 1;
INSERT INTO flis_cube (cube, area, channel, period_column, municipality_column, period_dimension, period_key, period_value) VALUES
	('"Fælles data"."Ansættelser"', 'personale_fravaer', 'dap', 'Måned', 'Arbejdsgiver', '"Fælles data"."Kun kendte dage"', 'id', 'dag');
SELECT newest_period, verdict, reason FROM flis_check_cubes('2025-11-20') WHERE area = 'personale_fravaer';
UPDATE flis_cube SET period_column = 'Registreret' WHERE area = 'personale_fravaer';
SELECT newest_period, verdict, reason FROM flis_check_cubes('2025-11-20') WHERE area = 'personale_fravaer';

-- Keys of a type that has no greatest value, in an index, too: January to August, as before.
CREATE TABLE "Fælles data"."Dage" AS
SELECT md5(id::text)::uuid AS id, to_char(dag, 'YYYYMM')::integer AS "Måned nr.", to_char(dag, 'YYYY"M"FMMM') AS "Uden nul", dag FROM "Fælles data"."Kun kendte dage";
CREATE TABLE "Fælles data"."Timer" AS
SELECT d.id, d."Måned nr.", a."Arbejdsgiver" FROM "Fælles data"."Ansættelser" a JOIN "Fælles data"."Dage" d ON d.id = md5(a."Måned"::text)::uuid;
DELETE FROM flis_cube WHERE area = 'personale_fravaer';
INSERT INTO flis_cube (cube, area, channel, period_column, municipality_column, period_dimension, period_key, period_value) VALUES
	('"Fælles data"."Timer"', 'personale_fravaer', 'dap', 'id', 'Arbejdsgiver', '"Fælles data"."Dage"', 'id', 'dag');
SELECT newest_period, municipalities_reported AS report, verdict FROM flis_check_cubes('2025-11-20') WHERE area = 'personale_fravaer';
CREATE INDEX ON "Fælles data"."Timer" (id);
ANALYZE "Fælles data"."Timer";
SET enable_seqscan = off;
SELECT newest_period, municipalities_reported AS report, verdict FROM flis_check_cubes('2025-11-20') WHERE area = 'personale_fravaer';
RESET enable_seqscan;
-- Months without their zero are in no order: of them 2024M12 alone would be the newest that is read.
UPDATE flis_cube SET period_value = 'Uden nul' WHERE area = 'personale_fravaer';
SELECT newest_period, verdict, substr(reason, 1, 40) AS reason, reason LIKE '%lacks a leading zero' AS zero FROM flis_check_cubes('2025-11-20') WHERE area = 'personale_fravaer';
-- A table's own months, of digits alone.
CREATE TABLE "Fælles data"."Cifre" AS SELECT * FROM unnest('{20255,202510}'::text[]) month;
INSERT INTO flis_cube (cube, area, period_column) VALUES ('"Fælles data"."Cifre"', 'aeldre', 'month');
SELECT verdict, reason FROM flis_check_cubes('2025-11-20') WHERE area = 'aeldre';
DELETE FROM flis_cube WHERE area = 'aeldre';
-- A month of days: each row counts once, for 98 in August and 784 in all, up to the end of August.
UPDATE flis_cube SET period_column = 'Måned nr.', period_key = 'Måned nr.', period_value = 'dag' WHERE area = 'personale_fravaer';
SELECT newest_period, municipalities_reported AS report, verdict FROM flis_check_cubes('2025-11-20') WHERE area = 'personale_fravaer';
SELECT count(*) FILTER (WHERE reported) AS reported, sum(rows) AS rows FROM flis_reporting('"Fælles data"."Timer"', '2025-08-01', '2025-11-20');
-- So, too, where a unique index holds only the first day of each.
CREATE UNIQUE INDEX first_day ON "Fælles data"."Dage" ("Måned nr.") WHERE extract(day FROM dag) = 1;
SELECT count(*) FILTER (WHERE reported) AS reported, sum(rows) AS rows FROM flis_reporting('"Fælles data"."Timer"', '2025-08-01', '2025-11-20');
DROP INDEX "Fælles data".first_day;
SELECT flis_guard('"Fælles data"."Timer"', '"Fælles data"."Mærket"', 'mark');
SELECT count(*), count(flis_covered) AS marked FROM "Fælles data"."Mærket";
DROP VIEW "Fælles data"."Mærket";

-- A quarter over days counts for its last day, by an index, too.  Of the 98 that have the first quarter 20 have the
-- second one.  July is out, so that the table is late; read without municipalities 20 rows of 98 are too few, too.
CREATE TABLE "Fælles data"."Kvartaler" AS SELECT to_char("Dag", 'YYYY"K"Q') AS id, "Dag" AS dag FROM "Fælles data"."Kalender" WHERE "Dag" IS NOT NULL;
CREATE TABLE "Fælles data"."Pr. kvartal" AS
SELECT DISTINCT k.id, m.municipality FROM "Fælles data"."Kvartaler" k, (SELECT municipality, row_number() OVER (ORDER BY municipality) AS n FROM flis_municipality) m
WHERE dag < '2025-04-01' OR (dag < '2025-07-01' AND n <= 20);
INSERT INTO flis_cube (cube, area, channel, period_column, municipality_column, period_dimension, period_key, period_value) VALUES
	('"Fælles data"."Pr. kvartal"', 'aeldre', 'dap', 'id', 'municipality', '"Fælles data"."Kvartaler"', 'id', 'dag');
SELECT measured_through, newest_period, municipalities_reported AS report, verdict FROM flis_check_cubes('2025-09-20') WHERE area = 'aeldre';
CREATE INDEX ON "Fælles data"."Pr. kvartal" (id, municipality);
ANALYZE "Fælles data"."Pr. kvartal";
SET enable_seqscan = off;
SELECT measured_through, newest_period, municipalities_reported AS report, verdict FROM flis_check_cubes('2025-09-20') WHERE area = 'aeldre';
UPDATE flis_cube SET municipality_column = NULL WHERE area = 'aeldre';
SELECT measured_through, newest_period, verdict FROM flis_check_cubes('2025-09-20') WHERE area = 'aeldre';
RESET enable_seqscan;
DELETE FROM flis_cube WHERE area = 'aeldre';
-- The key of a table is not that of its children: 2 is there twice, and counts once, for its later day.
CREATE TABLE "Fælles data"."Arv" (id integer PRIMARY KEY, dag date);
CREATE TABLE "Fælles data"."Arving" () INHERITS ("Fælles data"."Arv");
INSERT INTO "Fælles data"."Arv" VALUES (1, '2025-01-01'), (2, '2025-02-01');
INSERT INTO "Fælles data"."Arving" VALUES (2, '2025-03-01');
CREATE TABLE "Fælles data"."Arvet" AS SELECT id, municipality FROM generate_series(1, 2) id, flis_municipality;
INSERT INTO flis_cube (cube, area, period_column, municipality_column, period_dimension, period_key, period_value) VALUES
	('"Fælles data"."Arvet"', 'aeldre', 'id', 'municipality', '"Fælles data"."Arv"', 'id', 'dag');
SELECT to_char(p, 'YYYY-MM') AS month, sum(rows) AS rows FROM generate_series(timestamp '2025-01-01', '2025-03-01', '1 month') p, flis_reporting('"Fælles data"."Arvet"', p::date, '2025-11-20') GROUP BY 1 ORDER BY 1;
SELECT flis_guard('"Fælles data"."Arvet"', '"Fælles data"."Mærket"', 'mark');
SELECT count(*) AS of_196 FROM "Fælles data"."Mærket";
DROP VIEW "Fælles data"."Mærket";
-- A key that cannot be compared.
UPDATE flis_cube SET period_column = 'municipality', period_key = 'dag' WHERE area = 'aeldre';
SELECT verdict, reason FROM flis_check_cubes('2025-11-20') WHERE area = 'aeldre';
UPDATE flis_cube SET period_column = 'id', period_key = 'id' WHERE area = 'aeldre';
-- An example that the dimension cannot hold is one of its column.
UPDATE flis_cube SET period_value = 'id', period_like = '2025M04' WHERE area = 'aeldre';
SELECT verdict, reason FROM flis_check_cubes('2025-11-20') WHERE area = 'aeldre';
DELETE FROM flis_cube WHERE area = 'aeldre';

-- A dimension whose keys are the periods: each row of the table counts once, however many days a month has.
CREATE TABLE "Fælles data"."Månedsdage" AS SELECT to_char(d, 'YYYY"M"MM') AS måned FROM generate_series(timestamp '2025-08-01', '2025-09-30', '1 day') d;
CREATE TABLE "Fælles data"."Pr. måned" AS SELECT måned, municipality FROM (SELECT DISTINCT måned FROM "Fælles data"."Månedsdage") m, flis_municipality;
INSERT INTO flis_cube (cube, area, period_column, municipality_column, period_dimension, period_key, period_value) VALUES
	('"Fælles data"."Pr. måned"', 'aeldre', 'måned', 'municipality', '"Fælles data"."Månedsdage"', 'måned', 'måned');
SELECT sum(rows) AS of_98 FROM flis_reporting('"Fælles data"."Pr. måned"', '2025-09-01', '2025-11-20');
DELETE FROM flis_cube WHERE area = 'aeldre';

-- What is wrong is said, and stops nothing else.
CREATE FUNCTION check_with(setting text) RETURNS TABLE (verdict text, reason text) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE 'UPDATE flis_cube SET ' || setting || ' WHERE area = ''borger''';
	RETURN QUERY SELECT c.verdict, c.reason FROM flis_check_cubes('2025-11-20') c WHERE c.area = 'borger';
END
$$;
SELECT s, c.* FROM unnest(ARRAY['period_dimension = ''"Fælles data"."Borte"''', 'period_dimension = ''"Fælles data"."Kun kendte dage"'', period_key = ''Borte''',
								'period_key = ''id'', period_value = ''Borte''', 'period_value = ''id''', 'period_value = ''dag'', municipality_key = ''Borte''',
								'municipality_key = ''StedId'', municipality_dimension = ''"Fælles data"."Ingen"''', 'municipality_dimension = ''"Fælles data"."Sted"''']) s,
			 check_with(s) c;
-- A dimension is named with its schema, key and value; one of municipalities needs a column of the cube.
\set VERBOSITY sqlstate
UPDATE flis_cube SET period_key = NULL;
UPDATE flis_cube SET period_dimension = 'Kalender';
UPDATE flis_cube SET municipality_value = NULL WHERE area = 'borger';
UPDATE flis_cube SET municipality_column = NULL WHERE area = 'borger';
\set VERBOSITY default
-- The caller needs to read the dimensions.
CREATE ROLE regress_flis_reader;
GRANT USAGE ON SCHEMA "Fælles data" TO regress_flis_reader;
GRANT SELECT ON "Fælles data"."Antal borgere", "Fælles data"."Kun kendte dage" TO regress_flis_reader;
SET ROLE regress_flis_reader;
SELECT verdict, reason FROM flis_check_cubes('2025-11-20') WHERE area = 'borger';
RESET ROLE;
GRANT SELECT ("StedId", "Kommune nr.") ON "Fælles data"."Sted" TO regress_flis_reader;
SET ROLE regress_flis_reader;
SELECT verdict, reason FROM flis_check_cubes('2025-11-20') WHERE area = 'borger';
RESET ROLE;
DELETE FROM flis_cube;

/*
 * Primo: a value stands for the period before.  Each pair of cubes has the same rows; the one bears the day
 * after, or the next period.
 */
CREATE SCHEMA primo;
CREATE FUNCTION pair(name text, type text, ultimo text, primo text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE TABLE primo.%I AS SELECT (%s)::%s AS period, municipality FROM generate_series(timestamp ''2025-01-01'', ''2025-08-01'', interval ''1 month'') d, flis_municipality', name, ultimo, type);
	EXECUTE format('CREATE TABLE primo.%I AS SELECT (%s)::%s AS period, municipality FROM generate_series(timestamp ''2025-01-01'', ''2025-08-01'', interval ''1 month'') d, flis_municipality', name || '_primo', primo, type);
	INSERT INTO flis_cube (cube, area, period_column, municipality_column, is_primo)
	VALUES ('primo.' || name, 'borger', 'period', 'municipality', false), ('primo.' || name || '_primo', 'borger', 'period', 'municipality', true);
END
$$;
SELECT pair(name, type, replace(written, '$', $$(d + interval '1 month' - interval '1 day')$$), replace(written, '$', $$(d + interval '1 month')$$))
FROM (VALUES ('date', 'date', '$'), ('stamp', 'timestamp', '$'), ('zone', 'timestamptz', '$'),
			 ('day', 'integer', $$to_char($, 'YYYYMMDD')$$), ('iso', 'text', $$to_char($, 'YYYY-MM-DD')$$),
			 ('month', 'integer', $$to_char($, 'YYYYMM')$$), ('m', 'text', $$to_char($, 'YYYY"M"MM')$$)) AS v (name, type, written);
SELECT pair('quarter', 'text', $$to_char(d, 'YYYY"Q"Q')$$, $$to_char(d + interval '3 months', 'YYYY"Q"Q')$$);
SELECT pair('year', 'integer', $$extract(year FROM d) - 1$$, $$extract(year FROM d)$$);
CREATE FUNCTION unlike() RETURNS TABLE (compared bigint, "unlike" text) LANGUAGE sql AS $$
	SELECT count(*), string_agg(a::text || ' is not ' || b::text, E'\n') FILTER (WHERE (a).found IS DISTINCT FROM (b).found)
	FROM (SELECT day, cube, (SELECT x FROM (SELECT c.measured_through, c.newest_period, c.verdict, c.municipalities_reported) x)::text AS found FROM unnest('{2025-05-31,2025-06-01,2025-09-12,2025-11-20}'::date[]) day, flis_check_cubes(day) c) a
		 JOIN (SELECT day, cube, (SELECT x FROM (SELECT c.measured_through, c.newest_period, c.verdict, c.municipalities_reported) x)::text AS found FROM unnest('{2025-05-31,2025-06-01,2025-09-12,2025-11-20}'::date[]) day, flis_check_cubes(day) c) b
		 ON b.day = a.day AND b.cube = a.cube || '_primo'
$$;
SELECT * FROM unlike();
DO $$
DECLARE
	c text;
BEGIN
	FOR c IN SELECT cube FROM flis_cube LOOP
		EXECUTE format('CREATE INDEX ON %s (period, municipality)', c);
	END LOOP;
END
$$;
SET enable_seqscan = off;
SELECT * FROM unlike();
RESET enable_seqscan;
-- A month: the number of its municipalities is the same.
SELECT cube, count(*) FILTER (WHERE reported) AS reported FROM flis_cube, flis_reporting(cube, '2025-06-15', '2025-11-20') GROUP BY cube HAVING count(*) FILTER (WHERE reported) <> 98;
DELETE FROM flis_cube;

/*
 * Random warehouses: the same rows flat and as a star, on some days, without an index, with one on the key, and
 * with one on key and municipality; and a second implementation, test/data/measured.sql, which joins the star by
 * itself.  What is drawn depends on a number alone.
 *
 * A cube has two keys of days; one of them tells its period.  Dimensions are tables, or views of what has a period.
 */
CREATE SCHEMA flat;
CREATE SCHEMA "Rå data";
CREATE FUNCTION draw(VARIADIC integer[]) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT abs(('x' || substr(md5($1::text), 1, 7))::bit(28)::integer) $$;
CREATE FUNCTION warehouse(w integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	key_type text := (ARRAY['integer', 'bigint', 'text', 'smallint'])[1 + draw(w, 1) % 4];
	kind integer := draw(w, 2) % 6;
	value_type text := (ARRAY['date', 'timestamp(3)', 'integer', 'text', 'date', 'integer'])[1 + kind];
	written text := (ARRAY['d', 'd', $w$to_char(d, 'YYYYMM')$w$, $w$to_char(d, 'YYYY"M"MM')$w$, 'd', $w$to_char(d, 'YYYYMMDD')$w$])[1 + kind];
	places integer := draw(w, 3) % 3;		-- in the cube, in a dimension, none
	primo boolean := draw(w, 4) % 4 = 0;
	members integer := CASE draw(w, 5) % 4 WHEN 0 THEN 98 WHEN 1 THEN 3 WHEN 2 THEN 30 ELSE 97 END;
	months integer := 1 + draw(w, 6) % 18;
	rows integer := CASE draw(w, 7) % 5 WHEN 0 THEN 25 ELSE 1 END;
	least integer := 40 + draw(w, 8) % 60;
	key text := CASE draw(w, 13) % 3 WHEN 0 THEN 'Første dag' ELSE 'Tid' END;
	seen text := CASE draw(w, 14) % 3 WHEN 0 THEN 'Kendt ' ELSE 'Dag ' END || w;
BEGIN
	EXECUTE format('CREATE TABLE "Rå data"."Dag %s" AS SELECT row_number() OVER (ORDER BY md5(d::text || %s))::%s AS "Id nr.", (%s)::%s AS "Når", d
		FROM generate_series(timestamp ''2023-11-01'', ''2025-12-31'', interval ''1 day'') d', w, w, key_type, written, value_type);
	IF kind IN (0, 1, 4) THEN
		EXECUTE format('INSERT INTO "Rå data"."Dag %s" VALUES (''-1'', NULL), (''-2'', ''infinity''), (''-3'', ''1900-01-01'')', w);
	ELSIF value_type = 'integer' THEN
		EXECUTE format('INSERT INTO "Rå data"."Dag %s" VALUES (''-1'', NULL), (''-2'', -1), (''-3'', 999999)', w);
	ELSE
		EXECUTE format('INSERT INTO "Rå data"."Dag %s" VALUES (''-1'', NULL), (''-2'', ''Ukendt''), (''-3'', '''')', w);
	END IF;
	EXECUTE format('CREATE VIEW "Rå data"."Kendt %1$s" AS SELECT "Når", "Id nr." FROM "Rå data"."Dag %1$s" WHERE "Når" IS NOT NULL', w);
	EXECUTE format('CREATE TABLE "Rå data"."Sted %s" AS SELECT row_number() OVER (ORDER BY md5(municipality::text || %s))::%s AS k, municipality::%s AS m FROM flis_municipality',
				   w, w, key_type, (ARRAY['integer', 'smallint', 'text'])[1 + draw(w, 9) % 3]);
	EXECUTE format('INSERT INTO "Rå data"."Sted %s" VALUES (''-1'', NULL)', w);
	-- Whole months on the first day or on any, some of them half loaded, and some rows of no day.
	EXECUTE format($w$
		CREATE TABLE "Rå data"."Fakta %1$s" AS
		SELECT t."Id nr." AS "Tid", f."Id nr." AS "Første dag", p.k AS "Bor i", p.m AS "Kommune"
		FROM "Rå data"."Sted %1$s" p,
			 (SELECT "Id nr.", d, n, row_number() OVER (PARTITION BY n ORDER BY d) AS day
			  FROM (SELECT "Id nr.", d, (extract(year FROM d) * 12 + extract(month FROM d))::integer - 24310 + %2$s AS n
					FROM "Rå data"."Dag %1$s" WHERE d IS NOT NULL) z
			  WHERE n BETWEEN 0 AND %2$s - 1) t
			 LEFT JOIN "Rå data"."Dag %1$s" f ON f.d = t.d - interval '2 months',
			 generate_series(1, %3$s) r
		WHERE (p.m IS NULL OR draw(%1$s, 10, t.n) %% 7 > 0)
			  AND t.day %% (CASE draw(%1$s, 11) %% 2 WHEN 0 THEN 40 ELSE 11 END) = 1
			  AND (p.m IS NULL OR draw(p.m::integer, %1$s) %% 98 < %4$s)
			  AND (t.n %% 5 <> draw(%1$s, 12) %% 5 OR p.m IS NULL OR draw(p.m::integer, t.n, %1$s) %% 100 < %5$s)$w$,
		w, months, rows, members, least);
	EXECUTE format('INSERT INTO "Rå data"."Fakta %1$s" SELECT d.k::%2$s, d.k::%2$s, p.k, p.m FROM (VALUES (''-1''), (''-2''), (''-3''), (NULL), (''32000'')) AS d (k), (SELECT * FROM "Rå data"."Sted %1$s" ORDER BY k LIMIT 2) p', w, key_type);
	EXECUTE format('CREATE TABLE flat."Fakta %1$s" AS SELECT d."Når" AS period, p.m AS municipality FROM "Rå data"."Fakta %1$s" c LEFT JOIN "Rå data"."Dag %1$s" d ON d."Id nr." = c.%2$I LEFT JOIN "Rå data"."Sted %1$s" p ON p.k = c."Bor i"', w, key);
	INSERT INTO flis_cube (cube, area, channel, period_column, municipality_column, period_like, is_primo)
	SELECT format('%I.%I', shape, 'Fakta ' || w), 'borger', 'dap', CASE shape WHEN 'flat' THEN 'period' ELSE key END,
		   CASE WHEN places = 2 THEN NULL WHEN shape = 'flat' THEN 'municipality' WHEN places = 0 THEN 'Kommune' ELSE 'Bor i' END,
		   (ARRAY[NULL, NULL, '202504', '2025M04', NULL, '20250430'])[1 + kind], primo
	FROM unnest('{flat,Rå data}'::text[]) shape;
	UPDATE flis_cube SET period_dimension = format('"Rå data".%I', seen), period_key = 'Id nr.', period_value = 'Når' WHERE cube = format('"Rå data"."Fakta %s"', w);
	UPDATE flis_cube SET municipality_dimension = format('"Rå data"."Sted %s"', w), municipality_key = 'k', municipality_value = 'm'
	WHERE cube = format('"Rå data"."Fakta %s"', w) AND places = 1;
END
$$;
\set warehouses 16
SELECT count(warehouse(w)) > 0 AS made FROM generate_series(1, :warehouses) w;
-- Each kind is among them.
SELECT count(*) FILTER (WHERE period_column = 'Første dag') > 1 AS "other key", count(*) FILTER (WHERE period_dimension LIKE '%Kendt%') > 1 AS views,
	   count(*) FILTER (WHERE is_primo) > 1 AS primo, count(DISTINCT period_like) AS written, count(municipality_dimension) > 1 AS places, count(*) FILTER (WHERE municipality_column IS NULL) > 1 AS "no places"
FROM flis_cube WHERE period_dimension IS NOT NULL;
CREATE VIEW found AS
SELECT day, split_part(cube, '.', 1) AS shape, split_part(cube, '.', 2) AS name, (newest_period, measured_through, municipalities_expected, municipalities_reported, verdict)::text AS found, newest_period, reason
FROM unnest('{2024-09-01,2025-02-28,2025-05-13,2025-09-01,2025-11-11,2025-11-20}'::date[]) day, flis_check_cubes(day);
CREATE FUNCTION compare() RETURNS TABLE (compared bigint, periods boolean, "unlike" text) LANGUAGE sql AS $$
	WITH found AS MATERIALIZED (TABLE found)
	SELECT count(*), count(DISTINCT a.newest_period) > 5,
		   string_agg(format('%s on %s: %s is not %s (%s)', a.name, a.day, a.found, b.found, b.reason), E'\n') FILTER (WHERE a.found <> b.found OR a.reason <> b.reason AND a.reason NOT LIKE 'no period%')
	FROM found a JOIN found b USING (day, name) WHERE a.shape = 'flat' AND b.shape <> 'flat'
$$;
SELECT * FROM compare();
-- Held against the second implementation.
\getenv folder PG_ABS_SRCDIR
\set file :folder '/data/measured.sql'
\set ECHO none
\i :file
\set ECHO all
CALL find_truth(ARRAY[]::text[]);
SELECT count(*) AS compared, count(DISTINCT f.verdict) AS verdicts,
	   string_agg(format('%s on %s: %s is not %s', f.name, f.day, f.found, f.reference), E'\n') FILTER (WHERE f.found <> f.reference) AS "unlike"
FROM (SELECT f.*, j.verdict, (r.newest, r.measured, r.expected, r.reported, j.verdict)::text AS reference
	  FROM found f, reference(f.shape || '.' || f.name, f.day) r, LATERAL (SELECT judged('borger', 'dap', f.day, r.newest, r.measured) AS verdict) j
	  WHERE f.shape <> 'flat') f;
CREATE FUNCTION unlike_reporting() RETURNS TABLE (compared bigint, differing bigint) LANGUAGE sql AS $$
	SELECT count(*), count(*) FILTER (WHERE a::text <> b::text)
	FROM flis_cube c, unnest('{2025-01-15,2024-11-15}'::date[]) d, flis_reporting(c.cube, d, '2025-11-20') a
		 JOIN LATERAL flis_reporting(replace(c.cube, 'flat', '"Rå data"'), d, '2025-11-20') b ON b.municipality = a.municipality
	WHERE c.cube LIKE 'flat%' AND c.municipality_column IS NOT NULL
$$;
SELECT * FROM unlike_reporting();
CREATE PROCEDURE create_indexes(columns text) LANGUAGE plpgsql AS $$
DECLARE
	c flis_cube;
BEGIN
	FOR c IN SELECT * FROM flis_cube WHERE period_dimension IS NOT NULL LOOP
		EXECUTE format('CREATE INDEX ON ' || c.cube || ' (' || columns || ')', c.period_column, coalesce(c.municipality_column, 'Bor i'));
		EXECUTE format('ANALYZE %s, %s', c.cube, replace(c.period_dimension, 'Kendt', 'Dag'));
	END LOOP;
END
$$;
SET enable_seqscan = off;
CALL create_indexes('%1$I');
SELECT * FROM compare();
CALL create_indexes('%1$I, %2$I');
SELECT * FROM compare();
RESET enable_seqscan;

SET client_min_messages = warning;
DROP VIEW found;
DROP SCHEMA flat, "Rå data", primo, "Fælles data" CASCADE;
DROP FUNCTION check_with, pair, unlike, draw, warehouse, compare, unlike_reporting, judged, reference, reached, enough, expected, period_end;
DROP PROCEDURE create_indexes, find_truth;
DROP TABLE truth;
DROP EXTENSION flis;
DROP ROLE regress_flis_reader;
