/* flis--1.0--1.1.sql */

-- complain if script is sourced in psql, rather than via ALTER EXTENSION
\echo Use "ALTER EXTENSION flis UPDATE TO '1.1'" to load this file. \quit

-- Parts that a user added are not the extension's: they are taken out of flis_installed at the end.
CREATE TEMPORARY TABLE flis_own AS
	SELECT kind, relation, name FROM flis_part
	EXCEPT SELECT kind, relation, name FROM flis_installed;

-- Channels that follow another.
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
COMMENT ON FUNCTION flis_follows_channel() IS 'Internal trigger of flis_channel: refuses a row that follows a channel that does not exist (error 23503) or makes channels follow each other in a circle (error 23514), unless it is being restored, and to delete the last version of a channel that another follows (error 23503).';
CREATE TRIGGER flis_follows_channel
	AFTER INSERT OR UPDATE OR DELETE ON flis_channel
	FOR EACH ROW EXECUTE FUNCTION flis_follows_channel();
CREATE OR REPLACE FUNCTION flis_newest_release(area text, data_through date, expected date, on_day date,
									channel text) RETURNS date
	LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION flis_newest_release(text, date, date, date, text) IS 'Internal part of flis_dcat_dataset and flis_odcs_sla: the day of the newest release of an area that is out on a day, given how far its data reach by flis_data_through() and by the rules: the first day on which releases reach that far, or as far as a notice gives access. NULL for a closed area, whose data reach nowhere, whatever comes by its rules.';
COMMENT ON FUNCTION flis_release_of(text, date, text) IS 'First day on which the reference period that contains a day is covered.
It is a day, week, month, quarter, half-year or year, as the area''s rule counts. It is covered from the first day with flis_data_through(area, day, channel) on or after its end, so that rules, releases, decks and notices count.
NULL where that never comes, and for an area without a rule.
Days 0001-01-01 to 9999-12-31, else error 22008; an infinite day is returned; unknown area or channel: error 22023.';
COMMENT ON FUNCTION flis_data_through(text, date, text) IS 'Last day that an area''s data reach on a day: what readers should use.
The newest published status on or before the day decides until the next release is out; then the rules, with a published delay kept until a later status ends it.
A status belongs to the newest cycle out as a data package on its day, and counts in a channel once that cycle is out there; until then it can only lower the answer.
NULL for an area that a status or a notice of access has closed, for a part of it unless something as new is said of the part, and where nothing is known.
A notice of access for all municipalities about the periods from one on ends the area before that one.
Days 0001-01-01 to 9999-12-31, else error 22008; an infinite day is returned; unknown area or channel: error 22023.
Source: the FLIS status deck, rules and overview.';
COMMENT ON FUNCTION flis_next_release(text, date, text) IS 'First day after a day on which a release of an area is out, planned or expected.
Releases whose periods a notice in force denies access to, for all, are passed over.
NULL for an area that is closed on that day, where nothing is expected, and after the last day of the calendar.
Days 0001-01-01 to 9999-12-31, else error 22008; an infinite day is returned; unknown area or channel: error 22023.
Source: the FLIS status deck''s days of delivery.';
COMMENT ON TABLE flis_release IS 'One-off changes of releases and the log of actual ones.
A release is out from released_on, else from planned_on, else from its window''s last day, but no earlier than the release that it follows lets it (flis_channel.follows); a cancelled one never.';
COMMENT ON TABLE flis_status IS 'Published status: what each deck said of each area.
The newest row on or before a day decides for that day, in each channel once the cycle that it was published for is out.';
COMMENT ON COLUMN flis_area.part_of IS 'The area that this one is a part of, or NULL. Areas are not parts of each other in a circle.';
COMMENT ON COLUMN flis_notice.period_from IS 'First day of the reference periods concerned, part of one being enough; NULL: from the first.';
COMMENT ON COLUMN flis_notice.period_until IS 'Last day of the reference periods concerned, part of one being enough; NULL: to the last.';
COMMENT ON COLUMN flis_notice.kind IS 'access (of all municipalities and periods: the area is closed, as by a deck; of all municipalities and the periods from one on: it ends before that one), completeness (data are missing), comparability (not to be compared between municipalities) or information.';
UPDATE flis_channel SET follows = 'udlaesning' WHERE channel = 'datapakke' AND valid_from = '0001-01-01';
UPDATE flis_channel SET follows = 'datapakke', days_after = 2
WHERE channel = 'dap' AND valid_from = '0001-01-01';

-- Comments of the functions that say more than in 1.0.
COMMENT ON FUNCTION flis_coverage(date, text) IS 'One row an area, in the deck''s order: how far its data reach on a day and why.
basis: published (the newest status''s day still counts), rule (a release has come due since that brings more, or there is no status), closed (by a status, or by a notice of access) or none; where a notice of access ends the data earlier, it is what they would reach without that;
cycle: the one that carries what is expected;
complete and benchmarkable: as the status says, and false where a notice in force denies it for the newest period;
state: closed wherever nobody has access, else as the newest status says;
periods_ahead: whole periods by which the published day was ahead of (+) or behind (-) the expectation on the status''s day;
notices: those in force on the day, a Danish sentence a line;
frequency: of the rule in force on the day, a code of the EU frequency list.
Days 0001-01-01 to 9999-12-31, else error 22008; of an infinite day expected, data_through and next_release are the day itself; unknown channel: error 22023.';
COMMENT ON FUNCTION flis_overview(date, text, text) IS 'The deck''s table for a day, as a person reads it, in Danish (da) or English (en).
data_through: the newest period, and in brackets what it rests on: a status and its day, a recorded release and its day, or the schedule (forventet, expected);
operation: the state, and in brackets the day of the status that says so; then what the status and the notices remark that are in force or close the area by the next release, and which parts of the area come in another rhythm. A status more than two months old is not shown as the state of the day, but for a closed area.
"-" stands where there is nothing to say.
Areas without a position are left out.
Errors as flis_coverage; unknown language: error 22023.';
COMMENT ON FUNCTION flis_explain(text, date, text, text) IS 'One paragraph that tells why an area''s data reach as far as they do on a day.
It names the rule, the cycle and the status that decided, postponed and cancelled releases with their notes, the notices in force, those that close the area by the next release, and what comes next, in Danish (da) or English (en).
NULL for an infinite day.
Errors as flis_data_through; unknown language: error 22023.';
COMMENT ON FUNCTION flis_release_calendar(date, date, text) IS 'One row a release of a channel whose day is from one day to another, both inclusive.
They come in the order of their days and then of the areas.
The day is released_on, else expected_on.
data_through: how far data reach on that day with this release, as far as is known now: of a delayed area less than its cycle brings; NULL of an area that is closed on that day;
reference_period: first day of the period that ends there;
expected_on: the planned day, else the window''s last; in a channel that follows another no earlier than days_after days after that one''s day;
date_status: provisional (by the rule alone), confirmed (planned by the window''s last day), postponed (planned later), cancelled or published (recorded as released); in a channel that follows another, where nothing is said of its own day, what is said of that one, which if published makes it confirmed, with its note; cancelled where that one is;
punctuality_days: from expected_on to released_on, negative if early;
timeliness_days: from data_through to released_on.
Closed areas are listed, too, without data.
Days 0001-01-01 to 9999-12-31, else, and for an infinite day, error 22008; unknown channel: error 22023.
Source: the FLIS status deck''s days of delivery, and flis_release.';
COMMENT ON FUNCTION flis_release_ics(date, date, text[], text, text) IS 'The releases of flis_release_calendar as a calendar to subscribe to (iCalendar, RFC 5545).
Each is an all-day event, in Danish (da) or English (en), over its window or on the day for which it is planned or on which it came.
areas: those to list; without any, all but those that come daily. A release is left out if nobody has access to the area on its day, or to the period that it brings.
Each language has its own events; a program asks again every 12 hours.
STATUS: TENTATIVE for provisional, CANCELLED for cancelled, else CONFIRMED; SEQUENCE rises with each change.
An area that is NULL: error 22023; other errors as flis_release_calendar; unknown area or language: error 22023.';
COMMENT ON FUNCTION flis_postpone_release(text, date, date, text) IS 'Plans a channel''s releases of a cycle for a day, for all areas that follow the channel''s own window.
Those that come daily, ahead of the others or on days of their own don''t; closed ones do, as they may be open again before the day.
What is recorded as released or cancelled stays as it is; the others are returned.
The note and errors are as for one area.';
COMMENT ON FUNCTION flis_odcs_sla(date) IS 'One row an area and channel: what may be relied on by a day, as slaProperties of the Open Data Contract Standard 3.
Where flis_cube has tables of an area and channel it is one row a table.
sla_properties: an array of objects with property, value and, where they say something, unit, element and description;
frequency: a new reference period comes once in so many days, months or years, by the rule in force;
generalAvailability: the day on which the newest release came out, and with it the last day that the data reach;
latency: the most days from the end of a reference period to the last day of the window in which it comes, over the releases of the year that begins with the day and that bring a newer period, as far as is known now;
element: the table and its period column.
What is not known is left out, and so are generalAvailability and latency of a closed area.
Days 0001-01-01 to 9999-12-31, else error 22008; an infinite day gives no row.';
COMMENT ON COLUMN flis_release_calendar_today.reference_period IS 'First day of the newest period on that day.';
COMMENT ON COLUMN flis_release_calendar_today.data_through IS 'Last day of that period; NULL: the area is closed.';
COMMENT ON COLUMN flis_oversigt."Data t.o.m." IS 'Den nyeste periode og i parentes, hvad den bygger på: en status, en udgivelse eller planen (forventet); "-", når der ingen er.';
COMMENT ON COLUMN flis_oversigt."Drift" IS 'Driftsstatus med dato for statusoversigten, og hvad der ellers er at vide.';
COMMENT ON COLUMN flis_coverage_today.notices IS 'The notices in force, a Danish sentence a line.';

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

COMMENT ON FUNCTION flis_record_release(text, date, date) IS 'Records the day on which a channel''s releases of a cycle came, for all areas that follow its own window.
Those that come daily, ahead of the others or on days of their own don''t, nor those closed on that day.
A release that is recorded already, or cancelled, stays as it is; the others are returned.
Errors as for one area.';

-- For tools without flis: intervals of days, a calendar of months, and what should be loaded.
CREATE FUNCTION flis_horizon(from_day date, until_day date, channel text DEFAULT 'datapakke')
	RETURNS TABLE (area text, valid_from date, valid_until date, data_through date,
				   next_release date, basis text)
	LANGUAGE C STABLE STRICT PARALLEL SAFE ROWS 1000 COST 10000 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION flis_horizon(date, date, text) IS 'How far each area reaches over a time: one row an area and interval of days with the same answer.
The days are those from one to another, both inclusive.
Each of the days is in exactly one interval of each area; joined by the day, area >= valid_from and <= valid_until, the rows answer where there is no flis.
The areas come in the order in which they are listed, their intervals in the order of the days.
data_through: as flis_data_through(); NULL while the area is closed, and where nothing is known;
next_release: as flis_next_release();
basis: as in flis_coverage.
An area that comes daily has an interval a day.
Days outside 0001-01-01 to 9999-12-31 and infinite ones: error 22008; unknown channel: error 22023; no row if the days are in the wrong order.';

CREATE FUNCTION flis_months(area text, on_day date DEFAULT CURRENT_DATE,
							channel text DEFAULT 'datapakke')
	RETURNS TABLE (month date, last_day date, covered boolean, in_ytd boolean,
				   in_ytd_last_year boolean, in_last_12 boolean)
	LANGUAGE SQL STABLE STRICT PARALLEL SAFE ROWS 132 COST 1000
BEGIN ATOMIC
	WITH reached AS MATERIALIZED (
		SELECT h.through,
			   -- the first day of the newest month that is covered
			   pg_catalog.date_trunc('month', (h.through OPERATOR(pg_catalog.+) 1)::timestamp)
			   OPERATOR(pg_catalog.-) interval '1 month' AS newest
		FROM (SELECT flis_data_through(area, on_day, channel) AS through) h
	)
	SELECT l.first_day, l.last_day,
		   coalesce(l.last_day OPERATOR(pg_catalog.<=) r.through, false),
		   coalesce(l.first_day OPERATOR(pg_catalog.>=) pg_catalog.date_trunc('year', r.newest)
					AND l.first_day OPERATOR(pg_catalog.<=) r.newest, false),
		   coalesce(l.first_day OPERATOR(pg_catalog.>=)
					(pg_catalog.date_trunc('year', r.newest) OPERATOR(pg_catalog.-) interval '1 year')
					AND l.first_day OPERATOR(pg_catalog.<=)
						(r.newest OPERATOR(pg_catalog.-) interval '1 year'), false),
		   coalesce(l.first_day OPERATOR(pg_catalog.>)
					(r.newest OPERATOR(pg_catalog.-) interval '1 year')
					AND l.first_day OPERATOR(pg_catalog.<=) r.newest, false)
	FROM reached r,
		 LATERAL pg_catalog.generate_series(
			greatest(pg_catalog.date_trunc('year', on_day::timestamp)
					 OPERATOR(pg_catalog.-) interval '10 years', '0001-01-01'::timestamp),
			pg_catalog.date_trunc('year', on_day::timestamp) OPERATOR(pg_catalog.+) interval '11 months',
			interval '1 month') s (starts),
		 LATERAL (SELECT s.starts::date,
						 (s.starts OPERATOR(pg_catalog.+) interval '1 month')::date
						 OPERATOR(pg_catalog.-) 1) l (first_day, last_day)
	WHERE pg_catalog.isfinite(on_day)
	ORDER BY l.first_day;
END;
COMMENT ON FUNCTION flis_months(text, date, text) IS 'The months as an analyst needs them on a day, one row a month: covered, year to date, the last twelve.
They run from 1 January ten years before to 31 December of the day''s year.
month, last_day: the month''s first and last day;
covered: its last day is not after flis_data_through(area, on_day, channel);
in_ytd: it is in the year to date, which runs from January to the last covered month, in that month''s year;
in_ytd_last_year: it is one of the same months a year before;
in_last_12: it is the last covered month or one of the eleven before it.
All four are false where the area is closed or nothing is known.
An infinite day gives no row; else errors as flis_data_through.';

CREATE FUNCTION flis_due(on_day date DEFAULT CURRENT_DATE)
	RETURNS TABLE (cube text, area text, channel text, period_from date, data_through date,
				   since date)
	LANGUAGE SQL STABLE STRICT PARALLEL UNSAFE ROWS 20 COST 100000
BEGIN ATOMIC
	SELECT c.cube, c.area, c.channel, p.first_day, p.last_day, r.day
	FROM flis_check_cubes(on_day) c
		 -- Periods are those of the newest cycle that is out, which an older rule may carry.
		 LEFT JOIN LATERAL (SELECT w.frequency
							FROM flis_coverage(on_day, c.channel) v,
								 LATERAL flis_coverage(coalesce(v.cycle, on_day), c.channel) w
							WHERE v.area OPERATOR(pg_catalog.=) c.area
								  AND w.area OPERATOR(pg_catalog.=) c.area) f ON true
		 CROSS JOIN LATERAL (SELECT coalesce(f.frequency, 'MONTHLY')) q (frequency)
		 CROSS JOIN LATERAL (
			SELECT CASE q.frequency WHEN 'DAILY' THEN interval '1 day' WHEN 'WEEKLY' THEN interval '7 days'
									WHEN 'MONTHLY' THEN interval '1 month'
									WHEN 'QUARTERLY' THEN interval '3 months'
									WHEN 'ANNUAL_2' THEN interval '6 months'
									WHEN 'ANNUAL' THEN interval '1 year' END,
				   CASE q.frequency WHEN 'DAILY' THEN '2025-01-01' WHEN 'WEEKLY' THEN '2025W01'
									WHEN 'MONTHLY' THEN '2025-01' WHEN 'QUARTERLY' THEN '2025Q1'
									WHEN 'ANNUAL_2' THEN '2025S1' WHEN 'ANNUAL' THEN '2025' END
		 ) s (step, written)
		 CROSS JOIN LATERAL (
			-- behind the newest period with rows; of an empty table the newest one that is out
			SELECT CASE WHEN c.newest_period IS NOT NULL
						THEN greatest((c.newest_period OPERATOR(pg_catalog.+) 1)::timestamp, '0001-01-01')
						-- nothing is due of the time before year 1
						WHEN c.data_through OPERATOR(pg_catalog.>=) '0001-01-01'
						THEN (flis_period_end(flis_period_like(c.data_through, s.written)) OPERATOR(pg_catalog.+) 1)::timestamp
							 OPERATOR(pg_catalog.-) s.step END
		 ) b (first_day)
		 CROSS JOIN LATERAL pg_catalog.generate_series(b.first_day, c.data_through::timestamp,
													   s.step) g (starts)
		 CROSS JOIN LATERAL (
			SELECT g.starts::date,
				   (g.starts OPERATOR(pg_catalog.+) s.step)::date OPERATOR(pg_catalog.-) 1
		 ) p (first_day, last_day)
		 CROSS JOIN LATERAL flis_release_of(c.area, p.last_day, c.channel) r (day)
	WHERE c.verdict OPERATOR(pg_catalog.=) ANY ('{missing,empty,due,late}')
		  AND p.last_day OPERATOR(pg_catalog.<=) c.data_through
	ORDER BY c.cube COLLATE "C", p.first_day;
END;
COMMENT ON FUNCTION flis_due(date) IS 'What should be loaded: one row a table of flis_cube and period that is out on a day and not in the table.
Periods behind the newest one with rows count, of an empty or missing table the newest one that is out; gaps before it (flis_gaps) are not due, nor is a period that is loaded in part (flis_check_cubes).
A table of longer periods than the area''s, such as quarters, is due once a newer one of them could be there.
period_from, data_through: first and last day of the period, a day, week, month, quarter, half-year or year as the area''s rule counts;
since: the day since which it is out, by flis_release_of(); NULL of an area without a rule.
Nothing is due of a closed area, nor of a table that cannot be read: flis_check_cubes says unknown, and why.
A loader runs if there is a row for its table.
Reads the tables with the caller''s rights; errors as flis_check_cubes.';

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
	ADD COLUMN confirmed text[],
	ADD CONSTRAINT flis_cube_period_dimension_is_schema_qualified
		CHECK (period_dimension OPERATOR(pg_catalog.~) '^("([^"]|"")+"|[^".[:space:]]+)[.]("([^"]|"")+"|[^".[:space:]]+)$'),
	ADD CONSTRAINT flis_cube_period_dimension_has_key_and_value
		CHECK (pg_catalog.num_nonnulls(period_dimension, period_key, period_value) OPERATOR(pg_catalog.=) ANY ('{0,3}')),
	ADD CONSTRAINT flis_cube_municipality_dimension_is_schema_qualified
		CHECK (municipality_dimension OPERATOR(pg_catalog.~) '^("([^"]|"")+"|[^".[:space:]]+)[.]("([^"]|"")+"|[^".[:space:]]+)$'),
	ADD CONSTRAINT flis_cube_municipality_dimension_has_column_key_and_value
		CHECK (pg_catalog.num_nonnulls(municipality_dimension, municipality_key, municipality_value) OPERATOR(pg_catalog.=) 0
			   OR pg_catalog.num_nonnulls(municipality_column, municipality_dimension, municipality_key, municipality_value) OPERATOR(pg_catalog.=) 4);
COMMENT ON FUNCTION flis_reporting(text, date, date) IS 'One row a municipality, by code: what a table of flis_cube has of it in a reference period.
The table is named as in flis_cube; the period is the day, week, month, quarter, half-year or year, as its area''s rule counts, that contains a day. Rows of periods that end in it count, or of the one that contains it.
expected: it is not waived;
reported: there are rows;
missing: expected, and none are there;
waived: by flis_waiver, or by a notice of kind access or completeness that names it, is about the period or a part of it and is in force on on_day;
reason: why waived.
Reads with the caller''s rights.
Unknown cube, one without a municipality column or without a readable period: error 22023; no such table 42P01, no right 42501, no such column 42703, of a type that cannot hold it 42804; days outside 0001-01-01 to 9999-12-31 and infinite ones: error 22008.';
COMMENT ON FUNCTION flis_check_cubes(date) IS 'One row a table of flis_cube: how far its rows reach, and the verdict on that for a day.
Only periods that are over count.
newest_period, measured_through: last day of the newest reference period with rows, and of the newest complete one; a week, quarter or other period that does not end with one reaches the one in which it ends if no newer is over by then;
expected, published, data_through: as in flis_coverage;
municipalities_*: of the newest period;
verdict: the first of these that holds: missing (no such table), unknown (it cannot be read, with the reason), closed (the area is), empty, not_due (no release is expected), due (what came to be expected today is not there yet) or late (the newest period lies before data_through, and the cube can have a newer one), partial (the newest period is half loaded), ahead (it lies after data_through, but on_time in the window of the release that brings it), due (the next release''s window is open), not_due (its cycle has begun), on_time.
Reads with the caller''s rights; a table that cannot be read stops nothing.
Days 0001-01-01 to 9999-12-31, else, and for an infinite day, error 22008.';
COMMENT ON COLUMN flis_cube.period_column IS 'Column with the reference period: a date or timestamp, or an integer or text in a form that flis_period_end() reads; where period_dimension is given, the key into it.';
COMMENT ON COLUMN flis_cube.municipality_column IS 'Column with the municipality code, a number or a text (101, ''101'' or ''0101''), of the municipality that delivers the row; where municipality_dimension is given, the key into it. NULL where there is none, or where the table holds one municipality alone.';
COMMENT ON COLUMN flis_cube.period_dimension IS 'Schema-qualified name of the table or view that holds the periods by key, written as in SQL; NULL: period_column holds them itself.';
COMMENT ON COLUMN flis_cube.period_key IS 'Its column with the key, which may be in any order; rows with a key that it does not have count for no period, and a key that it has more than once, as a month among days, stands for the last of its periods.';
COMMENT ON COLUMN flis_cube.period_value IS 'Its column with the period, of a type and form that period_column could have.';
COMMENT ON COLUMN flis_cube.municipality_dimension IS 'Schema-qualified name of the table or view that holds the municipality codes by key; NULL: municipality_column holds them itself.';
COMMENT ON COLUMN flis_cube.municipality_key IS 'Its column with the key.';
COMMENT ON COLUMN flis_cube.municipality_value IS 'Its column with the municipality code.';
COMMENT ON COLUMN flis_cube.is_primo IS 'True: rows bear the day after the period that they describe, as a count on the 1st of May describes the end of April; a month or another period that is written stands for the one before.';
COMMENT ON COLUMN flis_cube.confirmed IS 'What the cube, its dimension of periods and that of municipalities were when they were registered: kind and owner, empty where there was none. Noted by a trigger; a relation that is another now is not read. To confirm what is there now, set it to NULL.';
CREATE FUNCTION flis_confirm_relation() RETURNS trigger
	LANGUAGE C AS 'MODULE_PATHNAME';
REVOKE EXECUTE ON FUNCTION flis_confirm_relation() FROM PUBLIC; -- for flis_cube's trigger alone
COMMENT ON FUNCTION flis_confirm_relation() IS 'Internal trigger of flis_cube: notes kind and owner of the relations that a row names, where confirmed is NULL or another relation is named.';
CREATE TRIGGER flis_confirm_relation
	BEFORE INSERT OR UPDATE ON flis_cube
	FOR EACH ROW EXECUTE FUNCTION flis_confirm_relation();
UPDATE flis_cube SET confirmed = NULL;

CREATE FUNCTION flis_tally_add(state internal, period "any", municipality "any", reading text, rows bigint)
	RETURNS internal
	LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION flis_tally_add(internal, "any", "any", text, bigint) IS 'Internal: adds so many rows to flis_tally.';

CREATE AGGREGATE flis_tally(period "any", municipality "any", reading text, rows bigint) (
	SFUNC = @extschema@.flis_tally_add,
	STYPE = internal,
	SSPACE = 16384,
	FINALFUNC = @extschema@.flis_tally_send,
	COMBINEFUNC = @extschema@.flis_tally_join,
	SERIALFUNC = @extschema@.flis_tally_send,
	DESERIALFUNC = @extschema@.flis_tally_receive,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE flis_tally("any", "any", text, bigint) IS 'Internal: the same of rows that were counted before; rows: how many there are of the period and municipality.';

/*
 * Guarded views that mark rows, and that outlive loaders.
 */

CREATE TABLE flis_guarded_view (
	view text NOT NULL,
	relation text NOT NULL,
	dimensions text[] NOT NULL DEFAULT '{}',
	mode text NOT NULL,
	value_column text NOT NULL DEFAULT '',
	areas text[] NOT NULL DEFAULT '{}',
	channel text NOT NULL DEFAULT '',
	owner text NOT NULL,
	options text[] NOT NULL DEFAULT '{}',
	privileges jsonb NOT NULL DEFAULT '[]',
	comments jsonb NOT NULL DEFAULT '{}',
	period_like text NOT NULL DEFAULT '',
	relation_identity text NOT NULL DEFAULT '',
	CONSTRAINT flis_guarded_view_pkey PRIMARY KEY (view),
	CONSTRAINT flis_guarded_view_mode_is_known
		CHECK (mode OPERATOR(pg_catalog.=) ANY ('{hide,mark,calendar}'))
);
COMMENT ON TABLE flis_guarded_view IS 'The guarded views, as they were last seen. Delete the row of one that is not to come back.';
COMMENT ON COLUMN flis_guarded_view.view IS 'Schema-qualified name of the view, written as in SQL.';
COMMENT ON COLUMN flis_guarded_view.relation IS 'The cube as flis_cube names it, or the time dimension.';
COMMENT ON COLUMN flis_guarded_view.dimensions IS 'The dimensions of a star schema that the view reads, written as in SQL.';
COMMENT ON COLUMN flis_guarded_view.mode IS 'hide or mark, as flis_guard was called, or calendar for flis_guard_calendar.';
COMMENT ON COLUMN flis_guarded_view.value_column IS 'Of a calendar: the column with the day or period.';
COMMENT ON COLUMN flis_guarded_view.areas IS 'Of a calendar: its areas.';
COMMENT ON COLUMN flis_guarded_view.channel IS 'Of a calendar: its channel.';
COMMENT ON COLUMN flis_guarded_view.owner IS 'The role that owns the view.';
COMMENT ON COLUMN flis_guarded_view.options IS 'Options of the view, such as security_barrier=true.';
COMMENT ON COLUMN flis_guarded_view.privileges IS 'What others were granted on it: an array of grantee (null for PUBLIC), privilege, grantable and column (null for the view).';
COMMENT ON COLUMN flis_guarded_view.comments IS 'Comments by column, that of the view under the empty name.';
COMMENT ON COLUMN flis_guarded_view.period_like IS 'An example of the periods that the view is written for, where they are numbers or texts: for a table without rows.';
COMMENT ON COLUMN flis_guarded_view.relation_identity IS 'Kind and owner of the relation: a time dimension that holds no rows itself, and is another now, is not read to create the view again.';
SELECT pg_catalog.pg_extension_config_dump('flis_guarded_view', '');
GRANT SELECT ON flis_guarded_view TO PUBLIC;

DROP FUNCTION flis_guard(text, text);
CREATE FUNCTION flis_guard(cube text, view text, mode text DEFAULT 'hide') RETURNS text
	LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE COST 10000 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION flis_guard(text, text, text) IS 'Creates a view over a cube that ends where data may be shown, or marks which rows may, and returns its name.
The cube (a table, partitioned or foreign table, view or materialized view) is registered in flis_cube; the view has its columns and comments, and counts up to flis_data_through(area, CURRENT_DATE, channel).
cube: its name as in flis_cube;
view: name of the view, with or without a schema;
mode: hide, for the rows of covered periods alone, or mark, for all rows with two columns behind those of the cube: flis_covered, and flis_state, the first that holds of closed (the area is), not_released (the row''s period is not covered), incomplete (flis_municipality_through says less for the row''s municipality, or the row is of the newest covered period and that is reported incomplete) and covered. flis_covered is true for the last two, so that WHERE flis_covered shows what hide does; both are NULL where the row has no period.
Area, channel, columns, dimensions and form are those of flis_cube at that time; over a star schema the view is a semi-join with the dimension of periods, and a join of both where it marks.
A timestamp counts to the end of the day, with a time zone in Denmark; a period written as number or text is compared in the column''s own form and type, which is that of period_like, else that of the column''s rows, else that which a view of the name had before.
A view that hides is empty while the area is closed.
The view is remembered in flis_guarded_view: see flis_restore_guards.
Needs SELECT on the cube and its dimensions and CREATE on the schema; the view reads them with its owner''s privileges.
Errors: cube not registered, its channel or the mode unknown 22023; no such table 42P01, column 42703, or another type of column 42804; form not known 55000; the view exists 42P07.
Source: of flis; the states are those of the FLIS status deck and its notices.';

CREATE FUNCTION flis_guards()
	RETURNS TABLE (view text, relation text, mode text, owner text, value_column text, areas text[],
				   channel text, relation_identity text, view_oid oid, relation_oid oid,
				   dimensions text[], reads oid[], not_read text, is_loaded boolean)
	LANGUAGE SQL STABLE STRICT PARALLEL SAFE ROWS 20 COST 1000
BEGIN ATOMIC
	SELECT pg_catalog.format('%I.%I', n.view[1], n.view[2]), g.relation, g.mode, g.owner,
		   g.value_column, g.areas, g.channel, g.relation_identity, v.oid, o.relation, g.dimensions,
		   d.reads, o.not_read, o.is_loaded
	FROM flis_guarded_view g
		 -- parse_ident() reads a name as the parser does, which also cuts it to the length of a name.
		 CROSS JOIN LATERAL (SELECT pg_catalog.parse_ident(g.view)::pg_catalog.name[] AS view) n
		 LEFT JOIN (pg_catalog.pg_class v
					JOIN pg_catalog.pg_namespace vn ON vn.oid OPERATOR(pg_catalog.=) v.relnamespace)
			ON vn.nspname OPERATOR(pg_catalog.=) n.view[1] AND v.relname OPERATOR(pg_catalog.=) n.view[2]
		 CROSS JOIN LATERAL (
			SELECT coalesce(pg_catalog.array_agg(p.refobjid), '{}') AS reads
			FROM pg_catalog.pg_rewrite w
				 JOIN pg_catalog.pg_depend p
					ON p.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_rewrite'::pg_catalog.regclass
					   AND p.objid OPERATOR(pg_catalog.=) w.oid
					   AND p.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass
			WHERE w.ev_class OPERATOR(pg_catalog.=) v.oid AND p.refobjid OPERATOR(pg_catalog.<>) v.oid
		 ) d
		 CROSS JOIN LATERAL (
			SELECT pg_catalog.max(r.oid) FILTER (WHERE u.place OPERATOR(pg_catalog.=) 1) AS relation,
				   pg_catalog.bool_and(r.oid IS NOT NULL) AS is_loaded,
				   pg_catalog.string_agg(u.name, ', ' ORDER BY u.place)
				   FILTER (WHERE (r.oid OPERATOR(pg_catalog.=) ANY (d.reads)) IS NOT TRUE) AS not_read
			FROM pg_catalog.unnest(g.relation OPERATOR(pg_catalog.||) g.dimensions)
					WITH ORDINALITY u (name, place)
				 CROSS JOIN LATERAL (SELECT pg_catalog.parse_ident(u.name)::pg_catalog.name[] AS parts) p
				 LEFT JOIN (pg_catalog.pg_class r
							JOIN pg_catalog.pg_namespace rn
								ON rn.oid OPERATOR(pg_catalog.=) r.relnamespace)
					ON rn.nspname OPERATOR(pg_catalog.=) p.parts[1]
					   AND r.relname OPERATOR(pg_catalog.=) p.parts[2]
		 ) o
	-- One that reads another guarded view comes after that.
	ORDER BY (SELECT pg_catalog.count(*) FROM flis_guarded_view h
			  WHERE h.view OPERATOR(pg_catalog.=) ANY (g.relation OPERATOR(pg_catalog.||) g.dimensions)),
			 g.view COLLATE "C";
END;
COMMENT ON FUNCTION flis_guards() IS 'Internal part of flis_restore_guards: the rows of flis_guarded_view, the view and the relation that have these names now, what the view reads, which of its relation and dimensions it does not read (null: none), and whether all of these exist.';

CREATE FUNCTION flis_guard_state(view text)
	RETURNS TABLE (owner text, options text[], privileges jsonb, comments jsonb)
	LANGUAGE SQL STABLE STRICT PARALLEL SAFE ROWS 1 COST 1000
BEGIN ATOMIC
	SELECT pg_catalog.pg_get_userbyid(c.relowner)::pg_catalog.text, coalesce(c.reloptions, '{}'),
		   (SELECT coalesce(pg_catalog.jsonb_agg(
						pg_catalog.jsonb_build_object(
							'grantee', CASE WHEN p.grantee OPERATOR(pg_catalog.<>) 0
											THEN pg_catalog.pg_get_userbyid(p.grantee) END,
							'privilege', p.privilege_type, 'grantable', p.is_grantable,
							'column', p.attname)
						ORDER BY p.attname, pg_catalog.pg_get_userbyid(p.grantee), p.privilege_type), '[]')
			FROM (SELECT x.grantee, x.privilege_type, x.is_grantable, NULL::pg_catalog.name AS attname
				  FROM pg_catalog.aclexplode(c.relacl) x
				  UNION ALL
				  SELECT x.grantee, x.privilege_type, x.is_grantable, a.attname
				  FROM pg_catalog.pg_attribute a, pg_catalog.aclexplode(a.attacl) x
				  WHERE a.attrelid OPERATOR(pg_catalog.=) c.oid) p
			WHERE p.grantee OPERATOR(pg_catalog.<>) c.relowner),
		   (SELECT coalesce(pg_catalog.jsonb_object_agg(coalesce(a.attname, ''), d.description), '{}')
			FROM pg_catalog.pg_description d
				 LEFT JOIN pg_catalog.pg_attribute a
					ON a.attrelid OPERATOR(pg_catalog.=) d.objoid
					   AND a.attnum OPERATOR(pg_catalog.=) d.objsubid
					   AND d.objsubid OPERATOR(pg_catalog.>) 0
			WHERE d.classoid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass
				  AND d.objoid OPERATOR(pg_catalog.=) c.oid)
	FROM (SELECT pg_catalog.parse_ident(view) AS parts) p
		 JOIN pg_catalog.pg_namespace n ON n.nspname OPERATOR(pg_catalog.=) p.parts[1]
		 JOIN pg_catalog.pg_class c
			ON c.relnamespace OPERATOR(pg_catalog.=) n.oid
			   AND c.relname OPERATOR(pg_catalog.=) p.parts[2];
END;
COMMENT ON FUNCTION flis_guard_state(text) IS 'Internal part of flis_guard: what flis_guarded_view remembers of a view besides its arguments, as it is now.';

CREATE FUNCTION flis_guard_commands(view text, relation text) RETURNS SETOF text
	LANGUAGE SQL STABLE STRICT PARALLEL SAFE ROWS 10 COST 1000
BEGIN ATOMIC
	WITH g AS (
		SELECT v.view, v.owner, v.options, v.comments, v.privileges
		FROM flis_guarded_view v
		WHERE v.view OPERATOR(pg_catalog.=) flis_guard_commands.view
	), named AS (
		SELECT a.attname
		FROM (SELECT pg_catalog.parse_ident(relation) AS parts) p
			 JOIN pg_catalog.pg_namespace n ON n.nspname OPERATOR(pg_catalog.=) p.parts[1]
			 JOIN pg_catalog.pg_class c
				ON c.relnamespace OPERATOR(pg_catalog.=) n.oid
				   AND c.relname OPERATOR(pg_catalog.=) p.parts[2]
			 JOIN pg_catalog.pg_attribute a ON a.attrelid OPERATOR(pg_catalog.=) c.oid
		WHERE a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped
	)
	-- ALTER DEFAULT PRIVILEGES gives a new view privileges that may have been revoked from this one.
	SELECT DISTINCT pg_catalog.format('REVOKE ALL ON %s FROM %s', g.view,
									  CASE WHEN x.grantee OPERATOR(pg_catalog.=) 0 THEN 'PUBLIC'
										   ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(x.grantee)) END)
	FROM g, pg_catalog.pg_default_acl d, pg_catalog.aclexplode(d.defaclacl) x
	WHERE d.defaclobjtype OPERATOR(pg_catalog.=) 'r'
		  AND d.defaclrole OPERATOR(pg_catalog.<>) x.grantee
		  AND pg_catalog.pg_get_userbyid(d.defaclrole) OPERATOR(pg_catalog.=) g.owner
	UNION ALL
	SELECT pg_catalog.format('ALTER VIEW %s SET (%I = %L)', g.view, pg_catalog.split_part(o, '=', 1),
							 pg_catalog.substr(o, pg_catalog.strpos(o, '=') OPERATOR(pg_catalog.+) 1))
	FROM g, pg_catalog.unnest(g.options) o
	UNION ALL
	SELECT CASE WHEN c.key OPERATOR(pg_catalog.=) ''
				THEN pg_catalog.format('COMMENT ON VIEW %s IS %L', g.view, c.value)
				ELSE pg_catalog.format('COMMENT ON COLUMN %s.%I IS %L', g.view, c.key, c.value) END
	FROM g, pg_catalog.jsonb_each_text(g.comments) c
	WHERE c.key OPERATOR(pg_catalog.=) '' OR c.key OPERATOR(pg_catalog.=) ANY (SELECT n.attname FROM named n)
	UNION ALL
	SELECT pg_catalog.format('GRANT %s%s ON %s TO %s%s', p.privilege,
							 CASE WHEN p."column" IS NULL THEN ''
								  ELSE pg_catalog.format(' (%I)', p."column") END,
							 g.view,
							 CASE WHEN p.grantee IS NULL THEN 'PUBLIC'
								  ELSE pg_catalog.quote_ident(p.grantee) END,
							 CASE WHEN p.grantable THEN ' WITH GRANT OPTION' ELSE '' END)
	FROM g, pg_catalog.jsonb_to_recordset(g.privileges)
				AS p (grantee pg_catalog.text, privilege pg_catalog.text, grantable pg_catalog.bool,
					  "column" pg_catalog.text)
	WHERE p.privilege OPERATOR(pg_catalog.~) '^[A-Z]+$'
		  AND (p.grantee IS NULL
			   OR p.grantee OPERATOR(pg_catalog.=) ANY (SELECT r.rolname FROM pg_catalog.pg_roles r))
		  AND (p."column" IS NULL
			   OR p."column" OPERATOR(pg_catalog.=) ANY ('{flis_covered,flis_state}')
			   OR p."column" OPERATOR(pg_catalog.=) ANY (SELECT n.attname FROM named n));
END;
COMMENT ON FUNCTION flis_guard_commands(text, text) IS 'Internal part of flis_restore_guards: the commands that give a view the options, comments and privileges that are remembered of it, for roles and columns that exist.';

CREATE FUNCTION flis_restore_guards()
	RETURNS TABLE (view text, relation text, outcome text, reason text)
	LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE ROWS 20 COST 10000 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION flis_restore_guards() IS 'Creates the guarded views that are missing, after a load that drops or renames tables.
One row a view of flis_guarded_view.
outcome: kept (it is there, and its owner, options, privileges and comments were taken down as they are now), restored (it was missing, or stood over a table that was renamed, and was created with what is remembered of it) or missing;
reason: why it is still missing.
A view is created as the role that owned it, so that only members of that role restore it. What was granted to roles, or said of columns, that are no longer there is left out.
Source: of flis.';

CREATE FUNCTION flis_lift_guards(relation text) RETURNS integer
	LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE COST 10000 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION flis_lift_guards(text) IS 'Remembers and drops the guarded views that read a table, so that a loader can drop it; returns how many.
Those read it that guard it, that have it as a dimension, or that read one of these views.
flis_restore_guards puts them back.
relation: the table''s name, with or without a schema.
Leaves out views that the caller does not own, unless the caller owns the table.
Errors: no such table 42P01; another view is built on a guarded one 2BP01.
Source: of flis.';

CREATE FUNCTION flis_keep_guards() RETURNS event_trigger
	LANGUAGE C AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION flis_keep_guards() IS 'For two event triggers that a superuser may create, so that loaders need no call for guarded views.
Before a table or view is dropped, or a column of it is dropped or gets another type, it takes away the guarded views that read it, as flis_lift_guards does, and after a command that creates, changes or drops one it puts back those that are missing, as flis_restore_guards does. A view that cannot be put back is a warning: it belongs to a role that the loader is no member of. Let that role call flis_restore_guards, or ALTER FUNCTION flis_keep_guards() SECURITY DEFINER SET row_security = off.
CREATE EVENT TRIGGER flis_lift_guards ON ddl_command_start WHEN TAG IN (''DROP TABLE'', ''DROP MATERIALIZED VIEW'', ''DROP FOREIGN TABLE'', ''DROP VIEW'', ''ALTER TABLE'') EXECUTE FUNCTION flis_keep_guards();
CREATE EVENT TRIGGER flis_restore_guards ON ddl_command_end WHEN TAG IN (''CREATE TABLE'', ''CREATE TABLE AS'', ''SELECT INTO'', ''CREATE FOREIGN TABLE'', ''CREATE MATERIALIZED VIEW'', ''CREATE VIEW'', ''ALTER TABLE'', ''ALTER FOREIGN TABLE'', ''ALTER MATERIALIZED VIEW'', ''ALTER VIEW'', ''ALTER SCHEMA'', ''DROP TABLE'') EXECUTE FUNCTION flis_keep_guards();
Called otherwise: error 39P03.
Source: of flis.';

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

-- An area's name in flis_cube is stored as its code.
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
deck: the words of its PDF with their places (pdftotext -tsv), a table copied from PowerPoint or Excel, Markdown, CSV or psql''s output, or running text (pdftotext -raw); text whose columns only blanks keep apart is refused;
year: of the deck''s day, 2000 to 9999; may be NULL where the deck''s title prints it, and must not contradict it;
line: where the row''s frequency stands in the text;
data_through: last day of the month printed, the latest on or before the deck''s day, NULL for "-"; a quarter, half-year or week counts where the area''s rule counts in those; state is closed for "-", whatever the note says; else state, complete and benchmarkable follow from phrases of the note, NULL where it says nothing.
A deck that cannot be read without doubt, names an unknown area or one twice, or is longer than 16 MB: error 22023 with the line and its text.';
ALTER FUNCTION flis_import_overview(text, integer) CALLED ON NULL INPUT;
COMMENT ON FUNCTION flis_import_overview(text, integer) IS 'Stores the rows of a status deck into flis_status: all of them or, on an error, none.
The deck is read as by flis_parse_overview.
It warns of: a day that is still to come, or before the newest deck''s; areas without a row; areas that reach less far than in the deck before, or further than the rules let them and further ahead of those than before; months that became "-"; "-" beside a note that all is well; words of closing in the note of an area that prints a month; notes that speak of missing data or of benchmarks without saying clearly what is stored; notes of one area that name another; areas that have fallen far behind the rules; rows with empty cells; and text after the first title that belongs to no row.
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
It warns of: a day that is still to come, or before the newest deck''s; areas without a row; areas that reach less far than in the deck before, or further than the rules let them and further ahead of those than before; months that became "-"; "-" beside a note that all is well; words of closing in the note of an area that prints a month; notes that speak of missing data or of benchmarks without saying clearly what is stored; notes of one area that name another; areas that have fallen far behind the rules; rows with empty cells; and text after the first title that belongs to no row.
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

-- Municipalities.
CREATE FUNCTION flis_municipality_through(area text, municipality integer,
										  on_day date DEFAULT CURRENT_DATE,
										  channel text DEFAULT 'datapakke') RETURNS date
	LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION flis_municipality_through(text, integer, date, text) IS 'Last day that readers should use of one municipality''s data of an area, inclusive.
It is flis_data_through(area, on_day, channel), less what notices in force on on_day take away that name the municipality by its number and are of kind access or completeness, or are of access for all: then it is the last day before the unbroken run of periods, named whole or in part, that ends with the area''s newest.
municipality: its code; one that nobody names answers as the area does, known to flis_municipality or not.
NULL where the municipality is waived in the area''s newest period or in the one found, for a closed area, where nothing is known and where all periods are named; errors as flis_data_through.
Called once a row, as flis_data_through is.';

CREATE FUNCTION flis_matrix(cube text, from_day date, until_day date,
							on_day date DEFAULT CURRENT_DATE)
	RETURNS TABLE (municipality smallint, name text, period_from date, data_through date,
				   rows bigint, state text)
	LANGUAGE C STABLE STRICT PARALLEL UNSAFE ROWS 1000 COST 100000 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION flis_matrix(text, date, date, date) IS 'One row for each municipality and period of the area, by municipality and period: what a table of flis_cube has of it.
The periods are those from the one that contains from_day through the one that contains until_day; rows of periods that end in one count for it, or of the one that contains it, as a quarter does in a monthly area.
period_from, data_through: the period''s first and last day;
rows: how many the table has;
state: the first that holds of reported (there are rows), waived (by flis_waiver, or by a notice of kind access or completeness that names the municipality and is in force on on_day), closed (the area is, on on_day), not_due (the period, or the longer one of the table that contains it, ends after the area''s data_through on on_day) and missing.
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
The periods are those from the one that contains from_day through the one that contains until_day, without those that are not_due today as in flis_matrix; where none is left nobody is listed.
A municipality that is waived in one of them (as in flis_matrix) is left out.
A mean over a join silently leaves out a municipality that has no row, so that a month seems to rise when a small one is late: join the panel instead.
Reads with the caller''s rights; errors as flis_reporting.';

-- Prints of fact tables.
CREATE TABLE flis_print (
	cube text COLLATE "C" NOT NULL,
	data_through date NOT NULL,
	municipality smallint NOT NULL,
	seen_at timestamptz NOT NULL,
	algorithm smallint NOT NULL,
	rows bigint NOT NULL,
	hash bigint NOT NULL,
	sums jsonb,
	CONSTRAINT flis_print_pkey PRIMARY KEY (cube, data_through, municipality, seen_at),
	CONSTRAINT flis_print_municipality_is_0_to_999
		CHECK (municipality OPERATOR(pg_catalog.>=) 0 AND municipality OPERATOR(pg_catalog.<=) 999),
	CONSTRAINT flis_print_data_through_is_in_the_calendar
		CHECK (data_through OPERATOR(pg_catalog.>=) '0001-01-01'
			   AND data_through OPERATOR(pg_catalog.<=) '9999-12-31'),
	CONSTRAINT flis_print_seen_at_is_finite
		CHECK (seen_at OPERATOR(pg_catalog.>) '-infinity'
			   AND seen_at OPERATOR(pg_catalog.<) 'infinity'),
	CONSTRAINT flis_print_algorithm_counts_from_1 CHECK (algorithm OPERATOR(pg_catalog.>=) 1),
	CONSTRAINT flis_print_rows_count_from_0 CHECK (rows OPERATOR(pg_catalog.>=) 0)
);
COMMENT ON TABLE flis_print IS 'Prints of fact tables, written by flis_remember(): append-only, but for flis_forget().
It has no grants, since sums tell what a table holds; flis_remembered() shows them to those who may read all of the table.';
COMMENT ON COLUMN flis_print.cube IS 'The fact table, as in flis_cube.';
COMMENT ON COLUMN flis_print.data_through IS 'Last day of the reference period.';
COMMENT ON COLUMN flis_print.municipality IS 'Code of the municipality; 0: rows without one, or of a cube without a municipality column.';
COMMENT ON COLUMN flis_print.seen_at IS 'When this was first seen; it is so until the next print of the period and municipality.';
COMMENT ON COLUMN flis_print.algorithm IS 'Version of the hash; prints of different versions are not compared.';
COMMENT ON COLUMN flis_print.rows IS 'How many rows there were; 0 where there were some before.';
COMMENT ON COLUMN flis_print.hash IS 'A hash of their values, in no order.';
COMMENT ON COLUMN flis_print.sums IS 'Sums of the measures, by column; NULL where none was asked for.';
SELECT pg_catalog.pg_extension_config_dump('flis_print', '');

CREATE FUNCTION flis_keep_print() RETURNS trigger
	LANGUAGE C AS 'MODULE_PATHNAME';
REVOKE EXECUTE ON FUNCTION flis_keep_print() FROM PUBLIC; -- for this table's triggers alone
COMMENT ON FUNCTION flis_keep_print() IS 'Internal trigger of flis_print: refuses UPDATE, TRUNCATE and a DELETE of what flis_forget() has not forgotten (error 23001).';
CREATE TRIGGER flis_keep_print
	BEFORE UPDATE OR DELETE ON flis_print
	FOR EACH ROW EXECUTE FUNCTION flis_keep_print();
CREATE TRIGGER flis_keep_print_truncate
	BEFORE TRUNCATE ON flis_print
	FOR EACH STATEMENT EXECUTE FUNCTION flis_keep_print();

CREATE FUNCTION flis_remember(cube text, measures text[] DEFAULT '{}') RETURNS integer
	LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE COST 1000000 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION flis_remember(text, text[]) IS 'Takes a print of a table of flis_cube, so that flis_restated() can tell later what has changed.
A print is, for a period of the area and a municipality, the number of rows, a hash of their values and the sums of measures. What differs from the last print is added to flis_print; returns how many prints that were.
Call it after each load: nothing can be remembered backwards.
cube: the table''s name as in flis_cube;
measures: columns with numbers, which are summed exactly.
Equal rows count; the order of rows and of columns, where rows are stored, the size of an integer column and a new column that is empty do not. Columns that each load stamps anew change every print: register a view without them.
Rows without a period, or that write it in another form than the table does, are in no print.
Reads all of the table with the caller''s rights, and without parallel workers; concurrent calls wait for each other.
Errors as flis_remembered; a measure that is no column, or is the period or the municipality, 22023, one that has no sums 42804; flis.known_at is set 55000.';

CREATE FUNCTION flis_remembered(cube text)
	RETURNS TABLE (municipality smallint, data_through date, seen_at timestamptz,
				   algorithm smallint, rows bigint, hash bigint, sums jsonb)
	LANGUAGE C STABLE STRICT PARALLEL UNSAFE ROWS 10000 COST 10000 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION flis_remembered(text) IS 'The prints of a table of flis_cube, by period, municipality and time, for those who may read all of the table.
Columns as in flis_print; municipality is NULL for rows without one.
Errors as flis_reporting. A print tells of all columns and rows: error 42501 also where the caller may not read a column, or row security hides rows of the table or a dimension from the caller, or from the owner of a view.';

CREATE FUNCTION flis_restated(cube text, since timestamptz)
	RETURNS TABLE (municipality smallint, period_from date, data_through date, rows_before bigint,
				   rows_after bigint, sums_before jsonb, sums_after jsonb, seen_at timestamptz)
	LANGUAGE C STABLE STRICT PARALLEL UNSAFE ROWS 100 COST 1000000 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION flis_restated(text, timestamptz) IS 'What changed in closed periods: where a table of flis_cube now holds something else than at a time.
Of each municipality the periods that the area covered on the day of that time and that flis_remember() had taken down by then.
municipality: NULL for rows without one;
period_from, data_through: the period''s first and last day, as the area counted on the day of that time;
rows_before, sums_before: by the last print at that time;
rows_after, sums_after: as the table is now, with the measures of the newest print that has some;
seen_at: the first print that showed the change; now, where none has yet.
A municipality that had no rows in a period that was taken down had 0; a period that was not taken down has no row, and neither has one whose print is of another algorithm or was dropped by flis_forget().
What was changed and changed back is not listed: it is as it was shown.
Reads all of the table with the caller''s rights; errors as flis_remembered.';

CREATE FUNCTION flis_set_known(known_at timestamptz) RETURNS void
	LANGUAGE SQL VOLATILE STRICT PARALLEL UNSAFE
	SET datestyle = 'ISO' -- other styles write a time zone by an abbreviation, which may be read as another one
BEGIN ATOMIC
	SELECT pg_catalog.set_config('flis.known_at', CASE WHEN pg_catalog.isfinite(known_at) THEN known_at::text ELSE '' END, true);
END;
COMMENT ON FUNCTION flis_set_known(timestamptz) IS 'Internal part of flis_verify: sets flis.known_at for the rest of the calling function; an infinite time is now.';

CREATE FUNCTION flis_print_code(cube text, seen_by timestamptz, known_at timestamptz) RETURNS text
	LANGUAGE SQL VOLATILE STRICT PARALLEL UNSAFE COST 100000
	SET flis.known_at = '' -- so that flis_set_known() is undone with the call
AS $$
	SELECT @extschema@.flis_set_known($3);
	SELECT coalesce(pg_catalog."left"(pg_catalog.md5(pg_catalog.string_agg(
			   pg_catalog.concat_ws(' ', pg_catalog.to_char(p.data_through, 'YYYYMMDD'),
									p.municipality, p.algorithm, p.rows, p.hash),
			   ',' ORDER BY p.data_through, p.municipality)), 8), '00000000')
	FROM (SELECT DISTINCT ON (p.data_through, p.municipality) p.*
		  FROM @extschema@.flis_remembered($1) p
		  WHERE p.seen_at OPERATOR(pg_catalog.<=) $2
		  ORDER BY p.data_through, p.municipality, p.seen_at DESC) p
	WHERE p.rows OPERATOR(pg_catalog.>) 0;
$$;
COMMENT ON FUNCTION flis_print_code(text, timestamptz, timestamptz) IS 'Internal part of flis_receipt and flis_verify: eight digits for the newest prints of a cube at a time, with the area as it was known at another; zeros where there are none.';

CREATE FUNCTION flis_registered_cube(cube text) RETURNS text
	LANGUAGE C STABLE STRICT PARALLEL UNSAFE COST 1000 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION flis_registered_cube(text) IS 'Internal part of flis_receipt: a table''s name as flis_cube writes it. Error 22023 if it is not registered.';

CREATE FUNCTION flis_receipt(cubes text[], on_day date DEFAULT CURRENT_DATE) RETURNS text
	-- The body is a text, so that the columns of reference tables can still be altered.
	LANGUAGE SQL VOLATILE STRICT PARALLEL UNSAFE COST 100000 AS $$
	SELECT pg_catalog.format('flis1 %s %s', pg_catalog.to_char(@extschema@.flis_business_day(on_day, 'none'), 'YYYY-MM-DD'), pg_catalog.to_hex(
			   (extract(epoch FROM pg_catalog.clock_timestamp())
				OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8))
		   OPERATOR(pg_catalog.||)
		   (SELECT pg_catalog.string_agg(
				   pg_catalog.format(' %s-%s', pg_catalog."left"(pg_catalog.md5(@extschema@.flis_registered_cube(c.cube)), 6),
									 @extschema@.flis_print_code(c.cube, 'infinity', 'infinity')),
				   '' ORDER BY c.n)
			FROM pg_catalog.unnest(cubes) WITH ORDINALITY c (cube, n)
			WHERE c.cube IS NOT NULL)
	WHERE pg_catalog.isfinite(on_day);
$$;
COMMENT ON FUNCTION flis_receipt(text[], date) IS 'A short line for the foot of a report: what the cubes held that it was made of.
It has the day that the report is about and a code for the newest prints of each cube.
Later flis_verify() tells what has changed since. The line proves nothing by itself: it can be verified only against the database that has the prints.
cubes: names as in flis_cube; at most 120 characters for five.
Call flis_remember() after each load: of what was never taken down the line says nothing, which flis_verify() tells as not_remembered. So it does where a flis_remember() was not committed yet: make the line after it.
NULL for no cubes and for an infinite day; outside 0001-01-01 to 9999-12-31 error 22008; others as flis_remembered.';

/*
 * A distributed engine refuses to convert a table that a view of an extension reads.
 */

CREATE VIEW flis_stays_local AS
	SELECT true AS stays_local -- a view without columns is an error in PostGraphile
	FROM flis_area, flis_rule, flis_municipality, flis_waiver WHERE false;
COMMENT ON VIEW flis_stays_local IS 'Internal: keeps distributed engines from converting the reference tables; no rows.';
COMMENT ON COLUMN flis_stays_local.stays_local IS 'There are no rows.';
GRANT SELECT ON flis_stays_local TO PUBLIC;

/*
 * System time: from when each version of a reference row is known, and who wrote it.  What 1.0 left was
 * always known, but for statuses, which say when they were recorded.
 */
ALTER TABLE flis_area
	ADD COLUMN system_from timestamptz NOT NULL DEFAULT '-infinity',
	ADD COLUMN written_by text,
	ADD CONSTRAINT flis_area_system_from_is_before_infinity
		CHECK (system_from OPERATOR(pg_catalog.<) 'infinity');
ALTER TABLE flis_area ALTER COLUMN system_from DROP DEFAULT;
COMMENT ON COLUMN flis_area.system_from IS 'From when this version of the row is known; -infinity: it always was. Filled in by a trigger; a row that arrives with it is being restored.';
COMMENT ON COLUMN flis_area.written_by IS 'Role that wrote this version (the session''s user); NULL: the extension, or nobody noted it.';
ALTER TABLE flis_channel
	ADD COLUMN system_from timestamptz NOT NULL DEFAULT '-infinity',
	ADD COLUMN written_by text,
	ADD CONSTRAINT flis_channel_system_from_is_before_infinity
		CHECK (system_from OPERATOR(pg_catalog.<) 'infinity');
ALTER TABLE flis_channel ALTER COLUMN system_from DROP DEFAULT;
COMMENT ON COLUMN flis_channel.system_from IS 'From when this version of the row is known; -infinity: it always was. Filled in by a trigger; a row that arrives with it is being restored.';
COMMENT ON COLUMN flis_channel.written_by IS 'Role that wrote this version (the session''s user); NULL: the extension, or nobody noted it.';
ALTER TABLE flis_rule
	ADD COLUMN system_from timestamptz NOT NULL DEFAULT '-infinity',
	ADD COLUMN written_by text,
	ADD CONSTRAINT flis_rule_system_from_is_before_infinity
		CHECK (system_from OPERATOR(pg_catalog.<) 'infinity');
ALTER TABLE flis_rule ALTER COLUMN system_from DROP DEFAULT;
COMMENT ON COLUMN flis_rule.system_from IS 'From when this version of the row is known; -infinity: it always was. Filled in by a trigger; a row that arrives with it is being restored.';
COMMENT ON COLUMN flis_rule.written_by IS 'Role that wrote this version (the session''s user); NULL: the extension, or nobody noted it.';
ALTER TABLE flis_release
	ADD COLUMN system_from timestamptz NOT NULL DEFAULT '-infinity',
	ADD COLUMN written_by text,
	ADD CONSTRAINT flis_release_system_from_is_before_infinity
		CHECK (system_from OPERATOR(pg_catalog.<) 'infinity');
ALTER TABLE flis_release ALTER COLUMN system_from DROP DEFAULT;
COMMENT ON COLUMN flis_release.system_from IS 'From when this version of the row is known; -infinity: it always was. Filled in by a trigger; a row that arrives with it is being restored.';
COMMENT ON COLUMN flis_release.written_by IS 'Role that wrote this version (the session''s user); NULL: the extension, or nobody noted it.';
ALTER TABLE flis_status
	ADD COLUMN system_from timestamptz NOT NULL DEFAULT '-infinity',
	ADD COLUMN written_by text,
	ADD CONSTRAINT flis_status_system_from_is_before_infinity
		CHECK (system_from OPERATOR(pg_catalog.<) 'infinity');
ALTER TABLE flis_status ALTER COLUMN system_from DROP DEFAULT;
ALTER TABLE flis_status ALTER COLUMN system_from TYPE timestamptz USING least(recorded_at, pg_catalog.now());
COMMENT ON FUNCTION flis_postpone_release(text, text, date, date, text) IS 'Plans an area''s release for a day, and returns it unless it is recorded as released or cancelled, which stays.
note: why; NULL leaves a note as it is, any other NULL gives no row.
cycle: the cycle''s first day, else error 22023; unknown area or channel: error 22023; a day more than half a year before or a year after the cycle: error 23514.
Needs INSERT and UPDATE on flis_release.';
COMMENT ON COLUMN flis_status.state IS 'on_schedule, caveat (there is something to know), closed (no access until a later row reopens the area; a dash that a deck prints under Data t.o.m. is stored so) or not_reported (nobody says).';
COMMENT ON COLUMN flis_status.system_from IS 'From when this version of the row is known; -infinity: it always was. Filled in by a trigger; a row that arrives with it is being restored.';
COMMENT ON COLUMN flis_status.written_by IS 'Role that wrote this version (the session''s user); NULL: the extension, or nobody noted it.';
ALTER TABLE flis_notice
	ADD COLUMN system_from timestamptz NOT NULL DEFAULT '-infinity',
	ADD COLUMN written_by text,
	ADD CONSTRAINT flis_notice_system_from_is_before_infinity
		CHECK (system_from OPERATOR(pg_catalog.<) 'infinity');
ALTER TABLE flis_notice ALTER COLUMN system_from DROP DEFAULT;
COMMENT ON COLUMN flis_notice.system_from IS 'From when this version of the row is known; -infinity: it always was. Filled in by a trigger; a row that arrives with it is being restored.';
COMMENT ON COLUMN flis_notice.written_by IS 'Role that wrote this version (the session''s user); NULL: the extension, or nobody noted it.';
ALTER TABLE flis_municipality
	ADD COLUMN system_from timestamptz NOT NULL DEFAULT '-infinity',
	ADD COLUMN written_by text,
	ADD CONSTRAINT flis_municipality_system_from_is_before_infinity
		CHECK (system_from OPERATOR(pg_catalog.<) 'infinity');
ALTER TABLE flis_municipality ALTER COLUMN system_from DROP DEFAULT;
COMMENT ON COLUMN flis_municipality.system_from IS 'From when this version of the row is known; -infinity: it always was. Filled in by a trigger; a row that arrives with it is being restored.';
COMMENT ON COLUMN flis_municipality.written_by IS 'Role that wrote this version (the session''s user); NULL: the extension, or nobody noted it.';
ALTER TABLE flis_cube
	ADD COLUMN system_from timestamptz NOT NULL DEFAULT '-infinity',
	ADD COLUMN written_by text,
	ADD CONSTRAINT flis_cube_system_from_is_before_infinity
		CHECK (system_from OPERATOR(pg_catalog.<) 'infinity');
ALTER TABLE flis_cube ALTER COLUMN system_from DROP DEFAULT;
COMMENT ON COLUMN flis_cube.system_from IS 'From when this version of the row is known; -infinity: it always was. Filled in by a trigger; a row that arrives with it is being restored.';
COMMENT ON COLUMN flis_cube.written_by IS 'Role that wrote this version (the session''s user); NULL: the extension, or nobody noted it.';
ALTER TABLE flis_waiver
	ADD COLUMN system_from timestamptz NOT NULL DEFAULT '-infinity',
	ADD COLUMN written_by text,
	ADD CONSTRAINT flis_waiver_system_from_is_before_infinity
		CHECK (system_from OPERATOR(pg_catalog.<) 'infinity');
ALTER TABLE flis_waiver ALTER COLUMN system_from DROP DEFAULT;
COMMENT ON COLUMN flis_waiver.system_from IS 'From when this version of the row is known; -infinity: it always was. Filled in by a trigger; a row that arrives with it is being restored.';
COMMENT ON COLUMN flis_waiver.written_by IS 'Role that wrote this version (the session''s user); NULL: the extension, or nobody noted it.';
ALTER TABLE flis_revision
	DROP CONSTRAINT flis_revision_pkey,
	ADD CONSTRAINT flis_revision_pkey PRIMARY KEY (reference_table, key, revision);
ALTER TABLE flis_revision RESET (fillfactor);
COMMENT ON TABLE flis_revision IS 'Internal: the numbered changes of the rows from which the events of flis_release_ics() are made. They outlive the row, so that an event''s SEQUENCE never falls; flis_forget() keeps the last.';
COMMENT ON COLUMN flis_revision.revision IS 'Number of the change, from 1. An INSERT, UPDATE or DELETE that changes what an event shows counts; those of the extension''s own script do not.';
COMMENT ON COLUMN flis_revision.changed_at IS 'The moment from which the change is known.';
ALTER TABLE flis_generation ADD COLUMN changed_at timestamptz NOT NULL DEFAULT '-infinity';
COMMENT ON COLUMN flis_generation.changed_at IS 'The moment of the last transaction that wrote a reference row: the system_from of its rows. The next one gets a later moment.';
COMMENT ON TABLE flis_generation IS 'Internal: one value that names the visible contents of the reference tables. A change of one draws a new value, so that a session keeps its cached rows exactly as long as its snapshot sees the value they were read at.';

CREATE FUNCTION flis_stamp() RETURNS trigger
	LANGUAGE C AS 'MODULE_PATHNAME';
REVOKE EXECUTE ON FUNCTION flis_stamp() FROM PUBLIC; -- as above
COMMENT ON FUNCTION flis_stamp() IS 'Internal trigger of the reference tables: fills in system_from and written_by of a row that is written. A row that arrives with its system_from is being restored: only for the owner (else error 42501), and not before an earlier version ended (error 23P01). Arguments: the columns of the key.';

CREATE FUNCTION flis_keep_version() RETURNS trigger
	LANGUAGE C AS 'MODULE_PATHNAME';
REVOKE EXECUTE ON FUNCTION flis_keep_version() FROM PUBLIC; -- as above
COMMENT ON FUNCTION flis_keep_version() IS 'Internal trigger of the tables with a history: adds to it the versions that an UPDATE, DELETE or TRUNCATE ends, except those that the same transaction wrote. Arguments: the columns of the key.';

CREATE FUNCTION flis_append_only() RETURNS trigger
	LANGUAGE C AS 'MODULE_PATHNAME';
REVOKE EXECUTE ON FUNCTION flis_append_only() FROM PUBLIC; -- as above
COMMENT ON FUNCTION flis_append_only() IS 'Internal trigger of the history tables: refuses UPDATE, TRUNCATE and a DELETE of what flis_forget() has not forgotten (error 23001), and versions of a key that overlap (error 23P01). Arguments: the columns of the key.';

CREATE FUNCTION flis_own_rows() RETURNS trigger
	LANGUAGE C AS 'MODULE_PATHNAME';
REVOKE EXECUTE ON FUNCTION flis_own_rows() FROM PUBLIC; -- as above
COMMENT ON FUNCTION flis_own_rows() IS 'Internal trigger of the internal tables, for replication alone: drops what another database noted for itself.';

CREATE FUNCTION flis_keep_earlier() RETURNS trigger
	LANGUAGE C AS 'MODULE_PATHNAME';
REVOKE EXECUTE ON FUNCTION flis_keep_earlier() FROM PUBLIC; -- as above
COMMENT ON FUNCTION flis_keep_earlier() IS 'Internal trigger of flis_revision, for replication alone: adds a count of another database unless it was counted here too, and keeps the earlier of both times.';

COMMENT ON FUNCTION flis_keep_shipped() IS 'Internal trigger of the tables with a column "shipped": a change turns it off, a shipped row is retired rather than deleted (error 23001), and a row that is restored or replicated takes the place of the shipped one of its key. Arguments: the columns of the key.';
COMMENT ON FUNCTION flis_names_area() IS 'Internal trigger of the tables that name areas: refuses a row whose area is not in flis_area (error 23503), and one that makes areas parts of each other in a circle (error 23514), unless it is being restored. Arguments: the column, the name by which the error goes.';
/*
 * History: the versions of the rows of seven tables that are over.  It is append-only; only
 * flis_forget() shortens it.  It comes after all changes of the other tables, whose columns it copies.
 */

CREATE TABLE flis_area_history (
	LIKE flis_area INCLUDING COMMENTS,
	system_until timestamptz NOT NULL,
	ended_by text,
	CONSTRAINT flis_area_history_pkey PRIMARY KEY (area, system_from),
	CONSTRAINT flis_area_history_begins_before_it_ends
		CHECK (system_from OPERATOR(pg_catalog.<) system_until),
	CONSTRAINT flis_area_history_system_until_is_before_infinity
		CHECK (system_until OPERATOR(pg_catalog.<) 'infinity')
);
COMMENT ON TABLE flis_area_history IS 'Versions of the rows of flis_area that are over: append-only, see flis_history.';
COMMENT ON COLUMN flis_area_history.system_until IS 'The first moment at which this version was not known any more.';
COMMENT ON COLUMN flis_area_history.ended_by IS 'Role that changed or deleted it (the session''s user).';
SELECT pg_catalog.pg_extension_config_dump('flis_area_history', '');
GRANT SELECT ON flis_area_history TO PUBLIC;

CREATE TABLE flis_channel_history (
	LIKE flis_channel INCLUDING COMMENTS,
	system_until timestamptz NOT NULL,
	ended_by text,
	CONSTRAINT flis_channel_history_pkey PRIMARY KEY (channel, valid_from, system_from),
	CONSTRAINT flis_channel_history_begins_before_it_ends
		CHECK (system_from OPERATOR(pg_catalog.<) system_until),
	CONSTRAINT flis_channel_history_system_until_is_before_infinity
		CHECK (system_until OPERATOR(pg_catalog.<) 'infinity')
);
COMMENT ON TABLE flis_channel_history IS 'Versions of the rows of flis_channel that are over: append-only, see flis_history.';
COMMENT ON COLUMN flis_channel_history.system_until IS 'The first moment at which this version was not known any more.';
COMMENT ON COLUMN flis_channel_history.ended_by IS 'Role that changed or deleted it (the session''s user).';
SELECT pg_catalog.pg_extension_config_dump('flis_channel_history', '');
GRANT SELECT ON flis_channel_history TO PUBLIC;

CREATE TABLE flis_rule_history (
	LIKE flis_rule INCLUDING COMMENTS,
	system_until timestamptz NOT NULL,
	ended_by text,
	CONSTRAINT flis_rule_history_pkey PRIMARY KEY (area, valid_from, system_from),
	CONSTRAINT flis_rule_history_begins_before_it_ends
		CHECK (system_from OPERATOR(pg_catalog.<) system_until),
	CONSTRAINT flis_rule_history_system_until_is_before_infinity
		CHECK (system_until OPERATOR(pg_catalog.<) 'infinity')
);
COMMENT ON TABLE flis_rule_history IS 'Versions of the rows of flis_rule that are over: append-only, see flis_history.';
COMMENT ON COLUMN flis_rule_history.system_until IS 'The first moment at which this version was not known any more.';
COMMENT ON COLUMN flis_rule_history.ended_by IS 'Role that changed or deleted it (the session''s user).';
SELECT pg_catalog.pg_extension_config_dump('flis_rule_history', '');
GRANT SELECT ON flis_rule_history TO PUBLIC;

CREATE TABLE flis_release_history (
	LIKE flis_release INCLUDING COMMENTS,
	system_until timestamptz NOT NULL,
	ended_by text,
	CONSTRAINT flis_release_history_pkey PRIMARY KEY (area, channel, cycle, system_from),
	CONSTRAINT flis_release_history_begins_before_it_ends
		CHECK (system_from OPERATOR(pg_catalog.<) system_until),
	CONSTRAINT flis_release_history_system_until_is_before_infinity
		CHECK (system_until OPERATOR(pg_catalog.<) 'infinity')
);
COMMENT ON TABLE flis_release_history IS 'Versions of the rows of flis_release that are over: append-only, see flis_history.';
COMMENT ON COLUMN flis_release_history.system_until IS 'The first moment at which this version was not known any more.';
COMMENT ON COLUMN flis_release_history.ended_by IS 'Role that changed or deleted it (the session''s user).';
SELECT pg_catalog.pg_extension_config_dump('flis_release_history', '');
GRANT SELECT ON flis_release_history TO PUBLIC;

CREATE TABLE flis_status_history (
	LIKE flis_status INCLUDING COMMENTS,
	system_until timestamptz NOT NULL,
	ended_by text,
	CONSTRAINT flis_status_history_pkey PRIMARY KEY (area, as_of, system_from),
	CONSTRAINT flis_status_history_begins_before_it_ends
		CHECK (system_from OPERATOR(pg_catalog.<) system_until),
	CONSTRAINT flis_status_history_system_until_is_before_infinity
		CHECK (system_until OPERATOR(pg_catalog.<) 'infinity')
);
COMMENT ON TABLE flis_status_history IS 'Versions of the rows of flis_status that are over: append-only, see flis_history.';
COMMENT ON COLUMN flis_status_history.system_until IS 'The first moment at which this version was not known any more.';
COMMENT ON COLUMN flis_status_history.ended_by IS 'Role that changed or deleted it (the session''s user).';
SELECT pg_catalog.pg_extension_config_dump('flis_status_history', '');
GRANT SELECT ON flis_status_history TO PUBLIC;

CREATE TABLE flis_notice_history (
	LIKE flis_notice INCLUDING COMMENTS,
	system_until timestamptz NOT NULL,
	ended_by text,
	CONSTRAINT flis_notice_history_pkey PRIMARY KEY (area, notice, system_from),
	CONSTRAINT flis_notice_history_begins_before_it_ends
		CHECK (system_from OPERATOR(pg_catalog.<) system_until),
	CONSTRAINT flis_notice_history_system_until_is_before_infinity
		CHECK (system_until OPERATOR(pg_catalog.<) 'infinity')
);
COMMENT ON TABLE flis_notice_history IS 'Versions of the rows of flis_notice that are over: append-only, see flis_history.';
COMMENT ON COLUMN flis_notice_history.system_until IS 'The first moment at which this version was not known any more.';
COMMENT ON COLUMN flis_notice_history.ended_by IS 'Role that changed or deleted it (the session''s user).';
SELECT pg_catalog.pg_extension_config_dump('flis_notice_history', '');
GRANT SELECT ON flis_notice_history TO PUBLIC;

CREATE TABLE flis_waiver_history (
	LIKE flis_waiver INCLUDING COMMENTS,
	system_until timestamptz NOT NULL,
	ended_by text,
	CONSTRAINT flis_waiver_history_pkey PRIMARY KEY (area, municipality, valid_from, system_from),
	CONSTRAINT flis_waiver_history_begins_before_it_ends
		CHECK (system_from OPERATOR(pg_catalog.<) system_until),
	CONSTRAINT flis_waiver_history_system_until_is_before_infinity
		CHECK (system_until OPERATOR(pg_catalog.<) 'infinity')
);
COMMENT ON TABLE flis_waiver_history IS 'Versions of the rows of flis_waiver that are over: append-only, see flis_history.';
COMMENT ON COLUMN flis_waiver_history.system_until IS 'The first moment at which this version was not known any more.';
COMMENT ON COLUMN flis_waiver_history.ended_by IS 'Role that changed or deleted it (the session''s user).';
SELECT pg_catalog.pg_extension_config_dump('flis_waiver_history', '');
GRANT SELECT ON flis_waiver_history TO PUBLIC;

CREATE TABLE flis_forgotten (
	forgotten_before timestamptz NOT NULL,
	forgotten_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	forgotten_by text DEFAULT SESSION_USER,
	CONSTRAINT flis_forgotten_pkey PRIMARY KEY (forgotten_before)
);
COMMENT ON TABLE flis_forgotten IS 'Internal: the calls of flis_forget(). Times before the latest forgotten_before are not known any more.';
COMMENT ON COLUMN flis_forgotten.forgotten_before IS 'Versions that ended by this time were dropped.';
COMMENT ON COLUMN flis_forgotten.forgotten_at IS 'When flis_forget() was called.';
COMMENT ON COLUMN flis_forgotten.forgotten_by IS 'Role that called it (the session''s user).';
SELECT pg_catalog.pg_extension_config_dump('flis_forgotten', '');
GRANT SELECT ON flis_forgotten TO PUBLIC;

CREATE FUNCTION flis_maturity(cube text)
	RETURNS TABLE (deliveries bigint, periods bigint, median_share numeric, worst_share numeric)
	LANGUAGE SQL STABLE STRICT PARALLEL UNSAFE ROWS 24 COST 1000000
BEGIN ATOMIC
	WITH print AS (
		-- Of the prints by flis_forget()'s time the last of each period and municipality are left.
		SELECT p.municipality, p.data_through, p.algorithm, p.rows, p.sums,
			   greatest(p.seen_at, (SELECT pg_catalog.max(f.forgotten_before) FROM @extschema@.flis_forgotten f)) AS seen_at
		FROM @extschema@.flis_remembered(cube) p
	), current AS (
		SELECT p.* FROM print p
		WHERE p.algorithm OPERATOR(pg_catalog.=) (SELECT pg_catalog.max(a.algorithm) FROM print a)
	), measure AS (
		SELECT pg_catalog.min(k.key COLLATE "C") AS name
		FROM current c, LATERAL pg_catalog.jsonb_object_keys(c.sums) k (key)
		WHERE NOT EXISTS (SELECT FROM current o
						  WHERE o.rows OPERATOR(pg_catalog.>) 0
								AND (o.sums OPERATOR(pg_catalog.->>) k.key) IS NULL)
	), delivery AS (
		SELECT d.seen_at, pg_catalog.row_number() OVER (ORDER BY d.seen_at) AS n
		FROM (SELECT DISTINCT c.seen_at FROM current c) d
	), value AS (
		SELECT c.data_through, c.municipality, c.seen_at,
			   CASE WHEN c.rows OPERATOR(pg_catalog.=) 0 THEN 0::pg_catalog.numeric
					WHEN m.name IS NULL THEN c.rows::pg_catalog.numeric
					-- one that is not finite would be in the differences of all that follow
					WHEN (c.sums OPERATOR(pg_catalog.->>) m.name) OPERATOR(pg_catalog.=) ANY ('{NaN,Infinity,-Infinity}')
					THEN 0::pg_catalog.numeric
					ELSE (c.sums OPERATOR(pg_catalog.->>) m.name)::pg_catalog.numeric END AS value
		FROM current c, measure m
	), change AS (
		SELECT v.data_through, v.seen_at,
			   v.value OPERATOR(pg_catalog.-)
			   pg_catalog.lag(v.value, 1, 0::pg_catalog.numeric)
				   OVER (PARTITION BY v.data_through, v.municipality ORDER BY v.seen_at) AS change
		FROM value v
	), period AS (
		SELECT c.data_through, pg_catalog.min(d.n) AS first, pg_catalog.sum(c.change) AS newest
		FROM change c JOIN delivery d ON d.seen_at OPERATOR(pg_catalog.=) c.seen_at
		GROUP BY c.data_through
	), state AS (
		SELECT p.data_through, d.n OPERATOR(pg_catalog.-) p.first OPERATOR(pg_catalog.+) 1 AS age,
			   (SELECT pg_catalog.sum(c.change) FROM change c
				WHERE c.data_through OPERATOR(pg_catalog.=) p.data_through
					  AND c.seen_at OPERATOR(pg_catalog.<=) d.seen_at)
			   OPERATOR(pg_catalog./) p.newest AS share
		FROM period p JOIN delivery d ON d.n OPERATOR(pg_catalog.>=) p.first
		WHERE p.newest OPERATOR(pg_catalog.<>) 0
	)
	SELECT s.age, pg_catalog.count(*),
		   pg_catalog.round(pg_catalog.percentile_cont(0.5) WITHIN GROUP
							(ORDER BY s.share::pg_catalog.float8)::pg_catalog.numeric, 4),
		   pg_catalog.round((pg_catalog.array_agg(s.share ORDER BY pg_catalog.abs(
			   s.share OPERATOR(pg_catalog.-) 1) DESC, s.share))[1], 4)
	FROM state s
	GROUP BY s.age
	ORDER BY s.age;
END;
COMMENT ON FUNCTION flis_maturity(text) IS 'How final is a period? One row for each age of a period in deliveries: how much of its newest sum was there by then.
A delivery is a call of flis_remember() that found something new in the table; a period''s first is the one that found its first rows.
periods: how many have come to that age;
median_share, worst_share: of what the period''s sum is by the newest print (1: all), the median, and the one furthest from 1.
The sum is that of a measure that each print has (the first by name), else the number of rows; one that is NaN or infinite counts as 0.
Deliveries before the first call, and up to the time of a flis_forget(), are not known: a period that was there then counts from it.
Errors as flis_remembered.';

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

CREATE TRIGGER flis_new_generation
	BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON flis_municipality
	FOR EACH STATEMENT EXECUTE FUNCTION flis_new_generation();
CREATE TRIGGER flis_new_generation_row
	BEFORE INSERT OR UPDATE OR DELETE ON flis_municipality
	FOR EACH ROW EXECUTE FUNCTION flis_new_generation();
CREATE TRIGGER flis_new_generation_after
	AFTER INSERT OR UPDATE OR DELETE ON flis_municipality
	FOR EACH STATEMENT EXECUTE FUNCTION flis_new_generation();
ALTER TABLE flis_municipality ENABLE ALWAYS TRIGGER flis_new_generation;
ALTER TABLE flis_municipality ENABLE ALWAYS TRIGGER flis_new_generation_after;
ALTER TABLE flis_municipality ENABLE ALWAYS TRIGGER flis_new_generation_row;

CREATE TRIGGER flis_new_generation
	BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON flis_cube
	FOR EACH STATEMENT EXECUTE FUNCTION flis_new_generation();
CREATE TRIGGER flis_new_generation_row
	BEFORE INSERT OR UPDATE OR DELETE ON flis_cube
	FOR EACH ROW EXECUTE FUNCTION flis_new_generation();
CREATE TRIGGER flis_new_generation_after
	AFTER INSERT OR UPDATE OR DELETE ON flis_cube
	FOR EACH STATEMENT EXECUTE FUNCTION flis_new_generation();
ALTER TABLE flis_cube ENABLE ALWAYS TRIGGER flis_new_generation;
ALTER TABLE flis_cube ENABLE ALWAYS TRIGGER flis_new_generation_after;
ALTER TABLE flis_cube ENABLE ALWAYS TRIGGER flis_new_generation_row;

CREATE TRIGGER flis_new_generation
	BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON flis_forgotten
	FOR EACH STATEMENT EXECUTE FUNCTION flis_new_generation();
CREATE TRIGGER flis_new_generation_row
	BEFORE INSERT OR UPDATE OR DELETE ON flis_forgotten
	FOR EACH ROW EXECUTE FUNCTION flis_new_generation();
CREATE TRIGGER flis_new_generation_after
	AFTER INSERT OR UPDATE OR DELETE ON flis_forgotten
	FOR EACH STATEMENT EXECUTE FUNCTION flis_new_generation();
ALTER TABLE flis_forgotten ENABLE ALWAYS TRIGGER flis_new_generation;
ALTER TABLE flis_forgotten ENABLE ALWAYS TRIGGER flis_new_generation_after;
ALTER TABLE flis_forgotten ENABLE ALWAYS TRIGGER flis_new_generation_row;

/*
 * System time.
 */

CREATE TRIGGER flis_stamp
	BEFORE INSERT OR UPDATE ON flis_area
	FOR EACH ROW EXECUTE FUNCTION flis_stamp('area');
ALTER TABLE flis_area ENABLE ALWAYS TRIGGER flis_stamp;
CREATE TRIGGER flis_stamp
	BEFORE INSERT OR UPDATE ON flis_channel
	FOR EACH ROW EXECUTE FUNCTION flis_stamp('channel', 'valid_from');
ALTER TABLE flis_channel ENABLE ALWAYS TRIGGER flis_stamp;
CREATE TRIGGER flis_stamp
	BEFORE INSERT OR UPDATE ON flis_rule
	FOR EACH ROW EXECUTE FUNCTION flis_stamp('area', 'valid_from');
ALTER TABLE flis_rule ENABLE ALWAYS TRIGGER flis_stamp;
CREATE TRIGGER flis_stamp
	BEFORE INSERT OR UPDATE ON flis_release
	FOR EACH ROW EXECUTE FUNCTION flis_stamp('area', 'channel', 'cycle');
ALTER TABLE flis_release ENABLE ALWAYS TRIGGER flis_stamp;
CREATE TRIGGER flis_stamp
	BEFORE INSERT OR UPDATE ON flis_status
	FOR EACH ROW EXECUTE FUNCTION flis_stamp('area', 'as_of');
ALTER TABLE flis_status ENABLE ALWAYS TRIGGER flis_stamp;
CREATE TRIGGER flis_stamp
	BEFORE INSERT OR UPDATE ON flis_notice
	FOR EACH ROW EXECUTE FUNCTION flis_stamp('area', 'notice');
ALTER TABLE flis_notice ENABLE ALWAYS TRIGGER flis_stamp;
CREATE TRIGGER flis_stamp
	BEFORE INSERT OR UPDATE ON flis_municipality
	FOR EACH ROW EXECUTE FUNCTION flis_stamp('municipality');
ALTER TABLE flis_municipality ENABLE ALWAYS TRIGGER flis_stamp;
CREATE TRIGGER flis_stamp
	BEFORE INSERT OR UPDATE ON flis_cube
	FOR EACH ROW EXECUTE FUNCTION flis_stamp('cube');
ALTER TABLE flis_cube ENABLE ALWAYS TRIGGER flis_stamp;
CREATE TRIGGER flis_stamp
	BEFORE INSERT OR UPDATE ON flis_waiver
	FOR EACH ROW EXECUTE FUNCTION flis_stamp('area', 'municipality', 'valid_from');
ALTER TABLE flis_waiver ENABLE ALWAYS TRIGGER flis_stamp;

CREATE TRIGGER flis_keep_version
	AFTER UPDATE OR DELETE ON flis_area
	FOR EACH ROW EXECUTE FUNCTION flis_keep_version('area');
CREATE TRIGGER flis_keep_version_truncate
	BEFORE TRUNCATE ON flis_area
	FOR EACH STATEMENT EXECUTE FUNCTION flis_keep_version();
ALTER TABLE flis_area ENABLE ALWAYS TRIGGER flis_keep_version;
ALTER TABLE flis_area ENABLE ALWAYS TRIGGER flis_keep_version_truncate;
CREATE TRIGGER flis_append_only
	BEFORE INSERT OR UPDATE OR DELETE ON flis_area_history
	FOR EACH ROW EXECUTE FUNCTION flis_append_only('area');
CREATE TRIGGER flis_append_only_truncate
	BEFORE TRUNCATE ON flis_area_history
	FOR EACH STATEMENT EXECUTE FUNCTION flis_append_only('area');
ALTER TABLE flis_area_history ENABLE ALWAYS TRIGGER flis_append_only;
ALTER TABLE flis_area_history ENABLE ALWAYS TRIGGER flis_append_only_truncate;

CREATE TRIGGER flis_keep_version
	AFTER UPDATE OR DELETE ON flis_channel
	FOR EACH ROW EXECUTE FUNCTION flis_keep_version('channel', 'valid_from');
CREATE TRIGGER flis_keep_version_truncate
	BEFORE TRUNCATE ON flis_channel
	FOR EACH STATEMENT EXECUTE FUNCTION flis_keep_version();
ALTER TABLE flis_channel ENABLE ALWAYS TRIGGER flis_keep_version;
ALTER TABLE flis_channel ENABLE ALWAYS TRIGGER flis_keep_version_truncate;
CREATE TRIGGER flis_append_only
	BEFORE INSERT OR UPDATE OR DELETE ON flis_channel_history
	FOR EACH ROW EXECUTE FUNCTION flis_append_only('channel', 'valid_from');
CREATE TRIGGER flis_append_only_truncate
	BEFORE TRUNCATE ON flis_channel_history
	FOR EACH STATEMENT EXECUTE FUNCTION flis_append_only('channel', 'valid_from');
ALTER TABLE flis_channel_history ENABLE ALWAYS TRIGGER flis_append_only;
ALTER TABLE flis_channel_history ENABLE ALWAYS TRIGGER flis_append_only_truncate;

CREATE TRIGGER flis_keep_version
	AFTER UPDATE OR DELETE ON flis_rule
	FOR EACH ROW EXECUTE FUNCTION flis_keep_version('area', 'valid_from');
CREATE TRIGGER flis_keep_version_truncate
	BEFORE TRUNCATE ON flis_rule
	FOR EACH STATEMENT EXECUTE FUNCTION flis_keep_version();
ALTER TABLE flis_rule ENABLE ALWAYS TRIGGER flis_keep_version;
ALTER TABLE flis_rule ENABLE ALWAYS TRIGGER flis_keep_version_truncate;
CREATE TRIGGER flis_append_only
	BEFORE INSERT OR UPDATE OR DELETE ON flis_rule_history
	FOR EACH ROW EXECUTE FUNCTION flis_append_only('area', 'valid_from');
CREATE TRIGGER flis_append_only_truncate
	BEFORE TRUNCATE ON flis_rule_history
	FOR EACH STATEMENT EXECUTE FUNCTION flis_append_only('area', 'valid_from');
ALTER TABLE flis_rule_history ENABLE ALWAYS TRIGGER flis_append_only;
ALTER TABLE flis_rule_history ENABLE ALWAYS TRIGGER flis_append_only_truncate;

CREATE TRIGGER flis_keep_version
	AFTER UPDATE OR DELETE ON flis_release
	FOR EACH ROW EXECUTE FUNCTION flis_keep_version('area', 'channel', 'cycle');
CREATE TRIGGER flis_keep_version_truncate
	BEFORE TRUNCATE ON flis_release
	FOR EACH STATEMENT EXECUTE FUNCTION flis_keep_version();
ALTER TABLE flis_release ENABLE ALWAYS TRIGGER flis_keep_version;
ALTER TABLE flis_release ENABLE ALWAYS TRIGGER flis_keep_version_truncate;
CREATE TRIGGER flis_append_only
	BEFORE INSERT OR UPDATE OR DELETE ON flis_release_history
	FOR EACH ROW EXECUTE FUNCTION flis_append_only('area', 'channel', 'cycle');
CREATE TRIGGER flis_append_only_truncate
	BEFORE TRUNCATE ON flis_release_history
	FOR EACH STATEMENT EXECUTE FUNCTION flis_append_only('area', 'channel', 'cycle');
ALTER TABLE flis_release_history ENABLE ALWAYS TRIGGER flis_append_only;
ALTER TABLE flis_release_history ENABLE ALWAYS TRIGGER flis_append_only_truncate;

CREATE TRIGGER flis_keep_version
	AFTER UPDATE OR DELETE ON flis_status
	FOR EACH ROW EXECUTE FUNCTION flis_keep_version('area', 'as_of');
CREATE TRIGGER flis_keep_version_truncate
	BEFORE TRUNCATE ON flis_status
	FOR EACH STATEMENT EXECUTE FUNCTION flis_keep_version();
ALTER TABLE flis_status ENABLE ALWAYS TRIGGER flis_keep_version;
ALTER TABLE flis_status ENABLE ALWAYS TRIGGER flis_keep_version_truncate;
CREATE TRIGGER flis_append_only
	BEFORE INSERT OR UPDATE OR DELETE ON flis_status_history
	FOR EACH ROW EXECUTE FUNCTION flis_append_only('area', 'as_of');
CREATE TRIGGER flis_append_only_truncate
	BEFORE TRUNCATE ON flis_status_history
	FOR EACH STATEMENT EXECUTE FUNCTION flis_append_only('area', 'as_of');
ALTER TABLE flis_status_history ENABLE ALWAYS TRIGGER flis_append_only;
ALTER TABLE flis_status_history ENABLE ALWAYS TRIGGER flis_append_only_truncate;

CREATE TRIGGER flis_keep_version
	AFTER UPDATE OR DELETE ON flis_notice
	FOR EACH ROW EXECUTE FUNCTION flis_keep_version('area', 'notice');
CREATE TRIGGER flis_keep_version_truncate
	BEFORE TRUNCATE ON flis_notice
	FOR EACH STATEMENT EXECUTE FUNCTION flis_keep_version();
ALTER TABLE flis_notice ENABLE ALWAYS TRIGGER flis_keep_version;
ALTER TABLE flis_notice ENABLE ALWAYS TRIGGER flis_keep_version_truncate;
CREATE TRIGGER flis_append_only
	BEFORE INSERT OR UPDATE OR DELETE ON flis_notice_history
	FOR EACH ROW EXECUTE FUNCTION flis_append_only('area', 'notice');
CREATE TRIGGER flis_append_only_truncate
	BEFORE TRUNCATE ON flis_notice_history
	FOR EACH STATEMENT EXECUTE FUNCTION flis_append_only('area', 'notice');
ALTER TABLE flis_notice_history ENABLE ALWAYS TRIGGER flis_append_only;
ALTER TABLE flis_notice_history ENABLE ALWAYS TRIGGER flis_append_only_truncate;

CREATE TRIGGER flis_keep_version
	AFTER UPDATE OR DELETE ON flis_waiver
	FOR EACH ROW EXECUTE FUNCTION flis_keep_version('area', 'municipality', 'valid_from');
CREATE TRIGGER flis_keep_version_truncate
	BEFORE TRUNCATE ON flis_waiver
	FOR EACH STATEMENT EXECUTE FUNCTION flis_keep_version();
ALTER TABLE flis_waiver ENABLE ALWAYS TRIGGER flis_keep_version;
ALTER TABLE flis_waiver ENABLE ALWAYS TRIGGER flis_keep_version_truncate;
CREATE TRIGGER flis_append_only
	BEFORE INSERT OR UPDATE OR DELETE ON flis_waiver_history
	FOR EACH ROW EXECUTE FUNCTION flis_append_only('area', 'municipality', 'valid_from');
CREATE TRIGGER flis_append_only_truncate
	BEFORE TRUNCATE ON flis_waiver_history
	FOR EACH STATEMENT EXECUTE FUNCTION flis_append_only('area', 'municipality', 'valid_from');
ALTER TABLE flis_waiver_history ENABLE ALWAYS TRIGGER flis_append_only;
ALTER TABLE flis_waiver_history ENABLE ALWAYS TRIGGER flis_append_only_truncate;

-- A publication FOR ALL TABLES brings the internal tables of another database too.
CREATE TRIGGER flis_own_rows
	BEFORE INSERT OR UPDATE OR DELETE ON flis_generation
	FOR EACH ROW EXECUTE FUNCTION flis_own_rows();
ALTER TABLE flis_generation ENABLE REPLICA TRIGGER flis_own_rows;
CREATE TRIGGER flis_own_rows
	BEFORE INSERT OR UPDATE OR DELETE ON flis_shipped
	FOR EACH ROW EXECUTE FUNCTION flis_own_rows();
ALTER TABLE flis_shipped ENABLE REPLICA TRIGGER flis_own_rows;
CREATE TRIGGER flis_keep_earlier
	BEFORE INSERT OR UPDATE OR DELETE ON flis_revision
	FOR EACH ROW EXECUTE FUNCTION flis_keep_earlier();
ALTER TABLE flis_revision ENABLE REPLICA TRIGGER flis_keep_earlier;

CREATE TRIGGER flis_own_rows
	BEFORE INSERT OR UPDATE OR DELETE ON flis_installed
	FOR EACH ROW EXECUTE FUNCTION flis_own_rows();
ALTER TABLE flis_installed ENABLE REPLICA TRIGGER flis_own_rows;

CREATE FUNCTION flis_forget(before timestamptz) RETURNS bigint
	LANGUAGE SQL STRICT
BEGIN ATOMIC
	INSERT INTO flis_forgotten (forgotten_before) VALUES (least(before, pg_catalog.now()))
		ON CONFLICT DO NOTHING;
	WITH area AS (
		DELETE FROM flis_area_history
		WHERE system_until OPERATOR(pg_catalog.<=) least(before, pg_catalog.now())
		RETURNING 1),
	channel AS (
		DELETE FROM flis_channel_history
		WHERE system_until OPERATOR(pg_catalog.<=) least(before, pg_catalog.now())
		RETURNING 1),
	rule AS (
		DELETE FROM flis_rule_history
		WHERE system_until OPERATOR(pg_catalog.<=) least(before, pg_catalog.now())
		RETURNING 1),
	release AS (
		DELETE FROM flis_release_history
		WHERE system_until OPERATOR(pg_catalog.<=) least(before, pg_catalog.now())
		RETURNING 1),
	status AS (
		DELETE FROM flis_status_history
		WHERE system_until OPERATOR(pg_catalog.<=) least(before, pg_catalog.now())
		RETURNING 1),
	notice AS (
		DELETE FROM flis_notice_history
		WHERE system_until OPERATOR(pg_catalog.<=) least(before, pg_catalog.now())
		RETURNING 1),
	waiver AS (
		DELETE FROM flis_waiver_history
		WHERE system_until OPERATOR(pg_catalog.<=) least(before, pg_catalog.now())
		RETURNING 1),
	revision AS (
		-- The last number of a row stays.
		DELETE FROM flis_revision r
		WHERE EXISTS (SELECT FROM flis_revision n
					  WHERE n.reference_table OPERATOR(pg_catalog.=) r.reference_table
							AND n.key OPERATOR(pg_catalog.=) r.key
							AND n.revision OPERATOR(pg_catalog.>) r.revision
							AND n.changed_at OPERATOR(pg_catalog.<=) least(before, pg_catalog.now()))),
	print AS (
		-- A print ends where the next one of its period and municipality begins.
		DELETE FROM flis_print p
		WHERE EXISTS (SELECT FROM flis_print n
					  WHERE n.cube OPERATOR(pg_catalog.=) p.cube
							AND n.data_through OPERATOR(pg_catalog.=) p.data_through
							AND n.municipality OPERATOR(pg_catalog.=) p.municipality
							AND n.seen_at OPERATOR(pg_catalog.>) p.seen_at
							AND n.seen_at OPERATOR(pg_catalog.<=) least(before, pg_catalog.now()))
		RETURNING 1)
	SELECT pg_catalog.count(*)
	FROM (SELECT FROM area
		  UNION ALL SELECT FROM channel
		  UNION ALL SELECT FROM rule
		  UNION ALL SELECT FROM release
		  UNION ALL SELECT FROM status
		  UNION ALL SELECT FROM notice
		  UNION ALL SELECT FROM waiver
		  UNION ALL SELECT FROM print) f;
END;
REVOKE EXECUTE ON FUNCTION flis_forget(timestamptz) FROM PUBLIC; -- the owner's
COMMENT ON FUNCTION flis_forget(timestamptz) IS 'Drops the versions of reference rows and the prints that ended by a time, and returns how many those were.
flis.known_at may not be set to an earlier time any more, and flis_history lists no change up to that time.
before: a time after now counts as now.
Only for the owner of the tables (error 42501).';

-- Remedies after which nothing more is found.
CREATE OR REPLACE FUNCTION flis_selftest_rows(on_day date)
	RETURNS TABLE (severity text, what text, subject text, finding text, remedy text)
	LANGUAGE SQL STABLE STRICT PARALLEL SAFE ROWS 10 COST 1000
BEGIN ATOMIC
	-- Only with triggers off such a row can be written.
	SELECT 'warning', 'no_area', n.area,
		   pg_catalog.format('There is no such area, but it is named by %s.',
							 pg_catalog.string_agg(n.place, ', ' ORDER BY n.place)),
		   pg_catalog.format('Add it, or take those rows away: INSERT INTO flis_area (area, name) VALUES (%1$L, %1$L);%2$s', n.area,
							 CASE WHEN NOT EXISTS (SELECT FROM flis_rule r
												   WHERE r.area OPERATOR(pg_catalog.=) n.area AND NOT r.retired)
								  THEN pg_catalog.format(' INSERT INTO flis_rule (area, valid_from, retired) VALUES (%L, ''0001-01-01'', false) ON CONFLICT (area, valid_from) DO UPDATE SET retired = false;', n.area) END)
	FROM (SELECT 'flis_area' AS place, p.part_of AS area FROM flis_area p WHERE p.part_of IS NOT NULL
		  UNION SELECT 'flis_rule', r.area FROM flis_rule r
		  UNION SELECT 'flis_release', e.area FROM flis_release e
		  UNION SELECT 'flis_status', s.area FROM flis_status s
		  UNION SELECT 'flis_notice', i.area FROM flis_notice i
		  UNION SELECT 'flis_cube', c.area FROM flis_cube c
		  UNION SELECT 'flis_waiver', w.area FROM flis_waiver w) n
	WHERE NOT EXISTS (SELECT FROM flis_area a WHERE a.area OPERATOR(pg_catalog.=) n.area)
	GROUP BY n.area
	UNION ALL
	SELECT 'warning', 'no_rule', a.area, 'The area has no rule, so that nothing is expected of it.',
		   pg_catalog.format('Write one, such as for monthly with one month''s delay: INSERT INTO flis_rule (area, valid_from, retired) VALUES (%L, ''0001-01-01'', false) ON CONFLICT (area, valid_from) DO UPDATE SET retired = false;', a.area)
	FROM flis_area a
	WHERE NOT a.retired
		  AND NOT EXISTS (SELECT FROM flis_rule r
						  WHERE r.area OPERATOR(pg_catalog.=) a.area AND NOT r.retired)
	UNION ALL
	-- STIL as it is shipped is left out: nobody knows its month.
	SELECT 'info', 'no_release_month',
		   pg_catalog.format('%s, %s', r.area, pg_catalog.to_char(r.valid_from, 'YYYY-MM-DD')),
		   'The rule is yearly but names no month, so that nothing is expected.',
		   pg_catalog.format('Fill the month in, such as September: UPDATE flis_rule SET release_month = 9 WHERE area = %L AND valid_from = %L;',
							 r.area, pg_catalog.to_char(r.valid_from, 'YYYY-MM-DD'))
	FROM flis_rule r
		 JOIN flis_area a ON a.area OPERATOR(pg_catalog.=) r.area
	WHERE r.frequency OPERATOR(pg_catalog.=) 'ANNUAL' AND r.release_month IS NULL
		  AND NOT r.retired AND NOT r.shipped AND NOT a.retired
	UNION ALL
	SELECT 'warning', 'no_channel',
		   pg_catalog.format('%s, %s, %s', r.area, r.channel, pg_catalog.to_char(r.cycle, 'YYYY-MM-DD')),
		   'There is no such channel, so that the release has no effect.',
		   pg_catalog.format('Name another channel, or take the release away: DELETE FROM flis_release WHERE area = %L AND channel = %L AND cycle = %L;',
							 r.area, r.channel, pg_catalog.to_char(r.cycle, 'YYYY-MM-DD'))
	FROM flis_release r
	WHERE NOT EXISTS (SELECT FROM flis_channel c
					  WHERE c.channel OPERATOR(pg_catalog.=) r.channel AND NOT c.retired)
	UNION ALL
	SELECT 'warning', 'deck_is_old', pg_catalog.to_char(d.newest, 'YYYY-MM-DD'),
		   'The newest deck is more than two months old.',
		   'Load the one that has come since, with flis_import_overview(deck, year).'
	FROM (SELECT pg_catalog.max(s.as_of) AS newest
		  FROM flis_status s WHERE s.as_of OPERATOR(pg_catalog.<=) on_day) d
	WHERE d.newest OPERATOR(pg_catalog.<) (on_day OPERATOR(pg_catalog.-) interval '2 months')
	UNION ALL
	SELECT 'warning', 'deck_is_not_whole', pg_catalog.to_char(d.newest, 'YYYY-MM-DD'),
		   'The newest deck says nothing of ' OPERATOR(pg_catalog.||)
		   pg_catalog.string_agg(a.area, ', ' ORDER BY a.position, a.area) OPERATOR(pg_catalog.||) '.',
		   'Load the whole deck, with flis_import_overview(deck, year), or retire what it does not have any more.'
	FROM (SELECT pg_catalog.max(s.as_of) AS newest
		  FROM flis_status s WHERE s.as_of OPERATOR(pg_catalog.<=) on_day) d
		 JOIN flis_area a ON a.position IS NOT NULL AND NOT a.retired
	WHERE d.newest IS NOT NULL
		  AND NOT EXISTS (SELECT FROM flis_status s
						  WHERE s.area OPERATOR(pg_catalog.=) a.area
								AND s.as_of OPERATOR(pg_catalog.=) d.newest)
	GROUP BY d.newest
	UNION ALL
	-- What was published or announced before an area was retired is history, not a finding.
	SELECT 'info', 'retired_area', n.area,
		   pg_catalog.format('The area is retired, but %s.', pg_catalog.string_agg(n.tells, ' and ' ORDER BY n.tells)),
		   -- An area that the newest deck doesn't list gets no position, and one without a rule gets a rule.
		   pg_catalog.format('If it still comes: UPDATE flis_area SET retired = false%2$s WHERE area = %1$L;%3$s', n.area,
							 CASE WHEN pg_catalog.bool_and(a.position IS NOT NULL)
									   AND NOT EXISTS (SELECT FROM flis_status s
													   WHERE s.area OPERATOR(pg_catalog.=) n.area
															 AND s.as_of OPERATOR(pg_catalog.=)
																 (SELECT pg_catalog.max(d.as_of)
																  FROM flis_status d WHERE d.as_of OPERATOR(pg_catalog.<=) on_day))
								  THEN ', position = NULL' END,
							 CASE WHEN NOT EXISTS (SELECT FROM flis_rule r
												   WHERE r.area OPERATOR(pg_catalog.=) n.area AND NOT r.retired)
								  THEN pg_catalog.format(' INSERT INTO flis_rule (area, valid_from, retired) VALUES (%L, ''0001-01-01'', false) ON CONFLICT (area, valid_from) DO UPDATE SET retired = false;', n.area) END)
	FROM (SELECT s.area, 'the newest deck tells of it' AS tells
		  FROM flis_status s
		  WHERE s.as_of OPERATOR(pg_catalog.=)
				(SELECT pg_catalog.max(d.as_of)
				 FROM flis_status d WHERE d.as_of OPERATOR(pg_catalog.<=) on_day)
		  UNION ALL
		  SELECT DISTINCT n.area, 'a notice tells of it'
		  FROM flis_notice n
		  WHERE n.ended_on IS NULL OR n.ended_on OPERATOR(pg_catalog.>) on_day
		  UNION ALL
		  SELECT DISTINCT c.area, 'a cube holds it'
		  FROM flis_cube c) n
		 JOIN flis_area a ON a.area OPERATOR(pg_catalog.=) n.area AND a.retired
	GROUP BY n.area
	UNION ALL
	SELECT 'warning', 'notice_is_overdue', pg_catalog.format('%s, %s', n.area, n.notice),
		   pg_catalog.format('The notice was expected to end on %s: %s',
							 pg_catalog.to_char(n.expected_end, 'YYYY-MM-DD'), n.note),
		   pg_catalog.format('Expect another day, or write down that it has ended: UPDATE flis_notice SET ended_on = %L WHERE area = %L AND notice = %s;',
							 pg_catalog.to_char(on_day, 'YYYY-MM-DD'), n.area, n.notice)
	FROM flis_notice_board(on_day) n
	WHERE n.state OPERATOR(pg_catalog.=) 'overdue' AND n.ended_on IS NULL;
END;
CREATE OR REPLACE FUNCTION flis_selftest_installation()
	RETURNS TABLE (severity text, what text, subject text, finding text, remedy text)
	LANGUAGE SQL STABLE STRICT PARALLEL SAFE ROWS 10 COST 1000
	SET quote_all_identifiers = off -- as when it was noted
	SET search_path = @extschema@, pg_temp
BEGIN ATOMIC
	WITH part AS (
		SELECT i.kind, i.relation, i.name, i.state, i.definition, p.state AS now
		FROM flis_installed i
			 LEFT JOIN flis_part p
				ON p.kind OPERATOR(pg_catalog.=) i.kind
				   AND p.relation OPERATOR(pg_catalog.=) i.relation
				   AND p.name OPERATOR(pg_catalog.=) i.name
	)
	-- Parts that the extension's script made, and that are missing or altered now.
	SELECT CASE i.kind WHEN 'grant' THEN 'warning' ELSE 'error' END,
		   CASE WHEN i.now IS NULL THEN 'part_missing' ELSE 'part_altered' END,
		   pg_catalog.concat_ws(', ', i.relation, nullif(i.name, '')),
		   CASE i.kind
				WHEN 'table' THEN CASE WHEN i.now IS NULL THEN 'There is no such table.'
									   ELSE 'Row security is on, which the functions refuse.' END
				WHEN 'column' THEN CASE WHEN i.now IS NULL THEN 'There is no such column.'
										ELSE pg_catalog.format('The column is of type %s, not %s.',
															   i.now, i.state) END
				WHEN 'not null' THEN 'The column takes NULL.'
				WHEN 'constraint' THEN CASE WHEN i.now IS NULL THEN 'There is no such constraint.'
											ELSE 'The constraint is not valid.' END
				WHEN 'trigger' THEN CASE WHEN i.now IS NULL THEN 'There is no such trigger.'
										 ELSE 'The trigger does not fire when it must.' END
				ELSE 'Not everybody may do so.'
		   END,
		   CASE i.kind
				WHEN 'table' THEN
					CASE WHEN i.now IS NULL
						 THEN 'Give the table its name and its schema back.'
						 ELSE pg_catalog.format('Turn it off: ALTER TABLE %I DISABLE ROW LEVEL SECURITY;', i.relation) END
				WHEN 'column' THEN
					CASE WHEN i.now IS NULL
						 THEN 'Give the column its name back, or create the extension anew.'
						 ELSE pg_catalog.format('Give the column its type back: ALTER TABLE %I ALTER COLUMN %I TYPE %s;',
												i.relation, i.name, i.state) END
				WHEN 'not null' THEN
					pg_catalog.format('Fill in what is NULL, and then: ALTER TABLE %I ALTER COLUMN %I SET NOT NULL;',
									  i.relation, i.name)
				WHEN 'constraint' THEN
					CASE WHEN i.now IS NULL
						 THEN pg_catalog.format('Correct what contradicts it, and then: ALTER TABLE %I ADD CONSTRAINT %I %s;',
												i.relation, i.name, i.definition)
						 ELSE pg_catalog.format('Correct what contradicts it, and then: ALTER TABLE %I VALIDATE CONSTRAINT %I;',
												i.relation, i.name) END
				WHEN 'trigger' THEN
					pg_catalog.format('Put it back: %sALTER TABLE %I ENABLE %sTRIGGER %I;',
									  CASE WHEN i.now IS NULL
										   THEN i.definition OPERATOR(pg_catalog.||) '; ' END,
									  i.relation,
									  CASE i.state WHEN 'A' THEN 'ALWAYS ' WHEN 'R' THEN 'REPLICA ' END, i.name)
				ELSE pg_catalog.format('If that is not meant: GRANT %s ON %s TO PUBLIC;',
									   i.name, i.relation)
		   END
	FROM part i
	WHERE (i.now IS NULL OR i.now OPERATOR(pg_catalog.<>) i.state)
		  -- a missing table or column is one finding, without all that it had
		  AND NOT EXISTS (SELECT FROM part t
						  WHERE t.now IS NULL AND t.relation OPERATOR(pg_catalog.=) i.relation
								AND (t.kind OPERATOR(pg_catalog.=) 'table'
									 AND i.kind OPERATOR(pg_catalog.<>) 'table'
									 OR t.kind OPERATOR(pg_catalog.=) 'column'
									 AND i.kind OPERATOR(pg_catalog.=) 'not null'
									 AND t.name OPERATOR(pg_catalog.=) i.name))
	UNION ALL
	SELECT 'error', 'part_missing', 'flis_installed',
		   'Nobody knows what the installation should be made of.',
		   'Create the extension anew.'
	WHERE NOT EXISTS (SELECT FROM flis_installed)
	UNION ALL
	SELECT 'error', 'generation', 'flis_generation',
		   pg_catalog.format('The table has %s rows with a value, not one.',
							 pg_catalog.count(g.generation)),
		   'Draw one: DELETE FROM flis_generation; INSERT INTO flis_generation (generation) VALUES (gen_random_uuid());'
	FROM flis_generation g
	HAVING pg_catalog.count(*) OPERATOR(pg_catalog.<>) 1
		   OR pg_catalog.count(g.generation) OPERATOR(pg_catalog.<>) 1
	UNION ALL
	-- Only with triggers off a shipped row can be deleted; the remedy makes it count as deleted.
	SELECT 'warning', 'shipped_row_deleted',
		   pg_catalog.concat_ws(', ', s.reference_table, s.key),
		   'A row that the extension brought was deleted; a restore or an upgrade would bring it back.',
		   'Let a retired one stand for it: ' OPERATOR(pg_catalog.||)
		   CASE s.reference_table
				WHEN 'flis_area' THEN
					pg_catalog.format('INSERT INTO flis_area (area, name, retired) VALUES (%1$L, %1$L, true);', s.key)
				WHEN 'flis_channel' THEN
					pg_catalog.format('INSERT INTO flis_channel (channel, valid_from, name, opens_day, closes_day, retired) VALUES (%1$L, %2$L, %1$L, 1, 1, true);',
									  pg_catalog.split_part(s.key, ',', 1), pg_catalog.split_part(s.key, ',', 2))
				WHEN 'flis_rule' THEN
					pg_catalog.format('INSERT INTO flis_rule (area, valid_from, retired) VALUES (%L, %L, true);',
									  pg_catalog.split_part(s.key, ',', 1), pg_catalog.split_part(s.key, ',', 2))
				WHEN 'flis_municipality' THEN
					pg_catalog.format('INSERT INTO flis_municipality (municipality, name, region, retired) VALUES (%1$s, %1$L, 1000, true);', s.key)
				WHEN 'flis_waiver' THEN
					pg_catalog.format('INSERT INTO flis_waiver (area, municipality, valid_from, retired) VALUES (%L, %s, %L, true);',
									  pg_catalog.split_part(s.key, ',', 1), pg_catalog.split_part(s.key, ',', 2),
									  pg_catalog.split_part(s.key, ',', 3))
		   END
	FROM flis_shipped s
	WHERE NOT EXISTS (SELECT FROM flis_area a
					  WHERE s.reference_table OPERATOR(pg_catalog.=) 'flis_area'
							AND a.area OPERATOR(pg_catalog.=) s.key)
		  AND NOT EXISTS (SELECT FROM flis_channel c
						  WHERE s.reference_table OPERATOR(pg_catalog.=) 'flis_channel'
								AND c.channel OPERATOR(pg_catalog.=) pg_catalog.split_part(s.key, ',', 1)
								AND pg_catalog.to_char(c.valid_from, 'YYYY-MM-DD')
									OPERATOR(pg_catalog.=) pg_catalog.split_part(s.key, ',', 2))
		  AND NOT EXISTS (SELECT FROM flis_rule r
						  WHERE s.reference_table OPERATOR(pg_catalog.=) 'flis_rule'
								AND r.area OPERATOR(pg_catalog.=) pg_catalog.split_part(s.key, ',', 1)
								AND pg_catalog.to_char(r.valid_from, 'YYYY-MM-DD')
									OPERATOR(pg_catalog.=) pg_catalog.split_part(s.key, ',', 2))
		  AND NOT EXISTS (SELECT FROM flis_municipality m
						  WHERE s.reference_table OPERATOR(pg_catalog.=) 'flis_municipality'
								AND m.municipality::text OPERATOR(pg_catalog.=) s.key)
		  AND NOT EXISTS (SELECT FROM flis_waiver w
						  WHERE s.reference_table OPERATOR(pg_catalog.=) 'flis_waiver'
								AND w.area OPERATOR(pg_catalog.=) pg_catalog.split_part(s.key, ',', 1)
								AND w.municipality::text OPERATOR(pg_catalog.=) pg_catalog.split_part(s.key, ',', 2)
								AND pg_catalog.to_char(w.valid_from, 'YYYY-MM-DD')
									OPERATOR(pg_catalog.=) pg_catalog.split_part(s.key, ',', 3));
END;
CREATE OR REPLACE FUNCTION flis_selftest_cubes()
	RETURNS TABLE (severity text, what text, subject text, finding text, remedy text)
	LANGUAGE SQL STABLE STRICT PARALLEL SAFE ROWS 10 COST 1000
BEGIN ATOMIC
	WITH cube AS (
		-- to_regclass() would stop at a schema that the caller may not use
		SELECT c.cube, c.channel, r.relation, r.columns,
			   pg_catalog.regexp_match(coalesce(r.relation, c.cube), '^("(?:[^"]|"")+"|[^".]+)[.]("(?:[^"]|"")+"|[^".]+)$') AS names
		FROM flis_cube c,
			 LATERAL (SELECT NULL AS relation, ARRAY[c.period_column, c.municipality_column] AS columns
					  UNION ALL SELECT c.period_dimension, ARRAY[c.period_key, c.period_value] WHERE c.period_dimension IS NOT NULL
					  UNION ALL SELECT c.municipality_dimension, ARRAY[c.municipality_key, c.municipality_value]
					  WHERE c.municipality_dimension IS NOT NULL) r
	), named AS (
		SELECT c.*, t.oid
		FROM cube c
			 LEFT JOIN (pg_catalog.pg_class t
						JOIN pg_catalog.pg_namespace s
							ON s.oid OPERATOR(pg_catalog.=) t.relnamespace
							   AND t.relkind OPERATOR(pg_catalog.=) ANY ('{r,p,v,m,f}'))
				ON s.nspname::text OPERATOR(pg_catalog.=)
				   CASE WHEN pg_catalog."left"(c.names[1], 1) OPERATOR(pg_catalog.=) '"'
						THEN pg_catalog.replace(pg_catalog.substr(c.names[1], 2, pg_catalog.length(c.names[1]) OPERATOR(pg_catalog.-) 2), '""', '"')
						ELSE pg_catalog.lower(c.names[1] COLLATE "C") END
				   AND t.relname::text OPERATOR(pg_catalog.=)
				   CASE WHEN pg_catalog."left"(c.names[2], 1) OPERATOR(pg_catalog.=) '"'
						THEN pg_catalog.replace(pg_catalog.substr(c.names[2], 2, pg_catalog.length(c.names[2]) OPERATOR(pg_catalog.-) 2), '""', '"')
						ELSE pg_catalog.lower(c.names[2] COLLATE "C") END
	)
	SELECT DISTINCT 'warning', 'no_table', pg_catalog.concat_ws(', ', c.cube, c.relation), 'There is no such table.',
		   pg_catalog.format('Load it, or watch the cube no more: DELETE FROM flis_cube WHERE cube = %L;', c.cube)
	FROM named c
	WHERE c.oid IS NULL
	UNION ALL
	SELECT DISTINCT 'warning', 'no_column', pg_catalog.concat_ws(', ', c.cube, c.relation, n.name),
		   'The table has no such column.',
		   pg_catalog.format('Name the one that is meant, or watch the cube no more: DELETE FROM flis_cube WHERE cube = %L;', c.cube)
	FROM named c, LATERAL pg_catalog.unnest(c.columns) n (name)
	WHERE c.oid IS NOT NULL AND n.name IS NOT NULL
		  AND NOT EXISTS (SELECT FROM pg_catalog.pg_attribute a
						  WHERE a.attrelid OPERATOR(pg_catalog.=) c.oid
								AND a.attname::text OPERATOR(pg_catalog.=) n.name
								AND a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped)
	UNION ALL
	SELECT 'warning', 'no_channel', pg_catalog.format('%s, %s', c.cube, c.channel),
		   'There is no such channel.',
		   coalesce(pg_catalog.format('Name one that there is, such as %s: UPDATE flis_cube SET channel = %L WHERE cube = %L;', n.name, n.channel, c.cube),
					'Write the channel to flis_channel.')
	FROM named c
		 LEFT JOIN (SELECT k.channel, k.name
					FROM flis_channel k
					WHERE NOT k.retired
					ORDER BY k.channel OPERATOR(pg_catalog.<>) 'datapakke', k.position, k.channel
					LIMIT 1) n ON true
	WHERE c.relation IS NULL
		  AND NOT EXISTS (SELECT FROM flis_channel h
						  WHERE h.channel OPERATOR(pg_catalog.=) c.channel AND NOT h.retired)
	UNION ALL
	SELECT 'warning', CASE WHEN g.view_oid IS NULL THEN 'no_guard' ELSE 'guards_another_table' END, g.view,
		   CASE WHEN g.view_oid IS NULL THEN pg_catalog.format('The view that guards %s is gone.', g.relation)
				ELSE pg_catalog.format('The view reads a table that is not %s any more.', g.not_read) END,
		   pg_catalog.format('To forget it, delete its row of flis_guarded_view. Put it back once the table is there: SELECT * FROM flis_restore_guards();')
	FROM flis_guards() g
	WHERE g.not_read IS NOT NULL
	UNION ALL
	SELECT 'info', 'guard_changed', g.view,
		   'Its owner, options, privileges or comments are not those with which it would be put back.',
		   'Store them as they are now: SELECT * FROM flis_restore_guards();'
	FROM flis_guarded_view g
		 CROSS JOIN LATERAL flis_guard_state(g.view) s
	WHERE ROW (g.owner, g.options, g.privileges, g.comments)
		  IS DISTINCT FROM ROW (s.owner, s.options, s.privileges, s.comments);
END;

-- Verification, which reads the history.
CREATE FUNCTION flis_read_receipt(receipt text)
	RETURNS TABLE (on_day date, taken_at timestamptz, name_code text, print_code text)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 5 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION flis_read_receipt(text) IS 'Internal part of flis_verify: what a line of flis_receipt says, a row a cube. Another text: error 22023.';

CREATE FUNCTION flis_through_known(area text, on_day date, channel text, known_at timestamptz) RETURNS date
	LANGUAGE SQL VOLATILE PARALLEL UNSAFE COST 1000
	SET flis.known_at = '' -- so that flis_set_known() is undone with the call
AS $$
	SELECT @extschema@.flis_set_known($4);
	SELECT @extschema@.flis_data_through($1, $2, $3)
	WHERE EXISTS (SELECT FROM @extschema@.flis_known_area() a
				  WHERE a.area OPERATOR(pg_catalog.=) $1 AND NOT a.retired)
		  AND EXISTS (SELECT FROM @extschema@.flis_known_channel() c
					  WHERE c.channel OPERATOR(pg_catalog.=) $3 AND NOT c.retired);
$$;
COMMENT ON FUNCTION flis_through_known(text, date, text, timestamptz) IS 'Internal part of flis_verify: flis_data_through() as it was known at a time, NULL where the area or the channel was not known; now, at an infinite time. Error 55000 for a time that is forgotten.';

CREATE FUNCTION flis_restated_known(cube text, since timestamptz, known_at timestamptz)
	RETURNS TABLE (municipality smallint, period_from date, data_through date, rows_before bigint,
				   rows_after bigint, sums_before jsonb, sums_after jsonb)
	LANGUAGE SQL VOLATILE STRICT PARALLEL UNSAFE ROWS 100 COST 1000000
	SET flis.known_at = '' -- so that flis_set_known() is undone with the call
AS $$
	SELECT @extschema@.flis_set_known($3);
	SELECT r.municipality, r.period_from, r.data_through, r.rows_before, r.rows_after, r.sums_before, r.sums_after
	FROM @extschema@.flis_restated($1, $2) r;
$$;
COMMENT ON FUNCTION flis_restated_known(text, timestamptz, timestamptz) IS 'Internal part of flis_verify: flis_restated() of the periods that were closed by what was known at a time; now, at an infinite time. Error 55000 for a time that is forgotten.';

CREATE FUNCTION flis_verify(receipt text) RETURNS TABLE (cube text, finding text, detail text)
	-- The body is a text, so that the columns of reference tables can still be altered.
	LANGUAGE SQL VOLATILE STRICT PARALLEL UNSAFE ROWS 5 COST 1000000
	SET search_path = pg_catalog, pg_temp AS $$
	WITH line AS (
		SELECT r.*, pg_catalog.row_number() OVER () AS n
		FROM @extschema@.flis_read_receipt($1) r
	), item AS (
		SELECT l.*, c.cube, f.known_at, f.known_at OPERATOR(pg_catalog.=) 'infinity' AS is_forgotten, c.area, t.reaches, t.reached,
			   c.cube IS NOT NULL AND t.reaches IS DISTINCT FROM t.reached
			   AS reached_another_day,
			   c.cube IS NOT NULL AND l.print_code OPERATOR(pg_catalog.<>) '00000000'
			   AND l.print_code OPERATOR(pg_catalog.=)
				   @extschema@.flis_print_code(c.cube, l.taken_at, f.known_at) AS is_remembered
		FROM line l
			 LEFT JOIN @extschema@.flis_cube c
				ON pg_catalog."left"(pg_catalog.md5(c.cube), 6) OPERATOR(pg_catalog.=) l.name_code
			 CROSS JOIN LATERAL (
				-- What was known then, or, where that is forgotten, now.
				SELECT CASE WHEN EXISTS (SELECT FROM @extschema@.flis_forgotten f
										 WHERE f.forgotten_before OPERATOR(pg_catalog.>) l.taken_at)
							THEN 'infinity' ELSE l.taken_at END) f (known_at)
			 CROSS JOIN LATERAL (
				SELECT @extschema@.flis_through_known(c.area, l.on_day, c.channel, 'infinity'),
					   @extschema@.flis_through_known(c.area, l.on_day, c.channel, f.known_at)
			 ) t (reaches, reached)
	), restated AS (
		SELECT i.n, i.cube, r.data_through,
			   pg_catalog.format('%s to %s: ', pg_catalog.to_char(r.period_from, 'YYYY-MM-DD'), pg_catalog.to_char(r.data_through, 'YYYY-MM-DD'))
			   OPERATOR(pg_catalog.||)
			   pg_catalog.string_agg(
				   pg_catalog.concat(r.municipality OPERATOR(pg_catalog.||) ' ',
					   CASE WHEN r.rows_before OPERATOR(pg_catalog.=) r.rows_after
							THEN pg_catalog.format('%s rows, changed', r.rows_after)
							ELSE pg_catalog.format('%s rows, were %s', r.rows_after, r.rows_before)
					   END,
					   (SELECT pg_catalog.string_agg(
								   pg_catalog.format(', %s %s, was %s', k.key,
									   coalesce(r.sums_after OPERATOR(pg_catalog.->>) k.key, 'none'),
									   k.value), '' ORDER BY k.key)
						FROM pg_catalog.jsonb_each_text(r.sums_before) k
						WHERE (r.sums_after OPERATOR(pg_catalog.->>) k.key) IS DISTINCT FROM k.value
							  -- Where the newest print has other measures, nothing is known of this one.
							  AND (r.rows_after OPERATOR(pg_catalog.=) 0 OR pg_catalog.jsonb_exists(r.sums_after, k.key)))),
				   '; ' ORDER BY r.municipality) AS detail
		FROM item i, LATERAL @extschema@.flis_restated_known(i.cube, i.taken_at, i.known_at) r
		WHERE i.is_remembered
			  AND r.data_through OPERATOR(pg_catalog.<=) i.reached
		GROUP BY i.n, i.cube, r.period_from, r.data_through
	), status AS (
		SELECT s.area, s.as_of, s.data_through, s.state, s.system_from,
			   'infinity'::pg_catalog.timestamptz AS system_until
		FROM @extschema@.flis_status s
		UNION ALL
		SELECT h.area, h.as_of, h.data_through, h.state, h.system_from, h.system_until
		FROM @extschema@.flis_status_history h
	), corrected AS (
		SELECT coalesce(a.n, b.n) AS n, coalesce(a.cube, b.cube) AS cube, coalesce(a.as_of, b.as_of) AS as_of,
			   pg_catalog.format('deck of %s: %s, was %s', pg_catalog.to_char(coalesce(a.as_of, b.as_of), 'YYYY-MM-DD'),
				   CASE WHEN a.area IS NULL THEN 'not there'
						ELSE coalesce(pg_catalog.to_char(a.data_through, 'YYYY-MM-DD'), a.state, 'no month') END,
				   CASE WHEN b.area IS NULL THEN 'not there'
						ELSE coalesce(pg_catalog.to_char(b.data_through, 'YYYY-MM-DD'), b.state, 'no month') END) AS detail
		FROM (SELECT i.n, i.cube, s.* FROM item i JOIN status s
				  ON i.reached_another_day AND s.area OPERATOR(pg_catalog.=) i.area AND s.as_of OPERATOR(pg_catalog.<=) i.on_day
					 AND s.system_until OPERATOR(pg_catalog.=) 'infinity') a
			 FULL JOIN
			 (SELECT i.n, i.cube, s.* FROM item i JOIN status s
				  ON i.reached_another_day AND s.area OPERATOR(pg_catalog.=) i.area AND s.as_of OPERATOR(pg_catalog.<=) i.on_day
					 AND s.system_from OPERATOR(pg_catalog.<=) i.taken_at
					 AND s.system_until OPERATOR(pg_catalog.>) i.taken_at) b
				ON a.n OPERATOR(pg_catalog.=) b.n AND a.as_of OPERATOR(pg_catalog.=) b.as_of
		WHERE (a.area IS NULL, a.data_through, a.state) IS DISTINCT FROM
			  (b.area IS NULL, b.data_through, b.state)
	), rule AS (
		SELECT r.area, r.valid_from, r.frequency, r.lag, r.early_min_days, r.early_max_days,
			   r.release_month, r.business_day, r.opens_day, r.closes_day, r.retired, r.system_from,
			   'infinity'::pg_catalog.timestamptz AS system_until
		FROM @extschema@.flis_rule r
		UNION ALL
		SELECT h.area, h.valid_from, h.frequency, h.lag, h.early_min_days, h.early_max_days,
			   h.release_month, h.business_day, h.opens_day, h.closes_day, h.retired, h.system_from, h.system_until
		FROM @extschema@.flis_rule_history h
	), said AS (
		SELECT r.area, r.valid_from, r.early_max_days, r.system_from, r.system_until,
			   pg_catalog.concat_ws(', ', r.frequency, 'lag ' OPERATOR(pg_catalog.||) r.lag::text,
				   CASE WHEN r.early_max_days OPERATOR(pg_catalog.>) 0
						THEN pg_catalog.format('%s to %s days early', r.early_min_days, r.early_max_days) END,
				   'month ' OPERATOR(pg_catalog.||) r.release_month::text,
				   CASE WHEN r.opens_day IS NOT NULL
						THEN pg_catalog.format('day %s to %s', r.opens_day, r.closes_day) END,
				   nullif(r.business_day, 'none')) AS said
		FROM rule r
		WHERE NOT r.retired
	), ruled AS (
		SELECT coalesce(a.n, b.n) AS n, coalesce(a.cube, b.cube) AS cube,
			   coalesce(a.valid_from, b.valid_from) AS valid_from,
			   pg_catalog.format('rule from %s on: %s, was %s', pg_catalog.to_char(coalesce(a.valid_from, b.valid_from), 'YYYY-MM-DD'),
								 coalesce(a.said, 'none'), coalesce(b.said, 'none')) AS detail
		FROM (SELECT i.n, i.cube, s.* FROM item i JOIN said s
				  ON i.reached_another_day AND s.area OPERATOR(pg_catalog.=) i.area AND s.valid_from OPERATOR(pg_catalog.<=) (i.on_day OPERATOR(pg_catalog.+) s.early_max_days)
					 AND s.system_until OPERATOR(pg_catalog.=) 'infinity') a
			 FULL JOIN
			 (SELECT i.n, i.cube, s.* FROM item i JOIN said s
				  ON i.reached_another_day AND s.area OPERATOR(pg_catalog.=) i.area AND s.valid_from OPERATOR(pg_catalog.<=) (i.on_day OPERATOR(pg_catalog.+) s.early_max_days)
					 AND s.system_from OPERATOR(pg_catalog.<=) i.taken_at
					 AND s.system_until OPERATOR(pg_catalog.>) i.taken_at) b
				ON a.n OPERATOR(pg_catalog.=) b.n AND a.valid_from OPERATOR(pg_catalog.=) b.valid_from
		WHERE a.said IS DISTINCT FROM b.said
	), found AS (
		SELECT i.n, i.cube, 1 AS kind, NULL::pg_catalog.date AS day, 'not_remembered' AS finding,
			   CASE WHEN i.cube IS NULL
					THEN pg_catalog.format('no cube of flis_cube has the code %s', i.name_code)
					WHEN NOT i.is_remembered
					THEN 'the database has no such prints of it from that time'
					ELSE 'the database has forgotten the decks and rules of that time' END AS detail
		FROM item i WHERE NOT i.is_remembered OR i.is_forgotten
		UNION ALL
		SELECT r.n, r.cube, 2, r.data_through, 'restated', r.detail FROM restated r
		UNION ALL
		SELECT c.n, c.cube, 3, c.as_of, 'status_corrected', c.detail FROM corrected c
		UNION ALL
		SELECT r.n, r.cube, 4, r.valid_from, 'rule_changed', r.detail FROM ruled r
		UNION ALL
		SELECT i.n, i.cube, 4, NULL, 'rule_changed',
			   pg_catalog.format('data through %s, was %s: by the area itself, a channel, a release, a notice or the whole of the area',
								 coalesce(pg_catalog.to_char(i.reaches, 'YYYY-MM-DD'), 'no day'),
								 coalesce(pg_catalog.to_char(i.reached, 'YYYY-MM-DD'), 'no day'))
		FROM item i
		WHERE i.reached_another_day
			  AND i.n NOT IN (SELECT c.n FROM corrected c UNION ALL SELECT r.n FROM ruled r)
	)
	SELECT f.cube, f.finding, f.detail
	FROM (SELECT * FROM found
		  UNION ALL
		  SELECT i.n, i.cube, 5, NULL, 'unchanged', NULL
		  FROM item i
		  WHERE i.n NOT IN (SELECT o.n FROM found o)) f
	ORDER BY f.n, f.kind, f.day;
$$;
COMMENT ON FUNCTION flis_verify(text) IS 'What has changed since a report was made, by the line of flis_receipt() at its foot.
For each cube unchanged, or a row for each finding; decks and rules are compared only where the area''s data, on the day of the report, reach another day now than they did by what was known when it was made (flis.known_at does not count):
restated: a period that was closed by what was known then and that the table holds otherwise now, with the municipalities, how many rows there were and are, and the sums that differ;
status_corrected: a deck of a day up to the report''s that says something else of the area now, or was stored since;
rule_changed: a rule of the area that was in force by then, or for a cycle that could be out by then, and says something else now; or, where no deck and no rule does, how far data reach now and did then;
not_remembered: the prints that the line was made of are not in this database: nothing was taken down then, flis_forget() dropped them, or the line is not its own; or the decks and rules of then are forgotten;
cube is NULL where no cube of flis_cube has the name any more.
A role that can write flis_print can make a line true: the line proves what the database remembers, not more.
Reads the tables with the caller''s rights. Another text: error 22023; further errors as flis_restated.';

/*
 * What was known at a time.
 */

CREATE FUNCTION flis_known_at() RETURNS timestamptz
	LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION flis_known_at() IS 'The time that flis.known_at is set to: all answers are as they were known then. NULL if none is.
Set it by: SET flis.known_at = ''2025-07-05 12:00''; a text that is no time is refused (error 22007), a time before the last flis_forget() by the next call (error 55000).
CURRENT_DATE stays today''s; fact tables, municipalities and cubes are read as they are now.
Reference tables cannot be changed and no prints be taken while it is set (error 55000).';

CREATE FUNCTION flis_known_area()
	RETURNS TABLE (area text, name text, area_group text, part_of text, source text,
				   "position" integer, aliases text[], retired boolean)
	LANGUAGE C STABLE STRICT PARALLEL SAFE ROWS 100 AS 'MODULE_PATHNAME', 'flis_known';
COMMENT ON FUNCTION flis_known_area() IS 'The rows of flis_area as they were known at the time that flis.known_at is set to.
Error 55000 if that is forgotten.';

CREATE FUNCTION flis_known_channel()
	RETURNS TABLE (channel text, valid_from date, name text, english_name text, opens_day
				   integer, closes_day integer, "position" integer, retired boolean)
	LANGUAGE C STABLE STRICT PARALLEL SAFE ROWS 100 AS 'MODULE_PATHNAME', 'flis_known';
COMMENT ON FUNCTION flis_known_channel() IS 'The rows of flis_channel as they were known at the time that flis.known_at is set to.
Error 55000 if that is forgotten.';

CREATE VIEW flis_months_today AS
	SELECT a.area, k.channel, m.month, m.last_day, m.covered, m.in_ytd, m.in_ytd_last_year,
		   m.in_last_12
	FROM (SELECT DISTINCT v.channel FROM flis_known_channel() v WHERE NOT v.retired) k,
		 LATERAL flis_coverage(CURRENT_DATE, k.channel) a,
		 LATERAL flis_months(a.area, CURRENT_DATE, k.channel) m;
COMMENT ON VIEW flis_months_today IS 'The months as an analyst needs them today, of each area in each channel: flis_months() as a view.
For one area and channel it is a calendar table, with a row a month.';
COMMENT ON COLUMN flis_months_today.area IS 'The area.';
COMMENT ON COLUMN flis_months_today.channel IS 'The channel.';
COMMENT ON COLUMN flis_months_today.month IS 'First day of the month.';
COMMENT ON COLUMN flis_months_today.last_day IS 'Last day of the month.';
COMMENT ON COLUMN flis_months_today.covered IS 'True: the data reach the month''s last day.';
COMMENT ON COLUMN flis_months_today.in_ytd IS 'True: from January to the last covered month, in that month''s year.';
COMMENT ON COLUMN flis_months_today.in_ytd_last_year IS 'True: one of the same months a year before.';
COMMENT ON COLUMN flis_months_today.in_last_12 IS 'True: the last covered month, or one of the eleven before it.';
GRANT SELECT ON flis_months_today TO PUBLIC;

CREATE FUNCTION flis_known_release()
	RETURNS TABLE (area text, channel text, cycle date, planned_on date, released_on date,
				   cancelled boolean, note text)
	LANGUAGE C STABLE STRICT PARALLEL SAFE ROWS 100 AS 'MODULE_PATHNAME', 'flis_known';
COMMENT ON FUNCTION flis_known_release() IS 'The rows of flis_release as they were known at the time that flis.known_at is set to.
Error 55000 if that is forgotten.';

CREATE FUNCTION flis_known_status()
	RETURNS TABLE (as_of date, area text, data_through date, state text, complete boolean,
				   benchmarkable boolean, frequency text, source text, note text, recorded_at
				   timestamptz)
	LANGUAGE C STABLE STRICT PARALLEL SAFE ROWS 100 AS 'MODULE_PATHNAME', 'flis_known';
COMMENT ON FUNCTION flis_known_status() IS 'The rows of flis_status as they were known at the time that flis.known_at is set to.
Error 55000 if that is forgotten.';

CREATE VIEW flis_history AS
	WITH version AS (
		SELECT 'flis_area' AS reference_table, pg_catalog.concat_ws(',', v.area) AS key,
			   v.system_from, NULL::timestamptz AS system_until, v.written_by, NULL AS ended_by,
			   pg_catalog.to_jsonb(v) OPERATOR(pg_catalog.-) '{system_from,written_by,shipped}'::text[] AS content
		FROM flis_area v
		UNION ALL
		SELECT 'flis_area', pg_catalog.concat_ws(',', v.area),
			   v.system_from, v.system_until, v.written_by, v.ended_by,
			   pg_catalog.to_jsonb(v) OPERATOR(pg_catalog.-) '{system_from,written_by,shipped,system_until,ended_by}'::text[]
		FROM flis_area_history v
		UNION ALL
		SELECT 'flis_channel' AS reference_table, pg_catalog.concat_ws(',', v.channel, pg_catalog.to_jsonb(v.valid_from) OPERATOR(pg_catalog.#>>) '{}') AS key,
			   v.system_from, NULL::timestamptz AS system_until, v.written_by, NULL AS ended_by,
			   pg_catalog.to_jsonb(v) OPERATOR(pg_catalog.-) '{system_from,written_by,shipped}'::text[] AS content
		FROM flis_channel v
		UNION ALL
		SELECT 'flis_channel', pg_catalog.concat_ws(',', v.channel, pg_catalog.to_jsonb(v.valid_from) OPERATOR(pg_catalog.#>>) '{}'),
			   v.system_from, v.system_until, v.written_by, v.ended_by,
			   pg_catalog.to_jsonb(v) OPERATOR(pg_catalog.-) '{system_from,written_by,shipped,system_until,ended_by}'::text[]
		FROM flis_channel_history v
		UNION ALL
		SELECT 'flis_rule' AS reference_table, pg_catalog.concat_ws(',', v.area, pg_catalog.to_jsonb(v.valid_from) OPERATOR(pg_catalog.#>>) '{}') AS key,
			   v.system_from, NULL::timestamptz AS system_until, v.written_by, NULL AS ended_by,
			   pg_catalog.to_jsonb(v) OPERATOR(pg_catalog.-) '{system_from,written_by,shipped}'::text[] AS content
		FROM flis_rule v
		UNION ALL
		SELECT 'flis_rule', pg_catalog.concat_ws(',', v.area, pg_catalog.to_jsonb(v.valid_from) OPERATOR(pg_catalog.#>>) '{}'),
			   v.system_from, v.system_until, v.written_by, v.ended_by,
			   pg_catalog.to_jsonb(v) OPERATOR(pg_catalog.-) '{system_from,written_by,shipped,system_until,ended_by}'::text[]
		FROM flis_rule_history v
		UNION ALL
		SELECT 'flis_release' AS reference_table, pg_catalog.concat_ws(',', v.area, v.channel, pg_catalog.to_jsonb(v.cycle) OPERATOR(pg_catalog.#>>) '{}') AS key,
			   v.system_from, NULL::timestamptz AS system_until, v.written_by, NULL AS ended_by,
			   pg_catalog.to_jsonb(v) OPERATOR(pg_catalog.-) '{system_from,written_by,shipped}'::text[] AS content
		FROM flis_release v
		UNION ALL
		SELECT 'flis_release', pg_catalog.concat_ws(',', v.area, v.channel, pg_catalog.to_jsonb(v.cycle) OPERATOR(pg_catalog.#>>) '{}'),
			   v.system_from, v.system_until, v.written_by, v.ended_by,
			   pg_catalog.to_jsonb(v) OPERATOR(pg_catalog.-) '{system_from,written_by,shipped,system_until,ended_by}'::text[]
		FROM flis_release_history v
		UNION ALL
		SELECT 'flis_status' AS reference_table, pg_catalog.concat_ws(',', v.area, pg_catalog.to_jsonb(v.as_of) OPERATOR(pg_catalog.#>>) '{}') AS key,
			   v.system_from, NULL::timestamptz AS system_until, v.written_by, NULL AS ended_by,
			   pg_catalog.to_jsonb(v) OPERATOR(pg_catalog.-) '{system_from,written_by,shipped}'::text[] AS content
		FROM flis_status v
		UNION ALL
		SELECT 'flis_status', pg_catalog.concat_ws(',', v.area, pg_catalog.to_jsonb(v.as_of) OPERATOR(pg_catalog.#>>) '{}'),
			   v.system_from, v.system_until, v.written_by, v.ended_by,
			   pg_catalog.to_jsonb(v) OPERATOR(pg_catalog.-) '{system_from,written_by,shipped,system_until,ended_by}'::text[]
		FROM flis_status_history v
		UNION ALL
		SELECT 'flis_notice' AS reference_table, pg_catalog.concat_ws(',', v.area, v.notice) AS key,
			   v.system_from, NULL::timestamptz AS system_until, v.written_by, NULL AS ended_by,
			   pg_catalog.to_jsonb(v) OPERATOR(pg_catalog.-) '{system_from,written_by,shipped}'::text[] AS content
		FROM flis_notice v
		UNION ALL
		SELECT 'flis_notice', pg_catalog.concat_ws(',', v.area, v.notice),
			   v.system_from, v.system_until, v.written_by, v.ended_by,
			   pg_catalog.to_jsonb(v) OPERATOR(pg_catalog.-) '{system_from,written_by,shipped,system_until,ended_by}'::text[]
		FROM flis_notice_history v
		UNION ALL
		SELECT 'flis_waiver' AS reference_table, pg_catalog.concat_ws(',', v.area, v.municipality, pg_catalog.to_jsonb(v.valid_from) OPERATOR(pg_catalog.#>>) '{}') AS key,
			   v.system_from, NULL::timestamptz AS system_until, v.written_by, NULL AS ended_by,
			   pg_catalog.to_jsonb(v) OPERATOR(pg_catalog.-) '{system_from,written_by,shipped}'::text[] AS content
		FROM flis_waiver v
		UNION ALL
		SELECT 'flis_waiver', pg_catalog.concat_ws(',', v.area, v.municipality, pg_catalog.to_jsonb(v.valid_from) OPERATOR(pg_catalog.#>>) '{}'),
			   v.system_from, v.system_until, v.written_by, v.ended_by,
			   pg_catalog.to_jsonb(v) OPERATOR(pg_catalog.-) '{system_from,written_by,shipped,system_until,ended_by}'::text[]
		FROM flis_waiver_history v
	), change AS (
		SELECT coalesce(n.system_from, o.system_until) AS changed_at,
			   coalesce(n.reference_table, o.reference_table) AS reference_table,
			   coalesce(n.key, o.key) AS key,
			   CASE WHEN o.key IS NULL THEN 'insert' WHEN n.key IS NULL THEN 'delete' ELSE 'update' END AS change,
			   CASE WHEN n.key IS NULL THEN o.ended_by ELSE n.written_by END AS changed_by,
			   o.content AS before, n.content AS after
		FROM version n
			 FULL JOIN version o
				ON o.reference_table OPERATOR(pg_catalog.=) n.reference_table
				   AND o.key OPERATOR(pg_catalog.=) n.key
				   AND o.system_until OPERATOR(pg_catalog.=) n.system_from
	)
	SELECT c.changed_at, c.reference_table, c.key, c.change, c.changed_by,
		   c.before::text AS before, c.after::text AS after
	FROM change c
	WHERE c.changed_at OPERATOR(pg_catalog.>) '-infinity'
		  -- Of such a change the version before it is dropped, so that it would look like an insert.
		  AND NOT EXISTS (SELECT FROM flis_forgotten f
						  WHERE f.forgotten_before OPERATOR(pg_catalog.>=) c.changed_at)
		  AND (flis_known_at() IS NULL OR c.changed_at OPERATOR(pg_catalog.<=) flis_known_at());
COMMENT ON VIEW flis_history IS 'What changed in the reference tables, when, by whom, from what to what. What was always known is no change.
Changes up to the time of a flis_forget() are not listed any more.';
COMMENT ON COLUMN flis_history.changed_at IS 'The moment of the change; one for all rows of a transaction.';
COMMENT ON COLUMN flis_history.reference_table IS 'The table.';
COMMENT ON COLUMN flis_history.key IS 'The key of the row, its columns separated by commas.';
COMMENT ON COLUMN flis_history.change IS 'insert, update or delete; a change of the key is a delete and an insert.';
COMMENT ON COLUMN flis_history.changed_by IS 'Role that made it (the session''s user).';
COMMENT ON COLUMN flis_history.before IS 'The row before, as JSON; NULL for an insert.';
COMMENT ON COLUMN flis_history.after IS 'The row after, as JSON; NULL for a delete.';
GRANT SELECT ON flis_history TO PUBLIC;

-- What is known at a time: functions and views that read the tables themselves.

CREATE OR REPLACE VIEW flis_rule_difference AS
	SELECT c.area, c.name, c.status_as_of AS as_of, c.expected, c.published, c.periods_ahead
	FROM (SELECT DISTINCT s.as_of FROM flis_known_status() s) d,
		 LATERAL flis_coverage(d.as_of, 'datapakke') c
	WHERE c.status_as_of OPERATOR(pg_catalog.=) d.as_of
		  AND c.published OPERATOR(pg_catalog.<>) c.expected;

CREATE OR REPLACE VIEW flis_punctuality AS
	SELECT c.area, c.name, c.channel, pg_catalog.count(*)::integer AS releases,
		   pg_catalog.min(c.cycle) AS first_cycle, pg_catalog.max(c.cycle) AS last_cycle,
		   (pg_catalog.percentile_cont(0.5)
			WITHIN GROUP (ORDER BY c.punctuality_days))::numeric AS median_days,
		   pg_catalog.max(c.punctuality_days) AS worst_days,
		   pg_catalog.round(
				pg_catalog.avg(CASE WHEN c.punctuality_days OPERATOR(pg_catalog.<=) 0
									THEN 1 ELSE 0 END), 4) AS share_on_time
	FROM (SELECT r.channel, pg_catalog.min(r.released_on) AS from_day,
				 pg_catalog.max(r.released_on) AS until_day
		  FROM flis_known_release() r
		  WHERE r.released_on OPERATOR(pg_catalog.>=) '0001-01-01'
				AND r.released_on OPERATOR(pg_catalog.<=) '9999-12-31'
				AND EXISTS (SELECT FROM flis_known_channel() k
							WHERE k.channel OPERATOR(pg_catalog.=) r.channel AND NOT k.retired)
		  GROUP BY r.channel) d,
		 LATERAL (SELECT l.*, pg_catalog.row_number() OVER (PARTITION BY l.area
															ORDER BY l.cycle DESC) AS newest
				  FROM flis_release_calendar(d.from_day, d.until_day, d.channel) l
				  WHERE l.released_on IS NOT NULL) c
	WHERE c.newest OPERATOR(pg_catalog.<=) 12
	GROUP BY c.area, c.name, c.channel;

CREATE OR REPLACE FUNCTION flis_dcat_dataset(on_day date DEFAULT CURRENT_DATE,
								  channel text DEFAULT 'datapakke')
	RETURNS TABLE (area text, dataset jsonb)
	LANGUAGE SQL STABLE STRICT PARALLEL SAFE ROWS 20 COST 10000
BEGIN ATOMIC
	SELECT c.area,
		   pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
				'@context', pg_catalog.jsonb_build_object(
					'dcat', 'http://www.w3.org/ns/dcat#',
					'dct', 'http://purl.org/dc/terms/',
					'rdfs', 'http://www.w3.org/2000/01/rdf-schema#',
					'xsd', 'http://www.w3.org/2001/XMLSchema#'),
				'@id', '#' OPERATOR(pg_catalog.||) c.area,
				'@type', 'dcat:Dataset',
				'dct:identifier', c.area,
				'dct:title', pg_catalog.jsonb_build_object('@value', c.name, '@language', 'da'),
				'dct:description', pg_catalog.jsonb_build_array(
					pg_catalog.jsonb_build_object(
						'@value', flis_explain(c.area, on_day, channel, 'da'), '@language', 'da'),
					pg_catalog.jsonb_build_object(
						'@value', flis_explain(c.area, on_day, channel, 'en'), '@language', 'en')),
				'dct:accrualPeriodicity',
				CASE WHEN c.frequency IS NOT NULL
					 THEN pg_catalog.jsonb_build_object(
							'@id', 'http://publications.europa.eu/resource/authority/frequency/'
								   OPERATOR(pg_catalog.||) c.frequency,
							'@type', 'dct:Frequency') END,
				'dct:temporal',
				CASE WHEN c.data_through IS NOT NULL
					 THEN pg_catalog.jsonb_build_object(
							'@type', 'dct:PeriodOfTime',
							'dcat:endDate', pg_catalog.jsonb_build_object('@value', c.data_through,
																		  '@type', 'xsd:date')) END,
				'dct:modified',
				CASE WHEN m.day IS NOT NULL
					 THEN pg_catalog.jsonb_build_object('@value', m.day, '@type', 'xsd:date') END,
				'dct:provenance',
				CASE WHEN a.source IS NOT NULL
					 THEN pg_catalog.jsonb_build_object(
							'@type', 'dct:ProvenanceStatement',
							'rdfs:label', pg_catalog.jsonb_build_object('@value', a.source,
																		'@language', 'da')) END,
				'dcat:keyword',
				CASE WHEN a.area_group IS NOT NULL
					 THEN pg_catalog.jsonb_build_object('@value', a.area_group, '@language', 'da') END,
				'dct:isPartOf',
				CASE WHEN a.part_of IS NOT NULL
					 THEN pg_catalog.jsonb_build_object('@id', '#' OPERATOR(pg_catalog.||) a.part_of) END))
	FROM flis_coverage(on_day, channel) c
		 JOIN flis_known_area() a ON a.area OPERATOR(pg_catalog.=) c.area,
		 LATERAL flis_newest_release(c.area, c.data_through, c.expected, on_day, channel) m (day)
	WHERE pg_catalog.isfinite(on_day);
END;

CREATE OR REPLACE FUNCTION flis_odcs_sla(on_day date DEFAULT CURRENT_DATE)
	RETURNS TABLE (area text, channel text, cube text, sla_properties jsonb)
	LANGUAGE SQL STABLE STRICT PARALLEL SAFE ROWS 60 COST 20000
BEGIN ATOMIC
	WITH known AS MATERIALIZED (
		SELECT DISTINCT k.channel COLLATE "C" AS channel
		FROM flis_known_channel() k
		WHERE NOT k.retired AND pg_catalog.isfinite(on_day)
	), longest AS MATERIALIZED (
		-- over a year, because months differ in length
		SELECT h.channel, l.area,
			   pg_catalog.max(l.window_closes OPERATOR(pg_catalog.-) l.data_through) AS days
		FROM known h,
			 LATERAL flis_release_calendar(on_day, least(on_day OPERATOR(pg_catalog.+) 365, '9999-12-31'),
										   h.channel) l
		-- A release that brings nothing new, such as of a period to which nobody has access, delivers no period.
		WHERE coalesce(l.data_through OPERATOR(pg_catalog.>)
					   flis_data_through(l.area, greatest(coalesce(l.released_on, l.expected_on) OPERATOR(pg_catalog.-) 1,
														  '0001-01-01'), h.channel), true)
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

CREATE OR REPLACE VIEW flis_label AS
	SELECT l.kind, l.code, l.position, l.danish, l.english
	FROM flis_words() l
	UNION ALL
	(SELECT DISTINCT ON (c.channel COLLATE "C")
			'channel', c.channel COLLATE "C", c.position, c.name, coalesce(c.english_name, c.name)
	 FROM flis_known_channel() c
	 WHERE NOT c.retired
	 ORDER BY c.channel COLLATE "C", c.valid_from OPERATOR(pg_catalog.<=) CURRENT_DATE DESC,
			  pg_catalog.abs(c.valid_from OPERATOR(pg_catalog.-) CURRENT_DATE));

CREATE OR REPLACE VIEW flis_coverage_today AS
	SELECT c.area, c.name, k.channel, c.expected, c.published, c.data_through, c.basis, c.cycle,
		   c.state, c.complete, c.benchmarkable, c.status_as_of, c.next_release, c.note,
		   c.periods_ahead, c.notices, c.frequency
	FROM (SELECT DISTINCT v.channel COLLATE "C" AS channel FROM flis_known_channel() v WHERE NOT v.retired) k,
		 LATERAL flis_coverage(CURRENT_DATE, k.channel) c;

CREATE OR REPLACE VIEW flis_release_calendar_today AS
	SELECT c.area, c.name, c.channel, c.cycle, c.reference_period, c.data_through, c.window_opens,
		   c.window_closes, c.expected_on, c.released_on, c.date_status, c.punctuality_days,
		   c.timeliness_days, c.note
	FROM (SELECT DISTINCT v.channel COLLATE "C" AS channel FROM flis_known_channel() v WHERE NOT v.retired) k,
		 LATERAL flis_release_calendar(
			(CURRENT_DATE OPERATOR(pg_catalog.-) interval '12 months')::date,
			(CURRENT_DATE OPERATOR(pg_catalog.+) interval '12 months')::date, k.channel) c;


COMMENT ON FUNCTION flis_selftest_promises(date) IS 'Internal part of flis_selftest: names that find another area, rules, channels and releases that apply to no cycle, releases planned for the same day, and tables that must be confirmed before they are read.';

-- What a restore would lose.
CREATE FUNCTION flis_selftest_restore()
	RETURNS TABLE (severity text, what text, subject text, finding text, remedy text)
	LANGUAGE SQL STABLE STRICT PARALLEL SAFE ROWS 10 COST 1000
BEGIN ATOMIC
	WITH reference AS (
		SELECT c.oid, c.relname::text COLLATE "C" AS relation
		FROM pg_catalog.pg_extension e
			 JOIN pg_catalog.pg_class c ON c.relnamespace OPERATOR(pg_catalog.=) e.extnamespace
			 JOIN flis_installed i
				ON i.kind OPERATOR(pg_catalog.=) 'table'
				   AND i.relation OPERATOR(pg_catalog.=) c.relname::text
		WHERE e.extname OPERATOR(pg_catalog.=) 'flis'
	), own AS (
		SELECT r.oid, p.kind, p.relation, p.name, p.definition
		FROM flis_part p
			 JOIN reference r ON r.relation OPERATOR(pg_catalog.=) p.relation
		WHERE p.kind OPERATOR(pg_catalog.=) ANY ('{column,constraint,trigger}')
			  AND NOT EXISTS (SELECT FROM flis_installed i
							  WHERE i.kind OPERATOR(pg_catalog.=) p.kind
									AND i.relation OPERATOR(pg_catalog.=) p.relation
									AND i.name OPERATOR(pg_catalog.=) p.name)
		UNION ALL
		-- The extension has no index but those of its constraints, and no policy.
		SELECT r.oid, 'index', r.relation, x.relname::text, pg_catalog.pg_get_indexdef(x.oid)
		FROM reference r
			 JOIN pg_catalog.pg_index i ON i.indrelid OPERATOR(pg_catalog.=) r.oid
			 JOIN pg_catalog.pg_class x ON x.oid OPERATOR(pg_catalog.=) i.indexrelid
		WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_constraint c
						  WHERE c.conrelid OPERATOR(pg_catalog.=) r.oid
								AND c.conindid OPERATOR(pg_catalog.=) x.oid
								AND c.contype OPERATOR(pg_catalog.=) ANY ('{p,u,x}'))
		UNION ALL
		SELECT r.oid, 'policy', r.relation, y.polname::text, ''
		FROM reference r
			 JOIN pg_catalog.pg_policy y ON y.polrelid OPERATOR(pg_catalog.=) r.oid
	)
	SELECT CASE WHEN a.attnum IS NULL THEN 'info' ELSE 'warning' END,
		   'own_' OPERATOR(pg_catalog.||) o.kind,
		   pg_catalog.concat_ws(', ', o.relation, o.name),
		   CASE WHEN a.attnum IS NULL
				THEN pg_catalog.format('CREATE EXTENSION does not make the %s, and a restore leaves it out.', o.kind)
				ELSE 'CREATE EXTENSION does not make the column, and a restore loses all rows of the table.' END,
		   CASE WHEN a.attnum IS NULL
				THEN 'Make it again after each restore' OPERATOR(pg_catalog.||)
					 coalesce(' (' OPERATOR(pg_catalog.||) nullif(o.definition, '') OPERATOR(pg_catalog.||) ')', '')
				ELSE 'Keep it in a table of your own that has the same key' END
		   OPERATOR(pg_catalog.||) ', or take it away: '
		   OPERATOR(pg_catalog.||)
		   CASE o.kind
				WHEN 'index' THEN pg_catalog.format('DROP INDEX IF EXISTS %I;', o.name)
				WHEN 'policy' THEN pg_catalog.format('DROP POLICY IF EXISTS %I ON %I;', o.name, o.relation)
				WHEN 'trigger' THEN pg_catalog.format('DROP TRIGGER IF EXISTS %I ON %I;', o.name, o.relation)
				ELSE pg_catalog.format('ALTER TABLE %I DROP %s IF EXISTS %I;',
									   o.relation, pg_catalog.upper(o.kind), o.name)
		   END
	FROM own o
		 LEFT JOIN pg_catalog.pg_attribute a -- a dump leaves out generated columns
			ON o.kind OPERATOR(pg_catalog.=) 'column'
			   AND a.attrelid OPERATOR(pg_catalog.=) o.oid
			   AND a.attname::text OPERATOR(pg_catalog.=) o.name
			   AND a.attgenerated OPERATOR(pg_catalog.=) ''
	UNION ALL
	SELECT 'warning', 'history_not_subscribed', r.relation,
		   pg_catalog.format('The subscription %I brings the table and not its history: what was known before is not known here.', s.subname),
		   pg_catalog.format('Publish %I too, and then: ALTER SUBSCRIPTION %I REFRESH PUBLICATION;', h.relation, s.subname)
	FROM reference r
		 JOIN reference h ON h.relation OPERATOR(pg_catalog.=) (r.relation OPERATOR(pg_catalog.||) '_history')
		 JOIN pg_catalog.pg_subscription_rel l ON l.srrelid OPERATOR(pg_catalog.=) r.oid
		 JOIN pg_catalog.pg_subscription s ON s.oid OPERATOR(pg_catalog.=) l.srsubid
	WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_subscription_rel k
					  WHERE k.srrelid OPERATOR(pg_catalog.=) h.oid);
END;
COMMENT ON FUNCTION flis_selftest_restore() IS 'Internal part of flis_selftest: what a user added to the extension''s tables and a restore would lose, and tables that are subscribed to without their history.';

CREATE OR REPLACE FUNCTION flis_selftest(on_day date DEFAULT CURRENT_DATE)
	RETURNS TABLE (severity text, what text, subject text, finding text, remedy text)
	LANGUAGE SQL STABLE STRICT PARALLEL SAFE ROWS 10 COST 5000
BEGIN ATOMIC
	WITH installation AS MATERIALIZED (
		SELECT i.* FROM flis_selftest_installation() i
	), found AS (
		SELECT i.* FROM installation i
		UNION ALL
		-- The functions refuse to answer from an installation that isn't whole.
		SELECT r.*
		FROM (SELECT p.* FROM flis_selftest_promises(on_day) p
			  UNION ALL
			  SELECT w.* FROM flis_selftest_rows(on_day) w
			  UNION ALL
			  SELECT c.* FROM flis_selftest_cubes() c
			  UNION ALL
			  SELECT o.* FROM flis_selftest_restore() o) r
		WHERE NOT EXISTS (SELECT FROM installation i
						  WHERE i.severity OPERATOR(pg_catalog.=) 'error')
	)
	SELECT f.severity, f.what, f.subject, f.finding, f.remedy
	FROM found f
	ORDER BY pg_catalog.array_position('{error,warning,info}'::text[], f.severity),
			 f.what COLLATE "C", f.subject COLLATE "C", f.finding COLLATE "C";
END;
COMMENT ON FUNCTION flis_selftest(date) IS 'Checks the extension''s tables against each other and the catalog on a day; one row a finding, none where all is well.
severity: error (answers fail or may be wrong, or something written may be lost; as long as the installation has one, the rest is not checked), warning (something has no effect, waits for somebody, or would be missing after a restore) or info (something is left open, perhaps on purpose);
what: a code for the finding;
subject: what it is about, keys separated by commas;
remedy: what to do, ending with the SQL where that can be said, for a session that has the extension''s schema in its search_path.
Decks and notices count as on the day: 0001-01-01 to 9999-12-31 or infinite, else error 22008.';

-- The self-test checks the tables as they are now.
ALTER FUNCTION flis_selftest(date) SET flis.known_at = '';

-- The page shows corrections.
CREATE FUNCTION flis_corrections(on_day date)
	RETURNS TABLE (changed_on date, reference_table text, area text, channel text, day date,
				   column_name text, value_before text, value_after text, is_deleted boolean)
	LANGUAGE SQL STABLE STRICT PARALLEL SAFE ROWS 10 COST 10000
BEGIN ATOMIC
	SELECT pg_catalog.timezone('Europe/Copenhagen', h.changed_at)::date, h.reference_table,
		   b.was OPERATOR(pg_catalog.->>) 'area', b.was OPERATOR(pg_catalog.->>) 'channel',
		   coalesce(b.was OPERATOR(pg_catalog.->>) 'as_of', b.was OPERATOR(pg_catalog.->>) 'valid_from',
					b.was OPERATOR(pg_catalog.->>) 'cycle')::date,
		   c.key, c.value, b.now OPERATOR(pg_catalog.->>) c.key, b.now IS NULL
	FROM flis_history h
		 CROSS JOIN LATERAL (SELECT h.before::jsonb AS was, h.after::jsonb AS now) b
		 CROSS JOIN LATERAL pg_catalog.jsonb_each_text(b.was) WITH ORDINALITY c (key, value, n)
	WHERE h.before IS NOT NULL
		  AND h.reference_table OPERATOR(pg_catalog.=) ANY ('{flis_status,flis_rule,flis_release}')
		  AND h.changed_at OPERATOR(pg_catalog.>=)
			  pg_catalog.timezone('Europe/Copenhagen', (on_day OPERATOR(pg_catalog.-) 30)::timestamp)
		  AND h.changed_at OPERATOR(pg_catalog.<)
			  pg_catalog.timezone('Europe/Copenhagen', (on_day OPERATOR(pg_catalog.+) 1)::timestamp)
		  AND c.key OPERATOR(pg_catalog.<>) 'recorded_at'
		  -- A deleted row shows its main values only; what is filled in for a release is no correction.
		  AND CASE WHEN b.now IS NULL
				   THEN c.key OPERATOR(pg_catalog.=) ANY ('{data_through,lag,planned_on,released_on}')
						AND c.value IS NOT NULL
						OR c.key OPERATOR(pg_catalog.=) 'cancelled' AND c.value OPERATOR(pg_catalog.=) 'true'
						OR c.key OPERATOR(pg_catalog.=) 'state' AND c.value OPERATOR(pg_catalog.=) 'closed'
				   WHEN c.value IS NULL
				   THEN (b.now OPERATOR(pg_catalog.->>) c.key) IS NOT NULL
						AND h.reference_table OPERATOR(pg_catalog.<>) 'flis_release'
				   ELSE coalesce(c.value OPERATOR(pg_catalog.<>) (b.now OPERATOR(pg_catalog.->>) c.key), true) END
	ORDER BY h.changed_at DESC, h.reference_table, h.key, c.n;
END;
COMMENT ON FUNCTION flis_corrections(date) IS 'Internal part of flis_status_page: each value of a status, a rule or a release that was changed or taken back on a day or in the 30 days before it, the newest first.';

COMMENT ON FUNCTION flis_status_page(date, text) IS 'The status of a day as a page of HTML in one file, in Danish (da) or English (en).
It has the deck''s table for all areas, how far each reaches over the last twelve months, the releases of the next 61 days in each channel, the notices in force and planned, and what was changed or taken back of statuses, rules and releases in the 30 days before; data packages where no channel is named.
Where the rule, the status and the fact tables of flis_cube differ it has the words of flis_explain, and the verdicts of flis_check_cubes on those tables, which are read with the caller''s rights.
The page has no script, needs no other file, and is ASCII, so that it reads the same in every encoding.
Days 0001-01-01 to 9999-12-31, else, and for an infinite day, error 22008; unknown language, or no channel datapakke: error 22023.';

-- Comments in plainer words.
COMMENT ON AGGREGATE flis_tally("any", "any", text) IS 'Internal: how many rows the newest periods of a cube have, and which municipalities they are of, for flis_check_cubes. reading: how periods are to be read.';
COMMENT ON VIEW flis_check_cubes_today IS 'How far the registered fact tables reach, and the verdict on that for today: flis_check_cubes() as a view.
Reads the tables, with the caller''s privileges.';
COMMENT ON VIEW flis_reporting_today IS 'Which municipalities the registered fact tables have in the newest period with rows: flis_reporting() as a view.
Tables without a municipality column, and those that cannot be read, are left out.
Reads the tables twice, with the caller''s privileges.';

-- Last, after all parts.
SELECT flis_note_installed();
DELETE FROM flis_installed i USING flis_own o
	WHERE i.kind OPERATOR(pg_catalog.=) o.kind
		  AND i.relation OPERATOR(pg_catalog.=) o.relation
		  AND i.name OPERATOR(pg_catalog.=) o.name;
DROP TABLE flis_own;
