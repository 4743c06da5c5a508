# use_r.R: use flis from R, as statisticians do: RPostgreSQL fetches, dbplyr writes the SQL.
suppressMessages({
	library(DBI)
	library(RPostgreSQL)
	library(dplyr)
	library(dbplyr)
})

# expect: print whether R got what it should.
expect <- function(what, got, wanted) {
	if (isTRUE(all.equal(got, wanted))) {
		cat("ok ", what, "\n", sep = "")
	} else {
		cat("FAILED ", what, ": ", deparse(got)[1], ", not ", deparse(wanted)[1], "\n", sep = "")
	}
}

connection <- dbConnect(PostgreSQL(),
	host = Sys.getenv("PGHOST"), port = as.integer(Sys.getenv("PGPORT")), dbname = Sys.getenv("PGDATABASE"),
	user = Sys.getenv("PGUSER"), password = Sys.getenv("PGPASSWORD"),
	options = "-c search_path=metadata -c client_encoding=UTF8")
ask <- function(statement) dbGetQuery(connection, statement)

# A guarded view, summed by R and by SQL.
view <- ask("SELECT * FROM reports.borger")
sql <- ask("SELECT max(month) AS month, count(*) AS rows, sum(inhabitants)::float8 AS inhabitants FROM facts.borger
	WHERE month <= flis_data_through('borger', CURRENT_DATE, 'dap')")
expect("a guarded view, summed here and in SQL",
	list(max(view$month), nrow(view), sum(view$inhabitants)), list(sql$month, as.integer(sql$rows), sql$inhabitants))
expect("days are dates", class(view$month), "Date")

# The months of the year to date, by the verbs of dplyr, which dbplyr writes as SQL.
ytd <- tbl(connection, sql("SELECT * FROM flis_months('borger', '2025-11-10')")) %>%
	filter(in_ytd) %>%
	arrange(month) %>%
	collect()
expect("flis_months: the year to date", format(range(ytd$month)), c("2025-01-01", "2025-09-01"))
expect("flis_months: flags are logical", class(ytd$covered), "logical")
months <- ask("SELECT * FROM flis_months('borger', '2025-11-10')")
expect("flis_months: last year's, and the last twelve",
	format(c(range(months$month[months$in_ytd_last_year]), range(months$month[months$in_last_12]))),
	c("2024-01-01", "2024-09-01", "2024-10-01", "2025-09-01"))
today <- tbl(connection, "flis_months_today") %>%
	filter(area == "borger", channel == "datapakke", covered) %>%
	summarise(newest = max(last_day, na.rm = TRUE)) %>%
	collect()
expect("flis_months_today, as a table", today$newest,
	ask("SELECT (date_trunc('month', (flis_data_through('borger') + 1)::timestamp) - interval '1 day')::date AS day")$day)

# A closed area is no day, and the name of an area may be written with its own letters.
expect("a closed area", is.na(ask("SELECT flis_data_through('dfdg', '2025-11-10') AS day")$day), TRUE)
expect("a Danish name", format(ask("SELECT flis_data_through('\u00c6ldre', '2025-11-10') AS day")$day), "2025-09-30")

# RPostgreSQL prints an error, with its hint, warns and goes on; R keeps the text, without the SQLSTATE.
invisible(suppressWarnings(ask("SELECT flis_data_through('aeldr')")))
expect("an error's message and hint",
	c(grepl('unknown area "aeldr"', geterrmessage(), fixed = TRUE), grepl("aeldre", geterrmessage(), fixed = TRUE)),
	c(TRUE, TRUE))
invisible(dbDisconnect(connection))
