-- Prints: what flis_remember takes down, and what flis_restated finds.  First by hand; then what is no
-- restatement (order, place, widths, empty columns) and what is; then random histories with planted
-- restatements, of which none is missed and none is false.
--
-- FLIS_HISTORIES in the environment is the number of histories.
\set VERBOSITY terse
SET client_min_messages = warning;
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';
SET timezone = 'UTC';
CREATE SCHEMA lab;

-- The hash of values, as it is for ever: each type, NULL, numbers of any scale.  Two rows of one month.
CREATE TYPE lab.mood AS ENUM ('bad', 'good');
CREATE TABLE lab.golden (month date, municipality text, i2 smallint, i4 int, i8 bigint, f4 real, f8 double precision, n numeric, t text, v varchar, c char(5), b boolean, d date, ts timestamp, tz timestamptz, u uuid, j jsonb, e lab.mood, y bytea);
INSERT INTO flis_cube (cube, area, period_column, municipality_column) VALUES ('lab.golden', 'borger', 'month', 'municipality');
INSERT INTO lab.golden VALUES
	('2025-01-31', '101', -1, 2147483647, -9223372036854775808, 0.5, -0.0, 1.00, 'Ærø', 'abcdefgh', 'x', true, '2025-02-28', '2025-02-28 12:00', '2025-02-28 12:00+01', '00000000-0000-0000-0000-000000000001', '{"a": 1}', 'good', '\x00ff'),
	('2025-01-01', '0101', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
SELECT flis_remember('lab.golden', '{i4,n}');
SELECT municipality, data_through, algorithm, rows, hash, sums FROM flis_remembered('lab.golden');
-- Each value alone, in a column of one name.  The numbers at the end, and that of the two rows above, were
-- computed by a program of its own in another language.
CREATE TABLE lab.value (month date, x text);
INSERT INTO flis_cube (cube, area, period_column) VALUES ('lab.value', 'borger', 'month');
CREATE FUNCTION print_of(type text, value text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	result bigint;
BEGIN
	DROP TABLE lab.value;
	EXECUTE format('CREATE TABLE lab.value (month date, x %s)', type);
	EXECUTE format('INSERT INTO lab.value VALUES (''2025-01-01'', %L)', value);
	PERFORM flis_remember('lab.value');
	SELECT hash INTO result FROM flis_remembered('lab.value') ORDER BY seen_at DESC LIMIT 1;
	RETURN result;
END $$;
SELECT print_of('smallint', '7') = print_of('bigint', '7') AS widened, print_of('int', '7') = print_of('numeric', '7') AS made_numeric,
	   print_of('numeric(9,1)', '7.0') = print_of('numeric(9,4)', '7') AS scale, print_of('numeric', '7') = print_of('numeric', '-7') AS sign,
	   print_of('numeric', '0.0001') = print_of('numeric', '1') AS weight, print_of('numeric', '10000') = print_of('numeric', '1') AS weight_10000,
	   print_of('float8', '-0') = print_of('float8', '0') AS zero, print_of('real', '0.5') = print_of('float8', '0.5') AS real,
	   print_of('text', 'ab') = print_of('varchar(3)', 'ab') AS varchar, print_of('char(3)', 'ab') = print_of('char(9)', 'ab') AS char, print_of('char(3)', '') = print_of('text', '') AS empty,
	   print_of('text', 'ab') = print_of('text', 'ab ') AS blank, print_of('text', 'abcdefghijklmnop') = print_of('text', 'abcdefghijklmnoq') AS last_letter,
	   print_of('text', '') = print_of('text', NULL) AS empty_is_null, print_of('numeric', '1e-300') = print_of('numeric', '1e-299') AS small,
	   print_of('numeric', 'NaN') = print_of('numeric', '0') AS nan;
SELECT print_of('int', '1') AS "1", print_of('text', 'abcdefghi') AS abcdefghi, print_of('numeric', '-12345.6789') AS "-12345.6789", print_of('numeric', '123456789012345678901.5') AS long, print_of('float8', '1.5') AS "1.5", print_of('uuid', '00000000-0000-0000-0000-000000000001') AS uuid;
SELECT print_of('text[]', '{Ærø,NULL,"NULL"}') AS texts, print_of('tstzrange', '[2000-01-01 12:00+01,)') AS range, print_of('interval', '1 month 2 days 03:04:05.6') AS span, print_of('time', '03:04:05.6') AS time, print_of('money', '-1234.56') AS money, print_of('bytea', '\x00ff') AS bytea;

-- Values of other types are hashed as they are written.  No setting changes that, though three of these
-- digits would not tell the two numbers apart; and no type's number in the catalog, which a restore gives anew.
CREATE TABLE lab.written ();
INSERT INTO flis_cube (cube, area, period_column) VALUES ('lab.written', 'borger', 'month');
CREATE FUNCTION lab.make() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	DROP TABLE lab.written;
	DROP TYPE IF EXISTS lab.pair, lab."Kind";
	CREATE TYPE lab."Kind" AS ENUM ('Ærø', 'Fanø');
	CREATE TYPE lab.pair AS (kind lab."Kind", at timestamptz);
	CREATE TABLE lab.written (month date, b json, bb jsonb, one lab."Kind", more lab."Kind"[], texts text[], pair lab.pair, pairs lab.pair[], days daterange, at timestamp[],
							  span interval, floats float8[], bytes bytea[], type regtype, paid money);
	INSERT INTO lab.written VALUES ('2025-01-01', '{"n": "Ærø"}', '{"n": "Ærø"}', 'Ærø', '{Fanø,Ærø}', '{Ærø}', ('Ærø', '2025-02-03 12:00+01'), ARRAY[('Fanø', NULL)::lab.pair], '[2025-02-03,)',
									'{2025-02-03 12:00}', '-1 mons +2 days', '{0.3}', '{"\\x00ff"}', 'lab."Kind"', 1.5);
END $$;
SELECT lab.make(), flis_remember('lab.written');
SELECT lab.make(), flis_remember('lab.written') AS "made anew";
SET client_encoding = 'LATIN1';
SET datestyle = 'SQL, DMY';
SET intervalstyle = 'iso_8601';
SET extra_float_digits = -3;
SET bytea_output = 'escape';
SET timezone = 'America/New_York';
SET quote_all_identifiers = on;
SET search_path = lab, public;
CREATE TABLE lab.settings AS SELECT name, setting FROM pg_settings;
SELECT flis_remember('lab.written') AS "other settings";
UPDATE lab.written SET floats = '{0.30000000000000004}';
SELECT flis_remember('lab.written') AS "another number";
-- Nor does the hash change what the rows themselves are by the session's settings: the last half-hour of
-- January is in February in Denmark.  The settings are the same behind it.
SELECT count(*) FROM (SELECT name, setting FROM pg_settings EXCEPT TABLE lab.settings) s;
SET timezone = 'Europe/Copenhagen';
CREATE VIEW lab.danish AS SELECT timestamptz '2025-01-31 23:30+00'::text::timestamptz::date AS month, days FROM lab.written, generate_series(1, 3);
INSERT INTO flis_cube (cube, area, period_column) VALUES ('lab.danish', 'borger', 'month');
SELECT flis_remember('lab.danish');
SELECT data_through::text, rows FROM flis_remembered('lab.danish');
SET datestyle = 'ISO, YMD';
SET timezone = 'UTC';
RESET client_encoding;
RESET intervalstyle;
RESET extra_float_digits;
RESET bytea_output;
RESET quote_all_identifiers;
RESET search_path;
DROP VIEW lab.danish;

-- Sums are exact whatever the order and size.
CREATE TABLE lab.sums (month text, big bigint, n numeric, f double precision, none int);
INSERT INTO lab.sums SELECT '2025M0' || 1 + i % 2, 9223372036854775807 - i, (ARRAY[0.01, 99999999999999.99, -0.00005, 1e20])[1 + i % 4], 0.1, NULL FROM generate_series(0, 999) i;
INSERT INTO flis_cube (cube, area, period_column) VALUES ('lab.sums', 'borger', 'month');
BEGIN;
SELECT flis_remember('lab.sums') AS taken, flis_remember('lab.sums', '{big}') AS "with a sum", flis_remember('lab.sums', '{big,f}') AS "with another",
	   flis_remember('lab.sums', '{big,f}') AS again, flis_remember('lab.sums') AS without;
ROLLBACK;
SELECT flis_remember('lab.sums', '{big,n,f,none}');
SELECT p.data_through, p.rows, p.sums = (SELECT jsonb_build_object('big', sum(big::numeric), 'n', trim_scale(sum(n)), 'f', 50.0, 'none', NULL) FROM lab.sums WHERE month = to_char(p.data_through, 'YYYY"M"MM')) AS exact
FROM flis_remembered('lab.sums') p ORDER BY 1;
-- What is no number, or infinite, is a text in JSON; each month's is told apart from the next.
UPDATE lab.sums SET f = 'NaN', n = 'NaN' WHERE month = '2025M01';
UPDATE lab.sums SET f = '-Infinity', n = 'Infinity' WHERE month = '2025M02';
SELECT flis_remember('lab.sums', '{big,n,f,none}') AS taken, flis_remember('lab.sums', '{big,n,f,none}') AS again;
-- Where nothing is new nothing is written.
BEGIN READ ONLY;
SELECT flis_remember('lab.sums', '{big,n,f,none}') AS again;
ROLLBACK;
SELECT p.data_through, p.sums -> 'f' AS f, p.sums -> 'n' AS n FROM flis_remembered('lab.sums') p WHERE seen_at = (SELECT max(seen_at) FROM flis_remembered('lab.sums')) ORDER BY 1;
SELECT deliveries, periods, worst_share FROM flis_maturity('lab.sums');
SELECT flis_remember('lab.sums', '{missing}');
SELECT flis_remember('lab.sums', '{month}');
SELECT flis_remember('lab.sums', '{NULL}');
SELECT flis_remember('lab.nothing');

-- Codes of three digits, with or without zeros before them, are municipalities; all others count as none.
CREATE TABLE lab.codes (month date, municipality text, n int);
INSERT INTO lab.codes SELECT '2025-01-01', code, 2 ^ (n - 1) FROM unnest('{101,x,NULL,99,1000,0100,999,"1 1"}'::text[]) WITH ORDINALITY c (code, n);
INSERT INTO flis_cube (cube, area, period_column, municipality_column) VALUES ('lab.codes', 'borger', 'month', 'municipality');
SELECT flis_remember('lab.codes', '{n}');
SELECT municipality, rows, sums FROM flis_remembered('lab.codes') ORDER BY 1;

-- Only for who may read the table, and by no other way than flis_remember and flis_forget.
CREATE ROLE regress_flis_analyst;
GRANT USAGE ON SCHEMA lab TO regress_flis_analyst;
SET ROLE regress_flis_analyst;
SELECT flis_remember('lab.sums');
SELECT * FROM flis_remembered('lab.sums');
SELECT * FROM flis_restated('lab.sums', now());
SELECT count(*) FROM flis_print;
RESET ROLE;
GRANT SELECT ON lab.sums TO regress_flis_analyst;
SET ROLE regress_flis_analyst;
SELECT flis_remember('lab.sums');
SELECT count(*) FROM flis_remembered('lab.sums');
RESET ROLE;
INSERT INTO lab.sums VALUES ('2025M03', 1, 1, 1, 1);
SET ROLE regress_flis_analyst;
SELECT flis_remember('lab.sums');
RESET ROLE;
DELETE FROM flis_print;
UPDATE flis_print SET rows = 1;
TRUNCATE flis_print;
-- A print is of all columns: who may not read one of them is told nothing, also through a view that reads with
-- the caller's privileges.  All columns are as good as the table.
CREATE FUNCTION lab.told(cube text) RETURNS TABLE (what text, answer text) LANGUAGE plpgsql AS $$
DECLARE
	call text;
BEGIN
	FOREACH call IN ARRAY ARRAY['remember(%L)', 'remembered(%L)', 'restated(%L, now())', 'restated(%L, ''infinity'')', 'maturity(%L)', 'receipt(ARRAY[%L])'] LOOP
		what := split_part(call, '(', 1);
		BEGIN
			EXECUTE format('SELECT count(*) FROM flis_' || call, cube);
			answer := 'told';
		EXCEPTION WHEN OTHERS THEN
			answer := SQLSTATE || ' ' || SQLERRM;
		END;
		RETURN NEXT;
	END LOOP;
END $$;
CREATE VIEW lab.as_caller WITH (security_invoker) AS SELECT month, none FROM lab.sums;
CREATE VIEW lab.as_owner AS SELECT month, none FROM lab.sums;
INSERT INTO flis_cube (cube, area, period_column) VALUES ('lab.as_caller', 'borger', 'month'), ('lab.as_owner', 'borger', 'month');
REVOKE SELECT ON lab.sums FROM regress_flis_analyst;
GRANT SELECT (month, big, n, f) ON lab.sums TO regress_flis_analyst;
GRANT SELECT ON lab.as_caller, lab.as_owner TO regress_flis_analyst;
SET ROLE regress_flis_analyst;
SELECT * FROM lab.told('lab.sums');
SELECT * FROM lab.told('lab.as_caller');
SELECT DISTINCT answer FROM lab.told('lab.as_owner');
RESET ROLE;
GRANT SELECT (none) ON lab.sums TO regress_flis_analyst;
SET ROLE regress_flis_analyst;
SELECT DISTINCT answer FROM lab.told('lab.sums') UNION ALL SELECT DISTINCT answer FROM lab.told('lab.as_caller');
RESET ROLE;
-- And of all rows: from whom a policy hides some, of the table or of a dimension, may neither see prints nor
-- take them, which would take down the hidden rows as gone.
CREATE TABLE lab.month (month text, day date);
CREATE VIEW lab.through AS TABLE lab.sums;
INSERT INTO flis_cube (cube, area, period_column, period_dimension, period_key, period_value) VALUES ('lab.through', 'borger', 'month', 'lab.month', 'month', 'day');
INSERT INTO lab.month VALUES ('2025M01', '2025-01-01'), ('2025M02', '2025-02-01'), ('2025M03', '2025-03-01');
GRANT SELECT ON lab.month, lab.through TO regress_flis_analyst;
SELECT flis_remember('lab.sums'), flis_remember('lab.through');
ALTER TABLE lab.sums ENABLE ROW LEVEL SECURITY;
ALTER TABLE lab.month ENABLE ROW LEVEL SECURITY;
CREATE POLICY first ON lab.sums USING (month = '2025M01');
CREATE POLICY first ON lab.month USING (month = '2025M01');
SET ROLE regress_flis_analyst;
SELECT * FROM lab.told('lab.sums');
SELECT DISTINCT answer FROM lab.told('lab.through');
SELECT DISTINCT answer FROM lab.told('lab.as_caller');
SELECT DISTINCT answer FROM lab.told('lab.as_owner');
\set VERBOSITY default
SELECT flis_remember('lab.sums');
\set VERBOSITY terse
RESET ROLE;
SELECT flis_remember('lab.sums'), flis_remember('lab.through');
-- The same of a dimension of municipalities.
CREATE TABLE lab.place (id int, code int);
CREATE TABLE lab.at_place AS SELECT '2025M01'::text AS month, 1 AS place;
INSERT INTO flis_cube (cube, area, period_column, municipality_column, municipality_dimension, municipality_key, municipality_value)
VALUES ('lab.at_place', 'borger', 'month', 'place', 'lab.place', 'id', 'code');
GRANT SELECT ON lab.place, lab.at_place TO regress_flis_analyst;
ALTER TABLE lab.place ENABLE ROW LEVEL SECURITY;
CREATE POLICY none ON lab.place USING (false);
SET ROLE regress_flis_analyst;
SELECT DISTINCT answer FROM lab.told('lab.at_place');
RESET ROLE;
DELETE FROM flis_cube WHERE cube = 'lab.at_place';
DROP TABLE lab.place, lab.at_place;
SHOW row_security;
-- Months that a view computes, row by row.
CREATE VIEW lab.computed AS SELECT to_char(m, 'YYYY"M"MM') AS month FROM generate_series(timestamp '2025-01-01', '2025-03-01', '1 month') m;
INSERT INTO flis_cube (cube, area, period_column) VALUES ('lab.computed', 'borger', 'month');
SELECT flis_remember('lab.computed');
SELECT data_through, rows FROM flis_remembered('lab.computed') ORDER BY 1;
DELETE FROM flis_cube WHERE cube = 'lab.computed';
DROP VIEW lab.computed;
DROP VIEW lab.as_caller, lab.as_owner, lab.through;
DROP OWNED BY regress_flis_analyst;
DROP ROLE regress_flis_analyst;

-- A month that is not covered at the time, or was not taken down by then, is not listed; a municipality
-- without rows in a month that was taken down had none.  Borger reaches September on 10 November 2025.
CREATE TABLE lab.late (month date, municipality int, amount numeric);
INSERT INTO flis_cube (cube, area, period_column, municipality_column) VALUES ('lab.late', 'borger', 'month', 'municipality');
INSERT INTO lab.late VALUES ('2025-08-01', 101, 1), ('2025-09-01', 101, 2), ('2099-10-01', 101, 3), ('2025-09-01', NULL, 4);
SELECT now() AS before \gset
SELECT flis_remember('lab.late', '{amount}');
SELECT clock_timestamp() AS after \gset
INSERT INTO lab.late VALUES ('2025-09-01', 147, 5), ('2025-07-01', 147, 6);
UPDATE lab.late SET amount = amount + 1 WHERE municipality IS NULL OR month = '2099-10-01' OR month = '2025-08-01';
SELECT municipality, period_from, data_through, rows_before, rows_after, sums_before, sums_after FROM flis_restated('lab.late', :'after') ORDER BY data_through, municipality;
SELECT count(*) FROM flis_restated('lab.late', :'before');
SELECT (SELECT count(*) FROM flis_restated('lab.late', 'infinity')) AS never, (SELECT count(*) FROM flis_restated('lab.late', '-infinity')) AS always;
-- When it was first seen: by the next print, which stays so; what goes back is no restatement, and what is
-- gone is one.
SELECT flis_remember('lab.late', '{amount}');
SELECT count(*), bool_and(r.seen_at = (SELECT max(p.seen_at) FROM flis_remembered('lab.late') p)) AS by_the_second FROM flis_restated('lab.late', :'after') r;
UPDATE lab.late SET amount = amount - 1 WHERE municipality IS NULL;
DELETE FROM lab.late WHERE month = '2025-08-01';
-- What has come and gone since is none: 147 had no rows in September then, nor has it now.
BEGIN;
DELETE FROM lab.late WHERE municipality = 147;
SELECT municipality, data_through, rows_before, rows_after FROM flis_restated('lab.late', :'after') ORDER BY data_through, municipality;
ROLLBACK;
SELECT municipality, data_through, rows_before, rows_after, sums_after FROM flis_restated('lab.late', :'after') ORDER BY data_through, municipality;
SELECT flis_remember('lab.late', '{amount}'), flis_remember('lab.late', '{amount}');
SELECT rows, hash, sums FROM flis_remembered('lab.late') WHERE data_through = '2025-08-31' ORDER BY seen_at;
-- A municipality that comes after one with a greater number had no rows in a month that was taken down.
CREATE TABLE lab.turn (month date, municipality int);
INSERT INTO flis_cube (cube, area, period_column, municipality_column) VALUES ('lab.turn', 'borger', 'month', 'municipality');
INSERT INTO lab.turn VALUES ('2025-08-01', 147), ('2025-09-01', 147);
SELECT flis_remember('lab.turn');
SELECT clock_timestamp() AS turn \gset
INSERT INTO lab.turn VALUES ('2025-09-01', 101);
SELECT flis_remember('lab.turn');
SELECT municipality, data_through, rows_before, rows_after FROM flis_restated('lab.turn', :'turn');
-- The print of that very time counts.
SELECT min(seen_at) AS first FROM flis_remembered('lab.turn') \gset
SELECT municipality, data_through, rows_before, rows_after FROM flis_restated('lab.turn', :'first');
-- A clock that was set back makes no print older than the one before it.
ALTER TABLE flis_print DISABLE TRIGGER flis_keep_print;
UPDATE flis_print SET seen_at = '2100-01-01 00:00Z' WHERE cube = 'lab.turn' AND municipality = 101;
ALTER TABLE flis_print ENABLE TRIGGER flis_keep_print;
INSERT INTO lab.turn VALUES ('2025-08-01', 147);
SELECT flis_remember('lab.turn');
SELECT rows, seen_at - '2100-01-01 00:00Z' AS later FROM flis_remembered('lab.turn') WHERE municipality = 147 AND data_through = '2025-08-31' ORDER BY seen_at DESC LIMIT 1;
-- Prints of another algorithm are not compared.
ALTER TABLE flis_print DISABLE TRIGGER flis_keep_print;
UPDATE flis_print SET algorithm = 99 WHERE cube = 'lab.late';
ALTER TABLE flis_print ENABLE TRIGGER flis_keep_print;
SELECT count(*) FROM flis_restated('lab.late', clock_timestamp());
SELECT flis_remember('lab.late', '{amount}');
-- What is forgotten: prints that ended by then, and no print that still holds.
SELECT flis_forget(clock_timestamp()) > 0 AS some;
SELECT count(*), count(DISTINCT (municipality, data_through)) FROM flis_remembered('lab.late');

-- Random histories: a truth, loaded again and again in ways that change nothing, into a flat table, a
-- partitioned one, a star and a view; and changed now and then.  The truth of before is compared with that
-- of now, month by month and municipality by municipality, by the values themselves.
CREATE TABLE lab.truth (month date, municipality int, name text, amount numeric, n int, extra text);
CREATE TABLE lab.was (LIKE lab.truth);
CREATE TABLE lab.day (id int, day date);
CREATE TABLE lab.place (id bigint, number int);
CREATE TABLE lab.flat ();
CREATE VIEW lab.seen AS SELECT FROM lab.flat;
CREATE TABLE lab.part ();
CREATE TABLE lab.star ();
INSERT INTO flis_cube (cube, area, period_column, municipality_column, period_dimension, period_key, period_value, municipality_dimension, municipality_key, municipality_value) VALUES
	('lab.flat', 'borger', 'month', 'municipality', NULL, NULL, NULL, NULL, NULL, NULL), ('lab.part', 'borger', 'month', 'municipality', NULL, NULL, NULL, NULL, NULL, NULL),
	('lab.seen', 'borger', 'month', 'municipality', NULL, NULL, NULL, NULL, NULL, NULL),
	('lab.star', 'borger', 'month', 'municipality', 'lab.day', 'id', 'day', 'lab.place', 'id', 'number');

-- load: the truth into a table, made anew or not, in another order of rows and columns.
CREATE FUNCTION lab.load(kind text, anew boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	target text := CASE kind WHEN 'seen' THEN 'flat' ELSE kind END;
	columns text[] := ARRAY['name', 'amount', 'n'];
	definition text;
	month date;
BEGIN
	IF random() < 0.5 OR EXISTS (SELECT FROM lab.truth WHERE extra IS NOT NULL) THEN
		columns := columns || 'extra'::text;
	END IF;
	IF kind = 'star' THEN
		DELETE FROM lab.day;
		INSERT INTO lab.day SELECT (random() * 1e6)::int * 20 + row_number() OVER (), d.month FROM (SELECT DISTINCT t.month FROM lab.truth t) d;
		DELETE FROM lab.place;
		INSERT INTO lab.place SELECT (random() * 1e6)::int * 20 + row_number() OVER (), d.municipality FROM (SELECT DISTINCT t.municipality FROM lab.truth t) d;
	END IF;
	IF anew THEN
		EXECUTE format('DROP TABLE lab.%I CASCADE', target);
		SELECT string_agg(CASE c WHEN 'amount' THEN c || (ARRAY[' numeric', ' numeric(18,2)', ' numeric(18,5)'])[1 + floor(random() * 3)::int]
							   WHEN 'n' THEN c || (ARRAY[' int', ' bigint'])[1 + floor(random() * 2)::int]
							   WHEN 'month' THEN CASE WHEN kind = 'star' THEN 'month int' ELSE 'month date' END
							   WHEN 'municipality' THEN CASE WHEN kind = 'star' THEN 'municipality bigint' ELSE 'municipality int' END
							   ELSE c || ' text' END, ', ' ORDER BY random())
		INTO definition FROM unnest(columns || '{month,municipality}'::text[]) c;
		EXECUTE format('CREATE TABLE lab.%I (%s) %s', target, definition, CASE kind WHEN 'part' THEN 'PARTITION BY LIST (month)' END);
		IF kind = 'part' THEN
			FOR month IN SELECT DISTINCT t.month FROM lab.truth t LOOP
				EXECUTE format('CREATE TABLE lab.%I (LIKE lab.part)', 'part_' || month);
				EXECUTE format('INSERT INTO lab.%I (month, municipality, %s) SELECT t.month, t.municipality, %2$s FROM lab.truth t WHERE t.month = %L ORDER BY random()', 'part_' || month, array_to_string(columns, ', '), month);
				EXECUTE format('ALTER TABLE lab.part ATTACH PARTITION lab.%I FOR VALUES IN (%L)', 'part_' || month, month);
			END LOOP;
		END IF;
		IF target = 'flat' THEN
			CREATE VIEW lab.seen AS SELECT * FROM lab.flat;
		END IF;
	END IF;
	IF kind <> 'part' THEN
		EXECUTE format('TRUNCATE lab.%I', target);
		SELECT array_agg(a.attname::text) INTO columns FROM pg_attribute a
		WHERE a.attrelid = ('lab.' || target)::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attname NOT IN ('month', 'municipality');
		EXECUTE format('INSERT INTO lab.%I (month, municipality, %s) SELECT %s, %s FROM lab.truth t ORDER BY random()', target, array_to_string(columns, ', '),
					   CASE kind WHEN 'star' THEN '(SELECT d.id FROM lab.day d WHERE d.day = t.month), (SELECT p.id FROM lab.place p WHERE p.number = t.municipality)' ELSE 't.month, t.municipality' END,
					   array_to_string(columns, ', '));
	END IF;
END $$;

-- change: one restatement of the truth.
CREATE FUNCTION lab.change(what int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	one tid := (SELECT ctid FROM lab.truth ORDER BY random() LIMIT 1);
	two tid := (SELECT b.ctid FROM lab.truth a, lab.truth b WHERE a.ctid = one AND b.month = a.month AND b.municipality = a.municipality AND b.amount <> a.amount ORDER BY random() LIMIT 1);
	amounts numeric[] := ARRAY[(SELECT amount FROM lab.truth WHERE ctid = one), (SELECT amount FROM lab.truth WHERE ctid = two)];
BEGIN
	CASE what
		WHEN 0 THEN UPDATE lab.truth SET amount = amount + 0.01 WHERE ctid = one;
		WHEN 1 THEN UPDATE lab.truth SET amount = CASE ctid WHEN one THEN amounts[2] ELSE amounts[1] END WHERE ctid IN (one, two) AND two IS NOT NULL;
		WHEN 2 THEN UPDATE lab.truth SET municipality = 101 + (municipality - 100) % 3 WHERE ctid = one;
		WHEN 3 THEN UPDATE lab.truth SET month = CASE WHEN month < '2025-03-01' THEN month + interval '1 month' ELSE '2025-01-01' END WHERE ctid = one;
		WHEN 4 THEN DELETE FROM lab.truth WHERE ctid = one;
		WHEN 5 THEN INSERT INTO lab.truth SELECT * FROM lab.truth WHERE ctid = one;
		WHEN 6 THEN UPDATE lab.truth SET name = CASE WHEN name IS NULL THEN '' END WHERE ctid = one;
		WHEN 7 THEN UPDATE lab.truth SET extra = 'filled';
		WHEN 8 THEN UPDATE lab.truth SET extra = 'filled' WHERE ctid = one;
		WHEN 9 THEN DELETE FROM lab.truth t USING lab.truth o WHERE o.ctid = one AND t.municipality = o.municipality AND t.month = o.month;
		ELSE NULL;
	END CASE;
END $$;

CREATE FUNCTION lab.groups(truth regclass) RETURNS TABLE (data_through date, municipality int, contents jsonb) LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE format('SELECT (t.month + interval ''1 month - 1 day'')::date, t.municipality, jsonb_agg(jsonb_strip_nulls(to_jsonb(t)) ORDER BY to_jsonb(t)) FROM %s t GROUP BY 1, 2', truth);
END $$;

CREATE FUNCTION lab.history(kind text, OUT planted int, OUT changed int, OUT missed int, OUT wrong int) LANGUAGE plpgsql AS $$
DECLARE
	since timestamptz;
	what int;
BEGIN
	DELETE FROM lab.truth;
	INSERT INTO lab.truth
	SELECT month, 101 + floor(random() * 3)::int, (ARRAY['a', 'b', 'c', NULL])[1 + floor(random() * 4)::int], floor(random() * 5) / 4, floor(random() * 3)::int, NULL
	FROM generate_series(timestamp '2025-01-01', '2025-03-01', '1 month') month, generate_series(1, 8);
	-- each row a second time, now and then
	INSERT INTO lab.truth SELECT * FROM lab.truth WHERE random() < 0.3;
	PERFORM lab.load(kind, true);
	PERFORM flis_remember('lab.' || kind);
	since := clock_timestamp();
	DELETE FROM lab.was;
	INSERT INTO lab.was SELECT * FROM lab.truth;
	planted := 0;
	FOR step IN 1 .. 1 + floor(random() * 3)::int LOOP
		WHILE random() < 0.5 LOOP
			what := floor(random() * 10)::int;
			PERFORM lab.change(what);
			planted := planted + 1;
		END LOOP;
		PERFORM lab.load(kind, kind = 'part' OR random() < 0.5 OR EXISTS (SELECT FROM lab.truth WHERE extra IS NOT NULL));
		IF random() < 0.5 THEN
			PERFORM flis_remember('lab.' || kind);
		END IF;
	END LOOP;
	SELECT count(*) FILTER (WHERE e IS NOT NULL), count(*) FILTER (WHERE r IS NULL), count(*) FILTER (WHERE e IS NULL)
	INTO changed, missed, wrong
	FROM (SELECT coalesce(w.data_through, n.data_through) AS data_through, coalesce(w.municipality, n.municipality) AS municipality
		  FROM lab.groups('lab.was') w FULL JOIN lab.groups('lab.truth') n ON (n.data_through, n.municipality) = (w.data_through, w.municipality)
		  WHERE w.contents IS DISTINCT FROM n.contents) e
		 FULL JOIN (SELECT x.data_through, x.municipality::int FROM flis_restated('lab.' || kind, since) x) r
			 ON (r.data_through, r.municipality) = (e.data_through, e.municipality);
END $$;
\set histories 120
\getenv histories FLIS_HISTORIES
SELECT set_config('lab.histories', :'histories', false) <> '' AS asked;
-- In one session that goes on, so that what is remembered of earlier histories stands beside; what ended is
-- forgotten now and then.
CREATE TABLE lab.result (planted int, changed int, missed int, wrong int);
DO $$
BEGIN
	PERFORM setseed(0.4711);
	FOR n IN 1 .. current_setting('lab.histories')::int LOOP
		INSERT INTO lab.result SELECT * FROM lab.history((ARRAY['flat', 'part', 'star', 'seen'])[1 + n % 4]);
		IF n % 100 = 0 THEN
			PERFORM flis_forget(clock_timestamp());
		END IF;
		COMMIT;
	END LOOP;
END $$;
SELECT count(*) = :histories AS "all", sum(missed) AS missed, sum(wrong) AS "false", count(*) FILTER (WHERE planted > 0) * 4 > count(*) AS many_planted,
	   sum(changed) > count(*) AS many_changed, count(*) FILTER (WHERE changed = 0) > 0 AS some_without
FROM lab.result;
DROP SCHEMA lab CASCADE;
DROP FUNCTION print_of;
DROP EXTENSION flis;
