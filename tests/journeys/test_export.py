"""A list taken out as a spreadsheet, and one brought in: by keyboard, on a phone, for everybody."""

import pytest
from playwright.sync_api import expect

from inharmony.spreadsheets import read
from inharmony.spreadsheets.sheet import SheetOut
from inharmony.spreadsheets.writing import write
from tests.journeys.test_pages import enter
from tests.journeys.test_rare_pages import is_for_everybody

pytestmark = pytest.mark.browser
OFFICE = "admin@liverpool.example"


def test_the_list_of_children_is_taken_out_twice_from_the_same_page(visit):
    page = visit()
    enter(page, OFFICE)
    page.goto("/children/?find=a")
    page.get_by_text("Export children").press("Enter")
    for kind in ("xlsx", "csv"):
        with page.expect_download() as download:
            page.locator(f'button[value="{kind}"]').press("Enter")
        name = download.value.suggested_filename
        assert name.startswith("demonstration-children-")
        rows = read(download.value.path().read_bytes(), name).sheets[0].rows
        assert len(rows) > 50
    is_for_everybody(page)


def test_ensembles_are_brought_in_on_a_phone(visit):
    page = visit()
    enter(page, OFFICE)
    page.goto("/ensembles/bring-in/")
    data = write(
        "ods",
        [
            SheetOut(
                "List",
                ["Ensemble", "Places", "Kind", "Starts"],
                [["Faith Choir", 41, "", ""], ["Travelling Band", 9, "Jazz band", "01/12/2026"]],
            )
        ],
    )
    page.set_input_files(
        "input[type=file]", {"name": "list.ods", "mimeType": "application/octet-stream", "buffer": data}
    )
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("heading", name="Check before anything changes")).to_be_visible()
    is_for_everybody(page)
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("Brought in: 1 new, 1 changed.")).to_be_visible()
    expect(page.get_by_role("link", name="Travelling Band")).to_be_visible()
