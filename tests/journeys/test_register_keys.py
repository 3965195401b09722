"""A register taken by keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests.journeys.test_pages import enter
from tests.journeys.test_without_network import MARKS, OFFICE, SAVED, session

pytestmark = pytest.mark.browser
__all__ = ["session"]


@pytest.fixture
def register(visit, session):
    page = visit(width=1280)
    enter(page, OFFICE)
    page.goto(f"/sessions/{session}/register/")
    page.locator(".mark").first.locator("input:checked").focus()
    return page


def chosen(page):
    return page.locator(".mark").evaluate_all("rows => rows.map(row => row.querySelector(':checked').value)")


def at(page):
    return page.evaluate("[...document.querySelectorAll('.mark')].indexOf(document.activeElement.closest('.mark'))")


def test_a_letter_marks_the_child_in_focus_and_moves_on(stack, register, session):
    for key in ("a", "ArrowDown", "l", "ArrowUp", "ArrowUp", "r"):
        register.keyboard.press(key)
    assert (chosen(register)[:4], at(register)) == (["a", "r", "l", "p"], 2)
    name = register.locator(".mark-name").nth(1).inner_text()
    expect(register.get_by_role("status").filter(has_text=name)).to_have_text(f"{name}: Absent, Reason known")
    register.get_by_role("button", name="Save").focus()
    register.keyboard.press("Enter")
    expect(register.locator(SAVED)).to_contain_text("Saved")
    assert {mark: n for mark, n in stack.rows(MARKS, session) if mark != "p"} == {"a": 1, "r": 1, "l": 1}


def test_left_and_right_stay_the_group_of_choices(register):
    register.keyboard.press("ArrowRight")
    assert (chosen(register)[0], at(register)) == ("l", 0)
    register.keyboard.press("ArrowLeft")
    assert (chosen(register)[0], at(register)) == ("p", 0)


@pytest.mark.parametrize("keys", ["Control+e", "Alt+e", "Meta+e", "x", "5"])
def test_keys_of_the_browser_mark_nobody(register, keys):
    register.keyboard.press(keys)
    assert (set(chosen(register)), at(register)) == ({"p"}, 0)


def test_a_slash_leads_to_the_names_and_letters_typed_there_mark_nobody(register):
    last = register.locator(".mark").count() - 1
    name = register.locator(".mark-name").nth(last).inner_text()
    register.keyboard.press("/")
    expect(register.get_by_role("searchbox", name="Find a child", exact=True)).to_be_focused()
    register.keyboard.type(name)
    assert set(chosen(register)) == {"p"}
    register.keyboard.press("ArrowDown")
    assert at(register) == last
    register.keyboard.press("a")
    assert (chosen(register)[last], at(register)) == ("a", last)


def test_the_keys_are_said_of_the_box_that_finds_a_name(register):
    expect(register.get_by_role("searchbox", name="Find a child", exact=True)).to_have_accessible_description(
        "Keys: ↑ ↓ to the next child, p present, l late, r reason known, a absent, e excused, / find a child."
    )
    expect(register.locator("#keys")).to_be_visible()
