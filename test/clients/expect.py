"""expect.py: what the clients written in Python print, a line a test."""

import os


def expect(what, got, wanted):
    """expect: print whether a client got what it should."""
    if got == wanted and type(got) is type(wanted):
        print(f"ok {what}", flush=True)
    else:
        print(f"FAILED {what}: {got!r}, not {wanted!r}", flush=True)


def file(name):
    """file: name a file in the folder that is the client's own."""
    return os.path.join(os.environ["SCRATCH"], name)


# The views of flis that are meant for people, and how many columns each has.
VIEWS = {
    "flis_check_cubes_today": 12,
    "flis_coverage_today": 17,
    "flis_label": 5,
    "flis_months_today": 8,
    "flis_notice_board_today": 11,
    "flis_oversigt": 5,
    "flis_punctuality": 9,
    "flis_release_calendar_today": 14,
    "flis_reporting_today": 12,
    "flis_rule_difference": 6,
}

# The reference tables.
TABLES = {
    "flis_area", "flis_channel", "flis_cube", "flis_municipality", "flis_notice", "flis_release",
    "flis_rule", "flis_status", "flis_waiver",
}

# A notice of fixture.sql as it was written, and what an area's name looks like.
NOTICE = "Blåbærgrød: æøå ÆØÅ, \"citat\", 'apostrof', 100 % og 5 €"
NAMES = ["Borger", "Økonomi", "Personale & Fravær", "KRL Personale", "Nøgletal"]
