-- A status deck's text becomes rows, in each of the forms that programs give it, and a deck that cannot
-- be read without doubt becomes an error.
--
-- The decks in test/data tell of invented notes in the deck's own form: deck-plain.txt runs on with
-- words and cells broken over lines, deck-places.tsv gives the place of each word, and deck-january.txt
-- tells of months of the year before.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';
\set plain `cat "$PG_ABS_SRCDIR/data/deck-plain.txt"`
\set places `cat "$PG_ABS_SRCDIR/data/deck-places.tsv"`
\set january `cat "$PG_ABS_SRCDIR/data/deck-january.txt"`

-- A deck of so many rows, each written on a line: area, frequency, month, source and note.
CREATE FUNCTION pg_temp.deck(VARIADIC rows text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT E'Oversigt pr. 30/6\nDataområde Opdateringsfrekvens Data t.o.m. Kilde Drift\n'
		   || array_to_string(rows, E'\n')
$$;

-- What the parser says of a deck that it refuses.
CREATE FUNCTION pg_temp.complaint(deck text, year integer DEFAULT 2025) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
	state text;
	message text;
	detail text;
BEGIN
	PERFORM flis_parse_overview(deck, year);
	RETURN 'none';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT,
		detail = PG_EXCEPTION_DETAIL;
	RETURN concat_ws(' ', state, message, nullif(detail, ''));
END
$$;

-- The 17 rows of the deck of 30 June.
SELECT line, area, as_of, data_through, state, complete, benchmarkable
FROM flis_parse_overview(:'plain', 2025);
SELECT area, frequency, source, note
FROM flis_parse_overview(:'plain', 2025)
WHERE note IS DISTINCT FROM 'Kører efter planen';
SELECT area, frequency, source
FROM flis_parse_overview(:'plain', 2025)
WHERE note = 'Kører efter planen';

-- The same deck says the same where each word has its place, and where its cells are separated: as copied
-- from PowerPoint, from Excel with a cell of two lines in quotes, in Markdown, as CSV, as psql prints it,
-- with a column of groups on the left, and with a footer that the first slide has too.
CREATE TEMPORARY TABLE plain AS SELECT * FROM flis_parse_overview(:'plain', 2025);
ALTER TABLE plain DROP COLUMN line;
CREATE FUNCTION pg_temp.cells(before text, separator text, after text, quote text DEFAULT '', gap text DEFAULT ' ',
							  rule text DEFAULT '') RETURNS text LANGUAGE sql AS $$
	SELECT E'Oversigt pr. 30/6\n'
		   || before || concat_ws(separator, 'Dataområde', 'Opdateringsfrekvens', 'Data t.o.m.', 'Kilde', 'Drift')
		   || after || rule || string_agg(
				E'\n' || before
				|| concat_ws(separator, a.name, p.frequency,
							 CASE WHEN p.data_through IS NULL THEN '-'
								  ELSE (ARRAY['Januar', 'Februar', 'Marts', 'April'])[extract(month FROM p.data_through)::int] END,
							 coalesce(quote || p.source || quote, '-'),
							 coalesce(quote || replace(p.note, ', ', ',' || gap) || quote, '-')) || after,
				'' ORDER BY a.position)
	FROM plain p JOIN flis_area a USING (area)
$$;
SELECT what, (SELECT count(*) FROM flis_parse_overview(deck, 2025)) AS rows,
	   (SELECT count(*)
		FROM (SELECT area, as_of, data_through, state, complete, benchmarkable, frequency, source,
					 note
			  FROM flis_parse_overview(deck, 2025)
			  EXCEPT TABLE plain) d) AS different
FROM (VALUES ('places', :'places'),
			 -- a page without a title, whose highest heading comes first
			 ('headings', regexp_replace(:'places', E'\n5\t4[^\n]*Oversigt\n[^\n]*\n[^\n]*((?:\n[^\n]*){3})((?:\n[^\n]*){2})', E'\\2\\1')),
			 ('tabs', pg_temp.cells('', E'\t', '')),
			 ('tabs without headings', regexp_replace(pg_temp.cells('', E'\t', ''), E'\nDataområde[^\n]*', '')),
			 ('Excel', pg_temp.cells('', E'\t', '', '"', E'\n')),
			 ('Markdown', '# ' || pg_temp.cells('| ', ' | ', ' |', '', ' ', E'\n| --- | --- | --- | --- | --- |')),
			 ('bold', regexp_replace(replace(pg_temp.cells('| **', '** | **', '** |'), 'Oversigt pr. 30/6', '## **Oversigt pr. 30/6**'), 'Borger ', ' _Borger_ ')),
			 ('breaks', replace(replace(pg_temp.cells('| ', ' | ', ' |'), 'Månedligt', 'Måned-<br>ligt'), 'April', 'Apr<br/>il')),
			 ('entities', replace(replace(replace(replace(pg_temp.cells('| ', ' | ', ' |'), 'å', '&aring;'), 'ø', '&#248;'), ' | - | ', ' | &ndash; | '), 'efter planen', 'efter&nbsp;planen')),
			 ('escaped', replace(replace(pg_temp.cells('| ', ' | ', ' |'), 'April | CPR-registret', 'April | CPR\-registret'), 'Personale & ', 'Personale &amp; ')),
			 ('lines', replace(pg_temp.cells('│ ', ' │ ', ' │', '', ' ', E'\n├───┼───┤'), E'\n│ KY', E'\n+===+===+\n│ KY')),
			 ('semicolons', pg_temp.cells('', ';', '')),
			 ('commas', pg_temp.cells('', ',', '', '"')),
			 ('psql', pg_temp.cells(' ', ' | ', '', '', ' ', E'\n-----+-----+-----+-----+-----') || E'\n(17 rows)'),
			 ('groups', pg_temp.cells(E'Gruppe\t', E'\t', '')),
			 ('heading', replace(pg_temp.cells('', ';', ''), E'\nKY', E'\nBeskæftigelse;;;;\nKY')),
			 ('heading of benchmarks', replace(pg_temp.cells('', ';', ''), E'\nKY', E'\nBenchmark;;;;\nKY')),
			 ('merged heading', replace(pg_temp.cells('', ';', ''), E'\nKY', E'\nArbejde;Arbejde;Arbejde;Arbejde;Arbejde\nKY')),
			 ('renamed', replace(replace(replace(pg_temp.cells('', E'\t', ''), 'Dataområde', 'Område'), 'Opdateringsfrekvens', 'Frekvens'), E'\tDrift', E'\tStatus')),
			 ('footer', E'Status på drift\nSammen om data 1\n\n' || pg_temp.cells('', ';', '') || E'\nSammen om data 2'),
			 ('quote', replace(pg_temp.cells('', ';', ''), 'Månedligt;April;CPR', 'Månedligt;"April";CPR')),
			 ('quotes', replace(pg_temp.cells('', ';', '', '"'), 'CPR-registret', 'CPR-""registret'))) AS v (what, deck);

-- So does the text with the line ends of Windows, form feeds, a byte order mark, other spaces, soft
-- hyphens, ligatures and letters in two characters.
SELECT what, (SELECT count(*) FROM flis_parse_overview(deck, 2025)) AS rows,
	   (SELECT count(*)
		FROM (SELECT area, as_of, data_through, state, complete, benchmarkable, frequency, source,
					 note
			  FROM flis_parse_overview(deck, 2025)
			  EXCEPT TABLE plain) d) AS different
FROM (VALUES ('CRLF', replace(:'plain', E'\n', E'\r\n')),
			 ('CR', replace(:'plain', E'\n', E'\r')),
			 ('form feed', replace(:'plain', E'\n\n\nOversigt', E'\n\fOversigt')),
			 ('page numbers', replace(:'plain', E'\n\n\n\nOversigt', E'\n\n7\n\n\fOversigt')),
			 ('byte order mark', U&'\FEFF' || :'plain'),
			 ('no-break space', replace(:'plain', ' ', U&'\00A0')),
			 ('marks', regexp_replace(:'plain', 'Borger ', U&'\202ABorger\202C ')),
			 ('em space', replace(:'plain', ' ', U&'\2003')),
			 ('soft hyphen', replace(replace(:'plain', E'drifts-\n', U&'drifts\00AD' || E'\n'),
									 'planen', U&'pla\00ADnen')),
			 ('ligature', replace(:'plain', 'filtr', U&'\FB01ltr')),
			 ('combining ring', replace(:'plain', 'å', U&'a\030A')),
			 ('tabs', replace(:'plain', ' Månedligt ', E'\tMånedligt\t')),
			 ('capitals', replace(:'plain', 'Borger ', 'BORGER '))) AS v (what, deck);

-- A deck of January: months without a year are the latest that have ended.
SELECT line, area, data_through, state, complete, benchmarkable, frequency, note
FROM flis_parse_overview(:'january', 2026);

-- The day of the deck in the ways that people write it, and the month against that day.
SELECT title, as_of, data_through
FROM (VALUES ('30/6'), ('30.6'), ('30.6.'), ('30/6-2025'), ('30/6 2025'), ('30.06.2025'), ('30/6-25'),
			 ('30. juni'), ('30. juni 2025'), ('30/6 (fortsat)'), ('d. 30.06.2025'), ('den 30. juni'),
			 ('mandag den 30. juni'), ('d 30/6'), ('30/6 fortsat'), ('30/6 – fortsat'), ('29/6'), ('01/7'), ('9/7'), ('30/6 (fortsat igen)'), ('søndag d. 29/6'), (E'\n30/6')) AS v (title),
	 flis_parse_overview(replace(pg_temp.deck('Borger Månedligt Juni CPR-registret -'), '30/6', title),
						 2025);
SELECT printed, as_of, data_through
FROM (VALUES (2024, 'Februar'), (2024, 'februar'), (2024, E'Fe\nbruar'), (2024, E'Febru-\nar'),
			 (2023, 'Feb.'), (2023, 'febr.'), (2025, 'April.'), (2025, 'Juli'), (2025, 'December'),
			 (2025, 'December 2023'), (2025, '–'), (2025, 'april 2025'), (2025, 'Apr. ''25'),
			 (2025, U&'apr. \201924'), (2025, '04.2025'), (2025, '2/2025'), (2025, '2025-04'),
			 (2025, 'apr-25'), (2025, '30-04-2025'), (2025, '30/4'), (2025, '31.12.24'), (2024, '29/2'), (2025, '‒'), (2025, '—'), (2025, '−'), (2025, '―'), (2025, E'2024-\n11'), (2025, E'2020-\n11'), (2025, E'2019-\n11'), (2025, '1900-12'), (2025, '1/2025'), (2025, '2025-01'), (2025, '04-2025'), (2025, E'A\np\nr\ni\nl\n2025'), (2025, 'December 1900')) AS v (year, printed),
	 flis_parse_overview(pg_temp.deck('Borger Månedligt ' || printed || ' CPR-registret -'), year);

-- What the wording of a note means; what it doesn't say is NULL.
SELECT state, complete, benchmarkable, note
FROM unnest(ARRAY[
	'-',
	'Kører efter planen',
	'Kører efter planen.',
	'Kører planmæssigt',
	'Kører efter planen, men med en dags forsinkelse.',
	'Kører ikke efter planen.',
	'Der er lukket for adgang til data.',
	'Der er ikke længere lukket for adgang til data.',
	'Adgangen til kuben er lukket indtil videre.',
	'Der er ingen adgang til data i juni.',
	'Sagen er lukket. Der er adgang som før.',
	'Da systemet ikke svarer, mangler data fra tre kommuner.',
	'Der mangler fortsat data fra Aarhus.',
	'Der mangler ikke data.',
	'Der mangler ingen data.',
	'Der er endnu ikke data fra skolerne.',
	'Vi har ikke modtaget data fra to kommuner.',
	'Data fra en leverandør mangler.',
	'Data er ufuldstændige.',
	'Vi mangler en afklaring om data.',
	'Der mangler CPR-data.',
	'Sagen er lukket. ( Der er adgang som før.',
	'Der er igen lukket op for adgang til data.',
	'Adgangen er lukket op igen.',
	'Adgangen har været lukket, men er åben igen.',
	'Adgangen har været lukket siden maj.',
	'Der var lukket for adgang i maj.',
	'Hvis adgangen er lukket, så ring.',
	'Der vil være lukket for adgang i uge 30.',
	'Adgangen bliver lukket den 1. august.',
	'Vi har ophævet lukket adgang.',
	'Vi var i tvivl, så adgangen er lukket, til vi ved mere.',
	'Husk, at benchmarkdata for tiden ikke er retvisende.',
	'Bemærk, at benchmarktal er misvisende.',
	'Bemærk, at benchmarktal ikke er misvisende.',
	'Tallene er ikke sammenlignelige på tværs af kommuner.',
	'Der mangler data fra en kommune, og benchmark bør ikke bruges.',
	'De manglende data er indlæst.',
	'Manglende data fra to kommuner er nu indlæst.',
	'Manglende data er endnu ikke indlæst.',
	'Data mangler ikke.',
	'Kører efter ny plan.',
	'Der mangler hverken data fra Odder eller Samsø.',
	'Hvis der mangler data, så skriv til os.',
	'Mangler der data, så skriv til os.',
	'Data for to kommuner mangler.',
	'Benchmarkdata var misvisende, men er rettet.',
	'Data bør ikke bruges til benchmarking.',
	'Der kan være lukket for adgang om natten.',
	'Når der er lukket for adgang, får I besked.',
	'Der er “lukket” for »adgang«.',
	'Der er »lukket« for adgang.',
	'Data « mangler.',
	'Det opdateres ikke og er lukket for adgang.',
	'Ikke lukket for adgang.',
	'De manglende data kommer.',
	'Hvis adgangen, som før, er lukket, så ring.',
	'Hvis I er i tvivl, så ring. Adgangen er lukket.',
	'Vi har i denne måned som i alle andre måneder før den set på alle tal og fundet, at alt er i orden. Hvis der er lukket for adgang, så ring.',
	'Der er ingen fri adgang nu til data.',
	'Der er ingen helt fri adgang til data.',
	'Der er ingen adgang her nu til data.',
	'Data mangler.', 'Data her mangler.',
	'Der er manglende data.', 'Der er manglende nye data.',
	'Der er ikke data fra Odder.', 'Der er ikke nye data fra Odder.', 'Der er ikke data helt fra Odder.',
	'Det er ikke alle kommuner.', 'Det er ikke alle de kommuner.', 'Det er ikke nær alle kommuner.',
	'Vi har ikke modtaget nye data.', 'Vi har ikke modtaget helt nye data.', 'Vi har ikke helt nu modtaget data.',
	'Vi har ikke leveret nye data.', 'Vi har ikke leveret helt nye data.',
	'Tallene er ikke helt komplette.', 'Tallene er ikke endnu helt komplette.',
	'Tallene er ikke helt fuldstændige.', 'Tallene er ikke endnu helt fuldstændige.',
	'Der er ikke et retvisende nyt benchmark.', 'Der er ikke et helt retvisende benchmark.', 'Der er ikke retvisende og nyt benchmark.',
	'Kører efter ny plan', 'Kører efter plan',
	E'Kører efter planen,\nmen med en dags forsinkelse.',
	E'Kører efter planen\nmen med en dags forsinkelse.',
	E'Kører efter planen\n(med en dags forsinkelse)',
	E'Kører efter planen.\nBemærk, at maj er foreløbig.']) WITH ORDINALITY AS n (printed, i),
	 flis_parse_overview(pg_temp.deck('Borger Månedligt April CPR-registret ' || printed), 2025)
ORDER BY i;

-- A note that differs from "Kører efter planen" by one or two letters is a damaged one; by three it is another.
SELECT note, pg_temp.complaint(E'Oversigt pr. 30/6\nKY\tMånedligt\tApril\tKY\t' || note)
FROM unnest(ARRAY['Kører efterr planen', 'Kørerr efterr planen', 'Kørerr efterr planenn', 'Kører efte planen', 'Køre efte planen', 'Køre efte plane',
				  'Kører oftor planen', 'Kårer oftor planen', 'kører efter-planen', 'Kørerefterplanen', 'Xkører efter planen', 'XXkører efter planen',
				  'ører efter planen', 'rer efter planen', 'Kører planmæssig', 'Kører som planlgt', 'Kører efter plam']) WITH ORDINALITY AS n (note, i)
ORDER BY i;
SELECT pg_temp.complaint(E'Oversigt pr. 30/6\nKY\tMånedligt\tApril\tKører efter plann\t-');

-- Where the source ends and the note begins: by the known source, by the note, by the line.
SELECT source, note
FROM unnest(ARRAY[
	'CPR-registret Ny leverandør er valgt.',
	E'CPR-\nregistret Ny leverandør er valgt.',
	'Et nyt register Kører efter planen',
	'Et nyt register (CPR) -',
	'Et nyt register (udgave 2) -',
	'- Vi afventer et nyt register.',
	'- -',
	'-',
	'Et nyt register (Den fælles database) Der er data fra i går.',
	'KMD og Danmarks Statistik Opdateringen er forsinket.',
	'CPR-registret og et nyt register Kører efter planen',
	'CPR-registret (nyt) Kører efter planen',
	E'Nyt register\nZoner følger.',
	E'Et nyt register\nog CPR-registret\nNyheder følger.',
	'Danmarks Statistik Nyheder følger.']) WITH ORDINALITY AS n (printed, i),
	 flis_parse_overview(pg_temp.deck('Borger Månedligt April ' || printed), 2025)
ORDER BY i;

-- A line after a lone dash is the note, not the heading of the next group; headings that a program
-- moved to the end of a page are no note.
SELECT area, source, note
FROM flis_parse_overview(pg_temp.deck(E'Nøgletal Månedligt April\n-\nKører efter planen',
									  E'VH Månedligt April -\nForsinket',
									  'KP Månedligt April KP Kører efter planen',
									  'Beskæftigelse', 'Tværgående',
									  'Borger Månedligt April CPR-registret Kører efter planen',
									  'Tværgående', 'Skole/Dagtilbud'), 2025);

-- How broken words are put together.
SELECT note
FROM unnest(ARRAY[
	E'Der er snitflade-\nændringer.',
	E'Der er nye EOJ-\nløsninger.',
	E'Der er nye VH-\nData.',
	E'Der er drifts-\nog vedligeholdelsesvinduer.',
	E'Der er lukket kl. 10-\n12.',
	E'Der er lukket 3-\n\n4   dage.',
	E'Version 2.9-\nudgaven er ude.',
	E'Version 2.0-\nudgaven er ude.',
	E'Der er luk\u00AD  \nket.',
	E'Der er nye data-\nKY-tal.',
	E'Der er nyt i uge-\n12 igen.',
	E'Der er v2-\nudgaver.',
	E'Der er e-\nmails.',
	E'Der er nye FØ-\nløsninger.',
	E'Der er nye DvK-\nløsninger.',
	E'Ud-\ngivelsen er forsinket.',
	E'Der er fejl -\nvi ser på det.',
	E'Der er\nto ting: fejl og mangler.']) WITH ORDINALITY AS n (printed, i),
	 flis_parse_overview(pg_temp.deck('Borger Månedligt April CPR-registret ' || printed), 2025)
ORDER BY i;

-- A frequency may be broken, too, and be two.
SELECT frequency
FROM unnest(ARRAY[E'Måned-\nligt', E'M-\nånedligt', E'M\nå\nn\ne\nd\nligt', 'Månedligt/ årligt', 'Månedligt og årligt', 'Månedligt, årligt']) WITH ORDINALITY AS n (printed, i),
	 flis_parse_overview(pg_temp.deck('Borger ' || printed || ' April CPR-registret Kører efter planen'), 2025)
ORDER BY i;

-- Where a cell has borders a frequency may be spelled out.
SELECT frequency, note, state
FROM unnest(ARRAY[E'1 x om måneden\tKører efter plan', E'2 gange om året\t• Kører efter planen', E'2 gange om året\t▪ Kører efter planen', E'Hvert kvartal\tDer er *ikke* lukket for adgang.',
				  E'En gang månedligt\tDer er __lukket__ for adgang.']) WITH ORDINALITY AS n (printed, i),
	 flis_parse_overview(E'Driftsoversigt pr. 30/6\nBorger\t' || replace(printed, E'\t', E'\tApril\tCPR-registret\t'), 2025)
ORDER BY i;
SELECT note FROM flis_parse_overview(E'Oversigt pr. 30/6\nKY;Månedligt;April;KY;"Nyt" er på vej.', 2025);
SELECT pg_temp.complaint(E'Oversigt pr. 30/6\nDataområde\tFrekvens\tData t.o.m.\tKilde\tDrift\nBorger\t' || printed || E'\tApril\t-\t-')
FROM unnest(ARRAY['Hver', '1 måned', '2 x', 'Gange om året', 'Hver fjerde uge', 'Hver dag', '1 x om må- ne- den', '1 x om m- å- ne- den']) AS n (printed);

-- What stands around a table is none of it: the number of a page, of a slide, the title again, a heading
-- of a group, and pages of other text.
SELECT what, string_agg(concat_ws(' ', area, note), ', ' ORDER BY line)
FROM (VALUES ('page', pg_temp.deck('Borger Månedligt April CPR-registret Der er forsinkelser.', '7')),
			 ('slide', pg_temp.deck('Borger Månedligt April CPR-registret Kører efter planen', 'Slide 1: Borger')),
			 ('title', pg_temp.deck('Borger Månedligt April CPR-registret Kører efter planen', 'Oversigt pr. 30/6')),
			 ('group', pg_temp.deck('Borger Månedligt April CPR-registret Kører efter planen', 'Nyt', 'KY Månedligt April KY -')),
			 ('words', pg_temp.deck('Borger Månedligt April CPR-registret Kører efter planen', 'Nyt emne', 'KY Månedligt April KY -')),
			 ('before', E'Oversigt pr. kommune\nKontakt os.\n\f' || pg_temp.deck('Borger Månedligt April CPR-registret Kører efter planen')),
			 ('after', pg_temp.deck(E'Borger Månedligt April CPR-registret Der er lukket.\n\fKontakt\nSkriv til os.')),
			 ('no table', pg_temp.deck('Borger Månedligt April CPR-registret Kører efter planen') || E'\n\fTekst Månedligt')) AS v (what, deck),
	 flis_parse_overview(deck, 2025)
GROUP BY what ORDER BY what;

-- A source that is known is found as the table of areas has it.
BEGIN;
UPDATE flis_area SET source = 'cpr-registret' WHERE area = 'borger';
SELECT source, note FROM flis_parse_overview(pg_temp.deck('Borger Månedligt April cpr-registret Kører efter planen'), 2025);
ROLLBACK;

-- Rows may come and go, and groups and areas that the deck has not had before.
INSERT INTO flis_area (area, name, aliases) VALUES ('sundhed', 'Sundhed', '{Sundhed og omsorg}');
SELECT area, data_through, source, note
FROM flis_parse_overview(pg_temp.deck('Velfærd', E'Sundhed\n\nog omsorg', 'Løbende April Ny kilde -', 'Nyt',
									  'Økonomi Kvartalsvis Marts Kommunernes økonomisystemer -',
									  'Beskæftigelse', 'YR Månedligt/årligt April YR Kører efter planen'),
						 2025);
SELECT count(*) FROM flis_parse_overview(NULL, 2025);

-- Without the argument the title's year counts.
SELECT as_of, area, data_through
FROM flis_parse_overview(E'Oversigt pr. den 31. januar 2026\nYR Månedligt November YR -', NULL);

-- A dash for the month means that there is nothing to see, whatever the note says.
SELECT state, note
FROM unnest(ARRAY['Data udgives ikke for tiden.', 'Kører efter planen', 'Flytter til en ny leverandør.', '-'])
	 WITH ORDINALITY AS n (printed, i),
	 flis_parse_overview(pg_temp.deck('Borger Månedligt - CPR-registret ' || printed), 2025)
ORDER BY i;

-- In running text a note may begin with a number of something, the heading of a group may follow a note
-- that ends, a footer that the first slide has too is passed over, a source that nobody knows may have a
-- line of its own, and a soft hyphen, too.
SELECT area, source, note, state, complete
FROM flis_parse_overview(E'Fælles drift\nUdarbejdet af driften 1\n\n'
	|| pg_temp.deck('KY Månedligt April KY 14 kommuner: her mangler data. Se nærmere i driftsnyt.', 'Sundhed og velfærd',
					E'KP\nMånedligt\nApril\nNyt system\nTallene ses efter.', E'YR Månedligt April YR Der er over\n\u00ad\nbelastning.',
					'DREAM Månedligt April STAR Tallene ses efter.',
					'VH Månedligt April Danmarks Statistik (DST) Kører efter pla nen', 'Udarbejdet af driften 2'), 2025);

-- An area's own rhythm decides what a period may be.
SELECT pg_temp.complaint(pg_temp.deck('Borger Kvartalsvis 1. kvartal CPR-registret -')),
	   pg_temp.complaint(pg_temp.deck('Borger Ugentligt Uge 18 CPR-registret -'));
BEGIN;
INSERT INTO flis_rule (area, valid_from, frequency, opens_day, closes_day)
VALUES ('borger', '2025-01-01', 'QUARTERLY', NULL, NULL), ('yr', '2025-01-01', 'WEEKLY', 1, 3),
	   ('vh', '2025-01-01', 'ANNUAL_2', NULL, NULL);
SELECT area, data_through
FROM unnest(ARRAY['Borger Kvartalsvis 1. kvartal', 'Borger Kvartalsvis 4. kvartal', 'Borger Kvartalsvis K1 2025',
				  'Borger Kvartalsvis 2025K1', 'Borger Kvartalsvis 2025-K1', 'Borger Kvartalsvis K. 1', 'Borger Kvartalsvis 1900K4', 'Borger Kvartalsvis April', 'YR Ugentligt Uge 18', 'YR Ugentligt 2024U52',
				  'VH Halvårligt 1. halvår 2025', 'VH Halvårligt 2024H2']) WITH ORDINALITY AS n (printed, i),
	 flis_parse_overview(pg_temp.deck(printed || ' - -'), 2025)
ORDER BY i;
ROLLBACK;

-- A week's number without a year is that of the deck's year or the one before: 2020 was the last with a week 53,
-- which ended on 3 January 2021.
BEGIN;
INSERT INTO flis_rule (area, valid_from, frequency, opens_day, closes_day) VALUES ('yr', '2019-01-01', 'WEEKLY', 1, 3);
SELECT title, year, pg_temp.complaint(deck, year), (SELECT string_agg(data_through::text, ' ') FROM flis_parse_overview(CASE pg_temp.complaint(deck, year) WHEN 'none' THEN deck END, year))
FROM (VALUES ('3/1', 2021), ('2/1', 2021), ('31/12', 2021), ('1/1', 2022)) AS v (title, year),
	 replace(pg_temp.deck('YR Ugentligt Uge 53 YR -'), '30/6', title) deck;
SELECT pg_temp.complaint(pg_temp.deck('YR Ugentligt ' || period || ' YR -'))
FROM unnest(ARRAY['Uge 54', 'Uge 0', 'Uge. 18', 'Uge 18 2025', 'U18 2025']) WITH ORDINALITY AS n (period, i)
ORDER BY i;
ROLLBACK;
SELECT pg_temp.complaint(pg_temp.deck('Borger Kvartalsvis ' || period || ' CPR-registret -'))
FROM unnest(ARRAY['5. kvartal', '0. kvartal', '3. halvår']) AS n (period);

-- What is refused, with the line and its text.
SELECT pg_temp.complaint(deck, year)
FROM (VALUES
	('', 2025),
	('Opdateringsfrekvens' || E'\nAlle data opdateres månedligt. - April er ude.', 2025),
	('Oversigt pr. 30/6', 2025),
	('Dataområde Opdateringsfrekvens Data t.o.m. Kilde Drift' || E'\nBorger Månedligt April - -', 2025),
	(replace(pg_temp.deck('Borger Månedligt April - -'), '30/6', '31/6'), 2025),
	(replace(pg_temp.deck('Borger Månedligt April - -'), '30/6', '29/2'), 2025),
	(replace(pg_temp.deck('Borger Månedligt April - -'), '30/6', '45/45'), 2025),
	(replace(pg_temp.deck('Borger Månedligt April - -'), '30/6', '0/6'), 2025),
	(replace(pg_temp.deck('Borger Månedligt April - -'), '30/6', '30/13'), 2025),
	(replace(pg_temp.deck('Borger Månedligt April - -'), '30/6', '30/0'), 2025),
	(replace(pg_temp.deck('Borger Månedligt April - -'), '30/6', '30. brumaire'), 2025),
	(replace(pg_temp.deck('Borger Månedligt April - -'), '30/6', '30' || repeat('a', 64)), 2025),
	(E'Borger\nOversigt pr.', 2025),
	(replace(pg_temp.deck('Borger Månedligt April - -'), '30/6', '30/6/2024'), 2025),
	(pg_temp.deck('Borger Månedligt April - -', 'Oversigt pr. 31/7', 'YR Månedligt April - -'), 2025),
	(pg_temp.deck('Borgere Månedligt April - -'), 2025),
	(pg_temp.deck('Borger Månedligt April - -', 'Nyt om', 'Klima Månedligt April - -'), 2025),
	(pg_temp.deck('Borger Månedligt April - -', 'KY Månedligt April KY -', 'Borger Månedligt April - -'), 2025),
	(pg_temp.deck('KRL Månedligt April - -', 'KRL Personale Månedligt April - -'), 2025),
	(pg_temp.deck('Borger Månedligt Aprill - -'), 2025),
	(pg_temp.deck('Borger Månedligt', 'KY Månedligt April KY -'), 2025),
	(pg_temp.deck('Borger Månedligt April', 'Månedligt April - -'), 2025),
	(pg_temp.deck('Borger Månedligt December 2025 - -'), 2025),
	(pg_temp.deck('Borger Månedligt December 24 CPR-registret -'), 2025),
	(pg_temp.deck('Borger Månedligt December (2023) CPR-registret -'), 2025),
	(pg_temp.deck('Borger Månedligt 29-04-2025 CPR-registret -'), 2025),
	(pg_temp.deck('Borger Månedligt 30/6-2026 CPR-registret -'), 2025),
	(pg_temp.deck('Borger Månedligt 28-02-2024 CPR-registret -'), 2025),
	(pg_temp.deck('Borger Månedligt 15/4 CPR-registret -'), 2025),
	(pg_temp.deck('Borger Månedligt 2025-13 CPR-registret -'), 2025),
	(pg_temp.deck('Borger Månedligt 04.0005 CPR-registret -'), 2025),
	(pg_temp.deck('Borger Måned ligt April CPR-registret -'), 2025),
	(pg_temp.deck(E'Borger M\nå\nn\ne\nd\nli\ngt April CPR-registret -'), 2025),
	(pg_temp.deck(E'Borger Månedligt A\np\nr\ni\nl\n20\n25 CPR-registret -'), 2025),
	(replace(pg_temp.deck('Borger Månedligt April - -'), '30/6', '31/6 og en del mere til'), 2025),
	(pg_temp.deck('Borger Månedligt April og maj CPR-registret -'), 2025),
	(pg_temp.deck('Borger Månedligt April - Maj CPR-registret -'), 2025),
	(pg_temp.deck('Borger Månedligt April - -', 'KY Tit April KY -'), 2025),
	(pg_temp.deck('KP Månedligt April KP Kører efter planen', 'DFDG Tit - DFDG (STAR) Der er lukket.'), 2025),
	(pg_temp.deck('Borger Månedligt April - - Mere', 'KY Månedligt April KY -'), 2025),
	(pg_temp.deck('YR Månedligt April YR Kører efter planen', '* Der er lukket for adgang.'), 2025),
	(pg_temp.deck('YR Månedligt April YR Der er forsinkelser.', '* Der er lukket for adgang.'), 2025),
	(pg_temp.deck('YR Månedligt April YR Kører efter planen', 'Side 3 af 4'), 2025),
	(pg_temp.deck('YR Månedligt April YR Kører efter planen', 'Oversigt pr. 30/6 (fortsat'), 2025),
	(pg_temp.deck('YR Månedligt April YR Kører efter planen', 'Nyt', 'Emne', 'KY Månedligt April KY -'), 2025),
	(pg_temp.deck('YR Månedligt April YR Kører efter planen', 'Beskæftigelse', '-', 'KY Månedligt April KY -'), 2025),
	(pg_temp.deck('YR Månedligt April YR', E'\fKører efter planen', 'KP Månedligt April KP -'), 2025),
	(pg_temp.deck('YR Månedligt April YR Kører efter planen', '1) Der er lukket for adgang.'), 2025),
	(pg_temp.deck('KP Månedligt April KP Der er fejl.', 'Klima Hver uge April Ny Kører efter planen',
				  'YR Månedligt April YR -'), 2025),
	(pg_temp.deck('KP Månedligt April KP Der er fejl.', 'Klima Hver uge April - -', 'YR Månedligt April YR -'), 2025),
	(pg_temp.deck('KP Månedligt April KP Kører efter planen', 'Sundhed og', 'Ældre Månedligt April - -'), 2025),
	(E'Oversigt pr. 30/6\nDataområde Opdateringsfrekvens Data t.o.m. Kilde\nBorger Månedligt April CPR-registret', 2025),
	(pg_temp.deck('Borger Månedligt April Nyt Register Ude Af Drift'), 2025),
	(E'Overblik pr. 30/6\nBorger Månedligt April - -\n' || pg_temp.deck('KY Månedligt April KY -'), 2025),
	(pg_temp.deck('Borger Månedligt April - -'), 25),
	(pg_temp.deck('Borger Månedligt April - -'), NULL),
	-- nothing at all in the cells of source and note
	(pg_temp.deck('Borger Månedligt April'), 2025),
	-- a row that would vanish in the note before it
	(pg_temp.deck('KP Månedligt April KP Der er fejl.', 'KY månedligt uvist KY Vi ser på det.'), 2025),
	(pg_temp.deck('KP Månedligt April KP Der er fejl.', 'KY Hver tredje uge April KY Vi ser på det.'), 2025),
	(pg_temp.deck('KP Månedligt April KP Der er fejl.', 'KY 2 x månedligt - KY Vi ser på det.'), 2025),
	(pg_temp.deck('KP Månedligt April KP Der er fejl.', E'KY\n-\n-\nKY\nVi ser på det.'), 2025),
	(pg_temp.deck('KP Månedligt April KP Der er fejl.', 'Vejr Hver dag April DMI Vi ser på det.'), 2025),
	-- two months in a cell
	(pg_temp.deck(E'Borger Månedligt April\nMaj CPR-registret Kører efter planen'), 2025),
	-- the note of another row, of the page's foot, of the speaker
	(pg_temp.deck('VH Månedligt April Danmarks Statistik Tallene ses efter.', 'Kører efter planen'), 2025),
	(pg_temp.deck('KP Månedligt April KP Der er fejl.', 'Driften ses efter af leverandørens'), 2025),
	(pg_temp.deck('KP Månedligt April KP Der er fejl.', 'Fælles drift'), 2025),
	(pg_temp.deck('KP Månedligt April KP Der er fejl.', 'Noter: Spørg KP, om der er lukket.'), 2025),
	(pg_temp.deck('KP Månedligt April KP Der er fejl i KP.', '3', 'YR Månedligt April YR -'), 2025),
	(pg_temp.deck('KP Månedligt April KP Der er fejl i KP.', '30. juni 2025', 'YR Månedligt April YR -'), 2025),
	(pg_temp.deck('KP Månedligt April KP Der er fejl i KP.', '1) Der er lukket for adgang.', 'YR Månedligt April YR -'), 2025),
	(pg_temp.deck('KP Månedligt April KP Kører efter planen', 'driften.example.dk', 'YR Månedligt April YR -'), 2025),
	(pg_temp.deck('KP Månedligt April KP Der er fejl i KP.', 'til KY.', 'YR Månedligt April YR -'), 2025),
	(pg_temp.deck('KP Månedligt April KP Der er fejl i KP.', '© Fælles drift 2025'), 2025),
	(pg_temp.deck('KP Månedligt April KP Der er fejl', 'YR Månedligt April YR', 'hos KP. Kører efter planen'), 2025),
	(pg_temp.deck('KP Månedligt April', 'KP', 'Der er fejl hos', 'YR Månedligt April YR'), 2025),
	-- the border between an unknown source and its note
	(pg_temp.deck('KY Månedligt April Ny Kommunal Ydelse Nogle Tal ses efter.'), 2025),
	(pg_temp.deck('KY Månedligt April Ny Kilde Delvist leveret Kører efter planen'), 2025),
	(pg_temp.deck(E'Borger Månedligt April CPR-registret\nafventer svar.'), 2025),
	(pg_temp.deck(E'Borger Månedligt April Nyt register\nNyheder følger\nMere nyt'), 2025),
	-- letters that a font hid, and those of another encoding
	(pg_temp.deck('KP Månedligt April KP Kører eer planen'), 2025),
	(pg_temp.deck(U&'KP Månedligt April KP Kører e\6600er planen'), 2025),
	(pg_temp.deck(U&'KP Månedligt April KP Der er snitflade\FFFEfejl.'), 2025),
	(pg_temp.deck(E'KP Månedligt April KP Der\x07er lukket.'), 2025),
	(replace(pg_temp.deck('KP Månedligt April KP -'), 'å', 'Ã¥'), 2025),
	-- columns with nothing but blanks between them
	(pg_temp.deck('Borger  Månedligt  April  CPR-registret  Kører efter planen'), 2025)) AS v (deck, year);

-- So is a table whose cells are not those of its headings, and a page whose lines have no one row.
SELECT what, pg_temp.complaint(deck)
FROM (VALUES ('too many cells', replace(pg_temp.cells('', ';', ''), 'CPR-registret', 'CPR;registret')),
			 ('commas', pg_temp.cells('', ',', '')),
			 ('broken', replace(pg_temp.cells('', ';', ''), 'CPR-registret;', E'CPR-\nregistret;')),
			 ('broken note', replace(pg_temp.cells('', ';', ''), 'der er åbent', E'der er\nåbent')),
			 ('broken row', replace(pg_temp.cells('| ', ' | ', ' |'), 'der er åbent', E'der er\nåbent')),
			 ('month below', replace(pg_temp.cells('', E'\t', ''), E'Kører efter planen', E'Kører efter planen\n\t\t2024\t\t')),
			 ('dash below', replace(pg_temp.cells('', E'\t', ''), E'Kører efter planen', E'Kører efter planen\n\t\t-\t\t')),
			 ('note below', replace(pg_temp.cells('', E'\t', ''), E'der er åbent', E'der er\n\t\t\t\tåbent')),
			 ('note in brackets', replace(pg_temp.cells('', E'\t', ''), E'Kører efter planen', E'Kører efter planen\n(3 kommuner er lukket for adgang)')),
			 ('no frequency', replace(pg_temp.cells('', ';', ''), 'KP;Månedligt', 'KP;')),
			 ('no row', replace(pg_temp.cells('', ';', ''), 'KP;Månedligt;April;KP;Kører efter planen', 'KP;;;;')),
			 ('no columns', replace(pg_temp.cells('', ';', ''), 'Kilde;', '')),
			 ('stray', pg_temp.cells('', ';', '') || E'\nFejl'),
			 ('unknown', replace(pg_temp.cells(E'', E'\t', ''), 'VH', 'Velfærdshjælp')),
			 ('month', replace(pg_temp.cells('', ';', ''), 'KY;Månedligt;April', 'KY;Månedligt;April/Maj')),
			 ('no headings', replace(:'places', 'Drift', 'Status')),
			 ('between', regexp_replace(:'places', E'\t120(\t[^\n]*CPR)', E'\t126\\1')),
			 ('indented', regexp_replace(:'places', E'\t215(\t[^\n]*CPR)', E'\t225\\1'))) AS v (what, deck);
-- So are text that would vanish in or near a table of cells, and columns that are not the five in order.
SELECT what, pg_temp.complaint(E'Oversigt pr. 30/6\n' || deck)
FROM (VALUES ('swapped', E'Område\tFrekvens\tData t.o.m.\tDrift\tKilde\nKY\tMånedligt\tApril\tTallene ses efter.\tKY'),
			 ('other column', E'Område\tFrekvens\tNæste udgivelse\tKilde\tDrift\nKY\tMånedligt\tApril\tKY\tKører efter planen'),
			 ('no source', E'KY\tMånedligt\tApril\tKører efter planen'),
			 ('note for source', E'KY\tMånedligt\tApril\tDer er lukket for adgang\tKY'),
			 ('between rows', E'KY\tMånedligt\tApril\tKY\tDer er fejl.\n\nTallene ses efter.\nKP\tMånedligt\tApril\tKP\t-'),
			 ('row below', E'KY\tMånedligt\tApril\tKY\t-\n\nKlima\tTit\tApril\tDMI\t-'),
			 ('area below', E'KY\tMånedligt\tApril\tKY\t-\n\nKP\tLukket'),
			 ('note below', E'KY\tMånedligt\tApril\tKY\t-\n\n\t\t\t\tTallene ses efter.'),
			 ('heading', E'Dataområde\tFrekvens\tData t.o.m.\tKilde\tDrift\nKommunen er lukket for adgang\t\t\t\t\nKY\tMånedligt\tApril\tKY\t-'),
			 ('left', E'Lukket\tKY\tMånedligt\tApril\tKY\t-'),
			 ('running text', E'KY Månedligt April KY (lukket for adgang)\nKP Månedligt April KP -')) AS v (what, deck);
SELECT flis_parse_overview(pg_temp.deck('Borgere Månedligt April - -'), 2025);
SELECT flis_parse_overview(replace(pg_temp.deck('KP Månedligt April KP -'), 'å', 'Ã¥'), 2025);
SELECT flis_parse_overview(pg_temp.deck('Klima & Energi 2030 Månedligt April - -'), 2025);
SELECT flis_parse_overview(pg_temp.deck('2030: Ærlig (Å) Månedligt April - -'), 2025);
SELECT flis_parse_overview(pg_temp.deck('2030 Månedligt April - -'), 2025);
SELECT flis_parse_overview(pg_temp.deck('A-Z Månedligt April - -'), 2025);

-- How a deck is read: its rows, or why it is refused.
CREATE FUNCTION pg_temp.reading(deck text) RETURNS text LANGUAGE sql AS $$
	SELECT CASE complaint
		   WHEN 'none' THEN (SELECT string_agg(concat_ws(' | ', area, data_through, coalesce(source, '-'), coalesce(note, '-')), '; ' ORDER BY line)
							 FROM flis_parse_overview(deck, 2025))
		   ELSE complaint END
	FROM pg_temp.complaint(deck) complaint
$$;

-- In running text a line of a note may begin with an area's name, but not as a row does: then a capital, a
-- number or nothing follows, or a dash or a month that ends there, among the six words behind it.
SELECT pg_temp.reading(pg_temp.deck('KP Månedligt April KP Der er fejl hos', 'KY ' || rest))
FROM unnest(ARRAY[
	'der er ved at blive - vi ser på det.',
	'der er ved at blive rettet - vi ser på det.',
	E'der er nede\n- vi ser på det.',
	'er Kommunernes eget system.',
	'Ydelse.',
	'2 gange.',
	'venter på april',
	'venter på apr. Så går det.',
	E'venter på april\nog maj.',
	'venter på april og så videre.',
	'-', '',
	E'\n-\nvi ser på det.',
	E'\nog andre.']) WITH ORDINALITY AS n (rest, i)
ORDER BY i;
-- Nor does a cell that goes on there, or a source, hold a row.
SELECT pg_temp.reading(deck)
FROM (VALUES (pg_temp.deck('Borger Månedligt April CPR-registret Der er fejl i', 'KY Kommunernes ydelser.')),
			 (pg_temp.deck('KP Månedligt April', 'KY Ydelser Kører efter planen'))) AS v (deck);

-- A month in a note begins a sentence or a line that goes on; elsewhere it could be a row's.
SELECT pg_temp.reading(pg_temp.deck('KP Månedligt April KP ' || note))
FROM unnest(ARRAY[
	'Der er fejl i April hos KP.',
	'Der er fejl i april hos KP.',
	'Der er fejl. April er forkert.',
	'April er forkert.',
	'Ny April er forkert.',
	E'Der er fejl i\nApril hos KP.',
	E'Der er fejl i\nApril\nhos KP.',
	E'Der er fejl. Maj\ner forkert.',
	'Der er fejl. April - er forkert.',
	'Der er fejl. Maj',
	'Der er fejl. Maj Klima er forkert.',
	'Der er fejl i maj Klima er forkert.',
	'Der er fejl. Maj. Klima er forkert.',
	'Der er fejl. Maj 2024 Klima er forkert.',
	'Der er fejl. Apr. 2025 Klima er forkert.']) WITH ORDINALITY AS n (note, i)
ORDER BY i;

-- A frequency in a note or a source stands in small letters, or right after the month; else it is that of an
-- area that nobody knows.
SELECT pg_temp.reading(pg_temp.deck(VARIADIC rows))
FROM (VALUES (ARRAY['KY Månedligt April Månedligt opdateret register Kører efter planen']),
			 (ARRAY['KP Månedligt April KP Der leveres dagligt KMD-data igen.']),
			 (ARRAY['KP Månedligt April KP Der leveres dagligt april KMD-data igen.']),
			 (ARRAY['KP Månedligt April KP Der leveres dagligt April er ude.']),
			 (ARRAY['KP Månedligt April KP Der leveres dagligt - og ugentligt.']),
			 (ARRAY['KP Månedligt April KP Der er fejl.', 'Klima Årligt engang - -']),
			 (ARRAY['KP Månedligt April KP Der er fejl.', 'Klima', 'Årligt', 'April', '-', '-'])) AS v (rows);

-- A heading of a group may begin or end with the name of an area, and be broken there.
BEGIN;
UPDATE flis_area SET area_group = 'Alt om Borger' WHERE area = 'borger';
UPDATE flis_area SET area_group = 'KP Ydelser' WHERE area = 'yr';
UPDATE flis_area SET area_group = 'Aula' WHERE area = 'aula';
UPDATE flis_area SET area_group = 'Social- og 7 emner' WHERE area = 'vh';
SELECT pg_temp.reading(pg_temp.deck(VARIADIC rows))
FROM (VALUES (ARRAY['KY Månedligt April KY Kører efter planen', E'Alt om\nBorger', 'Borger Månedligt April CPR-registret -']),
			 (ARRAY['KY Månedligt April KY Kører efter planen', E'Alt om\nBorger', 'YR Månedligt April YR -']),
			 (ARRAY['KY Månedligt April KY Kører efter planen', E'A\nlt om\nBorger', 'YR Månedligt April YR -']),
			 (ARRAY['KY Månedligt April', E'Alt om\nBorger', 'YR Månedligt April YR -']),
			 (ARRAY['KY Månedligt April KY Kører efter planen', E'Alle om\nBorger', 'YR Månedligt April YR -']),
			 (ARRAY['KY Månedligt April KY Kører efter planen', 'KP Ydelser', 'YR Månedligt April YR -']),
			 (ARRAY['KY Månedligt April KY Kører efter planen', 'KP Ydelse', 'YR Månedligt April YR -']),
			 (ARRAY['KY Månedligt April KY Kører efter planen', 'Aula', 'Aula Månedligt April Aula -']),
			 (ARRAY['KY Månedligt April KY Der er fejl.', 'Social- og 7 emner', 'VH Månedligt April Danmarks Statistik -']),
			 (ARRAY['KY Månedligt April KY Der er fejl.', 'Social- og 8 emner', 'VH Månedligt April Danmarks Statistik -']),
			 (ARRAY['Alt om Borger', 'Nyt emne', 'KY Månedligt April KY -'])) AS v (rows);
ROLLBACK;

-- Before the first title there is no row.  A row may have no note where each row is one line.  The end of a
-- longer name makes another area, unless it is a footer that ends so.
SELECT pg_temp.reading(deck)
FROM (VALUES (E'KY Månedligt April KY -\n' || pg_temp.deck('KP Månedligt April KP -')),
			 (E'KY Månedligt engang KY -\n' || pg_temp.deck('KP Månedligt April KP -')),
			 (pg_temp.deck('Borger Månedligt April -', 'KY Månedligt April KY -')),
			 (pg_temp.deck('Borger Månedligt April -', 'KY Månedligt April', 'KY -')),
			 (pg_temp.deck('KY Månedligt April KY Kører efter planen', 'Kultur,', 'Borger Månedligt April - -')),
			 (E'Samdrift/\n\n' || pg_temp.deck('KY Månedligt April KY Kører efter planen', E'Samdrift/\n\n\nKP Månedligt April KP -'))) AS v (deck);

-- Only the frequencies of a table tell whether blanks keep its columns apart.
SELECT pg_temp.reading(deck)
FROM (VALUES (E'Månedligt   hver måned\nÅrligt   hvert år\nDagligt   hver dag\n\n' || pg_temp.deck('KY Månedligt April KY -')),
			 (pg_temp.deck('KY Månedligt April   KY   Kører   efter   planen')),
			 (pg_temp.deck('KY Månedligt  April KY -')),
			 (pg_temp.deck('KY  Månedligt April KY -')),
			 (pg_temp.deck('KY Månedligt  April KY -', 'KP Månedligt April KP -')),
			 (pg_temp.deck(E'KY Månedligt\n  April KY -'))) AS v (deck);

-- A name may be broken anywhere, but a dash before it is a cell of its own, or a part of a note.
SELECT pg_temp.reading(deck)
FROM (VALUES (pg_temp.deck(E'Y\nR Månedligt April YR -')),
			 (pg_temp.deck('KY Månedligt April KY Der er fejl hos', '- KP månedligt april nu.')),
			 (pg_temp.deck('KY Månedligt April', '- KP er nede.'))) AS v (deck);

-- Headings and titles in other words.
SELECT pg_temp.reading(deck)
FROM (VALUES (E'Oversigt pr 30/6\nDataområder Opdateringsfrekvens Data t.o.m. Kilde Drift\nKY Månedligt April KY -'),
			 (E'Oversigt per 30/6\nDataområde Opdateringsfrekvens Data til og med Kilde Drift\nKY Månedligt April KY -'),
			 (E'Oversigt pr. 30/6\nDataområder Opdateringsfrekvens Data til og med Kilde Drift\nKY Månedligt April KY -'),
			 (E'Oversigt pr. 30/6\nDataområde Opdateringsfrekvenser Data t.o.m. Kilde Drift\nKY Månedligt April KY -'),
			 (E'Oversigt om 30/6\nDataområde Opdateringsfrekvens Data t.o.m. Kilde Drift\nKY Månedligt April KY -'),
			 (pg_temp.deck('KY Månedligt April KY Kører efter planen', 'Oversigt pr. 30/6 – fortsat')),
			 (pg_temp.deck('KY Månedligt April KY Kører efter planen', 'Oversigt pr. 30/6 – nyt')),
			 (replace(pg_temp.deck('KY Månedligt April KY -'), '30/6', '3 juni')),
			 (replace(pg_temp.deck('KY Månedligt April KY -'), 'Data t.o.m.', 'Kilde'))) AS v (deck);
SELECT as_of, area FROM flis_parse_overview(E'Oversigt pr. 30/6 2025\nYR Månedligt April YR Kører efter planen\nOversigt pr. 30/6\nKY Månedligt April KY -', NULL);

-- Headings of columns stand behind a title or at the beginning of a slide, or begin with the first column's.
-- A footer may have the slide's number below it, and a number the footer.
SELECT pg_temp.reading(deck)
FROM (VALUES (E'Oversigt pr. 30/6\nOpdateringsfrekvens Dataområde Data t.o.m. Kilde Drift\nKY Månedligt April KY -'),
			 (pg_temp.deck('KY Månedligt April KY Kører efter planen', 'Opdateringsfrekvens Dataområde Data t.o.m. Kilde Drift', 'KP Månedligt April KP -')),
			 (pg_temp.deck('KY Månedligt April KY Kører efter planen', E'\fOpdateringsfrekvens Dataområde Data t.o.m. Kilde Drift', 'KP Månedligt April KP -')),
			 (pg_temp.deck('KY Månedligt April KY Kører efter planen', 'Dataområde Opdateringsfrekvens Data t.o.m. Kilde Drift', 'KP Månedligt April KP -')),
			 (E'Fælles drift\n\n' || pg_temp.deck('KY Månedligt April KY Kører efter planen', E'Fælles drift\n12\n\n\nKP Månedligt April KP -')),
			 (E'Fælles drift\n\n' || pg_temp.deck('KY Månedligt April KY Kører efter planen', E'12\nFælles drift\n\n\nKP Månedligt April KP -')),
			 (E'Fælles drift\n\n' || pg_temp.deck('KY Månedligt April KY Kører efter planen', E'Fælles drift\n\nKP Månedligt April KP -')),
			 (E'Fælles drift\n\n' || pg_temp.deck('KY Månedligt April KY Kører efter planen', E'12\nNy drift\n\n\nKP Månedligt April KP -'))) AS v (deck);

-- A source that nobody knows ends where the note can begin.  It has at most ten words, of them three in small
-- letters side by side, no numbers outside of parentheses, and no sentence ends in it.
SELECT pg_temp.reading(pg_temp.deck('KY Månedligt April ' || rest))
FROM unnest(ARRAY[
	'Nyt',
	'Fejl Kører efter planen',
	'Register for Aa og Bb og Cc og Dd Ee Kører efter planen',
	'Register for Aa og Bb og Cc og Dd Ee Ff Kører efter planen',
	'Nyt. Register Kører efter planen',
	'Register 2 Kører efter planen',
	'Ny Kommunal ydelse Kører efter planen',
	'Register og Kommunal ydelse Kører efter planen',
	'Register de nye små Kører efter planen',
	'Register de nye små tal Kører efter planen',
	'Register (de nye små tal nu) Kører efter planen',
	'Register Nye Kører efter planen',
	'Register (se Den nye) Kører efter planen',
	'Nyt Register Kører planmæssigt',
	'Zonedata Zoner følger.',
	'Data Er kommet.',
	'Register (ny Zone) Tallet følger.',
	'Register Zoner 3/6 følger.',
	'Register Zoner kom 3/6 igen.',
	'Register Zoner (ny) 3/6 følger.',
	'Register Zoner (se KMD 3/6) følger.',
	'Register de nye små tal Zoner følger.',
	'Ny Ydelse 14 kommuner mangler.',
	'DUBU Store Zoner følger.',
	'CPR-registret Store Zoner følger.']) WITH ORDINALITY AS n (rest, i)
ORDER BY i;
-- Where it has lines of its own the note begins on a line.
SELECT pg_temp.reading(pg_temp.deck('KY Månedligt April', rest))
FROM unnest(ARRAY[
	E'Nyt Register\nZoner følger.',
	E'Nyt register\nZoner\nFølger snart.',
	E'Nyt Register\nTallene KMD ses efter.',
	E'Nyt Register\nZoner KMD følger.',
	E'Nyt register\nZoner 3 følger.',
	E'Nyt register\nZoner hvor Alle følger.',
	'Nyt register Zoner følger.']) WITH ORDINALITY AS n (rest, i)
ORDER BY i;
SELECT pg_temp.reading(pg_temp.deck(E'KY Månedligt April Nyt Register\nZoner følger.'));

-- What is added to a known source in parentheses, or follows after a slash, is part of it; nothing else is,
-- and one that is known in part is one that was cut off.  What it has before its parentheses, or the one word in
-- them, stands for it.
BEGIN;
UPDATE flis_area SET source = 'Jobnet (Dream data)' WHERE area = 'dream';
SELECT pg_temp.reading(pg_temp.deck(printed))
FROM unnest(ARRAY[
	'Borger Månedligt April CPR-registret (nyt fra juni) Store Zoner følger.',
	'Borger Månedligt April CPR-registret nyt Kører efter planen',
	E'Borger Månedligt April CPR-registret\nog andre Kører efter planen',
	'Borger Månedligt April CPR-registret / KMD Kører efter planen',
	'KRL Månedligt April KRL Personale Store Zoner Kører efter planen',
	'KRL Månedligt April KRL Store Zoner Kører efter planen',
	'DFDG Månedligt April DFDG Store Zoner følger.',
	'DFDG Månedligt April STAR Store Zoner følger.',
	'DREAM Månedligt April Dream Store Zoner følger.',
	'FSIII Månedligt April Fælleskommunal gateway Store Zoner følger.',
	'Nøgletal Månedligt April Kører efter planen']) WITH ORDINALITY AS n (printed, i)
ORDER BY i;
UPDATE flis_area SET source = 'Personregistret' WHERE area = 'borger';
UPDATE flis_area SET source = '(Zonedata) fra Odder' WHERE area = 'vh';
SELECT pg_temp.reading(pg_temp.deck('KY Månedligt April Personregistret Store Zoner følger.')),
	   pg_temp.reading(pg_temp.deck('VH Månedligt April Zonedata Store Zoner følger.'));
ROLLBACK;

-- A note is whole: it begins with a capital or a number of something, ends if it has sentences, and nothing in it
-- looks like another cell.
SELECT pg_temp.reading(pg_temp.deck('KP Månedligt April KP ' || note))
FROM unnest(ARRAY[
	'14 mangler.', '14 april mangler.', '14 KMD mangler.', '14 afdelinger mangler.', '14 zoner mangler.',
	E'\n14\nkommuner mangler.',
	'Zoner Kører efter planen',
	'Der er fejl Kører efter planen hos KP.',
	'Der er fejl. Kører efter planen',
	'Fejl. Kører efter planen.',
	'Der er fejl. Kører efter planen ellers.',
	'Der er fejl Nogle tal mangler.',
	'Der er fejl (se Nogle tal).',
	'Der er fejl: Nogle tal mangler.',
	'Der er: fejl Nogle tal mangler.',
	'Der er fejl Nogle tal: de mangler.',
	'Der er fejl -', 'Der er fejl - nej',
	E'Zoner\n© KMD',
	'Der er fejl. Vi ser på det', 'Der er fejl. Nej',
	E'Der er fejl. Vi ser på\ndet', 'Der er fejl. Vi ser på det (igen)',
	'Der er fejl. 14 kommuner venter',
	E'Zoner\nZonedata hos os', E'Zoner\nZonedata er nede.', 'Zoner hos Zonedata nu', E'Zoner og\nZonedata nu',
	E'Zoner X-\nRay nu',
	E'Der er lukket 10-\n12\nigen.',
	E'Der er fejl i kapit.\nfire hos os.', E'Der er fejl i kapitl.\nfire hos os.', E'Der er fejl i bl.a.fl.\nfire hos os.',
	E'Kører efter planen\n- bortset fra KP.', E'Kører efter planen\nigen.']) WITH ORDINALITY AS n (note, i)
ORDER BY i;
SELECT pg_temp.reading(pg_temp.deck('KP Månedligt April - mangler'));

-- Between two rows the last line may be the heading of a group: a known one, or one of at most five words that is
-- no sentence, after a note that ends.
SELECT heading, pg_temp.reading(pg_temp.deck('KP Månedligt April KP Der er fejl.', heading, 'YR Månedligt April YR -'))
FROM unnest(ARRAY['Udgivelser', 'Nyt set', 'Nyt system', 'Nyt udgives', 'Nye emner', 'Emne 7x', 'Emne x7', 'B12 emne', 'Nyt (emne)',
				  'Alt om et nyt emne', 'Alt om et helt nyt emne', 'Nyt emne,', 'Nyt med']) WITH ORDINALITY AS n (heading, i)
ORDER BY i;
SELECT pg_temp.reading(pg_temp.deck(VARIADIC rows))
FROM (VALUES (ARRAY['KP Månedligt April KP Der er nyt om Beskæftigelse', 'YR Månedligt April YR -']),
			 (ARRAY['KP Månedligt April', 'Beskæftigelse', 'YR Månedligt April YR -']),
			 (ARRAY['KP Månedligt April KP -', 'Nyt emne', 'YR Månedligt April YR -']),
			 (ARRAY['Nøgletal Månedligt April Kører efter planen', 'Nyt emne', 'YR Månedligt April YR -']),
			 (ARRAY['Nyt stort emne', 'Tværgående', 'YR Månedligt April YR -']),
			 (ARRAY['Tværgående', 'Nyt emne', 'Tværgående', 'YR Månedligt April YR -']),
			 (ARRAY['Nyt emne', 'Nyt igen', 'YR Månedligt April YR -']),
			 (ARRAY['Nyt', 'Andet', 'YR Månedligt April YR -']),
			 -- the row below it is no part of the heading, whatever its name ends with
			 (ARRAY['KP Månedligt April KP Der er fejl.', 'Nyt emne', 'Borger Månedligt April CPR-registret -'])) AS v (rows);
-- A capital within the parenthesis of an unknown source does not begin the note.
SELECT pg_temp.reading(pg_temp.deck('KP Månedligt April System(Fagsystem Nord) Leveret med fejl.'));

-- Letters and signs that a deck may have, and those that it may not: of another script, those that control a
-- printer, and those that tell of a text read in a wrong encoding.
SELECT escaped, replace(pg_temp.reading(pg_temp.deck('KP Månedligt April KP Der er ' || letters || ' nu.')), letters, '~')
FROM (VALUES ('0430', U&'\0430'), ('0100', U&'\0100'), ('2C00', U&'\2C00'), ('007F', U&'\007F'), ('0080', U&'\0080'), ('0099', U&'\0099'),
			 ('00EF BB BF', U&'\00EF\00BB\00BF'), ('00E2 20AC', U&'\00E2\20AC'), ('00E2', U&'p\00E2te'), ('00EF', U&'na\00EFv'),
			 ('20AC', U&'\20AC'), ('F0B7', U&'\F0B7'), ('F0A7', U&'\F0A7'), ('1F600', U&'\+01F600')) AS v (escaped, letters);
SELECT pg_temp.reading(deck)
FROM (VALUES (replace(pg_temp.deck('KP Månedligt April KP -'), E'\n', U&'\0085')),
			 (replace(E'Oversigt pr. 30/6\x07', E'\x07', U&'\0007')),
			 (replace(E'\nOversigt pr. 30/6\x07 i år', E'\x07', U&'\0007')),
			 (replace(pg_temp.deck(E'KP Månedligt April KP Der\x07er'), E'\n', E'\r')),
			 (replace(pg_temp.deck(E'KP Månedligt April KP Der\x07er'), E'\n', E'\r\n')),
			 (pg_temp.deck('KY Månedligt April KY Der er en lang note, som fylder mere end hundrede tegn, før den næste række kommer, og så kommer den.',
						   E'KP Månedligt April KP Der\x07er fejl.'))) AS v (deck);

-- A note begins with a capital, which may have an accent; a sign is none.
SELECT pg_temp.reading(pg_temp.deck('KP Månedligt April KP ' || note))
FROM unnest(ARRAY['À jour igen.', 'Þorn er nede.', '× er nede.', 'Å er nede.']) WITH ORDINALITY AS n (note, i)
ORDER BY i;

-- Numbers of pages have at most three digits, and what differs between footers is their numbers only.  A slide begins
-- after two empty lines.
SELECT pg_temp.reading(E'Fælles drift 10\n2024\n\n' || pg_temp.deck('KY Månedligt April KY Kører efter planen') || E'\n' || rest)
FROM unnest(ARRAY[
	'Fælles drift 29', '10', '19', '123', '2025', 'x12', '1x', E'Fælles drift er nede.', 'Fælles',
	E'\n\nOpdateringsfrekvens Dataområde Data t.o.m. Kilde Drift\nKP Månedligt April KP -',
	E'\nOpdateringsfrekvens Dataområde Data t.o.m. Kilde Drift\nKP Månedligt April KP -']) WITH ORDINALITY AS n (rest, i)
ORDER BY i;
SELECT pg_temp.reading(E'2024\n\n' || pg_temp.deck('KP Månedligt April KP Der er fejl i', E'2025\n\n\nKY Månedligt April KY -'));
SELECT pg_temp.reading(E'Fælles drift\n\n' || pg_temp.deck('KP Månedligt April KP Der er fejl i', E'Fælles drift er nede.\n\n\nKY Månedligt April KY -'));
SELECT pg_temp.reading(pg_temp.deck(E'KY\n Månedligt\n April\n KY\n -'));
SELECT pg_temp.reading(E'Oversigt pr. 30/6\nKY;Månedligt;April;"Over\n\u00AD\nbelastning";-');

-- A known source is written as flis_area has it.
SELECT pg_temp.reading(pg_temp.deck('Borger Månedligt April CPR-REGISTRET Kører efter planen'));

-- Cells.  What stands below a row of a table is another row, a heading of a group, the number of a page or of rows, a
-- line or a comment, or refused; an empty line ends the table, one of separators does not.
SELECT rest, pg_temp.reading(E'Oversigt pr. 30/6\nDataområde;Opdateringsfrekvens;Data t.o.m.;Kilde;Drift\nKY;Månedligt;April;KY;-\n' || rest || E'\nKP;Månedligt;April;KP;-')
FROM unnest(ARRAY[
	'7', '7;', '7 8', 'x',
	'---', '--', 'x---', '<!-- slide 2 -->', '<!--',
	'(1 row)', '(7 rows)', '(10 rows)', '(19 rows)', '(1 række)', '(17 rækker)', '(x rows)', '( rows)', '[7 rows)',
	'Arbejde; ; ; ; ', 'Arbejde;Andet;Arbejde;Arbejde;Arbejde', 'Status;;;;', 'Beskæftigelse', 'DFDG',
	E';\nFejl', 'A/;B',
	'Oversigt pr. 31/6', E'Oversigt pr. 30/6 (fortsat)\nTekst om data.\nDataområde;Opdateringsfrekvens;Data t.o.m.;Kilde;Drift',
	'Dataområde;Andet', 'Emne;Opdateringsfrekvens;Data t.o.m.;Kilde;Drift',
	E'\nRest']) WITH ORDINALITY AS n (rest, i)
ORDER BY i;
-- Outside of a table there may be other text, but no row and nothing that could be one.
SELECT rest, pg_temp.reading(E'Oversigt pr. 30/6\nDataområde;Opdateringsfrekvens;Data t.o.m.;Kilde;Drift\nKY;Månedligt;April;KY;-\n\n' || rest)
FROM unnest(ARRAY[
	'Månedligt opdateres alt.', 'KP månedligt nu.', 'KP er nede.', 'KP',
	'Klima;Tit;April;;', 'a;b;c', 'a;b;c;d;e', ';a;b', ';a;;;', 'KP er her;x', 'KP;x',
	'Dataområde og andre ord forklares her.']) WITH ORDINALITY AS n (rest, i)
ORDER BY i;
SELECT pg_temp.reading(deck)
FROM (VALUES (E'KY;Månedligt;April;KY;-\nOversigt pr. 30/6'),
			 (E'Oversigt pr. 30/6\nTekst om data.\nKY;Månedligt;April;KY;-'),
			 (E'Oversigt pr. 30/6\n;Månedligt;April;KY;-'),
			 (E'Oversigt pr. 30/6\na\tb\tc\td\te;KY;Månedligt;April;KY;-'),
			 (E'Sammen om data 1\n\nOversigt pr. 30/6\nKY;Månedligt;April;KY;-\nSammen om data 2'),
			 (E'Borger, Månedligt, to, tre, fire\n\nOversigt pr. 30/6\nDataområde;Opdateringsfrekvens;Data t.o.m.;Kilde;Drift\nKY;Månedligt;April;KY;-'),
			 (E'Oversigt pr. 30/6\nEn lang linje om noget helt andet end data, som ingen skal læse.\nOmråde;Frekvens;Noget;Andet;Tredje\nKY;Månedligt;April;KY;-'),
			 (pg_temp.deck('KP Månedligt April KP Der er fejl hos', 'KY;KP;YR;VH;DFDG nu.'))) AS v (deck);

-- A cell in quotes may hold separators and line ends, but no row; a quote within a cell is a sign.
SELECT pg_temp.reading(E'Oversigt pr. 30/6\n' || deck)
FROM (VALUES (E'KY; "Månedligt";  "April";KY;-'),
			 (E'KY;Månedligt;April;Skærm 5";-'),
			 (E'KY;Månedligt;April;KY;"Der er fejl\nKP;Månedligt;April;KP;"Nyt"'),
			 (E'KY;Månedligt;April;KY;"Der er fejl\nKP;Månedligt;April;KP;Skærm 5"'),
			 (E'KY;Månedligt;April;KY;"Der er fejl'),
			 (E'KY;Månedligt;April;KY;-\n;\nFejl'),
			 (E'KY;Månedligt;April;KY;"Der er A;B;C;D;E;F\nG;H;I;J nu"'),
			 (repeat(E'Tekst om data.\n', 3000) || E'KY;Månedligt;April;KY;"Der er\nfejl."')) AS v (deck);

-- Markdown's signs are signs of Markdown only.
SELECT pg_temp.reading(E'Oversigt pr. 30/6\n' || deck)
FROM (VALUES ('| KY | Månedligt | April | KY | Der er A\|B her. |'),
			 (E'KY | Månedligt | April | KY | Der er fejl\\\nKP | Månedligt | April | KP | -'),
			 ('|KY|Månedligt|April|A\-|B\*|'),
			 ('|KY|Månedligt|April|A&amp;|A &lt; B &gt; C &quot;D&quot; **E** &#39;F&#39;|'),
			 ('| KY | Månedligt | April | *A* | #1 er nede. |'),
			 (E'| KY | Månedligt | April | KY | - |\n# Beskæftigelse\n| KP | Månedligt | April | KP | - |'),
			 (E'KY\tMånedligt\tApril\tA\\-B\t-'),
			 (E'KY;Månedligt;April;C:\\;-')) AS v (deck);

-- Words with their places, as pdftotext -tsv writes them.  A page is lines, each with the place of its first word on
-- the left and at the top; the next words stand 40 points apart.
CREATE FUNCTION pg_temp.places(VARIADIC pages text[]) RETURNS text LANGUAGE sql AS $$
	SELECT E'level\tpage_num\tpar_num\tblock_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n'
		   || string_agg(concat_ws(E'\t', 5, page, 0, 0, 0, 0, split_part(place, ',', 1)::numeric + 40 * (i - 1), split_part(place, ',', 2),
								   20, 10, 100, word), E'\n' ORDER BY page, n, i)
	FROM unnest(pages) WITH ORDINALITY p (lines, page), string_to_table(lines, E'\n') WITH ORDINALITY l (line, n),
		 split_part(line, ' ', 1) place, string_to_table(substring(line FROM ' (.*)'), ' ') WITH ORDINALITY w (word, i)
$$;
-- A row whose cells, with a slash between their lines, share their tops.
CREATE FUNCTION pg_temp.placed_row(top numeric, VARIADIC cells text[]) RETURNS text LANGUAGE sql AS $$
	SELECT E'\n' || string_agg((ARRAY[20, 100, 200, 300, 460])[cell] || ',' || top + 10 * (n - 1) || ' ' || line, E'\n' ORDER BY cell, n)
	FROM unnest(cells) WITH ORDINALITY c (lines, cell), string_to_table(lines, '/') WITH ORDINALITY l (line, n)
	WHERE line <> ''
$$;
\set title '20,10 Oversigt pr. 30/6'
\set head '20,40 Dataområde\n100,40 Opdateringsfrekvens\n200,40 Data t.o.m.\n300,40 Kilde\n460,40 Drift'
\set top :title '\n' :head
SELECT pg_temp.placed_row(70, 'KY', 'Månedligt', 'April', 'KY', 'Kører efter planen') AS ky,
	   pg_temp.placed_row(90, 'KP', 'Månedligt', 'April', 'KP', 'Kører efter planen') AS kp \gset

-- A page whose cells have one line each fits in all ways alike.  Else the cells of its rows share their tops, their
-- middles or their bottoms, and the lines of a cell are one step apart.
SELECT what, pg_temp.reading(pg_temp.places(:'top' || page))
FROM (VALUES ('one line', :'ky' || :'kp'),
			 ('tops', pg_temp.placed_row(70, 'KY', 'Månedligt', 'April', 'KY', 'Der er/fejl./Vent.')),
			 ('middles', E'\n20,70 KY\n100,70 Månedligt\n200,70 April\n300,65 KY\n300,75 nu\n460,60 Der er\n460,70 fejl\n460,80 i dag.'),
			 ('bottoms', E'\n20,90 KY\n100,90 Månedligt\n200,90 April\n300,80 Nyt\n300,90 sted\n460,70 Der er\n460,80 fejl\n460,90 i dag.'),
			 ('none', E'\n20,70 KY\n100,70 Månedligt\n200,70 April\n300,70 KY\n300,80 nu\n460,60 Der er\n460,70 fejl.'),
			 ('step', E'\n20,70 KY\n100,70 Månedligt\n200,70 April\n300,70 KY\n460,70 Der er\n460,80 fejl\n460,90.5 i dag.'),
			 ('two heights', pg_temp.placed_row(70, 'KY', 'Månedligt', 'April', 'KY') || E'\n460,70 Der er\n460,90.5 fejl.'),
			 ('more than two', pg_temp.placed_row(70, 'KY', 'Månedligt', 'April', 'KY') || E'\n460,70 Der er\n460,90.51 fejl.'),
			 ('last step', E'\n20,70 KY\n100,70 Månedligt\n200,70 April\n300,70 KY\n460,70 Der er\n460,80 fejl\n460,105 i dag.'),
			 ('first step', E'\n20,70 KY\n100,70 Månedligt\n200,70 April\n300,70 KY\n460,70 Der er\n460,95 fejl\n460,105 i dag.'),
			 ('tops or bottoms', E'\n20,70 KY\n100,70 Månedligt\n200,70 April\n300,70 KY\n20,90 KP\n100,90 Månedligt\n200,90 April\n300,90 KP\n460,70 Der\n460,80 er\n460,90 fejl'),
			 ('two middles', E'\n20,70 KY\n100,68.25 Måned-\n100,71.75 ligt\n200,70 April\n300,70 KY\n20,77.5 KP\n100,75.75 Måned-\n100,79.25 ligt\n200,77.5 April\n300,77.5 KP'
				|| E'\n460,68.75 Der\n460,71.25 er\n460,73.75 fejl\n460,76.25 hos\n460,78.75 os.'),
			 ('beside the next', E'\n20,70 KY\n100,70 Måned-\n100,80 ligt\n200,70 April\n300,70 KY\n20,90 KP\n100,90 Måned-\n100,100 ligt\n200,90 April\n300,90 KP\n460,70 Der er\n460,80 fejl.\n460,90 Nyt.'),
			 ('beside the last', E'\n20,70 KY\n100,60 Måned-\n100,70 ligt\n200,70 April\n300,70 KY\n20,90 KP\n100,80 Måned-\n100,90 ligt\n200,90 April\n300,90 KP\n460,70 Nyt.\n460,80 Der er\n460,90 fejl.'),
			 ('month at its edge', E'\n20,70 KY\n100,70 Månedligt\n200,71.5 April\n300,70 KY\n460,70 -'),
			 ('month off', E'\n20,70 KY\n100,70 Månedligt\n200,75 April\n300,70 KY\n460,70 -'),
			 ('nothing at the end', :'ky' || pg_temp.placed_row(90, 'Nøgletal', 'Månedligt', 'April', '', ''))) AS v (what, page);

-- Words stand in lines whose tops differ by two points at most, and in columns whose edges are those of the headings,
-- to a point and a half.  Their order in the text is any, and they may have many decimals.
SELECT what, pg_temp.reading(pg_temp.places(:'top' || page))
FROM (VALUES ('one line', pg_temp.placed_row(70, 'KY', 'Månedligt', 'April', 'KY') || E'\n460,70 Der er\n540,72 en fejl.' || pg_temp.placed_row(100, 'KP', 'Månedligt', 'April', 'KP', 'Der er/fejl.')),
			 ('two lines', pg_temp.placed_row(70, 'KY', 'Månedligt', 'April', 'KY') || E'\n460,70 Der er\n540,72.01 en fejl.' || pg_temp.placed_row(100, 'KP', 'Månedligt', 'April', 'KP', 'Der er/fejl.')),
			 ('order', pg_temp.placed_row(70, 'KY', 'Månedligt', 'April', 'KY') || E'\n540,70 en fejl.\n460,70.5 Der er'),
			 ('same top', pg_temp.placed_row(70, 'KY', 'Månedligt', 'April', 'KY') || E'\n540,70 en fejl.\n460,70 Der er'),
			 ('edge on the left', E'\n20,70 KY\n98.5,70 Månedligt\n200,70 April\n300,70 KY\n460,70 -'),
			 ('edge on the right', E'\n20,70 KY\n101.5,70 Månedligt\n200,70 April\n300,70 KY\n460,70 -'),
			 ('behind the edge', E'\n20,70 KY\n101.51,70 Månedligt\n200,70 April\n300,70 KY\n460,70 -'),
			 ('decimals', E'\n20.000000,70.000000 KY\n100.125000,70.125000 Månedligt\n200,70 April\n300.5,70.5 KY\n460.000000,70.000000 Der er\n460,80.250000 fejl.'),
			 ('slash', pg_temp.placed_row(70, 'KY', 'Månedligt', 'April', 'KY') || E'\n460,70 A/ B'),
			 ('signs', pg_temp.placed_row(70, 'KY', 'Månedligt', 'April', 'KY') || E'\n460,70 Fejl- beskeden')) AS v (what, page);

-- Names, headings of groups, and what is neither.
SELECT what, pg_temp.reading(pg_temp.places(:'top' || page))
FROM (VALUES ('heading', E'\n20,55 Nyt emne' || :'ky'),
			 ('known heading', E'\n20,55 Beskæftigelse' || :'ky'),
			 ('area without a row', E'\n20,55 KP' || :'ky'),
			 ('area below', :'ky' || E'\n20,90 KP'),
			 ('unknown area', E'\n20,70 Klima\n100,70 Månedligt\n200,70 April\n300,70 KY\n460,70 -'),
			 ('first unknown', E'\n20,70 Klima\n100,70 Månedligt\n200,70 April\n300,70 KY\n460,70 -' || :'kp'),
			 ('second unknown', :'ky' || E'\n20,90 Klima\n100,90 Månedligt\n200,90 April\n300,90 KY\n460,90 -'),
			 ('twice', :'ky' || pg_temp.placed_row(90, 'KY', 'Månedligt', 'April', 'KY', '-')),
			 ('long name', pg_temp.placed_row(70, 'KRL/Personale', 'Månedligt', 'April', 'KRL', 'Der er/fejl.')),
			 ('long or short name', pg_temp.placed_row(70, 'KRL/Personale', 'Månedligt', 'April', 'KRL', '-')),
			 ('two names', E'\n20,68.9 KP\n20,71.1 KY\n100,70 Månedligt\n200,70 April\n300,70 KY\n460,70 -'),
			 ('frequency', pg_temp.placed_row(70, 'KY', 'Tit', 'April', 'KY', '-')),
			 ('month', pg_temp.placed_row(70, 'KY', 'Månedligt', 'Tit', 'KY', '-')),
			 ('months', :'ky' || E'\n200,90 Maj')) AS v (what, page);

-- The title may stand on a page of its own, and headings over several lines, with other words near them.  Pages
-- without headings have no rows.
SELECT what, pg_temp.reading(deck)
FROM (VALUES ('own page', pg_temp.places(:'title', :'head' || :'ky')),
			 ('mixed title', pg_temp.places(E'100,10 30/6\n20,10 Oversigt pr.', :'head' || :'ky')),
			 ('mixed headings', pg_temp.places(:'title', E'460,40 Drift\n300,40 Kilde\n240,40 t.o.m.\n200,40 Data\n100,40 Opdateringsfrekvens\n20,40 Dataområde' || :'ky')),
			 ('wrong title', pg_temp.places('20,10 Oversigt pr. 31/6', :'head' || :'ky')),
			 ('high and low', pg_temp.places(:'title', E'20,40 Dataområde\n100,40 Opdateringsfrekvens\n200,0 Data\n198.5,80 t.o.m.\n300,40 Kilde\n460,40 Drift' || :'kp')),
			 ('too low', pg_temp.places(:'title', E'20,40 Dataområde\n100,40 Opdateringsfrekvens\n200,0 Data\n200,80.1 t.o.m.\n300,40 Kilde\n460,40 Drift' || :'kp')),
			 ('near', pg_temp.places(E'20,10 Oversigt pr. 30/6\n20,25 Drift Kilde Data\n' || :'head' || :'ky')),
			 ('no headings', pg_temp.places(:'top' || :'ky', '20,10 KP Månedligt April')),
			 ('row below', pg_temp.places(:'top' || :'ky', E'20,10 Nyt\n20,30 KP nu Månedligt')),
			 ('small', pg_temp.places(:'top' || :'ky', '20,10 KP nu månedligt')),
			 ('small row', pg_temp.places(:'top' || :'ky', '20,10 KP månedligt')),
			 ('no area', pg_temp.places(:'top' || :'ky', '20,10 Data kommer Månedligt')),
			 ('no frequency', pg_temp.places(:'top' || :'ky', '20,10 KP Drift er nede'))) AS v (what, deck);

-- A footer stands at its place on a page without a table, or below the table on all other pages; its number differs or
-- is missing.
SELECT what, pg_temp.reading(pg_temp.places(VARIADIC pages))
FROM (VALUES ('prose', ARRAY['460,500 Samdrift', :'top' || :'ky' || E'\n460,500 Samdrift']),
			 ('at its place', ARRAY['462,502 Samdrift', :'top' || :'ky' || E'\n460,500 Samdrift']),
			 ('elsewhere', ARRAY['462.1,500 Samdrift', :'top' || :'ky' || E'\n460,500 Samdrift']),
			 ('lower', ARRAY['460,502.1 Samdrift', :'top' || :'ky' || E'\n460,500 Samdrift']),
			 ('number', ARRAY['460,500 Samdrift 1', :'top' || :'ky' || E'\n460,500 Samdrift 2']),
			 ('no number', ARRAY['460,500 Samdrift', :'top' || :'ky' || E'\n460,500 Samdrift 2']),
			 ('number alone', ARRAY['20,500 Samdrift', :'top' || :'ky' || E'\n460,500 2']),
			 ('number for a word', ARRAY['460,500 Samdrift', :'top' || :'ky' || E'\n460,500 2']),
			 ('another word', ARRAY['460,500 Samdrift nu', :'top' || :'ky' || E'\n460,500 Samdrift da']),
			 ('one page', ARRAY[:'top' || :'ky' || E'\n460,500 Samdrift']),
			 ('tables', ARRAY[:'top' || :'ky' || E'\n460,121 Samdrift', :'top' || :'kp' || E'\n460,121 Samdrift']),
			 ('one table', ARRAY[:'top' || :'ky' || E'\n460,121 Samdrift', :'top' || :'kp']),
			 ('notes', ARRAY[:'top' || pg_temp.placed_row(70, 'KY', 'Månedligt', 'April', 'KY', 'Der er/fejl/i dag.'), :'top' || pg_temp.placed_row(70, 'KP', 'Månedligt', 'April', 'KP', 'Der er/fejl/i dag.')])) AS v (what, pages);

-- Lines of the text that are no words: of another level, without a place or a text, or cut off.
SELECT what, pg_temp.reading(pg_temp.places(:'top' || :'ky') || E'\n' || concat_ws(E'\t', VARIADIC fields))
FROM (VALUES ('word', ARRAY['5', '1', '0', '0', '0', '0', '580', '70', '20', '10', '-1', ' igen']),
			 ('more text', ARRAY['5', '1', '0', '0', '0', '0', '580', '70', '20', '10', '95.5', 'igen  nu ']),
			 ('unit', ARRAY['5', '1', '0', '0', '0', '0', '580pt', '70', '20', '10', '100', 'igen']),
			 ('level', ARRAY['4', '1', '0', '0', '0', '0', '580', '70', '20', '10', '100', 'igen']),
			 ('place', ARRAY['5', '1', '0', '0', '0', '0', '-580', '70', '20', '10', '100', 'igen']),
			 ('no text', ARRAY['5', '1', '0', '0', '0', '0', '580', '70', '20', '10', '100', ' ']),
			 ('cut off', ARRAY['5', '1', '0', '0'])) AS v (what, fields);

-- Nothing was stored.
SELECT count(*) FROM flis_status;
DROP EXTENSION flis;
