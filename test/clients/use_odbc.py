"""use_odbc.py: use flis through psqlODBC, as Excel and Power BI do."""

import os
from datetime import date

import pyodbc

from expect import NAMES, NOTICE, TABLES, VIEWS, expect

# The codes of types that Excel, Power BI and their like show: SQL_WLONGVARCHAR, SQL_WVARCHAR, SQL_VARCHAR (as
# which booleans come), SQL_TYPE_DATE, SQL_INTEGER, SQL_SMALLINT and SQL_NUMERIC.
SHOWN = {-10, -9, 12, 91, 4, 5, 2}


def connect(settings=""):
    """connect: log in as the analyst, with settings of the driver."""
    return pyodbc.connect(
        "DRIVER={PostgreSQL Unicode};SERVER=%s;PORT=%s;DATABASE=%s;UID=%s;PWD=%s;%s"
        % tuple([os.environ[name] for name in
                 ("PGHOST", "PGPORT", "PGDATABASE", "PGUSER", "PGPASSWORD")] + [settings]))


def catalog(cursor):
    """catalog: what a tool offers to choose from."""
    tables = {row.table_name: row.table_type for row in cursor.tables(schema="metadata")}
    expect("SQLTables: the views", {name for name in VIEWS if tables.get(name) == "VIEW"}, set(VIEWS))
    expect("SQLTables: the tables", {name for name in TABLES if tables.get(name) == "TABLE"}, TABLES)

    columns = [row for row in cursor.columns(schema="metadata") if row.table_name in VIEWS]
    count = {name: sum(row.table_name == name for row in columns) for name in VIEWS}
    expect("SQLColumns: how many each view has", count, VIEWS)
    expect("SQLColumns: all of types that can be shown",
           [tuple(row) for row in columns if row.data_type not in SHOWN], [])
    expect("SQLColumns: names and types",
           [(row.column_name, row.type_name) for row in columns
            if row.table_name == "flis_coverage_today"][:6],
           [("area", "text"), ("name", "text"), ("channel", "text"), ("expected", "date"),
            ("published", "date"), ("data_through", "date")])
    expect("SQLPrimaryKeys",
           [row.column_name for row in cursor.primaryKeys(table="flis_rule", schema="metadata")],
           ["area", "valid_from"])

    procedures = [row.procedure_name for row in cursor.procedures(schema="metadata")]
    expect("SQLProcedures", {"flis_data_through", "flis_coverage"} <= set(procedures), True)
    # Type 1 is an argument, 3 a column of the result, 5 the result itself.
    expect("SQLProcedureColumns of a function",
           [(row.column_name, row.column_type, row.type_name) for row in
            cursor.procedureColumns(schema="metadata", procedure="flis_data_through")],
           [("", 5, "date"), ("area", 1, "text"), ("on_day", 1, "date"),
            ("channel", 1, "text")])
    expect("SQLProcedureColumns of a listing",
           [(row.column_name, row.column_type, row.type_name) for row in
            cursor.procedureColumns(schema="metadata", procedure="flis_coverage")][:5],
           [("on_day", 1, "date"), ("channel", 1, "text"), ("area", 3, "text"), ("name", 3, "text"),
            ("expected", 3, "date")])


def parameters(cursor, how):
    """parameters: days and texts as arguments; Ældre's cube came on 14 November 2025, two days late."""
    days = [cursor.execute("SELECT metadata.flis_data_through(?, ?, ?)", arguments).fetchval()
            for arguments in (
                ("Ældre", date(2025, 11, 13), "dap"), ("ÆLDRE", date(2025, 11, 14), "dap"),
                ("borger", date(2025, 6, 30), "datapakke"), ("borger", "2025-07-10", "datapakke"),
                ("dfdg", date(2025, 6, 30), "datapakke"), ("borger", None, "datapakke"))]
    expect(f"{how}: a text and a day as parameters, NULL as an answer", days,
           [date(2025, 8, 31), date(2025, 9, 30), date(2025, 4, 30), date(2025, 5, 31), None, None])
    expect(f"{how}: an array as a text",
           cursor.execute("SELECT metadata.flis_common_through(?, ?)", "{borger,krl_personale}",
                          date(2025, 6, 30)).fetchval(), date(2025, 2, 28))
    expect(f"{how}: a range as a text",
           cursor.execute("SELECT metadata.flis_release_window(?, ?)", "dream",
                          date(2025, 7, 1)).fetchval(), "[2025-06-19,2025-06-27)")
    rows = cursor.execute("SELECT name, data_through, complete, periods_ahead, note"
                          " FROM metadata.flis_coverage(?, ?)", date(2025, 6, 30), "datapakke").fetchall()
    expect(f"{how}: Danish names", [row.name for row in rows[:5]], NAMES)
    note = [row.note for row in rows if row.name == "DFDG"][0]
    expect(f"{how}: a Danish text", note.startswith("Der er lukket for adgang til området"), True)
    expect(f"{how}: quotes, per cent and euro", cursor.execute(
        "SELECT note FROM metadata.flis_notice_board_today WHERE note = ?", NOTICE).fetchval(), NOTICE)


def views(connection):
    """views: each can be read to its end, and has as many rows as it counts itself."""
    cursor = connection.cursor()
    got = {}
    wanted = {}
    for name in VIEWS:
        got[name] = len(cursor.execute(f"SELECT * FROM metadata.{name}").fetchall())
        wanted[name] = int(cursor.execute(f"SELECT count(*) FROM metadata.{name}").fetchval())
    expect("every view read to its end", got, wanted)
    # 20 areas in three channels; the guarded views end where the area does.
    expect("areas in channels", got["flis_coverage_today"], 60)
    newest, through = cursor.execute(
        "SELECT max(month), metadata.flis_data_through('borger', CURRENT_DATE, 'dap')"
        " FROM reports.borger").fetchone()
    expect("a guarded view ends where its area does", newest, through.replace(day=1))
    expect("the fact table doesn't", cursor.execute("SELECT max(month) FROM facts.borger").fetchval()
           > through, True)


def errors(cursor):
    """errors: SQLSTATE, message and detail; psqlODBC hands on no hint."""
    for what, statement, state, text in (
            ("unknown area", "SELECT metadata.flis_data_through('aeldr')", "22023",
             'ERROR: unknown area "aeldr"'),
            ("day out of range", "SELECT metadata.flis_data_through('borger', '10000-01-01')", "22008",
             "DETAIL: The calendar reaches from 0001-01-01 to 9999-12-31."),
            ("no right to write", "DELETE FROM metadata.flis_release", "42501", "permission denied")):
        try:
            cursor.execute(statement)
            expect(f"error: {what}", None, state)
        except pyodbc.Error as error:
            expect(f"error: {what}", (error.args[0], text in error.args[1]), (state, True))


def main():
    """main: all of it, with the driver's own settings and with others that tools use."""
    connection = connect()
    cursor = connection.cursor()
    catalog(cursor)
    parameters(cursor, "by default")
    parameters(connect("UseServerSidePrepare=0").cursor(), "parameters in the text")
    expect("booleans as bits",
           tuple(connect("BoolsAsChar=0").cursor().execute(
               "SELECT complete, benchmarkable FROM metadata.flis_coverage('2025-06-30')"
               " WHERE area = 'fsiii'").fetchone()), (False, None))
    views(connection)
    errors(cursor)


main()
