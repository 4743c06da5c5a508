/*
 * loaders.sql
 *		A schema of the loader's own, and a table in it that is watched before it is there.
 */
CREATE SCHEMA loaded AUTHORIZATION loader;
GRANT USAGE ON SCHEMA loaded TO analyst;
INSERT INTO metadata.flis_cube (cube, area, period_column, municipality_column)
VALUES ('loaded.facts', 'borger', 'month', 'municipality');
