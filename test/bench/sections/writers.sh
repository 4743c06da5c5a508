# shellcheck shell=bash
#
# writers: what four readers lose while a hundred statements a second change flis_status; next to as
# many statements that change another table, which cost the machine as much but no reader anything.

measure_section() {
	local round reader writer rate written background
	local -A readers writers
	local rates='' kinds='quiet other_table flis_status'

	query -v rows="$((rows / 30))" -f "$bench/facts.sql"
	query -c 'CREATE TABLE other_status (LIKE flis_status INCLUDING ALL);
		INSERT INTO other_status SELECT * FROM flis_status'

	readers[one row]=$(printf '\\set i random(0, 3652)\nSELECT %s;\n' \
		"flis_data_through('borger', date '2015-07-01' + :i::integer)" | write_file one.pgbench)
	readers[scan]=$(printf 'SELECT count(flis_data_through(area, d)) FROM facts;\n' |
		write_file scan.pgbench)
	for writer in flis_status other_status; do
		writers[$writer]=$(printf '\\set i random(1, 1000000)\nUPDATE %s SET note = :i::text %s;\n' \
			$writer "WHERE area = 'borger' AND as_of = '2025-06-30'" | write_file $writer.pgbench)
	done
	writers[other_table]=${writers[other_status]}

	for ((round = 1; round <= few_rounds; round++)); do
		for reader in "${!readers[@]}"; do
			for writer in $kinds; do
				written=$flis_scratch/written
				background=
				if [ "$writer" != quiet ]; then
					pgbench_rate "${writers[$writer]}" -M prepared -c 1 -R 100 \
						-T $((seconds + 1)) >"$written" &
					background=$!
					sleep 0.5
				else
					echo 0 >"$written"
				fi
				rate=$(pgbench_rate "${readers[$reader]}" -M prepared -c 4 -T "$seconds")
				[ -z "$background" ] || wait "$background"
				rates+="$reader	$writer	$round	$rate	$(cat "$written")"$'\n'
			done
		done
	done

	query -c 'CREATE TABLE rate (reader text, writer text, round integer, tps float8, written float8)'
	printf '%s' "$rates" | query -c '\copy rate FROM pstdin'
	query <<-'SQL'
		CREATE VIEW reader_rate AS
		SELECT r.reader, r.writer,
			   percentile_cont(0.5) WITHIN GROUP (ORDER BY r.tps) AS tps,
			   percentile_cont(0.5) WITHIN GROUP (ORDER BY r.tps / q.tps) AS ratio,
			   percentile_cont(0.5) WITHIN GROUP (ORDER BY r.written) AS written
		FROM rate r JOIN rate q ON q.reader = r.reader AND q.round = r.round AND q.writer = 'quiet'
		GROUP BY r.reader, r.writer;
		SELECT reader AS "four readers", writer AS "the writer changes",
			   round(written::numeric) AS "changes a second",
			   round(tps::numeric) AS "median, statements a second",
			   round(ratio::numeric, 3) AS "of the quiet ones"
		FROM reader_rate
		ORDER BY reader, writer <> 'quiet', writer;
		INSERT INTO bar
		SELECT row_number() OVER (ORDER BY reader, writer), reader || ', ' || writer, tps,
			   'statements a second by four readers'
		FROM reader_rate;
	SQL
}
