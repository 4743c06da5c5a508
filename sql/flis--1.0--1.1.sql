/* flis--1.0--1.1.sql */

-- complain if script is sourced in psql, rather than via ALTER EXTENSION
\echo Use "ALTER EXTENSION flis UPDATE TO '1.1'" to load this file. \quit

/*
 * Cubes whose periods or municipalities stand in dimensions.
 */

ALTER TABLE flis_cube
	ADD COLUMN period_dimension text,
	ADD COLUMN period_key text,
	ADD COLUMN period_value text,
	ADD COLUMN municipality_dimension text,
	ADD COLUMN municipality_key text,
	ADD COLUMN municipality_value text,
	ADD COLUMN is_primo boolean NOT NULL DEFAULT false,
	ADD CONSTRAINT flis_cube_period_dimension_is_schema_qualified
		CHECK (period_dimension OPERATOR(pg_catalog.~) '^("([^"]|"")+"|[^".[:space:]]+)[.]("([^"]|"")+"|[^".[:space:]]+)$'),
	ADD CONSTRAINT flis_cube_period_dimension_has_key_and_value
		CHECK (pg_catalog.num_nonnulls(period_dimension, period_key, period_value) OPERATOR(pg_catalog.=) ANY ('{0,3}')),
	ADD CONSTRAINT flis_cube_municipality_dimension_is_schema_qualified
		CHECK (municipality_dimension OPERATOR(pg_catalog.~) '^("([^"]|"")+"|[^".[:space:]]+)[.]("([^"]|"")+"|[^".[:space:]]+)$'),
	ADD CONSTRAINT flis_cube_municipality_dimension_has_column_key_and_value
		CHECK (pg_catalog.num_nonnulls(municipality_dimension, municipality_key, municipality_value) OPERATOR(pg_catalog.=) 0
			   OR pg_catalog.num_nonnulls(municipality_column, municipality_dimension, municipality_key, municipality_value) OPERATOR(pg_catalog.=) 4);
COMMENT ON COLUMN flis_cube.period_column IS 'Column with the reference period: a date or timestamp, or an integer or text in a form that flis_period_end() reads; where period_dimension is given, the key into it.';
COMMENT ON COLUMN flis_cube.municipality_column IS 'Column with the municipality code, a number or a text (101, ''101'' or ''0101''), of the municipality that delivers the row; where municipality_dimension is given, the key into it. NULL where there is none, or where the table holds one municipality alone.';
COMMENT ON COLUMN flis_cube.period_dimension IS 'Schema-qualified name of the table or view that holds the periods by key, written as in SQL; NULL: period_column holds them itself.';
COMMENT ON COLUMN flis_cube.period_key IS 'Its column with the key, which may be in any order; rows with a key that it does not have count for no period.';
COMMENT ON COLUMN flis_cube.period_value IS 'Its column with the period, of a type and form that period_column could have.';
COMMENT ON COLUMN flis_cube.municipality_dimension IS 'Schema-qualified name of the table or view that holds the municipality codes by key; NULL: municipality_column holds them itself.';
COMMENT ON COLUMN flis_cube.municipality_key IS 'Its column with the key.';
COMMENT ON COLUMN flis_cube.municipality_value IS 'Its column with the municipality code.';
COMMENT ON COLUMN flis_cube.is_primo IS 'True: rows bear the day after the period that they describe, as a count on the 1st of May describes the end of April; a month or another period that is written stands for the one before.';

-- Calendars that end where data may be shown.
CREATE FUNCTION flis_guard_calendar(dimension text, value_column text, areas text[], view text,
									channel text DEFAULT 'datapakke') RETURNS text
	LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE COST 10000 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION flis_guard_calendar(text, text, text[], text, text) IS 'Creates a view over a time dimension that ends where all of some areas may be shown, and returns its qualified name.
A key figure that reads the view in place of the dimension needs no bound of its own: no row of a fact table joins a day behind its end.
dimension: the table or view, with or without a schema;
value_column: its column with the day or the period, as written in the catalog: a date or timestamp, or a number or text in a form that flis_period_end() reads;
areas: what the key figure depends on, which need not be the area under which it is filed; the view ends at flis_common_through(areas, CURRENT_DATE, channel);
view: name of the view, with or without a schema.
The view has the dimension''s columns and comments, and is empty while one of the areas is closed.
Rows that are counted on the first day after their period need a dimension that says so: guard a view over it with a column for the day before.
Needs SELECT on the dimension and CREATE on the schema of the view; the view reads the dimension with its owner''s rights.
Errors: no area, or an unknown area or channel 22023; no such table 42P01, column 42703, or another type of column 42804; form not known 55000; the view exists 42P07.
Source: of flis 1.1, in place of bounds by the clock such as EOMONTH(GETDATE(), -1).';

-- What follows what.
ALTER TABLE flis_channel ADD COLUMN follows text COLLATE "C";
ALTER TABLE flis_channel ADD COLUMN days_after integer NOT NULL DEFAULT 0;
ALTER TABLE flis_channel ADD CONSTRAINT flis_channel_does_not_follow_itself
	CHECK (follows OPERATOR(pg_catalog.<>) channel);
ALTER TABLE flis_channel ADD CONSTRAINT flis_channel_days_after_are_0_to_366
	CHECK (days_after OPERATOR(pg_catalog.>=) 0 AND days_after OPERATOR(pg_catalog.<=) 366);
COMMENT ON COLUMN flis_channel.follows IS 'The channel that this one follows, by its code: a release is out no earlier than days_after days after that one''s release of the same area and cycle, and is cancelled with it, unless its own released_on is recorded. NULL: none. Channels do not follow each other in a circle.';
COMMENT ON COLUMN flis_channel.days_after IS 'How many days (0 to 366) after the release of the channel that it follows; 0 for an area that comes daily.';
CREATE FUNCTION flis_follows_channel() RETURNS trigger
	LANGUAGE C AS 'MODULE_PATHNAME';
REVOKE EXECUTE ON FUNCTION flis_follows_channel() FROM PUBLIC; -- as above
COMMENT ON FUNCTION flis_follows_channel() IS 'Internal trigger of flis_channel: refuses a row that follows a channel that there is not (error 23503, except in a restore), one that makes channels follow each other in a circle (error 23514), and to delete the last version of a channel that another follows (error 23503).';
CREATE TRIGGER flis_follows_channel
	AFTER INSERT OR UPDATE OR DELETE ON flis_channel
	FOR EACH ROW EXECUTE FUNCTION flis_follows_channel();
UPDATE flis_channel SET follows = 'udlaesning' WHERE channel = 'datapakke' AND valid_from = '0001-01-01';
UPDATE flis_channel SET follows = 'datapakke', days_after = 2
WHERE channel = 'dap' AND valid_from = '0001-01-01';

-- Last, after all parts.
SELECT flis_note_installed();
