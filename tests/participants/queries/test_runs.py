"""Absences in a row."""

from datetime import date, time, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inharmony.access.scope import scoped
from participants.actions import attendance, membership
from participants.models.attendance import Mark
from participants.queries.runs import Run, runs, standing_runs
from participants.validators.headcount import Headcount
from tests.factories import evaluation, programmes


def marks(written):
    return [None if letter == "." else Mark(letter) for letter in written]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("", []),
        ("aa", []),
        ("aapa", []),
        ("aaa", [((0, 1, 2), True)]),
        ("paraa", [((1, 2, 3, 4), True)]),
        ("aaap", [((0, 1, 2), False)]),
        ("aaal", [((0, 1, 2), False)]),
        ("aeaera", [((0, 2, 4, 5), True)]),
        ("a.a.r", [((0, 2, 4), True)]),
        ("eee", []),
        ("aaapprrre", [((0, 1, 2), False), ((5, 6, 7), True)]),
    ],
)
def test_runs_are_three_and_more_absences_with_excused_and_unmarked_passed_over(written, found):
    assert runs(marks(written)) == [Run(*each) for each in found]


TODAY = date(2026, 11, 17)


def registers(ensemble, *, by, upto=TODAY, **letters):
    """Takes weekly registers up to a day, one letter a child of the ensemble in order; "." is no register."""
    weeks = len(next(iter(letters.values())))
    for number in range(weeks):
        line = "".join(row[number] for row in letters.values())
        session = programmes.session(ensemble, day=upto - timedelta(weeks=weeks - 1 - number), starts_at=time(8))
        if "." not in line:
            evaluation.register(session, line, by=by)


def away(user, today=TODAY, **more):
    return [(one.child_id, one.times, one.since) for one in standing_runs(user, today, **more)]


def test_who_missed_the_last_three_stands_there_with_since_when(cast):
    one, _, three = cast.children
    with scoped(cast.liverpool_scope):
        registers(cast.strings, by=cast.joanne, one="ppaerra", two="aaaaaal", three="ppppaaa")
        assert away(cast.joanne) == [(one.pk, 4, date(2026, 10, 20)), (three.pk, 3, date(2026, 11, 3))]
        assert away(cast.priya) == away(cast.joanne)
        assert away(cast.joanne, programme=cast.leeds.pk) == []
        assert away(cast.sam) == away(cast.nia) == []


def test_who_has_left_the_ensemble_or_stays_away_from_another_does_not_stand_there(cast):
    with scoped(cast.liverpool_scope):
        registers(cast.strings, by=cast.joanne, one="aaa", two="aaa", three="aaa")
        membership.leave(ensemble=cast.strings, children=cast.children[:1], last_day=TODAY, by=cast.ruth)
        assert [child for child, *_ in away(cast.joanne, TODAY + timedelta(days=1))] == [
            child.pk for child in cast.children[1:]
        ]
        # a coordinator of the brass alone has nothing to see in the strings, whoever plays in both
        membership.join(ensemble=cast.brass, children=cast.children[1:2], starts_on=TODAY, by=cast.ruth)
        cast.brass.tutors.set(cast.strings.tutors.all())
        cast.strings.tutors.clear()
        assert away(type(cast.priya).objects.get(pk=cast.priya.pk)) == []


def test_marks_before_the_month_before_last_are_forgotten(cast):
    with scoped(cast.liverpool_scope):
        registers(cast.strings, by=cast.joanne, upto=date(2026, 9, 15), one="aaa", two="ppp", three="ppp")
        assert [times for _, times, _ in away(cast.joanne, date(2026, 9, 30))] == [3]
        assert [times for _, times, _ in away(cast.joanne, date(2026, 11, 30))] == [3]
        assert away(cast.joanne, date(2026, 12, 1)) == []


def test_sessions_counted_by_heads_say_nothing_of_who_came(cast, django_assert_num_queries):
    with scoped(cast.liverpool_scope):
        registers(cast.strings, by=cast.joanne, upto=TODAY - timedelta(weeks=3), one="ppp", two="aaa", three="pal")
        for week in range(3):
            family = programmes.session(
                cast.strings, day=TODAY - timedelta(weeks=week), kind="family", is_headcount=True
            )
            attendance.count_heads(session=family, heads=Headcount(20, 9), version=0, by=cast.joanne)
        assert [(child, times) for child, times, _ in away(cast.joanne)] == [(cast.children[1].pk, 3)]
        # and whoever came to the last one by name is not even looked at
        registers(cast.strings, by=cast.joanne, upto=TODAY - timedelta(weeks=1), one="p", two="p", three="p")
        with django_assert_num_queries(1):
            assert away(cast.joanne) == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text("plrae", min_size=3, max_size=3), min_size=1, max_size=9))
def test_the_database_and_the_grid_tell_the_same_runs(cast, weeks):
    columns = dict(zip(("one", "two", "three"), map("".join, zip(*weeks, strict=True)), strict=True))
    with scoped(cast.liverpool_scope), transaction.atomic():
        registers(cast.strings, by=cast.joanne, **columns)
        found = {(child, times) for child, times, _ in away(cast.joanne)}
        transaction.set_rollback(True)
    told = {
        (child.pk, len(run.places))
        for child, letters in zip(cast.children, columns.values(), strict=True)
        for run in runs(marks(letters))
        if run.is_last
    }
    assert found == told


def test_who_came_with_an_ensemble_to_a_joint_session_came_to_theirs(cast, django_assert_num_queries):
    one, other = cast.others
    with scoped(cast.liverpool_scope):
        registers(cast.brass, by=cast.joanne, upto=TODAY - timedelta(weeks=1), one="aaa", other="aaa")
        assert away(cast.joanne) == [(one.pk, 3, date(2026, 10, 27)), (other.pk, 3, date(2026, 10, 27))]
        joint = programmes.session(cast.strings, day=TODAY, joined_by=[cast.brass])
        letters = dict.fromkeys(cast.children, Mark.PRESENT) | {one: Mark.PRESENT, other: Mark.NO_REASON}
        given = {child.pk: mark for child, mark in letters.items()}
        attendance.take_register(session=joint, marks=given, version=0, by=cast.joanne)
        with django_assert_num_queries(3):
            assert away(cast.joanne) == [(other.pk, 4, date(2026, 10, 27))]


def test_who_missed_joint_sessions_only_stands_there_with_the_ensemble_they_are_in(cast):
    with scoped(cast.liverpool_scope):
        for week in range(3):
            joint = programmes.session(cast.strings, day=TODAY - timedelta(weeks=week), joined_by=[cast.brass])
            given = {child.pk: Mark.PRESENT for child in (*cast.children, cast.others[0])}
            given[cast.others[1].pk] = Mark.NO_REASON
            attendance.take_register(session=joint, marks=given, version=0, by=cast.joanne)
        (found,) = standing_runs(cast.joanne, TODAY)
    assert (found.child_id, found.ensemble_id, found.times) == (cast.others[1].pk, cast.brass.pk, 3)
