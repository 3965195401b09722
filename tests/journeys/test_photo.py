"""A photo from a phone to a public page and off it again, without script."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories.photos import drawn, encoded
from tests.inharmony.hostile_pictures import CANARY, with_exif
from tests.journeys.test_pages import enter
from tests.journeys.test_rare_pages import is_for_everybody, on_paper
from tests.journeys.test_without_network import OFFICE

pytestmark = pytest.mark.browser

# whose family answered both questions with yes, and never took it back
MAY = """
SELECT c.id, coalesce(nullif(c.known_as, ''), c.forename) || ' ' || c.surname FROM participants_child c
JOIN programmes_programme p ON p.id = c.programme_id
WHERE p.slug = 'liverpool' AND NOT c.is_at_risk AND 2 = (
  SELECT count(*) FROM participants_consent a WHERE a.child_id = c.id AND a.purpose LIKE 'photo%%' AND a.answer = 'given')
  AND NOT EXISTS (
  SELECT FROM participants_consent a WHERE a.child_id = c.id AND a.purpose LIKE 'photo%%' AND a.answer <> 'given')
ORDER BY c.id DESC LIMIT 1
"""


def test_from_a_phone_to_everybody_and_off_again(stack, visit):
    ((child, name),) = stack.rows(MAY)
    office, anybody = visit(script=False), visit()
    enter(office, OFFICE)
    office.goto("/photos/new/")
    photo = {"name": "IMG_1.JPG", "mimeType": "image/jpeg", "buffer": with_exif(drawn((1200, 900)))}
    office.locator("input[type=file]").set_input_files([photo])
    office.get_by_role("button", name="Bring them in").click()
    expect(office.get_by_role("heading", level=1)).to_contain_text("Photo of")
    office.get_by_label("What is to be seen").fill("A child with a violin")
    office.get_by_label("Who took it").fill("Demonstration photographer")
    office.get_by_role("button", name="Save the words").click()
    office.get_by_label("Name a child").fill(name)
    office.get_by_role("button", name="Find").click()
    office.locator(f'button[name="child"][value="{child}"]').click()
    office.get_by_role("button", name="Publish").click()
    expect(office.get_by_text("The photo is public.")).to_be_visible()
    pk = re.search(r"/photos/(\d+)/", office.url)[1]
    ((key,),) = stack.rows("SELECT key FROM participants_photo WHERE id = %s", pk)
    seen = anybody.goto(f"/pictures/{key}/480.jpg")
    assert seen.status == 200
    assert CANARY.encode() not in seen.body()
    office.goto(f"/children/{child}/consent/photo_public/withdraw/")
    office.get_by_label("Who withdraws it").fill("Their mother")
    office.get_by_role("main").get_by_role("button").click()
    assert anybody.goto(f"/pictures/{key}/480.jpg").status == 404
    office.goto(f"/photos/{pk}/")
    expect(office.get_by_text("Taken off")).to_be_visible()
    expect(office.get_by_text("1 child on it may not be shown in public.")).to_be_visible()


def test_a_photo_that_cannot_be_read_says_so_on_a_page_for_everybody(visit):
    page = visit()
    enter(page, OFFICE)
    page.goto("/photos/new/")
    page.locator("input[type=file]").set_input_files(
        [{"name": "stamp.jpg", "mimeType": "image/jpeg", "buffer": encoded(drawn((64, 64)))}]
    )
    page.get_by_role("button", name="Bring them in").click()
    expect(page.get_by_role("alert")).to_contain_text("“stamp.jpg” is only 64 by 64 pixels.")
    is_for_everybody(page)


def test_no_paper_gets_a_picture_of_a_child(visit):
    page = visit()
    enter(page, OFFICE)
    for path in ("/photos/", "/photos/1/"):
        page.goto(path)
        assert page.locator("main img").count() > 0
        assert on_paper(page, "main img") == []
