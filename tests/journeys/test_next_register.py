"""From one saved register to the next that is missing, on a phone, with script and without."""

import pytest
from playwright.sync_api import expect

from tests.journeys.test_pages import enter
from tests.journeys.test_without_network import SAVED, TUTOR, save, session

pytestmark = pytest.mark.browser
__all__ = ["session"]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_one_press_leads_on(visit, session, script):
    page = visit(script=script)
    enter(page, TUTOR)
    page.goto(f"/sessions/{session}/register/")
    expect(page.get_by_role("link", name="Next:")).to_have_count(0)
    save(page)
    expect(page.locator(SAVED)).to_contain_text("Saved")
    following = page.locator(SAVED).get_by_role("link", name="Next:")
    expect(following).to_contain_text("left)")
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]
    address = following.get_attribute("href")
    following.click()
    page.wait_for_url(f"**{address}")
    expect(page.locator(SAVED)).to_contain_text("Not saved yet")
