"""A messy class list as a new administrator meets it: from the file to accepted, mended in the browser, and undone."""

import re
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.inharmony.spreadsheets.workbooks import packed, parts, sheet
from tests.journeys.looks import LOOKS
from tests.journeys.test_pages import enter

pytestmark = pytest.mark.browser

ADMIN = "admin@liverpool.example"
HEADINGS = ("UPN", "Pupil name", "D.O.B.", "Gender", "Yr Grp", "Reg Group", "PP", "SEN Status", "Home address", "House")
# ten kinds of fault: title rows, several sheets, an impossible date, no name, a date in the future, month first, a UPN
# that cannot be, a year group in words, scrambled letters, an old SEN code; and a total below
ROWS = (
    ("Class lists September FINAL",),
    (),
    HEADINGS,
    ("F999999925001", "Nowak, Zuzana", "14/03/2018", "F", "3", "3 Heron", "Y", "N", "1 Salt Lane", "Red"),
    ("V999999925002", "Molloy, Grace", "31/02/2018", "F", "Y3", "3 Heron", "", "K", "2 Salt Lane", "Red"),
    ("", "Obi, Chidi", "22/04/2018", "M", "Yr Four", "3 Heron", "Y", "N", "3 Salt Lane", "Red"),
    ("M99999992500X", "Doyle, Niamh", "16/05/2018", "Female", "Year 3", "3 Heron", "", "S", "4 Salt Lane", "Red"),
    ("", "", "19/09/2017", "M", "4", "4 Swan", "", "N", "5 Salt Lane", "Red"),
    ("", "JosÃ© Garcia", "18/07/2017", "M", "4", "4 Swan", "", "N", "6 Salt Lane", "Red"),
    ("", "Smith, Tom", "11/11/2071", "M", "4", "4 Swan", "", "N", "7 Salt Lane", "Red"),
    ("", "Khan, Amira", "12/13/2017", "F", "4", "4 Swan", "Y", "?", "8 Salt Lane", "Red"),
    ("Total", "8 pupils"),
)


def messy() -> bytes:
    """Returns the workbook, its list on the first of two sheets that hold one."""
    second = (("Forename", "Surname", "DOB"), ("Bo", "Wren", "21/02/2016"))
    return packed(parts({"Y3-Y4": sheet(_cells(ROWS)), "Y5": sheet(_cells(second))}))


def _cells(rows) -> str:
    return "".join(
        f'<row r="{number}">'
        + "".join(_cell(number, column, text) for column, text in enumerate(row) if text)
        + "</row>"
        for number, row in enumerate(rows, 1)
    )


def _cell(row: int, column: int, text: str) -> str:
    return f'<c r="{chr(65 + column)}{row}" t="inlineStr"><is><t>{text}</t></is></c>'


def drop(page) -> None:
    page.goto("/imports/new/")
    page.get_by_label("School", exact=True).select_option(index=2)
    files = [{"name": "FINAL.xlsx", "mimeType": "application/octet-stream", "buffer": messy()}]
    page.locator("input[type=file]").set_input_files(files)
    page.get_by_role("button", name="Read the list").click()
    expect(page.get_by_role("heading", name="Which sheet is meant?")).to_be_visible()
    page.get_by_text("Y3-Y4").click()
    page.get_by_role("button", name="Read this sheet").click()
    expect(page.get_by_role("heading", name="Check before anything changes")).to_be_visible()


def mend(page, row: int, text: str) -> None:
    block = page.locator(f"#row-{row}")
    block.locator("input:not([type=hidden])").first.fill(text)
    block.get_by_role("button", name=re.compile("Check again")).click()


def test_a_messy_file_goes_from_drop_to_accepted_in_under_three_minutes_and_back(stack, visit):
    page = visit(width=1280)
    enter(page, ADMIN)
    before = stack.one("SELECT count(*) FROM participants_child")
    began = time.monotonic()
    drop(page)
    address = page.url
    expect(page.get_by_text("Home address", exact=True)).to_be_visible()
    for row, text in ((5, "28/02/2018"), (8, "Wren, Leo"), (10, "11/11/2017"), (11, "13/12/2017")):
        mend(page, row, text)
        expect(page.locator(f"#row-{row}").get_by_text(re.compile("Mended|Check again")).first).to_be_visible()
    expect(page.locator("#ready")).to_contain_text("8 of 8")
    assert page.url == address  # mended in its place
    page.get_by_text("No", exact=True).first.click()
    page.get_by_role("button", name="Read blanks so").click()
    expect(page.get_by_text("Read again.")).to_be_visible()
    page.get_by_role("button", name=re.compile("Accept")).click()
    expect(page.get_by_role("heading", name="The list is in: 8 of 8 rows")).to_be_visible()
    assert time.monotonic() - began < 180
    assert stack.one("SELECT count(*) FROM participants_child") == before + 8
    assert stack.one(
        "SELECT count(*) FROM participants_child WHERE forename = 'Grace' AND date_of_birth = '2018-02-28'"
    )
    page.get_by_role("link", name="Undo this list").click()
    page.get_by_role("button", name="Undo the list").click()
    expect(page.get_by_text("Undone: 8 children removed")).to_be_visible()
    assert stack.one("SELECT count(*) FROM participants_child") == before


def test_it_is_mended_on_a_phone_without_script(visit):
    page = visit(script=False)
    enter(page, ADMIN)
    drop(page)
    mend(page, 5, "30/02/2018")
    expect(page.get_by_text("“30/02/2018” is not a date")).to_be_visible()
    page.get_by_label("D.O.B.").fill("28/02/2018")
    page.get_by_role("button", name="Check the row again").click()
    expect(page.get_by_text("Row 5, Grace Molloy: new.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Cancel and delete the file").click()


def test_without_network_the_mending_is_not_lost(visit):
    page = visit(width=1280)
    enter(page, ADMIN)
    drop(page)
    page.context.set_offline(True)
    mend(page, 5, "28/02/2018")
    expect(page.get_by_text("There is no network. Nothing was lost")).to_be_visible()
    page.context.set_offline(False)
    page.locator("#row-5").get_by_role("button", name=re.compile("Check again")).click()
    expect(page.locator("#ready")).to_contain_text("5 of 8")


def test_axe_finds_nothing_on_the_way(visit):
    page = visit()
    enter(page, ADMIN)
    found = []
    page.goto("/imports/new/")
    found += in_all_looks(page)
    drop(page)
    address = page.url
    for path in ("", "columns/", "rows/5/", "joins/"):
        page.goto(address + path)
        found += in_all_looks(page)
    assert found == []


def in_all_looks(page) -> list[tuple[str, str]]:
    """Returns what axe finds on the page, wide and narrow, light and dark."""
    found = []
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        found += [(each["id"], each["nodes"][0]["html"]) for each in Axe().run(page).response["violations"]]
    return found
