"""Reads of ensembles and who is in them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, OuterRef, QuerySet, Subquery

from inharmony.accounts.models import User
from participants.models import Child, Membership, MembershipAct, Placement
from participants.models.enrolment import YearGroup
from programmes.models import Ensemble

# where a placement says which group a child is in
YEAR, CLASS = "year_group", "school_class"


@dataclass(frozen=True)
class Group:
    """A school's own class or year group, as a choice: its key, its name with the school's, and how many children."""

    key: str
    name: str
    children: int
    is_year: bool


def ensembles_with_sizes(user: User, day: date, *, ended: bool = False) -> list[tuple[Ensemble, int]]:
    """
    Returns the ensembles the person sees that play on a day or will, each with its members of that day, by name.

    Asked for those that `ended` before it, these instead.
    """
    own = Ensemble.objects.visible_to(user)
    sizes = dict(
        Membership.objects.visible_to(user, inside=own.values("pk"))
        .on(day)
        .values_list("ensemble_id")
        .annotate(members=Count("pk"))
        .values_list("ensemble_id", "members")
    )
    ensembles = own.filter(ends_on__lt=day) if ended else own.exclude(ends_on__lt=day)
    return [(ensemble, sizes.get(ensemble.pk, 0)) for ensemble in ensembles.select_related("school", "programme")]


def members(ensemble: Ensemble, user: User, day: date) -> QuerySet[Child]:
    """Returns the children in an ensemble on a day, in name order, each with the `last_day` in it where one is set."""
    return members_of([ensemble], user, day)


def members_of(ensembles: Collection[Ensemble], user: User, day: date) -> QuerySet[Child]:
    """Returns the children in any of some ensembles on a day, as `members` does, each once."""
    these = [ensemble.pk for ensemble in ensembles]
    inside = Membership.objects.visible_to(user, inside=these).filter(ensemble__in=these).on(day)
    children = Child.objects.visible_to(user, inside=these).filter(pk__in=inside.values("child"))
    return children.annotate(last_day=Subquery(inside.filter(child=OuterRef("pk")).values("ends_on")[:1]))


def crowd(ensemble: Ensemble, user: User, day: date) -> int:
    """Returns how many children are in an ensemble on a day when they are more than it holds; 0 when there is room."""
    if ensemble.capacity is None:
        return 0
    size = members(ensemble, user, day).count()
    return size if ensemble.is_crowded_by(size) else 0


def groups_to_join(ensemble: Ensemble, user: User, year: int, day: date) -> list[Group]:
    """Returns the year groups and then the school classes of a year whose children could join, by school."""
    placed = _placed(ensemble, user, year, day).filter(enrolment__school__isnull=False)
    labels, found = dict(YearGroup.choices), []
    for field, mark in ((YEAR, "year"), (CLASS, "class")):
        rows = placed.exclude(**{field: ""}).values("enrolment__school_id", field, school=F("enrolment__school__name"))
        for row in rows.annotate(children=Count("child")).order_by("school", field):
            name = labels.get(row[field], row[field]) if field == YEAR else row[field]
            key = f"{row['enrolment__school_id']}|{mark}|{row[field]}"
            found.append(Group(key, f"{name}, {row['school']}", row["children"], is_year=field == YEAR))
    return found


def children_of_group(ensemble: Ensemble, key: str, user: User, year: int, day: date) -> list[Child]:
    """Returns the children of a school class or year group named by its key; none for a key that is not on offer."""
    school, _, rest = key.partition("|")
    mark, _, name = rest.partition("|")
    field = {"year": YEAR, "class": CLASS}.get(mark)
    if field is None or not name or not (school.isascii() and school.isdigit()) or "\0" in name:
        return []
    placed = _placed(ensemble, user, year, day).filter(enrolment__school_id=int(school[:9]), **{field: name})
    return list(Child.objects.visible_to(user).filter(pk__in=placed.values("child")))


def ensembles_to_join(child: Child, user: User, day: date) -> QuerySet[Ensemble]:
    """Returns the ensembles of the child's programme that play on a day and that the child is not in, by name."""
    in_it = Membership.objects.filter(child=child).exclude(ends_on__lt=day).values("ensemble")
    playing = Ensemble.objects.visible_to(user).filter(programme_id=child.programme_id)
    return playing.exclude(ends_on__lt=day).exclude(pk__in=in_it).order_by("name")


def acts_on(ensemble: Ensemble, user: User, since: date) -> list[MembershipAct]:
    """Returns what was done to an ensemble's children since a day and not undone, the newest first."""
    done = MembershipAct.objects.visible_to(user).standing().filter(ensemble=ensemble, at__date__gte=since)
    return list(done.select_related("by")[:20])


def _placed(ensemble: Ensemble, user: User, year: int, day: date) -> QuerySet[Placement]:
    return (
        Placement.objects.visible_to(user)
        .filter(programme_id=ensemble.programme_id, academic_year_id=year, enrolment__starts_on__lte=day)
        .exclude(enrolment__ends_on__lt=day)
    )
