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
