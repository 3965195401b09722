"""Survey waves of the invented hubs: two of last year, closed and without names, and one that is open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from random import Random

from django.utils import timezone

from evaluation.demonstration.people import Staff
from inharmony.accounts.models import User
from outcomes.actions.analyse import analyse_due
from outcomes.actions.names import take_names_off
from outcomes.measures.shipped import NEWEST
from outcomes.measures.structure import Informant
from outcomes.models import AskedGroup, Response, Slip, Wave
from participants.models import Consent, Enrolment, Placement
from programmes.models import Programme
from schools.models import AcademicYear

# of all year groups that take part somewhere, the two that do so in every invented hub
YEAR_GROUPS = ("4", "5")
MUSIC = NEWEST["music"]
SKIPPED = 0.03


@dataclass(frozen=True)
class _Asking:
    """One time of asking: what it is called, its days, which share answers, and how glad they are on the whole."""

    moment: Wave.Moment
    name: str
    opens_on: date
    closes_on: date
    answering: float
    mood: float


def write_waves(programmes: Mapping[str, Programme], staff: Staff, today: date, seed: int) -> int:
    """Writes waves with their answers, takes names off the closed ones, works out what they say; returns how many."""
    random = Random(seed + 2)  # noqa: S311 - invents answers; its own, so that the children of a seed stay the same
    this = AcademicYear(year=AcademicYear.year_of(today))
    last = AcademicYear(year=this.year - 1)
    first, second = (date(last.year, 10, 5), date(last.year + 1, 6, 7))
    waves = 0
    for slug, programme in programmes.items():
        by = staff.of("admin", slug)
        for asking in (
            _Asking(Wave.Moment.BEFORE, f"Autumn {first.year}", first, first + timedelta(days=18), 0.86, 0.0),
            _Asking(Wave.Moment.AFTER, f"Summer {second.year}", second, second + timedelta(days=18), 0.81, 0.25),
        ):
            if wave := _write(programme, last, asking, by, random):
                _close(wave)
                waves += 1
        opens = max(this.starts_on, today - timedelta(days=4))
        closes = min(this.ends_on, today + timedelta(days=10))
        now = _Asking(Wave.Moment.BEFORE, f"This year, {today:%B}", opens, closes, 0.35, 0.1)
        waves += _write(programme, this, now, by, random) is not None
    analyse_due()
    return waves


def _write(programme: Programme, year: AcademicYear, asking: _Asking, by: User, random: Random) -> Wave | None:
    """Writes a wave with groups, slips and answers; None of a hub in which nobody was to be asked."""
    children = _children(programme, year, asking.opens_on)
    if not children:
        return None
    made_at = _moment(asking.opens_on - timedelta(days=3))
    wave = Wave.objects.create(
        programme=programme,
        academic_year_id=year.year,
        measure=MUSIC.key,
        version=MUSIC.version,
        informant=Informant.CHILD.value,
        moment=asking.moment,
        name=asking.name,
        year_groups=list(YEAR_GROUPS),
        opens_on=asking.opens_on,
        closes_on=asking.closes_on,
        made_at=made_at,
        made_by=by,
    )
    slips: list[Slip] = []
    for (school, year_group, school_class), rows in groupby(children, key=lambda row: row[1:]):
        group = AskedGroup(
            programme=programme, wave=wave, school_id=school, year_group=year_group, school_class=school_class
        )
        group.save()
        mine = list(rows)
        numbers = random.sample(range(1000, 10000), len(mine))
        slips += [
            Slip(programme=programme, wave=wave, group=group, child_id=row[0], mark=f"{group.code}{number}")
            for row, number in zip(mine, numbers, strict=True)
        ]
    _answer(wave, Slip.objects.bulk_create(slips), asking, random)
    return wave


def _children(programme: Programme, year: AcademicYear, day: date) -> list[tuple[int, int | None, str, str]]:
    """Returns who of the year groups took part on a day and may be asked: child, school, year group, school class."""
    asked = Consent.objects.filter(programme=programme, purpose=Consent.Purpose.SURVEY).standing()
    may = {answer.child_id for answer in asked if answer.is_given}
    enrolled = Enrolment.objects.filter(programme=programme).on(day)
    placed = Placement.objects.filter(
        enrolment__in=enrolled, academic_year_id=year.year, year_group__in=YEAR_GROUPS
    ).order_by("enrolment__school_id", "year_group", "school_class", "child_id")
    rows = placed.values_list("child_id", "enrolment__school_id", "year_group", "school_class")
    return [row for row in rows if row[0] in may]


def _answer(wave: Wave, slips: Iterable[Slip], asking: _Asking, random: Random) -> None:
    responses = []
    for slip in slips:
        if random.random() >= asking.answering:
            continue
        glad = random.gauss(asking.mood, 0.6)
        begun = _moment(asking.opens_on + timedelta(days=random.randrange(3)))
        responses.append(
            Response(
                programme_id=wave.programme_id,
                wave=wave,
                slip=slip,
                answers={item.key: _value(glad, is_reversed=item.is_reversed, random=random) for item in MUSIC.items},
                begun_at=begun,
                ended_at=begun + timedelta(minutes=random.randint(4, 12)),
            )
        )
    Response.objects.bulk_create(responses)


def _value(glad: float, *, is_reversed: bool, random: Random) -> int | None:
    """Returns one answer of the four: about 3 of who is neither glad nor sad, the other way round where words are."""
    if random.random() < SKIPPED:
        return None
    value = min(4, max(1, round(random.gauss(2.9 + glad, 0.7))))
    return 5 - value if is_reversed else value


def _close(wave: Wave) -> None:
    wave.closed_at = _moment(wave.closes_on + timedelta(days=1))
    wave.save(update_fields=["closed_at"])
    take_names_off(wave.pk)


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))
