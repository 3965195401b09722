"""
Children whom several ensembles share, as counts.

Who is in an ensemble is known to participants, whom this app does not import: the table is asked for by its name, and
read through its own `visible_to`. What comes back are numbers; the names stand on a page of participants, which says
in the trail whom it showed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from inharmony.accounts.models import User
from programmes.models import Session


@dataclass(frozen=True)
class SharedThen:
    """
    Children whom another session would need at the same time, each counted once; at least one.

    They are of the ensembles that play together here, given by id as `playing`, the one that it is planned for first.
    """

    playing: Sequence[int]
    session: Session
    children: int

    @property
    def words(self) -> str:
        """What it says in a list of what speaks against a session."""
        who = "1 child is" if self.children == 1 else f"{self.children} children are"
        return f"{who} in {self.session.title} then"


class Shared:
    """Who is in which ensembles, and from when to when."""

    def __init__(self, rows: Iterable[tuple[int, int, date, date | None]]) -> None:
        self._spans: dict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
        for ensemble, child, first, last in rows:
            self._spans[ensemble].append((child, first, last))
        self._on = cache(self._children)

    @property
    def ensembles(self) -> Collection[int]:
        """The ids of the ensembles."""
        return self._spans.keys()

    def then(self, playing: Sequence[int], session: Session, day: date) -> list[SharedThen]:
        """Returns what it comes to that ensembles play while others have a session: one thing, or nothing."""
        both = self._of(playing, day) & self._of(session.player_ids, day)
        return [SharedThen(playing, session, len(both))] if both else []

    def _of(self, playing: Iterable[int], day: date) -> frozenset[int]:
        return frozenset().union(*(self._on(ensemble, day) for ensemble in playing))

    def _children(self, ensemble: int, day: date) -> frozenset[int]:
        spans = self._spans.get(ensemble, ())
        return frozenset(child for child, first, last in spans if first <= day and (last is None or last >= day))


def shared_by(ensembles: Collection[int], user: User) -> Shared:
    """Returns who is in these ensembles, as far as the person sees them, in one statement."""
    return Shared(_spans(_memberships(user).filter(ensemble__in=ensembles)))


def shared_with(ensembles: Collection[int], user: User) -> Shared:
    """Returns which ensembles the children of some are in, these themselves among them, in one statement."""
    inside = _memberships(user).filter(ensemble__in=ensembles)
    return Shared(_spans(_memberships(user).filter(child__in=inside.values("child"))))


def _memberships(user: User) -> QuerySet[Any]:
    rows: QuerySet[Any] = apps.get_model("participants", "Membership").objects.visible_to(user)
    return rows


def _spans(rows: QuerySet[Any]) -> Iterable[tuple[int, int, date, date | None]]:
    return rows.values_list("ensemble_id", "child_id", "starts_on", "ends_on")
