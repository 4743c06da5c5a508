-- A status deck is stored wholly or not at all, an import says what is new, and the same deck twice
-- changes nothing.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';
\set june `cat "$PG_ABS_SRCDIR/data/deck-plain.txt"`

-- The deck of 30 June, into an empty table.
SELECT area, as_of, data_through, state, change, previous_as_of, differs
FROM flis_import_overview(:'june', 2025);
SELECT area, as_of, data_through, state, complete, benchmarkable, frequency, source, note
FROM flis_status
WHERE area IN ('borger', 'noegletal', 'vh')
ORDER BY area;

-- What is stored is what the parser reads.
SELECT count(*) AS different
FROM (SELECT area, as_of, data_through, state, complete, benchmarkable, frequency, source, note
	  FROM flis_parse_overview(:'june', 2025)
	  EXCEPT
	  SELECT area, as_of, data_through, state, complete, benchmarkable, frequency, source, note
	  FROM flis_status) d;

-- The same deck once more: no row is written, no trigger fires, the generation stays.
CREATE TEMPORARY TABLE before AS
	SELECT s.xmin::text AS written_by, s.ctid AS place, s.area, s.recorded_at, g.generation
	FROM flis_status s, flis_generation g;
SELECT change, count(*) FROM flis_import_overview(:'june', 2025) GROUP BY change;
SELECT count(*) AS different
FROM (SELECT s.xmin::text AS written_by, s.ctid AS place, s.area, s.recorded_at, g.generation
	  FROM flis_status s, flis_generation g
	  EXCEPT TABLE before) d;

-- The same deck corrected: one row changes, and is recorded anew.
SELECT area, data_through, state, change, previous_as_of
FROM flis_import_overview(replace(:'june', 'VH Månedligt April', 'VH Månedligt Marts'), 2025)
WHERE change <> 'unchanged';
SELECT s.area, s.data_through, s.recorded_at > b.recorded_at AS recorded_anew
FROM flis_status s JOIN before b USING (area)
WHERE s.recorded_at <> b.recorded_at;

-- Whichever column differs, the row is changed.
CREATE FUNCTION pg_temp.changed(deck text, name text, value text) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('UPDATE flis_status SET %I = %L WHERE area = ''vh''', name, value);
	RETURN (SELECT count(*) FROM flis_import_overview(deck, 2025) WHERE change = 'changed');
END $$;
BEGIN;
SELECT name, pg_temp.changed(:'june', name, value)
FROM (VALUES ('data_through', '2025-03-31'), ('state', 'not_reported'), ('complete', 'false'), ('benchmarkable', 'true'),
			 ('frequency', 'x'), ('source', 'x'), ('note', 'x')) v (name, value);
ROLLBACK;

-- The whole deck a month later is warned of nothing.
BEGIN;
SELECT change, count(*) FROM flis_import_overview(replace(:'june', 'pr. 30/6', 'pr. 31/7'), 2025) GROUP BY change;
ROLLBACK;

-- One that was cut off names what it lacks, until its other slide has come.
BEGIN;
SELECT change, count(*)
FROM flis_import_overview('Oversigt pr. 31/7' || split_part(:'june', 'Oversigt pr. 30/6', 2), 2025) GROUP BY change;
SELECT change, count(*)
FROM flis_import_overview('Oversigt pr. 31/7' || split_part(:'june', 'Oversigt pr. 30/6', 3), 2025) GROUP BY change;
ROLLBACK;

-- A retired area is not missed, and neither is one that has no place in the deck.
BEGIN;
UPDATE flis_area SET retired = true WHERE area NOT IN ('yr', 'dream', 'stil');
INSERT INTO flis_status (as_of, area) VALUES ('2025-07-01', 'stil');
SELECT area, change FROM flis_import_overview(E'Oversigt pr. 31/7\nYR Månedligt Maj YR -', 2025);
ROLLBACK;

-- Codes of one letter are named one by one.
BEGIN;
UPDATE flis_area SET retired = true WHERE area <> 'yr';
INSERT INTO flis_area (area, name) VALUES ('a', 'A'), ('b', 'B');
SELECT area, change FROM flis_import_overview(E'Oversigt pr. 31/7\nYR Månedligt Maj YR -', 2025);
ROLLBACK;

-- A month that was mistyped is that of the year before, and the area reaches less far than it did.
BEGIN;
SELECT area, data_through, previous_data_through
FROM flis_import_overview(replace(replace(:'june', 'pr. 30/6', 'pr. 31/7'), 'Økonomi Månedligt April', 'Økonomi Månedligt August'), 2025)
WHERE differs <> '{}';
ROLLBACK;

-- What a careful colleague would ask about: a month that is too late, one that became a dash, a dash
-- beside a note that all is well, words of closing beside a month, an area that somebody added.  The
-- comparison warns alike and stores nothing; a first row may be one month ahead of its rule.
BEGIN;
INSERT INTO flis_area (area, name, part_of) VALUES ('hjem', 'Hjem', NULL), ('hjem_del', 'Hjem, en del', 'hjem');
\set july `sed -e 's|pr. 30/6|pr. 31/7|' -e 's/^Borger Månedligt April/Borger Månedligt Juli/' -e 's/^Økonomi Månedligt April/Økonomi Månedligt -/' -e 's/^KP Månedligt April KP Kører efter planen/KP Månedligt - KP Er taget ned for en tid./' -e 's/^KY Månedligt April KY Kører efter planen/KY Månedligt Maj KY Området er lukket, mens systemet flytter./' "$PG_ABS_SRCDIR/data/deck-plain.txt"`
SELECT area, data_through, state, change, previous_data_through, differs
FROM flis_compare_overview(:'july', 2025)
WHERE area IN ('borger', 'oekonomi', 'kp', 'ky');
SELECT count(*) AS stored FROM flis_status WHERE as_of = '2025-07-31';
\set VERBOSITY terse
CREATE TEMPORARY TABLE compared AS SELECT * FROM flis_compare_overview(:'july', 2025);
SELECT count(*) AS different FROM (TABLE compared EXCEPT SELECT * FROM flis_import_overview(:'july', 2025)) d;
\set VERBOSITY default
-- An area that is closed has no answer; the deck is taken back, and the answers are those before it.
SELECT area, flis_data_through(area, '2025-08-01') FROM flis_area WHERE area IN ('borger', 'oekonomi', 'kp', 'ky') ORDER BY position;
SELECT flis_withdraw_overview('2025-07-31') AS rows, flis_withdraw_overview('2025-07-31') AS again;
SELECT area, flis_data_through(area, '2025-08-01') FROM flis_area WHERE area IN ('borger', 'oekonomi', 'kp', 'ky') ORDER BY position;
ROLLBACK;

-- The next deck: what differs from each area's deck before.
SELECT area, as_of, data_through, state, change, previous_as_of, previous_data_through,
	   previous_state, differs
FROM flis_import_overview(E'Oversigt pr. 31/7\n'
						  'Borger Månedligt Maj CPR-registret Kører efter planen\n'
						  'Borger Flex Månedligt Maj CPR-registret Kører efter planen\n'
						  'Nøgletal Månedligt April - -\n'
						  'VH Månedligt Maj Danmarks Statistik Kører efter planen\n'
						  'DFDG Månedligt Maj DFDG (STAR) Vi har åbnet igen.', 2025);

-- A deck that comes late is compared with the one before it, not with the one after.
SELECT area, as_of, change, previous_as_of, differs
FROM flis_import_overview(E'Oversigt pr. 15/7\nYR Månedligt April YR -\nNøgletal Månedligt April - -', 2025);
SELECT area, as_of, change, previous_as_of, differs
FROM flis_import_overview(E'Oversigt pr. 31/5\nYR Månedligt Marts YR -', 2025);

-- All or nothing: the last row is unknown, so the first is not stored either.
SELECT count(*) FROM flis_import_overview(E'Oversigt pr. 31/8\nBorger Månedligt Juni - -\nKlima Månedligt Juni - -', 2025);
SELECT count(*) FROM flis_import_overview(E'Oversigt pr. 31/8\nBorger Månedligt Juni - -', 2024 + 8000);
SELECT count(*) FROM flis_status WHERE as_of > '2025-07-31';

-- Notes that have words of closing, or speak of missing data or of benchmarks without saying clearly that
-- they are not there, are named.
SELECT area, state
FROM flis_compare_overview(E'Oversigt pr. 31/8\n'
						   'Borger Månedligt Juni CPR-registret Adgangen åbner igen, når fejlen er rettet.\n'
						   'VH Månedligt Juni Danmarks Statistik De manglende data er indlæst.\n'
						   'KY Månedligt Juni KY Data kan ikke tilgås.\n'
						   'KP Månedligt Juni KP Benchmark frarådes.\n'
						   'DFDG Månedligt Juni DFDG (STAR) Der mangler data fra YR.\n'
						   'Dagtilbud Månedligt Juni Danmarks Statistik og Aula Data fra Aula mangler.\n'
						   'YR Månedligt Juni YR Der mangler ikke data.', 2025);

-- Each word of closing, of gaps and of benchmarks counts, and of two words no more may stand between them than is
-- said: the first deck has as many as may, the second one more.  The areas are those of the deck in its order.
CREATE FUNCTION pg_temp.noted(VARIADIC notes text[]) RETURNS text LANGUAGE sql AS $$
	SELECT E'Oversigt pr. 31/8\n' || string_agg(concat_ws(E'\t', name, 'Månedligt', CASE WHEN name IN ('KRL Personale', 'DREAM') THEN 'Marts' ELSE 'Juni' END, '-', coalesce(note, '-')), E'\n' ORDER BY i)
	FROM (SELECT row_number() OVER (ORDER BY position) AS i, name FROM flis_area WHERE position IS NOT NULL) a
		 LEFT JOIN unnest(notes) WITH ORDINALITY n (note, i) USING (i)
$$;
SELECT area FROM flis_compare_overview(pg_temp.noted(
	'Der er begrænset adgang.', 'Kuben er ude af drift.', 'Kuben er ud af drift.', 'Vi venter med at åbne.', 'Der er ingen fri adgang.',
	'Der er ikke fri adgang.', 'Data er ikke helt tilgængelige.', 'Kuben er på kort pause.', 'Tal kan ikke helt vises.',
	'Kuben forventes snart åbnet.', 'Kuben forventes snart genåbnet.'), 2025) WHERE area = 'borger';
SELECT area FROM flis_compare_overview(pg_temp.noted(
	'Der er begrænset ny adgang.', 'Kuben er ude af fuld drift.', 'Kuben er ud af fuld drift.', 'Vi venter med at snart åbne.', 'Der er ingen helt fri adgang.',
	'Der er ikke helt fri adgang.', 'Data er ikke helt frit tilgængelige.', 'Kuben er på en kort pause.', 'Tal kan ikke lige nu vises.',
	'Kuben forventes helt snart åbnet.', 'Kuben forventes helt snart genåbnet.'), 2025) WHERE area = 'borger';
SELECT area FROM flis_compare_overview(pg_temp.noted(
	'Odder er ikke med.', 'Tal for Odder ikke er med.', 'De fleste er her.', 'Alt bortset fra Odder.', 'Alt på nær Odder.',
	'Tallene var ikke helt komplette.', 'Tallene var ikke helt fuldstændige.', 'Vi har ikke nye data.', 'Der er ingen nye data.',
	'Odder ikke helt indgår.', 'Det er ikke nær alle.', 'Tallene er ikke helt retvisende.', 'Mangel på tal.', 'Der er huller.', 'Der er udfald.',
	'Der er datatab.', 'Datamangel i Odder.'), 2025) WHERE area = 'borger';
SELECT area FROM flis_compare_overview(pg_temp.noted(
	'Odder er ikke endnu med.', 'Tal for Odder ikke er helt med.', 'De aller fleste er her.', 'Alt bortset helt fra Odder.', 'Alt på ret nær Odder.',
	'Tallene var ikke endnu helt komplette.', 'Tallene var ikke endnu helt fuldstændige.', 'Vi har ikke helt nye data.', 'Der er ingen helt nye data.',
	'Odder ikke endnu helt indgår.', 'Det er ikke helt nær alle.', 'Tallene er ikke endnu helt retvisende.', 'Mangler ikke data.'), 2025) WHERE area = 'borger';
-- Another area is told of only where something is stored of its name's sentence; it is a word of its own, or has a
-- hyphen or punctuation behind it.
SELECT area FROM flis_compare_overview(pg_temp.noted(
	'Se også KY.', 'KY er lukket for adgang.', 'Der er lukket for adgang til KY-data.', 'Der er lukket for adgang til KYX.', 'Der er lukket for adgang til Borger.',
	'Der mangler data fra KY her.', 'Tallene for KY er ikke sammenlignelige.', 'Der er lukket for adgang til Udsatte børn og unge nu.', 'Der er lukket for adgang til ky.', 'Der mangler data fra Aula nu.'), 2025) WHERE area = 'borger';

-- Text that is read by nobody is told of with its first line and how many lines there are.  In a table of cells the
-- heading of a group is none, unless it could be a sentence: it begins with an area, has more than six words, or ends.
SELECT area FROM flis_compare_overview('Tekst før titlen' || E'\n\n' || pg_temp.noted(NULL), 2025) WHERE area = 'borger';
SELECT area FROM flis_compare_overview(replace(pg_temp.noted(NULL), E'31/8\n', E'31/8\nTekst efter titlen\n'), 2025) WHERE area = 'borger';
SELECT area FROM flis_compare_overview(E'YR;Månedligt;Juni;YR;-\n\nTekst efter en række.\n\nOversigt pr. 31/8', 2025);
SELECT area FROM flis_compare_overview(pg_temp.noted(NULL) || E'\nAlt om et helt nyt emne\t\t\t\t\nAlle\t\t\t\t', 2025) WHERE area = 'borger';
SELECT area FROM flis_compare_overview(pg_temp.noted(NULL) || E'\nAlt om et helt og aldeles nyt emne\t\t\t\t\nKY og andre\t\t\t\t\nKRL Personale og andre\t\t\t\t\nAndre.\t\t\t\t', 2025) WHERE area = 'borger';

-- So are a month of the year before where no deck or one long before tells, cells without even a dash, as
-- merged ones leave them, and text outside the tables, in each of the three forms.
\set places `cat "$PG_ABS_SRCDIR/data/deck-places.tsv"`
SELECT area, data_through, state
FROM flis_compare_overview(E'Oversigt pr. 31/8\nDataområde\tFrekvens\tData t.o.m.\tKilde\tDrift\n'
						   'Skole\tMånedligt\tSeptember\tAula\tKører efter planen\nNye felter følger.\t\t\t\t\nAula\tMånedligt\tJuni\tAula\t\n\n'
						   'Bemærk: Aula lukker i uge 36.', 2024);
BEGIN;
INSERT INTO flis_status (area, as_of, data_through, state) VALUES ('yr', '2024-05-31', '2024-03-31', 'on_schedule');
SELECT area, data_through FROM flis_compare_overview(E'Oversigt pr. 30/11\nYR Månedligt April YR -', 2024);
SELECT area, data_through FROM flis_compare_overview(E'Oversigt pr. 31/12\nYR Månedligt April YR -', 2024);
UPDATE flis_status SET data_through = '2024-04-30' WHERE area = 'yr' AND as_of = '2024-05-31';
SELECT area, data_through FROM flis_compare_overview(E'Oversigt pr. 30/11\nYR Månedligt April YR -', 2024);
SELECT area, data_through FROM flis_compare_overview(E'Oversigt pr. 31/12\nYR Månedligt April YR -', 2024);
-- Nothing was expected of a new area when its first deck came; the next one is compared with the rule alone.
INSERT INTO flis_area (area, name) VALUES ('ny', 'Ny');
INSERT INTO flis_rule (area, valid_from) VALUES ('ny', '2024-06-01');
INSERT INTO flis_status (area, as_of, data_through, state) VALUES ('ny', '2024-05-31', '2024-03-31', 'on_schedule');
SELECT area, data_through FROM flis_compare_overview(E'Oversigt pr. 30/6\nNy Månedligt Maj - -', 2024);
SELECT area, data_through FROM flis_compare_overview(E'Oversigt pr. 30/11\nNy Månedligt April - -', 2024);
SELECT area, data_through FROM flis_compare_overview(E'Oversigt pr. 31/12\nNy Månedligt April - -', 2024);
SELECT area, data_through FROM flis_compare_overview(E'Oversigt pr. 30/11\nKP Månedligt April - -', 2024);
SELECT area, data_through FROM flis_compare_overview(E'Oversigt pr. 31/12\nKP Månedligt April - -', 2024);
DELETE FROM flis_status WHERE area = 'ny';
DELETE FROM flis_rule WHERE area = 'ny';
-- Nothing is expected of an area without a rule, so it is not behind.
SELECT area, data_through FROM flis_compare_overview(E'Oversigt pr. 31/12\nNy Månedligt April - -', 2024);
DELETE FROM flis_area WHERE area = 'ny';
-- One that was a month ahead may stay so.
SELECT area, data_through FROM flis_compare_overview(E'Oversigt pr. 30/6\nYR Månedligt Maj YR -', 2024);
SELECT area, data_through FROM flis_compare_overview(E'Oversigt pr. 30/6\nYR Månedligt Juni YR -', 2024);
UPDATE flis_status SET data_through = '2024-03-31' WHERE area = 'yr' AND as_of = '2024-05-31';
SELECT area, data_through
FROM flis_compare_overview(E'Oversigt pr. 31/5\nSkole Månedligt Marts Aula -\nYR Månedligt Juni YR -', 2025);
ROLLBACK;
SELECT area
FROM flis_compare_overview(E'Oversigt pr. 31/8\nSkole Månedligt Juni Aula Kører efter planen\n\fSkoler\nAula lukker i uge 36.', 2025);
SELECT count(*)
FROM flis_compare_overview(regexp_replace(:'places', E'\n5\t3', E'\n5\t3\t0\t0\t0\t0\t340\t50\t35\t14\t100\tBemærk\n5\t3'), 2025);
SELECT count(*)
FROM flis_compare_overview(regexp_replace(:'places', E'\n5\t3', E'\n5\t3\t0\t0\t0\t0\t340\t50\t35\t14\t100\tNyt\n5\t3\t0\t0\t0\t0\t380\t50\t35\t14\t100\tfra\n5\t3\t0\t0\t0\t0\t420\t50\t35\t14\t100\tos'
											   || E'\n5\t3\t0\t0\t0\t0\t200\t30\t35\t14\t100\tJuni\n5\t3'), 2025);
-- A line that stands on a page without a table as well is a part of all pages; a page without a table is told of when
-- there has been a row.
SELECT pages, area FROM (VALUES
	('1,20,10,Samdrift 1,60,10,nu 2,20,10,Samdrift 2,60,10,nu 2,20,20,Oversigt 2,60,20,pr. 2,100,20,30/6'),
	('2,20,20,Oversigt 2,60,20,pr. 2,100,20,30/6 3,20,10,Samdrift'),
	('2,20,10,Samdrift 2,20,20,Oversigt 2,60,20,pr. 2,100,20,30/6 3,20,70,Samdrift')) v (pages),
	LATERAL (SELECT E'level\tpage_num\tpar_num\tblock_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext'
		|| string_agg(format(E'\n5\t%s\t0\t0\t0\t0\t%s\t%s\t20\t10\t100\t%s', w[1], w[2], w[3], w[4]), '' ORDER BY w[1]::integer, n) AS deck
	FROM string_to_table(pages || ' 2,20,40,Dataområde 2,100,40,Opdateringsfrekvens 2,200,40,Data 2,240,40,t.o.m. 2,300,40,Kilde 2,460,40,Drift'
		|| ' 2,20,70,YR 2,100,70,Månedligt 2,200,70,April 2,300,70,YR 2,460,70,-', ' ') WITH ORDINALITY AS t (line, n), string_to_array(line, ',') w) d,
	flis_compare_overview(deck, 2025);
SELECT count(*)
FROM flis_compare_overview(:'places' || E'\n5\t9\t0\t0\t0\t0\t36\t30\t40\t14\t100\tBemærk', 2025);

-- A deck whose day is still to come was most likely read with the wrong year.
BEGIN;
SELECT area, as_of, data_through
FROM flis_import_overview(E'Oversigt pr. 31/12\nYR Månedligt Oktober YR -', 9999);
ROLLBACK;

-- A retired area counts as deleted.
BEGIN;
UPDATE flis_area SET retired = true WHERE area = 'yr';
SELECT count(*) FROM flis_import_overview(E'Oversigt pr. 31/8\nYR Månedligt Juni YR -', 2025);
ROLLBACK;
BEGIN;
UPDATE flis_area SET retired = true, name = 'Ydelsesrefusion' WHERE area = 'yr';
SELECT flis_data_through('ydelsesrefusion');
ROLLBACK;
BEGIN;
UPDATE flis_area SET retired = true, name = 'Ydelsesrefusion' WHERE area = 'yr';
INSERT INTO flis_cube (cube, area, period_column) VALUES ('dw.yr', 'Ydelsesrefusion', 'month');
ROLLBACK;

-- Neither operators nor tables of the caller's search_path are used.
CREATE SCHEMA flis_hostile;
CREATE FUNCTION flis_hostile.never(date, date) RETURNS boolean LANGUAGE sql AS 'SELECT false';
CREATE FUNCTION flis_hostile.never(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT false';
CREATE OPERATOR flis_hostile.= (FUNCTION = flis_hostile.never, LEFTARG = date, RIGHTARG = date);
CREATE OPERATOR flis_hostile.< (FUNCTION = flis_hostile.never, LEFTARG = date, RIGHTARG = date);
CREATE OPERATOR flis_hostile.= (FUNCTION = flis_hostile.never, LEFTARG = text, RIGHTARG = text);
CREATE TABLE flis_hostile.flis_status (LIKE flis_status);
CREATE TABLE flis_hostile.flis_area (LIKE flis_area);
SET search_path = flis_hostile, pg_catalog;
SELECT area, change, previous_as_of, differs
FROM public.flis_import_overview(E'Oversigt pr. 31/7\n'
								 'Borger Månedligt Maj CPR-registret Kører efter planen\n'
								 'Nøgletal Månedligt Maj - -', 2025);
SELECT count(*) AS hostile_rows FROM flis_hostile.flis_status;
RESET search_path;
\set VERBOSITY terse
DROP SCHEMA flis_hostile CASCADE;
\set VERBOSITY default

-- The caller's rights decide who may store; everybody may read a deck.
\set VERBOSITY terse
CREATE ROLE regress_flis_reader;
SET ROLE regress_flis_reader;
SELECT area, data_through FROM flis_parse_overview(E'Oversigt pr. 31/8\nYR Månedligt Juni YR -', 2025);
SELECT count(*) FROM flis_import_overview(E'Oversigt pr. 31/8\nYR Månedligt Juni YR -', 2025);
SELECT change FROM flis_compare_overview(E'Oversigt pr. 31/8\nYR Månedligt Juni YR -', 2025);
SELECT flis_withdraw_overview('2025-08-31');
RESET ROLE;
GRANT INSERT, UPDATE, DELETE ON flis_status TO regress_flis_reader;
SET ROLE regress_flis_reader;
SELECT area, change FROM flis_import_overview(E'Oversigt pr. 31/8\nYR Månedligt Juni YR -', 2025);
SELECT flis_withdraw_overview('2025-08-31');
SELECT area, change FROM flis_import_overview(E'Oversigt pr. 31/8\nYR Månedligt Juni YR -', 2025);
RESET ROLE;
REVOKE ALL ON flis_status FROM regress_flis_reader;
DROP ROLE regress_flis_reader;
\set VERBOSITY default

-- A table that was altered or that somebody guards is named, and nothing is stored.
BEGIN;
ALTER TABLE flis_status RENAME COLUMN frequency TO often;
SELECT count(*) FROM flis_import_overview(E'Oversigt pr. 30/9\nYR Månedligt Juni YR -', 2025);
ROLLBACK;
BEGIN;
ALTER TABLE flis_status RENAME COLUMN note TO remark;
SELECT count(*) FROM flis_import_overview(E'Oversigt pr. 30/9\nYR Månedligt Juni YR -', 2025);
ROLLBACK;
BEGIN;
CREATE FUNCTION pg_temp.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER refuse BEFORE INSERT ON flis_status FOR EACH ROW EXECUTE FUNCTION pg_temp.refuse();
SELECT count(*) FROM flis_import_overview(E'Oversigt pr. 30/9\nYR Månedligt Juni YR -', 2025);
ROLLBACK;
\set VERBOSITY terse
BEGIN TRANSACTION READ ONLY;
SELECT count(*) FROM flis_import_overview(E'Oversigt pr. 30/9\nYR Månedligt Juni YR -', 2025);
ROLLBACK;
SELECT count(*) FROM flis_status WHERE as_of > '2025-08-31';
DROP EXTENSION flis;

-- In a schema of its own, which the caller's search_path doesn't name.
CREATE SCHEMA "flis Data";
CREATE EXTENSION flis SCHEMA "flis Data";
SELECT change, count(*) FROM "flis Data".flis_import_overview(:'june', 2025) GROUP BY change;
SELECT count(*) FROM "flis Data".flis_status;
DROP EXTENSION flis;
DROP SCHEMA "flis Data";
