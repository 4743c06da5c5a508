-- What sqlsmith works with: a database with flis, rows of each kind, and a catalog in which flis's
-- functions are many among few.  sqlsmith itself calls no set-returning function, but it reads views.
CREATE EXTENSION flis;
\set deck `cat :deck_file`
SELECT count(*) FROM flis_import_overview(:'deck', 2025);
INSERT INTO flis_release (area, cycle, planned_on) VALUES ('borger', '2025-12-01', '2025-12-15');
INSERT INTO flis_release (area, channel, cycle, cancelled) VALUES ('vh', 'dap', '2025-11-01', true);
INSERT INTO flis_notice (area, kind, started_on, note) VALUES
	('ky', 'access', '2025-12-01', 'Closed'), ('fsiii', 'completeness', '2025-05-01', 'Missing');
UPDATE flis_rule SET release_month = 9 WHERE area = 'stil';

CREATE TABLE decks AS SELECT :'deck'::text AS deck, 2025 AS year;
CREATE TABLE days (day date, area text, channel text);
INSERT INTO days
SELECT day, area, channel
FROM unnest(ARRAY['-infinity', '0001-01-01', '2025-06-30', '2025-11-10', '9999-12-31',
				  '5874897-12-31', NULL]::date[]) day,
	 unnest(ARRAY['borger', 'Ældre', 'stil', 'ukraine', 'nobody', NULL]) area,
	 unnest(ARRAY['datapakke', 'dap', '']) channel;
GRANT SELECT ON decks, days TO PUBLIC;

-- A view for each set-returning function that needs to be told of a day at most.
SELECT format('CREATE VIEW each_%1$s AS SELECT d.day AS asked_on, r.* FROM (SELECT DISTINCT day FROM days) d, '
			  'LATERAL %1$s(d.day) r WHERE d.day < ''infinity''', proname)
FROM pg_proc
WHERE proname LIKE 'flis\_%' AND proretset AND proargtypes[0] = 'date'::regtype
	  AND pronargs - pronargdefaults <= 1
\gexec
-- And of the functions that ask for an area one for each of some areas, as most texts name none.
SELECT format('CREATE FUNCTION %2$s_%1$s(day date) RETURNS %3$s LANGUAGE sql STABLE '
			  'RETURN %1$s(%2$L, day)', proname, area, prorettype::regtype)
FROM pg_proc, unnest(ARRAY['borger', 'fsiii', 'ky', 'stil', 'ukraine']) area
WHERE proname LIKE 'flis\_%' AND NOT proretset AND proargtypes[0] = 'text'::regtype
	  AND proargtypes[1] = 'date'::regtype AND pronargs - pronargdefaults <= 2
\gexec
CREATE VIEW each_deck AS SELECT r.* FROM decks d, LATERAL flis_parse_overview(d.deck, d.year) r;
CREATE FUNCTION import(deck text, year integer) RETURNS bigint LANGUAGE sql
	AS 'SELECT count(*) FROM flis_import_overview(deck, year)';

CREATE ROLE smith LOGIN;
GRANT INSERT, UPDATE, DELETE ON flis_area, flis_channel, flis_rule, flis_release, flis_status,
	flis_notice TO smith;

-- sqlsmith reads this in place of the catalog's: of the server's own functions and aggregates those
-- that have none but the types that flis speaks.
CREATE SCHEMA smith;
CREATE VIEW smith.pg_proc AS
	SELECT p.*
	FROM pg_catalog.pg_proc p,
		 (SELECT '{date,text,text[],integer,boolean,daterange}'::regtype[]::oid[]) spoken (types)
	WHERE p.proname LIKE '%flis\_%' OR p.proname = 'import'
		  OR p.prokind IN ('f', 'a') AND NOT p.proretset AND p.provolatile = 'i'
			 AND p.pronamespace = 'pg_catalog'::regnamespace AND p.prorettype = ANY (spoken.types)
			 AND p.proargtypes::oid[] <@ spoken.types;
-- It reads operators where they are, and would make most of its statements of polymorphic ones, with
-- NULLs that fit none.
DELETE FROM pg_operator o USING pg_type t
WHERE t.oid IN (o.oprleft, o.oprright) AND t.typname IN ('anyrange', 'anymultirange');
GRANT USAGE ON SCHEMA smith TO smith;
GRANT SELECT ON ALL TABLES IN SCHEMA smith TO smith;
ALTER ROLE smith SET search_path = smith, pg_catalog, public;
ALTER ROLE smith SET statement_timeout = '2s';
