"""A child who is not in the ensemble turns up: looked for from a phone, marked, and kept through a lost connection."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.test_pages import enter
from tests.journeys.test_without_network import MARKS, SAVED, TUTOR, cut, mark_absent, phone, save, session

pytestmark = pytest.mark.browser
__all__ = ["phone", "session"]

# a child of the session's school who was never in its ensemble, and whose name nobody else has
STRANGER = """
SELECT min(c.id), coalesce(nullif(c.known_as, ''), c.forename) || ' ' || c.surname FROM participants_child c
JOIN participants_enrolment n ON n.child_id = c.id AND n.ends_on IS NULL
JOIN programmes_session s ON s.id = %s JOIN programmes_ensemble e ON e.id = s.ensemble_id
WHERE (e.school_id IS NULL OR n.school_id = e.school_id) AND c.programme_id = s.programme_id AND NOT c.is_at_risk
AND c.id NOT IN (SELECT child_id FROM participants_membership WHERE ensemble_id = e.id)
GROUP BY 2 HAVING count(*) = 1 ORDER BY 1 LIMIT 1
"""


@pytest.fixture
def stranger(stack, session):
    """The key and the name of a child who could turn up."""
    ((pk, name),) = stack.rows(STRANGER, session)
    return pk, name


def look_for(page, name):
    page.get_by_role("button", name="Add a child who is here").click()
    page.get_by_label("Whole name").fill(name)
    page.get_by_role("button", name="Search").click()


def add(page, name):
    look_for(page, name)
    page.get_by_role("button", name=f"Add {name}").click()
    expect(page.locator(SAVED)).to_contain_text("not saved yet", ignore_case=True)


def mark_of(stack, session, child):
    found = stack.rows(
        "SELECT mark FROM participants_attendance WHERE session_id = %s AND child_id = %s", session, child
    )
    return found[0][0] if found else ""


def test_on_a_phone_the_marks_survive_the_search_and_one_save_keeps_all(stack, phone, session, stranger):
    child, name = stranger
    everyone = phone.locator(".mark").count()
    mark_absent(phone, 1)
    add(phone, name)
    row = phone.locator(f"#child-{child}")
    expect(row).to_contain_text("Not in this ensemble")
    expect(phone.locator(".choice-a :checked")).to_have_count(1)
    expect(phone.locator("[data-count]")).to_contain_text(f"{everyone} of {everyone + 1}")
    assert stack.rows(MARKS, session) == []
    save(phone)
    expect(phone.locator(SAVED)).to_contain_text("Saved")
    assert dict(stack.rows(MARKS, session)) == {"a": 1, "p": everyone}
    assert mark_of(stack, session, child) == "p"
    # and taken off again
    phone.reload()
    row.click(position={"x": 20, "y": 20})
    row.get_by_text("Take off the register").click()
    save(phone)
    expect(phone.locator(SAVED)).to_contain_text("Saved")
    assert mark_of(stack, session, child) == ""
    phone.reload()
    expect(row).to_have_count(0)


def late(row):
    """Moves from present to the next choice, as a keyboard does without any script."""
    row.locator('input[value="p"]').press("ArrowRight")


@pytest.mark.parametrize("script", [True, False])
def test_without_script_and_by_keyboard_it_is_the_same(stack, visit, session, stranger, script):
    child, name = stranger
    page = visit(width=1280, script=script)
    enter(page, TUTOR)
    page.goto(f"/sessions/{session}/register/")
    late(page.locator(".mark").nth(0))
    page.get_by_role("button", name="Add a child who is here").press("Enter")
    page.get_by_label("Whole name").press_sequentially(name)
    page.keyboard.press("Enter")
    page.get_by_role("button", name=f"Add {name}").press("Enter")
    late(page.locator(f"#child-{child}"))
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.locator(SAVED)).to_contain_text("Saved")
    assert (mark_of(stack, session, child), dict(stack.rows(MARKS, session))["l"]) == ("l", 2)


def test_who_was_added_waits_without_a_name_and_stands_there_again_after_a_closed_tab(stack, phone, session, stranger):
    child, name = stranger
    context = phone.context
    add(phone, name)
    kept = phone.evaluate("JSON.stringify(Object.entries(localStorage))")
    signed = re.search(rf'\\"tokens\\":{{\\"{child}\\":\\"([^\\]+)', kept)[1]
    assert [part for part in name.split() if part in kept.replace(signed, "")] == []
    phone.close()
    again = context.new_page()
    again.goto(f"/sessions/{session}/register/")
    row = again.locator(f"#child-{child}")
    expect(row).to_contain_text(name)
    expect(row.locator(".choice-p input")).to_be_checked()
    context.set_offline(True)
    row.click(position={"x": 20, "y": 20})
    save(again)
    expect(again.locator(SAVED)).to_contain_text("not sent yet")
    assert stack.rows(MARKS, session) == []
    context.set_offline(False)
    expect(again.locator(SAVED)).to_contain_text("Saved")
    assert mark_of(stack, session, child) == "a"
    assert again.evaluate("Object.keys(localStorage).length") == 0


def test_a_save_that_waits_carries_the_child_also_from_a_page_that_could_not_ask_for_the_name(
    stack, phone, session, stranger
):
    child, name = stranger
    add(phone, name)
    cut(phone, "**/register/send/")
    save(phone)
    expect(phone.locator(SAVED)).to_contain_text("not sent yet")
    cut(phone, "**/walk-in/rows/")
    phone.goto(f"/sessions/{session}/register/")
    expect(phone.locator(SAVED)).to_contain_text("not sent yet")
    expect(phone.locator(f"#child-{child}")).to_have_count(0)
    mark_absent(phone, 0)
    save(phone)
    phone.unroute("**/register/send/")
    expect(phone.locator(SAVED)).to_contain_text("Saved")
    assert (mark_of(stack, session, child), dict(stack.rows(MARKS, session))["a"]) == ("p", 1)


def test_looked_for_without_a_connection_the_register_says_so_and_keeps_its_marks(phone):
    mark_absent(phone, 0)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Add a child who is here").click()
    expect(phone.locator(SAVED)).to_contain_text("No connection")
    expect(phone.locator(".choice-a :checked")).to_have_count(1)


def test_the_pages_are_for_everybody_and_nothing_runs_over_the_edge(visit, session, stranger):
    _, name = stranger
    for width, scheme in ((390, "light"), (1280, "dark")):
        page = visit(width=width, scheme=scheme)
        enter(page, TUTOR)
        for words in ("Nobody Known", name):
            page.goto(f"/sessions/{session}/register/")
            look_for(page, words)
            expect(page.locator("#found")).to_be_visible()
            assert Axe().run(page).response["violations"] == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.get_by_role("button", name=f"Add {name}").click()
        expect(page.get_by_text("Not in this ensemble")).to_be_visible()
        assert Axe().run(page).response["violations"] == []
