"""A hub's figures in a browser: a term is signed off, and a chart leaves with what it is drawn into it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.test_pages import enter
from tests.journeys.test_rare_pages import is_for_everybody, on_paper

pytestmark = pytest.mark.browser

MANAGER = "manager@leeds.example"
LAST_SPRING = "/hub/leeds/sign-off/?year={year}&term=spring"


def last_year(page):
    """The academic year before that of today, as the page offers it."""
    page.goto("/hub/leeds/")
    return page.locator("#id_year option").nth(1).inner_text()


def test_a_term_is_signed_off_without_script_and_printed(stack, visit):
    page = visit(script=False)
    enter(page, MANAGER)
    address = LAST_SPRING.format(year=last_year(page))
    page.goto(address)
    assert on_paper(page, "button, .subnav") == []
    page.get_by_role("button", name="Sign the term off").click()
    expect(page.locator(".messages")).to_contain_text("is signed off under number 1")
    expect(page.get_by_role("heading", name="Number 1")).to_be_visible()
    assert on_paper(page, ".tag") == ["Live", "Not for publication"]
    seen = visit()
    enter(seen, MANAGER)
    seen.goto(address)
    is_for_everybody(seen)


@pytest.mark.parametrize("kind", ["SVG", "PNG"])
def test_a_chart_leaves_with_the_words_that_it_is_not_for_publication(stack, visit, kind):
    page = visit(width=1280, scheme="dark")
    enter(page, MANAGER)
    page.goto("/hub/leeds/children/?by=sex")
    with page.expect_download() as taken:
        page.get_by_role("button", name=f"{kind} of Children taking part, by sex").click()
    assert re.fullmatch(
        rf"not-for-publication-leeds-.*-children-taking-part-by-sex\.{kind.lower()}", taken.value.suggested_filename
    )
    data = taken.value.path().read_bytes()
    if kind == "PNG":
        assert data.startswith(b"\x89PNG")
        return
    drawn = data.decode()
    assert "Not for publication. Leeds" in drawn
    assert "Girls" in drawn
    # on paper, whatever the theme of the page
    assert "var(--" not in drawn
    assert "#ffffff" in drawn


def test_without_script_the_table_and_its_files_stand(stack, visit):
    page = visit(script=False)
    enter(page, MANAGER)
    page.goto("/hub/leeds/children/?by=sex")
    expect(page.get_by_role("columnheader", name="Children", exact=True)).to_be_visible()
    expect(page.locator("figure.chart")).to_be_hidden()
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV of Children taking part, by sex").click()
    assert taken.value.path().read_text("utf-8-sig").startswith('"Not for publication. Leeds')
