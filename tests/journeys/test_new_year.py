"""The turn of the year: a school's classes move up in one press and back in one, on a phone and by keyboard alone."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from schools.models import AcademicYear
from tests.journeys.test_pages import enter

pytestmark = pytest.mark.browser

ADMIN = "admin@liverpool.example"
PLACED = (
    "SELECT count(*) FROM participants_placement p JOIN participants_enrolment e ON e.id = p.enrolment_id"
    " WHERE p.academic_year_id = %s AND e.school_id = %s"
)

BEHIND = (
    "SELECT count(*) FROM participants_enrolment e WHERE e.school_id = %s AND e.ends_on IS NULL AND EXISTS (SELECT FROM"
    " participants_placement p WHERE p.enrolment_id = e.id AND p.academic_year_id < %s)"
)


@pytest.fixture
def behind(stack):
    """A school of Liverpool whose children who stay have no year group for this year yet; how many they are."""
    year = AcademicYear.year_of(timezone.localdate())
    urn = stack.one(
        "SELECT max(school_id) FROM programmes_partnership p JOIN programmes_programme h ON h.id = p.programme_id"
        " WHERE h.slug = 'liverpool' AND p.ends_on IS NULL AND p.school_id > 990000"
    )
    stack.rows(
        "DELETE FROM participants_placement p USING participants_enrolment e WHERE e.id = p.enrolment_id"
        " AND e.school_id = %s AND p.academic_year_id = %s AND e.ends_on IS NULL",
        *(urn, year),
    )
    many = stack.one(BEHIND, urn, year)
    assert many > 20
    return year, urn, many


def test_a_school_moves_up_on_a_phone_without_script_and_back(stack, visit, behind):
    year, urn, many = behind
    before = stack.one(PLACED, year, urn)
    page = visit(script=False)
    enter(page, ADMIN)
    page.goto("/imports/")
    page.get_by_role("link", name=re.compile("Move children up into")).click()
    page.get_by_label("New class names").select_option(label="One year on: 4B becomes 5B")
    page.get_by_role("button", name="Fill in").click()
    expect(page.locator("table input").first).to_have_value(re.compile(r"^\d[A-Z]$"))
    page.locator("table input").first.fill("Heron")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name=re.compile("Move up")).click()
    expect(page.get_by_text(f"{many} children moved up into {year}-")).to_be_visible()
    assert stack.one(PLACED, year, urn) == before + many
    assert stack.one("SELECT count(*) > 5 FROM participants_placement WHERE school_class = 'Heron'")
    page.get_by_role("button", name=re.compile("Undo")).click()
    expect(page.get_by_text(f"Undone: {many} children as before.")).to_be_visible()
    assert stack.one(PLACED, year, urn) == before


def test_by_keyboard_alone_what_is_wrong_is_gone_to_and_mended(stack, visit, behind):
    year, urn, many = behind
    before = stack.one(PLACED, year, urn)
    page = visit(width=1280)
    enter(page, ADMIN)
    page.goto("/hub/liverpool/new-year/")
    field = page.locator("table input").first
    field.evaluate("field => field.removeAttribute('maxlength')")
    field.focus()
    page.keyboard.type("5" * 41)
    page.keyboard.press("Enter")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Nobody was moved: 1 name to mend")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("table input").first).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("5 Wren")
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"{many} children moved up into {year}-")).to_be_visible()
    assert stack.one(PLACED, year, urn) == before + many
