"""Children who change school inside the hub: within the year, over the summer, twice, back again, listed by both."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from inharmony.access.scope import scoped
from participants.actions import roster_undo
from participants.models import Enrolment, Membership, Placement
from schools.models import AcademicYear
from tests.participants.imports.roster.test_preview import everything
from tests.participants.lists import accept, class_list, outcomes, row_of, stage

AMARA = "Amara,Adeyemi,01/09/2017,,{},{}"
DAY = timedelta(days=1)


@pytest.fixture
def term(cast, time_machine):
    """A hub in the middle of an academic year that is about to begin; `on` is a day of it."""
    year = AcademicYear(year=AcademicYear.current().pk + 1)

    def on(days):
        day = year.starts_on + days * DAY
        time_machine.move_to(datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo("Europe/London")), tick=False)
        return day

    cast.on, cast.year = on, year
    with scoped(cast.liverpool_scope):
        yield cast


def listed(cast, school, year_group="5", school_class="5A"):
    """A list of the school with Amara on it; returns the import, staged."""
    return stage(cast.ruth, class_list(AMARA.format(year_group, school_class)), school=school, year=cast.year)


def stays(cast):
    found = Enrolment.objects.filter(child=cast.children[0]).order_by("starts_on")
    return list(found.values_list("school_id", "starts_on", "ends_on"))


def test_within_the_year_the_old_school_ends_on_the_day_before(term):
    first, saltwharf, marigold = term.on(3), term.saltwharf.pk, term.marigold.pk
    accept(term.ruth, listed(term, term.saltwharf))
    moved_on = term.on(70)
    staged = listed(term, term.marigold)
    assert outcomes(staged) == {2: "school_move"}
    assert row_of(staged, 2).before["close"]["school"] == saltwharf
    accept(term.ruth, staged)
    assert stays(term)[-2:] == [(saltwharf, stays(term)[-2][1], moved_on - DAY), (marigold, moved_on, None)]
    # where they were counted in autumn stays where it was
    places = Placement.objects.filter(child=term.children[0], academic_year_id=term.year.pk).order_by("pk")
    assert list(places.values_list("enrolment__school_id", "school_class")) == [(saltwharf, "5A"), (marigold, "5A")]
    assert first < moved_on
    # memberships are the ensembles' own affair
    assert Membership.objects.get(child=term.children[0]).ends_on is None


def test_over_the_summer_the_new_school_begins_with_the_year(term):
    term.on(10)
    staged = listed(term, term.marigold)
    assert outcomes(staged) == {2: "school_move"}
    accept(term.ruth, staged)
    assert stays(term)[-1] == (term.marigold.pk, term.year.starts_on, None)
    assert stays(term)[-2][2] == term.year.starts_on - DAY


def test_twice_and_back_again(term):
    days = []
    for days_on, school in ((5, term.saltwharf), (60, term.marigold), (150, term.saltwharf), (200, term.marigold)):
        days.append(term.on(days_on))
        accept(term.ruth, listed(term, school, school_class=f"5{days_on}"))
    saltwharf, marigold = term.saltwharf.pk, term.marigold.pk
    assert stays(term)[-4:] == [
        (saltwharf, stays(term)[-4][1], days[1] - DAY),
        (marigold, days[1], days[2] - DAY),
        (saltwharf, days[2], days[3] - DAY),
        (marigold, days[3], None),
    ]


def test_while_both_schools_list_the_child_each_list_asks_and_nothing_overlaps(term):
    today = term.on(5)
    accept(term.ruth, listed(term, term.saltwharf))
    accept(term.ruth, listed(term, term.marigold))
    again = listed(term, term.saltwharf, school_class="5B")
    assert outcomes(again) == {2: "school_move"}
    accept(term.ruth, again)
    found = stays(term)
    assert all(one[2] is not None and one[2] < other[1] for one, other in pairwise(found))
    assert found[-1][:2] == (term.saltwharf.pk, today + DAY)
    # and from the next day on the list of the school they are at moves nobody
    term.on(6)
    assert outcomes(listed(term, term.saltwharf, school_class="5C")) == {2: "changed"}


def test_moves_are_taken_back_one_by_one(term):
    term.on(5)
    accept(term.ruth, listed(term, term.saltwharf))
    before = [everything()]
    imports = []
    for days_on, school in ((60, term.marigold), (65, term.saltwharf)):
        term.on(days_on)
        imports.append(accept(term.ruth, listed(term, school, school_class=f"5{days_on}")))
        before.append(everything())
    # the first cannot go before the second: its enrolment has been changed since
    assert [kept.why for kept in roster_undo.undo(roster_import=imports[0], by=term.ruth).kept] == [
        "the enrolment was changed since"
    ]
    roster_undo.undo(roster_import=imports[1], by=term.ruth)
    assert everything() == before[1]


def test_who_is_educated_at_home_now_is_a_move_and_who_comes_back_too(term):
    term.on(5)
    accept(term.ruth, listed(term, term.saltwharf))
    term.on(40)
    row = "Amara,Adeyemi,01/09/2017,999999"
    home = stage(term.ruth, class_list(row, headings="Forename,Surname,DOB,URN"), school=term.saltwharf, year=term.year)
    assert outcomes(home) == {2: "school_move"}
    accept(term.ruth, home)
    assert stays(term)[-1][0] is None
    term.on(80)
    back = listed(term, term.saltwharf, school_class="5C")
    assert outcomes(back) == {2: "school_move"}


def test_a_leaving_date_ends_where_the_child_is(term):
    term.on(40)
    accept(term.ruth, listed(term, term.saltwharf))
    last = date(term.year.pk, 10, 1)
    row = f"Amara,Adeyemi,01/09/2017,{last:%d/%m/%Y}"
    gone = stage(
        term.ruth, class_list(row, headings="Forename,Surname,DOB,Leaving Date"), school=term.saltwharf, year=term.year
    )
    assert outcomes(gone) == {2: "changed"}
    accept(term.ruth, gone)
    assert stays(term)[-1][2] == last
