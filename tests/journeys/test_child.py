"""What is done about one child, on a phone and without script; and what paper never shows."""

import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys.test_pages import enter

pytestmark = pytest.mark.browser

GIVEN = (
    "SELECT c.id, p.id FROM participants_child c JOIN participants_consent p ON p.child_id = c.id"
    " JOIN participants_enrolment e ON e.child_id = c.id AND e.ends_on IS NULL"
    " JOIN programmes_programme h ON h.id = c.programme_id"
    " WHERE h.slug = 'liverpool' AND p.purpose = 'research' AND p.answer = 'given' AND c.upn_sealed <> ''"
    " AND NOT EXISTS (SELECT 1 FROM participants_consent q WHERE q.child_id = c.id AND q.purpose = p.purpose"
    " AND q.id <> p.id) ORDER BY c.id LIMIT 1"
)
# the part after the word is for those who hear the page
WITHDRAW = re.compile("Withdraw ?: research")
TRAIL = "SELECT count(*) FROM audit_auditevent WHERE act = %s AND children = ARRAY[%s]::bigint[]"


@pytest.fixture
def child(stack):
    """A child of Liverpool whose family agreed to research, and who has a UPN."""
    ((pk, _),) = stack.rows(GIVEN)
    return pk


def test_a_consent_is_withdrawn_in_two_presses_without_script_on_a_phone(stack, visit, child):
    page = visit(script=False)
    enter(page, "admin@liverpool.example")
    page.goto(f"/children/{child}/")
    page.get_by_role("link", name=WITHDRAW).click()
    page.get_by_role("button", name="Withdraw it").click()
    page.wait_for_url(f"**/children/{child}/")
    expect(page.get_by_text("Withdrawn: research. It counts from now on.")).to_be_visible()
    row = page.locator(".todo > li", has=page.get_by_role("heading", name="Research"))
    expect(row.locator(".tag")).to_have_text("Withdrawn")
    expect(page.get_by_role("link", name=WITHDRAW)).to_have_count(0)
    assert stack.one(TRAIL, "consent.withdrawn", child) == 1


def test_a_upn_is_shown_on_a_press_without_script_on_a_phone_and_is_gone_again(stack, visit, child):
    page = visit(script=False)
    enter(page, "admin@liverpool.example")
    page.goto(f"/children/{child}/")
    assert "999" not in page.locator("main").inner_text()
    page.get_by_role("button", name="Show the UPN").click()
    upn = page.locator("code").inner_text()
    assert (len(upn), upn[1:4], upn in page.url) == (13, "999", False)
    assert stack.one(TRAIL, "upn.shown", child) == 1
    page.goto(f"/children/{child}/upn/")
    assert upn not in page.content()
    assert stack.one(TRAIL, "upn.shown", child) == 1


def printed(page, folder):
    path = folder / "page.pdf"
    page.pdf(path=path)
    return "\n".join(sheet.extract_text() for sheet in PdfReader(path).pages)


def test_no_paper_shows_a_protected_child_and_each_says_that_one_is_missing(stack, visit, tmp_path):
    ((name, surname, pk, ensemble, session),) = stack.rows(
        "SELECT coalesce(nullif(c.known_as, ''), c.forename), c.surname, c.id, m.ensemble_id, s.id"
        " FROM participants_child c"
        " JOIN participants_membership m ON m.child_id = c.id AND m.ends_on IS NULL"
        " JOIN programmes_session s ON s.ensemble_id = m.ensemble_id AND s.day = current_date"
        " JOIN programmes_programme h ON h.id = c.programme_id"
        " WHERE c.is_at_risk AND h.slug IN ('leeds', 'liverpool') AND s.cancelled_at IS NULL ORDER BY c.id LIMIT 1"
    )
    hub = stack.one(
        "SELECT h.slug FROM programmes_programme h JOIN participants_child c ON c.programme_id = h.id AND c.id = %s", pk
    )
    page = visit(width=1280, scheme="dark")
    enter(page, f"manager@{hub}.example")
    pages = (
        f"/children/?find={surname}",
        f"/children/{pk}/",
        f"/children/{pk}/consent/",
        f"/ensembles/{ensemble}/",
        f"/sessions/{session}/register/",
    )
    for path in pages:
        page.goto(path)
        assert f"{name} {surname}" in page.locator("main").inner_text(), path
        paper = printed(page, tmp_path)
        assert (path, f"{name} {surname}" in paper) == (path, False)
        if not path.endswith("/consent/"):
            assert (path, "is not printed" in paper or "are not printed" in paper) == (path, True)


def test_a_refusal_stands_on_paper_too(stack, visit, tmp_path):
    page = visit(width=1280)
    enter(page, "manager@liverpool.example")
    page.goto("/children/")
    page.emulate_media(media="print", color_scheme="dark")
    badge = page.locator(".badge-no").first
    expect(badge).to_be_visible()
    look = badge.evaluate(
        "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor, getComputedStyle(e).borderTopStyle]"
    )
    assert look == ["rgb(0, 0, 0)", "rgb(255, 255, 255)", "solid"]
    assert "No photos" in printed(page, tmp_path)
