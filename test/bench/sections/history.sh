# shellcheck shell=bash
#
# history: what a long history of decks costs: to load, at the first call, a row, and in memory.
#
# Each history is asked in a fresh session, by rows of its newest ten years.

measure_section() {
	local count span

	query -v rows="$rows" -f "$bench/sections/history.sql"
	for count in $history_areas; do
		for span in $history_years; do
			query -v areas="$count" -v years="$span" -v rows="$rows" -v rounds="$rounds" \
				-f "$bench/sections/history_one.sql"
		done
	done
	query <<-'SQL'
		SELECT areas, years, decks AS "status rows", round(load_ms::numeric) AS "load, ms",
			   round((load_ms * 1000 / decks)::numeric, 1) AS "load, us a row",
			   round((load_ms / plain_ms)::numeric, 2) AS "of a plain table's",
			   round(first_ms::numeric, 2) AS "first call, ms",
			   round(all_ms::numeric, 1) AS "first call of every area, ms",
			   round(ns::numeric, 1) AS "ns a row above the bare scan",
			   round(of_date_trunc::numeric, 2) AS "of date_trunc",
			   pg_size_pretty(bytes) AS "cache after the rows"
		FROM history ORDER BY areas, years;
		INSERT INTO bar
		SELECT row_number() OVER (ORDER BY areas, years), areas || ' areas, ' || years || ' years',
			   ns, 'ns a row above the bare scan'
		FROM history;
	SQL
}
