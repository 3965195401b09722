"""A small programme with answers known by hand.

Liverpool: strings at Saltwharf (three children of Year 4), brass at Marigold (two), sessions of 45 minutes.

    Tue  3 Nov  strings  present, late, absent              brass  not taken
    Tue 10 Nov  strings  present, present, excused          brass  cancelled
    Tue 17 Nov  strings  present, absent (reason), absent   brass  to come (today)
    Tue 24 Nov  strings  to come
"""

from datetime import date, time

import pytest

from inharmony.access.scope import scoped
from participants.actions import attendance, membership
from participants.models import Placement
from participants.validators.headcount import Headcount
from tests.factories import evaluation, programmes, schools


@pytest.fixture
def liverpool(cast):
    """The programme of the table above, inside the scope of its staff."""
    with scoped(cast.both):
        for day, letters in ((3, "pla"), (10, "ppe"), (17, "pra")):
            strings = cast.session if day == 17 else programmes.session(cast.strings, day=date(2026, 11, day))
            evaluation.register(strings, letters, by=cast.priya)
            brass = programmes.session(cast.brass, day=date(2026, 11, day), starts_at=time(14, 0), ends_at=time(14, 45))
            if day == 10:
                evaluation.cancel(brass)
        programmes.session(cast.strings, day=date(2026, 11, 24))
        evaluation.register(cast.leeds_session, "pp", by=cast.omar)
    with scoped(cast.liverpool_scope):
        yield cast


def test_every_figure_is_the_one_counted_by_hand(liverpool):
    found = evaluation.hub_figures(liverpool.liverpool, user=liverpool.joanne)
    assert evaluation.values(found) == {
        "children_reached": "2",
        "children_enrolled": "5",
        "sessions_planned": "7",
        "sessions_held": "3",
        "sessions_cancelled": "1",
        "registers_taken": "3",
        # p l p p p of the eight marks that are not excused
        "attendance": "63",
        # 3 children for 3 weeks: nine times 45 minutes offered, five received
        "hours_offered": "0.8",
        "hours_received": "0.4",
        "schools": "2",
    }
    by_key = {figure.key: figure for figure in found.figures}
    assert (by_key["attendance"].numerator, by_key["attendance"].denominator) == (5, 8)
    assert by_key["attendance"].note == "5 of 8 marks that could count."
    assert by_key["sessions_planned"].note == "2 still to come."
    assert by_key["sessions_held"].note == "2 hours in all."
    assert found.completeness.words == "3 of 4 registers taken"
    assert found.completeness.percent == 75


def test_a_session_counted_by_heads_was_held_and_is_in_no_share(liverpool):
    before = evaluation.values(evaluation.hub_figures(liverpool.liverpool, user=liverpool.joanne))
    family = programmes.session(
        liverpool.strings, day=date(2026, 11, 12), kind="family", is_headcount=True, ends_at=time(12, 15)
    )
    attendance.count_heads(session=family, heads=Headcount(40, 30), version=0, by=liverpool.priya)
    found = evaluation.hub_figures(liverpool.liverpool, user=liverpool.joanne)
    changed = {key: value for key, value in evaluation.values(found).items() if value != before[key]}
    assert changed == {"sessions_planned": "8", "sessions_held": "4", "registers_taken": "4"}
    by_key = {figure.key: figure for figure in found.figures}
    # two hours more than the three sessions of 45 minutes
    assert by_key["sessions_held"].note == "4 hours in all."
    assert found.completeness.words == "4 of 5 registers taken"


def test_weeks_carry_their_own_completeness(liverpool):
    found = evaluation.hub_figures(liverpool.liverpool, user=liverpool.joanne)
    assert [(week.starts_on, week.attended, week.possible, week.percent, week.is_complete) for week in found.weeks] == [
        (date(2026, 11, 2), 2, 3, 67, False),
        (date(2026, 11, 9), 2, 2, 100, True),
        (date(2026, 11, 16), 1, 3, 33, True),
    ]


def test_tables_of_schools_year_groups_and_reasons(liverpool):
    found = evaluation.hub_figures(liverpool.liverpool, user=liverpool.joanne)
    assert evaluation.cells(found.by_school) == {
        "Marigold Street Primary": ("0", "0", "1", "–"),
        "Saltwharf Primary": ("2", "3", "3", "63 %"),
    }
    assert evaluation.cells(found.by_year_group) == {"Year 4": ("2",), "All": ("2",)}
    assert evaluation.cells(found.cancelled) == {"Tutor away": ("1",)}
    assert [(row.school, row.count, row.since) for row in found.missing] == [
        ("Marigold Street Primary", 1, date(2026, 11, 3))
    ]


def test_registers_missing_at_two_schools_of_one_name_are_two_rows(liverpool):
    namesake = schools.school("Marigold Street Primary")
    winds = programmes.ensemble(liverpool.liverpool, "Winds", school=namesake)
    for day in (4, 5):
        programmes.session(winds, day=date(2026, 11, day))
    found = evaluation.hub_figures(liverpool.liverpool, user=liverpool.joanne)
    assert [(row.school, row.count, row.since.day) for row in found.missing] == [
        ("Marigold Street Primary", 2, 4),
        ("Marigold Street Primary", 1, 3),
    ]


def test_a_child_in_two_ensembles_is_one_child(liverpool):
    with scoped(liverpool.both):
        membership.join(
            ensemble=liverpool.brass, children=liverpool.children[:1], starts_on=date(2026, 11, 1), by=liverpool.joanne
        )
        brass = liverpool.brass.sessions.get(day=date(2026, 11, 3))
        evaluation.register(brass, "ppp", by=liverpool.joanne)
    found = evaluation.hub_figures(liverpool.liverpool, user=liverpool.joanne)
    assert evaluation.values(found)["children_reached"] == "4"
    assert evaluation.cells(found.by_school) == {
        "Marigold Street Primary": ("3", "1", "1", "100 %"),
        "Saltwharf Primary": ("2", "3", "3", "63 %"),
    }
    assert found.missing == ()


def test_a_child_whose_year_group_nobody_gave_is_counted(liverpool):
    with scoped(liverpool.both):
        Placement.objects.filter(child=liverpool.children[0]).update(year_group="")
    found = evaluation.hub_figures(liverpool.liverpool, user=liverpool.joanne)
    assert evaluation.cells(found.by_year_group) == {
        "Year 4": ("1",),
        "Year group not given": ("1",),
        "All": ("2",),
    }


def test_a_term_counts_its_own_days(liverpool):
    assert evaluation.values(evaluation.hub_figures(liverpool.liverpool, term="autumn"))["sessions_held"] == "3"
    spring = evaluation.values(evaluation.hub_figures(liverpool.liverpool, term="spring"))
    assert (spring["sessions_held"], spring["attendance"], spring["hours_received"]) == ("0", "–", "–")


def test_the_year_before_is_empty_and_says_so(liverpool):
    found = evaluation.hub_figures(liverpool.liverpool, year=2025)
    assert evaluation.values(found)["children_reached"] == "0"
    assert found.completeness.words == "No register is due yet"
    assert (found.by_year_group.rows, found.weeks) == ((), ())


def test_nobody_counts_the_hub_next_door(liverpool):
    with scoped(liverpool.leeds_scope):
        stranger = evaluation.hub_figures(liverpool.liverpool, user=liverpool.omar)
    assert {key: value for key, value in evaluation.values(stranger).items() if value not in ("0", "–")} == {}
    assert (stranger.by_school.rows, stranger.missing, stranger.weeks) == ((), (), ())


@pytest.mark.parametrize("schools", [1, 3])
def test_the_number_of_statements_does_not_grow(cast, schools, django_assert_num_queries):
    from tests.factories import participants
    from tests.factories.schools import school

    with scoped(cast.both):
        for number in range(schools):
            place = school(f"School {number}")
            programmes.partner(cast.liverpool, place)
            ensemble = programmes.ensemble(cast.liverpool, f"Strings {number}", school=place)
            names = [(f"Child {number}", name) for name in "abc"]
            children = participants.children(cast.liverpool, place, by=cast.joanne, names=names)
            participants.join(ensemble, children, by=cast.joanne)
            evaluation.register(programmes.session(ensemble), "ppa", by=cast.joanne)
    assert cast.joanne.reach.whole_programmes
    # one looks whether they were counted, four count them, one keeps them
    with scoped(cast.liverpool_scope), django_assert_num_queries(6):
        counted = evaluation.hub_figures(cast.liverpool, user=cast.joanne, year=2026)
    with scoped(cast.liverpool_scope), django_assert_num_queries(1):
        assert evaluation.hub_figures(cast.liverpool, user=cast.joanne, year=2026) == counted


def test_a_session_of_several_ensembles_counts_once_with_each_child_once(liverpool):
    before = evaluation.hub_figures(liverpool.liverpool, user=liverpool.joanne)
    with scoped(liverpool.both):
        # who is in both ensembles has one mark, too
        membership.join(
            ensemble=liverpool.brass, children=liverpool.children[:1], starts_on=date(2026, 9, 1), by=liverpool.ruth
        )
        joint = programmes.session(liverpool.strings, day=date(2026, 11, 12), joined_by=[liverpool.brass])
        evaluation.register(joint, "ppppp", by=liverpool.priya)
    after = evaluation.hub_figures(liverpool.liverpool, user=liverpool.joanne)
    by_key = {figure.key: figure for figure in after.figures}
    was = {figure.key: figure for figure in before.figures}
    grown = {
        key: by_key[key].value - was[key].value for key in ("sessions_planned", "sessions_held", "children_reached")
    }
    # the two of brass and the one of strings who had never come
    assert grown == {"sessions_planned": 1, "sessions_held": 1, "children_reached": 3}
    assert (by_key["attendance"].numerator, by_key["attendance"].denominator) == (5 + 5, 8 + 5)
    # nine times 45 minutes before, five more now, for five children in three weeks
    assert evaluation.values(after)["hours_offered"] == "0.7"
    assert "counts once" in by_key["attendance"].definition.counts
