-- A text finds the area that it names, whatever its length and wherever it comes from: the names that
-- a call remembers are never mixed up.
--
-- On 10 November 2025 borger reaches to September and dream to June.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';

-- Names of 1 to 40 bytes for borger, and for dream those that differ from one of them in one byte.
CREATE TABLE spelled AS
SELECT left('abcdefghijklmnopqrstuvwxyz0123456789+-*/', length) AS name, 'borger' AS area
FROM generate_series(1, 40) length
UNION ALL
SELECT overlay(left('abcdefghijklmnopqrstuvwxyz0123456789+-*/', length) PLACING '#' FROM place), 'dream'
FROM generate_series(1, 40) length, generate_series(1, length) place;
UPDATE flis_area
SET aliases = (SELECT array_agg(name) FROM spelled WHERE spelled.area = flis_area.area)
WHERE area IN ('borger', 'dream');
ANALYZE spelled;

-- From a row, where a text has a header of one byte, and computed, where it has one of four; each
-- several times, in an order in which no two neighbours are alike.  All 40 and 40 * 41 / 2.
CREATE VIEW asked AS
SELECT name, area, flis_data_through(name, '2025-11-10') AS of_row,
	   flis_data_through(name || left('', n), '2025-11-10') AS of_value,
	   flis_data_through(name, '2025-11-10', left('datapakke ', 9)) AS of_channel
FROM (SELECT * FROM spelled, generate_series(1, 3) n ORDER BY n, md5(name) OFFSET 0) s;
SELECT area, count(DISTINCT name) AS names, array_agg(DISTINCT of_row) AS of_row,
	   array_agg(DISTINCT of_value) AS of_value, array_agg(DISTINCT of_channel) AS of_channel
FROM asked
GROUP BY area
ORDER BY area;

-- No text, a text of blanks, and those that are none of the names: one byte more, one less in front.
\set VERBOSITY terse
SELECT flis_data_through(left(name, 0), '2025-11-10') FROM spelled LIMIT 1;
SELECT flis_data_through(name, '2025-11-10') FROM (VALUES ('borger'), ('      '), ('dream')) v (name);
SELECT flis_data_through(name, '2025-11-10') FROM (VALUES ('abcdefgh'), ('abcdefgh ')) v (name);
SELECT flis_data_through(name, '2025-11-10') FROM (VALUES ('abcdefgh'), ('bcdefgh')) v (name);
SELECT flis_data_through('borger', '2025-11-10', left(name, 0)) FROM spelled LIMIT 1;

-- Channels from rows, by code and name.  On the 11th dap still shows August, on the 1st the extract alone
-- shows September.
SELECT day, channel, flis_data_through(area, day, channel)
FROM (VALUES (1, 'borger', date '2025-11-11', 'dap'), (2, 'borger', '2025-11-11', 'datapakke'),
			 (3, 'borger', '2025-11-11', 'DAP'), (4, 'borger', '2025-11-01', 'udlaesning'),
			 (5, 'borger', '2025-11-01', 'datapakke'), (6, 'borger', '2025-11-01', 'Udlaesning'),
			 (7, 'borger', '2025-11-11', 'dap')) v (n, area, day, channel)
ORDER BY n;

-- What is constant in one call isn't in another: parameters of one plan, variables of one expression.
SET plan_cache_mode = force_generic_plan;
PREPARE ask(text, text) AS SELECT flis_data_through($1, '2025-11-11', $2);
EXECUTE ask('borger', 'dap');
EXECUTE ask('borger', 'datapakke');
EXECUTE ask('dream', 'datapakke');
DEALLOCATE ask;
DO $$
DECLARE
	area text;
	channel text;
	days date[] := '{}';
BEGIN
	FOR area, channel IN VALUES ('borger', 'dap'), ('borger', 'datapakke'), ('dream', 'dap') LOOP
		days := days || flis_data_through('borger', '2025-11-11', channel);
		days := days || flis_data_through(area, '2025-11-11', 'datapakke');
	END LOOP;
	RAISE NOTICE '%', days;
END
$$;

-- Constants where the answer is none, far away or infinite; and where the areas are an array.
SELECT flis_data_through('stil', day) AS none, flis_data_through('ukraine', day) AS daily,
	   flis_common_through('{borger,dream}', day), flis_common_through(ARRAY['borger', 'ukraine'], day)
FROM (VALUES (1, date '2025-11-10'), (2, '2025-11-10'), (3, '-infinity'), (4, 'infinity')) v (n, day)
ORDER BY n;
-- The last day has a page of answers that goes on behind it; the 10th of December shows October.
SELECT flis_data_through('borger', day) FROM (VALUES (date '9999-12-31'), ('9999-12-31')) v (day);
SELECT flis_data_through('borger', day) FROM (VALUES (date '9999-12-31'), ('10000-01-01')) v (day);

-- More names than are kept: past those, a name is looked for each time.  Twice, so that those that are
-- kept and those that aren't come in turn.
CREATE TABLE cased AS
SELECT string_agg(CASE WHEN n >> place::integer - 1 & 1 = 1 THEN upper(letter) ELSE letter END, ''
				  ORDER BY place) AS name, area
FROM generate_series(1, 5000) n,
	 (VALUES ('udsatteboernogunge', 'borger'), ('dreamdatafrastar', 'dream')) v (word, area),
	 string_to_table(word, NULL) WITH ORDINALITY l (letter, place)
GROUP BY n, word, area;
UPDATE flis_area SET aliases = CASE area WHEN 'borger' THEN '{udsatteboernogunge}'::text[]
										 ELSE '{dreamdatafrastar}' END
WHERE area IN ('borger', 'dream');
SELECT area, count(DISTINCT name) AS names, array_agg(DISTINCT flis_data_through(name, '2025-11-10'))
FROM (SELECT * FROM cased, generate_series(1, 2) n OFFSET 0) c
GROUP BY area
ORDER BY area;
DROP TABLE cased;

-- For a name that names nothing the nearest is offered, if at most half of its letters are others; letters,
-- not bytes, in every encoding.
\set VERBOSITY default
SELECT flis_data_through('ældra', '2025-11-10');
SELECT flis_data_through('ææææ', '2025-11-10');
-- Three letters of seven are as many as may be others.
SELECT flis_data_through('borgxxx', '2025-11-10');
-- The nearest is that of the fewest edits, whether it comes first or last.
SELECT flis_data_through('kyx', '2025-11-10');
SELECT flis_data_through('borger_fl', '2025-11-10');
-- A name of 200 bytes is the longest that is compared, with a word of as many.
UPDATE flis_area SET aliases = ARRAY[repeat('x', 200)] WHERE area = 'ky';
SELECT flis_data_through(repeat('x', 199) || 'y', '2025-11-10');
CREATE DATABASE flis_euc_jp ENCODING 'EUC_JP' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0;
SELECT current_database() AS database \gset
\c flis_euc_jp
SET client_encoding = 'UTF8';
CREATE EXTENSION flis;
SELECT flis_data_through('ÆLDRE', '2025-11-10');
SELECT flis_data_through('ældra', '2025-11-10');
SELECT flis_data_through('ææææ', '2025-11-10');
\c :database
DROP DATABASE flis_euc_jp;

DROP VIEW asked;
DROP TABLE spelled;
DROP EXTENSION flis;
