"""Children at the end of their school, and where they can go."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from inharmony.accounts.models import User
from participants.models import Child, Destination
from participants.models.enrolment import YearGroup
from participants.queries.roll_forward import MovingSchool, Rolling, rolling, year_to_roll
from programmes.models import Programme
from schools.models import AcademicYear, School

FEW = 20
# schools that take children in who have left another
_ONWARD = (School.Phase.SECONDARY, School.Phase.ALL_THROUGH)


@dataclass(frozen=True)
class Leaver:
    """A child who leaves a school, or could have left it, and which year group and class they were in."""

    row: Rolling
    child: Child
    was: str

    @property
    def is_at_the_end(self) -> bool:
        """Whether they passed the last year group of the school; else no class list of the new year names them."""
        return self.row.is_leaving


def leavers_of(programme: Programme, user: User, school: MovingSchool, day: date) -> list[Leaver]:
    """
    Returns who passed the last year group of a school, then who is on no class list of its that came in; by name.

    Three statements, whatever the number of children.
    """
    rows = rolling(programme, user, year_to_roll(day), day)
    mine = {row.child_id: row for row in rows if row.school == school.school and (row.is_leaving or school.listed_on)}
    labels = dict(YearGroup.choices)
    found = [
        Leaver(mine[child.pk], child, ", ".join(filter(None, (labels.get(row.was, ""), row.school_class))))
        for child in Child.objects.visible_to(user).filter(pk__in=mine)
        for row in [mine[child.pk]]
    ]
    return sorted(found, key=lambda leaver: not leaver.is_at_the_end)


def onward_schools(programme: Programme, user: User, day: date) -> QuerySet[School]:
    """Returns where leavers of a hub can go without a search: its partners that take them in, and where some went."""
    partners = Q(partnerships__programme=programme, phase__in=_ONWARD)
    partners &= Q(partnerships__starts_on__lte=day) & (
        Q(partnerships__ends_on__isnull=True) | Q(partnerships__ends_on__gte=day)
    )
    went = Destination.objects.visible_to(user).filter(programme=programme, school__isnull=False)
    return open_schools(day).filter(partners | Q(pk__in=went.values("school"))).distinct()


def schools_named(words: str, day: date) -> list[School]:
    """Returns the first few open schools that have a URN, or all of some words in their name or town."""
    if words.isascii() and words.isdigit():
        return list(open_schools(day).filter(pk=int(words[:9])))
    named = open_schools(day)
    for word in words.split()[:6]:
        named = named.filter(Q(name__icontains=word) | Q(town__icontains=word))
    return list(named[:FEW])


def open_schools(day: date) -> QuerySet[School]:
    """Returns the schools of the register a child could go to."""
    return School.objects.open_on(day).exclude(status=School.Status.CLOSED)


def years_left(programme: Programme, user: User) -> list[AcademicYear]:
    """Returns the years at whose turn children have left a hub, the latest first."""
    found = Destination.objects.visible_to(user).filter(programme=programme).order_by("-act__academic_year")
    return [AcademicYear(year=year) for year in found.values_list("act__academic_year", flat=True).distinct()]


def gone(programme: Programme, user: User, year: AcademicYear, *, unknown: bool = False) -> QuerySet[Destination]:
    """
    Returns where those went who left the programme at the turn into a year, by name.

    Asked for the `unknown`, those of whom where or how is not known.
    """
    found = Destination.objects.visible_to(user).filter(
        programme=programme, act__academic_year=year.pk, next_enrolment__isnull=True
    )
    if unknown:
        found = found.filter(Q(goes_to=Destination.GoesTo.UNKNOWN) | Q(plays=Destination.Plays.UNKNOWN))
    return found.select_related("child", "school", "enrolment__school").order_by("child__sort_key", "pk")


@dataclass(frozen=True)
class Progression:
    """How many of those who left in a year go on which way, and where they went; ways nobody took are left out."""

    plays: list[tuple[str, int]]
    goes_to: list[tuple[str, int]]
    total: int


def progression(programme: Programme, user: User, year: AcademicYear) -> Progression:
    """Returns where the leavers at the turn into a year went, counted; one statement."""
    found = Destination.objects.visible_to(user).filter(programme=programme, act__academic_year=year.pk)
    rows = list(found.values_list("plays", "goes_to", "school__name"))
    plays = Counter(Destination.Plays(row[0]).label for row in rows)
    to = Counter(row[2] or Destination.GoesTo(row[1]).label for row in rows)
    order = [str(way.label) for way in Destination.Plays]
    return Progression(
        [(str(way), plays[way]) for way in sorted(plays, key=lambda way: order.index(str(way)))],
        [(str(place), many) for place, many in to.most_common()],
        len(rows),
    )
