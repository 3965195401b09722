from datetime import date
from types import SimpleNamespace

from evaluation.demonstration.children import Stay
from evaluation.demonstration.memberships import played
from tests.evaluation.demonstration.test_children import TODAY, school


class Everything(dict):
    """Ensembles by their keys: each is its own key."""

    def __missing__(self, key):
        return key


def child(**traits):
    wanted = {"number": 12, "programme_id": 1, "sings": False, "plays": False, "comes_to_holidays": False}
    return SimpleNamespace(**(wanted | traits))


def memberships(stay, **traits):
    return list(played(child(**traits), stay, Everything(), TODAY))


def test_a_child_plays_with_each_class_for_its_year():
    stay = Stay(school(0), date(2025, 9, 1), None, {2025: 3, 2026: 4})
    assert memberships(stay) == [
        (("class", 0, 3), date(2025, 9, 1), date(2026, 8, 31)),
        (("class", 0, 4), date(2026, 9, 1), None),
    ]


def test_choir_and_orchestra_start_in_the_second_week_of_year_four_and_go_on():
    stay = Stay(school(0), date(2024, 9, 1), None, {2024: 3, 2025: 4, 2026: 5})
    beyond = memberships(stay, sings=True, plays=True, comes_to_holidays=True)[3:]
    assert [key for key, *_ in beyond] == [
        ("choir", 0),
        ("orchestra", 0),
        ("area", 1),
        ("saturdays", 1),
        ("course", 1),
    ]
    assert {days for _, *days in beyond for days in [tuple(days)]} == {(date(2025, 9, 14), None)}


def test_who_leaves_leaves_every_group_that_day():
    stay = Stay(school(0), date(2025, 9, 1), date(2026, 3, 4), {2025: 4})
    assert {ends for _, _, ends in memberships(stay, sings=True)} == {date(2026, 3, 4)}


def test_a_stay_that_ends_before_a_group_begins_has_no_membership_of_it():
    stay = Stay(school(0), date(2025, 9, 1), date(2025, 9, 10), {2025: 4})
    assert memberships(stay, sings=True) == [(("class", 0, 4), date(2025, 9, 1), date(2025, 9, 10))]
