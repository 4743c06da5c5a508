-- What flis_explain says is true: each sentence, in both languages, is parsed and compared with the
-- functions, over random rules, releases, statuses and notices.  A sentence of an unknown kind is a
-- difference, and so is a postponed or cancelled release that no sentence names.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';
\pset format unaligned
\pset tuples_only on

-- Where FLIS_STEP in the environment is more than 10, fewer days are asked for.
\set step 1
\getenv step FLIS_STEP
SELECT setseed(0.1303);
CREATE FUNCTION pick(VARIADIC choices anyarray) RETURNS anyelement VOLATILE LANGUAGE sql AS
$$ SELECT choices[1 + floor(random() * cardinality(choices))::int] $$;

INSERT INTO flis_area (area, name, part_of)
SELECT 'own_' || n, 'Own ' || n, CASE WHEN n > 7 THEN 'own_' || n - 7 END FROM generate_series(1, 10) n;
INSERT INTO flis_area (area, name) VALUES ('own_none', 'Own without a rule');
INSERT INTO flis_rule (area, valid_from, frequency, lag, early_min_days, early_max_days, release_month, business_day)
SELECT area, valid_from, frequency, pick(0, 1, 1, 1, 2, 4), CASE WHEN frequency <> 'DAILY' THEN early ELSE 0 END,
	   CASE WHEN frequency <> 'DAILY' THEN early + more ELSE 0 END,
	   CASE WHEN frequency = 'ANNUAL' THEN pick(NULL, 3, 9) END, pick('none'::text, 'none', 'following')
FROM (SELECT area, date '2024-01-01' + pick(0, 0, 365, 400, 500) AS valid_from,
			 pick('MONTHLY'::text, 'MONTHLY', 'MONTHLY', 'MONTHLY', 'QUARTERLY', 'ANNUAL', 'DAILY', 'ANNUAL_2') AS frequency,
			 pick(0, 0, 0, 1, 14) AS early, pick(0, 0, 1, 7) AS more
	  FROM (SELECT area FROM flis_area, generate_series(1, 3) WHERE area ~ '^own_[0-9]' ORDER BY area OFFSET 0) a OFFSET 0) r
ON CONFLICT DO NOTHING;
INSERT INTO flis_release (area, channel, cycle, planned_on, released_on, cancelled, note)
SELECT area, channel, cycle, CASE WHEN kind IN ('planned', 'both') THEN window_closes + pick(-5, 0, 4, 20, 40) END,
	   CASE WHEN kind IN ('released', 'both') THEN window_closes + pick(-4, 0, 3, 35) END, kind = 'cancelled',
	   CASE WHEN random() < 0.7 THEN 'Remark ' || row_number() OVER () END
FROM (SELECT area, c.channel, cycle, window_closes,
			 pick('planned'::text, 'planned', 'released', 'both', 'cancelled', 'cancelled', 'noted') AS kind
	  FROM unnest('{udlaesning,datapakke,dap}'::text[]) c (channel), LATERAL
		   (SELECT * FROM flis_release_calendar('2025-01-01', '2026-03-31', c.channel)
			WHERE area <> 'ukraine' ORDER BY area, cycle) r
	  WHERE random() < 0.12 OFFSET 0) r
ON CONFLICT DO NOTHING;
INSERT INTO flis_status (as_of, area, data_through, state, note)
SELECT as_of, area,
	   CASE WHEN kind = 'shown' THEN least(as_of, (date_trunc('month', as_of) - pick(0, 1, 1, 1, 2, 3) * interval '1 month')::date - 1) END,
	   CASE kind WHEN 'closed' THEN 'closed' WHEN 'shown' THEN pick('on_schedule'::text, 'caveat') ELSE 'not_reported' END,
	   pick(NULL::text, 'Kører efter planen', 'Remark of a deck')
FROM (SELECT area, date '2025-02-28' + n * 61 AS as_of, pick('shown'::text, 'shown', 'shown', 'shown', 'closed', 'silent') AS kind
	  FROM flis_area, generate_series(0, 5) n WHERE random() < 0.5 ORDER BY area, n OFFSET 0) s;
-- On the day of the packages, when the cubes are still those of the month before.
INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-07-10', 'borger', '2025-04-30'), ('2025-07-10', 'aula', '2025-05-31');
INSERT INTO flis_notice (area, municipality, kind, period_from, period_until, started_on, expected_end, ended_on, note)
SELECT area, pick(NULL::smallint, NULL::smallint, 101::smallint), pick('access'::text, 'completeness', 'comparability', 'information'),
	   CASE WHEN random() < 0.4 THEN started_on - pick(20, 90) END, CASE WHEN random() < 0.2 THEN started_on + 10 END,
	   started_on, CASE WHEN random() < 0.5 THEN started_on + 9 END, started_on + pick(NULL, 20, 60), 'Remark in a notice'
FROM (SELECT area, date '2025-01-10' + (random() * 400)::int AS started_on FROM flis_area, generate_series(1, 2) ORDER BY area OFFSET 0) n
WHERE random() < 0.6;

-- Days, periods and cycles as people write them.  A period is known by its last day, a cycle by its first.
CREATE TABLE month AS SELECT position AS month, danish AS word FROM flis_label WHERE kind = 'month'
UNION SELECT position, lower(english) FROM flis_label WHERE kind = 'month';
CREATE FUNCTION read_day(text) RETURNS date STABLE LANGUAGE sql AS $$
	SELECT make_date(m[3]::int, month, m[1]::int)
	FROM regexp_match($1, '^(?:den )?(\d+)[.]? (\w+) (\d{4})$') m JOIN month ON word = lower(m[2])
$$;
CREATE FUNCTION read_period(text) RETURNS date STABLE LANGUAGE sql AS $$
	SELECT coalesce(read_day($1),
		(SELECT (make_date(m[2]::int, month, 1) + interval '1 month')::date - 1
		 FROM regexp_match($1, '^(\w+) (\d{4})$') m JOIN month ON word = lower(m[1])),
		(SELECT make_date(m[1]::int, 12, 31) FROM regexp_match($1, '^(\d{4})$') m WHERE m IS NOT NULL),
		(SELECT (make_date(coalesce(m[2], m[4])::int, 3 * coalesce(m[1], m[3])::int, 1) + interval '1 month')::date - 1
		 FROM regexp_match($1, '^(?:(\d)[.] kvartal (\d{4})|Q(\d) (\d{4}))$') m WHERE m IS NOT NULL),
		(SELECT CASE WHEN coalesce(m[1], m[3]) = '1' THEN make_date(coalesce(m[2], m[4])::int, 6, 30)
					 ELSE make_date(coalesce(m[2], m[4])::int, 12, 31) END
		 FROM regexp_match($1, '^(?:(\d)[.] halvår (\d{4})|H(\d) (\d{4}))$') m WHERE m IS NOT NULL))
$$;
CREATE FUNCTION read_cycle(text) RETURNS date STABLE LANGUAGE sql AS $$
	SELECT coalesce(
		(SELECT make_date(m[2]::int, month, 1)
		 FROM regexp_match($1, '^(\w+?)udlæsningen (\d{4})$') m JOIN month ON word = lower(m[1])),
		(SELECT make_date(m[2]::int, month, 1)
		 FROM regexp_match($1, '^[Tt]he (\w+) (\d{4}) cycle$') m JOIN month ON word = lower(m[1])),
		(SELECT read_day(m[1]) FROM regexp_match($1, '^(?:[Uu]dlæsningen den|[Tt]he cycle of) (.*)$') m),
		(SELECT (date_trunc(CASE WHEN m[1] ~ 'halv|^H' THEN 'month' ELSE 'quarter' END, read_period(m[1]))
				 - CASE WHEN m[1] ~ 'halv|^H' THEN interval '5 months' ELSE interval '0' END)::date
		 FROM regexp_match($1, '^(?:[Uu]dlæsningen for|[Tt]he cycle of) (.*)$') m))
$$;

-- What is asked: areas in channels on days; their sentences; and the answers beside them.
CREATE TABLE asked AS
SELECT row_number() OVER () AS n, c.*, channel, d AS day
FROM (SELECT date '2025-02-01' + (random() * 400)::int AS d, pick('udlaesning'::text, 'datapakke', 'dap') AS channel
	  FROM generate_series(1, CASE WHEN :step > 10 THEN 3 ELSE 24 END)
	  UNION ALL SELECT date '2025-07-11', 'dap') q, LATERAL flis_coverage(d, channel) c WHERE c.area <> 'ukraine';
CREATE TABLE sentence AS
SELECT n, language, place, sentence
FROM asked, unnest('{da,en}'::text[]) language,
	 regexp_split_to_table(flis_explain(area, day, channel, language), '(?<=[.]) (?=[A-ZÆØÅ])') WITH ORDINALITY s (sentence, place);
-- Kinds of sentences, and what they say: the parts in brackets.
CREATE TABLE kind (kind text, language text, pattern text);
INSERT INTO kind VALUES
	('reaches', 'da', 'Den (.*) viser dataområdet (.*) \((.*)\) data til og med (.*) \((.*)\)[.]'),
	('reaches', 'en', 'On (.*) the data area (.*) \((.*)\) shows data through (.*) \((.*)\)[.]'),
	('is closed', 'da', 'Den (.*) er dataområdet (.*) \((.*)\) lukket for adgang[.]'),
	('is closed', 'en', 'On (.*) the data area (.*) \((.*)\) is closed[.]'),
	('is unknown', 'da', 'Den (.*) vides det ikke, hvor langt dataområdet (.*) \((.*)\) rækker[.]'),
	('is unknown', 'en', 'On (.*) it is not known how far the data area (.*) \((.*)\) reaches[.]'),
	('rhythm', 'da', 'Opdateringsfrekvens: ([^ ;,.]+)(?: i ([^ ;,.]+))?(?:; (?:det|den|de) seneste(?: (\d+))? hele [^ ;,.]+ er ikke med| med data til og med [^ ;,.]+ før|(; måneden er ikke oplyst, så næste udgivelse kan ikke beregnes))[.]'),
	('rhythm', 'en', 'Update frequency: ([^ ;,.]+)(?: in ([^ ;,.]+))?(?:, without the latest(?: (\d+))? whole [^ ;,.]+| with data through the [^ ;,.]+ before|(; the month is not known, so the next release cannot be computed))[.]'),
	('new rhythm', 'da', 'Fra (.*): ([^ ;,.]+)(?: i ([^ ;,.]+))?(?:; (?:det|den|de) seneste(?: (\d+))? hele [^ ;,.]+ er ikke med| med data til og med [^ ;,.]+ før|(; måneden er ikke oplyst, så næste udgivelse kan ikke beregnes))[.]'),
	('new rhythm', 'en', 'From (.*) on: ([^ ;,.]+)(?: in ([^ ;,.]+))?(?:, without the latest(?: (\d+))? whole [^ ;,.]+| with data through the [^ ;,.]+ before|(; the month is not known, so the next release cannot be computed))[.]'),
	('no rhythm', 'da', 'Ingen opdateringsfrekvens er oplyst, så næste udgivelse kan ikke beregnes[.]'),
	('no rhythm', 'en', 'No update frequency is known, so the next release cannot be computed[.]'),
	('is early', 'da', 'Området udlæses (?:(op til)|(\d+)–)?\s?(\d+) dage? før de øvrige dataområder[.]'),
	('is early', 'en', 'The area comes (?:(up to)|(\d+)–)?\s?(\d+) days? before the other data areas[.]'),
	('expected', 'da', '(.*), forventet senest den (.*), indeholder data til og med (.*?)(?: \((.*) er ikke med\))?(?:, (\d+) .* mindre end de fleste øvrige dataområder i samme udlæsning)?[.]'),
	('expected', 'en', '(.*), expected by (.*), contains data through (.*?)(?: \(without (.*)\))?(?:, (\d+) .* less than most other data areas in the same cycle)?[.]'),
	('came', 'da', '(.*) kom den (.*) og indeholder data til og med (.*?)(?: \((.*) er ikke med\))?(?:, (\d+) .* mindre end de fleste øvrige dataområder i samme udlæsning)?[.]'),
	('came', 'en', '(.*) came on (.*) and contains data through (.*?)(?: \(without (.*)\))?(?:, (\d+) .* less than most other data areas in the same cycle)?[.]'),
	('was to bring', 'da', 'Den skulle give data til og med (.*?)(?: \((.*) er ikke med\))?(?:, (\d+) .* mindre end de fleste øvrige dataområder i samme udlæsning)?[.]'),
	('was to bring', 'en', 'It was to bring data through (.*?)(?: \(without (.*)\))?(?:, (\d+) .* less than most other data areas in the same cycle)?[.]'),
	('moved', 'da', '(.*) (?:er (udskudt|planlagt) til|kom (først)) den (.*) \(efter planen senest den (.*?)\)(?:, da den følger leveringsformen ([^:.]+))?(?:: (.*[.])|[.])'),
	('moved', 'en', '(.*) (?:is (postponed) to|is (planned) for|only came on) (.*) \(originally by (.*?)\)(?:, as it follows the channel ([^:.]+))?(?:: (.*[.])|[.])'),
	('cancelled', 'da', '(.*) er aflyst(?:, da den følger leveringsformen ([^:.]+))?(?:: (.*[.])|[.])'),
	('cancelled', 'en', '(.*) is cancelled(?:, as it follows the channel ([^:.]+))?(?:: (.*[.])|[.])'),
	('remark', 'da', 'Bemærkning: (.*)[.]'), ('remark', 'en', 'Its note: (.*)[.]'),
	('no status', 'da', 'Ingen status er offentliggjort[.]'), ('no status', 'en', 'No status has been published[.]'),
	('published', 'da', 'Ifølge status pr. (.*) er der data til og med (.*)[.]'),
	('published', 'en', 'According to the status of (.*) there are data through (.*)[.]'),
	('closed by', 'da', 'Området er lukket ifølge status pr. (.*), indtil en senere status åbner det igen[.]'),
	('closed by', 'en', 'The area is closed by the status of (.*) until a later status reopens it[.]'),
	('silent', 'da', 'Status pr. (.*) nævner ingen periode[.]'), ('silent', 'en', 'The status of (.*) names no period[.]'),
	('still holds', 'da', 'Ingen nyere udlæsning er ude siden da, så status gælder stadig[.]'),
	('still holds', 'en', 'No newer cycle is out since then, so the status still holds[.]'),
	('not yet', 'da', 'Den gælder (?:først for denne leveringsform fra den (.*)|ikke for denne leveringsform)[.]'),
	('not yet', 'en', 'It (?:counts in this channel only from (.*) on|does not count in this channel)[.]'),
	('no further', 'da', '(?:Indtil da rækker data|Data rækker) ikke længere, end status siger[.]'),
	('no further', 'en', '(?:Until then data|Data) reach no further than it says[.]'),
	('not taken back', 'da', 'En nyere udlæsning er ude efter planen, men den når ikke længere, og det offentliggjorte tages ikke tilbage[.]'),
	('not taken back', 'en', 'A newer cycle is out by the schedule, but it reaches no further, and what was published is not taken back[.]'),
	('schedule holds', 'da', 'Siden da er en nyere udlæsning ude efter planen, så planen gælder[.]'),
	('schedule holds', 'en', 'Since then a newer cycle is out by the schedule, so the schedule holds[.]'),
	('ahead', 'da', 'Området var da (\d+) .* foran planen, men forspringet forventes ikke at vare ved[.]'),
	('ahead', 'en', 'The area was then (\d+) .* ahead of the schedule, but the lead is not expected to last[.]'),
	('behind', 'da', 'Området var da (\d+) .* bagud i forhold til planen[.]'),
	('behind', 'en', 'The area was then (\d+) .* behind the schedule[.]'),
	('lasts', 'da', 'Det lægges til grund, indtil en ny status siger andet[.]'),
	('lasts', 'en', 'That is assumed to last until a new status says otherwise[.]'),
	('access', 'da', 'Der er kun adgang til data til og med (.*)[.]'), ('access', 'en', 'There is access to data through (.*) only[.]'),
	('whole', 'da', 'Det er en del af (.*), som er lukket for adgang(?: \(status pr. (.*)\))?(?:: .*[.]|[.])'),
	('whole', 'en', 'It is a part of (.*), which is closed(?: \(status of (.*)\))?(?:: .*[.]|[.])'),
	('part', 'da', 'Delområdet (.*) er ikke omfattet: det opdateres ([^ ;,.]+) og (?:har data til og med (.*) \(.*\)|(har ingen kendt periode)|er lukket for adgang)[.]'),
	('part', 'en', 'The part (.*) is not included: it is updated ([^ ;,.]+) and (?:has data through (.*) \(.*\)|(has no known period)|is closed)[.]'),
	('notice', 'da', '(Lukket for adgang|Ufuldstændige data|Benchmarkdata er ikke retvisende|Til orientering)( for [^,(:]*[^,(: ])?(?:, ([^:(]*[^:( ]))?(?: siden den ([^(:]*[^(: ]))?(?: \((?:meddelt den ([^,)]+))?(?:(?:, )?forventet slut den ([^,)]+)(, gælder fortsat)?)?(?:(?:, )?indtil den ([^,)]+))?\))?: Remark in a notice[.]'),
	('notice', 'en', '(Closed|Incomplete data|Benchmark data are not reliable|For information)( for [^,(:]*[^,(: ])?(?:, ([^:(]*[^:( ]))?(?: since ([^(:]*[^(: ]))?(?: \((?:announced on ([^,)]+))?(?:(?:, )?expected to end on ([^,)]+)(, still in force)?)?(?:(?:, )?until ([^,)]+))?\))?: Remark in a notice[.]'),
	('planned', 'da', 'Planlagt: Lukket for adgang(?:, ([^:(]*[^:( ]))? fra den ([^(:]*[^(: ])(?: \((?:forventet slut den ([^,)]+)|indtil den ([^,)]+))\))?: Remark in a notice[.]'),
	('planned', 'en', 'Planned: Closed(?:, ([^:(]*?))? from (\d[^(:]*[^(: ])(?: \((?:expected to end on ([^,)]+)|until ([^,)]+))\))?: Remark in a notice[.]'),
	('next', 'da', 'Næste udgivelse forventes senest den (.*)[.]'), ('next', 'en', 'The next release is expected by (.*)[.]'),
	('none while closed', 'da', 'Der forventes ingen udgivelse, før området er åbnet igen[.]'),
	('none while closed', 'en', 'No release is expected before the area is open again[.]'),
	('none', 'da', 'Der forventes ingen udgivelse[.]'), ('none', 'en', 'No release is expected[.]');
-- Kind by kind, as the server keeps few compiled patterns at once.
CREATE TABLE reading (n int, language text, place bigint, sentence text, kind text, says text[]);
DO $$
DECLARE
	k kind;
BEGIN
	FOR k IN SELECT * FROM kind LOOP
		INSERT INTO reading
		SELECT s.n, s.language, s.place, s.sentence, k.kind, says
		FROM sentence s, regexp_match(s.sentence, '^' || k.pattern || '$') says
		WHERE s.language = k.language AND says IS NOT NULL;
	END LOOP;
END
$$;
INSERT INTO reading (n, language, place, sentence)
SELECT n, language, place, sentence FROM sentence EXCEPT SELECT n, language, place, sentence FROM reading;
SELECT count(*) > CASE WHEN :step > 10 THEN 700 ELSE 5000 END AS many FROM sentence;
SELECT DISTINCT kind FROM kind WHERE :step <= 10 EXCEPT SELECT kind FROM reading ORDER BY 1;
-- Each sentence is of one kind.
SELECT language, sentence FROM reading WHERE kind IS NULL ORDER BY 1, 2 LIMIT 10;
SELECT language, sentence, array_agg(kind) FROM reading GROUP BY n, language, place, sentence HAVING count(*) > 1 ORDER BY 1, 2 LIMIT 10;
-- Both languages say the same in the same order.
SELECT n, place, d.kind, e.kind FROM (SELECT * FROM reading WHERE language = 'da') d FULL JOIN (SELECT * FROM reading WHERE language = 'en') e USING (n, place)
WHERE d.kind IS DISTINCT FROM e.kind ORDER BY 1, 2 LIMIT 10;

-- What each says, beside the answer that it is about.
CREATE TABLE claim AS
SELECT r.*, a.area, a.name, a.channel, a.day, a.expected, a.data_through, a.basis, a.cycle, a.status_as_of, a.next_release, a.periods_ahead, a.frequency
FROM reading r JOIN asked a USING (n) ORDER BY kind, language;
CREATE INDEX ON claim (n, kind);
CREATE TABLE listed AS
SELECT c.* FROM unnest('{udlaesning,datapakke,dap}'::text[]) n (channel), flis_release_calendar('2023-06-01', '2027-06-30', n.channel) c
WHERE area <> 'ukraine';
CREATE INDEX ON listed (area, channel, cycle);
CREATE FUNCTION newest_out(text, text, date) RETURNS date STABLE LANGUAGE sql AS $$
	SELECT max(cycle) FROM listed
	WHERE area = $1 AND channel = $2 AND date_status <> 'cancelled' AND coalesce(released_on, expected_on) <= $3
$$;
CREATE FUNCTION rule_for(text, date) RETURNS flis_rule STABLE LANGUAGE sql AS $$
	SELECT r FROM flis_rule r WHERE area = $1 AND NOT retired AND valid_from <= $2 ORDER BY valid_from DESC LIMIT 1
$$;
-- The rule in force, or else the first one to come.
CREATE FUNCTION coming_rule(text, date) RETURNS flis_rule STABLE LANGUAGE sql AS $$
	SELECT r FROM flis_rule r WHERE area = $1 AND NOT retired ORDER BY valid_from <= $2 DESC, CASE WHEN valid_from <= $2 THEN -1 ELSE 1 END * (valid_from - date '2000-01-01') LIMIT 1
$$;
CREATE FUNCTION small(text) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT translate(lower($1), 'ÆØÅ', 'æøå') $$;
CREATE FUNCTION label(kind text, code text, language text) RETURNS text STABLE LANGUAGE sql AS $$
	SELECT small(CASE $3 WHEN 'da' THEN danish ELSE english END) FROM flis_label l WHERE l.kind = $1 AND l.code = $2
$$;
CREATE FUNCTION is_rule(r flis_rule, language text, sentence text, frequency text, month text, periods text, no_month text)
RETURNS boolean STABLE LANGUAGE sql AS $$
	SELECT (small($4) = label('frequency', r.frequency, $2)
			AND small($5) IS NOT DISTINCT FROM label('month', to_char(r.release_month, 'FM00'), $2)
			AND ($7 IS NOT NULL) = (r.frequency = 'ANNUAL' AND r.release_month IS NULL)
			AND ($7 IS NOT NULL OR r.lag = coalesce($6::int, CASE WHEN $3 ~ 'seneste|latest' THEN 1 ELSE 0 END))) IS true
$$;
-- The periods after a day up to a cycle that are left out, and by how many fewer they are of most other areas.
CREATE FUNCTION is_left_out(c claim, through text, omitted text, fewer text) RETURNS boolean STABLE LANGUAGE sql AS $$
	SELECT (read_period(through) = c.expected
			AND (omitted IS NOT NULL) = ((rule_for(c.area, c.cycle)).lag > 0)
			AND (omitted IS NULL OR read_period(regexp_replace(omitted, '^.*– ?', ''))
								   = CASE (rule_for(c.area, c.cycle)).frequency
										  WHEN 'ANNUAL' THEN date_trunc('year', c.cycle)::date - 1 ELSE c.cycle - 1 END)
			AND (omitted IS NULL OR omitted !~ '^\w+–'
				 OR small(substring(omitted FROM '^\w+')) = label('month', to_char(c.expected + 1, 'MM'), c.language))
			AND coalesce(fewer::int, 0) = (
				SELECT coalesce(max(greatest((rule_for(c.area, c.cycle)).lag - lag, 0)), 0)
				FROM (SELECT lag, count(*) AS areas, sum(count(*)) OVER () AS of_all
					  FROM flis_area o, LATERAL (SELECT (rule_for(o.area, c.cycle)).*) r
					  WHERE o.area <> c.area AND r.frequency = (rule_for(c.area, c.cycle)).frequency GROUP BY lag) l
				WHERE 2 * areas > of_all)) IS true
$$;

SELECT kind, language, sentence, area, channel, day FROM claim c
WHERE (CASE c.kind
	WHEN 'reaches' THEN
		read_day(c.says[1]) = c.day AND c.says[2] = c.name AND small(c.says[3]) = label('channel', c.channel, c.language)
		AND read_period(c.says[4]) = c.data_through
		AND CASE WHEN c.says[5] IN ('forventet', 'expected') THEN c.basis = 'rule'
				 WHEN c.says[5] ~ '^status' THEN c.basis = 'published' AND EXISTS (
					SELECT FROM flis_status s WHERE s.area = c.area AND s.as_of <= c.day AND s.data_through = c.data_through
						   AND s.as_of = read_day(regexp_replace(c.says[5], '^status (pr[.]|of) ', '')))
				 WHEN c.says[5] IN ('begrænset af en meddelelse', 'limited by a notice') THEN EXISTS (
					SELECT FROM flis_notice i WHERE i.area = c.area AND i.kind = 'access' AND i.municipality IS NULL
						   AND i.period_from > c.data_through AND i.started_on <= c.day AND (i.ended_on > c.day) IS NOT false)
				 ELSE c.basis = 'rule' AND EXISTS (SELECT FROM listed l WHERE (l.area, l.channel, l.cycle) = (c.area, c.channel, c.cycle)
												   AND l.released_on = read_day(regexp_replace(c.says[5], '^(udgivet|released on) ', ''))) END
	WHEN 'is closed' THEN c.basis = 'closed' AND c.data_through IS NULL AND read_day(c.says[1]) = c.day AND c.says[2] = c.name
	WHEN 'is unknown' THEN c.basis = 'none' AND c.data_through IS NULL AND read_day(c.says[1]) = c.day AND c.says[2] = c.name
	WHEN 'rhythm' THEN is_rule(rule_for(c.area, CASE WHEN c.basis <> 'closed' THEN coalesce(c.cycle, c.day) ELSE c.day END),
							   c.language, c.sentence, c.says[1], c.says[2], c.says[3], c.says[4])
	WHEN 'new rhythm' THEN is_rule(coming_rule(c.area, c.day), c.language, c.sentence, c.says[2], c.says[3], c.says[4], c.says[5])
		AND coalesce(read_cycle(c.says[1]), read_day(c.says[1])) >= (coming_rule(c.area, c.day)).valid_from
	WHEN 'no rhythm' THEN coming_rule(c.area, c.day) IS NULL AND c.next_release IS NULL
	WHEN 'is early' THEN EXISTS (
		SELECT FROM rule_for(c.area, CASE WHEN c.basis <> 'closed' THEN coalesce(c.cycle, c.day) ELSE c.day END) r
		WHERE r.early_max_days = c.says[3]::int
			  AND r.early_min_days = CASE WHEN c.says[1] IS NOT NULL THEN 0 ELSE coalesce(c.says[2], c.says[3])::int END)
	WHEN 'expected' THEN is_left_out(c, c.says[3], c.says[4], c.says[5]) AND EXISTS (
		SELECT FROM listed l WHERE (l.area, l.channel, l.cycle) = (c.area, c.channel, read_cycle(c.says[1]))
			   AND l.cycle = c.cycle AND l.expected_on = read_day(c.says[2]) AND l.released_on IS NULL)
	WHEN 'came' THEN is_left_out(c, c.says[3], c.says[4], c.says[5]) AND EXISTS (
		SELECT FROM listed l WHERE (l.area, l.channel, l.cycle) = (c.area, c.channel, read_cycle(c.says[1]))
			   AND l.cycle = c.cycle AND l.released_on = read_day(c.says[2]))
	WHEN 'was to bring' THEN is_left_out(c, c.says[1], c.says[2], c.says[3])
	WHEN 'moved' THEN EXISTS (
		SELECT FROM listed l WHERE (l.area, l.channel, l.cycle) = (c.area, c.channel, read_cycle(c.says[1]))
			   AND coalesce(l.released_on, l.expected_on) = read_day(c.says[4]) AND read_day(c.says[5]) >= l.window_closes
			   AND (l.released_on IS NOT NULL) = (c.sentence ~ 'kom først|only came')
			   AND (l.released_on IS NULL AND read_day(c.says[4]) > read_day(c.says[5])) = (c.sentence ~ 'udskudt|postponed')
			   AND read_day(c.says[4]) <> read_day(c.says[5])
			   AND (read_day(c.says[5]) = l.window_closes OR EXISTS (SELECT FROM flis_channel k WHERE k.channel = c.channel AND k.follows IS NOT NULL))
			   AND (c.says[7] IS NULL OR c.says[7] = l.note || '.')
			   AND (c.says[6] IS NULL OR c.says[6] = label('channel', (SELECT k.follows FROM flis_channel k WHERE k.channel = c.channel), c.language)
					OR c.language = 'en' AND small(c.says[6]) = label('channel', (SELECT k.follows FROM flis_channel k WHERE k.channel = c.channel), 'en')))
	WHEN 'cancelled' THEN EXISTS (
		SELECT FROM listed l WHERE (l.area, l.channel, l.cycle) = (c.area, c.channel, read_cycle(c.says[1]))
			   AND l.date_status = 'cancelled' AND (c.says[3] IS NULL OR c.says[3] = l.note || '.'))
	WHEN 'remark' THEN EXISTS (
			SELECT FROM flis_status s WHERE s.area = c.area AND s.as_of <= c.status_as_of AND s.note = c.says[1])
		OR EXISTS (SELECT FROM listed l WHERE (l.area, l.channel, l.cycle) = (c.area, c.channel, c.cycle) AND l.note = c.says[1])
	WHEN 'no status' THEN c.status_as_of IS NULL
	WHEN 'published' THEN EXISTS (SELECT FROM flis_status s WHERE s.area = c.area AND s.as_of = read_day(c.says[1])
								  AND s.as_of <= c.day AND s.data_through = read_period(c.says[2]))
	WHEN 'closed by' THEN EXISTS (SELECT FROM flis_status s WHERE s.area = c.area AND s.as_of = read_day(c.says[1]) AND s.state = 'closed')
						  AND c.basis = 'closed'
	WHEN 'silent' THEN EXISTS (SELECT FROM flis_status s WHERE s.area = c.area AND s.as_of = read_day(c.says[1])
							   AND s.data_through IS NULL AND s.state <> 'closed')
	WHEN 'not yet' THEN c.says[1] IS NULL OR read_day(c.says[1]) > c.day
		AND newest_out(c.area, c.channel, read_day(c.says[1])) >= newest_out(c.area, 'datapakke', c.status_as_of)
		AND ((newest_out(c.area, c.channel, read_day(c.says[1]) - 1) >= newest_out(c.area, 'datapakke', c.status_as_of)) IS NOT true
			 OR c.periods_ahead > 0 AND read_day(c.says[1]) = c.status_as_of + 2)
	WHEN 'no further' THEN c.basis <> 'closed' AND c.data_through <= (
		SELECT s.data_through FROM flis_status s WHERE (s.area, s.as_of) = (c.area, c.status_as_of))
	WHEN 'access' THEN c.data_through <= read_period(c.says[1])
	WHEN 'whole' THEN EXISTS (SELECT FROM flis_area p JOIN flis_area w ON w.area = p.part_of
							  WHERE p.area = c.area AND w.name = c.says[1] AND c.basis = 'closed'
									AND flis_data_through(w.area, c.day, c.channel) IS NULL)
	WHEN 'part' THEN EXISTS (SELECT FROM flis_area p WHERE p.part_of = c.area AND p.name = c.says[1]
							 AND small(c.says[2]) = label('frequency', (rule_for(p.area, c.day)).frequency, c.language)
							 AND flis_data_through(p.area, c.day, c.channel) IS NOT DISTINCT FROM read_period(c.says[3]))
	WHEN 'notice' THEN EXISTS (
		SELECT FROM flis_notice i WHERE i.area = c.area AND label('notice_kind', i.kind, c.language) = small(c.says[1])
			   AND (i.municipality IS NOT NULL) = (c.says[2] IS NOT NULL)
			   AND (i.period_from IS NOT NULL OR i.period_until IS NOT NULL) = (c.says[3] IS NOT NULL)
			   AND i.started_on = read_day(coalesce(c.says[4], c.says[5])) AND i.ended_on IS NOT DISTINCT FROM read_day(c.says[8])
			   AND CASE WHEN i.ended_on IS NULL THEN i.expected_end END IS NOT DISTINCT FROM read_day(c.says[6])
			   AND c.day >= i.started_on AND (i.ended_on > c.day) IS NOT false AND (c.says[7] IS NOT NULL) = coalesce(i.expected_end < c.day AND i.ended_on IS NULL, false))
	WHEN 'planned' THEN EXISTS (
		SELECT FROM flis_notice i WHERE i.area = c.area AND i.kind = 'access' AND i.municipality IS NULL AND i.period_until IS NULL
			   AND (i.period_from IS NOT NULL) = (c.says[1] IS NOT NULL) AND i.started_on = read_day(c.says[2])
			   AND i.started_on BETWEEN c.day + 1 AND c.next_release AND i.ended_on IS NOT DISTINCT FROM read_day(c.says[4])
			   AND CASE WHEN i.ended_on IS NULL THEN i.expected_end END IS NOT DISTINCT FROM read_day(c.says[3]))
	WHEN 'next' THEN read_day(c.says[1]) = c.next_release
	WHEN 'none while closed' THEN c.next_release IS NULL AND c.basis = 'closed'
	WHEN 'none' THEN c.next_release IS NULL AND c.basis <> 'closed'
	ELSE true END) IS NOT true
ORDER BY 1, 2, 3 LIMIT 10;

-- What follows from a status: from the one that stands before.
CREATE TABLE conclusion AS
SELECT c.*, read_day(p.says[1]) AS as_of, read_period(p.says[2]) AS published,
	   newest_out(c.area, 'datapakke', read_day(p.says[1])) AS its_cycle, newest_out(c.area, c.channel, c.day) AS newest
FROM claim c
	 CROSS JOIN LATERAL (SELECT * FROM claim p WHERE (p.n, p.language, p.kind) = (c.n, c.language, 'published') AND p.place < c.place
						 ORDER BY p.place DESC LIMIT 1) p
WHERE c.kind IN ('still holds', 'not taken back', 'schedule holds', 'ahead', 'behind');
SELECT kind, language, sentence, area, channel, day FROM conclusion
WHERE (CASE kind
	WHEN 'still holds' THEN (newest > its_cycle) IS NOT true AND data_through <= published
	WHEN 'not taken back' THEN newest > its_cycle AND data_through = published
	WHEN 'schedule holds' THEN newest > its_cycle AND (as_of <> status_as_of OR coalesce(periods_ahead, 0) = 0) AND data_through <= expected
	WHEN 'ahead' THEN newest > its_cycle AND (as_of <> status_as_of OR periods_ahead = says[1]::int)
	WHEN 'behind' THEN newest > its_cycle AND (as_of <> status_as_of OR periods_ahead = -says[1]::int) END) IS NOT true
ORDER BY 1, 2, 3 LIMIT 10;

-- What must be said is said: what closed an area or a status, what comes next, each notice in force, and of each cycle
-- newer than the newest out that should be out, why it isn't.
SELECT a.area, channel, day, status_as_of, next_release FROM asked a
WHERE (next_release IS NULL) = EXISTS (SELECT FROM claim c WHERE c.n = a.n AND c.kind = 'next')
	  OR (status_as_of IS NULL) <> EXISTS (SELECT FROM claim c WHERE c.n = a.n AND c.kind = 'no status')
	  OR basis = 'closed' AND NOT EXISTS (SELECT FROM claim c WHERE c.n = a.n AND c.kind IN ('closed by', 'whole', 'notice'))
	  OR (SELECT count(DISTINCT (i.kind, i.municipality, i.period_from, i.period_until, i.started_on)) FROM flis_notice i
		  WHERE i.area = a.area AND day >= i.started_on AND (i.ended_on > day) IS NOT false)
		 <> (SELECT count(*) FROM claim c WHERE c.n = a.n AND c.kind = 'notice' AND language = 'da')
	  OR (SELECT count(DISTINCT (i.period_from, i.started_on)) FROM flis_notice i
		  WHERE i.area = a.area AND i.kind = 'access' AND i.municipality IS NULL AND i.period_until IS NULL
				AND i.started_on BETWEEN day + 1 AND next_release)
		 <> (SELECT count(*) FROM claim c WHERE c.n = a.n AND c.kind = 'planned' AND language = 'da')
ORDER BY 1, 2, 3 LIMIT 10;
SELECT a.area, a.channel, a.day, l.cycle, l.date_status, l.note
FROM asked a JOIN listed l USING (area, channel)
WHERE l.window_closes <= a.day AND (l.date_status = 'cancelled' OR coalesce(l.released_on, l.expected_on) > a.day)
	  AND l.cycle > coalesce(newest_out(a.area, a.channel, a.day), '-infinity')
	  AND (SELECT count(*) FROM claim c WHERE c.n = a.n AND c.kind IN ('moved', 'cancelled') AND read_cycle(c.says[1]) = l.cycle
												   AND (l.note IS NULL OR c.sentence ~ ('Remark ' || substring(l.note FROM '\d+') || '[.]'))) <> 2
ORDER BY 1, 2, 3 LIMIT 10;

SET client_min_messages = warning;
DROP TABLE conclusion, claim CASCADE;
DROP TABLE listed, reading, kind, sentence, asked, month CASCADE;
DROP FUNCTION coming_rule, small, read_cycle, read_period, read_day, newest_out, rule_for, label, is_rule, pick;
DROP EXTENSION flis;
