"""
When a register shows what is shown only around its session: the access notes of its children.

Photo badges are not of this: they stand beside a name always. A refusal protects a child also after the session, when
pictures are chosen and put somewhere, and also when a list is printed for a photo day; and it says nothing of health.
A badge left out outside the window would read as a consent.
"""

from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from programmes.models import Session

# a tutor sets up the hall, and reads who needs what before the first child comes in
BEFORE = timedelta(minutes=60)
# the register is often saved on the way out, and what did not work is told to the next tutor
AFTER = timedelta(minutes=60)
MIDNIGHT = time(0)


def is_inside_window(session: Session, now: datetime) -> bool:
    """
    Returns whether a moment lies around a session: from an hour before it starts to an hour after it ends.

    Hours that pass, not hours on the clock, from and to the session's own times in London; and only on its own day:
    both ends stop at midnight. Of a time that a change of the clocks makes twice or leaves out, the wider is taken.
    """
    day = session.day
    opens = max(min(_moments(day, session.starts_at)) - BEFORE, min(_moments(day, MIDNIGHT)))
    closes = max(_moments(day, session.ends_at)) + AFTER
    return opens <= now <= closes and now < min(_moments(day + timedelta(days=1), MIDNIGHT))


def _moments(day: date, at: time) -> list[datetime]:
    """Returns the moment of a time in London; both, where the clocks are put back or forward then."""
    zone = timezone.get_default_timezone()
    # in UTC: Python compares two times of one zone by what the clock shows
    return [datetime.combine(day, at.replace(fold=fold), zone).astimezone(UTC) for fold in (0, 1)]
