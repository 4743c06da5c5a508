-- The status page tells the same as the functions that it is made from, in Danish and in English, and
-- what stands in a table arrives as it is, whatever it is.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';
\pset null -
\pset format unaligned
\pset tuples_only on

-- The deck of 30 June, plans, notices, and two fact tables.
\set june `cat "$PG_ABS_SRCDIR/data/deck-plain.txt"`
SELECT count(*) FROM flis_import_overview(:'june', 2025);
INSERT INTO flis_release (area, channel, cycle, planned_on, released_on, cancelled, note) VALUES
	('krl_personale', 'datapakke', '2025-07-01', '2025-07-18', NULL, false, 'Nyt system'),
	('kp', 'datapakke', '2025-07-01', '2025-07-08', NULL, false, NULL),
	('vh', 'datapakke', '2025-07-01', NULL, NULL, true, NULL),
	('dream', 'udlaesning', '2025-07-01', NULL, '2025-06-30', false, NULL);
INSERT INTO flis_notice (area, municipality, period_from, period_until, kind, started_on, expected_end, ended_on, note) VALUES
	('ky', NULL, NULL, NULL, 'access', '2025-06-20', '2025-07-05', NULL, 'Lukket under flytning'),
	('aula', 727, '2025-03-01', '2025-04-30', 'completeness', '2025-06-01', '2025-06-15', NULL, 'Mangler'),
	('aula', 741, '2025-03-01', '2025-04-30', 'completeness', '2025-06-01', '2025-06-15', NULL, 'Mangler'),
	('aula', 998, '2025-03-01', '2025-04-30', 'completeness', '2025-06-01', '2025-06-15', NULL, 'Mangler'),
	('kp', NULL, NULL, NULL, 'information', '2025-07-07', NULL, NULL, 'Ny udgave i juli'),
	('kp', NULL, NULL, NULL, 'information', '2025-05-01', NULL, '2025-06-01', 'Glemt igen');
CREATE SCHEMA dw;
CREATE TABLE dw.borger AS SELECT month::date AS month FROM generate_series(timestamp '2024-01-01', '2025-05-01', '1 month') month;
CREATE TABLE dw.dream AS SELECT month::date AS month FROM generate_series(timestamp '2024-01-01', '2024-12-01', '1 month') month;
INSERT INTO flis_cube (cube, area, channel, period_column) VALUES
	('dw.borger', 'borger', 'datapakke', 'month'), ('dw.dream', 'dream', 'dap', 'month'), ('dw.nowhere', 'aula', 'dap', 'month');

-- Of HTML: the text of a piece of it; the cells of a row; the rows of a section.  (A regular expression is
-- as greedy as its first quantifier.)
CREATE FUNCTION shown(html text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	code text;
BEGIN
	html := regexp_replace(regexp_replace(html, '<svg.*?</svg>', '', 'g'), '<[^>]*>', '', 'g');
	FOR code IN SELECT DISTINCT match[1] FROM regexp_matches(html, '&#(\d+);', 'g') match
	LOOP
		html := replace(html, '&#' || code || ';', chr(CASE code WHEN '160' THEN 32 ELSE code::integer END));
	END LOOP;
	RETURN html;
END $$;
CREATE FUNCTION cells(line text) RETURNS text[] LANGUAGE sql RETURN
	(SELECT array_agg(match[1] ORDER BY n) FROM regexp_matches(line, '<t[hd][^>]*?>(.*?)</t[hd]>', 'g') WITH ORDINALITY t (match, n));
CREATE FUNCTION lines(page text, section text) RETURNS TABLE (n bigint, line text) LANGUAGE sql AS $$
	SELECT n, match[1]
	FROM regexp_matches(substring(page FROM '<section id="' || section || '".*?</section>'), '<tr role="row"(?: class="group")??>(<t[hd].*?)</tr>', 'g')
		 WITH ORDINALITY t (match, n)
$$;
CREATE TABLE page AS SELECT language, flis_status_page('2025-06-30', language) AS page FROM unnest('{da,en}'::text[]) language;

-- The table of areas as a person reads it.
SELECT array_to_string(ARRAY(SELECT shown(c) FROM unnest(cells(line)) WITH ORDINALITY t (c, n) ORDER BY n), ' | ')
FROM page, lines(page, 'areas') WHERE language = 'da' ORDER BY n;

-- Months after the deck the areas are counted by what is assumed of them, except the two that are closed and the three
-- outside the deck.
SELECT shown(match[1])
FROM regexp_matches(substring(flis_status_page('2025-10-15', 'en') FROM '<ul class="summary">.*?</ul>'), '<li>.*?</li>', 'g') match;

-- It is flis_overview's, in whose last column one sentence follows the other, and nothing or "-" stands for a state
-- that nobody told; and flis_coverage's next release.
CREATE FUNCTION letters(text) RETURNS text LANGUAGE sql RETURN regexp_replace($1, '[^[:alnum:]]', '', 'g');
SELECT o.* FROM page, flis_overview('2025-06-30', 'datapakke', language) o
WHERE NOT EXISTS (SELECT FROM lines(page, 'areas') l, cells(line) c
				  WHERE (shown(c[1]), shown(c[2]), shown(c[3]), shown(c[4])) = (o.area_name, o.frequency, o.data_through, o.source)
						AND letters(shown(regexp_replace(c[5], '<p class="denied">.*?</p>', '', 'g'))) ~ ('^(Ikkeoplyst|Notreported|Lukketforadgang|Closed)?' || letters(o.operation) || '$'));
SELECT name, next_release FROM flis_coverage('2025-06-30')
EXCEPT
SELECT regexp_replace(shown(c[1]), ' \(.*\)', ''), nullif(shown(c[6]), '-')::date
FROM (SELECT flis_status_page('2025-06-30', 'en') AS page) p, lines(page, 'areas') l, cells(line) c;

-- How far an area reaches, in words and in the picture: on an axis of 365 days April ends at 83.28 % (304
-- days), February at 66.57 % (243), May at 91.78 % (335), 29 June at 99.72 % (364), and KRL's January, by
-- the rule, at 58.90 % (215).
SELECT shown(c[1]), shown(substring(c[2] FROM '<title>(.*?)</title>')), substring(c[2] FROM 'class="data"[^>]*width="([^"]*)"'),
	   substring(c[2] FROM 'x="([^"]*)"><path class="rule"'), c[2] ~ 'class="closed"', shown(c[3])
FROM page, lines(page, 'reach') l, cells(line) c WHERE language = 'en' AND n > 1 ORDER BY n;

-- The releases of the next 61 days are those of the calendar, without what is daily or closed (KY and DFDG).
CREATE TABLE coming AS
SELECT language, n, shown(line) AS heading, cells(line) AS c, count(*) FILTER (WHERE line ~ 'scope="rowgroup"') OVER (PARTITION BY language ORDER BY n) AS channel
FROM page, lines(page, 'releases');
SELECT shown(c[1]), shown(substring(c[2] FROM '<title>(.*?)</title>')), shown(c[3]), shown(c[4]) FROM coming WHERE language = 'da' AND n > 1 ORDER BY n;
WITH told AS (
	SELECT (ARRAY['udlaesning', 'datapakke', 'dap'])[channel] AS channel, name, regexp_replace(shown(c[1]), '^.*–', '')::date AS day, l.code
	FROM coming
		 JOIN flis_label l ON kind = 'date_status' AND english = shown(substring(c[4] FROM '<span class="state">.*?</svg>(.*?)</span>')),
		 regexp_split_to_table(shown(regexp_replace(c[3], '<summary>.*</summary>', '')), ', ') name
	WHERE language = 'en' AND c[2] IS NOT NULL
), calendar AS (
	SELECT r.channel, r.name, coalesce(r.released_on, r.expected_on), r.date_status
	FROM flis_channel c, flis_release_calendar('2025-06-30', '2025-08-30', c.channel) r
	WHERE r.area NOT IN ('ky', 'dfdg', 'ukraine')
)
SELECT 'told', count(*) FROM told
UNION ALL SELECT 'calendar', count(*) FROM calendar
UNION ALL SELECT 'both', count(*) FROM (TABLE told INTERSECT TABLE calendar) b;
SELECT shown(match[1]) FROM page, regexp_matches(page, '<div class="left-out">(.*?)</div>', 'g') match WHERE language = 'en';

-- The notices that flis_notice_board has as planned, in force or overdue; those of several municipalities at once.
-- 998 is none.
SELECT array_to_string(ARRAY(SELECT shown(replace(c, '<p', ' <p')) FROM unnest(cells(line)) WITH ORDINALITY t (c, n) ORDER BY n), ' | ')
FROM page, lines(page, 'notices') WHERE language = 'da' ORDER BY n;

-- Where rule, status and tables differ: the areas whose data reach not as far as the rule says (KRL by its
-- status, KY by a notice, DFDG by its status), and those whose table is ahead or late (Borger has May, DREAM
-- January); each with the words of flis_explain.
CREATE TABLE difference AS
SELECT n, match[1] AS html, shown(substring(match[1] FROM '<h3.*?</h3>')) AS name
FROM page, regexp_matches(page, '<div class="difference">(.*?)</div>\n(?=<div class="difference">|</section>)', 'g') WITH ORDINALITY t (match, n)
WHERE language = 'en';
SELECT name, shown(replace(replace(substring(html FROM '<dl>.*</dl>'), '</dt>', ': '), E'</div>\n', '; ')),
	   strpos(shown(html), flis_explain(area, '2025-06-30', 'datapakke', 'en')) > 0,
	   shown(replace(substring(html FROM '<span class="state">.*'), '<p', ' <p'))
FROM difference JOIN flis_area USING (name) ORDER BY n;
SELECT name FROM flis_coverage('2025-06-30') WHERE data_through IS DISTINCT FROM expected ORDER BY name COLLATE "C";

-- The fact tables are those of flis_check_cubes.
SELECT array_to_string(ARRAY(SELECT shown(replace(c, '<p', ' <p')) FROM unnest(cells(line)) WITH ORDINALITY t (c, n) ORDER BY n), ' | ')
FROM page, lines(page, 'cubes') WHERE language = 'da' ORDER BY n;
SELECT cube, measured_through, data_through, verdict FROM flis_check_cubes('2025-06-30');

-- Nothing is half translated: the two pages have pieces of text in the same order, apart from those in
-- Danish whatever the language, and of them only these are alike: a month, a heading, a kind of notice, and what the
-- server said.
CREATE FUNCTION without(page text, VARIADIC elements text[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	element text;
BEGIN
	FOREACH element IN ARRAY elements
	LOOP
		page := regexp_replace(page, format('<%s>.*?</%s>', element, substring(element FROM '^\w+')), '', 'g');
	END LOOP;
	RETURN page;
END $$;
CREATE TABLE piece AS
SELECT language, n, shown(match[1]) AS text
FROM page, regexp_matches(without(page, 'style', 'code', 'span[^>]*? lang="da"', 'p[^>]*? lang="da"', 'h3[^>]*? lang="da"'),
	'(?:>|label=")\s*([^<>"]*[[:alnum:]][^<>"]*)', 'g') WITH ORDINALITY t (match, n);
SELECT count(*) > 300, count(*) FILTER (WHERE d.text IS NULL), count(*) FILTER (WHERE e.text IS NULL)
FROM (SELECT * FROM piece WHERE language = 'da') d FULL JOIN (SELECT * FROM piece WHERE language = 'en') e USING (n);
SELECT DISTINCT d.text COLLATE "C" FROM piece d JOIN piece e USING (n)
WHERE d.language = 'da' AND e.language = 'en' AND d.text = e.text AND d.text ~ '[^0-9]' ORDER BY 1;
SELECT substring(page FROM '<html.*?>'), substring(page FROM '<title>.*?</title>') FROM page ORDER BY language;

-- Each element that begins ends, and each table has a heading over each column.
SELECT language, match[2], count(*) FILTER (WHERE match[1] = '') AS begun, count(*) FILTER (WHERE match[1] = '/') AS ended
FROM page, regexp_matches(regexp_replace(page, '<[^>]*?/>', '', 'g'), '<(/?)([a-z][a-z0-9]*)', 'g') match
GROUP BY language, match[2]
HAVING count(*) FILTER (WHERE match[1] = '') <> count(*) FILTER (WHERE match[1] = '/') ORDER BY 1, 2;
SELECT section[1], (SELECT string_agg(shown(match[1]), ' | ' ORDER BY n)
		FROM regexp_matches(section[2], '<th role="columnheader"[^>]*?>(.*?)</th>', 'g') WITH ORDINALITY t (match, n))
FROM page, regexp_matches(page, '<section id="([^"]*?)"(.*?)</section>', 'g') section WHERE language = 'en';
-- The contents at the head name each section, in their order.
SELECT language, (SELECT array_agg(match[1] ORDER BY n) FROM regexp_matches(page, '<a href="#([^"]*)"', 'g') WITH ORDINALITY t (match, n))
	= (SELECT array_agg(match[1] ORDER BY n) FROM regexp_matches(page, '<section id="([^"]*)"', 'g') WITH ORDINALITY t (match, n))
FROM page ORDER BY language;

-- The channels stand in the order of their positions, also when all of these change at once.
BEGIN;
UPDATE flis_channel SET position = 100 - position;
SELECT match[1] FROM regexp_matches(substring(flis_status_page('2025-11-10', 'en') FROM '<section id="releases".*'), '<th [^>]*scope="rowgroup"[^>]*>([^<]*)<', 'g') match;
ROLLBACK;

-- Channels of one position stand in the order of their codes.  Two releases that say the same are one row, in
-- the channel and in the one that follows it; the note stands in both areas' rows, too, and where Borger's table is
-- explained.  A notice about periods from one on, without an end.
BEGIN;
INSERT INTO flis_channel (channel, name, opens_day, closes_day, position, valid_from)
VALUES ('bb', 'BBB', 10, 12, 77, '2020-01-01'), ('aa', 'AAA', 10, 12, 77, '2020-01-01');
INSERT INTO flis_release (area, cycle, planned_on, note)
VALUES ('borger', '2025-11-01', '2025-11-20', 'Ens plan'), ('yr', '2025-11-01', '2025-11-20', 'Ens plan');
INSERT INTO flis_notice (area, note, started_on, period_from) VALUES ('borger', 'Først', '2025-11-01', '2025-09-01');
CREATE TEMPORARY TABLE november AS SELECT flis_status_page('2025-11-10', 'en') AS page;
SELECT match[1] FROM november, regexp_matches(page, '>(AAA|BBB)<', 'g') match;
SELECT section[1], count(*) FROM november, regexp_matches(page, '<section id="([^"]*?)"(.*?)</section>', 'g') section,
	   regexp_matches(section[2], 'Ens plan', 'g') GROUP BY 1 ORDER BY 1;
SELECT array_to_string(ARRAY(SELECT shown(replace(c, '<p', ' <p')) FROM unnest(cells(line)) WITH ORDINALITY t (c, n) ORDER BY n), ' | ')
FROM november, lines(page, 'notices') WHERE line LIKE '%F&#248;rst%';
ROLLBACK;

-- Whatever stands in a table arrives, as text: markup, quotes, letters of all kinds; a control character is
-- told by the picture of it.  The page is ASCII, and has no script.  The area Borger is in its rows of four tables, of
-- which six are releases, beside its part, and in no difference, as its cube is missing; the channel in the head, among
-- the releases and at the cube, while in the four explanations it begins with a small letter; the notice of Borger and
-- its municipality, and the note of its postponed release, also in its row.
CREATE FUNCTION odd() RETURNS text LANGUAGE sql RETURN U&'<script>alert(1)</script>"''&amp;]]><!--\0009\0001\007f\0085\fffe \202e\05d0 \00e6 \20ac \+01f1e9%s%n';
BEGIN;
UPDATE flis_area SET name = 'Borger ' || odd(), area_group = 'Gruppe ' || odd(), source = 'Kilde ' || odd() WHERE area = 'borger';
UPDATE flis_status SET note = 'Drift ' || odd(), source = NULL, state = 'caveat' WHERE area = 'borger';
UPDATE flis_release SET area = 'borger', note = 'Plan ' || odd() WHERE area = 'krl_personale';
INSERT INTO flis_notice (area, municipality, started_on, note) VALUES ('borger', 101, '2025-06-01', 'Besked ' || odd());
UPDATE flis_municipality SET name = 'By ' || odd() WHERE municipality = 101;
UPDATE flis_channel SET name = 'Kanal ' || odd() WHERE channel = 'datapakke';
UPDATE flis_cube SET cube = 'dw."Tabel ' || replace(odd(), '"', '""') || '"' WHERE cube = 'dw.borger';
CREATE TABLE odd AS SELECT flis_status_page('2025-06-30') AS page;
SELECT page ~ '^[\x09\x0a\x20-\x7e]*$' AS ascii, page ~* '<script|<!--|javascript' AS script FROM odd;
SELECT place, count(*)
FROM odd, regexp_matches(shown(page), '(Borger|Gruppe|Kilde|Drift|Plan|Besked|By|Kanal|Tabel) ' || regexp_replace(translate(replace(odd(), '"', '""?'), U&'\0001\007f\0085\fffe', U&'\2401\2421\fffd\fffd'), '([().|$\]])', '\\\1', 'g'), 'g') match,
	 LATERAL (SELECT match[1] AS place) p
GROUP BY place ORDER BY place COLLATE "C";
ROLLBACK;

-- Areas without a group stand together, as those of a group do, and without a heading.
BEGIN;
UPDATE flis_area SET area_group = NULL WHERE area IN ('oekonomi', 'kp');
UPDATE flis_area SET area_group = 'Skole' WHERE area = 'yr';
UPDATE flis_area SET area_group = 'Skole', position = 1 WHERE area = 'ky';
SELECT string_agg(coalesce(shown((cells(line))[1]), '?'), ', ' ORDER BY n)
FROM (SELECT flis_status_page('2025-06-30') AS page) p, lines(page, 'areas');
ROLLBACK;

-- A page of one area has all sections, which its contents name.
BEGIN;
UPDATE flis_area SET retired = true WHERE area <> 'yr';
DELETE FROM flis_cube;
SELECT (SELECT array_agg(match[1] ORDER BY n) FROM regexp_matches(page, '<a href="#([^"]*)"', 'g') WITH ORDINALITY t (match, n)) AS contents,
	   (SELECT array_agg(match[1] ORDER BY n) FROM regexp_matches(page, '<section id="([^"]*)"', 'g') WITH ORDINALITY t (match, n)) AS sections
FROM (SELECT flis_status_page('2025-06-30') AS page) p;
ROLLBACK;

-- An area without a rule comes as often as its part, which is then told as if it were its own.
BEGIN;
INSERT INTO flis_area (area, name, position, part_of) VALUES ('hjem', 'Hjem', 99, NULL), ('hjem_del', 'Hjem, en del', NULL, 'hjem');
INSERT INTO flis_rule (area, valid_from) VALUES ('hjem_del', '2024-06-01');
SELECT frequency FROM flis_overview('2025-06-30', 'datapakke', 'da') WHERE area_name = 'Hjem';
ROLLBACK;

-- No areas at all, none reported, and the ends of the calendar.
BEGIN;
UPDATE flis_area SET retired = true;
DELETE FROM flis_cube;
SELECT shown(substring(flis_status_page('2025-06-30', 'en') FROM '<header>.*</main>'));
ROLLBACK;
BEGIN;
DELETE FROM flis_status;
DELETE FROM flis_notice;
DELETE FROM flis_cube;
SELECT shown(substring(page FROM '<header>.*</header>')), shown(substring(page FROM '<section id="notices.*</section>'))
FROM (SELECT flis_status_page('2025-06-30', 'en') AS page) p;
SELECT day, length(flis_status_page(day)) > 10000 FROM unnest('{0001-01-01,9999-12-31}'::date[]) day;
ROLLBACK;

-- The same page whatever the session's settings and search_path.
CREATE TABLE alike AS SELECT flis_status_page('2025-06-30') AS page;
SET datestyle = 'SQL, DMY';
SET timezone = 'Pacific/Auckland';
SET lc_numeric = 'C';
SET lc_time = 'C';
SET search_path = '';
SELECT page = public.flis_status_page('2025-06-30', 'DA') FROM public.alike;
RESET ALL;

-- A table that the caller may not read is told of, and keeps nothing else from being.
CREATE ROLE regress_flis_reader;
SET ROLE regress_flis_reader;
SELECT shown(substring(match[1] FROM '.*')) FROM regexp_matches(flis_status_page('2025-06-30'), '<code>dw.borger</code>.*?</tr>', 'g') match;
RESET ROLE;

-- What cannot be told.
\set VERBOSITY sqlstate
SELECT flis_status_page('infinity');
SELECT flis_status_page('-infinity', 'en');
SELECT flis_status_page('10000-01-01');
SELECT flis_status_page('2025-06-30', 'de');
SELECT flis_status_page(NULL), flis_status_page('2025-06-30', NULL);
BEGIN;
UPDATE flis_channel SET retired = true WHERE channel = 'datapakke';
SELECT flis_status_page('2025-06-30');
ROLLBACK;

DROP ROLE regress_flis_reader;
DROP TABLE dw.borger, dw.dream;
DROP SCHEMA dw;
DROP TABLE page, coming, difference, piece, alike;
DROP FUNCTION shown(text), letters(text), cells(text), lines(text, text), without(text, text[]), odd();
DROP EXTENSION flis;
