/*
 * history.sql
 *		Areas enough for every history.
 */
SET client_min_messages = warning;
TRUNCATE flis_status;
INSERT INTO flis_area (area, name)
SELECT 'area_' || i, 'Area ' || i FROM generate_series(1, 480) i;
INSERT INTO flis_rule (area, valid_from)
SELECT 'area_' || i, '0001-01-01' FROM generate_series(1, 480) i;

CREATE TABLE history (
	areas integer, years integer, decks bigint, load_ms float8, plain_ms float8, first_ms float8, all_ms float8,
	ns float8, of_date_trunc float8, bytes bigint
);
