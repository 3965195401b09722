"""The timetable in a browser: a month on a phone, on a screen and on one sheet of paper; a series carried on."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.journeys.test_pages import enter

pytestmark = pytest.mark.browser
ADMIN = "admin@liverpool.example"


def test_a_month_is_a_list_on_a_phone_a_sheet_on_a_screen_and_one_page_of_paper(stack, visit):
    page = visit()
    enter(page, ADMIN)
    page.goto("/timetable/month/")
    tops = "[...document.querySelectorAll('.month-day')].map(day => day.getBoundingClientRect()).filter(box => box.height).map(box => Math.round(box.top))"
    below = page.evaluate(tops)
    assert below == sorted(set(below))
    page.set_viewport_size({"width": 1280, "height": 900})
    assert len(set(page.evaluate(tops))) in (4, 5, 6)
    paper = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    (sheet,) = paper.pages
    assert sheet.mediabox.width > sheet.mediabox.height


def test_a_series_is_carried_on_without_script(stack, visit):
    page = visit(script=False)
    enter(page, ADMIN)
    page.goto("/ensembles/")
    page.locator("tbody th a").first.click()
    page.get_by_role("link", name="Carry on").first.click()
    ticked = page.locator("input[name=at]:checked").count()
    page.get_by_role("button", name="Add the days ticked").click()
    assert page.locator(".messages").inner_text().strip().startswith(f"{ticked} session")


def test_an_address_of_a_calendar_is_made_by_keyboard_read_and_ended(stack, visit):
    page = visit()
    enter(page, "coordinator@liverpool.example")
    page.goto("/account/calendar/")
    page.get_by_role("button", name="Make the address").focus()
    page.keyboard.press("Enter")
    address = page.locator("code.secret").inner_text()
    nobody = page.context.browser.new_context()
    try:
        read = nobody.request.get(address)
        assert (read.status, "BEGIN:VEVENT" in read.text()) == (200, True)
        same = nobody.request.get(address, headers={"If-None-Match": read.headers["etag"]})
        assert same.status == 304
        page.goto("/account/calendar/")
        page.get_by_role("button", name="End the address").click()
        assert nobody.request.get(address).status == 404
    finally:
        nobody.close()
