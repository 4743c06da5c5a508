-- A status deck's text becomes rows, in both of the forms that pdftotext gives it, and a deck that
-- cannot be read wholly becomes an error.
--
-- The decks in test/data tell of invented notes in the deck's own form: deck-plain.txt runs on with
-- words and cells broken over lines, deck-layout.txt keeps the columns by position, and
-- deck-january.txt tells of months of the year before.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';
\set plain `cat "$PG_ABS_SRCDIR/data/deck-plain.txt"`
\set layout `cat "$PG_ABS_SRCDIR/data/deck-layout.txt"`
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

-- The same deck with its columns kept by position says the same.
CREATE TEMPORARY TABLE plain AS SELECT * FROM flis_parse_overview(:'plain', 2025);
ALTER TABLE plain DROP COLUMN line;
CREATE TEMPORARY TABLE layout AS SELECT * FROM flis_parse_overview(:'layout', 2025);
ALTER TABLE layout DROP COLUMN line;
SELECT (SELECT count(*) FROM layout) AS rows, count(*) AS different
FROM ((TABLE plain EXCEPT TABLE layout) UNION ALL (TABLE layout EXCEPT TABLE plain)) d;

-- In winter all months are too long for their column, and a dash beside one is not the month.
SELECT area, data_through, source, note
FROM flis_parse_overview(replace(:'layout', 'Nøgletal      Månedligt   April   -                         -',
								 E'                          Novem\n'
								 'Nøgletal      Månedligt           -                         -\n'
								 '                          ber'), 2025)
EXCEPT SELECT area, data_through, source, note FROM layout;

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
			 ('30. juni'), ('30. juni 2025'), ('30/6 (fortsat)'), ('29/6')) AS v (title),
	 flis_parse_overview(replace(pg_temp.deck('Borger Månedligt Juni CPR-registret -'), '30/6', title),
						 2025);
SELECT printed, as_of, data_through
FROM (VALUES (2024, 'Februar'), (2024, 'februar'), (2024, E'Fe\nbruar'), (2024, E'Febru-\nar'),
			 (2023, 'Feb.'), (2023, 'febr.'), (2025, 'April.'), (2025, 'Juli'), (2025, 'December'),
			 (2025, 'December 2023'), (2025, '–')) AS v (year, printed),
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
	'Husk, at benchmarkdata for tiden ikke er retvisende.',
	'Bemærk, at benchmarktal er misvisende.',
	'Bemærk, at benchmarktal ikke er misvisende.',
	'Tallene er ikke sammenlignelige på tværs af kommuner.',
	'Der mangler data fra en kommune, og benchmark bør ikke bruges.',
	E'Kører efter planen,\nmen med en dags forsinkelse.',
	E'Kører efter planen\nmen med en dags forsinkelse.',
	E'Kører efter planen\n(med en dags forsinkelse)',
	E'Kører efter planen.\nBemærk, at maj er foreløbig.']) WITH ORDINALITY AS n (printed, i),
	 flis_parse_overview(pg_temp.deck('Borger Månedligt April CPR-registret ' || printed), 2025)
ORDER BY i;

-- Where the source ends and the note begins: by the known source, by the note, by the line.
SELECT source, note
FROM unnest(ARRAY[
	'CPR-registret Ny leverandør er valgt.',
	E'CPR-\nregistret Ny leverandør er valgt.',
	'Et nyt register Kører efter planen',
	'Et nyt register (CPR) -',
	'- Vi afventer et nyt register.',
	'- -',
	'-',
	'',
	'Et nyt register (Den fælles database) Der er data fra i går.',
	'KMD og Danmarks Statistik Opdateringen er forsinket.',
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
	E'Der er lukket 3-\n\n4   dage.']) WITH ORDINALITY AS n (printed, i),
	 flis_parse_overview(pg_temp.deck('Borger Månedligt April CPR-registret ' || printed), 2025)
ORDER BY i;

-- Rows may come and go, and groups and areas that the deck has not had before.
INSERT INTO flis_area (area, name, aliases) VALUES ('sundhed', 'Sundhed', '{Sundhed og omsorg}');
SELECT area, data_through, source, note
FROM flis_parse_overview(pg_temp.deck('Velfærd', E'Sundhed\n\nog omsorg', 'Løbende April Ny kilde -', 'Nyt',
									  'Økonomi Kvartalsvis Marts Kommunernes økonomisystemer -',
									  'Beskæftigelse', 'YR Månedligt/årligt April YR Kører efter planen'),
						 2025);
SELECT count(*) FROM flis_parse_overview(NULL, 2025);
SELECT count(*) FROM flis_parse_overview(:'plain', NULL);

-- What is refused, with the line and its text.
SELECT pg_temp.complaint(deck, year)
FROM (VALUES
	('', 2025),
	('Opdateringsfrekvens' || E'\nAlle data opdateres månedligt. - April er ude.', 2025),
	('Oversigt pr. 30/6', 2025),
	('Dataområde Opdateringsfrekvens Data t.o.m. Kilde Drift' || E'\nBorger Månedligt April - -', 2025),
	(replace(pg_temp.deck('Borger Månedligt April - -'), '30/6', '31/6'), 2025),
	(replace(pg_temp.deck('Borger Månedligt April - -'), '30/6', '29/2'), 2025),
	(replace(pg_temp.deck('Borger Månedligt April - -'), '30/6', '30/6/2024'), 2025),
	(pg_temp.deck('Borger Månedligt April - -', 'Oversigt pr. 31/7', 'YR Månedligt April - -'), 2025),
	(pg_temp.deck('Borgere Månedligt April - -'), 2025),
	(pg_temp.deck('Borger Månedligt April - -', 'Nyt om', 'Klima Månedligt April - -'), 2025),
	(pg_temp.deck('Borger Månedligt April - -', 'KY Månedligt April KY -', 'Borger Månedligt April - -'), 2025),
	(pg_temp.deck('KRL Månedligt April - -', 'KRL Personale Månedligt April - -'), 2025),
	(pg_temp.deck('Borger Månedligt Aprill - -'), 2025),
	(pg_temp.deck('Borger Månedligt', 'KY Månedligt April KY -'), 2025),
	(pg_temp.deck('Borger Månedligt December 2025 - -'), 2025),
	(pg_temp.deck('Borger Månedligt December 24 CPR-registret -'), 2025),
	(pg_temp.deck('Borger Månedligt December (2023) CPR-registret -'), 2025),
	(pg_temp.deck('Borger Månedligt April og maj CPR-registret -'), 2025),
	(pg_temp.deck('Borger Månedligt April - Maj CPR-registret -'), 2025),
	(pg_temp.deck('Borger Månedligt April - -', 'KY Tit April KY -'), 2025),
	(pg_temp.deck('KP Månedligt April KP Kører efter planen', 'DFDG Tit - DFDG (STAR) Der er lukket.'), 2025),
	(pg_temp.deck('Borger Månedligt April - - Mere', 'KY Månedligt April KY -'), 2025),
	(pg_temp.deck('YR Månedligt April YR Kører efter planen', '* Der er lukket for adgang.'), 2025),
	(pg_temp.deck('YR Månedligt April YR Der er forsinkelser.', '* Der er lukket for adgang.'), 2025),
	(pg_temp.deck('YR Månedligt April YR Kører efter planen', 'Side 3 af 4'), 2025),
	(pg_temp.deck('YR Månedligt April YR', E'\fKører efter planen', 'KP Månedligt April KP -'), 2025),
	(pg_temp.deck('YR Månedligt April YR Kører efter planen', '1) Der er lukket for adgang.'), 2025),
	(pg_temp.deck('KP Månedligt April KP Der er fejl.', 'Klima Hver uge April Ny Kører efter planen',
				  'YR Månedligt April YR -'), 2025),
	(pg_temp.deck('KP Månedligt April KP Der er fejl.', 'Klima Hver uge April - -', 'YR Månedligt April YR -'), 2025),
	(pg_temp.deck('KP Månedligt April KP Kører efter planen', 'Sundhed og', 'Ældre Månedligt April - -'), 2025),
	(E'Oversigt pr. 30/6\nDataområde Opdateringsfrekvens Data t.o.m. Kilde\nBorger Månedligt April CPR-registret', 2025),
	(pg_temp.deck('Borger Månedligt April Nyt Register Ude Af Drift'), 2025),
	(E'Overblik pr. 30/6\nBorger Månedligt April - -\n' || pg_temp.deck('KY Månedligt April KY -'), 2025),
	(pg_temp.deck('Borger Månedligt April - -'), 25)) AS v (deck, year);

-- So is a deck with columns where a cell stands nowhere.
SELECT pg_temp.complaint(replace(:'layout', 'Borger        ', 'Borgere       ')),
	   pg_temp.complaint(replace(:'layout', 'DFDG           Månedligt   -', 'DFDG           Månedligt    ')),
	   pg_temp.complaint(replace(:'layout', 'KP             Månedligt   April', 'KP             Månedligt   Apri '));
SELECT flis_parse_overview(pg_temp.deck('Borgere Månedligt April - -'), 2025);

-- Nothing was stored.
SELECT count(*) FROM flis_status;
DROP EXTENSION flis;
