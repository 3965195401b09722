"""A day of the trail is London's day, in summer and in winter."""

from datetime import UTC, date, datetime

from inharmony.audit.period import midnight, moments


def test_a_summer_day_begins_an_hour_earlier_than_greenwichs():
    assert midnight(date(2026, 7, 1)) == datetime(2026, 6, 30, 23, tzinfo=UTC)
    assert midnight(date(2026, 12, 1)) == datetime(2026, 12, 1, tzinfo=UTC)


def test_a_period_holds_its_last_day_to_the_last_moment_also_when_the_clocks_go_back():
    since, until = moments(date(2026, 10, 24), date(2026, 10, 25))
    assert since == datetime(2026, 10, 23, 23, tzinfo=UTC)
    assert until == datetime(2026, 10, 25, 23, 59, 59, 999999, tzinfo=UTC)
