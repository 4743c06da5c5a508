/*
 * cubes_tables.sql
 *		Fact tables with an index on the month, and what makes it harder to tell who reports.
 *
 * Variables: rows of each, cubes, how many.
 */
SET client_min_messages = warning;
SET maintenance_work_mem = '512MB';

CREATE PROCEDURE create_cubes(cubes integer) LANGUAGE plpgsql AS $$
BEGIN
	ALTER TABLE loaded RENAME TO cube_1;
	FOR cube IN 1 .. cubes LOOP
		IF cube > 1 THEN
			EXECUTE format('CREATE UNLOGGED TABLE cube_%s AS SELECT * FROM cube_1', cube);
		END IF;
		EXECUTE format('CREATE INDEX ON cube_%s (month)', cube);
		INSERT INTO flis_cube (cube, area, period_column, municipality_column)
		VALUES ('public.cube_' || cube, 'borger', 'month', 'municipality');
	END LOOP;
END
$$;
CALL create_cubes(:cubes);
VACUUM (ANALYZE, FREEZE);
SELECT count(*) AS tables, to_char(:rows, '999,999,999') AS "rows of each", pg_size_pretty(sum(pg_total_relation_size(cube))) AS "tables and indexes"
FROM flis_cube;

/* In September 2025 Læsø (825) has but one row in three thousand. */
CREATE PROCEDURE skew(cubes integer) LANGUAGE plpgsql AS $$
BEGIN
	FOR cube IN 1 .. cubes LOOP
		EXECUTE format('UPDATE cube_%s SET municipality = 101 WHERE month = %L AND municipality = 825 AND amount %% 31 > 0', cube, '2025-09-01');
	END LOOP;
END
$$;
CREATE PROCEDURE leave_out(cubes integer) LANGUAGE plpgsql AS $$
BEGIN
	FOR cube IN 1 .. cubes LOOP
		EXECUTE format('DELETE FROM cube_%s WHERE month = %L AND municipality = 825', cube, '2025-09-01');
	END LOOP;
END
$$;
CREATE PROCEDURE create_pair_indexes(cubes integer) LANGUAGE plpgsql AS $$
BEGIN
	FOR cube IN 1 .. cubes LOOP
		EXECUTE format('CREATE INDEX ON cube_%s (month, municipality)', cube);
	END LOOP;
END
$$;

CREATE TABLE rate (place serial, kind text, round integer, name text, tps float8);
