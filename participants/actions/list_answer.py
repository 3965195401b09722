"""A school answers through its link: its class list is right, or what is otherwise. Nothing of a child is changed."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from inharmony.access.scope import Scope, scoped
from inharmony.audit.record import audit
from participants.models import ListAnswer, ListCheck, ListProposal
from participants.queries import list_by_link as reads
from participants.queries.list_by_link import Listed
from participants.validators.list_check import ListCheckRefusedError

Kind, State = ListProposal.Kind, ListProposal.State


class LinkShutError(ListCheckRefusedError):
    """The link opens nothing any more."""


class ListChangedError(ListCheckRefusedError):
    """The list is not the one that whoever answers has looked at."""


class NotOnListError(ListCheckRefusedError):
    """A child the school says something of does not stand on its list."""


@dataclass(frozen=True)
class Said:
    """One thing a school says of its list: what it proposes, and of which child unless one is missing."""

    kind: str
    proposed: dict[str, Any]
    child_id: int | None = None


@dataclass(frozen=True)
class Sent:
    """An answer as it is sent: who says so, what, and the list they looked at, by its mark."""

    send: uuid.UUID
    name: str
    mark: str
    said: Sequence[Said] = field(default_factory=tuple)


def mark_of_list(rows: Iterable[Listed]) -> str:
    """Returns a mark that differs where two lists do."""
    return reads.mark_of([row.mark for row in rows])


@transaction.atomic
def answer(*, check: ListCheck, sent: Sent) -> ListAnswer:
    """
    Writes down what a school says of its list, and returns the answer; sent twice, it is one.

    Of a child and kind, what is said last stands, unless the hub has decided. Raises LinkShutError, ListChangedError
    where the list is not the one that was looked at, and NotOnListError. Runs in the scope of the link.
    """
    # two presses at once: the second finds what the first wrote
    related = ListCheck.objects.select_for_update(of=("self",)).select_related("programme", "academic_year")
    locked = related.get(pk=check.pk)
    if known := ListAnswer.objects.filter(list_check=locked, send=sent.send).first():
        return known
    today, now = timezone.localdate(), timezone.now()
    if words := reads.why_shut(locked, today):
        raise LinkShutError(words)
    rows = {row.child_id: row for row in reads.listed(locked, today)}
    if not sent.said and sent.mark != mark_of_list(rows.values()):
        raise ListChangedError("The list has changed since you opened it. Look at it again, then say that it is right.")
    said = _differing(sent.said, rows)
    made = ListAnswer.objects.create(
        programme_id=locked.programme_id,
        list_check=locked,
        send=sent.send,
        at=now,
        name=sent.name,
        children=len(rows),
        corrections=len(said),
    )
    _propose(made, said, rows, now)
    concerned = sorted({each.child_id for each in said if each.child_id is not None})
    audit_link("list_check.corrected" if said else "list_check.confirmed", locked, concerned)
    return made


def _differing(said: Iterable[Said], rows: dict[int, Listed]) -> list[Said]:
    """What would change the list; what says of a child what stands there already is left out."""
    found = []
    for each in said:
        if each.child_id is None:
            found.append(each)
        elif each.child_id not in rows:
            raise NotOnListError("One of these children is not on the list any more. Look at it again.")
        elif rows[each.child_id].facts(each.kind) != each.proposed:
            found.append(each)
    return found


def _propose(made: ListAnswer, said: Sequence[Said], rows: dict[int, Listed], now: datetime) -> None:
    standing = ListProposal.objects.filter(list_check=made.list_check, state=State.OPEN)
    same = Q(pk__in=[])
    for each in said:
        same |= (
            Q(child=each.child_id, kind=each.kind)
            if each.child_id is not None
            else Q(kind=Kind.MISSING, proposed=each.proposed)
        )
    standing.filter(same).update(state=State.REPLACED, decided_at=now)
    ListProposal.objects.bulk_create(
        ListProposal(
            programme_id=made.programme_id,
            list_check=made.list_check,
            answer=made,
            child_id=each.child_id,
            kind=each.kind,
            before=rows[each.child_id].facts(each.kind) if each.child_id is not None else {},
            proposed=each.proposed,
            sent_at=now,
        )
        for each in said
    )


def audit_link(act: str, check: ListCheck, seen: Iterable[int]) -> None:
    """
    Writes into the trail what was done by a link, and which children it was about. Nobody did it: a link knows nobody.

    An entry that names children is given back to people of their hub alone, so for this one statement it is theirs.
    """
    with scoped(Scope(frozenset({check.programme_id}))):
        audit(act=act, by=None, programme_id=check.programme_id, subject=check, children=seen)
