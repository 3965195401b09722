"""The 72 hours in which the ICO must be told of a breach, in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from inharmony.audit.models import BreachVersion
from inharmony.pages import dates

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Deadline:
    """What is left, and how it looks: ok, warn, bad or calm."""

    words: str
    short: str
    kind: str


def deadline(known: BreachVersion, now: datetime) -> Deadline:
    """Returns what is left of the 72 hours, or how the breach stands with the ICO."""
    by = known.to_tell_by
    when = f"{dates.weekday(timezone.localtime(by))}, {dates.clock(timezone.localtime(by))}"
    if known.ico_told_at is not None:
        told = f"The ICO was told on {dates.moment(timezone.localtime(known.ico_told_at))}"
        if known.ico_told_at <= by:
            return Deadline(f"{told}, in time.", "Told", "ok")
        return Deadline(f"{told}, {span(known.ico_told_at - by)} after the 72 hours had ended.", "Told late", "bad")
    if known.ico == BreachVersion.Decision.NO:
        return Deadline("The ICO is not to be told.", "Not to be told", "calm")
    if now < by:
        left = span(by - now)
        words = f"{left} left: tell the ICO, if it must be told, by {when}."
        return Deadline(words, f"{left} left", "bad" if by - now <= DAY else "warn")
    late = span(now - by)
    words = f"The 72 hours ended {late} ago, on {when}. Tell the ICO now, and say why it is late."
    return Deadline(words, f"{late} late", "bad")


def span(length: timedelta) -> str:
    """Returns "2 days and 3 hours", "5 hours", "40 minutes": no more than two numbers."""
    minutes = max(int(length.total_seconds() // 60), 0)
    days, hours = divmod(minutes // 60, 24)
    if days:
        return _counted(days, "day") + (f" and {_counted(hours, 'hour')}" if hours else "")
    return _counted(hours, "hour") if hours else _counted(minutes, "minute")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
