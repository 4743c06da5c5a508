-- Danish public holidays and business days.
--
-- The days are those of the printed calendars of three years: Store Bededag is among them for the
-- last time in 2023, on 5 May; 5 June, 24 and 31 December never are.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';

SELECT to_char(day, 'YYYY') AS year, string_agg(to_char(day, 'MM-DD'), ' ' ORDER BY day) AS holidays
FROM generate_series(timestamp '2023-01-01', '2025-12-31', '1 day') AS day
WHERE flis_is_bank_holiday(day::date)
GROUP BY 1
ORDER BY 1;

-- Easter Sunday on its earliest and its latest day, Easter Monday of 1700, and both ends of the calendar
-- range.
SELECT flis_is_bank_holiday('1818-03-22') AS earliest, flis_is_bank_holiday('1943-04-25') AS latest,
	   flis_is_bank_holiday('1700-04-12') AS of_1700, flis_is_bank_holiday('0001-01-01') AS first, flis_is_bank_holiday('9999-12-31') AS last;

-- Easter, a month's end on a Saturday, Store Bededag, Grundlovsdag, and Christmas into a weekend.
SELECT to_char(day, 'Dy YYYY-MM-DD') AS day,
	   to_char(flis_business_day(day, 'none'), 'MM-DD') AS none,
	   to_char(flis_business_day(day, 'following'), 'MM-DD') AS following,
	   to_char(flis_business_day(day, 'preceding'), 'MM-DD') AS preceding,
	   to_char(flis_business_day(day, 'modified_following'), 'MM-DD') AS modified_following
FROM unnest('{2024-03-29,2025-04-17,2025-05-31,2023-05-05,2024-04-26,2025-06-05,2025-12-24,2025-12-25}'
			::date[]) AS day;

-- A day moves to a business day, and a business day stays.
SELECT count(*) AS wrong
FROM generate_series(timestamp '1990-01-01', '2040-12-31', '1 day') AS t,
	 LATERAL (SELECT t::date AS day) d,
	 LATERAL (SELECT flis_business_day(day, 'following') AS following,
					 flis_business_day(day, 'preceding') AS preceding,
					 flis_business_day(day, 'modified_following') AS modified) m,
	 LATERAL (SELECT extract(isodow FROM day) < 6 AND NOT flis_is_bank_holiday(day) AS business) b
WHERE business <> (following = day) OR business <> (preceding = day)
	  OR following < day OR preceding > day
	  OR flis_business_day(following, 'preceding') <> following
	  OR flis_business_day(preceding, 'following') <> preceding
	  OR modified <> CASE WHEN to_char(following, 'MM') = to_char(day, 'MM')
						  THEN following ELSE preceding END;

-- Infinite days, NULL, and what is none of the calendar.
SELECT flis_business_day('infinity', 'following') AS infinity,
	   flis_business_day('-infinity', 'preceding') AS minus_infinity,
	   flis_is_bank_holiday('infinity') AS holiday,
	   flis_business_day(NULL, 'none') IS NULL AS null_day,
	   flis_business_day('2025-01-01', NULL) IS NULL AS null_convention;

-- No answer lies outside the calendar: what would come after its last day never comes.  The release that
-- carries November 9999 is the one of January 10000.
SELECT area, day, flis_next_release(area, day), flis_release_of(area, day)
FROM (VALUES ('borger', date '9999-10-31'), ('borger', '9999-12-09'), ('borger', '9999-12-10'), ('borger', '9999-12-31'),
			 ('ukraine', '9999-12-29'), ('ukraine', '9999-12-30'), ('ukraine', '9999-12-31')) v (area, day);
\set VERBOSITY sqlstate
SELECT flis_business_day('2025-01-01', 'next');
SELECT flis_business_day('10000-01-01', 'none');
SELECT flis_is_bank_holiday('0001-12-31 BC');
\set VERBOSITY default
DROP EXTENSION flis;
