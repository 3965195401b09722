"""Reads of absences known beforehand, and of the groups for whom one can be written down at once."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from inharmony.accounts.models import User
from inharmony.pages import dates
from participants.models import Child, KnownAbsence, Membership, Placement
from participants.models.attendance import Mark
from participants.models.known_absence import mark_for
from programmes.models import Ensemble
from schools.models import AcademicYear

# of a child: everybody, a school class, or one child
ALL, CLASS, CHILD = "all", "class", "child"


def with_absence_on(children: QuerySet[Child], day: date) -> QuerySet[Child]:
    """Returns the same children with what is known of them for a day, which `known_of` reads; no statement more."""
    on_the_day = KnownAbsence.objects.on(day).filter(child=OuterRef("pk")).order_by("-ends_on", "-id")
    return children.annotate(known=Subquery(on_the_day.values(it=JSONObject(why="reason", until="ends_on"))[:1]))


@dataclass(frozen=True)
class Known:
    """What is known of a child for one day: the mark it stands for, and how it reads in a row."""

    mark: Mark
    words: str


def known_of(child: Child, day: date) -> Known | None:
    """Returns what is known of a child that came `with_absence_on` that day; None where nothing is."""
    told: dict[str, str] | None = child.known  # type: ignore[attr-defined] # of with_absence_on
    if told is None:
        return None
    until = date.fromisoformat(told["until"])
    words = "Known: today only" if until == day else f"Known: until {dates.short_day(until)}"
    return Known(mark_for(told["why"]), words)


def absences_noted(ensemble: Ensemble, user: User) -> QuerySet[KnownAbsence]:
    """Returns the standing absences of all who are or were in an ensemble."""
    this = [ensemble.pk]
    inside = Membership.objects.visible_to(user, inside=this).filter(ensemble=ensemble)
    return KnownAbsence.objects.visible_to(user, inside=this).standing().filter(child__in=inside.values("child"))


def absences_of(ensemble: Ensemble, user: User, day: date) -> QuerySet[KnownAbsence]:
    """Returns the standing absences, of a day or to come, of the children in an ensemble, by their first day."""
    found = absences_noted(ensemble, user).filter(ends_on__gte=day).select_related("child", "noted_by")
    return found.order_by("starts_on", "child__sort_key", "pk")


def classes_of(ensemble: Ensemble, user: User, day: date) -> list[tuple[str, str]]:
    """Returns the school classes children of an ensemble are in, as choices: key, and name with how many children."""
    inside = Membership.objects.filter(ensemble=ensemble).on(day)
    theirs = _placed(ensemble, user, day).filter(child__in=inside.values("child")).exclude(school_class="")
    pairs = set(theirs.values_list("enrolment__school_id", "school_class"))
    counted = (
        _placed(ensemble, user, day)
        .filter(_either(pairs))
        .values("enrolment__school_id", "school_class", school=F("enrolment__school__name"))
        .annotate(children=Count("child"))
        .order_by("school", "school_class")
    )
    return [
        (f"{CLASS}|{row['enrolment__school_id']}|{row['school_class']}", f"{row['school_class']} ({row['children']})")
        for row in counted
        if pairs
    ]


def children_meant(key: str, ensemble: Ensemble, user: User, day: date) -> list[Child]:
    """
    Returns the children a choice stands for: everybody in the ensemble, a school class, or one child in it.

    Of a class, all the person sees: the whole of it for people of the hub, a coordinator's own children otherwise.
    None for a key that is not on offer.
    """
    this = [ensemble.pk]
    kind, _, rest = key.partition("|")
    inside = Membership.objects.visible_to(user, inside=this).filter(ensemble=ensemble).on(day)
    children = Child.objects.visible_to(user, inside=this)
    if kind == ALL:
        return list(children.filter(pk__in=inside.values("child")))
    if kind == CHILD and rest.isascii() and rest.isdigit():
        return list(children.filter(pk__in=inside.filter(child=int(rest[:18])).values("child")))
    if kind == CLASS and key in dict(classes_of(ensemble, user, day)):
        school, _, name = rest.partition("|")
        placed = _placed(ensemble, user, day).filter(enrolment__school_id=int(school), school_class=name)
        return list(children.filter(pk__in=placed.values("child")))
    return []


def _placed(ensemble: Ensemble, user: User, day: date) -> QuerySet[Placement]:
    placed = Placement.objects.visible_to(user, inside=[ensemble.pk]).filter(
        programme_id=ensemble.programme_id, academic_year_id=AcademicYear.year_of(day), enrolment__school__isnull=False
    )
    return placed.filter(enrolment__starts_on__lte=day).exclude(enrolment__ends_on__lt=day)


def _either(pairs: set[tuple[int, str]]) -> Q:
    either = Q(pk__in=[])
    for school, name in pairs:
        either |= Q(enrolment__school_id=school, school_class=name)
    return either
