# shellcheck shell=bash
#
# statement: what a statement of one row costs with pgbench, in a PL/pgSQL loop, as the first one of a
# connection and as the first one after a change.

measure_section() {
	local round name mode clients rate
	local -A expressions=(
		[constant]="date '2015-07-01' + :i::integer"
		[date_trunc]="date_trunc('month', date '2015-07-01' + :i::integer)"
		[flis_data_through]="flis_data_through('borger', date '2015-07-01' + :i::integer)"
		[a function of an empty extension]="bench_limit('borger', date '2015-07-01' + :i::integer)"
		[plain SELECTs over the same tables]="$(plain_selects)"
	)
	local -A scripts=()
	local rates=

	for name in "${!expressions[@]}"; do
		scripts[$name]=$(printf '\\set i random(0, 3652)\nSELECT %s;\n' "${expressions[$name]}" |
			write_file "${name// /_}.pgbench")
	done
	for ((round = 1; round <= few_rounds; round++)); do
		for clients in 1 8; do
			for mode in prepared simple; do
				for name in constant date_trunc flis_data_through; do
					rate=$(pgbench_rate "${scripts[$name]}" -M $mode -c $clients -T "$seconds")
					rates+="$mode statement	$clients	$name	$rate"$'\n'
				done
			done
		done
		for name in "${!expressions[@]}"; do
			rate=$(pgbench_rate "${scripts[$name]}" -C -c 1 -T "$seconds")
			rates+="statement of a new connection	1	$name	$rate"$'\n'
		done
	done

	query -c 'CREATE TABLE rate (kind text, clients integer, name text, tps float8)'
	printf '%s' "$rates" | query -c '\copy rate FROM pstdin'
	query -v rounds="$rounds" -v calls=$((rows / 30)) -f "$bench/sections/statement.sql"
	for ((round = 1; round <= 10 * few_rounds; round++)); do
		printf '\\c\nCALL time_first();\n'
	done | query
	query <<-'SQL'
		SELECT kind AS "first call",
			   round(percentile_cont(0.5) WITHIN GROUP (ORDER BY us)::numeric, 1) AS "median, us"
		FROM first_call GROUP BY place, kind ORDER BY place;
	SQL
}

# plain_selects: what a first call reads, as sub-selects.
plain_selects() {
	local table

	for table in generation area channel; do
		printf '(SELECT count(*) FROM flis_%s), ' "$table"
	done
	for table in rule release status notice; do
		printf "(SELECT count(*) FROM flis_%s WHERE area = 'borger'), " "$table"
	done
	echo ':i'
}
