"""What the children of an ensemble play: said by their tutor on a phone without script, and by keyboard alone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.looks import LOOKS
from tests.journeys.test_pages import enter

pytestmark = pytest.mark.browser

TUTOR = "coordinator@liverpool.example"
PLAYS = (
    "SELECT count(*) FROM participants_playing p JOIN participants_membership m ON m.child_id = p.child_id"
    " WHERE m.ensemble_id = %s AND m.ends_on IS NULL AND p.ends_on IS NULL AND p.instrument = %s"
)


def own_ensemble(page):
    """Goes to the first ensemble of whoever is in, and returns its id."""
    page.goto("/ensembles/")
    page.locator("tbody th a").first.click()
    page.wait_for_url("**/ensembles/*/")
    return int(page.url.rstrip("/").rpartition("/")[2])


def test_a_tutor_says_on_a_phone_without_script_what_two_children_play(stack, visit):
    page = visit(script=False)
    enter(page, TUTOR)
    ensemble = own_ensemble(page)
    before = stack.one(PLAYS, ensemble, "harp")
    page.get_by_role("link", name="Instruments").click()
    for number in (0, 1):
        page.locator("tbody select").nth(number).select_option(label="Harp")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Written down for 2 children, from")).to_be_visible()
    expect(page.get_by_text(f"Harp {before + 2}")).to_be_visible()
    assert stack.one(PLAYS, ensemble, "harp") == before + 2


def test_by_keyboard_alone_a_day_that_cannot_be_is_gone_to_and_mended(stack, visit):
    page = visit(width=1280)
    enter(page, TUTOR)
    ensemble = own_ensemble(page)
    before = stack.one(PLAYS, ensemble, "tuba")
    page.goto(f"/ensembles/{ensemble}/instruments/")
    day = page.get_by_label("From")
    now = day.input_value()
    day.fill("1950-01-01")
    select = page.locator("tbody select").nth(2)
    select.focus()
    page.keyboard.type("Tuba")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("1 January 1950 is too far from today.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("From")).to_be_focused()
    page.get_by_label("From").fill(now)
    expect(page.locator("tbody select").nth(2)).to_have_value("tuba")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("Written down for 1 child, from")).to_be_visible()
    assert stack.one(PLAYS, ensemble, "tuba") == before + 1


def test_the_page_is_for_everybody(visit):
    """Axe in four looks, and no sideways scrolling at 320 px."""
    page = visit()
    enter(page, TUTOR)
    page.goto(f"/ensembles/{own_ensemble(page)}/instruments/")
    findings = {}
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        for found in Axe().run(page).response["violations"]:
            findings[(width, scheme, found["id"])] = found["nodes"][0]["html"][:120]
    page.set_viewport_size({"width": 320, "height": 700})
    assert (findings, page.evaluate("document.documentElement.scrollWidth")) == ({}, 320)
