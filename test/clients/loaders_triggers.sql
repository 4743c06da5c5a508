/*
 * loaders_triggers.sql
 *		The event triggers that let loaders drop guarded tables, as flis_keep_guards' comment has them.
 */
CREATE EVENT TRIGGER flis_lift_guards ON ddl_command_start
	WHEN TAG IN ('DROP TABLE', 'DROP MATERIALIZED VIEW', 'DROP FOREIGN TABLE', 'DROP VIEW',
				'ALTER TABLE')
	EXECUTE FUNCTION metadata.flis_keep_guards();
CREATE EVENT TRIGGER flis_restore_guards ON ddl_command_end
	WHEN TAG IN ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO', 'CREATE FOREIGN TABLE',
				'CREATE MATERIALIZED VIEW', 'CREATE VIEW', 'ALTER TABLE', 'ALTER FOREIGN TABLE',
				'ALTER MATERIALIZED VIEW', 'ALTER VIEW', 'ALTER SCHEMA', 'DROP TABLE')
	EXECUTE FUNCTION metadata.flis_keep_guards();
