-- Creating and dropping: in a schema of one's own, once, and without anything left behind.
CREATE SCHEMA warehouse;
CREATE EXTENSION flis SCHEMA warehouse;
SELECT warehouse.flis_data_through('borger', '2025-11-10') = date '2025-09-30' AS answers;
SELECT count(*) FROM warehouse.flis_oversigt;

-- All of it is there, and begins with flis_.
SELECT DISTINCT n.nspname
FROM pg_depend d JOIN pg_class c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid
	 JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE d.deptype = 'e' AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'flis');
SELECT pg_describe_object(classid, objid, 0)
FROM pg_depend
WHERE deptype = 'e' AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'flis')
	  AND pg_describe_object(classid, objid, 0) !~ '^(table|view|type|function|sequence) (warehouse\.)?flis_';

\set VERBOSITY terse
ALTER EXTENSION flis SET SCHEMA public;
CREATE EXTENSION flis SCHEMA public;
DROP TABLE warehouse.flis_rule;

-- A view of a user keeps it from being dropped by accident.
CREATE VIEW shown AS SELECT warehouse.flis_data_through('borger', '2025-11-10');
DROP EXTENSION flis;
DROP VIEW shown;
DROP EXTENSION flis;
SELECT count(*) AS left FROM pg_class WHERE relname LIKE 'flis%';
SELECT count(*) AS left FROM pg_proc WHERE proname LIKE 'flis%';
DROP SCHEMA warehouse;
