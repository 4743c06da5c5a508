-- Guards over star schemas, and guards that mark rows instead of hiding them: flis_covered and
-- flis_state say of each row what flis_data_through and flis_municipality_through say of its period
-- and municipality.
CREATE EXTENSION flis;
SET client_min_messages = warning;
SET datestyle = 'ISO, YMD';
-- Areas whose answers are the same on every day: published once, through April 2025, with a lag of a century.
INSERT INTO flis_area (area, name) VALUES ('fixed', 'Fixed'), ('half', 'Half'), ('shut', 'Shut'), ('never', 'Never');
INSERT INTO flis_rule (area, valid_from, frequency, lag) SELECT a, '2020-01-01', 'MONTHLY', 1200 FROM unnest('{fixed,half,shut}'::text[]) a;
INSERT INTO flis_rule (area, valid_from, frequency, lag) VALUES ('never', '2020-01-01', 'ANNUAL', 0);
INSERT INTO flis_status (as_of, area, data_through, state, complete) VALUES
	('2025-06-30', 'fixed', '2025-04-30', 'on_schedule', NULL), ('2025-06-30', 'half', '2025-04-30', 'on_schedule', false), ('2025-06-30', 'shut', NULL, 'closed', NULL);
-- Odense (461) lacks April in "fixed", Svendborg (479) all from March on.
INSERT INTO flis_notice (notice, area, municipality, kind, started_on, period_from, period_until, note) VALUES
	(1, 'fixed', 461, 'completeness', '2025-06-01', '2025-04-01', '2025-04-30', 'April mangler'),
	(2, 'fixed', 479, 'access', '2025-06-01', '2025-03-01', NULL, 'Ingen adgang');
SELECT area, flis_data_through(area) FROM unnest('{fixed,half,shut,never}'::text[]) area;
SELECT m, flis_municipality_through('fixed', m) FROM unnest('{101,461,479}'::integer[]) m;

CREATE SCHEMA w;
CREATE TABLE w.months AS
SELECT row_number() OVER (ORDER BY md5(d::text))::integer AS id, d::date AS first, d::timestamp(3) AS stamp, to_char(d, 'YYYYMM')::integer AS number,
	   to_char(d, 'YYYY"M"MM') AS m, (d + interval '1 month')::date AS after, to_char(d + interval '1 month', 'YYYY"M"MM') AS next_m, (d + interval '1 month')::timestamptz AS next_stamp
FROM generate_series(timestamp '2025-01-01', '2025-06-01', interval '1 month') d;
INSERT INTO w.months (id) VALUES (-1);
CREATE TABLE w.places AS SELECT 1000 - municipality AS id, to_char(municipality, 'FM0000') AS code FROM flis_municipality WHERE municipality IN (101, 461, 479);
INSERT INTO w.places VALUES (-1, NULL), (-2, 'Ukendt');
-- Every month in every place, and months that are not known.
CREATE TABLE w.star AS SELECT m.id AS month, p.id AS place FROM w.months m, w.places p UNION ALL SELECT NULL, 899 UNION ALL SELECT 77, 899;
CREATE TABLE w.flat AS SELECT m.first AS month, p.code AS place FROM w.star s LEFT JOIN w.months m ON m.id = s.month LEFT JOIN w.places p ON p.id = s.place;

INSERT INTO flis_cube (cube, area, period_column, municipality_column) VALUES ('w.flat', 'fixed', 'month', 'place');
INSERT INTO flis_cube (cube, area, period_column, municipality_column, period_dimension, period_key, period_value, municipality_dimension, municipality_key, municipality_value) VALUES
	('w.star', 'fixed', 'month', 'place', 'w.months', 'id', 'first', 'w.places', 'id', 'code');
SELECT flis_guard('w.star', 'w.hidden'), flis_guard('w.star', 'w.marked', 'mark'), flis_guard('w.flat', 'w.flat_marked', 'mark'), flis_guard('w.flat', 'w.flat_hidden', 'hide');

-- Hidden: the months through April, in all places.
SELECT m.first AS month, count(*) FROM w.hidden h JOIN w.months m ON m.id = h.month GROUP BY 1 ORDER BY 1;
-- Marked: all rows, with two columns behind the table's.  Odense's April and Svendborg's March and April are incomplete;
-- an unknown place is as the area.  Rows without a period have neither.
SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'w.marked'::regclass AND attnum > 0 ORDER BY attnum;
SELECT m.first AS month, f.flis_covered, f.flis_state, count(*), string_agg(DISTINCT coalesce(p.code, '-'), ' ' ORDER BY coalesce(p.code, '-')) AS places
FROM w.marked f LEFT JOIN w.months m ON m.id = f.month LEFT JOIN w.places p ON p.id = f.place GROUP BY 1, 2, 3 ORDER BY 1, 3;
SELECT (SELECT count(*) FROM w.marked) = (SELECT count(*) FROM w.star) AS "all";
-- The same of the flat table, and what is covered is what hide shows.
SELECT month, flis_covered, flis_state, count(*) FROM w.flat_marked GROUP BY 1, 2, 3
EXCEPT ALL SELECT m.first, f.flis_covered, f.flis_state, count(*) FROM w.marked f LEFT JOIN w.months m ON m.id = f.month GROUP BY 1, 2, 3;
SELECT count(*) AS differing FROM (SELECT month, place FROM w.marked WHERE flis_covered EXCEPT ALL TABLE w.hidden UNION ALL (TABLE w.hidden EXCEPT ALL SELECT month, place FROM w.marked WHERE flis_covered)) d;

-- A key that the dimension has more than once is shown when all its days have ended: 1 May stands for the end of April, the
-- other days of May for later ones.
CREATE TABLE w.days AS SELECT to_char(d, 'YYYYMM')::integer AS month, d::date AS day FROM generate_series(timestamp '2025-03-01', '2025-06-30', interval '1 day') d;
CREATE TABLE w.by_month AS SELECT DISTINCT month FROM w.days;
INSERT INTO flis_cube (cube, area, period_column, period_dimension, period_key, period_value, is_primo) VALUES ('w.by_month', 'fixed', 'month', 'w.days', 'month', 'day', true);
SELECT flis_guard('w.by_month', 'w.by_month_hidden'), flis_guard('w.by_month', 'w.by_month_marked', 'mark');
SELECT (SELECT string_agg(month::text, ' ' ORDER BY month) FROM w.by_month_hidden) AS shown, (SELECT string_agg(month::text, ' ' ORDER BY month) FROM w.by_month_marked WHERE flis_covered) AS covered;

-- In every way to write a month, of rows that bear their own period or the day after: the same rows are hidden and marked.
CREATE FUNCTION states_of(area text, period_value text, is_primo boolean) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	states text;
BEGIN
	UPDATE flis_cube SET area = states_of.area, period_value = states_of.period_value, is_primo = states_of.is_primo WHERE cube = 'w.star';
	PERFORM flis_guard('w.star', 'w.one', 'mark'), flis_guard('w.star', 'w.two', 'hide');
	SELECT string_agg(first || ' ' || seen, ', ' ORDER BY first) INTO states
	FROM (SELECT m.first, string_agg(DISTINCT flis_state, '/' ORDER BY flis_state) || CASE WHEN bool_and(flis_covered = EXISTS (SELECT FROM w.two h WHERE h.month = o.month)) THEN '' ELSE ' (differs)' END AS seen
		  FROM w.one o JOIN w.months m ON m.id = o.month AND m.first >= '2025-02-01' GROUP BY m.first) s;
	DROP VIEW w.one, w.two;
	RETURN states;
END
$$;
SELECT states_of('fixed', v, p) FROM (VALUES ('first', false), ('stamp', false), ('number', false), ('m', false), ('after', true), ('next_m', true), ('next_stamp', true)) AS v (v, p);
-- A newest period that is reported incomplete; an area that is closed; one of which nothing is expected.
SELECT a, states_of(a, 'first', false) FROM unnest('{half,shut,never}'::text[]) a;
SELECT states_of('half', v, p) FROM (VALUES ('number', false), ('next_m', true), ('next_stamp', true)) AS v (v, p);
-- A table without municipalities, one with numbers that are none.
CREATE TABLE w.plain AS SELECT first AS month, 9223372036854775807 AS place FROM w.months;
INSERT INTO flis_cube (cube, area, period_column) VALUES ('w.plain', 'half', 'month');
SELECT flis_guard('w.plain', 'w.plain_marked', 'mark');
SELECT * FROM w.plain_marked ORDER BY month;
UPDATE flis_cube SET municipality_column = 'place' WHERE cube = 'w.plain';
SELECT flis_guard('w.plain', 'w.plain_numbers', 'mark');
SELECT count(*) AS differing FROM (TABLE w.plain_marked EXCEPT TABLE w.plain_numbers) d;

-- What is a code: three digits, with or without zeros before them, also in a collation that regular expressions
-- refuse, where the server has such; in a char(n) with the blanks that belong to the type.  Of Odense April is incomplete.
DO $$
BEGIN
	CREATE COLLATION w.any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
EXCEPTION WHEN feature_not_supported OR syntax_error THEN
	CREATE COLLATION w.any_case FROM "C";
END
$$;
CREATE TABLE w.codes (month date, place text, cased text COLLATE w.any_case, padded char(20));
INSERT INTO w.codes SELECT '2025-04-01', place, place, place FROM unnest(ARRAY['461', '0461', '00000000461', '461 ', ' 461', E'461\n', '461x', '4610', '61', '']) place;
CREATE FUNCTION incomplete(column_name text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	found text;
BEGIN
	INSERT INTO flis_cube (cube, area, period_column, municipality_column) VALUES ('w.codes', 'fixed', 'month', column_name);
	PERFORM flis_guard('w.codes', 'w.codes_marked', 'mark');
	SELECT string_agg(quote_literal(place), ' ' ORDER BY place COLLATE "C") INTO found FROM w.codes_marked WHERE flis_state = 'incomplete';
	found := found || ': ' || (SELECT rows FROM flis_reporting('w.codes', '2025-04-01') WHERE municipality = 461);
	DROP VIEW w.codes_marked;
	DELETE FROM flis_cube WHERE cube = 'w.codes';
	RETURN found;
END
$$;
SELECT incomplete('place');
SELECT incomplete('cased');
SELECT incomplete('padded');
DROP FUNCTION incomplete;

-- A hostile search_path changes nothing of what a view means.
CREATE SCHEMA hostile;
CREATE FUNCTION hostile.always(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE OPERATOR hostile.= (LEFTARG = text, RIGHTARG = text, FUNCTION = hostile.always);
CREATE FUNCTION hostile.never(integer, integer) RETURNS boolean LANGUAGE sql AS 'SELECT false';
CREATE OPERATOR hostile.= (LEFTARG = integer, RIGHTARG = integer, FUNCTION = hostile.never);
CREATE DOMAIN hostile.date AS text;
SET search_path = hostile, pg_catalog, public;
UPDATE public.flis_cube SET area = 'fixed', period_value = 'first', is_primo = false WHERE cube OPERATOR(pg_catalog.=) 'w.star';
SELECT public.flis_guard('w.star', 'w.hostile', 'mark'), public.flis_guard('w.star', 'w.hostile_hidden', 'hide');
RESET search_path;
SELECT count(*) AS differing FROM (TABLE w.hostile EXCEPT ALL TABLE w.marked) d;
SELECT count(*) AS differing FROM (TABLE w.hostile_hidden EXCEPT ALL TABLE w.hidden) d;
-- An unknown mode is refused; NULL creates nothing.
\set VERBOSITY sqlstate
SELECT flis_guard('w.star', 'w.x', 'show');
\set VERBOSITY default
SELECT flis_guard('w.star', 'w.x', NULL);
-- Whether the newest period is complete is what was known of it at flis.known_at.
SELECT states_of('half', 'first', false);
SELECT flis_guard('w.star', 'w.known', 'mark');
SELECT clock_timestamp() AS before \gset
UPDATE flis_status SET complete = true WHERE area = 'half';
SELECT DISTINCT flis_state FROM w.known k JOIN w.months m ON m.id = k.month WHERE m.first = '2025-04-01';
SET flis.known_at = :'before';
SELECT DISTINCT flis_state FROM w.known k JOIN w.months m ON m.id = k.month WHERE m.first = '2025-04-01';
RESET flis.known_at;
DROP FUNCTION states_of;
DROP SCHEMA w, hostile CASCADE;
DROP EXTENSION flis;
