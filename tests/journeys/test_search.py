"""A child is found from any page: by keyboard, and on a phone without script."""

import pytest
from playwright.sync_api import expect

from tests.journeys.test_pages import enter

pytestmark = pytest.mark.browser

ONE = (
    "SELECT c.surname, coalesce(nullif(c.known_as, ''), c.forename) FROM participants_child c"
    " JOIN participants_enrolment e ON e.child_id = c.id AND e.ends_on IS NULL"
    " JOIN programmes_programme h ON h.id = c.programme_id"
    " WHERE h.slug = 'liverpool' AND NOT c.is_at_risk ORDER BY c.id LIMIT 1"
)


@pytest.fixture
def name(stack):
    """The surname and the name in class of a child of Liverpool."""
    (found,) = stack.rows(ONE)
    return found


def test_a_child_is_found_by_keyboard_alone_and_the_words_are_not_told_on(stack, visit, name):
    page = visit(width=1280)
    enter(page, "admin@liverpool.example")
    page.goto("/reports/")
    page.keyboard.press("/")
    page.keyboard.type(f"{name[1]} {name[0]}".lower())
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?find=*")
    child = page.get_by_role("link", name=f"{name[1]} {name[0]}").first
    with page.expect_request("**/children/*/") as asked:
        child.press("Enter")
    assert asked.value.headers.get("referer", "").rstrip("/") == stack.url.rstrip("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name[0])


def test_the_key_can_be_turned_off(visit):
    page = visit(width=1280)
    enter(page, "admin@liverpool.example")
    page.goto("/search/")
    page.get_by_label("On a keyboard, / goes to the search from any page").uncheck()
    page.goto("/reports/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "seek"


def test_a_child_is_found_on_a_phone_without_script(visit, name):
    page = visit(script=False)
    enter(page, "admin@liverpool.example")
    page.get_by_role("link", name="Find a child, ensemble or school").click()
    page.get_by_label("Name", exact=True).fill(name[0])
    page.get_by_label("Name", exact=True).press("Enter")
    page.wait_for_url("**/search/?find=*")
    expect(page.get_by_role("link", name=f"{name[1]} {name[0]}").first).to_be_visible()
