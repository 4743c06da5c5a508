/* flis--1.0--1.1.sql */

-- complain if script is sourced in psql, rather than via ALTER EXTENSION
\echo Use "ALTER EXTENSION flis UPDATE TO '1.1'" to load this file. \quit

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

-- Last, after all parts.
SELECT flis_note_installed();
