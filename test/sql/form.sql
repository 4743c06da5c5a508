-- flis_period_like: the newest period that has ended by a day, written as another period is.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';

SELECT day, period, flis_period_like(day, period) AS newest
FROM (VALUES
	/* September has ended by its last day, and not a day before */
	(date '2025-09-30', '2025M04'), ('2025-09-29', '2025M04'),
	/* every form of a month, its letter's case kept; blanks are not written */
	('2025-09-30', '2025-04'), ('2025-09-30', '202504'), ('2025-09-30', '2025-M04'),
	('2025-09-30', '2025m04'), ('2025-09-30', '2025-m04'), ('2025-09-30', '  1999M12	'),
	/* February of a leap year, and of none */
	('2024-02-29', '2025M04'), ('2024-02-28', '2025M04'), ('2025-02-28', '2025M04'),
	/* years: 2024 has ended by its last day */
	('2025-09-30', '2025'), ('2024-12-31', '2025'), ('2024-12-30', '2025'),
	('2025-09-30', '2025A1'), ('2025-09-30', '2025-A1'), ('2025-09-30', '2025a1'),
	/* half-years end on 30 June and 31 December */
	('2025-09-30', '2025S2'), ('2025-06-30', '2025-S2'), ('2025-06-29', '2025s2'),
	/* quarters */
	('2025-09-30', '2025Q1'), ('2025-09-29', '2025-Q1'), ('2025-02-01', '2025q1'),
	/* ISO weeks: 2025-W17 ends on Sunday 27 April, W18 on 4 May */
	('2025-04-30', '2025-W18'), ('2025-05-03', '2025W18'), ('2025-05-04', '2025w18'),
	/* 30 December 2024 is a Monday of 2025-W01, which ends on 5 January; W52 ended the day before */
	('2024-12-30', '2025-W18'), ('2024-12-29', '2025-W18'), ('2024-12-28', '2025-W18'),
	('2025-01-05', '2025-W18'),
	/* 2020 has 53 weeks, the last until 3 January 2021 */
	('2021-01-03', '2025-W18'), ('2021-01-02', '2025-W18'), ('2021-01-10', '2025-W18'),
	/* as Statistics Denmark writes them */
	('2025-09-30', '2025K1'), ('2025-09-29', '2025-k1'), ('2025-09-30', '2025H2'), ('2025-04-30', '2025U18'),
	('2021-01-03', '2025u18'),
	/* days */
	('2025-04-30', '20240229'), ('2025-04-30', '2024-02-29'),
	/* school years end on 31 July */
	('2025-07-31', '2023/2024'), ('2025-07-30', '2023/2024'), ('2025-12-31', '2023/2024'),
	('2025-07-31', '2023/24'), ('2000-07-31', '2023/24'),
	/* the ends of the calendar range; 9999-12-31 is a Friday, 2 January 10000 is outside */
	('9999-12-31', '2025'), ('9999-12-31', '2025-W18'), ('9999-12-31', '2023/2024'),
	('0001-01-31', '2025M04'), ('0001-12-31', '2025'), ('0001-01-07', '2025-W18'),
	('0002-07-31', '2023/2024'), ('0999-12-31', '2025')
) AS v (day, period);

SELECT day, period, flis_period_like(day, period) AS newest
FROM (VALUES
	/* months, years and days; a number has no other form */
	(date '2025-09-30', 202504), ('2025-09-29', 202504), ('2025-09-30', 2025), ('2024-12-31', 2025),
	('2025-09-30', 20250430), ('9999-12-31', 202504), ('9999-12-31', 20250430),
	('1000-01-31', 202504), ('1000-12-31', 2025), ('1000-01-01', 20250430)
) AS v (day, period);

-- Written like another one it reads back as the period that has ended, whatever the form; the next has
-- not: every form over four years of days.
SELECT count(*) AS tried,
	   count(*) FILTER (WHERE flis_period_end(flis_period_like(day::date, period)) > day) AS too_late,
	   count(*) FILTER (WHERE flis_period_end(flis_period_like(day::date, period)) < day
							  AND day = last) AS too_early
FROM generate_series('2022-12-25', '2027-01-05', interval '1 day') day,
	 unnest(ARRAY['2025', '2025A1', '2025-S1', '2025Q1', '2025-04', '2025M04', '202504', '2025-W18', '2025H1', '2025K1', '2025U18',
				  '20250430', '2025-04-30', '2024/2025', '2024/25']) period,
	 LATERAL (SELECT CASE
		WHEN period IN ('2025', '2025A1') THEN date_trunc('year', day + interval '1 day') = day + interval '1 day'
		WHEN period IN ('2025-S1', '2025H1') THEN to_char(day, 'MMDD') IN ('0630', '1231')
		WHEN period IN ('2025Q1', '2025K1') THEN date_trunc('quarter', day + interval '1 day') = day + interval '1 day'
		WHEN period IN ('2025-04', '2025M04', '202504') THEN extract(day FROM day + interval '1 day') = 1
		WHEN period IN ('2025-W18', '2025U18') THEN extract(isodow FROM day) = 7
		WHEN period LIKE '2024/%' THEN to_char(day, 'MMDD') = '0731'
		ELSE true END AS is_last) l,
	 LATERAL (SELECT CASE WHEN is_last THEN day END AS last) n;

-- NULL in, NULL out.
SELECT flis_period_like(NULL, '2025M04') IS NULL AS no_day,
	   flis_period_like('2025-09-30', NULL::text) IS NULL AS no_text,
	   flis_period_like('2025-09-30', NULL::integer) IS NULL AS no_number;

-- One call remembers what it wrote last; days and forms in turn are not mixed up.
SELECT day, period, flis_period_like(day, period) AS newest, flis_period_like(day, number) AS as_number
FROM (VALUES (date '2025-09-30', '2025M04', 202504), ('2025-09-30', '2025M04', 202504),
			 ('2025-08-31', '2025M04', 202504), ('2025-08-31', '2025-04', 2025),
			 ('2025-08-31', '              2025-04', 2025), ('2025-07-31', '              2025-04', 2025),
			 ('2025-07-31', '2025-04', 20250101)) AS v (day, period, number);

-- No other text or number is a period, and no day outside the calendar or before the first period's
-- end has one that ended.

CREATE FUNCTION refused(call text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE 'SELECT ' || call;
	RETURN 'taken';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END
$$;
SELECT refused(call) FROM unnest(ARRAY[
	$$flis_period_like('2025-09-30', '')$$,
	$$flis_period_like('2025-09-30', 'I alt')$$,
	$$flis_period_like('2025-09-30', '2025M13')$$,
	$$flis_period_like('2025-09-30', 0)$$,
	$$flis_period_like('2025-09-30', 202513)$$,
	$$flis_period_like('infinity', '2025M04')$$,
	$$flis_period_like('-infinity', 202504)$$,
	$$flis_period_like('10000-01-01', '2025M04')$$,
	$$flis_period_like('0001-01-30', '2025M04')$$,
	$$flis_period_like('0001-12-30', '2025')$$,
	$$flis_period_like('0001-01-06', '2025-W18')$$,
	$$flis_period_like('0002-07-30', '2023/24')$$,
	$$flis_period_like('1000-01-30', 202504)$$,
	$$flis_period_like('0999-12-31', 20250430)$$,
	$$flis_period_like('1000-12-30', 2025)$$]) call;

-- Nor is one after the same call has written a period that differs from it in one digit.
SELECT period, flis_period_like('2025-09-30', period) FROM (VALUES ('2025-01'), ('2025-00')) v (period);

DROP FUNCTION refused;
DROP EXTENSION flis;
