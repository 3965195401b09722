from collections import Counter
from datetime import date
from itertools import pairwise
from random import Random

import pytest

from evaluation.demonstration.children import Inventor, school_class, stays_of
from evaluation.demonstration.schools import DemoSchool

TODAY = date(2026, 11, 17)


def school(number, programme="liverpool", groups=(3, 4, 5, 6)):
    return DemoSchool(
        number=number,
        urn=990001 + number,
        stem="Saltwharf",
        programme_id={"liverpool": 1, "leeds": 2}[programme],
        programme=programme,
        authority="341",
        year_groups=groups,
        sessions_a_week=2,
        hall_id=1,
        music_room_id=2,
    )


SCHOOLS = [school(0), school(1), school(2, "leeds", (3, 4, 5))]


def invent(seed=5, today=TODAY, first=2022):
    return Inventor(Random(seed), today, (20, 30)).invent(SCHOOLS, {"liverpool": first, "leeds": first})


@pytest.fixture(scope="module")
def children():
    return invent()


def test_the_same_seed_invents_the_same_children(children):
    assert invent() == children
    assert invent(seed=6) != children


def test_children_are_as_old_as_their_year_group(children):
    for child, stay in stays_of(children):
        for year, group in stay.groups.items():
            birthday_in_year = date(year - group - 5, 9, 1) <= child.born <= date(year - group - 4, 8, 31)
            assert birthday_in_year, (child.born, year, group)


def test_children_move_up_year_by_year_until_the_school_has_no_group_for_them(children):
    for _, stay in stays_of(children):
        assert all(later - sooner == 1 for sooner, later in pairwise(stay.groups.values()))
        assert max(stay.groups.values()) <= stay.school.year_groups[-1]


def test_a_child_is_at_one_school_at_a_time(children):
    for child in children:
        for before, after in pairwise(child.stays):
            assert before.ends_on < after.starts_on


def test_some_come_late_leave_early_and_change_school(children):
    stays = list(stays_of(children))
    assert any(stay.starts_on.month != 9 for _, stay in stays)
    assert any(stay.ends_on and stay.ends_on.month != 8 for _, stay in stays)
    assert any(len(child.stays) > 1 for child in children)


def test_nothing_lies_in_the_future(children):
    assert all(stay.starts_on <= TODAY for _, stay in stays_of(children))
    assert all(stay.ends_on is None or stay.ends_on < TODAY for _, stay in stays_of(children))


def test_upns_are_shared_by_nobody_but_the_two_rows_of_one_child_in_two_programmes(children):
    numbers = Counter(child.upn for child in children if child.upn)
    assert numbers
    for upn, count in numbers.items():
        if count > 1:
            rows = [child for child in children if child.upn == upn]
            assert len({(row.forename, row.surname, row.born) for row in rows}) == 1
            assert len({row.programme_id for row in rows}) == len(rows) == 2
    assert len([child for child in children if not child.upn]) < len(children) * 0.1


def test_children_of_two_programmes_are_there_to_be_counted_once():
    many = invent(seed=5, first=2012)
    people = Counter((child.upn, child.forename, child.surname, child.born) for child in many if child.upn)
    assert max(people.values()) == 2


def test_days_in_a_year_end_with_it_and_go_on_in_the_year_of_today(children):
    child, stay = next((c, s) for c, s in stays_of(children) if len(s.groups) > 1 and s.ends_on is None)
    first = min(stay.groups)
    assert stay.days_in(first, TODAY)[1] == date(first + 1, 8, 31)
    assert stay.days_in(2026, TODAY) == (date(2026, 9, 1), None)
    assert child.stays[-1] is stay


def test_a_first_day_of_term_has_children_too():
    today = date(2026, 9, 1)
    assert all(stay.starts_on <= today for _, stay in stays_of(invent(today=today)))


def test_school_classes_are_named_for_their_year_group():
    assert school_class(school(0), 2026, 4)[0] == "4"
    assert school_class(school(0), 2026, 4) != school_class(school(0), 2025, 4)
