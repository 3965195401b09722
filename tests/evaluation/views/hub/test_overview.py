"""The hub's own page: exactly its own figures, for its own people."""

import json
import re
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from inharmony.access.scope import scoped
from participants.models import ListCheck
from tests.clients import SignedInClient
from tests.factories import evaluation, programmes
from tests.participants.list_checks import answered, asked, missing


@pytest.fixture
def taken(cast):
    """Two registers of Liverpool and one of Leeds; one of Liverpool is missing."""
    with scoped(cast.both):
        evaluation.register(cast.session, "pla", by=cast.priya)
        evaluation.register(programmes.session(cast.strings, day=date(2026, 11, 10)), "ppp", by=cast.priya)
        programmes.session(cast.brass, day=date(2026, 11, 12))
        evaluation.register(cast.leeds_session, "pp", by=cast.omar)
    return cast


def test_the_page_says_exactly_the_figures_of_the_hub(taken, open_as):
    page = open_as(taken.joanne, "/hub/")
    assert evaluation.values_on(page) == {
        "Children taking part": "3",
        "Attendance at sessions": "83 %",
        "Registers taken": "2",
        "Sessions held": "2",
        "Hours received": "0.6 a week",
        "Hours offered": "0.8 a week",
        "Partner schools": "2",
        "New children": "3",
        "Returning children": "0",
        "Children leaving": "0",
        "Ensembles": "2",
        "Tutors": "1",
    }
    text = page.content.decode()
    assert "Liverpool, autumn term 2026-27" in text
    assert "Not for publication" in text
    assert "1 register not taken" in text
    assert "Marigold Street Primary, since Thursday 12 November." in text


def test_the_chart_and_the_table_come_from_one_definition(taken, open_as):
    html = open_as(taken.joanne, "/hub/").content.decode()
    spec = json.loads(re.search(r'<script id="attendance-by-week" type="application/json">(.+?)</script>', html)[1])
    assert [(row["week"], row["percent"], row["complete"]) for row in spec["data"]["values"]] == [
        ("9 Nov", 100, False),
        ("16 Nov", 67, True),
    ]
    assert spec["description"] == "Between 67 and 100 in every week. Dashed weeks are not complete."
    assert re.search(r"9 November 2026</th><td[^>]*>100 %</td>", html)
    assert html.index('<table class="table') < html.index("js/chart.js")


def test_the_term_in_the_address_is_the_term_on_the_page(taken, open_as):
    page = open_as(taken.joanne, "/hub/liverpool/", year="2026-27", term="spring")
    assert "Liverpool, spring term 2026-27" in page.content.decode()
    assert evaluation.values_on(page)["Sessions held"] == "0"
    assert evaluation.values_on(page)["Attendance at sessions"] == "–"


@pytest.mark.parametrize(("year", "term"), [("2026", ""), ("1066-67", ""), ("2026-27", "harvest")])
def test_a_period_nobody_knows_is_not_found(cast, open_as, year, term):
    assert open_as(cast.joanne, "/hub/", year=year, term=term).status_code == 404


def test_an_address_that_names_no_year_shows_this_one(taken, open_as):
    page = open_as(taken.joanne, "/hub/", year="", term="")
    assert page.status_code == 200
    assert "Liverpool, 2026-27" in page.content.decode()


def test_an_address_without_a_period_shows_the_term_of_today(taken, open_as):
    html = open_as(taken.joanne, "/hub/liverpool/").content.decode()
    assert '<option value="autumn" selected>' in html
    assert '<option value="2026-27" selected>' in html


def test_each_ensemble_has_its_attendance_and_leads_to_its_registers(taken, open_as):
    page = open_as(taken.joanne, "/hub/liverpool/schools/")
    assert evaluation.rows_on(page, "Ensemble by ensemble") == {
        f'<a href="/ensembles/{taken.strings.pk}/grid/">{taken.strings.name}</a>': ("83 %", "2", "2"),
        f'<a href="/ensembles/{taken.brass.pk}/grid/">{taken.brass.name}</a>': ("–", "0", "1"),
    }


def test_the_hub_next_door_is_not_found_and_not_counted(taken, open_as):
    assert open_as(taken.omar, reverse("evaluation:hub", args=["liverpool"])).status_code == 404
    own = open_as(taken.omar, "/hub/")
    assert evaluation.values_on(own)["Children taking part"] == "2"
    assert "Liverpool" not in own.content.decode()


@pytest.mark.parametrize("name", ["priya", "sam", "nia", "olu", "stranger"])
def test_who_may_not_see_hub_figures_is_refused(taken, open_as, name):
    page = open_as(getattr(taken, name), "/hub/liverpool/")
    assert page.status_code == 403
    assert "Children taking part" not in page.content.decode()


def test_a_manager_here_who_is_a_coordinator_there_sees_figures_here_only(taken, open_as):
    from inharmony.accounts.models import RoleAssignment

    RoleAssignment.objects.create(
        user=taken.joanne, role="coordinator", programme=taken.leeds, starts_on=date(2020, 9, 1)
    )
    assert open_as(taken.joanne, "/hub/leeds/").status_code == 403
    assert open_as(taken.joanne, "/hub/liverpool/").status_code == 200


def test_the_page_is_not_kept_by_a_shared_machine(cast, open_as):
    assert open_as(cast.joanne, "/hub/")["Cache-Control"] == "no-store"


@pytest.mark.parametrize("schools", [1, 3])
def test_the_page_asks_the_same_however_many_schools(cast, schools, django_assert_num_queries):
    from tests.factories.schools import school

    for number in range(schools):
        place = school(f"School {number}")
        programmes.partner(cast.liverpool, place)
        programmes.session(programmes.ensemble(cast.liverpool, school=place), day=date(2026, 11, 10))
    client = SignedInClient()
    client.force_login(cast.joanne)
    # three of them ask whether last year's summer still waits for its signature
    with django_assert_num_queries(35):
        assert client.get("/hub/").status_code == 200
    # counted once, and while no row of the hub changes given again
    with django_assert_num_queries(9):
        assert client.get("/hub/").status_code == 200


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2027-06-30 12:00:00+00:00", False),
        # midnight of 1 September in London
        ("2027-08-31 23:00:00+00:00", True),
        ("2027-10-31 12:00:00+00:00", True),
        ("2027-11-01 12:00:00+00:00", False),
    ],
)
def test_the_hub_is_reminded_of_moving_up_at_the_turn_of_the_year(cast, open_as, day, said):
    with time_machine.travel(day, tick=False):
        html = open_as(cast.joanne, "/hub/").content.decode()
    assert ("5 children have no year group yet for 2027-28" in html) is said
    assert ('href="/hub/liverpool/new-year/"' in html) is said


def test_the_hub_is_told_of_corrections_to_decide_and_in_autumn_of_schools_that_have_not_confirmed(cast, open_as):
    def told():
        return " ".join(re.sub(r"<[^>]+>", " ", open_as(cast.joanne, "/hub/").content.decode()).split())

    assert "2 of 2 schools have not confirmed the class list of 2026-27 Not asked yet." in told()
    check = asked(cast).check
    assert "1 of them was asked." in told()
    with scoped(cast.both):
        # the database keeps the day by its own clock
        ListCheck.objects.update(ends_on=date(2999, 12, 31))
    answered(check, missing())
    page = told()
    assert "1 school has answered about the class list 1 correction to decide." in page
    assert "1 of 2 schools has not confirmed the class list of 2026-27" in page
    assert "answered about" not in open_as(cast.omar, "/hub/").content.decode()


@pytest.mark.parametrize(("day", "said"), [("2026-12-31 12:00:00+00:00", True), ("2027-01-01 12:00:00+00:00", False)])
def test_who_has_not_confirmed_is_said_until_christmas(cast, open_as, day, said):
    with time_machine.travel(day, tick=False):
        assert ("not confirmed the class list" in open_as(cast.joanne, "/hub/").content.decode()) is said
