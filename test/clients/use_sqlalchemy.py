"""use_sqlalchemy.py: use flis from SQLAlchemy, over psycopg2; its warnings count as errors (-W error)."""

from datetime import date

from psycopg2.extras import DateRange
from sqlalchemy import ARRAY, Date, MetaData, Text, bindparam, create_engine, exc, func, inspect, select, text
from sqlalchemy.dialects.postgresql import DATERANGE, array

from expect import NAMES, NOTICE, TABLES, VIEWS, expect


def reflect(engine):
    """reflect: all tables and views, with their columns, comments, keys and constraints."""
    inspector = inspect(engine)
    metadata = MetaData(schema="metadata")
    metadata.reflect(engine, views=True)
    tables = {name.split(".")[1]: table for name, table in metadata.tables.items()}

    expect("reflection: the tables", TABLES - set(tables), set())
    expect("reflection: the views, and how many columns each has",
           {name: len(tables[name].columns) for name in VIEWS if name in tables}, VIEWS)
    expect("reflection: columns of no known type",
           [str(column) for table in tables.values() for column in table.columns
            if str(column.type) == "NULL"], [])
    expect("reflection: columns without a comment",
           [str(column) for table in tables.values() for column in table.columns
            if not column.comment], [])
    expect("reflection: tables without a comment",
           [name for name in TABLES if not inspector.get_table_comment(name, "metadata")["text"]], [])
    expect("reflection: the comment of a table", tables["flis_municipality"].comment,
           "The 98 municipalities of Denmark. Christiansø (411) is not one.")
    expect("reflection: primary keys",
           {name: [column.name for column in tables[name].primary_key] for name in
            ("flis_area", "flis_channel", "flis_rule", "flis_release", "flis_status")},
           {"flis_area": ["area"], "flis_channel": ["channel", "valid_from"],
            "flis_rule": ["area", "valid_from"], "flis_release": ["area", "channel", "cycle"],
            "flis_status": ["area", "as_of"]})
    checks = {check["name"] for check in inspector.get_check_constraints("flis_rule", "metadata")}
    expect("reflection: check constraints",
           {"flis_rule_frequency_is_known", "flis_rule_lag_is_0_to_1200"} <= checks, True)
    expect("reflection: a number that the server draws",
           inspector.get_columns("flis_notice", "metadata")[0]["identity"]["always"], False)
    expect("reflection: an array", isinstance(tables["flis_area"].c.aliases.type, ARRAY), True)
    return tables


def ask(connection, tables):
    """ask: functions in a query, with days, arrays and ranges as parameters and as answers."""
    flis = func.metadata
    area = tables["flis_area"]
    rows = connection.execute(
        select(area.c.name, flis.flis_data_through(area.c.area, date(2025, 6, 30), type_=Date))
        .where(area.c.position <= 5).order_by(area.c.position)).fetchall()
    expect("a function of a column, and Danish names", [tuple(row) for row in rows],
           list(zip(NAMES, [date(2025, 4, 30)] * 3 + [date(2025, 2, 28), date(2025, 4, 30)])))

    coverage = flis.flis_coverage(date(2025, 6, 30), "datapakke").table_valued(
        "area", "data_through", "complete", name="c")
    expect("a listing in FROM, false and NULL",
           [tuple(row) for row in connection.execute(
               select(coverage.c.area, coverage.c.data_through, coverage.c.complete)
               .where(coverage.c.area.in_(["fsiii", "dfdg"])).order_by(coverage.c.area))],
           [("dfdg", None, None), ("fsiii", date(2025, 4, 30), False)])

    wanted = date(2025, 2, 28)
    expect("an array as a parameter", connection.scalar(
        select(flis.flis_common_through(bindparam("areas", ["borger", "krl_personale"], ARRAY(Text)),
                                        date(2025, 6, 30)))), wanted)
    expect("an array of expressions", connection.scalar(
        select(flis.flis_common_through(array(["Økonomi", "KRL"]), date(2025, 6, 30)))), wanted)
    expect("an array as an answer", connection.scalar(
        select(area.c.aliases).where(area.c.area == "fsiii")), ["FS III", "Fælles Sprog III"])

    window = DateRange(date(2025, 6, 19), date(2025, 6, 27), "[)")
    expect("a range as an answer", connection.scalar(
        select(flis.flis_release_window("dream", date(2025, 7, 1), type_=DATERANGE))), window)
    expect("a range as a parameter", connection.scalar(
        text("SELECT metadata.flis_next_release('dream', :after) <@ :window"),
        {"after": date(2025, 6, 20), "window": DateRange(date(2025, 6, 21), date(2025, 6, 27))}), True)
    notices = tables["flis_notice_board_today"]
    expect("quotes, per cent and euro", connection.scalar(
        select(notices.c.note).where(notices.c.note == NOTICE)), NOTICE)


def read_views(connection, tables):
    """read_views: each to its end."""
    got = {name: len(connection.execute(select(tables[name])).fetchall()) for name in VIEWS}
    wanted = {name: connection.scalar(select(func.count()).select_from(tables[name])) for name in VIEWS}
    expect("every view read to its end", got, wanted)
    coverage = tables["flis_coverage_today"]
    expect("the Danish headings", [column.name for column in tables["flis_oversigt"].columns],
           ["Dataområde", "Opdateringsfrekvens", "Data t.o.m.", "Kilde", "Drift"])
    expect("areas in a channel", connection.scalar(
        select(func.count()).where(coverage.c.channel == "dap")), 20)


def read_errors(engine):
    """read_errors: SQLSTATE, message and hint."""
    for what, query, wanted in (
            ("unknown area", select(func.metadata.flis_data_through("aeldr")),
             ("22023", 'unknown area "aeldr"', 'Perhaps you meant "aeldre".')),
            ("day out of range", select(func.metadata.flis_data_through("borger", "10000-01-01")),
             ("22008", 'day out of range: "10000-01-01"', None)),
            ("no right to write", text("DELETE FROM metadata.flis_status"),
             ("42501", "permission denied for table flis_status", None))):
        try:
            with engine.begin() as connection:
                connection.execute(query)
            expect(f"error: {what}", None, wanted)
        except exc.DBAPIError as error:
            diagnosis = error.orig.diag
            expect(f"error: {what}", (error.orig.pgcode, diagnosis.message_primary,
                                      diagnosis.message_hint), wanted)


def main():
    """main: all of it; psycopg2 reads the server's place and the password from the environment."""
    engine = create_engine("postgresql+psycopg2://", future=True)
    tables = reflect(engine)
    with engine.connect() as connection:
        ask(connection, tables)
        read_views(connection, tables)
    read_errors(engine)


main()
