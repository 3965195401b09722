"""What is no lesson: family sessions counted by heads twice a year, and the next rehearsal that two ensembles share."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from evaluation.demonstration.sessions import last_day
from evaluation.demonstration.timetable import DemoEnsemble, Key
from programmes.models import Joining, Session

TIMES = (time(17, 0), time(18, 0))
# the second Friday of December and of July
MONTHS = ((0, 12), (1, 7))
FRIDAY = 4


def write_family_sessions(ensembles: Mapping[Key, DemoEnsemble], years: Sequence[int], today: date, seed: int) -> int:
    """Writes a family session of each school's orchestra in each winter and summer; returns how many."""
    random = Random(seed)  # noqa: S311 - invents numbers, guards nothing
    rows = [
        _family_session(ensemble, day, today, random)
        for ensemble in (one for key, one in ensembles.items() if key[0] == "orchestra")
        for day in _days(years)
        if ensemble.starts_on <= day <= last_day(today)
    ]
    return len(Session.objects.bulk_create(rows))


def _days(years: Sequence[int]) -> Iterator[date]:
    for year in years:
        for later, month in MONTHS:
            first = date(year + later, month, 1)
            yield first + timedelta(days=(FRIDAY - first.weekday()) % 7 + 7)


def _family_session(ensemble: DemoEnsemble, day: date, today: date, random: Random) -> Session:
    assert ensemble.school is not None
    session = Session(
        programme_id=ensemble.school.programme_id,
        ensemble_id=ensemble.id,
        venue_id=ensemble.school.hall_id,
        day=day,
        starts_at=TIMES[0],
        ends_at=TIMES[1],
        kind=Session.Kind.FAMILY,
        is_headcount=True,
    )
    children, adults = random.randint(24, 60), random.randint(20, 70)
    if day < today:
        session.children_counted, session.adults_counted = children, adults
        session.register_taken_at = timezone.make_aware(datetime.combine(day, TIMES[1]))
        session.register_taken_by_id, session.register_version = ensemble.tutors[0].taken_by, 1
    return session


def write_joint_sessions(ensembles: Mapping[Key, DemoEnsemble], today: date) -> int:
    """Lets each hub's area band join the next rehearsal of its Saturday orchestra; returns how many there are."""
    saturdays = {one.tutors[0].programme_id: one for key, one in ensembles.items() if key[0] == "saturdays"}
    bands = {one.tutors[0].programme_id: one for key, one in ensembles.items() if key[0] == "area"}
    coming = (
        Session.objects.filter(ensemble__in=[one.id for one in saturdays.values()], day__gt=today)
        .order_by("ensemble_id", "day")
        .distinct("ensemble_id")
    )
    rows = [
        Joining(programme_id=one.programme_id, session=one, ensemble_id=bands[one.programme_id].id) for one in coming
    ]
    return len(Joining.objects.bulk_create(rows))
