"""Comparison schools: a manager chooses one on a phone without script, and ends it; axe finds nothing on the pages."""

import pytest
from playwright.sync_api import expect

from tests.journeys.test_pages import enter
from tests.journeys.test_rare_pages import is_for_everybody

pytestmark = pytest.mark.browser

MANAGER = "manager@liverpool.example"
PAGE = "/hub/liverpool/comparison/"
WHY = "As near as any, and chosen before we looked at its results."


def test_a_manager_chooses_and_ends_a_comparison_school_on_a_phone_without_script(stack, visit):
    page = visit(script=False)
    enter(page, MANAGER)
    page.goto("/context/")
    page.get_by_role("link", name="Comparison schools").click()
    page.get_by_role("link", name="Liverpool", exact=True).click()
    page.get_by_role("link", name="Find schools").click()
    # the demonstration compares with invented schools already: one more of them
    page.get_by_label("Phase").select_option("any")
    page.get_by_role("button", name="Find").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    name = page.get_by_role("link", name="Choose").first.inner_text().removeprefix("Choose").strip()
    page.get_by_role("link", name="Choose").first.click()
    page.get_by_role("button", name="Choose this school").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why this school")
    page.get_by_label("Why this school").fill(WHY)
    page.get_by_role("button", name="Choose this school").click()
    expect(page.get_by_text("is a comparison school of Liverpool.")).to_be_visible()
    expect(page.get_by_text(WHY)).to_be_visible()
    page.get_by_role("link", name=f"End the comparison with {name}").click()
    page.get_by_label("Why it is ended").fill("Its phase is another.")
    page.get_by_role("button", name="End the comparison").click()
    expect(page.get_by_text("is no comparison school any more.")).to_be_visible()
    page.get_by_text("compared with before").click()
    expect(page.get_by_text("Its phase is another.")).to_be_visible()


def test_how_both_groups_changed_is_counted_anew_after_a_choice(stack, visit):
    page = visit(width=1280)
    enter(page, MANAGER)
    page.goto(PAGE)
    told = page.get_by_text("School attendance changed by").first
    expect(told).to_contain_text("4 comparison schools")
    page.goto(f"{PAGE}find/?phase=")
    page.get_by_role("link", name="Choose").first.click()
    page.get_by_label("Why this school").fill(WHY)
    page.get_by_role("button", name="Choose this school").click()
    for _ in range(30):
        page.goto(PAGE)
        if told.count():
            break
        expect(page.get_by_text("It is being counted anew").first).to_be_visible()
        page.wait_for_timeout(500)
    expect(told).to_contain_text("5 comparison schools")
    page.get_by_text("What this takes for granted, and what it does not show").first.click()
    expect(page.get_by_text("parallel trends").first).to_be_visible()
    is_for_everybody(page)


def test_the_pages_are_for_everybody(stack, visit):
    page = visit()
    enter(page, MANAGER)
    page.goto(f"{PAGE}find/?phase=")
    is_for_everybody(page)
    name = page.get_by_role("link", name="Choose").first.inner_text().removeprefix("Choose").strip()
    page.get_by_role("link", name="Choose").first.click()
    page.get_by_label("Why this school").fill(WHY)
    is_for_everybody(page)
    page.get_by_role("button", name="Choose this school").click()
    expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
    is_for_everybody(page)
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("link", name="2024-25").first.click()
    is_for_everybody(page)
    page.goto(PAGE)
    page.get_by_role("link", name=f"End the comparison with {name}").click()
    is_for_everybody(page)
    page.get_by_label("Why it is ended").fill("A trial.")
    page.get_by_role("button", name="End the comparison").click()
    page.get_by_text("compared with before").click()
    expect(page.get_by_text("A trial.")).to_be_visible()
