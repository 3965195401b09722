"""Pages that are met seldom: axe finds nothing on them, nothing runs over the edge, and paper gets what it can use."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.looks import LOOKS
from tests.journeys.test_pages import enter
from tests.journeys.test_without_network import OFFICE, SAVED, TUTOR, session

pytestmark = pytest.mark.browser
__all__ = ["session"]


def is_for_everybody(page):
    """Axe in four looks and no sideways scrolling at 320 px; the page is left as wide as a phone."""
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        assert (width, scheme, Axe().run(page).response["violations"]) == (width, scheme, [])
    page.set_viewport_size({"width": 320, "height": 700})
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    page.set_viewport_size({"width": 390, "height": 844})


def on_paper(page, selector):
    """Returns which of the elements a printer would get, by their text."""
    page.emulate_media(media="print")
    shown = [each.inner_text() for each in page.locator(selector).all() if each.is_visible()]
    page.emulate_media(media="screen")
    return shown


@pytest.fixture
def both(visit, session):
    """The page on which a tutor meets what the office saved meanwhile: one child is marked differently."""
    tutor, office = visit(), visit()
    for page, who in ((tutor, TUTOR), (office, OFFICE)):
        enter(page, who)
        page.goto(f"/sessions/{session}/register/")
    office.locator(".mark").nth(0).locator(".choice-a").click()
    office.get_by_role("button", name="Save").click()
    expect(office.locator(SAVED)).to_contain_text("Saved")
    tutor.locator(".mark").nth(1).locator(".choice-a").click()
    tutor.get_by_role("button", name="Save").click()
    expect(tutor.get_by_role("heading", name="Both versions")).to_be_visible()
    return tutor


def test_two_versions(both):
    # nothing leads away from what is not saved
    expect(both.get_by_role("link", name="Next:")).to_have_count(0)
    is_for_everybody(both)
    # it cannot be decided on paper, and says there what both versions are
    assert on_paper(both, "button, .decision input") == []
    said = on_paper(both, ".decision .radio")
    assert said == ["Theirs: absent, no reason", "Yours: present", "Theirs: present", "Yours: absent, no reason"]


def test_nobody_marked_yet(visit, session):
    page = visit()
    enter(page, TUTOR)
    page.goto(f"/sessions/{session}/register/?start=empty")
    is_for_everybody(page)
    assert on_paper(page, "button, .mark-choices, .rest, a[href*=register]") == []
    names = page.locator(".mark:not(.off-paper) .mark-name").count()
    assert len(on_paper(page, ".mark-name")) == names > 0


def test_the_preview_of_sessions(stack, visit):
    page = visit()
    enter(page, OFFICE)
    page.goto("/ensembles/")
    ensemble = page.locator("tbody th a").first.get_attribute("href")
    ((first, last),) = stack.rows(
        "SELECT to_char(now(), 'YYYY-MM-DD'), to_char(now() + interval '90 days', 'YYYY-MM-DD')"
    )
    asked = f"weekday=2&every=1&starts_on={first}&ends_on={last}&starts_at=10:15&ends_at=11:00&kind=extra"
    page.goto(f"{ensemble}sessions/new/?{asked}")
    days = page.locator("tbody tr").count()
    assert days > 10
    is_for_everybody(page)
    page.get_by_text("Change days, times or venue").click()
    is_for_everybody(page)
    # paper says which days are chosen
    assert on_paper(page, "button, select, input:not([type=checkbox])") == []
    assert len(on_paper(page, "tbody input")) == page.locator("tbody input").count() > 0
    assert len(on_paper(page, "tbody th")) == days


def test_the_question_before_a_sign_out_with_marks_unsent(visit, session):
    page = visit()
    enter(page, TUTOR)
    page.goto(f"/sessions/{session}/register/")
    page.locator(".mark").nth(0).locator(".choice-a").click()
    page.goto("/account/")
    page.get_by_role("button", name="Sign out").click()
    dialog = page.get_by_role("dialog", name="1 register not sent yet")
    expect(dialog.get_by_role("button", name="Stay signed in")).to_be_focused()
    is_for_everybody(page)
    assert on_paper(page, "dialog") == []
    # by keyboard: round within the dialog, and out of it without signing out
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="Sign out")).to_be_focused()
