-- A reference table that lost its constraints may hold anything.  What no constraint would have let in is
-- refused by name (55000) when it is read; what is merely odd is answered from.  The server goes on.
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
	RAISE EXCEPTION USING ERRCODE = 'FLIS0';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END
$$;
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-10-31', 'borger', '2025-08-31');
INSERT INTO flis_release (area, cycle, planned_on) VALUES ('borger', '2025-12-01', '2025-12-15');
INSERT INTO flis_notice (area, note) VALUES ('borger', 'Something');

DO $$
DECLARE
	rest record;
BEGIN
	FOR rest IN SELECT conrelid::regclass AS relation, conname FROM pg_constraint
				WHERE contype IN ('c', 'p') AND conrelid IN ('flis_area'::regclass, 'flis_channel'::regclass,
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
	'rule SET lag = -1', 'rule SET lag = 2147483647', 'rule SET lag = NULL', 'rule SET early_min_days = -1',
	'rule SET early_max_days = 184', 'rule SET release_month = 13', 'rule SET business_day = ''''',
	'release SET cycle = NULL', 'release SET cycle = ''infinity''', 'release SET planned_on = ''-infinity''',
	'release SET released_on = ''5874897-12-31''',
	'status SET as_of = NULL', 'status SET as_of = ''infinity''', 'status SET data_through = ''4714-11-24 BC''',
	'status SET state = NULL', 'status SET state = ''open''',
	'notice SET kind = NULL', 'notice SET kind = ''x''', 'notice SET note = NULL', 'notice SET started_on = NULL',
	'notice SET ended_on = ''infinity''', 'notice SET expected_end = ''-infinity''', 'notice SET municipality = -1',
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

SELECT flis_data_through('borger', '2025-11-10');
DROP FUNCTION state_of(text);
DROP EXTENSION flis;
