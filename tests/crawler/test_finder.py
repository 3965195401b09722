"""A planted text is found however it is wrapped; what holds none says nothing."""

import base64
import gzip
import json
import zlib
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from tests.crawler.finder import Finder, normal
from tests.crawler.plan import Canary, Plan
from tests.crawler.plans import BORN, OURS, THEIRS, answer, plan
from tests.crawler.reading import UnreadableError

FINDER = Finder(plan())
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def found(an_answer):
    return {sighting.canary.what: sighting.where for sighting in FINDER.in_answer(an_answer)}


def workbook(**what):
    book = Workbook()
    sheet = book.active
    sheet["A1"] = "Surname"
    for name, text in what.items():
        if name == "cell":
            sheet["B7"] = text
        if name == "comment":
            sheet["A1"].comment = Comment(text, "author")
        if name == "sheet":
            book.create_sheet(text).sheet_state = "hidden"
        if name == "author":
            book.properties.creator = text
    sent = BytesIO()
    book.save(sent)
    return sent.getvalue()


def page_of(text):
    """Returns the drawing of a page with one line of text on it."""
    drawn = StreamObject()
    drawn.set_data(f"BT /F1 12 Tf 20 700 Td ({text}) Tj ET".encode("latin-1"))
    return drawn


def pdf(*, text="", author="", attached=b"", compress=True):
    writer = PdfWriter()
    page = writer.add_blank_page(300, 800)
    if text:
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        named = DictionaryObject({NameObject(k): NameObject(v) for k, v in font.items()})
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): named})}
        )
        page[NameObject("/Contents")] = writer._add_object(page_of(text))
        if compress:
            page.compress_content_streams()
    if author:
        writer.add_metadata({"/Author": author})
    if attached:
        writer.add_attachment("list.csv", attached)
    sent = BytesIO()
    writer.write(sent)
    return sent.getvalue()


def packed(text):
    letters = base64.urlsafe_b64encode(zlib.compress(text.encode())).decode().rstrip("=")
    return f".{letters}:1abcDE:signature"


@pytest.mark.parametrize(
    "holding",
    [
        answer("<p>Zvorambrek</p>"),
        answer("<p>ZVORAMBREK</p>"),
        answer("<p>Zvor<b>ambrek</b></p>"),
        answer("<p>Zvor<!-- quietly -->ambrek</p>"),
        answer("<p>&#90;voram&#x62;rek</p>"),
        answer("&amp;#90;vorambrek"),
        answer('<a href="/?find=%5A%76orambrek">'),
        answer('<script type="application/json">{"name": "\\u005avorambrek"}</script>'),
        answer("<!-- Zvorambrek -->", status=404),
        answer("Zvo­rambrek"),
        answer("Ｚｖｏｒａｍｂｒｅｋ"),
        answer("ZVORAMBREK".encode("utf-16"), "text/csv"),
        answer(gzip.compress(b"Zvorambrek"), Content_Encoding="gzip"),
        answer(json.dumps({"rows": [{"a": ["Zvorambrek"]}]}), "application/json"),
        answer('a;"Zvorambrek"\n', "text/csv"),
        answer("", status=302, Location="/children/?find=zvorambrek"),
        answer("", Set_Cookie="messages=Zvorambrek; HttpOnly"),
        answer("", Set_Cookie=f"messages={packed('saved for Zvorambrek')}; HttpOnly"),
        answer(f'<input name="token" value="{packed("Zvorambrek")}">'),
        answer("", X_Child="Zvorambrek"),
        answer("", ETag='"zvorambrek-1"'),
        answer("", Content_Disposition='attachment; filename="Zvorambrek.pdf"'),
        answer(workbook(cell="Zvorambrek"), XLSX),
        answer(workbook(comment="of Zvorambrek"), XLSX),
        answer(workbook(sheet="Zvorambrek"), XLSX),
        answer(workbook(author="Zvorambrek"), XLSX),
        answer(pdf(text="Zvorambrek"), "application/pdf"),
        answer(pdf(author="Zvorambrek"), "application/pdf"),
        answer(pdf(attached=b"Surname\nZvorambrek\n"), "application/pdf"),
        answer(pdf(attached=workbook(cell="Zvorambrek")), "application/pdf"),
        answer(pdf(text="Zvorambrek"), "text/html"),
    ],
)
def test_a_text_is_found_however_it_is_wrapped(holding):
    assert set(found(holding)) == {THEIRS.what}


@pytest.mark.parametrize(
    "innocent",
    [
        answer("<p>Zvoram brek</p>"),
        answer(workbook(cell="Zvor", comment="ambrek"), XLSX),
        answer(pdf(text="Zvor", author="ambrek"), "application/pdf"),
        answer("4 March 2015, 14 March 2016, 114 March 2015, 2015-03-145"),
        answer("<td>1</td><td>4 March 2015</td>"),
        answer(b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "image/png"),
    ],
)
def test_what_holds_none_says_nothing(innocent):
    assert found(innocent) == {}


def test_accents_and_apostrophes_are_the_same_in_every_spelling():
    for written in ("O'Quavélind", "O’QUAVÉLIND", "o&#x27;quave&#x301;lind", "o%27quavelind", "O ' Quavelind"):
        assert (written, set(found(answer(written)))) == (written, {OURS.what} if " " not in written else set())


def test_a_day_is_found_as_pages_and_as_sheets_write_it():
    assert set(found(answer("born on 14 March&nbsp;2015"))) == {BORN.what}
    assert set(found(answer("2015-03-14", "text/csv"))) == {BORN.what}


def test_a_sighting_says_where_it_was():
    assert found(answer(pdf(author="Zvorambrek"), "application/pdf")) == {THEIRS.what: "body, PDF properties"}
    assert found(answer("", X_Child="Zvorambrek")) == {THEIRS.what: "headers"}


def test_a_file_that_cannot_be_read_is_no_clean_file():
    whole = pdf(text="Zvorambrek")
    for broken in (b"PK\x03\x04 and nothing more", whole[: len(whole) // 3], b"not a file"):
        with pytest.raises(UnreadableError):
            FINDER.in_answer(answer(broken, "application/pdf"))


def test_a_text_too_short_to_stand_nowhere_else_is_refused():
    short = Canary("forename", "name", ("Ann",))
    with pytest.raises(ValueError, match="forename"):
        Finder(Plan(0, (), (), (short,)))


def test_what_a_request_told_is_known():
    assert FINDER.told("find=zvorambrek") == {THEIRS.what}
    assert FINDER.told("find=zvor") == set()


def test_normal_is_one_spelling_of_all():
    assert normal("  Zoë\u00a0O’Çonnell ") == "zoe o'connell"
