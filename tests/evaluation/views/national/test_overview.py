"""The national page: what moves at once, what comes from a release, and that no child is read."""

from datetime import date

import pytest
import time_machine

from evaluation.models import ReleaseChart
from inharmony.access.scope import scoped
from participants.models import Child
from tests.clients import SignedInClient
from tests.factories import evaluation, programmes


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
        "Lambeth": ("55",),
        "Leeds": ("40",),
        "Liverpool": ("40",),
        "All": ("120",),
    }
    assert evaluation.rows_on(page, "Children taking part, by year group") == {
        "Year 4": ("55", "46 %", "100 %", "0.8"),
        "Year 5": ("65", "54 %", "100 %", "0.8"),
        "Year 6": ("c", "c", "c", "c"),
        "All": ("120", "100 %", "100 %", "0.8"),
    }
    text = page.content.decode()
    assert "Release 2026-27.1" in text
    assert "hidden, because a number is under 10 or a neighbour would tell it" in text


def test_the_total_says_how_it_comes_about(released, open_as):
    text = open_as(released.nia, "/national/").content.decode()
    assert (
        "The programmes add up to 135, less those in two programmes, a number that is hidden: 120, each rounded on its "
        "own."
    ) in text


def test_pictures_are_the_releases_own_and_need_no_script(released, open_as):
    page = open_as(released.nia, "/national/").content.decode()
    drawn = ReleaseChart.objects.get(key="children_by_year_group").svg
    assert drawn in page
    assert ">65</text>" in drawn
    assert ">c</text>" in drawn
    assert "vega" not in page


def test_what_is_to_do_names_the_hubs_that_have_not_signed_the_term(released, open_as):
    # nobody entered when terms are taught: the autumn is over when the spring begins
    text = open_as(released.nia, "/national/").content.decode()
    assert "not signed off the autumn term 2026-27" not in text
    with time_machine.travel("2027-01-05 12:00+00:00", tick=False):
        text = open_as(released.nia, "/national/").content.decode()
    assert "3 hubs have not signed off the autumn term 2026-27" in text
    assert (
        "Lambeth, Leeds, Liverpool. A hub signs from the last day of teaching on, with registers missing too; a release "
        "lacks the registers that are missing when it is cut." in text
    )


def test_a_year_without_a_release_names_the_one_it_shows(released, open_as):
    released_page = open_as(released.nia, "/national/", year="2026-27")
    assert "Another period" not in released_page.content.decode()
    with time_machine.travel("2027-11-16 10:00:00+00:00", tick=False):
        page = open_as(released.nia, "/national/", year="2027-28")
    text = page.content.decode()
    assert "Another period." in text
    assert "No release of 2027-28 has been cut yet" in text
    assert "The country, 2026-27" in text
    assert evaluation.values_on(page)["Children taking part"] == "120"


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
    with django_assert_num_queries(18):
        assert client.get("/national/").status_code == 200
    # and kept: who asks, and whether anything changed
    with django_assert_num_queries(8):
        assert client.get("/national/").status_code == 200


def test_while_no_year_is_out_the_newest_term_is_shown(committed_cast, cut, open_as):
    evaluation.country(committed_cast)
    cut("autumn")
    page = open_as(committed_cast.nia, "/national/")
    assert "The country, autumn term 2026-27" in page.content.decode()
    assert "No release" not in page.content.decode()
    # money is never of a term
    assert "Income for each child" not in page.content.decode()
    # what is live beside it is of the term alone
    live = "Sessions, hours and schools, by programme"
    with time_machine.travel("2027-03-02 15:00+00:00", tick=False):
        with scoped(committed_cast.both):
            spring = programmes.session(committed_cast.strings, day=date(2027, 3, 2))
            evaluation.register(spring, "ppp", by=committed_cast.priya)
        term, year = (open_as(committed_cast.nia, f"/national/{query}") for query in ("", "?year=2026-27"))
    held = [evaluation.rows_on(one, live)["Liverpool"][0] for one in (page, term, year)]
    assert held == ["2", "2", "3"]
