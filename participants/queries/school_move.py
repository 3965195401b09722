"""Children who have left a school and are in an ensemble of it still: what a class list moves, and what it does not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from inharmony.accounts.models import User
from participants.models import Child, Enrolment, Membership
from programmes.models import Ensemble, Programme


@dataclass(frozen=True)
class LeftBehind:
    """A child in an ensemble of a school they have left: on which day, and at which school they are now, if at one."""

    child: Child
    left_on: date
    school_now: str


def left_behind(programme: Programme, user: User, day: date) -> list[tuple[Ensemble, list[LeftBehind]]]:
    """Returns the ensembles of one school in which children stay who have left it, each with them by name."""
    found = _memberships(programme, user, day)
    stays = Enrolment.objects.visible_to(user).filter(child=OuterRef("child"))
    left = stays.filter(school=OuterRef("ensemble__school"), ends_on__lt=day).order_by("-ends_on")
    rows = found.select_related("child", "ensemble__school").annotate(
        left_on=Subquery(left.values("ends_on")[:1]), school_now=Subquery(stays.on(day).values("school__name")[:1])
    )
    return _by_ensemble(rows.order_by("ensemble__name", "ensemble_id", "child__sort_key", "pk"))


def _memberships(programme: Programme, user: User, day: date) -> QuerySet[Membership]:
    """Those without an end; who came from another school to begin with has left none of theirs."""
    at_school = Enrolment.objects.visible_to(user).filter(child=OuterRef("child"), school=OuterRef("ensemble__school"))
    inside = Membership.objects.visible_to(user).on(day).filter(programme=programme, ends_on__isnull=True)
    return inside.filter(
        Exists(at_school.filter(ends_on__lt=day)),
        ~Exists(at_school.exclude(ends_on__lt=day)),
        ensemble__school__isnull=False,
    )


def _by_ensemble(rows: Iterable[Membership]) -> list[tuple[Ensemble, list[LeftBehind]]]:
    found: dict[Ensemble, list[LeftBehind]] = {}
    for row in rows:
        told = LeftBehind(row.child, getattr(row, "left_on"), getattr(row, "school_now") or "")  # noqa: B009
        found.setdefault(row.ensemble, []).append(told)
    return list(found.items())
