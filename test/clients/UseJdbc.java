/*
 * UseJdbc.java
 *		Uses flis through PostgreSQL's JDBC driver, as Tableau, DBeaver and Metabase do.
 */
import java.sql.*;
import java.time.LocalDate;
import java.util.*;
import org.postgresql.PGStatement;
import org.postgresql.util.PSQLException;

public class UseJdbc
{
	/* A notice of fixture.sql as it was written. */
	static final String NOTICE = "Blåbærgrød: æøå ÆØÅ, \"citat\", 'apostrof', 100 % og 5 €";
	/* After so many executions the driver lets the server prepare a statement. */
	static final int THRESHOLD = 5;

	public static void main(String[] arguments) throws Exception
	{
		try (Connection analyst = connect("analyst"); Connection loader = connect("loader"))
		{
			listTables(analyst.getMetaData());
			listFunctions(analyst.getMetaData());
			passParameters(analyst);
			passArrays(analyst);
			readListings(analyst);
			readEndsOfTime(analyst);
			readErrors(analyst);
			readAfterChange(analyst, loader);
		}
	}

	/* connect logs in as one of the two roles. */
	static Connection connect(String role) throws Exception
	{
		return DriverManager.getConnection(String.format("jdbc:postgresql://%s:%s/%s",
				System.getenv("PGHOST"), System.getenv("PGPORT"), System.getenv("PGDATABASE")),
			role, System.getenv("PGPASSWORD"));
	}

	/* expect prints whether the driver gave what it should. */
	static void expect(String what, Object got, Object wanted)
	{
		if (Objects.equals(got, wanted))
			System.out.println("ok " + what);
		else
			System.out.println("FAILED " + what + ": " + got + ", not " + wanted);
	}

	/* rows reads columns of a result, one text a row. */
	static List<String> rows(ResultSet result, String... columns) throws Exception
	{
		List<String> rows = new ArrayList<>();

		while (result.next())
		{
			List<String> row = new ArrayList<>();

			for (String column : columns)
				row.add(result.getString(column));
			rows.add(String.join(" | ", row));
		}
		return rows;
	}

	/* listTables looks at what a tool offers to choose from: tables, views, columns, and what they mean. */
	static void listTables(DatabaseMetaData catalog) throws Exception
	{
		List<String> relations = rows(catalog.getTables(null, "metadata", "flis\\_%", new String[] {"TABLE", "VIEW"}),
			"TABLE_TYPE", "TABLE_NAME", "REMARKS");
		List<String> silent = new ArrayList<>();

		expect("getTables: a table with its comment",
			relations.contains("TABLE | flis_municipality | The 98 municipalities of Denmark. Christiansø (411) is not one."), true);
		expect("getTables: a view with its comment",
			relations.contains("VIEW | flis_oversigt | Dataområder i dag: statusoversigtens tabel, beregnet for dags dato (datapakker)."), true);
		for (String relation : relations)
			if (relation.endsWith("null"))
				silent.add(relation);
		expect("getTables: each has a comment", silent, List.of());

		silent.clear();
		for (String column : rows(catalog.getColumns(null, "metadata", "flis\\_%", null), "TABLE_NAME", "COLUMN_NAME", "REMARKS"))
			if (column.endsWith("null") && !column.contains("_seq | ") && !column.contains("_pkey | "))
				silent.add(column);
		expect("getColumns: each has a comment", silent, List.of());
		expect("getColumns: names, types and comments",
			rows(catalog.getColumns(null, "metadata", "flis_reporting_today", "m%"), "COLUMN_NAME", "TYPE_NAME", "DATA_TYPE", "REMARKS"),
			List.of("municipality | int2 | " + Types.SMALLINT + " | Code of the municipality.",
				"missing | bool | " + Types.BIT + " | Is it expected, and there are none?"));
		expect("getColumns: names with Danish letters and full stops",
			rows(catalog.getColumns(null, "metadata", "flis_oversigt", null), "COLUMN_NAME"),
			List.of("Dataområde", "Opdateringsfrekvens", "Data t.o.m.", "Kilde", "Drift"));
		expect("getColumns: a default, and whether NULL may be written",
			rows(catalog.getColumns(null, "metadata", "flis_rule", "lag"), "COLUMN_DEF", "IS_NULLABLE"), List.of("1 | NO"));
		expect("getPrimaryKeys", rows(catalog.getPrimaryKeys(null, "metadata", "flis_release"), "COLUMN_NAME"),
			List.of("area", "channel", "cycle"));
		expect("getColumns: a guarded view has its table's comments",
			rows(catalog.getColumns(null, "reports", "borger", "month"), "TYPE_NAME", "REMARKS"), List.of("date | First day of the month."));
	}

	/* listFunctions looks at functions, their arguments and what they return. */
	static void listFunctions(DatabaseMetaData catalog) throws Exception
	{
		List<String> silent = new ArrayList<>();
		List<String> functions = rows(catalog.getFunctions(null, "metadata", "flis\\_%"), "FUNCTION_NAME", "FUNCTION_TYPE", "REMARKS");

		for (String function : functions)
			if (function.endsWith("null"))
				silent.add(function);
		expect("getFunctions: each has a comment", silent, List.of());
		expect("getFunctions: one that returns a value",
			functions.stream().filter(f -> f.startsWith("flis_common_through | " + DatabaseMetaData.functionNoTable)).count(), 1L);
		expect("getFunctions: one that returns a table",
			functions.stream().filter(f -> f.startsWith("flis_coverage | " + DatabaseMetaData.functionReturnsTable)).count(), 1L);
		expect("getFunctionColumns: arguments and what is returned",
			rows(catalog.getFunctionColumns(null, "metadata", "flis_common_through", null), "COLUMN_NAME", "COLUMN_TYPE", "TYPE_NAME"),
			List.of("returnValue | " + DatabaseMetaData.functionReturn + " | date", "areas | " + DatabaseMetaData.functionColumnIn + " | _text",
				"on_day | " + DatabaseMetaData.functionColumnIn + " | date", "channel | " + DatabaseMetaData.functionColumnIn + " | text"));
		expect("getFunctionColumns: the columns of a table",
			rows(catalog.getFunctionColumns(null, "metadata", "flis_overview", null), "COLUMN_NAME", "TYPE_NAME"),
			List.of("on_day | date", "channel | text", "language | text", "area_name | text", "frequency | text", "data_through | text",
				"source | text", "operation | text"));
	}

	/* passParameters gives a text and a day in each of the ways that there are, before and after the server
	   has prepared the statement. */
	static void passParameters(Connection analyst) throws Exception
	{
		try (PreparedStatement ask = analyst.prepareStatement("SELECT metadata.flis_data_through(?, ?, ?)"))
		{
			Set<Object> answers = new HashSet<>();

			for (int i = 0; i < 2 * THRESHOLD; i++)
			{
				ask.setString(1, "ÆLDRE");
				if (i % 2 == 0)
					ask.setDate(2, java.sql.Date.valueOf("2025-11-14"));
				else
					ask.setObject(2, LocalDate.of(2025, 11, 14));
				ask.setString(3, "dap");
				answers.add(answer(ask));
			}
			expect("parameters: a text with Danish letters, and a day", answers, Set.of(LocalDate.of(2025, 9, 30)));
			expect("parameters: the server has prepared the statement", ask.unwrap(PGStatement.class).isUseServerPrepare(), true);

			ask.setNull(2, Types.DATE);
			expect("parameters: NULL", answer(ask), null);
			ask.setString(1, "dfdg");
			ask.setObject(2, LocalDate.of(2025, 6, 30));
			ask.setString(3, "datapakke");
			expect("a closed area is NULL", answer(ask), null);
		}
		try (PreparedStatement ask = analyst.prepareStatement(
				"SELECT count(*) FROM facts.borger WHERE metadata.flis_is_available(?, month, ?)"))
		{
			ask.setString(1, "borger");
			ask.setObject(2, LocalDate.of(1999, 1, 1));
			try (ResultSet result = ask.executeQuery())
			{
				result.next();
				expect("parameters of an inlined function", result.getLong(1), 0L);
			}
		}
	}

	/* answer runs a statement that gives one day. */
	static LocalDate answer(PreparedStatement ask) throws Exception
	{
		try (ResultSet result = ask.executeQuery())
		{
			LocalDate day;

			result.next();
			day = result.getObject(1, LocalDate.class);
			return day;
		}
	}

	/* passArrays gives an array of texts and reads one. */
	static void passArrays(Connection analyst) throws Exception
	{
		try (PreparedStatement ask = analyst.prepareStatement("SELECT metadata.flis_common_through(?, ?)"))
		{
			ask.setArray(1, analyst.createArrayOf("text", new String[] {"Økonomi", "krl_personale"}));
			ask.setObject(2, LocalDate.of(2025, 6, 30));
			expect("arrays: an argument", answer(ask), LocalDate.of(2025, 2, 28));
		}
		try (PreparedStatement ask = analyst.prepareStatement("SELECT aliases FROM metadata.flis_area WHERE area = ?"))
		{
			ask.setString(1, "fsiii");
			try (ResultSet result = ask.executeQuery())
			{
				result.next();
				expect("arrays: a result", List.of((String[]) result.getArray(1).getArray()), List.of("FS III", "Fælles Sprog III"));
			}
		}
	}

	/* readListings reads a listing as a table, and each view to its end. */
	static void readListings(Connection analyst) throws Exception
	{
		try (PreparedStatement ask = analyst.prepareStatement(
				"SELECT c.* FROM metadata.flis_coverage(?, ?) c WHERE c.area = ?"))
		{
			ask.setDate(1, java.sql.Date.valueOf("2025-06-30"));
			ask.setString(2, "datapakke");
			ask.setString(3, "krl_personale");
			try (ResultSet result = ask.executeQuery())
			{
				ResultSetMetaData columns = result.getMetaData();

				result.next();
				expect("a listing in FROM: its row", List.of(result.getString("name"), result.getDate("data_through").toString(),
					result.getObject("expected", LocalDate.class), result.getInt("periods_ahead"), result.getObject("complete") == null),
					List.of("KRL Personale", "2025-02-28", LocalDate.of(2025, 1, 31), 1, true));
				expect("a listing in FROM: its types", List.of(columns.getColumnTypeName(1), columns.getColumnClassName(5),
					columns.getColumnTypeName(9), columns.getColumnClassName(14)), List.of("text", "java.sql.Date", "bool", "java.lang.Integer"));
			}
		}
		try (Statement ask = analyst.createStatement())
		{
			List<String> unread = new ArrayList<>();

			for (String view : rows(analyst.getMetaData().getTables(null, "metadata", "flis\\_%", new String[] {"VIEW"}), "TABLE_NAME"))
				try (ResultSet result = ask.executeQuery("SELECT v.*, count(*) OVER () AS all_of_them FROM metadata." + view + " v"))
				{
					int columns = result.getMetaData().getColumnCount();
					long n = 0, all = 0;

					for (; result.next(); n++)
					{
						for (int i = 1; i < columns; i++)
							result.getObject(i);
						all = result.getLong(columns);
					}
					if (n != all)
						unread.add(view);
				}
			expect("every view read to its end", unread, List.of());
			expect("Danish letters, quotes and euro",
				rows(ask.executeQuery("SELECT note FROM metadata.flis_notice_board_today WHERE area = 'aeldre'"), "note"), List.of(NOTICE));
			expect("a range as text",
				rows(ask.executeQuery("SELECT metadata.flis_release_window('dream', '2025-07-01') AS w"), "w"), List.of("[2025-06-19,2025-06-27)"));
		}
	}

	/* readEndsOfTime asks for the first and last day of the calendar and for infinite ones, as text and, once the
	   server has prepared the statement, in binary. */
	static void readEndsOfTime(Connection analyst) throws Exception
	{
		try (PreparedStatement ask = analyst.prepareStatement("SELECT metadata.flis_expected_through('borger', ?::date)"))
		{
			Set<Object> days = new HashSet<>();
			Set<Object> dates = new HashSet<>();

			for (int i = 0; i < 2 * THRESHOLD; i++)
			{
				ask.setString(1, "infinity");
				days.add(answer(ask));
				try (ResultSet result = ask.executeQuery())
				{
					result.next();
					dates.add(result.getDate(1).getTime());
				}
			}
			expect("infinity", List.of(days, dates), List.of(Set.of(LocalDate.MAX), Set.of(PGStatement.DATE_POSITIVE_INFINITY)));
			ask.setString(1, "-infinity");
			expect("-infinity", answer(ask), LocalDate.MIN);
			/* The December cycle carries October. */
			ask.setString(1, "9999-12-31");
			expect("the calendar's last day", answer(ask), LocalDate.of(9999, 10, 31));
			/* March of the year 1 carries January; Java's old class counts the days before 1582 by another calendar. */
			ask.setString(1, "0001-03-10");
			expect("the year 1", answer(ask), LocalDate.of(1, 1, 31));
			try (ResultSet result = ask.executeQuery())
			{
				result.next();
				expect("the year 1, as java.sql.Date", result.getDate(1).toString(), "0001-01-31");
			}
		}
	}

	/* readErrors sees what an error tells. */
	static void readErrors(Connection analyst) throws Exception
	{
		String[][] wrong = {
			{"unknown area", "SELECT metadata.flis_data_through('aeldr')", "22023", "unknown area \"aeldr\"", "Perhaps you meant \"aeldre\"."},
			{"unknown channel", "SELECT * FROM metadata.flis_coverage('2025-06-30', 'fax')", "22023", "unknown channel \"fax\"",
				"The channels are: dap, datapakke, udlaesning."},
			{"day out of range", "SELECT metadata.flis_data_through('borger', '10000-01-01')", "22008", "day out of range: \"10000-01-01\"", null},
			{"no right to write", "INSERT INTO metadata.flis_status (as_of, area) VALUES ('2025-06-30', 'yr')", "42501",
				"permission denied for table flis_status", null}};

		for (String[] w : wrong)
			try (Statement ask = analyst.createStatement())
			{
				ask.execute(w[1]);
				expect("error: " + w[0], "none", w[2]);
			}
			catch (PSQLException e)
			{
				expect("error: " + w[0], Arrays.asList(e.getSQLState(), e.getServerErrorMessage().getMessage(), e.getServerErrorMessage().getHint()),
					Arrays.asList(w[2], w[3], w[4]));
			}
	}

	/* readAfterChange lets the server prepare a statement, and sees it answer from what another session then wrote. */
	static void readAfterChange(Connection analyst, Connection loader) throws Exception
	{
		try (PreparedStatement ask = analyst.prepareStatement("SELECT metadata.flis_data_through(?, ?)");
			 Statement write = loader.createStatement())
		{
			List<LocalDate> answers = new ArrayList<>();

			ask.setString(1, "yr");
			ask.setObject(2, LocalDate.of(2025, 9, 10));
			for (int i = 0; i < 2 * THRESHOLD; i++)
				answer(ask);
			answers.add(answer(ask));
			write.execute("INSERT INTO metadata.flis_status (as_of, area, state) VALUES ('2025-08-31', 'yr', 'closed')");
			answers.add(answer(ask));
			write.execute("DELETE FROM metadata.flis_status WHERE area = 'yr' AND as_of = '2025-08-31'");
			answers.add(answer(ask));
			expect("a prepared statement follows the status", answers,
				Arrays.asList(LocalDate.of(2025, 7, 31), null, LocalDate.of(2025, 7, 31)));
			expect("and the server had prepared it", ask.unwrap(PGStatement.class).isUseServerPrepare(), true);
		}
	}
}
