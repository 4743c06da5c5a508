/* flis--1.0--1.1.sql */

-- complain if script is sourced in psql, rather than via ALTER EXTENSION
\echo Use "ALTER EXTENSION flis UPDATE TO '1.1'" to load this file. \quit

-- Rules by the week, quarter and half-year, and days of a rule's own.
ALTER TABLE flis_rule
	ADD COLUMN opens_day integer,
	ADD COLUMN closes_day integer,
	DROP CONSTRAINT flis_rule_frequency_is_known,
	ADD CONSTRAINT flis_rule_frequency_is_known
		CHECK (frequency OPERATOR(pg_catalog.=) 'MONTHLY' OR frequency OPERATOR(pg_catalog.=) 'ANNUAL'
			   OR frequency OPERATOR(pg_catalog.=) 'DAILY' OR frequency OPERATOR(pg_catalog.=) 'WEEKLY'
			   OR frequency OPERATOR(pg_catalog.=) 'QUARTERLY'
			   OR frequency OPERATOR(pg_catalog.=) 'ANNUAL_2'),
	ADD CONSTRAINT flis_rule_opens_before_it_closes
		CHECK (opens_day OPERATOR(pg_catalog.>=) 1 AND opens_day OPERATOR(pg_catalog.<=) closes_day),
	ADD CONSTRAINT flis_rule_closes_within_the_cycle
		CHECK (closes_day IS NULL
			   OR closes_day OPERATOR(pg_catalog.<=) 7 AND frequency OPERATOR(pg_catalog.=) 'WEEKLY'
			   OR closes_day OPERATOR(pg_catalog.<=) 31 AND frequency OPERATOR(pg_catalog.=) 'MONTHLY'
			   OR closes_day OPERATOR(pg_catalog.<=) 92 AND frequency OPERATOR(pg_catalog.=) 'QUARTERLY'
			   OR closes_day OPERATOR(pg_catalog.<=) 184 AND frequency OPERATOR(pg_catalog.=) 'ANNUAL_2'
			   OR closes_day OPERATOR(pg_catalog.<=) 366 AND frequency OPERATOR(pg_catalog.=) 'ANNUAL'),
	ADD CONSTRAINT flis_rule_has_both_own_days_or_neither
		CHECK ((opens_day IS NULL) OPERATOR(pg_catalog.=) (closes_day IS NULL)),
	ADD CONSTRAINT flis_rule_weekly_has_own_days
		CHECK (frequency OPERATOR(pg_catalog.<>) 'WEEKLY' OR opens_day IS NOT NULL);
COMMENT ON COLUMN flis_rule.frequency IS 'How often a new reference period arrives, in the words of the EU frequency list: DAILY, WEEKLY (Monday to Sunday), MONTHLY, QUARTERLY, ANNUAL_2 (half-yearly) or ANNUAL. A cycle of it is named by its first day: a week''s Monday, the 1st of a month, of January, April, July and October, of January and July, or of release_month.';
COMMENT ON COLUMN flis_rule.opens_day IS 'Day of the cycle (1 for its first) on which the window opens, in every channel and in place of the channel''s; NULL: the channel''s. A weekly rule has its own: 1 to 7, from Monday.';
COMMENT ON COLUMN flis_rule.closes_day IS 'Day of the cycle on which the window closes, the day by which the release is expected; NULL: the channel''s. At most 7 of a weekly rule, 31, 92, 184 or 366 of a monthly, quarterly, half-yearly or annual one; a daily one has none.';
COMMENT ON FUNCTION flis_period_end(text) IS 'Last day of a period written as text.
Forms: 2025, 2025A1 (year); 2025S1, 2025H1 (half-year); 2025Q2, 2025K2 (quarter); 2025-04, 202504, 2025M04 (month); 2025W18, 2025U18 (ISO week, its Sunday); 2025-04-30, 20250430 (day); 2024/2025, 2024/25 (school year, 31 July).
A letter may be small, and may stand behind a dash: 2025-Q2. K, U and H are Statistics Denmark''s.
Other texts, and periods that do not exist: error 22023.';

CREATE OR REPLACE FUNCTION flis_odcs_sla(on_day date DEFAULT CURRENT_DATE)
	RETURNS TABLE (area text, channel text, cube text, sla_properties jsonb)
	LANGUAGE SQL STABLE STRICT PARALLEL SAFE ROWS 60 COST 20000
BEGIN ATOMIC
	WITH known AS MATERIALIZED (
		SELECT DISTINCT k.channel
		FROM flis_channel k
		WHERE NOT k.retired AND pg_catalog.isfinite(on_day)
	), longest AS MATERIALIZED (
		-- over a year, because months are of several lengths
		SELECT h.channel, l.area,
			   pg_catalog.max(l.window_closes OPERATOR(pg_catalog.-) l.data_through) AS days
		FROM known h,
			 LATERAL flis_release_calendar(on_day, least(on_day OPERATOR(pg_catalog.+) 365, '9999-12-31'),
										   h.channel) l
		GROUP BY h.channel, l.area
	)
	SELECT c.area, h.channel, q.cube,
		   (SELECT coalesce(pg_catalog.jsonb_agg(
						pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
							'property', p.property, 'value', p.value, 'unit', p.unit,
							'element', q.cube OPERATOR(pg_catalog.||) '.'
									   OPERATOR(pg_catalog.||) q.period_column,
							'description', p.description))
						ORDER BY p.property) FILTER (WHERE p.value IS NOT NULL), '[]')
			FROM (VALUES
				('frequency',
				 pg_catalog.to_jsonb(CASE c.frequency WHEN 'MONTHLY' THEN 1 WHEN 'ANNUAL' THEN 1
													  WHEN 'DAILY' THEN 1 WHEN 'WEEKLY' THEN 7
													  WHEN 'QUARTERLY' THEN 3 WHEN 'ANNUAL_2' THEN 6 END),
				 CASE c.frequency WHEN 'MONTHLY' THEN 'months' WHEN 'ANNUAL' THEN 'years'
								  WHEN 'DAILY' THEN 'days' WHEN 'WEEKLY' THEN 'days'
								  WHEN 'QUARTERLY' THEN 'months' WHEN 'ANNUAL_2' THEN 'months' END,
				 NULL),
				('generalAvailability', pg_catalog.to_jsonb(m.day), NULL,
				 'Data through ' OPERATOR(pg_catalog.||) pg_catalog.to_char(c.data_through, 'YYYY-MM-DD')),
				('latency', pg_catalog.to_jsonb(y.days), 'days', NULL)
			) AS p (property, value, unit, description))
	FROM known h
		 CROSS JOIN LATERAL flis_coverage(on_day, h.channel) c
		 CROSS JOIN LATERAL flis_newest_release(c.area, c.data_through, c.expected, on_day, h.channel) m (day)
		 LEFT JOIN longest y
			ON y.area OPERATOR(pg_catalog.=) c.area AND y.channel OPERATOR(pg_catalog.=) h.channel
		 LEFT JOIN flis_cube q
			ON q.area OPERATOR(pg_catalog.=) c.area AND q.channel OPERATOR(pg_catalog.=) h.channel;
END;
COMMENT ON FUNCTION flis_odcs_sla(date) IS 'One row an area and channel: what may be relied on by a day, as slaProperties of the Open Data Contract Standard 3.
Where flis_cube has tables of an area and channel it is one row a table.
sla_properties: an array of objects with property, value and, where they say something, unit, element and description;
frequency: a new reference period comes once in so many days, months or years, by the rule in force;
generalAvailability: the day on which the newest release came out, and with it the last day that the data reach;
latency: the most days from the end of a reference period to the last day of the window in which the rules let it come, over the releases of the year that begins with the day;
element: the table and its period column.
What is not known is left out, and so is generalAvailability of a closed area.
Days 0001-01-01 to 9999-12-31, else error 22008; an infinite day gives no row.';
COMMENT ON FUNCTION flis_record_release(text, date, date) IS 'Records the day on which a channel''s releases of a cycle came, for all areas that follow its own window.
Those that come daily, ahead of the others or on days of their own don''t, nor those closed on that day.
A release that is recorded already, or cancelled, stays as it is; the others are returned.
Errors as for one area.';
COMMENT ON FUNCTION flis_postpone_release(text, date, date, text) IS 'Plans a channel''s releases of a cycle for a day, for all areas that follow the channel''s own window.
Those that come daily, ahead of the others or on days of their own don''t, nor those closed on that day.
What is recorded as released or cancelled stays as it is; the others are returned.
The note and errors are as for one area.';

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

-- Last, after all parts.
SELECT flis_note_installed();
