/*
 * measured.sql
 *		How far cubes reach, a second time: their rows joined with their dimensions and grouped by the
 *		periods that they describe, then what flis_check_cubes finds, as plain and slow SQL.
 *
 * To be run after the cubes were registered, that can be read, in areas of months or days.  "truth" has
 * their periods; reference(cube, day) says what was found, judged(...) the verdict on it.
 */

-- The last day of a period as a cube writes it.  One of days is the month, or in a daily area the day, that
-- contains it; all else is what flis_period_end says.  A primo count describes the period before.
CREATE FUNCTION period_end(period text, day_of text, is_primo boolean) RETURNS date LANGUAGE plpgsql AS $$
DECLARE
	last date;
	is_day boolean := period ~ '^\d{4}(-\d\d-\d\d|\d{4})';
BEGIN
	last := CASE WHEN period ~ '^\d{4}-\d\d-\d\d ' THEN period::timestamp::date ELSE flis_period_end(period) END;
	IF is_primo THEN
		last := CASE WHEN is_day THEN last ELSE date_trunc('month', last::timestamp)::date END - 1;
	END IF;
	IF is_day AND day_of = 'MONTHLY' THEN
		last := (date_trunc('month', last::timestamp) + interval '1 month' - interval '1 day')::date;
	END IF;
	RETURN last;
EXCEPTION WHEN invalid_parameter_value THEN
	RETURN NULL;
END
$$;

-- The periods of each cube: of rows whose key no dimension has, or one that has none, none.
CREATE TABLE truth (cube text, last date, rows bigint, codes integer[]);
CREATE PROCEDURE find_truth(unreadable text[]) LANGUAGE plpgsql AS $$
DECLARE
	c record;
BEGIN
	FOR c IN SELECT f.*, coalesce(r.frequency, 'MONTHLY') AS frequency FROM flis_cube f JOIN flis_rule r USING (area)
			 WHERE cube <> ALL (unreadable) LOOP
		EXECUTE format($f$
			INSERT INTO truth
			SELECT %1$L, last, sum(n), array_agg(DISTINCT code) FILTER (WHERE code IN (SELECT municipality FROM flis_municipality))
			FROM (SELECT period_end(rtrim(period::text), %2$L, %3$L) AS last, municipality::text::integer AS code, count(*) AS n
				  FROM (SELECT %4$s AS period, %5$s AS municipality FROM %6$s fact %7$s %8$s) joined GROUP BY period, 1, 2) g
			WHERE last IS NOT NULL GROUP BY last $f$,
			c.cube, c.frequency, c.is_primo,
			CASE WHEN c.period_dimension IS NULL THEN format('fact.%I', c.period_column) ELSE format('day.%I', c.period_value) END,
			CASE WHEN c.municipality_column IS NULL THEN 'NULL' WHEN c.municipality_dimension IS NULL THEN format('fact.%I', c.municipality_column) ELSE format('place.%I', c.municipality_value) END,
			c.cube,
			format('LEFT JOIN ' || c.period_dimension || ' day ON day.%I = fact.%I', c.period_key, c.period_column),
			format('LEFT JOIN ' || c.municipality_dimension || ' place ON place.%I = fact.%I', c.municipality_key, c.municipality_column));
	END LOOP;
END
$$;
-- Who is expected, and whether enough of some are among others.
CREATE FUNCTION expected(area text, last date) RETURNS integer[] LANGUAGE sql STABLE AS $$
	SELECT array_agg(m.municipality::integer) FROM flis_municipality m
	WHERE NOT EXISTS (SELECT FROM flis_waiver w WHERE w.area = expected.area AND w.municipality = m.municipality
					  AND expected.last BETWEEN w.valid_from AND coalesce(w.valid_until, 'infinity'))
$$;
CREATE FUNCTION enough(reporting integer[], wanted integer[], share numeric) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
	SELECT count(*) FILTER (WHERE code = ANY (reporting)) >= share * count(*) FROM unnest(wanted) code
$$;
-- The month that a period reaches: the last whole one, or that in which it ends, if that is over and the period is
-- the last week which is.
CREATE FUNCTION reached(last date, on_day date) RETURNS date LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE WHEN ending < on_day AND ending - extract(isodow FROM ending)::integer % 7 = last THEN ending
				ELSE date_trunc('month', last::timestamp + interval '1 day') - interval '1 day' END
	FROM (SELECT (date_trunc('month', last::timestamp) + interval '1 month' - interval '1 day')::date AS ending) e
$$;
CREATE FUNCTION reference(INOUT cube text, on_day date, OUT newest date, OUT measured date, OUT expected integer, OUT reported integer)
LANGUAGE plpgsql STABLE AS $$
DECLARE
	c flis_cube;
	p truth[];			-- the periods that are over, newest first
	wanted integer[];
	base integer;
	last_whole date;
	complete integer;
BEGIN
	SELECT * INTO c FROM flis_cube f WHERE f.cube = reference.cube;
	SELECT array_agg(t ORDER BY t.last DESC) INTO p FROM truth t WHERE t.cube = reference.cube AND t.last < on_day;
	IF p IS NULL THEN
		RETURN;
	END IF;
	IF c.municipality_column IS NULL THEN
		FOR i IN 1 .. least(cardinality(p), 13) LOOP
			IF i = cardinality(p) OR p[i].rows >= c.least_rows * (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY t.rows) FROM unnest(p[i + 1 : i + c.compared_periods]) t) THEN
				complete := i;
				EXIT;
			END IF;
		END LOOP;
	ELSE
		FOR i IN 1 .. least(cardinality(p), 13) LOOP
			base := i;
			EXIT WHEN enough(p[i].codes, expected(c.area, p[i].last), c.least_reporting);
			complete := i;
		END LOOP;
		IF complete = base AND base - 1 < least(c.compared_periods, 12) THEN
			complete := NULL;
		ELSE
			complete := base;
			FOR i IN REVERSE base - 1 .. 1 LOOP
				SELECT array_agg(code) INTO wanted FROM unnest(expected(c.area, p[i].last)) code WHERE code = ANY (p[complete].codes);
				IF cardinality(wanted) > 0 AND enough(p[i].codes, wanted, c.least_reporting)
				   OR enough(p[i].codes, expected(c.area, p[i].last), c.least_reporting) THEN
					complete := i;
				END IF;
			END LOOP;
		END IF;
		SELECT count(*), count(*) FILTER (WHERE code = ANY (p[1].codes)) INTO expected, reported FROM unnest(expected(c.area, p[1].last)) code;
	END IF;
	newest := p[1].last;
	measured := p[complete].last;
	IF c.area <> 'ukraine' THEN
		newest := reached(newest, on_day);
		measured := reached(measured, on_day);
	END IF;
END
$$;

-- The verdict on that in a monthly area that is open and was published nowhere: the list in src/rules/verdict.c.
CREATE FUNCTION judged(area text, channel text, on_day date, newest date, measured date) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT CASE
		WHEN newest IS NULL THEN 'empty'
		WHEN newest < e AND brought_on = on_day AND newest >= yesterday THEN 'due'
		WHEN newest < e THEN 'late'
		WHEN measured IS NULL OR measured < newest THEN 'partial'
		WHEN measured > e AND on_day >= opens AND measured <= brings THEN 'on_time'
		WHEN measured > e THEN 'ahead'
		WHEN on_day < cycle OR measured >= brings THEN 'on_time'
		WHEN on_day >= opens THEN 'due'
		ELSE 'not_due' END
	FROM (SELECT flis_data_through(area, on_day, channel) AS e, flis_data_through(area, on_day - 1, channel) AS yesterday,
				 flis_next_release(area, on_day - 1, channel) AS brought_on, flis_next_release(area, on_day, channel) AS next_on) a,
		 LATERAL (SELECT date_trunc('month', next_on::timestamp)::date AS cycle, flis_data_through(area, next_on, channel) AS brings) b,
		 LATERAL (SELECT lower(flis_release_window(area, cycle, channel)) AS opens) c
$$;
