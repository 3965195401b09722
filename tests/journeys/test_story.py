"""What a child said, from a coordinator's phone to the pages of hub and country and off them again, without script."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.test_pages import enter
from tests.journeys.test_rare_pages import is_for_everybody

pytestmark = pytest.mark.browser

COORDINATOR, MANAGER = "coordinator@liverpool.example", "manager@liverpool.example"
COUNTRY, OFFICE = "national@arts.example", "admin@liverpool.example"
WORDS = "The low notes tickle my feet."
# whose family agreed, and who is in an ensemble of the coordinator's today
MAY = """
SELECT c.id, coalesce(nullif(c.known_as, ''), c.forename) || ' ' || c.surname FROM participants_child c
JOIN participants_membership m ON m.child_id = c.id AND m.ends_on IS NULL
JOIN programmes_ensemble_tutors l ON l.ensemble_id = m.ensemble_id
JOIN programmes_tutor t ON t.id = l.tutor_id JOIN accounts_user u ON u.id = t.user_id
WHERE u.email = %s AND NOT c.is_at_risk AND 'given' = (
  SELECT a.answer FROM participants_consent a WHERE a.child_id = c.id AND a.purpose = 'quotation'
  ORDER BY a.answered_on DESC, a.id DESC LIMIT 1)
ORDER BY c.id DESC LIMIT 1
"""


def press(page, name):
    """Presses a button by the keyboard alone."""
    button = page.get_by_role("button", name=name)
    button.focus()
    page.keyboard.press("Enter")


def test_what_a_child_said_is_written_shared_and_gone_once_the_family_takes_it_back(stack, visit):
    ((child, name),) = stack.rows(MAY, COORDINATOR)
    coordinator, manager, country, office = (visit(script=False) for _ in range(4))
    for page, who in ((coordinator, COORDINATOR), (manager, MANAGER), (country, COUNTRY), (office, OFFICE)):
        enter(page, who)
    coordinator.goto("/stories/")
    coordinator.get_by_role("link", name="Write a quotation").first.click()
    coordinator.get_by_label("Words").fill(WORDS)
    coordinator.get_by_label("Who said it").select_option("child")
    # the year of the last release: the country's page shows what was said beside its figures
    coordinator.get_by_label("Year", exact=True).select_option(index=1)
    press(coordinator, "Save it")
    expect(coordinator.get_by_text("Say which child it is of: the family’s consent is needed.")).to_be_visible()
    coordinator.get_by_label("Name a child").fill(name)
    press(coordinator, "Find")
    coordinator.locator(f'button[name="child"][value="{child}"]').click()
    expect(coordinator.get_by_text("It can be shared. The hub’s manager does that.")).to_be_visible()
    pk = re.search(r"/stories/(\d+)/", coordinator.url)[1]
    manager.goto(f"/stories/{pk}/")
    press(manager, "Share it")
    expect(manager.get_by_text("The story is shared.")).to_be_visible()
    its_year = manager.get_by_role("link", name="See it there").get_attribute("href").partition("#")[0]
    pages = ((manager, its_year), (country, f"/national/impact/?{its_year.partition('?')[2]}"))
    for page, path in pages:
        page.goto(path)
        expect(page.locator("blockquote", has_text=WORDS)).to_have_count(1)
        assert name not in page.content()
    office.goto(f"/children/{child}/consent/quotation/withdraw/")
    office.get_by_label("Who withdraws it").fill("Their mother")
    office.get_by_role("main").get_by_role("button").click()
    for page, path in pages:
        page.goto(path)
        assert WORDS not in page.content()
    manager.goto(f"/stories/{pk}/")
    expect(manager.get_by_text("Taken off", exact=True)).to_be_visible()
    expect(manager.get_by_text("1 child in it may not be shown.")).to_be_visible()


def test_the_pages_of_stories_are_for_everybody(visit):
    page = visit()
    enter(page, MANAGER)
    page.goto("/stories/")
    is_for_everybody(page)
    for state in ("waiting", "shared"):
        page.goto(f"/hub/liverpool/stories/?state={state}")
        page.goto(page.locator(".todo h2 a").last.get_attribute("href") + "?find=a")
        is_for_everybody(page)
    page.goto("/hub/liverpool/stories/new/")
    press(page, "Save it")
    expect(page.get_by_role("alert")).to_contain_text("It is not written yet")
    is_for_everybody(page)
    page.goto("/hub/liverpool/stories/new/?kind=case_study")
    is_for_everybody(page)
    page.goto("/hub/liverpool/impact/")
    expect(page.locator("blockquote").first).to_be_visible()
    is_for_everybody(page)
