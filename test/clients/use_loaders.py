"""use_loaders.py: load a guarded table with pandas, as to_sql and as a build that renames do; the argument is
calls, for a call before and after each load, or triggers, where event triggers do it."""

import sys

import pandas
from sqlalchemy import create_engine, exc, text

from expect import expect

ENGINE = create_engine("postgresql+psycopg2://")
MONTHS = pandas.date_range("2015-01-01", "2029-12-01", freq="MS").date
FACTS = pandas.DataFrame({"month": MONTHS, "municipality": 101, "n": range(len(MONTHS))})


def ask(query):
    """ask: the rows of a query, in a transaction of its own."""
    with ENGINE.begin() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def run(*commands):
    """run: commands in one transaction."""
    with ENGINE.begin() as connection:
        for command in commands:
            connection.execute(text(command))


def replace():
    """replace: the load itself."""
    FACTS.to_sql("facts", ENGINE, schema="loaded", if_exists="replace", index=False)


def guard():
    """guard: whether the guarded view is there, ends before the table, and who may read it."""
    return ask("""SELECT (SELECT max(month) FROM loaded.guarded) < (SELECT max(month) FROM loaded.facts),
                         (SELECT max(month) FROM loaded.guarded) = date_trunc('month', metadata.flis_data_through('borger')),
                         has_table_privilege('analyst', 'loaded.guarded', 'SELECT'),
                         obj_description('loaded.guarded'::regclass)""")


WHOLE = [(True, True, True, "Until flis says more")]
BUILD = ("CREATE TABLE loaded.facts__tmp AS TABLE loaded.facts",
         "ALTER TABLE loaded.facts RENAME TO facts__backup",
         "ALTER TABLE loaded.facts__tmp RENAME TO facts",
         "DROP TABLE loaded.facts__backup CASCADE")


def calls():
    """calls: a loader that knows of flis."""
    replace()
    run("SELECT metadata.flis_guard('loaded.facts', 'loaded.guarded')", "GRANT SELECT ON loaded.guarded TO analyst",
        "COMMENT ON VIEW loaded.guarded IS 'Until flis says more'")
    expect("the guard", guard(), WHOLE)
    try:
        replace()
        expect("to_sql without a call fails on the guard", "replaced", "refused")
    except exc.InternalError as error:
        expect("to_sql without a call fails on the guard", error.orig.pgcode, "2BP01")
    run("SELECT metadata.flis_lift_guards('loaded.facts')")
    replace()
    expect("to_sql with calls", ask("SELECT outcome FROM metadata.flis_restore_guards() WHERE relation = 'loaded.facts'"), [("restored",)])
    expect("the guard after to_sql", guard(), WHOLE)
    run(*BUILD)
    expect("the self-test names the guard that a build took away",
           ask("SELECT what, subject FROM metadata.flis_selftest() WHERE what = 'no_guard'"),
           [("no_guard", "loaded.guarded")])
    expect("a build with a call", ask("SELECT outcome FROM metadata.flis_restore_guards() WHERE relation = 'loaded.facts'"), [("restored",)])
    expect("the guard after a build", guard(), WHOLE)
    FACTS.to_sql("facts", ENGINE, schema="loaded", if_exists="append", index=False)
    expect("the guard after an append", guard(), WHOLE)


def triggers():
    """triggers: loaders that know nothing of flis."""
    replace()
    expect("to_sql under event triggers", guard(), WHOLE)
    run(*BUILD)
    expect("a build under event triggers", guard(), WHOLE)
    run("TRUNCATE loaded.facts")
    FACTS.to_sql("facts", ENGINE, schema="loaded", if_exists="append", index=False, method="multi")
    expect("TRUNCATE and an append", guard(), WHOLE)
    expect("nothing is missing", ask("SELECT * FROM metadata.flis_selftest() WHERE what LIKE '%guard%'"), [])


{"calls": calls, "triggers": triggers}[sys.argv[1]]()
