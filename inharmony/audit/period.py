"""London's days as moments in time."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def midnight(day: date) -> datetime:
    """Returns the moment a day begins in London."""
    return timezone.make_aware(datetime.combine(day, time.min))


def moments(since: date, until: date) -> tuple[datetime, datetime]:
    """Returns the first and the last moment of a period of days, both included."""
    return midnight(since), midnight(until + timedelta(days=1)) - timedelta(microseconds=1)
