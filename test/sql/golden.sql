-- The golden table: what the status deck says, case by case.  The days are the deck's own examples
-- and those around them; the deck's table of 30 June is the one in test/data/deck-plain.txt.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';

-- Rules alone: data packages around the 10th, one month skipped.
SELECT flis_data_through('borger', '2025-11-09') AS before,
	   flis_data_through('borger', '2025-11-10') AS "on the 10th",
	   flis_data_through('borger', '2026-01-10') AS "over new year";

-- The extract at the start of the month, DAP cubes one or two days after the data packages.
SELECT flis_data_through('borger', '2025-11-01', 'udlaesning') AS udlaesning,
	   flis_data_through('borger', '2025-11-11', 'dap') AS "dap, 11th",
	   flis_data_through('borger', '2025-11-12', 'dap') AS "dap, 12th";

-- KRL and DREAM come from the supplier three months later: November shows June.
SELECT flis_data_through('krl_personale', '2025-11-10') AS krl,
	   flis_data_through('krl_personale', '2024-07-10') AS "krl, leap year",
	   flis_data_through('dream', '2025-11-01') AS dream;

-- Borger Flex and DREAM are extracted two to three weeks before the others.
SELECT flis_data_through('dream', '2025-06-25') AS "25 June",
	   flis_data_through('dream', '2025-06-26') AS "26 June",
	   flis_data_through('dream', '2025-06-30') AS "30 June",
	   flis_data_through('borger_flex', '2025-11-01') AS borger_flex;

-- The Ukraine cube comes daily; STIL yearly, in no month that anybody has named.
SELECT flis_data_through('ukraine', '2025-11-10') AS ukraine,
	   count(flis_data_through('stil', day::date)) AS "days on which stil is known"
FROM generate_series('2020-01-01', '2030-12-31', interval '1 day') day;

-- What comes next, when a period comes, and within which days.
SELECT flis_next_release('borger', '2025-11-09') AS "after the 9th",
	   flis_next_release('borger', '2025-11-10') AS "after the 10th",
	   flis_next_release('borger', '2025-11-10', 'dap') AS dap,
	   flis_next_release('dream', '2025-06-30') AS dream;
SELECT flis_release_window('dream', '2025-07-01', 'datapakke') =
	   daterange('2025-06-19', '2025-06-26', '[]') AS "window is 19 to 26 June",
	   flis_release_of('borger', '2025-09-15') AS "September is out";

-- With the deck of 30 June 2025 imported.
\set deck `cat "$PG_ABS_SRCDIR/data/deck-plain.txt"`
SELECT count(*) AS rows FROM flis_import_overview(:'deck', 2025);

SELECT flis_data_through('borger', '2025-06-30') AS borger,
	   flis_data_through('borger', '2025-07-10') AS "borger, 10 July",
	   flis_data_through('krl_personale', '2025-06-30') AS krl,
	   flis_expected_through('krl_personale', '2025-06-30') AS "krl expected",
	   flis_data_through('krl_personale', '2025-07-09') AS "krl, 9 July",
	   flis_data_through('krl_personale', '2025-07-10') AS "krl, 10 July";
SELECT flis_data_through('dfdg', '2025-06-30') AS dfdg,
	   flis_data_through('dfdg', '2026-06-30') AS "dfdg, a year on",
	   flis_next_release('dfdg', '2025-06-30') AS "dfdg, next";

-- The deck contradicts itself for KRL alone: four months by its text, three by its table.
SELECT area, as_of, expected, published, periods_ahead FROM flis_rule_difference;

DROP EXTENSION flis;
