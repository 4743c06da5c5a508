-- The status page shows the corrections of the last 30 days: what was changed or taken back of
-- statuses, rules and releases, in the reader's language, the newest first; nothing of what is new.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';
\pset null -
\pset format unaligned
\pset tuples_only on

-- The rows of the section as a person reads them.  The day of the last change is told as "today" in both languages.
CREATE FUNCTION shown(html text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	code text;
BEGIN
	html := regexp_replace(html, '<[^>]*>', '', 'g');
	FOR code IN SELECT DISTINCT match[1] FROM regexp_matches(html, '&#(\d+);', 'g') match
	LOOP
		html := replace(html, '&#' || code || ';', chr(CASE code WHEN '160' THEN 32 ELSE code::integer END));
	END LOOP;
	RETURN html;
END $$;
CREATE FUNCTION today() RETURNS date LANGUAGE sql RETURN (SELECT (max(changed_at) AT TIME ZONE 'Europe/Copenhagen')::date FROM flis_history);
CREATE FUNCTION corrections(on_day date, language text) RETURNS SETOF text LANGUAGE sql AS $$
	SELECT replace(shown(regexp_replace(match[1], '</t[hd]>(?=<)', ' | ', 'g')),
				   (SELECT CASE language WHEN 'da' THEN to_char(today(), 'FMDD. ') || danish ELSE to_char(today(), 'FMDD ') || english END
					FROM flis_label WHERE kind = 'month' AND code = to_char(today(), 'MM')) || to_char(today(), ' YYYY'), 'today')
	FROM regexp_matches(substring(flis_status_page(on_day, language) FROM '<section id="corrections".*?</section>'),
						'<tr role="row">(<th role="rowheader".*?)</tr>', 'g') WITH ORDINALITY t (match, n)
	ORDER BY n
$$;

-- What is new corrects nothing: a first deck, a plan; nor does a day that is filled in, or a notice.
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-06-30', 'borger', '2025-04-30'), ('2025-06-30', 'kp', '2025-04-30');
INSERT INTO flis_release (area, cycle, planned_on) VALUES ('vh', '2025-07-01', '2025-07-14');
UPDATE flis_release SET released_on = '2025-07-15' WHERE area = 'vh';
INSERT INTO flis_notice (area, started_on, note) VALUES ('kp', '2025-06-01', 'x');
UPDATE flis_notice SET note = 'y' WHERE area = 'kp';
UPDATE flis_status SET recorded_at = '2025-07-01' WHERE area = 'kp';
SELECT count(*) FROM corrections(today(), 'da');
SELECT flis_status_page(today()) ~ '#corrections';

-- A deck is corrected, a rule is edited, a recorded day was wrong, a status is taken back.
UPDATE flis_status SET data_through = '2025-03-31', note = 'Mangler <Odense>' WHERE area = 'borger';
UPDATE flis_rule SET lag = 3 WHERE area = 'krl_personale';
UPDATE flis_release SET released_on = '2025-07-16' WHERE area = 'vh';
DELETE FROM flis_status WHERE area = 'kp';
SELECT * FROM corrections(today(), 'da');
SELECT * FROM corrections(today(), 'en');
SELECT flis_status_page(today()) ~ '<li><a href="#corrections">Rettelser</a></li>';

-- They are shown for 30 days, whatever the session's time zone, and not on a page of a day before.
SELECT days, (SELECT count(*) FROM corrections(today() + days, 'en')) FROM unnest('{-1,0,30,31}'::int[]) days ORDER BY days;
SET timezone = 'Pacific/Kiritimati';
SELECT days, (SELECT count(*) FROM corrections(today() + days, 'en')) FROM unnest('{-1,0,30,31}'::int[]) days ORDER BY days;
RESET timezone;

-- What flis.known_at hides is not told.
SET flis.known_at = '2025-01-01';
SELECT flis_status_page('2025-06-30') ~ 'id="corrections"';
RESET flis.known_at;

-- Whose area is gone is told by its code.
UPDATE flis_area SET retired = true WHERE area = 'borger';
SELECT * FROM corrections(today(), 'en') c WHERE c ~ 'borger';

-- Each value as the page writes it elsewhere: labels, days, yes and no; a text that is no code as it is.  The columns
-- of a row by the lengths of their names.  A rule from a day on is told with the day, a channel that there isn't by
-- its code; a row of another key is another row.
INSERT INTO flis_rule (area, valid_from, frequency, lag, release_month) VALUES ('ky', '2025-02-01', 'ANNUAL', 0, 9);
UPDATE flis_rule SET frequency = 'QUARTERLY', release_month = NULL, business_day = 'preceding', retired = true WHERE area = 'ky' AND valid_from = '2025-02-01';
INSERT INTO flis_status (as_of, area, data_through, state, complete, frequency) VALUES ('2025-07-31', 'aula', '2025-05-31', 'on_schedule', true, 'Hver dag');
UPDATE flis_status SET data_through = NULL, state = 'caveat', complete = false, benchmarkable = true, frequency = 'MONTHLY' WHERE area = 'aula';
INSERT INTO flis_release (area, cycle, planned_on) VALUES ('aula', '2025-07-01', '2025-07-14');
UPDATE flis_release SET planned_on = '2025-07-17', cancelled = true WHERE area = 'aula';
INSERT INTO flis_release (area, channel, cycle, planned_on) VALUES ('stil', 'post', '2025-07-01', '2025-07-14');
UPDATE flis_release SET channel = 'brev' WHERE area = 'stil';
SELECT * FROM corrections(today(), 'en') LIMIT 13;
SELECT * FROM corrections(today(), 'da') LIMIT 2;

-- They are a table of five columns.
SELECT page ~ ('^<section id="corrections"[^>]*>\n<h2[^>]*>Rettelser</h2>\n<table role="table" class="cards corrections">\n<caption>[^<]*</caption>\n<thead role="rowgroup"><tr role="row">\n'
	|| '(<th role="columnheader" scope="col">[^<]+</th>\n){5}</tr></thead>\n<tbody role="rowgroup">\n(<tr role="row">(?:[^\n]*</t[hd]>){5}</tr>\n)+</tbody>\n</table>\n</section>$') AS five
FROM substring(flis_status_page(today()) FROM '<section id="corrections".*?</section>') page;

DROP FUNCTION shown(text), today(), corrections(date, text);
DROP EXTENSION flis;
