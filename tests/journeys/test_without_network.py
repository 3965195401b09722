"""The register of a phone whose connection comes and goes: no mark is lost or doubled, and no name is kept."""

import gzip
import re
from contextlib import suppress
from itertools import count

import pytest
from playwright.sync_api import Error, expect

from inharmony.servers.waiting import wait_for
from tests.journeys.test_pages import enter

pytestmark = pytest.mark.browser

TUTOR, OFFICE = "coordinator@liverpool.example", "admin@liverpool.example"
MINUTES = count(1)
# a session today, before everybody is up, of an ensemble that the coordinator leads
NEW = """
INSERT INTO programmes_session (programme_id, ensemble_id, day, starts_at, ends_at, kind, cancel_reason, register_version)
SELECT e.programme_id, e.id, (now() AT TIME ZONE 'Europe/London')::date, time '00:00' + %s * interval '1 minute',
       time '05:00', 'extra', '', 0
FROM programmes_ensemble e JOIN programmes_ensemble_tutors l ON l.ensemble_id = e.id
JOIN programmes_tutor t ON t.id = l.tutor_id JOIN accounts_user u ON u.id = t.user_id
JOIN participants_membership m ON m.ensemble_id = e.id AND m.ends_on IS NULL
WHERE u.email = %s AND e.ends_on IS NULL GROUP BY e.id HAVING count(*) > 5 ORDER BY e.id LIMIT 1
RETURNING id
"""
MARKS = "SELECT mark, count(*) FROM participants_attendance WHERE session_id = %s GROUP BY mark"
SAVED = "[data-saved]"


@pytest.fixture
def session(stack):
    """A session of today that nobody has taken the register of."""
    ((pk,),) = stack.rows(NEW, next(MINUTES), TUTOR)
    return pk


@pytest.fixture
def phone(visit, session):
    """The register of that session, open on a phone."""
    page = visit()
    enter(page, TUTOR)
    page.goto(f"/sessions/{session}/register/")
    return page


def mark_absent(page, number):
    page.locator(".mark").nth(number).click(position={"x": 20, "y": 20})


def save(page):
    page.get_by_role("button", name="Save").click()


def cut(page, path, *, after=False, times=None):
    """
    Cuts the connection of the next requests to a path, or of so many: before they are sent, or before they are answered.
    Taken away by hand, it may leave a request hanging that was on its way; after its number of times it never does.
    """

    def lose(route):
        # whoever takes the cut away meanwhile has it carried on already
        with suppress(Error):
            if after:
                route.fetch(max_redirects=0)
            route.abort()

    page.route(path, lose, times=times)


def test_saved_without_a_connection_it_waits_and_goes_when_there_is_one(stack, phone, session):
    phone.context.set_offline(True)
    mark_absent(phone, 1)
    save(phone)
    expect(phone.locator(SAVED)).to_contain_text("not sent yet")
    assert stack.rows(MARKS, session) == []
    phone.context.set_offline(False)
    expect(phone.locator(SAVED)).to_contain_text("Saved")
    assert dict(stack.rows(MARKS, session))["a"] == 1


def test_a_save_whose_answer_was_lost_is_sent_again_and_has_one_effect(stack, phone, session):
    cut(phone, "**/register/send/", after=True, times=1)
    mark_absent(phone, 0)
    save(phone)
    expect(phone.locator(SAVED)).to_contain_text("not sent yet")
    assert dict(stack.rows(MARKS, session))["a"] == 1
    mark_absent(phone, 2)
    save(phone)
    expect(phone.locator(SAVED)).to_contain_text("Saved")
    assert dict(stack.rows(MARKS, session))["a"] == 2
    assert stack.one("SELECT register_version FROM programmes_session WHERE id = %s", session) == 2


def test_saved_again_while_the_answer_to_the_first_save_is_read_both_are_sent(stack, visit, session):
    page = visit()
    slow = "setTimeout(() => done(read), 1500)"
    page.add_init_script(
        "const json = Response.prototype.json; Response.prototype.json = function () {"
        f" return json.call(this).then((read) => new Promise((done) => {slow})); }};"
    )
    enter(page, TUTOR)
    page.goto(f"/sessions/{session}/register/")
    with page.expect_response("**/register/send/"):
        save(page)
    mark_absent(page, 0)
    save(page)
    expect(page.locator(SAVED)).to_contain_text("Saved")
    wait_for(lambda: page.evaluate("Object.keys(localStorage).length") == 0, seconds=15)
    assert dict(stack.rows(MARKS, session))["a"] == 1
    assert stack.one("SELECT register_version FROM programmes_session WHERE id = %s", session) == 2


def test_a_closed_tab_loses_neither_what_was_saved_nor_what_was_only_marked(stack, phone, session):
    context = phone.context
    cut(phone, "**/register/send/")
    mark_absent(phone, 1)
    save(phone)
    expect(phone.locator(SAVED)).to_contain_text("not sent yet")
    mark_absent(phone, 3)
    phone.close()
    again = context.new_page()
    again.goto(f"/sessions/{session}/register/")
    expect(again.locator(".choice-a :checked")).to_have_count(2)
    expect(again.locator(SAVED)).to_contain_text("Changed, not saved yet")
    assert dict(stack.rows(MARKS, session))["a"] == 1
    save(again)
    expect(again.locator(SAVED)).to_contain_text("Saved")
    assert dict(stack.rows(MARKS, session))["a"] == 2
    assert again.evaluate("Object.keys(localStorage).length") == 0


def test_from_any_page_it_goes_once_there_is_a_connection(stack, phone, session):
    cut(phone, "**/register/send/")
    save(phone)
    expect(phone.locator(SAVED)).to_contain_text("not sent yet")
    phone.goto("/today/")
    expect(phone.get_by_text("1 register is not sent yet.")).to_be_visible()
    phone.unroute("**/register/send/")
    phone.reload()
    wait_for(lambda: bool(stack.rows(MARKS, session)), seconds=15)
    expect(phone.get_by_text("1 register is not sent yet.")).to_have_count(0)
    assert dict(stack.rows(MARKS, session)).keys() == {"p"}


def test_what_somebody_else_saved_meanwhile_is_shown_and_not_overwritten(stack, phone, visit, session):
    phone.context.set_offline(True)
    mark_absent(phone, 0)
    save(phone)
    office = visit(width=1280)
    enter(office, OFFICE)
    office.goto(f"/sessions/{session}/register/")
    save(office)
    expect(office.locator(SAVED)).to_contain_text("Saved")
    phone.context.set_offline(False)
    expect(phone.locator(SAVED)).to_contain_text("Somebody else saved this register")
    assert "a" not in dict(stack.rows(MARKS, session))
    save(phone)
    expect(phone.get_by_role("radio", name="Theirs: present")).not_to_be_checked()
    expect(phone.get_by_role("radio", name="Yours: absent, no reason")).to_be_checked()
    assert "a" not in dict(stack.rows(MARKS, session))
    save(phone)
    expect(phone.locator(SAVED)).to_contain_text("Saved")
    assert dict(stack.rows(MARKS, session))["a"] == 1


def test_theirs_are_kept_in_one_press_and_nothing_of_ours_is_left_behind(stack, phone, visit, session):
    phone.context.set_offline(True)
    mark_absent(phone, 0)
    save(phone)
    office = visit(width=1280)
    enter(office, OFFICE)
    office.goto(f"/sessions/{session}/register/")
    save(office)
    expect(office.locator(SAVED)).to_contain_text("Saved")
    phone.context.set_offline(False)
    expect(phone.locator(SAVED)).to_contain_text("Somebody else saved this register")
    save(phone)
    phone.get_by_role("link", name="Keep all of theirs").click()
    expect(phone.locator(SAVED)).to_contain_text("Saved")
    expect(phone.locator(".choice-a :checked")).to_have_count(0)
    assert "a" not in dict(stack.rows(MARKS, session))
    assert phone.evaluate("Object.keys(localStorage).length") == 0


def test_what_the_browser_keeps_is_keys_and_marks_and_no_name(phone, session):
    phone.context.set_offline(True)
    mark_absent(phone, 0)
    save(phone)
    mark_absent(phone, 1)
    kept = phone.evaluate("JSON.stringify(Object.entries(localStorage))")
    words = set(re.findall(r"[A-Za-z]{2,}", re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "", kept)))
    path = {"sessions", "register", "send"}
    assert (
        words
        <= {"unsent", "draft", "save", "after", "to", "version", "marks", "tokens", "reason", "count", "state", "at"}
        | {
            "waiting",
            "new",
        }
        | path
    )
    names = phone.locator(".mark-name").all_inner_texts()
    assert [part for name in names for part in name.split() if part in kept] == []
    assert phone.evaluate("sessionStorage.length") == 0
    assert phone.evaluate("indexedDB.databases()") == []
    assert phone.evaluate("caches.keys()") == []


def test_a_draft_is_forgotten_after_fourteen_days_by_whoever_opens_a_page(phone):
    days = (
        "(days) => localStorage.setItem(`draft:1:${days}`, JSON.stringify({marks: {}, at: Date.now() - days * 864e5}))"
    )
    for age in (13, 15):
        phone.evaluate(days, age)
    phone.goto("/today/")
    phone.wait_for_load_state("networkidle")
    assert phone.evaluate("Object.keys(localStorage)") == ["draft:1:13"]


def test_signing_out_with_something_unsent_asks_first(phone):
    cut(phone, "**/register/send/")
    save(phone)
    expect(phone.locator(SAVED)).to_contain_text("not sent yet")
    phone.goto("/account/")
    phone.get_by_role("button", name="Sign out").click()
    dialog = phone.get_by_role("dialog", name="1 register not sent yet")
    dialog.get_by_role("button", name="Stay signed in").click()
    expect(dialog).to_have_count(0)
    assert phone.url.endswith("/account/")
    phone.get_by_role("button", name="Sign out").click()
    phone.get_by_role("button", name="Sign out all the same").click()
    phone.wait_for_url(lambda url: "/account/" not in url)
    assert phone.evaluate("Object.keys(localStorage).length") == 1


def test_after_the_session_ran_out_it_goes_when_the_same_person_is_back_and_for_nobody_else(stack, phone, session):
    mark_absent(phone, 0)
    kept = [cookie for cookie in phone.context.cookies() if "session" not in cookie["name"]]
    phone.context.clear_cookies()
    phone.context.add_cookies(kept)
    save(phone)
    expect(phone.locator(SAVED)).to_contain_text("you are signed out")
    assert stack.rows(MARKS, session) == []
    enter(phone, OFFICE)
    expect(phone.get_by_text("1 register of somebody else is not sent yet.")).to_be_visible()
    assert stack.rows(MARKS, session) == []
    phone.context.clear_cookies()
    enter(phone, TUTOR)
    phone.goto("/today/")
    wait_for(lambda: bool(stack.rows(MARKS, session)), seconds=15)
    assert dict(stack.rows(MARKS, session))["a"] == 1


def test_a_register_opened_for_the_first_time_is_six_requests_and_fifty_kilobytes(phone, visit, session):
    cookies = phone.context.cookies()
    fresh = visit()
    fresh.context.add_cookies(cookies)
    sizes = {}
    fresh.on("requestfinished", lambda request: sizes.update({request.url: sum_of(request.sizes())}))
    page = fresh.goto(f"/sessions/{session}/register/")
    fresh.locator("[data-find]").wait_for()
    fresh.wait_for_load_state("networkidle")
    # the proxy in front compresses pages, the portal itself compresses what never changes
    sizes[page.url] = len(gzip.compress(page.body()))
    assert len(sizes) <= 6, sizes
    assert sum(sizes.values()) <= 50_000, sizes


def sum_of(size):
    return size["responseBodySize"] + size["responseHeadersSize"]
