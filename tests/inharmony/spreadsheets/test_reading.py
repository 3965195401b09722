import io
import os
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inharmony.spreadsheets import Book, CellError, Row, Unreadable, read
from inharmony.spreadsheets.sheet import Span
from tests.inharmony.spreadsheets.hostile import KINDS, files_of, hostile_files, repeated
from tests.inharmony.spreadsheets.workbooks import ROWS, opendocument, packed, parts, sheet, text_cell, workbook

LEAST = 200  # hostile files
LONGEST = 5  # seconds of work until one is refused; too long by the clock is a reason of its own


def refusal(data: bytes, filename: str = "list.xlsx", **more: float) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read(data, filename, **more)
    return caught.value


def worked() -> float:
    """Returns the seconds a processor has given to this process and to its children that are over."""
    return sum(os.times()[:4])


def made_by_openpyxl(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_read_refuses_hostile_files_quickly_and_in_plain_words(kind):
    wrong = []
    for name, (data, reasons) in files_of(kind).items():
        before = worked()
        refused = refusal(data, name)
        seconds = worked() - before
        words = str(refused)
        plain = words.endswith(".") and len(words) < 600 and "Traceback" not in words and "panicked" not in words
        if refused.reason not in reasons.split("|") or seconds > LONGEST or not plain:
            wrong.append((name, refused.reason, reasons, seconds, words))
    assert wrong == []


def test_there_are_hostile_files_enough():
    assert len(hostile_files()) >= LEAST


def test_read_survives_a_child_that_dies_of_its_file():
    assert refusal(repeated(9_000, 10_000)).reason == "crash"
    assert read(workbook(), "next.xlsx").visible[0].rows[1].cells == ("Ada", "Lark")


def test_read_ends_a_child_that_takes_too_long():
    refused = refusal(made_by_openpyxl(*[["a", "b"]] * 2000), seconds=0.01)
    assert refused.reason == "time"


def test_read_leaves_no_child_and_no_open_file_behind():
    def held() -> tuple[set[str], str]:
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text()
        return {entry.name for entry in Path("/proc/self/fd").iterdir()}, children

    before = held()
    read(workbook(), "list.xlsx")
    refusal(repeated(9_000, 10_000))
    assert held() == before


def test_read_keeps_kinds_of_cells_apart():
    data = made_by_openpyxl(
        ["text", 3, 2.5, True, date(2018, 3, 14), datetime(2018, 3, 14, 9, 30), None, "  "],  # noqa: DTZ001 - as in a sheet
    )
    row = read(data, "kinds.xlsx").sheets[0].rows[0]
    assert row == Row(1, ("text", 3, 2.5, True, date(2018, 3, 14), datetime(2018, 3, 14, 9, 30)))  # noqa: DTZ001
    assert [type(cell) for cell in row.cells[:4]] == [str, int, float, bool]


def test_read_numbers_rows_as_the_sheet_does():
    rows = (
        '<row r="4"><c r="C4" t="inlineStr"><is><t>Forename</t></is></c></row>'
        '<row r="9"><c r="C9" t="inlineStr"><is><t>Ada</t></is></c></row>'
    )
    assert read(workbook(rows), "list.xlsx").sheets[0].rows == (
        Row(4, (None, None, "Forename")),
        Row(9, (None, None, "Ada")),
    )


def test_read_believes_the_cells_and_not_the_declared_dimension():
    made = parts({"Sheet1": sheet().replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')})
    assert len(read(packed(made), "list.xlsx").sheets[0].rows) == 2


def test_read_passes_over_a_million_formatted_rows_without_content():
    blank = "".join(f'<row r="{n}"><c r="A{n}" s="0"/><c r="XFD{n}" s="0"/></row>' for n in range(3, 100_000))
    data = packed(parts({"Sheet1": sheet(ROWS + blank + '<row r="1048576"><c r="A1048576" s="0"/></row>')}))
    assert len(read(data, "list.xlsx").sheets[0].rows) == 2


def test_read_shows_cells_with_errors_and_formulas_without_results():
    rows = (
        '<row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B1"><f>A1+1</f></c>'
        '<c r="C1"><f>1+1</f><v>2</v></c><c r="D1" t="str"><f>""</f><v></v></c></row>'
        '<row r="5"><c r="B5"><f>NOW()</f></c></row>'
    )
    assert read(workbook(rows), "list.xlsx").sheets[0].rows == (
        Row(1, (CellError("#DIV/0!"), CellError("formula without a result"), 2)),
        Row(5, (None, CellError("formula without a result"))),
    )


def test_read_shows_formulas_that_a_program_wrote_without_working_them_out():
    data = made_by_openpyxl(["Forename", "Class"], ["Ada", "=A1&B1"])
    assert read(data, "list.xlsx").sheets[0].rows[1].cells == ("Ada", CellError("formula without a result"))


def test_read_knows_an_error_of_no_known_name_as_one():
    rows = '<row r="1"><c r="A1" t="e"><v>#WHATEVER a person wrote</v></c><c r="B1" t="e"><v>#BUSY!</v></c></row>'
    assert read(workbook(rows), "list.xlsx").sheets[0].rows[0].cells == (CellError("#ERROR!"), CellError("#BUSY!"))


def test_read_knows_which_cells_are_merged():
    book = openpyxl.Workbook()
    book.active.append(["Pupil", None, "DOB"])
    book.active.append(["Forename", "Surname", None])
    book.active.merge_cells("A1:B1")
    book.active.merge_cells("C1:C2")
    out = io.BytesIO()
    book.save(out)
    assert set(read(out.getvalue(), "list.xlsx").sheets[0].merged) == {Span(1, 0, 1, 1), Span(1, 2, 2, 2)}


def test_read_knows_which_cells_are_merged_in_an_opendocument():
    blank = '<table:table-cell table:number-columns-repeated="2"/>'
    tall = text_cell("4 Heron", table_number_rows_spanned="3", table_number_columns_spanned="1")
    data = opendocument(
        '<table:table-row table:number-rows-repeated="4"><table:table-cell/></table:table-row>'
        f"<table:table-row>{text_cell('Ada')}{blank}{tall}</table:table-row>"
        f"<table:table-row>{text_cell('Bo')}</table:table-row>"
    )
    assert read(data, "list.ods").sheets[0].merged == (Span(5, 3, 7, 3),)


@pytest.mark.parametrize("count", ["-1", "x", "9" * 40, "\u0661"])
def test_read_bounds_what_an_opendocument_says_is_merged(count):
    cell = text_cell("x", table_number_rows_spanned=count, table_number_columns_spanned="2")
    assert len(read(opendocument(f"<table:table-row>{cell}</table:table-row>"), "list.ods").sheets[0].merged) == 1


def test_read_tells_yes_from_one_in_one_column():
    data = made_by_openpyxl([True], [1], [1.5], [False], [0], ["1"])
    assert [repr(row.cells[0]) for row in read(data, "list.xlsx").sheets[0].rows] == [
        "True",
        "1",
        "1.5",
        "False",
        "0",
        "'1'",
    ]


def test_read_keeps_values_in_their_rows_where_lists_are_longer_than_one_line_of_the_answer():
    rows = [[f"Ada {n}", n % 7, date(2018, 1, 1 + n % 28), None if n % 3 else "x"] for n in range(2_500)]
    found = read(made_by_openpyxl(["Name", "N", "DOB", "X"], *rows), "list.xlsx").sheets[0].rows
    wanted = [Row(n, tuple(row if row[3] else row[:3])) for n, row in enumerate(rows, 2)]
    assert list(found[1:]) == wanted


def test_read_finds_errors_where_cells_do_not_say_their_place():
    rows = (
        '<row><c t="inlineStr"><is><t>a</t></is></c><c t="e"><v>#REF!</v></c></row><row><c t="e"><v>#N/A</v></c></row>'
    )
    assert [row.cells for row in read(workbook(rows), "list.xlsx").sheets[0].rows] == [
        ("a", CellError("#REF!")),
        (CellError("#N/A"),),
    ]


def test_read_assigns_errors_to_the_sheet_they_stand_on():
    flawed = '<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>'
    book = read(packed(parts({"Fine": sheet(), "Flawed &amp; co": sheet(flawed)})), "list.xlsx")
    assert [(s.name, s.rows[0].cells) for s in book.sheets] == [
        ("Fine", ("Forename", "Surname")),
        ("Flawed & co", (CellError("#REF!"),)),
    ]


def test_read_marks_hidden_sheets():
    book = read(packed(parts({"List": sheet(), "Old": sheet()}, hidden=("Old",))), "list.xlsx")
    assert [(s.name, s.hidden) for s in book.sheets] == [("List", False), ("Old", True)]
    assert [s.name for s in book.visible] == ["List"]


def test_read_never_falls_through_to_a_hidden_sheet():
    refused = refusal(packed(parts({"List": sheet(""), "Old": sheet()}, hidden=("Old",))))
    assert str(refused) == (
        "“list.xlsx” is empty: sheet “List” has no rows. Sheet “Old” is hidden and not read; if the list is there,"
        " show it first. Put the list on a visible sheet, save it and send it again."
    )


def test_read_takes_opendocument_with_repeated_blank_rows():
    def row(*cells: str) -> str:
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    blank = '<table:table-cell table:number-columns-repeated="1020"/>'
    born = '<table:table-cell office:value-type="date" office:date-value="2018-03-14"><text:p>14/03/18</text:p></table:table-cell>'
    data = opendocument(
        row(text_cell("Forename"), text_cell("Born"), blank)
        + '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
        + row(text_cell("Zoë"), born, blank)
        + '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="1024"/>'
        "</table:table-row>"
    )
    book = read(data, "list.ods")
    assert (book.format, book.sheets[0].rows) == (
        "ods",
        (Row(1, ("Forename", "Born")), Row(5, ("Zoë", date(2018, 3, 14)))),
    )


def test_read_goes_by_content_and_not_by_name():
    assert read(workbook(), "list.csv").format == "xlsx"
    assert read(b"Forename,Surname\nAda,Lark\n", "list.xlsx").format == "csv"
    assert read(b"Forename\tSurname\nAda\tLark\n", "list.xls").format == "tsv"


def test_read_refuses_more_than_20_megabytes_without_reading_them(tmp_path):
    large = tmp_path / "large.csv"
    with large.open("wb") as out:
        out.truncate(21 * 1024 * 1024)
    with pytest.raises(Unreadable) as caught:
        read(large, "large.csv")
    assert (caught.value.reason, "21 MB; at most 20 MB" in str(caught.value)) == ("size", True)


def test_read_refuses_more_than_100_000_rows():
    refused = refusal(b"a,b\n" * 100_100, "long.csv")
    assert (refused.reason, str(refused)) == (
        "rows",
        "There are more than 100,000 rows with something in them. Send the list in parts.",
    )


def test_read_takes_100_000_rows_within_its_memory():
    line = b"F999999925001,Ada,Lark,14/03/2018,F,4,4 Heron,Y,N,WBRI,ENG,12345\n"
    book = read(b"UPN,Forename,Surname,DOB,Sex,Year,Class,PP,SEN,Eth,Lang,Adno\n" + line * 100_000, "long.csv")
    assert len(book.sheets[0].rows) == 100_001


def test_read_says_that_a_path_is_not_there(tmp_path):
    with pytest.raises(Unreadable) as caught:
        read(tmp_path / "gone.csv", "gone.csv")
    assert str(caught.value) == "“gone.csv” cannot be opened: No such file or directory."


def test_read_names_the_file_without_its_folder():
    assert "“list.csv” is empty" in str(refusal(b"", "C:\\Users\\me\\list.csv"))


@pytest.mark.parametrize(
    "name", ["a\0b.xlsx", "a\ud800b.xlsx", "a\u202excod.xlsx", "-c.xlsx", "a\nb.xlsx", "x" * 5000, ""]
)
def test_read_takes_any_name_of_a_file(name):
    assert len(read(workbook(), name).sheets) == 1
    assert str(refusal(b"", name)).isprintable()


@given(st.binary(max_size=300))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_read_gives_rows_or_a_refusal_for_any_bytes(data):
    try:
        assert isinstance(read(data, "any"), Book)
    except Unreadable as refused:
        assert str(refused)


@given(st.integers(0, 10_000), st.integers(0, 255))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_read_gives_rows_or_a_refusal_for_a_workbook_with_one_byte_wrong(at, value):
    good = workbook()
    at %= len(good)
    try:
        assert isinstance(read(good[:at] + bytes([value]) + good[at + 1 :], "any.xlsx"), Book)
    except Unreadable as refused:
        assert str(refused)
