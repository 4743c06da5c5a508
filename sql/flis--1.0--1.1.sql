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

-- Municipalities: waivers decide answers, too.
COMMENT ON TABLE flis_generation IS 'Internal: one value that names the visible contents of the reference tables. A change of flis_area, flis_channel, flis_rule, flis_release, flis_status, flis_notice or flis_waiver draws a new one, so that a session keeps its cached rows exactly as long as its snapshot sees the value they were read at.';
CREATE TRIGGER flis_new_generation
	BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON flis_waiver
	FOR EACH STATEMENT EXECUTE FUNCTION flis_new_generation();
CREATE TRIGGER flis_new_generation_row
	BEFORE INSERT OR UPDATE OR DELETE ON flis_waiver
	FOR EACH ROW EXECUTE FUNCTION flis_new_generation();
CREATE TRIGGER flis_new_generation_after
	AFTER INSERT OR UPDATE OR DELETE ON flis_waiver
	FOR EACH STATEMENT EXECUTE FUNCTION flis_new_generation();
ALTER TABLE flis_waiver ENABLE ALWAYS TRIGGER flis_new_generation;
ALTER TABLE flis_waiver ENABLE ALWAYS TRIGGER flis_new_generation_after;
ALTER TABLE flis_waiver ENABLE ALWAYS TRIGGER flis_new_generation_row;
CREATE FUNCTION flis_municipality_through(area text, municipality integer,
										  on_day date DEFAULT CURRENT_DATE,
										  channel text DEFAULT 'datapakke') RETURNS date
	LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION flis_municipality_through(text, integer, date, text) IS 'Last day that readers should use of one municipality''s data of an area, inclusive.
It is flis_data_through(area, on_day, channel), less what notices in force on on_day take away that name the municipality by its number and are of kind access or completeness, or are of access for all: then it is the last day before the unbroken run of named periods that ends with the area''s newest.
municipality: its code; one that nobody names answers as the area does, known to flis_municipality or not.
NULL where the municipality is waived in the area''s newest period or in the one found, for a closed area, where nothing is known and where all periods are named; errors as flis_data_through.
Called once a row, as flis_data_through is.';

-- Which municipalities a fact table has.
CREATE FUNCTION flis_matrix(cube text, from_day date, until_day date,
							on_day date DEFAULT CURRENT_DATE)
	RETURNS TABLE (municipality smallint, name text, period_from date, data_through date,
				   rows bigint, state text)
	LANGUAGE C STABLE STRICT PARALLEL UNSAFE ROWS 1000 COST 100000 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION flis_matrix(text, date, date, date) IS 'One row for each municipality and period of the area, by municipality and period: what a table of flis_cube has of it.
The periods are those from the one that contains from_day through the one that contains until_day; rows of periods that end in one count for it.
period_from, data_through: the period''s first and last day;
rows: how many the table has;
state: the first that holds of reported (there are rows), waived (by flis_waiver, or by a notice of kind access or completeness that names the municipality and is in force on on_day), closed (the area is, on on_day), not_due (the period lies after the area''s data_through on on_day) and missing.
Reads with the caller''s rights; errors as flis_reporting.
Example: SELECT * FROM flis_matrix(''warehouse.borger'', ''2025-01-01'', ''2025-12-31'') WHERE state = ''missing''.';

CREATE FUNCTION flis_gaps(cube text, on_day date DEFAULT CURRENT_DATE)
	RETURNS TABLE (municipality smallint, period_from date, data_through date)
	LANGUAGE C STABLE STRICT PARALLEL UNSAFE ROWS 10 COST 100000 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION flis_gaps(text, date) IS 'The holes of a table of flis_cube: periods without rows between a municipality''s first and its newest with rows.
Periods between the table''s first and newest that nobody has rows of come first, once each, with municipality NULL; they are all that there is where the cube has no municipality column.
period_from, data_through: the period''s first and last day.
Periods for which the municipality is waived (as in flis_matrix) and those after the area''s data_through on on_day are left out; none are listed where that is NULL.
Reads with the caller''s rights; errors as flis_reporting.';

CREATE FUNCTION flis_panel(cube text, from_day date, until_day date)
	RETURNS TABLE (municipality smallint)
	LANGUAGE C STABLE STRICT PARALLEL UNSAFE ROWS 98 COST 100000 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION flis_panel(text, date, date) IS 'The municipalities that have rows in every period, so that two periods are compared over the same ones.
The periods are those from the one that contains from_day through the one that contains until_day, without those after the area''s data_through of today; where none is left nobody is listed.
A municipality that is waived in one of them (as in flis_matrix) is left out.
A mean over a join leaves out who has no row without a word, so that a month seems to rise when a small municipality is late: join the panel instead.
Reads with the caller''s rights; errors as flis_reporting.';

-- Last, after all parts.
SELECT flis_note_installed();
