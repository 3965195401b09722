"""A register started with nobody marked, on a phone, with script and without."""

import pytest
from playwright.sync_api import expect

from tests.journeys.test_pages import enter
from tests.journeys.test_register_keys import chosen
from tests.journeys.test_without_network import MARKS, SAVED, TUTOR, save, session

pytestmark = pytest.mark.browser
__all__ = ["session"]


def test_the_rest_is_set_at_once_and_a_child_left_out_is_named(stack, visit, session):
    page = visit()
    enter(page, TUTOR)
    page.goto(f"/sessions/{session}/register/")
    page.get_by_role("link", name="Start with nobody marked").click()
    expect(page.locator(".mark :checked")).to_have_count(0)
    row = page.locator(".mark").nth(0)
    row.locator(".choice-l").click()
    save(page)
    everyone = page.locator(".mark").count()
    expect(page.locator(SAVED)).to_contain_text(f"Not saved: {everyone - 1} children have no mark.")
    expect(page.locator(".mark").nth(1).locator("input").first).to_be_focused()
    assert stack.rows(MARKS, session) == []
    page.get_by_role("button", name="Excused").click()
    assert chosen(page) == ["l"] + ["e"] * (everyone - 1)
    page.locator(".mark").nth(1).locator(".choice-p").click()
    save(page)
    expect(page.locator(SAVED)).to_contain_text("Saved")
    assert dict(stack.rows(MARKS, session)) == {"l": 1, "p": 1, "e": everyone - 2}


def test_what_was_marked_comes_back_with_the_rest_still_unmarked(visit, session):
    page = visit()
    enter(page, TUTOR)
    page.goto(f"/sessions/{session}/register/?start=empty")
    page.locator(".mark").nth(0).locator(".choice-a").click()
    page.goto(f"/sessions/{session}/register/")
    expect(page.locator(SAVED)).to_contain_text("Marks you had not saved are filled in.")
    expect(page.locator(".mark :checked")).to_have_count(1)
