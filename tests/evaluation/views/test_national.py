"""The national page: what moves at once, what comes from a release, and that no child is read."""

import json
import re

import pytest
import time_machine

from evaluation.actions.release import cut_release
from inharmony.access.scope import scoped
from participants.models import Child
from tests.clients import SignedInClient
from tests.databases import connected_as
from tests.factories import evaluation, programmes
from tests.factories.schools import this_year


@pytest.fixture
def released(committed_cast, fresh_database):
    """Three hubs of known sizes and a release of this year."""
    evaluation.country(committed_cast)
    with connected_as("worker", fresh_database):
        cut_release(academic_year=this_year(), by=None)
    return committed_cast


def test_before_any_release_only_sessions_hours_and_schools_are_counted(cast, open_as):
    with scoped(cast.both):
        evaluation.register(cast.session, "ppp", by=cast.priya)
    page = open_as(cast.nia, "/national/")
    assert evaluation.values_on(page) == {
        "Sessions held": "1",
        "Hours of sessions": "1",
        "Registers taken": "1",
        "Partner schools": "3",
        "Programmes": "2",
    }
    assert "No release of 2026-27 has been cut yet" in page.content.decode()


def test_sessions_held_rise_by_one_with_each_register(cast, open_as):
    with scoped(cast.both):
        evaluation.register(cast.session, "ppp", by=cast.priya)
    before = evaluation.values_on(open_as(cast.nia, "/national/"))["Sessions held"]
    with scoped(cast.both):
        evaluation.register(cast.leeds_session, "pa", by=cast.omar)
    assert (before, evaluation.values_on(open_as(cast.nia, "/national/"))["Sessions held"]) == ("1", "2")


def test_children_come_from_the_release_and_carry_its_symbols(released, open_as):
    page = open_as(released.nia, "/national/")
    assert evaluation.values_on(page)["Children taking part"] == "120"
    assert evaluation.rows_on(page, "Children taking part, by programme") == {
        "Lambeth": ("55", "100 %"),
        "Leeds": ("40", "100 %"),
        "Liverpool": ("40", "100 %"),
        "All": ("120", "100 %"),
    }
    assert evaluation.rows_on(page, "Children taking part, by year group") == {
        "Year 4": ("c", "c"),
        "Year 5": ("65", "54 %"),
        "Year 6": ("c", "c"),
        "All": ("120", "100 %"),
    }
    text = page.content.decode()
    assert "Release 2026-27.1" in text
    assert "hidden, because a number is under 10 or a neighbour would tell it" in text


def test_charts_hold_what_the_tables_show_and_no_more(released, open_as):
    html = open_as(released.nia, "/national/").content.decode()
    specs = {
        key: json.loads(spec)
        for key, spec in re.findall(r'<script id="(children_by_\w+)" type="application/json">(.+?)</script>', html)
    }
    assert [(row["label"], row["value"], row["text"]) for row in specs["children_by_year_group"]["data"]["values"]] == [
        ("Year 4", 0, "c"),
        ("Year 5", 65, "65"),
        ("Year 6", 0, "c"),
    ]
    assert [(row["label"], row["text"]) for row in specs["children_by_programme"]["data"]["values"]] == [
        ("Lambeth", "55"),
        ("Leeds", "40"),
        ("Liverpool", "40"),
    ]


def test_a_year_without_a_release_names_the_one_it_shows(released, open_as):
    released_page = open_as(released.nia, "/national/", year="2026-27")
    assert "Another period" not in released_page.content.decode()
    with time_machine.travel("2027-11-16 10:00:00+00:00", tick=False):
        page = open_as(released.nia, "/national/")
    text = page.content.decode()
    assert "The country, 2027-28" in text
    assert "No release of 2027-28 has been cut yet" in text
    assert evaluation.values_on(page)["Children taking part"] == "120"
    assert "In 2026-27, each child counted once. Release 2026-27.1." in text


def test_live_counts_stand_side_by_side(released, open_as):
    page = open_as(released.nia, "/national/")
    assert evaluation.rows_on(page, "Sessions, hours and schools, by programme") == {
        "Lambeth": ("3", "2", "3", "100 %"),
        "Leeds": ("2", "2", "3", "100 %"),
        "Liverpool": ("2", "2", "4", "100 %"),
        "All": ("7", "5", "10", "100 %"),
    }


def test_no_child_is_named_or_read(released, open_as):
    page = open_as(released.nia, "/national/")
    with scoped(released.both):
        names = set(Child.objects.values_list("surname", flat=True))
    assert [name for name in names if name in page.content.decode()] == []


@pytest.mark.parametrize("name", ["priya", "ruth", "joanne", "sam", "olu", "stranger"])
def test_hubs_and_schools_do_not_see_the_national_page(cast, open_as, name):
    assert open_as(getattr(cast, name), "/national/").status_code == 403


@pytest.mark.parametrize("hubs", [1, 3])
def test_the_page_asks_the_same_however_many_programmes(cast, hubs, django_assert_num_queries):
    for number in range(hubs):
        hub = programmes.programme(f"Hub {number}")
        programmes.session(programmes.ensemble(hub))
    client = SignedInClient()
    client.force_login(cast.nia)
    with django_assert_num_queries(13):
        assert client.get("/national/").status_code == 200
