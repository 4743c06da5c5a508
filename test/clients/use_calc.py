"""use_calc.py: fill sheets of LibreOffice Calc from flis, save them in the forms that other programs read, and look
whether letters, days and numbers are still what they were."""

import csv
import io
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from datetime import date, timedelta

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.sheet.DataImportMode import QUERY, TABLE
from com.sun.star.util.NumberFormat import DATE, LOGICAL

from expect import NOTICE, VIEWS, expect, file

# A sheet counts its days from here.
EPOCH = date(1899, 12, 30)
PIPE = "flis" + str(os.getpid())
# A query of a day, which Base hands on as it is ("Run SQL command directly"): it has no parser for a listing.
DAY = ("SELECT name, data_through, complete, periods_ahead"
       " FROM metadata.flis_coverage('2025-06-30', 'datapakke') c")
# Each sheet, what fills it, and the same for psql.
SHEETS = {
    "Oversigt": (TABLE, "metadata.flis_oversigt", "TABLE metadata.flis_oversigt"),
    "Coverage": (TABLE, "metadata.flis_coverage_today", "TABLE metadata.flis_coverage_today"),
    "Calendar": (TABLE, "metadata.flis_release_calendar_today", "TABLE metadata.flis_release_calendar_today"),
    "Notices": (TABLE, "metadata.flis_notice_board_today", "TABLE metadata.flis_notice_board_today"),
    "Day": (QUERY, "day", DAY),
}
FORMS = {"ods": "calc8", "xlsx": "Calc MS Excel 2007 XML"}
# Semicolons, quotes where they are needed, UTF-8, cells as they are shown, every sheet in a file of its own.
CSV = "59,34,76,1,,0,false,true,false,false,false,-1"
# The profile of a user in Denmark.
DANISH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>da-DK</value></prop></item>
</oor:items>
"""


def properties(**values):
    """properties: named values as LibreOffice wants them."""
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def start():
    """start: LibreOffice without windows."""
    os.makedirs(file("profile/user"))
    with open(file("profile/user/registrymodifications.xcu"), "w", encoding="utf-8") as profile:
        profile.write(DANISH)
    return subprocess.Popen(
        ["soffice", "--headless", "--norestore", "--nologo", f"--accept=pipe,name={PIPE};urp;",
         "-env:UserInstallation=file://" + file("profile")], start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def reach():
    """reach: the running LibreOffice, once it answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(480):
        try:
            return resolver.resolve(f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.25)
    raise TimeoutError("LibreOffice does not answer")


def register(context):
    """register: the warehouse as a data source with a query, as a user does in Base."""
    sources = context.ServiceManager.createInstanceWithContext("com.sun.star.sdb.DatabaseContext", context)
    source = sources.createInstance()
    source.URL = "sdbc:postgresql:host=%s port=%s dbname=%s" % tuple(
        os.environ[name] for name in ("PGHOST", "PGPORT", "PGDATABASE"))
    source.User = os.environ["PGUSER"]
    source.Password = os.environ["PGPASSWORD"]
    query = source.QueryDefinitions.createInstance()
    query.Command = DAY
    query.EscapeProcessing = False
    source.QueryDefinitions.insertByName("day", query)
    source.DatabaseDocument.storeAsURL("file://" + file("warehouse.odb"), ())
    sources.registerObject("warehouse", source)

    connection = source.getConnection(os.environ["PGUSER"], os.environ["PGPASSWORD"])
    listed = set(connection.Tables.ElementNames)
    expect("the data source lists the views", {"metadata." + name for name in VIEWS} - listed, set())
    expect("the data source lists a guarded view", "reports.borger" in listed, True)
    connection.close()


def fill(desktop):
    """fill: a document with a sheet for each of SHEETS."""
    document = desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, properties(Hidden=True))
    for position, (name, (mode, what, _)) in enumerate(SHEETS.items()):
        document.Sheets.insertNewByName(name, position)
        document.Sheets.getByName(name).getCellByPosition(0, 0).doImport(properties(
            DatabaseName="warehouse", SourceType=mode, SourceObject=what, IsNative=False))
    document.Sheets.removeByName(document.Sheets.ElementNames[-1])
    return document


def read(document, name):
    """read: a sheet, written as psql writes it; days that are text show as text does."""
    sheet = document.Sheets.getByName(name)
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = cursor.RangeAddress
    rows = sheet.getCellRangeByPosition(0, 0, last.EndColumn, last.EndRow).getDataArray()
    # All numbers of a column are alike.
    kinds = []
    for column in range(last.EndColumn + 1):
        number = next((row for row in range(1, last.EndRow + 1) if isinstance(rows[row][column], float)), 0)
        kinds.append(document.NumberFormats.getByKey(
            sheet.getCellByPosition(column, number).NumberFormat).Type)

    def written(value, kind):
        if isinstance(value, str):
            return value
        if kind & DATE:
            return (EPOCH + timedelta(value)).isoformat()
        if kind & LOGICAL:
            return "t" if value else "f"
        return f"{value:g}"

    return [[written(value, kind) for value, kind in zip(row, kinds)] for row in rows]


def ask(query):
    """ask: psql, for the heading and the rows."""
    answer = subprocess.run(["psql", "-X", "--csv", "-c", query], check=True, capture_output=True)
    return list(csv.reader(io.StringIO(answer.stdout.decode("utf-8"), newline="")))


def alike(what, got, wanted):
    """alike: two tables have the same heading and, in any order, the same rows."""
    missing = [row for row in wanted[1:] if row not in got]
    expect(f"{what}: as psql shows it", (got[0], len(got), missing[:3]), (wanted[0], len(wanted), []))


def compare(document, where):
    """compare: each sheet with what psql shows."""
    for name, (_, _, query) in SHEETS.items():
        alike(f"{where} {name}", read(document, name), ask(query))


def save(desktop, document):
    """save: the document in each form, and read it back."""
    for ending, name in FORMS.items():
        document.storeToURL("file://" + file("flis." + ending), properties(FilterName=name))
        again = desktop.loadComponentFromURL("file://" + file("flis." + ending), "_blank", 0,
                                             properties(Hidden=True))
        compare(again, ending)
        again.close(True)

    # What other programs find in the files.
    days = sum(re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None
               for _, _, query in SHEETS.values() for row in ask(query) for value in row)
    with zipfile.ZipFile(file("flis.ods")) as ods:
        cells = re.findall(rb'<table:table-cell [^>]*office:value-type="date"[^>]*>', ods.read("content.xml"))
        repeats = [re.search(rb'number-columns-repeated="(\d+)"', cell) for cell in cells]
        expect("ods: each day is of type date",
               sum(int(repeat.group(1)) if repeat else 1 for repeat in repeats), days)
    with zipfile.ZipFile(file("flis.xlsx")) as xlsx:
        expect("xlsx: Danish letters", "Blåbærgrød: æøå ÆØÅ" in xlsx.read("xl/sharedStrings.xml").decode(), True)


def save_text(document):
    """save_text: the sheets as text with semicolons, and days as they are written in Denmark."""
    document.storeToURL("file://" + file("flis.csv"),
                        properties(FilterName="Text - txt - csv (StarCalc)", FilterOptions=CSV))
    with open(file("flis-Oversigt.csv"), encoding="utf-8", newline="") as lines:
        alike("csv Oversigt", list(csv.reader(lines, delimiter=";")), ask(SHEETS["Oversigt"][2]))
    with open(file("flis-Notices.csv"), encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter=";"))
    expect("csv: quotes, per cent and euro", [row["note"] for row in rows if row["area"] == "aeldre"], [NOTICE])
    expect("csv: days as Danes write them", [row["started_on"] for row in rows if row["area"] == "ky"],
           ["01-08-2025"])
    with open(file("flis-Day.csv"), encoding="utf-8", newline="") as lines:
        rows = {row["name"]: row for row in csv.DictReader(lines, delimiter=";")}
    expect("csv: a day, false and nothing", list(rows["FSIII"].values()) + list(rows["DFDG"].values()),
           ["FSIII", "30-04-2025", "FALSK", "0", "DFDG", "", "", ""])


def main():
    """main: all of it; LibreOffice ends whatever happens."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    office = start()
    try:
        context = reach()
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        register(context)
        document = fill(desktop)
        compare(document, "sheet")
        save(desktop, document)
        save_text(document)
        document.close(True)
        desktop.terminate()
        office.wait(60)
    finally:
        if office.poll() is None:
            os.killpg(office.pid, signal.SIGKILL)


main()
