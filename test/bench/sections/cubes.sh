# shellcheck shell=bash
#
# cubes: flis_check_cubes over twenty fact tables with an index on the period, next to twenty statements
# that ask for the newest period alone; over one table without an index, next to a sequential scan; and
# flis_coverage and flis_status_page next to a hundred statements that ask for nothing.

cubes=20

measure_section() {
	local round kind rates=''
	local -A scripts=()

	query -v rows="$cube_rows" -v few_rounds="$few_rounds" -f "$bench/sections/cubes_pass.sql"
	query -v rows="$cube_rows" -v cubes=$cubes -f "$bench/sections/cubes_tables.sql"

	scripts[check]=$(printf 'SELECT count(*) FROM flis_check_cubes(%s);\n' "'2025-11-20'" |
		write_file check.pgbench)
	scripts[newest]=$(for ((cube = 1; cube <= cubes; cube++)); do
		echo "SELECT max(month) FROM cube_$cube;"
	done | write_file newest.pgbench)
	measure_checks 'all municipalities, in turn'
	query -c "CALL skew($cubes)"
	measure_checks 'the smallest has one row in three thousand'
	query -c "CALL leave_out($cubes)"
	measure_checks 'one is missing in the newest month'
	query -c "CALL create_pair_indexes($cubes)"
	measure_checks 'one is missing, index on month and municipality'
	query -c 'UPDATE flis_cube SET municipality_column = NULL'
	measure_checks 'by number of rows'
	query <<-'SQL'
		CREATE VIEW check_cost AS
		SELECT min(c.place) AS place, c.kind,
			   percentile_cont(0.5) WITHIN GROUP (ORDER BY 1000 / c.tps) AS ms,
			   percentile_cont(0.5) WITHIN GROUP (ORDER BY 1000 / n.tps) AS newest_ms,
			   percentile_cont(0.5) WITHIN GROUP (ORDER BY n.tps / c.tps) AS ratio
		FROM rate c JOIN rate n USING (kind, round)
		WHERE c.name = 'check' AND n.name = 'newest'
		GROUP BY c.kind;
		SELECT kind AS "20 tables with an index on the month", round(newest_ms::numeric, 2) AS "20 times max(month), ms",
			   round(ms::numeric, 2) AS "flis_check_cubes, ms", round(ratio::numeric, 1) AS "times"
		FROM check_cost ORDER BY place;
		INSERT INTO bar SELECT place, kind, ratio, 'times as long as 20 statements that ask for max(month)' FROM check_cost;
	SQL

	query -c 'DELETE FROM flis_cube'
	scripts[flis_coverage]=$(printf 'SELECT count(*) FROM flis_coverage(%s);\n' "'2025-11-20'" |
		write_file coverage.pgbench)
	scripts[flis_status_page]=$(printf 'SELECT flis_status_page(%s);\n' "'2025-11-20'" |
		write_file page.pgbench)
	scripts[nothing]=$(for ((cube = 1; cube <= 100; cube++)); do
		echo 'SELECT 1;'
	done | write_file nothing.pgbench)
	for ((round = 1; round <= few_rounds; round++)); do
		for kind in flis_coverage flis_status_page nothing; do
			rates+="$kind	$round	$(pgbench_rate "${scripts[$kind]}" -T "$seconds")"$'\n'
		done
	done
	query -c 'CREATE TABLE listing_rate (name text, round integer, tps float8)'
	printf '%s' "$rates" | query -c '\copy listing_rate FROM pstdin'
	query <<-'SQL'
		SELECT l.name AS "all areas", round(percentile_cont(0.5) WITHIN GROUP (ORDER BY 1000 / n.tps)::numeric, 2) AS "100 times SELECT 1, ms",
			   round(percentile_cont(0.5) WITHIN GROUP (ORDER BY 1000 / l.tps)::numeric, 2) AS "ms",
			   round(percentile_cont(0.5) WITHIN GROUP (ORDER BY n.tps / l.tps)::numeric, 2) AS "times"
		FROM listing_rate l JOIN listing_rate n USING (round)
		WHERE l.name <> 'nothing' AND n.name = 'nothing'
		GROUP BY l.name ORDER BY l.name;
	SQL
}

# measure_checks: measure flis_check_cubes, and the statements that ask for the newest periods, in turn;
# the argument is what is measured.
measure_checks() {
	local round name rates=''

	for ((round = 1; round <= few_rounds; round++)); do
		for name in check newest; do
			rates+="$1	$round	$name	$(pgbench_rate "${scripts[$name]}" -T "$seconds")"$'\n'
		done
	done
	printf '%s' "$rates" | query -c '\copy rate (kind, round, name, tps) FROM pstdin'
}
