"""The turn of the year: a school's classes move up in one press and back in one, on a phone and by keyboard alone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from schools.models import AcademicYear
from tests.journeys.looks import LOOKS
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


@pytest.fixture
def leaving(stack):
    """A school of Liverpool whose last Year 6 has not been let go; how many they are."""
    year = AcademicYear.year_of(timezone.localdate())
    urn = stack.one(
        "SELECT min(school_id) FROM programmes_partnership p JOIN programmes_programme h ON h.id = p.programme_id"
        " WHERE h.slug = 'liverpool' AND p.ends_on IS NULL AND p.school_id > 990000"
    )
    stack.rows(
        "DELETE FROM participants_destination d USING participants_enrolment e WHERE e.id = d.enrolment_id"
        " AND e.school_id = %s AND d.last_day = %s",
        *(urn, f"{year}-08-31"),
    )
    stack.rows(
        "UPDATE participants_enrolment SET ends_on = NULL WHERE school_id = %s AND ends_on = %s AND id IN (SELECT"
        " enrolment_id FROM participants_placement WHERE year_group = '6' AND academic_year_id = %s)",
        *(urn, f"{year}-08-31", year - 1),
    )
    return urn


AWAY = "SELECT count(*) FROM participants_destination WHERE goes_to = 'away'"
STILL = (
    "SELECT count(*) FROM participants_enrolment e JOIN participants_placement p ON p.enrolment_id = e.id"
    " WHERE e.school_id = %s AND e.ends_on IS NULL AND p.year_group = '6' AND p.academic_year_id = %s"
)


def test_leavers_are_let_go_on_a_phone_without_script_and_come_back(stack, visit, leaving):
    year = AcademicYear.year_of(timezone.localdate())
    many, away = stack.one(STILL, leaving, year - 1), stack.one(AWAY)
    assert many > 10
    page = visit(script=False)
    enter(page, ADMIN)
    page.goto("/hub/liverpool/new-year/")
    page.get_by_role("link", name=re.compile("Say where they go")).first.click()
    rest = page.get_by_role("region", name="For all left open")
    rest.get_by_label("Where they go").select_option(label="Not known")
    page.get_by_label("A school that is not in the lists").fill("Demonstration Primary")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("status").filter(has_text="now in the lists")).to_be_visible()
    row = page.locator("tbody tr").first
    row.get_by_label(re.compile("^Where ")).select_option(index=1)
    row.get_by_label(re.compile("^How ")).select_option(label="Goes on in In Harmony")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text(f"{many} children left")).to_be_visible()
    assert stack.one(STILL, leaving, year - 1) == 0
    assert stack.one("SELECT count(*) FROM participants_destination WHERE plays = 'here' AND goes_to = 'school'") == 1
    page.get_by_role("link", name="Write down what is known by now").click()
    page.locator("tbody tr").first.get_by_label(re.compile("^Where ")).select_option(label="Left the area")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Written down for 1 child.")).to_be_visible()
    assert stack.one(AWAY) == away + 1
    page.goto("/hub/liverpool/new-year/")
    page.get_by_role("button", name=re.compile("Undo")).first.click()
    expect(page.get_by_text(f"Undone: {many} children as before.")).to_be_visible()
    assert stack.one(STILL, leaving, year - 1) == many


def test_the_pages_of_the_new_year_are_for_everybody(stack, visit, behind, leaving):
    """Axe in four looks, and no sideways scrolling at 320 px."""
    page = visit()
    enter(page, ADMIN)
    findings, wide = {}, []
    for path in ("", "leavers/", "left/"):
        page.goto(f"/hub/liverpool/new-year/{path}")
        for width, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": 844})
            page.emulate_media(color_scheme=scheme)
            for found in Axe().run(page).response["violations"]:
                findings[(path, width, scheme, found["id"])] = found["nodes"][0]["html"][:120]
        page.set_viewport_size({"width": 320, "height": 700})
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(path)
    assert (findings, wide) == ({}, [])
