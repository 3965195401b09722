"""What helps a child: typed by the office, read on a phone around the session, and never on paper."""

from itertools import count

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.looks import LOOKS
from tests.journeys.test_pages import enter
from tests.journeys.test_without_network import NEW, OFFICE, TUTOR

pytestmark = pytest.mark.browser

WORDS = "Sits near the door; needs large print"
MINUTES = count(200)
# whatever the time is: from the night's first minute to its last
NOW = (
    "UPDATE programmes_session SET starts_at = time '00:00' + %s * interval '1 second', ends_at = '23:59' WHERE id = %s"
)
CHILD = """
SELECT min(m.child_id) FROM participants_membership m JOIN programmes_session s ON s.ensemble_id = m.ensemble_id
JOIN participants_child c ON c.id = m.child_id
WHERE s.id = %s AND m.ends_on IS NULL AND m.starts_on <= s.day AND NOT c.is_at_risk
"""


@pytest.fixture
def session(stack):
    """A session of the coordinator's that is on now."""
    ((pk,),) = stack.rows(NEW, next(MINUTES), TUTOR)
    stack.rows(NOW, next(MINUTES), pk)
    yield pk
    stack.rows("DELETE FROM programmes_session WHERE id = %s", pk)


def test_the_office_writes_it_and_the_tutor_reads_it_around_the_session_only(stack, visit, session):
    ((child,),) = stack.rows(CHILD, session)
    office = visit(script=False)
    enter(office, OFFICE)
    office.goto(f"/children/{child}/")
    office.get_by_role("link", name="Write an access note").click()
    office.get_by_role("button", name="Write it down").click()
    expect(office.get_by_role("alert")).to_contain_text("Choose who said so.")
    office.get_by_label("What helps").fill(WORDS)
    office.get_by_label("The family").check()
    office.get_by_label("They agreed in so many words").check()
    office.get_by_role("button", name="Write it down").click()
    expect(office.locator("#note blockquote")).to_have_text(WORDS)

    tutor = visit()
    enter(tutor, TUTOR)
    tutor.goto(f"/sessions/{session}/register/")
    note = tutor.locator(f"#child-{child} .access-note")
    expect(note).to_have_text(f"Access: {WORDS}")
    for width, scheme in LOOKS:
        tutor.set_viewport_size({"width": width, "height": 844})
        tutor.emulate_media(color_scheme=scheme)
        assert Axe().run(tutor).response["violations"] == []
    tutor.emulate_media(media="print")
    expect(note).to_be_hidden()
    tutor.emulate_media(media="screen")
    # what a browser keeps of a register that waits says nothing of it
    tutor.locator(f"#child-{child} .choice-a").click()
    assert WORDS not in tutor.evaluate("JSON.stringify(localStorage)")
    stack.rows("UPDATE programmes_session SET day = day - 1 WHERE id = %s", session)
    tutor.reload()
    expect(tutor.locator(f"#child-{child}")).to_be_visible()
    expect(note).to_have_count(0)

    office.get_by_role("link", name="Change or end it").click()
    assert office.get_by_label("What helps").input_value() == WORDS
    office.get_by_role("button", name="End the note").click()
    expect(office.locator("#note")).to_contain_text("The last note was ended")
