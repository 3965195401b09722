"""Two ensembles rehearse together: planned in the office, taken on the phone of who leads only one of them."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.test_pages import enter
from tests.journeys.test_without_network import MARKS, OFFICE, SAVED, TUTOR, save

pytestmark = pytest.mark.browser

# an ensemble the coordinator leads, and one of the same hub that they do not; both with children
ENSEMBLES = """
SELECT e.id, e.name, bool_or(coalesce(u.email = %s, false)) AS is_own FROM programmes_ensemble e
JOIN programmes_programme p ON p.id = e.programme_id AND p.slug = 'liverpool'
JOIN participants_membership m ON m.ensemble_id = e.id AND m.ends_on IS NULL
LEFT JOIN programmes_ensemble_tutors l ON l.ensemble_id = e.id
LEFT JOIN programmes_tutor t ON t.id = l.tutor_id LEFT JOIN accounts_user u ON u.id = t.user_id
WHERE e.ends_on IS NULL GROUP BY e.id ORDER BY e.id
"""
SIZE = """
SELECT count(DISTINCT child_id) FROM participants_membership
WHERE ensemble_id IN (%s, %s) AND starts_on <= now() AND (ends_on IS NULL OR ends_on >= now())
"""
HIDDEN = f"{SIZE} AND child_id IN (SELECT id FROM participants_child WHERE is_at_risk)"


def test_planned_in_the_office_and_taken_by_who_leads_only_what_joins(stack, visit):
    rows = stack.rows(ENSEMBLES, TUTOR)
    own_id, own = next((pk, name) for pk, name, is_own in rows if is_own)
    host_id, host = next((pk, name) for pk, name, is_own in rows if not is_own)
    today = str(stack.one("SELECT (now() AT TIME ZONE 'Europe/London')::date"))
    office = visit(width=1280)
    enter(office, OFFICE)
    office.goto(f"/ensembles/{host_id}/sessions/new/")
    office.get_by_label("On which day").select_option("once")
    office.get_by_label("From").fill(today)
    office.get_by_label("Starts at").fill("05:30")
    office.get_by_label("Ends at").fill("06:10")
    office.get_by_text("Plays together with other ensembles").click()
    office.get_by_role("checkbox", name=own, exact=True).check()
    assert Axe().run(office).response["violations"] == []
    office.get_by_role("button", name="Show the days").click()
    expect(office.get_by_text(f"Together with {own}.")).to_be_visible()
    day = office.locator('input[name="day"]')
    if not day.is_checked():
        day.check()
    office.get_by_role("button", name="Add the days ticked").click()
    expect(office.get_by_text("1 session of")).to_be_visible()
    phone = visit()
    enter(phone, TUTOR)
    phone.goto("/today/")
    phone.get_by_role("link", name=f"{host} with {own}").click()
    expect(phone.get_by_role("heading", name=f"{host} with {own}")).to_be_visible()
    children = stack.one(SIZE, host_id, own_id)
    expect(phone.locator(".mark")).to_have_count(children)
    assert Axe().run(phone).response["violations"] == []
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    save(phone)
    expect(phone.locator(SAVED)).to_contain_text("Saved")
    session = stack.one("SELECT max(id) FROM programmes_session WHERE ensemble_id = %s", host_id)
    assert dict(stack.rows(MARKS, session)) == {"p": children}
    phone.get_by_role("link", name="Registers of the term").click()
    expect(phone.get_by_role("link", name="joint register")).to_be_visible()
    # on paper it is one sheet with all of them but those whom no paper may show
    phone.goto(f"/sessions/{session}/register/")
    phone.get_by_role("link", name="On paper").click()
    expect(phone.locator("#sheet-title")).to_contain_text(f"{host} with {own}, ")
    printed = children - stack.one(HIDDEN, host_id, own_id)
    expect(phone.locator(".sheet tbody tr")).to_have_count(printed)
    assert Axe().run(phone).response["violations"] == []
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
