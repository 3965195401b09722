"""A school is asked, corrects its class list on a phone without script, and the hub decides: the whole way, twice."""

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.looks import looks_at
from tests.journeys.test_pages import enter
from tests.journeys.test_rare_pages import on_paper

pytestmark = pytest.mark.browser

ADMIN, LEAD = "admin@liverpool.example", "school@faith.example"
OPENED = "SELECT count(*) FROM audit_auditevent WHERE act = 'list_check.opened'"


def is_for_everybody(page):
    """Axe in two looks of four, nothing over the edge at 320 px."""
    size, found = page.viewport_size, {}
    for width, scheme in looks_at(urlsplit(page.url).path):
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        found |= {
            (width, scheme, each["id"]): each["nodes"][0]["html"][:120]
            for each in Axe().run(page).response["violations"]
        }
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size(size)
    assert found == {}


def ask(stack, visit):
    """The administrator asks the lead of a school; returns the path of the link in the mail."""
    stack.rows("UPDATE participants_listcheck SET asked_at = asked_at - interval '1 hour'")
    page = visit(width=1280)
    enter(page, ADMIN)
    page.goto("/imports/")
    page.get_by_role("link", name="Confirmed by schools").click()
    is_for_everybody(page)
    page.get_by_role("link", name=re.compile("^Faith")).click()
    is_for_everybody(page)
    page.get_by_role("button", name=re.compile("Ask|Send a new link")).click()
    expect(page.get_by_text(f"Asked: {LEAD}.")).to_be_visible()
    body = stack.one('SELECT body FROM accounts_outboxmessage WHERE "to" = %s ORDER BY id DESC LIMIT 1', LEAD)
    return page, re.search(r"/class-list/[\w-]+/", body)[0]


def test_a_school_corrects_its_list_on_a_phone_without_script_and_the_hub_decides(stack, visit):
    office, link = ask(stack, visit)
    opened = stack.one(OPENED)
    school = visit(script=False)
    school.goto(link)
    assert stack.one(OPENED) == opened
    expect(school.get_by_role("heading", name="Is your class list right?")).to_be_visible()
    school.get_by_role("button", name="Show the class list").click()
    assert stack.one(OPENED) == opened + 1
    boxes = school.get_by_role("checkbox")
    names = [each.inner_text().splitlines()[-1].strip() for each in school.locator(".ticks li").all()[:2]]
    boxes.nth(0).check()
    boxes.nth(1).check()
    school.get_by_role("button", name="Something is wrong").click()
    school.get_by_label("Class", exact=True).first.fill("Heron")
    school.get_by_label("Has left: last day at the school").nth(1).fill("1999-01-01")
    school.get_by_role("button", name="Another child is missing").click()
    expect(school.get_by_label("Class", exact=True).first).to_have_value("Heron")
    school.get_by_label("Forename").nth(3).fill("Wilhelmina")
    school.get_by_label("Surname").nth(3).fill("Wren")
    school.get_by_role("button", name=re.compile("^Send to")).click()
    # what is wrong is named, and nothing that was typed is lost
    summary = school.locator(".error-summary")
    expect(summary).to_contain_text("The last day lies between")
    expect(summary).to_contain_text("Your name is missing.")
    expect(school.get_by_label("Class", exact=True).first).to_have_value("Heron")
    expect(school.get_by_label("Forename").nth(3)).to_have_value("Wilhelmina")
    today = timezone.localdate().isoformat()
    school.get_by_label("Has left: last day at the school").nth(1).fill(today)
    school.get_by_label("Your name").fill("Jo Marsh")
    assert school.evaluate("document.documentElement.scrollWidth") <= 390
    school.get_by_role("button", name=re.compile("^Send to")).click()
    expect(school.get_by_text("Sent: 3 corrections.")).to_be_visible()

    office.goto("/hub/")
    expect(office.get_by_role("heading", name=re.compile("answered about the class list"))).to_be_visible()
    office.get_by_role("link", name="Decide").click()
    office.get_by_role("link", name=re.compile("^Faith")).click()
    expect(office.get_by_text("3 corrections to decide")).to_be_visible()
    is_for_everybody(office)
    row = office.locator(".todo > li", has_text=names[0])
    row.get_by_role("button", name=re.compile("^Accept")).click()
    expect(office.get_by_text("Accepted, and written down.")).to_be_visible()
    assert stack.one("SELECT count(*) FROM participants_placement WHERE school_class = 'Heron'") == 1
    office.locator(".todo > li", has_text=names[1]).get_by_role("button", name=re.compile("^Decline")).click()
    office.locator(".todo > li", has_text="Wilhelmina Wren").get_by_role("button", name=re.compile("^Note it")).click()
    expect(office.get_by_text("To bring in")).to_be_visible()
    assert stack.one("SELECT count(*) FROM participants_child WHERE surname = 'Wren' AND forename = 'Wilhelmina'") == 0
    is_for_everybody(office)
    office.get_by_role("button", name=re.compile("^End the link")).click()
    school.goto(link)
    expect(school.get_by_role("heading", name="This link is not open")).to_be_visible()


def test_a_school_confirms_by_keyboard_and_every_page_of_it_is_for_everybody(stack, visit):
    _, link = ask(stack, visit)
    page, said = visit(width=1280), []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: said.append(request.url) if "localhost" not in request.url else None)
    page.on("request", lambda request: said.append(f"told {request.url}") if _tells(request, link) else None)
    page.goto(link)
    is_for_everybody(page)
    page.get_by_role("button", name="Show the class list").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("^Class list 20"))).to_be_visible()
    is_for_everybody(page)
    # paper has the names, and nothing to press
    assert on_paper(page, "button, input, a[href*=answer]") == []
    assert len(on_paper(page, ".ticks li")) == page.locator(".ticks li").count() > 20
    page.get_by_role("checkbox").first.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Something is wrong").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What is wrong?")).to_be_visible()
    is_for_everybody(page)
    page.get_by_role("button", name=re.compile("^Send to")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    is_for_everybody(page)
    page.get_by_role("button", name="Back to the list").click()
    expect(page.get_by_role("checkbox").first).to_be_checked()
    page.get_by_role("checkbox").first.uncheck()
    page.get_by_label("Your name").fill("Jo Marsh")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Confirmed: the list is right.")).to_be_visible()
    is_for_everybody(page)
    # a browser writes refused answers into its own console
    assert [line for line in said if "422" not in line] == []
    page.goto("/class-list/nobody-made-this/")
    is_for_everybody(page)


def _tells(request, link):
    return link not in request.url and link in request.headers.get("referer", "")
