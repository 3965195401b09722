"""A hub brings in the registers of an earlier year: from a spreadsheet to marks that stand, and back, on a phone."""

import re
from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from schools.models import AcademicYear
from tests.journeys.looks import looks_at
from tests.journeys.test_pages import enter
from tests.participants.sheets import as_xlsx

pytestmark = pytest.mark.browser

ADMIN = "admin@liverpool.example"
ENSEMBLE = (
    "SELECT e.id, e.name FROM programmes_ensemble e JOIN programmes_programme h ON h.id = e.programme_id"
    " WHERE h.slug = 'liverpool' AND e.starts_on <= %s AND e.ends_on IS NULL AND (SELECT count(*) FROM"
    " participants_membership m WHERE m.ensemble_id = e.id AND m.starts_on <= %s AND coalesce(m.ends_on, %s) >= %s) > 5"
    " ORDER BY e.id LIMIT 1"
)
MEMBERS = (
    "SELECT c.forename, c.surname FROM participants_child c WHERE NOT c.is_at_risk AND EXISTS (SELECT FROM"
    " participants_membership m WHERE m.child_id = c.id AND m.ensemble_id = %s AND m.starts_on <= %s AND"
    " coalesce(m.ends_on, %s) >= %s) AND EXISTS (SELECT FROM participants_enrolment n WHERE n.child_id = c.id AND"
    " n.starts_on <= %s AND coalesce(n.ends_on, %s) >= %s) ORDER BY c.id LIMIT 6"
)
MARKS = (
    "SELECT count(*) FROM participants_attendance a JOIN programmes_session s ON s.id = a.session_id"
    " WHERE s.ensemble_id = %s AND s.day = ANY(%s)"
)


@pytest.fixture
def past(stack):
    """An ensemble, three Sundays of last year, on which nobody plays, and a sheet of six of its children."""
    year = AcademicYear.year_of(timezone.localdate()) - 1
    last, first = date(year + 1, 5, 31), date(year + 1, 3, 1)
    days = [last - timedelta(days=(last.weekday() + 1) % 7 + 7 * back) for back in (2, 1, 0)]
    ((ensemble, name),) = stack.rows(ENSEMBLE, first, first, last, last)
    children = stack.rows(MEMBERS, ensemble, first, last, last, first, last, last)
    rows = [
        (f"{name}: register",),
        (None, None, "Summer term"),
        ("Forename", "Surname", *(f"{day:%a} {day.day}/{day.month}" for day in days), "Total"),
        *((forename, surname, "/", "@", "A", 2) for forename, surname in children[:5]),
        # a slip of the keys
        (children[5][0][:-1], f"{children[5][1]}x", "L", "/", "I", 2),
        ("Total present", None, 6, 6, 0),
    ]
    return ensemble, name, year, days, as_xlsx(("Summer", rows))


def test_a_sheet_comes_in_on_a_phone_without_script_and_goes_again(stack, visit, past):
    ensemble, _, year, days, data = past
    page = visit(script=False)
    enter(page, ADMIN)
    page.goto(f"/ensembles/{ensemble}/")
    page.get_by_role("link", name="Bring in past registers").click()
    page.get_by_label("Academic year").select_option(label=f"{AcademicYear(year=year)}")
    page.get_by_label("Sheet of registers").set_input_files(
        {"name": "registers.xlsx", "mimeType": "application/octet-stream", "buffer": data}
    )
    page.get_by_role("button", name="Read the sheet").click()
    expect(page.get_by_role("heading", name="What do the letters mean?")).to_be_visible()
    page.get_by_label("What “@” means").select_option(label="Late")
    page.get_by_label("From").fill("10:00")
    page.get_by_label("To", exact=True).fill("10:45")
    page.get_by_role("button", name="That is what they mean").click()
    expect(page.get_by_role("heading", name="Check before anything changes")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_label(re.compile("^Row 9")).select_option(index=2)
    page.get_by_role("button", name="Note what I chose").click()
    expect(page.get_by_text("3 registers, 18 marks")).to_be_visible()
    page.get_by_role("button", name=re.compile("Accept")).click()
    expect(page.get_by_role("heading", name="3 registers are in")).to_be_visible()
    assert stack.one(MARKS, ensemble, days) == 18
    page.get_by_role("link", name="Undo this sheet").click()
    page.get_by_role("button", name="Undo the registers").click()
    expect(page.get_by_text("Undone: 3 registers taken back, 3 of them with their sessions.")).to_be_visible()
    assert stack.one(MARKS, ensemble, days) == 0


def test_its_pages_are_for_everybody(visit, past):
    """Axe in four looks, and no sideways scrolling at 320 px."""
    ensemble, _, year, _, data = past
    page = visit(width=1280)
    enter(page, ADMIN)
    page.goto(f"/imports/registers/new/?ensemble={ensemble}")
    page.get_by_label("Academic year").select_option(label=f"{AcademicYear(year=year)}")
    page.get_by_label("Sheet of registers").set_input_files(
        {"name": "registers.xlsx", "mimeType": "application/octet-stream", "buffer": data}
    )
    page.get_by_role("button", name="Read the sheet").click()
    expect(page.get_by_role("heading", name="What do the letters mean?")).to_be_visible()
    waiting = page.url
    findings, wide = look(page, [waiting, "/imports/registers/", "/imports/registers/new/"])
    page.goto(waiting)
    page.get_by_label("What “@” means").select_option(label="Late")
    page.get_by_role("button", name="That is what they mean").click()
    expect(page.get_by_role("heading", name="Check before anything changes")).to_be_visible()
    more, wider = look(page, [waiting])
    assert (findings | more, wide + wider) == ({}, [])
    page.get_by_role("button", name="Cancel and delete the file").click()
    expect(page.get_by_text("No register was changed.")).to_be_visible()


def look(page, paths):
    """Returns what axe finds on pages, and which of them are wider than a small phone."""
    findings, wide = {}, []
    for path in paths:
        page.goto(path)
        for width, scheme in looks_at(path):
            page.set_viewport_size({"width": width, "height": 844})
            page.emulate_media(color_scheme=scheme)
            for found in Axe().run(page).response["violations"]:
                findings[(path, width, scheme, found["id"])] = found["nodes"][0]["html"][:120]
        page.set_viewport_size({"width": 320, "height": 700})
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(path)
    return findings, wide
