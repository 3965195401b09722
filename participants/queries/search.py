"""Reads of whatever has a name, for the one search of the portal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from django.db.models import QuerySet

from inharmony.accounts.models import User
from participants.models import Child
from participants.queries.child import children_list
from participants.validators.names import folded, matching
from programmes.models import Ensemble
from schools.models import AcademicYear, School

Row = TypeVar("Row")
Named = TypeVar("Named", Ensemble, School)

FEW = 8


@dataclass(frozen=True)
class Found(Generic[Row]):
    """What was found of one kind: those shown, and how many there are."""

    shown: Sequence[Row] = ()
    total: int = 0

    @property
    def has_more(self) -> bool:
        """Whether there are more than are shown."""
        return self.total > len(self.shown)


def children_found(user: User, search: str, day: date) -> Found[Child]:
    """Returns the first few of the children the list of children finds; three statements."""
    found = children_list(user, day=day, year=AcademicYear.year_of(day), search=search)
    return Found(list(found[:FEW]), found.count())


def ensembles_found(user: User, search: str, day: date, *, every: bool = False) -> Found[Ensemble]:
    """Returns the ensembles the person sees that play on a day or will, by name; `every` one, or the first few."""
    own = Ensemble.objects.visible_to(user).exclude(ends_on__lt=day).select_related("school", "programme")
    return _named(own, search, every=every)


def schools_found(user: User, search: str, *, every: bool = False) -> Found[School]:
    """Returns the schools the person works with, by name; `every` one, or the first few."""
    return _named(School.objects.visible_to(user).order_by("name", "pk"), search, every=every)


def _named(rows: QuerySet[Named], search: str, *, every: bool) -> Found[Named]:
    found = matching([(row, folded(row.name)) for row in rows], search)
    return Found(found if every else found[:FEW], len(found))
