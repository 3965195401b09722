"""A manager writes an entry of the record, corrects it, takes it off and brings it back, with script and without."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.looks import looks_at
from tests.journeys.test_pages import enter

pytestmark = pytest.mark.browser
MANAGER, OPERATOR = "manager@liverpool.example", "operator@portal.example"
OFFICE = "/record/office/new/"


def fill(page, holder="Demonstration Chair"):
    page.goto(OFFICE)
    page.get_by_text("Chair", exact=True).click()
    page.get_by_label("Who held it").fill(holder)
    page.locator("[name=starts_on]").fill("2019-05-17")
    page.get_by_text("Only the year is in print").click()
    page.get_by_label("Where it was found").fill("Invented for this demonstration")


@pytest.mark.parametrize("script", [True, False])
def test_a_manager_writes_an_entry_corrects_it_takes_it_off_and_brings_it_back(visit, script):
    page = visit(script=script)
    enter(page, MANAGER)
    fill(page)
    page.get_by_role("button", name="Preview").click()
    shown = page.locator(".as-shown")
    expect(shown).to_contain_text("Chair: Demonstration Chair")
    expect(shown).to_contain_text("From 2019")
    page.get_by_role("button", name="Change it").click()
    expect(page.get_by_label("Who held it")).to_have_value("Demonstration Chair")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published: public pages show it from now on.")).to_be_visible()
    page.get_by_role("link", name="Change").click()
    page.get_by_label("Who held it").fill("Demonstration Chairwoman")
    page.get_by_role("button", name="Preview").click()
    # why it changes is asked
    expect(page.get_by_role("alert")).to_contain_text("Why it changes is missing.")
    page.get_by_label("Why it changes").fill("Her title")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".versions .was")).to_have_text("Demonstration Chair")
    page.get_by_role("link", name="Withdraw").click()
    page.get_by_label("Why").fill("Printed twice")
    page.get_by_role("button", name="Withdraw it").click()
    page.get_by_role("link", name="Bring this back").last.click()
    expect(page.locator(".as-shown")).to_contain_text("Demonstration Chair")
    page.get_by_label("Why").fill("It was right")
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chair: Demonstration Chair")
    page.get_by_role("link", name="Withdraw").click()
    page.get_by_label("Why").fill("Invented")
    page.get_by_role("button", name="Withdraw it").click()


def test_by_keyboard_alone(visit):
    page = visit(width=1280)
    enter(page, MANAGER)
    page.goto(OFFICE)
    page.locator("[name=holder]").focus()
    page.keyboard.type("Demonstration Patron")
    page.locator("[name=source]").focus()
    page.keyboard.type("Invented")
    # out of the last field, Enter presses Preview
    page.locator("[name=holder]").focus()
    page.keyboard.press("Enter")
    # what is missing takes the focus, and leads to its field
    expect(page.locator(".error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "kind"


def test_everybody_can_read_and_use_the_pages(visit):
    said, findings, wide = [], {}, []
    for who in (MANAGER, OPERATOR):
        page = visit()
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        enter(page, who)
        pages = ["/record/", "/record/status/", "/record/film/?find=nothing", OFFICE, "/record/place/new/"]
        page.goto("/record/status/")
        entry = page.locator("tbody th a").first.get_attribute("href")
        pages += [entry, f"{entry}change/", "/record/collaboration/new/"]
        for address in pages:
            page.goto(address)
            looked(page, address, findings, wide)
        fill(page)
        page.get_by_role("button", name="Preview").click()
        looked(page, "preview", findings, wide)
    assert (findings, wide, said) == ({}, [], [])


def looked(page, address, findings, wide):
    for width, scheme in looks_at(address):
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        if found := Axe().run(page).response["violations"]:
            findings[(address, width, scheme)] = found
    page.set_viewport_size({"width": 320, "height": 700})
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        wide.append(address)
