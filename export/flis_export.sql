/*
 * flis_export.sql
 *		Write how far all areas reach, and the analyst's months, for where there is no flis.
 *
 *	psql -d DATABASE [-v from=DAY] [-v until=DAY] [-v on_day=DAY] [-v directory=FOLDER]
 *		 -f "$(pg_config --sharedir)/extension/flis_export.sql"
 *
 * writes into the folder, by default the current one:
 *
 *	flis_horizon.csv	flis_horizon() of all channels, from 1 January of last year to 31 December of
 *						next year, or from and until the days that are given
 *	flis_months.csv		flis_months() of all areas and channels today, or on on_day
 *	flis_export.sql		the same as two tables, in what SQLite, DuckDB, SQL Server and PostgreSQL share
 *
 * flis has to be in the schema that the session finds: PGOPTIONS='-c search_path=SCHEMA'.  What was written
 * is what is known today, or was at flis.known_at where that is set; write it anew after each deck and each
 * change.  Flags are 1 and 0.
 */
\set ON_ERROR_STOP on
\set QUIET on
SET client_encoding = 'UTF8';
SET datestyle = 'ISO, YMD';

\if :{?directory}
\cd :directory
\endif
\if :{?from}
\else
SELECT make_date(extract(year FROM CURRENT_DATE)::integer - 1, 1, 1) AS from \gset
\endif
\if :{?until}
\else
SELECT make_date(extract(year FROM CURRENT_DATE)::integer + 1, 12, 31) AS until \gset
\endif
\if :{?on_day}
\else
SELECT CURRENT_DATE AS on_day \gset
\endif

-- One snapshot for all of it, which a standby has, too.
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
COPY (SELECT h.area, k.channel, h.valid_from, h.valid_until, h.data_through, h.next_release, h.basis
	  FROM (SELECT DISTINCT channel FROM flis_known_channel() WHERE NOT retired) k,
		   flis_horizon(:'from', :'until', k.channel) h
	  ORDER BY h.area COLLATE "C", k.channel COLLATE "C", h.valid_from)
TO STDOUT (FORMAT csv, HEADER) \g flis_horizon.csv
COPY (SELECT a.area, k.channel, m.month, m.last_day, m.covered::integer, m.in_ytd::integer,
			 m.in_ytd_last_year::integer, m.in_last_12::integer
	  FROM (SELECT DISTINCT channel FROM flis_known_channel() WHERE NOT retired) k, flis_known_area() a,
		   flis_months(a.area, :'on_day', k.channel) m
	  WHERE NOT a.retired
	  ORDER BY a.area COLLATE "C", k.channel COLLATE "C", m.month)
TO STDOUT (FORMAT csv, HEADER) \g flis_months.csv

\pset format unaligned
\pset tuples_only on
\o flis_export.sql
SELECT format('-- flis, written on %s: the days from %s to %s, the months on %s.', CURRENT_DATE,
			  date :'from', date :'until', date :'on_day');
\qecho DROP TABLE IF EXISTS flis_horizon;
\qecho DROP TABLE IF EXISTS flis_months;
\qecho 'CREATE TABLE flis_horizon ('
\qecho '	area varchar(200) NOT NULL,'
\qecho '	channel varchar(200) NOT NULL,'
\qecho '	valid_from date NOT NULL,'
\qecho '	valid_until date NOT NULL,'
\qecho '	data_through date,'
\qecho '	next_release date,'
\qecho '	basis varchar(20) NOT NULL,'
\qecho '	PRIMARY KEY (area, channel, valid_from)'
\qecho ');'
\qecho 'CREATE TABLE flis_months ('
\qecho '	area varchar(200) NOT NULL,'
\qecho '	channel varchar(200) NOT NULL,'
\qecho '	month date NOT NULL,'
\qecho '	last_day date NOT NULL,'
\qecho '	covered integer NOT NULL,'
\qecho '	in_ytd integer NOT NULL,'
\qecho '	in_ytd_last_year integer NOT NULL,'
\qecho '	in_last_12 integer NOT NULL,'
\qecho '	PRIMARY KEY (area, channel, month)'
\qecho ');'
\qecho 'BEGIN TRANSACTION;'
-- SQL Server takes 1,000 rows in one INSERT.
SELECT format(E'INSERT INTO flis_horizon VALUES\n%s;', string_agg(row, E',\n' ORDER BY n))
FROM (SELECT row_number() OVER (ORDER BY h.area COLLATE "C", k.channel COLLATE "C", h.valid_from) AS n,
			 format('(%L, %L, %L, %L, %L, %L, %L)', h.area, k.channel, h.valid_from, h.valid_until,
					h.data_through, h.next_release, h.basis) AS row
	  FROM (SELECT DISTINCT channel FROM flis_known_channel() WHERE NOT retired) k,
		   flis_horizon(:'from', :'until', k.channel) h) r
GROUP BY (n - 1) / 500 ORDER BY (n - 1) / 500;
SELECT format(E'INSERT INTO flis_months VALUES\n%s;', string_agg(row, E',\n' ORDER BY n))
FROM (SELECT row_number() OVER (ORDER BY a.area COLLATE "C", k.channel COLLATE "C", m.month) AS n,
			 format('(%L, %L, %L, %L, %s, %s, %s, %s)', a.area, k.channel, m.month, m.last_day,
					m.covered::integer, m.in_ytd::integer, m.in_ytd_last_year::integer,
					m.in_last_12::integer) AS row
	  FROM (SELECT DISTINCT channel FROM flis_known_channel() WHERE NOT retired) k, flis_known_area() a,
		   flis_months(a.area, :'on_day', k.channel) m
	  WHERE NOT a.retired) r
GROUP BY (n - 1) / 500 ORDER BY (n - 1) / 500;
\qecho 'COMMIT;'
\o
COMMIT;
