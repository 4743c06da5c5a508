-- flis_period_end: the last day of a period that is written as text or number.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';

SELECT written, to_char(flis_period_end(written), 'YYYY-MM-DD') AS last
FROM (VALUES
	/* a year, by ISO 8601 and by SDMX */
	('2025'), ('2025-A1'), ('2025A1'),
	/* half-years and quarters */
	('2025-S1'), ('2025S2'), ('2025Q1'), ('2025-Q2'), ('2025q4'),
	/* half-years, quarters and weeks as Statistics Denmark writes them: 2026 has 53 weeks */
	('2025H1'), ('2025-h2'), ('2025K2'), ('2025k4'), ('2025-K3'), ('2025U18'), ('2026-u53'),
	/* months, of which February has 28 days or 29 */
	('2025-04'), ('202504'), ('2025M04'), ('2025-M04'), ('2025m12'),
	('2024-02'), ('2025-02'), ('2000-02'), ('1900-02'),
	/* ISO weeks: through Sunday, which may lie in the next year; 2020 and 2026 have 53 */
	('2025-W18'), ('2025W01'), ('2024-W52'), ('2020-W53'), ('2026w53'),
	/* days */
	('20250430'), ('2025-04-30'), ('2024-02-29'),
	/* school years */
	('2024/2025'), ('2024/25'), ('1999/00'),
	/* blanks around it, and both ends of the calendar range */
	('  2025-04	'), ('0001'), ('9999-12-31')
) AS v (written);

SELECT written, to_char(flis_period_end(written), 'YYYY-MM-DD') AS last
FROM (VALUES (2025), (202504), (20250430), (1000), (99991231)) AS v (written);

-- Of each type that numbers have in a warehouse.
SELECT to_char(flis_period_end(2025::smallint), 'YYYY-MM-DD') AS year,
	   to_char(flis_period_end(202504::bigint), 'YYYY-MM-DD') AS month;

SELECT flis_period_end(NULL::text) IS NULL AS null_text,
	   flis_period_end(NULL::integer) IS NULL AS null_number;

-- Nothing else is a period.
CREATE FUNCTION is_refused(written anyelement) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
	PERFORM flis_period_end(written);
	RETURN false;
EXCEPTION WHEN invalid_parameter_value THEN
	RETURN true;
END
$$;
SELECT written AS "taken, but should not"
FROM unnest(ARRAY[
	'', ' ', '25', '25-04', '02025', '0000', '10000', '-2025', '+2025', '2025-', '2025 04',
	'2025-4', '2025-00', '2025-13', '202500', '202513', '2025M13', '2025M4', '2025-M', '2025M',
	'2025Q0', '2025Q5', '2025-Q', '2025Q02', '2025S3', '2025H3', '2025H01', '2025K0', '2025K5', '2025U53', '2025U1', '2025A2', '2025X1', '2025-W00', '2025-W53',
	'2025W54', '2025W1', '9999-W52', '2025-04-31', '20250431', '2025-02-29', '1900-02-29', '2025-04-00',
	'2025-0430', '202504-30', '2025/04/30', '2025.04', '2025-04-30T00:00', '2025-04-3',
	'2024/2026', '2024/26', '2025/2024', '2024-25', '2024/025', '9999/00', '0000/0001', '2024/', 'April',
	'2025 April', '2025-04x', '٢٠٢٥'
]) AS written
WHERE NOT is_refused(written);
SELECT written AS "taken, but should not"
FROM unnest(ARRAY[0, 1, -2025, 25, 999, 10000, 20250, 202500, 202513, 2025041, 20250431, 20250229,
				  100000000, 2147483647, -2147483648, 4294967296 + 202504, 9223372036854775807]) AS written
WHERE NOT is_refused(written);
DROP FUNCTION is_refused;
DROP EXTENSION flis;
