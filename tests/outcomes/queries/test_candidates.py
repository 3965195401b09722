"""Schools that could be compared with: who is left out, who comes first."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from outcomes.queries.candidates import SHOWN, Wanted, find_candidates, usual_phase
from schools.models import School
from tests.factories import schools
from tests.outcomes.compared import chosen, publish


def names(cast, **wanted):
    return [one.school.name for one in find_candidates(cast.liverpool, Wanted(**wanted)).candidates]


@pytest.fixture
def some(cast):
    """Three schools with numbers: as many pupils and as poor as the hub's, further, and far away."""
    near, further, far = (schools.school(name, town="Speke") for name in ("Near", "Further", "Far"))
    own = {school: {"roll": 200, "fsm_percent": Decimal(40)} for school in (cast.saltwharf, cast.marigold)}
    publish(
        2023,
        own
        | {
            near: {"roll": 205, "fsm_percent": Decimal(41)},
            further: {"roll": 245, "fsm_percent": Decimal(50)},
            far: {"roll": 600, "fsm_percent": Decimal(5)},
        },
    )
    return cast


def test_the_nearest_come_first(some):
    assert names(some) == ["Near", "Further", "Far"]
    found = find_candidates(some.liverpool, Wanted())
    assert (found.own["roll"], found.own["fsm_percent"], found.own_schools, found.total) == (200, 40, 2, 3)
    assert found.candidates[0].numbers["roll"] == 205


@pytest.mark.parametrize(
    ("near", "left"),
    [
        ({"roll": 10.0}, ["Near"]),
        ({"roll": 25.0}, ["Near", "Further"]),
        ({"roll": 25.0, "fsm_percent": 5.0}, ["Near"]),
        ({"fsm_percent": 10.0}, ["Near", "Further"]),
        ({"roll": None}, ["Near", "Further", "Far"]),
        ({"eal_percent": 20.0}, ["Near", "Further", "Far"]),
    ],
)
def test_how_near_they_are_is_asked_for_number_by_number(some, near, left):
    assert names(some, near=near) == left


def test_a_school_of_which_a_number_is_not_known_is_not_near_on_it(some):
    schools.school("Unknown")
    assert names(some)[-1] == "Unknown"
    assert "Unknown" not in names(some, near={"roll": 50.0})


def test_they_are_found_by_words_of_name_and_town_by_urn_and_by_phase(some):
    odd = schools.school("Far High", phase=School.Phase.SECONDARY, town="Speke")
    assert sorted(names(some, words="speke far")) == ["Far", "Far High"]
    assert names(some, words=str(odd.pk)) == ["Far High"]
    assert names(some, words="speke", phase="secondary") == ["Far High"]
    assert names(some, words="nowhere at all") == []


def test_who_takes_part_is_chosen_closed_or_real_is_left_out(some):
    chosen(some, "Chosen already")
    schools.school("Closed", status=School.Status.CLOSED)
    schools.school("Closed lately", closed_on=date.today() - timedelta(days=1))
    real = schools.school("Real", urn=123_456)
    School.objects.filter(pk=real.pk).update(is_demonstration=False)
    assert names(some) == ["Near", "Further", "Far"]


def test_a_table_of_few_schools_does_not_set_the_year(some):
    publish(2024, {School.objects.get(name="Far"): {"roll": 201}})
    assert names(some)[0] == "Near"


def test_no_more_than_the_nearest_fifty_are_given_and_all_are_counted(some):
    for number in range(SHOWN):
        schools.school(f"School {number:02d}")
    found = find_candidates(some.liverpool, Wanted())
    assert (len(found.candidates), found.total) == (SHOWN, SHOWN + 3)


def test_as_many_statements_however_many_schools(some, django_assert_num_queries):
    with django_assert_num_queries(4):
        find_candidates(some.liverpool, Wanted())
    for number in range(3):
        schools.school(f"School {number}")
    with django_assert_num_queries(4):
        find_candidates(some.liverpool, Wanted())


def test_the_usual_phase_is_that_of_most_of_the_hubs_schools(cast):
    assert usual_phase([cast.saltwharf, cast.marigold]) == "primary"
    assert usual_phase([]) == ""
