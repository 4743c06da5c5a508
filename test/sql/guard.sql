-- A guarded view ends where its area's data may be shown, and reads no more of the table than a query
-- with a literal bound does, in whatever way the table writes its periods.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';
SET timezone = 'Europe/Copenhagen';
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SET enable_indexonlyscan = off;
SET max_parallel_workers_per_gather = 0;

-- An area whose answer is the same on every day: annual, in a month that nobody said, so that nothing
-- is ever expected, and published once, through April 2025.
INSERT INTO flis_area (area, name) VALUES ('fixed', 'Fixed');
INSERT INTO flis_rule (area, valid_from, frequency, lag) VALUES ('fixed', '2020-01-01', 'ANNUAL', 0);
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-06-30', 'fixed', '2025-04-30');
SELECT flis_data_through('fixed', CURRENT_DATE, 'dap') AS today, flis_data_through('fixed', '2100-01-01', 'dap') AS later;

CREATE SCHEMA warehouse;

-- Dates, partitioned by month: of four partitions two are left, by the guard when it starts.
CREATE TABLE warehouse.by_date (month date NOT NULL, n int) PARTITION BY RANGE (month);
CREATE TABLE warehouse.by_date_2025_03 PARTITION OF warehouse.by_date FOR VALUES FROM ('2025-03-01') TO ('2025-04-01');
CREATE TABLE warehouse.by_date_2025_04 PARTITION OF warehouse.by_date FOR VALUES FROM ('2025-04-01') TO ('2025-05-01');
CREATE TABLE warehouse.by_date_2025_05 PARTITION OF warehouse.by_date FOR VALUES FROM ('2025-05-01') TO ('2025-06-01');
CREATE TABLE warehouse.by_date_2025_06 PARTITION OF warehouse.by_date FOR VALUES FROM ('2025-06-01') TO ('2025-07-01');
CREATE INDEX ON warehouse.by_date (month);
INSERT INTO warehouse.by_date SELECT month, 1 FROM generate_series('2025-03-01', '2025-06-01', interval '1 month') month;
INSERT INTO flis_cube (cube, area, channel, period_column) VALUES ('warehouse.by_date', 'fixed', 'dap', 'month');
SELECT flis_guard('warehouse.by_date', 'warehouse.date_view');
EXPLAIN (COSTS OFF) SELECT n FROM warehouse.date_view;
EXPLAIN (COSTS OFF) SELECT n FROM warehouse.by_date WHERE month <= '2025-04-30';
SELECT * FROM warehouse.date_view ORDER BY month;

-- Numbers of six digits, partitioned by month.
CREATE TABLE warehouse.by_month (period int NOT NULL, n int) PARTITION BY RANGE (period);
CREATE TABLE warehouse.by_month_202503 PARTITION OF warehouse.by_month FOR VALUES FROM (202503) TO (202504);
CREATE TABLE warehouse.by_month_202504 PARTITION OF warehouse.by_month FOR VALUES FROM (202504) TO (202505);
CREATE TABLE warehouse.by_month_202505 PARTITION OF warehouse.by_month FOR VALUES FROM (202505) TO (202506);
CREATE TABLE warehouse.by_month_202506 PARTITION OF warehouse.by_month FOR VALUES FROM (202506) TO (202507);
CREATE INDEX ON warehouse.by_month (period);
INSERT INTO warehouse.by_month VALUES (202503, 1), (202504, 1), (202505, 1), (202506, 1);
INSERT INTO flis_cube (cube, area, channel, period_column) VALUES ('warehouse.by_month', 'fixed', 'dap', 'period');
SELECT flis_guard('warehouse.by_month', 'warehouse.month_view');
EXPLAIN (COSTS OFF) SELECT n FROM warehouse.month_view;
EXPLAIN (COSTS OFF) SELECT n FROM warehouse.by_month WHERE period <= 202504;
SELECT * FROM warehouse.month_view ORDER BY period;

-- Every other type and form, each with an index on the column: the index serves the guard as it does a
-- literal.  Of three periods the first two have ended by 30 April 2025; weeks: W17 ends on 27 April,
-- W18 on 4 May; school years: 2023/2024 ended on 31 July 2024, 2024/2025 hasn't ended.
CREATE TABLE dialect (name text, type text, periods text[], bound text);
INSERT INTO dialect VALUES
	('text_m', 'text', '{2025M03,2025M04,2025M05}', '2025M04'),
	('text_lower', 'text COLLATE "C"', '{2025m03,2025m04,2025m05}', '2025m04'),
	('text_dash', 'text', '{2025-03,2025-04,2025-05}', '2025-04'),
	('text_week', 'text', '{2025-W16,2025-W17,2025-W18}', '2025-W17'),
	('text_quarter', 'text', '{2024Q4,2025Q1,2025Q2}', '2025Q1'),
	('text_half', 'text', '{2024-S1,2024-S2,2025-S1}', '2024-S2'),
	('text_school', 'text', '{2022/2023,2023/2024,2024/2025}', '2023/2024'),
	('text_school_short', 'varchar(7)', '{2022/23,2023/24,2024/25}', '2023/24'),
	('text_year', 'varchar', '{2023,2024,2025}', '2024'),
	('char_6', 'char(6)', '{202503,202504,202505}', '202504'),
	('char_10', 'char(10)', '{2025M03,2025M04,2025M05}', '2025M04'),
	('text_day', 'text', '{2025-04-01,2025-04-30,2025-05-01}', '2025-04-30'),
	('bigint_day', 'bigint', '{20250401,20250430,20250501}', '20250430'),
	('smallint_year', 'smallint', '{2023,2024,2025}', '2024'),
	('date_first', 'date', '{2025-03-01,2025-04-01,2025-05-01}', '2025-04-30'),
	('timestamp', 'timestamp', '{2025-03-01,2025-04-30 23:59:59.999999,2025-05-01}', NULL),
	('timestamptz', 'timestamptz', '{2025-03-01,2025-04-30 23:59:59.999999,2025-05-01}', NULL),
	('domain_m', 'period_text', '{2025M03,2025M04,2025M05}', '2025M04');
CREATE DOMAIN period_text AS text CHECK (VALUE <> '');

CREATE FUNCTION index_condition(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	condition text;
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
		IF line LIKE '%Filter%' OR line LIKE '%Seq Scan%' THEN
			RETURN line;
		ELSIF line LIKE '%Index Cond%' THEN
			condition := substr(line, position('(' IN line));
		END IF;
	END LOOP;
	RETURN condition;
END
$$;
CREATE FUNCTION periods_of(view_name text) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
	periods text[];
BEGIN
	EXECUTE format('SELECT array_agg(period::text ORDER BY n) FROM warehouse.%I', view_name) INTO periods;
	RETURN periods;
END
$$;
DO $$
DECLARE
	d record;
BEGIN
	FOR d IN TABLE dialect LOOP
		EXECUTE format('CREATE TABLE warehouse.%I (n int, period %s)', d.name, d.type);
		FOR i IN 1 .. 3 LOOP
			EXECUTE format('INSERT INTO warehouse.%I VALUES (%s, %L)', d.name, i, d.periods[i]);
		END LOOP;
		EXECUTE format('CREATE INDEX ON warehouse.%I (period)', d.name);
		INSERT INTO flis_cube (cube, area, channel, period_column)
			VALUES ('warehouse.' || d.name, 'fixed', 'dap', 'period');
		PERFORM flis_guard('warehouse.' || d.name, 'warehouse.' || d.name || '_view');
	END LOOP;
END
$$;

SELECT name, periods_of(name || '_view') FROM dialect ORDER BY name COLLATE "C";
SELECT name, index_condition(format('SELECT * FROM warehouse.%I', name || '_view')) AS "index condition of the guard",
	   index_condition(format('SELECT * FROM warehouse.%I WHERE period %s', name,
							  CASE WHEN bound IS NULL THEN '< ''2025-05-01''' ELSE format('<= %L', bound) END)) AS "of a literal"
FROM dialect ORDER BY name COLLATE "C";

-- All columns by name and in their order, and all comments; a dropped column is none.  No name and no
-- comment is anything but a name or a comment.
CREATE SCHEMA "Hu""s.'%s";
CREATE TABLE "Hu""s.'%s"."Tal; DROP TABLE dialect; --" (
	gone int, "Måned ""x""" text NOT NULL, "a.b" int, "%s" int, "'; SELECT 1; --" date, "SELECT" int);
ALTER TABLE "Hu""s.'%s"."Tal; DROP TABLE dialect; --" DROP COLUMN gone;
COMMENT ON TABLE "Hu""s.'%s"."Tal; DROP TABLE dialect; --" IS 'Det''s "tal" %s \ $$; --';
COMMENT ON COLUMN "Hu""s.'%s"."Tal; DROP TABLE dialect; --"."Måned ""x""" IS 'Måneden''s %I';
COMMENT ON COLUMN "Hu""s.'%s"."Tal; DROP TABLE dialect; --"."SELECT" IS 'Last';
INSERT INTO "Hu""s.'%s"."Tal; DROP TABLE dialect; --" VALUES ('2025M04', 1, 2, '2025-01-01', 3), ('2025M05', 1, 2, NULL, 3);
INSERT INTO flis_cube (cube, area, channel, period_column)
	VALUES ('"Hu""s.''%s"."Tal; DROP TABLE dialect; --"', 'fixed', 'dap', 'Måned "x"');
SELECT flis_guard('"Hu""s.''%s"."Tal; DROP TABLE dialect; --"', '"Hu""s.''%s"."View ""æ"" %s; --"');
SELECT * FROM "Hu""s.'%s"."View ""æ"" %s; --";
SELECT attnum, attname, format_type(atttypid, atttypmod) AS type, col_description(attrelid, attnum) AS comment
FROM pg_attribute WHERE attrelid = '"Hu""s.''%s"."View ""æ"" %s; --"'::regclass AND attnum > 0 ORDER BY attnum;
SELECT obj_description('"Hu""s.''%s"."View ""æ"" %s; --"'::regclass, 'pg_class') AS comment;

-- A name without a schema is created where CREATE VIEW would, and folded as there; the registered name
-- may be written otherwise.
SET search_path = warehouse, public;
SELECT flis_guard('"warehouse".By_Date', 'Another_View');
RESET search_path;

-- Where objects of the same names come first in the search_path, the view means the same.
CREATE SCHEMA hostile;
CREATE FUNCTION hostile.flis_data_through(text, date, text) RETURNS date LANGUAGE sql AS $$ SELECT date '1999-12-31' $$;
CREATE FUNCTION hostile.flis_period_like(date, text) RETURNS text LANGUAGE sql AS $$ SELECT 'z' $$;
CREATE FUNCTION hostile.always(text, text) RETURNS boolean LANGUAGE sql AS $$ SELECT true $$;
CREATE OPERATOR hostile.<= (LEFTARG = text, RIGHTARG = text, FUNCTION = hostile.always);
CREATE FUNCTION hostile.never(date, date) RETURNS boolean LANGUAGE sql AS $$ SELECT false $$;
CREATE OPERATOR hostile.<= (LEFTARG = date, RIGHTARG = date, FUNCTION = hostile.never);
CREATE DOMAIN hostile.text AS pg_catalog.text CHECK (VALUE OPERATOR(pg_catalog.<>) '2025M12');
SET search_path = hostile, pg_catalog;
SELECT public.flis_guard('warehouse.text_m', 'warehouse.hostile_text');
SELECT public.flis_guard('warehouse.by_date', 'warehouse.hostile_date');
SELECT count(*) FROM warehouse.hostile_text;
SELECT count(*) FROM warehouse.hostile_date;
RESET search_path;

-- A prepared statement's generic plan asks anew each time: a later status moves the view's end, a
-- closed area empties it.
PREPARE dates AS SELECT count(*) FROM warehouse.date_view;
PREPARE months AS SELECT count(*) FROM warehouse.month_view;
PREPARE texts AS SELECT count(*) FROM warehouse.text_m_view;
SET plan_cache_mode = force_generic_plan;
EXECUTE dates;
EXECUTE months;
EXECUTE texts;
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-07-01', 'fixed', '2025-05-31');
EXECUTE dates;
EXECUTE months;
EXECUTE texts;
INSERT INTO flis_status (as_of, area, state) VALUES ('2025-07-02', 'fixed', 'closed');
EXECUTE dates;
EXECUTE months;
EXECUTE texts;
DELETE FROM flis_status WHERE as_of > '2025-06-30';
EXECUTE texts;

-- The form comes from flis_cube where it says so, also for an empty table; else from most of the rows,
-- whatever else there is, such as a sum.
CREATE TABLE warehouse.empty (period text, n int);
INSERT INTO flis_cube (cube, area, channel, period_column, period_like)
	VALUES ('warehouse.empty', 'fixed', 'dap', 'period', '2019-W03');
SELECT flis_guard('warehouse.empty', 'warehouse.empty_view');
INSERT INTO warehouse.empty VALUES ('2025-W17', 1), ('2025-W18', 2);
SELECT * FROM warehouse.empty_view;
CREATE TABLE warehouse.sums (period varchar, n int);
INSERT INTO warehouse.sums VALUES ('I alt', 3), ('2025Q1', 1), ('2025Q2', 2), (NULL, 4);
INSERT INTO flis_cube (cube, area, channel, period_column) VALUES ('warehouse.sums', 'fixed', 'dap', 'period');
SELECT flis_guard('warehouse.sums', 'warehouse.sums_view');
SELECT * FROM warehouse.sums_view;

-- Views, materialized views and foreign tables can be guarded.  Of a foreign table the bound is a
-- sub-select, because a server is sent its value and no STABLE function.
CREATE VIEW warehouse.plain_view AS SELECT n + 1 AS n, period FROM warehouse.text_m;
CREATE MATERIALIZED VIEW warehouse.stored_view AS SELECT n, period FROM warehouse.bigint_day;
CREATE FOREIGN DATA WRAPPER nowhere;
CREATE SERVER nowhere FOREIGN DATA WRAPPER nowhere;
CREATE FOREIGN TABLE warehouse.far_table (period date, n int) SERVER nowhere;
CREATE TABLE warehouse.far_parts (period int, n int) PARTITION BY RANGE (period);
CREATE FOREIGN TABLE warehouse.far_part PARTITION OF warehouse.far_parts FOR VALUES FROM (202501) TO (202502) SERVER nowhere;
INSERT INTO flis_cube (cube, area, channel, period_column, period_like) VALUES
	('warehouse.plain_view', 'fixed', 'dap', 'period', NULL), ('warehouse.stored_view', 'fixed', 'dap', 'period', NULL),
	('warehouse.far_table', 'fixed', 'dap', 'period', NULL), ('warehouse.far_parts', 'fixed', 'dap', 'period', '202504');
SELECT flis_guard('warehouse.' || name, 'warehouse.guarded_' || name)
FROM unnest('{plain_view,stored_view,far_table,far_parts}'::text[]) name;
SELECT * FROM warehouse.guarded_plain_view ORDER BY n;
SELECT * FROM warehouse.guarded_stored_view ORDER BY n;
SELECT name, pg_get_viewdef(format('warehouse.guarded_%s', name)::regclass) ~ 'period <= [(] SELECT .*flis_data_through' AS is_sub_select
FROM unnest('{plain_view,stored_view,far_table,far_parts}'::text[]) name;

-- What can't be guarded.
CREATE TABLE warehouse.odd (period interval, n int, words text, small smallint);
CREATE SEQUENCE warehouse.numbers;
INSERT INTO flis_cube (cube, area, channel, period_column) VALUES
	('warehouse.odd', 'fixed', 'dap', 'period'), ('warehouse.gone', 'fixed', 'dap', 'period'),
	('warehouse.by_month_202503', 'fixed', 'dap', 'month'), ('nowhere.gone', 'fixed', 'dap', 'period'),
	('warehouse.numbers', 'fixed', 'dap', 'last_value'), ('warehouse.by_month_202504', 'fixed', 'post', 'period');
CREATE FUNCTION refused(cube text, view_name text, OUT error text, OUT detail text, OUT hint text) LANGUAGE plpgsql AS $$
DECLARE
	state text;
BEGIN
	PERFORM public.flis_guard(cube, view_name);
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, error = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL,
							hint = PG_EXCEPTION_HINT;
	error := state || ' ' || error;
END
$$;
\x on
SELECT * FROM refused('warehouse.nothing', 'v');
SELECT * FROM refused('by_date', 'v');
SELECT * FROM refused('warehouse.gone', 'v');
SELECT * FROM refused('nowhere.gone', 'v');
SELECT * FROM refused('warehouse.by_month_202503', 'v');
SELECT * FROM refused('warehouse.odd', 'v');
SELECT * FROM refused('warehouse.numbers', 'v');
SELECT * FROM refused('warehouse.by_month_202504', 'v');
SELECT * FROM refused('warehouse.by_date', 'warehouse.date_view');
SELECT * FROM refused('warehouse.by_date', 'nowhere.v');
SELECT * FROM refused('warehouse.by_date', 'a b');
UPDATE flis_cube SET period_column = 'words' WHERE cube = 'warehouse.odd';
SELECT * FROM refused('warehouse.odd', 'v');
INSERT INTO warehouse.odd (words, small) VALUES ('I alt', 2025);
SELECT * FROM refused('warehouse.odd', 'v');
UPDATE warehouse.odd SET words = ' 2025M12';
SELECT * FROM refused('warehouse.odd', 'v');
UPDATE flis_cube SET period_like = ' 2025M12' WHERE cube = 'warehouse.odd';
SELECT * FROM refused('warehouse.odd', 'v');
UPDATE flis_cube SET period_like = 'April' WHERE cube = 'warehouse.odd';
SELECT * FROM refused('warehouse.odd', 'v');
UPDATE flis_cube SET period_column = 'small', period_like = '202504' WHERE cube = 'warehouse.odd';
SELECT * FROM refused('warehouse.odd', 'v');
UPDATE flis_cube SET period_column = 'n', period_like = '2025M04' WHERE cube = 'warehouse.odd';
SELECT * FROM refused('warehouse.odd', 'v');
\x off
SELECT flis_guard(NULL, 'v') IS NULL AS no_cube, flis_guard('warehouse.by_date', NULL) IS NULL AS no_view;

-- It has the caller's rights; who is granted the view needs none on the table.
CREATE ROLE regress_flis_owner;
CREATE ROLE regress_flis_reader;
GRANT USAGE ON SCHEMA warehouse TO regress_flis_owner, regress_flis_reader;
CREATE SCHEMA shown AUTHORIZATION regress_flis_owner;
GRANT USAGE ON SCHEMA shown TO regress_flis_reader;
SET ROLE regress_flis_owner;
SELECT error FROM refused('warehouse.text_m', 'shown.text_m');
RESET ROLE;
GRANT SELECT ON warehouse.text_m TO regress_flis_owner;
SET ROLE regress_flis_owner;
SELECT error FROM refused('warehouse.text_m', 'warehouse.mine');
SELECT flis_guard('warehouse.text_m', 'shown.text_m');
GRANT SELECT ON shown.text_m TO regress_flis_reader;
SET ROLE regress_flis_reader;
SELECT count(*) FROM shown.text_m;
\set VERBOSITY terse
SELECT count(*) FROM warehouse.text_m;
RESET ROLE;

-- A view keeps its table from being dropped, and the extension; it is dropped alone.
DROP TABLE warehouse.by_date;
DROP EXTENSION flis;
DROP VIEW warehouse.date_view, warehouse.another_view, warehouse.hostile_date;
DROP TABLE warehouse.by_date;

SET client_min_messages = warning;
DROP SCHEMA warehouse, hostile, shown, "Hu""s.'%s" CASCADE;
DROP FOREIGN DATA WRAPPER nowhere CASCADE;
DROP TABLE dialect;
DROP DOMAIN period_text;
DROP FUNCTION index_condition, periods_of, refused;
DROP EXTENSION flis;
DROP ROLE regress_flis_owner, regress_flis_reader;
