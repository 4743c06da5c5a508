/*
 * statement.sql
 *		The table of what pgbench measured, a PL/pgSQL loop, and the first call after a change.
 *
 * Variables: rounds; calls, how many calls a loop makes.
 */
SET client_min_messages = warning;

CREATE VIEW statement_cost AS
WITH median AS (
	SELECT kind, clients, name,
		   percentile_cont(0.5) WITHIN GROUP (ORDER BY 1e6 * clients / tps) AS us
	FROM rate GROUP BY kind, clients, name
)
SELECT m.*, us / (SELECT us FROM median r
				  WHERE r.kind = m.kind AND r.clients = m.clients AND r.name = 'date_trunc') AS ratio
FROM median m;

SELECT kind, clients, name, round(us::numeric, 1) AS "median, us",
	   round(ratio::numeric, 3) AS "of date_trunc"
FROM statement_cost
ORDER BY clients, kind, name;

/* A loop that calls; "constant" is the loop alone. */
CREATE FUNCTION loop_constant(calls integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE x date;
BEGIN
	FOR i IN 1 .. calls LOOP x := date '2015-07-01' + i % 3653; END LOOP;
END
$$;
CREATE FUNCTION loop_date_trunc(calls integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE x timestamptz;
BEGIN
	FOR i IN 1 .. calls LOOP x := date_trunc('month', date '2015-07-01' + i % 3653); END LOOP;
END
$$;
CREATE FUNCTION loop_flis(calls integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE x date;
BEGIN
	FOR i IN 1 .. calls LOOP x := flis_data_through('borger', date '2015-07-01' + i % 3653); END LOOP;
END
$$;
INSERT INTO statement VALUES
	(0, 'loop', 'the loop alone', format('SELECT loop_constant(%s)', :calls), :calls),
	(1, 'loop', 'date_trunc', format('SELECT loop_date_trunc(%s)', :calls), :calls),
	(2, 'loop', 'flis_data_through', format('SELECT loop_flis(%s)', :calls), :calls);
CALL measure(:rounds);
SELECT name AS "in a PL/pgSQL loop", round(ms::numeric, 1) AS "median, ms",
	   round(above::numeric) AS "above the loop, ns a call", round(of_date_trunc::numeric, 2) AS "of date_trunc"
FROM cost ORDER BY place;

/* Each in a transaction of its own: a change, the call after it, and the same call again. */
CREATE TABLE first_call (place integer, kind text, us float8);
CREATE PROCEDURE time_after_change(times integer) LANGUAGE plpgsql AS $$
DECLARE
	began timestamptz;
BEGIN
	FOR i IN 1 .. times LOOP
		UPDATE flis_status SET note = i::text WHERE area = 'borger' AND as_of = '2025-06-30';
		COMMIT;
		began := clock_timestamp();
		PERFORM flis_data_through('borger', date '2025-07-01');
		INSERT INTO first_call
		VALUES (1, 'one area, after a change', extract(epoch FROM clock_timestamp() - began) * 1e6);
		COMMIT;
		began := clock_timestamp();
		PERFORM flis_data_through('borger', date '2025-07-01');
		INSERT INTO first_call
		VALUES (2, 'one area, no change since', extract(epoch FROM clock_timestamp() - began) * 1e6);
		COMMIT;
		began := clock_timestamp();
		PERFORM date_trunc('month', date '2025-07-01');
		INSERT INTO first_call
		VALUES (3, 'date_trunc', extract(epoch FROM clock_timestamp() - began) * 1e6);
		UPDATE flis_status SET note = i::text WHERE area = 'borger' AND as_of = '2025-06-30';
		COMMIT;
		began := clock_timestamp();
		PERFORM count(flis_data_through(area, date '2025-07-01')) FROM flis_area;
		INSERT INTO first_call
		VALUES (4, 'twenty areas, after a change', extract(epoch FROM clock_timestamp() - began) * 1e6);
		COMMIT;
		began := clock_timestamp();
		PERFORM count(flis_data_through(area, date '2025-07-01')) FROM flis_area;
		INSERT INTO first_call
		VALUES (5, 'twenty areas, no change since', extract(epoch FROM clock_timestamp() - began) * 1e6);
		COMMIT;
	END LOOP;
END
$$;
CALL time_after_change(:rounds * 30);

/* Called once a connection. */
CREATE PROCEDURE time_first() LANGUAGE plpgsql AS $$
DECLARE
	began timestamptz;
	first float8;
	second float8;
	month float8;
BEGIN
	began := clock_timestamp();
	PERFORM date_trunc('month', date '2025-07-01');
	month := extract(epoch FROM clock_timestamp() - began) * 1e6;
	began := clock_timestamp();
	PERFORM flis_data_through('borger', date '2025-07-01');
	first := extract(epoch FROM clock_timestamp() - began) * 1e6;
	began := clock_timestamp();
	PERFORM flis_data_through('borger', date '2025-07-01');
	second := extract(epoch FROM clock_timestamp() - began) * 1e6;
	INSERT INTO first_call
	VALUES (6, 'date_trunc, first of a connection', month),
		   (7, 'one area, first of a connection', first),
		   (8, 'one area, second of a connection', second);
END
$$;

INSERT INTO bar
SELECT row_number() OVER (ORDER BY clients, kind, name),
	   kind || ', ' || clients || CASE clients WHEN 1 THEN ' client: ' ELSE ' clients: ' END || name,
	   us, 'microseconds a statement'
FROM statement_cost;
