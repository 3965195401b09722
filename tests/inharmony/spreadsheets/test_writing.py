"""What is written runs in no spreadsheet program, and comes back as it was."""

# ruff: noqa: DTZ001 - a spreadsheet knows no zones
import csv
import io
import zipfile
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from inharmony.spreadsheets import CellError, read
from inharmony.spreadsheets.child import ERRORS
from inharmony.spreadsheets.sheet import Linked, SheetOut
from inharmony.spreadsheets.writing import CONTENT_TYPES, KINDS, file_name, guarded, sheet_names, unguarded, write
from participants.imports.roster.text import plain

PAYLOADS = [
    *("=1+1", "==1+1", "+1+1", "-1+1", "@SUM(1)", "=SUM(A1)", "@cmd", "-", "'-", "=", "-2+3+cmd|' /C calc'!A0"),
    *("\t=1", "\r=1", "\n=1", "\t1", "\r1", " =1", "\u00a0=1", "'=1", "''=1", "\ufeff=1", "\u200b@x", " \t'=1"),
    *("＝1+1", "＋1", "－1", "＠x", "﹦1", "﹢1", "﹣1", "﹫x", "−1", "|x", "%x", '=HYPERLINK("http://evil.example")'),
    *('=cmd|"/c calc"!A1', "=IMPORTXML(A1)", "=WEBSERVICE(1)", "{=1}", "=1\r\n=2", "007", "3/4", "1e5", "1-2"),
    *("<f>1</f>", "]]><f>", "_x003D_1", "&#61;1", '"=1', "1234567890123456"),
]
DANGEROUS = "=+-@|%\t\r\n＝＋－＠﹦﹢﹣﹫−"


def made(kind, *rows, headings=("A", "B"), name="List"):
    return write(kind, [SheetOut(name, headings, rows)], title="A list")


def cells(kind, data):
    """Returns all rows as read, what a text file guards taken off again."""
    rows = [row.cells for row in read(data, f"list.{kind}").sheets[0].rows]
    take_off = unguarded if kind == "csv" else str
    return [[take_off(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]


@pytest.mark.parametrize("kind", KINDS)
def test_values_come_back_with_their_types(kind):
    values = [
        *("007", 7, -2, 1.5, True, False, "it’s", "'t Hooft", "-", "É😀", "a\nb", "  two  blanks "),
        *(date(2018, 3, 14), datetime(2026, 11, 29, 12, 33, 5)),
    ]
    _, back = cells(kind, made(kind, values))
    if kind == "csv":
        values = [text if isinstance(text, str) else plain(text) for text in values]
        back = [cell.title() if cell in {"TRUE", "FALSE"} else cell for cell in back]
    assert back == values


@pytest.mark.parametrize("kind", KINDS)
def test_no_payload_is_a_formula_or_changes(kind):
    data = made(kind, *([text, text] for text in PAYLOADS), headings=PAYLOADS)
    heading, *rows = cells(kind, data)
    same = str if kind != "ods" else (lambda text: text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    assert heading == [same(text) for text in PAYLOADS]
    assert rows == [[same(text)] * 2 for text in PAYLOADS]


def test_a_workbook_types_every_payload_as_text():
    data = made("xlsx", *([text] for text in PAYLOADS), headings=PAYLOADS, name="=1+1")
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert {cell.data_type for row in book.active for cell in row if cell.value is not None} <= {"s", "inlineStr"}
    assert {cell.number_format for row in book.active for cell in row if cell.value is not None} == {"@"}
    assert book.properties.title == "A list"
    for kind in ("xlsx", "ods"):
        with zipfile.ZipFile(io.BytesIO(made(kind, *([text] for text in PAYLOADS), headings=PAYLOADS))) as archive:
            for part in archive.namelist():
                tags = [] if part == "mimetype" else list(ET.fromstring(archive.read(part)).iter())
                assert not [t.tag for t in tags if t.tag.endswith(("}f", "}hyperlink", "}a", "}script"))]
                assert not [key for t in tags for key in t.attrib if key.endswith(("}formula", "}href"))]


def test_a_text_file_starts_no_cell_with_anything_dangerous():
    data = made("csv", *([text] for text in PAYLOADS), headings=PAYLOADS)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    texts = [cell for row in rows for cell in row]
    assert len(texts) == 2 * len(PAYLOADS)
    assert not [text for text in texts if text.lstrip(" \u00a0\ufeff\u200b")[:1] in DANGEROUS]
    assert data.count(b"\r\n") >= len(rows)
    assert b"\n" not in made("csv", ["x"], [1]).replace(b"\r\n", b"")


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=30)
NAMES = st.one_of(
    TEXTS, st.sampled_from(PAYLOADS), st.builds(lambda a, b: a + b, st.sampled_from(list(DANGEROUS)), TEXTS)
)
VALUES = st.one_of(
    NAMES,
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.floats(-1e14, 1e14, allow_nan=False),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2199, 12, 31)),
    st.datetimes(datetime(1900, 3, 1), datetime(2199, 12, 31)).map(lambda at: at.replace(microsecond=0)),
    st.none(),
)


def as_read(kind, value):
    """What a value is once it was in a file of a kind; a blank text is no text."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if kind == "xlsx" and isinstance(value, datetime) and value == datetime.combine(value, datetime.min.time()):
        # a workbook's midnight and its day are the same number
        value = value.date()
    if kind == "csv" and value is not None and not isinstance(value, str):
        value = plain(value).upper() if isinstance(value, bool) else plain(value)
    if isinstance(value, str):
        if kind == "ods":
            value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
        value = None if not value or value.isspace() else value
        # what spreadsheets say of a cell without a value says it in a text as well
        return CellError(value) if value in ERRORS else value
    return value


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(VALUES, min_size=2, max_size=5), min_size=1, max_size=8))
def test_whatever_is_written_is_read_again(kind, rows):
    # two lines within one cell, each like a row of its own, are what a forgotten quotation mark leaves
    assume(not any(isinstance(cell, str) and len(cell.splitlines()) > 2 for row in rows for cell in row))
    back = cells(kind, made(kind, *rows, headings=["First", "Second"]))
    meant = [[as_read(kind, cell) for cell in row] for row in rows]
    for row in meant:
        while row and row[-1] is None:
            row.pop()
    assert back[1:] == [row for row in meant if row]


@settings(max_examples=300, deadline=None)
@given(NAMES)
def test_a_guard_comes_off_exactly(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(tuple(DANGEROUS))
    # the reader of class lists takes it off by itself; a text it would have changed anyway it changes in the same way
    assert plain(guarded(text)) == plain(text)


@pytest.mark.parametrize("kind", KINDS)
def test_what_no_file_can_hold_is_left_out_and_what_is_too_long_is_cut(kind):
    _, back = cells(kind, made(kind, ["a\x00b\x0bc\ud800d", "x" * 40_000, "y" * 3]))
    assert back[0] == "abcd"
    assert back[1].endswith("x…")
    assert len(back[1]) < 32_767
    assert back[2] == "yyy"


def test_moments_are_londons_and_days_before_the_calendar_are_texts():
    summer = datetime(2026, 7, 1, 11, 0, tzinfo=UTC)
    _, back = cells("xlsx", made("xlsx", [summer, date(1899, 12, 31), 10**15, 2.0]))
    assert back == [datetime(2026, 7, 1, 12, 0), "1899-12-31", "1000000000000000", 2]


def test_a_list_of_much_the_same_is_not_taken_for_a_bomb():
    rows = [["Present"] * 100 for _ in range(1000)]
    for kind in ("xlsx", "ods"):
        assert len(cells(kind, made(kind, *rows, headings=["Day"] * 100))) == 1001


def test_names_of_sheets_are_ones_a_program_can_hold():
    names = sheet_names(
        ["=1+1", "a/b:c[d]*?", "", "x" * 40, "x" * 40, "History", "'quoted'", "LIST", "list", "😀" * 20]
    )
    assert names == [
        "1+1",
        "a b c d",
        "Sheet",
        "x" * 31,
        f"{'x' * 29} 2",
        "History list",
        "quoted",
        "LIST",
        "list 2",
        "😀" * 15,
    ]
    data = write("xlsx", [SheetOut(name, ["A"], [["b"]]) for name in ["=A&B", "=A&B", 'say "hi"']])
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames == ["A&B", "A&B 2", 'say "hi"']
    both = write("ods", [SheetOut(name, ["A"], [["b"]]) for name in ["=A&B", 'say "hi"']])
    assert [sheet.name for sheet in read(both, "x.ods").sheets] == ["A&B", 'say "hi"']


def test_names_of_files_are_harmless():
    assert file_name("Children, 29 November 2026", "xlsx") == "children-29-november-2026.xlsx"
    assert file_name('=cmd|../..\\"é\r\n', "csv") == "cmd-e.csv"
    assert file_name("漢字", "ods") == "list.ods"
    assert len(file_name("x" * 500, "csv")) == 84


def test_headings_may_repeat_or_be_empty_and_a_list_may_be():
    for kind in KINDS:
        assert cells(kind, made(kind, headings=["Name", "", None, "Name"])) == [["Name", None, None, "Name"]]


@pytest.mark.parametrize("kind", KINDS)
def test_cells_as_they_were_read_go_out_again(kind):
    sent = made("xlsx", ["007", date(2018, 3, 14), None, 3])
    first = [row.cells for row in read(sent, "list.xlsx").sheets[0].rows]
    broken = CellError("#REF!"), CellError("formula without a result")
    _, back, errors = cells(kind, made(kind, first[1], broken, headings=first[0]))
    assert [plain(cell) for cell in back] == ["007", "2018-03-14", "", "3"]
    assert errors == [CellError("#REF!"), "formula without a result"]


def test_what_is_no_file_is_refused():
    for kind, sheets in (("pdf", 1), ("csv", 2), ("xlsx", 0)):
        with pytest.raises(ValueError, match=r"\w"):
            write(kind, [SheetOut("A", ["A"], [])] * sheets)
    assert set(CONTENT_TYPES) == set(KINDS)


OPENS = "https://portal.example/hub/liverpool/figures/attendance/?year=2026-27&term="


def test_a_linked_number_is_a_number_that_opens_its_page():
    rows = ([Linked(385, OPENS), "plain"], *([None] for _ in range(26)), [*["x"] * 27, Linked("=1+1", OPENS)])
    sheet = openpyxl.load_workbook(io.BytesIO(made("xlsx", *rows))).active
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["A2"].hyperlink.target) == (385, "n", OPENS)
    assert (sheet["AB29"].value, sheet["AB29"].data_type, sheet["AB29"].hyperlink.target) == ("=1+1", "s", OPENS)
    assert sheet["B2"].hyperlink is None
    with zipfile.ZipFile(io.BytesIO(made("ods", *rows))) as archive:
        told = ET.fromstring(archive.read("content.xml"))
    links = [one.get("{http://www.w3.org/1999/xlink}href") for one in told.iter() if one.tag.endswith("}a")]
    assert links == [OPENS, OPENS]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_linked_is_read_as_what_it_is(kind):
    _, first, *_ = cells(kind, made(kind, [Linked(385, OPENS), Linked(2.5, OPENS), Linked("=1+1", OPENS)]))
    assert [str(cell) for cell in first] == ["385", "2.5", "=1+1"]
    # nothing opens nothing
    assert made(kind, ["x", Linked(None, OPENS)]) == made(kind, ["x", None])


@pytest.mark.parametrize(
    "href",
    [
        *("javascript:alert(1)", "file:///etc/passwd", "//evil.example/", "/hub/", "https://portal.example"),
        *('https://portal.example/"onx=', "https://a@evil.example/", "https://portal.example/\n", "cmd:x", ""),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_a_link_leads_to_a_page_and_nowhere_else(kind, href):
    with pytest.raises(ValueError, match="no absolute address"):
        made(kind, [Linked(1, href)])
