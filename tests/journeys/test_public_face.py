"""Somebody without an account reads what In Harmony is: by keyboard, without script, on paper, and unseen by anybody else."""

import pytest

pytestmark = pytest.mark.browser

PAGES = ("/", "/about/", "/in-action/", "/history/", "/impact/", "/funding/")
LARGE_ENOUGH = 44


@pytest.mark.parametrize("script", [True, False])
def test_nothing_is_set_and_nobody_else_is_asked(stack, visit, script):
    page = visit(script=script)
    asked, set_by = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda response: set_by.append(response.url) if "set-cookie" in response.headers else None)
    for path in PAGES:
        assert page.goto(path).status == 200
    assert [url for url in asked if not url.startswith((stack.url, "data:"))] == []
    assert set_by == []
    assert page.context.cookies() == []


def test_the_pages_are_reached_from_each_other_with_a_thumb(stack, visit):
    page = visit(script=False)
    page.goto("/")
    for word, path in (
        ("History", "/history/"),
        ("Impact", "/impact/"),
        ("Funding", "/funding/"),
        ("In action", "/in-action/"),
    ):
        page.get_by_role("navigation", name="Main").get_by_role("link", name=word, exact=True).click()
        page.wait_for_url(f"**{path}")
        current = page.get_by_role("navigation", name="Main").locator("[aria-current=page]")
        assert current.inner_text() == word
        assert 0 <= current.bounding_box()["x"] <= 390 - current.bounding_box()["width"]
    sizes = [link.bounding_box() for link in page.locator(".nav-public a, .foot-public li a").all()]
    assert [box for box in sizes if box["height"] < LARGE_ENOUGH] == []


def test_one_hubs_history_is_chosen_by_keyboard_alone_and_stands_in_the_address(stack, visit):
    page = visit(width=1280, script=False)
    page.goto("/history/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Leeds":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/history/?hub=leeds")
    assert page.locator(".picks [aria-current]").inner_text() == "Leeds"
    assert set(page.locator(".moment-hub").all_inner_texts()) == {"Leeds"}
    assert page.get_by_role("heading", name="Leeds", exact=True).is_visible()


def test_sources_that_disagree_stand_side_by_side(stack, visit):
    page = visit(width=1280)
    page.goto("/history/")
    told = page.locator(".differ").first.locator("li")
    assert told.count() >= 2
    tops = {round(one.bounding_box()["y"]) for one in told.all()[:2]}
    assert len(tops) == 1
    assert all(one.locator(".source").inner_text().strip() for one in told.all())


def test_on_paper_stands_what_is_read_and_not_what_is_pressed(stack, visit):
    page = visit(width=800)
    page.emulate_media(media="print")
    for path in PAGES:
        page.goto(path)
        for gone in (".nav-public", ".hero-art", ".foot-public", ".picks", ".near"):
            assert not any(one.is_visible() for one in page.locator(gone).all()), (path, gone)
        assert page.get_by_role("heading", level=1).is_visible()
    page.goto("/history/")
    assert page.locator(".source").first.is_visible()
    page.goto("/in-action/")
    for folded in page.locator("details.transcript > .prose").all():
        assert folded.is_visible()


def test_a_page_is_light_the_first_time(stack, visit):
    page = visit()
    fetched, pictures, heavy = {}, set(), {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.responseReceived", lambda told: told["type"] == "Image" and pictures.add(told["requestId"]))
    session.on("Network.loadingFinished", lambda told: fetched.update({told["requestId"]: told["encodedDataLength"]}))
    for path in PAGES:
        session.send("Network.clearBrowserCache")
        fetched.clear()
        page.goto(path, wait_until="networkidle")
        heavy[path] = sum(size for request, size in fetched.items() if request not in pictures)
    assert {path: size for path, size in heavy.items() if not 0 < size <= 60_000} == {}


def test_two_presses_from_the_first_page_say_where_it_is_nearest_who_leads_how_many_since_when_and_who_pays(
    stack, visit
):
    page = visit(script=False)
    page.goto("/")
    page.get_by_label("Find In Harmony near you").fill("LS10")
    page.get_by_role("button", name="Find").click()  # the first
    page.wait_for_url("**/where/?place=LS10")
    page.locator("main h2 a").first.click()  # the second
    page.wait_for_url("**/where/leeds/")
    told = page.locator("main").inner_text()
    assert [words for words in ("Opera North", "2013", "Arts Council England", "children") if words not in told] == []
