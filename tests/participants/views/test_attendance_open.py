"""A register opened with nobody marked, and the rest set at once."""

import re

import pytest
from django.urls import reverse

from inharmony.access.scope import scoped
from participants.actions import known_absence
from participants.models import KnownAbsence
from tests.participants.views.test_attendance import marks, row_on, standing


@pytest.fixture
def page(cast):
    return reverse("participants:register", args=[cast.session.pk])


def chosen(html):
    return re.findall(r'value="(\w)" checked', html)


def version(html):
    return re.search(r'name="version" value="(\d+)"', html)[1]


def test_started_empty_nobody_is_marked_and_the_page_says_how_to_go_on(client, cast, page):
    client.force_login(cast.priya)
    assert '<a href="?start=empty">' in client.get(page).content.decode()
    html = client.get(page, {"start": "empty"}).content.decode()
    assert (chosen(html), "Set the rest to" in html, "0 of 3" in html) == ([], True, True)
    assert standing(cast) == {}


def test_the_rest_is_set_on_the_page_and_nothing_is_saved(client, cast, page):
    client.force_login(cast.priya)
    first, second, third = (f"m{child.pk}" for child in cast.children)
    sent = {"version": "0", second: "l", "fill": "a"}
    response = client.post(f"{page}?start=empty", sent)
    html = response.content.decode()
    assert (response.status_code, chosen(html), standing(cast)) == (200, ["a", "l", "a"], {})
    assert client.post(page, {"version": "0", first: "a", second: "l", third: "a"}).status_code == 302
    assert list(standing(cast).values()) == ["a", "l", "a"]


def test_enter_presses_what_sets_and_saves_nothing(client, cast, page):
    client.force_login(cast.priya)
    html = client.get(page, {"start": "empty"}).content.decode()
    form = html[html.index("data-register") :]
    assert re.search(r"<button[^>]*>", form)[0] == '<button name="fill" value="" hidden>'
    response = client.post(page, {"version": "0", f"m{cast.children[0].pk}": "l", "fill": ""})
    assert (response.status_code, chosen(response.content.decode()), standing(cast)) == (200, ["l"], {})


def test_saved_with_children_unmarked_it_says_how_many_and_leads_to_the_first(client, cast, page):
    client.force_login(cast.priya)
    response = client.post(f"{page}?start=empty", {"version": "0", f"m{cast.children[0].pk}": "l"})
    html = response.content.decode()
    assert (response.status_code, chosen(html), standing(cast)) == (422, ["l"], {})
    assert "2 of the children have no mark yet." in html
    assert f'<a href="#child-{cast.children[1].pk}">Go to the first: {cast.children[1].name}</a>' in html


def test_setting_the_rest_forgets_nothing_of_what_somebody_saved_meanwhile(client, cast, page):
    client.force_login(cast.ruth)
    client.post(page, marks(cast, "p", "p", "e"))
    client.force_login(cast.priya)
    html = client.post(page, {"version": "0", "fill": "p"}).content.decode()
    assert version(html) == "0"
    assert client.post(page, marks(cast, "p", "p", "p")).status_code == 409
    assert list(standing(cast).values()) == ["p", "p", "e"]


def test_a_register_that_was_taken_does_not_open_empty(client, cast, page):
    client.force_login(cast.priya)
    client.post(page, marks(cast, "p", "a", "e"))
    html = client.get(page, {"start": "empty"}).content.decode()
    assert (chosen(html), "start=empty" in html) == (["p", "a", "e"], False)


def test_what_is_no_mark_sets_nothing(client, cast, page):
    client.force_login(cast.priya)
    response = client.post(page, {"version": "0", "fill": "q"})
    assert (response.status_code, standing(cast)) == (422, {})


def test_whose_absence_is_known_stays_marked_and_is_no_part_of_the_rest(client, cast, page):
    with scoped(cast.liverpool_scope):
        known_absence.note_absences(
            children=cast.children[:1],
            starts_on=cast.session.day,
            ends_on=cast.session.day,
            reason=KnownAbsence.Reason.AWAY,
            by=cast.ruth,
        )
    client.force_login(cast.priya)
    html = client.get(page, {"start": "empty"}).content.decode()
    (known,) = chosen(html)
    assert f'value="{known}" checked' in row_on(html, cast.children[0])
    sent = {"version": "0", f"m{cast.children[0].pk}": known, "fill": "p"}
    assert chosen(client.post(page, sent).content.decode()) == [known, "p", "p"]
