"""A complaint is sent from a phone without script; the hub's manager finds it, answers it and closes it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.test_list_check import is_for_everybody
from tests.journeys.test_pages import enter
from tests.journeys.test_rare_pages import on_paper

pytestmark = pytest.mark.browser

MANAGER = "manager@liverpool.example"
WORDS = "The concert was moved, and nobody told us. We stood before a locked door."
NOTICES = ("/privacy/", "/privacy/children/", "/privacy/families/", "/cookies/", "/accessibility/", "/contact/")


def test_a_complaint_from_a_phone_without_script_reaches_the_manager_and_is_answered(stack, visit):
    family = visit(script=False)
    family.goto("/contact/")
    family.get_by_label("A complaint", exact=True).check()
    family.get_by_label("Message").fill(WORDS)
    family.get_by_label("Your e-mail address").fill("wanda@home")
    family.get_by_role("button", name="Send").click()
    # what is wrong is named, and nothing that was typed is lost
    summary = family.locator(".error-summary")
    expect(summary).to_contain_text("Choose who it is for.")
    expect(family.get_by_label("Message")).to_have_value(WORDS)
    expect(family.get_by_label("A complaint", exact=True)).to_be_checked()
    family.get_by_label("Who is it for").select_option("liverpool")
    family.get_by_label("Your e-mail address").fill("wanda@home.example")
    assert family.evaluate("document.documentElement.scrollWidth") <= 390
    family.get_by_role("button", name="Send").click()
    expect(family.get_by_role("heading", name="We have your message")).to_be_visible()
    number = re.search(r"/received/([\w-]+)/", family.url)[1]
    expect(family.get_by_text(number)).to_be_visible()
    assert {cookie["name"] for cookie in family.context.cookies()} == {"csrftoken"}
    receipt = stack.one('SELECT body FROM accounts_outboxmessage WHERE "to" = %s', "wanda@home.example")
    assert number in receipt
    assert WORDS not in receipt

    office = visit(width=1280)
    enter(office, MANAGER)
    told = stack.one('SELECT body FROM accounts_outboxmessage WHERE "to" = %s ORDER BY id DESC LIMIT 1', MANAGER)
    office.goto("/messages/")
    is_for_everybody(office)
    office.get_by_role("link", name=number).click()
    assert re.search(r"/messages/\d+/", told)[0] in office.url
    expect(office.get_by_text(WORDS)).to_be_visible()
    is_for_everybody(office)
    assert on_paper(office, "button, textarea") == []
    office.get_by_role("textbox", name="What was done").fill("Called on Monday, and put the page right.")
    office.get_by_role("button", name="Note as answered").click()
    expect(office.get_by_text("Noted as answered.")).to_be_visible()
    office.get_by_role("button", name="Close it").click()
    expect(office.get_by_text("Closed. It is destroyed in two years.")).to_be_visible()
    is_for_everybody(office)


def test_notices_are_for_everybody_and_load_nothing_from_elsewhere(visit):
    page, said = visit(width=1280), []
    page.on("request", lambda request: said.append(request.url) if "localhost" not in request.url else None)
    for path in NOTICES:
        page.goto(path)
        is_for_everybody(page)
    assert said == []
    page.goto("/contact/")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_be_focused()
    is_for_everybody(page)


def test_a_manager_enters_what_a_school_was_like_by_keyboard(visit):
    page = visit(width=1280)
    enter(page, MANAGER)
    page.goto("/context/")
    is_for_everybody(page)
    page.get_by_role("link", name="Faith Primary School").click()
    is_for_everybody(page)
    page.get_by_role("link", name="2022-23").click()
    is_for_everybody(page)
    page.get_by_label("Pupils on roll").fill("231")
    page.get_by_label("Where the numbers are from").fill("The school’s own return")
    page.get_by_label("No, only we have them").check()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The numbers of 2022-23 are kept.")).to_be_visible()
    expect(page.get_by_text("(own)").first).to_be_visible()
    is_for_everybody(page)
