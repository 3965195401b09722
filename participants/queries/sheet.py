"""Registers for paper: who to mark at the sessions of an ensemble that are to come, and where."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from inharmony.accounts.models import User
from participants.models import Child, Membership
from participants.queries.care import Care, care_for, with_answers
from programmes.models import Ensemble, Session

# what stands beside each other on a sheet: one a week for the longest half-term
MOST = 7
USUAL = 6


@dataclass(frozen=True)
class SheetLine:
    """One child's row: the name, what to heed, and at which of the sessions the child is expected."""

    child_id: int
    name: str
    care: Care
    is_expected: tuple[bool, ...]


@dataclass(frozen=True)
class Sheet:
    """The sessions of a sheet in time order, the children on it in name order, and how many no paper may show."""

    sessions: list[Session]
    lines: list[SheetLine]
    off_paper: int


def sessions_of_sheet(ensemble: Ensemble, user: User, *, since: Session | date, many: int) -> list[Session]:
    """Returns up to `many` sessions an ensemble plays in, from one or a day on; none cancelled or without names."""
    rows = Session.objects.visible_to(user).played_by([ensemble.pk])
    rows = rows.filter(cancelled_at__isnull=True, is_headcount=False)
    if isinstance(since, Session):
        rows = rows.filter(Q(day__gt=since.day) | Q(day=since.day, starts_at__gte=since.starts_at))
    else:
        rows = rows.filter(day__gte=since)
    return list(rows.select_related("ensemble", "venue__school", "tutor").with_joined()[:many])


def sheet_of(ensemble: Ensemble, sessions: Sequence[Session], user: User) -> Sheet:
    """
    Returns the sheet of some sessions of an ensemble in time order: its children; of one session alone, as its register
    is, those of every ensemble that plays in it.

    Children at risk are counted and left out here, not by the style of the page: it is made for paper and nothing
    else. Two statements whatever the size.
    """
    if not sessions:
        return Sheet([], [], 0)
    this, here = ([ensemble.pk], ()) if len(sessions) > 1 else (sessions[0].player_ids, sessions)
    inside: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    members = Membership.objects.visible_to(user, inside=this, at=here).filter(ensemble__in=this)
    members = members.filter(starts_on__lte=sessions[-1].day).exclude(ends_on__lt=sessions[0].day)
    for child_id, first, last in members.values_list("child_id", "starts_on", "ends_on"):
        inside[child_id].append((first, last))
    children = with_answers(Child.objects.visible_to(user, inside=this, at=here).filter(pk__in=list(inside)))
    lines = [
        SheetLine(child.pk, child.name, care_for(child), _expected(inside[child.pk], sessions))
        for child in children.only("id", "forename", "surname", "known_as", "is_at_risk")
    ]
    lines = [line for line in lines if any(line.is_expected)]
    printed = [line for line in lines if line.care.is_printed]
    return Sheet(list(sessions), printed, len(lines) - len(printed))


def _expected(inside: Sequence[tuple[date, date | None]], sessions: Sequence[Session]) -> tuple[bool, ...]:
    return tuple(
        any(first <= session.day and (last is None or session.day <= last) for first, last in inside)
        for session in sessions
    )
