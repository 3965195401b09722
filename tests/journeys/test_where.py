"""A newcomer finds where In Harmony runs nearest to a place; and the pages of places and figures in every look."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.looks import looks_at

pytestmark = pytest.mark.browser

PAGES = (
    *("/where/", "/where/?place=York", "/where/?place=Newport", "/where/?place=nowhereatall"),
    *("/where/leeds/", "/where/liverpool/", "/where/nottingham/", "/where/norwich/"),
    *("/figures/", "/figures/?hub=leeds&measure=children", "/figures/releases/2025-26/year/1/"),
)
FIVE = ("How far", "Who leads it", "How many children", "Since when", "Who pays")


@pytest.mark.parametrize("script", [True, False])
def test_a_place_typed_and_a_press_answer_all_five_questions(stack, visit, script):
    page = visit(script=script)
    page.goto("/where/")
    page.get_by_label("Where is it nearest to you?").fill("Halifx")
    page.get_by_role("button", name="Find the nearest hub").click()
    expect(page.get_by_role("heading", level=2).first).to_have_text("In Harmony Opera North")
    answer = page.locator(".answer .summary")
    assert answer.locator("dt").all_inner_texts() == list(FIVE)
    said = answer.locator("dd").all_inner_texts()
    assert all(said)
    assert re.search(r"less than a mile|about a mile", said[0], re.IGNORECASE)
    assert "Opera North" in said[1]
    assert "Over 3,200" in said[2]
    assert (said[3], "Arts Council England" in said[4]) == ("2013", True)
    page.get_by_role("link", name="In Harmony Opera North").first.click()
    expect(page).to_have_url(re.compile("/where/leeds/$"))


def test_pages_of_places_and_figures_are_for_everybody(stack, visit):
    """axe in two looks of four, no sideways scrolling at 320 px, no complaint of the browser, no stranger asked."""
    page = visit()
    said, findings, wide = [], {}, []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: said.append(request.url) if "localhost" not in request.url else None)
    for path in PAGES:
        assert (path, page.goto(path).status) == (path, 200)
        for width, scheme in looks_at(path):
            page.set_viewport_size({"width": width, "height": 844})
            page.emulate_media(color_scheme=scheme)
            for found in Axe().run(page).response["violations"]:
                findings[(path, width, scheme, found["id"])] = found["nodes"][0]["html"][:120]
        page.set_viewport_size({"width": 320, "height": 700})
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(path)
    assert (findings, wide, said) == ({}, [], [])


def test_the_map_is_printed_with_the_list_and_without_the_search(stack, visit):
    page = visit(width=1280)
    page.goto("/where/")
    page.emulate_media(media="print")
    expect(page.locator(".where-map svg")).to_be_visible()
    expect(page.get_by_role("heading", name="The hubs")).to_be_visible()
    expect(page.get_by_role("button", name="Find the nearest hub")).not_to_be_visible()
