"""The register on paper: found from the register, printed on one page, read by everybody."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.looks import LOOKS
from tests.journeys.test_pages import enter
from tests.journeys.test_without_network import OFFICE

pytestmark = pytest.mark.browser

PAGE = re.compile(rb"/Type\s*/Page\b")
# an ensemble of 32, with six sessions to come
MADE = """
WITH made AS (
  INSERT INTO programmes_ensemble (programme_id, school_id, name, kind, level, starts_on, instruments)
  SELECT id, NULL, 'Thirty-two Strings', 'string', 'entry', date '2020-01-01', '{}'
  FROM programmes_programme WHERE slug = 'liverpool' RETURNING id, programme_id
), members AS (
  INSERT INTO participants_membership (programme_id, ensemble_id, child_id, starts_on)
  SELECT m.programme_id, m.id, c.id, date '2020-01-01' FROM made m
  JOIN LATERAL (SELECT id FROM participants_child WHERE programme_id = m.programme_id AND NOT is_at_risk
                ORDER BY length(forename || surname) DESC, id LIMIT 32) c ON true
), sessions AS (
  INSERT INTO programmes_session
    (programme_id, ensemble_id, day, starts_at, ends_at, kind, cancel_reason, register_version)
  SELECT programme_id, id, current_date + 7 * week, time '10:15', time '11:00', 'extra', '', 0
  FROM made, generate_series(1, 6) week
)
SELECT id FROM made
"""


@pytest.fixture
def ensemble(stack):
    ((pk,),) = stack.rows(MADE)
    yield pk
    stack.rows("DELETE FROM participants_membership WHERE ensemble_id = %s", pk)
    stack.rows("DELETE FROM programmes_session WHERE ensemble_id = %s", pk)
    stack.rows("DELETE FROM programmes_ensemble WHERE id = %s", pk)


@pytest.mark.parametrize("many", [1, 6])
def test_thirty_two_children_fit_one_page(visit, ensemble, many):
    page = visit(width=1280)
    enter(page, OFFICE)
    page.goto(f"/ensembles/{ensemble}/sheet/?sessions={many}")
    assert page.locator("tbody tr").count() == 32
    # at its worst: of none of them is there an answer about photos
    page.evaluate("""() => {
      const [badge] = document.querySelectorAll("tbody .badge");
      badge.lastChild.textContent = "No photo consent yet";
      for (const name of document.querySelectorAll("tbody th:not(:has(.badge))")) name.append(badge.cloneNode(true));
    }""")
    assert page.locator("tbody .badge").count() == 32
    printed = page.pdf(prefer_css_page_size=True)
    assert len(PAGE.findall(printed)) == 1


def test_it_is_reached_from_the_register_and_read_by_everybody(visit):
    page = visit()
    enter(page, "coordinator@leeds.example")
    page.goto("/today/")
    page.locator('a[href*="/register/"]').first.click()
    page.get_by_role("link", name="On paper").click()
    page.wait_for_url("**/sheet/?session=*")
    assert page.get_by_role("button", name="Print").is_visible()
    page.get_by_label("Sessions beside each other").select_option("1")
    page.get_by_role("button", name="Show").click()
    assert page.get_by_role("columnheader", name="Absent, reason known").count() == 1
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        assert Axe().run(page).response["violations"] == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
