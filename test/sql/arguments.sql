-- Whatever a function is called with, it answers, or says with the SQLSTATE of the README what is wrong.
-- The functions are taken from the catalog, so that those added later are tried too.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';

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

-- Each argument of each function that SQL can call, with a value of which an answer can be given: by its name, or else
-- by its type.
CREATE TABLE argument AS
SELECT p.oid::regprocedure AS function, p.provolatile = 'v' AS writes, a.n, a.type::regtype AS type,
	   CASE p.proargnames[a.n]
		   WHEN 'areas' THEN '''{borger,dream}'''
		   WHEN 'area' THEN '''borger'''
		   WHEN 'channel' THEN '''dap'''
		   WHEN 'language' THEN '''en'''
		   WHEN 'convention' THEN '''following'''
		   WHEN 'deck' THEN 'E''Oversigt pr. 30/6\nBorger Månedligt April CPR-registret Kører efter planen'''
		   ELSE CASE a.type::regtype
			   WHEN 'date'::regtype THEN '''2025-11-01'''
			   WHEN 'text'::regtype THEN '''2025M04'''
			   WHEN 'integer'::regtype THEN '2025'
			   ELSE (SELECT min(value) FROM odd WHERE odd.type = a.type)
		   END
	   END AS good
FROM pg_proc p
	 JOIN pg_depend d ON d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
	 CROSS JOIN unnest(p.proargtypes::oid[]) WITH ORDINALITY a (type, n)
WHERE d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'flis')
	  AND p.prorettype NOT IN ('trigger'::regtype, 'internal'::regtype)
	  AND 'internal'::regtype <> ALL (p.proargtypes::oid[]);
-- Types of which no value is listed above: none.
SELECT DISTINCT type FROM argument WHERE type NOT IN (SELECT type FROM odd);

-- The calls: with good values only, and with one or two arguments that are odd.
CREATE TABLE call AS
WITH pair (function, n1, v1, n2, v2) AS
(
	SELECT DISTINCT function, 0::bigint, NULL, 0::bigint, NULL FROM argument
	UNION ALL
	SELECT a.function, a.n, o.value, 0, NULL FROM argument a JOIN odd o USING (type)
	UNION ALL
	SELECT a.function, a.n, o.value, b.n, p.value
	FROM argument a JOIN odd o USING (type)
		 JOIN argument b ON b.function = a.function AND b.n > a.n JOIN odd p ON p.type = b.type
)
SELECT p.function, p.n1 = 0 AS good,
	   (SELECT format('SELECT %s(%s)', p.function::oid::regproc,
					  string_agg(format('CAST(%s AS %s)', CASE a.n WHEN p.n1 THEN p.v1 WHEN p.n2 THEN p.v2 ELSE a.good END,
										a.type), ', ' ORDER BY a.n))
		FROM argument a WHERE a.function = p.function) AS command
FROM pair p;

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
UPDATE call SET state = state_of(command);
SELECT count(*) > 2000 AS many FROM call;
-- Good values are answered.
SELECT command, state FROM call WHERE good AND state <> 'FLIS0';
-- Nothing is refused but an unknown word or a wrong number (22023), a day out of range (22008), and by
-- the functions that write what a constraint rules out (class 23).
SELECT c.function, c.state, count(*), left(min(c.command), 200) AS "for example"
FROM call c
WHERE c.state NOT IN ('FLIS0', '22023', '22008') AND NOT c.good
	  AND NOT (c.state LIKE '23%' AND EXISTS (SELECT FROM argument a WHERE a.function = c.function AND a.writes))
GROUP BY 1, 2 ORDER BY c.function::text COLLATE "C", 2;
-- The session still answers, and nothing was written.
SELECT flis_data_through('borger', '2025-11-10'), (SELECT count(*) FROM flis_status) AS statuses;

DROP TABLE call, argument, odd;
DROP FUNCTION state_of(text);
DROP EXTENSION flis;
