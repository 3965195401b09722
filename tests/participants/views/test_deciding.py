"""The register page when somebody else saved meanwhile: both versions, and one decision a child."""

import re

import pytest
from django.urls import reverse

from inharmony.access.scope import scoped
from participants.actions import at_risk
from tests.participants.views.test_attendance import marks, standing


@pytest.fixture
def page(cast):
    return reverse("participants:register", args=[cast.session.pk])


@pytest.fixture
def both(client, cast, page):
    """Returns a function that saves a version of Ruth's, then one of Priya's who had not seen it; the answer to hers."""

    def save(theirs, yours):
        client.force_login(cast.ruth)
        client.post(page, marks(cast, *theirs))
        client.force_login(cast.priya)
        return client.post(page, marks(cast, *yours))

    return save


def radios(html):
    """Returns what the page offers: a name, a value and whether it is chosen, in the order of the page."""
    return re.findall(r'<input type="radio" name="(m\d+)" value="(\w)"(?: data-theirs)?( checked)?>', html)


def chosen(html):
    """Returns what a browser would send of the marks, each as often as it is there."""
    return sorted((name, value) for name, value, checked in radios(html) if checked)


def version(html):
    return re.search(r'name="version" value="(\d+)"', html)[1]


def test_two_editors_see_both_versions_and_nothing_is_overwritten(cast, both):
    response = both("ppe", "pae")
    html = response.content.decode()
    assert response.status_code == 409
    assert [f for f in radios(html) if f[0] == f"m{cast.children[1].pk}"] == [
        (f"m{cast.children[1].pk}", "p", ""),
        (f"m{cast.children[1].pk}", "a", " checked"),
    ]
    assert ("Theirs: present" in html, "Yours: absent, no reason" in html) == (True, True)
    assert list(standing(cast).values()) == ["p", "p", "e"]


def test_one_mark_a_child_is_sent_and_the_rest_is_as_it_stands(cast, both):
    html = both("ple", "pae").content.decode()
    expected = zip((f"m{child.pk}" for child in cast.children), "pae", strict=True)
    assert chosen(html) == sorted(expected)
    assert "<b>1 of 3</b>" in html


def test_what_was_decided_is_saved_on_the_version_that_stands_now(client, cast, page, both):
    html = both("pel", "pap").content.decode()
    decided = dict(chosen(html)) | {"version": version(html), f"m{cast.children[2].pk}": "l"}
    assert client.post(page, decided).status_code == 302
    assert list(standing(cast).values()) == ["p", "a", "l"]


def test_a_third_version_is_met_as_the_second_was(client, cast, page, both):
    html = both("ppp", "pap").content.decode()
    client.force_login(cast.ruth)
    client.post(page, marks(cast, "p", "p", "r", version=1))
    client.force_login(cast.priya)
    response = client.post(page, dict(chosen(html)) | {"version": version(html)})
    again = response.content.decode()
    assert (response.status_code, again.count("Theirs: "), version(again)) == (409, 2, "2")
    assert list(standing(cast).values()) == ["p", "p", "r"]


def test_all_of_theirs_are_kept_by_leaving_the_page(client, cast, page, both):
    html = both("ppe", "aal").content.decode()
    (link,) = re.findall(r'<a href="([^"]+)" data-drop>Keep all of theirs</a>', html)
    assert [value for _, value in chosen(client.get(link).content.decode())] == ["p", "p", "e"]
    assert list(standing(cast).values()) == ["p", "p", "e"]


def test_a_child_at_risk_is_decided_on_screen_alone(client, cast, both):
    with scoped(cast.both):
        hidden = at_risk.flag_at_risk(child=cast.children[1], by=cast.ruth)
    html = both("ppe", "pal").content.decode()
    assert f'<li class="decision off-paper" id="child-{hidden.pk}">' in html
    assert f'<li class="decision" id="child-{cast.children[2].pk}">' in html
