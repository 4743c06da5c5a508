/*
 * facts.sql
 *		Rows as a fact table has them: the deck's 17 areas in turn, days at random over the ten years
 *		of the decks.
 *
 * Variables: rows, the number of rows.
 */
CREATE UNLOGGED TABLE facts AS
SELECT (SELECT array_agg(area ORDER BY position) FROM flis_area WHERE position IS NOT NULL)
		   [i % 17 + 1] AS area,
	   date '2015-07-01' + (i::bigint * 48271 % 2147483647 % 3653)::integer AS d
FROM generate_series(1, :rows) i;
VACUUM (ANALYZE, FREEZE) facts;
