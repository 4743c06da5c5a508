-- A reference table without its constraints may hold anything.  A row that no constraint would allow
-- is refused with the table's name (55000) when it is read; from odd rows, and from all that the
-- constraints allow, the functions answer.  The server goes on in each case.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';

-- state_of: the SQLSTATE with which the questions end after a change, which is taken back.
CREATE FUNCTION state_of(command text) RETURNS text LANGUAGE plpgsql AS
$$
BEGIN
	SET LOCAL session_replication_role = replica;
	EXECUTE command;
	SET LOCAL session_replication_role = origin;
	PERFORM flis_data_through('borger', d, c), flis_expected_through('borger', d, c), flis_next_release('borger', d, c),
			flis_release_of('borger', d, c), flis_release_window('borger', d, c), flis_explain('borger', d, c)
	FROM unnest('{0001-01-01,2025-11-10,9999-12-31}'::date[]) d, unnest('{datapakke,dap}'::text[]) c;
	PERFORM count(*) FROM flis_coverage('2025-11-10');
	PERFORM count(*) FROM flis_overview('2025-11-10');
	PERFORM count(*) FROM flis_notice_board('2025-11-10');
	PERFORM count(*) FROM flis_check_cubes('2025-11-10');
	PERFORM count(*) FROM flis_reporting('public.fact', '2025-09-01', '2025-11-10');
	RAISE EXCEPTION USING ERRCODE = 'FLIS0';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END
$$;
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-10-31', 'borger', '2025-08-31');
INSERT INTO flis_release (area, cycle, planned_on) VALUES ('borger', '2025-12-01', '2025-12-15');
INSERT INTO flis_notice (area, note) VALUES ('borger', 'Something');
CREATE TABLE fact (month date, municipality integer);
INSERT INTO fact VALUES ('2025-09-01', 101);
INSERT INTO flis_cube (cube, area, period_column, municipality_column)
VALUES ('public.fact', 'borger', 'month', 'municipality');

-- A row of each table with values at and beyond the bounds of a column, or of two columns with days: the
-- constraints refuse it, or the questions are answered.
CREATE TABLE changed AS
WITH row (relation, key) AS
(
	VALUES ('flis_area'::regclass, 'area = ''borger'''), ('flis_channel', 'channel = ''datapakke'''),
		   ('flis_rule', 'area = ''borger'''), ('flis_release', 'true'), ('flis_status', 'true'),
		   ('flis_notice', 'true'), ('flis_municipality', 'municipality = 101'),
		   ('flis_waiver', 'municipality = 187'), ('flis_cube', 'true')
), odd (type, value) AS
(
	SELECT 'date'::regtype, quote_nullable(v)
	FROM unnest(ARRAY[NULL, '-infinity', '0001-12-31 BC', '0001-01-01', '2025-11-02', '9999-12-31', '10000-01-01',
					  'infinity']) v
	UNION ALL
	SELECT t, quote_nullable(v)
	FROM unnest('{integer,smallint}'::regtype[]) t,
		 unnest(ARRAY[NULL, -32768, -1, 0, 1, 12, 13, 31, 32, 36, 37, 99, 100, 183, 184, 999, 1000, 1200, 1201, 32767]) v
	UNION ALL
	SELECT 'integer', v FROM unnest('{-2147483648,2147483647}'::text[]) v
	UNION ALL
	SELECT 'numeric', quote_nullable(v) FROM unnest('{NULL,-infinity,-1e-30,0,1e-30,1,1.1,infinity,NaN}'::text[]) v
	UNION ALL
	SELECT 'text', quote_nullable(v)
	FROM unnest(ARRAY[NULL, '', ' ', E'\n', 'DAP', 'ANNUAL', 'DAILY', 'access', 'closed', '"', 'a.b', repeat('x', 300)]) v
	UNION ALL
	SELECT 'text[]', quote_nullable(v) FROM unnest('{NULL,"{}","{NULL}","{\"\",NULL}","[5:5][2:3]={{a,b}}"}'::text[]) v
	UNION ALL
	SELECT 'boolean', quote_nullable(v) FROM unnest('{NULL,true,false}'::text[]) v
), assignment AS
(
	SELECT row.relation, row.key, a.attnum, o.type, format('%I = %s', a.attname, o.value) AS assignment
	FROM row JOIN pg_attribute a ON a.attrelid = row.relation AND a.attnum > 0 JOIN odd o ON o.type = a.atttypid
)
SELECT format('UPDATE %s SET %s WHERE %s', a.relation, concat_ws(', ', a.assignment, b.assignment), a.key) AS change
FROM assignment a
	 JOIN (SELECT * FROM assignment UNION ALL SELECT DISTINCT relation, NULL, NULL::smallint, NULL::regtype, NULL FROM assignment) b
		ON b.relation = a.relation AND (b.attnum IS NULL OR b.attnum > a.attnum AND a.type = 'date'::regtype AND b.type = a.type);
ALTER TABLE changed ADD state text;
UPDATE changed SET state = state_of(change);
SELECT count(*) FILTER (WHERE state = 'FLIS0') > 500 AS "many are answered",
	   count(*) FILTER (WHERE state LIKE '23%') > 500 AS "many are refused"
FROM changed;
SELECT state, count(*), min(change) AS "for example" FROM changed WHERE state ~ '^(55|XX)' GROUP BY state;

DO $$
DECLARE
	rest record;
BEGIN
	FOR rest IN SELECT conrelid::regclass AS relation, conname FROM pg_constraint
				WHERE contype IN ('c', 'p', 'u') AND conrelid IN ('flis_area'::regclass, 'flis_channel'::regclass,
					  'flis_rule'::regclass, 'flis_release'::regclass, 'flis_status'::regclass, 'flis_notice'::regclass) LOOP
		EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', rest.relation, rest.conname);
	END LOOP;
	FOR rest IN SELECT attrelid::regclass AS relation, attname FROM pg_attribute
				WHERE attnotnull AND attidentity = '' AND attnum > 0 AND attrelid IN ('flis_area'::regclass, 'flis_channel'::regclass,
					  'flis_rule'::regclass, 'flis_release'::regclass, 'flis_status'::regclass, 'flis_notice'::regclass) LOOP
		EXECUTE format('ALTER TABLE %s ALTER %I DROP NOT NULL', rest.relation, rest.attname);
	END LOOP;
END $$;

-- Without constraints and indexes the answers are the same.
SELECT flis_data_through('borger', '2025-11-10'), flis_next_release('borger', '2025-11-10'), state_of('SELECT');

-- Columns without which there is no answer, and values that are none.
SELECT c.change, state_of(format('UPDATE flis_%s', c.change)) AS state
FROM unnest(ARRAY[
	'area SET area = NULL', 'area SET name = NULL',
	'channel SET channel = NULL', 'channel SET name = NULL', 'channel SET valid_from = NULL',
	'channel SET valid_from = ''-infinity''', 'channel SET opens_day = NULL', 'channel SET closes_day = 32',
	'channel SET opens_day = 31, closes_day = 1', 'rule SET early_min_days = 183, early_max_days = 0',
	'rule SET valid_from = ''infinity''', 'rule SET frequency = NULL', 'rule SET frequency = ''WEEKLY''',
	'rule SET frequency = ''FORTNIGHTLY''', 'rule SET opens_day = 3', 'rule SET closes_day = 3',
	'rule SET opens_day = 4, closes_day = 3', 'rule SET frequency = ''DAILY'', opens_day = 1, closes_day = 1',
	'rule SET opens_day = 1, closes_day = 32',
	'rule SET lag = -1', 'rule SET lag = 2147483647', 'rule SET lag = NULL', 'rule SET early_min_days = -1',
	'rule SET early_max_days = 184', 'rule SET release_month = 13', 'rule SET business_day = ''''',
	'release SET cycle = NULL', 'release SET cycle = ''infinity''', 'release SET planned_on = ''-infinity''',
	'release SET released_on = ''5874897-12-31''',
	'status SET as_of = NULL', 'status SET as_of = ''infinity''', 'status SET data_through = ''4714-11-24 BC''',
	'status SET state = NULL', 'status SET state = ''open''',
	'notice SET kind = NULL', 'notice SET kind = ''x''', 'notice SET note = NULL', 'notice SET started_on = NULL',
	'notice SET ended_on = ''infinity''', 'notice SET expected_end = ''-infinity''', 'notice SET municipality = -1',
	'notice SET municipality = 0',
	'notice SET period_from = ''infinity'''])
	WITH ORDINALITY c (change, n)
WHERE state_of(format('UPDATE flis_%s', c.change)) <> '55000'
ORDER BY c.n;

-- Odd, but an answer: days in the wrong order, an area that is part of itself, all rows twice.
SELECT c.change, state_of(c.change) AS state
FROM unnest(ARRAY[
	'UPDATE flis_rule SET frequency = ''ANNUAL'', release_month = NULL',
	'UPDATE flis_rule SET valid_from = ''9999-12-31''',
	'UPDATE flis_release SET released_on = ''0001-01-01'', planned_on = ''9999-12-31'', cancelled = true',
	'UPDATE flis_release SET cancelled = NULL',
	'UPDATE flis_status SET data_through = ''9999-12-31''',
	'UPDATE flis_notice SET kind = ''access'', started_on = ''9999-12-31'', ended_on = ''0001-01-01''',
	'UPDATE flis_area SET aliases = NULL, position = NULL, area_group = NULL, source = NULL',
	'UPDATE flis_area SET aliases = ''{{a,NULL},{NULL,b}}''',
	'UPDATE flis_area SET part_of = area',
	'INSERT INTO flis_area SELECT * FROM flis_area',
	'INSERT INTO flis_channel SELECT * FROM flis_channel',
	'INSERT INTO flis_rule SELECT * FROM flis_rule',
	'INSERT INTO flis_release SELECT * FROM flis_release',
	'INSERT INTO flis_status SELECT * FROM flis_status',
	'INSERT INTO flis_notice SELECT * FROM flis_notice']) WITH ORDINALITY c (change, n)
ORDER BY c.n;

-- As known at a time a row without its key is refused, too.
UPDATE flis_area SET source = 'x' WHERE area = 'dream';
SELECT state_of($$ UPDATE flis_area SET area = NULL WHERE area = 'borger'; SET LOCAL flis.known_at = '2025-01-01' $$);

SELECT flis_data_through('borger', '2025-11-10');
DROP FUNCTION state_of(text);
DROP TABLE changed, fact;
DROP EXTENSION flis;
