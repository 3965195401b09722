import itertools
from datetime import date

import pytest

from evaluation.demonstration.sessions import last_day
from inharmony.accounts.models import User
from programmes.models import Session


@pytest.mark.parametrize(
    ("today", "until"),
    [
        (date(2026, 11, 17), date(2026, 12, 18)),
        (date(2026, 12, 28), date(2027, 3, 19)),
        (date(2027, 7, 23), date(2027, 7, 23)),
        (date(2027, 8, 5), date(2027, 8, 5)),
    ],
)
def test_the_timetable_goes_to_the_end_of_the_term(today, until):
    assert last_day(today) == until


def day_of_coordinator(today):
    coordinator = User.objects.get(email="coordinator@liverpool.example")
    return Session.objects.filter(day=today).visible_to(coordinator)


@pytest.mark.parametrize("today", [date(2026, 11, day) for day in (16, 20, 21, 22)])
def test_on_any_day_of_a_week_the_coordinator_has_registers_to_take(invented, today):
    with invented(today=today, years=1):
        sessions = day_of_coordinator(today)
        assert 3 <= sessions.count() <= 5
        assert not sessions.filter(register_taken_at__isnull=False).exists()
        assert not sessions.filter(cancelled_at__isnull=False).exists()
        times = sorted(sessions.values_list("starts_at", "ends_at"))
        assert all(ends <= starts for (_, ends), (starts, _) in itertools.pairwise(times))


@pytest.mark.parametrize("today", [date(2026, 10, 27), date(2026, 12, 25), date(2026, 9, 1)])
def test_in_holidays_too(invented, today):
    with invented(today=today, years=1):
        assert day_of_coordinator(today).count() == 4
        assert set(day_of_coordinator(today).values_list("kind", flat=True)) == {"holiday"}
