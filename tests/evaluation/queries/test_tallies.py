"""What is read from kept counts is what the marks say, whatever days a period has."""

from collections import defaultdict
from datetime import date, time, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from evaluation.figures.period import Period
from evaluation.queries.tallies import Days, child_sums, days_of, session_sums
from inharmony.access.scope import scoped
from participants.models import Attendance, ChildMonth, Placement
from programmes.models import Session
from tests.factories import programmes

TODAY = date(2026, 11, 17)
FIRST, LAST = date(2026, 9, 1), date(2026, 12, 31)
days = st.integers(0, (LAST - FIRST).days).map(lambda number: FIRST + timedelta(days=number))


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "read"),
    [
        ("2026-09-01", "2027-08-31", Days((date(2026, 9, 1), date(2027, 8, 1)), ())),
        # four days of January too many: that is fewer than to read January
        (
            "2027-01-05",
            "2027-04-11",
            Days(
                (date(2027, 1, 1), date(2027, 3, 1)),
                ((-1, date(2027, 1, 1), date(2027, 1, 4)), (1, date(2027, 4, 1), date(2027, 4, 11))),
            ),
        ),
        (
            "2026-09-20",
            "2026-12-20",
            Days(
                (date(2026, 10, 1), date(2026, 12, 1)),
                ((1, date(2026, 9, 20), date(2026, 9, 30)), (-1, date(2026, 12, 21), date(2026, 12, 31))),
            ),
        ),
        ("2026-09-10", "2026-09-20", Days(None, ((1, date(2026, 9, 10), date(2026, 9, 20)),))),
        (
            "2026-09-29",
            "2026-10-02",
            Days(None, ((1, date(2026, 9, 29), date(2026, 9, 30)), (1, date(2026, 10, 1), date(2026, 10, 2)))),
        ),
    ],
)
def test_a_period_is_months_and_as_few_days_as_can_be(starts_on, ends_on, read):
    assert days_of(Period(2026, date.fromisoformat(starts_on), date.fromisoformat(ends_on))) == read


@pytest.fixture
def marked(cast):
    """Sessions of two ensembles on every fifth day, with marks of any kind for children who are in either."""
    with scoped(cast.liverpool_scope):
        for number in range(0, (LAST - FIRST).days, 5):
            for hour, ensemble in ((9, cast.strings), (11, cast.brass)):
                session = programmes.session(
                    ensemble, day=FIRST + timedelta(days=number), starts_at=time(hour), ends_at=time(hour, 40)
                )
                with connection.cursor() as cursor:
                    cursor.execute(
                        "INSERT INTO participants_attendance (session_id, child_id, programme_id, mark)"
                        " SELECT %s, id, programme_id, substr('plrae', 1 + abs(hashint8(id + %s)) %% 5, 1)"
                        " FROM participants_child WHERE hashint8(id * 7 + %s) %% 3 = 0",
                        [session.pk, session.pk, session.pk],
                    )
        yield cast


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days, days)
@example(FIRST, LAST)
def test_children_of_any_days_are_those_whose_marks_say_so(marked, one, other):
    period = Period(2026, min(one, other), max(one, other))
    with transaction.atomic():
        found = child_sums(ChildMonth.objects.all(), Attendance.objects.all(), Placement.objects.all(), period)
    inside = Attendance.objects.filter(session__day__range=(period.starts_on, period.ends_on))
    came = inside.filter(mark__in="pl")
    schools = defaultdict(set)
    for school, child in came.values_list("session__ensemble__school", "child"):
        schools[school].add(child)
    reached = set(came.values_list("child", flat=True))
    assert found.listed == inside.values("child").distinct().count()
    assert found.reached == len(reached)
    assert found.by_school == {school: len(children) for school, children in schools.items()}
    assert sum(found.by_year_group.values()) == Placement.objects.filter(child__in=reached).count()


def test_sessions_are_summed_whole_by_week_and_by_ensemble(marked):
    sums = session_sums(Session.objects.filter(day__range=(FIRST, LAST)), TODAY)
    assert sums.all.attended == Attendance.objects.filter(mark__in="pl").count() > 0
    assert sums.all.possible == Attendance.objects.exclude(mark="e").count()
    for parts in (sums.by_week.values(), [one.sessions for one in sums.by_ensemble]):
        for name in ("planned", "held", "cancelled", "due", "attended", "possible"):
            assert sum(getattr(each, name) for each in parts) == getattr(sums.all, name)
        assert sum((each.received for each in parts), timedelta()) == sums.all.received
    assert sums.all.offered == Attendance.objects.filter(session__starts_at__hour=9).count() * timedelta(
        minutes=40
    ) + Attendance.objects.filter(session__starts_at__hour=11).count() * timedelta(minutes=40)


def test_nothing_at_all_sums_up_to_nothing(db):
    sums = session_sums(Session.objects.none(), TODAY)
    assert (sums.all.planned, sums.by_week, sums.by_ensemble, sums.cancelled) == (0, {}, (), {})
