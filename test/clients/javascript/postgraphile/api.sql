/*
 * api.sql
 *		A schema that PostGraphile shows as it is: what is asked of flis, as a view and a function of the
 *		warehouse's own.
 */
CREATE SCHEMA api;
CREATE VIEW api.coverage AS
	SELECT area, name, data_through, state, complete, next_release, notices
	FROM metadata.flis_coverage_today WHERE channel = 'datapakke';
COMMENT ON VIEW api.coverage IS E'@primaryKey area\nHow far each area reaches today.';
COMMENT ON COLUMN api.coverage.data_through IS 'Last day that may be shown.';

CREATE FUNCTION api.data_through(area text, on_day date DEFAULT CURRENT_DATE) RETURNS date
	LANGUAGE SQL STABLE RETURN metadata.flis_data_through(area, on_day);
COMMENT ON FUNCTION api.data_through(text, date) IS 'Last day that may be shown.';

CREATE VIEW api.borger AS SELECT 'borger' AS area, b.* FROM reports.borger b;
COMMENT ON VIEW api.borger IS E'@foreignKey (area) references coverage (area)\nThe guarded facts.';

GRANT USAGE ON SCHEMA api TO analyst;
GRANT SELECT ON api.coverage, api.borger TO analyst;
