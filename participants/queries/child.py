"""Reads of children for lists and pages."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from inharmony.accounts.models import User
from participants.models import Attendance, Child, Consent, Destination, Enrolment, Membership, Placement
from participants.models.attendance import ATTENDED, POSSIBLE, Mark
from participants.validators.names import folded, matching
from participants.wordings import UnknownWordingError, wording
from schools.models import AcademicYear
from schools.queries.calendar import term_on


def children_list(
    user: User, *, day: object, year: int, search: str = "", school: int | None = None
) -> QuerySet[Child]:
    """
    Returns the children the person sees who are enrolled on a day, with school, year group and class, by name.

    A search is for parts of the names a child has, the one used in class among them; see validators/names.py.
    """
    enrolled = Enrolment.objects.visible_to(user).on(day)
    if school is not None:
        enrolled = enrolled.filter(school_id=school)
    place = Placement.objects.visible_to(user).filter(child=OuterRef("pk"), academic_year_id=year)
    # of a child who changed school in the year, where they are now
    place = place.order_by("-enrolment__starts_on", "-pk")
    children = Child.objects.visible_to(user).filter(pk__in=enrolled.values("child"))
    if search.strip():
        names = children.order_by().values_list("pk", "sort_key", "known_as")
        children = children.filter(
            pk__in=matching(((pk, f"{key} {folded(known)}") for pk, key, known in names), search)
        )
    return children.annotate(
        school_name=Subquery(enrolled.filter(child=OuterRef("pk")).values("school__name")[:1]),
        year_group=Subquery(place.values("year_group")[:1]),
        school_class=Subquery(place.values("school_class")[:1]),
        programme_name=F("programme__short_name"),
    )


@dataclass(frozen=True)
class ListedChild:
    """A child in a list with where they are enrolled on the day, and their year group and class of the year."""

    child: Child
    enrolment: Enrolment | None
    placement: Placement | None


def children_whole(found: QuerySet[Child], user: User, *, day: object, year: int) -> list[ListedChild]:
    """
    Returns all children of a list, in its order, with what a file has beside each.

    Four statements: asked for child by child, as for one page, thousands would take longer than anybody waits.
    """
    ids = list(found.values_list("pk", flat=True))
    children = Child.objects.visible_to(user).select_related("programme").in_bulk(ids)
    enrolled = Enrolment.objects.visible_to(user).on(day).filter(child__in=ids).select_related("school")
    at_school = {one.child_id: one for one in enrolled}
    places = Placement.objects.visible_to(user).filter(child__in=ids, academic_year_id=year)
    # of a child who changed school in the year, where they are now
    placed = {one.child_id: one for one in places.order_by("enrolment__starts_on", "pk")}
    return [ListedChild(children[pk], at_school.get(pk), placed.get(pk)) for pk in ids if pk in children]


def last_enrolment(child: Child, user: User, day: date) -> Enrolment | None:
    """Returns the enrolment that began last by a day, with its school; it may have ended."""
    begun = Enrolment.objects.visible_to(user).filter(child=child, starts_on__lte=day)
    return begun.select_related("school").order_by("-starts_on").first()


def placement_of(enrolment: Enrolment, user: User, year: int) -> Placement | None:
    """Returns the year group and school class of an enrolment in an academic year."""
    return Placement.objects.visible_to(user).filter(enrolment=enrolment, academic_year_id=year).first()


def memberships_of(child: Child, user: User) -> QuerySet[Membership]:
    """Returns the ensembles a child is or was in, the latest first."""
    found = Membership.objects.visible_to(user).filter(child=child).select_related("ensemble")
    return found.order_by("-starts_on", "ensemble__name")


def awards_of(child: Child, user: User) -> QuerySet[Any]:
    """
    Returns the grades and awards of a child that stand, the latest first.

    They are of the app above, which hangs them on the child: reached as whatever hangs on one is, by the relation.
    """
    hung_on: Any = child
    awards: QuerySet[Any] = hung_on.awards.visible_to(user).standing()
    return awards


def destination_of(child: Child, user: User) -> Destination | None:
    """Returns where a child went who left a school last, with the school; None of who never left one."""
    found = Destination.objects.visible_to(user).filter(child=child).select_related("school")
    return found.order_by("-last_day").first()


@dataclass(frozen=True)
class AttendanceSoFar:
    """How often a child came, of the sessions they could have come to, in a time that has a name ("autumn term")."""

    came: int
    possible: int
    late: int
    time: str


def attendance_so_far(child: Child, user: User, enrolment: Enrolment | None, day: date) -> AttendanceSoFar:
    """Returns a child's attendance of the term of a day; of the academic year, where the school's terms are unknown."""
    term = term_on(day, enrolment.school) if enrolment is not None and enrolment.school is not None else None
    starts_on = term.starts_on if term else date(AcademicYear.year_of(day), 9, 1)
    marks = Attendance.objects.visible_to(user).filter(child=child, session__day__range=(starts_on, day))
    counted = Counter(marks.values_list("mark", flat=True))
    return AttendanceSoFar(
        came=sum(counted[mark] for mark in ATTENDED),
        possible=sum(counted[mark] for mark in POSSIBLE),
        late=counted[Mark.LATE],
        time=f"{term.season} term" if term else "year",
    )


@dataclass(frozen=True)
class ConsentOfPurpose:
    """All a family said about one purpose: the answer that stands, the earlier ones, and the words it answered to."""

    purpose: Consent.Purpose
    standing: Consent | None
    earlier: Sequence[Consent]
    asked: str

    @property
    def is_given(self) -> bool:
        """Whether there is consent now; no answer is none."""
        return self.standing is not None and self.standing.is_given


def consents_of(child: Child, user: User) -> list[ConsentOfPurpose]:
    """Returns what was answered about each purpose, in the order of the purposes; one statement."""
    answers = Consent.objects.visible_to(user).filter(child=child).select_related("recorded_by")
    given = list(answers.order_by("-answered_on", "-id"))
    return [_of_purpose(purpose, [one for one in given if one.purpose == purpose]) for purpose in Consent.Purpose]


def _of_purpose(purpose: Consent.Purpose, answers: Sequence[Consent]) -> ConsentOfPurpose:
    if not answers:
        return ConsentOfPurpose(purpose, None, (), "")
    try:
        asked = wording(purpose, answers[0].wording_version).words
    except UnknownWordingError:
        asked = ""
    return ConsentOfPurpose(purpose, answers[0], answers[1:], asked)
