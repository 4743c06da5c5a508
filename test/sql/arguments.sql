-- Each function answers all arguments, or raises an error with one of the README's SQLSTATEs.  The
-- functions are taken from the catalog, so that those added later are tried too.
--
-- Where a statement takes long, FLIS_STEP in the environment, if more than 10, leaves out calls
-- with two odd arguments: of so many about ten are tried.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';
\set step 1
\getenv step FLIS_STEP

-- Values of each type, as expressions.
CREATE TABLE odd (type regtype, value text);
INSERT INTO odd
SELECT 'date'::regtype, v FROM unnest(ARRAY['''2025-11-10''', 'NULL', '''-infinity''', '''infinity''', '''0001-01-01''',
	'''0001-12-31 BC''', '''9999-12-31''', '''10000-01-01''', '''5874897-12-31''', '''4714-11-24 BC''',
	'''2024-02-29''']) v
UNION ALL
SELECT 'text', v FROM unnest(ARRAY['NULL', '''''', ''' ''', '''borger''', '''ÆLDRE''', '''dap''', '''access''',
	'''en''', '''%s%n%1$s''', '''"''''\''', 'E''\x01\n\t''', '''2025-W18''', '''99991231''', '''2025-04-31''',
	'repeat(''æ'', 100000)', 'repeat(''borger'', 40)', '''Oversigt pr. 30/6''']) v
UNION ALL
SELECT 'text[]', v FROM unnest(ARRAY['''{borger,dream}''', 'NULL', '''{}''', '''{NULL}''', '''{borger,NULL,nobody}''',
	'''{{borger,dream},{ky,kp}}''', '''[5:6]={borger,ky}''', '''[-3:-3][7:8]={{borger,NULL}}''',
	'array_fill(''borger''::text, ARRAY[1000])', 'array_fill(repeat(''æ'', 1000), ARRAY[2, 2, 2])']) v
UNION ALL
SELECT t, v FROM unnest('{integer,bigint}'::regtype[]) t,
	unnest(ARRAY['2025', 'NULL', '0', '-1', '1', '411', '202504', '20250431', '-2147483648', '2147483647']) v
UNION ALL
SELECT 'smallint', v FROM unnest(ARRAY['101', 'NULL', '0', '-1', '411', '-32768', '32767']) v
UNION ALL
SELECT 'boolean', v FROM unnest(ARRAY['true', 'false', 'NULL']) v
UNION ALL
SELECT t, v FROM unnest('{numeric,double precision}'::regtype[]) t,
	unnest(ARRAY['1', 'NULL', '0', '-1', '''NaN''', '''infinity''', '1e30']) v
UNION ALL
SELECT t, v FROM unnest('{timestamp,timestamptz}'::regtype[]) t,
	unnest(ARRAY['''2025-11-10''', 'NULL', '''-infinity''', '''infinity''', '''4714-11-24 BC''', '''294276-12-31''']) v
UNION ALL
SELECT 'regclass', v FROM unnest(ARRAY['''flis_area''', 'NULL', '0', '4294967295', '''flis_area_pkey''']) v;

-- A fact table that is watched.
CREATE TABLE fact (month date, municipality integer);
INSERT INTO fact SELECT '2025-09-01', municipality FROM flis_municipality;
INSERT INTO flis_cube (cube, area, period_column, municipality_column)
VALUES ('public.fact', 'borger', 'month', 'municipality');

-- Each argument of each function that SQL can call, with a value of which an answer can be given: by its
-- name, or else by its type.
CREATE TABLE argument AS
SELECT p.oid::regprocedure AS function, p.provolatile = 'v' AS writes, a.n, i.names[a.n] AS name, t.type,
	   CASE i.names[a.n]
		   WHEN 'areas' THEN '''{borger,dream}'''
		   WHEN 'area' THEN '''borger'''
		   WHEN 'channel' THEN '''dap'''
		   WHEN 'language' THEN '''en'''
		   WHEN 'convention' THEN '''following'''
		   WHEN 'cube' THEN '''public.fact'''
		   WHEN 'view' THEN '''guarded'''
		   WHEN 'cubes' THEN '''{public.fact}'''
		   WHEN 'measures' THEN '''{}'''
		   WHEN 'receipt' THEN '''flis1 2025-11-10 61234 abcdef-01234567'''
		   WHEN 'dimension' THEN '''public.fact'''
		   WHEN 'value_column' THEN '''month'''
		   WHEN 'municipality' THEN '101'
		   WHEN 'reading' THEN '''MONTHLY,9435,13,ultimo,'''
		   WHEN 'mode' THEN '''mark'''
		   WHEN 'relation' THEN '''public.fact'''
		   WHEN 'deck' THEN 'E''Oversigt pr. 30/6\nBorger Månedligt April CPR-registret Kører efter planen'''
		   ELSE CASE t.type
			   WHEN 'date'::regtype THEN '''2025-11-01'''
			   WHEN 'text'::regtype THEN '''2025M04'''
			   WHEN 'integer'::regtype THEN '2025'
			   WHEN 'bigint'::regtype THEN '202504'
			   ELSE (SELECT min(value) FROM odd WHERE odd.type = t.type)
		   END
	   END AS good
FROM pg_proc p
	 JOIN pg_depend d ON d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
	 CROSS JOIN LATERAL (
		SELECT array_agg(p.proargnames[m] ORDER BY m) AS names
		FROM generate_subscripts(p.proargnames, 1) m
		WHERE p.proargmodes IS NULL OR p.proargmodes[m] IN ('i', 'b')
	 ) i
	 CROSS JOIN unnest(p.proargtypes::oid[]) WITH ORDINALITY a (type, n)
	 CROSS JOIN LATERAL (
		SELECT (CASE WHEN a.type <> '"any"'::regtype THEN a.type
					 WHEN i.names[a.n] = 'municipality' THEN 'integer'::regtype ELSE 'date'::regtype END)::regtype
	 ) t (type)
WHERE d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'flis')
	  AND p.prorettype NOT IN ('trigger'::regtype, 'internal'::regtype)
	  AND 'internal'::regtype <> ALL (p.proargtypes::oid[]);
CREATE INDEX ON argument (function);
ANALYZE argument, odd;
-- Types of which no value is listed above: none.
SELECT DISTINCT type FROM argument WHERE type NOT IN (SELECT type FROM odd);

-- The calls: with good values only, and with one or two arguments that are odd; but no listing of all
-- releases of two thousand years.
CREATE TABLE call AS
WITH pair (function, n1, name1, v1, n2, name2, v2) AS
(
	SELECT DISTINCT function, 0::bigint, NULL, NULL, 0::bigint, NULL, NULL FROM argument
	UNION ALL
	SELECT a.function, a.n, a.name, o.value, 0, NULL, NULL FROM argument a JOIN odd o USING (type)
	UNION ALL
	SELECT a.function, a.n, a.name, o.value, b.n, b.name, p.value
	FROM argument a JOIN odd o USING (type)
		 JOIN argument b ON b.function = a.function AND b.n > a.n JOIN odd p ON p.type = b.type
)
SELECT p.function, p.n1 = 0 AS good,
	   (SELECT format('SELECT %s(%s)', p.function::oid::regproc,
					  string_agg(format('CAST(%s AS %s)', CASE a.n WHEN p.n1 THEN p.v1 WHEN p.n2 THEN p.v2 ELSE a.good END,
										a.type), ', ' ORDER BY a.n))
		FROM argument a WHERE a.function = p.function) AS command
FROM pair p
WHERE (p.n2 = 0 OR (hashtext(p.v1 || p.v2) & 65535) % :step < 10)
	  AND (p.name1 IS DISTINCT FROM 'from_day' OR p.v1 <> '''0001-01-01''' OR p.name2 = 'until_day' AND p.v2 = p.v1)
	  AND (p.name1 IS DISTINCT FROM 'until_day' OR p.v1 <> '''9999-12-31''')
	  AND (p.name2 IS DISTINCT FROM 'until_day' OR p.v2 <> '''9999-12-31''' OR p.name1 = 'from_day' AND p.v1 = p.v2);

-- state_of: the SQLSTATE with which a command ends; what it writes is taken back.
CREATE FUNCTION state_of(command text) RETURNS text LANGUAGE plpgsql AS
$$
BEGIN
	EXECUTE command;
	RAISE EXCEPTION USING ERRCODE = 'FLIS0';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END
$$;
ALTER TABLE call ADD state text;
-- Warnings of an import are for other tests.
SET client_min_messages = error;
UPDATE call SET state = state_of(command);
RESET client_min_messages;
SELECT count(*) > 2000 AS many FROM call;
-- Good values are answered.
SELECT command, state FROM call WHERE good AND state <> 'FLIS0';
-- Nothing is refused but an unknown word or a wrong number (22023), a day out of range (22008), by the
-- functions that write what a constraint rules out (class 23), and a name that can't be that of a view or
-- isn't that of a table (class 42).
SELECT c.function, c.state, count(*), left(min(c.command), 200) AS "for example"
FROM call c
WHERE c.state NOT IN ('FLIS0', '22023', '22008') AND NOT c.good
	  AND NOT (c.state LIKE '23%' AND EXISTS (SELECT FROM argument a WHERE a.function = c.function AND a.writes))
	  AND NOT (c.state LIKE '42%' AND EXISTS (SELECT FROM argument a WHERE a.function = c.function AND a.name IN ('view', 'relation')))
GROUP BY 1, 2 ORDER BY c.function::text COLLATE "C", 2;
-- The session still answers, and nothing was written.
SELECT flis_data_through('borger', '2025-11-10'), (SELECT count(*) FROM flis_status) AS statuses;

DELETE FROM flis_cube;
DROP TABLE fact, call, argument, odd;
DROP FUNCTION state_of(text);
DROP EXTENSION flis;
