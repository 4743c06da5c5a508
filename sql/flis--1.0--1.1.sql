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

-- What people are told: facts apart from forecasts, and what is promised as it will be.
COMMENT ON FUNCTION flis_coverage(date, text) IS 'One row an area, in the deck''s order: how far its data reach on a day and why.
basis: published (the newest status''s day still counts), rule (a release has come due since that brings more, or there is no status), closed (by a status, or by a notice of access) or none;
cycle: the one that carries what is expected;
complete and benchmarkable: as the status says, and false where a notice in force denies it for the newest period;
state: closed wherever nobody has access, else as the newest status says;
periods_ahead: whole periods by which the published day was ahead of (+) or behind (-) the expectation on the status''s day;
notices: those in force on the day, one a line;
frequency: of the rule in force on the day, a code of the EU frequency list.
Days 0001-01-01 to 9999-12-31, else error 22008; of an infinite day expected, data_through and next_release are the day itself; unknown channel: error 22023.';
COMMENT ON FUNCTION flis_overview(date, text, text) IS 'The deck''s table for a day, as a person reads it, in Danish (da) or English (en).
data_through: the newest period, and in brackets what it rests on: a status and its day, a recorded release and its day, or the schedule (forventet, expected);
operation: the state, and in brackets the day of the status that says so; then what the status and the notices in force remark, and which parts of the area come in another rhythm. A status more than two months old is not shown as the state of the day, but for a closed area.
"-" stands where there is nothing to say.
Areas without a position are left out.
Errors as flis_coverage; unknown language: error 22023.';
COMMENT ON FUNCTION flis_explain(text, date, text, text) IS 'One paragraph that tells why an area''s data reach as far as they do on a day.
It names the rule, the cycle and the status that decided, postponed and cancelled releases with their notes, the notices in force and what comes next, in Danish (da) or English (en).
NULL for an infinite day.
Errors as flis_data_through; unknown language: error 22023.';
COMMENT ON FUNCTION flis_release_calendar(date, date, text) IS 'One row a release of a channel whose day is from one day to another, both inclusive.
They come in the order of their days and then of the areas.
The day is released_on, else the planned one, else the window''s last.
data_through: how far data reach on that day with this release, as far as is known now: of a delayed area less than its cycle brings; NULL of an area that is closed on that day;
reference_period: first day of the period that ends there;
expected_on: the planned day, else the window''s last;
date_status: provisional (by the rule alone), confirmed (planned by the window''s last day), postponed (planned later), cancelled or published (recorded as released);
punctuality_days: from expected_on to released_on, negative if early;
timeliness_days: from data_through to released_on.
Closed areas are listed, too, without data.
Days 0001-01-01 to 9999-12-31, else, and for an infinite day, error 22008; unknown channel: error 22023.
Source: the FLIS status deck''s days of delivery, and flis_release.';
COMMENT ON FUNCTION flis_release_ics(date, date, text[], text, text) IS 'The releases of flis_release_calendar as a calendar to subscribe to (iCalendar, RFC 5545).
Each is an all-day event, in Danish (da) or English (en), over its window or on the day for which it is planned or on which it came.
areas: those to list; without any, all but those that come daily. An area that is closed on a release''s day is left out.
Each language has its own events; a program asks again every 12 hours.
STATUS: TENTATIVE for provisional, CANCELLED for cancelled, else CONFIRMED; SEQUENCE rises with each change.
An area that is NULL: error 22023; other errors as flis_release_calendar; unknown area or language: error 22023.';
COMMENT ON FUNCTION flis_postpone_release(text, date, date, text) IS 'Plans a channel''s releases of a cycle for a day, for all areas that follow the channel''s own window.
Those that come daily or ahead of the others don''t; closed ones do, as they may be open again before the day.
What is recorded as released or cancelled stays as it is; the others are returned.
The note and errors are as for one area.';
COMMENT ON FUNCTION flis_odcs_sla(date) IS 'One row an area and channel: what may be relied on by a day, as slaProperties of the Open Data Contract Standard 3.
Where flis_cube has tables of an area and channel it is one row a table.
sla_properties: an array of objects with property, value and, where they say something, unit, element and description;
frequency: a new reference period comes once a day, month or year, by the rule in force;
generalAvailability: the day on which the newest release came out, and with it the last day that the data reach;
latency: the most days from the end of a reference period to the last day of the window in which it comes, over the releases of the year that begins with the day, as far as is known now;
element: the table and its period column.
What is not known is left out, and so are generalAvailability and latency of a closed area.
Days 0001-01-01 to 9999-12-31, else error 22008; an infinite day gives no row.';
COMMENT ON COLUMN flis_release_calendar_today.reference_period IS 'First day of the newest period on that day.';
COMMENT ON COLUMN flis_release_calendar_today.data_through IS 'Last day of that period; NULL: the area is closed.';
COMMENT ON COLUMN flis_oversigt."Data t.o.m." IS 'Den nyeste periode og i parentes, hvad den bygger på: en status, en udgivelse eller planen (forventet); "-", når der ingen er.';
COMMENT ON COLUMN flis_oversigt."Drift" IS 'Driftsstatus med dato for statusoversigten, og hvad der ellers er at vide.';

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
