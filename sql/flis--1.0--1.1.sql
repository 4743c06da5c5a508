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

-- An area's name in flis_cube.
CREATE FUNCTION flis_area_to_code() RETURNS trigger
	LANGUAGE C AS 'MODULE_PATHNAME';
REVOKE EXECUTE ON FUNCTION flis_area_to_code() FROM PUBLIC; -- for these tables' triggers alone
COMMENT ON FUNCTION flis_area_to_code() IS 'Internal trigger of flis_cube: replaces the name or alias of an area, in any case, by its code. A word that names none stays, and flis_names_area refuses the row.';
CREATE TRIGGER flis_area_to_code
	BEFORE INSERT OR UPDATE ON flis_cube
	FOR EACH ROW EXECUTE FUNCTION flis_area_to_code();
COMMENT ON COLUMN flis_cube.area IS 'The area whose data the table holds; its name or an alias is stored as its code.';

-- Loading.
ALTER FUNCTION flis_parse_overview(text, integer) CALLED ON NULL INPUT;
COMMENT ON FUNCTION flis_parse_overview(text, integer) IS 'The rows of a status deck, given as text; nothing is stored.
deck: the words of its PDF with their places (pdftotext -tsv), a table copied from PowerPoint or Excel, Markdown, CSV or psql''s output, or running text (pdftotext -raw). Text whose columns only blanks keep apart is refused;
year: of the deck''s day, 2000 to 9999; may be NULL where the deck''s title prints it, and must not contradict it;
line: where the row''s frequency stands in the text;
data_through: last day of the month printed, the latest on or before the deck''s day, NULL for "-"; a quarter, half-year or week counts where the area''s rule counts in those; state is closed for "-", whatever the note says; else state, complete and benchmarkable follow from phrases of the note, NULL where it says nothing.
A deck that cannot be read without doubt, names an unknown area or one twice, or is longer than 16 MB: error 22023 with the line and its text.';
ALTER FUNCTION flis_import_overview(text, integer) CALLED ON NULL INPUT;
COMMENT ON FUNCTION flis_import_overview(text, integer) IS 'Stores the rows of a status deck into flis_status: all of them or, on an error, none.
The deck is read as by flis_parse_overview.
Warned of are: a day that is still to come, or before the newest deck''s; areas without a row; areas that reach less far than in the deck before, or further than the rules let them and further ahead of those than before; months that became "-"; "-" beside a note that all is well; and words of closing in the note of an area that prints a month.
change: the row of this deck is new, changed or, where it was stored before, unchanged and not written;
previous_*: the area''s newest row of an earlier deck;
differs: the columns that say something else than that row, NULL where there is none.
Needs INSERT and UPDATE on flis_status.';

CREATE FUNCTION flis_compare_overview(deck text, year integer)
	RETURNS TABLE (line integer, area text, as_of date, data_through date, state text, change text,
				   previous_as_of date, previous_data_through date, previous_state text,
				   differs text[])
	LANGUAGE C STABLE PARALLEL UNSAFE ROWS 20 COST 10000 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION flis_compare_overview(text, integer) IS 'What flis_import_overview would return and warn of; nothing is stored.
The deck is read as by flis_parse_overview.
Warned of are: a day that is still to come, or before the newest deck''s; areas without a row; areas that reach less far than in the deck before, or further than the rules let them and further ahead of those than before; months that became "-"; "-" beside a note that all is well; and words of closing in the note of an area that prints a month.
change: the row of this deck is new, changed or, where it was stored before, unchanged and not written;
previous_*: the area''s newest row of an earlier deck;
differs: the columns that say something else than that row, NULL where there is none.
Source: of flis 1.1.';

CREATE FUNCTION flis_withdraw_overview(as_of date) RETURNS integer
	LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE COST 10000 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION flis_withdraw_overview(date) IS 'Takes a deck back: deletes the rows of flis_status of its day, and returns how many they were.
as_of: the deck''s day; rows that somebody wrote by hand for that day go too.
Needs DELETE on flis_status.
Source: of flis 1.1.';

-- Last, after all parts.
SELECT flis_note_installed();
