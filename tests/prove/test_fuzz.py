"""The chase by chance does what it says, and notices what it is there for."""

from datetime import date
from random import Random

from inharmony.spreadsheets import Row, Sheet
from participants.imports.roster.layout import Layout
from participants.imports.roster.rows import parse
from tests.inharmony.spreadsheets.workbooks import workbook
from tests.prove.fuzz import chase, faults_of

TODAY = date(2026, 9, 10)
LIST = b"Forename,Surname,DOB,Address\nAda,Lark,14/03/2018,1 Canary Row\nBo,Wren,15/03/2018,2 Canary Row\n"


def parsed():
    rows = [line.decode().split(",") for line in LIST.splitlines()]
    return parse(Sheet("", False, tuple(Row(n, tuple(row)) for n, row in enumerate(rows, 1))), today=TODAY)


def test_chase_counts_files_and_sheets_and_finds_nothing():
    outcome = chase(Random(5), [("list.csv", LIST), ("list.xlsx", workbook())], lambda: False, 12)
    assert (outcome.wrong, outcome.counted > 100) == ([], True)


def test_faults_of_notices_a_row_that_goes_in_without_a_name():
    roster = parsed()
    assert faults_of(roster, Layout()) == ""
    del roster.rows[1].fields["surname"]
    assert faults_of(roster, Layout()) == "row 3 goes in without a name or a date of birth"


def test_faults_of_notices_a_cell_that_must_not_be_held():
    roster = parsed()
    roster.kept = Sheet("", False, (Row(1, ("Forename", "Surname", "DOB", "Address")), Row(2, (None, None, None, "x"))))
    assert faults_of(roster, Layout()) == "row 2 is kept with a cell that must not be held"


def test_faults_of_notices_rows_that_come_twice():
    roster = parsed()
    roster.rows[1].row = 2
    assert faults_of(roster, Layout()) == "a row comes twice or out of order"
