"""
Who has no year group yet for a new academic year, and what it would be.

A child's next year group follows from the last one; who passes the top of the school leaves it. Where a placement of
the new year exists, made by whomever, nothing is proposed: so a class list and the turn of the year do the same work in
either order, and each finds what the other has done.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from inharmony.accounts.models import User
from participants.models import Enrolment, Placement, RollForward, RosterImport
from participants.models.enrolment import IN_ORDER, YearGroup
from programmes.models import Programme
from schools.models import AcademicYear, School

# from this month on the next year can be planned: classes and new schools are known in the summer term, while the
# children who leave are still there to be asked
PLANNED_FROM = 6
AT_NO_SCHOOL = "No school"
# who is in Year 6 turns 11; schools that say up to which age they teach teach up to the year group of that age
_AGE_IN_RECEPTION = 5
_TOP_OF_PHASE = {School.Phase.NURSERY: YearGroup.N2, School.Phase.PRIMARY: YearGroup.Y6}


def year_to_roll(day: date) -> AcademicYear:
    """Returns the academic year that children are moved into on a day: from June on the next, else the current one."""
    current = AcademicYear.year_of(day)
    return AcademicYear(year=current + (PLANNED_FROM <= day.month < 9))


def top_of(school: School | None) -> YearGroup | None:
    """
    Returns the last year group a school teaches: by the age the register of schools gives, else by its phase.

    None where neither says, and for no school: then nobody leaves it for their age.
    """
    if school is None:
        return None
    if school.high_age is not None:
        place = IN_ORDER.index(YearGroup.R) + school.high_age - _AGE_IN_RECEPTION
        return IN_ORDER[min(max(place, 0), len(IN_ORDER) - 1)]
    return _TOP_OF_PHASE.get(School.Phase(school.phase))


@dataclass(frozen=True)
class Rolling:
    """A child with no year group in a year yet: the last one, the next one, and whether that is past their school."""

    enrolment_id: int
    child_id: int
    school: School | None
    was: str
    school_class: str
    becomes: str
    is_leaving: bool

    @property
    def key(self) -> str:
        """By what those who move alike are told apart."""
        return f"{self.school.pk if self.school else ''}|{self.was}|{self.becomes}|{self.school_class}"


def rolling(programme: Programme, user: User, year: AcademicYear, day: date) -> list[Rolling]:
    """
    Returns everybody enrolled on the first day of a year (a day within it, once begun) who has no placement in it.

    Of a child who was never placed nothing can be said, so they are not among them. Two statements, one for nobody.
    """
    placed = Placement.objects.filter(enrolment=OuterRef("pk"), academic_year_id=year.pk)
    enrolled = Enrolment.objects.visible_to(user).on(max(day, year.starts_on)).filter(~Exists(placed))
    last = (
        Placement.objects.visible_to(user)
        .filter(enrolment__in=enrolled.filter(programme=programme), academic_year_id__lt=year.pk)
        .order_by("enrolment_id", "-academic_year_id")
        .distinct("enrolment_id")
        .values_list(
            *("enrolment_id", "child_id", "enrolment__school_id", "year_group", "school_class", "academic_year_id")
        )
    )
    found = list(last)
    schools = School.objects.in_bulk({school for _, _, school, *_ in found} - {None})
    return [
        _rolling(enrolment, child, schools.get(school), was, school_class, years=year.pk - since)
        for enrolment, child, school, was, school_class, since in found
    ]


def _rolling(enrolment: int, child: int, school: School | None, was: str, school_class: str, *, years: int) -> Rolling:
    after, top = YearGroup(was).after(years) if was else None, top_of(school)
    is_past = after is None or (
        top is not None and after is not YearGroup.X and IN_ORDER.index(after) > IN_ORDER.index(top)
    )
    return Rolling(enrolment, child, school, was, school_class, after or "", bool(was) and is_past)


@dataclass(frozen=True)
class MovingClass:
    """Children of one school class who move up alike: from and to which year group, and how many."""

    key: str
    school_class: str
    was: str
    becomes: str
    children: int

    def named(self, how: str) -> str:
        """Returns the class's name in the new year: none, the `same` or the `next` one ("4B" becomes "5B")."""
        if how == "same":
            return self.school_class
        if how == "next" and self.was.isdigit():
            return re.sub(rf"(?<!\d){self.was}(?!\d)", self.becomes, self.school_class, count=1)
        return ""


@dataclass(frozen=True)
class MovingSchool:
    """What the turn of the year would do at a school (of none: educated at home), and when its list came in."""

    school: School | None
    classes: tuple[MovingClass, ...]
    leaving: int
    listed_on: date | None

    @property
    def key(self) -> str:
        """The URN, as it stands in an address."""
        return str(self.school.pk) if self.school else "none"

    @property
    def name(self) -> str:
        """The school's name, or that there is none."""
        return self.school.name if self.school else AT_NO_SCHOOL

    @property
    def moving(self) -> int:
        """How many children move up."""
        return sum(each.children for each in self.classes)

    @property
    def waiting(self) -> int:
        """How many children have no year group yet: they move up, or leave."""
        return self.moving + self.leaving


def roll_forward_due(programme: Programme, user: User, today: date) -> list[MovingSchool]:
    """
    Returns the schools of a hub with children who have no year group yet for the year to roll into, by name.

    Three statements, whatever the number of children; one where everybody has one.
    """
    year = year_to_roll(today)
    rows = rolling(programme, user, year, today)
    if not rows:
        return []
    of_school: Mapping[School | None, list[Rolling]] = defaultdict(list)
    for row in rows:
        of_school[row.school].append(row)
    listed = _lists_of(programme, user, year)
    due = [
        MovingSchool(
            school, _classes(mine), sum(row.is_leaving for row in mine), listed.get(school.pk) if school else None
        )
        for school, mine in of_school.items()
    ]
    # at home comes last
    return sorted(due, key=lambda each: (each.school is None, each.name, each.key))


def _classes(rows: Iterable[Rolling]) -> tuple[MovingClass, ...]:
    staying = [row for row in rows if not row.is_leaving]
    many = Counter(row.key for row in staying)
    one = {row.key: row for row in staying}
    order = {group.value: place for place, group in enumerate(YearGroup)}
    classes = [MovingClass(key, row.school_class, row.was, row.becomes, many[key]) for key, row in one.items()]
    return tuple(sorted(classes, key=lambda each: (order.get(each.was, len(order)), each.school_class, each.becomes)))


def _lists_of(programme: Programme, user: User, year: AcademicYear) -> dict[int, date]:
    """Returns by school when the last class list of a year was accepted."""
    accepted = RosterImport.objects.visible_to(user).filter(
        programme=programme, academic_year_id=year.pk, state=RosterImport.State.ACCEPTED, school__isnull=False
    )
    last = accepted.order_by().values_list("school_id").annotate(last=Max("accepted_at"))
    return {school: timezone.localtime(at).date() for school, at in last if school is not None}


def acts_of(programme: Programme, user: User, year: AcademicYear) -> list[RollForward]:
    """Returns what was done at the turn into a year and is not undone, the newest first."""
    done = RollForward.objects.visible_to(user).standing().filter(programme=programme, academic_year_id=year.pk)
    return list(done.select_related("by", "school")[:50])


def undo_until(act: RollForward) -> date:
    """Returns the last day on which a roll-forward can be undone: 30 days after it was done or the year began."""
    return max(timezone.localtime(act.at).date(), AcademicYear(year=act.academic_year_id).starts_on) + timedelta(
        days=30
    )
