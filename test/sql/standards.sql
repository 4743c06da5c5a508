-- The areas in the words of DCAT-AP 3 and of the Open Data Contract Standard 3: the facts are those
-- of the other functions, the names those of the published vocabularies, and what nobody knows is
-- left out.  That a reader of RDF understands them is in test/tap/standards.pl.
CREATE EXTENSION flis;
SET datestyle = 'German, DMY'; -- which no date below may follow

-- A dataset whole, but for its context and description: by the rules November brings September on the 10th.
SELECT jsonb_pretty(dataset - '@context' - 'dct:description') AS borger
FROM flis_dcat_dataset('2025-11-10') WHERE area = 'borger';
-- The prefixes are those of the vocabularies, in every row.
SELECT key, value, count(*) FROM flis_dcat_dataset('2025-11-10'), jsonb_each_text(dataset -> '@context')
GROUP BY key, value ORDER BY key COLLATE "C";
-- The description is the explanation, in both languages.
SELECT count(*) AS areas, count(*) FILTER (WHERE dataset -> 'dct:description' = jsonb_build_array(
			jsonb_build_object('@language', 'da', '@value', flis_explain(area, '2025-11-10')),
			jsonb_build_object('@language', 'en', '@value', flis_explain(area, '2025-11-10', language => 'en')))) AS explained
FROM flis_dcat_dataset('2025-11-10');

CREATE FUNCTION facts(on_day date, channel text DEFAULT 'datapakke')
RETURNS TABLE (area text, title text, frequency text, data_through text, modified text, part_of text, source text, heading text)
LANGUAGE SQL AS $$
	SELECT area, dataset #>> '{dct:title,@value}',
		   substr(dataset #>> '{dct:accrualPeriodicity,@id}', length('http://publications.europa.eu/resource/authority/frequency/') + 1),
		   dataset #>> '{dct:temporal,dcat:endDate,@value}', dataset #>> '{dct:modified,@value}',
		   dataset #>> '{dct:isPartOf,@id}', dataset #>> '{dct:provenance,rdfs:label,@value}', dataset #>> '{dcat:keyword,@value}'
	FROM flis_dcat_dataset(on_day, channel)
$$;
-- KRL shows June (lag 4); so does DREAM, whose November cycle came on 27 October; STIL names no month and is
-- part of Skole; the Ukraine cube comes daily, and has no heading and no source.
SELECT * FROM facts('2025-11-10')
WHERE area IN ('krl_personale', 'dream', 'stil', 'ukraine', 'aeldre') ORDER BY area COLLATE "C";
-- The cubes of the 11th are still those of 12 October, with August.
SELECT area, data_through, modified FROM facts('2025-11-11', 'dap') WHERE area = 'borger';

-- What a deck said: KRL is a month ahead of its rule and VH one behind, both as of the releases of 10 June;
-- DFDG is closed, so that it has neither date.
INSERT INTO flis_status (as_of, area, data_through, state) VALUES
	('2025-06-30', 'krl_personale', '2025-02-28', 'on_schedule'), ('2025-06-30', 'vh', '2025-03-31', 'caveat'),
	('2025-06-30', 'dfdg', NULL, 'closed'), ('2025-06-30', 'stil', '2024-12-31', 'on_schedule');
SELECT area, frequency, data_through, modified FROM facts('2025-06-30')
WHERE area IN ('krl_personale', 'vh', 'dfdg', 'stil') ORDER BY area COLLATE "C";
-- A release that came late on the 14th is what was modified last; one that is cancelled is not.
SELECT FROM flis_record_release('aula', 'datapakke', '2025-11-01', '2025-11-14');
INSERT INTO flis_release (area, cycle, cancelled) VALUES ('ky', '2025-11-01', true);
SELECT area, data_through, modified FROM facts('2025-11-14')
WHERE area IN ('aula', 'borger', 'ky') ORDER BY area COLLATE "C";

-- From yearly to monthly: November came with the January cycle, December with February's.
INSERT INTO flis_area (area, name) VALUES ('skift', 'Skift');
INSERT INTO flis_rule (area, valid_from, frequency, lag, release_month)
VALUES ('skift', '2020-01-01', 'ANNUAL', 0, 3), ('skift', '2026-01-01', 'MONTHLY', 1, NULL);
SELECT day, data_through, modified FROM unnest('{2025-11-10,2026-01-10,2026-02-10}'::date[]) day, facts(day) WHERE area = 'skift' ORDER BY day;
DELETE FROM flis_rule WHERE area = 'skift';
DELETE FROM flis_area WHERE area = 'skift';

-- Over eight months: the end of the period is flis_data_through, and the newest release out is the calendar's.
SELECT count(*) > 4000 AS many,
	   count(*) FILTER (WHERE f.data_through IS DISTINCT FROM to_char(flis_data_through(f.area, d.day, c.channel), 'YYYY-MM-DD')) AS other_end,
	   count(*) FILTER (WHERE f.modified IS DISTINCT FROM to_char(r.day, 'YYYY-MM-DD')) AS other_release
FROM (SELECT day::date FROM generate_series(timestamp '2025-05-01', '2025-12-31', '3 days') day) d
	 CROSS JOIN unnest('{udlaesning,datapakke,dap}'::text[]) c (channel)
	 CROSS JOIN LATERAL facts(d.day, c.channel) f
	 LEFT JOIN LATERAL (SELECT l.area, max(coalesce(l.released_on, l.expected_on)) AS day
						FROM flis_release_calendar(d.day - 70, d.day, c.channel) l
						WHERE l.date_status <> 'cancelled' GROUP BY l.area) r
	 ON r.area = f.area AND f.data_through IS NOT NULL;

-- Names: from the classes Dataset, PeriodOfTime and ProvenanceStatement of DCAT-AP 3.0.1 (SEMIC), with the
-- identifier and the whole-part relation of DCMI terms, the label of RDFS and the keywords of JSON-LD 1.1.
CREATE TABLE vocabulary (name text, used_as text);
INSERT INTO vocabulary
SELECT unnest('{dct:title,dct:description,dct:identifier,dct:accrualPeriodicity,dct:temporal,dct:modified,dct:provenance,dct:isPartOf,
	dct:spatial,dct:issued,dct:publisher,dct:source,dct:relation,dct:accessRights,dct:conformsTo,dcat:keyword,dcat:theme,dcat:distribution,
	dcat:contactPoint,dcat:temporalResolution,dcat:startDate,dcat:endDate,rdfs:label,@context,@id,@type,@value,@language}'::text[]), 'name'
UNION ALL
SELECT unnest('{dcat:Dataset,dct:Frequency,dct:PeriodOfTime,dct:ProvenanceStatement,xsd:date}'::text[]), 'type'
UNION ALL
-- Codes of the EU's frequency authority table (Publications Office).
SELECT unnest('{ANNUAL,ANNUAL_2,ANNUAL_3,BIENNIAL,BIMONTHLY,BIWEEKLY,CONT,DAILY,DAILY_2,HOURLY,IRREG,MONTHLY,MONTHLY_2,MONTHLY_3,NEVER,
	OTHER,QUARTERLY,TRIENNIAL,UNKNOWN,UPDATE_CONT,WEEKLY,WEEKLY_2,WEEKLY_3}'::text[]), 'frequency'
UNION ALL
-- Names of an slaProperties object, and the recommended properties, in the Open Data Contract Standard 3.1.0 (Bitol).
SELECT unnest('{property,value,valueExt,unit,element,driver,description,scheduler,schedule}'::text[]), 'sla name'
UNION ALL
SELECT unnest('{availability,throughput,errorRate,generalAvailability,endOfSupport,endOfLife,retention,frequency,latency,timeToDetect,
	timeToNotify,timeToRepair}'::text[]), 'sla property';

-- Each frequency that a rule may have, as the constraint lists them, in an area of its own.  By 10 November
-- 2025, a Monday, the first half of 2025 came on 10 July, its third quarter on 10 October, its week 45, to
-- the 9th, on that day, and none of them later than ten days after its end.
INSERT INTO flis_area (area, name)
SELECT lower(f[1]), f[1] FROM regexp_matches((SELECT pg_get_constraintdef(oid) FROM pg_constraint
											  WHERE conname = 'flis_rule_frequency_is_known'), '''([A-Z_0-9]+)''', 'g') f;
INSERT INTO flis_rule (area, valid_from, frequency, lag, opens_day, closes_day)
SELECT lower(name), '2000-01-01', name, 0, own, own
FROM flis_area, LATERAL (SELECT CASE name WHEN 'WEEKLY' THEN 1 END AS own) o
WHERE area = lower(name) AND NOT shipped;
SELECT f.area, f.frequency, v.name IS NOT NULL AS published, o.sla_properties
FROM facts('2025-11-10') f JOIN flis_odcs_sla('2025-11-10') o ON o.area = f.area AND o.channel = 'datapakke'
	 LEFT JOIN vocabulary v ON v.name = f.frequency AND v.used_as = 'frequency'
WHERE f.area IN (SELECT area FROM flis_area WHERE NOT shipped) ORDER BY f.area COLLATE "C";

-- No name, type or code but those.
SELECT DISTINCT n.name, n.used_as
FROM (SELECT jsonb_path_query(dataset - '@context', 'strict $.** ? (@.type() == "object").keyvalue().key') #>> '{}' AS name, 'name' AS used_as
	  FROM flis_dcat_dataset('2025-11-10')
	  UNION ALL
	  SELECT jsonb_path_query(dataset, 'lax $.**."@type"') #>> '{}', 'type' FROM flis_dcat_dataset('2025-11-10')
	  UNION ALL
	  SELECT frequency, 'frequency' FROM facts('2025-11-10') WHERE frequency IS NOT NULL
	  UNION ALL
	  SELECT jsonb_object_keys(p), 'sla name' FROM flis_odcs_sla('2025-11-10'), jsonb_array_elements(sla_properties) p
	  UNION ALL
	  SELECT p ->> 'property', 'sla property' FROM flis_odcs_sla('2025-11-10'), jsonb_array_elements(sla_properties) p) n
EXCEPT SELECT name, used_as FROM vocabulary;

-- What may be relied on.  By hand, with the longest months between: Borger 31 + 10 days in data packages, 31 + 12
-- in cubes and 31 + 1 in the extract; KRL 31 + 31 + 30 + 31 + 10; DREAM 14 days less than that.  DFDG is closed, and
-- the year of STIL names no month.
SELECT area, channel, sla_properties FROM flis_odcs_sla('2025-11-10')
WHERE area = 'borger' OR channel = 'datapakke' AND area IN ('krl_personale', 'dream', 'dfdg', 'stil', 'ukraine')
ORDER BY area COLLATE "C", channel COLLATE "C";
-- A year's longest is the same whenever it begins.
SELECT area, min((p -> 'value')::integer) AS least, max((p -> 'value')::integer) AS most
FROM generate_series(date '2025-01-01', '2027-12-31', '17 days') day, flis_odcs_sla(day::date), jsonb_array_elements(sla_properties) p
WHERE p ->> 'property' = 'latency' AND channel = 'datapakke' AND area IN ('borger', 'krl_personale') GROUP BY area ORDER BY area COLLATE "C";
-- From 31 December 2025 to 10 September 2026 there are 253 days.
UPDATE flis_rule SET release_month = 9 WHERE area = 'stil';
SELECT jsonb_path_query(sla_properties, '$[*] ? (@.property == "latency")') AS stil
FROM flis_odcs_sla('2025-11-10') WHERE area = 'stil' AND channel = 'datapakke';
-- A postponement is no change of what may be relied on.  A rule is, once its first release, 10 June 2026, is less
-- than a year away: with July and August between, 31 + 31 + 10 days.
SELECT FROM flis_postpone_release('datapakke', '2025-12-01', '2025-12-20', 'New version');
INSERT INTO flis_rule (area, valid_from, lag) VALUES ('yr', '2026-06-01', 2);
SELECT day, jsonb_object_agg(area, p -> 'value')
FROM unnest('{2025-06-09,2025-11-10}'::date[]) day, flis_odcs_sla(day), jsonb_array_elements(sla_properties) p
WHERE p ->> 'property' = 'latency' AND channel = 'datapakke' AND area IN ('kp', 'yr') GROUP BY day ORDER BY day;

-- Registered tables: a row each, with the column that holds the period.
INSERT INTO flis_cube (cube, area, channel, period_column) VALUES
	('a.facts', 'vh', 'dap', 'month'), ('a."more Facts"', 'vh', 'dap', 'Period'), ('a.other', 'vh', 'datapakke', 'month');
SELECT channel, cube, sla_properties #>> '{0,element}' AS element, count(*) FROM flis_odcs_sla('2025-11-10') WHERE area = 'vh'
GROUP BY 1, 2, 3 ORDER BY channel COLLATE "C", cube COLLATE "C";

-- Names that would break out of a text, and one with nothing known beside it.
INSERT INTO flis_area (area, name, area_group, source) VALUES
	('hostile', E'"}]</script>\\u0000\\ \x01\t\n Æ\u00e9\U0001F600', E'\'"\\', E'%s"@da');
SELECT area, title = name AS titled, source = a_source AS sourced, heading = area_group AS headed, frequency, data_through
FROM facts('2025-11-10') JOIN (SELECT area, name, area_group, source AS a_source FROM flis_area) a USING (area) WHERE area = 'hostile';
SELECT area, sla_properties FROM flis_odcs_sla('2025-11-10') WHERE area = 'hostile' AND channel = 'dap';
SELECT count(*) AS "not the same when read again" FROM flis_dcat_dataset('2025-11-10') WHERE dataset::text::jsonb <> dataset;

-- The views are today's.
SELECT (SELECT count(*) FROM flis_dcat) = (SELECT count(*) FROM flis_coverage()) AS areas,
	   (SELECT count(*) FROM (TABLE flis_dcat EXCEPT SELECT * FROM flis_dcat_dataset(CURRENT_DATE)) d) AS datasets_differ,
	   (SELECT count(*) FROM (TABLE flis_odcs EXCEPT SELECT * FROM flis_odcs_sla(CURRENT_DATE)) d) AS slas_differ;

-- Everybody may ask.
CREATE ROLE regress_flis_catalogue;
SET ROLE regress_flis_catalogue;
SELECT (SELECT count(*) > 0 FROM flis_dcat) AS datasets, (SELECT count(*) > 0 FROM flis_odcs) AS slas;
RESET ROLE;
DROP ROLE regress_flis_catalogue;

-- The ends of the calendar, no days, and what is refused.
SELECT day, (SELECT count(*) = (SELECT count(*) FROM flis_area) FROM flis_dcat_dataset(day)) AS datasets,
	   (SELECT count(*) > 0 FROM flis_odcs_sla(day)) AS slas
FROM unnest('{0001-01-01,9999-12-31,-infinity,infinity,NULL}'::date[]) day;
\set VERBOSITY sqlstate
SELECT * FROM flis_dcat_dataset('2025-11-10', 'post');
SELECT * FROM flis_dcat_dataset('10000-01-01');
SELECT * FROM flis_odcs_sla('10000-01-01');
SELECT * FROM flis_odcs_sla('0001-12-31 BC');
\set VERBOSITY default

DROP EXTENSION flis;
DROP FUNCTION facts;
DROP TABLE vocabulary;
