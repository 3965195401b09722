"""When a register shows access notes: an hour around its session, in London, on its day."""

from datetime import UTC, date, datetime, time

import pytest

from participants.validators.session_window import is_inside_window
from programmes.models import Session

# a term's Wednesday; the nights on which the clocks go back and forward
PLAIN, BACK, FORWARD = date(2026, 11, 18), date(2026, 10, 25), date(2027, 3, 28)


def inside(day, starts, ends, *moments):
    """Whether each moment, UTC, is inside the window of a session given in London's time."""
    session = Session(day=day, starts_at=time(*starts), ends_at=time(*ends))
    return [is_inside_window(session, moment.replace(tzinfo=UTC)) for moment in moments]


def at(day, hour, minute, second=0):
    return datetime(day.year, day.month, day.day, hour, minute, second)  # noqa: DTZ001 - made UTC by `inside`


def test_it_opens_an_hour_before_and_shuts_an_hour_after():
    moments = [at(PLAIN, 9, 14, 59), at(PLAIN, 9, 15), at(PLAIN, 10, 30), at(PLAIN, 12, 0), at(PLAIN, 12, 0, 1)]
    assert inside(PLAIN, (10, 15), (11, 0), *moments) == [False, True, True, True, False]


def test_the_same_time_on_another_day_is_outside():
    others = [at(date(2026, 11, 17), 10, 30), at(date(2026, 11, 19), 10, 30), at(date(2027, 11, 18), 10, 30)]
    assert inside(PLAIN, (10, 15), (11, 0), *others) == [False, False, False]


def test_in_summer_it_is_londons_clock_that_counts():
    summer = date(2026, 6, 17)
    moments = [at(summer, 8, 14), at(summer, 8, 15), at(summer, 11, 0), at(summer, 11, 1)]
    assert inside(summer, (10, 15), (11, 0), *moments) == [False, True, True, False]


@pytest.mark.parametrize("day", [BACK, FORWARD], ids=["back", "forward"])
def test_a_session_on_the_morning_after_the_clocks_changed_has_its_hour(day):
    # 10:15 is GMT in October and British Summer Time in March
    earlier = 0 if day == BACK else 1
    moments = [at(day, 9 - earlier, 14), at(day, 9 - earlier, 15), at(day, 12 - earlier, 0), at(day, 12 - earlier, 1)]
    assert inside(day, (10, 15), (11, 0), *moments) == [False, True, True, False]


def test_an_hour_that_the_clocks_make_twice_opens_once_and_stays_open():
    # the session begins at 02:30, after the clocks went back at 02:00 to 01:00 (01:00 UTC): an hour before is 01:30 UTC
    moments = [at(BACK, 0, 30), at(BACK, 1, 29), at(BACK, 1, 30), at(BACK, 2, 30), at(BACK, 4, 0), at(BACK, 4, 1)]
    assert inside(BACK, (2, 30), (3, 0), *moments) == [False, False, True, True, True, False]


def test_of_a_time_that_is_there_twice_the_wider_is_taken():
    # 01:30 is 00:30 UTC and 01:30 UTC; the day begins at 23:00 UTC
    moments = [datetime(2026, 10, 24, 23, 29), datetime(2026, 10, 24, 23, 30), at(BACK, 2, 45), at(BACK, 2, 46)]  # noqa: DTZ001
    assert inside(BACK, (1, 30), (1, 45), *moments) == [False, True, True, False]


def test_of_a_time_that_the_clocks_leave_out_the_wider_is_taken():
    # 01:30 is not there on that night: 00:30 UTC by the clock after, 01:30 UTC by the clock before
    moments = [datetime(2027, 3, 27, 23, 59), at(FORWARD, 0, 0), at(FORWARD, 2, 45), at(FORWARD, 2, 46)]  # noqa: DTZ001
    assert inside(FORWARD, (1, 30), (1, 45), *moments) == [False, True, True, False]


def test_at_midnight_it_is_another_day():
    late = [at(PLAIN, 22, 29), at(PLAIN, 22, 30), at(PLAIN, 23, 59, 59), at(date(2026, 11, 19), 0, 0)]
    assert inside(PLAIN, (23, 30), (23, 45), *late) == [False, True, True, False]
    early = [datetime(2026, 11, 17, 23, 59, 59), at(PLAIN, 0, 0), at(PLAIN, 1, 45), at(PLAIN, 1, 46)]  # noqa: DTZ001
    assert inside(PLAIN, (0, 30), (0, 45), *early) == [False, True, True, False]


def test_midnight_is_londons_in_summer_too():
    summer = date(2026, 6, 17)
    moments = [datetime(2026, 6, 16, 22, 59), datetime(2026, 6, 16, 23, 0), at(summer, 22, 59), at(summer, 23, 0)]  # noqa: DTZ001
    assert inside(summer, (0, 5), (23, 55), *moments) == [False, True, True, False]
