-- Every code that people meet has a label in Danish and in English, all from one table.
CREATE EXTENSION flis;
\pset format unaligned
\pset tuples_only on

SELECT kind, code, danish, english FROM flis_label ORDER BY kind, position;

-- None is missing, and none has a second one.
SELECT count(*) FROM flis_label WHERE danish = '' OR english = '' OR danish IS NULL OR english IS NULL;
SELECT kind, code FROM flis_label GROUP BY 1, 2 HAVING count(*) > 1;

-- The codes are those that the tables accept: each CHECK that lists codes accepts the labels' and, as
-- it has as many, no others.
CREATE FUNCTION listed(constraint_name text) RETURNS text[] LANGUAGE sql RETURN
	(SELECT array_agg(match[1] ORDER BY match[1] COLLATE "C")
	 FROM pg_constraint, regexp_matches(pg_get_constraintdef(oid), '''([A-Za-z_0-9]+)''', 'g') match
	 WHERE conname = constraint_name);
SELECT kind, array_agg(code ORDER BY code COLLATE "C") = listed(of_table) AS same
FROM flis_label
JOIN (VALUES ('frequency', 'flis_rule_frequency_is_known'),
			 ('business_day', 'flis_rule_business_day_is_known'),
			 ('state', 'flis_status_state_is_known'),
			 ('notice_kind', 'flis_notice_kind_is_known')) t (kind, of_table) USING (kind)
GROUP BY kind, of_table ORDER BY kind;

-- A channel is shown by the name of its version in force, before all of them by the first, and in English
-- by the English one if it has one; all find it.
BEGIN;
INSERT INTO flis_channel (channel, name, opens_day, closes_day, position) VALUES ('fil', 'Fil på øen', 5, 5, 4);
INSERT INTO flis_channel (channel, valid_from, name, english_name, opens_day, closes_day, position) VALUES
	('dap', '2025-01-01', 'Terning', 'Cube', 10, 12, 3), ('dap', '9999-01-01', 'Later', NULL, 10, 12, 3),
	('stream', '9998-01-01', 'Strøm', 'Stream', 1, 1, 5), ('stream', '9999-01-01', 'Flod', 'River', 1, 1, 5);
SELECT code, danish, english FROM flis_label WHERE kind = 'channel' ORDER BY position;
SELECT flis_explain('borger', '2025-11-12', channel, language)
FROM unnest('{fil på øen,Data Package,cube}'::text[]) channel, unnest('{da,en}'::text[]) language;
ROLLBACK;

DROP FUNCTION listed(text);
DROP EXTENSION flis;
