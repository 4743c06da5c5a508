"""use_pandas.py: use flis from pandas, as notebooks do."""

import os
from datetime import date

import pandas
import sqlalchemy
from sqlalchemy.exc import DBAPIError

from expect import expect


def connect():
    """connect: log in as the analyst; flis is in a schema of its own."""
    return sqlalchemy.create_engine(
        sqlalchemy.engine.URL.create(
            "postgresql+psycopg2", os.environ["PGUSER"], os.environ["PGPASSWORD"], os.environ["PGHOST"],
            int(os.environ["PGPORT"]), os.environ["PGDATABASE"]),
        connect_args={"options": "-c search_path=metadata"}).connect()


def ask(connection, statement, **parameters):
    """ask: the answer as a frame."""
    return pandas.read_sql(sqlalchemy.text(statement), connection, params=parameters)


def main():
    """main: a guarded view, the months, the intervals and an error, against SQL."""
    connection = connect()

    view = ask(connection, "SELECT * FROM reports.borger")
    sql = ask(connection, "SELECT max(month) AS month, count(*) AS rows, sum(inhabitants) AS inhabitants"
              " FROM facts.borger WHERE month <= flis_data_through('borger', CURRENT_DATE, 'dap')").iloc[0]
    expect("a guarded view, summed here and in SQL",
           (view.month.max(), len(view), int(view.inhabitants.sum())),
           (sql.month, int(sql.rows), int(sql.inhabitants)))
    expect("a Danish text in a column", sorted(view.age_group.unique()), ["Børn", "Voksne", "Ældre"])

    months = ask(connection, "SELECT * FROM flis_months(:area, :day)", area="borger", day=date(2025, 11, 10))
    expect("flis_months: columns and types", [(name, str(months[name].dtype)) for name in months],
           [("month", "object"), ("last_day", "object"), ("covered", "bool"), ("in_ytd", "bool"),
            ("in_ytd_last_year", "bool"), ("in_last_12", "bool")])
    expect("flis_months: the year to date", list(months[months.in_ytd].month.map(str))[::8],
           ["2025-01-01", "2025-09-01"])
    expect("flis_months: last year's, and the last twelve",
           (list(months[months.in_ytd_last_year].month.map(str))[::8],
            months[months.in_last_12].month.map(str).min()),
           (["2024-01-01", "2024-09-01"], "2024-10-01"))

    # The days of a frame find their intervals by merge_asof.
    horizon = ask(connection, "SELECT * FROM flis_horizon('2025-01-01', '2025-12-31') WHERE area = 'borger'")
    days = pandas.DataFrame({"day": pandas.date_range("2025-01-01", "2025-12-31")})
    horizon["valid_from"] = pandas.to_datetime(horizon.valid_from)
    found = pandas.merge_asof(days, horizon, left_on="day", right_on="valid_from")
    told = ask(connection, "SELECT flis_data_through('borger', t::date) AS through"
               " FROM generate_series(timestamp '2025-01-01', '2025-12-31', '1 day') t ORDER BY t")
    expect("flis_horizon: a year of days", int((found.data_through == told.through).sum()), 365)

    try:
        ask(connection, "SELECT flis_data_through('aeldr')")
        expect("an error's SQLSTATE and message", None, "22023")
    except DBAPIError as error:
        expect("an error's SQLSTATE and message", (error.orig.pgcode, error.orig.diag.message_primary),
               ("22023", 'unknown area "aeldr"'))


main()
