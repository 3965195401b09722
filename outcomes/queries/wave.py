"""Waves of a hub: what can be asked, who is to be asked, and how many have answered so far."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from outcomes.measures.shipped import BY_KEY
from outcomes.measures.structure import Informant, Measure
from outcomes.models import AskedGroup, Response, Slip, Wave
from outcomes.queries.consent import consenting
from outcomes.validators.wave import is_of_children
from participants.models import Enrolment, Placement
from participants.models.enrolment import YearGroup
from programmes.models import Partnership, Programme
from schools.models import AcademicYear, School

YEAR_GROUPS = dict(YearGroup.choices)
AT_NO_SCHOOL = "No school"
_ORDER = {group.value: place for place, group in enumerate(YearGroup)}
# whom a wave asks, as pages say it
WHOM = {
    Informant.CHILD: "Children",
    Informant.FAMILY: "Families",
    Informant.STAFF: "School staff",
    Informant.TUTOR: "Tutors",
}
Place = tuple[int | None, str, str]


def hubs_with_waves(user: User) -> QuerySet[Programme]:
    """Returns the programmes whose waves a person keeps, by name."""
    keeps = user.reach.programmes_for(Permission.KEEP_WAVES)
    return Programme.objects.visible_to(user).filter(pk__in=keeps).order_by("short_name")


def begun(programme: Programme | None, user: User, year: int) -> set[str]:
    """Returns the measures that were, or are to be, asked at the start in a programme and academic year."""
    waves = Wave.objects.visible_to(user).filter(programme=programme, academic_year_id=year, moment=Wave.Moment.BEFORE)
    return set(waves.order_by().values_list("measure", flat=True))


class State(StrEnum):
    """How far a wave is."""

    PLANNED = "Not open yet"
    OPEN = "Open"
    OVER = "Closes tonight"
    CLOSING = "Closed, names are being taken off"
    CLOSED = "Closed"


def state_of(wave: Wave, today: date) -> State:
    """Returns how far a wave is on a day."""
    if wave.names_off_at is not None:
        return State.CLOSED
    if wave.closed_at is not None:
        return State.CLOSING
    if today < wave.opens_on:
        return State.PLANNED
    return State.OPEN if today <= wave.closes_on else State.OVER


@dataclass(frozen=True)
class Rate:
    """How many slips were given out, and by how many of them somebody has answered at least one question."""

    asked: int
    answered: int

    @property
    def left(self) -> int:
        return self.asked - self.answered

    @property
    def percent(self) -> int:
        """Returns answered of asked in per cent, rounded half up; 0 where nobody was asked."""
        return (200 * self.answered + self.asked) // (2 * self.asked) if self.asked else 0


def answered_of(responses: QuerySet[Response]) -> QuerySet[Response]:
    """Returns those in which at least one question was reached; a slip that was only opened is none of them."""
    return responses.exclude(answers={})


@dataclass(frozen=True)
class ListedWave:
    """A wave in the list, with its measure, state and response rate of now."""

    wave: Wave
    measure: Measure
    state: State
    rate: Rate

    @property
    def whom(self) -> str:
        return WHOM[Informant(self.wave.informant)]


def waves_of(user: User, year: int, today: date) -> list[ListedWave]:
    """Returns the waves of an academic year of the hubs whose waves a person keeps, the last opened first."""
    waves = list(Wave.objects.visible_to(user).filter(academic_year_id=year).select_related("programme"))
    ids = [wave.pk for wave in waves]
    slips = _counted(Slip.objects.visible_to(user).filter(wave__in=ids), "wave_id")
    given = _counted(answered_of(Response.objects.visible_to(user).filter(wave__in=ids)), "wave_id")
    sums = AskedGroup.objects.visible_to(user).filter(wave__in=ids).order_by().values_list("wave_id")
    kept = {wave: Rate(asked or 0, done or 0) for wave, asked, done in sums.annotate(Sum("asked"), Sum("answered"))}
    return [
        ListedWave(
            wave,
            BY_KEY[wave.measure, wave.version],
            state_of(wave, today),
            kept.get(wave.pk, Rate(0, 0)) if wave.names_off_at else Rate(slips[wave.pk], given[wave.pk]),
        )
        for wave in waves
    ]


def years_of_waves(user: User, today: date) -> list[AcademicYear]:
    """Returns the academic years with a wave the person sees, and this one; the newest first."""
    years = set(Wave.objects.visible_to(user).order_by().values_list("academic_year_id", flat=True).distinct())
    return [AcademicYear(year=year) for year in sorted({*years, AcademicYear.year_of(today)}, reverse=True)]


def _counted(rows: QuerySet[Slip] | QuerySet[Response], by: str) -> Counter[int]:
    return Counter(dict(rows.order_by().values_list(by).annotate(Count("pk"))))


@dataclass(frozen=True)
class ToAsk:
    """A child who would be asked in a wave: where, and whether a yes about surveys stands."""

    child_id: int
    school_id: int | None
    year_group: str
    school_class: str
    may: bool

    @property
    def place(self) -> Place:
        return (self.school_id, self.year_group, self.school_class)


def children_to_ask(wave: Wave, user: User) -> list[ToAsk]:
    """
    Returns the children of the year groups of a wave who take part today, or on its first day if that is to come.

    Of adults nobody is among them. Two statements.
    """
    if not is_of_children(wave):
        return []
    day = max(timezone.localdate(), wave.opens_on)
    enrolled = Enrolment.objects.visible_to(user).filter(programme=wave.programme_id).on(day)
    placed = Placement.objects.visible_to(user).filter(
        enrolment__in=enrolled, academic_year_id=wave.academic_year_id, year_group__in=wave.year_groups
    )
    rows = list(placed.order_by("pk").values_list("child_id", "enrolment__school_id", "year_group", "school_class"))
    may = consenting(row[0] for row in rows)
    return [ToAsk(child, school, group, name, child in may) for child, school, group, name in rows]


def year_groups_to_ask(programmes: Iterable[int], user: User, year: int) -> list[tuple[str, str]]:
    """Returns the year groups in which children of some programmes are placed in a year, in their order."""
    placed = Placement.objects.visible_to(user).filter(programme__in=list(programmes), academic_year_id=year)
    found = set(placed.exclude(year_group="").order_by().values_list("year_group", flat=True).distinct())
    return [(value, words) for value, words in YearGroup.choices if value in found]


@dataclass(frozen=True)
class GroupRow:
    """
    A group of a wave: what it is called, who has answered, and of its children how many cannot be asked, or not yet.

    Who of them has answered is not said, here or anywhere: it is nobody's business.
    """

    group: AskedGroup
    rate: Rate
    no_consent: int = 0
    without_slip: int = 0

    @property
    def name(self) -> str:
        return group_words(self.group)

    @property
    def school(self) -> str:
        return self.group.school.name if self.group.school else AT_NO_SCHOOL


def group_words(group: AskedGroup) -> str:
    """Returns "Year 4, 4B" of a school class; of a school's staff and a hub's tutors, who they are."""
    words = ", ".join(filter(None, [YEAR_GROUPS.get(group.year_group, ""), group.school_class]))
    if words:
        return words
    return "School staff" if group.wave.informant == Informant.STAFF else WHOM[Informant(group.wave.informant)]


@dataclass(frozen=True)
class WholeWave:
    """A wave with its groups in the order of schools and classes, and what they add up to."""

    groups: list[GroupRow]
    rate: Rate
    no_consent: int
    without_slip: int


def whole(wave: Wave, user: User) -> WholeWave:
    """Returns the groups of a wave with what is counted of each: now, or as it was when names were taken off."""
    rows = AskedGroup.objects.visible_to(user).filter(wave=wave).select_related("school", "wave")
    groups = sorted(rows, key=_as_listed)
    if wave.names_off_at is not None:
        listed = [GroupRow(group, Rate(group.asked or 0, group.answered or 0)) for group in groups]
        return WholeWave(listed, _sum(listed), 0, 0)
    without, missing = _not_asked(wave, user)
    slips = _counted(Slip.objects.visible_to(user).filter(wave=wave), "group_id")
    given = _counted(answered_of(Response.objects.visible_to(user).filter(wave=wave)), "slip__group_id")
    listed = [
        GroupRow(group, Rate(slips[group.pk], given[group.pk]), without[place_of(group)], missing[place_of(group)])
        for group in groups
    ]
    # of the whole: also those of classes that have come in since, whose groups are made with their first slips
    return WholeWave(listed, _sum(listed), without.total(), missing.total())


def _sum(rows: Iterable[GroupRow]) -> Rate:
    rates = [row.rate for row in rows]
    return Rate(sum(rate.asked for rate in rates), sum(rate.answered for rate in rates))


def _not_asked(wave: Wave, user: User) -> tuple[Counter[Place], Counter[Place]]:
    """Counts by class the children without a standing yes, and those with one who have no slip yet."""
    without: Counter[Place] = Counter()
    missing: Counter[Place] = Counter()
    if wave.closed_at is None:
        with_slip = set(Slip.objects.visible_to(user).filter(wave=wave).values_list("child_id", flat=True))
        for child in children_to_ask(wave, user):
            without[child.place] += not child.may
            missing[child.place] += child.may and child.child_id not in with_slip
    return without, missing


def place_of(group: AskedGroup) -> Place:
    """Returns of which school, year group and class a group is."""
    return (group.school_id, group.year_group, group.school_class)


def _as_listed(group: AskedGroup) -> tuple[bool, str, int, str, int]:
    school = group.school.name if group.school else ""
    return (not school, school, _ORDER.get(group.year_group, len(_ORDER)), group.school_class, group.pk)


def schools_to_ask(wave: Wave, user: User, today: date) -> QuerySet[School]:
    """Returns the partner schools of a hub on a day, whose staff can be asked."""
    partners = Partnership.objects.visible_to(user).on(today).filter(programme=wave.programme_id)
    return School.objects.filter(pk__in=partners.values("school")).order_by("name")
