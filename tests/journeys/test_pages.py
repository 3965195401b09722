"""Every page as people meet it: axe finds nothing, nothing runs over the edge, nothing is refused by the policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.looks import looks_at

pytestmark = pytest.mark.browser

SAFEGUARDING = ("/safeguarding/", "/safeguarding/contacts/", "/safeguarding/contacts/new/")
TIMETABLE = (
    "/timetable/",
    "/timetable/month/",
    "/timetable/venues/",
    "/timetable/venues/new/liverpool/",
    "/timetable/venues/1/change/",
)
AWARDS = ("abrsm.practical.3", "abrsm.medal.gold")
OF_A_CHILD = ("", "consent/", "consent/photo_inside/withdraw/", "protect/", "unprotect/", "access-note/", "upn/")
PAGES = {
    "": [
        *("/", "/about/", "/in-action/", "/history/", "/history/?hub=norwich", "/impact/", "/funding/"),
        *("/sign-in/", "/password/reset/"),
    ],
    "coordinator@liverpool.example": [
        "/today/",
        "/children/",
        "/ensembles/",
        "/account/",
        "/safeguarding/",
        "/account/second-factor/",
        "/account/second-factor/passkeys/add/",
        "/account/sessions/",
        "/account/calendar/",
        "/account/reauthenticate/code/",
        *("/outcomes/", "/outcomes/targets/liverpool/", "/hub/liverpool/stories/"),
    ],
    "admin@liverpool.example": [
        "/hub/",
        *("/hub/liverpool/income/", "/hub/liverpool/awards/", "/hub/liverpool/awards/?of=x&award=x"),
        "/search/?find=ma",
        "/imports/",
        "/imports/new/",
        "/reports/",
        "/ensembles/bring-in/",
        *("/photos/", "/photos/new/", "/photos/1/?find=a", "/photos/3/", "/photos/3/delete/"),
        *TIMETABLE,
    ],
    "manager@leeds.example": [
        *("/hub/", "/hub/leeds/income/", "/people/", "/people/invite/", "/reports/", "/children/"),
        *(
            f"/hub/leeds/{page}/"
            for page in ("hours", "trends", "provision", "progression", "funding", "schools", "figures/attendance")
        ),
        *(
            f"/hub/leeds/{page}/"
            for page in ("return", "year-end", "words/return/local-need", "words/year-end/achievement-1")
        ),
        "/hub/leeds/children/?by=pupil_premium",
        *("/outcomes/targets/leeds/", "/outcomes/measures/music/1/", "/outcomes/measures/sdq_staff/1/"),
        *("/trail/", "/breaches/", "/breaches/new/"),
        *SAFEGUARDING,
    ],
    "school@faith.example": ["/children/", "/safeguarding/"],
    "national@arts.example": [
        *("/national/", "/reports/", "/national/programmes/?indicator=attendance", "/national/programmes/leeds/"),
        *("/national/children/?by=ethnicity&programme=leeds", "/national/hours/", "/national/funding/"),
        *("/national/trends/", "/national/map/", "/national/completeness/", "/national/figures/children_reached/"),
        *("/outcomes/", "/outcomes/targets/leeds/", "/outcomes/measures/stirling/1/"),
    ],
    "operator@portal.example": [
        *("/people/", "/demonstration/outbox/", "/trail/", "/breaches/"),
        *("/hubs/", "/hubs/new/", "/hubs/schools/bring-in/", "/hubs/leeds/", "/hubs/leeds/close/"),
        *("/hubs/leeds/agreements/new/", "/hubs/leeds/schools/new/", "/hubs/leeds/places/new/"),
    ],
}


def enter(page, who):
    if who:
        page.goto("/sign-in/")
        page.locator(f'button[name="as"][value="{who}"]').click()
        page.wait_for_url(lambda url: "/sign-in/" not in url)


def first_child(page):
    page.goto("/children/")
    return page.locator("tbody th a").first.get_attribute("href")


@pytest.mark.parametrize("who", PAGES)
def test_pages_of_each_role_are_for_everybody(stack, visit, who):
    """Each page once: axe in two looks of four, no sideways scrolling at 320 px, no complaint of the browser, no stranger asked."""
    page = visit()
    said, findings, wide = [], {}, []
    # of a page that says what cannot be, the browser says so too
    refused = "status of 422"
    page.on(
        "console",
        lambda message: said.append(message.text) if message.type == "error" and refused not in message.text else None,
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if "localhost" not in request.url else None)
    enter(page, who)
    opened = list(PAGES[who])
    if who.startswith("coordinator"):
        opened.append(page.locator('a[href*="/register/"]').first.get_attribute("href"))
        page.goto("/ensembles/")
        opened.append(page.locator("tbody th a").first.get_attribute("href") + "grid/")
        page.goto(opened[-1])
        opened.append(opened[-1] + page.locator('thead a[href^="?"]').last.get_attribute("href"))
    if "/children/" in opened:
        opened.append(first_child(page))
    if who.startswith("admin"):
        # boxes to tick, and what was done lately
        page.goto("/ensembles/")
        opened.append(page.locator("tbody th a").first.get_attribute("href"))
        ensemble = opened[-1].strip("/").rpartition("/")[2]
        opened += [f"{opened[-1]}sessions/carry-on/", f"{opened[-1]}shared-with/1/"]
        opened += [f"/hub/liverpool/awards/?of=ensemble-{ensemble}&award={kind}" for kind in AWARDS]
        opened += [first_child(page) + act for act in OF_A_CHILD]
    if who.startswith("manager"):
        page.goto(first_child(page))
        opened.append(page.locator('a[href*="/trail/child/"]').first.get_attribute("href"))
    for path in opened:
        answer = page.goto(path)
        # a choice that cannot be says so
        assert (path, answer.status) == (path, 422 if "=x" in path else 200)
        if page.locator("[data-chart]").count():
            page.wait_for_selector("[data-chart] svg")
        for width, scheme in looks_at(path):
            page.set_viewport_size({"width": width, "height": 844})
            page.emulate_media(color_scheme=scheme)
            for found in Axe().run(page).response["violations"]:
                findings[(path, width, scheme, found["id"])] = found["nodes"][0]["html"][:120]
        page.set_viewport_size({"width": 320, "height": 700})
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(path)
    assert (findings, wide, said) == ({}, [], [])


def test_a_register_is_taken_without_script(stack, visit):
    page = visit(script=False)
    enter(page, "coordinator@liverpool.example")
    page.goto("/today/")
    page.get_by_role("link", name="Take").first.click()
    page.wait_for_url("**/register/")
    rows = page.locator(".mark")
    children = rows.count()
    rows.nth(1).click(position={"x": 20, "y": 20})
    rows.nth(1).locator("label", has_text="Late").click()
    rows.nth(2).click(position={"x": 20, "y": 20})
    page.get_by_role("button", name="Save").click()
    page.wait_for_selector(".messages")
    assert page.locator(".messages").inner_text().strip().endswith(f"{children - 1} of {children} here.")


def test_a_breach_is_noted_amended_and_read_without_script(stack, visit):
    page = visit(script=False)
    enter(page, "manager@liverpool.example")
    page.goto("/breaches/")
    page.get_by_role("link", name="Note a breach").click()
    page.get_by_label("What happened").fill("A register was sent to the wrong school.")
    page.get_by_label("Who noticed").fill("The office")
    page.get_by_label("Attendance and ensembles").check()
    page.get_by_label("About how many children").fill("30")
    page.get_by_role("button", name="Note the breach").click()
    assert "left: tell the ICO, if it must be told" in page.locator("main").inner_text()
    page.get_by_role("link", name="Amend").click()
    page.get_by_label("What has been done").fill("The school deleted it.")
    page.get_by_role("button", name="Amend the breach").click()
    assert "Changed: what was done" in page.locator("main").inner_text()
    for at in (page.url, f"{page.url}amend/"):
        page.goto(at)
        page.set_viewport_size({"width": 320, "height": 700})
        assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def test_a_register_is_taken_by_keyboard_alone(stack, visit):
    page = visit(width=1280)
    enter(page, "coordinator@leeds.example")
    page.goto("/today/")
    page.get_by_role("link", name="Take").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/register/")
    first = page.locator(".mark input").first
    first.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".mark").first.locator("input:checked").get_attribute("value") == "l"
    page.locator(".save-bar .button-main").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-saved]")).to_contain_text("Saved")


def test_a_register_of_an_earlier_day_is_corrected_with_a_reason(stack, visit):
    ((session,),) = stack.rows(
        "SELECT s.id FROM programmes_session s JOIN programmes_programme p ON p.id = s.programme_id"
        " WHERE p.slug = 'liverpool' AND s.register_version = 1 AND s.day < current_date ORDER BY s.day LIMIT 1"
    )
    page = visit()
    enter(page, "admin@liverpool.example")
    page.goto(f"/sessions/{session}/register/")
    row = page.locator(".mark").nth(1)
    row.click(position={"x": 20, "y": 20})
    row.locator("label", has_text="Excused").click()
    page.get_by_role("button", name="Save").click()
    assert "choose above Save why its register changes" in page.get_by_role("alert").inner_text()
    assert Axe().run(page).response["violations"] == []
    page.get_by_label("If you change a mark: why?").select_option("mistake")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Corrected 1 time").click()
    assert "marked by mistake" in page.locator("details.fold").inner_text()


def test_children_leave_an_ensemble_and_one_press_brings_them_back(stack, visit):
    page = visit(script=False)
    enter(page, "admin@liverpool.example")
    page.goto("/ensembles/")
    page.get_by_role("link", name="Saturday Orchestra").click()
    boxes = page.locator('input[name="child"]')
    boxes.first.wait_for()
    before = boxes.count()
    for at in (0, 1):
        boxes.nth(at).check()
    page.get_by_role("button", name="Take them out").click()
    assert "2 children left" in page.locator("main").inner_text()
    assert boxes.count() == before - 2
    page.get_by_role("button", name="Undo").first.click()
    assert "is as it was before" in page.locator("main").inner_text()
    assert boxes.count() == before


def test_a_column_of_the_grid_is_taken_on_a_phone_without_script(stack, visit):
    page = visit(script=False)
    enter(page, "coordinator@leeds.example")
    page.goto("/ensembles/")
    page.locator("tbody th a").first.click()
    page.get_by_role("link", name="Registers of the term").click()
    box = page.get_by_role("region", name="Registers of the term")
    assert box.get_attribute("tabindex") == "0"
    box.locator("thead a[href^='?']").last.click()
    choices = box.locator("tbody select")
    children = choices.count()
    choices.nth(1).focus()
    page.keyboard.press("l")
    assert choices.nth(1).input_value() == "l"
    choices.nth(2).select_option("a")
    if page.get_by_label("If you change a mark: why?").count():
        page.get_by_label("If you change a mark: why?").select_option("mistake")
    page.get_by_role("button", name="Save column").click()
    page.wait_for_url("**/grid/?term=*")
    assert f" of {children} here." in page.locator(".messages").inner_text()
    assert box.locator("tbody select").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]
