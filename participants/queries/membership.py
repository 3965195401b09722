"""Reads of ensembles and who is in them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, QuerySet

from inharmony.accounts.models import User
from participants.models import Child, Membership, Placement
from programmes.models import Ensemble


@dataclass(frozen=True)
class SchoolClass:
    """A school's own class of a year, as a choice: its key, its name with the school's, and how many children."""

    key: str
    name: str
    children: int


def ensembles_with_sizes(user: User, day: date) -> list[tuple[Ensemble, int]]:
    """Returns the ensembles the person sees that play on a day, each with its number of members, in name order."""
    own = Ensemble.objects.visible_to(user)
    sizes = dict(
        Membership.objects.visible_to(user, inside=own.values("pk"))
        .on(day)
        .values_list("ensemble_id")
        .annotate(members=Count("pk"))
        .values_list("ensemble_id", "members")
    )
    ensembles = own.filter(starts_on__lte=day).exclude(ends_on__lt=day)
    return [(ensemble, sizes.get(ensemble.pk, 0)) for ensemble in ensembles.select_related("school")]


def members(ensemble: Ensemble, user: User, day: date) -> QuerySet[Child]:
    """Returns the children in an ensemble on a day, in name order."""
    this = [ensemble.pk]
    inside = Membership.objects.visible_to(user, inside=this).filter(ensemble=ensemble).on(day)
    return Child.objects.visible_to(user, inside=this).filter(pk__in=inside.values("child"))


def school_classes(ensemble: Ensemble, user: User, year: int, day: date) -> list[SchoolClass]:
    """Returns the school classes of a year whose children could join, by school and class."""
    rows = (
        _placed(ensemble, user, year, day)
        .values("enrolment__school_id", "school_class", school=F("enrolment__school__name"))
        .annotate(children=Count("child"))
        .order_by("school", "school_class")
    )
    return [
        SchoolClass(
            f"{r['enrolment__school_id']}|{r['school_class']}", f"{r['school_class']}, {r['school']}", r["children"]
        )
        for r in rows
        if r["school_class"] and r["school"]
    ]


def children_of_class(ensemble: Ensemble, key: str, user: User, year: int, day: date) -> list[Child]:
    """Returns the children of a school class named by its key; none for a key that is not on offer."""
    school, _, school_class = key.partition("|")
    if not (school.isascii() and school.isdigit()) or "\0" in school_class:
        return []
    placed = _placed(ensemble, user, year, day).filter(enrolment__school_id=int(school[:9]), school_class=school_class)
    return list(Child.objects.visible_to(user).filter(pk__in=placed.values("child")))


def _placed(ensemble: Ensemble, user: User, year: int, day: date) -> QuerySet[Placement]:
    return (
        Placement.objects.visible_to(user)
        .filter(programme_id=ensemble.programme_id, academic_year_id=year, enrolment__starts_on__lte=day)
        .exclude(enrolment__ends_on__lt=day)
    )
