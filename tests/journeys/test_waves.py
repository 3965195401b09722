"""A wave from the form to the last paper sheet: by keyboard, without script, on paper, and for everybody."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.looks import LOOKS, looks_at
from tests.journeys.test_pages import enter
from tests.journeys.test_without_network import OFFICE

pytestmark = pytest.mark.browser

PAGE = re.compile(rb"/Type\s*/Page\b")
OPEN = (
    "SELECT w.id, g.id, count(*) FROM outcomes_wave w JOIN outcomes_askedgroup g ON g.wave_id = w.id"
    " JOIN outcomes_slip s ON s.group_id = g.id JOIN programmes_programme p ON p.id = w.programme_id"
    " LEFT JOIN participants_child c ON c.id = s.child_id"
    " WHERE w.closed_at IS NULL AND p.slug = 'liverpool' AND w.measure = 'music'"
    " GROUP BY w.id, g.id ORDER BY count(*) DESC, g.id LIMIT 1"
)
FREE = (
    "SELECT s.mark FROM outcomes_slip s LEFT JOIN outcomes_response r ON r.slip_id = s.id"
    " WHERE s.group_id = %s AND r.id IS NULL ORDER BY s.id"
)


@pytest.fixture
def group(stack):
    """The largest group of the wave that is open in Liverpool: wave, group, how many slips."""
    (row,) = stack.rows(OPEN)
    return row


def at(group, name):
    return f"/waves/{group[0]}/groups/{group[1]}/{name}/"


def test_slips_are_cut_eight_a_page_and_the_rest_fits_its_paper(visit, group):
    page = visit(width=1280)
    enter(page, OFFICE)
    wave, _, slips = group
    for name, pages in (("slips", -(-slips // 8)), ("list", 1), ("poster", 1), ("sheets", slips)):
        page.goto(at(group, name))
        printed = page.pdf(prefer_css_page_size=True)
        assert (name, len(PAGE.findall(printed))) == (name, pages)
    page.goto(f"/waves/{wave}/")
    page.emulate_media(media="print")
    assert page.get_by_role("link", name="Slips").count() == 0


def test_every_page_is_for_everybody(visit, group):
    page = visit()
    enter(page, OFFICE)
    wave = group[0]
    pages = ["/waves/", "/waves/new/", *(f"/waves/{wave}/{name}" for name in ("", "change/", "close/"))]
    for path in (*pages, *(at(group, name) for name in ("slips", "list", "poster", "sheets", "consent", "key"))):
        for width, scheme in looks_at(path):
            page.set_viewport_size({"width": width, "height": 844})
            page.emulate_media(color_scheme=scheme)
            page.goto(path)
            assert (path, width, scheme, Axe().run(page).response["violations"]) == (path, width, scheme, [])
        page.set_viewport_size({"width": 320, "height": 700})
        assert (path, page.evaluate("document.documentElement.scrollWidth > window.innerWidth")) == (path, False)


def test_a_sheet_is_keyed_in_by_digits_and_what_stands_is_shown_before_it_is_replaced(stack, visit, group):
    page = visit(width=1280)
    enter(page, OFFICE)
    mark = stack.rows(FREE, group[1])[0][0]
    page.goto(at(group, "key"))
    page.wait_for_function("document.activeElement.id === 'number'")
    # the number, ten answers of which one is left blank, save: no other key, and no mouse
    page.keyboard.type(mark[-4:])
    page.keyboard.type("4321043210")
    page.keyboard.press("Enter")
    page.get_by_text(f"{mark[-4:]} is keyed in.").wait_for()
    kept = stack.one(
        "SELECT r.answers FROM outcomes_response r JOIN outcomes_slip s ON s.id = r.slip_id WHERE s.mark = %s", mark
    )
    assert [kept[key] for key in ("like", "bored", "look_forward", "team", "left_out")] == [4, 3, 2, 1, None]
    assert page.evaluate("document.activeElement.id") == "number"
    page.keyboard.type(mark[-4:])
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=f"By slip {mark[-4:]} there are other answers already").wait_for()
    assert page.locator(".was").first.inner_text() == "Very true"
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="Replace them").click()
    page.get_by_text(f"{mark[-4:]} is keyed in.").wait_for()
    stack.rows("DELETE FROM outcomes_response r USING outcomes_slip s WHERE s.id = r.slip_id AND s.mark = %s", mark)


def test_all_of_it_works_without_script(stack, visit, group):
    page = visit(width=390, script=False)
    enter(page, OFFICE)
    mark = stack.rows(FREE, group[1])[1][0]
    page.goto(at(group, "key"))
    page.get_by_label("Number on the sheet").fill(mark[-4:])
    page.get_by_label("Mostly true").first.check()
    page.get_by_role("button", name="Save and next").click()
    assert page.get_by_text(f"{mark[-4:]} is keyed in.").is_visible()
    stack.rows("DELETE FROM outcomes_response r USING outcomes_slip s WHERE s.id = r.slip_id AND s.mark = %s", mark)


def test_targets_of_the_keying_page_are_large_enough_for_thumbs(visit, group):
    page = visit()
    enter(page, OFFICE)
    for width, _ in LOOKS[1:3]:
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(at(group, "key"))
        boxes = page.locator(".keying label").evaluate_all(
            "all => all.map(each => each.getBoundingClientRect().height)"
        )
        assert boxes
        assert min(boxes) >= 44


MADE = "SELECT max(id) FROM outcomes_wave WHERE measure = 'sdq_staff'"
KEPT = "SELECT answers FROM outcomes_response WHERE wave_id = %s"


@pytest.fixture
def forms(stack, visit):
    """A wave of a form that no screen may show, made by the office for a school's staff: its page; gone with the test."""
    page = visit(script=False)
    enter(page, OFFICE)
    page.goto("/waves/new/")
    page.get_by_label("School staff: Strengths and Difficulties Questionnaire, teacher form").check()
    page.get_by_label("Name").fill("Invented forms")
    page.get_by_role("button", name="Make it").click()
    page.get_by_label("School", exact=True).select_option(index=1)
    page.get_by_label("Slips in all").fill("3")
    page.get_by_role("button", name="Make the slips").click()
    wave = stack.one(MADE)
    group = stack.one("SELECT id FROM outcomes_askedgroup WHERE wave_id = %s", wave)
    yield page, wave, group
    for table in ("response", "slip", "askedgroup"):
        stack.rows(f"DELETE FROM outcomes_{table} WHERE wave_id = %s", wave)
    stack.rows("DELETE FROM outcomes_wave WHERE id = %s", wave)


def test_scores_of_a_paper_form_are_keyed_in_without_script_each_refusal_at_its_field(stack, forms):
    page, wave, _ = forms
    number = stack.one("SELECT right(mark, 4) FROM outcomes_slip WHERE wave_id = %s ORDER BY id LIMIT 1", wave)
    page.goto(f"/waves/{wave}/")
    page.get_by_role("link", name="Key in").click()
    page.get_by_label("Number on the form").fill(number)
    for part, score in (("Emotional problems", "4"), ("Conduct problems", "11"), ("Hyperactivity", "6")):
        page.get_by_label(part).fill(score)
    page.get_by_role("button", name="Save and next").click()
    conduct = page.get_by_label("Conduct problems")
    assert conduct.get_attribute("aria-invalid") == "true"
    page.get_by_role("link", name="“11” cannot be the score").click()
    assert conduct.evaluate("field => field === document.activeElement")
    conduct.fill("3")
    page.get_by_role("button", name="Save and next").click()
    assert page.get_by_text(f"{number} is keyed in.").is_visible()
    kept = {"emotional": 4, "conduct": 3, "hyperactivity": 6, "peer": None, "prosocial": None}
    assert stack.one(KEPT, wave) == kept


def test_the_pages_of_such_a_form_are_for_everybody(visit, forms):
    _, wave, group = forms
    page = visit()
    enter(page, OFFICE)
    pages = [f"/waves/{wave}/", *(f"/waves/{wave}/groups/{group}/{name}/" for name in ("slips", "key"))]
    for path in pages:
        for width, scheme in looks_at(path):
            page.set_viewport_size({"width": width, "height": 844})
            page.emulate_media(color_scheme=scheme)
            page.goto(path)
            assert (path, width, scheme, Axe().run(page).response["violations"]) == (path, width, scheme, [])
        page.set_viewport_size({"width": 320, "height": 700})
        assert (path, page.evaluate("document.documentElement.scrollWidth > window.innerWidth")) == (path, False)
    # wrong scores, of which each is told
    page.get_by_label("Number on the form").fill("0000")
    page.get_by_label("Conduct problems").fill("11")
    page.get_by_role("button", name="Save and next").click()
    assert Axe().run(page).response["violations"] == []
    boxes = page.locator(".keying-score").evaluate_all("all => all.map(each => each.getBoundingClientRect().height)")
    assert len(boxes) == 6
    assert min(boxes) >= 44
