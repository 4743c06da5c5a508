-- Who may do what, and that no search_path changes an answer.
CREATE EXTENSION flis SCHEMA public;
SET datestyle = 'ISO, YMD';
CREATE ROLE regress_flis_reader;
CREATE ROLE regress_flis_loader;

-- Everybody reads and asks; nobody but the owner writes.
SET ROLE regress_flis_reader;
SELECT flis_data_through('borger', '2025-11-10'), (SELECT count(*) FROM flis_coverage('2025-11-10')) AS areas,
	   (SELECT count(*) FROM flis_municipality) AS municipalities;
\set VERBOSITY terse
INSERT INTO flis_status (as_of, area) VALUES ('2025-06-30', 'borger');
UPDATE flis_rule SET lag = 3;
DELETE FROM flis_release;
UPDATE flis_generation SET generation = gen_random_uuid();
SELECT flis_new_generation();
CREATE TEMP TABLE mine (n int);
CREATE TRIGGER mine BEFORE INSERT ON mine EXECUTE FUNCTION flis_new_generation();
RESET ROLE;

-- Whom the owner grants a reference table, that role needs no right on the generation.
GRANT INSERT, UPDATE, DELETE ON flis_status TO regress_flis_loader;
SET ROLE regress_flis_loader;
INSERT INTO flis_status (as_of, area, state) VALUES ('2025-11-10', 'borger', 'closed');
SELECT flis_data_through('borger', '2025-11-10');
DELETE FROM flis_status;
SELECT flis_data_through('borger', '2025-11-10');
UPDATE flis_generation SET generation = gen_random_uuid();
RESET ROLE;

-- Objects of the same names, first in the search_path: tables, functions, operators.
CREATE SCHEMA hostile;
CREATE TABLE hostile.flis_rule (LIKE flis_rule);
CREATE TABLE hostile.flis_status (LIKE flis_status);
CREATE TABLE hostile.flis_generation (LIKE flis_generation);
CREATE FUNCTION hostile.flis_data_through(text, date, text) RETURNS date LANGUAGE sql AS $$ SELECT date '1999-12-31' $$;
CREATE FUNCTION hostile.gen_random_uuid() RETURNS uuid LANGUAGE sql AS $$ SELECT NULL::uuid $$;
CREATE FUNCTION hostile.never(date, date) RETURNS boolean LANGUAGE sql AS $$ SELECT false $$;
CREATE OPERATOR hostile.<= (LEFTARG = date, RIGHTARG = date, FUNCTION = hostile.never);
CREATE OPERATOR hostile.= (LEFTARG = date, RIGHTARG = date, FUNCTION = hostile.never);
CREATE FUNCTION hostile.never(text, text) RETURNS boolean LANGUAGE sql AS $$ SELECT false $$;
CREATE OPERATOR hostile.= (LEFTARG = text, RIGHTARG = text, FUNCTION = hostile.never);
SET search_path = hostile, pg_catalog;
INSERT INTO public.flis_status (as_of, area, data_through) VALUES ('2025-11-10', 'dream', '2025-05-31');
UPDATE public.flis_rule SET lag = 2 WHERE area OPERATOR(pg_catalog.=) 'aula';
SELECT public.flis_data_through('borger', '2025-11-10') AS borger, public.flis_data_through('aula', '2025-11-10') AS aula,
	   public.flis_data_through('dream', '2025-11-10') AS dream,
	   public.flis_is_available('borger', '2025-09-30', '2025-11-10') AS available,
	   public.flis_common_through('{borger,dream}', '2025-11-10') AS common,
	   (SELECT count(*) FROM public.flis_coverage('2025-11-10')) AS coverage,
	   (SELECT count(*) FROM public.flis_oversigt) AS oversigt,
	   (SELECT count(*) FROM public.flis_rule_difference) AS difference;
SELECT lag, shipped FROM public.flis_rule WHERE area OPERATOR(pg_catalog.=) 'aula';
DELETE FROM public.flis_area WHERE area OPERATOR(pg_catalog.=) 'dream';
RESET search_path;

DROP SCHEMA hostile CASCADE;
DROP EXTENSION flis;
DROP TABLE mine;
DROP ROLE regress_flis_reader, regress_flis_loader;
