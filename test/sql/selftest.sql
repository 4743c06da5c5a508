-- The self-test finds nothing in a fresh installation, finds each planted fault, and finds nothing
-- more after its own remedy.

-- It finds the same whether or not all identifiers are quoted when it is created and when it is asked.
SET quote_all_identifiers = on;
CREATE EXTENSION flis;
RESET quote_all_identifiers;
SET datestyle = 'SQL, DMY';
SELECT day, (SELECT count(*) FROM flis_selftest(day)) AS findings
FROM unnest('{-infinity,0001-01-01,2025-11-10,9999-12-31,infinity}'::date[]) day;
SELECT count(*) AS today FROM flis_selftest();
SET quote_all_identifiers = on;
SELECT count(*) AS quoted FROM flis_selftest('2025-11-10');
RESET quote_all_identifiers;
SELECT count(*) AS unknown FROM flis_selftest(NULL);
\set VERBOSITY terse
SELECT * FROM flis_selftest('10000-01-01');

-- Nothing is made after the script has noted what it made.
SELECT kind, relation, name FROM flis_part EXCEPT SELECT kind, relation, name FROM flis_installed;
-- What the script has to make of each table with shipped rows, and of each that the functions read:
-- a missing one of these would be missed in every installation.  A history table has triggers of its own.
SELECT c.relation, t.name
FROM flis_part c CROSS JOIN (VALUES ('flis_keep_shipped'), ('flis_keep_shipped_truncate')) t (name)
WHERE c.kind = 'column' AND c.name = 'shipped' AND c.relation !~ '_history$'
EXCEPT SELECT relation, name FROM flis_part WHERE kind = 'trigger' AND state = 'A';
SELECT r.relation, t.name
FROM unnest('{flis_area,flis_channel,flis_rule,flis_release,flis_status,flis_notice,flis_waiver,flis_cube,flis_municipality}'::text[]) r (relation)
	 CROSS JOIN (VALUES ('flis_new_generation'), ('flis_new_generation_row'), ('flis_new_generation_after')) t (name)
EXCEPT SELECT relation, name FROM flis_part WHERE kind = 'trigger' AND state = 'A';
SELECT c.relation, t.name
FROM flis_part c CROSS JOIN (VALUES ('flis_append_only'), ('flis_append_only_truncate')) t (name)
WHERE c.kind = 'column' AND c.name = 'system_until'
EXCEPT SELECT relation, name FROM flis_part WHERE kind = 'trigger' AND state = 'A';
SELECT c.relation, t.name
FROM flis_part c CROSS JOIN (VALUES ('flis_keep_version'), ('flis_keep_version_truncate'), ('flis_stamp')) t (name)
WHERE c.kind = 'table' AND EXISTS (SELECT FROM flis_part h WHERE h.kind = 'table' AND h.relation = c.relation || '_history')
EXCEPT SELECT relation, name FROM flis_part WHERE kind = 'trigger' AND state = 'A';
-- A history has each column of its table, so that no version loses one.
SELECT c.relation, c.name, c.state
FROM flis_part c
WHERE c.kind = 'column' AND EXISTS (SELECT FROM flis_part h WHERE h.kind = 'table' AND h.relation = c.relation || '_history')
EXCEPT SELECT regexp_replace(relation, '_history$', ''), name, state FROM flis_part WHERE kind = 'column' AND relation ~ '_history$';
-- All that names an area does so truly.
SELECT relation FROM flis_part WHERE kind = 'column' AND name IN ('area', 'part_of')
	AND relation IN (SELECT relation FROM flis_part WHERE kind = 'table') AND relation !~ '_history$'
EXCEPT SELECT relation FROM flis_part WHERE kind = 'trigger' AND name = 'flis_names_area';

-- A way to provoke findings, see them, follow their remedies and see what is left, and which answers are
-- others afterwards: of areas that no finding is about.
CREATE FUNCTION answers() RETURNS TABLE (area text, channel text, day date, answer text) LANGUAGE sql AS $$
	SELECT a.area, c.channel, d.day::date, concat_ws(' ', a.data_through, a.basis, a.next_release, a.frequency, a.state)
	FROM (SELECT DISTINCT channel FROM flis_channel WHERE NOT retired) c,
		 generate_series(timestamp '2025-06-15', '2026-04-30', '40 days') d (day),
		 LATERAL flis_coverage(d.day::date, c.channel) a
$$;
CREATE FUNCTION provoke(what text, on_day date DEFAULT '10/11/2025') RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	findings record;
	remedy text;
	said text := '';
	answers_before text[];
BEGIN
	EXECUTE what;
	IF NOT EXISTS (SELECT FROM flis_selftest(on_day) f WHERE f.severity = 'error') THEN
		answers_before := ARRAY(SELECT a::text FROM answers() a);
	END IF;
	FOR findings IN SELECT * FROM flis_selftest(on_day) LOOP
		RETURN NEXT format('%s %s (%s) %s', findings.severity, findings.what, findings.subject, findings.finding);
		said := concat_ws(' ', said, findings.subject, findings.finding);
	END LOOP;
	FOR remedy IN SELECT f.remedy FROM flis_selftest(on_day) f LOOP
		IF remedy ~ ': .*;$' THEN
			EXECUTE substring(remedy FROM ': (.*;)$');
		ELSE
			RETURN NEXT 'by hand: ' || remedy;
		END IF;
	END LOOP;
	FOR findings IN SELECT * FROM flis_selftest(on_day) LOOP
		RETURN NEXT format('left: %s (%s)', findings.what, findings.subject);
	END LOOP;
	IF answers_before IS NOT NULL THEN
		RETURN QUERY SELECT DISTINCT 'another answer: ' || area
					 FROM (SELECT area, a::text AS answer FROM answers() a) now
					 WHERE answer <> ALL (answers_before) AND strpos(said, area) = 0
						   -- A version of a channel is of all areas.
						   AND said !~ 'version of the channel';
	END IF;
END $$;
\t on

-- Triggers: one that is gone, one that is off in a replica's sessions, and what pg_restore
-- --disable-triggers leaves of those of a table.
SELECT provoke('DROP TRIGGER flis_new_generation_row ON flis_rule');
SELECT provoke('ALTER TABLE flis_area DISABLE TRIGGER flis_keep_shipped');
SELECT provoke('ALTER TABLE flis_cube DISABLE TRIGGER flis_names_area');
SELECT provoke('ALTER TABLE flis_revision DISABLE TRIGGER flis_keep_earlier');
SELECT provoke('ALTER TABLE flis_status DISABLE TRIGGER ALL; ALTER TABLE flis_status ENABLE TRIGGER ALL');

-- Constraints.
SELECT provoke('ALTER TABLE flis_rule DROP CONSTRAINT flis_rule_lag_is_0_to_1200');
SELECT provoke('ALTER TABLE flis_status DROP CONSTRAINT flis_status_pkey');
SELECT provoke('ALTER TABLE flis_release DROP CONSTRAINT flis_release_cycle_is_in_the_calendar,
	ADD CONSTRAINT flis_release_cycle_is_in_the_calendar CHECK (cycle > ''31/12/2000'') NOT VALID');
SELECT provoke('ALTER TABLE flis_channel DROP CONSTRAINT flis_channel_valid_from_is_in_the_calendar');
SELECT provoke('ALTER TABLE flis_area ALTER COLUMN name DROP NOT NULL');

-- Columns and tables; what has another name must be given its own back.
SELECT provoke('ALTER TABLE flis_municipality ALTER COLUMN region TYPE integer');
SELECT provoke('ALTER TABLE flis_status ALTER COLUMN state TYPE text COLLATE "default"');
SELECT provoke('ALTER TABLE flis_notice RENAME COLUMN note TO remark');
ALTER TABLE flis_notice RENAME COLUMN remark TO note;
SELECT provoke('ALTER TABLE flis_cube RENAME TO cubes');
ALTER TABLE cubes RENAME TO flis_cube;
SELECT provoke('ALTER TABLE flis_status ENABLE ROW LEVEL SECURITY');

-- What a user added, and a restore would lose: a column of the dump with all rows of its table, the rest alone.
SET client_min_messages = warning; -- a column's constraints go with it
SELECT provoke('ALTER TABLE flis_status ADD COLUMN mine int CHECK (mine > 0) UNIQUE');
RESET client_min_messages;
SELECT provoke('ALTER TABLE flis_rule ADD COLUMN mine int GENERATED ALWAYS AS (lag + 1) STORED');
SELECT provoke('CREATE INDEX own ON flis_status (data_through); CREATE POLICY own ON flis_notice');
SELECT provoke('CREATE FUNCTION own() RETURNS trigger LANGUAGE plpgsql AS ''BEGIN RETURN NEW; END'';
	CREATE TRIGGER own BEFORE INSERT ON flis_area FOR EACH ROW EXECUTE FUNCTION own()');
DROP FUNCTION own;

-- A table that a subscription brings without its history; one with it, and one that has none.
BEGIN;
SET LOCAL client_min_messages = error;
CREATE SUBSCRIPTION regress_flis CONNECTION '' PUBLICATION regress_flis WITH (connect = false, slot_name = NONE);
SET LOCAL allow_system_table_mods = on;
INSERT INTO pg_subscription_rel (srsubid, srrelid, srsubstate)
	SELECT s.oid, t.relation, 'r'
	FROM pg_subscription s, unnest('{flis_status,flis_rule,flis_rule_history,flis_cube}'::regclass[]) t (relation)
	WHERE s.subname = 'regress_flis';
SELECT severity, what, subject, finding, remedy FROM flis_selftest('10/11/2025');
ROLLBACK;

-- The generation, and the list of what there should be.
SELECT provoke('DELETE FROM flis_generation');
SELECT provoke('ALTER TABLE flis_generation ALTER COLUMN generation DROP NOT NULL; UPDATE flis_generation SET generation = NULL');
SELECT provoke('ALTER TABLE flis_generation DROP CONSTRAINT flis_generation_pkey;
	INSERT INTO flis_generation (generation) VALUES (gen_random_uuid())');
BEGIN;
SELECT provoke('DELETE FROM flis_installed');
ROLLBACK;

-- Rights.
SELECT provoke('REVOKE SELECT ON flis_status FROM PUBLIC; REVOKE EXECUTE ON FUNCTION flis_data_through FROM PUBLIC');

-- Shipped rows.
BEGIN;
SELECT provoke('SET LOCAL session_replication_role = replica;
	DELETE FROM flis_municipality WHERE municipality = 101; DELETE FROM flis_rule WHERE area = ''yr'';
	DELETE FROM flis_area WHERE area = ''yr''; DELETE FROM flis_waiver WHERE municipality = 155; DELETE FROM flis_channel WHERE channel = ''dap'';
	SET LOCAL session_replication_role = origin');
ROLLBACK;

-- As long as the installation has an error the rest isn't checked: the functions would not answer.
INSERT INTO flis_area (area, name) VALUES ('klima', 'Klima');
SELECT provoke('ALTER TABLE flis_rule ENABLE ROW LEVEL SECURITY');

-- An area without a rule, which the remedy above has left; one whose rule is retired.
SELECT provoke('');
SELECT provoke('UPDATE flis_rule SET retired = true WHERE area = ''vh''');

-- Rows that name an area which isn't, written with triggers off; the one that is added has no rule yet.
BEGIN;
SELECT provoke('SET LOCAL session_replication_role = replica; INSERT INTO flis_rule (area, valid_from) VALUES (''ny'', ''1/1/2026'');
	INSERT INTO flis_status (area, as_of) VALUES (''ny'', ''12/11/2025''); UPDATE flis_area SET part_of = ''nyere'' WHERE area = ''kp'';
	SET LOCAL session_replication_role = origin');
ROLLBACK;

-- A name and an alias, in any case, that find another area.
SELECT provoke('UPDATE flis_area SET name = ''kRl'', aliases = ''{ÆLDRE,Klimadata}'' WHERE area = ''klima''');
SELECT name, aliases FROM flis_area WHERE area = 'klima';

-- A name that is the code of another.
SELECT provoke('UPDATE flis_area SET name = ''VH'' WHERE area = ''klima''');
SELECT name, aliases FROM flis_area WHERE area = 'klima';

-- An annual rule of a user that names no month.  (STIL's, as it is shipped, is none.)
SELECT provoke('INSERT INTO flis_rule (area, valid_from, frequency, lag) VALUES (''klima'', ''1/1/2026'', ''ANNUAL'', 0)');
DELETE FROM flis_rule WHERE area = 'klima' AND valid_from = '1/1/2026';

-- A version from 2 November would apply from the December cycle on, when the next one does.
SELECT provoke('INSERT INTO flis_rule (area, valid_from, lag) VALUES (''kp'', ''2/11/2025'', 2), (''kp'', ''1/12/2025'', 1)');
-- So does one of an area that has only one channel left.
BEGIN;
UPDATE flis_channel SET retired = true WHERE channel <> 'datapakke';
INSERT INTO flis_rule (area, valid_from, lag) VALUES ('ky', '2/11/2025', 2), ('ky', '1/12/2025', 1), ('vh', '1/1/2026', 3);
INSERT INTO flis_area (area, name) VALUES ('first', 'The first version never applies');
INSERT INTO flis_rule (area, valid_from, lag) VALUES ('first', '2/11/2025', 2), ('first', '1/12/2025', 1);
SELECT what, subject FROM flis_selftest('28/2/2026') WHERE what IN ('never_applies', 'stands_still') ORDER BY 1, 2;
ROLLBACK;
-- The first version of a channel may apply to none, too.
BEGIN;
UPDATE flis_rule SET retired = true WHERE area = 'ukraine';
UPDATE flis_area SET retired = true WHERE area = 'ukraine';
INSERT INTO flis_channel (channel, valid_from, name, opens_day, closes_day) VALUES ('new', '2/11/2025', 'New', 1, 1), ('new', '1/12/2025', 'New', 1, 1);
SELECT what, subject FROM flis_selftest('28/2/2026') WHERE what = 'never_applies';
ROLLBACK;
-- Of a channel too, unless a daily area has cycles there.
SELECT provoke('INSERT INTO flis_channel VALUES (''dap'', ''2/11/2025'', ''DAP'', NULL, 5, 5), (''dap'', ''1/12/2025'', ''DAP'', NULL, 10, 12)');
SELECT provoke('UPDATE flis_rule SET retired = true WHERE area = ''ukraine''; UPDATE flis_area SET retired = true WHERE area = ''ukraine''');

-- December carries October with lag 1.  With lag 3 from January on January carries September and
-- March November: nothing new before it, and until it begins that is told.
SELECT provoke('INSERT INTO flis_rule (area, valid_from, lag) VALUES (''ky'', ''1/1/2026'', 3)', '28/2/2026');
SELECT lag FROM flis_rule WHERE area = 'ky' AND valid_from = '1/1/2026';
SELECT provoke('UPDATE flis_rule SET lag = 3 WHERE area = ''ky'' AND valid_from = ''1/1/2026''', '1/3/2026');
DELETE FROM flis_rule WHERE area = 'ky' AND valid_from = '1/1/2026';

-- Releases: of a day within a cycle, of an area that has no cycles, in a channel that isn't.
SELECT provoke('INSERT INTO flis_release (area, cycle, released_on) VALUES (''borger'', ''3/9/2025'', ''12/9/2025'')');
SELECT cycle FROM flis_release;
SELECT provoke('INSERT INTO flis_release (area, cycle, cancelled) VALUES (''stil'', ''1/9/2025'', true)');
SELECT provoke('INSERT INTO flis_release (area, channel, cycle, cancelled) VALUES (''borger'', ''post'', ''1/9/2025'', true)');

-- A yearly release that was recorded for September, before the month became October: it is of the October cycle of
-- that year, whose data came.  One that is of a cycle which has a row already is taken away.
BEGIN;
SELECT provoke('UPDATE flis_rule SET release_month = 10 WHERE area = ''stil'';
	INSERT INTO flis_release (area, cycle, released_on) VALUES (''stil'', ''1/9/2025'', ''10/10/2025'')', '31/10/2025');
SELECT cycle, flis_data_through('stil', '31/10/2025') FROM flis_release WHERE area = 'stil';
SELECT provoke('INSERT INTO flis_release (area, cycle, cancelled) VALUES (''stil'', ''2/9/2025'', true)');
SELECT cycle, cancelled FROM flis_release WHERE area = 'stil';
ROLLBACK;
-- Its data came before the October extract, by the rule, is out: what it follows came as well.
BEGIN;
SELECT provoke('UPDATE flis_rule SET release_month = 10 WHERE area = ''stil'';
	INSERT INTO flis_release (area, channel, cycle, released_on) VALUES (''stil'', ''dap'', ''1/9/2025'', ''10/9/2025'')', '30/9/2025');
SELECT channel, cycle, released_on FROM flis_release WHERE area = 'stil' ORDER BY channel;
ROLLBACK;
-- Where what it follows was recorded for September too, each is moved; of two that are of one cycle the second is taken away.
BEGIN;
SELECT provoke('UPDATE flis_rule SET release_month = 10 WHERE area = ''stil'';
	INSERT INTO flis_release (area, channel, cycle, released_on) VALUES (''stil'', ''datapakke'', ''1/9/2025'', ''10/9/2025''),
		(''stil'', ''datapakke'', ''2/9/2025'', ''11/9/2025''), (''stil'', ''udlaesning'', ''1/9/2025'', ''9/9/2025'')', '30/9/2025');
SELECT channel, cycle, released_on FROM flis_release WHERE area = 'stil' ORDER BY channel;
ROLLBACK;

-- Two planned for one day; one planned for the day on which by the rules another comes, noted or not,
-- or a recorded one does.  What came on one day, and what was planned for a day that has passed, is no promise.
SELECT provoke('INSERT INTO flis_release (area, cycle, planned_on) VALUES (''borger'', ''1/11/2025'', ''20/12/2025''), (''borger'', ''1/12/2025'', ''20/12/2025'')');
SELECT cycle, planned_on FROM flis_release WHERE cycle >= '1/11/2025' ORDER BY cycle;
DELETE FROM flis_release WHERE cycle >= '1/11/2025';
SELECT provoke('INSERT INTO flis_release (area, cycle, planned_on) VALUES (''borger'', ''1/11/2025'', ''10/12/2025'')');
SELECT provoke('UPDATE flis_release SET planned_on = ''10/12/2025'' WHERE cycle = ''1/11/2025'';
	INSERT INTO flis_release (area, cycle, note) VALUES (''borger'', ''1/12/2025'', ''Ny udgave'')');
SELECT provoke('UPDATE flis_release SET planned_on = ''10/12/2025'' WHERE cycle = ''1/11/2025'';
	UPDATE flis_release SET released_on = ''10/12/2025'' WHERE cycle = ''1/12/2025''');
SELECT provoke('UPDATE flis_release SET planned_on = ''10/12/2025'' WHERE cycle = ''1/11/2025''', '10/12/2025');
SELECT provoke('UPDATE flis_release SET released_on = ''10/12/2025'' WHERE cycle = ''1/11/2025''');

-- Decks: the newest on the day lacks areas; then it is two months old, and a day more.
SELECT provoke('INSERT INTO flis_status (area, as_of) SELECT area, ''10/9/2025'' FROM flis_area
	WHERE position IS NOT NULL AND area NOT IN (''yr'', ''dream'')');
INSERT INTO flis_status (area, as_of) VALUES ('yr', '10/9/2025'), ('dream', '10/9/2025'), ('borger', '11/11/2025');
SELECT provoke('', '10/11/2025');
DELETE FROM flis_status WHERE as_of = '11/11/2025';
SELECT provoke('', '11/11/2025');

-- A retired area of which the newest deck, a notice or a cube tells; what told of it before is history.
INSERT INTO flis_notice (area, started_on, ended_on, note) VALUES ('yr', '1/6/2025', '10/11/2025', 'Historie');
INSERT INTO flis_status (area, as_of) VALUES ('ukraine', '1/9/2025');
SELECT provoke('CREATE TABLE public.facts (month date); INSERT INTO flis_cube (cube, area, period_column) VALUES (''public.facts'', ''kp'', ''month'');
	INSERT INTO flis_notice (notice, area, started_on, note) VALUES (100, ''aula'', ''1/12/2025'', ''Ny udgave'');
	UPDATE flis_area SET retired = true WHERE area IN (''yr'', ''kp'', ''aula'')');

-- One that a notice alone tells of, and whose rule is retired, too.
SELECT provoke('UPDATE flis_rule SET retired = true WHERE area = ''aula''; UPDATE flis_area SET retired = true WHERE area = ''aula''');

-- A notice that was expected to end the day before.
SELECT provoke('INSERT INTO flis_notice (notice, area, started_on, expected_end, note) VALUES
	(101, ''vh'', ''1/10/2025'', ''9/11/2025'', ''Lukket''), (102, ''vh'', ''1/10/2025'', ''10/11/2025'', ''Lukket'')');

-- Cubes: no table, however it is written; no column, of the period or the municipality; no channel.
CREATE SCHEMA "Ware.""house";
CREATE TABLE "Ware.""house"."A b" ("Periode" int, kommune int);
CREATE VIEW public.shown AS SELECT month AS "Month" FROM facts;
INSERT INTO flis_cube (cube, area, period_column, municipality_column) VALUES
	('"Ware.""house"."A b"', 'borger', 'Periode', 'kommune'), ('PUBLIC.Shown', 'borger', 'Month', NULL);
SELECT provoke('INSERT INTO flis_cube (cube, area, period_column) VALUES (''public.gone'', ''borger'', ''month''),
	(''"Ware.""house"."a b"'', ''borger'', ''month''), (''"Public".facts'', ''borger'', ''month'')');
SELECT provoke('UPDATE flis_cube SET period_column = ''periode'', municipality_column = ''ctid'' WHERE cube LIKE ''%A b"''');
SELECT provoke('UPDATE flis_cube SET channel = ''post'' WHERE area = ''borger''');
SELECT cube, channel FROM flis_cube ORDER BY cube COLLATE "C";
-- Dimensions: one that is there, none, and none of its columns; what two columns need of one is told once.
CREATE TABLE public.days (id int, "Dato" date);
INSERT INTO flis_cube (cube, area, period_column, municipality_column, period_dimension, period_key, period_value, municipality_dimension, municipality_key, municipality_value) VALUES
	('public.days', 'borger', 'id', 'id', 'public.days', 'id', 'Dato', 'PUBLIC.days', 'id', 'id');
SELECT provoke('');
SELECT provoke('UPDATE flis_cube SET municipality_dimension = ''public.places'' WHERE cube = ''public.days''');
INSERT INTO flis_cube (cube, area, period_column, municipality_column, period_dimension, period_key, period_value, municipality_dimension, municipality_key, municipality_value) VALUES
	('public.days', 'borger', 'id', 'id', 'public.days', 'key', 'dato', 'public.days', 'key', 'id');
SELECT provoke('');
-- A relation of another kind or owner than when it was registered.
CREATE ROLE regress_flis_owner;
INSERT INTO flis_cube (cube, area, period_column, period_dimension, period_key, period_value) VALUES ('public.days', 'borger', 'id', 'public.shown', 'Month', 'Month');
SELECT replace(line, quote_ident(current_user), 'me')
FROM provoke('ALTER TABLE public.days OWNER TO regress_flis_owner; DROP VIEW public.shown; CREATE TABLE public.shown AS SELECT month AS "Month" FROM facts') line;
SELECT confirmed[1] FROM flis_cube WHERE cube = 'public.days';
DELETE FROM flis_cube WHERE cube = 'public.days';
DROP TABLE days;
DROP ROLE regress_flis_owner;
\t off

-- Everybody may ask, and no search_path changes the answer.
CREATE ROLE regress_flis_reader;
UPDATE flis_rule SET retired = true WHERE area = 'vh';
CREATE SCHEMA hostile;
CREATE FUNCTION hostile.never(text, text) RETURNS boolean LANGUAGE sql AS $$ SELECT false $$;
CREATE OPERATOR hostile.= (LEFTARG = text, RIGHTARG = text, FUNCTION = hostile.never);
CREATE TABLE hostile.flis_rule (LIKE flis_rule);
CREATE FUNCTION hostile.flis_selftest_cubes() RETURNS TABLE (severity text, what text, subject text, finding text, remedy text)
	LANGUAGE sql AS $$ SELECT 'error', 'hostile', '', '', '' $$;
GRANT USAGE ON SCHEMA hostile TO regress_flis_reader;
SET ROLE regress_flis_reader;
SET search_path = hostile, pg_catalog;
SELECT severity, what, subject FROM public.flis_selftest('10/11/2025');
RESET search_path;
RESET ROLE;

DROP SCHEMA hostile, "Ware.""house" CASCADE;
DROP TABLE shown, facts;
DROP FUNCTION provoke, answers;
DROP EXTENSION flis;
DROP ROLE regress_flis_reader;
