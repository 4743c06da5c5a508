-- All areas at once: the same answers as the scalar functions give, and why.  Statuses as the deck of
-- 30 June 2025 says them, in words of our own; KRL, DREAM, DFDG, FSIII, VH and Nøgletal differ.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';

-- Without any status: by the rules alone.
SELECT area, expected, published, data_through, basis, cycle, state, next_release
FROM flis_coverage('2025-11-10') WHERE area IN ('borger', 'krl_personale', 'dream', 'borger_flex', 'stil', 'ukraine');

INSERT INTO flis_status (as_of, area, data_through, state, complete, benchmarkable, note) VALUES
	('2025-06-30', 'borger', '2025-04-30', 'on_schedule', NULL, NULL, 'Kører efter planen'),
	('2025-06-30', 'krl_personale', '2025-02-28', 'on_schedule', NULL, NULL, NULL),
	('2025-06-30', 'dream', '2025-02-28', 'on_schedule', NULL, NULL, NULL),
	('2025-06-30', 'noegletal', '2025-04-30', 'not_reported', NULL, NULL, NULL),
	('2025-06-30', 'fsiii', '2025-04-30', 'caveat', false, NULL, 'Flere kommuner mangler.'),
	('2025-06-30', 'vh', '2025-03-31', 'caveat', NULL, false, 'Kan ikke sammenlignes.'),
	('2025-06-30', 'dfdg', NULL, 'closed', NULL, NULL, 'Lukket for adgang.');

-- The day of the deck: what it published counts.
SELECT area, expected, published, data_through, basis, cycle, periods_ahead AS ahead, next_release
FROM flis_coverage('2025-06-30') WHERE status_as_of = '2025-06-30';
-- Ten days on: the July cycle is out, except for VH, which was a month behind and stays so.
SELECT area, expected, published, data_through, basis, state, complete, benchmarkable, note
FROM flis_coverage('2025-07-10') WHERE status_as_of = '2025-06-30';

-- The set-returning form equals the scalar forms row for row: every area, channel and many days.
SELECT count(*) AS rows, count(*) FILTER (WHERE
	c.expected IS DISTINCT FROM flis_expected_through(c.area, day::date, channel)
	OR c.data_through IS DISTINCT FROM flis_data_through(c.area, day::date, channel)
	OR c.next_release IS DISTINCT FROM flis_next_release(c.area, day::date, channel)) AS different
FROM generate_series('2025-05-01', '2025-08-31', interval '1 day') day,
	 unnest(ARRAY['udlaesning', 'datapakke', 'dap']) channel,
	 flis_coverage(day::date, channel) c;

-- The deck's table for a day, in Danish and in English.
SELECT * FROM flis_overview('2025-07-10');
SELECT area_name, frequency, data_through, operation FROM flis_overview('2025-07-10', language => 'en')
WHERE area_name IN ('Borger', 'Skole', 'DFDG', 'Nøgletal');
-- A frequency that a part adds, a daily and an annual area, and one without a rule.
INSERT INTO flis_area (area, name, position) VALUES ('ny', 'Ny', 19), ('aar', 'År', 20);
INSERT INTO flis_rule (area, valid_from, frequency, lag, release_month) VALUES ('aar', '2020-01-01', 'ANNUAL', 0, 3);
UPDATE flis_area SET position = 18 WHERE area = 'ukraine';
SELECT * FROM flis_overview('2025-07-10') WHERE area_name IN ('Skole', 'Ukraine-kuben', 'Ny', 'År');
-- A position may be any integer.
UPDATE flis_area SET position = 65537 WHERE area = 'aar';
SELECT area FROM flis_coverage('2025-07-10') WHERE area IN ('aar', 'ny');

-- The view has the deck's headings, and today's rows.
SELECT count(*) FROM flis_oversigt;
SELECT attname FROM pg_attribute WHERE attrelid = 'flis_oversigt'::regclass ORDER BY attnum;
SELECT count(*) AS "rows that differ from today's"
FROM (TABLE flis_oversigt EXCEPT SELECT * FROM flis_overview(CURRENT_DATE, 'datapakke', 'da')) d;

-- Where the table contradicts the text: KRL a month ahead, VH a month behind.  DREAM agrees.
SELECT * FROM flis_rule_difference ORDER BY area;

-- An infinite day is its own answer here, too; other channels and languages are errors.
SELECT DISTINCT expected, data_through, next_release
FROM unnest('{-infinity,infinity}'::date[]) day, flis_coverage(day) ORDER BY 1;
\set VERBOSITY terse
SELECT * FROM flis_coverage('2025-07-10', 'post');
SELECT * FROM flis_overview('2025-07-10', 'datapakke', 'de');
SELECT * FROM flis_coverage('10000-01-01');

-- The planner knows how many areas there are, to a few.
CREATE FUNCTION planned_rows(query text) RETURNS numeric LANGUAGE plpgsql AS
$$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT json) ' || query INTO plan;
	RETURN plan -> 0 -> 'Plan' ->> 'Plan Rows';
END
$$;
ANALYZE flis_area;
SELECT planned_rows('SELECT FROM flis_coverage()') = count(*) AS few FROM flis_area;
INSERT INTO flis_area (area, name) SELECT 'area_' || n, 'Area ' || n FROM generate_series(1, 500) n;
ANALYZE flis_area;
SELECT planned_rows('SELECT FROM flis_coverage()') = count(*) AS many FROM flis_area;

DROP EXTENSION flis;
DROP FUNCTION planned_rows;
