"""What a hub took in: written down by its manager on a phone without script, and summed up as it is typed."""

import pytest
from playwright.sync_api import expect

from tests.journeys.test_pages import enter

pytestmark = pytest.mark.browser

MANAGER = "manager@liverpool.example"
PAGE = "/hub/liverpool/income/"


def test_a_manager_writes_income_down_on_a_phone_without_script(stack, visit):
    page = visit(script=False)
    enter(page, MANAGER)
    page.goto(f"{PAGE}?year=2012-13")
    page.get_by_label("Arts Council, In Harmony, pounds").fill("about 5")
    page.get_by_label("Schools, pounds").fill("£12,500")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Keep the income").click()
    expect(page.get_by_role("alert")).to_contain_text("Write pounds in figures, like 12,500 or 12500.00.")
    expect(page.get_by_label("Schools, pounds")).to_have_value("£12,500")
    page.get_by_label("Arts Council, In Harmony, pounds").fill("95 000.50")
    page.get_by_role("button", name="Keep the income").click()
    expect(page.get_by_text("The income of 2012-13 is kept.")).to_be_visible()
    expect(page.locator("[data-total]")).to_have_text("£107,500.50")
    page.goto(f"{PAGE}?year=2013-14")
    expect(page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Schools"))).to_contain_text("£12,500")


def test_the_sum_follows_what_is_typed(stack, visit):
    page = visit(width=1280)
    enter(page, MANAGER)
    page.goto(f"{PAGE}?year=2010-11")
    expect(page.locator("[data-total]")).to_have_text("Nothing yet")
    page.get_by_label("Families, pounds").fill("£1,000.10")
    page.get_by_label("Schools, pounds").fill("0.20")
    expect(page.locator("[data-total]")).to_have_text("£1,000.30")
    page.get_by_label("Schools, pounds").fill("12,50")
    expect(page.locator("[data-total]")).to_have_text("One sum is not in figures")
