"""A child of eight answers on whatever the school has: by keyboard, by finger, without script, in two sittings."""

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from inharmony.access.scope import Scope, scoped
from inharmony.accounts.models import User
from outcomes.measures.shipped.music import MUSIC
from participants.models import Child, Consent
from programmes.models import Programme
from tests.factories import participants
from tests.journeys.looks import looks_at
from tests.outcomes import planting
from tests.outcomes.slips import address

pytestmark = pytest.mark.browser

LAST = len(MUSIC.items)
KEPT = "SELECT answers FROM outcomes_response WHERE slip_id = %s"
SMALL = """
() => [...document.querySelectorAll('a, button, input:not([type=hidden])')]
  .map(each => [each.textContent.trim() || each.name, each.getBoundingClientRect()])
  .filter(([, box]) => box.height < 44 || box.width < 44).map(([words, box]) => `${words}: ${box.width} by ${box.height}`)
"""
NUMBER = iter(range(1, 100))


@pytest.fixture
def slips(stack, django_db_blocker):
    """Two slips of a wave that is open, each of a child whose family consents to surveys."""
    with django_db_blocker.unblock(), stack.reached():
        hub = Programme.objects.get(slug="liverpool")
        by = User.objects.get(email="manager@liverpool.example")
        with scoped(Scope(frozenset({hub.pk}))):
            children = list(Child.objects.filter(programme=hub).order_by("pk")[:2])
            for child in children:
                participants.answer(child, Consent.Purpose.SURVEY, Consent.Answer.GIVEN, by=by)
            wave = planting.wave(hub, by, name=f"Journey {next(NUMBER)}")
            return planting.slips(planting.group(wave), children)


def is_for_everybody(page):
    """Axe in two looks of four, nothing over the edge at 320 px, nothing to press that is smaller than 44 px."""
    size, found = page.viewport_size, {}
    for width, scheme in looks_at(urlsplit(page.url).path):
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        found |= {
            (width, scheme, each["id"]): each["nodes"][0]["html"][:120]
            for each in Axe().run(page).response["violations"]
        }
        assert page.evaluate(SMALL) == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(SMALL) == []
    page.set_viewport_size(size)
    assert found == {}


def question(page, place):
    expect(page.get_by_text(f"Question {place} of {LAST}")).to_be_visible()


def test_a_child_types_the_code_and_answers_all_ten_by_keyboard_alone(stack, visit, slips):
    slip, page = slips[0], visit(width=1280)
    page.goto("/answer/")
    page.keyboard.press("Tab")
    page.keyboard.type(f"{slip.mark[:4].lower()} {slip.mark[4:7]}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Type your number")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type(slip.number)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What do you think?")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    wanted = {}
    for place, item in enumerate(MUSIC.items, 1):
        question(page, place)
        expect(page.get_by_role("heading", name=item.words)).to_be_visible()
        assert page.locator(":checked").count() == 0
        page.keyboard.press("Tab")
        if place == 3:
            page.keyboard.press("Tab")  # past the answers to Next, and on to Skip
            page.keyboard.press("Tab")
            expect(page.get_by_role("button", name="Skip")).to_be_focused()
            page.keyboard.press("Enter")
            wanted[item.key] = None
            continue
        page.keyboard.press("Space")
        for _ in range(place % 4):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        wanted[item.key] = place % 4 + 1
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert stack.one(KEPT, slip.pk) == wanted


def test_the_place_of_the_keyboard_is_seen_and_what_is_chosen_is_told_by_more_than_a_colour(visit, slips):
    page = visit()
    page.goto(address(slips[0], 1))
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    card = page.locator(".pick").first
    assert card.evaluate("each => getComputedStyle(each).outlineWidth") == "4px"
    expect(card.locator(".pick-tick")).to_be_visible()
    expect(page.locator(".pick").nth(1).locator(".pick-tick")).to_be_hidden()


def test_a_tab_that_was_closed_goes_on_where_it_was_without_script(stack, visit, slips):
    slip, first = slips[0], visit(script=False)
    first.goto(address(slip))
    first.get_by_role("link", name="Start").click()
    for place in range(1, 4):
        question(first, place)
        first.locator(".pick").nth(place - 1).click()
        first.get_by_role("button", name="Next").click()
    first.close()
    again = visit(script=False)
    again.goto(address(slip))
    question(again, 4)
    # nothing chosen: it says what to do, and is where it was
    again.get_by_role("button", name="Next").click()
    expect(again.get_by_role("alert")).to_contain_text("Pick one of the answers, or press Skip.")
    again.get_by_role("button", name="Skip").click()
    question(again, 5)
    # back, and the page says that there is an answer, not which
    again.get_by_role("link", name="Back").click()
    again.get_by_role("link", name="Back").click()
    question(again, 3)
    expect(again.get_by_text("You answered this. Pick again to change it.")).to_be_visible()
    assert again.locator(":checked").count() == 0
    again.get_by_role("radio", name="Not true").check()
    again.get_by_role("button", name="Next").click()
    assert stack.one(KEPT, slip.pk) == {"like": 1, "bored": 2, "look_forward": 1, "team": None}


def test_who_is_done_changes_an_answer_rubs_one_out_and_hands_the_screen_on(stack, visit, slips):
    (slip, other), page = slips, visit()
    page.goto(address(slip, 1))
    for place in range(1, LAST + 1):
        question(page, place)
        page.locator(".pick").nth(3).click()
        page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    page.get_by_role("link", name="Question 4").click()
    expect(page.get_by_text("You answered this. Pick again to change it.")).to_be_visible()
    page.locator(".pick").first.click()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("link", name="Question 5").click()
    page.get_by_role("button", name="Rub it out").click()
    expect(page.get_by_role("link", name="Question 5 skipped")).to_be_visible()
    said = stack.one(KEPT, slip.pk)
    assert (said["team"], said["left_out"], set(said.values())) == (1, None, {4, 1, None})
    page.get_by_role("link", name="Next child").click()
    page.get_by_label("Your number").fill(other.number)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="What do you think?")).to_be_visible()


def test_every_page_of_it_is_for_everybody_and_asks_nobody_else(stack, visit, slips, django_db_blocker):
    (slip, other), page, said = slips, visit(), []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: said.append(request.url) if "localhost" not in request.url else None)
    page.on("request", lambda request: said.append(f"told {request.url}") if _tells(request, slip) else None)
    page.goto("/answer/")
    is_for_everybody(page)
    page.get_by_label("Your code").fill("nothing")
    page.get_by_role("button", name="Next").click()
    is_for_everybody(page)
    page.goto(address(slip)[:-5] + "/")
    is_for_everybody(page)
    page.goto(address(slip))
    is_for_everybody(page)
    for place in range(1, LAST + 1):
        page.goto(address(slip, place))
        if place in (1, 2):
            page.get_by_role("button", name="Next").click()
            expect(page.get_by_role("alert")).to_be_focused()
            is_for_everybody(page)
        page.locator(".pick").nth(2).click()
        page.get_by_role("button", name="Next").click()
        page.goto(address(slip, place))
        if place in (1, LAST):
            is_for_everybody(page)
    page.goto(address(slip))
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    is_for_everybody(page)
    with django_db_blocker.unblock(), stack.reached():
        by = User.objects.get(email="manager@liverpool.example")
        with scoped(Scope(frozenset({other.programme_id}))):
            child = Child.objects.get(pk=other.child_id)
            participants.answer(child, Consent.Purpose.SURVEY, Consent.Answer.WITHDRAWN, by=by)
    for path in (address(other), "/answer/CCCCCCC1000/"):
        page.goto(path)
        is_for_everybody(page)
    stack.rows("UPDATE outcomes_wave SET closed_at = now() WHERE id = %s", slip.wave_id)
    page.goto(address(slip))
    expect(page.get_by_role("heading", name="This is over")).to_be_visible()
    is_for_everybody(page)
    # a browser writes refused answers into its own console
    assert [line for line in said if not re.search("4[012][0-9]", line)] == []
    # no cookie but the one that guards forms
    assert [cookie["name"] for cookie in page.context.cookies()] == ["csrftoken"]
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def _tells(request, slip):
    return slip.mark not in request.url and slip.mark in request.headers.get("referer", "")
