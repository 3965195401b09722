"""A family session: planned by the office to be counted by heads, counted by a tutor on a phone without script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.looks import LOOKS
from tests.journeys.test_pages import enter
from tests.journeys.test_without_network import OFFICE, TUTOR

pytestmark = pytest.mark.browser

ENSEMBLE = """
SELECT e.id FROM programmes_ensemble e JOIN programmes_ensemble_tutors l ON l.ensemble_id = e.id
JOIN programmes_tutor t ON t.id = l.tutor_id JOIN accounts_user u ON u.id = t.user_id
WHERE u.email = %s AND e.ends_on IS NULL ORDER BY e.id DESC LIMIT 1
"""
TODAY = "SELECT to_char(now() AT TIME ZONE 'Europe/London', 'YYYY-MM-DD')"
MADE = "SELECT id FROM programmes_session WHERE ensemble_id = %s AND is_headcount"


@pytest.fixture
def ensemble(stack):
    ((pk,),) = stack.rows(ENSEMBLE, TUTOR)
    yield pk
    stack.rows(
        "DELETE FROM participants_correction WHERE session_id IN (SELECT id FROM programmes_session WHERE is_headcount)"
    )
    stack.rows("DELETE FROM programmes_session WHERE is_headcount")


def plan(page, ensemble, day, kind):
    page.goto(f"/ensembles/{ensemble}/sessions/new/")
    page.get_by_label("On which day").select_option("once")
    page.get_by_label("From", exact=True).fill(day)
    page.get_by_label("Starts at").fill("05:10")
    page.get_by_label("Ends at").fill("05:50")
    page.get_by_label("Kind").select_option(kind)
    page.get_by_label("Count heads, without names").check()
    page.get_by_role("button", name="Show the days").click()


def test_it_is_planned_counted_and_corrected(stack, visit, ensemble):
    ((day,),) = stack.rows(TODAY)
    office = visit(script=False, width=1280)
    enter(office, OFFICE)
    plan(office, ensemble, day, "curricular")
    expect(office.get_by_role("link", name="Only family and taster sessions are counted by heads")).to_have_count(1)
    office.get_by_label("Kind").select_option("family")
    office.get_by_role("button", name="Show the days").click()
    expect(office.locator("main")).to_contain_text("Counted by heads, without names.")
    office.locator("input[name=day]").check()
    office.get_by_role("button", name="Add the days ticked").click()
    ((session,),) = stack.rows(MADE, ensemble)

    tutor = visit(script=False)
    enter(tutor, TUTOR)
    tutor.goto("/today/")
    tutor.locator(f'a[href="/sessions/{session}/register/"]').click()
    tutor.get_by_label("Children").fill("24")
    tutor.get_by_label("Children").press("Enter")
    expect(tutor.get_by_role("link", name="Write how many adults came")).to_have_attribute("href", "#id_adults")
    tutor.get_by_label("Adults").fill("11")
    tutor.get_by_role("button", name="Save").click()
    expect(tutor.locator(".messages")).to_contain_text("24 children and 11 adults.")
    expect(tutor.locator("[data-saved]")).to_contain_text("Next:")
    assert tutor.evaluate("document.documentElement.scrollWidth") == tutor.viewport_size["width"]

    # the office has the page open since before
    office.goto(f"/sessions/{session}/register/")
    tutor.get_by_label("Adults").fill("12")
    tutor.get_by_role("button", name="Save").click()
    office.get_by_label("Adults").fill("10")
    office.get_by_role("button", name="Save").click()
    expect(office.locator("main")).to_contain_text("Theirs: 24 children and 12 adults")
    office.get_by_role("link", name="Keep theirs").click()
    expect(office.get_by_label("Adults")).to_have_value("12")


def test_it_is_for_everybody(stack, visit, ensemble):
    ((day,),) = stack.rows(TODAY)
    office = visit(width=1280)
    enter(office, OFFICE)
    plan(office, ensemble, day, "taster")
    office.locator("input[name=day]").check()
    office.get_by_role("button", name="Add the days ticked").click()
    office.wait_for_url(f"**/ensembles/{ensemble}/")
    ((session,),) = stack.rows(MADE, ensemble)
    for state in ("open", "wrong", "saved"):
        office.goto(f"/sessions/{session}/register/")
        if state == "wrong":
            office.get_by_role("button", name="Save").click()
        if state == "saved":
            # by keyboard alone
            office.get_by_label("Children").focus()
            office.keyboard.type("7")
            office.keyboard.press("Tab")
            office.keyboard.type("3")
            office.keyboard.press("Enter")
            expect(office.locator(".messages")).to_contain_text("7 children and 3 adults.")
        for width, scheme in LOOKS:
            office.set_viewport_size({"width": width, "height": 844})
            office.emulate_media(color_scheme=scheme)
            assert (state, Axe().run(office).response["violations"]) == (state, [])
    office.set_viewport_size({"width": 320, "height": 700})
    assert not office.evaluate("document.documentElement.scrollWidth > window.innerWidth")
